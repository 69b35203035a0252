/* The XDG base directories of this user's configuration, data, state and cache. Source: XDG
 * Base Directory Specification 0.8. */
#ifndef SHILU_BASE_XDG_H
#define SHILU_BASE_XDG_H

enum xdg_kind { XDG_CONFIG, XDG_DATA, XDG_STATE, XDG_CACHE };

/* "$XDG_CONFIG_HOME/shilu/NAME" or its default below HOME; owned by the caller. NULL if neither
 * the variable nor HOME is set, or if the variable is not an absolute path. */
char *xdg_path(enum xdg_kind kind, const char *name);

#endif
