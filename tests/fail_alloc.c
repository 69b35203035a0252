/* Preloaded into the program by tests/test_memory: the allocation number $FAIL_ALLOC of the
 * process fails, and so do all after it. GNU libc alone offers the names to fall back on. */
#include <errno.h>
#include <stdlib.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);

static long left = -1; /* -1: not asked yet */

/* Not getenv at first: the environment may not be set up yet. */
static int fails(void)
{
    if (left == -1) {
        const char *wish = getenv("FAIL_ALLOC");

        left = wish != NULL ? atol(wish) : 0;
        if (left == 0)
            left = -2; /* never */
    }
    if (left == -2)
        return 0;
    if (left > 1) {
        left--;
        return 0;
    }
    errno = ENOMEM;
    return 1;
}

void *malloc(size_t bytes)
{
    return fails() ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return fails() ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return fails() ? NULL : __libc_realloc(old, bytes);
}
