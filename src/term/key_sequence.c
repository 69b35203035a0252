/* The grammar of terminals' sequences. Tables and pure functions; no state. */
#include "term/key_sequence.h"

#include <string.h>

enum { NUMBER_MAX = 65535 };

/* Parameters of a CSI, up to its intermediates; returns where it stopped. */
static size_t read_numbers(const unsigned char *p, size_t n, size_t i, struct key_sequence *out)
{
    bool any = false;
    int field = 0;

    for (; i < n && p[i] >= 0x30 && p[i] <= 0x3F; i++) {
        if (p[i] >= '0' && p[i] <= '9') {
            any = true;
            if (field < KEY_SEQUENCE_NUMBERS && out->number[field] <= NUMBER_MAX)
                out->number[field] = out->number[field] * 10 + (p[i] - '0');
        } else if (p[i] == ';')
            field++;
        else if (p[i] == ':') /* sub-parameters: only the first of each matters */
            while (i + 1 < n && (p[i + 1] == ':' || (p[i + 1] >= '0' && p[i + 1] <= '9')))
                i++;
    }
    out->count = any || field > 0 ? field + 1 : 0;
    if (out->count > KEY_SEQUENCE_NUMBERS)
        out->count = KEY_SEQUENCE_NUMBERS;
    return i;
}

static size_t read_control(const unsigned char *p, size_t n, bool raw_mouse,
                           struct key_sequence *out)
{
    size_t i = 2;

    if (i < n && ((p[i] >= '<' && p[i] <= '?') || p[i] == '['))
        out->private_mark = p[i++];
    i = read_numbers(p, n, i, out);
    while (i < n && p[i] >= 0x20 && p[i] <= 0x2F)
        out->intermediate = p[i++];
    if (i == n)
        return 0;
    if (p[i] < 0x40 || p[i] > 0x7E)
        return i; /* interrupted: the byte that interrupted it is read again */
    out->final = p[i++];
    if (raw_mouse && out->final == 'M' && out->private_mark == 0 && out->count == 0) {
        if (n - i < 3)
            return 0;
        for (int k = 0; k < 3; k++)
            out->mouse[k] = p[i + (size_t)k] - 32;
        i += 3;
    }
    return i;
}

/* SS3: one letter, on some terminals after a modifier's digit. */
static size_t read_ss3(const unsigned char *p, size_t n, struct key_sequence *out)
{
    size_t i = 2;

    while (i < n && ((p[i] >= '0' && p[i] <= '9') || p[i] == ';')) {
        if (p[i] != ';')
            out->number[1] = p[i] - '0';
        i++;
    }
    if (i == n)
        return 0;
    if (p[i] < 0x40 || p[i] > 0x7E)
        return 0;
    out->count = out->number[1] > 0 ? 2 : 0;
    out->final = p[i];
    return i + 1;
}

/* How strings from terminals begin: OSC with a number or a letter of a title, DCS with a number
 * or a mark, APC from kitty. Anything else was typed after Esc. */
static bool is_string(const unsigned char *p)
{
    const char *begins = p[1] == ']'   ? "0123456789lL"
                         : p[1] == 'P' ? "0123456789>!$+=|"
                         : p[1] == '_' ? "G"
                                       : "";

    return p[2] != '\0' && strchr(begins, p[2]) != NULL;
}

size_t key_sequence_read(const unsigned char *p, size_t n, bool raw_mouse,
                         struct key_sequence *out)
{
    *out = (struct key_sequence){0};
    if (n < 2)
        return 0;
    out->introducer = p[1];
    switch (p[1]) {
    case '[':
        return read_control(p, n, raw_mouse, out);
    case 'O':
        return read_ss3(p, n, out);
    case ']':
    case 'P':
    case '_':
        out->introducer = KEY_SEQUENCE_STRING;
        return n > 2 && is_string(p) ? 2 : 0;
    default:
        return 0;
    }
}

bool key_sequence_is_begun(const unsigned char *p, size_t n)
{
    if (n < 2 || p[1] == '[')
        return true;
    if (p[1] == 'O')
        return n == 2 || p[n - 1] == ';' || (p[n - 1] >= '0' && p[n - 1] <= '9');
    return n == 2 && (p[1] == ']' || p[1] == 'P' || p[1] == '_');
}

enum key_sequence_reply key_sequence_reply(const struct key_sequence *s, bool report_awaited)
{
    if (s->introducer != '[')
        return REPLY_NONE;
    switch (s->final) {
    case 'R':
        if (s->private_mark != 0)
            return REPLY_OTHER;
        if (report_awaited && s->count == 2)
            return REPLY_REPORT;
        return s->count == 2 && s->number[0] != 1 ? REPLY_OTHER : REPLY_NONE;
    case 'c':
        return s->private_mark == '?'                 ? REPLY_ATTRIBUTES
               : s->private_mark != 0 || s->count > 0 ? REPLY_OTHER
                                                      : REPLY_NONE;
    case 'y':
        return s->private_mark == '?' ? REPLY_MODE : REPLY_OTHER;
    case 'n':
    case 't':
    case 'x':
    case 'I':
        return REPLY_OTHER;
    default:
        return s->private_mark == '?' || s->private_mark == '>' || s->private_mark == '='
                   ? REPLY_OTHER
                   : REPLY_NONE;
    }
}

/* What xterm adds to 1 for a modifier. */
enum { MODIFIER_SHIFT = 1, MODIFIER_ALT = 2, MODIFIER_CONTROL = 4, MODIFIER_META = 8 };

static uint32_t alt_of(int modifiers)
{
    return (modifiers & (MODIFIER_ALT | MODIFIER_META)) != 0 ? (uint32_t)KEY_ALT : 0;
}

static uint32_t code_of_letter(unsigned char final)
{
    static const struct {
        char final;
        uint32_t code;
    } letters[] = {
        {'A', KEY_CODE_UP},     {'B', KEY_CODE_DOWN},   {'C', KEY_CODE_RIGHT},
        {'D', KEY_CODE_LEFT},   {'H', KEY_CODE_HOME},   {'F', KEY_CODE_END},
        {'a', KEY_CODE_UP},     {'b', KEY_CODE_DOWN},   {'c', KEY_CODE_RIGHT},
        {'d', KEY_CODE_LEFT},   {'P', KEY_CODE_F1},     {'Q', KEY_CODE_F1 + 1},
        {'R', KEY_CODE_F1 + 2}, {'S', KEY_CODE_F1 + 3}, {'Z', KEY_CODE_BACKTAB},
    };

    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
        if ((unsigned char)letters[i].final == final)
            return letters[i].code;
    return KEY_CODE_NONE;
}

static uint32_t code_of_number(int number)
{
    static const uint8_t f_number[] = {11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 23, 24};
    static const uint32_t editing[] = {KEY_CODE_NONE,      KEY_CODE_HOME, KEY_CODE_INSERT,
                                       KEY_CODE_DELETE,    KEY_CODE_END,  KEY_CODE_PAGE_UP,
                                       KEY_CODE_PAGE_DOWN, KEY_CODE_HOME, KEY_CODE_END};

    if (number >= 0 && (size_t)number < sizeof editing / sizeof editing[0])
        return editing[number];
    for (uint32_t i = 0; i < sizeof f_number; i++)
        if (f_number[i] == number)
            return KEY_CODE_F1 + i;
    return KEY_CODE_NONE;
}

/* The keypad in application mode: SS3 and a letter for a character. */
static uint32_t code_of_keypad(unsigned char final)
{
    if (final == 'M')
        return KEY_CODE_ENTER;
    if (final == 'I')
        return KEY_CODE_TAB;
    if (final == 'X')
        return '=';
    return final >= 'j' && final <= 'y' ? (uint32_t)(final - 'j') + '*' : KEY_CODE_NONE;
}

uint32_t key_sequence_plain(uint32_t cp)
{
    return cp == 8 ? (uint32_t)KEY_CODE_BACKSPACE : cp;
}

/* A character with modifiers, as CSI u and modifyOtherKeys report it. */
static uint32_t code_of_character(int cp, int modifiers)
{
    uint32_t code = (uint32_t)cp;

    if (cp <= 0 || (cp >= 0x80 && cp < 0xA0) || (cp >= 0xD800 && cp < 0xE000))
        return KEY_CODE_NONE;
    if (cp >= 0xE000 && cp <= 0xF8FF)
        return KEY_CODE_NONE; /* kitty's numbers for keys that shilu does not use */
    if (cp == 9 && (modifiers & MODIFIER_SHIFT) != 0)
        return KEY_CODE_BACKTAB;
    if ((modifiers & MODIFIER_CONTROL) != 0 && cp >= '@' && cp <= '~')
        code = (uint32_t)cp & 31;
    else if ((modifiers & MODIFIER_SHIFT) != 0 && cp >= 'a' && cp <= 'z')
        code = (uint32_t)cp - 'a' + 'A';
    if (code == 0) /* ^@, which is not a key, even with Alt */
        return KEY_CODE_NONE;
    return key_sequence_plain(code) | alt_of(modifiers);
}

static bool mouse_key(int button, int column, int row, bool pressed, struct key *key)
{
    if (!pressed || row < 1 || column < 1)
        return false;
    key->row = row - 1;
    key->column = column - 1;
    if ((button & ~0x1C) == 64)
        key->code = KEY_CODE_SCROLL_UP;
    else if ((button & ~0x1C) == 65)
        key->code = KEY_CODE_SCROLL_DOWN;
    else if (button == 0)
        key->code = KEY_CODE_CLICK;
    return key->code != KEY_CODE_NONE;
}

bool key_sequence_key(const struct key_sequence *s, struct key *key)
{
    int modifiers = s->count > 1 && s->number[1] > 0 ? s->number[1] - 1 : 0;

    *key = (struct key){0};
    if (s->introducer == '[' && (s->final == 'M' || s->final == 'm')) {
        if (s->private_mark == '<')
            return mouse_key(s->number[0], s->number[1], s->number[2], s->final == 'M', key);
        return mouse_key(s->mouse[0], s->mouse[1], s->mouse[2], s->mouse[1] > 0, key);
    }
    if (s->final == 0 || s->intermediate != 0)
        return false;
    if (s->private_mark == '[' && s->final >= 'A' && s->final <= 'E')
        key->code = KEY_CODE_F1 + (uint32_t)(s->final - 'A'); /* the Linux console */
    else if (s->private_mark != 0)
        return false;
    else if (s->introducer == '[' && s->final == 'u')
        key->code = code_of_character(s->number[0], modifiers);
    else if (s->introducer == '[' && s->final == '~')
        key->code = s->number[0] == 27 && s->count > 2
                        ? code_of_character(s->number[2], modifiers)
                        : code_of_number(s->number[0]);
    else
        key->code = code_of_letter(s->final);
    if (key->code == KEY_CODE_NONE && s->introducer == 'O')
        key->code = code_of_keypad(s->final);
    if (key->code >= KEY_CODE_FIRST_SPECIAL && key->code < KEY_ALT)
        key->code |= alt_of(modifiers);
    return key->code != KEY_CODE_NONE;
}

size_t key_sequence_utf8(const unsigned char *p, size_t n, uint32_t *cp)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length;

    *cp = 0;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4)
        return 1;
    *cp = p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if (i == n) {
            *cp = 0;
            return 0;
        }
        if ((p[i] & 0xC0) != 0x80) {
            *cp = 0;
            return i;
        }
        *cp = *cp << 6 | (p[i] & 0x3Fu);
    }
    if (*cp < least[length] || *cp > 0x10FFFF || (*cp >= 0xD800 && *cp < 0xE000) || *cp < 0xA0)
        *cp = 0;
    return length;
}
