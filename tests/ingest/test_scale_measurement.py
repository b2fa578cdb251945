"""`bench --only scale`: a whole corpus measured from outside, and the stores held against it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from amic_kg.cli.scale_contents import contents_of
from amic_kg.cli.scale_measurement import measure_scale
from amic_kg.cli.scale_page import scale_as_markdown
from amic_kg.cli.scale_sampling import Sample, append_sample, read_samples, tenths, watch
from amic_kg.errors import InvalidSetting
from amic_kg.iris import Iris
from amic_kg.ledger import Ledger
from amic_kg.settings import Settings

DOCUMENTS = 20
NOTHING = Sample()
STRANGER = Iris(Settings().base_iri).document_graph("stranger")


def looks(documents, seconds_each=1.0, cpu_each=2.0, megabytes=500.0):
    """A run that was looked at after each `documents`; all others of the machine had one core."""
    return [
        replace(
            NOTHING,
            documents=done,
            seconds=done * seconds_each,
            cpu=done * cpu_each,
            publishing_cpu=done * cpu_each / 10,
            others_cpu=done * seconds_each,
            megabytes=megabytes,
        )
        for done in documents
    ]


def test_a_steady_run_is_alike_in_all_ten_tenths():
    parts = list(tenths(looks(range(0, 101, 2)), 100))
    assert [(part.first, part.last) for part in parts] == [
        (number * 10 + 1, number * 10 + 10) for number in range(10)
    ]
    for part in parts:
        assert part.per_minute == pytest.approx(60)
        assert part.cpu == pytest.approx(2)
        assert part.publishing_cpu == pytest.approx(0.2)
        assert part.cores == pytest.approx(2)
        assert part.others_cores == pytest.approx(1)
        assert part.megabytes == 500


def test_what_grows_shows_in_the_tenth_in_which_it_does():
    steady = looks(range(0, 51, 5))
    slower = [
        replace(sample, seconds=50 + (sample.documents - 50) * 3, megabytes=900.0)
        for sample in looks(range(55, 101, 5))
    ]
    parts = list(tenths([*steady, *slower], 100))
    assert parts[4].per_minute == pytest.approx(60)
    assert parts[5].per_minute == pytest.approx(20)
    assert (parts[4].highest_megabytes, parts[5].highest_megabytes) == (500, 900)


def test_tenths_that_were_published_in_one_go_are_one_part():
    parts = list(tenths(looks([0, 0, 35, 100]), 100))
    assert [(part.first, part.last) for part in parts] == [(1, 35), (36, 100)]
    assert sum(part.seconds for part in parts) == 100


def test_a_run_that_stopped_half_way_is_told_as_far_as_it_came():
    parts = list(tenths(looks([0, 10, 20, 23, 23]), 100))
    assert [(part.first, part.last) for part in parts] == [(1, 10), (11, 20), (21, 23)]
    assert list(tenths([NOTHING], 100)) == []


def test_samples_are_kept_and_read_again(tmp_path):
    path = tmp_path / "samples.jsonl"
    assert read_samples(path) == []
    made = looks([0, 7])
    for sample in made:
        append_sample(path, sample)
    assert read_samples(path) == made


WORK = """
import pathlib, sys, time
done = pathlib.Path(sys.argv[1])
try:
    for number in range(1, 6):
        sum(range(3_000_000))
        done.write_text(str(number))
    time.sleep(float(sys.argv[2]))
except KeyboardInterrupt:
    done.write_text("6")
    sys.exit(130)
"""


def watched(tmp_path, *, last_sleep, on_sample, before=NOTHING):
    done = tmp_path / "done"
    return watch(
        [sys.executable, "-c", WORK, str(done), str(last_sleep)],
        {},
        count=lambda: int(done.read_text() or 0) if done.exists() else 0,
        before=before,
        on_sample=on_sample,
    )


def test_a_command_is_watched_to_its_end(tmp_path):
    seen = []
    assert watched(tmp_path, last_sleep=0.7, on_sample=seen.append) == (0, False)
    assert seen[-1].documents == 5
    assert [sample.seconds for sample in seen] == sorted(sample.seconds for sample in seen)
    if Path("/proc/self/stat").exists():
        assert seen[-1].cpu > 0
        assert 1 < max(sample.megabytes for sample in seen) < 200


def test_a_later_session_counts_on_from_the_earlier_one(tmp_path):
    seen = []
    before = replace(NOTHING, seconds=100, cpu=50, documents=3)
    watched(tmp_path, last_sleep=0.5, on_sample=seen.append, before=before)
    assert seen[0].seconds > 100
    assert seen[0].cpu >= 50
    assert seen[-1].documents == 5


def test_an_interrupt_is_handed_on_and_its_end_waited_for(tmp_path):
    seen = []

    def interrupt(sample):
        seen.append(sample)
        if sample.documents == 5:
            raise KeyboardInterrupt

    assert watched(tmp_path, last_sleep=60, on_sample=interrupt) == (130, True)
    assert seen[-1].documents == 6


def test_who_ends_the_measurement_ends_what_it_watches(tmp_path):
    program = (
        "import sys; from amic_kg.cli.scale_sampling import Sample, watch\n"
        "command = [sys.executable, '-c', sys.argv[1], sys.argv[2], '60']\n"
        "watch(command, {}, count=int, before=Sample(), on_sample=lambda _: None)"
    )
    done = tmp_path / "done"
    measuring = subprocess.Popen([sys.executable, "-c", program, WORK, done])
    while not done.exists():
        assert measuring.poll() is None
        time.sleep(0.05)
    measuring.terminate()
    assert measuring.wait(30) == -signal.SIGTERM
    # It was told to end, and ends when its turn comes: else this waits for its minute to pass.
    began = time.monotonic()
    while any(str(done) in line for line in commands_that_run()):
        assert time.monotonic() < began + 45
        time.sleep(0.1)


def commands_that_run():
    """Command lines of all processes, where the system tells."""
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            yield path.read_bytes().replace(b"\0", b" ").decode(errors="replace")


@pytest.fixture
def ingested(bench, write):
    paths = [write(f"{name}.txt", f"{name}. Kaivosvesi on puhdasta.") for name in ("A", "B", "C")]
    bench.ingest(*paths)
    return bench, [str(path) for path in paths]


def contents(bench, identifiers):
    services = bench.services()
    try:
        return contents_of(services, identifiers)
    finally:
        services.close()


def test_a_corpus_that_is_in_once_has_no_faults(ingested):
    bench, identifiers = ingested
    found = contents(bench, identifiers)
    assert (found.once, found.pages, found.passages, found.faults) == (3, 3, 3, [])
    assert found.quads > len(bench.quads())


def test_what_a_store_lost_or_has_too_many_of_is_found(ingested):
    bench, identifiers = ingested
    writing = bench.open()
    try:
        key = writing.ledger.location("files", identifiers[0]).key
        writing.index.replace_documents([key], [])
        writing.index.commit()
        writing.graph.replace_graphs({STRANGER: b"<urn:a> <urn:b> <urn:c> .\n"})
        writing.graph.publish()
    finally:
        writing.close()
    found = contents(bench, identifiers)
    assert found.once == 2
    assert found.faults == [
        "1 in the graph, not in the ledger, such as stranger.",
        f"1 in the ledger, not in the index, such as {key}.",
    ]


@pytest.fixture(scope="module")
def measured(corpus, tmp_path_factory):
    work = tmp_path_factory.mktemp("scale")
    return work, measure_scale(corpus, work, DOCUMENTS)


def test_the_figures_of_a_whole_measurement_are_those_of_its_stores(measured):
    work, scale = measured
    figures = {figure.what.split(" (")[0].split(",")[0]: figure for figure in scale.figures}
    assert figures["documents published"].value == str(DOCUMENTS)
    assert figures["documents that are once in ledger"].ratio == "1.0000"
    assert figures["quotes that stand on their page word for word"].ratio == "1.0000"
    assert int(figures["quads in the graph"].value) > 10_000
    ledger = Ledger(Settings(data=work / "data").ledger)
    (source,) = ledger.runs.sources()
    counts = ledger.counts()
    ledger.close()
    assert figures["pages"].value == str(counts["pages"])
    assert source.documents == counts["locations"] == DOCUMENTS
    # The last run is the second over the unchanged corpus, whose time is one of the figures.
    assert source.last_run.counts["skipped"] == DOCUMENTS
    assert figures["second run over the unchanged corpus"].ratio
    assert [(part.first, part.last) for part in scale.tenths] == [(1, DOCUMENTS)]


def test_the_page_holds_the_figures_the_command_and_the_tenths(measured):
    page = scale_as_markdown(measured[1], {"command": "`amic-kg bench`", "date": "2026-11-25"})
    assert "- command: `amic-kg bench`" in page
    assert f"| documents published | {DOCUMENTS} | generated {DOCUMENTS} | 1.0000 |" in page
    assert f"\n| 1–{DOCUMENTS} | " in page


def test_a_folder_with_a_measurement_of_another_size_is_refused(measured, corpus):
    with pytest.raises(InvalidSetting, match="measurement of 20 documents"):
        measure_scale(corpus, measured[0], DOCUMENTS + 1)


def test_scale_is_measured_alone(amic):
    done = amic("bench", "--only", "scale", "--only", "help")
    assert done.code == 2
    assert "alone" in done.err
    assert amic("bench", "--only", "help", "--work", "x").code == 2
