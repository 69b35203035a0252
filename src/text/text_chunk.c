/* Text chunks: a pure function of the bytes around a multiple of TEXT_CHUNK_BYTES. Invariant:
 * the start of chunk k is in (k * TEXT_CHUNK_BYTES - TEXT_CHUNK_REACH, k * TEXT_CHUNK_BYTES],
 * so starts increase. */
#include "shilu/text/text_chunk.h"

#include <stdbool.h>
#include <stdint.h>

#include <unigbrk.h>

#include "shilu/text/utf8.h"
#include "text/linebreak.h"

/* From the worst place to the best. */
enum rank { RANK_NONE, RANK_CLUSTER, RANK_LINE, RANK_SENTENCE, RANK_BREAK };

static bool is_forced_break(uint32_t cp)
{
    return (cp >= 0x0A && cp <= 0x0C) || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool ends_sentence(uint32_t cp)
{
    return cp == '.' || cp == '!' || cp == '?' || cp == 0x2026 || cp == 0x3002 ||
           cp == 0xFF01 || cp == 0xFF0E || cp == 0xFF1F || cp == 0xFF61;
}

static bool closes(uint32_t cp)
{
    return cp == ' ' || cp == ')' || cp == '"' || cp == 0x2019 || cp == 0x201D ||
           cp == 0x3000 || cp == 0x300D || cp == 0x300F || cp == 0xFF09;
}

/* A boundary whatever comes before: not between two regional indicators, nor after a joiner,
 * where the pair alone does not decide. */
static bool is_sure_boundary(uint32_t left, uint32_t right)
{
    return left != 0x200D && uc_is_grapheme_break(left, right);
}

static enum rank rank_of(uint32_t before, uint32_t left, uint32_t right, uint8_t grade)
{
    if (!is_sure_boundary(left, right))
        return RANK_NONE;
    if (is_forced_break(left))
        return RANK_BREAK;
    if (grade < BREAK_LEGAL)
        return RANK_CLUSTER;
    if (ends_sentence(left) || (closes(left) && ends_sentence(before)))
        return RANK_SENTENCE;
    return RANK_LINE;
}

size_t text_chunk_count(size_t bytes)
{
    return bytes == 0 ? 1 : (bytes - 1) / TEXT_CHUNK_BYTES + 1;
}

size_t text_chunk_start(const char *text, size_t bytes, size_t k)
{
    uint8_t grade[TEXT_CHUNK_REACH + UTF8_MAX_BYTES];
    uint32_t before = 0, left = 0, right = 0;
    enum rank best_rank = RANK_NONE;
    size_t target, low, at, best, end, used;

    if (k == 0 || bytes == 0)
        return 0;
    if (k >= text_chunk_count(bytes))
        return bytes;
    target = utf8_floor(text, bytes, k * TEXT_CHUNK_BYTES);
    low = utf8_floor(text, bytes, target - TEXT_CHUNK_REACH + UTF8_MAX_BYTES);
    end = target + utf8_decode(text + target, bytes - target, &right);
    linebreak_grade(text + low, end - low, false, grade);
    best = target;
    for (at = low; at <= target; at += used) {
        enum rank rank = RANK_NONE;

        used = utf8_decode(text + at, bytes - at, &right);
        if (at > low)
            rank = rank_of(before, left, right, grade[at - low]);
        if (rank != RANK_NONE && rank >= best_rank) {
            best_rank = rank;
            best = at;
        }
        before = left;
        left = right;
    }
    return best;
}

size_t text_chunk_of(const char *text, size_t bytes, size_t byte)
{
    size_t last = text_chunk_count(bytes) - 1;
    size_t k = byte / TEXT_CHUNK_BYTES;

    if (k >= last)
        return last;
    return text_chunk_start(text, bytes, k + 1) <= byte ? k + 1 : k;
}
