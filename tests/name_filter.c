/* Part of every test program: its first argument, or SHILU_TEST, names the tests to run. CMocka
 * reads '*' and '?' in that name as wildcards. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* musl gives a constructor no arguments. */
static const char *first_argument(void)
{
    static char line[4096];
    FILE *f = fopen("/proc/self/cmdline", "r");
    size_t bytes = f != NULL ? fread(line, 1, sizeof line - 2, f) : 0;
    const char *second = line + strlen(line) + 1;

    if (f != NULL)
        fclose(f);
    return second < line + bytes ? second : NULL;
}

__attribute__((constructor)) static void take_filter(void)
{
    const char *filter = first_argument();

    if (filter == NULL)
        filter = getenv("SHILU_TEST");
    if (filter != NULL && *filter != '\0')
        cmocka_set_test_filter(filter);
}
