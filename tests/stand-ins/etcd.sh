#!/usr/bin/env bash
# etcd.sh : a local stand-in for the upstream image quay.io/coreos/etcd:v3.6.4, for machines where no image registry can be reached.
#
# It carries the upstream name and tag and the paths of the programs, built from Go modules of a newer patch release, on busybox.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST, which must have busybox:1.37.0-musl.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=quay.io/coreos/etcd:v3.6.4

wanted "$TAG" || exit 0
program etcd go.etcd.io/etcd/server/v3 v3.6.13 go.etcd.io/etcd/server/v3
program etcdctl go.etcd.io/etcd/etcdctl/v3 v3.6.14 go.etcd.io/etcd/etcdctl/v3
busybox "$TAG" "$CACHE/bin/etcd:/usr/local/bin/etcd" "$CACHE/bin/etcdctl:/usr/local/bin/etcdctl" <<'D'
EXPOSE 2379 2380
CMD ["/usr/local/bin/etcd"]
D
