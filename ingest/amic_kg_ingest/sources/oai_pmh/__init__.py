"""Harvesting of repositories by OAI-PMH 2.0 (https://www.openarchives.org/OAI/openarchivesprotocol.html).

::

    source.py           the source: what is asked for, what is wanted, what is remembered
    listing.py          one list over all its pages: expired tokens, endless loops, records twice
    endpoint.py         the six requests, and what a repository says of itself
    answers.py          bytes of an answer to its values; broken XML and characters mended
    record_formats.py   kk, xoai, dim, qdc and oai_dc to fields and files
    documents.py        a record to a document: its full text, or a record file
    texts.py            full texts: found, and fetched unless their server reserves them
"""

from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.oai_pmh.source import Options, open_source

__all__ = ["FILTER", "OPTIONS", "open_source"]

OPTIONS, FILTER = Options, Filter
