/* What compat/ has for systems without it, compared with the function of this system. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <cmocka.h>

/* Under other names, so that both are here. */
#undef qsort_r
#define memmem our_memmem
#define memrchr our_memrchr
#define strcasestr our_strcasestr
#define strverscmp our_strverscmp
#define compat_qsort_r our_qsort_r
void *memmem(const void *s, size_t bytes, const void *needle, size_t needle_bytes);
void *memrchr(const void *s, int c, size_t bytes);
char *strcasestr(const char *s, const char *needle);
int strverscmp(const char *a, const char *b);
void our_qsort_r(void *items, size_t count, size_t size,
                 int (*compare)(const void *a, const void *b, void *context), void *context);
#include "../compat/memmem.c"
#include "../compat/memrchr.c"
#include "../compat/qsort_r.c"
#include "../compat/strcasestr.c"
#include "../compat/strverscmp.c"
#undef memmem
#undef memrchr
#undef strcasestr
#undef strverscmp

enum { ROUNDS = 200000 };

/* The same words in every run. */
static unsigned next_random(void)
{
    static unsigned state = 1;

    state = state * 1103515245u + 12345u;
    return state >> 16;
}

static size_t random_word(char *out, size_t most, const char *alphabet)
{
    size_t length = next_random() % (most + 1);

    for (size_t i = 0; i < length; i++)
        out[i] = alphabet[next_random() % strlen(alphabet)];
    out[length] = '\0';
    return length;
}

static int sign(int x)
{
    return (x > 0) - (x < 0);
}

static void searches__agree_with_libc(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        char text[20], word[6];
        size_t text_bytes = random_word(text, 16, "abAB");
        size_t word_bytes = random_word(word, 4, "abAB");

        assert_ptr_equal(our_memmem(text, text_bytes, word, word_bytes),
                         memmem(text, text_bytes, word, word_bytes));
        if (text_bytes > 0 || word_bytes > 0) /* musl finds nothing in nothing */
            assert_ptr_equal(our_strcasestr(text, word), strcasestr(text, word));
        assert_ptr_equal(our_memrchr(text, 'a', text_bytes), memrchr(text, 'a', text_bytes));
    }
    assert_null(our_memmem("", 0, "a", 1));
    assert_null(our_memrchr("", 'a', 0));
}

static void strverscmp__orders_as_glibc_does(void **state)
{
    static const char *const rising[] = {"000", "00", "01", "010", "09", "0", "1", "9", "10"};

    (void)state;
    for (size_t i = 0; i + 1 < sizeof rising / sizeof *rising; i++)
        assert_true(our_strverscmp(rising[i], rising[i + 1]) < 0);
#ifdef __GLIBC__
    for (int i = 0; i < ROUNDS; i++) {
        char a[8], b[8];

        random_word(a, 6, "0019ab");
        random_word(b, 6, "0019ab");
        if (sign(our_strverscmp(a, b)) != sign(strverscmp(a, b)))
            fail_msg("'%s' '%s'", a, b);
    }
#endif
    assert_int_equal(sign(our_strverscmp("a", "a")), 0);
}

static int compare_numbers(const void *a, const void *b, void *context)
{
    int x, y;

    ++*(int *)context;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return (x > y) - (x < y);
}

static void qsort_r__sorts_with_a_context(void **state)
{
    (void)state;
    for (size_t count = 0; count < 300; count++) {
        int numbers[300];
        long before = 0, after = 0;
        int calls = 0;

        for (size_t i = 0; i < count; i++) {
            numbers[i] = (int)(next_random() % 100);
            before += numbers[i];
        }
        our_qsort_r(numbers, count, sizeof *numbers, compare_numbers, &calls);
        for (size_t i = 0; i < count; i++) {
            after += numbers[i];
            assert_true(i == 0 || numbers[i - 1] <= numbers[i]);
        }
        assert_int_equal(before, after);
        assert_true(count < 2 || calls > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(searches__agree_with_libc),
        cmocka_unit_test(strverscmp__orders_as_glibc_does),
        cmocka_unit_test(qsort_r__sorts_with_a_context),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
