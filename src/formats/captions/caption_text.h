/* Caption text: the content of one cue. Standard: WebVTT (W3C), 4.2 and 6.4, read leniently:
 * what is not a tag stays as text, since no word may be lost. SRT has no standard; its tags are
 * the few HTML ones in use, the override blocks "{\an8}" borrowed from ASS, and the codes
 * "{y:i}" of MicroDVD. The readings of ruby are left out: they repeat the word beside them. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H

#include "shilu/base/buffer.h"

enum caption_markup {
    CAPTION_PLAIN, /* nothing is markup */
    CAPTION_SRT,
    CAPTION_VTT
};

/* A run of the cue that one voice speaks. */
struct caption_part {
    size_t name_byte; /* into names; without name_bytes: no voice tag */
    size_t name_bytes;
    size_t text_byte; /* into text */
    size_t text_bytes;
};

/* Zero-initialised is empty. Lines are separated by LF as in the cue. */
struct caption_text {
    struct buffer text;
    struct buffer names;
    struct caption_part *parts; /* owned */
    size_t count;
    size_t capacity;
    size_t ruby_byte; /* where a reading that is open starts in text */
    bool in_ruby;
    bool ruby_open; /* a <ruby> is */
    bool voiced;    /* some voice tag stood in it, perhaps one without a name */
};

void caption_text_release(struct caption_text *c);

/* Strip the markup of a cue; `c` is overwritten. At least one part follows, perhaps empty. */
void caption_text_parse(struct caption_text *c, enum caption_markup markup, const char *raw,
                        size_t bytes);

#endif
