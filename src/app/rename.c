/* Renaming a speaker of one record: a generated map, beside those that people write by hand
 * (model/speaker_map.h), to which each renaming adds a line. A second file keeps the map as it
 * was before each renaming, the last one at its end: its length, a line feed, its bytes, a line
 * feed. */
#include "app/rename.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/file.h"
#include "shilu/base/hash.h"
#include "shilu/base/span.h"
#include "shilu/base/xdg.h"
#include "shilu/model/speaker_map.h"
#include "shilu/store/places.h"

enum { MAP_BYTES_MAX = 1 << 20 };

/* Owned; NULL if the file has no place of its own. */
static char *own_file(const char *path, const char *suffix)
{
    char name[64];
    char *whole = realpath(path, NULL);
    char *own = NULL;

    if (whole != NULL) {
        snprintf(name, sizeof name, "speakers/%016" PRIx64 "%s",
                 hash_fnv1a(whole, strlen(whole)), suffix);
        own = xdg_path(XDG_DATA, name);
    }
    free(whole);
    return own;
}

static bool refuse_place(const char *path, struct error *err)
{
    return error_set(err, ERROR_SYSTEM, "no place to store names for '%s'", path);
}

/* The current map of the record, "" for none. */
static char *read_before(const char *path, const struct options *o, struct error *err)
{
    char *file = o->speaker_file != NULL ? memory_strdup(o->speaker_file)
                 : o->remembered_speakers != NULL
                     ? state_speakers_find(o->remembered_speakers, path)
                     : NULL;
    size_t bytes = 0;
    char *text = file != NULL ? file_read(file, MAP_BYTES_MAX, &bytes, err) : memory_strdup("");

    free(file);
    return text;
}

static struct span unquoted(struct span s)
{
    s = span_trim(s);
    if (s.length >= 2 && s.data[0] == '"' && s.data[s.length - 1] == '"')
        return span_of(s.data + 1, s.length - 2);
    return s;
}

/* Copy a line, replacing `from` as its new name; a line for the label `from` itself is dropped,
 * since a new one follows. */
static void copy_line(struct buffer *out, struct span line, const char *from, const char *to)
{
    size_t equals = line.length;

    for (size_t i = 0; i < line.length; i++)
        if (line.data[i] == '=')
            equals = i;
    if (equals < line.length && span_trim_front(line).data[0] != '#') {
        if (span_is(unquoted(span_of(line.data, equals)), from))
            return;
        if (span_is(unquoted(span_skip(line, equals + 1)), from)) {
            buffer_append(out, line.data, equals + 1);
            buffer_append_format(out, " \"%s\"\n", to);
            return;
        }
    }
    buffer_append(out, line.data, line.length);
    buffer_append_char(out, '\n');
}

static void make_map(struct buffer *out, const char *before, const char *from, const char *to)
{
    while (*before != '\0') {
        size_t bytes = strcspn(before, "\n");

        copy_line(out, span_of(before, bytes), from, to);
        before += bytes + (before[bytes] == '\n');
    }
    buffer_append_format(out, "\"%s\" = \"%s\"\n", from, to);
}

static bool save(const char *path, const char *map, const char *text, size_t bytes,
                 struct error *err)
{
    struct speaker_map *parsed = speaker_map_parse(text, bytes, err);

    if (parsed == NULL)
        return false;
    speaker_map_free(parsed);
    return file_make_parents(map, err) && file_replace(map, text, bytes, err) &&
           places_save_speakers(path, map, err);
}

static bool save_own(const char *path, const char *text, size_t bytes, struct error *err)
{
    char *map = own_file(path, ".txt");
    bool ok = map != NULL ? save(path, map, text, bytes, err) : refuse_place(path, err);

    free(map);
    return ok;
}

/* ---------------------------------------------------------------------- what it was before */

/* The last map in such a file, and where it begins; false if there is none. */
static bool last_before(const char *text, size_t bytes, struct span *map, size_t *start)
{
    size_t at = 0;
    bool any = false;

    while (at < bytes) {
        char *end;
        size_t length = strtoul(text + at, &end, 10);
        size_t first = (size_t)(end - text) + 1;

        if (end == text + at || *end != '\n' || first > bytes || length > bytes - first)
            break;
        *map = span_of(text + first, length);
        *start = at;
        any = true;
        at = first + length + 1;
    }
    return any;
}

/* For file_update: change the file of earlier maps. `context` is the map to add, or the buffer
 * that receives the one to remove. */
static bool add_before(void *context, const char *bytes, size_t count, struct buffer *out,
                       struct error *err)
{
    const char *map = context;
    struct span last;
    size_t start;

    if (count < MAP_BYTES_MAX && last_before(bytes, count, &last, &start))
        buffer_append(out, bytes, (size_t)(last.data - bytes) + last.length + 1);
    buffer_append_format(out, "%zu\n%s\n", strlen(map), map);
    return true;
}

static bool take_before(void *context, const char *bytes, size_t count, struct buffer *out,
                        struct error *err)
{
    struct span last;
    size_t start;

    if (!last_before(bytes, count, &last, &start))
        return error_set(err, ERROR_USAGE, "nobody is renamed in this record");
    buffer_append((struct buffer *)context, last.data, last.length);
    buffer_append(out, bytes, start);
    return true;
}

static bool update_before(const char *path, file_change *change, void *context,
                          struct error *err)
{
    char *file = own_file(path, ".before");
    bool ok = file != NULL ? file_update(file, 4 * MAP_BYTES_MAX, change, context, err)
                           : refuse_place(path, err);

    free(file);
    return ok;
}

bool rename_speaker(const char *path, const struct options *o, const char *from, const char *to,
                    struct error *err)
{
    struct buffer text = {0};
    char *before;
    bool ok;

    if (strchr(from, '"') != NULL || strpbrk(to, "\"\n") != NULL)
        return error_set(err, ERROR_USAGE, "a name cannot contain '\"'");
    before = read_before(path, o, err);
    if (before == NULL)
        return false;
    make_map(&text, before, from, to);
    ok = update_before(path, add_before, before, err) &&
         save_own(path, text.data, text.bytes, err);
    free(before);
    buffer_release(&text);
    return ok;
}

bool rename_back(const char *path, struct error *err)
{
    struct buffer map = {0};
    bool ok = update_before(path, take_before, &map, err) &&
              save_own(path, buffer_string(&map), map.bytes, err);

    buffer_release(&map);
    return ok;
}
