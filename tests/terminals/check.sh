#!/bin/bash
# Hold the columns and the screens of real terminals to ours:
#
#   make check-terminals      (./bootstrap terminals installs them first)
#
# In each terminal that is installed (tmux, xterm, xterm -cjk_width, mlterm, libvterm):
#  1. `drift` writes every line of the display torture sample and asks where the cursor is;
#  2. the program itself is scrolled, partly drawn and resized for a while; then its screen must
#     be what drawing it all anew (^L) gives, but for some pixels of letters' edges. Not in libvterm: its tests are in `make check`.
# Prints one row a terminal. Fails where a line drifts that holds nothing of a script that terminals
# shape, or where a report never came.
set -u
build=${SHILU_BUILDDIR:-.}
source=${SHILU_SRCDIR:-..}
sample=$source/sample-data/torture.json
shilu=$build/shilu
drift=$build/tests/terminals/drift
scratch=$(mktemp -d)
export LC_ALL=C.UTF-8 XDG_STATE_HOME=$scratch XDG_CONFIG_HOME=$scratch
unset NO_COLOR TMUX STY COLORTERM
server=
cleanup() {
    tmux -L shilu-check kill-server 2>/dev/null
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$scratch"
}
trap cleanup EXIT
worst=0
PIXELS=120

have() { command -v "$1" >/dev/null 2>&1; }

row() { # terminal, drift's report, rows of the screen that differ
    # A report that never came is a failure like one of drift.
    tail -n 1 "$2" 2>/dev/null | grep -q '^[1-9].* 0 of them unshaped' || worst=1
    printf '%-18s %s; %s\n' "$1" "$(tail -n 1 "$2" 2>/dev/null || echo 'no report')" "$3"
    grep -E '^  (glyph|line)' "$2" 2>/dev/null | sort | uniq -c | sort -rn | head -n "${DETAILS:-5}"
}

wait_for() { # file
    for _ in $(seq 300); do
        [ -s "$1" ] && return 0
        sleep 0.1
    done
    return 1
}

# The keys of a reader who wanders: lines, pages, turns, panes, a search, the width.
wander='j j j } } Space j k k { d u j / e Return n n N Escape O j j k O Tab j j Tab Tab G k k k u u u u j j'

in_tmux() {
    have tmux || { echo 'tmux               not installed'; return; }
    local t="tmux -L shilu-check -f /dev/null"
    $t kill-server 2>/dev/null
    $t new-session -d -x 100 -y 30 "$drift $sample $scratch/tmux"
    wait_for "$scratch/tmux"
    $t kill-server 2>/dev/null
    sleep 0.3
    $t new-session -d -x 100 -y 30 "$shilu $sample"
    sleep 1
    for key in $wander; do
        $t send-keys "$key"
        sleep 0.05
    done
    $t resize-window -x 47 -y 18
    sleep 0.3
    $t send-keys j j k
    $t resize-window -x 120 -y 35
    sleep 0.3
    $t send-keys j j j k
    sleep 0.5
    $t capture-pane -p >"$scratch/tmux.1"
    $t send-keys C-l
    sleep 0.5
    $t capture-pane -p >"$scratch/tmux.2"
    grep -q 'turn' "$scratch/tmux.2" || worst=1
    local rows
    rows=$(diff "$scratch/tmux.1" "$scratch/tmux.2" | grep -c '^<')
    [ "$rows" = 0 ] || worst=1
    row tmux "$scratch/tmux" "$rows rows differ"
    $t kill-server 2>/dev/null
}

start_display() {
    DISPLAY=:${DISPLAY_NUMBER:-95}
    export DISPLAY
    Xvfb "$DISPLAY" -screen 0 1600x1200x24 >/dev/null 2>&1 &
    server=$!
    sleep 1
}

picture() { # window, file
    import -window "$1" -crop "+0+0" "$2" 2>/dev/null
}

# name, how drift counts, the command that takes "-e program arguments"
in_window() {
    local name=$1 wide=$2 file=$scratch/${1// /-} window pid
    shift 2
    "$@" -e "$drift" "$sample" "$file" "$wide" >/dev/null 2>&1 &
    wait_for "$file"
    wait $!
    "$@" -e "$shilu" "$sample" >/dev/null 2>&1 &
    pid=$!
    sleep 2
    window=$(xdotool search --onlyvisible --class 'xterm|mlterm' | tail -n 1)
    xdotool windowfocus "$window" 2>/dev/null
    for key in ${wander//\// slash}; do
        key=${key/#\}/braceright}
        key=${key/#\{/braceleft}
        xdotool key --window "$window" "${key/Space/space}"
        sleep 0.05
    done
    xdotool windowsize "$window" 420 330
    sleep 0.5
    xdotool key --window "$window" j j k
    xdotool windowsize "$window" 900 620
    sleep 0.7
    xdotool key --window "$window" j j j k
    sleep 0.7
    picture "$window" "$file.1.png"
    xdotool key --window "$window" ctrl+l
    sleep 0.7
    picture "$window" "$file.2.png"
    local pixels
    pixels=$(compare -metric AE "$file.1.png" "$file.2.png" null: 2>&1 | sed 's/ .*//')
    # Letters reach over the edges of their cells, and drawing the neighbour cuts that off: some
    # pixels. A character more or less shifts a row: hundreds.
    [ "${pixels%.*}" -lt "$PIXELS" ] || worst=1
    row "$name" "$file" "$pixels pixels differ"
    [ -z "${KEEP:-}" ] || cp "$file".?.png "$KEEP"
    kill "$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
}

in_tmux
if have Xvfb && have xdotool && have import; then
    start_display
    font='DejaVu Sans Mono'
    if have xterm; then
        in_window xterm narrow xterm -tn xterm-256color -fa "$font" -fs 10 -geometry 100x30
        in_window 'xterm -cjk_width' wide \
            xterm -cjk_width -tn xterm-256color -fa "$font" -fs 10 -geometry 100x30
    fi
    have mlterm && in_window mlterm narrow mlterm --geometry 100x30
else
    echo 'Xvfb, xdotool or ImageMagick is missing: no xterm and no mlterm'
fi
if [ -x "$build/tests/terminals/in_vterm" ]; then
    "$build/tests/terminals/in_vterm" "$drift" "$sample" "$scratch/libvterm"
    row libvterm "$scratch/libvterm" 'screens: make check'
fi
exit $worst
