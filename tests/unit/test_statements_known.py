# ruff: noqa: E501 -- a sentence of a case stands on one line
"""What the registry knows of sites and projects, drawn where both ends are named."""

from __future__ import annotations

KEVITSA = "[Kevitsan kaivos](Site:kevitsa)"


def test_a_known_operator_beside_its_site_needs_no_verb_of_owning(draw):
    text = f"[Boliden Kevitsa Mining Oy](Organization:boliden-kevitsa-mining) tiedotti: {KEVITSA} uudistuu."
    assert ("kevitsa", "hasOperator", "boliden-kevitsa-mining") in draw("fi", text)


def test_a_company_that_the_registry_does_not_tie_to_the_site_needs_one(draw):
    text = f"[Terrafame Oy](Organization:terrafame) tiedotti: {KEVITSA} uudistuu."
    assert draw("fi", text) == set()


def test_a_known_partner_beside_its_project_is_one(draw):
    text = "Researchers of the [University of Lapland](Organization:university-of-lapland) met in [AMIC](Project:amic)."
    assert ("amic", "partner", "university-of-lapland") in draw("en", text)
