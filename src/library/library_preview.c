/* Library preview. Invariant: `path` is the file that `transcript` was, or is being, read from;
 * the state of the panes points into the transcript. */
#include "library/library_preview.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/formats/loader.h"
#include "shilu/text/matcher.h"
#include "shilu/view/pen.h"
#include "shilu/view/text_pane.h"

/* Enough segments to fill any window, and as many after a hit. */
enum { SHOWN_SEGMENTS = 120, ABOVE_ROWS = 5 };

struct library_preview {
    const struct options *options;
    const struct width *width;
    char *path; /* owned; NULL if nothing is shown */
    uint64_t version;
    bool has_hit;
    struct hit hit;
    char *query; /* owned; "" for none */
    struct matcher *matcher;
    struct transcript *transcript;
    struct loader *loader;
    bool is_read;
    bool is_at_hit;
    bool is_stale; /* changed since it was last drawn */
    struct reader_state reading;
    struct text_pane *text;
};

struct library_preview *library_preview_new(const struct options *options,
                                            const struct width *width)
{
    struct library_preview *p = memory_zalloc(1, sizeof *p);

    p->options = options;
    p->width = width;
    p->query = memory_strdup("");
    return p;
}

static void stop(struct library_preview *p)
{
    text_pane_free(p->text);
    reader_state_gaps_free(p->reading.gaps);
    loader_free(p->loader);
    transcript_free(p->transcript);
    free(p->path);
    p->text = NULL;
    p->reading.gaps = NULL;
    p->loader = NULL;
    p->transcript = NULL;
    p->path = NULL;
}

void library_preview_free(struct library_preview *p)
{
    if (p == NULL)
        return;
    stop(p);
    matcher_free(p->matcher);
    free(p->query);
    free(p);
}

static void start(struct library_preview *p, const char *path, uint64_t version)
{
    const struct loader_options how = options_loading_records(p->options);
    struct error ignored; /* the list shows what cannot be read */

    p->path = memory_strdup(path);
    p->version = version;
    p->transcript = transcript_new();
    p->loader = loader_open(p->path, p->transcript, &how, &ignored);
    p->is_read = p->loader == NULL;
    p->reading = (struct reader_state){.transcript = p->transcript,
                                       .width = p->width,
                                       .selection = SELECTION_INIT,
                                       .gaps = reader_state_gaps_new(),
                                       .matcher = p->matcher,
                                       .plain = true,
                                       .segment = SEGMENT_NONE,
                                       .chosen_speaker = SPEAKER_NONE};
    p->text = text_pane_new(&p->reading);
}

static void set_query(struct library_preview *p, const char *query)
{
    struct error none; /* the library has used the same query */

    if (strcmp(p->query, query) == 0)
        return;
    matcher_free(p->matcher);
    free(p->query);
    p->query = memory_strdup(query);
    p->matcher = *query != '\0' ? matcher_new(query, strlen(query), 0, &none) : NULL;
    p->reading.matcher = p->matcher;
    p->reading.matcher_version++;
}

void library_preview_choose(struct library_preview *p, const char *path, uint64_t version,
                            const char *query, const struct hit *hit)
{
    bool is_other = (path == NULL) != (p->path == NULL) || p->version != version ||
                    (path != NULL && strcmp(path, p->path) != 0);

    set_query(p, query != NULL ? query : "");
    if (is_other)
        stop(p);
    if (is_other && path != NULL)
        start(p, path, version);
    if (is_other || p->has_hit != (hit != NULL) ||
        (hit != NULL && memcmp(hit, &p->hit, sizeof *hit) != 0)) {
        p->is_at_hit = false;
        p->is_stale = true;
    }
    p->has_hit = hit != NULL;
    p->hit = hit != NULL ? *hit : (struct hit){0};
}

static size_t wanted(const struct library_preview *p)
{
    return SHOWN_SEGMENTS + (p->has_hit ? p->hit.segment : 0);
}

bool library_preview_step(struct library_preview *p, int64_t budget_ms)
{
    struct error ignored;
    enum loader_status status;

    if (p->path == NULL || p->is_read || transcript_count(p->transcript) >= wanted(p))
        return false;
    status = loader_step(p->loader, budget_ms, wanted(p), &ignored);
    p->is_read = status != LOADER_BUSY;
    p->is_stale = true;
    text_pane_refresh(p->text);
    return !p->is_read && transcript_count(p->transcript) < wanted(p);
}

/* Scroll so that the hit is a few rows below the top, once it is loaded. */
static void stand(struct library_preview *p, int rows)
{
    if (p->is_at_hit || (p->has_hit && p->hit.segment >= transcript_count(p->transcript)))
        return;
    if (p->has_hit) {
        p->reading.has_hit = true;
        p->reading.hit = p->hit;
        text_pane_show_hit(p->text, &p->hit);
        text_pane_put_reader(p->text, rows > 3 * ABOVE_ROWS ? ABOVE_ROWS : 0);
    } else {
        p->reading.has_hit = false;
        text_pane_top(p->text);
    }
    p->is_at_hit = true;
}

bool library_preview_is_stale(const struct library_preview *p)
{
    return p->is_stale;
}

void library_preview_draw(struct library_preview *p, struct grid *g, const struct area *a,
                          bool shapes)
{
    struct pen pen = pen_at(g, p->width, a, 0, 2);
    struct area body = *a;
    const char *title;

    p->is_stale = false;
    p->reading.shapes = shapes;
    if (p->path == NULL)
        return;
    body.row++;
    body.rows--;
    title = transcript_get(p->transcript, FIELD_TITLE);
    if (title == NULL)
        title = strrchr(p->path, '/') != NULL ? strrchr(p->path, '/') + 1 : p->path;
    pen_string(&pen, title, ROLE_HEADING);
    if (transcript_count(p->transcript) == 0) {
        pen_move(&pen, 1, 2);
        pen_string(&pen, p->is_read ? "" : _("reading"), ROLE_HEADING);
        return;
    }
    text_pane_resize(p->text, body.rows, body.columns, 0);
    stand(p, body.rows);
    text_pane_draw(p->text, g, &body, false);
}
