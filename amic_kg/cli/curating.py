"""Commands of a curator: `review` what was extracted, `rebuild` what is published from it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace

import click
from rich.table import Table
from rich.text import Text

from amic_kg.errors import InvalidSetting
from amic_kg.records import Decision, Verdict
from amic_kg.settings import Settings
from amic_kg.terminal import errors, output, visible

_TYPES = ("Organization", "Project", "Place", "Site", "FundingProgramme")


@click.group(
    epilog="""\b
Examples:
  amic-kg review candidates --type Organization
  amic-kg review entity accepted https://w3id.org/amic/id/organization/pohjolan-kivi-oy
  amic-kg review entity merged IRI --into https://w3id.org/amic/id/organization/gtk
  amic-kg rebuild --reviewed"""
)
def review() -> None:
    """Decide on what was extracted: candidates, mentions, statements.

    A decision holds for every later extraction. What is published follows it with the next ingest,
    or at once by 'amic-kg rebuild --reviewed'.
    """


@review.command()
@click.option("--type", "kind", type=click.Choice(_TYPES), help="Only candidates of this type.")
@click.option("--size", type=click.IntRange(1, 1000), default=50, show_default=True)
@click.option("--from", "offset", type=click.IntRange(0), default=0, help="Leave out the first.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def candidates(kind: str | None, size: int, offset: int, as_json: bool) -> None:
    """Names that no registry knows, those of most documents first."""
    from amic_kg.wiring import open_services

    services = open_services(Settings.from_environment())
    try:
        found = services.ledger.reviews.candidates(kind=kind, limit=size, offset=offset)
    finally:
        services.close()
    if as_json:
        click.echo(json.dumps([asdict(entry) for entry in found], ensure_ascii=False, indent=2))
        return
    if not found:
        output.print("No candidate waits for a decision.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("type", "name", "documents", "score", "IRI"):
        table.add_column(heading, overflow="fold")
    for entry in found:
        table.add_row(
            entry.type,
            Text(visible(entry.label)),
            str(len(entry.documents)),
            f"{entry.score:.2f}",
            entry.iri,
        )
    output.print(table)


@review.command()
@click.argument("verdict", type=click.Choice(["accepted", "rejected", "merged"]))
@click.argument("iri")
@click.option("--into", default="", help="The known thing that it is, by its IRI (for merged).")
@click.option("--note", default="", help="Why, for whoever comes after you.")
def entity(verdict: Verdict, iri: str, into: str, note: str) -> None:
    """Say of a candidate that it is real, is nothing, or is a thing that is known."""
    _record(Decision("entity", verdict, iri, replacement=into, note=note))


@review.command()
@click.argument("verdict", type=click.Choice(["accepted", "rejected", "merged"]))
@click.argument("document")
@click.argument("iri")
@click.argument("words")
@click.option("--into", default="", help="What the words name instead, by its IRI (for merged).")
@click.option("--note", default="", help="Why, for whoever comes after you.")
def mention(*, verdict: Verdict, document: str, iri: str, words: str, into: str, note: str) -> None:
    """Say whether WORDS in DOCUMENT name the thing IRI."""
    _record(
        Decision(
            "mention", verdict, iri, object=words, document=document, replacement=into, note=note
        )
    )


@review.command()
@click.argument("verdict", type=click.Choice(["accepted", "rejected"]))
@click.argument("document")
@click.argument("subject")
@click.argument("predicate")
@click.argument("value")
@click.option("--quote", default="", help="The sentence, for a statement on a study or a stance.")
@click.option("--note", default="", help="Why, for whoever comes after you.")
def statement(
    *,
    verdict: Verdict,
    document: str,
    subject: str,
    predicate: str,
    value: str,
    quote: str,
    note: str,
) -> None:
    """Say whether a statement of DOCUMENT is right."""
    decision = Decision("statement", verdict, subject, predicate, value, document, note=note)
    _record(replace(decision, quote=quote))


@review.command()
@click.option("--document", help="Only decisions that concern this document.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def decisions(document: str | None, as_json: bool) -> None:
    """The decisions that hold, and how many documents wait for them."""
    from amic_kg.wiring import open_services

    services = open_services(Settings.from_environment())
    try:
        found = services.ledger.reviews.decisions(document)
        waiting = len(services.ledger.reviews.stale())
    finally:
        services.close()
    if as_json:
        click.echo(
            json.dumps(
                {"waiting": waiting, "decisions": [asdict(d) for d in found]}, ensure_ascii=False
            )
        )
        return
    for decision in found:
        what = " ".join(x for x in (decision.subject, decision.predicate, decision.object) if x)
        where = f" in {decision.document}" if decision.document else ""
        output.print(Text(f"{decision.verdict} {decision.kind}{where}: {visible(what)}"))
    output.print(f"{len(found)} decisions hold; {waiting} documents wait for 'amic-kg rebuild'")


@click.command(
    epilog="""\b
Examples:
  amic-kg rebuild                     everything, after an update
  amic-kg rebuild --reviewed          what decisions of curators concern
  amic-kg rebuild urn-nbn-fi-fe2019102233862"""
)
@click.argument("keys", nargs=-1, metavar="[KEY…]")
@click.option("--reviewed", is_flag=True, help="Documents that wait for a decision to take effect.")
@click.option("--json", "as_json", is_flag=True, help="End with one JSON object, for machines.")
def rebuild(keys: tuple[str, ...], reviewed: bool, as_json: bool) -> None:
    """Project published documents anew from the ledger: nothing is fetched or parsed again."""
    from amic_kg_ingest.commands import EXIT_SOME_FAILED
    from amic_kg_ingest.reading import open_writing
    from amic_kg_ingest.reporting import report_as_json, show_report
    from amic_kg_ingest.runs import run_with_progress

    if keys and reviewed:
        raise click.UsageError("Give keys, or --reviewed; one of the two.")
    settings = Settings.from_environment()
    writing = open_writing(settings)
    try:
        wanted: Sequence[str] = keys or (
            sorted(writing.ledger.reviews.stale()) if reviewed else writing.ledger.keys()
        )
        report = run_with_progress(
            None if as_json else errors,
            "Rebuilding documents",
            lambda begin, advance: writing.pipeline.rebuild(
                wanted, on_start=begin, on_outcome=advance
            ),
        )
    finally:
        writing.close()
    if as_json:
        click.echo(json.dumps(report_as_json(report), ensure_ascii=False))
    else:
        show_report(report)
    if report.count("failed") or report.count("quarantined"):
        sys.exit(EXIT_SOME_FAILED)


def _record(decision: Decision) -> None:
    from amic_kg.wiring import open_services

    if decision.verdict == "merged" and not decision.replacement:
        raise InvalidSetting(
            "merged", "does not say into what", "Give --into with the IRI of the known thing"
        )
    services = open_services(Settings.from_environment())
    try:
        services.ledger.reviews.record(decision)
        waiting = len(services.ledger.reviews.stale())
    finally:
        services.close()
    output.print(
        f"Kept. {waiting} published documents are concerned: 'amic-kg rebuild --reviewed' "
        "applies it now, else the next ingest does."
    )
