/* A list in JSON that no table describes: the roles of its members, by their names and values.
 * A name alone proves nothing: a member is a time only if its values are times, words only if
 * they are strings. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_LIST_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_LIST_H

#include "formats/json/json_rules.h"
#include "formats/json/json_tree.h"
#include "formats/json/json_value.h"
#include "formats/json/survey/json_evidence.h"
#include "formats/json/survey/json_names.h"

enum {
    SAMPLE = JSON_EVIDENCE_SAMPLE, /* elements of a list that are examined */
    PATH_BYTES = 240,              /* longest path */
    INSIDE_MAX = 4,                /* how deeply nested objects in an element are searched */
    STEP_BYTES = 120,              /* longest path to it */
    INSIDE_PLACES = 100            /* each level of nesting makes a rank so much worse */
};

/* The member that has a role, by its path from the element: "speaker",
 * "channel.alternatives[0].text". No path: no member has it. */
struct json_role {
    char path[STEP_BYTES];
    int place; /* rank in the list of names: lower is better */
};

/* The ranks of a member's name in the lists of names: looked up once for all elements. */
struct json_named {
    char path[STEP_BYTES];
    struct json_ref value; /* the first that is given */
    bool given;
    short place[ROLE_COUNT];
    bool pair;
    bool any;
    unsigned hints;    /* roles (bits) suggested by words in an unknown name */
    bool speaks;       /* the name can only mean the speaker */
    bool other;        /* the name means something else */
    bool flag;         /* true or false says which of two sides speaks */
    bool phrased;      /* some value is more than one word of ASCII */
    bool phrased_long; /* … and too long for a name */
    size_t letters;    /* in the values of a member that no list names */
};

enum { NAMED_MAX = 40 };

/* A member that is a part of a moment: "startMin" beside "startSec". */
struct json_moment_part {
    char path[STEP_BYTES];
    int role; /* ROLE_START or ROLE_END */
    enum json_clock_part part;
};

enum { MOMENT_PARTS_MAX = 2 * CLOCK_PARTS };

/* The file's list of people, or an object with people under their keys. */
struct json_reference {
    char path[PATH_BYTES]; /* path of an entry; "" for none */
    char key[STEP_BYTES];  /* path within it; "" if its own name or its index is the key */
    char name[STEP_BYTES]; /* "" if the entry is a string */
};

struct json_list {
    struct json_named named[NAMED_MAX];
    size_t named_count;
    char path[PATH_BYTES];  /* including the "[]" of its elements */
    struct json_ref parent; /* the object that contains it, if any */
    struct json_ref array;  /* itself */
    struct json_role roles[ROLE_COUNT];
    size_t count; /* of elements examined */
    size_t with_text;
    size_t worded;               /* texts with a letter in them */
    size_t marks;                /* texts of blanks or punctuation only */
    size_t again;                /* speakers who occurred before */
    size_t named_texts;          /* texts that begin with the name of their speaker */
    size_t spoken;               /* … that have a speaker */
    size_t logged;               /* elements with a log level */
    size_t located;              /* … with a place on a map */
    bool word_times;             /* a text has the times of its words in a list, and no end */
    enum json_unit elapsed_unit; /* of starts whose unit the moments beside them show */
    bool dated;                  /* times are calendar times, not times of a recording */
    bool tuples;                 /* elements are arrays: start, end and text by their index */
    bool header;                 /* … the first of which names the columns */
    bool parallel; /* an element is a record: words in one list, their speakers in another */
    bool lines;    /* its elements are the texts themselves */
    struct json_moment_part moment_parts[MOMENT_PARTS_MAX];
    size_t moment_part_count;
    struct json_reference people; /* where to find the names whose keys its speakers are */
    bool own_name;                /* a person's name is in two members of each element */
    bool guessed;                 /* no name says that its texts are words */
    bool sided;                   /* speakers are called "agent" and "customer", or the like */
    size_t letters;
    size_t blanks; /* texts with a blank inside */
    size_t html;
    size_t references; /* "&amp;" in texts, and other "&" */
    size_t ampersands;
    size_t voices;           /* texts with WebVTT's voice tag */
    size_t tags;             /* texts with other markup of captions */
    size_t stops;            /* texts that end a sentence */
    bool parts;              /* its elements contain words of their own */
    bool inherits;           /* the speaker comes from a list around it */
    struct json_ref element; /* the element with most members */
};

bool json_list_is_words(struct json_ref value);

bool json_list_is_time(struct json_ref value);

bool json_list_is_name(struct json_ref value);

void json_list_find_places(struct json_named *named, struct span name);

bool json_list_has(const struct json_list *list, int role);

void json_list_take_role(struct json_list *list, int role, const struct json_named *named);

/* An object whose members are objects of one kind, under numbers or keys. */
bool json_list_is_map(struct json_ref object);

/* `path`: of the object that contains the member, "" for the element itself. */
void json_list_take_member(struct json_list *list, struct json_ref member, const char *path,
                           size_t depth);

/* The value that has a role in an element. */
struct json_ref json_list_value(const struct json_list *list, struct json_ref element,
                                int role);

void json_list_count_text(struct json_list *list, struct span text);

/* [0.5, 2.1, "Good morning."]: the names of the columns say which cells hold times, words and
 * speakers; without names, their contents do. */
bool json_list_look_at_tuples(struct json_list *list, struct json_ref array);

/* If the speaker is a number that no list of people explains, prefer a member with "agent" and
 * "customer". */
void json_list_prefer_voices(struct json_list *list);

/* The name at the end of the path of a role. */
struct span json_list_last_step(const struct json_list *list, int role);

/* Whether the speaker's member has a name with many other uses. It means the speaker only if
 * some speaker recurs. */
bool json_list_is_weakly_named(const struct json_list *list);

/* Whether the speaker's member has a name that can mean nothing else. */
bool json_list_says_who(const struct json_list *list);

/* Find the roles in a list; false if its elements are not objects. */
bool json_list_look_at(struct json_list *list, struct json_ref array);

#endif
