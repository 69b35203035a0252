/* Edit script: what must be left out of one row of numbers and put in from another, as little
 * as can be (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986, in linear space).
 *
 * Two very different rows would take their product in time; beyond a bound on the work a good
 * script is given in place of the shortest one. */
#ifndef SHILU_ANALYSIS_EDIT_SCRIPT_H
#define SHILU_ANALYSIS_EDIT_SCRIPT_H

#include <stddef.h>
#include <stdint.h>

/* Set a_changed[i] to 1 for each element that is left out, b_changed[i] for each that is put
 * in, and the others to 0. Those others are the same in both, in order. */
void edit_script_make(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
                      uint8_t *a_changed, uint8_t *b_changed);

#endif
