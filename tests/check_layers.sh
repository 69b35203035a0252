#!/bin/sh
# An include only goes down the layers, and each outside library is seen by its layer alone.
cd "$SHILU_SRCDIR" || exit 99
bad=0

# layer: the layers that its files may include
allowed() {
    case $1 in
    base) echo base ;;
    text) echo 'base text' ;;
    model) echo 'base text model' ;;
    formats) echo 'base text model formats' ;;
    view) echo 'base text model view' ;;
    term) echo 'base text view term' ;;
    app | commands) echo 'base text model formats view term app commands' ;;
    esac
}

for layer in base text model formats view term app commands; do
    for file in src/"$layer"/*.[ch] include/shilu/"$layer"/*.h; do
        [ -f "$file" ] || continue
        # shellcheck disable=SC2013
        for used in $(sed -n 's|^#include "shilu/\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            case " $(allowed "$layer") " in
            *" $used "*) ;;
            *)
                echo "$file: layer $layer may not include $used"
                bad=1
                ;;
            esac
        done
    done
done

# library header: the files that may include it, as an extended regular expression
only() {
    found=$(grep -rlE "^#include <($1)" src include | grep -vE "$2")
    if [ -n "$found" ]; then
        echo "only $2 may include <$1>:"
        echo "$found"
        bad=1
    fi
}
only 'cjson/|cJSON' '^src/(formats|app)/|^include/shilu/formats/json'
only 'n?curses|term\.h|ncursesw/' '^src/(term/|wcwidth\.c)'
only 'uni(str|width|norm|case|gbrk|lbrk|ctype|types)\.h' '^src/text/'
only 'pcre2\.h' '^src/text/'
only '(zlib|zstd|lzma)\.h' '^src/base/decompress\.c'
only 'expat\.h' '^src/formats/'

# The library layers neither print nor exit.
found=$(grep -nE '\b(printf|puts|putchar|perror|exit|abort)\(' src/text/*.c src/model/*.c |
    grep -vE 'sn?printf|vsn')
if [ -n "$found" ]; then
    echo 'text and model neither print nor exit:'
    echo "$found"
    bad=1
fi
exit $bad
