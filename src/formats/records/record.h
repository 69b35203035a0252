/* The state of the record reader, which the files beside it share: the blocks at hand, the
 * layout that was chosen, the habits of the record, the current turn. */
#ifndef SHILU_FORMATS_RECORDS_RECORD_H
#define SHILU_FORMATS_RECORDS_RECORD_H

#include "formats/containers/block.h"
#include "formats/records/choice/choose.h"
#include "formats/records/front_matter.h"
#include "formats/records/record_times.h"
#include "formats/records/roster.h"
#include "formats/records/turn_kinds.h"

enum {
    SEGMENT_BYTES = 1 << 20, /* of one segment at most */
    CAPITALS_COLUMNS = 100,  /* of a line in capitals that is a heading */
    TITLES_MAX = 3,          /* lines of a title, one below the other */
    BLOCK_PARTS_MAX = 12,
};

/* A choice with this score or more needs no other evidence. */
#define CERTAIN_SCORE 12.0f

struct speaker_of_label {
    char *name; /* owned, as first printed */
    char *role;
    uint32_t speaker; /* of the drafts, or SPEAKER_NONE */
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
    struct roster roster; /* those present, by the labels of the head */
    struct record_times times;
    struct turn_kinds kinds;
    enum phase phase;
    bool blocks_ended;
    bool left_out_reported;
    bool failed;         /* the container did, after its last block */
    struct error err;    /* why */
    bool chosen;         /* by the blocks in `head` */
    size_t head;         /* blocks that the choice was made from; 0 once they are read */
    size_t position;     /* the next block */
    size_t taken_bytes;  /* of the input, by detection */
    bool by_regions;     /* a long file: it may be laid out in another way further on */
    size_t judged;       /* blocks, up to which the layout was found to be right */
    size_t judged_bytes; /* of the blocks that were added up to there */
    struct speaker_of_label *speakers; /* owned, by label */
    size_t speaker_count;
    size_t speaker_capacity;

    /* Parts of the current block that went into the record. */
    struct span block_text;
    struct block_part parts[BLOCK_PARTS_MAX];
    size_t part_count;
    struct block_left_out lost;    /* what no part of the record took */
    struct block_left_out manners; /* in labels, beside name and role */

    /* The current turn. */
    struct buffer words;
    uint64_t *lines; /* owned: where each paragraph of `words` starts in the source */
    size_t line_count;
    size_t line_capacity;
    uint64_t line;             /* of the block at hand */
    struct buffer lone_label;  /* the line of a label without words in it */
    uint32_t label;            /* SURVEY_NONE: nobody */
    bool in_turn;              /* what has no label goes on with it */
    const char *quotation_end; /* of a message or a turn that goes on up to it; or NULL */
    bool inset;       /* it stands within the turn of `resumed`, who goes on after it */
    uint32_t resumed; /* label, or SURVEY_NONE */
    bool by_dash;
    bool asks_in_bold; /* … and bold is what stands for it */
    bool piece;        /* a recogniser's line, which may read on in a paragraph */
    bool unlabelled_answer;
    bool said; /* it has words, given out or not */
    bool asks;
    bool kind_known;
    enum segment_kind kind;
    int64_t start_ms;
    int64_t end_ms;
    int64_t turn_clock_ms; /* the clock beside its label, or TIME_NONE */
    int64_t last_end_ms;   /* of the turn before, where it is when this one starts */
    int64_t pending_ms;    /* a time on a line of its own, of what follows */
    int64_t pending_end_ms;
    bool times_below; /* such a line is below the words that it is of */
    bool complete; /* a moment has ended the turn: what follows without a label is nobody's */
    bool whole_turns;         /* moments are those of whole turns */
    bool posted;              /* nearly all turns end in the moment when they were */
    bool wrapped;             /* lines go on in the next one */
    bool ends_in_stops;       /* turns end as sentences do, nearly all */
    bool solid;               /* there are no blank lines */
    bool entities;            /* the words are as a page would print them: &amp; */
    bool answers_close;       /* no blank line parts questions after dashes from answers */
    bool rules_open_turns;    /* below each rule somebody begins */
    bool headings_open_turns; /* below each heading of the markup somebody begins */
    bool heading_opens_turn;  /* … and there is one at least */
    uint32_t
        words_indent; /* of the words below names alone, nearly all; 0 where they have none */
    bool in_table;    /* the turn at hand is a row of a table */
    size_t tail; /* block of the head from which on nobody speaks; SIZE_MAX where unknown */
    size_t turns_in_head;
    size_t blocks_in_head;
    bool any_continued; /* turns of several blocks were seen in the head */
    bool date_known;
};

static inline const struct survey_block *block_at(const struct record *r, size_t i)
{
    return &r->survey.blocks[i];
}

static inline struct span block_part(const struct survey_block *b, size_t from, size_t to)
{
    return folded_trim(span_of(b->text.data + from, to > from ? to - from : 0));
}

#endif
