"""Labels of the vocabulary that are common words: left out of documents, found in queries.

They were found by counting matches per thousand words in texts about other things.
"""

from __future__ import annotations

from collections.abc import Mapping

TOO_COMMON: Mapping[str, frozenset[str]] = {
    "fi": frozenset({"nikkeliesiintymät", "platinametalliesiintymät", "litiumesiintymät"}),
    "en": frozenset({"nickel deposits", "pge deposits", "lithium deposits"}),
    "sv": frozenset({"nickelfyndigheter", "litiumfyndigheter"}),
}
"""By language, labels in lower case that name no concept in running text."""

IDIOMS = frozenset(
    {
        ("gold", "medal"), ("gold", "medals"), ("gold", "standard"), ("gold", "rush"),
        ("gold", "coast"), ("gold", "oa"), ("silver", "lining"), ("silver", "screen"),
        ("silver", "bullet"), ("silver", "medal"), ("iron", "curtain"), ("iron", "fist"),
        ("iron", "age"), ("iron", "will"), ("bronze", "age"), ("tin", "can"), ("tin", "cans"),
        ("lead", "time"), ("lead", "author"), ("lead", "partner"), ("diamond", "drilling"),
        ("diamond", "drill"), ("diamond", "model"), ("diamond", "open"), ("platinum", "jubilee"),
        ("sand", "martin"), ("nickel", "and"), ("black", "gold"), ("talk", "show"),
    }
)  # fmt: skip
"""Pairs of neighbouring words in which a substance is none."""

NEEDS_SUBSTANCE = frozenset({"lead", "leads"})
"""English words that are a substance beside another one or in the name of an ore alone."""

OF_A_SUBSTANCE = frozenset(
    {
        "mines", "metal-mines", "gold-mines", "uranium-mines", "industrial-mineral-mines",
        "gold-deposits",
    }
)  # fmt: skip
"""Themes that every document of the field names in passing: in "gold mine" the gold is marked."""
