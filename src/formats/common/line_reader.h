/* Line reader: gives the whole lines of the window to a format that is made of lines. */
#ifndef SHILU_FORMATS_COMMON_LINE_READER_H
#define SHILU_FORMATS_COMMON_LINE_READER_H

#include "shilu/formats/reader.h"

/* One line without its end. False: *err is set. */
typedef bool line_taker(void *self, struct reader_context *context, const char *line,
                        size_t bytes, struct error *err);

/* READER_SEGMENT once lines have added to the transcript; READER_MORE when the window holds no
 * whole line any more (all of it was taken if the input has ended); READER_ERROR. */
enum reader_status line_reader_pull(struct reader_context *context, line_taker *take,
                                    void *self, struct error *err);

#endif
