"""The search index in Elasticsearch 8.19 or 9: the same prepared streams, clauses and weights.

The alias `<alias>` is what is read and written; behind it stands `<alias>-v1-<n>`, made at the first
write. Streams are cut at blanks and nothing else is done to them, so no analysis plugin is needed,
and scores are BM25 with tantivy's constants: both engines give the same ranks (tests/contract).

Nothing that is written is seen before `commit`: the index refreshes on demand only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched, chain
from typing import Any

from amic_kg.errors import InvalidSetting, ServiceBusy, ServiceUnavailable, SystemFault
from amic_kg.index.weights import OTHER_WORDS, clauses, in_order, stream
from amic_kg.ports import FACETS, IndexedPassage, PassageHit, QueryTerm, SearchAnswer, SearchRequest

try:
    from elasticsearch import ApiError, ConflictError, Elasticsearch, TransportError
    from elasticsearch.helpers import streaming_bulk
except ImportError:
    raise InvalidSetting(
        "AMIC_SEARCH_URL",
        "needs the client of Elasticsearch, which is not installed",
        "Install it: pip install 'amic-kg[elastic]'",
    ) from None
