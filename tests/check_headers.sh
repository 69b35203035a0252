#!/bin/sh
# Every public header compiles alone, and every .c of a module includes its own header first.
cd "$SHILU_SRCDIR" || exit 99
bad=0
for header in include/shilu/*/*.h $(find src -name '*.h' ! -name '*_table.h' ! -name use_curses.h); do
    # shellcheck disable=SC2086
    if ! diagnosis=$(${CC:-cc} -std=gnu17 -Wall -Wextra -Werror -Wno-unused-function -D_GNU_SOURCE \
        -Iinclude -Isrc -I"$SHILU_BUILDDIR" ${LIBRARY_CFLAGS:-} -fsyntax-only -Wno-pragma-once-outside-header -x c "$header" 2>&1); then
        printf "%s\n" "$header does not stand alone:" "$diagnosis"
        bad=1
    fi
    case $header in
    include/*) own=$(find "src/$(basename "$(dirname "$header")")" -name "$(basename "$header" .h).c") ;;
    *) own=${header%.h}.c ;;
    esac
    if [ -n "$own" ] && [ -f "$own" ]; then
        included=${header#include/}
        first=$(grep -m1 '^#include' "$own")
        if [ "$first" != "#include \"${included#src/}\"" ]; then
            echo "$own: its own header must be its first include"
            bad=1
        fi
    fi
done
exit $bad
