#!/usr/bin/env bash
# minio.sh : a local stand-in for the upstream image minio/minio:RELEASE.2025-09-07T16-13-09Z, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the server of that release and a client mc, built from Go modules, and the entry point, on busybox.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST, which must have busybox:1.37.0-musl.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=minio/minio:RELEASE.2025-09-07T16-13-09Z

wanted "$TAG" || exit 0
program minio github.com/minio/minio v0.0.0-20250907161309-07c3a429bfed github.com/minio/minio
program mc github.com/minio/mc v0.0.0-20250313080218-cf909e1063a9 github.com/minio/mc
entries=$(mktemp -d); trap 'rm -rf "$entries"' EXIT
cat > "$entries/minio" <<'P'
#!/bin/sh
# every command is one of minio, as upstream
if [ "${1}" != minio ] && [ -n "${1}" ]; then set -- minio "$@"; fi
exec "$@"
P
chmod 755 "$entries/minio"
busybox "$TAG" "$CACHE/bin/minio:/usr/bin/minio" "$CACHE/bin/mc:/usr/bin/mc" "$entries/minio:/usr/bin/docker-entrypoint.sh" <<'D'
ENV PATH=/usr/bin:/bin MINIO_ROOT_USER_FILE=access_key MINIO_ROOT_PASSWORD_FILE=secret_key
VOLUME ["/data"]
EXPOSE 9000
ENTRYPOINT ["/usr/bin/docker-entrypoint.sh"]
CMD ["minio"]
D
