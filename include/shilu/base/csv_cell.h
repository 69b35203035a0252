/* CSV cell. Standard: RFC 4180. A spreadsheet takes a cell that starts with '=', '+', '-' or
 * '@' for a formula, and would run what somebody said. Such a cell gets an apostrophe in front,
 * which spreadsheets read as "this is text"; a number stays as it is. */
#ifndef SHILU_BASE_CSV_CELL_H
#define SHILU_BASE_CSV_CELL_H

#include "shilu/base/buffer.h"

/* Append a text as a cell, in quotation marks where the standard requires them or where white
 * space at an end would be lost. `raw`: without an apostrophe. */
void csv_cell_append(struct buffer *out, const char *s, size_t bytes, bool raw);

/* Whether a spreadsheet takes the cell for a formula. */
bool csv_cell_is_formula(const char *s, size_t bytes);

#endif
