"""Names of files on a terminal: visible, on one line, playing no tricks."""

from __future__ import annotations

import pytest

from amic_kg.terminal import visible


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("päästöt 2018.pdf", "päästöt 2018.pdf"),
        ("report\n0 failed", r"report\n0 failed"),
        ("fdp.\u202eexe", r"fdp.\u202eexe"),
        ("a\x1b[31mred", r"a\x1b[31mred"),
        ("\udcff.txt", r"\udcff.txt"),
        ("a\u2028b", r"a\u2028b"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
    ],
)
def test_control_and_direction_characters_are_shown_as_escapes(name, shown):
    assert visible(name) == shown
