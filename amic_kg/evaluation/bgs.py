"""Names of rock units in British reports: what extraction makes of names that it must not take.

The corpus marks lithostratigraphic units (LEXICON), ages (CHRONOSTRAT) and fossil zones (BIOZONE);
none is an organisation, a place, a site or a project, though each is written like one.
Corpus: British Geological Survey, geo-ner-model; a token and its tag a line, a blank one between
sentences.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from amic_kg.errors import InvalidGold, UnreadableInput
from amic_kg.evaluation.figures import Section
from amic_kg.evaluation.passages import Extract

FILE = "bgs.3class.geo-training-data.txt"
LABELS = ("LEXICON", "CHRONOSTRAT", "BIOZONE")
WRONG = ("Organization", "Project", "Site", "Place")
"""Types that a name of a rock unit, an age or a fossil zone cannot have."""

_SENTENCES = 1200
"""From the beginning of the file: enough to tell, and a minute less to wait."""

_NO_SPACE_BEFORE = frozenset(".,;:)%]’'")
_NO_SPACE_AFTER = frozenset("([")


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence as text, and its marked names as (label, start, end)."""

    text: str
    names: tuple[tuple[str, int, int], ...]


def read_sentences(folder: Path) -> Iterator[MarkedSentence]:
    """The sentences of the corpus with their names; raises UnreadableInput or InvalidGold."""
    path = folder / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(str(path), f"cannot be read ({error})", "Name its folder") from None
    rows: list[tuple[str, str]] = []
    for number, line in enumerate((*lines, ""), 1):
        if line.strip():
            token, tab, tag = line.rpartition("\t")
            if not tab:
                raise InvalidGold(f"{path.name}:{number}", "has no tab", "Write token, tab, tag")
            rows.append((token.strip(), tag.strip()))
        elif rows:
            yield _sentence(rows)
            rows = []


def judge_rock_units(folder: Path, extract: Extract) -> Section:
    """How many marked names each type of entity was found on."""
    counted: dict[str, Counter[str]] = {label: Counter() for label in LABELS}
    errors: list[str] = []
    for number, sentence in enumerate(read_sentences(folder)):
        if number == _SENTENCES:
            break
        if not sentence.names:
            continue
        mentions = extract(sentence.text, "en").mentions
        for label, start, end in sentence.names:
            types = {m.type for m in mentions if m.start < end and start < m.end}
            counted[label]["names"] += 1
            for kind in WRONG:
                if kind in types:
                    counted[label][kind] += 1
                    errors.append(f"{kind}: {sentence.text[start:end]}")
    return Section(
        "Names of rock units, ages and fossil zones taken for something else",
        ("label", "names", *WRONG, "share taken"),
        tuple(_rows(counted)),
        f"The first {_SENTENCES} sentences of the corpus; a name of a place within a unit's name "
        "(the Mearns of the Mearns Group) counts as taken too.",
        tuple(errors),
    )


def _rows(counted: dict[str, Counter[str]]) -> Iterator[tuple[str, ...]]:
    for label, count in counted.items():
        if count["names"]:
            taken = sum(count[kind] for kind in WRONG)
            yield (
                label,
                str(count["names"]),
                *(str(count[kind]) for kind in WRONG),
                f"{taken / count['names']:.3f}",
            )


def _sentence(rows: Iterable[tuple[str, str]]) -> MarkedSentence:
    text = ""
    names: list[tuple[str, int, int]] = []
    before = "O"
    for token, tag in rows:
        if text and token not in _NO_SPACE_BEFORE and text[-1] not in _NO_SPACE_AFTER:
            text += " "
        start = len(text)
        text += token
        if tag in LABELS:
            if tag == before:
                label, first, _ = names.pop()
                names.append((label, first, len(text)))
            else:
                names.append((tag, start, len(text)))
        before = tag
    return MarkedSentence(text, tuple(names))
