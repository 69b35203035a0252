#!/bin/sh
# Every public header compiles alone, and every .c of a module includes its own header first.
cd "$SHILU_SRCDIR" || exit 99
bad=0
for header in include/shilu/*/*.h; do
    if ! diagnosis=$(${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -Wno-unused-function -D_GNU_SOURCE \
        -Iinclude -fsyntax-only -Wno-pragma-once-outside-header -x c "$header" 2>&1); then
        printf "%s\n" "$header does not stand alone:" "$diagnosis"
        bad=1
    fi
    own=src/${header#include/shilu/}
    own=${own%.h}.c
    if [ -f "$own" ]; then
        first=$(grep -m1 '^#include' "$own")
        if [ "$first" != "#include \"${header#include/}\"" ]; then
            echo "$own: its own header must be its first include"
            bad=1
        fi
    fi
done
exit $bad
