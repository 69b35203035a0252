/* Captions from segments. A group is what export_cues gives: a timed segment with those without
 * a time after it, or a run of single words. Invariant: `text` holds the words of the current
 * group, `runs` its speakers, `anchors` the known times within it, all in order; `from` is the
 * first byte not used in a cue yet. */
#include "formats/write/caption_layout.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"
#include "shilu/text/wrap.h"

/* Words are joined over pauses no longer than this. */
enum { WORD_GAP_MS = 700 };
/* So many bytes are examined for one cue at most. */
enum { LOOK_BYTES = 2048 };
/* In a record of single words, segments are shorter than this on average. */
enum { WORD_BYTES = 12 };

/* A known time: the words up to `byte` have been said by then. */
struct anchor {
    size_t byte;
    int64_t ms;
};

struct source_run {
    size_t byte;
    uint32_t speaker;
};

struct caption_layout {
    const struct transcript *t;
    const struct selection *selection;
    const struct width *width;
    struct width *own_width; /* if the caller has none */
    caption_name_columns *name_columns;
    struct export_cues cues;
    struct export_cue ahead; /* the next group, if has_ahead */
    bool has_ahead;
    bool single_words;

    struct buffer text;
    struct source_run *runs; /* owned */
    size_t run_count, run_capacity;
    struct anchor *anchors; /* owned */
    size_t anchor_count, anchor_capacity;
    size_t from;

    struct caption_out out;
    struct display display;
    struct wrap wrap;
};

/* ------------------------------------------------------------------------- groups */

/* Whether segments are single words, which would be unreadable one by one. */
static bool has_single_words(const struct transcript *t)
{
    size_t count = transcript_count(t);
    uint64_t bytes = 0;
    size_t timed = 0;
    size_t i;

    for (i = 0; i < count; i++) {
        const struct segment *s = transcript_segment(t, (uint32_t)i);

        if ((s->flags & SEGMENT_PIECE) == 0)
            continue;
        bytes += s->text_bytes;
        timed += s->start_ms != TIME_NONE;
    }
    return timed > 8 && timed * 2 > count && bytes < timed * WORD_BYTES;
}

struct caption_layout *caption_layout_new(const struct transcript *t,
                                          const struct selection *selection,
                                          const struct width *width,
                                          caption_name_columns *name_columns,
                                          const char *format, struct error *err)
{
    struct caption_layout *l = memory_zalloc(1, sizeof *l);

    if (!export_cues_init(&l->cues, t, selection, format, err)) {
        free(l);
        return NULL;
    }
    l->t = t;
    l->selection = selection;
    if (width == NULL)
        l->own_width = width_new(false);
    l->width = width != NULL ? width : l->own_width;
    l->name_columns = name_columns;
    l->single_words = has_single_words(t);
    l->has_ahead = export_cues_next(&l->cues, &l->ahead);
    return l;
}

void caption_layout_free(struct caption_layout *l)
{
    if (l == NULL)
        return;
    buffer_release(&l->text);
    buffer_release(&l->out.text);
    free(l->out.runs);
    free(l->runs);
    free(l->anchors);
    display_release(&l->display);
    wrap_release(&l->wrap);
    width_free(l->own_width);
    free(l);
}

static void add_anchor(struct caption_layout *l, size_t byte, int64_t ms)
{
    struct anchor *last = l->anchor_count > 0 ? &l->anchors[l->anchor_count - 1] : NULL;

    if (last != NULL && ms < last->ms)
        ms = last->ms; /* times that go back cannot be interpolated */
    MEMORY_RESERVE(l->anchors, l->anchor_capacity, l->anchor_count + 1);
    l->anchors[l->anchor_count++] = (struct anchor){byte, ms};
}

/* Append a text with single line breaks and no other controls. */
static void add_text(struct caption_layout *l, const char *text, size_t bytes)
{
    struct buffer clean = {0};
    size_t i;

    export_text(&clean, text, bytes);
    for (i = 0; i < clean.bytes; i++) {
        bool empty = l->text.bytes == 0 || l->text.data[l->text.bytes - 1] == '\n';

        if (clean.data[i] == '\n' && empty)
            continue;
        buffer_append_char(&l->text, clean.data[i]);
    }
    buffer_release(&clean);
}

static void add_segment(struct caption_layout *l, uint32_t segment, bool joined)
{
    uint32_t speaker = transcript_segment(l->t, segment)->speaker;
    bool new_run = l->run_count == 0 || l->runs[l->run_count - 1].speaker != speaker;
    size_t bytes;
    const char *text = transcript_text(l->t, segment, &bytes);

    if (l->text.bytes > 0 && l->text.data[l->text.bytes - 1] != '\n') {
        if (!joined || new_run)
            buffer_append_char(&l->text, '\n');
        else if ((transcript_segment(l->t, segment)->flags & SEGMENT_SPACED) != 0 &&
                 l->text.data[l->text.bytes - 1] != ' ')
            buffer_append_char(&l->text, ' ');
    }
    if (new_run) {
        MEMORY_RESERVE(l->runs, l->run_capacity, l->run_count + 1);
        l->runs[l->run_count++] = (struct source_run){l->text.bytes, speaker};
    }
    add_text(l, text, bytes);
}

static void add_group(struct caption_layout *l, const struct export_cue *cue)
{
    uint32_t segment;
    bool joined = l->text.bytes > 0;

    if (joined && (transcript_segment(l->t, cue->first)->flags & SEGMENT_SPACED) != 0)
        buffer_append_char(&l->text, ' ');
    add_anchor(l, l->text.bytes, cue->start_ms);
    for (segment = cue->first; segment != SEGMENT_NONE && segment < cue->end;
         segment = export_at_or_after(l->t, l->selection, segment + 1))
        add_segment(l, segment, joined);
    add_anchor(l, l->text.bytes, cue->end_ms);
}

/* Whether the next group is a word that continues the last one. */
static bool reads_on(const struct caption_layout *l, const struct export_cue *last)
{
    const struct segment *s = transcript_segment(l->t, l->ahead.first);

    return l->single_words && l->has_ahead && (s->flags & SEGMENT_CONTINUES) != 0 &&
           s->speaker == l->runs[l->run_count - 1].speaker &&
           l->ahead.start_ms - last->end_ms <= WORD_GAP_MS &&
           l->ahead.start_ms >= last->start_ms;
}

static bool load_group(struct caption_layout *l)
{
    struct export_cue last;

    buffer_clear(&l->text);
    l->run_count = l->anchor_count = l->from = 0;
    if (!l->has_ahead)
        return false;
    do {
        last = l->ahead;
        add_group(l, &last);
        l->has_ahead = export_cues_next(&l->cues, &l->ahead);
    } while (reads_on(l, &last));
    while (l->text.bytes > 0 && isspace((unsigned char)l->text.data[l->text.bytes - 1]))
        l->text.data[--l->text.bytes] = '\0';
    /* Drop speakers at the end who only have white space. */
    while (l->run_count > 1 && l->runs[l->run_count - 1].byte >= l->text.bytes)
        l->run_count--;
    return true;
}

/* ------------------------------------------------------------------------- moments */

/* The known time of a byte where words start, or else end. Anchors come in pairs: a start and
 * an end. */
static bool known_moment(const struct caption_layout *l, size_t byte, bool starts, int64_t *ms)
{
    size_t i;

    if (byte >= l->text.bytes) {
        *ms = l->anchors[l->anchor_count - 1].ms;
        return !starts;
    }
    for (i = starts ? 0 : 1; i < l->anchor_count; i += 2) {
        if (l->anchors[i].byte == byte) {
            *ms = l->anchors[i].ms;
            return true;
        }
    }
    return false;
}

/* The time of the words at a byte, interpolated between the known times around it. */
static int64_t shared_moment(const struct caption_layout *l, size_t byte)
{
    const struct anchor *before = &l->anchors[0];
    const struct anchor *after = &l->anchors[l->anchor_count - 1];
    size_t i;

    for (i = 0; i < l->anchor_count && l->anchors[i].byte <= byte; i++)
        before = &l->anchors[i];
    if (i < l->anchor_count)
        after = &l->anchors[i];
    if (after->byte <= before->byte)
        return before->ms;
    return before->ms +
           (int64_t)((double)(after->ms - before->ms) * (double)(byte - before->byte) /
                     (double)(after->byte - before->byte));
}

/* ------------------------------------------------------------------------- breaks */

/* How suitable a place is to end a cue. */
enum break_rank { BREAK_NONE, BREAK_WORD, BREAK_CLAUSE, BREAK_SENTENCE, BREAK_LINE };

/* The rank given by the character before a break. */
static enum break_rank rank_after(const char *s, size_t bytes)
{
    static const char *const sentence[] = {"。", "？", "！", "?", "!", "…", ".", NULL};
    static const char *const clause[] = {"，", "、", "；", "：", ",", ";", ":", "—", NULL};

    if (span_starts_with_any(span_of(s, bytes), sentence))
        return BREAK_SENTENCE;
    return span_starts_with_any(span_of(s, bytes), clause) ? BREAK_CLAUSE : BREAK_WORD;
}

static const char *const closing[] = {"\"", "'", ")", "]", "”", "’", "」", "』", "）", NULL};

/* The start of the last character before `end` that is not white space or closing quote. */
static size_t last_character(const char *s, size_t from, size_t end)
{
    while (end > from) {
        size_t at = utf8_floor(s, end, end - 1);

        if (!isspace((unsigned char)s[at]) &&
            !span_starts_with_any(span_of(s + at, end - at), closing))
            return at;
        end = at;
    }
    return from;
}

/* Fill the lines of [from, end), with a name of so many columns in front. */
static size_t fill(struct caption_layout *l, size_t from, size_t end, int name, int columns)
{
    struct buffer named = {0};
    size_t i;

    for (i = 0; i < (size_t)name; i++)
        buffer_append_char(&named, 'n');
    buffer_append(&named, l->text.data + from, end - from);
    display_make(&l->display, l->width, buffer_string(&named), named.bytes);
    /* Viewers read the end of a line as a space, except between Han and kana: so Hangul words
     * stay whole in any language. */
    wrap_fill(&l->wrap, &l->display, buffer_string(&named), named.bytes, columns, "ko");
    buffer_release(&named);
    return l->wrap.count;
}

/* Map a byte of the wrapped text to the group's text. */
static size_t unnamed(size_t from, size_t byte, int name)
{
    return byte > (size_t)name ? from + byte - (size_t)name : from;
}

/* Whether a clause or a sentence ends at a byte. */
static bool ends_clause(const struct caption_layout *l, size_t from, size_t at, size_t end)
{
    const char *s = l->text.data;
    size_t last = last_character(s, from, at);

    if (utf8_is_continuation(s[at]) || rank_after(s + last, at - last) < BREAK_CLAUSE)
        return false;
    if ((unsigned char)s[last] < 0x80)
        return isspace((unsigned char)s[at]);
    return !span_starts_with_any(span_of(s + at, end - at), closing) &&
           rank_after(s + at, end - at) == BREAK_WORD;
}

/* Where to break [from, end) into two lines at the end of a clause or sentence, as near to the
 * middle as possible and with at least a quarter of the words on either side; 0 if there is no
 * such place. */
static size_t clause_break(struct caption_layout *l, size_t from, size_t end, int name)
{
    size_t quarter = (end - from) / 4;
    size_t middle = from + (end - from) / 2;
    size_t best_away = end;
    size_t best = 0;
    size_t at;

    for (at = from + quarter + 1; at < end - quarter; at++) {
        size_t away = at > middle ? at - middle : middle - at;

        if (away < best_away && ends_clause(l, from, at, end) &&
            fill(l, from, at, name, CAPTION_COLUMNS) == 1 &&
            fill(l, at, end, 0, CAPTION_COLUMNS) == 1) {
            best = at;
            best_away = away;
        }
    }
    return best;
}

/* Two lines of Han or kana without a clause end would be cut within a word, for all we know:
 * returns an earlier end of a clause that avoids this, or `end`. */
static size_t spare_words(struct caption_layout *l, size_t from, size_t end, int name)
{
    size_t last = last_character(l->text.data, from, end);
    size_t at;

    if ((unsigned char)l->text.data[last] < 0xE3 ||
        fill(l, from, end, name, CAPTION_COLUMNS) < CAPTION_LINES ||
        clause_break(l, from, end, name) > 0)
        return end;
    for (at = end - 1; at > from + (end - from) * 2 / 5; at--) {
        if (ends_clause(l, from, at, end) && (fill(l, from, at, name, CAPTION_COLUMNS) == 1 ||
                                              clause_break(l, from, at, name) > 0))
            return at;
    }
    return end;
}

/* The end of a cue that starts at `from`: `end` if everything fits, else the best place within
 * what does. */
static size_t find_break(struct caption_layout *l, size_t from, size_t end, int name)
{
    size_t most, best, at;
    enum break_rank best_rank = BREAK_NONE;

    if (end - from > LOOK_BYTES)
        end = utf8_floor(l->text.data, l->text.bytes, from + LOOK_BYTES);
    if (fill(l, from, end, name, CAPTION_COLUMNS) <= CAPTION_LINES)
        return end;
    most = unnamed(from, l->wrap.lines[CAPTION_LINES - 1].byte_end, name);
    best = most;
    for (at = from; at < most;) {
        size_t next = at + 1;
        enum break_rank rank = BREAK_NONE;
        size_t last;

        while (next < most && ((unsigned char)l->text.data[next] & 0xC0) == 0x80)
            next++;
        last = last_character(l->text.data, from, next);
        if (l->text.data[at] == '\n')
            rank = BREAK_LINE;
        else if (next == most || isspace((unsigned char)l->text.data[next]) ||
                 (unsigned char)l->text.data[last] >= 0xE3)
            rank = rank_after(l->text.data + last, next - last);
        /* An early end leaves a cue of a word or two: use it only if there is no other. */
        if (rank > BREAK_WORD && rank < BREAK_LINE && (next - from) * 3 <= most - from)
            rank = BREAK_WORD;
        if (rank > BREAK_WORD && rank >= best_rank) {
            best = next;
            best_rank = rank;
        }
        at = next;
    }
    if (best_rank >= BREAK_CLAUSE && best_rank < BREAK_LINE)
        best = spare_words(l, from, best, name);
    return best > from ? best : most > from ? most : end;
}

static size_t skip_space(const struct caption_layout *l, size_t at)
{
    while (at < l->text.bytes && isspace((unsigned char)l->text.data[at]))
        at++;
    return at;
}

/* ------------------------------------------------------------------------- cues */

static void add_line(struct caption_out *out, const char *s, size_t bytes)
{
    bytes = emit_trim(&s, bytes);
    if (bytes == 0)
        return;
    if (out->text.bytes > out->runs[out->run_count].text_byte)
        buffer_append_char(&out->text, '\n');
    buffer_append(&out->text, s, bytes);
}

/* Append the words [from, end) of one speaker in lines that end where a clause does, or else
 * are as even as possible. */
static void add_run(struct caption_layout *l, size_t from, size_t end, uint32_t speaker,
                    bool starts, int name)
{
    struct caption_out *out = &l->out;
    int columns = CAPTION_COLUMNS;
    size_t lines = fill(l, from, end, name, columns);
    bool flows = lines == CAPTION_LINES &&
                 memchr(l->text.data + from, '\n', end - from) == NULL;
    size_t cut = flows ? clause_break(l, from, end, name) : 0;
    size_t i;

    if (cut == 0 && flows) { /* as narrow as possible without another line */
        int low = CAPTION_COLUMNS / 2;

        while (low < columns) {
            int middle = (low + columns) / 2;

            if (fill(l, from, end, name, middle) > lines)
                low = middle + 1;
            else
                columns = middle;
        }
        fill(l, from, end, name, columns);
    }
    MEMORY_RESERVE(out->runs, out->run_capacity, out->run_count + 1);
    if (out->text.bytes > 0)
        buffer_append_char(&out->text, '\n');
    out->runs[out->run_count] = (struct caption_run){speaker, starts, out->text.bytes, 0};
    if (cut > 0) {
        add_line(out, l->text.data + from, cut - from);
        add_line(out, l->text.data + cut, end - cut);
    }
    for (i = 0; i < l->wrap.count && cut == 0; i++) {
        size_t line = unnamed(from, l->wrap.lines[i].byte, name);
        size_t line_end = unnamed(from, l->wrap.lines[i].byte_end, name);

        add_line(out, l->text.data + line, line_end - line);
    }
    out->runs[out->run_count].text_bytes = out->text.bytes -
                                           out->runs[out->run_count].text_byte;
    out->run_count++;
}

static size_t run_end(const struct caption_layout *l, size_t run)
{
    return run + 1 < l->run_count ? l->runs[run + 1].byte : l->text.bytes;
}

static int name_columns(const struct caption_layout *l, uint32_t speaker, bool starts)
{
    int columns = 0;

    if (l->name_columns != NULL && starts && speaker != SPEAKER_NONE)
        columns = l->name_columns(l->t, speaker, l->width);
    return columns < CAPTION_COLUMNS / 2 ? columns : CAPTION_COLUMNS / 2;
}

/* Whether a group is a single cue: all of its runs, in no more lines than a cue may have. */
static bool fits(struct caption_layout *l)
{
    size_t lines = 0;
    size_t i;

    for (i = 0; i < l->run_count; i++)
        lines += fill(l, l->runs[i].byte, run_end(l, i),
                      name_columns(l, l->runs[i].speaker, true), CAPTION_COLUMNS);
    return lines <= CAPTION_LINES;
}

static void start_out(struct caption_layout *l)
{
    buffer_clear(&l->out.text);
    l->out.run_count = 0;
    l->out.estimated = false;
}

/* `next`: where the words after the cue start. If its end is unknown, it lasts until then. */
static void time_out(struct caption_layout *l, size_t from, size_t end, size_t next)
{
    struct caption_out *out = &l->out;

    if (!known_moment(l, from, true, &out->start_ms)) {
        out->start_ms = shared_moment(l, from);
        out->estimated = true;
    }
    if (!known_moment(l, end, false, &out->end_ms)) {
        out->end_ms = shared_moment(l, next);
        out->estimated = true;
    }
    if (out->end_ms < out->start_ms)
        out->end_ms = out->start_ms;
}

/* The whole group as one cue. */
static void take_whole(struct caption_layout *l)
{
    size_t i;

    for (i = 0; i < l->run_count; i++)
        add_run(l, l->runs[i].byte, run_end(l, i), l->runs[i].speaker, true,
                name_columns(l, l->runs[i].speaker, true));
    time_out(l, 0, l->text.bytes, l->text.bytes);
    l->from = l->text.bytes;
}

/* The next cue of a group that is too long for one; each has one speaker. */
static void take_part(struct caption_layout *l)
{
    size_t run = 0;
    size_t end, next;
    bool starts;
    int name;

    while (run + 1 < l->run_count && l->runs[run + 1].byte <= l->from)
        run++;
    starts = l->from == l->runs[run].byte;
    name = name_columns(l, l->runs[run].speaker, starts);
    end = find_break(l, l->from, run_end(l, run), name);
    add_run(l, l->from, end, l->runs[run].speaker, starts, name);
    next = skip_space(l, end);
    time_out(l, l->from, end, next);
    l->from = next;
}

const struct caption_out *caption_layout_next(struct caption_layout *l)
{
    while (l->from >= l->text.bytes) {
        if (!load_group(l))
            return NULL;
    }
    start_out(l);
    if (l->from == 0 && fits(l))
        take_whole(l);
    else
        take_part(l);
    return &l->out;
}
