/* A list in JSON that no table describes: the roles of its members, by their names and values.
 * A name alone proves nothing: a member is a time only if its values are times, words only if
 * they are strings. */
#include "formats/json/survey/json_list.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "formats/common/column_name.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/survey/json_evidence.h"
#include "shilu/base/bytes.h"

/* A larger number of seconds counts from 1970. */
static const double EPOCH_MIN = 9.8e8;

enum { CELLS_MAX = 10 }; /* cells of a tuple that a path can address */

static const char *const pair_names[] = {"timestamp", "timestamps", "time",      "times",
                                         "interval",  "offsets",    "range",     "span",
                                         "dur",       "duration",   "timerange", NULL};

/* "runs": [{"text": "It is "}, {"text": "late."}]: one text in parts that differ in style, or
 * in lines, and have no speakers or times of their own. */
static bool is_runs(struct json_ref value)
{
    struct json_ref first = json_first(value);
    struct json_ref member;

    if (!json_is(value, JSON_ARRAY) || !json_is(json_get(first, "text"), JSON_STRING))
        return false;
    JSON_EACH(member, first)
    {
        if (json_type(member) >= JSON_ARRAY ||
            json_names_place(json_name(member), json_names_of_role[ROLE_START]) >= 0 ||
            json_names_place(json_name(member), json_names_of_role[ROLE_SPEAKER]) >= 0)
            return false;
    }
    return true;
}

/* Of two spellings of a text, the one meant for readers: "normalized_text". */
static bool is_made_to_read(const char *tidy)
{
    static const char *const words[] = {"normalized", "normalised", "formatted", "punctuated",
                                        "corrected",  "edited",     "cleaned",   "polished",
                                        "enhanced",   "readable",   NULL};
    size_t i;

    for (i = 0; words[i] != NULL; i++) {
        const char *at = strstr(tidy, words[i]);

        if (at != NULL && (at < tidy + 2 || memcmp(at - 2, "un", 2) != 0))
            return true;
    }
    return false;
}

bool json_list_is_words(struct json_ref value)
{
    struct json_ref first = json_first(value);

    return json_is(value, JSON_STRING) ||
           (json_is(value, JSON_ARRAY) && (json_is(first, JSON_STRING) || is_runs(value)));
}

bool json_list_is_time(struct json_ref value)
{
    return json_value_time(value).kind > JSON_TIME_BAD;
}

/* A calendar date: ISO 8601, or a number that counts from 1970. */
static bool is_dated(struct json_ref value)
{
    struct json_time time = json_value_time(value);

    return time.kind == JSON_TIME_WALL ||
           (time.kind == JSON_TIME_NUMBER && time.number >= EPOCH_MIN);
}

bool json_list_is_name(struct json_ref value)
{
    struct json_ref first = value;

    if (json_is(value, JSON_STRING))
        return json_string(value).length > 0 && json_string(value).length < 200;
    if (json_is(value, JSON_ARRAY))
        first = json_first(value);
    return json_is(first, JSON_NUMBER) || json_is(first, JSON_OBJECT) ||
           json_is(first, JSON_STRING);
}

/* Judge a name by the words in it, if no list contains it. */
static void place_by_words(struct json_named *named, struct span name)
{
    static const int roles[COLUMN_COUNT] = {
        [COLUMN_TEXT] = ROLE_TEXT,       [COLUMN_SPEAKER] = ROLE_SPEAKER,
        [COLUMN_START] = ROLE_START,     [COLUMN_END] = ROLE_END,
        [COLUMN_DURATION] = ROLE_LENGTH, [COLUMN_DATE] = ROLE_DAY,
        [COLUMN_ROLE] = ROLE_POSITION,   [COLUMN_ORGANIZATION] = ROLE_ORGANIZATION,
        [COLUMN_KIND] = ROLE_FINAL,      [COLUMN_FIRST_NAME] = ROLE_FINAL,
        [COLUMN_LAST_NAME] = ROLE_FINAL, [COLUMN_PUNCTUATION] = ROLE_FINAL};
    struct column_name read = column_name_read(name);
    int role = read.column < COLUMN_COUNT ? roles[read.column] : ROLE_FINAL;
    int place = json_names_place_of_any(json_names_of_role[role]);

    named->other = read.other;
    if (span_ends_with(name, "name") || span_ends_with(name, "Name"))
        named->hints |= 1u << ROLE_SPEAKER;
    if (span_ends_with(name, "_role") || span_ends_with(name, "Role")) {
        named->hints |= 1u << ROLE_SPEAKER; /* "participantRole", if nothing else says who */
        named->other = false;
    }
    if (role == ROLE_FINAL)
        return;
    if (read.rank == 1 && read.unknown) {
        named->hints |= 1u << role;
        return;
    }
    named->speaks = role == ROLE_SPEAKER && read.rank == 3;
    named->place[role] = (short)(place >= 0 ? place : 0);
    named->any = true;
}

void json_list_find_places(struct json_named *named, struct span name)
{
    char tidy[NAME_BYTES];
    int role;

    json_names_tidy(name, tidy);
    named->pair = json_names_place_of_tidy(tidy, pair_names) >= 0;
    named->any = named->pair;
    for (role = 0; role < ROLE_COUNT; role++) {
        named->place[role] = (short)json_names_place_of_tidy(tidy, json_names_of_role[role]);
        named->any |= named->place[role] >= 0;
    }
    if (span_ends_with(span_string(tidy), "channel") && named->place[ROLE_CHANNEL] < 0) {
        named->place[ROLE_CHANNEL] = 0; /* "mediaChannel" */
        named->any = true;
    }
    if (!named->any)
        place_by_words(named, name);
    if (named->place[ROLE_TEXT] > 0 && is_made_to_read(tidy))
        named->place[ROLE_TEXT] = 0;
}

/* The member at the end of a path from an element; the path may end in "[0]" or "[1]". */
static struct json_named *named_for(struct json_list *list, const char *path, struct span name,
                                    size_t depth)
{
    struct json_named *named;
    size_t i;
    int role;

    for (i = 0; i < list->named_count; i++) {
        if (strcmp(list->named[i].path, path) == 0)
            return &list->named[i];
    }
    if (list->named_count == NAMED_MAX)
        return NULL;
    named = &list->named[list->named_count++];
    *named = (struct json_named){.given = false};
    strcpy(named->path, path);
    json_list_find_places(named, name);
    for (role = 0; role < ROLE_COUNT; role++) {
        if (named->place[role] >= 0)
            named->place[role] += (short)(depth * INSIDE_PLACES);
    }
    return named;
}

bool json_list_has(const struct json_list *list, int role)
{
    return *list->roles[role].path != '\0';
}

void json_list_take_role(struct json_list *list, int role, const struct json_named *named)
{
    int place = named->place[role];

    if (place < 0 || (json_list_has(list, role) && list->roles[role].place <= place))
        return;
    strcpy(list->roles[role].path, named->path);
    list->roles[role].place = place;
}

/* "n1": {"id": "n1", … */
static bool is_keyed(struct json_ref member)
{
    return span_equal(json_string(json_first(member)), json_name(member));
}

bool json_list_is_map(struct json_ref object)
{
    struct json_ref first = json_first(object);
    struct json_ref member;
    size_t count = 0;

    JSON_EACH(member, object)
    {
        if (!json_is(member, JSON_OBJECT) ||
            !(json_names_is_numbered(json_name(member)) || is_keyed(member)) ||
            !span_equal(json_name(json_first(member)), json_name(json_first(first))))
            return false;
        if (++count == SAMPLE)
            break;
    }
    return count > 1;
}

/* Room for it has been checked. */
static void set_role(struct json_list *list, int role, const char *path, const char *step)
{
    struct json_role *r = &list->roles[role];
    size_t bytes = strlen(path);

    r->place = 0;
    memcpy(r->path, path, bytes);
    memcpy(r->path + bytes, step, strlen(step) + 1);
}

/* Whether an array has times that never decrease, or pairs of such times. */
static bool is_series(struct json_ref array)
{
    struct json_ref item;
    double before = -1;

    JSON_EACH(item, array)
    {
        struct json_ref from = json_is(item, JSON_ARRAY) ? json_first(item) : item;
        struct json_time time = json_value_time(from);

        if (time.kind != JSON_TIME_NUMBER || time.number < before)
            return false;
        before = time.number;
    }
    return json_count(array) > 0;
}

/* "timestamp": [0.5, 2.1], where the second may be null; or a time for each word of a text,
 * which starts with the first of them: [7.1, 7.4, 7.7], [[70, 350], [350, 620]]. Where one text
 * has more than two times, two are those of two words. */
static bool take_times(struct json_list *list, struct json_ref member,
                       const struct json_named *named)
{
    struct json_ref first = json_first(member);
    const char *path = named->path;
    struct json_role *end = &list->roles[ROLE_END];

    if (!json_is(member, JSON_ARRAY) || strlen(path) + 9 > STEP_BYTES)
        return false;
    if (json_is(first, JSON_ARRAY) && json_count(first) == 2 && is_series(member)) {
        set_role(list, ROLE_START, path, "[0][0]");
        set_role(list, ROLE_END, path, "[-1][1]");
        return true;
    }
    if (json_count(member) != 2 && is_series(member)) {
        if (list->roles[ROLE_START].place == 0 && span_ends_with(span_string(end->path), "[1]"))
            *end->path = '\0';
        set_role(list, ROLE_START, path, "[0]");
        list->word_times |= json_count(member) > 2;
        return true;
    }
    if (!named->pair || json_count(member) != 2 || !json_list_is_time(json_at(member, 0)))
        return false;
    set_role(list, ROLE_START, path, "[0]");
    if (!list->word_times)
        set_role(list, ROLE_END, path, "[1]");
    return true;
}

/* Members of an object inside an element, or of the best of several, count as the element's. */
static void take_inside(struct json_list *list, struct json_ref member, const char *path,
                        size_t depth)
{
    struct json_ref inner;

    if (depth == INSIDE_MAX)
        return;
    JSON_EACH(inner, member)
    json_list_take_member(list, inner, path, depth + 1);
}

static bool is_phrase(struct span text)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (text.data[i] == ' ' || (unsigned char)text.data[i] >= 0x80)
            return true;
    }
    return false;
}

static void take_value(struct json_list *list, struct json_ref member, struct json_named *named)
{
    enum json_type type = json_type(member);
    bool time = json_list_is_time(member) &&
                (named->place[ROLE_START] >= 0 || named->place[ROLE_END] >= 0 ||
                 named->place[ROLE_LENGTH] >= 0);

    if (!named->given)
        named->value = member;
    named->given = true;
    if (time) {
        json_list_take_role(list, ROLE_START, named);
        json_list_take_role(list, ROLE_END, named);
        json_list_take_role(list, ROLE_LENGTH, named);
        list->dated |= named->place[ROLE_START] >= 0 && is_dated(member);
    }
    named->phrased |= json_is(member, JSON_ARRAY) || is_phrase(json_string(member));
    if (named->place[ROLE_SPEAKER] >= 0) /* a "label" beside a "talker" may be the words */
        named->letters += json_string(member).length;
    /* "12" may be a time, a word or a label. */
    if (type == JSON_STRING || json_list_is_words(member))
        json_list_take_role(list, ROLE_TEXT, named);
    if (json_list_is_name(member) && !(time && named->place[ROLE_START] >= 0))
        json_list_take_role(list, ROLE_SPEAKER, named);
    if (type == JSON_NUMBER || type == JSON_STRING)
        json_list_take_role(list, ROLE_CHANNEL, named);
    if (type == JSON_STRING) {
        json_list_take_role(list, ROLE_POSITION, named);
        json_list_take_role(list, ROLE_ORGANIZATION, named);
        json_list_take_role(list, ROLE_HEADING, named);
        json_list_take_role(list, ROLE_AFTER, named);
    }
    if (type == JSON_STRING && !time)
        json_list_take_role(list, ROLE_DAY, named);
    if (type == JSON_STRING || type == JSON_BOOL)
        json_list_take_role(list, ROLE_MARK, named);
    if (type == JSON_BOOL)
        json_list_take_role(list, ROLE_FINAL, named);
}

/* Words under a name without a known meaning, such as a language. */
static void take_unknown(struct json_ref member, struct json_named *named)
{
    struct span text = json_is(member, JSON_ARRAY) ? json_raw(member) : json_string(member);

    if (!named->given)
        named->value = member;
    named->given = true;
    named->letters += text.length;
    named->phrased_long |= text.length > NAME_BYTES;
    named->phrased |= json_is(member, JSON_ARRAY) || is_phrase(text);
}

void json_list_take_member(struct json_list *list, struct json_ref member, const char *path,
                           size_t depth)
{
    enum json_type type = json_type(member);
    struct span name = json_name(member);
    char full[STEP_BYTES];
    struct json_named *named;
    struct span first, last;
    size_t bytes = strlen(path);
    bool best;

    if (!json_names_is_step(name) || bytes + name.length + 6 > STEP_BYTES || type <= JSON_NULL)
        return;
    memcpy(full, path, bytes);
    if (bytes > 0)
        full[bytes++] = '.';
    memcpy(full + bytes, name.data, name.length);
    bytes += name.length;
    full[bytes] = '\0';
    named = named_for(list, full, name, depth);
    if (named == NULL ||
        ((named->pair || named->place[ROLE_START] >= 0) && take_times(list, member, named)))
        return;
    if (named->place[ROLE_END] >= 0 && json_is(member, JSON_ARRAY) && is_series(member) &&
        strlen(full) + 5 <= STEP_BYTES) {
        set_role(list, ROLE_END, full, "[-1]");
        return;
    }
    if (type == JSON_BOOL && json_voice_of_flag(name, true) != NULL)
        named->flag = true;
    if (named->any)
        take_value(list, member, named);
    else if (json_list_is_words(member))
        take_unknown(member, named);
    best = type == JSON_ARRAY && json_names_place(name, json_names_best_lists) >= 0;
    if (best) {
        memcpy(full + bytes, "[0]", 4);
        take_inside(list, json_at(member, 0), full, depth);
    }
    if (type == JSON_OBJECT && json_person_names(member, &first, &last)) {
        named->place[ROLE_SPEAKER] = (short)(1 + depth * INSIDE_PLACES);
        json_list_take_role(list, ROLE_SPEAKER, named);
        return;
    }
    /* An object that identifies a speaker, or that is a time, is read as a whole. */
    if (type == JSON_OBJECT && named->place[ROLE_SPEAKER] < 0 && !json_list_is_map(member) &&
        !(json_list_is_time(member) &&
          (named->place[ROLE_START] >= 0 || named->place[ROLE_END] >= 0)))
        take_inside(list, member, full, depth);
}

static bool has_letter(struct span text)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        if (isalpha((unsigned char)text.data[i]) || (unsigned char)text.data[i] >= 0x80)
            return true;
    }
    return false;
}

struct json_ref json_list_value(const struct json_list *list, struct json_ref element, int role)
{
    struct json_ref value;

    if (!json_list_has(list, role))
        return JSON_REF_NONE;
    value = json_follow(element, list->roles[role].path);
    if (role == ROLE_TEXT && is_runs(value))
        return json_get(json_first(value), "text");
    return json_is(value, JSON_ARRAY) ? json_first(value) : value;
}

void json_list_count_text(struct json_list *list, struct span text)
{
    struct span bare = span_trim(text);
    size_t others;

    if (text.length == 0)
        return;
    list->with_text++;
    list->letters += bare.length;
    list->worded += has_letter(bare);
    list->marks += bare.length == 0 || json_text_is_mark(bare);
    list->stops += json_text_ends_sentence(bare);
    list->html += json_text_is_html(bare);
    list->references += json_text_references(bare, &others);
    list->ampersands += others;
    list->voices += bytes_find(bare.data, bare.length, "<v") != NULL;
    list->tags += bytes_find(bare.data, bare.length, "{\\") != NULL ||
                  bytes_find(bare.data, bare.length, "</") != NULL;
    list->blanks += bare.length > 0 && memchr(bare.data, ' ', bare.length) != NULL;
}

/* Whether an earlier element has the same speaker. */
static bool spoke_before(const struct json_list *list, struct json_ref array,
                         struct json_ref element)
{
    struct span who = json_raw(json_list_value(list, element, ROLE_SPEAKER));
    struct json_ref item;

    JSON_EACH(item, array)
    {
        if (item.node == element.node)
            return false;
        if (who.length > 0 &&
            span_equal(json_raw(json_list_value(list, item, ROLE_SPEAKER)), who))
            return true;
    }
    return false;
}

static void set_cell(struct json_list *list, int role, size_t at)
{
    snprintf(list->roles[role].path, STEP_BYTES, "[%zu]", at);
}

/* A cell has the role that its column's name suggests, if its value allows that. */
static void take_named_cell(struct json_list *list, size_t at, struct span name,
                            struct json_ref value)
{
    struct json_named named = {.given = true};

    snprintf(named.path, sizeof named.path, "[%zu]", at);
    json_list_find_places(&named, name);
    if (json_list_is_time(value)) {
        json_list_take_role(list, ROLE_START, &named);
        json_list_take_role(list, ROLE_END, &named);
        json_list_take_role(list, ROLE_LENGTH, &named);
    }
    if (json_is(value, JSON_STRING))
        json_list_take_role(list, ROLE_TEXT, &named);
    if (json_list_is_name(value) && !(json_list_is_time(value) && named.place[ROLE_START] >= 0))
        json_list_take_role(list, ROLE_SPEAKER, &named);
}

/* Whether an array consists of names, at least two of which say what a column holds. */
static bool is_header(struct json_ref names, size_t cells)
{
    struct json_ref name;
    size_t known = 0;

    JSON_EACH(name, names)
    {
        struct json_named named = {.given = true};

        if (!json_is(name, JSON_STRING))
            return false;
        json_list_find_places(&named, json_string(name));
        known += named.any;
    }
    return json_is(names, JSON_ARRAY) && json_count(names) >= cells && known > 1;
}

/* The column names: the first row, or a list of names beside the rows. */
static struct json_ref header_of(struct json_list *list, struct json_ref array, size_t cells)
{
    struct json_ref member;

    list->header = is_header(json_first(array), cells);
    if (list->header)
        return json_first(array);
    JSON_EACH(member, list->parent)
    {
        if (is_header(member, cells))
            return member;
    }
    return JSON_REF_NONE;
}

static void take_named_cells(struct json_list *list, struct json_ref array, size_t cells)
{
    struct json_ref names = header_of(list, array, cells);
    struct json_ref row = list->header ? json_at(array, 1) : json_first(array);
    size_t at;

    for (at = 0; names.node != NULL && at < cells; at++)
        take_named_cell(list, at, json_string(json_at(names, at)), json_at(row, at));
}

/* Two adjacent cells of times, or one of clock readings. */
static bool take_time_cells(struct json_list *list, struct json_ref array, size_t cells)
{
    char start[STEP_BYTES], end[STEP_BYTES];
    size_t at;

    for (at = 0; at < cells; at++) {
        snprintf(start, sizeof start, "[%zu]", at);
        snprintf(end, sizeof end, "[%zu]", at + 1);
        if (at + 1 < cells && json_are_times(array, start, end)) {
            set_cell(list, ROLE_START, at);
            set_cell(list, ROLE_END, at + 1);
            return true;
        }
    }
    for (at = 0; at < cells; at++) {
        snprintf(start, sizeof start, "[%zu]", at);
        if (json_is(json_at(json_first(array), at), JSON_STRING) &&
            json_are_moments(array, start)) {
            set_cell(list, ROLE_START, at);
            return true;
        }
    }
    return false;
}

static bool is_cell(const struct json_list *list, int role, const char *cell)
{
    return strcmp(list->roles[role].path, cell) == 0;
}

/* The words are in the cell with most letters; speakers are in one whose strings recur. */
static void take_word_cells(struct json_list *list, struct json_ref array, size_t cells)
{
    bool named = json_list_has(list, ROLE_TEXT);
    char cell[STEP_BYTES];
    size_t most = 0;
    size_t again, at;

    for (at = 0; at < cells && !named; at++) {
        size_t letters;

        snprintf(cell, sizeof cell, "[%zu]", at);
        letters = json_letters_at(array, cell, &again);
        if (letters > most && !is_cell(list, ROLE_START, cell) &&
            !is_cell(list, ROLE_SPEAKER, cell)) {
            most = letters;
            set_cell(list, ROLE_TEXT, at);
        }
    }
    for (at = 0; at < cells && !json_list_has(list, ROLE_SPEAKER); at++) {
        snprintf(cell, sizeof cell, "[%zu]", at);
        if (!is_cell(list, ROLE_TEXT, cell) && !is_cell(list, ROLE_START, cell) &&
            !is_cell(list, ROLE_END, cell) && json_letters_at(array, cell, &again) > 0 &&
            again > 0)
            set_cell(list, ROLE_SPEAKER, at);
    }
}

bool json_list_look_at_tuples(struct json_list *list, struct json_ref array)
{
    size_t cells = json_count(json_first(array));
    struct json_ref item;
    size_t seen = 0;

    if (cells > CELLS_MAX)
        cells = CELLS_MAX;
    take_named_cells(list, array, cells);
    if (!json_list_has(list, ROLE_START) && !list->header)
        take_time_cells(list, array, cells);
    take_word_cells(list, array, cells);
    if (!json_list_has(list, ROLE_TEXT) ||
        (!json_list_has(list, ROLE_START) && !json_list_has(list, ROLE_SPEAKER)))
        return false;
    JSON_EACH(item, array)
    {
        if (seen++ == SAMPLE)
            break;
        if (seen > 1 || !list->header)
            json_list_count_text(list,
                                 json_string(json_follow(item, list->roles[ROLE_TEXT].path)));
        if (json_list_has(list, ROLE_SPEAKER))
            list->again += spoke_before(list, array, item);
    }
    list->count = (seen < SAMPLE ? seen : SAMPLE) - list->header;
    list->tuples = true;
    return json_list_has(list, ROLE_START) ||
           (list->again > 0 && list->blanks * 2 > list->count);
}

/* Whether an element has a text and says who speaks: "None" is how Python writes that nobody
 * does. */
static bool is_spoken(const struct json_list *list, struct json_ref element)
{
    struct json_ref who = json_list_value(list, element, ROLE_SPEAKER);

    return json_value_is_given(who) && !span_is(json_string(who), "None") &&
           json_string(json_list_value(list, element, ROLE_TEXT)).length > 0;
}

static bool begins_with_name(const struct json_list *list, struct json_ref element)
{
    struct span text = span_trim(json_string(json_list_value(list, element, ROLE_TEXT)));
    struct span name = span_trim(json_string(json_list_value(list, element, ROLE_SPEAKER)));

    return name.length > 2 && text.length > name.length &&
           strncasecmp(text.data, name.data, name.length) == 0;
}

/* A number that differs in every element counts them and is not a speaker. */
static void drop_counter(struct json_list *list)
{
    struct json_ref first = json_list_value(list, list->element, ROLE_SPEAKER);

    if (json_is(first, JSON_NUMBER) && list->count > 3 && list->again == 0)
        *list->roles[ROLE_SPEAKER].path = '\0';
}

struct span json_list_last_step(const struct json_list *list, int role)
{
    const char *path = list->roles[role].path;
    const char *dot = strrchr(path, '.');

    return span_string(dot != NULL ? dot + 1 : path);
}

/* {"user": {"displayName": "Ann Lee"}} */
static bool has_display_name(struct json_ref who, size_t depth)
{
    static const char *const names[] = {"displayname", "fullname", "realname", NULL};
    struct json_ref member;

    JSON_EACH(member, who)
    {
        if (json_names_place(json_name(member), names) >= 0 && json_value_is_given(member))
            return true;
        if (json_is(member, JSON_OBJECT) && depth < INSIDE_MAX &&
            has_display_name(member, depth + 1))
            return true;
    }
    return false;
}

bool json_list_is_weakly_named(const struct json_list *list)
{
    static const char *const weak[] = {"name",   "user",        "id",     "source",
                                       "from",   "party",       "userid", "label",
                                       "member", "channelname", "w",      NULL};

    return json_list_has(list, ROLE_SPEAKER) &&
           json_names_place(json_list_last_step(list, ROLE_SPEAKER), weak) >= 0 &&
           !has_display_name(json_list_value(list, list->element, ROLE_SPEAKER), 0);
}

/* Whether elements have a member that can only mean the speaker, and it is null in all. */
static bool leaves_speaker_open(const struct json_list *list)
{
    struct json_ref member, item;

    JSON_EACH(member, list->element)
    {
        struct column_name read = column_name_read(json_name(member));
        bool open = json_is(member, JSON_NULL) && read.column == COLUMN_SPEAKER &&
                    read.rank == 3;

        if (!open)
            continue;
        JSON_EACH(item, list->array)
        open &= !json_value_is_given(json_get_span(item, json_name(member)));
        if (open)
            return true;
    }
    return false;
}

/* "speaker": null says that nobody speaks; the "name" beside it is then one of a thing. */
static void drop_stand_in(struct json_list *list)
{
    size_t i;

    if (list->again > 0 || !json_list_is_weakly_named(list) || !leaves_speaker_open(list))
        return;
    *list->roles[ROLE_SPEAKER].path = '\0';
    for (i = 0; i < list->named_count; i++)
        list->named[i].place[ROLE_SPEAKER] = -1;
}

bool json_list_says_who(const struct json_list *list)
{
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        if (list->named[i].speaks &&
            strcmp(list->named[i].path, list->roles[ROLE_SPEAKER].path) == 0)
            return true;
    }
    return false;
}

/* If no name helps, take the longest texts as the words, provided that they have times or
 * speakers. */
static void take_longest(const struct json_list *list, struct json_role *text)
{
    bool lasts = json_list_has(list, ROLE_START) &&
                 (json_list_has(list, ROLE_END) || json_list_has(list, ROLE_LENGTH));
    size_t again = 0;
    size_t most = 0;
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];

        if (named->phrased && named->letters > most && !named->other &&
            strcmp(named->path, list->roles[ROLE_SPEAKER].path) != 0 &&
            (lasts || list->sided ||
             ((json_list_says_who(list) ||
               (json_letters_at(list->array, list->roles[ROLE_SPEAKER].path, &again) > 0 &&
                again > 0)) &&
              json_are_sentences(list->array, named->path)))) {
            most = named->letters;
            strcpy(text->path, named->path);
        }
    }
}

/* Whether a member has this role; if no member does, one whose name has no known meaning. */
static bool may_be(const struct json_list *list, int role, const struct json_named *named)
{
    return json_list_has(list, role) ? strcmp(named->path, list->roles[role].path) == 0
                                     : !named->any && !named->other;
}

/* Find times and speakers by their values, whatever their names. */
static void infer_times(struct json_list *list)
{
    bool told = json_list_has(list, ROLE_START);
    size_t i, k;

    for (i = 0; i < list->named_count && !json_list_has(list, ROLE_START); i++) {
        if ((list->named[i].hints & 1u << ROLE_START) != 0 && !list->named[i].other &&
            json_are_moments(list->array, list->named[i].path))
            strcpy(list->roles[ROLE_START].path, list->named[i].path);
        else if (!list->named[i].any && !list->named[i].other &&
                 json_are_clocks(list->array, list->named[i].path))
            strcpy(list->roles[ROLE_START].path, list->named[i].path);
    }
    if (!told && json_list_has(list, ROLE_START))
        list->dated = is_dated(json_list_value(list, list->element, ROLE_START));
    if (json_list_has(list, ROLE_START) &&
        (json_list_has(list, ROLE_END) || json_list_has(list, ROLE_LENGTH)))
        return;
    for (i = 0; i < list->named_count; i++) {
        for (k = 0; k < list->named_count; k++) {
            const struct json_named *start = &list->named[i];
            const struct json_named *end = &list->named[k];

            if (k == i || !may_be(list, ROLE_START, start) || !may_be(list, ROLE_END, end) ||
                !json_are_times(list->array, start->path, end->path))
                continue;
            strcpy(list->roles[ROLE_START].path, start->path);
            strcpy(list->roles[ROLE_END].path, end->path);
            list->dated |= is_dated(start->value);
            return;
        }
    }
}

/* ----------------------------------------------------------------- moments in parts */

/* Whether a name, in lower case without signs, is one for a start or an end; "" is a start. */
static bool is_moment_name(const char *tidy, int *role)
{
    *role = ROLE_START;
    if (*tidy == '\0' || json_names_place_of_tidy(tidy, json_names_of_role[ROLE_START]) >= 0)
        return true;
    *role = ROLE_END;
    return json_names_place_of_tidy(tidy, json_names_of_role[ROLE_END]) >= 0;
}

/* The same of the object around the parts, whose name need not say more than that it is no
 * length. */
static bool is_moment_object(const char *tidy, int *role)
{
    if (json_names_place_of_tidy(tidy, json_names_of_role[ROLE_LENGTH]) >= 0)
        return false;
    if (!is_moment_name(tidy, role))
        *role = ROLE_START;
    return true;
}

/* "startMin", "end_sec", "minutes", "time.min": the part of a moment that a member has, and of
 * which moment. The words before the unit name the moment; without any, those of the object
 * do. */
static bool find_part(const char *path, struct json_moment_part *out)
{
    const char *dot = strrchr(path, '.');
    const char *name = dot != NULL ? dot + 1 : path;
    char tidy[NAME_BYTES];
    char around[NAME_BYTES] = "";
    size_t bytes;
    size_t at;

    json_names_tidy(span_string(name), tidy);
    bytes = strlen(tidy);
    if (dot != NULL) {
        const char *before = dot;

        while (before > path && before[-1] != '.')
            before--;
        json_names_tidy(span_of(before, (size_t)(dot - before)), around);
    }
    for (at = 0; at < bytes; at++) {
        char front[NAME_BYTES];

        if (!json_value_clock_part(span_of(tidy + at, bytes - at), &out->part))
            continue;
        memcpy(front, tidy, at);
        front[at] = '\0';
        if (at > 0 ? !is_moment_name(front, &out->role) : !is_moment_object(around, &out->role))
            continue;
        snprintf(out->path, sizeof out->path, "%s", path);
        return true;
    }
    return false;
}

/* The number at a part of an element; 0 where it is left out, NAN for anything else. */
static double part_number(const struct json_moment_part *part, struct json_ref element)
{
    struct json_ref value = json_follow(element, part->path);
    struct json_time time = json_value_time(value);

    if (!json_value_is_given(value))
        return 0;
    return time.kind == JSON_TIME_NUMBER && json_type(value) < JSON_ARRAY ? time.number
                                                                          : (double)NAN;
}

/* The moment that the parts of an element make; false where they are no clock reading: only the
 * largest of them may exceed what the next larger one holds. */
static bool sum_parts(const struct json_moment_part *const *parts, struct json_ref element,
                      double *ms)
{
    static const double most[CLOCK_PARTS] = {1e6, 60, 60, 1000, 240};
    bool largest = true;
    size_t i;

    *ms = 0;
    for (i = 0; i < CLOCK_PARTS; i++) {
        double number = parts[i] != NULL ? part_number(parts[i], element) : 0;

        if (parts[i] == NULL)
            continue;
        if (!(number >= 0 && number < (largest ? most[CLOCK_HOURS] : most[i])))
            return false;
        *ms += i == CLOCK_FRAMES ? number : number * json_value_part_ms(parts[i]->part);
        largest = false;
    }
    return true;
}

/* Whether the parts of one moment, the largest first, give moments that never go back. At least
 * two consecutive units are needed: seconds and milliseconds alone may be two forms of the same
 * time. */
static bool are_clock_readings(const struct json_list *list,
                               const struct json_moment_part *const *parts)
{
    struct json_ref item;
    double before = 0;
    size_t seen = 0;
    bool later = false;

    if (parts[CLOCK_SECONDS] == NULL && parts[CLOCK_MINUTES] == NULL)
        return false;
    if ((parts[CLOCK_HOURS] != NULL) + (parts[CLOCK_MINUTES] != NULL) +
            (parts[CLOCK_SECONDS] != NULL) + (parts[CLOCK_FRAMES] != NULL) +
            (parts[CLOCK_MS] != NULL) <
        2)
        return false;
    JSON_EACH(item, list->array)
    {
        double ms;

        if (seen == SAMPLE)
            break;
        if (!sum_parts(parts, item, &ms) || ms < before)
            return false;
        later |= ms > before;
        before = ms;
        seen++;
    }
    return later || seen == 1;
}

/* {"min": 1, "sec": 2, "text": …}, "startH", "startM" and "startS" beside "endH" … */
static void take_moment_parts(struct json_list *list)
{
    struct json_moment_part found[2][CLOCK_PARTS];
    const struct json_moment_part *parts[2][CLOCK_PARTS] = {{NULL}};
    static const int roles[] = {ROLE_START, ROLE_END};
    size_t i, k;

    for (i = 0; i < list->named_count; i++) {
        struct json_moment_part part;

        if (!find_part(list->named[i].path, &part))
            continue;
        k = part.role == ROLE_END;
        if (parts[k][part.part] == NULL) {
            found[k][part.part] = part;
            parts[k][part.part] = &found[k][part.part];
        }
    }
    list->moment_part_count = 0;
    for (k = 0; k < 2; k++) {
        if (!are_clock_readings(list, parts[k])) {
            if (k == 0)
                return;
            continue;
        }
        for (i = 0; i < CLOCK_PARTS; i++) {
            if (parts[k][i] == NULL)
                continue;
            list->moment_parts[list->moment_part_count++] = *parts[k][i];
            strcpy(list->roles[roles[k]].path, parts[k][i]->path);
        }
    }
}

/* Whether a member's name says that it is words or a time. */
static bool is_claimed(const struct json_named *named)
{
    return !named->flag && (named->place[ROLE_TEXT] >= 0 || named->place[ROLE_START] >= 0 ||
                            named->place[ROLE_END] >= 0 || named->place[ROLE_LENGTH] >= 0);
}

static void infer_speaker(struct json_list *list)
{
    bool stated = json_list_has(list, ROLE_SPEAKER) &&
                  json_differ(list->array, list->roles[ROLE_SPEAKER].path);
    size_t i;

    list->sided = stated && json_are_voices(list->array, list->roles[ROLE_SPEAKER].path);
    for (i = 0; i < list->named_count && !stated; i++) {
        const struct json_named *named = &list->named[i];

        if (list->sided || is_claimed(named) ||
            !(named->flag ? json_differ(list->array, named->path)
                          : json_are_voices(list->array, named->path)))
            continue;
        strcpy(list->roles[ROLE_SPEAKER].path, named->path);
        list->roles[ROLE_SPEAKER].place = 0;
        list->sided = true;
    }
    for (i = 0; i < list->named_count && !stated; i++) {
        const struct json_named *named = &list->named[i];

        if ((list->sided || json_list_has(list, ROLE_START)) &&
            (named->hints & 1u << ROLE_SPEAKER) != 0 && named->given && !named->other &&
            !named->phrased_long && json_differ(list->array, named->path)) {
            strcpy(list->roles[ROLE_SPEAKER].path, named->path);
            return;
        }
    }
}

void json_list_prefer_voices(struct json_list *list)
{
    size_t i;

    if (!json_list_has(list, ROLE_SPEAKER) || *list->people.path != '\0' || list->tuples ||
        !json_is(json_list_value(list, list->element, ROLE_SPEAKER), JSON_NUMBER))
        return;
    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];

        if (!is_claimed(named) && json_are_voices(list->array, named->path)) {
            strcpy(list->roles[ROLE_SPEAKER].path, named->path);
            list->roles[ROLE_SPEAKER].place = 0;
            list->sided = true;
            return;
        }
    }
}

/* "speakerFirstName" beside "speakerLastName": the element itself holds a person's name. */
static void join_own_name(struct json_list *list)
{
    struct span name = json_string(json_list_value(list, list->element, ROLE_SPEAKER));
    struct json_ref member;
    struct span first, last;

    if (!json_person_names(list->element, &first, &last) || first.length == 0 ||
        (json_list_has(list, ROLE_SPEAKER) && name.data != first.data &&
         name.data != last.data))
        return;
    JSON_EACH(member, list->element)
    {
        if (json_string(member).data != last.data || !json_names_is_step(json_name(member)))
            continue;
        memcpy(list->roles[ROLE_SPEAKER].path, json_name(member).data,
               json_name(member).length);
        list->roles[ROLE_SPEAKER].path[json_name(member).length] = '\0';
        list->own_name = true;
        return;
    }
}

/* "words": [{"name": "Good", "time": 500}]: the name of a word is the word. */
static void take_names_of_words(struct json_list *list)
{
    static const char *const names[] = {"words", "tokens", NULL};
    const char *dot = strrchr(list->path, '.');
    const char *last = dot != NULL ? dot + 1 : list->path;

    if (json_list_has(list, ROLE_TEXT) || !json_list_has(list, ROLE_START) ||
        json_names_place(span_of(last, strcspn(last, "[{")), names) < 0 ||
        !span_is(json_list_last_step(list, ROLE_SPEAKER), "name"))
        return;
    list->roles[ROLE_TEXT] = list->roles[ROLE_SPEAKER];
    *list->roles[ROLE_SPEAKER].path = '\0';
}

/* "type": "partial", followed by "final". */
static void infer_final(struct json_list *list)
{
    size_t i;

    /* A flag that marks all of them as interim says nothing. */
    *list->roles[ROLE_FINAL].path = '\0';
    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];

        if (named->place[ROLE_FINAL] >= 0 && named->given && json_is(named->value, JSON_BOOL) &&
            !json_all_interim(list->array, named->path))
            json_list_take_role(list, ROLE_FINAL, named);
    }
    for (i = 0; i < list->named_count && !json_list_has(list, ROLE_FINAL); i++) {
        if (json_are_interim(list->array, list->named[i].path))
            strcpy(list->roles[ROLE_FINAL].path, list->named[i].path);
    }
}

/* "type": "transcript", where others are "moment" or "join". */
static void infer_kind(struct json_list *list)
{
    size_t i;

    for (i = 0; i < list->named_count && !json_list_has(list, ROLE_KIND); i++) {
        if (list->named[i].place[ROLE_KIND] >= 0 &&
            json_are_speech_or_not(list->array, list->named[i].path))
            strcpy(list->roles[ROLE_KIND].path, list->named[i].path);
    }
}

/* Character offsets into a longer text are not times. */
static void drop_offsets(struct json_list *list)
{
    if (json_list_has(list, ROLE_START) && json_list_has(list, ROLE_END) &&
        json_list_has(list, ROLE_TEXT) &&
        json_are_offsets(list->array, list->roles[ROLE_START].path, list->roles[ROLE_END].path,
                         list->roles[ROLE_TEXT].path))
        *list->roles[ROLE_START].path = *list->roles[ROLE_END].path = '\0';
}

static bool is_named_text(const struct json_list *list, const char *path)
{
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        if (strcmp(list->named[i].path, path) == 0)
            return list->named[i].place[ROLE_TEXT] >= 0;
    }
    return false;
}

/* Codes, such as message types, give way to written text. */
static void prefer_phrases(struct json_list *list)
{
    struct json_role text = {.place = 0};
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];
        int place = named->place[ROLE_TEXT];

        if (named->any && named->phrased && place >= 0 && json_list_is_words(named->value) &&
            (*text.path == '\0' || place < text.place)) {
            strcpy(text.path, named->path);
            text.place = place;
        }
    }
    if (!json_list_has(list, ROLE_TEXT) && *text.path == '\0' &&
        (json_list_says_who(list) || list->sided ||
         (json_list_has(list, ROLE_START) &&
          (json_list_has(list, ROLE_END) || json_list_has(list, ROLE_LENGTH) ||
           json_list_has(list, ROLE_SPEAKER)))))
        take_longest(list, &text);
    list->guessed = !json_list_has(list, ROLE_TEXT) && *text.path != '\0' && text.place == 0 &&
                    !is_named_text(list, text.path);
    if (*text.path == '\0')
        return;
    list->roles[ROLE_TEXT] = text;
    for (i = 0; i < list->named_count; i++) {
        if (!list->named[i].phrased)
            list->named[i].place[ROLE_TEXT] = -1;
    }
}

/* "level": "warn", "severity": "ERROR", "level": 30: log levels. */
static bool has_log_level(struct json_ref element)
{
    static const char *const names[] = {"level",     "severity", "loglevel",
                                        "levelname", "lvl",      NULL};
    struct json_ref member;
    double number;

    JSON_EACH(member, element)
    {
        if (json_names_place(json_name(member), names) < 0)
            continue;
        if (json_number(member, &number))
            return number >= 10 && number <= 60 && (int)number % 10 == 0;
        if (column_name_is_log_level(json_string(member)))
            return true;
    }
    return false;
}

/* Length of the part of a path that leads to the object containing its last step. */
static size_t parent_bytes(const char *path)
{
    const char *dot = strrchr(path, '.');

    return dot != NULL ? (size_t)(dot - path) : 0;
}

/* A time in the same object as the text is preferred to one in an object around it. */
static void prefer_near(struct json_list *list, int role)
{
    const char *text = list->roles[ROLE_TEXT].path;
    struct json_role near = {.path = ""};
    size_t bytes = parent_bytes(text);
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];

        if (named->place[role] >= 0 && parent_bytes(named->path) == bytes &&
            memcmp(named->path, text, bytes) == 0 && json_list_is_time(named->value) &&
            (*near.path == '\0' || named->place[role] < near.place)) {
            strcpy(near.path, named->path);
            near.place = named->place[role];
        }
    }
    list->roles[role] = near;
}

static void take_near_times(struct json_list *list)
{
    static const int times[] = {ROLE_START, ROLE_END, ROLE_LENGTH};
    struct json_role far[] = {list->roles[ROLE_START], list->roles[ROLE_END],
                              list->roles[ROLE_LENGTH]};
    const char *text = list->roles[ROLE_TEXT].path;
    size_t bytes = parent_bytes(text);
    size_t i;

    if (bytes == 0 || !json_list_has(list, ROLE_START) ||
        (parent_bytes(far[0].path) == bytes && memcmp(far[0].path, text, bytes) == 0))
        return;
    for (i = 0; i < sizeof times / sizeof *times; i++)
        prefer_near(list, times[i]);
    if (!json_list_has(list, ROLE_START)) {
        for (i = 0; i < sizeof times / sizeof *times; i++)
            list->roles[times[i]] = far[i];
    }
}

/* "geometry": {"coordinates": …}, "lat": 51.9: something on a map. */
static bool has_place(struct json_ref element)
{
    static const char *const names[] = {"geometry", "coordinates", "latitude", "lat", NULL};
    struct json_ref member;

    JSON_EACH(member, element)
    {
        if (json_names_place(json_name(member), names) >= 0 && json_value_is_given(member))
            return true;
    }
    return false;
}

static void note_parallel(struct json_list *list)
{
    struct json_ref texts = json_follow(list->element, list->roles[ROLE_TEXT].path);
    struct json_ref names = json_follow(list->element, list->roles[ROLE_SPEAKER].path);

    list->parallel = json_is(texts, JSON_ARRAY) && json_is(names, JSON_ARRAY) &&
                     json_is(json_first(names), JSON_STRING) &&
                     json_count(texts) == json_count(names) && json_count(texts) > 1;
}

static size_t nodes_of(struct json_ref value)
{
    return value.node->end - (size_t)(value.node - value.tree->nodes);
}

/* Whether a member counts units of a recording from its beginning, as the moments beside it
 * show: both go on by the same time from element to element. */
static bool goes_with_moments(const struct json_list *list, const char *path, double unit_ms)
{
    enum { ELEMENTS_MIN = 3, TOLERANCE_MS = 1500, SPAN_MS = 8000 };
    static const double longest_ms = 48 * 3600e3;
    struct json_ref item;
    double first = NAN, first_moment_ms = 0, span_ms = 0;
    size_t seen = 0;

    JSON_EACH(item, list->array)
    {
        struct json_time moment = json_value_time(json_list_value(list, item, ROLE_START));
        struct json_time time = json_value_time(json_follow(item, path));
        double moment_ms = moment.kind == JSON_TIME_NUMBER ? moment.number * 1000
                                                           : (double)moment.ms;

        if (seen == SAMPLE)
            break;
        if (moment.kind <= JSON_TIME_BAD && time.kind <= JSON_TIME_BAD)
            continue;
        if (moment.kind <= JSON_TIME_BAD || time.kind != JSON_TIME_NUMBER ||
            fabs(time.number * unit_ms) > longest_ms)
            return false;
        if (seen++ == 0) {
            first = time.number;
            first_moment_ms = moment_ms;
        }
        if (fabs((time.number - first) * unit_ms - (moment_ms - first_moment_ms)) >
            TOLERANCE_MS)
            return false;
        span_ms = fmax(span_ms, moment_ms - first_moment_ms);
    }
    return seen >= ELEMENTS_MIN && span_ms >= SPAN_MS;
}

/* Comments on a broadcast have the moment when they were written, and the place in the
 * recording: the latter is where they belong. */
static void prefer_elapsed(struct json_list *list)
{
    static const struct {
        enum json_unit unit;
        double ms;
    } units[] = {{JSON_UNIT_SECONDS, 1000}, {JSON_UNIT_HUNDREDTHS, 10}, {JSON_UNIT_MS, 1}};
    size_t i, k;

    if (!list->dated || !json_list_has(list, ROLE_START) || json_list_has(list, ROLE_END))
        return;
    for (k = 0; k < list->named_count; k++) {
        const char *path = list->named[k].path;

        for (i = 0; i < sizeof units / sizeof *units; i++) {
            if (strcmp(path, list->roles[ROLE_START].path) == 0 ||
                !goes_with_moments(list, path, units[i].ms))
                continue;
            set_role(list, ROLE_START, path, "");
            list->elapsed_unit = units[i].unit;
            list->dated = false;
            return;
        }
    }
}

bool json_list_look_at(struct json_list *list, struct json_ref array)
{
    struct json_ref item, member;
    size_t objects = 0;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        if (seen++ == SAMPLE)
            break;
        if (!json_is(item, JSON_OBJECT))
            continue;
        if (objects++ == 0 || nodes_of(item) > nodes_of(list->element))
            list->element = item;
        JSON_EACH(member, item)
        json_list_take_member(list, member, "", 0);
    }
    list->array = array;
    take_moment_parts(list);
    infer_times(list);
    infer_speaker(list);
    join_own_name(list);
    take_names_of_words(list);
    infer_final(list);
    infer_kind(list);
    prefer_phrases(list);
    take_near_times(list);
    drop_offsets(list);
    prefer_elapsed(list);
    list->count = objects;
    seen = 0;
    JSON_EACH(item, array)
    {
        if (seen++ == SAMPLE)
            break;
        if (json_list_has(list, ROLE_TEXT))
            json_list_count_text(list, json_string(json_list_value(list, item, ROLE_TEXT)));
        if (json_list_has(list, ROLE_SPEAKER))
            list->again += spoke_before(list, array, item);
        list->named_texts += begins_with_name(list, item);
        list->spoken += is_spoken(list, item);
        list->logged += has_log_level(item);
        list->located += has_place(item);
    }
    note_parallel(list);
    drop_counter(list);
    drop_stand_in(list);
    return objects * 2 > (seen < SAMPLE ? seen : SAMPLE);
}
