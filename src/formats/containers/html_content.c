/* Which blocks of a page are its content.
 *
 * Content is in one element, or in a few that repeat: most of the page's running text is there,
 * with few links. So: (1) blocks that look like running text get a weight; (2) from the page
 * down, follow the element that holds most of that weight, as long as what stays outside is not
 * content; (3) add the headings above it, and remove what is dense with links at its edges or
 * is named as navigation.
 *
 * Nothing here knows a site. Classes are only evidence, and never outweigh an element that
 * holds much of the running text. */
#include "formats/containers/html_page.h"

#include <stdlib.h>

#include "formats/common/folded_text.h"
#include "formats/containers/html_messages.h"
#include "shilu/base/memory.h"

enum {
    RUNNING_WEIGHT = 50,      /* letters from which a block without a sentence's end is
                               * running text */
    SENTENCE_WEIGHT = 16,     /* … with a sentence's end */
    AROUND_MOST_PERCENT = 30, /* of the running text: an element with more is content,
                               * whatever its name */
    DOWN_LEAST_PERCENT = 80,  /* of an element's running text: descend into a child with more */
    LINKED_PERCENT = 50,      /* a block with more link text is a list of links */
    NEIGHBOUR_LINK_PERCENT = 10,
    QUESTIONS_MIN = 3, /* blocks of one signature that ask */
    SIGNATURES_TRIED = 8,
    SHORT_TEXTS_MIN = 2 /* elements next to one with the same signature */
};

struct choice {
    struct html_page *page;
    uint32_t *running; /* owned, by element: weight of the running text in it */
    uint32_t *linked;  /* … and of the linked text */
    uint32_t *all;     /* … and of all text */
    uint32_t total;    /* weight of the page's running text */
};

static bool is_linked(const struct html_block *b)
{
    return b->weight > 0 && (uint64_t)b->linked * 100 >= (uint64_t)b->weight * LINKED_PERCENT;
}

static bool is_running(const struct html_block *b)
{
    if (b->reason != HTML_KEPT || is_linked(b) || b->kind == HTML_HEADING)
        return false;
    return b->weight >= (b->sentence ? SENTENCE_WEIGHT : RUNNING_WEIGHT);
}

/* Elements precede their descendants, so one pass from the end sums up. */
static void weigh(struct choice *c)
{
    const struct html_page *page = c->page;
    size_t i;

    c->running = memory_zalloc(page->element_count, sizeof *c->running);
    c->linked = memory_zalloc(page->element_count, sizeof *c->linked);
    c->all = memory_zalloc(page->element_count, sizeof *c->all);
    for (i = 0; i < page->count; i++) {
        const struct html_block *b = &page->blocks[i];

        c->running[b->element] += is_running(b) ? b->weight - b->linked : 0;
        c->linked[b->element] += b->linked;
        c->all[b->element] += b->weight;
    }
    for (i = page->element_count - 1; i > 0; i--) {
        uint32_t parent = page->elements[i].parent;

        c->running[parent] += c->running[i];
        c->linked[parent] += c->linked[i];
        c->all[parent] += c->all[i];
    }
    c->total = c->running[0];
}

static bool is_around(const struct choice *c, uint32_t element)
{
    return c->page->elements[element].around;
}

static int by_signature(const void *a, const void *b)
{
    const struct html_element *const *x = a;
    const struct html_element *const *y = b;

    if ((*x)->signature != (*y)->signature)
        return (*x)->signature < (*y)->signature ? -1 : 1;
    return (*x > *y) - (*x < *y);
}

/* Elements of one signature that together hold much of the running text are content, whatever
 * they are called: sixty turns of class "comment". */
static void trust_what_is_read(struct choice *c)
{
    struct html_page *page = c->page;
    struct html_element **around = memory_zalloc(page->element_count,
                                                 sizeof(struct html_element *));
    size_t count = 0;
    size_t i, j, end;

    for (i = 0; i < page->element_count; i++)
        if (page->elements[i].around)
            around[count++] = &page->elements[i];
    qsort(around, count, sizeof *around, by_signature);
    for (i = 0; i < count; i = end) {
        uint64_t running = 0;

        for (end = i; end < count && around[end]->signature == around[i]->signature; end++)
            running += c->running[around[end] - page->elements];
        for (j = i; j < end; j++)
            around[j]->around = running * 100 < (uint64_t)c->total * AROUND_MOST_PERCENT;
    }
    free(around);
}

/* The child with the most running text, or 0. */
static uint32_t heaviest_child(const struct choice *c, uint32_t element)
{
    const struct html_page *page = c->page;
    uint32_t child, best = 0;

    for (child = element + 1; child < page->elements[element].end;
         child = page->elements[child].end)
        if (!is_around(c, child) && (best == 0 || c->running[child] > c->running[best]))
            best = child;
    return best;
}

/* Whether an element is one of several repeated side by side: another one has running text, or
 * several have short text with few links, as the messages of a chat do. */
static bool repeats(const struct choice *c, uint32_t element)
{
    const struct html_element *elements = c->page->elements;
    uint32_t parent = elements[element].parent;
    size_t short_texts = 0;
    uint32_t child;

    for (child = parent + 1; child < elements[parent].end; child = elements[child].end) {
        if (child == element || elements[child].signature != elements[element].signature)
            continue;
        if (c->running[child] > 0)
            return true;
        short_texts += (uint64_t)c->linked[child] * 2 < c->all[child];
    }
    return short_texts >= SHORT_TEXTS_MIN;
}

static bool holds_many_blocks(const struct choice *c, uint32_t element)
{
    const struct html_element *e = &c->page->elements[element];

    return e->end_block - e->first_block > 1;
}

static uint32_t find_root(const struct choice *c)
{
    uint32_t element = 0;

    for (;;) {
        uint32_t child = heaviest_child(c, element);

        if (child == 0 || c->running[child] == 0 || c->page->elements[child].paragraph ||
            !holds_many_blocks(c, child) || repeats(c, child) ||
            (uint64_t)c->running[child] * 100 <
                (uint64_t)c->running[element] * DOWN_LEAST_PERCENT)
            return element;
        element = child;
    }
}

/* The outermost element that holds the same blocks: for rows, the table, whose siblings are
 * those to compare. */
static uint32_t find_outermost(const struct html_page *page, uint32_t element)
{
    const struct html_element *elements = page->elements;
    uint32_t parent = elements[element].parent;

    while (parent != 0 && elements[parent].first_block == elements[element].first_block &&
           elements[parent].end_block == elements[element].end_block) {
        element = parent;
        parent = elements[element].parent;
    }
    return element;
}

/* A sibling of the content without links: the question above an answer, facts above a record, a
 * note below it. */
static bool is_good_neighbour(const struct choice *c, uint32_t element, uint32_t root)
{
    if (is_around(c, element) || c->all[element] == 0)
        return false;
    if (element < root && c->linked[element] == 0)
        return true;
    return c->running[element] > 0 && (uint64_t)c->linked[element] * 100 <=
                                          (uint64_t)c->all[element] * NEIGHBOUR_LINK_PERCENT;
}

static void mark(struct html_page *page, uint32_t first, uint32_t end, enum html_reason reason)
{
    uint32_t i;

    for (i = first; i < end; i++)
        if (page->blocks[i].reason == HTML_KEPT)
            page->blocks[i].reason = reason;
}

/* Mark elements inside the content that are named as navigation. */
static void mark_around(struct choice *c, uint32_t root)
{
    const struct html_element *elements = c->page->elements;
    uint32_t e = root + 1;

    while (e < elements[root].end) {
        if (is_around(c, e)) {
            mark(c->page, elements[e].first_block, elements[e].end_block, HTML_NAVIGATION);
            e = elements[e].end;
        } else {
            e++;
        }
    }
}

static bool is_kept_text(const struct html_block *b)
{
    return b->reason == HTML_KEPT && (b->heads_message || !is_linked(b));
}

/* Blocks that consist of links are lists of links at the edges of the content, and inside it if
 * there are three or more in a row; a single one between paragraphs is a linked name or
 * heading. */
static void mark_links(struct html_page *page, uint32_t first, uint32_t end)
{
    uint32_t i = first;

    while (i < end) {
        uint32_t start = i;
        uint32_t count = 0;

        while (i < end && !is_kept_text(&page->blocks[i]))
            count += page->blocks[i++].reason == HTML_KEPT;
        if (count > 2 || start == first || i == end)
            mark(page, start, i, HTML_NAVIGATION);
        while (i < end && is_kept_text(&page->blocks[i]))
            i++;
    }
}

/* Find the heading above the content; what is between the two is content too. */
static uint32_t find_heading(const struct html_page *page, uint32_t first)
{
    uint32_t i;

    for (i = first; i > 0; i--) {
        const struct html_block *b = &page->blocks[i - 1];

        if (b->kind == HTML_HEADING && b->level == 1 && b->reason == HTML_KEPT)
            return i - 1;
    }
    return first;
}

static bool is_paragraph(const struct html_page *page, size_t block)
{
    return page->blocks[block].reason == HTML_KEPT &&
           page->blocks[block].kind == HTML_PARAGRAPH;
}

static bool is_of(const struct html_page *page, size_t block, uint32_t signature)
{
    return is_paragraph(page, block) &&
           page->elements[page->blocks[block].element].signature == signature;
}

/* Whether most blocks of a signature ask, few others do, and nearly all of them are followed by
 * another block. */
static bool holds_questions(const struct html_page *page, uint32_t signature, const bool *asks)
{
    size_t count = 0, asking = 0, followed = 0, others_asking = 0;
    size_t i;

    for (i = 0; i < page->count; i++) {
        if (!is_of(page, i, signature)) {
            others_asking += asks[i];
            continue;
        }
        count++;
        asking += asks[i];
        followed += i + 1 < page->count && !is_of(page, i + 1, signature);
    }
    return count >= QUESTIONS_MIN && asking * 10 >= count * 6 && followed * 10 >= count * 9 &&
           others_asking <= asking;
}

/* Mark questions that the class of their paragraph sets apart, as bold type does elsewhere. */
static void set_questions_apart(struct html_page *page)
{
    uint32_t tried[SIGNATURES_TRIED];
    bool *asks = memory_zalloc(page->count + 1, sizeof *asks);
    size_t tries = 0;
    size_t i, k;

    for (i = 0; i < page->count; i++)
        asks[i] = is_paragraph(page, i) &&
                  folded_ends_in_question(html_page_text(page, &page->blocks[i]));
    for (i = 0; i < page->count && tries < SIGNATURES_TRIED; i++) {
        uint32_t signature = page->elements[page->blocks[i].element].signature;

        for (k = 0; k < tries && tried[k] != signature; k++)
            continue;
        if (!asks[i] || k < tries)
            continue;
        tried[tries++] = signature;
        if (!holds_questions(page, signature, asks))
            continue;
        for (k = i; k < page->count; k++)
            page->blocks[k].set_apart = is_of(page, k, signature);
        break;
    }
    free(asks);
}

void html_content_choose(struct html_page *page)
{
    struct choice c = {.page = page};
    uint32_t root, parent, first, end, heading;
    uint32_t child;

    weigh(&c);
    trust_what_is_read(&c);
    if (!html_messages_find(page, &root))
        root = find_root(&c);
    root = find_outermost(page, root);
    first = page->elements[root].first_block;
    end = page->elements[root].end_block;
    parent = page->elements[root].parent;
    if (root != 0) {
        for (child = parent + 1; child < page->elements[parent].end;
             child = page->elements[child].end) {
            const struct html_element *e = &page->elements[child];

            if (child == root || !is_good_neighbour(&c, child, root))
                continue;
            first = e->first_block < first ? e->first_block : first;
            end = e->end_block > end ? e->end_block : end;
        }
    }
    heading = find_heading(page, first);
    mark_around(&c, root);
    mark_around(&c, 0);
    mark_links(page, first, end);
    if (heading < first)
        mark_links(page, heading + 1, first);
    mark(page, 0, heading, HTML_SURROUNDING);
    mark(page, end, (uint32_t)page->count, HTML_SURROUNDING);
    set_questions_apart(page);
    free(c.running);
    free(c.linked);
    free(c.all);
}
