/* Source: a descriptor or a block of memory. A descriptor opened here is non-blocking; one that
 * was passed in is shared with others, so its mode stays as it is and it is polled before each
 * read. The first bytes show whether the data is compressed; only if it is, or if they are too
 * few to tell, are they held. Invariant: raw[at, count) was read but neither decompressed nor
 * returned. */
#include "shilu/base/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/decompress.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

enum { RAW_BYTES = 65536 };

/* What is held back, and what decompresses it. */
struct unpacking {
    struct decompress *decompress; /* or NULL if not compressed */
    size_t at, count;
    bool ended; /* no more raw bytes follow */
    uint64_t made_bytes;
    char raw[RAW_BYTES];
};

struct source {
    int fd; /* -1 for memory */
    bool owned;
    bool is_asked;   /* not ours: poll before each read */
    bool is_unheard; /* a FIFO that has delivered nothing yet: its end may only mean that no
                      * writer has opened it */
    struct source_limits limits;
    int64_t total_bytes; /* or -1 */
    int64_t read_bytes;
    const char *memory;
    bool known;                  /* whether the data is compressed */
    struct unpacking *unpacking; /* owned, or NULL: nothing is held back */
};

/* `st`: what fstat says about the descriptor; NULL: nothing. */
static struct source *source_new(int fd, bool owned, const struct stat *st)
{
    struct source *s = memory_zalloc(1, sizeof *s);

    s->fd = fd;
    s->owned = owned;
    s->total_bytes = -1;
    s->limits = (struct source_limits){SOURCE_DEFAULT_RATIO, SOURCE_DEFAULT_BYTES};
    if (st != NULL && S_ISREG(st->st_mode))
        s->total_bytes = st->st_size;
    return s;
}

struct source *source_open_path(const char *path, struct error *err)
{
    struct stat st;
    bool is_known;
    struct source *s;
    /* Non-blocking, so that opening a FIFO without a writer does not hang. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

    if (fd < 0) {
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(errno));
        return NULL;
    }
    is_known = fstat(fd, &st) == 0;
    if (is_known && S_ISDIR(st.st_mode)) {
        close(fd);
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(EISDIR));
        return NULL;
    }
    s = source_new(fd, true, is_known ? &st : NULL);
    s->is_unheard = is_known && S_ISFIFO(st.st_mode);
    return s;
}

struct source *source_open_fd(int fd, bool owned)
{
    struct stat st;
    struct source *s = source_new(fd, owned, fstat(fd, &st) == 0 ? &st : NULL);

    s->is_asked = true;
    return s;
}

struct source_limits source_limits_of(const struct source *s)
{
    return s != NULL ? s->limits
                     : (struct source_limits){SOURCE_DEFAULT_RATIO, SOURCE_DEFAULT_BYTES};
}

void source_limit(struct source *s, struct source_limits limits)
{
    if (limits.ratio > 0)
        s->limits.ratio = limits.ratio;
    if (limits.bytes > 0)
        s->limits.bytes = limits.bytes;
}

struct source *source_open_memory(const char *bytes, size_t count)
{
    struct source *s = source_new(-1, false, NULL);

    s->memory = bytes;
    s->total_bytes = (int64_t)count;
    return s;
}

static void stop_unpacking(struct source *s)
{
    if (s->unpacking != NULL)
        decompress_free(s->unpacking->decompress);
    free(s->unpacking);
    s->unpacking = NULL;
}

void source_close(struct source *s)
{
    if (s == NULL)
        return;
    stop_unpacking(s);
    if (s->owned && s->fd >= 0)
        close(s->fd);
    free(s);
}

static enum source_status read_memory(struct source *s, char *into, size_t capacity,
                                      size_t *got)
{
    size_t left = (size_t)(s->total_bytes - s->read_bytes);

    if (left == 0)
        return SOURCE_END;
    *got = left < capacity ? left : capacity;
    memcpy(into, s->memory + s->read_bytes, *got);
    s->read_bytes += (int64_t)*got;
    return SOURCE_DATA;
}

/* Whether a read would return at once: with bytes, the end or an error. */
static bool is_ready(const struct source *s)
{
    struct pollfd at = {.fd = s->fd, .events = POLLIN};

    return poll(&at, 1, 0) != 0;
}

static enum source_status read_raw(struct source *s, char *into, size_t capacity, size_t *got,
                                   struct error *err)
{
    ssize_t n;

    if (s->fd < 0)
        return read_memory(s, into, capacity, got);
    if (s->is_asked && !is_ready(s))
        return SOURCE_WAIT;
    do
        n = read(s->fd, into, capacity);
    while (n < 0 && errno == EINTR);
    if (n == 0) /* a FIFO whose writer has not opened it yet reports no hang-up */
        return s->is_unheard && !is_ready(s) ? SOURCE_WAIT : SOURCE_END;
    s->is_unheard = false;
    if (n < 0) {
        if (errno == EAGAIN || errno == EWOULDBLOCK)
            return SOURCE_WAIT;
        error_set(err, ERROR_SYSTEM, "%s", translate_errno(errno));
        return SOURCE_ERROR;
    }
    *got = (size_t)n;
    s->read_bytes += n;
    return SOURCE_DATA;
}

/* Read more raw bytes, after those that are held. SOURCE_END is remembered, not returned. */
static enum source_status hold_more(struct source *s, struct error *err)
{
    struct unpacking *u = s->unpacking;
    size_t got = 0;
    enum source_status status;

    memmove(u->raw, u->raw + u->at, u->count - u->at);
    u->count -= u->at;
    u->at = 0;
    status = read_raw(s, u->raw + u->count, sizeof u->raw - u->count, &got, err);
    u->count += got;
    if (status != SOURCE_END)
        return status;
    u->ended = true;
    return SOURCE_DATA;
}

static void hold(struct source *s, const char *bytes, size_t count)
{
    struct unpacking *u = memory_alloc(sizeof *u);

    u->decompress = NULL;
    u->at = 0;
    u->count = count;
    u->ended = false;
    u->made_bytes = 0;
    memcpy(u->raw, bytes, count);
    s->unpacking = u;
}

/* Read until the bytes held show the kind of data. */
static enum source_status look_at_held(struct source *s, struct error *err)
{
    struct unpacking *u = s->unpacking;
    enum decompress_magic magic = decompress_magic(u->raw, u->count, u->ended);

    while (magic == DECOMPRESS_UNKNOWN) {
        enum source_status status = hold_more(s, err);

        if (status != SOURCE_DATA)
            return status;
        magic = decompress_magic(u->raw, u->count, u->ended);
    }
    if (magic != DECOMPRESS_PLAIN)
        u->decompress = decompress_new(magic);
    s->known = true;
    return SOURCE_DATA;
}

/* Plain data, which most files are, is where it was asked for. *got is 0 if it is held. */
static enum source_status look_at_head(struct source *s, char *into, size_t capacity,
                                       size_t *got, struct error *err)
{
    enum source_status status;

    if (s->unpacking != NULL)
        return look_at_held(s, err);
    status = read_raw(s, into, capacity < RAW_BYTES ? capacity : RAW_BYTES, got, err);
    if (status != SOURCE_DATA)
        return status;
    if (decompress_magic(into, *got, false) == DECOMPRESS_PLAIN) {
        s->known = true;
        return SOURCE_DATA;
    }
    hold(s, into, *got);
    *got = 0;
    return look_at_held(s, err);
}

static enum source_status give_held(struct source *s, char *into, size_t capacity, size_t *got)
{
    struct unpacking *u = s->unpacking;
    size_t left = u->count - u->at;

    *got = left < capacity ? left : capacity;
    memcpy(into, u->raw + u->at, *got);
    u->at += *got;
    if (u->at == u->count)
        stop_unpacking(s);
    return *got > 0 ? SOURCE_DATA : SOURCE_END;
}

/* More was unpacked than the limits allow. */
static bool check_limits(const struct source *s, struct error *err)
{
    uint64_t made = s->unpacking->made_bytes;

    if (made > s->limits.bytes)
        return error_set(err, ERROR_LIMIT, "unpacks to more than %llu MiB (see --max-unpacked)",
                         (unsigned long long)(s->limits.bytes >> 20));
    if (made > SOURCE_FREE_BYTES && made / s->limits.ratio > (uint64_t)s->read_bytes)
        return error_set(err, ERROR_LIMIT,
                         "unpacks to more than %llu times its size (see --max-ratio)",
                         (unsigned long long)s->limits.ratio);
    return true;
}

static enum source_status read_unpacked(struct source *s, char *into, size_t capacity,
                                        size_t *got, struct error *err)
{
    struct unpacking *u = s->unpacking;

    if (!check_limits(s, err))
        return SOURCE_ERROR;
    for (;;) {
        const char *bytes = u->raw + u->at;
        size_t before = u->count - u->at;
        size_t count = before;
        bool ok = decompress_run(u->decompress, &bytes, &count, u->ended, into, capacity, got,
                                 err);

        u->at = u->count - count;
        u->made_bytes += *got;
        if (*got > 0)
            return SOURCE_DATA; /* an error is returned again, with no output */
        if (!ok)
            return SOURCE_ERROR;
        if (count < before)
            continue;
        if (u->ended)
            return SOURCE_END;
        if (hold_more(s, err) == SOURCE_ERROR)
            return SOURCE_ERROR;
        if (u->count - u->at == before && !u->ended)
            return SOURCE_WAIT;
    }
}

enum source_status source_read(struct source *s, char *into, size_t capacity, size_t *got,
                               struct error *err)
{
    *got = 0;
    if (!s->known) {
        enum source_status status = look_at_head(s, into, capacity, got, err);

        if (status != SOURCE_DATA || *got > 0)
            return status;
    }
    if (s->unpacking == NULL)
        return read_raw(s, into, capacity, got, err);
    if (s->unpacking->decompress == NULL)
        return give_held(s, into, capacity, got);
    return read_unpacked(s, into, capacity, got, err);
}

bool source_is_compressed(const struct source *s)
{
    return s->unpacking != NULL && s->unpacking->decompress != NULL;
}

int source_fd(const struct source *s)
{
    return s->fd;
}

int64_t source_total_bytes(const struct source *s)
{
    return s->total_bytes;
}

int64_t source_read_bytes(const struct source *s)
{
    return s->read_bytes;
}
