/* Stamp: the only parser of times and dates in the text of records, in every form that
 * briefings, minutes, chats and recorders use.
 *    2031-03-09 10:01:47   2031/3/9 10:01   09.03.31, 10:01   3/9/31, 10:01 AM   9 March 2031
 *    2031年3月9日 上午10时1分   令和13年3月9日   中華民國120年3月9日   2031. 3. 9. 오후 2:05
 *    Today at 10:01 AM   kl. 10:01   10:01 Uhr
 *    0:12   00:01:02.500   00:01:02,500 --> 00:01:04,000   #00:01:02-3#   [12.30s -> 14.00s]
 *
 * One stamp alone does not show the order of day, month and year in numbers: see
 * stamp_order. */
#ifndef SHILU_FORMATS_STAMP_H
#define SHILU_FORMATS_STAMP_H

#include "formats/common/folded_text.h"

struct stamp {
    bool has_date; /* year, month and day are known */
    bool numeric;  /* three numbers in unknown order, in `numbers` */
    bool has_clock;
    bool two_parts; /* hours and minutes, or minutes and seconds: stored as hours and minutes */
    bool wall;      /* certainly a time of day: am or pm, 時, a date before it */
    bool fraction;
    bool american; /* 3/9/31, 10:01 AM: a form in which the month comes first */
    int year;
    int month;
    int day;
    int numbers[3];
    int64_t clock_ms;
    int64_t end_ms; /* end of a range, or TIME_NONE; as clock_ms */
};

/* Parse a stamp at position `at` of a folded text; returns the position after it, or 0. */
size_t stamp_parse(const struct folded *f, size_t at, struct stamp *stamp);

/* The same with brackets: [..], (..), <..>, 【..】, #..#. *bracket is the opening one, or 0. */
size_t stamp_parse_boxed(const struct folded *f, size_t at, struct stamp *stamp,
                         uint32_t *bracket);

/* Whether a stamp can begin here, with or without brackets, judged by two code points; never in
 * the middle of a word. */
bool stamp_may_begin(const struct folded *f, size_t at);

/* Parse a clock reading with a point, 14.27, where only a time of day can be. Returns the
 * position after it, or 0. */
size_t stamp_parse_pointed_clock(const struct folded *f, size_t at, struct stamp *stamp);

/* Parse a clock reading of two parts before the colon of a label, 10:01: words, which elsewhere
 * may be a line and a column. Returns the position after it, at the colon, or 0. */
size_t stamp_parse_clock_and_colon(const struct folded *f, size_t at, struct stamp *stamp);
/* Parse days, hours, minutes and seconds since launch, 03 04 12 07, with a gap behind them.
 * Returns the position after them, or 0. */
size_t stamp_parse_mission_time(const struct folded *f, size_t at, struct stamp *stamp);

/* Parse hours, minutes and a colon before seconds, 0731:05, as on flight recorders. Returns the
 * position after it, or 0. */
size_t stamp_parse_recorder_time(const struct folded *f, size_t at, struct stamp *stamp);

/* Parse the clock reading that is the whole of a stenographer's line, in forms that mean
 * something else within words: "11.58 hrs", "2.15 p.m.", "● (1005)", "• (9 h 50) •". */
bool stamp_parse_clock_line(const struct folded *f, struct stamp *stamp);

/* The same for "9.06", "9.06.20" and "(1005)", which are clock readings only where several such
 * lines count on. */
bool stamp_parse_bare_clock_line(const struct folded *f, struct stamp *stamp);

/* Find a date anywhere in a line; false if there is none. */
bool stamp_find_date(struct span text, struct stamp *stamp);

enum stamp_order { STAMP_DMY, STAMP_MDY, STAMP_YMD, STAMP_ORDER_COUNT };

/* Read the numbers in this order; false if they are not a date in it. */
bool stamp_set_order(struct stamp *stamp, enum stamp_order order);

/* Midnight of the date, in ms from 1970; TIME_NONE without a date. */
int64_t stamp_date_ms(const struct stamp *stamp);

#endif
