/* Keys for tests: separated by spaces, by their names: "j } ^D Enter". A word after a quote is
 * typed letter by letter: "s 'Falk Enter". */
#ifndef SHILU_TESTS_TYPE_KEYS_H
#define SHILU_TESTS_TYPE_KEYS_H

#include "shilu/view/key.h"

void type_keys(const char *keys, void (*press)(void *context, struct key key), void *context);

#endif
