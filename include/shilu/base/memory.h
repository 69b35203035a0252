/* Memory: allocation that cannot fail, and growing arrays. Running out of memory ends the
 * program in one place: the handler set here runs first (it restores the screen), then the
 * process exits with status 2. Sizes and depths controlled by a file are checked by the reader
 * and are errors; no allocation trusts a size stated in a file. */
#ifndef SHILU_BASE_MEMORY_H
#define SHILU_BASE_MEMORY_H

#include <stddef.h>

typedef void memory_handler(size_t bytes);

/* The handler is called once, with the size that could not be allocated. NULL removes it. */
void memory_set_handler(memory_handler *handler);

/* For allocations made elsewhere: a library ran out of memory. */
_Noreturn void memory_exhausted(size_t bytes);

/* As malloc, calloc, realloc, but never NULL for a size above 0. */
void *memory_alloc(size_t bytes);
void *memory_zalloc(size_t count, size_t bytes);
void *memory_realloc(void *old, size_t count, size_t bytes);

/* Make sure that so many bytes can be allocated now; call it before a library that crashes if
 * an allocation fails. */
void memory_ensure(size_t bytes);

/* Copies owned by the caller. memory_strndup copies exactly `bytes` and adds a NUL. */
char *memory_strdup(const char *s);
char *memory_strndup(const char *s, size_t bytes);

/* Reserve `need` items in a growing array; *capacity is in items. Grows by half, so that the
 * unused part stays within the memory budget. */
void memory_reserve(void **items, size_t *capacity, size_t need, size_t item_bytes);

#define MEMORY_RESERVE(items, capacity, need) \
    ((need) <= (capacity)                     \
         ? (void)0                            \
         : memory_reserve((void **)&(items), &(capacity), (need), sizeof *(items)))

#endif
