/* Edit script: the shortest way to turn one sequence of numbers into another by deletions and
 * insertions (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, in linear
 * space). For two very different sequences the time would be proportional to the product of
 * their lengths; beyond a limit on the work, the result is a good script instead of the
 * shortest. */
#ifndef SHILU_ANALYSIS_EDIT_SCRIPT_H
#define SHILU_ANALYSIS_EDIT_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

/* Set a_changed[i] to 1 for each deleted element, b_changed[i] for each inserted one, and the
 * rest to 0. The rest is the same in both, in order. */
void edit_script_make(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
                      uint8_t *a_changed, uint8_t *b_changed);

#endif
