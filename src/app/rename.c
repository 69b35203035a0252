/* Renaming a speaker of one record: a map of its own, beside those that people write by hand
 * (model/speaker_map.h), to which each renaming adds a line. */
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

static char *own_map(const char *path)
{
    char name[64];
    char *whole = realpath(path, NULL);
    char *map = NULL;

    if (whole != NULL) {
        snprintf(name, sizeof name, "speakers/%016" PRIx64 ".txt",
                 hash_fnv1a(whole, strlen(whole)));
        map = xdg_path(XDG_DATA, name);
    }
    free(whole);
    return map;
}

/* The map that the record has so far, "" for none. */
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

/* The line with another name, where its name was `from`; a line about the label `from` itself
 * is left out, since a new one follows. */
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
    char *map = own_map(path);
    bool ok = map != NULL
                  ? save(path, map, text, bytes, err)
                  : error_set(err, ERROR_SYSTEM, "no place to store names for '%s'", path);

    free(map);
    return ok;
}

bool rename_speaker(const char *path, const struct options *o, const char *from, const char *to,
                    char **before, struct error *err)
{
    struct buffer text = {0};
    bool ok;

    if (strchr(from, '"') != NULL || strpbrk(to, "\"\n") != NULL)
        return error_set(err, ERROR_USAGE, "a name cannot contain '\"'");
    *before = read_before(path, o, err);
    if (*before == NULL)
        return false;
    make_map(&text, *before, from, to);
    ok = save_own(path, text.data, text.bytes, err);
    if (!ok)
        free(*before);
    buffer_release(&text);
    return ok;
}

bool rename_restore(const char *path, const char *before, struct error *err)
{
    return save_own(path, before, strlen(before), err);
}
