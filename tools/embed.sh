#!/bin/sh
# Print C source that holds files as strings:
#
#   tools/embed.sh LIST FILE...     defines embedded_LIST of shilu/base/embedded_file.h
set -eu
list=$1
shift

printf '/* Made by tools/embed.sh; not to be edited. */\n'
printf '#include "shilu/base/embedded_file.h"\n\n#include <stddef.h>\n\n'
printf 'const struct embedded_file embedded_%s[] = {\n' "$list"
for file; do
    name=${file##*/}
    printf '{"%s",\n' "${name%.*}"
    sed 's/\\/\\\\/g; s/"/\\"/g; s/?/\\?/g; s/^/    "/; s/$/\\n"/' "$file"
    printf '    },\n'
done
printf '{NULL, NULL}};\n'
