"""Function words that a query does without, in Finnish, English and Swedish."""

from __future__ import annotations

_FINNISH = """
ja tai sekä eli että jotta kun jos kuin on ovat oli olivat ei se ne tämä nämä joka jotka mikä mitkä
mitä miten missä mistä miksi kuka myös sen niin niiden sitä siitä jossa joita ollut olla kanssa
mukaan
"""
_ENGLISH = """
the a an and or of in on at to for from by with as is are was were be been it its this that these
those which what who how why where when does do did about into
"""
_SWEDISH = """
och eller av i på att det den de en ett som för med till från om är var vara inte hur vad vem när
där varför vilka vilken vilket
"""

STOPWORDS = frozenset(f"{_FINNISH} {_ENGLISH} {_SWEDISH}".split())
