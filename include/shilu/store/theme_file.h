/* Theme files: from a name or a path to a theme. A theme is a JSON object:
 *
 *   "title"   what people call it; "for": "dark", "light" or "any" background
 *   "colors"  names of its own for colours: "ink": "#26272b"
 *   "roles"   for each role of view/style.h, a look
 *   "overs"   for match, match-current, cursor, same and selected, a look laid over the role
 *   "accents" twelve colours for speakers
 *
 * A look has "fg", "bg", "ansi" and "bg-ansi" (what to use of 16 colours), and "bold", "dim",
 * "italic", "underline", "reverse". A colour is "#rrggbb", one of the terminal's own sixteen as
 * "ansi:N" or by name ("red", "bright-red"), "default", a name out of "colors", or, in "colors"
 * and "accents", {"rgb": "#rrggbb", "ansi": N}. What is left out is the terminal's own.
 *
 * Searched, in this order: $XDG_CONFIG_HOME/shilu/themes, $SHILU_THEMES, those compiled into
 * the program, and the installed ones. */
#ifndef SHILU_STORE_THEME_FILE_H
#define SHILU_STORE_THEME_FILE_H

#include "shilu/base/error.h"
#include "shilu/view/theme.h"

/* `name` is a path if it has a '/'; NULL or "auto": one that suits the terminal's background,
 * as far as COLORFGBG says. An error message names file, line and column. */
bool theme_file_load(struct theme *theme, const char *name, struct error *err);

/* The same for text in memory; `path` is only for messages. */
bool theme_file_parse(struct theme *theme, const char *path, const char *text, size_t bytes,
                      struct error *err);

/* Whether a name stands for the theme that suits the terminal's background; and that theme: by
 * what the terminal says, else by COLORFGBG, else one that is readable on both dark and light.
 */
bool theme_file_is_automatic(const char *name);
const char *theme_file_for(enum theme_ground ground);

/* The names of all themes found, sorted, NULL-terminated; the caller frees each and the list.
 */
char **theme_file_names(void);

#endif
