/* A record on the screen: the file that is loaded or followed, and the session that shows it.
 * The session is the screen, and this is where its transcript comes from. */
#include "app/record_screen.h"

#include <stdlib.h>
#include <string.h>

#include "app/follow.h"
#include "app/record.h"
#include "app/rename.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/cli/report.h"
#include "shilu/cli/selection_options.h"
#include "shilu/session/session.h"
#include "shilu/store/json_file.h"
#include "shilu/store/places.h"
#include "shilu/text/display.h"

enum {
    FIRST_SEGMENTS = 100, /* enough to fill any screen */
    FIRST_MS = 50,        /* how long to wait for the first screen */
    RETRY_MS = 5000       /* between two attempts to save what could not be saved */
};

struct record_screen {
    struct loop *loop;
    char *path; /* owned, like query */
    struct record record;
    struct follow follow;
    struct notes *notes;
    bool has_met_notes;      /* they have been given what is loaded */
    int64_t retry_ms;        /* the next attempt to save them, on the monotonic clock */
    struct session *session; /* owned by the loop once it is shown */
    int reported_percent;
    size_t reported_count;
    bool waits_for_loader;
    bool is_first;    /* opened by the command line */
    bool has_started; /* has started where that said */
    bool has_part;    /* has selected what that said */
    char *query;      /* query of the hit to go to once it is loaded; or NULL */
    struct hit hit;
    bool is_limited; /* the hits are, by what was loaded when it was shown */
};

struct record_screen *record_screen_new(struct loop *l, const char *path, const char *query,
                                        const struct hit *hit, struct error *err)
{
    struct record_screen *r = memory_zalloc(1, sizeof *r);

    r->loop = l;
    r->path = memory_strdup(path);
    if (!record_open(&r->record, r->path, l->options, err)) {
        free(r->path);
        free(r);
        return NULL;
    }
    r->is_first = l->count == 0;
    if (r->is_first && l->options->start != NULL)
        record_leave_place(&r->record);
    if (query != NULL) {
        r->query = memory_strdup(query);
        r->hit = *hit;
        record_leave_place(&r->record);
    } else if (hit != NULL) {
        record_leave_place(&r->record);
        record_go_to(&r->record, hit->segment);
    }
    return r;
}

void record_screen_free(struct record_screen *r)
{
    record_close(&r->record);
    notes_free(r->notes);
    free(r->query);
    free(r->path);
    free(r);
}

/* ------------------------------------------------------------------- what is reported */

static void append_position(struct buffer *out, const char *path, uint64_t line,
                            uint64_t column)
{
    if (path != NULL && line > 0)
        buffer_append_format(out, "%s:", path);
    if (line > 0)
        buffer_append_format(out, "%llu:%llu: ", (unsigned long long)line,
                             (unsigned long long)column);
}

static void show_error(struct record_screen *r, const char *path, uint64_t line,
                       uint64_t column, const char *text)
{
    struct buffer message = {0};

    append_position(&message, path, line, column);
    buffer_append_string(&message, text);
    ui_error(session_ui(r->session), buffer_string(&message));
    buffer_release(&message);
}

/* The first message: an error in the config, or something about the terminal. */
static void report_at_start(struct record_screen *r)
{
    const struct config *config = &r->loop->config;
    const char *notice = screen_notice(r->loop->terminal);

    if (config->faults.kept > 0)
        show_error(r, config->path, config->faults.items[0].line,
                   config->faults.items[0].column, config->faults.items[0].message);
    else if (r->record.has_notice)
        ui_error(session_ui(r->session), r->record.notice.message);
    else if (notice != NULL)
        ui_error(session_ui(r->session), notice);
}

/* Say that the place was found under another path. */
static void say_found_place(struct record_screen *r)
{
    struct buffer message = {0};

    if (r->record.was == NULL)
        return;
    buffer_append_format(&message, _("same text as '%s': back where you left it"),
                         r->record.was);
    ui_say(session_ui(r->session), message.data);
    buffer_release(&message);
}

/* Give the loaded words to the notes; notes found again are reported. A record that could not
 * be read to its end lacks words, which is no reason to move their notes. */
static void meet_notes(struct record_screen *r)
{
    bool whole = !record_is_loading(&r->record) && r->record.status != LOADER_FAILED &&
                 !loader_diagnostics(r->record.loader)->is_cut;
    struct buffer said = {0};

    if (notes_meet(r->notes, r->record.transcript, whole, &said)) {
        session_notes_changed(r->session);
        ui_say(session_ui(r->session), said.data);
    }
    buffer_release(&said);
}

/* Corrections recognised by the words of the record. */
static void meet_corrections(struct record_screen *r)
{
    struct buffer *found = &r->record.found;

    if (record_take_lay_over(&r->record))
        session_words_changed(r->session);
    if (found->bytes > 0)
        ui_say(session_ui(r->session), found->data);
    buffer_clear(found);
}

/* The part and the place that the command line asks for: once, when everything is loaded, since
 * their meaning may depend on the end. Words are searched for as they arrive, and the end is
 * waited for. */
static void start_as_asked(struct record_screen *r, bool done)
{
    const struct options *o = r->loop->options;
    struct selection part = SELECTION_INIT;
    struct error err;

    if (r->is_first && o->start != NULL && !r->has_started &&
        (done || strchr("G/?", *o->start) != NULL)) {
        r->has_started = true;
        if (!session_start_at(r->session, o->start, &err))
            ui_error(session_ui(r->session), err.message);
    }
    if (!done || r->has_part)
        return;
    r->has_part = true;
    if (o->speakers == NULL && o->from == NULL && o->to == NULL && o->question == 0 &&
        o->kind == NULL)
        return;
    if (selection_options_parse(&part, r->record.transcript, o,
                                r->is_first ? SELECT_ONE : SELECT_ALL, &err) == EXIT_DONE) {
        session_select_part(r->session, &part);
    } else {
        selection_release(&part);
        ui_error(session_ui(r->session), err.message);
    }
}

/* A list that has found the hit may have searched a part of the record only. */
static void limit_hits(struct record_screen *r, bool again)
{
    struct ui *below = loop_below(r->loop, session_ui(r->session));
    struct selection part = SELECTION_INIT;

    if (below == NULL || below->ops->searched == NULL)
        return;
    if (below->ops->searched(below, r->record.transcript, &part))
        session_limit_hits(r->session, &part, again);
    else
        selection_release(&part);
}

static void report_loading(struct record_screen *r)
{
    bool ended = record_take_change(&r->record);
    bool done = !record_is_loading(&r->record);
    int percent = done ? 100 : loader_percent(r->record.loader);
    size_t count = transcript_count(r->record.transcript);
    bool is_live = percent < 0 || r->follow.on; /* no percentage shows that it has grown */
    uint32_t place;

    if (ended || percent != r->reported_percent || (is_live && count != r->reported_count))
        session_loading(r->session, percent, done, loader_diagnostics(r->record.loader));
    r->reported_percent = percent;
    r->reported_count = count;
    /* A truncated file is shown as far as it goes, and the reason is reported. */
    if (ended && r->record.status == LOADER_FAILED)
        show_error(r, NULL, r->record.err.line, r->record.err.column, r->record.err.message);
    if (record_take_place(&r->record, &place)) {
        session_go_to(r->session, place);
        say_found_place(r);
    }
    if (r->query != NULL && (done || count > r->hit.segment)) {
        session_show_hit(r->session, r->query, &r->hit);
        free(r->query);
        r->query = NULL;
        limit_hits(r, false);
        r->is_limited = !done;
    } else if (r->is_limited && done) {
        r->is_limited = false;
        limit_hits(r, true);
    }
    start_as_asked(r, done);
}

/* -------------------------------------------------------------- the source of a session */

/* The last chance for anything unsaved: print it as text on standard error, once the screen is
 * gone. */
static void report_unsaved(struct record_screen *r, struct notes *notes)
{
    struct buffer text = {0};
    struct error err;

    if (notes == NULL || notes_unsaved(notes) == 0 || notes_try_again(notes, &err))
        return;
    json_file_name_path(_("notes that could not be saved"), &err);
    report_error(&r->loop->messages, r->path, &err);
    notes_print_unsaved(notes, &text);
    display_sanitize(&r->loop->messages, text.data, text.bytes);
    buffer_release(&text);
    if (r->loop->status == EXIT_DONE)
        r->loop->status = EXIT_TROUBLE;
}

static void report_unsaved_corrections(struct record_screen *r, struct corrections *c)
{
    struct buffer text = {0};
    struct error err;

    if (c == NULL || corrections_unsaved(c) == 0 || corrections_try_again(c, &err))
        return;
    json_file_name_path("corrections that could not be saved", &err);
    report_error(&r->loop->messages, r->path, &err);
    corrections_print_unsaved(c, &text);
    display_sanitize(&r->loop->messages, text.data, text.bytes);
    buffer_release(&text);
    if (r->loop->status == EXIT_DONE)
        r->loop->status = EXIT_TROUBLE;
}

static bool has_unsaved(const struct record_screen *r)
{
    return notes_unsaved(r->notes) > 0 ||
           (r->record.corrections != NULL && corrections_unsaved(r->record.corrections) > 0);
}

/* Retry saving from time to time. */
static void retry_saving(struct record_screen *r)
{
    struct corrections *c = r->record.corrections;
    struct error ignored;

    if (!has_unsaved(r) || clock_monotonic_ms() < r->retry_ms)
        return;
    r->retry_ms = clock_monotonic_ms() + RETRY_MS;
    if (notes_unsaved(r->notes) > 0 && notes_try_again(r->notes, &ignored))
        ui_say(session_ui(r->session), "the notes are saved now");
    if (c != NULL && corrections_unsaved(c) > 0 && corrections_try_again(c, &ignored))
        ui_say(session_ui(r->session), "the corrections are saved now");
}

/* Notes of the old record that could not be saved are reported at the end, at the latest. */
static void save_old_notes(struct record_screen *r, struct notes *old)
{
    report_unsaved(r, old);
    notes_free(old);
}

/* Read from the start. If that fails, what was read before remains. */
static bool read_again(struct record_screen *r, bool same_words, struct error *err)
{
    struct notes *old_notes = r->notes;
    struct record old;

    if (!record_reopen(&r->record, r->loop->options, &old, err))
        return false;
    r->notes = notes_new(r->path);
    r->has_met_notes = false;
    if (same_words)
        session_read_again(r->session, r->record.transcript, r->notes, r->record.corrections);
    else
        session_reopen(r->session, r->record.transcript, r->notes, r->record.corrections);
    save_old_notes(r, old_notes);
    report_unsaved_corrections(r, old.corrections);
    record_close(&old);
    r->reported_percent = -2;
    return true;
}

/* The file has changed. */
static void reopen(struct record_screen *r, const char *why)
{
    struct ui *ui = session_ui(r->session);
    struct error err;

    follow_stop(&r->follow, &r->record);
    if (!read_again(r, false, &err)) {
        session_follow_ended(r->session);
        ui_error(ui, err.message);
        return;
    }
    if (follow_start(&r->follow, &r->record, &err))
        ui_say(ui, why);
    else
        ui_error(ui, err.message);
}

/* The remembered speakers have changed, and --speakers contributes to them. */
static void read_remembered_names(struct loop *l)
{
    state_speakers_free(l->names);
    l->names = state_speakers_read();
    l->options->remembered_speakers = l->names;
    l->options->speaker_map = NULL; /* the caller of the loop owns it */
    l->options->speaker_file = NULL;
    l->options->forget_speakers = false;
}

/* Names are applied during reading, so the record is read again; the user's place and choices
 * are kept. */
static bool read_names_again(struct record_screen *r, struct error *err)
{
    bool followed = r->follow.on;
    struct error ignored;

    read_remembered_names(r->loop);
    if (followed)
        follow_stop(&r->follow, &r->record);
    if (!read_again(r, true, err))
        return false;
    record_load(&r->record, FIRST_MS, 0);
    report_loading(r);
    if (followed)
        follow_start(&r->follow, &r->record, &ignored);
    return true;
}

static bool serve_rename(void *context, const char *from, const char *to, struct error *err)
{
    struct record_screen *r = context;

    if (strcmp(r->path, "-") == 0)
        return error_set(err, ERROR_UNSUPPORTED, "standard input cannot be read again");
    return rename_speaker(r->path, r->loop->options, from, to, err) && read_names_again(r, err);
}

static bool serve_rename_back(void *context, struct error *err)
{
    struct record_screen *r = context;

    return rename_back(r->path, err) && read_names_again(r, err);
}

/* The record on the screen is the one that changes. */
static bool serve_correct(void *context, const struct session_correction *change,
                          struct error *err)
{
    struct record_screen *r = context;
    struct corrections *c = r->record.corrections;
    struct transcript *t = r->record.transcript;

    if (c == NULL)
        return error_set(err, ERROR_USAGE, "the source is read as it is: --no-corrections");
    switch (change->what) {
    case CORRECT_PUT:
        return corrections_put(c, t, change->items, change->count, err);
    case CORRECT_KEEP:
    case CORRECT_LET_GO:
        return corrections_resolve(c, t, change->items, change->what == CORRECT_KEEP, err);
    case CORRECT_SAVE:
        return corrections_try_again(c, err);
    case CORRECT_UNDO:
    case CORRECT_REDO:
        break;
    }
    return corrections_undo(c, t, change->what == CORRECT_REDO, change->segment, err);
}

static bool serve_load(void *context, int64_t budget_ms)
{
    struct record_screen *r = context;
    bool has_more = record_is_loading(&r->record);

    retry_saving(r);
    if (has_more) {
        record_load(&r->record, budget_ms, 0);
        follow_note(&r->follow, &r->record);
        report_loading(r);
    }
    meet_corrections(r);
    if (has_more || !r->has_met_notes) /* not before the first screen is drawn */
        meet_notes(r);
    r->has_met_notes = true;
    if (record_is_hopeless(&r->record) && !r->follow.on)
        ui_leave(session_ui(r->session), false);
    return r->record.status == LOADER_BUSY;
}

static int serve_wait(void *context, int *wait_ms)
{
    struct record_screen *r = context;

    r->waits_for_loader = r->record.status == LOADER_WAIT;
    *wait_ms = follow_wait_ms(&r->follow);
    if (has_unsaved(r) && (*wait_ms < 0 || *wait_ms > RETRY_MS))
        *wait_ms = RETRY_MS;
    return r->waits_for_loader ? loader_fd(r->record.loader) : follow_fd(&r->follow);
}

static void serve_ready(void *context, bool ready)
{
    struct record_screen *r = context;
    const char *why = "";

    switch (follow_look(&r->follow, &r->record, ready && !r->waits_for_loader, &why)) {
    case FOLLOW_NOTHING:
    case FOLLOW_GROWN:
        break;
    case FOLLOW_GONE:
        ui_error(session_ui(r->session), "the file was removed; waiting for another");
        break;
    case FOLLOW_ENDED:
        session_follow_ended(r->session);
        break;
    case FOLLOW_CHANGED:
        reopen(r, why);
        break;
    }
}

static bool serve_follow(void *context, bool on, struct error *err)
{
    struct record_screen *r = context;

    if (on)
        return follow_start(&r->follow, &r->record, err);
    follow_stop(&r->follow, &r->record);
    return true;
}

/* The user has moved. */
static void serve_touched(void *context)
{
    struct record_screen *r = context;

    record_leave_place(&r->record);
    r->has_started = true;
    free(r->query);
    r->query = NULL;
}

/* On top of a library, a record that could not be read is an error of the list; otherwise it is
 * one of the program. */
static void report_failure(struct record_screen *r)
{
    struct loop *l = r->loop;

    if (r->record.status != LOADER_FAILED)
        return;
    if (l->count > 0 && record_is_hopeless(&r->record)) {
        l->failure = r->record.err;
        l->has_failed = true;
        return;
    }
    report_error(&l->messages, r->path, &r->record.err);
    l->status = l->status == EXIT_DONE ? EXIT_TROUBLE : l->status;
}

/* If the user has not reached the remembered place yet, that place is kept. */
static void serve_close(void *context, uint32_t place)
{
    struct record_screen *r = context;
    struct error err;

    follow_stop(&r->follow, &r->record);
    if (!r->record.has_place && !record_save_place(&r->record, place, &err))
        report_error(&r->loop->messages, NULL, &err);
    report_unsaved(r, r->notes);
    report_unsaved_corrections(r, r->record.corrections);
    report_failure(r);
    record_screen_free(r);
}

/* ---------------------------------------------------------------------------- the start */

static void start_session(struct record_screen *r)
{
    const struct config *config = &r->loop->config;
    const struct session_options options = {
        .name = r->path,
        .notes = r->notes,
        .corrections = r->record.corrections,
        .ui = loop_ui_options(r->loop),
        .source = {.context = r,
                   .load = serve_load,
                   .wait = serve_wait,
                   .ready = serve_ready,
                   .follow = serve_follow,
                   .rename = serve_rename,
                   .rename_back = serve_rename_back,
                   .correct = serve_correct,
                   .touched = serve_touched,
                   .close = serve_close},
        .has_measure = config->wrap != WRAP_NOT_SET,
        .measure = config->wrap,
        .plain = config->plain,
    };

    r->session = session_new(r->record.transcript, &options);
    r->reported_percent = -2;
}

/* The record is followed from the first byte on, so that a last line that is still being
 * written does not count as broken. A file that cannot be followed is read all the same. */
bool record_screen_show(struct record_screen *r, struct error *err)
{
    struct error ignored;

    if (r->loop->options->follow && follow_start(&r->follow, &r->record, &ignored))
        record_leave_place(&r->record);
    record_load(&r->record, FIRST_MS, FIRST_SEGMENTS);
    follow_note(&r->follow, &r->record);
    if (record_is_hopeless(&r->record) && !r->follow.on) {
        *err = r->record.err;
        record_screen_free(r);
        return false;
    }
    r->notes = notes_new(r->path);
    start_session(r);
    loop_push(r->loop, session_ui(r->session));
    report_at_start(r);
    if (r->follow.on)
        ui_act(session_ui(r->session), ACTION_FOLLOW, 0);
    report_loading(r);
    return true;
}
