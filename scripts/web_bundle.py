"""The scripts of the pages and of the search box for other sites, made of api/web and of npm.

`python3 scripts/web_bundle.py` builds them, with `--check` it sees to their types too.
They are built where their sources are: by the set-up, and before a wheel is built. Without Node.js
the pages have plain forms; that is said, and stops nothing, except in CI.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

from progress import ROOT, SetupError, say, step

WEB = ROOT / "api" / "web"
BUILT = ROOT / "api" / "amic_kg_api" / "static" / "built"
STAMP = WEB / "node_modules" / ".amic-built"
SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "src/**/*.ts")
LOWEST_NODE = 18
ENTRIES = ("sparql.js", "box.js", "narrowing.js", "amic-search.js")
LOST = (
    "the page /sparql and the search box are plain forms, without editor, chart, map, network and "
    "suggestions, and there is no search box for other sites"
)


def digest() -> str:
    """Fingerprint of all that the scripts are made from."""
    sums = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in WEB.glob(pattern)}):
        sums.update(f"{path.relative_to(WEB)}\n".encode())
        sums.update(hashlib.sha256(path.read_bytes()).digest())
    return sums.hexdigest()


def is_current() -> bool:
    """Whether what was built is what these sources give."""
    if not all((BUILT / name).exists() for name in ENTRIES) or not STAMP.exists():
        return False
    return STAMP.read_text("utf-8") == digest()


def has_node() -> bool:
    """Whether npm is there, and a Node.js that is new enough."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    asked = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)", asked.stdout)
    return found is not None and int(found[1]) >= LOWEST_NODE


def build() -> None:
    """Install what the lock names, each file checked against its hash, and bundle."""
    shutil.rmtree(BUILT, ignore_errors=True)  # an old one would look like a new one
    step(
        "pages             npm, package-lock.json",
        ["npm", "--prefix", WEB, "ci", "--silent"],
        "Is the network reached? The first run downloads packages; a later one does not.",
    )
    step(
        "pages             esbuild",
        ["npm", "--prefix", WEB, "run", "--silent", "build"],
        f"See that the sources in {WEB.relative_to(ROOT)} are complete.",
    )
    (BUILT / "LICENSES.txt").write_text("\n".join(licences()), encoding="utf-8")
    STAMP.write_text(digest(), encoding="utf-8")


def licences() -> Iterator[str]:
    """The licences of what is in the scripts, which go with every copy of them."""
    lock = json.loads((WEB / "package-lock.json").read_text("utf-8"))
    for place, package in sorted(lock["packages"].items()):
        if not place or package.get("dev") or package.get("optional") or "esbuild" in place:
            continue
        yield f"{place.removeprefix('node_modules/')} {package['version']}\n"
        yield from (path.read_text("utf-8") for path in sorted((WEB / place).glob("LICENSE*")))


def provide() -> bool:
    """Build where it is needed and can be; True when the scripts are there."""
    if is_current():
        return True
    if not has_node():
        say(f"missing: Node.js {LOWEST_NODE} or newer with npm — {LOST}")
        return False
    try:
        build()
    except SetupError as error:
        say(f"{error}\n  {LOST}")
        return False
    return True


def main(arguments: Sequence[str]) -> int:
    """Provide them, with `--check` see to their types too; in CI nothing may be missing unseen."""
    if not provide():
        return 1 if os.environ.get("CI") else 0
    if "--check" not in arguments:
        return 0
    return subprocess.run(
        ["npm", "--prefix", WEB, "run", "--silent", "check"], check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
