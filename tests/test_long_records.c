/* Files of more than a megabyte, of which only parts are examined before they are read: those
 * that do not start as a record, change their layout, or have a list before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats_support.h"
#include "shilu/base/buffer.h"

enum { PART_BYTES = 700000, FRONT_BYTES = 300000 };

static const char *const sentences[] = {
    "The harbour was dredged in the spring, and the ferries run again.",
    "We asked for the figures twice, and they were sent in May.",
    "Nobody has seen the survey of the northern pier.",
    "Is there money left for the lighthouse?",
    "The council will meet again when the tide tables are printed.",
};

/* The same numbers on every machine. */
static unsigned next_random(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    return *seed >> 16;
}

static void add_sentences(struct buffer *out, unsigned *seed)
{
    unsigned count = 1 + next_random(seed) % 4;

    while (count-- > 0)
        buffer_append_format(out, "%s%s", sentences[next_random(seed) % 5],
                             count > 0 ? " " : "\n");
}

static void add_prose(struct buffer *out, size_t bytes, unsigned *seed)
{
    size_t end = out->bytes + bytes;

    while (out->bytes < end) {
        add_sentences(out, seed);
        buffer_append_string(out, "\n");
    }
}

/* Turns, one paragraph each: a label in a pattern, and words. */
static size_t add_turns(struct buffer *out, size_t bytes, const char *before, const char *after,
                        unsigned *seed)
{
    static const char *const names[] = {"Anna Bianchi", "Omar Reyes", "Mara Vik", "Iris Holt"};
    size_t end = out->bytes + bytes;
    size_t turns = 0;
    size_t last = 4;

    while (out->bytes < end) {
        size_t name = next_random(seed) % 4;

        if (name == last)
            continue;
        buffer_append_format(out, "%s%s%s", before, names[name], after);
        add_sentences(out, seed);
        buffer_append_string(out, "\n");
        last = name;
        turns++;
    }
    return turns;
}

/* Segments of a speaker who is named so. */
static size_t count_of(const struct loaded *l, const char *name)
{
    size_t count = 0;
    uint32_t i;

    for (i = 0; i < transcript_count(l->t); i++)
        count += strcmp(speaker(l, i), name) == 0;
    return count;
}

static size_t count_said(const struct loaded *l)
{
    return count_of(l, "Anna Bianchi") + count_of(l, "Omar Reyes") + count_of(l, "Mara Vik") +
           count_of(l, "Iris Holt");
}

static void load(struct loaded *l, struct buffer *text)
{
    load_bytes(l, text->data, text->bytes, NULL);
    assert_true(l->ok);
    buffer_release(text);
}

static void front__is_no_record(void **state)
{
    struct buffer text = {0};
    struct loaded l;
    unsigned seed = 1;
    size_t turns;

    (void)state;
    add_prose(&text, 2 * FRONT_BYTES, &seed);
    turns = add_turns(&text, PART_BYTES, "", ": ", &seed);
    load(&l, &text);
    assert_int_equal(count_said(&l), turns);
    assert_string_equal(speaker(&l, 0), "");
    load_release(&l);
}

static void layout__changes_in_the_middle(void **state)
{
    struct buffer text = {0};
    struct loaded l;
    unsigned seed = 2;
    size_t turns;

    (void)state;
    turns = add_turns(&text, PART_BYTES, "", ": ", &seed);
    turns += add_turns(&text, PART_BYTES, "[", "] ", &seed);
    load(&l, &text);
    /* The regions that are judged do not end where the layout does. */
    assert_int_equal(transcript_speaker_count(l.t), 4);
    assert_true(count_said(&l) >= turns * 9 / 10);
    load_release(&l);
}

static void turns__come_back_behind_prose(void **state)
{
    struct buffer text = {0};
    struct loaded l;
    unsigned seed = 3;
    size_t turns;

    (void)state;
    turns = add_turns(&text, PART_BYTES, "", ": ", &seed);
    add_prose(&text, FRONT_BYTES, &seed);
    turns += add_turns(&text, PART_BYTES, "", ": ", &seed);
    load(&l, &text);
    assert_true(count_said(&l) >= turns);
    assert_int_equal(transcript_speaker_count(l.t), 4);
    load_release(&l);
}

static void prose__stays_prose(void **state)
{
    struct buffer text = {0};
    struct loaded l;
    unsigned seed = 4;

    (void)state;
    add_prose(&text, 2 * PART_BYTES, &seed);
    load(&l, &text);
    assert_int_equal(transcript_speaker_count(l.t), 0);
    load_release(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(front__is_no_record),
        cmocka_unit_test(layout__changes_in_the_middle),
        cmocka_unit_test(turns__come_back_behind_prose),
        cmocka_unit_test(prose__stays_prose),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
