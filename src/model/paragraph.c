/* Paragraphs: which pieces (words, captions) of one speaker form continuous text, and whether a
 * space separates them. Decided once, when a segment is appended, from the end of the record
 * alone. */
#include <string.h>

#include "model/transcript_private.h"
#include "shilu/text/utf8.h"

/* The pause that starts a new paragraph; the length after which a paragraph ends with the next
 * sentence; and its maximum. About 25 lines of Latin text, or of Chinese. */
enum { PAUSE_MS = 2500, SOFT_BYTES = 1200, HARD_BYTES = 2400 };

/* The shortest text that counts as a repetition: not "yes". */
enum { AGAIN_BYTES = 8 };

static uint32_t last_character(const char *text, size_t bytes)
{
    uint32_t cp = 0;

    if (bytes > 0)
        utf8_decode(text + utf8_floor(text, bytes, bytes - 1), UTF8_MAX_BYTES, &cp);
    return cp;
}

static bool is_white(uint32_t cp)
{
    return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r' || cp == 0xA0 || cp == 0x3000;
}

static bool ends_sentence(uint32_t cp)
{
    return cp < 0x80 ? strchr(".?!\"", (int)cp) != NULL && cp != 0
                     : cp == 0x3002 || cp == 0xFF01 || cp == 0xFF1F || cp == 0x2026 ||
                           cp == 0x300D || cp == 0x201D;
}

/* Scripts written without spaces: kana, Han and their punctuation; not Hangul. */
static bool is_set_solid(uint32_t cp)
{
    return (cp >= 0x3000 && cp <= 0x30FF) || (cp >= 0x31F0 && cp <= 0x9FFF) ||
           (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0xFF00 && cp <= 0xFFDC) ||
           (cp >= 0x20000 && cp <= 0x3FFFF);
}

static bool is_closing(uint32_t cp)
{
    return cp < 0x80 && cp != 0 && strchr(".,:;?!)]}%", (int)cp) != NULL;
}

static bool wants_space(uint32_t before, uint32_t after)
{
    if (is_white(before) || is_white(after) || is_closing(after))
        return false;
    return !(is_set_solid(before) || is_set_solid(after));
}

static bool pauses(const struct transcript *t, const struct segment_draft *draft)
{
    uint32_t last = (uint32_t)t->count - 1;
    int64_t before = transcript_end_ms(t, last);

    if (draft->start_ms == TIME_NONE || before == TIME_NONE)
        return false;
    return draft->start_ms - before > PAUSE_MS;
}

/* A recogniser's repetition belongs to the words before it, even after a pause; and repetitions
 * do not make a paragraph longer. */
static bool says_again(const struct transcript *t, const struct segment_draft *draft)
{
    const struct segment *last = &t->segments[t->count - 1];

    return draft->text_bytes >= AGAIN_BYTES && last->text_bytes == draft->text_bytes &&
           memcmp(t->arena.data + last->text_byte, draft->text, draft->text_bytes) == 0;
}

/* "- Yes?", "-Yes?", ">> Yes?": in captions, another voice answers. */
static bool starts_dialogue(const struct segment_draft *draft)
{
    unsigned char next = draft->text_bytes > 2 ? (unsigned char)draft->text[1] : 0;

    if (next == 0)
        return false;
    if (draft->text[0] == '-')
        return next == ' ' || next >= 0x80 || (next >= 'A' && next <= 'Z');
    return draft->text[0] == '>' && next == '>';
}

uint8_t paragraph_flags(struct transcript *t, const struct segment_draft *draft)
{
    const struct segment *last = t->count > 0 ? &t->segments[t->count - 1] : NULL;
    bool open = t->paragraph_open;
    uint8_t piece = draft->piece ? SEGMENT_PIECE : 0;
    bool again;
    uint32_t before;
    uint32_t after = 0;

    t->paragraph_open = draft->piece;
    if (!open || !draft->piece || last->speaker != draft->speaker ||
        draft->text_bytes > HARD_BYTES || starts_dialogue(draft)) {
        t->paragraph_bytes = draft->text_bytes;
        return piece;
    }
    again = says_again(t, draft);
    before = last_character(t->arena.data + last->text_byte, last->text_bytes);
    if ((pauses(t, draft) && !again) || before == '\n' || t->paragraph_bytes > HARD_BYTES ||
        (t->paragraph_bytes > SOFT_BYTES && ends_sentence(before) && !again)) {
        t->paragraph_bytes = draft->text_bytes;
        return piece;
    }
    t->paragraph_bytes += again ? 1 : draft->text_bytes + 1;
    if (draft->text_bytes > 0)
        utf8_decode(draft->text, draft->text_bytes, &after);
    if (draft->text_bytes == 0 || last->text_bytes == 0 || !wants_space(before, after))
        return piece | SEGMENT_CONTINUES;
    return piece | SEGMENT_CONTINUES | SEGMENT_SPACED;
}

uint32_t transcript_paragraph_first(const struct transcript *t, uint32_t segment)
{
    while (segment > 0 && (t->segments[segment].flags & SEGMENT_CONTINUES) != 0)
        segment--;
    return segment;
}

uint32_t transcript_paragraph_end(const struct transcript *t, uint32_t segment)
{
    do
        segment++;
    while (segment < t->count && (t->segments[segment].flags & SEGMENT_CONTINUES) != 0);
    return segment;
}

const char *transcript_joined(const struct transcript *t, uint32_t first, uint32_t end,
                              size_t *bytes)
{
    const struct segment *last = &t->segments[end - 1];

    *bytes = (size_t)(last->text_byte + last->text_bytes - t->segments[first].text_byte);
    return t->arena.data + t->segments[first].text_byte;
}
