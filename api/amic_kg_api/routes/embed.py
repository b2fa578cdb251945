"""`/embed`: the search box for other sites, shown in three of them, and the script it comes by."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from amic_kg_api.embedding import SCRIPT, EmbedScript, embed_script, snippet
from amic_kg_api.middleware import SCRIPTED
from amic_kg_api.models.embed import EmbedAddress
from amic_kg_api.refusals import NoSuchPage
from amic_kg_api.translations import msgid
from amic_kg_api.visits import ThisVisit, Visit

router = APIRouter(tags=["Search"])

_LOOKS = {"plain": "en", "portal": "fi", "sidebar": "sv"}
"""Pages as others have them, each in its own language."""

_POLICY = "Content-Security-Policy"
_FRAMED = {_POLICY: f"{SCRIPTED[_POLICY]}; frame-src 'self'"}


@router.get("/api/embed", operation_id="embed")
def embed_address(visit: ThisVisit) -> EmbedAddress:
    """Address and hash of the script `amic-search.js`, for a `script` element of another site."""
    script = _script(visit)
    origin = _origin(visit)
    return EmbedAddress(
        script=origin + script.path,
        integrity=script.integrity,
        html=snippet(origin, script, visit.language),
    )


@router.get(f"/static/embed/{SCRIPT}", include_in_schema=False)
@router.get(f"/embed/{SCRIPT}", include_in_schema=False)
def script_file(visit: ThisVisit, v: Annotated[str, Query(max_length=64)] = "") -> Response:
    """The script of the box for other sites; to be kept for ever under its own version."""
    script = _script(visit)
    kept = "max-age=31536000, immutable" if v == script.version else "max-age=3600"
    return Response(
        script.body,
        media_type="text/javascript",
        headers={
            "Cache-Control": f"public, {kept}",
            # https://fetch.spec.whatwg.org/#cross-origin-resource-policy-header: any page may.
            "Cross-Origin-Resource-Policy": "cross-origin",
        },
    )


@router.get("/embed", include_in_schema=False)
def embed_page(visit: ThisVisit) -> HTMLResponse:
    """How another site takes in the search box, with three examples."""
    script = embed_script()
    return visit.pages.render(
        visit.visitor,
        "embed.html",
        headers=_FRAMED,
        looks=_LOOKS if script else {},
        snippet=snippet(_origin(visit), script, visit.language) if script else "",
    )


@router.get("/embed/{look}", include_in_schema=False)
def example(look: str, visit: ThisVisit) -> HTMLResponse:
    """A page as another site may have it, with the box: `plain`, `portal` or `sidebar`."""
    if look not in _LOOKS:
        raise _not_there(visit)
    return visit.pages.render(
        visit.visitor,
        f"embed_{look}.html",
        headers={**SCRIPTED, "Content-Language": _LOOKS[look], "X-Robots-Tag": "noindex"},
        script=_script(visit),
    )


def _script(visit: Visit) -> EmbedScript:
    script = embed_script()
    if script is None:
        raise _not_there(visit)
    return script


def _not_there(visit: Visit) -> NoSuchPage:
    return NoSuchPage(
        visit.request.url.path,
        msgid("no page has this address"),
        msgid("Search from the start page, or check the address"),
    )


def _origin(visit: Visit) -> str:
    return str(visit.request.base_url).rstrip("/")
