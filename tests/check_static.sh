#!/bin/sh
# Try the static program in an empty root: nothing is there but the program and what it opens.
#
#   tests/check_static.sh build-static/shilu
#
# Needs root, for chroot. Prints what was tried; fails at the first thing that is not right.
set -eu
program=$(readlink -f "$1")
cd "$(dirname "$0")/.."
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
cp "$program" "$root/shilu"
cp sample-data/briefing.json "$root/"

fail() {
    echo "check_static: $*" >&2
    exit 1
}

inside() { env -i PATH="$PATH:/usr/sbin" TERM="${TERM:-xterm}" "$@"; }
run() { inside chroot "$root" /shilu "$@"; }

file -b "$root/shilu" 2>/dev/null | grep -q 'dynamically' && fail 'the program is not static'

said=$(run show briefing.json | head -n 1)
[ -n "$said" ] || fail 'show prints nothing'
run show --color always --theme ink briefing.json | head -n 1 | grep -q "$(printf '\033')\[" ||
    fail 'the theme ink has no colours'
[ "$(run --list themes | wc -l)" -ge 6 ] || fail 'themes are missing'
for topic in '' show formats config; do
    # shellcheck disable=SC2086
    [ "$(run help $topic | wc -l)" -gt 10 ] || fail "help $topic is missing"
done

# Each encoding: what is printed must be the words, however they were written.
opened=0
words='主席：各位早安，現在開會。
部長：謝謝主席，以下報告。
主席：謝謝部長的報告。'
simplified='主席：各位早上好，现在开会。
部长：谢谢主席，下面报告。
主席：谢谢部长的报告。'
japanese='議長：これより会議を開きます。
大臣：お答えいたします。
議長：ありがとうございました。'
korean='의장: 지금부터 회의를 시작하겠습니다.
장관: 답변드리겠습니다.
의장: 감사합니다.'
try() {
    encoding=$1
    text=$2
    printf '%s\n' "$text" | iconv -f UTF-8 -t "$encoding" >"$root/$encoding.txt"
    printf '%s\n' "$text" >"$root/plain.txt"
    run show --encoding "$encoding" "$encoding.txt" >"$root/out" || fail "cannot open $encoding"
    run show plain.txt >"$root/expected"
    cmp -s "$root/out" "$root/expected" || fail "$encoding is not read as it was written"
    opened=$((opened + 1))
}
try BIG5 "$words"
try GB18030 "$simplified"
try SHIFT_JIS "$japanese"
try EUC-JP "$japanese"
try ISO-2022-JP "$japanese"
try EUC-KR "$korean"
try UTF-16LE "$words"
try UTF-16BE "$korean"
try UTF-32 "$words"

# A terminal of each family is drawn on without any terminfo beside the program.
for TERM in xterm xterm-256color screen-256color tmux-256color linux vt100; do
    export TERM
    drawn=$(printf 'q' | inside script -qec "chroot $root /shilu briefing.json" /dev/null | wc -c)
    [ "$drawn" -gt 500 ] || fail "nothing is drawn on $TERM"
done
echo "static program: $(wc -c <"$root/shilu") bytes; $opened encodings, 6 terminals, themes and manual in an empty root"
