/* Which parts of a block went into the record and which were left out (conservation of
 * words). */
#include "formats/records/record_kept.h"

#include <string.h>

#include "formats/common/folded_text.h"
#include "formats/records/block_kind.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

/* Note that these words of the current block are in the record. */
static void keep_part(struct record *r, size_t start, size_t end)
{
    if (start < end && r->part_count < BLOCK_PARTS_MAX)
        r->parts[r->part_count++] = (struct block_part){start, end};
}

void record_kept_words(struct record *r, struct span words)
{
    const char *block = r->block_text.data;

    if (block != NULL && words.data >= block && words.data < block + r->block_text.length)
        keep_part(r, (size_t)(words.data - block), (size_t)(words.data - block) + words.length);
}

void record_kept_block(struct record *r)
{
    keep_part(r, 0, r->block_text.length);
}

uint64_t record_kept_count_lost(const struct record *r)
{
    uint64_t lost = 0;
    size_t at = 0;

    while (at < r->block_text.length) {
        size_t next = r->block_text.length;
        size_t end = 0;
        size_t i;

        for (i = 0; i < r->part_count; i++) {
            if (r->parts[i].start <= at && r->parts[i].end > at)
                end = r->parts[i].end;
            else if (r->parts[i].start > at && r->parts[i].start < next)
                next = r->parts[i].start;
        }
        if (end > 0) {
            at = end;
            continue;
        }
        while (at < next) {
            uint32_t cp;

            at += utf8_decode(r->block_text.data + at, next - at, &cp);
            lost += folded_is_letter(folded_code_point(cp));
        }
    }
    return lost;
}

static void add_left_out(struct block_left_out *item, const struct survey_block *b,
                         uint64_t letters)
{
    if (letters == 0)
        return;
    if (item->characters == 0)
        item->line = b->number;
    item->characters += letters;
    item->occurrences++;
}

static uint64_t count_letters(struct span text)
{
    uint64_t letters = 0;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        letters += folded_is_letter(folded_code_point(cp));
    }
    return letters;
}

/* The number of a speech: a word that is not a mark for a question, and a number. */
static bool is_count(struct span front)
{
    size_t word;

    return front.length > 1 && *front.data != '[' && span_take_number_back(&front) >= 0 &&
           front.length > 0 && vocabulary_mark(span_trim(front), &word) == MARK_NONE;
}

/* "[10:05:02] (ordfører for saken)": words in brackets behind the time of a label. */
static uint64_t count_behind_time(const struct survey_block *b,
                                  const struct survey_candidate *c)
{
    struct span rest = block_part(b, c->label_end, c->text_byte);
    size_t open = span_find(rest, '(');
    size_t close = span_find(rest, ')');
    size_t i;

    if (!c->has_time || open >= close || close == rest.length || c->role_byte >= c->label_end)
        return 0;
    for (i = open; i < close; i++)
        if (rest.data[i] >= '0' && rest.data[i] <= '9')
            return 0; /* it is the time */
    return count_letters(span_of(rest.data + open, close - open));
}

/* The letters of 問（ before a name, if they are a mark: the kind of the turn says the same. */
static uint64_t count_mark(struct span before)
{
    size_t at = 0, end = 0;
    size_t word;
    uint32_t cp;

    before = folded_trim(before);
    while (at < before.length) {
        at += utf8_decode(before.data + at, before.length - at, &cp);
        if (folded_is_letter(folded_code_point(cp)))
            end = at;
    }
    before.length = end;
    return vocabulary_mark(before, &word) != MARK_NONE ? count_letters(before) : 0;
}

/* 君 after a name, [continuing], a chat's badge, 答（沉默）: parts of a label that are neither
 * name nor role. */
static void note_manners(struct record *r, const struct survey_block *b,
                         const struct survey_candidate *c)
{
    struct span front = block_part(b, b->start_byte, c->label_byte);
    uint64_t whole, parts;

    r->manners.reason = N_("words beside a name");
    add_left_out(&r->manners, b, count_behind_time(b, c));
    if (is_count(front)) /* Anf. 22 */
        add_left_out(&r->manners, b, count_letters(front));
    if (block_begins_in_bracket(front) && /* 【群主】, 【同期声】 */
        (survey_layout_row(&r->survey, &r->survey.rows[c->row])->traits & LAYOUT_BRACKETS) == 0)
        add_left_out(&r->manners, b, count_letters(front));
    else if (!is_count(front) && span_ends_with(front, " by")) /* Cross-examined by Mr. Rudd */
        add_left_out(&r->manners, b, count_letters(front));
    if (c->name_end - c->name_byte + c->role_end - c->role_byte ==
            c->label_end - c->label_byte ||
        c->role_end > c->label_end)
        return;
    whole = count_letters(block_part(b, c->label_byte, c->label_end));
    parts = count_letters(block_part(b, c->name_byte, c->name_end)) +
            count_letters(block_part(b, c->role_byte, c->role_end)) +
            count_mark(block_part(b, c->label_byte, c->name_byte));
    add_left_out(&r->manners, b, whole > parts ? whole - parts : 0);
}

void record_kept_note_role(struct record *r, const struct survey_block *b, struct span role)
{
    add_left_out(&r->manners, b, count_letters(role));
}

void record_kept_label(struct record *r, const struct survey_block *b,
                       const struct survey_candidate *c)
{
    if (c->label == SURVEY_NONE) {
        keep_part(r, 0, c->text_byte);
    } else {
        note_manners(r, b, c);
        keep_part(r, 0, c->label_end);
        keep_part(r, c->role_byte, c->role_end);
        if (c->has_time)
            keep_part(r, c->label_end, c->text_byte);
    }
    if (b->has_tail)
        keep_part(r, b->end_byte, b->text.length);
}

void record_kept_note_lost(struct record *r, const struct survey_block *b, uint64_t letters)
{
    r->lost.reason = N_("words beside the layout");
    add_left_out(&r->lost, b, letters);
}

static void count_left_out(struct record_account *account, const struct block_left_out *item)
{
    struct record_account_reason *at = account->left_out;
    struct record_account_reason *last = at + RECORD_ACCOUNT_REASONS - 1;

    while (at < last && at->reason != NULL && strcmp(at->reason, item->reason) != 0)
        at++;
    if (at->reason == NULL) {
        at->reason = item->reason;
        account->left_out_count++;
    }
    at->places += item->occurrences > 0 ? item->occurrences : 1;
    at->characters += item->characters;
}

static void report_left_out(struct reader_context *context, const struct block_left_out *item)
{
    if (context->account != NULL)
        count_left_out(context->account, item);
    diagnostics_add(context->diagnostics, SEVERITY_NOTE, item->line, 0,
                    "left out: %s (%llu characters)", _(item->reason),
                    (unsigned long long)item->characters);
}

void record_kept_report(struct record *r, struct reader_context *context)
{
    size_t count = 0;
    const struct block_left_out *items;
    size_t i;

    if (r->left_out_reported)
        return;
    r->left_out_reported = true;
    items = r->ops->left_out != NULL ? r->ops->left_out(r->container, &count) : NULL;
    for (i = 0; i < count; i++)
        report_left_out(context, &items[i]);
    if (r->lost.characters > 0)
        report_left_out(context, &r->lost);
    if (r->manners.characters > 0)
        report_left_out(context, &r->manners);
}
