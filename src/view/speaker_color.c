/* Speaker colours. Nothing is cached: one walk over the speakers gives the same answer each
 * time. */
#include "shilu/view/speaker_color.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/hash.h"
#include "shilu/view/style.h"

static unsigned accent_of(const struct transcript *t, uint32_t speaker)
{
    const char *name = transcript_speaker_at(t, speaker)->name;

    return (unsigned)(hash_fnv1a(name, strlen(name)) % ACCENT_COUNT);
}

/* The speakers with the most words, by number, as many as there are colours. Returns how
 * many. */
static size_t find_frequent(const struct transcript *t, uint32_t *frequent)
{
    size_t all = transcript_speaker_count(t);
    size_t count = 0;

    for (uint32_t i = 0; i < all; i++) {
        uint64_t characters = transcript_speaker_characters(t, i);
        size_t at = count;

        while (at > 0 && transcript_speaker_characters(t, frequent[at - 1]) < characters)
            at--;
        if (at == ACCENT_COUNT)
            continue;
        count += count < ACCENT_COUNT;
        for (size_t k = count - 1; k > at; k--)
            frequent[k] = frequent[k - 1];
        frequent[at] = i;
    }
    return count;
}

/* Only a few of many speakers matter: usually the first few decide. */
static bool is_frequent(const struct transcript *t, uint32_t speaker)
{
    uint64_t characters = transcript_speaker_characters(t, speaker);
    size_t all = transcript_speaker_count(t);
    size_t ahead = 0;

    for (uint32_t i = 0; i < all && ahead < ACCENT_COUNT; i++) {
        uint64_t other = transcript_speaker_characters(t, i);

        ahead += other > characters || (other == characters && i < speaker);
    }
    return ahead < ACCENT_COUNT;
}

static int compare_numbers(const void *a, const void *b)
{
    const uint32_t *x = a;
    const uint32_t *y = b;

    return (*x > *y) - (*x < *y);
}

/* By its name, or else the next colour that no frequent speaker before it has. */
uint8_t speaker_color(const struct transcript *t, uint32_t speaker)
{
    uint32_t frequent[ACCENT_COUNT];
    bool taken[ACCENT_COUNT] = {false};
    size_t count;

    if (speaker == SPEAKER_NONE)
        return 0;
    if (!is_frequent(t, speaker))
        return (uint8_t)(1 + accent_of(t, speaker));
    count = find_frequent(t, frequent);
    qsort(frequent, count, sizeof *frequent, compare_numbers);
    for (size_t i = 0; i < count && frequent[i] <= speaker; i++) {
        unsigned accent = accent_of(t, frequent[i]);

        while (taken[accent])
            accent = (accent + 1) % ACCENT_COUNT;
        if (frequent[i] == speaker)
            return (uint8_t)(1 + accent);
        taken[accent] = true;
    }
    return (uint8_t)(1 + accent_of(t, speaker));
}

/* One for each colour; all shapes differ. */
static const char *const shapes[ACCENT_COUNT] = {"●", "▲", "■", "◆", "▼", "★",
                                                 "○", "△", "□", "◇", "▽", "☆"};

const char *speaker_color_shape_text(uint8_t accent)
{
    return accent > 0 ? shapes[accent - 1] : "";
}

void speaker_color_shape(struct pen *pen, const struct reader_state *r, uint32_t speaker,
                         bool muted)
{
    uint8_t accent = speaker_color(r->transcript, speaker);
    const struct style style = {.role = muted ? ROLE_SPEAKER_MUTED : ROLE_SPEAKER,
                                .accent = muted ? 0 : accent};

    if (!r->shapes || accent == 0)
        return;
    pen_styled(pen, span_string(speaker_color_shape_text(accent)), style);
    pen->column++;
}

void speaker_color_name(struct pen *pen, const struct reader_state *r, uint32_t speaker)
{
    const char *name = transcript_speaker_at(r->transcript, speaker)->name;
    const struct style style = {.role = ROLE_SPEAKER,
                                .accent = speaker_color(r->transcript, speaker)};

    speaker_color_shape(pen, r, speaker, false);
    pen_styled(pen, span_string(name), style);
}
