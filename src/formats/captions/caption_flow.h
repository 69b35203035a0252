/* Caption flow: turns the cues of a caption format into segments: removes markup, separates
 * voices, recognises names before a colon, shows rolling captions once.
 *
 * The conventions of a file are inferred from its first cues, which are held until
 * caption_flow_decide; after that every cue becomes segments at once. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_FLOW_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_FLOW_H

#include "formats/captions/caption_labels.h"
#include "formats/captions/caption_steps.h"
#include "formats/captions/caption_text.h"
#include "formats/common/line_reader.h"
#include "formats/common/speaker_cache.h"
#include "formats/common/speaker_prefix.h"
#include "shilu/formats/reader.h"

struct caption_cue {
    int64_t start_ms;
    int64_t end_ms;
    const char *text; /* with markup; LF separates lines; need not outlive the call */
    size_t text_bytes;
    const char *name; /* the format's own field for the speaker, or NULL */
    size_t name_bytes;
    const char *id; /* its identifier, or NULL */
    size_t id_bytes;
    bool heading;        /* a heading, which has no speaker */
    uint64_t line;       /* line of the file where it starts */
    uint64_t words_line; /* line of its first words; 0: the same */
};

struct caption_held;

struct caption_flow {
    enum caption_markup markup;
    struct name_prefixes *names;   /* owned */
    struct caption_labels *labels; /* owned */
    struct speaker_cache cache;
    struct caption_held *held; /* owned: cues held until caption_flow_decide */
    size_t held_count;
    size_t held_capacity;
    struct buffer held_text;
    struct caption_steps steps;
    struct caption_held *stepping; /* owned: the cue whose steps follow, or NULL */
    struct buffer stepping_text;
    bool decided;
    bool rolling;      /* each cue repeats the last lines of the one before */
    bool carrying;     /* a cue without a name continues with the last speaker */
    bool nameless;     /* all cues have the same name, which is no speaker */
    bool keeps_lines;  /* set by the caller: line ends in the text are significant */
    bool voiced;       /* voice tags mark speakers: nothing before a colon is a name */
    bool labels_turns; /* names before colons are those of turns */
    bool of_data;      /* most cues are data or names of pictures, which nobody says */
    bool data_reported;
    bool of_chapters; /* cues are titles of parts, which nobody says */
    char tail[64];    /* the end of the last line */
    size_t tail_bytes;
    uint32_t speaker;
    struct caption_text parsed; /* of the current cue */
    struct buffer joined;       /* the lines of a run as one text */
    struct buffer before;       /* of the previous cue, each line ended by LF */
};

void caption_flow_init(struct caption_flow *f, enum caption_markup markup);
void caption_flow_release(struct caption_flow *f);

/* For a format that has the speaker's name on a line of its own above the words. */
void caption_flow_expect_name_lines(struct caption_flow *f);

/* Add a cue. An end before the start is reported here. */
bool caption_flow_add(struct caption_flow *f, struct reader_context *context,
                      const struct caption_cue *cue, struct error *err);

/* Decide the conventions from the cues so far, and give out all that is held. */
bool caption_flow_decide(struct caption_flow *f, struct reader_context *context,
                         struct error *err);

/* Adds the cues that a reader still holds at the end of the file. */
typedef bool caption_flow_ender(void *self, struct reader_context *context, struct error *err);

/* The result of a reader's `next` at the end of the file. `end` may be NULL. */
enum reader_status caption_flow_end(struct caption_flow *f, struct reader_context *context,
                                    caption_flow_ender *end, void *self, struct error *err);

/* Implements `next` for a line-based format. `end` may be NULL. Times count from the start of
 * the recording. */
enum reader_status caption_flow_pull(struct caption_flow *f, struct reader_context *context,
                                     line_taker *take, caption_flow_ender *end, void *self,
                                     struct error *err);

/* The result of a reader's `next` after a run of lines: `added` is the number of cues since the
 * call, and the window is used up. Decides the conventions if necessary. */
enum reader_status caption_flow_pause(struct caption_flow *f, struct reader_context *context,
                                      struct error *err);

#endif
