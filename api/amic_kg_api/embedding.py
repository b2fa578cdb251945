"""The script of the search box for other sites: its bytes, its address, what proves it unchanged.

Subresource Integrity: https://www.w3.org/TR/SRI/
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache

from amic_kg_api.rendering import STATIC_FOLDER

SCRIPT = "amic-search.js"


@dataclass(frozen=True, slots=True)
class EmbedScript:
    """`version` is a digest of the content: under its address the content never changes."""

    body: bytes
    version: str
    integrity: str

    @property
    def path(self) -> str:
        return f"/embed/{SCRIPT}?v={self.version}"


@cache
def embed_script() -> EmbedScript | None:
    """None where the set-up could not build it (no Node.js)."""
    file = STATIC_FOLDER / "built" / SCRIPT
    if not file.exists():
        return None
    body = file.read_bytes()
    digest = base64.b64encode(hashlib.sha384(body).digest()).decode("ascii")
    return EmbedScript(body, hashlib.sha256(body).hexdigest()[:10], f"sha384-{digest}")


def snippet(origin: str, script: EmbedScript, language: str) -> str:
    """What a webmaster puts into a page; the link stays where the script does not come."""
    return (
        f'<script src="{origin}{script.path}"\n'
        f'  integrity="{script.integrity}"\n'
        f'  crossorigin="anonymous" defer></script>\n'
        f'<amic-search lang="{language}"><a href="{origin}/">AMIC-KG</a></amic-search>'
    )
