/* Line reader: gives the whole lines of the window, one by one, to a format that consists of
 * lines. */
#ifndef SHILU_FORMATS_COMMON_LINE_READER_H
#define SHILU_FORMATS_COMMON_LINE_READER_H

#include "shilu/formats/reader.h"

/* One line without its line end. On false, *err is set. */
typedef bool line_taker(void *self, struct reader_context *context, const char *line,
                        size_t bytes, struct error *err);

/* READER_SEGMENT once lines have added segments; READER_MORE when the window has no whole line
 * left (if the input has ended, everything was taken); READER_ERROR. */
enum reader_status line_reader_pull(struct reader_context *context, line_taker *take,
                                    void *self, struct error *err);

#endif
