#!/usr/bin/env bash
# memcached.sh : a local stand-in for the upstream image memcached:1.6.39, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (11211) and the entry point; the program is the Memcached 1.6 of Debian trixie.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=memcached:1.6.39

wanted "$TAG" || exit 0
packages memcached memcached
user memcache 11211
entry <<'P'
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ]; then set -- memcached "$@"; fi
exec "$@"
P
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' 'USER memcache' 'EXPOSE 11211' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["memcached"]'
