"""Labels of the vocabulary that are common words: left out of documents, found in queries.

They were found by counting matches per thousand words in texts about other things.
"""

from __future__ import annotations

from collections.abc import Mapping

from amic_kg.extract.concepts.words import words_of

TOO_COMMON: Mapping[str, frozenset[str]] = {
    "fi": frozenset(
        {
            "nikkeliesiintymät",
            "platinametalliesiintymät",
            "litiumesiintymät",
            "toimittajat",
            "toimittaja",
            "tilalliset",
            "tilallinen",
            "sme",
        }
    ),
    "en": frozenset({"nickel deposits", "pge deposits", "lithium deposits"}),
    "sv": frozenset({"nickelfyndigheter", "litiumfyndigheter", "delta"}),
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
        ("sand", "martin"), ("black", "gold"), ("talk", "show"), ("iron", "out"), ("tin", "roof"),
        ("tin", "foil"), ("silver", "paper"), ("silver", "foil"), ("fossil", "fuel"),
        ("fossil", "fuels"), ("fossil", "energy"), ("fossil", "free"), ("microbial", "biomass"),
        ("fungal", "biomass"), ("bacterial", "biomass"), ("fish", "biomass"), ("root", "biomass"),
        ("nitrogen", "leaching"), ("n", "leaching"), ("nitrate", "leaching"),
        ("nutrient", "leaching"), ("phosphorus", "leaching"),
    }
)  # fmt: skip
"""Pairs of neighbouring words in which a term of the field is none."""

NEEDS_SUBSTANCE = frozenset({"lead", "leads"})
"""English words that are a substance beside another one or in the name of an ore alone."""

OF_A_SUBSTANCE = frozenset(
    {
        "metal-mines", "gold-mines", "industrial-mineral-mines",
        "gold-deposits",
    }
)  # fmt: skip
"""Themes that every document of the field names in passing: in "gold mine" the gold is marked."""

NOT_OF_A_SUBSTANCE = words_of(
    """
        coloured colored plated bottomed medal medals medallist jewellery jewelry coin coins
        spoon cup cups ring wedding anniversary haired
        """
)
"""What follows an everyday use of a metal's name in English."""

EVERYDAY: Mapping[str, frozenset[str]] = {
    "fi": words_of(
        """
        kulta hopea rauta kupari tina lyijy pronssi teräs timantti hiekka savi suola marmori
        graniitti elohopea helmi turve metalli
        """
    ),
    "en": words_of(
        """
        gold silver iron copper tin lead bronze steel diamond sand clay salt marble granite
        mercury chrome chalk metal
        """
    ),
    "sv": words_of(
        """
        guld silver järn koppar tenn bly stål sand lera salt marmor metall
        """
    ),
}
"""Substances that texts about anything name; they count in documents of the field alone."""

NAMED_GROUPS = words_of(
    """universities ministries parishes courts municipalities reindeer-herding-cooperatives museums
    researchers village-associations regional-councils development-companies samebyar"""
)
"""Groups of stakeholders whose members have a name that ends in the word for the group."""

EVERYDAY_GROUPS = frozenset({"neighbours", "media", "parishes"})
"""Groups of stakeholders that count in documents of the field alone."""
