/* Facts about the record, mostly above its turns. */
#include "formats/records/front_matter.h"

#include <stdlib.h>
#include <string.h>

#include "formats/records/block_kind.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

/* columns of a line in a list whose lines are separated by blank ones */
enum { ENTRY_COLUMNS = 56, LIST_INDENT = 2 };

/* Columns of a fact's value that is not a sentence, at most. */
enum {
    NAME_COLUMNS = 24,
    VALUE_COLUMNS = 34,
    NEAR_FACT = 2,
    TITLE_COLUMNS = 80,
    TITLE_COLUMNS_MAX = 240, /* a longer line is a paragraph or a table of contents */
    NAME_BYTES_MIN = 6,
    NAME_BYTES_SOME = 3,
    SOLID_TURNS = 3,
    NAMING_MIN = 2,
    LEGEND_MIN = 2,
    LEGEND_KEY_MAX = 3,    /* bytes */
    LEGEND_WORDS_MAX = 40, /* bytes */
    CAPITALS_BYTES_MIN = 4,
    PEOPLE_MIN = 4, /* turns of people, some of whom speak again */
    SHORT_VALUE_BYTES = 60,
    LIST_LINES_MAX = 40,
    NAMED_TITLE_COLUMNS = 120, /* of a line that says what record it heads */
    SPEECH_COLUMNS = 60,       /* of a paragraph that is certainly said */
    OPENING_BYTES_MAX = 14,
    TIMELINE_MIN = 3,
    PAGE_BLOCKS = 40,   /* of a page, within which the title of its text is */
    WRAPPED_LINES = 40, /* of one turn, in a file with short lines */
    ALONE_MIN = 5,      /* labels alone on their lines, for each that is not */
    HANGING_BLOCKS = 60,
    INNER_FIELDS_MIN = 3
};

enum fact_kind front_matter_kind(const struct survey *s, const struct survey_candidate *c)
{
    return c->label != SURVEY_NONE ? s->labels[c->label].fact : FACT_NONE;
}

static uint32_t begin_of(const struct choice *choice, size_t block)
{
    return choice->begins[block];
}

static bool recurs(const struct choice *choice, const struct survey_candidate *c)
{
    return c->label != SURVEY_NONE && choice->counts[c->label] > 1;
}

/* The first block of a recurring label; block_count if no label recurs. */
static size_t first_known(const struct survey *s, const struct choice *choice)
{
    size_t i;

    for (i = 0; i < s->block_count; i++)
        if (begin_of(choice, i) != SURVEY_NONE &&
            (recurs(choice, &s->candidates[begin_of(choice, i)]) ||
             s->candidates[begin_of(choice, i)].label == SURVEY_NONE))
            return i;
    return s->block_count;
}

static bool is_timed(const struct survey *s, const struct survey_candidate *c)
{
    return c->has_time || s->blocks[c->block].form != LINE_UNTIMED;
}

/* "请安静。现在宣布纪律：": a whole East Asian sentence with more after it. */
static bool holds_sentence(struct span value)
{
    static const char *const stops[] = {"。", "！", "？", NULL};

    return span_contains_any(value, stops);
}

/* "主席：各位議員：" with words below: people are addressed, so a speech follows. */
static bool addresses_somebody(const struct survey *s, const struct choice *choice,
                               const struct survey_candidate *c)
{
    struct span value = survey_words(s, c);

    return (span_ends_with(value, "：") || span_ends_with(value, ":") ||
            span_ends_with(value, "，")) &&
           c->block + 1u < s->block_count && !s->blocks[c->block + 1].gap &&
           begin_of(choice, c->block + 1) == SURVEY_NONE;
}

/* "2031. 4. 12.": a date, whose last dot ends no sentence. */
static bool is_date_alone(struct span value)
{
    struct folded f;
    struct stamp stamp;

    if (value.length == 0 || *value.data < '0' || *value.data > '9')
        return false;
    folded_front(&f, value, 0);
    return f.whole && stamp_parse(&f, 0, &stamp) == f.count && stamp.has_date;
}

/* Whether the words after a label end as a sentence, on their line or in the lines that
 * continue it. */
static bool says_sentence(const struct survey *s, const struct choice *choice,
                          const struct survey_candidate *c)
{
    struct span value = survey_words(s, c);
    size_t i;

    if (is_date_alone(value))
        return false;
    if (folded_ends_sentence(value) || folded_asks(value) || holds_sentence(value) ||
        addresses_somebody(s, choice, c))
        return true;
    for (i = c->block + 1;
         value.length > 0 && i < s->block_count && i < c->block + (uint32_t)WRAPPED_LINES;
         i++) {
        const struct survey_block *b = &s->blocks[i];

        if (b->gap || begin_of(choice, i) != SURVEY_NONE)
            return false;
        if (b->ends_sentence && b->joins)
            return true;
    }
    return false;
}

bool front_matter_lists_names(struct span text)
{
    size_t names = 0, others = 0;

    while (text.length > 0) {
        struct span word = span_take_until(&text, ' ');
        uint32_t cp;

        while (word.length > 0 && (*word.data == '(' || *word.data == '['))
            word = span_skip(word, 1);
        if (word.length == 0)
            continue;
        utf8_decode(word.data, word.length, &cp);
        if (folded_is_upper(cp))
            names++;
        else
            others += word.length > 3 || !folded_is_lower(cp);
    }
    return names >= 2 && others == 0;
}

/* Two words and no office: somebody's name, not the part that others have. */
static bool is_full_name(const struct survey *s, const struct survey_candidate *c)
{
    struct span label = s->labels[c->label].whole;

    return memchr(label.data, ' ', label.length) != NULL && c->shape < LABEL_TITLE_BITS;
}

/* "Counsel for the Crown.—Mr. Hext.": a part that is somebody else's, and names beside it. */
static bool is_named_counsel(const struct survey *s, const struct survey_candidate *c)
{
    struct span label = s->labels[c->label].whole;

    return (survey_layout_row(s, &s->rows[c->row])->traits & LAYOUT_CAPITALS) != 0 &&
           span_contains(label, " for ") && front_matter_lists_names(survey_words(s, c)) &&
           !folded_asks(survey_words(s, c));
}

/* "MODERATOR:", "Witnesses: …", met once above the record: it says who is present. */
static bool introduces(const struct survey *s, const struct survey_candidate *c)
{
    struct span value = survey_words(s, c);

    if (is_named_counsel(s, c))
        return true;
    if (s->rows[c->row].layout != LAYOUT_COLON || is_timed(s, c))
        return false;
    if (value.length == 0 && c->block + 1 < s->block_count)
        value = s->blocks[c->block + 1].text;
    if (folded_asks(value) || !front_matter_lists_names(value))
        return false;
    /* "Wolf Clemens: Guten Morgen, Herr Ahlers." has both, and is said. */
    return !folded_ends_sentence(value) ||
           (memchr(value.data, ',', value.length) != NULL && !is_full_name(s, c));
}

/* Whether words hold the last name of somebody who speaks in the record. */
static bool hold_speaker(const struct survey *s, const struct choice *choice, struct span words,
                         uint32_t but)
{
    size_t i;

    for (i = 0; i < s->label_count; i++) {
        struct span name = s->labels[i].whole;
        const char *blank = memrchr(name.data, ' ', name.length);
        const char *found;

        if (choice->counts[i] == 0 || i == but || blank == NULL)
            continue;
        name = span_skip(name, (size_t)(blank - name.data)); /* with the blank in front */
        found = memmem(words.data, words.length, name.data, name.length);
        if (name.length > NAME_BYTES_SOME && found != NULL &&
            (found + name.length == words.data + words.length ||
             memchr(".,; ", found[name.length], 4) != NULL))
            return true;
    }
    return false;
}

/* "Witness: Gareth Pugh.", met once, where Gareth Pugh speaks: a witness is announced. */
static bool announces_witness(const struct survey *s, const struct choice *choice,
                              const struct survey_candidate *c)
{
    return c->label != SURVEY_NONE && choice->counts[c->label] == 1 && !is_timed(s, c) &&
           s->rows[c->row].layout == LAYOUT_COLON &&
           vocabulary_is_witness(s->labels[c->label].key) &&
           front_matter_lists_names(survey_words(s, c)) &&
           hold_speaker(s, choice, survey_words(s, c), c->label);
}

/* "主播：阿岚、老蔡": the words after the label name a recurring speaker. */
static bool names_speaker(const struct survey *s, const struct choice *choice,
                          const struct survey_candidate *c)
{
    struct span value = survey_words(s, c);
    size_t i;

    for (i = 0; i < s->label_count; i++) {
        struct span key = s->labels[i].key;

        if (choice->counts[i] > 1 && i != c->label && key.length >= NAME_BYTES_MIN &&
            (unsigned char)*key.data >= 0xE3 && value.length >= key.length &&
            memmem(value.data, value.length, key.data, key.length) != NULL)
            return true;
    }
    return false;
}

/* A name alone on its line is followed by a paragraph, like the recurring names. */
static bool speaks_below(const struct survey *s, const struct choice *choice,
                         const struct survey_candidate *c)
{
    const struct survey_block *below = &s->blocks[c->block] + 1;
    size_t alone = 0, beside = 0;
    size_t i;

    if (c->block + 1 >= s->block_count || !below->ends_sentence ||
        begin_of(choice, c->block + 1) != SURVEY_NONE || below->columns < SPEECH_COLUMNS)
        return false;
    for (i = c->block + 1; i < s->block_count; i++) {
        uint32_t begin = begin_of(choice, i);

        if (begin == SURVEY_NONE || !recurs(choice, &s->candidates[begin]))
            continue;
        if (survey_words(s, &s->candidates[begin]).length > 0)
            beside++;
        else
            alone++;
    }
    return alone >= ALONE_MIN && beside * ALONE_MIN <= alone;
}

/* Whether a label above the first recurring one names a fact: it has no title, and no sentence
 * follows it. */
static bool is_fact_above(const struct survey *s, const struct choice *choice,
                          const struct survey_candidate *c, size_t last_fact)
{
    struct span value = survey_words(s, c);

    if (s->blocks[c->block].heads_message)
        return false;
    if (front_matter_kind(s, c) != FACT_NONE || introduces(s, c))
        return true;
    if (says_sentence(s, choice, c) || is_timed(s, c) || c->block == 0 ||
        (survey_layout_row(s, &s->rows[c->row])->traits & LAYOUT_CAPITALS) != 0)
        return false;
    if (value.length == 0 && speaks_below(s, choice, c))
        return false;
    if (value.length == 0)
        return c->shape < LABEL_TITLE_BITS ||
               (c->block + 1 < s->block_count && s->blocks[c->block + 1].only_time);
    if (c->shape < LABEL_TITLE_BITS || names_speaker(s, choice, c))
        return true;
    /* 司会　村瀬洋一, in a list of those present */
    if (s->rows[c->row].layout == LAYOUT_GAP && folded_columns(value) < VALUE_COLUMNS)
        return true;
    return last_fact != SURVEY_NONE && last_fact + NEAR_FACT >= c->block &&
           folded_columns(value) < VALUE_COLUMNS;
}

/* Whoever heads a message of a page stays, whatever the name looks like. */
static void drop_begin(const struct survey *s, struct choice *choice, size_t block)
{
    const struct survey_candidate *c;

    if (choice->begins[block] == SURVEY_NONE || s->blocks[block].heads_message)
        return;
    c = &s->candidates[choice->begins[block]];
    if (c->label != SURVEY_NONE && choice->counts[c->label] > 0)
        choice->counts[c->label]--;
    choice->begins[block] = SURVEY_NONE;
}

static bool holds_east_asian(struct span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0xE3 && (unsigned char)text.data[i] <= 0xED)
            return true;
    return false;
}

static void make_fact(struct front_matter *front, const struct survey *s, struct choice *choice,
                      size_t block, uint32_t member)
{
    const struct survey_candidate *c = &s->candidates[member];

    front->facts[block] = member;
    if (choice->begins[block] == member) {
        choice->begins[block] = SURVEY_NONE;
        if (c->label != SURVEY_NONE && choice->counts[c->label] > 0)
            choice->counts[c->label]--;
    }
}

/* "VERBATIM TRANSCRIPT": English words that say in what state a transcript is, and no more. */
static bool is_transcript_of_nothing(struct span title)
{
    static const char *const states[] = {
        "verbatim", "rush", "edited",     "unedited",    "draft", "uncorrected", "corrected",
        "official", "full", "unofficial", "preliminary", "final", NULL};
    bool transcript = false;

    while (title.length > 0) {
        struct span word = span_take_until(&title, ' ');

        if (span_is_case(word, "transcript")) {
            transcript = true;
            continue;
        }
        if (word.length > 0 && !span_is_any_case(word, states))
            return false;
    }
    return transcript;
}

/* A kind of document, which says nothing about its subject. */
static bool is_kind_of_document(struct span title)
{
    static const char *const kinds[] = {
        "文字實錄",     "文字实录", "圖文實錄", "图文实录",   "直播實錄", "直播实录",
        "文字直播",     "圖文直播", "图文直播", "實錄",       "实录",     "會議紀錄",
        "會議記錄",     "会议记录", "会议纪要", "委員會紀錄", "院會紀錄", "公聽會紀錄",
        "黨團協商紀錄", "会議録",   "會議録",   "議事録",     "会議記録", "议事录",
        "회의록",       "속기록",   NULL};

    if (span_is_any(title, kinds))
        return true;
    return is_transcript_of_nothing(title);
}

/* The first line, or the second if the first only names the kind of document. */
static bool is_title_place(const struct survey *s, size_t block)
{
    return block == 0 || (block == 1 && is_kind_of_document(s->blocks[0].text));
}

/* Whether the record has no blank lines, and its other turns end in full stops. */
static bool is_set_solid(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, sentences = 0;
    size_t i;

    for (i = 1; i < s->block_count; i++) {
        uint32_t begin = begin_of(choice, i);

        if (s->blocks[i].gap)
            return false;
        if (begin == SURVEY_NONE)
            continue;
        turns++;
        sentences += says_sentence(s, choice, &s->candidates[begin]);
    }
    return turns >= SOLID_TURNS && sentences * 5 >= turns * 4;
}

/* Whether every recurring speaker has words on the same line as the label. */
static bool are_words_beside(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0;
    size_t i;

    for (i = 1; i < s->block_count; i++) {
        uint32_t begin = begin_of(choice, i);

        if (begin == SURVEY_NONE || !recurs(choice, &s->candidates[begin]))
            continue;
        if (survey_words(s, &s->candidates[begin]).length == 0)
            return false;
        turns++;
    }
    return turns >= SOLID_TURNS;
}

/* "Talk with the lock-keeper:", with the second half of the title on the next line. */
static bool is_title_of_two_lines(const struct survey *s, const struct choice *choice,
                                  const struct survey_candidate *c)
{
    return c->block == 0 && s->rows[c->row].layout == LAYOUT_COLON && !is_timed(s, c) &&
           survey_words(s, c).length == 0 && c->block + 2 < s->block_count &&
           !s->blocks[0].next_gap && s->blocks[1].next_gap && !s->blocks[1].ends_sentence &&
           choice->begins[1] == SURVEY_NONE && front_matter_kind(s, c) == FACT_NONE &&
           are_words_beside(s, choice);
}

/* Whether a bar separates label and words in this layout. */
static bool has_bar(const struct survey *s, size_t layout)
{
    return strncmp(s->layouts[layout].row->template, "{speaker}|", 10) == 0;
}

/* The same with a dash: "Q&R - Point de presse", "Talk — the harbour". */
static bool has_dash(const struct survey *s, size_t layout)
{
    const char *template = s->layouts[layout].row->template;

    return strcmp(template, "{speaker} - {text}") == 0 ||
           strcmp(template, "{speaker}—{text}") == 0;
}

/* "Panel: Who owns the night train?", set apart at the top of a record whose speakers recur: a
 * single question, and no speaker has that name. */
static bool is_title_question(const struct survey *s, const struct choice *choice,
                              const struct survey_candidate *c)
{
    struct span words = survey_words(s, c);
    size_t known = 0;
    size_t i;

    for (i = 0; i < s->label_count; i++)
        known += choice->counts[i] > 1;
    return known >= 2 && !recurs(choice, c) && s->blocks[c->block].next_gap &&
           s->blocks[c->block].columns <= TITLE_COLUMNS && folded_ends_in_question(words) &&
           span_find(words, '?') + 1 == words.length && span_find(words, '.') == words.length;
}

/* "対談　川を読む", and up to the first speaker nothing but a blank line and lines that end no
 * sentence: nobody speaks there. */
static bool is_in_silent_head(const struct survey *s, const struct choice *choice,
                              const struct survey_candidate *c)
{
    bool gap = false;
    size_t i;

    if (recurs(choice, c) || s->blocks[c->block].ends_sentence)
        return false;
    for (i = c->block + 1; i < s->block_count; i++) {
        gap |= s->blocks[i].gap;
        if (begin_of(choice, i) != SURVEY_NONE)
            return gap && recurs(choice, &s->candidates[begin_of(choice, i)]);
        if (s->blocks[i].ends_sentence || s->blocks[i].columns > TITLE_COLUMNS)
            return false;
    }
    return false;
}

/* "Talk of the week: the harbour", "訪談｜港口" or "座談会　港のこれから" at the top of a
 * record in which that "name" does not speak again. */
static bool is_title_with_colon(const struct survey *s, const struct choice *choice,
                                const struct survey_candidate *c)
{
    size_t layout = s->rows[c->row].layout;

    return is_title_place(s, c->block) &&
           (layout == LAYOUT_COLON || layout == LAYOUT_GAP || has_bar(s, layout) ||
            has_dash(s, layout) ||
            ((s->layouts[layout].row->traits & LAYOUT_BRACKETS) != 0 &&
             c->shape < LABEL_TITLE_BITS)) &&
           c->block + 1 < s->block_count && !is_timed(s, c) &&
           (s->blocks[c->block].next_gap || is_set_solid(s, choice) ||
            is_in_silent_head(s, choice, c)) &&
           !s->blocks[c->block].has_tail && front_matter_kind(s, c) == FACT_NONE &&
           survey_words(s, c).length > 0 &&
           (!says_sentence(s, choice, c) || is_title_question(s, choice, c));
}

static bool speak_in_sentences_below(const struct survey *s, const struct choice *choice,
                                     size_t first);

/* "【专访】沈知秋：把河流写进小说", "沈知秋：把河流写进小说": what the person says of whom the
 * record is, as the first line and set apart; no turn follows at once, and all others have
 * sentences. */
static bool is_title_about_speaker(const struct survey *s, const struct choice *choice,
                                   const struct survey_candidate *c)
{
    return c->block == 0 && recurs(choice, c) && s->rows[c->row].layout == LAYOUT_COLON &&
           s->blocks[0].next_gap && s->block_count > 1 && begin_of(choice, 1) == SURVEY_NONE &&
           holds_east_asian(s->labels[c->label].key) && survey_words(s, c).length > 0 &&
           !says_sentence(s, choice, c) && !is_timed(s, c) &&
           speak_in_sentences_below(s, choice, 0);
}

/* "审判员：李明远", directly below other facts: it says who is present and is not speech. */
static bool names_who_is_there(const struct survey *s, const struct choice *choice,
                               const struct survey_candidate *c, size_t last_fact)
{
    struct span value = survey_words(s, c);

    return last_fact != SURVEY_NONE && last_fact + 1 == c->block && value.length > 0 &&
           !is_timed(s, c) && s->rows[c->row].layout == LAYOUT_COLON &&
           folded_columns(value) < NAME_COLUMNS && !says_sentence(s, choice, c);
}

/* Whether all turns below the first have sentences, or nearly all. */
static bool speak_in_sentences_below(const struct survey *s, const struct choice *choice,
                                     size_t first)
{
    size_t turns = 0, sentences = 0;
    size_t i;

    for (i = first + 1; i < s->block_count; i++) {
        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        turns++;
        sentences += says_sentence(s, choice, &s->candidates[begin_of(choice, i)]);
    }
    return turns >= SOLID_TURNS && sentences * 5 >= turns * 4;
}

/* "証人　小野寺渉", "木月　遼（航海史家）×杏野　香（海洋学者）", apart above the first turn:
 * nothing but names, where all other turns have sentences. */
static bool names_who_speaks(const struct survey *s, const struct choice *choice,
                             const struct survey_candidate *c)
{
    struct span value = survey_words(s, c);
    size_t i;

    for (i = 0; i < c->block; i++)
        if (begin_of(choice, i) != SURVEY_NONE)
            return false;
    return recurs(choice, c) && !is_timed(s, c) && value.length > 0 &&
           holds_east_asian(value) && s->blocks[c->block].next_gap &&
           (folded_columns(value) <= NAME_COLUMNS || names_speaker(s, choice, c)) &&
           !says_sentence(s, choice, c) && speak_in_sentences_below(s, choice, c->block);
}

/* ------------------------------------------------------------------ who is present */

bool front_matter_heads_list(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    struct folded f;
    struct label_place all;
    struct buffer text = {0};
    enum fact_kind kind;
    size_t open;

    if (b->ends_sentence || b->only_time || b->columns > VALUE_COLUMNS)
        return false;
    folded_front(&f, b->text, 0);
    all = label_trim(&f, (struct label_place){0, f.count});
    if (all.end > all.start && f.cp[all.end - 1] == ')') /* 출석 위원(3인) */
        for (open = all.end - 1; open > all.start; open--)
            if (f.cp[open] == '(')
                all.end = open;
    label_append(&f, all, &text);
    kind = vocabulary_fact(span_of(buffer_string(&text), text.bytes));
    buffer_release(&text);
    return f.whole && kind == FACT_OTHER && holds_east_asian(b->text);
}

/* A sentence; letters of honours after a name (J.P.) do not count. */
static bool says_something(const struct survey_block *b)
{
    size_t n = b->text.length;

    return b->ends_sentence && !(n > 2 && b->text.data[n - 1] == '.' &&
                                 b->text.data[n - 2] >= 'A' && b->text.data[n - 2] <= 'Z');
}

/* Whether a turn with a sentence begins here, on its line or below. */
static bool speaks(const struct survey *s, const struct choice *choice, size_t block)
{
    const struct survey_candidate *c = &s->candidates[begin_of(choice, block)];

    if (survey_words(s, c).length > 0)
        return says_sentence(s, choice, c);
    return block + 1 < s->block_count && says_something(&s->blocks[block + 1]);
}

/* 司会　村瀬 洋一 becomes an office and its holder; anything else stays a line. */
static void make_entry(struct front_matter *front, const struct survey *s,
                       struct choice *choice, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    uint32_t i;

    drop_begin(s, choice, block);
    for (i = b->candidate; i < b->candidate + b->candidate_count; i++) {
        const struct survey_candidate *c = &s->candidates[i];
        size_t layout = s->rows[c->row].layout;

        if ((layout == LAYOUT_GAP || layout == LAYOUT_COLON) && survey_words(s, c).length > 0) {
            front->facts[block] = i;
            return;
        }
    }
}

/* A line of a list whose lines are separated by blank ones: it has no label with a colon. */
static bool is_entry(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    uint32_t i;

    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->rows[s->candidates[i].row].layout == LAYOUT_COLON)
            return false;
    return !says_something(b) && b->columns < ENTRY_COLUMNS &&
           !front_matter_heads_list(s, block);
}

static bool is_spaced_list(const struct survey *s, size_t block)
{
    return block + 3 < s->block_count && s->blocks[block + 1].gap && s->blocks[block + 2].gap &&
           is_entry(s, block + 1) && is_entry(s, block + 2) && is_entry(s, block + 3);
}

/* （市長） below ■発表事項, with words below it: somebody who speaks again. */
static bool heads_speech(const struct survey *s, const struct choice *choice, size_t block)
{
    const struct survey_candidate *c = begin_of(choice, block) != SURVEY_NONE
                                           ? &s->candidates[begin_of(choice, block)]
                                           : NULL;

    return c != NULL && recurs(choice, c) && survey_words(s, c).length == 0 &&
           speaks(s, choice, block);
}

/* "選考委員", and indented below it, up to a blank line, nothing but short lines that are no
 * sentences: a list, whatever it is called. */
static bool heads_indented_list(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    size_t end = block + 1;

    if (b->ends_sentence || b->only_time || b->columns > VALUE_COLUMNS || !b->gap ||
        !holds_east_asian(b->text) || span_find(b->text, ':') < b->text.length ||
        span_contains(b->text, "："))
        return false;
    while (end < s->block_count && !s->blocks[end].gap) {
        if (s->blocks[end].indent < b->indent + LIST_INDENT || s->blocks[end].ends_sentence ||
            s->blocks[end].columns > ENTRY_COLUMNS)
            return false;
        end++;
    }
    return end > block + 2 && end < s->block_count && s->blocks[end].indent <= b->indent;
}

/* Names below the heading of a list, up to the next blank line, begin no turn. */
static void find_lists(struct front_matter *front, const struct survey *s,
                       struct choice *choice)
{
    bool spaced;
    size_t i, k;

    for (i = 0; i < s->block_count; i++) {
        if (begin_of(choice, i) != SURVEY_NONE && speaks(s, choice, i))
            return;
        if (!front_matter_heads_list(s, i) && !heads_indented_list(s, i))
            continue;
        spaced = is_spaced_list(s, i);
        for (k = i + 1; k < s->block_count &&
                        (k == i + 1 || !s->blocks[k].gap || (spaced && is_entry(s, k))) &&
                        !says_something(&s->blocks[k]) && !s->blocks[k].only_time &&
                        !heads_speech(s, choice, k);
             k++)
            make_entry(front, s, choice, k);
        if (k > i + 1)
            drop_begin(s, choice, i);
    }
}

/* Whether a block begins with the label of somebody who speaks repeatedly, and continues behind
 * a blank or in brackets, or ends there. */
static bool begins_with_speaker(const struct survey *s, const struct choice *choice,
                                size_t block)
{
    struct span text = s->blocks[block].text;
    size_t i;

    for (i = 0; i < s->label_count; i++) {
        struct span key = s->labels[i].key;
        struct span rest;

        if (choice->counts[i] < 2 || key.length < NAME_BYTES_MIN ||
            (unsigned char)*key.data < 0xE3 || text.length < key.length ||
            memcmp(text.data, key.data, key.length) != 0)
            continue;
        rest = span_skip(text, key.length);
        if (rest.length == 0 || *rest.data == ' ' || *rest.data == '(' || *rest.data == ',' ||
            span_starts_with(rest, "　") || span_starts_with(rest, "（") ||
            span_starts_with(rest, "，") || span_starts_with(rest, "、"))
            return true;
    }
    return false;
}

/* "嘉宾：", with "叶潮生　研究员" and others directly below: a label of nobody that heads a
 * list of those who speak. */
static void find_lists_of_speakers(struct front_matter *front, const struct survey *s,
                                   struct choice *choice)
{
    size_t i, k;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;
        size_t known = 0;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        c = &s->candidates[begin_of(choice, i)];
        if (recurs(choice, c))
            return;
        if (c->label == SURVEY_NONE || survey_words(s, c).length > 0 || is_timed(s, c))
            continue;
        for (k = i + 1; k < s->block_count && !s->blocks[k].gap &&
                        !says_something(&s->blocks[k]) && begin_of(choice, k) == SURVEY_NONE;
             k++)
            known += begins_with_speaker(s, choice, k);
        if (known == 0 || known * 2 < k - i - 1)
            continue;
        drop_begin(s, choice, i);
        for (i++; i < k; i++)
            make_entry(front, s, choice, i);
        i--;
    }
}

/* The same for lists below the last speaker, from which on nobody speaks. */
static void drop_lists_at_end(const struct survey *s, struct choice *choice)
{
    size_t end = s->block_count;
    size_t i;

    while (end > 0 && !(begin_of(choice, end - 1) != SURVEY_NONE && speaks(s, choice, end - 1)))
        end--;
    if (end == 0)
        return;
    for (i = end; i < s->block_count; i++)
        if (s->blocks[i].gap && front_matter_heads_list(s, i))
            break;
    for (; i < s->block_count; i++)
        drop_begin(s, choice, i);
}

/* 註, 備註, 出席政府官員: a recurring label that names a fact rather than a speaker. */
static bool is_note_label(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_label *label = &s->labels[c->label];

    return label->fact != FACT_NONE && !vocabulary_has_host(label->whole) && !label->asks &&
           label->shape < 0 && !is_timed(s, c) && s->rows[c->row].layout == LAYOUT_COLON;
}

/* By label: whether a question is in every second turn. Whoever asks is a speaker, whatever a
 * label of that name may say above a record. Only for names of facts; the caller frees it. */
static bool *find_asking(const struct survey *s, const struct choice *choice)
{
    bool *asking = memory_zalloc(s->label_count + 1, sizeof *asking);
    uint32_t *questions = memory_zalloc(s->label_count + 1, sizeof *questions);
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        uint32_t label = begin_of(choice, i) != SURVEY_NONE
                             ? s->candidates[begin_of(choice, i)].label
                             : SURVEY_NONE;

        if (label != SURVEY_NONE && s->labels[label].fact != FACT_NONE)
            questions[label] += survey_asks(s, i);
    }
    for (i = 0; i < s->label_count; i++)
        asking[i] = questions[i] > 1 && questions[i] * 2 >= choice->counts[i];
    free(questions);
    return asking;
}

/* The label line that this block is, whether or not it was chosen; SURVEY_NONE for none. */
static uint32_t label_line(const struct choice *choice, size_t block)
{
    return choice->begins[block] != SURVEY_NONE ? choice->begins[block]
                                                : choice->passed_by[block];
}

/* The number at the end of 案由十二, which is taken off; -1: none. */
static int take_han_number_back(struct span *text)
{
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五",
                                         "六", "七", "八", "九", "十"};
    struct span rest = *text;
    int total = 0, digit = 0;
    size_t i;

    do {
        for (i = 0; i < sizeof digits / sizeof *digits; i++)
            if (span_ends_with(rest, digits[i]))
                break;
        rest.length -= i < sizeof digits / sizeof *digits ? strlen(digits[i]) : 0;
    } while (i < sizeof digits / sizeof *digits);
    if (rest.length == text->length)
        return -1;
    for (*text = span_skip(*text, rest.length); text->length > 0;
         *text = span_skip(*text, strlen(digits[i]))) {
        for (i = 0; !span_starts_with(*text, digits[i]); i++)
            continue;
        if (i == 10)
            total += digit > 0 ? digit * 10 : 10;
        digit = i == 10 ? 0 : (int)i;
    }
    *text = rest;
    return total + digit;
}

/* The number at the end of a label, "TOP 2", or -1; *stem is what precedes it. */
static int number_of_label(const struct survey *s, const struct survey_candidate *c,
                           struct span *stem)
{
    int number;

    *stem = span_of(s->blocks[c->block].text.data + c->label_byte,
                    c->label_end - c->label_byte);
    number = span_take_number_back(stem);
    if (number < 0)
        number = take_han_number_back(stem);
    *stem = span_trim(*stem);
    return stem->length > 0 ? number : -1;
}

/* "TOP 1: Budget", "TOP 2: Roads": labels that count up, each met once and followed by no
 * sentence, are items of the agenda. */
static bool is_agenda_item(const struct survey *s, const struct choice *choice,
                           const struct survey_candidate *c)
{
    struct span stem, other_stem;
    int number = number_of_label(s, c, &stem);
    size_t i;

    if (number < 0 || s->rows[c->row].layout != LAYOUT_COLON || is_timed(s, c) ||
        recurs(choice, c) || survey_words(s, c).length == 0 || says_sentence(s, choice, c))
        return false;
    for (i = 0; i < s->block_count; i++) {
        uint32_t line = i == c->block ? SURVEY_NONE : label_line(choice, i);
        const struct survey_candidate *other;
        int other_number;

        if (line == SURVEY_NONE || s->candidates[line].label == SURVEY_NONE)
            continue;
        other = &s->candidates[line];
        other_number = number_of_label(s, other, &other_stem);
        if ((other_number == number - 1 || other_number == number + 1) &&
            span_equal(stem, other_stem) && !recurs(choice, other) &&
            !says_sentence(s, choice, other))
            return true;
    }
    return false;
}

static void drop_agenda(const struct survey *s, struct choice *choice)
{
    uint8_t *items = memory_zalloc(s->block_count + 1, 1);
    size_t i;

    for (i = 0; i < s->block_count; i++)
        items[i] = begin_of(choice, i) != SURVEY_NONE &&
                   s->candidates[choice->begins[i]].label != SURVEY_NONE &&
                   is_agenda_item(s, choice, &s->candidates[choice->begins[i]]);
    for (i = 0; i < s->block_count; i++)
        if (items[i] != 0)
            drop_begin(s, choice, i);
    free(items);
}

/* "出席者：（委員）門倉委員長", and indented below it "（事務局）羽生課長": the value
 * continues. */
static void drop_hanging_values(const struct survey *s, struct choice *choice)
{
    bool inside = false;
    uint32_t indent = 0;
    size_t i;

    for (i = 0; i < s->block_count && i < HANGING_BLOCKS; i++) {
        const struct survey_block *b = &s->blocks[i];
        uint32_t line = label_line(choice, i);

        if (inside && !b->gap && b->indent > indent + 1) {
            if (begin_of(choice, i) != SURVEY_NONE &&
                !says_sentence(s, choice, &s->candidates[begin_of(choice, i)]))
                drop_begin(s, choice, i);
            continue;
        }
        inside = line != SURVEY_NONE && s->candidates[line].label != SURVEY_NONE &&
                 front_matter_kind(s, &s->candidates[line]) != FACT_NONE &&
                 survey_words(s, &s->candidates[line]).length > 0;
        indent = b->indent;
    }
}

/* A line that states a fact, or that may do so below others that do. */
static bool may_state_fact(const struct survey *s, const struct choice *choice, size_t block,
                           bool *is_fact)
{
    uint32_t line = label_line(choice, block);
    const struct survey_candidate *c = line != SURVEY_NONE ? &s->candidates[line] : NULL;
    struct span value;

    if (c == NULL || c->label == SURVEY_NONE || s->rows[c->row].layout != LAYOUT_COLON ||
        is_timed(s, c))
        return false;
    value = survey_words(s, c);
    *is_fact = front_matter_kind(s, c) != FACT_NONE;
    return value.length > 0 &&
           (*is_fact || (!recurs(choice, c) && !says_sentence(s, choice, c) &&
                         folded_columns(value) <= VALUE_COLUMNS));
}

/* "版权声明：…" or "翻譯：…" and "編輯：…", apart below the last words that somebody says, and
 * nothing but such lines below it. */
static void find_facts_below(struct front_matter *front, const struct survey *s,
                             struct choice *choice)
{
    size_t end = s->block_count, start, facts = 0;
    size_t i;
    bool fact = false;

    while (end > 0 && !(begin_of(choice, end - 1) != SURVEY_NONE && speaks(s, choice, end - 1)))
        end--;
    for (start = s->block_count;
         end > 0 && start > end && may_state_fact(s, choice, start - 1, &fact); start--)
        continue;
    while (start < s->block_count && !s->blocks[start].gap)
        start++;
    if (start == s->block_count || end == 0 ||
        span_ends_with(s->blocks[start - 1].text, "：") ||
        span_ends_with(s->blocks[start - 1].text, ":"))
        return;
    for (i = start; i < s->block_count; i++)
        facts += may_state_fact(s, choice, i, &fact) && fact;
    for (i = start; facts > 0 && i < s->block_count; i++)
        make_fact(front, s, choice, i, label_line(choice, i));
}

/* Where nearly all labels are alone on their lines, one that has words beside it, above the
 * first of them, is a fact: "RUTH ALDER: An interview conducted by Tom Vale", "PLACE:
 * Sandwick".
 */
static void find_facts_beside(struct front_matter *front, const struct survey *s,
                              struct choice *choice)
{
    size_t first = s->block_count, alone = 0, beside = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        if (is_timed(s, &s->candidates[begin_of(choice, i)]))
            return;
        if (survey_words(s, &s->candidates[begin_of(choice, i)]).length > 0) {
            beside += first < s->block_count;
            continue;
        }
        if (first == s->block_count)
            first = i;
        alone++;
    }
    if (alone < ALONE_MIN || beside * ALONE_MIN > alone)
        return;
    for (i = 0; i < first; i++)
        if (label_line(choice, i) != SURVEY_NONE &&
            survey_words(s, &s->candidates[label_line(choice, i)]).length > 0 &&
            !is_title_with_colon(s, choice, &s->candidates[label_line(choice, i)]))
            make_fact(front, s, choice, i, label_line(choice, i));
}

/* Who a label may be about, in a few words that are no sentence: "Nora Holt", "All". */
static bool is_short_value(struct span value)
{
    uint32_t cp = 0;

    utf8_decode(value.data, value.length, &cp);
    return value.length > 0 && value.length <= SHORT_VALUE_BYTES && folded_is_upper(cp) &&
           !folded_ends_sentence(value) && !folded_asks(value);
}

/* "Presenter: Nora Holt (NHO)", below each of several headings: a label that has nothing but
 * names beside it tells who presents, and speaks nowhere. */
static void find_naming_labels(struct front_matter *front, const struct survey *s,
                               struct choice *choice)
{
    uint32_t *naming = memory_zalloc(s->label_count + 1, sizeof *naming);
    uint32_t *shorts = memory_zalloc(s->label_count + 1, sizeof *shorts);
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;
        struct span words;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        c = &s->candidates[begin_of(choice, i)];
        words = survey_words(s, c);
        if (c->label == SURVEY_NONE || s->rows[c->row].layout != LAYOUT_COLON ||
            is_timed(s, c) || !is_short_value(words))
            continue;
        shorts[c->label]++;
        naming[c->label] += front_matter_lists_names(words);
    }
    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        c = &s->candidates[begin_of(choice, i)];
        if (c->label != SURVEY_NONE && naming[c->label] >= NAMING_MIN &&
            shorts[c->label] == choice->counts[c->label] &&
            naming[c->label] * 2 >= shorts[c->label])
            naming[c->label] = UINT32_MAX;
    }
    for (i = 0; i < s->block_count; i++)
        if (begin_of(choice, i) != SURVEY_NONE &&
            s->candidates[begin_of(choice, i)].label != SURVEY_NONE &&
            naming[s->candidates[begin_of(choice, i)].label] == UINT32_MAX)
            make_fact(front, s, choice, i, begin_of(choice, i));
    free(naming);
    free(shorts);
}

/* Whether what is said is in capitals, as in captions. */
static bool is_all_in_capitals(const struct survey *s, const struct choice *choice)
{
    size_t turns = 0, capitals = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        struct span words;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        words = survey_words(s, &s->candidates[begin_of(choice, i)]);
        turns += words.length > 0;
        capitals += words.length > 0 && folded_is_in_capitals(words);
    }
    return capitals * 3 > turns;
}

/* "WITNESS: CARL DAHL [Resumed]": who is called next, a name in capitals and no sentence. */
static bool calls_somebody(const struct survey *s, const struct choice *choice,
                           const struct survey_candidate *c)
{
    struct span words = survey_words(s, c);

    words = span_trim(span_of(words.data, span_find(words, '[')));
    return c->label != SURVEY_NONE && choice->counts[c->label] == 1 && !is_timed(s, c) &&
           s->rows[c->row].layout == LAYOUT_COLON && span_find(words, ' ') < words.length &&
           folded_is_in_capitals(words) && !holds_east_asian(words) &&
           front_matter_lists_names(words) && !folded_ends_sentence(survey_words(s, c)) &&
           !is_all_in_capitals(s, choice);
}

/* "T: Therapeutin", "K: Klient" and a blank line, above turns of T and K: short labels that
 * come back, each once in the first group of lines, with a few words that are no sentence,
 * unlike those below. */
static void drop_legend_of_letters(const struct survey *s, struct choice *choice)
{
    size_t first = choice->first, end, turns = 0, sentences = 0;
    size_t i, k;

    for (end = first; end < s->block_count && !(end > first && s->blocks[end].gap); end++) {
        const struct survey_candidate *c;

        if (begin_of(choice, end) == SURVEY_NONE)
            return;
        c = &s->candidates[begin_of(choice, end)];
        if (c->label == SURVEY_NONE || is_timed(s, c) || choice->counts[c->label] < 2 ||
            s->labels[c->label].key.length > LEGEND_KEY_MAX || survey_words(s, c).length == 0 ||
            survey_words(s, c).length > LEGEND_WORDS_MAX || says_sentence(s, choice, c))
            return;
        for (k = first; k < end; k++)
            if (s->candidates[begin_of(choice, k)].label == c->label)
                return;
    }
    for (i = end; i < s->block_count; i++) {
        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        turns++;
        sentences += says_sentence(s, choice, &s->candidates[begin_of(choice, i)]);
    }
    if (end - first < LEGEND_MIN || turns <= end - first || sentences * 10 < turns * 7)
        return;
    for (i = first; i < end; i++)
        drop_begin(s, choice, i);
}

/* Lines of a legend, "TJ    Tariq Jansen", below a heading with a colon: labels in front of
 * names. */
static void find_legend(struct front_matter *front, const struct survey *s,
                        struct choice *choice)
{
    size_t first = choice->first, end;
    size_t i;

    if (first == 0 || first >= s->block_count || s->blocks[first].gap ||
        !span_ends_with(s->blocks[first - 1].text, ":"))
        return;
    for (end = first; end < s->block_count && !(end > first && s->blocks[end].gap); end++) {
        const struct survey_candidate *c;

        if (begin_of(choice, end) == SURVEY_NONE)
            return;
        c = &s->candidates[begin_of(choice, end)];
        if (c->label == SURVEY_NONE || is_timed(s, c) || survey_words(s, c).length == 0 ||
            says_sentence(s, choice, c))
            return;
    }
    for (i = first; end - first >= LEGEND_MIN && i < end; i++)
        make_fact(front, s, choice, i, begin_of(choice, i));
}

/* Whether a label is a word of its own in capitals, and no office. */
static bool is_in_capitals(const struct survey *s, const struct survey_candidate *c)
{
    struct span label = s->labels[c->label].whole;

    label = span_trim(span_of(label.data, span_find(label, '(')));
    return label.length >= CAPITALS_BYTES_MIN && folded_is_in_capitals(label) &&
           !holds_east_asian(label) && span_take_number_back(&label) < 0;
}

/* "ROLL CALL: Present: …", "ADJOURNMENT: …", between people whose names are not in capitals:
 * sections of minutes. */
static void find_section_labels(struct front_matter *front, const struct survey *s,
                                struct choice *choice)
{
    size_t people = 0, back = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        const struct survey_candidate *c;
        bool capitals;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        c = &s->candidates[begin_of(choice, i)];
        if (c->label == SURVEY_NONE || is_timed(s, c))
            return;
        capitals = is_in_capitals(s, c);
        if (capitals && choice->counts[c->label] > 1)
            return;
        people += !capitals && s->labels[c->label].fact == FACT_NONE &&
                  c->shape > LABEL_DOUBTFUL;
        back += !capitals && choice->counts[c->label] > 1;
    }
    people = back > 0 ? people : 0;
    for (i = 0; people >= PEOPLE_MIN && i < s->block_count; i++) {
        const struct survey_candidate *c;

        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        c = &s->candidates[begin_of(choice, i)];
        if (choice->counts[c->label] == 1 && is_in_capitals(s, c) &&
            c->shape < LABEL_TITLE_BITS && s->rows[c->row].layout == LAYOUT_COLON &&
            !s->labels[c->label].asks && survey_words(s, c).length > 0)
            make_fact(front, s, choice, i, begin_of(choice, i));
    }
}

static void find_facts(struct front_matter *front, const struct survey *s,
                       struct choice *choice)
{
    size_t known = first_known(s, choice);
    size_t last_fact = SURVEY_NONE;
    bool any_known = known < s->block_count;
    bool *asking = find_asking(s, choice);
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        uint32_t begin = begin_of(choice, i);
        uint32_t passed = choice->passed_by[i];

        if (begin != SURVEY_NONE) {
            const struct survey_candidate *c = &s->candidates[begin];

            if (c->label == SURVEY_NONE)
                continue;
            if (is_title_about_speaker(s, choice, c)) {
                drop_begin(s, choice, i);
                continue;
            }
            if (recurs(choice, c)) {
                if (is_note_label(s, c) && !asking[c->label]) { /* 註： within a turn */
                    drop_begin(s, choice, i);
                    continue;
                }
                /* A surname and a blank within a list of full names is no fact. */
                if (names_who_speaks(s, choice, c) && s->rows[c->row].layout == LAYOUT_GAP &&
                    c->shape < LABEL_TITLE_BITS) {
                    drop_begin(s, choice, i);
                    continue;
                }
                if (!names_who_is_there(s, choice, c, last_fact) &&
                    !names_who_speaks(s, choice, c))
                    continue;
                make_fact(front, s, choice, i, begin);
                last_fact = i;
                continue;
            }
            if (is_title_with_colon(s, choice, c) || is_title_of_two_lines(s, choice, c) ||
                (i < known && has_dash(s, s->rows[c->row].layout) && !is_timed(s, c) &&
                 vocabulary_names_record(s->blocks[i].text))) {
                choice->begins[i] = SURVEY_NONE;
                choice->counts[c->label]--;
                continue;
            }
            if (names_who_is_there(s, choice, c, last_fact)) {
                make_fact(front, s, choice, i, begin);
                last_fact = i;
                continue;
            }
            if (any_known && i < known
                    ? is_fact_above(s, choice, c, last_fact)
                    : front_matter_kind(s, c) != FACT_NONE && !is_timed(s, c)) {
                make_fact(front, s, choice, i, begin);
                last_fact = i;
            }
        } else if (passed != SURVEY_NONE && (i < choice->first || (any_known && i < known))) {
            const struct survey_candidate *c = &s->candidates[passed];

            if (front_matter_kind(s, c) != FACT_NONE ||
                (!is_title_place(s, i) && !folded_ends_sentence(survey_words(s, c)) &&
                 survey_words(s, c).length > 0)) {
                front->facts[i] = passed;
                last_fact = i;
            }
        }
    }
    free(asking);
}

/* Consecutive lines of "name: value" at the top are all facts if one of them surely is. */
static void find_fact_group(struct front_matter *front, const struct survey *s,
                            struct choice *choice)
{
    size_t start = 0, end, facts = 0, named = 0;
    bool any_back = false;
    size_t i;

    while (start < s->block_count && label_line(choice, start) == SURVEY_NONE &&
           start < choice->first)
        start++;
    for (end = start; end < s->block_count && label_line(choice, end) != SURVEY_NONE &&
                      (end == start || !s->blocks[end].gap);
         end++) {
        const struct survey_candidate *c = &s->candidates[label_line(choice, end)];

        if (recurs(choice, c) && says_sentence(s, choice, c))
            break; /* nothing separates the first turn from the facts */
        if (s->rows[c->row].layout != LAYOUT_COLON || is_timed(s, c) ||
            survey_words(s, c).length == 0 || says_sentence(s, choice, c))
            return;
        facts += front_matter_kind(s, c) != FACT_NONE;
        named += names_speaker(s, choice, c);
        any_back |= recurs(choice, c);
    }
    if (!any_back) /* 嘉宾：沈医生, who speaks further down */
        facts += named;
    if (end - start < 2 || facts == 0 || end == s->block_count)
        return;
    for (i = start; i < end; i++)
        make_fact(front, s, choice, i, label_line(choice, i));
}

/* Whether a line is a field of an East Asian form by its looks: a label, a colon and a few
 * words that are no sentence. */
static bool looks_like_field(const struct survey *s, const struct choice *choice, size_t block)
{
    uint32_t line = label_line(choice, block);
    const struct survey_candidate *c = line != SURVEY_NONE ? &s->candidates[line] : NULL;

    return c != NULL && c->label != SURVEY_NONE && s->rows[c->row].layout == LAYOUT_COLON &&
           holds_east_asian(s->labels[c->label].key) && !is_timed(s, c) &&
           survey_words(s, c).length > 0 && !says_sentence(s, choice, c);
}

/* 主席：, 專門委員：, 紀錄：, each with a name, where minutes of an earlier sitting are read
 * out between turns that have sentences. */
static void find_inner_fields(struct front_matter *front, const struct survey *s,
                              struct choice *choice)
{
    size_t turns = 0, sentences = 0;
    size_t i, k, end;

    for (i = 0; i < s->block_count; i++) {
        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        turns++;
        sentences += says_sentence(s, choice, &s->candidates[begin_of(choice, i)]);
    }
    if (choice->timed || sentences < SOLID_TURNS || sentences * 3 < turns * 2)
        return;
    for (i = choice->first + 1; i < s->block_count; i = end + 1) {
        size_t facts = 0;

        for (end = i; end < s->block_count && looks_like_field(s, choice, end); end++)
            facts += front_matter_kind(s, &s->candidates[label_line(choice, end)]) != FACT_NONE;
        for (k = i; facts > 0 && end >= i + INNER_FIELDS_MIN && k < end; k++)
            make_fact(front, s, choice, k, label_line(choice, k));
    }
}

/* Who attended, listed below the last turn: a label met once, with no sentence up to the
 * end. */
static void drop_lists(const struct survey *s, struct choice *choice)
{
    size_t i = s->block_count;

    while (i > choice->first + 4) {
        uint32_t begin = begin_of(choice, --i);
        const struct survey_candidate *c;

        if (s->blocks[i].ends_sentence)
            return;
        if (begin == SURVEY_NONE)
            continue;
        c = &s->candidates[begin];
        if (c->label == SURVEY_NONE || recurs(choice, c) || is_timed(s, c) ||
            s->blocks[i].has_tail)
            return;
        choice->begins[i] = SURVEY_NONE;
        choice->counts[c->label]--;
    }
}

/* The candidate of a line "name　profile"; SURVEY_NONE for none. */
static uint32_t gap_line(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    uint32_t i;

    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->rows[s->candidates[i].row].layout == LAYOUT_GAP &&
            s->candidates[i].label != SURVEY_NONE &&
            survey_words(s, &s->candidates[i]).length > 0)
            return i;
    return SURVEY_NONE;
}

/* The recurring label that this line's label gives in full: 織部 for 織部文（おりべ・ふみ）.
 * SURVEY_NONE for none. */
static uint32_t shorter_label(const struct survey *s, const struct choice *choice,
                              uint32_t member)
{
    struct span key = s->labels[s->candidates[member].label].key;
    uint32_t i;

    for (i = 0; i < s->label_count; i++) {
        struct span other = s->labels[i].key;

        if (choice->counts[i] > 1 && other.length >= NAME_BYTES_MIN &&
            other.length < key.length && (unsigned char)*key.data >= 0xE3 &&
            memcmp(key.data, other.data, other.length) == 0)
            return i;
    }
    return SURVEY_NONE;
}

/* Profiles of the speakers below the talk, each under the full name, which no label has. */
static void find_profiles(struct front_matter *front, const struct survey *s,
                          struct choice *choice)
{
    size_t start = s->block_count;
    uint32_t last = SURVEY_NONE;
    bool several = false;
    size_t i;

    while (start > choice->first + 1) {
        uint32_t member = gap_line(s, start - 1);
        uint32_t known = member != SURVEY_NONE ? shorter_label(s, choice, member) : SURVEY_NONE;

        if (known == SURVEY_NONE || recurs(choice, &s->candidates[member]))
            break;
        several |= last != SURVEY_NONE && known != last;
        last = known;
        start--;
    }
    if (!several || !s->blocks[start].gap)
        return;
    front->profiles = start;
    for (i = start; i < s->block_count; i++)
        drop_begin(s, choice, i);
}

/* 時間：120年2月10日: a line that states a fact in a few words. */
static bool is_field(const struct survey *s, const struct choice *choice, size_t block)
{
    uint32_t line = label_line(choice, block);
    const struct survey_candidate *c = line != SURVEY_NONE ? &s->candidates[line] : NULL;

    return c != NULL && c->label != SURVEY_NONE && front_matter_kind(s, c) != FACT_NONE &&
           survey_words(s, c).length > 0 && !says_sentence(s, choice, c) &&
           s->rows[c->row].layout == LAYOUT_COLON;
}

/* A label met once, alone on its line, above another label, above a time and a label or above
 * the fields of a form, is a heading. */
static void drop_headings(struct front_matter *front, const struct survey *s,
                          struct choice *choice)
{
    size_t next;
    size_t i;

    for (i = 0; i < s->block_count && !choice->examined; i++) {
        uint32_t begin = begin_of(choice, i);
        const struct survey_candidate *c;

        if (begin == SURVEY_NONE || s->blocks[i].heads_message)
            continue;
        c = &s->candidates[begin];
        if (c->label == SURVEY_NONE || choice->counts[c->label] > 1 || is_timed(s, c) ||
            survey_words(s, c).length > 0)
            continue;
        for (next = i + 1; next < s->block_count && s->blocks[next].only_time; next++)
            continue;
        if (next < s->block_count && is_field(s, choice, next)) {
            make_fact(front, s, choice, i, begin);
            for (; next < s->block_count && is_field(s, choice, next); next++)
                make_fact(front, s, choice, next, label_line(choice, next));
        } else if (next >= s->block_count || begin_of(choice, next) != SURVEY_NONE) {
            choice->begins[i] = SURVEY_NONE;
            choice->counts[c->label]--;
        }
    }
}

/* "00:40 第一次上船", "06:15 过三峡", line by line above the first recurring speaker: a table
 * of contents with times, not names. */
static void drop_timeline(const struct survey *s, struct choice *choice)
{
    size_t known = 0;
    size_t start = 0, end, i;

    while (known < s->block_count && (begin_of(choice, known) == SURVEY_NONE ||
                                      !recurs(choice, &s->candidates[begin_of(choice, known)])))
        known++;
    if (known == s->block_count)
        return; /* nobody recurs: the times are the record's own */
    while (start < known) {
        size_t from = start;

        for (end = from; end < known && s->blocks[end].form != LINE_UNTIMED &&
                         s->blocks[end].lead.has_clock && (end == from || !s->blocks[end].gap);
             end++)
            continue;
        start = end + (end == from);
        if (end - from < TIMELINE_MIN || end == s->block_count || !s->blocks[end].gap)
            continue;
        for (i = from; i < end; i++) {
            uint32_t begin = begin_of(choice, i);

            if (begin != SURVEY_NONE && (s->candidates[begin].label == SURVEY_NONE ||
                                         survey_words(s, &s->candidates[begin]).length == 0))
                drop_begin(s, choice, i);
        }
    }
}

/* Whether a turn has a time, beside its label or on the line above. */
static bool is_below_time(const struct survey *s, const struct choice *choice, size_t block)
{
    return is_timed(s, &s->candidates[begin_of(choice, block)]) ||
           (block > 0 && s->blocks[block - 1].only_time && s->blocks[block - 1].lead.has_clock);
}

/* "CAM   Cockpit area microphone", above the first time of a record whose turns have one: a
 * legend. */
static void drop_untimed_above(const struct survey *s, struct choice *choice)
{
    size_t first = s->block_count, timed = 0, turns = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (begin_of(choice, i) == SURVEY_NONE)
            continue;
        if (is_below_time(s, choice, i)) {
            timed++;
            first = first < s->block_count ? first : i;
        }
        turns += first < s->block_count;
    }
    if (timed < TIMELINE_MIN || timed * 10 < turns * 9)
        return;
    for (i = 0; i < first; i++)
        if (begin_of(choice, i) != SURVEY_NONE &&
            !says_sentence(s, choice, &s->candidates[begin_of(choice, i)]) &&
            survey_words(s, &s->candidates[begin_of(choice, i)]).length > 0)
            drop_begin(s, choice, i);
}

/* A page number: 877, - 12 -. */
static bool is_bare_number(struct span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if (memchr("0123456789-. ", text.data[i], 13) == NULL)
            return false;
    return true;
}

/* "Home › News › Speeches": a breadcrumb trail, with at least three separators or two
 * arrows. */
static bool is_way_to_page(struct span text)
{
    static const char *const signs[] = {"→", "›", "»", "▸", " > ", " / "};
    size_t i;

    for (i = 0; i < sizeof signs / sizeof *signs; i++) {
        struct span rest = text;
        size_t count = 0;
        const char *at;

        while ((at = memmem(rest.data, rest.length, signs[i], strlen(signs[i]))) != NULL) {
            count++;
            rest = span_skip(rest, (size_t)(at - rest.data) + strlen(signs[i]));
        }
        if (count >= ((signs[i][0] & 0x80) != 0 ? 2u : 3u))
            return true;
    }
    return false;
}

bool front_matter_is_of_page(struct span text)
{
    return is_way_to_page(text) ||
           vocabulary_is_page_control(front_matter_bare(front_matter_unmarked(text)));
}

/* "(Bell)", "[Music plays]": what is heard, in ASCII's brackets from end to end. */
static bool is_bracketed(struct span text)
{
    return text.length > 2 &&
           ((*text.data == '(' && text.data[text.length - 1] == ')') ||
            (*text.data == '[' && text.data[text.length - 1] == ']')) &&
           (unsigned char)text.data[1] < 0x80;
}

/* "10.00 Uhr: Beginn": when it began, with almost no other words. */
static bool is_opening_time(const struct survey_block *b)
{
    return b->form != LINE_UNTIMED && b->lead.has_clock && !b->lead.has_date &&
           b->text.length <= b->start_byte + OPENING_BYTES_MAX;
}

/* "The meeting was called to order at 10.05 a.m.": a sentence with a clock reading, as above
 * the first turn and never a title. */
static bool states_opening(const struct survey_block *b)
{
    size_t i;

    for (i = 1; b->ends_sentence && i + 2 < b->text.length; i++)
        if (memchr(".:,", b->text.data[i], 3) != NULL && b->text.data[i - 1] >= '0' &&
            b->text.data[i - 1] <= '9' && b->text.data[i + 1] >= '0' &&
            b->text.data[i + 1] <= '5' && b->text.data[i + 2] >= '0' &&
            b->text.data[i + 2] <= '9')
            return true;
    return false;
}

/* "PARTICIPANTS:", and the lines directly below it. */
static bool is_of_list(const struct survey *s, size_t i)
{
    size_t above = i;

    while (above > 0 && above + LIST_LINES_MAX > i && !s->blocks[above].gap) {
        above--;
        if (span_ends_with(s->blocks[above].text, ":") &&
            !vocabulary_names_record(s->blocks[above].text))
            return true;
    }
    return false;
}

/* Whether a block above the first turn may be the title. */
static bool may_be_title(const struct front_matter *front, const struct survey *s, size_t i)
{
    const struct survey_block *b = &s->blocks[i];
    uint32_t first = 0;

    utf8_decode(b->text.data, b->text.length, &first);
    if (b->ends_sentence && folded_is_lower(first)) /* the end of what is on the page before */
        return false;
    return !b->only_time && !(block_is_note(b) && *b->text.data != '[') &&
           front->facts[i] == SURVEY_NONE && b->kind != BLOCK_TABLE_ROW &&
           !is_bare_number(b->text) && !is_bracketed(b->text) &&
           b->columns <= TITLE_COLUMNS_MAX && !is_of_list(s, i) && b->kind != BLOCK_LIST_ITEM &&
           !(i + 1 < s->block_count && b[1].kind == BLOCK_LIST_ITEM &&
             span_ends_with(b->text, ":"));
}

/* "Имя:", "Uwaga!", "Subscribe!": what a page wants of its reader, and no title. */
static bool calls_out(struct span text)
{
    return (span_ends_with(text, ":") || span_ends_with(text, "!")) &&
           !vocabulary_names_record(text);
}

/* Below what a page is operated with, the title is the first line that says what record it is;
 * SURVEY_NONE for none. */
static size_t title_below_page(const struct front_matter *front, const struct survey *s,
                               const struct choice *choice, size_t from)
{
    size_t first = SURVEY_NONE;
    size_t i;

    for (i = from; i < s->block_count && i < choice->first && i < from + PAGE_BLOCKS; i++) {
        bool names = vocabulary_names_record(s->blocks[i].text) &&
                     s->blocks[i].columns <= NAMED_TITLE_COLUMNS;

        if (!may_be_title(front, s, i) || (s->blocks[i].ends_sentence && !names) ||
            front_matter_is_of_page(s->blocks[i].text) || calls_out(s->blocks[i].text))
            continue;
        if (names)
            return i;
        if (first == SURVEY_NONE)
            first = i;
    }
    return first;
}

/* 【証人尋問】 as the first line: a title in brackets. */
static bool is_title_in_brackets(const struct survey *s, const struct choice *choice)
{
    const struct survey_block *b = &s->blocks[0];

    return s->block_count > 1 && choice->first > 0 && span_starts_with(b->text, "【") &&
           front_matter_bare(b->text).length < b->text.length && !b->ends_sentence &&
           b->columns <= TITLE_COLUMNS;
}

static void find_title(struct front_matter *front, const struct survey *s,
                       const struct choice *choice)
{
    struct stamp stamp;
    size_t i;

    front->title = SURVEY_NONE;
    for (i = 0; i < s->block_count && i < choice->first; i++) {
        const struct survey_block *b = &s->blocks[i];

        /* The title is above the moment when the meeting opened. */
        if (is_opening_time(b) || block_is_moment_of_meeting(b) || states_opening(b))
            return;
        if (!may_be_title(front, s, i) || (choice->timed && block_is_day_line(b, &stamp)))
            continue;
        if (front->title == SURVEY_NONE &&
            (front_matter_is_of_page(b->text) || calls_out(b->text))) {
            front->title = title_below_page(front, s, choice, i + 1);
            return;
        }
        if (front->title != SURVEY_NONE && b->ends_sentence)
            return;
        front->title = i;
        if (!is_kind_of_document(b->text))
            return;
    }
    if (front->title == SURVEY_NONE && is_title_in_brackets(s, choice))
        front->title = 0;
}

void front_matter_take_page_title(struct front_matter *front, const struct survey *s,
                                  const struct choice *choice, struct span page_title)
{
    size_t longest = 0;
    size_t i;

    for (i = 0; i < s->block_count && i < choice->first; i++) {
        const struct survey_block *b = &s->blocks[i];

        if (b->kind != BLOCK_HEADING || b->text.length <= longest ||
            front->facts[i] != SURVEY_NONE ||
            memmem(page_title.data, page_title.length, b->text.data, b->text.length) == NULL)
            continue;
        longest = b->text.length;
        front->title = i;
    }
}

struct span front_matter_unmarked(struct span title)
{
    size_t marks = 0;

    while (marks < title.length && title.data[marks] == '#')
        marks++;
    if (marks == 0 || marks > 6 || marks == title.length || title.data[marks] != ' ')
        return title;
    return span_trim(span_of(title.data + marks, title.length - marks));
}

struct span front_matter_bare(struct span title)
{
    static const char *const pairs[][2] = {
        {"【", "】"}, {"[", "]"}, {"「", "」"}, {"《", "》"}};
    size_t i;

    for (i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (span_starts_with(title, pairs[i][0]) && span_ends_with(title, pairs[i][1]) &&
            memmem(title.data + 1, title.length - 1, pairs[i][0], strlen(pairs[i][0])) == NULL)
            return span_of(title.data + strlen(pairs[i][0]),
                           title.length - strlen(pairs[i][0]) - strlen(pairs[i][1]));
    return title;
}

void front_matter_find(struct front_matter *front, const struct survey *s,
                       struct choice *choice)
{
    size_t i;

    front->facts = memory_alloc((s->block_count + 1) * sizeof *front->facts);
    for (i = 0; i < s->block_count; i++)
        front->facts[i] = SURVEY_NONE;
    front->profiles = SURVEY_NONE;
    drop_agenda(s, choice);
    find_lists(front, s, choice);
    find_lists_of_speakers(front, s, choice);
    drop_hanging_values(s, choice);
    find_fact_group(front, s, choice);
    find_facts_beside(front, s, choice);
    find_naming_labels(front, s, choice);
    find_section_labels(front, s, choice);
    find_legend(front, s, choice);
    drop_legend_of_letters(s, choice);
    for (i = 0; i < s->block_count; i++)
        if (begin_of(choice, i) != SURVEY_NONE &&
            (calls_somebody(s, choice, &s->candidates[begin_of(choice, i)]) ||
             announces_witness(s, choice, &s->candidates[begin_of(choice, i)])))
            make_fact(front, s, choice, i, begin_of(choice, i));
    find_inner_fields(front, s, choice);
    find_facts_below(front, s, choice);
    find_facts(front, s, choice);
    drop_timeline(s, choice);
    drop_untimed_above(s, choice);
    drop_headings(front, s, choice);
    drop_lists(s, choice);
    drop_lists_at_end(s, choice);
    find_profiles(front, s, choice);
    if (!choice->times_alone)
        choice_find_ends(s, choice);
    for (i = 0; i < s->block_count; i++)
        if (s->blocks[i].in_note)
            front->facts[i] = SURVEY_NONE;
    find_title(front, s, choice);
}

void front_matter_release(struct front_matter *front)
{
    free(front->facts);
    *front = (struct front_matter){.title = SURVEY_NONE};
}
