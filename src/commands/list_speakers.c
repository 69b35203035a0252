/* --list speakers FILE...: the names alone, one a line, as completions need them. */
#include "shilu/commands/command.h"

#include <stdio.h>
#include <string.h>

#include "commands/load.h"
#include "shilu/base/buffer.h"
#include "shilu/cli/cli_format.h"

int command_list_speakers(const struct options *o)
{
    for (size_t i = 0; i < o->path_count; i++) {
        struct loaded l;

        /* Nothing is said of what cannot be read: somebody types on the line below. */
        load_quietly(&l, o->paths[i], o, true);
        for (uint32_t s = 0; l.transcript != NULL && s < transcript_speaker_count(l.transcript);
             s++) {
            const char *name = cli_format_speaker(l.transcript, s);
            struct buffer line = {0};

            cli_format_text(&line, name, strlen(name));
            printf("%s\n", buffer_string(&line));
            buffer_release(&line);
        }
        load_release(&l);
    }
    return EXIT_DONE;
}
