/* Translation. A catalogue is a .mo file in memory: two tables of lengths and offsets, sorted
 * by the original texts. The build makes it, so its offsets are trusted. Nothing is read before
 * a text is looked up, and in English nothing is looked up. */
#include "shilu/base/translate.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MO_COUNT = 8, MO_ORIGINALS = 12, MO_TRANSLATIONS = 16, MO_ROW_BYTES = 8 };

/* NULL for English. Only written by translate_use. */
static const struct catalogue *catalogue;

/* In the byte order of the machine whose msgfmt wrote it, which the first word shows. */
static size_t word_at(const unsigned char *data, size_t offset)
{
    const unsigned char *at = data + offset;

    if (data[0] == 0xDE)
        return at[0] | (size_t)at[1] << 8 | (size_t)at[2] << 16 | (size_t)at[3] << 24;
    return at[3] | (size_t)at[2] << 8 | (size_t)at[1] << 16 | (size_t)at[0] << 24;
}

/* Row `i` of the table whose offset is at `table`. */
static const char *text_at(const unsigned char *data, size_t table, size_t i)
{
    size_t row = word_at(data, table) + i * MO_ROW_BYTES;

    return (const char *)data + word_at(data, row + 4);
}

/* For a text with plural forms, finds the first form. NULL if there is no translation. */
static const char *find(const char *text)
{
    const unsigned char *data;
    size_t low = 0;
    size_t high;

    if (catalogue == NULL || *text == '\0')
        return NULL;
    data = catalogue->data;
    high = word_at(data, MO_COUNT);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(text, text_at(data, MO_ORIGINALS, middle));

        if (order == 0)
            return text_at(data, MO_TRANSLATIONS, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

const char *translate(const char *text)
{
    const char *found = text != NULL ? find(text) : NULL;

    return found != NULL ? found : text;
}

/* The languages of our catalogues have one form for all numbers; a test checks that. */
const char *translate_plural(const char *one, const char *many, unsigned long long count)
{
    const char *found = find(one);

    if (found != NULL)
        return found;
    return count == 1 ? one : many;
}

const char *translate_errno(int errnum)
{
    static const struct {
        int errnum;
        const char *text;
    } texts[] = {
        {EACCES, N_("Permission denied")},
        {EAGAIN, N_("Resource temporarily unavailable")},
        {EBUSY, N_("Device or resource busy")},
        {EDQUOT, N_("Disk quota exceeded")},
        {EEXIST, N_("File exists")},
        {EFBIG, N_("File too large")},
        {EINVAL, N_("Invalid argument")},
        {EIO, N_("Input/output error")},
        {EISDIR, N_("Is a directory")},
        {ELOOP, N_("Too many levels of symbolic links")},
        {EMFILE, N_("Too many open files")},
        {ENAMETOOLONG, N_("File name too long")},
        {ENODEV, N_("No such device")},
        {ENOENT, N_("No such file or directory")},
        {ENOEXEC, N_("Exec format error")},
        {ENOMEM, N_("Cannot allocate memory")},
        {ENOSPC, N_("No space left on device")},
        {ENOTDIR, N_("Not a directory")},
        {ENXIO, N_("No such device or address")},
        {EPERM, N_("Operation not permitted")},
        {EPIPE, N_("Broken pipe")},
        {EROFS, N_("Read-only file system")},
        {ESTALE, N_("Stale file handle")},
        {ETXTBSY, N_("Text file busy")},
    };

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].errnum == errnum)
            return translate(texts[i].text);
    return strerror(errnum);
}

/* ---------------------------------------------------------------------- which language */

static bool starts_with(const char *text, const char *prefix)
{
    return strncasecmp(text, prefix, strlen(prefix)) == 0;
}

/* Chosen by programs that parse messages; glibc also keeps these in English whatever LANGUAGE
 * says. "C.UTF-8" is not one of them: servers without other locales have it. */
static bool is_c(const char *locale)
{
    return strcmp(locale, "POSIX") == 0 || strcmp(locale, "C") == 0;
}

/* A locale with another encoding than UTF-8 gets English, which is ASCII. */
static bool is_foreign_encoding(const char *locale)
{
    const char *dot = strchr(locale, '.');

    return dot != NULL && !starts_with(dot, ".utf-8") && !starts_with(dot, ".utf8");
}

/* Where Chinese is written in traditional characters; "zh_Hant" and "zh-Hant-TW" are names on
 * systems other than POSIX. */
static bool is_traditional(const char *locale)
{
    static const char *const regions[] = {"hant", "tw", "hk", "mo"};

    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++)
        if (starts_with(locale + strlen("zh_"), regions[i]))
            return true;
    return false;
}

/* The name of the catalogue for a locale: "zh_TW" for "zh_HK.UTF-8"; for other languages only
 * the language. */
static void name_catalogue(const char *locale, char *name, size_t capacity)
{
    size_t bytes = strcspn(locale, "_-.@");

    if (bytes == 2 && starts_with(locale, "zh"))
        locale = locale[2] != '\0' && is_traditional(locale) ? "zh_TW" : "zh_CN";
    else if (bytes < capacity) {
        memcpy(name, locale, bytes);
        name[bytes] = '\0';
        return;
    }
    strncpy(name, locale, capacity - 1);
    name[capacity - 1] = '\0';
}

bool translate_use(const char *locale)
{
    char name[16];

    if (is_c(locale) || is_foreign_encoding(locale)) {
        catalogue = NULL;
        return true;
    }
    name_catalogue(locale, name, sizeof name);
    if (strcmp(name, "en") == 0) {
        catalogue = NULL;
        return true;
    }
    for (const struct catalogue *c = embedded_catalogues; c->language != NULL; c++)
        if (strcmp(c->language, name) == 0) {
            catalogue = c;
            return true;
        }
    return false;
}

const char *translate_language(void)
{
    return catalogue != NULL ? catalogue->language : "en";
}

/* The first available language of a colon-separated list. */
static void use_first_of(const char *list)
{
    while (*list != '\0') {
        size_t bytes = strcspn(list, ":");
        char locale[64];

        if (bytes > 0 && bytes < sizeof locale) {
            memcpy(locale, list, bytes);
            locale[bytes] = '\0';
            if (translate_use(locale))
                return;
        }
        list += bytes + (list[bytes] == ':');
    }
}

void translate_start(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *languages = getenv("LANGUAGE");
    const char *locale = "C";

    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);

        if (value != NULL && *value != '\0') {
            locale = value;
            break;
        }
    }
    if (is_c(locale) || is_foreign_encoding(locale))
        return;
    use_first_of(languages != NULL && *languages != '\0' ? languages : locale);
}
