/* Podcasting 2.0 JSON. Specification: podcast namespace, "transcripts", version 1.0.0, which
 * requires a start for every segment. */
#include <string.h>

#include "formats/json/json_write.h"
#include "formats/readers.h"
#include "formats/write/export.h"
#include "shilu/base/translate.h"

static void put_segment(FILE *out, const struct transcript *t, uint32_t segment,
                        const struct export_cue *cue)
{
    uint32_t speaker = transcript_segment(t, segment)->speaker;
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);

    fputs("{", out);
    if (speaker != SPEAKER_NONE) {
        const char *name = transcript_speaker_at(t, speaker)->name;

        fputs("\"speaker\": ", out);
        json_write_string(out, name, strlen(name));
        fputs(", ", out);
    }
    fputs("\"startTime\": ", out);
    json_write_seconds(out, cue->start_ms);
    fputs(", \"endTime\": ", out);
    json_write_seconds(out, cue->end_ms);
    fputs(", \"body\": ", out);
    json_write_string(out, text, bytes);
    fputs("}", out);
}

static bool write_podcast_json(const struct transcript *t, const struct selection *selection,
                               const struct writer_options *options, FILE *out,
                               struct error *err)
{
    struct export_cues cues;
    struct export_cue cue;
    const char *separator = "";

    (void)options;
    if (!export_cues_init(&cues, t, selection, "Podcasting 2.0 JSON", err))
        return false;
    fputs("{\"version\": \"1.0.0\", \"segments\": [", out);
    while (export_cues_next(&cues, &cue)) {
        uint32_t segment = cue.first;

        while (segment < cue.end) {
            fprintf(out, "%s\n", separator);
            put_segment(out, t, segment, &cue);
            separator = ",";
            segment = export_at_or_after(t, selection, segment + 1);
        }
    }
    fputs("\n]}\n", out);
    return export_finish(out, err);
}

const struct writer_ops writer_podcast_json = {.name = "podcast-json",
                                               .title = N_("Podcasting 2.0 JSON"),
                                               .extension = "podcast.json",
                                               .write = write_podcast_json};
