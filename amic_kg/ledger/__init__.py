"""The ledger: which document is where, in what state, with its record and page texts; in SQL.

SQLite by default, PostgreSQL by URL. Graph and index are projections that can be made again
from here.
"""

from amic_kg.ledger.documents import Ledger
from amic_kg.ledger.reviews import Reviews
from amic_kg.ledger.runs import Runs

__all__ = ["Ledger", "Reviews", "Runs"]
