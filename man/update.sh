#!/bin/sh
# Print the manual on standard input with its lists as the program prints them: what stands
# between `.\" begin NAME` and `.\" end NAME` is made anew. Run by `make update-generated`;
# the test of the manual compares.
#
#   man/update.sh <man/shilu.1 >new
set -eu
SHILU=${SHILU:-shilu}

# "read   name   title" -> .It Cm name / title
formats() {
    "$SHILU" --list formats | awk -v which="$1" '$1 == which {
        name = $2
        sub(/^[a-z]+ +[^ ]+ +/, "")
        print ".It Cm " name
        print
    }'
}

while IFS= read -r line; do
    case $line in
    '.\" begin readers') kept=$line; skipping=readers ;;
    '.\" begin writers') kept=$line; skipping=writers ;;
    '.\" begin keys') kept=$line; skipping=keys ;;
    '.\" end '*)
        printf '%s\n' "$kept"
        case $skipping in
        readers) formats read ;;
        writers) formats write ;;
        keys) "$SHILU" --list keys-mdoc ;;
        esac
        skipping=
        ;;
    esac
    [ -n "${skipping:-}" ] || printf '%s\n' "$line"
done
