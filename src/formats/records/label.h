/* Label: who speaks, as a record prints it before (or above) the words; and how far a text is
 * shaped as one. A label is judged and taken apart in its folded form; the parts are told as
 * bytes of the original, since what people read is never the folded text. */
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
    struct label_place role; /* empty where none */
};

/* What helps to judge it. */
struct label_context {
    bool timed;     /* a time is beside it */
    bool posted;    /* … before it, as in a chat */
    bool bracketed; /* it is in brackets */
    bool marked;    /* a bullet comes before it */
};

/* Below this a label is taken only if it comes back. */
#define LABEL_DOUBTFUL (-2.5f)
/* What a title, or a mark for question or answer, adds. */
#define LABEL_TITLE_BITS 4.0f

/* Leave out what surrounds a label: bullets, blanks, a colon. */
struct label_place label_trim(const struct folded *f, struct label_place place);

/* How far it is shaped as a label, in bits; false: it is not one at all. */
bool label_shape(const struct folded *f, struct label_place place,
                 const struct label_context *context, float *bits);

/* A recogniser's mark for a voice that it could not tell: "speaker ?". */
bool label_is_unknown(const struct folded *f, struct label_place place);

/* Name and role: "民政部副部長 詹成付", "田中議員（議長）", "議長（山田太郎君）", "김철수
 * 위원". */
void label_split(const struct folded *f, struct label_place place,
                 const struct label_context *context, struct label_parts *parts);

/* "<답변> (윤도하 국장) words": a name in brackets after a mark for question or answer. Whether
 * one is at `at`; *name is inside the brackets, *end after them. */
bool label_named_behind(const struct folded *f, size_t at, struct label_place *name,
                        size_t *end);

/* The key by which labels are the same: the name, folded, without blanks, without the number of
 * a question or answer. */
void label_key(const struct folded *f, struct label_place name, struct buffer *key);

/* The folded text of a place, in UTF-8, appended. */
void label_append(const struct folded *f, struct label_place place, struct buffer *out);

#endif
