#!/usr/bin/env bash
# dendrite.sh : the program Dendrite in an image as upstream's, for machines where no image registry can be reached.
#
# Built from its Go module, on busybox, with the entry point, working folder, volume and ports of upstream; its own tag, real/dendrite:v0.13.8,
# keeps it apart from what stands in for it. An image that exists is left alone; FORCE=1 builds it again.
# The daemon is the one of $DOCKER_HOST, which must have busybox:1.37.0-musl.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=real/dendrite:v0.13.8

wanted "$TAG" || exit 0
program dendrite github.com/matrix-org/dendrite v0.13.8 github.com/matrix-org/dendrite/cmd/dendrite
busybox "$TAG" "$CACHE/bin/dendrite:/usr/bin/dendrite" <<'D'
VOLUME /etc/dendrite
WORKDIR /etc/dendrite
ENTRYPOINT ["/usr/bin/dendrite"]
EXPOSE 8008 8448
D
