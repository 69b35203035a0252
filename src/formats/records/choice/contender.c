/* A contender: a row of the survey, with those of its candidates that may be labels. */
#include "formats/records/choice/contender.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

const struct layout_row *contender_layout(const struct survey *s, const struct contender *c)
{
    return survey_layout_row(s, &s->rows[c->row]);
}

uint32_t *contender_count_labels(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    size_t i;

    for (i = 0; i < c->count; i++)
        if (survey_candidate(s, c->members[i])->label != SURVEY_NONE)
            counts[survey_candidate(s, c->members[i])->label]++;
    return counts;
}

void contender_keep(const struct survey *s, struct contender *c, member_test *keep)
{
    uint32_t *counts = contender_count_labels(s, c);
    uint32_t *kept = memory_alloc((c->count + 1) * sizeof *kept);
    size_t count = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (keep(s, c, counts, i))
            kept[count++] = c->members[i];
    free(counts);
    free(c->members);
    c->members = kept;
    c->count = count;
}

bool contender_is_words_only(const struct survey *s, const struct contender *c)
{
    return (contender_layout(s, c)->traits & LAYOUT_WORDS) != 0;
}
