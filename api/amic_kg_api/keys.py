"""Keys that open writes: which there are, and whether a request holds the one it needs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from starlette.requests import Request

from amic_kg.settings import Settings
from amic_kg_api.refusals import KeyRequired, WritingOff
from amic_kg_api.services import services_of


@dataclass(frozen=True, slots=True)
class Lock:
    """What a key opens, and the setting that holds it."""

    subject: str
    field: str
    holder: str

    @property
    def setting(self) -> str:
        return f"AMIC_{self.field.upper()}"

    def key(self, settings: Settings) -> str:
        return str(getattr(settings, self.field))


REVIEW = Lock("decisions", "review_key", "the curator's key")
UPDATE = Lock("updates", "update_key", "the key of updates")


def require_key(request: Request, lock: Lock) -> None:
    """Raises WritingOff (403) where no key is set, KeyRequired (401) without the right one.

    https://www.rfc-editor.org/rfc/rfc6750#section-2.1
    """
    key = lock.key(services_of(request).settings)
    if not key:
        raise WritingOff(
            lock.subject, "no key is set on this server", f"The operator sets {lock.setting}"
        )
    # Compared in constant time: the answer must not tell how much of a guess was right.
    if not secrets.compare_digest(_bearer(request).encode(), key.encode()):
        raise KeyRequired(
            "Authorization",
            "the key is missing or another one",
            f"Send Authorization: Bearer with {lock.holder}",
        )


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""
