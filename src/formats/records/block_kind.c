/* Kinds of blocks that begin no turn: a heading, a note, a line that a chat program or a clerk
 * wrote, more words of the last speaker. */
#include "formats/records/block_kind.h"

#include <string.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/analysis/point_marker.h"
#include "shilu/text/utf8.h"

enum {
    HEADING_LINES_MAX = 6,
    HEADING_COLUMNS = 32, /* columns of a heading in East Asian text, at most */
    CENTRED_INDENT = 10,
    CENTRED_COLUMNS = 60,
    CENTRED_FAR = 20, /* indent of a centred heading that needs no blank lines around it */
    COLON_COLUMNS = 40,
    TITLE_COLUMNS = 64,
    CLOSING_COLUMNS = 140,
    MOMENT_REST = 6, /* characters that may follow a clock reading: " Uhr" */
    ROLE_COLUMNS = 70,
    DAY_LINE_REST = 22, /* characters beside the date, in a line that opens a day */
    OWNER_LETTERS = 5,
    END_MATTER_TURNS = 4,
    MOMENT_COLUMNS = 40, /* columns of a line with a clock reading and what the meeting did
                          * then */
    MOMENT_WORDS_MAX = 4,
    MOMENT_WORDS_BEFORE = 4,
    NUMBERED_FRONT = 6, /* characters before the number at the head of a line */
    AGENDA_ITEMS_MAX = 40,
    SPREAD_LETTERS_MIN = 3,
    STAGE_COLUMNS = 12,
    STAGE_LINES_MAX = 3,
    OFFICE_BYTES_MAX = 48,
    AGENDA_COLUMNS = 80,
    FOOTNOTE_BLOCKS = 200, /* above a footnote that are searched for its star */
    PROCEDURE_COLUMNS = 100,
    DASHED_COLUMNS = 300, /* of what is narrated behind a dash */
    NOTICE_COLUMNS = 60,
    NARRATED_FRONT = 60, /* a label ends within so many characters */
    NARRATED_WORDS = 5,
    NOTE_LINES_MAX = 5,
    TABLE_LINES_MAX = 40,
    TABLE_COLUMNS = 100,
    PAGE_DIGITS_MAX = 5,
    NUMBER_LINE_BYTES = 32,
    STAGE_BYTES_MAX = 16,
    EDGE_BLANKS = 3,
    FACT_LINES_MAX = 2, /* of titles and times above a fact that recurs */
    ROW_SIGNS_MIN = 2,
    HOUR_MAX = 24,
    MINUTE_MAX = 59,
    MINUTE_WORD_MAX = 8,
    SIGNATURE_COLUMNS = 80,
    WORDS_SET_IN = 4, /* indent in columns */
};

bool block_begins_in_bracket(struct span s)
{
    static const char *const opens[] = {"[", "(", "（", "【", "〔", "《",
                                        "≪", "<", "〈", "［", NULL};

    return span_starts_with_any(s, opens);
}

bool block_ends_in_bracket(struct span s)
{
    static const char *const closes[] = {"]", ")", "）", "】", "〕", "》",
                                         "≫", ">", "〉", "］", NULL};

    return span_ends_with_any(s, closes);
}

static bool holds_cjk(struct span s)
{
    size_t i;

    for (i = 0; i + 2 < s.length; i++)
        if ((unsigned char)s.data[i] >= 0xE3 && (unsigned char)s.data[i] <= 0xED)
            return true;
    return false;
}

/* Whether brackets hold the whole text: （拍手）（笑声）, but not （笑）いいね（拍手） or
 * 《海的女儿》课堂实录（片段）. One that is not closed in kind holds all up to the end, and in
 * Western texts what is between two pairs does not matter: "<scribe> ACTION: … [recorded]". */
static bool is_all_in_brackets(struct span s)
{
    static const char *const pairs[][2] = {
        {"[", "]"},   {"(", ")"}, {"（", "）"}, {"【", "】"}, {"〔", "〕"},
        {"《", "》"}, {"≪", "≫"}, {"<", ">"},   {"〈", "〉"}, {"［", "］"}};

    if (!block_begins_in_bracket(s) || !block_ends_in_bracket(s))
        return false;
    if (!holds_cjk(s))
        return true;
    while (s.length > 0) {
        struct span rest = s;
        size_t depth = 1;
        size_t i;

        for (i = 0; i < sizeof pairs / sizeof *pairs && !span_take(&rest, pairs[i][0]); i++)
            continue;
        if (i == sizeof pairs / sizeof *pairs)
            return false;
        while (rest.length > 0 && depth > 0) {
            if (span_take(&rest, pairs[i][1]))
                depth--;
            else if (span_take(&rest, pairs[i][0]))
                depth++;
            else
                rest = span_skip(rest, 1);
        }
        s = folded_trim(rest);
    }
    return true;
}

/* 〔远处传来汽笛声。: a stage direction, whose bracket Chinese plays leave open. */
static bool opens_stage_direction(struct span s)
{
    return span_starts_with(s, "〔") && !span_contains(s, "〕");
}

/* "[GRAPHIC] [TIFF OMITTED] T1234.001": a row of brackets with almost no words. */
static bool begins_with_brackets(struct span s)
{
    size_t groups = 0;

    while (s.length > 0 && (*s.data == '[' || *s.data == '(')) {
        size_t close = span_find(s, *s.data == '[' ? ']' : ')');

        if (close == s.length)
            return false;
        groups++;
        s = folded_trim(span_skip(s, close + 1));
    }
    return groups >= 2 && !folded_ends_sentence(s) && folded_columns(s) < 20;
}

/* "- [ ] 导出数据": a to-do item. */
static bool is_task(struct span s)
{
    if (span_starts_with(s, "- ") || span_starts_with(s, "* "))
        s = span_skip(s, 2);
    return span_starts_with(s, "[ ] ") || span_starts_with(s, "[x] ") ||
           span_starts_with(s, "[X] ");
}

/* Whether a short line has neither comma nor stop inside, as speech has; signs that are also
 * marks of emphasis need East Asian letters between them. */
static bool is_between_rules(struct span s, bool east_asian)
{
    static const char *const stops[] = {"，", "、", "。", "？", "！",
                                        ", ", ". ", "? ", "! ", NULL};

    if (span_contains_any(s, stops))
        return false;
    return folded_columns(s) <= HEADING_COLUMNS && (!east_asian || holds_cjk(s));
}

/* "— 12 —", "－１２－": a page number. */
static bool is_number_between_dashes(struct span s)
{
    struct folded f;
    size_t at = 0, digits = 0, dashes = 0;

    if (s.length > NUMBER_LINE_BYTES)
        return false;
    folded_front(&f, s, 0);
    while (f.cp[at] == '-' || f.cp[at] == 0x2014)
        at++;
    dashes = at;
    for (; folded_is_blank(f.cp[at]) || folded_is_digit(f.cp[at]); at++)
        digits += folded_is_digit(f.cp[at]);
    return dashes > 0 && digits > 0 && digits <= PAGE_DIGITS_MAX && at < f.count &&
           (f.cp[at] == '-' || f.cp[at] == 0x2014);
}

/* "~ 片尾曲 ~", "♪〜♪": what is heard, between two signs of one kind; "--- 중간 광고 ---",
 * "——散會——", "— 12 —": a line between two rules, without a comma or a stop. */
static bool is_framed(struct span s)
{
    static const struct {
        const char *sign;
        bool rule;
    } signs[] = {{"~", false}, {"～", false}, {"〜", false}, {"♪", false}, {"♫", false},
                 {"--", true}, {"==", true},  {"**", true},  {"——", true}, {"――", true},
                 {"──", true}, {"━━", true},  {"＊＊", true}};
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++)
        if (s.length > 2 * strlen(signs[i].sign) && span_starts_with(s, signs[i].sign) &&
            span_ends_with(s, signs[i].sign))
            return !signs[i].rule || is_between_rules(s, *signs[i].sign != '=');
    return is_number_between_dashes(s);
}

/* 【画面】清晨，江面。 or 자막: 이튿날: what is seen or heard meanwhile, and 【解说】, what is
 * read over it. */
static bool is_outside_speech(struct span s)
{
    static const char *const opens[] = {"【", "[", "［", "（", "(", "<", "〈"};
    static const char *const closes[] = {"】", "]", "］", "）", ")", ">", "〉"};
    static const char *const colons[] = {"：", ":", NULL};
    static const char *const narration[] = {"解说", "解說",   "解説", "旁白",
                                            "配音", "画外音", NULL};
    size_t bracket, length;

    for (bracket = 0; bracket < sizeof opens / sizeof *opens; bracket++)
        if (span_take(&s, opens[bracket]))
            break;
    for (length = 1; length < s.length && length <= STAGE_BYTES_MAX; length++) {
        struct span rest = span_skip(s, length);

        if (bracket < sizeof closes / sizeof *closes) {
            if (span_starts_with(rest, closes[bracket]))
                return vocabulary_is_stage(span_of(s.data, length)) ||
                       span_is_any(span_of(s.data, length), narration);
            continue;
        }
        if (span_starts_with_any(rest, colons))
            return vocabulary_is_stage(folded_trim(span_of(s.data, length)));
    }
    return false;
}

/* Whose picture it is. */
static bool holds_credit(struct span text)
{
    static const char *const credits[] = {"ⓒ",    "©",    "摄影", "攝影", "撮影",
                                          "写真", "供图", "供圖", "图源", "사진",
                                          "제공", "촬영", NULL};

    return span_contains_any(text, credits);
}

/* （写真）…, [사진=표민서 기자], 图：…, ▲ 2015年: what is below a picture. */
static bool is_caption(const struct survey_block *b)
{
    static const char *const words[] = {"写真", "사진", "图", "圖", "摄影", "攝影", "撮影"};
    static const char *const ends[] = {"）", ")",  "］", "]",  "】", "＝",
                                       "=",  "：", ":",  "／", "/",  NULL};
    static const char *const opens[] = {"（", "(", "［", "[", "【"};
    struct span text = span_skip(b->text, b->start_byte);
    bool boxed = false;
    size_t i;

    if (b->bullet == 0x25B2 || b->bullet == 0x25BC) /* ▲ ▼ */
        return holds_credit(text);
    for (i = 0; i < sizeof opens / sizeof *opens && !boxed; i++)
        boxed = span_take(&text, opens[i]);
    if (!boxed && b->ends_sentence)
        return false;
    for (i = 0; i < sizeof words / sizeof *words; i++) {
        struct span rest = text;

        if (!span_take(&rest, words[i]))
            continue;
        if (!boxed) /* [图片] is a message */
            span_take(&rest, "片");
        span_take(&rest, "源");
        span_take(&rest, "说明");
        if (span_starts_with_any(rest, ends))
            return true;
    }
    return false;
}

/* "(La Camera approva).", "... (Interruptions)", "—(Aplausos).", "● (1410)": the text in
 * brackets from end to end, without bullets, dots and a stop around them. */
static struct span within_signs(struct span s)
{
    uint32_t cp;
    size_t used;

    while (s.length > 0 && ((used = utf8_decode(s.data, s.length, &cp)) > 0) &&
           (folded_is_bullet(folded_code_point(cp)) || cp == '.' || cp == ' ' || cp == 0x2026 ||
            folded_code_point(cp) == 0x2014))
        s = span_skip(s, used);
    while (s.length > 0) {
        size_t last = utf8_floor(s.data, s.length, s.length - 1);

        utf8_decode(s.data + last, s.length - last, &cp);
        if (!folded_is_bullet(folded_code_point(cp)) && cp != '.' && cp != ' ')
            break;
        s.length = last;
    }
    return s;
}

/* One pair of brackets around all of it. */
static bool is_one_bracket(struct span s)
{
    return s.length > 2 && *s.data == '(' && span_find(s, ')') + 1 == s.length;
}

bool block_is_note(const struct survey_block *b)
{
    return b->in_note || span_starts_with(b->text, "--- ") || is_task(b->text) ||
           is_framed(b->text) || is_outside_speech(b->text) || is_caption(b) ||
           opens_stage_direction(b->text) || is_all_in_brackets(b->text) ||
           is_one_bracket(within_signs(b->text)) || span_starts_with(b->text, "※") ||
           begins_with_brackets(b->text) || survey_is_two_moments(b->text);
}

/* An item of the agenda with the time it began in the line below: (10시 07분). */
static bool stands_above_note(const struct record *r, size_t i)
{
    return i + 1 < r->survey.block_count && block_at(r, i + 1)->next_gap &&
           (block_at(r, i + 1)->only_time || block_is_note(block_at(r, i + 1)));
}

bool block_begins_turn(const struct record *r, size_t i)
{
    if (i < r->head)
        return r->choice.begins[i] != SURVEY_NONE;
    return i < r->survey.block_count && choose_begin(&r->survey, &r->choice, i) != SURVEY_NONE;
}

/* "identification.)", below "(Exhibit 4 was marked for" */
bool block_is_of_note(const struct record *r, size_t i)
{
    size_t first = i, end, k;

    while ((end = survey_note_end(&r->survey, first)) <= i) {
        if (first == 0 || block_at(r, first)->gap || first + SURVEY_NOTE_LINES_MAX <= i)
            return false;
        first--;
    }
    for (k = first; k < end && !block_begins_turn(r, k); k++)
        continue;
    return k == end;
}

/* "二、衛生局報告" is 2, "2. Drains" is 2; 0 without a number. */
static int number_of(const struct survey_block *b)
{
    struct point_marker marker;

    return point_marker_read(b->text, POINT_LINE, &marker) &&
                   (marker.family == POINT_HAN_LIST || marker.family == POINT_HAN_BRACKET ||
                    marker.family == POINT_DIGIT || marker.family == POINT_DIGIT_BRACKET)
               ? marker.number
               : 0;
}

bool block_has_form_of_title(const struct survey_block *b)
{
    uint32_t cp = 0;

    if (b->kind != BLOCK_PARAGRAPH || b->joins || b->ends_sentence || b->form != LINE_UNTIMED ||
        b->bullet != 0 || b->columns > TITLE_COLUMNS)
        return false;
    utf8_decode(b->text.data, b->text.length, &cp);
    if (!folded_is_upper(cp) && !folded_is_digit(cp) && number_of(b) == 0)
        return false;
    cp = (unsigned char)b->text.data[b->text.length - 1];
    return cp >= 0x80 || memchr(",;:-", (int)cp, 4) == NULL;
}

/* Skips notes such as (10시07분), and facts such as who presents, between a title and the label
 * below it. */
static size_t next_beyond_notes(const struct record *r, size_t i)
{
    while (i + 1 < r->survey.block_count &&
           (block_at(r, i)->only_time || block_is_note(block_at(r, i)) ||
            (i < r->head && r->front.facts[i] != SURVEY_NONE) || block_is_fact_again(r, i)))
        i++;
    return i;
}

bool block_is_number_alone(const struct survey_block *b)
{
    struct span text = b->text;

    return span_take_number_back(&text) >= 0 && text.length == 0;
}

/* "Question Time", directly above the time at which it began. */
static bool is_above_time(const struct record *r, size_t i)
{
    return i + 1 < r->survey.block_count && block_at(r, i + 1)->only_time &&
           block_at(r, i + 1)->next_gap;
}

static bool is_labelled_moment(const struct record *r, const struct survey_block *b);

static bool repeats_fact(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey *s = &r->survey;
    uint32_t k;

    if (r->choice.timed || b->kind != BLOCK_PARAGRAPH || b->joins)
        return false;
    for (k = b->candidate; k < b->candidate + b->candidate_count; k++) {
        const struct survey_candidate *c = &s->candidates[k];
        struct span words = survey_words(s, c);

        if (c->label == SURVEY_NONE || s->rows[c->row].layout != LAYOUT_COLON ||
            words.length == 0)
            continue;
        if (c->label < r->fact_label_count && r->fact_labels[c->label] && !b->ends_sentence)
            return true;
        if (b->gap && front_matter_lists_names(words) &&
            (s->labels[c->label].fact == FACT_OTHER ||
             vocabulary_is_witness(s->labels[c->label].key)))
            return true;
    }
    return false;
}

bool block_is_fact_again(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    size_t k;

    if (repeats_fact(r, i))
        return true;
    if (b->ends_sentence || r->choice.timed ||
        !(folded_is_in_capitals(b->text) || is_labelled_moment(r, b)))
        return false;
    for (k = i + 1; k <= i + FACT_LINES_MAX && k < r->survey.block_count; k++)
        if (block_begins_turn(r, k) || repeats_fact(r, k))
            return !block_begins_turn(r, k);
    return false;
}

/* "2. Drains", "Questions to the Minister": a line shaped like a title, set apart, after a
 * sentence or a note and above the next label or another title, in a record whose turns end in
 * full stops. A numbered title may be directly above the label. Points that continue a count
 * are a list within the turn. */
static bool is_section_title(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    bool apart = (b->gap || (i > 0 && block_is_number_alone(block_at(r, i - 1)) &&
                             block_at(r, i - 1)->gap)) &&
                 (b->next_gap || block_is_number_alone(b) || is_above_time(r, i));
    size_t last = i;
    size_t next;
    size_t k;

    if (!r->ends_in_stops || i == 0 || !block_has_form_of_title(b) ||
        !(number_of(b) > 0 ? b->gap || r->solid : apart))
        return false;
    while (last + 1 < r->survey.block_count && last < i + TITLES_MAX &&
           !block_begins_turn(r, last + 1) &&
           (block_has_form_of_title(block_at(r, last + 1)) || block_at(r, last + 1)->only_time))
        last++;
    for (k = i;
         k > 0 && k + TITLES_MAX > i &&
         (block_has_form_of_title(block_at(r, k - 1)) || block_at(r, k - 1)->only_time) &&
         !block_begins_turn(r, k - 1);)
        k--;
    for (next = k; next < last; next++) {
        int number = number_of(block_at(r, next));

        if (number > 0 && number_of(block_at(r, next + 1)) == number + 1)
            return false;
    }
    return k > 0 &&
           (block_at(r, k - 1)->ends_sentence || block_at(r, k - 1)->only_time ||
            block_is_note(block_at(r, k - 1))) &&
           block_begins_turn(r, next_beyond_notes(r, last + 1));
}

bool block_is_short_topic(const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && !b->joins && !b->ends_sentence &&
           b->form == LINE_UNTIMED && b->bullet == 0 && b->columns <= HEADING_COLUMNS &&
           holds_cjk(b->text);
}

/* 訪問の目的: a short line below a blank one and directly above the next label, in a record
 * whose labels are below blank lines themselves. */
static bool is_topic_above(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->ends_in_stops && block_is_short_topic(b) && b->gap && !b->next_gap && i > 0 &&
           block_at(r, i - 1)->ends_sentence && block_begins_turn(r, i + 1);
}

bool block_has_form_of_marked_title(const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && !b->joins && !b->ends_sentence &&
           b->form == LINE_UNTIMED && b->columns <= HEADING_COLUMNS && holds_cjk(b->text) &&
           (b->bullet == 0x25A0 || b->bullet == 0x25A1 || b->bullet == 0x25C6 ||
            b->bullet == 0x25C7 || b->bullet == 0x25CF || b->bullet == 0x25BC ||
            b->bullet == 0x2605); /* ■ □ ◆ ◇ ● ▼ ★ */
}

/* ■質疑応答, ◇花火大会について: marked titles between the end of a turn and the next label, in
 * a record whose labels have no such marks. */
static bool is_marked_title(const struct record *r, size_t i)
{
    size_t next = i;

    if (!r->ends_in_stops || i == 0 || r->choice.timed || r->choice.row_count == 0 ||
        r->survey.rows[r->choice.rows[0]].bulleted)
        return false;
    while (next < r->survey.block_count && next < i + STAGE_LINES_MAX &&
           block_has_form_of_marked_title(block_at(r, next)) && !block_begins_turn(r, next))
        next++;
    return next > i && next < r->survey.block_count && block_begins_turn(r, next) &&
           (block_at(r, i - 1)->ends_sentence ||
            block_has_form_of_marked_title(block_at(r, i - 1)));
}

/* "**Lake Ferries", or a line in bold: a short line between blank lines, behind stars that
 * nothing closes or in bold from end to end, where neither is how questions are put. */
static bool is_title_set_apart(const struct record *r, const struct survey_block *b)
{
    struct span text = b->text;
    bool bold = b->bold_byte >= text.length;
    uint32_t cp = 0;

    if (b->kind != BLOCK_PARAGRAPH || b->joins || b->ends_sentence || !b->gap || !b->next_gap ||
        b->form != LINE_UNTIMED || b->columns > TITLE_COLUMNS || r->choice.timed ||
        r->choice.dashes || r->choice.dashes_alone || r->choice.mark_alone ||
        r->choice.row_count == 0 || !(bold || span_starts_with(text, "*")) ||
        survey_layout_row(&r->survey, &r->survey.rows[r->choice.rows[0]])->traits &
            (LAYOUT_BELOW | LAYOUT_BOLD | LAYOUT_DASH))
        return false;
    while (text.length > 0 && *text.data == '*')
        text = span_skip(text, 1);
    text = span_trim(text);
    if (text.length == 0)
        return false;
    utf8_decode(text.data, text.length, &cp);
    return span_find(text, '*') == text.length &&
           (folded_is_upper(cp) || folded_is_digit(cp)) &&
           memchr(",;:-", text.data[text.length - 1], 4) == NULL;
}

bool block_has_form_of_stage(const struct survey_block *b)
{
    return block_is_short_topic(b) && b->columns <= STAGE_COLUMNS;
}

/* 休息, 繼續開會: what the assembly did, in a line of a few letters between the end of a turn
 * and the next label. */
static bool is_stage_line(const struct record *r, size_t i)
{
    size_t next = i;

    if (!r->ends_in_stops || i == 0 || r->choice.timed)
        return false;
    while (next < r->survey.block_count && next < i + STAGE_LINES_MAX &&
           block_has_form_of_stage(block_at(r, next)) && !block_begins_turn(r, next))
        next++;
    while (i > 0 && block_has_form_of_stage(block_at(r, i)) && !block_begins_turn(r, i))
        i--;
    return next < r->survey.block_count && block_begins_turn(r, next) &&
           block_at(r, i)->ends_sentence;
}

/* "1. 시정질문", "2)報告", "二、衛生局報告": the line begins with its number. */
static bool is_numbered_line(const struct survey_block *b)
{
    struct folded f;
    size_t at = 0;

    folded_front_some(&f, b->text, 0, NUMBERED_FRONT);
    while (vocabulary_is_numeral(f.cp[at]))
        at++;
    return at > 0 && at < 4 && (f.cp[at] == '.' || f.cp[at] == ')' || f.cp[at] == 0x3001) &&
           (folded_is_blank(f.cp[at + 1]) || folded_is_cjk(f.cp[at + 1]));
}

/* Agenda items are numbered lines directly above a turn that do not end as sentences, in a
 * record whose turns do. */
static bool is_agenda_item(const struct record *r, size_t i)
{
    size_t next = i;

    if (!r->ends_in_stops || i == 0 || block_at(r, i)->kind != BLOCK_PARAGRAPH)
        return false;
    while (next < r->survey.block_count && next < i + AGENDA_ITEMS_MAX &&
           is_numbered_line(block_at(r, next)) && !block_at(r, next)->ends_sentence &&
           block_at(r, next)->columns <= AGENDA_COLUMNS)
        next++;
    return next > i && block_begins_turn(r, next) &&
           (block_at(r, i - 1)->ends_sentence || is_numbered_line(block_at(r, i - 1)));
}

/* "報　告　事　項": letters set apart by blanks to fill a line, as only headings are. */
static bool is_spread_out(const struct survey_block *b)
{
    struct folded f;
    size_t letters = 0;
    size_t at;

    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || b->form != LINE_UNTIMED ||
        b->columns > HEADING_COLUMNS)
        return false;
    folded_front(&f, b->text, 0);
    for (at = 0; at < f.count; at++) {
        if (folded_is_blank(f.cp[at]))
            continue;
        if (!folded_is_cjk(f.cp[at]) || (at > 0 && !folded_is_blank(f.cp[at - 1])))
            return false;
        letters++;
    }
    return f.whole && letters >= SPREAD_LETTERS_MIN;
}

/* A comma shows that the line is speech, not a heading: 就議員的提問，現答覆如下： */
static bool holds_comma(struct span text)
{
    return span_contains(text, "，") ||
           (holds_cjk(text) && memchr(text.data, ',', text.length) != NULL);
}

static bool is_of_numbered_list(const struct survey_block *b)
{
    return b->joins ? !b->gap : is_numbered_line(b);
}

/* "報告事項", set apart and above numbered lines. */
static bool is_agenda_title(const struct record *r, const struct survey_block *b)
{
    return is_spread_out(b) ||
           (r->ends_in_stops && b->gap && block_is_short_topic(b) && !block_is_note(b) &&
            !holds_comma(b->text) && !span_ends_with(b->text, "：") &&
            !span_ends_with(b->text, ":"));
}

/* "一、宣讀上次會議議事錄。", below such a title: the agenda, which runs from its first number
 * up to the next label. */
static bool is_below_agenda_title(const struct record *r, size_t i)
{
    size_t top = i, end = i;

    while (top > 0 && top + AGENDA_ITEMS_MAX > i && is_of_numbered_list(block_at(r, top)))
        top--;
    if (top == i || number_of(block_at(r, top + 1)) != 1 || block_at(r, top + 1)->gap ||
        !is_agenda_title(r, block_at(r, top)))
        return false;
    while (end < r->survey.block_count && end < i + AGENDA_ITEMS_MAX &&
           !block_begins_turn(r, end) && is_of_numbered_list(block_at(r, end)))
        end++;
    return block_begins_turn(r, end);
}

/* Consecutive lines in capitals, set apart by their indent. */
static bool is_set_in_capitals(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && b->indent >= CENTRED_INDENT && !b->ends_sentence &&
           b->columns < CENTRED_COLUMNS && folded_is_in_capitals(b->text) &&
           memchr(b->text.data, ' ', b->text.length) != NULL && !block_ends_in_bracket(b->text);
}

/* "(1)  過去3年，每年故障的次數；及" above (2): a point in somebody's list. */
static bool is_point_of_list(const struct record *r, size_t i)
{
    int number = number_of(block_at(r, i));

    return number > 0 &&
           ((i + 1 < r->survey.block_count && number_of(block_at(r, i + 1)) == number + 1) ||
            (i > 0 && number > 1 && number_of(block_at(r, i - 1)) == number - 1));
}

/* "BY MS. FARROW:", directly above her questions. */
static bool names_examiner(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && folded_is_in_capitals(b->text) &&
           (span_ends_with(b->text, ":") || span_ends_with(b->text, "：")) &&
           b->columns < CAPITALS_COLUMNS && block_begins_turn(r, i + 1);
}

/* "DIRECT EXAMINATION", below a blank line or another heading, above that or above a label. */
static bool is_in_capitals_above(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && b->gap && !b->ends_sentence &&
           b->columns < CAPITALS_COLUMNS && folded_is_in_capitals(b->text) &&
           memchr(b->text.data, ' ', b->text.length) != NULL &&
           !block_ends_in_bracket(b->text) && i + 1 < r->survey.block_count &&
           (block_begins_turn(r, i + 1) || names_examiner(r, i + 1));
}

/* 被告代理人, 피고 대리인: who examines from here on, between an answer and a question that
 * have marks and no names. */
static bool is_examiner_between(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey *s = &r->survey;
    uint32_t next;

    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || i == 0 ||
        !vocabulary_has_title(b->text) || !block_at(r, i - 1)->ends_sentence ||
        b->columns > HEADING_COLUMNS || holds_comma(b->text) || i + 1 >= r->head ||
        r->label == SURVEY_NONE || s->labels[r->label].mark != LABEL_OF_ANSWER)
        return false;
    next = r->choice.begins[i + 1];
    return next != SURVEY_NONE && s->candidates[next].label != SURVEY_NONE &&
           s->labels[s->candidates[next].label].mark == LABEL_OF_QUESTION;
}

bool block_continues_heading(const struct record *r, size_t i)
{
    size_t first = i;
    uint32_t cp;

    while (first > 0 && first + HEADING_LINES_MAX > i && block_at(r, first)->joins &&
           !block_at(r, first)->gap && !block_at(r, first - 1)->ends_sentence)
        first--;
    if (first == 0 || !span_ends_with(block_at(r, first - 1)->text, ","))
        return false;
    utf8_decode(block_at(r, first)->text.data, block_at(r, first)->text.length, &cp);
    return folded_is_lower(cp) && folded_is_in_capitals(block_at(r, first - 1)->text) &&
           block_is_heading(r, first - 1);
}

/* "Questions from MR HOLT": set in far beyond the labels, between the end of a sentence and the
 * next label. */
static bool is_centred_above(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && !b->ends_sentence && !b->joins && i > 0 &&
           b->columns < CENTRED_COLUMNS && i + 1 < r->survey.block_count &&
           b->indent >= block_at(r, i + 1)->indent + CENTRED_INDENT &&
           (block_at(r, i - 1)->ends_sentence || block_is_note(block_at(r, i - 1))) &&
           block_begins_turn(r, i + 1);
}

/* Whether the last words above, beyond notes, are not in capitals. */
static bool is_above_in_small_letters(const struct record *r, const struct survey_block *b)
{
    if (r->words.bytes > 0)
        return !folded_is_in_capitals(span_of(r->words.data, r->words.bytes));
    while (b > r->survey.blocks && block_is_note(b - 1))
        b--;
    return b > r->survey.blocks && !folded_is_in_capitals(b[-1].text);
}

/* "STATEMENT OF ALMA DAHL, CAPTAIN, LOW TIDE" above "FERRIES, INC.": a paragraph of several
 * lines in capitals, where what is said is not. */
static bool is_of_paragraph_in_capitals(const struct record *r, size_t i)
{
    size_t first = i, last = i;
    size_t k;

    while (first > 0 && !block_at(r, first)->gap && first + HEADING_LINES_MAX > i)
        first--;
    while (last + 1 < r->survey.block_count && !block_at(r, last + 1)->gap &&
           last < first + HEADING_LINES_MAX)
        last++;
    if (r->choice.timed || last == first || !block_at(r, first)->gap ||
        !block_at(r, last)->next_gap || !r->said ||
        !is_above_in_small_letters(r, block_at(r, first)))
        return false;
    for (k = first; k <= last; k++) {
        const struct survey_block *b = block_at(r, k);

        if (b->kind != BLOCK_PARAGRAPH || b->columns > CENTRED_COLUMNS ||
            !folded_is_in_capitals(b->text) || holds_cjk(b->text) || block_begins_turn(r, k) ||
            folded_asks(b->text))
            return false;
    }
    return true;
}

/* "Questions and Answers", between one rule and the next. */
static bool is_line_between_rules(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && b->ruled && !b->ends_sentence && !b->joins &&
           b->columns < CENTRED_COLUMNS && i + 1 < r->survey.block_count &&
           block_at(r, i + 1)->ruled;
}

/* "Esame del bilancio della provincia.": a sentence of its own between two turns of one
 * speaker, who would need no second label if it were said. */
static bool is_title_between_turns_of_one(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey *s = &r->survey;
    uint32_t next, cp = 0;

    if (i == 0 || b->kind != BLOCK_PARAGRAPH || b->joins || !b->gap || !b->next_gap ||
        !b->ends_sentence || b->form != LINE_UNTIMED || b->columns >= CLOSING_COLUMNS ||
        r->choice.timed || !r->said || r->label == SURVEY_NONE || i + 1 >= s->block_count ||
        holds_cjk(b->text) || survey_asks(s, i - 1) || record_sets_apart(r, r->label) ||
        r->choice.mark_alone || r->choice.dashes_alone)
        return false; /* the answer to a question needs no label */
    utf8_decode(b->text.data, b->text.length, &cp);
    next = i + 1 < r->head ? r->choice.begins[i + 1] : choose_begin(s, &r->choice, i + 1);
    return folded_is_upper(cp) && next != SURVEY_NONE &&
           s->candidates[next].label == r->label && span_find(b->text, '?') == b->text.length &&
           span_find(b->text, '!') == b->text.length &&
           memmem(b->text.data, b->text.length, ". ", 2) == NULL;
}

/* "Mr Speaker, I move:": a comma, and somebody who says I. */
static bool addresses(struct span text)
{
    return span_contains(text, ", I ");
}

bool block_is_heading(const struct record *r, size_t i)
{
    static const char *const commas[] = {",", "，", "、", ";", "；", NULL};
    static const char *const colons[] = {":", "：", NULL};
    const struct survey_block *b = block_at(r, i);

    if (b->kind == BLOCK_HEADING || is_section_title(r, i) || is_set_in_capitals(r, i) ||
        is_agenda_item(r, i) || is_topic_above(r, i) || is_spread_out(b) ||
        is_stage_line(r, i) || is_marked_title(r, i) || is_below_agenda_title(r, i) ||
        is_title_set_apart(r, b) ||
        (i + 1 < r->survey.block_count && is_agenda_title(r, b) &&
         is_below_agenda_title(r, i + 1)))
        return true;
    if (b->kind == BLOCK_PARAGRAPH && !b->ends_sentence && !b->joins &&
        b->indent >= CENTRED_FAR && b->columns < CENTRED_COLUMNS)
        return true;
    if (names_examiner(r, i) || is_examiner_between(r, i) || is_centred_above(r, i))
        return true;
    if (is_in_capitals_above(r, i) || is_line_between_rules(r, i) ||
        is_of_paragraph_in_capitals(r, i) || is_title_between_turns_of_one(r, i))
        return true;
    if (r->solid && r->ends_in_stops && b->kind == BLOCK_PARAGRAPH && !b->ends_sentence &&
        folded_is_in_capitals(b->text) && memchr(b->text.data, ' ', b->text.length) != NULL &&
        b->columns < CENTRED_COLUMNS && !b->joins && !span_ends_with_any(b->text, commas))
        return true;
    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || !b->gap ||
        !(b->next_gap || stands_above_note(r, i)) || span_ends_with_any(b->text, commas) ||
        is_point_of_list(r, i))
        return false;
    if (folded_is_in_capitals(b->text) && b->columns < CAPITALS_COLUMNS)
        return true;
    if (b->indent >= CENTRED_INDENT && b->columns < CENTRED_COLUMNS)
        return true;
    if (span_ends_with_any(b->text, colons) && (holds_comma(b->text) || addresses(b->text)))
        return false;
    if (span_ends_with_any(b->text, colons) && b->columns < COLON_COLUMNS)
        return true;
    return b->columns <= HEADING_COLUMNS && holds_cjk(b->text);
}

bool block_heads_turn(const struct record *r, size_t i)
{
    while (i < r->survey.block_count && !block_begins_turn(r, i) &&
           (block_at(r, i)->kind == BLOCK_HEADING || block_at(r, i)->only_time ||
            block_is_note(block_at(r, i))))
        i++;
    return i < r->survey.block_count && block_begins_turn(r, i);
}

/* （1） and （2）, or 1. and 2. */
static bool is_same_style(struct span a, struct span b)
{
    return *a.data == *b.data ||
           (*a.data >= '0' && *a.data <= '9' && *b.data >= '0' && *b.data <= '9');
}

/* 5　閉会: a number and a wide blank; 0 for none. */
static int wide_number(const struct survey_block *b)
{
    struct folded f;
    int number = 0;
    size_t at;

    folded_front_some(&f, b->text, 0, NUMBERED_FRONT);
    for (at = 0; at < 2 && folded_is_digit(f.cp[at]); at++)
        number = number * 10 + (int)(f.cp[at] - '0');
    return f.cp[at] == FOLDED_WIDE_SPACE ? number : 0;
}

bool block_is_next_section(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    bool wide = wide_number(b) > 0;
    int number;
    size_t k;

    if (!(b->gap || (wide && i > 0 && block_at(r, i - 1)->ends_sentence)) || i >= r->head ||
        !r->ends_in_stops || b->ends_sentence || b->joins || b->columns > HEADING_COLUMNS ||
        b->kind != BLOCK_PARAGRAPH)
        return false;
    number = wide ? wide_number(b) : number_of(b);
    for (k = 0; number > 1 && k < r->choice.first; k++)
        if (wide ? wide_number(block_at(r, k)) == number - 1
                 : number_of(block_at(r, k)) == number - 1 && block_at(r, k)->gap &&
                       is_same_style(block_at(r, k)->text, b->text) &&
                       !block_at(r, k)->ends_sentence)
            return true;
    return false;
}

uint32_t block_owner_of_heading(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    struct span text = front_matter_bare(b->text);
    size_t k;

    if (r->head == 0 || (text.length == b->text.length && b->kind != BLOCK_HEADING) ||
        i + 1 >= r->survey.block_count || text.length == 0)
        return SURVEY_NONE;
    for (k = 0; k < r->head; k++) {
        uint32_t begin = r->choice.begins[k];
        const struct survey_candidate *c;
        struct span label;
        struct span rest;

        if (begin == SURVEY_NONE)
            continue;
        c = &r->survey.candidates[begin];
        if (c->label_byte == c->label_end ||
            block_at(r, k)->text.data[c->label_byte] != *text.data)
            continue;
        label = block_part(block_at(r, k), c->label_byte, c->label_end);
        if (label.length < 6 || label.length >= text.length ||
            memcmp(text.data, label.data, label.length) != 0)
            continue;
        rest = span_skip(text, label.length);
        if (rest.length <= OWNER_LETTERS * 3 && holds_cjk(rest) &&
            !folded_ends_sentence(rest) && !block_ends_in_bracket(rest) &&
            !block_begins_in_bracket(rest))
            return begin;
    }
    return SURVEY_NONE;
}

bool block_is_day_line(const struct survey_block *b, struct stamp *stamp)
{
    struct folded f;
    size_t at = 0;
    size_t end;

    if (b->ends_sentence)
        return false;
    folded_front(&f, b->text, 0);
    while (f.cp[at] == '-' || f.cp[at] == 0x2014 || folded_is_blank(f.cp[at]))
        at++;
    end = stamp_parse(&f, at, stamp);
    if (end == 0 || !(stamp->has_date || stamp->numeric) || stamp->has_clock)
        return false;
    return f.whole && (at > 2 || f.count - end <= DAY_LINE_REST);
}

/* Somebody joined or left a chat, as East Asian programs word it. */
static bool is_membership_line(struct span text)
{
    static const char *const ends[] = {"님이 나갔습니다",
                                       "님이 들어왔습니다",
                                       "초대하였습니다",
                                       "초대했습니다",
                                       "내보냈습니다",
                                       "グループから退会しました",
                                       "グループを退会しました",
                                       "グループに参加しました",
                                       "退出しました",
                                       "参加しました",
                                       "グループに招待しました",
                                       "已加入群組",
                                       "已退出群組",
                                       "加入了群聊",
                                       "退出了群聊",
                                       "修改群名为",
                                       "撤回了一条消息",
                                       "已收回訊息",
                                       "메시지를 가렸습니다",
                                       "メッセージの送信を取り消しました",
                                       NULL};

    while (text.length > 0 && (span_ends_with(text, ".") || span_ends_with(text, "。")))
        text.length -= span_ends_with(text, ".") ? 1 : 3;
    return span_ends_with_any(text, ends);
}

bool block_is_machine_line(const struct survey_block *b)
{
    return span_starts_with(b->text, "===") || span_starts_with(b->text, "***") ||
           span_starts_with(b->text, "-!-") || span_starts_with(b->text, "-->") ||
           span_starts_with(b->text, "--- ") || span_starts_with(b->text, "Session ") ||
           span_starts_with(b->text, "<--") || is_membership_line(b->text);
}

bool block_is_chat(const struct record *r)
{
    return r->choice.timed ||
           (r->choice.row_count > 0 &&
            *survey_layout_row(&r->survey, &r->survey.rows[r->choice.rows[0]])->template ==
                '<');
}

bool block_is_action(const struct record *r, const struct survey_block *b)
{
    return !r->choice.timed && block_is_chat(r) && span_starts_with(b->text, "* ");
}

bool block_is_name_of_next(const struct record *r, size_t i)
{
    const struct survey *s = &r->survey;
    size_t k;

    for (k = i + 1; k <= i + 2 && k < s->block_count; k++) {
        const struct survey_candidate *c;
        struct span name;

        if (k >= r->head || r->choice.begins[k] == SURVEY_NONE)
            continue;
        c = &s->candidates[r->choice.begins[k]];
        name = block_part(block_at(r, k), c->label_byte, c->label_end);
        return c->has_time && span_equal(name, block_at(r, i)->text);
    }
    return false;
}

/* notes.example.org, desk@example.org */
static bool is_host_name(struct span text)
{
    size_t stops = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        char c = text.data[i];

        stops += c == '.';
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
              c == '/' || c == '@' || c == '_'))
            return false;
    }
    return stops > 0;
}

/* ▶ 소한결 작가는 1995년생으로…: a pointer that no turn has marks what the editors added. */
static bool is_pointed_at(const struct record *r, size_t i)
{
    uint32_t bullet = block_at(r, i)->bullet;
    size_t k;

    if (bullet != 0x25B6 && bullet != 0x25B7 && bullet != 0x25BA && bullet != 0x261E)
        return false;
    for (k = 0; k < i && i < r->head; k++)
        if (block_at(r, k)->bullet == bullet)
            return false;
    return i < r->head;
}

/* "* 내용 인용 시 …": a footnote as the last line, behind a star that no other line has. */
static bool is_footnote(const struct record *r, size_t i)
{
    size_t k;

    if (!span_starts_with(block_at(r, i)->text, "*") ||
        span_starts_with(block_at(r, i)->text, "**") || block_is_chat(r))
        return false;
    for (k = 0; k < i && i < r->head; k++)
        if (span_starts_with(block_at(r, k)->text, "*"))
            return false;
    return i < r->head;
}

bool block_is_imprint(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    if (!r->blocks_ended || i + 1 != r->survey.block_count || !b->gap)
        return false;
    if (is_pointed_at(r, i) || is_footnote(r, i))
        return true;
    return !b->ends_sentence && (span_contains(b->text, "://") || is_host_name(b->text));
}

/* "会議は 00:31:02 後に終了しました": the recording has ended; below all words. */
static bool mentions_end(struct span text)
{
    static const char *const meetings[] = {"会議", "会议", "會議", "회의", "録画",
                                           "录制", "錄製", "녹화", "通話", "通话",
                                           "신문", "심문", "尋問", "庭审", "庭審"};
    static const char *const endings[] = {"終了", "结束", "結束", "종료", "끝났",
                                          "散会", "散會", "休会", "休會", "閉会",
                                          "閉會", "闭会", "산회", "폐회", "마침"};
    bool meeting = false, ending = false;
    size_t i;

    for (i = 0; i < sizeof meetings / sizeof *meetings; i++)
        meeting |= memmem(text.data, text.length, meetings[i], strlen(meetings[i])) != NULL;
    for (i = 0; i < sizeof endings / sizeof *endings; i++)
        ending |= memmem(text.data, text.length, endings[i], strlen(endings[i])) != NULL;
    return meeting && ending;
}

/* "이상 신문을 마침.": a noun ends the sentence, as clerks write and nobody speaks. */
static bool is_nominal_end(struct span text)
{
    return span_ends_with(text, "마침.") || span_ends_with(text, "마침");
}

/* 於上午10時15分結束: a reading of a clock. */
static bool holds_clock(struct span text)
{
    static const char *const hours[] = {"時", "时", "点", "點", "시"};
    size_t i;

    for (i = 0; i < sizeof hours / sizeof *hours; i++) {
        const char *hour = memmem(text.data, text.length, hours[i], strlen(hours[i]));

        if (hour != NULL && hour > text.data && hour[-1] >= '0' && hour[-1] <= '9')
            return true;
    }
    return false;
}

bool block_is_end_matter(const struct record *r, size_t i)
{
    return r->head > 0 && r->blocks_ended && i > r->choice.last && !r->any_continued &&
           !r->choice.timed && !block_at(r, i)->gap && !block_at(r, i)->ends_sentence &&
           r->turns_in_head >= END_MATTER_TURNS;
}

/* "Ende der Sitzung: 20:15 Uhr", "Kapanma Saati: 14.27": a label with nothing but a time after
 * it. */
static bool is_labelled_moment(const struct record *r, const struct survey_block *b)
{
    uint32_t k;

    for (k = b->candidate; k < b->candidate + b->candidate_count; k++) {
        const struct survey_candidate *c = &r->survey.candidates[k];
        struct stamp stamp;
        struct folded f;
        size_t end;

        if (c->label == SURVEY_NONE || r->survey.rows[c->row].layout != LAYOUT_COLON)
            continue;
        folded_front(&f, survey_words(&r->survey, c), 0);
        end = stamp_parse(&f, 0, &stamp);
        if (end == 0 || !stamp.has_clock)
            end = stamp_parse_pointed_clock(&f, 0, &stamp);
        if (end > 0 && f.whole && f.count - end <= MOMENT_REST)
            return true;
    }
    return false;
}

/* "Sluiting 16.04 uur.", "Meeting ended 9:40 pm": a few words and a moment, and nothing else.
 */
static bool is_moment_behind_words(const struct survey_block *b)
{
    struct folded f;
    size_t words = 0;
    size_t at = 0;

    folded_front_some(&f, b->text, 0, MOMENT_COLUMNS);
    if (!f.whole || !folded_is_upper(f.cp[0]))
        return false;
    while (words++ < MOMENT_WORDS_BEFORE) {
        struct stamp stamp;
        size_t end;

        while (f.cp[at] != 0 && f.cp[at] != ' ')
            at++;
        if (f.cp[at] == 0)
            return false;
        end = stamp_parse(&f, ++at, &stamp);
        if (end == 0 || !stamp.has_clock)
            end = stamp_parse_pointed_clock(&f, at, &stamp);
        if (end > 0)
            return f.count - end <= MOMENT_REST;
    }
    return false;
}

bool block_is_end(const struct record *r, const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->gap && !b->joins && b->columns < CLOSING_COLUMNS &&
           (vocabulary_is_end(b->text) || is_labelled_moment(r, b) ||
            is_moment_behind_words(b) ||
            ((!b->ends_sentence || holds_clock(b->text) || is_nominal_end(b->text)) &&
             mentions_end(b->text)));
}

/* "FastScripts by …": the last line, apart and no sentence, where turns are one paragraph and
 * end as sentences do. */
static bool is_imprint_below(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t first = 0;

    utf8_decode(b->text.data, b->text.length, &first);
    return folded_is_upper(first) && memchr(b->text.data, ' ', b->text.length) != NULL &&
           r->ends_in_stops && r->one_paragraph && r->turns_in_head >= END_MATTER_TURNS &&
           b->kind == BLOCK_PARAGRAPH && b->gap && !b->joins && !b->ends_sentence &&
           b->columns <= CENTRED_COLUMNS && b->form == LINE_UNTIMED && !b->has_tail && i > 0 &&
           block_at(r, i - 1)->ends_sentence && !r->choice.timed && !holds_cjk(b->text);
}

static bool is_digit_at(struct span text, size_t at)
{
    return at < text.length && text.data[at] >= '0' && text.data[at] <= '9';
}

/* "8 minut 30", "15 horas e 10": an hour, a word or two, and minutes. */
static bool is_hour_in_words(struct span text)
{
    int hour = 0, minute = 0;
    size_t at = 0, words = 0;

    for (; at < 2 && is_digit_at(text, at); at++)
        hour = hour * 10 + (text.data[at] - '0');
    while (at < text.length && text.data[at] == ' ' && !is_digit_at(text, at + 1) &&
           ++words <= 2) {
        size_t word = ++at;

        while (at < text.length && text.data[at] != ' ')
            at++;
        if (utf8_count(text.data + word, at - word) > MINUTE_WORD_MAX)
            return false;
    }
    if (words == 0 || hour > HOUR_MAX || at >= text.length || text.data[at] != ' ')
        return false;
    for (at++; is_digit_at(text, at) && minute <= MINUTE_MAX; at++)
        minute = minute * 10 + (text.data[at] - '0');
    return text.data[at - 1] != ' ' && minute <= MINUTE_MAX;
}

static bool holds_hour(struct span text)
{
    size_t at;

    for (at = 0; at < text.length; at++) {
        bool clock;

        if (!is_digit_at(text, at) ||
            (at > 0 &&
             (is_digit_at(text, at - 1) || memchr(".:,h", text.data[at - 1], 4) != NULL)))
            continue;
        clock = is_digit_at(text, at + 1)
                    ? at + 2 < text.length && memchr(".:,h", text.data[at + 2], 4) != NULL &&
                          is_digit_at(text, at + 3) && is_digit_at(text, at + 4)
                    : at + 1 < text.length && memchr(".:,h", text.data[at + 1], 4) != NULL &&
                          is_digit_at(text, at + 2) && is_digit_at(text, at + 3);
        if (clock || is_hour_in_words(span_skip(text, at)))
            return true;
    }
    return false;
}

bool block_states_hour(const struct survey_block *b)
{
    size_t words = 0;
    size_t at;

    for (at = 0; at < b->text.length; at++)
        words += b->text.data[at] == ' ';
    return words >= MOMENT_WORDS_BEFORE - 1u && holds_hour(b->text);
}

/* "Chuaigh an Ceann Comhairle i gceannas ar 14:00.", above all turns, and "Cuireadh an Dáil ar
 * athló ar 15:10." as the last line: in whatever language, when it began and when it ended. */
static bool states_end_as_start(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    size_t k;

    if (i + 1 != r->survey.block_count || !b->gap || b->joins || r->choice.timed ||
        b->columns >= CLOSING_COLUMNS || !b->ends_sentence || !block_states_hour(b) ||
        memmem(b->text.data, b->text.length, ". ", 2) != NULL)
        return false;
    for (k = 0; k < r->choice.first; k++)
        if ((block_at(r, k)->ends_sentence || r->front.facts[k] != SURVEY_NONE) &&
            holds_hour(block_at(r, k)->text))
            return true;
    return false;
}

bool block_is_closing(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    if (!r->blocks_ended || r->head == 0)
        return false;
    if (i >= r->tail ||
        (b->italic && b->gap && i > r->choice.last && !block_at(r, r->choice.last)->italic))
        return true;
    return states_end_as_start(r, i) ||
           (i + 1 == r->survey.block_count && (block_is_end(r, b) || is_imprint_below(r, i)));
}

/* Whether a label before a colon names this kind of fact. */
static bool names_fact(const struct record *r, size_t i, enum fact_kind kind)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t k;

    for (k = b->candidate; k < b->candidate + b->candidate_count; k++) {
        const struct survey_candidate *c = &r->survey.candidates[k];

        if (c->label != SURVEY_NONE && r->survey.rows[c->row].layout == LAYOUT_COLON &&
            r->survey.labels[c->label].fact == kind)
            return true;
    }
    return false;
}

bool block_is_decision(const struct record *r, size_t i)
{
    return names_fact(r, i, FACT_DECISION);
}

bool block_is_item(const struct record *r, size_t i)
{
    return names_fact(r, i, FACT_ITEM);
}

/* "Arana Larrea andrea, you have the floor.": a word with a comma behind the name is no verb.
 */
static bool is_address_word(const struct folded *f, size_t at)
{
    while (folded_is_letter(f->cp[at]))
        at++;
    return f->cp[at] == ',';
}

/* "Councilmember Ortega left the room.": a narrated line that begins with the label of a
 * speaker and a verb. */
static bool narrates_speaker(const struct record *r, const struct survey_block *b)
{
    struct buffer key = {0};
    struct folded f;
    size_t words = 0;
    bool found = false;
    size_t at = 0;

    folded_front_some(&f, b->text, 0, NARRATED_FRONT);
    while (!found && words++ < NARRATED_WORDS && f.cp[at] != 0) {
        while (f.cp[at] != 0 && f.cp[at] != ' ')
            at++;
        if (f.cp[at] != ' ' || !folded_is_lower(f.cp[at + 1]))
            found = false;
        else {
            uint32_t label;

            buffer_clear(&key);
            label_key(&f, (struct label_place){0, at}, &key);
            label = survey_find_label(&r->survey, span_of(buffer_string(&key), key.bytes));
            found = label != SURVEY_NONE && label < r->survey.known_count &&
                    r->survey.known[label] && !is_address_word(&f, at + 1);
        }
        at++;
    }
    buffer_release(&key);
    return found;
}

/* Whether a known label of an office is the whole text. */
static bool is_known_office(const struct record *r, struct span text)
{
    uint32_t label = survey_find_label(&r->survey, text);

    return label != SURVEY_NONE && label < r->survey.known_count && r->survey.known[label] &&
           r->survey.labels[label].shape >= LABEL_TITLE_BITS;
}

/* 審判長諭知本案辯論終結。: an office that speaks in this record, and what a court's clerk says
 * of it. */
static bool narrates_office(const struct record *r, const struct survey_block *b)
{
    static const char *const verbs[] = {"諭知", "谕知", "宣示", "宣告", "裁定"};
    struct span front = span_of(
        b->text.data, b->text.length < OFFICE_BYTES_MAX ? b->text.length : OFFICE_BYTES_MAX);
    size_t i;

    if (b->kind != BLOCK_PARAGRAPH || b->joins || !b->ends_sentence || r->choice.timed)
        return false;
    for (i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        const char *verb = memmem(front.data, front.length, verbs[i], strlen(verbs[i]));

        if (verb != NULL &&
            is_known_office(r, span_of(front.data, (size_t)(verb - front.data))))
            return true;
    }
    return false;
}

/* 佐伯 亮さんが文字起こしを停止しました: the same in East Asian words. */
static bool narrates_member(const struct record *r, const struct survey_block *b)
{
    static const char *const joints[] = {"さんが", "님이",   "님께서", "停止了",
                                         "已停止", "開始了", "开始了", "已開始",
                                         "已开始", "離開了", "离开了"};
    struct span front = span_of(
        b->text.data, b->text.length < OFFICE_BYTES_MAX ? b->text.length : OFFICE_BYTES_MAX);
    size_t i;

    for (i = 0; i < sizeof joints / sizeof *joints; i++) {
        const char *joint = memmem(front.data, front.length, joints[i], strlen(joints[i]));
        struct buffer key = {0};
        struct folded f;
        uint32_t label;

        if (joint == NULL || joint == front.data)
            continue;
        folded_front(&f, span_of(front.data, (size_t)(joint - front.data)), 0);
        label_key(&f, label_trim(&f, (struct label_place){0, f.count}), &key);
        label = survey_find_label(&r->survey, span_of(buffer_string(&key), key.bytes));
        buffer_release(&key);
        if (label != SURVEY_NONE && label < r->survey.known_count && r->survey.known[label])
            return true;
    }
    return false;
}

/* "Clara Moss stopped transcription": what a program says of a speaker, in a paragraph of its
 * own among turns that have one. */
static bool is_program_notice(const struct record *r, const struct survey_block *b)
{
    return r->choice.timed && b->kind == BLOCK_PARAGRAPH && b->gap && !b->ends_sentence &&
           b->form == LINE_UNTIMED && b->columns <= NOTICE_COLUMNS &&
           ((r->one_paragraph && narrates_speaker(r, b)) || narrates_member(r, b));
}

/* "For the motion ... 112 votes": a number, and a word at most, behind blanks or dots. */
static bool ends_in_count(struct span text)
{
    size_t at = text.length;

    while (at > 0 && text.data[at - 1] != ' ')
        at--;
    while (at > 0 && text.data[at - 1] == ' ')
        at--;
    if (at == 0 || text.data[at - 1] < '0' || text.data[at - 1] > '9')
        at = text.length;
    while (at > 0 && text.data[at - 1] >= '0' && text.data[at - 1] <= '9')
        at--;
    return at > 3 && at < text.length &&
           (span_ends_with(span_of(text.data, at), ".. ") ||
            span_ends_with(span_of(text.data, at), ".") ||
            span_ends_with(span_of(text.data, at), "   "));
}

/* "Voted for             31": two columns, or a name and a value. */
static bool is_table_line(const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->columns <= TABLE_COLUMNS &&
           (span_contains(b->text, "    ") || ends_in_count(b->text) ||
            (block_begins_in_bracket(b->text) && block_ends_in_bracket(b->text)) ||
            (!b->ends_sentence && span_find(b->text, ':') < b->text.length));
}

bool block_is_of_table(const struct record *r, size_t i)
{
    size_t first = i, end = i + 1;
    size_t numbers = 0;
    size_t k;

    while (first > 0 && first + TABLE_LINES_MAX > i && !block_at(r, first)->gap)
        first--;
    while (end < r->survey.block_count && end < i + TABLE_LINES_MAX && !block_at(r, end)->gap)
        end++;
    if (end - first < 2 || !block_at(r, first)->gap || r->choice.timed)
        return false;
    for (k = first; k < end; k++) {
        if (block_begins_turn(r, k) || (k > first && !is_table_line(block_at(r, k))))
            return false;
        numbers += k > first && ends_in_count(block_at(r, k)->text);
    }
    return folded_is_in_capitals(span_of(block_at(r, first)->text.data,
                                         span_find(block_at(r, first)->text, '('))) ||
           (numbers >= 2 && !block_at(r, first)->ends_sentence &&
            block_at(r, first)->columns <= TITLE_COLUMNS);
}

/* "-Aplausos en las bancas.": a paragraph behind a hyphen or a dash and without a blank after
 * it, as the stenographers of South America set apart what nobody says. */
static bool is_hyphened_note(const struct record *r, const struct survey_block *b)
{
    uint32_t dash = 0, first = 0;
    size_t used = utf8_decode(b->text.data, b->text.length, &dash);
    bool dashes_behind_stops =
        r->choice.row_count > 0 &&
        strcmp(survey_layout_row(&r->survey, &r->survey.rows[r->choice.rows[0]])->template,
               "{speaker}. - {text}") == 0;

    dash = folded_code_point(dash);
    if (b->text.length <= used || (dash != '-' && dash != 0x2014) || !b->gap || b->joins ||
        r->choice.timed || r->choice.dashes || r->choice.dashes_alone ||
        b->kind != BLOCK_PARAGRAPH ||
        b->columns > (dashes_behind_stops ? DASHED_COLUMNS : PROCEDURE_COLUMNS))
        return false;
    while (dashes_behind_stops && used + 1 < b->text.length && b->text.data[used] == ' ')
        used++;
    utf8_decode(b->text.data + used, b->text.length - used, &first);
    return folded_is_upper(first);
}

/* "ANN PELL sworn.", "JAMES ORDE, having been duly sworn, testified as follows:" */
static bool is_oath(struct span text)
{
    struct span front = text;
    size_t capitals = 0;

    while (front.length > 0) {
        struct span word = span_take_until(&front, ' ');

        if (word.length < 2 || !folded_is_in_capitals(word))
            break;
        capitals++;
    }
    return capitals >= 2 && text.length <= PROCEDURE_COLUMNS * 2 &&
           (span_contains(text, " sworn") || span_contains(text, " affirmed"));
}

/* "GUILTY.", "NOT GUILTY.": a paragraph in capitals between turns that are not. */
static bool is_in_capitals_between(const struct record *r, const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && b->gap && b->next_gap && !b->joins &&
           b->ends_sentence && b->columns <= CAPITALS_COLUMNS && !folded_asks(b->text) &&
           memchr(b->text.data, '!', b->text.length) == NULL &&
           folded_is_in_capitals(b->text) && !holds_cjk(b->text) && r->said &&
           !r->choice.timed && is_above_in_small_letters(r, b);
}

/* Whether a paragraph begins here: below a blank line, or wherever lines are not wrapped from
 * the one above, in a record that has no blank lines between turns. */
static bool begins_paragraph(const struct record *r, const struct survey_block *b)
{
    return !b->joins &&
           (b->gap || r->solid || (r->wrapped && !r->choice.gap_needed && b->indent > 0));
}

/* Whether a paragraph, of some lines at most, ends as a sentence does. */
static bool paragraph_ends(const struct record *r, const struct survey_block *b)
{
    const struct survey_block *end = r->survey.blocks + r->survey.block_count;
    const struct survey_block *last = b;

    while (last + 1 < end && last < b + NOTE_LINES_MAX && last[1].joins && !last[1].gap)
        last++;
    return last->ends_sentence;
}

/* "* * *", "-----0-----": a separator: signs, with a digit among them at most. */
static bool is_row_of_signs(const struct record *r, const struct survey_block *b)
{
    size_t signs = 0, digits = 0, blanks = 0;
    size_t i;

    for (i = 0; i < b->text.length; i++) {
        blanks += b->text.data[i] == ' ';
        signs += memchr("*=_~#-+", b->text.data[i], 7) != NULL;
        digits += b->text.data[i] >= '0' && b->text.data[i] <= '9';
    }
    return !r->choice.timed && b->kind == BLOCK_PARAGRAPH && digits <= 1 &&
           (signs >= ROW_SIGNS_MIN || (signs == 1 && *b->text.data == '*')) &&
           signs + digits + blanks == b->text.length;
}

bool block_is_procedure(const struct record *r, const struct survey_block *b)
{
    uint32_t first = 0;

    if (is_row_of_signs(r, b))
        return true;
    if ((!r->choice.timed && b->kind == BLOCK_PARAGRAPH && !b->joins &&
         vocabulary_is_tape_line(b->text)) ||
        is_in_capitals_between(r, b) || (b->gap && !r->choice.timed && is_oath(b->text)))
        return true;
    if (is_hyphened_note(r, b) || is_program_notice(r, b) || narrates_office(r, b))
        return true;
    if (b->kind != BLOCK_PARAGRAPH || !begins_paragraph(r, b) || !paragraph_ends(r, b) ||
        b->columns > PROCEDURE_COLUMNS || b->form != LINE_UNTIMED || r->choice.timed)
        return false;
    utf8_decode(b->text.data, b->text.length, &first);
    return folded_is_upper(first) &&
           (vocabulary_is_procedure(b->text) || (b->ends_sentence && narrates_speaker(r, b)));
}

bool block_continues_procedure(const struct record *r, size_t i)
{
    size_t first = i;

    while (first > 0 && first + NOTE_LINES_MAX > i && block_at(r, first)->joins)
        first--;
    return first < i && !block_at(r, first)->joins && !block_begins_turn(r, first) &&
           !block_at(r, first)->ends_sentence && block_is_procedure(r, block_at(r, first));
}

/* A page number at one end of the line, separated by a wide blank from the rest, which *rest
 * receives. */
static bool is_numbered_edge(struct span text, struct span *rest)
{
    size_t digits = 0, blanks = 0;

    while (digits < text.length && text.data[digits] >= '0' && text.data[digits] <= '9')
        digits++;
    while (digits + blanks < text.length && text.data[digits + blanks] == ' ')
        blanks++;
    if (digits > 0 && digits <= PAGE_DIGITS_MAX && blanks >= EDGE_BLANKS) {
        *rest = span_skip(text, digits + blanks);
        return true;
    }
    digits = blanks = 0;
    while (digits < text.length && text.data[text.length - 1 - digits] >= '0' &&
           text.data[text.length - 1 - digits] <= '9')
        digits++;
    while (digits + blanks < text.length && text.data[text.length - 1 - digits - blanks] == ' ')
        blanks++;
    *rest = span_of(text.data, text.length - digits - blanks);
    return digits > 0 && digits <= PAGE_DIGITS_MAX && blanks >= EDGE_BLANKS;
}

bool block_is_page_edge(const struct survey_block *b)
{
    struct stamp stamp;
    struct span rest;

    if (b->kind != BLOCK_PARAGRAPH || !b->gap || b->ends_sentence || b->form != LINE_UNTIMED)
        return false;
    if (is_numbered_edge(b->text, &rest))
        return rest.length > 0 && stamp_find_date(rest, &stamp);
    return span_contains(b->text, "      ") && stamp_find_date(b->text, &stamp) &&
           !stamp.has_clock;
}

/* "* Not recorded.", where a star behind other words refers to it. */
static bool is_referred_to(const struct record *r, size_t i)
{
    struct span text = block_at(r, i)->text;
    size_t k;

    if (!block_at(r, i)->gap || text.length < 3 || *text.data != '*' || text.data[1] == '*')
        return false;
    for (k = i; k > 0 && k + FOOTNOTE_BLOCKS > i; k--) {
        struct span above = block_at(r, k - 1)->text;
        const char *star = above.length > 1 ? memchr(above.data + 1, '*', above.length - 1)
                                            : NULL;

        if (star != NULL && star[-1] != ' ' && star[-1] != '*' &&
            (star + 1 == above.data + above.length || star[1] == ' ' || star[1] == '.'))
            return true;
    }
    return false;
}

/* "It was 3:41 p.m.", "At 3:44 p.m., the session was resumed.": a sentence that begins with a
 * clock reading, below a heading in capitals. */
static bool is_moment_below_heading(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    struct folded f;
    size_t words = 0;
    size_t at = 0;

    if (i == 0 || !b->gap || r->choice.timed || b->columns > PROCEDURE_COLUMNS ||
        !folded_is_in_capitals(block_at(r, i - 1)->text) || block_at(r, i - 1)->ends_sentence)
        return false;
    folded_front_some(&f, b->text, 0, MOMENT_COLUMNS);
    while (words++ < MOMENT_WORDS_BEFORE && f.cp[at] != 0) {
        struct stamp stamp;

        if (stamp_parse(&f, at, &stamp) > 0 && stamp.has_clock)
            return true;
        while (f.cp[at] != 0 && f.cp[at] != ' ')
            at++;
        at += f.cp[at] != 0;
    }
    return false;
}

/* A line directly below the edge of a page belongs to it. */
static bool is_below_page_edge(const struct record *r, size_t i)
{
    return i > 0 && !block_at(r, i)->gap && block_at(r, i)->next_gap &&
           (!block_at(r, i)->joins || (r->blocks_ended && i + 1 == r->survey.block_count)) &&
           block_is_page_edge(block_at(r, i - 1));
}

/* The text behind "（签名）" or "(서명)", brackets that ask for a signature; NULL data: none,
 * or a clause is in front of them, as somebody says. */
static struct span behind_signature(struct span text)
{
    static const char *const words[] = {"签名", "簽名", "签字", "簽字", "签章",
                                        "簽章", "署名", "서명", "날인"};
    static const char *const closes[] = {"）", ")", "］", "]", NULL};
    size_t i;

    for (i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = memmem(text.data, text.length, words[i], strlen(words[i]));
        struct span front, rest;

        if (at == NULL)
            continue;
        front = span_of(text.data, (size_t)(at - text.data));
        rest = span_skip(text, front.length + strlen(words[i]));
        if (!span_ends_with(front, "（") && !span_ends_with(front, "(") &&
            !span_ends_with(front, "［") && !span_ends_with(front, "["))
            continue;
        if (span_take_any(&rest, closes))
            return is_between_rules(front, false) ? rest : span_of(NULL, 0);
    }
    return span_of(NULL, 0);
}

/* 被询问人（签名）：　　2031年8月3日: where somebody signs, with a date or nothing behind it.
 * It does not go on with the words of the line above. */
static bool is_signature_line(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    struct span rest;
    struct stamp date;

    if (b->columns > SIGNATURE_COLUMNS)
        return false;
    rest = behind_signature(b->text);
    if (rest.data == NULL || (i > 0 && !b->gap && !block_at(r, i - 1)->ends_sentence &&
                              behind_signature(block_at(r, i - 1)->text).data == NULL))
        return false;
    if (!span_take(&rest, "："))
        span_take(&rest, ":");
    while (span_take(&rest, "　") || span_take(&rest, " ") || span_take(&rest, "_"))
        continue;
    return rest.length == 0 || (!b->ends_sentence && stamp_find_date(rest, &date));
}

bool block_is_set_beside(const struct record *r, size_t i)
{
    return is_referred_to(r, i) || is_moment_below_heading(r, i) || is_below_page_edge(r, i) ||
           is_signature_line(r, i);
}

bool block_is_outside_words(const struct record *r, const struct survey_block *b)
{
    return r->words_indent > 0 && b->kind == BLOCK_PARAGRAPH && b->gap &&
           (b->indent + WORDS_SET_IN <= r->words_indent ||
            (b->indent >= r->words_indent + WORDS_SET_IN && folded_is_in_capitals(b->text)));
}

bool block_is_role_line(const struct record *r, size_t i)
{
    static const char *const goes_on[] = {":", "：", ",", "，", NULL};
    const struct survey_block *b = block_at(r, i);

    return r->in_turn && !r->said && r->lone_label.bytes > 0 && r->label != SURVEY_NONE &&
           !r->choice.timed && i > 0 && block_begins_turn(r, i - 1) && !b->gap && b->next_gap &&
           !b->ends_sentence && !span_ends_with_any(b->text, goes_on) &&
           b->columns < ROLE_COLUMNS && i + 1 < r->survey.block_count &&
           !block_begins_turn(r, i + 1);
}

bool block_is_unnamed_moment(const struct record *r, const struct survey_block *b)
{
    char before = b->body_byte > 0 ? b->text.data[b->body_byte - 1] : 0;

    return r->choice.timed && r->choice.row_count > 0 && b->form != LINE_UNTIMED &&
           b->form == r->survey.rows[r->choice.rows[0]].form && b->lead.has_clock &&
           (before == '\t' || b->lead.has_date || b->lead.numeric);
}

/* 散會（11時40分）, 休　　憩　（午前１１時０２分）: what the meeting did, and the time after
 * it. */
static bool ends_in_moment_of_meeting(const struct survey_block *b)
{
    struct folded f;
    size_t letters = 0, at;

    if (!b->has_tail || b->joins || !b->tail.has_clock || b->tail.has_date)
        return false;
    folded_front(&f, span_of(b->text.data, b->end_byte), 0);
    for (at = 0; at < f.count; at++) {
        if (!folded_is_cjk(f.cp[at]) && !folded_is_blank(f.cp[at]))
            return false;
        letters += folded_is_cjk(f.cp[at]);
    }
    return letters > 0 && letters <= MOMENT_WORDS_MAX;
}

bool block_is_moment_of_meeting(const struct survey_block *b)
{
    struct folded f;
    struct stamp stamp;
    size_t end, at;

    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || b->columns > MOMENT_COLUMNS)
        return false;
    if (ends_in_moment_of_meeting(b))
        return true;
    folded_front(&f, b->text, 0);
    end = stamp_parse(&f, 0, &stamp);
    if (end == 0 || !stamp.has_clock || !stamp.wall || stamp.has_date)
        return false;
    for (at = end; at < f.count; at++)
        if (!folded_is_cjk(f.cp[at]) && !folded_is_blank(f.cp[at]))
            return false;
    return f.count > end && f.count - end <= MOMENT_WORDS_MAX;
}

/* "9:01" between the times of a turn and of the next one, above more words: another message of
 * the same person, as text copied from Slack has it. */
static bool is_moment_of_next(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    struct span clock = b->text;
    size_t k;

    span_take(&clock, "[");
    if (clock.length == 0 || *clock.data < '0' || *clock.data > '9' ||
        span_find(clock, ':') > 2 || i + 1 >= r->survey.block_count ||
        block_begins_turn(r, i + 1) || block_at(r, i + 1)->only_time ||
        r->turn_clock_ms == TIME_NONE || b->lead.clock_ms < r->turn_clock_ms)
        return false;
    for (k = i + 1; k < r->head; k++) {
        uint32_t begin = r->choice.begins[k];

        if (begin != SURVEY_NONE && r->survey.candidates[begin].has_time)
            return b->lead.clock_ms <= r->survey.candidates[begin].time.clock_ms;
    }
    return true;
}

bool block_continues_sentence(const struct record *r, size_t i)
{
    return i > 0 && r->said && r->words.bytes > 0 && !block_at(r, i)->gap &&
           !block_at(r, i - 1)->ends_sentence && !block_at(r, i - 1)->only_time &&
           !r->choice.timed && r->wrapped &&
           !(block_at(r, i)->only_time && block_begins_turn(r, i + 1));
}

bool block_is_said(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->choice.timed && r->times.wall && r->in_turn && b->lead.has_clock &&
           !b->lead.has_date && !b->lead.numeric && !is_moment_of_next(r, i) &&
           !(b->gap && b->lead.clock_ms % 60000 != 0); /* to the second: a recorder's */
}
