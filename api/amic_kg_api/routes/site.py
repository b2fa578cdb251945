"""What a site has besides: robots.txt, the icon that browsers ask for, OpenSearch."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from amic_kg_api.rendering import static_address
from amic_kg_api.visits import ThisVisit

router = APIRouter(include_in_schema=False)

# https://www.rfc-editor.org/rfc/rfc9309: lists of results and queries are endless, things are not.
_ROBOTS = """\
User-agent: *
Disallow: /sparql?
Disallow: /?q=
Disallow: /api/search
Disallow: /api/suggest
Allow: /
"""


@router.get("/robots.txt")
def robots() -> PlainTextResponse:
    return PlainTextResponse(_ROBOTS)


@router.get("/favicon.ico")
def icon() -> RedirectResponse:
    return RedirectResponse(static_address("mark.svg"), 308)


@router.get("/opensearch.xml")
def opensearch(visit: ThisVisit) -> Response:
    """Lets a browser offer this search (https://github.com/dewitt/opensearch)."""
    page = visit.pages.render(
        visit.visitor, "opensearch.xml", origin=str(visit.request.base_url).rstrip("/")
    )
    return Response(
        page.body,
        media_type="application/opensearchdescription+xml",
        headers={"Vary": "Accept-Language"},
    )
