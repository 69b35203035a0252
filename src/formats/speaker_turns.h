/* Speaker turns: who speaks when, according to a diarizer's RTTM beside a transcript with the
 * same name. They add speakers to a transcript without any. Standard: the RT-09 evaluation
 * plan, appendix A. */
#ifndef SHILU_FORMATS_SPEAKER_TURNS_H
#define SHILU_FORMATS_SPEAKER_TURNS_H

#include "shilu/base/error.h"
#include "shilu/formats/drafts.h"

struct speaker_turns;

/* The turns of the RTTM beside a file: "talk.rttm" for "talk.srt". NULL if there is none, if it
 * has no turns, or if the file is that RTTM itself. */
struct speaker_turns *speaker_turns_beside(const char *path, struct diagnostics *diagnostics);
void speaker_turns_free(struct speaker_turns *turns);

/* Whether turns could be assigned: a waiting segment has a time, and no speaker is known. */
bool speaker_turns_are_wanted(const struct drafts *drafts);

/* Assign to each waiting segment the speaker whose turns overlap it most. Does nothing once the
 * drafts have a speaker of their own. */
void speaker_turns_assign(struct speaker_turns *turns, struct drafts *drafts);

#endif
