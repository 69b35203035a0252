/* Config: what the user has set for good, in $XDG_CONFIG_HOME/shilu/config.json:
 *
 *   {"theme": "ink", "ambiguous": "auto", "mouse": false, "wrap": 72,
 *    "copy-command": "wl-copy", "keys": {"J": "turn-next", "^T": "none"},
 *    "layouts": {"~/hearings": "{speaker}. {text}"}}
 *
 * Every fault is told and skipped; the rest counts. */
#ifndef SHILU_STORE_CONFIG_H
#define SHILU_STORE_CONFIG_H

#include "shilu/base/error.h"
#include "shilu/store/keymap.h"

enum { WRAP_NOT_SET = -1 };

struct config {
    char *path;         /* of the file, or NULL where there is none; owned */
    char *theme;        /* owned, or NULL */
    char *ambiguous;    /* "auto", "narrow", "wide", or NULL; owned */
    char *copy_command; /* for the shell, gets the text on its standard input; owned, or NULL */
    char *citation;     /* a style or template of store/citation.h, or NULL; owned */
    char *quotes;       /* the path of the quotes, absolute, or NULL; owned */
    char *open;         /* a shell command with {time}, {path}, {url}, or NULL; owned */
    bool mouse;
    bool plain;        /* the text alone, for screen readers */
    bool hides_cursor; /* the terminal's, in the row that is read */
    int wrap; /* most columns of words in a line; 0: as wide as the pane; or WRAP_NOT_SET */
    struct diagnostics faults;
};

/* Read `path`, or the user's own file for NULL; keys are bound in `keymap`. It is a fault if a
 * named file cannot be read, but not if the user has none. */
void config_load(struct config *config, const char *path, struct keymap *keymap);
void config_parse(struct config *config, const char *path, const char *text, size_t bytes,
                  struct keymap *keymap);
void config_release(struct config *config);

#endif
