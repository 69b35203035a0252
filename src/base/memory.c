/* Memory. The only state is the handler that a program sets once, before anything else runs; it
 * is called at most once, since the process then ends. */
#include "shilu/base/memory.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static memory_handler *on_exhausted;
static atomic_flag is_ending = ATOMIC_FLAG_INIT;
static _Thread_local bool ends_here;

void memory_set_handler(memory_handler *handler)
{
    on_exhausted = handler;
    ends_here = false;
    atomic_flag_clear(&is_ending);
}

_Noreturn void memory_exhausted(size_t bytes)
{
    memory_handler *handler = on_exhausted;

    /* A handler that itself runs out of memory must not come back here, and a second thread
     * must not end the process before the first one has reported why. */
    if (atomic_flag_test_and_set(&is_ending)) {
        while (!ends_here)
            pause();
        _Exit(2);
    }
    ends_here = true;
    if (handler != NULL)
        handler(bytes);
    _Exit(2);
}

void *memory_alloc(size_t bytes)
{
    void *p = malloc(bytes > 0 ? bytes : 1);

    if (p == NULL)
        memory_exhausted(bytes);
    return p;
}

void *memory_zalloc(size_t count, size_t bytes)
{
    void *p = calloc(count > 0 ? count : 1, bytes > 0 ? bytes : 1);

    if (p == NULL)
        memory_exhausted(count);
    return p;
}

void *memory_realloc(void *old, size_t count, size_t bytes)
{
    void *p;

    if (bytes > 0 && count > SIZE_MAX / bytes)
        memory_exhausted(SIZE_MAX);
    p = realloc(old, count * bytes > 0 ? count * bytes : 1);
    if (p == NULL)
        memory_exhausted(count * bytes);
    return p;
}

void memory_ensure(size_t bytes)
{
    free(memory_alloc(bytes));
}

char *memory_strdup(const char *s)
{
    return memory_strndup(s, strlen(s));
}

char *memory_strndup(const char *s, size_t bytes)
{
    char *copy = memory_alloc(bytes + 1);

    if (bytes > 0)
        memcpy(copy, s, bytes);
    copy[bytes] = '\0';
    return copy;
}

void memory_reserve(void **items, size_t *capacity, size_t need, size_t item_bytes)
{
    size_t wanted = *capacity;

    if (need <= wanted)
        return;
    wanted += wanted / 2;
    if (wanted < need)
        wanted = need;
    if (wanted < 8)
        wanted = 8;
    *items = memory_realloc(*items, wanted, item_bytes);
    *capacity = wanted;
}
