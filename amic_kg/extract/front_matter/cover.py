"""What each line of a cover or title page is, and where the front of the document ends."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from amic_kg.extract.front_matter.clauses import clause_length
from amic_kg.extract.front_matter.cover_line import Cover, CoverLine, Role
from amic_kg.extract.front_matter.cover_names import CoverNames
from amic_kg.extract.front_matter.dates import (
    date_line,
    ending_date,
    find_copyrights,
    leading_date,
    placed_date,
    trailing_date,
)
from amic_kg.extract.front_matter.identifiers import find_identifiers
from amic_kg.extract.front_matter.kinds import (
    find_degree,
    find_programme,
    is_kind_line,
    is_named_thesis,
)
from amic_kg.extract.front_matter.labels import OTHER, label_row, read_label
from amic_kg.extract.front_matter.lines import Line
from amic_kg.extract.front_matter.opening import is_short_edition, until_body
from amic_kg.extract.front_matter.organizations import Organizations, find_school, fold
from amic_kg.extract.front_matter.persons import PersonNames
from amic_kg.extract.front_matter.series import series_line, series_name

_MINUTES = re.compile(
    r"^(?:(?:kokous|ohjausryhmän |työpaja)?muistio|(?:kokous)?pöytäkirja|(?:meeting )?minutes|"
    r"(?:mötes)?protokoll|(?:mötes)?anteckningar|memo(?:randum)?|lausunto|kutsu|tarjous|tiedote|"
    r"lehdistötiedote|press release|pressmeddelande|kirje|brev|letter|utlåtande|minutes of .*|"
    r".*\b(?:pöytäkirja|kokousmuistio|protokoll)\s?\d*(?:/\d+)?)$",
    re.IGNORECASE,
)
_POSTAL = re.compile(
    r"\b(?:FI-)?\d{5}\s[A-ZÅÄÖ][\wåäöÅÄÖ]+|\bPL\s\d+\b|\bP\.?\s?O\.?\s?Box\b", re.IGNORECASE
)
_WORK_PACKAGE = re.compile(r"(?:WP|work package|task|version|v\.)\s?\d", re.IGNORECASE)
_AFFILIATION = re.compile(r"(?:[a-h]|\d{1,2})[\s.)]?\s?[A-ZÅÄÖ]")
"""An author's, with its mark: not the address of a letter."""

_JOURNAL = re.compile(
    r"^[A-ZÅÄÖ].{4,90}n julkaisu(?:ja|t)$|^(?!.*(?:kirje|letter|"
    r"brev))(?:[\w-]+\s){1,4}\d{1,3}/(?:19|20)\d\d$|"
    r"^(?:19|20)\d\d\s\d{1,2}(?:st|nd|rd|th)\b|^proceedings of\b|"
    r"\b(?:conference|symposium|congress) on\b.*\([A-Za-z]+\)|"
    r"^\d{1,2}(?:st|nd|rd|th)\b.*\b(?:meeting|conference|symposium|congress|workshop)\b|"
    r"\b(?:meeting|conference|symposium|congress)\b.*(?:19|20)\d\d$|"
    r"\b\d{1,4}\s?\((?:19|20)\d\d\)(?:\s?[\dA-Z]|$)|\bvol(?:ume|\.)?\s?\d+|\b\d{1,3}\s?\(\d{1,3}(?:[-–/]\d+)?\)\s?[,:;]?|\bpp?\.\s?\d+|"
    r"\bjournal of\b|\bwww\.\S+\s|\bopen access\b|\bisbn\b|\bissn\b|\bsciencedirect\b|"
    r"\bjournal homepage\b|\blehti\s\d|^(?:received|accepted|published|revised)\b|"
    r"\b(?:received|accepted|published)\b.*\d|\bcreative commons\b|\bcc by\b|"
    r"\bavailable online\b|\d{4},\s?\d+,\s?\d+|\bet al\.|^(?:citation|cite)\b|"
    r"^this (?:article|version|document|report|project|work|is)\b|"
    r"^(?:the )?(?:euroopan unioni\w*|european union|europeiska unionen)$|\bhorizon (?:2020|"
    r"europe)\b|"
    r"\bgrant agreement\b|\bfunded by\b|\brahoitta\w+|"
    r"\bco-?funded\b|\bfinansiera\w+|\bvipuvoimaa\b|\bself-archived\b|"
    r"\brinnakkaistallen\w+|\bparallellpublic\w+|\bpeer[- ]review",
    re.IGNORECASE,
)
_EDITORS = re.compile(
    r"\(?\b(?:toim|ed|eds|red|hrsg|toimittaneet|toimittanut)\b\.?\)?", re.IGNORECASE
)
_OPEN = re.compile(r":$|\s(?:of|in|for|the|a|an|and|to|ja|sekä|och|av|för|i|on|med|till)$")
_TITLE_WORDS = ("kind", "organisation", "unit", "series", "degree", "journal")
"""What may be the second half of a title whose first half is open."""

_ASIDE = re.compile(r"\(.{8,}\)")
"""The title in another language, in brackets."""

_ISSUE = re.compile(r"[A-ZÅÄÖ][^\d/]{2,40}\s\d{1,3}\s?/\s?(?:19|20)\d\d")
"""A number of a magazine: "Ympäristö 3/2020"."""

_SPACED = re.compile(r"(?:[^\W\d_]\s){2,}[^\W\d_]")
"""Letters set apart: a logo."""

_ADDRESS = re.compile(r"@|https?://|\bwww\.", re.IGNORECASE)
_NUMBERED = re.compile(r"\W*(?:isbn|issn|urn|doi)\b", re.IGNORECASE)
_SHORT = re.compile(r"[A-ZÅÄÖ\d]{2,6}")
_PERIOD = re.compile(r"(?:19|20)\d\d\s?[–-]\s?(?:19|20)?\d\d")

_MAY_BE_NAMES = ("text", "byline", "organisation", "unit", "journal", "date")


class CoverReader:
    """Gives each line its role."""

    def __init__(
        self, persons: PersonNames, organizations: Organizations, places: frozenset[str]
    ) -> None:
        """`places` are names in small letters, no title on their own."""
        self._persons = persons
        self._names = CoverNames(persons)
        self._organizations = organizations
        self._places = places
        # The first test that holds gives the role: marks before words.
        self._tests: tuple[tuple[Role, Callable[[str], bool]], ...] = (
            ("kind", lambda text: ":" not in text and is_named_thesis(text)),
            ("label", _is_label),
            ("address", lambda text: bool(_ADDRESS.search(text))),
            ("identifier", lambda text: any(find_identifiers(text)) or bool(_NUMBERED.match(text))),
            ("date", self._is_date),
            ("noise", self._is_place),
            ("noise", lambda text: bool(_WORK_PACKAGE.match(text))),
            ("kind", is_kind_line),
            ("series", lambda text: series_line(text) is not None),
            ("noise", lambda text: bool(_ASIDE.fullmatch(text))),
            ("degree", _is_degree),
            ("organisation", organizations.is_known),
            ("noise", _is_scrap),
            ("journal", lambda text: bool(_JOURNAL.search(text))),
            ("organisation", self._is_organisation),
            ("unit", lambda text: organizations.is_unit(text) and len(text.split()) <= 8),
        )

    def read(
        self, lines: Sequence[Line], language: str, printed: frozenset[str] = frozenset()
    ) -> Cover:
        """The front of one page from its `lines`.

        `printed` are the folded lines of all front pages: there a title is met again.
        """
        front = until_body(lines)
        result: list[CoverLine] = []
        index = 0
        while index < len(front):
            line = front[index]
            series = series_name([one.text for one in front[index : index + 3]])
            if series is not None:
                count = min(series.lines, len(front) - index)
                result.extend(CoverLine(one, "series") for one in front[index : index + count])
                index += count
                continue
            clause = self._clause(front, index)
            if clause:
                result.extend(CoverLine(one, "clause") for one in front[index : index + clause])
                index += clause
                continue
            before = result[-1] if result else None
            after = front[index + 1] if index + 1 < len(front) else None
            if after and not after.gap and self._organizations.is_parted(line.text, after.text):
                result.append(CoverLine(_joined(line, after), "organisation"))
                index += 2
                continue
            role = self._role(line.text)
            if role == "text" and before and before.role == "journal":
                # "… Winter Meeting, January 2018", "Abstracts".
                role = "journal" if before.line.row == line.row else role
            if role in _TITLE_WORDS and _is_met_again(result, line, printed):
                role = "text"
            if role == "noise" and _ends_in_place(before, line, after):
                role = "text"
            if (
                _goes_on(before, line, role)
                or _is_begun(line, after, role)
                or (role == "date" and self._is_of_title(front, index, before))
                or (before and before.role == "text" and is_short_edition(front, index))
            ):
                role = "text"
            if role == "text" and self._is_byline(front, index):
                role = "byline"
            if role in _MAY_BE_NAMES:
                names, count = self._names.read(front, index)
                if names:
                    joined = " ".join(one.text for one in front[index : index + count])
                    editors = bool(_EDITORS.search(joined))
                    result.append(CoverLine(line, "name", tuple(names), editors))
                    result.extend(
                        CoverLine(one, "name", (), editors)
                        for one in front[index + 1 : index + count]
                    )
                    index += count
                    continue
            result.append(CoverLine(line, role))
            index += 1
        result = self._names.complete(result, language)
        named = any(one.role in ("kind", "series", "identifier", "journal") for one in result)
        letter = not named and any(
            _POSTAL.search(line.text) and not _AFFILIATION.match(line.text) for line in front
        )
        minutes = any(_MINUTES.match(line.text) for line in front[:8])
        return Cover(tuple(result), letter or minutes, body=len(front) < len(lines))

    def _clause(self, lines: Sequence[Line], index: int) -> int:
        """The lines of a clause that presents a thesis; a name or a date under it is no more."""
        count = clause_length(lines, index)
        for place in range(index + 1, index + count):
            text = lines[place].text
            if date_line(text) or read_label(text) or self._names.read(lines, place)[0]:
                return place - index
        return count

    def _role(self, text: str) -> Role:
        return next((role for role, holds in self._tests if holds(text)), "text")

    def _is_byline(self, lines: Sequence[Line], index: int) -> bool:
        """Whether a date follows on the same printed line: "Sample editors, May 2017"."""
        line = lines[index]
        rest = [one for one in lines[index + 1 : index + 3] if one.row == line.row]
        if any(one.page == line.page and date_line(one.text) for one in rest):
            return True
        found = trailing_date(line.text)
        return bool(index and found and len(line.text) < 80 and line.text[found.start - 2] in ",·|")

    def _is_of_title(self, lines: Sequence[Line], index: int, before: CoverLine | None) -> bool:
        """Whether a date is of the title: "PISA 2022" on the first line, a year on its last.

        The year of publication then stands further down.
        """
        line = lines[index]
        if index == 0:
            return self._opens_title(lines, index)
        if before is None or before.role != "text" or line.gap or line.row == before.line.row:
            return False
        if not re.fullmatch(r"(?:19|20)\d\d", line.text):
            return False
        return any(date_line(one.text) or placed_date(one.text) for one in lines[index + 1 :])

    def _opens_title(self, lines: Sequence[Line], index: int) -> bool:
        """Whether a name and a year on the first line are a title: "PISA 2022"."""
        found = placed_date(lines[index].text)
        if index or found is None or date_line(lines[index].text):
            return False
        return re.split(r"[\s,/–-]", lines[index].text)[0].casefold() not in self._places

    def _is_date(self, text: str) -> bool:
        if date_line(text) or leading_date(text) or any(find_copyrights(text)):
            return True
        if ending_date(text):
            return True
        if placed_date(text) is None or _ISSUE.fullmatch(text):
            return False
        # "Kävijätutkimus 2022" begins with no place.
        word = re.split(r"[\s,/–-]", text)[0]
        return word.casefold() in self._places or not self._persons.is_word(word)

    def _is_place(self, text: str) -> bool:
        return bool(_POSTAL.search(text)) or text.casefold().strip(" .,") in self._places

    def _is_organisation(self, text: str) -> bool:
        return self._organizations.is_organisation(text) and not self._reads_as_title(text)

    def _reads_as_title(self, text: str) -> bool:
        """Whether an organisation is but a part of the line: "Kevitsan kaivos ja Lapin liitto…"."""
        school = find_school(text)
        if school is not None and school[1] - school[0] > len(text) * 0.5:
            return False
        words = text.split()
        small = sum(word[:1].islower() for word in words)
        return self._organizations.iri(text) is None and len(words) > 5 and small > len(words) * 0.6


def _joined(line: Line, after: Line) -> Line:
    return replace(line, end=after.end, text=f"{line.text} {after.text}")


def _is_scrap(text: str) -> bool:
    short = _SHORT.fullmatch(text) or sum(map(str.isalpha, text)) < 4
    return bool(short or _SPACED.fullmatch(text))


def _is_label(text: str) -> bool:
    label = read_label(text)
    return (label is not None and (label.colon or label.field != OTHER)) or bool(label_row(text))


def _is_degree(text: str) -> bool:
    degree, programme = find_degree(text), find_programme(text)
    return bool((degree and len(text) <= 90) or (programme and programme.end - programme.start > 8))


def _is_met_again(before: Sequence[CoverLine], line: Line, printed: frozenset[str]) -> bool:
    """Whether a line with those close above it is one line elsewhere: "MINE", "HANDBOOK"."""
    texts = [line.text]
    below = line
    for one in reversed(before):
        if one.role != "text" or below.gap or below.row == one.line.row:
            break
        texts.insert(0, one.line.text)
        below = one.line
    return len(texts) > 1 and fold(" ".join(texts)) in printed


def _goes_on(title: CoverLine | None, line: Line, role: Role) -> bool:
    """Whether a line that looks like something else is more of the title before it."""
    if title is None or title.role != "text":
        return False
    before = title.line
    if role in (*_TITLE_WORDS, "noise") and _OPEN.search(before.text):
        return True
    if line.gap or line.row == before.row:
        return False
    small = line.text[:1].islower() and role in (*_TITLE_WORDS, "date", "noise")
    return small or bool(_PERIOD.fullmatch(line.text))


def _ends_in_place(title: CoverLine | None, line: Line, after: Line | None) -> bool:
    """Whether a place ends the title: it follows at once, an empty line and no date behind it."""
    if title is None or title.role != "text" or line.gap or line.row == title.line.row:
        return False
    return line.text[:1].isupper() and after is not None and after.gap and not date_line(after.text)


def _is_begun(line: Line, after: Line | None, role: Role) -> bool:
    """Whether the next line goes on in small letters: names of organisations do not."""
    if after is None or after.gap or after.row == line.row or date_line(after.text):
        return False
    if _ADDRESS.search(after.text):
        return False
    if role not in ("organisation", "unit", "kind", "series", "degree"):
        return False
    return after.text[:1].islower() and after.page == line.page
