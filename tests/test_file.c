/* Tests of base/file and base/hash: a file is written in full or not at all, even if another
 * program writes it too, or was killed while it did. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "shilu/base/file.h"
#include "shilu/base/hash.h"

static char folder[64];

static int set_up(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/shilu-file-XXXXXX");
    return mkdtemp(folder) != NULL ? 0 : -1;
}

static int tear_down(void **state)
{
    char command[128];

    (void)state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static char *path_of(const char *name)
{
    struct buffer path = {0};

    buffer_append_format(&path, "%s/%s", folder, name);
    return buffer_take(&path);
}

static void assert_holds(const char *path, const char *text)
{
    struct error err;
    char *back = file_read(path, 1 << 20, NULL, &err);

    if (back == NULL)
        fail_msg("%s: %s", path, err.message);
    assert_string_equal(back, text);
    free(back);
}

/* Entries of the folder, except the lock. */
static int count_entries(void)
{
    char command[160];
    char line[32] = "";
    FILE *f;

    snprintf(command, sizeof command, "ls -A '%s' | grep -vc '^.shilu-lock$'", folder);
    f = popen(command, "r");
    assert_non_null(f);
    assert_non_null(fgets(line, sizeof line, f));
    pclose(f);
    return atoi(line);
}

static void file_replace__keeps_links_and_permissions(void **state)
{
    char *real = path_of("real");
    char *link = path_of("link");
    char *nowhere = path_of("nowhere");
    struct error err;
    struct stat st;

    (void)state;
    assert_true(file_replace(real, "one", 3, &err));
    assert_int_equal(chmod(real, 0640), 0);
    assert_int_equal(symlink("real", link), 0);
    assert_true(file_replace(link, "two", 3, &err));
    assert_holds(real, "two");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_int_equal(stat(real, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
    unlink(real);
    assert_true(file_replace(link, "three", 5, &err)); /* a link to what is not there yet */
    assert_holds(real, "three");
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    unlink(real);
    unlink(link);
    free(real);
    free(link);
    free(nowhere);
}

/* A new file's permissions under a umask; then those that it keeps. */
static void assert_mode(bool (*write)(const char *, const char *, size_t, struct error *),
                        mode_t mask, unsigned expected)
{
    char *path = path_of("new");
    mode_t old = umask(mask);
    struct error err;
    struct stat st;

    assert_true(write(path, "one", 3, &err));
    umask(old);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, expected);
    assert_int_equal(chmod(path, 0660), 0);
    assert_true(write(path, "two", 3, &err));
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    assert_int_equal(count_entries(), 1);
    unlink(path);
    free(path);
}

static void file_export__gives_what_the_umask_leaves(void **state)
{
    (void)state;
    assert_mode(file_export, 0022, 0644);
    assert_mode(file_export, 0077, 0600);
    assert_mode(file_export, 0002, 0664);
    assert_mode(file_replace, 0002, 0600); /* what the program keeps is private */
}

static void file_replace__refuses_what_is_read_only(void **state)
{
    char *path = path_of("fixed");
    struct error err;

    (void)state;
    assert_true(file_replace(path, "kept", 4, &err));
    assert_int_equal(chmod(path, 0444), 0);
    assert_false(file_replace(path, "lost", 4, &err));
    assert_non_null(strstr(err.message, "Permission denied"));
    assert_holds(path, "kept");
    assert_int_equal(count_entries(), 1);
    unlink(path);
    free(path);
}

static void file_replace__takes_the_longest_names(void **state)
{
    char name[256];
    char *path;
    struct error err;

    (void)state;
    memset(name, 'n', 255);
    name[255] = '\0';
    path = path_of(name);
    assert_true(file_replace(path, "long", 4, &err));
    assert_holds(path, "long");
    unlink(path);
    free(path);
}

/* The next write removes what a killed program left; what another program is writing stays. */
static void file_begin__removes_what_killed_programs_left(void **state)
{
    char *path = path_of("kept.json");
    struct file_writer other;
    struct error err;
    pid_t child = fork();
    int status;

    (void)state;
    if (child == 0) {
        struct file_writer w;

        if (!file_begin(&w, path, FILE_PRIVATE, &err))
            _exit(1);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(count_entries(), 1);
    assert_true(file_begin(&other, path, FILE_PRIVATE, &err));
    assert_int_equal(count_entries(), 1);
    assert_true(file_replace(path, "x", 1, &err));
    assert_int_equal(access(other.temporary, F_OK), 0);
    assert_int_equal(write(other.fd, "other", 5), 5);
    assert_true(file_commit(&other, &err));
    assert_holds(path, "other");
    assert_int_equal(count_entries(), 1);
    unlink(path);
    free(path);
}

static void file_discard__leaves_no_trace(void **state)
{
    char *path = path_of("nothing");
    struct file_writer w;
    struct error err;

    (void)state;
    assert_true(file_begin(&w, path, FILE_PRIVATE, &err));
    file_discard(&w);
    assert_int_equal(count_entries(), 0);
    free(path);
}

static bool add_one(void *context, const char *bytes, size_t count, struct buffer *out,
                    struct error *err)
{
    (void)context;
    (void)err;
    if (bytes != NULL)
        buffer_append(out, bytes, count);
    buffer_append_char(out, '+');
    return true;
}

static void file_update__loses_no_change_of_eight_programs(void **state)
{
    enum { PROGRAMS = 8, CHANGES = 25 };
    char *path = path_of("counted");
    struct error err;
    size_t bytes = 0;
    char *back;

    (void)state;
    for (int i = 0; i < PROGRAMS; i++) {
        pid_t child = fork();

        assert_true(child >= 0);
        if (child > 0)
            continue;
        /* On a busy machine the lock may be out of reach for once: then nothing was changed. */
        for (int n = 0, refused = 0; n < CHANGES && refused < CHANGES;)
            if (file_update(path, 1 << 20, add_one, NULL, &err))
                n++;
            else if (++refused == CHANGES)
                _exit(1);
        _exit(0);
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;

        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    back = file_read(path, 1 << 20, &bytes, &err);
    assert_non_null(back);
    assert_int_equal(bytes, PROGRAMS * CHANGES);
    free(back);
    unlink(path);
    free(path);
}

static bool refuse(void *context, const char *bytes, size_t count, struct buffer *out,
                   struct error *err)
{
    (void)context;
    (void)bytes;
    (void)count;
    buffer_append_string(out, "half");
    return error_set(err, ERROR_SYNTAX, "no");
}

static void file_update__changes_nothing_where_it_fails(void **state)
{
    char *path = path_of("as it was");
    char *lock = path_of(".shilu-lock");
    struct error err;
    int held;

    (void)state;
    assert_true(file_replace(path, "old", 3, &err));
    assert_false(file_update(path, 1 << 20, refuse, NULL, &err));
    assert_string_equal(err.message, "no");
    assert_false(file_update(path, 2, add_one, NULL, &err)); /* larger than the limit */
    assert_int_equal(err.code, ERROR_LIMIT);
    assert_holds(path, "old");
    held = open(lock, O_RDWR | O_CREAT, 0600);
    assert_int_equal(flock(held, LOCK_EX), 0);
    assert_false(file_update(path, 1 << 20, add_one, NULL, &err));
    assert_non_null(strstr(err.message, "another program"));
    close(held);
    assert_true(file_update(path, 1 << 20, add_one, NULL, &err));
    assert_holds(path, "old+");
    unlink(path);
    free(path);
    free(lock);
}

/* The first of the reference implementation's vectors for SipHash-1-3. */
static void hash_sip13__gives_the_published_values(void **state)
{
    static const uint64_t wanted[] = {
        UINT64_C(0xabac0158050fc4dc), UINT64_C(0xc9f49bf37d57ca93),
        UINT64_C(0x82cb9b024dc7d44d), UINT64_C(0x8bf80ab8e7ddf7fb)};
    unsigned char input[4] = {0, 1, 2, 3};

    (void)state;
    for (size_t n = 0; n < 4; n++)
        assert_int_equal(
            hash_sip13(input, n, UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)),
            wanted[n]);
    assert_int_equal(hash_seeded("abc", 3), hash_seeded("abc", 3));
    assert_int_equal(hash_fnv1a("a", 1), UINT64_C(0xaf63dc4c8601ec8c));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_replace__keeps_links_and_permissions),
        cmocka_unit_test(file_export__gives_what_the_umask_leaves),
        cmocka_unit_test(file_replace__refuses_what_is_read_only),
        cmocka_unit_test(file_replace__takes_the_longest_names),
        cmocka_unit_test(file_begin__removes_what_killed_programs_left),
        cmocka_unit_test(file_discard__leaves_no_trace),
        cmocka_unit_test(file_update__loses_no_change_of_eight_programs),
        cmocka_unit_test(file_update__changes_nothing_where_it_fails),
        cmocka_unit_test(hash_sip13__gives_the_published_values),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
