/* Golden screens: a screen as text is compared with tests/golden/NAME-COLUMNSxROWS.txt.
 * SHILU_UPDATE_GOLDEN=1 writes those again. */
#ifndef SHILU_TESTS_GOLDEN_SUPPORT_H
#define SHILU_TESTS_GOLDEN_SUPPORT_H

#include "shilu/view/grid.h"

/* The sizes at which each screen is looked at. */
enum { GOLDEN_SIZES = 4 };
struct golden_size {
    int rows;
    int columns;
};
extern const struct golden_size golden_sizes[GOLDEN_SIZES];

bool golden_is_updating(void);
void golden_check(const char *name, int rows, int columns, const struct buffer *screen);

/* Fails, and says where two screens first differ. */
void golden_compare(const char *name, int rows, int columns, const char *golden,
                    const char *screen);

/* What holds for every screen: cells fit together, and none contains a control character. */
void golden_check_cells(struct grid *g);

#endif
