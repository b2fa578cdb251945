"""The tables of the ledger, in SQL that SQLite and PostgreSQL share."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

metadata = sa.MetaData()

document = sa.Table(
    "document",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("sha256", sa.String(64), nullable=False, index=True),
    sa.Column("media_type", sa.String(100), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("record", sa.JSON, nullable=False),
    sa.Column("page_count", sa.Integer, nullable=False),
    sa.Column("pipeline_version", sa.String(100), nullable=False),
    sa.Column("published", sa.String(32), nullable=False, index=True),
)
location = sa.Table(
    "location",
    metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("identifier", sa.Text, primary_key=True),
    sa.Column("key", sa.String(200), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("modified_ns", sa.BigInteger, nullable=False),
    sa.Column("metadata_sha256", sa.String(64), nullable=False),
    sa.Column("pipeline_version", sa.String(100), nullable=False),
)
failure = sa.Table(
    "failure",
    metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("identifier", sa.Text, primary_key=True),
    sa.Column("name", sa.String(100), nullable=False),
    sa.Column("message", sa.Text, nullable=False),
    sa.Column("remedy", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("last_try", sa.String(32), nullable=False),
    sa.Column("next_try", sa.String(32), nullable=False, server_default=""),
    sa.Column("fingerprint", sa.Text, nullable=False, server_default=""),
)
"""`next_try` is empty for what fails until it changes; `fingerprint` tells what was tried."""

page = sa.Table(
    "page",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("label", sa.Text),
    sa.Column("origin", sa.String(8), nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)
note = sa.Table(
    "note",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
description = sa.Table(
    "description",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("given", sa.JSON, nullable=False),
    sa.Column("embedded", sa.JSON, nullable=False),
    sa.Column("warnings", sa.JSON, nullable=False),
)
"""What the source and the file itself say of a document: with its pages, all that is needed to
project it anew without reading the file."""

decision = sa.Table(
    "decision",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("made", sa.String(32), nullable=False, index=True),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("document", sa.String(200), nullable=False, index=True),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("predicate", sa.Text, nullable=False),
    sa.Column("object", sa.Text, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("replacement", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
)
"""What curators decided; rows are only ever added, and the last on one thing holds."""

candidate = sa.Table(
    "candidate",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("iri", sa.String(400), primary_key=True),
    sa.Column("type", sa.String(32), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("language", sa.String(8), nullable=False),
    sa.Column("surfaces", sa.JSON, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
)
"""What a document names and no registry knows, for a curator to decide on."""


withdrawal = sa.Table(
    "withdrawal",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("withdrawn", sa.String(32), nullable=False),
)
"""Documents that were published here and are no more: their address answers that they are gone."""

unfinished = sa.Table(
    "unfinished",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("step", sa.String(16), nullable=False),
    sa.Column("since", sa.String(32), nullable=False),
)
"""Documents that graph and index may hold in another state than the ledger says."""

signature = sa.Table(
    "signature",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("words", sa.Integer, nullable=False),
    sa.Column("minhash", sa.LargeBinary, nullable=False),
)
"""Documents that were compared with the others; a document that changes loses its row."""

clue = sa.Table(
    "clue",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("value", sa.String(200), primary_key=True, index=True),
)
"""What two documents of one work have in common: a part of a signature, an identifier, a title."""

likeness = sa.Table(
    "likeness",
    metadata,
    sa.Column("first", sa.String(200), primary_key=True),
    sa.Column("second", sa.String(200), primary_key=True, index=True),
    sa.Column("relation", sa.String(8), nullable=False),
    sa.Column("reason", sa.String(16), nullable=False),
    sa.Column("score", sa.Float, nullable=False),
)
work = sa.Table(
    "work",
    metadata,
    sa.Column("key", sa.String(200), primary_key=True),
    sa.Column("head", sa.String(200), nullable=False, index=True),
    sa.Column("of", sa.String(200), nullable=False),
    sa.Column("relation", sa.String(8), nullable=False),
)
"""Documents that share their work with another; drawn anew from likenesses and decisions."""

earlier = sa.Table(
    "earlier",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("key", sa.String(200), nullable=False, index=True),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("file_name", sa.Text, nullable=False),
    sa.Column("page_count", sa.Integer, nullable=False),
    sa.Column("published", sa.String(32), nullable=False),
    sa.Column("replaced", sa.String(32), nullable=False),
)
"""Contents that a document had before its place got another."""

feed = sa.Table(
    "feed",
    metadata,
    sa.Column("source", sa.String(100), primary_key=True),
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
"""What a source remembers from run to run: how far it harvested, what a server said of a page."""

run = sa.Table(
    "run",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("source", sa.String(100), nullable=False, index=True),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("began", sa.String(32), nullable=False),
    sa.Column("ended", sa.String(32), nullable=False),
    sa.Column("counts", sa.JSON, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("error", sa.JSON),
    sa.Column("interrupted", sa.Boolean, nullable=False),
)
"""What each run over a source came to; `ended` is empty while it goes on, and of one killed."""


def bring_up_to_date(engine: sa.Engine) -> None:
    """Make the tables that are missing, and in those that stand the columns that came later.

    Columns are only ever added, each with a default: an older ledger goes on working.
    """
    metadata.create_all(engine)
    standing = sa.inspect(engine)
    quote = engine.dialect.identifier_preparer.quote
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            columns = {column["name"] for column in standing.get_columns(table.name)}
            for column in table.columns:
                if column.name not in columns:
                    definition = sa.schema.CreateColumn(column).compile(dialect=engine.dialect)
                    name = quote(table.name)
                    connection.execute(sa.text(f"ALTER TABLE {name} ADD COLUMN {definition}"))


def put(
    connection: sa.Connection, table: sa.Table, row: Mapping[str, object], key: tuple[str, ...]
) -> None:
    """Insert or replace by primary key, in words that every database knows."""
    connection.execute(sa.delete(table).where(*(table.c[name] == row[name] for name in key)))
    connection.execute(sa.insert(table), [dict(row)])
