"""Harvesting a repository: each record once, whatever the server does, and only what is new."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date

import pytest

from amic_kg.errors import (
    DamagedDocument,
    InvalidSetting,
    NotFound,
    UnreachableSource,
    UnreadableInput,
)
from amic_kg.records import RawDocument, Withdrawn
from amic_kg.settings import Settings
from amic_kg_ingest.fetch import Fetcher
from amic_kg_ingest.sources import Surroundings
from amic_kg_ingest.sources.declarations import Declaration
from amic_kg_ingest.sources.oai_pmh.source import OaiPmhSource

TODAY = date(2026, 11, 25)
SETTINGS = Settings(fetch_allow="127.0.0.0/8", fetch_pause_milliseconds=0)


class Memory:
    """What a source remembers, kept in the test."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.waiting: list[str] = []
        self.published: list[str] = []

    def recall(self, name):
        return self.values.get(name)

    def remember(self, name, value):
        self.values[name] = value

    def due(self):
        return self.waiting

    def known(self):
        return iter(self.published)


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def repository(oai):
    """120 records in kk and oai_dc on as many days, in the order of their datestamps."""
    items = [item(oai, number) for number in range(120)]
    return oai.Repository(items=items, page_size=50)


def item(oai, number: int, **extra):
    title = f"Kaivosvesien hallinta, osa {number}"
    fields = [("title", title), ("date.issued", "2019"), ("language.iso", "fin")]
    fields += [(name.replace("_", "."), value) for name, value in extra.items()]
    day = f"2020-{1 + number // 28:02}-{1 + number % 28:02}"
    return oai.Item(
        f"oai:arkisto.example:1/{number}",
        f"{day}T10:00:00Z",
        {
            "kk": oai.kk(fields),
            "oai_dc": oai.dublin_core([("title", title), ("date", "2019"), ("language", "fi")]),
        },
        ("col_1",),
    )


@pytest.fixture
def harvest(serve, memory, tmp_path):
    """Runs the source over `repository` to its end, and settles it; errors are kept in `error`."""

    def harvest(repository, *, wanted=None, dry=False, today=TODAY, waits=None, **options):
        source = OaiPmhSource(
            Declaration("arkisto", "oai-pmh", serve(repository), "", options, wanted or {}),
            Surroundings(SETTINGS, memory, tmp_path / "fetched", dry),
            lambda: patient(waits),
            today,
        )
        harvest.source, harvest.error, given = source, None, []
        try:
            given.extend(source.documents())
        except (UnreadableInput, DamagedDocument) as error:
            harvest.error = error
        else:
            source.settle()
        return given

    return harvest


@pytest.fixture
def serve(oai):
    """The address of a server over a repository, the same for the whole test."""
    addresses: dict[int, str] = {}
    with ExitStack() as servers:

        def serve(repository):
            if id(repository) not in addresses:
                addresses[id(repository)] = servers.enter_context(oai.serving(repository))
            return addresses[id(repository)]

        yield serve


def patient(waits: list[float] | None = None) -> Fetcher:
    """As in a run, but waits are noted and not waited for."""
    fetcher = Fetcher.of(SETTINGS)
    fetcher._wait = [].append if waits is None else waits.append
    return fetcher


def numbers(given) -> list[int]:
    return [int(found.identifier.rsplit("/", 1)[-1]) for found in given]


def froms(repository) -> list[str]:
    """The dates that lists were begun from."""
    lists = repository.asked("ListRecords")
    return [query.get("from", "") for query in lists if "resumptionToken" not in query]


def test_every_record_of_every_page_comes_once_as_a_document(repository, harvest):
    given = harvest(repository)
    assert numbers(given) == list(range(120))
    assert all(isinstance(found, RawDocument) and found.path.is_file() for found in given)
    assert given[7].metadata["title"] == {"fi": "Kaivosvesien hallinta, osa 7"}
    assert harvest.source.expected == 120


def test_requests_name_the_project_and_where_it_lives(repository, harvest):
    harvest(repository)
    (agent,) = repository.agents
    assert agent.startswith("amic-kg/")
    assert Settings().base_iri in agent


@pytest.mark.parametrize(
    "fault",
    ["busy", "busy until", "too many", "truncated", "latin-1", "control", "trailing", "expired"],
)
@pytest.mark.parametrize("page", [1, 2, 3])
def test_no_fault_of_a_page_loses_or_doubles_a_record(repository, harvest, fault, page):
    # The first request has no token that could expire.
    repository.faults = {max(page, 2) if fault == "expired" else page: fault}
    given = harvest(repository)
    assert harvest.error is None
    assert sorted(numbers(given)) == list(range(120))
    assert harvest.source.left_out == {}


@pytest.mark.parametrize("status", [400, 404])
def test_an_error_of_the_protocol_is_read_from_an_error_of_http(repository, harvest, status):
    repository.error_status = status
    # A refusal is asked for again, for its words.
    repository.faults = {3: "expired", 4: "expired"}
    assert sorted(numbers(harvest(repository))) == list(range(120))
    repository.date = "2026-11-02T12:00:00Z"
    assert harvest(repository) == []
    assert harvest.error is None


def test_an_address_that_is_not_there_says_so(serve, repository, memory, tmp_path):
    source = OaiPmhSource(
        Declaration("arkisto", "oai-pmh", serve(repository) + "/request"),
        Surroundings(SETTINGS, memory, tmp_path),
        patient,
        TODAY,
    )
    with pytest.raises(NotFound, match="does not exist on its server"):
        list(source.documents())


def test_an_expired_token_goes_on_from_the_last_datestamp(repository, harvest):
    repository.faults = {3: "expired"}
    harvest(repository)
    assert froms(repository) == ["", repository.items[99].datestamp]


def test_a_list_in_another_order_is_begun_anew_when_its_token_expires(repository, harvest):
    repository.items.reverse()
    repository.faults = {3: "expired"}
    given = harvest(repository)
    assert sorted(numbers(given)) == list(range(120))
    assert froms(repository) == ["", ""]


def test_a_list_that_looks_ordered_and_is_not_is_looked_through_again(repository, harvest):
    early = repository.items.pop(0)
    repository.items.append(early)
    repository.faults = {3: "expired"}
    assert sorted(numbers(harvest(repository))) == list(range(120))
    assert froms(repository) == ["", repository.items[99].datestamp, ""]


def test_a_list_that_tells_no_size_is_begun_anew_when_its_token_expires(repository, harvest):
    repository.tells_size = False
    repository.faults = {3: "expired"}
    assert sorted(numbers(harvest(repository))) == list(range(120))
    assert froms(repository) == ["", ""]
    assert harvest.source.expected is None


def test_tokens_that_always_expire_end_with_what_came(repository, harvest):
    repository.faults = dict.fromkeys(range(2, 100, 2), "expired")
    repository.items.reverse()
    given = harvest(repository)
    assert numbers(given) == [*range(119, 69, -1)]
    assert "expire before they end (50 records came)" in str(harvest.error)


@pytest.mark.parametrize("loop", ["same token", "same page"])
def test_an_endless_list_is_noticed(repository, harvest, loop):
    repository.loop = loop
    assert numbers(harvest(repository)) == list(range(50))
    assert "goes round in a circle: after 50 records" in str(harvest.error)
    assert repository.lists < 6


def test_a_page_that_always_breaks_off_keeps_what_came_before(repository, harvest, memory):
    repository.faults = dict.fromkeys(range(2, 10), "truncated")
    assert numbers(harvest(repository)) == list(range(50))
    assert isinstance(harvest.error, DamagedDocument)
    assert "breaks off before its end, 3 times in a row" in str(harvest.error)
    assert memory.values == {}


def test_bytes_of_latin_1_are_read_and_the_records_that_had_them_say_so(oai, harvest):
    items = [item(oai, 1, contributor_author="Trüstedt, Otto"), item(oai, 2)]
    given = harvest(oai.Repository(items=items, faults={1: "latin-1"}))
    assert given[0].metadata["creator"] == ["Trüstedt, Otto"]
    assert given[0].metadata["remarks"] == ["bytes that were no UTF-8 were read as Windows-1252"]
    assert "remarks" not in given[1].metadata


def test_a_web_page_in_place_of_an_answer_is_told_apart(repository, harvest):
    repository.faults = {1: "html"}
    assert harvest(repository) == []
    assert "answers with a web page, not with OAI-PMH" in str(harvest.error)


def test_what_is_no_xml_is_told_apart(repository, harvest):
    repository.faults = {1: "garbage"}
    assert harvest(repository) == []
    assert "what is no XML" in str(harvest.error)


def test_a_server_that_asks_for_a_day_is_not_waited_for(repository, harvest):
    repository.faults = {2: "busy for long"}
    waits: list[float] = []
    assert numbers(harvest(repository, waits=waits)) == list(range(50))
    assert isinstance(harvest.error, UnreachableSource)
    assert "86400 seconds" in str(harvest.error)
    assert waits == []


def test_a_pause_stands_between_two_requests(repository, harvest):
    waits: list[float] = []
    harvest(repository, waits=waits, pause=2)
    assert len(waits) == len(repository.requests) - 1
    assert all(1.5 < wait <= 2 for wait in waits[:1])


def test_a_certificate_that_nobody_vouches_for_ends_the_harvest(safe_site, memory, tmp_path):
    source = OaiPmhSource(
        Declaration("arkisto", "oai-pmh", safe_site.base + "/oai"),
        Surroundings(SETTINGS, memory, tmp_path),
        patient,
        TODAY,
    )
    with pytest.raises(UnreachableSource, match="certificate is not valid"):
        list(source.documents())
    assert safe_site.asked == []


def test_a_private_address_is_refused(memory, tmp_path):
    source = OaiPmhSource(
        Declaration("arkisto", "oai-pmh", "http://127.0.0.1:9/oai"),
        Surroundings(Settings(), memory, tmp_path),
        lambda: Fetcher.of(Settings()),
        TODAY,
    )
    with pytest.raises(UnreadableInput, match=r"127\.0\.0\.1"):
        list(source.documents())


def test_a_second_run_asks_from_the_time_of_the_first(repository, harvest):
    harvest(repository)
    repository.date = "2026-11-02T12:00:00Z"
    assert harvest(repository) == []
    assert froms(repository) == ["", "2026-11-01T12:00:00Z"]
    repository.items[3].datestamp = "2026-11-02T13:00:00Z"
    assert numbers(harvest(repository)) == [3]
    assert froms(repository)[-1] == "2026-11-02T12:00:00Z"


def test_a_repository_that_does_not_know_the_time_is_asked_for_all_again(repository, harvest):
    repository.date = "Sun Nov 1 12:00:00 EET 2026"
    harvest(repository)
    assert len(harvest(repository)) == 120
    assert froms(repository) == ["", ""]


def test_a_repository_of_days_is_asked_for_days(repository, harvest):
    repository.granularity = "YYYY-MM-DD"
    harvest(repository, until="2026-11-20T10:00:00Z")
    harvest(repository, until="2026-11-20T10:00:00Z")
    assert froms(repository) == ["", "2026-11-01"]
    assert repository.asked("ListRecords")[0]["until"] == "2026-11-20"


def test_a_span_that_has_been_harvested_is_not_asked_for_again(repository, harvest):
    assert len(harvest(repository, until="2020-12-31")) == 120
    assert harvest(repository, until="2020-12-31") == []
    assert froms(repository) == [""]


def test_days_in_the_options_become_seconds_where_the_repository_has_them(repository, harvest):
    given = harvest(repository, **{"from": "2020-01-03", "until": "2020-01-04"})
    assert numbers(given) == [2, 3]
    (query,) = repository.asked("ListRecords")
    assert (query["from"], query["until"]) == ("2020-01-03T00:00:00Z", "2020-01-04T23:59:59Z")


def test_another_filter_begins_anew(repository, harvest):
    assert harvest(repository, wanted={"terms": ["lithium"]}) == []
    assert harvest.source.left_out == {"another topic": 120}
    assert harvest.source.expected == 0
    assert len(harvest(repository, wanted={"terms": ["kaivos"]})) == 120


def test_a_broken_run_does_not_move_the_date(repository, harvest):
    repository.faults = {3: "html"}
    harvest(repository)
    repository.faults = {}
    assert numbers(harvest(repository)) == list(range(120))


def test_unchanged_records_leave_their_files_untouched(repository, harvest, memory):
    first = {found.path: found.path.stat().st_mtime_ns for found in harvest(repository)}
    memory.values.clear()
    again = {found.path: found.path.stat().st_mtime_ns for found in harvest(repository)}
    assert first == again


def test_a_deleted_record_is_withdrawn_when_it_was_here(repository, harvest, memory):
    repository.items[5].metadata = {}
    repository.items[6].metadata = {}
    memory.published = [repository.items[5].identifier]
    given = harvest(repository)
    assert Withdrawn("arkisto", repository.items[5].identifier) in given
    assert len(given) == 119
    assert harvest.source.left_out == {"deleted in the repository": 1}


def test_a_record_that_is_wanted_no_more_is_withdrawn(repository, harvest, memory):
    memory.published = [repository.items[5].identifier]
    given = harvest(repository, wanted={"terms": ["lithium"]})
    assert given == [Withdrawn("arkisto", repository.items[5].identifier)]


def test_a_record_that_stands_twice_in_a_list_comes_once(repository, harvest):
    repository.items.append(repository.items[0])
    assert sorted(numbers(harvest(repository))) == list(range(120))


def test_a_record_deleted_while_it_is_harvested_is_withdrawn(oai, repository, harvest):
    twin = repository.items[0]
    repository.items.append(oai.Item(twin.identifier, "2020-12-01T00:00:00Z"))
    given = harvest(repository)
    assert given[-1] == Withdrawn("arkisto", twin.identifier)


def test_what_failed_before_is_asked_for_by_its_identifier(repository, harvest, memory):
    harvest(repository)
    gone = "oai:arkisto.example:1/gone"
    memory.waiting = [gone, repository.items[9].identifier]
    repository.date = "2026-11-02T12:00:00Z"
    given = harvest(repository)
    assert given[0] == Withdrawn("arkisto", gone)
    assert numbers(given[1:]) == [9]
    asked = [query["identifier"] for query in repository.asked("GetRecord")]
    assert asked == [gone, repository.items[9].identifier]


def test_a_text_is_asked_for_again_when_its_embargo_has_ended(oai, harvest):
    repository = oai.Repository(items=[item(oai, 1, embargo_terms="2026-12-01")])
    (closed,) = harvest(repository)
    assert closed.metadata["accessRights"] == "restricted"
    repository.date = "2026-11-26T00:00:00Z"
    assert harvest(repository) == []
    (opened,) = harvest(repository, today=date(2026, 12, 1))
    assert opened.metadata["accessRights"] == "open"
    assert harvest(repository, today=date(2026, 12, 2)) == []


def test_several_sets_are_harvested_and_a_record_of_two_comes_once(oai, harvest):
    items = [item(oai, number) for number in range(3)]
    items[0].sets, items[1].sets, items[2].sets = ("a",), ("a", "b"), ("c",)
    repository = oai.Repository(items=items, sets={"a": "A", "b": "B", "c": "C"})
    assert numbers(harvest(repository, set=["a", "b"])) == [0, 1]
    assert harvest.source.left_out == {"in another set too": 1}
    assert harvest.source.expected == 2


def test_a_set_that_does_not_exist_is_named_with_those_that_are_like_it(oai, harvest, repository):
    repository.sets = {"col_1": "Kaivostekniikka", "col_2": "Hoitotyö"}
    with pytest.raises(InvalidSetting, match=r"no such set.*2 sets, such as col_1") as caught:
        harvest(repository, set="kaivos")
    assert "set = 'kaivos'" in caught.value.subject


def test_a_set_without_records_is_no_fault(repository, harvest):
    repository.sets = {"col_1": "Kaivostekniikka", "col_2": "Hoitotyö"}
    assert harvest(repository, set="col_2") == []


def test_a_repository_without_sets_says_so(repository, harvest):
    with pytest.raises(InvalidSetting, match="has no sets"):
        harvest(repository, set="col_9")


def test_the_format_that_tells_most_is_asked_for(repository, harvest):
    harvest(repository)
    assert repository.asked("ListRecords")[0]["metadataPrefix"] == "kk"
    repository.prefixes = ("marcxml", "oai_dc")
    harvest(repository, **{"from": "2020-01-01"})
    assert repository.asked("ListRecords")[-1].get("metadataPrefix", "oai_dc") == "oai_dc"


def test_a_format_that_is_not_offered_is_named_with_those_that_are(repository, harvest):
    with pytest.raises(InvalidSetting, match=r"is not offered.*oai_dc, kk.*Use kk or oai_dc"):
        harvest(repository, prefix="dim")
    with pytest.raises(InvalidSetting, match="no format that can be read here"):
        harvest(repository, prefix="marcxml")


def test_an_address_copied_with_its_request_is_understood(repository, serve, memory, tmp_path):
    source = OaiPmhSource(
        Declaration("arkisto", "oai-pmh", f"{serve(repository)}?verb=Identify"),
        Surroundings(SETTINGS, memory, tmp_path, dry=True),
        patient,
        TODAY,
    )
    assert len(list(source.documents())) == 120


def test_a_dry_run_writes_nothing_and_remembers_nothing(repository, harvest, memory, tmp_path):
    given = harvest(repository, dry=True, full_texts=True)
    assert len(given) == 120
    assert list(tmp_path.iterdir()) == []
    assert memory.values == {}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"sett": "a"}, "unknown option 'sett'"),
        ({"from": "last year"}, "'last year' is no date"),
        ({"pause": "long"}, "is no number of seconds"),
        ({"pause": -1}, "is no number of seconds"),
        ({"full_texts": "yes"}, "is neither true nor false"),
    ],
)
def test_an_option_that_cannot_be_is_named(repository, harvest, options, message):
    with pytest.raises(InvalidSetting, match=message):
        harvest(repository, **options)
