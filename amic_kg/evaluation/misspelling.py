"""Makes other spellings of a name, of the kinds that lists and reports have; the same each time."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence

_KEYS = {"a": "s", "e": "r", "i": "o", "k": "l", "l": "k", "m": "n", "n": "m", "o": "p", "t": "r"}
_FEW_LETTERS = 6
_AROUND = (
    "{} Mine", "{} deposit", "{} Project", "{} prospect", "{} gruva", "{}-esiintymä", "{} kaivos",
    "{} Ni", "{} Cu-Ni", "{} Ni-Cu-PGE deposit", "{} gold", "{} Au",
)  # fmt: skip
_BELTS = ("Outokumpu-{}", "Kotalahti-{}", "Kuhmo-{}", "Kittilä-{}", "Lappi, {}")


def misspellings(name: str) -> tuple[tuple[str, str], ...]:
    """(kind, spelling) for each kind that changes the name; slips only in names of six letters."""
    made = [(kind, change(name, _Draw(f"{kind} {name}"))) for kind, change in _KINDS.items()]
    short = len(name) < _FEW_LETTERS
    return tuple(
        (kind, text)
        for kind, text in made
        if text != name and not (short and kind not in _WHOLE_NAME_KINDS)
    )


class _Draw:
    """Choices that follow from the name alone."""

    def __init__(self, seed: str) -> None:
        self._number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")

    def of(self, choices: Sequence[str]) -> str:
        return choices[self._number % len(choices)]

    def place(self, places: Sequence[int]) -> int | None:
        return places[self._number % len(places)] if places else None


def _plain(name: str, _: _Draw) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _transcribed(name: str, _: _Draw) -> str:
    return name.replace("ä", "ae").replace("ö", "oe")


def _at(name: str, draw: _Draw, pattern: str, change: Callable[[str], str]) -> str:
    """Change one match of `pattern`, never at the first letter."""
    matches = [m for m in re.finditer(pattern, name) if m.start() > 0]
    chosen = draw.place(range(len(matches)))
    if chosen is None:
        return name
    match = matches[chosen]
    return name[: match.start()] + change(match.group()) + name[match.end() :]


_KINDS: dict[str, Callable[[str, _Draw], str]] = {
    "no diacritics": _plain,
    "ae for ä": _transcribed,
    "capitals": lambda name, _: name.upper(),
    "letter doubled": lambda name, draw: _at(name, draw, r"[klmnprst]", lambda m: m * 2),
    "letter not doubled": lambda name, draw: _at(name, draw, r"([a-zäö])\1", lambda m: m[0]),
    "letters swapped": lambda name, draw: _at(name, draw, r"[a-zäö]{2}", lambda m: m[::-1]),
    "letter left out": lambda name, draw: _at(name, draw, r"[a-zäö]", lambda _: ""),
    "neighbouring key": lambda name, draw: _at(name, draw, r"[aeiklmnot]", lambda m: _KEYS[m]),
    "j or i, w or v": lambda name, draw: _at(
        name, draw, r"[jiv]", lambda m: {"j": "i", "i": "j", "v": "w"}[m]
    ),
    "words around": lambda name, draw: draw.of(_AROUND).format(name),
    "belt before": lambda name, draw: draw.of(_BELTS).format(name),
}
_WHOLE_NAME_KINDS = ("no diacritics", "ae for ä", "capitals", "words around", "belt before")
