/* What libFuzzer calls: the family that FUZZ_FAMILY names; with FUZZ_WHOLE each input is
 * checked whole, which a find of the long check needs to be minimised. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    static const struct fuzz_family *family;
    struct error err;

    if (family == NULL) {
        const char *name = getenv("FUZZ_FAMILY");

        fuzz_is_quick = getenv("FUZZ_WHOLE") == NULL;
        family = name != NULL ? fuzz_family_named(name, '\0') : NULL;
        if (family == NULL) {
            fputs("FUZZ_FAMILY names no family\n", stderr);
            exit(2);
        }
    }
    if (!family->run((const char *)bytes, count, &err)) {
        fprintf(stderr, "%s: %s\n", family->name, err.message);
        abort();
    }
    return 0;
}
