"""CORDIS, the projects of the EU's framework programmes, from the tables that it publishes.

::

    tables.py     a folder, a zip or single files to the tables in them
    rows.py       one CSV or JSON file to rows; what is broken is named, the rest goes on
    columns.py    names of tables and columns, which differ between framework programmes
    choosing.py   the declared rules by which projects are wanted
    joined.py     rows of the wanted projects, joined on disk
    documents.py  a project, deliverable, publication or call to a document and its things
    source.py     the source
"""

from amic_kg_ingest.sources.cordis.choosing import Rules
from amic_kg_ingest.sources.cordis.source import Options, open_source

__all__ = ["FILTER", "OPTIONS", "open_source"]

OPTIONS, FILTER = Options, Rules
