#!/usr/bin/env bash
# Every test: services and pages on SQLite (tables made from the models, which is quicker), the same on
# PostgreSQL (tables made by the migrations), then the journeys in a browser.
# Three workers on two processors: while a test waits for a process, a lock or the browser, two others work.
# Chromium is installed where that is allowed; where it is not, the last line says what was not run.
# The last lines say how long each part took.
set -uo pipefail
export PYTHONDONTWRITEBYTECODE=  # some hundred processes are started here: none compiles everything anew
venv=.venv/bin
workers="${WORKERS:-3}"
failed=0
times=""
# Files that tests write and sync to be durable need no disk: they are thrown away.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df -m --output=avail /dev/shm | tail -1)" -gt 4096 ]; then
  TMPDIR=$(mktemp -d /dev/shm/jitasa-tests-XXXXXX)
  chmod 755 "$TMPDIR"  # PostgreSQL runs as another user than root
  export TMPDIR
  trap 'rm -rf "$TMPDIR"' EXIT
fi
# What each test asked SQLite: PostgreSQL is asked every statement of the pages once (tests/statements.py).
# Written with "=": pytest takes a word that is a file for the place of its tests.
asked=$(mktemp -u)
part() {
  local name=$1 began=$SECONDS
  shift
  echo; echo "── $name"
  "$@" || failed=1
  times+=$(printf '%7s  %s' "$(( (SECONDS - began) / 60 )):$(printf %02d $(( (SECONDS - began) % 60 )))" "$name")$'\n'
}

part "SQLite" env JITASA_DATABASE_URL= "$venv/pytest" -n "$workers" --dist worksteal --no-migrations -m "not browser" --durations=10 --note-statements="$asked"
part "PostgreSQL" "$venv/python" scripts/with_postgresql.py "$venv/pytest" -n "$workers" --dist worksteal -m "not browser" --durations=10 --ask-statements="$asked"
rm -f "$asked"

# The shell is the same engine at half the cost (docs/adr/0146); one journey needs chromium itself.
has() { command -v chromium-headless-shell >/dev/null 2>&1 || command -v chromium >/dev/null 2>&1; }
both() { command -v chromium-headless-shell >/dev/null 2>&1 && command -v chromium >/dev/null 2>&1; }
if ! both && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "→ ติดตั้ง chromium สำหรับทดสอบในเบราว์เซอร์"
  get() { DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends "$1"; }
  { timeout 60 apt-get update -qq; get chromium-headless-shell; get chromium; } >/dev/null 2>&1
fi
if has; then
  part "เบราว์เซอร์ (browser)" env JITASA_DATABASE_URL= "$venv/pytest" -n "$workers" --dist worksteal --no-migrations tests/browser --durations=5
elif [ -n "${CI:-}" ]; then
  echo "chromium ติดตั้งไม่ได้ การทดสอบในเบราว์เซอร์จึงไม่ได้ทำ (no chromium in CI)"; failed=1
else
  last="!! ยังไม่ได้ทดสอบในเบราว์เซอร์: ติดตั้งด้วย  sudo apt-get install -y chromium  แล้วสั่ง make test-browser"
fi
echo
echo "── เวลาที่ใช้ นาที:วินาที (minutes:seconds of each part, and of all)"
printf '%s' "$times"
printf '%7s  %s\n' "$((SECONDS / 60)):$(printf %02d $((SECONDS % 60)))" "ทั้งหมด (all)"
[ "$failed" = 0 ] && echo "✓ ผ่านทั้งหมด (all passed)" || echo "✗ มีการทดสอบที่ไม่ผ่าน (some failed)"
[ -z "${last:-}" ] || echo "$last"
exit "$failed"
