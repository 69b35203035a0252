/* Any program's XML with a list of utterances: it is converted to JSON (xml_json.h) and
 * surveyed. If there is no such list, its paragraphs may be a record in text: "<p><name>Ann
 * Lee:</name> Good morning.</p>". The whole document is kept. */
#include "formats/common/inner_reader.h"
#include "formats/json/survey/json_survey.h"
#include "formats/readers.h"
#include "formats/records/record_detect.h"
#include "formats/records/record_reader.h"
#include "formats/xml/xml_json.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"

struct generic_xml {
    struct xml_json *xml;
    struct buffer text;        /* JSON, or the paragraphs in Markdown */
    struct inner_reader inner; /* for it, once the document was read */
    bool lines;                /* lines of the JSON are lines of the file */
};

static void *generic_xml_open(void)
{
    struct generic_xml *self = memory_zalloc(1, sizeof *self);

    self->xml = xml_json_new();
    return self;
}

static void generic_xml_close(void *opened)
{
    struct generic_xml *self = opened;

    inner_reader_close(&self->inner);
    buffer_release(&self->text);
    xml_json_free(self->xml);
    free(self);
}

/* Whether JSON has a list of utterances. All kinds of elements have words: without times and
 * speakers they must be sentences. */
static bool has_list(struct span json)
{
    struct json_tree tree = {0};
    struct json_survey survey;
    bool found;

    json_tree_parse(&tree, json.data, json.length < DETECT_BYTES ? json.length : DETECT_BYTES);
    json_survey_make(&survey, json_root(&tree));
    found = survey.format.rule_count > 0 && (survey.timed || survey.says_who || survey.prose);
    json_survey_release(&survey);
    json_tree_release(&tree);
    return found;
}

/* Write the JSON or, if that has no list of utterances, the paragraphs. */
static const struct reader_ops *write_text(const struct xml_json *xml, struct buffer *out,
                                           bool *lines)
{
    *lines = xml_json_write(xml, out);
    if (has_list(span_of(buffer_string(out), out->bytes)))
        return &reader_utterance_list;
    *lines = false;
    buffer_clear(out);
    xml_json_write_markdown(xml, out);
    return &reader_markdown;
}

static bool open_text(struct generic_xml *self, struct error *err)
{
    const struct reader_ops *reader = write_text(self->xml, &self->text, &self->lines);

    return inner_reader_open(&self->inner, reader,
                             span_of(buffer_string(&self->text), self->text.bytes), err);
}

static enum reader_status generic_xml_next(void *opened, struct reader_context *context,
                                           struct error *err)
{
    struct generic_xml *self = opened;
    enum reader_status status;

    if (self->inner.ops == NULL) {
        status = xml_json_read(self->xml, context, err);
        if (status != READER_END)
            return status;
        if (!open_text(self, err))
            return READER_ERROR;
    }
    if (!self->lines)
        drafts_set_line(context->drafts, 0);
    return inner_reader_next(&self->inner, context, err);
}

/* Whether the first element is one of HTML, which no list of utterances begins with. */
static bool is_part_of_page(struct span text)
{
    static const char *const names[] = {"html", "body", "main", "div", "p",     "article",
                                        "span", "h1",   "h2",   "ul",  "table", "header"};
    size_t i;

    for (i = 0; i < sizeof names / sizeof *names; i++) {
        size_t length = strlen(names[i]);

        if (text.length > length + 1 && strncasecmp(text.data + 1, names[i], length) == 0 &&
            strchr(" \t\r\n>", text.data[length + 1]) != NULL)
            return true;
    }
    return false;
}

static bool may_be_xml(struct span head)
{
    struct span text = span_trim(head);

    return text.length > 2 && *text.data == '<' && !is_part_of_page(text) &&
           strncasecmp(text.data, "<!doctype html", 14) != 0;
}

/* The text of the head, and which reader it is for. */
static const struct reader_ops *read_head(const char *head, size_t bytes, struct buffer *text)
{
    struct error err;
    struct diagnostics diagnostics = {0};
    struct reader_context context = {
        .input = input_new(source_open_memory(head, bytes), "utf-8", &err),
        .drafts = drafts_new(),
        .diagnostics = &diagnostics};
    struct xml_json *xml = xml_json_new();
    const struct reader_ops *reader;
    bool lines;

    while (context.input != NULL && xml_json_read(xml, &context, &err) == READER_MORE &&
           !input_ended(context.input))
        input_fill(context.input, DETECT_BYTES);
    reader = write_text(xml, text, &lines);
    xml_json_free(xml);
    drafts_free(context.drafts);
    input_free(context.input);
    diagnostics_release(&diagnostics);
    return reader;
}

static int generic_xml_detect(const char *head, size_t bytes, bool whole)
{
    struct buffer text = {0};
    void *record = NULL;
    bool found;

    if (!may_be_xml(span_of(head, bytes)))
        return CONFIDENCE_NO;
    found = read_head(head, bytes, &text) != &reader_markdown ||
            (text.bytes > 0 && record_detect_markdown(text.data, text.bytes, whole, &record) >=
                                   CONFIDENCE_LIKELY);
    if (record != NULL)
        record_reader_close(record);
    buffer_release(&text);
    return found ? CONFIDENCE_STRONG - 1 : CONFIDENCE_NO;
}

const struct reader_ops reader_utterance_xml = {
    .name = "utterances-xml",
    .title = N_("list of utterances in XML"),
    .detect = generic_xml_detect,
    .most = CONFIDENCE_STRONG - 1,
    .open = generic_xml_open,
    .next = generic_xml_next,
    .close = generic_xml_close,
};
