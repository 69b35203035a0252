/* Theme files: from a name or a path to a theme. A theme is a JSON object:
 *    "title"   its name for users; "for": "dark", "light" or "any" background
 *    "colors"  its own names for colours: "ink": "#26272b"
 *    "roles"   a look for each role of view/style.h
 *    "overs"   for match, match-current, cursor, same and selected, a look laid over the role
 *    "accents" twelve colours for speakers
 *
 * A look has "fg", "bg", "ansi" and "bg-ansi" (what to use with 16 colours), and "bold", "dim",
 * "italic", "underline", "reverse". A colour is "#rrggbb", one of the terminal's own sixteen as
 * "ansi:N" or by name ("red", "bright-red"), "default", a name from "colors", or, in "colors"
 * and "accents", {"rgb": "#rrggbb", "ansi": N}. Whatever is omitted is the terminal's own.
 *
 * Search order: $XDG_CONFIG_HOME/shilu/themes, $SHILU_THEMES, those compiled into the program,
 * the installed ones. */
#ifndef SHILU_STORE_THEME_FILE_H
#define SHILU_STORE_THEME_FILE_H

#include "shilu/base/error.h"
#include "shilu/view/theme.h"

/* `name` is a path if it contains '/'. NULL or "auto" chooses one that suits the terminal's
 * background according to COLORFGBG. An error message states file, line and column. */
bool theme_file_load(struct theme *theme, const char *name, struct error *err);

/* The same for text in memory; `path` is only used in messages. */
bool theme_file_parse(struct theme *theme, const char *path, const char *text, size_t bytes,
                      struct error *err);

/* Whether a name means the theme that suits the terminal's background; and that theme:
 * according to the terminal's answer, else COLORFGBG, else one that is readable on both dark
 * and light. */
bool theme_file_is_automatic(const char *name);
const char *theme_file_for(enum theme_ground ground);

/* The names of all themes found, sorted, NULL-terminated; the caller frees each and the list.
 */
char **theme_file_names(void);

#endif
