/* JSON survey: the best of the lists found, and the rules for it. */
#include "formats/json/survey/json_survey.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_time.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/survey/json_evidence.h"
#include "formats/json/survey/json_people.h"
#include "formats/json/survey/json_search.h"
#include "formats/json/survey/json_speech.h"
#include "shilu/base/memory.h"

/* Words shorter than this on average, without blanks, are single words. */
enum { WORD_BYTES = 14 };

static const char *const entry_lists[] = {"speakers", "participants", "users",
                                          "members",  "attendees",    NULL};
static const char *const around_names[] = {"channel", "meeting",  "metadata", "meta",
                                           "episode", "overview", "info",     "header",
                                           "details", "record",   NULL};
static const char *const venue_names[] = {"venue", "location", "place", NULL};
static const char *const date_names[] = {"date", "meetingdate", "sittingdate", NULL};
static const char *const title_names[] = {"title", "meetingtitle", "subject",
                                          "topic", "name",         NULL};
static const char *const language_names[] = {"language", "lang", "languagecode", "locale",
                                             NULL};

static bool is_of_words(const struct json_list *list)
{
    return list->with_text > 0 && list->blanks * 4 <= list->with_text &&
           (list->stops * 2 < list->with_text ||
            (list->inherits && !json_list_has(list, ROLE_SPEAKER))) &&
           !list->parts && list->letters <= WORD_BYTES * list->with_text &&
           json_list_has(list, ROLE_START);
}

static int points(const struct json_list *list)
{
    bool timed = json_list_has(list, ROLE_START);
    bool ends = json_list_has(list, ROLE_END) || json_list_has(list, ROLE_LENGTH);

    return 4 * json_speech_has_speaker(list) + 4 * timed + ends + 2 * !is_of_words(list);
}

/* How many letters a list has in all, as far as the elements in the sample show. */
static double weight_of(const struct json_list *list)
{
    size_t all = json_count(list->array);

    return (double)list->letters *
           (all > list->count && list->count > 0 ? (double)all / (double)list->count : 1);
}

static bool is_inside(const struct json_list *inner, const struct json_list *outer)
{
    size_t bytes = strlen(outer->path);

    return inner != outer && strncmp(inner->path, outer->path, bytes) == 0 &&
           (inner->path[bytes] == '.' || inner->path[bytes] == '[');
}

/* The list around words without times of their own that says who speaks when; NULL for none. */
static const struct json_list *turns_around(const struct json_search *s,
                                            const struct json_list *list)
{
    static const char *const names[] = {"word", "words", "w", "token", "value", "text", NULL};
    size_t i;

    if (!list->inherits || json_list_has(list, ROLE_START) || list->with_text == 0 ||
        list->letters > WORD_BYTES * list->with_text ||
        json_names_place(json_list_last_step(list, ROLE_TEXT), names) < 0)
        return NULL;
    for (i = 0; i < s->count; i++) {
        if (is_inside(list, &s->lists[i]) && json_list_has(&s->lists[i], ROLE_START) &&
            json_speech_names_speaker(&s->lists[i]))
            return &s->lists[i];
    }
    return NULL;
}

static bool qualifies(const struct json_search *s, const struct json_list *list)
{
    return json_speech_qualifies(list) || turns_around(s, list) != NULL;
}

/* The list with most of the words; of those, the one that says who and when. */
static const struct json_list *choose(const struct json_search *s)
{
    const struct json_list *best = NULL;
    double most = 0;
    size_t i;

    for (i = 0; i < s->count; i++) {
        if (qualifies(s, &s->lists[i]))
            most = fmax(most, weight_of(&s->lists[i]));
    }
    for (i = 0; i < s->count; i++) {
        const struct json_list *list = &s->lists[i];

        if (qualifies(s, list) && weight_of(list) * 3 >= most &&
            (best == NULL || points(list) > points(best)))
            best = list;
    }
    return best;
}

/* ------------------------------------------------------------------------ the rules */

static void add_rule(struct json_survey *s, enum json_gives gives, const char *path,
                     const char *step)
{
    char full[PATH_BYTES + STEP_BYTES + 16];
    const char *dot = *path != '\0' && *step != '\0' && *step != '[' ? "." : "";

    snprintf(full, sizeof full, "%s%s%s", path, dot, step);
    MEMORY_RESERVE(s->rules, s->capacity, s->format.rule_count + 1);
    s->rules[s->format.rule_count++] = (struct json_rule){memory_strdup(full), gives,
                                                          JSON_UNIT_JUDGED};
}

/* A member by its name, and what is inside it. */
static void add_member_rule(struct json_survey *s, enum json_gives gives, const char *path,
                            struct span name, const char *inside)
{
    char step[STEP_BYTES];

    if (!json_names_is_step(name) || name.length + strlen(inside) >= sizeof step)
        return;
    memcpy(step, name.data, name.length);
    strcpy(step + name.length, inside);
    add_rule(s, gives, path, step);
}

/* All members with this role, best first. The first element may lack some: a chat's own notices
 * have an actor, the messages below have a sender. */
static void add_role(struct json_survey *s, const struct json_list *list, int role,
                     enum json_gives gives)
{
    int place = list->roles[role].place;
    int last = 0;
    size_t i;

    if (!json_list_has(list, role))
        return;
    add_rule(s, gives, list->path, list->roles[role].path);
    for (i = 0; i < list->named_count; i++)
        if (list->named[i].place[role] > last)
            last = list->named[i].place[role];
    for (; place <= last; place++) {
        for (i = 0; i < list->named_count; i++) {
            const struct json_named *named = &list->named[i];

            if (named->place[role] == place && named->given &&
                strcmp(named->path, list->roles[role].path) != 0 &&
                (role == ROLE_TEXT ? json_list_is_words(named->value)
                                   : json_list_is_name(named->value)))
                add_rule(s, gives, list->path, named->path);
        }
    }
}

static void add_one(struct json_survey *s, const struct json_list *list, int role,
                    enum json_gives gives)
{
    if (json_list_has(list, role))
        add_rule(s, gives, list->path, list->roles[role].path);
}

/* The same time beside another text: of "final" and of "finalRefinement". */
static void add_beside(struct json_survey *s, const struct json_list *list, int role,
                       enum json_gives gives)
{
    struct span step = json_list_last_step(list, role);
    char path[STEP_BYTES];
    size_t i, k;

    for (i = 0; i < list->named_count; i++) {
        const char *text = list->named[i].path;
        const char *dot = strrchr(text, '.');

        if (list->named[i].place[ROLE_TEXT] < 0 || dot == NULL ||
            (size_t)(dot + 1 - text) + step.length >= sizeof path)
            continue;
        memcpy(path, text, (size_t)(dot + 1 - text));
        memcpy(path + (dot + 1 - text), step.data, step.length);
        path[(size_t)(dot + 1 - text) + step.length] = '\0';
        for (k = 0; k < list->named_count; k++) {
            if (strcmp(list->named[k].path, path) == 0 &&
                strcmp(path, list->roles[role].path) != 0)
                add_rule(s, gives, list->path, path);
        }
    }
}

/* The parts of a moment that is spread over several members. */
static bool add_parts(struct json_survey *s, const struct json_list *list, int role,
                      enum json_gives gives)
{
    bool any = false;
    size_t i;

    for (i = 0; i < list->moment_part_count; i++) {
        const struct json_moment_part *part = &list->moment_parts[i];

        if (part->role != role)
            continue;
        add_rule(s, gives, list->path, part->path);
        s->rules[s->format.rule_count - 1].unit = (enum json_unit)(JSON_UNIT_PART +
                                                                   (int)part->part);
        any = true;
    }
    return any;
}

static bool counts_samples(const struct json_list *list, int role)
{
    char name[NAME_BYTES];

    json_names_tidy(json_list_last_step(list, role), name);
    return strstr(name, "sample") != NULL;
}

static void add_times(struct json_survey *s, const struct json_list *list)
{
    static const struct {
        int role;
        enum json_gives gives;
    } times[] = {
        {ROLE_START, GIVES_START}, {ROLE_END, GIVES_END}, {ROLE_LENGTH, GIVES_DURATION}};
    size_t i;

    for (i = 0; i < sizeof times / sizeof *times; i++) {
        if (!json_list_has(list, times[i].role) ||
            add_parts(s, list, times[i].role, times[i].gives))
            continue;
        add_one(s, list, times[i].role, times[i].gives);
        if (times[i].role == ROLE_START && list->elapsed_unit != JSON_UNIT_JUDGED) {
            s->rules[s->format.rule_count - 1].unit = list->elapsed_unit;
            continue;
        }
        if (s->format.sample_rate > 0 && counts_samples(list, times[i].role))
            s->rules[s->format.rule_count - 1].unit = JSON_UNIT_SAMPLES;
        add_beside(s, list, times[i].role, times[i].gives);
    }
}

static void add_list_rules(struct json_survey *s, const struct json_list *list, bool words)
{
    add_rule(s, words ? GIVES_WORD : GIVES_UTTERANCE, list->path, "");
    if (list->lines) {
        add_rule(s, GIVES_TEXT, list->path, "");
        s->format.flags |= JSON_FORMAT_PARAGRAPHS;
        return;
    }
    add_times(s, list);
    if (list->header)
        s->format.flags |= JSON_FORMAT_HEADER;
    if (list->tuples) {
        add_one(s, list, ROLE_TEXT, GIVES_TEXT);
        add_one(s, list, ROLE_SPEAKER, GIVES_SPEAKER);
        return;
    }
    if (list->parallel)
        add_rule(s, json_count(list->array) > 1 ? GIVES_HEADING : GIVES_TITLE, list->path,
                 "title");
    add_role(s, list, ROLE_TEXT, GIVES_TEXT);
    if (list->own_name)
        add_rule(s, GIVES_SPEAKER, list->path, "");
    else
        add_role(s, list, ROLE_SPEAKER, GIVES_SPEAKER);
    add_role(s, list, ROLE_CHANNEL, GIVES_CHANNEL);
    if (!list->parallel) /* a record's title is not the office of all its speakers */
        add_role(s, list, ROLE_POSITION, GIVES_ROLE);
    add_role(s, list, ROLE_ORGANIZATION, GIVES_ORGANIZATION);
    add_role(s, list, ROLE_HEADING, GIVES_HEADING);
    add_one(s, list, ROLE_DAY, GIVES_DAY);
    add_one(s, list, ROLE_FINAL, GIVES_FINAL);
    add_one(s, list, ROLE_KIND, GIVES_KIND);
    if (words) {
        add_role(s, list, ROLE_MARK, GIVES_MARK);
        add_role(s, list, ROLE_AFTER, GIVES_PUNCTUATION);
    }
}

/* The value at the end of a list's path from an element of an outer list; nothing if there are
 * further lists between. */
static struct json_ref list_in(struct json_ref element, const char *inner)
{
    char path[PATH_BYTES];
    size_t bytes = strlen(inner);

    if (bytes < 4 || *inner != '.' || strchr(inner, '[') != inner + bytes - 2)
        return JSON_REF_NONE;
    snprintf(path, sizeof path, "%.*s", (int)(bytes - 3), inner + 1);
    return json_follow(element, path);
}

static double start_of(const struct json_list *list, struct json_ref element)
{
    struct json_time time = json_value_time(json_list_value(list, element, ROLE_START));

    return time.kind == JSON_TIME_NUMBER ? time.number : (double)time.ms;
}

/* Whether the times of a list restart in each element of an outer list. */
static bool restarts_in(const struct json_list *outer, const struct json_list *list)
{
    struct json_ref element;
    double last = 0;
    bool any = false;

    JSON_EACH(element, outer->array)
    {
        struct json_ref inner = list_in(element, list->path + strlen(outer->path));
        size_t count = json_count(inner);

        if (count == 0)
            continue;
        if (any && start_of(list, json_at(inner, 0)) < last)
            return true;
        last = start_of(list, json_at(inner, count - 1));
        any = true;
    }
    return false;
}

/* Whether channels, or the words of each person, follow one another in the file. */
static bool restarts(const struct json_search *search, const struct json_list *chosen)
{
    size_t i, k;

    for (i = 0; i < search->count; i++) {
        for (k = 0; k < search->count; k++) {
            const struct json_list *outer = &search->lists[i];
            const struct json_list *list = &search->lists[k];

            /* Several records without a voice of their own are kept apart. */
            if (!json_list_has(outer, ROLE_CHANNEL) &&
                (!json_list_has(outer, ROLE_SPEAKER) || json_list_has(chosen, ROLE_SPEAKER)))
                continue;
            if ((list == chosen || is_inside(chosen, list)) && is_inside(list, outer) &&
                json_list_has(list, ROLE_START) && restarts_in(outer, list))
                return true;
        }
    }
    return false;
}

/* Who speaks when, without words: those are elsewhere in the file. */
static bool is_of_labels(const struct json_list *list)
{
    return json_list_has(list, ROLE_SPEAKER) && json_list_has(list, ROLE_START) &&
           list->with_text == 0;
}

/* Of several records in a file, each has its title as a heading. */
static void add_list_title(struct json_survey *s, const struct json_list *list,
                           const struct json_list *chosen)
{
    static const char *const names[] = {"title",        "episode",  "episodetitle",
                                        "meetingtitle", "subject",  "topic",
                                        "name",         "headline", NULL};
    bool several = json_count(list->array) > 1;
    struct json_ref member;
    int k;

    for (k = 0; names[k] != NULL; k++) {
        JSON_EACH(member, list->element)
        {
            if (json_is(member, JSON_STRING) && json_names_is_step(json_name(member)) &&
                (json_list_has(chosen, ROLE_SPEAKER) ||
                 !span_is(json_name(member), list->roles[ROLE_SPEAKER].path)) &&
                json_names_place(json_name(member), names) == k) {
                add_member_rule(s, several ? GIVES_HEADING : GIVES_TITLE, list->path,
                                json_name(member), "");
                return;
            }
        }
    }
}

/* Speakers from lists around the chosen one, or from one beside it that is joined by time; and
 * the words inside it. */
static void add_relatives(struct json_survey *s, const struct json_search *search,
                          const struct json_list *chosen)
{
    size_t i;

    for (i = 0; i < search->count; i++) {
        const struct json_list *list = &search->lists[i];

        if (is_inside(chosen, list)) {
            add_list_title(s, list, chosen);
            if (list == turns_around(search, chosen))
                add_times(s, list);
            if (s->words && json_speech_has_speaker(list))
                add_rule(s, GIVES_UTTERANCE, list->path, "");
            add_role(s, list, ROLE_SPEAKER, GIVES_SPEAKER);
            add_role(s, list, ROLE_CHANNEL, GIVES_CHANNEL);
            add_one(s, list, ROLE_FINAL, GIVES_FINAL);
        }
        if (is_inside(list, chosen) && json_list_has(list, ROLE_TEXT) &&
            (is_of_words(list) ||
             (json_list_has(list, ROLE_START) && !json_list_has(chosen, ROLE_START))))
            add_list_rules(s, list, true);
        if (list != chosen && !is_inside(chosen, list) && !is_inside(list, chosen) &&
            !json_speech_has_speaker(chosen) && is_of_labels(list)) {
            add_rule(s, GIVES_LABEL, list->path, "");
            add_times(s, list);
            add_role(s, list, ROLE_SPEAKER, GIVES_SPEAKER);
        }
    }
}

/* "chapters": [{"headline": "A new lighthouse", "start": 64000}] */
static void add_chapters(struct json_survey *s, const struct json_search *search,
                         const struct json_list *chosen)
{
    static const char *const titles[] = {
        "headline", "title", "chaptertitle", "heading", "name", "gist",
        "label",    "topic", "text",         "summary", NULL};
    size_t i;
    int k;

    for (i = 0; i < search->count; i++) {
        const struct json_list *list = &search->lists[i];
        struct json_ref member;
        char tidy[NAME_BYTES];

        json_names_tidy(span_string(list->path), tidy);
        if (list == chosen || is_inside(list, chosen) || is_inside(chosen, list) ||
            !json_list_has(list, ROLE_START) || strstr(tidy, "chapter") == NULL)
            continue;
        add_rule(s, GIVES_CHAPTER, list->path, "");
        add_times(s, list);
        for (k = 0; titles[k] != NULL; k++) {
            JSON_EACH(member, list->element)
            {
                if (json_is(member, JSON_STRING) &&
                    json_names_place(json_name(member), titles) == k)
                    add_member_rule(s, GIVES_TEXT, list->path, json_name(member), "");
            }
        }
    }
}

/* A list of points in time whose keys the values of a member are, and the path of its times. */
static const struct json_list *timeline_of(const struct json_search *search,
                                           const struct json_list *list, const char *path,
                                           struct json_ref *key, const char **moment)
{
    size_t i, k;

    for (i = 0; i < search->count; i++) {
        const struct json_list *records = &search->lists[i];

        if (records == list || records->tuples || records->parallel || records->lines)
            continue;
        JSON_EACH(*key, records->element)
        {
            char name[STEP_BYTES];

            if (!json_is(*key, JSON_STRING) || !json_names_is_step(json_name(*key)))
                continue;
            snprintf(name, sizeof name, "%.*s", (int)json_name(*key).length,
                     json_name(*key).data);
            if (!json_are_keys(list->array, path, records->array, name))
                continue;
            for (k = 0; k < records->named_count; k++) {
                *moment = records->named[k].path;
                if (strcmp(*moment, name) != 0 && json_are_moments(records->array, *moment))
                    return records;
            }
        }
    }
    return NULL;
}

/* Times may be ids of points in a separate list. */
static void add_timeline(struct json_survey *s, const struct json_search *search,
                         const struct json_list *list)
{
    const struct json_list *timeline = NULL;
    struct json_ref key = JSON_REF_NONE;
    const char *moment = NULL;
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct json_named *named = &list->named[i];
        bool starts = named->place[ROLE_START] >= 0 || (named->hints & 1u << ROLE_START) != 0;
        bool ends = named->place[ROLE_END] >= 0 || (named->hints & 1u << ROLE_END) != 0;
        const struct json_list *found = NULL;

        if ((starts || ends) && !json_list_is_time(named->value))
            found = timeline_of(search, list, named->path, &key, &moment);
        if (found == NULL || (timeline != NULL && found != timeline))
            continue;
        add_rule(s, starts ? GIVES_START : GIVES_END, list->path, named->path);
        s->timed = true;
        if (timeline == NULL) {
            add_rule(s, GIVES_MOMENT, found->path, "");
            add_member_rule(s, GIVES_ID, found->path, json_name(key), "");
            add_rule(s, GIVES_START, found->path, moment);
        }
        timeline = found;
    }
}

static void add_reference(struct json_survey *s, const struct json_reference *people)
{
    if (*people->path == '\0')
        return;
    add_rule(s, GIVES_ENTRY, people->path, "");
    if (*people->key != '\0')
        add_rule(s, GIVES_ID, people->path, people->key);
    add_rule(s, GIVES_NAME, people->path, people->name);
}

/* The file's list of speakers, each with an id and a name. */
static void add_entries(struct json_survey *s, const struct json_search *search,
                        const struct json_list *chosen)
{
    size_t i;

    add_reference(s, &chosen->people);
    for (i = 0; i < search->count; i++) {
        const struct json_list *list = &search->lists[i];
        struct json_reference people = {.path = ""};

        if (is_inside(chosen, list) && *chosen->people.path == '\0')
            add_reference(s, &list->people);

        if (list == chosen || json_list_has(list, ROLE_TEXT) ||
            strcmp(list->path, chosen->people.path) == 0 ||
            json_names_place(json_people_list_name(list), entry_lists) < 0)
            continue;
        if (json_people_find_name(list->element, span_of("", 0), people.name) &&
            json_people_find_key(list->element, people.key)) {
            strcpy(people.path, list->path);
            add_reference(s, &people);
        }
    }
}

/* "doc_title", "videoTitle", if no other member is the title. */
static bool ends_as_title(struct span name)
{
    static const char *const others[] = {"subtitle", "jobtitle", "persontitle", "speakertitle",
                                         NULL};
    char tidy[NAME_BYTES];

    json_names_tidy(name, tidy);
    return span_ends_with(span_string(tidy), "title") &&
           json_names_place_of_tidy(tidy, others) < 0 &&
           json_names_place_of_tidy(tidy, title_names) < 0;
}

/* "meeting": {"title": …} */
static void add_facts_inside(struct json_survey *s, struct json_ref object, const char *path)
{
    struct json_ref inner;
    char inside[NAME_BYTES + 2];
    char date[CIVIL_TEXT];

    if (json_value_date(object, date))
        add_member_rule(s, GIVES_DATE, path, json_name(object), "");
    JSON_EACH(inner, object)
    {
        struct span name = json_name(inner);

        if (!json_is(inner, JSON_STRING) || !json_names_is_step(name))
            continue;
        inside[0] = '.';
        memcpy(inside + 1, name.data, name.length);
        inside[name.length + 1] = '\0';
        if (json_names_place(name, title_names) >= 0)
            add_member_rule(s, GIVES_TITLE, path, json_name(object), inside);
        else if (json_names_place(name, venue_names) >= 0)
            add_member_rule(s, GIVES_VENUE, path, json_name(object), inside);
        else if (json_names_place(name, date_names) >= 0)
            add_member_rule(s, GIVES_DATE, path, json_name(object), inside);
    }
}

/* Facts about the record in an object around the list. */
static void add_facts_of(struct json_survey *s, struct json_ref object, const char *path)
{
    struct json_ref member;
    int place;

    for (place = 0; title_names[place] != NULL; place++) {
        JSON_EACH(member, object)
        {
            if (json_is(member, JSON_STRING) &&
                json_names_place(json_name(member), title_names) == place)
                add_member_rule(s, GIVES_TITLE, path, json_name(member), "");
        }
    }
    JSON_EACH(member, object)
    {
        if (json_is(member, JSON_STRING) && ends_as_title(json_name(member)))
            add_member_rule(s, GIVES_TITLE, path, json_name(member), "");
        if (json_is(member, JSON_STRING) &&
            json_names_place(json_name(member), language_names) >= 0)
            add_member_rule(s, GIVES_LANGUAGE, path, json_name(member), "");
        if (json_is(member, JSON_STRING) && span_is(json_name(member), "date"))
            add_member_rule(s, GIVES_DATE, path, json_name(member), "");
        if (json_is(member, JSON_STRING) && span_is(json_name(member), "status"))
            add_member_rule(s, GIVES_STATUS, path, json_name(member), "");
        if (s->words && json_is(member, JSON_STRING) &&
            (span_is(json_name(member), "text") || span_is(json_name(member), "transcript")))
            add_member_rule(s, GIVES_WHOLE_TEXT, path, json_name(member), "");
        if (json_is(member, JSON_OBJECT) &&
            (json_names_place(json_name(member), around_names) >= 0 ||
             json_names_place(json_name(member), date_names) >= 0))
            add_facts_inside(s, member, path);
    }
}

/* The objects on the path to the list that are not in a list themselves. */
static void add_facts(struct json_survey *s, struct json_ref head, const struct json_list *list)
{
    struct span rest = span_of(list->path, strcspn(list->path, "["));
    char path[PATH_BYTES] = "";
    struct json_ref object = head;

    while (json_is(object, JSON_OBJECT)) {
        struct span step;

        add_facts_of(s, object, path);
        if (rest.length == 0)
            break;
        step = span_take_until(&rest, '.');
        if (*path != '\0')
            strcat(path, ".");
        strncat(path, step.data, step.length);
        object = json_get_span(object, step);
    }
}

static enum json_unit unit_of(const struct json_list *list)
{
    char name[NAME_BYTES];
    size_t bytes;

    json_names_tidy(json_list_last_step(list, ROLE_START), name);
    bytes = strlen(name);
    if ((bytes > 2 && strcmp(name + bytes - 2, "ms") == 0 && strcmp(name, "items") != 0) ||
        strstr(name, "milli") != NULL)
        return JSON_UNIT_MS;
    return strstr(name, "ticks") != NULL ? JSON_UNIT_TICKS : JSON_UNIT_SECONDS;
}

/* A rate that the file states, at its top or in a member that describes it. */
static bool find_rate(struct json_ref head, const char *const *names, double least, double most,
                      double *rate)
{
    struct json_ref member;
    double number;

    JSON_EACH(member, head)
    {
        if (json_is(member, JSON_OBJECT) &&
            json_names_place(json_name(member), around_names) >= 0 &&
            find_rate(member, names, least, most, rate))
            return true;
        if (json_names_place(json_name(member), names) >= 0 && json_number(member, &number) &&
            number >= least && number <= most) {
            *rate = number;
            return true;
        }
    }
    return false;
}

/* "fps": 25 */
static bool find_frame_rate(struct json_ref head, double *rate)
{
    static const char *const names[] = {"fps", "framerate", "framespersecond", NULL};

    return find_rate(head, names, 10, 240, rate);
}

/* "sample_rate": 16000 */
static bool find_sample_rate(struct json_ref head, double *rate)
{
    static const char *const names[] = {
        "samplerate", "samplingrate", "samplefrequency", "sampleratehertz", "fs", "sr", NULL};

    return find_rate(head, names, 1000, 400000, rate);
}

/* Timed texts for which nothing else says who speaks. */
static void read_as_captions(struct json_survey *s, const struct json_list *list)
{
    size_t i;

    if (json_speech_has_speaker(list) || !json_list_has(list, ROLE_START))
        return;
    for (i = 0; i < s->format.rule_count; i++) {
        if (s->rules[i].gives == GIVES_SPEAKER || s->rules[i].gives == GIVES_LABEL)
            return;
    }
    s->nobody = true;
    if (s->words)
        return;
    s->format.flags = (s->format.flags & ~(unsigned)JSON_FORMAT_HTML) | JSON_FORMAT_CAPTIONS |
                      JSON_FORMAT_LINES;
    if (!json_list_has(list, ROLE_END) && !json_list_has(list, ROLE_LENGTH) &&
        list->with_text < list->count)
        s->format.flags |= JSON_FORMAT_EVENTS | JSON_FORMAT_CLEARS;
    s->format.markup = list->voices > 0 ? CAPTION_VTT
                       : list->tags > 0 ? CAPTION_SRT
                                        : CAPTION_PLAIN;
}

/* An element that was cut off, or alone at the top, as in JSON Lines. */
static void add_top(struct json_search *s, struct json_ref head)
{
    struct json_list *list = &s->lists[s->count];
    struct json_ref member;

    if (s->count == LISTS_MAX || !json_is(head, JSON_OBJECT))
        return;
    *list = (struct json_list){.path = "[]", .element = head, .count = 1};
    JSON_EACH(member, head)
    json_list_take_member(list, member, "", INSIDE_MAX);
    if (json_list_has(list, ROLE_TEXT))
        json_list_count_text(list, json_string(json_list_value(list, head, ROLE_TEXT)));
    if (json_list_has(list, ROLE_TEXT) &&
        (json_list_has(list, ROLE_START) || json_list_has(list, ROLE_SPEAKER)))
        s->count++;
}

void json_survey_make(struct json_survey *s, struct json_ref head)
{
    struct json_search *search = memory_alloc(sizeof *search);
    const struct json_list *list;
    size_t i;

    *s = (struct json_survey){0};
    search->count = search->path_bytes = 0; /* a list is overwritten as a whole when it is
                                             * found */
    search->path[0] = '\0';
    json_search_value(search, head, JSON_REF_NONE, false, 0);
    for (i = 0; i < search->count; i++)
        json_people_find(search, &search->lists[i], head);
    for (i = 0; i < search->count; i++)
        json_list_prefer_voices(&search->lists[i]);
    if (choose(search) == NULL)
        add_top(search, head);
    list = choose(search);
    if (list != NULL) {
        s->words = is_of_words(list) || turns_around(search, list) != NULL;
        s->timed = json_list_has(list, ROLE_START);
        s->says_who = json_speech_names_speaker(list) || *list->people.path != '\0';
        s->prose = (list->stops + list->html) * 2 >= list->with_text;
        s->format.unit = unit_of(list);
        s->format.frame_rate = caption_frame_rate(head.tree->text, head.tree->text_bytes);
        if (find_frame_rate(head, &s->format.frame_rate))
            s->format.flags |= JSON_FORMAT_FRAMES;
        find_sample_rate(head, &s->format.sample_rate);
        if (list->html > 1 || list->html * 2 > list->with_text)
            s->format.flags |= JSON_FORMAT_HTML;
        if (list->named_texts > 1 && list->named_texts * 2 >= list->spoken)
            s->format.flags |= JSON_FORMAT_NAMED;
        if (list->references > 0 && list->ampersands == 0)
            s->format.flags |= JSON_FORMAT_ESCAPED;
        if (restarts(search, list))
            s->format.flags |= JSON_FORMAT_SORTED;
        add_list_rules(s, list, s->words);
        add_relatives(s, search, list);
        add_entries(s, search, list);
        add_chapters(s, search, list);
        if (!json_list_has(list, ROLE_START))
            add_timeline(s, search, list);
        add_facts(s, head, list);
        read_as_captions(s, list);
        s->format.rules = s->rules;
    }
    free(search);
}

void json_survey_release(struct json_survey *s)
{
    size_t i;

    for (i = 0; i < s->format.rule_count; i++)
        free((char *)s->rules[i].path);
    free(s->rules);
    *s = (struct json_survey){0};
}
