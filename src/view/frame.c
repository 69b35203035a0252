/* Frame. Each bar is a list of parts in order of importance: what does not fit is left out
 * from the end. */
#include "shilu/view/frame.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct style role(enum style_role r)
{
    return (struct style){.role = (uint8_t)r};
}

static void append_count(struct buffer *b, size_t count, const char *what)
{
    if (count > 0)
        buffer_append_format(b, "  %zu %s%s", count, what, count == 1 ? "" : "s");
}

static void append_span(struct buffer *b, const struct reading *r)
{
    const char *date = transcript_get(r->transcript, FIELD_DATE);
    char first[CIVIL_TEXT];
    char last[CIVIL_TEXT];
    int64_t first_ms;
    int64_t last_ms;

    if (date != NULL)
        buffer_append_format(b, "  %s", date);
    if (!transcript_span(r->transcript, &first_ms, &last_ms))
        return;
    if (transcript_clock(r->transcript) == CLOCK_WALL) {
        civil_format_clock_minutes(first_ms, first);
        civil_format_clock_minutes(last_ms, last);
        buffer_append_format(b, "  %s-%s", first, last);
    } else {
        civil_format_elapsed(last_ms, last);
        buffer_append_format(b, "  %s", last);
    }
}

/* Details from the most to the least important; as many as fit are shown, at the right. */
static void make_details(struct buffer details[3], const struct reading *r)
{
    const struct transcript *t = r->transcript;

    append_span(&details[0], r);
    append_count(&details[1], transcript_speaker_count(t), "speaker");
    append_count(&details[1], transcript_exchange_count(t), "question");
    append_count(&details[2], transcript_count(t), "segment");
}

static int draw_loading(struct grid *g, const struct area *a, const struct reading *r,
                        int percent, size_t problems)
{
    char text[48];
    int columns;

    if (percent == 100 && problems == 0)
        return a->columns;
    if (percent == 100)
        snprintf(text, sizeof text, "  %zu problem%s", problems, problems == 1 ? "" : "s");
    else if (percent < 0)
        snprintf(text, sizeof text, "  loading");
    else
        snprintf(text, sizeof text, "  loading %d%%", percent);
    columns = (int)strlen(text);
    grid_string(g, a, 0, a->columns - columns - 1, r->width, text, role(ROLE_TITLE_DETAIL));
    return a->columns - columns - 1;
}

void frame_draw_title(struct grid *g, const struct area *a, const struct reading *r,
                      const char *name, int percent, size_t problems)
{
    const char *title = transcript_get(r->transcript, FIELD_TITLE);
    struct buffer details[3] = {{0}};
    int widths[3];
    int end;
    int room;
    int used = 0;
    int i;

    if (title == NULL || *title == '\0')
        title = name;
    grid_fill(g, a, 0, 0, a->columns, " ", role(ROLE_TITLE));
    end = draw_loading(g, a, r, percent, problems);
    make_details(details, r);
    room = end - 1 - display_columns(r->width, title, strlen(title));
    for (i = 0; i < 3; i++) {
        widths[i] = display_columns(r->width, buffer_string(&details[i]), details[i].bytes);
        if (used + widths[i] >= room)
            break;
        used += widths[i];
    }
    {
        struct area left = *a;
        int column = end - used - 1;
        int k;

        left.columns = column > 8 ? column : end;
        grid_text(g, &left, 0, 1, r->width, title, strlen(title), role(ROLE_TITLE), true);
        for (k = 0; k < i; k++)
            column = grid_string(g, a, 0, column, r->width, buffer_string(&details[k]),
                                 role(ROLE_TITLE_DETAIL));
    }
    for (i = 0; i < 3; i++)
        buffer_release(&details[i]);
}

/* ---------------------------------------------------------------------- the status */

static void append_position(struct buffer *b, const struct reading *r)
{
    const struct transcript *t = r->transcript;
    const struct segment *s;
    uint32_t exchange;
    uint64_t all;
    char time[CIVIL_TEXT];

    if (r->segment == SEGMENT_NONE)
        return;
    s = transcript_segment(t, r->segment);
    reading_time(r, s->start_ms, time);
    if (*time != '\0')
        buffer_append_format(b, "%s  ", time);
    buffer_append_format(b, "turn %u/%zu", transcript_turn_of(t, r->segment) + 1,
                         transcript_turn_count(t));
    exchange = transcript_exchange_of(t, r->segment);
    if (exchange != EXCHANGE_NONE)
        buffer_append_format(b, "  Q%u/%zu", exchange + 1, transcript_exchange_count(t));
    transcript_arena(t, &all);
    buffer_append_format(b, "  %" PRIu64 "%%",
                         all == 0 ? 0 : (s->text_byte + r->byte) * 100 / all);
}

static void append_selection(struct buffer *b, const struct reading *r)
{
    const struct selection *s = &r->selection;
    size_t shown = 0;
    size_t count = 0;
    uint32_t i;

    if (s->matching != NULL)
        buffer_append_string(b, "  narrowed");
    if (!selection_filters_speakers(s))
        return;
    for (i = 0; i < s->solo_count; i++)
        count += s->solo[i];
    for (i = 0; i < s->solo_count && shown == 0; i++) {
        if (s->solo[i] != 0) {
            buffer_append_format(b, "  only %s", transcript_speaker_at(r->transcript, i)->name);
            shown = 1;
        }
    }
    if (count > 1)
        buffer_append_format(b, " +%zu", count - 1);
    for (count = 0, i = 0; i < s->muted_count; i++)
        count += s->muted[i];
    if (count > 0)
        buffer_append_format(b, "  %zu hidden", count);
}

static int draw_hints(struct grid *g, const struct area *a, const struct reading *r,
                      const struct frame_hint *hints, int from)
{
    const struct frame_hint *h;
    int count = 0;
    int used = 1;
    int column;

    for (h = hints; h != NULL && h->key != NULL; h++) {
        int columns = display_columns(r->width, h->key, strlen(h->key)) + (int)strlen(h->what) +
                      3;

        if (from + used + columns > a->columns)
            break;
        used += columns;
        count++;
    }
    column = a->columns - used;
    for (h = hints; count > 0; count--, h++) {
        column = grid_string(g, a, 0, column + 2, r->width, h->key, role(ROLE_STATUS_KEY));
        column = grid_string(g, a, 0, column + 1, r->width, h->what, role(ROLE_STATUS));
    }
    return column;
}

static void append_search(struct buffer *b, const struct frame_status *status)
{
    if (status->search == NULL)
        return;
    buffer_append_format(b, "  /%s", status->search);
    if (status->search_count != NULL && *status->search_count != '\0')
        buffer_append_format(b, "  %s", status->search_count);
}

void frame_draw_status(struct grid *g, const struct area *a, const struct reading *r,
                       const struct frame_status *status)
{
    struct buffer text = {0};
    int column;

    grid_fill(g, a, 0, 0, a->columns, " ", role(ROLE_STATUS));
    if (status->message != NULL) {
        buffer_append_string(&text, status->message);
    } else {
        if (status->single && a->columns >= 40)
            buffer_append_format(&text, "%s  ", layout_pane_name(status->pane));
        append_position(&text, r);
        append_selection(&text, r);
        append_search(&text, status);
    }
    column = grid_text(g, a, 0, 1, r->width, buffer_string(&text), text.bytes,
                       role(status->error ? ROLE_STATUS_ERROR : ROLE_STATUS), true);
    draw_hints(g, a, r, status->hints, column + 2);
    buffer_release(&text);
}

/* ------------------------------------------------------------- headings and rules */

static void draw_heading(struct grid *g, const struct area *a, const struct reading *r,
                         enum pane pane, bool active)
{
    enum style_role style = active ? ROLE_HEADING_ACTIVE : ROLE_HEADING;
    char count[32] = "";
    int column = grid_string(g, a, 0, 1, r->width, layout_pane_name(pane), role(style));

    if (pane == PANE_SPEAKERS)
        snprintf(count, sizeof count, "%zu", transcript_speaker_count(r->transcript));
    grid_string(g, a, 0, column + 1, r->width, count, role(ROLE_HEADING));
}

void frame_draw_headings(struct grid *g, const struct layout *l, const struct reading *r,
                         enum pane active)
{
    bool wide = width_ambiguous_is_wide(r->width);
    int pane;
    int i;

    for (i = 0; i < 2; i++) {
        int row;

        for (row = 0; l->rules[i] >= 0 && row < l->body.rows; row++)
            grid_fill(g, &l->body, row, l->rules[i], 1, wide ? "|" : "│", role(ROLE_RULE));
    }
    for (pane = 0; pane < PANE_COUNT; pane++) {
        if (l->shown[pane] && l->heading[pane].rows > 0)
            draw_heading(g, &l->heading[pane], r, (enum pane)pane, (int)active == pane);
    }
}
