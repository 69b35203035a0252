/* Keys for tests. */
#include "type_keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "shilu/base/memory.h"

static void type_letters(const char *word, size_t bytes,
                         void (*press)(void *context, struct key key), void *context)
{
    char letter[8];
    size_t at;

    for (at = 0; at < bytes;) {
        size_t end = at + 1;
        struct key key = {0};

        while (end < bytes && ((unsigned char)word[end] & 0xC0) == 0x80)
            end++;
        snprintf(letter, sizeof letter, "%.*s", (int)(end - at), word + at);
        assert_true(key_parse(letter, &key.code));
        press(context, key);
        at = end;
    }
}

void type_keys(const char *keys, void (*press)(void *context, struct key key), void *context)
{
    while (*keys != '\0') {
        size_t bytes = strcspn(keys, " ");

        if (*keys == '\'' && bytes > 1) {
            type_letters(keys + 1, bytes - 1, press, context);
        } else if (bytes > 0) {
            char *name = memory_strndup(keys, bytes);
            struct key key = {0};

            if (!key_parse(name, &key.code))
                fail_msg("'%s' is not a key", name);
            press(context, key);
            free(name);
        }
        keys += bytes;
        keys += strspn(keys, " ");
    }
}
