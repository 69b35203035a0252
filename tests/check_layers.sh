#!/bin/sh
# An include only goes down the layers, and each outside library is seen by its layer alone.
# The names of files and layers hold no blanks.
# shellcheck disable=SC2013,SC2044
cd "$SHILU_SRCDIR" || exit 99
bad=0

# layer: the layers that its files may include
allowed() {
    case $1 in
    base) echo base ;;
    text) echo 'base text' ;;
    model) echo 'base text model' ;;
    analysis) echo 'base text model analysis' ;;
    formats) echo 'base text model analysis formats' ;;
    index) echo 'base text model analysis formats index' ;;
    view) echo 'base text model analysis view' ;;
    term) echo 'base text view term' ;;
    store) echo 'base text model analysis formats view store' ;;
    cli) echo 'base text model analysis formats view store cli' ;;
    ui) echo 'base text model view store ui' ;;
    session) echo 'base text model analysis formats view store ui session' ;;
    library) echo 'base text model analysis formats index view store cli ui session library' ;;
    app) echo 'base text model analysis formats index view term store cli ui session library app' ;;
    commands) echo 'base text model analysis formats index view store cli commands' ;;
    esac
}
layers='base text model analysis formats index view term store cli ui session library app commands'

# As "shilu/LAYER/x.h", what a layer offers; as "LAYER/x.h", what only it may use.
for layer in $layers; do
    for file in $(find src/"$layer" include/shilu/"$layer" -name '*.[ch]'); do
        for used in $(sed -n 's|^#include "shilu/\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            case " $(allowed "$layer") " in
            *" $used "*) ;;
            *)
                echo "$file: layer $layer may not include $used"
                bad=1
                ;;
            esac
        done
        for used in $(sed -n 's|^#include "\([a-z]*\)/.*|\1|p' "$file" | sort -u); do
            case $used in
            shilu | "$layer") ;;
            *)
                echo "$file: layer $layer may not include a private header of $used"
                bad=1
                ;;
            esac
        done
    done
done

# What an archive lacks is not in a layer above it.
above() {
    for layer in $layers; do
        case " $(allowed "$1") " in
        *" $layer "*) ;;
        *) [ ! -f "$SHILU_BUILDDIR/lib$layer.a" ] || echo "$SHILU_BUILDDIR/lib$layer.a" ;;
        esac
    done
}
for layer in $layers; do
    archive=$SHILU_BUILDDIR/lib$layer.a
    if [ ! -f "$archive" ] || [ -z "$(above "$layer")" ]; then
        continue
    fi
    lacks=$(nm -u "$archive" 2>/dev/null | sed -n 's/^ *U //p' | sort -u)
    # shellcheck disable=SC2046
    found=$(nm -g --defined-only $(above "$layer") 2>/dev/null | sed -n 's/^[0-9a-f]* [A-Z] //p' |
        sort -u | { echo "$lacks" >"$SHILU_BUILDDIR/lacks.tmp"; comm -12 - "$SHILU_BUILDDIR/lacks.tmp"; })
    rm -f "$SHILU_BUILDDIR/lacks.tmp"
    if [ -n "$found" ]; then
        echo "lib$layer.a uses what a layer above it defines:"
        echo "$found"
        bad=1
    fi
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
only 'cjson/|cJSON' '^src/(formats|store|app|library)/|^include/shilu/store/json_file'
only 'n?curses|term\.h|ncursesw/' '^src/(term/|wcwidth\.c)'
only 'uni(str|width|norm|case|gbrk|lbrk|ctype|types)\.h' '^src/text/'
only 'pcre2\.h' '^src/text/'
only '(zlib|zstd|lzma)\.h' '^src/base/decompress\.c'
only '(expat|gumbo)\.h|minizip/' '^src/formats/'
only 'sqlite3\.h' '^src/(index/|formats/write/write_sqlite)'

# The library layers neither print nor exit.
found=$(grep -nE '\b(printf|puts|putchar|perror|exit|abort)\(' src/text/*.c src/model/*.c |
    grep -vE 'sn?printf|vsn')
if [ -n "$found" ]; then
    echo 'text and model neither print nor exit:'
    echo "$found"
    bad=1
fi

# A folder that holds more than a newcomer reads at a glance wants rooms of its own.
for folder in $(find src -type d); do
    count=$(find "$folder" -maxdepth 1 -name '*.c' | wc -l)
    if [ "$count" -gt 20 ]; then
        echo "$folder holds $count sources: 20 at most"
        bad=1
    fi
done
exit $bad
