"""What a part of the check is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folders:
    """Where everything lies; `shared` is None where the material of others is absent."""

    ontology: Path
    corpus: Path
    shared: Path | None

    @property
    def material(self) -> Path:
        """The material of others, for parts that are run where it is there alone."""
        if self.shared is None:
            raise FileNotFoundError("the shared material is absent")
        return self.shared


@dataclass(slots=True)
class Finding:
    """What a part says: one line in short, lines to show, and what is wrong."""

    summary: str
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A name, what it proves, and the check itself."""

    name: str
    proves: str
    check: Callable[[Folders], Finding]
    needs_shared: bool = False
    by_name_alone: bool = False
    """Shows figures and proves nothing: it runs when it is named."""
