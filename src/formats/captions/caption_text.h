/* Caption text: the content of one cue. Standard: WebVTT (W3C), 4.2 and 6.4, read leniently:
 * what is not a tag remains text, since no word may be lost. SRT has no standard; its tags are
 * the few HTML ones in use, the override blocks "{\an8}" borrowed from ASS, and the codes
 * "{y:i}" of MicroDVD. Readings in ruby are left out, since they repeat the word beside
 * them. */
#ifndef SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H
#define SHILU_FORMATS_CAPTIONS_CAPTION_TEXT_H

#include "shilu/base/buffer.h"
#include "shilu/base/span.h"

enum caption_markup {
    CAPTION_PLAIN, /* nothing is markup */
    CAPTION_SRT,
    CAPTION_VTT
};

/* A run of the cue spoken by one voice. */
struct caption_part {
    size_t name_byte; /* offset in `names`; name_bytes is 0 without a voice tag */
    size_t name_bytes;
    size_t text_byte; /* offset in `text` */
    size_t text_bytes;
};

/* Zero-initialised is empty. Lines are separated by LF, as in the cue. */
struct caption_text {
    struct buffer text;
    struct buffer names;
    struct caption_part *parts; /* owned */
    size_t count;
    size_t capacity;
    size_t ruby_byte; /* where the open reading starts in `text` */
    bool in_ruby;
    bool ruby_open; /* inside <ruby> */
    bool voiced;    /* the cue has a voice tag, with or without a name */
};

void caption_text_release(struct caption_text *c);

/* Remove the markup of a cue; overwrites `c`. The result has at least one part, perhaps
 * empty. */
void caption_text_parse(struct caption_text *c, enum caption_markup markup, const char *raw,
                        size_t bytes);

/* Whether a cue's text is the address of a picture, as in tracks of thumbnails:
 * "thumbs.jpg#xywh=0,0,160,90". */
bool caption_text_is_picture(struct span text);

#endif
