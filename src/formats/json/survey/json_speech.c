/* JSON speech. A name that can only mean a speaker, the words or a transcript is proof. Without
 * one, a list whose name or members are those of things is not speech, and its times have to be
 * such that the texts can be said in them. */
#include "formats/json/survey/json_speech.h"

#include <math.h>
#include <string.h>

#include "formats/common/column_name.h"
#include "formats/json/json_value.h"
#include "formats/json/survey/json_evidence.h"
#include "formats/json/survey/json_people.h"
#include "shilu/base/bytes.h"

/* Bytes per second of text that is said or shown as a caption. */
static const double RATE_MIN = 1;
static const double RATE_MAX = 60;

bool json_speech_has_speaker(const struct json_list *list)
{
    return json_list_has(list, ROLE_SPEAKER) || list->inherits ||
           json_list_has(list, ROLE_CHANNEL);
}

/* Sentences of people, some of whom recur; or paragraphs in HTML, whose speakers may be named
 * differently each time. */
static bool is_prose(const struct json_list *list)
{
    return (list->again > 0 || list->html * 2 >= list->with_text) &&
           (list->stops + list->html) * 2 >= list->with_text &&
           !json_list_is_weakly_named(list);
}

/* Text whose only sign of being speech is that it has speakers. */
static bool is_dialogue(const struct json_list *list)
{
    static const char *const not_speech[] = {"value", "display", "line", "lines", "comment",
                                             "quote", "token",   "word", NULL};

    if (list->parallel || list->sided)
        return true;
    return json_speech_has_speaker(list) &&
           (json_names_place(json_list_last_step(list, ROLE_TEXT), not_speech) < 0 ||
            is_prose(list)) &&
           (!json_list_is_weakly_named(list) || list->again > 0);
}

/* "transcript", "utterances", "messages": the elements are what people say or write to each
 * other. Segments may also be those of a market, unless they have ends. */
static bool is_called_speech(const struct json_list *list)
{
    static const char *const names[] = {"utterances",
                                        "utterance",
                                        "transcript",
                                        "transcripts",
                                        "transcription",
                                        "captions",
                                        "subtitles",
                                        "cues",
                                        "turns",
                                        "monologues",
                                        "dialogue",
                                        "dialogues",
                                        "conversation",
                                        "conversations",
                                        "messages",
                                        "chat",
                                        "chats",
                                        "words",
                                        "phrases",
                                        "speech",
                                        "speeches",
                                        "sentences",
                                        "interventions",
                                        "replies",
                                        "comments",
                                        "paragraphs",
                                        "recognizedphrases",
                                        "lyrics",
                                        "segments",
                                        "chunks",
                                        NULL};
    int place = json_names_place(json_people_list_name(list), names);
    bool part = place >= 0 && (names[place + 1] == NULL || names[place + 2] == NULL);

    return (place >= 0 && !part) || (part && (!list->dated || json_list_has(list, ROLE_END) ||
                                              json_list_has(list, ROLE_LENGTH)));
}

/* What a list is called if its elements are things, work or events, or were found in what was
 * said. */
static bool is_called_things(const struct json_list *list)
{
    static const char *const names[] = {"steps",
                                        "instructions",
                                        "ingredients",
                                        "recipes",
                                        "tasks",
                                        "todos",
                                        "todo",
                                        "jobs",
                                        "issues",
                                        "tickets",
                                        "bugs",
                                        "commits",
                                        "releases",
                                        "changelog",
                                        "changes",
                                        "products",
                                        "bookmarks",
                                        "alerts",
                                        "notifications",
                                        "stops",
                                        "stations",
                                        "routes",
                                        "legs",
                                        "waypoints",
                                        "sets",
                                        "exercises",
                                        "laps",
                                        "songs",
                                        "albums",
                                        "shots",
                                        "slides",
                                        "layers",
                                        "icons",
                                        "properties",
                                        "parameters",
                                        "dependencies",
                                        "packages",
                                        "reviews",
                                        "ratings",
                                        "appointments",
                                        "bookings",
                                        "orders",
                                        "invoices",
                                        "transactions",
                                        "payments",
                                        "assets",
                                        "images",
                                        "photos",
                                        "sprites",
                                        "thumbnails",
                                        "sensors",
                                        "readings",
                                        "measurements",
                                        "levels",
                                        "tests",
                                        "testcases",
                                        "testresults",
                                        "builds",
                                        "deployments",
                                        "breadcrumbs",
                                        "traceevents",
                                        "errors",
                                        "warnings",
                                        "shifts",
                                        "courses",
                                        "flashcards",
                                        "entities",
                                        "highlights",
                                        "chapters",
                                        "summaries",
                                        "actionitems",
                                        "keywords",
                                        "goals",
                                        "achievements",
                                        "programmes",
                                        "films",
                                        "movies",
                                        "devices",
                                        "vehicles",
                                        "machines",
                                        "textannotations",
                                        "quotes",
                                        "sayings",
                                        "proverbs",
                                        "jokes",
                                        "poems",
                                        "testimonials",
                                        "milestones",
                                        NULL};

    return json_names_place(json_people_list_name(list), names) >= 0;
}

static bool describes_thing(struct json_ref element)
{
    struct json_ref member;

    JSON_EACH(member, element)
    {
        if (json_value_is_given(member) && column_name_is_of_thing(json_name(member)))
            return true;
    }
    return false;
}

/* Whether each text has a heading of its own, such as the title of an issue. */
static bool is_of_articles(const struct json_list *list)
{
    static const char *const names[] = {"title", "subject", "headline", "summary", NULL};
    struct json_ref member;
    char path[NAME_BYTES];
    size_t again;

    JSON_EACH(member, list->element)
    {
        if (json_names_place(json_name(member), names) < 0 ||
            !json_names_is_step(json_name(member)) || json_name(member).length >= NAME_BYTES)
            continue;
        memcpy(path, json_name(member).data, json_name(member).length);
        path[json_name(member).length] = '\0';
        if (strcmp(path, list->roles[ROLE_TEXT].path) != 0 &&
            json_letters_at(list->array, path, &again) > 0 && again == 0)
            return true;
    }
    return false;
}

/* The milliseconds of a time; for a number, those that it counts if its unit is a second. */
static double ms_of(struct json_ref value)
{
    struct json_time time = json_value_time(value);

    if (time.kind == JSON_TIME_NUMBER)
        return time.number * 1000;
    return time.kind > JSON_TIME_NUMBER ? (double)time.ms : (double)NAN;
}

/* Whether the texts can be said in the times that the elements last, in some unit; true if they
 * have no ends. */
static bool can_be_said(const struct json_list *list)
{
    static const double per_second[] = {1, 1e3, 1e6, 1e7, 1e9};
    char name[NAME_BYTES];
    struct json_ref item;
    double letters = 0;
    double lasting_ms = 0;
    double rate;
    size_t seen = 0;
    size_t numbers = 0; /* in a unit that is not known */
    size_t i;

    json_names_tidy(json_list_last_step(list, ROLE_START), name);
    if (list->moment_part_count > 0 || strstr(name, "sample") != NULL ||
        strstr(name, "frame") != NULL)
        return true;
    JSON_EACH(item, list->array)
    {
        struct json_ref end = json_list_value(list, item, ROLE_END);
        struct json_ref length = json_list_value(list, item, ROLE_LENGTH);
        double ms = end.node != NULL
                        ? ms_of(end) - ms_of(json_list_value(list, item, ROLE_START))
                        : ms_of(length);

        if (seen++ == SAMPLE)
            break;
        if (isnan(ms) || ms <= 0)
            continue;
        numbers += json_value_time(end.node != NULL ? end : length).kind == JSON_TIME_NUMBER;
        lasting_ms += ms;
        letters += (double)json_string(json_list_value(list, item, ROLE_TEXT)).length;
    }
    if (lasting_ms <= 0)
        return true;
    rate = letters / (lasting_ms / 1000);
    for (i = 0; i < (numbers > 0 ? sizeof per_second / sizeof *per_second : 1); i++) {
        if (rate * per_second[i] >= RATE_MIN && rate * per_second[i] <= RATE_MAX)
            return true;
    }
    return false;
}

/* Whether the lengths contradict the starts and ends: those are then not times, but places on a
 * road. */
static bool is_contradicted(const struct json_list *list)
{
    return json_list_has(list, ROLE_START) && json_list_has(list, ROLE_END) &&
           json_list_has(list, ROLE_LENGTH) &&
           json_lengths_differ(list->array, list->roles[ROLE_START].path,
                               list->roles[ROLE_END].path, list->roles[ROLE_LENGTH].path);
}

bool json_speech_names_speaker(const struct json_list *list)
{
    struct span name = json_list_last_step(list, ROLE_SPEAKER);
    struct column_name read = column_name_read(name);

    return json_list_says_who(list) ||
           (json_list_has(list, ROLE_SPEAKER) && read.column == COLUMN_SPEAKER &&
            (read.rank == 3 || bytes_find(name.data, name.length, "peaker") != NULL));
}

/* A "description" is not what somebody says: sessions of a conference have one, and a speaker.
 */
static bool is_described(const struct json_list *list)
{
    static const char *const names[] = {"description", "abstract", "summary", "bio",
                                        "synopsis",    "desc",     NULL};

    return json_names_place(json_list_last_step(list, ROLE_TEXT), names) >= 0 &&
           !can_be_said(list);
}

static bool is_of_things(const struct json_list *list)
{
    if (is_described(list))
        return true;
    if (json_speech_names_speaker(list) || list->sided || list->parallel)
        return false;
    if (is_called_things(list) || is_contradicted(list))
        return true;
    if (is_called_speech(list))
        return false;
    return describes_thing(list->element) || (list->dated && is_of_articles(list)) ||
           !can_be_said(list);
}

/* Whether a list has no name, or one that says nothing about its elements. */
static bool is_of_elements(const struct json_list *list)
{
    static const char *const names[] = {"items", "data",    "values", "value",    "results",
                                        "list",  "records", "rows",   "response", "content",
                                        "body",  "events",  "log",    NULL};
    struct span name = json_people_list_name(list);

    return name.length == 0 || json_list_has(list, ROLE_END) ||
           json_list_has(list, ROLE_LENGTH) || json_names_place(name, names) >= 0;
}

/* A log also has texts and calendar times, but nobody speaks in it. */
static bool is_timed_speech(const struct json_list *list)
{
    bool who = json_speech_has_speaker(list) &&
               (list->again > 0 || is_called_speech(list) || !json_list_is_weakly_named(list) ||
                (!list->dated && is_of_elements(list)));

    return json_list_has(list, ROLE_START) &&
           (who || json_list_has(list, ROLE_END) || json_list_has(list, ROLE_LENGTH) ||
            (!list->dated && !json_list_is_weakly_named(list)));
}

/* Captions without ends have empty elements that clear the screen. */
static size_t elements_with_words(const struct json_list *list)
{
    bool clears = json_list_has(list, ROLE_START) && !json_list_has(list, ROLE_END) &&
                  !json_list_has(list, ROLE_LENGTH) && !list->dated && list->worded > 1;

    return clears ? list->with_text : list->count;
}

bool json_speech_qualifies(const struct json_list *list)
{
    if (list->lines)
        return true;
    if (list->located > 0 && list->located == list->count && !json_list_says_who(list))
        return false;
    /* Notes beside things with a duration, such as the stops of a train. */
    if (list->guessed && list->again == 0 && list->stops * 2 < list->with_text &&
        !list->sided && !json_list_says_who(list) && json_list_is_weakly_named(list))
        return false;
    if (list->dated && list->logged > 0 && list->logged == list->count)
        return false; /* a program's log: its users say nothing */
    if (is_of_things(list))
        return false;
    if (json_list_has(list, ROLE_TEXT) &&
        json_names_place(json_people_list_name(list), json_names_talks) >= 0 &&
        !json_list_has(list, ROLE_START) && list->worded > 1 &&
        list->stops * 4 >= list->with_text * 3)
        return true; /* in turn, whoever says it */
    return list->worded > 0 && list->worded * 2 + list->marks >= elements_with_words(list) &&
           json_list_has(list, ROLE_TEXT) && (is_timed_speech(list) || is_dialogue(list));
}
