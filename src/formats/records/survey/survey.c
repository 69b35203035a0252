/* Collecting blocks, and what each of them may be.
 *
 * Invariant: the candidates of block b are [b.candidate, b.candidate + b.candidate_count).
 * Candidates with one blank are the exception: survey_finish adds them after all others, and
 * only their row lists them. */
#include "formats/records/survey/survey.h"

#include <stdlib.h>

#include "formats/records/survey/survey_times.h"
#include "shilu/base/bytes.h"
#include "shilu/base/hash.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum { CHUNK_BYTES = 65536, HEAD_CHARACTERS = 40 };
enum { NICKNAME_MIN = 3, NICKNAME_MAX = 21 };
enum { ASKING_TAIL_BYTES = 24, ASKING_FRONT_BYTES = 24 };
enum { TIMED_CJK_MIN = 3, TIMED_NAMES_SHARE = 2, INNER_MARK_BYTES = 12 };
enum { OFFICE_LINES_MIN = 3 };

#define LABEL_BITS_CJK 7.0f
#define LABEL_BITS_OTHER 2.8f
#define LABEL_BITS_MAX 22.0f

struct survey_chunk {
    struct survey_chunk *next;
    size_t used;
    size_t size;
    char data[];
};

struct label_index {
    UT_hash_handle hh;
    uint32_t label;
};

/* A copy that lives as long as the chunks. */
static struct span keep(struct survey_chunk **chunks, struct span text)
{
    struct survey_chunk *chunk = *chunks;
    char *copy;

    if (chunk == NULL || chunk->size - chunk->used < text.length) {
        size_t size = text.length > CHUNK_BYTES ? text.length : CHUNK_BYTES;

        chunk = memory_alloc(sizeof *chunk + size);
        chunk->next = *chunks;
        chunk->used = 0;
        chunk->size = size;
        *chunks = chunk;
    }
    copy = chunk->data + chunk->used;
    if (text.length > 0)
        memcpy(copy, text.data, text.length);
    chunk->used += text.length;
    return span_of(copy, text.length);
}

static void free_chunks(struct survey_chunk *chunks)
{
    while (chunks != NULL) {
        struct survey_chunk *next = chunks->next;

        free(chunks);
        chunks = next;
    }
}

/* A time at the head is read from every line before layouts are tried (line.h). */
static const char *behind_time(const char *template)
{
    static const char *const times[] = {"{time}", "[{time}]", "({time})", "<{time}>"};
    size_t i;

    for (i = 0; i < sizeof times / sizeof *times; i++) {
        size_t bytes = strlen(times[i]);

        if (strncmp(template, times[i], bytes) == 0 && template[bytes] != '\0') {
            template += bytes;
            return template + strspn(template, " ");
        }
    }
    return template;
}

/* The traits that the table states for this template. */
static unsigned traits_of(const char *template)
{
    bool labelled = strstr(template, "{speaker}") != NULL;
    bool marked = strstr(template, "{mark}") != NULL;
    unsigned traits = 0;

    if (strstr(template, "{bold}") != NULL)
        traits |= LAYOUT_BOLD;
    else if (!labelled)
        traits |= marked ? LAYOUT_MARK_ONLY : LAYOUT_WORDS;
    if (strstr(template, "{text}") == NULL)
        traits |= LAYOUT_BELOW;
    if (strstr(template, "{time}") != NULL)
        traits |= LAYOUT_TIME_INSIDE;
    if (labelled && strstr(template, "{speaker}") > template &&
        strchr("[(<", strstr(template, "{speaker}")[-1]) != NULL)
        traits |= LAYOUT_BRACKETS;
    return traits;
}

bool survey_init(struct survey *s, const char *user_layout, struct error *err)
{
    struct layout_row *row;
    size_t i;

    *s = (struct survey){.layout_count = layout_count()};
    s->layouts = memory_zalloc(s->layout_count + 1, sizeof *s->layouts);
    for (i = 0; i < s->layout_count; i++)
        if (!layout_compile(&s->layouts[i], layout_row(i), err))
            return false;
    s->user_layout = s->layout_count;
    if (user_layout == NULL)
        return true;
    row = memory_zalloc(1, sizeof *row);
    row->template = memory_strdup(behind_time(user_layout));
    row->traits = traits_of(row->template);
    row->chance = .01f;
    if (!layout_compile(&s->layouts[s->layout_count], row, err)) {
        free((char *)row->template);
        free(row);
        return false;
    }
    s->user_layout = s->layout_count++;
    return true;
}

void survey_release(struct survey *s)
{
    struct label_index *index, *next;
    size_t i;

    HASH_ITER(hh, s->index, index, next)
    {
        HASH_DEL(s->index, index);
        free(index);
    }
    for (i = 0; i < s->row_count; i++)
        free(s->rows[i].members);
    if (s->layouts != NULL && s->layout_count > layout_count()) {
        struct layout_row *row = (struct layout_row *)s->layouts[s->user_layout].row;

        free((char *)row->template);
        free(row);
    }
    free(s->layouts);
    free(s->blocks);
    free(s->candidates);
    free(s->rows);
    free(s->labels);
    free(s->memo);
    buffer_release(&s->key);
    free_chunks(s->texts);
    free_chunks(s->keys);
    free(s->wanted_layouts);
    free(s->wanted_rows);
    free(s->known);
    *s = (struct survey){0};
}

const struct layout_row *survey_layout_row(const struct survey *s, const struct survey_row *row)
{
    return s->layouts[row->layout].row;
}

struct span survey_words(const struct survey *s, const struct survey_candidate *c)
{
    const struct survey_block *b = &s->blocks[c->block];
    size_t end = c->text_end < b->end_byte ? c->text_end : b->end_byte;

    return c->text_byte < end
               ? folded_trim(span_of(b->text.data + c->text_byte, end - c->text_byte))
               : span_of(b->text.data, 0);
}

/* Classes of bytes: signs of code and tables, and bytes that may form such a sign with the next
 * one. */
enum { BYTE_PLAIN, BYTE_SIGN, BYTE_STAR, BYTE_PAIR, BYTE_SPACE, BYTE_INSIDE };

/* clang-format off */
static const uint8_t byte_classes[256] = {
    ['\t'] = BYTE_SPACE, ['\n'] = BYTE_SPACE, ['\v'] = BYTE_SPACE, ['\f'] = BYTE_SPACE,
    ['\r'] = BYTE_SPACE, [' '] = BYTE_SPACE,
    ['{'] = BYTE_SIGN, ['}'] = BYTE_SIGN, [';'] = BYTE_SIGN, ['='] = BYTE_SIGN,
    ['<'] = BYTE_SIGN, ['>'] = BYTE_SIGN, ['#'] = BYTE_SIGN, ['/'] = BYTE_SIGN,
    ['\\'] = BYTE_SIGN, ['|'] = BYTE_SIGN, ['_'] = BYTE_SIGN, ['@'] = BYTE_SIGN,
    ['$'] = BYTE_SIGN, ['^'] = BYTE_SIGN, ['~'] = BYTE_SIGN, ['`'] = BYTE_SIGN,
    ['+'] = BYTE_SIGN, ['&'] = BYTE_SIGN,
    ['*'] = BYTE_STAR, ['('] = BYTE_PAIR, ['-'] = BYTE_PAIR, [':'] = BYTE_PAIR,
    [0x80 ... 0xBF] = BYTE_INSIDE,
};
/* clang-format on */

/* The length of the ASCII word that begins here, and whether it is an address: https://…,
 * www.…, a word with @. */
static bool is_address(struct span text, size_t at, size_t *bytes)
{
    size_t end = at;
    bool sign = false, slash = false;

    for (; end < text.length && (text.data[end] & 0x80) == 0 &&
           byte_classes[(unsigned char)text.data[end]] != BYTE_SPACE;
         end++) {
        sign |= text.data[end] == '@';
        slash |= text.data[end] == '/';
    }
    *bytes = end - at;
    return sign || (slash && memmem(text.data + at, end - at, "://", 3) != NULL) ||
           (end - at > 4 && memcmp(text.data + at, "www.", 4) == 0);
}

static bool is_sign(struct span text, size_t at)
{
    char c = text.data[at];
    char next = at + 1 < text.length ? text.data[at + 1] : '\0';

    switch (byte_classes[(unsigned char)c]) {
    case BYTE_SIGN:
        return true;
    case BYTE_STAR:
        return next != '*' && !(at > 0 && text.data[at - 1] == '*');
    case BYTE_PAIR:
        return next == (c == '(' ? ')' : c == '-' ? '>' : ':');
    default:
        return false;
    }
}

/* Signs and characters of a text that may hold addresses, which are left out. */
static void count_beside_addresses(struct span text, uint32_t *signs, uint32_t *characters)
{
    bool begins = true; /* the start of a word */
    size_t at, bytes;

    for (at = 0; at < text.length; at++) {
        uint8_t class = byte_classes[(unsigned char)text.data[at]];

        if (begins && class != BYTE_SPACE && (text.data[at] & 0x80) == 0 &&
            is_address(text, at, &bytes)) {
            at += bytes;
            begins = at < text.length &&
                     byte_classes[(unsigned char)text.data[at]] == BYTE_SPACE;
            continue;
        }
        begins = class == BYTE_SPACE;
        *characters += class != BYTE_INSIDE;
        *signs += is_sign(text, at);
    }
}

void survey_count_signs(struct span text, uint32_t *signs, uint32_t *characters)
{
    uint32_t found = 0;
    bool address = text.length > 0 && bytes_find(text.data, text.length, "www.") != NULL;
    size_t i = 0;

    while (!address && i < text.length) {
        i += bytes_run_before_sign(text.data + i, text.length - i);
        if (i == text.length)
            break;
        address = text.data[i] == '@' ||
                  (text.data[i] == '/' && i > 0 && text.data[i - 1] == ':');
        found += is_sign(text, i++);
    }
    if (address) {
        count_beside_addresses(text, signs, characters);
        return;
    }
    *signs += found;
    *characters += (uint32_t)bytes_count_characters(text.data, text.length);
}

const struct survey_block *survey_measure(const struct survey *s, size_t block)
{
    struct survey_block *b = &s->blocks[block];

    if (b->measured)
        return b;
    b->measured = true;
    survey_count_signs(b->text, &b->signs, &b->characters);
    return b;
}

/* The line wraps within the end of a question: "…でし" and "ょうか。". */
static bool asks_across_lines(const struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    char text[ASKING_TAIL_BYTES + ASKING_FRONT_BYTES];
    struct span above;
    size_t from, tail, front;

    if (block == 0 || !b->joins || b[-1].ends_sentence || (unsigned char)*b->text.data < 0xE3)
        return false;
    above = b[-1].text;
    from = above.length > ASKING_TAIL_BYTES
               ? utf8_floor(above.data, above.length, above.length - ASKING_TAIL_BYTES + 3)
               : 0;
    front = b->text.length < ASKING_FRONT_BYTES
                ? b->text.length
                : utf8_floor(b->text.data, b->text.length, ASKING_FRONT_BYTES);
    tail = above.length - from;
    memcpy(text, above.data + from, tail);
    memcpy(text + tail, b->text.data, front);
    return folded_asks(span_of(text, tail + front));
}

bool survey_asks(const struct survey *s, size_t block)
{
    struct survey_block *b = &s->blocks[block];

    if (!b->asking_known)
        b->asks = folded_asks(b->text) || asks_across_lines(s, block);
    b->asking_known = true;
    return b->asks;
}

bool survey_words_end(const struct survey *s, uint32_t member)
{
    struct survey_candidate *c = &s->candidates[member];

    if (!c->end_known)
        c->ends_sentence = folded_ends_sentence(survey_words(s, c));
    c->end_known = true;
    return c->ends_sentence;
}

const struct survey_candidate *survey_measure_words(const struct survey *s, uint32_t member)
{
    struct survey_candidate *c = &s->candidates[member];

    if (!c->measured)
        survey_count_signs(survey_words(s, c), &c->signs, &c->characters);
    c->measured = true;
    return c;
}

/* ------------------------------------------------------------------ labels and rows */

static float bits_of(struct span key)
{
    float bits = LABEL_BITS_OTHER;
    size_t at = 0;

    while (at < key.length) {
        unsigned char byte = (unsigned char)key.data[at];

        if ((byte & 0xC0) != 0x80)
            bits += byte >= 0xE3 ? LABEL_BITS_CJK : LABEL_BITS_OTHER;
        at++;
    }
    return bits < LABEL_BITS_MAX ? bits : LABEL_BITS_MAX;
}

/* boolean, ChildProcess: in lower case, or two words written as one. */
static bool is_like_code(struct span label)
{
    size_t i;

    if (label.length > 0 && *label.data >= 'a' && *label.data <= 'z')
        return true;
    for (i = 3; i < label.length; i++)
        if (label.data[i] >= 'A' && label.data[i] <= 'Z' && label.data[i - 1] >= 'a' &&
            label.data[i - 1] <= 'z')
            return memchr(label.data, ' ', label.length) == NULL;
    return false;
}

static bool is_host(struct survey_label *label)
{
    if (!label->hosts_known)
        label->hosts = vocabulary_has_host(label->whole);
    label->hosts_known = true;
    return label->hosts;
}

bool survey_label_hosts(const struct survey *s, uint32_t label)
{
    return is_host(&s->labels[label]);
}

/* ３番（笹本由美君）: a member of a Japanese assembly, by the number of the seat. */
static bool begins_with_seat_number(struct span label)
{
    size_t digits = 0;
    uint32_t cp = 0;

    while (label.length > 0) {
        size_t used = utf8_decode(label.data, label.length, &cp);

        if (!folded_is_digit(folded_code_point(cp)))
            break;
        digits++;
        label = span_skip(label, used);
    }
    return digits > 0 && digits <= 2 && cp == 0x756A; /* 番 */
}

static void read_label_words(struct survey_label *label)
{
    is_host(label);
    label->crowd = vocabulary_is_crowd(label->whole);
    label->chairs = vocabulary_has_chair(label->whole);
    label->member = vocabulary_has_member(label->whole) ||
                    begins_with_seat_number(label->whole);
}

static uint32_t intern_label(struct survey *s, struct span key, struct span whole, float shape)
{
    struct label_index *found = NULL;
    struct survey_label *label;
    size_t word;

    HASH_FIND(hh, s->index, key.data, key.length, found);
    if (found != NULL) {
        label = &s->labels[found->label];
        if (shape > label->shape)
            label->shape = shape;
        if (!label->asks && !span_equal(whole, label->whole))
            label->asks = vocabulary_has_asker(whole);
        return found->label;
    }
    MEMORY_RESERVE(s->labels, s->label_capacity, s->label_count + 1);
    label = &s->labels[s->label_count];
    *label = (struct survey_label){
        .key = keep(&s->keys, key), .shape = shape, .person = SURVEY_NONE};
    label->bits = bits_of(key);
    switch (vocabulary_mark(whole, &word)) {
    case MARK_ASKS:
        label->mark = LABEL_OF_QUESTION;
        break;
    case MARK_ANSWERS:
        label->mark = LABEL_OF_ANSWER;
        break;
    default:
        break;
    }
    label->fact = vocabulary_fact(key);
    label->asks = label->mark == LABEL_OF_QUESTION || vocabulary_has_asker(whole) ||
                  span_is(key, "——");
    label->lower = is_like_code(whole) && !vocabulary_is_voice(whole) &&
                   !vocabulary_is_part(whole);
    label->addressed = vocabulary_is_addressed(whole);
    label->stage = label->fact == FACT_NONE && vocabulary_is_stage(key);
    found = memory_zalloc(1, sizeof *found);
    found->label = (uint32_t)s->label_count++;
    label->whole = keep(&s->keys, whole);
    HASH_ADD_KEYPTR(hh, s->index, label->key.data, label->key.length, found);
    if (s->settled)
        read_label_words(label);
    return found->label;
}

/* "F:" and "M:" are a woman and a man; "F:" and "A:", Frage and Antwort. */
static void unmark_lone_letter(struct survey *s)
{
    uint32_t letter = survey_find_label(s, span_string("f"));
    size_t i;

    if (letter == SURVEY_NONE)
        return;
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_ANSWER)
            return;
    s->labels[letter].mark = LABEL_OF_NONE;
    s->labels[letter].asks = false;
}

void survey_read_labels(struct survey *s)
{
    size_t i;

    for (i = 0; i < s->label_count; i++)
        read_label_words(&s->labels[i]);
    unmark_lone_letter(s);
}

bool survey_is_of_program(const struct survey_block *b)
{
    static const char *const fronts[] = {"***", "* ", "-!-", "-->", "<--", "--- ", NULL};
    struct span rest = span_skip(b->text, b->body_byte);

    return span_starts_with_any(rest, fronts);
}

bool survey_is_unknown(const struct survey *s, uint32_t label)
{
    struct span key = s->labels[label].key;

    /* A letter before the mark distinguishes the voices: "p?". */
    return key.length > 0 && key.data[key.length - 1] == '?' &&
           (*key.data == '?' || span_starts_with(key, "speaker"));
}

static uint32_t intern_row(struct survey *s, size_t layout, enum line_form form, bool bulleted,
                           char dress)
{
    size_t i;

    for (i = 0; i < s->row_count; i++) {
        const struct survey_row *row = &s->rows[i];

        if (row->layout == layout && row->form == form && row->bulleted == bulleted &&
            row->dress == dress)
            return (uint32_t)i;
    }
    MEMORY_RESERVE(s->rows, s->row_capacity, s->row_count + 1);
    s->rows[s->row_count] = (struct survey_row){
        .layout = layout, .form = form, .bulleted = bulleted, .dress = dress};
    return (uint32_t)s->row_count++;
}

/* ------------------------------------------------------------------ candidates */

static bool begins_with_digit(const struct line *line, struct label_place label)
{
    return folded_is_digit(line->front.cp[label.start]);
}

/* "1. Soldat": a speaker distinguished from others by a number. */
static bool begins_with_ordinal(const struct line *line, struct label_place label)
{
    const struct folded *f = &line->front;
    size_t at = label.start;

    while (at < label.end && folded_is_digit(f->cp[at]))
        at++;
    return at - label.start <= 2 && f->cp[at] == '.' && folded_is_blank(f->cp[at + 1]) &&
           folded_is_upper(f->cp[at + 2]);
}

static bool holds_comma_of_list(const struct line *line, struct label_place label)
{
    size_t i;

    for (i = label.start; i < label.end; i++)
        if (line->front.cp[i] == 0x3001)
            return true;
    return false;
}

/* "Apr 11, 2015: …" says when, not who. */
static bool is_date(const struct line *line, struct label_place label)
{
    struct stamp stamp;

    return stamp_parse(&line->front, label.start, &stamp) == label.end && label.end > 0 &&
           (stamp.has_date || stamp.numeric);
}

/* "Yes. It is.": one word with a stop is a speaker only if it is in capitals or an office. */
static bool is_interjection(const struct folded *f, struct label_place label, float shape)
{
    bool lower = false;
    size_t i;

    for (i = label.start; i < label.end; i++) {
        if (folded_is_blank(f->cp[i]))
            return false;
        lower |= folded_is_lower(f->cp[i]);
    }
    return lower && shape < LABEL_TITLE_BITS;
}

/* "屋外（夜間）は": the bracket closes one within the line. */
static bool holds_opening_bracket(const struct line *line, struct label_place label)
{
    size_t i;

    for (i = label.start; i < label.end; i++)
        if (line->front.cp[i] == '(')
            return true;
    return false;
}

/* １番　白井久美子: a member by the number of the seat. */
static bool begins_with_seat(const struct folded *f, struct label_place label)
{
    size_t at = label.start;

    while (at < label.end && folded_is_digit(f->cp[at]))
        at++;
    return at > label.start && at - label.start <= 2 && at < label.end && f->cp[at] == 0x756A &&
           (at + 1 == label.end || folded_is_blank(f->cp[at + 1]) || f->cp[at + 1] == '(');
}

/* 1号代表（蓝阿水）, 3번 후보: one of several who have the same part, by a number. */
static bool begins_with_numbered_part(const struct folded *f, struct label_place label)
{
    size_t at = label.start;

    while (at < label.end && folded_is_digit(f->cp[at]))
        at++;
    return at - label.start <= 2 && at + 2 < label.end &&
           (f->cp[at] == 0x53F7 || f->cp[at] == 0x865F || f->cp[at] == 0xBC88 ||
            f->cp[at] == 0x756A) && /* 号 號 번 番 */
           (folded_is_cjk(f->cp[at + 1]) || folded_is_blank(f->cp[at + 1]));
}

/* deploybot, ada@example.org: a word of its own, which has a time below it if it names somebody
 * (see sound_labels.c). */
static bool may_be_nickname(const struct line *line, struct label_place label)
{
    size_t i;

    if (label_is_mail_address(&line->front, label))
        return line->kind == BLOCK_PARAGRAPH;
    for (i = label.start; i < label.end; i++)
        if (!folded_is_letter(line->front.cp[i]) && !folded_is_digit(line->front.cp[i]) &&
            line->front.cp[i] != '_' && line->front.cp[i] != '-')
            return false;
    return line->kind == BLOCK_PARAGRAPH && label.end - label.start >= NICKNAME_MIN &&
           label.end - label.start <= NICKNAME_MAX;
}

/* "<ada>\twords": another row has the brackets. */
static bool is_in_brackets(const struct line *line, struct label_place label)
{
    const struct folded *f = &line->front;

    return label.end > label.start + 2 && f->cp[label.start] == '<' &&
           f->cp[label.end - 1] == '>';
}

/* The header of a table, "Version\tChanges", and "Artist: Mama R.", the credit of a picture. */
static bool joins_parts(const struct line *line, struct label_place label)
{
    const struct folded *f = &line->front;
    size_t i;

    for (i = label.start; i < label.end; i++)
        if ((f->cp[i] == '\t' && line->kind == BLOCK_TABLE_ROW) ||
            (f->cp[i] == ':' && folded_is_blank(f->cp[i + 1])))
            return true;
    return false;
}

/* Whether the label that a layout found may be one. */
static bool suits(const struct line *line, size_t layout, unsigned traits,
                  const struct layout_hit *hit, struct label_place label)
{
    bool timed = line->form != LINE_UNTIMED || hit->has_time || line->heads_message;

    if ((traits & LAYOUT_NO_MARK) != 0 && begins_with_digit(line, label) && line->bullet == 0 &&
        !begins_with_seat(&line->front, label))
        return false;
    if (layout == LAYOUT_COLON && !timed && begins_with_digit(line, label) &&
        !begins_with_ordinal(line, label) && !begins_with_numbered_part(&line->front, label))
        return false;
    if (layout == LAYOUT_ALONE && !timed && folded_is_lower(line->front.cp[label.start]) &&
        !may_be_nickname(line, label))
        return false;
    if (layout == LAYOUT_ALONE && !timed && joins_parts(line, label))
        return false;
    if (layout == LAYOUT_GAP && is_in_brackets(line, label))
        return false;
    if (layout == LAYOUT_CLOSED &&
        (!folded_is_cjk(line->front.cp[label.start]) || label.end < label.start + 2 ||
         holds_opening_bracket(line, label)))
        return false;
    if ((traits & LAYOUT_QUOTED) != 0 && holds_comma_of_list(line, label))
        return false;
    if (line->kind == BLOCK_HEADING && layout == LAYOUT_COLON &&
        hit->text_byte < line->end_byte)
        return false;
    return true;
}

static char dress_of(const struct line *line, const struct layout_hit *hit, unsigned traits)
{
    if (line->kind == BLOCK_HEADING)
        return (char)('0' + (line->level >= 1 && line->level <= 6 ? line->level : 6));
    if (line->kind == BLOCK_TABLE_ROW)
        return 't';
    /* A question in italics: the words themselves are set apart. */
    if (line->italic && (traits & LAYOUT_DASH) != 0 &&
        hit->text_byte == line->front.at[line->start])
        return 'i';
    /* The label is in bold and the words are not. */
    if (line->bold_byte > 0 && (traits & LAYOUT_BOLD) == 0 &&
        line->bold_byte + 2 >= line->front.at[hit->label.end] &&
        (line->bold_byte <= hit->text_byte + 3 || hit->text_byte == 0 ||
         hit->text_byte >= line->text.length))
        return 'b';
    return 0;
}

/* After a mark for question or answer, a name in brackets says who speaks: move label and words
 * to it. False without such a name. */
static bool take_name_behind_mark(const struct line *line, const struct label_context *context,
                                  struct label_place *label, struct layout_hit *hit,
                                  struct label_parts *parts)
{
    const struct folded *f = &line->front;
    struct label_place name;
    size_t at = label->end;
    size_t end;

    while (at < f->count && f->at[at] < hit->text_byte)
        at++;
    if (f->at[at] != hit->text_byte || !label_named_behind(f, at, &name, &end))
        return false;
    *label = name;
    label_split(f, name, context, parts);
    while (folded_is_blank(f->cp[end]))
        end++;
    hit->text_byte = f->at[end];
    return true;
}

static enum mark_kind mark_of(struct survey *s, const struct folded *f,
                              struct label_place name);

/* "Q 代表幹事（みなと日報）", "A 市長": a mark and a blank before the name of who asks or
 * answers. An "A" is a mark only below a "Q". */
static enum mark_kind drop_mark_before_name(struct survey *s, const struct folded *f,
                                            struct label_place *label)
{
    struct label_place rest = *label;
    enum mark_kind mark;
    size_t i;

    while (rest.start < rest.end && !folded_is_blank(f->cp[rest.start]))
        rest.start++;
    mark = mark_of(s, f, (struct label_place){label->start, rest.start});
    while (rest.start < rest.end && folded_is_blank(f->cp[rest.start]))
        rest.start++;
    if (mark == MARK_NONE || rest.end < rest.start + 2)
        return MARK_NONE;
    for (i = rest.start; i < rest.end && !folded_is_cjk(f->cp[i]); i++)
        continue;
    s->marks_before_names |= mark == MARK_ASKS;
    if (i == rest.end || !s->marks_before_names)
        return MARK_NONE;
    *label = rest;
    return mark;
}

/* "Q12 Chair": a numbered question, put by the person named after the number. */
static bool is_numbered_question(const struct folded *f, struct label_place whole,
                                 struct label_place label)
{
    return label.start > whole.start + 1 && f->cp[whole.start] == 'Q' &&
           folded_is_digit(f->cp[whole.start + 1]);
}

/* What a label's own characters say about it in one context. Positions count from where the
 * label begins. */
struct judgement {
    bool is_label;
    bool interjection;
    bool may_be_date;
    bool numbered;
    enum mark_kind mark; /* the mark that the name is, if any */
    float shape;
    uint32_t label;
    struct label_place place;
    struct label_parts parts;
};

/* Labels recur and are judged once: the most recent ones, by a hash of their bytes. */
enum { MEMO_SLOTS = 128, MEMO_BYTES = 44, MARK_MAX = 16 };

struct label_memo {
    uint8_t bytes; /* 0: empty */
    uint8_t context;
    char text[MEMO_BYTES];
    struct judgement judgement;
};

static void move_place(struct label_place *place, size_t from, size_t to)
{
    place->start += to - from;
    place->end += to - from;
}

/* Recounts positions from `to` instead of `from`. */
static struct judgement moved(struct judgement j, size_t from, size_t to)
{
    move_place(&j.place, from, to);
    move_place(&j.parts.name, from, to);
    move_place(&j.parts.role, from, to);
    return j;
}

/* Whether a label may be a date: it has a digit or an East Asian letter. */
static bool may_be_date(const struct folded *f, struct label_place place)
{
    size_t i;

    for (i = place.start; i < place.end; i++)
        if (folded_is_digit(f->cp[i]) || f->cp[i] >= 0x2000)
            return true;
    return false;
}

static uint32_t intern_place(struct survey *s, const struct folded *f,
                             const struct label_parts *parts, struct label_place label,
                             float shape)
{
    size_t length;

    buffer_clear(&s->key);
    label_key(f, parts->name, &s->key);
    length = s->key.bytes;
    if (length == 0)
        return SURVEY_NONE;
    label_append(f, label, &s->key);
    return intern_label(s, span_of(s->key.data, length),
                        span_of(s->key.data + length, s->key.bytes - length), shape);
}

static enum mark_kind mark_of(struct survey *s, const struct folded *f, struct label_place name)
{
    size_t word;

    if (name.end - name.start > MARK_MAX)
        return MARK_NONE;
    buffer_clear(&s->key);
    label_append(f, name, &s->key);
    return vocabulary_mark(span_of(buffer_string(&s->key), s->key.bytes), &word);
}

static bool parts_names(uint32_t cp)
{
    return cp == '/' || cp == '&' || cp == ',' || cp == 0x3001 || cp == 0x30FB;
}

/* "Alice/Bob", 原、被: people who have spoken before, and now speak together. */
static bool names_known_labels(struct survey *s, const struct folded *f,
                               struct label_place place)
{
    size_t parts = 0;
    size_t start = place.start;
    size_t at;

    for (at = place.start; at <= place.end; at++) {
        struct label_place part;

        if (at < place.end && !parts_names(f->cp[at]))
            continue;
        if (at == place.end && parts == 0)
            return false;
        part = label_trim(f, (struct label_place){start, at});
        buffer_clear(&s->key);
        label_key(f, part, &s->key);
        if (part.end <= part.start ||
            survey_find_label(s, span_of(buffer_string(&s->key), s->key.bytes)) == SURVEY_NONE)
            return false;
        parts++;
        start = at + 1;
    }
    return true;
}

/* head: one with a blank after it, trimmed, is judged by its shape, whatever labels are known.
 */
static struct judgement judge_label(struct survey *s, const struct folded *f,
                                    struct label_place whole,
                                    const struct label_context *context, bool head)
{
    struct judgement j = {.label = SURVEY_NONE, .place = head ? whole : label_trim(f, whole)};
    bool shaped;

    if (j.place.end <= j.place.start)
        return j;
    shaped = label_shape(f, j.place, context, &j.shape);
    if (!head && (!shaped || j.shape <= LABEL_DOUBTFUL) && names_known_labels(s, f, j.place)) {
        shaped = true;
        j.shape = 0;
    }
    if (!shaped)
        return j;
    label_split(f, j.place, context, &j.parts);
    j.interjection = is_interjection(f, j.place, j.shape);
    j.may_be_date = may_be_date(f, j.place);
    j.numbered = is_numbered_question(f, whole, j.place);
    j.mark = mark_of(s, f, j.parts.name);
    if (j.mark != MARK_NONE && j.parts.role.start > j.parts.name.end &&
        folded_is_cjk(f->cp[j.parts.role.start])) {
        j.parts.name = j.parts.role; /* Q(湾岸日報), A(学長): who asks or answers */
        j.parts.role = (struct label_place){0};
    }
    if (j.parts.name.end > j.parts.name.start)
        j.label = intern_place(s, f, &j.parts, j.place, j.shape);
    j.is_label = j.label != SURVEY_NONE && !s->labels[j.label].stage;
    return j;
}

/* The same, from the memo if it is there. */
static struct judgement recall_label(struct survey *s, const struct folded *f, struct span line,
                                     struct label_place whole,
                                     const struct label_context *context, bool head)
{
    size_t from = f->at[whole.start];
    size_t bytes = f->at[whole.end] - from;
    const char *text = line.data + from;
    uint8_t code = (uint8_t)(context->timed | context->posted << 1 | context->bracketed << 2 |
                             context->marked << 3 | context->program << 4);
    struct label_memo *memo;
    uint32_t hash = code;
    struct judgement j;
    size_t i;

    /* What a label of several people is depends on who has spoken by then. */
    if (bytes == 0 || bytes > MEMO_BYTES || names_known_labels(s, f, label_trim(f, whole)))
        return judge_label(s, f, whole, context, head);
    for (i = 0; i < bytes; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    if (s->memo == NULL)
        s->memo = memory_zalloc((size_t)2 * MEMO_SLOTS, sizeof *s->memo);
    memo = &s->memo[(hash ^ hash >> 16) % MEMO_SLOTS + (head ? MEMO_SLOTS : 0)];
    if (memo->bytes == bytes && memo->context == code && memcmp(memo->text, text, bytes) == 0)
        return moved(memo->judgement, 0, whole.start);
    j = judge_label(s, f, whole, context, head);
    memo->bytes = (uint8_t)bytes;
    memo->context = code;
    memcpy(memo->text, text, bytes);
    memo->judgement = moved(j, whole.start, 0);
    return j;
}

/* **江学勤**的预测: emphasis within a sentence; nothing separates it from the words. */
static bool is_emphasis(const struct line *line, const struct layout_hit *hit)
{
    const struct folded *f = &line->front;
    uint32_t last = hit->label.end > 0 ? f->cp[hit->label.end - 1] : 0;

    return hit->text_byte == line->bold_byte && folded_is_letter(last) &&
           folded_is_letter(f->cp[hit->label.end]);
}

static bool ends_in_initials(const struct folded *f)
{
    size_t at = f->count;
    size_t initials = 0;

    if (!f->whole)
        return false;
    while (at >= 3 && f->cp[at - 1] == '.' && folded_is_upper(f->cp[at - 2])) {
        at -= 2;
        initials++;
        if (folded_is_blank(f->cp[at - 1])) {
            at--;
            if (initials > 1)
                return true;
        }
    }
    return false;
}

bool survey_ends_in_initials(struct span text)
{
    struct folded f;

    folded_front(&f, text, 0);
    return ends_in_initials(&f);
}

/* Somebody's name stands beside a mark. */
static void note_mark(struct survey_label *label, enum mark_kind mark)
{
    label->asks |= mark == MARK_ASKS;
    if (mark == MARK_ANSWERS && !label->asks)
        label->mark = LABEL_OF_ANSWER;
}

static bool read_label(struct survey *s, const struct line *line, size_t layout,
                       struct layout_hit *hit, struct survey_candidate *c,
                       struct label_place *label, struct label_parts *parts)
{
    unsigned traits = s->layouts[layout].row->traits;
    struct label_context context = {
        .timed = line->form != LINE_UNTIMED || hit->has_time || line->heads_message,
        .posted = line->form != LINE_UNTIMED || line->heads_message,
        .bracketed = (traits & LAYOUT_BRACKETS) != 0 || line->bullet != 0,
        .marked = line->bullet != 0,
        .program = s->layouts[layout].row->chance <= LAYOUT_PROGRAM_CHANCE};
    struct judgement j;

    if (layout == LAYOUT_ALONE &&
        (line->kind == BLOCK_QUOTATION ||
         (folded_ends_sentence(line->text) && !ends_in_initials(&line->front))))
        return false;
    j = recall_label(s, &line->front, line->text, hit->label, &context, false);
    if (!j.is_label || !suits(line, layout, traits, hit, j.place) ||
        (layout == LAYOUT_DOT && j.interjection) || (j.may_be_date && is_date(line, j.place)))
        return false;
    if ((traits & LAYOUT_BOLD) != 0 && j.shape < LABEL_TITLE_BITS && is_emphasis(line, hit))
        return false;
    *label = j.place;
    *parts = j.parts;
    /* The structure of a page, not how the name looks, shows who wrote a message. */
    c->shape = line->heads_message && j.shape < 0 ? 0 : j.shape;
    c->label = j.label;
    if (hit->role.end > hit->role.start) { /* the layout has it apart */
        bool bracketed = parts->role.end > parts->role.start &&
                         parts->role.start > label->start && hit->role.start >= label->end;
        size_t start = parts->role.start, end = parts->role.end;

        if (!bracketed)
            parts->name = *label;
        parts->role = label_trim(&line->front, hit->role);
        if (bracketed) /* Ana Ruiz (UNI), question */
            parts->role.start = start;
        if (bracketed && line->front.cp[label->end] != ',') /* … (UNI) [10:02:11] (question) */
            parts->role.end = end;
        c->label = intern_place(s, &line->front, parts, *label, c->shape);
    }
    if (j.mark == MARK_NONE && line->form == LINE_UNTIMED) {
        struct label_place bare = *label;
        enum mark_kind mark = drop_mark_before_name(s, &line->front, &bare);
        struct judgement named = mark != MARK_NONE ? recall_label(s, &line->front, line->text,
                                                                  bare, &context, false)
                                                   : j;

        if (mark != MARK_NONE && named.is_label) {
            *label = named.place;
            *parts = named.parts;
            c->label = named.label;
            c->shape = named.shape + LABEL_TITLE_BITS;
            note_mark(&s->labels[c->label], mark);
        }
    }
    if (j.mark != MARK_NONE && take_name_behind_mark(line, &context, label, hit, parts)) {
        if (parts->name.end <= parts->name.start)
            return false;
        c->label = intern_place(s, &line->front, parts, *label, c->shape);
        if (c->label != SURVEY_NONE)
            note_mark(&s->labels[c->label], j.mark);
    }
    if (c->label == SURVEY_NONE)
        return false;
    s->labels[c->label].numbered |= j.numbered;
    return true;
}

/* ------------------------------------------------------------------ running numbers */

enum { RUNNING_ROUNDS = 3 };

/* The number at the end of a label's key, or -1; *stem is what precedes it. */
static int running_number(struct span key, struct span *stem)
{
    int number;

    *stem = key;
    number = span_take_number_back(stem);
    return stem->length > 0 ? number : -1;
}

static bool may_run(const struct survey *s, const struct survey_candidate *c)
{
    return c->label != SURVEY_NONE && s->rows[c->row].layout == LAYOUT_COLON &&
           s->rows[c->row].form == LINE_UNTIMED && c->role_end == c->role_byte;
}

/* CO1, CL1, CO2, CL2, …: whether two speakers alternate and each turn has the next number. */
static bool are_turns_numbered(const struct survey *s, struct span stems[SURVEY_RUNNING])
{
    int numbers[SURVEY_RUNNING] = {0};
    size_t turns = 0;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *c = &s->candidates[i];
        size_t who = turns % SURVEY_RUNNING;
        struct span stem;
        int number = may_run(s, c) ? running_number(s->labels[c->label].key, &stem) : -1;

        if (number < 0) /* a fact or a clause */
            continue;
        if (turns < SURVEY_RUNNING)
            stems[who] = stem;
        else if (!span_equal(stem, stems[who]) || number != numbers[who] + 1)
            return false;
        numbers[who] = number;
        turns++;
    }
    return turns >= SURVEY_RUNNING * RUNNING_ROUNDS && !span_equal(stems[0], stems[1]);
}

/* Remove a number that counts turns and does not distinguish speakers. text: of the candidate's
 * block. */
static void drop_running_number(struct survey *s, struct survey_candidate *c, struct span text)
{
    struct span stem, name;

    if (!may_run(s, c) || running_number(s->labels[c->label].key, &stem) < 0 ||
        (!span_equal(stem, s->running[0]) && !span_equal(stem, s->running[1])))
        return;
    name = span_of(text.data + c->name_byte, c->name_end - c->name_byte);
    while (name.length > 0) {
        size_t last = utf8_floor(name.data, name.length, name.length - 1);
        uint32_t cp;

        utf8_decode(name.data + last, name.length - last, &cp);
        if (!folded_is_digit(folded_code_point(cp)))
            break;
        name.length = last;
    }
    name = span_trim(name);
    if (name.length == 0)
        return;
    c->label = intern_label(s, stem, name, c->shape);
    c->name_end = c->name_byte + name.length;
    c->role_byte = c->role_end = c->name_end;
}

/* ------------------------------------------------------------------ words around names */

enum { COMMON_WORDS_MAX = 3, COMMON_NAMES_MIN = 3 };

static struct span name_of(const struct survey *s, const struct survey_candidate *c)
{
    return span_of(s->blocks[c->block].text.data + c->name_byte, c->name_end - c->name_byte);
}

/* The first or the last `words` words of a name; empty if nothing else is in it. */
static struct span some_words(struct span name, size_t words, bool front)
{
    size_t at = front ? 0 : name.length;

    while (words > 0 && at < name.length + !front && !(at == 0 && !front)) {
        if (front) {
            at++;
            words -= at == name.length || name.data[at] == ' ';
        } else {
            at--;
            words -= at == 0 || name.data[at - 1] == ' ';
        }
    }
    if (words > 0 || (front ? at >= name.length : at == 0))
        return span_of(name.data, 0);
    return front ? span_of(name.data, at) : span_skip(name, at);
}

/* "by" at the end of "Posted by": what is no name ends or begins in lower case there. */
static bool is_beside_names(struct span words, bool front)
{
    const char *blank = front ? memrchr(words.data, ' ', words.length) : NULL;
    struct span word = blank != NULL ? span_skip(words, (size_t)(blank + 1 - words.data))
                                     : words;
    size_t i;

    for (i = 0; i < word.length && word.data[i] != ' '; i++)
        if (word.data[i] < 'a' || word.data[i] > 'z')
            return false;
    return i > 1;
}

/* The words with which all names of a row begin or end. */
static struct span common_words(const struct survey *s, const struct survey_row *row,
                                bool front)
{
    struct span found = {"", 0};
    size_t words, i;

    for (words = 1; words <= COMMON_WORDS_MAX; words++) {
        struct span first = some_words(name_of(s, &s->candidates[row->members[0]]), words,
                                       front);

        for (i = 0; i < row->count && first.length > 0; i++)
            if (!span_equal(first, some_words(name_of(s, &s->candidates[row->members[i]]),
                                              words, front)))
                first.length = 0;
        if (first.length == 0)
            break;
        if (is_beside_names(first, front))
            found = first;
    }
    return found;
}

/* Whether these words are in a name, at this byte, with more beside them. */
static bool is_beside(struct span name, struct span words, size_t at)
{
    return words.length > 0 && name.length > words.length + 1 &&
           memcmp(name.data + at, words.data, words.length) == 0;
}

/* A key has no blanks. */
static size_t bytes_in_key(struct span words)
{
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < words.length; i++)
        bytes += words.data[i] != ' ';
    return bytes;
}

static void drop_common_words(struct survey *s, struct survey_candidate *c, struct span text)
{
    struct span name = span_of(text.data + c->name_byte, c->name_end - c->name_byte);
    struct span key;
    size_t front = 0, back = 0;

    if (c->label == SURVEY_NONE || c->role_end > c->role_byte)
        return;
    if (is_beside(name, s->common_front, 0))
        front = s->common_front.length;
    if (name.length > front + s->common_back.length &&
        is_beside(name, s->common_back, name.length - s->common_back.length))
        back = s->common_back.length;
    if (front + back == 0)
        return;
    key = s->labels[c->label].key;
    name = span_trim(span_of(name.data + front, name.length - front - back));
    c->name_byte = (size_t)(name.data - text.data);
    c->name_end = c->name_byte + name.length;
    c->role_byte = c->role_end = c->name_end;
    front = front > 0 ? bytes_in_key(s->common_front) : 0;
    back = back > 0 ? bytes_in_key(s->common_back) : 0;
    if (key.length > front + back)
        c->label = intern_label(s, span_of(key.data + front, key.length - front - back), name,
                                c->shape);
}

/* "ada wrote on 12 April, 10:32", "Posted by ada at 10:32": if all names of two people or more
 * have the same words in lower case beside them, these are no part of the names. */
static void find_common_words(struct survey *s)
{
    size_t row, i;

    for (i = 0; i < s->candidate_count; i++)
        if ((survey_layout_row(s, &s->rows[s->candidates[i].row])->traits &
             LAYOUT_TIME_INSIDE) != 0)
            drop_common_words(s, &s->candidates[i], s->blocks[s->candidates[i].block].text);
    for (row = 0; row < s->row_count; row++) {
        const struct survey_row *r = &s->rows[row];
        bool several = false;

        if (s->common_front.length + s->common_back.length > 0)
            return;
        if ((survey_layout_row(s, r)->traits & LAYOUT_TIME_INSIDE) == 0 ||
            r->count < COMMON_NAMES_MIN)
            continue;
        for (i = 1; i < r->count; i++)
            several |= s->candidates[r->members[i]].label != s->candidates[r->members[0]].label;
        if (!several)
            continue;
        s->common_front = keep(&s->keys, common_words(s, r, true));
        s->common_back = keep(&s->keys, common_words(s, r, false));
        for (i = 0; i < r->count; i++)
            drop_common_words(s, &s->candidates[r->members[i]],
                              s->blocks[s->candidates[r->members[i]].block].text);
    }
}

static void put(struct survey *s, const struct line *line, size_t layout,
                struct layout_hit *hit)
{
    unsigned traits = s->layouts[layout].row->traits;
    struct label_place label = hit->label;
    struct label_parts parts = {label, {label.end, label.end}};
    struct survey_candidate c = {.block = (uint32_t)s->block_count, .label = SURVEY_NONE};
    struct survey_block *block = &s->blocks[s->block_count];

    if ((traits & (LAYOUT_WORDS | LAYOUT_DASH)) == 0 &&
        !read_label(s, line, layout, hit, &c, &label, &parts))
        return;
    /* A bold label is the same with or without a time. */
    c.row = intern_row(s, layout, (traits & LAYOUT_BOLD) != 0 ? LINE_UNTIMED : line->form,
                       line->bullet != 0, dress_of(line, hit, traits));
    c.label_byte = line->front.at[label.start];
    c.label_end = line->front.at[label.end];
    c.name_byte = line->front.at[parts.name.start];
    c.name_end = line->front.at[parts.name.end];
    c.role_byte = line->front.at[parts.role.start];
    c.role_end = hit->role_end_byte > 0 ? hit->role_end_byte : line->front.at[parts.role.end];
    c.text_byte = hit->text_byte;
    c.text_end = hit->text_end;
    c.has_time = hit->has_time;
    c.time = hit->time;
    if (s->running[0].length > 0)
        drop_running_number(s, &c, line->text);
    if (s->settled && (traits & LAYOUT_TIME_INSIDE) != 0)
        drop_common_words(s, &c, line->text);
    MEMORY_RESERVE(s->candidates, s->candidate_capacity, s->candidate_count + 1);
    s->candidates[s->candidate_count++] = c;
    block->candidate_count++;
}

static void fill_block(struct survey_block *b, const struct line *line)
{
    b->kind = line->kind;
    b->level = line->level;
    b->indent = line->indent;
    b->columns = line->columns;
    b->gap = line->gap;
    b->ruled = line->ruled;
    b->next_gap = true;
    b->joins = line->joins;
    b->ends_sentence = folded_ends_sentence(span_of(line->text.data, line->end_byte));
    b->only_time = line->only_time;
    b->has_tail = line->has_tail;
    b->form = line->form;
    b->lead = line->lead;
    b->tail = line->tail;
    b->bullet = line->bullet;
    b->body_byte = line->front.at[line->body];
    b->start_byte = line->front.at[line->start];
    b->end_byte = line->end_byte;
    b->number = line->number;
}

/* ------------------------------------------------------------------ one blank after the label
 * */

/* The front of a block, up to the first, second and third blank of which it may have a label.
 */
struct heads {
    uint32_t block;
    bool marked;
    struct folded front; /* from the label on */
    size_t count;
    const uint8_t *end; /* of each word */
    const uint8_t *next;
};

/* How often a head occurs. */
struct head_count {
    uint64_t key;
    uint32_t count; /* 0: free */
};

/* A table with open addressing, never more than half full. */
struct head_counts {
    struct head_count *slots; /* owned */
    size_t capacity;          /* a power of two */
};

/* Find the words at a block's head. Returns the position behind what was looked at. */
static size_t find_words(struct survey_block *b, const struct folded *f, size_t start)
{
    size_t at = start;
    int depth = 0;

    b->head_count = 0;
    while (b->head_count <= SURVEY_HEADS && at - start < HEAD_CHARACTERS && f->cp[at] != 0) {
        uint32_t cp = f->cp[at];

        if (folded_is_usual_letter(cp)) {
            size_t next = folded_skip_usual_letters(f, at);

            at = next < start + HEAD_CHARACTERS ? next : start + HEAD_CHARACTERS;
            continue;
        }
        depth += cp == '(';
        depth -= cp == ')' && depth > 0;
        if (cp == 0x3002 || cp == '"')
            break;
        if (depth == 0 && folded_is_blank(cp)) {
            b->head_end[b->head_count] = (uint8_t)(at - start);
            while (folded_is_blank(f->cp[at]))
                at++;
            b->head_next[b->head_count++] = (uint8_t)(at - start);
            continue;
        }
        at++;
    }
    return at;
}

/* The hash of a head, without brackets at its end, whose text changes. */
static uint64_t head_key(const struct folded *f, struct label_place place, bool marked)
{
    if (place.end > place.start && f->cp[place.end - 1] == ')') {
        size_t open = place.end;

        while (open > place.start && f->cp[open - 1] != '(')
            open--;
        if (open > place.start + 1)
            place.end = open - 1;
    }
    return hash_seeded(f->cp + place.start, (place.end - place.start) * sizeof *f->cp) ^ marked;
}

static bool begins_in_cjk(const struct survey_block *b)
{
    return b->start_byte < b->text.length && (unsigned char)b->text.data[b->start_byte] >= 0xE3;
}

/* The keys of the words at a block's head. */
static void find_head_keys(struct survey_block *b, const struct folded *f, size_t start)
{
    size_t words;

    for (words = 1; words <= SURVEY_HEADS && words <= b->head_count; words++)
        b->head_keys[words - 1] = head_key(
            f, (struct label_place){start, start + b->head_end[words - 1]}, b->bullet != 0);
}

static void find_head_words(struct survey_block *b, const struct line *line, bool settled)
{
    const struct folded *front = &line->front;
    size_t start = line->start;
    struct folded rest;

    if (find_words(b, front, start) == front->count && !front->whole) {
        folded_front(&rest, b->text, b->start_byte); /* what was folded ends before them */
        front = &rest;
        start = 0;
        find_words(b, front, start);
    }
    if (!settled && (b->bullet != 0 || b->form != LINE_UNTIMED || begins_in_cjk(b)))
        find_head_keys(b, front, start);
}

/* Up to the first character after so many of its words. */
static void find_heads(struct heads *h, const struct survey_block *b, uint32_t block,
                       size_t words)
{
    h->block = block;
    h->marked = b->bullet != 0;
    h->count = b->head_count;
    h->end = b->head_end;
    h->next = b->head_next;
    folded_front_some(&h->front, b->text, b->start_byte,
                      words > 0 ? b->head_next[words - 1] + 1u : 0);
}

static const struct head_count *count_head(struct head_counts *counts, uint64_t key)
{
    size_t at = (size_t)key & (counts->capacity - 1);

    while (counts->slots[at].count > 0 && counts->slots[at].key != key)
        at = (at + 1) & (counts->capacity - 1);
    counts->slots[at].key = key;
    counts->slots[at].count++;
    return &counts->slots[at];
}

static void head_counts_init(struct head_counts *counts, size_t heads)
{
    counts->capacity = 2;
    while (counts->capacity < heads * 2)
        counts->capacity *= 2;
    counts->slots = memory_zalloc(counts->capacity, sizeof *counts->slots);
}

/* How often a block's heads of one, two and three words recur. */
struct block_heads {
    const struct head_count *counts[SURVEY_HEADS];
    uint8_t count; /* of its heads; stops at one more than is counted */
    uint8_t picked;
    bool marked;
    bool surveyed;
};

/* How many words of the line are its label: the head that recurs most; 0 for none. */
static uint8_t pick_head(const struct block_heads *h)
{
    uint8_t best = 0;
    uint32_t best_count = 0;

    for (uint8_t words = 1; words <= SURVEY_HEADS && words <= h->count; words++) {
        uint32_t count = h->counts[words - 1]->count;

        if (count >= 2 && (best == 0 || count >= best_count ||
                           (h->marked && count * 2 >= best_count && words <= 2))) {
            best = words;
            best_count = count;
        }
    }
    return best;
}

static void put_head(struct survey *s, const struct heads *h, size_t words, bool any_script)
{
    struct survey_block *b = &s->blocks[h->block];
    struct label_place label = label_trim(&h->front,
                                          (struct label_place){0, h->end[words - 1]});
    struct label_context context = {
        .timed = false, .bracketed = h->marked, .marked = h->marked};
    struct survey_candidate c = {.block = h->block};
    struct judgement j;
    size_t i;

    if (label.end <= label.start || label.end > 30)
        return;
    for (i = label.start; i < label.end; i++) {
        uint32_t cp = h->front.cp[i];

        if (cp == 0x3001 || cp == ',' || cp == ':')
            return;
    }
    if (folded_is_digit(h->front.cp[label.start]) && !begins_with_seat(&h->front, label))
        return;
    if (!h->marked) {
        bool cjk = false;

        /* "如果 AI 能…": a blank between scripts ends no label, unless a time precedes it. */
        if (b->form == LINE_UNTIMED && (folded_is_digit(h->front.cp[h->next[words - 1]]) ||
                                        (folded_is_letter(h->front.cp[h->next[words - 1]]) &&
                                         !folded_is_cjk(h->front.cp[h->next[words - 1]]))))
            return;

        for (i = label.start; i < label.end; i++)
            cjk |= folded_is_cjk(h->front.cp[i]);
        if (!(cjk || (any_script && b->form != LINE_UNTIMED)) || label.end > 20)
            return;
        buffer_clear(&s->key);
        label_append(&h->front, label, &s->key);
        if (folded_ends_sentence(span_of(s->key.data, s->key.bytes)))
            return;
    }
    j = recall_label(s, &h->front, b->text, label, &context, true);
    if (!j.is_label)
        return;
    c.shape = j.shape;
    c.label = j.label;
    c.row = intern_row(s, LAYOUT_SPACE, b->form, h->marked, 0);
    c.label_byte = h->front.at[label.start];
    c.label_end = h->front.at[label.end];
    c.name_byte = h->front.at[j.parts.name.start];
    c.name_end = h->front.at[j.parts.name.end];
    c.role_byte = h->front.at[j.parts.role.start];
    c.role_end = h->front.at[j.parts.role.end];
    c.text_byte = h->front.at[h->next[words - 1]];
    c.text_end = b->end_byte;
    MEMORY_RESERVE(s->candidates, s->candidate_capacity, s->candidate_count + 1);
    s->candidates[s->candidate_count++] = c;
}

static bool is_marked_usual(const struct survey *s)
{
    size_t marked = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++)
        marked += s->blocks[i].bullet != 0;
    return marked >= 2;
}

static bool may_begin_with_head(const struct survey_block *b, bool bullets, bool any_script)
{
    if (b->only_time || b->kind != BLOCK_PARAGRAPH || b->start_byte >= b->text.length ||
        b->bullet == LINE_NEW_VOICE)
        return false;
    return b->bullet != 0 ? bullets
                          : begins_in_cjk(b) || (any_script && b->form != LINE_UNTIMED);
}

/* "18:22 Momo 好" beside "18:20 阿寬 八點": where names in CJK letters follow the times of a
 * chat, other names do so too. */
static bool are_timed_names_cjk(const struct survey *s)
{
    size_t found = 0;
    size_t i;

    for (i = 0; i < s->block_count && found < TIMED_CJK_MIN; i++)
        found += s->blocks[i].form != LINE_UNTIMED && !s->blocks[i].only_time &&
                 begins_in_cjk(&s->blocks[i]);
    return found == TIMED_CJK_MIN;
}

enum head_place { HEADS_PLAIN, HEADS_MARKED, HEADS_TIMED, HEAD_PLACES };

static enum head_place place_of_head(const struct survey_block *b)
{
    return b->bullet != 0 ? HEADS_MARKED : b->form != LINE_UNTIMED ? HEADS_TIMED : HEADS_PLAIN;
}

/* 총무팀 배은솔 주무관: how many words a Korean label met once has, which ends with an office;
 * `usual` without one. */
static uint8_t words_up_to_office(const struct survey_block *b, uint8_t usual)
{
    uint8_t words;

    for (words = 2; words <= SURVEY_HEADS && words <= b->head_count; words++) {
        size_t start = b->head_next[words - 2];
        struct buffer text = {0};
        struct heads h;
        bool office;

        find_heads(&h, b, 0, words);
        label_append(&h.front, (struct label_place){start, b->head_end[words - 1]}, &text);
        office = h.front.cp[start] >= 0xAC00 && h.front.cp[start] <= 0xD7A3 &&
                 vocabulary_is_title(span_of(buffer_string(&text), text.bytes));
        buffer_release(&text);
        if (office)
            return words;
    }
    return usual;
}

/* How many words of a line without a bullet are an office, or a seat and a name: 町長, ３番
 * 河原一郎. */
static uint8_t office_words(const struct survey_block *b)
{
    struct buffer text = {0};
    struct heads h;
    struct label_place first;
    uint8_t words = 0;

    if (b->head_count == 0 || b->bullet != 0 || b->form != LINE_UNTIMED)
        return 0;
    find_heads(&h, b, 0, b->head_count > 1 ? 2 : 1);
    first = (struct label_place){0, h.end[0]};
    label_append(&h.front, first, &text);
    if (vocabulary_has_title(span_of(buffer_string(&text), text.bytes)))
        words = 1;
    else if (b->head_count > 1 && begins_with_seat(&h.front, first))
        words = 2;
    buffer_release(&text);
    return words;
}

/* Whether every label without a bullet that recurs is an office. */
static bool are_heads_offices(const struct survey *s, const struct block_heads *all)
{
    size_t lines = 0;
    size_t i;

    for (i = 0; i < s->block_count; i++) {
        if (!all[i].surveyed || all[i].marked || all[i].picked == 0 ||
            s->blocks[i].form != LINE_UNTIMED)
            continue;
        lines++;
        if (office_words(&s->blocks[i]) != all[i].picked)
            return false;
    }
    return lines >= OFFICE_LINES_MIN;
}

/* A label followed by one blank looks like any words; it is a label if it recurs, or if it is
 * an office and all that recur are. */
static void find_one_blank(struct survey *s)
{
    struct head_counts counts;
    bool bullets = is_marked_usual(s);
    bool any_script = are_timed_names_cjk(s);
    size_t by_words[HEAD_PLACES][SURVEY_HEADS + 1] = {{0}};
    size_t usual[HEAD_PLACES] = {1, 1, 1};
    bool timed_names, offices;
    struct block_heads *all = memory_zalloc(s->block_count + 1, sizeof *all);
    struct heads h;
    size_t i, words;

    head_counts_init(&counts, s->block_count * SURVEY_HEADS);
    for (i = 0; i < s->block_count; i++) {
        struct block_heads *heads = &all[i];

        if (!may_begin_with_head(&s->blocks[i], bullets, any_script))
            continue;
        heads->surveyed = true;
        heads->count = s->blocks[i].head_count;
        heads->marked = s->blocks[i].bullet != 0;
        for (words = 1; words <= SURVEY_HEADS && words <= heads->count; words++)
            heads->counts[words - 1] = count_head(&counts, s->blocks[i].head_keys[words - 1]);
    }
    for (i = 0; i < s->block_count; i++) {
        if (!all[i].surveyed)
            continue;
        all[i].picked = pick_head(&all[i]);
        by_words[place_of_head(&s->blocks[i])][all[i].picked]++;
    }
    for (i = 0; i < HEAD_PLACES; i++)
        for (words = 2; words <= SURVEY_HEADS; words++)
            if (by_words[i][words] > by_words[i][usual[i]])
                usual[i] = words;
    offices = are_heads_offices(s, all);
    timed_names = by_words[HEADS_TIMED][1] >= TIMED_NAMES_SHARE * by_words[HEADS_TIMED][0];
    for (i = 0; i < s->block_count; i++) {
        const struct block_heads *heads = &all[i];

        words = heads->picked;
        /* Where most names are a role and a name, a single recurring word is the role. */
        if (heads->marked && words == 1 &&
            by_words[HEADS_MARKED][2] > by_words[HEADS_MARKED][1] && heads->count > 2)
            words = 0;
        if (words == 0 && heads->marked && heads->count >= usual[HEADS_MARKED])
            words = words_up_to_office(&s->blocks[i], (uint8_t)usual[HEADS_MARKED]);
        /* Where nearly all times have a name after them, one met once is a name too. */
        if (words == 0 && timed_names && heads->surveyed && heads->count > 0 &&
            place_of_head(&s->blocks[i]) == HEADS_TIMED)
            words = 1;
        if (words == 0 && heads->surveyed && offices)
            words = office_words(&s->blocks[i]);
        if (words == 0)
            continue;
        find_heads(&h, &s->blocks[i], (uint32_t)i, words);
        put_head(s, &h, words, any_script);
    }
    free(counts.slots);
    free(all);
}

/* How many brackets a text leaves open; *open says how many were open before it. */
static int open_brackets(struct span text, int open)
{
    size_t i;

    for (i = 0; i < text.length; i++) {
        open += text.data[i] == '(' || text.data[i] == '[';
        open -= text.data[i] == ')' || text.data[i] == ']';
        if (open == 0 && i + 2 < text.length) /* words follow the bracket */
            return -1;
    }
    return open;
}

size_t survey_note_end(const struct survey *s, size_t first)
{
    const struct survey_block *b = &s->blocks[first];
    struct span text = folded_trim(b->text);
    size_t end = first + 1;
    int open;

    if (b->joins || text.length < 2 || (*text.data != '(' && *text.data != '['))
        return first;
    open = open_brackets(text, 0);
    for (; open > 0 && end < s->block_count && end < first + SURVEY_NOTE_LINES_MAX; end++) {
        if (s->blocks[end].gap || s->blocks[end].only_time)
            break;
        open = open_brackets(s->blocks[end].text, open);
    }
    return open == 0 && end > first + 1 ? end : first;
}

/* The lines of a note have no labels. */
static void find_long_notes(struct survey *s)
{
    size_t i, k;

    for (i = 0; i < s->block_count; i++)
        for (k = survey_note_end(s, i); k > i;)
            s->blocks[--k].in_note = true;
}

/* Undo what survey_finish found before. */
static void take_back_blanks(struct survey *s)
{
    size_t i;

    if (!s->finished)
        return;
    s->finished = false;
    s->candidate_count -= s->blank_count;
    s->blank_count = 0;
    for (i = 0; i < s->row_count; i++)
        s->rows[i].count = 0;
}

/* 老赵（擦汗）: the key without brackets at its end; empty if it has none. */
static struct span key_before_brackets(struct span key)
{
    size_t open = span_find(key, '(');

    if (key.length == 0 || key.data[key.length - 1] != ')' || open == 0 || open >= key.length)
        return span_of(key.data, 0);
    return span_of(key.data, open);
}

static struct label_index *find_label(const struct survey *s, struct span key)
{
    struct label_index *found = NULL;

    HASH_FIND(hh, s->index, key.data, key.length, found);
    return found;
}

uint32_t survey_find_label(const struct survey *s, struct span key)
{
    const struct label_index *found = find_label(s, key);

    return found != NULL ? found->label : SURVEY_NONE;
}

/* Whether some name occurs both with and without a manner in brackets: then all brackets that
 * do not recur hold manners, as in a play. */
static bool holds_manners(const struct survey *s)
{
    size_t i;

    for (i = 0; i < s->label_count; i++) {
        struct span stem = key_before_brackets(s->labels[i].key);
        const struct label_index *bare = stem.length > 0 ? find_label(s, stem) : NULL;

        if (bare != NULL && (unsigned char)*stem.data >= 0xE3 && !vocabulary_has_title(stem))
            return true;
    }
    return false;
}

static void merge_manners(struct survey *s)
{
    uint32_t *counts;
    size_t labels = s->label_count;
    size_t i;

    if (!holds_manners(s))
        return;
    counts = memory_zalloc(labels + 1, sizeof *counts);
    for (i = 0; i < s->candidate_count; i++)
        if (s->candidates[i].label < labels &&
            s->rows[s->candidates[i].row].layout == LAYOUT_COLON)
            counts[s->candidates[i].label]++;
    for (i = 0; i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];
        const struct survey_block *b = &s->blocks[c->block];
        struct span stem, name;
        size_t open;

        if (c->label >= labels || counts[c->label] != 1 ||
            s->rows[c->row].form != LINE_UNTIMED || c->role_end > c->role_byte)
            continue;
        stem = key_before_brackets(s->labels[c->label].key);
        name = span_of(b->text.data + c->name_byte, c->name_end - c->name_byte);
        for (open = 0; open < name.length; open++)
            if (name.data[open] == '(' || span_starts_with(span_skip(name, open), "（"))
                break;
        if (stem.length == 0 || open == 0 || open == name.length)
            continue;
        c->label = intern_label(s, stem, stem, c->shape);
        c->name_end = c->name_byte + open;
        c->role_byte = c->role_end = c->name_end;
    }
    free(counts);
}

/* "Ilse Brandt, Spokesperson" beside "Ilse Brandt": what follows a name that stands alone
 * elsewhere is what the person is. */
static void split_known_names(struct survey *s)
{
    size_t labels = s->label_count;
    size_t i;

    for (i = 0; i < s->candidate_count; i++) {
        struct survey_candidate *c = &s->candidates[i];
        const struct survey_block *b = &s->blocks[c->block];
        struct span name, key;
        const struct label_index *bare;
        size_t cut;

        if (c->label >= labels || c->role_end > c->role_byte)
            continue;
        name = span_of(b->text.data + c->name_byte, c->name_end - c->name_byte);
        cut = span_find(name, ',');
        if (span_find(name, '(') < cut)
            cut = span_find(name, '(');
        if (cut == name.length || span_find(name, ' ') > cut ||
            (name.data[cut] == '(' && name.data[name.length - 1] != ')'))
            continue;
        key = s->labels[c->label].key;
        bare = find_label(s, span_of(key.data, span_find(key, name.data[cut])));
        if (bare == NULL || bare->label == c->label)
            continue;
        c->label = bare->label;
        c->role_byte = c->name_byte + (uint32_t)cut + (name.data[cut] == ',');
        c->role_end = c->name_end;
        c->name_end = c->name_byte + (uint32_t)span_trim(span_of(name.data, cut)).length;
    }
}

bool survey_number_parts(const struct survey_block *b, struct span part[2])
{
    struct span rest = span_skip(b->text, b->start_byte);
    size_t which;

    for (which = 0; which < 2; which++) {
        size_t digits = 0;

        while (digits < rest.length && rest.data[digits] >= '0' && rest.data[digits] <= '9')
            digits++;
        if (digits == 0 || digits == rest.length || rest.data[digits] != ". "[which])
            return false;
        part[which] = span_of(rest.data, digits);
        rest = span_skip(rest, digits + 1);
    }
    return true;
}

static void find_running_numbers(struct survey *s)
{
    struct span stems[SURVEY_RUNNING];
    size_t i;

    if (!are_turns_numbered(s, stems))
        return;
    for (i = 0; i < SURVEY_RUNNING; i++)
        s->running[i] = keep(&s->keys, stems[i]);
    for (i = 0; i < s->candidate_count; i++)
        drop_running_number(s, &s->candidates[i], s->blocks[s->candidates[i].block].text);
}

/* "A:" is a person where nobody has a mark for questions and another letter recurs. */
static void unmark_answer_of_person(struct survey *s)
{
    uint32_t letter = survey_find_label(s, span_string("a"));
    uint32_t first = SURVEY_NONE;
    size_t i;

    if (letter == SURVEY_NONE)
        return;
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_QUESTION)
            return;
    for (i = 0; i < s->candidate_count; i++) {
        const struct survey_candidate *c = &s->candidates[i];

        if (c->label == SURVEY_NONE || c->label == letter ||
            s->labels[c->label].key.length != 1 || s->rows[c->row].layout != LAYOUT_COLON)
            continue;
        if (first != SURVEY_NONE) {
            s->labels[letter].mark = LABEL_OF_NONE;
            return;
        }
        first = c->label;
    }
}

/* F may be Frage or Fråga, and may be a person: the mark of a question where answers have a
 * mark as well, or where most of what it says asks. Q is hardly ever a person. */
static void drop_marks_of_people(struct survey *s)
{
    uint32_t label, i;

    unmark_answer_of_person(s);
    for (i = 0; i < s->label_count; i++)
        if (s->labels[i].mark == LABEL_OF_ANSWER)
            return;
    for (label = 0; label < s->label_count; label++) {
        struct survey_label *l = &s->labels[label];
        uint32_t cp = 0;
        size_t turns = 0, asking = 0;

        if (l->mark != LABEL_OF_QUESTION ||
            utf8_decode(l->key.data, l->key.length, &cp) != l->key.length || cp == 'q' ||
            folded_is_cjk(cp))
            continue;
        for (i = 0; i < s->candidate_count; i++) {
            if (s->candidates[i].label != label)
                continue;
            turns++;
            asking += folded_ends_in_question(survey_words(s, &s->candidates[i]));
        }
        if (asking * 2 >= turns)
            continue;
        l->mark = LABEL_OF_NONE;
        l->asks = false;
    }
}

void survey_finish(struct survey *s)
{
    size_t before, i;

    take_back_blanks(s);
    drop_marks_of_people(s);
    merge_manners(s);
    split_known_names(s);
    find_running_numbers(s);
    survey_times_find_clocks(s);
    find_long_notes(s);
    survey_times_find_labels(s);
    before = s->candidate_count;
    find_one_blank(s);
    s->blank_count = s->candidate_count - before;
    for (i = 0; i < s->candidate_count; i++) {
        struct survey_row *row = &s->rows[s->candidates[i].row];

        if (s->blocks[s->candidates[i].block].in_note)
            continue;
        MEMORY_RESERVE(row->members, row->capacity, row->count + 1);
        row->members[row->count++] = (uint32_t)i;
    }
    find_common_words(s);
    s->finished = true;
}

uint32_t survey_add_question(struct survey *s, size_t block)
{
    const struct survey_block *b = &s->blocks[block];
    struct survey_candidate c = {.block = (uint32_t)block,
                                 .label = SURVEY_NONE,
                                 .label_byte = b->start_byte,
                                 .label_end = b->start_byte,
                                 .name_byte = b->start_byte,
                                 .name_end = b->start_byte,
                                 .role_byte = b->start_byte,
                                 .role_end = b->start_byte,
                                 .text_byte = b->start_byte,
                                 .text_end = b->end_byte};

    c.row = intern_row(s, LAYOUT_DASHED, LINE_UNTIMED, false, 0);
    MEMORY_RESERVE(s->candidates, s->candidate_capacity, s->candidate_count + 1);
    s->candidates[s->candidate_count] = c;
    s->blank_count++;
    return (uint32_t)s->candidate_count++;
}

/* ------------------------------------------------------------------ blocks */

/* Of a settled survey: the longest known label that one blank follows. */
static void find_known_head(struct survey *s)
{
    const struct survey_block *b = &s->blocks[s->block_count];
    struct heads h;
    size_t words;

    if (b->only_time || b->kind != BLOCK_PARAGRAPH || b->start_byte >= b->text.length ||
        b->bullet == LINE_NEW_VOICE)
        return;
    words = b->head_count < SURVEY_HEADS ? b->head_count : SURVEY_HEADS;
    find_heads(&h, b, (uint32_t)s->block_count, words);
    for (; words > 0; words--) {
        size_t before = s->candidate_count;

        put_head(s, &h, words, true);
        if (s->candidate_count == before)
            continue;
        if (s->candidates[before].label < s->known_count &&
            s->known[s->candidates[before].label]) {
            s->blocks[s->block_count].candidate_count++;
            return;
        }
        s->candidate_count = before;
    }
}

static bool is_wanted(const struct survey *s, size_t layout)
{
    return !s->settled || s->wanted_layouts[layout];
}

/* "(Mr.": a bracket that the next line closes. */
static bool leaves_open(struct span text)
{
    const char *open = memrchr(text.data, '(', text.length);

    return open != NULL && memchr(open, ')', text.length - (size_t)(open - text.data)) == NULL;
}

/* Whether the last block may be the front of a label that its line had no room for: it begins
 * as names and offices do, and has a comma, or a bracket that it leaves open. */
static bool may_open_label(const struct survey *s, const struct block *next)
{
    const struct survey_block *b = s->block_count > 0 ? &s->blocks[s->block_count - 1] : NULL;
    uint32_t first = 0;
    size_t i;

    if (b == NULL || next->kind != BLOCK_PARAGRAPH || b->kind != BLOCK_PARAGRAPH ||
        !next->joins || next->blank_before || b->joins || b->form != LINE_UNTIMED ||
        b->bullet != 0 || b->only_time || (b->ends_sentence && !leaves_open(b->text)) ||
        b->columns > FOLDED_MAX || (!b->gap && s->block_count > 1 && !b[-1].ends_sentence))
        return false;
    utf8_decode(b->text.data, b->text.length, &first);
    if (!folded_is_upper(first) ||
        (memchr(b->text.data, ',', b->text.length) == NULL && !leaves_open(b->text)))
        return false;
    for (i = b->candidate; i < b->candidate + b->candidate_count; i++)
        if (s->rows[s->candidates[i].row].layout == LAYOUT_COLON ||
            s->rows[s->candidates[i].row].layout == LAYOUT_DOT)
            return false;
    return true;
}

/* Whether the two lines together begin with a sound label that ends in the second. */
static bool begins_with_long_label(struct survey *s, const struct block *both,
                                   size_t first_bytes)
{
    static const size_t layouts[] = {LAYOUT_COLON, LAYOUT_DOT};
    struct line line;
    size_t i;

    line_parse(&line, both);
    for (i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        const struct layout *layout = &s->layouts[layouts[i]];
        struct survey_candidate c = {.label = SURVEY_NONE};
        struct layout_hit hit;
        struct label_place label;
        struct label_parts parts;

        if (!is_wanted(s, layouts[i]) || !layout_may_match(layout, &line) ||
            !layout_match(layout, &line, &hit) ||
            (line.front.at[hit.label.end] <= first_bytes &&
             (layouts[i] != LAYOUT_DOT || hit.text_byte <= first_bytes + 1)))
            continue;
        label = hit.label;
        parts = (struct label_parts){label, {label.end, label.end}};
        if (read_label(s, &line, layouts[i], &hit, &c, &label, &parts) &&
            (s->labels[c.label].addressed || c.shape > LABEL_DOUBTFUL))
            return true;
    }
    return false;
}

/* "ANNA BIANCHI, Ministra dei" followed by "trasporti. Grazie.": put both into one block, which
 * replaces the last. False if they do not belong together. */
static bool join_label(struct survey *s, const struct block *block, struct block *both)
{
    const struct survey_block *last;
    struct buffer text = {0};
    size_t first_bytes;

    if (!may_open_label(s, block))
        return false;
    last = &s->blocks[s->block_count - 1];
    first_bytes = last->text.length;
    buffer_append(&text, last->text.data, last->text.length);
    buffer_append_char(&text, ' ');
    buffer_append(&text, block->text.data, block->text.length);
    *both = (struct block){.kind = BLOCK_PARAGRAPH,
                           .text = span_of(text.data, text.bytes),
                           .indent_columns = last->indent,
                           .blank_before = last->gap,
                           .rule_before = last->ruled,
                           .style = block->style,
                           .line = last->number};
    if (!begins_with_long_label(s, both, first_bytes)) {
        buffer_release(&text);
        return false;
    }
    both->text = keep(&s->texts, both->text);
    buffer_release(&text);
    s->candidate_count = last->candidate;
    s->text_bytes -= first_bytes;
    s->block_count--;
    return true;
}

bool survey_is_two_moments(struct span s)
{
    enum { COLUMNS_MAX = 60, OTHERS_MAX = 12 };
    size_t groups = 0, others = 0;

    if (!span_ends_with(s, "]") || folded_columns(s) > COLUMNS_MAX)
        return false;
    while (s.length > 0) {
        size_t close = *s.data == '[' ? span_find(s, ']') : 0;

        if (close > 1 && s.data[1] >= '0' && s.data[1] <= '9') {
            groups++;
            s = span_skip(s, close);
        } else {
            others += *s.data != ' ';
        }
        s = span_skip(s, 1);
    }
    return groups == 2 && others <= OTHERS_MAX;
}

/* The length of "答：", "【答】" or "A：" at the start of a text, and which mark it is; 0 for
 * none. */
static size_t take_inner_mark(struct span text, enum mark_kind *mark)
{
    static const char *const opens[] = {"【", "[", "［", "（", "(", "<", "〈"};
    static const char *const closes[] = {"】", "]", "］", "）", ")", ">", "〉"};
    static const char *const colons[] = {"：", ":"};
    struct span rest = text;
    size_t bracket, length, word;
    size_t i;

    for (bracket = 0; bracket < sizeof opens / sizeof *opens; bracket++)
        if (span_take(&rest, opens[bracket]))
            break;
    for (length = 0; length < rest.length && length <= INNER_MARK_BYTES; length++) {
        struct span end = span_skip(rest, length);

        for (i = 0; i < sizeof colons / sizeof *colons; i++)
            if (span_take(&end, bracket < sizeof closes / sizeof *closes ? closes[bracket]
                                                                         : colons[i])) {
                *mark = vocabulary_mark(span_of(rest.data, length), &word);
                return *mark != MARK_NONE ? text.length - end.length : 0;
            }
    }
    return 0;
}

/* "问：…？答：…。" in one paragraph: where the next mark begins, behind a sentence; the length
 * of the text if there is none. */
static size_t find_inner_mark(struct span text)
{
    static const char *const stops[] = {"。", "？", "！", "…", "”", "」", "?", "!", "."};
    enum mark_kind mark, other;
    size_t at = take_inner_mark(text, &mark);
    size_t i;

    while (at > 0 && at < text.length) {
        struct span rest = span_skip(text, at);
        size_t used = 1;

        for (i = 0; i < sizeof stops / sizeof *stops; i++)
            if (span_starts_with(rest, stops[i]))
                break;
        if (i < sizeof stops / sizeof *stops) {
            used = strlen(stops[i]);
            rest = folded_trim(span_skip(rest, used));
            if (take_inner_mark(rest, &other) > 0 && other != mark &&
                ((*stops[i] & 0x80) != 0 || (*rest.data & 0x80) != 0))
                return (size_t)(rest.data - text.data);
        }
        at += used;
    }
    return text.length;
}

static void add_block(struct survey *s, const struct block *block);

/* Take the first bytes off a block, with their bold and linked ranges; `ranges` has room for
 * all of these. */
static void drop_front_of_block(struct block *block, size_t bytes, struct block_range *ranges)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < block->range_count; i++) {
        struct block_range range = block->ranges[i];

        if (range.end <= bytes)
            continue;
        range.start = range.start > bytes ? range.start - (uint32_t)bytes : 0;
        range.end -= (uint32_t)bytes;
        ranges[count++] = range;
    }
    block->ranges = ranges;
    block->range_count = count;
    block->text = span_skip(block->text, bytes);
    block->blank_before = block->rule_before = block->joins = false;
    block->text_columns = 0;
}

/* "From Ana to Everyone: Hi" also fits the row without a receiver. */
static bool is_matched_above(const struct survey *s, const struct line *line, size_t layout)
{
    struct layout_hit hit;

    return (s->layouts[layout].row->traits & LAYOUT_SHORTER) != 0 &&
           layout_may_match(&s->layouts[layout - 1], line) &&
           layout_match(&s->layouts[layout - 1], line, &hit);
}

/* "- [ ] Ana: send the plan": an item of a list of tasks, which nobody says. */
static bool is_to_do(const struct block *block)
{
    static const char *const boxes[] = {"[ ] ", "[x] ", "[X] ", "☐", "☑", "☒", NULL};
    struct span rest = block->text;

    if (block->kind != BLOCK_LIST_ITEM)
        return false;
    if (rest.length > 2 && memchr("-*+", *rest.data, 3) != NULL && rest.data[1] == ' ')
        rest = span_skip(rest, 2);
    return span_starts_with_any(rest, boxes);
}

void survey_add(struct survey *s, const struct block *block)
{
    struct block rest = *block;
    struct block_range *ranges = NULL;
    size_t length;

    while (rest.kind == BLOCK_PARAGRAPH &&
           (length = find_inner_mark(rest.text)) < rest.text.length) {
        struct block part = rest;

        part.text = folded_trim(span_of(rest.text.data, length));
        part.text_columns = 0;
        add_block(s, &part);
        if (ranges == NULL)
            ranges = memory_alloc((block->range_count + 1) * sizeof *ranges);
        drop_front_of_block(&rest, length, ranges);
    }
    add_block(s, &rest);
    free(ranges);
}

/* Every layout that a line, the last block, may have. */
static void find_candidates(struct survey *s, const struct line *line)
{
    unsigned others = LAYOUT_ONE_BLANK | (line->form == LINE_UNTIMED ? LAYOUT_WORDS : 0u);
    size_t i;

    for (i = 0; i < s->layout_count; i++) {
        const struct layout *layout = &s->layouts[i];
        struct layout_hit hit;

        if ((layout->traits & others) == 0 && layout_may_match(layout, line) &&
            is_wanted(s, i) && layout_match(layout, line, &hit) &&
            !is_matched_above(s, line, i))
            put(s, line, i, &hit);
    }
}

static void add_block(struct survey *s, const struct block *block)
{
    struct line line;
    struct block both;
    struct survey_block *b;

    if (!s->settled)
        take_back_blanks(s);
    if (block->joins && join_label(s, block, &both))
        block = &both;
    line_parse(&line, block);
    MEMORY_RESERVE(s->blocks, s->block_capacity, s->block_count + 1);
    b = &s->blocks[s->block_count];
    *b = (struct survey_block){.text = keep(&s->texts, block->text),
                               .candidate = (uint32_t)s->candidate_count};
    fill_block(b, &line);
    b->signature = block->signature;
    b->heads_message = block->heads_message;
    b->bold = block->range_count > 0 && (block->ranges[0].style & BLOCK_BOLD) != 0 &&
              block->ranges[0].start <= b->start_byte;
    b->italic = line.italic;
    b->bold_byte = line.bold_byte;
    find_head_words(b, &line, s->settled);
    if (s->block_count > 0)
        b[-1].next_gap = b->gap;
    if (s->clock_lines)
        survey_times_take_clock(b);
    if (!survey_is_two_moments(block->text) && !is_to_do(block))
        find_candidates(s, &line);
    if (s->settled && is_wanted(s, LAYOUT_SPACE))
        find_known_head(s);
    s->block_count++;
    s->text_bytes += block->text.length;
}

void survey_settle(struct survey *s, const bool *rows, const bool *known)
{
    size_t i;

    s->settled = true;
    s->wanted_layouts = memory_zalloc(s->layout_count, sizeof *s->wanted_layouts);
    s->wanted_rows = memory_zalloc(s->row_count + 1, sizeof *s->wanted_rows);
    s->known = memory_zalloc(s->label_count + 1, sizeof *s->known);
    s->wanted_row_count = s->row_count;
    s->known_count = s->label_count;
    for (i = 0; i < s->row_count; i++) {
        s->wanted_rows[i] = rows[i];
        if (rows[i])
            s->wanted_layouts[s->rows[i].layout] = true;
    }
    for (i = 0; i < s->label_count; i++)
        s->known[i] = known[i];
}

void survey_again(struct survey *fresh, const struct survey *settled, size_t first)
{
    struct error err;
    size_t i;

    survey_init(fresh, NULL, &err); /* the layouts of the table are well formed */
    for (i = first; i < settled->block_count; i++) {
        const struct survey_block *b = &settled->blocks[i];
        struct block_range range = {.start = 0,
                                    .end = b->italic ? (uint32_t)b->text.length : b->bold_byte,
                                    .style = (b->bold_byte > 0 ? BLOCK_BOLD : 0u) |
                                             (b->italic ? BLOCK_ITALIC : 0u)};

        survey_add(fresh, &(struct block){.kind = b->kind,
                                          .level = b->level,
                                          .text = b->text,
                                          .ranges = &range,
                                          .range_count = range.style != 0,
                                          .indent_columns = b->indent,
                                          .text_columns = b->columns,
                                          .blank_before = b->gap,
                                          .rule_before = b->ruled,
                                          .joins = b->joins,
                                          .heads_message = b->heads_message,
                                          .style = "",
                                          .line = b->number});
    }
}

void survey_drop_front(struct survey *s, size_t blocks)
{
    struct survey_chunk *old = s->texts;
    size_t first, i;

    if (blocks > s->block_count)
        blocks = s->block_count;
    first = blocks < s->block_count ? s->blocks[blocks].candidate : s->candidate_count;
    s->texts = NULL;
    for (i = blocks; i < s->block_count; i++) {
        struct survey_block *b = &s->blocks[i - blocks];

        *b = s->blocks[i];
        b->text = keep(&s->texts, b->text);
        b->candidate -= (uint32_t)first;
    }
    for (i = first; i < s->candidate_count; i++) {
        s->candidates[i - first] = s->candidates[i];
        s->candidates[i - first].block -= (uint32_t)blocks;
    }
    s->block_count -= blocks;
    s->candidate_count -= first;
    free_chunks(old);
}
