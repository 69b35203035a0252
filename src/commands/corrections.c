/* corrections: what the user has corrected in a record, with what the source says. */
#include "shilu/commands/command.h"

#include <inttypes.h>
#include <string.h>

#include "commands/foreach_file.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"

static bool is_there(const struct list *list, const struct correction *c)
{
    return c->state != CORRECTION_LOST && c->segment < transcript_count(list->transcript);
}

static bool is_listed(const struct list *list, const struct correction *c)
{
    return !is_there(list, c) ? selection_is_everything(list->selection)
                              : selection_takes(list->selection, list->transcript, c->segment);
}

/* ------------------------------------------------------------------------- for people */

static void print_time(const struct list *list, int64_t ms)
{
    char text[CIVIL_TEXT] = "";

    if (ms != TIME_NONE)
        transcript_format_moment(list->transcript, ms, text);
    buffer_append_string(list->out, *text != '\0' ? text : _("no time"));
}

/* What one side says, for the parts that the correction changes, one line each. */
static void print_side(const struct list *list, const char *mark,
                       const struct correction_side *side, unsigned changes)
{
    if ((changes & CORRECTION_SPEAKER) != 0) {
        const char *name = side->speaker != NULL ? side->speaker : _("(no speaker)");

        buffer_append_format(list->out, "%s ", mark);
        cli_format_text(list->out, name, strlen(name));
        buffer_append_char(list->out, '\n');
    }
    if ((changes & CORRECTION_TIME) != 0) {
        buffer_append_format(list->out, "%s ", mark);
        print_time(list, side->start_ms);
        if (side->end_ms != TIME_NONE) {
            buffer_append_string(list->out, " - ");
            print_time(list, side->end_ms);
        }
        buffer_append_char(list->out, '\n');
    }
    if ((changes & CORRECTION_TEXT) != 0) {
        buffer_append_format(list->out, "%s ", mark);
        cli_format_text(list->out, side->text, strlen(side->text));
        buffer_append_char(list->out, '\n');
    }
}

static const char *explain(enum correction_state state)
{
    switch (state) {
    case CORRECTION_APPLIED:
        return "";
    case CORRECTION_AGREES:
        return N_("the source says the same now");
    case CORRECTION_CONFLICT:
        return N_("not applied: the source has changed");
    case CORRECTION_LOST:
        return N_("not applied: its place is gone");
    case CORRECTION_WAITS:
        break;
    }
    return N_("not applied: the record could not be read to there");
}

/* What the source says now, if that differs from what was corrected. Strings are borrowed. */
static struct correction_side source_now(const struct list *list, const struct correction *c,
                                         struct buffer *text)
{
    struct segment_draft source = transcript_source(list->transcript, c->segment);

    buffer_append(text, source.text, source.text_bytes);
    return (struct correction_side){
        text->bytes > 0 ? text->data : (char *)"",
        source.speaker != SPEAKER_NONE
            ? transcript_speaker_at(list->transcript, source.speaker)->name
            : NULL,
        source.start_ms, source.end_ms};
}

static void print_text(const struct list *list, const struct correction *c)
{
    struct buffer text = {0};

    buffer_append_string(list->out, ansi_style_role(list->paint, ROLE_TIME));
    buffer_append_format(list->out, "%" PRIu32, c->segment + 1);
    if (is_there(list, c)) {
        const struct segment *s = transcript_segment(list->transcript, c->segment);
        const char *name = cli_format_speaker(list->transcript, s->speaker);

        buffer_append_string(list->out, "  ");
        cli_format_start(list->out, list->transcript, c->segment);
        buffer_append_string(list->out, ansi_style_reset(list->paint));
        buffer_append_string(list->out, "  ");
        cli_format_text(list->out, name, strlen(name));
    }
    buffer_append_format(list->out, "%s%s%s\n", ansi_style_reset(list->paint),
                         *explain(c->state) != '\0' ? "  " : "", _(explain(c->state)));
    print_side(list, "-", &c->was, c->changes);
    if (is_there(list, c) && c->state != CORRECTION_APPLIED) {
        struct correction_side now = source_now(list, c, &text);

        print_side(list, "!", &now, CORRECTION_TEXT | c->changes);
    }
    print_side(list, "+", &c->now, c->changes);
    buffer_release(&text);
}

/* ----------------------------------------------------------------------- for programs */

static void append_side(const struct list *list, const char *name,
                        const struct correction_side *side, unsigned members)
{
    const char *between = "";

    buffer_append_format(list->out, ", \"%s\": {", name);
    if ((members & CORRECTION_SPEAKER) != 0) {
        buffer_append_string(list->out, "\"speaker\": ");
        if (side->speaker != NULL)
            cli_format_json_text(list->out, side->speaker);
        else
            buffer_append_string(list->out, "null");
        between = ", ";
    }
    if ((members & CORRECTION_TIME) != 0) {
        buffer_append_format(list->out, "%s\"start\": ", between);
        cli_format_json_moment(list->out, list->transcript, side->start_ms);
        buffer_append_string(list->out, ", \"end\": ");
        cli_format_json_moment(list->out, list->transcript, side->end_ms);
        between = ", ";
    }
    if ((members & CORRECTION_TEXT) != 0) {
        buffer_append_format(list->out, "%s\"text\": ", between);
        cli_format_json_text(list->out, side->text);
    }
    buffer_append_char(list->out, '}');
}

static void print_json(const struct list *list, const struct correction *c)
{
    const unsigned all = CORRECTION_TEXT | CORRECTION_SPEAKER | CORRECTION_TIME;
    struct buffer text = {0};

    buffer_append_format(list->out, "{\"segment\": %" PRIu32 ", \"state\": \"%s\"",
                         c->segment + 1, correction_state_name(c->state));
    append_side(list, "was", &c->was, all);
    if (is_there(list, c) && c->state != CORRECTION_APPLIED) {
        struct correction_side now = source_now(list, c, &text);

        append_side(list, "source", &now, all);
    }
    append_side(list, "now", &c->now, c->changes);
    buffer_append_char(list->out, '}');
    buffer_release(&text);
}

static void append_csv_side(const struct list *list, const struct correction_side *side,
                            unsigned members)
{
    buffer_append_char(list->out, ',');
    if ((members & CORRECTION_SPEAKER) != 0 && side->speaker != NULL)
        cli_format_csv_field(list->out, side->speaker);
    buffer_append_char(list->out, ',');
    if ((members & CORRECTION_TIME) != 0 && side->start_ms != TIME_NONE)
        print_time(list, side->start_ms);
    buffer_append_char(list->out, ',');
    if ((members & CORRECTION_TEXT) != 0)
        cli_format_csv_field(list->out, side->text);
}

static void print_csv(const struct list *list, const struct correction *c)
{
    buffer_append_format(list->out, "%" PRIu32 ",%s", c->segment + 1,
                         correction_state_name(c->state));
    append_csv_side(list, &c->was, CORRECTION_TEXT | CORRECTION_SPEAKER | CORRECTION_TIME);
    append_csv_side(list, &c->now, c->changes);
    buffer_append_string(list->out, "\r\n");
}

static void print_corrections(const struct list *list)
{
    const struct overlay *all = list->corrections != NULL ? corrections_all(list->corrections)
                                                          : NULL;
    const char *between = "[\n";

    if (list->format == LIST_CSV)
        buffer_append_string(
            list->out, "segment,state,speaker,start,text,new speaker,new start,new text\r\n");
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        if (!is_listed(list, &all->items[i]))
            continue;
        if (list->format == LIST_JSON) {
            buffer_append_string(list->out, between);
            print_json(list, &all->items[i]);
            between = ",\n";
        } else if (list->format == LIST_CSV) {
            print_csv(list, &all->items[i]);
        } else {
            print_text(list, &all->items[i]);
        }
    }
    if (list->format == LIST_JSON)
        buffer_append_string(list->out, *between == ',' ? "\n]\n" : "[]\n");
}

int command_corrections(const struct options *o)
{
    return foreach_file_list(o, print_corrections);
}
