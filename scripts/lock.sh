#!/usr/bin/env bash
# Renew requirements/*.lock from pyproject.toml: `make lock`, or `make lock UPGRADE=1` for newer versions.
# A lock holds for Python 3.11-3.13 on Linux (x86-64, aarch64) and macOS; the end of this script
# proves that every file of it exists ready built for each of them.
set -euo pipefail
cd "$(dirname "$0")/.."
uv=.venv/bin/uv
options=(--quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links)
[[ -z ${UPGRADE:-} ]] || options+=(--upgrade)

"$uv" pip compile "${options[@]}" requirements/build.in --output-file requirements/build.lock
"$uv" pip compile "${options[@]}" requirements/rivals.in --output-file requirements/rivals.lock
"$uv" pip compile "${options[@]}" pyproject.toml --extra elastic --extra names \
  --constraint requirements/build.lock --constraint requirements/platforms.in \
  --output-file requirements/run.lock
"$uv" pip compile "${options[@]}" pyproject.toml --extra elastic --extra names --extra training --extra teacher --group dev \
  --constraint requirements/build.lock --constraint requirements/run.lock \
  --constraint requirements/platforms.in --output-file requirements/dev.lock

nowhere=$(mktemp -d)
trap 'rm -rf "$nowhere"' EXIT
for python in 3.11 3.12 3.13; do
  for platform in x86_64-manylinux_2_28 aarch64-manylinux_2_28 x86_64-apple-darwin aarch64-apple-darwin; do
    for lock in build run rivals dev; do
      "$uv" pip install --quiet --dry-run --target "$nowhere" --no-deps --require-hashes --only-binary :all: \
        --python-version "$python" --python-platform "$platform" --requirement "requirements/$lock.lock" \
        || { echo "requirements/$lock.lock does not hold for Python $python on $platform" >&2; exit 1; }
    done
  done
done
wc -l requirements/*.lock
