/* Bench text. All pieces are in one array, in the order in which they were read; a table of
 * pairs, with the places of each, gives what followed a pair. */
#include "bench_text.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

enum { PEOPLE = 8, SEGMENT_BYTES = 400, MS_PER_BYTE = 60 };

struct bench_text {
    struct buffer words; /* each ended by a NUL */
    uint32_t *pieces;    /* places in `words` */
    size_t count, capacity;
    uint32_t *places; /* of all pairs, those of one pair together */
    uint32_t *firsts; /* by a hash of pairs: the first of its places; one more at the end */
    size_t head_count;
    size_t at; /* what comes next in the text */
    uint64_t random;
    size_t word_count;
    struct bench_word *table;
};

struct bench_word {
    uint32_t place;
    UT_hash_handle hh;
};

static uint32_t random_below(struct bench_text *b, uint32_t below)
{
    b->random ^= b->random >> 12;
    b->random ^= b->random << 25;
    b->random ^= b->random >> 27;
    return (uint32_t)((b->random * UINT64_C(2685821657736338717)) >> 33) % below;
}

static void add_piece(struct bench_text *b, const char *text, size_t bytes)
{
    struct bench_word *word = NULL;
    char key[64];

    if (bytes >= sizeof key)
        return;
    memcpy(key, text, bytes);
    key[bytes] = '\0';
    HASH_FIND(hh, b->table, key, bytes, word);
    if (word == NULL) {
        word = memory_zalloc(1, sizeof *word + bytes + 1);
        memcpy(word + 1, key, bytes + 1);
        word->place = (uint32_t)b->words.bytes;
        buffer_append(&b->words, key, bytes + 1);
        HASH_ADD_KEYPTR(hh, b->table, (char *)(word + 1), bytes, word);
        b->word_count++;
    }
    MEMORY_RESERVE(b->pieces, b->capacity, b->count + 1);
    b->pieces[b->count++] = word->place;
}

/* A character of a script without spaces, or a word with the space or mark after it. */
static void add_text(struct bench_text *b, const char *text, size_t bytes)
{
    size_t start = 0;
    size_t at = 0;

    while (at < bytes) {
        uint32_t c;
        size_t taken = utf8_decode(text + at, bytes - at, &c);
        bool solid = c >= 0x2E80 && (c < 0xAC00 || c > 0xD7A3);

        if (solid && at > start)
            add_piece(b, text + start, at - start);
        if (solid || c == ' ' || c == '\n')
            add_piece(b, text + (solid ? at : start), solid ? taken : at + taken - start);
        at += taken;
        if (solid || c == ' ' || c == '\n')
            start = at;
    }
    if (at > start)
        add_piece(b, text + start, at - start);
}

static void add_file(struct bench_text *b, const char *path)
{
    struct loader_options options = {0};
    struct transcript *t = transcript_new();
    struct error err;
    struct source *source = source_open_path(path, &err);
    struct loader *loader = source != NULL ? loader_new(source, t, &options, &err) : NULL;

    if (loader != NULL)
        loader_run(loader, &err);
    for (uint32_t i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        add_text(b, text, bytes);
    }
    loader_free(loader);
    transcript_free(t);
}

static size_t pair_of(const struct bench_text *b, size_t at)
{
    uint64_t hash = (uint64_t)b->pieces[at] << 32 | b->pieces[at + 1];

    return (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> 20) & (b->head_count - 1);
}

static void sort_pairs(struct bench_text *b)
{
    size_t pairs = b->count > 2 ? b->count - 2 : 0;

    for (b->head_count = 1024; b->head_count < b->count * 2;)
        b->head_count *= 2;
    b->places = memory_alloc((b->count + 1) * sizeof *b->places);
    b->firsts = memory_zalloc(b->head_count + 1, sizeof *b->firsts);
    for (size_t i = 0; i < pairs; i++)
        b->firsts[pair_of(b, i)]++;
    for (size_t i = 1; i <= b->head_count; i++) /* where the places of each end … */
        b->firsts[i] += b->firsts[i - 1];
    for (size_t i = 0; i < pairs; i++) /* … and, once they are filled from there, begin */
        b->places[--b->firsts[pair_of(b, i)]] = (uint32_t)i;
}

struct bench_text *bench_text_new_of(const char *const *folders, size_t count)
{
    struct bench_text *b = memory_zalloc(1, sizeof *b);
    const char *own = getenv("BENCH_TEXT");
    struct dir_walk walk = {0};

    b->random = 88172645463325252u;
    for (size_t i = 0; i < (own != NULL ? 1 : count); i++)
        dir_walk_add(&walk, own != NULL ? own : folders[i]);
    for (size_t i = 0; i < walk.count; i++) {
        if (strstr(walk.files[i].path, "torture") == NULL) /* which no format can hold whole */
            add_file(b, walk.files[i].path);
    }
    dir_walk_release(&walk);
    if (b->count < 1000) {
        fprintf(stderr, "no text in %s\n", own != NULL ? own : folders[0]);
        exit(2);
    }
    sort_pairs(b);
    return b;
}

struct bench_text *bench_text_new(const char *folder)
{
    return bench_text_new_of(&folder, 1);
}

void bench_text_free(struct bench_text *b)
{
    struct bench_word *word;
    struct bench_word *next;

    HASH_ITER(hh, b->table, word, next)
    {
        HASH_DEL(b->table, word);
        free(word);
    }
    buffer_release(&b->words);
    free(b->pieces);
    free(b->places);
    free(b->firsts);
    free(b);
}

/* One of the places where the last two words occur; the text continues as it does there. */
static void step(struct bench_text *b)
{
    size_t pair;
    uint32_t first;

    if (b->at + 3 >= b->count) {
        b->at = random_below(b, (uint32_t)b->count - 3);
        return;
    }
    pair = pair_of(b, b->at);
    first = b->firsts[pair];
    b->at = b->places[first + random_below(b, b->firsts[pair + 1] - first)] + (size_t)1;
}

void bench_text_start(struct bench_text *b, uint64_t number)
{
    b->random = (number + 1) * UINT64_C(0x9E3779B97F4A7C15) | 1;
    b->at = random_below(b, (uint32_t)b->count - 3);
}

void bench_text_append(struct bench_text *b, struct buffer *out, size_t bytes)
{
    size_t end = out->bytes + bytes;

    while (out->bytes < end) {
        buffer_append_string(out, b->words.data + b->pieces[b->at]);
        step(b);
    }
}

static uint32_t speaker_of(struct transcript *t, uint32_t number)
{
    static const char *const names[PEOPLE] = {"沈若蘭",      "Ana Costa", "詹成付",
                                              "Ben Adeyemi", "김민수",    "白石恵子",
                                              "Falk Ritter", "Zoe Park"};
    struct speaker_label label = {.name = names[number]};

    return transcript_speaker(t, &label);
}

struct transcript *bench_text_record(struct bench_text *b, uint64_t number, size_t bytes)
{
    struct transcript *t = transcript_new();
    struct buffer text = {0};
    struct error err;
    char title[40];
    int64_t ms = 0;
    size_t written = 0;

    bench_text_start(b, number);
    snprintf(title, sizeof title, "Record %llu", (unsigned long long)number);
    transcript_set(t, FIELD_TITLE, title);
    transcript_set_time_base(t, TIME_BASE_ELAPSED);
    while (written < bytes) {
        struct segment_draft draft = SEGMENT_DRAFT_INIT;
        size_t from = 0;

        buffer_clear(&text);
        bench_text_append(b, &text, SEGMENT_BYTES / 2 + random_below(b, SEGMENT_BYTES));
        for (size_t i = 0; i < text.bytes; i++) /* one line, without what is markup somewhere */
            if (strchr("\n\r<>&\"\\{}", text.data[i]) != NULL)
                text.data[i] = ' ';
        while (from < text.bytes && text.data[from] == ' ')
            from++;
        while (text.bytes > from && text.data[text.bytes - 1] == ' ')
            text.bytes--;
        draft.text = text.data + from;
        draft.text_bytes = text.bytes - from;
        draft.speaker = speaker_of(t, random_below(b, PEOPLE));
        draft.start_ms = ms;
        ms += (int64_t)text.bytes * MS_PER_BYTE;
        draft.end_ms = ms - 10;
        transcript_append(t, &draft, &err);
        written += draft.text_bytes;
    }
    buffer_release(&text);
    return t;
}

size_t bench_text_words(const struct bench_text *b)
{
    return b->word_count;
}
