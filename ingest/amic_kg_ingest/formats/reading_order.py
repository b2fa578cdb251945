"""Whether the lines of a page come in an order that somebody could read them in."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

Box = tuple[float, float, float, float]
"""Left, bottom, right, top of a piece of text, in points from the lower left."""

_LINE = 0.6
"""Of the height of a piece: by how much the next may be off and stand on the same line."""

_UPS, _UP_SHARE = 4, 0.1
_ACROSS, _ACROSS_SHARE = 8, 0.4
_COLUMN, _GUTTER = 0.25, 0.02
"""Of the width of a page: pieces this wide are no cells of a table; so wide is what parts them."""


def is_scrambled(boxes: Sequence[Box], width: float) -> bool:
    """Two signs: lines that go back up within their column, and lines read across two columns.

    In a sane order the next line stands below, or at the top of another column; of the pages in
    real reports that were looked at, none goes up within a column more than 3 times.
    """
    steps = ups = across = 0
    for this, following in pairwise(boxes):
        height = max(this[3] - this[1], 1.0)
        if abs(this[1] + this[3] - following[1] - following[3]) / 2 < _LINE * height:
            gap = following[0] - this[2]
            parted = gap > _GUTTER * width
            across += parted and _is_column(this, width) and _is_column(following, width)
            continue
        steps += 1
        ups += following[1] > this[1] + _LINE * height and _overlap(this, following)
    return (ups >= _UPS and ups > _UP_SHARE * steps) or (
        across >= _ACROSS and across > _ACROSS_SHARE * steps
    )


def _is_column(box: Box, width: float) -> bool:
    return box[2] - box[0] > _COLUMN * width


def _overlap(this: Box, following: Box) -> bool:
    """Whether both stand in one column."""
    shared = min(this[2], following[2]) - max(this[0], following[0])
    return shared > 0.3 * min(this[2] - this[0], following[2] - following[0])
