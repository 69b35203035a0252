#include "shilu/base/nearest.h"

#include <stdint.h>

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

static char plain(char c)
{
    if (c >= 'A' && c <= 'Z')
        return (char)(c - 'A' + 'a');
    return c == '_' ? '-' : c;
}

size_t nearest_distance(struct span a, struct span b)
{
    /* Row i of the table, and the two above it, by i modulo 3. */
    size_t rows[3][NEAREST_BYTES_MAX + 1];

    if (a.length > NEAREST_BYTES_MAX || b.length > NEAREST_BYTES_MAX)
        return SIZE_MAX;
    for (size_t j = 0; j <= b.length; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= a.length; i++) {
        size_t *row = rows[i % 3];
        const size_t *above = rows[(i - 1) % 3];
        const size_t *second = rows[(i + 1) % 3]; /* two rows above */

        row[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            char x = plain(a.data[i - 1]);
            char y = plain(b.data[j - 1]);

            row[j] = min(above[j - 1] + (x != y), min(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && x == plain(b.data[j - 2]) && plain(a.data[i - 2]) == y)
                row[j] = min(row[j], second[j - 2] + 1);
        }
    }
    return rows[a.length % 3][b.length];
}

size_t nearest_limit(size_t bytes)
{
    return bytes < 6 ? 1 : bytes / 3;
}

const char *nearest_name(const char *typed, const char *const *names, size_t count)
{
    const struct span word = span_string(typed);
    const char *best = NULL;
    size_t best_distance = nearest_limit(word.length) + 1;

    for (size_t i = 0; i < count; i++) {
        size_t d = nearest_distance(word, span_string(names[i]));

        /* With every byte replaced it is no longer the same word. */
        if (d < best_distance && d < word.length) {
            best_distance = d;
            best = names[i];
        }
    }
    return best;
}
