/* Parts that the head of a record states. */
#include "formats/records/people/stated_parts.h"

#include <string.h>
#include <strings.h>

#include "formats/records/line/vocabulary.h"
#include "formats/records/people/roster.h"

/* Lines above the first turn that are examined, and maximum bytes of one that states a part. */
enum { HEAD_BLOCKS = 60, LINE_BYTES_MAX = 200, BY_BYTES_MAX = 14 };

/* Of an interview or a group: not of an assembly, whose chair gives the floor. */
static bool is_part(struct span text)
{
    static const char *const stems[] = {"moder", "facilit", "host", "animat", "condut", "модер",
                                        "司会",  "主持",    "進行", "사회",   "진행"};
    size_t i;

    if (vocabulary_has_asker(text))
        return true;
    for (i = 0; i < sizeof stems / sizeof *stems && vocabulary_has_host(text); i++)
        if (text.length >= strlen(stems[i]) &&
            strncasecmp(text.data, stems[i], strlen(stems[i])) == 0)
            return true;
    return false;
}

/* "Interviewed by Ida Berg", "Interview conducted by: Ida Berg": *who is the name after
 * "by". */
static bool parse_by_whom(struct span line, struct span *who)
{
    static const char *const verbs[] = {"interviewed", "interview", "moderated", "hosted"};
    size_t i, at;

    for (i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        size_t length = strlen(verbs[i]);

        if (line.length <= length || strncasecmp(line.data, verbs[i], length) != 0)
            continue;
        for (at = length; at + 4 < line.length && at < length + BY_BYTES_MAX; at++) {
            if (strncasecmp(line.data + at, " by", 3) != 0)
                continue;
            *who = span_skip(line, at + 3);
            span_take(who, ":");
            *who = span_trim(*who);
            return who->length > 0;
        }
    }
    return false;
}

/* A line that states who asks; *who is the rest of it. */
static bool parse_part(struct span line, struct span *who)
{
    size_t colon = span_find(line, memchr(line.data, '=', line.length) != NULL ? '=' : ':');
    struct span name = span_trim(span_of(line.data, colon));

    if (parse_by_whom(line, who))
        return true;
    if (colon == line.length)
        return false;
    *who = span_trim(span_skip(line, colon + 1));
    if (is_part(*who) && !is_part(name)) { /* I = Interviewer */
        *who = name;
        return true;
    }
    return who->length > 0 && is_part(name);
}

/* The names of a line, one after another. */
static struct span take_name(struct span *rest)
{
    static const char *const joints[] = {", ", "; ", " and ", " & ", " / "};
    struct span name = *rest;
    size_t joint_bytes = 0;
    size_t i;

    for (i = 0; i < sizeof joints / sizeof *joints; i++) {
        const char *at = memmem(name.data, name.length, joints[i], strlen(joints[i]));

        if (at == NULL)
            continue;
        name.length = (size_t)(at - name.data);
        joint_bytes = strlen(joints[i]);
    }
    *rest = span_skip(*rest, name.length + joint_bytes);
    return span_trim(name);
}

void stated_parts_note(struct survey *s, const struct choice *choice)
{
    size_t i;

    for (i = 0; i < choice->first && i < s->block_count && i < HEAD_BLOCKS; i++) {
        const struct survey_block *b = &s->blocks[i];
        struct span who;

        if (b->text.length > LINE_BYTES_MAX || b->ends_sentence ||
            !parse_part(span_skip(b->text, b->start_byte), &who))
            continue;
        while (who.length > 0) {
            struct span name = take_name(&who);
            uint32_t label;

            for (label = 0; name.length > 0 && label < s->label_count; label++)
                if (choice->counts[label] > 0 && roster_label_means(s, label, name))
                    s->labels[label].leads = true;
        }
    }
}
