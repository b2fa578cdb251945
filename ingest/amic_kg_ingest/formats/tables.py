"""How much of spreadsheets is read: enough to find them by, not every row of measurements."""

from __future__ import annotations

_CELLS = 100_000
_WIDTH = 5_000_000
"""Places for cells, filled or not: a row may be formatted to its 16,384th column."""


class CellBudget:
    """What one document may still cost; remembers which sheets were cut short."""

    def __init__(self) -> None:
        self._cells = _CELLS
        self._width = _WIDTH
        self._cut: dict[str, None] = {}

    def spend(self, sheet: str, cells: int, width: int) -> bool:
        """Whether a row with so many filled cells, and so many in all, may still be read."""
        self._cells -= cells
        self._width -= width + 1
        if self._cells < 0 or self._width < 0:
            self._cut[sheet] = None
            return False
        return True

    def notes(self) -> tuple[str, ...]:
        if not self._cut:
            return ()
        names = ", ".join(f"'{name}'" for name in list(self._cut)[:5])
        more = f" and {len(self._cut) - 5} more" if len(self._cut) > 5 else ""
        return (f"only the first {_CELLS:,} cells were read; cut short: {names}{more}",)
