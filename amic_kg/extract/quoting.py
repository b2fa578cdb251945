"""What stands around a quote: with it, the words are found again when the page has changed.

https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

_CONTEXT = 32
"""Characters of the page before and after a quote."""


def context(page: str, start: int, end: int) -> tuple[str, str]:
    """Prefix and suffix of the quote at `start`..`end` of the text of a page, both verbatim."""
    return page[max(0, start - _CONTEXT) : start], page[end : end + _CONTEXT]
