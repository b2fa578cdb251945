"""What an evaluation stands on: the gold sets, the corpora of others, the extractor in use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from amic_kg.evaluation.figures import Section
from amic_kg.evaluation.gold import GoldCase, gold_folder, read_gold
from amic_kg.evaluation.real_passages import read_real_passages
from amic_kg.extract.calibration import Calibration
from amic_kg.extract.extraction import Extractor
from amic_kg.pipeline.preparation import open_extractor, shared_extractor
from amic_kg.records import Extraction, Page, ParsedDocument
from amic_kg.settings import Settings


@dataclass(frozen=True)
class Surroundings:
    """Where gold sets and corpora lie, and which part of them is asked for."""

    settings: Settings
    gold: Path | None
    data: Path | None
    split: str = "test"
    annif: bool = False

    def has(self, corpus: str) -> bool:
        return self.data is not None and (self.data / corpus).is_dir()

    @cached_property
    def extractor(self) -> Extractor:
        return shared_extractor(self.vocabularies)

    @property
    def vocabularies(self) -> Path:
        return self.settings.data.absolute() / "vocabularies"

    @property
    def gold_sets(self) -> Path:
        return self.gold or gold_folder()

    def corpus(self, name: str) -> Path:
        """The folder of a corpus that `has` knows to be there."""
        return (self.data or Path()) / name

    @cached_property
    def cases(self) -> tuple[GoldCase, ...]:
        """The written passages of the split that is asked for."""
        return tuple(case for case in read_gold(self.gold) if case.split == self.split)

    @cached_property
    def real_cases(self) -> tuple[GoldCase, ...]:
        """The passages of real documents, marked apart from their texts, which lie in the data."""
        marks = self.gold_sets / "real.jsonl"
        if self.data is None or not marks.is_file():
            return ()
        cases = read_real_passages(marks, self.data)
        return tuple(case for case in cases if case.split == self.split)

    @cached_property
    def tuning_cases(self) -> tuple[GoldCase, ...]:
        """All passages of the split dev, written and real: what confidence is fitted on."""
        tuning = replace(self, split="dev")
        return (*tuning.cases, *tuning.real_cases)

    def extract(self, text: str, language: str) -> Extraction:
        """The passage as a document of one page."""
        return self._extract(self.extractor, text, language)

    def extract_raw(self, text: str, language: str) -> Extraction:
        """The same with the confidences that the rules themselves gave."""
        return self._extract(self._uncalibrated, text, language)

    @cached_property
    def _uncalibrated(self) -> Extractor:
        return open_extractor(self.vocabularies, Calibration({}))

    @staticmethod
    def _extract(extractor: Extractor, text: str, language: str) -> Extraction:
        extraction, _ = extractor.extract(
            ParsedDocument("text/plain", (Page(1, text),)),
            key="evaluated",
            sha256="",
            file_name="",
            metadata={},
            pipeline_version="",
            language=language,
        )
        return extraction


Task = Callable[[Surroundings], Sequence[Section]]
