/* SubRip, in readable cues (caption_layout.h). A name precedes the words, "Name: ", where the
 * speaker changes. It precedes every cue if some words have no speaker, since a cue without a
 * name continues the last speaker, or if names would be too few to be recognised as names.
 * Estimated times are marked after the times, where players ignore what they do not know. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/speaker_prefix.h"
#include "formats/readers.h"
#include "formats/write/caption_layout.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/display.h"

/* Append a text without arrows. */
static void append_words(struct buffer *out, const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (s[i] == '>' && out->bytes > 1 && memcmp(out->data + out->bytes - 2, "--", 2) == 0)
            buffer_append_char(out, ' ');
        buffer_append_char(out, s[i]);
    }
}

/* Whether names at each change of speaker are too few to be recognised: fewer than six that
 * recur, or fewer than one in ten segments. Or some words have no speaker. */
static bool names_every_cue(const struct transcript *t, const struct selection *selection)
{
    enum { NAMES_MIN = 6, SEGMENTS_A_NAME = 10 };
    size_t speakers = transcript_speaker_count(t);
    size_t *turns = memory_zalloc(speakers + 1, sizeof *turns);
    uint32_t last = SPEAKER_NONE;
    size_t segments = 0;
    size_t names = 0; /* that recur */
    bool unnamed = false;
    uint32_t segment;

    for (segment = export_at_or_after(t, selection, 0); segment != SEGMENT_NONE && !unnamed;
         segment = export_at_or_after(t, selection, segment + 1)) {
        uint32_t speaker = transcript_segment(t, segment)->speaker;

        segments++;
        unnamed = speaker == SPEAKER_NONE;
        if (!unnamed && speaker != last && ++turns[speaker] >= 2)
            names += turns[speaker] == 2 ? 2 : 1;
        last = speaker;
    }
    free(turns);
    return unnamed || names < NAMES_MIN || names * SEGMENTS_A_NAME < segments;
}

/* Words before a colon that would be taken for a name: "Measures: first …". */
static bool looks_named(const char *words, size_t bytes)
{
    struct speaker_prefix prefix;

    return speaker_prefix_find(words, bytes, &prefix);
}

static int name_columns(const struct transcript *t, uint32_t speaker, const struct width *width)
{
    const char *name = transcript_speaker_at(t, speaker)->name;

    return display_columns(width, name, strlen(name)) + (int)strlen(": ");
}

static void append_run(struct buffer *out, const struct transcript *t,
                       const struct caption_out *cue, const struct caption_run *run, bool named)
{
    const char *words = buffer_string(&cue->text) + run->text_byte;

    if (out->bytes > 0)
        buffer_append_char(out, '\n');
    if ((named || looks_named(words, run->text_bytes)) && run->speaker != SPEAKER_NONE) {
        const char *name = transcript_speaker_at(t, run->speaker)->name;

        export_line(out, name, strlen(name));
        buffer_append_string(out, ": ");
    }
    append_words(out, words, run->text_bytes);
}

static bool write_srt(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct caption_layout *layout = caption_layout_new(t, selection, options->width,
                                                       name_columns, "SRT", err);
    const struct caption_out *cue;
    struct buffer words = {0};
    uint32_t speaker = SPEAKER_NONE;
    bool always = layout != NULL && names_every_cue(t, selection);
    unsigned number = 0;

    if (layout == NULL)
        return false;
    while ((cue = caption_layout_next(layout)) != NULL) {
        char start[CIVIL_TEXT], end[CIVIL_TEXT];
        size_t i;

        buffer_clear(&words);
        for (i = 0; i < cue->run_count; i++) {
            append_run(&words, t, cue, &cue->runs[i],
                       cue->runs[i].speaker != speaker || (always && i == 0));
            speaker = cue->runs[i].speaker;
        }
        export_cue_time(cue->start_ms, ',', start);
        export_cue_time(cue->end_ms, ',', end);
        fprintf(out, "%u\n%s --> %s%s\n%s\n\n", ++number, start, end,
                cue->estimated ? " estimated:1" : "", buffer_string(&words));
    }
    buffer_release(&words);
    caption_layout_free(layout);
    return export_finish(out, err);
}

const struct writer_ops writer_srt = {
    .name = "srt", .title = N_("SubRip captions"), .extension = "srt", .write = write_srt};
