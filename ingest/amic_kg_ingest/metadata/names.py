"""Names of persons and organisations: as "Surname, Given", and one form of one organisation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from amic_kg.ontology import load_vocabulary
from amic_kg_ingest.metadata.institutions import INSTITUTIONS
from amic_kg_ingest.metadata.packed_values import text_in, unpack

_ROLE = re.compile(
    r"\s*[(\[](?:päätoim|toim|toimittaja\w*|red|redaktör|ed|eds|editors?|utg|hrsg|eic|kirj|trans|"
    r"kääntäjä|chefred|[\W\d])[^()\[\]]*[)\]]",
    re.IGNORECASE,
)
_LIFE = re.compile(r",?\s+(?:1[5-9]|20)\d\d\s?[-–]\s?(?:(?:1[5-9]|20)\d\d)?\.?$")
_BREAK = re.compile(r"\s*;\s*|\s+&\s+|\s+/\s+")
_LIST_BREAK = re.compile(r"\s*,\s*(?:and|ja|och|sekä)?\s*|\s+(?:and|ja|och|sekä)\s+")
_PARTICLES = frozenset(
    ("af", "av", "von", "van", "der", "den", "de", "du", "da", "la", "le", "di", "del", "dos", "zu")
)
_WORD = r"[^\W\d_](?:[^\W\d_]|['’´.\-])*"
_GIVEN_FIRST = re.compile(rf"{_WORD}(?:\s+{_WORD}){{1,4}}")
_INITIAL_DOT = re.compile(r"(?:^|[\s.\-])[^\W\d_]\.$")

_ORGANISATION = re.compile(
    r"\b(?:oy|oyj|ab|abp|ltd|inc|gmbh|ry|rf|university|universitet\w*|\w*yliopisto|\w*koulu|"
    r"\w*högskola\w*|institute|\w*instituutti|institut\w*|\w*keskus|\w*laitos|ministry|"
    r"\w*ministeriö|\w*ministeriet|cent(?:re|er)|\w*virasto|\w*verket|agency|council|commission|"
    r"\w*liitto|\w*förbund|association|\w*yhdistys|\w*säätiö|foundation|committee|unit|"
    r"\w*työryhmä|\w*ryhmä|working group|academy|akademi|\w*kunta|\w*kaupunki|company|"
    r"department|survey|hallitus|\w*hallitus|valtioneuvosto|\w*neuvosto|press|förlag|"
    r"\w*kirjasto|\w*museo|\w*seura|consortium|society|college)\b",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:oy\s?ab|ab\s?oy|oyj?|abp?|ltd\.?|plc|inc\.?|llc|gmbh|ag|s\.?a\.?|b\.?v\.?|r\.?y\.?|"
    r"r\.?f\.?)(?=$|[\s,(])",
    re.IGNORECASE,
)
_PLACE_BEFORE = re.compile(r"^\[?[A-ZÅÄÖ][\w.\- ]{1,30}\]?\s+:\s+")
_ACRONYM_AFTER = re.compile(r"\s*(?:\(([^()]*)\)|,\s*([A-Z][\w]{1,9})|\s-\s[\w ]+)$")
_NOT_WORDS = re.compile(r"[^\w]+")


def is_organisation(value: str) -> bool:
    """Whether the name is known as, or reads like, that of an organisation."""
    return _key(value) in _known() or bool(_ORGANISATION.search(value))


def person_names(value: str) -> tuple[str, ...]:
    """The persons of one value as "Surname, Given", without roles and years of life.

    "Mahmoodi, Kosar; Stenroos, Johanna" are two, "Raija N., Minna S. ja Aleksi R. (toim.)" three.
    A name of one word stays as it is; an organisation among them too.
    """
    names: dict[str, None] = {}
    for part in _BREAK.split(_ROLE.sub("", text_in(value, "fi", "en", "sv"))):
        for name in _listed(part.strip()):
            if clean := _person(name):
                names[clean] = None
    return tuple(names)


def organisation_name(value: str) -> str | None:
    """The name that the registry, else the table of institutions prefers; else the name tidied.

    Five spellings of one publisher give one: packed, in another language, with its legal form, its
    acronym or its town. None for what has no letters.
    """
    texts = unpack(value)
    for text in texts.values():
        for form in _forms(text):
            if known := _known().get(_key(form)):
                return known
    text = _PLACE_BEFORE.sub("", text_in(value, "fi", "en", "sv")).strip(" .,;:")
    return text if any(map(str.isalpha, text)) else None


def _listed(text: str) -> Iterable[str]:
    """A list as "Given Surname, Given Surname ja Given Surname" in its parts, all else whole."""
    if is_organisation(text):
        return [text]
    parts = [part for part in _LIST_BREAK.split(text) if part]
    several = len(parts) > 1 and all(_GIVEN_FIRST.fullmatch(part) for part in parts)
    # "Muñoz Esquivel, Karla Anna" is one person: two parts at one comma say nothing.
    if several and (len(parts) > 2 or "," not in text):
        return parts
    return [text]


def _person(value: str) -> str:
    name = _LIFE.sub("", re.sub(r"\s+", " ", value)).strip(" ,;:")
    if name.endswith(".") and not _INITIAL_DOT.search(name):
        name = name[:-1]
    if "," in name or is_organisation(name) or not _GIVEN_FIRST.fullmatch(name):
        surname, _, given = (part.strip() for part in name.partition(","))
        return f"{surname}, {given}" if given and "," in name else name
    words = name.split(" ")
    first = len(words) - 1
    while first > 1 and words[first - 1].casefold() in _PARTICLES:
        first -= 1
    return f"{' '.join(words[first:])}, {' '.join(words[:first])}"


def _forms(text: str) -> Iterable[str]:
    """A name and what it is without its town, its legal form and what stands after it."""
    yield text
    plain = _PLACE_BEFORE.sub("", text)
    yield plain
    if match := _ACRONYM_AFTER.search(plain):
        yield plain[: match.start()]


def _key(text: str) -> str:
    """Spellings that differ in case, hyphens, punctuation, article or legal form are one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = _LEGAL_FORM.sub(" ", folded)
    return re.sub(r"^the ", "", _NOT_WORDS.sub(" ", folded).strip())


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    """Every label, folded, to the name preferred; a label of two organisations is none's."""
    names: dict[str, str] = {}
    ambiguous: set[str] = set()
    for entity in load_vocabulary():
        if entity.type != "Organization":
            continue
        preferred = next(
            (entity.preferred[x] for x in ("fi", "en", "sv") if x in entity.preferred),
            entity.label("en"),
        )
        for _, label, _ in entity.labels():
            key = _key(label)
            if names.setdefault(key, preferred) != preferred:
                ambiguous.add(key)
    for key in ambiguous:
        del names[key]
    for line in INSTITUTIONS.replace("\n|", "|").strip().splitlines():
        labels = [label.strip() for label in line.split("|")]
        preferred = next((names[_key(x)] for x in labels if _key(x) in names), labels[0])
        for label in labels:
            names.setdefault(_key(label), preferred)
    return names
