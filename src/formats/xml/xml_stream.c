/* XML from the window to a format's handlers. Invariant: the window is consumed exactly as far
 * as expat was fed; context and err are set while expat runs. */
#include "formats/xml/xml_stream.h"

#include <ctype.h>
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/formats/html_entity.h"

/* expat 2.9 deprecates the calls that count in a long. */
#if XML_MAJOR_VERSION == 2 && XML_MINOR_VERSION < 9
#define XML_GetCurrentLineNumber64 XML_GetCurrentLineNumber
#define XML_GetCurrentColumnNumber64 XML_GetCurrentColumnNumber
#define XML_GetCurrentByteIndex64 XML_GetCurrentByteIndex
#endif

enum { CHUNK_BYTES = 1 << 14 };

struct xml_stream {
    XML_Parser parser;
    struct xml_handler handler;
    void *self;
    struct reader_context *context;
    struct error *err;
    int depth;
    bool failed;
    bool finished;
    bool declared;      /* the entities of HTML are known */
    size_t feed_bytes;  /* how much to feed at once */
    size_t stuck_bytes; /* fed since the last event */
    int64_t event_byte; /* position of that */
    uint64_t fed_bytes;
    uint64_t text_bytes; /* given to the handler */
    uint64_t line;       /* of the first words since the last segment, if lines are wanted */
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

void xml_stream_fail(struct xml_stream *x, const struct error *err)
{
    if (!x->failed && x->err != err)
        *x->err = *err;
    x->failed = true;
    XML_StopParser(x->parser, XML_FALSE);
}

static void fail_limit(struct xml_stream *x, const char *what)
{
    struct error err;

    error_set_at(&err, ERROR_LIMIT, XML_GetCurrentLineNumber64(x->parser),
                 XML_GetCurrentColumnNumber64(x->parser) + 1, "%s", _(what));
    xml_stream_fail(x, &err);
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct xml_stream *x = user;

    if (x->failed)
        return;
    if (++x->depth > XML_DEPTH_MAX) {
        fail_limit(x, "elements are nested too deeply");
        return;
    }
    x->handler.start(x->self, local(name), (const char *const *)attributes);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct xml_stream *x = user;

    if (x->failed)
        return;
    x->handler.end(x->self, local(name));
    x->depth--;
}

static void XMLCALL on_text(void *user, const XML_Char *text, int bytes)
{
    struct xml_stream *x = user;

    if (x->failed)
        return;
    x->text_bytes += (uint64_t)bytes;
    if (x->text_bytes > XML_GROWTH_FREE_BYTES &&
        x->text_bytes / XML_GROWTH_MAX > x->fed_bytes) {
        fail_limit(x, "entities expand the text too much");
        return;
    }
    if (x->line == 0 && drafts_line(x->context->drafts) != 0 &&
        span_trim(span_of(text, (size_t)bytes)).length > 0)
        x->line = XML_GetCurrentLineNumber64(x->parser);
    x->handler.text(x->self, text, (size_t)bytes);
}

/* An undeclared entity is kept as it is written. */
static void XMLCALL on_skipped(void *user, const XML_Char *name, int is_parameter)
{
    struct xml_stream *x = user;

    if (is_parameter || x->failed)
        return;
    diagnostics_add(x->context->diagnostics, SEVERITY_WARNING, xml_stream_line(x), 0,
                    "the entity '%.60s' is not declared", name);
    on_text(user, "&", 1);
    on_text(user, name, (int)strlen(name));
    on_text(user, ";", 1);
}

/* Whether the document may use entities beyond the five of XML: for a short one that is in the
 * window as a whole, declaring 250 would take as long as reading it. */
static bool may_name_entities(const struct xml_stream *x)
{
    static const char *const usual[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
    size_t bytes;
    const char *window = input_window(x->context->input, &bytes);
    struct span rest = span_of(window, bytes);
    size_t i;

    if (!input_ended(x->context->input))
        return true;
    while ((rest = span_skip(rest, span_find(rest, '&'))).length > 0) {
        for (i = 0; i < sizeof usual / sizeof *usual && !span_starts_with(rest, usual[i]); i++)
            continue;
        if (i == sizeof usual / sizeof *usual)
            return true;
        rest = span_skip(rest, 1);
    }
    return false;
}

/* Anything outside the file is left out; declarations of HTML's entities replace an external
 * DTD. */
static int XMLCALL on_outside(XML_Parser parser, const XML_Char *place, const XML_Char *base,
                              const XML_Char *system, const XML_Char *public)
{
    struct xml_stream *x = XML_GetUserData(parser);
    struct buffer declarations = {0};
    XML_Parser inner;
    enum XML_Status status;

    (void)base;
    (void)public;
    if (place != NULL) {
        diagnostics_add(x->context->diagnostics, SEVERITY_WARNING, xml_stream_line(x), 0,
                        "the external entity '%.80s' is ignored", system != NULL ? system : "");
        return XML_STATUS_OK;
    }
    if (x->declared || !may_name_entities(x))
        return XML_STATUS_OK;
    x->declared = true;
    inner = XML_ExternalEntityParserCreate(parser, place, NULL);
    if (inner == NULL)
        return XML_STATUS_ERROR;
    html_entity_declare(&declarations);
    status = XML_Parse(inner, declarations.data, (int)declarations.bytes, 1);
    XML_ParserFree(inner);
    buffer_release(&declarations);
    return (int)status;
}

static void *reallocate(void *old, size_t bytes)
{
    return memory_realloc(old, 1, bytes);
}

struct xml_stream *xml_stream_new(const struct xml_handler *handler, void *self)
{
    static const XML_Memory_Handling_Suite memory = {memory_alloc, reallocate, free};
    struct xml_stream *x = memory_zalloc(1, sizeof *x);

    /* The window is UTF-8, whatever the document declares. */
    x->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
    x->handler = *handler;
    x->self = self;
    x->feed_bytes = CHUNK_BYTES;
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetSkippedEntityHandler(x->parser, on_skipped);
    XML_SetExternalEntityRefHandler(x->parser, on_outside);
    XML_SetParamEntityParsing(x->parser, XML_PARAM_ENTITY_PARSING_ALWAYS);
    XML_UseForeignDTD(x->parser, XML_TRUE);
    return x;
}

void xml_stream_free(struct xml_stream *x)
{
    if (x == NULL)
        return;
    XML_ParserFree(x->parser);
    free(x);
}

struct reader_context *xml_stream_context(struct xml_stream *x)
{
    return x->context;
}

int xml_stream_depth(const struct xml_stream *x)
{
    return x->depth;
}

uint64_t xml_stream_line(const struct xml_stream *x)
{
    return XML_GetCurrentLineNumber64(x->parser);
}

void xml_stream_emit(struct xml_stream *x, struct segment_draft *draft)
{
    struct error err;

    if (draft->line == 0 && drafts_line(x->context->drafts) != 0)
        draft->line = (uint32_t)(x->line != 0 ? x->line : xml_stream_line(x));
    x->line = 0;
    if (!emit_segment(x->context, draft, &err))
        xml_stream_fail(x, &err);
}

const char *xml_stream_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

/* Skip white space, the declaration, comments, and a document type with its subset. */
static const char *find_root(const char *s, const char *end)
{
    for (;;) {
        const char *stop = NULL;

        s = memchr(s, '<', (size_t)(end - s));
        if (s == NULL || end - s < 4)
            return NULL;
        if (memcmp(s, "<!--", 4) == 0) {
            stop = memmem(s, (size_t)(end - s), "-->", 3);
        } else if (s[1] == '!') {
            const char *subset;

            stop = memchr(s, '>', (size_t)(end - s));
            subset = stop != NULL ? memchr(s, '[', (size_t)(stop - s)) : NULL;
            if (subset != NULL)
                stop = memmem(subset, (size_t)(end - subset), "]>", 2);
        } else if (s[1] == '?') {
            stop = memchr(s, '>', (size_t)(end - s));
        } else {
            return s + 1;
        }
        if (stop == NULL)
            return NULL;
        s = stop + 1;
    }
}

bool xml_stream_root_is(const char *head, size_t bytes, const char *name)
{
    const char *end = head + bytes;
    const char *text = head;
    const char *root, *stop, *colon;
    size_t trimmed = emit_trim(&text, bytes);

    if (trimmed == 0 || *text != '<')
        return false;
    root = find_root(text, end);
    if (root == NULL)
        return false;
    for (stop = root; stop < end && !isspace((unsigned char)*stop) && *stop != '>';)
        stop++;
    colon = memchr(root, ':', (size_t)(stop - root));
    if (colon != NULL)
        root = colon + 1;
    if (stop > root && stop[-1] == '/')
        stop--;
    return (size_t)(stop - root) == strlen(name) && memcmp(root, name, strlen(name)) == 0;
}

/* Report why expat stopped. What was read before remains. */
static enum reader_status broken(struct xml_stream *x)
{
    enum XML_Error code = XML_GetErrorCode(x->parser);
    uint64_t line = XML_GetCurrentLineNumber64(x->parser);
    uint64_t column = XML_GetCurrentColumnNumber64(x->parser) + 1;

    x->finished = true;
    if (x->failed)
        return READER_ERROR;
    x->handler.finish(x->self);
    if (code == XML_ERROR_JUNK_AFTER_DOC_ELEMENT) {
        diagnostics_add(x->context->diagnostics, SEVERITY_WARNING, line, column,
                        "there is content after the end of the document");
        return READER_SEGMENT;
    }
    error_set_at(x->err,
                 code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH ? ERROR_LIMIT : ERROR_SYNTAX,
                 line, column, "not well-formed XML: %s", XML_ErrorString(code));
    return READER_ERROR;
}

/* The window has ended: an open element means that the file was truncated. */
static enum reader_status at_end(struct xml_stream *x)
{
    size_t before = drafts_count(x->context->drafts);

    x->finished = true;
    if (XML_Parse(x->parser, "", 0, 1) != XML_STATUS_OK && !x->failed) {
        diagnostics_add(x->context->diagnostics, SEVERITY_ERROR,
                        XML_GetCurrentLineNumber64(x->parser),
                        XML_GetCurrentColumnNumber64(x->parser) + 1,
                        "the document is cut off: its last element is not closed");
        x->context->diagnostics->is_cut = true;
    }
    if (!x->failed)
        x->handler.finish(x->self);
    if (x->failed)
        return READER_ERROR;
    return drafts_count(x->context->drafts) > before ? READER_SEGMENT : READER_END;
}

/* On an unfinished tag or comment, expat starts over with each feed: so feed twice as much each
 * time. */
static void watch_progress(struct xml_stream *x, size_t fed)
{
    int64_t at = XML_GetCurrentByteIndex64(x->parser);

    if (at != x->event_byte) {
        x->event_byte = at;
        x->stuck_bytes = 0;
        x->feed_bytes = CHUNK_BYTES;
        return;
    }
    x->stuck_bytes += fed;
    if (x->feed_bytes < XML_MARKUP_BYTES_MAX)
        x->feed_bytes *= 2;
}

static enum reader_status feed(struct xml_stream *x)
{
    for (;;) {
        size_t before = drafts_count(x->context->drafts);
        size_t bytes;
        const char *window = input_window(x->context->input, &bytes);

        if (bytes < x->feed_bytes && x->feed_bytes > CHUNK_BYTES &&
            !input_ended(x->context->input))
            return READER_MORE;
        if (bytes == 0)
            return input_ended(x->context->input) ? at_end(x) : READER_MORE;
        if (bytes > x->feed_bytes)
            bytes = x->feed_bytes;
        x->fed_bytes += bytes;
        if (XML_Parse(x->parser, window, (int)bytes, 0) != XML_STATUS_OK)
            return broken(x);
        input_consume(x->context->input, bytes);
        watch_progress(x, bytes);
        if (x->stuck_bytes > XML_MARKUP_BYTES_MAX) {
            x->finished = true;
            x->handler.finish(x->self);
            fail_limit(x, "a tag or comment is too long");
            return READER_ERROR;
        }
        if (drafts_count(x->context->drafts) > before)
            return READER_SEGMENT;
    }
}

enum reader_status xml_stream_next(struct xml_stream *x, struct reader_context *context,
                                   struct error *err)
{
    enum reader_status status;

    x->context = context;
    x->err = err;
    status = x->finished ? READER_END : feed(x);
    x->context = NULL;
    x->err = NULL;
    return status;
}

enum reader_status xml_stream_reader_next(void *self, struct reader_context *context,
                                          struct error *err)
{
    struct xml_stream **first = self;

    return xml_stream_next(*first, context, err);
}
