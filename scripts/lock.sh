#!/usr/bin/env bash
# Pins every package, with the hashes of all its files, from pyproject.toml. What is pinned stays where it can;
# `make lock UPGRADE=1` renews everything. No addresses of registries are written.
set -euo pipefail
venv=$1
upgrade=${UPGRADE:+--upgrade}
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate ${upgrade:-})
"$venv/bin/uv" pip compile "${options[@]}" --group dev pyproject.toml -o requirements.lock
"$venv/bin/uv" pip compile "${options[@]}" scripts/build.in -o requirements-build.lock
echo "✓ requirements.lock requirements-build.lock"
