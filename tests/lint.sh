#!/bin/sh
# Every check of the sources that needs no build: `make lint`, or tests/lint.sh CHECK... for
# some. A check whose tool is missing fails: ./bootstrap lint installs them.
cd "${SHILU_SRCDIR:-$(dirname "$0")/..}" || exit 99
bad=0

say() { printf 'lint: %s\n' "$*" >&2; }

need() {
    command -v "$1" >/dev/null 2>&1 && return
    say "$1 is missing"
    return 1
}

scripts() {
    git ls-files 2>/dev/null | grep -E '^(bootstrap|\.ci/[^/]*|.*\.sh)$'
}

check_format() { sh tests/check_format.sh; }

# SC2317 takes what a trap or a name in a variable calls for unreachable.
check_shell() { need shellcheck && scripts | xargs shellcheck -e SC2317; }

# The words of other languages stand in fixtures, tables and samples.
check_spelling() {
    need codespell && git ls-files | grep -vE \
        '^(tests/(fixtures|golden|fuzz/finds)/|sample-data/|COPYING|src/text/.*(\.inc|_table\.h)$|src/formats/.*\.inc$)' |
        xargs codespell -I tests/lint-words.txt
}

check_manual() {
    need mandoc && mandoc -Tlint -Wwarning man/*.[0-9]
}

# Suppressions say why in tests/lint-cppcheck.txt.
check_cppcheck() {
    need cppcheck && cppcheck --quiet --std=c11 -j "$(getconf _NPROCESSORS_ONLN)" \
        --enable=warning,portability --inline-suppr --error-exitcode=1 --max-configs=1 \
        --suppressions-list=tests/lint-cppcheck.txt -D__GNUC__ -D_GNU_SOURCE \
        -DSHILU_DATADIR='""' -Iinclude -Isrc -I. src
}

# The version stands in four places.
check_versions() {
    version=$(cat VERSION)
    for place in "debian/changelog:^shilu ($version-" "packaging/fedora/shilu.spec:^Version: *$version\$" \
        "packaging/alpine/APKBUILD:^pkgver=$version\$" "NEWS:^shilu $version"; do
        if ! grep -q "${place#*:}" "${place%%:*}"; then
            say "${place%%:*} does not have version $version"
            return 1
        fi
    done
}

[ $# -gt 0 ] || set -- format shell spelling manual versions cppcheck
for check; do
    say "$check"
    "check_$check" || {
        say "$check failed"
        bad=1
    }
done
exit $bad
