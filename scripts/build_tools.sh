# The pinned build tools (requirements/build.lock: build backend, uv), in build/tools of this tree.
# Sourced by build_wheel.sh and install_wheel.sh; sets `root` and `tools`.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
tools=$root/build/tools
if ! cmp --silent "$root/requirements/build.lock" "$tools/build.lock"; then
  "${PYTHON:-python3}" -m venv --clear "$tools"
  "$tools/bin/python" -m pip --quiet --disable-pip-version-check --no-input \
    install --require-hashes --requirement "$root/requirements/build.lock"
  cp "$root/requirements/build.lock" "$tools/build.lock"
fi
