/* Line: a block prepared for matching layouts: its folded front, the times at its head and end,
 * the bullet before its label. */
#ifndef SHILU_FORMATS_LINE_H
#define SHILU_FORMATS_LINE_H

#include "formats/containers/block.h"
#include "formats/records/line/stamp.h"

/* How a time precedes the words: not at all, bare, or in this kind of bracket. */
enum line_form { LINE_UNTIMED, LINE_BARE, LINE_SQUARE, LINE_ROUND, LINE_ANGLE, LINE_OTHER };

/* Signs in the front of a line. A layout that needs a missing one is not tried. */
enum line_sign {
    LINE_COLON = 1,
    LINE_GAP = 2,
    LINE_CLOSING_ANGLE = 4,
    LINE_BAR = 8,
    LINE_CORNER_QUOTE = 16,
    LINE_CLOCK = 32, /* a digit as in 10:02, 10.02, 10時, 10 AM, 10s */
    LINE_STOP = 64,
    LINE_DASH = 128, /* with a blank after it */
    LINE_CLOSING_ROUND = 256,
    LINE_OPENING_ROUND = 512, /* these two not at its start */
    LINE_OPENING_SQUARE = 1024,
    LINE_SHORT = 2048,       /* the whole line is in the front and short enough for a label */
    LINE_JOINED_DASH = 4096, /* directly after an East Asian letter */
    LINE_EQUALS = 8192,
    LINE_CLOSES_SQUARE = 16384, /* its last character is ']' */
    LINE_WHOLE = 65536          /* all of it is in the front */
};

enum { LINE_SHORT_MAX = 44, LINE_OFFICE_MAX = 90 };

/* The bullet of ">>", with which captions mark another voice. */
enum { LINE_NEW_VOICE = '>' };

struct line {
    struct span text;
    struct folded front;
    enum block_kind kind;
    unsigned level;
    uint32_t indent;
    uint32_t columns; /* of the text */
    bool gap;         /* a blank line precedes it */
    bool ruled;       /* … and a rule */
    bool joins;
    enum line_form form;
    struct stamp lead; /* if form is not LINE_UNTIMED */
    bool only_time;    /* a time, two times or a date, and nothing else */
    size_t body;       /* position in `front` after the time */
    size_t start;      /* … and after the bullet, where a label may begin */
    uint32_t bullet;   /* folded, or 0 */
    unsigned signs;    /* of enum line_sign, from `start` on */
    bool has_tail;     /* the words end in a time */
    struct stamp tail;
    size_t end_byte;    /* where the words end, before that time */
    size_t bold_byte;   /* end of the bold run at the start of the body, or 0 */
    bool italic;        /* all of the text is italic */
    bool heads_message; /* block.heads_message */
    uint64_t number;    /* block.line */
};

void line_parse(struct line *line, const struct block *block);

#endif
