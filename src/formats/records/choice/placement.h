/* Where the labels of a row are: after blank lines, at one indent. */
#ifndef SHILU_FORMATS_CHOICE_PLACEMENT_H
#define SHILU_FORMATS_CHOICE_PLACEMENT_H

#include "formats/records/choice/contender.h"

struct placement {
    bool fresh; /* never within a sentence */
    bool gap;
    bool indent;
    uint32_t columns;
};

/* Whether two indents are the same, within the jitter of pages. */
bool placement_is_same_indent(uint32_t indent, uint32_t other);

/* Whether the line above is full and its sentence has not ended. */
bool placement_continues_line(const struct survey *s, size_t block);

/* Where the recurring labels are: after blank lines, at one indent. */
struct placement placement_find(const struct survey *s, const struct contender *c);

#endif
