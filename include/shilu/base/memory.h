/* Memory: allocation that cannot fail, and growing arrays.
 *
 * Running out of memory ends the program from one place: the handler set here runs first
 * (the screen is restored in it), then the process exits with status 2. What a file can
 * drive (a size, a depth) is checked by the reader and is an error, never an allocation
 * of any size that the file names. */
#ifndef SHILU_BASE_MEMORY_H
#define SHILU_BASE_MEMORY_H

#include <stddef.h>

typedef void memory_handler(size_t bytes);

/* The handler is called once, with the size that could not be had. NULL restores none. */
void memory_set_handler(memory_handler *handler);

/* For those who allocate in other ways: a library that could not. */
_Noreturn void memory_exhausted(size_t bytes);

/* As malloc, calloc, realloc, but never NULL for a size above 0. */
void *memory_alloc(size_t bytes);
void *memory_zalloc(size_t count, size_t bytes);
void *memory_realloc(void *old, size_t count, size_t bytes);

/* Copies owned by the caller. memory_strndup copies exactly `bytes` and adds a NUL. */
char *memory_strdup(const char *s);
char *memory_strndup(const char *s, size_t bytes);

/* Make room for `need` items in a growing array; *capacity is in items. Grows by half, so
 * that the unused tail stays below what the memory budget allows. */
void memory_reserve(void **items, size_t *capacity, size_t need, size_t item_bytes);

#define MEMORY_RESERVE(items, capacity, need) \
    memory_reserve((void **)&(items), &(capacity), (need), sizeof *(items))

#endif
