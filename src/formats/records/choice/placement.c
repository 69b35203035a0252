/* Where the labels of a row are: after blank lines, at one indent. */
#include "formats/records/choice/placement.h"

#include <stdlib.h>

#define GAP_USUAL .9f
#define INDENT_USUAL .85f
#define INDENT_OTHERS .3f

enum { INDENT_JITTER = 2 }; /* columns by which pages vary the same indent */

bool placement_is_same_indent(uint32_t indent, uint32_t other)
{
    return indent <= other + INDENT_JITTER && other <= indent + INDENT_JITTER;
}

/* "To close the door. [cries]", "May I look? ((looks at the knee))": a note behind the end of a
 * sentence. */
static bool ends_in_note(const struct survey_block *b)
{
    struct span text = span_trim(b->text);
    const char *open;
    char close = text.length > 0 ? text.data[text.length - 1] : '\0';

    if (close != ']' && close != ')')
        return false;
    open = memrchr(text.data, close == ']' ? '[' : '(', text.length);
    if (open != NULL && open > text.data && open[-1] == '(') /* a double one */
        open--;
    return open != NULL &&
           folded_ends_sentence(span_trim(span_of(text.data, (size_t)(open - text.data))));
}

bool placement_continues_line(const struct survey *s, size_t block)
{
    return block > 0 && s->blocks[block].joins && !s->blocks[block - 1].ends_sentence &&
           !ends_in_note(&s->blocks[block - 1]);
}

struct placement placement_find(const struct survey *s, const struct contender *c)
{
    struct placement habit = {0};
    uint32_t *counts = contender_count_labels(s, c);
    size_t steady = 0, gaps = 0, same = 0, fresh = 0, others = 0;
    bool any_back = false;
    size_t i;

    for (i = 0; i < c->count; i++)
        any_back |= survey_candidate(s, c->members[i])->label != SURVEY_NONE &&
                    counts[survey_candidate(s, c->members[i])->label] > 1;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        const struct survey_block *b = &s->blocks[m->block];

        /* A mark needs not recur: 답변 (나 과장) is of one person among several. */
        if (any_back && (m->label == SURVEY_NONE ||
                         (counts[m->label] < 2 && s->labels[m->label].mark == LABEL_OF_NONE)))
            continue;
        if (steady++ == 0)
            habit.columns = b->indent;
        gaps += b->gap;
        fresh += !placement_continues_line(s, m->block);
        same += placement_is_same_indent(b->indent, habit.columns);
    }
    for (i = 0; i < s->block_count; i++)
        others += s->blocks[i].indent != habit.columns;
    habit.fresh = steady > 0 && (float)fresh >= GAP_USUAL * (float)steady;
    /* A bullet before the label is evidence enough. */
    habit.gap = steady > 0 && !s->rows[c->row].bulleted &&
                (float)gaps >= GAP_USUAL * (float)steady;
    habit.indent = steady >= 3 && (float)same >= INDENT_USUAL * (float)steady &&
                   (float)others > INDENT_OTHERS * (float)s->block_count;
    free(counts);
    return habit;
}
