/* Reading: see the header; here only what is derived from it. */
#include "shilu/view/reading.h"

bool reading_is_selected(const struct reading *r, uint32_t segment)
{
    uint32_t first = r->select_from < r->segment ? r->select_from : r->segment;
    uint32_t last = r->select_from < r->segment ? r->segment : r->select_from;

    return r->selecting && segment >= first && segment <= last;
}

void reading_time(const struct reading *r, int64_t ms, char *out)
{
    if (ms == TIME_NONE)
        out[0] = '\0';
    else if (transcript_clock(r->transcript) == CLOCK_WALL)
        civil_format_clock(ms, out);
    else
        civil_format_elapsed(ms, out);
}
