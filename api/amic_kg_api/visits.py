"""One visit: the request with all that a route needs to answer it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends, Request

from amic_kg_api.addresses import SiteMap
from amic_kg_api.overview import Overview
from amic_kg_api.remembered import Remembered
from amic_kg_api.rendering import Pages, pages_of
from amic_kg_api.services import Services, services_of
from amic_kg_api.visitors import Visitor, visitor_of


@dataclass(frozen=True, slots=True)
class Visit:
    request: Request
    services: Services
    visitor: Visitor
    pages: Pages
    overview: Overview
    remembered: Remembered

    @property
    def site(self) -> SiteMap:
        return self.pages.site

    @property
    def language(self) -> str:
        return self.visitor.language


def overview_of(request: Request) -> Overview:
    return cast(Overview, request.app.state.overview)


def remembered_of(request: Request) -> Remembered:
    return cast(Remembered, request.app.state.remembered)


# A coroutine, so that no thread is taken for putting names together.
async def visit_of(request: Request) -> Visit:
    return Visit(
        request,
        services_of(request),
        visitor_of(request),
        pages_of(request),
        overview_of(request),
        remembered_of(request),
    )


ThisVisit = Annotated[Visit, Depends(visit_of)]
