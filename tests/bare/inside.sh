#!/bin/sh
# What prove.sh runs inside a chroot: sh and a bare Debian only. The last line of each step says what was seen.
set -u
cd "$HOME/alveole" || exit 1
log=$HOME/run.log

die() { printf 'NOT PROVED: %s\n' "$*"; tail -n 40 "$log" 2>/dev/null; exit 1; }
now() { read -r seconds _ </proc/uptime; echo "${seconds%.*}"; }

expect() { # expect WORDS: the log must hold them
    grep -qF -- "$1" "$log" || die "this was not said: $1"
    printf 'seen: %s\n' "$1"
}

start() { # start LIMIT: runs until the first page answers, and says after how long
    began=$(now)
    : >"$log" # the words of the former start are not ours
    ./alveole run >"$log" 2>&1 &
    pid=$!
    until grep -q 'Ready after' "$log"; do
        kill -0 "$pid" 2>/dev/null || die "the run ended"
        [ $(($(now) - began)) -lt "$1" ] || die "no first page within $1 s"
        sleep 0.2
    done
    took=$(($(now) - began))
    .venv/bin/python - <<END || die "the first page is wrong"
import urllib.request
for path in ("/", "/accounts/login/"):
    answer = urllib.request.urlopen("http://127.0.0.1:$PORT" + path, timeout=30)
    text = answer.read().decode()
    assert answer.status == 200 and "<html" in text, (path, answer.status)
END
    printf 'seen: first page and login page after %s s (%s)\n' "$took" "$2"
}

stop() {
    kill -INT "$pid"
    wait "$pid" || die "Ctrl-C did not end the run well"
    if left=$(others) && [ -n "$left" ]; then die "still alive after Ctrl-C: $left"; fi
    printf 'seen: Ctrl-C ended every process\n'
}

others() { # the processes of this namespace, ourselves and our own short helpers left out
    sleep 0.3
    for folder in /proc/[0-9]*; do
        command=$(tr '\0' ' ' <"$folder/cmdline" 2>/dev/null) || continue
        case $command in *postgres* | *valkey* | *gunicorn* | *celery* | *cae.embedded* | *checker*) echo "$command" ;; esac
    done
}

case $1 in
without-python)
    ./alveole run >"$log" 2>&1 && die "it cannot have started"
    expect "sudo apt install python3 python3-venv"
    ;;
without-venv)
    ./alveole run >"$log" 2>&1 && die "it cannot have started"
    expect "sudo apt install python3-venv"
    ;;
without-pango)
    start 600 "packages downloaded, no Pango"
    expect "PDF files are off"
    expect "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
    stop
    ./alveole test -q -m browser >"$log" 2>&1 && die "without Chromium the tests must not look complete"
    expect "browser tests were not run, for want of Chromium. For them: sudo apt install chromium libatomic1"
    ;;
whole)
    start 600 "first start"
    grep -m1 'Ready after' "$log"
    grep -F '@demo.coop' "$log" | head -n 3
    ! grep -q 'PDF files are off' "$log" || die "Pango is missing"
    kill -9 -1
    sleep 1
    start 60 "second start, after kill -9 of everything"
    stop
    start 60 "third start"
    PORT=$PORT ./alveole run >"$HOME/second.log" 2>&1 && die "a taken port was not refused"
    grep -h 'is taken' "$HOME/second.log" || die "the taken port was not said"
    ./alveole reset --yes >"$HOME/second.log" 2>&1 && die "reset under a living run"
    grep -h 'is in use' "$HOME/second.log" || die "reset did not say why"
    if [ "$2" = yes ]; then
        shift 2
        ./alveole test "$@" >"$HOME/test.log" 2>&1 || { tail -n 60 "$HOME/test.log"; die "the tests failed beside a run"; }
        tail -n 3 "$HOME/test.log"
    fi
    stop
    ./alveole backup "$HOME/coop.tar.gz" || die "backup"
    ./alveole reset --yes || die "reset"
    ./alveole restore "$HOME/coop.tar.gz" || die "restore"
    ./alveole reset --yes || die "reset of what was restored"
    ;;
esac
