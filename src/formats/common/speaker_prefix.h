/* Speaker prefix: `Name: text`, where the speaker's name precedes the words. A colon alone
 * proves nothing ("He said: …", "http://…", "10:25"). A prefix counts if it is shaped like a
 * name and recurs, or if most lines have one; what the first lines of a record show is kept for
 * the rest of it. */
#ifndef SHILU_FORMATS_COMMON_SPEAKER_PREFIX_H
#define SHILU_FORMATS_COMMON_SPEAKER_PREFIX_H

#include <stdbool.h>
#include <stddef.h>

enum name_shape {
    NAME_NOT,    /* a sentence, a URL, a clock reading … */
    NAME_WEAK,   /* one word: a name only if it recurs */
    NAME_STRONG, /* several capitalised words, or East Asian, or with a number */
    NAME_MARKED  /* marked as a label: [SPEAKER_00]: or >> NAME: or (speaker 0) */
};

struct speaker_prefix {
    const char *name; /* borrowed from the line; not cleaned of inner spaces */
    size_t bytes;
    size_t text_byte; /* where the words begin in the line */
    enum name_shape shape;
};

/* Longest name in columns; one in capitals may be longer. */
enum { SPEAKER_PREFIX_COLUMNS = 56 };

/* The prefix at the start of a line; false if it cannot be a name. */
bool speaker_prefix_find(const char *line, size_t bytes, struct speaker_prefix *prefix);
/* Whether it may have the shape NAME_MARKED, judged by its first character. */
bool speaker_prefix_may_be_marked(const char *line, size_t bytes);

/* How much a text alone (a heading, a field) is shaped like a name. */
enum name_shape speaker_prefix_shape(const char *name, size_t bytes);

/* Whether a text is of Latin capitals, with no small letter and no other script. */
bool speaker_prefix_in_capitals(const char *s, size_t bytes);

/* Counts of the prefixes of one record. */
struct name_prefixes;

struct name_prefixes *name_prefixes_new(void);
void name_prefixes_free(struct name_prefixes *n);

/* Count a line or cue from the start of the record. */
void name_prefixes_count(struct name_prefixes *n, const char *line, size_t bytes);

/* Whether the lines counted have names in front. */
bool name_prefixes_labelled(const struct name_prefixes *n);

/* Whether people are addressed in them as in official records: "Mr. Lacroix", "The Chair". */
bool name_prefixes_addressed(const struct name_prefixes *n);

/* Whether names occur only where the speaker changes, so that a line without one continues with
 * the same speaker. */
bool name_prefixes_at_change(const struct name_prefixes *n);

/* As speaker_prefix_find, for a prefix that counts as a name in this record. An unknown name of
 * one word counts from its second occurrence on. */
bool name_prefixes_take(struct name_prefixes *n, const char *line, size_t bytes,
                        struct speaker_prefix *prefix);

#endif
