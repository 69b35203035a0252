/* Labels of minutes. Nothing is kept: each line is judged by itself, and whether a record is
 * one of minutes by how many of its lines have a label. */
#include "formats/records/minutes_label.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "formats/common/emit.h"
#include "shilu/text/utf8.h"

enum { LABEL_BYTES = 150, WIDE_SPACE = 0x3000, NAME_WORDS = 4 };

static bool starts_with(const char *s, size_t bytes, const char *start)
{
    return bytes >= strlen(start) && memcmp(s, start, strlen(start)) == 0;
}

static bool ends_with(const char *s, size_t bytes, const char *end)
{
    return bytes >= strlen(end) && memcmp(s + bytes - strlen(end), end, strlen(end)) == 0;
}

/* The bytes of the first of a list that NULL ends which stands at the front; 0 for none. */
static size_t take_any(const char *s, size_t bytes, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (starts_with(s, bytes, *list))
            return strlen(*list);
    }
    return 0;
}

static bool ends_with_any(const char *s, size_t bytes, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (ends_with(s, bytes, *list))
            return true;
    }
    return false;
}

static void set_part(const char **part, size_t *part_bytes, const char *s, size_t bytes)
{
    *part = s;
    *part_bytes = emit_trim(part, bytes);
}

/* ------------------------------------------------------------------- Japan and Korea */

static bool is_of_a_sentence(uint32_t cp)
{
    return cp == 0x3001 || cp == 0x3002 || cp == 0x300C || cp == 0xFF1A || cp == ':' ||
           cp == ',' || cp == '.' || cp == '?' || cp == '!';
}

/* Where the label ends: at a wide space, a tab or two spaces, also one after a bracket. */
static size_t label_end(const char *s, size_t bytes)
{
    uint32_t before = 0;
    size_t at = 0;

    while (at < bytes && at <= LABEL_BYTES) {
        uint32_t cp;
        size_t used = utf8_decode(s + at, bytes - at, &cp);
        bool closed = before == 0xFF09 || before == ')';

        if (is_of_a_sentence(cp))
            return 0;
        if (cp == WIDE_SPACE || cp == '\t' || (cp == ' ' && closed))
            return at;
        if (cp == ' ' && at + 1 < bytes && s[at + 1] == ' ')
            return at;
        before = cp;
        at += used;
    }
    return at == bytes && (before == 0xFF09 || before == ')') ? at : 0;
}

/* "議長（山田太郎君）": false where nothing stands in brackets. */
static bool split_bracketed(const char *s, size_t bytes, struct minutes_label *label)
{
    static const char *const honorifics[] = {"君", "さん", "氏", NULL};
    const char *open = memmem(s, bytes, "（", 3);
    size_t open_bytes = 3;
    size_t honorific = 0;

    if (open == NULL) {
        open = memchr(s, '(', bytes);
        open_bytes = 1;
    }
    if (open == NULL || (!ends_with(s, bytes, "）") && !ends_with(s, bytes, ")")))
        return false;
    set_part(&label->role, &label->role_bytes, s, (size_t)(open - s));
    bytes -= ends_with(s, bytes, ")") ? 1 : 3;
    if (open + open_bytes >= s + bytes)
        return false;
    set_part(&label->name, &label->name_bytes, open + open_bytes,
             (size_t)(s + bytes - open) - open_bytes);
    for (size_t i = 0; honorifics[i] != NULL; i++) {
        if (ends_with(label->name, label->name_bytes, honorifics[i]))
            honorific = strlen(honorifics[i]);
    }
    label->name_bytes -= honorific;
    return label->name_bytes > 0;
}

/* "위원장 김철수" and "이영희 위원": the office may stand on either side of the name. */
static void split_words(const char *s, size_t bytes, struct minutes_label *label)
{
    static const char *const offices[] = {"위원",   "의원", "위원장", "의장", "장관", "차관",
                                          "후보자", "증인", "참고인", "간사", NULL};
    const char *space = memrchr(s, ' ', bytes);
    const char *last;
    size_t last_bytes;

    set_part(&label->name, &label->name_bytes, s, bytes);
    if (space == NULL)
        return;
    last = space + 1;
    last_bytes = (size_t)(s + bytes - last);
    if (ends_with_any(last, last_bytes, offices)) {
        set_part(&label->name, &label->name_bytes, s, (size_t)(space - s));
        set_part(&label->role, &label->role_bytes, last, last_bytes);
    } else {
        set_part(&label->name, &label->name_bytes, last, last_bytes);
        set_part(&label->role, &label->role_bytes, s, (size_t)(space - s));
    }
}

bool minutes_label_circled(const char *line, size_t bytes, struct minutes_label *label)
{
    static const char *const marks[] = {"○", "◯", "〇", "◎", NULL};
    size_t at = take_any(line, bytes, marks);
    const char *who = line + at;
    size_t who_bytes;
    size_t end;

    *label = (struct minutes_label){0};
    if (at == 0)
        return false;
    who_bytes = emit_trim(&who, bytes - at);
    end = label_end(who, who_bytes);
    if (end == 0)
        return false;
    label->text_byte = (size_t)(who - line) + end;
    if (split_bracketed(who, end, label))
        return true;
    if (memmem(who, end, "（", 3) != NULL || memchr(who, '(', end) != NULL)
        return false;
    split_words(who, end, label);
    if (label->role_bytes == 0 && ends_with(label->name, label->name_bytes, "君"))
        label->name_bytes -= strlen("君");
    return label->name_bytes > 0;
}

/* --------------------------------------------------------------------- United States */

/* The bytes of a word of a name, without a full stop after it: "SMITH", "McGovern", "O'Neil",
 * "Jackson-Lee", "J"; 0 for anything else. */
static size_t name_word(const char *s, size_t bytes)
{
    size_t at = 0;

    if (bytes == 0 || !isupper((unsigned char)*s))
        return 0;
    while (at < bytes && (isalpha((unsigned char)s[at]) || (unsigned char)s[at] >= 0x80 ||
                          ((s[at] == '-' || s[at] == '\'') && at + 1 < bytes &&
                           isalpha((unsigned char)s[at + 1]))))
        at++;
    return at;
}

/* "SMITH", "J. Smith", "SMITH of Texas": up to the full stop or a bracket; 0 where
 * none follows. */
static size_t name_end(const char *s, size_t bytes)
{
    size_t at = 0;
    int words = 0;

    while (words++ < NAME_WORDS) {
        size_t used = name_word(s + at, bytes - at);

        if (used == 0)
            return 0;
        at += used;
        if (at < bytes && s[at] == '.' && used > 1)
            return at;
        if (at < bytes && s[at] == '.')
            at++; /* an initial */
        if (at >= bytes || s[at] != ' ')
            return 0;
        at++;
        if (at < bytes && s[at] == '[')
            return at - 1;
        if (starts_with(s + at, bytes - at, "of "))
            at += strlen("of ");
    }
    return 0;
}

/* "[continuing]", "[presiding]" after the name. */
static size_t skip_manner(const char *s, size_t bytes, size_t at)
{
    const char *close;

    if (at >= bytes || s[at] != '[')
        return at;
    close = memchr(s + at, ']', bytes - at);
    return close != NULL && close - s < LABEL_BYTES ? (size_t)(close - s) + 1 : at;
}

/* How a name is led up to, and what may stand in place of one after "The". */
static const char *const forms[] = {"Mr. ",
                                    "Mrs. ",
                                    "Ms. ",
                                    "Miss ",
                                    "Dr. ",
                                    "Senator ",
                                    "Chairman ",
                                    "Chairwoman ",
                                    "Chair ",
                                    "Secretary ",
                                    "General ",
                                    "Admiral ",
                                    "Ambassador ",
                                    "Governor ",
                                    "Mayor ",
                                    "Judge ",
                                    "Justice ",
                                    "Director ",
                                    "Commissioner ",
                                    "Professor ",
                                    "Colonel ",
                                    "Captain ",
                                    "Sergeant ",
                                    "Sheriff ",
                                    "Chief ",
                                    "President ",
                                    "Reverend ",
                                    "Rabbi ",
                                    "Congressman ",
                                    "Congresswoman ",
                                    "Representative ",
                                    "Administrator ",
                                    "The ",
                                    NULL};
static const char *const offices[] = {"CHAIRMAN",
                                      "Chairman",
                                      "CHAIRWOMAN",
                                      "Chairwoman",
                                      "CHAIR",
                                      "Chair",
                                      "SPEAKER",
                                      "Speaker",
                                      "PRESIDENT",
                                      "President",
                                      "PRESIDING OFFICER",
                                      "Presiding Officer",
                                      "CLERK",
                                      "Clerk",
                                      "WITNESS",
                                      "Witness",
                                      "COURT",
                                      "Court",
                                      NULL};

/* "CHAIR LINDQVIST", "ANN LEE": two names or more in capitals, up to the full stop. */
static size_t capitals_end(const char *s, size_t bytes)
{
    static const char *const no_names[] = {"OF ", "HON.", "STATEMENT", "TESTIMONY", NULL};
    size_t used = name_end(s, bytes);
    size_t i;

    if (used == 0 || memchr(s, ' ', used) == NULL)
        return 0;
    for (i = 0; i < used; i++) {
        bool word_starts = i == 0 || s[i - 1] == ' ';

        if (islower((unsigned char)s[i]) ||
            (word_starts && take_any(s + i, bytes - i, no_names) > 0))
            return 0;
    }
    return used;
}

bool minutes_label_addressed(const char *line, size_t bytes, struct minutes_label *label)
{
    size_t form = take_any(line, bytes, forms);
    size_t used;
    size_t at;

    *label = (struct minutes_label){0};
    if (form == 0)
        used = capitals_end(line, bytes);
    else if (starts_with(line, bytes, "The "))
        used = take_any(line + form, bytes - form, offices);
    else
        used = name_end(line + form, bytes - form);
    at = form + used;
    if (used == 0 || at >= bytes)
        return false;
    set_part(&label->name, &label->name_bytes, line, at);
    at = skip_manner(line, bytes, line[at] == ' ' ? at + 1 : at);
    if (at >= bytes || line[at] != '.' || (at + 1 < bytes && line[at + 1] != ' '))
        return false;
    label->text_byte = at + 1;
    return true;
}
