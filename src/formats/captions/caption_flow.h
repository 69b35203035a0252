/* Caption flow: from cues, as a caption format has them, to segments: markup out, voices
 * apart, names before a colon recognised, rolling captions shown once.
 *
 * What the conventions of a file are is inferred from its first cues, so those are held until
 * caption_flow_decide; then every cue goes straight to the transcript. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_FLOW_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_FLOW_H

#include "formats/captions/caption_labels.h"
#include "formats/captions/caption_text.h"
#include "formats/common/line_reader.h"
#include "formats/common/speaker_cache.h"
#include "formats/common/speaker_prefix.h"
#include "shilu/formats/reader.h"

struct caption_cue {
    int64_t start_ms;
    int64_t end_ms;
    const char *text; /* with its markup; lines separated by LF; need not outlive the call */
    size_t text_bytes;
    const char *name; /* the format's own field for who speaks, or NULL */
    size_t name_bytes;
    const char *id; /* its identifier, or NULL */
    size_t id_bytes;
    bool heading;  /* nobody says it */
    uint64_t line; /* where it starts in the file */
};

struct caption_held;

struct caption_flow {
    enum caption_markup markup;
    struct name_prefixes *names;   /* owned */
    struct caption_labels *labels; /* owned */
    struct speaker_cache cache;
    struct caption_held *held; /* owned: cues that wait for caption_flow_decide */
    size_t held_count;
    size_t held_capacity;
    struct buffer held_text;
    bool decided;
    bool rolling;      /* a cue repeats the last lines of the one before */
    bool carrying;     /* a cue without a name is the last speaker's */
    bool nameless;     /* the name of the cues is that of all, and of nobody */
    bool keeps_lines;  /* set by the caller: line ends in the text are significant */
    bool voiced;       /* voices are known by tags: nothing before a colon is a name */
    bool labels_turns; /* names before colons are those of turns */
    char tail[64];     /* the end of the last line */
    size_t tail_bytes;
    uint32_t speaker;
    struct caption_text parsed; /* of the current cue */
    struct buffer joined;       /* the lines of a run as one text */
    struct buffer before;       /* the lines of the cue before, each ended by LF */
};

void caption_flow_init(struct caption_flow *f, enum caption_markup markup);
void caption_flow_release(struct caption_flow *f);

/* For a format in which the speaker's name is on a line of its own above the words. */
void caption_flow_expect_name_lines(struct caption_flow *f);

/* Take a cue. Whether it ends before it starts is checked here. */
bool caption_flow_add(struct caption_flow *f, struct reader_context *context,
                      const struct caption_cue *cue, struct error *err);

/* Settle the conventions by what has come, and emit what was held. Later calls do nothing. */
bool caption_flow_decide(struct caption_flow *f, struct reader_context *context,
                         struct error *err);

/* The whole `next` of a format that is made of lines: `end` (or NULL) takes what is held at the
 * end of the file. The clock counts from the start of the recording. */
enum reader_status
caption_flow_pull(struct caption_flow *f, struct reader_context *context, line_taker *take,
                  bool (*end)(void *self, struct reader_context *context, struct error *err),
                  void *self, struct error *err);

/* What a reader's `next` answers after a run of lines: for `added` cues since it was called,
 * with the window used up. Decides on the way. */
enum reader_status caption_flow_pause(struct caption_flow *f, struct reader_context *context,
                                      struct error *err);

#endif
