"""What the tools answer from: the open services, and the website that their answers lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from amic_kg.errors import SystemFault
from amic_kg.iris import CANONICAL_BASE
from amic_kg.ontology import Entity
from amic_kg.search import Highlight
from amic_kg.settings import Settings
from amic_kg_api.addresses import Address, SiteMap
from amic_kg_api.models.assistant import NamedThing, QuotedPassage
from amic_kg_api.services import Services
from amic_kg_api.snippets import quotable
from amic_kg_api.visitors import Visitor

_ANYWHERE = Address("/")
_WORDS_IN_LINK = 8


@dataclass(frozen=True, slots=True)
class Collection:
    """`site_url` is where the website is, ending in /."""

    services: Services
    site_url: str

    @property
    def site(self) -> SiteMap:
        return SiteMap(self.services.iris.base)

    def reader(self, language: str) -> Visitor:
        """Who reads the answers: links lead to pages in the same language."""
        return Visitor(language, named=True, address=_ANYWHERE)

    def link(self, address: Address | str) -> str:
        """An address of the website in full; one of somebody else as it is."""
        text = str(address)
        return f"{self.site_url}{text[1:]}" if text.startswith("/") else text

    def path_of(self, given: str) -> str:
        """The path of an address or IRI of ours; what is none of them as it is."""
        for base in (self.site_url, self.services.iris.base, CANONICAL_BASE):
            if given.startswith(base):
                return given.removeprefix(base).partition("?")[0].partition("#")[0]
        return given

    def named(self, entity: Entity, language: str) -> NamedThing:
        return NamedThing(
            iri=entity.iri,
            name=entity.label(language),
            type=entity.type,
            link=self.link(self.reader(language).to(self.site.thing(entity.iri))),
        )

    def passage(
        self,
        pieces: Sequence[Highlight],
        page: int,
        page_label: str | None,
        language: str,
        address: Address,
    ) -> QuotedPassage:
        return QuotedPassage(
            page=page,
            page_label=page_label,
            language=language,
            quote=quotable(pieces),
            link=self.link(_shortened(address)),
        )

    def require_documents(self) -> None:
        """Raises SystemFault that says what to do while nothing is in."""
        if not self.services.documents.count():
            raise SystemFault("Nothing has been published yet", "Run 'amic-kg ingest' first")


def _shortened(address: Address) -> Address:
    """The page with the first words of the quote: enough to find the place, and a short link."""
    words = " ".join(address.values("q")).split()
    return replace(address.setting("q", " ".join(words[:_WORDS_IN_LINK])), fragment="quote")


def site_address(settings: Settings, given: str | None) -> str:
    """Where links lead: as given, else the operator's base, else the server on this machine."""
    if given:
        return given.rstrip("/") + "/"
    if settings.base_iri != CANONICAL_BASE:
        return settings.base_iri
    return f"http://{settings.host}:{settings.port}/"
