/* Names of speakers, if a list has only their keys: in a list of people elsewhere in the
 * file. */
#include "formats/json/survey/json_people.h"

#include <stdio.h>
#include <string.h>

#include "formats/json/json_value.h"
#include "formats/json/survey/json_evidence.h"

static const char *const id_names[] = {"id", "label", "speakerid", "spkid", "speaker", NULL};
static const char *const entry_names[] = {"displayname", "name",     "fullname", "realname",
                                          "speakername", "username", NULL};

struct span json_people_list_name(const struct json_list *list)
{
    const char *dot = strrchr(list->path, '.');
    const char *last = dot != NULL ? dot + 1 : list->path;

    return span_of(last, strcspn(last, "[{"));
}

static void copy_name(struct json_ref member, char path[STEP_BYTES])
{
    memcpy(path, json_name(member).data, json_name(member).length);
    path[json_name(member).length] = '\0';
}

bool json_people_find_name(struct json_ref entry, struct span key, char path[STEP_BYTES])
{
    static const char *const others[] = {"label", "displaylabel", "title", "alias",
                                         "nick",  "value",        "text",  NULL};
    const char *const *const lists[] = {entry_names, json_names_of_role[ROLE_SPEAKER], others};
    struct json_ref member;
    size_t i;
    int k;

    for (i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (k = 0; lists[i][k] != NULL; k++) {
            JSON_EACH(member, entry)
            {
                if (json_is(member, JSON_STRING) && json_names_is_step(json_name(member)) &&
                    !span_equal(json_name(member), key) &&
                    json_names_place(json_name(member), lists[i]) == k) {
                    copy_name(member, path);
                    return true;
                }
            }
        }
    }
    return false;
}

bool json_people_find_key(struct json_ref entry, char path[STEP_BYTES])
{
    struct json_ref member;
    int k;

    for (k = 0; id_names[k] != NULL; k++) {
        JSON_EACH(member, entry)
        {
            if (json_type(member) <= JSON_STRING && json_type(member) > JSON_BOOL &&
                json_names_is_step(json_name(member)) &&
                json_names_place(json_name(member), id_names) == k) {
                copy_name(member, path);
                return true;
            }
        }
    }
    return false;
}

/* "people", "castIds", "memberUuid" */
static bool is_of_people(struct span name)
{
    static const char *const stems[] = {
        "people", "person", "speaker", "particip", "cast",     "actor",  "voice",   "charact",
        "member", "user",   "attend",  "author",   "who",      "deput",  "senator", "talker",
        "agent",  "caller", "profile", "contact",  "sprecher", "sender", "spk",     NULL};
    char tidy[NAME_BYTES];
    size_t i;

    json_names_tidy(name, tidy);
    for (i = 0; stems[i] != NULL; i++) {
        if (strstr(tidy, stems[i]) != NULL)
            return true;
    }
    return false;
}

/* Whether the values at a path are keys of the elements of a list, and those have names. */
static bool refers_to_list(struct json_list *list, const char *path,
                           const struct json_list *records)
{
    struct json_ref member;
    char key[STEP_BYTES];

    JSON_EACH(member, records->element)
    {
        if (!json_names_is_step(json_name(member)) || json_type(member) > JSON_STRING)
            continue;
        copy_name(member, key);
        if (!json_are_keys(list->array, path, records->array, key) ||
            !json_people_find_name(records->element, json_name(member), list->people.name))
            continue;
        strcpy(list->people.key, key);
        strcpy(list->people.path, records->path);
        return true;
    }
    return false;
}

/* "speakers": {"S1": "Ann Lee", "S2": {"name": "Bo Berg"}}, or ["Ann Lee", "Bo Berg"] */
static bool refers_to_members(struct json_list *list, const char *path, struct json_ref object,
                              const char *object_path, size_t depth)
{
    struct json_ref first = json_first(object);
    struct json_ref member;
    char inner[PATH_BYTES];

    if (*object_path != '\0' && json_are_member_names(list->array, path, object) &&
        (json_is(first, JSON_STRING) ||
         json_people_find_name(first, span_of("", 0), list->people.name))) {
        snprintf(list->people.path, sizeof list->people.path, "%.*s{}", PATH_BYTES - 3,
                 object_path);
        return true;
    }
    JSON_EACH(member, object)
    {
        if (depth == INSIDE_MAX || !json_names_is_step(json_name(member)))
            continue;
        if (json_is(json_first(member), JSON_STRING) && json_is(member, JSON_ARRAY) &&
            is_of_people(json_name(member)) &&
            json_are_places(list->array, path, json_count(member))) {
            snprintf(list->people.path, sizeof list->people.path, "%.*s%s%.*s[]",
                     PATH_BYTES - NAME_BYTES - 4, object_path, *object_path != '\0' ? "." : "",
                     (int)json_name(member).length, json_name(member).data);
            return true;
        }
        if (!json_is(member, JSON_OBJECT))
            continue;
        snprintf(inner, sizeof inner, "%s%s%.*s", object_path, *object_path != '\0' ? "." : "",
                 (int)json_name(member).length, json_name(member).data);
        if (refers_to_members(list, path, member, inner, depth + 1))
            return true;
    }
    return false;
}

static bool refers(struct json_search *s, struct json_list *list, const char *path,
                   struct json_ref head, bool surely)
{
    size_t i;

    for (i = 0; i < s->count; i++) {
        const struct json_list *records = &s->lists[i];

        if (records != list && !records->tuples && !records->parallel && !records->lines &&
            (surely || is_of_people(json_people_list_name(records))) &&
            refers_to_list(list, path, records))
            return true;
    }
    return surely && refers_to_members(list, path, head, "", 0);
}

void json_people_find(struct json_search *s, struct json_list *list, struct json_ref head)
{
    size_t i;

    if (list->array.node == NULL || list->tuples || list->lines ||
        (!json_list_has(list, ROLE_TEXT) && !json_list_has(list, ROLE_SPEAKER)))
        return;
    if (json_list_has(list, ROLE_SPEAKER) &&
        refers(s, list, list->roles[ROLE_SPEAKER].path, head, true))
        return;
    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];
        const char *dot = strrchr(named->path, '.');

        if (json_list_has(list, ROLE_SPEAKER) && !named->other)
            continue;
        if (!refers(s, list, named->path, head,
                    is_of_people(span_string(dot != NULL ? dot + 1 : named->path))))
            continue;
        strcpy(list->roles[ROLE_SPEAKER].path, named->path);
        list->roles[ROLE_SPEAKER].place = 0;
        return;
    }
}
