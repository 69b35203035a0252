/* Library: one file is read, for what the list tells of it. */
#include <string.h>

#include "library/library_private.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/library/library_cache.h"

static int64_t date_of(const struct transcript *t)
{
    const char *date = transcript_get(t, FIELD_DATE);
    int64_t first_ms;
    int64_t last_ms;
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (date != NULL &&
        civil_parse_date_time(date, strlen(date), &ms, &offset, &has_time, &used))
        return ms;
    if (transcript_has_days(t) && transcript_span(t, &first_ms, &last_ms))
        return first_ms;
    return TIME_NONE;
}

static int64_t length_of(const struct transcript *t)
{
    int64_t first_ms;
    int64_t last_ms;

    if (!transcript_span(t, &first_ms, &last_ms))
        return TIME_NONE;
    if (transcript_clock(t) != CLOCK_WALL && first_ms > 0)
        first_ms = 0; /* the recording's start */
    return last_ms - first_ms;
}

/* What could be opened and read to its end, or as far as it goes. */
static enum library_kind kind_of(const struct loader *loader, const struct transcript *t,
                                 enum loader_status status, bool refused)
{
    if (transcript_count(t) > 0 || (status != LOADER_FAILED && status != LOADER_WAIT))
        return LIBRARY_TRANSCRIPT;
    return !refused && *loader_format_name(loader) == '\0' ? LIBRARY_FOREIGN
                                                           : LIBRARY_UNREADABLE;
}

static void take_facts(struct library_facts *facts, const struct transcript *t)
{
    const char *title = transcript_get(t, FIELD_TITLE);

    facts->date_ms = date_of(t);
    facts->length_ms = length_of(t);
    facts->speakers = (uint32_t)transcript_speaker_count(t);
    facts->questions = (uint32_t)transcript_exchange_count(t);
    if (title != NULL && *title != '\0')
        facts->title = memory_strdup(title);
}

void library_read_file(const struct options *options, struct library_reading *r,
                       const atomic_bool *stop)
{
    const struct loader_options how = options_loading_records(options);
    struct transcript *t = transcript_new();
    struct error err = {0};
    struct loader *loader = loader_open(r->path, t, &how, &err);
    enum loader_status status = LOADER_FAILED;
    struct library_stamp now;
    bool refused;
    bool settled;

    r->facts = library_nothing_known;
    if (loader != NULL)
        status = loader_run_until(loader, stop, &err);
    refused = loader == NULL || (status == LOADER_FAILED && err.code == ERROR_SYSTEM);
    if (loader != NULL) {
        r->facts.kind = kind_of(loader, t, status, refused);
        take_facts(&r->facts, t);
    }
    r->settled = r->settled && !refused && library_stamp_of(r->path, &now, &settled) &&
                 library_stamp_is(&now, &r->stamp);
    loader_free(loader);
    transcript_free(t);
}
