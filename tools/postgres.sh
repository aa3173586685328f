#!/bin/sh
# A throwaway PostgreSQL cluster for tests, benches and trials.
#
#   tools/postgres.sh start [FOLDER]    makes and starts the cluster, prints its DATABASE_URL (and nothing else) on stdout
#   tools/postgres.sh url   [FOLDER]    prints the DATABASE_URL again; exit 1 where it does not run
#   tools/postgres.sh stop  [FOLDER]    stops it and removes its data
#
# FOLDER defaults to /tmp/motcua-postgres. The server listens on a Unix socket inside FOLDER alone, never on the
# network. PG_BIN names the folder of initdb and pg_ctl; DURABLE=1 keeps fsync on (for benches), else it is off.
# initdb refuses root: started as root, the script does the server's part as the user `postgres`.
set -eu

usage() { sed -n '2,10p' "$0" | sed 's/^# \{0,1\}//' >&2; exit 2; }

action=${1:-}
folder=${2:-/tmp/motcua-postgres}
case $action in start|url|stop) ;; *) usage ;; esac
case $folder in /*) ;; *) folder=$(pwd)/$folder ;; esac

bin=${PG_BIN:-}
if [ -z "$bin" ]; then
    bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
    if [ -z "$bin" ]; then bin=$(dirname "$(readlink -f "$(command -v initdb || echo /nowhere/initdb)")"); fi
fi
if [ ! -x "$bin/initdb" ] && [ "$action" != stop ]; then
    echo "PostgreSQL's server is not installed (no initdb); on Debian: apt-get install postgresql" >&2
    exit 3
fi

as_server() {
    if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}
is_running() { [ -f "$folder/data/postmaster.pid" ] && as_server "$bin/pg_ctl" -D "$folder/data" status >/dev/null 2>&1; }
# A socket's path may have at most 107 bytes, so a deep FOLDER gets its socket elsewhere.
sockets=$folder
if [ "${#sockets}" -gt 80 ]; then sockets=/tmp/motcua-pg-$(printf %s "$folder" | cksum | cut -d ' ' -f 1); fi
url="postgresql://motcua@/motcua?host=$sockets"

start() {
    if ! is_running; then
        mkdir -p "$folder" "$sockets"
        if [ "$(id -u)" -eq 0 ]; then chown postgres "$folder" "$sockets"; fi
        chmod 755 "$folder" "$sockets"
        cd "$folder"
        if [ ! -f data/PG_VERSION ]; then
            as_server "$bin/initdb" -D data -U motcua --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >initdb.log 2>&1 \
                || { cat initdb.log >&2; exit 1; }
            {
                echo "listen_addresses = ''"
                echo "unix_socket_directories = '$sockets'"
                echo "max_connections = 60"
                echo "shared_buffers = 128MB"
                if [ "${DURABLE:-0}" != 1 ]; then echo "fsync = off"; echo "full_page_writes = off"; fi
            } | as_server tee -a data/postgresql.conf >/dev/null
        fi
        as_server "$bin/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w start >/dev/null 2>&1 \
            || { tail -n 20 "$folder/data/server.log" >&2; exit 1; }
    fi
    if ! "$bin/psql" -h "$sockets" -U motcua -d motcua -c '' >/dev/null 2>&1; then
        "$bin/createdb" -h "$sockets" -U motcua motcua
    fi
    echo "$url"
}

case $action in
    start) start ;;
    url) if is_running; then echo "$url"; else exit 1; fi ;;
    stop)
        if is_running; then as_server "$bin/pg_ctl" -D "$folder/data" -m fast -w stop >/dev/null; fi
        rm -rf "$folder/data" "$folder/initdb.log"
        rmdir "$folder" 2>/dev/null || true
        if [ "$sockets" != "$folder" ]; then rmdir "$sockets" 2>/dev/null || true; fi
        ;;
esac
