#include "formats/containers/document_xml.h"

#include <expat.h>
#include <stdlib.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

struct parse {
    XML_Parser parser;
    const struct document_xml_handler *handler;
    void *self;
    const char *part;
    int depth;
    bool failed;
    struct error *err;
};

static const char *local(const char *name)
{
    const char *colon = strrchr(name, ':');

    return colon != NULL ? colon + 1 : name;
}

const char *document_xml_attribute(const char *const *attributes, const char *name)
{
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

static void stop(struct parse *p, enum error_code code, const char *what)
{
    if (!p->failed)
        error_set(p->err, code, "%s in the part '%.80s'", _(what), p->part);
    p->failed = true;
    XML_StopParser(p->parser, XML_FALSE);
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct parse *p = user;

    if (p->failed)
        return;
    if (++p->depth > DOCUMENT_XML_DEPTH_MAX)
        stop(p, ERROR_LIMIT, "elements are nested too deeply");
    else
        p->handler->start(p->self, local(name), (const char *const *)attributes);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct parse *p = user;

    if (p->failed)
        return;
    p->depth--;
    if (p->handler->end != NULL)
        p->handler->end(p->self, local(name));
}

static void XMLCALL on_text(void *user, const XML_Char *text, int bytes)
{
    struct parse *p = user;

    if (!p->failed && p->handler->text != NULL)
        p->handler->text(p->self, span_of(text, (size_t)bytes));
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_subset)
{
    (void)name;
    (void)system;
    (void)public;
    (void)has_subset;
    stop(user, ERROR_UNSUPPORTED, "a document type is not allowed");
}

static bool feed(void *context, struct span piece, bool last, struct error *err)
{
    struct parse *p = context;

    if (XML_Parse(p->parser, piece.data, (int)piece.length, last) == XML_STATUS_OK)
        return true;
    if (p->failed)
        return false;
    return error_set_at(err, ERROR_SYNTAX, XML_GetCurrentLineNumber(p->parser),
                        XML_GetCurrentColumnNumber(p->parser) + 1,
                        "the part '%.80s' is not well-formed XML: %s", p->part,
                        XML_ErrorString(XML_GetErrorCode(p->parser)));
}

static void *reallocate(void *old, size_t bytes)
{
    return memory_realloc(old, 1, bytes);
}

bool document_xml_read(struct zip_archive *z, const char *part,
                       const struct document_xml_handler *handler, void *self,
                       struct error *err)
{
    static const XML_Memory_Handling_Suite memory = {memory_alloc, reallocate, free};
    struct parse p = {.handler = handler, .self = self, .part = part, .err = err};
    bool ok;

    p.parser = XML_ParserCreate_MM(NULL, &memory, NULL);
    XML_SetUserData(p.parser, &p);
    XML_SetElementHandler(p.parser, on_start, on_end);
    XML_SetCharacterDataHandler(p.parser, on_text);
    XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
    ok = zip_archive_read(z, part, feed, &p, err);
    XML_ParserFree(p.parser);
    return ok;
}
