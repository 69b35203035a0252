/* Index search. */
#include "shilu/index/index_search.h"

#include <stdlib.h>
#include <string.h>

#include "index/index_root.h"
#include "shilu/base/memory.h"
#include "shilu/index/index_store.h"
#include "shilu/text/matcher.h"
#include "shilu/text/search_terms.h"

struct searched {
    struct index_root root;
    struct index_answer *answer;
};

struct index_search {
    struct searched *folders; /* owned */
    size_t count;
};

static void want(struct search_terms_wants *wants, const struct index_search_query *query)
{
    unsigned flags = query->flags;
    size_t bytes = strlen(query->text);
    size_t prefix = matcher_read_prefix(query->text, bytes, &flags);

    if ((flags & MATCHER_PATTERN) != 0)
        search_terms_wants_add_pattern(wants, query->text + prefix, bytes - prefix);
    else
        search_terms_wants_add(wants, query->text + prefix, bytes - prefix);
}

static struct index_answer *ask(const char *path, const struct search_terms_wants *wants,
                                const struct index_search_query *query)
{
    struct error ignored; /* without an index all files are searched */
    struct index_store *store = index_store_open(path, &ignored);
    struct index_answer *answer = NULL;

    if (store != NULL)
        answer = index_store_ask(store, wants, query->speakers, query->speaker_count, &ignored);
    index_store_free(store);
    return answer;
}

struct index_search *index_search_new(char *const *paths, size_t count,
                                      const struct index_search_query *query)
{
    struct index_search *s = memory_zalloc(1, sizeof *s);
    struct search_terms_wants wants = {0};
    size_t i;

    want(&wants, query);
    s->folders = memory_zalloc(count + 1, sizeof *s->folders);
    for (i = 0; (wants.count > 0 || query->speaker_count > 0) && i < count; i++) {
        struct searched *folder = &s->folders[s->count];

        if (!index_root_init(&folder->root, paths[i], false))
            continue;
        folder->answer = ask(folder->root.path, &wants, query);
        if (folder->answer != NULL)
            s->count++;
        else
            index_root_release(&folder->root);
    }
    search_terms_wants_release(&wants);
    if (s->count > 0)
        return s;
    index_search_free(s);
    return NULL;
}

void index_search_free(struct index_search *s)
{
    size_t i;

    if (s == NULL)
        return;
    for (i = 0; i < s->count; i++) {
        index_root_release(&s->folders[i].root);
        index_answer_free(s->folders[i].answer);
    }
    free(s->folders);
    free(s);
}

static bool may_match(const struct searched *folder, const char *path,
                      const struct file_stamp *known, struct buffer *file)
{
    struct file_stamp stamp;
    bool settled;

    if (!index_root_file(&folder->root, path, file) ||
        (known == NULL && !file_stamp_of(path, &stamp, &settled)))
        return true;
    return index_answer_of(folder->answer, file->data, known != NULL ? known : &stamp) !=
           INDEX_NO;
}

bool index_search_may_match_at(const struct index_search *s, const char *path,
                               const struct file_stamp *stamp)
{
    struct buffer file = {0};
    bool may = true;

    for (size_t i = 0; s != NULL && may && i < s->count; i++)
        may = may_match(&s->folders[i], path, stamp, &file);
    buffer_release(&file);
    return may;
}

bool index_search_may_match(const struct index_search *s, const char *path)
{
    return index_search_may_match_at(s, path, NULL);
}
