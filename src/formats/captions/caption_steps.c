/* Steps of captions. Invariant: `words`, `name` and the times are those of the last cue. */
#include "formats/captions/caption_steps.h"

#include "formats/common/emit.h"
#include "shilu/model/transcript.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* A pause between two words, within which the sentence may leave the screen. */
enum { PAUSE_MS = 1000 };

/* Words that one step may add. */
enum { ADDED_MAX = 3 };

void caption_steps_release(struct caption_steps *s)
{
    buffer_release(&s->words);
    buffer_release(&s->name);
}

void caption_steps_reset(struct caption_steps *s)
{
    buffer_clear(&s->words);
    buffer_clear(&s->name);
    s->start_ms = s->end_ms = TIME_NONE;
}

static struct span held(const struct buffer *b)
{
    return span_of(buffer_string(b), b->bytes);
}

static struct span trimmed(struct span s)
{
    s.length = emit_trim(&s.data, s.length);
    return s;
}

/* A character of a script that has no blanks between words: Thai, Lao, Tibetan, Burmese, Khmer,
 * Han, kana. */
static bool is_unspaced(uint32_t cp)
{
    return (cp >= 0x0E00 && cp <= 0x109F) || (cp >= 0x1780 && cp <= 0x17FF) ||
           (char_is_east_asian(cp) && !char_is_hangul(cp));
}

/* The words of a text; each character counts in scripts that have no blanks between words. */
static size_t count_words(struct span text)
{
    size_t count = 0;
    bool inside = false;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        if (cp <= ' ' || cp == 0xA0) {
            inside = false;
        } else if (is_unspaced(cp)) {
            count++;
            inside = false;
        } else {
            count += !inside;
            inside = true;
        }
    }
    return count;
}

/* Whether `longer` begins with all of `shorter`, which ends a word there. */
static bool extends(struct span longer, struct span shorter)
{
    struct span rest;
    uint32_t cp;

    if (shorter.length == 0 || longer.length <= shorter.length ||
        memcmp(longer.data, shorter.data, shorter.length) != 0)
        return false;
    rest = span_skip(longer, shorter.length);
    utf8_decode(rest.data, rest.length, &cp);
    return (span_is_space(*rest.data) && *rest.data != '\n') || is_unspaced(cp) ||
           (cp >= 0x80 && !char_is_letter(cp));
}

static bool follows_at_once(const struct caption_steps *s, const struct caption_step *step)
{
    return s->start_ms != TIME_NONE && s->end_ms != TIME_NONE && step->start_ms != TIME_NONE &&
           step->start_ms >= s->start_ms && step->start_ms - s->end_ms <= PAUSE_MS;
}

static void keep(struct caption_steps *s, const struct caption_step *step)
{
    struct span words = trimmed(step->words);

    buffer_clear(&s->words);
    buffer_append(&s->words, words.data, words.length);
    buffer_clear(&s->name);
    buffer_append(&s->name, step->name.length > 0 ? step->name.data : "", step->name.length);
    s->start_ms = step->start_ms;
    s->end_ms = step->end_ms;
}

static bool is_step(const struct caption_steps *s, const struct caption_step *step)
{
    struct span words = trimmed(step->words);
    struct span before = held(&s->words);

    if (words.length == 0 || !span_equal(held(&s->name), step->name) ||
        !follows_at_once(s, step))
        return false;
    return span_equal(words, before) ||
           (extends(words, before) && count_words(words) - count_words(before) <= ADDED_MAX);
}

bool caption_steps_continue(struct caption_steps *s, const struct caption_step *step)
{
    bool continues = is_step(s, step);

    keep(s, step);
    return continues;
}

/* A sentence that goes word by word has about as many cues as words, or twice as many if a
 * pause follows each. A chorus that returns has more or fewer. */
static void end_run(struct caption_steps *s)
{
    size_t words = count_words(held(&s->words));

    if (words > 1 && s->run * 3 >= words && s->run <= words * 2 + 1)
        s->steps += s->run - 1;
    s->run = 1;
}

void caption_steps_count(struct caption_steps *s, const struct caption_step *step)
{
    if (trimmed(step->words).length == 0)
        return;
    s->cues++;
    if (s->cues == 1)
        s->run = 1;
    else if (is_step(s, step))
        s->run++;
    else
        end_run(s);
    keep(s, step);
}

void caption_steps_settle(struct caption_steps *s)
{
    enum { STEPS_MIN = 3 };

    if (s->cues > 0)
        end_run(s);
    s->any = s->steps >= STEPS_MIN && s->steps * 5 >= s->cues * 2;
    caption_steps_reset(s);
}
