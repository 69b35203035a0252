#!/bin/sh
# Build one static program that needs no other file, with musl:
#
#   ./bootstrap static           writes build-static/shilu
#   tools/static.sh check        also builds the tests with musl, and runs them
#
# Each library is built from the source package of this name: Debian's, or npm's where Debian has
# none. SOURCES names a folder in which unpacked sources are looked for first, each in a folder
# of its package's name; so it can also be done where neither is to be had.
set -eu
cd "$(dirname "$0")/.."
tree=$(pwd)
work=$tree/${BUILD_STATIC:-build-static}
root=$work/root
sources=${SOURCES:-$work/sources}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# Terminals whose description is compiled in, where this machine has it; the rest of their families
# falls back to these.
TERMINALS=''
for terminal in ansi linux vt100 vt220 xterm xterm-256color xterm-direct screen screen-256color \
    tmux tmux-256color rxvt rxvt-256color rxvt-unicode-256color alacritty foot xterm-kitty putty \
    putty-256color konsole-256color vte-256color; do
    ! infocmp "$terminal" >/dev/null 2>&1 || TERMINALS=$TERMINALS${TERMINALS:+,}$terminal
done

# One row a library: the package of its sources, where that comes from, how it is built, and what
# its configure, CMake or make is told besides. A new library is one row.
libraries() {
    cat <<ROWS
zlib            debian  zlib
libzstd         debian  make       -C lib install-static install-includes install-pc
xz-utils        debian  configure  --disable-xz --disable-xzdec --disable-lzmadec --disable-lzmainfo --disable-scripts --disable-doc --disable-nls
expat           debian  configure  in=expat --without-xmlwf --without-docbook --without-tests --without-examples
pcre2           debian  configure  --enable-jit --disable-pcre2grep-libz
cjson           debian  cjson
gumbo-parser    debian,npm  gumbo
minizip         debian  minizip
better-sqlite3  npm     sqlite
libunistring    debian  configure  --disable-rpath
iconv           npm     iconv
ncurses         debian  configure  --enable-widec --without-ada --without-cxx --without-cxx-binding --without-progs --without-tests --without-manpages --without-debug --disable-db-install --enable-pc-files --with-pkg-config-libdir=$root/lib/pkgconfig --with-fallbacks=$TERMINALS --with-tic-path=$(command -v tic) --with-infocmp-path=$(command -v infocmp) --with-terminfo-dirs=/etc/terminfo:/lib/terminfo:/usr/lib/terminfo:/usr/share/terminfo --with-default-terminfo-dir=/usr/share/terminfo
ROWS
    [ "$1" != check ] || cat <<ROWS
cmocka          debian  cmocka
libvterm        debian  vterm
ROWS
}

say() { printf 'static: %s\n' "$*" >&2; }

fail() {
    say "$*"
    exit 1
}

# --------------------------------------------------------------------------------- sources

# apt with lists of sources of its own, made from where its packages come from.
private_apt() {
    tool=$1
    shift
    "$tool" -q -o Dir::Etc::sourcelist="$work/apt/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::lists="$work/apt/lists" -o APT::Sandbox::User=root \
        -o Acquire::Languages=none "$@"
}

prepare_apt() {
    [ ! -f "$work/apt/ready" ] || return 0
    command -v apt-get >/dev/null 2>&1 && command -v dpkg-source >/dev/null 2>&1 || return 1
    mkdir -p "$work/apt/lists/partial"
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    [ -f "$keyring" ] && signed="[signed-by=$keyring]" || signed=''
    # shellcheck disable=SC2016
    apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' \
        'Created-By: Packages' 'Origin: Debian' |
        awk -v signed="$signed" '$3 == "main" && !seen[$0]++ { print "deb-src", signed, $0 }' \
            >"$work/apt/sources.list"
    private_apt apt-get update >&2 && touch "$work/apt/ready"
}

unpack_debian() {
    prepare_apt || return 1
    rm -rf "$sources/.new"
    mkdir -p "$sources/.new"
    # shellcheck disable=SC1091
    # Where an update cannot be had, the release itself has the package too.
    (
        cd "$sources/.new"
        private_apt apt-get source --only-source "$1" ||
            private_apt apt-get source --only-source "$1/$(. /etc/os-release && echo "$VERSION_CODENAME")"
    ) >&2 || return 1
    mv "$(find "$sources/.new" -mindepth 1 -maxdepth 1 -type d)" "$sources/$1"
    rm -rf "$sources/.new"
}

unpack_npm() {
    command -v npm >/dev/null 2>&1 || return 1
    rm -rf "$sources/.new"
    mkdir -p "$sources/.new"
    (cd "$sources/.new" && npm pack --silent "$1" && tar -xzf "$1"-*.tgz) >&2 || return 1
    mv "$sources/.new/package" "$sources/$1"
    rm -rf "$sources/.new"
}

# From the first of these origins that has it.
unpack() {
    for place in $(echo "$2" | tr ',' ' '); do
        ! "unpack_$place" "$1" || return 0
    done
    fail "cannot get the sources of $1 from $2: put them into a folder and name that in SOURCES"
}

# --------------------------------------------------------------------------------- building

export PKG_CONFIG_PATH="" PKG_CONFIG_LIBDIR="$root/lib/pkgconfig"
CC=${STATIC_CC:-musl-gcc}
CFLAGS='-Os -ffunction-sections -fdata-sections'
CPPFLAGS="-I$root/include"
LDFLAGS="-L$root/lib -static -Wl,--gc-sections"
export CC CFLAGS CPPFLAGS LDFLAGS

build_configure() {
    case ${1:-} in
    in=*)
        cd "${1#in=}"
        shift
        ;;
    esac
    [ -x configure ] || autoreconf -fi
    ./configure --prefix="$root" --disable-shared --enable-static "$@"
    make -j "$jobs"
    make install
}

build_zlib() {
    ./configure --prefix="$root" --static
    make -j "$jobs" libz.a
    make install
}

build_make() {
    # shellcheck disable=SC2086
    make -j "$jobs" PREFIX="$root" "$@"
}

# Compile the files given, each to an object beside where we stand.
compile() {
    for file; do
        # shellcheck disable=SC2086
        $CC $CPPFLAGS $CFLAGS ${extra:-} -w -c "$file" -o "$(basename "${file%.c}").o"
    done
}

# Its own build wants CMake for two files.
build_cjson() {
    compile cJSON.c
    ar rcs libcjson.a cJSON.o
    mkdir -p "$root/include/cjson"
    cp cJSON.h "$root/include/cjson/"
    cp libcjson.a "$root/lib/"
    version=$(sed -n 's/^#define CJSON_VERSION_[A-Z]* \([0-9]*\)/\1/p' cJSON.h | paste -sd .)
    write_pc libcjson "$version" -lcjson
}

# GNU libiconv, as that package carries it: two files and a header, whose input is not const here,
# as POSIX has it.
build_iconv() {
    extra='-Isupport -DICONV_CONST=const'
    compile deps/libiconv/lib/iconv.c support/localcharset.c
    ar rcs "$root/lib/libiconv.a" iconv.o localcharset.o
    sed 's/const char\* \* inbuf/char* * inbuf/' support/iconv.h >"$root/include/iconv.h"
}

# Plain C files; where they stand differs between the two packages.
build_gumbo() {
    cd "$(dirname "$(find . -path '*/src/gumbo.h')")"
    extra=-std=gnu99
    compile ./*.c
    ar rcs "$root/lib/libgumbo.a" ./*.o
    cp gumbo.h "$root/include/"
    cp tag_enum.h "$root/include/" 2>/dev/null || true
    write_pc gumbo 0.10.1 -lgumbo
}

# SQLite's one file, as that package carries it.
build_sqlite() {
    cd deps/sqlite3
    extra='-DSQLITE_THREADSAFE=1 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_DQS=0 -DSQLITE_OMIT_DEPRECATED
        -DSQLITE_ENABLE_FTS5'
    compile sqlite3.c
    ar rcs "$root/lib/libsqlite3.a" sqlite3.o
    cp sqlite3.h "$root/include/"
    write_pc sqlite3 "$(sed -n 's/^#define SQLITE_VERSION  *"\(.*\)"/\1/p' sqlite3.h)" -lsqlite3
}

# A part of zlib's sources, or a package of its own.
build_minizip() {
    cd "$(dirname "$(find . -name unzip.h | head -n 1)")"
    compile ioapi.c unzip.c zip.c
    ar rcs "$root/lib/libminizip.a" ioapi.o unzip.o zip.o
    mkdir -p "$root/include/minizip"
    cp ioapi.h unzip.h zip.h crypt.h "$root/include/minizip/"
    write_pc minizip 1.2.13 '-lminizip -lz' "$root/include/minizip"
}

# Its own build wants CMake for one file, and configuration for what musl has anyway.
build_cmocka() {
    extra='-Iinclude -DHAVE_SIGNAL_H=1 -DHAVE_STDINT_H=1 -DHAVE_INTTYPES_H=1 -DHAVE_STRINGS_H=1
        -DHAVE_SNPRINTF=1 -DHAVE_VSNPRINTF=1 -DHAVE_STRSIGNAL=1 -DHAVE_SETJMP_H=1 -DHAVE_TIME_H=1
        -DHAVE_CLOCK_GETTIME=1 -DHAVE_STRUCT_TIMESPEC=1 -DHAVE_GCC_THREAD_LOCAL_STORAGE=1
        -DHAVE_UNISTD_H=1 -DHAVE_STDLIB_H=1 -DHAVE_STDIO_H=1 -DHAVE_STRING_H=1'
    touch config.h
    compile src/cmocka.c
    ar rcs "$root/lib/libcmocka.a" cmocka.o
    cp include/*.h "$root/include/"
    write_pc cmocka 1.1.5 -lcmocka
}

build_vterm() {
    extra='-Iinclude -std=c99'
    compile src/*.c
    ar rcs "$root/lib/libvterm.a" ./*.o
    cp include/*.h "$root/include/"
    write_pc vterm 0.1.4 -lvterm
}

# NAME VERSION LIBRARY [INCLUDES]: what pkg-config says of a library that has no such file of its own.
write_pc() {
    cat >"$root/lib/pkgconfig/$1.pc" <<PC
Name: $1
Description: $1
Version: $2
Libs: -L$root/lib $3
Cflags: -I${4:-$root/include}
PC
}

build_library() {
    name=$1 origin=$2 way=$3
    shift 3
    [ ! -f "$work/done/$name" ] || return 0
    [ -d "$sources/$name" ] || unpack "$name" "$origin"
    say "building $name"
    rm -rf "$work/tree"
    cp -pR "$sources/$name" "$work/tree"
    set +e # else the shell would not stop at the first error inside
    (
        set -e
        cd "$work/tree"
        "build_$way" "$@"
    ) >"$work/$name.log" 2>&1
    status=$?
    set -e
    if [ "$status" != 0 ]; then
        tail -n 20 "$work/$name.log" >&2
        fail "cannot build $name; all it said is in $work/$name.log"
    fi
    touch "$work/done/$name"
}

# uthash is headers only, which those of the system can be.
copy_uthash() {
    for folder in /usr/include /usr/local/include "$sources/uthash/src"; do
        if [ -f "$folder/uthash.h" ]; then
            cp "$folder/uthash.h" "$root/include/"
            return
        fi
    done
    fail 'uthash.h is missing (Debian: uthash-dev)'
}

mkdir -p "$sources" "$work/done" "$root/lib/pkgconfig" "$root/include"
command -v "${CC%% *}" >/dev/null 2>&1 || fail "$CC is missing (Debian: musl-tools)"
libraries "${1:-}" >"$work/libraries"
while read -r name origin way rest; do
    # shellcheck disable=SC2086
    build_library "$name" "$origin" "$way" $rest </dev/null
done <"$work/libraries"

# ------------------------------------------------------------------------------ the program

copy_uthash
say 'building shilu'
[ -x configure ] || autoreconf -fi >&2
build=$work/program${1:+-$1}
mkdir -p "$build"
cd "$build"
# Configured again where a library has come since.
if [ ! -f Makefile ] || [ -n "$(find "$work/done" "$tree/configure" -newer Makefile)" ]; then
    "$tree/configure" >"$work/configure.log" 2>&1 || {
        tail -n 20 "$work/configure.log" >&2
        exit 1
    }
fi
make -j "$jobs" shilu >&2
strip -o "$work/shilu" shilu
if ldd "$work/shilu" >/dev/null 2>&1; then
    fail 'the program is not static'
fi
say "$work/shilu: $(wc -c <"$work/shilu") bytes"
[ "${1:-}" != check ] || make -j "$jobs" check
