/* JSON reader: one reader for all programs whose JSON a table of rules describes
 * (json_rules.h). */
#ifndef SHILU_FORMATS_JSON_JSON_READER_H
#define SHILU_FORMATS_JSON_JSON_READER_H

#include "formats/captions/caption_text.h"
#include "formats/json/json_rules.h"
#include "shilu/formats/reader.h"

/* What a head of this format has: all of some paths (as json_path takes them). "path=string"
 * asks for that value; "path:s" for a string, ":a" an array, ":o" an object, ":n" a number;
 * "!path" must not be there. */
enum { JSON_SIGNATURE_PATHS = 4 };

struct json_signature {
    int confidence;
    const char *paths[JSON_SIGNATURE_PATHS];
};

struct json_format {
    const struct json_rule *rules;
    size_t rule_count;
    const struct json_signature *signatures;
    size_t signature_count;
    unsigned flags;             /* enum json_format_flag */
    enum json_unit unit;        /* that numbers usually count; JSON_UNIT_JUDGED is seconds */
    double frame_rate;          /* of time codes; 0 is 25 */
    const char *language;       /* where the file does not say, or NULL */
    enum caption_markup markup; /* of captions */
};

/* The members of a table, and the row of a reader that it describes. */
#define JSON_RULES(table) .rules = (table), .rule_count = sizeof(table) / sizeof *(table)
#define JSON_SIGNATURES(table) \
    .signatures = (table), .signature_count = sizeof(table) / sizeof *(table)
#define JSON_READER(reader_name, reader_title, format)                          \
    {                                                                           \
        .name = (reader_name), .title = (reader_title), .json = &(format),      \
        .next = json_reader_next, .close = json_reader_close, .by_result = true \
    }

int json_format_detect(const struct json_format *format, struct json_ref head);

void *json_reader_open(const struct json_format *format);
enum reader_status json_reader_next(void *self, struct reader_context *context,
                                    struct error *err);
void json_reader_close(void *self);

#endif
