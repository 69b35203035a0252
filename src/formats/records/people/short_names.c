/* People whose names are printed in full once, and short afterwards. */
#include "formats/records/people/short_names.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* A full name is met so often at most, and a short one in brackets has so many bytes. */
enum { LAST_NAME_MIN = 3, SHORT_NAME_MAX = 24 }; /* bytes */
enum { FULL_TURNS_MAX = 2, SHORT_BYTES_MAX = 8, NAME_WORDS_MAX = 3, NAMES_MAX = 200 };
/* A family name alone has fewer letters than OFFICE_LETTERS_MIN. */
enum { NAME_LETTERS_MIN = 2, NAME_LETTERS_MAX = 4, OFFICE_LETTERS_MIN = 4 };

/* The label that the brackets of a candidate hold: "PV" of "Peter Vale (PV)". */
static uint32_t label_in_brackets(const struct survey *s, const struct survey_candidate *c)
{
    struct span role = span_of(s->blocks[c->block].text.data + c->role_byte,
                               c->role_end - c->role_byte);
    struct buffer key = {0};
    struct folded f;
    uint32_t label;

    if (role.length == 0 || role.length > SHORT_BYTES_MAX)
        return SURVEY_NONE;
    folded_front(&f, role, 0);
    label_key(&f, (struct label_place){0, f.count}, &key);
    label = survey_find_label(s, span_of(buffer_string(&key), key.bytes));
    buffer_release(&key);
    return label;
}

/* Whether a label is two or three words that begin with capitals, none of them an office. */
static bool is_full_name(struct span label)
{
    size_t words = 0;

    if (vocabulary_has_title(label) || vocabulary_is_addressed(label))
        return false;
    while (label.length > 0) {
        struct span word = span_take_until(&label, ' ');
        uint32_t cp;

        if (word.length == 0)
            continue;
        utf8_decode(word.data, word.length, &cp);
        if (!folded_is_upper(cp) || word.length < 3)
            return false;
        words++;
    }
    return words >= 2 && words <= NAME_WORDS_MAX;
}

/* Whether a word is the first or the last one of a name. */
static bool is_part_of(struct span word, struct span name)
{
    return name.length > word.length + 1 &&
           ((strncasecmp(name.data, word.data, word.length) == 0 &&
             name.data[word.length] == ' ') ||
            (strncasecmp(name.data + name.length - word.length, word.data, word.length) == 0 &&
             name.data[name.length - word.length - 1] == ' '));
}

/* Labels of those who speak, and the block in which each is met first. */
struct names {
    uint32_t labels[NAMES_MAX];
    size_t count;
    uint32_t *firsts; /* owned, by label */
};

/* The one full name above it of which a label is a part; SURVEY_NONE for none, or several. */
static uint32_t full_name_of(const struct survey *s, const struct choice *choice,
                             const struct names *names, uint32_t label)
{
    struct span word = s->labels[label].whole;
    uint32_t found = SURVEY_NONE;
    size_t k;

    if (word.length < 3 || span_find(word, ' ') < word.length || choice->counts[label] < 2 ||
        s->labels[label].mark != LABEL_OF_NONE || vocabulary_has_title(word))
        return SURVEY_NONE;
    for (k = 0; k < names->count; k++) {
        uint32_t full = names->labels[k];

        if (!is_part_of(word, s->labels[full].whole))
            continue;
        if (found != SURVEY_NONE || choice->counts[full] > FULL_TURNS_MAX ||
            names->firsts[full] > names->firsts[label] || !is_full_name(s->labels[full].whole))
            return SURVEY_NONE;
        found = full;
    }
    return found;
}

/* The name of a label, as it is met first, without its role. */
static struct span name_of(const struct survey *s, const struct choice *choice,
                           const struct names *names, uint32_t label)
{
    const struct survey_candidate *c = &s->candidates[choice->begins[names->firsts[label]]];

    return span_of(s->blocks[c->block].text.data + c->name_byte, c->name_end - c->name_byte);
}

/* "C. S.", "H.K.", "WP": the first letters of a name's words, in order and no other. */
static bool are_initials(struct span label, struct span name)
{
    size_t letters = 0;

    while (name.length > 0) {
        struct span word = span_take_until(&name, ' ');
        uint32_t cp = 0, letter = 0;
        size_t used;

        if (word.length == 0)
            continue;
        utf8_decode(word.data, word.length, &cp);
        while (label.length > 0 && (*label.data == '.' || *label.data == ' '))
            label = span_skip(label, 1);
        used = label.length > 0 ? utf8_decode(label.data, label.length, &letter) : 0;
        if (used == 0 || letter != cp || !folded_is_upper(cp))
            return false;
        label = span_skip(label, used);
        letters++;
    }
    while (label.length > 0 && (*label.data == '.' || *label.data == ' '))
        label = span_skip(label, 1);
    return letters >= 2 && label.length == 0;
}

/* "Mr. Birch", "MS HOLT": the last name behind a form of address; empty for another label. */
static struct span name_behind_address(struct span label)
{
    static const char *const forms[] = {"mr",   "mrs",  "ms",    "miss",   "dr",
                                        "m",    "mme",  "sr",    "sra",    "herr",
                                        "frau", "mlle", "señor", "señora", NULL};
    struct span rest = label;
    struct span form = span_take_until(&rest, ' ');

    while (form.length > 0 && form.data[form.length - 1] == '.')
        form.length--;
    if (span_is_any_case(form, forms) && span_find(rest, ' ') == rest.length &&
        rest.length >= LAST_NAME_MIN)
        return rest;
    return span_of(label.data, 0);
}

/* The one name above, printed in full once or twice, of which a label has the initials or the
 * last name behind a form of address; SURVEY_NONE for none, or several. */
static uint32_t formal_name_of(const struct survey *s, const struct choice *choice,
                               const struct names *names, uint32_t label)
{
    struct span whole = s->labels[label].whole;
    struct span last = name_behind_address(whole);
    uint32_t found = SURVEY_NONE;
    size_t k;

    if (whole.length > SHORT_NAME_MAX || s->labels[label].mark != LABEL_OF_NONE)
        return SURVEY_NONE;
    for (k = 0; k < names->count; k++) {
        uint32_t full = names->labels[k];
        struct span name = name_of(s, choice, names, full);

        if (full == label || name_behind_address(s->labels[full].whole).length > 0 ||
            span_find(name, ' ') == name.length)
            continue;
        if (last.length > 0 ? !(name.length > last.length && is_part_of(last, name) &&
                                strncasecmp(name.data + name.length - last.length, last.data,
                                            last.length) == 0)
                            : !are_initials(whole, name))
            continue;
        if (found != SURVEY_NONE || choice->counts[full] > FULL_TURNS_MAX ||
            names->firsts[full] > names->firsts[label])
            return SURVEY_NONE;
        found = full;
    }
    return found;
}

/* False: there are so many speakers that their names are told apart in full anyway. */
static bool gather_names(const struct survey *s, const struct choice *choice,
                         struct names *names)
{
    size_t i;

    for (i = 0; i < s->label_count; i++)
        names->firsts[i] = SURVEY_NONE;
    for (i = 0; i < s->block_count; i++) {
        uint32_t begin = choice->begins[i];
        uint32_t label = begin != SURVEY_NONE ? s->candidates[begin].label : SURVEY_NONE;

        if (label == SURVEY_NONE || names->firsts[label] != SURVEY_NONE)
            continue;
        if (names->count == NAMES_MAX)
            return false;
        names->firsts[label] = (uint32_t)i;
        names->labels[names->count++] = label;
    }
    return true;
}

/* Two parts of a label, with one blank between them. */
static bool split_in_two(struct span label, struct span *front, struct span *back)
{
    static const char *const blanks[] = {" ", "\xE3\x80\x80"};
    size_t i;

    for (i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        const char *blank = memmem(label.data, label.length, blanks[i], strlen(blanks[i]));

        if (blank == NULL)
            continue;
        *front = folded_trim(span_of(label.data, (size_t)(blank - label.data)));
        *back = folded_trim(span_skip(label, front->length + strlen(blanks[i])));
        return front->length > 0 && back->length > 0 && span_find(*back, ' ') == back->length &&
               !span_contains(*back, "\xE3\x80\x80");
    }
    return false;
}

/* Number of letters of a text in Han characters and, unless `han`, kana; 0 for another. */
static size_t count_letters(struct span text, bool han)
{
    size_t letters = 0;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        if (!folded_is_kana_or_han(cp) || (han && cp >= 0x3040 && cp <= 0x30FF))
            return 0;
        letters++;
    }
    return letters;
}

bool short_names_are_office_and_name(struct span office, struct span name)
{
    size_t letters = count_letters(name, true);

    return letters >= NAME_LETTERS_MIN && letters <= NAME_LETTERS_MAX &&
           count_letters(office, false) >= OFFICE_LETTERS_MIN && !vocabulary_has_title(name);
}

static uint32_t label_named(const struct survey *s, const struct choice *choice,
                            struct span name)
{
    struct buffer key = {0};
    struct folded f;
    uint32_t label;

    folded_front(&f, name, 0);
    label_key(&f, (struct label_place){0, f.count}, &key);
    label = survey_find_label(s, span_of(buffer_string(&key), key.bytes));
    buffer_release(&key);
    return label != SURVEY_NONE && choice->counts[label] > 0 &&
                   s->labels[label].mark == LABEL_OF_NONE
               ? label
               : SURVEY_NONE;
}

/* 财务总监 苗可 and 苗可: a label with an office beside a name that is a label too is of the
 * same person, whichever comes first. */
static void split_off_office(struct survey *s, const struct choice *choice,
                             struct survey_candidate *c)
{
    struct span text = s->blocks[c->block].text;
    struct span label = span_of(text.data + c->name_byte, c->name_end - c->name_byte);
    struct span office, name, both;
    uint32_t person = SURVEY_NONE;

    if (c->label == SURVEY_NONE || c->role_end > c->role_byte ||
        s->labels[c->label].mark != LABEL_OF_NONE || !split_in_two(label, &office, &name))
        return;
    both = name;
    if (!short_names_are_office_and_name(office, name)) {
        name = office;
        office = both;
    }
    if (short_names_are_office_and_name(office, name))
        person = label_named(s, choice, name);
    if (person == SURVEY_NONE)
        return;
    c->label = person;
    c->name_byte = (size_t)(name.data - text.data);
    c->name_end = c->name_byte + name.length;
    c->role_byte = (size_t)(office.data - text.data);
    c->role_end = c->role_byte + office.length;
}

void short_names_find(struct survey *s, const struct choice *choice)
{
    struct names names = {.count = 0};
    size_t i, k;

    for (i = 0; i < s->block_count; i++)
        if (choice->begins[i] != SURVEY_NONE)
            split_off_office(s, choice, &s->candidates[choice->begins[i]]);
    names.firsts = memory_alloc((s->label_count + 1) * sizeof *names.firsts);
    if (choice->timed || !gather_names(s, choice, &names)) {
        free(names.firsts);
        return;
    }
    for (k = 0; k < names.count; k++) {
        struct survey_label *label = &s->labels[names.labels[k]];

        label->person = full_name_of(s, choice, &names, names.labels[k]);
        if (label->person == SURVEY_NONE)
            label->person = formal_name_of(s, choice, &names, names.labels[k]);
    }
    for (k = 0; k < names.count; k++) {
        uint32_t full = names.labels[k];
        uint32_t label = label_in_brackets(s,
                                           &s->candidates[choice->begins[names.firsts[full]]]);

        if (label != SURVEY_NONE && label != full && choice->counts[label] > 0 &&
            names.firsts[label] != SURVEY_NONE && names.firsts[label] > names.firsts[full])
            s->labels[label].person = full;
    }
    free(names.firsts);
}
