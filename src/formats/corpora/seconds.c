#include "formats/corpora/seconds.h"

#include <math.h>
#include <stdlib.h>

#include "shilu/base/civil_time.h"

static int64_t parse(const char *s, double factor)
{
    char *end;
    double value;

    if (s == NULL)
        return TIME_NONE;
    value = strtod(s, &end);
    if (end == s || !isfinite(value) || fabs(value * factor) > (double)TIME_MAX_MS)
        return TIME_NONE;
    return (int64_t)llround(value * factor);
}

int64_t seconds_parse(const char *s)
{
    return parse(s, 1000);
}

int64_t milliseconds_parse(const char *s)
{
    return parse(s, 1);
}
