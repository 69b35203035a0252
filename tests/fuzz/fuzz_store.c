/* Fuzz target: files that the user or the program keeps: config, theme, notes, places, history,
 * a speaker map. The first byte chooses which. The file is read, changed and read again: what
 * was added must be there, whatever the file contained. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/history_file.h"
#include "fuzz.h"
#include "shilu/base/file.h"
#include "shilu/model/speaker_map.h"
#include "shilu/store/config.h"
#include "shilu/store/file_id.h"
#include "shilu/store/notes.h"
#include "shilu/store/places.h"
#include "shilu/store/theme_file.h"

enum { CONFIG, THEME, NOTES, PLACES, HISTORY, SPEAKER_MAP, KINDS };

static const struct fuzz_text texts[] = {
    {CONFIG, 0,
     "{\"theme\": \"ink\", \"mouse\": true, \"wrap\": 72, \"keys\": {\"J\": \"turn-next\"}}"},
    {THEME, 0,
     "{\"colors\": {\"a\": {\"rgb\": \"#102030\", \"ansi\": \"red\"}}, \"roles\": {\"text\": "
     "{\"fg\": \"a\", \"bold\": true}}, \"accents\": [\"a\"]}"},
    {NOTES, 0,
     "{\"path\": \"x\", \"marks\": {\"a\": [1, 2, \"0123abcd\"]}, \"notes\": [{\"segment\": 1, "
     "\"text\": \"t\", \"words\": \"0123abcd\"}]}"},
    {NOTES, 0, "{\"marks\": [[1, 2]], \"notes\": {}}"},
    {PLACES, 0,
     "{\"places\": [{\"path\": \"/x\", \"head-bytes\": 3, \"head\": \"0\", \"segment\": 5, "
     "\"speakers\": \"/y\"}], \"later\": 1}"},
    {HISTORY, 0, "{\"search\": [\"a\", \"b\"], \"narrow\": 5, \"mine\": {}}"},
    {SPEAKER_MAP, 0, "SPEAKER_00 = Ann Lee\n# x\nB = C, role\n"},
};

static char folder[64];
static char record[96];

static void tidy_up(void)
{
    char command[100];

    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0)
        fputs("a folder is left behind\n", stderr);
}

/* A folder of this process, for the user's files and one record. */
static void set_up(void)
{
    FILE *f;

    if (folder[0] != '\0')
        return;
    snprintf(folder, sizeof folder, "/tmp/shilu-fuzz-XXXXXX");
    if (mkdtemp(folder) == NULL)
        abort();
    atexit(tidy_up);
    snprintf(record, sizeof record, "%s/record", folder);
    f = fopen(record, "w");
    if (f == NULL || fputs("Ann: one\nBen: two\n", f) < 0 || fclose(f) != 0)
        abort();
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("XDG_STATE_HOME", folder, 1);
    setenv("XDG_CONFIG_HOME", folder, 1);
}

/* In place of what was there; what was kept because it was broken goes. */
static void write_file(const char *path, const char *bytes, size_t count)
{
    char broken[220];
    FILE *f;
    struct error err;

    snprintf(broken, sizeof broken, "%s.broken", path);
    unlink(broken);

    if (!file_make_parents(path, &err))
        abort();
    f = fopen(path, "wb");
    if (f == NULL || fwrite(bytes, 1, count, f) != count || fclose(f) != 0)
        abort();
}

static bool check_notes(const char *bytes, size_t count, struct error *err)
{
    char hash[FILE_ID_HASH_BYTES];
    char *key = file_id_key(record);
    char path[200];
    struct notes *n;
    uint32_t segment, byte;
    size_t found;
    bool ok;

    file_id_hash(key, strlen(key), hash);
    snprintf(path, sizeof path, "%s/shilu/notes/%s-1.json", folder, hash);
    free(key);
    write_file(path, bytes, count);
    n = notes_new(record);
    ok = notes_put(n, 7, "kept", err) && notes_mark(n, 'k', 3, 4, err);
    notes_free(n);
    n = notes_new(record);
    if (ok) {
        const struct reader_state_note *notes = notes_all(n, &found);
        size_t i = 0;

        while (i < found && notes[i].segment != 7)
            i++;
        ok = i < found && strcmp(notes[i].text, "kept") == 0 &&
             notes_find_mark(n, 'k', &segment, &byte) && segment == 3 && byte == 4;
        if (!ok)
            error_set(err, ERROR_SYNTAX, "a note or a mark is lost");
        for (i = 1; ok && i < found; i++)
            if (notes[i].segment <= notes[i - 1].segment)
                ok = error_set(err, ERROR_SYNTAX, "notes are out of order");
    }
    notes_free(n);
    return ok;
}

static bool check_places(const char *bytes, size_t count, struct error *err)
{
    struct record_anchor place = {.segment = 1};
    struct record_id id;
    char path[200];
    char *was = NULL;
    char *speakers;
    struct state_speakers *s;
    bool ok;

    snprintf(path, sizeof path, "%s/shilu/places.json", folder);
    write_file(path, bytes, count);
    record_id_init(&id, record);
    if (places_find(&id, &place, &was))
        free(was);
    s = state_speakers_read();
    free(state_speakers_find(s, record));
    state_speakers_free(s);
    place = (struct record_anchor){.segment = 9, .words = "0123abcd"};
    ok = places_save(&id, &place, err) && places_save_speakers(record, record, err);
    if (ok) {
        ok = places_find(&id, &place, &was) && place.segment == 9;
        s = state_speakers_read();
        speakers = state_speakers_find(s, record);
        if (!ok || speakers == NULL)
            ok = error_set(err, ERROR_SYNTAX, "a place is lost");
        free(speakers);
        state_speakers_free(s);
    }
    record_id_release(&id);
    return ok;
}

static bool check_history(const char *bytes, size_t count, struct error *err)
{
    struct ui_history h = {0};
    char path[200];
    bool ok;

    snprintf(path, sizeof path, "%s/shilu/history.json", folder);
    write_file(path, bytes, count);
    history_file_recall(&h);
    prompt_history_add(&h.search, "typed now");
    ok = history_file_keep(&h, err);
    ui_history_release(&h);
    h = (struct ui_history){0};
    history_file_recall(&h);
    if (ok &&
        (h.search.count == 0 || strcmp(h.search.lines[h.search.count - 1], "typed now") != 0))
        ok = error_set(err, ERROR_SYNTAX, "a line of the history is lost");
    ui_history_release(&h);
    return ok;
}

static bool said(bool ok, const struct error *failure, struct error *err)
{
    return ok || failure->message[0] != '\0' ||
           error_set(err, ERROR_SYNTAX, "it fails without a word");
}

static bool check_text(unsigned kind, const char *bytes, size_t count, struct error *err)
{
    struct error failure = {0};
    bool ok = true;

    if (kind == CONFIG) {
        struct keymap *keymap = keymap_new();
        struct config config = {0};

        config_parse(&config, "config.json", bytes, count, keymap);
        config_release(&config);
        keymap_free(keymap);
    } else if (kind == THEME) {
        struct theme theme;

        ok = said(theme_file_parse(&theme, "theme.json", bytes, count, &failure), &failure,
                  err);
    } else {
        struct speaker_map *map = speaker_map_parse(bytes, count, &failure);

        ok = said(map != NULL, &failure, err);
        speaker_map_free(map);
    }
    return ok;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    unsigned kind;

    if (count < 2)
        return true;
    set_up();
    kind = (unsigned char)bytes[0] % KINDS;
    bytes += 2;
    count -= 2;
    if (kind == NOTES)
        return check_notes(bytes, count, err);
    if (kind == PLACES)
        return check_places(bytes, count, err);
    if (kind == HISTORY)
        return check_history(bytes, count, err);
    return check_text(kind, bytes, count, err);
}

const struct fuzz_family fuzz_store = {
    "store", run, NULL, 0, texts, sizeof texts / sizeof texts[0],
};
