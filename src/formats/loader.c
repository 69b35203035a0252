/* Loader: fills the window, detects the format, and pulls segments until time is up.
 *
 * Invariant: `status` is the result so far. Once it is DONE or FAILED nothing more is read, and
 * every later step returns the same, until loader_follow. */
#include "shilu/formats/loader.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "formats/common/file_signature.h"
#include "formats/common/folded_text.h"
#include "formats/json/json_preamble.h"
#include "formats/records/line/layout.h"
#include "formats/speaker_turns.h"
#include "formats/trial.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/formats/format_name.h"
#include "shilu/formats/registry.h"

/* FILL_BYTES at a time. Beyond PATIENT_BYTES, a reader that wants more is called again only
 * when the window has grown by a quarter, so that rescanning stays proportional. The clock is
 * checked every STEPS calls. */
enum { FILL_BYTES = 65536, PATIENT_BYTES = 262144, STEPS = 32, RUN_MS = 1000 };

/* How often to check whether to stop. */
enum { SLICE_MS = 4 };

/* Drafts move to the transcript when so many wait, and at the end of each step. */
enum { MOVE_SEGMENTS = 256 };

/* How many readers may try the head of a file. */
enum { CANDIDATES = 4 };

/* If nobody has spoken yet in JSON, the head grows by this factor: the whole text may be one
 * long string before the list. */
enum { JSON_HEAD_TIMES = 4, JSON_HEAD_BYTES_MAX = 4 << 20 };

struct loader {
    struct input *input;
    struct transcript *transcript;
    struct drafts *drafts;
    struct diagnostics diagnostics;
    struct record_account account;
    char *layout;                    /* owned, or NULL */
    char *path;                      /* owned; NULL once turns were looked for beside it */
    struct speaker_turns *turns;     /* or NULL */
    const struct reader_ops *reader; /* NULL until the format is known */
    void *self;
    bool lines;
    bool records_only;
    size_t head_bytes;   /* length of the head used for detection */
    size_t wanted_bytes; /* the size of the window that the reader waits for; 0 if it does
                          * not wait */
    enum loader_status status;
    uint64_t replaced_reported;
    bool order_reported;
    struct error err; /* if LOADER_FAILED */
};

static void refuse_format(const char *typed, struct error *err)
{
    const struct reader_ops *const *readers = registry_readers();
    const char **names;
    size_t count = 0;

    while (readers[count] != NULL)
        count++;
    names = memory_zalloc(count, sizeof *names);
    for (size_t i = 0; i < count; i++)
        names[i] = readers[i]->name;
    format_name_refuse(typed, names, count, err);
    free(names);
}

struct loader *loader_new(struct source *take, struct transcript *t,
                          const struct loader_options *options, struct error *err)
{
    const struct reader_ops *reader = NULL;
    struct input *input;
    struct loader *l;

    if (options->layout != NULL && !loader_check_layout(options->layout, err)) {
        source_close(take);
        return NULL;
    }
    if (options->format != NULL) {
        reader = registry_reader(options->format);
        if (reader == NULL) {
            source_close(take);
            refuse_format(options->format, err);
            return NULL;
        }
    }
    source_limit(take, options->unpack);
    input = input_new(take, options->encoding, err);
    if (input == NULL)
        return NULL;
    l = memory_zalloc(1, sizeof *l);
    l->input = input;
    l->transcript = t;
    l->records_only = options->records_only;
    l->layout = options->layout != NULL ? memory_strdup(options->layout) : NULL;
    l->drafts = drafts_new();
    l->lines = options->lines;
    l->reader = reader;
    l->self = reader != NULL ? reader_open(reader) : NULL;
    l->head_bytes = DETECT_BYTES;
    return l;
}

struct loader *loader_open(const char *path, struct transcript *t,
                           const struct loader_options *options, struct error *err)
{
    struct source *source = strcmp(path, "-") == 0 ? source_open_fd(STDIN_FILENO, false)
                                                   : source_open_path(path, err);
    struct loader *l = source != NULL ? loader_new(source, t, options, err) : NULL;

    if (l != NULL)
        l->path = memory_strdup(path);
    return l;
}

void loader_free(struct loader *l)
{
    if (l == NULL)
        return;
    if (l->reader != NULL)
        l->reader->close(l->self);
    input_free(l->input);
    drafts_free(l->drafts);
    free(l->path);
    speaker_turns_free(l->turns);
    diagnostics_release(&l->diagnostics);
    free(l->layout);
    free(l);
}

static size_t window_bytes(const struct loader *l)
{
    size_t bytes;

    input_window(l->input, &bytes);
    return bytes;
}

static void note_replaced(struct loader *l)
{
    unsigned long long replaced = input_replaced(l->input) - l->replaced_reported;

    l->replaced_reported += replaced;
    if (replaced == 1)
        diagnostics_add(&l->diagnostics, SEVERITY_WARNING, 0, 0,
                        "1 invalid byte sequence became U+FFFD");
    else if (replaced > 1)
        diagnostics_add(&l->diagnostics, SEVERITY_WARNING, 0, 0,
                        "%llu invalid byte sequences became U+FFFD", replaced);
}

static void note_order(struct loader *l)
{
    int64_t before_ms = TIME_NONE;
    size_t back = 0;
    size_t i;

    if (l->order_reported || transcript_in_time_order(l->transcript))
        return;
    l->order_reported = true;
    for (i = 0; i < transcript_count(l->transcript); i++) {
        int64_t start_ms = transcript_segment(l->transcript, (uint32_t)i)->start_ms;

        if (start_ms == TIME_NONE)
            continue;
        back += before_ms != TIME_NONE && start_ms < before_ms;
        before_ms = start_ms;
    }
    if (back == 1)
        diagnostics_add(&l->diagnostics, SEVERITY_NOTE, 0, 0,
                        "1 segment starts before the one above it");
    else if (back > 1)
        diagnostics_add(&l->diagnostics, SEVERITY_NOTE, 0, 0,
                        "%zu segments start before the one above them", back);
}

/* Look for speakers beside the file only if they can be assigned. */
static void assign_turns(struct loader *l)
{
    if (l->path != NULL && speaker_turns_are_wanted(l->drafts)) {
        l->turns = speaker_turns_beside(l->path, &l->diagnostics);
        free(l->path);
        l->path = NULL;
    }
    speaker_turns_assign(l->turns, l->drafts);
}

static enum loader_status finish(struct loader *l, enum loader_status status)
{
    const struct error *failure = input_failure(l->input);
    struct error full;

    assign_turns(l);
    if (!drafts_move(l->drafts, l->transcript, &full) && status == LOADER_DONE) {
        status = LOADER_FAILED;
        l->err = full;
    }
    if (status == LOADER_DONE && failure != NULL) {
        status = LOADER_FAILED;
        l->err = *failure;
    }
    note_replaced(l);
    note_order(l);
    l->status = status;
    return status;
}

/* BUSY: the window has grown, or its end is known. REST: everything available was read. */
static enum loader_status fill(struct loader *l)
{
    switch (input_fill(l->input, FILL_BYTES)) {
    case SOURCE_WAIT:
        return LOADER_WAIT;
    case SOURCE_END:
        if (!input_ended(l->input) && loader_grows(l))
            return LOADER_REST;
        input_follow(l->input, false); /* the source cannot be followed */
        return LOADER_BUSY;
    default:
        return LOADER_BUSY;
    }
}

static void want_more(struct loader *l)
{
    size_t have = window_bytes(l);

    l->wanted_bytes = have + (have > PATIENT_BYTES ? have / 4 : 1);
}

static enum loader_status move(struct loader *l, enum loader_status status)
{
    assign_turns(l);
    return drafts_move(l->drafts, l->transcript, &l->err) ? status : finish(l, LOADER_FAILED);
}

/* The status after the reader's answer. `filled`: the status after the window was filled. */
static enum loader_status after(struct loader *l, enum reader_status answer,
                                enum loader_status filled)
{
    switch (answer) {
    case READER_SEGMENT:
        return drafts_waiting(l->drafts) < MOVE_SEGMENTS ? LOADER_BUSY : move(l, LOADER_BUSY);
    case READER_MORE:
        if (input_ended(l->input)) /* nothing more can come, so this is all it has */
            return finish(l, LOADER_DONE);
        if (filled == LOADER_BUSY)
            want_more(l);
        return filled;
    case READER_END:
        return finish(l, LOADER_DONE);
    default:
        return finish(l, LOADER_FAILED);
    }
}

/* If the source failed, that is the reason. */
static enum loader_status refuse(struct loader *l, enum error_code code, const char *message)
{
    if (input_failure(l->input) != NULL)
        return finish(l, LOADER_DONE);
    error_set(&l->err, code, "%s", _(message));
    l->status = LOADER_FAILED;
    return LOADER_FAILED;
}

static enum loader_status refuse_kind(struct loader *l, const char *kind)
{
    char message[160];

    snprintf(message, sizeof message, _("cannot read %s"), _(kind));
    return refuse(l, ERROR_UNSUPPORTED, message);
}

/* No reader took this head: say what it is, as far as that shows. */
static enum loader_status refuse_head(struct loader *l, struct span head)
{
    size_t blank = json_preamble_bytes(head);

    if (input_binary(l->input) != NULL)
        return refuse_kind(l, input_binary(l->input));
    if (file_signature_is_data(head))
        return refuse_kind(l, file_signature_data);
    if (folded_trim(head).length == 0 && input_ended(l->input) &&
        head.length == window_bytes(l))
        return refuse(l, ERROR_UNSUPPORTED, N_("the file holds nothing but blanks"));
    if (blank < head.length && (head.data[blank] == '{' || head.data[blank] == '['))
        return refuse(l, ERROR_UNSUPPORTED, N_("the JSON holds no transcript"));
    return refuse(l, ERROR_UNSUPPORTED, N_("not a transcript in a format that shilu knows"));
}

/* Length of the whole lines of a head whose last line may still be incomplete. */
static size_t whole_lines(const char *head, size_t bytes)
{
    while (bytes > 0 && head[bytes - 1] != '\n' && head[bytes - 1] != '\r')
        bytes--;
    return bytes;
}

/* Take over what a trial has read. */
static enum loader_status adopt(struct loader *l, struct trial *t)
{
    l->reader = t->reader;
    if (t->cut) {
        l->self = reader_open(t->reader);
        return LOADER_BUSY;
    }
    input_consume(l->input, input_consumed(t->input));
    l->self = t->self;
    drafts_free(l->drafts);
    l->drafts = t->drafts;
    diagnostics_release(&l->diagnostics);
    l->diagnostics = t->diagnostics;
    l->account = t->account;
    t->self = NULL;
    t->drafts = NULL;
    t->diagnostics = (struct diagnostics){0};
    if (t->status == READER_ERROR)
        l->err = t->err;
    return after(l, t->status, LOADER_BUSY);
}

static bool is_json(const struct registry_candidate *candidate)
{
    return candidate->reader->json != NULL || candidate->reader->detect_json != NULL;
}

/* Detected by members that only this format has, for JSON formats that declare them. */
static bool is_sure(const struct registry_candidate *candidate)
{
    return is_json(candidate) && candidate->confidence >= CONFIDENCE_CERTAIN - 1;
}

/* Returns false if the head has its maximum length, or is the whole file. */
static bool lengthen_head(struct loader *l, size_t bytes)
{
    size_t window_bytes;

    input_window(l->input, &window_bytes);
    if (bytes >= JSON_HEAD_BYTES_MAX || (input_ended(l->input) && bytes == window_bytes))
        return false;
    l->head_bytes = bytes * JSON_HEAD_TIMES;
    return true;
}

static bool found_nothing(const struct trial *t)
{
    return t->status == READER_ERROR && t->err.code == ERROR_UNSUPPORTED &&
           drafts_count(t->drafts) == 0;
}

/* Candidates read the head until one of them finds everything; if none does, the one that finds
 * most wins. */
static enum loader_status choose(struct loader *l, struct registry_candidate *candidates,
                                 size_t count, size_t bytes)
{
    size_t window_bytes;
    struct span head = span_of(input_window(l->input, &window_bytes), bytes);
    struct trial best, other;
    enum loader_status status;
    size_t i;

    if (!candidates[0].reader->by_result || candidates[0].confidence == CONFIDENCE_CERTAIN) {
        l->reader = candidates[0].reader;
        l->self = candidates[0].self != NULL ? candidates[0].self : reader_open(l->reader);
        candidates[0].self = NULL;
        return LOADER_BUSY;
    }
    trial_run(&best, candidates[0].reader, l->input, bytes, l->lines, is_sure(&candidates[0]));
    for (i = 1; i < count && !trial_is_complete(&best, head); i++) {
        struct trial worse;

        /* Every text contains words, so that is no argument against a format that found
         * some. */
        if (candidates[i].reader->fallback && drafts_count(best.drafts) > 0)
            break;
        trial_run(&other, candidates[i].reader, l->input, bytes, l->lines, false);
        worse = trial_is_better(&other, &best) ? best : other;
        if (trial_is_better(&other, &best))
            best = other;
        trial_release(&worse);
    }
    if (!found_nothing(&best) || candidates[0].confidence >= CONFIDENCE_MAYBE)
        status = adopt(l, &best);
    else if (is_json(&candidates[0]) && lengthen_head(l, bytes))
        status = LOADER_BUSY;
    else
        status = refuse_head(l, head);
    trial_release(&best);
    return status;
}

/* The user gave a layout: text that is not certainly in another format is read with it. */
static size_t prefer_layout(const struct loader *l, struct registry_candidate *candidates,
                            size_t count)
{
    if (l->layout == NULL || l->records_only || input_binary(l->input) != NULL ||
        (count > 0 &&
         (candidates[0].reader->by_layout || candidates[0].confidence >= CONFIDENCE_STRONG)))
        return count;
    registry_release(candidates, count);
    candidates[0] = (struct registry_candidate){registry_reader("text"), CONFIDENCE_CERTAIN,
                                                NULL};
    return 1;
}

/* Keep the first `kept` of them. */
static size_t keep_candidates(struct registry_candidate *candidates, size_t count, size_t kept)
{
    registry_release(candidates + kept, count - kept);
    return kept;
}

/* Choose a reader by the head. Do not wait for a pipe that pauses if its head is already
 * conclusive. */
static enum loader_status detect(struct loader *l)
{
    struct registry_candidate candidates[CANDIDATES];
    enum loader_status status = LOADER_BUSY;
    const char *head;
    size_t count;
    size_t bytes;
    bool whole;

    while (window_bytes(l) < l->head_bytes && !input_ended(l->input)) {
        status = fill(l);
        if (status != LOADER_BUSY)
            break;
    }
    head = input_window(l->input, &bytes);
    whole = input_ended(l->input);
    if (whole && bytes == 0)
        return refuse(l, ERROR_SYNTAX, "the file is empty");
    if (bytes > l->head_bytes) {
        bytes = l->head_bytes;
        whole = false;
    }
    if (status == LOADER_REST)
        bytes = whole_lines(head, bytes);
    count = registry_detect(head, bytes, whole || status == LOADER_REST,
                            input_binary(l->input) != NULL, candidates, CANDIDATES);
    count = prefer_layout(l, candidates, count);
    /* Detection opened it with other layouts. */
    if (l->layout != NULL)
        registry_release(candidates, count);
    if (status == LOADER_WAIT && count > 0 && candidates[0].confidence < CONFIDENCE_LIKELY)
        count = keep_candidates(candidates, count, 0);
    /* More lines may show that a growing text is a record. */
    if (l->records_only || status == LOADER_REST || status == LOADER_WAIT)
        while (count > 0 && candidates[count - 1].reader->fallback)
            count = keep_candidates(candidates, count, count - 1);
    if (count > 0) {
        status = choose(l, candidates, count, bytes);
        registry_release(candidates, count);
        return status;
    }
    if (status == LOADER_BUSY || input_binary(l->input) != NULL)
        return refuse_head(l, span_of(head, bytes));
    return status;
}

/* After READER_MORE: fill until asking again is worthwhile. */
static enum loader_status fill_wanted(struct loader *l)
{
    while (window_bytes(l) < l->wanted_bytes && !input_ended(l->input)) {
        enum loader_status status = fill(l);

        if (status != LOADER_BUSY)
            return status;
    }
    l->wanted_bytes = 0;
    return LOADER_BUSY;
}

/* Call the reader once. When the input rests, call it once more, since it may give out then
 * what it held back. */
static enum loader_status pull(struct loader *l)
{
    struct reader_context context = {.input = l->input,
                                     .drafts = l->drafts,
                                     .diagnostics = &l->diagnostics,
                                     .layout = l->layout,
                                     .account = &l->account};
    enum loader_status filled = l->wanted_bytes > 0 ? fill_wanted(l) : LOADER_BUSY;

    if (filled != LOADER_BUSY && filled != LOADER_REST)
        return filled;
    if (input_binary(l->input) != NULL && !l->reader->binary) /* the user named this format */
        return refuse_kind(l, input_binary(l->input));
    if (l->lines && input_binary(l->input) == NULL)
        drafts_set_line(l->drafts, input_next_line(l->input));
    return after(l, l->reader->next(l->self, &context, &l->err), filled);
}

enum loader_status loader_step(struct loader *l, int64_t budget_ms, size_t segments,
                               struct error *err)
{
    int64_t end_ms = clock_monotonic_ms() + budget_ms;
    enum loader_status status = l->status;
    unsigned step = 0;

    while (status == LOADER_BUSY) {
        if (segments > 0 &&
            transcript_count(l->transcript) + drafts_waiting(l->drafts) >= segments)
            break;
        if (++step % STEPS == 0 && clock_monotonic_ms() >= end_ms)
            break;
        status = l->reader == NULL ? detect(l) : pull(l);
    }
    if (l->status == LOADER_BUSY)
        status = move(l, status);
    if (status == LOADER_FAILED)
        *err = l->err;
    return status;
}

enum loader_status loader_run_until(struct loader *l, const atomic_bool *stop,
                                    struct error *err)
{
    enum loader_status status;

    do {
        status = loader_step(l, SLICE_MS, 0, err);
    } while (status == LOADER_BUSY && !atomic_load(stop));
    return status;
}

bool loader_run(struct loader *l, struct error *err)
{
    return loader_run_with_progress(l, NULL, NULL, err);
}

bool loader_run_with_progress(struct loader *l, loader_listener *listener, void *context,
                              struct error *err)
{
    for (;;) {
        if (listener != NULL)
            listener(context, loader_percent(l));
        switch (loader_step(l, RUN_MS, 0, err)) {
        case LOADER_DONE:
            return true;
        case LOADER_FAILED:
            return false;
        case LOADER_WAIT: {
            struct pollfd at = {.fd = loader_fd(l), .events = POLLIN};

            poll(&at, 1, -1);
            break;
        }
        case LOADER_REST: /* for followers only, and there are none here */
        case LOADER_BUSY:
            break;
        }
    }
}

void loader_follow(struct loader *l, bool on)
{
    input_follow(l->input, on && loader_grows(l));
    if (on && l->status == LOADER_DONE)
        l->status = LOADER_BUSY;
}

bool loader_grows(const struct loader *l)
{
    return !source_is_compressed(input_source(l->input)) &&
           (l->reader == NULL || l->reader->grows);
}

bool loader_ends_line(const struct loader *l)
{
    return input_ends_line(l->input);
}

int loader_fd(const struct loader *l)
{
    return source_fd(input_source(l->input));
}

int64_t loader_read_bytes(const struct loader *l)
{
    return source_read_bytes(input_source(l->input));
}

int64_t loader_known_bytes(const struct loader *l)
{
    int64_t total = source_total_bytes(input_source(l->input));

    return total > loader_read_bytes(l) ? total : loader_read_bytes(l);
}

int loader_percent(const struct loader *l)
{
    int64_t total = source_total_bytes(input_source(l->input));
    int64_t read = source_read_bytes(input_source(l->input));

    if (l->status == LOADER_DONE)
        return 100;
    if (total <= 0)
        return -1;
    return read >= total ? 100 : (int)((double)read / (double)total * 100.0);
}

const char *loader_format(const struct loader *l)
{
    return l->reader != NULL ? l->reader->title : "";
}

const struct record_account *loader_account(const struct loader *l)
{
    return &l->account;
}

bool loader_check_layout(const char *layout, struct error *err)
{
    const struct layout_row row = {layout, 0, 0};
    struct layout compiled;

    return layout_compile(&compiled, &row, err);
}

const char *loader_format_name(const struct loader *l)
{
    return l->reader != NULL ? l->reader->name : "";
}

const char *loader_encoding(const struct loader *l)
{
    return input_encoding(l->input);
}

const struct diagnostics *loader_diagnostics(const struct loader *l)
{
    return &l->diagnostics;
}
