"""An inquiry: a competency question with the values somebody gives, found by IRI, key or name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from amic_kg.iris import CANONICAL_BASE
from amic_kg.ontology import Vocabulary
from amic_kg.questions import Parameter, Question

_THING = re.compile(rf"{CANONICAL_BASE}(?:vocab|id)/[^/]+/[^/#]+")
_OWN_LIMIT = re.compile(r"\nLIMIT ([0-9]+)\s*\Z")


def read_values(
    parameter: Parameter, given: Sequence[str], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """The values that `given` stand for; raises InvalidQuery for one that cannot be bound."""
    values = tuple(given)
    if parameter.kind == "iri":
        values = tuple(_named(parameter, value, vocabulary) for value in given)
    parameter.block(values)
    return values


def window_query(
    question: Question, values: Mapping[str, Sequence[str]], *, limit: int, offset: int = 0
) -> str:
    """The SPARQL text of the question for at most `limit` of its rows, after the first `offset`."""
    text = question.query(values)
    own = _OWN_LIMIT.search(text)
    if own:
        # The question itself ends after so many rows: the window lies within them.
        text, limit = text[: own.start()], max(min(limit, int(own[1]) - offset), 0)
    return f"{text.rstrip()}\nLIMIT {limit}\nOFFSET {offset}\n"


def _named(parameter: Parameter, given: str, vocabulary: Vocabulary) -> str:
    """The IRI that `given` is, or that has `given` as a name or as its last part.

    Raises InvalidQuery for an IRI of ours that names nothing, or a thing of another class.
    """
    value = parameter.resolve(given)
    entity = vocabulary.get(value)
    if entity is not None:
        if parameter.thing not in (None, entity.type):
            raise parameter.wrong(given, f"is a {entity.type}", f"Give a {parameter.thing}")
        return value
    wanted = given.strip().casefold()
    named = [
        entity.iri
        for entity in vocabulary
        if parameter.thing in (None, entity.type)
        and wanted in (label.casefold() for label in entity.preferred.values())
    ]
    if len(named) > 1:
        raise parameter.wrong(given, "names several things", f"Give one of {', '.join(named)}")
    if not named and _THING.fullmatch(value):
        raise parameter.wrong(
            given,
            "names nothing in the vocabularies and the registry",
            f"Give a name, or an IRI such as {parameter.default[0]}",
        )
    return named[0] if named else value
