/* Label: the name of a speaker as a record prints it before or above the words, and how much a
 * text looks like one. Labels are judged and split in folded form; the results are byte ranges
 * of the original, because readers never see folded text. */
#ifndef SHILU_FORMATS_LABEL_H
#define SHILU_FORMATS_LABEL_H

#include "formats/common/folded_text.h"
#include "shilu/base/buffer.h"

/* Where a label is in a folded line: code points [start, end). */
struct label_place {
    size_t start;
    size_t end;
};

/* Its parts, as places in the same folded line. */
struct label_parts {
    struct label_place name;
    struct label_place role; /* empty if there is none */
};

/* Surroundings that help to judge it. */
struct label_context {
    bool timed;     /* it has a time beside it */
    bool posted;    /* … in front, as in a chat */
    bool bracketed; /* it is in brackets */
    bool marked;    /* a bullet precedes it */
    bool program;   /* a chat program prints it, as its owner wrote it */
};

/* A label below this is accepted only if it recurs. */
#define LABEL_DOUBTFUL (-2.5f)
/* What a title, or a mark for question or answer, adds to the score. */
#define LABEL_TITLE_BITS 4.0f

/* Trim what surrounds a label: bullets, blanks, a colon. */
struct label_place label_trim(const struct folded *f, struct label_place place);

/* How much it looks like a label, in bits; false if it cannot be one. */
bool label_shape(const struct folded *f, struct label_place place,
                 const struct label_context *context, float *bits);

/* The mark with which a recogniser labels an unidentified voice: "speaker ?". */
bool label_is_unknown(const struct folded *f, struct label_place place);

/* Name and role: "民政部副部長 詹成付", "田中議員（議長）", "議長（山田太郎君）", "김철수
 * 위원". */
void label_split(const struct folded *f, struct label_place place,
                 const struct label_context *context, struct label_parts *parts);

/* "<답변> (윤도하 국장) words", "Q. MR. DELL: words": a name in brackets, or in capitals before
 * a colon, after a mark for question or answer. Whether one is at `at`; *name is the place of
 * the name, *end the position behind what sets it apart. */
bool label_named_behind(const struct folded *f, size_t at, struct label_place *name,
                        size_t *end);

/* The key that equal labels share: the folded name without blanks and without the number of a
 * question or answer. */
void label_key(const struct folded *f, struct label_place name, struct buffer *key);

/* Append the folded text of a place in UTF-8. */
void label_append(const struct folded *f, struct label_place place, struct buffer *out);

/* ada@example.org, and nothing else. */
bool label_is_mail_address(const struct folded *f, struct label_place p);

/* Whether a label is the last word of the name in another, as both are printed: MARSH, of
 * "ELLEN MARSH, BYLINE". */
bool label_is_last_name(struct span last, struct span name);

#endif
