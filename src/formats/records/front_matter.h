/* Front matter: which labels of the head are not speakers but names of facts about the record
 * (时间, Date, 发布人) or headings; and the title of the record. */
#ifndef SHILU_FORMATS_FRONT_MATTER_H
#define SHILU_FORMATS_FRONT_MATTER_H

#include "formats/records/choice/choose.h"
#include "formats/records/line/vocabulary.h"

struct front_matter {
    uint32_t *facts; /* owned, by block of the head: the candidate whose label names a fact,
                      * or SURVEY_NONE; such a block no longer begins a turn */
    size_t title;    /* its block, or SURVEY_NONE */
    size_t profiles; /* first block of the speakers' profiles below the last turn, or
                      * SURVEY_NONE */
};

/* Removes facts and labels without words from the choice. */
void front_matter_find(struct front_matter *front, const struct survey *s,
                       struct choice *choice);
/* Of a page whose own title is known: the heading above the first turn that it holds is the
 * title, and the longest of several (a section's, and the text's). */
void front_matter_take_page_title(struct front_matter *front, const struct survey *s,
                                  const struct choice *choice, struct span page_title);
void front_matter_release(struct front_matter *front);

/* What kind of fact a candidate's label names. */
enum fact_kind front_matter_kind(const struct survey *s, const struct survey_candidate *c);

/* Whether a line above a record is of the page around it: 目次, "Skip to content". */
bool front_matter_is_of_page(struct span text);

/* A title without surrounding brackets. */
struct span front_matter_bare(struct span title);

/* A title without the '#' of Markdown. */
struct span front_matter_unmarked(struct span title);

/* "Jane Loft (PBS), Governor Amy Stark": names and offices without a verb. */
bool front_matter_lists_names(struct span text);
/* "参加者", "出席議員︰", alone on its line: names follow in the lines below. */
bool front_matter_heads_list(const struct survey *s, size_t block);

#endif
