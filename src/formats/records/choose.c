/* The choice of layouts by their scores. */
#include "formats/records/choose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/records/vocabulary.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

/* Shares. */
#define GAP_USUAL .9f
#define INDENT_USUAL .85f
#define INDENT_OTHERS .3f
#define KNOWN_MIN .6f       /* of a complement's labels, where it needs that */
#define COMPLEMENT_MIN .12f /* of the main row's turns */
#define INSIDE_MIN .7f
#define TIMED_MIN .5f /* of what has a time at all */
#define DASHES_MIN .3f
#define PROGRAM_CHANCE .001f /* of a layout that holds words of a program */
#define WIDE_MIN .9f         /* of the lines with a time */
#define SIGNED_MIN .8f       /* of the paragraphs made as labels are */

/* Blocks a turn beyond which one voice is none. */
enum {
    DASH_PAIRS_MIN = 2,
    FEW_TURNS_BLOCKS = 100,
    ONE_VOICE_BLOCKS = 25,
    SPEECH_BYTES_MIN = 30,
    FRONT_BLOCKS_MAX = 40,
    INTRODUCED_BLOCKS = 8, /* above the one who is named */
    ROLE_COLUMNS = 70,
    LIST_BLOCKS = 60, /* a list of those who take part is above it */
    LISTED_COLUMNS = 120
};

/* Times on lines of their own: how many, how far from the top, how many blocks each at most. */
enum { TIMES_ALONE_MIN = 3, TIMES_ALONE_FRONT = 8, TIMES_ALONE_BLOCKS = 4 };

/* Bold questions, where nobody has a label. */
enum { BOLD_MIN = 3 };
/* Paragraphs bold from end to end, beside labels in bold. */
enum { BOLD_TURNS_MIN = 3 };

/* Titles in nearly all labels. */
#define OFFICES_USUAL .75f
#define OFFICE_SHAPE (LABEL_TITLE_BITS - 3.5f) /* a long one is less well shaped */
enum { OFFICE_TURNS = 12, OTHERS_SHARE = 20 };

enum { HEADINGS_MIN = 2, LONE_NAME_COLUMNS = 12, HANGING_MIN = 4, TOPPED_MIN = 3 };
enum { CAPITALS_LABELS = 20, CAPITALS_PERCENT = 90 };
enum { TOLD_MIN = 3, FAQ_TITLE_BLOCKS = 6, FAQ_QUESTIONS = 3 };
enum { INDENT_JITTER = 2 }; /* columns by which pages set the same indent apart */
enum { INTRODUCTIONS_MAX = 8, NAME_BYTES_MIN = 6, QUOTED_LINES_MAX = 8 };
enum { FACTS_FRONT = 40, FACT_NAME_MAX = 10 };

#define PAIR_BAR 2.0f
#define PAIR_BAR_OF_TITLES (-5.0f)
#define PAIR_BAR_OF_ONE (-8.0f)
#define PAIR_NEW_LABEL 4.0f
#define HEADING_NEW_LABEL 4.0f /* a heading that ends in a colon is hardly anything else */

/* "The question is:" comes back, and is none where it is rare and nearly all labels are sound.
 */
enum { CLAUSE_RARE = 10, SOUND_PERCENT = 90 };

/* A row with the members that it keeps. */
struct contender {
    size_t row;
    uint32_t *members; /* owned */
    size_t count;
    uint32_t signature; /* that its labels have, and hardly anything else; 0: none */
    bool stand_alone;   /* nearly all labels are alone on their lines */
    bool hangs;         /* its labels do, from one block to another: see find_hanging */
    uint32_t hanging_indent;
    size_t hanging_first;
    size_t hanging_last;
    size_t topped_first; /* blocks, between which a label tops every paragraph: find_topped */
    size_t topped_last;
    float chance;
    struct score score;
};

static const struct survey_candidate *candidate(const struct survey *s, uint32_t member)
{
    return &s->candidates[member];
}

static const struct layout_row *layout_of(const struct survey *s, const struct contender *c)
{
    return survey_layout_row(s, &s->rows[c->row]);
}

static uint32_t *count_labels(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    size_t i;

    for (i = 0; i < c->count; i++)
        if (candidate(s, c->members[i])->label != SURVEY_NONE)
            counts[candidate(s, c->members[i])->label]++;
    return counts;
}

typedef bool member_test(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i);

static void keep_members(const struct survey *s, struct contender *c, member_test *keep)
{
    uint32_t *counts = count_labels(s, c);
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

static bool follows_at_once(const struct survey *s, const struct contender *c, size_t i)
{
    return i + 1 < c->count &&
           candidate(s, c->members[i + 1])->block == candidate(s, c->members[i])->block + 1;
}

/* A sentence with a colon, or the first line of one, below a label that is a better one. */
static bool is_clause_of(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    return counts[m->label] < 2 && m->shape <= LABEL_DOUBTFUL && !s->blocks[m->block].gap &&
           (survey_words(s, m).length > 0 || s->rows[c->row].layout == LAYOUT_ALONE) &&
           candidate(s, c->members[i - 1])->shape > LABEL_DOUBTFUL;
}

/* All labels but one in ten are on lines of their own, with a colon: a clause that ends in one
 * there is rare. */
static bool are_most_alone(size_t alone, size_t labels)
{
    return labels >= 3 && alone * 10 >= labels * 9;
}

static bool stand_alone(const struct survey *s, const struct contender *c)
{
    size_t alone = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        alone += survey_words(s, candidate(s, c->members[i])).length == 0;
    return are_most_alone(alone, c->count);
}

/* The same, but for what may be a clause directly below a name. */
static bool are_names_alone(const struct survey *s, const struct contender *c)
{
    size_t alone = 0, beside = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);
        const struct survey_candidate *above = i > 0 ? candidate(s, c->members[i - 1]) : NULL;

        if (survey_words(s, m).length == 0)
            alone++;
        else if (above == NULL || above->block + 1 != m->block ||
                 survey_words(s, above).length > 0)
            beside++;
    }
    return are_most_alone(alone, alone + beside);
}

/* "重点有三：一是水利", directly below a name alone, where nearly all names are: what is said.
 */
static bool is_clause_below(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    const struct survey_candidate *above = i > 0 ? candidate(s, c->members[i - 1]) : NULL;

    return above != NULL && c->stand_alone && above->block + 1 == m->block &&
           survey_words(s, above).length == 0 && survey_words(s, m).length > 0 &&
           !s->blocks[m->block].gap && counts[m->label] < 2 && m->shape < LABEL_TITLE_BITS;
}

/* A label has words, in its block or below. */
static bool has_words(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    if (is_clause_below(s, c, counts, i))
        return false;
    return survey_words(s, m).length > 0 ||
           (m->block + 1 < s->block_count &&
            !(follows_at_once(s, c, i) && !is_clause_of(s, c, counts, i + 1) &&
              !is_clause_below(s, c, counts, i + 1)));
}

/* Set as a label is: below a blank line, with the words directly below. */
static bool is_set_above_words(const struct survey *s, const struct survey_candidate *m)
{
    return s->blocks[m->block].gap && !s->blocks[m->block].next_gap && m->shape >= 0;
}

/* A name that is met once between two of another's that come back: who asks has many names, who
 * answers has one. All three are set in the same way. */
static bool stands_between(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    const struct survey_candidate *before = i > 0 ? candidate(s, c->members[i - 1]) : NULL;
    const struct survey_candidate *after = i + 1 < c->count ? candidate(s, c->members[i + 1])
                                                            : NULL;

    if (!is_set_above_words(s, candidate(s, c->members[i])) ||
        (before != NULL && (counts[before->label] < 2 || !is_set_above_words(s, before))) ||
        (after != NULL && (counts[after->label] < 2 || !is_set_above_words(s, after))))
        return false;
    return before != NULL && after != NULL && before->label == after->label;
}

/* "Chief Executive Officer" between a name, alone below a blank line, and the blank line above
 * the words: a role. */
static bool is_no_role_line(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    const struct survey_candidate *above = i > 0 ? candidate(s, c->members[i - 1]) : NULL;

    (void)counts;
    return above == NULL || above->block + 1 != m->block || s->blocks[m->block].gap ||
           !s->blocks[above->block].gap || !s->blocks[m->block].next_gap ||
           m->block + 1 == s->block_count || follows_at_once(s, c, i);
}

/* An office or a constituency is directly below the name, before the blank line. */
static bool has_role_line(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    const struct survey_block *below = b + 1;

    return m->block + 2 < s->block_count && b->gap && !below->gap && below->next_gap &&
           !below->ends_sentence && below->columns < ROLE_COLUMNS && below->form == b->form &&
           (b[2].ends_sentence || b[2].columns >= ROLE_COLUMNS);
}

/* Where headings are headings, or names bold, a short line that is set as the names that come
 * back are is a name as well, above what is said. */
static bool stands_beside_headings(const struct survey *s, const struct contender *c,
                                   const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
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
        const struct survey_candidate *other = candidate(s, c->members[k]);

        known += counts[other->label] > 1 && s->blocks[other->block].gap == b->gap &&
                 s->blocks[other->block].next_gap == b->next_gap;
    }
    return headings == HEADINGS_MIN && known == HEADINGS_MIN;
}

/* "Our first question comes from Ida Berg.", not far above the line "Ida Berg": whoever is
 * named so is given the floor. */
static bool is_introduced(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    struct span label = span_of(b->text.data + m->label_byte, m->label_end - m->label_byte);
    const char *blank = memrchr(label.data, ' ', label.length);
    size_t i = m->block > INTRODUCED_BLOCKS ? m->block - INTRODUCED_BLOCKS : 0;
    struct span last;

    if (blank == NULL || m->shape <= 0 || m->block + 1 >= s->block_count ||
        !s->blocks[m->block + 1].ends_sentence ||
        memmem(label.data, label.length, " and ", 5) != NULL)
        return false;
    last = span_skip(label, (size_t)(blank - label.data)); /* with the blank before it */
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

/* "Priya Raman - Chief Financial Officer" far above the line "Priya Raman": a list at the head
 * of the record names who takes part. */
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

static bool is_same_indent(uint32_t indent, uint32_t other)
{
    return indent <= other + INDENT_JITTER && other <= indent + INDENT_JITTER;
}

static bool is_in_capitals(struct span label)
{
    bool upper = false;
    size_t at = 0;

    while (at < label.length) {
        uint32_t cp;

        at += utf8_decode(label.data + at, label.length - at, &cp);
        if (folded_is_lower(cp))
            return false;
        upper |= folded_is_upper(cp);
    }
    return upper;
}

static struct span label_text(const struct survey *s, const struct survey_candidate *m)
{
    return span_of(s->blocks[m->block].text.data + m->label_byte, m->label_end - m->label_byte);
}

/* Names that come back are in capitals, all of them, and this one is so as well: set in the
 * same place, above what is said. */
static bool shares_capitals(const struct survey *s, const struct contender *c,
                            const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    const struct survey_block *b = &s->blocks[m->block];
    size_t alike = 0;
    bool after_known = false;
    size_t k;

    if (m->shape < 0 || !is_in_capitals(label_text(s, m)) || m->block + 1 >= s->block_count ||
        s->blocks[m->block + 1].form != LINE_UNTIMED ||
        !(s->blocks[m->block + 1].ends_sentence ||
          s->blocks[m->block + 1].columns >= ROLE_COLUMNS))
        return false;
    for (k = 0; k < c->count; k++) {
        const struct survey_candidate *other = candidate(s, c->members[k]);
        const struct survey_block *o = &s->blocks[other->block];

        if (counts[other->label] < 2)
            continue;
        if (!is_in_capitals(label_text(s, other)))
            return false;
        after_known |= k < i;
        alike += o->gap == b->gap && o->next_gap == b->next_gap &&
                 is_same_indent(o->indent, b->indent);
    }
    return after_known && alike >= HEADINGS_MIN;
}

/* Where names that come back begin further left than all that is said below them, whatever else
 * begins there is a name as well. */
static void find_hanging(const struct survey *s, struct contender *c)
{
    uint32_t *counts = count_labels(s, c);
    size_t known = 0, k;

    c->hanging_first = s->block_count;
    for (k = 0; k < c->count; k++) {
        const struct survey_candidate *m = candidate(s, c->members[k]);

        if (counts[m->label] < 2)
            continue;
        if (known++ == 0) {
            c->hanging_first = m->block;
            c->hanging_indent = s->blocks[m->block].indent;
        }
        c->hanging_last = m->block;
    }
    for (k = 0; k < c->count && known >= HANGING_MIN; k++) {
        size_t block = candidate(s, c->members[k])->block;
        size_t end = k + 1 < c->count ? candidate(s, c->members[k + 1])->block : block;
        bool is_known = counts[candidate(s, c->members[k])->label] > 1;

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

/* Where every paragraph from the first name that comes back on has a short line on top, set as
 * that name is, all those lines are names. */
static void find_topped(const struct survey *s, struct contender *c)
{
    uint32_t *counts = count_labels(s, c);
    size_t known = 0, next = 0, i;

    c->topped_first = c->topped_last = 0;
    for (i = 0; i < s->block_count; i++) {
        while (next < c->count && candidate(s, c->members[next])->block < i)
            next++;
        if (known > 0 && !s->blocks[i].gap)
            continue;
        if (next == c->count || candidate(s, c->members[next])->block != i ||
            !is_set_above_words(s, candidate(s, c->members[next]))) {
            if (known > 0)
                break;
            continue;
        }
        if (counts[candidate(s, c->members[next])->label] > 1 && known++ == 0)
            c->topped_first = i;
        if (known > 0)
            c->topped_last = i;
    }
    if (known < TOPPED_MIN || i < s->block_count)
        c->topped_last = c->topped_first;
    free(counts);
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

/* A name alone on its line comes back, or says an office, or has a time or initials. */
static bool stands_alone(const struct survey *s, const struct contender *c,
                         const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    if (c->signature != 0)
        return true;
    return counts[m->label] > 1 || m->shape >= LABEL_TITLE_BITS || m->has_time ||
           s->rows[c->row].form != LINE_UNTIMED || has_role_line(s, m) ||
           stands_between(s, c, counts, i) || is_introduced(s, m) || is_listed(s, m) ||
           survey_ends_in_initials(s->blocks[m->block].text) ||
           stands_beside_headings(s, c, counts, i) || shares_capitals(s, c, counts, i) ||
           hangs_out(s, c, m) || tops_words(s, c, m);
}

static bool comes_back(const struct survey *s, const struct contender *c,
                       const uint32_t *counts, size_t i)
{
    return counts[candidate(s, c->members[i])->label] > 1;
}

/* The number before the label of a member; -1 for none. */
static long speech_number(const struct survey *s, const struct contender *c, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    const char *text = s->blocks[m->block].text.data;
    long number = -1;
    size_t at;

    for (at = 0; at < m->label_byte && number < 100000; at++)
        if (text[at] >= '0' && text[at] <= '9')
            number = (number < 0 ? 0 : number * 10) + (text[at] - '0');
    return number;
}

/* "Anf. 22", "Anf. 23", "Anf. 24": speeches that count on, in a record where others come back.
 */
static bool counts_on(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    long number = speech_number(s, c, i);
    size_t other = i + 1 < c->count ? i + 1 : i - 2; /* the last one follows two */

    return number >= 0 && i > 1 && speech_number(s, c, i - 1) + 1 == number &&
           speech_number(s, c, other) - (long)other == number - (long)i &&
           comes_back(s, c, counts, i - 1) && comes_back(s, c, counts, other);
}

static bool comes_back_or_has_title(const struct survey *s, const struct contender *c,
                                    const uint32_t *counts, size_t i)
{
    return comes_back(s, c, counts, i) || counts_on(s, c, counts, i) ||
           candidate(s, c->members[i])->shape >= LABEL_TITLE_BITS;
}

static bool is_numbered(const struct survey *s, const struct survey_candidate *m)
{
    char first = s->blocks[m->block].text.data[m->label_byte];

    return first >= '0' && first <= '9' && !m->has_time && s->rows[m->row].form == LINE_UNTIMED;
}

/* "1. Soldat" comes back; "1. Install", in a list, does not. */
static bool is_no_item(const struct survey *s, const struct contender *c,
                       const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    return counts[m->label] > 1 || !is_numbered(s, m);
}

/* 清「おはよう。早い, with the mark that closes it in one of the next lines. */
static bool is_closed(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    size_t block = candidate(s, c->members[i])->block;
    size_t end = i + 1 < c->count ? candidate(s, c->members[i + 1])->block : s->block_count;

    (void)counts;
    end = end < block + QUOTED_LINES_MAX ? end : block + QUOTED_LINES_MAX;
    while (block < end && !span_ends_with(s->blocks[block].text, "」"))
        block++;
    return block < end;
}

/* 主持人（以下簡稱「主」）：阿蒙: how somebody is called from there on. */
static bool tells_short_form(const struct survey *s, const struct survey_candidate *m)
{
    static const char *const phrases[] = {"以下簡稱", "以下简称", "以下略", "이하"};
    struct span label = span_of(s->blocks[m->block].text.data + m->label_byte,
                                m->label_end - m->label_byte);
    size_t i;

    for (i = 0; i < sizeof phrases / sizeof *phrases; i++)
        if (memmem(label.data, label.length, phrases[i], strlen(phrases[i])) != NULL)
            return true;
    return false;
}

/* "审判长：舒宁　　审判员：封毅": names and values side by side on one line are facts. */
static bool is_no_row_of_facts(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    struct span words = survey_words(s, m);
    struct folded f;
    size_t at, colon;

    (void)counts;
    if (words.length == 0 || m->has_time || s->blocks[m->block].form != LINE_UNTIMED ||
        folded_ends_sentence(words))
        return true;
    if (tells_short_form(s, m))
        return false;
    folded_front_some(&f, words, 0, FACTS_FRONT);
    for (at = 1; at < f.count; at++) {
        if (!(f.cp[at] == FOLDED_WIDE_SPACE || f.cp[at] == '\t' ||
              (f.cp[at] == ' ' && f.cp[at - 1] == ' ')))
            continue;
        for (colon = at + 1; colon < f.count && colon - at <= FACT_NAME_MAX; colon++)
            if (f.cp[colon] == ':' && folded_is_cjk(f.cp[colon - 1]))
                return false;
    }
    return true;
}

/* "受访者：灯塔管理员　雷海生", met once above the label 雷海生: it tells who that is. */
static bool is_no_introduction(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    struct span words = survey_words(s, m);
    size_t k;

    if (counts[m->label] > 1 || i >= INTRODUCTIONS_MAX || m->has_time ||
        s->blocks[m->block].form != LINE_UNTIMED || folded_ends_sentence(words))
        return true;
    for (k = i + 1; k < c->count && k < i + INTRODUCTIONS_MAX; k++) {
        struct span key = s->labels[candidate(s, c->members[k])->label].key;

        if (key.length >= NAME_BYTES_MIN && (unsigned char)*key.data >= 0xE3 &&
            words.length >= key.length &&
            memcmp(words.data + words.length - key.length, key.data, key.length) == 0)
            return false;
    }
    return true;
}

/* Where nearly all labels begin with capitals, one in lower case is a line within a sentence:
 * "following Members:". */
static bool begins_as_most(const struct survey *s, const struct contender *c,
                           const uint32_t *counts, size_t i)
{
    uint32_t cp = 0;
    struct span label = label_text(s, candidate(s, c->members[i]));

    (void)counts;
    utf8_decode(label.data, label.length, &cp);
    return !folded_is_lower(cp);
}

static bool begin_with_capitals(const struct survey *s, const struct contender *c)
{
    size_t capitals = 0;
    size_t i;

    for (i = 0; i < c->count; i++)
        capitals += begins_as_most(s, c, NULL, i);
    return c->count >= CAPITALS_LABELS && capitals * 100 >= c->count * CAPITALS_PERCENT;
}

/* A label met once and hardly shaped as one (a fact, a clause) is not a label. */
static bool is_sound(const struct survey *s, const struct contender *c, const uint32_t *counts,
                     size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    return counts[m->label] > 1 || m->shape > LABEL_DOUBTFUL;
}

/* ------------------------------------------------------------------ position */

struct habit {
    bool fresh; /* no sentence goes on in them */
    bool gap;
    bool indent;
    uint32_t columns;
};

/* The line above was full, and its sentence has not ended. */
static bool goes_on(const struct survey *s, size_t block)
{
    return block > 0 && s->blocks[block].joins && !s->blocks[block - 1].ends_sentence;
}

/* Where the recurring labels are: below a blank line, at one indent. */
static struct habit find_habit(const struct survey *s, const struct contender *c)
{
    struct habit habit = {0};
    uint32_t *counts = count_labels(s, c);
    size_t steady = 0, gaps = 0, same = 0, fresh = 0, others = 0;
    bool any_back = false;
    size_t i;

    for (i = 0; i < c->count; i++)
        any_back |= candidate(s, c->members[i])->label != SURVEY_NONE &&
                    counts[candidate(s, c->members[i])->label] > 1;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);
        const struct survey_block *b = &s->blocks[m->block];

        if (any_back && (m->label == SURVEY_NONE || counts[m->label] < 2))
            continue;
        if (steady++ == 0)
            habit.columns = b->indent;
        gaps += b->gap;
        fresh += !goes_on(s, m->block);
        same += is_same_indent(b->indent, habit.columns);
    }
    for (i = 0; i < s->block_count; i++)
        others += s->blocks[i].indent != habit.columns;
    habit.fresh = steady > 0 && (float)fresh >= GAP_USUAL * (float)steady;
    /* A sign of its own before the label says enough. */
    habit.gap = steady > 0 && !s->rows[c->row].bulleted &&
                (float)gaps >= GAP_USUAL * (float)steady;
    habit.indent = steady >= 3 && (float)same >= INDENT_USUAL * (float)steady &&
                   (float)others > INDENT_OTHERS * (float)s->block_count;
    free(counts);
    return habit;
}

static void keep_well_placed(const struct survey *s, struct contender *c)
{
    struct habit habit;
    uint32_t *counts;
    size_t count = 0;
    size_t i;

    if (s->rows[c->row].form != LINE_UNTIMED || c->count == 0)
        return;
    habit = find_habit(s, c);
    counts = count_labels(s, c);
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);
        const struct survey_block *b = &s->blocks[m->block];
        bool ok = !(habit.gap && !b->gap && m->block > 0) &&
                  !(habit.fresh && goes_on(s, m->block)) &&
                  !(habit.indent && !is_same_indent(b->indent, habit.columns) &&
                    (m->label == SURVEY_NONE || counts[m->label] == 1) &&
                    (layout_of(s, c)->traits & LAYOUT_MARK_ONLY) == 0);

        if (ok)
            c->members[count++] = c->members[i];
    }
    c->count = count;
    free(counts);
}

/* ------------------------------------------------------------------ abbreviations */

/* "Dr." and "SEC." occur within lines as well; a one-word speaker is at the front of lines. */
static bool is_no_abbreviation(const struct survey *s, const struct contender *c,
                               const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);
    const struct survey_block *own = &s->blocks[m->block];
    struct span label = span_of(own->text.data + m->label_byte, m->label_end - m->label_byte);
    size_t inside = 0;
    size_t k;

    if (survey_words(s, m).length == 0 && counts[m->label] == 1 && m->shape < LABEL_TITLE_BITS)
        return false; /* the end of a line: "Plum Harbour." */
    if (memchr(label.data, ' ', label.length) != NULL)
        return true;
    /* Looked for near by: an abbreviation is as frequent there as anywhere. */
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

/* ------------------------------------------------------------------ contenders */

/* Pages give names an element of their own: the signature of the label that comes back with
 * most to say, where nearly all paragraphs of that signature may be labels. */
static uint32_t find_signature(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = count_labels(s, c);
    float most = 0;
    uint32_t signature = 0;
    size_t labels = 0, blocks = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);
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
        labels += s->blocks[candidate(s, c->members[i])->block].signature == signature;
    for (i = 0; i < s->block_count; i++)
        blocks += s->blocks[i].signature == signature;
    return blocks < s->block_count && (float)labels >= SIGNED_MIN * (float)blocks ? signature
                                                                                  : 0;
}

static bool is_signed(const struct survey *s, const struct contender *c, const uint32_t *counts,
                      size_t i)
{
    (void)counts;
    return s->blocks[candidate(s, c->members[i])->block].signature == c->signature;
}

static void narrow(const struct survey *s, struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];

    if ((layout_of(s, c)->traits & (LAYOUT_WORDS | LAYOUT_DASH)) != 0)
        return;
    if (row->layout == LAYOUT_ALONE && row->form == LINE_UNTIMED) {
        keep_members(s, c, is_no_role_line);
        c->signature = find_signature(s, c);
        if (c->signature != 0)
            keep_members(s, c, is_signed);
    }
    c->stand_alone = row->layout == LAYOUT_COLON && are_names_alone(s, c);
    keep_members(s, c, has_words);
    keep_well_placed(s, c);
    if (row->layout == LAYOUT_ALONE && !row->bulleted) {
        keep_members(s, c, has_words);
        find_hanging(s, c);
        find_topped(s, c);
        keep_members(s, c, stands_alone);
    }
    if (row->layout == LAYOUT_COLON) {
        keep_members(s, c, is_no_item);
        keep_members(s, c, is_no_introduction);
        keep_members(s, c, is_no_row_of_facts);
        if (row->form == LINE_UNTIMED && begin_with_capitals(s, c))
            keep_members(s, c, begins_as_most);
    }
    if ((layout_of(s, c)->traits & LAYOUT_QUOTED) != 0)
        keep_members(s, c, is_closed);
    if ((layout_of(s, c)->traits & LAYOUT_NUMBERED) != 0)
        keep_members(s, c, comes_back_or_has_title);
    if (row->layout == LAYOUT_DOT && !row->bulleted)
        keep_members(s, c, is_no_abbreviation);
    if (row->layout == LAYOUT_SPACE && !row->bulleted)
        keep_members(s, c, comes_back);
}

static void judge(const struct survey *s, struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    struct contender less;
    float new_label = row->dress >= '1' && row->dress <= '6' ? HEADING_NEW_LABEL
                                                             : SCORE_NEW_LABEL;

    c->score = score_members(s, row, c->members, c->count, c->chance, new_label);
    if (row->layout != LAYOUT_COLON || c->count == 0)
        return;
    less = *c;
    less.members = memory_alloc((c->count + 1) * sizeof *less.members);
    memcpy(less.members, c->members, c->count * sizeof *less.members);
    keep_members(s, &less, is_sound);
    if (less.count < c->count) {
        less.score = score_members(s, row, less.members, less.count, c->chance,
                                   SCORE_NEW_LABEL);
        if (less.score.total > c->score.total && stand_alone(s, c)) {
            c->score = less.score;
        } else if (less.score.total > c->score.total) {
            free(c->members);
            *c = less;
            return;
        }
    }
    free(less.members);
}

/* By score; what has a time and words alone comes last where any label explains the record. */
static int compare_contenders(const void *a, const void *b)
{
    const struct contender *left = a;
    const struct contender *right = b;

    return left->score.total > right->score.total   ? -1
           : left->score.total < right->score.total ? 1
           : left->row < right->row                 ? -1
                                                    : left->row > right->row;
}

/* How many blocks have a time in this form. */
static size_t timed_count(const struct survey *s, enum line_form form)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        count += s->blocks[i].form == form && !s->blocks[i].only_time;
    return count;
}

/* Every block has its time in brackets, of hours, minutes and seconds. */
static bool is_all_stamped(const struct survey *s, const struct contender *c)
{
    const struct survey_block *first = &s->blocks[candidate(s, c->members[0])->block];

    return c->count >= 2 && c->count == s->block_count && first->form != LINE_BARE &&
           !first->lead.two_parts;
}

/* A: beside B:, and no Q: a letter for a person, and no answer. */
static bool is_letter_alone(const struct survey *s, const struct contender *c)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (!span_is(s->labels[candidate(s, c->members[i])->label].key, "a"))
            return false;
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_QUESTION)
            return false;
    return true;
}

static bool is_contender(const struct survey *s, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    unsigned traits = layout_of(s, c)->traits;

    if ((traits & LAYOUT_MARK_ONLY) != 0 && is_letter_alone(s, c))
        return false;

    if ((traits & LAYOUT_DASH) != 0 || c->count == 0)
        return false;
    if (row->layout == LAYOUT_TOLD && c->count < TOLD_MIN)
        return false;
    if ((traits & LAYOUT_WORDS) != 0)
        return (c->count >= 3 || is_all_stamped(s, c) ||
                s->blocks[candidate(s, c->members[0])->block].lead.end_ms != TIME_NONE) &&
               c->count * 2 >= s->block_count;
    return row->form == LINE_UNTIMED ||
           (float)c->count >= TIMED_MIN * (float)timed_count(s, row->form);
}

static struct contender *make_contenders(const struct survey *s, size_t *count)
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
        narrow(s, c);
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

static bool is_words_only(const struct survey *s, const struct contender *c)
{
    return (layout_of(s, c)->traits & LAYOUT_WORDS) != 0;
}

/* "从 苏桐 到 所有人 :" is also a label before a colon, and a longer one: the layout whose
 * words a program prints comes first where it has the same lines. */
static struct contender *find_program_layout(const struct survey *s, struct contender *all,
                                             size_t count, struct contender *best)
{
    size_t i;

    for (i = 0; i < count; i++)
        if (layout_of(s, &all[i])->chance <= PROGRAM_CHANCE &&
            all[i].score.total >= SCORE_BAR && all[i].count >= best->count &&
            s->rows[all[i].row].form == s->rows[best->row].form)
            return &all[i];
    return best;
}

/* "【管理员】老邱(20001)" beside "小满<xm@mail.example>": behind a time all lines have a label,
 * and only some have a bracket as well. */
static struct contender *find_wider(const struct survey *s, struct contender *all, size_t count,
                                    struct contender *best)
{
    enum line_form form = s->rows[best->row].form;
    size_t i;

    for (i = 0; i < count && form != LINE_UNTIMED; i++)
        if (s->rows[all[i].row].form == form && !is_words_only(s, &all[i]) &&
            all[i].score.total > 0 && all[i].count * 2 >= best->count * 3 &&
            (float)all[i].count >= WIDE_MIN * (float)timed_count(s, form))
            return &all[i];
    return best;
}

/* The best one: the reader's own layout where it fits at all; labels before words alone. */
static struct contender *find_best(const struct survey *s, struct contender *all, size_t count)
{
    struct contender *words = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if (s->rows[all[i].row].layout == s->user_layout && all[i].count > 0)
            return &all[i];
    for (i = 0; i < count && all[i].score.total >= SCORE_BAR; i++) {
        if (!is_words_only(s, &all[i]))
            return find_program_layout(s, all, count, find_wider(s, all, count, &all[i]));
        if (words == NULL)
            words = &all[i];
    }
    return words;
}

/* ------------------------------------------------------------------ complements */

static void take_row(const struct survey *s, struct choice *choice, const struct contender *c)
{
    size_t i;

    choice->rows[choice->row_count++] = c->row;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);

        if (choice->begins[m->block] != SURVEY_NONE)
            continue;
        choice->begins[m->block] = c->members[i];
        if (m->label != SURVEY_NONE)
            choice->counts[m->label]++;
    }
}

static void find_span(const struct survey *s, struct choice *choice)
{
    size_t taken = 0;
    size_t i;

    choice->first = s->block_count;
    choice->last = 0;
    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        taken++;
        choice->last = i;
        if (choice->first == s->block_count)
            choice->first = i;
    }
    choice->share = taken > 0 ? (float)taken / (float)(choice->last - choice->first + 1) : 0;
}

static size_t taken_count(const struct survey *s, const struct choice *choice)
{
    size_t taken = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        taken += choice->begins[i] != SURVEY_NONE;
    return taken;
}

static bool any_asks(const struct survey *s, uint32_t label)
{
    return label != SURVEY_NONE && s->labels[label].asks;
}

/* One of the two asks by the words of its labels, and the other does not. */
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
        more_asks |= any_asks(s, candidate(s, more->members[i])->label);
        more_other |= !any_asks(s, candidate(s, more->members[i])->label);
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

/* <인터뷰> 함재길(농민) : "…": of a turn, that a kind of recording comes before the name, and
 * that its words are quoted. */
static bool is_quoted_person(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_block *b = &s->blocks[c->block];
    struct span front = span_of(b->text.data + b->start_byte, c->label_byte - b->start_byte);

    return s->rows[c->row].layout == LAYOUT_COLON && front.length > 1 &&
           folded_opens_quotation(survey_words(s, c)) && is_bracket(front);
}

/* [박점순/목욕탕 주인] "…", [이상철 / 어민 : "…"]: a name and who that is, and what they say in
 * quotation marks, within a report. */
static bool is_person_inset(const struct survey *s, const struct choice *choice,
                            const struct survey_candidate *m)
{
    unsigned traits = survey_layout_row(s, &s->rows[m->row])->traits;
    struct span words = survey_words(s, m);

    if (s->rows[m->row].layout == LAYOUT_COLON)
        return is_quoted_person(s, m);
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
        if (choice->begins[candidate(s, c->members[i])->block] == SURVEY_NONE &&
            !is_person_inset(s, choice, candidate(s, c->members[i])))
            return false;
    return true;
}

static bool is_bold_and_returns(const struct survey *s, const struct contender *c,
                                const uint32_t *counts, size_t i)
{
    const struct survey_candidate *m = candidate(s, c->members[i]);

    return m->label != SURVEY_NONE && counts[m->label] > 1 &&
           s->blocks[m->block].bold_byte >= s->blocks[m->block].text.length;
}

/* **山海志：您一个人住山上？** beside **老樊：**以前靠捎信: who asks is bold with all that is
 * asked, and comes back. */
static bool all_ask_in_bold(const struct survey *s, const struct contender *c)
{
    uint32_t *counts = count_labels(s, c);
    size_t asking = 0;
    bool all = true;
    size_t i;

    for (i = 0; i < c->count; i++) {
        asking += folded_ends_in_question(survey_words(s, candidate(s, c->members[i])));
        all &= is_bold_and_returns(s, c, counts, i);
    }
    free(counts);
    return all && c->count > 0 && asking * 2 >= c->count;
}

/* Beside labels in bold, a paragraph that is bold from end to end is a turn where most of them
 * ask and their labels come back; what else is bold, or has a colon, is none. */
static void keep_bold_turns(const struct survey *s, struct contender *c)
{
    struct contender bold = *c;

    bold.members = memory_alloc((c->count + 1) * sizeof *bold.members);
    memcpy(bold.members, c->members, c->count * sizeof *bold.members);
    keep_members(s, &bold, is_bold_and_returns);
    if (bold.count >= BOLD_TURNS_MIN && all_ask_in_bold(s, &bold)) {
        free(c->members);
        *c = bold;
    } else {
        free(bold.members);
    }
}

/* Whether another row explains what the main one leaves, in the same record. */
static bool completes(const struct survey *s, const struct choice *choice,
                      const struct contender *main, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    const struct survey_row *main_row = &s->rows[main->row];
    unsigned traits = layout_of(s, c)->traits;
    struct contender more = *c;
    size_t known = 0, inside = 0, titled = 0, people = 0;
    struct score score;
    bool ok, familiar, titled_bullets, inset;
    size_t i;

    more.members = memory_alloc((c->count + 1) * sizeof *more.members);
    more.count = 0;
    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);

        if (choice->begins[m->block] != SURVEY_NONE)
            continue;
        more.members[more.count++] = c->members[i];
        known += m->label != SURVEY_NONE && choice->counts[m->label] > 0;
        titled += m->shape >= LABEL_TITLE_BITS;
        people += m->block > choice->first && is_person_inset(s, choice, m);
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
    ok = (float)inside >= INSIDE_MIN * (float)more.count;
    inset = people == more.count;
    /* An office that is not bold is a label all the same. */
    if (main_row->dress != 0 && main_row->dress != 't' && row->dress != main_row->dress &&
        !((row->layout == LAYOUT_COLON || row->layout == main_row->layout) && more.count > 1 &&
          (titled == more.count || all_ask_in_bold(s, &more))))
        ok = false;
    /* Behind one blank, or in brackets, stand the words of anybody's sentence, too. */
    if (!familiar && ((traits & LAYOUT_BRACKETS) != 0 ||
                      ((traits & LAYOUT_ONE_BLANK) != 0 && titled < more.count &&
                       layout_of(s, main) != layout_of(s, c))))
        ok = false;
    titled_bullets = main_row->bulleted && row->bulleted && titled == more.count;
    if (!familiar && !(row->layout == LAYOUT_COLON && titled == more.count)) {
        float most = COMPLEMENT_MIN * (float)taken_count(s, choice);

        if ((float)more.count < (most > 2 ? most : 2) && !titled_bullets)
            ok = false;
    }
    ok = ok && (score.total > PAIR_BAR || titled_bullets || all_ask_in_bold(s, &more) ||
                (row->layout == LAYOUT_COLON && titled == more.count &&
                 score.total > (more.count > 1 ? PAIR_BAR_OF_TITLES : PAIR_BAR_OF_ONE)) ||
                (familiar && (row->layout == LAYOUT_COLON || (traits & LAYOUT_BRACKETS) != 0)));
    ok |= inset;
    free(more.members);
    return ok;
}

static bool is_known(const struct survey *s, const struct choice *choice, uint32_t member)
{
    uint32_t label = candidate(s, member)->label;

    return label != SURVEY_NONE && choice->counts[label] > 0;
}

/* Where brackets hold labels that are known from the main row, what else they hold is none:
 * 【総理】 above （総理）, and 【質疑応答】. With `only`, none is kept where none is known:
 * beside labels with a colon, what is alone on its line is a heading. */
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

static void add_complements(const struct survey *s, struct choice *choice,
                            const struct contender *main, struct contender *all, size_t count)
{
    size_t i;

    for (i = 0; i < count && choice->row_count < CHOICE_ROWS_MAX - 1; i++) {
        const struct survey_row *row = &s->rows[all[i].row];
        bool heading;

        if (&all[i] == main)
            continue;
        find_span(s, choice);
        if (is_words_only(s, &all[i])) {
            if (row->form == s->rows[main->row].form && row->form != LINE_UNTIMED)
                take_row(s, choice, &all[i]);
            continue;
        }
        heading = row->layout == LAYOUT_ALONE && s->rows[main->row].layout == LAYOUT_COLON;
        if ((layout_of(s, &all[i])->traits & LAYOUT_BRACKETS) != 0 || heading)
            keep_known(s, choice, &all[i], heading);
        if (s->rows[main->row].dress == 'b' && row->dress == 0 && row->layout == LAYOUT_COLON)
            keep_bold_turns(s, &all[i]);
        if (!completes(s, choice, main, &all[i]))
            continue;
        if (is_all_inset(s, choice, &all[i]))
            choice->insets |= 1u << choice->row_count;
        take_row(s, choice, &all[i]);
    }
}

/* ------------------------------------------------------------------ names after brackets */

/* 【同期声】村民　郑大海：… after a label in brackets: the name that the words begin with,
 * before a colon. SURVEY_NONE for none. */
static uint32_t name_behind(const struct survey *s, uint32_t member)
{
    const struct survey_candidate *outer = candidate(s, member);
    const struct survey_block *b = &s->blocks[outer->block];
    uint32_t i;

    if ((survey_layout_row(s, &s->rows[outer->row])->traits & LAYOUT_BRACKETS) == 0)
        return SURVEY_NONE;
    for (i = b->candidate; i < b->candidate + b->candidate_count; i++) {
        const struct survey_candidate *c = candidate(s, i);

        if (c->label == SURVEY_NONE || c->label_byte < outer->text_byte ||
            c->shape <= LABEL_DOUBTFUL)
            continue;
        if (s->rows[c->row].layout == LAYOUT_COLON && survey_words(s, c).length > 0)
            return i;
        /* … or that is all of the line, above what is said */
        if (s->rows[c->row].layout == LAYOUT_ALONE && c->block + 1u < s->block_count &&
            !s->blocks[c->block + 1].gap && s->blocks[c->block + 1].ends_sentence)
            return i;
    }
    return SURVEY_NONE;
}

/* Where a name is after every bracket of a kind, the name says who speaks, and the bracket how
 * it was recorded, or what part the speaker has. */
static void take_names_behind(const struct survey *s, struct choice *choice)
{
    uint32_t *named = memory_zalloc(s->label_count + 1, sizeof *named);
    size_t i;

    for (i = 0; i < s->block_count; i++)
        if (choice->begins[i] != SURVEY_NONE &&
            name_behind(s, choice->begins[i]) != SURVEY_NONE)
            named[candidate(s, choice->begins[i])->label]++;
    choice->named_behind = memory_zalloc(s->label_count + 1, sizeof *choice->named_behind);
    for (i = 0; i < s->label_count; i++)
        choice->named_behind[i] = named[i] > 0 && named[i] == choice->counts[i] &&
                                  (named[i] > 1 || s->labels[i].shape < LABEL_TITLE_BITS);
    for (i = 0; i < s->block_count; i++) {
        uint32_t begin = choice->begins[i];
        uint32_t inner;

        if (begin == SURVEY_NONE || candidate(s, begin)->label == SURVEY_NONE ||
            !choice->named_behind[candidate(s, begin)->label])
            continue;
        inner = name_behind(s, begin);
        if (inner == SURVEY_NONE)
            continue;
        choice->counts[candidate(s, begin)->label]--;
        choice->counts[candidate(s, inner)->label]++;
        choice->begins[i] = inner;
    }
    free(named);
}

/* Where all turns are such, they stand within a report, whose parts have labels in brackets on
 * lines of their own: [앵커], [리포트]. */
static void find_frame(const struct survey *s, struct choice *choice,
                       const struct contender *all, size_t count)
{
    size_t quoted_row = s->row_count;
    size_t i, k;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        if (!is_quoted_person(s, candidate(s, choice->begins[i])))
            return;
        quoted_row = candidate(s, choice->begins[i])->row;
    }
    find_span(s, choice);
    for (i = 0; i < count && choice->row_count + 2 <= CHOICE_ROWS_MAX; i++) {
        const struct contender *c = &all[i];
        bool titled = false, alone = true;

        if ((layout_of(s, c)->traits & LAYOUT_BRACKETS) == 0)
            continue;
        for (k = 0; k < c->count; k++) {
            titled |= candidate(s, c->members[k])->shape >= LABEL_TITLE_BITS;
            alone &= survey_words(s, candidate(s, c->members[k])).length == 0;
        }
        if (!titled || !alone || candidate(s, c->members[0])->block > choice->first)
            continue;
        choice->insets |= 1u << choice->row_count;
        choice->rows[choice->row_count++] = quoted_row;
        take_row(s, choice, c);
        return;
    }
}

/* ------------------------------------------------------------------ dashes */

/* Whether the row's lines begin with a dash, and are not bold alone. */
static bool has_dashes(const struct survey *s, const struct survey_row *row)
{
    const struct survey_candidate *c = candidate(s, row->members[0]);

    return c->text_byte > s->blocks[c->block].start_byte;
}

static const struct survey_row *dash_row(const struct survey *s, size_t *number)
{
    size_t i;

    for (i = 0; i < s->row_count; i++)
        if (s->rows[i].layout == LAYOUT_DASHED && s->rows[i].form == LINE_UNTIMED &&
            !s->rows[i].bulleted && (s->rows[i].dress == 0 || has_dashes(s, &s->rows[i]))) {
            *number = i;
            return &s->rows[i];
        }
    return NULL;
}

/* A question without a mark is usual after a dash in Japanese. */
static bool asks_after_dash(const struct survey *s, const struct survey_candidate *c)
{
    struct span words = survey_words(s, c);
    uint32_t first = words.length > 0 ? (unsigned char)*words.data : 0;

    return folded_ends_in_question(words) || (first >= 0xE3 && first <= 0xE9) ||
           (first >= 0xEA && first <= 0xED && folded_ends_in_request(words));
}

/* "- 우승 소감은." and below each of them "▲ 선수들이 해냈다.": one bullet marks all answers,
 * or quotation marks do.
 */
static bool are_answers_marked(const struct survey *s, const struct survey_row *row)
{
    uint32_t bullet = 0;
    size_t quoted = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        size_t below = candidate(s, row->members[i])->block + 1;

        quoted += below < s->block_count && folded_opens_quotation(s->blocks[below].text);
    }
    if (quoted == row->count)
        return true;
    for (i = 0; i < row->count; i++) {
        size_t below = candidate(s, row->members[i])->block + 1;

        if (below >= s->block_count || s->blocks[below].bullet == 0 ||
            (bullet != 0 && s->blocks[below].bullet != bullet))
            return false;
        bullet = s->blocks[below].bullet;
    }
    return true;
}

/* A line at the top says that these are frequent questions. */
static bool is_titled_faq(const struct survey *s)
{
    size_t i;

    for (i = 0; i < s->block_count && i < FAQ_TITLE_BLOCKS; i++)
        if (!s->blocks[i].ends_sentence && vocabulary_names_faq(s->blocks[i].text))
            return true;
    return false;
}

/* Frequent questions are put by whoever reads them, to nobody. */
static bool is_faq(const struct survey *s, const struct survey_row *row)
{
    size_t first = 0, second = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        enum addressed_person person = vocabulary_person_of(
            survey_words(s, candidate(s, row->members[i])));

        first += person == PERSON_FIRST;
        second += person == PERSON_SECOND;
    }
    return is_titled_faq(s) || (first >= FAQ_QUESTIONS && second * 4 < first);
}

/* Nothing but marks for question and answer says who speaks. */
static bool are_all_marks(const struct survey *s, const struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->label_count; i++)
        if (choice->counts[i] > 0 && s->labels[i].mark == LABEL_OF_NONE)
            return false;
    return true;
}

/* Questions of one row, or of its lines with one bullet, where nobody has a label: what is
 * between them is the answers. A hyphen and a blank begin such a question in East Asian papers;
 * elsewhere they begin items of a list. */
static bool choose_asking_row(const struct survey *s, struct choice *choice, size_t number,
                              uint32_t bullet)
{
    const struct survey_row *row = &s->rows[number];
    bool dashes = (row->layout == LAYOUT_DASHED && has_dashes(s, row)) || bullet != 0 ||
                  are_answers_marked(s, row);
    size_t asking = 0, answered = 0, count = 0, east_asian = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = candidate(s, row->members[i]);
        struct span words = survey_words(s, c);

        if (bullet != 0 && s->blocks[c->block].bullet != bullet)
            continue;
        count++;
        asking += folded_ends_in_question(words) || (dashes && folded_ends_in_request(words));
        east_asian += words.length > 0 && (unsigned char)*words.data >= 0xE3;
        answered += c->block + 1 < s->block_count &&
                    !(i + 1 < row->count &&
                      candidate(s, row->members[i + 1])->block == c->block + 1 &&
                      s->blocks[c->block + 1].bullet == bullet);
    }
    if (count < (dashes ? 2 : BOLD_MIN) || asking * 10 < count * 6 ||
        answered * 10 < count * 7 || (row->layout == LAYOUT_HYPHEN && east_asian < count) ||
        (!dashes && is_faq(s, row)))
        return false;
    choice->found = choice->dashes_alone = true;
    choice->asking_bullet = bullet;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = candidate(s, row->members[i]);

        if (bullet == 0 || s->blocks[c->block].bullet == bullet)
            choice->begins[c->block] = row->members[i];
    }
    return true;
}

/* Questions and answers by turns, each after a dash: from the first dash on hardly a block is
 * without one, as where a novel tells who said what. */
static bool choose_dash_pairs(const struct survey *s, struct choice *choice, size_t number)
{
    const struct survey_row *row = &s->rows[number];
    size_t asking = 0, answering = 0;
    size_t i;

    if (!(row->layout == LAYOUT_HYPHEN ||
          (row->layout == LAYOUT_DASHED && has_dashes(s, row))) ||
        row->form != LINE_UNTIMED || row->count < DASH_PAIRS_MIN * 2)
        return false;
    for (i = 0; i < row->count; i++) {
        bool asks = folded_ends_in_question(survey_words(s, candidate(s, row->members[i])));

        asking += i % 2 == 0 && asks;
        answering += i % 2 == 1 && !asks;
    }
    if (asking * 10 < row->count / 2 * 7 || answering * 10 < row->count / 2 * 7 ||
        row->count * 10 < (s->block_count - candidate(s, row->members[0])->block) * 8)
        return false;
    choice->found = choice->dashes_alone = choice->dash_pairs = true;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++)
        choice->begins[candidate(s, row->members[i])->block] = row->members[i];
    return true;
}

/* ▶ before questions, ▷ before answers: two bullets that take turns, line by line. */
static bool choose_asking_bullet(const struct survey *s, struct choice *choice, size_t number)
{
    const struct survey_row *row = &s->rows[number];
    uint32_t first = s->blocks[candidate(s, row->members[0])->block].bullet;
    uint32_t other = 0;
    size_t turns = 0;
    size_t i;

    for (i = 1; i < row->count; i++) {
        uint32_t bullet = s->blocks[candidate(s, row->members[i])->block].bullet;
        uint32_t before = s->blocks[candidate(s, row->members[i - 1])->block].bullet;

        if (other == 0 && bullet != first)
            other = bullet;
        if (bullet != first && bullet != other)
            return false;
        turns += bullet != before;
    }
    return other != 0 && row->count >= 4 && turns * 10 >= (row->count - 1) * 9 &&
           choose_asking_row(s, choice, number, first);
}

/* After dashes, or bold. */
static bool choose_dashes_alone(const struct survey *s, struct choice *choice)
{
    size_t number;

    for (number = 0; number < s->row_count; number++) {
        size_t layout = s->rows[number].layout;

        if (s->rows[number].form != LINE_UNTIMED)
            continue;
        if ((layout == LAYOUT_DASHED || layout == LAYOUT_HYPHEN) &&
            (choose_dash_pairs(s, choice, number) || choose_asking_row(s, choice, number, 0)))
            return true;
        if (layout == LAYOUT_BULLET && choose_asking_bullet(s, choice, number))
            return true;
    }
    return false;
}

static void add_dashes(const struct survey *s, struct choice *choice)
{
    size_t number;
    const struct survey_row *row = dash_row(s, &number);
    size_t free_dashes = 0, asking = 0;
    bool gap = true;
    size_t i;

    if (row == NULL || choice->row_count >= CHOICE_ROWS_MAX)
        return;
    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = candidate(s, row->members[i]);

        if (choice->begins[c->block] != SURVEY_NONE || c->block + 3 < choice->first)
            continue;
        asking += asks_after_dash(s, c);
        if (free_dashes++ < 2) /* the first one may be below a title */
            gap = s->blocks[c->block].gap;
        else if (s->blocks[c->block].gap != gap)
            return;
    }
    if (free_dashes < 2 || asking * 10 < free_dashes * 6 ||
        (float)free_dashes < DASHES_MIN * (float)taken_count(s, choice))
        return;
    choice->dashes = true;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++) {
        uint32_t block = candidate(s, row->members[i])->block;

        if (choice->begins[block] == SURVEY_NONE && block + 3 >= choice->first)
            choice->begins[block] = row->members[i];
    }
}

/* Only answers have a mark: the question above each is an item of a list. */
static void add_items_asked(const struct survey *s, struct choice *choice)
{
    size_t row = 0, asked = 0, answers = 0;
    size_t i;

    while (row < s->row_count &&
           (s->rows[row].layout != LAYOUT_ITEM || s->rows[row].dress != 0))
        row++;
    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        c = candidate(s, choice->begins[i]);
        if (c->label == SURVEY_NONE || s->labels[c->label].mark != LABEL_OF_ANSWER)
            return;
        answers++;
    }
    if (row == s->row_count || choice->row_count == CHOICE_ROWS_MAX || answers < 2)
        return;
    for (i = 0; i < s->rows[row].count; i++) {
        uint32_t block = candidate(s, s->rows[row].members[i])->block;

        asked += block + 1 < s->block_count && choice->begins[block] == SURVEY_NONE &&
                 choice->begins[block + 1] != SURVEY_NONE;
    }
    if (asked * 10 < answers * 7)
        return;
    choice->dashes = true;
    choice->rows[choice->row_count++] = row;
    for (i = 0; i < s->rows[row].count; i++) {
        uint32_t block = candidate(s, s->rows[row].members[i])->block;

        if (block + 1 < s->block_count && choice->begins[block] == SURVEY_NONE &&
            choice->begins[block + 1] != SURVEY_NONE)
            choice->begins[block] = s->rows[row].members[i];
    }
}

/* ------------------------------------------------------------------ the choice */

static bool are_labels_alone(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, alone = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        turns++;
        alone += survey_words(s, candidate(s, choice->begins[i])).length == 0;
    }
    return are_most_alone(alone, turns);
}

/* In assemblies whoever speaks has an office: 議員, 局長, 위원. */
static bool are_labels_offices(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, offices = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE ||
            candidate(s, choice->begins[i])->row != choice->rows[0] ||
            candidate(s, choice->begins[i])->label == SURVEY_NONE)
            continue;
        turns++;
        offices += s->labels[candidate(s, choice->begins[i])->label].shape >= OFFICE_SHAPE;
    }
    return turns >= OFFICE_TURNS && (float)offices >= OFFICES_USUAL * (float)turns;
}

/* What is not a label in such a record seldom recurs: 譯文, 功能團體, 我只想提出一個問題. */
static void drop_others(const struct survey *s, struct choice *choice)
{
    size_t turns = taken_count(s, choice);
    size_t i;

    choice->offices = are_labels_offices(s, choice);
    for (i = 0; choice->offices && i < s->block_count; i++) {
        const struct survey_candidate *m;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE || s->labels[m->label].shape >= OFFICE_SHAPE ||
            s->labels[m->label].mark != LABEL_OF_NONE || s->labels[m->label].asks ||
            choice->counts[m->label] * OTHERS_SHARE > turns)
            continue;
        choice->begins[i] = SURVEY_NONE;
        choice->counts[m->label]--;
    }
}

static bool are_labels_sound(const struct survey *s, const struct choice *choice, size_t turns)
{
    size_t sound = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        sound += choice->begins[i] != SURVEY_NONE &&
                 candidate(s, choice->begins[i])->shape >= 0;
    return sound * 100 >= turns * SOUND_PERCENT;
}

/* Drop, from the rows that won, labels met once that are hardly shaped as such, in a row that a
 * colon makes. */
static void drop_doubtful(const struct survey *s, struct choice *choice)
{
    bool alone = are_labels_alone(s, choice);
    size_t turns = taken_count(s, choice);
    bool sound = are_labels_sound(s, choice, turns);
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *m;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE ||
            (choice->counts[m->label] > 1 &&
             !(sound && choice->counts[m->label] * CLAUSE_RARE < turns)) ||
            m->shape > LABEL_DOUBTFUL || s->rows[m->row].form != LINE_UNTIMED ||
            s->rows[m->row].bulleted || s->rows[m->row].layout != LAYOUT_COLON ||
            s->labels[m->label].fact != FACT_NONE || s->labels[m->label].asks ||
            (alone && survey_words(s, m).length == 0))
            continue;
        choice->begins[i] = SURVEY_NONE;
        choice->counts[m->label]--;
    }
}

static void note_passed_by(const struct survey *s, struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *m = &s->candidates[i];

        if (s->rows[m->row].layout != LAYOUT_COLON || m->label == SURVEY_NONE ||
            choice->begins[m->block] != SURVEY_NONE)
            continue;
        choice->passed_by[m->block] = (uint32_t)i;
    }
}

static bool row_is_timed(const struct survey *s, const struct contender *c)
{
    size_t timed = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = candidate(s, c->members[i]);

        timed += m->has_time || s->blocks[m->block].form != LINE_UNTIMED;
    }
    return timed * 2 > c->count;
}

/* What is copied from a player's pane: 0:03, and below it what is said then, by nobody. */
static bool choose_times_alone(const struct survey *s, struct choice *choice)
{
    int64_t before_ms = TIME_NONE;
    size_t times = 0, first = s->block_count, last = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_block *b = &s->blocks[i];

        if (!b->only_time)
            continue;
        if (!b->lead.has_clock || b->lead.has_date || b->lead.numeric ||
            i + 1 == s->block_count || s->blocks[i + 1].only_time ||
            (before_ms != TIME_NONE && b->lead.clock_ms <= before_ms))
            return false;
        before_ms = b->lead.clock_ms;
        last = i;
        if (times++ == 0)
            first = i;
    }
    if (times < TIMES_ALONE_MIN || first > TIMES_ALONE_FRONT ||
        times * TIMES_ALONE_BLOCKS < s->block_count - first)
        return false;
    choice->found = choice->times_alone = true;
    choice->first = first;
    choice->last = last + 1;
    return true;
}

/* "  Mr. GREGG. Mr. President, I rise …": one speech alone is known by its label, which a form
 * of address and capitals make. */
static bool choose_addressed(const struct survey *s, struct choice *choice)
{
    size_t row, i;

    for (row = 0; row < s->row_count; row++) {
        const struct survey_row *r = &s->rows[row];

        if ((r->layout != LAYOUT_COLON && r->layout != LAYOUT_DOT) || r->form != LINE_UNTIMED)
            continue;
        for (i = 0; i < r->count; i++) {
            const struct survey_candidate *m = candidate(s, r->members[i]);
            struct span words = survey_words(s, m);

            if (!s->labels[m->label].addressed || s->blocks[m->block].joins ||
                words.length < SPEECH_BYTES_MIN || choice->begins[m->block] != SURVEY_NONE)
                continue;
            choice->begins[m->block] = r->members[i];
            choice->counts[m->label]++;
            choice->found = true;
        }
        if (!choice->found)
            continue;
        choice->rows[choice->row_count++] = row;
        find_span(s, choice);
        if (choice->first <= FRONT_BLOCKS_MAX)
            return true;
        choice->found = false;
        choice->row_count = 0;
        for (i = 0; i < s->block_count; i++)
            choice->begins[i] = SURVEY_NONE;
        memset(choice->counts, 0, s->label_count * sizeof *choice->counts);
    }
    return false;
}

/* A single label without times is the name of something else: a warning, a company. With times
 * it is too, if it occurs twice in a long text. */
static bool is_one_voice(const struct survey *s, const struct choice *choice)
{
    size_t labels = 0;
    size_t i;

    if ((choice->timed && taken_count(s, choice) * FEW_TURNS_BLOCKS >= s->block_count) ||
        choice->dashes || choice->dashes_alone || choice->mark_alone ||
        s->rows[choice->rows[0]].layout == s->user_layout)
        return false;
    for (i = 0; i < s->label_count && labels < 2; i++) {
        labels += choice->counts[i] > 0;
        if (choice->counts[i] > 0 && s->labels[i].addressed)
            return false;
    }
    for (i = choice->first; i <= choice->last && labels < 2; i++)
        if (choice->begins[i] != SURVEY_NONE && s->blocks[i].has_tail)
            return false;
    /* A lone speaker is set apart by more than a colon, and often. */
    return labels < 2 &&
           (s->rows[choice->rows[0]].dress == 0 || taken_count(s, choice) < 2 ||
            taken_count(s, choice) * ONE_VOICE_BLOCKS < s->block_count) &&
           survey_layout_row(s, &s->rows[choice->rows[0]])->traits != LAYOUT_WORDS;
}

/* Whether the one label is a question's mark, and what is below its paragraphs the answers. /
 */
static bool is_mark_alone(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, asking = 0, answered = 0;
    size_t i;

    if (choice->timed)
        return false;
    for (i = choice->first; i <= choice->last && i < s->block_count; i++) {
        const struct survey_candidate *m;
        size_t below = i + 1;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE || s->labels[m->label].mark != LABEL_OF_QUESTION)
            return false;
        while (below < s->block_count && s->blocks[below].joins &&
               choice->begins[below] == SURVEY_NONE)
            below++;
        turns++;
        asking += folded_ends_in_question(s->blocks[below - 1].text) ||
                  folded_ends_in_request(s->blocks[below - 1].text);
        answered += below < s->block_count && choice->begins[below] == SURVEY_NONE;
    }
    return turns >= 2 && asking * 10 >= turns * 6 && answered * 10 >= turns * 7;
}

/* ------------------------------------------------------------------ the account */

static enum layout_verdict verdict_on(const struct choice *choice, const struct contender *c)
{
    size_t i;

    for (i = 0; choice->found && i < choice->row_count; i++)
        if (choice->rows[i] == c->row)
            return i == 0 ? LAYOUT_TAKEN : LAYOUT_COMPLETES;
    return c->score.gate != NULL        ? LAYOUT_RULED_OUT
           : c->score.total < SCORE_BAR ? LAYOUT_TOO_LITTLE
                                        : LAYOUT_BEATEN;
}

static struct record_account_layout
describe(const struct survey *s, const struct choice *choice, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    struct record_account_layout told = {
        .dress = row->dress == 0     ? NULL
                 : row->dress == 'b' ? N_("bold")
                 : row->dress == 't' ? N_("table")
                                     : N_("heading"),
        .timed = row->form != LINE_UNTIMED,
        .bulleted = row->bulleted,
        .blocks = c->count,
        .bits = c->score.total,
        .form = c->score.form,
        .labels = c->score.labels,
        .speech = c->score.speech,
        .times = c->score.times,
        .turns = c->score.turns,
        .questions = c->score.asks,
        .verdict = verdict_on(choice, c),
        .reason = c->score.gate,
    };

    snprintf(told.template, sizeof told.template, "%s", layout_of(s, c)->template);
    return told;
}

/* Those that were taken first, then by what they explain. */
static void tell_contenders(const struct survey *s, struct choice *choice,
                            const struct contender *all, size_t count)
{
    int taken;
    size_t i;

    for (taken = 1; taken >= 0; taken--)
        for (i = 0; i < count && choice->tried_count < RECORD_ACCOUNT_LAYOUTS; i++)
            if ((verdict_on(choice, &all[i]) <= LAYOUT_COMPLETES) == (taken == 1))
                choice->tried[choice->tried_count++] = describe(s, choice, &all[i]);
}

void choose_layout(struct survey *s, struct choice *choice)
{
    size_t count, i;
    struct contender *all = make_contenders(s, &count);
    struct contender *best = find_best(s, all, count);
    bool dashes = false;

    *choice = (struct choice){0};
    choice->begins = memory_alloc((s->block_count + 1) * sizeof *choice->begins);
    choice->passed_by = memory_alloc((s->block_count + 1) * sizeof *choice->passed_by);
    memset(choice->begins, 0xFF, (s->block_count + 1) * sizeof *choice->begins);
    memset(choice->passed_by, 0xFF, (s->block_count + 1) * sizeof *choice->passed_by);
    choice->counts = memory_zalloc(s->label_count + 1, sizeof *choice->counts);
    /* One line that has a label (who wrote it, and when) explains less than questions do. */
    if (best != NULL && best->count == 1 && s->rows[best->row].layout != s->user_layout)
        dashes = choose_dashes_alone(s, choice);
    if (dashes) {
        best = NULL;
    } else if (best != NULL) {
        struct habit habit = {0};

        choice->found = true;
        choice->score = best->score.total;
        choice->timed = row_is_timed(s, best);
        if (!choice->timed)
            habit = find_habit(s, best);
        choice->gap_needed = habit.gap;
        choice->fresh_needed = habit.fresh;
        choice->indent_needed = habit.indent;
        choice->indent = habit.columns;
        take_row(s, choice, best);
        if (s->rows[best->row].layout != s->user_layout)
            add_complements(s, choice, best, all, count);
        take_names_behind(s, choice);
        find_frame(s, choice, all, count);
        drop_doubtful(s, choice);
        drop_others(s, choice);
        find_span(s, choice);
        add_dashes(s, choice);
        add_items_asked(s, choice);
    } else {
        if (!choose_dashes_alone(s, choice) && !choose_times_alone(s, choice))
            choose_addressed(s, choice);
    }
    if (!choice->times_alone)
        find_span(s, choice);
    choice->mark_alone = best != NULL && is_mark_alone(s, choice);
    if (choice->found && !choice->times_alone &&
        (is_one_voice(s, choice) || (!choice->timed && !choice->dashes_alone &&
                                     are_all_marks(s, choice) && is_titled_faq(s))))
        choice->found = false;
    if (choice->found)
        note_passed_by(s, choice);
    tell_contenders(s, choice, all, count);
    for (i = 0; i < count; i++)
        free(all[i].members);
    free(all);
}

bool choice_is_inset(const struct choice *choice, const struct survey_candidate *c)
{
    size_t i;

    for (i = 0; i < choice->row_count; i++)
        if (choice->rows[i] == c->row)
            return (choice->insets >> i & 1u) != 0;
    return false;
}

void choice_release(struct choice *choice)
{
    free(choice->begins);
    free(choice->passed_by);
    free(choice->counts);
    free(choice->named_behind);
    *choice = (struct choice){0};
}

uint32_t choice_begin(const struct survey *s, const struct choice *choice, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    size_t r;
    uint32_t i;

    for (r = 0; r < choice->row_count; r++) {
        for (i = b->candidate; i < b->candidate + b->candidate_count; i++) {
            const struct survey_candidate *m = &s->candidates[i];
            bool known;

            if (m->row != choice->rows[r] ||
                (choice->asking_bullet != 0 && b->bullet != choice->asking_bullet))
                continue;
            known = m->label != SURVEY_NONE && m->label < s->known_count && s->known[m->label];
            if (!choice->timed && ((choice->gap_needed && !b->gap) ||
                                   (choice->fresh_needed && goes_on(s, block))))
                continue;
            if (!choice->timed && choice->indent_needed &&
                !is_same_indent(b->indent, choice->indent) && !known)
                continue;
            if (!known && s->rows[m->row].layout == LAYOUT_COLON && is_numbered(s, m))
                continue;
            if (!known && m->label != SURVEY_NONE && m->shape <= LABEL_DOUBTFUL &&
                s->rows[m->row].layout == LAYOUT_COLON &&
                s->rows[m->row].form == LINE_UNTIMED && !s->rows[m->row].bulleted)
                continue;
            if (!known && (s->rows[m->row].layout == LAYOUT_ALONE) &&
                s->rows[m->row].form == LINE_UNTIMED && m->shape < LABEL_TITLE_BITS &&
                s->rows[m->row].dress == 0)
                continue;
            if (!known && choice->offices && m->label != SURVEY_NONE &&
                m->shape < OFFICE_SHAPE && !s->labels[m->label].asks)
                continue;
            if (known && choice->named_behind != NULL && choice->named_behind[m->label] &&
                name_behind(s, i) != SURVEY_NONE)
                return name_behind(s, i);
            return i;
        }
    }
    return SURVEY_NONE;
}
