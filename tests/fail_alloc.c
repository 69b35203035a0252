/* tests/test_memory preloads this into the program: allocation number $FAIL_ALLOC of the
 * process and all later ones fail, except those of ncurses, which would crash (render.c makes
 * sure beforehand that it has memory). Only GNU libc offers the names of the real functions. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

extern void *__libc_malloc(size_t bytes);
extern void *__libc_calloc(size_t count, size_t bytes);
extern void *__libc_realloc(void *old, size_t bytes);

extern char **environ;

static long left = -1; /* -1: not asked yet; -2: never fail */

/* Not getenv at first: the environment may not be set up yet. */
static int is_ncurses(const void *caller)
{
    Dl_info from;

    return dladdr(caller, &from) != 0 && from.dli_fname != NULL &&
           (strstr(from.dli_fname, "/libncurses") != NULL ||
            strstr(from.dli_fname, "/libtinfo") != NULL);
}

static int fails(const void *caller)
{
    if (left == -1) {
        const char *wish = getenv("FAIL_ALLOC");

        left = wish != NULL ? atol(wish) : 0;
        if (left == 0)
            left = -2;
    }
    if (left == -2)
        return 0;
    if (left > 1) {
        left--;
        return 0;
    }
    if (is_ncurses(caller))
        return 0;
    errno = ENOMEM;
    return 1;
}

/* A build for coverage writes its counts at exit, and libgcov does not check its allocations:
 * it crashed after the program was done. This is the first function that it calls, so from here
 * on no allocation fails. */
char *getenv(const char *name)
{
    size_t bytes = strlen(name);

    if (strcmp(name, "GCOV_PREFIX") == 0)
        left = -2;
    for (char **entry = environ; entry != NULL && *entry != NULL; entry++)
        if (strncmp(*entry, name, bytes) == 0 && (*entry)[bytes] == '=')
            return *entry + bytes + 1;
    return NULL;
}

void *malloc(size_t bytes)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_malloc(bytes);
}

void *calloc(size_t count, size_t bytes)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_calloc(count, bytes);
}

void *realloc(void *old, size_t bytes)
{
    return fails(__builtin_return_address(0)) ? NULL : __libc_realloc(old, bytes);
}

/* ncurses copies names with it. */
char *strdup(const char *text)
{
    size_t bytes = strlen(text) + 1;
    char *copy = fails(__builtin_return_address(0)) ? NULL : __libc_malloc(bytes);

    return copy != NULL ? memcpy(copy, text, bytes) : NULL;
}
