/* Kept notes, read from the files; anything malformed is left out. */
#include "shilu/store/kept_notes.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/store/record_file.h"
#include "shilu/text/fold.h"
#include "shilu/text/utf8.h"

static void add_notes(void *context, const char *file, const cJSON *root)
{
    struct kept_notes *all = context;
    const cJSON *list = root != NULL ? cJSON_GetObjectItemCaseSensitive(root, "notes") : NULL;
    const cJSON *item;

    (void)file;
    if (!cJSON_IsArray(list))
        return;
    cJSON_ArrayForEach(item, list)
    {
        const cJSON *segment = cJSON_GetObjectItemCaseSensitive(item, "segment");
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(item, "text");

        if (!cJSON_IsNumber(segment) || !cJSON_IsString(text) || *text->valuestring == '\0' ||
            !(segment->valuedouble >= 0) || segment->valuedouble >= SEGMENT_NONE)
            continue;
        MEMORY_RESERVE(all->items, all->capacity, all->count + 1);
        all->items[all->count++] = (struct kept_note){.path = record_id_path_in(root),
                                                      .segment = (uint32_t)segment->valuedouble,
                                                      .text = memory_strdup(text->valuestring)};
    }
}

static int by_place(const void *a, const void *b)
{
    const struct kept_note *first = a;
    const struct kept_note *second = b;
    int order = strcmp(first->path != NULL ? first->path : "",
                       second->path != NULL ? second->path : "");

    return order != 0 ? order
                      : (first->segment > second->segment) - (first->segment < second->segment);
}

void kept_notes_read(struct kept_notes *all)
{
    *all = (struct kept_notes){0};
    record_file_each("notes", add_notes, all);
    if (all->count > 1)
        qsort(all->items, all->count, sizeof *all->items, by_place);
}

void kept_notes_release(struct kept_notes *all)
{
    for (size_t i = 0; i < all->count; i++) {
        free(all->items[i].path);
        free(all->items[i].text);
    }
    free(all->items);
    *all = (struct kept_notes){0};
}

/* ---------------------------------------------------------------------------------- tags */

static bool is_hash(uint32_t cp)
{
    return cp == '#' || cp == 0xFF03;
}

/* Word characters of any script: neither white space nor a sign. */
static bool is_of_tag(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z') ||
               cp == '-' || cp == '_' || cp == '/';
    return cp > 0xBF && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp <= 0x206F) &&
           !(cp >= 0x3000 && cp <= 0x3020) && cp != 0x30FB && !(cp >= 0xFE10 && cp <= 0xFE6B) &&
           !(cp >= 0xFF01 && cp <= 0xFF0F) && !(cp >= 0xFF1A && cp <= 0xFF20) &&
           !(cp >= 0xFF3B && cp <= 0xFF40) && !(cp >= 0xFF5B && cp <= 0xFF65);
}

static size_t tag_length(struct span s)
{
    size_t at = 0;

    while (at < s.length) {
        uint32_t cp;
        size_t used = utf8_decode(s.data + at, s.length - at, &cp);

        if (!is_of_tag(cp))
            break;
        at += used;
    }
    return at;
}

bool note_tag_next(struct span *rest, struct span *tag)
{
    uint32_t before = ' ';

    while (rest->length > 0) {
        uint32_t cp;
        size_t used = utf8_decode(rest->data, rest->length, &cp);

        *rest = span_skip(*rest, used);
        if (is_hash(cp) && !is_of_tag(before)) {
            *tag = span_of(rest->data, tag_length(*rest));
            if (tag->length > 0) {
                *rest = span_skip(*rest, tag->length);
                return true;
            }
        }
        before = cp;
    }
    return false;
}

bool note_has_tag(const char *note, const char *tag)
{
    struct span rest = span_string(note);
    struct span wanted = span_string(tag);
    struct span found;

    if (!span_take(&wanted, "#"))
        span_take(&wanted, "\xEF\xBC\x83");
    while (note_tag_next(&rest, &found))
        if (fold_equal(found.data, found.length, wanted.data, wanted.length))
            return true;
    return false;
}

bool note_has_tags(const char *note, const char *tags)
{
    struct buffer tag = {0};
    bool has = true;

    while (has && tags != NULL && *tags != '\0') {
        size_t bytes = strcspn(tags, ", ");

        buffer_clear(&tag);
        buffer_append(&tag, tags, bytes);
        has = bytes == 0 || note_has_tag(note, buffer_string(&tag));
        tags += bytes + strspn(tags + bytes, ", ");
    }
    buffer_release(&tag);
    return has;
}

void note_tags_append(struct buffer *out, const char *note, const char *between)
{
    struct span rest = span_string(note);
    struct span tag;
    bool any = false;

    while (note_tag_next(&rest, &tag)) {
        buffer_append_string(out, any ? between : "");
        buffer_append(out, tag.data, tag.length);
        any = true;
    }
}
