/* check: whether a file is a valid transcript and, if not, where the errors are. */
#include "shilu/commands/command.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/base/translate.h"
#include "shilu/cli/cli_format.h"
#include "shilu/cli/output.h"
#include "shilu/cli/record_layout.h"
#include "shilu/cli/report.h"

/* Smaller contributions are not printed. */
#define LEAST_BITS .5f

static void print_summary(const struct loaded *l)
{
    struct buffer line = {0};
    size_t segments = transcript_count(l->transcript);
    size_t speakers = transcript_listed_speakers(l->transcript);

    cli_format_text(&line, l->path, strlen(l->path));
    buffer_append_format(&line, ": %s", _(loader_format(l->loader)));
    buffer_append_format(&line, ngettext(", %zu segment", ", %zu segments", segments),
                         segments);
    buffer_append_format(&line, ngettext(", %zu speaker\n", ", %zu speakers\n", speakers),
                         speakers);
    fputs(line.data, stdout);
    buffer_release(&line);
}

static void append_left_out(struct buffer *line, uint64_t places, uint64_t characters)
{
    buffer_append_format(line,
                         ngettext(", left out %llu place", ", left out %llu places", places),
                         (unsigned long long)places);
    buffer_append_format(line, ngettext(", %llu character", ", %llu characters", characters),
                         (unsigned long long)characters);
}

/* How a record was read from text. */
static void print_account(const struct loaded *l)
{
    const struct record_account *a = loader_account(l->loader);
    struct buffer line = {0};
    uint64_t places = 0;
    uint64_t characters = 0;
    size_t i;

    if (a->layout[0] == '\0' && a->left_out_count == 0)
        return;
    for (i = 0; i < a->left_out_count; i++) {
        places += a->left_out[i].places;
        characters += a->left_out[i].characters;
    }
    cli_format_text(&line, l->path, strlen(l->path));
    if (a->layout[0] == '\0') {
        buffer_append_string(&line, _(": no layout"));
    } else {
        buffer_append_string(&line, _(": layout "));
        cli_format_text(&line, a->layout, strlen(a->layout));
        buffer_append_format(&line, _(" explains %zu of %zu blocks"), a->explained, a->blocks);
    }
    if (places == 0)
        buffer_append_string(&line, _(", nothing left out"));
    else
        append_left_out(&line, places, characters);
    for (i = 0; i < a->left_out_count; i++)
        buffer_append_format(&line, "%s%s %llu", i == 0 ? ": " : ", ", _(a->left_out[i].reason),
                             (unsigned long long)a->left_out[i].places);
    buffer_append_char(&line, '\n');
    fputs(buffer_string(&line), stdout);
    buffer_release(&line);
}

/* The sources of a layout's bits, largest first: "labels 40.1, form 12.0". */
static void append_bits(struct buffer *line, const struct record_account_layout *a)
{
    struct {
        const char *name;
        float bits;
    } parts[] = {{N_("form"), a->form},     {N_("labels"), a->labels},
                 {N_("speech"), a->speech}, {N_("times"), a->times},
                 {N_("turns"), a->turns},   {N_("questions"), a->questions}};
    size_t count = sizeof parts / sizeof *parts;
    size_t done, i;

    for (done = 0; done < count; done++) {
        size_t most = 0;

        for (i = 1; i < count; i++)
            if (fabsf(parts[i].bits) > fabsf(parts[most].bits))
                most = i;
        if (fabsf(parts[most].bits) < LEAST_BITS)
            return;
        buffer_append_format(line, "%s%s %.1f", done > 0 ? ", " : "", _(parts[most].name),
                             (double)parts[most].bits);
        parts[most].bits = 0;
    }
}

/* The template and its dress: "{speaker}:{text} (bold)". */
static void append_template(struct buffer *line, const struct record_account_layout *a)
{
    if (a->timed)
        buffer_append_string(line, "{time} ");
    if (a->bulleted)
        buffer_append_string(line, "• ");
    cli_format_text(line, a->template, strlen(a->template));
    if (a->dress != NULL)
        buffer_append_format(line, " (%s)", _(a->dress));
}

static void append_verdict(struct buffer *line, const struct record_account_layout *a)
{
    static const char *const verdicts[] = {
        [LAYOUT_TAKEN] = N_("taken: "),         [LAYOUT_COMPLETES] = N_("completes it: "),
        [LAYOUT_BEATEN] = N_("not taken: "),    [LAYOUT_TOO_LITTLE] = N_("too little: "),
        [LAYOUT_RULED_OUT] = N_("ruled out: "),
    };

    buffer_append_string(line, _(verdicts[a->verdict]));
    if (a->verdict == LAYOUT_RULED_OUT)
        buffer_append_string(line, _(a->reason));
    else
        append_bits(line, a);
}

/* The layouts tried: blocks, bits, the template, the outcome. */
static void print_layouts(const struct record_account *a)
{
    size_t i;

    for (i = 0; i < a->layout_count; i++) {
        const struct record_account_layout *layout = &a->layouts[i];
        struct buffer line = {0};

        buffer_append_format(&line, ngettext("%6zu block", "%6zu blocks", layout->blocks),
                             layout->blocks);
        if (layout->verdict != LAYOUT_RULED_OUT)
            buffer_append_format(&line, " %8.1f  ", (double)layout->bits);
        else
            buffer_append_string(&line, "        -  ");
        append_template(&line, layout);
        buffer_append_string(&line, "  ");
        append_verdict(&line, layout);
        buffer_append_char(&line, '\n');
        fputs(buffer_string(&line), stdout);
        buffer_release(&line);
    }
}

/* A failing system call is trouble; anything wrong with the bytes is an error of the file. */
static int status_of(const struct loaded *l, const struct diagnostics *found)
{
    if (l->failed && (l->err.code == ERROR_SYSTEM || l->err.code == ERROR_USAGE))
        return EXIT_TROUBLE;
    if (l->failed || (found != NULL && found->count[SEVERITY_ERROR] > 0))
        return EXIT_NOTHING;
    return EXIT_DONE;
}

static int check_path(const char *path, const struct options *o)
{
    struct loaded l;
    struct buffer messages = {0};
    const struct diagnostics *found;
    int status;

    load(&l, path, o);
    found = l.loader != NULL ? loader_diagnostics(l.loader) : NULL;
    if (l.has_notice || (!l.failed && (!speaker_names_keep(path, o, &l.notice) ||
                                       !record_layout_keep(path, o, &l.notice))))
        report_error(&messages, NULL, &l.notice);
    if (found != NULL)
        report_diagnostics(&messages, path, found, SEVERITY_NOTE, DIAGNOSTICS_KEPT);
    if (l.failed)
        report_error(&messages, path, &l.err);
    status = status_of(&l, found);
    if (status == EXIT_DONE)
        print_summary(&l);
    if (status == EXIT_DONE)
        print_account(&l);
    if (status == EXIT_DONE && o->layouts)
        print_layouts(loader_account(l.loader));
    if (status == EXIT_DONE && strcmp(loader_format_name(l.loader), "plain") == 0 &&
        transcript_speaker_count(l.transcript) == 0) {
        error_set(&l.err, ERROR_UNSUPPORTED, "no speakers found: it is shown as text");
        report_error(&messages, path, &l.err);
        status = EXIT_NOTHING;
    }
    report_flush(&messages);
    buffer_release(&messages);
    load_release(&l);
    return status;
}

int command_check(const struct options *o)
{
    char *const *paths = command_paths(o);
    struct output out;
    int worst = EXIT_DONE;

    if (paths == NULL)
        return EXIT_TROUBLE;
    output_standard(&out);
    out.written = true; /* no output is a valid result too */
    for (; *paths != NULL; paths++) {
        int status = check_path(*paths, o);

        if (status > worst)
            worst = status;
    }
    return output_finish(&out, worst);
}
