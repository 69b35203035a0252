/* Export file: one file's selection through a writer; what show and convert have in common. */
#ifndef SHILU_COMMANDS_EXPORT_FILE_H
#define SHILU_COMMANDS_EXPORT_FILE_H

#include "shilu/cli/options.h"
#include "shilu/cli/output.h"
#include "shilu/formats/writer.h"

/* The writer named by -f, else the one for the extension of -o, else `otherwise`. NULL for an
 * unknown name. */
const struct writer_ops *export_file_choose(const struct options *o, const char *otherwise,
                                            struct error *err);

/* Load the path, select, write, and print problems; *status becomes the worst so far. */
void export_file_path(struct output *out, const char *path, const struct options *o,
                      const struct writer_ops *writer, const struct writer_options *how,
                      int *status);

#endif
