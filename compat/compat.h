/* What glibc and musl have and other systems lack, under the names of the former. Included by
 * config.h, so by every file. */
#ifndef SHILU_COMPAT_H
#define SHILU_COMPAT_H

#include <stddef.h>

#ifndef HAVE_MEMRCHR
/* The last `c` in the first `bytes` of `s`, or NULL. */
void *memrchr(const void *s, int c, size_t bytes);
#endif

#ifndef HAVE_MEMMEM
/* The first place of `needle` in `s`, or NULL. */
void *memmem(const void *s, size_t bytes, const void *needle, size_t needle_bytes);
#endif

#ifndef HAVE_STRCASESTR
/* strstr without regard to the case of ASCII letters. */
char *strcasestr(const char *s, const char *needle);
#endif

#ifndef HAVE_STRVERSCMP
/* strcmp, but numbers within the strings compare as numbers: "a9" comes before "a10". */
int strverscmp(const char *a, const char *b);
#endif

/* qsort_r has three incompatible forms; this is GNU's, which POSIX 2024 took. */
#ifndef HAVE_GNU_QSORT_R
#define qsort_r compat_qsort_r
void compat_qsort_r(void *items, size_t count, size_t size,
                    int (*compare)(const void *a, const void *b, void *context), void *context);
#endif

/* POSIX 2008's name for what macOS calls st_mtimespec. */
#if !defined HAVE_STRUCT_STAT_ST_MTIM && defined HAVE_STRUCT_STAT_ST_MTIMESPEC
#define st_mtim st_mtimespec
#define st_atim st_atimespec
#endif

#endif
