#!/usr/bin/env bash
# Pins every package, with the hashes of all its files, from pyproject.toml. What is pinned stays where it can;
# `make lock UPGRADE=1` renews everything. No addresses of registries are written.
set -euo pipefail
venv=$1
upgrade=${UPGRADE:+--upgrade}
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate ${upgrade:-})
"$venv/bin/uv" pip compile "${options[@]}" --group dev pyproject.toml -o requirements.lock
# What an installation that only serves needs: the same versions, without what tests and measures.
"$venv/bin/uv" pip compile "${options[@]}" --constraint requirements.lock pyproject.toml -o requirements-product.lock
"$venv/bin/uv" pip compile "${options[@]}" scripts/build.in -o requirements-build.lock
echo "✓ requirements.lock requirements-product.lock requirements-build.lock"
