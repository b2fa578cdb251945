"""Lists of words as they are best read and kept: as text."""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """The distinct words of `text`, parted by blanks."""
    return frozenset(text.split())
