/* Words are conserved: each letter of a record's source is in a turn, in a speaker's name or
 * role, in a title, a fact or a time, or is reported as left out. Checked for the fixtures of
 * records, the open cases and the real files; where the last two are absent they are skipped,
 * and the test says so. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats/common/folded_text.h"
#include "formats/containers/docx_container.h"
#include "formats/containers/html_cited.h"
#include "formats/containers/html_container.h"
#include "formats/containers/markdown_container.h"
#include "formats/containers/odt_container.h"
#include "formats/records/line/vocabulary.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/text/month_names.h"
#include "shilu/text/utf8.h"

enum { BYTES_MAX = 2 << 20, SAMPLE_LETTERS = 24, PART_MIN = 4, CJK_PART_MIN = 2 };

/* Letters and digits, folded, in lower case. `starts[i]` is true where a word begins. */
struct letters {
    uint32_t *cp;
    bool *starts;
    size_t count;
    size_t capacity;
    size_t starts_capacity;
};

static void letters_release(struct letters *l)
{
    free(l->cp);
    free(l->starts);
    *l = (struct letters){0};
}

static void letters_add(struct letters *l, struct span text)
{
    bool starts = true;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        cp = folded_code_point(cp);
        if (cp >= 'A' && cp <= 'Z')
            cp |= 0x20;
        if (!folded_is_letter(cp) && !folded_is_digit(cp)) {
            starts |= cp != 0;
            continue;
        }
        MEMORY_RESERVE(l->cp, l->capacity, l->count + 1);
        MEMORY_RESERVE(l->starts, l->starts_capacity, l->count + 1);
        l->starts[l->count] = starts;
        l->cp[l->count++] = cp;
        starts = false;
    }
}

/* Where the letters occur among others from `from` on, or SIZE_MAX. */
static size_t letters_find(const struct letters *in, size_t from, const uint32_t *cp,
                           size_t count)
{
    size_t at;

    for (at = from; at + count <= in->count; at++)
        if (in->cp[at] == *cp && memcmp(in->cp + at, cp, count * sizeof *cp) == 0)
            return at;
    return SIZE_MAX;
}

static size_t word_length(const struct letters *l, size_t at)
{
    size_t end = at + 1;

    while (end < l->count && !l->starts[end])
        end++;
    return end - at;
}

/* ------------------------------------------------------------------ the record */

struct record {
    struct letters said;
    struct letters named; /* all that is not said */
    size_t cursor;        /* where the last words were found in `said` */
    uint64_t left_out;
    uint64_t lost;
    uint64_t line; /* of the first lost */
    char sample[128];
};

static void add_string(struct letters *l, const char *s)
{
    if (s != NULL)
        letters_add(l, span_string(s));
}

/* 黃委員小山, 工務局簡局長志豪: the role, or its end, stands between family and given name. */
static void add_name_around_role(struct letters *l, const struct speaker *s)
{
    struct buffer label = {0};
    uint32_t cp;
    size_t family, front = 0;

    if (s->role == NULL || *s->name == '\0' || (*s->name & 0x80) == 0)
        return;
    family = utf8_decode(s->name, strlen(s->name), &cp);
    while (s->role[front] != '\0') {
        buffer_clear(&label);
        buffer_append(&label, s->role, front);
        buffer_append(&label, s->name, family);
        buffer_append_string(&label, s->role + front);
        buffer_append_string(&label, s->name + family);
        add_string(l, buffer_string(&label));
        front += utf8_decode(s->role + front, strlen(s->role + front), &cp);
    }
    buffer_release(&label);
}

static void gather(struct record *r, const struct transcript *t)
{
    uint32_t i;
    size_t k;
    int field;

    for (i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        letters_add(&r->said, span_of(text, bytes));
    }
    for (i = 0; i < transcript_speaker_count(t); i++) {
        const struct speaker *s = transcript_speaker_at(t, i);

        add_string(&r->named, s->name);
        add_string(&r->named, s->role);
        add_name_around_role(&r->named, s);
        add_string(&r->named, s->organization);
    }
    for (field = 0; field < FIELD_COUNT; field++)
        add_string(&r->named, transcript_get(t, (enum transcript_field)field));
    for (k = 0; k < transcript_fact_count(t); k++) {
        struct fact fact = transcript_fact(t, k);

        add_string(&r->named, fact.name);
        add_string(&r->named, fact.value);
    }
}

/* ------------------------------------------------------------------ one word */

static bool is_mark(const struct letters *l, size_t at, size_t length)
{
    char text[128];
    size_t bytes = 0, word, i;

    for (i = 0; i < length && bytes + UTF8_MAX_BYTES < sizeof text; i++)
        bytes += utf8_encode(l->cp[at + i], text + bytes);
    if (bytes > 0 && *text >= 'a' && *text <= 'z')
        *text = (char)(*text - 0x20);
    /* "From" is how a meeting's chat marks who writes. */
    return vocabulary_mark(span_of(text, bytes), &word) != MARK_NONE ||
           span_is(span_of(text, bytes), "From");
}

/* Digits, and the words that times and dates are written with. */
static size_t time_length(const struct letters *l, size_t at)
{
    static const char *const words[] = {
        "年",        "月",       "日",       "時",      "时",      "分",        "秒",
        "点",        "點",       "半",       "号",      "令和",    "平成",      "昭和",
        "民國",      "中華",     "上午",     "下午",    "午前",    "午後",      "凌晨",
        "早上",      "晚上",     "星期",     "週",      "周",      "曜",        "一",
        "二",        "三",       "四",       "五",      "六",      "七",        "八",
        "九",        "十",       "火",       "水",      "木",      "金",        "土",
        "년",        "월",       "일",       "시",      "분",      "초",        "오전",
        "오후",      "요일",     "화",       "수",      "목",      "금",        "토",
        "am",        "pm",       "utc",      "gmt",     "monday",  "tuesday",   "wednesday",
        "thursday",  "friday",   "saturday", "sunday",  "mon",     "tue",       "wed",
        "thu",       "fri",      "sat",      "sun",     "january", "february",  "march",
        "april",     "may",      "june",     "july",    "august",  "september", "october",
        "november",  "december", "jan",      "feb",     "mar",     "apr",       "jun",
        "jul",       "aug",      "sep",      "oct",     "nov",     "dec",       "h",
        "min",       "s",        "t",        "z",       "p",       "a",         "m",
        "hour",      "hours",    "minute",   "minutes", "second",  "seconds",   "元",
        "昨日",      "今日",     "昨天",     "今天",    "어제",    "오늘",      "uhr",
        "de",        "est",      "edt",      "et",      "kl",      "klo",       "today",
        "yesterday", "at",       "heute",    "gestern", "um",      "sec",       "hrs",
        "uur",       "gada"};
    size_t longest = 0;
    size_t count = sizeof words / sizeof *words;
    size_t i;

    if (folded_is_digit(l->cp[at]))
        return 1;
    for (i = 0; i < count || month_names_other[i - count] != NULL; i++) {
        struct letters word = {0};

        letters_add(&word, span_string(i < count ? words[i] : month_names_other[i - count]));
        if (word.count > longest && at + word.count <= l->count &&
            memcmp(l->cp + at, word.cp, word.count * sizeof *word.cp) == 0)
            longest = word.count;
        letters_release(&word);
    }
    return longest;
}

static size_t time_word_length(const struct letters *l, size_t at, size_t length)
{
    size_t used = 0;

    while (used < length) {
        size_t step = time_length(l, at + used);

        if (step == 0 || used + step > length)
            return 0;
        used += step;
    }
    return used;
}

/* 5 secondsWe begin: a time that words are glued to. */
static size_t time_front_length(const struct letters *l, size_t at, size_t length)
{
    size_t used = time_length(l, at);

    return used >= PART_MIN && used < length ? used : 0;
}

/* How many letters from `at` on are said; at least one word, or a part of it before a label. */
static size_t said_length(struct record *r, const struct letters *l, size_t at, size_t length)
{
    size_t place = letters_find(&r->said, r->cursor, l->cp + at, length);
    size_t used = length;

    if (place == SIZE_MAX)
        place = letters_find(&r->said, 0, l->cp + at, length);
    if (place == SIZE_MAX)
        return 0;
    while (at + used < l->count && place + used < r->said.count &&
           l->cp[at + used] == r->said.cp[place + used])
        used++;
    if (place >= r->cursor)
        r->cursor = place + used;
    return used;
}

/* The longest start of a word that occurs somewhere in the record: what precedes a label's
 * colon may be joined to what follows it, and so may its parts. */
static size_t part_length(const struct record *r, const struct letters *l, size_t at,
                          size_t length)
{
    size_t least = folded_is_cjk(l->cp[at]) ? CJK_PART_MIN : PART_MIN;

    for (; length >= least; length--)
        if (letters_find(&r->named, 0, l->cp + at, length) != SIZE_MAX ||
            letters_find(&r->said, 0, l->cp + at, length) != SIZE_MAX)
            return length;
    return 0;
}

/* CO1: a name that the number of its turn is glued to. */
static size_t counted_name_length(const struct record *r, const struct letters *l, size_t at,
                                  size_t length)
{
    size_t name = 0, i;

    while (name < length && !folded_is_digit(l->cp[at + name]))
        name++;
    for (i = name; i < length; i++)
        if (!folded_is_digit(l->cp[at + i]))
            return 0;
    return name > 0 && name < length && letters_find(&r->named, 0, l->cp + at, name) != SIZE_MAX
               ? name
               : 0;
}

static void lose(struct record *r, const struct letters *l, size_t at, uint64_t line,
                 size_t count)
{
    size_t bytes = 0, i;

    r->lost += count;
    if (r->lost > count)
        return;
    r->line = line;
    for (i = at; i < l->count && i < at + SAMPLE_LETTERS; i++)
        bytes += utf8_encode(l->cp[i], r->sample + bytes);
    r->sample[bytes] = '\0';
}

static void look_for(struct record *r, struct span text, uint64_t line)
{
    struct letters l = {0};
    size_t at = 0;

    letters_add(&l, text);
    while (at < l.count) {
        size_t length = word_length(&l, at);
        size_t used = said_length(r, &l, at, length);

        if (used == 0 && letters_find(&r->named, 0, l.cp + at, length) != SIZE_MAX)
            used = length;
        if (used == 0 && is_mark(&l, at, length))
            used = length;
        if (used == 0)
            used = time_word_length(&l, at, length);
        if (used == 0 && folded_is_digit(l.cp[at]))
            used = 1;
        if (used == 0)
            used = time_front_length(&l, at, length);
        if (used == 0)
            used = counted_name_length(r, &l, at, length);
        if (used == 0)
            used = part_length(r, &l, at, length - 1);
        if (used == 0) { /* a word, or, where none are parted by blanks, a letter */
            used = folded_is_cjk(l.cp[at]) ? 1 : length;
            lose(r, &l, at, line, used);
        }
        at += used;
    }
    letters_release(&l);
}

/* ------------------------------------------------------------------ the source */

/* The words of a document's blocks, since its file holds more than words. */
static void look_for_blocks(struct record *r, const struct container_ops *ops,
                            const struct buffer *file)
{
    struct error err = {0};
    struct input *in = input_new(source_open_memory(file->data, file->bytes), NULL, &err);
    struct diagnostics found = {0};
    struct drafts *drafts = drafts_new();
    struct reader_context context = {.input = in, .drafts = drafts, .diagnostics = &found};
    void *self = ops->open();
    enum block_status status = BLOCK_MORE;
    struct block block;

    while (status == BLOCK_READY || status == BLOCK_MORE) {
        status = ops->next(self, &context, &block, &err);
        if (status == BLOCK_READY)
            look_for(r, block.text, block.line);
        else if (status == BLOCK_MORE && input_ended(in))
            break;
        else if (status == BLOCK_MORE)
            input_fill(in, BYTES_MAX);
    }
    ops->close(self);
    drafts_free(drafts);
    diagnostics_release(&found);
    input_free(in);
}

static void look_for_lines(struct record *r, const struct buffer *file)
{
    struct span rest = span_of(file->data, file->bytes);
    struct span line;
    uint64_t number = 0;

    while (span_next_line(&rest, &line))
        look_for(r, line, ++number);
}

static bool is_utf8(const struct buffer *file)
{
    size_t at = 0;

    while (at < file->bytes) {
        uint32_t cp;
        size_t used = utf8_decode(file->data + at, file->bytes - at, &cp);

        if (cp == 0xFFFD || cp == 0)
            return false;
        at += used;
    }
    return true;
}

static void read_file(const char *path, struct buffer *out)
{
    char bytes[65536];
    size_t got;
    FILE *file = fopen(path, "rb");

    while (file != NULL && (got = fread(bytes, 1, sizeof bytes, file)) > 0)
        buffer_append(out, bytes, got);
    if (file != NULL)
        fclose(file);
}

/* ------------------------------------------------------------------ files */

static size_t looked_at, wrong;

/* What the record says it left out; without what its container kept from the blocks. */
static uint64_t count_left_out(const struct record_account *a, bool blocks)
{
    uint64_t characters = 0;
    size_t i;

    for (i = 0; i < a->left_out_count; i++)
        if (!blocks || strncmp(a->left_out[i].reason, "words beside", 12) == 0)
            characters += a->left_out[i].characters;
    return characters;
}

static bool is_text(const char *format)
{
    return strcmp(format, "text") == 0 || strcmp(format, "plain") == 0;
}

static const struct container_ops *container_of(const char *format)
{
    return strcmp(format, "docx") == 0       ? &docx_container
           : strcmp(format, "odt") == 0      ? &odt_container
           : strcmp(format, "markdown") == 0 ? &markdown_container
           : strcmp(format, "html") == 0     ? &html_container
                                             : NULL;
}

/* Whether every word of a record is in what was read of it. */
static void check_words(const char *path, const struct loader *l, const struct transcript *t)
{
    const char *format = loader_format_name(l);
    const struct container_ops *container = container_of(format);
    struct record r = {.left_out = count_left_out(loader_account(l), container != NULL)};
    struct buffer file = {0};

    read_file(path, &file);
    if (strcmp(format, "plain") == 0 &&
        markdown_container_is_certain(span_of(buffer_string(&file), file.bytes)))
        container = &markdown_container;
    if (container == &html_container &&
        html_cited_detect(span_of(buffer_string(&file), file.bytes)) > CONFIDENCE_NO) {
        buffer_release(&file); /* it says itself who speaks, and is not read by layouts */
        return;
    }
    if (file.bytes > BYTES_MAX || (container == NULL && !is_utf8(&file))) {
        buffer_release(&file);
        return;
    }
    gather(&r, t);
    if (container != NULL)
        look_for_blocks(&r, container, &file);
    else
        look_for_lines(&r, &file);
    looked_at++;
    if (r.lost > r.left_out) {
        print_error("%s:%llu: %llu letters are lost, the first of '%s'\n", path,
                    (unsigned long long)r.line, (unsigned long long)r.lost, r.sample);
        wrong++;
    }
    letters_release(&r.said);
    letters_release(&r.named);
    buffer_release(&file);
}

static int check_file(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    const struct loader_options options = {0};
    const char *dot = strrchr(path, '.');
    struct error err = {0};
    struct transcript *t;
    struct source *source;
    struct loader *l;

    (void)info;
    (void)where;
    if (kind != FTW_F || dot == NULL || strcmp(dot, ".expected") == 0 ||
        strstr(path, ".expect.json") != NULL)
        return 0;
    t = transcript_new();
    source = source_open_path(path, &err);
    l = source != NULL ? loader_new(source, t, &options, &err) : NULL;
    if (l != NULL && loader_run(l, &err) &&
        (is_text(loader_format_name(l)) || container_of(loader_format_name(l)) != NULL))
        check_words(path, l, t);
    if (l != NULL)
        loader_free(l);
    transcript_free(t);
    return 0;
}

static void check_folder(const char *folder)
{
    const char *root = getenv("SHILU_SRCDIR");
    struct buffer path = {0};

    buffer_append_format(&path, "%s/%s", root != NULL ? root : ".", folder);
    looked_at = wrong = 0;
    nftw(buffer_string(&path), check_file, 16, FTW_PHYS);
    buffer_release(&path);
    if (looked_at == 0) {
        print_message("skipped: there is no record in %s\n", folder);
        skip();
    }
    print_message("%s: %zu records\n", folder, looked_at);
    assert_int_equal(wrong, 0);
}

static void words__are_conserved_in_fixtures(void **state)
{
    (void)state;
    check_folder("tests/fixtures/formats");
}

static void words__are_conserved_in_cases(void **state)
{
    (void)state;
    check_folder("../shared/cases");
}

static void words__are_conserved_in_real_files(void **state)
{
    (void)state;
    check_folder("../shared/real");
}

/* What a test of conservation would find: letters that are nowhere in the record. */
static void lost_words__are_found(void **state)
{
    struct record r = {0};

    (void)state;
    letters_add(&r.said, SPAN_LITERAL("The tide is late."));
    letters_add(&r.named, SPAN_LITERAL("Ann Lee"));
    look_for(&r, SPAN_LITERAL("[10:25] Ann Lee: The tide is late."), 1);
    assert_int_equal(r.lost, 0);
    look_for(&r, SPAN_LITERAL("Ann Lee: The quay was flooded."), 2);
    assert_true(r.lost >= 6);
    assert_int_equal(r.line, 2);
    letters_release(&r.said);
    letters_release(&r.named);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lost_words__are_found),
        cmocka_unit_test(words__are_conserved_in_fixtures),
        cmocka_unit_test(words__are_conserved_in_cases),
        cmocka_unit_test(words__are_conserved_in_real_files),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
