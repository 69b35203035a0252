/* SAMI, Microsoft's captions, common in Korea: <SYNC Start=ms> sets the clock, and each <P
 * Class=…> after it is a caption in one language, shown until the next one of that class; a
 * blank one clears it. Invariant: a slot is open from its P to the next. */
#include <stdlib.h>
#include <string.h>

#include "formats/captions/markup/tag_captions.h"
#include "formats/common/emit.h"
#include "formats/readers.h"
#include "shilu/base/memory.h"
#include "shilu/base/span.h"
#include "shilu/base/translate.h"
#include "shilu/formats/html_entity.h"

enum { CLASSES_MAX = 8, CLASS_BYTES = 24, DETECT_HEAD = 4096 };

struct slot {
    char name[CLASS_BYTES];
    struct buffer text;
    int64_t start_ms;
    uint64_t line;
    bool used;
    bool open;
};

struct sami {
    struct html_lexer lexer;
    struct caption_flow flow;
    struct slot slots[CLASSES_MAX];
    int current; /* slot that text is added to, or -1 */
    int last;    /* for a P without a class */
    int64_t sync_ms;
    bool synced;
    bool sync_is_bare; /* no P since the last SYNC */
    bool in_title;
    bool in_style;
    struct buffer title;
    struct buffer style;
};

static int sami_detect(const char *head, size_t bytes, bool whole)
{
    struct span rest = span_of(head, bytes < DETECT_HEAD ? bytes : DETECT_HEAD);

    (void)whole;
    for (;;) {
        rest = span_skip(rest, span_find(rest, '<'));
        if (rest.length == 0)
            return CONFIDENCE_NO;
        if (span_starts_with_case(rest, "<SAMI>") || span_starts_with_case(rest, "<SYNC "))
            return CONFIDENCE_CERTAIN;
        rest = span_skip(rest, 1);
    }
}

static void *sami_open(void)
{
    struct sami *s = memory_zalloc(1, sizeof *s);

    caption_flow_init(&s->flow, CAPTION_PLAIN);
    s->current = -1;
    return s;
}

static void sami_close(void *self)
{
    struct sami *s = self;
    size_t i;

    for (i = 0; i < CLASSES_MAX; i++)
        buffer_release(&s->slots[i].text);
    buffer_release(&s->title);
    buffer_release(&s->style);
    caption_flow_release(&s->flow);
    free(s);
}

static bool close_slot(struct sami *s, struct reader_context *context, struct slot *slot,
                       int64_t end_ms, struct error *err)
{
    struct caption_cue cue = {.start_ms = slot->start_ms,
                              .end_ms = end_ms,
                              .text = buffer_string(&slot->text),
                              .text_bytes = slot->text.bytes,
                              .line = slot->line};
    const char *text = cue.text;
    bool blank = emit_trim(&text, cue.text_bytes) == 0;

    if (!slot->open)
        return true;
    slot->open = false;
    return blank || caption_flow_add(&s->flow, context, &cue, err);
}

static int find_slot(struct sami *s, const char *name, size_t bytes)
{
    int i;

    if (bytes >= CLASS_BYTES)
        bytes = CLASS_BYTES - 1;
    for (i = 0; i < CLASSES_MAX && s->slots[i].used; i++)
        if (strlen(s->slots[i].name) == bytes &&
            strncasecmp(s->slots[i].name, name, bytes) == 0)
            return i;
    if (i == CLASSES_MAX)
        return 0;
    s->slots[i].used = true;
    memcpy(s->slots[i].name, name, bytes);
    return i;
}

/* Start a caption of the current class at the time of the last SYNC. */
static bool open_slot(struct sami *s, struct reader_context *context, int number,
                      struct error *err)
{
    struct slot *slot = &s->slots[number];
    uint64_t column;
    bool ok = close_slot(s, context, slot, s->sync_ms, err);

    s->current = s->last = number;
    s->sync_is_bare = false;
    slot->open = true;
    slot->start_ms = s->sync_ms;
    input_position(context->input, 0, &slot->line, &column);
    buffer_clear(&slot->text);
    return ok;
}

static void take_sync(struct sami *s, struct reader_context *context,
                      const struct html_token *tag)
{
    size_t bytes;
    const char *value = html_token_attribute(tag, "start", &bytes);
    uint64_t line, column;
    size_t i;

    s->synced = s->sync_is_bare = true;
    s->current = -1;
    s->sync_ms = 0;
    for (i = 0; value != NULL && i < bytes && value[i] >= '0' && value[i] <= '9' && i < 15; i++)
        s->sync_ms = s->sync_ms * 10 + (value[i] - '0');
    if (value != NULL && i > 0)
        return;
    s->sync_ms = TIME_NONE;
    input_position(context->input, 0, &line, &column);
    diagnostics_add(context->diagnostics, SEVERITY_ERROR, line, column,
                    "a SYNC without a time in milliseconds");
}

/* The language of the first class: ".KRCC { … lang: ko-KR; … }". */
static void take_style(struct sami *s, struct reader_context *context)
{
    const char *lang = strcasestr(buffer_string(&s->style), "lang:");
    const char *end;

    if (lang == NULL)
        return;
    lang += 5;
    end = lang + strcspn(lang, ";}");
    emit_field(context, FIELD_LANGUAGE, lang, (size_t)(end - lang));
}

static bool take_tag(struct sami *s, struct reader_context *context,
                     const struct html_token *tag, struct error *err)
{
    size_t bytes;
    const char *class;

    if (strcmp(tag->name, "style") == 0) {
        s->in_style = !tag->closing;
        if (tag->closing)
            take_style(s, context);
    } else if (strcmp(tag->name, "title") == 0) {
        s->in_title = !tag->closing;
        if (tag->closing)
            emit_field(context, FIELD_TITLE, buffer_string(&s->title), s->title.bytes);
    } else if (strcmp(tag->name, "sync") == 0 && !tag->closing) {
        take_sync(s, context, tag);
    } else if (strcmp(tag->name, "p") == 0 && !tag->closing && s->synced) {
        class = html_token_attribute(tag, "class", &bytes);
        return open_slot(s, context, class != NULL ? find_slot(s, class, bytes) : s->last, err);
    } else if (strcmp(tag->name, "br") == 0 && s->current >= 0) {
        buffer_append_char(&s->slots[s->current].text, '\n');
    }
    return true;
}

static bool take_text(struct sami *s, struct reader_context *context, struct span text,
                      struct error *err)
{
    const char *words = text.data;

    if (s->in_title || s->in_style) {
        buffer_append(s->in_title ? &s->title : &s->style, text.data, text.length);
        return true;
    }
    if (s->synced && s->sync_is_bare && emit_trim(&words, text.length) > 0 &&
        !open_slot(s, context, s->last, err))
        return false;
    if (s->current >= 0) {
        struct buffer decoded = {0};

        html_entity_decode(&decoded, text.data, text.length);
        emit_words(&s->slots[s->current].text, decoded.data, decoded.bytes);
        buffer_release(&decoded);
    }
    return true;
}

static bool take_token(void *self, struct reader_context *context,
                       const struct html_token *token, struct span source, struct error *err)
{
    struct sami *s = self;

    if (token->kind == HTML_TAG)
        return take_tag(s, context, token, err);
    /* For old browsers, style sheets are inside a comment. */
    return (token->kind == HTML_SKIP && !s->in_style) || take_text(s, context, source, err);
}

static bool close_slots(void *self, struct reader_context *context, struct error *err)
{
    struct sami *s = self;
    size_t i;

    for (i = 0; i < CLASSES_MAX; i++)
        if (!close_slot(s, context, &s->slots[i], TIME_NONE, err))
            return false;
    return true;
}

static enum reader_status sami_next(void *self, struct reader_context *context,
                                    struct error *err)
{
    struct sami *s = self;

    return tag_captions_pull(&s->lexer, &s->flow, context, take_token, close_slots, s, err);
}

const struct reader_ops reader_sami = {
    .name = "sami",
    .title = N_("SAMI captions"),
    .detect = sami_detect,
    .open = sami_open,
    .next = sami_next,
    .close = sami_close,
};
