#!/usr/bin/env bash
# install_wheel.sh FOLDER VENV: install the wheel in FOLDER into a new environment VENV,
# its dependencies from the lock, each checked against its hash.
set -euo pipefail
folder=${1:?usage: install_wheel.sh FOLDER VENV} venv=${2:?usage: install_wheel.sh FOLDER VENV}
. "$(dirname "${BASH_SOURCE[0]}")/build_tools.sh"

wheels=("$folder"/amic_kg-*.whl)
[[ ${#wheels[@]} -eq 1 && -f ${wheels[0]} ]] || { echo "$folder must hold one wheel of amic_kg" >&2; exit 1; }
"${PYTHON:-python3}" -m venv --without-pip "$venv"
uv() { "$tools/bin/uv" --quiet pip "$@" --python "$venv/bin/python"; }
# Compiled now: the image is read-only, so it could not keep what it compiles at its first start.
uv install --compile-bytecode --require-hashes --requirement "$root/requirements/run.lock"
uv install --compile-bytecode --no-deps "${wheels[0]}"
uv check
"$venv/bin/amic-kg" --version
