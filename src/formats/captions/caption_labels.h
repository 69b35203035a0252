/* Caption labels: the marks by which a file names speakers. A mark that recurs in cue after cue
 * is a convention of the file, and what it contains is a name whatever its shape: "Mara's iPad:
 * ", "kiranmai: ", "+1 555 0100: ", "[SPEAKER_00] ", "(Mara Dell)" alone above the words. The
 * first cues are counted; then the conventions are decided. Names that occur only occasionally
 * are recognised by their shape instead, by formats/name_prefix. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_LABELS_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "shilu/base/span.h"

enum caption_label_form {
    LABEL_COLON,       /* Name: words */
    LABEL_SQUARE,      /* [Name] words */
    LABEL_ROUND,       /* (Name) words */
    LABEL_SQUARE_LINE, /* [Name] above the words */
    LABEL_ROUND_LINE,  /* (Name) above the words */
    LABEL_LINE,        /* Name above the words */
    LABEL_DASH,        /* Name - words, Name | words */
    LABEL_FORMS
};

struct caption_label {
    const char *name; /* borrowed from the line */
    size_t bytes;
    size_t text_byte; /* where the words begin in the line */
};

/* Where a line of a cue is. */
struct caption_line {
    bool first;  /* it is the first of its cue */
    bool last;   /* no words follow it in the cue */
    bool open;   /* a sentence ended before it, so that somebody else may begin */
    bool bare;   /* it has nothing but a label */
    bool marked; /* ">>" is before it */
};

struct caption_labels;

struct caption_labels *caption_labels_new(void);
void caption_labels_free(struct caption_labels *l);

/* For a format that has names on lines of their own: less evidence is needed. */
void caption_labels_expect_lines(struct caption_labels *l);

/* Count a cue from the start of the file: its text, with LF between lines. */
void caption_labels_count(struct caption_labels *l, const char *text, size_t bytes);
/* Count the identifier of a cue. */
void caption_labels_count_id(struct caption_labels *l, const char *id, size_t bytes);

/* Decide the conventions from the counts. */
void caption_labels_settle(struct caption_labels *l);

/* Whether the file has any convention. */
bool caption_labels_any(const struct caption_labels *l);

/* Whether so many cues have names before a colon that the shape of names does not matter. */
bool caption_labels_by_colon(const struct caption_labels *l);

/* Whether the labels mark turns: the file begins with one, or they differ from one to the next.
 * "Note:" again and again in a lecture does not. */
bool caption_labels_mark_turns(const struct caption_labels *l);

/* Whether a line ends so that somebody else may begin after it. */
bool caption_labels_end_sentence(struct span line);

/* Whether a name before a colon may begin a line: within a sentence only if it began elsewhere
 * too, and a name that occurs once only if there are more of those than line breaks would
 * produce. */
bool caption_labels_may_begin(struct caption_labels *l, const char *name, size_t bytes,
                              struct caption_line line);

/* Whether a line of a cue starts with a name. */
bool caption_labels_take(struct caption_labels *l, const char *text, size_t bytes,
                         struct caption_line line, struct caption_label *label);

/* The name in the identifier of a cue: `1 "Mara Dell" (1234567)`. */
bool caption_labels_take_id(const struct caption_labels *l, const char *id, size_t bytes,
                            const char **name, size_t *name_bytes);

#endif
