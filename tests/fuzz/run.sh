#!/bin/sh
# Run each family of fuzz targets for FUZZ_SECONDS (60): make fuzz, or make fuzz
# FUZZ_FAMILIES='captions xml'. The build with clang, the corpus that grows from run to run and
# what crashed stand in the folder fuzz of the build. Exits 77 where libFuzzer is missing.
set -eu
: "${SHILU_SRCDIR:?}" "${SHILU_BUILDDIR:?}" "${FUZZ_FAMILIES:?}"
seconds=${FUZZ_SECONDS:-60}
compiler=${FUZZ_CC:-clang}
folder=$SHILU_BUILDDIR/fuzz
build=${FUZZ_BUILD:-$folder/build}
mkdir -p "$folder" "$build"

printf 'int LLVMFuzzerTestOneInput(void); int LLVMFuzzerTestOneInput(void) { return 0; }\n' \
    >"$folder/probe.c"
# shellcheck disable=SC2086
if ! $compiler -fsanitize=fuzzer,address,undefined -o "$folder/probe" "$folder/probe.c" \
    2>"$folder/probe.log"; then
    echo "skipped: '$compiler' has no libFuzzer; see $folder/probe.log"
    exit 77
fi

# Comparisons are not traced: that takes more than half of the time, and the seeds hold the words
# that the readers look for. FUZZ_BUILD names a build that was configured so elsewhere.
cd "$build"
if [ ! -f Makefile ]; then
    "$SHILU_SRCDIR/configure" -q CC="$compiler" LDFLAGS='-fsanitize=address,undefined' \
        CFLAGS='-O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-coverage=trace-cmp -fno-sanitize-recover=undefined'
fi
make -j "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)" tests/fuzz/write_seeds tests/fuzz/fuzzer

# Families that run at once, and where libFuzzer's chance starts: "" for anywhere.
jobs=${FUZZ_JOBS:-1}
seed=${FUZZ_SEED:+-seed=$FUZZ_SEED}

fuzz_family() {
    corpus=$folder/corpus/$1
    seeds=$folder/seeds/$1
    crashes=$folder/crashes/$1
    rm -rf "$seeds"
    mkdir -p "$corpus" "$seeds" "$crashes"
    tests/fuzz/write_seeds "$SHILU_SRCDIR" "$1" "$seeds"
    for find in "$SHILU_SRCDIR/tests/fixtures/fuzz/$1"-*; do
        [ ! -f "$find" ] || cp "$find" "$seeds"
    done
    # shellcheck disable=SC2086
    FUZZ_FAMILY="$1" tests/fuzz/fuzzer -max_total_time="$seconds" -timeout=20 -max_len=4096 \
        -print_final_stats=1 $seed -artifact_prefix="$crashes/" "$corpus" "$seeds" \
        >"$folder/$1.log" 2>&1
    echo $? >"$folder/$1.status"
}

running=0
for family in $FUZZ_FAMILIES; do
    rm -f "$folder/$family.status"
    fuzz_family "$family" &
    running=$((running + 1))
    [ $((running % jobs)) != 0 ] || wait
done
wait

status=0
for family in $FUZZ_FAMILIES; do
    echo "== $family, $seconds s"
    [ "$(cat "$folder/$family.status" 2>/dev/null)" = 0 ] || status=1
    grep -E "^$family: |ERROR|SUMMARY|number_of_executed_units|Test unit written" \
        "$folder/$family.log" || true
done
[ $status = 0 ] || echo "something was found: see $folder/crashes and the logs in $folder"
exit $status
