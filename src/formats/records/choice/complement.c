/* Rows that complete the main one, because they explain other blocks of the same record. */
#include "formats/records/choice/complement.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

#define KNOWN_MIN .6f       /* of a complement's labels, if they have to be known */
#define COMPLEMENT_MIN .12f /* of the main row's turns */
#define INSIDE_MIN .7f
#define PAIR_BAR 2.0f
#define PAIR_BAR_OF_TITLES (-5.0f)
#define PAIR_BAR_OF_ONE (-8.0f)
#define PAIR_NEW_LABEL 4.0f

enum { FRONT_BLOCKS = 4 };   /* above the first turn */
enum { BOLD_TURNS_MIN = 3 }; /* paragraphs in bold from end to end, beside labels in bold */

static bool any_asks(const struct survey *s, uint32_t label)
{
    return label != SURVEY_NONE && s->labels[label].asks;
}

/* Whether the labels of one row ask, by their words, and those of the other do not. */
static bool ask_and_answer(const struct survey *s, const struct choice *choice,
                           const struct contender *more)
{
    bool main_asks = false, main_other = false, more_asks = false, more_other = false;
    size_t i;

    for (i = 0; i < s->label_count; i++) {
        main_asks |= choice->counts[i] > 0 && any_asks(s, (uint32_t)i);
        main_other |= choice->counts[i] > 0 && !any_asks(s, (uint32_t)i);
    }
    for (i = 0; i < more->count; i++) {
        more_asks |= any_asks(s, survey_candidate(s, more->members[i])->label);
        more_other |= !any_asks(s, survey_candidate(s, more->members[i])->label);
    }
    return (main_asks && !main_other && more_other && !more_asks) ||
           (more_asks && !more_other && main_other && !main_asks);
}

static bool is_bracket(struct span text)
{
    uint32_t cp = 0;

    if (text.length > 0)
        utf8_decode(text.data, text.length, &cp);
    cp = folded_code_point(cp);
    return cp == '[' || cp == '<' || cp == '(' || cp == 0x3010;
}

bool complement_is_quoted_person(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_block *b = &s->blocks[c->block];
    struct span front = span_of(b->text.data + b->start_byte, c->label_byte - b->start_byte);

    return s->rows[c->row].layout == LAYOUT_COLON && front.length > 1 &&
           folded_opens_quotation(survey_words(s, c)) && is_bracket(front);
}

/* [박점순/목욕탕 주인] "…", [이상철 / 어민 : "…"]: within a report, a name with an occupation,
 * and quoted words. */
static bool is_person_inset(const struct survey *s, const struct choice *choice,
                            const struct survey_candidate *m)
{
    unsigned traits = survey_layout_row(s, &s->rows[m->row])->traits;
    struct span words = survey_words(s, m);

    if (s->rows[m->row].layout == LAYOUT_COLON)
        return complement_is_quoted_person(s, m);
    if ((traits & (LAYOUT_INSET | LAYOUT_BRACKETS)) == 0 || m->label == SURVEY_NONE)
        return false;
    if (words.length == 0 && m->block + 1 < s->block_count)
        words = s->blocks[m->block + 1].text;
    return (m->role_end > m->role_byte || choice->counts[m->label] > 0 ||
            m->shape >= LABEL_TITLE_BITS) &&
           (folded_opens_quotation(words) || (traits & LAYOUT_INSET) != 0);
}

static bool is_all_inset(const struct survey *s, const struct choice *choice,
                         const struct contender *c)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (choice->begins[survey_candidate(s, c->members[i])->block] == SURVEY_NONE &&
            !is_person_inset(s, choice, survey_candidate(s, c->members[i])))
            return false;
    return true;
}

static bool is_bold_and_returns(const struct survey *s, const struct contender *c,
                                const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    return m->label != SURVEY_NONE && counts[m->label] > 1 &&
           s->blocks[m->block].bold_byte >= s->blocks[m->block].text.length;
}

/* **山海志：您一个人住山上？** beside **老樊：**以前靠捎信: the interviewer is in bold with the
 * whole question, and recurs. */
static bool all_ask_in_bold(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    size_t asking = 0;
    bool all = true;
    size_t i;

    for (i = 0; i < c->count; i++) {
        asking += folded_ends_in_question(survey_words(s, survey_candidate(s, c->members[i])));
        all &= is_bold_and_returns(s, c, counts, i);
    }
    free(counts);
    return all && c->count > 0 && asking * 2 >= c->count;
}

/* Beside labels in bold, a paragraph in bold from end to end is a turn if most such paragraphs
 * ask and their labels recur. Anything else in bold, or with a colon, is not. */
static void keep_bold_turns(const struct survey *s, struct contender *c)
{
    struct contender bold = *c;

    bold.members = memory_alloc((c->count + 1) * sizeof *bold.members);
    memcpy(bold.members, c->members, c->count * sizeof *bold.members);
    contender_keep(s, &bold, is_bold_and_returns);
    if (bold.count >= BOLD_TURNS_MIN && all_ask_in_bold(s, &bold)) {
        free(c->members);
        *c = bold;
    } else {
        free(bold.members);
    }
}

/* Whether the labels of a row are marks of questions and answers. */
static bool are_marks(const struct survey *s, const struct contender *c)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        uint32_t label = survey_candidate(s, c->members[i])->label;

        if (label == SURVEY_NONE || s->labels[label].mark == LABEL_OF_NONE)
            return false;
    }
    return c->count > 0;
}

/* "Dated: May 4", above the first turn or below the last: the name of a fact is no evidence for
 * a row or against it. */
static bool is_fact_outside(const struct survey *s, const struct choice *choice,
                            const struct survey_candidate *m)
{
    bool fact = m->label != SURVEY_NONE && s->labels[m->label].fact != FACT_NONE;
    /* "Witness: P-0041", far above the first turn */
    bool above = m->label != SURVEY_NONE && m->block + FRONT_BLOCKS < choice->first &&
                 choice->counts[m->label] == 0 && !folded_ends_sentence(survey_words(s, m));

    return m->shape < LABEL_TITLE_BITS &&
           ((fact && (m->block < choice->first || m->block > choice->last)) || above);
}

/* Whether a program put a time beside every label: what its lines hold without one, "Q: who
 * drives?", is part of a message. */
static bool is_exported(const struct survey *s, const struct contender *main)
{
    const struct survey_row *row = &s->rows[main->row];
    const struct survey_candidate *first = survey_candidate(s, main->members[0]);
    unsigned traits = contender_layout(s, main)->traits;

    if (row->form == LINE_UNTIMED && (traits & LAYOUT_TIME_INSIDE) == 0)
        return false;
    return (traits & LAYOUT_BELOW) != 0 ||
           contender_layout(s, main)->chance <= LAYOUT_PROGRAM_CHANCE ||
           (row->form != LINE_UNTIMED && s->blocks[first->block].lead.has_clock &&
            (s->blocks[first->block].lead.has_date || s->blocks[first->block].lead.numeric));
}

/* Whether a row explains what the main one does not, in the same record. */
static bool completes(const struct survey *s, const struct choice *choice,
                      const struct contender *main, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    const struct survey_row *main_row = &s->rows[main->row];
    unsigned traits = contender_layout(s, c)->traits;
    struct contender more = *c;
    size_t known = 0, inside = 0, titled = 0, people = 0, hosts = 0;
    struct score score;
    bool ok, familiar, titled_bullets, inset, around;
    size_t i;

    more.members = memory_alloc((c->count + 1) * sizeof *more.members);
    more.count = 0;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);

        if (choice->begins[m->block] != SURVEY_NONE || is_fact_outside(s, choice, m))
            continue;
        more.members[more.count++] = c->members[i];
        known += m->label != SURVEY_NONE && choice->counts[m->label] > 0;
        titled += m->shape >= LABEL_TITLE_BITS;
        people += m->block > choice->first && is_person_inset(s, choice, m);
        hosts += m->label != SURVEY_NONE && survey_label_hosts(s, m->label);
        inside += (m->block + 3 >= choice->first && m->block <= choice->last + 3) ||
                  (m->label != SURVEY_NONE && choice->counts[m->label] > 0);
    }
    if (more.count == 0) {
        free(more.members);
        return false;
    }
    familiar = (float)known >= KNOWN_MIN * (float)more.count;
    score = score_members(s, row, more.members, more.count, c->chance, PAIR_NEW_LABEL);
    score.total += 4 * (float)known + (ask_and_answer(s, choice, &more) ? 5 : 0);
    /* In court, those who have an office speak around the questions as well. */
    around = titled == more.count && inside > 0 && are_marks(s, main);
    ok = around || (float)inside >= INSIDE_MIN * (float)more.count;
    inset = people == more.count;
    /* An office is a label even if it is not in bold. */
    if (main_row->dress != 0 && main_row->dress != 't' && row->dress != main_row->dress &&
        !((row->layout == LAYOUT_COLON || row->layout == main_row->layout) && more.count > 1 &&
          (titled == more.count || all_ask_in_bold(s, &more))))
        ok = false;
    /* Any sentence may have words before a blank, or in brackets; an office in brackets beside
     * marks speaks. */
    if (!familiar && (((traits & LAYOUT_BRACKETS) != 0 && !around) ||
                      ((traits & LAYOUT_ONE_BLANK) != 0 && titled < more.count &&
                       contender_layout(s, main) != contender_layout(s, c))))
        ok = false;
    titled_bullets = main_row->bulleted && row->bulleted && titled == more.count;
    if (!familiar && !(row->layout == LAYOUT_COLON && titled == more.count)) {
        float most = COMPLEMENT_MIN * (float)choice_taken_count(s, choice);

        if ((float)more.count < (most > 2 ? most : 2) && !titled_bullets)
            ok = false;
    }
    ok = ok && (score.total > PAIR_BAR || titled_bullets || all_ask_in_bold(s, &more) ||
                (row->layout == LAYOUT_COLON && titled == more.count &&
                 score.total > (more.count > 1 ? PAIR_BAR_OF_TITLES : PAIR_BAR_OF_ONE)) ||
                (familiar && (row->layout == LAYOUT_COLON ||
                              (traits & (LAYOUT_BRACKETS | LAYOUT_NUMBERED)) != 0)));
    /* "From Ana: Hi" beside "From Ana to Everyone: Hi" */
    ok |= inside == more.count && contender_layout(s, c)->chance <= LAYOUT_PROGRAM_CHANCE &&
          contender_layout(s, main)->chance <= LAYOUT_PROGRAM_CHANCE;
    /* <사회자>, beside marks or names of another form: a host needs no second turn. */
    ok |= inset || ((traits & LAYOUT_BRACKETS) != 0 &&
                    (hosts == more.count || (around && more.count > 1)) &&
                    inside == more.count && are_marks(s, main));
    if (!familiar && row->form == LINE_UNTIMED && (traits & LAYOUT_TIME_INSIDE) == 0 &&
        contender_layout(s, c)->chance > LAYOUT_PROGRAM_CHANCE && is_exported(s, main))
        ok = false;
    free(more.members);
    return ok;
}

static bool is_known(const struct survey *s, const struct choice *choice, uint32_t member)
{
    uint32_t label = survey_candidate(s, member)->label;

    return label != SURVEY_NONE && choice->counts[label] > 0;
}

/* If brackets hold labels that the main row has, drop those with unknown ones: keep 【総理】
 * above （総理）, but not 【質疑応答】. With `only`, keep nothing if none is known: beside
 * labels with a colon, a text alone on its line is a heading. */
static void keep_known(const struct survey *s, const struct choice *choice, struct contender *c,
                       bool only)
{
    size_t known = 0, kept = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        known += is_known(s, choice, c->members[i]);
    for (i = 0; known > 0 && i < c->count; i++)
        if (is_known(s, choice, c->members[i]))
            c->members[kept++] = c->members[i];
    if (known > 0 || only)
        c->count = kept;
}

/* Lines with a time and words, for which no labelled row has a place. */
static void add_words_only(const struct survey *s, struct choice *choice,
                           const struct contender *main, const struct contender *all,
                           size_t count)
{
    enum line_form form = s->rows[main->row].form;
    size_t i;

    for (i = 0; i < count && choice->row_count < CHOICE_ROWS_MAX; i++)
        if (&all[i] != main && form != LINE_UNTIMED && s->rows[all[i].row].form == form &&
            contender_is_words_only(s, &all[i]))
            choice_take_row(s, choice, &all[i]);
}

/* "回应一下司徒委员：…", "Gracias, ministro. Pregunto …": below a name alone on its line;
 * without these words nobody would speak there. */
static bool is_said_below_name(const struct survey *s, const struct choice *choice,
                               uint32_t member)
{
    const struct survey_candidate *m = survey_candidate(s, member);
    uint32_t above = m->block > 0 ? choice->begins[m->block - 1] : SURVEY_NONE;

    return above != SURVEY_NONE && survey_words(s, survey_candidate(s, above)).length == 0 &&
           (!s->blocks[m->block].gap || survey_candidate(s, member)->shape < LABEL_TITLE_BITS ||
            folded_ends_sentence(s->blocks[m->block].text)) &&
           !is_known(s, choice, member) && !is_person_inset(s, choice, m);
}

static void drop_said_below_names(const struct survey *s, const struct choice *choice,
                                  struct contender *c)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (!is_said_below_name(s, choice, c->members[i]))
            c->members[kept++] = c->members[i];
    c->count = kept;
}

/* Whether the structure of a page shows that messages begin with all members. */
static bool head_messages(const struct survey *s, const struct contender *c)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (!s->blocks[survey_candidate(s, c->members[i])->block].heads_message)
            return false;
    return c->count > 0;
}

/* "Members of the Committee: my name is …", beside labels of another form: words that go on in
 * lower case behind what is met once. */
static bool continues_in_lower_case(const struct survey *s, const struct choice *choice,
                                    const struct survey_candidate *m)
{
    struct span words = survey_words(s, m);
    uint32_t cp = 0;

    if (m->label == SURVEY_NONE || choice->counts[m->label] > 0 || words.length == 0 ||
        s->rows[m->row].layout != LAYOUT_COLON || s->rows[m->row].form != LINE_UNTIMED ||
        s->labels[m->label].mark != LABEL_OF_NONE)
        return false;
    utf8_decode(words.data, words.length, &cp);
    return folded_is_lower(cp);
}

static void drop_lower_case(const struct survey *s, const struct choice *choice,
                            struct contender *c)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (!continues_in_lower_case(s, choice, survey_candidate(s, c->members[i])))
            c->members[kept++] = c->members[i];
    c->count = kept;
}

void complement_add(const struct survey *s, struct choice *choice, const struct contender *main,
                    struct contender *all, size_t count)
{
    size_t i;

    for (i = 0; i < count && choice->row_count < CHOICE_ROWS_MAX - 1; i++) {
        const struct survey_row *row = &s->rows[all[i].row];
        bool heading;

        if (&all[i] == main)
            continue;
        choice_find_span(s, choice);
        if (contender_is_words_only(s, &all[i]) ||
            (head_messages(s, main) && !head_messages(s, &all[i])))
            continue;
        heading = row->layout == LAYOUT_ALONE && s->rows[main->row].layout == LAYOUT_COLON;
        if ((contender_layout(s, &all[i])->traits & LAYOUT_BRACKETS) != 0 || heading)
            keep_known(s, choice, &all[i], heading);
        if (s->rows[main->row].dress == 'b' && row->dress == 0 && row->layout == LAYOUT_COLON)
            keep_bold_turns(s, &all[i]);
        if (s->rows[main->row].layout == LAYOUT_ALONE &&
            (row->layout == LAYOUT_COLON || row->layout == LAYOUT_DOT))
            drop_said_below_names(s, choice, &all[i]);
        if (s->rows[main->row].layout != LAYOUT_COLON)
            drop_lower_case(s, choice, &all[i]);
        if (!completes(s, choice, main, &all[i]))
            continue;
        if (is_all_inset(s, choice, &all[i]))
            choice->insets |= 1u << choice->row_count;
        choice_take_row(s, choice, &all[i]);
    }
    add_words_only(s, choice, main, all, count);
}

uint32_t complement_name_behind(const struct survey *s, uint32_t member)
{
    const struct survey_candidate *outer = survey_candidate(s, member);
    const struct survey_block *b = &s->blocks[outer->block];
    uint32_t i;

    if ((survey_layout_row(s, &s->rows[outer->row])->traits & LAYOUT_BRACKETS) == 0)
        return SURVEY_NONE;
    for (i = b->candidate; i < b->candidate + b->candidate_count; i++) {
        const struct survey_candidate *c = survey_candidate(s, i);

        if (c->label == SURVEY_NONE || c->label_byte < outer->text_byte ||
            c->shape <= LABEL_DOUBTFUL)
            continue;
        if (s->rows[c->row].layout == LAYOUT_COLON && survey_words(s, c).length > 0)
            return i;
        /* … or if it is the whole line, directly above words */
        if (s->rows[c->row].layout == LAYOUT_ALONE && c->block + 1u < s->block_count &&
            !s->blocks[c->block + 1].gap && s->blocks[c->block + 1].ends_sentence)
            return i;
    }
    return SURVEY_NONE;
}

void complement_take_names_behind(const struct survey *s, struct choice *choice)
{
    uint32_t *named = memory_zalloc(s->label_count + 1, sizeof *named);
    size_t i;

    for (i = 0; i < s->block_count; i++)
        if (choice->begins[i] != SURVEY_NONE &&
            complement_name_behind(s, choice->begins[i]) != SURVEY_NONE)
            named[survey_candidate(s, choice->begins[i])->label]++;
    choice->named_behind = memory_zalloc(s->label_count + 1, sizeof *choice->named_behind);
    for (i = 0; i < s->label_count; i++)
        choice->named_behind[i] = named[i] > 0 && named[i] == choice->counts[i] &&
                                  (named[i] > 1 || s->labels[i].shape < LABEL_TITLE_BITS);
    for (i = 0; i < s->block_count; i++) {
        uint32_t begin = choice->begins[i];
        uint32_t inner;

        if (begin == SURVEY_NONE || survey_candidate(s, begin)->label == SURVEY_NONE ||
            !choice->named_behind[survey_candidate(s, begin)->label])
            continue;
        inner = complement_name_behind(s, begin);
        if (inner == SURVEY_NONE)
            continue;
        choice->counts[survey_candidate(s, begin)->label]--;
        choice->counts[survey_candidate(s, inner)->label]++;
        choice->begins[i] = inner;
    }
    free(named);
}

/* Accept the turns of a row as turns within those of others. */
static void take_inset(struct choice *choice, size_t row)
{
    size_t i;

    for (i = 0; i < choice->row_count && choice->rows[i] != row; i++)
        continue;
    choice->insets |= 1u << i;
    if (i == choice->row_count)
        choice->rows[choice->row_count++] = row;
}

static bool has_inset_form(const struct survey *s, const struct survey_candidate *c)
{
    return (survey_layout_row(s, &s->rows[c->row])->traits & LAYOUT_INSET) != 0;
}

void complement_find_frame(const struct survey *s, struct choice *choice,
                           const struct contender *all, size_t count)
{
    size_t quoted_row = s->row_count;
    size_t i, k;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        if (!complement_is_quoted_person(s, survey_candidate(s, choice->begins[i])) &&
            !has_inset_form(s, survey_candidate(s, choice->begins[i])))
            return;
        quoted_row = survey_candidate(s, choice->begins[i])->row;
    }
    choice_find_span(s, choice);
    for (i = 0; i < count && choice->row_count + 2 <= CHOICE_ROWS_MAX; i++) {
        const struct contender *c = &all[i];
        bool titled = false, alone = true;

        if ((contender_layout(s, c)->traits & LAYOUT_BRACKETS) == 0)
            continue;
        for (k = 0; k < c->count; k++) {
            titled |= survey_candidate(s, c->members[k])->shape >= LABEL_TITLE_BITS;
            alone &= survey_words(s, survey_candidate(s, c->members[k])).length == 0;
        }
        if (!titled || !alone || survey_candidate(s, c->members[0])->block > choice->first)
            continue;
        take_inset(choice, quoted_row);
        choice_take_row(s, choice, c);
        return;
    }
}
