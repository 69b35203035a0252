#!/bin/sh
# Set a page of the manual as text, with bold and underlined letters as a typewriter makes them:
#
#   tools/manual_text.sh PAGE      writes man/PAGE.txt
set -eu
if ! command -v mandoc >/dev/null 2>&1; then
    echo "mandoc is missing: it sets man/$1 as the text that 'shilu help' shows" >&2
    exit 1
fi
mandoc -Tutf8 -I os=shilu -O width=78 "man/$1" >"man/$1.txt.new"
mv "man/$1.txt.new" "man/$1.txt"
