/* Copy: text to a clipboard, where the user can paste it. */
#ifndef SHILU_APP_COPY_H
#define SHILU_APP_COPY_H

#include "shilu/term/screen.h"

/* `command` is for the shell, or NULL: then tmux's buffer, wl-copy, xclip, xsel or pbcopy,
 * whichever exists, else OSC 52, which no terminal confirms, else a file. What was done is
 * appended to `where`: "copied to tmux's buffer", "sent to the terminal's clipboard". */
bool copy_text(struct screen *screen, const char *command, const char *text, size_t bytes,
               struct buffer *where, struct error *err);

#endif
