/* Accents. Nothing is kept: the walk over the first speakers is short and gives the same answer
 * each time, since speakers are numbered by first mention and only added at the end. */
#include "shilu/view/speaker_color.h"

#include "shilu/view/style.h"

/* FNV-1a, 32 bits. */
static uint32_t hash_name(const char *name)
{
    uint32_t hash = 2166136261u;

    for (; *name != '\0'; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ^ hash >> 15;
}

uint8_t speaker_color(const struct transcript *t, uint32_t speaker)
{
    bool taken[ACCENT_COUNT] = {false};
    uint32_t accent = 0;
    uint32_t i;

    if (speaker == SPEAKER_NONE)
        return 0;
    if (speaker >= ACCENT_COUNT)
        return (uint8_t)(1 + hash_name(transcript_speaker_at(t, speaker)->name) % ACCENT_COUNT);
    for (i = 0; i <= speaker; i++) {
        accent = hash_name(transcript_speaker_at(t, i)->name) % ACCENT_COUNT;
        while (taken[accent])
            accent = (accent + 1) % ACCENT_COUNT;
        taken[accent] = true;
    }
    return (uint8_t)(1 + accent);
}
