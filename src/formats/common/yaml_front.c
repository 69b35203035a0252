/* Front matter, line by line. */
#include "formats/common/yaml_front.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

static const struct {
    const char *key;
    enum transcript_field field;
} fields[] = {
    {"title", FIELD_TITLE},
    {"date", FIELD_DATE},
    {"venue", FIELD_VENUE},
    {"place", FIELD_VENUE},
    {"location", FIELD_VENUE},
    {"language", FIELD_LANGUAGE},
    {"lang", FIELD_LANGUAGE},
    {"source", FIELD_SOURCE_NAME},
    {"source_url", FIELD_SOURCE_URL},
    {"url", FIELD_SOURCE_URL},
    {"retrieved", FIELD_SOURCE_RETRIEVED},
};

enum { FIELD_KEYS = sizeof fields / sizeof *fields };

void yaml_front_release(struct yaml_front *front)
{
    size_t i;

    for (i = 0; i < front->count; i++) {
        free(front->entries[i].key);
        free(front->entries[i].value);
    }
    free(front->entries);
    buffer_release(&front->quoted);
    *front = (struct yaml_front){0};
}

static bool is_fence(struct span line)
{
    return span_is(span_trim(line), "---");
}

size_t yaml_front_bytes(struct span text)
{
    struct span rest = text;
    struct span line;

    if (!span_next_line(&rest, &line) || !is_fence(line))
        return 0;
    while (span_next_line(&rest, &line))
        if (is_fence(line) || span_is(span_trim(line), "..."))
            return (size_t)(rest.data - text.data);
    return 0;
}

/* Where the quotation mark at the start of a value is closed: its last byte, or its length. */
static size_t closing_mark(struct span value)
{
    char mark = *value.data;
    size_t i;

    for (i = 1; i < value.length; i++) {
        if (mark == '"' && value.data[i] == '\\')
            i++;
        else if (value.data[i] == mark && mark == '\'' && i + 1 < value.length &&
                 value.data[i + 1] == mark)
            i++;
        else if (value.data[i] == mark)
            return i;
    }
    return value.length;
}

static bool begins_quoted(struct span value)
{
    return value.length > 0 && (*value.data == '"' || *value.data == '\'');
}

/* Append one blank for any run of line ends and blanks. */
static void append_blank(struct buffer *out)
{
    if (out->bytes > 0 && out->data[out->bytes - 1] != ' ')
        buffer_append_char(out, ' ');
}

/* A value: plain, or in quotation marks with backslashes or doubled marks inside. */
static void unquote(struct buffer *out, struct span value)
{
    size_t close, i;
    char mark;

    value = span_trim(value);
    close = begins_quoted(value) ? closing_mark(value) : value.length;
    if (!begins_quoted(value) || close + 1 != value.length) {
        buffer_append(out, value.data, value.length);
        return;
    }
    mark = *value.data;
    for (i = 1; i < close; i++) {
        bool escaped = mark == '"' && value.data[i] == '\\';

        if (escaped || (mark == '\'' && value.data[i] == mark))
            i++;
        if (escaped && memchr("nrt", value.data[i], 3) != NULL)
            append_blank(out);
        else
            buffer_append_char(out, value.data[i]);
    }
    while (out->bytes > 0 && out->data[out->bytes - 1] == ' ')
        out->bytes--;
}

static char *lower_key(struct span key)
{
    char *copy = memory_strndup(key.data, key.length);
    char *c;

    for (c = copy; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

/* An item of a list or the next line of a value: it continues the previous entry. */
static void go_on(struct yaml_front *front, struct span line)
{
    struct yaml_entry *last = &front->entries[front->count - 1];
    struct buffer value = {0};
    bool item = span_take(&line, "- ");

    buffer_append_string(&value, last->value);
    if (value.bytes > 0)
        buffer_append_string(&value, front->is_scalar && !item ? " " : ", ");
    unquote(&value, line);
    free(last->value);
    last->value = buffer_take(&value);
}

/* The next line of a quoted value, which ends in the line with the closing mark. */
static void go_on_quoted(struct yaml_front *front, struct span words)
{
    struct span value;
    struct buffer text = {0};

    append_blank(&front->quoted);
    buffer_append(&front->quoted, words.data, words.length);
    value = span_of(buffer_string(&front->quoted), front->quoted.bytes);
    if (closing_mark(value) == value.length)
        return;
    front->is_quoted = false;
    unquote(&text, span_of(value.data, closing_mark(value) + 1));
    free(front->entries[front->count - 1].value);
    front->entries[front->count - 1].value = buffer_take(&text);
}

/* "|", ">-": the value is the lines below. */
static bool is_block_mark(struct span value)
{
    return value.length > 0 && value.length <= 3 &&
           (*value.data == '|' || *value.data == '>') &&
           (value.length == 1 || memchr("+-0123456789", value.data[1], 12) != NULL);
}

void yaml_front_add(struct yaml_front *front, struct span line)
{
    bool indented = line.length > 0 && span_is_space(*line.data);
    struct span words = span_trim(line);
    size_t colon = span_find(words, ':');
    struct buffer value = {0};
    struct span beside;

    if (front->is_quoted && !is_fence(words)) {
        go_on_quoted(front, words);
        return;
    }
    front->is_quoted = false;
    if (words.length == 0 || is_fence(words) || span_is(words, "...") || *words.data == '#')
        return;
    if (front->count > 0 && (indented || *words.data == '-' || colon == words.length)) {
        go_on(front, words);
        return;
    }
    MEMORY_RESERVE(front->entries, front->capacity, front->count + 1);
    beside = span_trim(span_skip(words, colon + 1));
    front->is_scalar = beside.length > 0;
    if (begins_quoted(beside) && closing_mark(beside) == beside.length) {
        front->is_quoted = true;
        buffer_clear(&front->quoted);
        buffer_append(&front->quoted, beside.data, beside.length);
    }
    if (!is_block_mark(beside))
        unquote(&value, beside);
    front->entries[front->count++] = (struct yaml_entry){
        lower_key(span_trim(span_of(words.data, colon))), buffer_take(&value)};
}

const char *yaml_front_get(const struct yaml_front *front, const char *key)
{
    size_t i;

    for (i = 0; i < front->count; i++)
        if (strcmp(front->entries[i].key, key) == 0)
            return front->entries[i].value;
    return NULL;
}

const char *yaml_front_field(const struct yaml_front *front, enum transcript_field field)
{
    size_t i;

    for (i = 0; i < FIELD_KEYS; i++) {
        const char *value = fields[i].field == field ? yaml_front_get(front, fields[i].key)
                                                     : NULL;

        if (value != NULL && *value != '\0')
            return value;
    }
    return NULL;
}

bool yaml_front_is_field(const char *key)
{
    size_t i;

    for (i = 0; i < FIELD_KEYS; i++)
        if (strcmp(fields[i].key, key) == 0)
            return true;
    return false;
}
