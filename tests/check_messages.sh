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
bad=0
# shellcheck disable=SC2046
python3 tests/check_messages.py "$pot" $(find src -name '*.c' | sort) || bad=1
for po in po/*.po; do
    msgfmt --check --check-format -o /dev/null "$po" || bad=1
    msgcmp "$po" "$pot" || {
        echo "$po does not have all messages: make update-po, then translate what is empty there"
        bad=1
    }
    if [ -n "$(msgattrib --only-fuzzy "$po")$(msgattrib --untranslated "$po")" ]; then
        echo "$po has messages that are fuzzy or empty"
        bad=1
    fi
done
exit $bad
