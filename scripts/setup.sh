#!/usr/bin/env bash
# Installs the locked packages into a virtual environment. Needs Python 3.11 or newer (PYTHON names one); no root.
# PRODUCT_ONLY=1 leaves out what only tests and measures (deploy/Containerfile).
set -euo pipefail
venv=$1
python=${PYTHON:-python3}
# One that was built without its optimisations, as version managers build it, gives way to the system's of the same
# version, which is a seventh quicker in everything (docs/adr/0165).
version() { "$1" -c 'import ensurepip, sys; print(*sys.version_info[:2])' 2>/dev/null; }
plain() { "$1" -c 'import sys, sysconfig; sys.exit("--enable-optimizations" in sysconfig.get_config_var("CONFIG_ARGS"))' 2>/dev/null; }
if [ -z "${PYTHON:-}" ] && plain python3 && [ "$(version python3)" = "$(version /usr/bin/python3)" ]; then
  python=/usr/bin/python3
fi
"$python" - <<'PY' || exit 1
import sys
if sys.version_info < (3, 11):
    sys.exit(f"ต้องใช้ Python 3.11 ขึ้นไป (พบ {sys.version.split()[0]}) · Python 3.11 or newer is needed")
PY
echo "→ เตรียมสภาพแวดล้อมใน $venv (setting up)"
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
lock=requirements${PRODUCT_ONLY:+-product}.lock
# Nothing is installed whose bytes are not those the lock files name.
[ -x "$venv/bin/uv" ] || "$venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
"$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes -r "$lock" -r requirements-build.lock
"$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --no-deps --no-build-isolation --editable .
bash scripts/fetch_fonts.sh "$venv"
"$venv/bin/pybabel" --quiet compile --directory jitasa/locale --domain django
echo "✓ พร้อม (ready)"
