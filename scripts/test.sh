#!/usr/bin/env bash
# Every test: services and pages on SQLite (tables made from the models, which is quicker), the same on
# PostgreSQL (tables made by the migrations), then the journeys in a browser.
# Chromium is installed where that is allowed; where it is not, the last line says what was not run.
set -uo pipefail
export PYTHONDONTWRITEBYTECODE=  # some hundred processes are started here: none compiles everything anew
venv=.venv/bin
failed=0
part() { echo; echo "── $1"; shift; "$@" || failed=1; }

part "SQLite" env JITASA_DATABASE_URL= "$venv/pytest" -n 2 --dist worksteal --no-migrations -m "not browser"
part "PostgreSQL" "$venv/python" scripts/with_postgresql.py "$venv/pytest" -n 2 --dist worksteal -m "not browser"

if ! command -v chromium >/dev/null 2>&1 && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "→ ติดตั้ง chromium สำหรับทดสอบในเบราว์เซอร์"
  (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium) >/dev/null 2>&1
fi
if command -v chromium >/dev/null 2>&1; then
  part "เบราว์เซอร์ (browser)" env JITASA_DATABASE_URL= "$venv/pytest" -n 2 -m browser
elif [ -n "${CI:-}" ]; then
  echo "chromium ติดตั้งไม่ได้ การทดสอบในเบราว์เซอร์จึงไม่ได้ทำ (no chromium in CI)"; failed=1
else
  last="!! ยังไม่ได้ทดสอบในเบราว์เซอร์: ติดตั้งด้วย  sudo apt-get install -y chromium  แล้วสั่ง make test-browser"
fi
echo
[ "$failed" = 0 ] && echo "✓ ผ่านทั้งหมด (all passed)" || echo "✗ มีการทดสอบที่ไม่ผ่าน (some failed)"
[ -z "${last:-}" ] || echo "$last"
exit "$failed"
