/* What must hold for any transcript, whatever it was read from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "shilu/analysis/figures.h"
#include "shilu/analysis/outline.h"
#include "shilu/formats/loader.h"
#include "shilu/formats/registry.h"
#include "shilu/text/char_class.h"
#include "shilu/text/cluster.h"
#include "shilu/text/matcher.h"
#include "shilu/text/utf8.h"
#include "shilu/text/wrap.h"

enum { COLUMNS = 20, COLUMNS_MIN = 2 };
/* Segments whose first word is searched for. */
enum { SEARCHED = 4 };

const struct width *fuzz_width(void)
{
    static struct width *width;

    if (width == NULL)
        width = width_new(false);
    return width;
}

static bool is_utf8(const char *s)
{
    return s == NULL || utf8_valid_prefix(s, strlen(s)) == strlen(s);
}

static bool is_time(int64_t ms)
{
    /* A duration is bounded by itself, so an end may lie that far beyond. */
    return ms == TIME_NONE || (ms >= -TIME_MAX_MS && ms <= TIME_MAX_MS + INT32_MAX);
}

/* What is drawn of a line: without the white space that hangs at its end. */
static int drawn_columns(const struct display *d, const struct wrap_line *line)
{
    int columns = 0;
    int drawn = 0;
    uint32_t g;

    for (g = line->glyph; g < line->glyph_end; g++) {
        columns += d->glyphs[g].columns;
        if ((d->glyphs[g].flags & GLYPH_SPACE) == 0 && d->glyphs[g].columns > 0)
            drawn = columns;
    }
    return drawn;
}

/* The lines of the text hold all of it, in order, and none is too wide. */
static bool check_lines(const struct display *d, const char *text, size_t bytes, int columns,
                        const char *language, struct error *err)
{
    struct wrap wrap = {0};
    uint32_t byte = 0;
    bool ok = true;
    size_t i;

    wrap_fill(&wrap, d, text, bytes, columns, language);
    for (i = 0; ok && i < wrap.count; i++) {
        const struct wrap_line *line = &wrap.lines[i];
        int drawn = drawn_columns(d, line);

        if (line->byte != byte || line->byte_end < byte)
            ok = error_set(err, ERROR_SYNTAX, "line %zu starts at %u, not %u", i, line->byte,
                           byte);
        else if (drawn > columns || drawn > line->columns)
            ok = error_set(err, ERROR_SYNTAX, "line %zu takes %d columns of %d (told: %d)", i,
                           drawn, columns, line->columns);
        byte = line->byte_end;
    }
    wrap_release(&wrap);
    return ok && (byte == bytes ||
                  error_set(err, ERROR_SYNTAX, "lines end at %u of %zu", byte, bytes));
}

/* What may be in a cell: one printable character and its marks, or the ASCII form of a mark. */
static bool check_glyphs(const struct display *d, struct error *err)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct glyph *g = &d->glyphs[i];

        if (utf8_valid_prefix(g->text, g->bytes) != g->bytes)
            return error_set(err, ERROR_SYNTAX, "glyph %zu is not UTF-8", i);
        if (g->columns > 4 || (g->bytes == 0 && g->columns > 0))
            return error_set(err, ERROR_SYNTAX, "glyph %zu takes %u columns for %u bytes", i,
                             g->columns, g->bytes);
        for (size_t at = 0; at < g->bytes;) {
            uint32_t cp;

            at += utf8_decode(g->text + at, g->bytes - at, &cp);
            if (char_is_unsafe(cp))
                return error_set(err, ERROR_SYNTAX, "glyph %zu holds U+%04X", i, (unsigned)cp);
        }
    }
    return true;
}

static bool check_shown(const char *text, size_t bytes, const char *language, struct error *err)
{
    struct display d = {0};
    struct buffer line = {0};
    bool ok;

    display_make(&d, fuzz_width(), text, bytes);
    ok = check_glyphs(&d, err) && check_lines(&d, text, bytes, COLUMNS, language, err) &&
         check_lines(&d, text, bytes, COLUMNS_MIN, language, err);
    if (ok && display_fit(&line, fuzz_width(), text, bytes, COLUMNS) > COLUMNS)
        ok = error_set(err, ERROR_SYNTAX, "a text cut to %d columns takes more", COLUMNS);
    if (ok && !is_utf8(line.data))
        ok = error_set(err, ERROR_SYNTAX, "a text cut to %d columns is not UTF-8", COLUMNS);
    buffer_release(&line);
    display_release(&d);
    return ok;
}

/* The bytes of the arena after a segment: the separator from the next one, or a NUL. */
static bool is_ended(const struct transcript *t, uint32_t i, const char *end)
{
    bool last = i + 1 == transcript_count(t);
    uint8_t flags = last ? 0 : transcript_segment(t, i + 1)->flags;

    if ((flags & SEGMENT_CONTINUES) == 0)
        return *end == '\0';
    return (flags & SEGMENT_SPACED) == 0 || *end == ' ';
}

static bool check_segment(const struct transcript *t, uint32_t i, struct error *err)
{
    const struct segment *s = transcript_segment(t, i);
    size_t bytes;
    const char *text = transcript_text(t, i, &bytes);

    if (memchr(text, '\0', bytes) != NULL || !is_ended(t, i, text + bytes))
        return error_set(err, ERROR_SYNTAX, "segment %u does not end as its paragraph has it",
                         i);
    if (utf8_valid_prefix(text, bytes) != bytes)
        return error_set(err, ERROR_SYNTAX, "segment %u is not UTF-8", i);
    if (!is_time(s->start_ms) || !is_time(transcript_end_ms(t, i)))
        return error_set(err, ERROR_SYNTAX, "segment %u has a time out of bounds", i);
    if (s->start_ms == TIME_NONE && s->duration_ms >= 0)
        return error_set(err, ERROR_SYNTAX, "segment %u ends but never starts", i);
    if (s->speaker != SPEAKER_NONE && s->speaker >= transcript_speaker_count(t))
        return error_set(err, ERROR_SYNTAX, "segment %u has no such speaker", i);
    if (!is_utf8(transcript_extra(t, i)))
        return error_set(err, ERROR_SYNTAX, "members of segment %u are not UTF-8", i);
    return check_shown(text, bytes, transcript_get(t, FIELD_LANGUAGE), err);
}

static bool check_speaker(const struct speaker *speaker, struct error *err)
{
    char **alias;

    if (speaker->name == NULL || speaker->name[0] == '\0')
        return error_set(err, ERROR_SYNTAX, "a speaker has no name");
    if (!is_utf8(speaker->id) || !is_utf8(speaker->name) || !is_utf8(speaker->role) ||
        !is_utf8(speaker->organization) || !is_utf8(speaker->extra))
        return error_set(err, ERROR_SYNTAX, "a speaker is not UTF-8");
    for (alias = speaker->aliases; alias != NULL && *alias != NULL; alias++) {
        if (!is_utf8(*alias))
            return error_set(err, ERROR_SYNTAX, "an alias is not UTF-8");
    }
    return true;
}

/* Turns follow one another over all segments, and each segment knows its own. */
static bool check_turns(const struct transcript *t, struct error *err)
{
    size_t count = transcript_turn_count(t);
    uint32_t next = 0;

    for (uint32_t turn = 0; turn < count; turn++) {
        const struct turn *at = transcript_turn(t, turn);

        if (at->first != next || at->end <= at->first)
            return error_set(err, ERROR_SYNTAX, "turn %u is [%u, %u), not from %u on", turn,
                             at->first, at->end, next);
        for (uint32_t i = at->first; i < at->end; i++)
            if (transcript_turn_of(t, i) != turn)
                return error_set(err, ERROR_SYNTAX, "segment %u is not of its turn %u", i,
                                 turn);
        next = at->end;
    }
    return next == transcript_count(t) ||
           error_set(err, ERROR_SYNTAX, "turns end at %u of %zu", next, transcript_count(t));
}

/* Each speaker id occurs once. */
static bool check_ids(const struct transcript *t, struct error *err)
{
    enum { LOOKED_AT = 64 };
    size_t count = transcript_speaker_count(t);

    for (uint32_t i = 0; i < count && i < LOOKED_AT; i++)
        for (uint32_t k = 0; k < i; k++) {
            const char *a = transcript_speaker_at(t, i)->id;
            const char *b = transcript_speaker_at(t, k)->id;

            if (a != NULL && b != NULL && strcmp(a, b) == 0)
                return error_set(err, ERROR_SYNTAX, "two speakers have the id '%.60s'", a);
        }
    return true;
}

/* The first word of a segment, or whole clusters at its head if it is long. False if there is
 * none: a hit ends where a cluster ends, so a part of a cluster is no query for it. */
static bool first_word(const char *text, size_t bytes, size_t *start, size_t *end)
{
    enum { WORD_BYTES = 24 };
    struct clusters c;
    size_t from;
    size_t to;
    bool found = false;

    clusters_init(&c, text, bytes, 0);
    while (clusters_next(&c, &from, &to)) {
        if ((unsigned char)text[from] <= ' ') {
            if (found)
                break;
            continue;
        }
        if (!found)
            *start = from;
        if (to - *start > WORD_BYTES)
            break;
        *end = to;
        found = true;
    }
    clusters_release(&c);
    return found;
}

/* The first word of a segment, as a person would type it, finds itself. */
static bool check_found(const struct transcript *t, uint32_t segment, struct error *err)
{
    size_t bytes;
    const char *text = transcript_text(t, segment, &bytes);
    size_t start = 0;
    size_t end = 0;
    struct matcher *m;
    struct match match;
    struct error failure;
    bool ok;

    if (!first_word(text, bytes, &start, &end))
        return true;
    m = matcher_new(text + start, end - start, MATCHER_LITERAL, &failure);
    if (m == NULL) /* nothing in it, or a query that is not a query */
        return true;
    ok = matcher_find(m, text, bytes, 0, &match) && match.start <= start;
    matcher_free(m);
    return ok || error_set(err, ERROR_SYNTAX, "segment %u does not find its word '%.*s'",
                           segment, (int)(end - start), text + start);
}

static bool check_selection(const struct transcript *t, struct error *err)
{
    const struct selection all = SELECTION_INIT;
    size_t count = transcript_count(t);

    if (selection_count(&all, t) != count)
        return error_set(err, ERROR_SYNTAX, "everything is %zu of %zu segments",
                         selection_count(&all, t), count);
    for (uint32_t i = 0; i < count; i++)
        if (selection_at_or_after(&all, t, i) != i)
            return error_set(err, ERROR_SYNTAX, "segment %u is not selected", i);
    return true;
}

static bool lies_within(struct span part, const char *arena, uint64_t bytes)
{
    return part.length == 0 || (part.data >= arena && part.length <= bytes &&
                                (uint64_t)(part.data - arena) <= bytes - part.length &&
                                utf8_valid_prefix(part.data, part.length) == part.length);
}

/* Figures and outline are parts of the words, and cut no character. */
static bool check_analysis(const struct transcript *t, struct error *err)
{
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    struct figures f = {0};
    struct outline o;
    bool ok = true;

    outline_init(&o);
    figures_make(&f, t);
    outline_make(&o, t);
    for (size_t i = 0; ok && i < f.count; i++)
        ok = (lies_within(f.items[i].text, arena, bytes) &&
              lies_within(f.items[i].unit, arena, bytes) &&
              lies_within(f.items[i].counted, arena, bytes)) ||
             error_set(err, ERROR_SYNTAX, "figure %zu is outside of the words", i);
    for (size_t i = 0; ok && i < o.count; i++) {
        const struct outline_item *item = &o.items[i];
        struct buffer words = {0};
        uint32_t answers = item->segment;

        if (item->kind == OUTLINE_POINT)
            outline_mark(item, t, &words);
        outline_words(item, t, 100, &words);
        outline_answerer(item, t, &answers);
        ok = is_utf8(buffer_string(&words)) ||
             error_set(err, ERROR_SYNTAX, "item %zu of the outline is not UTF-8", i);
        buffer_release(&words);
    }
    figures_release(&f);
    outline_release(&o);
    return ok;
}

bool fuzz_check_transcript(const struct transcript *t, struct error *err)
{
    bool ok = true;
    uint32_t i;

    for (i = 0; ok && i < FIELD_COUNT; i++) {
        if (!is_utf8(transcript_get(t, (enum transcript_field)i)))
            ok = error_set(err, ERROR_SYNTAX, "a fact of the record is not UTF-8");
    }
    for (i = 0; ok && i < transcript_speaker_count(t); i++)
        ok = check_speaker(transcript_speaker_at(t, i), err);
    for (i = 0; ok && i < transcript_count(t); i++)
        ok = check_segment(t, i, err);
    for (i = 0; ok && i < transcript_count(t) && i < SEARCHED; i++)
        ok = check_found(t, i, err);
    return ok && check_turns(t, err) && check_ids(t, err) && check_selection(t, err) &&
           check_analysis(t, err);
}

static bool same_string(const char *a, const char *b)
{
    return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static bool check_same_facts(const struct transcript *a, const struct transcript *b,
                             const char *how, struct error *err)
{
    int i;

    for (i = 0; i < FIELD_EXTRA; i++) {
        const char *one = transcript_get(a, (enum transcript_field)i);
        const char *other = transcript_get(b, (enum transcript_field)i);

        if (!same_string(one, other))
            return error_set(err, ERROR_SYNTAX, "%s: fact %d is '%.60s', not '%.60s'", how, i,
                             other != NULL ? other : "", one != NULL ? one : "");
    }
    if (transcript_time_base(a) != transcript_time_base(b) ||
        transcript_utc_offset(a) != transcript_utc_offset(b))
        return error_set(err, ERROR_SYNTAX, "%s: another clock", how);
    return true;
}

static bool check_same_speaker(const struct transcript *a, const struct transcript *b,
                               uint32_t segment, const char *how, struct error *err)
{
    static const struct speaker nobody = {.name = (char *)""};
    uint32_t number = transcript_segment(a, segment)->speaker;
    uint32_t other_number = transcript_segment(b, segment)->speaker;
    const struct speaker *one = number != SPEAKER_NONE ? transcript_speaker_at(a, number)
                                                       : &nobody;
    const struct speaker *other = other_number != SPEAKER_NONE
                                      ? transcript_speaker_at(b, other_number)
                                      : &nobody;

    if (strcmp(one->name, other->name) != 0)
        return error_set(err, ERROR_SYNTAX, "%s: segment %u is by '%.60s', not '%.60s'", how,
                         segment, other->name, one->name);
    if (!same_string(one->role, other->role) ||
        !same_string(one->organization, other->organization) || one->kind != other->kind)
        return error_set(err, ERROR_SYNTAX, "%s: '%.60s' is somebody else", how, one->name);
    return true;
}

static bool check_same_segment(const struct transcript *a, const struct transcript *b,
                               uint32_t i, const char *how, struct error *err)
{
    const struct segment *one = transcript_segment(a, i);
    const struct segment *other = transcript_segment(b, i);
    size_t bytes;
    size_t other_bytes;
    const char *text = transcript_text(a, i, &bytes);
    const char *other_text = transcript_text(b, i, &other_bytes);

    if (bytes != other_bytes || memcmp(text, other_text, bytes) != 0)
        return error_set(err, ERROR_SYNTAX, "%s: segment %u says '%.*s', not '%.*s'", how, i,
                         other_bytes < 80 ? (int)other_bytes : 80, other_text,
                         bytes < 80 ? (int)bytes : 80, text);
    if (one->start_ms != other->start_ms || one->duration_ms != other->duration_ms)
        return error_set(err, ERROR_SYNTAX, "%s: segment %u is at another time", how, i);
    if (one->kind != other->kind)
        return error_set(err, ERROR_SYNTAX, "%s: segment %u is of another kind", how, i);
    return check_same_speaker(a, b, i, how, err);
}

bool fuzz_check_same(const struct transcript *a, const struct transcript *b, const char *how,
                     struct error *err)
{
    uint32_t i;

    if (transcript_count(a) != transcript_count(b))
        return error_set(err, ERROR_SYNTAX, "%s: %zu segments, not %zu", how,
                         transcript_count(b), transcript_count(a));
    for (i = 0; i < transcript_count(a); i++) {
        if (!check_same_segment(a, b, i, how, err))
            return false;
    }
    return check_same_facts(a, b, how, err);
}

bool fuzz_check_same_paragraphs(const struct transcript *a, const struct transcript *b,
                                const char *how, struct error *err)
{
    uint32_t i;

    for (i = 0; i < transcript_count(a); i++) {
        if (transcript_segment(a, i)->flags != transcript_segment(b, i)->flags)
            return error_set(err, ERROR_SYNTAX, "%s: segment %u reads on otherwise", how, i);
    }
    return true;
}

/* The whole transcript as the writer of a format writes it, freed by the caller; *said: why the
 * format cannot hold the record. */
static char *write_all(const struct transcript *t, const struct writer_ops *writer,
                       struct error *said)
{
    const struct selection everything = SELECTION_INIT;
    struct writer_options options = {.columns = COLUMNS, .width = fuzz_width()};
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);

    writer->write(t, &everything, &options, out, said);
    fclose(out);
    return text;
}

static bool check_json(const struct transcript *t, const char *json, const char *format,
                       bool sound, struct error *err)
{
    struct transcript *again = transcript_new();
    struct loader_options options = {.format = format, .encoding = "utf-8"};
    struct error failure = {0};
    struct loader *l = loader_new(source_open_memory(json, strlen(json)), again, &options,
                                  &failure);
    bool ok = loader_run(l, &failure);

    if (!ok)
        error_set(err, ERROR_SYNTAX, "what is written as %s cannot be read: %s", format,
                  failure.message);
    else if (sound && loader_diagnostics(l)->count[SEVERITY_ERROR] > 0)
        ok = error_set(err, ERROR_SYNTAX, "what is written as %s is at fault: %s", format,
                       loader_diagnostics(l)->items[0].message);
    ok = ok && fuzz_check_same(t, again, format, err);
    loader_free(l);
    transcript_free(again);
    return ok;
}

/* What a foreign format's writer has written is read by its own reader without failing. */
static bool check_read_back(const char *text, const char *writer, struct error *err)
{
    const char *reader = strcmp(writer, "vtt") == 0    ? "webvtt"
                         : strcmp(writer, "text") == 0 ? "shown"
                                                       : writer;
    struct loader_options options = {.format = reader, .encoding = "utf-8"};
    struct transcript *again = transcript_new();
    struct error failure = {0};
    struct loader *l = loader_new(source_open_memory(text, strlen(text)), again, &options,
                                  &failure);
    bool ok = l == NULL || loader_run(l, &failure) || *text == '\0' ||
              error_set(err, ERROR_SYNTAX, "what is written as %s cannot be read: %s", writer,
                        failure.message);

    loader_free(l);
    transcript_free(again);
    return ok;
}

bool fuzz_check_writers(const struct transcript *t, bool sound, struct error *err)
{
    const struct writer_ops *const *row;
    bool ok = true;

    for (row = registry_writers(); ok && *row != NULL; row++) {
        const char *name = (*row)->name;
        struct error said = {0};
        char *text = write_all(t, *row, &said);

        if (!is_utf8(text))
            ok = error_set(err, ERROR_SYNTAX, "the writer of %s does not write UTF-8", name);
        else if (strcmp(name, "json") == 0 || strcmp(name, "jsonl") == 0)
            ok = check_json(t, text, name, sound, err);
        else if (said.message[0] == '\0' && transcript_count(t) > 0)
            ok = check_read_back(text, name, err);
        free(text);
    }
    return ok;
}
