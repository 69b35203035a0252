/* Options: the command line. One row a command, one row an option: the parser, --help and the
 * completions read these tables, and a test checks the manual against them. */
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

/* The value of --layout that forgets the remembered layout. */
#define OPTIONS_LAYOUT_AUTO "auto"

enum exit_status {
    EXIT_DONE = 0,    /* done, or found */
    EXIT_NOTHING = 1, /* nothing found, or check found a fault */
    EXIT_TROUBLE = 2  /* an error */
};

/* Name, arguments, what it does. The function of a command is command_NAME. */
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
    STORE_PATTERN /* the pattern, and that it is one of PCRE2 */
};

struct option_row {
    const char *name;     /* without its dashes */
    char letter;          /* 0: none */
    const char *argument; /* how help calls it; NULL: takes none */
    const char *help;
    const char *values; /* the words it takes, separated by spaces; NULL: any */
    unsigned commands;  /* bit 1 << enum command_number for each that takes it */
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
    const char **speakers; /* --speaker, NULL-terminated, owned; NULL where none */
    size_t speaker_count;
    const char *from; /* as typed; they can only be read once the record's clock is known */
    const char *to;
    long question;    /* from 1; 0: any */
    const char *kind; /* or NULL */
    const char *output_format;
    const char *output;
    const char *input_format;
    const char *encoding;
    const char *layout;                    /* --layout, or NULL */
    struct folder_layouts *folder_layouts; /* the config's; see cli/record_layout */
    long max_ratio;                        /* 0: the default; see source_limit */
    long max_unpacked_mib;
    const char *speaker_file; /* --speakers, or NULL */
    bool forget_speakers;
    struct speaker_map *speaker_map; /* what it holds, once read; see app/speaker_names */
    struct state_speakers *remembered_speakers; /* … and layouts, of all records */
    bool no_corrections;
    const char *tag; /* notes': tags separated by commas, or NULL */
    /* Which records have corrections; where it is not known, each is asked. Borrowed. */
    bool knows_corrected;
    const struct corrected_records *corrected;
    const char *theme;
    const char *ambiguous; /* "auto", "narrow", "wide", or NULL */
    const char *config;    /* a config file instead of the user's, or NULL */
    bool follow;
    const char *start; /* "+10:25", "+/words", "+Q5", without the plus; or NULL */
    long width;        /* 0: not given; WIDTH_NO_LIMIT: given as 0 */
    enum options_when color;
    const char *pattern; /* grep's */
    bool regex, exact, count_only, files_only, json;
    bool raw_cells;
    bool ignore_case, line_number, quiet, only_matching, invert_match, with_filename,
        no_filename, null_after_path, recursive;
    long context, before, after, max_count; /* of paragraphs; max_count 0: no limit */
    bool in_folder;                         /* index's */
    const char *old_version;                /* --diff's, or NULL */
    const char *beside;                     /* show's: another record, or NULL */
    bool outline;                           /* show's */
    bool layouts;                           /* check: list those that were tried */
    bool plot;                              /* timeline's */
    const char *completion;                 /* a shell's name, or NULL */
    const char *list;                       /* a table of the program, or NULL */
    bool help, version;
    bool *given;     /* owned; by row of options_table: given on the command line */
    char **defaults; /* the words of SHILU_OPTS, which other members borrow; owned */
};

/* Parse. Options may stand anywhere before "--", also before the command. Then `defaults`, the
 * value of SHILU_OPTS or NULL, sets what the command accepts and the command line leaves open.
 * False for a usage error, with o->command set if it was already known. Release in either case.
 */
bool options_parse(struct options *o, int argc, char **argv, const char *defaults,
                   struct error *err);
void options_release(struct options *o);

/* Whether the command line itself has the option of that name (not only SHILU_OPTS). */
bool options_given(const struct options *o, const char *name);

/* How the files of a command are to be read. */
struct loader_options options_loading(const struct options *o);
/* The same for files that the user did not name, of which mere text is skipped. */
struct loader_options options_loading_records(const struct options *o);

/* Print the help of a command, or of the program for NULL. */
void options_help(FILE *out, const char *command);
void options_version(FILE *out);

/* The two tables; row 0 of the commands is browse. */
const struct command_row *options_commands(size_t *count);
const struct option_row *options_table(size_t *count);
/* The letter that an option has with a command that takes it; 0: none, or another option of the
 * command has it. */
char options_letter(const struct option_row *row, int command);
/* A group's heading in the help. */
const char *options_group_title(enum option_group group);
/* Bit numbers as in option_row.commands; -1 for a name that is not a command. */
int options_command_number(const char *name);

/* Print the completions for "bash", "zsh" or "fish"; false for any other name. */
bool options_completion(FILE *out, const char *shell);

#endif
