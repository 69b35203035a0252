/* JSON values. Numbers come as any double: what is not finite or beyond MS_MAX is no time. */
#include "formats/json/json_value.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/civil_time.h"

/* Some 30 years either way; longer is no recording. */
static const double MS_MAX = 1e12;

const cJSON *json_value_get(const cJSON *object, const char *name)
{
    return cJSON_IsObject(object) ? cJSON_GetObjectItemCaseSensitive(object, name) : NULL;
}

const cJSON *json_value_get_either(const cJSON *object, const char *name, const char *other)
{
    const cJSON *value = json_value_get(object, name);

    return value != NULL && !cJSON_IsNull(value) ? value : json_value_get(object, other);
}

const char *json_value_text(const cJSON *object, const char *name)
{
    const cJSON *value = json_value_get(object, name);

    return cJSON_IsString(value) ? value->valuestring : NULL;
}

bool json_value_is_given(const cJSON *value)
{
    return value != NULL && !cJSON_IsNull(value) &&
           !(cJSON_IsString(value) && value->valuestring[0] == '\0');
}

bool json_value_label(const cJSON *value, char out[JSON_VALUE_LABEL])
{
    if (cJSON_IsString(value))
        return snprintf(out, JSON_VALUE_LABEL, "%s", value->valuestring) < JSON_VALUE_LABEL;
    if (!cJSON_IsNumber(value) || !(fabs(value->valuedouble) < 1e9))
        return false;
    snprintf(out, JSON_VALUE_LABEL, "%.0f", value->valuedouble);
    return true;
}

static int64_t from_ms(double ms)
{
    return fabs(ms) <= MS_MAX ? (int64_t)llround(ms) : TIME_NONE; /* false for NaN too */
}

/* "PT1H2M3.5S" of ISO 8601, in seconds. */
static bool parse_period(const char *s, double *seconds)
{
    double sum = 0;

    if (strncmp(s, "PT", 2) != 0)
        return false;
    for (s += 2; isdigit((unsigned char)*s); s++) {
        char *end;
        double part = strtod(s, &end);

        sum += part * (*end == 'H' ? 3600 : *end == 'M' ? 60 : 1);
        s = end;
        if (memchr("HMS", *s, 3) == NULL)
            return false;
    }
    *seconds = sum;
    return *s == '\0';
}

static int64_t string_seconds_ms(const char *s)
{
    size_t used;
    int64_t ms;
    double seconds;
    char *end;

    if (civil_parse_clock(s, strlen(s), false, &ms, &used) && s[used] == '\0')
        return ms;
    if (parse_period(s, &seconds))
        return from_ms(seconds * 1000);
    if (!isdigit((unsigned char)*s) && *s != '-')
        return TIME_NONE;
    seconds = strtod(s, &end);
    end += *end == 's';
    return *end == '\0' ? from_ms(seconds * 1000) : TIME_NONE;
}

int64_t json_value_units_ms(const cJSON *value, double per_ms)
{
    char *end;
    double number;

    if (cJSON_IsNumber(value))
        return from_ms(value->valuedouble / per_ms);
    if (!cJSON_IsString(value) || !isdigit((unsigned char)*value->valuestring))
        return TIME_NONE;
    number = strtod(value->valuestring, &end);
    return *end == '\0' ? from_ms(number / per_ms) : TIME_NONE;
}

int64_t json_value_seconds_ms(const cJSON *value)
{
    int64_t seconds_ms, nanos_ms;

    if (cJSON_IsString(value))
        return string_seconds_ms(value->valuestring);
    if (!cJSON_IsObject(value))
        return json_value_units_ms(value, 0.001);
    /* One that is zero may be left out. */
    if (json_value_get_either(value, "seconds", "nanos") == NULL)
        return TIME_NONE;
    seconds_ms = json_value_units_ms(json_value_get(value, "seconds"), 0.001);
    nanos_ms = json_value_units_ms(json_value_get(value, "nanos"), 1e6);
    return (seconds_ms != TIME_NONE ? seconds_ms : 0) + (nanos_ms != TIME_NONE ? nanos_ms : 0);
}

int64_t json_value_end_ms(int64_t start_ms, int64_t duration_ms)
{
    return start_ms == TIME_NONE || duration_ms == TIME_NONE ? TIME_NONE
                                                             : start_ms + duration_ms;
}
