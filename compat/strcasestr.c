#include <string.h>
#include <strings.h>

char *strcasestr(const char *s, const char *needle)
{
    size_t bytes = strlen(needle);

    for (; strncasecmp(s, needle, bytes) != 0; s++)
        if (*s == '\0')
            return NULL;
    return (char *)s;
}
