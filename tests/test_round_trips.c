/* Round trips: transcripts made at random are written in each format and read back. What comes
 * back differs only by what the manual says that the format cannot hold: the losses below.
 * Fixtures and real records come back from captions with the speakers that they had. */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "formats_support.h"
#include "shilu/base/buffer.h"
#include "shilu/base/civil_time.h"

enum { RECORDS = 300, MAX_SEGMENTS = 12 };

/* What a format cannot hold. */
enum loss {
    LOSS_ENDS = 1,         /* when a segment ends */
    LOSS_KINDS = 2,        /* remark, question, answer */
    LOSS_OFFICES = 4,      /* roles and organizations */
    LOSS_TITLE = 8,        /* the title of the record */
    LOSS_RECORD = 16,      /* date, venue and the like */
    LOSS_DAY = 32,         /* times count from the first: the time of day is lost */
    LOSS_UNTIMED = 64,     /* segments without a time cannot be written truly */
    LOSS_IDENTITY = 128,   /* ids, aliases, unknown members */
    LOSS_PARAGRAPHS = 256, /* line breaks within a segment */
    LOSS_FRACTIONS = 512,  /* of a second */
    LOSS_NOBODY = 1024,    /* words that nobody says are the last speaker's */
    LOSS_LABELS = 2048,    /* words that look like a label, a time or a tag are one */
    LOSS_CUTS = 4096,      /* a segment longer than a caption is cut into several */
    LOSS_INFERRED = 8192   /* whether a kind was stated or inferred */
};

static const struct {
    const char *format;
    const char *reader;
    unsigned losses;
} rows[] = {
    {"json", "json", 0},
    {"jsonl", "jsonl", 0},
    {"text", "shown",
     LOSS_FRACTIONS | LOSS_ENDS | LOSS_KINDS | LOSS_OFFICES | LOSS_RECORD | LOSS_UNTIMED |
         LOSS_IDENTITY | LOSS_PARAGRAPHS},
    {"csv", "csv", LOSS_TITLE | LOSS_RECORD | LOSS_IDENTITY | LOSS_INFERRED},
    {"markdown", "markdown",
     LOSS_FRACTIONS | LOSS_OFFICES | LOSS_ENDS | LOSS_KINDS | LOSS_IDENTITY | LOSS_RECORD},
    {"html", "html", LOSS_ENDS | LOSS_KINDS | LOSS_IDENTITY | LOSS_RECORD | LOSS_OFFICES},
    {"vtt", "webvtt",
     LOSS_KINDS | LOSS_OFFICES | LOSS_RECORD | LOSS_DAY | LOSS_UNTIMED | LOSS_IDENTITY |
         LOSS_PARAGRAPHS | LOSS_CUTS},
    {"srt", "srt",
     LOSS_KINDS | LOSS_OFFICES | LOSS_TITLE | LOSS_RECORD | LOSS_DAY | LOSS_UNTIMED |
         LOSS_IDENTITY | LOSS_PARAGRAPHS | LOSS_LABELS | LOSS_NOBODY | LOSS_CUTS},
    {"podcast-json", "podcast-json",
     LOSS_KINDS | LOSS_OFFICES | LOSS_TITLE | LOSS_RECORD | LOSS_DAY | LOSS_UNTIMED |
         LOSS_IDENTITY | LOSS_NOBODY},
};

/* ------------------------------------------------------------------ records at random */

static uint32_t seed;

static uint32_t any(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

/* Words that try the marks of every format. */
static const char *const phrases[] = {
    "Ann Lee: quoted, not said.",
    "a --> b",
    "00:01:02,500 --> 00:01:03,500 not a cue",
    "[0:12] not a time",
    "10:25",
    "1025",
    "NOTE to self",
    "Is it? <b>Really</b> & truly",
    "&amp; &lt; &#65;",
    "The ferry is late.", /* from here on nothing looks like a label */
    "潮水晚了，渡輪也是。",
    "배가 늦습니다.",
    "**bold** _lines_ and `code` [link](http://x.example)",
    "\"quoted\", with; commas",
    "# not a heading",
    "> not a quotation",
    "- not a list",
    "1. not a list",
    "🚢 👩‍👩‍👧 🇹🇼",
    "שלום עולם",
    "e\u0301 and \u00e9",
    "back\\slash \\n \\u0041",
    "WEBVTT",
    "tab\there",
    "{\"text\": 1}",
    "---",
    "ends in a space ",
    "“quotes” ‘single’ …",
};

enum { PHRASES = sizeof phrases / sizeof *phrases, LABELS = 9 };

static void append_phrase(struct buffer *out, bool labels)
{
    uint32_t from = labels ? 0 : LABELS;

    buffer_append_string(out, phrases[from + any(PHRASES - from)]);
}

static const char *const names[] = {"Ann Lee", "林舟",          "김도현",   "Bo Chen-Okafor",
                                    "森 美咲", "Mr O'Neil Jr.", "Speaker 1"};
enum { NAMES = sizeof names / sizeof *names };

static void define_speakers(struct transcript *t, bool rich)
{
    static const char *const aliases[] = {"The Chair", NULL};
    uint32_t i;

    for (i = 0; i < NAMES; i++) {
        struct speaker_label label = {.name = names[i]};
        char id[8];

        snprintf(id, sizeof id, "s%u", (unsigned)i);
        if (rich) {
            label.id = id;
            label.role = i % 3 == 0 ? "head of office" : NULL;
            label.organization = i % 3 == 0 && any(2) == 0 ? "Harbour Office" : NULL;
            label.kind = (enum speaker_kind)any(5);
            label.aliases = i == 0 ? aliases : NULL;
            label.extra = i == 1 ? "{\"boat\":\"red\"}" : NULL;
        }
        transcript_define_speaker(t, &label);
    }
}

struct shape {
    bool timed;
    bool wall;
    bool ordered;
    bool rich;
    unsigned losses; /* of the format: what it cannot hold is left out */
};

static void append_segment(struct transcript *t, const struct shape *shape, int64_t *clock_ms)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct buffer text = {0};
    struct error err;

    append_phrase(&text, (shape->losses & LOSS_LABELS) == 0);
    if (any(3) == 0) {
        buffer_append_char(&text, any(2) == 0 ? '\n' : ' ');
        append_phrase(&text, (shape->losses & LOSS_LABELS) == 0);
    }
    draft.text = text.data;
    draft.text_bytes = text.bytes;
    if (any(6) > 0 || (shape->losses & LOSS_NOBODY) != 0)
        draft.speaker = any(NAMES);
    if ((shape->losses & LOSS_LABELS) != 0) /* names that come back are names */
        draft.speaker = (uint32_t)transcript_count(t) % 2;
    draft.kind = shape->rich ? (enum segment_kind)any(4) : SEGMENT_UNKNOWN;
    draft.extra = shape->rich && any(5) == 0 ? "{\"mood\":[\"calm\",null]}" : NULL;
    if (shape->timed && (shape->ordered || any(5) > 0)) {
        draft.start_ms = *clock_ms;
        if (shape->ordered || any(3) > 0)
            draft.end_ms = *clock_ms + any(4) * 500;
        *clock_ms += shape->ordered || any(4) > 0 ? 10000 + (int64_t)any(5000) : -300;
    }
    assert_true(transcript_append(t, &draft, &err));
    buffer_release(&text);
}

static struct transcript *make_record(const struct shape *shape)
{
    struct transcript *t = transcript_new();
    int64_t clock_ms = shape->wall ? 1620293400000 : 1000;
    /* Names before colons count where there are several. */
    uint32_t segments = ((shape->losses & LOSS_LABELS) != 0 ? 6 : 1) + any(MAX_SEGMENTS);

    transcript_set(t, FIELD_TITLE, "Harbour: the *ferry* & <tide>");
    transcript_set(t, FIELD_LANGUAGE, "en");
    if (shape->wall)
        transcript_set(t, FIELD_DATE, "2021-05-06");
    if (shape->rich) {
        transcript_set(t, FIELD_VENUE, "Quay \"7\"");
        transcript_set(t, FIELD_SOURCE_NAME, "The council");
        transcript_set(t, FIELD_SOURCE_URL, "https://council.example/1");
        transcript_set(t, FIELD_EXTRA, "{\"weather\":\"rain\"}");
    }
    transcript_set_time_base(t, shape->wall ? TIME_BASE_WALL : TIME_BASE_ELAPSED);
    define_speakers(t, shape->rich);
    while (segments-- > 0)
        append_segment(t, shape, &clock_ms);
    return t;
}

/* ------------------------------------------------------------------------ descriptions */

static void describe_text(struct buffer *out, const char *text, size_t bytes, unsigned losses)
{
    bool joined = (losses & LOSS_PARAGRAPHS) != 0; /* with a space or without, by script */
    bool space = false;
    const char *end = text + bytes;

    for (; text < end; text++) {
        bool blank = *text == ' ' || *text == '\t' || (*text == '\n' && joined);

        if (!blank && space && !joined)
            buffer_append_char(out, ' ');
        if (!blank)
            buffer_append_char(out, *text == '\n' ? '/' : *text);
        space = blank;
    }
}

static void describe_speaker(struct buffer *out, const struct transcript *t, uint32_t number,
                             unsigned losses)
{
    const struct speaker *s;
    char **alias;

    if (number == SPEAKER_NONE) {
        buffer_append_string(out, "-");
        return;
    }
    s = transcript_speaker_at(t, number);
    buffer_append_string(out, s->name);
    if ((losses & LOSS_OFFICES) == 0)
        buffer_append_format(out, " (%s; %s)", s->role != NULL ? s->role : "",
                             s->organization != NULL ? s->organization : "");
    if ((losses & LOSS_IDENTITY) != 0)
        return;
    buffer_append_format(out, " id=%s kind=%d extra=%s", s->id != NULL ? s->id : "",
                         (int)s->kind, s->extra != NULL ? s->extra : "");
    for (alias = s->aliases; alias != NULL && *alias != NULL; alias++)
        buffer_append_format(out, " alias=%s", *alias);
}

/* The end of the segments that a segment was cut into. */
static uint32_t cut_end(const struct transcript *t, uint32_t i, unsigned losses)
{
    uint32_t end = i + 1;

    while ((losses & LOSS_CUTS) != 0 && end < transcript_count(t) &&
           transcript_segment(t, end)->speaker == transcript_segment(t, i)->speaker &&
           transcript_segment(t, end)->start_ms == transcript_end_ms(t, end - 1))
        end++;
    return end;
}

static void describe_segment(struct buffer *out, const struct transcript *t, uint32_t i,
                             uint32_t end, int64_t from_ms, unsigned losses)
{
    const struct segment *s = transcript_segment(t, i);
    const char *extra = transcript_extra(t, i);
    int64_t end_ms = transcript_end_ms(t, end - 1);
    int64_t unit_ms = (losses & LOSS_FRACTIONS) != 0 ? 1000 : 1;
    size_t bytes;
    const char *text;

    if (s->start_ms != TIME_NONE)
        buffer_append_format(out, "%jd", (intmax_t)((s->start_ms - from_ms) / unit_ms));
    if ((losses & LOSS_ENDS) == 0 && end_ms != TIME_NONE)
        buffer_append_format(out, "-%jd", (intmax_t)(end_ms - from_ms));
    buffer_append_char(out, ' ');
    describe_speaker(out, t, s->speaker, losses);
    if ((losses & LOSS_KINDS) == 0)
        buffer_append_format(out, " kind=%d",
                             (losses & LOSS_INFERRED) != 0 ? (int)transcript_kind(t, i)
                                                           : (int)s->kind);
    if ((losses & LOSS_IDENTITY) == 0 && extra != NULL)
        buffer_append_format(out, " extra=%s", extra);
    buffer_append_string(out, ": ");
    for (; i < end; i++) {
        text = transcript_text(t, i, &bytes);
        describe_text(out, text, bytes, losses);
    }
    buffer_append_char(out, '\n');
}

/* All of a record but what is lost. */
static char *describe(const struct transcript *t, unsigned losses)
{
    struct buffer out = {0};
    int64_t from_ms = 0;
    int field;
    uint32_t i;

    if ((losses & LOSS_DAY) != 0 && transcript_time_base(t) == TIME_BASE_WALL)
        from_ms = transcript_segment(t, 0)->start_ms;
    for (field = FIELD_TITLE; field < FIELD_COUNT; field++) {
        const char *value = transcript_get(t, (enum transcript_field)field);
        unsigned loss = field == FIELD_TITLE ? LOSS_TITLE : LOSS_RECORD;

        if (value != NULL && (losses & loss) == 0)
            buffer_append_format(&out, "%d=%s\n", field, value);
    }
    for (i = 0; i < transcript_count(t); i = cut_end(t, i, losses))
        describe_segment(&out, t, i, cut_end(t, i, losses), from_ms, losses);
    return buffer_take(&out);
}

static void fail_at_difference(const char *format, uint32_t made_from, const char *before,
                               const char *after)
{
    while (*before != '\0' || *after != '\0') {
        size_t line = strcspn(before, "\n");
        size_t other = strcspn(after, "\n");

        if (line != other || memcmp(before, after, line) != 0)
            fail_msg("%s, seed %u:\n  before: %.*s\n  after:  %.*s", format, made_from,
                     (int)line, before, (int)other, after);
        before += line + (before[line] != '\0');
        after += other + (after[other] != '\0');
    }
}

static void check_round_trip(const struct transcript *t, size_t row, uint32_t made_from)
{
    struct loaded back;
    char *text = written(t, rows[row].format, 0);
    char *before = describe(t, rows[row].losses);
    char *after;

    load_bytes(&back, text, strlen(text), NULL);
    if (!back.ok || strcmp(loader_format_name(back.loader), rows[row].reader) != 0)
        fail_msg("%s, seed %u: read as %s: %s\n%s", rows[row].format, made_from,
                 back.loader != NULL ? loader_format_name(back.loader) : "nothing",
                 back.err.message, text);
    after = describe(back.t, rows[row].losses);
    if (strcmp(before, after) != 0)
        fail_at_difference(rows[row].format, made_from, before, after);
    load_release(&back);
    free(before);
    free(after);
    free(text);
}

static void check_writer(size_t row)
{
    uint32_t i;

    for (i = 0; i < RECORDS; i++) {
        bool captions = (rows[row].losses & LOSS_UNTIMED) != 0;
        struct shape shape = {captions || i % 4 > 0, i % 2 == 0, captions || i % 3 == 0,
                              i % 5 > 0, rows[row].losses};
        struct transcript *t;

        seed = i;
        t = make_record(&shape);
        check_round_trip(t, row, i);
        transcript_free(t);
    }
}

/* One test per writer, so that each is reported. */
static void writer__loses_only_what_it_cannot_hold(void **state)
{
    check_writer((size_t)(uintptr_t)*state);
}

/* ------------------------------------------------------------- speakers through captions */

enum { TURNS_ENOUGH = 8 };

static size_t files_tried;

static bool has_speaker(const struct transcript *t, const char *name)
{
    size_t i;

    for (i = 0; i < transcript_speaker_count(t); i++)
        if (strcmp(transcript_speaker_at(t, (uint32_t)i)->name, name) == 0)
            return true;
    return false;
}

/* Words before a colon that nobody says cannot be told from a name. */
static bool nobody_says(const struct transcript *t, const char *words)
{
    uint32_t i;

    for (i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        if (transcript_segment(t, i)->speaker == SPEAKER_NONE &&
            memmem(text, bytes, words, strlen(words)) != NULL)
            return true;
    }
    return false;
}

/* How often a speaker begins; SPEAKER_NONE: anybody. */
static size_t times_begun(const struct transcript *t, uint32_t speaker)
{
    uint32_t last = SPEAKER_NONE;
    size_t begun = 0;
    uint32_t i;

    for (i = 0; i < transcript_count(t); i++) {
        uint32_t next = transcript_segment(t, i)->speaker;

        begun += next != last && next != SPEAKER_NONE &&
                 (speaker == SPEAKER_NONE || next == speaker);
        last = next;
    }
    return begun;
}

static void check_speakers(const char *path, const struct transcript *t, const char *format)
{
    struct loaded back;
    char *text;
    size_t i;

    text = written(t, format, 0);
    load_bytes(&back, text, strlen(text), format);
    if (!back.ok)
        fail_msg("%s as %s: %s", path, format, back.err.message);
    for (i = 0; i < transcript_speaker_count(back.t); i++) {
        const char *name = transcript_speaker_at(back.t, (uint32_t)i)->name;

        if (!has_speaker(t, name) && !nobody_says(t, name))
            fail_msg("%s as %s: '%s' is no speaker of it", path, format, name);
    }
    for (i = 0; i < transcript_speaker_count(t); i++) {
        const char *name = transcript_speaker_at(t, (uint32_t)i)->name;

        if (times_begun(t, (uint32_t)i) >= 2 && !has_speaker(back.t, name))
            fail_msg("%s as %s: '%s' is lost", path, format, name);
    }
    load_release(&back);
    free(text);
}

static int try_file(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    static const char *const formats[] = {"srt", "vtt"};
    struct transcript *t;
    struct loader *loader;
    struct error err;
    size_t i;

    (void)status;
    (void)walk;
    if (type != FTW_F || strstr(path, ".expected") != NULL || strstr(path, "broken") != NULL ||
        strstr(path, "torture") != NULL) /* has controls in its names */
        return 0;
    t = transcript_new();
    loader = loader_open(path, t, &(struct loader_options){0}, &err);
    if (loader != NULL && loader_run(loader, &err) &&
        times_begun(t, SPEAKER_NONE) >= TURNS_ENOUGH &&
        transcript_segment(t, 0)->start_ms != TIME_NONE) {
        for (i = 0; i < sizeof formats / sizeof *formats; i++)
            check_speakers(path, t, formats[i]);
        files_tried++;
    }
    loader_free(loader);
    transcript_free(t);
    return 0;
}

static void try_folder(const char *folder)
{
    const char *source = getenv("SHILU_SRCDIR");
    char path[4096];

    snprintf(path, sizeof path, "%s/%s", source != NULL ? source : ".", folder);
    nftw(path, try_file, 16, FTW_PHYS);
}

static void captions__have_the_speakers_of_the_record(void **state)
{
    (void)state;
    files_tried = 0;
    try_folder("tests/fixtures");
    try_folder("sample-data");
    assert_true(files_tried > 0);
    try_folder("../shared/real"); /* where they are there */
    try_folder("../shared/cases");
}

int main(void)
{
    enum { ROWS = sizeof rows / sizeof *rows };
    struct CMUnitTest tests[ROWS + 1];
    size_t row;

    for (row = 0; row < ROWS; row++)
        tests[row] = (struct CMUnitTest){.name = rows[row].format,
                                         .test_func = writer__loses_only_what_it_cannot_hold,
                                         .initial_state = (void *)(uintptr_t)row};
    tests[ROWS] = (struct CMUnitTest){.name = "captions__have_the_speakers_of_the_record",
                                      .test_func = captions__have_the_speakers_of_the_record};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
