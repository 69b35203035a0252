/* The contest: every row with its score, best first. */
#include "formats/records/choice/contest.h"

#include <stdlib.h>
#include <string.h>

#include "formats/records/choice/contender.h"
#include "formats/records/choice/sound_labels.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"

#define TIMED_MIN .5f /* of the members have a time */
#define WIDE_MIN .9f  /* of the lines with a time */
#define HEADING_NEW_LABEL                                                                  \
    4.0f                    /* a heading that ends in a colon is hardly ever anything else \
                             */
#define ANNOUNCED_BITS 5.0f /* by which less is enough below a heading of a record */
enum {
    DENSE_TURNS_MIN = 4,
    DENSE_PERCENT = 60,
    REPORTED_MIN = 3,
    ANSWERS_MIN = 2,
    ANNOUNCED_BLOCKS = 40,
    ANNOUNCED_COLUMNS = 80,
    THIN_TURN_BLOCKS = 5,
    THIN_HEADINGS = 4,
    THIN_FRONT = 8
};

/* Whether bold type marks most paragraphs from the first label to the last, so that it tells
 * who speaks, whatever the label is ("**Un habitant du quai :** …"). */
static bool is_dense_in_bold(const struct survey *s, const struct contender *c)
{
    size_t blocks = c->count == 0 ? 0
                                  : survey_candidate(s, c->members[c->count - 1])->block + 1u -
                                        survey_candidate(s, c->members[0])->block;

    return s->rows[c->row].dress == 'b' && c->count >= DENSE_TURNS_MIN &&
           c->count * 100 >= blocks * DENSE_PERCENT && c->score.gate == NULL &&
           c->score.total >= SCORE_BAR;
}

static void judge(const struct survey *s, struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    struct contender less;
    float new_label = row->dress >= '1' && row->dress <= '6' ? HEADING_NEW_LABEL
                                                             : SCORE_NEW_LABEL;

    c->score = score_members(s, row, c->members, c->count, c->chance, new_label);
    if (row->layout != LAYOUT_COLON || c->count == 0 || is_dense_in_bold(s, c))
        return;
    less = *c;
    less.members = memory_alloc((c->count + 1) * sizeof *less.members);
    memcpy(less.members, c->members, c->count * sizeof *less.members);
    contender_keep(s, &less, sound_labels_is_sound);
    if (less.count < c->count) {
        less.score = score_members(s, row, less.members, less.count, c->chance,
                                   SCORE_NEW_LABEL);
        if (less.score.total > c->score.total && sound_labels_stand_alone(s, c)) {
            c->score = less.score;
        } else if (less.score.total > c->score.total) {
            free(c->members);
            *c = less;
            return;
        }
    }
    free(less.members);
}

/* By score. Rows with nothing but a time and words come last if any label explains the
 * record. */
static int compare_contenders(const void *a, const void *b)
{
    const struct contender *left = a;
    const struct contender *right = b;

    return left->score.total > right->score.total   ? -1
           : left->score.total < right->score.total ? 1
           : left->row < right->row                 ? -1
                                                    : left->row > right->row;
}

/* How many blocks in which somebody may speak have a time in this form. */
static size_t timed_count(const struct survey *s, enum line_form form)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        count += s->blocks[i].form == form && !s->blocks[i].only_time &&
                 !survey_is_of_program(&s->blocks[i]);
    return count;
}

/* Whether every block has its time in brackets, with hours, minutes and seconds. */
static bool is_all_stamped(const struct survey *s, const struct contender *c)
{
    const struct survey_block *first = &s->blocks[survey_candidate(s, c->members[0])->block];

    return c->count >= 2 && c->count == s->block_count && first->form != LINE_BARE &&
           !first->lead.two_parts;
}

/* Whether somebody else's turn, which asks, is directly above most members: "MS HOLT: Who
 * rang?" above "A. The sister." */
static bool answer_others(const struct survey *s, const struct contender *c)
{
    size_t answers = 0;
    size_t i, k;

    for (i = 0; i < c->count; i++) {
        size_t block = survey_candidate(s, c->members[i])->block;
        bool labelled = false;

        if (block == 0 || !folded_ends_in_question(s->blocks[block - 1].text))
            continue;
        while (--block > 0 && s->blocks[block].joins && s->blocks[block].candidate_count == 0)
            continue;
        for (k = s->blocks[block].candidate;
             k < s->blocks[block].candidate + s->blocks[block].candidate_count; k++)
            labelled |= s->candidates[k].label != SURVEY_NONE &&
                        s->candidates[k].label != survey_candidate(s, c->members[i])->label &&
                        s->candidates[k].shape > LABEL_DOUBTFUL;
        answers += labelled;
    }
    return answers >= ANSWERS_MIN && answers * 2 >= c->count;
}

/* A: beside B:, without Q, or D: beside P:: the letters stand for people, not for answers and
 * questions. P. and R., D. and R. are marks only as pairs. */
static bool are_letters_of_people(const struct survey *s, const struct contender *c)
{
    static const char letters[] = "adpr";
    bool found[sizeof letters - 1] = {false};
    size_t i;

    for (i = 0; i < c->count; i++) {
        struct span key = s->labels[survey_candidate(s, c->members[i])->label].key;
        const char *letter = key.length == 1 ? memchr(letters, *key.data, sizeof letters - 1)
                                             : NULL;

        if (letter == NULL)
            return false;
        found[letter - letters] = true;
    }
    if (!found[0])
        return found[1] && found[2];
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_QUESTION)
            return false;
    return found[1] || found[2] || found[3] || !answer_others(s, c);
}

static bool is_contender(const struct survey *s, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    unsigned traits = contender_layout(s, c)->traits;

    if ((traits & LAYOUT_MARK_ONLY) != 0 && are_letters_of_people(s, c))
        return false;
    if ((traits & LAYOUT_DASH) != 0 || c->count == 0)
        return false;
    if (row->layout == LAYOUT_REPORTED && c->count < REPORTED_MIN)
        return false;
    if ((traits & LAYOUT_WORDS) != 0)
        return (c->count >= 3 || is_all_stamped(s, c) ||
                s->blocks[survey_candidate(s, c->members[0])->block].lead.end_ms !=
                    TIME_NONE) &&
               c->count * 2 >= s->block_count;
    return row->form == LINE_UNTIMED ||
           contender_layout(s, c)->chance <= LAYOUT_PROGRAM_CHANCE ||
           (float)c->count >= TIMED_MIN * (float)timed_count(s, row->form);
}

struct contender *contest_new(const struct survey *s, size_t *count)
{
    struct contender *all = memory_zalloc(s->row_count + 1, sizeof *all);
    size_t i;

    *count = 0;
    for (i = 0; i < s->row_count; i++) {
        struct contender *c = &all[*count];

        *c = (struct contender){.row = i, .count = s->rows[i].count};
        c->members = memory_alloc((c->count + 1) * sizeof *c->members);
        if (c->count > 0)
            memcpy(c->members, s->rows[i].members, c->count * sizeof *c->members);
        c->chance = score_chance(s, &s->rows[i]);
        sound_labels_keep(s, c);
        if (!is_contender(s, c)) {
            free(c->members);
            continue;
        }
        judge(s, c);
        ++*count;
    }
    qsort(all, *count, sizeof *all, compare_contenders);
    return all;
}

/* "从 苏桐 到 所有人 :" also fits a longer label before a colon: the layout with the words of a
 * program is preferred if it has the same lines, and among several the least likely one. */
static struct contender *find_program_layout(const struct survey *s, struct contender *all,
                                             size_t count, struct contender *best)
{
    struct contender *found = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if (contender_layout(s, &all[i])->chance <= LAYOUT_PROGRAM_CHANCE &&
            all[i].score.total >= SCORE_BAR && all[i].count >= best->count &&
            s->rows[all[i].row].form == s->rows[best->row].form &&
            (found == NULL ||
             contender_layout(s, &all[i])->chance < contender_layout(s, found)->chance))
            found = &all[i];
    return found != NULL ? found : best;
}

/* "【管理员】老邱(20001)" beside "小满<xm@mail.example>": after the time every line has a
 * label, and only some have a bracket too. */
static struct contender *find_wider(const struct survey *s, struct contender *all, size_t count,
                                    struct contender *best)
{
    enum line_form form = s->rows[best->row].form;
    size_t i;

    for (i = 0; i < count && form != LINE_UNTIMED; i++)
        if (s->rows[all[i].row].form == form && !contender_is_words_only(s, &all[i]) &&
            all[i].score.total > 0 && all[i].count * 2 >= best->count * 3 &&
            (float)all[i].count >= WIDE_MIN * (float)timed_count(s, form))
            return &all[i];
    return best;
}

/* Whether a heading above a contender's first turn says that a record follows; then fewer turns
 * prove it: an excerpt of minutes may have two. */
static bool is_announced(const struct survey *s, const struct contender *c)
{
    size_t first = survey_candidate(s, c->members[0])->block;
    char dress = s->rows[c->row].dress;
    size_t i;

    if (c->count < 2 ||
        survey_candidate(s, c->members[0])->label ==
            survey_candidate(s, c->members[c->count - 1])->label ||
        (dress >= '1' && dress <= '6'))
        return false;
    for (i = 0; i < first && i < ANNOUNCED_BLOCKS; i++)
        if (!s->blocks[i].ends_sentence && s->blocks[i].columns < ANNOUNCED_COLUMNS &&
            vocabulary_names_record(s->blocks[i].text))
            return true;
    return false;
}

/* "A. very good coffee": a letter, which may be anybody's, without a mark for questions. */
static bool is_lone_answer(const struct survey *s, const struct survey_candidate *c)
{
    size_t i;

    if (c->label == SURVEY_NONE || s->labels[c->label].key.length != 1)
        return false;
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_QUESTION)
            return false;
    return true;
}

/* A few labels in a long text, for which little speaks: those of an article. */
static bool is_thin(const struct survey *s, const struct contender *c)
{
    const struct survey_candidate *first = survey_candidate(s, c->members[0]);
    char dress = s->rows[c->row].dress;
    size_t i;

    for (i = 0; i < c->count; i++) /* an office, a mark: 局長, 問 */
        if (survey_candidate(s, c->members[i])->shape >= LABEL_TITLE_BITS &&
            !is_lone_answer(s, survey_candidate(s, c->members[i])))
            return false;
    return s->rows[c->row].layout != s->user_layout && first->label != SURVEY_NONE &&
           s->blocks[first->block].form == LINE_UNTIMED &&
           (s->block_count - first->block > c->count * THIN_TURN_BLOCKS ||
            (c->count < THIN_HEADINGS && dress >= '1' && dress <= '6' &&
             s->rows[c->row].layout != LAYOUT_COLON) ||
            (c->count <= 2 && first->block > THIN_FRONT));
}

bool contest_is_enough(const struct survey *s, const struct contender *c)
{
    if (c->score.total < 0 && is_thin(s, c))
        return false;
    return c->score.total >= SCORE_BAR ||
           (c->score.total >= SCORE_BAR - ANNOUNCED_BITS && is_announced(s, c));
}

/* A blank that is wide wherever it parts a name from words is a layout of its own, even if some
 * name that is met once has nothing else for it. */
static struct contender *find_wide_blank(const struct survey *s, struct contender *all,
                                         size_t count, struct contender *best)
{
    size_t i;

    if (s->rows[best->row].layout != LAYOUT_SPACE || s->rows[best->row].bulleted)
        return best;
    for (i = 0; i < count; i++)
        if (s->rows[all[i].row].layout == LAYOUT_GAP &&
            s->rows[all[i].row].form == s->rows[best->row].form &&
            s->rows[all[i].row].dress == 0 && !s->rows[all[i].row].bulleted &&
            contest_is_enough(s, &all[i]) && all[i].count * 5 >= best->count * 4)
            return &all[i];
    return best;
}

/* "위원 탁민호 : …": where a colon stands behind a longer label on nearly all lines, the blank
 * before it ends no label. */
static struct contender *find_colon(const struct survey *s, struct contender *all, size_t count,
                                    struct contender *best)
{
    size_t i;

    if (s->rows[best->row].layout != LAYOUT_SPACE || s->rows[best->row].bulleted)
        return best;
    for (i = 0; i < count; i++)
        if (s->rows[all[i].row].layout == LAYOUT_COLON &&
            s->rows[all[i].row].form == s->rows[best->row].form &&
            s->rows[all[i].row].dress == 0 && !s->rows[all[i].row].bulleted &&
            contest_is_enough(s, &all[i]) && all[i].count >= best->count)
            return &all[i];
    return best;
}

struct contender *contest_best(const struct survey *s, struct contender *all, size_t count)
{
    struct contender *words = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if (s->rows[all[i].row].layout == s->user_layout && all[i].count > 0)
            return &all[i];
    for (i = 0; i < count && contest_is_enough(s, &all[i]); i++) {
        if (!contender_is_words_only(s, &all[i]))
            return find_program_layout(
                s, all, count,
                find_colon(s, all, count,
                           find_wide_blank(s, all, count, find_wider(s, all, count, &all[i]))));
        if (words == NULL)
            words = &all[i];
    }
    return words;
}
