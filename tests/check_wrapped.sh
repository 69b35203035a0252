#!/bin/sh
# A record is read alike from plain text, from a web page and from a document: each case of text
# that is read rightly is read rightly when it is wrapped as one (tests/wrap_cases.py). The cases
# stand beside the tree; where they or Python are missing this is skipped.
cases=$SHILU_SRCDIR/../shared/cases
if [ ! -f "$cases/check.py" ] || ! command -v python3 >/dev/null 2>&1; then
    echo 'no cases beside the tree, or no Python: skipped'
    exit 77
fi
folder=$(mktemp -d) || exit 99
trap 'rm -rf "$folder"' EXIT
python3 "$SHILU_SRCDIR/tests/wrap_cases.py" "$cases" "$folder" || exit 99

# The names of wrong cases, one a line: as wrapped files are called, without ending.
wrong() {
    python3 "$cases/check.py" "$SHILU_BUILDDIR/shilu" "$1" |
        sed -n 's|^\([^ ]*\)/\([^ /]*\)\.[a-z]*: .*|\1-\2|p'
}

for way in text p br docx odt; do
    wrong "$folder/$way" | sed "s|^$way-||" | sort >"$folder/$way.wrong"
done
bad=0
for way in p br docx odt; do
    only=$(comm -13 "$folder/text.wrong" "$folder/$way.wrong")
    if [ -n "$only" ]; then
        echo "right as text, wrong as $way:"
        echo "$only"
        bad=1
    fi
done
exit $bad
