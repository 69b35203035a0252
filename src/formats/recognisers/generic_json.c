/* Any program's JSON with a list of utterances or words: the head is surveyed, and read with
 * the resulting rules. If there is no such list but a string that itself contains JSON, as in
 * some services' answers, a whole caption file, or a record as text or as a page, then that is
 * read. */
#include "formats/common/column_name.h"
#include "formats/common/inline_timestamp.h"
#include "formats/common/inner_reader.h"
#include "formats/containers/html_page.h"
#include "formats/json/json_preamble.h"
#include "formats/json/survey/json_names.h"
#include "formats/json/survey/json_survey.h"
#include "formats/readers.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

/* A string of at least this length may contain JSON. */
enum { INNER_BYTES_MIN = 40 };

/* A longer file is not kept whole to look for such a string, or for speakers. */
enum { INNER_FILE_BYTES_MAX = 64 << 20, WHOLE_BYTES_MAX = 4 << 20 };

struct generic_json {
    struct json_survey survey;
    void *reader;              /* json_reader, once the head was surveyed */
    struct buffer inner_text;  /* of a string */
    struct inner_reader inner; /* for it: as JSON, or as a record in text */
    bool is_inner;
    bool waits; /* for the end of the file, or for more of it */
};

static void *generic_json_open(void)
{
    return memory_zalloc(1, sizeof(struct generic_json));
}

/* Strings are searched for JSON, but not strings inside that JSON. */
static void *inner_json_open(void)
{
    struct generic_json *self = generic_json_open();

    self->is_inner = true;
    return self;
}

static void generic_json_close(void *opened)
{
    struct generic_json *self = opened;

    inner_reader_close(&self->inner);
    if (self->reader != NULL)
        json_reader_close(self->reader);
    buffer_release(&self->inner_text);
    json_survey_release(&self->survey);
    free(self);
}

static enum reader_status generic_json_next(void *opened, struct reader_context *context,
                                            struct error *err);

static const struct reader_ops reader_inner_json = {
    .open = inner_json_open, .next = generic_json_next, .close = generic_json_close};

/* The longest string that may be JSON, or of any kind. */
static struct span longest_string(const struct json_tree *tree, bool json, struct span *name)
{
    struct span longest = span_of("", 0);
    size_t i;

    for (i = 0; i < tree->count; i++) {
        struct span s = span_trim(json_string((struct json_ref){tree, &tree->nodes[i]}));

        if (s.length >= INNER_BYTES_MIN && s.length > longest.length &&
            (!json || *s.data == '{' || *s.data == '['))
            longest = s;
        if (longest.data == s.data && s.length > 0)
            *name = json_name((struct json_ref){tree, &tree->nodes[i]});
    }
    return longest;
}

/* All strings with the same member name, such as the dialogues of many records. */
static void join_strings(const struct json_tree *tree, struct span name, struct buffer *all)
{
    size_t i;

    for (i = 0; i < tree->count; i++) {
        struct json_ref value = {tree, &tree->nodes[i]};
        struct span s = span_trim(json_string(value));

        if (s.length == 0 || !span_equal(json_name(value), name))
            continue;
        if (all->bytes > 0)
            buffer_append_string(all, "\n\n");
        buffer_append(all, s.data, s.length);
    }
}

/* Most lines of several texts begin with their speaker. */
static bool is_labelled(struct span text)
{
    enum { LABEL_BYTES = 48 };
    struct span line;
    size_t lines = 0;
    size_t labels = 0;

    while (span_next_line(&text, &line)) {
        line = span_trim(line);
        lines += line.length > 0;
        labels += span_find(line, ':') <
                  (line.length < LABEL_BYTES ? line.length : LABEL_BYTES);
    }
    return lines > 0 && labels * 5 >= lines * 3;
}

static size_t bytes_of_strings(const struct json_tree *tree)
{
    size_t all = 0;
    size_t i;

    for (i = 0; i < tree->count; i++)
        all += json_string((struct json_ref){tree, &tree->nodes[i]}).length;
    return all;
}

/* Whether the text, which takes up `bytes` of the JSON's strings, is most of them, and people
 * speak in it. */
static bool is_record(struct span text, size_t bytes, const struct json_tree *tree)
{
    return bytes * 2 > bytes_of_strings(tree) && memchr(text.data, '\n', text.length) != NULL &&
           reader_text.detect(text.data, text.length, true) >= CONFIDENCE_LIKELY;
}

/* Whether a text in which nobody is named is the transcript: by the name of its member, or
 * because there is nothing else. It may be of several strings, the longest of which is given.
 */
static bool is_transcript(struct span text, size_t longest, struct span name,
                          const struct json_tree *tree)
{
    enum { SPEECH_BYTES_MIN = 200 };
    static const char *const names[] = {"transcript",     "transcription", "fulltranscript",
                                        "transcripttext", "fulltext",      NULL};
    bool several = longest < text.length;
    bool called = json_names_place(name, names) >= 0 && !several;

    return column_name_read(name).column == COLUMN_TEXT &&
           text.length * 10 > bytes_of_strings(tree) * (called ? 5 : 9) &&
           (!several || longest >= SPEECH_BYTES_MIN) &&
           (span_find(text, ' ') < text.length || (unsigned char)*text.data >= 0xE3) &&
           reader_text.detect(text.data, text.length, true) == CONFIDENCE_NO;
}

/* The reader for a string that is a caption file, or NULL. */
static const struct reader_ops *captions_in(struct span text)
{
    static const struct reader_ops *const readers[] = {&reader_webvtt, &reader_srt, &reader_sbv,
                                                       &reader_lrc,    &reader_ass, NULL};
    size_t i;

    if (memchr(text.data, '\n', text.length) == NULL)
        return NULL;
    for (i = 0; readers[i] != NULL &&
                readers[i]->detect(text.data, text.length, true) < CONFIDENCE_STRONG;
         i++)
        continue;
    return readers[i];
}

/* The longest string that is a caption file. */
static const struct reader_ops *find_captions(const struct json_tree *tree, struct span *found)
{
    const struct reader_ops *reader = NULL;
    size_t i;

    *found = span_of("", 0);
    for (i = 0; i < tree->count; i++) {
        struct span s = json_string((struct json_ref){tree, &tree->nodes[i]});
        const struct reader_ops *of_string = s.length >= INNER_BYTES_MIN &&
                                                     s.length > found->length
                                                 ? captions_in(s)
                                                 : NULL;

        if (of_string != NULL) {
            reader = of_string;
            *found = s;
        }
    }
    return reader;
}

/* Whether a string is an HTML fragment: editors save the page that people type into. */
static bool is_markup(struct span text)
{
    return span_contains(text, "</p>") || span_contains(text, "</div>") ||
           span_contains(text, "</span>") || span_contains(text, "<br");
}

/* Whether the page in a string is most of the JSON's strings, and people speak in it or a time
 * precedes its lines. */
static bool is_record_page(struct span text, const struct json_tree *tree)
{
    struct html_page page = {0};
    struct html_tree nodes;
    struct buffer lines = {0};
    struct inline_timestamp stamp;
    struct error err;
    size_t timed = 0;
    bool record;
    size_t i;

    if (!is_markup(text) || !html_tree_parse(&nodes, text, text.length, &err))
        return false;
    html_page_read(&page, &nodes);
    html_tree_release(&nodes);
    for (i = 0; i < page.count; i++) {
        struct span line = html_page_text(&page, &page.blocks[i]);

        buffer_append(&lines, line.data, line.length);
        buffer_append_char(&lines, '\n');
        timed += inline_timestamp_take(line.data, line.length, &stamp) > 0;
    }
    record = (timed > 1 && timed * 3 >= page.count * 2 &&
              text.length * 2 > bytes_of_strings(tree)) ||
             is_record(span_of(buffer_string(&lines), lines.bytes), text.length, tree);
    html_page_release(&page);
    buffer_release(&lines);
    return record;
}

/* An object without lists whose longest string is a page in which people speak. */
static bool holds_page(const struct json_tree *tree, struct span *page)
{
    struct json_ref root = json_root(tree);
    struct span name = span_of("", 0);
    struct json_ref member;

    if (!json_is(root, JSON_OBJECT))
        return false;
    JSON_EACH(member, root)
    {
        if (json_is(member, JSON_ARRAY) || json_is(member, JSON_OBJECT))
            return false;
    }
    *page = longest_string(tree, false, &name);
    return is_record_page(*page, tree);
}

static bool open_page(struct generic_json *self, struct span page)
{
    struct error err;

    buffer_clear(&self->inner_text);
    buffer_append(&self->inner_text, page.data, page.length);
    page = span_of(buffer_string(&self->inner_text), self->inner_text.bytes);
    return inner_reader_open(&self->inner, &reader_html, page, &err);
}

/* False if the whole file is needed first. */
static bool open_inner(struct generic_json *self, const struct json_tree *tree, bool whole,
                       size_t bytes)
{
    struct span name = span_of("", 0);
    struct span text = span_of("", 0);
    const struct reader_ops *captions = NULL;
    const struct reader_ops *reader;
    bool json = false;
    bool several = false;
    size_t longest;
    struct error err;

    if (self->is_inner)
        return true;
    buffer_clear(&self->inner_text);
    captions = find_captions(tree, &text); /* "[00:12.5] words" begins like JSON */
    if (captions == NULL) {
        text = longest_string(tree, true, &name);
        json = text.length > 0;
    }
    if (json || captions != NULL) {
        buffer_append(&self->inner_text, text.data, text.length);
    } else {
        text = longest_string(tree, false, &name);
        if (name.length > 0)
            join_strings(tree, name, &self->inner_text);
        else
            buffer_append(&self->inner_text, text.data, text.length);
        several = self->inner_text.bytes > text.length;
    }
    longest = text.length;
    text = span_of(buffer_string(&self->inner_text), self->inner_text.bytes);
    if (text.length == 0)
        return true;
    reader = json ? &reader_inner_json : captions;
    if (reader == NULL && is_record(text, text.length, tree) && (!several || is_labelled(text)))
        reader = &reader_text;
    if (reader == NULL && is_transcript(text, longest, name, tree))
        reader = &reader_plain;
    if (reader == NULL)
        return true;
    if (!whole)
        return bytes > INNER_FILE_BYTES_MAX;
    return inner_reader_open(&self->inner, reader, text, &err);
}

/* Several objects in a row are read as an array: the first one may be another kind of message
 * than those with words. */
static void parse_sequence(struct json_tree *head, struct buffer *all, struct span window)
{
    struct span rest = span_trim(span_skip(window, head->bytes));

    if (rest.length == 0 || *rest.data != '{')
        return;
    buffer_append_char(all, '[');
    buffer_append(all, window.data, window.length);
    json_tree_parse(head, all->data, all->bytes);
}

/* False if the window is not large enough yet. */
static bool survey(struct generic_json *self, const struct input *in)
{
    struct json_tree head = {0};
    struct buffer all = {0};
    struct span page;
    size_t window_bytes;
    const char *window = input_window(in, &window_bytes);
    size_t bytes = window_bytes;
    size_t before;
    bool ended = input_ended(in);
    bool enough = true;

    if (!ended && (bytes < DETECT_BYTES || (self->waits && bytes < WHOLE_BYTES_MAX)))
        return false;
    if (!ended && !self->waits && bytes > DETECT_BYTES)
        bytes = DETECT_BYTES;
    before = json_preamble_bytes(span_of(window, bytes));
    json_tree_parse(&head, window + before, bytes - before);
    if (head.status == JSON_TREE_WHOLE && json_is(json_root(&head), JSON_OBJECT))
        parse_sequence(&head, &all, span_of(window + before, bytes - before));
    json_survey_release(&self->survey);
    json_survey_make(&self->survey, json_root(&head));
    if (!self->is_inner && (ended || window_bytes < WHOLE_BYTES_MAX) &&
        holds_page(&head, &page))
        enough = ended && open_page(self, page);
    else if (self->survey.format.rule_count == 0)
        enough = open_inner(self, &head, ended, bytes) &&
                 (self->inner.ops != NULL || ended || window_bytes >= WHOLE_BYTES_MAX);
    else if (self->survey.nobody && !ended && window_bytes < WHOLE_BYTES_MAX)
        enough = false; /* speakers may be named further down */
    self->waits |= !enough;
    json_tree_release(&head);
    buffer_release(&all);
    if (enough)
        self->reader = json_reader_open(&self->survey.format);
    return enough;
}

static enum reader_status generic_json_next(void *opened, struct reader_context *context,
                                            struct error *err)
{
    struct generic_json *self = opened;

    if (self->reader == NULL && !survey(self, context->input))
        return READER_MORE;
    if (self->inner.ops != NULL) {
        drafts_set_line(context->drafts, 0); /* lines of a string are not lines of the file */
        return inner_reader_next(&self->inner, context, err);
    }
    if (self->survey.format.rule_count == 0) {
        error_set(err, ERROR_UNSUPPORTED, "no list of utterances was found in this JSON");
        return READER_ERROR;
    }
    return json_reader_next(self->reader, context, err);
}

/* Only a trial shows whether there is a list. */
static int generic_json_detect(const struct json_tree *head)
{
    size_t i;

    for (i = 0; i < head->count; i++) {
        if (head->nodes[i].type == JSON_OBJECT || head->nodes[i].type == JSON_STRING)
            return CONFIDENCE_MAYBE / 4;
    }
    return CONFIDENCE_NO;
}

const struct reader_ops reader_utterance_list = {
    .name = "utterances",
    .title = N_("list of utterances in JSON"),
    .detect_json = generic_json_detect,
    .by_result = true,
    .open = generic_json_open,
    .next = generic_json_next,
    .close = generic_json_close,
};
