/* From cues to segments. Invariant: once the conventions are decided, nothing is held. */
#include "formats/captions/caption_flow.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/json_value.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* How many cues, and bytes of them, are examined before the conventions are decided. */
enum { HELD_MAX = 2000, HELD_BYTES_MAX = 1 << 16 };

struct caption_held {
    struct caption_cue cue; /* its text and name are offsets into held_text */
    size_t text_byte;
    size_t name_byte;
    size_t id_byte;
};

void caption_flow_init(struct caption_flow *f, enum caption_markup markup)
{
    *f = (struct caption_flow){.markup = markup, .speaker = SPEAKER_NONE};
    f->names = name_prefixes_new();
    f->labels = caption_labels_new();
}

void caption_flow_expect_name_lines(struct caption_flow *f)
{
    caption_labels_expect_lines(f->labels);
}

void caption_flow_release(struct caption_flow *f)
{
    name_prefixes_free(f->names);
    caption_labels_free(f->labels);
    speaker_cache_release(&f->cache);
    free(f->held);
    buffer_release(&f->held_text);
    caption_text_release(&f->parsed);
    buffer_release(&f->before);
    buffer_release(&f->joined);
    caption_steps_release(&f->steps);
    free(f->stepping);
    buffer_release(&f->stepping_text);
    *f = (struct caption_flow){0};
}

/* Take the first line of a text, trimmed; *rest is what follows it. */
static size_t take_line(const char **line, const char **rest, const char *end)
{
    const char *stop = memchr(*rest, '\n', (size_t)(end - *rest));

    *line = *rest;
    *rest = stop != NULL ? stop + 1 : end;
    return emit_trim(line, (size_t)((stop != NULL ? stop : end) - *line));
}

/* The lines of a text that are not blank, each ended by LF. */
static size_t collect_lines(struct buffer *lines, const char *text, size_t bytes)
{
    const char *rest = text;
    size_t count = 0;

    buffer_clear(lines);
    while (rest < text + bytes) {
        const char *line;
        size_t line_bytes = take_line(&line, &rest, text + bytes);

        if (line_bytes == 0)
            continue;
        buffer_append(lines, line, line_bytes);
        buffer_append_char(lines, '\n');
        count++;
    }
    return count;
}

/* Length of the start of `lines` that repeats the last lines of `before`: whole lines, as many
 * as possible. */
static size_t repeated_bytes(const struct buffer *before, const struct buffer *lines)
{
    size_t most = before->bytes < lines->bytes ? before->bytes : lines->bytes;
    size_t bytes;

    for (bytes = most; bytes > 0; bytes--) {
        size_t from = before->bytes - bytes;

        if (lines->data[bytes - 1] == '\n' && (from == 0 || before->data[from - 1] == '\n') &&
            memcmp(before->data + from, lines->data, bytes) == 0)
            return bytes;
    }
    return 0;
}

static void swap_lines(struct buffer *a, struct buffer *b)
{
    struct buffer kept = *a;

    *a = *b;
    *b = kept;
}

/* Too short to be read: it only serves the player. */
static bool is_instant(const struct caption_cue *cue)
{
    enum { INSTANT_MS = 50 };

    return cue->start_ms != TIME_NONE && cue->end_ms != TIME_NONE &&
           cue->end_ms - cue->start_ms <= INSTANT_MS;
}

/* Rolling: in the held cues, the last line of one is often the first line of the next, with new
 * words after it. */
static bool looks_rolling(struct caption_flow *f)
{
    struct buffer lines = {0};
    size_t rolled = 0;
    size_t many = 0; /* cues with two or more lines */
    size_t i;

    buffer_clear(&f->before);
    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *h = &f->held[i];
        size_t same;

        caption_text_parse(&f->parsed, f->markup, buffer_string(&f->held_text) + h->text_byte,
                           h->cue.text_bytes);
        many += collect_lines(&lines, buffer_string(&f->parsed.text), f->parsed.text.bytes) > 1;
        same = lines.bytes < HELD_BYTES_MAX / 16 ? repeated_bytes(&f->before, &lines) : 0;
        rolled += same > 0 && (same < lines.bytes || is_instant(&h->cue));
        swap_lines(&f->before, &lines);
    }
    buffer_clear(&f->before);
    buffer_release(&lines);
    return rolled >= 2 && rolled * 2 >= many;
}

static bool is_braced(struct span text)
{
    text = span_trim(text);
    return text.length >= 2 && *text.data == '{' && text.data[text.length - 1] == '}';
}

/* A track of metadata or thumbnails. A single such cue among words is one that somebody says or
 * types. */
static bool looks_like_data(const struct caption_flow *f)
{
    size_t data = 0;
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *h = &f->held[i];
        struct span text = span_of(buffer_string(&f->held_text) + h->text_byte,
                                   h->cue.text_bytes);

        data += is_braced(text) || caption_text_is_picture(text);
    }
    return data * 2 > f->held_count;
}

/* Whether cues are the titles of chapters: short lines that end no sentence, each on the screen
 * for much longer than it takes to say them, one right after the other. */
static bool looks_like_chapters(struct caption_flow *f)
{
    enum { CUES_MIN = 2, TITLE_BYTES = 160, MS_PER_BYTE = 1000, GAP_MS = 1000 };
    int64_t end_ms = TIME_NONE;
    int64_t lasting_ms = 0;
    size_t bytes = 0;
    size_t sentences = 0;
    size_t apart = 0;
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        const struct caption_cue *cue = &f->held[i].cue;
        const char *text;
        size_t length;

        caption_text_parse(&f->parsed, f->markup,
                           buffer_string(&f->held_text) + f->held[i].text_byte,
                           cue->text_bytes);
        text = buffer_string(&f->parsed.text);
        length = emit_trim(&text, f->parsed.text.bytes);
        if (cue->start_ms == TIME_NONE || cue->end_ms == TIME_NONE || length > TITLE_BYTES ||
            cue->name_bytes > 0 || f->parsed.voiced || memchr(text, '\n', length) != NULL)
            return false;
        sentences += caption_labels_end_sentence(span_of(text, length));
        apart += end_ms != TIME_NONE && cue->start_ms - end_ms > GAP_MS;
        end_ms = cue->end_ms;
        lasting_ms += cue->end_ms - cue->start_ms;
        bytes += length;
    }
    return f->held_count >= CUES_MIN && sentences * 4 <= f->held_count && apart == 0 &&
           lasting_ms > (int64_t)bytes * MS_PER_BYTE;
}

/* A name in every one of several cues is the program's, not a speaker's. */
static void drop_common_name(struct caption_flow *f)
{
    enum { CUES_MIN = 3 };
    const char *text = buffer_string(&f->held_text);
    struct caption_labels *labels;
    size_t i;
    bool labelled;

    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *first = &f->held[0];
        const struct caption_held *h = &f->held[i];

        if (h->cue.name_bytes == 0 || h->cue.name_bytes != first->cue.name_bytes ||
            memcmp(text + h->name_byte, text + first->name_byte, h->cue.name_bytes) != 0)
            return;
    }
    if (f->held_count < CUES_MIN)
        return;
    labels = caption_labels_new();
    for (i = 0; i < f->held_count; i++) {
        caption_text_parse(&f->parsed, f->markup, text + f->held[i].text_byte,
                           f->held[i].cue.text_bytes);
        caption_labels_count(labels, buffer_string(&f->parsed.text), f->parsed.text.bytes);
    }
    caption_labels_settle(labels);
    labelled = caption_labels_by_colon(labels);
    caption_labels_free(labels);
    f->nameless = labelled;
    for (i = 0; labelled && i < f->held_count; i++)
        f->held[i].cue.name_bytes = 0;
}

/* Whether only the words of a held cue can say who speaks, parsed. */
static bool is_unnamed(struct caption_flow *f, const struct caption_held *h)
{
    caption_text_parse(&f->parsed, f->markup, buffer_string(&f->held_text) + h->text_byte,
                       h->cue.text_bytes);
    return !h->cue.heading && h->cue.name_bytes == 0 && f->parsed.count <= 1 &&
           f->parsed.parts[0].name_bytes == 0;
}

/* Count the names before colons in places where somebody may begin to speak. */
static void count_prefixes(struct caption_flow *f)
{
    struct caption_line line = {.first = true, .open = true};
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        struct span text;
        struct speaker_prefix prefix;

        if (!is_unnamed(f, &f->held[i]))
            continue;
        text = span_trim(span_of(buffer_string(&f->parsed.text), f->parsed.text.bytes));
        if (speaker_prefix_find(text.data, text.length, &prefix) &&
            prefix.shape != NAME_MARKED &&
            !caption_labels_may_begin(f->labels, prefix.name, prefix.bytes, line))
            name_prefixes_count(f->names, "", 0);
        else
            name_prefixes_count(f->names, text.data, text.length);
        line.open = caption_labels_end_sentence(text);
    }
}

/* A file with voice tags does not also have names before colons. */
static void count_names(struct caption_flow *f)
{
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        const struct caption_held *h = &f->held[i];
        bool unnamed = is_unnamed(f, h);

        f->voiced |= f->parsed.count > 0 && f->parsed.parts[0].name_bytes > 0;
        if (h->cue.id_bytes > 0)
            caption_labels_count_id(f->labels, buffer_string(&f->held_text) + h->id_byte,
                                    h->cue.id_bytes);
        if (unnamed)
            caption_labels_count(f->labels, buffer_string(&f->parsed.text),
                                 f->parsed.text.bytes);
    }
    caption_labels_settle(f->labels);
    if (!f->voiced)
        count_prefixes(f);
    f->labels_turns = caption_labels_mark_turns(f->labels) || name_prefixes_addressed(f->names);
}

/* Labels recur, so each is cleaned and interned only once. */
static uint32_t speaker_of(struct caption_flow *f, struct reader_context *context,
                           const char *name, size_t bytes)
{
    uint32_t speaker;

    if (bytes == 0)
        return SPEAKER_NONE;
    if (speaker_cache_find(&f->cache, name, bytes, &speaker))
        return speaker;
    speaker = emit_speaker(context, name, bytes);
    speaker_cache_put(&f->cache, name, bytes, speaker);
    return speaker;
}

/* Length of a dash of any kind at the start of a line; 0 for none. */
static size_t dash_bytes(const char *line, size_t bytes)
{
    static const char *const dashes[] = {"\u2010", "\u2011", "\u2012", "\u2013", "\u2014",
                                         "\u2015", "\u2022", "\u2212", "\uFF0D", "\u30FC"};
    size_t i;

    if (bytes == 0 || (unsigned char)*line < 0x80)
        return bytes > 0 && *line == '-';
    if ((unsigned char)*line != 0xE2 && (unsigned char)*line != 0xE3 &&
        (unsigned char)*line != 0xEF)
        return 0;
    for (i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t length = strlen(dashes[i]);

        if (bytes >= length && memcmp(line, dashes[i], length) == 0)
            return length;
    }
    return 0;
}

/* A line with another speaker's words, marked by a dash; not just dashes, and not "--" that
 * continues a sentence. */
static bool is_dialogue_line(const char *line, size_t bytes)
{
    size_t dash = dash_bytes(line, bytes);

    return dash > 0 && dash < bytes && dash_bytes(line + dash, bytes - dash) == 0;
}

/* A line with only a dash separates speakers and has no words. */
static bool is_dash(const char *line, size_t bytes)
{
    return bytes > 0 && dash_bytes(line, bytes) == bytes;
}

/* An editor goes to the words, not to the time above them. */
static uint32_t line_of_words(const struct caption_cue *cue)
{
    return (uint32_t)(cue->words_line > 0 ? cue->words_line : cue->line);
}

static bool emit_words_of(struct reader_context *context, const struct caption_cue *cue,
                          uint32_t speaker, const char *text, size_t bytes, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text;
    draft.text_bytes = bytes;
    draft.speaker = speaker;
    draft.start_ms = cue->start_ms;
    draft.end_ms = cue->end_ms;
    draft.line = line_of_words(cue);
    draft.piece = true;
    return emit_segment(context, &draft, err);
}

/* A run of text by one speaker: its lines are joined, except those that start with a dash. */
static bool emit_run(struct caption_flow *f, struct reader_context *context,
                     const struct caption_cue *cue, uint32_t speaker, const char *text,
                     size_t bytes, struct error *err)
{
    size_t all = bytes;
    const char *rest;

    if (f->keeps_lines)
        return emit_words_of(context, cue, speaker, text, bytes, err);
    bytes = emit_trim(&text, bytes);
    if (bytes == 0 || (bytes < all && is_dash(text, bytes)))
        return true;
    if (memchr(text, '\n', bytes) == NULL)
        return emit_words_of(context, cue, speaker, text, bytes, err);
    rest = text;
    buffer_clear(&f->joined);
    while (rest < text + bytes) {
        const char *line;
        size_t line_bytes = take_line(&line, &rest, text + bytes);

        if (line_bytes == 0 || (is_dash(line, line_bytes) && line_bytes < bytes))
            continue;
        if (f->joined.bytes > 0 && is_dialogue_line(line, line_bytes))
            buffer_append_char(&f->joined, '\n');
        emit_join(&f->joined, line, line_bytes);
    }
    return emit_words_of(context, cue, speaker, buffer_string(&f->joined), f->joined.bytes,
                         err);
}

/* In broadcast captions, ">>" marks a change of speaker. */
static bool is_another_voice(const char *line, size_t bytes)
{
    bytes = emit_trim(&line, bytes);
    return bytes > 2 && line[0] == '>' && line[1] == '>';
}

/* Whether a name is possible: most texts have neither a colon nor a bracket. */
static bool may_be_labelled(const char *text, size_t bytes)
{
    return memchr(text, ':', bytes) != NULL || memchr(text, '[', bytes) != NULL ||
           memchr(text, '(', bytes) != NULL || bytes_find_sign(text, bytes, "：") != NULL;
}

/* The speaker that a line introduces: by a convention of the file, else by the shape of a
 * name. */
static bool take_label(struct caption_flow *f, const char *text, size_t bytes,
                       struct caption_line line, struct caption_label *label)
{
    struct speaker_prefix prefix;
    bool only_marked;

    if (!caption_labels_any(f->labels) && !(line.first && line.last) &&
        !may_be_labelled(text, bytes))
        return false;
    line.open = caption_labels_end_sentence(span_of(f->tail, f->tail_bytes));
    if (caption_labels_take(f->labels, text, bytes, line, label))
        return true;
    /* Without marks, names before a colon count by the file's convention, or not at all. */
    only_marked = caption_labels_by_colon(f->labels) || !f->labels_turns;
    if ((only_marked && !speaker_prefix_may_be_marked(text, bytes)) ||
        !name_prefixes_take(f->names, text, bytes, &prefix))
        return false;
    line.bare = prefix.text_byte >= bytes;
    if (prefix.shape != NAME_MARKED &&
        (only_marked || !caption_labels_may_begin(f->labels, prefix.name, prefix.bytes, line)))
        return false;
    *label = (struct caption_label){prefix.name, prefix.bytes, prefix.text_byte};
    return true;
}

/* A sound in brackets has no speaker, even between two cues of the same speaker. */
static bool is_sound(const char *s, size_t bytes)
{
    bytes = emit_trim(&s, bytes);
    return bytes > 2 && ((*s == '(' && memchr(s, ')', bytes) == s + bytes - 1) ||
                         (*s == '[' && memchr(s, ']', bytes) == s + bytes - 1));
}

static bool holds_words(const char *s, const char *end)
{
    return emit_trim(&s, (size_t)(end - s)) > 0;
}

/* Whether two or more lines of a text are a dialogue. */
static bool is_dialogue(const char *text, size_t bytes)
{
    const char *rest = text;
    int lines = 0;

    while (rest < text + bytes) {
        const char *line;
        size_t line_bytes = take_line(&line, &rest, text + bytes);

        lines += is_dialogue_line(line, line_bytes);
    }
    return lines > 1;
}

/* Keep how a line ends: whether it ends a sentence is asked of few. */
static void keep_tail(struct caption_flow *f, const char *line, size_t bytes)
{
    size_t from = bytes > sizeof f->tail
                      ? utf8_floor(line, bytes, bytes - sizeof f->tail + UTF8_MAX_BYTES)
                      : 0;

    f->tail_bytes = bytes - from;
    memcpy(f->tail, line + from, f->tail_bytes);
}

static void keep_last_line(struct caption_flow *f, const char *text, size_t bytes)
{
    const char *end;

    bytes = emit_trim(&text, bytes);
    end = text + bytes;
    text = bytes > 0 ? memrchr(text, '\n', bytes) : NULL;
    text = text != NULL ? text + 1 : end - bytes;
    bytes = emit_trim(&text, (size_t)(end - text));
    if (bytes > 0)
        keep_tail(f, text, bytes);
}

/* Text without voice tags: split where a line starts with a name or with ">>". If a name counts
 * until the next one, split also where a dialogue has another, unnamed voice. */
static bool emit_lines(struct caption_flow *f, struct reader_context *context,
                       const struct caption_cue *cue, const char *text, size_t bytes,
                       struct error *err)
{
    const char *end = text + bytes;
    const char *rest = text;
    const char *run = text;
    bool dialogue = f->carrying && is_dialogue(text, bytes);
    bool labels = !f->voiced && (caption_labels_any(f->labels) || may_be_labelled(text, bytes));
    bool first = true;

    if (!f->carrying)
        f->speaker = SPEAKER_NONE;
    if (!labels && !dialogue && memchr(text, '>', bytes) == NULL) { /* one voice */
        keep_last_line(f, text, bytes);
        rest = end;
    }
    while (rest < end) {
        struct caption_label label;
        const char *line;
        size_t line_bytes = take_line(&line, &rest, end);
        struct caption_line place = {.first = first};
        bool named;

        if (line_bytes == 0)
            continue;
        place.last = !holds_words(rest, end);
        named = labels && take_label(f, line, line_bytes, place, &label);
        first = false;
        keep_tail(f, line, line_bytes);
        if (!named && !is_another_voice(line, line_bytes) &&
            !(dialogue && is_dialogue_line(line, line_bytes)))
            continue;
        if (!emit_run(f, context, cue, f->speaker, run, (size_t)(line - run), err))
            return false;
        f->speaker = named ? speaker_of(f, context, label.name, label.bytes) : SPEAKER_NONE;
        run = named ? line + label.text_byte : line;
    }
    if (run >= end)
        return true;
    if (run == text && is_sound(text, bytes))
        return emit_run(f, context, cue, SPEAKER_NONE, run, (size_t)(end - run), err);
    return emit_run(f, context, cue, f->speaker, run, (size_t)(end - run), err);
}

/* Text without voice tags, less the lines that the previous cue showed. */
static bool emit_unvoiced(struct caption_flow *f, struct reader_context *context,
                          const struct caption_cue *cue, struct error *err)
{
    struct buffer lines = {0};
    size_t same;
    bool ok;

    if (!f->rolling)
        return emit_lines(f, context, cue, buffer_string(&f->parsed.text), f->parsed.text.bytes,
                          err);
    collect_lines(&lines, buffer_string(&f->parsed.text), f->parsed.text.bytes);
    same = lines.bytes < HELD_BYTES_MAX / 16 ? repeated_bytes(&f->before, &lines) : 0;
    ok = emit_lines(f, context, cue, buffer_string(&lines) + same, lines.bytes - same, err);
    if (lines.bytes > 0)
        swap_lines(&f->before, &lines);
    buffer_release(&lines);
    return ok;
}

static const char *first_text(struct json_ref object, const char *const *names)
{
    for (; *names != NULL; names++) {
        const char *text = json_value_text(object, *names);

        if (text != NULL)
            return text;
    }
    return NULL;
}

static void report_data(struct caption_flow *f, struct reader_context *context,
                        const struct caption_cue *cue)
{
    if (!f->data_reported)
        diagnostics_add(context->diagnostics, SEVERITY_NOTE, cue->line, 0,
                        "cues with pictures or data instead of words are left out");
    f->data_reported = true;
}

/* A cue that is a JSON object, with which meeting services describe the words; tracks of
 * metadata have objects without words. */
static bool emit_object(struct caption_flow *f, struct reader_context *context,
                        const struct caption_cue *cue, bool *taken, struct error *err)
{
    static const char *const texts[] = {"spokenText", "text", "content", "body", NULL};
    static const char *const names[] = {"speakerName", "speaker", "name", "speakerId", NULL};
    struct span raw = span_trim(span_of(cue->text, cue->text_bytes));
    struct json_tree tree = {.terminated = true};
    struct json_ref object;
    const char *text, *name;
    bool ok = true;

    *taken = false;
    if (!is_braced(raw))
        return true;
    json_tree_parse(&tree, raw.data, raw.length);
    object = json_root(&tree);
    text = first_text(object, texts);
    name = first_text(object, names);
    if (text != NULL) {
        *taken = true;
        ok = emit_run(f, context, cue,
                      name != NULL ? speaker_of(f, context, name, strlen(name)) : SPEAKER_NONE,
                      text, strlen(text), err);
    } else if (f->of_data && tree.status == JSON_TREE_WHOLE && json_count(object) > 0) {
        *taken = true;
        report_data(f, context, cue);
    }
    json_tree_release(&tree);
    return ok;
}

static bool emit_parts(struct caption_flow *f, struct reader_context *context,
                       const struct caption_cue *cue, struct error *err)
{
    size_t i;

    for (i = 0; i < f->parsed.count; i++) {
        const struct caption_part *part = &f->parsed.parts[i];
        const char *name = buffer_string(&f->parsed.names) + part->name_byte;
        const char *text = buffer_string(&f->parsed.text) + part->text_byte;

        if (!emit_run(f, context, cue, speaker_of(f, context, name, part->name_bytes), text,
                      part->text_bytes, err))
            return false;
    }
    return true;
}

static bool emit_heading(struct reader_context *context, const struct caption_cue *cue,
                         struct span text, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.start_ms = cue->start_ms;
    draft.end_ms = cue->end_ms;
    draft.line = line_of_words(cue);
    draft.kind = SEGMENT_HEADING;
    return emit_segment(context, &draft, err);
}

static bool emit_cue(struct caption_flow *f, struct reader_context *context,
                     const struct caption_cue *cue, struct error *err)
{
    struct caption_cue named = *cue;
    bool taken;

    if (cue->heading)
        return emit_heading(context, cue, span_of(cue->text, cue->text_bytes), err);
    if (!emit_object(f, context, cue, &taken, err))
        return false;
    if (taken)
        return true;
    if (f->of_data && caption_text_is_picture(span_of(cue->text, cue->text_bytes))) {
        report_data(f, context, cue);
        return true;
    }
    caption_text_parse(&f->parsed, f->markup, cue->text, cue->text_bytes);
    if (f->of_chapters)
        return emit_heading(context, cue,
                            span_of(buffer_string(&f->parsed.text), f->parsed.text.bytes), err);
    if (f->parsed.count > 1 || f->parsed.parts[0].name_bytes > 0 || f->parsed.voiced)
        return emit_parts(f, context, cue, err);
    if (cue->name_bytes == 0)
        caption_labels_take_id(f->labels, cue->id, cue->id_bytes, &named.name,
                               &named.name_bytes);
    if (named.name_bytes > 0)
        return emit_run(f, context, cue, speaker_of(f, context, named.name, named.name_bytes),
                        buffer_string(&f->parsed.text), f->parsed.text.bytes, err);
    return emit_unvoiced(f, context, cue, err);
}

/* Keep a cue, whose strings are copied to the end of `strings`. */
static struct caption_held keep_cue(const struct caption_cue *cue, struct buffer *strings)
{
    struct caption_held h = {.cue = *cue, .text_byte = strings->bytes};

    buffer_append(strings, cue->text, cue->text_bytes);
    h.name_byte = strings->bytes;
    buffer_append(strings, cue->name_bytes > 0 ? cue->name : "", cue->name_bytes);
    h.id_byte = strings->bytes;
    buffer_append(strings, cue->id_bytes > 0 ? cue->id : "", cue->id_bytes);
    return h;
}

static struct caption_cue kept_cue(const struct caption_held *h, const struct buffer *strings)
{
    struct caption_cue cue = h->cue;

    cue.text = buffer_string(strings) + h->text_byte;
    cue.name = buffer_string(strings) + h->name_byte;
    cue.id = buffer_string(strings) + h->id_byte;
    return cue;
}

static void hold(struct caption_flow *f, const struct caption_cue *cue)
{
    MEMORY_RESERVE(f->held, f->held_capacity, f->held_count + 1);
    f->held[f->held_count++] = keep_cue(cue, &f->held_text);
}

/* Give out the cue whose steps have been read. */
static bool end_steps(struct caption_flow *f, struct reader_context *context, struct error *err)
{
    struct caption_held *stepping = f->stepping;
    struct caption_cue cue;
    bool ok;

    if (stepping == NULL)
        return true;
    f->stepping = NULL;
    cue = kept_cue(stepping, &f->stepping_text);
    ok = emit_cue(f, context, &cue, err);
    free(stepping);
    return ok;
}

/* A cue's words and voice, valid until the next cue is parsed. */
static struct caption_step step_of(struct caption_flow *f, const struct caption_cue *cue)
{
    struct caption_step step = {.name = span_of(cue->name, cue->name_bytes),
                                .start_ms = cue->start_ms,
                                .end_ms = cue->end_ms};

    caption_text_parse(&f->parsed, f->markup, cue->text, cue->text_bytes);
    step.words = span_of(buffer_string(&f->parsed.text), f->parsed.text.bytes);
    if (cue->name_bytes == 0)
        step.name = span_of(buffer_string(&f->parsed.names), f->parsed.names.bytes);
    return step;
}

/* The last of a sentence's steps has all its words; the first says when it starts. */
static void start_with(struct caption_cue *last, const struct caption_cue *first)
{
    last->start_ms = first->start_ms;
    last->line = first->line;
    last->words_line = first->words_line;
}

/* Leave one held cue of each sentence that is shown word by word. */
static void join_steps(struct caption_flow *f)
{
    size_t kept = 0;
    size_t i;

    for (i = 0; i < f->held_count; i++) {
        struct caption_cue cue = kept_cue(&f->held[i], &f->held_text);
        struct caption_step step = step_of(f, &cue);

        caption_steps_count(&f->steps, &step);
    }
    caption_steps_settle(&f->steps);
    for (i = 0; f->steps.any && i < f->held_count; i++) {
        struct caption_held h = f->held[i];
        struct caption_cue cue = kept_cue(&h, &f->held_text);
        struct caption_step step = step_of(f, &cue);

        if (caption_steps_continue(&f->steps, &step) && kept > 0)
            start_with(&h.cue, &f->held[--kept].cue);
        f->held[kept++] = h;
    }
    if (f->steps.any)
        f->held_count = kept;
    caption_steps_reset(&f->steps);
}

static bool take_cue(struct caption_flow *f, struct reader_context *context,
                     const struct caption_cue *cue, struct error *err)
{
    struct caption_cue whole = *cue;
    struct caption_step step;

    if (!f->steps.any || cue->heading)
        return emit_cue(f, context, cue, err);
    step = step_of(f, cue);
    if (caption_steps_continue(&f->steps, &step) && f->stepping != NULL)
        start_with(&whole, &f->stepping->cue);
    else if (!end_steps(f, context, err))
        return false;
    if (f->stepping == NULL)
        f->stepping = memory_alloc(sizeof *f->stepping);
    buffer_clear(&f->stepping_text);
    *f->stepping = keep_cue(&whole, &f->stepping_text);
    return true;
}

static bool decide(struct caption_flow *f, struct reader_context *context, struct error *err)
{
    bool ok = true;
    size_t i;

    if (f->decided)
        return true;
    f->decided = true;
    join_steps(f);
    f->rolling = !f->steps.any && looks_rolling(f);
    f->of_data = looks_like_data(f);
    f->of_chapters = !f->of_data && looks_like_chapters(f);
    drop_common_name(f);
    count_names(f);
    f->carrying = name_prefixes_labelled(f->names) && name_prefixes_at_change(f->names);
    for (i = 0; ok && i < f->held_count; i++) {
        struct caption_cue cue = kept_cue(&f->held[i], &f->held_text);

        ok = take_cue(f, context, &cue, err);
    }
    f->held_count = 0;
    buffer_release(&f->held_text);
    return ok;
}

bool caption_flow_decide(struct caption_flow *f, struct reader_context *context,
                         struct error *err)
{
    return decide(f, context, err) && end_steps(f, context, err);
}

bool caption_flow_add(struct caption_flow *f, struct reader_context *context,
                      const struct caption_cue *cue, struct error *err)
{
    struct caption_cue sound = *cue;

    if (sound.start_ms != TIME_NONE && sound.end_ms != TIME_NONE &&
        sound.end_ms < sound.start_ms) {
        diagnostics_add(context->diagnostics, SEVERITY_ERROR, cue->line, 0,
                        "the cue ends before it starts: its end is ignored");
        sound.end_ms = TIME_NONE;
    }
    if (f->nameless)
        sound.name_bytes = 0;
    if (f->decided)
        return take_cue(f, context, &sound, err);
    hold(f, &sound);
    if (f->held_count < HELD_MAX && f->held_text.bytes < HELD_BYTES_MAX)
        return true;
    return decide(f, context, err);
}

enum reader_status caption_flow_pause(struct caption_flow *f, struct reader_context *context,
                                      struct error *err)
{
    if (input_resting(context->input) && f->stepping != NULL)
        return end_steps(f, context, err) ? READER_SEGMENT : READER_ERROR;
    if (f->decided || f->held_count == 0)
        return READER_MORE;
    return decide(f, context, err) ? READER_SEGMENT : READER_ERROR;
}

enum reader_status caption_flow_end(struct caption_flow *f, struct reader_context *context,
                                    caption_flow_ender *end, void *self, struct error *err)
{
    size_t before = drafts_count(context->drafts);

    if ((end != NULL && !end(self, context, err)) || !caption_flow_decide(f, context, err))
        return READER_ERROR;
    return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_END;
}

enum reader_status caption_flow_pull(struct caption_flow *f, struct reader_context *context,
                                     line_taker *take, caption_flow_ender *end, void *self,
                                     struct error *err)
{
    enum reader_status status;

    drafts_set_time_base(context->drafts, TIME_BASE_ELAPSED);
    status = line_reader_pull(context, take, self, err);
    if (status != READER_MORE)
        return status;
    return input_ended(context->input) ? caption_flow_end(f, context, end, self, err)
                                       : caption_flow_pause(f, context, err);
}
