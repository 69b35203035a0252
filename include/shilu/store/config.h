/* Config: the user's settings, in $XDG_CONFIG_HOME/shilu/config.json:
 *    {"theme": "ink", "ambiguous": "auto", "mouse": false, "wrap": 72,
 *     "copy-command": "wl-copy", "keys": {"J": "turn-next", "^T": "none"},
 *     "layouts": {"~/hearings": "{speaker}. {text}"}}
 *
 * Every error is reported and skipped; the rest applies. */
#ifndef SHILU_STORE_CONFIG_H
#define SHILU_STORE_CONFIG_H

#include "shilu/base/error.h"
#include "shilu/store/keymap.h"

enum { WRAP_NOT_SET = -1 };

struct config {
    char *path;         /* of the file, or NULL if there is none; owned */
    char *theme;        /* owned, or NULL */
    char *ambiguous;    /* "auto", "narrow", "wide", or NULL; owned */
    char *copy_command; /* a shell command that gets the text on standard input; owned, or
                         * NULL */
    char *citation;     /* a style or template (store/citation.h), or NULL; owned */
    char *quotes;       /* absolute path of the quotes file, or NULL; owned */
    char *open;         /* a shell command with {time}, {path}, {url}, or NULL; owned */
    bool mouse;
    bool plain;        /* text only, for screen readers */
    bool hides_cursor; /* the terminal's cursor, in the row being read */
    int wrap;          /* largest width of the words in columns; 0: as wide as the pane; or
                        * WRAP_NOT_SET */
    struct diagnostics faults;
};

/* Read `path`, or the user's own file for NULL; binds keys in `keymap`. A named file that
 * cannot be read is an error; a missing file of the user's is not. */
void config_load(struct config *config, const char *path, struct keymap *keymap);
void config_parse(struct config *config, const char *path, const char *text, size_t bytes,
                  struct keymap *keymap);
void config_release(struct config *config);

#endif
