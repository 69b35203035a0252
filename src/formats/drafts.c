/* Drafts. Invariant: labels stay in the order in which they first occurred, and `at` is the
 * segment before which that was, so that a move repeats the reader's steps one by one. */
#include "shilu/formats/drafts.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

/* Room for texts that is kept for the next ones; more was for a giant one. It starts with what
 * a small file needs. */
enum { FIRST_TEXT_BYTES = 16384, FIRST_ITEMS = 64, KEPT_TEXT_BYTES = 1 << 20 };

/* The first labels of a record are compared before any is hashed: most records have few. */
enum { COMPARED_LABELS = 8 };

/* A label and its speaker in the transcript. Its strings are in its key. */
struct drafts_speaker {
    struct speaker_label label;
    const char **aliases; /* owned, or NULL */
    char *key;            /* owned */
    uint32_t number;      /* its number here */
    uint64_t at;          /* number of the segment before which it first occurred */
    bool defined;
    UT_hash_handle hh;
};

/* A name or id of some label. */
struct drafts_name {
    const char *text; /* in that label's key */
    bool defined;
    UT_hash_handle hh;
};

struct drafts_item {
    size_t text_byte; /* offset in `text` */
    size_t text_bytes;
    int64_t start_ms;
    int64_t end_ms;
    size_t extra_byte; /* offset in `text`, if has_extra */
    uint32_t speaker;
    uint32_t line;
    enum segment_kind kind;
    bool piece;
    bool has_extra;
};

struct drafts_fact {
    char *name;  /* owned */
    char *value; /* owned */
};

struct drafts {
    struct buffer text; /* of the waiting items; extras end in NUL */
    struct drafts_item *items;
    size_t count, capacity;
    uint64_t moved_count; /* number of segments moved */
    uint32_t line;        /* for the next segments */

    struct drafts_speaker **speakers; /* owned, by number here */
    size_t speaker_count, speaker_capacity;
    size_t speakers_moved;
    uint32_t *moved; /* owned, by number here: the speaker's number in the transcript, once
                      * moved */
    size_t moved_capacity;
    struct drafts_speaker *by_key;
    struct drafts_name *names;
    struct buffer key; /* scratch */

    struct drafts_fact *facts; /* owned: waiting ones */
    size_t fact_count, fact_capacity;

    char *field[FIELD_COUNT]; /* owned */
    bool field_changed[FIELD_COUNT];
    enum time_base time_base;
    int32_t utc_offset_min;
};

struct drafts *drafts_new(void)
{
    struct drafts *d = memory_zalloc(1, sizeof *d);

    d->utc_offset_min = UTC_OFFSET_NONE;
    return d;
}

static void clear_facts(struct drafts *d)
{
    size_t i;

    for (i = 0; i < d->fact_count; i++) {
        free(d->facts[i].name);
        free(d->facts[i].value);
    }
    d->fact_count = 0;
}

void drafts_free(struct drafts *d)
{
    struct drafts_name *name;
    struct drafts_name *next;
    size_t i;

    if (d == NULL)
        return;
    HASH_ITER(hh, d->names, name, next)
    {
        HASH_DEL(d->names, name);
        free(name);
    }
    HASH_CLEAR(hh, d->by_key);
    for (i = 0; i < d->speaker_count; i++) {
        free(d->speakers[i]->aliases);
        free(d->speakers[i]->key);
        free(d->speakers[i]);
    }
    free(d->speakers);
    free(d->moved);
    clear_facts(d);
    free(d->facts);
    for (i = 0; i < FIELD_COUNT; i++)
        free(d->field[i]);
    buffer_release(&d->text);
    buffer_release(&d->key);
    free(d->items);
    free(d);
}

/* ------------------------------------------------------------------------ speakers */

/* Neither NULL nor only white space, as the transcript judges it. */
static bool says_something(const char *s)
{
    for (; s != NULL && *s != '\0'; s++) {
        if (strncmp(s, "\xC2\xA0", 2) == 0)
            s += 1;
        else if (strncmp(s, "\xE3\x80\x80", 3) == 0)
            s += 2;
        else if (*s != ' ' && !(*s >= '\t' && *s <= '\r'))
            return true;
    }
    return false;
}

/* A missing string differs from an empty one. */
static void key_string(struct buffer *key, const char *s)
{
    buffer_append_char(key, s != NULL ? '+' : '-');
    buffer_append(key, s != NULL ? s : "", s != NULL ? strlen(s) + 1 : 1);
}

static size_t alias_count(const struct speaker_label *label)
{
    size_t count = 0;

    while (label->aliases != NULL && label->aliases[count] != NULL)
        count++;
    return count;
}

static void make_key(struct buffer *key, const struct speaker_label *label, bool defined)
{
    size_t aliases = alias_count(label);
    size_t i;

    buffer_clear(key);
    buffer_append_char(key, (char)('0' + (int)label->kind));
    buffer_append_char(key, defined ? 'd' : 's');
    key_string(key, label->id);
    key_string(key, label->name);
    key_string(key, label->role);
    key_string(key, label->organization);
    key_string(key, label->extra);
    for (i = 0; i < aliases; i++)
        key_string(key, label->aliases[i]);
}

static const char *next_string(const char **at)
{
    const char *s = **at == '+' ? *at + 1 : NULL;

    *at += strlen(*at) + 1;
    return s;
}

/* Restore a label from its key, which does not move. */
static void read_key(struct drafts_speaker *s, enum speaker_kind kind, size_t aliases)
{
    const char *at = s->key + 2;
    size_t i;

    s->label.kind = kind;
    s->label.id = next_string(&at);
    s->label.name = next_string(&at);
    s->label.role = next_string(&at);
    s->label.organization = next_string(&at);
    s->label.extra = next_string(&at);
    if (aliases == 0)
        return;
    s->aliases = memory_zalloc(aliases + 1, sizeof *s->aliases);
    for (i = 0; i < aliases; i++)
        s->aliases[i] = next_string(&at);
    s->label.aliases = s->aliases;
}

static void add_name(struct drafts *d, const char *text, bool defined)
{
    struct drafts_name *name;

    if (text == NULL)
        return;
    HASH_FIND_STR(d->names, text, name);
    if (name == NULL) {
        name = memory_zalloc(1, sizeof *name);
        name->text = text;
        HASH_ADD_KEYPTR(hh, d->names, name->text, strlen(name->text), name);
    }
    name->defined |= defined;
}

static bool is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && *a == *b && strcmp(a, b) == 0);
}

/* Whether a label without aliases is this speaker's. */
static bool is_label_of(const struct drafts_speaker *s, const struct speaker_label *label,
                        bool defined)
{
    return s->aliases == NULL && s->defined == defined && s->label.kind == label->kind &&
           is_same(s->label.name, label->name) && is_same(s->label.id, label->id) &&
           is_same(s->label.role, label->role) &&
           is_same(s->label.organization, label->organization) &&
           is_same(s->label.extra, label->extra);
}

static uint32_t intern(struct drafts *d, const struct speaker_label *label, bool defined)
{
    size_t aliases = alias_count(label);
    struct drafts_speaker *s;
    size_t i;

    for (i = 0; aliases == 0 && i < d->speaker_count && i < COMPARED_LABELS; i++)
        if (is_label_of(d->speakers[i], label, defined))
            return (uint32_t)i;
    if (!says_something(label->name) && !says_something(label->id))
        return SPEAKER_NONE;
    make_key(&d->key, label, defined);
    HASH_FIND(hh, d->by_key, d->key.data, d->key.bytes, s);
    if (s != NULL)
        return s->number;
    s = memory_zalloc(1, sizeof *s);
    s->key = memory_strndup(d->key.data, d->key.bytes);
    read_key(s, label->kind, aliases);
    s->number = (uint32_t)d->speaker_count;
    s->at = d->moved_count + d->count;
    s->defined = defined;
    MEMORY_RESERVE(d->speakers, d->speaker_capacity, d->speaker_count + 1);
    d->speakers[d->speaker_count++] = s;
    HASH_ADD_KEYPTR(hh, d->by_key, s->key, d->key.bytes, s);
    add_name(d, s->label.id, defined);
    add_name(d, s->label.name, false);
    for (i = 0; i < aliases; i++)
        add_name(d, s->aliases[i], false);
    return s->number;
}

uint32_t drafts_speaker(struct drafts *d, const struct speaker_label *label)
{
    return intern(d, label, false);
}

uint32_t drafts_define_speaker(struct drafts *d, const struct speaker_label *label)
{
    return intern(d, label, true);
}

bool drafts_has_defined(const struct drafts *d, const char *id)
{
    struct drafts_name *name = NULL;

    if (id != NULL)
        HASH_FIND_STR(d->names, id, name);
    return name != NULL && name->defined;
}

bool drafts_has_speaker(const struct drafts *d, const char *text)
{
    struct drafts_name *name;

    HASH_FIND_STR(d->names, text, name);
    return name != NULL;
}

const struct speaker_label *drafts_label(const struct drafts *d, uint32_t speaker)
{
    return &d->speakers[speaker]->label;
}

size_t drafts_label_count(const struct drafts *d)
{
    return d->speaker_count;
}

/* ------------------------------------------------------------------------ facts */

void drafts_set(struct drafts *d, enum transcript_field field, const char *value)
{
    char *copy = value != NULL ? memory_strdup(value) : NULL;

    free(d->field[field]);
    d->field[field] = copy;
    d->field_changed[field] = true;
}

const char *drafts_get(const struct drafts *d, enum transcript_field field)
{
    return d->field[field];
}

void drafts_set_time_base(struct drafts *d, enum time_base time_base)
{
    d->time_base = time_base;
}

enum time_base drafts_time_base(const struct drafts *d)
{
    return d->time_base;
}

void drafts_set_utc_offset(struct drafts *d, int32_t minutes)
{
    d->utc_offset_min = minutes;
}

int32_t drafts_utc_offset(const struct drafts *d)
{
    return d->utc_offset_min;
}

/* ------------------------------------------------------------------------ segments */

bool drafts_append(struct drafts *d, const struct segment_draft *draft, struct error *err)
{
    struct drafts_item *item;

    if (!transcript_can_hold(draft, err))
        return false;
    MEMORY_RESERVE(d->items, d->capacity, d->count > 0 ? d->count + 1 : FIRST_ITEMS);
    if (d->text.data == NULL)
        buffer_reserve(&d->text, FIRST_TEXT_BYTES);
    item = &d->items[d->count++];
    *item = (struct drafts_item){
        .text_byte = d->text.bytes,
        .text_bytes = draft->text_bytes,
        .start_ms = draft->start_ms,
        .end_ms = draft->end_ms,
        .speaker = draft->speaker < d->speaker_count ? draft->speaker : SPEAKER_NONE,
        .kind = draft->kind,
        .piece = draft->piece,
        .line = draft->line != 0 ? draft->line : d->line,
        .has_extra = draft->extra != NULL,
    };
    buffer_append(&d->text, draft->text, draft->text_bytes);
    item->extra_byte = d->text.bytes;
    if (draft->extra != NULL)
        buffer_append(&d->text, draft->extra, strlen(draft->extra) + 1);
    return true;
}

void drafts_set_line(struct drafts *d, uint32_t line)
{
    d->line = line;
}

uint32_t drafts_line(const struct drafts *d)
{
    return d->line;
}

size_t drafts_count(const struct drafts *d)
{
    return (size_t)d->moved_count + d->count;
}

size_t drafts_waiting(const struct drafts *d)
{
    return d->count;
}

struct segment_draft drafts_at(const struct drafts *d, size_t index)
{
    const struct drafts_item *item = &d->items[index];
    const char *text = buffer_string(&d->text);

    return (struct segment_draft){
        .text = text + item->text_byte,
        .text_bytes = item->text_bytes,
        .speaker = item->speaker,
        .line = item->line,
        .start_ms = item->start_ms,
        .end_ms = item->end_ms,
        .kind = item->kind,
        .piece = item->piece,
        .extra = item->has_extra ? text + item->extra_byte : NULL,
    };
}

void drafts_set_speaker(struct drafts *d, size_t index, uint32_t speaker)
{
    d->items[index].speaker = speaker;
    if (speaker != SPEAKER_NONE && d->speakers[speaker]->at > d->moved_count + index)
        d->speakers[speaker]->at = d->moved_count + index;
}

/* ------------------------------------------------------------------------ the move */

void drafts_add_fact(struct drafts *d, const char *name, const char *value)
{
    MEMORY_RESERVE(d->facts, d->fact_capacity, d->fact_count + 1);
    d->facts[d->fact_count++] = (struct drafts_fact){memory_strdup(name), memory_strdup(value)};
}

static void move_facts(struct drafts *d, struct transcript *t)
{
    size_t i;

    for (i = 0; i < FIELD_COUNT; i++) {
        if (d->field_changed[i])
            transcript_set(t, (enum transcript_field)i, d->field[i]);
        d->field_changed[i] = false;
    }
    for (i = 0; i < d->fact_count; i++)
        transcript_add_fact(t, d->facts[i].name, d->facts[i].value);
    clear_facts(d);
    transcript_set_time_base(t, d->time_base);
    transcript_set_utc_offset(t, d->utc_offset_min);
}

/* Move the labels that occurred before a segment. */
static void move_speakers(struct drafts *d, struct transcript *t, uint64_t before)
{
    for (; d->speakers_moved < d->speaker_count; d->speakers_moved++) {
        struct drafts_speaker *s = d->speakers[d->speakers_moved];

        if (s->at > before)
            return;
        MEMORY_RESERVE(d->moved, d->moved_capacity, d->speakers_moved + 1);
        d->moved[d->speakers_moved] = s->defined ? transcript_define_speaker(t, &s->label)
                                                 : transcript_speaker(t, &s->label);
    }
}

/* A record with times has a time base, even if its reader did not state which: what is written
 * must read back the same. */
static void settle_clock(struct drafts *d)
{
    for (size_t i = 0; i < d->count && d->time_base == TIME_BASE_NONE; i++) {
        if (d->items[i].start_ms != TIME_NONE)
            d->time_base = TIME_BASE_ELAPSED;
    }
}

bool drafts_move(struct drafts *d, struct transcript *t, struct error *err)
{
    bool ok = true;
    size_t i;

    settle_clock(d);
    move_facts(d, t);
    transcript_expect(t, d->count, d->text.bytes);
    for (i = 0; ok && i < d->count; i++) {
        struct segment_draft draft = drafts_at(d, i);

        move_speakers(d, t, d->moved_count + i);
        if (draft.speaker != SPEAKER_NONE)
            draft.speaker = draft.speaker < d->speakers_moved ? d->moved[draft.speaker]
                                                              : SPEAKER_NONE;
        ok = transcript_append(t, &draft, err);
    }
    d->moved_count += d->count;
    move_speakers(d, t, d->moved_count);
    d->count = 0;
    if (d->text.capacity > KEPT_TEXT_BYTES)
        buffer_release(&d->text);
    buffer_clear(&d->text);
    return ok;
}
