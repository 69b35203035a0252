/* Index people. U+001F separates the fields, U+001E aliases; neither occurs in a name, where
 * controls are replaced. */
#include "index/index_people.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/model/find.h"

enum { FIELD_END = 0x1F, ALIAS_END = 0x1E, FIELDS = 4 };

static void append_field(struct buffer *out, const char *text, char end)
{
    for (; text != NULL && *text != '\0'; text++)
        buffer_append_char(
            out, *text == '\n' || *text == FIELD_END || *text == ALIAS_END ? ' ' : *text);
    buffer_append_char(out, end);
}

void index_people_append(struct buffer *out, const struct speaker *speaker)
{
    char **alias;

    append_field(out, speaker->name, FIELD_END);
    append_field(out, speaker->id, FIELD_END);
    append_field(out, speaker->role, FIELD_END);
    append_field(out, speaker->organization, FIELD_END);
    for (alias = speaker->aliases; alias != NULL && *alias != NULL; alias++)
        append_field(out, *alias, ALIAS_END);
    buffer_append_char(out, '\n');
}

/* Cut the string at the first `end`; returns where it continues. */
static char *cut(char *text, char end)
{
    char *at = strchr(text, end);

    if (at == NULL)
        return text + strlen(text);
    *at = '\0';
    return at + 1;
}

bool index_people_match(struct span label, const char *query)
{
    char *text = memory_strndup(label.data, label.length);
    char *field[FIELDS];
    char *at = text;
    char **aliases = NULL;
    size_t count = 0;
    size_t capacity = 0;
    struct speaker speaker = {0};
    bool found;

    for (size_t i = 0; i < FIELDS; i++) {
        field[i] = at;
        at = cut(at, FIELD_END);
    }
    do {
        MEMORY_RESERVE(aliases, capacity, count + 1);
        aliases[count++] = *at != '\0' ? at : NULL;
        at = cut(at, ALIAS_END);
    } while (aliases[count - 1] != NULL);
    speaker.name = field[0];
    speaker.id = *field[1] != '\0' ? field[1] : NULL;
    speaker.role = *field[2] != '\0' ? field[2] : NULL;
    speaker.organization = *field[3] != '\0' ? field[3] : NULL;
    speaker.aliases = aliases;
    found = speaker_find_matches(query, &speaker);
    free(aliases);
    free(text);
    return found;
}
