/* Questions that have no label but a dash, a bullet or bold type. */
#include "formats/records/choice/asking.h"

#include <string.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/analysis/point_marker.h"

#define DASHES_MIN .3f

enum {
    DASH_PAIRS_MIN = 2,
    NUMBERED_MIN = 3,
    NUMBER_FRONT = 4,
    ANNOUNCED_BLOCKS = 20,
    ANNOUNCED_COLUMNS = 80,
    BOLD_MIN = 3,
    FAQ_TITLE_BLOCKS = 6,
    FAQ_QUESTIONS = 3,
    ADDRESSED_SHARE = 5, /* one question in so many speaks to the one who is asked */
    TITLE_BLOCKS = 3,
    QUESTION_COLUMNS = 400,
    QUESTIONS_MIN = 3, /* without a label, … */
    ANSWERING_MAX = 2  /* above those who answer: one person, perhaps under two labels */
};

/* Whether the lines of a row begin with a dash and are not merely bold. */
static bool has_dashes(const struct survey *s, const struct survey_row *row)
{
    const struct survey_candidate *c = survey_candidate(s, row->members[0]);

    return c->text_byte > s->blocks[c->block].start_byte;
}

static const struct survey_row *dash_row(const struct survey *s, size_t *number)
{
    size_t i;

    for (i = 0; i < s->row_count; i++)
        if (s->rows[i].layout == LAYOUT_DASHED && s->rows[i].form == LINE_UNTIMED &&
            !s->rows[i].bulleted && (s->rows[i].dress == 0 || has_dashes(s, &s->rows[i]))) {
            *number = i;
            return &s->rows[i];
        }
    return NULL;
}

/* After a dash, Japanese questions often have no question mark. */
static bool asks_after_dash(const struct survey *s, const struct survey_candidate *c)
{
    struct span words = survey_words(s, c);
    uint32_t first = words.length > 0 ? (unsigned char)*words.data : 0;

    return folded_ends_in_question(words) || (first >= 0xE3 && first <= 0xE9) ||
           (first >= 0xEA && first <= 0xED && folded_ends_in_request(words));
}

/* "- 우승 소감은." with "▲ 선수들이 해냈다." below each: the same bullet, or quotation marks,
 * mark all answers. */
static bool are_answers_marked(const struct survey *s, const struct survey_row *row)
{
    uint32_t bullet = 0;
    size_t quoted = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        size_t below = survey_candidate(s, row->members[i])->block + 1;

        quoted += below < s->block_count && folded_opens_quotation(s->blocks[below].text);
    }
    if (quoted == row->count)
        return true;
    for (i = 0; i < row->count; i++) {
        size_t below = survey_candidate(s, row->members[i])->block + 1;

        if (below >= s->block_count || s->blocks[below].bullet == 0 ||
            (bullet != 0 && s->blocks[below].bullet != bullet))
            return false;
        bullet = s->blocks[below].bullet;
    }
    return true;
}

bool asking_is_titled_faq(const struct survey *s)
{
    size_t i;

    for (i = 0; i < s->block_count && i < FAQ_TITLE_BLOCKS; i++)
        if (!s->blocks[i].ends_sentence && vocabulary_names_faq(s->blocks[i].text))
            return true;
    return false;
}

/* The headings of an article may be questions: "Who pays the tariff?". Somebody who is asked is
 * spoken to now and then, or says I. */
static bool addresses_nobody(const struct survey *s, const struct survey_row *row,
                             size_t addressed)
{
    size_t i;

    if (row->dress >= '1' && row->dress <= '6')
        return addressed * ADDRESSED_SHARE < row->count;
    for (i = 0; addressed == 0 && i < row->count; i++) {
        size_t below = survey_candidate(s, row->members[i])->block + 1;

        if (below < s->block_count &&
            vocabulary_person_of(s->blocks[below].text) == PERSON_FIRST)
            return false;
    }
    return addressed == 0;
}

/* Frequently asked questions are put by the reader, to nobody. */
static bool is_faq(const struct survey *s, const struct survey_row *row)
{
    size_t first = 0, second = 0, known = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        struct span words = survey_words(s, survey_candidate(s, row->members[i]));
        enum addressed_person person = vocabulary_person_of(words);
        size_t below;

        below = survey_candidate(s, row->members[i])->block + 1;
        known += below < s->block_count && vocabulary_knows_persons(s->blocks[below].text);
        first += person == PERSON_FIRST;
        second += person == PERSON_SECOND;
    }
    return asking_is_titled_faq(s) || (first >= FAQ_QUESTIONS && second * 4 < first) ||
           (known * 2 > row->count && addresses_nobody(s, row, second));
}

bool asking_are_all_marks(const struct survey *s, const struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->label_count; i++)
        if (choice->counts[i] > 0 && s->labels[i].mark == LABEL_OF_NONE)
            return false;
    return true;
}

/* "――時計修理師に聞く", below the title and apart from the questions: its other half. */
static bool is_half_of_title(const struct survey *s, const struct survey_row *row, size_t i)
{
    const struct survey_candidate *c = survey_candidate(s, row->members[i]);
    struct span words = survey_words(s, c);

    return i == 0 && row->count > 2 && c->block > 0 && c->block <= TITLE_BLOCKS &&
           s->blocks[c->block].next_gap && !s->blocks[c->block].ends_sentence &&
           !s->blocks[survey_candidate(s, row->members[1])->block].next_gap &&
           !folded_ends_in_question(words) && !folded_ends_in_request(words);
}

static bool are_all_bold(const struct survey *s, const struct survey_row *row)
{
    size_t i;

    for (i = 0; i < row->count; i++) {
        const struct survey_block *b = &s->blocks[survey_candidate(s, row->members[i])->block];

        if (b->bold_byte < b->text.length)
            return false;
    }
    return true;
}

/* The member of a row that is the block's candidate, or SURVEY_NONE. */
static uint32_t member_at(const struct survey *s, uint32_t row, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    uint32_t i;

    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->candidates[i].row == row && s->candidates[i].label != SURVEY_NONE &&
            survey_words(s, &s->candidates[i]).length > 0)
            return i;
    return SURVEY_NONE;
}

/* The labels of one row that begin the questions, or the blocks below them; they need more
 * than one turn, and most of those places. */
static void add_labels(const struct survey *s, struct choice *choice,
                       const struct survey_row *asking, uint32_t row, bool below)
{
    size_t labelled = 0, known = 0;
    bool taken;
    size_t i;

    for (i = 0; i < asking->count; i++) {
        size_t block = survey_candidate(s, asking->members[i])->block + (below ? 1u : 0u);
        uint32_t member = block < s->block_count ? member_at(s, row, block) : SURVEY_NONE;

        if (member == SURVEY_NONE)
            continue;
        labelled++;
        known += choice->counts[s->candidates[member].label]++ > 0;
    }
    taken = known > 0 && labelled * 10 >= asking->count * 7;
    for (i = 0; i < asking->count; i++) {
        size_t block = survey_candidate(s, asking->members[i])->block + (below ? 1u : 0u);
        uint32_t member = block < s->block_count ? member_at(s, row, block) : SURVEY_NONE;

        if (member == SURVEY_NONE)
            continue;
        if (taken)
            choice->begins[block] = member;
        else
            choice->counts[s->candidates[member].label]--;
    }
    if (taken)
        choice->rows[choice->row_count++] = row;
}

/* "小西　光の数を数えていました。" below a question after a dash: those who answer have labels,
 * and perhaps always the same one, which proves nothing elsewhere. */
static void add_labelled_answers(const struct survey *s, struct choice *choice,
                                 const struct survey_row *asking)
{
    size_t before = choice->row_count;
    uint32_t row;

    for (row = 0; row < s->row_count && choice->row_count == before; row++)
        if (before < CHOICE_ROWS_MAX && s->rows[row].form == LINE_UNTIMED &&
            s->rows[row].dress == 0 &&
            (s->rows[row].layout == LAYOUT_GAP || s->rows[row].layout == LAYOUT_COLON))
            add_labels(s, choice, asking, row, true);
}

/* "WIRED: How long did it take?", in bold: the labels at the head of most of the questions
 * name who asks. */
static void add_labels_of_questions(const struct survey *s, struct choice *choice,
                                    const struct survey_row *asking)
{
    size_t before = choice->row_count;
    uint32_t row;

    for (row = 0; row < s->row_count && choice->row_count == before; row++)
        if (before < CHOICE_ROWS_MAX && s->rows[row].form == LINE_UNTIMED &&
            s->rows[row].layout == LAYOUT_COLON)
            add_labels(s, choice, asking, row, false);
}

/* The last line of the paragraph that begins with a block. */
static size_t paragraph_last(const struct survey *s, size_t block)
{
    while (block + 1 < s->block_count && s->blocks[block + 1].joins)
        block++;
    return block;
}

/* Questions of one row, or of its lines with one bullet, in a record without labels: whatever
 * is between them is an answer. In East Asian papers a hyphen and a blank introduce such
 * questions; elsewhere they introduce items of a list. */
static bool choose_asking_row(const struct survey *s, struct choice *choice, size_t number,
                              uint32_t bullet)
{
    const struct survey_row *row = &s->rows[number];
    /* A hyphen that is bold with its line begins no item of a list. */
    bool dashes = (row->layout == LAYOUT_DASHED && has_dashes(s, row)) || bullet != 0 ||
                  (row->layout == LAYOUT_HYPHEN && are_all_bold(s, row)) ||
                  are_answers_marked(s, row);
    size_t asking = 0, answered = 0, count = 0, east_asian = 0;
    size_t i;

    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = survey_candidate(s, row->members[i]);
        size_t last = paragraph_last(s, c->block);
        struct span words = last > c->block ? s->blocks[last].text : survey_words(s, c);

        if ((bullet != 0 && s->blocks[c->block].bullet != bullet) ||
            is_half_of_title(s, row, i))
            continue;
        count++;
        asking += folded_ends_in_question(words) || (dashes && folded_ends_in_request(words));
        east_asian += words.length > 0 && (unsigned char)*words.data >= 0xE3;
        answered += last + 1 < s->block_count &&
                    !(i + 1 < row->count &&
                      survey_candidate(s, row->members[i + 1])->block == last + 1 &&
                      s->blocks[last + 1].bullet == bullet);
    }
    if (count < (dashes ? 2 : BOLD_MIN) || asking * 10 < count * 6 ||
        answered * 10 < count * 7 || (row->layout == LAYOUT_HYPHEN && east_asian < count) ||
        (!dashes && is_faq(s, row)))
        return false;
    choice->found = choice->dashes_alone = true;
    choice->asking_bullet = bullet;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = survey_candidate(s, row->members[i]);

        if ((bullet == 0 || s->blocks[c->block].bullet == bullet) &&
            !is_half_of_title(s, row, i))
            choice->begins[c->block] = row->members[i];
    }
    if (bullet == 0)
        add_labelled_answers(s, choice, row);
    if (!dashes)
        add_labels_of_questions(s, choice, row);
    return true;
}

/* Alternating questions and answers, each after a dash. From the first dash on, hardly a block
 * may lack one, or the text may be a novel's dialogue. */
static bool choose_dash_pairs(const struct survey *s, struct choice *choice, size_t number)
{
    const struct survey_row *row = &s->rows[number];
    size_t asking = 0, answering = 0;
    size_t i;

    if (!(row->layout == LAYOUT_HYPHEN ||
          (row->layout == LAYOUT_DASHED && has_dashes(s, row))) ||
        row->form != LINE_UNTIMED || row->count < DASH_PAIRS_MIN * 2)
        return false;
    for (i = 0; i < row->count; i++) {
        bool asks = folded_ends_in_question(
            survey_words(s, survey_candidate(s, row->members[i])));

        asking += i % 2 == 0 && asks;
        answering += i % 2 == 1 && !asks;
    }
    if (asking * 10 < row->count / 2 * 7 || answering * 10 < row->count / 2 * 7 ||
        row->count * 10 < (s->block_count - survey_candidate(s, row->members[0])->block) * 8)
        return false;
    choice->found = choice->dashes_alone = choice->dash_pairs = true;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++)
        choice->begins[survey_candidate(s, row->members[i])->block] = row->members[i];
    return true;
}

/* ▶ before questions, ▷ before answers: two bullets that alternate line by line. */
static bool choose_asking_bullet(const struct survey *s, struct choice *choice, size_t number)
{
    const struct survey_row *row = &s->rows[number];
    uint32_t first = s->blocks[survey_candidate(s, row->members[0])->block].bullet;
    uint32_t other = 0;
    size_t turns = 0;
    size_t i;

    for (i = 1; i < row->count; i++) {
        uint32_t bullet = s->blocks[survey_candidate(s, row->members[i])->block].bullet;
        uint32_t before = s->blocks[survey_candidate(s, row->members[i - 1])->block].bullet;

        if (other == 0 && bullet != first)
            other = bullet;
        if (bullet != first && bullet != other)
            return false;
        turns += bullet != before;
    }
    return other != 0 && row->count >= 4 && turns * 10 >= (row->count - 1) * 9 &&
           choose_asking_row(s, choice, number, first);
}

/* Whether a line above the first question says that somebody is asked. */
static bool is_announced_above(const struct survey *s, size_t first)
{
    size_t i;

    for (i = 0; i < first && i < ANNOUNCED_BLOCKS; i++)
        if (!s->blocks[i].ends_sentence && s->blocks[i].columns < ANNOUNCED_COLUMNS &&
            vocabulary_names_record(s->blocks[i].text))
            return true;
    return false;
}

/* The number at the head of a block: 1, 一; 0 for none. */
static int number_of(const struct survey_block *b)
{
    struct point_marker marker;
    struct folded f;
    int number = 0;
    size_t i;

    if (point_marker_read(b->text, POINT_LINE, &marker))
        return marker.number;
    folded_front_some(&f, b->text, b->start_byte, NUMBER_FRONT);
    for (i = 0; i < NUMBER_FRONT && folded_is_digit(f.cp[i]); i++)
        number = number * 10 + (int)(f.cp[i] - '0');
    return number;
}

/* "1．きっかけは何ですか。", with an answer below each number, in what its head calls an
 * interview or an examination: questions without marks that count up from one. */
static bool choose_asking_numbers(const struct survey *s, struct choice *choice, size_t number)
{
    const struct survey_row *row = &s->rows[number];
    size_t asking = 0;
    size_t i;

    if (row->dress != 0 || row->bulleted || row->count < NUMBERED_MIN ||
        !is_announced_above(s, survey_candidate(s, row->members[0])->block) ||
        asking_is_titled_faq(s))
        return false;
    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = survey_candidate(s, row->members[i]);
        size_t below = paragraph_last(s, c->block) + 1;
        struct span words = s->blocks[below - 1].text;

        if (number_of(&s->blocks[c->block]) != (int)i + 1 || below >= s->block_count ||
            (i + 1 < row->count && survey_candidate(s, row->members[i + 1])->block == below))
            return false;
        asking += folded_ends_in_question(words) || folded_ends_in_request(words);
    }
    if (asking * 10 < row->count * 7)
        return false;
    choice->found = choice->dashes_alone = true;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++)
        choice->begins[survey_candidate(s, row->members[i])->block] = row->members[i];
    return true;
}

bool asking_choose_examined(const struct survey *s, struct choice *choice,
                            const struct contender *offices)
{
    size_t number = 0;
    size_t i;

    if (s->rows[offices->row].layout != LAYOUT_ALONE ||
        s->rows[offices->row].form != LINE_UNTIMED)
        return false;
    while (number < s->row_count &&
           (s->rows[number].layout != LAYOUT_ITEM || !choose_asking_numbers(s, choice, number)))
        number++;
    if (number == s->row_count)
        return false;
    for (i = 0; i < offices->count && choice->row_count < CHOICE_ROWS_MAX; i++) {
        const struct survey_candidate *c = survey_candidate(s, offices->members[i]);

        if (c->shape < LABEL_TITLE_BITS || c->block + 1 >= s->block_count ||
            choice->begins[c->block] != SURVEY_NONE ||
            choice->begins[c->block + 1] == SURVEY_NONE ||
            s->candidates[choice->begins[c->block + 1]].label != SURVEY_NONE)
            continue;
        choice->begins[c->block] = offices->members[i];
        choice->counts[c->label]++;
        choice->examined = true;
    }
    if (choice->examined)
        choice->rows[choice->row_count++] = offices->row;
    return true;
}

bool asking_choose(const struct survey *s, struct choice *choice)
{
    size_t number;

    for (number = 0; number < s->row_count; number++) {
        size_t layout = s->rows[number].layout;

        if (s->rows[number].form != LINE_UNTIMED)
            continue;
        if ((layout == LAYOUT_DASHED || layout == LAYOUT_HYPHEN) &&
            (choose_dash_pairs(s, choice, number) || choose_asking_row(s, choice, number, 0)))
            return true;
        if (layout == LAYOUT_BULLET && choose_asking_bullet(s, choice, number))
            return true;
        if (layout == LAYOUT_ITEM && choose_asking_numbers(s, choice, number))
            return true;
    }
    return false;
}

/* Italian papers print answers in «…». */
static bool opens_in_quotes(const struct survey_block *b)
{
    return folded_opens_quotation(b->text) || span_starts_with(b->text, "«") ||
           span_starts_with(b->text, "„");
}

static bool ends_in_quotes(const struct survey_block *b)
{
    static const char *const marks[] = {"»", "”", "“", "\"", NULL};
    struct span text = b->text;

    while (text.length > 0 && memchr("., ", text.data[text.length - 1], 3) != NULL)
        text.length--;
    return span_ends_with_any(text, marks);
}

/* A paragraph that asks, without quotation marks, above one that begins with one. */
static bool is_question_above_quotes(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    size_t last = paragraph_last(s, block);

    return b->kind == BLOCK_PARAGRAPH && b->form == LINE_UNTIMED && !b->joins &&
           !opens_in_quotes(b) && folded_ends_in_question(s->blocks[last].text) &&
           last + 1 < s->block_count && opens_in_quotes(&s->blocks[last + 1]);
}

bool asking_choose_quoted(struct survey *s, struct choice *choice)
{
    size_t asking = 0, quoted = 0, others = 0, silent = 0;
    bool inside = false; /* an answer whose quotation continues */
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_block *b = &s->blocks[i];

        if (b->joins)
            continue;
        if (is_question_above_quotes(s, i)) {
            asking++;
            others += silent;
            silent = 0;
            inside = false;
        } else if (asking > 0 && (opens_in_quotes(b) || inside)) {
            quoted += opens_in_quotes(b);
            inside = !ends_in_quotes(&s->blocks[paragraph_last(s, i)]);
        } else if (asking > 0) {
            silent++; /* below the last answer, it may be the page around the text */
        }
    }
    if (asking < QUESTIONS_MIN || others * 10 > asking * 3 || quoted * 10 > asking * 15 ||
        choice->row_count == CHOICE_ROWS_MAX)
        return false;
    for (i = 0; i < s->block_count; i++)
        if (is_question_above_quotes(s, i)) {
            choice->begins[i] = survey_add_question(s, i);
            choice->rows[0] = survey_candidate(s, choice->begins[i])->row;
        }
    choice->row_count = 1;
    choice->found = choice->dashes_alone = true;
    return true;
}

void asking_add_dashes(const struct survey *s, struct choice *choice)
{
    size_t number;
    const struct survey_row *row = dash_row(s, &number);
    size_t free_dashes = 0, asking = 0;
    bool gap = true;
    size_t i;

    if (row == NULL || choice->row_count >= CHOICE_ROWS_MAX)
        return;
    for (i = 0; i < row->count; i++) {
        const struct survey_candidate *c = survey_candidate(s, row->members[i]);

        if (choice->begins[c->block] != SURVEY_NONE || c->block + 3 < choice->first)
            continue;
        asking += asks_after_dash(s, c);
        if (free_dashes++ < 2) /* the first one may be below a title */
            gap = s->blocks[c->block].gap;
        else if (s->blocks[c->block].gap != gap)
            return;
    }
    if (free_dashes < 2 || asking * 10 < free_dashes * 6 ||
        (float)free_dashes < DASHES_MIN * (float)choice_taken_count(s, choice))
        return;
    choice->dashes = true;
    choice->rows[choice->row_count++] = number;
    for (i = 0; i < row->count; i++) {
        uint32_t block = survey_candidate(s, row->members[i])->block;

        if (choice->begins[block] == SURVEY_NONE && block + 3 >= choice->first)
            choice->begins[block] = row->members[i];
    }
}

/* The block of a paragraph that asks, set apart and without a label, above a turn. */
static size_t question_above(const struct survey *s, const struct choice *choice, size_t turn)
{
    size_t block = turn - (turn > 0);
    const struct survey_block *b = &s->blocks[block];

    return turn > 0 && choice->begins[block] == SURVEY_NONE && b->kind == BLOCK_PARAGRAPH &&
                   b->gap && b->next_gap && !b->joins && b->form == LINE_UNTIMED &&
                   b->columns <= QUESTION_COLUMNS && folded_ends_in_question(b->text)
               ? block
               : SURVEY_NONE;
}

void asking_add_questions(struct survey *s, struct choice *choice)
{
    size_t turns = 0, asked = 0, labels = 0;
    size_t i;

    for (i = 0; i < s->label_count; i++)
        labels += choice->counts[i] > 0;
    if (choice->timed || choice->dashes || labels > ANSWERING_MAX)
        return;
    for (i = 0; i < s->block_count; i++) {
        if (choice->begins[i] == SURVEY_NONE)
            continue;
        turns++;
        asked += question_above(s, choice, i) != SURVEY_NONE;
    }
    if (asked < QUESTIONS_MIN || asked * 10 < turns * 6)
        return;
    for (i = 0; i < s->block_count; i++) {
        size_t question = choice->begins[i] != SURVEY_NONE ? question_above(s, choice, i)
                                                           : SURVEY_NONE;

        if (question != SURVEY_NONE)
            choice->begins[question] = survey_add_question(s, question);
    }
    choice->dashes = true;
}

void asking_add_items(const struct survey *s, struct choice *choice)
{
    size_t row = 0, asked = 0, answers = 0;
    size_t i;

    while (row < s->row_count &&
           (s->rows[row].layout != LAYOUT_ITEM || s->rows[row].dress != 0))
        row++;
    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        c = survey_candidate(s, choice->begins[i]);
        if (c->label == SURVEY_NONE || s->labels[c->label].mark != LABEL_OF_ANSWER)
            return;
        answers++;
    }
    if (row == s->row_count || choice->row_count == CHOICE_ROWS_MAX || answers < 2)
        return;
    for (i = 0; i < s->rows[row].count; i++) {
        uint32_t block = survey_candidate(s, s->rows[row].members[i])->block;

        asked += block + 1 < s->block_count && choice->begins[block] == SURVEY_NONE &&
                 choice->begins[block + 1] != SURVEY_NONE;
    }
    if (asked * 10 < answers * 7)
        return;
    choice->dashes = true;
    choice->rows[choice->row_count++] = row;
    for (i = 0; i < s->rows[row].count; i++) {
        uint32_t block = survey_candidate(s, s->rows[row].members[i])->block;

        if (block + 1 < s->block_count && choice->begins[block] == SURVEY_NONE &&
            choice->begins[block + 1] != SURVEY_NONE)
            choice->begins[block] = s->rows[row].members[i];
    }
}

bool asking_is_mark_alone(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, asking = 0, answered = 0;
    size_t i;

    if (choice->timed)
        return false;
    for (i = choice->first; i <= choice->last && i < s->block_count; i++) {
        const struct survey_candidate *m;
        size_t below = i + 1;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        m = survey_candidate(s, choice->begins[i]);
        if (m->label == SURVEY_NONE || s->labels[m->label].mark != LABEL_OF_QUESTION)
            return false;
        while (below < s->block_count && s->blocks[below].joins &&
               choice->begins[below] == SURVEY_NONE)
            below++;
        turns++;
        asking += folded_ends_in_question(s->blocks[below - 1].text) ||
                  folded_ends_in_request(s->blocks[below - 1].text);
        answered += below < s->block_count && choice->begins[below] == SURVEY_NONE;
    }
    return turns >= 2 && asking * 10 >= turns * 6 && answered * 10 >= turns * 7;
}
