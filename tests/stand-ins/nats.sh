#!/usr/bin/env bash
# nats.sh : local stand-ins for the upstream images nats:2.11.9-alpine and natsio/nats-box:0.18.0, for machines where no image registry can be reached.
#
# They carry the upstream names and tags and the entry points, and the programs, built from Go modules, on busybox: the same server, a newer client.
# Images that exist are left alone; FORCE=1 builds them again. The daemon is the one of $DOCKER_HOST, which must have busybox:1.37.0-musl.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
SERVER=nats:2.11.9-alpine
BOX=natsio/nats-box:0.18.0

entries=$(mktemp -d); trap 'rm -rf "$entries"' EXIT
printf '#!/bin/sh\nset -e\n[ "${1#-}" = "$1" ] || set -- nats-server "$@"\nexec "$@"\n' > "$entries/server"
printf '#!/bin/sh\nif [ $# -ne 0 ]; then exec "$@"; fi\nexec /bin/sh -l\n' > "$entries/box"
chmod 755 "$entries"/*
if wanted "$SERVER"; then
  program nats-server github.com/nats-io/nats-server/v2 v2.11.9 github.com/nats-io/nats-server/v2
  busybox "$SERVER" "$CACHE/bin/nats-server:/bin/nats-server" "$entries/server:/bin/docker-entrypoint.sh" <<'D'
EXPOSE 4222 8222 6222
ENTRYPOINT ["docker-entrypoint.sh"]
CMD ["nats-server", "--config", "/etc/nats/nats-server.conf"]
D
fi
if wanted "$BOX"; then
  program nats github.com/nats-io/natscli v0.3.0 github.com/nats-io/natscli/nats
  busybox "$BOX" "$CACHE/bin/nats:/bin/nats" "$entries/box:/bin/entrypoint.sh" <<'D'
ENV NKEYS_PATH=/nsc/nkeys XDG_DATA_HOME=/nsc XDG_CONFIG_HOME=/nsc/.config
ENTRYPOINT ["entrypoint.sh"]
D
fi
