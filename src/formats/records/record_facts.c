/* Front matter and what the container states: title, date, venue and other facts. */
#include "formats/records/record_facts.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/records/block_kind.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/record_kept.h"
#include "formats/records/record_speaker.h"
#include "formats/records/record_turn.h"

enum {
    HEADING_COLUMNS_MAX = 120, /* a longer line is a paragraph, whatever it ends in */
    FACT_NAME_MAX = 12,
    DATE_LINE_COLUMNS = 60,
    SIDE_NAME_BYTES = 12, /* of the name of a fact beside another */
};

void record_facts_note_date(struct record *r, struct reader_context *context, int64_t date_ms)
{
    char text[CIVIL_TEXT];

    if (date_ms == TIME_NONE || r->date_known)
        return;
    civil_format_date(date_ms, text);
    emit_field(context, FIELD_DATE, text, strlen(text));
    r->date_known = true;
    /* Clock readings belong to that day until another line names one. */
    if (r->times.day_ms == TIME_NONE)
        r->times.day_ms = date_ms;
}

/* A date of birth, as a description of a guest begins. */
static bool mentions_birth(struct span text)
{
    static const char *const words[] = {
        " born ", " geboren", " nació ", " né ", " née ", " nato ", " nata ", " nasceu ",
        "出生",   "生まれ",   "生年",    "生于", "生於",  "태어",   "생년",   NULL};

    return span_contains_any(text, words);
}

static void note_date_in(struct record *r, struct reader_context *context, struct span text)
{
    struct stamp stamp;

    if (!r->date_known && stamp_find_date(text, &stamp) && !mentions_birth(text))
        record_facts_note_date(r, context, record_times_date(&r->times, &stamp));
}

/* The same for a date that is wrapped over two lines: 中華民國120年 / 10月21日. */
static void note_wrapped_date(struct record *r, struct reader_context *context, size_t i)
{
    struct buffer text = {0};

    if (r->date_known || i + 1 >= r->survey.block_count || block_at(r, i + 1)->gap ||
        r->choice.begins[i + 1] != SURVEY_NONE || r->front.facts[i + 1] != SURVEY_NONE ||
        block_at(r, i)->ends_sentence)
        return;
    buffer_append(&text, block_at(r, i)->text.data, block_at(r, i)->text.length);
    emit_join(&text, block_at(r, i + 1)->text.data, block_at(r, i + 1)->text.length);
    note_date_in(r, context, span_of(buffer_string(&text), text.bytes));
    buffer_release(&text);
}

/* "海港网　责编：小满　字号：大": the value up to a blank and the name of another fact. */
static struct span up_to_next_fact(struct span value)
{
    static const char *const blanks[] = {"　", " ", "\xC2\xA0"};
    struct span rest = value;

    while (rest.length > 0) {
        size_t used = 0, name;
        size_t i;

        for (i = 0; i < sizeof blanks / sizeof *blanks && used == 0; i++)
            used = span_starts_with(rest, blanks[i]) ? strlen(blanks[i]) : 0;
        if (used == 0) {
            rest = span_skip(rest, 1);
            continue;
        }
        rest = span_skip(rest, used);
        for (name = 0; name + 3 <= rest.length && name < SIDE_NAME_BYTES &&
                       (unsigned char)rest.data[name] >= 0xE4 &&
                       (unsigned char)rest.data[name] <= 0xED;)
            name += 3;
        if (name > 0 && (span_starts_with(span_skip(rest, name), "：") ||
                         span_starts_with(span_skip(rest, name), ":")))
            return folded_trim(span_of(value.data, (size_t)(rest.data - value.data) - used));
    }
    return value;
}

/* Whether a field or a short line above the turns says on which day somebody spoke. */
static bool states_day(const struct record *r)
{
    struct stamp stamp;
    size_t i;

    for (i = 0; i < r->head && i < r->choice.first; i++) {
        const struct survey_block *b = block_at(r, i);
        uint32_t fact = r->front.facts[i];
        bool field = fact != SURVEY_NONE &&
                     front_matter_kind(&r->survey, &r->survey.candidates[fact]) == FACT_DATE;

        if ((field ||
             (fact == SURVEY_NONE && !b->ends_sentence && b->columns <= DATE_LINE_COLUMNS)) &&
            stamp_find_date(b->text, &stamp))
            return true;
    }
    return false;
}

static bool give_fact(struct record *r, struct reader_context *context,
                      const struct survey_block *b, struct span name, struct span value,
                      enum fact_kind kind, struct error *err)
{
    struct span own = up_to_next_fact(value);
    char *name_text, *value_text;

    record_kept_block(r);
    switch (kind) {
    case FACT_VENUE:
        emit_field(context, FIELD_VENUE, own.data, own.length);
        break;
    case FACT_SOURCE:
        emit_field(context, FIELD_SOURCE_NAME, own.data, own.length);
        break;
    case FACT_TITLE:
        emit_field(context, FIELD_TITLE, value.data, value.length);
        break;
    default:
        break;
    }
    if (b->form != LINE_UNTIMED)
        record_facts_note_date(r, context, record_times_date(&r->times, &b->lead));
    if (kind != FACT_SAVED && !(kind == FACT_PUBLISHED && states_day(r)))
        note_date_in(r, context, b->text);
    name_text = record_speaker_tidy(name);
    value_text = record_speaker_tidy(value);
    drafts_add_fact(context->drafts, name_text, value_text);
    free(name_text);
    free(value_text);
    return record_turn_flush(r, context, err);
}

/* What stands behind the name of a fact, with a time that its layout has there. */
static struct span value_of(const struct survey_block *b, const struct survey_candidate *c)
{
    struct span value;

    if (!c->has_time || c->text_byte < c->label_end)
        return block_part(b, c->text_byte, b->text.length);
    value = block_part(b, c->label_end, b->text.length);
    if (!span_take(&value, "："))
        span_take(&value, ":");
    return folded_trim(value);
}

bool record_facts_read(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey_candidate *c = &r->survey.candidates[r->front.facts[i]];
    /* with the number of a field in front: 壹、時間 */
    struct span name = block_part(b,
                                  b->form == LINE_UNTIMED && c->label_byte > b->start_byte
                                      ? b->start_byte
                                      : c->label_byte,
                                  c->label_end);
    struct span value = value_of(b, c);

    /* Between turns, a fact is about what is said there. */
    if (value.length == 0 ||
        (i > r->choice.first &&
         (i < r->choice.last || front_matter_kind(&r->survey, c) == FACT_NONE)) ||
        front_matter_kind(&r->survey, c) == FACT_DECISION ||
        front_matter_kind(&r->survey, c) == FACT_ITEM)
        return record_turn_give_unsaid(
            r, context, b->text,
            value.length == 0 || front_matter_kind(&r->survey, c) == FACT_ITEM, err);
    return give_fact(r, context, b, name, value, front_matter_kind(&r->survey, c), err);
}

/* "2031-05-08 Harbour council": the date becomes a separate field. */
static struct span behind_date(struct span title)
{
    int64_t ms;
    int32_t offset;
    bool has_time;
    size_t used;

    if (civil_parse_date_time(title.data, title.length, &ms, &offset, &has_time, &used) &&
        !has_time && used < title.length && title.data[used] == ' ')
        return folded_trim(span_skip(title, used));
    return title;
}

/* "時　　間　中華民國120年…": a fact whose name is set apart by blanks, as in gazettes. */
static enum fact_kind split_spaced_fact(const struct survey_block *b, struct span *name,
                                        struct span *value)
{
    struct folded f;
    struct buffer text = {0};
    enum fact_kind kind = FACT_NONE;
    size_t at;

    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence)
        return FACT_NONE;
    folded_front(&f, b->text, 0);
    for (at = 1; at < f.count && at < FACT_NAME_MAX && kind == FACT_NONE; at++) {
        size_t next = at;

        while (folded_is_blank(f.cp[next]))
            next++;
        if (next == at || f.cp[next] == 0 || !folded_is_cjk(f.cp[at - 1]))
            continue;
        buffer_clear(&text);
        label_append(&f, (struct label_place){0, at}, &text);
        kind = vocabulary_fact(span_of(buffer_string(&text), text.bytes));
        *name = span_of(b->text.data, f.at[at]);
        *value = span_skip(b->text, f.at[next]);
    }
    buffer_release(&text);
    return kind;
}

bool record_facts_read_front(struct record *r, struct reader_context *context, size_t i,
                             struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t owner = block_owner_of_heading(r, i);
    struct span name, value;
    enum fact_kind kind;
    struct stamp stamp;

    if (b->form != LINE_UNTIMED)
        record_facts_note_date(r, context, record_times_date(&r->times, &b->lead));
    note_date_in(r, context, b->text);
    note_wrapped_date(r, context, i);
    if (block_is_day_line(b, &stamp) ||
        (r->choice.timed && block_is_machine_line(b) && stamp_find_date(b->text, &stamp)))
        record_times_set_day(&r->times, &stamp);
    /* The main heading names the interviewee; it does not give the floor, nor does a title
     * above a label. */
    if (owner != SURVEY_NONE &&
        !(i == r->front.title &&
          (b->kind == BLOCK_HEADING || block_begins_turn(r, i + 1) ||
           (i + 1 < r->survey.block_count && r->front.facts[i + 1] != SURVEY_NONE)))) {
        if (!record_turn_give_unsaid(r, context, b->text, true, err))
            return false;
        record_turn_end(r);
        r->label = r->survey.candidates[owner].label;
        record_speaker_of(r, context, &r->survey.candidates[owner]);
        r->in_turn = true;
        return true;
    }
    if (i == r->front.title && drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        struct span title = front_matter_bare(front_matter_unmarked(b->text));

        if (b->kind == BLOCK_HEADING)
            title = behind_date(title);
        emit_field(context, FIELD_TITLE, title.data, title.length);
        record_kept_block(r);
        return true;
    }
    if (i == r->front.title && span_is(b->text, drafts_get(context->drafts, FIELD_TITLE))) {
        record_kept_block(r); /* a repetition */
        return true;
    }
    if (r->in_turn && !block_is_note(b) && !block_is_heading(r, i))
        return record_turn_add_words(r, context, b->text, b->joins, err);
    if (!record_turn_flush(r, context, err))
        return false;
    record_turn_end(r);
    kind = split_spaced_fact(b, &name, &value);
    if (kind != FACT_NONE)
        return give_fact(r, context, b, name, value, kind, err);
    return record_turn_give_unsaid(r, context, b->text,
                                   !b->ends_sentence && b->columns <= HEADING_COLUMNS_MAX &&
                                       !block_is_note(b) && !front_matter_is_of_page(b->text),
                                   err);
}

void record_facts_take_title(const struct record *r, struct reader_context *context)
{
    const char *title = r->ops->field != NULL ? r->ops->field(r->container, FIELD_TITLE) : NULL;

    if (title != NULL)
        emit_field(context, FIELD_TITLE, title, strlen(title));
}

/* The date that the container states is the day of the record's clock readings. */
static void take_day(struct record *r, const struct reader_context *context, const char *date)
{
    struct stamp stamp;

    r->date_known = drafts_get(context->drafts, FIELD_DATE) != NULL;
    if (stamp_find_date(span_string(date), &stamp) && r->times.day_ms == TIME_NONE)
        r->times.day_ms = record_times_date(&r->times, &stamp);
}

static void take_facts(const struct record *r, struct reader_context *context)
{
    const char *name, *value;
    size_t i;

    for (i = 0; r->ops->fact != NULL && r->ops->fact(r->container, i, &name, &value); i++)
        if (name != NULL)
            drafts_add_fact(context->drafts, name, value);
}

void record_facts_take(struct record *r, struct reader_context *context)
{
    static const enum transcript_field fields[] = {FIELD_LANGUAGE, FIELD_DATE, FIELD_VENUE,
                                                   FIELD_SOURCE_NAME, FIELD_SOURCE_URL};
    size_t i;

    for (i = 0; r->ops->field != NULL && i < sizeof fields / sizeof *fields; i++) {
        const char *value = r->ops->field(r->container, fields[i]);

        if (value == NULL)
            continue;
        emit_field(context, fields[i], value, strlen(value));
        if (fields[i] == FIELD_DATE)
            take_day(r, context, value);
    }
    if (r->ops->states_title)
        record_facts_take_title(r, context);
    take_facts(r, context);
}
