/* Library session: what it passes to other programs: the chosen file or hit, and the list. */
#include <inttypes.h>
#include <string.h>

#include "library/library_session_private.h"
#include "shilu/base/civil_time.h"

static void append_moment(const struct library_row *row, struct buffer *out)
{
    char text[CIVIL_TEXT] = "";

    if (row->time_ms == TIME_NONE)
        return;
    if (row->is_wall)
        civil_format_clock(row->time_ms, text);
    else
        civil_format_elapsed(row->time_ms, text);
    buffer_append_string(out, text);
}

static void take_hit(const struct library_row *row, struct ui_place *out)
{
    out->line = row->line;
    buffer_append_string(&out->quote.speakers, row->who != NULL ? row->who : "");
    buffer_append_string(&out->quote.words, row->text);
    append_moment(row, &out->quote.time);
    if (!row->is_wall && row->time_ms != TIME_NONE)
        buffer_append_format(&out->time, "%" PRId64 ".%03d", row->time_ms / 1000,
                             (int)(row->time_ms % 1000));
    else
        buffer_append_string(&out->time, buffer_string(&out->quote.time));
    out->quote.segment = row->hit.segment;
    out->quote.byte = row->hit.byte;
}

bool library_session_place_of(struct ui *ui, struct ui_place *out)
{
    struct library_session *s = library_session_of(ui);
    const struct library_row *row = NULL;
    const struct library_entry *entry;
    size_t at = library_session_place(s)->at;

    if (at >= library_session_rows(s))
        return false;
    if (s->mode == MODE_HITS) {
        row = library_search_row(s->search, at);
        if (row->hits > 0) /* a heading stands for the first hit of its transcript */
            row = library_search_row(s->search, at + 1);
        entry = library_entry(s->library, row->entry);
        take_hit(row, out);
    } else {
        entry = library_entry(s->library, s->shown[at]);
    }
    buffer_append_string(&out->quote.path, entry->path);
    buffer_append_string(&out->quote.title, library_entry_title(entry));
    return true;
}

/* A hit as printed by `shilu grep`: path, time, speaker, words. */
static void append_hit(const struct library_session *s, const struct library_row *row,
                       struct buffer *out)
{
    buffer_append_format(out, "%s:", library_entry(s->library, row->entry)->path);
    append_moment(row, out);
    buffer_append_format(out, ":%s:%s\n", row->who != NULL ? row->who : "", row->text);
}

/* The hits, or the paths in the list, one per line. */
void library_session_piped(struct ui *ui, struct buffer *out)
{
    struct library_session *s = library_session_of(ui);
    size_t rows = library_session_rows(s);

    for (size_t i = 0; i < rows; i++) {
        if (s->mode == MODE_LIST)
            buffer_append_format(out, "%s\n", library_entry(s->library, s->shown[i])->path);
        else if (library_search_row(s->search, i)->hits == 0)
            append_hit(s, library_search_row(s->search, i), out);
    }
}
