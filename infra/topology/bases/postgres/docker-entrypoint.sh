#!/bin/sh
# The part of the official image's entrypoint that FinTwin relies on: an empty PGDATA is initialised with the password of
# POSTGRES_PASSWORD_FILE and the database POSTGRES_DB, listening nowhere until that is done; then the server takes over.
set -eu
umask 077

file_or_variable() {
  eval "value=\${$1:-}; file=\${$1_FILE:-}"
  if [ -n "$value" ] && [ -n "$file" ]; then echo "error: both $1 and $1_FILE are set" >&2; exit 1; fi
  if [ -n "$file" ]; then value=$(cat "$file"); fi
}

initialise() {
  file_or_variable POSTGRES_PASSWORD; password=$value
  if [ -z "$password" ]; then
    echo 'Error: Database is uninitialized and superuser password is not specified.' >&2; exit 1
  fi
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  mkdir -p "$PGDATA"
  password_file=$(mktemp /tmp/password.XXXXXX)
  printf '%s\n' "$password" > "$password_file"
  initdb -D "$PGDATA" --username="$user" --pwfile="$password_file" --auth-local=trust --auth-host=scram-sha-256 \
    ${POSTGRES_INITDB_ARGS:-}
  rm -f "$password_file"
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  if [ "$database" != postgres ]; then
    echo "CREATE DATABASE \"$database\"" | postgres --single -D "$PGDATA" -j postgres > /dev/null
  fi
  echo 'PostgreSQL init process complete; ready for start up.'
}

if [ "${1:-}" = postgres ]; then
  [ -s "$PGDATA/PG_VERSION" ] || initialise
  shift
  set -- postgres -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql "$@"
fi
unset POSTGRES_PASSWORD
exec "$@"
