/* A list in JSON that no table describes: what its elements are, by the names of their members
 * and by the values. A name alone proves nothing: a member counts as a time if its values are
 * times, as words if they are strings. */
#ifndef SHILU_FORMATS_JSON_JSON_LIST_H
#define SHILU_FORMATS_JSON_JSON_LIST_H

#include "formats/json/json_evidence.h"
#include "formats/json/json_names.h"
#include "formats/json/json_tree.h"
#include "formats/json/json_value.h"

enum {
    SAMPLE = JSON_EVIDENCE_SAMPLE, /* elements of a list that are looked at */
    PATH_BYTES = 240,              /* of a path at most */
    INSIDE_MAX = 4,     /* how deep what an element says may be in objects inside it */
    STEP_BYTES = 120,   /* of a path to that */
    INSIDE_PLACES = 100 /* a place is so much worse than one a level up */
};

/* What a member gives, by its path from the element: "speaker", "channel.alternatives[0].text".
 * Without a path: nothing does. */
struct json_role {
    char path[STEP_BYTES];
    int place; /* in the list of names: lower is better */
};

/* The places of a member's name in the lists of names: asked once for all elements. */
struct json_named {
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

/* A member that is a part of a moment: "startMin" beside "startSec". */
struct json_moment_part {
    char path[STEP_BYTES];
    int role; /* ROLE_START or ROLE_END */
    enum json_clock_part part;
};

enum { MOMENT_PARTS_MAX = 2 * CLOCK_PARTS };

/* The file's list of people, or an object of them under their keys. */
struct json_reference {
    char path[PATH_BYTES]; /* of an entry; "" for none */
    char key[STEP_BYTES];  /* in it; "" where its own name or its place is the key */
    char name[STEP_BYTES]; /* "" where the entry is a string */
};

struct json_list {
    struct json_named named[NAMED_MAX];
    size_t named_count;
    char path[PATH_BYTES];  /* with the "[]" of its elements */
    struct json_ref parent; /* the object that holds it, if any */
    struct json_ref array;  /* itself */
    struct json_role roles[ROLE_COUNT];
    size_t count; /* of elements looked at */
    size_t with_text;
    size_t worded;      /* texts with a letter in them */
    size_t marks;       /* texts that are blanks or punctuation */
    size_t again;       /* speakers who were met before */
    size_t named_texts; /* that begin with the name of who says them */
    size_t logged;      /* elements with the level of a program's log */
    size_t located;     /* … with a place on a map */
    bool dated;         /* moments of a calendar, not of a recording */
    bool tuples;        /* its elements are arrays: start, end and text by their places */
    bool header;        /* … of which the first names the cells of the others */
    bool parallel; /* an element is a record: words in one list, who says them in another */
    bool lines;    /* its elements are the texts themselves */
    struct json_moment_part moment_parts[MOMENT_PARTS_MAX];
    size_t moment_part_count;
    struct json_reference people; /* where the names are that its speakers are keys of */
    bool guessed;                 /* no name says that its texts are words */
    bool sided; /* who speaks is told in words such as "agent" and "customer" */
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

bool json_list_is_words(struct json_ref value);

bool json_list_is_time(struct json_ref value);

bool json_list_is_name(struct json_ref value);

void json_list_find_places(struct json_named *named, struct span name);

bool json_list_has(const struct json_list *list, int role);

void json_list_take_role(struct json_list *list, int role, const struct json_named *named);

/* An object whose members are objects of one kind, under numbers or keys. */
bool json_list_is_map(struct json_ref object);

/* `path`: of the object around the member, "" for the element itself. */
void json_list_take_member(struct json_list *list, struct json_ref member, const char *path,
                           size_t depth);

/* The value that a role of an element has. */
struct json_ref json_list_value(const struct json_list *list, struct json_ref element,
                                int role);

void json_list_count_text(struct json_list *list, struct span text);

/* [0.5, 2.1, "Good morning."]: which cells hold times, which the words, and whether one names
 * who says them, is told by the names of the columns, or else by what is in them. */
bool json_list_look_at_tuples(struct json_list *list, struct json_ref array);

/* Where who speaks is a number that no list of people explains, "agent" and "customer" beside
 * it say more. */
void json_list_prefer_voices(struct json_list *list);

/* Whether who speaks stands under a name that means that, and nothing else. */
bool json_list_says_who(const struct json_list *list);

/* What the elements of a list are; false if they are not objects. */
bool json_list_look_at(struct json_list *list, struct json_ref array);

#endif
