#include <string.h>

void *memmem(const void *s, size_t bytes, const void *needle, size_t needle_bytes)
{
    const char *at = s;
    const char *end = at + bytes;

    if (needle_bytes == 0)
        return (void *)at;
    while ((size_t)(end - at) >= needle_bytes) {
        size_t room = (size_t)(end - at) - needle_bytes + 1;

        at = memchr(at, *(const unsigned char *)needle, room);
        if (at == NULL)
            return NULL;
        if (memcmp(at, needle, needle_bytes) == 0)
            return (void *)at;
        at++;
    }
    return NULL;
}
