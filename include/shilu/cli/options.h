/* Options: the command line. One row per command, one row per option: the parser, --help and
 * the completions read these tables, and a test compares the manual with them. */
#ifndef SHILU_CLI_OPTIONS_H
#define SHILU_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "shilu/base/error.h"
#include "shilu/base/translate.h"
#include "shilu/formats/loader.h"

struct speaker_map;
struct state_speakers;
struct corrected_records;
struct folder_layouts;

/* The value of --layout that drops the remembered layout. */
#define OPTIONS_LAYOUT_AUTO "auto"

enum exit_status {
    EXIT_DONE = 0,    /* done, or found */
    EXIT_NOTHING = 1, /* nothing found, or check found an error */
    EXIT_TROUBLE = 2  /* an error */
};

/* Name, arguments, description. The function of a command is command_NAME. */
#define COMMANDS(X)                                                            \
    X(show, "[FILE]...", N_("print a transcript, or a part of it"))            \
    X(grep, "PATTERN [PATH]...", N_("find words in files and folders"))        \
    X(speakers, "[FILE]...", N_("show who spoke, how much and when"))          \
    X(timeline, "[FILE]...", N_("list moments and silences, or plot them"))    \
    X(figures, "[FILE]...", N_("list the numbers, dates and names mentioned")) \
    X(diff, "OLD NEW", N_("show what changed between two versions"))           \
    X(notes, "[FILE]...", N_("list notes with the words they are about"))      \
    X(corrections, "[FILE]...", N_("list what you have corrected"))            \
    X(convert, "[FILE]", N_("write a transcript in another format"))           \
    X(check, "[FILE]...", N_("check whether a file is a valid transcript"))    \
    X(index, "[FOLDER]...", N_("index folders to make searching them fast"))   \
    X(help, "[TOPIC]", N_("show the manual, or its part about a topic"))       \
    X(version, "", N_("print the version"))

/* A command's place in the table, from 1; 0 is the program without a command: browse. */
enum command_number {
    COMMAND_browse,
#define COMMAND_NUMBER(name, arguments, help) COMMAND_##name,
    COMMANDS(COMMAND_NUMBER)
#undef COMMAND_NUMBER
        COMMAND_COUNT
};

struct command_row {
    const char *name; /* NULL in row 0 */
    const char *arguments;
    const char *help;
};

enum option_group {
    OPTIONS_INPUT,
    OPTIONS_SELECTION,
    OPTIONS_SEARCH,
    OPTIONS_OUTPUT,
    OPTIONS_SCREEN,
    OPTIONS_OTHER,
    OPTION_GROUP_COUNT
};

enum option_store {
    STORE_FLAG,   /* bool */
    STORE_TEXT,   /* const char * */
    STORE_LIST,   /* the list of speakers */
    STORE_NUMBER, /* long, at least `least` */
    STORE_WHEN,   /* enum options_when */
    STORE_PATTERN /* the pattern; also sets that it is a PCRE2 pattern */
};

struct option_row {
    const char *name;     /* without its dashes */
    char letter;          /* 0 for none */
    const char *argument; /* its name in the help; NULL if it takes no argument */
    const char *help;
    const char *values; /* accepted values, separated by spaces; NULL for any */
    unsigned commands;  /* bit 1 << enum command_number for each command that accepts it */
    enum option_group group;
    enum option_store store;
    size_t offset; /* in struct options */
    long least;
};

enum options_when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

enum { WIDTH_NO_LIMIT = -1 };

struct options {
    const char *command; /* "show" …, or NULL to browse */
    char *const *paths;  /* NULL-terminated array owned, strings borrowed from argv */
    size_t path_count;
    const char **speakers; /* --speaker, NULL-terminated, owned; NULL without any */
    size_t speaker_count;
    const char *from; /* as typed; their meaning depends on the record's clock */
    const char *to;
    long question;    /* from 1; 0 for any */
    const char *kind; /* or NULL */
    const char *output_format;
    const char *output;
    const char *input_format;
    const char *encoding;
    const char *layout;                    /* --layout, or NULL */
    struct folder_layouts *folder_layouts; /* from the config; see cli/record_layout */
    long max_ratio;                        /* 0 for the default; see struct source_limits */
    long max_unpacked_mib;
    const char *speaker_file; /* --speakers, or NULL */
    bool forget_speakers;
    struct speaker_map *speaker_map; /* its content, once read; see cli/speaker_names */
    struct state_speakers *remembered_speakers; /* … and layouts, for all records */
    bool no_corrections;
    const char *tag; /* for notes: tags separated by commas, or NULL */
    /* Which records have corrections; if unknown, each is asked. Borrowed. */
    bool knows_corrected;
    const struct corrected_records *corrected;
    const char *theme;
    const char *ambiguous; /* "auto", "narrow", "wide", or NULL */
    const char *config;    /* a config file to use instead of the user's own, or NULL */
    bool follow;
    const char *start; /* "+10:25", "+/words", "+Q5", without the plus; or NULL */
    long width;        /* 0 if not given; WIDTH_NO_LIMIT if given as 0 */
    enum options_when color;
    const char *pattern; /* for grep */
    bool regex, exact, count_only, files_only, json;
    bool raw_cells;
    bool ignore_case, line_number, quiet, only_matching, invert_match, with_filename,
        no_filename, null_after_path, recursive;
    long context, before, after, max_count; /* numbers of paragraphs; max_count 0 for no
                                             * limit */
    bool in_folder;                         /* for index */
    const char *old_version;                /* --diff, or NULL */
    const char *beside;                     /* for show: another record, or NULL */
    bool outline;                           /* for show */
    bool layouts;                           /* for check: list the layouts that were tried */
    bool plot;                              /* for timeline */
    const char *completion;                 /* a shell's name, or NULL */
    const char *list;                       /* a table of the program, or NULL */
    bool help, version;
    bool *given;     /* owned, by row of options_table: given on the command line */
    char **defaults; /* owned: the words of SHILU_OPTS, which other members borrow */
};

/* Parse. Options may be anywhere before "--", even before the command. Then `defaults`, the
 * value of SHILU_OPTS or NULL, sets options that the command accepts and the command line does
 * not set. False for a usage error, with o->command set if already known. Release in either
 * case. */
bool options_parse(struct options *o, int argc, char **argv, const char *defaults,
                   struct error *err);
void options_release(struct options *o);

/* Whether the command line itself has this option (SHILU_OPTS does not count). */
bool options_given(const struct options *o, const char *name);

/* How a command reads its files. */
struct loader_options options_loading(const struct options *o);
/* The same for files that the user did not name, of which plain text is skipped. */
struct loader_options options_loading_records(const struct options *o);

/* Print the help of a command, or of the program for NULL. */
void options_help(FILE *out, const char *command);
void options_version(FILE *out);

/* The two tables; row 0 of the commands is browse. */
const struct command_row *options_commands(size_t *count);
const struct option_row *options_table(size_t *count);
/* The letter of an option for a command that accepts it; 0 if it has none, or if another option
 * of the command has that letter. */
char options_letter(const struct option_row *row, int command);
/* A group's heading in the help. */
const char *options_group_title(enum option_group group);
/* The command's number, a bit number in option_row.commands; -1 for a name that is not a
 * command. */
int options_command_number(const char *name);

/* Print the completions for "bash", "zsh" or "fish"; false for any other name. */
bool options_completion(FILE *out, const char *shell);

#endif
