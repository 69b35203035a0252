/* Follow. Invariant: while `reads_on` and a file is followed, the loader rests at its end, so
 * the record never ends. */
#include "app/follow.h"

#include <string.h>
#include <sys/stat.h>

#include "shilu/base/translate.h"

/* A rewritten file is read again once it has not changed for so long. */
enum { QUIET_MS = 250 };

static bool is_file(int fd)
{
    struct stat st;

    return fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static int64_t read_bytes(const struct follow *f, const struct record *r)
{
    return f->reads_on ? loader_read_bytes(r->loader) : f->base_bytes;
}

/* A last line without an end that has not changed for a while is complete and must be shown:
 * then the record is read to its end first, and appended text is read only if it begins with a
 * line end. */
static bool can_read_on(const struct follow *f, const struct record *r)
{
    if (record_is_loading(r) || r->status == LOADER_REST)
        return watch_line_ends_at(f->watch, watch_bytes(f->watch) - 1) ||
               watch_bytes(f->watch) == 0 || watch_is_being_written(f->watch);
    return r->status == LOADER_DONE && loader_grows(r->loader) && loader_ends_line(r->loader);
}

bool follow_start(struct follow *f, struct record *r, struct error *err)
{
    int fd = loader_fd(r->loader);

    follow_stop(f, r);
    if (is_file(fd)) {
        f->watch = watch_new(strcmp(r->path, "-") == 0 ? NULL : r->path, fd, err);
        if (f->watch == NULL)
            return false;
        f->reads_on = can_read_on(f, r);
        f->base_bytes = f->seen_bytes = loader_known_bytes(r->loader);
        if (f->reads_on)
            record_follow(r, true);
        follow_note(f, r);
    } else if (!record_is_loading(r)) {
        return error_set(err, ERROR_UNSUPPORTED, "the input has ended: nothing to follow");
    }
    f->on = true;
    return true;
}

void follow_stop(struct follow *f, struct record *r)
{
    if (f->reads_on)
        record_follow(r, false);
    watch_free(f->watch);
    *f = (struct follow){0};
}

void follow_note(struct follow *f, const struct record *r)
{
    if (f->watch != NULL)
        watch_learn(f->watch, loader_read_bytes(r->loader));
    if (!f->reads_on || record_is_loading(r) || r->status == LOADER_REST)
        return;
    f->reads_on = false; /* does not consist of lines, or could not be read */
    f->base_bytes = f->seen_bytes = loader_known_bytes(r->loader);
}

int follow_fd(const struct follow *f)
{
    return f->watch != NULL ? watch_fd(f->watch) : -1;
}

int follow_wait_ms(const struct follow *f)
{
    int64_t due_ms;

    if (f->watch == NULL)
        return -1;
    due_ms = f->looked_ms - clock_monotonic_ms() +
             (f->seen_bytes != f->base_bytes ? QUIET_MS : watch_interval_ms(f->watch));
    return due_ms > 0 ? (int)due_ms : 0;
}

/* A file whose format cannot grow at its end, or whose last line was taken as complete: read
 * again once its writer seems to have finished. */
static enum follow_news take_unreadable_growth(struct follow *f, struct record *r,
                                               const char **why)
{
    bool quiet = watch_bytes(f->watch) == f->seen_bytes;

    f->seen_bytes = watch_bytes(f->watch);
    if (r->status == LOADER_DONE && loader_grows(r->loader) &&
        watch_line_ends_at(f->watch, f->base_bytes)) {
        f->reads_on = true;
        record_follow(r, true);
        return FOLLOW_GROWN;
    }
    if (!quiet)
        return FOLLOW_NOTHING;
    *why = N_("the file has grown: read again from the start");
    return FOLLOW_CHANGED;
}

static enum follow_news take_change(struct follow *f, struct record *r,
                                    enum watch_change change, const char **why)
{
    switch (change) {
    case WATCH_GROWN:
        if (!f->reads_on)
            return take_unreadable_growth(f, r, why);
        if (r->status == LOADER_REST)
            r->status = LOADER_BUSY;
        return FOLLOW_GROWN;
    case WATCH_CUT:
        *why = N_("the file was truncated: read again from the start");
        return FOLLOW_CHANGED;
    case WATCH_REWRITTEN:
        *why = N_("the file was rewritten: read again from the start");
        return FOLLOW_CHANGED;
    case WATCH_REPLACED:
        *why = N_("the file was replaced: read again from the start");
        return FOLLOW_CHANGED;
    default:
        return FOLLOW_NOTHING;
    }
}

enum follow_news follow_look(struct follow *f, struct record *r, bool ready, const char **why)
{
    enum watch_change change;
    bool was_missing = f->missing;

    if (!f->on)
        return FOLLOW_NOTHING;
    if (f->watch == NULL) {
        if (record_is_loading(r))
            return FOLLOW_NOTHING;
        f->on = false;
        return FOLLOW_ENDED;
    }
    if (!ready && follow_wait_ms(f) > 0)
        return FOLLOW_NOTHING;
    f->looked_ms = clock_monotonic_ms();
    change = watch_look(f->watch, read_bytes(f, r));
    f->missing = change == WATCH_REMOVED;
    if (f->missing)
        return was_missing ? FOLLOW_NOTHING : FOLLOW_GONE;
    return take_change(f, r, change, why);
}
