#!/usr/bin/env bash
# mariadb.sh : local stand-ins for the upstream images mariadb:11.8.3-noble and mariadb:11.4.8-noble, for machines where no image registry can be reached.
#
# They carry the upstream names and tags, the user id (999), the folders, an entry point that honours the same variables, and `healthcheck.sh`
# with its own user. The program is the MariaDB 11.8 of Debian trixie, in the older one too.
# Images that exist are left alone; FORCE=1 builds them again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=mariadb:11.8.3-noble
OLDER=mariadb:11.4.8-noble

# layout: what upstream's image has and Debian's package has elsewhere.
layout() {
  user mysql 999
  rm -rf "$TREE/etc/mysql" "$TREE/var/lib/mysql" "$TREE/run/mysqld"
  mkdir -p "$TREE/etc/mysql/conf.d" "$TREE/docker-entrypoint-initdb.d"
  install -d -o 999 -g 999 -m 755 "$TREE/var/lib/mysql"
  install -d -o 999 -g 999 -m 1777 "$TREE/run/mysqld"
  printf '[mariadbd]\nskip-name-resolve\ndatadir=/var/lib/mysql\nsocket=/run/mysqld/mysqld.sock\nuser=mysql\nbind-address=*\n[client]\nsocket=/run/mysqld/mysqld.sock\n' > "$TREE/etc/mysql/my.cnf"
  cat > "$TREE/usr/local/bin/healthcheck.sh" <<'P'
#!/bin/bash
# --datadir=, --defaults-extra-file=, --connect (over TCP), --innodb_initialized; each test by the user of the health check
set -eo pipefail
file=/var/lib/mysql/.my-healthcheck.cnf tests=()
for word; do
  case "$word" in
    --datadir=*) ;;
    --defaults-extra-file=*) file="${word#*=}" ;;
    --connect | --innodb_initialized) tests+=("$word") ;;
    *) echo "healthcheck: unknown option $word" >&2; exit 1 ;;
  esac
done
[ ${#tests[@]} -gt 0 ] || { echo "healthcheck: no test" >&2; exit 1; }
ask() { mariadb --defaults-extra-file="$file" --protocol tcp -h 127.0.0.1 --skip-column-names --batch -e "$1" 2>/dev/null; }
for test in "${tests[@]}"; do
  case "$test" in
    --connect) [ "$(ask 'select 1')" = 1 ] ;;
    --innodb_initialized) [ "$(ask "select 1 from information_schema.ENGINES where engine='innodb' and support in ('YES','DEFAULT')")" = 1 ] ;;
  esac
done
P
  chmod 755 "$TREE/usr/local/bin/healthcheck.sh"
  entry <<'P'
#!/usr/bin/env bash
# MARIADB_ROOT_PASSWORD[_FILE], MARIADB_DATABASE[_FILE], MARIADB_USER[_FILE], MARIADB_PASSWORD[_FILE], as upstream: read on the first start only
set -eo pipefail
value() {
  local name="$1" file="$1_FILE"
  [ -z "${!name:-}" ] || [ -z "${!file:-}" ] || { echo "Both $name and $file are set (but are exclusive)" >&2; exit 1; }
  [ -z "${!file:-}" ] || export "$name"="$(<"${!file}")"
  unset "$file"
}
[ "${1:0:1}" != - ] || set -- mariadbd "$@"
if [ "$1" = mariadbd ]; then
  data=/var/lib/mysql socket=/run/mysqld/mysqld.sock
  for word; do case "$word" in --datadir=*) data="${word#*=}" ;; esac; done
  for name in MARIADB_DATABASE MARIADB_USER MARIADB_PASSWORD MARIADB_ROOT_PASSWORD; do value "$name"; done
  mkdir -p "$data" "$(dirname "$socket")"
  if [ "$(id -u)" = 0 ]; then
    find "$data" "$(dirname "$socket")" \! -user mysql -exec chown --no-dereference mysql '{}' +
    exec setpriv --reuid=mysql --regid=mysql --clear-groups "$0" "$@"
  fi
  if [ ! -d "$data/mysql" ]; then
    [ -n "$MARIADB_ROOT_PASSWORD" ] || { echo "Database is uninitialized and password option is not specified" >&2; exit 1; }
    ls /docker-entrypoint-initdb.d/ >/dev/null
    mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >&2
    "$@" --skip-networking --socket="$socket" & server=$!
    for _ in $(seq 300); do mariadb-admin --socket="$socket" -uroot ping >/dev/null 2>&1 && break; sleep 0.2; done
    health=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    {
      echo "CREATE USER 'root'@'%' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD'; GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
      for host in 127.0.0.1 ::1 localhost; do echo "CREATE USER 'healthcheck'@'$host' IDENTIFIED BY '$health'; GRANT USAGE ON *.* TO 'healthcheck'@'$host';"; done
      [ -z "$MARIADB_DATABASE" ] || echo "CREATE DATABASE IF NOT EXISTS \`$MARIADB_DATABASE\`;"
      if [ -n "$MARIADB_USER" ] && [ -n "$MARIADB_PASSWORD" ]; then
        echo "CREATE USER '$MARIADB_USER'@'%' IDENTIFIED BY '$MARIADB_PASSWORD';"
        [ -z "$MARIADB_DATABASE" ] || echo "GRANT ALL ON \`${MARIADB_DATABASE//_/\\_}\`.* TO '$MARIADB_USER'@'%';"
      fi
      echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MARIADB_ROOT_PASSWORD'; FLUSH PRIVILEGES;"
    } | mariadb --socket="$socket" -uroot
    ( umask 077; printf '[mariadb-client]\nport=3306\nsocket=%s\nuser=healthcheck\npassword=%s\n' "$socket" "$health" > "$data/.my-healthcheck.cnf" )
    kill "$server"; wait "$server"
    echo "MariaDB init process done. Ready for start up."
  fi
fi
exec "$@"
P
}

wanted "$TAG" || wanted "$OLDER" || exit 0
packages mariadb mariadb-server-core mariadb-client
layout
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8' 'VOLUME /var/lib/mysql' 'EXPOSE 3306' 'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["mariadbd"]'
docker tag "$TAG" "$OLDER"
