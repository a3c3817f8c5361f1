#!/bin/sh
# Proves ./alveole run and ./alveole test on bare machines: debootstrap chroots of Debian, root and ordinary user.
#   tests/bare/prove.sh [--folder DIR] [--only SUITE:WHO]… [--no-tests | --words "WORDS FOR PYTEST"]
# Needs root, debootstrap and git. docs/proof-on-bare-machines.md explains it.
#   PROVE_COPY  files of this machine that its package registries need (certificates, apt settings), copied in
#   PROVE_ENV   names of variables that they need, passed on
#   PROVE_MIRROR  Debian mirror for debootstrap (else its own default)
#   PORT  where the application listens (the chroot shares the network): 8765
set -eu
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../.." && pwd)
folder=/var/tmp/alveole-bare
only=
tests=yes
words=
while [ $# -gt 0 ]; do
    case $1 in
    --folder) folder=$2; shift ;;
    --only) only="$only $2"; shift ;;
    --no-tests) tests=no ;;
    --words) words=$2; shift ;;
    *) echo "unknown word: $1" >&2; exit 2 ;;
    esac
    shift
done
[ "$(id -u)" = 0 ] || { echo "prove.sh makes chroots: it needs root" >&2; exit 2; }
[ -n "$only" ] || only="bookworm:root bookworm:user trixie:root trixie:user"

# What an ordinary user has to ask for, as docs/install.md says.
ASKED_FOR="python3 python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 chromium libatomic1"

base() { # base SUITE: a pristine Debian, made once
    [ -e "$folder/$1/.complete" ] && return
    mkdir -p "$folder"
    [ -x "$folder/$1/bin/sh" ] || debootstrap --variant=minbase "$1" "$folder/$1" ${PROVE_MIRROR:-}
    touch "$folder/$1/.complete"
}

passed_on() {
    for name in ${PROVE_ENV:-}; do
        value=$(printenv "$name") && printf '%s=%s\n' "$name" "$value"
    done
    return 0
}

# inside ROOT WHO COMMAND…: in a process namespace of its own, so that nothing outlives it.
inside() {
    jail=$1 account=$2
    shift 2
    case $account in root) home=/root ;; *) home=/home/$account ;; esac
    unshare --pid --mount --fork --kill-child sh -c '
        jail=$1 account=$2
        shift 2
        mount -t proc proc "$jail/proc"
        mkdir -p "$jail/dev/shm"
        mount -t tmpfs -o mode=1777 tmpfs "$jail/dev/shm"
        exec chroot --userspec="$account:$account" "$jail" "$@"' inside "$jail" "$account" \
        env -i HOME="$home" PORT="${PORT:-8765}" LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        $(passed_on) "$@"
}

prove() { # prove SUITE WHO
    suite=$1 who=$2
    root=$folder/work-$suite-$who
    base "$suite"
    rm -rf "$root"
    cp -a "$folder/$suite" "$root"
    for file in /etc/resolv.conf ${PROVE_COPY:-}; do
        mkdir -p "$root$(dirname "$file")"
        cp -rL "$file" "$root$(dirname "$file")/"
    done
    if [ "$who" = root ]; then home=/root; else home=/home/$who; chroot "$root" useradd --create-home "$who"; fi
    git clone -q --no-hardlinks "$project" "$root$home/alveole"
    [ "$who" = root ] || chown -R --reference="$root$home" "$root$home/alveole"
    cp "$here/inside.sh" "$root/inside.sh"
    if [ "$who" = root ]; then
        inside "$root" root sh /inside.sh whole "$tests" $words
        return
    fi
    inside "$root" "$who" sh /inside.sh without-python || return
    inside "$root" root sh -c 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 >/dev/null 2>&1'
    inside "$root" "$who" sh /inside.sh without-venv || return
    inside "$root" root sh -c 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null 2>&1'
    inside "$root" "$who" sh /inside.sh without-pango || return
    inside "$root" root sh -c "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $ASKED_FOR >/dev/null 2>&1"
    inside "$root" "$who" sh /inside.sh whole "$tests" $words
}

failures=
for pair in $only; do
    printf '\n##### %s\n' "$pair"
    if prove "${pair%%:*}" "${pair#*:}"; then
        printf '##### %s: proved\n' "$pair"
        rm -rf "$folder/work-${pair%%:*}-${pair#*:}"
    else
        printf '##### %s: FAILED\n' "$pair"
        failures="$failures $pair"
    fi
done
[ -z "$failures" ] || { printf '\nFailed:%s\n' "$failures"; exit 1; }
printf '\nBoth commands are proved on:%s\n' " ${only# }"
