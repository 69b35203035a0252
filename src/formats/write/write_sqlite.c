/* An SQLite 3 database, for queries: segments, turns, exchanges, speakers and facts of the
 * record, and a full-text index of the words (FTS5). It is built in memory and written as a
 * whole.
 *
 * The index uses Unicode's word boundaries; a record in Chinese, Japanese or another script
 * without blanks is indexed by trigrams instead. */
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "formats/readers.h"
#include "formats/write/export.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

static const char schema[] =
    "CREATE TABLE record(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE speakers(id INTEGER PRIMARY KEY, label TEXT, name TEXT NOT NULL, role TEXT,"
    " organization TEXT, kind TEXT, segments INTEGER, turns INTEGER);"
    "CREATE TABLE aliases(speaker INTEGER NOT NULL REFERENCES speakers, name TEXT NOT NULL);"
    "CREATE TABLE turns(id INTEGER PRIMARY KEY, speaker INTEGER REFERENCES speakers,"
    " first_segment INTEGER NOT NULL, last_segment INTEGER NOT NULL);"
    "CREATE TABLE exchanges(id INTEGER PRIMARY KEY, first_segment INTEGER NOT NULL,"
    " last_segment INTEGER NOT NULL);"
    "CREATE TABLE segments(id INTEGER PRIMARY KEY, speaker INTEGER REFERENCES speakers,"
    " turn INTEGER REFERENCES turns, exchange INTEGER REFERENCES exchanges, kind TEXT,"
    " start TEXT, end TEXT, start_seconds REAL, end_seconds REAL, line INTEGER,"
    " text TEXT NOT NULL);"
    "CREATE INDEX segments_by_speaker ON segments(speaker);"
    "CREATE INDEX segments_by_start ON segments(start_seconds);"
    "CREATE VIEW transcript AS SELECT segments.id, segments.start, speakers.name AS speaker,"
    " speakers.role, segments.kind, segments.exchange, segments.text FROM segments"
    " LEFT JOIN speakers ON speakers.id = segments.speaker ORDER BY segments.id;";

static const char words_index[] = "CREATE VIRTUAL TABLE words USING fts5(text,"
                                  " content='segments', content_rowid='id',"
                                  " tokenize='unicode61 remove_diacritics 2');";
static const char triples_index[] = "CREATE VIRTUAL TABLE words USING fts5(text,"
                                    " content='segments', content_rowid='id',"
                                    " tokenize='trigram');";

struct sqlite_writer {
    const struct transcript *t;
    const struct selection *selection;
    sqlite3 *db;
};

static bool fail(const struct sqlite_writer *w, struct error *err)
{
    return error_set(err, ERROR_SYSTEM, "SQLite: %s", sqlite3_errmsg(w->db));
}

static bool run(const struct sqlite_writer *w, const char *sql, struct error *err)
{
    return sqlite3_exec(w->db, sql, NULL, NULL, NULL) == SQLITE_OK || fail(w, err);
}

static bool step(const struct sqlite_writer *w, sqlite3_stmt *s, struct error *err)
{
    bool ok = sqlite3_step(s) == SQLITE_DONE;

    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    return ok || fail(w, err);
}

/* NULL stays NULL. */
static void bind_text(sqlite3_stmt *s, int column, const char *text)
{
    if (text != NULL)
        sqlite3_bind_text(s, column, text, -1, SQLITE_TRANSIENT);
}

/* A number that counts from 1 in the database. */
static void bind_number(sqlite3_stmt *s, int column, uint32_t number, uint32_t none)
{
    if (number != none)
        sqlite3_bind_int64(s, column, (sqlite3_int64)number + 1);
}

static void bind_moment(const struct transcript *t, sqlite3_stmt *s, int text, int seconds,
                        int64_t ms)
{
    char moment[CIVIL_TEXT];

    if (ms == TIME_NONE)
        return;
    transcript_format_moment(t, ms, moment);
    bind_text(s, text, moment);
    sqlite3_bind_double(s, seconds, (double)transcript_elapsed_ms(t, ms) / 1000);
}

static bool put_fact(const struct sqlite_writer *w, sqlite3_stmt *s, const char *name,
                     const char *value, struct error *err)
{
    if (value == NULL)
        return true;
    bind_text(s, 1, name);
    bind_text(s, 2, value);
    return step(w, s, err);
}

static bool put_record(const struct sqlite_writer *w, sqlite3_stmt *s, struct error *err)
{
    static const struct {
        enum transcript_field field;
        const char *name;
    } fields[] = {{FIELD_TITLE, "title"},
                  {FIELD_LANGUAGE, "language"},
                  {FIELD_DATE, "date"},
                  {FIELD_VENUE, "venue"},
                  {FIELD_SOURCE_NAME, "source"},
                  {FIELD_SOURCE_URL, "source_url"},
                  {FIELD_SOURCE_RETRIEVED, "retrieved"}};
    enum time_base time_base = transcript_time_base(w->t);
    size_t i;

    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (!put_fact(w, s, fields[i].name, transcript_get(w->t, fields[i].field), err))
            return false;
    }
    return put_fact(w, s, "clock",
                    time_base == TIME_BASE_WALL      ? "wall"
                    : time_base == TIME_BASE_ELAPSED ? "elapsed"
                                                     : NULL,
                    err);
}

static bool put_speakers(const struct sqlite_writer *w, sqlite3_stmt *s, sqlite3_stmt *alias,
                         struct error *err)
{
    size_t count = transcript_speaker_count(w->t);
    uint32_t i;

    for (i = 0; i < count; i++) {
        const struct speaker *speaker = transcript_speaker_at(w->t, i);
        char **name;

        if (speaker->gone || !selection_takes_speaker(w->selection, i))
            continue;
        bind_number(s, 1, i, SPEAKER_NONE);
        bind_text(s, 2, speaker->id);
        bind_text(s, 3, speaker->name);
        bind_text(s, 4, speaker->role);
        bind_text(s, 5, speaker->organization);
        bind_text(s, 6, speaker_kind_name(transcript_speaker_kind(w->t, i)));
        sqlite3_bind_int64(s, 7, (sqlite3_int64)speaker->segments);
        sqlite3_bind_int64(s, 8, (sqlite3_int64)speaker->turns);
        if (!step(w, s, err))
            return false;
        for (name = speaker->aliases; name != NULL && *name != NULL; name++) {
            bind_number(alias, 1, i, SPEAKER_NONE);
            bind_text(alias, 2, *name);
            if (!step(w, alias, err))
                return false;
        }
    }
    return true;
}

/* Scripts without blanks between words. */
static bool is_unspaced(uint32_t cp)
{
    return (cp >= 0x0E00 && cp < 0x0F00) || (cp >= 0x1780 && cp < 0x1800) ||
           (cp >= 0x3040 && cp < 0xA000) || cp >= 0x20000;
}

static bool is_mostly_unspaced(const struct transcript *t)
{
    enum { LOOKED_AT = 65536 };
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    size_t most = bytes < LOOKED_AT ? (size_t)bytes : LOOKED_AT;
    size_t at = 0, letters = 0, unspaced = 0;

    while (at < most) {
        uint32_t cp;

        at += utf8_decode(arena + at, (size_t)bytes - at, &cp);
        letters += cp > ' ';
        unspaced += is_unspaced(cp);
    }
    return unspaced * 3 > letters;
}

static bool put_segment(const struct sqlite_writer *w, sqlite3_stmt *s, uint32_t segment,
                        struct error *err)
{
    const struct segment *seg = transcript_segment(w->t, segment);
    uint32_t line = transcript_line(w->t, segment);
    size_t bytes;
    const char *text = transcript_text(w->t, segment, &bytes);

    bind_number(s, 1, segment, SEGMENT_NONE);
    bind_number(s, 2, seg->speaker, SPEAKER_NONE);
    bind_number(s, 3, transcript_turn_of(w->t, segment), UINT32_MAX);
    bind_number(s, 4, transcript_exchange_of(w->t, segment), EXCHANGE_NONE);
    bind_text(s, 5, segment_kind_name(transcript_kind(w->t, segment)));
    bind_moment(w->t, s, 6, 8, seg->start_ms);
    bind_moment(w->t, s, 7, 9, transcript_end_ms(w->t, segment));
    if (line > 0)
        sqlite3_bind_int64(s, 10, line);
    sqlite3_bind_text64(s, 11, text, bytes, SQLITE_TRANSIENT, SQLITE_UTF8);
    return step(w, s, err);
}

/* Turns and exchanges are those of the whole record, if selected segments are in them. */
static bool put_segments(const struct sqlite_writer *w, sqlite3_stmt *s, sqlite3_stmt *turn,
                         sqlite3_stmt *exchange, struct error *err)
{
    uint32_t last_turn = UINT32_MAX, last_exchange = EXCHANGE_NONE;
    uint32_t i;

    for (i = export_at_or_after(w->t, w->selection, 0); i != SEGMENT_NONE;
         i = export_at_or_after(w->t, w->selection, i + 1)) {
        uint32_t turn_number = transcript_turn_of(w->t, i);
        uint32_t exchange_number = transcript_exchange_of(w->t, i);

        if (turn_number != last_turn) {
            const struct turn *of = transcript_turn(w->t, turn_number);

            bind_number(turn, 1, turn_number, UINT32_MAX);
            bind_number(turn, 2, of->speaker, SPEAKER_NONE);
            bind_number(turn, 3, of->first, SEGMENT_NONE);
            sqlite3_bind_int64(turn, 4, of->end);
            if (!step(w, turn, err))
                return false;
            last_turn = turn_number;
        }
        if (exchange_number != last_exchange && exchange_number != EXCHANGE_NONE) {
            struct exchange of = transcript_exchange(w->t, exchange_number);

            bind_number(exchange, 1, exchange_number, EXCHANGE_NONE);
            bind_number(exchange, 2, of.first, SEGMENT_NONE);
            sqlite3_bind_int64(exchange, 3, of.end);
            if (!step(w, exchange, err))
                return false;
            last_exchange = exchange_number;
        }
        if (!put_segment(w, s, i, err))
            return false;
    }
    return true;
}

enum {
    INSERT_FACT,
    INSERT_SPEAKER,
    INSERT_ALIAS,
    INSERT_TURN,
    INSERT_EXCHANGE,
    INSERT_SEGMENT
};
static const char *const inserts[] = {
    [INSERT_FACT] = "INSERT INTO record VALUES(?, ?)",
    [INSERT_SPEAKER] = "INSERT INTO speakers VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
    [INSERT_ALIAS] = "INSERT INTO aliases VALUES(?, ?)",
    [INSERT_TURN] = "INSERT INTO turns VALUES(?, ?, ?, ?)",
    [INSERT_EXCHANGE] = "INSERT OR IGNORE INTO exchanges VALUES(?, ?, ?)",
    [INSERT_SEGMENT] = "INSERT INTO segments VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
};
enum { INSERTS = sizeof inserts / sizeof *inserts };

static bool fill(const struct sqlite_writer *w, struct error *err)
{
    sqlite3_stmt *s[INSERTS] = {NULL};
    bool ok = run(w, schema, err) && run(w, "BEGIN", err);
    size_t i;

    for (i = 0; ok && i < INSERTS; i++)
        ok = sqlite3_prepare_v2(w->db, inserts[i], -1, &s[i], NULL) == SQLITE_OK ||
             fail(w, err);
    ok = ok && put_record(w, s[INSERT_FACT], err) &&
         put_speakers(w, s[INSERT_SPEAKER], s[INSERT_ALIAS], err) &&
         put_segments(w, s[INSERT_SEGMENT], s[INSERT_TURN], s[INSERT_EXCHANGE], err);
    for (i = 0; i < INSERTS; i++)
        sqlite3_finalize(s[i]);
    return ok && run(w, "COMMIT", err) &&
           run(w, is_mostly_unspaced(w->t) ? triples_index : words_index, err) &&
           run(w, "INSERT INTO words(words) VALUES('rebuild')", err);
}

static bool write_sqlite(const struct transcript *t, const struct selection *selection,
                         const struct writer_options *options, FILE *out, struct error *err)
{
    struct sqlite_writer w = {.t = t, .selection = selection};
    unsigned char *bytes = NULL;
    sqlite3_int64 count = 0;
    bool ok;

    (void)options;
    if (sqlite3_open(":memory:", &w.db) != SQLITE_OK) {
        fail(&w, err);
        sqlite3_close(w.db);
        return false;
    }
    ok = fill(&w, err);
    if (ok) {
        bytes = sqlite3_serialize(w.db, "main", &count, 0);
        ok = bytes != NULL || error_set(err, ERROR_LIMIT, "the database is too large to write");
    }
    if (ok)
        fwrite(bytes, 1, (size_t)count, out);
    sqlite3_free(bytes);
    sqlite3_close(w.db);
    return ok && export_finish(out, err);
}

const struct writer_ops writer_sqlite = {.name = "sqlite",
                                         .title = N_("SQLite database"),
                                         .extension = "sqlite",
                                         .binary = true,
                                         .lines = true,
                                         .write = write_sqlite};
