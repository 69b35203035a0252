/* Survey: the blocks of a record's head (of a file up to a megabyte, all of them) and every
 * layout that each of them may have. choose.h chooses from it.
 *
 * Blocks are kept with their text, so that the head is read once. Blocks are numbered from 0;
 * the candidates of one block are consecutive, and `rows` lists them by layout. */
#ifndef SHILU_FORMATS_SURVEY_H
#define SHILU_FORMATS_SURVEY_H

#include "formats/records/line/layout.h"
#include "formats/records/line/vocabulary.h"

#define SURVEY_NONE UINT32_MAX

enum { SURVEY_HEADS = 3 };

struct survey_block {
    struct span text;
    enum block_kind kind;
    unsigned level;
    uint32_t indent;
    uint32_t columns;
    bool gap;
    bool ruled;    /* a rule is above it */
    bool next_gap; /* a blank line or the end follows */
    bool joins;
    bool ends_sentence;
    bool only_time;
    bool bold;          /* its front is bold */
    bool italic;        /* all of it is italic */
    size_t bold_byte;   /* end of the bold front, or 0 */
    bool time_of_label; /* only a time, for the label in the line above */
    bool time_of_next;  /* … or in the line below */
    bool in_note;       /* part of a note in brackets over several lines */
    bool beside_label;  /* between a label and its time: a note about the words */
    bool has_tail;
    enum line_form form;
    struct stamp lead;
    struct stamp tail;
    uint32_t bullet;
    size_t body_byte;  /* after the time at its head */
    size_t start_byte; /* … and after the bullet */
    size_t end_byte;   /* before the time at its end */
    uint64_t number;   /* block.line */
    /* For labels followed by one blank: how many words begin the block, at most one more than a
     * label has, and where each ends and the next begins, in folded characters. */
    uint8_t head_count;
    uint8_t head_end[SURVEY_HEADS + 1];
    uint8_t head_next[SURVEY_HEADS + 1];
    uint64_t head_keys[SURVEY_HEADS]; /* hashes of the first word, two and three; not of a
                                       * settled survey */
    /* Known only if asked for: survey_asks, survey_measure. */
    bool asking_known;
    bool asks;
    bool measured;
    uint32_t signs;      /* signs of code and tables, outside addresses */
    uint32_t characters; /* characters of the same text */
    bool heads_message;  /* block.heads_message */
    uint32_t signature;  /* block.signature */
    uint32_t candidate;  /* its first candidate */
    uint32_t candidate_count;
};

struct survey_label {
    struct span key;   /* folded */
    struct span whole; /* the label as first printed, with its role */
    float bits; /* its information content: a long label is less likely to recur by chance */
    float shape;
    enum mark_kind_of { LABEL_OF_NONE, LABEL_OF_QUESTION, LABEL_OF_ANSWER } mark;
    enum fact_kind fact; /* the kind of fact that it names */
    bool asks;           /* by its words */
    uint32_t person;  /* the label of the same person in full (short_names.h), or SURVEY_NONE */
    bool leads;       /* named as who asks: stated_parts.h */
    bool hosts_known; /* see survey_label_hosts */
    bool hosts;       /* this and the next two: see survey_read_labels */
    bool crowd;       /* several, or a member who is not named */
    bool chairs;      /* chairs an assembly */
    bool member;      /* of an assembly */
    bool lower;       /* begins in lower case, or is spelt like a name in code */
    bool addressed;   /* a form of address and a name: Mr. GREGG, HON. M. BROWN */
    bool numbered;    /* a question number precedes it: Q12 */
    bool stage;       /* what is seen or heard; nobody's name */
};

/* One layout in one dress: with a bullet, bold, after a time in brackets … */
struct survey_row {
    size_t layout; /* index in survey.layouts */
    enum line_form form;
    bool bulleted;
    char dress; /* 'b' bold, 'i' italics, 't' a table row, '1' to '6' a heading's level; 0 for
                   none */
    uint32_t *members; /* owned: candidates in the order of their blocks */
    size_t count;
    size_t capacity;
};

struct survey_candidate {
    uint32_t block;
    uint32_t row;
    uint32_t label; /* index in survey.labels; SURVEY_NONE for a layout without labels */
    float shape;
    size_t label_byte; /* the whole label in the block's text, [label_byte, label_end) */
    size_t label_end;
    size_t name_byte;
    size_t name_end;
    size_t role_byte; /* empty if there is no role */
    size_t role_end;
    size_t text_byte;
    size_t text_end;
    bool has_time;
    struct stamp time;
    /* About its words, once asked for: survey_words_end, survey_measure_words. */
    bool end_known;
    bool ends_sentence;
    bool measured;
    uint32_t signs;
    uint32_t characters;
};

enum { SURVEY_RUNNING = 2 };

struct survey {
    struct layout *layouts; /* owned */
    size_t layout_count;
    size_t user_layout; /* the reader's own layout, or layout_count */
    struct survey_block *blocks;
    size_t block_count;
    size_t block_capacity;
    size_t text_bytes; /* of all blocks added */
    struct survey_candidate *candidates;
    size_t candidate_count;
    size_t candidate_capacity;
    bool finished;      /* no block was added since survey_finish */
    size_t blank_count; /* number of candidates at the end that survey_finish added */
    struct survey_row *rows;
    size_t row_count;
    size_t row_capacity;
    struct survey_label *labels;
    size_t label_count;
    size_t label_capacity;
    struct label_index *index;  /* private */
    struct label_memo *memo;    /* private: labels already judged, or NULL */
    struct survey_chunk *texts; /* private: texts of the blocks and labels */
    struct survey_chunk *keys;
    struct buffer key; /* scratch */
    struct span
        running[SURVEY_RUNNING]; /* stems of two labels that count their turns; or empty */
    bool marks_before_names;     /* "Q 代表幹事": a mark, a blank and a name */
    bool clock_lines;            /* "9.06" on a line of its own is a time of day */
    struct span common_front; /* words that surround every name beside a time: "Posted by", */
    struct span common_back;  /* "wrote on"; or empty */
    bool times_in_words; /* "14:02 Thank you.": below each name, a clock before the words */
    bool settled;
    bool *wanted_layouts; /* owned, by layout; of a settled survey */
    bool *wanted_rows;    /* owned */
    size_t wanted_row_count;
    bool *known; /* owned, by label */
    size_t known_count;
};

/* user_layout: a template, or NULL; false if it is not valid. */
bool survey_init(struct survey *s, const char *user_layout, struct error *err);
void survey_release(struct survey *s);

/* Add a block: its properties and its candidates. */
void survey_add(struct survey *s, const struct block *block);
/* What depends on all blocks: labels followed by one blank, and the rows. May be called again
 * after more blocks were added. */
void survey_finish(struct survey *s);

/* A block without a label as a question (LAYOUT_DASHED): the new candidate, up to the next
 * survey_add. */
uint32_t survey_add_question(struct survey *s, size_t block);

/* Find the offices in labels, which only records need; a settled survey does so for each new
 * label. */
void survey_read_labels(struct survey *s);

/* Beyond the head: from now on look for these rows only (for LAYOUT_SPACE, by the labels in
 * `known`); blocks that were read may be dropped. */
void survey_settle(struct survey *s, const bool *rows, const bool *known);
/* Survey the blocks of `settled` from `first` on again with all layouts; survey_finish is left
 * to the caller. */
void survey_again(struct survey *fresh, const struct survey *settled, size_t first);
/* Drop the first blocks; the rest are numbered from 0 again. */
void survey_drop_front(struct survey *s, size_t blocks);

/* "Гордеев П.И.": a surname and two initials, whose stops end no sentence. */
bool survey_ends_in_initials(struct span text);

/* The label with this key, or SURVEY_NONE. */
uint32_t survey_find_label(const struct survey *s, struct span key);
/* The label by which a person is known: the full one where this is a short form of it. */
static inline uint32_t survey_person(const struct survey *s, uint32_t label)
{
    return s->labels[label].person != SURVEY_NONE ? s->labels[label].person : label;
}

/* "*** ada has joined", behind the time: what a chat program says of itself. */
bool survey_is_of_program(const struct survey_block *b);
/* Whether a label has a word for a host; asked of the vocabulary once. */
bool survey_label_hosts(const struct survey *s, uint32_t label);
/* A label that names nobody (label_is_unknown). */
bool survey_is_unknown(const struct survey *s, uint32_t label);
/* Add to the counts of a text's signs of code and tables and of all its characters, outside
 * addresses. */
void survey_count_signs(struct span text, uint32_t *signs, uint32_t *characters);
/* A paragraph with a clock reading before its words. */
static inline bool survey_has_time_in_words(const struct survey_block *b)
{
    return b->form == LINE_BARE && b->lead.has_clock && b->lead.two_parts && !b->only_time &&
           !b->lead.has_date && b->body_byte < b->end_byte;
}

/* "Break: [01:15:16.14] to [01:16:25.26]": two moments in brackets, with almost no other words.
 */
bool survey_is_two_moments(struct span text);
enum { SURVEY_NOTE_LINES_MAX = 8 };
/* "(The sitting opened at 10.05.", "Chair: Ann Pell)": the block behind a note in brackets over
 * several lines, none of which is set apart; `first` if no such note begins there. */
size_t survey_note_end(const struct survey *s, size_t first);
/* "01.02 Karel Wouters (ABC):", "14.05 Anna Haapa:": the digits before and after the point of a
 * number before a label: of an item and of a speech under it, or of hours and minutes. */
bool survey_number_parts(const struct survey_block *b, struct span part[2]);
/* Whether a block contains a question. */
bool survey_asks(const struct survey *s, size_t block);
/* A block with its signs counted. */
const struct survey_block *survey_measure(const struct survey *s, size_t block);
/* A candidate with the signs of its words counted. */
const struct survey_candidate *survey_measure_words(const struct survey *s, uint32_t member);
const struct layout_row *survey_layout_row(const struct survey *s,
                                           const struct survey_row *row);
/* Whether the words of a candidate end as a sentence does. */
bool survey_words_end(const struct survey *s, uint32_t member);
/* The words of a candidate, in its own block. */
struct span survey_words(const struct survey *s, const struct survey_candidate *c);

static inline const struct survey_candidate *survey_candidate(const struct survey *s,
                                                              uint32_t member)
{
    return &s->candidates[member];
}

#endif
