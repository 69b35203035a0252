#!/bin/sh
# Every text that people see can be translated, and every catalogue has all of them.
for tool in xgettext msgfmt msgcmp msgattrib python3; do
    command -v "$tool" >/dev/null 2>&1 || {
        echo "$tool is missing"
        exit 77
    }
done
cd "$SHILU_SRCDIR" || exit 99
pot=$SHILU_BUILDDIR/shilu.pot
rm -f "$pot"
make -s -C "$SHILU_BUILDDIR" shilu.pot >/dev/null || exit 99
# shellcheck disable=SC2046
python3 tests/check_messages.py "$pot" $(find src -name '*.c' | sort) || exit 1
