/* Search terms. A character becomes up to FOLD_KEY_MAX letters; a letter is its code with its
 * class in the bits above: LETTER_MULTI is in the table for characters with several. */
#include "shilu/text/search_terms.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"
#include "text/fold_table.h"

enum {
    CODE_MASK = 0x1FFFFF,
    LETTER_BREAK = 0,       /* separates words and pairs */
    LETTER_NONE = 1 << 21,  /* is ignored */
    LETTER_WORD = 2 << 21,  /* of a script with spaces */
    LETTER_SOLID = 3 << 21, /* of one without */
    LETTER_LEAD = 4 << 21,  /* an initial Hangul consonant, and the vowel after it, … */
    LETTER_VOWEL = 5 << 21, /* … which together are one letter */
    LETTER_MULTI = 6 << 21,
    KIND_MASK = 7 << 21,
    PLANE = 0x10000
};

enum { VARIANTS_MAX = 256 };

struct search_terms_alphabet {
    uint32_t letters[PLANE];
};

/* ------------------------------------------------------------------------------ letters */

/* The smallest of all characters connected to this one by matching. */
static uint32_t least_variant(uint32_t character)
{
    uint32_t found[VARIANTS_MAX];
    uint32_t least = character;
    size_t count = 1;
    size_t i, k;

    found[0] = character;
    for (i = 0; i < count; i++) {
        uint32_t next[FOLD_SPELLINGS_MAX];
        size_t n = fold_table_variants(found[i], next);

        least = found[i] < least ? found[i] : least;
        while (n-- > 0) {
            for (k = 0; k < count && found[k] != next[n]; k++)
                continue;
            if (k == count && count < VARIANTS_MAX)
                found[count++] = next[n];
        }
    }
    return least;
}

/* Scripts whose words are separated by spaces. */
static bool has_spaces(uint32_t c)
{
    return c < 0x0E00 || (c >= 0x10A0 && c <= 0x10FF) || (c >= 0x1200 && c <= 0x167F) ||
           (c >= 0x1C80 && c <= 0x1CBF) || (c >= 0x1D00 && c <= 0x1FFF) ||
           (c >= 0x2C00 && c <= 0x2DDF) || (c >= 0xA640 && c <= 0xA7FF) ||
           (c >= 0xAB30 && c <= 0xABBF) || (c >= 0xFB00 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFF);
}

static uint32_t letter_of_key(uint32_t key)
{
    enum { FIRST_SYLLABLE = 0xAC00, SYLLABLES = 11172, FINALS = 28 };

    if (key >= FIRST_SYLLABLE && key < FIRST_SYLLABLE + SYLLABLES)
        return LETTER_SOLID | (key - (key - FIRST_SYLLABLE) % FINALS);
    if (key >= 0x1100 && key <= 0x1112)
        return LETTER_LEAD | (key - 0x1100);
    if (key >= 0x1161 && key <= 0x1175)
        return LETTER_VOWEL | (key - 0x1161);
    if (key >= 0x11A8 && key <= 0x11FF)
        return LETTER_NONE;
    if (fold_table_is_white(key))
        return LETTER_BREAK;
    if (uc_is_general_category_withtable(key, UC_CATEGORY_MASK_M))
        return LETTER_NONE;
    if ((key >= 0x1100 && key <= 0x11FF) ||
        !uc_is_general_category_withtable(key, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_N))
        return LETTER_BREAK;
    return has_spaces(key) ? LETTER_WORD | key : LETTER_SOLID | least_variant(key);
}

static size_t letters_of(uint32_t character, uint32_t letters[FOLD_KEY_MAX])
{
    uint32_t keys[FOLD_KEY_MAX];
    size_t count = fold_table_key(character, FOLD_CASELESS, keys);
    size_t i;

    for (i = 0; i < count; i++)
        letters[i] = letter_of_key(keys[i]);
    return count;
}

struct search_terms_alphabet *search_terms_alphabet_new(void)
{
    struct search_terms_alphabet *a = memory_alloc(sizeof *a);
    uint32_t c;

    for (c = 0; c < PLANE; c++) {
        uint32_t letters[FOLD_KEY_MAX];
        size_t count = letters_of(c, letters);

        /* A mark after a letter usually stands for nothing more. */
        while (count > 1 && letters[count - 1] == LETTER_NONE)
            count--;
        a->letters[c] = count == 1 ? letters[0] : LETTER_MULTI;
    }
    return a;
}

void search_terms_alphabet_free(struct search_terms_alphabet *a)
{
    free(a);
}

/* -------------------------------------------------------------------------------- terms */

static uint32_t term_of(uint64_t code)
{
    return (uint32_t)((code * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - TERM_BITS));
}

/* `before` is 0 for a single letter. */
static uint32_t term_of_pair(uint32_t before, uint32_t letter)
{
    return term_of((uint64_t)before << 21 | letter);
}

uint64_t search_terms_word_hash(const char *word, size_t bytes)
{
    uint64_t hash = hash_fnv1a(word, bytes);

    hash ^= hash >> 29;
    return hash != 0 ? hash : 1;
}

uint32_t search_terms_of_word(const char *word, size_t bytes)
{
    return term_of(search_terms_word_hash(word, bytes));
}

void search_terms_init(struct search_terms *t, const struct search_terms_alphabet *a)
{
    *t = (struct search_terms){.alphabet = a};
    t->seen = memory_zalloc(TERM_COUNT / 64, sizeof *t->seen);
}

void search_terms_release(struct search_terms *t)
{
    free(t->terms);
    free(t->seen);
    hash_set_release(&t->word_set);
    buffer_release(&t->words);
}

void search_terms_clear(struct search_terms *t)
{
    size_t i;

    for (i = 0; i < t->count; i++)
        t->seen[t->terms[i] / 64] = 0;
    hash_set_clear(&t->word_set);
    t->count = 0;
    t->is_opaque = false;
    buffer_clear(&t->words);
}

static void add_term(struct search_terms *t, uint32_t term)
{
    uint64_t bit = UINT64_C(1) << term % 64;

    if ((t->seen[term / 64] & bit) != 0)
        return;
    t->seen[term / 64] |= bit;
    MEMORY_RESERVE(t->terms, t->capacity, t->count + 1);
    t->terms[t->count++] = term;
}

static void add_word(struct search_terms *t, const char *word, size_t bytes)
{
    uint64_t hash = search_terms_word_hash(word, bytes);

    if (bytes > TERM_WORD_BYTES_MAX) {
        t->is_opaque = true;
        return;
    }
    if (!hash_set_add(&t->word_set, hash))
        return;
    add_term(t, term_of(hash));
    buffer_append(&t->words, word, bytes);
    buffer_append_char(&t->words, '\n');
}

/* ------------------------------------------------------------------------------- cutting */

/* Splits letters into words and pairs, and calls `word` and `pair` for each. */
struct cutter {
    char word[TERM_WORD_BYTES_MAX + UTF8_MAX_BYTES];
    size_t word_bytes;
    uint32_t before; /* the previous solid letter, or 0 */
    uint32_t lead;   /* an initial consonant waiting for its vowel, or 0 */
    void (*take_word)(struct cutter *c, bool is_end);
    void (*take_letter)(struct cutter *c, uint32_t letter);
    void *context;
};

static void end_word(struct cutter *c, bool is_end)
{
    if (c->word_bytes > 0)
        c->take_word(c, is_end);
    c->word_bytes = 0;
}

static void cut(struct cutter *c, uint32_t letter)
{
    uint32_t kind = letter & KIND_MASK;
    uint32_t code = letter & CODE_MASK;

    if (kind == LETTER_NONE)
        return;
    if (kind == LETTER_WORD) {
        c->before = c->lead = 0;
        if (c->word_bytes <= TERM_WORD_BYTES_MAX) /* otherwise it is already too long */
            c->word_bytes += utf8_encode(code, c->word + c->word_bytes);
        return;
    }
    end_word(c, true);
    if (kind == LETTER_LEAD) {
        c->before = c->lead != 0 ? 0 : c->before;
        c->lead = letter;
        return;
    }
    if (kind == LETTER_VOWEL && c->lead != 0) {
        code = 0xAC00 + ((c->lead & CODE_MASK) * 21 + code) * 28;
        kind = LETTER_SOLID;
        c->lead = 0;
    }
    if (kind != LETTER_SOLID || c->lead != 0)
        c->before = 0;
    c->lead = 0;
    if (kind != LETTER_SOLID)
        return;
    c->take_letter(c, code);
    c->before = code;
}

static void cut_character(struct cutter *c, uint32_t character)
{
    uint32_t letters[FOLD_KEY_MAX];
    size_t count = letters_of(character, letters);
    size_t i;

    for (i = 0; i < count; i++)
        cut(c, letters[i]);
}

static void text_word(struct cutter *c, bool is_end)
{
    (void)is_end;
    add_word(c->context, c->word, c->word_bytes);
}

static void text_letter(struct cutter *c, uint32_t letter)
{
    add_term(c->context, term_of_pair(0, letter));
    if (c->before != 0)
        add_term(c->context, term_of_pair(c->before, letter));
}

void search_terms_add(struct search_terms *t, const char *text, size_t bytes)
{
    struct cutter c = {.take_word = text_word, .take_letter = text_letter, .context = t};
    size_t at = 0;

    while (at < bytes) {
        uint32_t character = (unsigned char)text[at];
        uint32_t letter;

        if (character < 0x80)
            at++;
        else
            at += utf8_decode(text + at, bytes - at, &character);
        letter = character < PLANE ? t->alphabet->letters[character] : LETTER_MULTI;
        if (letter == LETTER_MULTI)
            cut_character(&c, character);
        else
            cut(&c, letter);
    }
    end_word(&c, true);
}

/* -------------------------------------------------------------------------------- wanted */

struct wanting {
    struct search_terms_wants *wants;
    bool begun; /* something precedes, so a word starts there */
};

static struct search_terms_want *add_want(struct search_terms_wants *w)
{
    MEMORY_RESERVE(w->items, w->capacity, w->count + 1);
    w->items[w->count] = (struct search_terms_want){.part = NULL};
    return &w->items[w->count++];
}

static void want_word(struct cutter *c, bool is_end)
{
    struct wanting *w = c->context;
    struct search_terms_want *want;

    if (c->word_bytes > TERM_WORD_BYTES_MAX)
        return;
    want = add_want(w->wants);
    want->is_start = w->begun;
    want->is_end = is_end;
    if (want->is_start && want->is_end)
        want->term = search_terms_of_word(c->word, c->word_bytes);
    else
        want->part = memory_strndup(c->word, c->word_bytes);
}

/* A pair is more specific than its letters, which are needed only if they are alone. */
static void want_letter(struct cutter *c, uint32_t letter)
{
    struct wanting *w = c->context;
    uint32_t term = term_of_pair(c->before, letter);

    if (c->before != 0 && w->wants->count > 0 &&
        w->wants->items[w->wants->count - 1].part == NULL &&
        w->wants->items[w->wants->count - 1].term == term_of_pair(0, c->before))
        w->wants->count--;
    add_want(w->wants)->term = term;
}

void search_terms_wants_add(struct search_terms_wants *wants, const char *literal, size_t bytes)
{
    struct wanting w = {.wants = wants};
    struct cutter c = {.take_word = want_word, .take_letter = want_letter, .context = &w};
    size_t at = 0;

    while (at < bytes) {
        uint32_t letters[FOLD_KEY_MAX];
        uint32_t character;
        size_t count;
        size_t i;

        at += utf8_decode(literal + at, bytes - at, &character);
        count = letters_of(character, letters);
        for (i = 0; i < count; i++) {
            uint32_t kind = letters[i] & KIND_MASK;

            cut(&c, letters[i]);
            w.begun |= kind != LETTER_WORD && kind != LETTER_NONE;
        }
    }
    end_word(&c, false);
}

/* ------------------------------------------------------------------------------ patterns */

/* A pattern read from its start: only what is certain is used. */
struct pattern {
    const char *text;
    size_t bytes;
    size_t at;
    struct buffer literal;
    size_t last; /* where the last character of the literal starts */
};

static void flush_literal(struct pattern *p, struct search_terms_wants *w)
{
    if (p->literal.bytes > 0 && w != NULL)
        search_terms_wants_add(w, p->literal.data, p->literal.bytes);
    buffer_clear(&p->literal);
    p->last = 0;
}

/* Skip a class; a "]" at its start is part of it. */
static void skip_class(struct pattern *p)
{
    p->at++;
    if (p->at < p->bytes && p->text[p->at] == '^')
        p->at++;
    if (p->at < p->bytes && p->text[p->at] == ']')
        p->at++;
    while (p->at < p->bytes && p->text[p->at] != ']') {
        if (p->text[p->at] == '\\')
            p->at++;
        else if (p->text[p->at] == '[' && p->at + 1 < p->bytes && p->text[p->at + 1] == ':')
            while (p->at + 1 < p->bytes && memcmp(p->text + p->at, ":]", 2) != 0)
                p->at++;
        p->at++;
    }
    p->at++;
}

static void skip_group(struct pattern *p)
{
    int depth = 0;

    do {
        char c = p->text[p->at];

        if (c == '[') {
            skip_class(p);
            continue;
        }
        p->at += c == '\\' ? 2 : 1;
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    } while (depth > 0 && p->at < p->bytes);
}

/* A quantifier: what precedes it may be missing or repeated, so the last character is not
 * certain, or is the last one of its run. */
static bool take_quantifier(struct pattern *p, struct search_terms_wants *w)
{
    char c = p->at < p->bytes ? p->text[p->at] : '\0';

    if (c != '*' && c != '?' && c != '+' && c != '{')
        return false;
    if (c != '+') {
        if (p->literal.bytes > 0)
            p->literal.bytes = p->last;
    }
    flush_literal(p, w);
    if (c == '{')
        while (p->at < p->bytes && p->text[p->at] != '}')
            p->at++;
    p->at++;
    return true;
}

static void take_character(struct pattern *p)
{
    uint32_t character;
    size_t bytes = utf8_decode(p->text + p->at, p->bytes - p->at, &character);

    p->last = p->literal.bytes;
    buffer_append(&p->literal, p->text + p->at, bytes);
    p->at += bytes;
}

/* False if the pattern contains anything not handled here, so that nothing is certain. */
static bool read_pattern(struct pattern *p, struct search_terms_wants *w)
{
    while (p->at < p->bytes) {
        char c = p->text[p->at];
        char next = p->at + 1 < p->bytes ? p->text[p->at + 1] : '\0';

        if (take_quantifier(p, w))
            continue;
        if (c == '|' || (c == '(' && next == '?'))
            return false; /* alternatives and options may change the meaning of everything
                           * else */
        if (c == '\\' && (unsigned char)next < 0x80 &&
            strchr("dDwWsSbBAzZGhHvVRN", next) == NULL && next != '\0' &&
            ((next >= '0' && next <= '9') || ((next | 0x20) >= 'a' && (next | 0x20) <= 'z')))
            return false; /* a character by number, a quotation, a property, a reference */
        if (c == '[' || c == '(' || c == '.' || c == '^' || c == '$') {
            flush_literal(p, w);
            if (c == '[')
                skip_class(p);
            else if (c == '(')
                skip_group(p);
            else
                p->at++;
        } else if (c == '\\' && ((next | 0x20) >= 'a' && (next | 0x20) <= 'z')) {
            flush_literal(p, w);
            p->at += 2;
        } else {
            p->at += c == '\\';
            if (p->at < p->bytes)
                take_character(p);
        }
    }
    flush_literal(p, w);
    return true;
}

void search_terms_wants_add_pattern(struct search_terms_wants *w, const char *pattern,
                                    size_t bytes)
{
    struct pattern p = {.text = pattern, .bytes = bytes};

    /* A verb can end a match anywhere. */
    if (memmem(pattern, bytes, "(*", 2) == NULL && read_pattern(&p, NULL)) {
        p.at = 0;
        read_pattern(&p, w);
    }
    buffer_release(&p.literal);
}

void search_terms_wants_release(struct search_terms_wants *w)
{
    size_t i;

    for (i = 0; i < w->count; i++)
        free(w->items[i].part);
    free(w->items);
    *w = (struct search_terms_wants){0};
}
