/* JSON rules: a JSON format as a table of paths and their meanings.
 *    {"segments[]", GIVES_UTTERANCE},
 *    {"segments[].speaker.name", GIVES_SPEAKER},
 *    {"segments[].words[].word", GIVES_TEXT},
 *
 * A path is names of members joined by dots. After a name, "[]" means each element of an array,
 * "[0]" and "[-1]" the first and the last, "[best]" the one with the highest "confidence", "{}"
 * each member of an object whatever its name, "<>" the JSON inside a string. A path that begins
 * with "[]" is for an array at the top, or for several values in a row. If two rules give the
 * same, the first one in the table wins. */
#ifndef SHILU_FORMATS_JSON_JSON_RULES_H
#define SHILU_FORMATS_JSON_JSON_RULES_H

#include "formats/json/json_tree.h"

enum json_gives {
    /* Lists: the meaning of their elements. */
    GIVES_UTTERANCE,
    GIVES_WORD,
    GIVES_LABEL,   /* who speaks from a time on; the words are elsewhere */
    GIVES_ENTRY,   /* the file's list of speakers: id, name and role */
    GIVES_MOMENT,  /* the file's timeline: id and start; other times are its ids */
    GIVES_CHAPTER, /* a heading at its start, wherever it is in the file */

    /* For the element around it, or for all elements in the same object. */
    GIVES_TEXT,
    GIVES_START,
    GIVES_END,
    GIVES_DURATION,
    GIVES_SPEAKER, /* a name, a label, a number, or an object with a name */
    GIVES_CHANNEL,
    GIVES_ROLE,
    GIVES_ORGANIZATION,
    GIVES_ID,
    GIVES_NAME,
    GIVES_MARK,        /* "punctuation" or true: attach it to the word before it */
    GIVES_PUNCTUATION, /* punctuation after the word */
    GIVES_SILENCE,     /* anything but "Success": there may be no text */
    GIVES_FINAL,       /* json_is_interim: repeated further down */
    GIVES_KIND,        /* unless json_is_speech, nobody says it */
    GIVES_DAY,         /* the date of a time of day */
    GIVES_HEADING,     /* heading of what follows; shown when it changes */

    /* For the whole record. */
    GIVES_TITLE,
    GIVES_LANGUAGE,
    GIVES_DATE,
    GIVES_VENUE,
    GIVES_URL,
    GIVES_WHOLE_TEXT, /* all words again, with punctuation and without times */
    GIVES_OFFSET,     /* start of all times, in seconds */
    GIVES_STATUS,     /* anything but "completed" is reported */
    GIVES_PROBLEM,    /* reported */
    GIVES_COUNT
};

/* The unit of times that are numbers. JSON_UNIT_JUDGED: whatever makes speech plausible. */
enum json_unit {
    JSON_UNIT_JUDGED,
    JSON_UNIT_SECONDS,
    JSON_UNIT_MS,
    JSON_UNIT_HUNDREDTHS,
    JSON_UNIT_TICKS,   /* of 100 ns */
    JSON_UNIT_SAMPLES, /* of the rate that the file states */
    JSON_UNIT_PART     /* from here on: a part of a moment whose other parts stand beside it, as
                          enum json_clock_part counts them */
};

enum json_format_flag {
    JSON_FORMAT_SORTED = 1,     /* one channel after another in the file: sort by time */
    JSON_FORMAT_CARRIES = 2,    /* without a speaker, the previous one continues */
    JSON_FORMAT_PARAGRAPHS = 4, /* an utterance is a paragraph, not a caption */
    JSON_FORMAT_CLOSE_UP = 8,   /* remove the program's blanks between Chinese characters */
    JSON_FORMAT_HEADER = 16,    /* the first element of a list names the columns */
    JSON_FORMAT_CHANNELS = 32,  /* elements of the outermost list are channels */
    JSON_FORMAT_HTML = 64,      /* texts are HTML */
    JSON_FORMAT_CAPTIONS = 128, /* texts may name the speaker, as in captions */
    JSON_FORMAT_LINES = 512,    /* … and their line ends are significant */
    JSON_FORMAT_EVENTS = 1024,  /* … each ends where the next begins, or is empty */
    JSON_FORMAT_NAMED = 2048,   /* a text begins with its speaker's name */
    JSON_FORMAT_ESCAPED = 256,  /* texts have character references such as "&amp;" */
    JSON_FORMAT_WRAPPED = 4096, /* lines are those of a printed page: join them */
    JSON_FORMAT_PIECES = 8192,  /* an utterance may be a single word */
    JSON_FORMAT_FRAMES = 16384, /* the file states a frame rate, so numbers may be frames */
    JSON_FORMAT_CLEARS = 32768  /* with JSON_FORMAT_EVENTS: no ends, but empty texts clear the
                                 * screen, so a text lasts until the next one */
};

struct json_rule {
    const char *path;
    enum json_gives gives;
    enum json_unit unit; /* of this value, whatever the rest of the record uses */
};

enum json_step {
    STEP_MEMBER,
    STEP_EACH,
    STEP_EACH_MEMBER,
    STEP_AT, /* the element with this index */
    STEP_LAST,
    STEP_PARSED, /* a string that contains JSON */
    STEP_BEST
};

/* A step of a path and those that may follow it. Nodes are given by index; 0 means none. */
struct json_rule_node {
    enum json_step step;
    struct span name;
    uint16_t index;
    uint16_t child;   /* the first */
    uint16_t sibling; /* the next one with the same parent */
    uint16_t rule;    /* the first rule of this path, from 1 */
    bool has_items;   /* items are listed here or below */
};

/* A place where the stream gives out an array's elements or a member, with the rules for
 * them. */
struct json_rule_root {
    char *path; /* owned */
    uint16_t node;
};

struct json_rules {
    const struct json_rule *rules; /* borrowed */
    size_t rule_count;
    struct json_rule_node *nodes; /* owned; the first is unused */
    size_t node_count, node_capacity;
    uint16_t *next_rule;          /* owned: the next rule of the same path, from 1 */
    struct json_rule_root *roots; /* owned */
    size_t root_count, root_capacity;
    const char **arrays; /* owned, NULL-terminated, for json_stream_new */
    const char **members;
};

/* Prepare the rules of a table, which must not move. */
void json_rules_init(struct json_rules *r, const struct json_rule *rules, size_t count);
void json_rules_release(struct json_rules *r);

/* The node for what the stream gave out at this path (an element of an array or a member); 0
 * for none. */
uint16_t json_rules_root(const struct json_rules *r, const char *path, bool element);

/* The child of a node for a member of an object; 0 for none. */
uint16_t json_rules_member(const struct json_rules *r, uint16_t node, struct span name);

bool json_gives_items(enum json_gives gives);

#endif
