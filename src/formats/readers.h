/* Readers: the rows of the registry, one declaration a format. */
#ifndef SHILU_FORMATS_READERS_H
#define SHILU_FORMATS_READERS_H

#include "shilu/formats/reader.h"
#include "shilu/formats/writer.h"

extern const struct reader_ops reader_shilu_json;
extern const struct reader_ops reader_shilu_jsonl;
extern const struct reader_ops reader_shown_text;
extern const struct reader_ops reader_webvtt;
extern const struct reader_ops reader_srt;
extern const struct reader_ops reader_markdown;
extern const struct reader_ops reader_plain;
extern const struct reader_ops reader_text;
extern const struct reader_ops reader_whisper;
extern const struct reader_ops reader_whisperx;
extern const struct reader_ops reader_whisper_cpp;
extern const struct reader_ops reader_podcast_json;
extern const struct reader_ops reader_youtube_json3;
extern const struct reader_ops reader_bilibili;
extern const struct reader_ops reader_aws_transcribe;
extern const struct reader_ops reader_aws_calls;
extern const struct reader_ops reader_google_stt;
extern const struct reader_ops reader_azure_stt;
extern const struct reader_ops reader_deepgram;
extern const struct reader_ops reader_rtzr;
extern const struct reader_ops reader_iflytek;
extern const struct reader_ops reader_assemblyai;
extern const struct reader_ops reader_rev;
extern const struct reader_ops reader_ass;
extern const struct reader_ops reader_sami;
extern const struct reader_ops reader_sbv;
extern const struct reader_ops reader_lrc;
extern const struct reader_ops reader_csv;
extern const struct reader_ops reader_ebu_stl;
extern const struct reader_ops reader_microdvd;
extern const struct reader_ops reader_scc;
extern const struct reader_ops reader_timecode_text;
extern const struct reader_ops reader_ctm;
extern const struct reader_ops reader_stm;
extern const struct reader_ops reader_rttm;
extern const struct reader_ops reader_html;
extern const struct reader_ops reader_docx;
extern const struct reader_ops reader_odt;
extern const struct reader_ops reader_pdf;
extern const struct reader_ops reader_ibm_stt;
extern const struct reader_ops reader_speechmatics;
extern const struct reader_ops reader_kaldi;
extern const struct reader_ops reader_funasr;
extern const struct reader_ops reader_tencent_minutes;
extern const struct reader_ops reader_ndl_diet;
extern const struct reader_ops reader_ndl_diet_xml;
extern const struct reader_ops reader_assembly_jp;
extern const struct reader_ops reader_legco;
extern const struct reader_ops reader_ly_gazette;
extern const struct reader_ops reader_ly_interpellation;
extern const struct reader_ops reader_sayit_sections;
extern const struct reader_ops reader_utterance_list;
extern const struct reader_ops reader_akoma_ntoso;
extern const struct reader_ops reader_parlamint;
extern const struct reader_ops reader_hansard;
extern const struct reader_ops reader_bundestag;
extern const struct reader_ops reader_assemblee_nationale;
extern const struct reader_ops reader_canada_commons;
extern const struct reader_ops reader_australia_hansard;
extern const struct reader_ops reader_chat;
extern const struct reader_ops reader_elan;
extern const struct reader_ops reader_exmaralda;
extern const struct reader_ops reader_ohms;
extern const struct reader_ops reader_textgrid;
extern const struct reader_ops reader_transcriber;
extern const struct reader_ops reader_ttml;
extern const struct reader_ops reader_srv1;

extern const struct writer_ops writer_text;
extern const struct writer_ops writer_json;
extern const struct writer_ops writer_jsonl;
extern const struct writer_ops writer_markdown;
extern const struct writer_ops writer_html;
extern const struct writer_ops writer_csv;
extern const struct writer_ops writer_sqlite;
extern const struct writer_ops writer_srt;
extern const struct writer_ops writer_vtt;
extern const struct writer_ops writer_podcast_json;

#endif
