/* Speaker turns: who speaks when, as a diarizer says it in an RTTM beside a transcript of the
 * same name. They give speakers to a transcript that has none of its own. Standard: the RT-09
 * evaluation plan, appendix A. */
#ifndef SHILU_FORMATS_SPEAKER_TURNS_H
#define SHILU_FORMATS_SPEAKER_TURNS_H

#include "shilu/base/error.h"
#include "shilu/formats/drafts.h"

struct speaker_turns;

/* The turns of the RTTM beside a file: "talk.rttm" for "talk.srt". NULL if there is none, or it
 * holds no turns, or the file is itself that RTTM. */
struct speaker_turns *speaker_turns_beside(const char *path, struct diagnostics *diagnostics);
void speaker_turns_free(struct speaker_turns *turns);

/* Give the segments that wait the speaker whose turns they overlap most. Does nothing once the
 * drafts have had a speaker of their own. */
void speaker_turns_assign(struct speaker_turns *turns, struct drafts *drafts);

#endif
