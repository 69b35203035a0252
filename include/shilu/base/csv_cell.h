/* CSV cell. Standard: RFC 4180. A spreadsheet treats a cell that starts with '=', '+', '-' or
 * '@' as a formula, and would run what somebody said. Such a cell gets a leading apostrophe,
 * which spreadsheets read as "this is text"; a number is left unchanged. */
#ifndef SHILU_BASE_CSV_CELL_H
#define SHILU_BASE_CSV_CELL_H

#include "shilu/base/buffer.h"

/* Append a text as a cell, in quotation marks if the standard requires them or if white space
 * at an end would be lost. `raw`: without the apostrophe. */
void csv_cell_append(struct buffer *out, const char *s, size_t bytes, bool raw);

/* Whether a spreadsheet would treat the cell as a formula. */
bool csv_cell_is_formula(const char *s, size_t bytes);

#endif
