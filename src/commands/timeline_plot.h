/* Plot: one row per speaker along the time axis, in characters. */
#ifndef SHILU_COMMANDS_TIMELINE_PLOT_H
#define SHILU_COMMANDS_TIMELINE_PLOT_H

#include "commands/foreach_file.h"

/* Append the plot of the selection, as wide as the list says (80 columns by default): '=' where
 * the speaker has the floor, '?' where a question starts, '.' where nobody is known to speak.
 * In a record without times, the axis is the number of the segment. */
void timeline_plot_print(const struct list *list);

#endif
