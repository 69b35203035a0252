/* Text headings. Each parser fills the heading anew and leaves nothing behind where it fails.
 */
#include "formats/records/text_heading.h"

#include <ctype.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/speaker_prefix.h"

/* "Name –", as it stands before a time. */
static size_t trim_dash(const char *name, size_t bytes)
{
    static const char *const dashes[] = {" -", " \u2013", " \u2014"};

    for (size_t i = 0; i < sizeof dashes / sizeof dashes[0]; i++) {
        size_t dash = strlen(dashes[i]);

        if (bytes > dash && memcmp(name + bytes - dash, dashes[i], dash) == 0)
            return bytes - dash;
    }
    return bytes;
}

/* "Name (10:02): text", "Name [0:12]". */
static bool parse_name_then_bracket(const char *line, size_t bytes, struct text_heading *h)
{
    size_t at = 0;
    size_t used;
    size_t start = 0;

    while (at < bytes && at < 120 && line[at] != '(' && (line[at] != '[' || at == 0))
        at++;
    if (at == 0 || at >= bytes || at >= 120)
        return false;
    used = inline_timestamp_take(line + at, bytes - at, &h->stamp);
    if (used == 0)
        return false;
    h->name = line;
    h->name_bytes = emit_trim(&h->name, at);
    h->name_bytes = trim_dash(h->name, h->name_bytes);
    if (h->name_bytes > 2 && h->name[0] == '[' && h->name[h->name_bytes - 1] == ']') {
        h->name++;
        h->name_bytes -= 2;
    }
    at += used;
    if (at < bytes && line[at] == ':')
        at++;
    start = at;
    while (at < bytes && (line[at] == ' ' || line[at] == '\t'))
        at++;
    h->text_byte = at;
    h->stamped = true;
    h->alone = start == bytes || at == bytes;
    return speaker_prefix_shape(h->name, h->name_bytes) != NAME_NOT;
}

/* "Name  0:12", "[Name] 10:02:11". */
static bool parse_name_then_stamp(const char *line, size_t bytes, struct text_heading *h)
{
    size_t before;

    if (bytes > 160)
        return false;
    before = inline_timestamp_take_last(line, bytes, &h->stamp);
    if (before == bytes || before == 0)
        return false;
    h->name = line;
    h->name_bytes = emit_trim(&h->name, before);
    h->name_bytes = trim_dash(h->name, h->name_bytes);
    if (h->name_bytes > 2 && h->name[0] == '[' && h->name[h->name_bytes - 1] == ']') {
        h->name++;
        h->name_bytes -= 2;
    }
    if (h->name_bytes > 0 && h->name[h->name_bytes - 1] == ':')
        h->name_bytes--;
    h->text_byte = bytes;
    h->stamped = true;
    h->alone = true;
    return speaker_prefix_shape(h->name, h->name_bytes) != NAME_NOT;
}

/* "From Ann to Everyone" in a saved chat is Ann. */
static void take_sender(struct text_heading *h)
{
    const char *to = memmem(h->name, h->name_bytes, " to ", 4);

    if (h->name_bytes < 6 || memcmp(h->name, "From ", 5) != 0)
        return;
    if (to != NULL)
        h->name_bytes = (size_t)(to - h->name);
    h->name += 5;
    h->name_bytes = emit_trim(&h->name, h->name_bytes - 5);
}

/* "Name: text", "Name: [00:12] text". */
static bool parse_prefix(const char *line, size_t bytes, struct text_heading *h)
{
    struct speaker_prefix prefix;
    struct inline_timestamp stamp;
    size_t used;

    if (!speaker_prefix_find(line, bytes, &prefix))
        return false;
    h->name = prefix.name;
    h->name_bytes = prefix.bytes;
    h->text_byte = prefix.text_byte;
    h->prefixed = true;
    if (h->stamped)
        take_sender(h);
    used = h->stamped
               ? 0
               : inline_timestamp_take(line + h->text_byte, bytes - h->text_byte, &stamp);
    if (used > 0) {
        h->stamp = stamp;
        h->stamped = true;
        h->text_byte += used;
    }
    return true;
}

/* What stands after a stamp at the front of a line, and any dash between. */
static size_t after_stamp(const char *line, size_t bytes, size_t at)
{
    while (at < bytes && (line[at] == ' ' || line[at] == '\t'))
        at++;
    if (at + 1 < bytes && line[at] == '-' && line[at + 1] == ' ')
        at += 2;
    return at;
}

/* "Q    text": a Q and a tab, or more than one space, as in the White House's briefings. */
static bool parse_question(const char *line, size_t bytes, struct text_heading *h)
{
    size_t at = 1;

    if (bytes < 3 || line[0] != 'Q')
        return false;
    while (at < bytes && strchr(" \t\xC2\xA0", line[at]) != NULL)
        at++;
    if (at < 3 && line[1] != '\t')
        return false;
    *h = (struct text_heading){.name = line, .name_bytes = 1, .text_byte = at, .asked = true};
    return true;
}

/* "（記者）", "【問】". */
static bool parse_boxed(const char *line, size_t bytes, struct text_heading *h)
{
    static const char *const boxes[][2] = {{"（", "）"}, {"【", "】"}};

    for (size_t i = 0; i < sizeof boxes / sizeof *boxes && bytes > 6 && bytes <= 80; i++) {
        if (memcmp(line, boxes[i][0], 3) != 0 || memcmp(line + bytes - 3, boxes[i][1], 3) != 0)
            continue;
        *h = (struct text_heading){.text_byte = bytes, .alone = true, .boxed = true};
        h->name = line + 3;
        h->name_bytes = emit_trim(&h->name, bytes - 6);
        return speaker_prefix_shape(h->name, h->name_bytes) != NAME_NOT;
    }
    return false;
}

bool text_heading_parse(const char *line, size_t bytes, struct text_heading *h)
{
    size_t used;

    *h = (struct text_heading){0};
    used = inline_timestamp_take(line, bytes, &h->stamp);
    if (used > 0 &&
        (used == bytes || h->stamp.bracketed || isspace((unsigned char)line[used]))) {
        size_t at = after_stamp(line, bytes, used);

        h->stamped = true;
        if (parse_prefix(line + at, bytes - at, h)) {
            h->text_byte += at;
        } else {
            h->text_byte = at;
            h->led = bytes - at <= 80 &&
                     speaker_prefix_shape(line + at, bytes - at) == NAME_STRONG;
        }
        return true;
    }
    if (parse_question(line, bytes, h) || parse_boxed(line, bytes, h))
        return true;
    *h = (struct text_heading){0};
    if (parse_prefix(line, bytes, h))
        return true;
    *h = (struct text_heading){0};
    if (parse_name_then_bracket(line, bytes, h) || parse_name_then_stamp(line, bytes, h))
        return true;
    *h = (struct text_heading){0};
    h->name = line;
    h->name_bytes = bytes;
    h->text_byte = bytes;
    h->alone = h->lone = true;
    return bytes <= 80 && speaker_prefix_shape(line, bytes) == NAME_STRONG;
}

void text_heading_take_led(struct text_heading *h, const char *line, size_t bytes)
{
    h->name = line + h->text_byte;
    h->name_bytes = bytes - h->text_byte;
    h->text_byte = bytes;
    h->alone = true;
}
