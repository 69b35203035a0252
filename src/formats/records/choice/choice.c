/* The result of the choice: which blocks begin turns, and whose. */
#include "formats/records/choice/choice.h"

#include <stdlib.h>

#include "formats/records/choice/complement.h"

void choice_take_row(const struct survey *s, struct choice *choice, const struct contender *c)
{
    size_t i;

    choice->rows[choice->row_count++] = c->row;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);

        if (choice->begins[m->block] != SURVEY_NONE)
            continue;
        choice->begins[m->block] = c->members[i];
        if (m->label != SURVEY_NONE)
            choice->counts[m->label]++;
    }
}

void choice_find_ends(const struct survey *s, struct choice *choice)
{
    size_t i;

    choice->first = s->block_count;
    choice->last = 0;
    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        choice->last = i;
        if (choice->first == s->block_count)
            choice->first = i;
    }
}

size_t choice_taken_count(const struct survey *s, const struct choice *choice)
{
    size_t taken = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        taken += choice->begins[i] != SURVEY_NONE;
    return taken;
}

void choice_find_span(const struct survey *s, struct choice *choice)
{
    size_t taken = choice_taken_count(s, choice);

    choice_find_ends(s, choice);
    choice->share = taken > 0 ? (float)taken / (float)(choice->last - choice->first + 1) : 0;
}

bool choice_is_inset(const struct survey *s, const struct choice *choice,
                     const struct survey_candidate *c)
{
    size_t i;

    for (i = 0; i < choice->row_count; i++)
        if (choice->rows[i] == c->row)
            return (choice->insets >> i & 1u) != 0;
    return complement_is_quoted_person(s, c); /* a name after a bracket */
}

void choice_release(struct choice *choice)
{
    free(choice->begins);
    free(choice->passed_by);
    free(choice->counts);
    free(choice->named_behind);
    *choice = (struct choice){0};
}
