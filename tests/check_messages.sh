#!/bin/sh
# Every text that people see can be translated, and every catalogue has all of them.
for tool in xgettext msgfmt msgmerge msgattrib python3; do
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
    missing=$(msgmerge --quiet --no-fuzzy-matching -o - "$po" "$pot" | msgattrib --untranslated --no-obsolete |
        sed -n '/^msgid "[^"]/p')
    if [ -n "$missing$(msgattrib --only-fuzzy "$po")" ]; then
        echo "$po is not complete: make update-po, then translate what is empty there:"
        echo "$missing"
        bad=1
    fi
done

# The manual in Chinese has the commands, options, settings and formats of the English one, in the
# same order, and lists of today.
items() {
    sed -n 's/^\.It \(Fl .*\)/\1/p; s/^\.It \(Cm [a-z_-]*\).*/\1/p; s/^\.It \(Pa .*\)/\1/p' "$1" |
        sed 's/ Ar .*//; s/ Op$//'
}
for page in shilu.1 shilu.5 shilu-formats.5; do
    items man/$page >"$SHILU_BUILDDIR/items.en"
    items man/zh_TW/$page >"$SHILU_BUILDDIR/items.zh_TW"
    diff "$SHILU_BUILDDIR/items.en" "$SHILU_BUILDDIR/items.zh_TW" || {
        echo "man/zh_TW/$page has other commands, options, settings or formats than man/$page"
        bad=1
    }
done
rm -f "$SHILU_BUILDDIR/items.en" "$SHILU_BUILDDIR/items.zh_TW"
# shellcheck disable=SC2094 # both only read it
LC_ALL=zh_TW.UTF-8 SHILU=$SHILU_BUILDDIR/shilu sh man/update.sh <man/zh_TW/shilu.1 | cmp - man/zh_TW/shilu.1 || {
    echo 'man/zh_TW/shilu.1 is out of date: make update-generated'
    bad=1
}
exit $bad
