/* Texts in other programs' JSON. */
#include "formats/json/json_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/common/folded_text.h"
#include "formats/json/json_rules.h"
#include "formats/xml/html_text.h"
#include "shilu/base/bytes.h"
#include "shilu/formats/html_entity.h"
#include "shilu/text/utf8.h"

/* How far ahead a word is searched for, and after how many misses no longer. */
enum { LOOK_AHEAD_BYTES = 240, MISSES_MAX = 8, LABEL_BYTES_MAX = 200 };

#define WIDE_SPACE "\xE3\x80\x80"

bool json_text_is_signal(struct span word)
{
    static const char *const names[] = {"end", "fin", "eos", "bos", "s",     "/s",
                                        "eps", "pad", "sil", "blk", "blank", NULL};
    size_t i;

    word = span_trim(word);
    if (word.length < 3)
        return false;
    if ((span_starts_with(word, "<|") && span_ends_with(word, "|>")) ||
        (span_starts_with(word, "[_") && span_ends_with(word, "_]")))
        return span_find(word, ' ') == word.length;
    if (*word.data != '<' || word.data[word.length - 1] != '>')
        return false;
    word = span_of(word.data + 1, word.length - 2);
    for (i = 0; names[i] != NULL && !span_is(word, names[i]); i++)
        continue;
    return names[i] != NULL;
}

bool json_text_is_mark(struct span word)
{
    static const char ascii[] = ".,!?;:)]}%";
    static const char *const wide[] = {"。", "、", "，", "．", "！", "？", "；", "：", "…",
                                       "」", "』", "）", "”",  "’",  "।",  "؟",  "،",  NULL};
    size_t i;

    word = span_trim(word);
    if (word.length == 0)
        return false;
    while (word.length > 0) {
        if (memchr(ascii, *word.data, sizeof ascii - 1) != NULL) {
            word = span_skip(word, 1);
            continue;
        }
        for (i = 0; wide[i] != NULL && !span_take(&word, wide[i]); i++)
            continue;
        if (wide[i] == NULL)
            return false;
    }
    return true;
}

bool json_text_ends_sentence(struct span text)
{
    static const char *const ends[] = {".", "?", "!", "。", "？", "！", "…", NULL};
    size_t i;

    for (i = 0; ends[i] != NULL && !span_ends_with(text, ends[i]); i++)
        continue;
    return ends[i] != NULL;
}

void json_text_join(struct buffer *text, struct span more)
{
    more = span_trim(more);
    if (text->bytes > 0 && more.length > 0 &&
        emit_needs_space(text->data, text->bytes, more.data, more.length))
        buffer_append_char(text, ' ');
    buffer_append(text, more.data, more.length);
}

/* ------------------------------------------------------------------------ comparing */

static bool is_of_word(uint32_t cp)
{
    return folded_is_letter(cp) || folded_is_digit(cp);
}

/* The next letter or digit, in lower case; 0 at the end. */
static uint32_t next_letter(struct span *text)
{
    while (text->length > 0) {
        uint32_t cp;
        size_t used = utf8_decode(text->data, text->length, &cp);

        *text = span_skip(*text, used);
        if (is_of_word(folded_code_point(cp)))
            return folded_lower(folded_code_point(cp));
    }
    return 0;
}

static bool same_letters(struct span a, struct span b)
{
    uint32_t left, right;

    do {
        left = next_letter(&a);
        right = next_letter(&b);
    } while (left == right && left != 0);
    return left == right;
}

/* Words separated by blanks; *common: those that occur in the other text too. */
static size_t count_words(struct span text, struct span other, size_t *common)
{
    size_t count = 0;

    *common = 0;
    while (text.length > 0) {
        struct span word = span_take_until(&text, ' ');
        struct span rest = other;
        bool found = false;

        if (word.length == 0)
            continue;
        count++;
        while (rest.length > 0 && !found)
            found = same_letters(word, span_take_until(&rest, ' '));
        *common += found;
    }
    return count;
}

bool json_text_says_the_same(struct span a, struct span b)
{
    enum { WORDS_MIN = 3, COMPARED_BYTES = 1000 };
    size_t common;
    size_t words;

    if (same_letters(a, b))
        return true;
    if (a.length > COMPARED_BYTES || b.length > COMPARED_BYTES)
        return false;
    words = count_words(a, b, &common);
    return words >= WORDS_MIN && common * 3 >= words * 2;
}

/* ------------------------------------------------------------------------ cleaning */

static bool has(struct span text, const char *part)
{
    return bytes_find(text.data, text.length, part) != NULL;
}

/* Drop what is between these marks, which is not text: "<|zh|><|HAPPY|>", "{\\an8}". */
static void drop_between(struct buffer *out, struct span text, const char *open,
                         const char *close)
{
    while (text.length > 0) {
        const char *from = memmem(text.data, text.length, open, strlen(open));
        const char *to = NULL;
        size_t before;

        if (from != NULL)
            to = memmem(from, (size_t)(text.data + text.length - from), close, strlen(close));
        before = to != NULL ? (size_t)(from - text.data) : text.length;
        buffer_append(out, text.data, before);
        text = span_skip(text, to != NULL ? (size_t)(to - text.data) + strlen(close) : before);
    }
}

bool json_text_is_html(struct span text)
{
    return memchr(text.data, '<', text.length) != NULL &&
           (has(text, "</") || has(text, "<br") || has(text, "<p>") || has(text, "/>"));
}

/* Remove blanks between tokens that are not between words: "大家 好". */
static void close_blanks(struct buffer *text)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < text->bytes; i++) {
        if (text->data[i] == ' ' && kept > 0 && i + 1 < text->bytes &&
            !emit_needs_space(text->data, kept, text->data + i + 1, text->bytes - i - 1))
            continue;
        text->data[kept++] = text->data[i];
    }
    text->bytes = kept;
}

size_t json_text_references(struct span text, size_t *others)
{
    size_t count = 0;
    size_t at;

    *others = 0;
    while ((at = span_find(text, '&')) < text.length) {
        size_t bytes = 0;

        text = span_skip(text, at + 1);
        while (bytes < text.length &&
               (isalnum((unsigned char)text.data[bytes]) || text.data[bytes] == '#'))
            bytes++;
        if (bytes > 1 && bytes < text.length && text.data[bytes] == ';')
            count++;
        else
            ++*others;
    }
    return count;
}

/* An empty line ends a paragraph. */
static void join_lines(struct buffer *out, struct span text)
{
    struct span line;

    while (span_next_line(&text, &line)) {
        const char *words = line.data;
        size_t bytes = emit_trim(&words, line.length);

        if (bytes > 0)
            emit_join(out, words, bytes);
        else if (out->bytes > 0 && out->data[out->bytes - 1] != '\n')
            buffer_append_char(out, '\n');
    }
}

/* CR LF and CR become LF. */
static void drop_returns(struct buffer *text)
{
    size_t used = 0;
    size_t i;

    for (i = 0; i < text->bytes; i++) {
        if (text->data[i] != '\r')
            text->data[used++] = text->data[i];
        else if (i + 1 == text->bytes || text->data[i + 1] != '\n')
            text->data[used++] = '\n';
    }
    if (text->bytes > 0)
        text->data[used] = '\0';
    text->bytes = used;
}

struct span json_text_clean(struct span text, unsigned flags, struct buffer *clean)
{
    bool wrapped = (flags & JSON_FORMAT_WRAPPED) != 0 && span_find(text, '\n') < text.length;
    bool close_up = (flags & JSON_FORMAT_CLOSE_UP) != 0;
    bool html = (flags & JSON_FORMAT_HTML) != 0 && json_text_is_html(text);
    bool escaped = (flags & JSON_FORMAT_ESCAPED) != 0 && span_find(text, '&') < text.length;
    bool tags, blocks;

    if (text.length == 0)
        return text;
    tags = has(text, "<|");
    blocks = has(text, "{\\");
    if (!tags && !blocks && !html && !escaped && !close_up && !wrapped &&
        span_find(text, '\r') == text.length)
        return text;
    buffer_clear(clean);
    if (wrapped)
        join_lines(clean, text);
    else if (html)
        html_text_append(clean, text);
    else if (escaped)
        html_entity_decode(clean, text.data, text.length);
    else if (blocks)
        drop_between(clean, text, "{\\", "}");
    else
        drop_between(clean, text, "<|", "|>");
    drop_returns(clean);
    if (close_up)
        close_blanks(clean);
    return span_of(buffer_string(clean), clean->bytes);
}

struct span json_text_take_label(struct span *text)
{
    static const char *const circles[] = {"○", "◯", "〇", "◆"};
    struct span rest = span_trim(*text);
    const char *space;
    size_t bytes;
    size_t i;

    for (i = 0; i < sizeof circles / sizeof *circles && !span_take(&rest, circles[i]); i++)
        continue;
    if (i == sizeof circles / sizeof *circles)
        return span_of("", 0);
    space = memmem(rest.data, rest.length, WIDE_SPACE, 3);
    bytes = space != NULL ? (size_t)(space - rest.data) : rest.length;
    if (space == NULL || bytes > LABEL_BYTES_MAX || memchr(rest.data, '\n', bytes) != NULL)
        return span_of("", 0);
    *text = span_skip(rest, bytes + 3);
    return span_of(rest.data, bytes);
}

/* ------------------------------------------------------------------------ alignment */

static bool is_at(struct span whole, size_t at, struct span word)
{
    return whole.length - at >= word.length &&
           strncasecmp(whole.data + at, word.data, word.length) == 0;
}

/* Neither its start nor its end is inside another word. */
static bool stands_alone(struct span whole, size_t at, size_t bytes)
{
    return (at == 0 || !isalnum((unsigned char)whole.data[at - 1])) &&
           (at + bytes >= whole.length || !isalnum((unsigned char)whole.data[at + bytes]));
}

/* The position of a word, ignoring case, at or a little after `at`; `bytes` if it is not
 * there. */
static size_t find_word(struct span whole, size_t at, struct span word)
{
    size_t end = whole.length;

    while (at < whole.length && span_is_space(whole.data[at]))
        at++;
    if (is_at(whole, at, word))
        return at;
    if (end > at + LOOK_AHEAD_BYTES)
        end = at + LOOK_AHEAD_BYTES;
    for (; at < end && !json_text_is_mark(word); at++) {
        if (is_at(whole, at, word) && stands_alone(whole, at, word.length))
            return at;
    }
    return whole.length;
}

/* Skip punctuation directly after a word. */
static size_t past_marks(struct span whole, size_t at)
{
    while (at < whole.length) {
        uint32_t cp;
        size_t used = utf8_decode(whole.data + at, whole.length - at, &cp);

        if (!json_text_is_mark(span_of(whole.data + at, used)) && cp != '"' && cp != '\'')
            break;
        at += used;
    }
    return at;
}

bool json_text_has_mark(const char *whole, size_t at, struct span mark)
{
    mark = span_trim(mark);
    return mark.length > 0 && at >= mark.length && json_text_is_mark(mark) &&
           memcmp(whole + at - mark.length, mark.data, mark.length) == 0;
}

/* What was skipped, without a label at the start of a line, which nobody says. */
static size_t skip_label(struct span whole, size_t from, size_t to)
{
    struct span skipped = span_trim_back(span_of(whole.data + from, to - from));
    const char *line = skipped.length > 0 ? memrchr(skipped.data, '\n', skipped.length) : NULL;

    if (skipped.length == 0 || skipped.data[skipped.length - 1] != ':' ||
        (line == NULL && from > 0))
        return from;
    return to;
}

struct span json_text_align(const char *whole, size_t bytes, size_t *at, size_t *misses,
                            struct span word)
{
    struct span text = span_of(whole, bytes);
    size_t found, end;
    struct span part;

    word = span_trim(word);
    if (bytes == 0 || word.length == 0 || *misses > MISSES_MAX)
        return span_of("", 0);
    found = find_word(text, *at, word);
    if (found == bytes) {
        ++*misses;
        return span_of("", 0);
    }
    end = past_marks(text, found + word.length);
    *at = skip_label(text, *at, found);
    part = span_of(whole + *at, end - *at);
    *at = end;
    return part;
}
