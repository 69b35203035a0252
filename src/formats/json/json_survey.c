/* JSON survey. Names are compared in lower case without "_", "-" and blanks, so that startTime,
 * start_time and StartTime are one. A name alone proves nothing: a member counts as a time if
 * its values are times, as words if they are strings. */
#include "formats/json/json_survey.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/captions/caption_time.h"
#include "formats/common/column_name.h"
#include "formats/json/json_evidence.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "shilu/base/memory.h"

/* How deep lists are looked for, how many elements of one are looked at, how many lists count,
 * and how long a name or a path may be. */
enum {
    DEPTH_MAX = 16,
    SAMPLE = JSON_EVIDENCE_SAMPLE,
    LISTS_MAX = 24,
    NAME_BYTES = 48,
    PATH_BYTES = 240
};

/* How deep what an element says may be in objects inside it, how long a path to that is, and
 * how much worse a place is than one a level up. */
enum { INSIDE_MAX = 4, STEP_BYTES = 120, INSIDE_PLACES = 100 };

/* Words of this many bytes on average, without blanks, are single words. */
enum { WORD_BYTES = 14 };

/* From this number of seconds on a moment counts from 1970. */
static const double EPOCH_MIN = 9.8e8;

/* The best first. "*" stands for all names that are made of words for this (column_name.h). */
static const char *const text_names[] = {
    "punctuatedword", "text",        "transcript", "utterance", "sentence",
    "content",        "displaytext", "body",       "message",   "msg",
    "caption",        "subtitle",    "speech",     "said",      "words",
    "word",           "token",       "line",       "paragraph", "onebest",
    "transcription",  "statement",   "*",          "remark",    "remarks",
    "value",          "quote",       "comment",    "display",   "written",
    "lines",          "utt",         "w",          "runs",      NULL};
/* Names that people see before labels, and people before channels. */
static const char *const speaker_names[] = {"speakerdisplayname",
                                            "speakername",
                                            "displayname",
                                            "participantname",
                                            "username",
                                            "personname",
                                            "userprofile",
                                            "nickname",
                                            "fullname",
                                            "attributedto",
                                            "membername",
                                            "participant",
                                            "speaker",
                                            "author",
                                            "who",
                                            "sender",
                                            "person",
                                            "member",
                                            "name",
                                            "user",
                                            "users",
                                            "actor",
                                            "character",
                                            "speakerlabel",
                                            "speakertag",
                                            "speakerid",
                                            "speakeridx",
                                            "speakerindex",
                                            "spk",
                                            "spkid",
                                            "spkname",
                                            "*",
                                            "talker",
                                            "userid",
                                            "participantid",
                                            "party",
                                            "from",
                                            "role",
                                            "source",
                                            "channelname",
                                            "speakers",
                                            "speakeridentifier",
                                            "diarizationlabel",
                                            "voice",
                                            "label",
                                            NULL};
static const char *const channel_names[] = {"channel",      "channelid", "channeltag",
                                            "channellabel", "ch",        NULL};
static const char *const start_names[] = {"start",
                                          "starttime",
                                          "begin",
                                          "begintime",
                                          "bg",
                                          "st",
                                          "from",
                                          "in",
                                          "s",
                                          "*",
                                          "offsetms",
                                          "offsetmilliseconds",
                                          "offsetinticks",
                                          "timestamp",
                                          "time",
                                          "ts",
                                          "timecode",
                                          "datetime",
                                          "createdat",
                                          "createddatetime",
                                          "sentat",
                                          "senttime",
                                          "postedat",
                                          "spokenat",
                                          "date",
                                          "offset",
                                          NULL};
static const char *const end_names[] = {"end", "endtime", "stop", "finish", "ed", "et",
                                        "to",  "out",     "e",    "*",      NULL};
static const char *const length_names[] = {"duration", "dur", "length", "lasts", "*", NULL};
static const char *const pair_names[] = {"timestamp", "timestamps", "time",      "times",
                                         "interval",  "offsets",    "range",     "span",
                                         "dur",       "duration",   "timerange", NULL};
static const char *const day_names[] = {"date",        "day",        "hdate", "sittingdate",
                                        "meetingdate", "speechdate", NULL};
static const char *const final_names[] = {"isfinal", "final", NULL};
static const char *const role_names[] = {
    "position", "speakerposition", "jobtitle", "speakerrole", "office", "function", NULL};
static const char *const organization_names[] = {
    "party", "organization", "organisation", "affiliation",        "company",
    "group", "fraction",     "fraktion",     "parliamentarygroup", NULL};
static const char *const heading_names[] = {
    "committee", "section", "sectiontitle", "agenda", "debate", "debatetitle", "heading", NULL};
static const char *const mark_names[] = {"type", "ispunctuation", NULL};
static const char *const after_names[] = {"punctuation", "punct", NULL};
static const char *const id_names[] = {"id", "label", "speakerid", "spkid", "speaker", NULL};
static const char *const entry_names[] = {"displayname", "name",     "fullname", "realname",
                                          "speakername", "username", NULL};
static const char *const entry_lists[] = {"speakers", "participants", "users",
                                          "members",  "attendees",    NULL};
/* Lists of what people say in turn. */
static const char *const talks[] = {"dialog",       "dialogue", "dialogs",
                                    "conversation", "turns",    "utterances",
                                    "history",      "log",      NULL};
static const char *const best_lists[] = {"alternatives", "nbest", "hypotheses", "candidates",
                                         NULL};
static const char *const around_names[] = {"channel", "meeting",  "metadata", "meta",
                                           "episode", "overview", "info",     "header",
                                           "details", "record",   NULL};
static const char *const venue_names[] = {"venue", "location", "place", NULL};
static const char *const date_names[] = {"date", "meetingdate", "sittingdate", NULL};
static const char *const title_names[] = {"title", "meetingtitle", "subject",
                                          "topic", "name",         NULL};
static const char *const language_names[] = {"language", "lang", "languagecode", "locale",
                                             NULL};

/* ------------------------------------------------------------------------ names */

static void tidy_name(struct span name, char out[NAME_BYTES])
{
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < name.length && bytes + 1 < NAME_BYTES; i++) {
        unsigned char c = (unsigned char)name.data[i];

        if (isalnum(c) || c >= 0x80)
            out[bytes++] = (char)tolower(c);
    }
    out[bytes] = '\0';
}

static int place_of_tidy(const char *tidy, const char *const *names)
{
    int i;

    for (i = 0; names[i] != NULL; i++) {
        if (names[i][0] == tidy[0] && strcmp(names[i], tidy) == 0)
            return i;
    }
    return -1;
}

/* The place of "*" in a list. */
static int place_of_any(const char *const *names)
{
    int i;

    for (i = 0; names[i] != NULL; i++) {
        if (*names[i] == '*')
            return i;
    }
    return -1;
}

/* The place of a name in a list, or -1. */
static int place_of(struct span name, const char *const *names)
{
    char tidy[NAME_BYTES];

    tidy_name(name, tidy);
    return place_of_tidy(tidy, names);
}

/* ------------------------------------------------------------------------ a list */

/* What a member gives, by its path from the element: "speaker", "channel.alternatives[0].text".
 * Without a path: nothing does. */
struct role {
    char path[STEP_BYTES];
    int place; /* in the list of names: lower is better */
};

enum {
    TEXT,
    START,
    END,
    LENGTH,
    SPEAKER,
    CHANNEL,
    ROLE,
    ORGANIZATION,
    HEADING,
    MARK,
    AFTER,
    DAY,
    FINAL,
    ROLE_COUNT
};

/* The places of a member's name in the lists of names: asked once for all elements. */
struct named {
    char path[STEP_BYTES];
    struct json_ref value; /* the first that is given */
    bool given;
    short place[ROLE_COUNT];
    bool pair;
    bool any;
    unsigned hints;    /* of a name of which only some words are known: bits of roles */
    bool speaks;       /* the name means who speaks, and nothing else */
    bool other;        /* the name says that it is something else */
    bool flag;         /* true or false tells which of two sides speaks */
    bool phrased;      /* some value is more than one word of ASCII */
    bool phrased_long; /* … and too long for a name */
    size_t letters;    /* of values of a member that no list names */
};

enum { NAMED_MAX = 40 };

/* The file's list of people, or an object of them under their keys. */
struct reference {
    char path[PATH_BYTES]; /* of an entry; "" for none */
    char key[STEP_BYTES];  /* in it; "" where its own name or its place is the key */
    char name[STEP_BYTES]; /* "" where the entry is a string */
};

struct list {
    struct named named[NAMED_MAX];
    size_t named_count;
    char path[PATH_BYTES];  /* with the "[]" of its elements */
    struct json_ref parent; /* the object that holds it, if any */
    struct json_ref array;  /* itself */
    struct role roles[ROLE_COUNT];
    size_t count; /* of elements looked at */
    size_t with_text;
    size_t worded;      /* texts with a letter in them */
    size_t marks;       /* texts that are blanks or punctuation */
    size_t again;       /* speakers who were met before */
    size_t named_texts; /* that begin with the name of who says them */
    size_t logged;      /* elements with the level of a program's log */
    bool dated;         /* moments of a calendar, not of a recording */
    bool tuples;        /* its elements are arrays: start, end and text by their places */
    bool header;        /* … of which the first names the cells of the others */
    bool parallel; /* an element is a record: words in one list, who says them in another */
    bool lines;    /* its elements are the texts themselves */
    struct reference people; /* where the names are that its speakers are keys of */
    bool sided;              /* who speaks is told in words such as "agent" and "customer" */
    size_t letters;
    size_t blanks; /* texts that hold one inside */
    size_t html;
    size_t references; /* "&amp;" in texts, and any other "&" */
    size_t ampersands;
    size_t voices;           /* texts with a tag of WebVTT that names who speaks */
    size_t tags;             /* texts with other markup of captions */
    size_t stops;            /* that end a sentence */
    bool parts;              /* there are words inside its elements */
    bool inherits;           /* a speaker, from a list around it */
    struct json_ref element; /* the fullest */
};

struct search {
    struct list lists[LISTS_MAX];
    size_t count;
    char path[PATH_BYTES];
    size_t path_bytes;
};

/* "runs": [{"text": "It is "}, {"text": "late."}]: one text in parts that differ in style. */
static bool is_runs(struct json_ref value)
{
    return span_is(json_name(value), "runs") &&
           json_is(json_get(json_first(value), "text"), JSON_STRING);
}

static bool is_words(struct json_ref value)
{
    struct json_ref first = json_first(value);

    return json_is(value, JSON_STRING) ||
           (json_is(value, JSON_ARRAY) && (json_is(first, JSON_STRING) || is_runs(value)));
}

static bool is_time(struct json_ref value)
{
    return json_value_time(value).kind > JSON_TIME_BAD;
}

/* Of a calendar: an ISO date, or a number that counts from 1970. */
static bool is_dated(struct json_ref value)
{
    struct json_time time = json_value_time(value);

    return time.kind == JSON_TIME_WALL ||
           (time.kind == JSON_TIME_NUMBER && time.number >= EPOCH_MIN);
}

static bool is_name(struct json_ref value)
{
    struct json_ref first = value;

    if (json_is(value, JSON_STRING))
        return json_string(value).length > 0 && json_string(value).length < 200;
    if (json_is(value, JSON_ARRAY))
        first = json_first(value);
    return json_is(first, JSON_NUMBER) || json_is(first, JSON_OBJECT) ||
           json_is(first, JSON_STRING);
}

static const char *const *const names_of_role[ROLE_COUNT] = {
    [TEXT] = text_names,       [START] = start_names,
    [END] = end_names,         [LENGTH] = length_names,
    [SPEAKER] = speaker_names, [CHANNEL] = channel_names,
    [ROLE] = role_names,       [ORGANIZATION] = organization_names,
    [HEADING] = heading_names, [MARK] = mark_names,
    [AFTER] = after_names,     [DAY] = day_names,
    [FINAL] = final_names,
};

/* What the words say that a name is made of, where no list has it. */
static void place_by_words(struct named *named, struct span name)
{
    static const int roles[COLUMN_COUNT] = {
        [COLUMN_TEXT] = TEXT,       [COLUMN_SPEAKER] = SPEAKER,
        [COLUMN_START] = START,     [COLUMN_END] = END,
        [COLUMN_DURATION] = LENGTH, [COLUMN_DATE] = DAY,
        [COLUMN_ROLE] = ROLE,       [COLUMN_ORGANIZATION] = ORGANIZATION,
        [COLUMN_KIND] = FINAL,      [COLUMN_FIRST_NAME] = FINAL,
        [COLUMN_LAST_NAME] = FINAL};
    struct column_name read = column_name_read(name);
    int role = read.column < COLUMN_COUNT ? roles[read.column] : FINAL;
    int place = place_of_any(names_of_role[role]);

    named->other = read.other;
    if (span_ends_with(name, "name") || span_ends_with(name, "Name"))
        named->hints |= 1u << SPEAKER;
    if (role == FINAL)
        return;
    if (read.rank == 1 && read.unknown) {
        named->hints |= 1u << role;
        return;
    }
    named->speaks = role == SPEAKER && read.rank == 3;
    named->place[role] = (short)(place >= 0 ? place : 0);
    named->any = true;
}

static void find_places(struct named *named, struct span name)
{
    char tidy[NAME_BYTES];
    int role;

    tidy_name(name, tidy);
    named->pair = place_of_tidy(tidy, pair_names) >= 0;
    named->any = named->pair;
    for (role = 0; role < ROLE_COUNT; role++) {
        named->place[role] = (short)place_of_tidy(tidy, names_of_role[role]);
        named->any |= named->place[role] >= 0;
    }
    if (span_ends_with(span_string(tidy), "channel") && named->place[CHANNEL] < 0) {
        named->place[CHANNEL] = 0; /* "mediaChannel" */
        named->any = true;
    }
    if (!named->any)
        place_by_words(named, name);
}

/* The member at the end of a path from an element, which "[0]" and "[1]" may end. */
static struct named *named_for(struct list *list, const char *path, struct span name,
                               size_t depth)
{
    struct named *named;
    size_t i;
    int role;

    for (i = 0; i < list->named_count; i++) {
        if (strcmp(list->named[i].path, path) == 0)
            return &list->named[i];
    }
    if (list->named_count == NAMED_MAX)
        return NULL;
    named = &list->named[list->named_count++];
    *named = (struct named){.given = false};
    strcpy(named->path, path);
    find_places(named, name);
    for (role = 0; role < ROLE_COUNT; role++) {
        if (named->place[role] >= 0)
            named->place[role] += (short)(depth * INSIDE_PLACES);
    }
    return named;
}

static bool has(const struct list *list, int role)
{
    return *list->roles[role].path != '\0';
}

static void take_role(struct list *list, int role, const struct named *named)
{
    int place = named->place[role];

    if (place < 0 || (has(list, role) && list->roles[role].place <= place))
        return;
    strcpy(list->roles[role].path, named->path);
    list->roles[role].place = place;
}

static bool is_step(struct span name)
{
    size_t i;

    for (i = 0; i < name.length; i++) {
        if (memchr(".[{<", name.data[i], 4) != NULL)
            return false;
    }
    return name.length > 0 && name.length < NAME_BYTES;
}

/* "12", "segment_12" */
static bool is_numbered(struct span name)
{
    size_t digits = 0;

    while (digits < name.length && isdigit((unsigned char)name.data[name.length - 1 - digits]))
        digits++;
    return digits > 0 && digits <= 6;
}

/* "n1": {"id": "n1", … */
static bool is_keyed(struct json_ref member)
{
    return span_equal(json_string(json_first(member)), json_name(member));
}

/* An object whose members are objects of one kind, under numbers or keys. */
static bool is_map(struct json_ref object)
{
    struct json_ref first = json_first(object);
    struct json_ref member;
    size_t count = 0;

    JSON_EACH(member, object)
    {
        if (!json_is(member, JSON_OBJECT) ||
            !(is_numbered(json_name(member)) || is_keyed(member)) ||
            !span_equal(json_name(json_first(member)), json_name(json_first(first))))
            return false;
        if (++count == SAMPLE)
            break;
    }
    return count > 1;
}

/* "timestamp": [0.5, 2.1], of which the second may be open. */
static bool take_pair(struct list *list, struct json_ref member, const char *path)
{
    struct role pair = {.place = 0};
    size_t bytes = strlen(path);

    if (!json_is(member, JSON_ARRAY) || json_count(member) != 2 ||
        !is_time(json_at(member, 0)) || bytes + 4 > STEP_BYTES)
        return false;
    memcpy(pair.path, path, bytes);
    memcpy(pair.path + bytes, "[0]", 4);
    list->roles[START] = pair;
    pair.path[bytes + 1] = '1';
    list->roles[END] = pair;
    return true;
}

static void take_member(struct list *list, struct json_ref member, const char *path,
                        size_t depth);

/* What is in an object inside an element, or in the best of several, is the element's. */
static void take_inside(struct list *list, struct json_ref member, const char *path,
                        size_t depth)
{
    struct json_ref inner;

    if (depth == INSIDE_MAX)
        return;
    JSON_EACH(inner, member)
    take_member(list, inner, path, depth + 1);
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

static void take_value(struct list *list, struct json_ref member, struct named *named)
{
    enum json_type type = json_type(member);
    bool time = is_time(member) && (named->place[START] >= 0 || named->place[END] >= 0 ||
                                    named->place[LENGTH] >= 0);

    if (!named->given)
        named->value = member;
    named->given = true;
    if (time) {
        take_role(list, START, named);
        take_role(list, END, named);
        take_role(list, LENGTH, named);
        list->dated |= named->place[START] >= 0 && is_dated(member);
    }
    named->phrased |= json_is(member, JSON_ARRAY) || is_phrase(json_string(member));
    /* "12" is a time as well as a word or a label. */
    if (type == JSON_STRING || is_words(member))
        take_role(list, TEXT, named);
    if (is_name(member) && !(time && named->place[START] >= 0))
        take_role(list, SPEAKER, named);
    if (type == JSON_NUMBER || type == JSON_STRING)
        take_role(list, CHANNEL, named);
    if (type == JSON_STRING) {
        take_role(list, ROLE, named);
        take_role(list, ORGANIZATION, named);
        take_role(list, HEADING, named);
        take_role(list, AFTER, named);
    }
    if (type == JSON_STRING && !time)
        take_role(list, DAY, named);
    if (type == JSON_STRING || type == JSON_BOOL)
        take_role(list, MARK, named);
    if (type == JSON_BOOL)
        take_role(list, FINAL, named);
}

/* Words under a name that says nothing, such as that of a language. */
static void take_unknown(struct json_ref member, struct named *named)
{
    struct span text = json_is(member, JSON_ARRAY) ? json_raw(member) : json_string(member);

    if (!named->given)
        named->value = member;
    named->given = true;
    named->letters += text.length;
    named->phrased_long |= text.length > NAME_BYTES;
    named->phrased |= json_is(member, JSON_ARRAY) || is_phrase(text);
}

/* `path`: of the object around the member, "" for the element itself. */
static void take_member(struct list *list, struct json_ref member, const char *path,
                        size_t depth)
{
    enum json_type type = json_type(member);
    struct span name = json_name(member);
    char full[STEP_BYTES];
    struct named *named;
    struct span first, last;
    size_t bytes = strlen(path);
    bool best;

    if (!is_step(name) || bytes + name.length + 6 > STEP_BYTES || type <= JSON_NULL)
        return;
    memcpy(full, path, bytes);
    if (bytes > 0)
        full[bytes++] = '.';
    memcpy(full + bytes, name.data, name.length);
    bytes += name.length;
    full[bytes] = '\0';
    named = named_for(list, full, name, depth);
    if (named == NULL || (named->any && named->pair && take_pair(list, member, full)))
        return;
    if (type == JSON_BOOL && json_voice_of_flag(name, true) != NULL)
        named->flag = true;
    if (named->any)
        take_value(list, member, named);
    else if (is_words(member))
        take_unknown(member, named);
    best = type == JSON_ARRAY && place_of(name, best_lists) >= 0;
    if (best) {
        memcpy(full + bytes, "[0]", 4);
        take_inside(list, json_at(member, 0), full, depth);
    }
    if (type == JSON_OBJECT && json_person_names(member, &first, &last)) {
        named->place[SPEAKER] = (short)(1 + depth * INSIDE_PLACES);
        take_role(list, SPEAKER, named);
        return;
    }
    /* The object that says who speaks is read as a whole, and so is one that is a time. */
    if (type == JSON_OBJECT && named->place[SPEAKER] < 0 && !is_map(member) &&
        !(is_time(member) && (named->place[START] >= 0 || named->place[END] >= 0)))
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

/* The value that a role of an element has. */
static struct json_ref value_of(const struct list *list, struct json_ref element, int role)
{
    struct json_ref value;

    if (!has(list, role))
        return JSON_REF_NONE;
    value = json_follow(element, list->roles[role].path);
    if (role == TEXT && is_runs(value))
        return json_get(json_first(value), "text");
    return json_is(value, JSON_ARRAY) ? json_first(value) : value;
}

static void count_text(struct list *list, struct span text)
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
    list->voices += memmem(bare.data, bare.length, "<v", 2) != NULL;
    list->tags += memmem(bare.data, bare.length, "{\\", 2) != NULL ||
                  memmem(bare.data, bare.length, "</", 2) != NULL;
    list->blanks += bare.length > 0 && memchr(bare.data, ' ', bare.length) != NULL;
}

/* Whether one of those before an element has its speaker. */
static bool spoke_before(const struct list *list, struct json_ref array,
                         struct json_ref element)
{
    struct span who = json_raw(value_of(list, element, SPEAKER));
    struct json_ref item;

    JSON_EACH(item, array)
    {
        if (item.node == element.node)
            return false;
        if (who.length > 0 && span_equal(json_raw(value_of(list, item, SPEAKER)), who))
            return true;
    }
    return false;
}

static void set_cell(struct list *list, int role, size_t at)
{
    snprintf(list->roles[role].path, STEP_BYTES, "[%zu]", at);
}

enum { CELLS_MAX = 10 }; /* that are looked at, and whose places a path can tell */

/* A cell takes the roles that its column's name has, as far as its value can be that. */
static void take_named_cell(struct list *list, size_t at, struct span name,
                            struct json_ref value)
{
    struct named named = {.given = true};

    snprintf(named.path, sizeof named.path, "[%zu]", at);
    find_places(&named, name);
    if (is_time(value)) {
        take_role(list, START, &named);
        take_role(list, END, &named);
        take_role(list, LENGTH, &named);
    }
    if (json_is(value, JSON_STRING))
        take_role(list, TEXT, &named);
    if (is_name(value) && !(is_time(value) && named.place[START] >= 0))
        take_role(list, SPEAKER, &named);
}

/* Whether an array is of names of which at least two say what a column holds. */
static bool is_header(struct json_ref names, size_t cells)
{
    struct json_ref name;
    size_t known = 0;

    JSON_EACH(name, names)
    {
        struct named named = {.given = true};

        if (!json_is(name, JSON_STRING))
            return false;
        find_places(&named, json_string(name));
        known += named.any;
    }
    return json_is(names, JSON_ARRAY) && json_count(names) >= cells && known > 1;
}

/* The names of the columns: the first row, or a list of names beside the rows. */
static struct json_ref header_of(struct list *list, struct json_ref array, size_t cells)
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

static void take_named_cells(struct list *list, struct json_ref array, size_t cells)
{
    struct json_ref names = header_of(list, array, cells);
    struct json_ref row = list->header ? json_at(array, 1) : json_first(array);
    size_t at;

    for (at = 0; names.node != NULL && at < cells; at++)
        take_named_cell(list, at, json_string(json_at(names, at)), json_at(row, at));
}

/* Two cells of times side by side, or one of clock readings. */
static bool take_time_cells(struct list *list, struct json_ref array, size_t cells)
{
    char start[STEP_BYTES], end[STEP_BYTES];
    size_t at;

    for (at = 0; at < cells; at++) {
        snprintf(start, sizeof start, "[%zu]", at);
        snprintf(end, sizeof end, "[%zu]", at + 1);
        if (at + 1 < cells && json_are_times(array, start, end)) {
            set_cell(list, START, at);
            set_cell(list, END, at + 1);
            return true;
        }
    }
    for (at = 0; at < cells; at++) {
        snprintf(start, sizeof start, "[%zu]", at);
        if (json_is(json_at(json_first(array), at), JSON_STRING) &&
            json_are_moments(array, start)) {
            set_cell(list, START, at);
            return true;
        }
    }
    return false;
}

static bool is_cell(const struct list *list, int role, const char *cell)
{
    return strcmp(list->roles[role].path, cell) == 0;
}

/* The words are where most letters are; who says them is told where strings come again. */
static void take_word_cells(struct list *list, struct json_ref array, size_t cells)
{
    bool named = has(list, TEXT);
    char cell[STEP_BYTES];
    size_t most = 0;
    size_t again, at;

    for (at = 0; at < cells && !named; at++) {
        size_t letters;

        snprintf(cell, sizeof cell, "[%zu]", at);
        letters = json_letters_at(array, cell, &again);
        if (letters > most && !is_cell(list, START, cell) && !is_cell(list, SPEAKER, cell)) {
            most = letters;
            set_cell(list, TEXT, at);
        }
    }
    for (at = 0; at < cells && !has(list, SPEAKER); at++) {
        snprintf(cell, sizeof cell, "[%zu]", at);
        if (!is_cell(list, TEXT, cell) && !is_cell(list, START, cell) &&
            !is_cell(list, END, cell) && json_letters_at(array, cell, &again) > 0 && again > 0)
            set_cell(list, SPEAKER, at);
    }
}

/* [0.5, 2.1, "Good morning."]: which cells hold times, which the words, and whether one names
 * who says them, is told by the names of the columns, or else by what is in them. */
static bool look_at_tuples(struct list *list, struct json_ref array)
{
    size_t cells = json_count(json_first(array));
    struct json_ref item;
    size_t seen = 0;

    if (cells > CELLS_MAX)
        cells = CELLS_MAX;
    take_named_cells(list, array, cells);
    if (!has(list, START) && !list->header)
        take_time_cells(list, array, cells);
    take_word_cells(list, array, cells);
    if (!has(list, TEXT) || (!has(list, START) && !has(list, SPEAKER)))
        return false;
    JSON_EACH(item, array)
    {
        if (seen++ == SAMPLE)
            break;
        if (seen > 1 || !list->header)
            count_text(list, json_string(json_follow(item, list->roles[TEXT].path)));
        if (has(list, SPEAKER))
            list->again += spoke_before(list, array, item);
    }
    list->count = (seen < SAMPLE ? seen : SAMPLE) - list->header;
    list->tuples = true;
    return has(list, START) || (list->again > 0 && list->blanks * 2 > list->count);
}

static bool begins_with_name(const struct list *list, struct json_ref element)
{
    struct span text = span_trim(json_string(value_of(list, element, TEXT)));
    struct span name = span_trim(json_string(value_of(list, element, SPEAKER)));

    return name.length > 2 && text.length > name.length &&
           memcmp(text.data, name.data, name.length) == 0;
}

/* A number that is another one in each element counts them, and is nobody. */
static void drop_counter(struct list *list)
{
    struct json_ref first = value_of(list, list->element, SPEAKER);

    if (json_is(first, JSON_NUMBER) && list->count > 3 && list->again == 0)
        *list->roles[SPEAKER].path = '\0';
}

/* Whether who speaks stands under a name that means that, and nothing else. */
static bool says_who(const struct list *list)
{
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        if (list->named[i].speaks &&
            strcmp(list->named[i].path, list->roles[SPEAKER].path) == 0)
            return true;
    }
    return false;
}

/* The words under whatever name: of what lasts from one moment to another, or is said by
 * somebody. */
static void take_longest(const struct list *list, struct role *text)
{
    bool lasts = has(list, START) && (has(list, END) || has(list, LENGTH));
    size_t again = 0;
    size_t most = 0;
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct named *named = &list->named[i];

        if (named->phrased && named->letters > most && !named->other &&
            (lasts || list->sided ||
             ((says_who(list) ||
               (json_letters_at(list->array, list->roles[SPEAKER].path, &again) > 0 &&
                again > 0)) &&
              json_are_sentences(list->array, named->path)))) {
            most = named->letters;
            strcpy(text->path, named->path);
        }
    }
}

/* Whether a member has this role, or no name that says anything where none has it. */
static bool may_be(const struct list *list, int role, const struct named *named)
{
    return has(list, role) ? strcmp(named->path, list->roles[role].path) == 0
                           : !named->any && !named->other;
}

/* Times and who speaks under whatever names, by what their values are. */
static void infer_times(struct list *list)
{
    size_t i, k;

    for (i = 0; i < list->named_count && !has(list, START); i++) {
        if ((list->named[i].hints & 1u << START) != 0 && !list->named[i].other &&
            json_are_moments(list->array, list->named[i].path))
            strcpy(list->roles[START].path, list->named[i].path);
        else if (!list->named[i].any && !list->named[i].other &&
                 json_are_clocks(list->array, list->named[i].path))
            strcpy(list->roles[START].path, list->named[i].path);
    }
    if (has(list, START) && (has(list, END) || has(list, LENGTH)))
        return;
    for (i = 0; i < list->named_count; i++) {
        for (k = 0; k < list->named_count; k++) {
            const struct named *start = &list->named[i];
            const struct named *end = &list->named[k];

            if (k == i || !may_be(list, START, start) || !may_be(list, END, end) ||
                !json_are_times(list->array, start->path, end->path))
                continue;
            strcpy(list->roles[START].path, start->path);
            strcpy(list->roles[END].path, end->path);
            return;
        }
    }
}

/* Whether a member is words or a time by its name. */
static bool is_claimed(const struct named *named)
{
    return !named->flag && (named->place[TEXT] >= 0 || named->place[START] >= 0 ||
                            named->place[END] >= 0 || named->place[LENGTH] >= 0);
}

static void infer_speaker(struct list *list)
{
    bool told = has(list, SPEAKER) && json_differ(list->array, list->roles[SPEAKER].path);
    size_t i;

    list->sided = told && json_are_voices(list->array, list->roles[SPEAKER].path);
    for (i = 0; i < list->named_count && !told; i++) {
        const struct named *named = &list->named[i];

        if (list->sided || is_claimed(named) ||
            !(named->flag ? json_differ(list->array, named->path)
                          : json_are_voices(list->array, named->path)))
            continue;
        strcpy(list->roles[SPEAKER].path, named->path);
        list->roles[SPEAKER].place = 0;
        list->sided = true;
    }
    for (i = 0; i < list->named_count && !told; i++) {
        const struct named *named = &list->named[i];

        if ((list->sided || has(list, START)) && (named->hints & 1u << SPEAKER) != 0 &&
            !named->other && !named->phrased_long && json_differ(list->array, named->path)) {
            strcpy(list->roles[SPEAKER].path, named->path);
            return;
        }
    }
}

/* Where a text starts and ends in a longer one is no time. */
static void drop_offsets(struct list *list)
{
    if (has(list, START) && has(list, END) && has(list, TEXT) &&
        json_are_offsets(list->array, list->roles[START].path, list->roles[END].path,
                         list->roles[TEXT].path))
        *list->roles[START].path = *list->roles[END].path = '\0';
}

/* Codes, such as the names of kinds of messages, give way to what is written. */
static void prefer_phrases(struct list *list)
{
    struct role text = {.place = 0};
    size_t i;

    for (i = 0; i < list->named_count; i++) {
        const struct named *named = &list->named[i];
        int place = named->place[TEXT];

        if (named->any && named->phrased && place >= 0 && is_words(named->value) &&
            (*text.path == '\0' || place < text.place)) {
            strcpy(text.path, named->path);
            text.place = place;
        }
    }
    if (!has(list, TEXT) && *text.path == '\0' &&
        (says_who(list) || list->sided ||
         (has(list, START) && (has(list, END) || has(list, LENGTH) || has(list, SPEAKER)))))
        take_longest(list, &text);
    if (*text.path == '\0')
        return;
    list->roles[TEXT] = text;
    for (i = 0; i < list->named_count; i++) {
        if (!list->named[i].phrased)
            list->named[i].place[TEXT] = -1;
    }
}

/* "level": "warn", "severity": "ERROR", "level": 30: what loggers say of each message. */
static bool has_log_level(struct json_ref element)
{
    static const char *const names[] = {"level",     "severity", "loglevel",
                                        "levelname", "lvl",      NULL};
    static const char *const levels[] = {"trace", "debug",   "info",  "information", "notice",
                                         "warn",  "warning", "error", "err",         "critical",
                                         "fatal", "panic",   "alert", "emerg",       NULL};
    struct json_ref member;
    double number;

    JSON_EACH(member, element)
    {
        if (place_of(json_name(member), names) < 0)
            continue;
        if (json_number(member, &number))
            return number >= 10 && number <= 60 && (int)number % 10 == 0;
        if (place_of(json_string(member), levels) >= 0)
            return true;
    }
    return false;
}

static void note_parallel(struct list *list)
{
    struct json_ref texts = json_follow(list->element, list->roles[TEXT].path);
    struct json_ref names = json_follow(list->element, list->roles[SPEAKER].path);

    list->parallel = json_is(texts, JSON_ARRAY) && json_is(names, JSON_ARRAY) &&
                     json_is(json_first(names), JSON_STRING) &&
                     json_count(texts) == json_count(names) && json_count(texts) > 1;
}

static size_t nodes_of(struct json_ref value)
{
    return value.node->end - (size_t)(value.node - value.tree->nodes);
}

/* What the elements of a list are; false if they are not objects. */
static bool look_at(struct list *list, struct json_ref array)
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
        take_member(list, member, "", 0);
    }
    list->array = array;
    infer_times(list);
    infer_speaker(list);
    prefer_phrases(list);
    drop_offsets(list);
    list->count = objects;
    seen = 0;
    JSON_EACH(item, array)
    {
        if (seen++ == SAMPLE)
            break;
        if (has(list, TEXT))
            count_text(list, json_string(value_of(list, item, TEXT)));
        if (has(list, SPEAKER))
            list->again += spoke_before(list, array, item);
        list->named_texts += begins_with_name(list, item);
        list->logged += has_log_level(item);
    }
    note_parallel(list);
    drop_counter(list);
    return objects * 2 > (seen < SAMPLE ? seen : SAMPLE);
}

/* ------------------------------------------------------------------------ the search */

static void search_value(struct search *s, struct json_ref value, struct json_ref parent,
                         bool inherits, size_t depth);

static size_t push_path(struct search *s, struct span part)
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

static void pop_path(struct search *s, size_t bytes)
{
    s->path_bytes = bytes;
    s->path[bytes] = '\0';
}

/* Whether an array, or an object under numbers, holds strings and numbers only. */
static bool is_column(struct json_ref value)
{
    struct json_ref cell = json_first(value);

    return (json_is(cell, JSON_STRING) || json_is(cell, JSON_NUMBER)) &&
           (json_is(value, JSON_ARRAY) || is_numbered(json_name(cell)));
}

/* What a column of a table says by its name, as far as its first cell can be that. */
static void take_column(struct list *list, struct json_ref column)
{
    struct json_ref cell = json_first(column);
    struct named named = {.given = true};

    if (!is_step(json_name(column)))
        return;
    memcpy(named.path, json_name(column).data, json_name(column).length);
    find_places(&named, json_name(column));
    if (is_time(cell)) {
        take_role(list, START, &named);
        take_role(list, END, &named);
        take_role(list, LENGTH, &named);
    }
    if (json_is(cell, JSON_STRING))
        take_role(list, TEXT, &named);
    if (is_name(cell) && !(is_time(cell) && named.place[START] >= 0))
        take_role(list, SPEAKER, &named);
}

static void drop_other_lengths(struct list *list, struct json_ref object, size_t count)
{
    int role;

    for (role = 0; role < ROLE_COUNT; role++) {
        if (has(list, role) && json_count(json_follow(object, list->roles[role].path)) != count)
            *list->roles[role].path = '\0';
    }
}

/* A table that is kept column by column: a list of starts, one of texts. */
static void add_columns(struct search *s, struct json_ref object)
{
    struct list *list = &s->lists[s->count];
    struct json_ref member, text;
    size_t count;

    if (s->count == LISTS_MAX)
        return;
    *list = (struct list){.element = object, .parallel = true};
    memcpy(list->path, s->path, s->path_bytes + 1);
    if (s->path_bytes == 0)
        strcpy(list->path, "[]");
    JSON_EACH(member, object)
    {
        if (is_column(member))
            take_column(list, member);
    }
    text = json_follow(object, list->roles[TEXT].path);
    count = has(list, TEXT) ? json_count(text) : 0;
    drop_other_lengths(list, object, count);
    if (count < 2 || (!has(list, START) && !has(list, SPEAKER)))
        return;
    JSON_EACH(member, text)
    {
        if (list->count++ < SAMPLE)
            count_text(list, json_string(member));
    }
    if (list->count > SAMPLE)
        list->count = SAMPLE;
    s->count++;
}

/* What people say in turn, with nothing else: "dialogue": ["Is it late?", "Not yet."] */
static void count_line(struct list *list, struct json_ref line)
{
    if (list->count < SAMPLE && json_is(line, JSON_STRING)) {
        list->count++;
        count_text(list, json_string(line));
    }
}

/* `nested`: in lists of what follows one another, such as a question and its answer. */
static void add_lines(struct search *s, struct json_ref array, bool nested)
{
    struct list *list = &s->lists[s->count];
    struct json_ref line, inner;

    if (s->count == LISTS_MAX || (!nested && place_of(json_name(array), talks) < 0))
        return;
    *list = (struct list){.array = array, .lines = true};
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

static void search_object(struct search *s, struct json_ref object, bool inherits, size_t depth)
{
    struct json_ref member;

    add_columns(s, object);

    JSON_EACH(member, object)
    {
        size_t before;

        if (json_type(member) < JSON_ARRAY || !is_step(json_name(member)))
            continue;
        before = push_path(s, json_name(member));
        if (s->path_bytes > before)
            search_value(s, member, object, inherits, depth + 1);
        pop_path(s, before);
    }
}

/* Whether an element has a list of objects whose texts are words of its own. */
static bool has_parts(const struct list *list)
{
    struct json_ref member;
    struct json_ref own = json_follow(list->element, list->roles[TEXT].path);

    JSON_EACH(member, list->element)
    {
        struct list inner = {.count = 0};

        if (json_is(own, JSON_STRING) && json_is(member, JSON_ARRAY) &&
            place_of(json_name(member), best_lists) < 0 && look_at(&inner, member) &&
            has(&inner, TEXT))
            return true;
    }
    return false;
}

static void add_list(struct search *s, struct json_ref array, struct json_ref parent,
                     bool inherits, size_t depth);

/* A list a result, each of words. */
static void add_list_of_lists(struct search *s, struct json_ref array, bool inherits,
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

static void add_list(struct search *s, struct json_ref array, struct json_ref parent,
                     bool inherits, size_t depth)
{
    struct list *list = &s->lists[s->count];
    bool speaks;

    if (s->count == LISTS_MAX)
        return;
    *list = (struct list){.parent = parent, .array = array, .inherits = inherits};
    memcpy(list->path, s->path, s->path_bytes + 1);
    if (json_is(json_first(array), JSON_STRING)) {
        add_lines(s, array, false);
        return;
    }
    if (json_is(json_first(array), JSON_ARRAY)) {
        if (look_at_tuples(list, array))
            s->count++;
        else
            add_list_of_lists(s, array, inherits, depth);
        return;
    }
    if (!look_at(list, array))
        return;
    s->count++;
    list->parts = has_parts(list);
    speaks = inherits || has(list, SPEAKER);
    search_object(s, list->element, speaks, depth + 1);
}

static void search_value(struct search *s, struct json_ref value, struct json_ref parent,
                         bool inherits, size_t depth)
{
    bool best = json_is(value, JSON_ARRAY) && place_of(json_name(value), best_lists) >= 0;
    size_t before;

    if (depth > DEPTH_MAX)
        return;
    if (json_is(value, JSON_OBJECT) && !is_map(value)) {
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
        search_value(s, json_at(value, 0), parent, inherits, depth + 1);
    else
        add_list(s, value, parent, inherits, depth);
    pop_path(s, before);
}

/* ------------------------------------------------------------------------ people */

/* The name at the end of a list's path. */
static struct span list_name(const struct list *list)
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

/* The member of an entry that its speakers are called by, other than the key. */
static bool find_name(struct json_ref entry, struct span key, char path[STEP_BYTES])
{
    static const char *const others[] = {"label", "displaylabel", "title", "alias",
                                         "nick",  "value",        "text",  NULL};
    const char *const *const lists[] = {entry_names, speaker_names, others};
    struct json_ref member;
    size_t i;
    int k;

    for (i = 0; i < sizeof lists / sizeof *lists; i++) {
        for (k = 0; lists[i][k] != NULL; k++) {
            JSON_EACH(member, entry)
            {
                if (json_is(member, JSON_STRING) && is_step(json_name(member)) &&
                    !span_equal(json_name(member), key) &&
                    place_of(json_name(member), lists[i]) == k) {
                    copy_name(member, path);
                    return true;
                }
            }
        }
    }
    return false;
}

static bool find_key(struct json_ref entry, char path[STEP_BYTES])
{
    struct json_ref member;
    int k;

    for (k = 0; id_names[k] != NULL; k++) {
        JSON_EACH(member, entry)
        {
            if (json_type(member) <= JSON_STRING && json_type(member) > JSON_BOOL &&
                is_step(json_name(member)) && place_of(json_name(member), id_names) == k) {
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

    tidy_name(name, tidy);
    for (i = 0; stems[i] != NULL; i++) {
        if (strstr(tidy, stems[i]) != NULL)
            return true;
    }
    return false;
}

/* Whether the values at a path are keys of a list's elements, which have names. */
static bool refers_to_list(struct list *list, const char *path, const struct list *records)
{
    struct json_ref member;
    char key[STEP_BYTES];

    JSON_EACH(member, records->element)
    {
        if (!is_step(json_name(member)) || json_type(member) > JSON_STRING)
            continue;
        copy_name(member, key);
        if (!json_are_keys(list->array, path, records->array, key) ||
            !find_name(records->element, json_name(member), list->people.name))
            continue;
        strcpy(list->people.key, key);
        strcpy(list->people.path, records->path);
        return true;
    }
    return false;
}

/* "speakers": {"S1": "Ann Lee", "S2": {"name": "Bo Berg"}}, or ["Ann Lee", "Bo Berg"] */
static bool refers_to_members(struct list *list, const char *path, struct json_ref object,
                              const char *object_path, size_t depth)
{
    struct json_ref first = json_first(object);
    struct json_ref member;
    char inner[PATH_BYTES];

    if (*object_path != '\0' && json_are_member_names(list->array, path, object) &&
        (json_is(first, JSON_STRING) || find_name(first, span_of("", 0), list->people.name))) {
        snprintf(list->people.path, sizeof list->people.path, "%.*s{}", PATH_BYTES - 3,
                 object_path);
        return true;
    }
    JSON_EACH(member, object)
    {
        if (depth == INSIDE_MAX || !is_step(json_name(member)))
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

static bool refers(struct search *s, struct list *list, const char *path, struct json_ref head,
                   bool surely)
{
    size_t i;

    for (i = 0; i < s->count; i++) {
        const struct list *records = &s->lists[i];

        if (records != list && !records->tuples && !records->parallel && !records->lines &&
            (surely || is_of_people(list_name(records))) && refers_to_list(list, path, records))
            return true;
    }
    return surely && refers_to_members(list, path, head, "", 0);
}

/* Who speaks may be a key of the people in another list, or in an object. */
static void find_people(struct search *s, struct list *list, struct json_ref head)
{
    size_t i;

    if (list->array.node == NULL || list->tuples || list->lines || !has(list, TEXT))
        return;
    if (has(list, SPEAKER) && refers(s, list, list->roles[SPEAKER].path, head, true))
        return;
    for (i = 0; i < list->named_count; i++) {
        const struct named *named = &list->named[i];
        const char *dot = strrchr(named->path, '.');

        if (has(list, SPEAKER) && !named->other)
            continue;
        if (!refers(s, list, named->path, head,
                    is_of_people(span_string(dot != NULL ? dot + 1 : named->path))))
            continue;
        strcpy(list->roles[SPEAKER].path, named->path);
        list->roles[SPEAKER].place = 0;
        return;
    }
}

/* ------------------------------------------------------------------------ the choice */

/* The name at the end of a role's path. */
static struct span last_step(const struct list *list, int role)
{
    const char *path = list->roles[role].path;
    const char *dot = strrchr(path, '.');

    return span_string(dot != NULL ? dot + 1 : path);
}

static bool has_speaker(const struct list *list)
{
    return has(list, SPEAKER) || list->inherits || has(list, CHANNEL);
}

/* A name of a member that is used for much else says who speaks only where somebody speaks
 * again. */
static bool is_weak_name(struct span name)
{
    static const char *const weak[] = {"name",   "user",        "id",     "source",
                                       "from",   "party",       "userid", "label",
                                       "member", "channelname", "w",      NULL};

    return place_of(name, weak) >= 0;
}

/* Sentences of people of whom some come again. */
static bool is_prose(const struct list *list)
{
    return list->again > 0 && (list->stops + list->html) * 2 >= list->with_text &&
           !is_weak_name(last_step(list, SPEAKER));
}

/* Text that is marked as speech by who says it alone. */
static bool is_dialogue(const struct list *list)
{
    static const char *const not_speech[] = {"value", "display", "line", "lines", "comment",
                                             "quote", "token",   "word", NULL};

    if (list->parallel || list->sided)
        return true;
    return has_speaker(list) &&
           (place_of(last_step(list, TEXT), not_speech) < 0 || is_prose(list)) &&
           (!has(list, SPEAKER) || !is_weak_name(last_step(list, SPEAKER)) || list->again > 0);
}

/* A log has texts and moments of the calendar as well, and nobody speaks in it. */
static bool is_timed_speech(const struct list *list)
{
    return has(list, START) &&
           (has_speaker(list) || (!list->dated || has(list, END) || has(list, LENGTH)));
}

static bool qualifies(const struct list *list)
{
    if (list->lines)
        return true;
    if (list->dated && list->logged > 0 && list->logged == list->count)
        return false; /* a program's log: users in it say nothing */
    if (has(list, TEXT) && place_of(list_name(list), talks) >= 0 && !has(list, START) &&
        list->worded > 1 && list->stops * 4 >= list->with_text * 3)
        return true; /* in turn, whoever says it */
    return list->worded > 0 && list->worded * 2 + list->marks >= list->count &&
           has(list, TEXT) && (is_timed_speech(list) || is_dialogue(list));
}

static bool is_of_words(const struct list *list)
{
    return list->with_text > 0 && list->blanks * 4 <= list->with_text &&
           (list->stops * 2 < list->with_text || (list->inherits && !has(list, SPEAKER))) &&
           !list->parts && list->letters <= WORD_BYTES * list->with_text && has(list, START);
}

static int points(const struct list *list)
{
    bool timed = has(list, START);
    bool ends = has(list, END) || has(list, LENGTH);

    return 4 * has_speaker(list) + 4 * timed + ends + 2 * !is_of_words(list);
}

/* The list that says most of the words, and of those who and when. */
static const struct list *choose(const struct search *s)
{
    const struct list *best = NULL;
    size_t most = 0;
    size_t i;

    for (i = 0; i < s->count; i++) {
        if (qualifies(&s->lists[i]) && s->lists[i].letters > most)
            most = s->lists[i].letters;
    }
    for (i = 0; i < s->count; i++) {
        const struct list *list = &s->lists[i];

        if (qualifies(list) && list->letters * 3 >= most &&
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

    if (!is_step(name) || name.length + strlen(inside) >= sizeof step)
        return;
    memcpy(step, name.data, name.length);
    strcpy(step + name.length, inside);
    add_rule(s, gives, path, step);
}

/* All members that give this, the best first. The first element may lack some of them: what a
 * chat tells of itself has an actor, the messages below it have a sender. */
static void add_role(struct json_survey *s, const struct list *list, int role,
                     enum json_gives gives)
{
    int place = list->roles[role].place;
    size_t i;

    if (!has(list, role))
        return;
    add_rule(s, gives, list->path, list->roles[role].path);
    for (; place < (INSIDE_MAX + 1) * INSIDE_PLACES; place++) {
        for (i = 0; i < list->named_count; i++) {
            const struct named *named = &list->named[i];

            if (named->place[role] == place && named->given &&
                strcmp(named->path, list->roles[role].path) != 0 &&
                (role == TEXT ? is_words(named->value) : is_name(named->value)))
                add_rule(s, gives, list->path, named->path);
        }
    }
}

static void add_one(struct json_survey *s, const struct list *list, int role,
                    enum json_gives gives)
{
    if (has(list, role))
        add_rule(s, gives, list->path, list->roles[role].path);
}

static void add_times(struct json_survey *s, const struct list *list)
{
    add_one(s, list, START, GIVES_START);
    add_one(s, list, END, GIVES_END);
    add_one(s, list, LENGTH, GIVES_DURATION);
}

static void add_list_rules(struct json_survey *s, const struct list *list, bool words)
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
        add_one(s, list, TEXT, GIVES_TEXT);
        add_one(s, list, SPEAKER, GIVES_SPEAKER);
        return;
    }
    if (list->parallel)
        add_rule(s, json_count(list->array) > 1 ? GIVES_HEADING : GIVES_TITLE, list->path,
                 "title");
    add_role(s, list, TEXT, GIVES_TEXT);
    add_role(s, list, SPEAKER, GIVES_SPEAKER);
    add_role(s, list, CHANNEL, GIVES_CHANNEL);
    if (!list->parallel) /* the title of a record is no office of all who speak in it */
        add_role(s, list, ROLE, GIVES_ROLE);
    add_role(s, list, ORGANIZATION, GIVES_ORGANIZATION);
    add_role(s, list, HEADING, GIVES_HEADING);
    add_one(s, list, DAY, GIVES_DAY);
    add_one(s, list, FINAL, GIVES_FINAL);
    if (words) {
        add_role(s, list, MARK, GIVES_MARK);
        add_role(s, list, AFTER, GIVES_PUNCTUATION);
    }
}

static bool is_inside(const struct list *inner, const struct list *outer)
{
    size_t bytes = strlen(outer->path);

    return inner != outer && strncmp(inner->path, outer->path, bytes) == 0 &&
           (inner->path[bytes] == '.' || inner->path[bytes] == '[');
}

/* Who speaks when, without words: the words stand elsewhere in the file. */
static bool is_of_labels(const struct list *list)
{
    return has(list, SPEAKER) && has(list, START) && list->with_text == 0;
}

/* Several records in one file are each headed by their title. */
static void add_list_title(struct json_survey *s, const struct list *list,
                           const struct list *chosen)
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
            if (json_is(member, JSON_STRING) && is_step(json_name(member)) &&
                (has(chosen, SPEAKER) ||
                 !span_is(json_name(member), list->roles[SPEAKER].path)) &&
                place_of(json_name(member), names) == k) {
                add_member_rule(s, several ? GIVES_HEADING : GIVES_TITLE, list->path,
                                json_name(member), "");
                return;
            }
        }
    }
}

/* Who speaks, of the lists around the one that was chosen, or of one beside it, which is joined
 * by time; and the words inside it. */
static void add_relatives(struct json_survey *s, const struct search *search,
                          const struct list *chosen)
{
    size_t i;

    for (i = 0; i < search->count; i++) {
        const struct list *list = &search->lists[i];

        if (is_inside(chosen, list)) {
            add_list_title(s, list, chosen);
            if (s->words && has_speaker(list))
                add_rule(s, GIVES_UTTERANCE, list->path, "");
            add_role(s, list, SPEAKER, GIVES_SPEAKER);
            add_role(s, list, CHANNEL, GIVES_CHANNEL);
        }
        if (is_inside(list, chosen) && has(list, TEXT) && is_of_words(list))
            add_list_rules(s, list, true);
        if (list != chosen && !is_inside(chosen, list) && !is_inside(list, chosen) &&
            !has_speaker(chosen) && is_of_labels(list)) {
            add_rule(s, GIVES_LABEL, list->path, "");
            add_times(s, list);
            add_role(s, list, SPEAKER, GIVES_SPEAKER);
        }
    }
}

static void add_reference(struct json_survey *s, const struct reference *people)
{
    if (*people->path == '\0')
        return;
    add_rule(s, GIVES_ENTRY, people->path, "");
    if (*people->key != '\0')
        add_rule(s, GIVES_ID, people->path, people->key);
    add_rule(s, GIVES_NAME, people->path, people->name);
}

/* The file's list of speakers: an id and a name each. */
static void add_entries(struct json_survey *s, const struct search *search,
                        const struct list *chosen)
{
    size_t i;

    add_reference(s, &chosen->people);
    for (i = 0; i < search->count; i++) {
        const struct list *list = &search->lists[i];
        struct reference people = {.path = ""};

        if (list == chosen || has(list, TEXT) || strcmp(list->path, chosen->people.path) == 0 ||
            place_of(list_name(list), entry_lists) < 0)
            continue;
        if (find_name(list->element, span_of("", 0), people.name) &&
            find_key(list->element, people.key)) {
            strcpy(people.path, list->path);
            add_reference(s, &people);
        }
    }
}

/* "meeting": {"title": …} */
static void add_facts_inside(struct json_survey *s, struct json_ref object, const char *path)
{
    struct json_ref inner;
    char inside[NAME_BYTES + 2];

    JSON_EACH(inner, object)
    {
        struct span name = json_name(inner);

        if (!json_is(inner, JSON_STRING) || !is_step(name))
            continue;
        inside[0] = '.';
        memcpy(inside + 1, name.data, name.length);
        inside[name.length + 1] = '\0';
        if (place_of(name, title_names) >= 0)
            add_member_rule(s, GIVES_TITLE, path, json_name(object), inside);
        else if (place_of(name, venue_names) >= 0)
            add_member_rule(s, GIVES_VENUE, path, json_name(object), inside);
        else if (place_of(name, date_names) >= 0)
            add_member_rule(s, GIVES_DATE, path, json_name(object), inside);
    }
}

/* What an object around the list says of the record. */
static void add_facts_of(struct json_survey *s, struct json_ref object, const char *path)
{
    struct json_ref member;
    int place;

    for (place = 0; title_names[place] != NULL; place++) {
        JSON_EACH(member, object)
        {
            if (json_is(member, JSON_STRING) &&
                place_of(json_name(member), title_names) == place)
                add_member_rule(s, GIVES_TITLE, path, json_name(member), "");
        }
    }
    JSON_EACH(member, object)
    {
        if (json_is(member, JSON_STRING) && place_of(json_name(member), language_names) >= 0)
            add_member_rule(s, GIVES_LANGUAGE, path, json_name(member), "");
        if (json_is(member, JSON_STRING) && span_is(json_name(member), "date"))
            add_member_rule(s, GIVES_DATE, path, json_name(member), "");
        if (json_is(member, JSON_STRING) && span_is(json_name(member), "status"))
            add_member_rule(s, GIVES_STATUS, path, json_name(member), "");
        if (s->words && json_is(member, JSON_STRING) &&
            (span_is(json_name(member), "text") || span_is(json_name(member), "transcript")))
            add_member_rule(s, GIVES_WHOLE_TEXT, path, json_name(member), "");
        if (json_is(member, JSON_OBJECT) && place_of(json_name(member), around_names) >= 0)
            add_facts_inside(s, member, path);
    }
}

/* The objects on the way to the list that are in no list themselves. */
static void add_facts(struct json_survey *s, struct json_ref head, const struct list *list)
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

static enum json_unit unit_of(const struct list *list)
{
    char name[NAME_BYTES];
    size_t bytes;

    tidy_name(last_step(list, START), name);
    bytes = strlen(name);
    if ((bytes > 2 && strcmp(name + bytes - 2, "ms") == 0 && strcmp(name, "items") != 0) ||
        strstr(name, "milli") != NULL)
        return JSON_UNIT_MS;
    return strstr(name, "ticks") != NULL ? JSON_UNIT_TICKS : JSON_UNIT_SECONDS;
}

/* Timed texts of which nothing else says who speaks. */
static void read_as_captions(struct json_survey *s, const struct list *list)
{
    size_t i;

    if (has_speaker(list) || !has(list, START))
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
    if (!has(list, END) && !has(list, LENGTH) && list->with_text < list->count)
        s->format.flags |= JSON_FORMAT_EVENTS;
    s->format.markup = list->voices > 0 ? CAPTION_VTT
                       : list->tags > 0 ? CAPTION_SRT
                                        : CAPTION_PLAIN;
}

/* An element that was cut off, or that is alone at the top, as one of JSON Lines is. */
static void add_top(struct search *s, struct json_ref head)
{
    struct list *list = &s->lists[s->count];
    struct json_ref member;

    if (s->count == LISTS_MAX || !json_is(head, JSON_OBJECT))
        return;
    *list = (struct list){.path = "[]", .element = head, .count = 1};
    JSON_EACH(member, head)
    take_member(list, member, "", INSIDE_MAX);
    if (has(list, TEXT))
        count_text(list, json_string(value_of(list, head, TEXT)));
    if (has(list, TEXT) && (has(list, START) || has(list, SPEAKER)))
        s->count++;
}

void json_survey_make(struct json_survey *s, struct json_ref head)
{
    struct search *search = memory_zalloc(1, sizeof *search);
    const struct list *list;
    size_t i;

    *s = (struct json_survey){0};
    search_value(search, head, JSON_REF_NONE, false, 0);
    for (i = 0; i < search->count; i++)
        find_people(search, &search->lists[i], head);
    if (choose(search) == NULL)
        add_top(search, head);
    list = choose(search);
    if (list != NULL) {
        s->words = is_of_words(list);
        s->timed = has(list, START);
        s->told = says_who(list) || *list->people.path != '\0';
        s->prose = (list->stops + list->html) * 2 >= list->with_text;
        s->format.unit = unit_of(list);
        s->format.frame_rate = caption_frame_rate(head.tree->text, head.tree->text_bytes);
        if (list->html * 2 > list->with_text)
            s->format.flags |= JSON_FORMAT_HTML;
        if (list->named_texts > 1 && list->named_texts * 2 >= list->with_text)
            s->format.flags |= JSON_FORMAT_NAMED;
        if (list->references > 0 && list->ampersands == 0)
            s->format.flags |= JSON_FORMAT_ESCAPED;
        add_list_rules(s, list, s->words);
        add_relatives(s, search, list);
        add_entries(s, search, list);
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
