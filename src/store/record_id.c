/* Record ID. No state. */
#include "shilu/store/record_id.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

/* Smaller files may be equal by chance. */
enum { FEW_BYTES = 64 };

enum { DIGITS = RECORD_ID_HASH_DIGITS };

void record_id_init(struct record_id *id, const char *path)
{
    struct stat st;

    *id = (struct record_id){.bytes = -1};
    if (path == NULL || strcmp(path, "-") == 0 ||
        !file_id_read_head(path, FILE_ID_HEAD_BYTES, &id->head))
        return;
    id->path = file_id_key(path);
    if (stat(path, &st) == 0)
        id->bytes = st.st_size;
}

void record_id_release(struct record_id *id)
{
    free(id->path);
    *id = (struct record_id){.bytes = -1};
}

/* ------------------------------------------------------------------------------- words */

/* White space and signs may change when a record is written again. */
static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
    return cp >= 0xC0 && !(cp >= 0x2000 && cp <= 0x206F) && !(cp >= 0x3000 && cp <= 0x303F) &&
           !(cp >= 0xFF00 && cp <= 0xFF0F);
}

/* The letters at the start. For most Han and all Hangul characters the first byte is enough. */
static size_t letters_run(const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        unsigned char lead = (unsigned char)text[at];
        uint32_t cp = lead;
        size_t used = 1;

        if (lead > 0xE3 && lead < 0xEE && bytes - at > 2) {
            at += 3;
            continue;
        }
        if (lead >= 0x80)
            used = utf8_decode(text + at, bytes - at, &cp);
        if (!is_letter(cp))
            break;
        at += used;
    }
    return at;
}

void record_id_segment(const struct transcript *t, uint32_t segment,
                       char out[RECORD_ID_HASH_DIGITS + 1])
{
    uint64_t hash = HASH_FNV_START;
    size_t bytes;
    const char *text = transcript_source_text(t, segment, &bytes);
    size_t at = 0;
    bool any = false;

    while (at < bytes) {
        size_t run = letters_run(text + at, bytes - at);
        uint32_t cp;

        hash = hash_fnv1a_from(hash, text + at, run);
        any = any || run > 0;
        at += run;
        if (at < bytes)
            at += utf8_decode(text + at, bytes - at, &cp);
    }
    out[0] = '\0';
    if (any)
        snprintf(out, DIGITS + 1, "%08x", (unsigned)(hash ^ hash >> 32));
}

void record_id_take_words(struct record_id *id, const struct transcript *t, bool whole)
{
    uint32_t count = (uint32_t)transcript_count(t);
    size_t taken = 0;

    if (id->has_all_words)
        return;
    for (uint32_t i = 0; i < count && taken < RECORD_ID_SEGMENTS; i++) {
        record_id_segment(t, i, id->words + taken * DIGITS);
        taken += id->words[taken * DIGITS] != '\0';
    }
    id->words[taken * DIGITS] = '\0';
    id->has_all_words = whole || taken == RECORD_ID_SEGMENTS;
}

static bool holds(const char *words, const char *hash)
{
    for (; *words != '\0'; words += DIGITS)
        if (memcmp(words, hash, DIGITS) == 0)
            return true;
    return false;
}

static bool is_sketch(const char *words)
{
    size_t length = strlen(words);

    return length > 0 && length % DIGITS == 0 && length <= RECORD_ID_SEGMENTS * DIGITS &&
           strspn(words, "0123456789abcdef") == length;
}

/* Whether at least half of the shorter sketch is in the other: some words may have been
 * corrected, and a record may have grown. A few segments prove little, so these must all
 * agree. */
static bool same_words(const char *a, const char *b)
{
    enum { FEW = 4 };
    size_t segments;
    size_t common = 0;

    if (!is_sketch(a) || !is_sketch(b))
        return false;
    if (strlen(a) > strlen(b)) {
        const char *longer = a;

        a = b;
        b = longer;
    }
    segments = strlen(a) / DIGITS;
    for (const char *hash = a; *hash != '\0'; hash += DIGITS)
        common += holds(b, hash);
    return segments < FEW ? strlen(a) == strlen(b) && common == segments
                          : common * 2 >= segments;
}

bool record_anchor_holds(const struct transcript *t, const struct record_anchor *anchor)
{
    char here[DIGITS + 1];

    if (anchor->segment >= transcript_count(t))
        return false;
    if (*anchor->words == '\0')
        return true;
    record_id_segment(t, anchor->segment, here);
    return strcmp(here, anchor->words) == 0;
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    return a > b ? a - b : b - a;
}

/* One pass over the record for all anchors to be found. */
static void seek(const struct transcript *t, const struct record_anchor *anchors,
                 uint32_t *found, size_t count)
{
    for (uint32_t segment = 0; segment < transcript_count(t); segment++) {
        char here[DIGITS + 1];

        record_id_segment(t, segment, here);
        for (size_t i = 0; i < count; i++)
            if (anchors[i].is_lost && strcmp(anchors[i].words, here) == 0 &&
                (found[i] == SEGMENT_NONE || distance(segment, anchors[i].segment) <
                                                 distance(found[i], anchors[i].segment)))
                found[i] = segment;
    }
}

size_t record_anchors_settle(const struct transcript *t, struct record_anchor *anchors,
                             size_t count)
{
    uint32_t *found = memory_alloc(count * sizeof *found);
    size_t sought = 0;
    size_t moved = 0;

    for (size_t i = 0; i < count; i++) {
        found[i] = SEGMENT_NONE;
        anchors[i].is_lost = *anchors[i].words != '\0' && !record_anchor_holds(t, &anchors[i]);
        sought += anchors[i].is_lost;
    }
    if (sought > 0)
        seek(t, anchors, found, count);
    for (size_t i = 0; i < count; i++) {
        if (found[i] == SEGMENT_NONE)
            continue;
        anchors[i].segment = found[i];
        anchors[i].is_lost = false;
        moved++;
    }
    free(found);
    return moved;
}

/* -------------------------------------------------------------------------------- JSON */

static const char *string_in(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsString(item) ? item->valuestring : "";
}

static double number_in(const cJSON *object, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

    return cJSON_IsNumber(item) ? item->valuedouble : -1;
}

/* Whether the record begins with the known bytes of the other, which may have been shorter. */
static bool same_head(const struct record_id *id, const cJSON *object)
{
    double bytes = number_in(object, "head-bytes");
    struct file_id_head head = id->head;
    bool same;
    char *path;

    if (id->path == NULL || bytes < 1 || bytes > (double)id->head.bytes)
        return false;
    if (bytes < (double)id->head.bytes) {
        path = file_id_path(id->path);
        same = file_id_read_head(path, (size_t)bytes, &head);
        free(path);
        if (!same)
            return false;
    }
    return strcmp(head.hash, string_in(object, "head")) == 0;
}

enum record_match record_id_match(const struct record_id *id, const cJSON *object)
{
    const char *path = string_in(object, "path");
    bool same_path = id->path != NULL && strcmp(path, id->path) == 0;
    bool same_bytes = id->bytes >= FEW_BYTES && number_in(object, "bytes") == (double)id->bytes;

    if (!cJSON_IsObject(object))
        return RECORD_OTHER;
    if ((same_path || same_bytes) && same_head(id, object))
        return same_path ? RECORD_SAME : RECORD_MOVED;
    if (!same_words(id->words, string_in(object, "words")))
        return RECORD_OTHER;
    return same_path ? RECORD_CORRECTED : RECORD_MOVED;
}

static void put(cJSON *object, const char *name, cJSON *take)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddItemToObject(object, name, take);
}

void record_id_write(const struct record_id *id, cJSON *object)
{
    if (id->path != NULL) {
        put(object, "path", cJSON_CreateString(id->path));
        put(object, "head-bytes", cJSON_CreateNumber((double)id->head.bytes));
        put(object, "head", cJSON_CreateString(id->head.hash));
        put(object, "bytes", cJSON_CreateNumber((double)id->bytes));
    }
    if (*id->words != '\0')
        put(object, "words", cJSON_CreateString(id->words));
}

char *record_id_path_in(const cJSON *object)
{
    const char *key = string_in(object, "path");

    return *key != '\0' ? file_id_path(key) : NULL;
}

bool record_id_is_there(const cJSON *object)
{
    char *path = record_id_path_in(object);
    bool is = path != NULL &&
              file_id_is(path, number_in(object, "head-bytes"), string_in(object, "head"));

    free(path);
    return is;
}
