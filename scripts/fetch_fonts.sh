#!/usr/bin/env bash
# Fetches TH Sarabun New for documents: scripts/fetch_fonts.sh VENV [FOLDER]. Never fails; says what it did.
set -euo pipefail
venv=${1:-.venv}
"$venv/bin/python" "$(dirname "$0")/../jitasa/documents/install_fonts.py" "${@:2}"
