/* gumbo neither limits the depth of a tree nor survives a failed allocation, and it frees a
 * tree recursively. So every allocation is counted and linked into a list. If a limit is
 * exceeded, the allocator leaves the parser by longjmp, and the list frees what the parser had
 * built. */
#include "formats/containers/html_tree.h"

#include <ctype.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

enum {
    CLOCK_EVERY = 64, /* allocations: in a deep tree each may come after a long search */
    LEFT_LARGE = 1,
    LEFT_SLOW = 2,
    HEAP_BYTES = 16,         /* that malloc itself takes for each */
    REFERENCE_DIGITS_MAX = 7 /* of the largest code point, 1114111 */
};

struct html_allocation {
    struct html_allocation *before;
    struct html_allocation *after;
    size_t bytes;
    max_align_t start[];
};

struct parse {
    struct html_tree *tree;
    size_t limit_bytes;
    int64_t end_ms; /* of this thread's processor time */
    unsigned calls;
    jmp_buf leave;
};

static int64_t thread_ms(void)
{
    struct timespec now;

    if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now) != 0)
        return 0;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static size_t cost(size_t bytes)
{
    return sizeof(struct html_allocation) + bytes + HEAP_BYTES;
}

static void *allocate(void *user, size_t bytes)
{
    struct parse *p = user;
    struct html_allocation *a;

    if (p->tree->used_bytes + cost(bytes) > p->limit_bytes)
        longjmp(p->leave, LEFT_LARGE);
    if (++p->calls % CLOCK_EVERY == 0 && thread_ms() > p->end_ms)
        longjmp(p->leave, LEFT_SLOW);
    a = memory_alloc(sizeof *a + bytes);
    a->bytes = bytes;
    a->before = NULL;
    a->after = p->tree->allocations;
    if (a->after != NULL)
        a->after->before = a;
    p->tree->allocations = a;
    p->tree->used_bytes += cost(bytes);
    return a->start;
}

static void deallocate(void *user, void *start)
{
    struct parse *p = user;
    struct html_allocation *a;

    if (start == NULL)
        return;
    a = (struct html_allocation *)((char *)start - offsetof(struct html_allocation, start));
    if (a->before != NULL)
        a->before->after = a->after;
    else
        p->tree->allocations = a->after;
    if (a->after != NULL)
        a->after->before = a->before;
    p->tree->used_bytes -= cost(a->bytes);
    free(a);
}

static size_t limit_bytes(uint64_t page_bytes, uint64_t file_bytes)
{
    uint64_t limit = page_bytes * HTML_MEMORY_FACTOR + HTML_MEMORY_FREE_BYTES;
    uint64_t packed = file_bytes < page_bytes ? file_bytes * HTML_MEMORY_FACTOR : limit;

    if (packed < HTML_MEMORY_PACKED_BYTES)
        packed = HTML_MEMORY_PACKED_BYTES;
    limit = limit < packed ? limit : packed;
    return limit < SIZE_MAX ? (size_t)limit : SIZE_MAX;
}

/* The bytes of a numeric character reference at the front that has too many digits for any code
 * point; 0 for none. */
static size_t endless_reference_bytes(struct span s)
{
    bool hex = s.length > 2 && (s.data[2] == 'x' || s.data[2] == 'X');
    size_t at = hex ? 3 : 2;
    size_t digits = 0;

    while (at < s.length && s.data[at] == '0')
        at++;
    for (; at < s.length &&
           (hex ? isxdigit((unsigned char)s.data[at]) : isdigit((unsigned char)s.data[at]));
         at++)
        digits++;
    if (digits <= REFERENCE_DIGITS_MAX)
        return 0;
    return at + (at < s.length && s.data[at] == ';');
}

/* Such a number overflows in gumbo, which then gives bytes that are not UTF-8, or loses the
 * rest of a tag. The standard has U+FFFD for it. NULL if the page has none. */
static char *without_endless_references(struct span page, size_t *bytes)
{
    struct buffer out = {0};
    size_t kept = 0; /* bytes of the page that `out` has, or stands for */
    size_t at = 0;
    const char *found;

    while ((found = memmem(page.data + at, page.length - at, "&#", 2)) != NULL) {
        size_t start = (size_t)(found - page.data);
        size_t reference = endless_reference_bytes(span_skip(page, start));

        at = start + (reference > 0 ? reference : 2);
        if (reference == 0)
            continue;
        buffer_append(&out, page.data + kept, start - kept);
        buffer_append_string(&out, "\xEF\xBF\xBD");
        kept = at;
    }
    if (kept == 0)
        return NULL;
    buffer_append(&out, page.data + kept, page.length - kept);
    *bytes = out.bytes;
    return buffer_take(&out);
}

bool html_tree_parse(struct html_tree *tree, struct span page, uint64_t file_bytes,
                     struct error *err)
{
    GumboOptions options = kGumboDefaultOptions;
    int64_t limit_ms = HTML_FREE_MS + (int64_t)(page.length >> 20) * HTML_MEGABYTE_MS;
    struct parse p = {.tree = tree};

    *tree = (struct html_tree){0};
    tree->page = without_endless_references(page, &page.length);
    if (tree->page != NULL)
        page.data = tree->page;
    p.limit_bytes = limit_bytes(page.length, file_bytes);
    p.end_ms = thread_ms() + (limit_ms < HTML_MS_MAX ? limit_ms : HTML_MS_MAX);
    options.allocator = allocate;
    options.deallocator = deallocate;
    options.userdata = &p;
    options.max_errors = 0;
    switch (setjmp(p.leave)) {
    case 0:
        tree->root = gumbo_parse_with_options(&options, page.data, page.length)->root;
        return true;
    case LEFT_LARGE:
        html_tree_release(tree);
        return error_set(
            err, ERROR_LIMIT,
            "the page needs too much memory: its elements are too many, or nested too deeply");
    default:
        html_tree_release(tree);
        return error_set(
            err, ERROR_LIMIT,
            "the page takes too long to parse: its elements are nested too deeply");
    }
}

void html_tree_release(struct html_tree *tree)
{
    struct html_allocation *a = tree->allocations;

    while (a != NULL) {
        struct html_allocation *after = a->after;

        free(a);
        a = after;
    }
    free(tree->page);
    *tree = (struct html_tree){0};
}
