/* Meetings of the Japanese Diet, as the National Diet Library's interface returns them in JSON
 * and XML: speeches of one or several meetings, newest meeting first, each repeating its
 * speaker's label. No times. */
#ifndef SHILU_FORMATS_PARLIAMENTS_DIET_MEETINGS_H
#define SHILU_FORMATS_PARLIAMENTS_DIET_MEETINGS_H

#include "shilu/formats/reader.h"

/* A speech and its meeting; any string may be NULL. */
struct diet_record {
    const char *issue_id;
    const char *house;
    const char *meeting;
    const char *issue;
    const char *date;
    double order;
    const char *speech;
    const char *speaker;
    const char *position;
    const char *group;
};

struct speech;
struct meeting;

/* Zero-initialised is empty. */
struct diet_meetings {
    struct speech *speeches; /* owned */
    size_t speech_count;
    size_t speech_capacity;
    struct meeting *meetings; /* owned, by id */
};

void diet_meetings_release(struct diet_meetings *self);

/* Strings are copied. */
void diet_meetings_add(struct diet_meetings *self, const struct diet_record *record);

/* At the end: give out everything in order, with the facts of the record. */
bool diet_meetings_emit(struct diet_meetings *self, struct reader_context *context,
                        struct error *err);

#endif
