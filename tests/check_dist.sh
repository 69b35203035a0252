#!/bin/sh
# Make the tarball twice, and hold one against the other:  tests/check_dist.sh BUILD
set -eu
cd "$1"
make dist >/dev/null
for tarball in shilu-*.tar.xz; do
    first=$(cksum <"$tarball")
    sleep 2
    make dist >/dev/null
    if [ "$first" != "$(cksum <"$tarball")" ]; then
        echo "$tarball differs from one time to the next" >&2
        exit 1
    fi
    echo "$tarball: the same twice"
done
