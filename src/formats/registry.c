/* Registry: the readers and writers of formats/readers.h as tables. */
#include "shilu/formats/registry.h"

#include <string.h>
#include <strings.h>

#include "formats/json/json_preamble.h"
#include "formats/json/json_reader.h"
#include "formats/readers.h"
#include "shilu/formats/format_name.h"

static const struct reader_ops *const readers[] = {
#define READER_ROW(name) &reader_##name,
    READERS(READER_ROW)
#undef READER_ROW
        NULL,
};

static const struct writer_ops *const writers[] = {
#define WRITER_ROW(name) &writer_##name,
    WRITERS(WRITER_ROW)
#undef WRITER_ROW
        NULL,
};

const struct reader_ops *const *registry_readers(void)
{
    return readers;
}

const struct writer_ops *const *registry_writers(void)
{
    return writers;
}

const struct reader_ops *registry_reader(const char *name)
{
    const struct reader_ops *const *row;

    for (row = readers; *row != NULL; row++) {
        if (format_name_is(name, (*row)->name))
            return *row;
    }
    return NULL;
}

const struct writer_ops *registry_writer(const char *name)
{
    const struct writer_ops *const *row;

    for (row = writers; *row != NULL; row++) {
        if (format_name_is(name, (*row)->name))
            return *row;
    }
    return NULL;
}

const struct writer_ops *registry_writer_for_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    const struct writer_ops *const *row;

    for (row = writers; dot != NULL && *row != NULL; row++) {
        if (strcasecmp((*row)->extension, dot + 1) == 0)
            return *row;
    }
    return NULL;
}

void *reader_open(const struct reader_ops *reader)
{
    return reader->json != NULL ? json_reader_open(reader->json) : reader->open();
}

static bool is_json(const struct reader_ops *reader)
{
    return reader->json != NULL || reader->detect_json != NULL;
}

void registry_release(struct registry_candidate *candidates, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (candidates[i].self != NULL)
            candidates[i].reader->close(candidates[i].self);
        candidates[i].self = NULL;
    }
}

/* Insert it after those with at least its confidence. */
static size_t add_candidate(struct registry_candidate *candidates, size_t count, size_t most,
                            struct registry_candidate found)
{
    size_t at = count;

    if (found.confidence <= CONFIDENCE_NO)
        return count;
    while (at > 0 && candidates[at - 1].confidence < found.confidence)
        at--;
    if (at == most) {
        registry_release(&found, 1);
        return count;
    }
    if (count == most)
        registry_release(&candidates[--count], 1);
    memmove(candidates + at + 1, candidates + at, (count - at) * sizeof *candidates);
    candidates[at] = found;
    return count + 1;
}

/* For a head that is JSON, or begins like it. */
static size_t detect_json(const struct json_tree *tree, struct registry_candidate *candidates,
                          size_t most)
{
    const struct reader_ops *const *row;
    size_t count = 0;

    for (row = readers; *row != NULL; row++) {
        struct registry_candidate found = {*row, CONFIDENCE_NO, NULL};

        if ((*row)->json != NULL)
            found.confidence = json_format_detect((*row)->json, json_root(tree));
        else if ((*row)->detect_json != NULL)
            found.confidence = (*row)->detect_json(tree);
        count = add_candidate(candidates, count, most, found);
    }
    return count;
}

/* Nothing exceeds certainty. A reader that cannot exceed the best confidence so far is not
 * asked, since only readers of JSON are chosen by what they find. */
static bool can_win(const struct reader_ops *reader,
                    const struct registry_candidate *candidates, size_t count)
{
    return count == 0 || candidates[0].reader->by_result || reader->most == 0 ||
           reader->most > candidates[0].confidence;
}

static size_t detect_text(const char *head, size_t bytes, bool whole, bool binary,
                          struct registry_candidate *candidates, size_t count, size_t most)
{
    struct registry_candidate refused = {NULL, CONFIDENCE_NO, NULL};
    const struct reader_ops *const *row;

    for (row = readers; *row != NULL; row++) {
        struct registry_candidate found = {*row, CONFIDENCE_NO, NULL};

        if (is_json(*row) || (*row)->binary != binary || !can_win(*row, candidates, count))
            continue;
        found.confidence = (*row)->detect_kept != NULL
                               ? (*row)->detect_kept(head, bytes, whole, &found.self)
                               : (*row)->detect(head, bytes, whole);
        if (found.confidence <= CONFIDENCE_NO && found.self != NULL) {
            registry_release(&refused, 1);
            refused = found;
        } else if (found.confidence > CONFIDENCE_NO && refused.self != NULL &&
                   (*row)->reads_after == refused.reader) {
            found.self = refused.self;
            refused.self = NULL;
        }
        count = add_candidate(candidates, count, most, found);
        if (found.confidence == CONFIDENCE_CERTAIN)
            break;
    }
    registry_release(&refused, 1);
    return count;
}

/* "[00:10] Good morning" begins like JSON but fails at once; a damaged file fails later. */
enum { JSON_NODES_MIN = 3 };

/* shilu's own JSON identifies itself in one of its first members; then the rest of the head is
 * not examined. An object that ends with its line may be the first one of JSON Lines. */
enum { OWN_MARK_BYTES = 256 };

static bool is_own_json(struct span head)
{
    size_t bytes = head.length < OWN_MARK_BYTES ? head.length : OWN_MARK_BYTES;
    struct json_tree tree = {0};
    enum json_tree_status status = json_tree_parse(&tree, head.data, bytes);
    bool own = status == JSON_TREE_CUT &&
               reader_shilu_json.detect_json(&tree) == CONFIDENCE_CERTAIN;

    json_tree_release(&tree);
    return own && (memchr(head.data, '\n', bytes) != NULL ||
                   memchr(head.data, '\n', head.length) == NULL);
}

size_t registry_detect(const char *head, size_t bytes, bool whole, bool binary,
                       struct registry_candidate *candidates, size_t most)
{
    struct json_tree tree = {0};
    size_t blank = json_preamble_bytes(span_of(head, bytes));
    size_t count = 0;
    bool sound = false;

    if (!binary && blank < bytes && (head[blank] == '{' || head[blank] == '[')) {
        if (is_own_json(span_of(head + blank, bytes - blank)))
            return add_candidate(
                candidates, 0, most,
                (struct registry_candidate){&reader_shilu_json, CONFIDENCE_CERTAIN, NULL});
        json_tree_parse(&tree, head + blank, bytes - blank);
        sound = tree.error == NULL;
        if (sound || tree.count >= JSON_NODES_MIN)
            count = detect_json(&tree, candidates, most);
        json_tree_release(&tree);
    }
    if (count == 0 || !sound)
        count = detect_text(head, bytes, whole, binary, candidates, count, most);
    return count;
}
