/* Keys and their names: one table for both directions. */
#include "shilu/view/key.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "shilu/text/utf8.h"

static const struct {
    const char *name;
    uint32_t code;
} names[] = {
    {"Space", ' '},
    {"Tab", KEY_CODE_TAB},
    {"Enter", KEY_CODE_ENTER},
    {"Esc", KEY_CODE_ESC},
    {"Backspace", KEY_CODE_BACKSPACE},
    {"Up", KEY_CODE_UP},
    {"Down", KEY_CODE_DOWN},
    {"Left", KEY_CODE_LEFT},
    {"Right", KEY_CODE_RIGHT},
    {"Home", KEY_CODE_HOME},
    {"End", KEY_CODE_END},
    {"PgUp", KEY_CODE_PAGE_UP},
    {"PgDn", KEY_CODE_PAGE_DOWN},
    {"Ins", KEY_CODE_INSERT},
    {"Del", KEY_CODE_DELETE},
    {"S-Tab", KEY_CODE_BACKTAB},
    {"WheelUp", KEY_CODE_SCROLL_UP},
    {"WheelDown", KEY_CODE_SCROLL_DOWN},
    {"Click", KEY_CODE_CLICK},
    {"Resize", KEY_CODE_RESIZE},
};

enum { NAME_COUNT = sizeof names / sizeof *names };

static bool parse_function_key(const char *name, uint32_t *code)
{
    int number = 0;
    int used = 0;

    if (sscanf(name, "F%2d%n", &number, &used) != 1 || name[used] != '\0' || number < 1 ||
        number > 12)
        return false;
    *code = KEY_CODE_F1 + (uint32_t)number - 1;
    return true;
}

static bool parse_control(const char *name, uint32_t *code)
{
    if (strncmp(name, "C-", 2) == 0)
        name += 2;
    else if (*name == '^' && name[1] != '\0')
        name += 1;
    else
        return false;
    if (name[0] == '\0' || name[1] != '\0' || name[0] < '?' || name[0] > 'z' ||
        (name[0] & 31) == 0)
        return false;
    *code = name[0] == '?' ? KEY_CODE_BACKSPACE : (uint32_t)name[0] & 31;
    return true;
}

bool key_parse(const char *name, uint32_t *code)
{
    size_t bytes = strlen(name);
    size_t i;

    if (strncmp(name, "M-", 2) == 0 && name[2] != '\0') {
        if (!key_parse(name + 2, code))
            return false;
        *code |= KEY_ALT;
        return true;
    }
    for (i = 0; i < NAME_COUNT; i++) {
        if (strcasecmp(names[i].name, name) == 0) {
            *code = names[i].code;
            return true;
        }
    }
    if (parse_function_key(name, code) || parse_control(name, code))
        return true;
    /* A byte that is not UTF-8 decodes as U+FFFD and is not a key; neither is a bare control
     * character. */
    return bytes > 0 && utf8_decode(name, bytes, code) == bytes && *code >= ' ' &&
           !(bytes == 1 && *code >= 0x7F) && !(*code >= 0x7F && *code < 0xA0);
}

void key_name(uint32_t code, char *out)
{
    size_t at = 0;
    size_t i;

    if ((code & KEY_ALT) != 0) {
        at = (size_t)snprintf(out, KEY_NAME_BYTES, "M-");
        code &= ~(uint32_t)KEY_ALT;
    }
    for (i = 0; i < NAME_COUNT && names[i].code != code; i++)
        continue;
    if (i < NAME_COUNT) {
        snprintf(out + at, KEY_NAME_BYTES - at, "%s", names[i].name);
    } else if (code >= KEY_CODE_F1 && code <= KEY_CODE_F12) {
        snprintf(out + at, KEY_NAME_BYTES - at, "F%u", (unsigned)(code - KEY_CODE_F1 + 1));
    } else if (code < ' ') {
        snprintf(out + at, KEY_NAME_BYTES - at, "^%c", (char)(code + '@'));
    } else {
        char utf8[UTF8_MAX_BYTES];
        size_t bytes = utf8_encode(code, utf8);

        snprintf(out + at, KEY_NAME_BYTES - at, "%.*s", (int)bytes, utf8);
    }
}
