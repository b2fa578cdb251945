"""The title among the lines of a cover: its block of lines, its subtitle, its spelling."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from amic_kg.extract.front_matter.cover_line import Cover, CoverLine, Role
from amic_kg.extract.front_matter.kinds import find_kind
from amic_kg.extract.front_matter.organizations import fold
from amic_kg.language import Analyzer
from amic_kg.records import Page

_OPEN = re.compile(
    r"(?:[,&/-]|\s(?:ja|and|och|sekä|tai|eli|of|in|for|the|a|an|to|on|at|from|with|by|i|av|för|på|"
    r"till|"
    r"med|om|under|hos|ett|en|vid|kuin|as|its|their|between|mellan|und))$",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s*[:–—-]$")
_LEAD = re.compile(r"^[:–—-]\s+")
_ISSUE = re.compile(
    r"(?:newsletter|nyhetsbrev|uutiskirje|tiedotuslehti|infobrev)\s(?:(?:nr|nro|no|n:o|issue)\.?\s)?"
    r"\d{1,3}(?:\s?/\s?(?:19|20)\d\d)?(?:[,|]?\s.{2,20})?",
    re.IGNORECASE,
)
_OF_REPORT = re.compile(
    r"\w*(?:raportti|selvitys)|(?:\w+\s)?report|\w*(?:rapport|utredning)", re.IGNORECASE
)
_SUBTITLE = re.compile(r"(?:case|tapaus|fallet)\b|[:–—-]\s", re.IGNORECASE)
"""What begins a subtitle however far below the title it stands."""

_HEADING_KIND = re.compile(r"^(?:deliverable|article|research article|artikkeli)\b", re.IGNORECASE)
_LONGEST = 320
_TELLING = 12
_SHORT = 5
_SLOGAN = 3
_GOOD = 2.5
_SECOND_CHOICE: tuple[Role, ...] = (
    "text", "kind", "unit", "organisation", "series", "degree",
)  # fmt: skip
_DELIVERABLE = re.compile(
    r"^(?:deliverable\s*(?:no\.?\s*)?)?D\s?\d{1,2}\.\d{1,2}\s*[:.–—-]?\s+(?=\w)|"
    r"^deliverable\s*[:–—-]\s+(?=\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines of one kind of print."""

    lines: tuple[CoverLine, ...]
    index: int
    """The place of the first line among the lines of its page."""

    @property
    def text(self) -> str:
        return join_lines([one.line.text for one in self.lines])

    @property
    def shouted(self) -> bool:
        return is_shouted(self.text)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title proper and its subtitle ("" if none) as printed, with the place of both together."""

    proper: str
    subtitle: str
    page: int
    start: int
    end: int
    subtitle_start: int
    score: float


def find_title(covers: Sequence[Cover], pages: Sequence[Page]) -> TitleFound | None:
    """The run of blocks that reads most like the title, with what belongs to it behind.

    Where the first page has no line that could be one, lines are tried that look like something
    else: a report may be called "Vuosiraportti 2021".
    """
    texts = {page.number: fold(page.text[:8000]) for page in pages[:10]}
    best = _best(covers, ("text",), texts)
    first = covers[0].lines[0].line.page if covers and covers[0].lines else 0
    if best is None or best[0] < 0 or best[1][0].lines[0].line.page != first:
        second = _best(covers[:1], _SECOND_CHOICE, texts)
        if second is not None and second[0] >= 0 and (best is None or best[0] < _GOOD):
            best = second
    if best is None or best[0] < 0:
        return None
    return _with_issue(_with_kind(_extended(best[1], best[0]), covers), covers)


def _with_issue(found: TitleFound, covers: Sequence[Cover]) -> TitleFound:
    """Of a newsletter its number as subtitle: "Nyhetsbrev nr 3, hösten 2022"."""
    if found.subtitle:
        return found
    for one in (one for cover in covers for one in cover.lines):
        own = fold(one.line.text) in fold(found.proper) or one.line.page < found.page
        if not own and _ISSUE.fullmatch(one.line.text):
            return replace(found, subtitle=one.line.text)
    return found


def _with_kind(found: TitleFound, covers: Sequence[Cover]) -> TitleFound:
    """With the kind of report close below the title as its subtitle: "Tutkimusraportti"."""
    lines = [one for cover in covers for one in cover.lines if one.line.page == found.page]
    for before, one in pairwise(lines):
        close = before.line.end == found.end and one.role == "kind" and not one.line.apart
        if close and _OF_REPORT.fullmatch(one.line.text):
            text, start = one.line.text, one.line.start
            if found.subtitle:
                text, start = f"{found.subtitle} : {text}", found.subtitle_start
            return replace(found, subtitle=text, subtitle_start=start, end=one.line.end)
    return found


def _best(
    covers: Sequence[Cover], roles: Sequence[Role], texts: dict[int, str]
) -> tuple[float, list[Block]] | None:
    best: tuple[float, list[Block]] | None = None
    for order, cover in enumerate(covers):
        for number, chain in enumerate(_chains(cover, roles)):
            chosen = _from_repeated(chain, texts)
            score = _score(chosen, number, order, cover, texts)
            if best is None or score > best[0]:
                best = score, chosen
    return best


def _chains(cover: Cover, roles: Sequence[Role]) -> list[list[Block]]:
    """The blocks of lines of these roles; those with nothing between them in one list."""
    chains: list[list[Block]] = []
    current: list[CoverLine] = []
    for index, one in enumerate((*cover.lines, None)):
        fits = one is not None and one.role in roles
        parted = one is None or not fits or one.line.gap or (current and _breaks(current[-1], one))
        if current and parted:
            first = index - len(current)
            block = Block(tuple(current), first)
            last = chains[-1][-1] if chains else None
            touching = last is not None and last.index + len(last.lines) == first
            open_end = last is not None and _ends_open(last.text)
            begun = _SUBTITLE.match(current[0].line.text)
            if touching and (open_end or begun or not current[0].line.apart):
                chains[-1].append(block)
            else:
                chains.append([block])
            current = []
        if one is not None and fits:
            current.append(one)
    return chains


def _from_repeated(chain: list[Block], texts: dict[int, str]) -> list[Block]:
    """The chain without what stands before the title: the title is met again on other pages."""
    shouted = [at for at, block in enumerate(chain) if block.shouted and " " in block.text]
    if (
        len(shouted) == 1
        and not chain[0].shouted
        and len(chain[shouted[0]].text) > len(chain[0].text)
    ):
        # "Ympäristötekniikka", then the title in capitals.
        chain = chain[shouted[0] :]
    for at, block in enumerate(chain[:4]):
        folded = fold(block.text)
        page = block.lines[0].line.page
        if len(folded) >= _TELLING and any(folded in t for n, t in texts.items() if n != page):
            return chain[at:]
    slogan = chain[0].text.endswith("!") and len(chain[0].text.split()) <= _SLOGAN
    if len(chain) > 1 and (slogan or len(fold(chain[0].text)) < _SHORT):
        return chain[1:]
    return chain


def _breaks(before: CoverLine, after: CoverLine) -> bool:
    one, other = before.line.text, after.line.text
    if _OPEN.search(one) or not any(map(str.isalpha, other)):
        return False
    return is_shouted(one) != is_shouted(other) and len(fold(one)) > 5 and len(fold(other)) > 5


def _score(
    chain: list[Block], number: int, order: int, cover: Cover, texts: dict[int, str]
) -> float:
    block = chain[0]
    text = block.text
    folded = fold(text)
    letters = sum(map(str.isalpha, text))
    score = min(letters, 20) / 10 - 0.8 * order - 0.4 * min(number, 4)
    neighbours = [cover.lines[block.index - 1].role] if block.index else []
    after = chain[-1].index + len(chain[-1].lines)
    neighbours += [one.role for one in cover.lines[after : after + 1]]
    if "name" in neighbours:
        score += 1.5
    if block.index and _HEADING_KIND.search(cover.lines[block.index - 1].line.text):
        score += 1.5
    if letters >= 8:
        page = block.lines[0].line.page
        others = [one for number, one in texts.items() if number != page]
        first = fold(block.lines[0].line.text)
        whole = sum(folded in one for one in others)
        # A title page may leave the subtitle out that the cover has.
        begun = sum(first in one for one in others) if len(first) >= _TELLING else 0
        score += min(2, max(whole, 0.9 * begun))
    if block.shouted and letters > 8:
        score += 0.5
    if text[:1].islower() or text[:1] in "•●▪-*(":
        score -= 2
    if len(text) > _LONGEST or len(re.findall(r"[.!?]\s+[A-ZÅÄÖ]", text)) > 1:
        score -= 4
    elif text.endswith(".") and len(text) > 60:
        score -= 1.5
    if letters < 6:
        score -= 2
    if len(text.split()) == 1 and len(text) < 12:
        score -= 0.7
    return score


def _extended(chain: list[Block], score: float) -> TitleFound:
    """The first block with those behind it that go on with the title or are its subtitle."""
    chosen = chain[:1]
    for after in chain[1:4]:
        length = sum(len(one.text) for one in chosen) + len(after.text)
        if length > _LONGEST or not _is_subtitle(chosen[-1], after):
            break
        chosen.append(after)
    first, final = chosen[0].lines[0].line, chosen[-1].lines[-1].line
    proper, subtitle, subtitle_start = chosen[0].text, "", first.start
    for after in chosen[1:]:
        line = after.lines[0].line
        tail = subtitle or proper
        if _goes_on(tail, after.text):
            joined = join_lines([tail, after.text])
            if subtitle:
                subtitle = joined
            else:
                proper = joined
        elif subtitle:
            subtitle = f"{subtitle} : {after.text}"
        else:
            proper = _PARTS.sub("", proper) if proper.endswith((":", "–", "—")) else proper
            subtitle, subtitle_start = _LEAD.sub("", after.text), line.start
    return TitleFound(proper, subtitle, first.page, first.start, final.end, subtitle_start, score)


def _ends_open(text: str) -> bool:
    return bool(_OPEN.search(text) or _PARTS.search(text))


def _is_subtitle(last: Block, after: Block) -> bool:
    text = after.text
    if text.startswith("("):
        return False
    if _goes_on(last.text, text) or _PARTS.search(last.text) or _LEAD.match(text):
        return True
    words = text.split()
    if len(words) < 2 or text.endswith((".", "!")) or len(re.findall(r"[.!?]\s", text)) > 1:
        return False
    kind = find_kind(text)
    assessed = re.search(r"arviointi|assessment", text, re.IGNORECASE)
    of_kind = kind is not None and kind.value == "Report" and kind.end == len(text)
    if of_kind and not assessed and len(words) <= 3:
        # "Tekninen raportti", "Final report": a kind rather than a subtitle.
        return False
    under = text[:1].islower() and last.shouted and not after.shouted
    return under or text[:1].isupper() or text[:1].isdigit() or text[:1] in '–—-"”'


def _goes_on(before: str, after: str) -> bool:
    """Whether a title runs on into the next block: an open end, or a small letter."""
    if _OPEN.search(before):
        return True
    small = after[:1].islower() and not before.endswith((":", "."))
    return small and is_shouted(before) == is_shouted(after)


def join_lines(texts: Sequence[str]) -> str:
    """Lines as one; a word parted at a line's end is whole again, a hyphen before "ja" stays."""
    whole = ""
    for text in texts:
        flat = " ".join(text.split())
        if re.search(r"[^\W\d_]-$", whole) and flat[:1].islower():
            keeps = re.match(r"(?:ja|tai|sekä|och|and|or|eller)\b", flat)
            whole = f"{whole} {flat}" if keeps else whole[:-1] + flat
        elif re.search(r"[A-ZÅÄÖ]{2}-$", whole) and flat[:2].isupper():
            whole += flat
        else:
            whole = f"{whole} {flat}" if whole else flat
    return whole


def is_shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 3 and sum(map(str.isupper, letters)) > 0.85 * len(letters)


def split_title(title: str) -> tuple[str, str]:
    """Title proper and subtitle of one printed string: at a colon, or a spaced dash."""
    match = re.search(r"\s?:\s+", title)
    if match and match.start() > 3:
        return title[: match.start()].strip(), title[match.end() :].strip()
    match = re.search(r"\s[–—]\s|\s-\s", title)
    if match and match.start() >= 8 and len(title) - match.end() >= 8:
        return title[: match.start()].strip(), title[match.end() :].strip()
    return title, ""


def without_number(title: str) -> str:
    """Without the number of a deliverable before it: "D3.2 – Report on X" gives "Report on X"."""
    return _DELIVERABLE.sub("", title) if find_kind(title) else title


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


class Spelling:
    """How a word is spelt in mixed case, for titles set in capitals.

    By the document's own text, else by `names`, the folded names of places.
    """

    def __init__(self, pages: Sequence[Page], analyzer: Analyzer, names: frozenset[str]) -> None:
        self._analyzer = analyzer
        self._names = names
        self._forms: dict[str, Counter[str]] = {}
        for page in pages[:12]:
            for line in page.text[:8000].splitlines():
                if not is_shouted(line):
                    for at, word in enumerate(_WORD.findall(line)):
                        # The first word of a line may open a sentence: it tells little.
                        if at or word.islower() or word.isupper():
                            self._forms.setdefault(word.lower(), Counter())[word] += 1

    def sentence_case(self, text: str) -> str:
        """A shouted text in small letters but for its first word and the names in it."""
        if not is_shouted(text):
            return text
        result = _WORD.sub(lambda match: self._form(match.group()), text)
        return result[:1].upper() + result[1:]

    def _form(self, word: str) -> str:
        forms = self._forms.get(word.lower())
        if forms:
            return max(sorted(forms), key=lambda form: forms[form])
        lemmas = [lemma for token in self._analyzer.tokens(word, "fi") for lemma in token.lemmas]
        if word.lower() in self._names or "-".join(lemmas) in self._names:
            return "-".join(part.capitalize() for part in word.split("-"))
        named = any(lemma in self._names for lemma in lemmas)
        return word.capitalize() if named and "-" not in word else word.lower()
