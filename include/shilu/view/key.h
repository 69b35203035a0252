/* Key: one key press, or one piece of pasted text, as the terminal layer reports it and as
 * config files and help write it. */
#ifndef SHILU_VIEW_KEY_H
#define SHILU_VIEW_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key is a Unicode code point, or one of these beyond the last code point, or a control
 * character below 32 for Ctrl and a letter (1 is ^A); Alt adds KEY_ALT. */
enum key_code {
    KEY_CODE_NONE = 0,
    KEY_CODE_TAB = 9,
    KEY_CODE_ENTER = 13, /* ^M and the keypad's Enter; ^J stays 10 */
    KEY_CODE_ESC = 27,
    KEY_CODE_BACKSPACE = 127, /* and ^H */
    KEY_CODE_FIRST_SPECIAL = 0x200000,
    KEY_CODE_UP = KEY_CODE_FIRST_SPECIAL,
    KEY_CODE_DOWN,
    KEY_CODE_LEFT,
    KEY_CODE_RIGHT,
    KEY_CODE_HOME,
    KEY_CODE_END,
    KEY_CODE_PAGE_UP,
    KEY_CODE_PAGE_DOWN,
    KEY_CODE_INSERT,
    KEY_CODE_DELETE,
    KEY_CODE_BACKTAB,
    KEY_CODE_F1, /* F1 to F12 follow one another */
    KEY_CODE_F12 = KEY_CODE_F1 + 11,
    KEY_CODE_RESIZE,    /* the terminal has a new size */
    KEY_CODE_SCROLL_UP, /* mouse wheel */
    KEY_CODE_SCROLL_DOWN,
    KEY_CODE_CLICK, /* mouse button: see struct key */
    KEY_CODE_LAST_SPECIAL = KEY_CODE_CLICK,
    KEY_ALT = 0x400000
};

struct key {
    uint32_t code;
    bool pasted; /* from a bracketed paste: never an action */
    int row;     /* of a click or wheel event, from 0 */
    int column;
};

/* "j", "^D", "Space", "PgDn", "S-Tab", "F1", "Esc", "M-x", "Enter", "Up". Parsing also takes
 * "C-d". The name of any key fits KEY_NAME_BYTES. */
enum { KEY_NAME_BYTES = 16 };
bool key_parse(const char *name, uint32_t *code);
void key_name(uint32_t code, char *out);

#endif
