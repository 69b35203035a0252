/* SHILU_OPTS: options for every run, split into words as in a shell. */
#include "cli/options_defaults.h"

#include <stdlib.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Append one word, and move *at past it. False if a quotation mark is not closed. */
static bool take_word(const char **at, struct buffer *word)
{
    const char *s = *at;
    char quote = '\0';

    for (; *s != '\0' && (quote != '\0' || !is_blank(*s)); s++) {
        if (quote == '\0' && (*s == '\'' || *s == '"'))
            quote = *s;
        else if (*s == quote)
            quote = '\0';
        else if (*s == '\\' && quote != '\'' && s[1] != '\0')
            buffer_append_char(word, *++s);
        else
            buffer_append_char(word, *s);
    }
    *at = s;
    return quote == '\0';
}

bool options_defaults_split(const char *text, char ***words, struct error *err)
{
    char **list = NULL;
    size_t count = 0, capacity = 0;
    bool ok = true;

    MEMORY_RESERVE(list, capacity, 1);
    for (; ok; count++) {
        struct buffer word = {0};

        while (is_blank(*text))
            text++;
        if (*text == '\0')
            break;
        ok = take_word(&text, &word);
        MEMORY_RESERVE(list, capacity, count + 2);
        buffer_append_char(&word, '\0');
        list[count] = buffer_take(&word);
    }
    list[count] = NULL;
    *words = list;
    return ok || error_set(err, ERROR_USAGE, "a quotation mark is not closed");
}

void options_defaults_free(char **words)
{
    for (size_t i = 0; words != NULL && words[i] != NULL; i++)
        free(words[i]);
    free(words);
}
