/* Which candidates of a row are labels: by their surroundings, by how they recur, and by their
 * names. */
#include "formats/records/choice/sound_labels.h"

#include <stdlib.h>
#include <string.h>

#include "formats/records/choice/placement.h"
#include "formats/records/front_matter.h"
#include "shilu/text/utf8.h"

#define CLAUSE_SHAPE (-6.0f) /* of a clause, whatever follows its colon */
#define SIGNED_MIN .8f       /* of the paragraphs with the signature of labels */

enum {
    INTRODUCED_BLOCKS = 8, /* above the person introduced */
    ROLE_COLUMNS = 70,
    LIST_BLOCKS = 60, /* below a list of participants */
    LISTED_COLUMNS = 120
};
enum { DATED_MIN = 3 };
enum { HEADINGS_MIN = 2, LONE_NAME_COLUMNS = 12, HANGING_MIN = 4, TOPPED_MIN = 3 };
enum { CAPITALS_LABELS = 20, CAPITALS_PERCENT = 90 };
enum { INTRODUCTIONS_MAX = 8, NAME_BYTES_MIN = 6, QUOTED_LINES_MAX = 8 };
enum { FACTS_FRONT = 40, FACT_NAME_MAX = 10, LEADERS_BYTES_MAX = 200 };
enum { INTRODUCED_BYTES_MIN = 15 }; /* 김(이하 갑) */
enum { SENTENCES_TURNS = 4, DEEPER_COLUMNS = 3 };
enum { FIELDS_MAX = 40, FIELDS_MIN = 2, ADDRESS_BYTES_MIN = 4 };

static bool follows_at_once(const struct survey *s, const struct contender *c, size_t i)
{
    const struct survey_candidate *label = survey_candidate(s, c->members[i]);
    const struct survey_candidate *next = i + 1 < c->count
                                              ? survey_candidate(s, c->members[i + 1])
                                              : NULL;

    /* A short line below a label with a time is what was said. */
    return next != NULL && next->block == label->block + 1 &&
           !(label->has_time && !next->has_time);
}

/* A sentence with a colon, or the start of one, below a label that is more likely. */
static bool is_clause_of(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    return counts[m->label] < 2 && m->shape <= LABEL_DOUBTFUL && !s->blocks[m->block].gap &&
           (survey_words(s, m).length > 0 || s->rows[c->row].layout == LAYOUT_ALONE ||
            m->shape <= CLAUSE_SHAPE) &&
           survey_candidate(s, c->members[i - 1])->shape > LABEL_DOUBTFUL;
}

bool sound_labels_are_most_alone(size_t alone, size_t labels)
{
    return labels >= 3 && alone * 10 >= labels * 9;
}

bool sound_labels_stand_alone(const struct survey *s, const struct contender *c)
{
    size_t alone = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        alone += survey_words(s, survey_candidate(s, c->members[i])).length == 0;
    return sound_labels_are_most_alone(alone, c->count);
}

/* Whether all are names alone from the first such name on, below the fields of a form, not
 * counting possible clauses directly below a name; or all that recur are. */
static bool are_names_alone(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    size_t alone = 0, beside = 0, back = 0, back_beside = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        const struct survey_candidate *above = i > 0 ? survey_candidate(s, c->members[i - 1])
                                                     : NULL;

        if (survey_words(s, m).length == 0) {
            alone++;
            back += counts[m->label] > 1;
        } else {
            beside += alone > 0 &&
                      (above->block + 1 != m->block || survey_words(s, above).length > 0);
            back_beside += counts[m->label] > 1;
        }
    }
    free(counts);
    return sound_labels_are_most_alone(alone, alone + beside) ||
           sound_labels_are_most_alone(back, back + back_beside);
}

/* "重点有三：一是水利", "I have a question: …" as the block below a name alone, where nearly
 * all names are: it is speech. */
static bool is_clause_below(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_candidate *above = i > 0 ? survey_candidate(s, c->members[i - 1])
                                                 : NULL;

    return above != NULL && c->stand_alone && above->block + 1 == m->block &&
           survey_words(s, above).length == 0 && survey_words(s, m).length > 0 &&
           counts[m->label] < 2 && m->shape < LABEL_TITLE_BITS;
}

/* "STATE OF ALDER          )": the frame of a case's caption beside a party's name. */
static bool is_beside_frame(const struct survey *s, const struct survey_candidate *m)
{
    struct span words = survey_words(s, m);

    return s->rows[m->row].layout == LAYOUT_GAP && s->rows[m->row].form == LINE_UNTIMED &&
           words.length == 1 && memchr(")|*:", *words.data, 4) != NULL;
}

/* Whether a label has words, in its block or below. */
static bool has_words(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    if (is_clause_below(s, c, counts, i) || is_beside_frame(s, m))
        return false;
    return survey_words(s, m).length > 0 ||
           (m->block + 1 < s->block_count &&
            !(follows_at_once(s, c, i) && !is_clause_of(s, c, counts, i + 1) &&
              !is_clause_below(s, c, counts, i + 1)));
}

/* Whether it is placed like a label: after a blank line, with words directly below. */
static bool is_set_above_words(const struct survey *s, const struct survey_candidate *m)
{
    return s->blocks[m->block].gap && !s->blocks[m->block].next_gap && m->shape >= 0;
}

/* A name met once, between two turns of a recurring name that are set in the same way: askers
 * have many names, the one who answers has one. */
static bool stands_between(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    const struct survey_candidate *before = i > 0 ? survey_candidate(s, c->members[i - 1])
                                                  : NULL;
    const struct survey_candidate *after = i + 1 < c->count
                                               ? survey_candidate(s, c->members[i + 1])
                                               : NULL;

    if (!is_set_above_words(s, survey_candidate(s, c->members[i])) ||
        (before != NULL && (counts[before->label] < 2 || !is_set_above_words(s, before))) ||
        (after != NULL && (counts[after->label] < 2 || !is_set_above_words(s, after))))
        return false;
    return before != NULL && after != NULL && before->label == after->label;
}

/* "Chief Executive Officer" between a name that is alone below a blank line and the blank line
 * above the words is a role. */
static bool is_no_role_line(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_candidate *above = i > 0 ? survey_candidate(s, c->members[i - 1])
                                                 : NULL;

    /* "Asked by", above a name that recurs */
    if (above != NULL && counts[m->label] > 1 && counts[above->label] == 1)
        return true;
    return above == NULL || above->block + 1 != m->block || s->blocks[m->block].gap ||
           !s->blocks[above->block].gap || !s->blocks[m->block].next_gap ||
           m->block + 1 == s->block_count || follows_at_once(s, c, i);
}

/* Whether an office or a constituency is directly below the name and above the blank line. */
static bool has_role_line(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    const struct survey_block *below = b + 1;

    return m->block + 2 < s->block_count && b->gap && !below->gap && below->next_gap &&
           !below->ends_sentence && below->columns < ROLE_COLUMNS && below->form == b->form &&
           (b[2].ends_sentence || b[2].columns >= ROLE_COLUMNS);
}

/* Where headings are real headings, or names are bold, a short line that is set like the
 * recurring names and has words below is a name too. */
static bool stands_beside_headings(const struct survey *s, const struct contender *c,
                                   const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    size_t headings = 0, known = 0;
    size_t k;

    if ((s->rows[c->row].dress != 0 && s->rows[c->row].dress != 'b') || m->shape < 0 ||
        b->columns > LONE_NAME_COLUMNS || m->block + 1 >= s->block_count ||
        !s->blocks[m->block + 1].ends_sentence)
        return false;
    for (k = 0; k < s->block_count && headings < HEADINGS_MIN; k++)
        headings += s->blocks[k].kind == BLOCK_HEADING || s->rows[c->row].dress == 'b';
    for (k = 0; k < c->count && known < HEADINGS_MIN; k++) {
        const struct survey_candidate *other = survey_candidate(s, c->members[k]);

        known += counts[other->label] > 1 && s->blocks[other->block].gap == b->gap &&
                 s->blocks[other->block].next_gap == b->next_gap;
    }
    return headings == HEADINGS_MIN && known == HEADINGS_MIN;
}

/* "Our first question comes from Ida Berg.", a few blocks above the line "Ida Berg": the
 * introduction gives the floor to that name. */
static bool is_introduced(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    struct span label = span_of(b->text.data + m->label_byte, m->label_end - m->label_byte);
    const char *blank = memrchr(label.data, ' ', label.length);
    size_t i = m->block > INTRODUCED_BLOCKS ? m->block - INTRODUCED_BLOCKS : 0;
    struct span last;

    if (blank == NULL || m->shape <= 0 || m->block + 1 >= s->block_count ||
        !s->blocks[m->block + 1].ends_sentence || span_contains(label, " and "))
        return false;
    last = span_skip(label, (size_t)(blank - label.data)); /* with the blank in front */
    for (; last.length > 3 && i < m->block; i++) {
        struct span text = s->blocks[i].text;
        const char *at = memmem(text.data, text.length, last.data, last.length);
        struct span behind = at != NULL
                                 ? span_skip(text, (size_t)(at - text.data) + last.length)
                                 : span_of(NULL, 0);
        uint32_t cp = 0;

        if (at == NULL || !s->blocks[i].ends_sentence)
            continue;
        if (behind.length > 0)
            utf8_decode(behind.data, behind.length, &cp);
        if (!folded_is_letter(folded_code_point(cp)))
            return true;
    }
    return false;
}

/* "Priya Raman - Chief Financial Officer" far above the line "Priya Raman": a list of
 * participants at the top. */
static bool is_listed(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const marks[] = {"-", ",", "(", "–", "—", NULL};
    const struct survey_block *b = &s->blocks[m->block];
    struct span label = span_of(b->text.data + m->label_byte, m->label_end - m->label_byte);
    size_t i, k;

    if (memchr(label.data, ' ', label.length) == NULL || m->block + 1 >= s->block_count ||
        !s->blocks[m->block + 1].ends_sentence)
        return false;
    for (i = 0; i < m->block && i < LIST_BLOCKS; i++) {
        struct span text = s->blocks[i].text;

        if (s->blocks[i].ends_sentence || s->blocks[i].columns > LISTED_COLUMNS ||
            text.length <= label.length || memcmp(text.data, label.data, label.length) != 0)
            continue;
        text = folded_trim(span_skip(text, label.length));
        for (k = 0; marks[k] != NULL; k++)
            if (span_starts_with(text, marks[k]))
                return true;
    }
    return false;
}

static struct span label_text(const struct survey *s, const struct survey_candidate *m)
{
    return span_of(s->blocks[m->block].text.data + m->label_byte, m->label_end - m->label_byte);
}

/* Whether all labels that recur are in capitals. */
static void find_capitals(const struct survey *s, struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    size_t k;

    c->in_capitals = true;
    c->first_known = c->count;
    for (k = 0; k < c->count && c->in_capitals; k++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[k]);

        if (counts[m->label] < 2)
            continue;
        c->in_capitals = folded_is_in_capitals(label_text(s, m));
        if (c->first_known == c->count)
            c->first_known = k;
    }
    free(counts);
}

/* All recurring names are in capitals, and so is this one, in the same position above words. */
static bool shares_capitals(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    size_t alike = 0;
    size_t k;

    if (!c->in_capitals || c->first_known >= i || m->shape < 0 ||
        !folded_is_in_capitals(label_text(s, m)) || m->block + 1 >= s->block_count ||
        s->blocks[m->block + 1].form != LINE_UNTIMED ||
        !(s->blocks[m->block + 1].ends_sentence ||
          s->blocks[m->block + 1].columns >= ROLE_COLUMNS))
        return false;
    for (k = c->first_known; k < c->count && alike < HEADINGS_MIN; k++) {
        const struct survey_candidate *other = survey_candidate(s, c->members[k]);
        const struct survey_block *o = &s->blocks[other->block];

        alike += counts[other->label] > 1 && o->gap == b->gap && o->next_gap == b->next_gap &&
                 placement_is_same_indent(o->indent, b->indent);
    }
    return alike >= HEADINGS_MIN;
}

/* The front of a label that others of its kind share: the form of address ("Senator", "El
 * señor"), which is a word of four letters or two words; empty without more words behind it. */
static struct span front_of_address(struct span label)
{
    size_t end = span_find(label, ' ');

    if (end < ADDRESS_BYTES_MIN && end < label.length)
        end += 1 + span_find(span_skip(label, end + 1), ' ');
    return span_of(label.data, end < label.length ? end : 0);
}

/* "El señor consejero de Puertos (Soto)" beside "El señor Aldea", "Malý, Petr" beside "Nová,
 * Eva, poslankyně": set above words like a label that recurs, which begins with the same
 * form of address, or has a comma as well. */
static bool shares_form(const struct survey *s, const struct contender *c,
                        const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    struct span label = label_text(s, m);
    struct span address = front_of_address(label);
    bool comma = memchr(label.data, ',', label.length) != NULL && m->shape >= 0;
    size_t k;

    if ((address.length == 0 && !comma) || m->shape <= LABEL_DOUBTFUL ||
        m->block + 1 >= s->block_count || !s->blocks[m->block + 1].ends_sentence)
        return false;
    for (k = 0; k < c->count; k++) {
        const struct survey_candidate *other = survey_candidate(s, c->members[k]);
        const struct survey_block *o = &s->blocks[other->block];
        struct span known = label_text(s, other);

        if (counts[other->label] > 1 && o->gap == b->gap && o->next_gap == b->next_gap &&
            ((address.length > 0 && span_equal(front_of_address(known), address)) ||
             (comma && memchr(known.data, ',', known.length) != NULL)))
            return true;
    }
    return false;
}

/* If recurring names begin further left than all words below them, everything else that begins
 * there is a name too. */
static void find_hanging(const struct survey *s, struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    size_t known = 0, k;

    c->hanging_first = s->block_count;
    for (k = 0; k < c->count; k++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[k]);

        if (counts[m->label] < 2)
            continue;
        if (known++ == 0) {
            c->hanging_first = m->block;
            c->hanging_indent = s->blocks[m->block].indent;
        }
        c->hanging_last = m->block;
    }
    for (k = 0; k < c->count && known >= HANGING_MIN; k++) {
        size_t block = survey_candidate(s, c->members[k])->block;
        size_t end = k + 1 < c->count ? survey_candidate(s, c->members[k + 1])->block : block;
        bool is_known = counts[survey_candidate(s, c->members[k])->label] > 1;

        if (block < c->hanging_first || block > c->hanging_last)
            continue;
        if ((is_known && s->blocks[block].indent != c->hanging_indent) || end == block + 1)
            known = 0;
        for (block++; block < end; block++)
            if (s->blocks[block].indent <= c->hanging_indent)
                known = 0;
    }
    c->hangs = known >= HANGING_MIN;
    free(counts);
}

/* If every paragraph from the first recurring name on is below a short line set like that name,
 * all these lines are names. */
static void find_topped(const struct survey *s, struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    size_t known = 0, next = 0, i;

    c->topped_first = c->topped_last = 0;
    for (i = 0; i < s->block_count; i++) {
        while (next < c->count && survey_candidate(s, c->members[next])->block < i)
            next++;
        if (known > 0 && !s->blocks[i].gap)
            continue;
        if (next == c->count || survey_candidate(s, c->members[next])->block != i ||
            !is_set_above_words(s, survey_candidate(s, c->members[next]))) {
            if (known > 0)
                break;
            continue;
        }
        if (counts[survey_candidate(s, c->members[next])->label] > 1 && known++ == 0)
            c->topped_first = i;
        if (known > 0)
            c->topped_last = i;
    }
    if (known < TOPPED_MIN || i < s->block_count)
        c->topped_last = c->topped_first;
    free(counts);
}

/* "Tilda Norgaard -- Head of Investor Relations": an office behind a dash. */
static bool has_office_behind_dash(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const dashes[] = {" -- ", " — ", " – "};
    struct span label = label_text(s, m);
    size_t i;

    for (i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (memmem(label.data, label.length, dashes[i], strlen(dashes[i])) != NULL)
            return true;
    return false;
}

/* Names that recur have an office behind a dash, and so has this one, in the same place. */
static bool shares_dash(const struct survey *s, const struct contender *c,
                        const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    size_t alike = 0;
    size_t k;

    if (!has_office_behind_dash(s, m) || m->block + 1 >= s->block_count ||
        !s->blocks[m->block + 1].ends_sentence)
        return false;
    for (k = 0; k < c->count && alike < HEADINGS_MIN; k++) {
        const struct survey_candidate *other = survey_candidate(s, c->members[k]);
        const struct survey_block *o = &s->blocks[other->block];

        alike += counts[other->label] > 1 && o->gap == b->gap && o->next_gap == b->next_gap &&
                 has_office_behind_dash(s, other);
    }
    return alike >= HEADINGS_MIN;
}

static bool tops_words(const struct survey *s, const struct contender *c,
                       const struct survey_candidate *m)
{
    return m->block > c->topped_first && m->block <= c->topped_last &&
           is_set_above_words(s, m) && s->blocks[m->block].columns <= LONE_NAME_COLUMNS;
}

static bool hangs_out(const struct survey *s, const struct contender *c,
                      const struct survey_candidate *m)
{
    return c->hangs && m->shape >= 0 && m->block > c->hanging_first &&
           m->block < c->hanging_last && s->blocks[m->block].indent == c->hanging_indent;
}

/* Where nearly all labels begin with capitals, one in lower case is a line within a sentence:
 * "following Members:". */
static bool begins_as_most(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    uint32_t cp = 0;
    struct span label = label_text(s, survey_candidate(s, c->members[i]));

    (void)counts;
    utf8_decode(label.data, label.length, &cp);
    return !folded_is_lower(cp);
}

/* "Very positive", between a name and its times. */
static bool is_no_line_beside(const struct survey *s, const struct contender *c,
                              const uint32_t *counts, size_t i)
{
    (void)counts;
    return !s->blocks[survey_candidate(s, c->members[i])->block].beside_label;
}

static bool is_behind_star(const struct survey *s, const struct survey_candidate *m)
{
    struct span text = s->blocks[m->block].text;

    return span_starts_with(text, "* ") || span_starts_with(text, "- ");
}

/* "* Ada Voss", where names have no star, is an item of a list. */
static bool is_behind_no_star(const struct survey *s, const struct contender *c,
                              const uint32_t *counts, size_t i)
{
    (void)counts;
    return !is_behind_star(s, survey_candidate(s, c->members[i]));
}

static bool are_most_behind_stars(const struct survey *s, const struct contender *c)
{
    size_t starred = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        starred += is_behind_star(s, survey_candidate(s, c->members[i]));
    return starred * 2 > c->count;
}

/* deploybot, with a time below it; without one, a word in lower case is a word of a text. */
static bool is_no_lone_word(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    return m->has_time || begins_as_most(s, c, counts, i);
}

/* 【同期】渔民 蓝阿水: the kind of recording is in front of the name, as in the script of a
 * broadcast. */
static bool is_of_recording(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const opens[] = {"【", "[", "［", "（", "(", NULL};
    static const char *const kinds[] = {"同期", "采访", "採訪", "出镜",
                                        "出鏡", "现场", "現場", NULL};
    struct span text = s->blocks[m->block].text;
    size_t i;

    for (i = 0; opens[i] != NULL; i++)
        if (span_take(&text, opens[i]))
            return span_starts_with_any(text, kinds);
    return false;
}

/* A name alone on its line needs to recur, or to contain an office, or to have a time or
 * initials. */
static bool stands_alone(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    if (c->signature != 0)
        return true;
    return counts[m->label] > 1 || m->shape >= LABEL_TITLE_BITS || m->has_time ||
           is_of_recording(s, m) || s->rows[c->row].form != LINE_UNTIMED ||
           has_role_line(s, m) || stands_between(s, c, counts, i) || is_introduced(s, m) ||
           is_listed(s, m) || survey_ends_in_initials(s->blocks[m->block].text) ||
           stands_beside_headings(s, c, counts, i) || shares_capitals(s, c, counts, i) ||
           shares_form(s, c, counts, i) || hangs_out(s, c, m) || tops_words(s, c, m) ||
           shares_dash(s, c, counts, i);
}

static bool recurs(const struct survey *s, const struct contender *c, const uint32_t *counts,
                   size_t i)
{
    return counts[survey_candidate(s, c->members[i])->label] > 1;
}

/* The number before a member's label, its last part where it has several (01.02), or -1. */
static long speech_number(const struct survey *s, const struct contender *c, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    struct span front = span_of(s->blocks[m->block].text.data, m->label_byte);
    long number = -1;

    while (front.length > 0 && number < 100000) {
        uint32_t cp;

        front = span_skip(front, utf8_decode(front.data, front.length, &cp));
        cp = folded_code_point(cp);
        if (cp == '.' && number >= 0 && front.length > 1 &&
            folded_is_digit((unsigned char)*front.data))
            number = -1;
        if (folded_is_digit(cp))
            number = (number < 0 ? 0 : number * 10) + (long)(cp - '0');
    }
    return number;
}

/* "Anf. 22", "Anf. 23", "Anf. 24": speeches numbered consecutively, in a record where other
 * labels recur. */
static bool counts_on(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    long number = speech_number(s, c, i);
    size_t other = i + 1 < c->count ? i + 1 : i - 2; /* the last one follows two others */

    return number >= 0 && i > 0 && speech_number(s, c, i - 1) + 1 == number &&
           (i > 1 || i + 1 < c->count) &&
           speech_number(s, c, other) - (long)other == number - (long)i &&
           (recurs(s, c, counts, i - 1) || recurs(s, c, counts, other));
}

/* "01.02 Karel Wouters (ABC):": the second speech under the first item. */
static bool has_number_in_item(const struct survey *s, const struct survey_candidate *m)
{
    struct span part[2];

    return survey_number_parts(&s->blocks[m->block], part);
}

/* "Sak nr. 1 [10:01:23]", where most names and times have words beside them, is an item. */
static bool has_words_or_title(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    (void)counts;
    return survey_words(s, m).length > 0 || m->shape >= LABEL_TITLE_BITS;
}

static bool have_most_words(const struct survey *s, const struct contender *c)
{
    size_t beside = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        beside += survey_words(s, survey_candidate(s, c->members[i])).length > 0;
    return beside >= SENTENCES_TURNS - 1u && beside * 5 >= c->count * 4;
}

static bool any_recurs(const struct survey *s, const struct contender *c,
                       const uint32_t *counts)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (recurs(s, c, counts, i))
            return true;
    return false;
}

static bool recurs_or_has_title(const struct survey *s, const struct contender *c,
                                const uint32_t *counts, size_t i)
{
    return recurs(s, c, counts, i) || counts_on(s, c, counts, i) ||
           survey_candidate(s, c->members[i])->shape >= LABEL_TITLE_BITS ||
           survey_candidate(s, c->members[i])->has_time ||
           (has_number_in_item(s, survey_candidate(s, c->members[i])) &&
            any_recurs(s, c, counts));
}

static bool has_counter(const struct survey *s, const struct survey_candidate *m);

/* 町長, ３番 河原一郎: the survey knows a label that is met once only where all that recur are
 * offices. */
static bool recurs_or_has_office(const struct survey *s, const struct contender *c,
                                 const uint32_t *counts, size_t i)
{
    return recurs(s, c, counts, i) ||
           survey_candidate(s, c->members[i])->shape >= LABEL_TITLE_BITS ||
           has_counter(s, survey_candidate(s, c->members[i]));
}

bool sound_labels_is_numbered(const struct survey *s, const struct survey_candidate *m)
{
    char first = s->blocks[m->block].text.data[m->label_byte];

    return first >= '0' && first <= '9' && !m->has_time && s->rows[m->row].form == LINE_UNTIMED;
}

/* 1号代表, 3번 후보: the number belongs to the label. */
static bool has_counter(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const counters[] = {"号", "號", "番", "번", NULL};
    struct span label = label_text(s, m);

    while (label.length > 0) {
        uint32_t cp = 0;
        size_t used = utf8_decode(label.data, label.length, &cp);

        if (!folded_is_digit(folded_code_point(cp)))
            break;
        label = span_skip(label, used);
    }
    return span_starts_with_any(label, counters);
}

/* "1. Morag Sinclair (Highlands) (Con):": the number of the question that this person puts. */
static bool is_behind_number(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    char first = b->text.length > b->start_byte ? b->text.data[b->start_byte] : 0;

    return m->label_byte > b->start_byte && first >= '0' && first <= '9' && !m->has_time &&
           m->role_end > m->role_byte && m->shape < LABEL_TITLE_BITS;
}

/* Whether some label that recurs has brackets beside the name. */
static bool any_has_role(const struct survey *s, const struct contender *c,
                         const uint32_t *counts)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);

        if (counts[m->label] > 1 && m->role_end > m->role_byte && !is_behind_number(s, m))
            return true;
    }
    return false;
}

/* "1. Soldat" recurs; "1. Install", in a list, does not. */
static bool is_no_item(const struct survey *s, const struct contender *c,
                       const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    if (is_behind_number(s, m))
        return counts[m->label] > 1 || any_has_role(s, c, counts);
    return counts[m->label] > 1 || !sound_labels_is_numbered(s, m) || has_counter(s, m);
}

/* 清「おはよう。早い, with its closing mark in one of the next lines. */
static bool is_closed(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    size_t block = survey_candidate(s, c->members[i])->block;
    size_t end = i + 1 < c->count ? survey_candidate(s, c->members[i + 1])->block
                                  : s->block_count;

    (void)counts;
    end = end < block + QUOTED_LINES_MAX ? end : block + QUOTED_LINES_MAX;
    while (block < end && !span_ends_with(s->blocks[block].text, "」"))
        block++;
    return block < end;
}

/* 主持人（以下簡稱「主」）：阿蒙: it introduces a short name for later use. */
static bool introduces_short_name(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const phrases[] = {"以下簡稱", "以下简称", "以下略", "이하", NULL};
    struct span label = span_of(s->blocks[m->block].text.data + m->label_byte,
                                m->label_end - m->label_byte);

    return label.length >= INTRODUCED_BYTES_MIN && span_contains_any(label, phrases);
}

/* "President:    Mr. Okello . . . . . (Maravia)": a line with leaders, which is short. */
static bool holds_leaders(struct span words)
{
    return words.length < LEADERS_BYTES_MAX &&
           (span_contains(words, ". . . ") || span_contains(words, "......"));
}

/* "舒宁　　审判员：封毅": after a wide gap near the front, the name of a fact. */
static bool begins_with_two_facts(struct span words)
{
    struct span front = span_of(words.data, words.length < FACTS_FRONT * UTF8_MAX_BYTES
                                                ? words.length
                                                : FACTS_FRONT * UTF8_MAX_BYTES);
    struct folded f;
    size_t at, colon;

    if (memchr(front.data, '\t', front.length) == NULL &&
        bytes_find(front.data, front.length, "  ") == NULL &&
        bytes_find(front.data, front.length, "　") == NULL &&
        bytes_find(front.data, front.length, "\u2003") == NULL)
        return false;
    folded_front_some(&f, words, 0, FACTS_FRONT);
    for (at = 1; at < f.count; at++) {
        if (!(f.cp[at] == FOLDED_WIDE_SPACE || f.cp[at] == '\t' ||
              (f.cp[at] == ' ' && f.cp[at - 1] == ' ')))
            continue;
        for (colon = at + 1; colon < f.count && colon - at <= FACT_NAME_MAX; colon++)
            if (f.cp[colon] == ':' && folded_is_cjk(f.cp[colon - 1]))
                return true;
    }
    return false;
}

/* "审判长：舒宁　　审判员：封毅": names and values side by side on a line are facts. */
static bool is_no_row_of_facts(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    struct span words = survey_words(s, m);

    (void)counts;
    if (holds_leaders(words))
        return false;
    if (words.length == 0 || m->has_time || s->blocks[m->block].form != LINE_UNTIMED ||
        survey_words_end(s, c->members[i]) ||
        (m->block + 1 < s->block_count && s->blocks[m->block + 1].joins)) /* and goes on */
        return true;
    return !introduces_short_name(s, m) && !begins_with_two_facts(words);
}

/* Whether the words behind a label, or below it, read as speech: "主席：各位議員：" does. */
static bool opens_words(const struct survey *s, const struct survey_candidate *m)
{
    struct span words = survey_words(s, m);
    const struct survey_block *below = m->block + 1 < s->block_count ? &s->blocks[m->block + 1]
                                                                     : NULL;

    return folded_ends_sentence(words) || folded_asks(words) || span_ends_with(words, "：") ||
           span_ends_with(words, ":") || span_ends_with(words, "，") ||
           (below != NULL && (below->joins || (words.length == 0 && below->ends_sentence)));
}

/* 時間：, 地點：, 主席：, 出席：: the fields of a form above the first words that somebody
 * says, at least half of which are known to be facts. Whoever has a field there may speak
 * below. */
static void find_fields(const struct survey *s, struct contender *c)
{
    size_t fields = 0, facts = 0;
    size_t i;

    c->fields_end = 0;
    for (i = 0; i < c->count && i < FIELDS_MAX; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        bool fact = s->labels[m->label].fact != FACT_NONE;

        if (m->has_time || s->blocks[m->block].form != LINE_UNTIMED ||
            (!fact && opens_words(s, m)))
            return;
        fields += facts > 0 || fact;
        facts += fact;
        if (fact && facts >= FIELDS_MIN && facts * 2 >= fields)
            c->fields_end = m->block + 1;
    }
}

static bool is_no_field(const struct survey *s, const struct contender *c,
                        const uint32_t *counts, size_t i)
{
    (void)counts;
    return survey_candidate(s, c->members[i])->block >= c->fields_end;
}

/* "受访者：灯塔管理员　雷海生", met once above the label 雷海生: it introduces that person. */
static bool is_no_introduction(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    struct span words = survey_words(s, m);
    size_t k;

    if (counts[m->label] > 1 || i >= INTRODUCTIONS_MAX || m->has_time ||
        s->blocks[m->block].form != LINE_UNTIMED || survey_words_end(s, c->members[i]))
        return true;
    for (k = i + 1; k < c->count && k < i + INTRODUCTIONS_MAX; k++) {
        struct span key = s->labels[survey_candidate(s, c->members[k])->label].key;

        if (key.length >= NAME_BYTES_MIN && (unsigned char)*key.data >= 0xE3 &&
            words.length >= key.length &&
            memcmp(words.data + words.length - key.length, key.data, key.length) == 0)
            return false;
    }
    return true;
}

static bool begin_with_capitals(const struct survey *s, const struct contender *c)
{
    size_t capitals = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        capitals += begins_as_most(s, c, NULL, i);
    return c->count >= CAPITALS_LABELS && capitals * 100 >= c->count * CAPITALS_PERCENT;
}

/* How a sentence begins: with a capital, with a small letter, or with neither. */
enum first_sign { SIGN_OTHER, SIGN_CAPITAL, SIGN_SMALL };

static enum first_sign first_sign_of(struct span words)
{
    uint32_t cp = 0;

    utf8_decode(words.data, words.length, &cp);
    return folded_is_lower(cp) ? SIGN_SMALL : folded_is_upper(cp) ? SIGN_CAPITAL : SIGN_OTHER;
}

/* Whether the words after all labels before a colon, with a number or time in front or not,
 * begin as sentences do, but for one. */
static bool words_of_all_begin_sentences(const struct survey *s)
{
    size_t turns = 0, small = 0;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *m = &s->candidates[i];
        enum first_sign sign;

        if ((s->rows[m->row].layout != LAYOUT_COLON &&
             (survey_layout_row(s, &s->rows[m->row])->traits & LAYOUT_NUMBERED) == 0) ||
            survey_words(s, m).length == 0 || m->shape <= LABEL_DOUBTFUL)
            continue;
        sign = first_sign_of(survey_words(s, m));
        turns += sign != SIGN_OTHER;
        small += sign == SIGN_SMALL;
    }
    return turns > SENTENCES_TURNS && small <= 1;
}

/* Whether the words after recurring labels begin as sentences do. */
static bool words_begin_sentences(const struct survey *s, const struct contender *c)
{
    uint32_t *counts;
    size_t turns = 0, capitals = 0, small = 0;
    size_t i;

    if (words_of_all_begin_sentences(s))
        return true;
    counts = contender_count_labels(s, c);

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        enum first_sign sign;

        if (counts[m->label] < 2 || survey_words(s, m).length == 0)
            continue;
        sign = first_sign_of(survey_words(s, m));
        turns++;
        capitals += sign == SIGN_CAPITAL;
        small += sign == SIGN_SMALL;
    }
    free(counts);
    return turns >= SENTENCES_TURNS && capitals * 10 >= turns * 8 && small * 10 <= turns;
}

/* "Question: which are you?", "Monday: rye": where turns begin with capitals, a small letter
 * continues a clause, unless the label is that of somebody who recurs. */
static bool begins_sentence(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    struct span words = survey_words(s, m);

    return counts[m->label] > 1 || words.length == 0 || m->has_time ||
           first_sign_of(words) != SIGN_SMALL;
}

/* Indented deeper than all recurring labels, met once and followed by no sentence: an item of a
 * quotation or a list. */
static bool is_no_deeper_item(const struct survey *s, const struct contender *c,
                              const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    struct span words = survey_words(s, m);

    return counts[m->label] > 1 || words.length == 0 || m->has_time || c->deepest == 0 ||
           b->indent + 1 < c->deepest + DEEPER_COLUMNS || survey_words_end(s, c->members[i]) ||
           folded_asks(words);
}

/* One more than the deepest indent of recurring labels; 0: too few recur. */
static uint32_t deepest_indent(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    uint32_t deepest = 0;
    size_t turns = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);

        if (counts[m->label] < 2)
            continue;
        turns++;
        if (s->blocks[m->block].indent + 1 > deepest)
            deepest = s->blocks[m->block].indent + 1;
    }
    free(counts);
    return turns >= SENTENCES_TURNS ? deepest : 0;
}

bool sound_labels_is_sound(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    return counts[m->label] > 1 || m->shape > LABEL_DOUBTFUL;
}

/* Where all labels that recur are in capitals, "Next speaks Anna Vik. Please" has none. */
static bool is_in_capitals_too(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    struct span label = label_text(s, m);

    label.length = span_find(label, '(');
    label.length = span_find(label, ','); /* "LIVIO CARRARA, Sottosegretario di Stato" */
    return counts[m->label] > 1 || m->shape >= LABEL_TITLE_BITS || folded_is_in_capitals(label);
}

static void keep_well_placed(const struct survey *s, struct contender *c)
{
    struct placement habit;
    uint32_t *counts;
    size_t count = 0;
    size_t i;

    if (s->rows[c->row].form != LINE_UNTIMED || c->count == 0)
        return;
    habit = placement_find(s, c);
    counts = contender_count_labels(s, c);
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        const struct survey_block *b = &s->blocks[m->block];
        /* Nothing need separate the first turn from the title above it. */
        bool opens = count == 0 && !b->joins && m->label != SURVEY_NONE && counts[m->label] > 1;
        bool ok = !(habit.gap && !b->gap && m->block > 0 && !opens) &&
                  !(habit.fresh && placement_continues_line(s, m->block)) &&
                  !(habit.indent && !placement_is_same_indent(b->indent, habit.columns) &&
                    (m->label == SURVEY_NONE || counts[m->label] == 1) &&
                    (contender_layout(s, c)->traits & LAYOUT_MARK_ONLY) == 0);

        if (ok)
            c->members[count++] = c->members[i];
    }
    c->count = count;
    free(counts);
}

/* The end of a line, "Plum Harbour.", but not a name with initials and a side. */
static bool is_no_line_end(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);

    return survey_words(s, m).length > 0 || counts[m->label] > 1 ||
           m->shape >= LABEL_TITLE_BITS || m->role_end > m->role_byte;
}

/* "Dr." and "SEC." occur within lines as well; a one-word speaker occurs only at their
 * start. */
static bool is_no_abbreviation(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = survey_candidate(s, c->members[i]);
    const struct survey_block *own = &s->blocks[m->block];
    struct span label = span_of(own->text.data + m->label_byte, m->label_end - m->label_byte);
    size_t inside = 0;
    size_t k;

    if (!is_no_line_end(s, c, counts, i))
        return false;
    if (memchr(label.data, ' ', label.length) != NULL)
        return true;
    /* Only the neighbourhood is searched: an abbreviation is as frequent there as anywhere. */
    for (k = m->block > 40 ? m->block - 40 : 0; k < s->block_count && k < m->block + 40u; k++) {
        struct span rest = s->blocks[k].text;

        while (rest.length > label.length + 2) {
            const char *found = memmem(rest.data + 1, rest.length - 1, label.data,
                                       label.length);
            size_t behind;

            if (found == NULL)
                break;
            behind = (size_t)(rest.data + rest.length - found) - label.length;
            inside += behind > 1 && found[label.length] == '.' && found[-1] == ' ';
            rest = span_of(found + label.length, behind);
        }
    }
    return inside * 5 <= counts[m->label];
}

/* Pages mark names with an element of their own. Returns the signature of the recurring label
 * with the most words, if nearly all paragraphs with that signature may be labels. */
static uint32_t find_signature(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = contender_count_labels(s, c);
    float most = 0;
    uint32_t signature = 0;
    size_t labels = 0, blocks = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);
        float bits = s->labels[m->label].bits * (float)(counts[m->label] - 1);

        if (bits <= most)
            continue;
        most = bits;
        signature = s->blocks[m->block].signature;
    }
    free(counts);
    if (signature == 0)
        return 0;
    for (i = 0; i < c->count; i++)
        labels += s->blocks[survey_candidate(s, c->members[i])->block].signature == signature;
    for (i = 0; i < s->block_count; i++)
        blocks += s->blocks[i].signature == signature;
    return blocks < s->block_count && (float)labels >= SIGNED_MIN * (float)blocks ? signature
                                                                                  : 0;
}

static bool is_signed(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    (void)counts;
    return s->blocks[survey_candidate(s, c->members[i])->block].signature == c->signature;
}

/* 榊　　実花　高校教諭, below 出席者（敬称略）: a list of those present. */
static bool is_no_list_entry(const struct survey *s, const struct contender *c,
                             const uint32_t *counts, size_t i)
{
    size_t block = survey_candidate(s, c->members[i])->block;
    size_t top = block;

    (void)counts;
    while (top > 0 && top + LIST_BLOCKS > block && !s->blocks[top].ends_sentence) {
        if (top < block && front_matter_heads_list(s, top))
            return false;
        if (top < block && s->blocks[top].gap)
            return true;
        top--;
    }
    return top == block || s->blocks[top].ends_sentence || !front_matter_heads_list(s, top);
}

/* "听写记录  2032-05-12 15:30", above names with 00:02 beside them: a title, and when the
 * record was made. */
static bool is_no_dated_title(const struct survey *s, const struct contender *c,
                              const uint32_t *counts, size_t i)
{
    size_t dated = 0;
    size_t k;

    if (i > 0 || c->count < DATED_MIN ||
        counts[survey_candidate(s, c->members[0])->label] > 1 ||
        !survey_candidate(s, c->members[0])->time.has_date)
        return true;
    for (k = 1; k < c->count && dated == 0; k++)
        dated += survey_candidate(s, c->members[k])->time.has_date ||
                 !survey_candidate(s, c->members[k])->has_time;
    return dated > 0;
}

void sound_labels_keep(const struct survey *s, struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];

    if ((contender_layout(s, c)->traits & (LAYOUT_WORDS | LAYOUT_DASH)) != 0)
        return;
    if (row->layout == LAYOUT_ALONE && row->form == LINE_UNTIMED) {
        contender_keep(s, c, is_no_line_beside);
        contender_keep(s, c, is_no_lone_word);
        contender_keep(s, c, is_no_role_line);
        if (!are_most_behind_stars(s, c))
            contender_keep(s, c, is_behind_no_star);
        c->signature = find_signature(s, c);
        if (c->signature != 0)
            contender_keep(s, c, is_signed);
    }
    contender_keep(s, c, is_no_dated_title);
    c->stand_alone = row->layout == LAYOUT_COLON && are_names_alone(s, c);
    if (row->layout == LAYOUT_DOT && !row->bulleted)
        contender_keep(s, c, is_no_line_end);
    contender_keep(s, c, has_words);
    keep_well_placed(s, c);
    if (row->layout == LAYOUT_ALONE && !row->bulleted) {
        contender_keep(s, c, has_words);
        find_hanging(s, c);
        find_topped(s, c);
        find_capitals(s, c);
        contender_keep(s, c, stands_alone);
    }
    if (row->layout == LAYOUT_COLON) {
        contender_keep(s, c, is_no_item);
        contender_keep(s, c, is_no_introduction);
        contender_keep(s, c, is_no_row_of_facts);
        find_fields(s, c);
        contender_keep(s, c, is_no_field);
        if (row->form == LINE_UNTIMED && begin_with_capitals(s, c))
            contender_keep(s, c, begins_as_most);
        if (row->form == LINE_UNTIMED && words_begin_sentences(s, c))
            contender_keep(s, c, begins_sentence);
        c->deepest = row->form == LINE_UNTIMED ? deepest_indent(s, c) : 0;
        contender_keep(s, c, is_no_deeper_item);
    }
    if ((contender_layout(s, c)->traits & (LAYOUT_TIME_INSIDE | LAYOUT_BELOW)) ==
            LAYOUT_TIME_INSIDE &&
        have_most_words(s, c))
        contender_keep(s, c, has_words_or_title);
    if (row->layout == LAYOUT_GAP && row->form == LINE_UNTIMED && !row->bulleted)
        contender_keep(s, c, is_no_list_entry);
    if ((contender_layout(s, c)->traits & LAYOUT_QUOTED) != 0)
        contender_keep(s, c, is_closed);
    if ((contender_layout(s, c)->traits & LAYOUT_NUMBERED) != 0)
        contender_keep(s, c, recurs_or_has_title);
    if (row->layout == LAYOUT_DOT && !row->bulleted) {
        contender_keep(s, c, is_no_abbreviation);
        find_capitals(s, c);
        if (c->in_capitals && c->first_known < c->count)
            contender_keep(s, c, is_in_capitals_too);
    }
    if (row->layout == LAYOUT_SPACE && !row->bulleted && row->form == LINE_UNTIMED)
        contender_keep(s, c, recurs_or_has_office);
}
