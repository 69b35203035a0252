/* Point marker: the words with which a speaker numbers points: 一是 … 二是, 第一 … 第二, 首先 …
 * 其次, 첫째 … 둘째, First … Second, (1) … (2). A marker alone proves nothing ("first" is a
 * common word); analysis/outline requires a second one of the same family in the same turn. */
#ifndef SHILU_ANALYSIS_POINT_MARKER_H
#define SHILU_ANALYSIS_POINT_MARKER_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/base/span.h"

/* Markers that continue one count belong to one family. */
enum point_family {
    POINT_HAN_IS,        /* 一是 二是 */
    POINT_HAN_ORDINAL,   /* 第一 第二, 第一に, 第一个方面 */
    POINT_HAN_OF_IT,     /* 其一 其二 */
    POINT_HAN_COUNTED,   /* 一つ目 二つ目, 一点目 */
    POINT_HAN_LIST,      /* 一、 二、 */
    POINT_HAN_BRACKET,   /* （一） （二） */
    POINT_HAN_COURSE,    /* 首先 其次 最后, まず 次に 最後に */
    POINT_HAN_STEM,      /* 甲、 乙、 */
    POINT_HANGUL,        /* 첫째 둘째, 첫 번째, 먼저 다음으로 끝으로 */
    POINT_HANGUL_LETTER, /* 가. 나. */
    POINT_DIGIT,         /* 1. 2. or 1、 */
    POINT_DIGIT_BRACKET,
    POINT_CIRCLED,  /* ① ② */
    POINT_LETTER,   /* a) b), (a) (b) */
    POINT_CARDINAL, /* One, … Two: … */
    POINT_LATIN     /* First, Second, … in the languages of the table */
};

/* How the words before a marker end. */
enum point_place {
    POINT_INSIDE,   /* inside a clause: only ① can be a marker there */
    POINT_CLAUSE,   /* after a comma */
    POINT_SENTENCE, /* after a sentence, a colon or a semicolon */
    POINT_LINE      /* at the start of a line */
};

struct point_marker {
    enum point_family family;
    int number; /* from 1; POINT_LAST for "finally" */
    size_t bytes;
};

enum { POINT_LAST = 1000 };

/* The marker at the start of `text`, which is at `place`. */
bool point_marker_read(struct span text, enum point_place place, struct point_marker *marker);

/* Whether a marker can begin with this byte: a quick test for each position in a long text. */
bool point_marker_may_start(unsigned char byte);

#endif
