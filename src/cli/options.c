/* The parser of the command line. The options used are kept by row until the command is known,
 * since options may precede it; then each is checked against its row. */
#include "shilu/cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/options_defaults.h"
#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/base/nearest.h"
#include "shilu/formats/registry.h"

struct parser {
    struct options *o;
    struct error *err;
    char **rest;  /* arguments not read yet */
    char **words; /* strings of argv */
    size_t word_count;
    bool *used;              /* by row of the table; owned by the options */
    size_t words_before_end; /* number of words before "--" */
    bool in_defaults;        /* reading SHILU_OPTS: options in `used` must not be changed */
};

/* The command that was named, or will be: its name is the first word. */
static int command_ahead(const struct parser *p)
{
    char **word = p->rest;

    if (p->in_defaults || p->o->command != NULL)
        return options_command_number(p->o->command);
    if (p->word_count > 0)
        return options_command_number(p->words[0]);
    while (*word != NULL && options_command_number(*word) < 0)
        word++;
    return *word != NULL ? options_command_number(*word) : COMMAND_browse;
}

/* A letter may have different meanings with different commands. */
static const struct option_row *row_of_letter(const struct parser *p, char letter)
{
    const struct option_row *found = NULL;
    int command = command_ahead(p);
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);

    for (i = 0; i < count; i++) {
        if (rows[i].letter != letter)
            continue;
        if (command >= 0 && (rows[i].commands >> command & 1) != 0)
            return &rows[i];
        if (found == NULL)
            found = &rows[i];
    }
    return found;
}

static void refuse_option(const char *name, size_t bytes, struct error *err)
{
    size_t count;
    const struct option_row *rows = options_table(&count);
    const char **names = memory_zalloc(count, sizeof *names);
    char *typed = memory_strndup(name, bytes);
    const char *near;

    for (size_t i = 0; i < count; i++)
        names[i] = rows[i].name;
    near = nearest_name(typed, names, count);
    if (near != NULL)
        error_set(err, ERROR_USAGE, "unknown option '--%s'; did you mean '--%s'?", typed, near);
    else
        error_set(err, ERROR_USAGE, "unknown option '--%s'", typed);
    free(typed);
    free(names);
}

/* The row with this name, or the only one whose name starts with it. */
static const struct option_row *row_of_name(const char *name, size_t bytes, struct error *err)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);
    const struct option_row *found = NULL;
    struct buffer names = {0};
    size_t matches = 0;

    for (i = 0; i < count; i++) {
        if (strncmp(rows[i].name, name, bytes) != 0)
            continue;
        found = &rows[i];
        if (rows[i].name[bytes] == '\0') {
            buffer_release(&names);
            return found;
        }
        buffer_append_format(&names, "%s--%s", matches++ > 0 ? ", " : "", rows[i].name);
    }
    if (matches == 0)
        refuse_option(name, bytes, err);
    else if (matches > 1)
        error_set(err, ERROR_USAGE, "option '--%.*s' is ambiguous: %s", (int)bytes, name,
                  names.data);
    buffer_release(&names);
    return matches == 1 ? found : NULL;
}

/* The index of `word` among the words of `values`; -1 if it is not one of them. */
static int index_in(const char *values, const char *word)
{
    size_t bytes = strlen(word);
    int index = 0;

    while (bytes > 0 && *values != '\0') {
        size_t length = strcspn(values, " ");

        if (length == bytes && strncmp(values, word, bytes) == 0)
            return index;
        index++;
        values += length + strspn(values + length, " ");
    }
    return -1;
}

static bool store_number(struct parser *p, const struct option_row *row, const char *value)
{
    long *number = (long *)((char *)p->o + row->offset);
    char *end;

    errno = 0;
    *number = strtol(value, &end, 10);
    if (errno == 0 && *end == '\0' && end != value && *number >= row->least) {
        if (number == &p->o->width && *number == 0)
            *number = WIDTH_NO_LIMIT; /* 0 means "not given" in the struct */
        return true;
    }
    return error_set(p->err, ERROR_USAGE,
                     "option '--%s' needs a number of at least %ld, not '%s'", row->name,
                     row->least, value);
}

static void store_speaker(struct options *o, const char *value)
{
    o->speakers = memory_realloc(o->speakers, o->speaker_count + 2, sizeof *o->speakers);
    o->speakers[o->speaker_count++] = value;
    o->speakers[o->speaker_count] = NULL;
}

/* Options that cannot have a default: what to find, where to write, and those that only print
 * something. */
static bool is_for_one_run(const struct option_row *row)
{
    return row->group == OPTIONS_OTHER || row->group == OPTIONS_SELECTION ||
           row->store == STORE_PATTERN || strcmp(row->name, "output") == 0;
}

/* Whether a default applies: the command accepts the option, and the command line does not set
 * it. */
static bool leaves_open(const struct parser *p, const struct option_row *row, size_t number)
{
    bool is_speakers = row->offset == offsetof(struct options, speaker_file);

    return !p->used[number] &&
           (row->commands >> options_command_number(p->o->command) & 1) != 0 &&
           !(is_speakers && p->o->forget_speakers);
}

static bool store(struct parser *p, const struct option_row *row, const char *value)
{
    void *member = (char *)p->o + row->offset;
    size_t count;
    size_t number = (size_t)(row - options_table(&count));

    if (p->in_defaults && is_for_one_run(row))
        return error_set(p->err, ERROR_USAGE, "option '--%s' is for the command line only",
                         row->name);
    if (p->in_defaults && !leaves_open(p, row, number))
        return true;
    if (!p->in_defaults)
        p->used[number] = true;
    if (row->values != NULL && row->values[0] != '@' && index_in(row->values, value) < 0)
        return error_set(p->err, ERROR_USAGE, "option '--%s' takes one of: %s; not '%s'",
                         row->name, row->values, value);
    switch (row->store) {
    case STORE_FLAG:
        *(bool *)member = true;
        break;
    case STORE_PATTERN:
        p->o->regex = true;
        *(const char **)member = value;
        break;
    case STORE_TEXT:
        *(const char **)member = value;
        break;
    case STORE_LIST:
        store_speaker(p->o, value);
        break;
    case STORE_WHEN:
        *(enum options_when *)member = (enum options_when)index_in(row->values, value);
        break;
    case STORE_NUMBER:
        return store_number(p, row, value);
    }
    return true;
}

static bool take_value(struct parser *p, const struct option_row *row)
{
    if (*p->rest == NULL)
        return error_set(p->err, ERROR_USAGE, "option '--%s' needs an argument: %s", row->name,
                         row->argument);
    return store(p, row, *p->rest++);
}

static bool parse_long(struct parser *p, const char *text)
{
    const char *equals = strchr(text, '=');
    size_t bytes = equals != NULL ? (size_t)(equals - text) : strlen(text);
    const struct option_row *row = row_of_name(text, bytes, p->err);

    if (row == NULL)
        return false;
    if (row->argument == NULL) {
        if (equals != NULL)
            return error_set(p->err, ERROR_USAGE, "option '--%s' takes no value", row->name);
        return store(p, row, NULL);
    }
    return equals != NULL ? store(p, row, equals + 1) : take_value(p, row);
}

static bool parse_cluster(struct parser *p, const char *letters)
{
    for (; *letters != '\0'; letters++) {
        const struct option_row *row = row_of_letter(p, *letters);

        if (row == NULL)
            return error_set(p->err, ERROR_USAGE, "unknown option '-%s'", letters);
        if (row->argument != NULL)
            return letters[1] != '\0' ? store(p, row, letters + 1) : take_value(p, row);
        if (!store(p, row, NULL))
            return false;
    }
    return true;
}

/* "+F", "+10:25", "+/words", as in less; after a command, or if a file has that name, it is an
 * ordinary word. */
static bool asks_to_start_at(const struct parser *p, const char *word)
{
    return word[0] == '+' && word[1] != '\0' &&
           (p->word_count == 0 || options_command_number(p->words[0]) < 0) &&
           access(word, F_OK) != 0;
}

static bool parse_words(struct parser *p)
{
    bool only_words = false;

    while (*p->rest != NULL) {
        char *word = *p->rest++;

        if (!only_words && asks_to_start_at(p, word) && strcmp(word, "+F") == 0)
            p->o->follow = true;
        else if (!only_words && asks_to_start_at(p, word))
            p->o->start = word + 1;
        else if (only_words || word[0] != '-' || word[1] == '\0')
            p->words[p->word_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_words = true;
        else if (word[1] == '-' ? !parse_long(p, word + 2) : !parse_cluster(p, word + 1))
            return false;
        if (!only_words)
            p->words_before_end = p->word_count;
    }
    return true;
}

/* A first word that names no file and resembles a command is treated as a mistyped command;
 * opening the other words as files would be a guess. */
static bool is_mistyped_command(const struct parser *p, struct error *err)
{
    size_t count;
    const struct command_row *rows = options_commands(&count);
    const char *names[COMMAND_COUNT];
    const char *word = p->words_before_end > 0 ? p->words[0] : "-";
    const char *near;

    if (strpbrk(word, "/.") != NULL || strcmp(word, "-") == 0 || access(word, F_OK) == 0)
        return false;
    for (size_t i = 1; i < count; i++)
        names[i - 1] = rows[i].name;
    near = nearest_name(word, names, count - 1);
    if (near != NULL)
        error_set(err, ERROR_USAGE, "no command or file '%s'; did you mean '%s'?", word, near);
    return near != NULL;
}

/* The first word is the command if it is the name of one; a word after "--" never is. */
static size_t find_command(struct parser *p)
{
    if (p->words_before_end == 0 || options_command_number(p->words[0]) < 0)
        return 0;
    p->o->command = p->words[0];
    return 1;
}

static bool command_takes_all(const struct parser *p)
{
    size_t count;
    size_t i;
    const struct option_row *rows = options_table(&count);
    unsigned bit = 1u << options_command_number(p->o->command);

    for (i = 0; i < count; i++) {
        if (!p->used[i] || (rows[i].commands & bit) != 0)
            continue;
        if (p->o->command == NULL)
            return error_set(p->err, ERROR_USAGE, "option '--%s' needs a command",
                             rows[i].name);
        return error_set(p->err, ERROR_USAGE, "'%s' has no option '--%s'", p->o->command,
                         rows[i].name);
    }
    return true;
}

static bool settle_words(struct parser *p)
{
    struct options *o = p->o;
    size_t first = find_command(p);

    if (o->command == NULL && is_mistyped_command(p, p->err))
        return false;
    if (!command_takes_all(p))
        return false;
    if (o->command != NULL && strcmp(o->command, "grep") == 0 && !o->regex && !o->help) {
        if (first == p->word_count)
            return error_set(p->err, ERROR_USAGE, "'grep' needs a pattern");
        o->pattern = p->words[first++];
    }
    o->path_count = p->word_count - first;
    memmove(p->words, p->words + first, o->path_count * sizeof *p->words);
    p->words[o->path_count] = NULL;
    if (o->command != NULL && strcmp(o->command, "version") == 0 && o->path_count > 0)
        return error_set(p->err, ERROR_USAGE, "'version' takes no argument, not '%s'",
                         p->words[0]);
    if (o->command != NULL && strcmp(o->command, "help") == 0 && o->path_count > 1)
        return error_set(p->err, ERROR_USAGE, "'help' takes one topic, not also '%s'",
                         p->words[1]);
    if (o->command != NULL && strcmp(o->command, "convert") == 0 && o->path_count > 1)
        return error_set(p->err, ERROR_USAGE, "'convert' takes one file, not also '%s'",
                         p->words[1]);
    return true;
}

static bool read_default_words(struct parser *p)
{
    while (*p->rest != NULL) {
        const char *word = *p->rest++;

        if (word[0] != '-' || word[1] == '\0')
            return error_set(p->err, ERROR_USAGE, "'%s' is not an option", word);
        if (word[1] == '-' ? !parse_long(p, word + 2) : !parse_cluster(p, word + 1))
            return false;
    }
    return true;
}

static bool read_defaults(struct parser *p, const char *defaults)
{
    struct error why;
    struct error *err = p->err;
    bool ok;

    p->err = &why;
    p->in_defaults = true;
    ok = options_defaults_split(defaults, &p->o->defaults, &why);
    p->rest = p->o->defaults;
    ok = ok && read_default_words(p);
    p->err = err;
    if (ok)
        return true;
    return error_set(err, ERROR_USAGE, "SHILU_OPTS: %s", why.message);
}

static bool check_layout(const struct options *o, struct error *err)
{
    struct error why;

    if (o->layout == NULL || strcmp(o->layout, OPTIONS_LAYOUT_AUTO) == 0 ||
        loader_check_layout(o->layout, &why))
        return true;
    if (why.column == 0)
        return error_set(err, ERROR_USAGE, "option '--layout': %s", why.message);
    return error_set(err, ERROR_USAGE, "option '--layout', character %llu: %s",
                     (unsigned long long)why.column, why.message);
}

bool options_parse(struct options *o, int argc, char **argv, const char *defaults,
                   struct error *err)
{
    struct parser p = {.o = o, .err = err, .rest = argv + (argc > 0 ? 1 : 0)};
    size_t count;

    *o = (struct options){0};
    options_table(&count);
    p.used = o->given = memory_zalloc(count, sizeof *p.used);
    p.words = memory_zalloc((size_t)argc + 1, sizeof *p.words);
    o->paths = p.words;
    if (!parse_words(&p)) {
        find_command(&p);
        return false;
    }
    if (!settle_words(&p))
        return false;
    return (defaults == NULL || read_defaults(&p, defaults)) && check_layout(o, err);
}

bool options_given(const struct options *o, const char *name)
{
    size_t count;
    const struct option_row *rows = options_table(&count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(rows[i].name, name) == 0)
            return o->given != NULL && o->given[i];
    return false;
}

static bool writes_lines(const struct options *o)
{
    const struct writer_ops *writer = NULL;

    if (o->output_format != NULL)
        writer = registry_writer(o->output_format);
    else if (o->output != NULL)
        writer = registry_writer_for_path(o->output);
    return writer != NULL && writer->lines;
}

struct loader_options options_loading(const struct options *o)
{
    return (struct loader_options){
        .format = o->input_format,
        .encoding = o->encoding,
        .lines = o->line_number || o->json || writes_lines(o),
        .unpack = {.ratio = (uint64_t)o->max_ratio,
                   .bytes = (uint64_t)o->max_unpacked_mib << 20},
    };
}

struct loader_options options_loading_records(const struct options *o)
{
    struct loader_options loading = options_loading(o);

    loading.records_only = true;
    return loading;
}

void options_release(struct options *o)
{
    free((void *)o->paths);
    free(o->speakers);
    free(o->given);
    options_defaults_free(o->defaults);
    *o = (struct options){0};
}
