/* Speakers: interned by id and by name. Invariant: each key of by_id and by_name refers to a
 * number below speaker_count; names are compared without outer white space and with each inner
 * run of it as one space, otherwise exactly. */
#include "shilu/model/speaker.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "model/transcript_private.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"

static const char *const kind_names[] = {
    [SPEAKER_UNKNOWN] = "unknown",         [SPEAKER_HOST] = "host",
    [SPEAKER_OFFICIAL] = "official",       [SPEAKER_REPORTER] = "reporter",
    [SPEAKER_PARTICIPANT] = "participant",
};

const char *speaker_kind_name(enum speaker_kind kind)
{
    return kind_names[kind];
}

bool speaker_kind_parse(const char *name, enum speaker_kind *kind)
{
    size_t i;

    for (i = 0; i < sizeof kind_names / sizeof *kind_names; i++) {
        if (strcmp(name, kind_names[i]) == 0) {
            *kind = (enum speaker_kind)i;
            return true;
        }
    }
    return false;
}

/* The length of white space at the start: ASCII, U+00A0, U+3000; 0 for none. */
static size_t space_bytes(const char *s)
{
    if (*s == ' ' || (*s >= '\t' && *s <= '\r'))
        return 1;
    if (strncmp(s, "\xC2\xA0", 2) == 0)
        return 2;
    return strncmp(s, "\xE3\x80\x80", 3) == 0 ? 3 : 0;
}

char *speaker_tidy(const char *name)
{
    struct buffer out = {0};
    size_t space;

    for (; name != NULL && *name != '\0'; name += space > 0 ? space : 1) {
        space = space_bytes(name);
        if (space == 0)
            buffer_append_char(&out, *name);
        else if (out.bytes > 0 && out.data[out.bytes - 1] != ' ')
            buffer_append_char(&out, ' ');
    }
    if (out.bytes > 0 && out.data[out.bytes - 1] == ' ')
        out.data[--out.bytes] = '\0';
    if (out.bytes == 0) {
        buffer_release(&out);
        return NULL;
    }
    return buffer_take(&out);
}

static uint32_t look_up(struct speaker_key *keys, const char *text)
{
    struct speaker_key *found = NULL;

    if (text != NULL)
        HASH_FIND_STR(keys, text, found);
    return found != NULL ? found->speaker : SPEAKER_NONE;
}

/* The first meaning of a key counts. */
static void add_key(struct speaker_key **keys, const char *text, uint32_t speaker)
{
    struct speaker_key *key;

    if (text == NULL || look_up(*keys, text) != SPEAKER_NONE)
        return;
    key = memory_zalloc(1, sizeof *key);
    key->text = memory_strdup(text);
    key->speaker = speaker;
    HASH_ADD_KEYPTR(hh, *keys, key->text, strlen(key->text), key);
}

static void free_keys(struct speaker_key **keys)
{
    struct speaker_key *key;
    struct speaker_key *next;

    HASH_ITER(hh, *keys, key, next)
    {
        HASH_DEL(*keys, key);
        free(key->text);
        free(key);
    }
}

void speakers_release(struct transcript *t)
{
    size_t i;
    char **alias;

    for (i = 0; i < t->speaker_count; i++) {
        struct speaker *s = &t->speakers[i];

        free(s->id);
        free(s->name);
        free(s->role);
        free(s->organization);
        free(s->extra);
        for (alias = s->aliases; alias != NULL && *alias != NULL; alias++)
            free(*alias);
        free(s->aliases);
    }
    free(t->speakers);
    free(t->facts);
    free_keys(&t->by_id);
    free_keys(&t->by_name);
    free_keys(&t->by_shown);
}

static bool ends_with_any(const char *text, const char *const *ends)
{
    size_t bytes = text != NULL ? strlen(text) : 0;

    for (; bytes > 0 && *ends != NULL; ends++) {
        size_t end_bytes = strlen(*ends);

        if (bytes >= end_bytes && strcasecmp(text + bytes - end_bytes, *ends) == 0)
            return true;
    }
    return false;
}

/* Like strcasestr, whose setup is expensive for the few letters of a name. */
static bool holds(const char *text, const char *word)
{
    size_t bytes = strlen(word);

    for (; *text != '\0'; text++)
        if (((*text ^ *word) & ~('a' ^ 'A')) == 0 && strncasecmp(text, word, bytes) == 0)
            return true;
    return false;
}

static bool holds_any(const char *text, const char *const *words)
{
    for (; text != NULL && *words != NULL; words++) {
        if (holds(text, *words))
            return true;
    }
    return false;
}

static bool is_any(const char *text, const char *const *words)
{
    while (*words != NULL && strcasecmp(text, *words) != 0)
        words++;
    return *words != NULL;
}

/* A label that names an occupation, not a person. */
static const char *const reporter_ends[] = {"記者",     "记者",          "기자",       "기자단",
                                            "reporter", "correspondent", "journalist", NULL};
/* A label for an unnamed person who asks. */
static const char *const asker_names[] = {"Q",    "Question", "问",   "問", "追问",
                                          "追問", "提问",     "提問", NULL};
static const char *const host_words[] = {"主持",
                                         "司会",
                                         "司會",
                                         "사회자",
                                         "議長",
                                         "议长",
                                         "委員長",
                                         "moderator",
                                         "chairman",
                                         "chairwoman",
                                         "chairperson",
                                         "host",
                                         "presiding officer",
                                         NULL};

static void replace(char **kept, const char *said)
{
    if (*kept == NULL)
        *kept = speaker_tidy(said);
}

static void add_aliases(struct transcript *t, uint32_t number, const char *const *aliases)
{
    struct speaker *s = &t->speakers[number];
    size_t have = 0;

    while (s->aliases != NULL && s->aliases[have] != NULL)
        have++;
    for (; aliases != NULL && *aliases != NULL; aliases++) {
        char *alias = speaker_tidy(*aliases);

        if (alias == NULL)
            continue;
        add_key(&t->by_name, alias, number);
        s->aliases = memory_realloc(s->aliases, have + 2, sizeof *s->aliases);
        s->aliases[have++] = alias;
        s->aliases[have] = NULL;
    }
}

/* Add what is new in a label. */
static void learn(struct transcript *t, uint32_t number, const struct speaker_label *label)
{
    struct speaker *s = &t->speakers[number];
    struct speaker_facts *facts = &t->facts[number];

    if (s->id == NULL && label->id != NULL)
        s->id = memory_strdup(label->id);
    add_key(&t->by_id, label->id, number);
    replace(&s->role, label->role);
    replace(&s->organization, label->organization);
    add_aliases(t, number, label->aliases);
    if (s->extra == NULL && label->extra != NULL)
        s->extra = memory_strdup(label->extra);
    if (facts->stated == SPEAKER_UNKNOWN)
        facts->stated = label->kind;
    s->kind = facts->stated;
    facts->reporter = ends_with_any(s->name, reporter_ends) ||
                      ends_with_any(s->role, reporter_ends) || is_any(s->name, asker_names);
    facts->host_label = holds_any(s->role, host_words) || holds_any(s->name, host_words) ||
                        strcmp(s->name, "主席") == 0;
}

/* Takes ownership of the name. */
static uint32_t add_speaker(struct transcript *t, char *name)
{
    uint32_t number = (uint32_t)t->speaker_count;

    MEMORY_RESERVE(t->speakers, t->speaker_capacity, t->speaker_count + 1);
    MEMORY_RESERVE(t->facts, t->facts_capacity, t->speaker_count + 1);
    t->speakers[number] = (struct speaker){.name = name};
    t->facts[number] = (struct speaker_facts){0};
    t->speaker_count++;
    add_key(t->map != NULL ? &t->by_shown : &t->by_name, name, number);
    return number;
}

/* The name that the user's map gives to a label, by its name, id or alias. */
static const char *mapped_name(const struct transcript *t, const struct speaker_label *label)
{
    const char *const *alias;
    const char *name = speaker_map_find(t->map, label->name);

    if (name == NULL)
        name = speaker_map_find(t->map, label->id);
    for (alias = label->aliases; name == NULL && alias != NULL && *alias != NULL; alias++)
        name = speaker_map_find(t->map, *alias);
    return name;
}

/* Takes ownership of the name from the file. With a map, the name in the file and the displayed
 * name differ: the first becomes an alias, so that both find the speaker. */
static uint32_t intern(struct transcript *t, char *name, const struct speaker_label *label)
{
    const char *const former[] = {name, NULL};
    const char *shown = mapped_name(t, label);
    uint32_t number;

    if (t->map == NULL)
        return add_speaker(t, name);
    number = look_up(t->by_shown, shown != NULL ? shown : name);
    if (number == SPEAKER_NONE)
        number = add_speaker(t, memory_strdup(shown != NULL ? shown : name));
    if (strcmp(t->speakers[number].name, name) != 0)
        add_aliases(t, number, former);
    add_key(&t->by_name, name, number);
    free(name);
    return number;
}

/* Usually a segment refers to a known speaker by name or id alone. */
static uint32_t met_before(const struct transcript *t, const struct speaker_label *label)
{
    uint32_t number;

    if (label->name == NULL || label->id != NULL || label->role != NULL ||
        label->organization != NULL || label->aliases != NULL || label->extra != NULL ||
        label->kind != SPEAKER_UNKNOWN)
        return SPEAKER_NONE;
    number = look_up(t->by_id, label->name);
    return number != SPEAKER_NONE ? number : look_up(t->by_name, label->name);
}

/* The file names a speaker whom only a correction had named so far. */
static uint32_t meet(struct transcript *t, uint32_t number)
{
    t->facts[number].by_hand = false;
    if (t->speakers[number].gone && t->facts[number].merged_into == SPEAKER_NONE)
        t->speakers[number].gone = false;
    return number;
}

uint32_t transcript_speaker(struct transcript *t, const struct speaker_label *label)
{
    uint32_t met = met_before(t, label);
    char *name;
    uint32_t number;

    if (met != SPEAKER_NONE)
        return meet(t, met);
    name = speaker_tidy(label->name);
    number = look_up(t->by_id, label->id);
    if (number == SPEAKER_NONE && label->id == NULL)
        number = look_up(t->by_id, name);
    if (number == SPEAKER_NONE)
        number = look_up(t->by_name, name);
    if (number == SPEAKER_NONE) {
        if (name == NULL)
            name = speaker_tidy(label->id);
        if (name == NULL)
            return SPEAKER_NONE;
        number = intern(t, name, label);
    } else {
        free(name);
    }
    learn(t, number, label);
    return meet(t, number);
}

/* A speaker whom segments named, by id or name, before the list defined them. */
static uint32_t undefined_before(const struct transcript *t, const char *id, const char *name)
{
    uint32_t number = look_up(t->by_name, id);

    if (number == SPEAKER_NONE || t->speakers[number].defined)
        number = look_up(t->by_name, name);
    if (number == SPEAKER_NONE || t->speakers[number].defined)
        return SPEAKER_NONE;
    return number;
}

static void redirect_keys(struct speaker_key *keys, uint32_t from, uint32_t to)
{
    struct speaker_key *key;

    for (key = keys; key != NULL; key = key->hh.next)
        if (key->speaker == from)
            key->speaker = to;
}

/* Two speakers who have spoken turn out to be one: merge `from` into `to`. The number of `from`
 * remains, without a speaker, for readers that still hold it. */
static void join_speakers(struct transcript *t, uint32_t from, uint32_t to)
{
    struct speaker *gone = &t->speakers[from];
    struct speaker *one = &t->speakers[to];
    size_t i;

    redirect_keys(t->by_id, from, to);
    redirect_keys(t->by_name, from, to);
    t->facts[from].merged_into = to;
    gone->gone = true;
    if (gone->segments == 0)
        return;
    one->first = one->segments == 0 || gone->first < one->first ? gone->first : one->first;
    one->last = one->segments == 0 || gone->last > one->last ? gone->last : one->last;
    one->segments += gone->segments;
    gone->segments = 0;
    t->facts[to].characters += t->facts[from].characters;
    t->facts[from].characters = 0;
    for (i = 0; i < t->count; i++)
        if (t->segments[i].speaker == from)
            t->segments[i].speaker = to;
    turns_rebuild(t);
}

uint32_t speaker_resolve(const struct transcript *t, uint32_t speaker)
{
    while (speaker != SPEAKER_NONE && t->speakers[speaker].gone)
        speaker = t->facts[speaker].merged_into;
    return speaker;
}

/* Takes ownership of the name: a speaker named by segments gets the name of the list. */
static uint32_t rename_speaker(struct transcript *t, uint32_t number, char *name,
                               const struct speaker_label *label)
{
    const char *const former[] = {name, NULL};
    const char *shown = mapped_name(t, label);
    uint32_t namesake = t->map != NULL ? look_up(t->by_shown, shown != NULL ? shown : name)
                                       : SPEAKER_NONE;

    add_key(&t->by_name, name, number);
    if (namesake != SPEAKER_NONE && namesake != number) {
        join_speakers(t, number, namesake);
        if (strcmp(t->speakers[namesake].name, name) != 0)
            add_aliases(t, namesake, former);
        free(name);
        return namesake;
    }
    if (shown != NULL) {
        add_aliases(t, number, former);
        free(name);
        name = memory_strdup(shown);
    }
    free(t->speakers[number].name);
    t->speakers[number].name = name;
    if (t->map != NULL)
        add_key(&t->by_shown, name, number);
    return number;
}

uint32_t transcript_define_speaker(struct transcript *t, const struct speaker_label *label)
{
    char *name = speaker_tidy(label->name != NULL ? label->name : label->id);
    uint32_t number = look_up(t->by_id, label->id);

    if (number == SPEAKER_NONE)
        number = undefined_before(t, label->id, name);
    if (name == NULL && number == SPEAKER_NONE)
        return SPEAKER_NONE;
    if (number == SPEAKER_NONE)
        number = intern(t, name, label);
    else if (name != NULL)
        number = rename_speaker(t, number, name, label);
    t->speakers[number].defined = true;
    learn(t, number, label);
    return meet(t, number);
}

uint32_t transcript_speaker_named(const struct transcript *t, const char *name)
{
    char *tidy = speaker_tidy(name);
    uint32_t number = look_up(t->by_shown, tidy);

    if (number == SPEAKER_NONE)
        number = look_up(t->by_name, tidy);
    if (number == SPEAKER_NONE)
        number = look_up(t->by_id, tidy);
    free(tidy);
    return speaker_resolve(t, number);
}

uint32_t transcript_corrected_speaker(struct transcript *t, const char *name)
{
    size_t known = t->speaker_count;
    uint32_t number = transcript_speaker_named(t, name);
    bool was_by_hand;

    if (number != SPEAKER_NONE || name == NULL)
        return number;
    number = met_before(t, &(struct speaker_label){.name = name});
    was_by_hand = number != SPEAKER_NONE && t->facts[number].by_hand;
    number = transcript_speaker(t, &(struct speaker_label){.name = name});
    if (number != SPEAKER_NONE)
        t->facts[number].by_hand = was_by_hand || number >= known;
    return number;
}

void speakers_tidy(struct transcript *t)
{
    for (size_t i = 0; i < t->speaker_count; i++) {
        if (!t->facts[i].by_hand || t->speakers[i].segments > 0)
            continue;
        t->speakers[i].gone = true;
        t->facts[i].merged_into = SPEAKER_NONE;
    }
}

void speakers_reset(struct transcript *t)
{
    t->counted_segments = 0;
    for (size_t i = 0; i < t->speaker_count; i++) {
        struct speaker *s = &t->speakers[i];

        s->segments = s->turns = 0;
        s->first = s->last = 0;
        t->facts[i].characters = 0;
        t->facts[i].answers = t->facts[i].asks = false;
    }
}

void transcript_set_speaker_map(struct transcript *t, const struct speaker_map *map)
{
    t->map = map;
}

size_t transcript_speaker_count(const struct transcript *t)
{
    return t->speaker_count;
}

const struct speaker *transcript_speaker_at(const struct transcript *t, uint32_t speaker)
{
    return &t->speakers[speaker];
}

void transcript_count_characters(struct transcript *t)
{
    for (; t->counted_segments < t->count; t->counted_segments++) {
        const struct segment *s = &t->segments[t->counted_segments];

        if (s->speaker != SPEAKER_NONE)
            t->facts[s->speaker].characters += bytes_count_visible(t->arena.data + s->text_byte,
                                                                   s->text_bytes);
    }
}

uint64_t transcript_speaker_characters(const struct transcript *t, uint32_t speaker)
{
    transcript_count_characters((struct transcript *)t);
    return t->facts[speaker].characters;
}

bool transcript_lists_speaker(const struct transcript *t, uint32_t speaker)
{
    const struct speaker *s = &t->speakers[speaker];

    return !s->gone && (s->segments > 0 || s->defined || !t->facts[speaker].has_spoken);
}

size_t transcript_listed_speakers(const struct transcript *t)
{
    size_t count = 0;

    for (uint32_t i = 0; i < t->speaker_count; i++)
        count += transcript_lists_speaker(t, i);
    return count;
}

bool transcript_lists_nobody(const struct transcript *t)
{
    for (uint32_t i = 0; i < t->speaker_count; i++)
        if (transcript_lists_speaker(t, i))
            return false;
    return true;
}

/* Whoever opens a record of questions and answers and never answers is its host. Someone who
 * answers a reporter is not, even if the role is "chair". */
static bool is_host(const struct transcript *t, uint32_t speaker)
{
    const struct speaker_facts *facts = &t->facts[speaker];

    if (facts->answers)
        return false;
    if (facts->host_label)
        return true;
    return t->question_count > 0 && t->count > 0 && t->segments[0].speaker == speaker;
}

/* In a record of questions, a speaker with a role who asks nothing is one of those being asked,
 * even if another one took the question and passed it on. */
static bool is_of_the_panel(const struct transcript *t, uint32_t speaker)
{
    const struct speaker *s = &t->speakers[speaker];

    return t->question_count > 0 && s->role != NULL && s->segments > 0 &&
           !t->facts[speaker].asks;
}

enum speaker_kind transcript_speaker_kind(const struct transcript *t, uint32_t speaker)
{
    const struct speaker_facts *facts = &t->facts[speaker];

    if (facts->stated != SPEAKER_UNKNOWN)
        return facts->stated;
    if (facts->reporter)
        return SPEAKER_REPORTER;
    if (is_host(t, speaker))
        return SPEAKER_HOST;
    return facts->answers || is_of_the_panel(t, speaker) ? SPEAKER_OFFICIAL : SPEAKER_UNKNOWN;
}

static const char *const segment_kind_names[] = {
    [SEGMENT_UNKNOWN] = "unknown",   [SEGMENT_REMARK] = "remark",
    [SEGMENT_QUESTION] = "question", [SEGMENT_ANSWER] = "answer",
    [SEGMENT_HEADING] = "heading",
};

const char *segment_kind_name(enum segment_kind kind)
{
    return segment_kind_names[kind];
}

bool segment_kind_parse(const char *name, enum segment_kind *kind)
{
    size_t i;

    for (i = SEGMENT_REMARK; i <= SEGMENT_HEADING; i++) {
        if (strcmp(name, segment_kind_names[i]) == 0) {
            *kind = (enum segment_kind)i;
            return true;
        }
    }
    return false;
}
