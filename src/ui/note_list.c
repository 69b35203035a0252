/* The list of all notes, of any record; Enter opens the record there. `:all-notes #tag` and `&`
 * show those with a tag or a word. */
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/kept_notes.h"
#include "shilu/ui/list_screen.h"
#include "ui/ui_private.h"

enum { PATH_FROM_COLUMNS = 60, PATH_COLUMNS = 23 };

struct note_list {
    struct kept_notes notes;
    struct ui *screen; /* the list itself */
};

static size_t count(void *context)
{
    return ((struct note_list *)context)->notes.count;
}

static const char *name_of(const struct kept_note *note)
{
    const char *slash = note->path != NULL ? strrchr(note->path, '/') : NULL;

    return slash != NULL ? slash + 1 : note->path != NULL ? note->path : "-";
}

static void row_text(void *context, size_t row, struct buffer *out)
{
    const struct kept_note *note = &((struct note_list *)context)->notes.items[row];

    buffer_append_format(out, "%s %s", name_of(note), note->text);
}

static void row_draw(void *context, size_t row, struct pen *pen)
{
    const struct kept_note *note = &((struct note_list *)context)->notes.items[row];

    if (pen->edge >= PATH_FROM_COLUMNS)
        pen_padded(pen, PATH_COLUMNS, span_string(name_of(note)), ROLE_DIM);
    pen_string(pen, note->text, ROLE_TEXT);
}

static bool choose(void *context, size_t row)
{
    struct note_list *l = context;
    const struct kept_note *note = &l->notes.items[row];
    const struct hit hit = {note->segment, 0, 0};

    if (note->path == NULL)
        ui_error(l->screen, "the place of this note is unknown");
    else
        ui_open(l->screen, note->path, NULL, &hit);
    return false;
}

static void close(void *context)
{
    kept_notes_release(&((struct note_list *)context)->notes);
    free(context);
}

/* Remove notes without the tags. */
static void keep_tagged(struct kept_notes *notes, const char *tags)
{
    size_t kept = 0;

    for (size_t i = 0; i < notes->count; i++) {
        struct kept_note note = notes->items[i];

        if (note_has_tags(note.text, tags)) {
            notes->items[kept++] = note;
        } else {
            free(note.path);
            free(note.text);
        }
    }
    notes->count = kept;
}

void ui_all_notes(struct ui *ui, const struct ui_call *call, int argument)
{
    struct note_list *l = memory_zalloc(1, sizeof *l);
    const struct list_source source = {
        .context = l,
        .title = N_("Notes of all records"),
        .empty = N_("no notes; M in a transcript writes one"),
        .count = count,
        .text = row_text,
        .draw = row_draw,
        .choose = choose,
        .choice = N_("go there"),
        .close = close,
    };

    kept_notes_read(&l->notes);
    if (*call->text != '\0')
        keep_tagged(&l->notes, call->text);
    list_screen_open(ui, &source, 0, &l->screen);
}
