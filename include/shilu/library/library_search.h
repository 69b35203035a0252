/* Library search: one query over many transcripts, with as many threads as there are cores;
 * hits are grouped by transcript. */
#ifndef SHILU_LIBRARY_LIBRARY_SEARCH_H
#define SHILU_LIBRARY_LIBRARY_SEARCH_H

#include "shilu/library/library.h"
#include "shilu/model/search.h"

/* Beyond these limits a transcript's hits are only counted, and the search ends. */
enum { LIBRARY_HITS_A_FILE = 200, LIBRARY_ROWS_MAX = 50000 };

/* A transcript with hits, or one of its hits. */
struct library_row {
    size_t entry;
    size_t hits;    /* of a transcript: number of hits; 0 if this is a hit */
    struct hit hit; /* position in the transcript */
    char *who;      /* owned, or NULL */
    char *text;     /* owned: some of the words around it */
    size_t start;   /* of the hit in `text` */
    size_t end;
    int64_t time_ms; /* or TIME_NONE */
    bool is_wall;    /* `time_ms` is a time of day */
    uint32_t line;   /* line of the file where the segment starts; 0 if unknown */
};

struct library_search;
struct library_limits;

/* The library must outlive it. `limits`: by whom and when it was said, or NULL. NULL for an
 * invalid query. */
struct library_search *library_search_new(const struct library *l,
                                          const struct options *options, const char *query,
                                          const struct library_limits *limits,
                                          struct error *err);
void library_search_free(struct library_search *s);

/* Search this entry too, after all others. */
void library_search_add(struct library_search *s, size_t entry);

/* Collect results, waiting for at most about `budget_ms`; false when everything is done. */
bool library_search_step(struct library_search *s, int64_t budget_ms);

size_t library_search_rows(const struct library_search *s);
const struct library_row *library_search_row(const struct library_search *s, size_t row);
const char *library_search_query(const struct library_search *s);
/* The part of a transcript, loaded from this entry, that is searched; false: all of it. The
 * caller owns the selection in either case. */
bool library_search_part(const struct library_search *s, size_t entry,
                         const struct transcript *t, struct selection *out);

struct library_search_state {
    size_t files;    /* to be searched */
    size_t searched; /* of those */
    size_t with_hits;
    size_t hits;
    size_t unreadable;
    size_t incomplete; /* places where the pattern needed too much work */
    bool done;
    bool is_cut; /* there was no room for more rows */
};
struct library_search_state library_search_state(const struct library_search *s);

#endif
