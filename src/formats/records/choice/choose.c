/* Choosing layouts by score. */
#include "formats/records/choice/choose.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/records/choice/asking.h"
#include "formats/records/choice/complement.h"
#include "formats/records/choice/contest.h"
#include "formats/records/choice/placement.h"
#include "formats/records/choice/sound_labels.h"
#include "shilu/base/civil_time.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"

#define OFFICES_USUAL .75f
#define OFFICE_SHAPE (LABEL_TITLE_BITS - 3.5f) /* long offices look less like labels */

enum { OFFICE_TURNS = 12, OTHERS_SHARE = 20 }; /* offices in nearly all labels */
/* "The question is:" recurs in speech. It is not a label if it is rare and most labels are
 * sound. */
enum { CLAUSE_RARE = 10, SOUND_PERCENT = 90 };
enum { BOLD_TURNS_MIN = 4, BOLD_PERCENT = 60 };
/* With more blocks a turn than this, a single voice is not a speaker. */
enum { FEW_TURNS_BLOCKS = 100, ONE_VOICE_BLOCKS = 25, ONE_VOICE_TURNS = 3 };
enum { SPEECH_BYTES_MIN = 30, FRONT_BLOCKS_MAX = 40, SPEECH_FRONT = 6 };
/* Times on lines of their own: how many at least, within how many blocks of the top, and how
 * many blocks each may have. */
enum { TIMES_ALONE_MIN = 3, TIMES_ALONE_FRONT = 8, TIMES_ALONE_BLOCKS = 4 };

static bool are_labels_alone(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, alone = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        turns++;
        alone += survey_words(s, survey_candidate(s, choice->begins[i])).length == 0;
    }
    return sound_labels_are_most_alone(alone, turns);
}

/* In assemblies every speaker has an office: 議員, 局長, 위원. */
static bool are_labels_offices(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, offices = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE ||
            survey_candidate(s, choice->begins[i])->row != choice->rows[0] ||
            survey_candidate(s, choice->begins[i])->label == SURVEY_NONE)
            continue;
        turns++;
        offices += s->labels[survey_candidate(s, choice->begins[i])->label].shape >=
                   OFFICE_SHAPE;
    }
    return turns >= OFFICE_TURNS && (float)offices >= OFFICES_USUAL * (float)turns;
}

/* In such a record, what is not a label seldom recurs: 譯文, 功能團體, 我只想提出一個問題. */
static void drop_others(const struct survey *s, struct choice *choice)
{
    size_t turns = choice_taken_count(s, choice);
    size_t i;

    choice->offices = are_labels_offices(s, choice);
    for (i = 0; choice->offices && i < s->block_count; i++) {
        const struct survey_candidate *m;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = survey_candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE || s->labels[m->label].shape >= OFFICE_SHAPE ||
            s->labels[m->label].mark != LABEL_OF_NONE || s->labels[m->label].asks ||
            choice->counts[m->label] * OTHERS_SHARE > turns)
            continue;
        choice->begins[i] = SURVEY_NONE;
        choice->counts[m->label]--;
    }
}

static bool are_labels_sound(const struct survey *s, const struct choice *choice, size_t turns)
{
    size_t sound = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        sound += choice->begins[i] != SURVEY_NONE &&
                 survey_candidate(s, choice->begins[i])->shape >= 0;
    return sound * 100 >= turns * SOUND_PERCENT;
}

/* Whether most paragraphs from the first turn to the last begin with a label in bold: then the
 * type tells who speaks, whatever the label is ("**Un habitant du quai :** …"). */
static bool do_most_begin_in_bold(const struct survey *s, const struct choice *choice)
{
    size_t bold = 0, all = 0, first = s->block_count;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        first = first == s->block_count ? i : first;
        all = i + 1 - first;
        bold += s->rows[survey_candidate(s, choice->begins[i])->row].dress == 'b';
    }
    return bold >= BOLD_TURNS_MIN && bold * 100 >= all * BOLD_PERCENT;
}

/* In a layout with a colon, drop labels that are met once and hardly look like labels. */
static void drop_doubtful(const struct survey *s, struct choice *choice)
{
    bool alone = are_labels_alone(s, choice);
    size_t turns = choice_taken_count(s, choice);
    bool sound = are_labels_sound(s, choice, turns);
    bool bold = do_most_begin_in_bold(s, choice);
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *m;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = survey_candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE ||
            (choice->counts[m->label] > 1 &&
             !(sound && choice->counts[m->label] * CLAUSE_RARE < turns)) ||
            m->shape > LABEL_DOUBTFUL || s->rows[m->row].form != LINE_UNTIMED ||
            (bold && s->rows[m->row].dress == 'b') || s->rows[m->row].bulleted ||
            s->rows[m->row].layout != LAYOUT_COLON || s->labels[m->label].fact != FACT_NONE ||
            s->labels[m->label].asks || (alone && survey_words(s, m).length == 0))
            continue;
        choice->begins[i] = SURVEY_NONE;
        choice->counts[m->label]--;
    }
}

static void note_passed_by(const struct survey *s, struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *m = &s->candidates[i];

        if (s->rows[m->row].layout != LAYOUT_COLON || m->label == SURVEY_NONE ||
            choice->begins[m->block] != SURVEY_NONE)
            continue;
        choice->passed_by[m->block] = (uint32_t)i;
    }
}

static bool row_is_timed(const struct survey *s, const struct contender *c)
{
    size_t timed = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_candidate *m = survey_candidate(s, c->members[i]);

        timed += m->has_time || s->blocks[m->block].form != LINE_UNTIMED;
    }
    return timed * 2 > c->count;
}

/* Text copied from the transcript pane of a player: 0:03, and the words below it, without
 * speakers. */
static bool choose_times_alone(const struct survey *s, struct choice *choice)
{
    int64_t before_ms = TIME_NONE;
    size_t times = 0, first = s->block_count, last = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_block *b = &s->blocks[i];

        if (!b->only_time)
            continue;
        if (!b->lead.has_clock || b->lead.has_date || b->lead.numeric ||
            i + 1 == s->block_count || s->blocks[i + 1].only_time ||
            (before_ms != TIME_NONE && b->lead.clock_ms <= before_ms))
            return false;
        before_ms = b->lead.clock_ms;
        last = i;
        if (times++ == 0)
            first = i;
    }
    if (times < TIMES_ALONE_MIN || first > TIMES_ALONE_FRONT ||
        times * TIMES_ALONE_BLOCKS < s->block_count - first)
        return false;
    choice->found = choice->times_alone = true;
    choice->first = first;
    choice->last = last + 1;
    return true;
}

/* Undo what was chosen. */
static void take_nothing(const struct survey *s, struct choice *choice)
{
    choice->found = false;
    choice->row_count = 0;
    memset(choice->begins, 0xFF, (s->block_count + 1) * sizeof *choice->begins);
    memset(choice->counts, 0, s->label_count * sizeof *choice->counts);
}

/* How a speech begins: the audience is greeted or addressed. */
static bool opens_speech(struct span words)
{
    static const char *const openings[] = {
        "各位",         "尊敬的",     "敬爱的",   "敬愛的", "亲爱的",   "親愛的",
        "女士们",       "女士們",     "先生们",   "先生們", "同志们",   "同志們",
        "朋友们",       "朋友們",     "同学们",   "同學們", "老师们",   "老師們",
        "大家",         "皆さん",     "みなさん", "皆様",   "みなさま", "おはよう",
        "こんにちは",   "こんばんは", "ご紹介",   "本日は", "존경하는", "여러분",
        "안녕하십니까", "안녕하세요", "친애하는", NULL};

    return span_starts_with_any(words, openings);
}

/* "江临风：各位来宾，…", "○市長（尾崎春彦）　…" at the top: the label of a single speech, by
 * how the words begin, or by a circle and an office. */
static bool heads_speech(const struct survey *s, const struct survey_candidate *m)
{
    const struct survey_block *b = &s->blocks[m->block];
    struct span words = survey_words(s, m);
    size_t i;

    if (m->label == SURVEY_NONE || m->block > SPEECH_FRONT ||
        (unsigned char)*s->labels[m->label].key.data < 0xE3 ||
        s->labels[m->label].fact != FACT_NONE)
        return false;
    for (i = 0; i < m->block; i++)
        if (s->blocks[i].ends_sentence)
            return false;
    if (words.length == 0 && m->block + 1 < s->block_count)
        words = s->blocks[m->block + 1].text;
    return opens_speech(words)
               ? m->shape > LABEL_DOUBTFUL
               : b->bullet != 0 && m->shape >= LABEL_TITLE_BITS &&
                     words.length >= SPEECH_BYTES_MIN && folded_ends_sentence(words);
}

/* A speech by one East Asian speaker, beside whose label no other recurs. */
static bool choose_speech(const struct survey *s, struct choice *choice)
{
    size_t row;

    for (row = 0; row < s->row_count; row++) {
        const struct survey_row *r = &s->rows[row];
        const struct survey_candidate *m;

        if (r->form != LINE_UNTIMED || r->count == 0 || r->layout == LAYOUT_ALONE ||
            (survey_layout_row(s, r)->traits & (LAYOUT_WORDS | LAYOUT_DASH | LAYOUT_QUOTED)) !=
                0)
            continue;
        m = survey_candidate(s, r->members[0]);
        if (!heads_speech(s, m))
            continue;
        choice->begins[m->block] = r->members[0];
        choice->counts[m->label]++;
        choice->rows[choice->row_count++] = row;
        choice->found = choice->speech = true;
        choice->timed = choice->dashes = choice->dashes_alone = choice->mark_alone = false;
        choice_find_span(s, choice);
        return true;
    }
    return false;
}

/* "  Mr. GREGG. Mr. President, I rise …": a form of address and capitals identify the label of
 * a single speech. */
static bool choose_addressed(const struct survey *s, struct choice *choice)
{
    size_t row, i;

    for (row = 0; row < s->row_count; row++) {
        const struct survey_row *r = &s->rows[row];

        if ((r->layout != LAYOUT_COLON && r->layout != LAYOUT_DOT) || r->form != LINE_UNTIMED)
            continue;
        for (i = 0; i < r->count; i++) {
            const struct survey_candidate *m = survey_candidate(s, r->members[i]);
            struct span words = survey_words(s, m);

            if (!s->labels[m->label].addressed || s->blocks[m->block].joins ||
                words.length < SPEECH_BYTES_MIN || choice->begins[m->block] != SURVEY_NONE)
                continue;
            choice->begins[m->block] = r->members[i];
            choice->counts[m->label]++;
            choice->found = true;
        }
        if (!choice->found)
            continue;
        choice->rows[choice->row_count++] = row;
        choice_find_span(s, choice);
        if (choice->first <= FRONT_BLOCKS_MAX)
            return true;
        take_nothing(s, choice);
    }
    return false;
}

/* A single label without times names something else, such as a warning or a company; so does
 * one with times if it occurs only twice in a long text. */
static bool is_one_voice(const struct survey *s, const struct choice *choice)
{
    const struct survey_row *row = &s->rows[choice->rows[0]];
    size_t labels = 0;
    size_t i;

    /* A heading or an item of a list with a date, and a name: who wrote the page. */
    if (choice->timed && choice_taken_count(s, choice) == 1 &&
        (row->bulleted || (row->dress >= '1' && row->dress <= '6')))
        return true;
    if (choice->speech ||
        (choice->timed && choice_taken_count(s, choice) * FEW_TURNS_BLOCKS >= s->block_count) ||
        choice->dashes || choice->dashes_alone || choice->mark_alone ||
        s->rows[choice->rows[0]].layout == s->user_layout)
        return false;
    for (i = 0; i < s->label_count && labels < 2; i++) {
        labels += choice->counts[i] > 0;
        if (choice->counts[i] > 0 && s->labels[i].addressed)
            return false;
    }
    for (i = choice->first; i <= choice->last && labels < 2; i++)
        if (choice->begins[i] != SURVEY_NONE && s->blocks[i].has_tail)
            return false;
    /* Only a label that recurs often, and is set apart by more than a colon, is a lone
     * speaker. */
    return labels < 2 &&
           (row->dress == 0 || choice_taken_count(s, choice) < ONE_VOICE_TURNS ||
            choice_taken_count(s, choice) * ONE_VOICE_BLOCKS < s->block_count) &&
           survey_layout_row(s, row)->traits != LAYOUT_WORDS;
}

/* Length of the keyword at the start of a line: three or more capitals before a blank. */
static size_t keyword_length(struct span line)
{
    enum { LETTERS_MIN = 3 };
    size_t at = 0;

    while (at < line.length && line.data[at] >= 'A' && line.data[at] <= 'Z')
        at++;
    return at >= LETTERS_MIN && at < line.length && line.data[at] == ' ' ? at : 0;
}

/* Lines that all begin with one of a few keywords, as in the cue sheet of a disc: what seems to
 * be a name above words is one of the keywords too. */
static bool is_of_keywords(const struct survey *s, const struct choice *choice)
{
    enum { KEYWORDS_MAX = 16, LINES_MIN = 4 };
    struct span known[KEYWORDS_MAX];
    size_t lines = 0, keywords = 0, distinct = 0;
    size_t i, k;

    for (i = 0; i < s->block_count; i++) {
        struct span word = s->blocks[i].text;

        if (choice->begins[i] != SURVEY_NONE)
            continue;
        lines++;
        word.length = keyword_length(word);
        if (word.length == 0)
            continue;
        keywords++;
        for (k = 0; k < distinct && !span_equal(known[k], word);)
            k++;
        if (k == KEYWORDS_MAX)
            return false;
        known[k] = word;
        distinct += k == distinct;
    }
    return lines >= LINES_MIN && keywords * 10 >= lines * 9 && distinct * 2 <= keywords;
}

static enum layout_verdict verdict_on(const struct survey *s, const struct choice *choice,
                                      const struct contender *c)
{
    size_t i;

    for (i = 0; choice->found && i < choice->row_count; i++)
        if (choice->rows[i] == c->row)
            return i == 0 ? LAYOUT_TAKEN : LAYOUT_COMPLETES;
    return c->score.gate != NULL      ? LAYOUT_RULED_OUT
           : !contest_is_enough(s, c) ? LAYOUT_TOO_LITTLE
                                      : LAYOUT_BEATEN;
}

static struct record_account_layout
describe(const struct survey *s, const struct choice *choice, const struct contender *c)
{
    const struct survey_row *row = &s->rows[c->row];
    struct record_account_layout account = {
        .dress = row->dress == 0     ? NULL
                 : row->dress == 'b' ? N_("bold")
                 : row->dress == 'i' ? N_("italics")
                 : row->dress == 't' ? N_("table")
                                     : N_("heading"),
        .timed = row->form != LINE_UNTIMED,
        .bulleted = row->bulleted,
        .blocks = c->count,
        .bits = c->score.total,
        .form = c->score.form,
        .labels = c->score.labels,
        .speech = c->score.speech,
        .times = c->score.times,
        .turns = c->score.turns,
        .questions = c->score.asks,
        .verdict = verdict_on(s, choice, c),
        .reason = c->score.gate,
    };

    snprintf(account.template, sizeof account.template, "%s", contender_layout(s, c)->template);
    return account;
}

/* Those taken come first, then by how much they explain. */
static void list_contenders(const struct survey *s, struct choice *choice,
                            const struct contender *all, size_t count)
{
    int taken;
    size_t i;

    for (taken = 1; taken >= 0; taken--)
        for (i = 0; i < count && choice->tried_count < RECORD_ACCOUNT_LAYOUTS; i++)
            if ((verdict_on(s, choice, &all[i]) <= LAYOUT_COMPLETES) == (taken == 1))
                choice->tried[choice->tried_count++] = describe(s, choice, &all[i]);
}

void choose_layout(struct survey *s, struct choice *choice)
{
    size_t count, i;
    struct contender *all = contest_new(s, &count);
    struct contender *best = contest_best(s, all, count);
    bool dashes = false;

    *choice = (struct choice){0};
    choice->begins = memory_alloc((s->block_count + 1) * sizeof *choice->begins);
    choice->passed_by = memory_alloc((s->block_count + 1) * sizeof *choice->passed_by);
    memset(choice->begins, 0xFF, (s->block_count + 1) * sizeof *choice->begins);
    memset(choice->passed_by, 0xFF, (s->block_count + 1) * sizeof *choice->passed_by);
    choice->counts = memory_zalloc(s->label_count + 1, sizeof *choice->counts);
    /* A single line with a label (the author and the date) explains less than questions do. */
    if (best != NULL && best->count == 1 && s->rows[best->row].layout != s->user_layout)
        dashes = asking_choose(s, choice);
    if (!dashes && best != NULL)
        dashes = asking_choose_examined(s, choice, best);
    if (dashes) {
        best = NULL;
    } else if (best != NULL) {
        struct placement habit = {0};

        choice->found = true;
        choice->score = best->score.total;
        choice->timed = row_is_timed(s, best);
        if (!choice->timed)
            habit = placement_find(s, best);
        choice->gap_needed = habit.gap;
        choice->fresh_needed = habit.fresh;
        choice->indent_needed = habit.indent;
        choice->indent = habit.columns;
        choice_take_row(s, choice, best);
        if (s->rows[best->row].layout != s->user_layout)
            complement_add(s, choice, best, all, count);
        complement_take_names_behind(s, choice);
        complement_find_frame(s, choice, all, count);
        drop_doubtful(s, choice);
        drop_others(s, choice);
        choice_find_span(s, choice);
        asking_add_dashes(s, choice);
        asking_add_items(s, choice);
        asking_add_questions(s, choice);
    } else {
        if (!asking_choose(s, choice) && !asking_choose_quoted(s, choice) &&
            !choose_times_alone(s, choice) && !choose_addressed(s, choice))
            choose_speech(s, choice);
    }
    if (!choice->times_alone)
        choice_find_span(s, choice);
    choice->mark_alone = best != NULL && asking_is_mark_alone(s, choice);
    if (choice->found && !choice->times_alone &&
        (is_one_voice(s, choice) || is_of_keywords(s, choice) ||
         (!choice->timed && !choice->dashes_alone && asking_are_all_marks(s, choice) &&
          asking_is_titled_faq(s)))) {
        take_nothing(s, choice);
        choose_speech(s, choice);
    }
    if (choice->found)
        note_passed_by(s, choice);
    list_contenders(s, choice, all, count);
    for (i = 0; i < count; i++)
        free(all[i].members);
    free(all);
}

uint32_t choose_begin(const struct survey *s, const struct choice *choice, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    size_t r;
    uint32_t i;

    for (r = 0; r < choice->row_count; r++) {
        for (i = b->candidate; i < b->candidate + b->candidate_count; i++) {
            const struct survey_candidate *m = &s->candidates[i];
            bool known;

            if (m->row != choice->rows[r] ||
                (choice->asking_bullet != 0 && b->bullet != choice->asking_bullet))
                continue;
            known = m->label != SURVEY_NONE && m->label < s->known_count && s->known[m->label];
            if (!choice->timed &&
                ((choice->gap_needed && !b->gap) ||
                 (choice->fresh_needed && placement_continues_line(s, block))))
                continue;
            if (!choice->timed && choice->indent_needed &&
                !placement_is_same_indent(b->indent, choice->indent) && !known)
                continue;
            if (!known && s->rows[m->row].layout == LAYOUT_COLON &&
                sound_labels_is_numbered(s, m))
                continue;
            if (!known && m->label != SURVEY_NONE && m->shape <= LABEL_DOUBTFUL &&
                s->rows[m->row].layout == LAYOUT_COLON &&
                s->rows[m->row].form == LINE_UNTIMED && !s->rows[m->row].bulleted)
                continue;
            if (!known && (s->rows[m->row].layout == LAYOUT_ALONE) &&
                s->rows[m->row].form == LINE_UNTIMED && m->shape < LABEL_TITLE_BITS &&
                s->rows[m->row].dress == 0)
                continue;
            if (!known && choice->offices && m->label != SURVEY_NONE &&
                m->shape < OFFICE_SHAPE && !s->labels[m->label].asks)
                continue;
            if (known && choice->named_behind != NULL && choice->named_behind[m->label] &&
                complement_name_behind(s, i) != SURVEY_NONE)
                return complement_name_behind(s, i);
            return i;
        }
    }
    return SURVEY_NONE;
}
