#!/usr/bin/env bash
# mysql.sh : a local stand-in for the upstream image mysql:9.4.0, for machines where no image registry can be reached.
#
# It carries the upstream name and tag, the user id (999), the folders and an entry point that honours the same variables. The program is the MySQL 9
# of Debian sid; where that cannot be installed, the MariaDB of trixie, which speaks the same protocol and knows the options that are used.
# An image that exists is left alone; FORCE=1 builds it again. The daemon is the one of $DOCKER_HOST.
set -euo pipefail
. "$(dirname "$0")/tree.sh"
TAG=mysql:9.4.0

# layout: what upstream's image has and Debian's package has elsewhere.
layout() {
  user mysql 999
  rm -rf "$TREE/etc/mysql" "$TREE/etc/my.cnf" "$TREE/var/lib/mysql" "$TREE/run/mysqld"
  mkdir -p "$TREE/etc/mysql/conf.d" "$TREE/docker-entrypoint-initdb.d"
  install -d -o 999 -g 999 -m 1777 "$TREE/var/lib/mysql" "$TREE/run/mysqld"
  install -d -o 999 -g 999 -m 750 "$TREE/var/lib/mysql-files"
  printf '[mysqld]\nskip-name-resolve\ndatadir=/var/lib/mysql\nsocket=/var/run/mysqld/mysqld.sock\nsecure-file-priv=/var/lib/mysql-files\nuser=mysql\npid-file=/var/run/mysqld/mysqld.pid\n[client]\nsocket=/var/run/mysqld/mysqld.sock\n' > "$TREE/etc/my.cnf"
  mkdir -p "$TREE/etc/mysql"; ln -sfn ../my.cnf "$TREE/etc/mysql/my.cnf" # where Debian's build looks
  # the names of MariaDB's programs
  local name own
  for name in mysqld:mariadbd mysql:mariadb mysqladmin:mariadb-admin; do
    own=$(find "$TREE/usr/sbin" "$TREE/usr/bin" -name "${name##*:}")
    [ -z "$own" ] || ln -sfn "$(basename "$own")" "$(dirname "$own")/${name%%:*}"
  done
  entry <<'P'
#!/usr/bin/env bash
# MYSQL_ROOT_PASSWORD[_FILE], MYSQL_DATABASE[_FILE], MYSQL_USER[_FILE], MYSQL_PASSWORD[_FILE], as upstream: read on the first start only
set -eo pipefail
value() {
  local name="$1" file="$1_FILE"
  [ -z "${!name:-}" ] || [ -z "${!file:-}" ] || { echo "Both $name and $file are set (but are exclusive)" >&2; exit 1; }
  [ -z "${!file:-}" ] || export "$name"="$(<"${!file}")"
  unset "$file"
}
config() { "$@" --verbose --help 2>/dev/null | awk -v name="$setting" '$1 == name && /^[^ \t]/ { sub(/^[^ \t]+[ \t]+/, ""); print; exit }'; }
[ "${1:0:1}" != - ] || set -- mysqld "$@"
if [ "$1" = mysqld ]; then
  setting=datadir; data=$(config "$@"); data=${data%/}
  setting=socket; socket=$(config "$@")
  for name in MYSQL_DATABASE MYSQL_USER MYSQL_PASSWORD MYSQL_ROOT_PASSWORD; do value "$name"; done
  mkdir -p "$data" "$(dirname "$socket")"
  if [ "$(id -u)" = 0 ]; then
    find "$data" "$(dirname "$socket")" \! -user mysql -exec chown --no-dereference mysql '{}' +
    exec setpriv --reuid=mysql --regid=mysql --clear-groups "$0" "$@"
  fi
  if [ ! -d "$data/mysql" ]; then
    [ -n "$MYSQL_ROOT_PASSWORD" ] || { echo "Database is uninitialized and password option is not specified" >&2; exit 1; }
    ls /docker-entrypoint-initdb.d/ >/dev/null
    if mysqld --version | grep -q MariaDB; then
      mariadb-install-db --datadir="$data" --auth-root-authentication-method=normal --skip-test-db >&2
    else
      "$@" --initialize-insecure
    fi
    "$@" --skip-networking --socket="$socket" & server=$!
    for _ in $(seq 300); do mysqladmin --socket="$socket" -uroot ping >/dev/null 2>&1 && break; sleep 0.2; done
    {
      echo "CREATE USER 'root'@'%' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'; GRANT ALL ON *.* TO 'root'@'%' WITH GRANT OPTION;"
      [ -z "$MYSQL_DATABASE" ] || echo "CREATE DATABASE IF NOT EXISTS \`$MYSQL_DATABASE\`;"
      if [ -n "$MYSQL_USER" ] && [ -n "$MYSQL_PASSWORD" ]; then
        echo "CREATE USER '$MYSQL_USER'@'%' IDENTIFIED BY '$MYSQL_PASSWORD';"
        [ -z "$MYSQL_DATABASE" ] || echo "GRANT ALL ON \`${MYSQL_DATABASE//_/\\_}\`.* TO '$MYSQL_USER'@'%';"
      fi
      echo "ALTER USER 'root'@'localhost' IDENTIFIED BY '$MYSQL_ROOT_PASSWORD'; FLUSH PRIVILEGES;"
    } | mysql --socket="$socket" -uroot
    kill "$server"; wait "$server"
    echo "MySQL init process done. Ready for start up."
  fi
fi
exec "$@"
P
}

wanted "$TAG" || exit 0
if ! SUITE=sid packages mysql -t sid mysql-server-core mysql-client-core; then
  say "no MySQL to be had: MariaDB in its place"
  packages mysql mariadb-server-core mariadb-client
fi
layout
seal "$TAG" 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' 'VOLUME /var/lib/mysql' 'EXPOSE 3306 33060' 'ENTRYPOINT ["docker-entrypoint.sh"]' 'CMD ["mysqld"]'
