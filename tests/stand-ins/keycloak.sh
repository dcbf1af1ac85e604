#!/usr/bin/env bash
# keycloak.sh : a local stand-in for the upstream image quay.io/keycloak/keycloak:26.3.3, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (1000 of group 0), the folders and the entry point; the program is Maven's distribution of
# a newer release of the same line, on the Java of Debian trixie.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST. Needs mvn, too.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=quay.io/keycloak/keycloak:26.3.3
DIST=26.4.5

wanted "$TAG" || exit 0
if [ ! -s "$CACHE/keycloak/keycloak-quarkus-dist-$DIST.zip" ]; then
  say "keycloak $DIST from Maven"
  mkdir -p "$CACHE/keycloak"
  ( cd "$CACHE/keycloak" && mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -Dartifact="org.keycloak:keycloak-quarkus-dist:$DIST:zip" -DoutputDirectory="$CACHE/keycloak" ) >"$CACHE/keycloak.log" 2>&1 || { tail -5 "$CACHE/keycloak.log"; exit 1; }
fi
packages keycloak openjdk-21-jre-headless
echo 'keycloak:x:1000:0:keycloak user:/opt/keycloak:/sbin/nologin' >> "$TREE/etc/passwd"
python3 -m zipfile -e "$CACHE/keycloak/keycloak-quarkus-dist-$DIST.zip" "$TREE/opt"
mv "$TREE/opt/keycloak-$DIST" "$TREE/opt/keycloak"
mkdir -p "$TREE/opt/keycloak/data"
chmod 755 "$TREE"/opt/keycloak/bin/*.sh; chown -R 1000:0 "$TREE/opt/keycloak"; chmod -R g+rwX "$TREE/opt/keycloak"
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=en_US.UTF-8 KC_RUN_IN_CONTAINER=true' 'USER 1000' 'EXPOSE 8080 8443 9000' \
  'ENTRYPOINT ["/opt/keycloak/bin/kc.sh"]'
