"""Runs Annif, the subject indexer of the National Library of Finland, over the same texts.

Annif (Apache-2.0) is another program with its own environment: it is started, never imported. It is
trained on the texts for training, its limit and threshold are chosen on those for tuning, and its
suggestions for the texts of the test are scored by the code that scores ours.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amic_kg.errors import InvalidSetting, ServiceUnavailable
from amic_kg.evaluation.annif_finna import RANKED, Example, Ranking, SubjectScore, score, tune
from amic_kg.extract.subjects import matching_entities
from amic_kg.ontology import Vocabulary

BACKENDS = ("tfidf", "mllm", "omikuji")
ENSEMBLE = "ensemble"

_ANALYZERS = {"fi": "voikko(fi)", "en": "snowball(english)", "sv": "snowball(swedish)"}
_PARAMETERS = {"omikuji": ("cluster_balanced=False", "cluster_k=100", "max_depth=3")}  # Bonsai
_PUNKT = ("collocations.tab", "sent_starters.txt", "abbrev_types.txt", "ortho_context.tab")
_SECONDS = 1800.0
_REMEDY = "Check that `annif list-projects` runs, with the extras voikko and omikuji installed"


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Scores by language and backend; `note` says why there are none, or how it was run."""

    scores: Mapping[tuple[str, str], SubjectScore]
    note: str


def find_annif(program: str | None = None) -> Path | None:
    """The program `annif`: as named, else on the search path."""
    found = shutil.which(program or "annif")
    if program is not None and found is None:
        raise InvalidSetting(program, "is no program", "Name the file that starts Annif")
    return Path(found) if found else None


def run_annif(
    examples: Sequence[Example], vocabulary: Vocabulary, program: Path | None
) -> SideBySide:
    """Train and judge each backend and their ensemble in each language of the texts."""
    if program is None:
        return SideBySide(
            {},
            "Annif is not installed: make an environment of its own with "
            "`pip install 'annif[voikko,omikuji]'` and name its program with --annif",
        )
    with tempfile.TemporaryDirectory(prefix="amic-annif-") as folder:
        run = _Run(program, Path(folder))
        languages = sorted({e.language for e in examples} & _ANALYZERS.keys())
        run.write_projects(languages)
        run.write_vocabulary(examples, vocabulary, languages)
        run.call("load-vocab", "subjects", "subjects.csv")
        scores = {}
        for language in languages:
            texts = [example for example in examples if example.language == language]
            for backend, found in run.judge(language, texts).items():
                scores[language, backend] = found
        return SideBySide(
            scores,
            f"Annif {run.call('--version').strip()}; sentences are told by Punkt without its "
            "trained data, which Annif would fetch from the network",
        )


@dataclass(frozen=True)
class _Run:
    program: Path
    folder: Path

    def call(self, *arguments: str) -> str:
        """What Annif prints; raises ServiceUnavailable with its last words when it fails."""
        environment = {
            **os.environ,
            "NLTK_DATA": str(self.folder / "nltk"),
            "ANNIF_DATADIR": str(self.folder / "data"),
            "ANNIF_PROJECTS": str(self.folder / "projects.cfg"),
        }
        try:
            done = subprocess.run(
                [str(self.program), *arguments],
                cwd=self.folder,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=_SECONDS,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ServiceUnavailable(f"annif {arguments[0]}: {error}", _REMEDY) from error
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ServiceUnavailable(f"annif {arguments[0]} failed: {last}", _REMEDY)
        return done.stdout

    def write_projects(self, languages: Sequence[str]) -> None:
        """Projects by language and backend; and empty Punkt data, so that nothing is fetched."""
        punkt = self.folder / "nltk" / "tokenizers" / "punkt_tab" / "english"
        punkt.mkdir(parents=True)
        for name in _PUNKT:
            (punkt / name).touch()
        lines = []
        for language in languages:
            for backend in (*BACKENDS, ENSEMBLE):
                lines += [
                    f"[{backend}-{language}]",
                    f"name={backend} {language}",
                    f"language={language}",
                    f"backend={backend}",
                    "vocab=subjects",
                    f"limit={RANKED}",
                    *(
                        (f"sources={','.join(f'{one}-{language}' for one in BACKENDS)}",)
                        if backend == ENSEMBLE
                        else (f"analyzer={_ANALYZERS[language]}",)
                    ),
                    *_PARAMETERS.get(backend, ()),
                    "",
                ]
        (self.folder / "projects.cfg").write_text("\n".join(lines), encoding="utf-8")

    def write_vocabulary(
        self, examples: Sequence[Example], vocabulary: Vocabulary, languages: Sequence[str]
    ) -> None:
        """Every concept of the texts with its label in each language, where one of ours has it."""
        concepts = sorted({concept for example in examples for concept in example.subjects})
        with (self.folder / "subjects.csv").open("w", encoding="utf-8", newline="") as file:
            rows = csv.writer(file)
            rows.writerow(["uri", *(f"label_{language}" for language in languages)])
            matching = matching_entities(concepts, vocabulary)
            for concept, entities in zip(concepts, matching, strict=True):
                name = concept.rsplit("/", 1)[-1]
                rows.writerow(
                    [
                        concept,
                        *(
                            entities[0].preferred.get(x, name) if entities else name
                            for x in languages
                        ),
                    ]
                )

    def judge(self, language: str, texts: Sequence[Example]) -> Mapping[str, SubjectScore]:
        parts = {
            part: [example for example in texts if example.part == part]
            for part in ("train", "tuning", "test")
        }
        self._write_texts("train.tsv", parts["train"])
        for backend in BACKENDS:
            self.call("train", f"{backend}-{language}", "train.tsv", "--jobs", "1")
        scores = {}
        for backend in (*BACKENDS, ENSEMBLE):
            rankings = {
                part: self._suggest(f"{backend}-{language}", parts[part])
                for part in ("tuning", "test")
            }
            cut = tune(parts["tuning"], rankings["tuning"])
            scores[backend] = score(parts["test"], rankings["test"], cut)
        return scores

    def _write_texts(self, name: str, texts: Sequence[Example]) -> None:
        lines = (
            f"{_one_line(text.text)}\t{' '.join(f'<{c}>' for c in sorted(text.subjects))}\n"
            for text in texts
        )
        (self.folder / name).write_text("".join(lines), encoding="utf-8")

    def _suggest(self, project: str, texts: Sequence[Example]) -> list[Ranking]:
        self._write_texts("texts.tsv", texts)
        printed = self.call(
            "index",
            project,
            "texts.tsv",
            "--limit",
            str(RANKED),
            "--output",
            "-",
            "--no-include-doc",
        )
        # Backends may print progress there too.
        rankings: list[Ranking] = [
            parse_suggestions(line) for line in printed.split("\n") if line.startswith("{")
        ]
        if len(rankings) != len(texts):
            raise ServiceUnavailable(
                f"annif index answered {len(rankings)} of {len(texts)} texts", _REMEDY
            )
        return rankings


def parse_suggestions(line: str) -> list[tuple[str, float]]:
    """A line of JSON that `annif index` prints for a text, as a ranking, best first."""
    found = [(item["uri"], min(item["score"], 1.0)) for item in json.loads(line)["results"]]
    return sorted(found, key=lambda item: -item[1])


def _one_line(text: str) -> str:
    return " ".join(text.split())
