#!/usr/bin/env bash
# rabbitmq.sh : a local stand-in for the upstream image rabbitmq:4.0.5, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (999), the folders and the entry point; the program is Debian trixie's rabbitmq-server.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=rabbitmq:4.0.5

# layout: what upstream's image has and Debian's package has elsewhere.
layout() {
  local server; server=$(basename "$(ls -d "$TREE"/usr/lib/rabbitmq/lib/rabbitmq_server-*)")
  case "$server" in rabbitmq_server-4.0.*) ;; *) say "the tag says 4.0, the package is $server"; return 1;; esac
  # Debian's wrappers switch users and want root; upstream's /opt/rabbitmq is the plain program
  mkdir -p "$TREE/opt"; ln -sfn "/usr/lib/rabbitmq/lib/$server" "$TREE/opt/rabbitmq"
  user rabbitmq 999
  rm -rf "$TREE/etc/rabbitmq" "$TREE/var/lib/rabbitmq" "$TREE/var/log/rabbitmq"
  install -d -o 999 -g 999 -m 1777 "$TREE/etc/rabbitmq" "$TREE/etc/rabbitmq/conf.d" "$TREE/var/lib/rabbitmq" "$TREE/var/log/rabbitmq" "$TREE/tmp"
  printf '[rabbitmq_prometheus].\n' > "$TREE/etc/rabbitmq/enabled_plugins"
  printf '# every user may come from everywhere, and the log is a stream\nloopback_users = none\nlog.console = true\n' > "$TREE/etc/rabbitmq/conf.d/10-defaults.conf"
  chown -R 999:999 "$TREE/etc/rabbitmq"
  entry <<'P'
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
}

wanted "$TAG" || exit 0
packages rabbitmq rabbitmq-server
layout
seal "$TAG" 'ENV PATH=/opt/rabbitmq/sbin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/var/lib/rabbitmq LANG=C.UTF-8 LC_ALL=C.UTF-8 RABBITMQ_DATA_DIR=/var/lib/rabbitmq RABBITMQ_LOGS=-' \
  'VOLUME /var/lib/rabbitmq' 'EXPOSE 5672 15692' 'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["rabbitmq-server"]'
