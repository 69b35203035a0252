/* Fuzz target: what a terminal sends, keys and replies, in pieces and with pauses, while
 * answers are awaited or not. The second byte is how many bytes come at a time. */
#include <string.h>

#include "fuzz.h"
#include "term/keys.h"

static const struct fuzz_text texts[] = {
    {0, 3, "jk\x1b[A\x1b[5~\x1bOP\x1b[1;5C\xe4\xb8\xad"},
    {3, 9, "\x1b[1;2R\x1b[1;3R\x1b[?69;2$y\x1b[?62;22c"},
    {1, 0, "\x1b[200~pasted \x1b[31m text\x1b[201~q"},
    {4, 1, "\x1b[<0;10;5M\x1b[<65;10;5M\x1b[M !!"},
    {2, 1, "\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|xterm(379)\x1b\\\xff\x80\xc3"},
};

enum { PIECE_MS = 40 }; /* between two pieces: an Esc alone is a key by then */

static bool is_key(const struct key *key)
{
    uint32_t code = key->code & ~(uint32_t)KEY_ALT;

    return code != KEY_CODE_NONE && code <= KEY_CODE_LAST_SPECIAL &&
           (code <= 0x10FFFF || code >= KEY_CODE_FIRST_SPECIAL) &&
           !(code >= 0xD800 && code <= 0xDFFF);
}

static bool take_all(struct keys *k, int64_t now_ms, size_t *taken, struct error *err)
{
    struct key key;
    char name[KEY_NAME_BYTES];
    uint32_t again;

    while (keys_next(k, now_ms, &key)) {
        ++*taken;
        if (!is_key(&key))
            return error_set(err, ERROR_SYNTAX, "key %#x is none", (unsigned)key.code);
        if (key.row < 0 || key.column < 0)
            return error_set(err, ERROR_SYNTAX, "a click at %d, %d", key.row, key.column);
        key_name(key.code, name);
        if (strlen(name) >= sizeof name)
            return error_set(err, ERROR_SYNTAX, "the name of key %#x is too long",
                             (unsigned)key.code);
        if (!key.pasted && key_parse(name, &again) && again != key.code)
            return error_set(err, ERROR_SYNTAX, "key %#x is called %s, which is %#x",
                             (unsigned)key.code, name, (unsigned)again);
    }
    return true;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    struct keys *k = keys_new();
    int64_t now_ms = 1000;
    size_t taken = 0;
    size_t step;
    bool ok = true;

    if (count >= 2) {
        unsigned char how = (unsigned char)bytes[0];

        step = 1 + (unsigned char)bytes[1] % 16;
        keys_set_mouse(k, (how & 4) != 0);
        if ((how & 3) != 0)
            keys_expect(k, how & 3);
        keys_add(k, "\033[A", KEY_CODE_UP);
        keys_add(k, "\033OP", KEY_CODE_F1);
        for (size_t at = 2; ok && at < count; at += step) {
            keys_feed(k, bytes + at, count - at < step ? count - at : step, now_ms);
            ok = take_all(k, now_ms, &taken, err);
            now_ms += (how & 8) != 0 ? PIECE_MS : 1;
        }
        /* After all waits are over nothing is left. */
        now_ms += 10 * KEYS_SEQUENCE_MS;
        ok = ok && take_all(k, now_ms, &taken, err);
        if (ok && keys_wait_ms(k, now_ms) > KEYS_SEQUENCE_MS)
            ok = error_set(err, ERROR_SYNTAX, "a key is waited for longer than may be");
        if (ok && taken > count)
            ok = error_set(err, ERROR_SYNTAX, "%zu keys of %zu bytes", taken, count);
    }
    keys_free(k);
    return ok;
}

const struct fuzz_family fuzz_keys = {
    "keys", run, NULL, 0, texts, sizeof texts / sizeof texts[0],
};
