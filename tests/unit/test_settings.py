"""The settings: what may be said, and what is answered to what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from amic_kg.errors import InvalidSetting
from amic_kg.settings import Settings


def read(**environ: str) -> Settings:
    return Settings.from_environment(environ)


def test_an_empty_environment_gives_the_defaults():
    assert read() == Settings()


def test_values_are_converted_to_the_type_of_their_setting():
    settings = read(AMIC_DATA="/tmp/x", AMIC_PORT="0", AMIC_OCR="off", AMIC_SEARCH_INDEX="mine")
    assert settings.data == Path("/tmp/x")
    assert settings.port == 0
    assert settings.ocr == "off"
    assert settings.search_index == "mine"


def test_variables_of_others_and_of_the_tests_are_no_concern():
    assert read(PATH="/bin", AMICABLE="yes", AMIC_TEST_FUSEKI="http://localhost:1") == Settings()


def test_a_misspelt_setting_is_refused_and_named():
    with pytest.raises(InvalidSetting, match="AMIC_DATTA: no such setting"):
        read(AMIC_DATTA="/tmp/x")


@pytest.mark.parametrize(
    ("name", "value", "cause"),
    [
        ("AMIC_PORT", "eighty", "not a whole number"),
        ("AMIC_PORT", "-1", "below 0"),
        ("AMIC_QUERY_SECONDS", "0", "below 1"),
        ("AMIC_QUERY_WORKERS", "", "not a whole number"),
        ("AMIC_OCR", "yes", "not one of the choices"),
        ("AMIC_DEFAULT_GRAPH", "Union", "not one of the choices"),
        ("AMIC_BASE_IRI", "https://example.org", "ends with /"),
        ("AMIC_BASE_IRI", "/id/", "not an absolute IRI"),
        ("AMIC_BASE_IRI", "https://exa mple.org/", "not an absolute IRI"),
        ("AMIC_BASE_IRI", "https://example.org/<a>/", "not an absolute IRI"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_cause_and_remedy(name, value, cause):
    with pytest.raises(InvalidSetting) as caught:
        read(**{name: value})
    assert caught.value.subject == f"{name}={value}"
    assert cause in caught.value.cause
    assert caught.value.remedy


def test_the_choices_are_named_in_the_remedy():
    with pytest.raises(InvalidSetting, match="Use auto or off"):
        read(AMIC_OCR="on")


def test_a_tilde_in_a_path_is_the_home_folder(monkeypatch):
    monkeypatch.setenv("HOME", "/tmp/home")
    assert read(AMIC_DATA="~/mine").data == Path("/tmp/home/mine")


def test_the_ledger_lies_in_the_data_folder_unless_a_url_is_given():
    assert read(AMIC_DATA="/tmp/x").ledger == "sqlite:////tmp/x/ledger.sqlite"
    assert read(AMIC_LEDGER_URL="postgresql://h/db").ledger == "postgresql://h/db"


def test_settings_are_frozen():
    with pytest.raises(AttributeError):
        Settings().port = 1
