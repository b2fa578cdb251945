"""Who reads a page: the language it is wanted in, and the address it was asked at."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from amic_kg.records import UI_LANGUAGES
from amic_kg_api.addresses import Address
from amic_kg_api.negotiate import preferred_language
from amic_kg_api.translations import DEFAULT_LANGUAGE


@dataclass(frozen=True, slots=True)
class Visitor:
    """`named` says that `?lang=` named the language: links then keep it."""

    language: str
    named: bool
    address: Address

    def to(self, path: str, **parameters: object) -> Address:
        """A link on this site that keeps the language the visitor chose."""
        address = Address.read(path)
        for name, value in parameters.items():
            address = address.adding(name, value)
        return address.adding("lang", self.language) if self.named else address

    def in_language(self, language: str) -> Address:
        return self.address.setting("lang", language)


def visitor_of(request: Request) -> Visitor:
    """`?lang=` goes before Accept-Language; no cookie is set (RFC 9110, section 12.5.4)."""
    named = request.query_params.get("lang", "")
    # The path as it is called from outside, percent-encoded as it came.
    path = request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path
    address = Address(path.split("?", 1)[0], tuple(request.query_params.multi_items()))
    if named in UI_LANGUAGES:
        return Visitor(named, named=True, address=address)
    accepted = ",".join(request.headers.getlist("accept-language"))
    language = preferred_language(accepted, UI_LANGUAGES) or DEFAULT_LANGUAGE
    return Visitor(language, named=False, address=address.removing("lang"))
