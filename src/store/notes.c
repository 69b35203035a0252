/* Notes. A change is made in memory at once and recorded as a step; saving applies the steps to
 * the current content of the file, so that two programs with the same record do not undo each
 * other's work. Steps that could not be saved wait for the next time. Invariant: the notes are
 * ordered by segment, at most one per segment. */
#include "shilu/store/notes.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/store/record_file.h"

/* Letters that name a mark. */
enum { LETTERS = 128 };

struct mark {
    struct record_anchor at; /* SEGMENT_NONE if not set */
    uint32_t byte;
};

/* A change that is not in the file yet. */
struct step {
    char letter;             /* of a mark; '\0' for a note */
    struct record_anchor at; /* a mark with SEGMENT_NONE is removed */
    uint32_t byte;           /* of a mark */
    char *text;              /* of a note; owned; "" removes it */
    char *seen;              /* the text that the user replaced; owned; NULL: replace any */
};

struct notes {
    struct record_file file;
    const struct transcript *t; /* borrowed; NULL until something is loaded */
    bool is_placed;             /* the notes are where their words are now */
    struct reader_state_note *notes;
    struct record_anchor *anchors; /* of the notes, one each */
    size_t count;
    size_t capacity;
    size_t anchor_capacity;
    struct mark marks[LETTERS];
    struct step *steps;
    size_t step_count;
    size_t step_capacity;
};

static void clear(struct notes *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->notes[i].text);
    n->count = 0;
    for (size_t i = 0; i < LETTERS; i++)
        n->marks[i] = (struct mark){.at = {.segment = SEGMENT_NONE}};
}

static void forget_steps(struct notes *n)
{
    for (size_t i = 0; i < n->step_count; i++) {
        free(n->steps[i].text);
        free(n->steps[i].seen);
    }
    n->step_count = 0;
}

/* ------------------------------------------------------------------- what is in memory */

/* The position of the note of a segment, or where it would be. */
static size_t position_of(const struct notes *n, uint32_t segment)
{
    size_t at = 0;

    while (at < n->count && n->notes[at].segment < segment)
        at++;
    return at;
}

static void drop_note(struct notes *n, size_t at)
{
    free(n->notes[at].text);
    n->count--;
    memmove(n->notes + at, n->notes + at + 1, (n->count - at) * sizeof *n->notes);
    memmove(n->anchors + at, n->anchors + at + 1, (n->count - at) * sizeof *n->anchors);
}

static void set_note(struct notes *n, const struct record_anchor *where, const char *text)
{
    size_t at = position_of(n, where->segment);

    if (at < n->count && n->notes[at].segment == where->segment)
        drop_note(n, at);
    if (*text == '\0')
        return;
    MEMORY_RESERVE(n->notes, n->capacity, n->count + 1);
    MEMORY_RESERVE(n->anchors, n->anchor_capacity, n->count + 1);
    memmove(n->notes + at + 1, n->notes + at, (n->count - at) * sizeof *n->notes);
    memmove(n->anchors + at + 1, n->anchors + at, (n->count - at) * sizeof *n->anchors);
    n->notes[at] = (struct reader_state_note){where->segment, memory_strdup(text)};
    n->anchors[at] = *where;
    n->count++;
}

static void take_step(struct notes *n, const struct step *step)
{
    if (step->letter == '\0')
        set_note(n, &step->at, step->text);
    else
        n->marks[(unsigned char)step->letter % LETTERS] = (struct mark){step->at, step->byte};
}

static void add_step(struct notes *n, struct step take)
{
    MEMORY_RESERVE(n->steps, n->step_capacity, n->step_count + 1);
    n->steps[n->step_count++] = take;
}

static void add_note_step(struct notes *n, const struct record_anchor *at, const char *text)
{
    add_step(n, (struct step){.at = *at, .text = memory_strdup(text)});
}

/* Everything in memory, for a file that has none of it. */
static void add_all_steps(struct notes *n)
{
    for (size_t i = 0; i < n->count; i++)
        add_note_step(n, &n->anchors[i], n->notes[i].text);
    for (int letter = 1; letter < LETTERS; letter++)
        if (n->marks[letter].at.segment != SEGMENT_NONE)
            add_step(n, (struct step){.letter = (char)letter,
                                      .at = n->marks[letter].at,
                                      .byte = n->marks[letter].byte});
}

static struct record_anchor anchor_at(const struct notes *n, uint32_t segment)
{
    struct record_anchor anchor = {.segment = segment};

    if (n->t != NULL && segment < transcript_count(n->t))
        record_id_segment(n->t, segment, anchor.words);
    return anchor;
}

/* ------------------------------------------------------------------------- from the file */

static bool number_of(const cJSON *item, uint32_t *number)
{
    if (!cJSON_IsNumber(item) || !(item->valuedouble >= 0) || item->valuedouble >= SEGMENT_NONE)
        return false;
    *number = (uint32_t)item->valuedouble;
    return true;
}

static bool anchor_of(const cJSON *segment, const cJSON *words, struct record_anchor *anchor)
{
    *anchor = (struct record_anchor){.segment = SEGMENT_NONE};
    if (cJSON_IsString(words) && strlen(words->valuestring) == RECORD_ID_HASH_DIGITS)
        memcpy(anchor->words, words->valuestring, RECORD_ID_HASH_DIGITS);
    return number_of(segment, &anchor->segment);
}

static void read_notes(struct notes *n, const cJSON *list)
{
    const cJSON *item;

    if (!cJSON_IsArray(list))
        return;
    cJSON_ArrayForEach(item, list)
    {
        const cJSON *text = cJSON_GetObjectItemCaseSensitive(item, "text");
        struct record_anchor at;

        if (cJSON_IsObject(item) && cJSON_IsString(text) &&
            anchor_of(cJSON_GetObjectItemCaseSensitive(item, "segment"),
                      cJSON_GetObjectItemCaseSensitive(item, "words"), &at))
            set_note(n, &at, text->valuestring);
    }
}

static void read_marks(struct notes *n, const cJSON *marks)
{
    const cJSON *item;

    if (!cJSON_IsObject(marks))
        return;
    cJSON_ArrayForEach(item, marks)
    {
        unsigned char letter = (unsigned char)item->string[0];
        struct mark mark;

        if (cJSON_IsArray(item) && letter > 0 && letter < LETTERS && item->string[1] == '\0' &&
            anchor_of(cJSON_GetArrayItem(item, 0), cJSON_GetArrayItem(item, 2), &mark.at) &&
            number_of(cJSON_GetArrayItem(item, 1), &mark.byte))
            n->marks[letter] = mark;
    }
}

/* Replace what was in memory by the file's content, with the unsaved steps applied. */
static void read_all(struct notes *n, const cJSON *root)
{
    clear(n);
    read_notes(n, cJSON_GetObjectItemCaseSensitive(root, "notes"));
    read_marks(n, cJSON_GetObjectItemCaseSensitive(root, "marks"));
    for (size_t i = 0; i < n->step_count; i++)
        take_step(n, &n->steps[i]);
}

/* --------------------------------------------------------------------------- to the file */

/* The member with this name if it has the type; otherwise a new one replaces it. */
static cJSON *member_of(cJSON *root, const char *name, int type)
{
    cJSON *member = cJSON_GetObjectItemCaseSensitive(root, name);

    if (member != NULL && (member->type & 0xFF) == type)
        return member;
    cJSON_DeleteItemFromObjectCaseSensitive(root, name);
    return type == cJSON_Array ? cJSON_AddArrayToObject(root, name)
                               : cJSON_AddObjectToObject(root, name);
}

static void put_string(cJSON *object, const char *name, const char *value)
{
    cJSON_DeleteItemFromObjectCaseSensitive(object, name);
    if (*value != '\0')
        cJSON_AddStringToObject(object, name, value);
}

static cJSON *note_in(const cJSON *list, uint32_t segment)
{
    cJSON *item;

    cJSON_ArrayForEach(item, list)
    {
        uint32_t here;

        if (number_of(cJSON_GetObjectItemCaseSensitive(item, "segment"), &here) &&
            here == segment)
            return item;
    }
    return NULL;
}

/* Another program has changed the note that this step replaces: both texts stay, and a note
 * that was only removed here stays as the other one wrote it. */
static void keep_other(struct step *step, const cJSON *item)
{
    const char *other = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "text"));
    struct buffer both = {0};

    if (other == NULL || step->seen == NULL || strcmp(other, step->seen) == 0 ||
        strcmp(other, step->text) == 0)
        return;
    buffer_append_string(&both, other);
    if (*step->text != '\0')
        buffer_append_format(&both, " / %s", step->text);
    free(step->text);
    step->text = buffer_take(&both);
    free(step->seen);
    step->seen = memory_strdup(other);
}

/* Unknown members of a note are kept. A new note goes to the end, whatever its segment, because
 * not every cJSON can insert in the middle. */
static void save_note(cJSON *list, struct step *step)
{
    cJSON *item = note_in(list, step->at.segment);

    keep_other(step, item);
    if (*step->text == '\0') {
        if (item != NULL)
            cJSON_Delete(cJSON_DetachItemViaPointer(list, item));
        return;
    }
    if (item == NULL) {
        item = cJSON_CreateObject();
        cJSON_AddNumberToObject(item, "segment", step->at.segment);
        cJSON_AddItemToArray(list, item);
    }
    put_string(item, "text", step->text);
    put_string(item, "words", step->at.words);
}

static void save_mark(cJSON *marks, const struct step *step)
{
    const double place[] = {step->at.segment, step->byte};
    const char name[] = {step->letter, '\0'};
    cJSON *item;

    cJSON_DeleteItemFromObjectCaseSensitive(marks, name);
    if (step->at.segment == SEGMENT_NONE)
        return;
    item = cJSON_CreateDoubleArray(place, 2);
    if (*step->at.words != '\0')
        cJSON_AddItemToArray(item, cJSON_CreateString(step->at.words));
    cJSON_AddItemToObject(marks, name, item);
}

static bool save_steps(void *context, cJSON *root, bool is_new, struct error *err)
{
    struct notes *n = context;
    cJSON *list = member_of(root, "notes", cJSON_Array);
    cJSON *marks = member_of(root, "marks", cJSON_Object);

    (void)err;
    if (is_new) { /* it has disappeared or was broken: everything known is written */
        forget_steps(n);
        add_all_steps(n);
    }
    record_id_write(&n->file.id, root);
    for (size_t i = 0; i < n->step_count; i++) {
        if (n->steps[i].letter == '\0')
            save_note(list, &n->steps[i]);
        else
            save_mark(marks, &n->steps[i]);
    }
    read_all(n, root);
    return true;
}

static bool write_file(struct notes *n, struct error *err)
{
    if (!record_file_update(&n->file, save_steps, n, err))
        return false;
    forget_steps(n);
    return true;
}

static bool save(struct notes *n, struct error *err)
{
    return !record_file_can_be_kept(&n->file) || n->step_count == 0 || write_file(n, err);
}

/* ---------------------------------------------------------------------- finding the file */

/* Use the file's notes as this record's. Those of another record are copied into a new file. */
static void take_file(void *context, const cJSON *root, bool is_copy)
{
    struct notes *n = context;

    read_all(n, root);
    if (is_copy) {
        forget_steps(n);
        add_all_steps(n);
    }
}

static size_t count_all(const struct notes *n)
{
    size_t count = n->count;

    for (int letter = 0; letter < LETTERS; letter++)
        count += n->marks[letter].at.segment != SEGMENT_NONE;
    return count;
}

static void say_found(const struct notes *n, const char *was, struct buffer *said)
{
    size_t count = count_all(n);

    if (count == 0)
        return;
    buffer_append_format(
        said, ngettext("%zu note or mark found again", "%zu notes or marks found again", count),
        count);
    if (was != NULL)
        buffer_append_format(said, _(": they were made in '%s'"), was);
}

/* Find this record's file by everything known about it so far. */
static void settle(struct notes *n, struct buffer *said)
{
    struct error ignored; /* no harm if the file does not have the new path yet */
    char *was;
    enum record_match match = record_file_settle(&n->file, &was, take_file, n);

    if (match == RECORD_CORRECTED || match == RECORD_MOVED) {
        say_found(n, was, said);
        if (count_all(n) > 0)
            write_file(n, &ignored);
    }
    free(was);
}

/* ---------------------------------------------------------------------- with the words */

/* If words have moved, their note moves too; if there is already a note, it is appended to that
 * one. */
static size_t place_notes(struct notes *n)
{
    struct record_anchor *anchors = memory_alloc((n->count + 1) * sizeof *anchors);
    size_t count = n->count;
    char **texts = memory_alloc((count + 1) * sizeof *texts);
    size_t moved;

    for (size_t i = 0; i < count; i++) {
        anchors[i] = n->anchors[i];
        texts[i] = memory_strdup(n->notes[i].text);
    }
    moved = record_anchors_settle(n->t, anchors, count);
    for (size_t i = 0; moved > 0 && i < count; i++)
        if (anchors[i].segment != n->anchors[i].segment)
            add_note_step(n, &n->anchors[i], "");
    if (moved > 0)
        clear(n); /* marks are placed earlier, and the caller restores them */
    for (size_t i = 0; moved > 0 && i < count; i++) {
        size_t at = position_of(n, anchors[i].segment);
        struct buffer text = {0};

        if (at < n->count && n->notes[at].segment == anchors[i].segment)
            buffer_append_format(&text, "%s / ", n->notes[at].text);
        buffer_append_string(&text, texts[i]);
        set_note(n, &anchors[i], text.data);
        add_note_step(n, &anchors[i], text.data);
        buffer_release(&text);
    }
    for (size_t i = 0; i < count; i++)
        free(texts[i]);
    free(texts);
    free(anchors);
    return moved;
}

static size_t place_marks(struct notes *n, struct mark marks[LETTERS])
{
    struct record_anchor anchors[LETTERS];
    size_t moved;

    memcpy(marks, n->marks, sizeof n->marks);
    for (int i = 0; i < LETTERS; i++) {
        anchors[i] = n->marks[i].at;
        if (anchors[i].segment == SEGMENT_NONE)
            anchors[i].words[0] = '\0';
    }
    moved = record_anchors_settle(n->t, anchors, LETTERS);
    for (int i = 0; moved > 0 && i < LETTERS; i++) {
        if (anchors[i].segment == marks[i].at.segment)
            continue;
        marks[i].at = anchors[i];
        add_step(n, (struct step){.letter = (char)i, .at = marks[i].at, .byte = marks[i].byte});
    }
    return moved;
}

static void place_all(struct notes *n, struct buffer *said)
{
    struct mark marks[LETTERS];
    struct error ignored; /* the steps wait for the next time */
    size_t moved = place_marks(n, marks);

    moved += place_notes(n);
    memcpy(n->marks, marks, sizeof marks);
    n->is_placed = true;
    if (moved == 0)
        return;
    save(n, &ignored);
    buffer_append_string(said, said->bytes > 0 ? "; " : "");
    buffer_append_format(said,
                         ngettext("%zu note or mark moved with the words",
                                  "%zu notes or marks moved with the words", moved),
                         moved);
}

bool notes_meet(struct notes *n, const struct transcript *t, bool whole, struct buffer *said)
{
    n->t = t;
    record_id_take_words(&n->file.id, t, whole);
    if (!n->file.is_settled && n->file.id.has_all_words)
        settle(n, said);
    if (n->file.is_settled && whole && !n->is_placed)
        place_all(n, said);
    return said->bytes > 0;
}

/* ------------------------------------------------------------------------------ outside */

struct notes *notes_new(const char *path)
{
    struct notes *n = memory_zalloc(1, sizeof *n);

    clear(n);
    record_file_init(&n->file, "notes", path, take_file, n);
    return n;
}

void notes_free(struct notes *n)
{
    if (n == NULL)
        return;
    clear(n);
    forget_steps(n);
    free(n->notes);
    free(n->anchors);
    free(n->steps);
    record_file_release(&n->file);
    free(n);
}

const struct reader_state_note *notes_all(const struct notes *n, size_t *count)
{
    *count = n->count;
    return n->notes;
}

/* It may be too early to know whose notes these are. */
static bool save_now(struct notes *n, struct error *err)
{
    struct buffer ignored = {0};

    settle(n, &ignored);
    buffer_release(&ignored);
    return save(n, err);
}

bool notes_put(struct notes *n, uint32_t segment, const char *text, struct error *err)
{
    struct record_anchor at = anchor_at(n, segment);
    size_t place = position_of(n, segment);
    bool exists = place < n->count && n->notes[place].segment == segment;

    add_step(n, (struct step){.at = at,
                              .text = memory_strdup(text),
                              .seen = memory_strdup(exists ? n->notes[place].text : "")});
    set_note(n, &at, text);
    return save_now(n, err);
}

bool notes_mark(struct notes *n, char letter, uint32_t segment, uint32_t byte,
                struct error *err)
{
    struct step step = {.letter = letter, .at = anchor_at(n, segment), .byte = byte};

    add_step(n, step);
    take_step(n, &step);
    return save_now(n, err);
}

bool notes_find_mark(const struct notes *n, char letter, uint32_t *segment, uint32_t *byte)
{
    const struct mark *mark = &n->marks[(unsigned char)letter % LETTERS];

    *segment = mark->at.segment;
    *byte = mark->byte;
    return mark->at.segment != SEGMENT_NONE;
}

size_t notes_unsaved(const struct notes *n)
{
    return record_file_can_be_kept(&n->file) ? n->step_count : 0;
}

bool notes_try_again(struct notes *n, struct error *err)
{
    return save_now(n, err);
}

void notes_print_unsaved(const struct notes *n, struct buffer *out)
{
    for (size_t i = 0; i < n->step_count; i++) {
        const struct step *step = &n->steps[i];

        if (step->letter != '\0')
            buffer_append_format(out, _("mark %c: segment %u\n"), step->letter,
                                 (unsigned)step->at.segment + 1);
        else if (*step->text != '\0')
            buffer_append_format(out, _("note on segment %u: %s\n"),
                                 (unsigned)step->at.segment + 1, step->text);
        else
            buffer_append_format(out, _("note on segment %u: removed\n"),
                                 (unsigned)step->at.segment + 1);
    }
}
