"""Addresses of this site as values: a path and its parameters, changed one at a time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode

from amic_kg.iris import CANONICAL_BASE

Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Address:
    """`/path?name=value`; printing it gives the text for an href."""

    path: str
    parameters: Parameters = ()
    fragment: str = ""

    @classmethod
    def read(cls, text: str) -> Address:
        """The address that `text` writes out."""
        rest, _, fragment = text.partition("#")
        path, _, query = rest.partition("?")
        return cls(path, tuple(parse_qsl(query, keep_blank_values=True)), fragment)

    def values(self, name: str) -> tuple[str, ...]:
        return tuple(value for key, value in self.parameters if key == name)

    def adding(self, name: str, value: object) -> Address:
        return replace(self, parameters=(*self.parameters, (name, str(value))))

    def removing(self, name: str, value: object = None) -> Address:
        """Without the parameter, or without one of its values."""
        kept = tuple(
            (key, held)
            for key, held in self.parameters
            if key != name or (value is not None and held != str(value))
        )
        return replace(self, parameters=kept)

    def setting(self, name: str, value: object) -> Address:
        return self.removing(name).adding(name, value)

    def with_all(self, other: Address) -> Address:
        """The same path with the parameters of another address."""
        return replace(self, parameters=other.parameters)

    def __str__(self) -> str:
        query = f"?{urlencode(self.parameters)}" if self.parameters else ""
        return self.path + query + (f"#{self.fragment}" if self.fragment else "")


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Where things stand on this host, whatever host their IRIs name.

    Data carries canonical IRIs; pages link by path, so that a copy of the site on any host is
    whole in itself.
    """

    base: str

    def path_of(self, iri: str) -> str | None:
        """The path of one of our IRIs; None for an IRI of somebody else."""
        for base in (self.base, CANONICAL_BASE):
            if iri.startswith(base):
                return "/" + iri[len(base) :]
        return None

    def thing(self, iri: str) -> str:
        """Where a thing has its page here: one of ours by its path, a concept of others by IRI."""
        return self.path_of(iri) or self.concept_of_others(iri)

    @staticmethod
    def concept_of_others(iri: str) -> str:
        return f"/concept?{urlencode({'iri': iri})}"

    @staticmethod
    def output(key: str) -> str:
        return f"/id/output/{quote(key, safe='-._~')}"

    @staticmethod
    def document(key: str) -> str:
        return f"/api/documents/{quote(key, safe='-._~')}"

    @staticmethod
    def page(key: str, number: int) -> str:
        return f"/documents/{quote(key, safe='-._~')}/pages/{number}"

    @staticmethod
    def original(key: str, page: int | None = None) -> str:
        """The file as it came; `#page=` opens a PDF at the page (RFC 8118, section 3)."""
        fragment = f"#page={page}" if page else ""
        return f"/documents/{quote(key, safe='-._~')}/original{fragment}"
