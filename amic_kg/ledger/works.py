"""Works in the ledger: signatures of texts, what is like what, and who stands for whom."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from amic_kg.ledger import tables
from amic_kg.works import EarlierContent, Likeness, Member, Work

_MOST_SHARING = 50
"""A clue that so many documents have in common (a cover page, a form) tells nothing."""

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Signed:
    """A document that has been looked at: the signature of its text, and its clues."""

    key: str
    words: int
    values: bytes
    clues: tuple[str, ...]


class Works:
    """What is one work with what; written by the one writer, after its documents."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def unseen(self) -> Sequence[str]:
        """Documents that have changed since they were last compared with the others."""
        document, signature = tables.document, tables.signature
        query = (
            sa.select(document.c.key)
            .outerjoin(signature, signature.c.key == document.c.key)
            .where(signature.c.key.is_(None))
            .order_by(document.c.key)
        )
        with self._engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def sharing(self, clues: Collection[str]) -> frozenset[str]:
        """Documents that have one of `clues`, but for clues that too many have."""
        if not clues:
            return frozenset()
        query = sa.select(tables.clue.c.value, tables.clue.c.key).where(
            tables.clue.c.value.in_(clues)
        )
        by_clue: dict[str, set[str]] = {}
        with self._engine.connect() as connection:
            for value, key in connection.execute(query):
                by_clue.setdefault(value, set()).add(key)
        return frozenset().union(*(x for x in by_clue.values() if len(x) <= _MOST_SHARING))

    def signatures(self, keys: Collection[str]) -> Mapping[str, tuple[int, bytes]]:
        """Number of words and signature by key, of those that have been looked at."""
        query = sa.select(tables.signature)
        found: dict[str, tuple[int, bytes]] = {}
        with self._engine.connect() as connection:
            for some in _parts(sorted(keys)):
                for row in connection.execute(query.where(tables.signature.c.key.in_(some))):
                    found[row.key] = (row.words, row.minhash)
        return found

    def note(self, signed: Signed, likenesses: Sequence[Likeness]) -> None:
        """Note one document as looked at, and all that it is like, in one transaction."""
        with self._engine.begin() as connection:
            forget(connection, signed.key)
            connection.execute(
                sa.insert(tables.signature),
                [{"key": signed.key, "words": signed.words, "minhash": signed.values}],
            )
            if signed.clues:
                connection.execute(
                    sa.insert(tables.clue),
                    [{"value": clue, "key": signed.key} for clue in signed.clues],
                )
            if likenesses:
                connection.execute(sa.insert(tables.likeness), [asdict(x) for x in likenesses])

    def likenesses(self) -> Sequence[Likeness]:
        columns = tables.likeness.c
        query = sa.select(tables.likeness).order_by(columns.first, columns.second)
        with self._engine.connect() as connection:
            return [Likeness(**row) for row in connection.execute(query).mappings()]

    def members(self) -> Mapping[str, Member]:
        """Every document that shares its work with another, by key."""
        with self._engine.connect() as connection:
            rows = connection.execute(sa.select(tables.work).order_by(tables.work.c.key))
            return {row["key"]: Member(**row) for row in rows.mappings()}

    def copies(self) -> frozenset[str]:
        """Documents that another stands for: the index has no passages of these."""
        query = sa.select(tables.work.c.key).where(tables.work.c.relation == "copy")
        with self._engine.connect() as connection:
            return frozenset(connection.execute(query).scalars())

    def replace(self, members: Mapping[str, Member], concerned: Collection[str]) -> None:
        """Put `members` in place of what stood, and note that the index is behind for `concerned`.

        In one transaction: a run that is killed after it is made good by the next.
        """
        since = datetime.now(UTC).isoformat(timespec="seconds")
        with self._engine.begin() as connection:
            connection.execute(sa.delete(tables.work))
            if members:
                connection.execute(sa.insert(tables.work), [asdict(x) for x in members.values()])
            for key in sorted(concerned):
                row = {"key": key, "step": "index", "since": since}
                tables.put(connection, tables.unfinished, row, ("key",))

    def work(self, key: str) -> Work | None:
        """The work of a document that shares it with another."""
        work = tables.work
        query = sa.select(work).where(
            work.c.head == sa.select(work.c.head).where(work.c.key == key).scalar_subquery()
        )
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(work.c.key)).mappings()
            members = [Member(**row) for row in rows]
            if not members:
                return None
            keys = [member.key for member in members]
            likeness = tables.likeness
            pairs = connection.execute(
                sa.select(likeness)
                .where(likeness.c.first.in_(keys), likeness.c.second.in_(keys))
                .order_by(likeness.c.first, likeness.c.second)
            ).mappings()
            members.sort(key=lambda member: (member.relation != "head", member.key))
            return Work(members[0].head, tuple(members), tuple(Likeness(**row) for row in pairs))

    def earlier(self, key: str) -> Sequence[EarlierContent]:
        """What the document said before, the latest first."""
        table = tables.earlier
        query = (
            sa.select(*(c for c in table.c if c.name != "id"))
            .where(table.c.key == key)
            .order_by(table.c.id.desc())
        )
        with self._engine.connect() as connection:
            return [EarlierContent(**row) for row in connection.execute(query).mappings()]


def forget(connection: sa.Connection, key: str) -> None:
    """The text of `key` is another now, or is gone: what was found of it does not hold."""
    for table in (tables.signature, tables.clue):
        connection.execute(sa.delete(table).where(table.c.key == key))
    pair = tables.likeness.c
    connection.execute(
        sa.delete(tables.likeness).where(sa.or_(pair.first == key, pair.second == key))
    )


def keep_earlier(connection: sa.Connection, key: str, sha256: str, now: str) -> None:
    """Before another content takes its place: what stood there until now."""
    query = sa.select(tables.document).where(
        tables.document.c.key == key, tables.document.c.sha256 != sha256
    )
    row = connection.execute(query).mappings().first()
    if row is not None:
        names = ("key", "sha256", "file_name", "page_count", "published")
        connection.execute(
            sa.insert(tables.earlier), [{**{name: row[name] for name in names}, "replaced": now}]
        )


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]
