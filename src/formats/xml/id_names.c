/* People by id. The first entry for an id counts. */
#include "formats/xml/id_names.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Running out of memory ends the program, as everywhere. */
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

#include "shilu/text/utf8.h"

struct person {
    char *id;
    char *name;
    UT_hash_handle hh;
};

void id_names_release(struct id_names *list)
{
    struct person *p, *next;

    HASH_ITER(hh, list->first, p, next)
    {
        HASH_DEL(list->first, p);
        free(p->id);
        free(p->name);
        free(p);
    }
}

void id_names_add(struct id_names *list, const char *id, const char *name)
{
    struct person *p;

    if (*id == '\0' || *name == '\0' || id_names_find(list, id) != NULL ||
        HASH_COUNT(list->first) >= ID_NAMES_MAX)
        return;
    p = memory_zalloc(1, sizeof *p);
    p->id = memory_strdup(id);
    p->name = memory_strdup(name);
    HASH_ADD_KEYPTR(hh, list->first, p->id, strlen(p->id), p);
}

const char *id_names_find(const struct id_names *list, const char *id)
{
    struct person *p;

    while (*id == ' ' || *id == '#')
        id++;
    HASH_FIND_STR(list->first, id, p);
    return p != NULL ? p->name : NULL;
}

/* Latin capitals; the ids of the countries concerned are in Latin script. */
static bool is_capital(uint32_t cp)
{
    if (cp < 0x80)
        return isupper((int)cp) != 0;
    return (cp >= 0xC0 && cp <= 0xDE) || (cp >= 0x100 && cp < 0x180 && (cp & 1) == 0);
}

void id_names_name_of_id(struct buffer *name, const char *id)
{
    const char *s = strrchr(id, '#');
    const char *end = id + strlen(id);
    bool after_small = false;

    for (s = s != NULL ? s + 1 : id; s < end;) {
        uint32_t cp;
        size_t used = utf8_decode(s, (size_t)(end - s), &cp);
        bool parts = cp == '.' || cp == '_';

        if (after_small && is_capital(cp))
            buffer_append_char(name, ' ');
        buffer_append(name, parts ? " " : s, used);
        after_small = !parts && !is_capital(cp) && cp != '-' && cp != ' ';
        s += used;
    }
}
