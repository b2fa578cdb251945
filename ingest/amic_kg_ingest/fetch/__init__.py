"""Getting things from the web: only over http and https, only from public addresses, within limits.

::

    client.py       Fetcher: redirects, retries, pauses; documents to files, small answers to bytes
    transport.py    one exchange: address checked and connected to, deadline, size, compression
    downloads.py    a document as a file: whole or not at all, left alone when unchanged
    unpacking.py    gzip and deflate in small pieces
    addresses.py    which addresses may be connected to
    limits.py       sizes, times, tries
    retrying.py     which answers are worth another try, and when
    naming.py       the file name of a download
    faults.py       what a server or a network did, as an InputError
"""

from amic_kg_ingest.fetch.addresses import AddressGuard, read_networks
from amic_kg_ingest.fetch.client import Answer, Fetcher
from amic_kg_ingest.fetch.downloads import Fetched
from amic_kg_ingest.fetch.limits import FetchLimits

__all__ = ["AddressGuard", "Answer", "FetchLimits", "Fetched", "Fetcher", "read_networks"]
