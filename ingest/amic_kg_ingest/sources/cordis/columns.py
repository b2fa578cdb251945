"""Tables and columns of CORDIS under one name each: the framework programmes spell them apart.

Only the columns named here are read. Those with contact persons, their addresses, telephone
numbers and forms are not among them, nor are streets.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

Table = Literal[
    "project", "organization", "topics", "euroSciVoc", "legalBasis", "deliverables",
    "publications", "webLink", "call",
]  # fmt: skip
TABLES: tuple[Table, ...] = get_args(Table)

_NAMES: tuple[tuple[str, Table | None], ...] = (
    ("euroscivoc", "euroSciVoc"),
    ("deliverable", "deliverables"),
    ("publication", "publications"),
    # Titles of reports on projects, without a text: nothing that the project does not say.
    ("summar", None),
    ("legalbasis", "legalBasis"),
    ("weblink", "webLink"),
    ("webitem", None),
    ("organization", "organization"),
    ("organisation", "organization"),
    ("topic", "topics"),
    ("call", "call"),
    ("project", "project"),
)
"""What a file's name holds, the more telling first: `projectDeliverables`, `cordis-fp7projects`."""

_COLUMNS: Mapping[Table, Mapping[str, str]] = {
    "project": {
        "id": "id", "reference": "id", "projectid": "id", "acronym": "acronym", "title": "title",
        "status": "status", "startdate": "start", "enddate": "end", "totalcost": "cost",
        "ecmaxcontribution": "contribution", "topics": "topics", "objective": "objective",
        "frameworkprogramme": "programme", "legalbasis": "legalBasis", "programme": "legalBasis",
        "ecsignaturedate": "signed", "grantdoi": "doi", "projecturl": "homepage",
        "euroscivoc": "euroSciVoc", "mastercall": "masterCall",
    },
    "organization": {
        "projectid": "project", "projectreference": "project", "organisationid": "pic",
        "organizationid": "pic", "id": "pic", "name": "name", "shortname": "short",
        "activitytype": "activity", "city": "city", "country": "country",
        "organizationurl": "homepage", "organisationurl": "homepage", "role": "role",
        "eccontribution": "contribution", "order": "order",
    },
    "topics": {"projectid": "project", "topic": "code", "code": "code", "title": "title"},
    "euroSciVoc": {
        "projectid": "project", "euroscivocpath": "path", "euroscivoctitle": "title",
    },
    "legalBasis": {"projectid": "project", "legalbasis": "code", "title": "title"},
    "deliverables": {
        "id": "id", "projectid": "project", "title": "title", "description": "description",
        "url": "url", "deliverabletype": "type", "contentupdatedate": "updated",
    },
    "publications": {
        "id": "id", "projectid": "project", "title": "title", "authors": "authors",
        "journaltitle": "journal", "publishedyear": "year", "doi": "doi", "issn": "issn",
        "ispublishedas": "type",
    },
    "webLink": {
        "projectid": "project", "physurl": "url", "type": "type", "represents": "represents",
    },
    "call": {
        "topicid": "code", "title": "title", "programme": "programme", "deadline": "deadline",
        "description": "description", "objectives": "objectives", "portalurl": "url",
        "keywords": "keywords", "calltitle": "call",
    },
}  # fmt: skip

NEEDED: Mapping[Table, tuple[str, ...]] = {
    "project": ("id",),
    "organization": ("project", "name"),
    "topics": ("project", "code"),
    "euroSciVoc": ("project", "path"),
    "legalBasis": ("project", "code"),
    "deliverables": ("project", "title"),
    "publications": ("project", "title"),
    "webLink": ("project", "url"),
    "call": ("code", "title"),
}
"""Columns without which a file is not this table, and a row says nothing."""


def table_of(name: str) -> Table | None:
    """The table that a file called `name` holds, None for what is not read."""
    word = re.sub("[^a-z]", "", name.rsplit("/", 1)[-1].rpartition(".")[0].lower())
    return next((table for part, table in _NAMES if part in word), None)


def column_of(table: Table, name: str) -> str | None:
    """The column as it is called here; None for one that is not read."""
    return _COLUMNS[table].get(re.sub("[^a-z]", "", name.lower()))
