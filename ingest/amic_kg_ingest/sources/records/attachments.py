"""The files that a list names: those within its own folder, and no others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit


def find_file(names: Iterable[str], folder: Path) -> tuple[Path | None, list[str]]:
    """The first of `names` that is a file within `folder`, and a remark for each that is not.

    Web addresses are no files, and are passed over. Links are followed, but not out of the folder.
    """
    root = folder.resolve()
    remarks: list[str] = []
    for name in names:
        if name.lower().startswith(("http://", "https://", "doi:", "internal-pdf://")):
            continue
        plain = unquote(urlsplit(name).path) if name.lower().startswith("file:") else name
        try:
            path = (root / plain.replace("\\", "/")).resolve()
            if not path.is_relative_to(root):
                remarks.append(f"names the file '{name}', which is outside the folder of the list")
            elif path.is_file():
                return path, remarks
            else:
                remarks.append(f"names the file '{name}', which is not there")
        except (OSError, ValueError, RuntimeError):
            remarks.append(f"names the file '{name[:200]}', which cannot be looked for")
    return None, remarks
