/* What goes with a name distinguishes it from a rubric, an author and a button: it recurs and
 * is short, what is below it is neither a heading nor a link, and nearly every message has a
 * clock reading, or the names take turns. */
#include "formats/containers/html_messages.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/folded_text.h"
#include "formats/containers/block_list.h"
#include "formats/records/line/stamp.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

enum {
    NAME_BYTES_MAX = 48,
    CLOCK_BYTES_MAX = 48,
    NAMES_LOOKED_AT = 1000,
    MESSAGES_MIN = 3,
    MOMENTS_MIN = 2,         /* messages beside a whole moment */
    TURNS_MIN = 4,           /* … without clock readings */
    PEOPLE_MAX = 6,          /* … */
    OTHERS_AMONG_NAMES = 10, /* one in so many, at most, of the signature is no name */
    RUNNING_PERCENT = 60     /* of the page's text: the messages have at least so much */
};

/* The messages of one signature. */
struct messages {
    const struct html_page *page;
    const struct html_mark *marks; /* of the names, in order */
    size_t count;
};

static struct span text_of(const struct html_page *page, const struct html_mark *mark)
{
    struct span text = html_page_text(page, &page->blocks[mark->block]);

    return folded_trim(span_of(text.data + mark->start, mark->end - mark->start));
}

/* "10:32" anywhere in it. */
static bool has_clock(struct span text)
{
    size_t i;

    for (i = 1; i + 2 < text.length; i++)
        if (text.data[i] == ':' && text.data[i - 1] >= '0' && text.data[i - 1] <= '9' &&
            text.data[i + 1] >= '0' && text.data[i + 1] <= '5' && text.data[i + 2] >= '0' &&
            text.data[i + 2] <= '9')
            return true;
    return false;
}

/* "Ruth P." */
static bool ends_in_initial(struct span text)
{
    return text.length > 3 && text.data[text.length - 1] == '.' &&
           text.data[text.length - 3] == ' ';
}

static bool may_be_name(struct span text)
{
    size_t letters = 0;
    size_t i;

    if (text.length == 0 || text.length > NAME_BYTES_MAX || has_clock(text) ||
        (folded_ends_sentence(text) && !ends_in_initial(text)))
        return false;
    for (i = 0; i < text.length; i++)
        letters += ((text.data[i] | 0x20) >= 'a' && (text.data[i] | 0x20) <= 'z') ||
                   (text.data[i] & 0x80) != 0;
    return letters > 0;
}

/* The block after the last one of a message. */
static uint32_t end_of(const struct messages *m, size_t i, uint32_t end)
{
    return i + 1 < m->count ? m->marks[i + 1].block : end;
}

/* Where a moment stands in a short line; empty if there is none. */
static struct span moment_in(struct span text)
{
    struct folded f;
    size_t at;

    folded_front(&f, text, 0);
    for (at = 0; f.whole && at < f.count; at++) {
        struct stamp stamp;
        size_t end = stamp_may_begin(&f, at) ? stamp_parse(&f, at, &stamp) : 0;

        if (end > 0 && stamp.has_clock)
            return span_of(text.data + f.at[at], f.at[end] - f.at[at]);
    }
    return span_of(text.data, 0);
}

static bool holds(struct span text, struct span part)
{
    return part.length > 0 && memmem(text.data, text.length, part.data, part.length) != NULL;
}

/* The block of a message that names who wrote it once more, beside the moment: "by Ann » 4 June
 * 2031, 19:02"; that of the name if there is none. */
static uint32_t find_byline(const struct html_page *page, const struct html_mark *mark,
                            uint32_t end)
{
    struct span name = text_of(page, mark);
    uint32_t k;

    for (k = mark->block + 1; k < end; k++) {
        struct span text = html_page_text(page, &page->blocks[k]);

        if (holds(text, name) && moment_in(text).length > 0)
            return k;
    }
    return mark->block;
}

/* What a message has beside its name. */
struct parts {
    bool clock;
    bool words;
    bool foreign;   /* a heading, or a line that is a link */
    bool signature; /* a short line that is no sentence, below other words: who rated a room */
};

static void look_at(struct parts *parts, struct span text)
{
    text = folded_trim(text);
    if (text.length <= CLOCK_BYTES_MAX && has_clock(text))
        parts->clock = true;
    parts->words |= text.length > 0;
}

static struct parts parts_of(const struct messages *m, size_t i, uint32_t end)
{
    const struct html_mark *mark = &m->marks[i];
    struct span own = html_page_text(m->page, &m->page->blocks[mark->block]);
    struct parts parts = {0};
    uint32_t k = find_byline(m->page, mark, end_of(m, i, end));

    if (k > mark->block) { /* what is above it is not the message */
        parts.clock = true;
        own = span_of(own.data, 0);
    } else {
        look_at(&parts, span_of(own.data, mark->start));
        parts.clock |= has_clock(span_of(own.data, mark->start));
        parts.words = false;
        own = span_skip(own, mark->end);
    }
    parts.clock |= has_clock(
        span_of(own.data, own.length < CLOCK_BYTES_MAX ? own.length : CLOCK_BYTES_MAX));
    parts.words |= folded_trim(own).length > 0;
    for (k++; k < end_of(m, i, end); k++) {
        const struct html_block *b = &m->page->blocks[k];
        struct span text = html_page_text(m->page, b);

        parts.foreign |= b->kind == HTML_HEADING ||
                         (b->weight > 0 && (b->linked - b->inward) * 2 >= b->weight &&
                          !has_clock(text));
        parts.signature = parts.words && text.length <= NAME_BYTES_MAX &&
                          !folded_ends_sentence(text);
        look_at(&parts, text);
    }
    return parts;
}

/* How often each name occurs, as far as it matters. */
struct names {
    size_t looked; /* at so many messages, from the first */
    size_t people;
    size_t back;  /* messages of people who wrote another one */
    size_t turns; /* messages by somebody else than the one above */
};

static struct names count_names(const struct messages *m)
{
    size_t looked = m->count < NAMES_LOOKED_AT ? m->count : NAMES_LOOKED_AT;
    struct names names = {.looked = looked};
    size_t i, k;

    for (i = 0; i < looked; i++) {
        struct span name = text_of(m->page, &m->marks[i]);
        bool first = true, alone = true;

        names.turns += i > 0 && !span_equal(name, text_of(m->page, &m->marks[i - 1]));
        for (k = 0; k < looked && (alone || k < i); k++) {
            if (k == i || !span_equal(name, text_of(m->page, &m->marks[k])))
                continue;
            alone = false;
            first &= k > i;
        }
        names.people += first;
        names.back += !alone;
    }
    return names;
}

/* The innermost element that holds both. */
static uint32_t common_element(const struct html_page *page, uint32_t a, uint32_t b)
{
    while (b < a || b >= page->elements[a].end)
        a = page->elements[a].parent;
    return a;
}

static uint32_t root_of(const struct messages *m)
{
    uint32_t root = m->page->blocks[m->marks[0].block].element;
    size_t i;

    for (i = 1; i < m->count; i++)
        root = common_element(m->page, root, m->page->blocks[m->marks[i].block].element);
    return root;
}

/* Whether the element holds most of the page's text that is no link. */
static bool holds_most(const struct html_page *page, uint32_t root)
{
    uint64_t all = 0, inside = 0;
    size_t i;

    for (i = 0; i < page->count; i++) {
        const struct html_block *b = &page->blocks[i];
        uint32_t weight = b->weight - b->linked;

        if (b->reason != HTML_KEPT)
            continue;
        all += weight;
        inside += i >= page->elements[root].first_block && i < page->elements[root].end_block
                      ? weight
                      : 0;
    }
    return inside * 100 >= all * RUNNING_PERCENT;
}

/* Leave out what cannot be a name, if it is little: whose message somebody forwarded, and when.
 * Returns whether the rest may be names. */
static bool keep_names(struct messages *m, struct html_mark *marks)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < m->count; i++)
        if (may_be_name(text_of(m->page, &marks[i])) &&
            (kept == 0 || marks[kept - 1].block != marks[i].block))
            marks[kept++] = marks[i];
    if ((m->count - kept) * OTHERS_AMONG_NAMES > m->count)
        return false;
    m->count = kept;
    return true;
}

static bool has_clock_beside(const struct messages *m, size_t i)
{
    const struct html_block *b = &m->page->blocks[m->marks[i].block];

    return has_clock(html_page_text(m->page, b));
}

/* Forums name who wrote a post twice: above what they know of the person, and in a line with
 * the moment. Keep the first of two equal names if only the second is beside a clock reading,
 * in `kept` unless that is NULL; returns how many are kept. */
static size_t join_names(const struct messages *m, struct html_mark *kept)
{
    bool clock = true;
    size_t count = 0;
    size_t i;

    for (i = 0; i < m->count; i++) {
        struct html_mark mark = m->marks[i];
        bool own = has_clock_beside(m, i);
        bool again = i > 0 && !clock && own &&
                     span_equal(text_of(m->page, &m->marks[i - 1]), text_of(m->page, &mark));

        clock = own;
        if (again)
            continue;
        if (kept != NULL)
            kept[count] = mark;
        count++;
    }
    return count;
}

/* Join where it halves the names, or nearly. */
static void join_where_named_twice(struct messages *m, struct html_mark *marks)
{
    if (join_names(m, NULL) * 10 <= m->count * 6)
        m->count = join_names(m, marks);
}

static bool are_messages(const struct messages *m, uint32_t *root)
{
    size_t clocks = 0, words = 0, foreign = 0, signatures = 0;
    /* Two messages beside moments that only chats have are enough; names need not come back. */
    bool stated = m->count == MOMENTS_MIN && m->page->moments >= m->count;
    struct names names;
    uint32_t end;
    size_t i;

    if (!stated && m->count < MESSAGES_MIN)
        return false;
    *root = root_of(m);
    end = m->page->elements[*root].end_block;
    for (i = 0; i < m->count; i++) {
        struct parts parts = parts_of(m, i, end);

        clocks += parts.clock;
        words += parts.words;
        foreign += parts.foreign;
        signatures += parts.signature;
    }
    if (words * 10 < m->count * 9 || foreign * 10 > m->count * 3 || !holds_most(m->page, *root))
        return false;
    names = count_names(m);
    if (names.people < 2 || (!stated && names.back * 10 < names.looked * 5))
        return false;
    return stated || clocks * 10 >= m->count * 8 ||
           (m->count >= TURNS_MIN && signatures * 10 < m->count * 8 &&
            names.back * 10 >= names.looked * 8 && names.people <= PEOPLE_MAX &&
            names.turns * 10 >= (names.looked - 1) * 5);
}

static int by_signature(const void *a, const void *b)
{
    const struct html_mark *x = a;
    const struct html_mark *y = b;

    if (x->signature != y->signature)
        return x->signature < y->signature ? -1 : 1;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    return x->start < y->start ? -1 : x->start > y->start;
}

/* The inline elements with a class, and the block-level ones that are one block. */
static struct html_mark *collect_marks(const struct html_page *page, size_t *count)
{
    struct html_mark *marks = memory_alloc((page->mark_count + page->count + 1) *
                                           sizeof *marks);
    size_t i;

    *count = 0;
    for (i = 0; i < page->mark_count; i++)
        if (page->marks[i].block < page->count)
            marks[(*count)++] = page->marks[i];
    for (i = 0; i < page->count; i++) {
        const struct html_block *b = &page->blocks[i];
        const struct html_element *e = &page->elements[b->element];

        if (e->classed && e->end_block - e->first_block == 1 && b->kind != HTML_ROW &&
            b->text_bytes <= NAME_BYTES_MAX)
            marks[(*count)++] = (struct html_mark){.signature = e->signature,
                                                   .block = (uint32_t)i,
                                                   .end = (uint32_t)b->text_bytes};
    }
    qsort(marks, *count, sizeof *marks, by_signature);
    return marks;
}

/* Set the bytes of a mark in bold. The block's ranges are copied, since there is one more. */
static void set_bold(struct html_page *page, const struct html_mark *mark)
{
    struct html_block *b = &page->blocks[mark->block];
    uint32_t first = (uint32_t)page->range_count;
    bool set = false;
    uint32_t i;

    MEMORY_RESERVE(page->ranges, page->range_capacity, page->range_count + b->range_count + 1);
    for (i = 0; i < b->range_count; i++) {
        struct html_range r = page->ranges[b->first_range + i];

        if (r.start < mark->end && r.end > mark->start)
            continue;
        if (!set && r.start >= mark->end) {
            page->ranges[page->range_count++] = (struct html_range){mark->start, mark->end,
                                                                    BLOCK_BOLD};
            set = true;
        }
        page->ranges[page->range_count++] = r;
    }
    if (!set)
        page->ranges[page->range_count++] = (struct html_range){mark->start, mark->end,
                                                                BLOCK_BOLD};
    b->first_range = first;
    b->range_count = (uint32_t)page->range_count - first;
}

/* "In reply to this message", the last two words a link to that one; not the time of this one,
 * which often links to itself. */
static bool refers_to_message(const struct html_page *page, const struct html_block *b)
{
    return b->weight > 0 && b->inward * 2 >= b->weight && !has_clock(html_page_text(page, b));
}

/* Of such a line only the moment is new; what is above it is about the person. */
static void cut_byline(struct html_page *page, const struct html_mark *mark, uint32_t end)
{
    uint32_t byline = find_byline(page, mark, end);
    struct html_block *b = &page->blocks[byline];
    struct span text = html_page_text(page, b);
    struct span moment;
    uint32_t k;

    if (byline == mark->block)
        return;
    for (k = mark->block + 1; k < byline; k++)
        page->blocks[k].reason = HTML_SURROUNDING;
    moment = moment_in(text);
    if (page->left_out[HTML_SURROUNDING] == 0)
        page->left_out_line[HTML_SURROUNDING] = b->line;
    page->left_out[HTML_SURROUNDING] += block_list_visible(text) - block_list_visible(moment);
    b->text_byte += (size_t)(moment.data - text.data);
    b->text_bytes = moment.length;
    b->range_count = 0;
}

/* Bold words within a message are no label. */
static void clear_bold(struct html_page *page, const struct html_block *b)
{
    uint32_t i;

    for (i = 0; i < b->range_count; i++)
        page->ranges[b->first_range + i].style &= ~(unsigned)BLOCK_BOLD;
}

static void set_apart(struct html_page *page, const struct messages *m, uint32_t root)
{
    uint32_t end = page->elements[root].end_block;
    uint32_t k;
    size_t i;

    for (k = page->elements[root].first_block; k < m->marks[0].block; k++)
        if (page->blocks[k].linked * 2 > page->blocks[k].weight) /* "Previous messages" */
            page->blocks[k].reason = HTML_NAVIGATION;
    for (i = 0; i < m->count; i++) {
        for (k = m->marks[i].block; k < end_of(m, i, end); k++)
            clear_bold(page, &page->blocks[k]);
        cut_byline(page, &m->marks[i], end_of(m, i, end));
        set_bold(page, &m->marks[i]);
        page->blocks[m->marks[i].block].heads_message = true;
        for (k = m->marks[i].block; k < end_of(m, i, end); k++) {
            if (page->blocks[k].kind == HTML_ITEM)
                page->blocks[k].kind = HTML_PARAGRAPH;
            page->blocks[k].continues = k > m->marks[i].block;
            if (k > m->marks[i].block && refers_to_message(page, &page->blocks[k]))
                page->blocks[k].reason = HTML_NAVIGATION;
        }
    }
}

bool html_messages_find(struct html_page *page, uint32_t *root)
{
    size_t count, i, end;
    struct html_mark *marks = collect_marks(page, &count);
    struct messages best = {.page = page};

    for (i = 0; i < count; i = end) {
        struct messages m = {.page = page, .marks = &marks[i]};
        uint32_t element;

        for (end = i; end < count && marks[end].signature == marks[i].signature; end++)
            continue;
        m.count = end - i;
        if (!keep_names(&m, &marks[i]))
            continue;
        if (m.count > 0)
            join_where_named_twice(&m, &marks[i]);
        /* Of two elements around the same names either will do; of others, the one above. */
        if (m.count < best.count || !are_messages(&m, &element))
            continue;
        if (m.count == best.count && m.marks[0].block > best.marks[0].block)
            continue;
        best = m;
        *root = element;
    }
    if (best.count > 0)
        set_apart(page, &best, *root);
    free(marks);
    return best.count > 0;
}
