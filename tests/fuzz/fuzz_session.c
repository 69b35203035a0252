/* Fuzz target: a session, or a library, with scripted keys. The first byte chooses the record
 * or the library, the second the size of the screen; each further byte is a key, a change of
 * size, a growth of the record, or a wait for what is done in the background. Each screen holds
 * whole cells that are safe to draw, and the reader stands in the record. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "library_fixture.h"
#include "shilu/formats/loader.h"
#include "shilu/session/session.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

static const char *const records[] = {
    "",
    "Ann: one\nBen: two?\nAnn: three 漢字かな交じり文 \xEF\xBF\xBD\nBen: four ☰ 김철수 "
    "e\xCC\x81\n",
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hello there?\n\n00:09.000 --> 00:10.000\n<v "
    "Ben>Well, well, well, well.\n\n00:05.000 --> 00:06.000\n<v 詹成付>一、二、三。\n",
    "{\"format\":\"shilu\",\"version\":1,\"title\":\"t\\u202Ex\",\"segments\":[{\"speaker\":\"A"
    "\\u001b[31m\",\"text\":\"a\\u0007b\\u2028c\",\"kind\":\"question\",\"start\":\"2020-03-"
    "09T10:"
    "01:02\"},{\"text\":\"\"},{\"speaker\":\"B\",\"text\":\"answer answer answer\",\"kind\":"
    "\"answer\",\"start\":\"2020-03-09T09:00:00\"}]}",
};
enum { RECORDS = sizeof records / sizeof *records };

static const struct fuzz_text texts[] = {
    {1, 0, "jjkk}}{{/two\rnN&a\rxM note\rmaq"},
    {2, 40, "T\tt50%\rs\ra:theme dark\r?\x1b\rL\r\x80\x81\x82\x83"},
    {3, 200, "VVyYvjy\x9f\x90\x91:notes\rFG\x95\x96gO"},
    {4, 100, "\xa0jjk/tide\r\xa0nnS&tide\r\xa0\r"},
    {1, 3, "/\\v(.+)\\1\rn\x94\x94\x94*#=%"},
};

/* Keys above ASCII, in the order of the bytes that stand for them. */
static const uint32_t special[] = {
    KEY_CODE_UP,     KEY_CODE_DOWN,        KEY_CODE_LEFT,    KEY_CODE_RIGHT,
    KEY_CODE_HOME,   KEY_CODE_END,         KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN,
    KEY_CODE_DELETE, KEY_CODE_BACKTAB,     KEY_CODE_F1,      KEY_CODE_SCROLL_UP,
    KEY_CODE_CLICK,  KEY_CODE_SCROLL_DOWN, 0x6F22,           0xE9,
};
enum { SPECIALS = sizeof special / sizeof *special };

enum {
    FIRST_SPECIAL = 0x80,
    WAIT = 0xA0,
    GROW,
    GROW_PIECE,
    NARROW,
    WIDE,
    TINY,
    INTERRUPT,
    ALT
};

struct fuzz_fixture {
    struct transcript *t;
    struct loader *loader;
    struct keymap *keymap;
    struct session *session;
    struct ui *ui;
    struct grid grid;
};

static bool host_copy(void *context, const char *text, size_t bytes, struct buffer *where,
                      struct error *err)
{
    (void)context;
    (void)err;
    buffer_append_string(where, "copied");
    for (size_t at = 0; at < bytes;) {
        uint32_t cp;

        at += utf8_decode(text + at, bytes - at, &cp);
        if (cp != '\n' && cp != '\t' && char_is_unsafe(cp))
            abort(); /* the clipboard would be given a control */
    }
    return true;
}

static void open_fixture(struct fuzz_fixture *f, const char *text)
{
    const struct loader_options how = {.format = *text == '\0' ? "text" : NULL};
    struct session_options options = {.name = "-"};
    struct error err;

    *f = (struct fuzz_fixture){.t = transcript_new(), .keymap = keymap_new()};
    f->loader = loader_new(source_open_memory(text, strlen(text)), f->t, &how, &err);
    if (f->loader != NULL)
        loader_run(f->loader, &err);
    options.ui = (struct ui_options){
        .keymap = f->keymap, .width = fuzz_width(), .host = {.context = f, .copy = host_copy}};
    f->session = session_new(f->t, &options);
    f->ui = session_ui(f->session);
    session_loading(f->session, 100, true,
                    f->loader != NULL ? loader_diagnostics(f->loader) : NULL);
}

static void close_fixture(struct fuzz_fixture *f)
{
    session_free(f->session);
    loader_free(f->loader);
    transcript_free(f->t);
    keymap_free(f->keymap);
    grid_release(&f->grid);
}

static bool check_cell(struct grid *g, int row, int column, struct error *err)
{
    const struct cell *c = grid_cell(g, row, column);

    if (utf8_valid_prefix(c->text, c->bytes) != c->bytes)
        return error_set(err, ERROR_SYNTAX, "the cell %d,%d is not UTF-8", row, column);
    for (size_t at = 0; at < c->bytes;) {
        uint32_t cp;

        at += utf8_decode(c->text + at, c->bytes - at, &cp);
        if (char_is_unsafe(cp))
            return error_set(err, ERROR_SYNTAX, "the cell %d,%d holds U+%04X", row, column,
                             (unsigned)cp);
    }
    if (c->columns == 2 &&
        (column + 1 >= g->columns || grid_cell(g, row, column + 1)->columns != 0))
        return error_set(err, ERROR_SYNTAX, "the wide cell %d,%d has no other half", row,
                         column);
    return true;
}

static bool check_screen(struct fuzz_fixture *f, struct error *err)
{
    uint32_t segment = f->session != NULL ? session_segment(f->session) : SEGMENT_NONE;

    ui_draw(f->ui, &f->grid);
    for (int row = 0; row < f->grid.rows; row++)
        for (int column = 0; column < f->grid.columns; column++)
            if (!check_cell(&f->grid, row, column, err))
                return false;
    if (segment != SEGMENT_NONE && segment >= transcript_count(f->t))
        return error_set(err, ERROR_SYNTAX, "the reader stands at %u of %zu", segment,
                         transcript_count(f->t));
    return true;
}

static void grow(struct fuzz_fixture *f, bool piece)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct speaker_label label = {.name = transcript_count(f->t) % 2 == 0 ? "Ann" : "Cid"};
    struct error err;

    draft.text = "and two more words";
    draft.text_bytes = strlen(draft.text);
    draft.speaker = transcript_speaker(f->t, &label);
    draft.piece = piece;
    if (transcript_append(f->t, &draft, &err))
        session_loading(f->session, 100, true, NULL);
}

static struct key key_of(unsigned char byte, unsigned char next)
{
    struct key key = {.code = byte};

    if (byte >= FIRST_SPECIAL && byte < FIRST_SPECIAL + SPECIALS)
        key.code = special[byte - FIRST_SPECIAL];
    else if (byte == ALT)
        key.code = KEY_ALT | (next & 0x7Fu);
    key.row = next % 30;
    key.column = next % 100;
    return key;
}

static void press(struct fuzz_fixture *f, unsigned char byte, unsigned char next)
{
    static const struct {
        int rows, columns;
    } sizes[] = {{24, 40}, {50, 200}, {5, 20}};

    if (byte == WAIT)
        for (int i = 0; i < 100 && ui_step(f->ui, 5); i++)
            continue;
    else if (byte == GROW || byte == GROW_PIECE) {
        if (f->session != NULL)
            grow(f, byte == GROW_PIECE);
    } else if (byte >= NARROW && byte <= TINY)
        ui_resize(f->ui, sizes[byte - NARROW].rows, sizes[byte - NARROW].columns);
    else if (byte == INTERRUPT)
        ui_interrupt(f->ui);
    else if (byte != '/' || f->ui->prompt_of == NULL ||
             f->ui->asked != PROMPT_COMMAND) /* no path of this machine */
        ui_key(f->ui, key_of(byte, next));
}

/* All keys, on a screen of the size that the second byte says. */
static bool press_all(struct fuzz_fixture *f, const char *bytes, size_t count,
                      struct error *err)
{
    enum { KEYS_MAX = 200, SCREENS = 8 };
    int size = (unsigned char)bytes[1];
    bool ok = true;

    ui_resize(f->ui, 5 + size / 6, 20 + size);
    for (size_t at = 2; ok && at < count && at < KEYS_MAX && !f->ui->over; at++) {
        press(f, (unsigned char)bytes[at], at + 1 < count ? (unsigned char)bytes[at + 1] : 0);
        if (at % SCREENS == 0)
            ok = check_screen(f, err);
    }
    return ok && check_screen(f, err);
}

static void tidy_up(void)
{
    if (library_fixture_tear_down(NULL) != 0)
        fputs("a folder is left behind\n", stderr);
}

static bool run_library(const char *bytes, size_t count, struct error *err)
{
    static bool is_made;
    struct library_fixture shelf;
    struct fuzz_fixture f = {0};
    bool ok;

    if (!is_made) {
        if (library_fixture_set_up(NULL) != 0)
            abort();
        atexit(tidy_up);
        library_fixture_write_record("shelf/a.json", "First \\u202E title", "the tide is late");
        library_fixture_write_record("shelf/b.json", "第二", "國務院 tide");
        library_fixture_write("shelf/c.vtt", records[2]);
        library_fixture_write("shelf/d\x1b[31m\xff.json", "{\"broken");
    }
    is_made = true;
    library_fixture_open(&shelf, "shelf", 24, 80);
    f.ui = shelf.ui;
    ok = press_all(&f, bytes, count, err);
    grid_release(&f.grid);
    library_fixture_close(&shelf);
    return ok;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    struct fuzz_fixture f;
    size_t choice;
    bool ok;

    if (count < 2)
        return true;
    choice = (unsigned char)bytes[0] % (RECORDS + 1);
    if (choice == RECORDS)
        return run_library(bytes, count, err);
    open_fixture(&f, records[choice]);
    ok = press_all(&f, bytes, count, err);
    close_fixture(&f);
    return ok;
}

const struct fuzz_family fuzz_session = {
    "session", run, NULL, 0, texts, sizeof texts / sizeof texts[0],
};
