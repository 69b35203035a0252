/* Contents. No state. */
#include "formats/write/contents.h"

#include "shilu/text/utf8.h"

enum { ROW_BYTES = 120, LEAST_ENTRIES = 2 };

bool contents_make(struct outline *o, const struct transcript *t,
                   const struct selection *selection)
{
    size_t kept = 0;
    size_t entries = 0;

    outline_init(o);
    outline_make(o, t);
    for (size_t i = 0; i < o->count; i++) {
        if (!selection_takes(selection, t, o->items[i].segment))
            continue;
        entries += o->items[i].kind == OUTLINE_HEADING || o->items[i].kind == OUTLINE_QUESTION;
        o->items[kept++] = o->items[i];
    }
    o->count = kept;
    if (entries >= LEAST_ENTRIES)
        return true;
    outline_release(o);
    return false;
}

void contents_row(const struct outline_item *item, const struct transcript *t,
                  struct buffer *out)
{
    uint32_t speaker = transcript_segment(t, item->segment)->speaker;
    size_t start;

    if (item->kind == OUTLINE_POINT)
        outline_mark(item, t, out);
    else if (item->kind == OUTLINE_QUESTION)
        buffer_append_format(out, "Q%u ", (unsigned)item->number);
    if ((item->kind == OUTLINE_QUESTION || item->kind == OUTLINE_STATEMENT) &&
        speaker != SPEAKER_NONE) {
        uint32_t segment = item->segment;
        const char *before = " > ";

        buffer_append_string(out, transcript_speaker_at(t, speaker)->name);
        while (item->kind == OUTLINE_QUESTION &&
               (speaker = outline_answerer(item, t, &segment)) != SPEAKER_NONE) {
            buffer_append_format(out, "%s%s", before, transcript_speaker_at(t, speaker)->name);
            before = ", ";
        }
        buffer_append_string(out, ": ");
    }
    start = out->bytes;
    outline_words(item, t, ROW_BYTES, out);
    if (out->bytes - start + UTF8_MAX_BYTES > ROW_BYTES)
        buffer_append_string(out, "\xE2\x80\xA6");
}

static bool is_sign(uint32_t cp)
{
    if (cp < 0x80)
        return !((cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') ||
                 cp == '-' || cp == '_');
    return cp <= 0xBF || (cp >= 0x2010 && cp <= 0x206F) || (cp >= 0x3001 && cp <= 0x3020) ||
           (cp >= 0xFF01 && cp <= 0xFF0F) || (cp >= 0xFF1A && cp <= 0xFF20) ||
           (cp >= 0xFF3B && cp <= 0xFF40) || (cp >= 0xFF5B && cp <= 0xFF65);
}

void contents_anchor(const char *heading, size_t bytes, struct buffer *out)
{
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;
        size_t used = utf8_decode(heading + at, bytes - at, &cp);

        if (cp == ' ' || cp == 0x3000)
            buffer_append_char(out, '-');
        else if (cp >= 'A' && cp <= 'Z')
            buffer_append_char(out, (char)(cp | 0x20));
        else if (!is_sign(cp))
            buffer_append(out, heading + at, used);
        at += used;
    }
}
