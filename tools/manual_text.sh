#!/bin/sh
# Set a page of the manual as text, with bold and underlined letters as a typewriter makes them:
#
#   tools/manual_text.sh PAGE      writes man/PAGE.txt
set -eu
if ! command -v mandoc >/dev/null 2>&1; then
    echo "mandoc is missing: it sets man/$1 as the text that 'shilu help' shows" >&2
    exit 1
fi

# mandoc ends lines at blanks alone, and Chinese has none: lines of it are ended here, before what may
# begin a line. Characters of three bytes are two columns, all others one.
end_lines() {
    LC_ALL=C awk -v room=62 '
    function may_begin(c) {
        return c !~ /^\343\200[\201\202\215\217\213]|^\357\274[\201\211\214\232\233\237]/
    }
    /^\./ || !/[\344-\351][\200-\277]/ { print; next }
    {
        line = ""; columns = 0; opens = 0
        for (i = 1; i <= length($0); i += bytes) {
            c = substr($0, i, 1)
            bytes = c >= "\360" ? 4 : c >= "\340" ? 3 : c >= "\300" ? 2 : 1
            if (substr($0, i, 2) == "\\f")
                bytes = 3
            else if (c == "\\")
                bytes = 2
            c = substr($0, i, bytes)
            wide = c ~ /^\\f/ ? 0 : bytes == 3 ? 2 : 1
            # A word of letters is not divided: its length counts where it begins.
            word = 0
            if (wide == 1 && line ~ /([\200-\377]| )(\\f[BP])?$/ && match(substr($0, i), /^[!-\[\]-~]+/))
                word = RLENGTH
            if (columns + (word > wide ? word : wide) > room && !opens && may_begin(c) &&
                (c == " " || wide == 2 || word > 0)) {
                print line
                print ".br"
                line = ""; columns = 0
                if (c == " ")
                    continue
            }
            line = line c
            columns += wide
            opens = c ~ /^\343\200[\214\216\212]|^\357\274\210/
        }
        print line
    }' "$1"
}

case $1 in
*/*) end_lines "man/$1" ;;
*) cat "man/$1" ;;
esac | LC_ALL=C.UTF-8 mandoc -Tutf8 -I os=shilu -O width=78 >"man/$1.txt.new"
mv "man/$1.txt.new" "man/$1.txt"
