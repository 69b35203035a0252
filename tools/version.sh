#!/bin/sh
# Print the version: of a release what VERSION says; between releases what git adds to it, as in
# 0.2.0-13-g1234567. A tarball has what it was made from in .tarball-version.
cd "$(dirname "$0")/.." || exit 1
if [ -f .tarball-version ]; then
    cat .tarball-version
    exit
fi
version=$(cat VERSION)
described=$(git describe --tags --match "v[0-9]*" 2>/dev/null) || described=''
case $described in
"v$version") ;; # the release itself
v*) version=$version-dev${described#v*-} ;;
*)
    commits=$(git rev-list --count HEAD 2>/dev/null) &&
        version=$version-dev$commits-g$(git rev-parse --short HEAD)
    ;;
esac
printf '%s\n' "$version"
