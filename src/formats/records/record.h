/* The state of the record reader, shared by the files of this folder: the current blocks, the
 * chosen layout, the habits of the record, the current turn. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_H
#define SHILU_FORMATS_RECORDS_RECORD_H

#include "formats/containers/block.h"
#include "formats/records/choice/choose.h"
#include "formats/records/front_matter.h"
#include "formats/records/people/roster.h"
#include "formats/records/people/turn_kinds.h"
#include "formats/records/record_times.h"

enum {
    SEGMENT_BYTES = 1 << 20, /* of one segment, at most */
    CAPITALS_COLUMNS = 100,  /* of a heading in capitals */
    TITLES_MAX = 3,          /* consecutive lines of a title */
    BLOCK_PARTS_MAX = 12,
};

/* A choice with this score or more needs no further evidence. */
#define CERTAIN_SCORE 12.0f

struct speaker_of_label {
    char *name; /* owned, as first printed */
    char *role;
    uint32_t speaker; /* the drafts' speaker, or SPEAKER_NONE */
};

/* Bytes [start, end) of a block. */
struct block_part {
    size_t start;
    size_t end;
};

enum phase { PHASE_START, PHASE_SURVEY, PHASE_READ };

struct record {
    const struct container_ops *ops;
    void *container;
    struct survey survey;
    struct choice choice;
    struct front_matter front;
    struct roster roster; /* the people present, matched with labels of the head */
    struct record_times times;
    struct turn_kinds kinds;
    enum phase phase;
    bool blocks_ended;
    bool left_out_reported;
    bool failed;         /* set by the container after its last block */
    struct error err;    /* the reason */
    bool chosen;         /* from the blocks in `head` */
    size_t head;         /* number of blocks that the choice was based on; 0 once they are
                          * read */
    size_t position;     /* index of the next block */
    size_t taken_bytes;  /* bytes of the input read by detection */
    bool by_regions;     /* a long file, whose layout may change further on */
    size_t judged;       /* number of blocks for which the layout is known to fit */
    size_t judged_bytes; /* bytes of those blocks */
    struct speaker_of_label *speakers; /* owned, by label */
    size_t speaker_count;
    size_t speaker_capacity;

    /* Parts of the current block that are already in the record. */
    struct span block_text;
    struct block_part parts[BLOCK_PARTS_MAX];
    size_t part_count;
    struct block_left_out lost;    /* blocks whose words are in no part of the record */
    struct block_left_out manners; /* parts of labels that are neither name nor role */

    /* The current turn. */
    struct buffer words;
    uint64_t *lines; /* owned: where each paragraph of `words` starts in the source */
    size_t line_count;
    size_t line_capacity;
    uint64_t line;             /* number of the current line */
    struct buffer lone_label;  /* the line of a label that has no words yet */
    uint32_t label;            /* SURVEY_NONE for nobody */
    uint32_t examiner;         /* label of who puts the questions below it, or SURVEY_NONE */
    char *witness;             /* owned: who answers without a label, or NULL */
    bool in_turn;              /* blocks without a label continue it */
    const char *quotation_end; /* end mark of the quotation that the turn continues up to, or
                                * NULL */
    bool inset;                /* it interrupts the turn of `resumed`, who continues after it */
    uint32_t resumed;          /* label, or SURVEY_NONE */
    bool by_dash;
    bool asks_in_emphasis; /* … whose questions are in bold or italics */
    bool piece;            /* a recogniser's line, which may continue within a paragraph */
    enum turn_verb verb;   /* behind the name of this turn */
    bool unlabelled_answer;
    bool said; /* it has words, whether or not given out yet */
    bool asks;
    bool kind_known;
    enum segment_kind kind;
    int64_t start_ms;
    int64_t end_ms;
    int64_t turn_clock_ms; /* the time of day beside its label, or TIME_NONE */
    int64_t last_end_ms;   /* end of the previous turn, if known when this one starts */
    int64_t pending_ms;    /* a time on a line of its own, for what follows */
    int64_t pending_end_ms;
    bool times_below;      /* … or for the words above it */
    bool complete;         /* a time has ended the turn: what follows without a label belongs to
                            * nobody */
    bool whole_turns;      /* times are those of whole turns */
    bool posted;           /* nearly every turn ends in the time it was posted */
    bool wrapped;          /* lines continue in the next one */
    bool ends_in_stops;    /* nearly every turn ends in a full stop */
    bool solid;            /* no blank lines */
    bool entities;         /* the text has the character references of a page: &amp; */
    bool answers_close;    /* no blank line between a question after a dash and its answer */
    bool rules_open_turns; /* a turn begins below every rule */
    bool headings_open_turns; /* a turn begins below every heading of the markup */
    bool heading_opens_turn;  /* … and there is at least one */
    uint32_t words_indent;    /* indent of nearly all words below names on lines of their own; 0
                               * without one */
    bool in_table;            /* the current turn is a row of a table */
    size_t tail; /* block of the head from which on nobody speaks; SIZE_MAX if unknown */
    size_t turns_in_head;
    size_t blocks_in_head;
    bool any_continued; /* the head has turns of several blocks */
    bool one_paragraph; /* … and none of them continues below a blank line */
    bool last_names;    /* after a full name, the last name alone is used */
    bool *set_apart;    /* owned, by label of the head: all its turns are in bold or italics */
    size_t set_apart_count;
    bool *fact_labels; /* owned, by label of the head: it names a fact above the first turn */
    size_t fact_label_count;
    uint32_t answer; /* a candidate with the label of those who answer them, or SURVEY_NONE */
    bool date_known;
};

static inline const struct survey_block *block_at(const struct record *r, size_t i)
{
    return &r->survey.blocks[i];
}

/* In bold or italics from end to end, as questions may be. */
static inline bool block_is_set_apart(const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && (b->bold_byte >= b->text.length || b->italic);
}

static inline bool record_sets_apart(const struct record *r, uint32_t label)
{
    return label < r->set_apart_count && r->set_apart[label];
}

static inline struct span block_part(const struct survey_block *b, size_t from, size_t to)
{
    return folded_trim(span_of(b->text.data + from, to > from ? to - from : 0));
}

#endif
