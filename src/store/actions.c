/* Actions: the rows of the one table, and finding one by name. */
#include "shilu/store/actions.h"

#include <stdint.h>
#include <string.h>

#include "shilu/base/nearest.h"
#include "shilu/base/translate.h"

static const struct action_row rows[] = {
#define ACTION_ROW(scope, id, name, keys, group, function, argument, flags, help) \
    [ACTION_##id] = {name, keys, help, SCOPE_##scope, GROUP_##group, flags},
    ACTIONS(ACTION_ROW)
#undef ACTION_ROW
};

const struct action_row *action_row(enum action action)
{
    return &rows[action];
}

const char *action_group_title(enum action_group group)
{
    static const char *const titles[] = {
        N_("Moving"),     N_("Going"),      N_("Speakers"),    N_("Searching"),  N_("Copying"),
        N_("Correcting"), N_("The screen"), N_("The library"), N_("The program")};

    return titles[group];
}

enum action action_by_name(const char *name, size_t bytes, const char **near)
{
    size_t best = nearest_limit(bytes) + 1;
    size_t shortest = SIZE_MAX; /* of those with this beginning */
    int action;

    *near = NULL;
    for (action = 0; action < ACTION_COUNT; action++) {
        size_t far;

        if (strlen(rows[action].name) == bytes && memcmp(rows[action].name, name, bytes) == 0)
            return (enum action)action;
        if (bytes > 0 && strncmp(rows[action].name, name, bytes) == 0) {
            if (strlen(rows[action].name) < shortest)
                *near = rows[action].name;
            shortest = shortest < strlen(*near) ? shortest : strlen(*near);
            continue;
        }
        far = nearest_distance(span_of(name, bytes), span_string(rows[action].name));
        if (far < best && far < bytes && shortest == SIZE_MAX) {
            best = far;
            *near = rows[action].name;
        }
    }
    return ACTION_NONE;
}

void actions_print_manual(FILE *out)
{
    int group;
    int action;

    for (group = 0; group < GROUP_COUNT; group++) {
        fprintf(out, ".Ss %s\n.Bl -tag -width Ds -compact\n",
                _(action_group_title((enum action_group)group)));
        for (action = 0; action < ACTION_COUNT; action++) {
            const char *key;

            if ((int)rows[action].group != group)
                continue;
            fputs(".It", out);
            for (key = rows[action].keys; *key != '\0'; key += strspn(key, " ")) {
                size_t bytes = strcspn(key, " ");

                fputs(" Ic ", out);
                /* Characters that roff interprets at the start or end of a word. */
                if (strchr("'.\\()[]{}:;,?!|\"", *key) != NULL)
                    fputs("\\&", out);
                if (*key == '\\')
                    fputs("\\e", out);
                else if (*key == '^')
                    fprintf(out, "\\(ha%.*s", (int)bytes - 1, key + 1);
                else
                    fwrite(key, 1, bytes, out);
                key += bytes;
            }
            fprintf(out, " Pq Ic %s\n%s\n", rows[action].name, _(rows[action].help));
        }
        fputs(".El\n", out);
    }
}
