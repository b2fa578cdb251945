"""What reaches a terminal: tables and colours by Rich, and names that cannot play tricks on it."""

from __future__ import annotations

import unicodedata

from rich.console import Console


class _Terminal(Console):
    def on_broken_pipe(self) -> None:
        # The reader of our output has left ("amic-kg status | head"): nothing is wrong.
        try:
            super().on_broken_pipe()
        except SystemExit:
            raise SystemExit(0) from None


output = _Terminal(highlight=False)
errors = _Terminal(stderr=True, highlight=False)


def visible(text: str) -> str:
    r"""`text` on one line, control and direction characters written as escapes.

    A file may be called "report\\n0 failed" or carry U+202E, which turns what follows around.
    """
    return "".join(
        character
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
        else character.encode("unicode_escape").decode("ascii")
        for character in text
    )
