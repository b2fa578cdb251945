"""Names of persons among the lines of a cover: over several lines, beside others, with marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from amic_kg.extract.front_matter.cover_line import CoverLine
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.persons import PersonName, PersonNames

_MARKED = re.compile(r"[^\W\d_](?:\s?[\d*†‡]|\s[a-e](?:,|$))")
_MOST_LINES = 16
_YEAR_BEHIND = re.compile(r"\s+(?:19|20)\d\d$")

_BY = re.compile(r"^(?:by|av|tekijä|laatinut|laatineet)\s+(?=[A-ZÅÄÖ])", re.IGNORECASE)


_LETTERED = re.compile(r"[a-h]\s?[A-ZÅÄÖ]")
_LONGEST_LIST = 300
"""Of a list of authors: its lines, and the characters of one."""


class CoverNames:
    """Finds the lines of a cover that are names of persons."""

    def __init__(self, persons: PersonNames) -> None:
        self._persons = persons

    def complete(self, lines: list[CoverLine], language: str) -> list[CoverLine]:
        """The lines of a cover with names that only their place among the others tells."""
        if not any(one.role == "name" for one in lines):
            lines = self._with_unknown(lines, language)
        return self._without_marks(self._with_neighbours(lines))

    def read(self, lines: Sequence[Line], index: int) -> tuple[list[PersonName], int]:
        """The names that begin at a line, and over how many lines they run."""
        line = lines[index]
        if len(line.text) > _LONGEST_LIST or not re.search(r"[^\W\d_]{2}", line.text):
            return [], 0
        by = _BY.match(line.text)
        skip = by.end() if by else 0
        texts = [_YEAR_BEHIND.sub("", line.text[skip:])]
        cuts: list[tuple[int, int]] = []
        for count in range(1, _MOST_LINES):
            joined = texts[0] if count == 1 else None
            if joined is None:
                last = index + count - 1
                if last >= len(lines) or lines[last].gap or lines[last].page != line.page:
                    break
                before = lines[last - 1].text
                if not re.search(r"(?:[,&;]|\s(?:ja|and|och|JA|AND|OCH)|\d)$|,", before):
                    break
                gap = lines[last].start - lines[last - 1].end
                if re.search(r"[^\W\d_]-$", before) and lines[last].text[:1].islower():
                    # A name parted at the line's end: whole it is read, and placed as printed.
                    texts[-1] = texts[-1][:-1]
                    cuts.append((sum(map(len, texts)), gap + 1))
                    gap = 0
                texts.append(" " * gap + lines[last].text)
                joined = "".join(texts)
            open_end = re.search(r"(?:[,&;]|\s(?:ja|and|och|JA|AND|OCH))$", joined)
            found = self._persons.read(joined, "plausible" if by else "known")
            if found and not open_end and not _more(lines, index + count):
                base = line.start + skip
                return [
                    replace(
                        one,
                        start=base + one.start + sum(n for at, n in cuts if at <= one.start),
                        end=base + one.end + sum(n for at, n in cuts if at < one.end),
                    )
                    for one in found
                ], count
        return [], 0

    def _with_neighbours(self, lines: list[CoverLine]) -> list[CoverLine]:
        """Lines close under or over a name that are names too, though no word of them is known."""
        result = list(lines)
        for at, one in enumerate(result):
            above = at > 0 and result[at - 1].role == "name" and not one.line.gap
            below = (
                at + 1 < len(result)
                and result[at + 1].role == "name"
                and not result[at + 1].line.gap
                and one.line.gap
                and at > 0
            )
            if one.role != "text" or not (above or below):
                continue
            calm = re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), one.line.text)
            text = calm if one.line.text.isupper() else one.line.text
            words = re.findall(r"[^\W\d_]{2,}", text)
            names = self._persons.read(text, "plausible")
            common = [self._persons.is_word(word) for word in words]
            # A family name may be an English word as well.
            if names and len(words) <= 5 and not common[0] and sum(common) <= len(words) // 3:
                result[at] = replace(one, role="name", names=_placed(names, one.line.start))
        return result

    def _without_marks(self, lines: list[CoverLine]) -> list[CoverLine]:
        """Names without the raised letters that the text of a page has close behind them.

        Below stand the affiliations with the same letters: "Ehsan Aliyana", "a Department of".
        """
        marks = {one.line.text[0] for one in lines if _LETTERED.match(one.line.text)}
        families = [name.value.split(",")[0] for one in lines for name in one.names]
        if (
            len(families) < 2
            or not all(family[-1:] in marks for family in families)
            or any(self._persons.is_family(family.split()[-1]) for family in families)
        ):
            return lines
        return [
            replace(
                one,
                names=tuple(
                    replace(name, value=re.sub(r".,", ",", name.value, count=1))
                    for name in one.names
                ),
            )
            for one in lines
        ]

    def _with_unknown(self, lines: list[CoverLine], language: str) -> list[CoverLine]:
        """Lines behind the first that are names by their shape, though no given name is known.

        Finnish and Swedish titles have a capital in their first word alone: a line of capitals
        only is a name there.
        """
        result: list[CoverLine] = []
        behind_title = len(lines) > 1 and lines[0].role == lines[1].role and lines[1].line.gap
        texts = [one.line for one in lines if one.role == "text"][:2]
        over = texts[0] if len(texts) > 1 and _is_over(texts[0], texts[1]) else None
        for one in lines:
            alone = over is one.line
            behind_title = behind_title or alone
            names = self._persons.read(one.line.text, "plausible") if behind_title else []
            words = re.findall(r"[^\W\d_]{2,}", one.line.text)
            sure = len(names) > 1 or bool(_MARKED.search(one.line.text))
            lone = 2 <= len(words) <= 3 and one.line.gap
            unknown = not any(map(self._persons.is_word, words)) or (
                lone and (language in ("fi", "sv") or not all(map(self._persons.is_word, words)))
            )
            if one.role == "text" and names and len(words) <= 12 and (sure or unknown):
                placed = _placed(names, one.line.start)
                result.append(replace(one, role="name", names=placed))
            else:
                result.append(one)
            behind_title = behind_title or one.role == "text"
        return result


def _placed(names: Sequence[PersonName], offset: int) -> tuple[PersonName, ...]:
    return tuple(replace(name, start=offset + name.start, end=offset + name.end) for name in names)


def _more(lines: Sequence[Line], after: int) -> bool:
    """Whether the next line goes on with the list: it begins with "and", "&" or a comma."""
    return after < len(lines) and bool(
        re.match(r"(?:&|ja|and|och|JA|AND|OCH|,)\s", lines[after].text)
    )


def _is_over(line: Line, title: Line) -> bool:
    """Whether a line stands by itself in small letters over a title in capitals."""
    return line.gap and title.gap and title.text.isupper() and not line.text.isupper()
