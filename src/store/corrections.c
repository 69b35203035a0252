/* Corrections. A change is at once a step in memory; the file gets what is new since the last
 * time: steps, undos, and the new places of corrected words. The file is read again first, so
 * that two programs with the same record do not undo each other's work.
 *
 * Invariant: `overlay` is the result of the steps that are not undone, in order. */
#include "shilu/store/corrections.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/record_file.h"

static const char folder[] = "corrections";

struct step {
    double id; /* in the file; 0 if it is not there yet */
    bool undone;
    bool is_changed;          /* `undone` differs from the file */
    struct correction *items; /* owned; one without changes removes a correction */
    size_t count;
};

struct steps {
    struct step *items; /* owned */
    size_t count, capacity;
};

/* The words of a correction are now at another segment. */
struct move {
    uint32_t from;
    uint32_t to;
    uint32_t before;
    char *was; /* owned */
};

struct corrections {
    struct record_file file;
    struct overlay overlay;
    struct steps steps;
    struct steps staged; /* the file's content after writing */
    struct move *moves;  /* not in the file yet */
    size_t move_count, move_capacity;
    bool writes;
    bool is_settled; /* the states of the whole record are known */
};

/* ---------------------------------------------------------------------------- the steps */

static void release_steps(struct steps *s)
{
    for (size_t i = 0; i < s->count; i++) {
        for (size_t k = 0; k < s->items[i].count; k++)
            correction_release(&s->items[i].items[k]);
        free(s->items[i].items);
    }
    free(s->items);
    *s = (struct steps){0};
}

static struct step *add_step(struct steps *s)
{
    MEMORY_RESERVE(s->items, s->capacity, s->count + 1);
    s->items[s->count] = (struct step){.id = 0};
    return &s->items[s->count++];
}

static void fold(struct corrections *c)
{
    overlay_clear(&c->overlay);
    for (size_t i = 0; i < c->steps.count; i++) {
        const struct step *step = &c->steps.items[i];

        for (size_t k = 0; !step->undone && k < step->count; k++) {
            if (step->items[k].changes == 0)
                overlay_remove(&c->overlay, step->items[k].segment, step->items[k].was.text);
            else
                overlay_put(&c->overlay, &step->items[k]);
        }
    }
}

static void move_in(struct steps *s, const struct move *move)
{
    for (size_t i = 0; i < s->count; i++) {
        for (size_t k = 0; k < s->items[i].count; k++) {
            struct correction *item = &s->items[i].items[k];

            if (item->segment != move->from || strcmp(item->was.text, move->was) != 0)
                continue;
            item->segment = move->to;
            item->before = move->before;
        }
    }
}

static void forget_moves(struct corrections *c)
{
    for (size_t i = 0; i < c->move_count; i++)
        free(c->moves[i].was);
    c->move_count = 0;
}

/* ------------------------------------------------------------------------ from the file */

static bool read_segment(const cJSON *item, uint32_t *segment)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) || item->valuedouble >= SEGMENT_NONE)
        return false;
    *segment = (uint32_t)item->valuedouble;
    return true;
}

static int64_t read_time(const cJSON *item)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= -(double)TIME_MAX_MS) ||
        !(item->valuedouble <= (double)TIME_MAX_MS))
        return TIME_NONE;
    return (int64_t)item->valuedouble;
}

/* Returns the members that are present, as enum correction_change. */
static unsigned read_side(const cJSON *object, struct correction_side *side)
{
    const cJSON *text = cJSON_GetObjectItemCaseSensitive(object, "text");
    const cJSON *speaker = cJSON_GetObjectItemCaseSensitive(object, "speaker");
    const cJSON *start = cJSON_GetObjectItemCaseSensitive(object, "start");
    const cJSON *end = cJSON_GetObjectItemCaseSensitive(object, "end");

    side->text = memory_strdup(cJSON_IsString(text) ? text->valuestring : "");
    side->speaker = cJSON_IsString(speaker) ? memory_strdup(speaker->valuestring) : NULL;
    side->start_ms = read_time(start);
    side->end_ms = read_time(end);
    return (cJSON_IsString(text) ? CORRECTION_TEXT : 0u) |
           (speaker != NULL ? CORRECTION_SPEAKER : 0u) |
           (start != NULL || end != NULL ? CORRECTION_TIME : 0u);
}

static bool read_item(const cJSON *object, struct correction *item)
{
    const cJSON *before = cJSON_GetObjectItemCaseSensitive(object, "before");
    const cJSON *was = cJSON_GetObjectItemCaseSensitive(object, "was");

    *item = (struct correction){.segment = SEGMENT_NONE};
    if (!cJSON_IsObject(was) ||
        !read_segment(cJSON_GetObjectItemCaseSensitive(object, "segment"), &item->segment))
        return false;
    if (cJSON_IsNumber(before) && before->valuedouble > 0 && before->valuedouble <= UINT32_MAX)
        item->before = (uint32_t)before->valuedouble;
    read_side(was, &item->was);
    item->changes = read_side(cJSON_GetObjectItemCaseSensitive(object, "now"), &item->now);
    return true;
}

static void read_step(struct steps *s, const cJSON *object)
{
    const cJSON *id = cJSON_GetObjectItemCaseSensitive(object, "id");
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(object, "segments");
    struct step *step;
    const cJSON *item;
    size_t capacity = 0;

    if (!cJSON_IsNumber(id) || !cJSON_IsArray(list))
        return;
    step = add_step(s);
    step->id = id->valuedouble;
    step->undone = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, "undone"));
    cJSON_ArrayForEach(item, list)
    {
        MEMORY_RESERVE(step->items, capacity, step->count + 1);
        step->count += read_item(item, &step->items[step->count]);
    }
}

static void read_steps(struct steps *s, const cJSON *root)
{
    const cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "corrections");
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return;
    cJSON_ArrayForEach(item, list)
    {
        read_step(s, item);
    }
}

/* Found by path or by words; what was made before the file was found is kept, after its
 * steps. */
static void take_file(void *context, const cJSON *root, bool is_copy)
{
    struct corrections *c = context;
    struct steps found = {0};

    read_steps(&found, root);
    for (size_t i = 0; is_copy && i < found.count; i++)
        found.items[i].id = 0;
    for (size_t i = 0; i < c->steps.count; i++) {
        if (c->steps.items[i].id != 0)
            continue;
        *add_step(&found) = c->steps.items[i];
        c->steps.items[i] = (struct step){.id = 0};
    }
    release_steps(&c->steps);
    c->steps = found;
    fold(c);
}

/* -------------------------------------------------------------------------- to the file */

static void add_time(cJSON *object, const char *name, int64_t ms)
{
    if (ms == TIME_NONE)
        cJSON_AddNullToObject(object, name);
    else
        cJSON_AddNumberToObject(object, name, (double)ms);
}

static cJSON *side_of(const struct correction_side *side, unsigned members)
{
    cJSON *object = cJSON_CreateObject();

    if ((members & CORRECTION_TEXT) != 0)
        cJSON_AddStringToObject(object, "text", side->text);
    if ((members & CORRECTION_SPEAKER) != 0 && side->speaker != NULL)
        cJSON_AddStringToObject(object, "speaker", side->speaker);
    else if ((members & CORRECTION_SPEAKER) != 0)
        cJSON_AddNullToObject(object, "speaker");
    if ((members & CORRECTION_TIME) != 0) {
        add_time(object, "start", side->start_ms);
        add_time(object, "end", side->end_ms);
    }
    return object;
}

static void append_step(cJSON *list, const struct step *step, double id)
{
    cJSON *object = cJSON_CreateObject();
    cJSON *segments;

    cJSON_AddNumberToObject(object, "id", id);
    if (step->undone)
        cJSON_AddTrueToObject(object, "undone");
    segments = cJSON_AddArrayToObject(object, "segments");
    for (size_t i = 0; i < step->count; i++) {
        const struct correction *item = &step->items[i];
        cJSON *one = cJSON_CreateObject();

        cJSON_AddNumberToObject(one, "segment", item->segment);
        if (item->before != 0)
            cJSON_AddNumberToObject(one, "before", item->before);
        cJSON_AddItemToObject(
            one, "was",
            side_of(&item->was, CORRECTION_TEXT | CORRECTION_SPEAKER | CORRECTION_TIME));
        if (item->changes != 0)
            cJSON_AddItemToObject(one, "now", side_of(&item->now, item->changes));
        cJSON_AddItemToArray(segments, one);
    }
    cJSON_AddItemToArray(list, object);
}

static cJSON *step_in(const cJSON *list, double id)
{
    cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        const cJSON *number = cJSON_GetObjectItemCaseSensitive(item, "id");

        if (cJSON_IsNumber(number) && number->valuedouble == id)
            return item;
    }
    return NULL;
}

static double greatest_id(const cJSON *list)
{
    const cJSON *item;
    double greatest = 0;

    cJSON_ArrayForEach(item, list)
    {
        const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");

        if (cJSON_IsNumber(id) && id->valuedouble > greatest)
            greatest = id->valuedouble;
    }
    return greatest;
}

static void save_undone(cJSON *list, const struct step *step)
{
    cJSON *object = step_in(list, step->id);

    if (object == NULL)
        return;
    cJSON_DeleteItemFromObjectCaseSensitive(object, "undone");
    if (step->undone)
        cJSON_AddTrueToObject(object, "undone");
}

static void put_number(cJSON *object, const char *name, double number)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    cJSON_AddNumberToObject(object, name, number);
}

static void save_move(cJSON *list, const struct move *move)
{
    cJSON *step;
    cJSON *item;

    cJSON_ArrayForEach(step, list)
    {
        cJSON_ArrayForEach(item, cJSON_GetObjectItemCaseSensitive(step, "segments"))
        {
            const cJSON *text = cJSON_GetObjectItemCaseSensitive(
                cJSON_GetObjectItemCaseSensitive(item, "was"), "text");
            uint32_t segment;

            if (!read_segment(cJSON_GetObjectItemCaseSensitive(item, "segment"), &segment) ||
                segment != move->from || !cJSON_IsString(text) ||
                strcmp(text->valuestring, move->was) != 0)
                continue;
            put_number(item, "segment", move->to);
            put_number(item, "before", move->before);
        }
    }
}

static bool save_steps(void *context, cJSON *root, bool is_new, struct error *err)
{
    struct corrections *c = context;
    cJSON *list = cJSON_GetObjectItemCaseSensitive(root, "corrections");
    double id;

    (void)err;
    if (!cJSON_IsArray(list)) {
        cJSON_DeleteItemFromObjectCaseSensitive(root, "corrections");
        list = cJSON_AddArrayToObject(root, "corrections");
    }
    record_id_write(&c->file.id, root);
    for (size_t i = 0; i < c->move_count; i++)
        save_move(list, &c->moves[i]);
    id = greatest_id(list);
    for (size_t i = 0; i < c->steps.count; i++) {
        const struct step *step = &c->steps.items[i];

        /* If the file has disappeared or was broken, everything known is written. */
        if (step->id == 0 || is_new)
            append_step(list, step, ++id);
        else if (step->is_changed)
            save_undone(list, step);
    }
    release_steps(&c->staged);
    read_steps(&c->staged, root);
    return true;
}

static bool has_unsaved(const struct corrections *c)
{
    return corrections_unsaved(c) > 0 || c->move_count > 0;
}

/* *grew: another program has added steps. */
static bool save(struct corrections *c, bool *grew, struct error *err)
{
    bool ok;

    *grew = false;
    if (!record_file_can_be_kept(&c->file) || !has_unsaved(c))
        return true;
    ok = record_file_update(&c->file, save_steps, c, err);
    if (ok) {
        *grew = c->staged.count != c->steps.count;
        release_steps(&c->steps);
        c->steps = c->staged;
        c->staged = (struct steps){0};
        forget_moves(c);
    }
    release_steps(&c->staged);
    return ok;
}

/* ---------------------------------------------------------------------- over the record */

void corrections_lay_over(struct corrections *c, struct transcript *t)
{
    transcript_lay_over(t, &c->overlay);
}

/* The words of an item have moved from `from`: every step about them moves too. */
static void note_move(struct corrections *c, uint32_t from, const struct correction *now)
{
    struct move move = {from, now->segment, now->before, memory_strdup(now->was.text)};

    move_in(&c->steps, &move);
    MEMORY_RESERVE(c->moves, c->move_capacity, c->move_count + 1);
    c->moves[c->move_count++] = move;
}

/* Set the states of all, and apply those found elsewhere. True if that changed the record. */
static bool settle_places(struct corrections *c, struct transcript *t)
{
    bool found = overlay_settle(&c->overlay, t) > 0;

    for (size_t i = 0; i < c->overlay.count; i++) {
        const struct correction *item = &c->overlay.items[i];

        if (item->is_settled &&
            (item->state == CORRECTION_APPLIED || item->segment != item->from))
            note_move(c, item->from, item);
    }
    if (found)
        transcript_lay_over(t, &c->overlay);
    return found;
}

/* After the steps have changed. */
static void lay_anew(struct corrections *c, struct transcript *t)
{
    fold(c);
    transcript_lay_over(t, &c->overlay);
    if (c->is_settled)
        settle_places(c, t);
}

static void say_conflicts(const struct corrections *c, struct buffer *said)
{
    size_t conflicts = overlay_count(&c->overlay, CORRECTION_CONFLICT) +
                       overlay_count(&c->overlay, CORRECTION_LOST);

    if (conflicts > 0)
        buffer_append_string(said, said->bytes > 0 ? "; " : "");
    if (conflicts > 0)
        buffer_append_format(said,
                             ngettext("the source has changed under %zu correction: "
                                      ":corrections",
                                      "the source has changed under %zu corrections: "
                                      ":corrections",
                                      conflicts),
                             conflicts);
}

/* Find this record's file by everything known about it so far. */
static bool find_file(struct corrections *c, struct transcript *t, struct buffer *said)
{
    char *was;
    enum record_match match = record_file_settle(&c->file, &was, take_file, c);
    bool found = (match == RECORD_CORRECTED || match == RECORD_MOVED) && c->overlay.count > 0;

    if (found) {
        buffer_append_format(said,
                             ngettext("%zu correction found again",
                                      "%zu corrections found again", c->overlay.count),
                             c->overlay.count);
        if (was != NULL)
            buffer_append_format(said, _(": they were made in '%s'"), was);
        transcript_lay_over(t, &c->overlay);
    }
    free(was);
    return found;
}

bool corrections_meet(struct corrections *c, struct transcript *t, bool whole,
                      struct buffer *said)
{
    bool anew = false;
    bool has_found = false;
    bool grew;
    struct error ignored; /* no harm if the file does not have the new places yet */

    record_id_take_words(&c->file.id, t, whole);
    if (!c->file.is_settled && c->file.id.has_all_words)
        anew = has_found = find_file(c, t, said);
    if (whole && !c->is_settled && c->file.is_settled) {
        c->is_settled = true;
        anew = settle_places(c, t) || anew;
        say_conflicts(c, said);
    }
    if (!c->writes || (c->move_count == 0 && !has_found))
        return anew;
    if (has_found && !has_unsaved(c)) /* under its new path */
        record_file_update(&c->file, save_steps, c, &ignored);
    else
        save(c, &grew, &ignored);
    return anew;
}

const struct overlay *corrections_all(const struct corrections *c)
{
    return &c->overlay;
}

/* ---------------------------------------------------------------------------- a change */

static char *name_of(const struct transcript *t, uint32_t speaker)
{
    return speaker != SPEAKER_NONE ? memory_strdup(transcript_speaker_at(t, speaker)->name)
                                   : NULL;
}

struct correction corrections_of(const struct corrections *c, const struct transcript *t,
                                 uint32_t segment)
{
    struct segment_draft source = transcript_source(t, segment);
    struct correction made = {.segment = segment};
    size_t bytes;
    const char *before;

    for (struct correction *at = overlay_at(&c->overlay, segment);
         at != NULL && at < c->overlay.items + c->overlay.count && at->segment == segment; at++)
        if (at->state == CORRECTION_APPLIED)
            return correction_copy(at);
    made.was = (struct correction_side){memory_strndup(source.text, source.text_bytes),
                                        name_of(t, source.speaker), source.start_ms,
                                        source.end_ms};
    made.now = (struct correction_side){memory_strdup(made.was.text),
                                        name_of(t, source.speaker), source.start_ms,
                                        source.end_ms};
    if (segment > 0) {
        before = transcript_source_text(t, segment - 1, &bytes);
        made.before = overlay_hash(span_of(before, bytes));
    }
    return made;
}

static void set_change(struct correction *c, enum correction_change change, bool is)
{
    c->changes = is ? c->changes | (unsigned)change : c->changes & ~(unsigned)change;
}

void correction_set_text(struct correction *c, const char *text, size_t bytes)
{
    free(c->now.text);
    c->now.text = memory_strndup(text, bytes);
    set_change(c, CORRECTION_TEXT, strcmp(c->now.text, c->was.text) != 0);
}

void correction_set_speaker(struct correction *c, const char *name)
{
    char *kept = name != NULL && *name != '\0' ? memory_strdup(name) : NULL;

    free(c->now.speaker);
    c->now.speaker = kept;
    set_change(c, CORRECTION_SPEAKER,
               (kept == NULL) != (c->was.speaker == NULL) ||
                   (kept != NULL && strcmp(kept, c->was.speaker) != 0));
}

void correction_set_time(struct correction *c, int64_t start_ms, int64_t end_ms)
{
    c->now.start_ms = start_ms;
    c->now.end_ms = end_ms;
    set_change(c, CORRECTION_TIME, start_ms != c->was.start_ms || end_ms != c->was.end_ms);
}

/* Save, and apply the result of the steps. It may be too early to know whose corrections these
 * are. */
static bool finish(struct corrections *c, struct transcript *t, struct error *err)
{
    char *was;
    bool grew;
    bool ok;

    record_file_settle(&c->file, &was, take_file, c);
    free(was);
    ok = save(c, &grew, err);
    lay_anew(c, t);
    return ok;
}

bool corrections_put(struct corrections *c, struct transcript *t,
                     const struct correction *items, size_t count, struct error *err)
{
    struct step *step = add_step(&c->steps);

    step->items = memory_zalloc(count, sizeof *step->items);
    for (size_t i = 0; i < count; i++)
        step->items[step->count++] = correction_copy(&items[i]);
    return finish(c, t, err);
}

bool corrections_resolve(struct corrections *c, struct transcript *t,
                         const struct correction *conflict, bool keep, struct error *err)
{
    struct correction items[2] = {correction_copy(conflict), {.segment = SEGMENT_NONE}};
    bool ok;

    items[0].changes = 0;
    if (keep && conflict->segment < transcript_count(t)) {
        items[1] = corrections_of(c, t, conflict->segment);
        if ((conflict->changes & CORRECTION_TEXT) != 0)
            correction_set_text(&items[1], conflict->now.text, strlen(conflict->now.text));
        if ((conflict->changes & CORRECTION_SPEAKER) != 0)
            correction_set_speaker(&items[1], conflict->now.speaker);
        if ((conflict->changes & CORRECTION_TIME) != 0)
            correction_set_time(&items[1], conflict->now.start_ms, conflict->now.end_ms);
    }
    ok = corrections_put(c, t, items, items[1].segment != SEGMENT_NONE ? 2 : 1, err);
    correction_release(&items[0]);
    correction_release(&items[1]);
    return ok;
}

bool corrections_undo(struct corrections *c, struct transcript *t, bool redo, uint32_t *segment,
                      struct error *err)
{
    struct steps *s = &c->steps;
    size_t holding = s->count; /* after the last one in force */

    while (holding > 0 && s->items[holding - 1].undone)
        holding--;
    if (redo ? holding == s->count : holding == 0)
        return redo ? error_set(err, ERROR_USAGE, "nothing to redo")
                    : error_set(err, ERROR_USAGE, "nothing to undo");
    if (!redo)
        holding--;
    s->items[holding].undone = !redo;
    s->items[holding].is_changed = s->items[holding].id != 0;
    *segment = s->items[holding].count > 0 ? s->items[holding].items[0].segment : SEGMENT_NONE;
    return finish(c, t, err);
}

/* ------------------------------------------------------------------------- life, outside */

struct corrections *corrections_new(const char *path, bool writes)
{
    struct corrections *c = memory_zalloc(1, sizeof *c);

    c->writes = writes;
    record_file_init(&c->file, folder, path, take_file, c);
    return c;
}

void corrections_free(struct corrections *c)
{
    if (c == NULL)
        return;
    release_steps(&c->steps);
    release_steps(&c->staged);
    forget_moves(c);
    free(c->moves);
    overlay_release(&c->overlay);
    record_file_release(&c->file);
    free(c);
}

size_t corrections_unsaved(const struct corrections *c)
{
    size_t count = 0;

    for (size_t i = 0; record_file_can_be_kept(&c->file) && i < c->steps.count; i++)
        count += c->steps.items[i].id == 0 || c->steps.items[i].is_changed;
    return count;
}

bool corrections_try_again(struct corrections *c, struct error *err)
{
    bool grew;

    return save(c, &grew, err);
}

void corrections_print_unsaved(const struct corrections *c, struct buffer *out)
{
    for (size_t i = 0; i < c->steps.count; i++) {
        const struct step *step = &c->steps.items[i];

        if (step->id != 0 && !step->is_changed)
            continue;
        for (size_t k = 0; k < step->count; k++) {
            const struct correction *item = &step->items[k];
            unsigned changes = step->undone ? 0 : item->changes;

            buffer_append_format(out, _("correction of segment %u:"),
                                 (unsigned)item->segment + 1);
            if (changes == 0)
                buffer_append_string(out, _(" removed"));
            if ((changes & CORRECTION_SPEAKER) != 0)
                buffer_append_format(out, _(" speaker %s"),
                                     item->now.speaker != NULL ? item->now.speaker : "-");
            if ((changes & CORRECTION_TIME) != 0)
                buffer_append_format(out, _(" starts at %lld ms"),
                                     (long long)item->now.start_ms);
            if ((changes & CORRECTION_TEXT) != 0)
                buffer_append_format(out, " %s", item->now.text);
            buffer_append_char(out, '\n');
        }
    }
}

/* ------------------------------------------------------------------------ many records */

struct corrected_record {
    char *key;     /* owned; NULL if known by its words alone */
    int64_t bytes; /* if the record is no longer at its path; else -1 */
};

struct corrected_records {
    struct corrected_record *items;
    size_t count, capacity;
};

static void add_record(void *context, const char *file, const struct cJSON *root)
{
    struct corrected_records *r = context;
    const cJSON *path = root != NULL ? cJSON_GetObjectItemCaseSensitive(root, "path") : NULL;
    const cJSON *bytes = root != NULL ? cJSON_GetObjectItemCaseSensitive(root, "bytes") : NULL;
    struct corrected_record *record;

    (void)file;
    if (root == NULL)
        return;
    MEMORY_RESERVE(r->items, r->capacity, r->count + 1);
    record = &r->items[r->count++];
    *record = (struct corrected_record){.bytes = -1};
    if (cJSON_IsString(path))
        record->key = memory_strdup(path->valuestring);
    if (cJSON_IsNumber(bytes) && !record_id_is_there(root))
        record->bytes = (int64_t)bytes->valuedouble;
}

struct corrected_records *corrected_records_read(void)
{
    struct corrected_records *r = memory_zalloc(1, sizeof *r);

    record_file_each(folder, add_record, r);
    if (r->count > 0)
        return r;
    corrected_records_free(r);
    return NULL;
}

void corrected_records_free(struct corrected_records *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < r->count; i++)
        free(r->items[i].key);
    free(r->items);
    free(r);
}

bool corrected_records_may_have(const struct corrected_records *r, const char *path)
{
    struct stat st;
    bool has = false;
    char *key;

    if (r == NULL)
        return false;
    key = file_id_key(path);
    if (key == NULL || stat(path, &st) != 0)
        st.st_size = -2;
    for (size_t i = 0; !has && i < r->count; i++)
        has = (key != NULL && r->items[i].key != NULL && strcmp(key, r->items[i].key) == 0) ||
              r->items[i].bytes == st.st_size;
    free(key);
    return has;
}
