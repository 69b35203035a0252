/* Words: characters are of three kinds (space, mark, letter); each letter of Han, kana and
 * similar scripts is a word. */
#include "shilu/text/words.h"

#include <stdlib.h>

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/char_class.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

enum kind { KIND_SPACE, KIND_MARK, KIND_LETTER, KIND_ALONE };

void words_release(struct words *w)
{
    free(w->items);
    *w = (struct words){0};
}

static bool is_mark(uint32_t cp)
{
    if (cp < 0x80)
        return !((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
                 (cp >= 'A' && cp <= 'Z'));
    return (cp >= 0x80 && cp <= 0xBF && cp != 0xAA && cp != 0xB5 && cp != 0xBA) || cp == 0xD7 ||
           cp == 0xF7 || (cp >= 0x2010 && cp <= 0x206F) || (cp >= 0x3001 && cp <= 0x3004) ||
           (cp >= 0x3008 && cp <= 0x3020) || cp == 0x3030 || cp == 0x30FB ||
           (cp >= 0xFE10 && cp <= 0xFE6B) || (cp >= 0xFF01 && cp <= 0xFF0F) ||
           (cp >= 0xFF1A && cp <= 0xFF20) || (cp >= 0xFF3B && cp <= 0xFF40) ||
           (cp >= 0xFF5B && cp <= 0xFF65);
}

static enum kind kind_of(uint32_t cp)
{
    if (cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x3000 ||
        (cp >= 0x2000 && cp <= 0x200B) || cp == 0x202F || cp == 0xFEFF)
        return KIND_SPACE;
    if (is_mark(cp))
        return KIND_MARK;
    if (cp >= 0x2E80 && char_is_east_asian(cp) && !char_is_hangul(cp) &&
        !(cp >= 0xFF01 && cp <= 0xFF9F))
        return KIND_ALONE;
    return KIND_LETTER;
}

static uint64_t key_of(const char *text, size_t bytes, enum words_mode mode,
                       struct buffer *folded)
{
    if (mode == WORDS_EXACT)
        return hash_fnv1a(text, bytes);
    buffer_clear(folded);
    fold_append(folded, text, bytes);
    return hash_fnv1a(buffer_string(folded), folded->bytes);
}

/* An apostrophe or a hyphen inside a word is part of it. */
static bool joins(uint32_t cp, const char *text, size_t bytes)
{
    uint32_t next;

    if (cp != '\'' && cp != 0x2019 && cp != '-')
        return false;
    return bytes > 0 && utf8_decode(text, bytes, &next) > 0 && kind_of(next) == KIND_LETTER;
}

void words_add(struct words *w, const char *text, size_t bytes, uint64_t base,
               enum words_mode mode)
{
    struct buffer folded = {0};
    size_t at = 0;

    while (at < bytes) {
        size_t start = at;
        uint32_t cp;
        enum kind kind;

        at += utf8_decode(text + at, bytes - at, &cp);
        kind = kind_of(cp);
        if (kind == KIND_SPACE || (kind == KIND_MARK && mode == WORDS_FOLDED))
            continue;
        while (kind == KIND_LETTER && at < bytes) {
            size_t count = utf8_decode(text + at, bytes - at, &cp);

            if (kind_of(cp) != KIND_LETTER && !joins(cp, text + at + count, bytes - at - count))
                break;
            at += count;
        }
        MEMORY_RESERVE(w->items, w->capacity, w->count + 1);
        w->items[w->count++] = (struct word){
            .byte = base + start,
            .bytes = (uint32_t)(at - start),
            .key = key_of(text + start, at - start, mode, &folded)};
    }
    buffer_release(&folded);
}

/* ------------------------------------------------------------------------------- counting */

/* In addition to blanks: dashes and dots used as a pause, and marks of East Asian scripts. */
static bool separates(uint32_t cp, enum kind kind)
{
    return kind == KIND_SPACE || kind == KIND_ALONE || cp == 0x2014 || cp == 0x2026 ||
           (kind == KIND_MARK && cp >= 0x3000);
}

static enum kind ascii_kind(unsigned char c)
{
    if (c == ' ' || (c >= '\t' && c <= '\r'))
        return KIND_SPACE;
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') ? KIND_LETTER
                                                                              : KIND_MARK;
}

size_t words_count(const char *text, size_t bytes)
{
    size_t count = 0;
    bool inside = false;

    for (size_t at = 0; at < bytes;) {
        uint32_t cp = (unsigned char)text[at];
        size_t taken = cp < 0x80 ? 1 : utf8_decode(text + at, bytes - at, &cp);
        enum kind kind = cp < 0x80 ? ascii_kind((unsigned char)cp) : kind_of(cp);

        count += kind == KIND_ALONE || (kind == KIND_LETTER && !inside);
        inside = kind == KIND_LETTER || (inside && !separates(cp, kind));
        at += taken;
    }
    return count;
}
