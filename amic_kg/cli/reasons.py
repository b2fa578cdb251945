"""Why documents are missing, in plain words: for each class of failure a cause and a remedy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from amic_kg.source_states import QUARANTINE


class Reason(NamedTuple):
    """`cause` holds for one document as for many; `remedy` is what mends most of them."""

    cause: str
    remedy: str


REASONS: Mapping[str, Reason] = {
    "NoText": Reason("without text", "scanned: install tesseract, then ingest again"),
    "EncryptedDocument": Reason("locked by a password", "save without one"),
    "DamagedDocument": Reason("damaged", "get it again from where it comes"),
    "EmptyInput": Reason("empty", "get it again from where it comes"),
    "LimitExceeded": Reason("too large or too slow", "raise the limit, or split it"),
    "UnsupportedFormat": Reason("in a format that is not read", "save as PDF"),
    "UnreadableInput": Reason("cannot be opened", "check that it is there and may be read"),
    "UnreachableSource": Reason("no answer from where it lies", "ingest again later"),
    "NotFound": Reason("not where its source says", "tell the keeper of the source"),
    "Gone": Reason("taken away by its source", "take it off the list"),
    "RefusedAddress": Reason("where nothing may be fetched", "ingest it as a file"),
    "WorkerLost": Reason("ended the process that read it", "save it anew, or leave it out"),
    "UnexpectedFault": Reason("met a fault of AMIC-KG", "report the line that --failures shows"),
    "ServiceUnavailable": Reason(
        "came when a service did not answer", "see 'amic-kg doctor', then ingest again"
    ),
    "ServiceDown": Reason(
        "came when a service was away", "see 'amic-kg doctor', then ingest again"
    ),
    QUARANTINE: Reason(
        "quarantined, no valid record", "mend the metadata that --failures tells of"
    ),
}
"""A class that does not stand here is told by its name, each document with its own words."""
