/* Copy: text to where the user pastes from: a command of the user's, else the terminal's
 * clipboard, else, where the text is too long for that, a file. */
#ifndef SHILU_APP_COPY_H
#define SHILU_APP_COPY_H

#include "shilu/term/screen.h"

/* `command` is for the shell, or NULL. False also where the text went to a file: the message
 * says which. */
bool copy_text(struct screen *screen, const char *command, const char *text, size_t bytes,
               struct error *err);

#endif
