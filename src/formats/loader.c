/* Loader: fills the window, recognises the format from the first of it, then pulls segments
 * until the budget is spent. What is wrong with a file as a whole is said at its end. */
#include "shilu/formats/loader.h"

#include <inttypes.h>
#include <poll.h>
#include <stdlib.h>

#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/formats/registry.h"

enum { FILL_BYTES = 65536, STEPS_BETWEEN_CLOCKS = 64 };

struct loader {
    struct transcript *transcript;
    struct input *input;
    const struct reader_ops *ops; /* NULL until the format is known */
    void *reader;
    struct diagnostics found;
    bool reader_ended;
    bool done;
    bool failed;
    size_t fill_bytes;
};

struct loader *loader_new(struct source *take, struct transcript *t,
                          const struct loader_options *options, struct error *err)
{
    const struct reader_ops *ops = NULL;
    struct input *input;
    struct loader *l;

    if (options->format != NULL) {
        ops = registry_reader(options->format);
        if (ops == NULL) {
            source_close(take);
            error_set(err, ERROR_USAGE, "no input format is called '%s'", options->format);
            return NULL;
        }
    }
    input = input_new(take, options->encoding, err);
    if (input == NULL)
        return NULL;
    l = memory_zalloc(1, sizeof *l);
    l->transcript = t;
    l->input = input;
    l->ops = ops;
    l->fill_bytes = FILL_BYTES;
    return l;
}

void loader_free(struct loader *l)
{
    if (l == NULL)
        return;
    if (l->reader != NULL)
        l->ops->close(l->reader);
    input_free(l->input);
    diagnostics_release(&l->found);
    free(l);
}

/* Fill the window once. A reader that asks again and again for one large element gets twice
 * as much each time, so that its cost stays linear. */
static enum loader_status fill(struct loader *l, struct error *err)
{
    switch (input_fill(l->input, l->fill_bytes, err)) {
    case SOURCE_WAIT:
        return LOADER_WAIT;
    case SOURCE_ERROR:
        l->failed = true;
        return LOADER_FAILED;
    case SOURCE_DATA:
    case SOURCE_END:
        break;
    }
    return LOADER_BUSY;
}

/* LOADER_DONE here: the format is known and its reader is open. */
static enum loader_status recognise(struct loader *l, struct error *err)
{
    size_t bytes;
    const char *head = input_window(l->input, &bytes);

    if (l->ops == NULL) {
        if (bytes < RECOGNISE_BYTES && !input_ended(l->input)) {
            enum loader_status status = fill(l, err);

            /* A pipe that has paused: what it has brought must do, if it does. */
            if (status != LOADER_WAIT || bytes == 0 ||
                registry_recognise(head, bytes, false) == NULL)
                return status;
            head = input_window(l->input, &bytes);
        }
        if (bytes == 0) {
            l->failed = true;
            error_set(err, ERROR_SYNTAX, "the file is empty");
            return LOADER_FAILED;
        }
        if (bytes > RECOGNISE_BYTES)
            bytes = RECOGNISE_BYTES;
        l->ops = registry_recognise(head, bytes, input_ended(l->input));
    }
    if (l->ops == NULL) {
        l->failed = true;
        error_set(err, ERROR_UNSUPPORTED, "not a transcript in a format that shilu knows");
        return LOADER_FAILED;
    }
    l->reader = l->ops->open();
    return LOADER_DONE;
}

static const char *plural(uint64_t count)
{
    return count == 1 ? "" : "s";
}

/* What can only be said of the whole. */
static void finish(struct loader *l)
{
    uint64_t replaced = input_replaced(l->input);

    l->done = true;
    if (replaced > 0)
        diagnostics_add(&l->found, SEVERITY_WARNING, 0, 0,
                        "%" PRIu64 " invalid byte sequence%s became U+FFFD", replaced,
                        plural(replaced));
    if (!transcript_in_time_order(l->transcript))
        diagnostics_add(&l->found, SEVERITY_NOTE, 0, 0,
                        "times go back; the segments stay in order of speech");
}

/* One pull of the reader. */
static enum loader_status pull(struct loader *l, struct error *err)
{
    struct reader_context context = {l->input, l->transcript, &l->found};

    switch (l->ops->next(l->reader, &context, err)) {
    case READER_SEGMENT:
        l->fill_bytes = FILL_BYTES;
        return LOADER_BUSY;
    case READER_MORE:
        if (input_ended(l->input))
            break; /* a reader that asks for what cannot come is at its end */
        if (l->fill_bytes < ((size_t)64 << 20))
            l->fill_bytes *= 2;
        return fill(l, err);
    case READER_END:
        break;
    case READER_ERROR:
        l->failed = true;
        return LOADER_FAILED;
    }
    finish(l);
    return LOADER_DONE;
}

enum loader_status loader_step(struct loader *l, int64_t budget_ms, size_t segments,
                               struct error *err)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    enum loader_status status = LOADER_BUSY;
    unsigned steps = 0;

    if (l->done)
        return LOADER_DONE;
    if (l->failed)
        return LOADER_FAILED;
    do {
        if (l->reader == NULL) {
            status = recognise(l, err);
            if (status == LOADER_DONE)
                status = LOADER_BUSY;
        } else {
            status = pull(l, err);
        }
        if (segments > 0 && transcript_count(l->transcript) >= segments)
            break;
    } while (status == LOADER_BUSY &&
             (++steps % STEPS_BETWEEN_CLOCKS != 0 || clock_monotonic_ms() < end_ms));
    return status;
}

bool loader_run(struct loader *l, struct error *err)
{
    for (;;) {
        switch (loader_step(l, 1000, 0, err)) {
        case LOADER_BUSY:
            break;
        case LOADER_WAIT:
            poll(&(struct pollfd){.fd = loader_fd(l), .events = POLLIN}, 1, -1);
            break;
        case LOADER_DONE:
            return true;
        case LOADER_FAILED:
            return false;
        }
    }
}

int loader_fd(const struct loader *l)
{
    return source_fd(input_source(l->input));
}

int loader_percent(const struct loader *l)
{
    int64_t total = source_total_bytes(input_source(l->input));
    int64_t read = source_read_bytes(input_source(l->input));

    if (l->done)
        return 100;
    if (total <= 0)
        return -1;
    return read >= total ? 99 : (int)(read * 100 / total);
}

const char *loader_format(const struct loader *l)
{
    return l->ops != NULL ? l->ops->title : "";
}

const char *loader_format_name(const struct loader *l)
{
    return l->ops != NULL ? l->ops->name : "";
}

const char *loader_encoding(const struct loader *l)
{
    return input_encoding(l->input);
}

const struct diagnostics *loader_diagnostics(const struct loader *l)
{
    return &l->found;
}
