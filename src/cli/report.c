/* Messages on standard error. Each is one line, whatever a path or a file contains. */
#include "shilu/cli/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shilu/base/translate.h"
#include "shilu/cli/progress.h"
#include "shilu/text/display.h"

/* On one line, even for a path. */
static void append_safe(struct buffer *out, const char *text)
{
    size_t at = out->bytes;

    display_sanitize(out, text, strlen(text));
    for (; at < out->bytes; at++)
        if (out->data[at] == '\n' || out->data[at] == '\t')
            out->data[at] = ' ';
}

static void append_line(struct buffer *out, const char *path, uint64_t line, uint64_t column,
                        const char *mark, const char *message)
{
    buffer_append_string(out, "shilu: ");
    if (path != NULL) {
        append_safe(out, path);
        if (line > 0)
            buffer_append_format(out, ":%" PRIu64, line);
        if (line > 0 && column > 0)
            buffer_append_format(out, ":%" PRIu64, column);
        buffer_append_string(out, ": ");
    }
    buffer_append_string(out, mark);
    append_safe(out, message);
    buffer_append_char(out, '\n');
}

void report_error(struct buffer *out, const char *path, const struct error *err)
{
    append_line(out, path, err->line, err->column, "", err->message);
}

void report_diagnostics(struct buffer *out, const char *path, const struct diagnostics *list,
                        enum severity least, size_t most)
{
    static const char *const marks[] = {[SEVERITY_NOTE] = N_("note: "),
                                        [SEVERITY_WARNING] = N_("warning: "),
                                        [SEVERITY_ERROR] = ""};
    size_t found = 0;
    size_t shown = 0;
    size_t i;
    struct error more;

    for (i = least; i <= SEVERITY_ERROR; i++)
        found += list->count[i];
    for (i = 0; i < list->kept && shown < most; i++) {
        const struct diagnostic *d = &list->items[i];

        if (d->severity < least)
            continue;
        append_line(out, path, d->line, d->column, _(marks[d->severity]), d->message);
        shown++;
    }
    if (found > shown) {
        error_set(&more, ERROR_SYNTAX, "and %zu more", found - shown);
        report_error(out, path, &more);
    }
}

void report_flush(struct buffer *out)
{
    if (out->bytes == 0)
        return;
    progress_quietly();
    fflush(stdout);
    fwrite(out->data, 1, out->bytes, stderr);
    buffer_clear(out);
}

void report_now(const char *path, const struct error *err)
{
    struct buffer out = {0};

    report_error(&out, path, err);
    report_flush(&out);
    buffer_release(&out);
}
