/* SubRip. A name stands before the words, "Name: ", where the speaker changes; or before each
 * cue where some words are no one's, since a cue without a name is read as the last one's. */
#include <string.h>

#include "formats/readers.h"
#include "formats/write/export.h"

/* Append a text without blank lines, which would end the cue, and without arrows. */
static void append_words(struct buffer *out, const char *s, size_t bytes)
{
    struct buffer clean = {0};
    size_t i;

    export_text(&clean, s, bytes);
    for (i = 0; i < clean.bytes; i++) {
        bool breaks = clean.data[i] == '\n';

        if (breaks && (out->bytes == 0 || out->data[out->bytes - 1] == '\n'))
            continue;
        if (clean.data[i] == '>' && out->bytes > 1 &&
            memcmp(out->data + out->bytes - 2, "--", 2) == 0)
            buffer_append_char(out, ' ');
        buffer_append_char(out, clean.data[i]);
    }
    if (out->bytes > 0 && out->data[out->bytes - 1] != '\n')
        buffer_append_char(out, '\n');
    buffer_release(&clean);
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

static void append_segment(struct buffer *out, const struct transcript *t, uint32_t segment,
                           bool named)
{
    uint32_t speaker = transcript_segment(t, segment)->speaker;
    struct buffer words = {0};
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    if (named && speaker != SPEAKER_NONE) {
        const char *name = transcript_speaker_at(t, speaker)->name;

        export_line(&words, name, strlen(name));
        buffer_append_string(&words, ": ");
    }
    buffer_append(&words, text, bytes);
    append_words(out, words.data, words.bytes);
    buffer_release(&words);
}

static bool write_srt(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct export_cues cues;
    struct export_cue cue;
    struct buffer words = {0};
    uint32_t speaker = SPEAKER_NONE;
    bool always;
    unsigned number = 0;

    (void)options;
    if (!export_cues_init(&cues, t, selection, "SRT", err))
        return false;
    always = has_unnamed(t, selection);
    while (export_cues_next(&cues, &cue)) {
        char start[CIVIL_TEXT], end[CIVIL_TEXT];
        uint32_t segment = cue.first;

        buffer_clear(&words);
        while (segment < cue.end) {
            uint32_t by = transcript_segment(t, segment)->speaker;

            append_segment(&words, t, segment,
                           always ? segment == cue.first || by != speaker : by != speaker);
            speaker = by;
            segment = export_at_or_after(t, selection, segment + 1);
        }
        export_cue_time(cue.start_ms, ',', start);
        export_cue_time(cue.end_ms, ',', end);
        fprintf(out, "%u\n%s --> %s\n%s\n", ++number, start, end, buffer_string(&words));
    }
    buffer_release(&words);
    return export_finish(out, err);
}

const struct writer_ops writer_srt = {
    .name = "srt", .title = "SubRip captions", .extension = "srt", .write = write_srt};
