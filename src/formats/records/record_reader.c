/* Reading blocks with the layout that was chosen.
 *
 * Invariant: `survey` holds the blocks from `position` on that were taken from the container;
 * `head` of them, at first, are those the choice was made from. `words` holds what was read of
 * the current turn and was not given out. A block is read only when the one after it is known,
 * or the end. */
#include "formats/records/record_reader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/language_guess.h"
#include "formats/containers/markdown_container.h"
#include "formats/containers/text_container.h"
#include "formats/readers.h"
#include "formats/records/front_matter.h"
#include "formats/records/record_times.h"
#include "formats/records/roster.h"
#include "formats/records/turn_kinds.h"
#include "formats/records/vocabulary.h"
#include "shilu/analysis/point_marker.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

enum {
    /* The head that is surveyed, of a file and of a pipe, in bytes of blocks. */
    HEAD_BYTES = 1 << 20,
    LONG_FILE_HEAD_BYTES = 1 << 18,
    REGION_BYTES = 1 << 18, /* of a long file, that are looked at before they are read */
    REGION_TURNS_SHARE = 8, /* turns are so much rarer than in the head where it was left */
    FRONT_SHARE = 8,        /* … and in its last third where only its front had them */
    AHEAD = 4,              /* blocks known beyond the one that is read */
    BATCH_BLOCKS = 256,     /* blocks read before the reader gives way */
    SEGMENT_BYTES = 1 << 20,
    HEADING_COLUMNS = 32, /* of a short line that is one, in East Asian text */
    CAPITALS_COLUMNS = 100,
    CENTRED_INDENT = 10,
    CENTRED_COLUMNS = 60,
    CENTRED_FAR = 20, /* also without blank lines around it */
    COLON_COLUMNS = 40,
    TITLE_COLUMNS = 64,
    TITLES_MAX = 3, /* one below the other */
    CLOSING_COLUMNS = 100,
    MOMENT_REST = 6, /* characters after a clock reading: " Uhr" */
    ROLE_COLUMNS = 70,
    ENDS_IN_STOPS_PERCENT = 85,
    DAY_LINE_REST = 22, /* characters beside the date of a line that begins a day */
    OWNER_LETTERS = 5,
    END_MATTER_TURNS = 4,
    STRONG_TURNS = 3, /* of Markdown whose markup names speakers */
    LANGUAGE_BYTES = 4096,
    CONFIDENCE_TEXT = 1, /* any text */
    BINARY_LOOKED_AT = 4096,
    BLOCK_PARTS_MAX = 12,
    QUOTED_LINES_MAX = 200,
    MOMENT_COLUMNS = 40, /* of a clock and what the meeting did then */
    MOMENT_WORDS_MAX = 4,
    END_MARK_BYTES = 24,
    FACT_NAME_MAX = 12,
    NUMBERED_FRONT = 6, /* characters of a number at the head of a line */
    AGENDA_ITEMS_MAX = 40,
    AGENDA_COLUMNS = 80
};

#define CERTAIN_SCORE 12.0f

struct speaker_of_label {
    char *name; /* owned, as first printed */
    char *role;
    uint32_t speaker; /* of the drafts, or SPEAKER_NONE */
};

/* Bytes [start, end) of a block. */
struct block_part {
    size_t start;
    size_t end;
};

enum phase { PHASE_START, PHASE_SURVEY, PHASE_READ };

struct record {
    const struct container_ops *ops;
    void *container;
    struct survey survey;
    struct choice choice;
    struct front_matter front;
    struct roster roster; /* those present, by the labels of the head */
    struct record_times times;
    struct turn_kinds kinds;
    enum phase phase;
    bool blocks_ended;
    bool left_out_reported;
    bool failed;         /* the container did, after its last block */
    struct error err;    /* why */
    bool chosen;         /* by the blocks in `head` */
    size_t head;         /* blocks that the choice was made from; 0 once they are read */
    size_t position;     /* the next block */
    size_t taken_bytes;  /* of the input, by detection */
    bool by_regions;     /* a long file: it may be laid out in another way further on */
    size_t judged;       /* blocks, up to which the layout was found to be right */
    size_t judged_bytes; /* of the blocks that were added up to there */
    struct speaker_of_label *speakers; /* owned, by label */
    size_t speaker_count;
    size_t speaker_capacity;

    /* Parts of the current block that went into the record. */
    struct span block_text;
    struct block_part parts[BLOCK_PARTS_MAX];
    size_t part_count;
    struct block_left_out lost;    /* what no part of the record took */
    struct block_left_out manners; /* in labels, beside name and role */

    /* The current turn. */
    struct buffer words;
    uint64_t *lines; /* owned: where each paragraph of `words` starts in the source */
    size_t line_count;
    size_t line_capacity;
    uint64_t line;            /* of the block at hand */
    struct buffer lone_label; /* the line of a label without words in it */
    uint32_t label;           /* SURVEY_NONE: nobody */
    bool in_turn;             /* what has no label goes on with it */
    bool in_quotation;        /* a message that its quotation mark ends */
    bool inset;               /* it stands within the turn of `resumed`, who goes on after it */
    uint32_t resumed;         /* label, or SURVEY_NONE */
    bool by_dash;
    bool asks_in_bold; /* … and bold is what stands for it */
    bool piece;        /* a recogniser's line, which may read on in a paragraph */
    bool unlabelled_answer;
    bool said; /* it has words, given out or not */
    bool asks;
    bool kind_known;
    enum segment_kind kind;
    int64_t start_ms;
    int64_t end_ms;
    int64_t turn_clock_ms; /* the clock beside its label, or TIME_NONE */
    int64_t last_end_ms;   /* of the turn before, where it is when this one starts */
    int64_t pending_ms;    /* a time on a line of its own, of what follows */
    int64_t pending_end_ms;
    bool times_below; /* such a line is below the words that it is of */
    bool complete; /* a moment has ended the turn: what follows without a label is nobody's */
    bool whole_turns;   /* moments are those of whole turns */
    bool wrapped;       /* lines go on in the next one */
    bool ends_in_stops; /* turns end as sentences do, nearly all */
    bool solid;         /* there are no blank lines */
    bool entities;      /* the words are as a page would print them: &amp; */
    bool answers_close; /* no blank line parts questions after dashes from answers */
    bool in_table;      /* the turn at hand is a row of a table */
    size_t tail; /* block of the head from which on nobody speaks; SIZE_MAX where unknown */
    size_t turns_in_head;
    size_t blocks_in_head;
    bool any_continued; /* turns of several blocks were seen in the head */
    bool date_known;
};

void *record_reader_open(const struct container_ops *container)
{
    struct record *r = memory_zalloc(1, sizeof *r);

    r->ops = container;
    r->container = container->open();
    r->label = SURVEY_NONE;
    r->start_ms = r->end_ms = r->last_end_ms = TIME_NONE;
    r->pending_ms = r->pending_end_ms = TIME_NONE;
    r->tail = SIZE_MAX;
    return r;
}

void record_reader_close(void *self)
{
    struct record *r = self;
    size_t i;

    r->ops->close(r->container);
    survey_release(&r->survey);
    choice_release(&r->choice);
    front_matter_release(&r->front);
    roster_release(&r->roster);
    turn_kinds_release(&r->kinds);
    for (i = 0; i < r->speaker_count; i++) {
        free(r->speakers[i].name);
        free(r->speakers[i].role);
    }
    free(r->speakers);
    free(r->lines);
    buffer_release(&r->words);
    buffer_release(&r->lone_label);
    free(r);
}

/* ------------------------------------------------------------------ conservation */

/* These words of the current block are in the record. */
static void keep_part(struct record *r, size_t start, size_t end)
{
    if (start < end && r->part_count < BLOCK_PARTS_MAX)
        r->parts[r->part_count++] = (struct block_part){start, end};
}

static void keep_words(struct record *r, struct span words)
{
    const char *block = r->block_text.data;

    if (block != NULL && words.data >= block && words.data < block + r->block_text.length)
        keep_part(r, (size_t)(words.data - block), (size_t)(words.data - block) + words.length);
}

static void keep_block(struct record *r)
{
    keep_part(r, 0, r->block_text.length);
}

/* Letters of the block that went nowhere. */
static uint64_t count_lost(const struct record *r)
{
    uint64_t lost = 0;
    size_t at = 0;

    while (at < r->block_text.length) {
        size_t next = r->block_text.length;
        size_t end = 0;
        size_t i;

        for (i = 0; i < r->part_count; i++) {
            if (r->parts[i].start <= at && r->parts[i].end > at)
                end = r->parts[i].end;
            else if (r->parts[i].start > at && r->parts[i].start < next)
                next = r->parts[i].start;
        }
        if (end > 0) {
            at = end;
            continue;
        }
        while (at < next) {
            uint32_t cp;

            at += utf8_decode(r->block_text.data + at, next - at, &cp);
            lost += folded_is_letter(folded_code_point(cp));
        }
    }
    return lost;
}

/* ------------------------------------------------------------------ speakers */

static const struct survey_block *block_at(const struct record *r, size_t i)
{
    return &r->survey.blocks[i];
}

static struct span part_of(const struct survey_block *b, size_t from, size_t to)
{
    return folded_trim(span_of(b->text.data + from, to > from ? to - from : 0));
}

/* White space of any kind as one blank; between East Asian characters of a name, none. */
static char *tidy(struct span name)
{
    struct buffer out = {0};
    struct span rest;

    /* 主　席: letters set apart to fill the line. */
    for (rest = name;
         rest.length > 3 && (unsigned char)*rest.data >= 0xE3 &&
         (span_starts_with(span_skip(rest, 3), "\xE3\x80\x80") || rest.data[3] == ' ');) {
        rest = folded_trim(span_skip(rest, 3));
    }
    if (rest.length == 3 && rest.data != name.data && (unsigned char)*rest.data >= 0xE4) {
        for (rest = name; rest.length > 0; rest = folded_trim(span_skip(rest, 3)))
            buffer_append(&out, rest.data, 3);
        return buffer_take(&out);
    }

    emit_squeeze(&out, name.data, name.length);
    return buffer_take(&out);
}

/* "Sandwick) (LD": what stood in two pairs of brackets. */
static char *tidy_role(struct span role)
{
    char *text = tidy(role);
    char *at;

    while ((at = strstr(text, ") (")) != NULL) {
        *at = ',';
        memmove(at + 2, at + 3, strlen(at + 3) + 1);
    }
    return text;
}

/* Q1 is Q: the number counts questions. */
static struct span without_number(const struct survey_label *label, struct span name)
{
    if (label->mark == LABEL_OF_NONE)
        return name;
    while (name.length > 1) {
        uint32_t last = (unsigned char)name.data[name.length - 1];

        if ((last >= '0' && last <= '9') || last == ' ')
            name.length--;
        else if (name.length > 3 && memcmp(name.data + name.length - 3, "０", 2) == 0 &&
                 (unsigned char)name.data[name.length - 1] <= 0x99)
            name.length -= 3;
        else
            break;
    }
    return folded_trim(name);
}

static struct speaker_of_label *speaker_slot(struct record *r, uint32_t label)
{
    while (r->speaker_count <= label) {
        MEMORY_RESERVE(r->speakers, r->speaker_capacity, r->speaker_count + 1);
        r->speakers[r->speaker_count++] = (struct speaker_of_label){.speaker = SPEAKER_NONE};
    }
    return &r->speakers[label];
}

static uint32_t speaker_of(struct record *r, struct reader_context *context,
                           const struct survey_candidate *c)
{
    const struct survey_block *b = block_at(r, c->block);
    struct speaker_of_label *slot;
    struct span name = part_of(b, c->name_byte, c->name_end);
    struct span role = part_of(b, c->role_byte, c->role_end);
    const struct roster_person *person;

    if (c->label == SURVEY_NONE)
        return SPEAKER_NONE;
    slot = speaker_slot(r, c->label);
    if (survey_is_unknown(&r->survey, c->label))
        return SPEAKER_NONE;
    if (slot->speaker != SPEAKER_NONE && (role.length == 0 || slot->role != NULL))
        return slot->speaker;
    person = roster_person_of(&r->roster, c->label);
    if (slot->name == NULL && person != NULL && person->shortened)
        slot->name = memory_strdup(person->name);
    if (slot->role == NULL && role.length == 0 && person != NULL && person->role != NULL)
        slot->role = memory_strdup(person->role);
    if (slot->name == NULL) {
        name = without_number(&r->survey.labels[c->label], name);
        slot->name = tidy(name);
    }
    if (role.length > 0) {
        free(slot->role);
        slot->role = tidy_role(role);
    }
    if (slot->role != NULL)
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    else
        slot->speaker = emit_speaker(context, slot->name, strlen(slot->name));
    return slot->speaker;
}

static uint32_t unnamed_speaker(const struct record *r, struct reader_context *context,
                                bool asks)
{
    return drafts_speaker(context->drafts,
                          &(struct speaker_label){.name = !asks             ? "A"
                                                          : r->asks_in_bold ? "Q"
                                                                            : "――"});
}

/* ------------------------------------------------------------------ segments */

/* 0 if nobody asks for lines. */
static uint32_t line_for(const struct reader_context *context, uint64_t line)
{
    return drafts_line(context->drafts) > 0 ? (uint32_t)line : 0;
}

static void begin_paragraph(struct record *r)
{
    MEMORY_RESERVE(r->lines, r->line_capacity, r->line_count + 1);
    r->lines[r->line_count++] = r->line;
}

static bool give_words(struct record *r, struct reader_context *context, struct span words,
                       uint32_t speaker, uint64_t line, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    draft.line = line_for(context, line);
    draft.text = words.data;
    draft.text_bytes = words.length;
    draft.speaker = speaker;
    draft.start_ms = r->start_ms;
    draft.end_ms = r->end_ms;
    draft.kind = r->kind;
    draft.piece = r->piece;
    r->start_ms = r->end_ms = TIME_NONE;
    return emit_segment(context, &draft, err);
}

/* What was posted at one moment is one segment; else each paragraph is one, the first of which
 * has the time. An end is that of the last. */
static bool give(struct record *r, struct reader_context *context, uint32_t speaker,
                 struct error *err)
{
    struct span rest = span_of(r->words.data, r->words.bytes);
    int64_t end_ms = r->end_ms;
    size_t paragraphs = 0;
    bool ok = true;

    if (r->whole_turns)
        ok = give_words(r, context, rest, speaker, r->lines[0], err);
    while (ok && !r->whole_turns && rest.length > 0) {
        struct span paragraph = span_take_until(&rest, '\n');

        r->end_ms = rest.length == 0 ? end_ms : TIME_NONE;
        ok = give_words(r, context, paragraph, speaker, r->lines[paragraphs], err);
        paragraphs += paragraphs + 1 < r->line_count;
    }
    buffer_clear(&r->words);
    r->line_count = 0;
    r->start_ms = r->end_ms = TIME_NONE;
    return ok;
}

/* Give out the current turn; its speaker stays. */
static bool flush(struct record *r, struct reader_context *context, struct error *err)
{
    uint32_t speaker = SPEAKER_NONE;

    if (r->words.bytes == 0) {
        r->asks = false;
        return true;
    }
    if (!r->kind_known) {
        struct span words = span_of(r->words.data, r->words.bytes);
        bool asks = r->asks || folded_asks(words) ||
                    (r->label != SURVEY_NONE && r->survey.labels[r->label].member &&
                     folded_requests(words));

        if (r->by_dash)
            r->kind = SEGMENT_QUESTION;
        else if (r->unlabelled_answer)
            r->kind = SEGMENT_ANSWER;
        else
            r->kind = turn_kinds_next(
                &r->kinds, &r->survey, r->label, asks,
                vocabulary_only_thanks(span_of(r->words.data, r->words.bytes)));
        if (r->by_dash)
            r->kinds.asked = true;
        r->kind_known = true;
    }
    if (r->label != SURVEY_NONE)
        speaker = r->speakers[r->label].speaker;
    else if (r->by_dash || r->unlabelled_answer)
        speaker = unnamed_speaker(r, context, r->by_dash);
    return give(r, context, speaker, err);
}

/* What nobody says: a heading, a note, a line of front matter. */
static bool give_unsaid(struct record *r, struct reader_context *context, struct span text,
                        bool heading, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    keep_words(r, text);
    if (!flush(r, context, err))
        return false;
    draft.text = text.data;
    draft.text_bytes = text.length;
    draft.kind = heading ? SEGMENT_HEADING : SEGMENT_UNKNOWN;
    draft.line = line_for(context, r->line);
    return emit_segment(context, &draft, err);
}

/* The same with the moment at its end, if there is one. */
static bool give_posted(struct record *r, struct reader_context *context,
                        const struct survey_block *b, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;

    if (!b->has_tail)
        return give_unsaid(r, context, b->text, false, err);
    if (!flush(r, context, err))
        return false;
    keep_block(r);
    draft.text = b->text.data;
    draft.text_bytes = b->end_byte;
    draft.start_ms = record_times_start(&r->times, &b->tail, &draft.end_ms);
    draft.line = line_for(context, r->line);
    return emit_segment(context, &draft, err);
}

static void end_turn(struct record *r)
{
    r->label = SURVEY_NONE;
    r->in_turn = r->by_dash = r->unlabelled_answer = r->said = r->inset = false;
    r->kind_known = false;
    r->complete = false;
    r->kind = SEGMENT_UNKNOWN;
}

/* The length of a reference to a character that every page's writer makes, and the character;
 * 0 for anything else. */
static size_t entity_bytes(struct span text, char *character)
{
    static const struct {
        const char *name;
        char character;
    } entities[] = {{"&amp;", '&'},  {"&lt;", '<'},   {"&gt;", '>'},
                    {"&quot;", '"'}, {"&#39;", '\''}, {"&#x27;", '\''}};
    size_t i;

    for (i = 0; i < sizeof entities / sizeof *entities; i++)
        if (span_starts_with(text, entities[i].name)) {
            if (character != NULL)
                *character = entities[i].character;
            return strlen(entities[i].name);
        }
    return 0;
}

/* Replace the references in the last words, from a byte of them on. */
static void resolve_entities(struct buffer *words, size_t from)
{
    size_t to = from;

    while (from < words->bytes) {
        char character = words->data[from];
        size_t bytes = entity_bytes(span_of(words->data + from, words->bytes - from),
                                    &character);

        words->data[to++] = character;
        from += bytes > 0 ? bytes : 1;
    }
    words->bytes = to;
    words->data[to] = '\0';
}

/* Words of the current turn, as a paragraph of its own or continuing the one before. */
static bool add_words(struct record *r, struct reader_context *context, struct span words,
                      bool joins, struct error *err)
{
    size_t from;

    if (words.length == 0)
        return true;
    keep_words(r, words);
    r->said = true;
    buffer_clear(&r->lone_label);
    if (r->words.bytes > SEGMENT_BYTES && !flush(r, context, err))
        return false;
    from = r->words.bytes;
    if (r->words.bytes == 0 || !joins)
        begin_paragraph(r);
    if (r->words.bytes == 0)
        buffer_append(&r->words, words.data, words.length);
    else if (joins)
        emit_join(&r->words, words.data, words.length);
    else {
        buffer_append_char(&r->words, '\n');
        buffer_append(&r->words, words.data, words.length);
    }
    if (r->entities)
        resolve_entities(&r->words, from);
    return true;
}

/* ------------------------------------------------------------------ what a block is */

static bool begins_in_bracket(struct span s)
{
    static const char *const opens[] = {"[", "(", "（", "【", "〔", "《", "≪", "<", "〈", "［"};
    size_t i;

    for (i = 0; i < sizeof opens / sizeof *opens; i++)
        if (span_starts_with(s, opens[i]))
            return true;
    return false;
}

static bool ends_in_bracket(struct span s)
{
    static const char *const closes[] = {"]",  ")", "）", "】", "〕",
                                         "》", "≫", ">",  "〉", "］"};
    size_t i;

    for (i = 0; i < sizeof closes / sizeof *closes; i++)
        if (span_ends_with(s, closes[i]))
            return true;
    return false;
}

/* "[GRAPHIC] [TIFF OMITTED] T1234.001": brackets, one after another, and hardly a word. */
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

static bool is_note(const struct survey_block *b)
{
    return (begins_in_bracket(b->text) && ends_in_bracket(b->text)) ||
           span_starts_with(b->text, "※") || begins_with_brackets(b->text);
}

static bool is_in_capitals(struct span s)
{
    bool upper = false;
    size_t i;

    for (i = 0; i < s.length; i++) {
        if (s.data[i] >= 'a' && s.data[i] <= 'z')
            return false;
        upper |= s.data[i] >= 'A' && s.data[i] <= 'Z';
    }
    return upper;
}

static bool holds_cjk(struct span s)
{
    size_t i;

    for (i = 0; i + 2 < s.length; i++)
        if ((unsigned char)s.data[i] >= 0xE3 && (unsigned char)s.data[i] <= 0xED)
            return true;
    return false;
}

static bool ends_in_any(struct span s, const char *const *ends)
{
    for (; *ends != NULL; ends++)
        if (span_ends_with(s, *ends))
            return true;
    return false;
}

/* An item of the agenda, and below it when it began: (10시 07분). */
static bool stands_above_note(const struct record *r, size_t i)
{
    return i + 1 < r->survey.block_count && block_at(r, i + 1)->next_gap &&
           (block_at(r, i + 1)->only_time || is_note(block_at(r, i + 1)));
}

static bool begins_turn(const struct record *r, size_t i)
{
    if (i < r->head)
        return r->choice.begins[i] != SURVEY_NONE;
    return i < r->survey.block_count && choice_begin(&r->survey, &r->choice, i) != SURVEY_NONE;
}

/* "二、衛生局報告", "2. Drains"; 0 for none. */
static int number_of(const struct survey_block *b)
{
    struct point_marker marker;

    return point_marker_read(b->text, POINT_LINE, &marker) &&
                   (marker.family == POINT_HAN_LIST || marker.family == POINT_HAN_BRACKET ||
                    marker.family == POINT_DIGIT || marker.family == POINT_DIGIT_BRACKET)
               ? marker.number
               : 0;
}

/* A short line that ends no sentence. */
static bool has_form_of_title(const struct survey_block *b)
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

/* (10시07분), between a title and the label below it. */
static size_t next_beyond_notes(const struct record *r, size_t i)
{
    while (i + 1 < r->survey.block_count &&
           (block_at(r, i)->only_time || is_note(block_at(r, i))))
        i++;
    return i;
}

/* "2. Drains", "Questions to the Minister": a line of that form apart, after a sentence or a
 * note and above the next label or another title, in a record whose turns end in full stops. A
 * numbered one may be directly above the label. Points that count on are a list of the turn. /
 */
static bool is_section_title(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    size_t last = i;
    size_t next;
    size_t k;

    if (!r->ends_in_stops || i == 0 || !has_form_of_title(b) ||
        !(number_of(b) > 0 ? b->gap || r->solid : b->gap && b->next_gap))
        return false;
    while (last + 1 < r->survey.block_count && last < i + TITLES_MAX &&
           !begins_turn(r, last + 1) && has_form_of_title(block_at(r, last + 1)))
        last++;
    for (k = i; k > 0 && k + TITLES_MAX > i && has_form_of_title(block_at(r, k - 1)) &&
                !begins_turn(r, k - 1);)
        k--;
    for (next = k; next < last; next++) {
        int number = number_of(block_at(r, next));

        if (number > 0 && number_of(block_at(r, next + 1)) == number + 1)
            return false;
    }
    return k > 0 && (block_at(r, k - 1)->ends_sentence || is_note(block_at(r, k - 1))) &&
           begins_turn(r, next_beyond_notes(r, last + 1));
}

static bool is_short_topic(const struct survey_block *b)
{
    return b->kind == BLOCK_PARAGRAPH && !b->joins && !b->ends_sentence &&
           b->form == LINE_UNTIMED && b->bullet == 0 && b->columns <= HEADING_COLUMNS &&
           holds_cjk(b->text);
}

/* 訪問の目的: a short line below a blank one and directly above the next label, where labels
 * are below a blank line themselves. */
static bool is_topic_above(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->ends_in_stops && is_short_topic(b) && b->gap && !b->next_gap && i > 0 &&
           block_at(r, i - 1)->ends_sentence && begins_turn(r, i + 1);
}

/* "1. 시정질문", "2)報告", "二、衛生局報告": begins with its number. */
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

/* Items of the agenda, directly above a turn: numbered lines that end no sentence, in a record
 * whose turns do. */
static bool is_agenda_item(const struct record *r, size_t i)
{
    size_t next = i;

    if (!r->ends_in_stops || i == 0 || block_at(r, i)->kind != BLOCK_PARAGRAPH)
        return false;
    while (next < r->survey.block_count && next < i + AGENDA_ITEMS_MAX &&
           is_numbered_line(block_at(r, next)) && !block_at(r, next)->ends_sentence &&
           block_at(r, next)->columns <= AGENDA_COLUMNS)
        next++;
    return next > i && begins_turn(r, next) &&
           (block_at(r, i - 1)->ends_sentence || is_numbered_line(block_at(r, i - 1)));
}

/* Lines in capitals, one below another, set apart by their indent. */
static bool is_set_in_capitals(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return b->kind == BLOCK_PARAGRAPH && b->indent >= CENTRED_INDENT && !b->ends_sentence &&
           b->columns < CENTRED_COLUMNS && is_in_capitals(b->text) &&
           memchr(b->text.data, ' ', b->text.length) != NULL && !ends_in_bracket(b->text);
}

static bool is_heading(const struct record *r, size_t i)
{
    static const char *const commas[] = {",", "，", "、", ";", "；", NULL};
    static const char *const colons[] = {":", "：", NULL};
    const struct survey_block *b = block_at(r, i);

    if (b->kind == BLOCK_HEADING || is_section_title(r, i) || is_set_in_capitals(r, i) ||
        is_agenda_item(r, i) || is_topic_above(r, i))
        return true;
    if (b->kind == BLOCK_PARAGRAPH && !b->ends_sentence && !b->joins &&
        b->indent >= CENTRED_FAR && b->columns < CENTRED_COLUMNS)
        return true;
    /* "BY MS. FARROW:", directly above her questions. */
    if (b->kind == BLOCK_PARAGRAPH && is_in_capitals(b->text) && ends_in_any(b->text, colons) &&
        b->columns < CAPITALS_COLUMNS && begins_turn(r, i + 1))
        return true;
    if (r->solid && r->ends_in_stops && b->kind == BLOCK_PARAGRAPH && !b->ends_sentence &&
        is_in_capitals(b->text) && memchr(b->text.data, ' ', b->text.length) != NULL &&
        b->columns < CENTRED_COLUMNS && !b->joins && !ends_in_any(b->text, commas))
        return true;
    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || !b->gap ||
        !(b->next_gap || stands_above_note(r, i)) || ends_in_any(b->text, commas))
        return false;
    if (is_in_capitals(b->text) && b->columns < CAPITALS_COLUMNS)
        return true;
    if (b->indent >= CENTRED_INDENT && b->columns < CENTRED_COLUMNS)
        return true;
    if (ends_in_any(b->text, colons) && b->columns < COLON_COLUMNS)
        return true;
    return b->columns <= HEADING_COLUMNS && holds_cjk(b->text);
}

/* 【山川総理冒頭発言】: a heading that gives somebody the floor. The candidate, or SURVEY_NONE.
 */
static uint32_t owner_of_heading(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    struct span text = front_matter_bare(b->text);
    size_t k;

    if (r->head == 0 || (text.length == b->text.length && b->kind != BLOCK_HEADING) ||
        i + 1 >= r->survey.block_count)
        return SURVEY_NONE;
    for (k = 0; k < r->head; k++) {
        uint32_t begin = r->choice.begins[k];
        const struct survey_candidate *c;
        struct span label;
        struct span rest;

        if (begin == SURVEY_NONE)
            continue;
        c = &r->survey.candidates[begin];
        label = part_of(block_at(r, k), c->label_byte, c->label_end);
        if (label.length < 6 || label.length >= text.length ||
            memcmp(text.data, label.data, label.length) != 0)
            continue;
        rest = span_skip(text, label.length);
        if (rest.length <= OWNER_LETTERS * 3 && holds_cjk(rest) &&
            !folded_ends_sentence(rest) && !ends_in_bracket(rest) && !begins_in_bracket(rest))
            return begin;
    }
    return SURVEY_NONE;
}

/* "----- 2031년 5월 20일 화요일 -----": the day of what follows. */
static bool is_day_line(const struct survey_block *b, struct stamp *stamp)
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

/* Somebody joined or left a chat, as the programs of East Asia say it. */
static bool tells_membership(struct span text)
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
                                       "メッセージの送信を取り消しました"};
    size_t i;

    while (text.length > 0 && (span_ends_with(text, ".") || span_ends_with(text, "。")))
        text.length -= span_ends_with(text, ".") ? 1 : 3;
    for (i = 0; i < sizeof ends / sizeof *ends; i++)
        if (span_ends_with(text, ends[i]))
            return true;
    return false;
}

/* What a chat program says itself: joined, left, is now known as. */
static bool is_machine_line(const struct survey_block *b)
{
    return span_starts_with(b->text, "===") || span_starts_with(b->text, "***") ||
           span_starts_with(b->text, "-!-") || span_starts_with(b->text, "-->") ||
           span_starts_with(b->text, "--- ") || span_starts_with(b->text, "Session ") ||
           span_starts_with(b->text, "<--") || tells_membership(b->text);
}

/* Whether lines may be a chat program's own: the record has the moment of each message, or
 * nicknames in angle brackets. */
static bool is_chat(const struct record *r)
{
    return r->choice.timed ||
           (r->choice.row_count > 0 &&
            *survey_layout_row(&r->survey, &r->survey.rows[r->choice.rows[0]])->template ==
                '<');
}

/* "* eli yawns", between messages of nicknames. */
static bool is_action(const struct record *r, const struct survey_block *b)
{
    return !r->choice.timed && is_chat(r) && span_starts_with(b->text, "* ");
}

/* Names alone, printed once more with a time on the next line. */
static bool is_name_of_next(const struct record *r, size_t i)
{
    const struct survey *s = &r->survey;
    size_t k;

    for (k = i + 1; k <= i + 2 && k < s->block_count; k++) {
        const struct survey_candidate *c;
        struct span name;

        if (k >= r->head || r->choice.begins[k] == SURVEY_NONE)
            continue;
        c = &s->candidates[r->choice.begins[k]];
        name = part_of(block_at(r, k), c->label_byte, c->label_end);
        return c->has_time && span_equal(name, block_at(r, i)->text);
    }
    return false;
}

/* ------------------------------------------------------------------ reading */

static void note_date(struct record *r, struct reader_context *context, int64_t date_ms)
{
    char text[CIVIL_TEXT];

    if (date_ms == TIME_NONE || r->date_known)
        return;
    civil_format_date(date_ms, text);
    emit_field(context, FIELD_DATE, text, strlen(text));
    r->date_known = true;
    /* Clock readings are of that day until a line names another. */
    if (r->times.day_ms == TIME_NONE)
        r->times.day_ms = date_ms;
}

static void note_date_in(struct record *r, struct reader_context *context, struct span text)
{
    struct stamp stamp;

    if (!r->date_known && stamp_find_date(text, &stamp))
        note_date(r, context, record_times_date(&r->times, &stamp));
}

/* The same of a line and of the one that goes on with it: 中華民國120年 / 10月21日. */
static void note_wrapped_date(struct record *r, struct reader_context *context, size_t i)
{
    struct buffer text = {0};

    if (r->date_known || i + 1 >= r->survey.block_count || !block_at(r, i + 1)->joins ||
        r->choice.begins[i + 1] != SURVEY_NONE || block_at(r, i)->ends_sentence)
        return;
    buffer_append(&text, block_at(r, i)->text.data, block_at(r, i)->text.length);
    buffer_append(&text, block_at(r, i + 1)->text.data, block_at(r, i + 1)->text.length);
    note_date_in(r, context, span_of(buffer_string(&text), text.bytes));
    buffer_release(&text);
}

static bool give_fact(struct record *r, struct reader_context *context,
                      const struct survey_block *b, struct span name, struct span value,
                      enum fact_kind kind, struct error *err)
{
    char *name_text, *value_text;

    keep_block(r);
    switch (kind) {
    case FACT_VENUE:
        emit_field(context, FIELD_VENUE, value.data, value.length);
        break;
    case FACT_SOURCE:
        emit_field(context, FIELD_SOURCE_NAME, value.data, value.length);
        break;
    case FACT_TITLE:
        emit_field(context, FIELD_TITLE, value.data, value.length);
        break;
    default:
        break;
    }
    if (b->form != LINE_UNTIMED)
        note_date(r, context, record_times_date(&r->times, &b->lead));
    note_date_in(r, context, b->text);
    name_text = tidy(name);
    value_text = tidy(value);
    drafts_add_fact(context->drafts, name_text, value_text);
    free(name_text);
    free(value_text);
    return flush(r, context, err);
}

static bool read_fact(struct record *r, struct reader_context *context, size_t i,
                      struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    const struct survey_candidate *c = &r->survey.candidates[r->front.facts[i]];
    struct span name = part_of(b, c->label_byte, c->label_end);
    struct span value = part_of(b, c->text_byte, b->text.length);

    if (value.length == 0)
        return give_unsaid(r, context, b->text, true, err);
    return give_fact(r, context, b, name, value, front_matter_kind(&r->survey, c), err);
}

static void take_pending(struct record *r)
{
    r->start_ms = r->pending_ms;
    r->end_ms = r->pending_end_ms;
    r->pending_ms = r->pending_end_ms = TIME_NONE;
}

static bool read_only_time(struct record *r, struct reader_context *context, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    int64_t start_ms, end_ms;
    bool front = r->head > 0 && i < r->choice.first;

    keep_block(r);
    if (front && !r->date_known)
        note_date(r, context, record_times_date(&r->times, &b->lead));
    if (!b->lead.has_clock) {
        note_date(r, context, record_times_date(&r->times, &b->lead));
        record_times_set_day(&r->times, &b->lead);
        return true;
    }
    if (front && b->lead.wall && (b->lead.has_date || b->lead.numeric) && !r->times_below &&
        i + 1 != r->choice.first)
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

/* The time at the end of the words: a moment of day is when they were said (or posted); an
 * elapsed one is where they end. */
static void read_tail(struct record *r, struct reader_context *context,
                      const struct survey_block *b)
{
    int64_t end_ms;
    int64_t at_ms;

    if (!b->has_tail)
        return;
    at_ms = record_times_start(&r->times, &b->tail, &end_ms);
    note_date(r, context, record_times_date(&r->times, &b->tail));
    if (r->times.wall) {
        if (r->start_ms == TIME_NONE)
            r->start_ms = at_ms;
        r->complete = true;
    } else {
        r->end_ms = at_ms;
        r->last_end_ms = at_ms;
    }
}

/* The name once more, with a colon, at the start of the words. */
static struct span without_repeated_name(const struct survey_block *b,
                                         const struct survey_candidate *c, struct span words)
{
    struct span names[2] = {part_of(b, c->name_byte, c->name_end),
                            part_of(b, c->label_byte, c->label_end)};
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

/* A label below which nothing was said is kept as a line that nobody says. */
static bool keep_lone_label(struct record *r, struct reader_context *context, struct error *err)
{
    bool ok = r->said || r->lone_label.bytes == 0 ||
              give_unsaid(r, context, span_of(r->lone_label.data, r->lone_label.bytes), true,
                          err);

    buffer_clear(&r->lone_label);
    return ok;
}

static void add_left_out(struct block_left_out *item, const struct survey_block *b,
                         uint64_t letters)
{
    if (letters == 0)
        return;
    if (item->characters == 0)
        item->line = b->number;
    item->characters += letters;
    item->occurrences++;
}

static uint64_t count_letters(struct span text)
{
    uint64_t letters = 0;
    size_t at = 0;

    while (at < text.length) {
        uint32_t cp;

        at += utf8_decode(text.data + at, text.length - at, &cp);
        letters += folded_is_letter(folded_code_point(cp));
    }
    return letters;
}

/* 君 after a name, [continuing], a chat's badge: of a label, but neither name nor role. A mark
 * for question or answer is told by the turn's kind. */
static void note_manners(struct record *r, const struct survey_block *b,
                         const struct survey_candidate *c)
{
    struct span front = part_of(b, b->start_byte, c->label_byte);
    uint64_t whole, parts;

    r->manners.reason = N_("words beside a name");
    if (begins_in_bracket(front) && /* 【群主】, 【同期声】 */
        (survey_layout_row(&r->survey, &r->survey.rows[c->row])->traits & LAYOUT_BRACKETS) == 0)
        add_left_out(&r->manners, b, count_letters(front));
    if (c->name_end - c->name_byte + c->role_end - c->role_byte ==
            c->label_end - c->label_byte ||
        r->survey.labels[c->label].mark != LABEL_OF_NONE || c->role_end > c->label_end)
        return;
    whole = count_letters(part_of(b, c->label_byte, c->label_end));
    parts = count_letters(part_of(b, c->name_byte, c->name_end)) +
            count_letters(part_of(b, c->role_byte, c->role_end));
    add_left_out(&r->manners, b, whole > parts ? whole - parts : 0);
}

/* What a label consists of: who speaks, the signs of the layout before it, times. */
static void keep_label(struct record *r, const struct survey_block *b,
                       const struct survey_candidate *c)
{
    if (c->label == SURVEY_NONE) {
        keep_part(r, 0, c->text_byte);
    } else {
        note_manners(r, b, c);
        keep_part(r, 0, c->label_end);
        keep_part(r, c->role_byte, c->role_end);
        if (c->has_time)
            keep_part(r, c->label_end, c->text_byte);
    }
    if (b->has_tail)
        keep_part(r, b->end_byte, b->text.length);
}

/* A message of several lines, as LINE exports it: "…" with the lines as they are. Whether the
 * mark that closes it is near. */
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

/* Behind an inset, whoever was interrupted goes on, unless the quotation does. */
static bool resume_turn(struct record *r, struct reader_context *context, struct span words,
                        struct error *err)
{
    uint32_t resumed = r->resumed;

    if (!r->inset || !r->said || span_starts_with(words, "\"") ||
        span_starts_with(words, "“") || span_starts_with(words, "「"))
        return true;
    if (!flush(r, context, err))
        return false;
    end_turn(r);
    r->label = resumed;
    r->in_turn = resumed != SURVEY_NONE;
    return true;
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

    if (!flush(r, context, err) || !keep_lone_label(r, context, err))
        return false;
    resumed = r->inset ? r->resumed : r->label;
    end_turn(r);
    r->in_turn = true;
    r->inset = choice_is_inset(&r->choice, c);
    r->resumed = r->inset ? resumed : SURVEY_NONE;
    r->in_table = b->kind == BLOCK_TABLE_ROW;
    if (words.length == 0)
        buffer_append(&r->lone_label, b->text.data, b->text.length);
    keep_label(r, b, c);
    r->unlabelled_answer = answers;
    r->by_dash = (layout->traits & LAYOUT_DASH) != 0 && !answers;
    r->asks_in_bold = r->by_dash && r->survey.rows[c->row].dress == 'b' &&
                      c->text_byte == b->start_byte;
    r->piece = (layout->traits & LAYOUT_WORDS) != 0 && stamp != NULL &&
               stamp->end_ms != TIME_NONE;
    r->label = c->label;
    if (c->label != SURVEY_NONE && (words.length > 0 || !begins_turn(r, i + 1)))
        speaker_of(r, context, c);
    else if (c->label != SURVEY_NONE)
        speaker_slot(r, c->label); /* nothing is said below it */
    r->asks = false;
    r->start_ms = r->end_ms = TIME_NONE;
    r->turn_clock_ms = stamp != NULL && stamp->has_clock ? stamp->clock_ms : TIME_NONE;
    if (stamp != NULL) {
        r->start_ms = record_times_start(&r->times, stamp, &r->end_ms);
        note_date(r, context, record_times_date(&r->times, stamp));
    }
    if (r->start_ms == TIME_NONE && !r->times_below)
        take_pending(r);
    r->pending_ms = r->pending_end_ms = TIME_NONE;
    if (r->start_ms == TIME_NONE && r->last_end_ms != TIME_NONE)
        r->start_ms = r->last_end_ms;
    r->last_end_ms = TIME_NONE;
    if (!c->has_time)
        read_tail(r, context, b);
    keep_words(r, words); /* with the name that is there once more */
    if (opens_quotation(r, i, words)) {
        r->in_quotation = true;
        words = span_skip(words, 1);
    }
    /* "<ada> ada: no": people type no labels into a chat, they address somebody. */
    if (*layout->template != '<' && r->survey.rows[c->row].layout != LAYOUT_GAP)
        words = without_repeated_name(b, c, words);
    return add_words(r, context, words, false, err);
}

/* "2031-05-08 Harbour council": the date is a field of its own. */
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

/* "時　　間　中華民國120年…": a fact whose name is set apart by blanks, as gazettes print it.
 */
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

static bool read_front(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t owner = owner_of_heading(r, i);
    struct span name, value;
    enum fact_kind kind;
    struct stamp stamp;

    if (b->form != LINE_UNTIMED)
        note_date(r, context, record_times_date(&r->times, &b->lead));
    note_date_in(r, context, b->text);
    note_wrapped_date(r, context, i);
    if (is_day_line(b, &stamp) ||
        (r->choice.timed && is_machine_line(b) && stamp_find_date(b->text, &stamp)))
        record_times_set_day(&r->times, &stamp);
    /* The heading of the whole names who is met, and does not give the floor. */
    if (owner != SURVEY_NONE && !(i == r->front.title && b->kind == BLOCK_HEADING)) {
        if (!give_unsaid(r, context, b->text, true, err))
            return false;
        end_turn(r);
        r->label = r->survey.candidates[owner].label;
        speaker_of(r, context, &r->survey.candidates[owner]);
        r->in_turn = true;
        return true;
    }
    if (i == r->front.title && drafts_get(context->drafts, FIELD_TITLE) == NULL) {
        struct span title = front_matter_bare(front_matter_unmarked(b->text));

        if (b->kind == BLOCK_HEADING)
            title = behind_date(title);
        emit_field(context, FIELD_TITLE, title.data, title.length);
        keep_block(r);
        return true;
    }
    if (i == r->front.title && span_is(b->text, drafts_get(context->drafts, FIELD_TITLE))) {
        keep_block(r); /* said once more */
        return true;
    }
    if (r->in_turn && !is_note(b) && !is_heading(r, i))
        return add_words(r, context, b->text, b->joins, err);
    if (!flush(r, context, err))
        return false;
    end_turn(r);
    kind = split_spaced_fact(b, &name, &value);
    if (kind != FACT_NONE)
        return give_fact(r, context, b, name, value, kind, err);
    return give_unsaid(r, context, b->text, !b->ends_sentence && !is_note(b), err);
}

/* notes.example.org */
static bool is_host_name(struct span text)
{
    size_t stops = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        char c = text.data[i];

        stops += c == '.';
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
              c == '/'))
            return false;
    }
    return stops > 0;
}

/* "Transcribed by https://…", at the very end and apart. */
static bool is_imprint(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->blocks_ended && i + 1 == r->survey.block_count && b->gap && !b->ends_sentence &&
           (memmem(b->text.data, b->text.length, "://", 3) != NULL || is_host_name(b->text));
}

/* "会議は 00:31:02 後に終了しました": of the recording, below its words. */
static bool tells_end(struct span text)
{
    static const char *const meetings[] = {"会議", "会议", "會議", "회의", "録画",
                                           "录制", "錄製", "녹화", "通話", "通话"};
    static const char *const endings[] = {"終了", "结束", "結束", "종료", "끝났"};
    bool meeting = false, ending = false;
    size_t i;

    for (i = 0; i < sizeof meetings / sizeof *meetings; i++)
        meeting |= memmem(text.data, text.length, meetings[i], strlen(meetings[i])) != NULL;
    for (i = 0; i < sizeof endings / sizeof *endings; i++)
        ending |= memmem(text.data, text.length, endings[i], strlen(endings[i])) != NULL;
    return meeting && ending;
}

/* Below the last label of a record in which no turn ever had a second line. */
static bool is_end_matter(const struct record *r, size_t i)
{
    return r->head > 0 && r->blocks_ended && i > r->choice.last && !r->any_continued &&
           !r->choice.timed && !block_at(r, i)->gap && !block_at(r, i)->ends_sentence &&
           r->turns_in_head >= END_MATTER_TURNS;
}

/* "Ende der Sitzung: 20:15 Uhr", "Kapanma Saati: 14.27": a label that has nothing but a moment.
 */
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
            end = stamp_parse_pointed_clock(&f, 0);
        if (end > 0 && f.whole && f.count - end <= MOMENT_REST)
            return true;
    }
    return false;
}

/* "The meeting closed at 9.40 pm." is last, apart, and speaks of the meeting. */
static bool is_closing(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    if (!r->blocks_ended || r->head == 0 || b->kind != BLOCK_PARAGRAPH)
        return false;
    if (i >= r->tail)
        return true;
    return i + 1 == r->survey.block_count && b->gap && !b->joins &&
           b->columns < CLOSING_COLUMNS &&
           (vocabulary_tells_end(b->text) || is_labelled_moment(r, b) ||
            (!b->ends_sentence && tells_end(b->text)));
}

/* "MOTION: …", "VOTE: …": what the minutes state between the turns. */
static bool is_decision(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    uint32_t k;

    for (k = b->candidate; k < b->candidate + b->candidate_count; k++) {
        const struct survey_candidate *c = &r->survey.candidates[k];

        if (c->label != SURVEY_NONE && r->survey.rows[c->row].layout == LAYOUT_COLON &&
            r->survey.labels[c->label].fact == FACT_DECISION)
            return true;
    }
    return false;
}

/* A name alone on its line, and directly below it the office or the constituency, before the
 * blank line that separates both from the words. */
static bool is_role_line(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->in_turn && !r->said && r->lone_label.bytes > 0 && r->label != SURVEY_NONE &&
           !r->choice.timed && i > 0 && begins_turn(r, i - 1) && !b->gap && b->next_gap &&
           !b->ends_sentence && b->columns < ROLE_COLUMNS && i + 1 < r->survey.block_count &&
           !begins_turn(r, i + 1);
}

static bool give_role(struct record *r, struct reader_context *context,
                      const struct survey_block *b)
{
    struct speaker_of_label *slot = speaker_slot(r, r->label);
    struct span role = b->text;

    if (begins_in_bracket(role) && ends_in_bracket(role) && (*role.data == '('))
        role = span_of(role.data + 1, role.length - 2);
    /* "The Secretary of State", and the name in brackets below it. */
    if (role.length < b->text.length && slot->name != NULL && slot->role == NULL &&
        strncmp(slot->name, "The ", 4) == 0 && vocabulary_has_title(span_string(slot->name)) &&
        !vocabulary_has_title(role)) {
        slot->role = slot->name;
        slot->name = tidy(role);
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    } else if (slot->role == NULL && slot->name != NULL) {
        slot->role = tidy_role(role);
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    }
    buffer_append_char(&r->lone_label, ' ');
    buffer_append(&r->lone_label, b->text.data, b->text.length);
    keep_block(r);
    return true;
}

/* If headings name who speaks, nobody says what is set apart below them. */
static bool names_in_headings(const struct record *r)
{
    char dress = r->choice.row_count > 0 ? r->survey.rows[r->choice.rows[0]].dress : 0;

    return dress >= '1' && dress <= '6';
}

/* "上午12:06	小包已收回訊息": a line with the moment that turns have, and no name: what the
 * program says of itself. */
static bool is_unnamed_moment(const struct record *r, const struct survey_block *b)
{
    char before = b->body_byte > 0 ? b->text.data[b->body_byte - 1] : 0;

    return r->choice.timed && r->choice.row_count > 0 && b->form != LINE_UNTIMED &&
           b->form == r->survey.rows[r->choice.rows[0]].form && b->lead.has_clock &&
           (before == '\t' || b->lead.has_date || b->lead.numeric);
}

/* 午前十一時二分散会, 午後1時再開: a wall clock and what the meeting did then, and no sentence.
 */
static bool is_moment_of_meeting(const struct survey_block *b)
{
    struct folded f;
    struct stamp stamp;
    size_t end, at;

    if (b->kind != BLOCK_PARAGRAPH || b->ends_sentence || b->columns > MOMENT_COLUMNS)
        return false;
    folded_front(&f, b->text, 0);
    end = stamp_parse(&f, 0, &stamp);
    if (end == 0 || !stamp.has_clock || !stamp.wall || stamp.has_date)
        return false;
    for (at = end; at < f.count; at++)
        if (!folded_is_cjk(f.cp[at]) && !folded_is_blank(f.cp[at]))
            return false;
    return f.count > end && f.count - end <= MOMENT_WORDS_MAX;
}

/* A question was put whose answer has no label. */
static bool awaits_answer(const struct record *r)
{
    return r->choice.mark_alone ? r->said && r->label != SURVEY_NONE
                                : r->choice.dashes_alone && !r->choice.dash_pairs && r->by_dash;
}

static bool read_other(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    bool awaits_words = r->in_turn && !r->said;
    size_t words_byte = 0; /* after the mark of an answer */
    struct stamp stamp;
    uint32_t owner;

    if (is_day_line(b, &stamp)) {
        record_times_set_day(&r->times, &stamp);
        return give_unsaid(r, context, b->text, true, err);
    }
    if (!r->choice.timed && is_moment_of_meeting(b))
        return give_unsaid(r, context, b->text, false, err);
    if (is_name_of_next(r, i)) {
        keep_block(r);
        return true;
    }
    if (is_unnamed_moment(r, b)) {
        if (!flush(r, context, err) || !keep_lone_label(r, context, err))
            return false;
        end_turn(r);
        keep_block(r);
        r->start_ms = record_times_start(&r->times, &b->lead, &r->end_ms);
        buffer_append(&r->words, b->text.data + b->body_byte, b->end_byte - b->body_byte);
        r->kind = SEGMENT_UNKNOWN;
        r->kind_known = true;
        return flush(r, context, err);
    }
    if ((is_chat(r) && is_machine_line(b)) || is_action(r, b)) {
        if (stamp_find_date(b->text, &stamp))
            record_times_set_day(&r->times, &stamp);
        return give_unsaid(r, context, b->text, false, err);
    }
    owner = owner_of_heading(r, i);
    if (owner != SURVEY_NONE && b->gap) {
        if (!give_unsaid(r, context, b->text, true, err))
            return false;
        end_turn(r);
        r->label = r->survey.candidates[owner].label;
        r->in_turn = true;
        return true;
    }
    if (is_role_line(r, i))
        return give_role(r, context, b);
    if (b->kind == BLOCK_QUOTATION && (is_note(b) || names_in_headings(r)))
        return give_unsaid(r, context, b->text, false, err);
    if (!awaits_words) {
        if (is_note(b))
            return give_unsaid(r, context, b->text, false, err);
        /* The record's own bullet without a label: an item of the agenda, a list. */
        if (b->bullet != 0 && r->choice.row_count > 0 &&
            r->survey.rows[r->choice.rows[0]].bulleted && !b->ends_sentence) {
            if (!give_unsaid(r, context, b->text, true, err))
                return false;
            end_turn(r);
            return true;
        }
        if (is_heading(r, i))
            return give_unsaid(r, context, b->text, true, err);
    }
    if (is_decision(r, i)) {
        if (!give_unsaid(r, context, b->text, false, err))
            return false;
        end_turn(r);
        return true;
    }
    if (is_end_matter(r, i) || is_imprint(r, i) || is_closing(r, i) ||
        (r->in_table && b->kind != BLOCK_TABLE_ROW && r->head > 0 && i > r->choice.last)) {
        if (!give_unsaid(r, context, b->text, false, err))
            return false;
        end_turn(r);
        return true;
    }
    if (awaits_answer(r) && (b->gap || b->bullet != 0 || (r->answers_close && !b->joins))) {
        /* the answer below a question */
        if (!flush(r, context, err))
            return false;
        end_turn(r);
        r->in_turn = r->unlabelled_answer = true;
        words_byte = b->start_byte;
    }
    if (r->choice.times_alone && r->pending_ms != TIME_NONE) {
        if (!flush(r, context, err))
            return false;
        end_turn(r);
        take_pending(r);
        r->in_turn = r->piece = true;
    }
    if (!resume_turn(r, context, b->text, err))
        return false;
    if (!r->in_turn || r->complete)
        return give_posted(r, context, b, err);
    if (b->form != LINE_UNTIMED && !r->choice.timed && b->lead.has_clock &&
        (b->form != LINE_BARE || !b->lead.two_parts) &&
        (r->words.bytes > 0 ||
         awaits_words)) { /* a time at the head of a paragraph of the same turn */
        if (!flush(r, context, err))
            return false;
        r->start_ms = record_times_start(&r->times, &b->lead, &r->end_ms);
        read_tail(r, context, b);
        return add_words(r, context, part_of(b, b->body_byte, b->end_byte), false, err);
    }
    if (r->pending_ms != TIME_NONE && !r->times_below) {
        if (!flush(r, context, err))
            return false;
        take_pending(r);
    }
    if (b->has_tail)
        read_tail(r, context, b);
    return add_words(r, context, part_of(b, words_byte, b->end_byte), b->joins && !awaits_words,
                     err);
}

/* "9:01" between a turn's moment and the next one's, above more words: another message of the
 * same person, as Slack copies it. */
static bool is_moment_of_next(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);
    size_t k;

    if (*b->text.data < '0' || *b->text.data > '9' || span_find(b->text, ':') > 2 ||
        i + 1 >= r->survey.block_count || begins_turn(r, i + 1) ||
        block_at(r, i + 1)->only_time || r->turn_clock_ms == TIME_NONE ||
        b->lead.clock_ms < r->turn_clock_ms)
        return false;
    for (k = i + 1; k < r->head; k++) {
        uint32_t begin = r->choice.begins[k];

        if (begin != SURVEY_NONE && r->survey.candidates[begin].has_time)
            return b->lead.clock_ms <= r->survey.candidates[begin].time.clock_ms;
    }
    return true;
}

/* Where all turns have a moment beside their label, a clock reading on a line of its own is an
 * answer: 九点半. */
static bool is_said(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    return r->choice.timed && r->times.wall && r->in_turn && b->lead.has_clock &&
           !b->lead.has_date && !b->lead.numeric && !is_moment_of_next(r, i);
}

static bool read_quoted(struct record *r, struct reader_context *context, size_t i,
                        struct error *err)
{
    struct span words = block_at(r, i)->text;

    keep_block(r);
    if (span_ends_with(words, "\"")) {
        r->in_quotation = false;
        words.length--;
    }
    return add_words(r, context, words, false, err);
}

static bool read_by_layout(struct record *r, struct reader_context *context, size_t i,
                           struct error *err)
{
    const struct survey_block *b = block_at(r, i);
    bool head = i < r->head;
    uint32_t begin;

    if (r->in_quotation)
        return read_quoted(r, context, i, err);
    if (head && r->front.facts[i] != SURVEY_NONE)
        return read_fact(r, context, i, err);
    if (b->time_of_label && i > 0 && head && r->choice.begins[i - 1] != SURVEY_NONE) {
        keep_block(r); /* read with the label */
        return true;
    }
    if (b->only_time && !is_said(r, i))
        return read_only_time(r, context, i);
    begin = head ? r->choice.begins[i] : choice_begin(&r->survey, &r->choice, i);
    if (begin != SURVEY_NONE)
        return read_begin(r, context, i, begin, err);
    if (head && i < r->choice.first)
        return read_front(r, context, i, err);
    return read_other(r, context, i, err);
}

/* Words of a block that no part of the record took: nothing goes without being said. */
static void note_lost(struct record *r, const struct survey_block *b, uint64_t letters)
{
    r->lost.reason = N_("words beside the layout");
    add_left_out(&r->lost, b, letters);
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
    lost = ok ? count_lost(r) : 0;
    if (lost > 0)
        note_lost(r, block_at(r, i), lost);

    if (context->account != NULL) {
        context->account->blocks++;
        context->account->explained += is_fact || only_time || r->in_turn;
    }
    return ok;
}

/* Text in which nobody is told apart. */
static bool read_plain(struct record *r, struct reader_context *context, size_t i,
                       struct error *err)
{
    const struct survey_block *b = block_at(r, i);

    if (i == 0 && r->head > 1 && b->next_gap && b->columns < CAPITALS_COLUMNS &&
        !b->ends_sentence) {
        emit_field(context, FIELD_TITLE, b->text.data, b->text.length);
        return true;
    }
    if (b->kind == BLOCK_HEADING)
        return give_unsaid(r, context, b->text, true, err);
    if (b->joins && b->form == LINE_UNTIMED && r->words.bytes > 0 &&
        r->words.bytes < SEGMENT_BYTES) {
        emit_join(&r->words, b->text.data, b->text.length);
        return true;
    }
    if (!flush(r, context, err))
        return false;
    begin_paragraph(r);
    buffer_append(&r->words, b->text.data, b->text.length);
    return true;
}

/* ------------------------------------------------------------------ the head */

/* Whether times on lines of their own are above what they belong to, or below. */
static bool find_times_below(const struct record *r)
{
    size_t first = SURVEY_NONE, last = 0, count = 0;
    size_t i;

    for (i = 0; i < r->survey.block_count; i++) {
        const struct survey_block *b = block_at(r, i);

        if (!b->only_time || !b->lead.has_clock || b->time_of_label)
            continue;
        count++;
        last = i;
        if (first == SURVEY_NONE)
            first = i;
    }
    return count >= 2 && first > r->choice.first && last > r->choice.last;
}

/* Every question after a dash is followed by its answer, with no blank line between the two. */
static bool find_answers_close(const struct record *r)
{
    size_t i;

    if (!r->choice.mark_alone && (!r->choice.dashes_alone || r->choice.dash_pairs))
        return false;
    for (i = r->choice.first; i <= r->choice.last; i++)
        if (r->choice.begins[i] != SURVEY_NONE &&
            (i + 1 >= r->survey.block_count || block_at(r, i + 1)->gap ||
             block_at(r, i + 1)->joins || !block_at(r, i)->gap))
            return false;
    return true;
}

static bool find_continued(const struct record *r)
{
    size_t i;

    for (i = r->choice.first; i < r->choice.last; i++)
        if (r->choice.begins[i] == SURVEY_NONE && !block_at(r, i)->only_time)
            return true;
    return false;
}

/* A moment of day at the end of the words is when all of them were posted. */
static bool has_posted_moments(const struct record *r)
{
    size_t i;

    for (i = 0; r->times.wall && i < r->survey.block_count; i++)
        if (block_at(r, i)->has_tail)
            return true;
    return false;
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

static bool begins_end_matter(struct span text)
{
    static const char *const starts[] = {"©", "Copyright", "COPYRIGHT", "(c) ",
                                         "All rights reserved"};
    size_t i;

    for (i = 0; i < sizeof starts / sizeof *starts; i++)
        if (span_starts_with(text, starts[i]))
            return true;
    return false;
}

/* 完, （了）, <끝>: that the text has ended. */
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
    buffer_release(&bare);
    return found;
}

/* Where and when a text was given out, below its last turn: a rule, an end mark or a date, and
 * after it no sentence. */
static bool begins_foot(const struct record *r, size_t i)
{
    const struct survey_block *b = block_at(r, i);

    /* "==== Exported 40 messages ====": a program's frame, or whose transcript it is. */
    if (!b->ruled && !is_end_mark(b->text) &&
        (!b->only_time || !b->lead.has_date || r->choice.timed || r->times_below))
        return false;
    for (i += !b->ruled; i < r->survey.block_count; i++)
        if (block_at(r, i)->ends_sentence && !is_note(block_at(r, i)))
            return false;
    return true;
}

/* The first block below the last turn's words that says whose the text is, or when and where it
 * was given out. */
static size_t find_tail(const struct record *r)
{
    size_t i;

    for (i = r->choice.last + 1; i < r->survey.block_count; i++)
        if (i == r->front.profiles ||
            (block_at(r, i)->gap && (begins_end_matter(block_at(r, i)->text) ||
                                     front_matter_heads_list(&r->survey, i))) ||
            begins_foot(r, i))
            return i;
    return SIZE_MAX;
}

/* Whether turns end as sentences do: of those whose words end before another label. */
static bool find_solid(const struct record *r)
{
    size_t i;

    for (i = 1; i < r->survey.block_count; i++)
        if (block_at(r, i)->gap)
            return false;
    return true;
}

static bool find_ends_in_stops(const struct record *r)
{
    size_t turns = 0, stops = 0;
    size_t i;

    for (i = r->choice.first; i + 1 < r->survey.block_count; i++) {
        size_t last = i;

        if (!begins_turn(r, i + 1) || block_at(r, i)->only_time)
            continue;
        while (last > r->choice.first && last + TITLES_MAX > i && block_at(r, last)->gap &&
               (has_form_of_title(block_at(r, last)) || is_short_topic(block_at(r, last))) &&
               !begins_turn(r, last))
            last--;
        turns++;
        stops += block_at(r, last)->ends_sentence || is_note(block_at(r, last));
    }
    return turns >= 2 && stops * 100 >= turns * ENDS_IN_STOPS_PERCENT;
}

/* &amp; &lt; &gt; in a text that has no other ampersand: a program that writes pages wrote it.
 */
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
            if (entity_bytes(rest, NULL) == 0)
                return false;
            entities++;
            rest = span_skip(rest, 1);
        }
    }
    return entities > 0;
}

static void guess_language(const struct record *r, struct reader_context *context)
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
        drafts_set_clock(context->drafts, r->times.wall ? CLOCK_WALL : CLOCK_ELAPSED);
}

/* What a page says of itself in its head. */
static void take_title(const struct record *r, struct reader_context *context)
{
    const char *title = r->ops->field != NULL ? r->ops->field(r->container, FIELD_TITLE) : NULL;

    if (title != NULL)
        emit_field(context, FIELD_TITLE, title, strlen(title));
}

/* The day that the container states is that of the record's clock readings. */
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

static void take_fields(struct record *r, struct reader_context *context)
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
        take_title(r, context);
    take_facts(r, context);
}

/* Behind those of the regions before. */
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

/* Which layout was taken; and that the reader's own was not, where nothing has it. */
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

/* Choose the layout by the blocks that were surveyed; anew, where detection chose by some of
 * them. */
static void choose_for_head(struct record *r)
{
    if (r->chosen) {
        choice_release(&r->choice);
        front_matter_release(&r->front);
    }
    survey_finish(&r->survey);
    choose_layout(&r->survey, &r->choice);
    r->head = r->survey.block_count;
    if (r->choice.found) {
        front_matter_find(&r->front, &r->survey, &r->choice);
        if (r->choice.first >= r->survey.block_count)
            r->choice.found = false;
    }
    r->chosen = true;
}

/* What the layout that was chosen says of its record. */
static void learn_layout(struct record *r, struct reader_context *context)
{
    if (r->choice.found) {
        survey_read_labels(&r->survey);
        roster_release(&r->roster);
        roster_find(&r->roster, &r->survey, &r->choice);
        record_times_learn(&r->times, &r->survey, &r->choice);
        turn_kinds_learn(&r->kinds, &r->survey, &r->choice);
        r->times_below = find_times_below(r);
        r->any_continued = find_continued(r);
        r->answers_close = find_answers_close(r);
        r->turns_in_head = count_turns(r);
        r->blocks_in_head = r->survey.block_count;
        r->whole_turns = r->times_below || has_posted_moments(r);
        r->solid = find_solid(r);
        r->ends_in_stops = find_ends_in_stops(r);
        r->entities = find_entities(r);
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

static void learn_from_head(struct record *r, struct reader_context *context)
{
    learn_layout(r, context);
    take_fields(r, context);
    guess_language(r, context);
    r->phase = PHASE_READ;
}

static bool is_long_file(const struct reader_context *context)
{
    const struct source *source = input_source(context->input); /* NULL in a trial */

    return source != NULL && source_total_bytes(source) > HEAD_BYTES;
}

/* Take blocks until `enough` are there; the container's status otherwise. */
static enum block_status take_blocks(struct record *r, struct reader_context *context,
                                     size_t blocks, size_t bytes, struct error *err)
{
    enum block_status status = BLOCK_READY;
    struct block block;

    while (!r->blocks_ended && r->survey.block_count < blocks && r->survey.text_bytes < bytes) {
        status = r->ops->next(r->container, context, &block, err);
        if (status == BLOCK_ERROR) { /* what was given before it is read */
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

/* Turns of the layout are at the front of the head, as in a list of what follows, and hardly
 * after that. */
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

/* Take the head, and choose a layout by it. Of a long file a part is enough, unless its layout
 * comes to an end in it. BLOCK_MORE: there is not enough yet. */
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
            choose_for_head(r);
        if (bytes == HEAD_BYTES || r->blocks_ended || !is_only_at_front(r))
            break;
        bytes = HEAD_BYTES;
    }
    r->by_regions = is_long && context->layout == NULL;
    return BLOCK_READY;
}

/* ------------------------------------------------------------------ regions of a long file */

/* Whether the layout hardly occurs in the blocks that were not read yet. */
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
        turns += choice_begin(&r->survey, &r->choice, i) != SURVEY_NONE;
    return turns * REGION_TURNS_SHARE * r->blocks_in_head < r->turns_in_head * blocks;
}

static void forget_speakers(struct record *r)
{
    size_t i;

    for (i = 0; i < r->speaker_count; i++) {
        free(r->speakers[i].name);
        free(r->speakers[i].role);
    }
    r->speaker_count = 0;
}

/* From here on read by another layout; the survey, the choice and the front are taken over. */
static void change_layout(struct record *r, struct reader_context *context,
                          struct survey *survey, struct choice *choice,
                          struct front_matter *front)
{
    int64_t day_ms = r->choice.found ? r->times.day_ms : TIME_NONE;

    end_turn(r);
    forget_speakers(r);
    survey_release(&r->survey);
    choice_release(&r->choice);
    front_matter_release(&r->front);
    turn_kinds_release(&r->kinds);
    r->survey = *survey;
    r->choice = *choice;
    r->front = *front;
    r->front.title = SURVEY_NONE; /* that of the whole stood in its head */
    r->head = r->survey.block_count;
    r->position = 0;
    learn_layout(r, context);
    if (r->times.day_ms == TIME_NONE)
        r->times.day_ms = day_ms;
}

/* Choose anew by the blocks that were not read yet, where the layout does not read them and
 * another one surely does. */
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
            if (!flush(r, context, err))
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

/* Of a long file: take blocks until a region of them is known, and judge it. BLOCK_MORE: it is
 * not known yet. */
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

static void count_left_out(struct record_account *account, const struct block_left_out *item)
{
    struct record_account_reason *at = account->left_out;
    struct record_account_reason *last = at + RECORD_ACCOUNT_REASONS - 1;

    while (at < last && at->reason != NULL && strcmp(at->reason, item->reason) != 0)
        at++;
    if (at->reason == NULL) {
        at->reason = item->reason;
        account->left_out_count++;
    }
    at->places += item->occurrences > 0 ? item->occurrences : 1;
    at->characters += item->characters;
}

static void tell_left_out(struct reader_context *context, const struct block_left_out *item)
{
    if (context->account != NULL)
        count_left_out(context->account, item);
    diagnostics_add(context->diagnostics, SEVERITY_NOTE, item->line, 0,
                    "left out: %s (%llu characters)", _(item->reason),
                    (unsigned long long)item->characters);
}

static void report_left_out(struct record *r, struct reader_context *context)
{
    size_t count = 0;
    const struct block_left_out *items;
    size_t i;

    if (r->left_out_reported)
        return;
    r->left_out_reported = true;
    items = r->ops->left_out != NULL ? r->ops->left_out(r->container, &count) : NULL;
    for (i = 0; i < count; i++)
        tell_left_out(context, &items[i]);
    if (r->lost.characters > 0)
        tell_left_out(context, &r->lost);
    if (r->manners.characters > 0)
        tell_left_out(context, &r->manners);
}

/* Where a record rests, its last block may have to wait for what follows it. */
static size_t rest_end(const struct record *r)
{
    size_t last = r->survey.block_count;

    if (last == 0 || last <= r->position || !r->choice.found)
        return last;
    last--;
    if (r->survey.blocks[last].only_time)
        return last + 1;
    if (last < r->head ? r->choice.begins[last] != SURVEY_NONE
                       : choice_begin(&r->survey, &r->choice, last) != SURVEY_NONE)
        return last + 1;
    return last;
}

/* Read blocks up to `end`, or as many as are read at once. */
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
        /* A block that is read is looked back at by nobody. */
        survey_drop_front(&r->survey, r->position);
        r->judged -= r->position < r->judged ? r->position : r->judged;
        r->position = 0;
        r->head = 0;
    }
    return true;
}

/* Whether the current turn may be given out before it has ended: nothing would join it. */
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

/* All blocks that there are have been read. */
static enum reader_status finish(struct record *r, struct reader_context *context,
                                 size_t before, struct error *err)
{
    if (!flush(r, context, err) || !keep_lone_label(r, context, err))
        return READER_ERROR;
    report_left_out(r, context);
    take_title(r, context);
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

    r->blocks_ended = false; /* a text that grows goes on */
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
        if (resting && may_give_early(r) && !flush(r, context, err))
            return READER_ERROR;
        if (drafts_count(context->drafts) > before)
            return READER_SEGMENT;
        if (status == BLOCK_MORE)
            return READER_MORE;
    }
}

/* ------------------------------------------------------------------ detection */

static void add_to_survey(void *self, const struct block *block)
{
    survey_add(self, block);
}

/* Bytes that no text holds, or that were decoded into what none does. */
static bool is_binary(const char *head, size_t bytes)
{
    size_t odd = 0, looked = 0, at = 0;

    while (at < bytes && looked < BINARY_LOOKED_AT) {
        uint32_t cp;

        at += utf8_decode(head + at, bytes - at, &cp);
        if (cp == 0)
            return true;
        odd += (cp < 0x20 && cp != '\n' && cp != '\r' && cp != '\t' && cp != '\f' &&
                cp != 0x1B) ||
               (cp >= 0x7F && cp < 0xA0) || (cp >= 0xE000 && cp <= 0xF8FF) ||
               (cp >= 0xFFF0 && cp <= 0xFFFF) || cp >= 0xF0000;
        looked++;
    }
    return odd * 20 > looked;
}

/* Whether what is bold, or a heading, says who speaks; and in how many turns. */
static bool is_dressed(const struct survey *s, const struct choice *choice, size_t *turns)
{
    bool dressed = false;
    size_t i;

    for (i = *turns = 0; i < s->block_count; i++) {
        const struct survey_row *row;

        if (choice->begins[i] == SURVEY_NONE)
            continue;
        row = &s->rows[s->candidates[choice->begins[i]].row];
        dressed |= row->dress != 0 || s->blocks[i].bold;
        ++*turns;
    }
    return dressed;
}

/* The bytes of a head that are whole lines. A CR at its end may be half of a line end. */
static size_t whole_lines(struct span head, bool whole)
{
    size_t bytes = head.length;

    if (whole)
        return bytes;
    bytes -= bytes > 0 && head.data[bytes - 1] == '\r';
    while (bytes > 0 && head.data[bytes - 1] != '\n' && head.data[bytes - 1] != '\r')
        bytes--;
    return bytes;
}

/* Read a head of text or Markdown, as far as choosing its layout. The caller closes it; NULL:
 * it is no text. */
static struct record *survey_head(const struct container_ops *container, struct span head,
                                  bool whole)
{
    size_t bytes = whole_lines(head, whole);
    struct record *r;
    struct error err;

    if (bytes == 0 || is_binary(head.data, bytes))
        return NULL;
    r = record_reader_open(container);
    if (!survey_init(&r->survey, NULL, &err)) {
        record_reader_close(r);
        return NULL;
    }
    r->phase = PHASE_SURVEY;
    r->taken_bytes = bytes;
    if (container == &markdown_container)
        r->taken_bytes = markdown_container_take(r->container, head, bytes, add_to_survey,
                                                 &r->survey);
    else
        text_container_take(r->container, head, bytes, add_to_survey, &r->survey);
    choose_for_head(r);
    return r;
}

static int confidence_of(const struct record *r)
{
    if (r == NULL || !r->choice.found)
        return CONFIDENCE_NO;
    return r->choice.score >= CERTAIN_SCORE ? CONFIDENCE_LIKELY : CONFIDENCE_MAYBE;
}

static int text_detect_kept(const char *head, size_t bytes, bool whole, void **self)
{
    struct record *r = survey_head(&text_container, span_of(head, bytes), whole);

    *self = r;
    return confidence_of(r);
}

static int text_detect(const char *head, size_t bytes, bool whole)
{
    void *self;
    int confidence = text_detect_kept(head, bytes, whole, &self);

    if (self != NULL)
        record_reader_close(self);
    return confidence;
}

int record_reader_detect_markdown(const char *head, size_t bytes, bool whole, void **self)
{
    struct record *r = survey_head(&markdown_container, span_of(head, bytes), whole);
    int confidence = CONFIDENCE_NO;

    if (r != NULL && r->choice.found) {
        size_t turns;

        confidence = !is_dressed(&r->survey, &r->choice, &turns) ? CONFIDENCE_MAYBE
                     : turns >= STRONG_TURNS                     ? CONFIDENCE_STRONG
                                                                 : CONFIDENCE_LIKELY;
        /* Markup that does not mark speakers may be that of any text. */
        if (confidence == CONFIDENCE_MAYBE) {
            int as_text = text_detect(head, bytes, whole);

            if (as_text > CONFIDENCE_NO || !span_starts_with(span_of(head, bytes), "---\n"))
                confidence = as_text;
        }
    }
    if (confidence > CONFIDENCE_NO)
        *self = r;
    else if (r != NULL)
        record_reader_close(r);
    return confidence;
}

static void *text_open(void)
{
    return record_reader_open(&text_container);
}

static int plain_detect(const char *head, size_t bytes, bool whole)
{
    (void)whole;
    return folded_trim(span_of(head, bytes)).length == 0 || is_binary(head, bytes)
               ? CONFIDENCE_NO
               : CONFIDENCE_TEXT;
}

const struct reader_ops reader_plain = {
    .name = "plain",
    .title = N_("text without speakers"),
    .detect = plain_detect,
    .open = text_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .most = CONFIDENCE_TEXT,
    .grows = true,
    .fallback = true,
    .reads_after = &reader_text,
};

const struct reader_ops reader_text = {
    .name = "text",
    .title = N_("text with speakers"),
    .by_layout = true,
    .detect = text_detect,
    .detect_kept = text_detect_kept,
    .open = text_open,
    .next = record_reader_next,
    .close = record_reader_close,
    .most = CONFIDENCE_LIKELY,
    .grows = true,
};
