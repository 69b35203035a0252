/* Speaker names. The options hold the requested map, which is the same for all files of a
 * command; a remembered one belongs to its record. */
#include "shilu/cli/speaker_names.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/file.h"
#include "shilu/store/folder_layouts.h"
#include "shilu/store/json_file.h"
#include "shilu/store/places.h"

enum { MAP_BYTES_MAX = 1 << 20 };

static struct speaker_map *read_map(const char *file, struct error *err)
{
    struct speaker_map *map = NULL;
    size_t bytes = 0;
    char *text = file_read(file, MAP_BYTES_MAX, &bytes, err);

    if (text != NULL)
        map = speaker_map_parse(text, bytes, err);
    free(text);
    return map;
}

bool speaker_names_read(struct options *o, struct error *err)
{
    if (o->speaker_file != NULL && o->forget_speakers)
        return error_set(err, ERROR_USAGE,
                         "'--speakers' and '--no-speakers' exclude each other");
    o->remembered_speakers = state_speakers_read();
    o->folder_layouts = folder_layouts_read(o->config);
    if (o->speaker_file == NULL)
        return true;
    o->speaker_map = read_map(o->speaker_file, err);
    return o->speaker_map != NULL || json_file_name_path(o->speaker_file, err);
}

void speaker_names_forget(struct options *o)
{
    speaker_map_free(o->speaker_map);
    state_speakers_free(o->remembered_speakers);
    folder_layouts_free(o->folder_layouts);
    o->speaker_map = NULL;
    o->remembered_speakers = NULL;
    o->folder_layouts = NULL;
}

void speaker_names_release(struct speaker_names *n)
{
    speaker_map_free(n->remembered);
    *n = (struct speaker_names){0};
}

bool speaker_names_apply(struct speaker_names *n, struct transcript *t, const char *path,
                         const struct options *o, struct error *err)
{
    char *file;
    bool ok = true;

    *n = (struct speaker_names){0};
    transcript_set_speaker_map(t, o->speaker_map);
    if (o->remembered_speakers == NULL || strcmp(path, "-") == 0 || o->speaker_file != NULL ||
        o->forget_speakers)
        return true;
    file = state_speakers_find(o->remembered_speakers, path);
    if (file != NULL) {
        n->remembered = read_map(file, err);
        ok = n->remembered != NULL || json_file_name_path(file, err);
        transcript_set_speaker_map(t, n->remembered);
    }
    free(file);
    return ok;
}

bool speaker_names_keep(const char *path, const struct options *o, struct error *err)
{
    char *file;
    bool ok;

    if (strcmp(path, "-") == 0 || (o->speaker_file == NULL && !o->forget_speakers))
        return true;
    if (o->forget_speakers)
        return places_save_speakers(path, NULL, err);
    file = realpath(o->speaker_file, NULL);
    ok = file == NULL || places_save_speakers(path, file, err);
    free(file);
    return ok;
}
