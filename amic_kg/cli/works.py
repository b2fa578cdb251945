"""`amic-kg works`: which documents are one work, and what a curator makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

import click
from rich.text import Text

from amic_kg.errors import InvalidSetting, UnknownThing
from amic_kg.ledger import Ledger
from amic_kg.records import Decision, StoredDocument, Verdict
from amic_kg.settings import Settings
from amic_kg.terminal import output, visible
from amic_kg.works import Work

_WHY: Mapping[str, Callable[[float], str]] = {
    "identifier": lambda _: "they bear the same identifier",
    "text": lambda score: f"they share {score:.0%} of their text",
    "record": lambda _: "title, makers and year are the same",
    "curator": lambda _: "somebody has said so",
}


@click.group(
    invoke_without_command=True,
    epilog="""\b
Examples:
  amic-kg works
  amic-kg works --document urn-nbn-fi-fe2019102233862
  amic-kg works apart KEY OTHER --note "two years of one survey"
  amic-kg works together KEY OTHER --version
  amic-kg works undecided KEY OTHER""",
)
@click.option("--document", default="", help="Only the work of this document, by its key.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
@click.pass_context
def works(context: click.Context, *, document: str, as_json: bool) -> None:
    """Documents that are one work, in copies and versions, and why.

    The search finds the fullest copy; the others keep their addresses, their pages and their
    place in the graph. Nothing is thrown away: 'apart' undoes it.
    """
    if context.invoked_subcommand is not None:
        return
    from amic_kg.wiring import open_services

    services = open_services(Settings.from_environment())
    try:
        found = _works(services.ledger, document)
        keys = sorted({member.key for work in found for member in work.members})
        documents = services.ledger.documents_of(keys)
    finally:
        services.close()
    if as_json:
        click.echo(json.dumps([asdict(work) for work in found], ensure_ascii=False, indent=2))
        return
    if not found:
        output.print("No document shares its work with another.")
        return
    for work in found:
        _show(work, documents)
    copies = sum(member.relation == "copy" for work in found for member in work.members)
    output.print(
        f"Works of several documents: {len(found)}. Copies, which the search leaves to the "
        f"document that stands for them: {copies}.",
        soft_wrap=True,
    )


def _works(ledger: Ledger, document: str) -> Sequence[Work]:
    if document:
        if ledger.document(document) is None:
            raise UnknownThing(document, "is not published", "See 'amic-kg works' for keys")
        heads = {document}
    else:
        heads = {member.head for member in ledger.works.members().values()}
    return [work for head in sorted(heads) if (work := ledger.works.work(head)) is not None]


def _show(work: Work, documents: Mapping[str, StoredDocument]) -> None:
    for member in work.members:
        stored = documents[member.key]
        title = visible(stored.record.title_in(stored.language))
        year = f", {stored.record.year}" if stored.record.year else ""
        if member.relation == "head":
            output.print(Text(f"{title}{year}", style="bold"), soft_wrap=True)
            output.print(f"  {member.key}", markup=False, soft_wrap=True)
            continue
        of = "" if member.of == work.head else f" of {member.of}"
        output.print(Text(f"  {member.key}  {member.relation}{of}: {title}{year}"), soft_wrap=True)
    for pair in work.likenesses:
        why = _WHY[pair.reason](pair.score)
        output.print(
            Text(f"    {pair.first} and {pair.second}: {why}", style="dim"), soft_wrap=True
        )
    output.print()


@works.command()
@click.argument("key")
@click.argument("other")
@click.option("--version", is_flag=True, help="As versions of one work, not as copies.")
@click.option("--note", default="", help="Why, for whoever comes after you.")
def together(*, key: str, other: str, version: bool, note: str) -> None:
    """Say that two documents are one work; it takes effect at once."""
    _decide(key, other, "accepted", "version" if version else "copy", note)


@works.command()
@click.argument("key")
@click.argument("other")
@click.option("--note", default="", help="Why, for whoever comes after you.")
def apart(*, key: str, other: str, note: str) -> None:
    """Say that two documents are no one work; it takes effect at once."""
    _decide(key, other, "rejected", "", note)


@works.command()
@click.argument("key")
@click.argument("other")
def undecided(*, key: str, other: str) -> None:
    """Take a decision back: what the documents themselves say holds again."""
    _decide(key, other, "merged", "", "")


def _decide(key: str, other: str, verdict: Verdict, relation: str, note: str) -> None:
    from amic_kg_ingest.reading import open_writing

    if key == other:
        raise InvalidSetting(key, "is given twice", "Name two documents by their keys")
    writing = open_writing(Settings.from_environment())
    try:
        for named in (key, other):
            if writing.ledger.document(named) is None:
                raise UnknownThing(named, "is not published", "See 'amic-kg works' for keys")
        first, second = sorted((key, other))
        writing.ledger.reviews.record(
            Decision("work", verdict, first, object=second, replacement=relation, note=note)
        )
        writing.pipeline.settle()
        work = writing.ledger.works.work(key)
        keys = [member.key for member in work.members] if work else []
        documents = writing.ledger.documents_of(keys)
    finally:
        writing.close()
    if work is None:
        output.print(f"Kept. {key} is a work of its own.", markup=False, soft_wrap=True)
    else:
        output.print("Kept. Now they are one work:" if other in keys else "Kept. Its work now:")
        _show(work, documents)
