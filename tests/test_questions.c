/* Who asks and who answers, where that follows from the turns and from what the head says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "read_support.h"

/* "JL>M1,F1 ": each exchange by the labels of who asks and who answers. */
static void list_exchanges(struct buffer *out, const struct transcript *t)
{
    size_t exchange;

    for (exchange = 0; exchange < transcript_exchange_count(t); exchange++) {
        struct exchange e = transcript_exchange(t, (uint32_t)exchange);
        uint32_t last = SPEAKER_NONE;
        uint32_t i;

        for (i = e.first; i < e.end; i++) {
            uint32_t speaker = transcript_segment(t, i)->speaker;
            enum segment_kind kind = transcript_kind(t, i);

            if (speaker == SPEAKER_NONE || speaker == last ||
                (i > e.first && kind != SEGMENT_ANSWER))
                continue;
            if (i > e.first)
                buffer_append_char(out,
                                   last == transcript_segment(t, e.first)->speaker ? '>' : ',');
            buffer_append_string(out, transcript_speaker_at(t, speaker)->name);
            last = speaker;
        }
        buffer_append_char(out, ' ');
    }
}

static void assert_exchanges(const char *name, const char *expected)
{
    struct buffer bytes = {0};
    struct buffer list = {0};
    struct reading r;

    read_fixture(&bytes, name);
    reading_of(&r, bytes.data, bytes.bytes, NULL);
    assert_true(r.ok);
    list_exchanges(&list, r.transcript);
    assert_string_equal(buffer_string(&list), expected);
    reading_release(&r);
    buffer_release(&bytes);
    buffer_release(&list);
}

static void moderator__is_named_by_initials_in_the_head(void **state)
{
    (void)state;
    assert_exchanges("formats/text/en-focus-group-stated-moderator.txt",
                     "JL>M1,F1,M? JL>F2,M2 JL>F1 ");
}

static void interviewer__is_named_by_a_legend(void **state)
{
    (void)state;
    assert_exchanges("formats/text/en-interview-with-legend.txt", "I>R I>R ");
}

static void interviewer__is_named_by_an_element_of_ohms(void **state)
{
    (void)state;
    assert_exchanges("formats/ohms/names-the-interviewer.xml", "MARET>SOREL ");
}

static void short_names__ask_as_the_full_ones_do(void **state)
{
    (void)state;
    assert_exchanges("formats/text/en-short-form-in-brackets.txt",
                     "Peter Vale>Ada Brandt Peter Vale>Ada Brandt Peter Vale>Ada Brandt ");
    assert_exchanges("formats/markdown/full-name-once.md",
                     "Jeremy Holt>Tess Marlow Jeremy Holt>Tess Marlow ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moderator__is_named_by_initials_in_the_head),
        cmocka_unit_test(interviewer__is_named_by_a_legend),
        cmocka_unit_test(interviewer__is_named_by_an_element_of_ohms),
        cmocka_unit_test(short_names__ask_as_the_full_ones_do),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
