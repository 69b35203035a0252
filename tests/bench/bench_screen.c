/* The screen: time to the first screen, and bytes sent per key, of the real program in a real
 * pseudo-terminal, compared with less on the same words. */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

enum { RUNS = 15, JUMPS = 5, KEYS = 12, QUIET_MS = 120, PATIENCE_MS = 20000 };

/* What a terminal with narrow ambiguous characters and margins answers to the question that
 * ends in asking for the latter. */
#define QUESTION "\033[?69$p\033[c"
#define ANSWER "\033[1;2R\033[1;2R\033[1;3R\033[?69;2$y\033[?65;22c"

/* execvp wants them writable. */
static char narrow[] = "--ambiguous=narrow";
static char pager[] = "less";
static char raw[] = "-R";
static char built[] = "./shilu";

struct terminal {
    int fd;
    pid_t child;
};

static struct terminal start(char *const argv[], int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    struct terminal t;

    t.child = forkpty(&t.fd, NULL, NULL, &size);
    if (t.child == 0) {
        setenv("TERM", "xterm-256color", 1);
        setenv("LESSCHARSET", "utf-8", 1);
        setenv("LESSHISTFILE", "-", 1);
        setenv("XDG_STATE_HOME", "/nonexistent", 1);
        setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
        execvp(argv[0], argv);
        _exit(127);
    }
    return t;
}

static void stop(struct terminal *t)
{
    kill(t->child, SIGKILL);
    close(t->fd);
    waitpid(t->child, NULL, 0);
}

/* Reads what comes within `wait_ms` of the last byte; -1 at the end. Answers the question about
 * the terminal. */
static ssize_t read_some(struct terminal *t, char *into, size_t capacity, int wait_ms)
{
    struct pollfd poll_fd = {.fd = t->fd, .events = POLLIN};
    ssize_t n;

    if (poll(&poll_fd, 1, wait_ms) <= 0)
        return 0;
    n = read(t->fd, into, capacity);
    if (n > 0 && memmem(into, (size_t)n, QUESTION, strlen(QUESTION)) != NULL &&
        write(t->fd, ANSWER, strlen(ANSWER)) < 0)
        return -1;
    return n;
}

static size_t count_until_quiet(struct terminal *t)
{
    char bytes[65536];
    size_t total = 0;
    ssize_t n;

    while ((n = read_some(t, bytes, sizeof bytes, QUIET_MS)) > 0)
        total += (size_t)n;
    return total;
}

/* Milliseconds from the start to the marker on the screen. */
static double first_screen_ms(char *const argv[])
{
    struct buffer seen = {0};
    int64_t begin = bench_now_us();
    struct terminal t = start(argv, 40, 120);
    double ms = -1;
    ssize_t n;

    while ((n = read_some(&t, buffer_reserve(&seen, 65536), 65536, 20000)) > 0) {
        buffer_commit(&seen, (size_t)n);
        if (memmem(seen.data, seen.bytes, BENCH_FIRST, strlen(BENCH_FIRST)) != NULL) {
            ms = (double)(bench_now_us() - begin) / 1000;
            break;
        }
    }
    stop(&t);
    if (ms >= 0 && bench_counts_processor()) /* known when it has ended */
        ms = (double)(bench_now_us() - begin) / 1000;
    buffer_release(&seen);
    if (ms < 0)
        fprintf(stderr, "%s: the first screen never came\n", argv[0]);
    return ms;
}

/* Append bytes without their escape sequences, so that a highlighted word is in one piece. */
static void append_plain(struct buffer *out, const char *bytes, size_t count)
{
    size_t i = 0;

    while (i < count) {
        if (bytes[i] != '\033') {
            buffer_append_char(out, bytes[i++]);
            continue;
        }
        i++;
        if (i < count && bytes[i] == '[')
            i++;
        while (i < count && (unsigned char)bytes[i] < '@')
            i++;
        i++;
    }
}

/* Milliseconds from the start until the rare word at the end is on the screen. All but its last
 * letter is typed as soon as anything is shown. -1: it never came. */
static double jump_ms(char *const argv[])
{
    static const char keys[] = "/quetzalcoat\r";
    struct buffer seen = {0};
    int64_t begin = bench_now_us();
    struct terminal t = start(argv, 40, 120);
    char bytes[65536];
    double ms = -1;
    bool asked = false;
    ssize_t n;

    while (ms < 0 && (n = read_some(&t, bytes, sizeof bytes, PATIENCE_MS)) > 0) {
        append_plain(&seen, bytes, (size_t)n);
        if (asked && memmem(seen.data, seen.bytes, BENCH_RARE, strlen(BENCH_RARE)) != NULL)
            ms = (double)(bench_now_us() - begin) / 1000;
        if (!asked && seen.bytes > 200)
            asked = write(t.fd, keys, strlen(keys)) > 0;
    }
    stop(&t);
    if (ms >= 0 && bench_counts_processor()) /* known when it has ended */
        ms = (double)(bench_now_us() - begin) / 1000;
    buffer_release(&seen);
    return ms;
}

static double jump_median(char *const argv[])
{
    double ms[JUMPS];

    for (int i = 0; i < JUMPS; i++) {
        ms[i] = jump_ms(argv);
        if (ms[i] < 0)
            return -1;
    }
    return bench_median(ms, JUMPS);
}

static char *text_of(const char *shilu, const char *path)
{
    struct buffer command = {0};
    struct buffer out = {0};

    buffer_append_format(&out, "%s.txt", path);
    buffer_append_format(&command, "%s show --color never %s > %s", shilu, path, out.data);
    if (system(command.data) != 0) {
        fprintf(stderr, "cannot make %s\n", out.data);
        exit(2);
    }
    buffer_release(&command);
    return buffer_take(&out);
}

static bool is_installed(const char *name)
{
    struct buffer command = {0};
    bool found;

    buffer_append_format(&command, "command -v %s >/dev/null 2>&1", name);
    found = system(command.data) == 0;
    buffer_release(&command);
    return found;
}

/* From the top to a rare word at the end of 60 MB, beside whatever else is installed. */
static void bench_jump(char *shilu)
{
    struct bench_record record = {.script = SCRIPT_HAN,
                                  .bytes = (uint64_t)bench_setting("BENCH_MB", 60) * 1000000,
                                  .characters = 300,
                                  .speakers = 8};
    char *path = bench_record_path("jump", &record);
    char *text = text_of(shilu, path);
    static char vim[] = "vim", no_config[] = "NONE", option_u[] = "-u", read_only[] = "-nR";
    static char lnav[] = "lnav", no_prefix[] = "-N";
    char *peers[][6] = {{pager, text, NULL},
                        {vim, option_u, no_config, read_only, text, NULL},
                        {lnav, no_prefix, text, NULL}};
    double best = -1;
    double ours;

    bench_heading("Jump from the top to a rare word at the end");
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++) {
        double ms = is_installed(peers[i][0]) ? jump_median(peers[i]) : -1;

        if (ms < 0)
            bench_note("%s: not installed, or it never came", peers[i][0]);
        else
            bench_note("%s: %.0f ms", peers[i][0], ms);
        if (ms >= 0 && (best < 0 || ms < best))
            best = ms;
    }
    ours = jump_median((char *[]){shilu, narrow, path, NULL});
    bench_row("a rare word", ours, "the best of these", best, "ms", best < 0 ? 0 : 0.5);
    bench_remove(path);
    bench_remove(text);
}

static double first_screen_median(char *const argv[])
{
    double ms[RUNS];
    int i;

    for (i = 0; i < RUNS; i++)
        ms[i] = first_screen_ms(argv);
    return bench_median(ms, RUNS);
}

/* The median of the bytes that a key costs, after `setup` was typed. */
static double key_bytes(char *const argv[], int rows, int columns, const char *setup,
                        const char *key)
{
    struct terminal t = start(argv, rows, columns);
    double bytes[KEYS];
    int i;

    count_until_quiet(&t);
    count_until_quiet(&t);
    for (; *setup != '\0'; setup++) {
        if (write(t.fd, setup, 1) != 1)
            break;
        count_until_quiet(&t);
    }
    for (i = 0; i < KEYS; i++) {
        bytes[i] = 0;
        if (write(t.fd, key, strlen(key)) > 0)
            bytes[i] = (double)count_until_quiet(&t);
    }
    stop(&t);
    return bench_median(bytes, KEYS);
}

static void bench_first_screen(char *shilu)
{
    struct bench_record small = {
        .script = SCRIPT_HAN, .bytes = 10000, .characters = 300, .speakers = 8};
    struct bench_record large = small;
    char *small_path = bench_record_path("small", &small);
    char *text_path = text_of(shilu, small_path);
    char *large_path;
    double small_ms;

    bench_heading("First screen");
    small_ms = first_screen_median((char *[]){shilu, narrow, small_path, NULL});
    bench_row("10 KB record", small_ms, "less, the same words",
              first_screen_median((char *[]){pager, text_path, NULL}), "ms", 3.0);
    large.bytes = (uint64_t)bench_setting("BENCH_LARGE_MB", 1000) * 1000000;
    large_path = bench_record_path("large", &large);
    bench_row("1 GB record", first_screen_median((char *[]){shilu, narrow, large_path, NULL}),
              "10 KB record", small_ms, "ms", 2.0);
    bench_remove(small_path);
    bench_remove(text_path);
    bench_remove(large_path);
}

static void bench_bytes(char *shilu, const char *path, const char *text, int rows, int columns)
{
    static const struct {
        const char *what, *setup, *key, *less_setup;
    } keys[] = {
        {"line down", "", "j", ""},
        {"page down", "", " ", ""},
        {"next turn", "", "}", NULL},
        {"next hit", "/,\r", "n", "/,\r"},
    };
    char *ours[] = {shilu, narrow, (char *)path, NULL};
    char *with_margins[] = {shilu, (char *)path, NULL};
    char *less[] = {pager, raw, (char *)text, NULL};
    size_t i;

    bench_note("%dx%d", columns, rows);
    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct buffer setup = {0};
        double reference = 0;
        bool held = i < 2;

        /* Full width: the text pane alone. */
        buffer_append_format(&setup, "3O%s", keys[i].setup);
        if (keys[i].less_setup != NULL)
            reference = key_bytes(less, rows, columns, keys[i].less_setup, keys[i].key);
        bench_row(keys[i].what, key_bytes(ours, rows, columns, setup.data, keys[i].key),
                  "full width; less -R", reference, "bytes", held ? 1.05 : 0);
        bench_row(keys[i].what, key_bytes(ours, rows, columns, keys[i].setup, keys[i].key),
                  "three panes; less -R", reference, "bytes", 0);
        bench_row(keys[i].what,
                  key_bytes(with_margins, rows, columns, keys[i].setup, keys[i].key),
                  "three, margins; less -R", reference, "bytes", 0);
        buffer_release(&setup);
    }
}

/* Bytes sent in five seconds in which nothing happens. */
static void bench_idle(char *shilu, const char *path)
{
    struct terminal t = start((char *[]){shilu, narrow, (char *)path, NULL}, 40, 120);
    char bytes[4096];
    ssize_t n;

    count_until_quiet(&t);
    count_until_quiet(&t);
    n = read_some(&t, bytes, sizeof bytes, 5000);
    bench_note("bytes sent while nothing happens, 5 s: %zd (bar 0 %s)", n > 0 ? n : 0,
               n > 0 ? "MISSED" : "holds");
    stop(&t);
}

int main(int argc, char **argv)
{
    char *shilu = argc > 1 ? argv[1] : built;
    struct bench_record record = {
        .script = SCRIPT_HAN, .bytes = 400000, .characters = 300, .speakers = 8};
    char *path = bench_record_path("bytes", &record);
    char *text = text_of(shilu, path);

    bench_first_screen(shilu);
    bench_jump(shilu);
    bench_heading("Bytes on the line");
    bench_idle(shilu, path);
    bench_bytes(shilu, path, text, 50, 200);
    bench_bytes(shilu, path, text, 40, 120);
    bench_remove(path);
    bench_remove(text);
    return 0;
}
