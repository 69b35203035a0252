/* Transcript format 1, the parts that a JSON file and a JSON Lines stream share. */
#ifndef SHILU_FORMATS_SHILU_SHILU_RECORD_H
#define SHILU_FORMATS_SHILU_SHILU_RECORD_H

#include "formats/common/speaker_cache.h"
#include "formats/json/json_flat.h"
#include "shilu/formats/reader.h"

/* What was learnt while reading one record. */
struct shilu_record {
    struct buffer scratch;       /* of json_flat_parse */
    struct buffer inner_scratch; /* for an object inside another one */
    struct buffer extra;         /* unknown members at the top, as the inside of an object */
    struct json_flat flat;
    struct json_flat inner; /* with inner_scratch */
    struct speaker_cache speakers;
    bool clock_reported;  /* by "clock", not by the first start */
    bool speakers_listed; /* so an unknown speaker in a segment deserves a warning */
    bool format_seen;
    bool version_seen;
    int64_t latest_ms; /* the last start that was only a clock time; 0 for none yet */
    bool title_seen;
};

void shilu_record_release(struct shilu_record *r);

/* Where a piece of JSON starts in the file; line 0 means the start of the input's window. */
struct shilu_place {
    const char *text;
    uint64_t line;
    uint64_t column;
};

/* One member of the top object. False only for an unsupported version. */
bool shilu_record_member(struct shilu_record *r, struct reader_context *context,
                         const struct json_field *field, const struct shilu_place *place,
                         struct error *err);

/* One element of "speakers" or "segments", whose text may be truncated. `flat` is the part
 * already read, or NULL. */
void shilu_record_speaker(struct shilu_record *r, struct reader_context *context,
                          const struct json_flat *flat, const char *text, size_t bytes,
                          const struct shilu_place *place);
bool shilu_record_segment(struct shilu_record *r, struct reader_context *context,
                          const struct json_flat *flat, const char *text, size_t bytes,
                          const struct shilu_place *place, struct error *err);

/* At the end: keep unknown members, report missing ones. */
void shilu_record_finish(struct shilu_record *r, struct reader_context *context);

/* Report a problem at a place in a piece of JSON. */
void shilu_record_say(struct reader_context *context, enum severity severity,
                      const struct shilu_place *place, const char *at, const char *what);

/* The error "expected …"; `what` is not translated yet. */
void shilu_record_say_expected(struct reader_context *context, const struct shilu_place *place,
                               const char *at, const char *what);

/* The rest is shared by the two files of this record.
 *
 * The string of a field, owned by the caller; NULL for null and, with an error, for anything
 * but a string. */
char *shilu_record_string(struct reader_context *context, const struct json_field *field,
                          const struct shilu_place *place);
bool shilu_record_is_named(const struct json_field *field, const char *name);
bool shilu_record_is_format(const struct json_field *field); /* its value is "shilu" */

/* Add an unknown member to the inside of an object; take that as the text of an object, or NULL
 * if nothing was added. */
void shilu_record_extra(struct reader_context *context, struct buffer *extra,
                        const struct json_field *field, const struct shilu_place *place);
char *shilu_record_take_extra(struct buffer *extra);

#endif
