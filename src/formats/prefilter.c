/* Raw test. The matcher itself runs over the file's bytes, so all that it folds is folded here.
 */
#include "shilu/formats/prefilter.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/memory.h"
#include "shilu/formats/registry.h"
#include "shilu/text/char_class.h"
#include "shilu/text/utf8.h"

enum { MAX_BYTES = 64 << 20, HEAD_BYTES = 4096 };

static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
    return (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
           (cp >= 0x3041 && cp <= 0x30FF) || (cp >= 0x3400 && cp <= 0x9FFF) ||
           (cp >= 0xAC00 && cp <= 0xD7A3) || (cp >= 0x20000 && cp <= 0x323AF);
}

/* White space and signs may be written as escapes, and a query may start with a sign. */
static bool is_of_letters(const char *query)
{
    size_t bytes = strlen(query);
    size_t at = 0;

    while (at < bytes) {
        uint32_t cp;

        at += utf8_decode(query + at, bytes - at, &cp);
        if (!is_letter(cp))
            return false;
    }
    return bytes > 0;
}

/* A whole regular file of a bearable size; owned by the caller. NULL: look at it otherwise. */
static char *read_file(const char *path, size_t *bytes)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat st;
    char *text = NULL;

    *bytes = 0;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0 &&
        st.st_size <= MAX_BYTES) {
        ssize_t n;

        text = memory_alloc((size_t)st.st_size + 1);
        while (*bytes < (size_t)st.st_size &&
               (n = read(fd, text + *bytes, (size_t)st.st_size - *bytes)) > 0)
            *bytes += (size_t)n;
        text[*bytes] = '\0'; /* as recognisers expect behind a head */
    }
    close(fd);
    if (text == NULL || *bytes == (size_t)st.st_size)
        return text;
    free(text);
    return NULL;
}

/* Its text stands in one piece a segment, as it is. */
static bool is_ours(const char *text, size_t bytes)
{
    struct registry_candidate surest;
    size_t count = registry_detect(text, bytes < HEAD_BYTES ? bytes : HEAD_BYTES,
                                   bytes < HEAD_BYTES, false, &surest, 1);

    return count > 0 && surest.confidence == CONFIDENCE_CERTAIN &&
           (strcmp(surest.reader->name, "json") == 0 ||
            strcmp(surest.reader->name, "jsonl") == 0);
}

static bool has_escaped_characters(const char *text, size_t bytes)
{
    const char *end = text + bytes;

    while ((text = memchr(text, '\\', (size_t)(end - text))) != NULL) {
        if (++text < end && *text == 'u')
            return true;
    }
    return false;
}

/* A pattern runs only on bytes that are known to be UTF-8. */
static bool is_certain(struct matcher *matcher, const char *text, size_t bytes)
{
    struct match match;

    if (*text != '{' || !is_ours(text, bytes))
        return false;
    if (matcher_pattern(matcher) != NULL)
        return utf8_valid_prefix(text, bytes) == bytes &&
               !matcher_find(matcher, text, bytes, 0, &match) &&
               !has_escaped_characters(text, bytes);
    return !matcher_find(matcher, text, bytes, 0, &match) &&
           !has_escaped_characters(text, bytes) && utf8_valid_prefix(text, bytes) == bytes;
}

bool prefilter_may_match(struct matcher *matcher, const char *query, const char *path)
{
    size_t bytes;
    char *text;
    bool certain;

    if (!is_of_letters(query))
        return true;
    text = read_file(path, &bytes);
    if (text == NULL)
        return true;
    certain = is_certain(matcher, text, bytes);
    free(text);
    return !certain;
}
