#!/usr/bin/env bash
# redis.sh : a local stand-in for the upstream image redis:8.2.1, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (999) and the entry point; the program is the Redis 8 of Debian trixie.
# Upstream's build has no protected mode: here the entry point turns it off.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=redis:8.2.1

wanted "$TAG" || exit 0
packages redis redis-server
user redis 999
install -d -o 999 -g 999 "$TREE/data"
entry <<'P'
#!/bin/sh
set -e
if [ "${1#-}" != "$1" ] || [ "${1%.conf}" != "$1" ]; then set -- redis-server "$@"; fi
if [ "$1" = redis-server ] && [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis '{}' +
  exec setpriv --reuid=redis --regid=redis --clear-groups "$0" "$@"
fi
[ "$(umask)" != 0022 ] || umask 0077
if [ "$1" = redis-server ]; then exec "$@" --protected-mode no; fi
exec "$@"
P
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' 'VOLUME /data' 'WORKDIR /data' 'EXPOSE 6379' 'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["redis-server"]'
