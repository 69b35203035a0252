/* Dates as official records print them. */
#include "formats/common/date_text.h"

#include <ctype.h>

#include "shilu/base/civil_time.h"

static bool take_int(struct span *text, int least, int most, int *value)
{
    int digits = 0;

    *value = 0;
    while (digits < most && text->length > 0 && isdigit((unsigned char)*text->data)) {
        *value = *value * 10 + (*text->data - '0');
        *text = span_skip(*text, 1);
        digits++;
    }
    return digits >= least;
}

bool date_text_parse(struct span text, int64_t *ms)
{
    static const char *const after_year[] = {"-", "/", ".", "年", NULL};
    static const char *const after_month[] = {"-", "/", ".", "月", NULL};
    struct civil_time c = {0};

    if (!take_int(&text, 4, 4, &c.year) || !span_take_any(&text, after_year) ||
        !take_int(&text, 1, 2, &c.month) || !span_take_any(&text, after_month) ||
        !take_int(&text, 1, 2, &c.day) || c.year < 1000 || !civil_is_valid(&c))
        return false;
    *ms = civil_to_ms(&c);
    return true;
}
