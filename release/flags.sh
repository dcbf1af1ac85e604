# shellcheck shell=bash
# RUSTFLAGS by which a program is the same wherever it is built: the folders of this machine stand in none of its texts.
# Sourced at the root of the repository. (`trim-paths` of a profile will do it once cargo has it.)
export RUSTFLAGS="${RUSTFLAGS:+$RUSTFLAGS }--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}=/cargo --remap-path-prefix=${CARGO_TARGET_DIR:-$PWD/target}=/target --remap-path-prefix=$PWD=/bastide"
