/* JSON evidence: what the values at one place in a list's elements show, whatever the place is
 * called. A place is a path from an element: "speaker", "message.author", "[2]",
 * "times[-1][1]". Only the first elements of a list are examined. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_EVIDENCE_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_EVIDENCE_H

#include "formats/json/json_tree.h"

enum { JSON_EVIDENCE_SAMPLE = 24 };

/* The value at a path from an element. */
struct json_ref json_follow(struct json_ref element, const char *path);

/* Whether two places hold the starts and ends of consecutive times. */
bool json_are_times(struct json_ref array, const char *start, const char *end);

/* Whether two places are character offsets into a third one, where a text starts and ends. */
bool json_are_offsets(struct json_ref array, const char *start, const char *end,
                      const char *text);

/* Whether most of the strings at a place end as sentences do. */
bool json_are_sentences(struct json_ref array, const char *path);

/* Whether the lengths at a place do not fit the starts and ends at others in any unit. */
bool json_lengths_differ(struct json_ref array, const char *start, const char *end,
                         const char *length);

/* Whether a place holds times that never decrease and are not just the numbers of the
 * elements. */
bool json_are_moments(struct json_ref array, const char *path);

/* … and are clock readings, such as "0:05". */
bool json_are_clocks(struct json_ref array, const char *path);

/* The number of letters in the strings at a place, and how many of the strings occurred before;
 * 0 if some are not strings. */
size_t json_letters_at(struct json_ref array, const char *path, size_t *again);

/* Whether the values at a place differ. */
bool json_differ(struct json_ref array, const char *path);

/* The two parts of a person's name in an object: "firstName", "OratorLastName". */
bool json_person_names(struct json_ref who, struct span *first, struct span *last);

/* Whether a place says who speaks in usual terms of programs: "agent" and "customer". */
bool json_are_voices(struct json_ref array, const char *path);

/* Whether each value at a place is also at a place of another list, where all values are
 * unique: a foreign key. At least two different values. */
bool json_are_keys(struct json_ref array, const char *path, struct json_ref records,
                   const char *key);

/* The same for the names of an object's members. */
bool json_are_member_names(struct json_ref array, const char *path, struct json_ref object);

/* Whether the values at a place are indices, from 0, of a list with `count` elements. */
bool json_are_places(struct json_ref array, const char *path, size_t count);

/* Who speaks if "isUser", "from_me" or "is_bot" is true, or false; NULL for other names. */
const char *json_voice_of_flag(struct span name, bool value);

/* Whether a value marks an interim result, which is repeated further down: "is_final": false,
 * "is_partial": true, "type": "partial". */
bool json_is_interim(struct json_ref value);

/* Whether a kind of element is speech ("transcript", "speech"), and whether some strings at a
 * place are such kinds and others are not. */
bool json_is_speech(struct json_ref kind);
bool json_are_speech_or_not(struct json_ref array, const char *path);

/* Whether all of several flags at a place mark interim results. */
bool json_all_interim(struct json_ref array, const char *path);

/* Whether some strings at a place mark interim results and others do not. */
bool json_are_interim(struct json_ref array, const char *path);

#endif
