#!/usr/bin/env bash
# mailpit.sh : a local stand-in for the upstream image axllent/mailpit:v1.27.8, for machines where no image registry can be reached.
#
# It carries the upstream name and tag and the entry point; the program is built from its Go module, a newer patch release without the web pages.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST, which must have busybox:1.37.0-musl.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=axllent/mailpit:v1.27.8

wanted "$TAG" || exit 0
program mailpit github.com/axllent/mailpit v1.27.11 github.com/axllent/mailpit
busybox "$TAG" "$CACHE/bin/mailpit:/mailpit" <<'D'
EXPOSE 1025/tcp 1110/tcp 8025/tcp
HEALTHCHECK --interval=15s --start-period=10s CMD ["/mailpit", "readyz"]
ENTRYPOINT ["/mailpit"]
D
