"""A partner's list of publications as CSV, TSV, BibTeX, RIS, CSL-JSON or JSON lines.

::

    source.py        the source: what is wanted, what is broken, what is taken back
    documents.py     an entry to a document: its identifier, its file or a record file
    archives.py      a list within a ZIP
    attachments.py   the files that a list names
    entries.py       what all formats are read into
    texts.py         encoding and lines of a file, and which format it is
    delimited.py     CSV and TSV; columns.py: names of columns in three languages
    bibtex.py        BibTeX and BibLaTeX; latex.py: LaTeX to plain text
    ris.py           RIS
    csl_json.py      CSL-JSON and plain objects; json_values.py: objects one by one
"""

from __future__ import annotations

from datetime import UTC, datetime

from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.records.options import Options
from amic_kg_ingest.sources.records.source import RecordsSource

__all__ = ["FILTER", "OPTIONS", "RecordsSource", "open_source"]

OPTIONS, FILTER = Options, Filter


def open_source(declaration: Declaration, surroundings: Surroundings) -> RecordsSource:
    """The list at the declaration's path or URL; it is not opened yet."""
    return RecordsSource(declaration, surroundings, datetime.now(UTC).date())
