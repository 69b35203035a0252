#include "formats/common/seconds.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/civil_time.h"

static int64_t parse(const char *s, double factor, char **end)
{
    double value;

    if (s == NULL)
        return TIME_NONE;
    value = strtod(s, end);
    if (*end == s || !isfinite(value) || fabs(value * factor) > (double)TIME_MAX_MS)
        return TIME_NONE;
    return (int64_t)llround(value * factor);
}

int64_t seconds_parse(const char *s)
{
    char *end;

    return parse(s, 1000, &end);
}

int64_t milliseconds_parse(const char *s)
{
    char *end;

    return parse(s, 1, &end);
}

bool seconds_read(struct span field, int64_t *ms)
{
    char number[32];
    char *end = number;

    if (field.length == 0 || field.length >= sizeof number ||
        !(isdigit((unsigned char)*field.data) || *field.data == '.'))
        return false;
    memcpy(number, field.data, field.length);
    number[field.length] = '\0';
    *ms = parse(number, 1000, &end);
    return *ms != TIME_NONE && end == number + field.length;
}
