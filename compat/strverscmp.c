/* As glibc's manual defines it: a number with leading zeros is a fraction, which comes before
 * one without; of two of the same kind the longer integer is larger. */
#include <string.h>

static int is_digit(char c)
{
    return c >= '0' && c <= '9';
}

int strverscmp(const char *a, const char *b)
{
    size_t same = 0;
    size_t start;
    size_t i;

    while (a[same] == b[same] && a[same] != '\0')
        same++;
    if (a[same] == b[same])
        return 0;
    for (start = same; start > 0 && is_digit(a[start - 1]);)
        start--;
    /* Integers: no zero in front on either side. */
    if ((start < same || (is_digit(a[same]) && is_digit(b[same]))) && a[start] != '0' &&
        b[start] != '0' && (is_digit(a[start]) && is_digit(b[start]))) {
        for (i = same; is_digit(a[i]) && is_digit(b[i]);)
            i++;
        if (is_digit(a[i]) != is_digit(b[i]))
            return is_digit(a[i]) ? 1 : -1;
    } else if (start < same || a[start] == '0' || b[start] == '0') {
        /* Fractions: where all before is zeros, a further digit makes it smaller. */
        for (i = start; i < same && a[i] == '0';)
            i++;
        if (i == same && start < same && is_digit(a[same]) != is_digit(b[same]))
            return is_digit(a[same]) ? -1 : 1;
    }
    return (unsigned char)a[same] - (unsigned char)b[same];
}
