/* The transcriptions of the Santa Barbara Corpus of Spoken American English and those made like
 * them: an intonation unit on each line, with its start and end in seconds, who says it, and
 * the words:
 *    0.00 1.84	MILLA:  	So the ferry was late again.
 *    1.84 2.60	        	.. As usual.
 *    9.10 9.88	>ENV:   	((DOOR_SLAMS))
 *
 * Transcripts of telephone calls have the same lines: "0.93 2.41 A: hello". A line without a
 * name continues what the last one with a name says. Behind ">" is what no speaker utters.
 * White space separates all of it; the order of units that overlap is that of the file. Lines
 * of the transcriber's remarks are left out. Conventions: Du Bois, "Outline of discourse
 * transcription" (1993). The marks of pauses, breath and overlap are kept, because readers of
 * such a corpus look for them. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/common/seconds.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { DETECT_LINES = 40, NAME_BYTES_MAX = 40, NAMED_MIN = 2, NAMED_SHARE = 8 };

struct trn {
    uint32_t speaker;
    unsigned remarks; /* number of the transcriber's remarks, left out */
    bool reported;
};

/* A line as it is printed. */
struct unit {
    int64_t start_ms;
    int64_t end_ms;
    struct span name; /* empty: it continues the unit above */
    struct span words;
    bool unsaid;
};

/* Take a number of seconds, with its fraction, and the white space behind it. */
static bool take_seconds(struct span *rest, int64_t *ms)
{
    size_t end = 0;
    struct span field;

    while (end < rest->length && !span_is_space(rest->data[end]))
        end++;
    field = span_of(rest->data, end);
    if (span_find(field, '.') == field.length || !seconds_read(field, ms))
        return false;
    *rest = span_trim_front(span_skip(*rest, end));
    return true;
}

/* Take a name and its colon: "MILLA:", ">ENV:", "X_2:", "spk1:". */
static void take_name(struct span *rest, struct unit *unit)
{
    size_t colon = 0;
    bool is_numbered;
    size_t i;

    while (colon < rest->length && colon < NAME_BYTES_MAX && rest->data[colon] != ':')
        colon++;
    if (colon == 0 || colon >= rest->length || rest->data[colon] != ':' ||
        (colon + 1 < rest->length && !span_is_space(rest->data[colon + 1])))
        return;
    is_numbered = isdigit((unsigned char)rest->data[colon - 1]) &&
                  memchr(rest->data, ' ', colon) == NULL;
    for (i = 0; i < colon; i++) /* names have no small letters, so "she said:" is none */
        if ((rest->data[i] >= 'a' && rest->data[i] <= 'z' && !is_numbered) ||
            rest->data[i] == '(' || rest->data[i] == '[' || rest->data[i] == '.')
            return;
    unit->name = span_of(rest->data, colon);
    unit->unsaid = span_take(&unit->name, ">");
    *rest = span_skip(*rest, colon + 1);
}

/* What the transcriber notes beside the record: "# checked twice". */
static bool is_remark(struct span line)
{
    line = span_trim(line);
    return line.length == 0 || strchr("#;%$", *line.data) != NULL;
}

static bool parse(struct span line, struct unit *unit)
{
    struct span rest = span_trim(line);

    *unit = (struct unit){.name = {"", 0}};
    if (!take_seconds(&rest, &unit->start_ms) || !take_seconds(&rest, &unit->end_ms) ||
        unit->end_ms < unit->start_ms)
        return false;
    take_name(&rest, unit);
    unit->words = span_trim(rest);
    return true;
}

/* Nearly every line is a unit, and some have names; lines of a table of numbers have none. */
static int trn_detect(const char *head, size_t bytes, bool whole)
{
    struct span rest = span_of(head, bytes);
    struct span line;
    struct unit unit;
    size_t lines = 0, units = 0, named = 0;

    while (lines < DETECT_LINES && span_next_line(&rest, &line)) {
        if (rest.length == 0 && !whole)
            break;
        if (is_remark(line))
            continue;
        lines++;
        if (!parse(line, &unit))
            continue;
        units++;
        named += unit.name.length > 0 && unit.words.length > 0;
    }
    return named >= NAMED_MIN && units * 10 >= lines * 8 && named * NAMED_SHARE >= units
               ? CONFIDENCE_STRONG + 1 /* a table of the same columns is not as sure */
               : CONFIDENCE_NO;
}

static void *trn_open(void)
{
    struct trn *t = memory_zalloc(1, sizeof *t);

    t->speaker = SPEAKER_NONE;
    return t;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct trn *t = self;
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    uint64_t number, column;
    struct unit unit;

    if (is_remark(span_of(line, bytes))) {
        t->remarks += span_trim(span_of(line, bytes)).length > 0;
        return true;
    }
    input_position(context->input, 0, &number, &column);
    if (parse(span_of(line, bytes), &unit)) {
        if (unit.name.length > 0)
            t->speaker = unit.unsaid ? SPEAKER_NONE
                                     : emit_speaker(context, unit.name.data, unit.name.length);
        draft.start_ms = unit.start_ms;
        draft.end_ms = unit.end_ms;
        draft.speaker = t->speaker;
    } else {
        unit.words = span_trim(span_of(line, bytes));
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, number, 1,
                        "not a line with two times: it is kept without time and speaker");
    }
    draft.text = unit.words.data;
    draft.text_bytes = unit.words.length;
    draft.line = (uint32_t)number;
    draft.piece = draft.speaker != SPEAKER_NONE;
    return emit_segment(context, &draft, err);
}

static enum reader_status trn_next(void *self, struct reader_context *context,
                                   struct error *err)
{
    struct trn *t = self;
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    status = line_reader_pull(context, take_line, self, err);
    if (status == READER_MORE && input_ended(context->input) && !t->reported) {
        t->reported = true;
        if (t->remarks > 0)
            diagnostics_add(context->diagnostics, SEVERITY_NOTE, 0, 0,
                            "remarks of the transcriber are left out: %u", t->remarks);
    }
    return status;
}

const struct reader_ops reader_trn = {.name = "trn",
                                      .title = N_("TRN (timed intonation units)"),
                                      .detect = trn_detect,
                                      .open = trn_open,
                                      .next = trn_next,
                                      .close = free,
                                      .grows = true};
