/* The index of a library: a search with it prints what one without it does, and it is always
 * what the folder is, whatever happens to either. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

#include <cmocka.h>

#include "commands/grep_file.h"
#include "library_fixture.h"
#include "shilu/base/dir_walk.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/cli/ansi_style.h"
#include "shilu/index/index_refresh.h"
#include "shilu/text/search_terms.h"
#include "shilu/text/utf8.h"

enum { FILES = 24, QUERIES = 1000 };

static const char *const words[] = {
    "國務院",   "国务院",   "臨時救助",   "临时",       "開放政府",      "數位發展部",
    "養老服務", "发",       "髮",         "Parliament", "parliamentary", "budget",
    "Straße",   "café",     "cafe\u0301", "e-mail",     "10:25",         "2020",
    "２０２０", "COVID-19", "ガラス",     "ｶﾞﾗｽ",       "ひらがな",      "정부",
    "대한민국", "각국",     "ภาษา",       "العربية",    "Ελλάδα",        "бюджет",
    "don't",    "ﬁnance"};
static const char *const names[] = {"詹成付",      "沈若蘭", "Ana Costa",
                                    "Ben Adeyemi", "김민수", "白石 恵子"};
static const char *const joints[] = {" ", "", "，", ". ", "\u3000", " — "};

enum { WORDS = sizeof words / sizeof *words };

static uint32_t random_below(uint64_t *state, uint32_t below)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return (uint32_t)((*state * UINT64_C(2685821657736338717)) >> 33) % below;
}

/* Each file has some of the words only. */
static void append_words(struct buffer *out, uint64_t *state, uint32_t number, uint32_t count)
{
    for (; count > 0; count--) {
        uint32_t word = (number * 5 + random_below(state, 9)) % WORDS;

        buffer_append_string(out, words[word]);
        buffer_append_string(out, joints[random_below(state, 6)]);
    }
}

static void write_captions(uint32_t number, uint64_t *state)
{
    struct buffer text = {0};
    char path[40];

    for (int i = 0; i < 12; i++) {
        buffer_append_format(&text, "%d\n00:00:%02d,000 --> 00:00:%02d,900\n", i + 1, i, i);
        append_words(&text, state, number, 2);
        buffer_append_string(&text, "x\n\n");
    }
    snprintf(path, sizeof path, "shelf/%02u.srt", number);
    library_fixture_write(path, text.data);
    buffer_release(&text);
}

static void write_record(uint32_t number, uint64_t *state)
{
    struct buffer text = {0};
    char path[40];

    buffer_append_format(&text,
                         "{\"format\":\"shilu\",\"version\":1,\"title\":\"Record %u\","
                         "\"clock\":\"elapsed\",\"speakers\":[",
                         number);
    for (int i = 0; i < 3; i++)
        buffer_append_format(&text, "%s{\"id\":\"s%d\",\"name\":\"%s\",\"role\":\"%s\"}",
                             i > 0 ? "," : "", i, names[(number + (uint32_t)i) % 6],
                             i == 1 ? "spokesperson" : "部長");
    buffer_append_string(&text, "],\"segments\":[");
    for (int i = 0; i < 8; i++) {
        buffer_append_format(&text, "%s{\"speaker\":\"s%d\",\"start\":%d,\"text\":\"",
                             i > 0 ? ",\n" : "", i % 3, i * 10);
        append_words(&text, state, number, 6);
        buffer_append_string(&text, "\"}");
    }
    buffer_append_string(&text, "]}");
    snprintf(path, sizeof path, "shelf/%s%02u.json", number % 4 == 0 ? "below/" : "", number);
    library_fixture_write(path, text.data);
    buffer_release(&text);
}

/* What was written just now may change unseen, and is not indexed. */
static void make_old(void)
{
    const char *argument = "find shelf -type f -exec touch -d '1 hour ago' {} +; sleep 2.1";

    assert_int_equal(system(argument), 0);
}

static int make_shelf(void **state)
{
    uint64_t random = 88172645463325252u;

    if (library_fixture_set_up(state) != 0)
        return -1;
    for (uint32_t i = 0; i < FILES; i++)
        (i % 3 == 0 ? write_captions : write_record)(i, &random);
    library_fixture_write("shelf/broken.json",
                          "{\"format\":\"shilu\",\"version\":1,\"segments\":["
                          "{\"text\":\"budget\"},{\"text\":7");
    library_fixture_write("shelf/picture.png", "\x89PNG\r\n\x1a\n\x01\x02\x03\xff\xfe");
    library_fixture_write("shelf/gb.srt",
                          "1\n00:00:01,000 --> 00:00:02,000\n\xb9\xfa\xce\xf1\xd4\xba\n\n"
                          "2\n00:00:03,000 --> 00:00:04,000\n\xc1\xd9\xca\xb1\n\n");
    make_old();
    return 0;
}

struct counts {
    size_t files, read, unreadable;
};

static struct counts refresh(const char *folder, bool in_folder)
{
    const struct index_refresh_options how = {.in_folder = in_folder, .is_needed = true};
    char *copy = memory_strdup(folder);
    char *const paths[] = {copy};
    struct error err = {0};
    struct index_refresh *r = index_refresh_new(paths, 1, &how, &err);
    struct counts counts = {0};
    enum index_refresh_state state;

    if (r == NULL)
        fail_msg("%s", err.message);
    do {
        struct index_item item;

        state = index_refresh_step(r, 100, &item);
        if (state != INDEX_REFRESH_ITEM)
            continue;
        counts.files++;
        counts.read += item.was_read;
        counts.unreadable += item.facts.kind == FILE_UNREADABLE;
        file_facts_release(&item.facts);
        free(item.path);
    } while (state != INDEX_REFRESH_DONE);
    index_refresh_save(r);
    while (!index_refresh_settle(r, 100, &err))
        continue;
    assert_string_equal(err.message, "");
    index_refresh_free(r);
    free(copy);
    return counts;
}

/* ------------------------------------------------------------------------------ queries */

struct query {
    struct buffer text;
    struct options options;
    const char *speakers[2];
};

static void append_query_word(struct buffer *out, uint64_t *random)
{
    const char *word = words[random_below(random, WORDS)];
    size_t bytes = strlen(word);
    size_t from = utf8_floor(word, bytes, random_below(random, (uint32_t)bytes));
    size_t to = utf8_floor(word, bytes, from + 1 + random_below(random, (uint32_t)bytes));

    if (random_below(random, 3) == 0)
        from = 0;
    if (random_below(random, 3) == 0 || to <= from)
        to = bytes;
    buffer_append(out, word + from, to - from);
}

/* Folded, exact, patterns, parts of words and words together, speakers, times, kinds. */
static void make_query(struct query *q, uint64_t *random)
{
    static const char *const between[] = {"", " ", ".*", "|", "\\s+", "[^x]?"};
    uint32_t kind = random_below(random, 4);
    uint32_t parts = 1 + random_below(random, 2);

    *q = (struct query){.text = {0}};
    for (uint32_t i = 0; i < parts; i++) {
        if (i > 0)
            buffer_append_string(&q->text, between[random_below(random, kind == 0 ? 6 : 2)]);
        append_query_word(&q->text, random);
    }
    q->options.pattern = q->text.data;
    q->options.regex = kind == 0;
    q->options.exact = kind == 1;
    q->options.json = random_below(random, 4) == 0;
    q->options.count_only = random_below(random, 6) == 0;
    q->options.context = random_below(random, 8) == 0;
    if (random_below(random, 3) == 0) {
        static const char *const who[] = {"詹成付", "zcf",      "ana",    "ㄱㅁㅅ",
                                          "spokes", "白石恵子", "nobody", "部长"};

        q->speakers[0] = who[random_below(random, 8)];
        q->options.speakers = q->speakers;
        q->options.speaker_count = 1;
    }
    if (random_below(random, 5) == 0)
        q->options.from = "0:00:20";
    if (random_below(random, 5) == 0)
        q->options.to = "0:00:50";
    if (random_below(random, 9) == 0)
        q->options.kind = "question";
}

struct printed {
    struct buffer out;
    struct buffer errors;
    size_t passed_over; /* files that were not read */
};

/* Using the index, or NULL; using the bytes, or by reading every file. */
static void search(const struct query *q, const struct dir_walk *walk,
                   const struct index_search *index, bool by_bytes, struct printed *printed)
{
    struct error err;
    struct ansi_style *style = ansi_style_new(&q->options, -1, &err);
    struct grep_file_tools tools;
    bool ok = grep_file_tools_init(&tools, &q->options, &err);
    const struct grep_file_query query = {
        .options = &q->options, .paint = style, .columns = 0, .index = index};

    *printed = (struct printed){.passed_over = 0};
    if (ok && !by_bytes) {
        prefilter_free(tools.prefilter);
        tools.prefilter = NULL;
    }
    for (size_t i = 0; ok && i < walk->count; i++) {
        struct grep_hits hits = {0};

        grep_file_find(&hits, &query, &tools, walk->files[i].path, false);
        buffer_append(&printed->out, buffer_string(&hits.out), hits.out.bytes);
        buffer_append(&printed->errors, buffer_string(&hits.errors), hits.errors.bytes);
        printed->passed_over += index != NULL &&
                                !index_search_may_match(index, walk->files[i].path);
        grep_file_release(&hits);
    }
    if (ok)
        grep_file_tools_release(&tools);
    ansi_style_free(style);
}

/* The same bytes with the index and without; returns how many files were passed over. */
static size_t check_query(const struct query *q, const struct dir_walk *walk, char *folder)
{
    char *const paths[] = {folder};
    const struct index_search_query asked = {.text = q->options.pattern,
                                             .flags = grep_file_flags(&q->options),
                                             .speakers = (char *const *)q->options.speakers,
                                             .speaker_count = q->options.speaker_count};
    struct index_search *index = index_search_new(paths, 1, &asked);
    struct printed with, without, read;
    size_t passed_over;

    search(q, walk, index, true, &with);
    search(q, walk, NULL, true, &without);
    search(q, walk, NULL, false, &read);
    assert_string_equal(buffer_string(&without.out), buffer_string(&read.out));
    if (strcmp(buffer_string(&with.out), buffer_string(&without.out)) != 0)
        fail_msg("'%s'%s: with the index\n%swithout\n%s", q->options.pattern,
                 q->options.regex ? " (pattern)" : "", buffer_string(&with.out),
                 buffer_string(&without.out));
    assert_string_equal(buffer_string(&with.errors), buffer_string(&without.errors));
    passed_over = with.passed_over;
    index_search_free(index);
    buffer_release(&with.out);
    buffer_release(&with.errors);
    buffer_release(&without.out);
    buffer_release(&without.errors);
    buffer_release(&read.out);
    buffer_release(&read.errors);
    return passed_over;
}

static size_t check_queries(char *folder, size_t count, uint64_t seed)
{
    struct dir_walk walk = {0};
    size_t passed_over = 0;

    dir_walk_add(&walk, folder);
    while (count-- > 0) {
        struct query q;

        make_query(&q, &seed);
        passed_over += check_query(&q, &walk, folder);
        buffer_release(&q.text);
    }
    dir_walk_release(&walk);
    return passed_over;
}

/* ---------------------------------------------------------------------------------- tests */

static char shelf[] = "shelf";
static char below[] = "shelf/below";

static void index__prints_what_a_search_without_it_prints(void **state)
{
    struct counts counts = refresh("shelf", false);

    (void)state;
    assert_int_equal(counts.files, FILES + 3);
    assert_int_equal(counts.read, FILES + 3);
    /* Of 27,000 files that were asked for most are passed over. */
    assert_true(check_queries(shelf, QUERIES, 2463534242u) > QUERIES * FILES / 2);
    /* A folder below the one that was indexed is in the same index. */
    assert_true(check_queries(below, 50, 123456789u) > 50);
}

static void index__reads_again_only_what_has_changed(void **state)
{
    struct counts counts;

    (void)state;
    refresh("shelf", false);
    counts = refresh("shelf", false);
    assert_int_equal(counts.files, FILES + 3);
    assert_int_equal(counts.read, 0);
    library_fixture_write_record("shelf/01.json", "Other", "數位發展部 has other words");
    library_fixture_write_record("shelf/new.json", "New", "a new word: quetzalcoatl");
    assert_int_equal(unlink("shelf/02.json"), 0);
    /* What is not as it was is read at once, before any refresh … */
    check_queries(shelf, 50, 7);
    counts = refresh("shelf", false);
    assert_int_equal(counts.files, FILES + 3);
    assert_int_equal(counts.read, 2);
    check_queries(shelf, 50, 8);
    /* … and once it is old enough it is in the index. */
    make_old();
    assert_int_equal(refresh("shelf", false).read, FILES + 3);
    assert_int_equal(refresh("shelf", false).read, 0);
    assert_true(check_queries(shelf, 100, 9) > 100);
}

/* As many files as there are batches, each with a word of its own, and all with another. */
static void add_batches(struct index_store *store, struct search_terms *terms, int from, int to,
                        int64_t time)
{
    struct error err;

    for (; from < to; from++) {
        struct file_facts facts = {.kind = FILE_TRANSCRIPT};
        struct index_entry e = {
            .facts = &facts, .documents = 1, .people = "A\x1f\x1f\x1f\x1f\n"};
        char file[20], text[60];
        size_t end;

        snprintf(file, sizeof file, "%03d.txt", from);
        snprintf(text, sizeof text, "common word%d at%d", from, (int)time);
        search_terms_clear(terms);
        search_terms_add(terms, text, strlen(text));
        end = terms->count;
        e.file = file;
        e.stamp.modified_ns = time;
        e.terms = terms->terms;
        e.ends = &end;
        e.words = terms->words.data;
        e.words_bytes = terms->words.bytes;
        e.people_bytes = strlen(e.people);
        assert_true(index_store_add(store, &e, &err));
        assert_true(index_store_flush(store, &err));
    }
}

static size_t count_may(struct index_store *store, const char *query, int files, int64_t time)
{
    struct search_terms_wants wants = {0};
    char *const speakers[] = {(char[]){"a"}};
    struct error err;
    struct index_answer *answer;
    size_t count = 0;

    search_terms_wants_add(&wants, query, strlen(query));
    answer = index_store_ask(store, &wants, speakers, 1, &err);
    assert_non_null(answer);
    for (int i = 0; i < files; i++) {
        struct file_stamp stamp = {.modified_ns = time};
        char file[20];

        snprintf(file, sizeof file, "%03d.txt", i);
        count += index_answer_of(answer, file, &stamp) == INDEX_MAY;
    }
    index_answer_free(answer);
    search_terms_wants_release(&wants);
    return count;
}

/* A reason written in one language is not kept for another: the file is read again. */
static void index_store_facts__in_another_language__are_not_known(void **state)
{
    struct file_facts facts = {.kind = FILE_UNREADABLE, .trouble = (char[]){"no words"}};
    struct file_facts found = FILE_FACTS_INIT;
    struct index_entry e = {.facts = &facts, .file = "a.docx", .stamp.modified_ns = 7};
    struct index_store *store;
    struct error err;

    unlink("reasons.sqlite");
    translate_use("en");
    store = index_store_open_to_write("reasons.sqlite", &err);
    assert_non_null(store);
    assert_true(index_store_add(store, &e, &err));
    assert_true(index_store_flush(store, &err));
    assert_true(index_store_facts(store, "a.docx", &e.stamp, &found));
    assert_string_equal(found.trouble, "no words");
    file_facts_release(&found);
    if (translate_use("ja"))
        assert_false(index_store_facts(store, "a.docx", &e.stamp, &found));
    translate_use("en");
    index_store_free(store);
}

static size_t count_rows(const char *table)
{
    struct buffer line = {0};
    FILE *found;
    int rows = -1;

    buffer_append_format(&line, "sqlite3 batches.sqlite 'SELECT count(*) FROM %s'", table);
    found = popen(line.data, "r");
    assert_non_null(found);
    if (fscanf(found, "%d", &rows) != 1)
        rows = -1;
    pclose(found);
    buffer_release(&line);
    return (size_t)rows;
}

/* Many small changes do not make many batches for ever, and what has gone goes. */
static void index_store_tidy__brings_batches_together(void **state)
{
    struct search_terms_alphabet *alphabet = search_terms_alphabet_new();
    struct search_terms terms;
    struct error err;
    struct index_store *store = index_store_open_to_write("batches.sqlite", &err);
    char *keep[30];

    (void)state;
    assert_non_null(store);
    search_terms_init(&terms, alphabet);
    add_batches(store, &terms, 0, 30, 1);
    add_batches(store, &terms, 10, 20, 2); /* read again since */
    for (int i = 0; i < 25; i++) {         /* the last five have gone */
        keep[i] = memory_alloc(20);
        snprintf(keep[i], 20, "%03d.txt", i);
    }
    assert_int_equal(count_may(store, "common", 30, 1), 20);
    assert_int_equal(count_may(store, "common", 30, 2), 10);
    assert_true(index_store_tidy(store, "", keep, 25, &err));
    assert_int_equal(count_may(store, "common", 30, 1), 15);
    assert_int_equal(count_may(store, "common", 30, 2), 10);
    assert_int_equal(count_may(store, "word1", 30, 1), 1);
    assert_int_equal(count_may(store, "word1", 30, 2), 10);
    index_store_free(store);
    if (system("command -v sqlite3 >/dev/null") == 0) {
        assert_int_equal(count_rows("batch"), 1);
        assert_int_equal(count_rows("file"), 25);
    }
    store = index_store_open("batches.sqlite", &err);
    assert_non_null(store);
    assert_int_equal(count_may(store, "word12 ", 30, 2), 1);
    assert_int_equal(count_may(store, "at1", 30, 2), 0);
    index_store_free(store);
    for (int i = 0; i < 25; i++)
        free(keep[i]);
    search_terms_release(&terms);
    search_terms_alphabet_free(alphabet);
}

static const char *index_path(void)
{
    static char path[300];
    FILE *found = popen("find \"$XDG_CACHE_HOME\" -name '*.sqlite'", "r");

    assert_non_null(found);
    assert_non_null(fgets(path, sizeof path, found));
    pclose(found);
    path[strcspn(path, "\n")] = '\0';
    return path;
}

/* Whatever byte of it is damaged: a search finds all, and a refresh makes it again. */
static void index__damaged__is_not_believed(void **state)
{
    struct stat st;
    int place;

    (void)state;
    refresh("shelf", false);
    assert_int_equal(stat(index_path(), &st), 0);
    for (place = 0; place < 40; place++) {
        int fd = open(index_path(), O_RDWR);
        char junk[700];

        memset(junk, 0xA5, sizeof junk);
        assert_true(fd >= 0);
        assert_true(pwrite(fd, junk, sizeof junk, place * (st.st_size / 40)) > 0);
        close(fd);
        check_queries(shelf, 4, 11 + (uint64_t)place);
        refresh("shelf", false);
        check_queries(shelf, 4, 51 + (uint64_t)place);
        assert_int_equal(stat(index_path(), &st), 0);
    }
    assert_int_equal(truncate(index_path(), 100), 0);
    check_queries(shelf, 4, 3);
    assert_int_equal(refresh("shelf", false).read, FILES + 3);
    assert_true(check_queries(shelf, 20, 4) > 20);
}

static void index__of_another_version__is_made_anew(void **state)
{
    struct buffer line = {0};

    (void)state;
    refresh("shelf", false);
    buffer_append_format(&line, "sqlite3 '%s' \"UPDATE meta SET value='0'\" 2>/dev/null",
                         index_path());
    if (system(line.data) != 0)
        skip();
    buffer_release(&line);
    check_queries(shelf, 10, 5);
    assert_int_equal(refresh("shelf", false).read, FILES + 3);
}

static void index__in_the_folder__goes_with_it(void **state)
{
    static char moved[] = "moved";

    (void)state;
    refresh("shelf", true);
    assert_int_equal(access("shelf/.shilu-index", F_OK), 0);
    assert_int_equal(rename("shelf", "moved"), 0);
    /* The files are those that were indexed: a folder that is renamed does not change them. */
    assert_true(check_queries(moved, 100, 6) > 100);
    assert_int_equal(refresh("moved", false).read, 0);
    assert_int_equal(rename("moved", "shelf"), 0);
}

/* Without a place to write nothing is indexed, and all is found. */
static void index__read_only_home__works_without(void **state)
{
    const struct index_refresh_options how = {.is_needed = true};
    char *const paths[] = {shelf};
    struct error err = {0};
    char *before = memory_strdup(getenv("XDG_CACHE_HOME"));

    (void)state;
    setenv("XDG_CACHE_HOME", "/proc/nowhere", 1);
    assert_null(index_refresh_new(paths, 1, &how, &err));
    assert_true(*err.message != '\0');
    assert_int_equal(check_queries(shelf, 10, 5), 0);
    setenv("XDG_CACHE_HOME", before, 1);
    free(before);
}

/* One program writes, others read, and a second writer gets a message. */
static void index__several_programs__agree(void **state)
{
    const struct index_refresh_options how = {.is_needed = true};
    char *const paths[] = {shelf};
    struct error err = {0};
    struct index_refresh *first = index_refresh_new(paths, 1, &how, &err);
    struct index_item item;

    (void)state;
    assert_non_null(first);
    assert_null(index_refresh_new(paths, 1, &how, &err));
    assert_non_null(strstr(err.message, "another program"));
    for (int i = 0; i < 5; i++) {
        if (index_refresh_step(first, 1000, &item) == INDEX_REFRESH_ITEM) {
            file_facts_release(&item.facts);
            free(item.path);
        }
    }
    check_queries(shelf, 10, 12);
    index_refresh_free(first); /* stopped: what was read so far is kept */
    assert_true(refresh("shelf", false).read < FILES + 3);
    check_queries(shelf, 10, 13);
}

static void index__killed_while_it_writes__goes_on(void **state)
{
    int status;
    pid_t child = fork();

    (void)state;
    if (child == 0) {
        alarm(0);
        refresh("shelf", false);
        refresh("shelf", false);
        _exit(0);
    }
    usleep(30000);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    check_queries(shelf, 10, 14);
    refresh("shelf", false);
    assert_int_equal(refresh("shelf", false).read, 0);
    assert_true(check_queries(shelf, 50, 15) > 50);
}

static int remove_index(void **state)
{
    (void)state;
    return system("rm -rf \"$XDG_CACHE_HOME/shilu\" shelf/.shilu-index*");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(index__prints_what_a_search_without_it_prints, remove_index),
        cmocka_unit_test_setup(index__damaged__is_not_believed, remove_index),
        cmocka_unit_test_setup(index__of_another_version__is_made_anew, remove_index),
        cmocka_unit_test_setup(index__in_the_folder__goes_with_it, remove_index),
        cmocka_unit_test_setup(index__read_only_home__works_without, remove_index),
        cmocka_unit_test_setup(index__several_programs__agree, remove_index),
        cmocka_unit_test_setup(index__killed_while_it_writes__goes_on, remove_index),
        cmocka_unit_test_setup(index_store_facts__in_another_language__are_not_known,
                               remove_index),
        cmocka_unit_test_setup(index_store_tidy__brings_batches_together, remove_index),
        /* The last, since it changes the files. */
        cmocka_unit_test_setup(index__reads_again_only_what_has_changed, remove_index),
    };

    return cmocka_run_group_tests(tests, make_shelf, library_fixture_tear_down);
}
