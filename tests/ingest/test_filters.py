"""What of a source is wanted."""

from __future__ import annotations

import pytest

from amic_kg.errors import InvalidSetting
from amic_kg_ingest.sources.filters import Filter
from amic_kg_ingest.sources.topics import find_concepts

RECORD = {
    "title": {"fi": "Kaivosvesien käsittely Sodankylässä"},
    "abstract": {"fi": "Kaivosveden sulfaattia poistettiin."},
    "issued": "2018-05",
    "language": "fin",
    "type": "MasterThesis",
    "publisher": ["Lapin ammattikorkeakoulu"],
}


def reason(**table):
    return Filter.of(table, "theses").leaves_out(RECORD, find_concepts)


def test_without_a_filter_all_is_wanted():
    assert reason() is None


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ({"from": 2018}, None),
        ({"from": "2018-06"}, "before 2018-06"),
        ({"from": 2019}, "before 2019"),
        ({"until": 2018}, None),
        ({"until": "2018-04"}, "after 2018-04"),
        ({"languages": ["fi"]}, None),
        ({"languages": ["en", "sv"]}, "another language"),
        ({"kinds": ["MasterThesis"]}, None),
        ({"kinds": ["Report"]}, "another kind"),
        ({"organisations": ["lapin ammattikorkeakoulu"]}, None),
        ({"organisations": ["Lapin yliopisto"]}, "another organisation"),
        ({"terms": ["kaivos"]}, None),
        ({"terms": ["vesien"]}, "another topic"),
        ({"topics": ["theme/mine-water-management"]}, None),
        ({"topics": ["theme/noise"]}, "another topic"),
        ({"terms": ["kaivos"], "from": 2019}, "before 2019"),
    ],
)
def test_a_record_that_is_not_wanted_is_told_why(table, expected):
    assert reason(**table) == expected


def test_a_topic_takes_in_what_is_narrower():
    (broader, *_) = [
        iri
        for iri in find_concepts("kaivosvesi", "fi")
        if not iri.endswith("/mine-water-management")
    ]
    assert reason(topics=["/".join(broader.split("/")[-2:])]) is None


def test_what_is_not_told_leaves_nothing_out():
    told = Filter.of({"from": 2019, "languages": ["sv"], "kinds": ["Report"]}, "theses")
    assert told.leaves_out({"title": "Kaivos"}) is None


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"words": ["a"]}, "'words', which is unknown"),
        ({"terms": []}, "no list of texts"),
        ({"terms": [1]}, "no list of texts"),
        ({"from": "last year"}, "'last year' is no date"),
    ],
)
def test_a_filter_that_cannot_be_is_refused(table, message):
    with pytest.raises(InvalidSetting, match=message):
        Filter.of(table, "theses")
