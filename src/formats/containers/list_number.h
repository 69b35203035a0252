/* The number or letter that a word processor prints before an item of a list. */
#ifndef SHILU_FORMATS_LIST_NUMBER_H
#define SHILU_FORMATS_LIST_NUMBER_H

#include "shilu/base/buffer.h"

enum list_number {
    LIST_NUMBER_NONE, /* a bullet, or nothing */
    LIST_NUMBER_DECIMAL,
    LIST_NUMBER_DECIMAL_ZERO, /* 01 */
    LIST_NUMBER_FULL_WIDTH,
    LIST_NUMBER_CIRCLED, /* ① up to 20, then decimal */
    LIST_NUMBER_UPPER_LETTER,
    LIST_NUMBER_LOWER_LETTER,
    LIST_NUMBER_UPPER_ROMAN,
    LIST_NUMBER_LOWER_ROMAN,
    LIST_NUMBER_HAN,        /* 一 二 … 十一 */
    LIST_NUMBER_HAN_DIGITS, /* 一〇 */
    LIST_NUMBER_GANADA,     /* 가 나 다 */
    LIST_NUMBER_KATAKANA,   /* ア イ ウ */
    LIST_NUMBER_IROHA       /* イ ロ ハ */
};

void list_number_append(struct buffer *out, enum list_number kind, unsigned number);

#endif
