/* Keys. Data: bytes not understood yet (`pending`, never longer than a sequence) and the keys
 * understood (`queue`). Invariant: pending is empty or begins with what may still become one
 * key. Sequences are only handled here; term/key_sequence parses them. */
#include "term/keys.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"
#include "term/key_sequence.h"

enum { PENDING_BYTES = 128 };

/* A paste without new bytes for this long has ended, even if the terminal did not say so. */
enum { KEYS_PASTE_MS = 5000 };

struct named {
    char *sequence;
    size_t bytes;
    uint32_t code;
};

struct keys {
    unsigned char pending[PENDING_BYTES];
    size_t pending_count;
    int64_t fed_ms; /* when the last byte arrived */
    int64_t esc_ms; /* when a lone ESC was interpreted as a key; 0 if long ago */

    struct key *queue; /* owned; keys [head, count) are waiting */
    size_t head, count, capacity;

    struct named *named; /* owned */
    size_t named_count, named_capacity;

    struct keys_replies replies;
    int reports_awaited;
    bool fence_awaited;
    bool pasting;
    bool in_string; /* between OSC, DCS or APC and its end */
    bool string_esc;
    int64_t string_ms;                  /* when it began */
    char string[KEYS_GROUND_BYTES + 4]; /* its beginning after ESC */
    size_t string_bytes;
    bool mouse;
};

struct keys *keys_new(void)
{
    struct keys *k = memory_zalloc(1, sizeof *k);

    k->replies.margins = -1;
    return k;
}

void keys_free(struct keys *k)
{
    if (k == NULL)
        return;
    for (size_t i = 0; i < k->named_count; i++)
        free(k->named[i].sequence);
    free(k->named);
    free(k->queue);
    free(k);
}

void keys_add(struct keys *k, const char *sequence, uint32_t code)
{
    size_t bytes = strlen(sequence);

    /* A single byte, or anything that does not begin with ESC, would shadow plain keys. */
    if (bytes < 2 || bytes > PENDING_BYTES / 2 || sequence[0] != '\033')
        return;
    MEMORY_RESERVE(k->named, k->named_capacity, k->named_count + 1);
    k->named[k->named_count++] = (struct named){memory_strdup(sequence), bytes, code};
}

void keys_expect(struct keys *k, int reports)
{
    k->reports_awaited += reports;
    k->fence_awaited = true;
}

const struct keys_replies *keys_replies(const struct keys *k)
{
    return &k->replies;
}

bool keys_is_awaiting(const struct keys *k)
{
    return k->reports_awaited > 0 || k->fence_awaited;
}

void keys_set_mouse(struct keys *k, bool on)
{
    k->mouse = on;
}

static void push(struct keys *k, struct key key)
{
    key.pasted = k->pasting;
    /* Only text counts in a paste, with its tabs and line ends. */
    if (k->pasting && (key.code >= KEY_CODE_FIRST_SPECIAL || key.code == 27 ||
                       (key.code < 32 && key.code != 9 && key.code != 10 && key.code != 13)))
        return;
    if (key.code == KEY_CODE_NONE)
        return;
    if (k->head == k->count)
        k->head = k->count = 0;
    MEMORY_RESERVE(k->queue, k->capacity, k->count + 1);
    k->queue[k->count++] = key;
}

/* The terminal's reply in `sequence`. True if it is one. */
static bool take_reply(struct keys *k, const struct key_sequence *sequence)
{
    switch (key_sequence_reply(sequence, k->reports_awaited > 0)) {
    case REPLY_NONE:
        return false;
    case REPLY_REPORT:
        if (k->reports_awaited > 0)
            k->reports_awaited--;
        if (k->replies.reports < KEYS_REPORTS_MAX)
            k->replies.column[k->replies.reports++] = sequence->number[1];
        break;
    case REPLY_ATTRIBUTES:
        /* Anything not answered before the fence never will be. */
        k->replies.fence = true;
        k->fence_awaited = false;
        k->reports_awaited = 0;
        break;
    case REPLY_MODE:
        if (sequence->number[0] == 69)
            k->replies.margins = sequence->number[1];
        break;
    case REPLY_OTHER:
        break;
    }
    return true;
}

static void take_control(struct keys *k, const struct key_sequence *sequence)
{
    struct key key = {0};

    if (sequence->introducer == '[' && sequence->final == '~' && sequence->count > 0 &&
        (sequence->number[0] == 200 || sequence->number[0] == 201)) {
        k->pasting = sequence->number[0] == 200;
        return;
    }
    if (!take_reply(k, sequence) && key_sequence_key(sequence, &key))
        push(k, key);
}

/* The length of the key that terminfo names for these bytes, or 0; *may: they may become
 * one. */
static size_t match_named(const struct keys *k, uint32_t *code, bool *may)
{
    size_t best = 0;

    *may = false;
    for (size_t i = 0; i < k->named_count; i++) {
        const struct named *n = &k->named[i];
        size_t least = n->bytes < k->pending_count ? n->bytes : k->pending_count;

        if (memcmp(n->sequence, k->pending, least) != 0)
            continue;
        if (least < n->bytes)
            *may = true;
        else if (n->bytes > best) {
            best = n->bytes;
            *code = n->code;
        }
    }
    return best;
}

/* One UTF-8 character from byte `from`: its length, 0 if more bytes are needed. Invalid bytes
 * are consumed and give no key. */
static size_t take_character(struct keys *k, size_t from, uint32_t modifier)
{
    uint32_t cp;
    size_t bytes = key_sequence_utf8(k->pending + from, k->pending_count - from, &cp);

    if (bytes > 0 && cp != KEY_CODE_NONE)
        push(k, (struct key){.code = key_sequence_plain(cp) | modifier});
    return bytes;
}

/* ESC and what follows it. `late`: nothing more will arrive. */
static size_t take_escape(struct keys *k, bool late)
{
    struct key_sequence sequence;
    uint32_t code;
    bool may;
    size_t bytes = match_named(k, &code, &may);

    if (bytes > 0) {
        push(k, (struct key){.code = code});
        return bytes;
    }
    if (k->pending_count == 1) {
        if (!late)
            return 0;
        k->esc_ms = k->fed_ms + KEYS_ESC_MS;
        push(k, (struct key){.code = KEY_CODE_ESC});
        return 1;
    }
    if (may && !late)
        return 0;
    bytes = key_sequence_read(k->pending, k->pending_count, k->mouse, &sequence);
    if (bytes > 0 && sequence.introducer == KEY_SEQUENCE_STRING) {
        k->in_string = true;
        k->string_bytes = 0;
        k->string_ms = k->fed_ms;
    } else if (bytes > 0)
        take_control(k, &sequence);
    else if (k->pending[1] == 27) { /* Esc was pressed, and then another key */
        push(k, (struct key){.code = KEY_CODE_ESC});
        bytes = 1;
    } else if (late) {
        if (k->pending_count == 2)
            take_character(k, 1, KEY_ALT);
        bytes = k->pending_count;
    } else if (!key_sequence_is_begun(k->pending, k->pending_count)) {
        bytes = take_character(k, 1, KEY_ALT);
        bytes = bytes > 0 ? bytes + 1 : 0;
    }
    return bytes;
}

/* Of string replies, only the background colour is useful. */
static void take_string(struct keys *k)
{
    static const char begins[] = "11;";
    size_t start = sizeof begins - 1;

    k->string[k->string_bytes] = '\0';
    if (strncmp(k->string, begins, start) == 0 &&
        k->string_bytes - start < sizeof k->replies.ground)
        memcpy(k->replies.ground, k->string + start, k->string_bytes - start + 1);
}

/* A string reply goes up to BEL, ST or CAN. */
static size_t skip_string(struct keys *k)
{
    for (size_t i = 0; i < k->pending_count; i++) {
        unsigned char c = k->pending[i];

        if (c == 7 || c == 0x18 || (k->string_esc && c == '\\')) {
            take_string(k);
            k->in_string = k->string_esc = false;
            return i + 1;
        }
        k->string_esc = c == 27;
        if (c != 27 && k->string_bytes + 1 < sizeof k->string)
            k->string[k->string_bytes++] = (char)c;
    }
    return k->pending_count;
}

static void decode(struct keys *k, bool late)
{
    while (k->pending_count > 0) {
        size_t bytes;

        if (k->in_string)
            bytes = skip_string(k);
        else if (k->pending[0] == 27)
            bytes = take_escape(k, late);
        else
            bytes = take_character(k, 0, 0);
        if (bytes == 0 && (late || k->pending_count == PENDING_BYTES))
            bytes = k->pending_count; /* never completed: dropped */
        if (bytes == 0)
            return;
        k->pending_count -= bytes;
        memmove(k->pending, k->pending + bytes, k->pending_count);
    }
}

/* How long pending bytes may wait. */
static int patience_ms(const struct keys *k)
{
    if (k->in_string || k->pending[0] != 27)
        return KEYS_SEQUENCE_MS;
    if (k->pending_count == 1)
        return KEYS_ESC_MS;
    return k->pending_count == 2 ? KEYS_PREFIX_MS : KEYS_SEQUENCE_MS;
}

static bool is_waiting(const struct keys *k)
{
    return k->pending_count > 0 || k->in_string;
}

static void expire(struct keys *k, int64_t now_ms)
{
    bool endless = k->in_string && now_ms - k->string_ms > 2 * KEYS_SEQUENCE_MS;

    if (!is_waiting(k) || (now_ms - k->fed_ms < patience_ms(k) && !endless))
        return;
    k->in_string = k->string_esc = false;
    decode(k, true);
}

/* Whether these bytes are the rest of a sequence whose ESC arrived before them. */
static bool is_rest(const struct keys *k, const char *bytes, size_t count)
{
    unsigned char whole[PENDING_BYTES] = {27};
    struct key_sequence sequence;

    if (count < 2 || count >= sizeof whole || (bytes[0] != '[' && bytes[0] != 'O'))
        return false;
    memcpy(whole + 1, bytes, count);
    return key_sequence_read(whole, count + 1, k->mouse, &sequence) > 0;
}

/* The ESC may have arrived long before what follows it, because the line split the sequence or
 * the program was busy. Nobody types "[A" in one go: it is the arrow key, not two keys, even if
 * the ESC was already interpreted as Esc. */
static void join_or_expire(struct keys *k, const char *bytes, size_t count, int64_t now_ms)
{
    bool rest = is_rest(k, bytes, count);

    if (rest && k->pending_count == 1 && k->pending[0] == 27)
        return;
    expire(k, now_ms);
    if (rest && k->pending_count == 0 && k->esc_ms != 0 &&
        now_ms - k->esc_ms < KEYS_SEQUENCE_MS)
        k->pending[k->pending_count++] = 27;
}

void keys_feed(struct keys *k, const char *bytes, size_t count, int64_t now_ms)
{
    join_or_expire(k, bytes, count, now_ms);
    if (now_ms - k->fed_ms > KEYS_PASTE_MS)
        k->pasting = false; /* its end was lost */
    k->esc_ms = 0;
    k->fed_ms = now_ms;
    while (count > 0) {
        size_t capacity = sizeof k->pending - k->pending_count;
        size_t n = count < capacity ? count : capacity;

        memcpy(k->pending + k->pending_count, bytes, n);
        k->pending_count += n;
        bytes += n;
        count -= n;
        decode(k, false);
    }
}

bool keys_next(struct keys *k, int64_t now_ms, struct key *key)
{
    expire(k, now_ms);
    if (k->head == k->count)
        return false;
    *key = k->queue[k->head++];
    return true;
}

bool keys_is_empty(const struct keys *k)
{
    return k->head == k->count;
}

int keys_wait_ms(const struct keys *k, int64_t now_ms)
{
    int64_t left_ms;

    if (!keys_is_empty(k))
        return 0;
    if (!is_waiting(k))
        return -1;
    left_ms = k->fed_ms + patience_ms(k) - now_ms;
    return left_ms > 0 ? (int)left_ms : 0;
}
