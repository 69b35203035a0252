/* Compressed sources: whole, one after another, in small steps, cut off anywhere, damaged; and
 * files that only start like one. What is compressed here is compressed here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/decompress.h"
#include "shilu/base/source.h"

enum { LINES = 20000, ROOM = 1 << 20 };

static const enum decompress_magic kinds[] = {DECOMPRESS_GZIP, DECOMPRESS_ZSTD, DECOMPRESS_XZ};

/* Words that do not compress to nothing. */
static void write_words(struct buffer *out)
{
    unsigned seed = 1;

    for (int i = 0; i < LINES; i++) {
        seed = seed * 1103515245 + 12345;
        buffer_append_format(out, "%u 實錄 %u\n", i, seed >> 8);
    }
}

static void gzip(const struct buffer *plain, struct buffer *out)
{
    z_stream z = {0};
    char *to = buffer_reserve(out, ROOM);

    assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY),
                     Z_OK);
    z.next_in = (Bytef *)plain->data;
    z.avail_in = (unsigned)plain->bytes;
    z.next_out = (Bytef *)to;
    z.avail_out = ROOM;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    buffer_commit(out, ROOM - z.avail_out);
    deflateEnd(&z);
}

static void compress_as(enum decompress_magic kind, const struct buffer *plain,
                        struct buffer *out)
{
    char *to;
    size_t used = 0;

    if (kind == DECOMPRESS_GZIP) {
        gzip(plain, out);
        return;
    }
    to = buffer_reserve(out, ROOM);
    if (kind == DECOMPRESS_ZSTD) {
        ZSTD_CCtx *zstd = ZSTD_createCCtx();

        ZSTD_CCtx_setParameter(zstd, ZSTD_c_checksumFlag, 1); /* as the command does */
        used = ZSTD_compress2(zstd, to, ROOM, plain->data, plain->bytes);
        ZSTD_freeCCtx(zstd);
    } else {
        assert_int_equal(lzma_easy_buffer_encode(1, LZMA_CHECK_CRC64, NULL,
                                                 (const uint8_t *)plain->data, plain->bytes,
                                                 (uint8_t *)to, &used, ROOM),
                         LZMA_OK);
    }
    assert_in_range(used, 1, ROOM);
    buffer_commit(out, used);
}

/* All that a source gives, read in steps; *err is set where it fails in the end. */
static enum source_status read_all(struct source *s, size_t step, struct buffer *out,
                                   struct error *err)
{
    enum source_status status;
    size_t got;

    do {
        status = source_read(s, buffer_reserve(out, step), step, &got, err);
        if (status == SOURCE_DATA)
            buffer_commit(out, got);
    } while (status == SOURCE_DATA);
    source_close(s);
    return status;
}

static void assert_same(const struct buffer *is, const struct buffer *should)
{
    assert_int_equal(is->bytes, should->bytes);
    assert_memory_equal(is->data, should->data, should->bytes);
}

static void source_read__unpacks_every_kind(void **state)
{
    static const size_t steps[] = {1, 4096, 1000000};
    struct buffer plain = {0};
    size_t k, i;

    (void)state;
    write_words(&plain);
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct buffer packed = {0};

        compress_as(kinds[k], &plain, &packed);
        for (i = 0; i < sizeof steps / sizeof *steps; i++) {
            struct buffer out = {0};
            struct source *s = source_open_memory(packed.data, packed.bytes);
            struct error err;

            assert_int_equal(read_all(s, steps[i], &out, &err), SOURCE_END);
            assert_same(&out, &plain);
            buffer_release(&out);
        }
        buffer_release(&packed);
    }
    buffer_release(&plain);
}

static void source_read__unpacks_one_after_another(void **state)
{
    struct buffer plain = {0};
    struct buffer twice = {0};
    size_t k;

    (void)state;
    write_words(&plain);
    buffer_append(&twice, plain.data, plain.bytes);
    buffer_append(&twice, plain.data, plain.bytes);
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct buffer packed = {0};
        struct buffer out = {0};
        struct error err;

        compress_as(kinds[k], &plain, &packed);
        compress_as(kinds[k], &plain, &packed);
        if (kinds[k] == DECOMPRESS_GZIP)
            buffer_append(&packed, "\0\0\0\0", 4); /* as tapes pad it */
        assert_int_equal(
            read_all(source_open_memory(packed.data, packed.bytes), 5000, &out, &err),
            SOURCE_END);
        assert_same(&out, &twice);
        buffer_release(&out);
        buffer_release(&packed);
    }
    buffer_release(&twice);
    buffer_release(&plain);
}

static void source_read__keeps_what_was_whole_before_the_cut(void **state)
{
    struct buffer plain = {0};
    size_t k;

    (void)state;
    write_words(&plain);
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct buffer packed = {0};
        size_t most = 0;
        size_t cut;

        compress_as(kinds[k], &plain, &packed);
        for (cut = 2; cut < packed.bytes; cut += cut < 10 ? 1 : 4999) {
            struct buffer out = {0};
            struct error err = {0};

            assert_int_equal(read_all(source_open_memory(packed.data, cut), 5000, &out, &err),
                             SOURCE_ERROR);
            assert_non_null(strstr(err.message, "is cut off"));
            assert_true(out.bytes < plain.bytes);
            assert_memory_equal(out.data, plain.data, out.bytes);
            most = out.bytes > most ? out.bytes : most;
            buffer_release(&out);
        }
        assert_true(most > plain.bytes / 2);
        buffer_release(&packed);
    }
    buffer_release(&plain);
}

/* Damage anywhere is an error or, where the check of the format does not cover it, other words;
 * never a crash or an endless loop. */
static void source_read__survives_damage(void **state)
{
    struct buffer plain = {0};
    size_t k, at;

    (void)state;
    write_words(&plain);
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct buffer packed = {0};
        size_t failed = 0;
        size_t tried = 0;

        compress_as(kinds[k], &plain, &packed);
        for (at = DECOMPRESS_MAGIC_BYTES; at < packed.bytes; at += 9973) {
            struct buffer out = {0};
            struct error err = {0};

            packed.data[at] ^= 0x55;
            failed += read_all(source_open_memory(packed.data, packed.bytes), 65536, &out,
                               &err) == SOURCE_ERROR;
            tried++;
            packed.data[at] ^= 0x55;
            buffer_release(&out);
        }
        assert_true(failed * 2 > tried);
        buffer_release(&packed);
    }
    buffer_release(&plain);
}

static void source_read__leaves_other_files_alone(void **state)
{
    static const struct {
        const char *bytes;
        size_t count;
    } files[] = {{"", 0},
                 {"\x1F", 1},
                 {"\x1F\x8C words", 8},
                 {"\xFD", 1},
                 {"words", 5},
                 {"\xFD"
                  "8z",
                  3},
                 {"\x28\xB5 words", 8},
                 {"7z\xBC\xAF\x27\x1C", 6}};
    size_t i;

    (void)state;
    for (i = 0; i < sizeof files / sizeof *files; i++) {
        struct buffer out = {0};
        struct error err;

        assert_int_equal(
            read_all(source_open_memory(files[i].bytes, files[i].count), 3, &out, &err),
            SOURCE_END);
        assert_int_equal(out.bytes, files[i].count);
        if (out.bytes > 0)
            assert_memory_equal(out.data, files[i].bytes, out.bytes);
        buffer_release(&out);
    }
}

/* The magic bytes may come one by one, and so may all others. */
static void source_read__unpacks_a_slow_pipe(void **state)
{
    struct buffer plain = {0};
    size_t k;

    (void)state;
    buffer_append_string(&plain, "the tide is late");
    for (k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        struct buffer packed = {0};
        struct buffer out = {0};
        struct error err;
        struct source *s;
        int ends[2];
        size_t i, got;

        compress_as(kinds[k], &plain, &packed);
        assert_int_equal(pipe(ends), 0);
        s = source_open_fd(ends[0], true);
        for (i = 0; i < packed.bytes; i++) {
            enum source_status status;

            assert_int_equal(write(ends[1], packed.data + i, 1), 1);
            status = source_read(s, buffer_reserve(&out, 100), 100, &got, &err);
            assert_true(status == SOURCE_WAIT || status == SOURCE_DATA);
            buffer_commit(&out, status == SOURCE_DATA ? got : 0);
        }
        assert_int_equal(source_read(s, buffer_reserve(&out, 100), 100, &got, &err),
                         SOURCE_WAIT);
        assert_int_equal(source_read_bytes(s), packed.bytes);
        close(ends[1]);
        assert_int_equal(read_all(s, 100, &out, &err), SOURCE_END);
        assert_same(&out, &plain);
        buffer_release(&out);
        buffer_release(&packed);
    }
    buffer_release(&plain);
}

/* What unpacks to more than it may ends with an error; what came before it is given out. */
static void source_read__stops_at_its_limits(void **state)
{
    enum { UNPACKED = 96 << 20, STEP = 1 << 20 };
    static const struct {
        struct source_limits limits;
        const char *said; /* NULL: all of it is read */
    } rows[] = {
        {{0, 0}, "250 times"},
        {{1000000, 0}, NULL},
        {{1000000, 80 << 20}, "80 MiB"},
    };
    struct buffer plain = {0};
    struct buffer packed = {0};

    (void)state;
    memset(buffer_reserve(&plain, UNPACKED), 'a', UNPACKED);
    buffer_commit(&plain, UNPACKED);
    compress_as(DECOMPRESS_ZSTD, &plain, &packed);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct source *s = source_open_memory(packed.data, packed.bytes);
        enum source_status status;
        struct error err;
        char *into = malloc(STEP);
        size_t all = 0;
        size_t got;

        source_limit(s, rows[i].limits);
        while ((status = source_read(s, into, STEP, &got, &err)) == SOURCE_DATA)
            all += got;
        if (rows[i].said == NULL) {
            assert_int_equal(status, SOURCE_END);
            assert_int_equal(all, UNPACKED);
        } else {
            assert_int_equal(status, SOURCE_ERROR);
            assert_int_equal(err.code, ERROR_LIMIT);
            assert_non_null(strstr(err.message, rows[i].said));
            assert_true(all > SOURCE_FREE_BYTES && all < UNPACKED);
        }
        free(into);
        source_close(s);
    }
    buffer_release(&plain);
    buffer_release(&packed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_read__unpacks_every_kind),
        cmocka_unit_test(source_read__unpacks_one_after_another),
        cmocka_unit_test(source_read__keeps_what_was_whole_before_the_cut),
        cmocka_unit_test(source_read__survives_damage),
        cmocka_unit_test(source_read__leaves_other_files_alone),
        cmocka_unit_test(source_read__unpacks_a_slow_pipe),
        cmocka_unit_test(source_read__stops_at_its_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
