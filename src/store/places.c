/* Places. The file is read, changed and replaced in one go, newest place first; nothing of it
 * stays in memory, and members that are not ours to change are kept. A file that cannot be
 * understood is started anew: it holds no work. */
#include "shilu/store/places.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/file.h"
#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/file_id.h"
#include "shilu/store/json_file.h"

/* The list of places; a new one where the file is missing or broken. */
static cJSON *read_places(const char *state)
{
    struct json_file f;
    struct error ignored;
    cJSON *places = NULL;

    if (json_file_read(&f, state, &ignored)) {
        places = cJSON_DetachItemFromObjectCaseSensitive(f.root, "places");
        json_file_release(&f);
    }
    if (cJSON_IsArray(places))
        return places;
    cJSON_Delete(places);
    return cJSON_CreateArray();
}

static const char *string_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsString(item) ? item->valuestring : "";
}

static double number_of(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsNumber(item) ? item->valuedouble : -1;
}

static cJSON *find_place(const cJSON *places, const char *key)
{
    cJSON *place;

    cJSON_ArrayForEach(place, places)
    {
        if (strcmp(string_of(place, "path"), key) == 0)
            return place;
    }
    return NULL;
}

static bool is_same_record(const cJSON *place, const char *path)
{
    return file_id_is(path, number_of(place, "head-bytes"), string_of(place, "head"));
}

bool places_find(const char *path, uint32_t *segment)
{
    char *state = xdg_path(XDG_STATE, "places.json");
    char *key = file_id_key(path);
    bool found = false;

    if (state != NULL && key != NULL) {
        cJSON *places = read_places(state);
        const cJSON *place = find_place(places, key);
        double value = place != NULL ? number_of(place, "segment") : -1;

        found = value >= 0 && value < UINT32_MAX && is_same_record(place, path);
        if (found)
            *segment = (uint32_t)value;
        cJSON_Delete(places);
    }
    free(state);
    free(key);
    return found;
}

/* Places, of which each has the member "speakers". */
struct state_speakers {
    cJSON *places; /* owned */
};

struct state_speakers *state_speakers_read(void)
{
    char *state = xdg_path(XDG_STATE, "places.json");
    struct state_speakers *s = memory_zalloc(1, sizeof *s);
    cJSON *place;
    cJSON *next;

    s->places = state != NULL ? read_places(state) : cJSON_CreateArray();
    free(state);
    for (place = s->places->child; place != NULL; place = next) {
        next = place->next;
        if (*string_of(place, "speakers") == '\0')
            cJSON_Delete(cJSON_DetachItemViaPointer(s->places, place));
    }
    if (s->places->child != NULL)
        return s;
    state_speakers_free(s);
    return NULL;
}

void state_speakers_free(struct state_speakers *s)
{
    if (s != NULL)
        cJSON_Delete(s->places);
    free(s);
}

char *state_speakers_find(const struct state_speakers *s, const char *path)
{
    char *key = s != NULL ? file_id_key(path) : NULL;
    const cJSON *place = key != NULL ? find_place(s->places, key) : NULL;

    free(key);
    if (place == NULL || !is_same_record(place, path))
        return NULL;
    return file_id_path(string_of(place, "speakers"));
}

/* Put the member in place of one with its name; NULL takes that one away. */
static void put_member(cJSON *object, const char *name, cJSON *take)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    if (take != NULL)
        cJSON_AddItemToObject(object, name, take);
}

/* The record's place, now the newest; what it holds of another record under this path goes. */
static cJSON *renew_place(cJSON *places, const char *key, const char *path,
                          const struct file_id_head *head)
{
    cJSON *place = find_place(places, key);

    if (place != NULL)
        cJSON_DetachItemViaPointer(places, place);
    if (place != NULL && !is_same_record(place, path)) {
        cJSON_Delete(place);
        place = NULL;
    }
    if (place == NULL)
        place = cJSON_CreateObject();
    put_member(place, "path", cJSON_CreateString(key));
    put_member(place, "head-bytes", cJSON_CreateNumber((double)head->bytes));
    put_member(place, "head", cJSON_CreateString(head->hash));
    cJSON_InsertItemInArray(places, 0, place);
    while (cJSON_GetArraySize(places) > STATE_PLACES_MAX)
        cJSON_DeleteItemFromArray(places, cJSON_GetArraySize(places) - 1);
    return place;
}

static bool write_places(const char *state, cJSON *places, struct error *err)
{
    cJSON *root = cJSON_CreateObject();
    char *text;
    bool ok;

    cJSON_AddItemToObject(root, "places", places);
    text = cJSON_Print(root);
    ok = text != NULL && file_make_parents(state, err) &&
         file_replace(state, text, strlen(text), err);
    cJSON_free(text);
    cJSON_Delete(root);
    return ok;
}

/* Takes the value. */
static bool save_member(const char *path, const char *name, cJSON *value, struct error *err)
{
    char *state = xdg_path(XDG_STATE, "places.json");
    char *key = file_id_key(path);
    struct file_id_head head;
    bool ok = true;

    /* What cannot be opened again, such as a pipe, has no place to keep. */
    if (state != NULL && key != NULL && file_id_read_head(path, FILE_ID_HEAD_BYTES, &head)) {
        cJSON *places = read_places(state);

        put_member(renew_place(places, key, path, &head), name, value);
        ok = write_places(state, places, err);
    } else {
        cJSON_Delete(value);
    }
    free(state);
    free(key);
    return ok;
}

bool places_save(const char *path, uint32_t segment, struct error *err)
{
    return save_member(path, "segment", cJSON_CreateNumber(segment), err);
}

bool places_save_speakers(const char *path, const char *file, struct error *err)
{
    char *key = file != NULL ? file_id_key(file) : NULL;
    bool ok = save_member(path, "speakers", key != NULL ? cJSON_CreateString(key) : NULL, err);

    free(key);
    return ok;
}
