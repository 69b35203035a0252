/* CHAT (.cha), the format of TalkBank and CHILDES: a main line for each utterance, with tiers
 * of analysis below it.
 *
 * Specification: B. MacWhinney, "The CHAT transcription format". The words of a main line are
 * kept as they would be read aloud: (be)cause is because; marks of scope, retracing, errors and
 * intonation are dropped; "&=laughs" and "[=! singing]" become text in brackets, and
 * terminators become punctuation. A bullet (between two NAK) holds the times in ms of the words
 * before it. Dependent tiers ("%…") are left out. A line that begins with a tab continues the
 * line above. Invariant: `line` is the current line with its continuations, not parsed yet. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/line_reader.h"
#include "formats/common/seconds.h"
#include "formats/corpora/language_code.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

enum { BULLET = 0x15, LINE_BYTES_MAX = 16 << 20, HEAD_LINES_MAX = 16 };

struct chat {
    struct buffer line;
    struct buffer words;
    uint64_t number; /* number of lines read */
    uint64_t first;  /* number of the line where `line` begins */
    unsigned left_out;
    bool ended;
    bool reported;
};

/* Headers for programs may precede @Begin. */
static int chat_detect(const char *head, size_t bytes, bool whole)
{
    struct span text = span_trim_front(span_of(head, bytes));
    int lines;

    (void)whole;
    for (lines = 0; lines < HEAD_LINES_MAX && span_starts_with(text, "@"); lines++) {
        if (span_starts_with(text, "@Begin"))
            return CONFIDENCE_CERTAIN;
        span_take_until(&text, '\n');
        text = span_trim_front(text);
    }
    return CONFIDENCE_NO;
}

/* ------------------------------------------------------------------------------- words */

static void add(struct chat *c, const char *words)
{
    buffer_append_string(&c->words, words);
}

/* Terminators and utterance linkers, longer ones first. */
static bool take_sign(struct chat *c, struct span *rest)
{
    static const struct {
        const char *sign;
        const char *shown;
    } signs[] = {
        {"+//.", "—"},  {"+//?", "—?"}, {"+/.", "—"},   {"+/?", "—?"}, {"+...", "…"},
        {"+..?", "…?"}, {"+!?", "!?"},  {"+\"/.", ":"}, {"+\".", "."}, {"+.", "."},
        {"+\"", ""},    {"+^", ""},     {"+<", ""},     {"++", ""},    {"+,", ""},
        {"‡", ","},     {"„", ","},     {"↗", ""},      {"↘", ""},     {"→", ""},
        {"↑", ""},      {"↓", ""},      {"⌈", ""},      {"⌉", ""},     {"⌊", ""},
        {"⌋", ""},      {"∆", ""},      {"∇", ""},      {"°", ""},     {"≈", ""},
        {"↫", ""},      {"⁎", ""},      {"∬", ""},      {"Ϋ", ""},     {"∾", ""},
    };
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!span_take(rest, signs[i].sign))
            continue;
        add(c, signs[i].shown);
        return true;
    }
    return false;
}

/* Square brackets comment on the words before them, except for sounds and actions. */
static void take_bracket(struct chat *c, struct span *rest)
{
    struct span inside;

    *rest = span_skip(*rest, 1);
    inside = span_take_until(rest, ']');
    if (!span_take(&inside, "=!"))
        return;
    inside = span_trim(inside);
    add(c, "[");
    buffer_append(&c->words, inside.data, inside.length);
    add(c, "]");
}

/* "(be)" inside a word is spoken with it; "(.)" and "(1.5)" are pauses. */
static void take_parenthesis(struct chat *c, struct span *rest)
{
    struct span inside;
    size_t i;

    *rest = span_skip(*rest, 1);
    inside = span_of(rest->data, span_find(*rest, ')'));
    for (i = 0; i < inside.length; i++)
        if (!isdigit((unsigned char)inside.data[i]) && strchr(".:", inside.data[i]) == NULL)
            return; /* its words follow, and its end is skipped */
    *rest = span_skip(*rest, inside.length);
}

/* "&=laughs" is a sound, "&-uh" and "&~gaga" are kinds of words, "&*CHI:mhm" is somebody
 * else's. */
static void take_ampersand(struct chat *c, struct span *rest)
{
    size_t bytes = 0;

    *rest = span_skip(*rest, 1);
    if (!span_take(rest, "=")) {
        if (rest->length > 0 && strchr("-+~*", *rest->data) != NULL)
            *rest = span_skip(*rest, 1);
        return;
    }
    while (bytes < rest->length && !span_is_space(rest->data[bytes]))
        bytes++;
    add(c, "[");
    buffer_append(&c->words, rest->data, bytes);
    add(c, "]");
    *rest = span_skip(*rest, bytes);
}

/* "@s:eng", "@o": the kind of the word. */
static void skip_kind(struct span *rest)
{
    while (rest->length > 0 && !span_is_space(*rest->data) &&
           strchr(".,?!<>[]()", *rest->data) == NULL)
        *rest = span_skip(*rest, 1);
}

/* "0" alone: an action without words. */
static bool is_no_word(const struct chat *c, struct span rest)
{
    bool begins = c->words.bytes == 0 || span_is_space(c->words.data[c->words.bytes - 1]);

    return begins && *rest.data == '0' && (rest.length == 1 || span_is_space(rest.data[1]));
}

static void read_words(struct chat *c, struct span rest)
{
    buffer_clear(&c->words);
    while (rest.length > 0) {
        char ch = *rest.data;

        if (ch == '[') {
            take_bracket(c, &rest);
        } else if (ch == '(') {
            take_parenthesis(c, &rest);
        } else if (ch == '&') {
            take_ampersand(c, &rest);
        } else if (ch == '@') {
            skip_kind(&rest);
        } else if (is_no_word(c, rest)) {
            rest = span_skip(rest, 1);
        } else if (ch == '<' || ch == '>' || ch == ')') {
            rest = span_skip(rest, 1);
        } else if (!take_sign(c, &rest)) {
            buffer_append_char(&c->words, ch == '_' ? ' ' : ch);
            rest = span_skip(rest, 1);
        }
    }
}

/* No space comes before a punctuation mark. */
static void close_up(const struct buffer *words, struct buffer *out)
{
    struct buffer squeezed = {0};
    size_t i;

    emit_squeeze(&squeezed, buffer_string(words), words->bytes);
    for (i = 0; i < squeezed.bytes; i++) {
        const char *next = squeezed.data + i + 1;
        bool before_mark = i + 1 < squeezed.bytes &&
                           (strchr(".,?!;:", *next) != NULL || strncmp(next, "…", 3) == 0);

        if (squeezed.data[i] != ' ' || !before_mark)
            buffer_append_char(out, squeezed.data[i]);
    }
    buffer_release(&squeezed);
}

/* ------------------------------------------------------------------------------- lines */

/* Both times of a bullet: "1234_5678", after the name of a sound in old files. */
static void read_bullet(struct span bullet, int64_t *start_ms, int64_t *end_ms)
{
    char copy[64];
    size_t at = bullet.length;
    char *middle;

    /* Only digits and '_' at its end count. */
    while (at > 0 &&
           (isdigit((unsigned char)bullet.data[at - 1]) || bullet.data[at - 1] == '_'))
        at--;
    bullet = span_skip(bullet, at);
    while (span_take(&bullet, "_"))
        ;
    *start_ms = *end_ms = TIME_NONE;
    if (bullet.length == 0 || bullet.length >= sizeof copy)
        return;
    memcpy(copy, bullet.data, bullet.length);
    copy[bullet.length] = '\0';
    middle = strchr(copy, '_');
    if (middle == NULL)
        return;
    *middle = '\0';
    *start_ms = milliseconds_parse(copy);
    *end_ms = milliseconds_parse(middle + 1);
}

/* "crab . 3100_3900": a bullet whose control characters were lost on the way, as in text copied
 * from a page; behind the mark that ends the utterance. */
static void take_bare_bullet(struct span *words, struct span *bullet)
{
    struct span line = span_trim(*words);
    struct span said;
    size_t at = line.length;
    size_t bars = 0;

    while (at > 0 && (isdigit((unsigned char)line.data[at - 1]) || line.data[at - 1] == '_'))
        bars += line.data[--at] == '_';
    if (bars != 1 || at == 0 || line.data[at] == '_' || line.data[line.length - 1] == '_' ||
        !span_is_space(line.data[at - 1]))
        return;
    said = span_trim(span_of(line.data, at));
    if (said.length == 0 || strchr(".?!]", said.data[said.length - 1]) == NULL)
        return;
    *bullet = span_skip(line, at);
    *words = said;
}

static bool emit_words_of(struct chat *c, struct reader_context *context, uint32_t speaker,
                          struct span words, struct span bullet, bool piece, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    bool ok;

    read_words(c, words);
    close_up(&c->words, &text);
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = speaker;
    draft.line = (uint32_t)c->first;
    draft.piece = piece;
    read_bullet(bullet, &draft.start_ms, &draft.end_ms);
    if (draft.start_ms != TIME_NONE)
        drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    ok = emit_segment(context, &draft, err);
    buffer_release(&text);
    return ok;
}

static bool read_utterance(struct chat *c, struct reader_context *context, struct span rest,
                           struct error *err)
{
    struct span code = span_take_until(&rest, ':');
    char *id = memory_strndup(code.data, code.length);
    struct speaker_label label = {.id = id};
    uint32_t speaker;
    bool piece = false;
    bool ok = true;

    if (!drafts_has_defined(context->drafts, id))
        label.name = id;
    speaker = drafts_speaker(context->drafts, &label);
    free(id);
    while (ok && rest.length > 0) {
        struct span words = span_take_until(&rest, BULLET);
        struct span bullet = span_take_until(&rest, BULLET);

        if (bullet.length == 0 && rest.length == 0)
            take_bare_bullet(&words, &bullet);

        piece = piece || span_trim(rest).length > 0; /* several bullets: pieces of a
                                                      * paragraph */
        ok = emit_words_of(c, context, speaker, words, bullet, piece, err);
    }
    return ok;
}

/* "CHI Eve Target_Child , MOT Mother": a code, an optional name, a role. */
static void read_participants(struct reader_context *context, struct span rest)
{
    while (rest.length > 0) {
        struct span entry = span_trim(span_take_until(&rest, ','));
        struct span code = span_take_until(&entry, ' ');
        char *id = memory_strndup(code.data, code.length);
        char *name, *role;
        struct span last;
        size_t i;

        entry = span_trim(entry);
        last = entry;
        for (i = 0; i < entry.length; i++)
            if (entry.data[i] == ' ' || entry.data[i] == '\t')
                last = span_skip(entry, i + 1);
        role = memory_strndup(last.data, last.length);
        name = memory_strndup(entry.data, (size_t)(last.data - entry.data));
        for (i = 0; role[i] != '\0'; i++)
            role[i] = role[i] == '_' ? ' ' : role[i];
        for (i = 0; name[i] != '\0'; i++)
            name[i] = name[i] == '_' ? ' ' : name[i];
        while (i > 0 && name[i - 1] == ' ')
            name[--i] = '\0';
        if (*id != '\0') {
            struct speaker_label label = {.id = id,
                                          .name = *name != '\0'   ? name
                                                  : *role != '\0' ? role
                                                                  : id,
                                          .role = *name != '\0' && *role != '\0' ? role : NULL};

            drafts_define_speaker(context->drafts, &label);
        }
        free(id);
        free(name);
        free(role);
    }
}

static bool emit_heading(struct reader_context *context, struct span words, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = words.data;
    draft.text_bytes = words.length;
    draft.kind = SEGMENT_HEADING;
    return emit_segment(context, &draft, err);
}

/* "12-NOV-2010" as "2010-11-12". */
static void read_date(struct reader_context *context, struct span value)
{
    static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
    char iso[11];
    size_t i;

    if (value.length < 11 || value.data[2] != '-' || value.data[6] != '-')
        return;
    for (i = 0; i < 12; i++)
        if (memcmp(months + i * 3, value.data + 3, 3) == 0)
            break;
    if (i == 12)
        return;
    memcpy(iso, value.data + 7, 4);
    iso[4] = iso[7] = '-';
    iso[5] = (char)('0' + (i + 1) / 10);
    iso[6] = (char)('0' + (i + 1) % 10);
    memcpy(iso + 8, value.data, 2);
    iso[10] = '\0';
    emit_field(context, FIELD_DATE, iso, 10);
}

/* Headers about the record become its fields and facts; those for programs do not. */
static bool read_header(struct chat *c, struct reader_context *context, struct span line,
                        struct error *err)
{
    static const char *const facts[] = {
        "Location",    "Situation",     "Activities", "Transcriber",   "Recording Quality",
        "Room Layout", "Time Duration", "Comment",    "Transcription", "Types"};
    struct span name = span_take_until(&line, ':');
    struct span value = span_trim(line);
    size_t i;

    if (span_is(name, "Participants")) {
        read_participants(context, value);
    } else if (span_is(name, "Languages")) {
        struct span code = language_code(span_of(value.data, span_find(value, ',')));

        emit_field(context, FIELD_LANGUAGE, code.data, code.length);
    } else if (span_is(name, "Date")) {
        read_date(context, value);
    } else if (span_is(name, "Title")) {
        emit_field(context, FIELD_TITLE, value.data, value.length);
    } else if ((span_is(name, "G") || span_is(name, "Bg")) && value.length > 0) {
        return emit_heading(context, value, err);
    } else if (span_is(span_trim(name), "End")) {
        c->ended = true;
    }
    for (i = 0; i < sizeof facts / sizeof *facts; i++) {
        if (span_is(name, facts[i]) && value.length > 0) {
            char *copy = memory_strndup(value.data, value.length);

            drafts_add_fact(context->drafts, facts[i], copy);
            free(copy);
        }
    }
    return true;
}

static bool read_line(struct chat *c, struct reader_context *context, struct error *err)
{
    struct span line = span_of(buffer_string(&c->line), c->line.bytes);
    bool ok = true;

    if (span_take(&line, "*"))
        ok = read_utterance(c, context, line, err);
    else if (span_take(&line, "@"))
        ok = read_header(c, context, line, err);
    else if (span_take(&line, "%"))
        c->left_out++;
    else if (span_trim(line).length > 0)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, c->number, 1,
                        "a line begins with something other than '@', '*', '%%' or a tab");
    buffer_clear(&c->line);
    return ok;
}

static bool take_line(void *self, struct reader_context *context, const char *line,
                      size_t bytes, struct error *err)
{
    struct chat *c = self;
    bool goes_on = bytes > 0 && (*line == '\t' || *line == ' ');
    bool ok = true;

    if (!goes_on && c->line.bytes > 0)
        ok = read_line(c, context, err);
    c->number++;
    if (!goes_on)
        c->first = c->number;
    if (c->line.bytes + bytes > LINE_BYTES_MAX)
        return error_set_at(err, ERROR_LIMIT, c->number, 1, "a line is too long");
    if (goes_on)
        buffer_append_char(&c->line, ' ');
    buffer_append(&c->line, line + goes_on, bytes - goes_on);
    return ok;
}

static enum reader_status chat_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct chat *c = self;
    size_t before = drafts_count(context->drafts);
    enum reader_status status = line_reader_pull(context, take_line, self, err);

    if (status != READER_MORE || !input_ended(context->input) || c->reported)
        return c->reported ? READER_END : status;
    c->reported = true;
    if (!read_line(c, context, err))
        return READER_ERROR;
    if (!c->ended)
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, c->number, 0,
                        "the file has no @End: it may be cut off");
    if (c->left_out > 0)
        diagnostics_add(context->diagnostics, SEVERITY_NOTE, 0, 0,
                        "dependent tiers are left out: %u", c->left_out);
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

static void *chat_open(void)
{
    return memory_zalloc(1, sizeof(struct chat));
}

static void chat_close(void *self)
{
    struct chat *c = self;

    buffer_release(&c->line);
    buffer_release(&c->words);
    free(c);
}

const struct reader_ops reader_chat = {
    .name = "chat",
    .title = N_("CHAT (.cha)"),
    .detect = chat_detect,
    .open = chat_open,
    .next = chat_next,
    .close = chat_close,
};
