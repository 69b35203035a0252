/* The HTML form of podcast transcripts, and what this program writes as HTML:
 *
 *   <cite>Name:</cite> <time>0:53</time> <p>…</p>
 *
 * Specification: Podcasting 2.0, "transcripts", HTML. Everything else in the page is passed
 * over, but headings, which are lines without a speaker. Invariant: text holds the words since
 * the last element that stands in a line of its own. */
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/html_entity.h"
#include "formats/common/inline_timestamp.h"
#include "formats/readers.h"
#include "formats/xml/html_token.h"
#include "shilu/base/memory.h"

enum place { PLACE_TEXT, PLACE_CITE, PLACE_TIME, PLACE_TITLE, PLACE_HIDDEN };

struct html_podcast {
    struct html_lexer lexer;
    struct clock_reading reading;
    enum place place;
    enum place outer; /* back to it after a cite or time */
    struct buffer text;
    struct buffer name;
    struct buffer aside;  /* what a time or a title holds */
    struct buffer moment; /* a time's datetime */
    int64_t start_ms;
    struct buffer role;
    bool in_heading;
    bool named_heading; /* the heading at hand holds a cite: its other words are a role */
    bool in_header;     /* of the page */
    bool anchored;      /* the paragraph at hand has an id */
    bool spoken;        /* some cite was met: headings before it are the page's */
};

static size_t count(const char *head, size_t bytes, const char *what)
{
    size_t found = 0;
    const char *at = head;

    while ((at = memmem(at, bytes - (size_t)(at - head), what, strlen(what))) != NULL) {
        found++;
        at++;
    }
    return found;
}

/* Paragraphs that hold a clock reading and nothing else. */
static size_t count_clocks(const char *head, size_t bytes)
{
    const char *end = head + bytes;
    const char *at = head;
    size_t found = 0;

    while ((at = memmem(at, (size_t)(end - at), "<p>", 3)) != NULL) {
        struct inline_timestamp stamp;
        const char *close;
        size_t inside;

        at += 3;
        close = memchr(at, '<', (size_t)(end - at));
        inside = close != NULL ? emit_trim(&at, (size_t)(close - at)) : 0;
        found += inside > 0 && inline_timestamp_take(at, inside, &stamp) == inside;
    }
    return found;
}

static int html_podcast_detect(const char *head, size_t bytes, bool whole)
{
    const char *text = head;
    size_t cites;

    (void)whole;
    if (emit_trim(&text, bytes) == 0 || *text != '<')
        return CONFIDENCE_NO;
    if (count(head, bytes, "<meta name=\"generator\" content=\"shilu\">") > 0)
        return CONFIDENCE_CERTAIN; /* our own, where perhaps nobody is named */
    cites = count(head, bytes, "<cite");
    if (cites >= 1 && count(head, bytes, "<time") >= 1)
        return CONFIDENCE_STRONG;
    return cites >= 2 || count_clocks(head, bytes) >= 2 ? CONFIDENCE_LIKELY : CONFIDENCE_NO;
}

static void *html_podcast_open(void)
{
    struct html_podcast *h = memory_zalloc(1, sizeof *h);

    h->reading = CLOCK_READING_INIT;
    h->start_ms = TIME_NONE;
    return h;
}

static void html_podcast_close(void *self)
{
    struct html_podcast *h = self;

    buffer_release(&h->text);
    buffer_release(&h->name);
    buffer_release(&h->role);
    buffer_release(&h->aside);
    buffer_release(&h->moment);
    free(h);
}

static uint32_t speaker_of(struct html_podcast *h, struct reader_context *context)
{
    uint32_t speaker = emit_speaker(context, buffer_string(&h->name), h->name.bytes);

    if (speaker != SPEAKER_NONE && h->role.bytes > 0)
        drafts_speaker(
            context->drafts,
            &(struct speaker_label){.name = drafts_label(context->drafts, speaker)->name,
                                    .role = h->role.data});
    buffer_clear(&h->role);
    return speaker;
}

/* Words that are no segment: a role in a heading, the page's own title and facts. */
static bool take_aside(struct html_podcast *h, struct reader_context *context)
{
    if (h->in_heading && h->named_heading) {
        buffer_clear(&h->role);
        emit_squeeze(&h->role, h->text.data, h->text.bytes);
        return true;
    }
    if (h->in_heading && !h->spoken)
        emit_field(context, FIELD_TITLE, h->text.data, h->text.bytes);
    return h->in_header || (h->in_heading && !h->spoken);
}

/* A paragraph that is a clock reading alone times the next one; one with an anchor is words. */
static bool take_clock(struct html_podcast *h, struct reader_context *context)
{
    const char *s = buffer_string(&h->text);
    size_t bytes = emit_trim(&s, h->text.bytes);
    struct inline_timestamp stamp;
    int64_t end_ms;

    if (bytes == 0 || h->anchored || inline_timestamp_take(s, bytes, &stamp) != bytes)
        return false;
    inline_timestamp_read(&h->reading, context, &stamp, &h->start_ms, &end_ms);
    return true;
}

/* End of a paragraph: what was read becomes a segment. Line breaks are <br> alone. */
static bool flush(struct html_podcast *h, struct reader_context *context, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *text = buffer_string(&h->text);
    bool ok;

    if (emit_trim(&text, h->text.bytes) == 0 || take_aside(h, context) ||
        take_clock(h, context)) {
        buffer_clear(&h->text);
        return true;
    }
    draft.text = buffer_string(&h->text);
    draft.text_bytes = h->text.bytes;
    draft.start_ms = h->start_ms;
    if (!h->in_heading)
        draft.speaker = speaker_of(h, context);
    ok = emit_segment(context, &draft, err);
    h->start_ms = TIME_NONE;
    buffer_clear(&h->text);
    return ok;
}

/* "PT12.5S", as this program writes elapsed times. */
static bool parse_duration(const char *s, size_t bytes, int64_t *ms)
{
    char digits[32];
    double seconds;
    char *end;

    if (bytes < 4 || bytes >= sizeof digits || memcmp(s, "PT", 2) != 0)
        return false;
    memcpy(digits, s + 2, bytes - 2);
    digits[bytes - 2] = '\0';
    seconds = strtod(digits, &end);
    if (strcmp(end, "S") != 0 || !(seconds >= 0 && seconds < 1e12)) /* nor NaN */
        return false;
    *ms = (int64_t)(seconds * 1000 + 0.5);
    return true;
}

static void take_time(struct html_podcast *h, struct reader_context *context)
{
    const char *s = buffer_string(&h->moment);
    struct inline_timestamp stamp;
    int64_t ms, end_ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (parse_duration(s, h->moment.bytes, &ms)) {
        drafts_set_clock(context->drafts, CLOCK_ELAPSED);
        h->start_ms = ms;
    } else if (civil_parse_date_time(s, h->moment.bytes, &ms, &offset, &has_time, &used)) {
        if (has_time) {
            drafts_set_clock(context->drafts, CLOCK_WALL);
            if (offset != UTC_OFFSET_NONE)
                drafts_set_utc_offset(context->drafts, offset);
            h->start_ms = ms;
        } else {
            emit_field(context, FIELD_DATE, s, used);
        }
    } else {
        if (h->moment.bytes > 0 &&
            inline_timestamp_take(s, h->moment.bytes, &stamp) == h->moment.bytes)
            inline_timestamp_set_wall(&h->reading,
                                      context); /* 11:08:00, of a day that is not told */
        s = buffer_string(&h->aside);
        used = emit_trim(&s, h->aside.bytes);
        if (inline_timestamp_take(s, used, &stamp) == used && used > 0)
            inline_timestamp_read(&h->reading, context, &stamp, &h->start_ms, &end_ms);
    }
}

/* The end of a cite, time or title. */
static bool leave(struct html_podcast *h, struct reader_context *context)
{
    switch (h->place) {
    case PLACE_TIME:
        take_time(h, context);
        break;
    case PLACE_TITLE:
        emit_field(context, FIELD_TITLE, buffer_string(&h->aside), h->aside.bytes);
        break;
    default:
        break;
    }
    h->place = h->outer;
    h->outer = PLACE_TEXT;
    return true;
}

static bool enter(struct html_podcast *h, struct reader_context *context,
                  const struct html_token *tag, enum place place, struct error *err)
{
    size_t bytes = 0;
    const char *moment;
    bool ok = place != PLACE_CITE || flush(h, context, err);

    h->outer = h->place == PLACE_HIDDEN ? PLACE_HIDDEN : PLACE_TEXT;
    h->place = place;
    if (place == PLACE_CITE) {
        h->spoken = true;
        h->named_heading = h->in_heading;
        buffer_clear(&h->name);
        buffer_clear(&h->role);
    }
    buffer_clear(&h->aside);
    buffer_clear(&h->moment);
    moment = html_token_attribute(tag, "datetime", &bytes);
    if (moment != NULL)
        buffer_append(&h->moment, moment, bytes);
    return ok;
}

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names != NULL; names++)
        if (strcmp(name, *names) == 0)
            return true;
    return false;
}

static enum place place_of(const char *name)
{
    static const char *const hidden[] = {"script", "style", "svg", "nav", "button", NULL};

    if (strcmp(name, "cite") == 0)
        return PLACE_CITE;
    if (strcmp(name, "time") == 0)
        return PLACE_TIME;
    if (strcmp(name, "title") == 0)
        return PLACE_TITLE;
    return is_one_of(name, hidden) ? PLACE_HIDDEN : PLACE_TEXT;
}

static bool take_tag(struct html_podcast *h, struct reader_context *context,
                     const struct html_token *tag, struct error *err)
{
    static const char *const blocks[] = {
        "p",  "div",        "section", "article", "li",   "ul", "ol", "dd",
        "dt", "blockquote", "tr",      "body",    "h1",   "h2", "h3", "h4",
        "h5", "h6",         "header",  "footer",  "main", NULL};
    enum place place = place_of(tag->name);
    size_t bytes;
    const char *language;

    if (place != PLACE_TEXT)
        return !tag->closing       ? enter(h, context, tag, place, err)
               : h->place == place ? leave(h, context)
                                   : true;
    if (strcmp(tag->name, "html") == 0 && !tag->closing &&
        (language = html_token_attribute(tag, "lang", &bytes)) != NULL)
        emit_field(context, FIELD_LANGUAGE, language, bytes);
    if (strcmp(tag->name, "br") == 0) {
        buffer_append_char(&h->text, '\n');
        return true;
    }
    if (!is_one_of(tag->name, blocks))
        return true;
    if (h->place != PLACE_TEXT && h->place != PLACE_HIDDEN)
        leave(h, context); /* it was not closed */
    if (!flush(h, context, err))
        return false;
    h->anchored = !tag->closing && html_token_attribute(tag, "id", &bytes) != NULL;
    if (tag->name[0] == 'h' && tag->name[1] >= '1' && tag->name[1] <= '6') {
        h->in_heading = !tag->closing;
        h->named_heading = false;
    } else if (strcmp(tag->name, "header") == 0) {
        h->in_header = !tag->closing;
    } else if (strcmp(tag->name, "section") == 0) {
        buffer_clear(&h->name); /* a section of no one's words has no cite */
        buffer_clear(&h->role);
    }
    return true;
}

static void take_text(struct html_podcast *h, const char *s, size_t bytes)
{
    struct buffer decoded = {0};

    if (h->place == PLACE_HIDDEN)
        return;
    html_entity_decode(&decoded, s, bytes);
    emit_words(h->place == PLACE_CITE   ? &h->name
               : h->place == PLACE_TEXT ? &h->text
                                        : &h->aside,
               decoded.data, decoded.bytes);
    buffer_release(&decoded);
}

static enum reader_status html_podcast_next(void *self, struct reader_context *context,
                                            struct error *err)
{
    struct html_podcast *h = self;
    size_t before = drafts_count(context->drafts);
    struct html_token token;
    size_t bytes, used;
    const char *window;

    while (window = input_window(context->input, &bytes), bytes > 0) {
        bool ok = true;

        used = html_token_take(&h->lexer, window, bytes, input_ended(context->input), &token);
        if (token.kind == HTML_MORE)
            return READER_MORE;
        if (token.kind == HTML_TEXT)
            take_text(h, token.s, token.bytes);
        else if (token.kind == HTML_TAG)
            ok = take_tag(h, context, &token, err);
        input_consume(context->input, used);
        if (!ok)
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
    }
    if (!input_ended(context->input))
        return READER_MORE;
    if (!flush(h, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

const struct reader_ops reader_html_podcast = {
    .name = "html",
    .title = "podcast HTML",
    .detect = html_podcast_detect,
    .open = html_podcast_open,
    .next = html_podcast_next,
    .close = html_podcast_close,
};
