/* Index postings. A page is a run of entries, one for each term: the distance from the previous
 * term, twice the length of the rest plus 1 for a bitmap, and then the documents, as a bitmap
 * or as the distances from one to the next. Numbers are little-endian in groups of 7 bits. */
#include "index/index_postings.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/search_terms.h"

enum { DIGIT_BITS = 12, DIGITS = 1 << DIGIT_BITS, NUMBER_BYTES_MAX = 10 };

_Static_assert(TERM_BITS == 2 * DIGIT_BITS, "a term has two digits");

static void sort_by_digit(const uint64_t *from, uint64_t *to, size_t count, unsigned shift)
{
    size_t *places = memory_zalloc(DIGITS, sizeof *places);
    size_t place = 0;
    size_t i;

    for (i = 0; i < count; i++)
        places[from[i] >> shift & (DIGITS - 1)]++;
    for (i = 0; i < DIGITS; i++) {
        size_t here = places[i];

        places[i] = place;
        place += here;
    }
    for (i = 0; i < count; i++)
        to[places[from[i] >> shift & (DIGITS - 1)]++] = from[i];
    free(places);
}

void index_postings_sort(uint64_t *pairs, uint64_t *spare, size_t count)
{
    sort_by_digit(pairs, spare, count, 16);
    sort_by_digit(spare, pairs, count, 16 + DIGIT_BITS);
}

uint32_t index_postings_sum(const char *bytes, size_t count)
{
    uint64_t sum = UINT64_C(14695981039346656037) ^ count;
    uint64_t word;

    for (; count >= sizeof word; count -= sizeof word, bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        sum = (sum ^ word) * UINT64_C(0x9E3779B97F4A7C15);
        sum ^= sum >> 32;
    }
    for (; count > 0; count--, bytes++)
        sum = (sum ^ (unsigned char)*bytes) * UINT64_C(1099511628211);
    return (uint32_t)(sum ^ sum >> 32);
}

/* ------------------------------------------------------------------------------ writing */

static void append_number(struct buffer *out, uint64_t number)
{
    char bytes[NUMBER_BYTES_MAX];
    size_t count = 0;

    do {
        bytes[count++] = (char)((number & 0x7F) | (number > 0x7F ? 0x80 : 0));
        number >>= 7;
    } while (number > 0);
    buffer_append(out, bytes, count);
}

static size_t step_bytes(const uint64_t *pairs, size_t count)
{
    uint32_t before = 0;
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        uint32_t step = index_postings_document(pairs[i]) - before;

        before += step;
        bytes += step < 0x80 ? 1 : step < 0x4000 ? 2 : 3;
    }
    return bytes;
}

static void append_bitmap(struct buffer *out, const uint64_t *pairs, size_t count, size_t bytes)
{
    char *bits = buffer_reserve(out, bytes);
    size_t i;

    memset(bits, 0, bytes);
    for (i = 0; i < count; i++) {
        uint32_t document = index_postings_document(pairs[i]);

        bits[document / 8] = (char)(bits[document / 8] | 1 << document % 8);
    }
    buffer_commit(out, bytes);
}

static void append_entry(struct buffer *out, uint32_t term_step, const uint64_t *pairs,
                         size_t count, uint32_t documents)
{
    size_t bitmap_bytes = (documents + 7) / 8;
    size_t bytes = step_bytes(pairs, count);
    uint32_t before = 0;
    size_t i;

    append_number(out, term_step);
    if (bitmap_bytes < bytes) {
        append_number(out, bitmap_bytes * 2 + 1);
        append_bitmap(out, pairs, count, bitmap_bytes);
        return;
    }
    append_number(out, bytes * 2);
    for (i = 0; i < count; i++) {
        append_number(out, index_postings_document(pairs[i]) - before);
        before = index_postings_document(pairs[i]);
    }
}

size_t index_postings_write(struct buffer *page, const uint64_t *pairs, size_t count,
                            uint32_t documents)
{
    uint32_t before = index_postings_term(pairs[0]);
    size_t at = 0;
    uint32_t sum;

    buffer_clear(page);
    while (at < count && page->bytes < POSTINGS_PAGE_BYTES) {
        uint32_t term = index_postings_term(pairs[at]);
        size_t whole = page->bytes;
        size_t end = at;

        while (end < count && index_postings_term(pairs[end]) == term)
            end++;
        append_entry(page, term - before, pairs + at, end - at, documents);
        if (whole > 0 && page->bytes > POSTINGS_PAGE_BYTES) {
            page->bytes = whole; /* it begins the next page */
            break;
        }
        before = term;
        at = end;
    }
    sum = index_postings_sum(page->data, page->bytes);
    buffer_append(page, &sum, sizeof sum);
    return at;
}

/* ------------------------------------------------------------------------------ reading */

struct page {
    const unsigned char *at;
    const unsigned char *end;
};

static bool open_page(struct page *p, const char *page, size_t bytes)
{
    uint32_t sum;

    if (bytes < sizeof sum)
        return false;
    bytes -= sizeof sum;
    memcpy(&sum, page + bytes, sizeof sum);
    p->at = (const unsigned char *)page;
    p->end = p->at + bytes;
    return sum == index_postings_sum(page, bytes);
}

static bool read_number(struct page *p, uint64_t *number)
{
    unsigned shift = 0;

    *number = 0;
    while (p->at < p->end && shift < 63) {
        unsigned char byte = *p->at++;

        *number |= (uint64_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return true;
        shift += 7;
    }
    return false;
}

/* The documents of one term. */
struct entry {
    struct page documents;
    bool is_bitmap;
};

static bool read_entry(struct page *p, uint32_t *term, struct entry *e)
{
    uint64_t step;
    uint64_t head;

    if (!read_number(p, &step) || !read_number(p, &head) ||
        head / 2 > (uint64_t)(p->end - p->at) || step >= TERM_COUNT)
        return false;
    *term += (uint32_t)step;
    e->is_bitmap = (head & 1) != 0;
    e->documents = (struct page){p->at, p->at + head / 2};
    p->at += head / 2;
    return true;
}

static bool read_documents(struct entry *e, uint32_t term, uint32_t documents,
                           index_postings_taker *take, void *context)
{
    const unsigned char *bits = e->documents.at;
    uint64_t document = 0;
    uint64_t step;

    if (e->is_bitmap) {
        if ((size_t)(e->documents.end - bits) != (documents + 7) / 8)
            return false;
        for (document = 0; document < documents; document++) {
            if ((bits[document / 8] >> document % 8 & 1) != 0)
                take(context, term, (uint32_t)document);
        }
        return true;
    }
    while (e->documents.at < e->documents.end) {
        if (!read_number(&e->documents, &step))
            return false;
        document += step;
        if (document >= documents)
            return false;
        take(context, term, (uint32_t)document);
    }
    return true;
}

static void set_bit(void *context, uint32_t term, uint32_t document)
{
    uint64_t *found = context;

    (void)term;
    found[document / 64] |= UINT64_C(1) << document % 64;
}

bool index_postings_find(const char *page, size_t bytes, uint32_t first, uint32_t term,
                         uint32_t documents, uint64_t *found)
{
    struct page p;
    uint32_t here = first;

    if (!open_page(&p, page, bytes))
        return false;
    while (p.at < p.end) {
        struct entry e;

        if (!read_entry(&p, &here, &e))
            return false;
        if (here == term)
            return read_documents(&e, term, documents, set_bit, found);
        if (here > term)
            break;
    }
    return true;
}

bool index_postings_read(const char *page, size_t bytes, uint32_t first, uint32_t documents,
                         index_postings_taker *take, void *context)
{
    struct page p;
    uint32_t term = first;

    if (!open_page(&p, page, bytes))
        return false;
    while (p.at < p.end) {
        struct entry e;

        if (!read_entry(&p, &term, &e) || !read_documents(&e, term, documents, take, context))
            return false;
    }
    return true;
}
