/* The search for lists in JSON that no table describes. */
#include "formats/json/survey/json_search.h"

#include <string.h>

enum { DEPTH_MAX = 16 };

static size_t push_path(struct json_search *s, struct span part)
{
    size_t before = s->path_bytes;
    bool dot = before > 0 && part.length > 0 && *part.data != '[';

    if (before + part.length + 2 >= PATH_BYTES)
        return before;
    if (dot)
        s->path[s->path_bytes++] = '.';
    memcpy(s->path + s->path_bytes, part.data, part.length);
    s->path_bytes += part.length;
    s->path[s->path_bytes] = '\0';
    return before;
}

static void pop_path(struct json_search *s, size_t bytes)
{
    s->path_bytes = bytes;
    s->path[bytes] = '\0';
}

/* Whether an array, or an object with numbers as names, holds only strings and numbers. */
static bool is_column(struct json_ref value)
{
    struct json_ref cell = json_first(value);

    return (json_is(cell, JSON_STRING) || json_is(cell, JSON_NUMBER)) &&
           (json_is(value, JSON_ARRAY) || json_names_is_numbered(json_name(cell)));
}

/* The role of a table's column by its name, if its first cell allows that. */
static void take_column(struct json_list *list, struct json_ref column)
{
    struct json_ref cell = json_first(column);
    struct json_named named = {.given = true};

    if (!json_names_is_step(json_name(column)))
        return;
    memcpy(named.path, json_name(column).data, json_name(column).length);
    json_list_find_places(&named, json_name(column));
    if (json_list_is_time(cell)) {
        json_list_take_role(list, ROLE_START, &named);
        json_list_take_role(list, ROLE_END, &named);
        json_list_take_role(list, ROLE_LENGTH, &named);
    }
    if (json_is(cell, JSON_STRING))
        json_list_take_role(list, ROLE_TEXT, &named);
    if (json_list_is_name(cell) && !(json_list_is_time(cell) && named.place[ROLE_START] >= 0))
        json_list_take_role(list, ROLE_SPEAKER, &named);
}

static void drop_other_lengths(struct json_list *list, struct json_ref object, size_t count)
{
    int role;

    for (role = 0; role < ROLE_COUNT; role++) {
        if (json_list_has(list, role) &&
            json_count(json_follow(object, list->roles[role].path)) != count)
            *list->roles[role].path = '\0';
    }
}

/* A table stored column by column: a list of starts, one of texts. */
static void add_columns(struct json_search *s, struct json_ref object)
{
    struct json_list *list = &s->lists[s->count];
    struct json_ref member, text;
    size_t count;

    if (s->count == LISTS_MAX)
        return;
    *list = (struct json_list){.element = object, .parallel = true};
    memcpy(list->path, s->path, s->path_bytes + 1);
    if (s->path_bytes == 0)
        strcpy(list->path, "[]");
    JSON_EACH(member, object)
    {
        if (is_column(member))
            take_column(list, member);
    }
    text = json_follow(object, list->roles[ROLE_TEXT].path);
    count = json_list_has(list, ROLE_TEXT) ? json_count(text) : 0;
    drop_other_lengths(list, object, count);
    if (count < 2 || (!json_list_has(list, ROLE_START) && !json_list_has(list, ROLE_SPEAKER)))
        return;
    JSON_EACH(member, text)
    {
        if (list->count++ < SAMPLE)
            json_list_count_text(list, json_string(member));
    }
    if (list->count > SAMPLE)
        list->count = SAMPLE;
    s->count++;
}

/* Consecutive utterances without anything else: "dialogue": ["Is it late?", "Not yet."] */
static void count_line(struct json_list *list, struct json_ref line)
{
    if (list->count < SAMPLE && json_is(line, JSON_STRING)) {
        list->count++;
        json_list_count_text(list, json_string(line));
    }
}

/* `nested`: in lists of lists, such as pairs of question and answer. */
static void add_lines(struct json_search *s, struct json_ref array, bool nested)
{
    struct json_list *list = &s->lists[s->count];
    struct json_ref line, inner;

    if (s->count == LISTS_MAX ||
        (!nested && json_names_place(json_name(array), json_names_talks) < 0))
        return;
    *list = (struct json_list){.array = array, .lines = true};
    memcpy(list->path, s->path, s->path_bytes + 1);
    JSON_EACH(line, array)
    {
        count_line(list, line);
        JSON_EACH(inner, line)
        count_line(list, inner);
    }
    if (list->count > 1 && list->stops * 4 >= list->count * 3)
        s->count++;
}

static void search_object(struct json_search *s, struct json_ref object, bool inherits,
                          size_t depth)
{
    struct json_ref member;

    add_columns(s, object);

    JSON_EACH(member, object)
    {
        size_t before;

        if (json_type(member) < JSON_ARRAY || !json_names_is_step(json_name(member)))
            continue;
        before = push_path(s, json_name(member));
        if (s->path_bytes > before)
            json_search_value(s, member, object, inherits, depth + 1);
        pop_path(s, before);
    }
}

/* Whether an element has a list of objects with words of their own. */
static bool has_parts(const struct json_list *list)
{
    struct json_ref member;
    struct json_ref own = json_follow(list->element, list->roles[ROLE_TEXT].path);

    JSON_EACH(member, list->element)
    {
        struct json_list inner = {.count = 0};

        if (json_is(own, JSON_STRING) && json_is(member, JSON_ARRAY) &&
            json_names_place(json_name(member), json_names_best_lists) < 0 &&
            json_list_look_at(&inner, member) && json_list_has(&inner, ROLE_TEXT))
            return true;
    }
    return false;
}

static void add_list(struct json_search *s, struct json_ref array, struct json_ref parent,
                     bool inherits, size_t depth);

/* One list per result, each with words. */
static void add_list_of_lists(struct json_search *s, struct json_ref array, bool inherits,
                              size_t depth)
{
    struct json_ref inner = json_first(array);
    size_t before;

    if (depth == DEPTH_MAX || json_type(json_first(inner)) < JSON_STRING)
        return;
    before = push_path(s, span_string("[]"));
    if (json_is(json_first(inner), JSON_STRING))
        add_lines(s, array, true);
    else if (json_is(json_first(inner), JSON_OBJECT))
        add_list(s, inner, JSON_REF_NONE, inherits, depth + 1);
    pop_path(s, before);
}

static void add_list(struct json_search *s, struct json_ref array, struct json_ref parent,
                     bool inherits, size_t depth)
{
    struct json_list *list = &s->lists[s->count];
    bool speaks;

    if (s->count == LISTS_MAX)
        return;
    *list = (struct json_list){.parent = parent, .array = array, .inherits = inherits};
    memcpy(list->path, s->path, s->path_bytes + 1);
    if (json_is(json_first(array), JSON_STRING)) {
        add_lines(s, array, false);
        return;
    }
    if (json_is(json_first(array), JSON_ARRAY)) {
        if (json_list_look_at_tuples(list, array))
            s->count++;
        else
            add_list_of_lists(s, array, inherits, depth);
        return;
    }
    if (!json_list_look_at(list, array))
        return;
    s->count++;
    list->parts = has_parts(list);
    speaks = inherits || json_list_has(list, ROLE_SPEAKER);
    search_object(s, list->element, speaks, depth + 1);
}

void json_search_value(struct json_search *s, struct json_ref value, struct json_ref parent,
                       bool inherits, size_t depth)
{
    bool best = json_is(value, JSON_ARRAY) &&
                json_names_place(json_name(value), json_names_best_lists) >= 0;
    size_t before;

    if (depth > DEPTH_MAX)
        return;
    if (json_is(value, JSON_OBJECT) && !json_list_is_map(value)) {
        search_object(s, value, inherits, depth);
        return;
    }
    if (json_type(value) < JSON_ARRAY)
        return;
    before = push_path(s, span_string(best                         ? "[0]"
                                      : json_is(value, JSON_ARRAY) ? "[]"
                                      : s->path_bytes == 0         ? "[]{}"
                                                                   : "{}"));
    if (best)
        json_search_value(s, json_at(value, 0), parent, inherits, depth + 1);
    else
        add_list(s, value, parent, inherits, depth);
    pop_path(s, before);
}
