/* The XDG base directories: where this user's configuration, data, state and cache belong.
 * Source: XDG Base Directory Specification 0.8. */
#ifndef SHILU_BASE_XDG_H
#define SHILU_BASE_XDG_H

#include <stdbool.h>

#include "shilu/base/error.h"

enum xdg_kind { XDG_CONFIG, XDG_DATA, XDG_STATE, XDG_CACHE };

/* "$XDG_CONFIG_HOME/shilu/NAME" or its default below HOME; owned by the caller. NULL where
 * neither the variable nor HOME is set, or the variable is not an absolute path. */
char *xdg_path(enum xdg_kind kind, const char *name);

/* Make the directories above `path`, mode 0700 as the specification asks. */
bool xdg_make_parents(const char *path, struct error *err);

/* Write a whole file so that a crash, a full disk or a lost connection leaves either the old
 * one or the new one: a temporary file beside it, fsync, rename. */
bool file_replace(const char *path, const char *bytes, size_t count, struct error *err);

/* Read a whole small file (at most `limit` bytes); owned by the caller, NUL-terminated. */
char *file_read(const char *path, size_t limit, size_t *count, struct error *err);

#endif
