/* Reading blocks with the chosen layout.
 *
 * Invariant: `survey` holds the blocks taken from the container from `position` on; at first,
 * the choice was made from `head` of them. `words` holds what was read of the current turn and
 * was not given out. A block is read only once the one after it, or the end, is known. */
#include "formats/records/record_reader.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/records/block_kind.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/people/roster.h"
#include "formats/records/record_facts.h"
#include "formats/records/record_habits.h"
#include "formats/records/record_kept.h"
#include "formats/records/record_speaker.h"
#include "formats/records/record_turn.h"
#include "shilu/base/memory.h"

enum {
    HEAD_BYTES = 1 << 20, /* surveyed, of a file and of a pipe */
    LONG_FILE_HEAD_BYTES = 1 << 18,
    REGION_BYTES = 1 << 18, /* of a long file, surveyed before they are read */
    REGION_TURNS_SHARE = 8, /* turns are so much rarer here than in the head if the layout
                             * was abandoned */
    FRONT_SHARE = 8,        /* … or in the last third if only the front had them */
    AHEAD = 4,              /* blocks known beyond the one being read */
    BATCH_BLOCKS = 256,     /* blocks read before the reader yields */
    QUOTED_LINES_MAX = 200,
    PAGE_BLOCKS = 8, /* of the page around a text, at most, above its title */
};

void *record_reader_open(const struct container_ops *container)
{
    struct record *r = memory_zalloc(1, sizeof *r);

    r->ops = container;
    r->container = container->open();
    r->label = r->examiner = SURVEY_NONE;
    r->start_ms = r->end_ms = r->last_end_ms = TIME_NONE;
    r->pending_ms = r->pending_end_ms = TIME_NONE;
    r->tail = SIZE_MAX;
    return r;
}

void record_reader_close(void *self)
{
    struct record *r = self;

    r->ops->close(r->container);
    survey_release(&r->survey);
    choice_release(&r->choice);
    front_matter_release(&r->front);
    roster_release(&r->roster);
    turn_kinds_release(&r->kinds);
    record_speaker_forget(r);
    free(r->speakers);
    free(r->lines);
    free(r->set_apart);
    free(r->fact_labels);
    buffer_release(&r->words);
    buffer_release(&r->lone_label);
    free(r->witness);
    free(r);
}

static bool read_only_time(struct record *r, struct reader_context *context, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    int64_t start_ms, end_ms;
    bool front = r->head > 0 && i < r->choice.first;

    record_kept_block(r);
    if (front && !r->date_known)
        record_facts_note_date(r, context, record_times_date(&r->times, &b->lead));
    if (!b->lead.has_clock) {
        record_facts_note_date(r, context, record_times_date(&r->times, &b->lead));
        record_times_set_day(&r->times, &b->lead);
        return true;
    }
    /* when the meeting began, or from when to when it went on */
    if (front && b->lead.wall &&
        (b->lead.has_date || b->lead.numeric || b->lead.end_ms != TIME_NONE) &&
        !r->times_below && i + 1 != r->choice.first)
        return true;
    start_ms = record_times_start(&r->times, &b->lead, &end_ms);
    if (r->times_below) {
        if (r->words.bytes > 0 && r->start_ms == TIME_NONE)
            r->start_ms = start_ms;
        return true;
    }
    r->pending_ms = start_ms;
    r->pending_end_ms = end_ms;
    return true;
}

/* The time at the end of the words: a time of day says when they were said or posted, an
 * elapsed time where they end. */
static void read_tail(struct record *r, struct reader_context *context,
                      const struct survey_block *b)
{
    int64_t end_ms;
    int64_t at_ms;

    if (!b->has_tail)
        return;
    at_ms = record_times_start(&r->times, &b->tail, &end_ms);
    record_facts_note_date(r, context, record_times_date(&r->times, &b->tail));
    if (r->times.wall) {
        if (r->start_ms == TIME_NONE)
            r->start_ms = at_ms;
        r->complete = r->posted;
    } else {
        r->end_ms = at_ms;
        r->last_end_ms = at_ms;
    }
}

/* The words without a repetition of the name and a colon at their start. */
static struct span without_repeated_name(const struct survey_block *b,
                                         const struct survey_candidate *c, struct span words)
{
    struct span names[2] = {block_part(b, c->name_byte, c->name_end),
                            block_part(b, c->label_byte, c->label_end)};
    size_t i;

    for (i = 0; i < 2; i++) {
        struct span rest;

        if (names[i].length == 0 || words.length <= names[i].length ||
            memcmp(words.data, names[i].data, names[i].length) != 0)
            continue;
        rest = folded_trim(span_skip(words, names[i].length));
        if (span_take(&rest, ":") || span_take(&rest, "：")) {
            rest = folded_trim(rest);
            return rest.length > 0 ? rest : words;
        }
    }
    return words;
}

/* A message of several lines is exported by LINE in quotation marks, line by line. Whether the
 * closing mark is near. */
static bool opens_quotation(const struct record *r, size_t i, struct span words)
{
    size_t k;

    if (!r->choice.timed || words.length < 2 || *words.data != '"' ||
        words.data[words.length - 1] == '"')
        return false;
    for (k = i + 1; k < r->survey.block_count && k < i + QUOTED_LINES_MAX; k++)
        if (span_ends_with(block_at(r, k)->text, "\""))
            return true;
    return false;
}

/* 清「おはよう。早い, with 」 at the end of a later line before the next label. */
static bool opens_corner_quotation(const struct record *r, size_t i)
{
    size_t k;

    if (span_ends_with(block_at(r, i)->text, "」"))
        return false;
    for (k = i + 1; k < r->survey.block_count && k < i + QUOTED_LINES_MAX; k++) {
        if (block_begins_turn(r, k))
            return false;
        if (span_ends_with(block_at(r, k)->text, "」"))
            return true;
    }
    return false;
}

/* [고순임/주민] with "…" below it, within the words of a reporter whose label is in brackets
 * too. */
static bool is_quoted_inset(const struct record *r, size_t i, const struct survey_candidate *c,
                            uint32_t outer)
{
    const struct survey *s = &r->survey;
    struct span words = survey_words(s, c);

    if ((survey_layout_row(s, &s->rows[c->row])->traits & LAYOUT_BRACKETS) == 0 ||
        c->role_end == c->role_byte || !s->labels[outer].asks || s->labels[c->label].asks ||
        s->labels[c->label].hosts)
        return false;
    if (words.length == 0 && i + 1 < s->block_count)
        words = block_at(r, i + 1)->text;
    return folded_opens_quotation(words);
}

/* 法官問, 證人洪大同答, 總經理 吳安 答, 審判長諭知: what the verb between a name and the words
 * says. */
static enum turn_verb verb_behind(const struct survey_block *b,
                                  const struct survey_candidate *c)
{
    static const char *const asking[] = {"問",   "问",   "詢問", "询问", "追問",
                                         "追问", "提問", "提问", NULL};
    static const char *const answering[] = {"答",   "起立答", "答稱", "回應", "回应",
                                            "回覆", "回复",   "答覆", "答复", NULL};
    static const char *const stating[] = {"諭知", "谕知", NULL};
    struct span verb;

    if (c->label == SURVEY_NONE || c->name_end >= c->label_end || c->role_end > c->name_end)
        return VERB_NONE;
    verb = folded_trim(block_part(b, c->name_end, c->label_end));
    return span_is_any(verb, asking)      ? VERB_ASKS
           : span_is_any(verb, answering) ? VERB_ANSWERS
           : span_is_any(verb, stating)   ? VERB_STATES
                                          : VERB_NONE;
}

static bool read_begin(struct record *r, struct reader_context *context, size_t i,
                       uint32_t begin, struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey_candidate *c = &r->survey.candidates[begin];
    const struct layout_row *layout = survey_layout_row(&r->survey, &r->survey.rows[c->row]);
    const struct stamp *stamp = b->form != LINE_UNTIMED ? &b->lead
                                : c->has_time           ? &c->time
                                                        : NULL;
    struct span words = survey_words(&r->survey, c);
    uint32_t resumed;
    bool answers = r->choice.dash_pairs && r->by_dash;

    if (!record_turn_flush(r, context, err) || !record_turn_keep_lone_label(r, context, err))
        return false;
    resumed = r->inset ? r->resumed : r->label;
    record_turn_end(r);
    r->in_turn = true;
    r->inset = choice_is_inset(&r->survey, &r->choice, c) ||
               (resumed != SURVEY_NONE && is_quoted_inset(r, i, c, resumed));
    r->resumed = r->inset ? resumed : SURVEY_NONE;
    r->in_table = b->kind == BLOCK_TABLE_ROW;
    if (words.length == 0)
        buffer_append(&r->lone_label, b->text.data, b->text.length);
    record_kept_label(r, b, c);
    r->unlabelled_answer = answers;
    r->by_dash = ((layout->traits & LAYOUT_DASH) != 0 && !answers) ||
                 (r->choice.dashes_alone && record_sets_apart(r, c->label));
    r->asks_in_emphasis = r->by_dash && c->text_byte == b->start_byte &&
                          (r->survey.rows[c->row].dress == 'b' ||
                           r->survey.rows[c->row].dress == 'i');
    r->piece = (layout->traits & LAYOUT_WORDS) != 0 && stamp != NULL &&
               stamp->end_ms != TIME_NONE;
    r->label = c->label;
    r->verb = verb_behind(b, c);
    if (r->choice.examined && c->label != SURVEY_NONE)
        r->examiner = c->label;
    else if (r->choice.examined && r->by_dash)
        r->label = r->examiner;
    if (c->label != SURVEY_NONE &&
        (words.length > 0 || !block_begins_turn(r, i + 1) || r->choice.examined))
        record_speaker_of(r, context, c);
    else if (c->label != SURVEY_NONE)
        record_speaker_slot(r, c->label); /* no words below it */
    r->asks = false;
    r->start_ms = r->end_ms = TIME_NONE;
    r->turn_clock_ms = stamp != NULL && stamp->has_clock ? stamp->clock_ms : TIME_NONE;
    if (stamp != NULL) {
        r->start_ms = record_times_start(&r->times, stamp, &r->end_ms);
        record_facts_note_date(r, context, record_times_date(&r->times, stamp));
    }
    if (r->start_ms == TIME_NONE && !r->times_below)
        record_turn_take_pending(r);
    r->pending_ms = r->pending_end_ms = TIME_NONE;
    if (r->start_ms == TIME_NONE && r->last_end_ms != TIME_NONE)
        r->start_ms = r->last_end_ms;
    r->last_end_ms = TIME_NONE;
    if (!c->has_time)
        read_tail(r, context, b);
    record_kept_words(r, words); /* the words with the repeated name */
    if (opens_quotation(r, i, words)) {
        r->quotation_end = "\"";
        words = span_skip(words, 1);
    }
    if ((layout->traits & LAYOUT_QUOTED) != 0) {
        if (opens_corner_quotation(r, i))
            r->quotation_end = "」";
        else
            r->complete = true;
    }
    /* "<ada> ada: no": a chat message addresses somebody; it does not contain labels. */
    if (*layout->template != '<' && r->survey.rows[c->row].layout != LAYOUT_GAP)
        words = without_repeated_name(b, c, words);
    return record_turn_add_words(r, context, words, false, err);
}

/* If headings name the speakers, text set apart below them has no speaker. */
static bool names_in_headings(const struct record *r)
{
    char dress = r->choice.row_count > 0 ? r->survey.rows[r->choice.rows[0]].dress : 0;

    return dress >= '1' && dress <= '6';
}

/* A question in bold or italics was put, and a paragraph in plain type follows. */
static bool answers_set_apart(const struct record *r, const struct survey_block *b)
{
    return record_sets_apart(r, r->label) && r->said && b->gap && b->kind == BLOCK_PARAGRAPH &&
           !block_is_set_apart(b);
}

/* The answer has the label that other answers have, if one is known. */
static void take_label_of_answers(struct record *r, struct reader_context *context)
{
    const struct survey_candidate *c = r->answer != SURVEY_NONE
                                           ? &r->survey.candidates[r->answer]
                                           : NULL;

    if (c == NULL || (r->head == 0 && record_speaker_slot(r, c->label)->name == NULL))
        return;
    record_speaker_of(r, context, c);
    r->label = c->label;
}

/* A question was put whose answer has no label. */
static bool awaits_answer(const struct record *r)
{
    return r->choice.mark_alone ? r->said && r->label != SURVEY_NONE
                                : r->choice.dashes_alone && !r->choice.dash_pairs && r->by_dash;
}

/* "For: five." in the paragraph of a turn, with blank lines around it: the speaker reads it
 * out. */
static bool is_read_out(const struct record *r, size_t i)
{
    size_t next = i + 1;

    while (i > 0 && !block_begins_turn(r, i)) {
        if (block_at(r, i)->gap || block_is_note(block_at(r, i)))
            return false;
        i--;
    }
    while (next < r->survey.block_count && !block_at(r, next)->gap) {
        if (block_begins_turn(r, next))
            return false;
        next++;
    }
    return block_begins_turn(r, i) && block_at(r, i)->gap;
}

static bool read_other(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    bool awaits_words = r->in_turn && !r->said;
    size_t words_byte = 0; /* after the mark of an answer */
    struct stamp stamp;
    uint32_t owner;

    if (block_is_day_line(b, &stamp)) {
        record_times_set_day(&r->times, &stamp);
        return record_turn_give_unsaid(r, context, b->text, true, err);
    }
    if (!r->choice.timed && block_is_moment_of_meeting(b))
        return record_turn_give_unsaid(r, context, b->text, false, err);
    if (block_is_name_of_next(r, i)) {
        record_kept_block(r);
        return true;
    }
    if (block_is_unnamed_moment(r, b)) {
        if (!record_turn_flush(r, context, err) ||
            !record_turn_keep_lone_label(r, context, err))
            return false;
        record_turn_end(r);
        record_kept_block(r);
        r->start_ms = record_times_start(&r->times, &b->lead, &r->end_ms);
        buffer_append(&r->words, b->text.data + b->body_byte, b->end_byte - b->body_byte);
        r->kind = SEGMENT_UNKNOWN;
        r->kind_known = true;
        return record_turn_flush(r, context, err);
    }
    /* Below "系统消息(10000)" the program has a label of its own. */
    if (((block_is_chat(r) && block_is_machine_line(b)) || block_is_action(r, b)) &&
        !(awaits_words && r->choice.timed && r->lone_label.bytes > 0)) {
        if (stamp_find_date(b->text, &stamp))
            record_times_set_day(&r->times, &stamp);
        return record_turn_give_unsaid(r, context, b->text, false, err);
    }
    owner = block_owner_of_heading(r, i);
    if (owner != SURVEY_NONE && b->gap) {
        if (!record_turn_give_unsaid(r, context, b->text, true, err))
            return false;
        record_turn_end(r);
        r->label = r->survey.candidates[owner].label;
        r->in_turn = true;
        return true;
    }
    if (block_is_role_line(r, i))
        return record_speaker_take_role(r, context, b);
    if (b->kind == BLOCK_QUOTATION && (block_is_note(b) || names_in_headings(r)))
        return record_turn_give_unsaid(r, context, b->text, false, err);
    if (block_is_page_edge(b) || block_is_set_beside(r, i))
        return record_turn_give_unsaid(r, context, b->text, false, err);
    if (!awaits_words) {
        if (block_is_of_table(r, i))
            return record_turn_give_unsaid(r, context, b->text, b->gap, err);
        if (block_is_outside_words(r, b)) {
            if (!record_turn_give_unsaid(r, context, b->text, false, err))
                return false;
            record_turn_end(r);
            return true;
        }
        if (block_is_fact_again(r, i)) {
            if (!record_turn_give_unsaid(r, context, b->text, false, err))
                return false;
            record_turn_end(r);
            return true;
        }
        if (block_is_note(b) || block_is_of_note(r, i) || block_is_procedure(r, b) ||
            block_continues_procedure(r, i) || block_continues_heading(r, i)) {
            if (!record_turn_give_unsaid(r, context, b->text, false, err))
                return false;
            if (!r->choice.timed && r->head > 0 && i > r->choice.last && block_states_hour(b))
                record_turn_end(r);
            return true;
        }
        /* Somebody whom nobody names. */
        if (b->bullet == LINE_NEW_VOICE && r->choice.row_count > 0 &&
            r->survey.rows[r->choice.rows[0]].bulleted) {
            if (!record_turn_give_unsaid(
                    r, context, block_part(b, b->start_byte, b->text.length), false, err))
                return false;
            record_turn_end(r);
            return true;
        }
        /* A bullet as labels have it but no label: an item of the agenda or of a list. */
        if (b->bullet != 0 && r->choice.row_count > 0 &&
            r->survey.rows[r->choice.rows[0]].bulleted && !b->ends_sentence) {
            if (!record_turn_give_unsaid(r, context, b->text, true, err))
                return false;
            record_turn_end(r);
            return true;
        }
        if (block_is_heading(r, i) || block_is_next_section(r, i)) {
            bool beyond = r->heading_opens_turn && r->head > 0 && i > r->choice.last;
            bool closes = (b->kind == BLOCK_HEADING && (r->headings_open_turns || beyond) &&
                           !block_heads_turn(r, i)) ||
                          (b->kind == BLOCK_HEADING && roster_heads_list(b)) ||
                          block_is_next_section(r, i);

            if (!record_turn_give_unsaid(r, context, b->text, true, err))
                return false;
            if (closes)
                record_turn_end(r);
            return true;
        }
    }
    /* Within a message, "Decision: …" is a line of it. */
    if (!awaits_words && (b->gap || (!r->choice.timed && !is_read_out(r, i))) &&
        (block_is_decision(r, i) || block_is_item(r, i))) {
        if (!record_turn_give_unsaid(r, context, b->text, block_is_item(r, i), err))
            return false;
        record_turn_end(r);
        if (block_is_item(r, i)) /* what was asked under the last one is dealt with */
            r->kinds.asked = r->kinds.answered = r->kinds.just_asked = false;
        return true;
    }
    if (block_is_end_matter(r, i) || block_is_imprint(r, i) ||
        (block_is_closing(r, i) && !awaits_words) ||
        (r->in_table && b->kind != BLOCK_TABLE_ROW && r->head > 0 && i > r->choice.last)) {
        if (!record_turn_give_unsaid(r, context, b->text, false, err))
            return false;
        record_turn_end(r);
        return true;
    }
    if (answers_set_apart(r, b) ||
        (awaits_answer(r) && (b->gap || b->bullet != 0 || (r->answers_close && !b->joins)))) {
        /* the answer below a question */
        if (!record_turn_flush(r, context, err))
            return false;
        record_turn_end(r);
        r->in_turn = r->unlabelled_answer = true;
        take_label_of_answers(r, context);
        words_byte = b->start_byte;
    }
    if (r->choice.times_alone && r->pending_ms != TIME_NONE) {
        if (!record_turn_flush(r, context, err))
            return false;
        record_turn_end(r);
        record_turn_take_pending(r);
        r->in_turn = r->piece = true;
    }
    if (!record_turn_resume(r, context, b->text, err))
        return false;
    if (!r->in_turn || r->complete)
        return record_turn_give_posted(r, context, b, err);
    if (b->form != LINE_UNTIMED && !r->choice.timed && b->lead.has_clock &&
        !block_continues_sentence(r, i) && (b->form != LINE_BARE || !b->lead.two_parts) &&
        (r->words.bytes > 0 ||
         awaits_words)) { /* a time at the head of a paragraph of the same turn */
        if (!record_turn_flush(r, context, err))
            return false;
        r->start_ms = record_times_start(&r->times, &b->lead, &r->end_ms);
        read_tail(r, context, b);
        return record_turn_add_words(r, context, block_part(b, b->body_byte, b->end_byte),
                                     false, err);
    }
    if (r->pending_ms != TIME_NONE && !r->times_below) {
        if (!record_turn_flush(r, context, err))
            return false;
        record_turn_take_pending(r);
    }
    if (r->survey.times_in_words && survey_has_time_in_words(b)) {
        if (!awaits_words) {
            int64_t end_ms;

            if (!record_turn_flush(r, context, err))
                return false;
            r->start_ms = record_times_start(&r->times, &b->lead, &end_ms);
        }
        words_byte = b->body_byte;
    }
    if (b->has_tail)
        read_tail(r, context, b);
    return record_turn_add_words(r, context, block_part(b, words_byte, b->end_byte),
                                 b->joins && !awaits_words, err);
}

static bool read_quoted(struct record *r, struct reader_context *context, size_t i,
                        struct error *err)
{
    struct span words = block_at(r, i)->text;

    const char *end = r->quotation_end;
    bool corner = *end != '"';

    record_kept_block(r);
    if (span_ends_with(words, end)) {
        r->quotation_end = NULL;
        r->complete = corner; /* text between the turns of a play has no speaker */
        words.length -= strlen(end);
    }
    return record_turn_add_words(r, context, words, corner && block_at(r, i)->joins, err);
}

/* Whether a turn begins above a time on a line of its own. */
static bool has_label_above(const struct record *r, size_t i)
{
    size_t label = i - (i > 1 && block_at(r, i - 1)->beside_label ? 2 : 1);

    return i > 0 && r->choice.begins[label] != SURVEY_NONE;
}

static bool read_by_layout(struct record *r, struct reader_context *context, size_t i,
                           struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    bool head = i < r->head;
    uint32_t begin;

    if (r->quotation_end != NULL)
        return read_quoted(r, context, i, err);
    if (head && r->front.facts[i] != SURVEY_NONE)
        return record_facts_read(r, context, i, err);
    if (head && b->beside_label && r->choice.begins[i - 1] != SURVEY_NONE)
        return record_turn_give_unsaid(r, context, b->text, false, err);
    if (head &&
        ((b->time_of_label && has_label_above(r, i)) ||
         (b->time_of_next && i + 1 < r->head && r->choice.begins[i + 1] != SURVEY_NONE &&
          r->survey.candidates[r->choice.begins[i + 1]].has_time))) {
        /* The time was read with the label; a note behind it is left out. */
        record_kept_words(
            r,
            block_part(b, 0, b->only_time && b->body_byte > 0 ? b->body_byte : b->text.length));
        return true;
    }
    if (b->only_time && !block_is_said(r, i) && !block_continues_sentence(r, i))
        return read_only_time(r, context, i);
    begin = head ? r->choice.begins[i] : choose_begin(&r->survey, &r->choice, i);
    if (begin != SURVEY_NONE)
        return read_begin(r, context, i, begin, err);
    if (head && i < r->choice.first)
        return record_facts_read_front(r, context, i, err);
    return read_other(r, context, i, err);
}

static bool read_block(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    bool is_fact = i < r->head && r->front.facts[i] != SURVEY_NONE;
    bool only_time = block_at(r, i)->only_time;
    uint64_t lost;
    bool ok;

    r->block_text = block_at(r, i)->text;
    r->part_count = 0;
    ok = read_by_layout(r, context, i, err);
    lost = ok ? record_kept_count_lost(r) : 0;
    if (lost > 0)
        record_kept_note_lost(r, block_at(r, i), lost);

    if (context->account != NULL) {
        context->account->blocks++;
        context->account->explained += is_fact || only_time || r->in_turn;
    }
    return ok;
}

/* Whether only the page around the text is above a block. */
static bool is_of_page_to(const struct record *r, size_t i)
{
    while (i > 0 && front_matter_is_of_page(block_at(r, i - 1)->text))
        i--;
    return i == 0;
}

/* Whether a block may be the title of a text without speakers. */
static bool is_title_of_plain(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return i < PAGE_BLOCKS && is_of_page_to(r, i) && i + 1 < r->head && b->next_gap &&
           b->columns < CAPITALS_COLUMNS && !b->ends_sentence &&
           !front_matter_is_of_page(b->text);
}

/* Text without speakers. */
static bool read_plain(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);

    if (b->kind == BLOCK_HEADING && is_title_of_plain(r, i) &&
        drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        emit_field(context, FIELD_TITLE, b->text.data, b->text.length);
        return true;
    }
    /* That the first line of a text is its title is a guess: it stays where search finds it. */
    if (b->kind == BLOCK_HEADING || is_title_of_plain(r, i))
        return record_turn_give_unsaid(r, context, b->text, true, err);
    if (b->joins && b->form == LINE_UNTIMED && r->words.bytes > 0 &&
        r->words.bytes < SEGMENT_BYTES) {
        emit_join(&r->words, b->text.data, b->text.length);
        return true;
    }
    if (!record_turn_flush(r, context, err))
        return false;
    record_turn_begin_paragraph(r);
    buffer_append(&r->words, b->text.data, b->text.length);
    return true;
}

static void learn_from_head(struct record *r, struct reader_context *context)
{
    record_habits_learn(r, context);
    record_facts_take(r, context);
    record_habits_guess_language(r, context);
    r->phase = PHASE_READ;
}

static bool is_long_file(const struct reader_context *context)
{
    const struct source *source = input_source(context->input); /* NULL in a trial */

    return source != NULL && source_total_bytes(source) > HEAD_BYTES;
}

/* Take blocks until there are `enough`; returns the container's status otherwise. */
static enum block_status take_blocks(struct record *r, struct reader_context *context,
                                     size_t blocks, size_t bytes, struct error *err)
{
    enum block_status status = BLOCK_READY;
    struct block block;

    while (!r->blocks_ended && r->survey.block_count < blocks && r->survey.text_bytes < bytes) {
        status = r->ops->next(r->container, context, &block, err);
        if (status == BLOCK_ERROR) { /* blocks before the error are read first */
            r->failed = true;
            r->err = *err;
            status = BLOCK_END;
        }
        if (status == BLOCK_END)
            r->blocks_ended = true;
        if (status != BLOCK_READY)
            return status;
        if (block.text.length == 0)
            continue;
        survey_add(&r->survey, &block);
    }
    return BLOCK_READY;
}

/* The layout occurs in the first part of the head and hardly after it, as in a table of
 * contents. */
static bool is_only_at_front(const struct record *r)
{
    size_t third = r->survey.block_count / 3;
    size_t front = 0, back = 0;
    size_t i;

    if (!r->choice.found || r->choice.times_alone)
        return false;
    for (i = 0; i < third; i++) {
        front += r->choice.begins[i] != SURVEY_NONE;
        back += r->choice.begins[r->survey.block_count - 1 - i] != SURVEY_NONE;
    }
    return back * FRONT_SHARE < front;
}

/* Take the head and choose a layout from it. Part of a long file is enough, unless the layout
 * stops within that part. BLOCK_MORE: there is not enough yet. */
static enum block_status take_head(struct record *r, struct reader_context *context,
                                   struct error *err)
{
    bool is_long = is_long_file(context);
    size_t bytes = is_long ? LONG_FILE_HEAD_BYTES : HEAD_BYTES;
    enum block_status status;

    for (;;) {
        status = take_blocks(r, context, SIZE_MAX, bytes, err);
        if (status == BLOCK_MORE &&
            !(input_resting(context->input) && r->survey.block_count > 0))
            return status;
        if (!r->chosen || r->head != r->survey.block_count)
            record_habits_choose(r);
        if (bytes == HEAD_BYTES || r->blocks_ended || !is_only_at_front(r))
            break;
        bytes = HEAD_BYTES;
    }
    r->by_regions = is_long && context->layout == NULL;
    return BLOCK_READY;
}

/* ------------------------------------------------------------------ regions of a long file */

/* Whether the layout hardly occurs in the blocks that are still unread. */
static bool is_layout_left(const struct record *r)
{
    size_t blocks = r->survey.block_count - r->position;
    size_t turns = 0;
    size_t i;

    if (!r->choice.found)
        return true;
    if (r->choice.times_alone || r->choice.dashes_alone)
        return false;
    for (i = r->position; i < r->survey.block_count; i++)
        turns += choose_begin(&r->survey, &r->choice, i) != SURVEY_NONE;
    return turns * REGION_TURNS_SHARE * r->blocks_in_head < r->turns_in_head * blocks;
}

/* Read with another layout from here on; takes over the survey, the choice and the front
 * matter. */
static void change_layout(struct record *r, struct reader_context *context,
                          struct survey *survey, struct choice *choice,
                          struct front_matter *front)
{
    int64_t day_ms = r->choice.found ? r->times.day_ms : TIME_NONE;

    record_turn_end(r);
    record_speaker_forget(r);
    survey_release(&r->survey);
    choice_release(&r->choice);
    front_matter_release(&r->front);
    turn_kinds_release(&r->kinds);
    r->survey = *survey;
    r->choice = *choice;
    r->front = *front;
    r->front.title = SURVEY_NONE; /* the whole file's title was in its head */
    r->head = r->survey.block_count;
    r->position = 0;
    record_habits_learn(r, context);
    if (r->times.day_ms == TIME_NONE)
        r->times.day_ms = day_ms;
}

/* Choose again from the unread blocks, if the layout does not fit them and another one surely
 * does. */
static bool judge_region(struct record *r, struct reader_context *context, struct error *err)
{
    struct survey survey;
    struct choice choice;
    struct front_matter front = {.title = SURVEY_NONE};

    r->judged = r->survey.block_count;
    r->judged_bytes = r->survey.text_bytes;
    if (r->position == r->survey.block_count || !is_layout_left(r))
        return true;
    survey_again(&survey, &r->survey, r->position);
    survey_finish(&survey);
    choose_layout(&survey, &choice);
    if (choice.found && choice.score >= CERTAIN_SCORE) {
        front_matter_find(&front, &survey, &choice);
        if (choice.first < survey.block_count) {
            if (!record_turn_flush(r, context, err))
                return false;
            change_layout(r, context, &survey, &choice, &front);
            return true;
        }
    }
    front_matter_release(&front);
    choice_release(&choice);
    survey_release(&survey);
    return true;
}

/* Of a long file: take blocks until a region is complete, and judge it. BLOCK_MORE: it is not
 * complete yet. */
static enum block_status take_region(struct record *r, struct reader_context *context,
                                     struct error *err)
{
    enum block_status status;

    if (!r->by_regions || r->head > 0 || r->position < r->judged)
        return BLOCK_READY;
    status = take_blocks(r, context, SIZE_MAX, r->judged_bytes + REGION_BYTES, err);
    if (status == BLOCK_MORE && !input_resting(context->input))
        return status;
    return judge_region(r, context, err) ? BLOCK_READY : BLOCK_ERROR;
}

/* While the input pauses, the last block may have to wait for what follows it. */
static size_t rest_end(const struct record *r)
{
    size_t last = r->survey.block_count;

    if (last == 0 || last <= r->position || !r->choice.found)
        return last;
    last--;
    if (r->survey.blocks[last].only_time)
        return last + 1;
    if (last < r->head ? r->choice.begins[last] != SURVEY_NONE
                       : choose_begin(&r->survey, &r->choice, last) != SURVEY_NONE)
        return last + 1;
    return last;
}

/* Read blocks up to `end`, or one batch of them. */
static bool read_blocks(struct record *r, struct reader_context *context, size_t end,
                        struct error *err)
{
    size_t steps = 0;

    while (r->position < end && steps++ < BATCH_BLOCKS) {
        bool ok;

        r->line = block_at(r, r->position)->number;
        ok = r->choice.found ? read_block(r, context, r->position, err)
                             : read_plain(r, context, r->position, err);

        if (!ok)
            return false;
        r->position++;
    }
    if (r->position >= r->head && r->position > 0 && r->survey.block_count > 0) {
        /* Nobody looks back at a block that was read. */
        survey_drop_front(&r->survey, r->position);
        r->judged -= r->position < r->judged ? r->position : r->judged;
        r->position = 0;
        r->head = 0;
    }
    return true;
}

/* Whether the current turn may be given out before it ends, because nothing would be joined to
 * it. */
static bool may_give_early(const struct record *r)
{
    return r->choice.found && !r->wrapped && (!r->whole_turns || r->complete);
}

static size_t readable_end(const struct record *r, bool resting)
{
    size_t count = r->survey.block_count;
    size_t end = r->blocks_ended         ? count
                 : resting               ? rest_end(r)
                 : count > (size_t)AHEAD ? count - AHEAD
                                         : 0;

    return r->by_regions && !resting && end > r->judged ? r->judged : end;
}

/* Every block has been read. */
static enum reader_status finish(struct record *r, struct reader_context *context,
                                 size_t before, struct error *err)
{
    if (!record_turn_flush(r, context, err) || !record_turn_keep_lone_label(r, context, err))
        return READER_ERROR;
    record_kept_report(r, context);
    record_facts_take_title(r, context);
    if (drafts_count(context->drafts) > before)
        return READER_SEGMENT;
    if (!r->failed)
        return READER_END;
    *err = r->err;
    return READER_ERROR;
}

enum reader_status record_reader_next(void *self, struct reader_context *context,
                                      struct error *err)
{
    struct record *r = self;
    size_t before = drafts_count(context->drafts);
    enum block_status status = BLOCK_READY;
    bool resting;

    r->blocks_ended = false; /* a growing text continues */
    if (r->phase == PHASE_START) {
        if (!survey_init(&r->survey, context->layout, err))
            return READER_ERROR;
        r->phase = PHASE_SURVEY;
    }
    if (r->taken_bytes > 0) {
        input_consume(context->input, r->taken_bytes);
        r->taken_bytes = 0;
    }
    if (r->phase == PHASE_SURVEY) {
        if (take_head(r, context, err) == BLOCK_MORE)
            return READER_MORE;
        learn_from_head(r, context);
    }
    for (;;) {
        status = take_region(r, context, err);
        if (status == BLOCK_ERROR)
            return READER_ERROR;
        if (status == BLOCK_MORE)
            return drafts_count(context->drafts) > before ? READER_SEGMENT : READER_MORE;
        status = take_blocks(r, context, r->position + BATCH_BLOCKS, SIZE_MAX, err);
        resting = status == BLOCK_MORE && input_resting(context->input);
        if (!read_blocks(r, context, readable_end(r, resting), err))
            return READER_ERROR;
        if (r->position < readable_end(r, resting)) {
            if (drafts_count(context->drafts) > before)
                return READER_SEGMENT;
            continue;
        }
        if (r->blocks_ended && r->position == r->survey.block_count)
            return finish(r, context, before, err);
        if (resting && may_give_early(r) && !record_turn_flush(r, context, err))
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
        if (status == BLOCK_MORE)
            return READER_MORE;
    }
}
