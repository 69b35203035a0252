/* Readers and writers: one line per format, which declares it and adds it to the registry.
 *
 * The order of readers matters only between those that are equally confident about a file: the
 * first one wins, so specific formats precede general ones (Transcriber precedes SAMI: both
 * have a <Sync>). A format NAME defines reader_NAME or writer_NAME. */
#ifndef SHILU_FORMATS_READERS_H
#define SHILU_FORMATS_READERS_H

#include "shilu/formats/reader.h"
#include "shilu/formats/writer.h"

/* clang-format off */
#define READERS(X) \
    X(shilu_jsonl) \
    X(shilu_json) \
    X(webvtt) \
    X(shown_text) \
    X(srt) \
    X(markdown) \
    X(ass) \
    X(transcriber) \
    X(sami) \
    X(sbv) \
    X(lrc) \
    X(microdvd) \
    X(quicktime_text) \
    X(realtext) \
    X(scc) \
    X(ebu_stl) \
    X(csv) \
    X(timecode_text) \
    X(rttm) \
    X(ctm) \
    X(stm) \
    X(trn) \
    X(html) \
    X(docx) \
    X(odt) \
    X(pdf) \
    X(akoma_ntoso) \
    X(parlamint) \
    X(hansard) \
    X(bundestag) \
    X(assemblee_nationale) \
    X(canada_commons) \
    X(australia_hansard) \
    X(elan) \
    X(exmaralda) \
    X(ohms) \
    X(textgrid) \
    X(chat) \
    X(ttml) \
    X(dcp) \
    X(srv1) \
    X(whisper) \
    X(whisperx) \
    X(whisper_cpp) \
    X(podcast_json) \
    X(podcast_chapters) \
    X(youtube_json3) \
    X(bilibili) \
    X(aws_transcribe) \
    X(aws_calls) \
    X(google_stt) \
    X(azure_stt) \
    X(deepgram) \
    X(rtzr) \
    X(iflytek) \
    X(assemblyai) \
    X(rev) \
    X(ibm_stt) \
    X(speechmatics) \
    X(kaldi) \
    X(funasr) \
    X(tencent_minutes) \
    X(ndl_diet) \
    X(ndl_diet_xml) \
    X(assembly_jp) \
    X(legco) \
    X(ly_gazette) \
    X(ly_interpellation) \
    X(sayit_sections) \
    X(utterance_list) \
    X(utterance_xml) \
    X(event_stream) \
    X(text) \
    X(plain)

#define WRITERS(X) \
    X(text) \
    X(json) \
    X(jsonl) \
    X(markdown) \
    X(html) \
    X(csv) \
    X(srt) \
    X(vtt) \
    X(podcast_json) \
    X(sqlite)
/* clang-format on */

#define READER_DECLARED(name) extern const struct reader_ops reader_##name;
READERS(READER_DECLARED)
#undef READER_DECLARED

#define WRITER_DECLARED(name) extern const struct writer_ops writer_##name;
WRITERS(WRITER_DECLARED)
#undef WRITER_DECLARED

#endif
