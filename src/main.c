/* The program: from the command line to a command or to the screen. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/app/browse.h"
#include "shilu/base/memory.h"
#include "shilu/base/translate.h"
#include "shilu/cli/list_option.h"
#include "shilu/cli/options.h"
#include "shilu/cli/output.h"
#include "shilu/cli/progress.h"
#include "shilu/cli/report.h"
#include "shilu/cli/speaker_names.h"
#include "shilu/commands/command.h"
#include "shilu/store/json_file.h"

typedef int command_function(const struct options *o);

static command_function *const command_functions[COMMAND_COUNT] = {
#define COMMAND_ENTRY(name, arguments, help) [COMMAND_##name] = command_##name,
    COMMANDS(COMMAND_ENTRY)
#undef COMMAND_ENTRY
};

/* Nothing here may allocate. */
static void out_of_memory(size_t bytes)
{
    static const char message[] = "shilu: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);

    (void)bytes;
    (void)ignored;
}

static int refuse(const struct options *o, const struct error *err)
{
    report_now(NULL, err);
    fprintf(stderr, _("Try 'shilu%s%s --help'.\n"), o->command != NULL ? " " : "",
            o->command != NULL ? o->command : "");
    return EXIT_TROUBLE;
}

static int finish_output(void)
{
    struct output out;

    output_standard(&out);
    return output_finish(&out, EXIT_DONE);
}

static int run_command(command_function *command, const struct options *o)
{
    int status;

    progress_start();
    status = command(o);
    progress_stop();
    return status;
}

/* Whether some printed form is requested, which is not browsed. */
static bool asks_for_print(const struct options *o)
{
    return o->output != NULL || options_given(o, "format") || options_given(o, "width");
}

/* Without a terminal, print what would be on the screen; read what is piped in. */
static int browse_or_print(const struct options *o)
{
    struct options what = *o;
    int status;

    if (o->path_count == 0 && isatty(STDIN_FILENO)) {
        options_help(stderr, NULL);
        return EXIT_TROUBLE;
    }
    if (o->config != NULL && access(o->config, R_OK) != 0) {
        struct error err;

        error_set_errno(&err, errno, "cannot read the configuration '%s'", o->config);
        report_now(NULL, &err);
        return EXIT_TROUBLE;
    }
    if (o->path_count == 0) {
        what.paths = command_paths(o); /* standard input */
        what.path_count = 1;
    }
    if (!asks_for_print(o) && isatty(STDOUT_FILENO) && browse(&what, &status) == BROWSE_DONE)
        return status;
    return run_command(command_show, &what);
}

static int run(const struct options *o)
{
    if (o->help) {
        options_help(stdout, o->command);
        return finish_output();
    }
    if (o->version) {
        options_version(stdout);
        return finish_output();
    }
    if (o->list != NULL && strcmp(o->list, "speakers") == 0)
        return run_command(command_list_speakers, o) | finish_output();
    if (o->list != NULL) {
        list_option_print(stdout, o->list);
        return finish_output();
    }
    if (o->completion != NULL) {
        options_completion(stdout, o->completion);
        return finish_output();
    }
    if (o->command != NULL)
        return run_command(command_functions[options_command_number(o->command)], o);
    return browse_or_print(o);
}

/* Files opened later must not get the descriptors of standard streams, or output would be
 * written into them. */
static void open_closed_streams(void)
{
    int fd;

    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

int main(int argc, char **argv)
{
    static char output[1 << 16];
    struct options options;
    struct error err;
    int status;

    open_closed_streams();
    /* In large pieces; an error then appears while its cause is still known. */
    if (!isatty(STDOUT_FILENO))
        setvbuf(stdout, output, _IOFBF, sizeof output);
    /* Nothing else of the locale is used; numbers always have a decimal point. */
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    translate_start();
    memory_set_handler(out_of_memory);
    json_file_use_memory();
    if (!options_parse(&options, argc, argv, getenv("SHILU_OPTS"), &err))
        status = refuse(&options, &err);
    else if (speaker_names_read(&options, &err))
        status = run(&options);
    else {
        report_now(NULL, &err);
        status = EXIT_TROUBLE;
    }
    speaker_names_forget(&options);
    options_release(&options);
    return status;
}
