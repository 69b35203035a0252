/* Choosing the layout of the head, and learning the habits of the record from it: whether lines
 * are wrapped, turns end in full stops, times are below their words, where speech ends. */
#include "formats/records/record_habits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/language_guess.h"
#include "formats/containers/text_container.h"
#include "formats/records/block_kind.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/people/short_names.h"
#include "formats/records/people/stated_parts.h"
#include "formats/records/record_speaker.h"
#include "formats/records/record_turn.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum { PLACE_BYTES_MAX = 40 }; /* of the name of a place before a date */
enum {
    ENDS_IN_STOPS_PERCENT = 85,
    LANGUAGE_BYTES = 4096,
    END_MARK_BYTES = 24,
    CONTACT_COLUMNS = 60,
    PHONE_DIGITS = 7,
    RIGHTS_BYTES_MAX = 300,
    POSTED_TENTHS = 5,
    SIGNED_COLUMNS = 40,
    WORDS_SET_IN_MIN = 3, /* turns */
    HEADINGS_MIN = 2,
    TAIL_TURNS_MIN = 8,
    LAST_NAMES_MIN = 2,
    LABELS_COMPARED = 100,
    SET_APART_MIN = 2, /* turns of a label in bold or italics */
};

/* Whether times on lines of their own belong to the words below them or above. */
static bool find_times_below(const struct record *r)
{
    size_t first = SURVEY_NONE, last = 0, count = 0;
    size_t i;

    for (i = 0; i < r->survey.block_count; i++) {
        const struct survey_block *b = block_at(r, i);

        if (!b->only_time || !b->lead.has_clock || b->time_of_label || b->time_of_next)
            continue;
        count++;
        last = i;
        if (first == SURVEY_NONE)
            first = i;
    }
    return count >= 2 && first > r->choice.first && last > r->choice.last;
}

/* Every question after a dash has its answer below it without a blank line between. Questions
 * need a blank line above unless they count. */
static bool find_answers_close(const struct record *r)
{
    bool counted = r->choice.row_count > 0 &&
                   r->survey.rows[r->choice.rows[0]].layout == LAYOUT_ITEM;
    size_t i;

    if (!r->choice.mark_alone && (!r->choice.dashes_alone || r->choice.dash_pairs))
        return false;
    for (i = r->choice.first; i <= r->choice.last; i++) {
        uint32_t begin = r->choice.begins[i];

        if (begin == SURVEY_NONE ||
            (r->choice.examined && r->survey.candidates[begin].label != SURVEY_NONE))
            continue;
        if (i + 1 >= r->survey.block_count || block_at(r, i + 1)->gap ||
            block_at(r, i + 1)->joins || !(counted || block_at(r, i)->gap))
            return false;
    }
    return true;
}

/* The labels of facts above the first turn. */
static void find_fact_labels(struct record *r)
{
    size_t i;

    free(r->fact_labels);
    r->fact_labels = memory_zalloc(r->survey.label_count + 1, sizeof *r->fact_labels);
    r->fact_label_count = r->survey.label_count;
    for (i = 0; i < r->survey.block_count && i < r->choice.first; i++) {
        uint32_t fact = r->front.facts[i];

        if (fact != SURVEY_NONE && r->survey.candidates[fact].label != SURVEY_NONE)
            r->fact_labels[r->survey.candidates[fact].label] = true;
    }
}

/* The labels whose turns are all set apart, twice or more, among turns that are not: what is
 * below them in plain type is an answer. */
static void find_set_apart(struct record *r)
{
    size_t labels = r->survey.label_count;
    uint32_t *turns = memory_zalloc(labels + 1, sizeof *turns);
    uint32_t *apart = memory_zalloc(labels + 1, sizeof *apart);
    uint32_t other = SURVEY_NONE; /* the only label of turns in plain type */
    bool several = false;
    bool any = false;
    size_t i;

    free(r->set_apart);
    r->set_apart = memory_zalloc(labels + 1, sizeof *r->set_apart);
    r->set_apart_count = labels;
    r->answer = SURVEY_NONE;
    for (i = r->choice.first; i <= r->choice.last && i < r->survey.block_count; i++) {
        uint32_t begin = r->choice.begins[i];
        uint32_t label = begin != SURVEY_NONE ? r->survey.candidates[begin].label : SURVEY_NONE;

        if (label == SURVEY_NONE)
            continue;
        turns[label]++;
        apart[label] += block_is_set_apart(block_at(r, i)) &&
                        survey_words(&r->survey, &r->survey.candidates[begin]).length > 0;
        if (apart[label] == turns[label])
            continue;
        several |= other != SURVEY_NONE && other != label;
        other = label;
        if (r->answer == SURVEY_NONE)
            r->answer = begin;
    }
    for (i = 0; i < labels; i++) {
        r->set_apart[i] = turns[i] >= SET_APART_MIN && apart[i] == turns[i];
        any |= r->set_apart[i];
    }
    if (several || !any)
        r->answer = SURVEY_NONE;
    free(turns);
    free(apart);
}

static bool find_continued(const struct record *r)
{
    size_t i;

    for (i = r->choice.first; i < r->choice.last; i++)
        if (r->choice.begins[i] == SURVEY_NONE && !block_at(r, i)->only_time)
            return true;
    return false;
}

static bool find_one_paragraph(const struct record *r)
{
    size_t i;

    for (i = r->choice.first; i < r->choice.last; i++)
        if (r->choice.begins[i] == SURVEY_NONE && block_at(r, i)->gap &&
            !block_at(r, i)->only_time)
            return false;
    return true;
}

static bool has_moments_at_ends(const struct record *r)
{
    size_t i;

    for (i = 0; r->times.wall && i < r->survey.block_count; i++)
        if (block_at(r, i)->has_tail)
            return true;
    return false;
}

/* "… adjourned until Tuesday, 18th March, 2008 at 2.30": a single time at the end of a line, in
 * a record of many turns, is part of what is said. */
static void forget_lone_tail(struct record *r)
{
    struct survey_block *lone = NULL;
    size_t i;

    for (i = r->choice.first; i < r->survey.block_count; i++) {
        if (!block_at(r, i)->has_tail)
            continue;
        if (lone != NULL)
            return;
        lone = &r->survey.blocks[i];
    }
    if (lone == NULL || r->turns_in_head < TAIL_TURNS_MIN || r->choice.timed)
        return;
    lone->has_tail = false;
    lone->end_byte = lone->text.length;
    lone->ends_sentence = folded_ends_sentence(lone->text);
    for (i = lone->candidate; i < lone->candidate + lone->candidate_count; i++)
        if (r->survey.candidates[i].text_end < lone->end_byte) {
            r->survey.candidates[i].text_end = lone->end_byte;
            r->survey.candidates[i].end_known = false;
        }
}

/* A date and a time at the end of the words say when they were posted; so does a time at the
 * end of most turns. Minutes mention a time now and then. */
static bool has_posted_moments(const struct record *r)
{
    size_t turns = 0, posted = 0;
    size_t i;

    for (i = r->choice.first; r->times.wall && i < r->survey.block_count; i++) {
        if (block_at(r, i)->has_tail && block_at(r, i)->tail.has_date)
            return true;
        turns += r->choice.begins[i] != SURVEY_NONE;
        posted += block_at(r, i)->has_tail &&
                  (i + 1 == r->survey.block_count || block_begins_turn(r, i + 1));
    }
    return posted * 10 >= turns * POSTED_TENTHS && posted > 0;
}

static bool find_wrapped(const struct record *r)
{
    size_t i;

    for (i = 0; i < r->survey.block_count; i++)
        if (block_at(r, i)->joins)
            return true;
    return false;
}

static size_t count_turns(const struct record *r)
{
    size_t turns = 0;
    size_t i;

    for (i = 0; i < r->survey.block_count; i++)
        turns += r->choice.begins[i] != SURVEY_NONE;
    return turns;
}

/* What East Asian pages print below a text: whose it is, whom to ask, what else there is. */
static bool begins_end_matter_of_page(struct span text)
{
    static const char *const rights[] = {
        "저작권자",   "무단전재",   "무단 전재", "版权所有", "版權所有", "未经授权",
        "未经许可",   "未經授權",   "禁止转载",  "禁止轉載", "無断転載", "転載を禁",
        "轉載請註明", "转载请注明", "ⓒ",         "©",        NULL};
    static const char *const starts[] = {
        "お問い合わせ", "お問合せ", "問い合わせ先", "関連記事", "関連リンク",
        "関連情報",     "相关新闻", "相关阅读",     "相关链接", "相關新聞",
        "相關連結",     "延伸阅读", "延伸閱讀",     "推荐阅读", "推薦閱讀",
        "关注我们",     "扫码关注", "長按",         "责任编辑", "責任編輯",
        "责编",         "관련기사", "관련 기사",    "많이 본",  NULL};

    if (!folded_ends_sentence(text)) {
        struct span bare = text;

        if (vocabulary_is_page_control(text))
            return true;
        if (!span_take(&bare, "("))
            span_take(&bare, "（");
        if (span_starts_with_any(bare, starts))
            return true;
    }
    return text.length < RIGHTS_BYTES_MAX && span_contains_any(text, rights);
}

static bool begins_end_matter(struct span text)
{
    static const char *const starts[] = {"©",
                                         "Certified by",
                                         "Copyright",
                                         "COPYRIGHT",
                                         "(c) ",
                                         "/s/",
                                         "All rights reserved",
                                         "Dated ",
                                         "Dated: ",
                                         "Edited by",
                                         "Generated by",
                                         "I certify that ",
                                         "I hereby certify ",
                                         "I, the undersigned",
                                         "Minutes ",
                                         "Produced by",
                                         "Respectfully submitted",
                                         "This interview ",
                                         "This transcript ",
                                         "Transcribed by",
                                         "Transcript by",
                                         "Transcription by",
                                         NULL};

    if (span_starts_with_any(text, starts))
        return true;
    return begins_end_matter_of_page(text);
}

/* 完, （了）, <끝>: marks the end of the text. */
static bool is_end_mark(struct span text)
{
    static const char *const marks[] = {"完",   "了",  "終",  "以上", "끝",
                                        "이상", "END", "End", "Ends"};
    struct folded f;
    struct label_place place;
    struct buffer bare = {0};
    bool found = false;
    size_t i;

    if (text.length > END_MARK_BYTES)
        return false;
    folded_front(&f, text, 0);
    place = (struct label_place){0, f.count};
    while (place.start < place.end && !folded_is_letter(f.cp[place.start]))
        place.start++;
    while (place.end > place.start && !folded_is_letter(f.cp[place.end - 1]))
        place.end--;
    label_append(&f, place, &bare);
    for (i = 0; i < sizeof marks / sizeof *marks && !found; i++)
        found = span_is(span_of(buffer_string(&bare), bare.bytes), marks[i]);
    /* [END OF BRIEFING], (End of transcript) */
    found |= span_starts_with(span_of(buffer_string(&bare), bare.bytes), "END OF ") ||
             span_starts_with(span_of(buffer_string(&bare), bare.bytes), "End of ");
    buffer_release(&bare);
    return found;
}

/* "以上笔录经核对无误。": what a clerk certifies, or has somebody sign, below the last words.
 */
static bool certifies(struct span text)
{
    static const char *const starts[] = {"以上笔录",    "以上筆錄", "以上记录", "以上記錄",
                                         "上列筆錄",    "本笔录",   "本筆錄",   "上記のとおり",
                                         "이상의 기재", "위 기재",  NULL};

    if (span_contains(text, "我"))
        return false;
    return span_starts_with_any(text, starts);
}

/* "[전화] 00-000-0000", "desk@example.org": nothing but where to turn to, and a word that says
 * so. */
static bool is_contact(const struct survey_block *b)
{
    size_t digits = 0;
    size_t i;

    if (b->ends_sentence || b->columns > CONTACT_COLUMNS || b->joins)
        return false;
    for (i = 0; i < b->text.length; i++) {
        char c = b->text.data[i];

        digits += c >= '0' && c <= '9';
        if (c == '@' && span_find(span_skip(b->text, i), '.') + i < b->text.length)
            return true;
    }
    return span_contains(b->text, "://") || span_contains(b->text, "www.") ||
           (digits >= PHONE_DIGITS && !b->only_time && !b->has_tail);
}

/* Notes and contacts down to the end, apart from the last words, as a newsroom prints them. */
static bool begins_contacts(const struct record *r, size_t i)
{
    size_t contacts = 0;

    if (!block_at(r, i)->gap || r->choice.timed)
        return false;
    for (; i < r->survey.block_count; i++) {
        if (!is_contact(block_at(r, i)) && !block_is_note(block_at(r, i)))
            return false;
        contacts += is_contact(block_at(r, i));
    }
    return contacts > 0;
}

/* Rules separate turns or sections: a turn begins below each. */
static bool find_rules_open_turns(const struct record *r)
{
    size_t i;

    for (i = r->choice.first; i <= r->choice.last; i++)
        if (block_at(r, i)->ruled && !block_heads_turn(r, i))
            return false;
    return true;
}

/* "Duration: 41 minutes": the name of a fact before a colon. */
static bool begins_with_fact(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t k;

    for (k = b->candidate; k < b->candidate + b->candidate_count; k++) {
        const struct survey_candidate *c = &r->survey.candidates[k];

        if (c->label != SURVEY_NONE && r->survey.rows[c->row].layout == LAYOUT_COLON &&
            r->survey.labels[c->label].fact != FACT_NONE)
            return true;
    }
    return false;
}

/* "Sala das Sessões, 4 de março de 2031.": a place and a date, and nothing else. */
static bool is_place_and_date(const struct survey_block *b)
{
    struct stamp stamp;
    struct folded f;
    uint32_t first = 0;
    size_t comma = span_find(b->text, ','), at;

    utf8_decode(b->text.data, b->text.length, &first);
    if (!b->gap || b->joins || comma == b->text.length || comma > PLACE_BYTES_MAX ||
        !folded_is_upper(first) || b->columns > SIGNED_COLUMNS)
        return false;
    folded_front(&f, folded_trim(span_skip(b->text, comma + 1)), 0);
    at = stamp_parse(&f, 0, &stamp);
    return at > 0 && stamp.has_date &&
           (f.cp[at] == 0 || (f.cp[at] == '.' && f.cp[at + 1] == 0));
}

/* The foot below the last turn, where and when the text was published: a rule, an end mark or a
 * date, and no sentence after it. */
static bool begins_foot(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    /* "==== Exported 40 messages ====": the frame of a program, or a line that says who owns
     * the transcript. */
    if (!b->ruled && !is_end_mark(b->text) && !(b->gap && begins_with_fact(r, i)) &&
        !(is_place_and_date(b) && !r->choice.timed) &&
        (!b->only_time || !b->lead.has_date || r->choice.timed || r->times_below))
        return false;
    if (b->ruled && r->rules_open_turns)
        return true;
    for (i += !b->ruled; i < r->survey.block_count; i++)
        if (block_at(r, i)->ends_sentence && !block_is_note(block_at(r, i)))
            return false;
    return true;
}

/* A signature below the last words and apart from them: a name and a date. */
static bool begins_signature(const struct record *r, size_t i)
{
    size_t last = r->survey.block_count - 1;
    const struct survey_block *b = block_at(r, last);
    struct stamp stamp;
    size_t k;

    if ((!block_at(r, i)->gap && !(i == last && r->ends_in_stops)) || b->ends_sentence ||
        b->columns > SIGNED_COLUMNS || r->choice.timed || b->has_tail ||
        !stamp_find_date(b->text, &stamp))
        return false;
    for (k = i + 1; k <= last; k++)
        if (block_at(r, k)->gap)
            return false;
    return true;
}

/* "[END OF INTERVIEW]", "[CREDITS]" */
static bool ends_recording(struct span text)
{
    bool boxed;

    text = span_trim(text);
    boxed = text.length > 2 && (*text.data == '[' || *text.data == '(');
    if (boxed)
        text = span_of(text.data + 1, text.length - 2);
    if (boxed && (text.length == 7 || text.length == 11) &&
        (span_starts_with_case(text, "credits") || span_starts_with_case(text, "end credits")))
        return true;
    return (span_starts_with_case(text, "end of ") || span_starts_with_case(text, "fin de ")) &&
           vocabulary_is_tape_line(text);
}

/* The first block below the last turn that says who published the text, when or where. */
static size_t find_tail(const struct record *r)
{
    size_t i;

    for (i = r->choice.last + 1; i < r->survey.block_count; i++)
        if (i == r->front.profiles ||
            ((block_at(r, i)->gap || block_is_note(block_at(r, i - 1))) &&
             (begins_end_matter(block_at(r, i)->text) || block_is_end(r, block_at(r, i)) ||
              front_matter_heads_list(&r->survey, i))) ||
            ends_recording(block_at(r, i)->text) || certifies(block_at(r, i)->text) ||
            begins_contacts(r, i) || begins_foot(r, i) || begins_signature(r, i))
            return i;
    return SIZE_MAX;
}

/* Whether turns end in full stops: of those whose words end before another label. */
static bool find_solid(const struct record *r)
{
    size_t i;

    for (i = 1; i < r->survey.block_count; i++)
        if (block_at(r, i)->gap)
            return false;
    return true;
}

/* The number of headings if a turn begins below each; else 0. */
static size_t count_headings_that_open(const struct record *r)
{
    size_t headings = 0;
    size_t i;

    for (i = r->choice.first > 0 ? r->choice.first - 1 : 0; i < r->choice.last; i++) {
        if (block_at(r, i)->kind != BLOCK_HEADING || r->choice.begins[i] != SURVEY_NONE)
            continue;
        if (!block_heads_turn(r, i))
            return 0;
        headings++;
    }
    return headings;
}

/* The indent of words below names alone, if nearly all of them have it. */
static uint32_t find_words_indent(const struct record *r)
{
    uint32_t indent = 0;
    size_t turns = 0, same = 0;
    size_t i;

    for (i = r->choice.first; i < r->choice.last; i++) {
        uint32_t begin = r->choice.begins[i];
        size_t below = i + 1;

        if (begin == SURVEY_NONE)
            continue;
        if (r->survey.rows[r->survey.candidates[begin].row].layout != LAYOUT_ALONE)
            return 0;
        while (below < r->survey.block_count && block_is_note(block_at(r, below)))
            below++;
        if (below == r->survey.block_count)
            break;
        if (turns++ == 0)
            indent = block_at(r, below)->indent;
        same += block_at(r, below)->indent == indent;
    }
    return turns >= WORDS_SET_IN_MIN && same * 10 >= turns * 9 ? indent : 0;
}

static bool find_ends_in_stops(const struct record *r)
{
    size_t turns = 0, stops = 0;
    size_t i;

    for (i = r->choice.first; i + 1 < r->survey.block_count; i++) {
        size_t last = i;

        if (!block_begins_turn(r, i + 1))
            continue;
        while (last > r->choice.first &&
               (r->front.facts[last] != SURVEY_NONE || block_at(r, last)->only_time))
            last--;
        while (last > r->choice.first && last + TITLES_MAX > i &&
               (block_at(r, last)->gap || block_is_number_alone(block_at(r, last - 1)) ||
                block_has_form_of_stage(block_at(r, last)) ||
                block_has_form_of_marked_title(block_at(r, last))) &&
               (block_has_form_of_title(block_at(r, last)) ||
                block_is_short_topic(block_at(r, last)) ||
                block_has_form_of_marked_title(block_at(r, last))) &&
               !block_begins_turn(r, last))
            last--;
        turns++;
        stops += block_at(r, last)->ends_sentence || block_is_note(block_at(r, last));
    }
    return turns >= 2 && stops * 100 >= turns * ENDS_IN_STOPS_PERCENT;
}

/* Whether the record uses last names after full ones: at least two labels are each the last
 * name of exactly one earlier label. */
static bool find_last_names(const struct record *r)
{
    const struct survey *s = &r->survey;
    size_t labels = s->label_count < LABELS_COMPARED ? s->label_count : LABELS_COMPARED;
    size_t last_names = 0;
    size_t i, k;

    for (i = 0; i < labels; i++) {
        size_t bearers = 0;

        for (k = 0; r->choice.counts[i] > 0 && k < i; k++)
            bearers += r->choice.counts[k] > 0 &&
                       label_is_last_name(s->labels[i].whole, s->labels[k].whole);
        last_names += bearers == 1;
    }
    return last_names >= LAST_NAMES_MIN;
}

/* &amp; &lt; &gt; in a text without any other ampersand: a program that writes HTML wrote
 * it. */
static bool find_entities(const struct record *r)
{
    size_t entities = 0;
    size_t i;

    for (i = 0; r->ops == &text_container && i < r->survey.block_count; i++) {
        struct span rest = block_at(r, i)->text;

        while (rest.length > 0) {
            size_t at = span_find(rest, '&');

            if (at == rest.length)
                break;
            rest = span_skip(rest, at);
            if (record_turn_entity(rest, NULL) == 0)
                return false;
            entities++;
            rest = span_skip(rest, 1);
        }
    }
    return entities > 0;
}

void record_habits_guess_language(const struct record *r, struct reader_context *context)
{
    struct buffer sample = {0};
    const char *language;
    size_t i;

    for (i = 0; i < r->survey.block_count && sample.bytes < LANGUAGE_BYTES; i++)
        buffer_append(&sample, block_at(r, i)->text.data, block_at(r, i)->text.length);
    language = language_guess(buffer_string(&sample), sample.bytes);
    if (language != NULL)
        emit_field(context, FIELD_LANGUAGE, language, strlen(language));
    buffer_release(&sample);
}

static void settle(struct record *r, struct reader_context *context)
{
    bool *rows = memory_zalloc(r->survey.row_count + 1, sizeof *rows);
    bool *known = memory_zalloc(r->survey.label_count + 1, sizeof *known);
    size_t i;

    for (i = 0; i < r->choice.row_count; i++)
        rows[r->choice.rows[i]] = true;
    for (i = 0; i < r->survey.label_count; i++)
        known[i] = r->choice.counts[i] > 0;
    survey_settle(&r->survey, rows, known);
    free(rows);
    free(known);
    if (r->times.any)
        drafts_set_time_base(context->drafts,
                             r->times.wall ? TIME_BASE_WALL : TIME_BASE_ELAPSED);
}

/* Appended to those of earlier regions. */
static void note_template(struct record_account *account, const char *template)
{
    size_t used = strlen(account->layout);

    snprintf(account->layout + used, sizeof account->layout - used, "%s%s",
             used > 0 ? "  then  " : "", template);
}

static void note_tried(struct record_account *account, const struct choice *choice)
{
    memcpy(account->layouts, choice->tried, sizeof account->layouts);
    account->layout_count = choice->tried_count;
}

/* Report the layout that was chosen, and a warning if no line has the user's own. */
static void note_layout(const struct record *r, struct reader_context *context)
{
    struct buffer out = {0};
    size_t i;

    for (i = 0; i < r->choice.row_count; i++) {
        const struct survey_row *row = &r->survey.rows[r->choice.rows[i]];

        buffer_append_format(&out, "%s%s", i > 0 ? "  and  " : "",
                             row->layout == r->survey.user_layout
                                 ? context->layout
                                 : survey_layout_row(&r->survey, row)->template);
    }
    if (r->choice.times_alone)
        buffer_append_string(&out, "{time}{end}");
    if (r->choice.dashes || r->choice.dashes_alone)
        buffer_append_format(&out, "%s— {text}", out.bytes > 0 ? "  and  " : "");
    if (context->account != NULL) {
        note_template(context->account, r->choice.found ? buffer_string(&out) : "");
        note_tried(context->account, &r->choice);
    }
    buffer_release(&out);
    if (context->layout != NULL &&
        (r->choice.row_count == 0 ||
         r->survey.rows[r->choice.rows[0]].layout != r->survey.user_layout))
        diagnostics_add(context->diagnostics, SEVERITY_WARNING, 0, 0,
                        "no line has the layout '%s'", context->layout);
}

void record_habits_choose(struct record *r)
{
    const char *title = r->ops->field != NULL ? r->ops->field(r->container, FIELD_TITLE) : NULL;

    if (r->chosen) {
        choice_release(&r->choice);
        front_matter_release(&r->front);
    }
    survey_finish(&r->survey);
    choose_layout(&r->survey, &r->choice);
    r->head = r->survey.block_count;
    if (r->choice.found) {
        front_matter_find(&r->front, &r->survey, &r->choice);
        if (title != NULL)
            front_matter_take_page_title(&r->front, &r->survey, &r->choice, span_string(title));
        if (r->choice.first >= r->survey.block_count)
            r->choice.found = false;
    }
    r->chosen = true;
}

/* "証人　谷垣千尋" above the first question: who answers. */
static void find_witness(struct record *r)
{
    const struct survey *s = &r->survey;
    size_t i;

    free(r->witness);
    r->witness = NULL;
    for (i = 0; i < s->candidate_count && r->choice.examined; i++) {
        const struct survey_candidate *c = &s->candidates[i];
        size_t layout = s->rows[c->row].layout;

        if (c->block > r->choice.first || c->label == SURVEY_NONE ||
            (layout != LAYOUT_GAP && layout != LAYOUT_COLON && layout != LAYOUT_SPACE) ||
            survey_words(s, c).length == 0 || !vocabulary_is_witness(s->labels[c->label].key))
            continue;
        r->witness = record_speaker_tidy(survey_words(s, c));
        return;
    }
}

void record_habits_learn(struct record *r, struct reader_context *context)
{
    size_t headings;

    if (r->choice.found) {
        survey_read_labels(&r->survey);
        stated_parts_note(&r->survey, &r->choice);
        short_names_find(&r->survey, &r->choice);
        roster_release(&r->roster);
        roster_find(&r->roster, &r->survey, &r->choice);
        record_times_learn(&r->times, &r->survey, &r->choice);
        turn_kinds_learn(&r->kinds, &r->survey, &r->choice);
        find_witness(r);
        r->times_below = find_times_below(r);
        r->any_continued = find_continued(r);
        r->one_paragraph = find_one_paragraph(r);
        r->answers_close = find_answers_close(r);
        find_set_apart(r);
        find_fact_labels(r);
        r->turns_in_head = count_turns(r);
        r->blocks_in_head = r->survey.block_count;
        forget_lone_tail(r);
        r->posted = has_posted_moments(r);
        r->whole_turns = r->times_below || has_moments_at_ends(r);
        r->solid = find_solid(r);
        r->ends_in_stops = find_ends_in_stops(r);
        headings = count_headings_that_open(r);
        r->headings_open_turns = headings >= HEADINGS_MIN;
        r->heading_opens_turn = headings > 0;
        r->words_indent = find_words_indent(r);
        r->last_names = find_last_names(r);
        r->entities = find_entities(r);
        r->rules_open_turns = find_rules_open_turns(r);
        r->tail = find_tail(r);
    } else {
        r->choice.row_count = 0;
    }
    note_layout(r, context);
    r->wrapped = find_wrapped(r);
    settle(r, context);
    r->judged = r->survey.block_count;
    r->judged_bytes = r->survey.text_bytes;
}
