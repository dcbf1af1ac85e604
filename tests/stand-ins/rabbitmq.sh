#!/usr/bin/env bash
# rabbitmq.sh : a local stand-in for the upstream image rabbitmq:4.0.5, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (999), the folders and the entry point; the program is Debian trixie's rabbitmq-server.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
# The Debian tree is kept under $IMAGES_CACHE (default: ~/.cache/bastide-images) and shared with the other stand-ins.
# Needs: root, docker and debootstrap.
set -euo pipefail
TAG=rabbitmq:4.0.5
CACHE="${IMAGES_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/bastide-images}"
TREE="$CACHE/tree-rabbitmq"
say() { echo "stand-ins: $*" >&2; }

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

# packages NAME... : the tree becomes a copy of the base with these packages.
packages() {
  rm -rf "$TREE"; cp -a "$CACHE/base" "$TREE"; cp -L /etc/resolv.conf "$TREE/etc/resolv.conf"
  # shellcheck disable=SC2016
  unshare -m bash -c 'mount -t proc proc "$0/proc"; root=$0; export DEBIAN_FRONTEND=noninteractive LC_ALL=C
    chroot "$root" apt-get update -qq && exec chroot "$root" apt-get install -y -qq --no-install-recommends "$@"' "$TREE" "$@" >"$CACHE/apt.log" 2>&1 || { tail -5 "$CACHE/apt.log"; return 1; }
  rm -rf "$TREE"/var/cache/apt/*.bin "$TREE"/var/cache/apt/archives/*.deb "$TREE"/var/lib/apt/lists/* "$TREE"/usr/share/{doc,man}/*
  : > "$TREE/etc/resolv.conf"
}

# layout: what upstream's image has and Debian's package has elsewhere.
layout() {
  local server; server=$(basename "$(ls -d "$TREE"/usr/lib/rabbitmq/lib/rabbitmq_server-*)")
  case "$server" in rabbitmq_server-4.0.*) ;; *) say "the tag says 4.0, the package is $server"; return 1;; esac
  # Debian's wrappers switch users and want root; upstream's /opt/rabbitmq is the plain program
  mkdir -p "$TREE/opt"; ln -sfn "/usr/lib/rabbitmq/lib/$server" "$TREE/opt/rabbitmq"
  sed -i -e 's/^rabbitmq:[^:]*:[0-9]*:[0-9]*:/rabbitmq:x:999:999:/' "$TREE/etc/passwd"; sed -i -e 's/^rabbitmq:x:[0-9]*:/rabbitmq:x:999:/' "$TREE/etc/group"
  rm -rf "$TREE/etc/rabbitmq" "$TREE/var/lib/rabbitmq" "$TREE/var/log/rabbitmq"
  install -d -o 999 -g 999 -m 1777 "$TREE/etc/rabbitmq" "$TREE/etc/rabbitmq/conf.d" "$TREE/var/lib/rabbitmq" "$TREE/var/log/rabbitmq" "$TREE/tmp"
  printf '[rabbitmq_prometheus].\n' > "$TREE/etc/rabbitmq/enabled_plugins"
  printf '# every user may come from everywhere, and the log is a stream\nloopback_users = none\nlog.console = true\n' > "$TREE/etc/rabbitmq/conf.d/10-defaults.conf"
  chown -R 999:999 "$TREE/etc/rabbitmq"
  cat > "$TREE/usr/local/bin/docker-entrypoint.sh" <<'P'
#!/bin/bash
# RABBITMQ_DEFAULT_USER, _PASS and _VHOST are read by the server itself. Upstream refuses the variables it once had for files, and so does this.
set -euo pipefail
for old in RABBITMQ_DEFAULT_USER_FILE RABBITMQ_DEFAULT_PASS_FILE RABBITMQ_VM_MEMORY_HIGH_WATERMARK; do
  [ -z "${!old:-}" ] || { echo "error: $old is set but deprecated; use a configuration file instead" >&2; exit 1; }
done
if [[ "$1" == rabbitmq* ]] && [ "$(id -u)" = 0 ]; then
  [ "$1" != rabbitmq-server ] || find /var/lib/rabbitmq \! -user rabbitmq -exec chown rabbitmq '{}' +
  exec setpriv --reuid=rabbitmq --regid=rabbitmq --clear-groups "$0" "$@"
fi
exec "$@"
P
  chmod 755 "$TREE/usr/local/bin/docker-entrypoint.sh"
}

if [ -z "${FORCE:-}" ] && docker image inspect "$TAG" >/dev/null 2>&1; then say "$TAG is there"; exit 0; fi
base
packages rabbitmq-server
layout
tar -C "$TREE" --numeric-owner -c . | docker import \
  --change 'ENV PATH=/opt/rabbitmq/sbin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/rabbitmq LANG=C.UTF-8 LC_ALL=C.UTF-8 RABBITMQ_DATA_DIR=/var/lib/rabbitmq RABBITMQ_LOGS=-' \
  --change 'VOLUME /var/lib/rabbitmq' --change 'EXPOSE 5672 15692' --change 'ENTRYPOINT ["docker-entrypoint.sh"]' --change 'CMD ["rabbitmq-server"]' \
  --change 'LABEL dev.bastide.stand-in=true' --message stand-in - "$TAG" >/dev/null
rm -rf "$TREE"
say "$TAG ready"
