# SPDX-License-Identifier: MIT
{
  description = "Terminal reader for transcripts: who spoke, when, what was asked";

  inputs.nixpkgs.url = "nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = f: nixpkgs.lib.genAttrs systems (system: f nixpkgs.legacyPackages.${system});
    in
    {
      packages = each (pkgs: {
        default = pkgs.stdenv.mkDerivation {
          pname = "shilu";
          version = nixpkgs.lib.fileContents ./VERSION;
          src = self;
          nativeBuildInputs = with pkgs; [ autoreconfHook gettext mandoc pkg-config ];
          buildInputs = with pkgs; [
            cjson
            expat
            gumbo
            libunistring
            minizip
            ncurses
            pcre2
            sqlite
            uthash
            xz
            zlib
            zstd
          ];
          nativeCheckInputs = with pkgs; [ cmocka libvterm-neovim python3 ];
          doCheck = true;
          meta = {
            license = with nixpkgs.lib.licenses; [ mit unicode-dfs-2016 ];
            mainProgram = "shilu";
          };
        };
      });

      devShells = each (pkgs: {
        default = pkgs.mkShell {
          inputsFrom = [ self.packages.${pkgs.system}.default ];
          packages = with pkgs; [ ccache clang-tools codespell cppcheck shellcheck ];
        };
      });
    };
}
