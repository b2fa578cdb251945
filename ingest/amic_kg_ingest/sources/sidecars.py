"""Metadata beside a file, as JSON in the local names of Dublin Core terms."""

from __future__ import annotations

import json
from collections.abc import Callable

from amic_kg.errors import UnreadableInput

SIDECAR = ".metadata.json"
"""`report.pdf.metadata.json` describes `report.pdf`."""


def parse_sidecar(read: Callable[[], bytes], name: str) -> dict[str, object]:
    """The object that `read` gives; `name` is the sidecar's own. Raises UnreadableInput."""
    try:
        metadata = json.loads(read().decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        raise UnreadableInput(
            name,
            f"has beside it {name}, which is not JSON that can be read ({error})",
            "Mend that file, or remove it",
        ) from None
    if not isinstance(metadata, dict):
        raise UnreadableInput(
            name,
            f"has beside it {name}, which holds no JSON object",
            "Mend that file, or remove it",
        )
    return metadata
