/* For tests of containers: the blocks of a file as text, one line a block. */
#ifndef SHILU_TESTS_CONTAINER_SUPPORT_H
#define SHILU_TESTS_CONTAINER_SUPPORT_H

#include "formats/containers/block.h"
#include "shilu/base/buffer.h"

/* Append each block as "P 3 text": kind (P, H1, L1, R, Q, F for preformatted), line, words;
 * "+" after the kind where no blank line stands before it, ">4" for an indent. Bold words stand
 * in «», linked ones in ‹›, cells are separated by " | ". Then "- REASON: N" for what is left
 * out, "title: …", "language: …", and "error: …" where reading failed. The input is fed in
 * steps of `step_bytes`. */
void container_dump(const struct container_ops *ops, const char *bytes, size_t count,
                    size_t step_bytes, struct buffer *out);

#endif
