#!/bin/sh
# Every C file of the tree is as clang-format makes it. The layout differs between versions of
# the formatter, so only the version that .clang-format names counts.
cd "${SHILU_SRCDIR:-$(dirname "$0")/..}" || exit 99
formatter=${CLANG_FORMAT:-clang-format}
version=$("$formatter" --version 2>/dev/null | sed -n 's/.*version \([0-9]*\).*/\1/p')
if [ "$version" != 14 ]; then
    echo "clang-format 14 is wanted, found '${version:-none}'" >&2
    exit 1
fi
find src include tests -name '*.[ch]' -exec "$formatter" --dry-run --Werror {} +
