/* Name and role. The forms are narrow on purpose. Taiwanese records: a surname of one character
 * (or a known one of two), a listed office, and a given name in Han characters. Broadcasters:
 * capitals, at least two names, a comma. */
#include "formats/common/name_role.h"

#include <string.h>

#include "shilu/text/utf8.h"

enum { HAN_BYTES = 3, GIVEN_BYTES_MAX = 60, HAN_GIVEN_BYTES_MAX = 6 };

/* Longer ones first: 委員長 starts with 委員. */
static const char *const offices[] = {
    "副主任委員", "副發言人", "主任委員", "副秘書長", "發言人", "召集委員", "秘書長", "副院長",
    "副部長",     "副局長",   "副署長",   "副處長",   "副市長", "副縣長",   "副議長", "委員長",
    "主任秘書",   "院長",     "部長",     "次長",     "署長",   "局長",     "處長",   "司長",
    "科長",       "組長",     "所長",     "館長",     "校長",   "區長",     "鄉長",   "鎮長",
    "主委",       "主任",     "市長",     "縣長",     "議長",   "議員",     "委員"};

static const char *const long_surnames[] = {"歐陽", "司馬", "諸葛", "上官",
                                            "司徒", "張簡", "范姜", "夏侯"};

/* Words after an office that are not names. */
static const char *const no_names[] = {"代理", "代行", "助理", "補佐", "補助", "秘書",
                                       "書記", "候補", "室",   "會",   "会",   "官"};

/* Offices begin with these, surnames do not: 副局長林明. */
static const char *const no_surnames[] = {"副", "前", "代", "新", "原", "正", "各", "總", "該"};

/* The ends of the names of bodies. */
static const char *const bodies[] = {"局", "處", "部", "署", "院",
                                     "廳", "會", "府", "司", "所"};

static bool is_han(const char *s, size_t bytes)
{
    uint32_t cp = 0;

    if (bytes >= HAN_BYTES)
        utf8_decode(s, bytes, &cp);
    return cp >= 0x3400 && cp <= 0x9FFF;
}

static size_t starts_with_any(const char *s, size_t bytes, const char *const *words,
                              size_t count)
{
    size_t i;

    for (i = 0; i < count; i++) {
        size_t length = strlen(words[i]);

        if (bytes >= length && memcmp(s, words[i], length) == 0)
            return length;
    }
    return 0;
}

#define STARTS_WITH(s, bytes, words) \
    starts_with_any(s, bytes, words, sizeof(words) / sizeof *(words))

/* 工務局簡局長志豪: where the name begins after the body that its bearer heads; 0 if there is
 * no body. */
static size_t body_bytes(const char *label, size_t bytes)
{
    size_t at;

    for (at = HAN_BYTES; at + HAN_BYTES <= bytes && is_han(label + at, bytes - at);
         at += HAN_BYTES)
        if (STARTS_WITH(label + at - HAN_BYTES, bytes, bodies) > 0 &&
            STARTS_WITH(label + at + HAN_BYTES, bytes - at - HAN_BYTES, offices) > 0)
            return at;
    return 0;
}

static bool split(const char *label, size_t bytes, size_t given_max, struct buffer *name,
                  struct buffer *role)
{
    size_t surname = STARTS_WITH(label, bytes, long_surnames);
    size_t office;
    size_t given;

    if (surname == 0)
        surname = HAN_BYTES;
    if (!is_han(label, bytes) || STARTS_WITH(label, bytes, no_surnames) > 0)
        return false;
    office = STARTS_WITH(label + surname, bytes - surname, offices);
    given = surname + office;
    if (office == 0 || bytes - given > given_max || !is_han(label + given, bytes - given) ||
        STARTS_WITH(label + given, bytes - given, no_names) > 0)
        return false;
    buffer_append(name, label, surname);
    buffer_append(name, label + given, bytes - given);
    buffer_append(role, label + surname, office);
    return true;
}

bool name_role_split(const char *label, size_t bytes, struct buffer *name, struct buffer *role)
{
    size_t body;

    if (split(label, bytes, GIVEN_BYTES_MAX, name, role))
        return true;
    body = body_bytes(label, bytes);
    if (body == 0)
        return false;
    buffer_append(role, label, body);
    if (split(label + body, bytes - body, HAN_GIVEN_BYTES_MAX, name, role))
        return true;
    buffer_clear(role);
    return false;
}

static bool is_in_capitals(const char *s, size_t bytes)
{
    for (; bytes > 0; s++, bytes--) {
        if (*s >= 'a' && *s <= 'z')
            return false;
    }
    return true;
}

/* Where the last of several words starts; 0 for a single word. "JR." and the like do not
 * count. */
static size_t last_word(const char *s, size_t bytes)
{
    size_t at = bytes;

    while (at > 0 && s[at - 1] != ' ')
        at--;
    if (at > 0 && s[bytes - 1] == '.')
        return last_word(s, at - 1);
    return at;
}

bool name_role_introduction(const char *label, size_t bytes, struct buffer *name,
                            struct buffer *role, struct buffer *surname)
{
    const char *comma = memmem(label, bytes, ", ", 2);
    size_t name_bytes = comma != NULL ? (size_t)(comma - label) : 0;
    size_t last = last_word(label, name_bytes);
    size_t last_bytes;

    if (last == 0 || name_bytes + 2 >= bytes || !is_in_capitals(label, bytes) ||
        (*label & 0x80) != 0)
        return false;
    last_bytes = strcspn(label + last, " ,");
    buffer_append(name, label, name_bytes);
    buffer_append(role, comma + 2, bytes - name_bytes - 2);
    buffer_append(surname, label + last, last_bytes);
    return true;
}

/* Two or more words that begin with capitals: "Ann Birch", "Mr. van Dell". */
static bool is_full_name(struct span text)
{
    size_t capitals = 0;

    while (text.length > 0) {
        struct span word = span_take_until(&text, ' ');

        if (word.length == 0 || memchr("0123456789(),", *word.data, 13) != NULL)
            return false;
        capitals += *word.data < 'a' || *word.data > 'z';
    }
    return capitals > 1;
}

bool name_role_office(struct span label, struct buffer *name, struct buffer *role)
{
    struct span rest = label;
    struct span office, who;

    if (!span_starts_with(label, "The "))
        return false;
    office = span_trim(span_take_until(&rest, '('));
    who = span_trim(span_take_until(&rest, ')'));
    rest = span_trim(rest); /* a party may follow */
    if (rest.length > 0 && (*rest.data != '(' || !span_ends_with(rest, ")")))
        return false;
    if (!span_ends_with(label, ")") || !is_full_name(office) || !is_full_name(who))
        return false;
    buffer_append(name, who.data, who.length);
    buffer_append(role, office.data, office.length);
    return true;
}

bool name_role_seat(struct span label, struct buffer *name, struct buffer *role)
{
    size_t open = span_find(label, '(');
    struct span rest = span_skip(label, open);
    struct span who = span_trim(span_of(label.data, open));
    size_t groups = 0;

    if (open == label.length || !is_full_name(who))
        return false;
    while (rest.length > 0) {
        struct span inside;

        if (*rest.data != '(' || span_find(rest, ')') == rest.length) {
            groups = 0;
            break;
        }
        rest = span_skip(rest, 1);
        inside = span_trim(span_take_until(&rest, ')'));
        rest = span_trim(rest);
        buffer_append_string(role, groups++ > 0 ? ", " : "");
        buffer_append(role, inside.data, inside.length);
    }
    if (groups < 2) {
        buffer_clear(role);
        return false;
    }
    buffer_append(name, who.data, who.length);
    return true;
}
