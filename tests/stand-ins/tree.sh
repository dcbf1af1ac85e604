# Common to the stand-ins: a Debian tree, packages in it, and the image it becomes. Sourced, never run.
# The tree is kept under $IMAGES_CACHE (default: ~/.cache/bastide-images). Needs: root, docker and debootstrap.
CACHE="${IMAGES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bastide-images}"
say() { echo "stand-ins: $*" >&2; }

# wanted TAG: whether the image must be built; FORCE=1 builds it again.
wanted() {
  [ -n "${FORCE:-}" ] && return 0
  ! docker image inspect "$1" >/dev/null 2>&1 || { say "$1 is there"; return 1; }
}

# base: a minimal Debian tree, made once.
base() {
  [ -f "$CACHE/base.done" ] && return
  command -v debootstrap >/dev/null || { apt-get update -qq; apt-get install -y -qq --no-install-recommends debootstrap >/dev/null; }
  say "debootstrap trixie"
  rm -rf "$CACHE/base"; mkdir -p "$CACHE"
  # shellcheck disable=SC2086 # no mirror is no argument
  debootstrap --variant=minbase --include=ca-certificates trixie "$CACHE/base" ${DEBIAN_MIRROR:-} >"$CACHE/debootstrap.log" 2>&1 || { tail -5 "$CACHE/debootstrap.log"; return 1; }
  # no service starts while its package is being installed
  printf '#!/bin/sh\nexit 101\n' > "$CACHE/base/usr/sbin/policy-rc.d"; chmod +x "$CACHE/base/usr/sbin/policy-rc.d"
  rm -rf "$CACHE/base"/var/cache/apt/archives/*.deb "$CACHE/base"/usr/share/{doc,man,locale}/*
  touch "$CACHE/base.done"
}

# packages NAME [PACKAGE or OPTION]... : $TREE becomes a copy of the base with these packages; SUITE names a further suite to take them from.
packages() {
  TREE="$CACHE/tree-$1"; shift
  base
  rm -rf "$TREE"; cp -a "$CACHE/base" "$TREE"; cp -L /etc/resolv.conf "$TREE/etc/resolv.conf"
  mkdir -p "$TREE/usr/share/man/man1" # update-alternatives wants the folder
  [ -z "${SUITE:-}" ] || sed "s/ trixie / $SUITE /" "$TREE/etc/apt/sources.list" > "$TREE/etc/apt/sources.list.d/$SUITE.list"
  # a mirror may stand still: what it has is good enough here
  # shellcheck disable=SC2016
  unshare -m bash -c 'mount -t proc proc "$0/proc"; root=$0; export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    chroot "$root" apt-get -o Acquire::Check-Valid-Until=false update -qq && exec chroot "$root" apt-get install -y -qq --no-install-recommends "$@"' "$TREE" "$@" >"$CACHE/apt.log" 2>&1 || { tail -5 "$CACHE/apt.log"; return 1; }
  rm -rf "$TREE"/var/cache/apt/*.bin "$TREE"/var/cache/apt/archives/*.deb "$TREE"/var/lib/apt/lists/* "$TREE"/usr/share/{doc,man,locale}/*
  : > "$TREE/etc/resolv.conf"
}

# user NAME ID: the user and group of this name get this number, or are made.
user() {
  sed -i -e "/^$1:/d" "$TREE/etc/passwd" "$TREE/etc/group"
  echo "$1:x:$2:$2::/:/bin/sh" >> "$TREE/etc/passwd"; echo "$1:x:$2:" >> "$TREE/etc/group"
}

# entry: the entry point, from standard input.
entry() { cat > "$TREE/usr/local/bin/docker-entrypoint.sh"; chmod 755 "$TREE/usr/local/bin/docker-entrypoint.sh"; }

# seal TAG CHANGE... : the tree becomes the image.
seal() {
  local tag="$1" changes=() change; shift
  for change; do changes+=(--change "$change"); done
  tar -C "$TREE" --numeric-owner -c . | docker import "${changes[@]}" --change 'LABEL dev.bastide.stand-in=true' --message stand-in - "$tag" >/dev/null
  rm -rf "$TREE"; say "$tag ready"
}

# busybox TAG FILE:PATH... : an image of busybox, these programs and what standard input says of a Dockerfile.
busybox() {
  local tag="$1" one; shift
  local folder; folder=$(mktemp -d)
  { echo "FROM busybox:1.37.0-musl"
    for one; do cp "${one%%:*}" "$folder/$(basename "${one##*:}")"; echo "COPY $(basename "${one##*:}") ${one##*:}"; done
    cat; echo 'LABEL dev.bastide.stand-in=true'; } > "$folder/Dockerfile"
  DOCKER_BUILDKIT=0 docker build -q -t "$tag" "$folder" >/dev/null; rm -rf "$folder"; say "$tag ready"
}

# program NAME MODULE VERSION PACKAGE: builds $CACHE/bin/NAME, a Go program, unless this version is there.
# In a module of its own: it then builds whatever its `replace` lines and whatever the list of its versions says.
program() {
  local name="$1" stamp="$2 $3"
  [ "$(cat "$CACHE/bin/.$name" 2>/dev/null)" = "$stamp" ] && [ -x "$CACHE/bin/$name" ] && return
  say "go build $4@$3"
  local folder="$CACHE/go-$name"; mkdir -p "$folder" "$CACHE/bin"
  printf 'module standin/%s\n\ngo 1.24\n\nrequire %s %s\n' "$name" "$2" "$3" > "$folder/go.mod"
  printf '//go:build tools\n\npackage tools\n\nimport _ "%s"\n' "$4" > "$folder/tools.go"
  ( cd "$folder" && GOTOOLCHAIN=local CGO_ENABLED=0 go build -mod=mod -trimpath -ldflags="-s -w" -o "$CACHE/bin/$name" "$4" ) >"$CACHE/go-$name.log" 2>&1 || { tail -5 "$CACHE/go-$name.log"; return 1; }
  echo "$stamp" > "$CACHE/bin/.$name"; rm -rf "$folder"
}
