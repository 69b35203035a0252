/* The outermost lines of each page are compared with those of the pages near it. Left and right
 * pages have different headers, so pages two apart are compared too. */
#include "formats/containers/pdf_pages.h"

#include <stdint.h>
#include <stdlib.h>

#include "formats/containers/block_list.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum { EDGE_LINES = 2, PAGES_APART = 2, HEAD_BYTES_MAX = 300 };

struct page {
    struct span text;
    struct span top[EDGE_LINES]; /* its first lines that are not blank; the rest are empty */
    struct span bottom[EDGE_LINES];
    uint64_t top_hash[EDGE_LINES]; /* 0: no line */
    uint64_t bottom_hash[EDGE_LINES];
};

/* The hash of a line with each run of digits as one, without white space. */
static uint64_t hash_of(struct span line)
{
    char key[HEAD_BYTES_MAX];
    size_t bytes = 0;
    size_t i;

    if (line.length == 0 || line.length > sizeof key)
        return 0;
    for (i = 0; i < line.length; i++) {
        char c = line.data[i];

        if (span_is_space(c))
            continue;
        if (c >= '0' && c <= '9')
            c = '0';
        if (c != '0' || bytes == 0 || key[bytes - 1] != '0')
            key[bytes++] = c;
    }
    return hash_fnv1a(key, bytes);
}

static void find_edges(struct page *p)
{
    struct span rest = p->text;
    struct span line;
    int count = 0;
    int i;

    while (span_next_line(&rest, &line)) {
        line = span_trim(line);
        if (line.length == 0)
            continue;
        if (count < EDGE_LINES)
            p->top[count] = line;
        for (i = EDGE_LINES - 1; i > 0; i--)
            p->bottom[i] = p->bottom[i - 1];
        p->bottom[0] = line;
        count++;
    }
    for (i = 0; i < EDGE_LINES; i++) {
        p->top_hash[i] = hash_of(p->top[i]);
        p->bottom_hash[i] = hash_of(p->bottom[i]);
    }
}

static struct page *find_pages(struct span text, size_t *count)
{
    struct page *pages = NULL;
    size_t capacity = 0;

    *count = 0;
    while (text.length > 0) {
        struct page page = {.text = span_take_until(&text, '\f')};

        find_edges(&page);
        MEMORY_RESERVE(pages, capacity, *count + 1);
        pages[(*count)++] = page;
    }
    return pages;
}

static bool has(const uint64_t hashes[EDGE_LINES], uint64_t hash)
{
    for (int i = 0; i < EDGE_LINES; i++)
        if (hashes[i] == hash)
            return true;
    return false;
}

/* Whether a line at an edge is at the same edge of a nearby page. */
static bool repeats(const struct page *pages, size_t count, size_t page, uint64_t hash,
                    bool top)
{
    size_t first = page > PAGES_APART ? page - PAGES_APART : 0;
    size_t i;

    for (i = first; hash != 0 && i < count && i <= page + PAGES_APART; i++)
        if (i != page && has(top ? pages[i].top_hash : pages[i].bottom_hash, hash))
            return true;
    return false;
}

/* The header or footer reaches as far inwards as lines repeat. */
static bool is_edge(const struct page *pages, size_t count, size_t page, struct span line)
{
    const struct page *p = &pages[page];
    int i;

    for (i = 0; i < EDGE_LINES && repeats(pages, count, page, p->top_hash[i], true); i++)
        if (line.data == p->top[i].data)
            return true;
    for (i = 0; i < EDGE_LINES && repeats(pages, count, page, p->bottom_hash[i], false); i++)
        if (line.data == p->bottom[i].data)
            return true;
    return false;
}

uint64_t pdf_pages_join(struct span text, struct buffer *out)
{
    uint64_t left_out = 0;
    size_t count, i;
    struct page *pages = find_pages(text, &count);

    for (i = 0; i < count; i++) {
        struct span rest = pages[i].text;
        struct span line;

        while (span_next_line(&rest, &line)) {
            struct span words = span_trim(line);

            if (words.length > 0 && is_edge(pages, count, i, words)) {
                left_out += block_list_visible(words);
                continue;
            }
            buffer_append(out, line.data, line.length);
            buffer_append_char(out, '\n');
        }
    }
    free(pages);
    return left_out;
}
