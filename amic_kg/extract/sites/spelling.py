"""How far two spellings of a name lie apart: slips of typing, reading and transcription are cheap.

Edits are weighed by what changes one name into another in practice: a doubled letter, i for j,
"ae" for ä or two letters that changed places seldom make another name, a consonant for another
consonant does (Pahkavaara is not Pahtavaara). Strings are folded, so diacritics are free.
"""

from __future__ import annotations

_VOWELS = frozenset("aeiouy")
_KIN = frozenset(
    frozenset(pair)
    for pair in (
        "ij", "vw", "ck", "kg", "kq", "pb", "td", "sz", "iy", "uv", "uy", "il", "ec", "o0", "l1",
        "i1", "mn", "hn", "fv", "ft", "rt",
    )
)  # fmt: skip
_DOUBLED = 0.35
_TRANSCRIBED = 0.15
_KINDRED = 0.45
_SWAPPED = 0.6
_VOWEL_MORE = 0.7
_VOWEL_CHANGED = 0.9
_CONSONANT_MORE = 0.95
_CONSONANT_CHANGED = 1.5
_KIND_CHANGED = 1.0
"""A vowel for a consonant: what comes of it is seldom a name, so it is a slip."""
_AT_FIRST_LETTER = 1.6
"""What is wrong in the first letter weighs more: few slips are made there."""

# What may be wrong in a name of so many letters.
_BUDGETS = (0.0, 0.0, 0.0, 0.0, 0.2, 0.5, 0.75, 0.95, 1.0, 1.1, 1.25, 1.4, 1.5)
_LONG_NAME = 1.8


def budget(length: int) -> float:
    """The cost up to which a spelling with so many letters may stand for a name."""
    return _BUDGETS[length] if length < len(_BUDGETS) else _LONG_NAME


def spelling_cost(written: str, name: str) -> float:
    """The least cost of edits from one folded string to the other; the same both ways."""
    rows = [[0.0] * (len(name) + 1) for _ in range(len(written) + 1)]
    for i in range(1, len(written) + 1):
        rows[i][0] = rows[i - 1][0] + _one_more(written, i - 1)
    for j in range(1, len(name) + 1):
        rows[0][j] = rows[0][j - 1] + _one_more(name, j - 1)
    for i, a in enumerate(written, 1):
        for j, b in enumerate(name, 1):
            best = rows[i - 1][j - 1]
            if a != b:
                best += _changed(a, b) * (_AT_FIRST_LETTER if i == j == 1 else 1)
            best = min(
                best,
                rows[i - 1][j] + _one_more(written, i - 1),
                rows[i][j - 1] + _one_more(name, j - 1),
            )
            if i > 1 and j > 1 and a == name[j - 2] != b == written[i - 2]:
                best = min(best, rows[i - 2][j - 2] + _SWAPPED)
            rows[i][j] = best
    return rows[-1][-1]


def _changed(a: str, b: str) -> float:
    if a.isdigit() and b.isdigit():
        return float("inf")
    if frozenset((a, b)) in _KIN:
        return _KINDRED
    vowels = (a in _VOWELS) + (b in _VOWELS)
    return (_CONSONANT_CHANGED, _KIND_CHANGED, _VOWEL_CHANGED)[vowels]


def _one_more(text: str, at: int) -> float:
    letter = text[at]
    before = text[at - 1] if at else ""
    if letter == before or text[at + 1 : at + 2] == letter:
        return _DOUBLED
    if letter == "e" and before in ("a", "o"):
        return _TRANSCRIBED
    if letter == "h" and before in ("t", "k", "p", "c"):
        return _DOUBLED
    cost = _VOWEL_MORE if letter in _VOWELS else _CONSONANT_MORE
    return cost * (_AT_FIRST_LETTER if not at else 1)
