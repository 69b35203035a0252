/* SubRip, in cues that can be read (caption_layout.h). A name comes before the words, "Name: ",
 * where the speaker changes; or before each cue where some words are no one's, since a cue
 * without a name is read as the last one's. What is estimated says so after its times, where
 * players expect nothing that they need. */
#include <string.h>

#include "formats/readers.h"
#include "formats/write/caption_layout.h"
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

static bool has_unnamed(const struct transcript *t, const struct selection *selection)
{
    uint32_t segment;

    for (segment = export_at_or_after(t, selection, 0); segment != SEGMENT_NONE;
         segment = export_at_or_after(t, selection, segment + 1))
        if (transcript_segment(t, segment)->speaker == SPEAKER_NONE)
            return true;
    return false;
}

static int name_columns(const struct transcript *t, uint32_t speaker, const struct width *width)
{
    const char *name = transcript_speaker_at(t, speaker)->name;

    return display_columns(width, name, strlen(name)) + (int)strlen(": ");
}

static void append_run(struct buffer *out, const struct transcript *t,
                       const struct caption_out *cue, const struct caption_run *run, bool named)
{
    if (out->bytes > 0)
        buffer_append_char(out, '\n');
    if (named && run->speaker != SPEAKER_NONE) {
        const char *name = transcript_speaker_at(t, run->speaker)->name;

        export_line(out, name, strlen(name));
        buffer_append_string(out, ": ");
    }
    append_words(out, buffer_string(&cue->text) + run->text_byte, run->text_bytes);
}

static bool write_srt(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct caption_layout *layout = caption_layout_new(t, selection, options->width,
                                                       name_columns, "SRT", err);
    const struct caption_out *cue;
    struct buffer words = {0};
    uint32_t speaker = SPEAKER_NONE;
    bool always = layout != NULL && has_unnamed(t, selection);
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
