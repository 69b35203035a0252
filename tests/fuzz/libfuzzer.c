/* What libFuzzer calls; compiled once a family, which FUZZ_FAMILY names. */
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count)
{
    struct error err;

    if (!FUZZ_FAMILY.run((const char *)bytes, count, &err)) {
        fprintf(stderr, "%s: %s\n", FUZZ_FAMILY.name, err.message);
        abort();
    }
    return 0;
}
