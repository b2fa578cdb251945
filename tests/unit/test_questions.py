"""The stored questions are whole and safe to fill in; a broken file is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from amic_kg.errors import InvalidQuery, InvalidVocabulary, UnknownThing
from amic_kg.graph.sparql_text import undeclared_prefixes
from amic_kg.graph.terms import MRDI, PREFIXES
from amic_kg.iris import CANONICAL_BASE
from amic_kg.ontology import Vocabulary, load_vocabulary, ontology_files
from amic_kg.questions import Parameter, Question, find_question, load_questions
from amic_kg.turtle import read_turtle

ROOT = Path(__file__).resolve().parents[2]
QUESTIONS = load_questions()
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"q{q.number:02}")
LABEL = {"fi": "a", "en": "b", "sv": "c"}


@pytest.fixture(scope="module")
def subjects() -> frozenset[str]:
    """Everything that a file of the ontology, the vocabularies or the registry describes."""
    return frozenset(triple.subject for path in ontology_files() for triple in read_turtle(path))


@pytest.fixture(scope="module")
def known() -> Vocabulary:
    return load_vocabulary()


def test_there_are_25_questions_in_four_groups() -> None:
    assert [question.number for question in QUESTIONS] == list(range(1, 26))
    assert [sum(q.group["en"] == group for q in QUESTIONS) for group in (
        "Mining RDI", "Social acceptance", "EU cooperation", "Quality"
    )] == [10, 7, 6, 2]  # fmt: skip


@EACH
def test_a_question_has_its_texts_in_three_languages(question: Question) -> None:
    for texts in (question.title, question.comment, question.group, question.keywords):
        assert set(texts) == {"fi", "en", "sv"}
    assert set(question.missing) in ({"fi", "en", "sv"}, set())
    assert len({title for q in QUESTIONS for title in q.title.values()}) == 75
    assert question.target == f"{CANONICAL_BASE}sparql"


@EACH
def test_a_question_runs_in_any_tool_and_on_our_endpoint_as_stored(question: Question) -> None:
    assert undeclared_prefixes(question.query()) == []
    # Our endpoint knows its own prefixes; the text as stored may use one more, owl.
    assert set(undeclared_prefixes(question.select)) <= {*PREFIXES, "owl"}
    assert "ORDER BY" in question.select


@EACH
def test_a_question_names_only_what_exists(question: Question, subjects: frozenset[str]) -> None:
    named = set(re.findall(rf"<({CANONICAL_BASE}[^>]+)>", question.select))
    named |= {MRDI + name for name in re.findall(r"\bmrdi:([\w-]+)", question.select)}
    assert named - subjects == set()


@EACH
def test_a_default_is_of_the_class_that_the_parameter_wants(
    question: Question, known: Vocabulary
) -> None:
    for parameter in question.parameters:
        assert set(parameter.label) == {"fi", "en", "sv"}
        for value in parameter.default if parameter.thing else ():
            entity = known.get(value)
            assert entity is not None
            assert entity.type == parameter.thing


@EACH
def test_the_page_tells_of_a_question_and_how_much_is_answered(question: Question) -> None:
    page = (ROOT / "docs" / "how-to" / "competency-questions.md").read_text("utf-8")
    (line,) = (line for line in page.splitlines() if line.startswith(f"| {question.number} |"))
    assert question.title["en"] in line
    assert f"| {question.extent} |" in line
    assert question.missing.get("en", "") in line


@EACH
def test_giving_the_defaults_changes_nothing(question: Question) -> None:
    given = {parameter.name: parameter.default for parameter in question.parameters}
    assert question.query(given) == question.query()


@EACH
def test_every_block_of_a_parameter_is_replaced(question: Question) -> None:
    for parameter in question.parameters:
        blocks = len(re.findall(rf"VALUES \?{parameter.name} ", question.select))
        assert question.select.count(parameter.block(parameter.default)) == blocks > 0


class TestParameter:
    def test_a_key_is_read_beside_the_default(self) -> None:
        region = parameter(default=(f"{CANONICAL_BASE}id/place/lappi",))
        assert region.block(["kainuu"]) == f"VALUES ?a {{ <{CANONICAL_BASE}id/place/kainuu> }}"
        assert region.resolve("../site/sokli") == f"{CANONICAL_BASE}id/site/sokli"
        assert region.resolve("https://example.org/x") == "https://example.org/x"
        assert parameter(default=(f"{MRDI}Place",)).resolve("Site") == f"{MRDI}Site"

    def test_several_values_stand_in_one_block_each_once(self) -> None:
        many = parameter("integer", default=("1",), many=True)
        assert many.block(["3", "5", "3"]) == "VALUES ?a { 3 5 }"

    @pytest.mark.parametrize(("kind", "value", "written"), [
        ("integer", "-7", "-7"),
        ("decimal", "0.85", "0.85"),
        ("year", "2017", '"2017"^^xsd:gYear'),
        ("date", "2018-02-28", '"2018-02-28"^^xsd:date'),
        ("string", 'the "old" mine', r'"the \"old\" mine"'),
        ("string", "Kemi } UNION { ?s ?p ?o", '"Kemi } UNION { ?s ?p ?o"'),
    ])  # fmt: skip
    def test_a_value_becomes_a_term(self, kind: str, value: str, written: str) -> None:
        assert parameter(kind).block([value]) == f"VALUES ?a {{ {written} }}"

    @pytest.mark.parametrize(("kind", "value"), [
        ("iri", "https://example.org/> } ?s ?p ?o #"),
        ("iri", "https://example.org/\\u003E"),
        ("iri", "javascript:alert(1)"),
        ("iri", "mrdi:Place"),
        ("iri", ""),
        ("string", "a\\u0022 } ?s ?p ?o { #"),
        ("string", "two\nlines"),
        ("string", "half a pair \ud800"),
        ("integer", "1 } ?s ?p ?o {"),
        ("integer", "١"),
        ("integer", "1.5"),
        ("integer", "9" * 30),
        ("decimal", "1e9"),
        ("decimal", ".5"),
        ("year", "18"),
        ("date", "2018-02-30"),
        ("date", "2018-2-3"),
    ])  # fmt: skip
    def test_what_is_no_such_term_is_refused(self, kind: str, value: str) -> None:
        with pytest.raises(InvalidQuery) as refused:
            parameter(kind, default=("https://example.org/",)).block([value])
        assert refused.value.subject == f"a={value}"
        assert refused.value.remedy

    def test_bounds_and_choices_hold(self) -> None:
        with pytest.raises(InvalidQuery, match="is above 5"):
            parameter("integer", high=5).block(["6"])
        with pytest.raises(InvalidQuery, match="is below 0"):
            parameter("integer", low=0).block(["-1"])
        with pytest.raises(InvalidQuery, match="Use fi, en"):
            parameter("string", choices=("fi", "en")).block(["se"])

    def test_one_value_means_one(self) -> None:
        with pytest.raises(InvalidQuery, match="several values"):
            parameter("integer").block(["1", "2"])
        with pytest.raises(InvalidQuery, match="has no value"):
            parameter("integer").block([])


class TestQuery:
    def test_a_value_is_not_looked_at_again(self) -> None:
        question = find_question(QUESTIONS, 4)
        query = question.query({"list": ["2017"], "from": ["2016"], "region": ["kainuu"]})
        assert query.count("id/place/kainuu> }") == question.select.count("VALUES ?region")
        assert 'VALUES ?list { "2017"^^xsd:gYear }' in query
        assert "VALUES ?to { 2099 }" in query

    def test_an_unknown_parameter_is_named_with_those_there_are(self) -> None:
        with pytest.raises(InvalidQuery, match=r"area: is no parameter.*region, list, from, to"):
            find_question(QUESTIONS, 4).query({"area": ["lappi"]})

    def test_an_unknown_question_is_named(self) -> None:
        with pytest.raises(UnknownThing, match="question 26"):
            find_question(QUESTIONS, 26)


SOUND = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix mrdi: <https://w3id.org/amic/ontology#> .
@prefix q: <https://example.org/> .
q:prefixes sh:declare [ sh:prefix "mrdi" ; sh:namespace "https://w3id.org/amic/ontology#" ] .
q:group skos:prefLabel "ryhmä"@fi, "group"@en, "grupp"@sv .
q:year sh:path q:year ; sh:order 1 ; sh:datatype xsd:integer ; sh:maxCount 1 ;
    sh:name "vuosi"@fi, "year"@en, "år"@sv ; mrdi:defaultValue 2018 .
q:one a sh:SPARQLSelectExecutable ;
    dcterms:identifier "1" ; dcterms:isPartOf q:group ;
    rdfs:label "nimi"@fi, "name"@en, "namn"@sv ;
    rdfs:comment "kuvaus"@fi, "comment"@en, "beskrivning"@sv ;
    mrdi:answerable true ; schema:target q:sparql ;
    sh:parameter q:year ; sh:prefixes q:prefixes ;
    sh:select "SELECT * { VALUES ?year { 2018 } ?s mrdi:year ?year }" .
"""

Written = Callable[[str], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    (tmp_path / "examples").mkdir()

    def write(turtle: str) -> Path:
        (tmp_path / "examples" / "mine.ttl").write_text(turtle, "utf-8")
        return tmp_path

    return write


class TestFiles:
    def test_a_sound_file_is_read(self, written: Written) -> None:
        (question,) = load_questions(written(SOUND))
        assert question.extent == "whole"
        assert question.query({"year": ["2017"]}) == (
            "PREFIX mrdi: <https://w3id.org/amic/ontology#>\n"
            "SELECT * { VALUES ?year { 2017 } ?s mrdi:year ?year }\n"
        )

    def test_missing_data_make_a_part_or_nothing_of_an_answer(self, written: Written) -> None:
        missing = SOUND.replace(
            "schema:target", 'mrdi:missing "x"@fi, "y"@en, "z"@sv ; schema:target'
        )
        assert load_questions(written(missing))[0].extent == "part"
        unanswered = missing.replace("answerable true", "answerable false")
        assert load_questions(written(unanswered))[0].extent == "none"

    @pytest.mark.parametrize(("sound", "broken", "told"), [
        ('"namn"@sv', '"namn"@da', "has no .*label in 'sv'"),
        ('"år"@sv', '""@sv', "has no .*name in 'sv'"),
        ('identifier "1"', 'identifier "I"', "has the number 'I'"),
        ('dcterms:identifier "1" ;', "", "has 0 values of .*identifier"),
        ("mrdi:defaultValue 2018", "mrdi:note 2018", "has no default for 'year'"),
        ("mrdi:defaultValue 2018", "mrdi:defaultValue 2017", "does not bind the default of 'year'"),
        ("sh:datatype xsd:integer", "sh:datatype xsd:anyURI", "has 'year' of type .*anyURI"),
        ("sh:path q:year", "sh:path q:Year-1", "has a parameter 'Year-1'"),
        ("sh:parameter q:year", "sh:parameter q:month", "points to .*month, which no file"),
        ("answerable true", "answerable false", "cannot be answered and does not say why"),
        ("?s mrdi:year", "?s dc:year", "uses the prefix 'dc:'"),
        ("?s mrdi:year ?year", "SERVICE <https://example.org/> { ?s ?p ?year }", "refused"),
        ("SELECT * {", "DELETE WHERE {", "refused: is an update"),
    ])  # fmt: skip
    def test_a_broken_file_is_named_with_cause_and_remedy(
        self, written: Written, sound: str, broken: str, told: str
    ) -> None:
        assert sound in SOUND
        with pytest.raises(InvalidVocabulary, match=told) as refused:
            load_questions(written(SOUND.replace(sound, broken)))
        assert refused.value.subject.startswith("mine.ttl, https://example.org/one")
        assert refused.value.remedy

    def test_a_number_stands_once(self, written: Written) -> None:
        second = SOUND[SOUND.index("q:one") :].replace("q:one", "q:two")
        with pytest.raises(InvalidVocabulary, match="question 1: is there twice"):
            load_questions(written(SOUND + second))

    def test_a_subject_stands_in_one_file(self, written: Written) -> None:
        folder = written(SOUND)
        (folder / "examples" / "other.ttl").write_text(SOUND, "utf-8")
        with pytest.raises(InvalidVocabulary, match="is described in two files"):
            load_questions(folder)

    def test_broken_turtle_is_named_with_its_line(self, written: Written) -> None:
        with pytest.raises(InvalidVocabulary, match=r"mine\.ttl, line \d+"):
            load_questions(written(SOUND + "q:one a"))


class TestQueriesThatWait:
    """What the samples cannot show: the queries on data that later extraction will bring."""

    def test_3_methods_tested_at_a_site(self) -> None:
        assert rows(3, """
            d:1 mrdi:reportsStudy d:study ; dc:creator "Tekijä" .
            d:study a mrdi:Study ; mrdi:appliesMethod d:method ; mrdi:studiesSite d:site ;
                mrdi:outcome "works"@en ; mrdi:trl 6 .
            d:method skos:prefLabel "wetland"@en . d:site skos:prefLabel "Mine"@en .
        """) == [("wetland", "Mine", "works", "6", "Tekijä")]  # fmt: skip

    def test_5_theses_commissioned_by_companies_and_not_those_of_others(self) -> None:
        assert rows(5, """
            d:1 a mrdi:MasterThesis ; dcterms:title "Työ"@fi ; mrdi:year 2018 ;
                mrdi:commissioner d:company, d:office ; dcterms:subject d:topic .
            d:company mrdi:role mrdi:role-company ; skos:prefLabel "Company"@en .
            d:office mrdi:role mrdi:role-authority ; skos:prefLabel "Office"@en .
            d:topic skos:prefLabel "dust"@en .
        """) == [("Company", "Työ", "2018", "dust")]  # fmt: skip

    def test_9_contradictions_between_documents_and_not_within_one_or_with_a_rejected_one(
        self,
    ) -> None:
        def statement(name: str, value: str, document: str, status: str = "proposed") -> str:
            return f"""
                d:{name} a mrdi:Statement ; rdf:subject d:site ; rdf:predicate d:area ;
                    rdf:object {value} ; mrdi:reviewStatus mrdi:status-{status} ;
                    mrdi:evidence [ oa:hasTarget [ oa:hasSource d:{document} ] ] ."""

        assert rows(9, 'd:site a mrdi:Site ; skos:prefLabel "Mine"@en .' + "".join((
            statement("a", "180", "1"), statement("b", "160", "2"), statement("c", "180", "3"),
            statement("e", "170", "2", "rejected"), statement("f", "161", "2"),
        )), "siteLabel", "value", "document", "otherValue", "otherDocument") == [
            ("Mine", "160", "2", "180", "1"), ("Mine", "160", "2", "180", "3"),
            ("Mine", "161", "2", "180", "1"), ("Mine", "161", "2", "180", "3"),
        ]  # fmt: skip

    def test_13_a_stance_stands_beside_its_group(self) -> None:
        found = rows(13, """
            d:herders a mrdi:StakeholderGroup ; skos:prefLabel "herders"@en .
            d:1 schema:mentions d:herders ; dc:creator "A" .
            d:2 schema:mentions d:herders ; dc:creator "A" ; mrdi:reportsStance d:stance .
            d:stance mrdi:stakeholder d:herders ; mrdi:stance mrdi:stance-opposed .
        """, "groupLabel", "stance", "documents", "creators")  # fmt: skip
        assert set(found) == {
            ("herders", "", "1", "1"), ("herders", f"{MRDI}stance-opposed", "1", "1"),
        }  # fmt: skip

    def test_24_counts_reviews_and_what_lacks_page_quote_or_licence(self) -> None:
        mention = "a oa:Annotation ; oa:hasBody d:gold ; prov:wasGeneratedBy d:run ; oa:hasTarget"
        assert rows(24, f"""
            mrdi:Commodity rdfs:label "commodity"@en .
            d:gold a mrdi:Commodity .
            d:1 a mrdi:Output ; prov:wasGeneratedBy d:run .
            d:run mrdi:pipelineVersion "1" .
            d:whole {mention} [ oa:hasSelector [
                rdf:value "page=1" ; oa:refinedBy [ oa:exact "gold" ] ] ] .
            d:quoteless {mention} [ oa:hasSelector [ rdf:value "page=2" ] ] ;
                mrdi:reviewStatus mrdi:status-rejected .
            d:neither {mention} [ oa:hasSource d:1 ] ; mrdi:reviewStatus mrdi:status-accepted .
            d:proposed {mention} [ oa:hasSelector [
                rdf:value "page=3" ; oa:refinedBy [ oa:exact "gold" ] ] ] ;
                mrdi:reviewStatus mrdi:status-proposed .
        """, "mentions", "reviewed", "rejected", "withoutPage", "withoutQuote", "withoutLicence",
        ) == [("4", "0.5", "0.25", "1", "2", "4")]  # fmt: skip

    def test_25_what_changed_since_a_day(self) -> None:
        assert rows(25, """
            d:old a prov:Activity ; prov:endedAtTime "2017-12-31T10:00:00Z"^^xsd:dateTime ;
                prov:generated d:1 .
            d:new a prov:Activity ; prov:endedAtTime "2018-01-01T10:00:00Z"^^xsd:dateTime ;
                prov:invalidated d:2 ; prov:generated d:3, d:4 ; rdfs:comment "an erratum"@en .
            d:4 prov:wasRevisionOf d:1 .
        """, "change", "entity", "reason") == [
            ("added", "3", "an erratum"),
            ("changed", "4", "an erratum"),
            ("withdrawn", "2", "an erratum"),
        ]  # fmt: skip


def rows(number: int, turtle: str, *columns: str) -> list[tuple[str, ...]]:
    """The answer over `turtle` in one named graph; all columns but IRIs when none is named."""
    store = ox.Store()
    known = {**PREFIXES, "d": "https://example.org/"}
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in known.items())
    graph = ox.NamedNode("https://example.org/graph")
    store.load((head + turtle).encode(), format=ox.RdfFormat.TURTLE, to_graph=graph)
    answer = store.query(find_question(QUESTIONS, number).query(), use_default_graph_as_union=True)
    assert isinstance(answer, ox.QuerySolutions)
    names = columns or tuple(variable.value for variable in answer.variables)
    found = []
    for solution in answer:
        terms = [solution[name] for name in names]
        kept = [term for term in terms if columns or isinstance(term, ox.Literal)]
        found.append(
            tuple(term.value.removeprefix("https://example.org/") if term else "" for term in kept)
        )
    return found


def parameter(
    kind: str = "iri",
    *,
    default: tuple[str, ...] = ("1",),
    many: bool = False,
    choices: tuple[str, ...] = (),
    low: int | None = None,
    high: int | None = None,
) -> Parameter:
    return Parameter(
        name="a", kind=kind, label=LABEL, default=default, many=many, choices=choices, low=low,
        high=high,
    )  # type: ignore[arg-type]  # fmt: skip
