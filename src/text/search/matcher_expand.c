/* Matcher, the expansion. The query becomes a run of keys (fold_table.h), divided into blocks
 * that no spelling crosses: mostly one key, or a letter with its marks, or a Hangul syllable.
 * Each block is then written as the alternatives that spell it. */
#include "text/search/matcher_expand.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>

#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* The alternatives of a block are written out up to so many keys; they double with each key. A
 * longer block has a group for the rest from each of its keys, which the alternatives call. In
 * a long query, whose pattern could exceed PCRE2's limit of 64 KiB, that begins sooner. */
enum { BLOCK_INLINE = 8, BLOCK_INLINE_LONG = 2, LONG_QUERY = 64 };

/* All characters that spell one key: the key itself, its spellings, and those of its Han
 * variants. */
enum { ONE_KEY_MAX = 128 };

enum {
    JAMO_L = 0x1100,
    JAMO_L_COUNT = 19,
    JAMO_V = 0x1161,
    JAMO_V_COUNT = 21,
    JAMO_T = 0x11A7, /* one before the first: a syllable without a final has number 0 */
    JAMO_T_COUNT = 28,
    SYLLABLE = 0xAC00
};

#define NO_VOICE_MARK "(?![\\x{3099}-\\x{309c}\\x{ff9e}\\x{ff9f}])"
#define NO_FINAL "(?![\\x{11a8}-\\x{11c2}])"

/* PCRE2's JIT looks for two bytes at once if, among the first bytes of every match, two
 * positions have at most two values each. Kept while all spellings so far have the same
 * length. */
enum { FRONT_BYTES = 12, FRONT_VALUES = 2 };

struct front {
    size_t bytes;
    size_t narrow; /* positions with at most FRONT_VALUES values */
    bool ended;
};

struct writer {
    struct front front;
    struct expansion *out;
    const uint32_t *keys;
    size_t count;
    enum fold_mode mode;
    size_t groups;     /* written so far */
    size_t bytes;      /* most bytes that a match of what is written can have */
    struct buffer run; /* of blocks with a single spelling, up to here */
    size_t run_at;     /* `bytes` at its start */
};

static void append_character(struct buffer *b, uint32_t c)
{
    char encoded[UTF8_MAX_BYTES];

    buffer_append(b, encoded, utf8_encode(c, encoded));
}

static void write_character(struct buffer *b, uint32_t c)
{
    bool plain = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                 (c >= 'a' && c <= 'z') || c < ' ';

    if (!plain)
        buffer_append_char(b, '\\');
    append_character(b, c);
}

static size_t count_values(const char *values, size_t count)
{
    bool seen[256] = {false};
    size_t distinct = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        if (!seen[(unsigned char)values[i]])
            distinct++;
        seen[(unsigned char)values[i]] = true;
    }
    return distinct;
}

static void extend_front(struct front *f, const struct buffer *spellings, size_t count)
{
    size_t at;
    size_t i;

    for (i = 1; i < count; i++)
        f->ended = f->ended || spellings[i].bytes != spellings[0].bytes;
    for (at = 0; at < spellings[0].bytes && !f->ended; at++) {
        char values[ONE_KEY_MAX];

        for (i = 0; i < count; i++)
            values[i] = spellings[i].data[at];
        f->narrow += count_values(values, count) <= FRONT_VALUES;
        f->ended = ++f->bytes == FRONT_BYTES;
    }
}

static size_t most_bytes(const uint32_t *characters, size_t count)
{
    size_t most = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        char encoded[UTF8_MAX_BYTES];
        size_t bytes = utf8_encode(characters[i], encoded);

        if (bytes > most)
            most = bytes;
    }
    return most;
}

/* Alternatives of literal characters: PCRE2's JIT finds a first byte for these, but not for a
 * class of characters beyond U+00FF. */
static void write_any_of(struct buffer *b, const uint32_t *characters, size_t count)
{
    size_t i;

    if (count > 1)
        buffer_append_string(b, "(?:");
    for (i = 0; i < count; i++) {
        if (i > 0)
            buffer_append_char(b, '|');
        write_character(b, characters[i]);
    }
    if (count > 1)
        buffer_append_char(b, ')');
}

/* Add the spellings of one key that consist of it alone. */
static size_t add_spellings(uint32_t key, enum fold_mode mode, uint32_t *into, size_t count)
{
    struct fold_spelling found[FOLD_SPELLINGS_MAX];
    size_t spellings = fold_table_spellings(&key, 1, mode, found);
    size_t i;

    if (count < ONE_KEY_MAX)
        into[count++] = key;
    for (i = 0; i < spellings && count < ONE_KEY_MAX; i++)
        into[count++] = found[i].character;
    return count;
}

static size_t spell_one(uint32_t key, enum fold_mode mode, uint32_t into[ONE_KEY_MAX])
{
    uint32_t variants[FOLD_SPELLINGS_MAX];
    size_t variant_count = fold_table_variants(key, variants);
    size_t count = add_spellings(key, mode, into, 0);
    size_t i;

    for (i = 0; i < variant_count; i++)
        count = add_spellings(variants[i], mode, into, count);
    return count;
}

/* The characters that spell exactly `length` keys from `at` on. */
static size_t spell(const struct writer *w, size_t at, size_t length,
                    uint32_t into[ONE_KEY_MAX])
{
    struct fold_spelling found[FOLD_SPELLINGS_MAX];
    size_t spellings;
    size_t count = 0;
    size_t i;

    if (length == 1)
        return spell_one(w->keys[at], w->mode, into);
    spellings = fold_table_spellings(w->keys + at, length, w->mode, found);
    for (i = 0; i < spellings; i++) {
        if (found[i].keys == length)
            into[count++] = found[i].character;
    }
    return count;
}

/* Write all spellings of keys [at, end); returns the length of the longest one. */
static size_t write_block(struct writer *w, size_t at, size_t end)
{
    struct buffer *b = &w->out->pattern;
    size_t most = 0;
    size_t length;

    if (at == end)
        return 0;
    buffer_append_string(b, "(?:");
    for (length = 1; length <= FOLD_KEY_MAX && at + length <= end; length++) {
        uint32_t characters[ONE_KEY_MAX];
        size_t count = spell(w, at, length, characters);
        size_t bytes;

        if (count == 0)
            continue;
        if (length > 1)
            buffer_append_char(b, '|');
        write_any_of(b, characters, count);
        bytes = most_bytes(characters, count) + write_block(w, at + length, end);
        if (bytes > most)
            most = bytes;
    }
    buffer_append_char(b, ')');
    return most;
}

/* One way to spell the keys of a block: the group with the characters that spell `length` of
 * them. */
struct spelling_group {
    size_t number; /* 0 if no character does */
    size_t bytes;  /* length of the longest one */
};

static bool same_keys(const struct writer *w, size_t a, size_t b, size_t length)
{
    return memcmp(w->keys + a, w->keys + b, length * sizeof *w->keys) == 0;
}

/* The group for the `length` keys at `at`: that of the same keys before, or a new one. */
static struct spelling_group define_spelling(struct writer *w, struct spelling_group *known,
                                             size_t first, size_t at, size_t length)
{
    struct buffer *b = &w->out->pattern;
    struct spelling_group group = {0};
    uint32_t characters[ONE_KEY_MAX];
    size_t count;

    for (size_t i = first; i < at; i++)
        if (same_keys(w, i, at, length))
            return known[(i - first) * FOLD_KEY_MAX + length - 1];
    count = spell(w, at, length, characters);
    if (count == 0)
        return group;
    buffer_append_char(b, '(');
    write_any_of(b, characters, count);
    buffer_append_char(b, ')');
    group.number = ++w->groups;
    group.bytes = most_bytes(characters, count);
    return group;
}

/* Groups each of which spells the rest of the block from one key on, by calling those of the
 * following keys; returns the length of the longest spelling. PCRE2 numbers groups in the order
 * of writing. */
static size_t define_block(struct writer *w, size_t at, size_t end)
{
    struct buffer *b = &w->out->pattern;
    struct spelling_group *ways = memory_zalloc((end - at) * FOLD_KEY_MAX, sizeof *ways);
    size_t *most = memory_zalloc(end - at + 1, sizeof *most);
    size_t rest; /* number of the first group for the rest: that of the last key */
    size_t all;

    buffer_append_string(b, "(?(DEFINE)");
    for (size_t i = at; i < end; i++)
        for (size_t length = 1; length <= FOLD_KEY_MAX && i + length <= end; length++)
            ways[(i - at) * FOLD_KEY_MAX + length - 1] = define_spelling(w, ways, at, i,
                                                                         length);
    rest = w->groups + 1;
    for (size_t i = end; i-- > at;) {
        buffer_append_char(b, '(');
        for (size_t length = 1; length <= FOLD_KEY_MAX && i + length <= end; length++) {
            struct spelling_group way = ways[(i - at) * FOLD_KEY_MAX + length - 1];

            if (way.number == 0)
                continue;
            buffer_append_format(b, "%s(?%zu)", length > 1 ? "|" : "", way.number);
            if (i + length < end)
                buffer_append_format(b, "(?%zu)", rest + (end - i - length - 1));
            if (way.bytes + most[i + length - at] > most[i - at])
                most[i - at] = way.bytes + most[i + length - at];
        }
        buffer_append_char(b, ')');
        w->groups++;
    }
    buffer_append_format(b, ")(?%zu)", w->groups);
    all = most[0];
    free(most);
    free(ways);
    return all;
}

/* The end of the block that starts at `at`: no spelling crosses it. */
static size_t block_end(const struct writer *w, size_t at)
{
    size_t end = at + 1;
    size_t i;

    for (i = at; i < end; i++) {
        struct fold_spelling found[FOLD_SPELLINGS_MAX];
        size_t spellings = fold_table_spellings(w->keys + i, w->count - i, w->mode, found);
        size_t n;

        for (n = 0; n < spellings; n++) {
            if (i + found[n].keys > end)
                end = i + found[n].keys;
        }
    }
    return end;
}

static size_t write_any_block(struct writer *w, size_t at, size_t end)
{
    size_t most = w->count > LONG_QUERY ? BLOCK_INLINE_LONG : BLOCK_INLINE;

    return end - at > most ? define_block(w, at, end) : write_block(w, at, end);
}

/* The number of jamo of a Hangul syllable at `at`: 2, or 3 with a final consonant; 0 for
 * none. */
static size_t syllable_length(const struct writer *w, size_t at)
{
    if (at + 1 >= w->count || w->keys[at] - JAMO_L >= JAMO_L_COUNT ||
        w->keys[at + 1] - JAMO_V >= JAMO_V_COUNT)
        return 0;
    return at + 2 < w->count && w->keys[at + 2] - (JAMO_T + 1) < JAMO_T_COUNT - 1 ? 3 : 2;
}

static void grow(struct writer *w, size_t bytes)
{
    if (w->bytes != SIZE_MAX)
        w->bytes += bytes;
}

/* Keep what is now known to be in every match, if it is better to search for than before: fewer
 * spellings, or one longer run. Nothing is better after white space. */
static void require(struct writer *w, const struct buffer *spellings, size_t count, size_t at)
{
    struct expansion *e = w->out;
    bool fewer = e->required_count == 0 || count < e->required_count;
    bool longer = count == 1 && e->required_count == 1 &&
                  spellings[0].bytes > e->required[0].bytes;
    size_t i;

    if (count == 0 || count > EXPANSION_REQUIRED_MAX || at == SIZE_MAX || !(fewer || longer))
        return;
    for (i = 0; i < EXPANSION_REQUIRED_MAX; i++)
        buffer_clear(&e->required[i]);
    for (i = 0; i < count; i++)
        buffer_append(&e->required[i], spellings[i].data, spellings[i].bytes);
    e->required_count = count;
    e->bytes_before = at;
}

static void end_run(struct writer *w)
{
    if (w->run.bytes > 0)
        require(w, &w->run, 1, w->run_at);
    buffer_clear(&w->run);
}

static void write_syllable(struct writer *w, size_t at, size_t length)
{
    struct buffer spellings[3] = {0};
    uint32_t open = SYLLABLE +
                    ((w->keys[at] - JAMO_L) * JAMO_V_COUNT + (w->keys[at + 1] - JAMO_V)) *
                        JAMO_T_COUNT;
    size_t count = 0;
    size_t i;

    if (length == 3)
        append_character(&spellings[count++], open + (w->keys[at + 2] - JAMO_T));
    append_character(&spellings[count], open);
    if (length == 3)
        append_character(&spellings[count], w->keys[at + 2]);
    count++;
    for (i = 0; i < length; i++)
        append_character(&spellings[count], w->keys[at + i]);
    count++;
    extend_front(&w->front, spellings, count);
    require(w, spellings, count, w->bytes);
    for (i = 0; i < count; i++) {
        buffer_append_string(&w->out->pattern, i == 0 ? "(?:" : "|");
        buffer_append(&w->out->pattern, spellings[i].data, spellings[i].bytes);
        buffer_release(&spellings[i]);
    }
    buffer_append_char(&w->out->pattern, ')');
    grow(w, 3 * length);
}

/* ASCII letters are too frequent to be worth searching for one by one. */
static bool are_wide(const uint32_t *characters, size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        if (characters[i] < 0x80)
            return false;
    }
    return true;
}

/* One key that no other joins: a set of characters, or part of the run. */
static void write_one(struct writer *w, uint32_t key)
{
    uint32_t characters[ONE_KEY_MAX];
    struct buffer spellings[ONE_KEY_MAX] = {0};
    size_t count = spell_one(key, w->mode, characters);
    size_t i;

    for (i = 0; i < count; i++)
        append_character(&spellings[i], characters[i]);
    extend_front(&w->front, spellings, count);
    if (count > 1) {
        end_run(w);
        if (are_wide(characters, count))
            require(w, spellings, count, w->bytes);
    } else {
        if (w->run.bytes == 0)
            w->run_at = w->bytes;
        append_character(&w->run, key);
    }
    write_any_of(&w->out->pattern, characters, count);
    grow(w, most_bytes(characters, count));
    for (i = 0; i < count; i++)
        buffer_release(&spellings[i]);
}

/* A letter must not match the beginning of the same letter with a mark, just as it does not
 * match the composed one. Inside the query the next key ensures that. Returns whether it was
 * needed. */
static bool write_end(struct writer *w)
{
    uint32_t last = w->keys[w->count - 1];
    bool open = w->count > 1 && syllable_length(w, w->count - 2) == 2;
    size_t base = w->count - 1;

    while (base > 0 && ((w->keys[base] >= 0x300 && w->keys[base] <= 0x36F)))
        base--;
    if (open)
        buffer_append_string(&w->out->pattern, NO_FINAL);
    else if (last >= 0x3041 && last <= 0x309F && fold_table_composes(last))
        buffer_append_string(&w->out->pattern, NO_VOICE_MARK);
    else if (fold_table_composes(w->keys[base]))
        buffer_append_string(&w->out->pattern, EXPANSION_NO_ACCENT);
    else
        return false;
    return true;
}

static bool write_keys(struct writer *w)
{
    size_t at = 0;

    while (at < w->count) {
        size_t syllable = syllable_length(w, at);
        size_t end = block_end(w, at);

        if (w->keys[at] == ' ') {
            end_run(w);
            buffer_append_string(&w->out->pattern, EXPANSION_WHITE_RUN);
            w->front.ended = true;
            w->bytes = SIZE_MAX;
            end = at + 1;
        } else if (syllable > 0) {
            end_run(w);
            write_syllable(w, at, syllable);
            end = at + syllable;
        } else if (end - at > 1) {
            end_run(w);
            w->front.ended = true;
            grow(w, write_any_block(w, at, end));
        } else {
            write_one(w, w->keys[at]);
        }
        at = end;
    }
    return write_end(w);
}

/* The keys of canonically decomposed text; a run of white space is one U+0020. */
static size_t make_keys(const char *text, size_t bytes, enum fold_mode mode, uint32_t *keys)
{
    size_t count = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;

        at += utf8_decode(text + at, bytes - at, &c);
        if (!fold_table_is_white(c))
            count += fold_table_key(c, mode, keys + count);
        else if (count == 0 || keys[count - 1] != ' ')
            keys[count++] = ' ';
    }
    return count;
}

/* Decompose each character separately, so that marks stay in the order in which they were
 * written. The caller frees it. */
static char *decompose_in_order(const char *text, size_t bytes, size_t *decomposed_bytes)
{
    struct buffer out = {0};
    size_t at = 0;

    buffer_reserve(&out, bytes);
    while (at < bytes) {
        uint32_t c;
        size_t taken = utf8_decode(text + at, bytes - at, &c);
        size_t parts_bytes = 0;
        uint8_t *parts = u8_normalize(UNINORM_NFD, (const uint8_t *)text + at, taken, NULL,
                                      &parts_bytes);

        buffer_append(&out, parts != NULL ? (char *)parts : text + at,
                      parts != NULL ? parts_bytes : taken);
        free(parts);
        at += taken;
    }
    *decomposed_bytes = out.bytes;
    return buffer_take(&out);
}

/* Add the pattern of a query with its marks in another order, unless it is the same. */
static void add_order(struct expansion *e, const char *query, size_t bytes, enum fold_mode mode)
{
    size_t plain_bytes;
    char *plain = decompose_in_order(query, bytes, &plain_bytes);
    uint32_t *keys = memory_alloc(plain_bytes * FOLD_KEY_MAX * sizeof *keys);
    struct expansion other = {.keys = keys};
    struct writer w = {.out = &other, .mode = mode, .keys = keys, .groups = e->groups};

    w.count = make_keys(plain, plain_bytes, mode, keys);
    if (w.count != e->key_count || memcmp(keys, e->keys, w.count * sizeof *keys) != 0) {
        write_keys(&w);
        end_run(&w);
        e->groups = w.groups;
        buffer_append_char(&e->pattern, '|');
        buffer_append(&e->pattern, other.pattern.data, other.pattern.bytes);
        e->required_count = 0;
        e->quick = true;
        e->whole = false;
    }
    buffer_release(&w.run);
    matcher_expand_release(&other);
    free(plain);
}

/* Decomposition may reorder a character's own mark and the mark after it: such a query is also
 * searched for as it is written, and as composed text has it. */
static void add_orders(struct expansion *e, const char *query, size_t bytes,
                       enum fold_mode mode)
{
    size_t composed_bytes;
    uint8_t *composed = u8_normalize(UNINORM_NFC, (const uint8_t *)query, bytes, NULL,
                                     &composed_bytes);

    add_order(e, query, bytes, mode);
    if (composed != NULL && (composed_bytes != bytes || memcmp(composed, query, bytes) != 0))
        add_order(e, (const char *)composed, composed_bytes, mode);
    free(composed);
}

void matcher_expand(struct expansion *e, const char *query, size_t bytes, enum fold_mode mode)
{
    struct writer w = {.out = e, .mode = mode};
    size_t plain_bytes = 0;
    char *plain = (char *)u8_normalize(UNINORM_NFD, (const uint8_t *)query, bytes, NULL,
                                       &plain_bytes);
    const char *text = plain != NULL ? plain : query;
    size_t text_bytes = plain != NULL ? plain_bytes : bytes;
    uint32_t *keys = memory_alloc(text_bytes * FOLD_KEY_MAX * sizeof *keys);
    size_t whole_bytes;
    bool guarded;

    *e = (struct expansion){0};
    w.keys = keys;
    w.count = make_keys(text, text_bytes, mode, keys);
    guarded = write_keys(&w);
    whole_bytes = w.run.bytes;
    end_run(&w);
    e->groups = w.groups;
    e->quick = w.front.narrow >= 2;
    e->whole = !guarded && whole_bytes > 0 && whole_bytes == w.bytes;
    buffer_release(&w.run);
    e->keys = keys;
    e->key_count = w.count;
    add_orders(e, query, bytes, mode);
    free(plain);
}

void matcher_expand_release(struct expansion *e)
{
    size_t i;

    free(e->keys);
    buffer_release(&e->pattern);
    for (i = 0; i < EXPANSION_REQUIRED_MAX; i++)
        buffer_release(&e->required[i]);
}
