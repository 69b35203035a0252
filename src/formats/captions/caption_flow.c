/* Cues to segments. Invariant: once decided, nothing is held. */
#include "formats/captions/caption_flow.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/memory.h"

/* Cues that are looked at before the conventions are settled, and their bytes. */
enum { HELD_MAX = 2000, HELD_BYTES_MAX = 1 << 16 };

struct caption_held {
    struct caption_cue cue; /* its text and name are offsets into held_text */
    size_t text_byte;
    size_t name_byte;
};

void caption_flow_init(struct caption_flow *f, enum caption_markup markup)
{
    *f = (struct caption_flow){.markup = markup, .speaker = SPEAKER_NONE};
    f->names = name_prefixes_new();
}

void caption_flow_release(struct caption_flow *f)
{
    name_prefixes_free(f->names);
    free(f->held);
    buffer_release(&f->held_text);
    caption_text_release(&f->parsed);
    buffer_release(&f->before);
    *f = (struct caption_flow){0};
}

/* A line at the front of a text, trimmed; *rest is what follows it. */
static size_t take_line(const char **line, const char **rest, const char *end)
{
    const char *stop = memchr(*rest, '\n', (size_t)(end - *rest));

    *line = *rest;
    *rest = stop != NULL ? stop + 1 : end;
    return emit_trim(line, (size_t)((stop != NULL ? stop : end) - *line));
}

/* The lines of a text that hold something, each ended by LF. */
static size_t collect_lines(struct buffer *lines, const char *text, size_t bytes)
{
    const char *rest = text;
    size_t count = 0;

    buffer_clear(lines);
    while (rest < text + bytes) {
        const char *line;
        size_t line_bytes = take_line(&line, &rest, text + bytes);

        if (line_bytes == 0)
            continue;
        buffer_append(lines, line, line_bytes);
        buffer_append_char(lines, '\n');
        count++;
    }
    return count;
}

/* Bytes at the front of `lines` that are the last lines of `before`: whole lines, as many as
 * there are. */
static size_t repeated_bytes(const struct buffer *before, const struct buffer *lines)
{
    size_t most = before->bytes < lines->bytes ? before->bytes : lines->bytes;
    size_t bytes;

    for (bytes = most; bytes > 0; bytes--) {
        size_t from = before->bytes - bytes;

        if (lines->data[bytes - 1] == '\n' && (from == 0 || before->data[from - 1] == '\n') &&
            memcmp(before->data + from, lines->data, bytes) == 0)
            return bytes;
    }
    return 0;
}

static void swap_lines(struct buffer *a, struct buffer *b)
{
    struct buffer kept = *a;

    *a = *b;
    *b = kept;
}

/* Rolling: among the held cues, again and again the last line of one stands first in the
 * next, with new words after it. */
static bool looks_rolling(struct caption_flow *f)
{
    struct buffer lines = {0};
    size_t rolled = 0;
    size_t many = 0; /* cues of two lines or more */
    size_t i;

    buffer_clear(&f->before);
    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *h = &f->held[i];
        size_t same;

        caption_text_parse(&f->parsed, f->markup, buffer_string(&f->held_text) + h->text_byte,
                           h->cue.text_bytes);
        many += collect_lines(&lines, buffer_string(&f->parsed.text), f->parsed.text.bytes) > 1;
        same = lines.bytes < HELD_BYTES_MAX / 16 ? repeated_bytes(&f->before, &lines) : 0;
        rolled += same > 0 && same < lines.bytes;
        swap_lines(&f->before, &lines);
    }
    buffer_clear(&f->before);
    buffer_release(&lines);
    return rolled >= 2 && rolled * 2 >= many;
}

/* A file with voices in it has no need of names before colons. */
static void count_names(struct caption_flow *f)
{
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *h = &f->held[i];

        caption_text_parse(&f->parsed, f->markup, buffer_string(&f->held_text) + h->text_byte,
                           h->cue.text_bytes);
        f->voiced |= f->parsed.count > 0 && f->parsed.parts[0].name_bytes > 0;
        if (h->cue.name_bytes == 0 && f->parsed.count == 1 &&
            f->parsed.parts[0].name_bytes == 0)
            name_prefixes_count(f->names, buffer_string(&f->parsed.text), f->parsed.text.bytes);
    }
}

/* One run of text of one speaker: its lines joined, but for those that a dash or a note sign
 * marks as lines of their own. */
static bool emit_run(struct reader_context *context, const struct caption_cue *cue,
                     uint32_t speaker, const char *text, size_t bytes, struct error *err)
{
    struct buffer joined = {0};
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *rest = text;
    bool ok;

    while (rest < text + bytes) {
        const char *line;
        size_t line_bytes = take_line(&line, &rest, text + bytes);

        if (line_bytes > 1 && joined.bytes > 0 && line[0] == '-' && line[1] != '-')
            buffer_append_char(&joined, '\n');
        if (line_bytes > 0)
            emit_join(&joined, line, line_bytes);
    }
    draft.text = buffer_string(&joined);
    draft.text_bytes = joined.bytes;
    draft.speaker = speaker;
    draft.start_ms = cue->start_ms;
    draft.end_ms = cue->end_ms;
    draft.piece = true;
    ok = emit_segment(context, &draft, err);
    buffer_release(&joined);
    return ok;
}

/* ">>" of broadcast captions: somebody else speaks from here on. */
static bool is_another_voice(const char *line, size_t bytes)
{
    bytes = emit_trim(&line, bytes);
    return bytes > 2 && line[0] == '>' && line[1] == '>';
}

/* Text without a voice: cut where a line starts with a name, or with ">>". */
static bool emit_lines(struct caption_flow *f, struct reader_context *context,
                       const struct caption_cue *cue, const char *text, size_t bytes,
                       struct error *err)
{
    const char *end = text + bytes;
    const char *rest = text;
    const char *run = text;

    if (!f->carrying)
        f->speaker = SPEAKER_NONE;
    while (rest < end) {
        struct speaker_prefix prefix;
        const char *line;
        size_t line_bytes = take_line(&line, &rest, end);
        bool named = !f->voiced && name_prefixes_take(f->names, line, line_bytes, &prefix);

        if (!named && !is_another_voice(line, line_bytes))
            continue;
        if (!emit_run(context, cue, f->speaker, run, (size_t)(line - run), err))
            return false;
        f->speaker = named ? emit_speaker(context, prefix.name, prefix.bytes) : SPEAKER_NONE;
        run = named ? line + prefix.text_byte : line;
    }
    return run >= end || emit_run(context, cue, f->speaker, run, (size_t)(end - run), err);
}

/* Text without a voice, less the lines that the cue before has shown. */
static bool emit_unvoiced(struct caption_flow *f, struct reader_context *context,
                          const struct caption_cue *cue, struct error *err)
{
    struct buffer lines = {0};
    size_t same;
    bool ok;

    if (!f->rolling)
        return emit_lines(f, context, cue, buffer_string(&f->parsed.text), f->parsed.text.bytes,
                          err);
    collect_lines(&lines, buffer_string(&f->parsed.text), f->parsed.text.bytes);
    same = lines.bytes < HELD_BYTES_MAX / 16 ? repeated_bytes(&f->before, &lines) : 0;
    ok = emit_lines(f, context, cue, buffer_string(&lines) + same, lines.bytes - same, err);
    if (lines.bytes > 0)
        swap_lines(&f->before, &lines);
    buffer_release(&lines);
    return ok;
}

static bool emit_cue(struct caption_flow *f, struct reader_context *context,
                     const struct caption_cue *cue, struct error *err)
{
    size_t i;

    caption_text_parse(&f->parsed, f->markup, cue->text, cue->text_bytes);
    if (cue->name_bytes > 0)
        return emit_run(context, cue, emit_speaker(context, cue->name, cue->name_bytes),
                        buffer_string(&f->parsed.text), f->parsed.text.bytes, err);
    if (f->parsed.count == 1 && f->parsed.parts[0].name_bytes == 0)
        return emit_unvoiced(f, context, cue, err);
    for (i = 0; i < f->parsed.count; i++) {
        const struct caption_part *part = &f->parsed.parts[i];
        uint32_t speaker = emit_speaker(
            context, buffer_string(&f->parsed.names) + part->name_byte, part->name_bytes);

        if (!emit_run(context, cue, speaker, buffer_string(&f->parsed.text) + part->text_byte,
                      part->text_bytes, err))
            return false;
    }
    return true;
}

static void hold(struct caption_flow *f, const struct caption_cue *cue)
{
    struct caption_held *h;

    MEMORY_RESERVE(f->held, f->held_capacity, f->held_count + 1);
    h = &f->held[f->held_count++];
    h->cue = *cue;
    h->text_byte = f->held_text.bytes;
    buffer_append(&f->held_text, cue->text, cue->text_bytes);
    h->name_byte = f->held_text.bytes;
    buffer_append(&f->held_text, cue->name_bytes > 0 ? cue->name : "", cue->name_bytes);
}

bool caption_flow_decide(struct caption_flow *f, struct reader_context *context,
                         struct error *err)
{
    bool ok = true;
    size_t i;

    if (f->decided)
        return true;
    f->decided = true;
    f->rolling = looks_rolling(f);
    count_names(f);
    f->carrying = name_prefixes_labelled(f->names) && name_prefixes_at_change(f->names);
    for (i = 0; ok && i < f->held_count; i++) {
        struct caption_held *h = &f->held[i];

        h->cue.text = buffer_string(&f->held_text) + h->text_byte;
        h->cue.name = buffer_string(&f->held_text) + h->name_byte;
        ok = emit_cue(f, context, &h->cue, err);
    }
    f->held_count = 0;
    buffer_release(&f->held_text);
    return ok;
}

bool caption_flow_add(struct caption_flow *f, struct reader_context *context,
                      const struct caption_cue *cue, struct error *err)
{
    struct caption_cue sound = *cue;

    if (sound.start_ms != TIME_NONE && sound.end_ms != TIME_NONE &&
        sound.end_ms < sound.start_ms) {
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, cue->line, 0,
                        "the cue ends before it starts: its end is left out");
        sound.end_ms = TIME_NONE;
    }
    if (f->decided)
        return emit_cue(f, context, &sound, err);
    hold(f, &sound);
    if (f->held_count < HELD_MAX && f->held_text.bytes < HELD_BYTES_MAX)
        return true;
    return caption_flow_decide(f, context, err);
}

enum reader_status caption_flow_pause(struct caption_flow *f, struct reader_context *context,
                                      struct error *err)
{
    if (f->decided)
        return READER_MORE;
    if (f->held_count == 0)
        return READER_MORE;
    return caption_flow_decide(f, context, err) ? READER_SEGMENT : READER_ERROR;
}
