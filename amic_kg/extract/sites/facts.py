"""What the registry tells of sites beyond their names: where they lie and what is in them."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from amic_kg.iris import ONTOLOGY
from amic_kg.turtle import read_turtle

_GEOMETRY = "http://www.opengis.net/ont/geosparql#hasGeometry"
_WKT = "http://www.opengis.net/ont/geosparql#asWKT"
_POINT = re.compile(r"POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")
_EARTH_RADIUS_KM = 6371.0

Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84, as in WKT."""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A site's place on the map, if it is known, and its raw materials as IRIs."""

    point: Point | None = None
    commodities: frozenset[str] = frozenset()


def read_site_facts(path: Path) -> Mapping[str, SiteFacts]:
    """The facts of each site of a registry file; raises InvalidVocabulary."""
    points: dict[str, Point] = {}
    geometries: dict[str, str] = {}
    commodities: defaultdict[str, set[str]] = defaultdict(set)
    for triple in read_turtle(path):
        value = triple.object
        if triple.predicate == _WKT and not isinstance(value, str):
            if match := _POINT.search(value.value):
                points[triple.subject] = (float(match[1]), float(match[2]))
        elif isinstance(value, str):
            if triple.predicate == _GEOMETRY:
                geometries[triple.subject] = value
            elif triple.predicate in (f"{ONTOLOGY}hasCommodity", f"{ONTOLOGY}produces"):
                commodities[triple.subject].add(value)
    return {
        iri: SiteFacts(points.get(geometries.get(iri, "")), frozenset(commodities.get(iri, ())))
        for iri in geometries.keys() | commodities.keys()
    }


def kilometres(a: Point, b: Point) -> float:
    """The distance on a sphere."""
    (east_a, north_a), (east_b, north_b) = (tuple(map(math.radians, p)) for p in (a, b))
    half = (
        math.sin((north_b - north_a) / 2) ** 2
        + math.cos(north_a) * math.cos(north_b) * math.sin((east_b - east_a) / 2) ** 2
    )
    return 2 * _EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def tells_a_place(point: Point) -> bool:
    """False for what stands for no place or a whole country: 0 0, and whole and half degrees."""
    return any(degrees * 2 % 1 for degrees in point)
