/* Labels of captions. Invariant: names holds each candidate once for each form in which it was
 * met; repeated[f] is the sum of the counts of those of form f that were met at least twice.
 *
 * A colon also occurs in running text ("three measures: first …"), and where lines are wrapped
 * such words may come to the front of a line. Their place distinguishes them from speakers:
 * people begin after the end of a sentence, and on the first line of a cue or on a line of
 * their own, while lines are wrapped anywhere. So each candidate before a colon is counted by
 * its place. */
#include "formats/captions/caption_labels.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Running out of memory ends the program, as everywhere. */
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

#include "formats/common/emit.h"
#include "formats/common/folded_text.h"
#include "formats/common/speaker_prefix.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/text/utf8.h"

enum { FORM_ID = LABEL_FORMS, FORMS, NAMES_KEPT = 4096, LABEL_BYTES_MAX = 180, WORDS_MAX = 8 };

/* Where a line is. */
enum place_line {
    PLACE_FIRST,
    PLACE_LATER,
    PLACE_LINES
}; /* of its cue; a line after a dash counts as first */
enum place_start { PLACE_OPEN, PLACE_WITHIN, PLACE_STARTS }; /* a sentence ended before it */

struct entry {
    char *key; /* owned: a letter for the form, then the label */
    size_t count;
    size_t at[PLACE_LINES][PLACE_STARTS]; /* of LABEL_COLON; the first lines are `count` */
    size_t with_words;                    /* of the first lines: those where words follow */
    size_t marked;                        /* … those with ">>" before the name */
    UT_hash_handle hh;
};

struct caption_labels {
    struct entry *names; /* owned */
    size_t cues;         /* number of cues with words */
    size_t with_id;
    size_t found[FORMS];
    size_t repeated[FORMS];
    size_t distinct[FORMS];
    size_t quoted_ids;
    size_t shaped_lines; /* for LABEL_LINE, if expected: lines shaped like a name */
    size_t lines[PLACE_LINES][PLACE_STARTS];
    size_t same_again; /* names before a colon that repeat the label before them */
    size_t capitals;   /* first lines with a name in capitals before a colon */
    size_t shaped;     /* … whose label has the shape of a name */
    size_t with_words; /* … with words after the name */
    size_t full_names; /* … with at least two alphabetic words in the shape of a name */
    const struct entry *before;  /* the last name before a colon on a first line */
    const struct entry *opening; /* the first one of the first cues */
    bool opens;                  /* the first cue has a name before a colon */
    bool ended;                  /* the line before the next one ended a sentence */
    bool punctuated;             /* labels follow the ends of sentences */
    bool trusts_once;            /* names that occur once are too many to come from line
                                  * breaks */
    bool marked;                 /* ">>" is before the names */
    bool lines_expected;
    bool uses[FORMS];
    bool any;          /* of the forms of labels */
    bool every[FORMS]; /* hardly any cue is without it */
};

struct caption_labels *caption_labels_new(void)
{
    struct caption_labels *l = memory_zalloc(1, sizeof *l);

    l->ended = true;
    return l;
}

void caption_labels_expect_lines(struct caption_labels *l)
{
    l->lines_expected = true;
}

void caption_labels_free(struct caption_labels *l)
{
    struct entry *entry, *next;

    if (l == NULL)
        return;
    HASH_ITER(hh, l->names, entry, next)
    {
        HASH_DEL(l->names, entry);
        free(entry->key);
        free(entry);
    }
    free(l);
}

static size_t make_key(char key[LABEL_BYTES_MAX + 1], int form, const char *name, size_t bytes)
{
    key[0] = (char)('a' + form);
    memcpy(key + 1, name, bytes);
    return bytes + 1;
}

static struct entry *find_entry(const struct caption_labels *l, int form, const char *name,
                                size_t bytes)
{
    char key[LABEL_BYTES_MAX + 1];
    struct entry *entry;
    size_t key_bytes = make_key(key, form, name, bytes);

    HASH_FIND(hh, l->names, key, key_bytes, entry);
    return entry;
}

/* NULL if so many are known already that they cannot be names. */
static struct entry *add_entry(struct caption_labels *l, int form, const char *name,
                               size_t bytes)
{
    struct entry *entry = find_entry(l, form, name, bytes);
    char key[LABEL_BYTES_MAX + 1];
    size_t key_bytes;

    if (entry != NULL || HASH_COUNT(l->names) >= NAMES_KEPT)
        return entry;
    key_bytes = make_key(key, form, name, bytes);
    entry = memory_zalloc(1, sizeof *entry);
    entry->key = memory_strndup(key, key_bytes);
    HASH_ADD_KEYPTR(hh, l->names, entry->key, key_bytes, entry);
    return entry;
}

static struct entry *count_name(struct caption_labels *l, int form, const char *name,
                                size_t bytes)
{
    struct entry *entry = add_entry(l, form, name, bytes);

    l->found[form]++;
    if (entry == NULL)
        return NULL;
    l->distinct[form] += entry->count == 0;
    entry->count++;
    if (entry->count >= 2)
        l->repeated[form] += entry->count == 2 ? 2 : 1;
    return entry;
}

static size_t count_words(const char *s, size_t bytes)
{
    size_t words = bytes > 0;
    size_t i;

    for (i = 0; i + 1 < bytes; i++)
        words += s[i] == ' ' && s[i + 1] != ' ';
    return words;
}

/* Marks that end or ask within a sentence and never occur in a name. */
static bool has_sentence_marks(const char *s, size_t bytes)
{
    static const char *const wide[] = {"…", "。", "？", "！", "♪", "“", "「", NULL};
    size_t i;

    for (i = 0; i < bytes; i++) {
        unsigned char c = (unsigned char)s[i];

        if (c == '?' || c == '!' || c == '"')
            return true;
        if (c != 0xE2 && c != 0xE3 && c != 0xEF)
            continue;
        if (span_starts_with_any(span_of(s + i, bytes - i), wide))
            return true;
    }
    return false;
}

static bool has_letter_or_digit(const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (isalnum((unsigned char)s[i]) || (unsigned char)s[i] >= 0x80)
            return true;
    }
    return false;
}

/* Whether a text may be a label. */
static bool may_be_label(const char *s, size_t bytes)
{
    return bytes > 0 && bytes <= LABEL_BYTES_MAX && has_letter_or_digit(s, bytes) &&
           !has_sentence_marks(s, bytes) && count_words(s, bytes) <= WORDS_MAX;
}

static bool set_label(struct caption_label *label, const char *name, size_t bytes,
                      size_t text_byte)
{
    label->name = name;
    label->bytes = emit_trim(&label->name, bytes);
    label->text_byte = text_byte;
    return may_be_label(label->name, label->bytes);
}

/* The colon that may end a label: the first one without a digit or slash directly after it. */
static bool find_colon_label(const char *line, size_t bytes, struct caption_label *label)
{
    size_t most = bytes < LABEL_BYTES_MAX + 3 ? bytes : LABEL_BYTES_MAX + 3;
    const char *narrow = memchr(line, ':', most);
    const char *wide = memmem(line, narrow != NULL ? (size_t)(narrow - line) : most, "：", 3);
    const char *colon = wide != NULL ? wide : narrow;
    size_t after;

    if (colon == NULL || colon == line || *line == '[' || *line == '(')
        return false;
    after = (size_t)(colon - line) + (wide != NULL ? 3 : 1);
    if (after < bytes && (isdigit((unsigned char)line[after]) || line[after] == '/'))
        return false;
    return set_label(label, line, (size_t)(colon - line),
                     span_skip_blanks(span_of(line, bytes), after));
}

/* Brackets, half and full width. */
static const struct {
    const char *open, *close;
    bool square;
} brackets[] = {{"[[", "]]", true}, {"[", "]", true},   {"(", ")", false},
                {"【", "】", true}, {"［", "］", true}, {"（", "）", false}};

/* A bracket at the start; *square says which kind. If a colon follows, LABEL_COLON or
 * formats/name_prefix handles it. */
static bool find_bracket_label(const char *line, size_t bytes, struct caption_label *label,
                               bool *square)
{
    size_t i;

    if (bytes == 0 || (*line != '[' && *line != '(' && (unsigned char)*line < 0x80))
        return false;
    for (i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        size_t open = strlen(brackets[i].open);
        size_t close_bytes = strlen(brackets[i].close);
        const char *close;
        size_t at;

        if (!span_starts_with(span_of(line, bytes), brackets[i].open))
            continue;
        close = memmem(line, bytes < LABEL_BYTES_MAX ? bytes : LABEL_BYTES_MAX,
                       brackets[i].close, close_bytes);
        if (close == NULL)
            return false;
        at = (size_t)(close - line) + close_bytes;
        *square = brackets[i].square;
        if (at < bytes && line[at] == ':')
            at++;
        else if (span_starts_with(span_of(line + at, bytes - at), "：") && bytes > at)
            at += 3;
        return set_label(label, line + open, (size_t)(close - line) - open,
                         span_skip_blanks(span_of(line, bytes), at));
    }
    return false;
}

/* Whether a line contains the byte that all kinds of dashes share. */
static bool may_have_dash(const char *line, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        char c = line[i];

        if (c == '-' || c == '|' || c == '>' || (unsigned char)c == 0xE2)
            return true;
    }
    return false;
}

/* "Name - words", "Name | words". */
static bool find_dash_label(const char *line, size_t bytes, struct caption_label *label)
{
    static const char *const marks[] = {" - ", " – ", " — ", " | ", "> "};
    size_t most = bytes < LABEL_BYTES_MAX ? bytes : LABEL_BYTES_MAX;
    const char *best = NULL;
    size_t best_bytes = 0;
    size_t i;

    if (!may_have_dash(line, most))
        return false;
    for (i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *at = memmem(line, most, marks[i], strlen(marks[i]));

        if (at != NULL && at > line && (best == NULL || at < best)) {
            best = at;
            best_bytes = strlen(marks[i]);
        }
    }
    return best != NULL && set_label(label, line, (size_t)(best - line),
                                     span_skip_blanks(span_of(line, bytes),
                                                      (size_t)(best - line) + best_bytes));
}

/* The label of a line in one form. `last`: no line follows. */
static bool find_label(enum caption_label_form form, const char *line, size_t bytes, bool last,
                       struct caption_label *label)
{
    struct caption_label within;
    bool square = false;

    switch (form) {
    case LABEL_COLON:
        return find_colon_label(line, bytes, label) && (label->text_byte < bytes || !last);
    case LABEL_LINE:
        return !last && set_label(label, line, bytes, bytes) &&
               strchr(".,;:-", line[bytes - 1]) == NULL &&
               !(find_bracket_label(line, bytes, &within, &square) &&
                 within.text_byte == bytes);
    case LABEL_DASH:
        return find_dash_label(line, bytes, label) && label->text_byte < bytes;
    case LABEL_SQUARE:
    case LABEL_ROUND:
        return find_bracket_label(line, bytes, label, &square) &&
               square == (form == LABEL_SQUARE) && label->text_byte < bytes;
    default:
        return find_bracket_label(line, bytes, label, &square) &&
               square == (form == LABEL_SQUARE_LINE) && label->text_byte == bytes && !last;
    }
}

/* A line without a dash or ">>" that marks another voice. */
static size_t skip_marks(const char *line, size_t bytes)
{
    size_t at = span_skip_blanks(span_of(line, bytes), 0);

    if (at + 1 < bytes && line[at] == '-' && line[at + 1] == ' ')
        return span_skip_blanks(span_of(line, bytes), at + 1);
    while (at < bytes && line[at] == '>')
        at++;
    return span_skip_blanks(span_of(line, bytes), at);
}

/* Whether ">>" is among the marks before a line. */
static bool has_voice_mark(const char *line, size_t marks)
{
    return memmem(line, marks, ">>", 2) != NULL;
}

bool caption_labels_end_sentence(struct span line)
{
    static const char *const others[] = {"-", "–", "—", "♪", "]", ")", "】", "）"};
    size_t i;

    line = folded_trim(line);
    if (line.length == 0 || folded_ends_sentence(line))
        return true;
    if (isalnum((unsigned char)line.data[line.length - 1]))
        return false;
    for (i = 0; i < sizeof others / sizeof *others; i++) { /* broken off, sung, a sound */
        if (span_ends_with(line, others[i]))
            return true;
    }
    return false;
}

/* A first line that has a name before a colon. */
static void count_turn(struct caption_labels *l, struct entry *entry,
                       const struct caption_label *label, bool open, bool marked,
                       bool with_words)
{
    enum { OPENING_CUES = 3 };
    enum name_shape shape = speaker_prefix_shape(label->name, label->bytes);

    if (entry == NULL)
        return;
    entry->at[PLACE_FIRST][open ? PLACE_OPEN : PLACE_WITHIN]++;
    l->same_again += entry == l->before;
    l->before = entry;
    l->capitals += speaker_prefix_in_capitals(label->name, label->bytes);
    l->shaped += shape != NAME_NOT;
    l->full_names += shape == NAME_STRONG && (unsigned char)*label->name < 0xE0;
    entry->marked += marked;
    entry->with_words += with_words;
    l->with_words += with_words;
    l->opens |= l->cues == 1 && shape != NAME_NOT;
    if (l->opening == NULL && l->cues <= OPENING_CUES)
        l->opening = entry;
}

static void count_first_line(struct caption_labels *l, const char *line, size_t bytes,
                             bool last)
{
    size_t marks = skip_marks(line, bytes);
    bool open = l->ended || marks > 0;
    struct caption_label label;
    int form;

    l->cues++;
    l->lines[PLACE_FIRST][open ? PLACE_OPEN : PLACE_WITHIN]++;
    for (form = 0; form < LABEL_FORMS && marks < bytes; form++) {
        struct entry *entry;

        if (!find_label((enum caption_label_form)form, line + marks, bytes - marks, last,
                        &label))
            continue;
        entry = count_name(l, form, label.name, label.bytes);
        if (form == LABEL_COLON)
            count_turn(l, entry, &label, open, has_voice_mark(line, marks),
                       label.text_byte + marks < bytes);
        l->shaped_lines += form == LABEL_LINE && l->lines_expected &&
                           speaker_prefix_shape(label.name, label.bytes) != NAME_NOT;
    }
}

static void count_later_line(struct caption_labels *l, const char *line, size_t bytes,
                             bool last)
{
    enum place_start start = l->ended ? PLACE_OPEN : PLACE_WITHIN;
    struct caption_label label;
    struct entry *entry;

    l->lines[PLACE_LATER][start]++;
    if (!find_label(LABEL_COLON, line, bytes, last, &label))
        return;
    entry = add_entry(l, LABEL_COLON, label.name, label.bytes);
    if (entry != NULL)
        entry->at[PLACE_LATER][start]++;
}

/* Further lines of a cue that a dash marks as another voice count like separate cues. */
void caption_labels_count(struct caption_labels *l, const char *text, size_t bytes)
{
    struct span lines = span_trim(span_of(text, bytes));
    struct span line;
    bool first = true;

    while (span_next_line(&lines, &line)) {
        line = folded_trim(line);
        if (line.length == 0)
            continue;
        if (first || (line.length > 2 && span_starts_with(line, "- ")))
            count_first_line(l, line.data, line.length, lines.length == 0);
        else
            count_later_line(l, line.data, line.length, lines.length == 0);
        first = false;
        l->ended = caption_labels_end_sentence(line);
    }
}

/* `1 "Mara Dell" (1234567)`: a number, a name in quotation marks, a number of the speaker. */
static size_t clean_id(const char **id, size_t bytes, bool *quoted)
{
    const char *s = *id;
    size_t at = 0;

    *quoted = false;
    bytes = emit_trim(&s, bytes);
    while (at < bytes && isdigit((unsigned char)s[at]))
        at++;
    if (at > 0 && at < bytes && (s[at] == ' ' || s[at] == '.' || s[at] == ')')) {
        s += at + 1;
        bytes = emit_trim(&s, bytes - at - 1);
    }
    if (bytes > 2 && s[bytes - 1] == ')') {
        const char *open = memrchr(s, '(', bytes);
        size_t digits = 0;

        while (open != NULL && open + 1 + digits < s + bytes - 1 &&
               isdigit((unsigned char)open[1 + digits]))
            digits++;
        if (open != NULL && open > s && digits > 0 && open + 1 + digits == s + bytes - 1)
            bytes = emit_trim(&s, (size_t)(open - s));
    }
    if (bytes > 2 && s[0] == '"' && s[bytes - 1] == '"') {
        *quoted = true;
        s++;
        bytes = emit_trim(&s, bytes - 2);
    }
    *id = s;
    return bytes;
}

/* An identifier of digits, or of hexadecimal digits and signs, is not a name. */
static bool may_be_name_id(const char *s, size_t bytes)
{
    bool letter = false;
    bool digit = false;
    size_t i;

    if (bytes == 0 || bytes > LABEL_BYTES_MAX)
        return false;
    for (i = 0; i < bytes; i++) {
        bool alpha = isalpha((unsigned char)s[i]) != 0;

        if ((unsigned char)s[i] >= 0x80 || (alpha && !isxdigit((unsigned char)s[i])))
            return true;
        letter |= alpha;
        digit |= isdigit((unsigned char)s[i]) != 0;
    }
    return letter && !digit;
}

void caption_labels_count_id(struct caption_labels *l, const char *id, size_t bytes)
{
    bool quoted;

    bytes = clean_id(&id, bytes, &quoted);
    l->with_id++;
    l->quoted_ids += quoted;
    if (may_be_name_id(id, bytes))
        count_name(l, FORM_ID, id, bytes);
}

/* Whether at least `least` cues, and at least `part` of `whole`-ths of all, have a recurring
 * label in this form. */
static bool recurs(const struct caption_labels *l, int form, size_t least, size_t part,
                   size_t whole)
{
    return l->repeated[form] >= least && l->repeated[form] * whole >= l->cues * part;
}

static size_t times_met(const struct entry *entry)
{
    return entry->at[PLACE_FIRST][PLACE_OPEN] + entry->at[PLACE_FIRST][PLACE_WITHIN] +
           entry->at[PLACE_LATER][PLACE_OPEN] + entry->at[PLACE_LATER][PLACE_WITHIN];
}

/* Whether labels follow the ends of sentences: judged by the names that recur, or else by how
 * many lines end a sentence at all. */
static bool is_punctuated(const struct caption_labels *l)
{
    enum { ENOUGH_NAMES = 4, ENOUGH_LINES = 12 };
    size_t open = l->lines[PLACE_FIRST][PLACE_OPEN] + l->lines[PLACE_LATER][PLACE_OPEN];
    size_t within = l->lines[PLACE_FIRST][PLACE_WITHIN] + l->lines[PLACE_LATER][PLACE_WITHIN];
    size_t met = 0;
    size_t met_within = 0;
    const struct entry *entry;

    for (entry = l->names; entry != NULL; entry = entry->hh.next) {
        if (*entry->key != 'a' + LABEL_COLON || entry->count == 0 || times_met(entry) < 2)
            continue;
        met += times_met(entry);
        met_within += entry->at[PLACE_FIRST][PLACE_WITHIN] +
                      entry->at[PLACE_LATER][PLACE_WITHIN];
    }
    if (met >= ENOUGH_NAMES)
        return met_within * 10 <= met * 3;
    return open + within >= ENOUGH_LINES && open * 6 >= open + within;
}

/* A label that only occurs within sentences does not begin a turn. */
static void discount_within(struct caption_labels *l)
{
    struct entry *entry;

    l->found[LABEL_COLON] = l->repeated[LABEL_COLON] = l->distinct[LABEL_COLON] = 0;
    for (entry = l->names; entry != NULL; entry = entry->hh.next) {
        if (*entry->key != 'a' + LABEL_COLON)
            continue;
        if (entry->at[PLACE_FIRST][PLACE_OPEN] + entry->at[PLACE_LATER][PLACE_OPEN] == 0)
            entry->count = 0;
        l->found[LABEL_COLON] += entry->count;
        l->distinct[LABEL_COLON] += entry->count > 0;
        l->repeated[LABEL_COLON] += entry->count >= 2 ? entry->count : 0;
    }
}

/* Whether names that occur once are more than line breaks would produce by chance. Lines where
 * nobody can begin show how often a line begins with words before a colon. */
static bool trusts_once(const struct caption_labels *l)
{
    size_t lines_good, lines_bad;
    size_t good = 0;
    size_t bad = 0;
    const struct entry *entry;

    for (entry = l->names; entry != NULL; entry = entry->hh.next) {
        bool within;

        if (*entry->key != 'a' + LABEL_COLON || times_met(entry) != 1 ||
            speaker_prefix_shape(entry->key + 1, strlen(entry->key) - 1) != NAME_STRONG)
            continue;
        within = entry->at[PLACE_LATER][PLACE_WITHIN] > 0 ||
                 (l->punctuated && entry->at[PLACE_FIRST][PLACE_WITHIN] > 0);
        good += !within;
        bad += within;
    }
    lines_good = l->lines[PLACE_FIRST][PLACE_OPEN] + l->lines[PLACE_LATER][PLACE_OPEN];
    lines_bad = l->lines[PLACE_LATER][PLACE_WITHIN];
    *(l->punctuated ? &lines_bad : &lines_good) += l->lines[PLACE_FIRST][PLACE_WITHIN];
    return bad == 0 || good * lines_bad > 2 * bad * lines_good;
}

/* Whether ">>" is before the names: a single line without it that seems to have a name
 * ("I WILL BE BRIEF: …") has none. */
static bool are_marked(const struct caption_labels *l)
{
    enum { MARKED_MIN = 2 };
    size_t marked = 0;
    size_t bare = 0;
    const struct entry *entry;

    for (entry = l->names; entry != NULL; entry = entry->hh.next) {
        if (*entry->key != 'a' + LABEL_COLON)
            continue;
        marked += entry->marked;
        bare += entry->marked == 0 ? entry->count : 0;
    }
    return marked >= MARKED_MIN && marked >= bare;
}

bool caption_labels_mark_turns(const struct caption_labels *l)
{
    const struct entry *entry;
    size_t voices = 0; /* names that recur */

    for (entry = l->names; entry != NULL; entry = entry->hh.next)
        voices += *entry->key == 'a' + LABEL_COLON && entry->count >= 2;
    return (l->opening != NULL && l->opening->count >= 2) || l->capitals >= 2 ||
           (voices >= 2 && l->repeated[LABEL_COLON] * 2 >= l->found[LABEL_COLON]) ||
           ((voices != 1 || l->opens) && l->same_again * 4 <= l->found[LABEL_COLON]) ||
           l->full_names == l->found[LABEL_COLON] || l->shaped * 4 >= l->cues * 3;
}

void caption_labels_settle(struct caption_labels *l)
{
    int form;

    l->punctuated = is_punctuated(l);
    if (l->punctuated)
        discount_within(l);
    l->trusts_once = trusts_once(l);
    l->marked = are_marked(l);
    /* If nearly every cue has one, fewer must recur. */
    l->uses[LABEL_COLON] = (recurs(l, LABEL_COLON, 3, 1, 5) && caption_labels_mark_turns(l)) ||
                           (l->repeated[LABEL_COLON] >= 2 &&
                            l->found[LABEL_COLON] * 4 >= l->cues * 3);
    for (form = LABEL_SQUARE; form <= LABEL_ROUND_LINE; form++)
        l->uses[form] = recurs(l, form, 2, 1, 2);
    for (form = LABEL_LINE; form <= LABEL_DASH; form++)
        l->uses[form] = recurs(l, form, 4, 4, 5) &&
                        l->distinct[form] * 2 <= l->repeated[form] && !l->uses[LABEL_COLON];
    if (l->lines_expected)
        l->uses[LABEL_LINE] = l->cues > 0 && l->found[LABEL_LINE] * 10 >= l->cues * 9 &&
                              (l->repeated[LABEL_LINE] * 2 >= l->found[LABEL_LINE] ||
                               l->shaped_lines == l->found[LABEL_LINE]);
    l->uses[FORM_ID] = recurs(l, FORM_ID, 2, 1, 2) &&
                       (l->distinct[FORM_ID] >= 2 || l->quoted_ids * 2 >= l->with_id);
    if (l->quoted_ids >= 2 && l->quoted_ids * 2 >= l->cues)
        l->uses[FORM_ID] = true;
    for (form = 0; form < FORMS; form++) {
        l->every[form] = l->uses[form] && l->found[form] * 4 >= l->cues * 3;
        l->any |= form < LABEL_FORMS && l->uses[form];
    }
}

bool caption_labels_any(const struct caption_labels *l)
{
    return l->any;
}

bool caption_labels_by_colon(const struct caption_labels *l)
{
    return l->uses[LABEL_COLON];
}

/* Text in brackets may also be a sound; sounds are in lower case and without digits. */
static bool is_bracket_name(const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (isdigit((unsigned char)s[i]) || s[i] == '_')
            return true;
    }
    return bytes > 0 && !islower((unsigned char)*s);
}

/* "(narrator)" above the words of a quarter of the cues is no sound. */
static bool is_main_voice(const struct caption_labels *l, enum caption_label_form form,
                          size_t count)
{
    bool own_line = form == LABEL_SQUARE_LINE || form == LABEL_ROUND_LINE;

    return own_line && l->every[form] && count >= 2 && count * 4 >= l->cues;
}

/* A label without words after it, in a file whose labels have words: "I read it out:". */
static bool lacks_words(const struct caption_labels *l, const struct entry *entry)
{
    return l->with_words * 4 > l->found[LABEL_COLON] * 3 &&
           (entry == NULL || entry->with_words == 0);
}

bool caption_labels_may_begin(struct caption_labels *l, const char *name, size_t bytes,
                              struct caption_line line)
{
    struct entry *entry;

    if (bytes == 0 || bytes > LABEL_BYTES_MAX)
        return line.open;
    entry = find_entry(l, LABEL_COLON, name, bytes);
    if ((line.bare && lacks_words(l, entry)) ||
        (l->marked && !line.marked && (entry == NULL || entry->count < 2)))
        return false;
    if (!line.open && l->punctuated)
        return entry != NULL &&
               entry->at[PLACE_FIRST][PLACE_OPEN] + entry->at[PLACE_LATER][PLACE_OPEN] > 0;
    if (!line.open && !line.first &&
        (entry == NULL || (entry->count == 0 && times_met(entry) < 2)))
        return false;
    return l->trusts_once || (entry != NULL && times_met(entry) >= 2) ||
           vocabulary_has_title(span_of(name, bytes));
}

/* Whether a label is valid in a form that the file uses. */
static bool is_taken(struct caption_labels *l, enum caption_label_form form,
                     const struct caption_label *label, struct caption_line line)
{
    const struct entry *entry = find_entry(l, form, label->name, label->bytes);
    size_t count = entry != NULL ? entry->count : 0;
    bool first = line.first;
    enum name_shape shape;

    if (form >= LABEL_SQUARE && form <= LABEL_ROUND_LINE)
        return (is_bracket_name(label->name, label->bytes) || is_main_voice(l, form, count)) &&
               (count > 0 || l->every[form]);
    if (form == LABEL_COLON && line.bare && lacks_words(l, entry))
        return false;
    if (form == LABEL_COLON && !(first && l->every[form] && !l->marked) &&
        !caption_labels_may_begin(l, label->name, label->bytes, line))
        return false;
    if (count >= 2)
        return true;
    if (form != LABEL_COLON)
        return l->every[form] && first && count_words(label->name, label->bytes) <= 4;
    shape = speaker_prefix_shape(label->name, label->bytes);
    if (shape == NAME_STRONG || (shape == NAME_WEAK && (first || count > 0)))
        return true;
    return first && l->every[form];
}

bool caption_labels_take(struct caption_labels *l, const char *text, size_t bytes,
                         struct caption_line line, struct caption_label *label)
{
    size_t marks = skip_marks(text, bytes);
    int form;

    if (marks >= bytes)
        return false;
    line.open |= marks > 0;
    line.marked = has_voice_mark(text, marks);
    for (form = LABEL_FORMS - 1; form >= 0; form--) {
        if (!l->uses[form] || !find_label((enum caption_label_form)form, text + marks,
                                          bytes - marks, line.last, label))
            continue;
        line.bare = label->text_byte + marks >= bytes;
        if (!is_taken(l, (enum caption_label_form)form, label, line))
            continue;
        label->text_byte += marks;
        return true;
    }
    return false;
}

bool caption_labels_take_id(const struct caption_labels *l, const char *id, size_t bytes,
                            const char **name, size_t *name_bytes)
{
    bool quoted;

    if (!l->uses[FORM_ID] || bytes == 0)
        return false;
    *name = id;
    *name_bytes = clean_id(name, bytes, &quoted);
    return may_be_name_id(*name, *name_bytes);
}
