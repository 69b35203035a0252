/* From a file's content to the transcript: cleans labels, joins lines, removes NULs. */
#include "formats/common/emit.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "formats/common/date_text.h"
#include "formats/common/name_role.h"
#include "shilu/base/span.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

static bool is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x3000 ||
           cp == 0xFEFF || cp == 0x200B || cp == 0x200E || cp == 0x200F;
}

/* The last code point, and where it starts. */
static uint32_t last_code_point(const char *s, size_t bytes, size_t *at)
{
    uint32_t cp;

    *at = utf8_floor(s, bytes, bytes - 1);
    utf8_decode(s + *at, bytes - *at, &cp);
    return cp;
}

size_t emit_trim_ends(const char **s, size_t bytes)
{
    uint32_t cp;
    size_t at;

    while (bytes > 0 && emit_may_begin_space(**s)) {
        size_t used = utf8_decode(*s, bytes, &cp);

        if (!is_space(cp))
            break;
        *s += used;
        bytes -= used;
    }
    while (bytes > 0 && emit_may_end_space((*s)[bytes - 1]) &&
           is_space(last_code_point(*s, bytes, &at)))
        bytes = at;
    return bytes;
}

bool emit_is_blank(const char *s, size_t bytes)
{
    return emit_trim(&s, bytes) == 0;
}

void emit_squeeze(struct buffer *out, const char *s, size_t bytes)
{
    const char *end;

    bytes = emit_trim(&s, bytes);
    for (end = s + bytes; s < end;) {
        size_t run = 0;

        while (s + run < end && !span_is_space(s[run]))
            run++;
        buffer_append(out, s, run);
        s += run;
        if (s < end)
            buffer_append_char(out, ' ');
        while (s < end && span_is_space(*s))
            s++;
    }
}

static bool is_white(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

typedef uint8_t byte_vector __attribute__((vector_size(16)));

/* Whether white space that must be changed may begin in the next bytes; one more byte is
 * readable. */
static bool vector_has_gap(const char *s)
{
    byte_vector here;
    byte_vector next;
    byte_vector found;
    uint64_t halves[2];

    memcpy(&here, s, sizeof here);
    memcpy(&next, s + 1, sizeof next);
    found = (byte_vector)(here < 0x20) |
            ((byte_vector)(here == 0x20) & (byte_vector)(next <= 0x20));
    memcpy(halves, &found, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

/* Length of the start that can be copied unchanged: words with one space between them. */
static size_t squeezed_run(const char *s, const char *end)
{
    const char *at = s;

    while (end - at > (ptrdiff_t)sizeof(byte_vector) && !vector_has_gap(at))
        at += sizeof(byte_vector);
    while (at < end) {
        if (is_white(*at) && (*at != ' ' || at + 1 == end || is_white(at[1])))
            break;
        at++;
    }
    return (size_t)(at - s);
}

void emit_words(struct buffer *out, const char *s, size_t bytes)
{
    const char *end = s + bytes;

    while (s < end) {
        if (is_white(*s)) {
            while (s < end && is_white(*s))
                s++;
            if (out->bytes > 0 && out->data[out->bytes - 1] != ' ' &&
                out->data[out->bytes - 1] != '\n')
                buffer_append_char(out, ' ');
        } else {
            size_t run = squeezed_run(s, end);

            buffer_append(out, s, run);
            s += run;
        }
    }
}

void emit_break(struct buffer *out)
{
    if (out->bytes > 0 && out->data[out->bytes - 1] == ' ')
        out->data[--out->bytes] = '\0';
    if (out->bytes > 0 && out->data[out->bytes - 1] != '\n')
        buffer_append_char(out, '\n');
}

bool emit_needs_space(const char *before, size_t before_bytes, const char *after,
                      size_t after_bytes)
{
    uint32_t left, right;
    size_t at;

    if (before_bytes == 0 || after_bytes == 0)
        return false;
    left = last_code_point(before, before_bytes, &at);
    utf8_decode(after, after_bytes, &right);
    if (left < 0x1100 || right < 0x1100)
        return true;
    return !char_is_east_asian(left) || !char_is_east_asian(right) || char_is_hangul(left) ||
           char_is_hangul(right);
}

/* "Vor- und Nachteile", "two- to threefold": the hyphen stands for an omitted word. */
static bool is_connective(struct span word)
{
    static const char *const words[] = {"and",   "or", "to", "und", "oder", "bzw", "bis",
                                        "et",    "ou", "y",  "o",   "e",    "og",  "och",
                                        "eller", "en", "of", "i",   "и",    "или", NULL};
    size_t i;

    for (i = 0; words[i] != NULL && !span_is(word, words[i]); i++)
        continue;
    return words[i] != NULL;
}

/* A line ends within a word: "sixty-", "eight". */
static bool is_cut(struct span before, struct span after)
{
    size_t last = before.length > 1 ? before.length - 2 : 0;
    size_t bytes = 0;

    if (before.length < 2 || before.data[last + 1] != '-' || after.length == 0 ||
        !(isalnum((unsigned char)before.data[last]) ||
          (unsigned char)before.data[last] >= 0x80) ||
        !(islower((unsigned char)*after.data) || isdigit((unsigned char)*after.data)))
        return false;
    while (bytes < after.length && (isalpha((unsigned char)after.data[bytes]) ||
                                    (unsigned char)after.data[bytes] >= 0x80))
        bytes++;
    return !is_connective(span_of(after.data, bytes));
}

void emit_join(struct buffer *out, const char *line, size_t bytes)
{
    bool after_break = out->bytes > 0 && out->data[out->bytes - 1] == '\n';

    if (!after_break && emit_needs_space(buffer_string(out), out->bytes, line, bytes) &&
        !is_cut(span_of(buffer_string(out), out->bytes), span_of(line, bytes)))
        buffer_append_char(out, ' ');
    buffer_append(out, line, bytes);
}

bool emit_segment(struct reader_context *context, struct segment_draft *draft,
                  struct error *err)
{
    draft->text_bytes = emit_trim(&draft->text, draft->text_bytes);
    return draft->text_bytes == 0 || drafts_append(context->drafts, draft, err);
}

static void append_without_nul(struct buffer *out, const char *s, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++) {
        if (s[i] == '\0')
            buffer_append_string(out, "\xEF\xBF\xBD");
        else
            buffer_append_char(out, s[i]);
    }
}

static void clean_label(struct buffer *out, const char *s, size_t bytes)
{
    struct buffer raw = {0};

    append_without_nul(&raw, s, bytes);
    emit_squeeze(out, buffer_string(&raw), raw.bytes);
    buffer_release(&raw);
}

/* A label without a colon after it, half or full width, and without marks before it: ">>" of
 * broadcast captions, "//" of overlapping speech. */
static size_t without_marks(const char **s, size_t bytes)
{
    bytes = emit_trim(s, bytes);
    while (bytes > 2 && (**s == '>' || **s == '/') && (*s)[1] == **s) {
        *s += 2;
        bytes = emit_trim(s, bytes - 2);
    }
    if (bytes > 0 && (*s)[bytes - 1] == ':')
        bytes--;
    else if (bytes > 2 && memcmp(*s + bytes - 3, "\xEF\xBC\x9A", 3) == 0)
        bytes -= 3;
    return emit_trim(s, bytes);
}

/* "Mr. Delattre (spoke in French)": the bracket says how, not who. */
static size_t without_manner(const char *label, size_t bytes)
{
    static const char *const manners[] = {"spoke in ", "interpretation from ", "in ", "cont",
                                          NULL};
    const char *open = bytes > 0 && label[bytes - 1] == ')' ? memrchr(label, '(', bytes) : NULL;
    size_t i;

    for (i = 0; open != NULL && open > label && manners[i] != NULL; i++) {
        size_t manner = strlen(manners[i]);

        if ((size_t)(label + bytes - open) > manner + 1 &&
            strncasecmp(open + 1, manners[i], manner) == 0)
            return emit_trim(&label, (size_t)(open - label));
    }
    return bytes;
}

/* A clean label; name, role and short form are taken from it. */
static uint32_t intern_label(struct reader_context *context, const struct buffer *label)
{
    struct buffer bare = {0};
    struct buffer role = {0};
    struct buffer surname = {0};
    struct speaker_label parts = {.name = label->data};
    const char *aliases[] = {NULL, NULL};
    uint32_t speaker;

    if (name_role_introduction(label->data, label->bytes, &bare, &role, &surname)) {
        aliases[0] = surname.data;
        parts.aliases = aliases;
        /* Correspondents are asked; they do not ask. */
        if (memmem(role.data, role.bytes, "CORRESPONDENT", 13) != NULL)
            parts.kind = SPEAKER_PARTICIPANT;
    } else if (!name_role_office(span_of(label->data, label->bytes), &bare, &role) &&
               !name_role_seat(span_of(label->data, label->bytes), &bare, &role)) {
        name_role_split(label->data, label->bytes, &bare, &role);
    }
    if (bare.bytes > 0) {
        parts.name = bare.data;
        parts.role = role.data;
    }
    speaker = drafts_speaker(context->drafts, &parts);
    buffer_release(&bare);
    buffer_release(&role);
    buffer_release(&surname);
    return speaker;
}

uint32_t emit_speaker(struct reader_context *context, const char *name, size_t bytes)
{
    struct buffer label = {0};
    uint32_t speaker = SPEAKER_NONE;

    bytes = without_marks(&name, bytes);
    bytes = without_manner(name, bytes);
    clean_label(&label, name, bytes);
    if (label.bytes > 0 && strcmp(label.data, "null") != 0)
        speaker = intern_label(context, &label);
    buffer_release(&label);
    return speaker;
}

/* Reduce a text to the ISO 8601 date, or date and time, at its start; to nothing if there is
 * none. */
static void keep_date(struct buffer *text)
{
    char iso[CIVIL_TEXT];
    int64_t ms;
    int32_t offset_min;
    bool has_time, is_date;
    size_t used = 0;

    if (text->bytes == 0)
        return;
    if (civil_parse_date_time(text->data, text->bytes, &ms, &offset_min, &has_time, &used)) {
        /* Midnight is how databases write a day. */
        if (has_time && ms % TIME_MS_PER_DAY == 0 && used > 10 && text->data[4] == '-')
            used = 10;
        text->data[used] = '\0';
        text->bytes = used;
        return;
    }
    is_date = date_text_parse(span_of(text->data, text->bytes), &ms);
    buffer_clear(text);
    if (is_date) {
        civil_format_date(ms, iso);
        buffer_append_string(text, iso);
    }
}

void emit_field(struct reader_context *context, enum transcript_field field, const char *value,
                size_t bytes)
{
    struct buffer clean = {0};

    clean_label(&clean, value, bytes);
    if (field == FIELD_DATE)
        keep_date(&clean);
    if (clean.bytes > 0 && drafts_get(context->drafts, field) == NULL)
        drafts_set(context->drafts, field, clean.data);
    buffer_release(&clean);
}

int64_t emit_wall_ms(int64_t date_ms, int64_t clock_ms, int64_t *latest_ms)
{
    int64_t ms = date_ms + clock_ms;

    if (*latest_ms != TIME_NONE)
        while (*latest_ms - ms > TIME_MS_PER_DAY / 2 && *latest_ms - ms < 8 * TIME_MS_PER_DAY)
            ms += TIME_MS_PER_DAY;
    *latest_ms = ms;
    return ms;
}
