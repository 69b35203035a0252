#!/bin/sh
# Ordinary text files of this machine in which nobody speaks: at most one in two hundred may be
# taken for a record. usage: tests/strangers.sh SHILU [FILES]
shilu=${1:?usage: strangers.sh SHILU [FILES]}
most=${2:-2000}
list=$(mktemp) || exit 99
trap 'rm -f "$list"' EXIT
find /usr/share/doc /usr/include /etc -type f -size -200k 2>/dev/null | sort >"$list"
all=$(wc -l <"$list")
[ "$all" -gt 0 ] || { echo "skipped: this machine has no such files"; exit 77; }
step=$((all / most + 1))
looked=0
taken=0
while read -r file; do
    looked=$((looked + 1))
    case $("$shilu" check "$file" 2>/dev/null | head -n 1) in
    *': text with speakers, '*' 0 speakers') ;;
    *': text with speakers, '*)
        taken=$((taken + 1))
        echo "$file"
        ;;
    esac
done <<END
$(awk -v step="$step" 'NR % step == 1 || step == 1' "$list")
END
echo "$taken of $looked ordinary files are taken for records"
[ $((taken * 200)) -le "$looked" ]
