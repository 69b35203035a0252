/* Keymap: a small array of pairs, the defaults in the order of the table, the user's after
 * them. */
#include "shilu/store/keymap.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

struct binding {
    uint32_t code;
    enum action action;
};

struct keymap {
    struct binding *bindings;
    size_t count;
    size_t capacity;
};

/* Whether one key can run both, because no screen has the two. */
static bool are_apart(enum action a, enum action b)
{
    enum action_scope x = action_row(a)->scope;
    enum action_scope y = action_row(b)->scope;

    return x != SCOPE_ANY && y != SCOPE_ANY && x != y;
}

/* The key's previous action is unbound in every screen that has the new one. */
static void bind_code(struct keymap *k, uint32_t code, enum action action)
{
    size_t kept = 0;

    for (size_t i = 0; i < k->count; i++) {
        const struct binding *b = &k->bindings[i];

        if (b->code != code || (action != ACTION_NONE && are_apart(b->action, action)))
            k->bindings[kept++] = *b;
    }
    k->count = kept;
    if (action == ACTION_NONE)
        return;
    MEMORY_RESERVE(k->bindings, k->capacity, k->count + 1);
    k->bindings[k->count++] = (struct binding){code, action};
}

struct keymap *keymap_new(void)
{
    struct keymap *k = memory_zalloc(1, sizeof *k);
    int action;

    for (action = 0; action < ACTION_COUNT; action++) {
        char *keys = memory_strdup(action_row((enum action)action)->keys);
        char *rest = keys;
        char *key;
        uint32_t code;

        while ((key = strsep(&rest, " ")) != NULL) {
            if (*key != '\0' && key_parse(key, &code))
                bind_code(k, code, (enum action)action);
        }
        free(keys);
    }
    return k;
}

void keymap_free(struct keymap *k)
{
    if (k == NULL)
        return;
    free(k->bindings);
    free(k);
}

bool keymap_bind(struct keymap *k, const char *key, const char *action, struct error *err)
{
    const char *near;
    enum action found = ACTION_NONE;
    uint32_t code;

    if (!key_parse(key, &code))
        return error_set(err, ERROR_USAGE, "'%.30s' is not a key", key);
    if (strcmp(action, "none") != 0) {
        found = action_by_name(action, strlen(action), &near);
        if (found == ACTION_NONE && near != NULL)
            return error_set(err, ERROR_USAGE, "no action '%.40s'; did you mean '%s'?", action,
                             near);
        if (found == ACTION_NONE)
            return error_set(err, ERROR_USAGE, "no action '%.40s'", action);
    }
    bind_code(k, code, found);
    return true;
}

enum action keymap_action(const struct keymap *k, uint32_t code, enum action_scope scope)
{
    for (size_t i = 0; i < k->count; i++) {
        enum action_scope of = action_row(k->bindings[i].action)->scope;

        if (k->bindings[i].code == code && (of == SCOPE_ANY || of == scope))
            return k->bindings[i].action;
    }
    return ACTION_NONE;
}

void keymap_key_of(const struct keymap *k, enum action action, char *out)
{
    size_t i;

    out[0] = '\0';
    for (i = 0; i < k->count; i++) {
        if (k->bindings[i].action == action) {
            key_name(k->bindings[i].code, out);
            return;
        }
    }
}

void keymap_keys_of(const struct keymap *k, enum action action, struct buffer *out)
{
    char name[KEY_NAME_BYTES];
    size_t i;
    bool any = false;

    for (i = 0; i < k->count; i++) {
        if (k->bindings[i].action != action)
            continue;
        key_name(k->bindings[i].code, name);
        buffer_append_string(out, any ? " " : "");
        buffer_append_string(out, name);
        any = true;
    }
}
