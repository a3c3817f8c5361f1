#!/bin/sh
# The backup service: `nightly` saves each night at three and keeps fourteen nights; `now`; `restore YYYY-MM-DD`.
set -eu
keep=14
backups=${BACKUPS:-/backups}
data=${DATA:-/data}

save() {
    day=$(date +%F)
    pg_dump --format=custom --file="$backups/$day.dump.part"
    mv "$backups/$day.dump.part" "$backups/$day.dump"
    # A new installation has no file yet.
    mkdir -p "$data/files"
    tar --create --gzip --file="$backups/$day.files.tar.gz.part" --directory="$data" files
    mv "$backups/$day.files.tar.gz.part" "$backups/$day.files.tar.gz"
    for kind in dump files.tar.gz; do
        find "$backups" -name "????-??-??.$kind" | sort -r | tail -n "+$((keep + 1))" | xargs -r rm --
    done
    echo "saved $day"
}

restore() {
    [ -e "$backups/$1.dump" ] || { echo "there is no backup of $1" >&2; exit 1; }
    pg_restore --clean --if-exists --single-transaction --no-owner --dbname="$PGDATABASE" "$backups/$1.dump"
    tar --extract --gzip --file="$backups/$1.files.tar.gz" --directory="$data"
    echo "restored $1"
}

seconds_until_three() {
    now=$(date +%s)
    three=$(date --date='today 03:00' +%s)
    [ "$three" -gt "$now" ] || three=$((three + 86400))
    echo $((three - now))
}

case ${1:-} in
nightly)
    while sleep "$(seconds_until_three)"; do save || echo "the backup failed" >&2; done
    ;;
now) save ;;
restore) restore "${2:?restore which day? YYYY-MM-DD}" ;;
*)
    echo "usage: backup.sh nightly | now | restore YYYY-MM-DD" >&2
    exit 2
    ;;
esac
