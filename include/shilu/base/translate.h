/* Translation: the messages of the program in the language of its user.
 *
 * The English text is the key, as with gettext; a text without a translation stays English. The
 * catalogues (po/LANGUAGE.po) are compiled in. _() translates at the place of use, N_() only
 * marks a text of a table for xgettext: whoever prints it translates it. error_set,
 * diagnostics_add and the other functions of MESSAGE_KEYWORDS in po/Makefile.inc translate
 * their format themselves.
 *
 * The language is chosen once, before any thread starts. */
#ifndef SHILU_BASE_TRANSLATE_H
#define SHILU_BASE_TRANSLATE_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define SHILU_FORMAT_ARG(number) __attribute__((format_arg(number)))
#else
#define SHILU_FORMAT_ARG(number)
#endif

#define _(text) translate(text)
#define N_(text) text
#define ngettext(one, many, count) translate_plural(one, many, count)

/* The translation of a text, else the text itself; static. NULL gives NULL. */
const char *translate(const char *text) SHILU_FORMAT_ARG(1);

/* The form for `count` things. */
const char *translate_plural(const char *one, const char *many, unsigned long long count)
    SHILU_FORMAT_ARG(1) SHILU_FORMAT_ARG(2);

/* What strerror says, in the language of the other messages. */
const char *translate_errno(int errnum);

/* Choose the language from LANGUAGE, LC_ALL, LC_MESSAGES and LANG. The locale need not be
 * installed: the messages are our own, in UTF-8. */
void translate_start(void);

/* Choose a language by the name of its catalogue ("zh_TW") or of a locale that it serves
 * ("zh_HK.UTF-8"); "en" and "C" are English. False, without a change, for any other name. */
bool translate_use(const char *locale);

/* "en", "zh_TW", … */
const char *translate_language(void);

/* One catalogue, as msgfmt writes it (a .mo file). */
struct catalogue {
    const char *language; /* NULL ends a list */
    const unsigned char *data;
    size_t bytes;
};

extern const struct catalogue embedded_catalogues[]; /* made by tools/embed_catalogues.sh */

#endif
