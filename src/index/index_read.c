/* Index read. The text is divided into documents at the ends of paragraphs, because no hit
 * extends beyond one. */
#include "index/index_read.h"

#include <stdlib.h>
#include <string.h>

#include "index/index_people.h"
#include "shilu/base/bytes.h"
#include "shilu/base/memory.h"
#include "shilu/formats/loader.h"
#include "shilu/text/words.h"

enum { DOCUMENT_BYTES = 128 * 1024 };

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
    if (transcript_time_base(t) != TIME_BASE_WALL && first_ms > 0)
        first_ms = 0; /* the start of the recording */
    return last_ms - first_ms;
}

/* What could be opened and read to its end, or as far as possible. */
static enum file_kind kind_of(const struct loader *loader, const struct transcript *t,
                              enum loader_status status, bool refused)
{
    if (transcript_count(t) > 0 || (status != LOADER_FAILED && status != LOADER_WAIT))
        return FILE_TRANSCRIPT;
    return !refused && *loader_format_name(loader) == '\0' ? FILE_FOREIGN : FILE_UNREADABLE;
}

/* Words without a speaker count too. */
static void count_text(struct file_facts *facts, const struct transcript *t)
{
    for (uint32_t i = 0; i < transcript_count(t); i++) {
        size_t bytes;
        const char *text = transcript_text(t, i, &bytes);

        facts->words += words_count(text, bytes);
        facts->characters += bytes_count_visible(text, bytes);
    }
}

static void take_facts(struct file_facts *facts, const struct transcript *t,
                       const struct loader *loader)
{
    const char *title = transcript_get(t, FIELD_TITLE);
    const char *format = loader_format_name(loader);

    facts->date_ms = date_of(t);
    facts->length_ms = length_of(t);
    facts->questions = (uint32_t)transcript_exchange_count(t);
    if (title != NULL && *title != '\0')
        facts->title = memory_strdup(title);
    if (*format != '\0')
        facts->format = memory_strdup(format);
    facts->speakers = (uint32_t)transcript_listed_speakers(t);
    count_text(facts, t);
}

static void take_people(struct index_reading *r, const struct transcript *t)
{
    size_t i;

    for (i = 0; i < transcript_speaker_count(t); i++) {
        if (transcript_lists_speaker(t, (uint32_t)i))
            index_people_append(&r->people, transcript_speaker_at(t, (uint32_t)i));
    }
}

static void end_document(struct index_reading *r, struct search_terms *terms)
{
    MEMORY_RESERVE(r->terms, r->term_capacity, r->term_count + terms->count);
    if (terms->count > 0)
        memcpy(r->terms + r->term_count, terms->terms, terms->count * sizeof *terms->terms);
    r->term_count += terms->count;
    MEMORY_RESERVE(r->ends, r->end_capacity, r->documents + 1);
    r->ends[r->documents++] = r->term_count;
    buffer_append(&r->words, buffer_string(&terms->words), terms->words.bytes);
    r->always = r->always || terms->is_opaque;
    search_terms_clear(terms);
}

static void take_terms(struct index_reading *r, const struct transcript *t,
                       struct search_terms *terms)
{
    uint64_t bytes;
    const char *arena = transcript_arena(t, &bytes);
    uint64_t at = 0;

    while (at < bytes) {
        uint64_t end = at + DOCUMENT_BYTES;
        const char *stop = end < bytes ? memchr(arena + end, '\0', bytes - end) : NULL;

        end = stop != NULL ? (uint64_t)(stop - arena) : bytes;
        search_terms_add(terms, arena + at, end - at);
        end_document(r, terms);
        at = end;
    }
}

/* Whether a search of it would report more than hits. */
static bool has_troubles(const struct loader *loader, enum loader_status status)
{
    return status == LOADER_FAILED || status == LOADER_WAIT ||
           loader_diagnostics(loader)->count[SEVERITY_ERROR] > 0;
}

void index_read_file(struct index_reading *r, const struct index_refresh_options *options,
                     struct search_terms *terms, const atomic_bool *stop)
{
    const struct loader_options how = {
        .format = options->format, .encoding = options->encoding, .records_only = true};
    struct transcript *t = transcript_new();
    struct error err = {0};
    struct loader *loader = loader_open(r->item.path, t, &how, &err);
    enum loader_status status = LOADER_FAILED;
    struct file_stamp now;
    bool refused;
    bool settled;

    r->item.facts = FILE_FACTS_INIT;
    r->item.was_read = true;
    if (loader != NULL)
        status = loader_run_until(loader, stop, &err);
    refused = loader == NULL || (status == LOADER_FAILED && err.code == ERROR_SYSTEM);
    if (loader != NULL) {
        r->item.facts.kind = kind_of(loader, t, status, refused);
        take_facts(&r->item.facts, t, loader);
        r->always = r->item.facts.kind != FILE_FOREIGN && has_troubles(loader, status);
    }
    if (r->item.facts.kind == FILE_UNREADABLE)
        r->item.facts.trouble = memory_strdup(err.message);
    if (r->item.facts.kind == FILE_TRANSCRIPT && terms != NULL && r->has_terms) {
        take_people(r, t);
        take_terms(r, t, terms);
    }
    r->settled = r->settled && !refused && status != LOADER_BUSY &&
                 file_stamp_of(r->item.path, &now, &settled) &&
                 file_stamp_is(&now, &r->item.stamp);
    loader_free(loader);
    transcript_free(t);
}

void index_reading_free(struct index_reading *r)
{
    file_facts_release(&r->item.facts);
    free(r->item.path);
    free(r->terms);
    free(r->ends);
    buffer_release(&r->words);
    buffer_release(&r->people);
    free(r);
}
