/* The rows of commands and options. A new option is one row here, one member of struct options
 * and one entry in man/shilu.1; the manual's test reports what is missing. */
#include "shilu/cli/options.h"

#include <string.h>

#include "shilu/base/translate.h"

static const struct command_row commands[COMMAND_COUNT] = {
    {NULL, "[PATH]...", N_("browse transcripts")},
#define COMMAND_ROW(name, arguments, help) {#name, arguments, help},
    COMMANDS(COMMAND_ROW)
#undef COMMAND_ROW
};

#define BIT(name) (1u << COMMAND_##name)

enum {
    ON_ALL = (1u << COMMAND_COUNT) - 1,
    ON_READ = ON_ALL & ~(BIT(help) | BIT(version) | BIT(index)),
    ON_BROWSE = BIT(browse),
    ON_GREP = BIT(grep),
    /* Without a terminal, browsing prints what show prints, so it accepts the same options. */
    ON_SHOW = BIT(browse) | BIT(show),
    ON_SELECT = ON_SHOW | BIT(grep) | BIT(speakers) | BIT(timeline) | BIT(figures) |
                BIT(convert) | BIT(corrections),
    ON_WRITE = ON_SHOW | BIT(speakers) | BIT(timeline) | BIT(figures) | BIT(diff) |
               BIT(convert) | BIT(corrections) | BIT(notes),
    ON_COLUMNS = ON_SHOW | BIT(grep) | BIT(timeline) | BIT(figures),
    ON_COLOR = ON_SHOW | BIT(diff) | BIT(grep) | BIT(speakers) | BIT(timeline) | BIT(figures) |
               BIT(corrections),
    ON_AMBIGUOUS = ON_COLOR
};

#define AT(member) offsetof(struct options, member)

/* clang-format off */
static const struct option_row options[] = {
    {"input-format", 0, "NAME", N_("read as this format instead of detecting it"), "@readers",
     ON_READ, OPTIONS_INPUT, STORE_TEXT, AT(input_format), 0},
    {"encoding", 0, "NAME", N_("read as this character encoding"), "@encodings",
     ON_READ, OPTIONS_INPUT, STORE_TEXT, AT(encoding), 0},
    {"layout", 0, "TEMPLATE", N_("read lines of text by this template"), NULL,
     ON_READ, OPTIONS_INPUT, STORE_TEXT, AT(layout), 0},
    {"max-ratio", 0, "N", N_("unpack a file to at most N times its size"), NULL,
     ON_READ, OPTIONS_INPUT, STORE_NUMBER, AT(max_ratio), 1},
    {"max-unpacked", 0, "MIB", N_("unpack a file to at most this many MiB"), NULL,
     ON_READ, OPTIONS_INPUT, STORE_NUMBER, AT(max_unpacked_mib), 1},
    {"speakers", 0, "FILE", N_("take the names of speakers from FILE"), "@files",
     ON_READ, OPTIONS_INPUT, STORE_TEXT, AT(speaker_file), 0},
    {"no-speakers", 0, NULL, N_("forget the FILE given with --speakers"), NULL,
     ON_READ, OPTIONS_INPUT, STORE_FLAG, AT(forget_speakers), 0},
    {"no-corrections", 0, NULL, N_("read the source without your corrections"), NULL,
     ON_READ & ~(BIT(check) | BIT(corrections)), OPTIONS_INPUT, STORE_FLAG,
     AT(no_corrections), 0},

    {"speaker", 's', "WHO", N_("only this speaker; may be repeated"), NULL,
     ON_SELECT, OPTIONS_SELECTION, STORE_LIST, AT(speakers), 0},
    {"from", 0, "TIME", N_("only what starts at TIME or later"), NULL,
     ON_SELECT, OPTIONS_SELECTION, STORE_TEXT, AT(from), 0},
    {"to", 0, "TIME", N_("only what starts at TIME or before"), NULL,
     ON_SELECT, OPTIONS_SELECTION, STORE_TEXT, AT(to), 0},
    {"question", 0, "N", N_("only question N and its answers"), NULL,
     ON_SELECT, OPTIONS_SELECTION, STORE_NUMBER, AT(question), 1},
    {"kind", 0, "KIND", N_("only remark, question, answer or heading"),
     "remark question answer heading",
     ON_SELECT, OPTIONS_SELECTION, STORE_TEXT, AT(kind), 0},
    {"tag", 0, "TAG", N_("only notes with this #tag; several: TAG,TAG"), NULL,
     BIT(notes), OPTIONS_SELECTION, STORE_TEXT, AT(tag), 0},

    {"regex", 'e', "PATTERN", N_("search for a PCRE2 regular expression"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_PATTERN, AT(pattern), 0},
    {"exact", 0, NULL, N_("match every character exactly"), NULL,
     ON_GREP | BIT(diff), OPTIONS_SEARCH, STORE_FLAG, AT(exact), 0},
    {"ignore-case", 'i', NULL, N_("ignore case even if the pattern has capitals"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(ignore_case), 0},
    {"invert-match", 'v', NULL, N_("find paragraphs without a hit"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(invert_match), 0},
    {"max-count", 'm', "N", N_("stop in a file after N paragraphs with hits"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_NUMBER, AT(max_count), 1},
    {"recursive", 'r', NULL, N_("search folders (the default)"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(recursive), 0},
    {"count", 'c', NULL, N_("print how many hits each file has"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(count_only), 0},
    {"files-with-matches", 'l', NULL, N_("print the names of files with a hit"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(files_only), 0},
    {"quiet", 'q', NULL, N_("print nothing, only set the exit status"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(quiet), 0},
    {"only-matching", 'o', NULL, N_("print only the hit, without its context"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(only_matching), 0},
    {"line-number", 'n', NULL, N_("print the line number of each hit in the file"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(line_number), 0},
    {"with-filename", 'H', NULL, N_("print the name of the file (the default)"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(with_filename), 0},
    {"no-filename", 'h', NULL, N_("do not print the name of the file"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(no_filename), 0},
    {"null", 'Z', NULL, N_("end file names with NUL"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(null_after_path), 0},
    {"after-context", 'A', "N", N_("print N paragraphs after a hit"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_NUMBER, AT(after), 0},
    {"before-context", 'B', "N", N_("print N paragraphs before a hit"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_NUMBER, AT(before), 0},
    {"context", 'C', "N", N_("print N paragraphs before and after a hit"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_NUMBER, AT(context), 0},
    {"json", 0, NULL, N_("print each hit as a line of JSON"), NULL,
     ON_GREP, OPTIONS_SEARCH, STORE_FLAG, AT(json), 0},

    {"in-folder", 0, NULL, N_("keep the index in the folder itself"), NULL,
     BIT(index), OPTIONS_OUTPUT, STORE_FLAG, AT(in_folder), 0},
    {"format", 'f', "NAME", N_("write this format"), "@writers",
     ON_WRITE, OPTIONS_OUTPUT, STORE_TEXT, AT(output_format), 0},
    {"output", 'o', "FILE", N_("write to FILE, completely or not at all"), "@files",
     ON_WRITE, OPTIONS_OUTPUT, STORE_TEXT, AT(output), 0},
    {"raw-cells", 0, NULL, N_("leave formula-like CSV cells unescaped"), NULL,
     ON_SHOW | BIT(convert) | BIT(notes), OPTIONS_OUTPUT, STORE_FLAG, AT(raw_cells), 0},
    {"width", 'w', "N", N_("wrap or cut at N columns; 0: never"), NULL,
     ON_COLUMNS, OPTIONS_OUTPUT, STORE_NUMBER, AT(width), 0},
    {"beside", 0, "OTHER", N_("show another record or translation beside it"), "@files",
     ON_SHOW, OPTIONS_OUTPUT, STORE_TEXT, AT(beside), 0},
    {"diff", 0, "OLD", N_("show what changed since an old version"), "@files",
     ON_BROWSE, OPTIONS_SCREEN, STORE_TEXT, AT(old_version), 0},
    {"outline", 0, NULL, N_("print the headings, questions and numbered points"), NULL,
     BIT(show), OPTIONS_OUTPUT, STORE_FLAG, AT(outline), 0},
    {"layouts", 0, NULL, N_("list the layouts tried and why one was taken"), NULL,
     BIT(check), OPTIONS_OUTPUT, STORE_FLAG, AT(layouts), 0},
    {"plot", 0, NULL, N_("draw one row per speaker along the time axis"), NULL,
     BIT(timeline), OPTIONS_OUTPUT, STORE_FLAG, AT(plot), 0},
    {"color", 0, "WHEN", N_("use colours: auto, always or never"), "auto always never",
     ON_COLOR, OPTIONS_OUTPUT, STORE_WHEN, AT(color), 0},
    {"theme", 0, "NAME", N_("use this theme, by name or by file"), "@themes",
     ON_COLOR, OPTIONS_OUTPUT, STORE_TEXT, AT(theme), 0},
    {"ambiguous", 0, "WIDTH", N_("ambiguous characters: auto, narrow or wide"),
     "auto narrow wide", ON_AMBIGUOUS, OPTIONS_OUTPUT, STORE_TEXT, AT(ambiguous), 0},

    {"follow", 0, NULL, N_("follow a record that grows; also +F"), NULL,
     ON_BROWSE, OPTIONS_SCREEN, STORE_FLAG, AT(follow), 0},
    {"config", 0, "FILE", N_("read FILE instead of your config.json"), "@files",
     ON_BROWSE, OPTIONS_SCREEN, STORE_TEXT, AT(config), 0},

    {"list", 0, "WHAT", N_("print all formats, encodings, themes or keys"),
     "formats encodings themes keys keys-mdoc speakers",
     ON_BROWSE, OPTIONS_OTHER, STORE_TEXT, AT(list), 0},
    {"completion", 0, "SHELL", N_("print the completions for a shell"), "bash zsh fish",
     ON_BROWSE, OPTIONS_OTHER, STORE_TEXT, AT(completion), 0},
    {"help", 'h', NULL, N_("print this help"), NULL,
     ON_ALL, OPTIONS_OTHER, STORE_FLAG, AT(help), 0},
    {"version", 'V', NULL, N_("print the version"), NULL,
     ON_ALL, OPTIONS_OTHER, STORE_FLAG, AT(version), 0},
};
/* clang-format on */

static const char *const group_titles[OPTION_GROUP_COUNT] = {
    [OPTIONS_INPUT] = N_("Input"),   [OPTIONS_SELECTION] = N_("Selection"),
    [OPTIONS_SEARCH] = N_("Search"), [OPTIONS_OUTPUT] = N_("Output"),
    [OPTIONS_SCREEN] = N_("Screen"), [OPTIONS_OTHER] = N_("Other"),
};

const struct command_row *options_commands(size_t *count)
{
    *count = COMMAND_COUNT;
    return commands;
}

const struct option_row *options_table(size_t *count)
{
    *count = sizeof options / sizeof *options;
    return options;
}

char options_letter(const struct option_row *row, int command)
{
    const struct option_row *other = options;

    if (command < 0)
        return row->letter;
    while (other->letter != row->letter || (other->commands >> command & 1) == 0)
        other++;
    return other == row ? row->letter : '\0';
}

const char *options_group_title(enum option_group group)
{
    return group_titles[group];
}

int options_command_number(const char *name)
{
    int i;

    if (name == NULL)
        return COMMAND_browse;
    for (i = COMMAND_browse + 1; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return i;
    return -1;
}
