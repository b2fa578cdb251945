"""The names of things: IRIs and keys, minted in one place from the operator's base."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

CANONICAL_BASE = "https://w3id.org/amic/"
ONTOLOGY = f"{CANONICAL_BASE}ontology#"
"""The ontology and the vocabularies keep their names whatever the operator's base is."""
VOCAB = f"{CANONICAL_BASE}vocab/"

_DOI = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)$", re.IGNORECASE)
_URN = re.compile(r"^(?:https?://urn\.fi/)?(urn:[a-z0-9][a-z0-9-]{0,31}:\S+)$", re.IGNORECASE)
_HANDLE = re.compile(r"^(?:hdl:|https?://hdl\.handle\.net/)(\d[\d.]*/\S+)$", re.IGNORECASE)
_STRENGTH = (("doi", _DOI), ("urn", _URN), ("hdl", _HANDLE))


@dataclass(frozen=True, slots=True)
class Iris:
    """IRIs under one base: `https://example.org/` gives `https://example.org/id/output/…`."""

    base: str = CANONICAL_BASE

    def thing(self, kind: str, key: str) -> str:
        return f"{self.base}id/{kind}/{quote(key, safe='-._~')}"

    def output(self, key: str) -> str:
        return self.thing("output", key)

    def page(self, key: str, number: int) -> str:
        """A page within its document, by RFC 8118 (the `page` fragment of a PDF)."""
        return f"{self.output(key)}#page={number}"

    def graph(self, name: str) -> str:
        return f"{self.base}graph/{quote(name, safe='-._~/')}"

    def document_graph(self, key: str) -> str:
        return self.graph(f"document/{key}")


def slug(text: str) -> str:
    """ASCII lower case with hyphens: 'Kemin Digipolis Oy' gives 'kemin-digipolis-oy'."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("ø", "o"))
    letters = "".join(character for character in folded if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def document_key(sha256: str, identifiers: tuple[str, ...]) -> str:
    """The key of a new document: from its strongest identifier, else from its content.

    DOI before URN before handle; a content key is 80 bits of the SHA-256 in base 32.
    """
    for scheme, pattern in _STRENGTH:
        for identifier in identifiers:
            match = pattern.match(identifier.strip())
            if match:
                return f"{scheme}-{_readable(match.group(1))}"
    return base64.b32encode(bytes.fromhex(sha256)[:10]).decode("ascii").lower()


def _readable(identifier: str) -> str:
    return re.sub(r"[^a-z0-9.]+", "-", identifier.lower()).strip("-.")
