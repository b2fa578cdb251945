"""Vocabularies of others beside ours: refused when broken, loaded whole, taken out again."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from amic_kg.errors import InvalidVocabulary, UnknownThing, UnreadableInput
from amic_kg.external import CONCEPT, ExternalVocabularies, open_vocabulary, vocabulary_version

HEAD = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix x: <https://example.org/minerals/> .
"""
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SCHEME = f"""
x:scheme a skos:ConceptScheme ;
    dcterms:title "Imagined minerals"@en, "Kuvitellut mineraalit"@fi ;
    dcterms:license <{LICENCE}> .
"""
CONCEPTS = """
x:stone a skos:Concept ; skos:inScheme x:scheme ;
    skos:prefLabel "kuvitelmakivi"@fi, "fancystone"@en .
x:fancyite a skos:Concept ; skos:inScheme x:scheme ; skos:broader x:stone ;
    skos:prefLabel "kuvitelmiitti"@fi, "fancyite"@en ; skos:altLabel "fancyrite"@en .
"""
WHOLE = HEAD + SCHEME + CONCEPTS
FANCYITE = "https://example.org/minerals/fancyite"
NICKEL = "https://w3id.org/amic/vocab/commodity/nickel"


@pytest.fixture
def loaded(tmp_path):
    return ExternalVocabularies(tmp_path / "vocabularies")


@pytest.fixture
def file(tmp_path):
    def file(text: str = WHOLE, name: str = "minerals.ttl"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return file


def add(loaded, path, **options):
    return loaded.add(path, **{"source": str(path), "known": (NICKEL,), **options})


def kept(loaded) -> list[str]:
    return sorted(path.name for path in loaded.path("x").parent.glob("**/*"))


def test_a_sound_file_is_loaded_with_title_licence_source_and_counts(loaded, file):
    about = add(loaded, file(), source="https://example.org/minerals.ttl")
    assert (about.name, about.title, about.licence) == (
        "imagined-minerals",
        "Imagined minerals",
        LICENCE,
    )
    assert about.source == "https://example.org/minerals.ttl"
    assert about.concepts == 2
    assert about.labels == {"fi": 2, "en": 2, "sv": 0, "se": 0}
    assert loaded.list() == [about]
    assert kept(loaded) == ["imagined-minerals.json", "imagined-minerals.nt"]


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("minerals.rdf", ox.RdfFormat.RDF_XML),
        ("minerals.nt", ox.RdfFormat.N_TRIPLES),
        ("minerals.jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_other_syntaxes_give_the_same(loaded, tmp_path, name, form):
    triples = (quad.triple for quad in ox.parse(WHOLE, format=ox.RdfFormat.TURTLE))
    path = tmp_path / name
    ox.serialize(triples, path, format=form)
    assert add(loaded, path).concepts == 2
    assert FANCYITE in {entity.iri for entity in loaded.entities()}


REFUSED = {
    "broken Turtle": (WHOLE + "x:broken a skos:Concept ; skos:prefLabel ", r"minerals\.ttl"),
    "a ring of broader": (WHOLE + "x:stone skos:broader x:fancyite .", "cycle .* broader than"),
    "a concept above itself": (WHOLE + "x:stone skos:broader x:stone .", "cycle"),
    "two things under one IRI": (
        WHOLE + 'x:stone skos:prefLabel "rock"@en .',
        "S14 .* 2 preferred",
    ),
    "an IRI of ours": (
        WHOLE + f'<{NICKEL}> a skos:Concept ; skos:prefLabel "nickel"@en .',
        "AMIC-KG's own vocabularies describes already, such as .*nickel",
    ),
    "a scheme that is a concept": (WHOLE + "x:scheme a skos:Concept .", "S9"),
    "no licence": (HEAD + CONCEPTS, "states no licence"),
    "no concept": (HEAD + SCHEME, "holds no skos:Concept"),
    "nothing at all": ("", "holds no skos:Concept"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_faulty_file_is_named_and_nothing_of_it_is_loaded(loaded, file, case):
    text, cause = REFUSED[case]
    with pytest.raises(InvalidVocabulary, match=cause) as refused:
        add(loaded, file(text))
    assert refused.value.subject.startswith("minerals.ttl")
    assert refused.value.remedy
    assert kept(loaded) == []
    assert loaded.list() == []


def test_an_unknown_ending_and_a_missing_file_are_named(loaded, file, tmp_path):
    with pytest.raises(InvalidVocabulary, match="names no RDF syntax"):
        add(loaded, file(name="minerals.xyz"))
    with pytest.raises(UnreadableInput, match="is no file"):
        add(loaded, tmp_path / "nowhere.ttl")


def test_a_licence_given_stands_in_for_a_missing_one(loaded, file):
    about = add(loaded, file(HEAD + CONCEPTS), licence="https://example.org/terms", name="Minerals")
    assert (about.name, about.licence) == ("minerals", "https://example.org/terms")


def test_a_refused_file_leaves_what_was_loaded_under_its_name(loaded, file):
    about = add(loaded, file())
    with pytest.raises(InvalidVocabulary):
        add(loaded, file(WHOLE + "x:stone skos:broader x:fancyite ."))
    assert loaded.list() == [about]
    assert {entity.iri for entity in loaded.entities()} >= {FANCYITE}


def test_a_vocabulary_replaces_itself_under_the_same_name_and_no_other(loaded, file):
    first = add(loaded, file())
    with pytest.raises(InvalidVocabulary, match="imagined-minerals describes already"):
        add(loaded, file(), name="another")
    more = WHOLE + 'x:other a skos:Concept ; skos:prefLabel "other"@en .'
    second = add(loaded, file(more))
    assert (first.concepts, second.concepts) == (2, 3)
    assert loaded.list() == [second]


def test_what_can_be_lived_with_is_remarked(loaded, file):
    about = add(loaded, file(WHOLE + 'x:fancyite skos:hiddenLabel "fancyrite"@en .'))
    assert len(about.remarks) == 1
    assert "S13" in about.remarks[0]


def test_what_is_removed_is_gone_and_cannot_be_removed_again(loaded, file):
    add(loaded, file())
    loaded.remove("imagined-minerals")
    assert kept(loaded) == []
    with pytest.raises(UnknownThing, match="is not loaded"):
        loaded.remove("imagined-minerals")


def test_the_version_tells_what_is_loaded(loaded, file, tmp_path):
    folder = tmp_path / "vocabularies"
    before = vocabulary_version(folder)
    add(loaded, file())
    during = vocabulary_version(folder)
    loaded.remove("imagined-minerals")
    assert before != during
    assert vocabulary_version(folder) == before


def test_its_concepts_stand_beside_ours_with_their_hierarchy(loaded, file, tmp_path):
    add(loaded, file())
    vocabulary = open_vocabulary(tmp_path / "vocabularies")
    fancyite = vocabulary.get(FANCYITE)
    assert fancyite is not None
    assert fancyite.type == CONCEPT
    assert fancyite.preferred == {"fi": "kuvitelmiitti", "en": "fancyite"}
    assert vocabulary.ancestors(FANCYITE) == ("https://example.org/minerals/stone",)
    assert NICKEL in vocabulary


def test_a_concept_that_ours_is_a_match_of_is_left_to_ours(loaded, file, vocabulary):
    ours = next(e for e in vocabulary if e.type == "Mineral" and e.links)
    text = WHOLE + f'<{ours.links[0]}> a skos:Concept ; skos:prefLabel "theirs"@en .'
    assert add(loaded, file(text)).concepts == 3
    described = {entity.iri for entity in loaded.entities(vocabulary.links())}
    assert ours.links[0] not in described
    assert FANCYITE in described


class TestCommands:
    """`amic-kg vocab` and what the next ingest makes of it."""

    def test_add_list_and_remove_tell_what_they_do(self, amic, file, tmp_path):
        data = tmp_path / "data"
        assert "None is loaded" in amic("vocab", "list", data=data).out
        added = amic("vocab", "add", file(), "--json", data=data)
        assert added.code == 0
        assert json.loads(added.out)["licence"] == LICENCE
        listed = amic("vocab", "list", data=data)
        assert "Imagined minerals" in listed.out
        assert LICENCE in listed.out
        assert [
            one["name"] for one in json.loads(amic("vocab", "list", "--json", data=data).out)
        ] == ["imagined-minerals"]
        removed = amic("vocab", "remove", "imagined-minerals", data=data)
        assert (removed.code, "ingest" in removed.out) == (0, True)
        assert json.loads(amic("vocab", "list", "--json", data=data).out) == []

    @pytest.mark.parametrize("case", REFUSED)
    def test_a_refusal_names_file_cause_and_remedy(self, amic, file, tmp_path, case):
        refused = amic("vocab", "add", file(REFUSED[case][0]), data=tmp_path / "data")
        assert refused.code == 2
        assert "minerals.ttl" in refused.err
        assert "Traceback" not in refused.err
        assert not list((tmp_path / "data").glob("vocabularies/*"))

    def test_ingest_finds_its_concepts_and_forgets_them_after_remove(self, bench, file, tmp_path):
        document = tmp_path / "note.txt"
        document.write_text("The fancyite of the mine was mapped. " * 5, encoding="utf-8")
        assert bench.ingest(document).count("published") == 1
        assert FANCYITE not in "".join(bench.quads())
        loaded = ExternalVocabularies(bench.settings.data / "vocabularies")
        add(loaded, file())

        again = bench.ingest(document)
        assert again.count("published") == 1, "the document is read anew"
        assert FANCYITE in "".join(bench.quads())
        assert any(name.endswith("/external/imagined-minerals") for name in bench.graphs())

        loaded.remove("imagined-minerals")
        assert bench.ingest(document).count("published") == 1
        assert FANCYITE not in "".join(bench.quads())
        assert not any("/external/" in name for name in bench.graphs())
        assert bench.ingest(document).count("skipped") == 1
