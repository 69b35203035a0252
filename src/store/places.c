/* Places. The file is read, changed and replaced in one go, newest place first; none of it
 * stays in memory, and unknown members are kept. */
#include "shilu/store/places.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/memory.h"
#include "shilu/base/xdg.h"
#include "shilu/store/file_id.h"
#include "shilu/store/json_file.h"

/* The list of places; empty if the file is missing or cannot be read. */
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

/* The place that matches the record best; the newest of several. */
static cJSON *find_place(const cJSON *places, const struct record_id *id,
                         enum record_match *match)
{
    cJSON *best = NULL;
    cJSON *place;

    *match = RECORD_OTHER;
    cJSON_ArrayForEach(place, places)
    {
        enum record_match here = cJSON_IsObject(place) ? record_id_match(id, place)
                                                       : RECORD_OTHER;

        if (here == RECORD_SAME || (here != RECORD_OTHER && best == NULL)) {
            best = place;
            *match = here;
        }
        if (here == RECORD_SAME)
            break;
    }
    return best;
}

bool places_find(const struct record_id *id, struct record_anchor *place, char **was)
{
    char *state = xdg_path(XDG_STATE, "places.json");
    cJSON *places = state != NULL ? read_places(state) : cJSON_CreateArray();
    enum record_match match;
    const cJSON *found = find_place(places, id, &match);
    double segment = number_of(found, "segment");
    const char *words = string_of(found, "segment-words");

    *was = NULL;
    *place = (struct record_anchor){.segment = SEGMENT_NONE};
    if (segment >= 0 && segment < SEGMENT_NONE) {
        place->segment = (uint32_t)segment;
        if (strlen(words) == RECORD_ID_HASH_DIGITS)
            memcpy(place->words, words, RECORD_ID_HASH_DIGITS);
        if (match == RECORD_MOVED)
            *was = record_id_path_in(found);
    }
    cJSON_Delete(places);
    free(state);
    return place->segment != SEGMENT_NONE;
}

/* Whether a place may be dropped: not if the user has chosen a file of names or a layout. */
static bool may_be_forgotten(const cJSON *place)
{
    return *string_of(place, "speakers") == '\0' && *string_of(place, "layout") == '\0';
}

/* Places, each of which has the member "speakers" or "layout". */
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
        if (may_be_forgotten(place))
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

/* Whether a place has the path or the size of this file: without words, no other can match. It
 * spares most files of a folder being read. */
static bool may_match(const struct state_speakers *s, const char *path)
{
    struct stat st;
    cJSON *place;
    char *key;
    bool may = false;

    if (stat(path, &st) != 0)
        return false;
    key = file_id_key(path);
    cJSON_ArrayForEach(place, s->places)
    {
        may = may || number_of(place, "bytes") == (double)st.st_size ||
              (key != NULL && strcmp(string_of(place, "path"), key) == 0);
    }
    free(key);
    return may;
}

/* A copy of what is remembered under a name about a record that is not loaded yet; NULL if it
 * is nothing. A record that was moved is recognised by its bytes. */
static char *find_value(const struct state_speakers *s, const char *path, const char *member)
{
    struct record_id id;
    enum record_match match;
    const cJSON *place;
    const char *value;

    if (s == NULL || !may_match(s, path))
        return NULL;
    record_id_init(&id, path);
    place = id.path != NULL ? find_place(s->places, &id, &match) : NULL;
    value = string_of(place, member);
    record_id_release(&id);
    return *value != '\0' ? memory_strdup(value) : NULL;
}

char *state_speakers_find(const struct state_speakers *s, const char *path)
{
    char *key = find_value(s, path, "speakers");
    char *file = key != NULL ? file_id_path(key) : NULL;

    free(key);
    return file;
}

char *state_layout_find(const struct state_speakers *s, const char *path)
{
    return find_value(s, path, "layout");
}

/* ------------------------------------------------------------------------------- saving */

struct saving {
    const struct record_id *id;
    const struct record_anchor *place; /* NULL if a member is saved */
    const char *member;                /* "speakers" or "layout" */
    const char *value;                 /* NULL to remove it */
};

/* Replace the member with this name; NULL removes it. */
static void put_member(cJSON *object, const char *name, cJSON *take)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    if (take != NULL)
        cJSON_AddItemToObject(object, name, take);
}

static void forget_oldest(cJSON *places)
{
    int surplus = cJSON_GetArraySize(places) - STATE_PLACES_MAX;
    cJSON *place = surplus > 0 ? places->child->prev : NULL; /* the last */

    while (surplus > 0 && place != places->child) {
        cJSON *before = place->prev;

        if (may_be_forgotten(place)) {
            cJSON_Delete(cJSON_DetachItemViaPointer(places, place));
            surplus--;
        }
        place = before;
    }
}

/* Remove what another record has left under this path. */
static void drop_others(cJSON *places, const struct record_id *id, const cJSON *but)
{
    cJSON *next;

    for (cJSON *place = places->child; place != NULL; place = next) {
        next = place->next;
        if (place != but && id->path != NULL && strcmp(string_of(place, "path"), id->path) == 0)
            cJSON_Delete(cJSON_DetachItemViaPointer(places, place));
    }
}

/* Make the record's place the newest. A record that still exists at its path is another one. */
static cJSON *renew_place(cJSON *places, const struct record_id *id)
{
    enum record_match match;
    cJSON *place = find_place(places, id, &match);

    if (place != NULL && match == RECORD_MOVED && record_id_is_there(place)) {
        cJSON *copy = cJSON_Duplicate(place, 1);

        if (copy == NULL)
            memory_exhausted(0);
        place = copy;
    } else if (place != NULL) {
        cJSON_DetachItemViaPointer(places, place);
    } else {
        place = cJSON_CreateObject();
    }
    record_id_write(id, place);
    cJSON_InsertItemInArray(places, 0, place);
    drop_others(places, id, place);
    forget_oldest(places);
    return place;
}

static bool save_member(void *context, cJSON *root, bool is_new, struct error *err)
{
    const struct saving *s = context;
    cJSON *places = cJSON_GetObjectItemCaseSensitive(root, "places");
    cJSON *place;

    (void)is_new;
    (void)err;
    if (!cJSON_IsArray(places)) {
        cJSON_DeleteItemFromObjectCaseSensitive(root, "places");
        places = cJSON_AddArrayToObject(root, "places");
    }
    place = renew_place(places, s->id);
    if (s->place == NULL) {
        put_member(place, s->member, s->value != NULL ? cJSON_CreateString(s->value) : NULL);
        return true;
    }
    put_member(place, "segment", cJSON_CreateNumber(s->place->segment));
    put_member(place, "segment-words",
               *s->place->words != '\0' ? cJSON_CreateString(s->place->words) : NULL);
    return true;
}

/* Something that cannot be reopened, such as a pipe, has no place to keep. */
static bool save(struct saving *s, struct error *err)
{
    char *state = xdg_path(XDG_STATE, "places.json");
    bool ok = state == NULL || s->id->path == NULL ||
              json_file_update(state, save_member, s, err);

    free(state);
    return ok;
}

bool places_save(const struct record_id *id, const struct record_anchor *place,
                 struct error *err)
{
    struct saving s = {.id = id, .place = place};

    return save(&s, err);
}

static bool save_value(const char *path, const char *member, const char *value,
                       struct error *err)
{
    struct record_id id;
    struct saving s = {.id = &id, .member = member, .value = value};
    bool ok;

    record_id_init(&id, path);
    ok = save(&s, err);
    record_id_release(&id);
    return ok;
}

bool places_save_speakers(const char *path, const char *file, struct error *err)
{
    char *key = file != NULL ? file_id_key(file) : NULL;
    bool ok = save_value(path, "speakers", key, err);

    free(key);
    return ok;
}

bool places_save_layout(const char *path, const char *layout, struct error *err)
{
    return save_value(path, "layout", layout, err);
}
