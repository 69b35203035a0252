/* Edited parts. The texts are compared word by word (edit_script); a change is between two
 * words that were kept. */
#include "shilu/analysis/edited_parts.h"

#include <stdint.h>
#include <stdlib.h>

#include "shilu/analysis/edit_script.h"
#include "shilu/base/memory.h"
#include "shilu/text/words.h"

struct comparison {
    struct words old;
    struct words now;
    uint8_t *left_out; /* of the old words */
    uint8_t *put_in;   /* of the new words */
    size_t now_bytes;
};

static uint64_t *keys_of(const struct words *w)
{
    uint64_t *keys = memory_alloc((w->count + 1) * sizeof *keys);

    for (size_t i = 0; i < w->count; i++)
        keys[i] = w->items[i].key;
    return keys;
}

static void compare(struct comparison *c, struct span old, struct span now)
{
    uint64_t *a;
    uint64_t *b;

    words_add(&c->old, old.data, old.length, 0, WORDS_EXACT);
    words_add(&c->now, now.data, now.length, 0, WORDS_EXACT);
    c->now_bytes = now.length;
    c->left_out = memory_zalloc(c->old.count + 1, 1);
    c->put_in = memory_zalloc(c->now.count + 1, 1);
    a = keys_of(&c->old);
    b = keys_of(&c->now);
    edit_script_make(a, c->old.count, b, c->now.count, c->left_out, c->put_in);
    free(a);
    free(b);
}

static size_t byte_of(const struct comparison *c, size_t word)
{
    return word < c->now.count ? (size_t)c->now.items[word].byte : c->now_bytes;
}

/* Where the part that began with the old word `first` begins now. `old` and `now` are words
 * from which both texts continue alike; they advance to the change that contains the beginning,
 * or to the beginning itself. */
static size_t find_start(const struct comparison *c, size_t first, size_t *old, size_t *now)
{
    for (;;) {
        size_t removed = 0;
        size_t added = 0;

        while (*old + removed < c->old.count && c->left_out[*old + removed] != 0)
            removed++;
        while (*now + added < c->now.count && c->put_in[*now + added] != 0)
            added++;
        if (first <= *old + removed) {
            if (removed == 0 || first == *old + removed)
                return byte_of(c, *now + added);
            return byte_of(c, *now + added * (first - *old) / removed);
        }
        *old += removed + 1; /* the next word is kept in both */
        *now += added + 1;
        if (*old > c->old.count)
            return c->now_bytes;
    }
}

void edited_parts_find(struct span old, const size_t *starts, size_t count, struct span now,
                       size_t *new_starts)
{
    struct comparison c = {.now_bytes = 0};
    size_t old_word = 0;
    size_t now_word = 0;
    size_t first = 0;

    compare(&c, old, now);
    for (size_t i = 0; i < count; i++) {
        while (first < c.old.count && c.old.items[first].byte < starts[i])
            first++;
        new_starts[i] = i > 0 ? find_start(&c, first, &old_word, &now_word) : 0;
    }
    free(c.left_out);
    free(c.put_in);
    words_release(&c.old);
    words_release(&c.now);
}
