/* Keymap: which key runs which action. The defaults come from the table of actions through the
 * same parser as the user's keys. */
#ifndef SHILU_STORE_KEYMAP_H
#define SHILU_STORE_KEYMAP_H

#include "shilu/base/error.h"
#include "shilu/store/actions.h"
#include "shilu/view/key.h"

struct keymap;

struct keymap *keymap_new(void); /* with the default keys */
void keymap_free(struct keymap *k);

/* Bind a key ("j", "^D", "F1") to an action by name; "none" frees the key. Fails for an unknown
 * key or action. */
bool keymap_bind(struct keymap *k, const char *key, const char *action, struct error *err);

/* The action that a key runs on a screen of this scope. */
enum action keymap_action(const struct keymap *k, uint32_t code, enum action_scope scope);

/* The first key of an action in its written form, into KEY_NAME_BYTES; "" for none. */
void keymap_key_of(const struct keymap *k, enum action action, char *out);

/* All its keys, separated by spaces. */
struct buffer;
void keymap_keys_of(const struct keymap *k, enum action action, struct buffer *out);

#endif
