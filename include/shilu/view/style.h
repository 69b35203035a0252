/* Style: the meaning of a cell, not its look. Only the theme knows colours. */
#ifndef SHILU_VIEW_STYLE_H
#define SHILU_VIEW_STYLE_H

#include <stdint.h>

/* One row per role: its name in theme files, and its purpose for who reads this. */
#define STYLE_ROLES(X)                                                               \
    X(TEXT, "text", "the words")                                                     \
    X(DIM, "dim", "what may be overlooked: times, counts, roles of speakers")        \
    X(TITLE, "title", "the title bar")                                               \
    X(TITLE_DETAIL, "title-detail", "date, span and counts in the title bar")        \
    X(STATUS, "status", "the status line")                                           \
    X(STATUS_KEY, "status-key", "a key in the hints of the status line")             \
    X(STATUS_ERROR, "status-error", "an error in the status line")                   \
    X(PROMPT, "prompt", "what is typed at the prompt")                               \
    X(RULE, "rule", "the thin lines between panes")                                  \
    X(HEADING, "heading", "the heading of a pane")                                   \
    X(HEADING_ACTIVE, "heading-active", "the heading of the pane that has the keys") \
    X(SPEAKER, "speaker", "a speaker's name; its colour is the speaker's accent")    \
    X(SPEAKER_MUTED, "speaker-muted", "a speaker who is muted or not soloed")        \
    X(TIME, "time", "times in the margin and in the timeline")                       \
    X(QUESTION, "question", "the mark of a question")                                \
    X(GAP, "gap", "a silence")                                                       \
    X(BAR, "bar", "bars and lanes; their colour is the speaker's accent")            \
    X(MARK, "mark", "the visible stand-in for a control character")                  \
    X(POSITION, "position", "the mark of the reading position")                      \
    X(FILTER, "filter", "what is read alone, in the title bar: the rest is hidden")  \
    X(SECTION, "section", "a heading of the record itself")                          \
    X(FACT, "fact", "what the record says of itself, at its head")                   \
    X(HELP_KEY, "help-key", "a key in the help")                                     \
    X(HELP_HEADING, "help-heading", "a heading in the help")

enum style_role {
#define STYLE_ENUM(upper, name, purpose) ROLE_##upper,
    STYLE_ROLES(STYLE_ENUM)
#undef STYLE_ENUM
        ROLE_COUNT
};

/* What is applied over the role. */
enum style_over {
    OVER_MATCH = 1,         /* a search hit */
    OVER_MATCH_CURRENT = 2, /* the current hit of n and N */
    OVER_CURSOR = 4,        /* the chosen row of the pane that has the keys */
    OVER_SAME = 8,          /* the row for the same time in another pane */
    OVER_SELECTED = 16      /* text chosen for copying */
};

/* Accents: colours for speakers, 1 to ACCENT_COUNT; 0 for none. */
enum { ACCENT_COUNT = 12 };

struct style {
    uint8_t role;
    uint8_t over;
    uint8_t accent;
};

const char *style_role_name(enum style_role role);

#endif
