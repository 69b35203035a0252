#!/bin/sh
# Every public header compiles alone, and every .c of a module includes its own header first.
cd "$SHILU_SRCDIR" || exit 99
bad=0
for header in include/shilu/*/*.h; do
    if ! ${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -D_GNU_SOURCE -Iinclude -fsyntax-only \
        -x c "$header" -Wno-pragma-once-outside-header 2>/dev/null; then
        ${CC:-cc} -std=gnu17 -Wall -D_GNU_SOURCE -Iinclude -fsyntax-only -x c "$header"
        echo "$header does not stand alone"
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
