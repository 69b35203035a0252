/* WebVTT (W3C), in readable cues (caption_layout.h). Each run of words by one speaker is a
 * voice span; text is escaped, so it contains no arrow or tag. A comment marks a cue with
 * estimated times. */
#include <string.h>

#include "formats/readers.h"
#include "formats/write/caption_layout.h"
#include "shilu/base/translate.h"

static void append_run(struct buffer *out, const struct transcript *t,
                       const struct caption_out *cue, const struct caption_run *run)
{
    struct buffer name = {0};

    if (out->bytes > 0)
        buffer_append_char(out, '\n');
    if (run->speaker != SPEAKER_NONE) {
        const char *full = transcript_speaker_at(t, run->speaker)->name;

        export_line(&name, full, strlen(full));
        buffer_append_string(out, "<v ");
        export_markup(out, name.data, name.bytes);
        buffer_append_string(out, ">");
        buffer_release(&name);
    }
    export_markup(out, buffer_string(&cue->text) + run->text_byte, run->text_bytes);
    if (run->speaker != SPEAKER_NONE)
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
    struct caption_layout *layout = caption_layout_new(t, selection, options->width, NULL,
                                                       "WebVTT", err);
    const struct caption_out *cue;
    struct buffer words = {0};
    unsigned number = 0;

    if (layout == NULL)
        return false;
    write_header(t, out);
    while ((cue = caption_layout_next(layout)) != NULL) {
        char start[CIVIL_TEXT], end[CIVIL_TEXT];
        size_t i;

        buffer_clear(&words);
        for (i = 0; i < cue->run_count; i++)
            append_run(&words, t, cue, &cue->runs[i]);
        export_cue_time(cue->start_ms, '.', start);
        export_cue_time(cue->end_ms, '.', end);
        fprintf(out, "%s%u\n%s --> %s\n%s\n\n", cue->estimated ? "NOTE estimated\n\n" : "",
                ++number, start, end, buffer_string(&words));
    }
    buffer_release(&words);
    caption_layout_free(layout);
    return export_finish(out, err);
}

const struct writer_ops writer_vtt = {
    .name = "vtt", .title = N_("WebVTT captions"), .extension = "vtt", .write = write_vtt};
