#!/bin/sh
# Take the README's screenshot: the program itself in an xterm on a virtual display.
#
#   tests/screenshot.sh PROGRAM [OUT.png [KEYS [FILE]]]
#
# KEYS are for xdotool ("t 1 0 colon 2 5 Return"). Wants xterm, Xvfb, xdotool, ImageMagick and
# fonts with CJK (Debian: xterm xvfb xdotool imagemagick fonts-dejavu-core fonts-noto-cjk).
set -eu
program=$1
out=${2:-sample-data/screenshot.png}
keys=${3:-}
file=${4:-sample-data/briefing.json}
columns=${COLUMNS_WANTED:-120}
rows=${ROWS_WANTED:-36}

for tool in xterm Xvfb xdotool import mogrify; do
    command -v "$tool" >/dev/null 2>&1 || { echo "$tool is missing" >&2; exit 77; }
done

DISPLAY=:${DISPLAY_NUMBER:-97}
export DISPLAY LC_ALL=C.UTF-8 TERM=xterm-256color
state=$(mktemp -d)
Xvfb "$DISPLAY" -screen 0 1600x1200x24 >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null; rm -rf "$state"' EXIT
sleep 1
XDG_STATE_HOME=$state XDG_CONFIG_HOME=$state COLORTERM=truecolor \
    xterm -tn xterm-256color -fa 'DejaVu Sans Mono' -fd 'Noto Sans Mono CJK TC' -fs 11 \
    -geometry "${columns}x$rows+0+0" -bg "${BACKGROUND:-#16181d}" -fg "${FOREGROUND:-#d8dbe2}" -b 8 \
    -bw 0 +sb -title shilu -e "$program" "$file" &
sleep 2
window=$(xdotool search --name '^shilu$' | head -n 1)
xdotool windowfocus "$window" 2>/dev/null || true
for key in $keys; do
    xdotool key "$key"
    sleep 0.1
done
sleep 1
import -window "$window" "$out"
mogrify -strip +dither -colors 48 -define png:compression-level=9 "$out"
kill %2 2>/dev/null || true
