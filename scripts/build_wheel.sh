#!/usr/bin/env bash
# build_wheel.sh FOLDER: build the wheel of this tree into FOLDER, with the pinned build tools alone.
set -euo pipefail
folder=${1:?usage: build_wheel.sh FOLDER}
. "$(dirname "${BASH_SOURCE[0]}")/build_tools.sh"

"${PYTHON:-python3}" "$root/scripts/web_bundle.py" # without Node.js it says what the wheel will lack
"$tools/bin/uv" build --quiet --wheel --no-build-isolation --python "$tools/bin/python" --out-dir "$folder" "$root"
ls "$folder"/amic_kg-*.whl
