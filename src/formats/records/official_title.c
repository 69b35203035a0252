/* The title block of official records. Nothing is kept but in the transcript's fields. */
#include "formats/records/official_title.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/date_time_text.h"
#include "shilu/base/memory.h"

static const struct {
    const char *key;
    enum transcript_field field;
} keys[] = {
    {"文字來源", FIELD_SOURCE_NAME},
    {"文字来源", FIELD_SOURCE_NAME},
    {"來源", FIELD_SOURCE_NAME},
    {"来源", FIELD_SOURCE_NAME},
    {"出典", FIELD_SOURCE_NAME},
    {"출처", FIELD_SOURCE_NAME},
    {"Source", FIELD_SOURCE_NAME},
    {"地點", FIELD_VENUE},
    {"地点", FIELD_VENUE},
    {"場所", FIELD_VENUE},
    {"장소", FIELD_VENUE},
    {"Venue", FIELD_VENUE},
    {"時間", FIELD_DATE},
    {"时间", FIELD_DATE},
    {"日期", FIELD_DATE},
    {"日時", FIELD_DATE},
    {"일시", FIELD_DATE},
    {"Date", FIELD_DATE},
};

/* What a document is, not what it is about. */
static const char *const kinds[] = {"文字實錄", "文字实录", "圖文實錄", "图文实录",
                                    "直播實錄", "直播实录", "文字直播", "圖文直播",
                                    "图文直播", "實錄",     "实录"};

static bool is_kind(const char *title)
{
    size_t i;

    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(title, kinds[i]) == 0)
            return true;
    }
    return false;
}

/* Behind "key:", the colon in either width; NULL for another line. */
static const char *after_key(const char *line, size_t *bytes, const char *key)
{
    size_t key_bytes = strlen(key);
    const char *s = line + key_bytes;
    size_t left, colon;

    if (*bytes < key_bytes || memcmp(line, key, key_bytes) != 0)
        return NULL;
    left = *bytes - key_bytes;
    colon = date_time_text_space_bytes(s, left);
    s += colon;
    left -= colon;
    colon = left >= 1 && *s == ':' ? 1 : left >= 3 && memcmp(s, "：", 3) == 0 ? 3 : 0;
    if (colon == 0)
        return NULL;
    s += colon;
    left -= colon;
    colon = date_time_text_space_bytes(s, left);
    *bytes = left - colon;
    return s + colon;
}

static bool set_date(struct drafts *t, const char *value, size_t bytes)
{
    char date[CIVIL_TEXT];
    int64_t ms;
    int32_t offset_min;
    bool has_time;
    size_t used;

    if (!date_time_text_at_start(value, bytes, &ms, &used) &&
        !date_time_text_date_at_start(value, bytes, &ms, &used) &&
        !civil_parse_date_time(value, bytes, &ms, &offset_min, &has_time, &used))
        return false;
    civil_format_date(ms, date);
    drafts_set(t, FIELD_DATE, date);
    return true;
}

static void set_field(struct drafts *t, enum transcript_field field, const char *value,
                      size_t bytes)
{
    char *copy = memory_strndup(value, bytes);

    drafts_set(t, field, copy);
    free(copy);
}

bool official_title_take_keyed(struct drafts *t, const char *line, size_t bytes)
{
    size_t i;

    for (i = 0; i < sizeof keys / sizeof *keys; i++) {
        size_t value_bytes = bytes;
        const char *value = after_key(line, &value_bytes, keys[i].key);

        if (value == NULL || value_bytes == 0 || drafts_get(t, keys[i].field) != NULL)
            continue;
        if (keys[i].field == FIELD_DATE)
            return set_date(t, value, value_bytes);
        set_field(t, keys[i].field, value, value_bytes);
        return true;
    }
    return false;
}

bool official_title_take(struct drafts *t, const char *line, size_t bytes)
{
    const char *title = drafts_get(t, FIELD_TITLE);

    if (official_title_take_keyed(t, line, bytes))
        return true;
    if (title != NULL && !is_kind(title))
        return false;
    set_field(t, FIELD_TITLE, line, bytes);
    return true;
}
