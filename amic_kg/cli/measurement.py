"""The measurements behind `amic-kg bench`: whole runs in processes of their own, CPU and memory."""

from __future__ import annotations

import os
import re
import resource
import signal
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from amic_kg.settings import Settings

QUERIES = (
    ("kaivosvesi", "fi"),
    ("sulfaatinpoisto", "fi"),
    ("poronhoito ja kaivokset", "fi"),
    ("vuolukivi Juuka", "fi"),
    ("luottamus", "fi"),
    ("mine water", "en"),
    ("tailings closure", "en"),
    ("social acceptance", "en"),
    ("critical raw materials", "en"),
    ("nickel Sodankylä", "en"),
    ("gruvvatten", "sv"),
    ("förtroende", "sv"),
    ("renskötsel", "sv"),
    ("kaivsvesi", "fi"),
)
_ROUNDS = 20
_SETTLES_WITHIN, _IDLE_SHARE = 120.0, 0.05
_HIGHEST_KILOBYTES = re.compile(r"^VmHWM:\s+(\d+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its unit, what it is compared with, and their ratio; '' where there is none."""

    what: str
    value: str
    alternative: str = ""
    ratio: str = ""


def replicate_pdfs(folder: Path, target: Path, pages: int) -> Path:
    """Born-digital PDFs of `folder`, repeated with other bytes until they have `pages` pages."""
    from pypdf import PdfReader, PdfWriter

    target.mkdir(parents=True)
    sources = [path for path in sorted(folder.rglob("*.pdf")) if _is_born_digital(path)]
    made = number = 0
    while made < pages and sources:
        for path in sources:
            writer = PdfWriter(clone_from=PdfReader(path))
            # Other bytes, or the copies would be recognised as one document.
            writer.add_metadata({"/Copy": str(number)})
            writer.write(target / f"{number:05d}-{path.name}")
            made += len(writer.pages)
            number += 1
            if made >= pages:
                break
    return target


def measure_ingest(pdfs: Path, work: Path) -> list[Figure]:
    """Pages a second of CPU, all processes counted, against reading the texts alone.

    A run of one document tells what starting costs: worker, vocabulary, dictionaries.
    """
    settings = replace(Settings(), data=work / "ingest", workers=1, ocr="off")
    first, second, *rest = sorted(pdfs.glob("*.pdf"))
    _ingest([first], settings)  # publishes the vocabularies, once per version of them
    started_pages, started_cpu, _ = _ingest([second], settings)
    pages, cpu, wall = _ingest(rest, settings)
    _, again_cpu, again_wall = _ingest(rest, settings)
    steady = (cpu - started_cpu) / (pages - started_pages)
    by_pdfium = _cpu_of(lambda: _read_texts(rest)) / pages
    by_pypdf = _cpu_of(lambda: _read_texts_by_pypdf(rest)) / pages
    return [
        Figure(
            "ingest (read, match, publish), pages per CPU second",
            f"{1 / steady:.0f}",
            f"text by pypdf alone {1 / by_pypdf:.0f}",
            f"{by_pypdf / steady:.2f}",
        ),
        Figure(
            "the same against PDFium",
            f"{1 / steady:.0f}",
            f"text by PDFium alone {1 / by_pdfium:.0f}",
            f"{by_pdfium / steady:.2f}",
        ),
        Figure("start-up of a run with one worker, CPU seconds", f"{started_cpu:.1f}"),
        Figure(
            f"second run over the same {pages} pages, seconds",
            f"{again_wall:.2f}",
            f"first run {wall:.1f}",
            f"{again_wall / wall:.3f}",
        ),
        Figure("CPU seconds of that second run", f"{again_cpu:.2f}"),
    ]


def measure_search(folder: Path, data: Path) -> list[Figure]:
    """Milliseconds of a search with snippets, against SQLite FTS5 over the same pages."""
    from amic_kg.wiring import open_services

    settings = replace(Settings(), data=data)
    _ingest([folder], settings)
    services = open_services(settings)
    try:
        services.searcher.warm()

        def ours(query: str, language: str) -> None:
            services.searcher.search(query, language=language)

        own = timings(ours)
        with _fts5(services.ledger.page_texts()) as other:
            theirs = timings(other)
        passages = services.index.count()
    finally:
        services.close()
    return [
        Figure(
            f"search, {name} of {len(own)} queries, ms ({passages} passages)",
            f"{percentile(own, share):.1f}",
            f"SQLite FTS5, words as typed {percentile(theirs, share):.1f}",
            f"{percentile(own, share) / percentile(theirs, share):.1f}",
        )
        for name, share in (("median", 0.5), ("95th percentile", 0.95))
    ]


def measure_server(folder: Path, data: Path) -> list[Figure]:
    """Memory of the server and its workers when idle, after a page and a query were answered."""
    with serving(folder, data) as (url, pid):
        for path in ("?q=kaivosvesi", "sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"):
            with urllib.request.urlopen(url + path, timeout=60) as answer:  # noqa: S310 - our own server
                answer.read()
        megabytes = sum(proportional_bytes(each) for each in family(pid)) / 1e6
    return [
        Figure("server idle with its query workers, MB (proportional set size)", f"{megabytes:.0f}")
    ]


@contextmanager
def serving(folder: Path, data: Path) -> Iterator[tuple[str, int]]:
    """Address and process of a server over `folder`, which is ingested where `data` is not yet."""
    if not data.exists():
        _ingest([folder], replace(Settings(), data=data))
    with served(data) as server:
        yield server


@contextmanager
def served(data: Path) -> Iterator[tuple[str, int]]:
    """Address, ending in /, and process of a server over what `data` holds."""
    environment = {**os.environ, "AMIC_DATA": str(data), "AMIC_PORT": "0"}
    command = [sys.executable, "-m", "amic_kg", "serve"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        try:
            yield _address(server), server.pid
        finally:
            server.send_signal(signal.SIGINT)


def measure_help() -> list[Figure]:
    """Seconds until --help is printed, best of five, against a Python that does nothing."""
    own = min(_seconds([sys.executable, "-m", "amic_kg", "--help"]) for _ in range(5))
    bare = min(_seconds([sys.executable, "-c", "pass"]) for _ in range(5))
    return [
        Figure(
            "amic-kg --help, seconds",
            f"{own:.2f}",
            f"python -c pass {bare:.2f}",
            f"{own / bare:.1f}",
        )
    ]


def _ingest(paths: list[Path], settings: Settings) -> tuple[int, float, float]:
    """Pages published, CPU seconds of this process and its workers, and wall seconds."""
    from amic_kg_ingest.runs import ingest_files

    cpu, wall = cpu_seconds(), time.perf_counter()
    report = ingest_files(settings, paths, console=None)
    return report.pages, cpu_seconds() - cpu, time.perf_counter() - wall


def cpu_seconds(pid: int | None = None) -> float:
    """Of this process, or of process `pid`, and of all below it, ended ones too.

    Workers are children of the fork server, which lives on: the system's own sum of children that
    have ended does not hold them. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    """
    if not Path("/proc/self/stat").exists():
        own, children = (
            resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
    ticks = 0
    for member in family(pid or os.getpid()):
        with suppress(OSError):
            ticks += sum(map(int, _status_fields(Path(f"/proc/{member}"))[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def own_cpu_seconds(pid: int) -> float:
    """Of that process alone; 0 without /proc, and when it has ended."""
    with suppress(OSError):
        ticks = sum(map(int, _status_fields(Path(f"/proc/{pid}"))[11:13]))
        return ticks / os.sysconf("SC_CLK_TCK")
    return 0.0


def machine_cpu_seconds() -> float:
    """Of everything that runs on this machine, since it started; 0 without /proc.

    https://man7.org/linux/man-pages/man5/proc_stat.5.html
    """
    with suppress(OSError):
        first = Path("/proc/stat").read_text().split("\n", 1)[0]
        user, nice, system, _, _, irq, soft = map(int, first.split()[1:8])
        return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")
    return 0.0


def highest_megabytes_below() -> float:
    """The most memory that any one process below this one has held until now; 0 without /proc."""
    found = [0]
    for pid in family(os.getpid())[1:]:
        with suppress(OSError):
            status = Path(f"/proc/{pid}/status").read_text()
            found += map(int, _HIGHEST_KILOBYTES.findall(status))
    return max(found) * 1024 / 1e6


def _status_fields(process: Path) -> list[str]:
    """The fields of `stat` from the third on; the second may hold blanks."""
    return (process / "stat").read_text().rsplit(")", 1)[1].split()


def _cpu_of(work: Callable[[], None]) -> float:
    before = cpu_seconds()
    work()
    return cpu_seconds() - before


def _read_texts(paths: list[Path]) -> None:
    from amic_kg_ingest.formats import ReadingLimits, read_document

    for path in paths:
        read_document(path, path.name, ReadingLimits(ocr=False))


def _read_texts_by_pypdf(paths: list[Path]) -> None:
    from pypdf import PdfReader

    for path in paths:
        for page in PdfReader(path).pages:
            page.extract_text()


def _is_born_digital(path: Path) -> bool:
    from amic_kg.errors import InputError
    from amic_kg_ingest.formats import ReadingLimits, read_document

    try:
        parsed = read_document(path, path.name, ReadingLimits(ocr=False))
    except InputError:
        return False
    return all(page.text for page in parsed.pages)


def timings(search: Callable[[str, str], object]) -> list[float]:
    """Milliseconds of each query in each round, sorted; one round first that does not count."""
    for query, language in QUERIES:
        search(query, language)
    taken = []
    for _ in range(_ROUNDS):
        for query, language in QUERIES:
            began = time.perf_counter()
            search(query, language)
            taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def percentile(taken: list[float], share: float) -> float:
    return statistics.quantiles(taken, n=100, method="inclusive")[round(share * 100) - 1]


@contextmanager
def _fts5(texts: Iterator[str]) -> Iterator[Callable[[str, str], None]]:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE passage USING fts5(text)")
    connection.executemany("INSERT INTO passage VALUES (?)", ((text,) for text in texts))

    def search(query: str, _: str) -> None:
        words = " OR ".join(f'"{word}"' for word in query.split())
        connection.execute(
            "SELECT snippet(passage, 0, '<', '>', '…', 40) FROM passage WHERE passage MATCH ? "
            "ORDER BY rank LIMIT 30",
            (words,),
        ).fetchall()

    try:
        yield search
    finally:
        connection.close()


def settle(pid: int) -> None:
    """Waits until the process does no more in the background, as after its start; two minutes."""
    late = time.monotonic() + _SETTLES_WITHIN
    before = cpu_seconds(pid)
    while time.monotonic() < late:
        time.sleep(1)
        now = cpu_seconds(pid)
        if now - before < _IDLE_SHARE:
            return
        before = now


def _address(server: subprocess.Popen[str]) -> str:
    for line in server.stdout or ():
        if "http://" in line:
            return "http://" + line.split("http://", 1)[1].split()[0]
    raise RuntimeError("the server ended without an address")


def family(pid: int) -> list[int]:
    """The process and everything below it, by /proc."""
    children: dict[int, list[int]] = {}
    if not Path("/proc").is_dir():
        return [pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = _status_fields(entry)
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found, queue = [], [pid]
    while queue:
        current = queue.pop()
        found.append(current)
        queue.extend(children.get(current, ()))
    return found


def proportional_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began
