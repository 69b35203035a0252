/* Transcript: what was said, by whom, when. It only grows at its end, so readers of it hold
 * segment numbers, never pointers.
 *    segment   the smallest timed piece of text (a posting, a cue)
 *    paragraph consecutive segments that form continuous text (captions of one speaker)
 *    turn      a run of consecutive segments by one speaker
 *    exchange  a question with its answers, between an opening and a closing
 *
 * All text is in one arena of valid UTF-8. The segments of a paragraph are adjacent in it,
 * separated by a space or nothing, and a NUL ends each paragraph. So one search runs over all
 * of it, and finds matches across the ends of captions. No segment has an allocation of its
 * own. */
#ifndef SHILU_MODEL_TRANSCRIPT_H
#define SHILU_MODEL_TRANSCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/error.h"
#include "shilu/model/speaker.h"

#define SEGMENT_NONE UINT32_MAX
#define SEGMENTS_MAX (UINT32_MAX - 1)
#define EXCHANGE_NONE UINT32_MAX

/* What times count from: the start of the recording, or 1970 in the record's own time zone. */
enum time_base { TIME_BASE_NONE, TIME_BASE_ELAPSED, TIME_BASE_WALL };

enum segment_kind {
    SEGMENT_UNKNOWN,
    SEGMENT_REMARK,
    SEGMENT_QUESTION,
    SEGMENT_ANSWER,
    SEGMENT_HEADING /* of what follows; nobody says it, and it ends the turn before it */
};

enum segment_flag {
    SEGMENT_CONTINUES = 1, /* continues the paragraph of the segment before it */
    SEGMENT_SPACED = 2,    /* … with a space between them in the arena */
    SEGMENT_PIECE = 4      /* a word or caption, as a recogniser or subtitler divides text */
};

struct segment {
    uint64_t text_byte;  /* offset in the arena */
    uint32_t text_bytes; /* excludes the space or NUL after it */
    uint32_t speaker;    /* or SPEAKER_NONE */
    int64_t start_ms;    /* or TIME_NONE */
    int32_t duration_ms; /* or -1 if the end is unknown */
    uint8_t kind;        /* enum segment_kind, from the file; see transcript_kind */
    uint8_t flags;       /* enum segment_flag */
};

/* A segment as a reader provides it; strings need not outlive transcript_append. */
struct segment_draft {
    const char *text;
    size_t text_bytes;
    uint32_t speaker;
    int64_t start_ms;
    int64_t end_ms;
    enum segment_kind kind;
    bool piece;        /* a word or caption that may continue a paragraph; if false, the
                        * segment is a paragraph of its own */
    uint32_t line;     /* of the file, where its words start; 0 if unknown */
    const char *extra; /* unknown members as JSON text of an object, or NULL */
};

#define SEGMENT_DRAFT_INIT   \
    ((struct segment_draft){ \
        .text = "", .speaker = SPEAKER_NONE, .start_ms = TIME_NONE, .end_ms = TIME_NONE})

struct turn {
    uint32_t first; /* segments [first, end) */
    uint32_t end;
    uint32_t speaker;
};

struct exchange {
    uint32_t first; /* first segment of the question */
    uint32_t end;   /* end of the last answer; a host's remarks after it do not belong to it */
};

enum transcript_field {
    FIELD_TITLE,
    FIELD_LANGUAGE, /* BCP 47 */
    FIELD_DATE,     /* ISO 8601 */
    FIELD_VENUE,
    FIELD_SOURCE_NAME,
    FIELD_SOURCE_URL,
    FIELD_SOURCE_RETRIEVED,
    FIELD_EXTRA, /* unknown members of the file's top object, as JSON text of an object */
    FIELD_COUNT
};

struct transcript;

struct transcript *transcript_new(void);
void transcript_free(struct transcript *t);

/* Metadata; NULL if the file has none. The value is copied. */
void transcript_set(struct transcript *t, enum transcript_field field, const char *value);
const char *transcript_get(const struct transcript *t, enum transcript_field field);

void transcript_set_time_base(struct transcript *t, enum time_base time_base);
enum time_base transcript_time_base(const struct transcript *t);
void transcript_set_utc_offset(struct transcript *t, int32_t minutes);
int32_t transcript_utc_offset(const struct transcript *t); /* or UTC_OFFSET_NONE */

/* Show speakers by the names in this map, which must outlive the last label; NULL for their own
 * names. Call it before the first label. */
struct speaker_map;
void transcript_set_speaker_map(struct transcript *t, const struct speaker_map *map);

/* Facts: what the record says about itself beyond the fields above (place, participants, case
 * number), in the order of the file. Both strings are copied. */
void transcript_add_fact(struct transcript *t, const char *name, const char *value);
size_t transcript_fact_count(const struct transcript *t);
struct fact {
    const char *name; /* "" if the file gives none */
    const char *value;
};
struct fact transcript_fact(const struct transcript *t, size_t fact);

/* Speakers. transcript_speaker interns: the same id, name or alias is the same speaker, even if
 * the label has a role in one place and is the bare name in another; new details (role,
 * organization, kind, alias) are added. A name that is the id of a speaker defined later is
 * merged with that speaker then. Returns the speaker's number, or SPEAKER_NONE for a label
 * without id and name. */
uint32_t transcript_speaker(struct transcript *t, const struct speaker_label *label);
/* The same, for an entry of the file's own list of speakers. */
uint32_t transcript_define_speaker(struct transcript *t, const struct speaker_label *label);
/* The speaker displayed by this name or named so in the file, or SPEAKER_NONE. */
uint32_t transcript_speaker_named(const struct transcript *t, const char *name);
/* transcript_speaker for a name from a correction (NULL for nobody). */
uint32_t transcript_corrected_speaker(struct transcript *t, const char *name);
size_t transcript_speaker_count(const struct transcript *t);
const struct speaker *transcript_speaker_at(const struct transcript *t, uint32_t speaker);
/* Code points of what a speaker said, white space not counted. They are counted when somebody
 * asks; transcript_count_characters does it for what has come since the last time. */
uint64_t transcript_speaker_characters(const struct transcript *t, uint32_t speaker);
void transcript_count_characters(struct transcript *t);
/* Whether lists of speakers include this one: not a number that was merged into another, nor a
 * name that corrections left without words. */
bool transcript_lists_speaker(const struct transcript *t, uint32_t speaker);
size_t transcript_listed_speakers(const struct transcript *t); /* number of those */
bool transcript_lists_nobody(const struct transcript *t);
/* As the file states, else inferred from the record: a label that ends in "reporter" (記者,
 * 기자 …) is a reporter; whoever opens, never answers and passes the floor is the host; others
 * with a role, in a record with questions, are officials. */
enum speaker_kind transcript_speaker_kind(const struct transcript *t, uint32_t speaker);

/* Whether a transcript can hold a text of this length. */
bool transcript_can_hold(const struct segment_draft *draft, struct error *err);

/* Append a segment; a time beyond ±TIME_MAX_MS becomes unknown. Fails at SEGMENTS_MAX segments,
 * and for a text longer than a third of 4 GiB (NUL bytes grow to U+FFFD). */
bool transcript_append(struct transcript *t, const struct segment_draft *draft,
                       struct error *err);
/* Make room for so many more segments, with so many bytes of text in all. */
void transcript_expect(struct transcript *t, size_t segments, size_t text_bytes);

size_t transcript_count(const struct transcript *t);
const struct segment *transcript_segment(const struct transcript *t, uint32_t segment);
/* Borrowed until the next append. Not NUL-terminated if the paragraph continues. */
const char *transcript_text(const struct transcript *t, uint32_t segment, size_t *bytes);
const char *transcript_arena(const struct transcript *t, uint64_t *bytes);
/* The segment whose text contains this byte of the arena, or ends before it. */
uint32_t transcript_segment_at_byte(const struct transcript *t, uint64_t byte);
const char *transcript_extra(const struct transcript *t, uint32_t segment); /* or NULL */
/* The line of the file where the segment's words start; 0 if unknown. */
uint32_t transcript_line(const struct transcript *t, uint32_t segment);
int64_t transcript_end_ms(const struct transcript *t, uint32_t segment); /* or TIME_NONE */

/* Apply these corrections from now on (borrowed; NULL for none), including to what is already
 * loaded: paragraphs and turns are rebuilt. Segments and speakers keep their numbers. */
struct overlay;
void transcript_lay_over(struct transcript *t, struct overlay *overlay);
bool transcript_is_corrected(const struct transcript *t, uint32_t segment);
size_t transcript_corrected_count(const struct transcript *t);
/* What the source says about a segment, corrected or not. Borrowed until the next append or
 * lay-over. */
const char *transcript_source_text(const struct transcript *t, uint32_t segment, size_t *bytes);
struct segment_draft transcript_source(const struct transcript *t, uint32_t segment);

/* As the file states, else inferred: a reporter's segment is a question, what anyone but the
 * host says after it is an answer, anything else is a remark. */
enum segment_kind transcript_kind(const struct transcript *t, uint32_t segment);
const char *segment_kind_name(enum segment_kind kind);
bool segment_kind_parse(const char *name, enum segment_kind *kind);

/* Paragraphs: [first, end) of the segment's paragraph. */
uint32_t transcript_paragraph_first(const struct transcript *t, uint32_t segment);
uint32_t transcript_paragraph_end(const struct transcript *t, uint32_t segment);

/* The words of segments [first, end), all of one paragraph, as continuous text. Borrowed until
 * the next append. */
const char *transcript_joined(const struct transcript *t, uint32_t first, uint32_t end,
                              size_t *bytes);

/* Turns cover all segments; the one of a segment is found in O(log n). */
size_t transcript_turn_count(const struct transcript *t);
const struct turn *transcript_turn(const struct transcript *t, uint32_t turn);
uint32_t transcript_turn_of(const struct transcript *t, uint32_t segment);

/* Exchanges, in order; EXCHANGE_NONE for a segment in the opening, in the closing or
 * between. */
size_t transcript_exchange_count(const struct transcript *t);
struct exchange transcript_exchange(const struct transcript *t, uint32_t exchange);
uint32_t transcript_exchange_of(const struct transcript *t, uint32_t segment);

/* Time. The span reaches from the earliest start to the latest start or end; false if no
 * segment has a time. Order: whether starts never decrease. */
bool transcript_span(const struct transcript *t, int64_t *first_ms, int64_t *last_ms);
/* A time in ms from the start of the recording or, in a record with times of day, from its
 * first time. TIME_NONE stays TIME_NONE. */
int64_t transcript_elapsed_ms(const struct transcript *t, int64_t ms);
bool transcript_in_time_order(const struct transcript *t);
/* The segment for a time: the first one that starts in [ms, ms + precision_ms), else the last
 * one that starts before, else the first one with a time; SEGMENT_NONE if none has one. If the
 * record is out of order, this goes by time, not by position. */
uint32_t transcript_at_time(const struct transcript *t, int64_t ms, int64_t precision_ms);
/* The gap before a segment in ms, from the end of the one before it. If that end is unknown, it
 * is where slow speech would have ended or, in a record without silences, the start. 0 if a
 * time is unknown or the two overlap. */
int64_t transcript_gap_before(const struct transcript *t, uint32_t segment);
/* Until when the speaker of a segment has the floor: its end, else the next start, unless there
 * is a gap of that length before it. TIME_NONE if the segment has no time. */
int64_t transcript_floor_end_ms(const struct transcript *t, uint32_t segment,
                                int64_t threshold_ms);
/* How many segments have a time. */
size_t transcript_timed_count(const struct transcript *t);

/* Whether times include dates; otherwise they are only times of day. */
bool transcript_has_days(const struct transcript *t);

/* Whether its times span several calendar days, so that a time needs its date. */
bool transcript_spans_days(const struct transcript *t);

/* Whether a segment is on another day than `before`, the one before it (or SEGMENT_NONE). */
bool transcript_starts_day(const struct transcript *t, uint32_t before, uint32_t segment);
/* A time for programs, into CIVIL_TEXT bytes: 2020-03-09T10:01:47+08:00; 10:01:47 if the day is
 * unknown; 0:12:30.250 for a recording. */
void transcript_format_moment(const struct transcript *t, int64_t ms, char *out);
/* The same for people, without the day: 10:01:47, or 10:01 in a record without seconds; 0:12:30
 * for a recording. Empty for TIME_NONE. */
void transcript_format_clock(const struct transcript *t, int64_t ms, char *out);
/* The day of a time, as days since 1970; only in a record that has days. */
int64_t transcript_day(int64_t ms);
/* Whether times are those of publication: the words at each time are too many to have been
 * spoken before the next. Then the time between two entries is not a silence, and the last
 * speaker did not hold the floor. */
bool transcript_has_postings(const struct transcript *t);
/* Whether gaps are silences: if ends are known, or if the words fill the time. In a chat, a
 * record of postings or minutes that omit most words, a gap is only the time until the next
 * entry. */
bool transcript_has_silences(const struct transcript *t);
/* What counts as a silence worth showing in this record, in ms. */
int64_t transcript_gap_threshold(const struct transcript *t);

#endif
