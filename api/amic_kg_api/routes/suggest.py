"""`/api/suggest`: completions while somebody types, for this site's box and for those of others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from amic_kg.search.completions import Completion
from amic_kg_api import names
from amic_kg_api.models.suggest import Suggestion, Suggestions, SuggestQuery
from amic_kg_api.refusals import InvalidParameter
from amic_kg_api.suggesting import COMPLETED_TYPES, DOCUMENT, suggesting_of
from amic_kg_api.translations import Words, msgid, read_words
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Search"])

_KEPT_SECONDS = 60


@router.get("/api/suggest", operation_id="suggest")
def suggest(
    query: Annotated[SuggestQuery, Query()], visit: ThisVisit, response: Response
) -> Suggestions:
    """Concepts, sites, organisations, projects, places and titles that have what is typed.

    Each typed word begins a word of a name, in any language; where few names have them, a letter
    or two may be wrong. First what begins so by its name in the reader's language, then what most
    documents name.
    """
    for wanted in query.type:
        if wanted not in COMPLETED_TYPES:
            raise InvalidParameter(
                "type",
                msgid("is not a type that is completed"),
                msgid("Take Document, or a type of names such as Theme, Method, Site, Project"),
            )
    completions = suggesting_of(visit.request).completions()
    response.headers["Vary"] = "Accept-Language"
    if completions is None:
        response.headers["Cache-Control"] = "no-store"
        return Suggestions(complete=False, suggestions=[])
    response.headers["Cache-Control"] = f"public, max-age={_KEPT_SECONDS}"
    found = completions.complete(
        query.q, language=visit.language, types=query.type, size=query.size
    )
    words = read_words()[visit.language]
    return Suggestions(
        complete=True, suggestions=[_suggestion(each, visit, words) for each in found]
    )


def _suggestion(completion: Completion, visit: Visit, words: Words) -> Suggestion:
    thing = completion.thing
    text, language = thing.label(visit.language)
    kind = names.KINDS.get(thing.kind, thing.kind) if thing.type == DOCUMENT else ""
    return Suggestion(
        text=text,
        language=language,
        matched=completion.matched,
        matched_language=completion.matched_language,
        highlights=list(completion.typed),
        type=thing.type,
        type_label=words.text(kind or names.TYPES.get(thing.type, thing.type)),
        iri=thing.iri,
        url=visit.site.thing(thing.iri),
        count=thing.documents,
    )
