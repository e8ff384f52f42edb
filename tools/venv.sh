#!/bin/sh
# Makes .venv, or brings it up to date. Usage: tools/venv.sh requirements.txt [requirements-dev.txt]
# A lock that was installed before is recognised by its checksum, so a second call takes no time.
set -eu

python=${PYTHON:-}
if [ -z "$python" ]; then
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            python=$candidate
            break
        fi
    done
fi
if [ -z "$python" ]; then
    echo "Waypoint needs Python 3.11 or later. Install it with: apt-get install python3 python3-venv" >&2
    exit 2
fi

if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
            echo "Installing python3-venv with apt (once)…"
            { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-venv; } </dev/null >/tmp/waypoint-apt.$$ 2>&1 || cat /tmp/waypoint-apt.$$ >&2
            rm -f /tmp/waypoint-apt.$$
        fi
        if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
            echo "This Python has no venv. Install it with: sudo apt-get install python3-venv" >&2
            exit 2
        fi
    fi
    echo "Making the virtual environment in .venv…"
    rm -rf .venv
    "$python" -m venv .venv
fi

for lock in "$@"; do
    stamp=.venv/installed-$lock
    sum=$(cksum <"$lock")
    if [ "$(cat "$stamp" 2>/dev/null || true)" != "$sum" ]; then
        echo "Installing what $lock names (once; under a minute on most lines)…"
        .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" </dev/null
        echo "$sum" >"$stamp"
    fi
done
