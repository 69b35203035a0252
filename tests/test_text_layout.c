/* The flow of rows: what is gone down is gone up again, and every byte has its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"
#include "shilu/text/text_chunk.h"
#include "view/text_layout.h"

enum { GIANT_BYTES = 100 * 1024 };

struct river {
    struct transcript *transcript;
    struct width *width;
    struct reader_state reading;
    struct text_layout *flow;
};

static void add(struct river *r, const char *speaker, const char *text, size_t bytes,
                bool piece)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    struct speaker_label label = {.name = speaker};
    struct error err;

    draft.text = text;
    draft.text_bytes = bytes;
    draft.piece = piece;
    draft.start_ms = (int64_t)transcript_count(r->transcript) * 2000;
    draft.end_ms = draft.start_ms + 2000;
    draft.speaker = speaker != NULL ? transcript_speaker(r->transcript, &label) : SPEAKER_NONE;
    assert_true(transcript_append(r->transcript, &draft, &err));
}

static void add_string(struct river *r, const char *speaker, const char *text, bool piece)
{
    add(r, speaker, text, strlen(text), piece);
}

static void add_giant(struct river *r)
{
    static const char *const words[] = {
        "水位",     "一天之內，",          "dam ", "spillway. ", "供水。",
        "土の匂い", "e\xCC\x81t\xCC\xA3 ", "물을 "};
    struct buffer text = {0};
    unsigned seed = 7;

    while (text.bytes < GIANT_BYTES) {
        seed = seed * 1103515245u + 12345u;
        buffer_append_string(&text, words[(seed >> 16) % 8]);
    }
    add(r, "Giant", text.data, text.bytes, false);
    buffer_release(&text);
}

/* Whole segments, captions that read on, an empty one, one without a speaker, a giant. */
static void river_open(struct river *r, bool giant)
{
    int i;

    *r = (struct river){.transcript = transcript_new(), .width = width_new(false)};
    transcript_set(r->transcript, FIELD_LANGUAGE, "zh-Hant");
    for (i = 0; i < 12; i++) {
        add_string(r, i % 3 == 0 ? "沈若蘭" : "Falk",
                   i % 2 == 0
                       ? "今早的水位是四十一公尺二，比去年同一天低三公尺。低，但還不到停水。"
                       : "The dam is sound; the concrete is tired, not sick.",
                   false);
    }
    for (i = 0; i < 40; i++)
        add_string(r, i < 25 ? "Caption" : "白石", i % 4 ? "and then the water" : "水が、",
                   true);
    add_string(r, "Empty", "", false);
    add_string(r, NULL, "(applause)\nand a second line\n\nand a fourth", false);
    if (giant)
        add_giant(r);
    add_string(r, "沈若蘭", "謝謝各位。", false);
    r->reading = (struct reader_state){.transcript = r->transcript,
                                       .width = r->width,
                                       .selection = SELECTION_INIT,
                                       .segment = 0};
    r->flow = text_layout_new(&r->reading);
}

static void river_close(struct river *r)
{
    text_layout_free(r->flow);
    selection_release(&r->reading.selection);
    transcript_free(r->transcript);
    width_free(r->width);
}

static bool same(const struct text_layout_place *a, const struct text_layout_place *b)
{
    return a->segment == b->segment && a->block == b->block && a->row == b->row;
}

/* All places from the first down, checked against the way up. */
static size_t walk(struct river *r, struct text_layout_place **places)
{
    size_t count = 0;
    size_t capacity = 0;
    struct text_layout_place place;
    struct text_layout_place last;
    size_t i;

    *places = NULL;
    assert_true(text_layout_first(r->flow, &place));
    do {
        MEMORY_RESERVE(*places, capacity, count + 1);
        (*places)[count++] = place;
    } while (text_layout_move(r->flow, &place, 1) == 1);
    assert_true(text_layout_last(r->flow, &last));
    assert_true(same(&last, &place));
    for (i = count; i-- > 0;) {
        assert_true(same(&place, &(*places)[i]));
        assert_int_equal(text_layout_move(r->flow, &place, -1), i > 0 ? -1 : 0);
    }
    return count;
}

static void flow_move__whole_record__is_the_same_both_ways(void **state)
{
    static const int columns[] = {2, 3, 7, 20, 38, 76, 300};
    struct river r;
    size_t i;

    (void)state;
    river_open(&r, true);
    for (i = 0; i < sizeof columns / sizeof *columns; i++) {
        struct text_layout_place *places;

        text_layout_set_columns(r.flow, columns[i]);
        assert_true(walk(&r, &places) > 60);
        free(places);
    }
    river_close(&r);
}

static void flow_move__by_many_rows__is_many_moves_by_one(void **state)
{
    struct river r;
    int columns;

    (void)state;
    river_open(&r, true);
    for (columns = 9; columns < 90; columns += 16) {
        struct text_layout_place *places;
        size_t count;
        size_t at;
        unsigned seed = 99;
        int i;

        text_layout_set_columns(r.flow, columns);
        count = walk(&r, &places);
        for (i = 0; i < 300; i++) {
            struct text_layout_place place;
            int rows;
            int moved;

            seed = seed * 1103515245u + 12345u;
            at = (seed >> 8) % count;
            rows = (int)((seed >> 20) % 200) - 100;
            place = places[at];
            moved = text_layout_move(r.flow, &place, rows);
            if (rows < 0 && (size_t)-rows > at)
                assert_int_equal(moved, -(int)at);
            else if (rows > 0 && (size_t)rows > count - 1 - at)
                assert_int_equal(moved, (int)(count - 1 - at));
            else
                assert_int_equal(moved, rows);
            assert_true(same(&place, &places[(long)at + moved]));
            if (moved > 0)
                assert_int_equal(text_layout_distance(r.flow, places[at], &place, 1000), moved);
            if (moved > 5)
                assert_int_equal(text_layout_distance(r.flow, places[at], &place, 5), 5);
            text_layout_move(r.flow, &place, -moved);
            assert_true(same(&place, &places[at]));
        }
        free(places);
    }
    river_close(&r);
}

/* The row that is found for a byte is the last that starts at or before it. */
static void check_found(struct river *r, uint32_t segment, uint32_t byte, uint32_t *before)
{
    struct text_layout_place place;
    struct text_layout_row row;

    assert_true(text_layout_find(r->flow, segment, byte, &place));
    assert_true(text_layout_row(r->flow, &place, &row));
    assert_int_equal(row.kind, TEXT_LAYOUT_LINE);
    if (row.segment == segment) {
        assert_true(row.byte <= byte);
        assert_true(row.byte >= *before);
        *before = row.byte;
    } else {
        /* A caption may start in the line of the one before it. */
        assert_true(row.segment < segment);
    }
}

static void flow_find__every_byte__is_on_the_row_found(void **state)
{
    struct river r;
    int columns;

    (void)state;
    river_open(&r, true);
    for (columns = 5; columns < 100; columns += 31) {
        uint32_t segment;

        text_layout_set_columns(r.flow, columns);
        for (segment = 0; segment < transcript_count(r.transcript); segment++) {
            size_t bytes;
            uint32_t before = 0;
            uint32_t byte;

            transcript_text(r.transcript, segment, &bytes);
            for (byte = 0; byte < bytes || byte == 0; byte += bytes > 1000 ? 37 : 1)
                check_found(&r, segment, byte, &before);
        }
    }
    river_close(&r);
}

/* Each line starts where the one before it ends, over blocks and captions: no word is lost. */
static void flow_row__all_lines__cover_every_segment(void **state)
{
    struct river r;
    struct text_layout_place *places;
    size_t count;
    size_t i;
    size_t blocks = 0;
    uint32_t segment = SEGMENT_NONE;

    (void)state;
    river_open(&r, true);
    text_layout_set_columns(r.flow, 40);
    count = walk(&r, &places);
    for (i = 0; i < count; i++) {
        struct text_layout_row row;
        const struct wrap_line *line;

        assert_true(text_layout_row(r.flow, &places[i], &row));
        if (row.kind != TEXT_LAYOUT_LINE)
            continue;
        line = &row.unit->wrap.lines[row.line];
        if (row.line == 0)
            assert_int_equal(line->byte, 0);
        else
            assert_int_equal(line->byte, line[-1].byte_end);
        if (row.line + 1 == row.unit->wrap.count)
            assert_int_equal(line->byte_end, row.unit->text.bytes);
        blocks += row.unit->block > 0 && row.line == 0;
        assert_true(segment == SEGMENT_NONE || row.segment >= segment);
        segment = row.segment;
    }
    assert_int_equal(blocks, text_chunk_count(GIANT_BYTES) - 1);
    free(places);
    river_close(&r);
}

static void flow_row__turns__have_a_heading(void **state)
{
    struct river r;
    struct text_layout_place *places;
    size_t count;
    size_t headings = 0;
    size_t i;

    (void)state;
    river_open(&r, false);
    count = walk(&r, &places);
    for (i = 0; i < count; i++) {
        struct text_layout_row row;

        assert_true(text_layout_row(r.flow, &places[i], &row));
        headings += row.kind == TEXT_LAYOUT_HEADING;
        if (row.kind == TEXT_LAYOUT_BLANK)
            assert_true(i > 0);
    }
    assert_int_equal(headings, transcript_turn_count(r.transcript));
    free(places);
    river_close(&r);
}

static void set_query(struct river *r, const char *query)
{
    struct error err;

    matcher_free(r->reading.matcher);
    r->reading.matcher = matcher_new(query, strlen(query), 0, &err);
    r->reading.matcher_version++;
    assert_non_null(r->reading.matcher);
}

/* The bytes of the only hit in the unit of a segment, as text. */
static void assert_match(struct river *r, uint32_t segment, size_t wanted, const char *text)
{
    struct text_layout_place place;
    struct text_layout_row row;
    const struct text_layout_match *matches;
    size_t count;

    assert_true(text_layout_find(r->flow, segment, 0, &place));
    assert_true(text_layout_row(r->flow, &place, &row));
    matches = text_layout_matches(r->flow, row.unit, &count);
    assert_int_equal(count, wanted);
    if (count == 0)
        return;
    assert_int_equal(matches[0].byte_end - matches[0].byte, strlen(text));
    assert_memory_equal(row.unit->text.data + matches[0].byte, text, strlen(text));
}

static void flow_matches__go_on_across_captions(void **state)
{
    struct river r;

    (void)state;
    river_open(&r, false);
    r.reading.unfolded = true;
    set_query(&r, "water and");
    r.reading.hit = (struct hit){13, 13, 22};
    r.reading.has_hit = true;
    assert_match(&r, 12, 12, "water and"); /* not before nor after 水が */
    set_query(&r, "水が、and");
    assert_match(&r, 12, 6, "水が、and");
    set_query(&r, "the concrete is");
    assert_match(&r, 1, 1, "the concrete is");
    set_query(&r, "wateR");
    assert_match(&r, 12, 0, "");
    matcher_free(r.reading.matcher);
    river_close(&r);
}

/* Hits in what is folded are shown by lighting the mark that stands for it, once. */
static void flow_matches__of_what_is_folded__are_on_the_mark(void **state)
{
    struct river r;
    int i;

    (void)state;
    river_open(&r, false);
    for (i = 0; i < 30; i++)
        add_string(&r, "Loop", "so it goes on. ", true);
    set_query(&r, "goes on. so");
    assert_match(&r, (uint32_t)transcript_count(r.transcript) - 1, 1, "goes on. [×30]");
    set_query(&r, "so it");
    assert_match(&r, (uint32_t)transcript_count(r.transcript) - 1, 2, "so it");
    matcher_free(r.reading.matcher);
    river_close(&r);
}

static void flow_move__soloed__meets_only_that_speaker(void **state)
{
    struct river r;
    struct speaker_label label = {.name = "Falk"};
    struct text_layout_place *places;
    struct text_layout_place place;
    struct text_layout_row row;
    uint32_t falk;
    size_t count;
    size_t i;

    (void)state;
    river_open(&r, true);
    falk = transcript_speaker(r.transcript, &label);
    selection_solo_only(&r.reading.selection, falk);
    r.reading.selection_version++;
    count = walk(&r, &places);
    for (i = 0; i < count; i++) {
        assert_true(text_layout_row(r.flow, &places[i], &row));
        assert_int_equal(transcript_segment(r.transcript, row.segment)->speaker, falk);
    }
    /* What is not read is found at the next that is, else at the last. */
    assert_true(text_layout_find(r.flow, 3, 20, &place) &&
                text_layout_row(r.flow, &place, &row));
    assert_int_equal(row.segment, 4);
    assert_int_equal(row.byte, 0);
    assert_true(text_layout_find(r.flow, 50, 9, &place) &&
                text_layout_row(r.flow, &place, &row));
    assert_int_equal(row.segment, 11);
    free(places);
    selection_all_speakers(&r.reading.selection);
    r.reading.selection_version++;
    assert_true(walk(&r, &places) > count);
    free(places);
    river_close(&r);
}

static void flow_first__nothing_to_read__is_reported(void **state)
{
    struct transcript *t = transcript_new();
    struct width *w = width_new(false);
    struct reader_state reading = {.transcript = t, .width = w, .selection = SELECTION_INIT};
    struct text_layout *f = text_layout_new(&reading);
    struct text_layout_place place = {0};
    struct text_layout_row row;

    (void)state;
    assert_false(text_layout_first(f, &place));
    assert_false(text_layout_last(f, &place));
    assert_false(text_layout_find(f, 0, 0, &place));
    assert_false(text_layout_row(f, &place, &row));
    text_layout_free(f);
    width_free(w);
    transcript_free(t);
}

/* A record that grows by a caption of the last paragraph: the old rows stay what they were. */
static void flow_row__a_growing_paragraph__is_laid_out_anew(void **state)
{
    struct river r;
    struct text_layout_place first;
    struct text_layout_row row;
    size_t before;

    (void)state;
    river_open(&r, false);
    add_string(&r, "Late", "one two three", true);
    assert_true(
        text_layout_find(r.flow, (uint32_t)transcript_count(r.transcript) - 1, 0, &first));
    assert_true(text_layout_row(r.flow, &first, &row));
    before = row.unit->text.bytes;
    add_string(&r, "Late", "four five six", true);
    assert_true(text_layout_row(r.flow, &first, &row));
    assert_true(row.unit->text.bytes > before);
    river_close(&r);
}

/* Captions that say one thing thirty times, a word that is said twice before them. */
static void loop_open(struct river *r)
{
    int i;

    *r = (struct river){.transcript = transcript_new(), .width = width_new(false)};
    add_string(r, NULL, "Well, well.", true);
    for (i = 0; i < 30; i++)
        add_string(r, NULL, "I go to the next slide.", true);
    add_string(r, NULL, "The end.", true);
    r->reading = (struct reader_state){.transcript = r->transcript,
                                       .width = r->width,
                                       .selection = SELECTION_INIT,
                                       .segment = 0};
    r->flow = text_layout_new(&r->reading);
}

static void flow_row__a_detectrs_loop__is_folded(void **state)
{
    static const char folded[] = "Well, well. I go to the next slide. [×30] The end.";
    struct text_layout_place place;
    struct text_layout_row row;
    struct river r;

    (void)state;
    loop_open(&r);
    assert_true(text_layout_first(r.flow, &place));
    assert_true(text_layout_row(r.flow, &place, &row));
    assert_string_equal(row.unit->text.data, folded);
    r.reading.unfolded = true;
    assert_true(text_layout_row(r.flow, &place, &row));
    assert_int_equal(row.unit->text.bytes, strlen("Well, well. The end.") + 30 * 24);
    assert_int_equal(row.unit->piece_count, 32);
    river_close(&r);
}

static void flow_find__in_what_is_folded__is_on_the_mark(void **state)
{
    struct text_layout_place place;
    struct text_layout_place last;
    struct text_layout_row row;
    struct river r;
    uint32_t i;

    (void)state;
    loop_open(&r);
    text_layout_set_columns(r.flow, 12);
    for (i = 2; i < 31; i++) {
        assert_true(text_layout_find(r.flow, i, 5, &place));
        assert_true(text_layout_row(r.flow, &place, &row));
        assert_non_null(
            memmem(row.unit->text.data + row.unit->wrap.lines[row.line].byte, 20, "[", 1));
    }
    assert_true(text_layout_find(r.flow, 31, 4, &last));
    assert_true(text_layout_row(r.flow, &last, &row));
    assert_int_equal(row.segment == 31 || row.byte > 0, 1);
    assert_true(last.row >= place.row);
    /* A paragraph that is folded while its place is far down in it. */
    place.row = 500;
    assert_int_equal(text_layout_move(r.flow, &place, 1), 0);
    assert_true(text_layout_row(r.flow, &place, &row));
    river_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flow_move__whole_record__is_the_same_both_ways),
        cmocka_unit_test(flow_move__by_many_rows__is_many_moves_by_one),
        cmocka_unit_test(flow_find__every_byte__is_on_the_row_found),
        cmocka_unit_test(flow_row__all_lines__cover_every_segment),
        cmocka_unit_test(flow_row__turns__have_a_heading),
        cmocka_unit_test(flow_matches__go_on_across_captions),
        cmocka_unit_test(flow_matches__of_what_is_folded__are_on_the_mark),
        cmocka_unit_test(flow_move__soloed__meets_only_that_speaker),
        cmocka_unit_test(flow_first__nothing_to_read__is_reported),
        cmocka_unit_test(flow_row__a_detectrs_loop__is_folded),
        cmocka_unit_test(flow_find__in_what_is_folded__is_on_the_mark),
        cmocka_unit_test(flow_row__a_growing_paragraph__is_laid_out_anew),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
