/* Speaker search. Every text is compared in folded form (text/fold); a speaker's rank is the
 * best of all its texts. */
#include "shilu/model/find.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/text/fold.h"
#include "shilu/text/name_reading.h"

/* Best first. */
enum rank {
    RANK_EXACT,
    RANK_START,
    RANK_PART,
    RANK_READING_START,
    RANK_READING,
    RANK_ROLE,
    RANK_NONE
};

struct query {
    struct buffer folded;
    struct buffer solid; /* without spaces */
    bool ascii;
};

struct candidate {
    uint64_t turns;
    uint32_t speaker;
    enum rank rank;
};

static void append_solid(struct buffer *out, const struct buffer *text)
{
    size_t i;

    for (i = 0; i < text->bytes; i++) {
        if (text->data[i] != ' ')
            buffer_append_char(out, text->data[i]);
    }
}

static void trim(struct buffer *b)
{
    while (b->bytes > 0 && b->data[b->bytes - 1] == ' ')
        b->data[--b->bytes] = '\0';
    if (b->bytes > 0 && b->data[0] == ' ')
        buffer_drop_front(b, 1);
}

static void query_init(struct query *q, const char *text)
{
    size_t i;

    *q = (struct query){.ascii = true};
    fold_append(&q->folded, text, strlen(text));
    trim(&q->folded);
    append_solid(&q->solid, &q->folded);
    for (i = 0; i < q->folded.bytes; i++)
        q->ascii = q->ascii && (unsigned char)q->folded.data[i] < 0x80;
}

static void query_release(struct query *q)
{
    buffer_release(&q->folded);
    buffer_release(&q->solid);
}

static enum rank rank_place(const char *text, const char *query)
{
    const char *found = strstr(text, query);

    if (found == NULL)
        return RANK_NONE;
    if (found > text)
        return RANK_PART;
    return strcmp(text, query) == 0 ? RANK_EXACT : RANK_START;
}

/* If a text has letters that separate words by spaces, a space is significant; elsewhere it is
 * only layout (李 明). */
static enum rank rank_folded(const struct query *q, const struct buffer *text)
{
    enum rank rank = rank_place(buffer_string(text), q->folded.data);

    if (rank != RANK_EXACT && !q->ascii) {
        struct buffer solid = {0};
        enum rank other;

        append_solid(&solid, text);
        other = rank_place(buffer_string(&solid), q->solid.data);
        rank = other < rank ? other : rank;
        buffer_release(&solid);
    }
    return rank;
}

static enum rank rank_reading(const struct query *q, const char *name,
                              const struct buffer *folded)
{
    const char *text = buffer_string(folded);
    const char *query = q->folded.data;
    enum name_reading_place best = name_reading_pinyin(name, strlen(name), query,
                                                       q->folded.bytes);
    enum name_reading_place places[] = {
        name_reading_hangul(text, folded->bytes, query, q->folded.bytes),
        name_reading_kana(text, folded->bytes, query, q->folded.bytes),
        name_reading_initials(text, folded->bytes, query, q->folded.bytes)};
    size_t i;

    for (i = 0; i < sizeof places / sizeof *places; i++)
        best = places[i] > best ? places[i] : best;
    if (best == NAME_READING_NONE)
        return RANK_NONE;
    return best == NAME_READING_START ? RANK_READING_START : RANK_READING;
}

/* A name or alias. */
static enum rank rank_name(const struct query *q, const char *name)
{
    struct buffer folded = {0};
    enum rank rank;

    fold_append(&folded, name, strlen(name));
    trim(&folded);
    rank = rank_folded(q, &folded);
    if (rank == RANK_NONE)
        rank = rank_reading(q, name, &folded);
    buffer_release(&folded);
    return rank;
}

/* A role or organization, alone or followed by the name, as records print the two. */
static enum rank rank_role(const struct query *q, const char *role, const char *name)
{
    struct buffer folded = {0};
    enum rank rank;

    if (role == NULL)
        return RANK_NONE;
    fold_append(&folded, role, strlen(role));
    buffer_append_char(&folded, ' ');
    fold_append(&folded, name, strlen(name));
    trim(&folded);
    rank = rank_folded(q, &folded);
    buffer_release(&folded);
    return rank == RANK_NONE || rank == RANK_EXACT ? rank : RANK_ROLE;
}

static enum rank rank_id(const struct query *q, const char *id)
{
    struct buffer folded = {0};
    enum rank rank;

    if (id == NULL)
        return RANK_NONE;
    fold_append(&folded, id, strlen(id));
    rank = rank_folded(q, &folded);
    buffer_release(&folded);
    return rank == RANK_NONE || rank == RANK_EXACT ? rank : RANK_ROLE;
}

static enum rank better(enum rank a, enum rank b)
{
    return a < b ? a : b;
}

static enum rank rank_speaker(const struct query *q, const struct speaker *speaker)
{
    enum rank rank = rank_name(q, speaker->name);
    size_t i;

    for (i = 0; speaker->aliases != NULL && speaker->aliases[i] != NULL; i++)
        rank = better(rank, rank_name(q, speaker->aliases[i]));
    if (rank <= RANK_START)
        return rank;
    rank = better(rank, rank_role(q, speaker->role, speaker->name));
    rank = better(rank, rank_role(q, speaker->organization, speaker->name));
    return better(rank, rank_id(q, speaker->id));
}

static int compare(const void *a, const void *b)
{
    const struct candidate *x = a;
    const struct candidate *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    if (x->turns != y->turns)
        return x->turns > y->turns ? -1 : 1;
    return (x->speaker > y->speaker) - (x->speaker < y->speaker);
}

bool speaker_find_matches(const char *query, const struct speaker *speaker)
{
    struct query q;
    bool found;

    query_init(&q, query);
    found = q.solid.bytes > 0 && rank_speaker(&q, speaker) != RANK_NONE;
    query_release(&q);
    return found;
}

size_t speaker_find(const struct transcript *t, const char *query, uint32_t *found, size_t most)
{
    struct candidate *candidates = NULL;
    size_t capacity = 0;
    size_t count = 0;
    size_t i;
    struct query q;

    query_init(&q, query);
    for (i = 0; q.solid.bytes > 0 && i < transcript_speaker_count(t); i++) {
        const struct speaker *speaker = transcript_speaker_at(t, (uint32_t)i);
        enum rank rank = rank_speaker(&q, speaker);

        if (rank == RANK_NONE || !transcript_lists_speaker(t, (uint32_t)i))
            continue;
        MEMORY_RESERVE(candidates, capacity, count + 1);
        candidates[count++] = (struct candidate){speaker->turns, (uint32_t)i, rank};
    }
    if (count > 0)
        qsort(candidates, count, sizeof *candidates, compare);
    if (count > most)
        count = most;
    for (i = 0; i < count; i++)
        found[i] = candidates[i].speaker;
    free(candidates);
    query_release(&q);
    return count;
}
