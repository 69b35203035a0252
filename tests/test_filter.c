/* Another program as a filter, and the pages of a PDF's text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/containers/pdf_pages.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/filter.h"

static const struct filter_limits roomy = {.output_bytes = 1 << 20, .run_ms = 20000};

struct ran {
    struct buffer out;
    int status;
    char message[FILTER_MESSAGE_BYTES];
    struct error err;
};

static enum filter_result run(struct ran *r, struct span in, const struct filter_limits *limits,
                              const char *script)
{
    const char *const argv[] = {"sh", "-c", script, NULL};

    *r = (struct ran){0};
    return filter_run(argv, in, limits, &r->out, &r->status, r->message, &r->err);
}

static void filter_run__passes_bytes_through(void **state)
{
    struct span in = SPAN_LITERAL("a\0b\n\xFF");
    struct ran r;

    (void)state;
    assert_int_equal(run(&r, in, &roomy, "cat"), FILTER_DONE);
    assert_int_equal(r.status, 0);
    assert_int_equal(r.out.bytes, in.length);
    assert_memory_equal(r.out.data, in.data, in.length);
    buffer_release(&r.out);
}

static void filter_run__tells_status_and_message(void **state)
{
    struct ran r;

    (void)state;
    assert_int_equal(
        run(&r, span_string(""), &roomy, "echo first >&2; echo second >&2; exit 3"),
        FILTER_DONE);
    assert_int_equal(r.status, 3);
    assert_string_equal(r.message, "first");
    assert_int_equal(r.out.bytes, 0);
    buffer_release(&r.out);
}

static void filter_run__says_what_is_missing(void **state)
{
    static const char *const argv[] = {"shilu-has-no-such-program", NULL};
    struct ran r = {0};

    (void)state;
    assert_int_equal(
        filter_run(argv, span_string(""), &roomy, &r.out, &r.status, r.message, &r.err),
        FILTER_MISSING);
    buffer_release(&r.out);
}

static void filter_run__ends_what_passes_its_limits(void **state)
{
    static const struct filter_limits small = {.output_bytes = 1000, .run_ms = 20000};
    static const struct filter_limits short_time = {.output_bytes = 1000, .run_ms = 200};
    int64_t start_ms = clock_monotonic_ms();
    struct ran r;

    (void)state;
    assert_int_equal(run(&r, span_string(""), &small, "while :; do echo words; done"),
                     FILTER_FAILED);
    assert_non_null(strstr(r.err.message, "wrote more than"));
    buffer_release(&r.out);
    assert_int_equal(run(&r, span_string(""), &short_time, "exec sleep 100"), FILTER_FAILED);
    assert_non_null(strstr(r.err.message, "took longer than"));
    buffer_release(&r.out);
    assert_true(clock_monotonic_ms() - start_ms < 15000);
}

static void assert_joins(const char *text, const char *expected, uint64_t left_out)
{
    struct buffer out = {0};

    assert_int_equal(pdf_pages_join(span_string(text), &out), left_out);
    assert_string_equal(buffer_string(&out), expected);
    buffer_release(&out);
}

static void pdf_pages_join__leaves_out_what_repeats_at_the_edges(void **state)
{
    (void)state;
    /* Heads of left and right pages, and numbers of pages. */
    assert_joins("Left 1\n\na\n\n1\n\fRight\nb\n2\n\fLeft 3\nc\n3\n\fRight\nd\n4\n",
                 "\na\n\nb\nc\nd\n", 5 + 5 + 5 + 5 + 4);
    /* The same line inside pages stays, and so does what does not repeat. */
    assert_joins("a\nHead\nb\nx\ny\n\fc\nd\nHead\ne\nf\ng\n",
                 "a\nHead\nb\nx\ny\nc\nd\nHead\ne\nf\ng\n", 0);
    assert_joins("one page\n", "one page\n", 0);
    assert_joins("", "", 0);
    assert_joins("\f\f", "", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(filter_run__passes_bytes_through),
        cmocka_unit_test(filter_run__tells_status_and_message),
        cmocka_unit_test(filter_run__says_what_is_missing),
        cmocka_unit_test(filter_run__ends_what_passes_its_limits),
        cmocka_unit_test(pdf_pages_join__leaves_out_what_repeats_at_the_edges),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
