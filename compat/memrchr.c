#include <string.h>

void *memrchr(const void *s, int c, size_t bytes)
{
    const unsigned char *at = s;

    while (bytes-- > 0)
        if (at[bytes] == (unsigned char)c)
            return (void *)(at + bytes);
    return NULL;
}
