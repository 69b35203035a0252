/* Session: correcting the record: the words of a paragraph in an editor, speaker and time at a
 * prompt; undo; and the list of all corrections. The source applies the corrections
 * (session_source.correct); this is what the user does to them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "session/session_private.h"
#include "shilu/analysis/edited_parts.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/model/find.h"
#include "shilu/store/edit_draft.h"
#include "shilu/text/utf8.h"
#include "shilu/ui/list_screen.h"
#include "shilu/view/snippet.h"
#include "shilu/view/speaker_color.h"

/* ----------------------------------------------------------------------------- a change */

static bool can_correct(struct session *s, struct error *err)
{
    if (s->corrections != NULL && s->source.correct != NULL)
        return true;
    return error_set(err, ERROR_USAGE, "nothing can be corrected here");
}

/* May change the transcript's paragraphs and turns. A correction that could not be saved still
 * applies. `screen` shows what was done. */
static bool change(struct session *s, struct ui *screen, const struct session_correction *what,
                   const char *done)
{
    struct error err;
    char message[sizeof err.message + 16];
    bool saved = s->source.correct(s->source.context, what, &err);

    if (!saved && err.code == ERROR_USAGE) {
        ui_error(screen, err.message);
        return false;
    }
    session_words_changed(s);
    if (saved) {
        ui_say(screen, done);
    } else {
        snprintf(message, sizeof message, _("not saved: %s"), err.message);
        ui_error(screen, message);
    }
    return true;
}

bool session_corrections_saved(struct session *s, struct error *err)
{
    return s->corrections == NULL || s->source.correct == NULL ||
           corrections_unsaved(s->corrections) == 0 ||
           s->source.correct(s->source.context,
                             &(struct session_correction){CORRECT_SAVE, NULL, 0, NULL}, err);
}

static void put(struct session *s, const struct correction *items, size_t count,
                const char *done)
{
    change(s, &s->ui, &(struct session_correction){CORRECT_PUT, items, count, NULL}, done);
}

void session_undo(struct session *s, const struct ui_call *call, int redo)
{
    uint32_t segment = SEGMENT_NONE;
    struct session_correction what = {redo != 0 ? CORRECT_REDO : CORRECT_UNDO, NULL, 0,
                                      &segment};
    struct error err;

    if (!can_correct(s, &err))
        ui_error(&s->ui, err.message);
    else if (change(s, &s->ui, &what, redo != 0 ? N_("done again") : N_("undone")) &&
             segment != SEGMENT_NONE && !text_pane_shows(s->view.text, segment, 0))
        session_jump(s, segment, 0, true);
}

/* ------------------------------------------------------------------------------ the words */

static bool same_span(struct span a, struct span b)
{
    return a.length == b.length && (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

/* Distribute the new words of the paragraph [first, end) over its segments; only those that
 * change become `items`, which has room for all. Returns their number. */
static size_t share_out(const struct session *s, uint32_t first, uint32_t end, struct span now,
                        struct correction *items)
{
    const struct transcript *t = s->transcript;
    size_t parts = end - first;
    size_t *starts = memory_alloc(parts * sizeof *starts);
    size_t *new_starts = memory_alloc((parts + 1) * sizeof *new_starts);
    size_t bytes;
    const char *old = transcript_joined(t, first, end, &bytes);
    size_t count = 0;

    for (size_t i = 0; i < parts; i++)
        starts[i] = (size_t)(transcript_segment(t, first + (uint32_t)i)->text_byte -
                             transcript_segment(t, first)->text_byte);
    edited_parts_find(span_of(old, bytes), starts, parts, now, new_starts);
    new_starts[parts] = now.length;
    for (size_t i = 0; i < parts; i++) {
        uint32_t segment = first + (uint32_t)i;
        struct span part = span_of(now.data + new_starts[i], new_starts[i + 1] - new_starts[i]);
        size_t was_bytes;
        const char *was = transcript_text(t, segment, &was_bytes);

        if (parts > 1)
            part = span_trim(part); /* separators belong to the paragraph */
        if (same_span(part,
                      parts > 1 ? span_trim(span_of(was, was_bytes)) : span_of(was, was_bytes)))
            continue;
        items[count] = corrections_of(s->corrections, t, segment);
        correction_set_text(&items[count++], part.data, part.length);
    }
    free(starts);
    free(new_starts);
    return count;
}

static void take_words(struct session *s, uint32_t first, uint32_t end, struct span now)
{
    struct correction *items = memory_zalloc(end - first, sizeof *items);
    size_t count = share_out(s, first, end, now, items);

    if (count == 0)
        ui_say(&s->ui, "nothing was changed");
    else
        put(s, items, count, N_("corrected; U undoes it"));
    for (size_t i = 0; i < count; i++)
        correction_release(&items[i]);
    free(items);
}

/* False if the editor failed: the words are then unchanged. */
static bool edit(struct session *s, const struct edit_draft *d, struct error *err)
{
    struct buffer command = {0};
    bool ok;

    if (s->ui.host.run == NULL)
        return error_set(err, ERROR_UNSUPPORTED, "no program can be run here");
    ui_append_editor(&command, 0, d->path);
    ok = s->ui.host.run(s->ui.host.context, buffer_string(&command), NULL, 0, false, err);
    buffer_release(&command);
    return ok;
}

void session_correct(struct session *s, const struct ui_call *call, int argument)
{
    const struct transcript *t = s->transcript;
    uint32_t first = transcript_paragraph_first(t, s->reading.segment);
    uint32_t end = transcript_paragraph_end(t, s->reading.segment);
    struct edit_draft draft;
    struct buffer words = {0};
    struct buffer now = {0};
    struct error err;
    size_t bytes;
    const char *text = transcript_joined(t, first, end, &bytes);
    bool ok;

    /* Copy the words: the arena may grow while the editor has them. */
    buffer_append(&words, text, bytes);
    if (!can_correct(s, &err) ||
        !edit_draft_open(&draft, s->name, first, span_of(buffer_string(&words), bytes), &err)) {
        ui_error(&s->ui, err.message);
        buffer_release(&words);
        return;
    }
    ok = edit(s, &draft, &err);
    if (ok && !edit_draft_read(&draft, &now, &err)) {
        ui_error(&s->ui, err.message);
        edit_draft_close(&draft, true);
    } else if (ok) {
        take_words(s, first, end, span_of(buffer_string(&now), now.bytes));
        edit_draft_close(&draft, false);
    } else {
        /* What a failed editor leaves is not a correction. */
        ui_error(&s->ui, "the editor failed; the paragraph is unchanged");
        edit_draft_close(&draft, false);
    }
    buffer_release(&words);
    buffer_release(&now);
}

/* --------------------------------------------------------------------- who, and when */

/* What is selected, else the turn at the reading row, as far as it is shown. */
static void segments_here(const struct session *s, uint32_t *first, uint32_t *end)
{
    const struct turn *turn = transcript_turn(
        s->transcript, transcript_turn_of(s->transcript, s->reading.segment));

    *first = turn->first;
    *end = turn->end;
    if (!s->reading.selecting)
        return;
    *first = transcript_segment_at_byte(s->transcript, s->reading.select_from);
    *end = transcript_segment_at_byte(s->transcript,
                                      s->reading.select_to > 0 ? s->reading.select_to - 1 : 0) +
           1;
}

void session_correct_by_prompt(struct session *s, const struct ui_call *call, int kind)
{
    struct error err;

    if (can_correct(s, &err))
        ui_ask_unless_said(&s->ui, (enum ui_prompt_kind)kind, call);
    else
        ui_error(&s->ui, err.message);
}

/* The speaker chosen among the matches; "=NAME" is always NAME, and so is a name that matches
 * nobody. */
bool session_correct_speaker_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    struct buffer name = {0};
    struct buffer done = {0};
    struct correction *items;
    uint32_t first;
    uint32_t end;

    if (!can_correct(s, err))
        return false;
    if (*text == '\0')
        return true;
    if (*text == '=')
        buffer_append_string(&name, text + 1);
    else if (s->speaker.count > 0)
        buffer_append_string(&name, transcript_speaker_at(
                                        s->transcript, s->speaker.candidates[s->speaker.chosen])
                                        ->name);
    else
        buffer_append_string(&name, text);
    segments_here(s, &first, &end);
    items = memory_zalloc(end - first, sizeof *items);
    for (uint32_t i = first; i < end; i++) {
        items[i - first] = corrections_of(s->corrections, s->transcript, i);
        correction_set_speaker(&items[i - first], buffer_string(&name));
    }
    buffer_append_format(&done, _("%s says this; U undoes it"), buffer_string(&name));
    session_leave_selection(s);
    put(s, items, end - first, buffer_string(&done));
    for (uint32_t i = first; i < end; i++)
        correction_release(&items[i - first]);
    free(items);
    buffer_release(&name);
    buffer_release(&done);
    return true;
}

void session_correct_time_open(struct ui *ui, struct buffer *text)
{
    struct session *s = session_of(ui);
    char time[CIVIL_TEXT];

    if (text->bytes > 0 || session_is_empty(s))
        return;
    reader_state_time(&s->reading,
                      transcript_segment(s->transcript, s->reading.segment)->start_ms, time);
    buffer_append_string(text, time);
}

bool session_correct_time_done(struct ui *ui, const char *text, struct error *err)
{
    struct session *s = session_of(ui);
    const struct transcript *t = s->transcript;
    uint32_t segment = s->reading.segment;
    struct time_query when;
    struct correction item;
    char shown[CIVIL_TEXT] = "";
    int64_t start_ms;
    int64_t end_ms;

    if (!can_correct(s, err))
        return false;
    if (*text == '\0' || session_is_empty(s))
        return true;
    if (transcript_time_base(t) == TIME_BASE_NONE)
        return error_set(err, ERROR_USAGE, "this record has no times");
    start_ms = transcript_segment(t, segment)->start_ms;
    end_ms = transcript_end_ms(t, segment);
    reader_state_time(&s->reading, start_ms, shown);
    if (strcmp(text, shown) == 0)
        return true;
    if (!time_query_parse(t, text, start_ms, &when, err))
        return false;
    item = corrections_of(s->corrections, t, segment);
    /* An end before the start is not valid. */
    correction_set_time(&item, when.ms,
                        end_ms != TIME_NONE && end_ms < when.ms ? TIME_NONE : end_ms);
    put(s, &item, 1, N_("the time is corrected; U undoes it"));
    correction_release(&item);
    return true;
}

/* ------------------------------------------------------------------------------ a conflict */

/* The three texts of a conflict, each wrapped into rows; Enter on one of the last two chooses
 * it. */
enum conflict_side { SIDE_WAS, SIDE_SOURCE, SIDE_CORRECTION, CONFLICT_SIDES };
enum { LABEL_COLUMNS = 12, BESIDE_FROM_COLUMNS = 40, BELOW_INDENT = 2 };

struct conflict_list {
    struct session *session;
    struct ui *below;             /* the list that it was opened from */
    struct ui *screen;            /* the list itself; NULL until it is made */
    struct correction correction; /* owned */
    struct buffer text[CONFLICT_SIDES];
    struct wrap wrap[CONFLICT_SIDES];
    int columns; /* width that they are wrapped to; 0 for not yet */
};

static void append_side(const struct session *s, const struct correction_side *side,
                        unsigned changes, struct buffer *out)
{
    char time[CIVIL_TEXT];

    if ((changes & CORRECTION_TIME) != 0) {
        reader_state_time(&s->reading, side->start_ms, time);
        buffer_append_format(out, "%s  ", time);
    }
    if ((changes & CORRECTION_SPEAKER) != 0)
        buffer_append_format(out, "%s  ",
                             side->speaker != NULL ? side->speaker : _("(no speaker)"));
    buffer_append_string(out, side->text);
}

static void append_source(const struct session *s, uint32_t segment, unsigned changes,
                          struct buffer *out)
{
    struct segment_draft source;
    struct correction_side side;
    char *text;

    if (segment >= transcript_count(s->transcript)) {
        buffer_append_string(out, _("(its place is gone)"));
        return;
    }
    source = transcript_source(s->transcript, segment);
    text = memory_strndup(source.text, source.text_bytes);
    side = (struct correction_side){
        text,
        source.speaker != SPEAKER_NONE
            ? transcript_speaker_at(s->transcript, source.speaker)->name
            : NULL,
        source.start_ms, source.end_ms};
    append_side(s, &side, changes, out);
    free(text);
}

static void append_correction(const struct session *s, const struct correction *c,
                              struct buffer *out)
{
    struct correction_side side = c->now;

    if ((c->changes & CORRECTION_TEXT) == 0)
        side.text = c->was.text;
    append_side(s, &side, c->changes, out);
}

static const char *const conflict_labels[] = {[SIDE_WAS] = N_("it was"),
                                              [SIDE_SOURCE] = N_("it is now"),
                                              [SIDE_CORRECTION] = N_("corrected")};

static bool has_labels_beside(const struct conflict_list *l)
{
    return l->columns >= BESIDE_FROM_COLUMNS;
}

static void wrap_conflict(struct conflict_list *l)
{
    const struct ui *ui = l->screen != NULL ? l->screen : &l->session->ui;
    const char *language = transcript_get(l->session->transcript, FIELD_LANGUAGE);
    int words;

    if (l->columns == ui->columns)
        return;
    l->columns = ui->columns;
    words = l->columns - (has_labels_beside(l) ? LABEL_COLUMNS : BELOW_INDENT) - 1;
    for (int side = 0; side < CONFLICT_SIDES; side++) {
        struct display display = {0};

        display_make(&display, ui->width, buffer_string(&l->text[side]), l->text[side].bytes);
        wrap_fill(&l->wrap[side], &display, buffer_string(&l->text[side]), l->text[side].bytes,
                  words < 2 ? 2 : words, language);
        display_release(&display);
    }
}

/* A label has a row above its text. */
static size_t conflict_count(void *context)
{
    struct conflict_list *l = context;
    size_t count = 0;

    wrap_conflict(l);
    for (int side = 0; side < CONFLICT_SIDES; side++)
        count += l->wrap[side].count + !has_labels_beside(l);
    return count;
}

/* Which text a row belongs to, and which line of it, or -1 for its label. */
static int side_of(struct conflict_list *l, size_t row, long *line)
{
    int side = 0;
    size_t rows;

    wrap_conflict(l);
    while (row >= (rows = l->wrap[side].count + !has_labels_beside(l)) &&
           side + 1 < CONFLICT_SIDES) {
        row -= rows;
        side++;
    }
    *line = (long)row - !has_labels_beside(l);
    return side;
}

static struct span line_of(const struct conflict_list *l, int side, long line)
{
    const struct wrap_line *at = &l->wrap[side].lines[line];

    return span_trim_back(
        span_of(buffer_string(&l->text[side]) + at->byte, at->byte_end - at->byte));
}

static void conflict_text(void *context, size_t row, struct buffer *out)
{
    struct conflict_list *l = context;
    long line;
    int side = side_of(l, row, &line);

    if (line < 0)
        buffer_append_string(out, _(conflict_labels[side]));
    else
        buffer_append(out, line_of(l, side, line).data, line_of(l, side, line).length);
}

static void conflict_draw(void *context, size_t row, struct pen *pen)
{
    struct conflict_list *l = context;
    long line;
    int side = side_of(l, row, &line);

    if (has_labels_beside(l))
        pen_until(pen, LABEL_COLUMNS);
    if (line < has_labels_beside(l))
        pen_string(pen, _(conflict_labels[side]), ROLE_DIM);
    if (line < 0)
        return;
    pen_move(pen, pen->row, has_labels_beside(l) ? LABEL_COLUMNS : BELOW_INDENT);
    pen_text(pen, line_of(l, side, line), side == SIDE_CORRECTION ? ROLE_HEADING : ROLE_TEXT);
}

static bool conflict_choose(void *context, size_t row)
{
    struct conflict_list *l = context;
    long line;
    int side = side_of(l, row, &line);
    struct session_correction what = {side == SIDE_CORRECTION ? CORRECT_KEEP : CORRECT_LET_GO,
                                      &l->correction, 1, NULL};

    if (side == SIDE_WAS)
        return false;
    change(l->session, l->below, &what,
           side == SIDE_CORRECTION ? N_("the correction is kept") : N_("the source is kept"));
    return true;
}

static void conflict_close(void *context)
{
    struct conflict_list *l = context;

    correction_release(&l->correction);
    for (int side = 0; side < CONFLICT_SIDES; side++) {
        buffer_release(&l->text[side]);
        wrap_release(&l->wrap[side]);
    }
    free(l);
}

static void open_conflict(struct session *s, struct ui *below, const struct correction *c)
{
    struct conflict_list *l = memory_zalloc(1, sizeof *l);
    const struct list_source source = {
        .context = l,
        .title = N_("The source has changed: which is right?"),
        .empty = "",
        .count = conflict_count,
        .text = conflict_text,
        .draw = conflict_draw,
        .choose = conflict_choose,
        .choice = N_("keep that one"),
        .close = conflict_close,
    };
    size_t at;

    l->session = s;
    l->below = below;
    l->correction = correction_copy(c);
    append_side(s, &c->was, c->changes, &l->text[SIDE_WAS]);
    append_source(s, c->segment, c->changes, &l->text[SIDE_SOURCE]);
    append_correction(s, c, &l->text[SIDE_CORRECTION]);
    l->columns = 0;
    at = conflict_count(l) - l->wrap[SIDE_CORRECTION].count;
    list_screen_open(&s->ui, &source, at, &l->screen);
}

/* -------------------------------------------------------------------------------- the list */

struct correction_list {
    struct session *session;
    struct ui *screen; /* the list itself */
};

static size_t corrections_count(void *context)
{
    struct correction_list *l = context;

    return corrections_all(l->session->corrections)->count;
}

/* The list is refilled when the user returns to it. */
static const struct correction *correction_in(const struct correction_list *l, size_t row)
{
    return &corrections_all(l->session->corrections)->items[row];
}

static bool is_open(const struct correction *c)
{
    return c->state == CORRECTION_CONFLICT || c->state == CORRECTION_LOST;
}

static void corrections_text(void *context, size_t row, struct buffer *out)
{
    struct correction_list *l = context;
    const struct correction *c = correction_in(l, row);

    append_side(l->session, &c->was, c->changes, out);
    buffer_append_string(out, " -> ");
    append_correction(l->session, c, out);
}

/* Where two texts differ: [*start, *was_end) of the first, [*start, *now_end) of the second, in
 * whole words. */
static void find_difference(struct span was, struct span now, size_t *start, size_t *was_end,
                            size_t *now_end)
{
    size_t shorter = was.length < now.length ? was.length : now.length;
    size_t same = 0;

    *start = 0;
    while (*start < shorter && was.data[*start] == now.data[*start])
        ++*start;
    *start = utf8_floor(now.data, now.length, *start);
    while (*start > 0 && (unsigned char)now.data[*start - 1] < 0x80 &&
           !span_is_space(now.data[*start - 1]))
        --*start;
    while (same < shorter - *start &&
           was.data[was.length - 1 - same] == now.data[now.length - 1 - same])
        same++;
    while (same > 0 && (utf8_is_continuation(now.data[now.length - same]) ||
                        ((unsigned char)now.data[now.length - same] < 0x80 &&
                         !span_is_space(now.data[now.length - same]))))
        same--;
    *was_end = was.length - same;
    *now_end = now.length - same;
}

/* The words around the correction, and what was there before. */
static void draw_corrected_words(const struct correction *c, struct pen *pen)
{
    struct buffer was = {0};
    size_t start;
    size_t was_end;
    size_t now_end;

    find_difference(span_string(c->was.text), span_string(c->now.text), &start, &was_end,
                    &now_end);
    pen_until(pen, pen->column + (pen->edge - pen->column) * 2 / 3);
    snippet_draw(pen, span_string(c->now.text), start, now_end);
    buffer_append_string(&was, _("was: "));
    buffer_append(&was, c->was.text + start, was_end - start);
    pen_move(pen, pen->row, pen->column + 2);
    pen_text(pen, buffer_span(&was), ROLE_DIM);
    buffer_release(&was);
}

static void corrections_draw(void *context, size_t row, struct pen *pen)
{
    struct correction_list *l = context;
    const struct correction *c = correction_in(l, row);
    struct buffer text = {0};
    char time[CIVIL_TEXT] = "";

    if (c->segment < transcript_count(l->session->transcript))
        reader_state_time(&l->session->reading,
                          transcript_segment(l->session->transcript, c->segment)->start_ms,
                          time);
    pen->column = 0;
    pen_string(pen,
               is_open(c)                      ? "!"
               : c->state == CORRECTION_AGREES ? "="
                                               : " ",
               ROLE_STATUS_ERROR);
    pen->column = 2;
    pen_string(pen, time, ROLE_TIME);
    pen->column += *time != '\0';
    if (c->changes == CORRECTION_TEXT) {
        draw_corrected_words(c, pen);
        return;
    }
    append_correction(l->session, c, &text);
    pen_text(pen, buffer_span(&text), ROLE_TEXT);
    buffer_clear(&text);
    buffer_append_string(&text, _("was: "));
    append_side(l->session, &c->was, c->changes, &text);
    pen->column += 2;
    pen_text(pen, buffer_span(&text), ROLE_DIM);
    buffer_release(&text);
}

static bool corrections_choose(void *context, size_t row)
{
    struct correction_list *l = context;
    const struct correction *c = correction_in(l, row);

    if (c->segment < transcript_count(l->session->transcript))
        session_jump(l->session, c->segment, 0, false);
    if (is_open(c))
        open_conflict(l->session, l->screen, c);
    return !is_open(c);
}

void session_open_corrections(struct session *s, const struct ui_call *call, int argument)
{
    struct correction_list *l;
    struct error err;
    size_t at = 0;

    if (!can_correct(s, &err)) {
        ui_error(&s->ui, err.message);
        return;
    }
    l = memory_zalloc(1, sizeof *l);
    l->session = s;
    while (at + 1 < corrections_count(l) && correction_in(l, at)->segment < s->reading.segment)
        at++;
    list_screen_open(&s->ui,
                     &(struct list_source){
                         .context = l,
                         .title = N_("Corrections"),
                         .empty = N_("nothing has been corrected; e corrects a paragraph"),
                         .count = corrections_count,
                         .text = corrections_text,
                         .draw = corrections_draw,
                         .choose = corrections_choose,
                         .choice = N_("go there, or choose"),
                         .close = free,
                     },
                     at, &l->screen);
}
