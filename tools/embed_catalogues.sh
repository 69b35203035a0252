#!/bin/sh
# Print C source that holds the catalogues of messages, as msgfmt writes them:
#
#   tools/embed_catalogues.sh MSGFMT PO...     defines embedded_catalogues of shilu/base/translate.h
#
# Without msgfmt (an empty first argument) there are none, and the program speaks English.
set -eu
msgfmt=$1
shift
[ -n "$msgfmt" ] || set --
mo=embedded_catalogue.$$.mo
trap 'rm -f "$mo"' EXIT

printf '/* Made by tools/embed_catalogues.sh; not to be edited. */\n'
printf '#include "shilu/base/translate.h"\n'
for file; do
    language=$(basename "$file" .po)
    "$msgfmt" --no-hash -o "$mo" "$file"
    printf '\nstatic const unsigned char %s[] = {\n' "$language"
    od -An -v -tu1 "$mo" | sed 's/  */ /g; s/^ //; s/ /,/g; s/$/,/'
    printf '};\n'
done
printf '\nconst struct catalogue embedded_catalogues[] = {\n'
for file; do
    language=$(basename "$file" .po)
    printf '    {"%s", %s, sizeof %s},\n' "$language" "$language" "$language"
done
printf '    {NULL, NULL, 0},\n};\n'
