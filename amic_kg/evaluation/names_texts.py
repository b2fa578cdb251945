"""Finnish texts without labels, for the teacher of names to read."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from amic_kg.errors import UnreadableInput

_EVERY = 3
"""One passage of so many is read: training time grows with each."""

_QUESTIONS = 4
_CHARACTERS = 1_500


def read_unlabelled(files: Sequence[Path]) -> Iterator[list[str]]:
    """The texts of each document that is chosen: a passage and questions about it, or one text.

    A line of a file is JSON, either {"context", "questions"} as in SQuAD by passages, questions
    being a list or one written out, or {"text"}. Raises UnreadableInput for other lines.
    """
    for path in files:
        # Not splitlines: a line separator of Unicode may stand within a text.
        for number, line in enumerate(path.read_text(encoding="utf-8").rstrip("\n").split("\n")):
            if number % _EVERY:
                continue
            try:
                texts = _texts(json.loads(line))
            except (ValueError, KeyError, SyntaxError, TypeError) as error:
                raise UnreadableInput(
                    f"{path.name}, line {number + 1}",
                    'is no JSON with "context" or "text"',
                    "give one object a line",
                ) from error
            yield [text.replace("\n", " ") for text in texts]


def _texts(line: dict[str, Any]) -> list[str]:
    if "context" not in line:
        return [line["text"][:_CHARACTERS]]
    asked: Any = line.get("questions", [])
    questions = ast.literal_eval(asked) if isinstance(asked, str) else asked
    return [line["context"], *questions[:_QUESTIONS]]
