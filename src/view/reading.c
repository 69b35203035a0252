/* Reading: see the header; here only what is derived from it. */
#include "shilu/view/reading.h"

void reading_time(const struct reading *r, int64_t ms, char *out)
{
    if (ms == TIME_NONE)
        out[0] = '\0';
    else if (transcript_clock(r->transcript) == CLOCK_WALL)
        civil_format_clock(ms, out);
    else
        civil_format_elapsed(ms, out);
}
