/* JSON reader: the reader of every JSON format that a table of rules describes
 * (json_rules.h). */
#ifndef SHILU_FORMATS_JSON_JSON_READER_H
#define SHILU_FORMATS_JSON_JSON_READER_H

#include "formats/captions/caption_text.h"
#include "formats/json/json_rules.h"
#include "shilu/formats/reader.h"

/* Conditions on a head of this format, all of which must hold: paths as for json_path.
 * "path=string" requires that value; "path:s" a string, ":a" an array, ":o" an object, ":n" a
 * number; "!path" must be absent. */
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
    enum json_unit unit;        /* usual unit of numbers; JSON_UNIT_JUDGED prefers seconds */
    double frame_rate;          /* of time codes; 0 means 25 */
    double sample_rate;         /* of times that count samples */
    const char *language;       /* if the file does not state it, or NULL */
    enum caption_markup markup; /* of captions */
};

/* The rules of a table, for the registry's row of its format. */
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
