/* Edit draft. Editors replace the old file with a new one, so another file is locked. */
#include "shilu/store/edit_draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/file_id.h"
#include "shilu/text/utf8.h"

enum { DRAFT_BYTES_MAX = 64 << 20 };

static char *name_for(const char *path, uint32_t segment, const char *suffix)
{
    char *key = file_id_key(path);
    const char *what = key != NULL ? key : path;
    char hash[FILE_ID_HASH_BYTES];
    struct buffer name = {0};
    char *whole;

    file_id_hash(what, strlen(what), hash);
    buffer_append_format(&name, "corrections/editing-%s-%u.%s", hash, (unsigned)segment + 1,
                         suffix);
    whole = xdg_path(XDG_DATA, buffer_string(&name));
    buffer_release(&name);
    free(key);
    return whole;
}

static bool take_lock(struct edit_draft *d, struct error *err)
{
    d->lock_fd = open(d->lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (d->lock_fd < 0)
        return error_set_errno(err, errno, "cannot write '%s'", d->lock);
    if (flock(d->lock_fd, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
        return true;
    close(d->lock_fd);
    d->lock_fd = -1;
    return error_set(err, ERROR_SYSTEM, "another shilu is editing this paragraph");
}

/* What was left there is kept; otherwise the words are written there. */
static bool fill(struct edit_draft *d, struct span words, struct error *err)
{
    struct buffer text = {0};
    struct error ignored;
    size_t bytes;
    char *left = file_read(d->path, DRAFT_BYTES_MAX, &bytes, &ignored);
    bool ok = true;

    buffer_append(&text, words.data, words.length);
    if (!d->has_line_end)
        buffer_append_char(&text, '\n');
    d->was_left = left != NULL && (bytes != text.bytes || memcmp(left, text.data, bytes) != 0);
    if (!d->was_left)
        ok = file_replace(d->path, text.data, text.bytes, err);
    free(left);
    buffer_release(&text);
    return ok;
}

bool edit_draft_open(struct edit_draft *d, const char *path, uint32_t segment,
                     struct span words, struct error *err)
{
    *d = (struct edit_draft){.path = name_for(path, segment, "txt"),
                             .lock = name_for(path, segment, "lock"),
                             .lock_fd = -1,
                             .has_line_end = words.length > 0 &&
                                             words.data[words.length - 1] == '\n'};
    if (d->path == NULL)
        error_set(err, ERROR_SYSTEM, "neither XDG_DATA_HOME nor HOME names a folder");
    else if (file_make_parents(d->path, err) && take_lock(d, err) && fill(d, words, err))
        return true;
    edit_draft_close(d, true);
    return false;
}

bool edit_draft_read(const struct edit_draft *d, struct buffer *out, struct error *err)
{
    size_t bytes;
    char *text = file_read(d->path, DRAFT_BYTES_MAX, &bytes, err);

    if (text == NULL)
        return false;
    if (utf8_valid_prefix(text, bytes) < bytes || memchr(text, '\0', bytes) != NULL) {
        free(text);
        return error_set(err, ERROR_SYNTAX, "what was written is not UTF-8: '%s'", d->path);
    }
    if (!d->has_line_end && bytes > 0 && text[bytes - 1] == '\n')
        bytes -= bytes > 1 && text[bytes - 2] == '\r' ? 2 : 1;
    buffer_append(out, text, bytes);
    free(text);
    return true;
}

void edit_draft_close(struct edit_draft *d, bool keep)
{
    if (d->path != NULL && !keep)
        unlink(d->path);
    if (d->lock_fd >= 0) {
        unlink(d->lock);
        close(d->lock_fd);
    }
    free(d->path);
    free(d->lock);
    *d = (struct edit_draft){.lock_fd = -1};
}
