# SPDX-License-Identifier: MIT
class Shilu < Formula
  desc "Terminal reader for transcripts: who spoke, when, what was asked"
  license all_of: ["MIT", "Unicode-DFS-2016"]
  # Builds the checkout that it stands in; a release adds `url` and `sha256`. See doc/release.md.
  head "file://#{File.expand_path("../..", __dir__)}", using: :git, branch: "main"

  depends_on "autoconf" => :build
  depends_on "automake" => :build
  depends_on "gettext" => :build
  depends_on "mandoc" => :build
  depends_on "pkgconf" => :build
  depends_on "cjson"
  depends_on "expat"
  depends_on "gumbo-parser"
  depends_on "libunistring"
  depends_on "minizip"
  depends_on "ncurses"
  depends_on "pcre2"
  depends_on "sqlite"
  depends_on "uthash" => :build
  depends_on "xz"
  depends_on "zstd"

  uses_from_macos "zlib"

  def install
    system "autoreconf", "-fi"
    system "./configure", *std_configure_args
    system "make", "install"
  end

  test do
    (testpath/"a.txt").write("Ana: Is the bridge open?\nBen: It is.\nAna: Thank you.\n")
    assert_match "Ben", shell_output("#{bin}/shilu speakers a.txt")
    assert_match "SYNOPSIS", shell_output("#{bin}/shilu help")
  end
end
