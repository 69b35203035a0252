/* Markdown records, line by line:
 *
 *   ### Name：                 SayIt and archive.tw; paragraphs below, "> (applause)"
 *   **Name:** text             podcasts; also on a line of its own, with a time or a role:
 *   **Name** (role): [0:12:30]
 *
 * Other headings are lines without a speaker, the first "# " heading is the title. Invariant:
 * paragraph holds what was read since the last segment. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/inline_timestamp.h"
#include "formats/common/line_reader.h"
#include "formats/common/speaker_prefix.h"
#include "formats/readers.h"
#include "formats/records/markdown_text.h"
#include "formats/records/vocabulary.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct markdown {
    struct clock_reading reading;
    struct buffer paragraph;
    struct buffer name;
    struct buffer role;
    int64_t start_ms, end_ms;
    bool by_heading; /* names stand in headings: then a quotation is no one's words */
    bool in_quotation;
    bool in_code;
    bool in_front; /* in a block of "key: value" lines at the start */
    bool begun;
    bool own;                                /* shilu wrote the file */
    bool heading;                            /* the current paragraph is one */
    enum { ASKS_NOT, ASKS_NEXT, ASKS } asks; /* who speaks asks a question */
};

/* A line that says who speaks. */
struct who {
    const char *name;
    size_t name_bytes;
    const char *role;
    size_t role_bytes;
    size_t text_byte;
    struct inline_timestamp stamp;
    bool stamped;
    bool heading;
};

enum { NAME_BYTES_MAX = 160 };

/* The bytes of a colon at the end of a text, or at its start. */
static size_t colon_at_end(const char *s, size_t bytes)
{
    if (bytes > 0 && s[bytes - 1] == ':')
        return 1;
    return bytes >= 3 && memcmp(s + bytes - 3, "\xEF\xBC\x9A", 3) == 0 ? 3 : 0;
}

static size_t colon_at_start(const char *s, size_t bytes)
{
    if (bytes > 0 && *s == ':')
        return 1;
    return bytes >= 3 && memcmp(s, "\xEF\xBC\x9A", 3) == 0 ? 3 : 0;
}

static size_t skip_blanks(const char *s, size_t bytes, size_t at)
{
    while (at < bytes && (s[at] == ' ' || s[at] == '\t'))
        at++;
    return at;
}

/* The text of a heading line; 0 for any other line. */
static size_t heading_level(const char *line, size_t bytes, size_t *text_byte)
{
    size_t level = 0;

    while (level < bytes && line[level] == '#')
        level++;
    if (level == 0 || level > 6 || (level < bytes && line[level] != ' ' && line[level] != '\t'))
        return 0;
    *text_byte = skip_blanks(line, bytes, level);
    return level;
}

/* "Name (role)", as this program writes it. */
static void parse_heading_role(struct who *who)
{
    const char *open = memchr(who->name, '(', who->name_bytes);

    if (open == NULL || open == who->name || open[-1] != ' ' ||
        who->name[who->name_bytes - 1] != ')')
        return;
    who->role = open + 1;
    who->role_bytes = (size_t)(who->name + who->name_bytes - 1 - who->role);
    who->name_bytes = emit_trim(&who->name, (size_t)(open - who->name));
}

static bool parse_heading(const char *line, size_t bytes, struct who *who)
{
    size_t at, colon;

    if (heading_level(line, bytes, &at) == 0)
        return false;
    who->name = line + at;
    who->name_bytes = emit_trim(&who->name, bytes - at);
    colon = colon_at_end(who->name, who->name_bytes);
    who->name_bytes -= colon;
    parse_heading_role(who);
    who->text_byte = bytes;
    who->heading = true;
    return colon > 0 && who->name_bytes > 0 && who->name_bytes <= NAME_BYTES_MAX;
}

/* A stamp inside the bold text: at its start or its end. */
static void parse_inner_stamp(struct who *who)
{
    struct inline_timestamp stamp;
    size_t used = inline_timestamp_take(who->name, who->name_bytes, &stamp);
    size_t before;

    if (used > 0) {
        who->name += used;
        who->name_bytes = emit_trim(&who->name, who->name_bytes - used);
    } else {
        before = inline_timestamp_take_last(who->name, who->name_bytes, &stamp);
        if (before == who->name_bytes)
            return;
        who->name_bytes = before;
    }
    who->stamp = stamp;
    who->stamped = true;
}

/* What may follow the bold name: a role in brackets, a time, a colon, a time. */
static bool parse_after_bold(const char *line, size_t bytes, size_t at, struct who *who)
{
    bool colon = false;
    int parts;

    for (parts = 0; parts < 3; parts++) {
        size_t from = skip_blanks(line, bytes, at);
        size_t used = who->stamped
                          ? 0
                          : inline_timestamp_take(line + from, bytes - from, &who->stamp);
        const char *close;

        if (used > 0) {
            who->stamped = true;
        } else if (!colon && (used = colon_at_start(line + from, bytes - from)) > 0) {
            colon = true;
        } else if (!colon && who->role == NULL && from < bytes && line[from] == '(' &&
                   (close = memchr(line + from, ')', bytes - from)) != NULL) {
            who->role = line + from + 1;
            who->role_bytes = (size_t)(close - who->role);
            used = who->role_bytes + 2;
        } else {
            break;
        }
        at = from + used;
    }
    who->text_byte = skip_blanks(line, bytes, at);
    return colon;
}

static bool parse_bold(const char *line, size_t bytes, struct who *who)
{
    size_t at = 0;
    size_t used = inline_timestamp_take(line, bytes, &who->stamp);
    const char *close;
    bool colon;

    if (used > 0) {
        who->stamped = true;
        at = skip_blanks(line, bytes, used);
    }
    if (bytes - at < 5 || (memcmp(line + at, "**", 2) != 0 && memcmp(line + at, "__", 2) != 0))
        return false;
    close = memmem(line + at + 2, bytes - at - 2, line[at] == '*' ? "**" : "__", 2);
    if (close == NULL)
        return false;
    who->name = line + at + 2;
    who->name_bytes = emit_trim(&who->name, (size_t)(close - who->name));
    used = colon_at_end(who->name, who->name_bytes);
    who->name_bytes -= used;
    if (!who->stamped)
        parse_inner_stamp(who);
    colon = parse_after_bold(line, bytes, (size_t)(close + 2 - line), who) || used > 0;
    if (who->stamped && who->name_bytes == 0) /* **[0:00:04]** words */
        return true;
    return (colon || who->stamped) && who->name_bytes > 0 &&
           who->name_bytes <= NAME_BYTES_MAX &&
           speaker_prefix_shape(who->name, who->name_bytes) != NAME_NOT;
}

static bool parse_who(const char *line, size_t bytes, struct who *who)
{
    *who = (struct who){0};
    if (parse_heading(line, bytes, who))
        return true;
    *who = (struct who){0};
    return parse_bold(line, bytes, who);
}

/* As write_markdown begins. */
#define OWN_FRONT "---\ngenerator: shilu\n"

static int markdown_detect(const char *head, size_t bytes, bool whole)
{
    const char *end = head + bytes;
    size_t found = 0;
    size_t headings = 0;
    size_t lines = 0;

    (void)whole;
    if (bytes >= strlen(OWN_FRONT) && memcmp(head, OWN_FRONT, strlen(OWN_FRONT)) == 0)
        return CONFIDENCE_CERTAIN;
    while (head < end) {
        const char *stop = memchr(head, '\n', (size_t)(end - head));
        const char *line = head;
        size_t line_bytes = emit_trim(&line, (size_t)((stop != NULL ? stop : end) - head));
        struct who who;

        lines += line_bytes > 0;
        if (parse_who(line, line_bytes, &who)) {
            found++;
            headings += who.heading;
        }
        head = stop != NULL ? stop + 1 : end;
    }
    if (found >= 3 && found * 12 >= lines)
        return CONFIDENCE_STRONG;
    if (found >= 2 && found * 20 >= lines)
        return CONFIDENCE_LIKELY;
    return headings > 0 && found * 8 >= lines ? CONFIDENCE_MAYBE : CONFIDENCE_NO;
}

static void *markdown_open(void)
{
    struct markdown *m = memory_zalloc(1, sizeof *m);

    m->reading = CLOCK_READING_INIT;
    m->start_ms = m->end_ms = TIME_NONE;
    return m;
}

static void markdown_close(void *self)
{
    struct markdown *m = self;

    buffer_release(&m->paragraph);
    buffer_release(&m->name);
    buffer_release(&m->role);
    free(m);
}

/* The current speaker; a direction in brackets is no one's words. */
static uint32_t speaker_of(struct markdown *m, struct reader_context *context)
{
    uint32_t speaker;

    if (m->in_quotation &&
        (m->by_heading || strchr("([", *buffer_string(&m->paragraph)) != NULL))
        return SPEAKER_NONE;
    speaker = emit_speaker(context, buffer_string(&m->name), m->name.bytes);
    if (speaker != SPEAKER_NONE && m->role.bytes > 0) {
        drafts_speaker(
            context->drafts,
            &(struct speaker_label){.name = drafts_label(context->drafts, speaker)->name,
                                    .role = m->role.data});
        buffer_clear(&m->role);
    }
    return speaker;
}

static bool flush(struct markdown *m, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&m->paragraph);
    bool ok = true;

    if (emit_trim(&text, m->paragraph.bytes) > 0) {
        draft.text = buffer_string(&m->paragraph);
        draft.text_bytes = m->paragraph.bytes;
        draft.speaker = speaker_of(m, context);
        draft.start_ms = m->start_ms;
        draft.end_ms = m->end_ms;
        if (m->heading)
            draft.kind = SEGMENT_HEADING;
        else if (m->asks == ASKS && draft.speaker != SPEAKER_NONE)
            draft.kind = SEGMENT_QUESTION;
        ok = emit_segment(context, &draft, err);
        m->start_ms = m->end_ms = TIME_NONE;
    }
    buffer_clear(&m->paragraph);
    m->in_quotation = false;
    return ok;
}

static bool take_who(struct markdown *m, struct reader_context *context, const char *line,
                     size_t bytes, const struct who *who, struct error *err)
{
    if (!flush(m, context, err))
        return false;
    m->by_heading |= who->heading;
    m->asks = m->asks == ASKS_NEXT ? ASKS : ASKS_NOT;
    buffer_clear(&m->name);
    markdown_text_strip(&m->name, who->name, who->name_bytes);
    buffer_clear(&m->role);
    if (who->role_bytes > 0)
        markdown_text_strip(&m->role, who->role, who->role_bytes);
    m->start_ms = m->end_ms = TIME_NONE;
    if (who->stamped)
        inline_timestamp_read(&m->reading, context, &who->stamp, &m->start_ms, &m->end_ms);
    markdown_text_strip(&m->paragraph, line + who->text_byte, bytes - who->text_byte);
    return true;
}

/* The first heading names the record, perhaps after its date. */
static void take_title(struct markdown *m, struct reader_context *context, const char *title,
                       size_t bytes)
{
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (civil_parse_date_time(title, bytes, &ms, &offset, &has_time, &used) && !has_time) {
        emit_field(context, FIELD_DATE, title, used);
        m->reading.date_ms = ms;
        title += used;
        bytes -= used;
    }
    emit_field(context, FIELD_TITLE, title, bytes);
}

/* "Question 3", as write_markdown writes it above a question. */
static bool is_question(const struct buffer *words)
{
    static const char front[] = "Question ";
    size_t at = sizeof front - 1;

    if (words->bytes <= at || memcmp(words->data, front, at) != 0)
        return false;
    while (at < words->bytes && words->data[at] >= '0' && words->data[at] <= '9')
        at++;
    return at == words->bytes;
}

static bool take_heading(struct markdown *m, struct reader_context *context, const char *text,
                         size_t bytes, size_t level, struct error *err)
{
    struct buffer words = {0};
    bool ok = flush(m, context, err);

    markdown_text_strip(&words, text, bytes);
    if (level == 1 && drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        take_title(m, context, buffer_string(&words), words.bytes);
    } else if (ok && m->own && is_question(&words)) {
        m->asks = ASKS_NEXT;
    } else if (ok) {
        buffer_clear(&m->name);
        buffer_append(&m->paragraph, words.data, words.bytes);
        m->heading = true;
        ok = flush(m, context, err);
        m->heading = false;
    }
    buffer_release(&words);
    return ok;
}

static bool starts_item(const char *line, size_t bytes)
{
    size_t at = 0;

    if (bytes > 1 && strchr("-*+", *line) != NULL)
        return line[1] == ' ';
    while (at < bytes && line[at] >= '0' && line[at] <= '9')
        at++;
    return at > 0 && at < 4 && at + 1 < bytes && (line[at] == '.' || line[at] == ')') &&
           line[at + 1] == ' ';
}

/* A line of a paragraph: joined to it, or on a line of its own where it starts an item. */
static void add_line(struct markdown *m, const char *line, size_t bytes)
{
    struct buffer words = {0};
    bool broken = bytes > 1 && line[bytes - 1] == '\\' && line[bytes - 2] != '\\';

    if (starts_item(line, bytes) && m->paragraph.bytes > 0)
        buffer_append_char(&m->paragraph, '\n');
    if (starts_item(line, bytes)) { /* its mark stays, also where it is a '*' */
        buffer_append_char(&m->paragraph, *line);
        line++;
        bytes = emit_trim(&line, bytes - 1);
    }
    markdown_text_strip(&words, line, broken ? bytes - 1 : bytes);
    if (words.bytes > 0)
        emit_join(&m->paragraph, words.data, words.bytes);
    if (broken) /* a hard line break */
        buffer_append_char(&m->paragraph, '\n');
    buffer_release(&words);
}

/* The first line of a paragraph may start with its time in square brackets. */
static void add_paragraph_line(struct markdown *m, struct reader_context *context,
                               const char *line, size_t bytes)
{
    struct inline_timestamp stamp;
    size_t used = 0;

    if (m->paragraph.bytes == 0 && *line == '[')
        used = inline_timestamp_take(line, bytes, &stamp);
    if (used > 0 && used < bytes && line[used] == ' ')
        inline_timestamp_read(&m->reading, context, &stamp, &m->start_ms, &m->end_ms);
    else
        used = 0;
    add_line(m, line + used, bytes - used);
}

static bool is_rule(const char *line, size_t bytes)
{
    size_t i;

    for (i = 0; i < bytes; i++)
        if (line[i] != line[0] && line[i] != ' ')
            return false;
    return bytes >= 3 && strchr("-*_=", line[0]) != NULL;
}

/* A value of YAML: plain, or in quotation marks with backslashes or doubled marks inside. */
static void unquote(struct buffer *out, const char *s, size_t bytes)
{
    char mark;
    size_t i;

    bytes = emit_trim(&s, bytes);
    if (bytes < 2 || (*s != '"' && *s != '\'') || s[bytes - 1] != *s) {
        buffer_append(out, s, bytes);
        return;
    }
    mark = *s;
    for (i = 1; i + 1 < bytes; i++) {
        if ((mark == '"' && s[i] == '\\' && i + 2 < bytes) ||
            (mark == '\'' && s[i] == mark && s[i + 1] == mark))
            i++;
        buffer_append_char(out, s[i]);
    }
}

static void take_front_line(struct markdown *m, struct reader_context *context,
                            const char *line, size_t bytes)
{
    static const struct {
        const char *key;
        enum transcript_field field;
    } keys[] = {{"title:", FIELD_TITLE},
                {"date:", FIELD_DATE},
                {"venue:", FIELD_VENUE},
                {"language:", FIELD_LANGUAGE},
                {"source:", FIELD_SOURCE_NAME},
                {"source_url:", FIELD_SOURCE_URL},
                {"retrieved:", FIELD_SOURCE_RETRIEVED}};
    struct buffer value = {0};
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t key = strlen(keys[i].key);

        if (bytes <= key || strncasecmp(line, keys[i].key, key) != 0)
            continue;
        unquote(&value, line + key, bytes - key);
        emit_field(context, keys[i].field, buffer_string(&value), value.bytes);
        break;
    }
    buffer_release(&value);
    if (bytes == 11 && memcmp(line, "clock: wall", 11) == 0)
        inline_timestamp_set_wall(&m->reading, context);
    m->own |= bytes == 16 && memcmp(line, "generator: shilu", 16) == 0;
}

/* Lines of "key: value" between two lines of "---" at the start. */
static bool take_front(struct markdown *m, struct reader_context *context, const char *line,
                       size_t bytes)
{
    if (!m->begun)
        m->in_front = bytes == 3 && memcmp(line, "---", 3) == 0;
    else if (m->in_front && bytes == 3 && memcmp(line, "---", 3) == 0)
        m->in_front = false;
    else if (m->in_front)
        take_front_line(m, context, line, bytes);
    else
        return false;
    return m->begun || m->in_front;
}

static bool take_quotation(struct markdown *m, struct reader_context *context, const char *line,
                           size_t bytes, struct error *err)
{
    if (!m->in_quotation && m->paragraph.bytes > 0 && !flush(m, context, err))
        return false;
    line++;
    bytes = emit_trim(&line, bytes - 1);
    if (bytes == 0) /* a blank line of the quotation */
        return flush(m, context, err);
    m->in_quotation = true;
    add_paragraph_line(m, context, line, bytes);
    return true;
}

/* "**Date:** 2031-03-05": a fact about the record, which nobody says. */
static bool take_fact(const struct markdown *m, struct reader_context *context,
                      const char *line, size_t bytes, const struct who *who)
{
    struct buffer name = {0}, value = {0};
    enum fact_kind kind;

    if (m->own || who->heading || who->name_bytes == 0)
        return false;
    markdown_text_strip(&name, who->name, who->name_bytes);
    kind = vocabulary_fact(span_of(buffer_string(&name), name.bytes));
    if (kind != FACT_NONE) {
        const char *from = who->name + who->name_bytes;
        const char *end = line + bytes;

        /* Behind the colon and the stars; a length reads as a time does. */
        while (from < end && (strchr(": *_", *from) != NULL || (unsigned char)*from == 0xEF ||
                              (*from & 0xC0) == 0x80))
            from++;
        markdown_text_strip(&value, from, (size_t)(end - from));
    }
    if (value.bytes > 0) {
        drafts_add_fact(context->drafts, name.data, value.data);
        if (kind == FACT_DATE)
            emit_field(context, FIELD_DATE, value.data, value.bytes);
        else if (kind == FACT_VENUE)
            emit_field(context, FIELD_VENUE, value.data, value.bytes);
        else if (kind == FACT_SOURCE)
            emit_field(context, FIELD_SOURCE_NAME, value.data, value.bytes);
    }
    buffer_release(&name);
    buffer_release(&value);
    return kind != FACT_NONE;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct markdown *m = self;
    struct who who;
    size_t level, at;
    bool front;

    bytes = emit_trim(&line, bytes);
    front = take_front(m, context, line, bytes);
    m->begun = true;
    if (front)
        return true;
    if (bytes >= 3 && (memcmp(line, "```", 3) == 0 || memcmp(line, "~~~", 3) == 0)) {
        m->in_code = !m->in_code;
        return flush(m, context, err);
    }
    if (m->in_code) {
        if (m->paragraph.bytes > 0)
            buffer_append_char(&m->paragraph, '\n');
        buffer_append(&m->paragraph, line, bytes);
        return true;
    }
    if (bytes == 0 || is_rule(line, bytes))
        return flush(m, context, err);
    if (parse_who(line, bytes, &who) && take_fact(m, context, line, bytes, &who))
        return flush(m, context, err);
    if (parse_who(line, bytes, &who))
        return take_who(m, context, line, bytes, &who, err);
    level = heading_level(line, bytes, &at);
    if (level > 0)
        return take_heading(m, context, line + at, bytes - at, level, err);
    if (*line == '>')
        return take_quotation(m, context, line, bytes, err);
    add_paragraph_line(m, context, line, bytes);
    return true;
}

static enum reader_status markdown_next(void *self, struct reader_context *context,
                                        struct error *err)
{
    struct markdown *m = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status;

    status = line_reader_pull(context, take_line, self, err);
    if (status != READER_MORE)
        return status;
    if (!input_ended(context->input) && !input_resting(context->input))
        return READER_MORE;
    if (!flush(m, context, err))
        return READER_ERROR;
    if (drafts_count(context->drafts) > before)
        return READER_SEGMENT;
    return input_ended(context->input) ? READER_END : READER_MORE;
}

const struct reader_ops reader_markdown = {
    .name = "markdown",
    .title = N_("Markdown record"),
    .detect = markdown_detect,
    .open = markdown_open,
    .next = markdown_next,
    .close = markdown_close,
    .grows = true,
};
