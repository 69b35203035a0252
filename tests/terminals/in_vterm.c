/* Run a program with its arguments in libvterm, without a screen of its own. */
#include <stdlib.h>
#include <sys/wait.h>

#include "../pty_harness.h"

enum { PATIENCE_MS = 60000 };

int main(int argc, char **argv)
{
    struct pty_options options = {.arguments = (const char *const *)(argv + 1)};
    struct pty p;

    if (argc < 2)
        return 2;
    pty_start(&p, &options);
    pty_wait_for_end(&p, PATIENCE_MS);
    argc = p.has_ended && WIFEXITED(p.status) ? WEXITSTATUS(p.status) : 2;
    pty_end(&p);
    return argc;
}
