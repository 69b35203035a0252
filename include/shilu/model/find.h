/* Find: from what the user types to a time or a speaker of a transcript. */
#ifndef SHILU_MODEL_FIND_H
#define SHILU_MODEL_FIND_H

#include "shilu/model/transcript.h"

/* A time as typed. Time of day: "10:25", "10:25:22", "2020-03-09 10:25",
 * "2020-03-09T10:25:22+08:00". Elapsed: "12:30", "0:12:30", "90" (seconds), "12m", "1h5m".
 * Either: "+5m", "-30s" (from `from_ms`), "50%" (of the span). Also as people write times of
 * day: "1047", "10.47", "10h47", "10:47 am", "上午10時47分", "十點半", "午後0時5分", "오전
 * 10시", "noon", "2020年3月9日10時"; elapsed: "12分30秒", "1 h 5 min"; full-width forms too. */
struct time_query {
    int64_t ms;
    int64_t precision_ms; /* the typed unit: 60000 for "10:25", 1000 for "10:25:22" */
};
bool time_query_parse(const struct transcript *t, const char *text, int64_t from_ms,
                      struct time_query *query, struct error *err);

/* A question by its number, as typed: "Q5", "question 5", "第5問", "第五题", "질문 5". */
bool question_number_parse(const char *typed, size_t *number);

/* Speakers whose name, role, organization, alias, id or initials match the query, best first:
 * exact name, start of the name, part of the name, initials (pinyin, Hangul), role or
 * organization. Case, width and Han variants are ignored. Returns how many, at most `most`,
 * were written. */
size_t speaker_find(const struct transcript *t, const char *query, uint32_t *found,
                    size_t most);

/* Whether speaker_find finds this speaker. */
bool speaker_find_matches(const char *query, const struct speaker *speaker);

#endif
