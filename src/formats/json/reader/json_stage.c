/* Items wait here until the unit of their times is judged.
 *
 * Invariant: `staged` is empty once the unit is settled. */
#include "formats/json/reader/json_stage.h"

#include <math.h>
#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_pace.h"
#include "formats/json/json_text.h"
#include "formats/json/reader/json_outlet.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { JUDGED_ITEMS = 48 }; /* with times, enough to judge the unit */

double json_stage_usual_ms(enum json_unit unit)
{
    switch (unit) {
    case JSON_UNIT_MS:
        return 1;
    case JSON_UNIT_HUNDREDTHS:
        return 10;
    case JSON_UNIT_TICKS:
        return 0.0001;
    case JSON_UNIT_JUDGED:
    case JSON_UNIT_SECONDS:
    case JSON_UNIT_SAMPLES:
    case JSON_UNIT_PART:
        break;
    }
    return 1000;
}

static void say_unit(struct json_reader *r, const struct json_pace_unit *unit)
{
    struct diagnostics *found = r->f->context->diagnostics;

    if (!unit->plausible)
        diagnostics_add(found, SEVERITY_WARNING, 0, 0,
                        "no unit makes these times plausible; assuming %s", _(unit->name));
    else if (unit->ms != json_stage_usual_ms(r->format->unit))
        diagnostics_add(found, SEVERITY_NOTE, 0, 0, "times are assumed to be %s",
                        _(unit->name));
}

/* The bytes of Han, kana and Hangul, which are written without blanks. */
static size_t east_asian_bytes(struct span text)
{
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < text.length; i++)
        bytes += (unsigned char)text.data[i] >= 0xE3 && (unsigned char)text.data[i] <= 0xED;
    return 3 * bytes;
}

/* Whether the utterances of a file are single words and punctuation, to be joined. */
static bool judge_pieces(const struct json_reader *r)
{
    enum { PIECES_MIN = 6, PIECE_BYTES = 14, HAN_PIECE_BYTES = 7 };
    size_t count = 0;
    size_t phrases = 0;
    size_t letters = 0;
    size_t wide = 0;
    size_t i;

    if ((r->format->flags & JSON_FORMAT_PIECES) == 0)
        return false;
    for (i = 0; i < r->staged_count; i++) {
        const struct json_staged *s = &r->staged[i];
        struct span text = span_trim(
            span_of(buffer_string(&r->staged_text) + s->text_byte, s->text_bytes));

        if (s->kind != STAGED_UTTERANCE || s->start.kind <= JSON_TIME_BAD)
            return false;
        count++;
        letters += text.length;
        phrases += span_find(text, ' ') < text.length;
        wide += east_asian_bytes(text);
    }
    return count >= PIECES_MIN && phrases * 4 <= count &&
           letters <= (wide * 2 > letters ? HAN_PIECE_BYTES : PIECE_BYTES) * count;
}

/* Whether the words of a list include their own blanks. */
static void judge_blanks(struct json_reader *r)
{
    size_t words = 0;
    size_t blanks = 0;
    size_t i;

    for (i = 0; i < r->staged_count; i++) {
        const struct json_staged *s = &r->staged[i];
        const char *text = buffer_string(&r->staged_text) + s->text_byte;

        if (s->kind != STAGED_WORD || s->sentence || s->text_bytes == 0)
            continue;
        words++;
        blanks += span_is_space(text[0]) || span_is_space(text[s->text_bytes - 1]);
    }
    r->spaced = words > 1 && blanks * 5 >= words - 1;
    r->spaced_known = words > 0;
}

static bool same_time(const struct json_time *a, const struct json_time *b)
{
    return a->kind == b->kind &&
           (a->kind == JSON_TIME_NUMBER ? a->number == b->number : a->ms == b->ms);
}

/* Some services give the words of a result and then repeat them as readable text. */
static bool is_restated(struct json_reader *r, const struct json_staged *s,
                        const struct json_staged *later)
{
    const char *texts = buffer_string(&r->staged_text);

    return s->kind == STAGED_UTTERANCE && later->kind == STAGED_UTTERANCE &&
           s->outlet == later->outlet && s->speaker == later->speaker &&
           s->start.kind > JSON_TIME_BAD && same_time(&s->start, &later->start) &&
           same_time(&s->end, &later->end) &&
           json_text_says_the_same(span_of(texts + s->text_byte, s->text_bytes),
                                   span_of(texts + later->text_byte, later->text_bytes));
}

static bool judge_restated(struct json_reader *r)
{
    size_t i, k;

    for (i = 0; i < r->staged_count; i++) {
        for (k = i + 1; k < r->staged_count && k <= i + RESTATED_WITHIN; k++) {
            if (is_restated(r, &r->staged[i], &r->staged[k]))
                return true;
        }
    }
    return false;
}

bool json_stage_settle(struct json_reader *r, struct error *err)
{
    struct json_pace_unit unit;
    bool ok = true;
    size_t i;

    r->settled = true;
    if ((r->format->flags & JSON_FORMAT_FRAMES) != 0)
        r->pace.frame_ms = 1000 / r->format->frame_rate;
    unit = json_pace_judge(&r->pace, json_stage_usual_ms(r->format->unit));
    r->unit_ms = unit.ms;
    r->epoch = unit.epoch;
    if (r->paced > 0)
        say_unit(r, &unit);
    r->pieces = judge_pieces(r);
    for (i = 0; r->pieces && i < r->staged_count; i++)
        r->staged[i].kind = STAGED_WORD;
    judge_blanks(r);
    r->restates = judge_restated(r);
    for (i = 0; ok && i < r->staged_count; i++) {
        const struct json_staged *s = &r->staged[i];

        ok = json_outlet_take(
            r, s, span_of(buffer_string(&r->staged_text) + s->text_byte, s->text_bytes), err);
    }
    r->staged_count = 0;
    buffer_release(&r->staged_text);
    return ok;
}

static void note_pace(struct json_reader *r, const struct json_staged *s, size_t text_bytes)
{
    double end = s->end.kind == JSON_TIME_NUMBER ? s->end.number : NAN;

    if (s->start.kind != JSON_TIME_NUMBER || s->kind == STAGED_LABEL ||
        s->kind == STAGED_CHAPTER)
        return;
    r->paced++;
    if (s->lasts)
        end += s->start.number;
    json_pace_add(&r->pace, s->start.number, end, text_bytes);
}

bool json_stage_add(struct json_reader *r, struct json_staged *s, struct span text,
                    struct error *err)
{
    if (json_outlet_is_outdone(r, s->outlet) && s->kind != STAGED_LABEL &&
        s->kind != STAGED_CHAPTER)
        return true;
    if (r->settled) {
        if (r->pieces && s->kind == STAGED_UTTERANCE)
            s->kind = STAGED_WORD;
        return json_outlet_take(r, s, text, err);
    }
    s->text_byte = r->staged_text.bytes;
    s->text_bytes = text.length;
    buffer_append(&r->staged_text, text.data, text.length);
    MEMORY_RESERVE(r->staged, r->staged_capacity, r->staged_count + 1);
    r->staged[r->staged_count++] = *s;
    note_pace(r, s, text.length);
    return (r->paced < JUDGED_ITEMS && r->staged_count < 4 * JUDGED_ITEMS) ||
           json_stage_settle(r, err);
}

uint32_t json_stage_line(struct json_reader *r, struct json_ref value)
{
    const struct json_node *node = value.node;
    const char *text;
    size_t at;

    if (drafts_line(r->f->context->drafts) == 0 || node == NULL || value.tree != r->tree)
        return 0;
    at = node->name_bytes > 0 ? node->name : node->start;
    if (node->name_bytes > 0 ? node->name_decoded : node->decoded)
        return 0;
    text = value.tree->text;
    if (at < r->line_byte)
        r->line_byte = r->line_ends = 0;
    while (r->line_byte < at) {
        const char *end = memchr(text + r->line_byte, '\n', at - r->line_byte);

        r->line_ends += end != NULL;
        r->line_byte = end != NULL ? (size_t)(end + 1 - text) : at;
    }
    return (uint32_t)(foreign_json_line(r->f) + r->line_ends);
}
