/* Where a row's labels stand: below a blank line, at one indent. */
#ifndef SHILU_FORMATS_CHOICE_PLACEMENT_H
#define SHILU_FORMATS_CHOICE_PLACEMENT_H

#include "formats/records/choice/contender.h"

struct placement {
    bool fresh; /* no sentence goes on in them */
    bool gap;
    bool indent;
    uint32_t columns;
};

/* Within the jitter of pages. */
bool placement_is_same_indent(uint32_t indent, uint32_t other);

/* The line above was full, and its sentence has not ended. */
bool placement_goes_on(const struct survey *s, size_t block);

/* Where the recurring labels are: below a blank line, at one indent. */
struct placement placement_find(const struct survey *s, const struct contender *c);

#endif
