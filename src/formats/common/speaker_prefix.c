/* Names before a colon. Their shape is judged by their words alone, in any script; whether one
 * is accepted depends on how often such names occur in the first lines. Invariant: repeated is
 * the sum of the counts of all names that occurred more than once. */
#include "formats/common/speaker_prefix.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Running out of memory ends the program, as everywhere. */
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

#include "formats/common/emit.h"
#include "shilu/base/bytes.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

enum { NAMES_KEPT = 4096, WORDS_MAX = 6, WORDS_WITH_OFFICE = 9 };

/* If so many names occur and none recurs, they are not names. */
enum { NAMES_ONCE = 12 };
enum { PARTICLE_BYTES = 4, SENTENCE_WORD_BYTES = 8 }; /* length of the longest ones below */

struct name_count {
    char *name;   /* owned */
    size_t count; /* in the first lines */
    size_t taken; /* how often accepted as words before a colon */
    UT_hash_handle hh;
};

struct name_prefixes {
    struct name_count *names; /* owned */
    size_t lines;
    size_t prefixed; /* lines with a prefix other than a lower-case word */
    size_t repeated;
    size_t marked;
    size_t addressed;  /* "Mr. Lacroix", "The President" */
    size_t capitals;   /* lines with a name in capitals */
    size_t same_again; /* prefixed lines whose predecessor has the same name */
    struct name_count *before;
};

/* Lower-case letters of Latin, Greek and Cyrillic: sentences start and continue with these,
 * names do not. */
static bool is_lower(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'a' && cp <= 'z';
    if (cp < 0x100)
        return cp >= 0xDF && cp != 0xF7;
    if (cp < 0x180)
        return (cp & 1) != 0;
    return (cp >= 0x3AC && cp <= 0x3CE) || (cp >= 0x430 && cp <= 0x45F);
}

static bool is_particle(const char *word, size_t bytes)
{
    static const char *const particles[] = {
        "of",  "the", "and", "for", "de",  "da",   "do",   "dos", "del", "der",
        "den", "di",  "van", "von", "la",  "le",   "du",   "el",  "al",  "bin",
        "ibn", "y",   "e",   "und", "to",  "in",   "zu",   "et",  "ben", "af",
        "til", "ter", "ten", "des", "für", "pour", "para", NULL};

    if (bytes > PARTICLE_BYTES)
        return false;
    return span_is_any(span_of(word, bytes), particles);
}

/* Marks of sentences, quotations and code. */
static bool is_forbidden(uint32_t cp)
{
    static const char signs[128] = {
        ['!'] = 1, ['?'] = 1, [';'] = 1, ['"'] = 1,  ['<'] = 1, ['>'] = 1, ['='] = 1,
        ['{'] = 1, ['}'] = 1, ['|'] = 1, ['\\'] = 1, ['~'] = 1, ['*'] = 1, ['`'] = 1,
        [':'] = 1, ['%'] = 1, ['$'] = 1, ['^'] = 1,  ['+'] = 1};
    static const uint32_t wide[] = {0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0xFF0C, 0x2026, 0x201C,
                                    0x201D, 0x300C, 0x300D, 0x300A, 0x300B, 0x2192, 0xFF1A};
    size_t i;

    if (cp < 0x80)
        return cp < 0x20 || signs[cp] != 0;
    if (cp >= 0x3040 && cp < 0xFF00) /* kana, Han, Hangul */
        return false;
    for (i = 0; i < sizeof wide / sizeof wide[0]; i++)
        if (wide[i] == cp)
            return true;
    return false;
}

/* Characters in or at the end of a Chinese or Japanese clause before a colon that names do not
 * have. */
static bool is_clause_character(uint32_t cp, bool last)
{
    static const uint32_t inside[] = {0x7684, 0x4E86, 0x662F, 0x8AAA, 0x8BF4, 0x306F, 0x3092};
    static const uint32_t ending[] = {0x9053, 0x66F0, 0x7A31, 0x79F0, 0x793A,
                                      0x51FA, 0x4E0B, 0x5982, 0x554F, 0x95EE,
                                      0x7B54, 0x7232, 0x4E3A, 0x4F8B, 0x6CE8};
    size_t i;

    for (i = 0; i < sizeof inside / sizeof inside[0]; i++)
        if (inside[i] == cp)
            return true;
    for (i = 0; last && i < sizeof ending / sizeof ending[0]; i++)
        if (ending[i] == cp)
            return true;
    return false;
}

/* Words that occur in sentences but not in names, even if everything is in capitals. */
static bool is_of_a_sentence(const char *word, size_t bytes)
{
    static const char *const words[] = {
        "i",       "you",      "he",      "she",  "it",    "we",   "they",  "this",
        "that",    "is",       "are",     "was",  "were",  "said", "says",  "asked",
        "has",     "have",     "had",     "will", "what",  "here", "there", "note",
        "example", "remember", "warning", "http", "https", NULL};

    if (bytes > SENTENCE_WORD_BYTES)
        return false;
    return span_is_any_case(span_of(word, bytes), words);
}

/* Properties of the words of a text. */
struct survey {
    int words;
    int commas;
    bool lower; /* a word starts in lower case and is not a particle */
    bool east_asian;
    bool ideographic; /* … and not only hiragana */
    bool numbered;
    bool capitals; /* Latin letters, all of them capitals */
    bool bad;
};

/* Broadcasters introduce speakers in capitals: "DON LEMON, CNN HOST". */
enum { CAPITAL_COLUMNS = 90, CAPITAL_WORDS = 14, CAPITAL_COMMAS = 3 };

static bool is_long_abbreviation(const char *word, size_t bytes)
{
    static const char *const titles[] = {"Prof.", "Capt.",   "Insp.",  "Supt.", "Lieut.",
                                         "Brig.", "Messrs.", "Assoc.", NULL};

    return span_is_any_case(span_of(word, bytes), titles);
}

static void survey_word(struct survey *v, const char *word, size_t bytes)
{
    uint32_t cp;

    v->words++;
    while (bytes > 1 && (*word == '(' || *word == '[' || *word == '\'')) {
        word++;
        bytes--;
    }
    utf8_decode(word, bytes, &cp);
    if (is_lower(cp) && !(v->words > 1 && is_particle(word, bytes)))
        v->lower = true;
    if (is_of_a_sentence(word, bytes))
        v->bad = true;
    if (bytes > 4 && word[bytes - 1] == '.' && !is_long_abbreviation(word, bytes))
        v->bad = true; /* end of a sentence */
    if (memchr(word, '/', bytes) != NULL && memmem(word, bytes, "//", 2) != NULL)
        v->bad = true;
}

static void survey_character(struct survey *v, uint32_t cp, bool last)
{
    if (is_forbidden(cp))
        v->bad = true;
    v->commas += cp == ',';
    v->numbered |= (cp < 0x80 && isdigit((int)cp)) || cp == '_';
    if (cp < 0x1100 || !char_is_east_asian(cp))
        return;
    v->east_asian = true;
    if (!(cp >= 0x3000 && cp <= 0x309F))
        v->ideographic = true;
    if (is_clause_character(cp, last))
        v->bad = true;
}

bool speaker_prefix_in_capitals(const char *s, size_t bytes)
{
    bool any = false;
    size_t i;

    for (i = 0; i < bytes; i++) {
        if ((unsigned char)s[i] >= 0x80 || islower((unsigned char)s[i]))
            return false;
        any |= isupper((unsigned char)s[i]) != 0;
    }
    return any;
}

static void survey(struct survey *v, const char *s, size_t bytes)
{
    size_t word = 0;
    size_t columns = 0;
    size_t at = 0;

    *v = (struct survey){0};
    while (at < bytes && !v->bad) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);

        survey_character(v, cp, at + used == bytes);
        columns += cp >= 0x1100 && char_is_east_asian(cp) ? 2 : 1;
        if (cp == ' ') {
            if (at > word)
                survey_word(v, s + word, at - word);
            word = at + 1;
        }
        at += used;
    }
    if (at > word)
        survey_word(v, s + word, at - word);
    v->capitals = speaker_prefix_in_capitals(s, bytes);
    if (v->capitals)
        v->bad |= columns > CAPITAL_COLUMNS || v->words > CAPITAL_WORDS ||
                  v->commas > CAPITAL_COMMAS;
    else
        v->bad |= columns > SPEAKER_PREFIX_COLUMNS || v->commas > 1 ||
                  v->words > (v->commas > 0 ? WORDS_WITH_OFFICE : WORDS_MAX);
}

/* "说话人1": the word for an unidentified speaker contains the verb "say". */
static void skip_speaker_word(const char **name, size_t *bytes)
{
    static const char *const words[] = {"说话人", "說話人", "說話者"};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        size_t used = strlen(words[i]);

        if (*bytes > used && memcmp(*name, words[i], used) == 0) {
            *name += used - strlen("人");
            *bytes -= used - strlen("人");
        }
    }
}

/* Words for the roles in questions and answers, although they are verbs too. */
static bool is_part_word(const char *name, size_t bytes)
{
    static const char *const words[] = {"问", "問", "答", "追问", "追問", "提问", "提問", NULL};

    return span_is_any(span_of(name, bytes), words);
}

/* A label without what brackets add: "Mrs. Craft (spoke in French)". */
static size_t without_bracket(const char *name, size_t bytes)
{
    const char *open = bytes > 0 && name[bytes - 1] == ')' ? memrchr(name, '(', bytes) : NULL;

    while (open != NULL && open > name + 1 && open[-1] == ' ')
        open--;
    return open != NULL && open > name + 1 ? (size_t)(open - name) : bytes;
}

enum name_shape speaker_prefix_shape(const char *name, size_t bytes)
{
    struct survey v;

    bytes = emit_trim(&name, bytes);
    if (is_part_word(name, bytes))
        return NAME_STRONG;
    skip_speaker_word(&name, &bytes);
    bytes = without_bracket(name, bytes);
    if (bytes == 0 || bytes > 4 * SPEAKER_PREFIX_COLUMNS || isdigit((unsigned char)*name) ||
        (ispunct((unsigned char)*name) && *name != '('))
        return NAME_NOT;
    survey(&v, name, bytes);
    if (v.bad || (v.lower && v.words > 1 && !v.numbered))
        return NAME_NOT;
    if (v.east_asian)
        return v.ideographic ? NAME_STRONG : NAME_WEAK;
    return v.words > 1 || v.numbered ? NAME_STRONG : NAME_WEAK;
}

/* Whether what is before the colon is a letter of East Asia, after which no blank is needed. */
static bool is_wide_before(const char *s, size_t colon)
{
    size_t at = colon > 0 ? utf8_floor(s, colon, colon - 1) : 0;
    uint32_t cp = 0;

    if (colon > 0)
        utf8_decode(s + at, colon - at, &cp);
    return cp >= 0x2E80;
}

/* The colon that ends a name: its position and its length; 0 for none. */
static size_t find_colon(const char *s, size_t bytes, size_t *colon_bytes)
{
    static const char wide[] = "\xEF\xBC\x9A"; /* ： */
    enum { AT_MAX = 4 * SPEAKER_PREFIX_COLUMNS, WIDE = sizeof wide - 1 };
    size_t at = bytes <= AT_MAX ? bytes : AT_MAX + 1; /* where the search ends */
    const char *found;
    size_t end;

    if ((found = memchr(s, '\n', at)) != NULL)
        at = (size_t)(found - s);
    end = at;
    if ((found = memchr(s, ':', at)) != NULL)
        at = (size_t)(found - s);
    found = bytes_find_sign(s, at + WIDE - 1 < bytes ? at + WIDE - 1 : bytes, wide);
    if (found != NULL) {
        *colon_bytes = WIDE;
        return (size_t)(found - s);
    }
    *colon_bytes = 1;
    if (at == end)
        return 0;
    if (at + 1 == bytes || s[at + 1] == ' ' || s[at + 1] == '\t')
        return at;
    return is_wide_before(s, at) && !isdigit((unsigned char)s[at + 1]) ? at : 0;
}

static size_t skip_space(const char *s, size_t bytes, size_t at)
{
    while (at < bytes && (s[at] == ' ' || s[at] == '\t' || s[at] == '\n'))
        at++;
    return at;
}

/* The position after a colon at `at`, or `at` if there is none. */
static size_t skip_colon(const char *s, size_t bytes, size_t at)
{
    if (at < bytes && s[at] == ':')
        return at + 1;
    if (bytes - at >= 3 && memcmp(s + at, "\xEF\xBC\x9A", 3) == 0)
        return at + 3;
    return at;
}

/* "[SPEAKER_00]: ", "(speaker 0) ". */
static bool find_bracketed(const char *line, size_t bytes, size_t at, struct speaker_prefix *p)
{
    bool round = line[at] == '(';
    size_t most = bytes - at < 160 ? bytes - at : 160;
    const char *close = memchr(line + at, round ? ')' : ']', most);
    size_t after;

    if (close == NULL)
        return false;
    p->name = line + at + 1;
    p->bytes = (size_t)(close - p->name);
    p->shape = NAME_MARKED;
    at = (size_t)(close - line) + 1;
    after = skip_colon(line, bytes, at);
    p->text_byte = skip_space(line, bytes, after);
    if (speaker_prefix_shape(p->name, p->bytes) == NAME_NOT &&
        !(p->bytes > 8 && strncasecmp(p->name, "speaker ", 8) == 0))
        return false;
    return round ? p->bytes > 8 && strncasecmp(p->name, "speaker ", 8) == 0 : after > at;
}

/* Skip what may precede a name: blanks, a dash or bullet, ">>". */
static size_t skip_marks(const char *line, size_t bytes, bool *marked)
{
    size_t at = skip_space(line, bytes, 0);
    size_t start;

    if (at + 1 < bytes && line[at] == '-' && line[at + 1] == ' ')
        at = skip_space(line, bytes, at + 1);
    else if (bytes - at > 4 && memcmp(line + at, "\xE2\x80", 2) == 0 && line[at + 3] == ' ')
        at = skip_space(line, bytes, at + 3);
    start = at;
    while (at < bytes && line[at] == '>')
        at++;
    *marked = at - start >= 2;
    return *marked ? skip_space(line, bytes, at) : start;
}

bool speaker_prefix_may_be_marked(const char *line, size_t bytes)
{
    size_t at = skip_space(line, bytes, 0);

    return at < bytes && (strchr("[(>-", line[at]) != NULL || line[at] == '\xE2');
}

bool speaker_prefix_find(const char *line, size_t bytes, struct speaker_prefix *prefix)
{
    bool marked;
    size_t at = skip_marks(line, bytes, &marked);
    size_t colon, colon_bytes;

    if (at >= bytes)
        return false;
    if (line[at] == '[' || line[at] == '(')
        return find_bracketed(line, bytes, at, prefix);
    colon = find_colon(line + at, bytes - at, &colon_bytes);
    if (colon == 0)
        return false;
    prefix->name = line + at;
    prefix->bytes = emit_trim(&prefix->name, colon);
    prefix->shape = speaker_prefix_shape(prefix->name, prefix->bytes);
    prefix->text_byte = skip_space(line, bytes, at + colon + colon_bytes);
    if (prefix->shape != NAME_NOT && marked)
        prefix->shape = NAME_MARKED;
    return prefix->shape != NAME_NOT;
}

struct name_prefixes *name_prefixes_new(void)
{
    return memory_zalloc(1, sizeof(struct name_prefixes));
}

void name_prefixes_free(struct name_prefixes *n)
{
    struct name_count *entry, *next;

    if (n == NULL)
        return;
    HASH_ITER(hh, n->names, entry, next)
    {
        HASH_DEL(n->names, entry);
        free(entry->name);
        free(entry);
    }
    free(n);
}

/* The counts for a name; NULL if there are so many that they cannot be names. */
static struct name_count *find_name(struct name_prefixes *n, const char *name, size_t bytes)
{
    struct name_count *entry;

    bytes = without_bracket(name, bytes);
    HASH_FIND(hh, n->names, name, bytes, entry);
    if (entry == NULL) {
        if (HASH_COUNT(n->names) >= NAMES_KEPT)
            return NULL;
        entry = memory_zalloc(1, sizeof *entry);
        entry->name = memory_strndup(name, bytes);
        HASH_ADD_KEYPTR(hh, n->names, entry->name, bytes, entry);
    }
    return entry;
}

static bool is_lower_word(const struct speaker_prefix *p)
{
    uint32_t cp;

    utf8_decode(p->name, p->bytes, &cp);
    return p->shape == NAME_WEAK && is_lower(cp);
}

/* How official records name people: rare before a colon otherwise. */
static bool is_addressed(const char *name, size_t bytes)
{
    static const char *const forms[] = {"Mr. ",      "Mrs. ",       "Ms. ",
                                        "Miss ",     "Dr. ",        "The President",
                                        "The Chair", "The Speaker", NULL};

    return span_starts_with_any(span_of(name, bytes), forms);
}

void name_prefixes_count(struct name_prefixes *n, const char *line, size_t bytes)
{
    struct speaker_prefix p;
    struct name_count *entry = NULL;

    n->lines++;
    if (speaker_prefix_find(line, bytes, &p))
        entry = find_name(n, p.name, p.bytes);
    if (entry != NULL) {
        entry->count++;
        n->prefixed += !is_lower_word(&p);
        n->marked += p.shape == NAME_MARKED;
        n->addressed += is_addressed(p.name, p.bytes);
        n->capitals += speaker_prefix_in_capitals(p.name, p.bytes);
        if (entry->count >= 2)
            n->repeated += entry->count == 2 ? 2 : 1;
        n->same_again += entry == n->before;
    }
    n->before = entry;
}

bool name_prefixes_addressed(const struct name_prefixes *n)
{
    return n->addressed >= 3;
}

bool name_prefixes_labelled(const struct name_prefixes *n)
{
    if (n->prefixed >= NAMES_ONCE && n->repeated == 0 && n->marked == 0)
        return false; /* "Event 1: ", "Event 2: ": no one speaks twice */
    if (n->marked >= 2 || name_prefixes_addressed(n) ||
        (n->repeated >= 2 && n->repeated * 50 >= n->lines))
        return true;
    return n->prefixed * 2 >= n->lines && n->lines >= 2 && n->prefixed >= 1;
}

bool name_prefixes_at_change(const struct name_prefixes *n)
{
    return n->prefixed > 0 && n->same_again * 10 < n->prefixed;
}

bool name_prefixes_take(struct name_prefixes *n, const char *line, size_t bytes,
                        struct speaker_prefix *prefix)
{
    struct name_count *entry;

    if (!speaker_prefix_find(line, bytes, prefix))
        return false;
    if (prefix->shape == NAME_MARKED)
        return true;
    if (!name_prefixes_labelled(n))
        return false;
    if (prefix->shape == NAME_STRONG)
        return true;
    entry = find_name(n, prefix->name, prefix->bytes);
    if (entry == NULL)
        return false;
    entry->taken++;
    if (entry->count >= 2 || entry->taken >= 2)
        return true;
    if (n->capitals >= 2 && speaker_prefix_in_capitals(prefix->name, prefix->bytes))
        return true;
    /* "Start: 13.00" states a fact. */
    return n->prefixed * 2 >= n->lines && !is_lower_word(prefix) &&
           !(prefix->text_byte < bytes && isdigit((unsigned char)line[prefix->text_byte]));
}
