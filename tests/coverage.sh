#!/bin/sh
# After `make check` in a build with --enable-coverage: which share of the lines of src the tests ran.
set -eu
find src -name '*.gcda' -exec gcov -n {} + 2>/dev/null | awk '
    /^File / { ours = /src\// && !/\/usr\// }
    ours && /^Lines executed/ {
        split($0, part, /[:% ]+/)
        for (i = 1; i <= length(part); i++)
            if (part[i] == "of") { all = part[i + 1]; share = part[i - 1] }
        lines += all
        run += all * share / 100
        ours = 0
    }
    END { printf "coverage: %.1f %% of %d lines\n", 100 * run / lines, lines }'
