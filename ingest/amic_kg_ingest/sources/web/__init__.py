"""Web pages and documents: one address, a list of addresses, or what a sitemap names."""

from __future__ import annotations

from amic_kg_ingest.fetch import AddressGuard, read_networks
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.web.options import WebOptions
from amic_kg_ingest.sources.web.source import WebSource

__all__ = ["FILTER", "OPTIONS", "WebSource", "open_source"]

OPTIONS, FILTER = WebOptions, Filter


def open_source(declaration: Declaration, surroundings: Surroundings) -> WebSource:
    """The pages at the declaration's address; a path is a file with one address a line."""
    AddressGuard(read_networks(surroundings.settings.fetch_allow, "AMIC_FETCH_ALLOW"))
    options = WebOptions.of(declaration.options, declaration.name)
    wanted = Filter.of(declaration.filter, declaration.name)
    return WebSource(declaration, options, wanted, surroundings)
