/* Registry: the tables of readers and writers. Order matters only between readers that are
 * equally sure of a file: the first wins, so the special stand before the general. */
#include "shilu/formats/registry.h"

#include <string.h>
#include <strings.h>

#include "formats/readers.h"
#include "shilu/formats/format_name.h"

/* One row a line, for those who add one. */
/* clang-format off */
static const struct reader_ops *const readers[] = {
    &reader_shilu_jsonl,
    &reader_shilu_json,
    &reader_webvtt,
    &reader_official_text,
    &reader_shown_text,
    &reader_srt,
    &reader_markdown,
    &reader_ass,
    &reader_sami,
    &reader_sbv,
    &reader_lrc,
    &reader_microdvd,
    &reader_csv,
    &reader_timecode_text,
    &reader_rttm,
    &reader_ctm,
    &reader_stm,
    &reader_html_podcast,
    &reader_akoma_ntoso,
    &reader_parlamint,
    &reader_hansard,
    &reader_ttml,
    &reader_srv1,
    &reader_minutes,
    &reader_plain_text,
    &reader_whisper,
    &reader_whisperx,
    &reader_whisper_cpp,
    &reader_podcast_json,
    &reader_youtube_json3,
    &reader_bilibili,
    &reader_aws_transcribe,
    &reader_aws_calls,
    &reader_google_stt,
    &reader_azure_stt,
    &reader_deepgram,
    &reader_assemblyai,
    &reader_rev,
    &reader_ibm_stt,
    &reader_speechmatics,
    &reader_kaldi,
    &reader_funasr,
    &reader_tencent_minutes,
    &reader_ndl_diet,
    &reader_assembly_jp,
    &reader_legco,
    &reader_ly_gazette,
    &reader_ly_interpellation,
    &reader_sayit_sections,
    &reader_utterance_list,
    NULL,
};
/* clang-format on */

static const struct writer_ops *const writers[] = {
    &writer_text, &writer_json, &writer_jsonl, &writer_markdown,     &writer_html,
    &writer_csv,  &writer_srt,  &writer_vtt,   &writer_podcast_json, NULL,
};

const struct reader_ops *const *registry_readers(void)
{
    return readers;
}

const struct writer_ops *const *registry_writers(void)
{
    return writers;
}

const struct reader_ops *registry_reader(const char *name)
{
    const struct reader_ops *const *row;

    for (row = readers; *row != NULL; row++) {
        if (format_name_is(name, (*row)->name))
            return *row;
    }
    return NULL;
}

const struct writer_ops *registry_writer(const char *name)
{
    const struct writer_ops *const *row;

    for (row = writers; *row != NULL; row++) {
        if (format_name_is(name, (*row)->name))
            return *row;
    }
    return NULL;
}

const struct writer_ops *registry_writer_for_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    const struct writer_ops *const *row;

    for (row = writers; dot != NULL && *row != NULL; row++) {
        if (strcasecmp((*row)->extension, dot + 1) == 0)
            return *row;
    }
    return NULL;
}

const struct reader_ops *registry_detect(const char *head, size_t bytes, bool whole,
                                         bool binary)
{
    const struct reader_ops *best = NULL;
    const struct reader_ops *const *row;
    int best_sure = CONFIDENCE_NO;

    /* None can be surer than certain. */
    for (row = readers; *row != NULL && best_sure < CONFIDENCE_CERTAIN; row++) {
        int sure = (*row)->binary == binary ? (*row)->detect(head, bytes, whole)
                                            : CONFIDENCE_NO;

        if (sure > best_sure) {
            best_sure = sure;
            best = *row;
        }
    }
    return best;
}
