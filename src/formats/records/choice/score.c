/* The terms of the score. Each is a loop over the members of a row. */
#include "formats/records/choice/score.h"

#include <math.h>
#include <stdlib.h>
#include <strings.h>

#include "formats/common/speaker_prefix.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/analysis/point_marker.h"
#include "shilu/base/bytes.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

/* Rates. */
#define SIGNS_MAX .035f    /* of the characters of the words */
#define SENTENCES_MIN .45f /* of the turns */
#define SENTENCES_USUAL .8f
#define DRESSED_MIN .12f    /* of the blocks, if labels are bold words or headings */
#define LOWER_CASE_MAX .5f  /* of the labels */
#define LOWER_WORDS_MAX .3f /* words in lower case in a label, if nothing marks labels */
#define NESTED_MAX .8f      /* words that begin with a label of their own, as in logs */

#define HEAD_NEW_LABEL 3.0f /* cost of a new name at the head of a message */
#define BACK_MAX .5f        /* times earlier than the previous one */
#define CLIPPED_MAX .45f    /* turns of a few words that do not end as sentences */
#define SPEECH_MIN (-.45f)  /* bits per turn */
#define CUT_MAX .5f
enum { BY_TURNS_MIN = 8, APART_TURNS_MIN = 6, ALONE_TURNS_MIN = 5, PAUSES_MIN = 2 };
#define MIDDLE_MAX .4f /* labels in the middle of a sentence */
#define SMALL_MAX .5f
#define FACTS_MAX .5f
#define SAME_MAX .7f
#define ITEMS_MAX .5f
#define LEVELS_MAX .5f
#define NARRATED_MAX .5f /* verbs of saying before a quotation */

enum { NICKNAME_LINES = 6, NICKNAMES_BACK = 10 };
enum { CLIPPED_COLUMNS = 56, NESTED_BYTES_MAX = 30 };
enum { MANY_TURNS = 12, SERIES_MAX = 6, SERIES_BYTES_MAX = 30, SERIES_DIGITS_MAX = 2 };
#define SERIES_BITS 1.5f /* cost of a label in a series, or of an announced one */
enum {
    NAMED_MAX = 12,
    NAMED_BLOCKS = 40,
    NAMED_BYTES_MIN = 6,
    NAMED_BYTES_MAX = 12,
    COUNTED_MIN = 2
};
#define LAST_NAME_BITS 4.0f /* gained by somebody's last name alone */
enum { CHAPTERS_MIN = 8, CHAPTERS_NEW = 4 };
enum { PLAN_MIN = 4, PLAN_SENTENCES = 4, PLAN_STEP_MS = 5 * 60000 };
enum { FEW_TURNS = 8, LONG_TURN_BLOCKS = 150, PLAIN_TURNS = 40, PLAIN_TURN_BLOCKS = 16 };
enum { STRAY_BLOCKS = 64, FACTS_FEW = 4 };
enum { FIELDS_MIN = 4, FIELD_ROUNDS = 3, VALUES_MIN = 3, ONCE_MIN = 4 };
enum { ENTRIES_MIN = 3, YEAR_DIGITS = 4 };
enum { LISTED_TURNS = 4, LIST_BLOCKS = 60 };
enum { TAIL_BLOCKS = 4, SHORT_COLUMNS = 60, LOOKED_AT = 4000 };

/* Whether most lines of a row have a time in the line above or below. */
static bool have_times_beside(const struct survey *s, const struct survey_row *row)
{
    size_t times = 0;
    size_t i;

    for (i = 0; i < row->count; i++)
        times += s->candidates[row->members[i]].has_time;
    return times * 2 > row->count;
}

float score_chance(const struct survey *s, const struct survey_row *row)
{
    const struct layout_row *layout = survey_layout_row(s, row);
    float chance = layout->chance;

    if ((row->form != LINE_UNTIMED && (layout->traits & LAYOUT_WORDS) == 0) ||
        (row->layout == LAYOUT_ALONE && have_times_beside(s, row)))
        chance = fminf(chance, .01f) * .5f;
    if (row->bulleted)
        chance *= .2f;
    if (row->dress == 'b')
        chance *= .3f;
    else if (row->dress == 't')
        chance *= .5f;
    else if (row->dress != 0)
        chance *= .1f;
    return fmaxf(chance, 1e-4f);
}

struct scored {
    const struct survey *s;
    const struct survey_row *row;
    const struct layout_row *layout;
    const uint32_t *members;
    size_t count;
    uint32_t *label_counts; /* owned */
    size_t labels;          /* number of different ones */
    bool timed;   /* by moments, or by a page's structure: its words need not be sentences */
    bool scribed; /* the speakers are listed above, and the words do not end as sentences */
};

static const struct survey_candidate *at(const struct scored *w, size_t i)
{
    return &w->s->candidates[w->members[i]];
}

static const struct survey_block *block_of(const struct scored *w, size_t i)
{
    return &w->s->blocks[at(w, i)->block];
}

static bool is_labelled(const struct scored *w)
{
    return (w->layout->traits & (LAYOUT_WORDS | LAYOUT_DASH)) == 0;
}

/* The words of a member: in its own block, or in the next one if the label is alone. */
static struct span words_of(const struct scored *w, size_t i)
{
    const struct survey_candidate *c = at(w, i);
    struct span words = survey_words(w->s, c);

    if (words.length == 0) {
        size_t below = c->block + 1u;

        below += below < w->s->block_count && w->s->blocks[below].beside_label;
        below += below < w->s->block_count && w->s->blocks[below].time_of_label;
        if (below < w->s->block_count && !(i + 1 < w->count && at(w, i + 1)->block == below))
            words = span_of(w->s->blocks[below].text.data, w->s->blocks[below].end_byte);
    }
    return words;
}

static float form_bits(const struct scored *w, float chance)
{
    size_t first = at(w, 0)->block;
    size_t last = at(w, w->count - 1)->block;
    size_t behind = w->s->block_count - 1 - last;
    float all = (float)(last - first + 1 + (behind < TAIL_BLOCKS ? behind : TAIL_BLOCKS));
    float count = (float)w->count;
    float share = count / all;

    if (share <= chance)
        return 0;
    return count * log2f(share / chance) +
           (all - count) * log2f((1 - fminf(.97f, share)) / (1 - chance));
}

/* S1, 生2, 참여자 3, 委員Ａ: the label without the number or letter that distinguishes it from
 * others of its kind; empty if it has none. */
static struct span stem_of(struct span key)
{
    struct span stem = key;

    while (stem.length > 0 && stem.data[stem.length - 1] >= '0' &&
           stem.data[stem.length - 1] <= '9')
        stem.length--;
    if (key.length - stem.length > SERIES_DIGITS_MAX) /* the number of a ticket */
        return span_of(key.data, 0);
    if (stem.length == key.length && stem.length > 3 &&
        (key.data[key.length - 2] & 0x80) != 0 && key.data[key.length - 1] >= 'a' &&
        key.data[key.length - 1] <= 'z')
        stem.length--;
    return span_of(stem.data, stem.length < key.length ? stem.length : 0);
}

/* Whether a label is the next of a series; remembers the stems of some series. */
static bool is_of_series(struct span *stems, size_t *count, struct span key)
{
    struct span stem = stem_of(key);
    size_t i;

    if (stem.length == 0 || stem.length > SERIES_BYTES_MAX ||
        memchr(stem.data, '.', stem.length) != NULL ||
        (*stem.data >= '0' && *stem.data <= '9')) /* the number of a version */
        return false;
    for (i = 0; i < *count; i++)
        if (span_equal(stems[i], stem))
            return true;
    if (*count < SERIES_MAX)
        stems[(*count)++] = stem;
    return false;
}

/* Signs that stand between the names of a list. */
static const char *const name_signs[] = {" ",  "\t", ",",  ";",  ":",  "(",  ")", "、", "，",
                                         "；", "：", "（", "）", "　", "・", "･", NULL};

/* Whether a label is this name, or has an office within it: 沈理事萬福 is 沈萬福. */
static bool is_label_of(struct span key, struct span name)
{
    struct span given = span_skip(name, NAMED_BYTES_MIN / 2);

    return span_equal(key, name) ||
           (name.length >= NAMED_BYTES_MIN && name.length <= NAMED_BYTES_MAX &&
            key.length > name.length && memcmp(key.data, name.data, NAMED_BYTES_MIN / 2) == 0 &&
            memcmp(key.data + key.length - given.length, given.data, given.length) == 0);
}

/* Whether a list of names holds the name of a label. What ends in a colon is no name. */
static bool lists_label(struct span list, struct span key)
{
    const char *found;
    struct span rest = list;

    /* Both begin with the same character. */
    while ((found = memmem(rest.data, rest.length, key.data, NAMED_BYTES_MIN / 2)) != NULL) {
        struct span before = span_of(list.data, (size_t)(found - list.data));
        struct span name = span_skip(list, before.length);

        rest = span_skip(name, 1);
        if (before.length > 0 && !span_ends_with_any(before, name_signs))
            continue;
        name.length = 0;
        while (name.data + name.length < list.data + list.length &&
               !span_starts_with_any(span_skip(list, before.length + name.length), name_signs))
            name.length++;
        if (is_label_of(key, name) &&
            !span_starts_with(span_skip(list, before.length + name.length), "：") &&
            !span_starts_with(span_skip(list, before.length + name.length), ":"))
            return true;
    }
    return false;
}

/* Whether a line above the first label, where participants are listed, holds this East Asian
 * name or ends in it. */
static bool is_named_above(const struct scored *w, struct span key)
{
    size_t i;

    if (key.length < NAMED_BYTES_MIN || (unsigned char)*key.data < 0xE3)
        return false;
    for (i = 0; i < at(w, 0)->block && i < NAMED_BLOCKS; i++) {
        struct span text = w->s->blocks[i].text;

        if (text.length <= key.length && text.length < NAMED_BYTES_MIN * 2)
            continue;
        if (!w->s->blocks[i].ends_sentence &&
            ((text.length > key.length &&
              memcmp(text.data + text.length - key.length, key.data, key.length) == 0) ||
             lists_label(text, key)))
            return true;
    }
    return false;
}

/* （二）漁會 蔡總幹事：, below （一）…: numbered statements, each by a person with an office.
 */
static bool counts_on(const struct scored *w, size_t i, int *number)
{
    const struct survey_candidate *c = at(w, i);
    struct point_marker marker;
    int before = *number;

    if ((c->role_end == c->role_byte && before < COUNTED_MIN) ||
        !point_marker_read(block_of(w, i)->text, POINT_LINE, &marker))
        return false;
    *number = marker.number;
    return marker.number == before + 1;
}

/* MARSH after ELLEN MARSH: once introduced in full, a person is called by the last name. */
static bool is_last_name_again(const struct scored *w, size_t i)
{
    struct span label = w->s->labels[at(w, i)->label].whole;
    size_t k;

    for (k = 0; k < i; k++)
        if (label_is_last_name(label, w->s->labels[at(w, k)->label].whole))
            return true;
    return false;
}

static float label_bits(struct scored *w, float new_bits)
{
    struct span stems[SERIES_MAX];
    size_t stem_count = 0;
    int number = 0;
    const struct survey *s = w->s;
    float bits = 0;
    size_t i;

    for (i = 0; i < w->count; i++) {
        const struct survey_candidate *c = at(w, i);
        const struct survey_block *b = block_of(w, i);
        const struct survey_label *label = &s->labels[c->label];
        uint32_t *seen = &w->label_counts[c->label];
        float gain;

        if ((*seen)++ == 0) {
            bool expected = is_of_series(stems, &stem_count, label->key) ||
                            (w->labels < NAMED_MAX && is_named_above(w, label->key)) ||
                            counts_on(w, i, &number);

            if (w->labels < NAMED_MAX && is_last_name_again(w, i))
                bits += LAST_NAME_BITS;
            else
                bits -= (expected ? SERIES_BITS : new_bits) - c->shape;
            w->labels++;
            continue;
        }
        if (label->fact != FACT_NONE &&
            !survey_label_hosts(s, c->label)) /* 注 and Note recur, but that is no evidence */
            continue;
        gain = label->bits + fminf(0, log2f((float)(*seen - 1) / (float)(i + 2)));
        if (!c->has_time && b->form == LINE_UNTIMED) {
            struct span words = survey_words(s, c);
            bool followed = i + 1 < w->count && at(w, i + 1)->block == c->block + 1;

            if (words.length > 0 && (b->next_gap || followed) && b->columns < SHORT_COLUMNS &&
                !folded_ends_sentence(words))
                gain *= .4f;
        }
        bits += gain;
    }
    return bits;
}

static float turn_bits(const struct scored *w)
{
    float bits = 0;
    size_t i;

    for (i = 1; i < w->count; i++)
        bits += at(w, i)->label != at(w, i - 1)->label ? .5f : -.5f;
    return w->labels == 1 ? fminf(bits, 0) : bits;
}

/* Whether the paragraph that continues in the lines below ends as a sentence. */
static bool ends_below(const struct scored *w, size_t i)
{
    const struct survey *s = w->s;
    size_t end = i + 1 < w->count ? at(w, i + 1)->block : s->block_count;
    size_t last = at(w, i)->block;

    while (last + 1 < end && s->blocks[last + 1].joins)
        last++;
    return s->blocks[last].ends_sentence;
}

static float speech_bits(const struct scored *w)
{
    float bits = 0;
    size_t i;

    for (i = 0; i < w->count; i++) {
        struct span words = words_of(w, i);

        if (words.length == 0)
            bits -= 4;
        else if (survey_words(w->s, at(w, i)).length > 0 ? survey_words_end(w->s, w->members[i])
                                                         : folded_ends_sentence(words))
            bits += 1;
        else if (at(w, i)->block + 1 < w->s->block_count &&
                 w->s->blocks[at(w, i)->block + 1].joins)
            bits += ends_below(w, i) ? 1 : 0;
        else if (!w->timed && words.length < 90)
            bits -= 1.5f;
    }
    return bits;
}

static bool is_past_midnight(int64_t before_ms, int64_t ms)
{
    return before_ms >= 20 * INT64_C(3600000) && ms <= 4 * INT64_C(3600000);
}

static float time_bits(const struct scored *w)
{
    int64_t before_ms = TIME_NONE;
    float bits = 0;
    size_t i;

    for (i = 0; i < w->count; i++) {
        const struct survey_candidate *c = at(w, i);
        const struct survey_block *b = block_of(w, i);
        const struct stamp *t = b->form != LINE_UNTIMED ? &b->lead
                                : c->has_time           ? &c->time
                                                        : NULL;

        if (b->has_tail && b->tail.has_date && (w->layout->traits & LAYOUT_BRACKETS) != 0)
            bits += 6;
        if (t == NULL || !t->has_clock)
            continue;
        if (before_ms != TIME_NONE)
            bits += t->clock_ms >= before_ms || t->has_date || t->numeric ||
                            is_past_midnight(before_ms, t->clock_ms)
                        ? 3
                        : -4;
        before_ms = t->clock_ms;
    }
    return bits;
}

/* Evidence of one who asks and another who answers. */
static float asking_bits(const struct scored *w)
{
    const struct survey *s = w->s;
    bool asker = false, asks = false;
    float bits = 0;
    size_t i;

    for (i = 0; i < w->count; i++) {
        const struct survey_label *label = &s->labels[at(w, i)->label];
        bool own = survey_asks(s, at(w, i)->block);
        const struct survey_label *next;

        bits += own ? .5f : 0;
        asks |= label->asks && (own || (at(w, i)->block + 1 < s->block_count &&
                                        survey_asks(s, at(w, i)->block + 1)));
        if (i + 1 == w->count || w->labels < 2 || at(w, i)->label == at(w, i + 1)->label)
            continue;
        next = &s->labels[at(w, i + 1)->label];
        if (label->asks || folded_ends_in_question(s->blocks[at(w, i + 1)->block - 1].text))
            bits += 1;
        asker |= label->asks && !next->asks;
    }
    return bits + (asker ? 5 + (asks ? 2 : 0) : 0);
}

/* Whether the byte belongs to an East Asian letter, and not to a comma or a stop. */
static bool is_part_of_letter(struct span words, size_t i)
{
    unsigned char byte = (unsigned char)words.data[i];

    if ((byte & 0xC0) == 0x80)
        return true;
    return byte >= 0xE3 && byte <= 0xED &&
           !(byte == 0xE3 && (unsigned char)words.data[i + 1] == 0x80);
}

/* "main: ", "net/core: " at the start of the words, in any script. */
static bool begins_with_label(struct span words)
{
    size_t i;

    for (i = 0; i < words.length && i < NESTED_BYTES_MAX; i++) {
        char c = words.data[i];

        if (c == ':')
            return i >= 2 && i + 1 < words.length && words.data[i + 1] == ' ';
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '.' || c == '/' || c == '-' || c == '_' || is_part_of_letter(words, i)))
            return false;
    }
    return false;
}

static bool is_full_name(struct span label)
{
    return span_find(label, ' ') < label.length &&
           speaker_prefix_shape(label.data, label.length) == NAME_STRONG;
}

/* Programs have one word as their name; where people have two, their words may begin with a
 * label: "Lim Hong: Task: book a room". */
static bool is_nested(const struct scored *w)
{
    size_t nested = 0;
    size_t people = 0;
    size_t i;

    for (i = 0; i < w->count; i++)
        nested += begins_with_label(survey_words(w->s, at(w, i)));
    if (w->count < 3 || (float)nested <= NESTED_MAX * (float)w->count)
        return false;
    for (i = 0; i < w->count; i++)
        people += at(w, i)->label != SURVEY_NONE &&
                  is_full_name(w->s->labels[at(w, i)->label].whole);
    return people * 4 < w->count;
}

/* "10:00:21 [信息] …", "09:14 WARN …": the message begins with its log level. */
static bool has_level(const struct survey_block *b)
{
    struct span rest = span_of(b->text.data + b->body_byte, b->text.length - b->body_byte);
    uint32_t cp = 0;

    if (rest.length == 0)
        return false;
    utf8_decode(rest.data, rest.length, &cp);
    cp = folded_code_point(cp);
    if (cp == '[' || cp == 0x3010 || cp == '<' || cp == '(')
        rest = folded_trim(span_skip(rest, (*rest.data & 0x80) == 0 ? 1 : 3));
    return vocabulary_begins_with_level(rest);
}

/* "* ", "- ", "+ ", "1. ": the block is an item of a list. */
static bool is_item(const struct survey_block *b)
{
    size_t at = 0;

    if (b->kind == BLOCK_LIST_ITEM)
        return true;
    if (b->text.length < 3)
        return false;
    if (memchr("*-+", *b->text.data, 3) != NULL)
        return b->text.data[1] == ' ' || b->text.data[1] == '\t';
    while (at < b->text.length && b->text.data[at] >= '0' && b->text.data[at] <= '9')
        at++;
    return at > 0 && at < 4 && at + 1 < b->text.length &&
           (b->text.data[at] == '.' || b->text.data[at] == ')') && b->text.data[at + 1] == ' ';
}

/* The line above is full, and its sentence has not ended. */
static bool stands_in_sentence(const struct survey *s, size_t block)
{
    const struct survey_block *above = block > 0 ? &s->blocks[block - 1] : NULL;

    return above != NULL && !s->blocks[block].gap && !above->ends_sentence &&
           !above->only_time && above->columns >= CLIPPED_COLUMNS;
}

/* When a stamp is, its numbers read in an order; TIME_NONE where they are no date in it. */
static int64_t moment_of(const struct stamp *stamp, enum stamp_order order)
{
    struct stamp read = *stamp;

    if (read.numeric && !read.has_date && !stamp_set_order(&read, order))
        return TIME_NONE;
    return read.clock_ms + (read.has_date ? stamp_date_ms(&read) : 0);
}

/* Records go on in time, in one order of day, month and year at least; changelogs do not. The
 * messages of a page may all be in reverse. */
static bool goes_back(const struct scored *w)
{
    int64_t before_ms[STAMP_ORDER_COUNT];
    size_t back[STAMP_ORDER_COUNT] = {0};
    size_t forth[STAMP_ORDER_COUNT] = {0};
    size_t pairs = 0, least = SIZE_MAX;
    bool any = false, dated = false;
    size_t i;
    int order;

    for (i = 0; i < w->count; i++) {
        const struct survey_block *b = block_of(w, i);
        const struct stamp *t = b->form != LINE_UNTIMED ? &b->lead
                                : at(w, i)->has_time    ? &at(w, i)->time
                                                        : NULL;
        bool has_date, comparable;

        if (t == NULL || !t->has_clock)
            continue;
        has_date = t->has_date || t->numeric;
        comparable = any && has_date == dated; /* not "yesterday at 23:10" below a date */
        for (order = 0; order < STAMP_ORDER_COUNT; order++) {
            int64_t ms = order > 0 && !t->numeric ? before_ms[0]
                                                  : moment_of(t, (enum stamp_order)order);

            back[order] += comparable && (ms == TIME_NONE || ms < before_ms[order]);
            forth[order] += comparable && (ms == TIME_NONE || ms > before_ms[order]);
            if (ms != TIME_NONE || !comparable)
                before_ms[order] = ms;
        }
        pairs += comparable;
        dated = has_date;
        any = true;
    }
    for (order = 0; order < STAMP_ORDER_COUNT; order++) {
        least = back[order] < least ? back[order] : least;
        if (block_of(w, 0)->heads_message)
            least = forth[order] < least ? forth[order] : least;
    }
    return pairs >= 3 && (float)least > BACK_MAX * (float)pairs;
}

/* "## 07:49 The first lock", "## 19:26 Herring": headings with a time that hardly ever recur
 * are chapters. */
static bool are_chapters(const struct scored *w)
{
    uint32_t *counts;
    size_t back = 0;
    size_t i;

    if (!w->timed || !is_labelled(w) || w->count < CHAPTERS_MIN || w->row->dress < '1' ||
        w->row->dress > '6')
        return false;
    counts = memory_zalloc(w->s->label_count + 1, sizeof *counts);
    for (i = 0; i < w->count; i++)
        back += counts[at(w, i)->label]++ > 0;
    free(counts);
    return back * CHAPTERS_NEW < w->count;
}

/* Bold text, headings or table cells that occur now and then are not labels: if they mark
 * speakers, many of the paragraphs between the first and the last have them. */
static bool is_rare_dress(const struct scored *w)
{
    uint32_t first = at(w, 0)->block;
    uint32_t last = at(w, w->count - 1)->block;
    uint32_t i;
    uint32_t paragraphs = 0;

    for (i = first; i <= last; i++)
        paragraphs += !w->s->blocks[i].joins;
    return (w->row->dress != 0 || (w->layout->traits & LAYOUT_BOLD) != 0 ||
            *w->layout->template == '*') &&
           (float)w->count < DRESSED_MIN * (float)paragraphs;
}

/* 子曰：“…”, 老范说：“…”: a verb of saying before a quotation is prose. */
static bool is_quoted_prose(const struct survey *s, const struct survey_candidate *c)
{
    static const char *const verbs[] = {"曰", "说", "說", "説", "道", "问",
                                        "問", "喊", "叫", "云", NULL};
    const struct survey_block *b = &s->blocks[c->block];
    struct span label = span_of(b->text.data + c->label_byte, c->label_end - c->label_byte);

    if (label.length < 6 || !folded_opens_quotation(survey_words(s, c)))
        return false;
    return span_ends_with_any(label, verbs);
}

/* Whether a label has the form of nobody in particular: no office, no mark, no host. */
static bool is_plain_label(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_label *label = &s->labels[c->label];

    return c->shape < LABEL_TITLE_BITS && !label->asks && !label->addressed &&
           label->mark == LABEL_OF_NONE && !survey_label_hosts(s, c->label);
}

static bool are_labels_plain(const struct scored *w)
{
    size_t i;

    if (!is_labelled(w))
        return false;
    for (i = 0; i < w->count; i++)
        if (!is_plain_label(w->s, at(w, i)))
            return false;
    return true;
}

/* A few lines of a long text that look alike by chance: "Since: 1.6". */
static bool is_lost_in_text(const struct scored *w)
{
    size_t blocks = w->s->block_count - at(w, 0)->block;

    return (w->count < FEW_TURNS && w->count * LONG_TURN_BLOCKS < blocks) ||
           (w->count < PLAIN_TURNS && w->count * PLAIN_TURN_BLOCKS < blocks &&
            w->row->dress == 0 && are_labels_plain(w));
}

/* "2031-09-03 12:30 Source: Globe" above an article; a moment now and then in a manual. */
static bool are_stray_times(const struct scored *w)
{
    size_t blocks = w->s->block_count - at(w, 0)->block;
    size_t facts = 0;
    size_t i;

    for (i = 0; i < w->count; i++)
        facts += w->s->labels[at(w, i)->label].fact != FACT_NONE &&
                 is_plain_label(w->s, at(w, i));
    return (facts == w->count && w->count < FACTS_FEW) ||
           (w->count < PLAIN_TURNS && w->count * STRAY_BLOCKS < blocks && are_labels_plain(w));
}

/* "Level: 70", "Reward: 240 gold", "Item: …", again and again: whether each of several labels
 * is nearly always followed by the same one, as names of fields are and people are not. */
static bool are_fields(const struct scored *w)
{
    size_t labels = w->s->label_count;
    uint32_t *counts = memory_zalloc(labels + 1, sizeof *counts);
    uint32_t *next = memory_zalloc(labels + 1, sizeof *next); /* its usual one, plus one */
    int32_t *votes = memory_zalloc(labels + 1, sizeof *votes);
    size_t fields = 0, same = 0;
    size_t i;

    for (i = 0; i + 1 < w->count; i++) { /* the majority by Boyer and Moore */
        uint32_t label = at(w, i)->label;
        uint32_t follower = at(w, i + 1)->label + 1;

        if (votes[label] == 0)
            next[label] = follower;
        votes[label] += next[label] == follower ? 1 : -1;
        counts[label]++;
    }
    for (i = 0; i < labels; i++)
        fields += counts[i] >= FIELD_ROUNDS;
    for (i = 0; i + 1 < w->count; i++)
        same += next[at(w, i)->label] == at(w, i + 1)->label + 1;
    free(counts);
    free(next);
    free(votes);
    return fields >= FIELDS_MIN && same * 10 >= (w->count - 1) * 8;
}

/* "Adults: 34 €", "Since: 1.6": most words begin with a number. */
static bool are_values(const struct scored *w)
{
    size_t values = 0;
    size_t i;

    if (w->count < VALUES_MIN || !are_labels_plain(w))
        return false;
    for (i = 0; i < w->count; i++) {
        struct span words = survey_words(w->s, at(w, i));

        values += words.length > 0 && *words.data >= '0' && *words.data <= '9';
    }
    return values * 10 >= w->count * 6;
}

/* "Objective: …", "Setting: …", "Results: …": no label recurs, and most are one word. */
static bool are_names_of_parts(const struct scored *w)
{
    uint32_t *counts;
    size_t words = 0;
    bool back = false;
    size_t i;

    if (w->count < ONCE_MIN || !are_labels_plain(w))
        return false;
    counts = memory_zalloc(w->s->label_count + 1, sizeof *counts);
    for (i = 0; i < w->count; i++) {
        struct span label = w->s->labels[at(w, i)->label].whole;

        back |= counts[at(w, i)->label]++ > 0;
        words += memchr(label.data, ' ', label.length) == NULL &&
                 ((unsigned char)*label.data & 0x80) == 0;
    }
    free(counts);
    return !back && words * 10 >= w->count * 6;
}

/* Whether the text holds a year in four digits, such as 1988. */
static bool holds_year(struct span text)
{
    size_t digits = 0;
    size_t i;

    for (i = 0; i <= text.length; i++) {
        if (i < text.length && text.data[i] >= '0' && text.data[i] <= '9') {
            digits++;
            continue;
        }
        if (digits == YEAR_DIGITS &&
            (text.data[i - YEAR_DIGITS] == '1' || text.data[i - YEAR_DIGITS] == '2'))
            return true;
        digits = 0;
    }
    return false;
}

/* "Alcott, Jane: Locks. A Reader. London: Tidewater Press, 1996.", "Osei, K. (1988): Salt
 * Roads, in: Locks, pp. 77-90.": a year, and a number at the end, of a year or of pages. */
static bool is_entry_of_bibliography(const struct survey *s, const struct survey_candidate *c)
{
    size_t last = c->block;
    struct span end;
    bool year;

    year = holds_year(s->blocks[last].text);
    while (last + 1 < s->block_count && s->blocks[last + 1].joins && !s->blocks[last + 1].gap)
        year |= holds_year(s->blocks[++last].text);
    end = s->blocks[last].text;
    while (end.length > 0 && memchr(".)] ", end.data[end.length - 1], 4) != NULL)
        end.length--;
    return year && end.length > 0 && end.data[end.length - 1] >= '0' &&
           end.data[end.length - 1] <= '9';
}

static bool is_bibliography(const struct scored *w)
{
    size_t entries = 0;
    size_t i;

    if (w->count < ENTRIES_MIN || w->row->dress != 0)
        return false;
    for (i = 0; i < w->count && i < LOOKED_AT; i++)
        entries += is_entry_of_bibliography(w->s, at(w, i));
    return entries * 10 >= i * 6;
}

/* Of blocks [from, end). */
static bool any_ends_sentence(const struct survey *s, size_t from, size_t end)
{
    while (from < end && !s->blocks[from].ends_sentence)
        from++;
    return from < end;
}

/* "<eli> text": IRC clients print nicknames like this. Several alternate, and hardly a line
 * lacks one; typed words need not end as sentences do. */
static bool is_chat_of_nicknames(const struct scored *w)
{
    const struct survey *s = w->s;
    size_t returns = 0;
    size_t i, k;

    if (*w->layout->template != '<' || w->count < NICKNAME_LINES ||
        w->count * 10 < (s->block_count - at(w, 0)->block) * 6)
        return false;
    for (i = 2; i < w->count && returns < 2; i++) {
        if (at(w, i)->label == at(w, i - 1)->label)
            continue;
        for (k = i - 1; k > 0 && k + NICKNAMES_BACK > i; k--)
            if (at(w, k - 1)->label == at(w, i)->label)
                break;
        returns += k > 0 && k + NICKNAMES_BACK > i;
    }
    return returns >= 2;
}

/* Whether the structure of a page shows that its messages begin with these labels. */
static bool are_heads_of_messages(const struct scored *w)
{
    size_t i;

    for (i = 0; i < w->count; i++)
        if (!block_of(w, i)->heads_message)
            return false;
    return true;
}

/* Whether a key, which has no blanks, is at the start of a list's entry: "oskar" in "Hana
 * Kimura, Oskar Lind". */
static bool is_in_list(struct span list, struct span key)
{
    size_t at;

    for (at = 0; at + key.length <= list.length; at++) {
        bool begins = at == 0 || list.data[at - 1] == ' ' || list.data[at - 1] == ',';

        if (begins && strncasecmp(list.data + at, key.data, key.length) == 0 &&
            (at + key.length == list.length ||
             memchr(" ,;(.", list.data[at + key.length], 5) != NULL))
            return true;
    }
    return false;
}

/* Whether the recurring speakers are named in a list above the first of them. What a scribe
 * writes need not end as sentences do, and names need not begin with capitals. */
static bool are_listed(const struct scored *w)
{
    const struct survey *s = w->s;
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    uint32_t first = at(w, 0)->block;
    size_t back = 0, listed = 0, turns = 0;
    size_t i, k;

    for (i = 0; i < w->count; i++)
        counts[at(w, i)->label]++;
    for (i = 0; i < s->label_count; i++)
        if (counts[i] > 1) {
            back++;
            turns += counts[i];
        }
    for (k = first > LIST_BLOCKS ? first - LIST_BLOCKS : 0; k < first; k++) {
        size_t here = 0;

        if (s->blocks[k].ends_sentence || survey_measure(s, k)->signs > 0)
            continue;
        for (i = 0; i < s->label_count; i++)
            here += counts[i] > 1 && is_in_list(s->blocks[k].text, s->labels[i].key);
        listed = here > listed ? here : listed;
    }
    free(counts);
    return w->count >= LISTED_TURNS && listed >= 2 && listed * 10 >= back * 6 &&
           turns * 10 >= w->count * 6;
}

/* Whether the labels always follow one another in the same order, as names of facts do. */
static bool go_round(const struct scored *w, size_t round)
{
    size_t same = 0;
    size_t i;

    for (i = round; i < w->count; i++)
        same += at(w, i)->label == at(w, i - round)->label;
    return same * 10 >= (w->count - round) * 8;
}

/* Whether one of two who take turns is a host or an interviewer, as no name of a fact is. */
static bool is_conversation(const struct scored *w)
{
    size_t i;

    for (i = 0; i < w->count && i < BY_TURNS_MIN; i++) {
        uint32_t label = at(w, i)->label;

        if (w->s->labels[label].asks || survey_label_hosts(w->s, label))
            return true;
    }
    return false;
}

/* "(.)", "(0.4)": a pause, as those who study talk write it down (Jefferson's notation). */
static bool has_pause(struct span text)
{
    const char *open = memchr(text.data, '(', text.length);

    while (open != NULL) {
        struct span inside = span_skip(text, (size_t)(open - text.data) + 1);
        size_t digits = 0, points = 0, at = 0;

        while (at < inside.length &&
               (inside.data[at] == '.' || (inside.data[at] >= '0' && inside.data[at] <= '9'))) {
            points += inside.data[at] == '.';
            digits += inside.data[at++] != '.';
        }
        if (at < inside.length && inside.data[at] == ')' && points == 1 && digits <= 4)
            return true;
        open = memchr(inside.data, '(', inside.length);
    }
    return false;
}

/* Whether pauses are written down between the first label and the last. Such talk has no full
 * stops. */
static bool has_pauses(const struct scored *w)
{
    size_t pauses = 0;
    size_t i;

    for (i = at(w, 0)->block; i <= at(w, w->count - 1)->block && pauses < PAUSES_MIN; i++)
        pauses += has_pause(w->s->blocks[i].text);
    return pauses >= PAUSES_MIN;
}

/* How many blocks of [first, last] have a blank line above them. */
static size_t count_groups(const struct survey *s, size_t first, size_t last)
{
    size_t groups = 1;
    size_t i;

    for (i = first + 1; i <= last; i++)
        groups += s->blocks[i].gap;
    return groups;
}

/* Whether nearly all lines from the first label to the last (or all that blank lines set
 * apart) are turns of a few people who recur, and not always in the same order: what is
 * typed, or written down while it is said, need not end as sentences do. */
static bool come_by_turns(const struct scored *w)
{
    const struct survey *s = w->s;
    uint32_t *counts = memory_zalloc(s->label_count + 1, sizeof *counts);
    uint32_t first = at(w, 0)->block, last = at(w, w->count - 1)->block;
    size_t blocks = last - first + 1;
    size_t groups = count_groups(s, first, last);
    size_t people = 0, turns = 0, alone = 0, bare = 0;
    size_t least; /* turns apart from one another */
    size_t i;
    bool by_turns, apart;

    for (i = 0; i < w->count; i++) {
        counts[at(w, i)->label]++;
        alone += words_of(w, i).length == 0;
        bare += survey_words(s, at(w, i)).length == 0;
    }
    for (i = 0; i < s->label_count; i++)
        if (counts[i] > 1) {
            people++;
            turns += counts[i];
        }
    free(counts);
    least = bare == w->count ? ALONE_TURNS_MIN : APART_TURNS_MIN;
    apart = groups >= least && w->count * 10 >= groups * 8 && w->count <= groups + 1;
    /* A label alone on its line has one more line of words, or two. */
    by_turns = w->count >= (apart ? least : BY_TURNS_MIN) && people >= 2 &&
               turns * 10 >= w->count * 9 && people * 2 <= w->count &&
               (apart || (w->count + alone * 2) * 10 >= blocks * 8);
    for (i = 1; by_turns && i <= people * 2 && i * 2 < w->count && !is_conversation(w); i++)
        by_turns = !go_round(w, i);
    return by_turns;
}

/* "14:15　事例報告": clock readings of a programme are multiples of five minutes, and its words
 * are not sentences. */
static void count_plan(const struct scored *w, size_t i, size_t *planned, size_t *ends)
{
    const struct survey_block *b = block_of(w, i);
    struct span words = words_of(w, i);

    if (b->form == LINE_UNTIMED || !b->lead.has_clock || !b->lead.two_parts ||
        b->lead.has_date || b->lead.clock_ms % PLAN_STEP_MS != 0)
        return;
    ++*planned;
    *ends += folded_ends_sentence(words) || folded_asks(words);
}

/* "Good day. …", "Many thanks. …": sentences before a stop, in the Latin alphabet. Names before
 * one are in capitals or with a title, or come back. */
static bool are_sentences_before_stops(const struct scored *w)
{
    size_t names = 0, again = 0;
    size_t i, k;

    if (w->row->layout != LAYOUT_DOT || w->row->bulleted || w->row->dress != 0)
        return false;
    for (i = 0; i < w->count; i++) {
        const struct survey_candidate *c = at(w, i);
        const struct survey_label *label = c->label != SURVEY_NONE ? &w->s->labels[c->label]
                                                                   : NULL;

        if (label == NULL)
            continue;
        names += label->addressed || label->numbered || label->mark != LABEL_OF_NONE ||
                 c->shape >= LABEL_TITLE_BITS ||
                 bytes_count_above_ascii(label->whole.data, label->whole.length) > 0 ||
                 speaker_prefix_in_capitals(label->whole.data, label->whole.length);
        for (k = 0; k < i && k < LOOKED_AT && at(w, k)->label != c->label;)
            k++;
        again += k < i && k < LOOKED_AT;
    }
    return names * 2 < w->count && again * 2 < w->count;
}

/* "**1:21** · In my mind, this is …": a sentence begins after a label. If only a blank
 * separates the two and the words often continue in lower case, the "labels" are how sentences
 * begin. */
static bool are_sentences_cut(const struct scored *w)
{
    size_t small = 0, looked = 0;
    size_t i;

    if (((w->layout->traits & LAYOUT_ONE_BLANK) == 0 && w->row->layout != LAYOUT_DOT) ||
        w->row->dress != 0 || !is_labelled(w))
        return false;
    for (i = 0; i < w->count && i < LOOKED_AT; i++) {
        struct span words = words_of(w, i);
        uint32_t cp = 0;

        if (words.length == 0)
            continue;
        utf8_decode(words.data, words.length, &cp);
        looked++;
        small += folded_is_lower(cp);
    }
    return looked > 2 && (float)small > CUT_MAX * (float)looked;
}

/* "===CM===": a line between two rules is no code. */
static bool is_between_rules(struct span text)
{
    size_t end = text.length;

    return end > 4 && memchr("=*-~", *text.data, 4) != NULL && text.data[1] == *text.data &&
           text.data[end - 1] == *text.data && text.data[end - 2] == *text.data;
}

/* Why the text does not read like speech, or NULL. */
static const char *find_gate(struct scored *w, float *sentences)
{
    const struct survey *s = w->s;
    size_t good = 0, lower = 0, small = 0, looked = 0, clipped = 0, facts = 0, same = 0;
    size_t items = 0, middle = 0, levels = 0, narrated = 0, planned = 0, ends = 0;
    uint32_t characters = 1, signs = 0;
    bool quoted = (w->layout->traits & LAYOUT_QUOTED) != 0;
    bool clips, lowers, common;
    size_t i;

    for (i = 0; i < w->count && i < LOOKED_AT; i++) {
        const struct survey_candidate *c = &s->candidates[w->members[i]];
        const struct survey_block *b = &s->blocks[c->block];
        size_t next = i + 1 < w->count                ? at(w, i + 1)->block
                      : c->block + 4 < s->block_count ? c->block + 4u
                                                      : s->block_count;
        struct span own;
        bool asks;

        looked++;
        levels += w->timed && has_level(b);
        if (w->timed)
            count_plan(w, i, &planned, &ends);
        if (w->timed) /* judged by its times */
            continue;
        own = survey_words(s, c);
        asks = survey_asks(s, c->block);
        survey_measure_words(s, w->members[i]);
        characters += 1 + c->characters;
        signs += c->signs;
        if (next > c->block + 1u && !is_between_rules(s->blocks[c->block + 1].text)) {
            characters += survey_measure(s, c->block + 1)->characters;
            signs += s->blocks[c->block + 1].signs;
        }
        good += quoted || asks || survey_words_end(s, w->members[i]) ||
                (next > c->block + 1u &&
                 (s->blocks[c->block + 1].ends_sentence || s->blocks[next - 1].ends_sentence ||
                  (w->row->dress != 0 && w->row->dress != 't' &&
                   any_ends_sentence(s, c->block + 1, next))));
        clipped += own.length > 0 && !quoted && !asks && b->columns < CLIPPED_COLUMNS &&
                   !survey_words_end(s, w->members[i]) &&
                   !(next > c->block + 1u && (s->blocks[c->block + 1].joins ||
                                              /* 【同期】渔民 蓝阿水, with the words below */
                                              ((w->layout->traits & LAYOUT_BRACKETS) != 0 &&
                                               s->blocks[c->block + 1].ends_sentence)));
        middle += stands_in_sentence(s, c->block);
        narrated += is_quoted_prose(s, c);
        same += i > 0 && c->label == at(w, i - 1)->label && c->shape < LABEL_TITLE_BITS;
        items += b->text.data[0] == '*' && is_item(b) && c->shape < LABEL_TITLE_BITS &&
                 !(c->label != SURVEY_NONE && s->labels[c->label].asks);
        items += own.length == 0 && next > c->block + 1u && is_item(&s->blocks[c->block + 1]);
        if (c->label != SURVEY_NONE) {
            facts += s->labels[c->label].fact != FACT_NONE && !survey_label_hosts(s, c->label);
            lower += s->labels[c->label].lower;
            small += c->shape < -2;
        }
    }
    *sentences = (float)good / (float)looked;
    if (is_labelled(w) && is_nested(w))
        return N_("labels within labels");
    if (goes_back(w))
        return N_("its times go back");
    if (are_chapters(w))
        return N_("headings of chapters");
    if (are_sentences_cut(w) || are_sentences_before_stops(w))
        return N_("labels within sentences");
    if ((float)levels > LEVELS_MAX * (float)looked)
        return N_("levels of a log");
    if (looked >= PLAN_MIN && planned == looked && ends * PLAN_SENTENCES <= looked)
        return N_("a timetable");
    if (w->timed && is_labelled(w) && are_stray_times(w))
        return N_("labels that name facts");
    if (w->timed || is_chat_of_nicknames(w))
        return NULL;
    if ((float)signs > SIGNS_MAX * (float)characters)
        return N_("signs of code or tables");
    if (is_rare_dress(w) || is_lost_in_text(w))
        return N_("few lines have it");
    if (is_labelled(w) && (are_fields(w) || are_values(w) || are_names_of_parts(w)))
        return N_("labels that name facts");
    clips = !w->row->bulleted && w->row->dress == 0 &&
            (float)clipped > CLIPPED_MAX * (float)looked;
    lowers = w->count > 2 && (float)lower > LOWER_CASE_MAX * (float)looked;
    common = w->count > 2 && (float)small > SMALL_MAX * (float)looked;
    w->scribed = (*sentences < SENTENCES_MIN || clips || lowers || common) && is_labelled(w) &&
                 (are_listed(w) || has_pauses(w) || (!lowers && !common && come_by_turns(w)));
    if (*sentences < SENTENCES_MIN && !w->scribed)
        return N_("the words do not end as sentences do");
    if (clips && !w->scribed)
        return N_("short phrases that are not sentences");
    if (lowers && !w->scribed)
        return N_("labels in lower case");
    if (w->count > 2 && !quoted && (float)facts >= FACTS_MAX * (float)looked)
        return N_("labels that name facts");
    if ((float)narrated > NARRATED_MAX * (float)looked)
        return N_("quotations within narration");
    if ((float)middle > MIDDLE_MAX * (float)looked)
        return N_("labels within sentences");
    if (w->count >= 4 && w->row->dress == 0 && (float)same > SAME_MAX * (float)(w->count - 1))
        return N_("always the same label");
    if ((float)items > ITEMS_MAX * (float)looked || is_bibliography(w))
        return N_("items of lists");
    if ((w->layout->traits & LAYOUT_NO_MARK) != 0 && !w->row->bulleted && w->row->dress == 0 &&
        (float)small > LOWER_WORDS_MAX * (float)looked)
        return N_("labels that are common words");
    if (common && !w->scribed)
        return N_("labels that are common words");
    return NULL;
}

static bool is_timed(const struct scored *w)
{
    size_t i;

    if (w->row->form != LINE_UNTIMED)
        return true;
    for (i = 0; i < w->count && i < LOOKED_AT; i++)
        if (at(w, i)->has_time || (block_of(w, i)->has_tail && block_of(w, i)->tail.has_date) ||
            (block_of(w, i)->heads_message && block_of(w, i)->form != LINE_UNTIMED))
            return true;
    return false;
}

struct score score_members(const struct survey *s, const struct survey_row *row,
                           const uint32_t *members, size_t count, float chance,
                           float new_label_bits)
{
    struct scored w = {.s = s,
                       .row = row,
                       .layout = survey_layout_row(s, row),
                       .members = members,
                       .count = count};
    struct score score = {0};
    float sentences = 1;
    bool heads;

    if (count == 0) {
        score.gate = N_("no lines");
        score.total = -99;
        return score;
    }
    heads = are_heads_of_messages(&w);
    w.timed = is_timed(&w) || heads;
    if (heads) /* the structure, not the name, shows that it is one */
        new_label_bits = fminf(new_label_bits, HEAD_NEW_LABEL);
    score.gate = find_gate(&w, &sentences);
    if (score.gate != NULL) {
        score.total = -50 - (float)count;
        return score;
    }
    w.label_counts = memory_zalloc(s->label_count + 1, sizeof *w.label_counts);
    score.form = form_bits(&w, chance);
    if (is_labelled(&w)) {
        score.labels = label_bits(&w, new_label_bits);
        score.turns = turn_bits(&w);
        score.asks = asking_bits(&w);
        /* Clauses of an article alternate and ask too, but people recur. */
        if (!w.timed && count >= MANY_TURNS && score.labels < -(float)count)
            score.turns = score.asks = 0;
        if (!w.timed && !w.scribed && score.labels > 0)
            score.labels *= fminf(1, sentences / SENTENCES_USUAL);
        if (w.labels == 1 && (row->dress == 0 || count < 4) &&
            ((w.layout->traits & LAYOUT_BRACKETS) == 0 || count < 4))
            if (w.labels == 1 && (w.layout->traits & LAYOUT_BRACKETS) == 0)
                score.labels = fminf(score.labels, 0);
    }
    score.speech = speech_bits(&w);
    if (!w.timed && !w.scribed && !is_chat_of_nicknames(&w) && count > 2 &&
        score.speech < SPEECH_MIN * (float)count && (w.layout->traits & LAYOUT_QUOTED) == 0) {
        score.gate = N_("the words are hardly speech");
        score.total = -50 - (float)count;
        free(w.label_counts);
        return score;
    }
    score.times = time_bits(&w);
    score.cost = 6 + ((w.layout->traits & LAYOUT_ONE_BLANK) != 0 && !row->bulleted ? 10 : 0);
    score.total = score.form + score.labels + score.speech + score.times + score.turns +
                  score.asks - score.cost;
    free(w.label_counts);
    return score;
}
