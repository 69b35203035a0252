/* The state of the JSON reader, which its parts share.
 *
 * The parts, each above the one that it uses: json_walk follows the rules, json_item ends an
 * item, json_item_value reads its values, json_stage keeps it until the unit of times is known,
 * json_outlet emits it, json_moment converts its times. */
#ifndef SHILU_FORMATS_JSON_READER_READER_H
#define SHILU_FORMATS_JSON_READER_READER_H

#include "formats/captions/caption_flow.h"
#include "formats/common/speaker_cache.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_pace.h"
#include "formats/json/json_reader.h"
#include "formats/json/json_value.h"
#include "formats/recognisers/diarized_words.h"
#include "shilu/base/hash.h"

/* How many lists of items a table has, and how many values an item has. */
enum { OUTLETS_MAX = 8, VALUE_COUNT = GIVES_HEADING + 1 };

/* How many utterances further on one may be said once more. */
enum { RESTATED_WITHIN = 8 };

/* What an element of a list says; the values are borrowed from the tree. */
struct json_frame {
    enum json_gives kind; /* GIVES_COUNT: not an item */
    struct json_ref self;
    uint8_t outlet;
    struct json_ref value[VALUE_COUNT];
    uint16_t rank[VALUE_COUNT]; /* by value: the rule that it came from; 0 for none or
                                 * inherited */
    enum json_unit unit[VALUE_COUNT];
    struct json_time sum[2]; /* of the parts of GIVES_START and GIVES_END */
    struct json_frame *parent;
    /* Of an utterance: what its words say. */
    bool has_text;
    bool holds_items;
    size_t words;
    size_t gathered; /* its words without times start here in `gathered` */
    struct json_time first_start;
    struct json_time last_end;
    struct json_ref word_speaker;
    struct json_ref first_said; /* the first text of a list of utterances inside it */
};

enum staged_kind {
    STAGED_UTTERANCE,
    STAGED_WORD,
    STAGED_LABEL,
    STAGED_FLUSH,
    STAGED_HEADING,
    STAGED_CHAPTER
};

/* A point in the file's timeline, by its id. */
struct json_moment {
    char *id; /* owned */
    struct json_time time;
    UT_hash_handle hh;
};

/* An item whose times may be numbers in an unknown unit. */
struct json_staged {
    enum staged_kind kind;
    uint8_t outlet;
    uint32_t line; /* of the source; 0 if nobody wants it */
    bool mark;
    bool known;    /* the speaker comes from the word itself */
    bool sentence; /* the word is a whole utterance */
    bool lasts;    /* `end` is a duration */
    uint32_t speaker;
    size_t text_byte; /* offset in staged_text */
    size_t text_bytes;
    struct json_time start;
    struct json_time end;
};

/* The items of one list, until it is known whether that list is shown. */
struct json_outlet {
    struct diarized_words words;
    struct segment_queue queue;
    size_t given;
    int64_t said_ms; /* the latest end */
    size_t silent;   /* elements without words, and the place of the first */
    uint64_t silent_line;
    uint64_t silent_column;
};

struct json_reader {
    const struct json_format *format;
    struct json_rules rules;
    struct foreign_json_format foreign;
    void *reader; /* foreign_json */
    struct foreign_json *f;

    struct caption_flow flow; /* of a format of captions */
    struct caption_cue event; /* waits for the start of the next one; its text is below */
    struct buffer event_text;
    struct json_outlet outlets[OUTLETS_MAX];
    size_t outlet_count;
    uint8_t outlet_of_rule[256]; /* by list rule: outlet from 1; 0 for lists that belong to
                                  * another */
    bool labelled;               /* the table has labels apart from words */
    bool pieces;                 /* utterances are single words */
    bool held;                   /* everything is held back until the end of the file */
    bool looked_ahead;           /* for chapters */
    struct segment_queue chapters;
    size_t chapters_given;
    struct json_moment *timeline; /* owned */
    bool restates;                /* utterances may be repeated in another spelling */

    struct json_staged *staged;
    size_t staged_count, staged_capacity;
    struct buffer staged_text;
    struct json_pace pace;
    size_t paced;
    bool settled;
    double unit_ms;
    bool epoch;
    bool spaced; /* words include their own blanks */
    bool spaced_known;

    enum time_base time_base; /* of the first time */
    int32_t offset_min;
    int64_t offset_ms; /* start of all times */

    struct speaker_cache speakers;
    uint32_t speaker;            /* the most recent one */
    struct json_time next_start; /* from an element with nothing but a clock reading */
    struct json_ref *gathered;
    size_t gathered_count, gathered_capacity;
    struct buffer text;
    struct buffer clean;
    struct buffer heading;
    struct buffer name;
    struct buffer whole; /* the whole record's text */
    size_t aligned;      /* how much of it was matched with words */
    size_t misses;
    uint32_t entries;             /* of a list of names */
    uint32_t elements;            /* of the outermost list */
    const struct json_tree *tree; /* of the current element */
    size_t line_byte;             /* a position in its text, and the number of line ends
                                   * before it */
    uint64_t line_ends;
};

#endif
