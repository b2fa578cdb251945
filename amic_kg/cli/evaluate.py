"""`amic-kg evaluate`: precision, recall and F1 on gold sets, with lists of errors to learn from."""

from __future__ import annotations

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from amic_kg.evaluation.figures import Section, as_markdown
from amic_kg.evaluation.surroundings import Surroundings
from amic_kg.evaluation.tasks import TASKS
from amic_kg.settings import Settings
from amic_kg.terminal import errors, output


@click.command(
    epilog="""\b
Examples:
  amic-kg evaluate
  amic-kg evaluate --only entities --split dev --errors 40
  amic-kg evaluate --data ../shared/data --markdown docs/reference/quality.md

\b
Tasks over the gold sets of this repository run always; those over corpora of others run when
--data names the folder that holds them. Figures are for the test split, which nothing was tuned
on, unless --split says otherwise."""
)
@click.option("--only", type=click.Choice(list(TASKS)), multiple=True,
              help="Evaluate only this; may be given several times.")  # fmt: skip
@click.option("--split", type=click.Choice(["dev", "test"]), default="test", show_default=True)
@click.option("--gold", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of gold sets; those of the repository by default.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder with the corpora of others (turku_ner, annif_finna, …).")  # fmt: skip
@click.option("--annif", is_flag=True,
              help="Run Annif on the same texts, too (takes minutes).")  # fmt: skip
@click.option("--errors", "shown", type=click.IntRange(0), default=0, show_default=True,
              help="Errors to list for each task.")  # fmt: skip
@click.option("--markdown", type=click.Path(path_type=Path, dir_okay=False),
              help="Write the figures as a page of the documentation too.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def evaluate(
    *,
    only: tuple[str, ...],
    split: str,
    gold: Path | None,
    data: Path | None,
    annif: bool,
    shown: int,
    markdown: Path | None,
    as_json: bool,
) -> None:
    """Measure extraction against what people have marked."""
    around = Surroundings(Settings.from_environment(), gold, data, split=split, annif=annif)
    sections: list[Section] = []
    for name, (needs, task) in TASKS.items():
        if only and name not in only:
            continue
        if needs is not None and not around.has(needs):
            errors.print(f"{name}: left out, --data holds no {needs}", style="dim")
            continue
        errors.print(f"evaluating {name} …", style="dim")
        sections.extend(task(around))
    about = {
        "split": split,
        "machine": f"{os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}",
        "date": datetime.now(UTC).date().isoformat(),
    }
    if as_json:
        click.echo(
            json.dumps({**about, "sections": [s.as_dict() for s in sections]}, ensure_ascii=False)
        )
    else:
        for section in sections:
            _show(section, shown)
    if markdown is not None:
        markdown.write_text(as_markdown(sections, about), encoding="utf-8")


def _show(section: Section, shown: int) -> None:
    output.print()
    output.print(Text(section.title, style="bold"))
    if section.note:
        output.print(Text(section.note, style="dim"))
    table = Table(box=None, padding=(0, 2, 0, 0))
    for number, heading in enumerate(section.headings):
        # Figures stay whole, however narrow the terminal is.
        table.add_column(heading, justify="right" if number else "left", no_wrap=bool(number))
    for row in section.rows:
        table.add_row(*row)
    output.print(table)
    for line in section.errors[:shown]:
        output.print(Text(f"  {line}"), soft_wrap=True)
