/* The selection options. They are evaluated once the record is loaded, since the meaning of
 * "10:25" or of part of a name depends on it. */
#include "shilu/cli/selection_options.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/model/find.h"
#include "shilu/text/fold.h"

enum { CANDIDATES_NAMED = 5 };

static bool is_same(const char *query, const char *name)
{
    return name != NULL && fold_equal(query, strlen(query), name, strlen(name));
}

static bool is_exactly(const char *query, const struct speaker *speaker)
{
    char **alias;

    if (is_same(query, speaker->name) || is_same(query, speaker->id))
        return true;
    for (alias = speaker->aliases; alias != NULL && *alias != NULL; alias++)
        if (is_same(query, *alias))
            return true;
    return false;
}

static bool refuse_ambiguous(const struct transcript *t, const char *query,
                             const uint32_t *found, size_t count, struct error *err)
{
    struct buffer names = {0};
    size_t i;

    for (i = 0; i < count && i < CANDIDATES_NAMED; i++)
        buffer_append_format(&names, "%s%s", i > 0 ? ", " : "",
                             transcript_speaker_at(t, found[i])->name);
    if (count > CANDIDATES_NAMED)
        buffer_append_format(&names, _(" and %zu more"), count - CANDIDATES_NAMED);
    error_set(err, ERROR_USAGE, "speaker '%s' is ambiguous: %s", query, names.data);
    buffer_release(&names);
    return false;
}

static enum exit_status select_speaker(struct selection *selection, const struct transcript *t,
                                       const char *query, enum selection_options_speakers how,
                                       struct error *err)
{
    size_t most = transcript_speaker_count(t);
    uint32_t *found = memory_alloc((most + 1) * sizeof *found);
    size_t count = speaker_find(t, query, found, most);
    enum exit_status status = EXIT_DONE;
    size_t i;

    if (count == 0) {
        error_set(err, ERROR_USAGE, "no speaker matches '%s'", query);
        status = EXIT_NOTHING;
    } else if (count > 1 && is_exactly(query, transcript_speaker_at(t, found[0]))) {
        count = 1;
    } else if (count > 1 && how == SELECT_ONE) {
        refuse_ambiguous(t, query, found, count, err);
        status = EXIT_TROUBLE;
    }
    for (i = 0; status == EXIT_DONE && i < count; i++)
        selection_solo_add(selection, found[i]);
    free(found);
    return status;
}

static enum exit_status selection_options_speakers(struct selection *selection,
                                                   const struct transcript *t,
                                                   const struct options *o,
                                                   enum selection_options_speakers how,
                                                   struct error *err)
{
    enum exit_status worst = EXIT_DONE;
    size_t taken = 0;
    size_t i;

    for (i = 0; i < o->speaker_count; i++) {
        enum exit_status status = select_speaker(selection, t, o->speakers[i], how, err);

        /* When searching many files for several people, those who occur in a file count. */
        if (status != EXIT_DONE && how == SELECT_ONE)
            return status;
        taken += status == EXIT_DONE;
        if (status > worst)
            worst = status;
    }
    return taken > 0 ? EXIT_DONE : worst;
}

static bool parse_moment(const struct transcript *t, const char *text, int64_t from_ms,
                         struct time_query *query, struct error *err)
{
    int64_t first_ms = 0;
    int64_t last_ms = 0;

    transcript_span(t, &first_ms, &last_ms);
    if (text[0] == '-')
        from_ms = last_ms;
    else if (from_ms == TIME_NONE)
        from_ms = first_ms;
    return time_query_parse(t, text, from_ms, query, err);
}

static bool select_times(struct selection *selection, const struct transcript *t,
                         const struct options *o, struct error *err)
{
    struct time_query query;

    if (o->from != NULL) {
        if (!parse_moment(t, o->from, TIME_NONE, &query, err))
            return false;
        selection->from_ms = query.ms;
    }
    if (o->to != NULL) {
        if (!parse_moment(t, o->to, selection->from_ms, &query, err))
            return false;
        /* A time shown as 10:31:00 lasts until 10:31:01. */
        selection->to_ms = query.ms + (query.precision_ms < 1000 ? 1 : 1000);
    }
    return true;
}

static enum exit_status select_question(struct selection *selection, const struct transcript *t,
                                        long question, struct error *err)
{
    size_t count = transcript_exchange_count(t);

    if (question == 0)
        return EXIT_DONE;
    if ((unsigned long)question > count) {
        error_set(err, ERROR_USAGE, "there is no question %ld: the record has %zu", question,
                  count);
        return EXIT_NOTHING;
    }
    selection->exchange = (uint32_t)(question - 1);
    return EXIT_DONE;
}

enum exit_status selection_options_parse(struct selection *selection,
                                         const struct transcript *t, const struct options *o,
                                         enum selection_options_speakers how, struct error *err)
{
    enum exit_status status;

    *selection = SELECTION_INIT;
    if (o->kind != NULL && !segment_kind_parse(o->kind, &selection->kind)) {
        error_set(err, ERROR_USAGE, "unknown kind '%s'", o->kind);
        return EXIT_TROUBLE;
    }
    status = selection_options_speakers(selection, t, o, how, err);
    if (status == EXIT_DONE)
        status = select_question(selection, t, o->question, err);
    if (status == EXIT_DONE && !select_times(selection, t, o, err))
        status = EXIT_TROUBLE;
    return status;
}
