"""What of a source is wanted: by topic, words, date, language, kind and organisation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from amic_kg.errors import InvalidSetting
from amic_kg.extract.bibliography import language_code
from amic_kg_ingest.sources.options import names, setting

_TEXTS = ("title", "abstract", "subject", "description")
_NAMES = ("publisher", "creator", "contributor", "commissioner", "organisation")

FindConcepts = Callable[[str, str], Iterable[str]]
"""(text, language) to the IRIs of the concepts it names, with those that are broader."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Each part that is given must be met; of its values one is enough.

    Topics and terms are one part: either will do.
    """

    topics: tuple[str, ...] = setting(
        "concepts of the vocabularies, each with all that is narrower; these or `terms`",
        '["theme/mine-water-management"]',
        unset="all",
    )
    terms: tuple[str, ...] = setting(
        "beginnings of words in title, abstract and subjects; these or `topics`",
        '["kaivos", "mining"]',
        unset="all",
    )
    since: str = setting(
        "the first year or ISO date of publication",
        "2015",
        "",
        name="from",
        unset="all",
        sort="year or date",
    )
    until: str = setting(
        "the last year or ISO date of publication", "2026", "", unset="all", sort="year or date"
    )
    languages: tuple[str, ...] = setting(
        "languages; what tells none is not left out", '["fi", "en", "sv"]', unset="all"
    )
    kinds: tuple[str, ...] = setting(
        "kinds of documents; what tells none is not left out",
        '["MasterThesis", "Report"]',
        unset="all",
    )
    organisations: tuple[str, ...] = setting(
        "part of a name in publisher, creator, contributor or commissioner",
        '["Lapin ammattikorkeakoulu"]',
        unset="all",
    )

    @classmethod
    def of(cls, table: Mapping[str, object], where: str) -> Filter:
        """Raises InvalidSetting for a key that is unknown, or a value of another type."""
        known = names(cls)
        if unknown := sorted(table.keys() - set(known)):
            raise InvalidSetting(
                where, f"filters by '{unknown[0]}', which is unknown", f"Use {', '.join(known)}"
            )
        values: dict[str, object] = {}
        for key, value in table.items():
            if key in ("from", "until"):
                values["since" if key == "from" else key] = _date(value, f"{where}, {key}")
            else:
                values[key] = _texts(value, f"{where}, {key}")
        return cls(**values)  # type: ignore[arg-type]

    def leaves_out(
        self, metadata: Mapping[str, object], find_concepts: FindConcepts | None = None
    ) -> str | None:
        """Why a record is not wanted, in a few words; None when it is.

        A record that does not tell its date, language or kind is not left out for that.
        """
        return (
            self._out_of_time("".join(_values(metadata.get("issued"))[:1]))
            or self._of_another_sort(metadata)
            or (
                "another topic"
                if (self.terms or self.topics) and not self._on_topic(metadata, find_concepts)
                else None
            )
        )

    def _out_of_time(self, issued: str) -> str | None:
        if issued and self.since and issued < self.since[: len(issued)]:
            return f"before {self.since}"
        if issued and self.until and issued[: len(self.until)] > self.until:
            return f"after {self.until}"
        return None

    def _of_another_sort(self, metadata: Mapping[str, object]) -> str | None:
        told = {code for x in _values(metadata.get("language")) if (code := language_code(x))}
        if self.languages and told and not told & set(self.languages):
            return "another language"
        kinds = set(_values(metadata.get("type")))
        if self.kinds and kinds and not kinds & set(self.kinds):
            return "another kind"
        if self.organisations and not self._names_organisation(metadata):
            return "another organisation"
        return None

    def _names_organisation(self, metadata: Mapping[str, object]) -> bool:
        names = [x.casefold() for key in _NAMES for x in _values(metadata.get(key))]
        return any(wanted.casefold() in name for wanted in self.organisations for name in names)

    def _on_topic(self, metadata: Mapping[str, object], find_concepts: FindConcepts | None) -> bool:
        texts = [text for key in _TEXTS for text in _values(metadata.get(key))]
        if self.terms:
            words = "|".join(map(re.escape, self.terms))
            beginning = re.compile(rf"\b(?:{words})", re.IGNORECASE)
            if any(map(beginning.search, texts)):
                return True
        if not self.topics or find_concepts is None:
            return False
        languages = [language_code(x) or "und" for x in _values(metadata.get("language"))]
        return any(
            concept.endswith(f"/{topic}")
            for text in texts
            for language in languages or ("fi", "en", "sv")
            for concept in find_concepts(text, language)
            for topic in self.topics
        )


def _values(value: object) -> list[str]:
    if isinstance(value, Mapping):
        return [str(x) for x in value.values()]
    if isinstance(value, list | tuple):
        return [text for x in value for text in _values(x)]
    return [] if value is None else [str(value)]


def _texts(value: object, where: str) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    if not values or not all(isinstance(x, str) and x for x in values):
        raise InvalidSetting(where, "is no text and no list of texts", 'Write it as ["a", "b"]')
    return tuple(values)


def _date(value: object, where: str) -> str:
    text = str(value)
    if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        raise InvalidSetting(where, f"'{text}' is no date", "Write a year, or a date as 2026-11-25")
    return text
