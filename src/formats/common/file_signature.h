/* File signatures: how files that are not text begin. Sources: the formats' specifications; the
 * database of file(1) if there is none. */
#ifndef SHILU_FORMATS_COMMON_FILE_SIGNATURE_H
#define SHILU_FORMATS_COMMON_FILE_SIGNATURE_H

#include <stdbool.h>

#include "shilu/base/span.h"

/* The name of a file's type for messages ("a PDF document"), by its first bytes
 * (FILE_SIGNATURE_BYTES suffice); NULL if it may be text. */
enum { FILE_SIGNATURE_BYTES = 4096 };
const char *file_signature(struct span head);

/* What everything else is called that is not text. */
extern const char file_signature_data[];

/* Whether a head, decoded to UTF-8, has more controls and replaced bytes than text has. */
bool file_signature_is_data(struct span head);

bool file_signature_is_zip(struct span head);
bool file_signature_is_pdf(struct span head);
/* The container of old Office documents, and of new ones that are protected by a password. */
bool file_signature_is_ole(struct span head);

#endif
