/* WebVTT (W3C). Each run of words of one speaker is a voice span; text is escaped, so that no
 * arrow or tag can stand in it. */
#include <string.h>

#include "formats/readers.h"
#include "formats/write/export.h"

/* Append a text without blank lines, which would end the cue. */
static void append_words(struct buffer *out, const char *s, size_t bytes)
{
    const char *end = s + bytes;
    bool first = true;

    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        size_t line = (size_t)((stop != NULL ? stop : end) - s);

        if (line > 0) {
            if (!first)
                buffer_append_char(out, '\n');
            export_markup(out, s, line);
            first = false;
        }
        s += line + 1;
    }
}

static void append_segment(struct buffer *out, const struct transcript *t, uint32_t segment)
{
    uint32_t speaker = transcript_segment(t, segment)->speaker;
    struct buffer name = {0};
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    if (out->bytes > 0)
        buffer_append_char(out, '\n');
    if (speaker != SPEAKER_NONE) {
        const char *full = transcript_speaker_at(t, speaker)->name;

        export_line(&name, full, strlen(full));
        buffer_append_string(out, "<v ");
        export_markup(out, name.data, name.bytes);
        buffer_append_string(out, ">");
        buffer_release(&name);
    }
    append_words(out, text, bytes);
    if (speaker != SPEAKER_NONE)
        buffer_append_string(out, "</v>");
}

static void write_header(const struct transcript *t, FILE *out)
{
    const char *title = transcript_get(t, FIELD_TITLE);
    const char *language = transcript_get(t, FIELD_LANGUAGE);
    struct buffer line = {0};

    buffer_append_string(&line, "WEBVTT");
    if (title != NULL && strstr(title, "-->") == NULL) {
        buffer_append_string(&line, " - ");
        export_line(&line, title, strlen(title));
    }
    if (language != NULL && strstr(language, "-->") == NULL) {
        buffer_append_string(&line, "\nLanguage: ");
        export_line(&line, language, strlen(language));
    }
    fprintf(out, "%s\n\n", line.data);
    buffer_release(&line);
}

static bool write_vtt(const struct transcript *t, const struct selection *selection,
                      const struct writer_options *options, FILE *out, struct error *err)
{
    struct export_cues cues;
    struct export_cue cue;
    struct buffer words = {0};
    unsigned number = 0;

    (void)options;
    if (!export_cues_init(&cues, t, selection, "WebVTT", err))
        return false;
    write_header(t, out);
    while (export_cues_next(&cues, &cue)) {
        char start[CIVIL_TEXT], end[CIVIL_TEXT];
        uint32_t segment = cue.first;

        buffer_clear(&words);
        while (segment < cue.end) {
            append_segment(&words, t, segment);
            segment = export_at_or_after(t, selection, segment + 1);
        }
        export_cue_time(cue.start_ms, '.', start);
        export_cue_time(cue.end_ms, '.', end);
        fprintf(out, "%u\n%s --> %s\n%s\n\n", ++number, start, end, buffer_string(&words));
    }
    buffer_release(&words);
    return export_finish(out, err);
}

const struct writer_ops writer_vtt = {
    .name = "vtt", .title = "WebVTT captions", .extension = "vtt", .write = write_vtt};
