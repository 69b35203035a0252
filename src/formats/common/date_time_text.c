/* Times in official records. A date is parsed forwards from each position near the end where a
 * year may start, because separators vary and the words before it may end in digits. */
#include "formats/common/date_time_text.h"

#include <ctype.h>
#include <string.h>

#include "shilu/base/civil_time.h"

enum { MOMENT_BYTES = 40 };

size_t date_time_text_space_bytes(const char *text, size_t bytes)
{
    size_t at = 0;

    while (at < bytes) {
        if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r'))
            at++;
        else if (bytes - at >= 2 && memcmp(text + at, "\xC2\xA0", 2) == 0)
            at += 2;
        else if (bytes - at >= 3 && (memcmp(text + at, "\xE3\x80\x80", 3) == 0 ||
                                     memcmp(text + at, "\xEF\xBB\xBF", 3) == 0))
            at += 3;
        else
            break;
    }
    return at;
}

size_t date_time_text_trimmed_bytes(const char *text, size_t bytes)
{
    while (bytes > 0) {
        if (text[bytes - 1] == ' ' || (text[bytes - 1] >= '\t' && text[bytes - 1] <= '\r'))
            bytes--;
        else if (bytes >= 2 && memcmp(text + bytes - 2, "\xC2\xA0", 2) == 0)
            bytes -= 2;
        else if (bytes >= 3 && memcmp(text + bytes - 3, "\xE3\x80\x80", 3) == 0)
            bytes -= 3;
        else
            break;
    }
    return bytes;
}

struct scan {
    const char *s;
    size_t bytes;
    size_t at;
};

static bool take(struct scan *in, const char *literal)
{
    size_t bytes = strlen(literal);

    if (in->bytes - in->at < bytes || memcmp(in->s + in->at, literal, bytes) != 0)
        return false;
    in->at += bytes;
    return true;
}

/* One of a NULL-terminated list. */
static bool take_any(struct scan *in, const char *const *literals)
{
    for (; *literals != NULL; literals++) {
        if (take(in, *literals))
            return true;
    }
    return false;
}

static bool take_int(struct scan *in, int least, int most, int *value)
{
    int digits = 0;

    *value = 0;
    while (digits < most && in->at < in->bytes && isdigit((unsigned char)in->s[in->at])) {
        *value = *value * 10 + (in->s[in->at++] - '0');
        digits++;
    }
    return digits >= least;
}

static bool take_date(struct scan *in, struct civil_time *c)
{
    static const char *const after_year[] = {"-", "/", ".", "年", NULL};
    static const char *const after_month[] = {"-", "/", ".", "月", NULL};

    if (!take_int(in, 4, 4, &c->year) || !take_any(in, after_year) ||
        !take_int(in, 1, 2, &c->month) || !take_any(in, after_month) ||
        !take_int(in, 1, 2, &c->day))
        return false;
    take(in, "日");
    return c->year >= 1000 && civil_is_valid(c);
}

static bool take_clock(struct scan *in, struct civil_time *c)
{
    static const char *const after_hour[] = {":", "：", "時", "时", "點", "点", NULL};
    static const char *const after_minute[] = {":", "：", "分", NULL};

    if (!take_int(in, 1, 2, &c->hour) || !take_any(in, after_hour) ||
        !take_int(in, 2, 2, &c->minute))
        return false;
    if (take_any(in, after_minute) && take_int(in, 2, 2, &c->second))
        take(in, "秒");
    return civil_is_valid(c);
}

static bool take_moment(struct scan *in, int64_t *ms)
{
    struct civil_time c = {0};

    if (!take_date(in, &c))
        return false;
    if (date_time_text_space_bytes(in->s + in->at, in->bytes - in->at) == 0 && !take(in, "T"))
        return false;
    in->at += date_time_text_space_bytes(in->s + in->at, in->bytes - in->at);
    if (!take_clock(in, &c))
        return false;
    *ms = civil_to_ms(&c);
    return true;
}

bool date_time_text_date_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used)
{
    struct scan in = {text, bytes, 0};
    struct civil_time c = {0};

    if (!take_date(&in, &c))
        return false;
    *ms = civil_to_ms(&c);
    *used = in.at;
    return true;
}

bool date_time_text_at_end(const char *text, size_t bytes, int64_t *ms, size_t *bytes_before)
{
    size_t end = date_time_text_trimmed_bytes(text, bytes);
    size_t at = end > MOMENT_BYTES ? end - MOMENT_BYTES : 0;

    for (; at < end; at++) {
        struct scan in = {text, end, at};

        if (isdigit((unsigned char)text[at]) && take_moment(&in, ms) && in.at == end) {
            *bytes_before = date_time_text_trimmed_bytes(text, at);
            return true;
        }
    }
    return false;
}

bool date_time_text_at_start(const char *text, size_t bytes, int64_t *ms, size_t *used)
{
    struct scan in = {text, bytes, 0};

    if (!take_moment(&in, ms))
        return false;
    *used = in.at + date_time_text_space_bytes(text + in.at, bytes - in.at);
    return true;
}
