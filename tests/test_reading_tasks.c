/* Ten things that people do with transcripts, done with the program in a terminal, and the keys
 * counted: each at most as many as the product's table of keys needs, and none leaves the
 * screen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "pty_program.h"
#include "shilu/base/file.h"
#include "shilu/text/utf8.h"

static char hearing[600];

static int keys_typed;

/* A key is a character, what an Escape begins is one. */
static void type(struct pty *p, const char *keys)
{
    keys_typed += (int)utf8_count(keys, strlen(keys));
    pty_send(p, keys);
}

static void open_hearing(struct pty *p)
{
    static const char *arguments[3];

    arguments[0] = program;
    arguments[1] = hearing;
    keys_typed = 0;
    program_forget(NULL);
    start_and_see(p, &(struct pty_options){.arguments = arguments, .rows = 40, .columns = 120},
                  "Timeline");
}

/* Nothing has taken the screen away, and so many keys were enough. */
static void check(struct pty *p, const char *task, int most)
{
    assert_true(p->on_alternate_screen);
    assert_false(p->has_ended);
    print_message("%-48s %2d keys, at most %d\n", task, keys_typed, most);
    if (keys_typed > most)
        fail_msg("%s: %d keys", task, keys_typed);
}

static char *kept(const char *name)
{
    char path[400];
    struct error err;
    size_t bytes;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return file_read(path, 1 << 20, &bytes, &err);
}

static void forget(const char *name)
{
    char path[400];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    unlink(path);
}

static void task__quote_one_sentence_with_its_citation(void **state)
{
    struct pty p;
    char *text;

    (void)state;
    write_config("{\"copy-command\": \"cat >\\\"$XDG_DATA_HOME/copied\\\"\"}");
    static const char *arguments[3];

    arguments[0] = program;
    arguments[1] = hearing;
    keys_typed = 0;
    start_and_see(&p, &(struct pty_options){.arguments = arguments, .rows = 40, .columns = 120},
                  "Timeline");
    type(&p, "]");
    type(&p, "Y");
    wait_for(&p, "with their source");
    text = kept("copied");
    assert_non_null(strstr(text, "青潭晨報。\n-- 青潭晨報記者, 2031-05-12, 10:12:08"));
    free(text);
    check(&p, "quote one sentence with its citation", 2);
    quit(&p);
    forget("copied");
}

static void task__go_to_a_moment(void **state)
{
    struct pty p;

    (void)state;
    open_hearing(&p);
    type(&p, "t1016\r");
    wait_for(&p, "10:16:20  turn");
    check(&p, "go to a moment", 6);
    quit(&p);
}

static void task__only_one_question(void **state)
{
    struct pty p;

    (void)state;
    open_hearing(&p);
    type(&p, "3]i");
    wait_for(&p, "only Q3");
    check(&p, "only question 3", 3);
    quit(&p);
}

static void task__list_the_questions(void **state)
{
    struct pty p;

    (void)state;
    open_hearing(&p);
    type(&p, "I");
    wait_for(&p, "Q4");
    check(&p, "list the questions", 1);
    type(&p, "q");
    quit(&p);
}

/* The program has this process's umask. */
static void assert_written_as_the_umask_says(const char *name)
{
    char path[500];
    mode_t mask = umask(0);
    struct stat st;

    umask(mask);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0666 & ~mask);
}

static void task__one_speaker_into_markdown(void **state)
{
    char keys[500];
    struct pty p;
    char *text;

    (void)state;
    open_hearing(&p);
    type(&p, "sfalk\r");
    wait_for(&p, "only Ingrid Falk");
    type(&p, "w");
    snprintf(keys, sizeof keys, "%s/falk.md\r", folder);
    pty_send(&p, keys); /* the name of the file is the reader's own */
    wait_for(&p, "segments written");
    assert_written_as_the_umask_says("falk.md");
    text = kept("falk.md");
    assert_non_null(strstr(text, "Ingrid Falk"));
    assert_null(strstr(text, "賀明遠 "));
    free(text);
    check(&p, "one speaker into Markdown", 7);
    quit(&p);
    forget("falk.md");
}

static void task__a_folders_third_hit_and_back(void **state)
{
    const char *arguments[] = {program, folder, NULL};
    struct pty p;

    (void)state;
    keys_typed = 0;
    start_and_see(&p, &(struct pty_options){.arguments = arguments, .rows = 40, .columns = 120},
                  "1 transcript");
    type(&p, "/mark00\r");
    wait_for(&p, "99 hits");
    type(&p, "3n\r");
    wait_for(&p, "3 of 99");
    type(&p, "q");
    wait_for(&p, "99 hits");
    check(&p, "a folder's third hit and back", 12);
    type(&p, "q");
    quit(&p);
}

static void task__a_meetings_captions_by_voice(void **state)
{
    static const char text[] = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>One.\n\n"
                               "00:03.000 --> 00:04.000\n<v Ben>Two.\n\n"
                               "00:05.000 --> 00:06.000\n<v Ann>Three.\n";
    char path[400];
    const char *arguments[] = {program, path, NULL};
    struct error err;
    struct pty p;

    (void)state;
    snprintf(path, sizeof path, "%s/meeting.vtt", folder);
    assert_true(file_replace(path, text, strlen(text), &err));
    keys_typed = 0;
    start_and_see(&p, &(struct pty_options){.arguments = arguments, .rows = 40, .columns = 120},
                  "Speakers 2");
    type(&p, "sb\r");
    wait_for(&p, "only Ben");
    check(&p, "a caption meeting by voice", 3);
    quit(&p);
    unlink(path);
}

static void task__rename_a_speaker(void **state)
{
    char command[400];
    struct pty p;

    (void)state;
    start_and_see(&p, &(struct pty_options){.rows = 40, .columns = 120}, "mark0001");
    keys_typed = 0;
    type(&p, ":ren\t Zoe\r");
    wait_for(&p, "Zoe in this record");
    check(&p, "rename a speaker", 10);
    quit(&p);
    snprintf(command, sizeof command, "rm -rf '%s/shilu/speakers'", folder);
    assert_int_equal(system(command), 0);
}

static void task__five_quotes_into_a_file(void **state)
{
    struct pty p;
    char *text;
    int lines = 0;

    (void)state;
    open_hearing(&p);
    type(&p, "c}c}c}c}c");
    wait_for(&p, "quote 5 in");
    text = kept("shilu/quotes.jsonl");
    for (const char *c = text; *c != '\0'; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 5);
    free(text);
    check(&p, "five quotes into a file", 9);
    quit(&p);
    forget("shilu/quotes.jsonl");
}

static void task__open_at_a_hit_from_grep(void **state)
{
    const char *arguments[] = {program, "+/mark0300", record, NULL};
    struct pty p;

    (void)state;
    keys_typed = 0;
    start_and_see(&p, &(struct pty_options){.arguments = arguments, .rows = 40, .columns = 120},
                  "1 of 1");
    assert_true(pty_find(&p, "mark0300") >= 0);
    check(&p, "open at a hit from grep", 0);
    quit(&p);
}

static int set_up(void **state)
{
    const char *root = getenv("SHILU_SRCDIR");

    snprintf(hearing, sizeof hearing, "%s/tests/fixtures/hearing.json",
             root != NULL ? root : ".");
    return program_set_up(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PTY_TEST(task__quote_one_sentence_with_its_citation),
        PTY_TEST(task__go_to_a_moment),
        PTY_TEST(task__only_one_question),
        PTY_TEST(task__list_the_questions),
        PTY_TEST(task__one_speaker_into_markdown),
        PTY_TEST(task__a_folders_third_hit_and_back),
        PTY_TEST(task__a_meetings_captions_by_voice),
        PTY_TEST(task__rename_a_speaker),
        PTY_TEST(task__five_quotes_into_a_file),
        PTY_TEST(task__open_at_a_hit_from_grep),
    };

    return cmocka_run_group_tests(tests, set_up, program_tear_down);
}
