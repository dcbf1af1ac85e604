#!/usr/bin/env bash
# mosquitto.sh : a local stand-in for the upstream image eclipse-mosquitto:2.0.22, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (1883), the folders and the entry point; the program is the Mosquitto 2.0 of Debian trixie.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=eclipse-mosquitto:2.0.22

wanted "$TAG" || exit 0
packages mosquitto mosquitto netcat-openbsd
user mosquitto 1883
rm -rf "$TREE/etc/mosquitto"
install -d -o 1883 -g 1883 "$TREE/mosquitto" "$TREE/mosquitto/config" "$TREE/mosquitto/data" "$TREE/mosquitto/log"
entry <<'P'
#!/bin/sh
set -e
[ "$(id -u)" != 0 ] || chown -R mosquitto:mosquitto /mosquitto || true
exec "$@"
P
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' 'VOLUME ["/mosquitto/data","/mosquitto/log"]' 'EXPOSE 1883' \
  'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["/usr/sbin/mosquitto","-c","/mosquitto/config/mosquitto.conf"]'
