/* JSON rules: a program's JSON format as a table of paths and what stands there.
 *
 *   {"segments[]", GIVES_UTTERANCE},
 *   {"segments[].speaker.name", GIVES_SPEAKER},
 *   {"segments[].words[].word", GIVES_TEXT},
 *
 * A path is names of members joined by dots. Behind a name "[]" means each element of an array,
 * "[0]" and "[-1]" the first and the last, "[best]" the one whose "confidence" is highest, "{}"
 * each member of an object whatever its name, "<>" what a string holds that is JSON itself. A
 * path that begins with "[]" is of an array at the top, or of values that follow one another.
 * Where two rules give the same, the one that stands first in the table counts. */
#ifndef SHILU_FORMATS_JSON_JSON_RULES_H
#define SHILU_FORMATS_JSON_JSON_RULES_H

#include "formats/json/json_tree.h"

enum json_gives {
    /* Lists: what their elements are. */
    GIVES_UTTERANCE,
    GIVES_WORD,
    GIVES_LABEL,   /* who speaks from a moment on; the words stand elsewhere */
    GIVES_ENTRY,   /* of the file's list of speakers: id, name and role */
    GIVES_MOMENT,  /* of the file's timeline: id and start; times elsewhere are ids of it */
    GIVES_CHAPTER, /* a heading at its start, wherever it stands in the file */

    /* Of the list's element around it, or of all that are in the same object. */
    GIVES_TEXT,
    GIVES_START,
    GIVES_END,
    GIVES_DURATION,
    GIVES_SPEAKER, /* a name, a label or a number; of an object the name in it */
    GIVES_CHANNEL,
    GIVES_ROLE,
    GIVES_ORGANIZATION,
    GIVES_ID,
    GIVES_NAME,
    GIVES_MARK,        /* "punctuation" or true: stays with the word before it */
    GIVES_PUNCTUATION, /* that follows the word */
    GIVES_SILENCE,     /* other than "Success": there need be no text */
    GIVES_FINAL,       /* json_is_interim: what is here is said again further down */
    GIVES_KIND,        /* other than json_is_speech: nobody says it */
    GIVES_DAY,         /* the date of a time of day */
    GIVES_HEADING,     /* of what follows, shown where it changes */

    /* Of the whole record. */
    GIVES_TITLE,
    GIVES_LANGUAGE,
    GIVES_DATE,
    GIVES_VENUE,
    GIVES_URL,
    GIVES_WHOLE_TEXT, /* all words once more, with punctuation and without times */
    GIVES_OFFSET,     /* what all times count from, in seconds */
    GIVES_STATUS,     /* other than "completed": reported */
    GIVES_PROBLEM,    /* reported */
    GIVES_COUNT
};

/* What a number of a moment counts. JSON_UNIT_JUDGED: what makes speech plausible. */
enum json_unit {
    JSON_UNIT_JUDGED,
    JSON_UNIT_SECONDS,
    JSON_UNIT_MS,
    JSON_UNIT_TICKS, /* of 100 ns */
    JSON_UNIT_PART   /* from here on: a part of a moment whose other parts stand beside it, as
                        enum json_clock_part counts them */
};

enum json_format_flag {
    JSON_FORMAT_SORTED = 1,     /* the file has one channel after the other: put in order */
    JSON_FORMAT_CARRIES = 2,    /* without a speaker the last one goes on */
    JSON_FORMAT_PARAGRAPHS = 4, /* an utterance is a paragraph of its own, not a caption */
    JSON_FORMAT_CLOSE_UP = 8,   /* blanks between Han characters are the program's */
    JSON_FORMAT_HEADER = 16,    /* the first element of a list names the cells of the others */
    JSON_FORMAT_CHANNELS = 32,  /* the elements of the outermost list are channels */
    JSON_FORMAT_HTML = 64,      /* texts are HTML */
    JSON_FORMAT_CAPTIONS = 128, /* who speaks may be in the texts, as in captions */
    JSON_FORMAT_LINES = 512,    /* … whose line ends mean something */
    JSON_FORMAT_EVENTS = 1024,  /* … each of which ends where the next begins, or is empty */
    JSON_FORMAT_NAMED = 2048,   /* a text begins with the name of who says it */
    JSON_FORMAT_ESCAPED = 256,  /* in texts "&amp;" stands for a sign */
    JSON_FORMAT_WRAPPED = 4096, /* lines are those of a printed page, and read on */
    JSON_FORMAT_PIECES = 8192,  /* an utterance may be a single word */
    JSON_FORMAT_FRAMES = 16384  /* the file tells a frame rate, so that numbers may be frames */
};

struct json_rule {
    const char *path;
    enum json_gives gives;
    enum json_unit unit; /* of this value, whatever the rest of the record counts */
};

enum json_step {
    STEP_MEMBER,
    STEP_EACH,
    STEP_EACH_MEMBER,
    STEP_AT, /* the element of this index */
    STEP_LAST,
    STEP_PARSED, /* a string that is JSON once more */
    STEP_BEST
};

/* One step of a path, and what may follow it. Numbers of nodes; 0 is none. */
struct json_rule_node {
    enum json_step step;
    struct span name;
    uint16_t index;
    uint16_t child;   /* the first */
    uint16_t sibling; /* the next one of the same parent */
    uint16_t rule;    /* the first rule of this path, from 1 */
    bool has_items;   /* a list of items is here or below */
};

/* Where the stream hands out an array's elements or a member, and the rules for them. */
struct json_rule_root {
    char *path; /* owned */
    uint16_t node;
};

struct json_rules {
    const struct json_rule *rules; /* borrowed */
    size_t rule_count;
    struct json_rule_node *nodes; /* owned; the first is not used */
    size_t node_count, node_capacity;
    uint16_t *next_rule;          /* owned: the next rule of the same path, from 1 */
    struct json_rule_root *roots; /* owned */
    size_t root_count, root_capacity;
    const char **arrays; /* owned, NULL-terminated: as json_stream_new wants them */
    const char **members;
};

/* Prepare the rules of a table that stays where it is. */
void json_rules_init(struct json_rules *r, const struct json_rule *rules, size_t count);
void json_rules_release(struct json_rules *r);

/* The node of what the stream has handed out from this path, an element of an array there or a
 * member; 0 if there is none. */
uint16_t json_rules_root(const struct json_rules *r, const char *path, bool element);

/* The node below one for a member of an object; 0 for none. */
uint16_t json_rules_member(const struct json_rules *r, uint16_t node, struct span name);

bool json_gives_items(enum json_gives gives);

#endif
