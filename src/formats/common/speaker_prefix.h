/* Speaker prefix: `Name: text`, where the name of who speaks precedes what is said. A colon
 * alone proves nothing ("He said: …", "http://…", "10:25"). A prefix counts if it is shaped as
 * a name and repeats, or if most lines have one; what the first lines of a record show is kept
 * for the rest of it. */
#ifndef SHILU_FORMATS_COMMON_SPEAKER_PREFIX_H
#define SHILU_FORMATS_COMMON_SPEAKER_PREFIX_H

#include <stdbool.h>
#include <stddef.h>

enum name_shape {
    NAME_NOT,    /* a sentence, a URL, a clock … */
    NAME_WEAK,   /* one word: a name only if it repeats */
    NAME_STRONG, /* several words in capitals, or East Asian, or with a number */
    NAME_MARKED  /* marked as a label: [SPEAKER_00]: or >> NAME: or (speaker 0) */
};

struct speaker_prefix {
    const char *name; /* borrowed from the line; not cleaned of inner spaces */
    size_t bytes;
    size_t text_byte; /* where what is said begins in the line */
    enum name_shape shape;
};

/* The longest name, in columns; one in capitals may be longer. */
enum { SPEAKER_PREFIX_COLUMNS = 56 };

/* What the front of a line may be; false if it is not a name. */
bool speaker_prefix_find(const char *line, size_t bytes, struct speaker_prefix *prefix);

/* How far a text by itself (a heading, a field) is shaped as a name. */
enum name_shape speaker_prefix_shape(const char *name, size_t bytes);

/* What is known of the prefixes of one record. */
struct name_prefixes;

struct name_prefixes *name_prefixes_new(void);
void name_prefixes_free(struct name_prefixes *n);

/* Count a line, or a cue, of the start of the record. */
void name_prefixes_count(struct name_prefixes *n, const char *line, size_t bytes);

/* Whether the lines counted have names before them. */
bool name_prefixes_labelled(const struct name_prefixes *n);

/* Whether people are addressed in them as in official records: "Mr. Lacroix", "The Chair". */
bool name_prefixes_addressed(const struct name_prefixes *n);

/* Of the lines counted, those with a name that others have too. */
size_t name_prefixes_repeated(const struct name_prefixes *n);

/* How many of the lines counted have this name. */
size_t name_prefixes_times(const struct name_prefixes *n, const char *name, size_t bytes);

/* Whether names stand only where the speaker changes, so that a line without one is the
 * same speaker's. */
bool name_prefixes_at_change(const struct name_prefixes *n);

/* As speaker_prefix_find, for a prefix that is taken to be a name in this record. A name of one
 * word that was not met before is taken from its second time on. */
bool name_prefixes_take(struct name_prefixes *n, const char *line, size_t bytes,
                        struct speaker_prefix *prefix);

#endif
