"""A command watched until it ends: documents done, CPU and memory, by tenths of the way."""

from __future__ import annotations

import json
import os
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import FrameType

from amic_kg.cli.measurement import (
    cpu_seconds,
    family,
    machine_cpu_seconds,
    own_cpu_seconds,
    proportional_bytes,
)

_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_PAUSE_SHARE = 0.01
"""Of the time gone by: a look costs some milliseconds, and ten tenths want a hundred looks."""

_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """How far a run is; documents, seconds and CPU are counted from its beginning.

    CPU in seconds: of the process that publishes, of it and all below it, of all else on the
    machine. Memory in megabytes (proportional set size, what is shared counts once): of the process
    that publishes, of it and all below it. Without /proc they are 0.
    """

    seconds: float = 0.0
    documents: int = 0
    publishing_cpu: float = 0.0
    cpu: float = 0.0
    others_cpu: float = 0.0
    publishing_megabytes: float = 0.0
    megabytes: float = 0.0
    load: float = 0.0


@dataclass(frozen=True, slots=True)
class Tenth:
    """A part of a run: a tenth of the documents, or as many as were published in one go.

    CPU in seconds a document; memory in megabytes, the median and the highest that was seen;
    `cores`: how many the run had on average, and all else on the machine meanwhile.
    """

    first: int
    last: int
    seconds: float
    per_minute: float
    cpu: float
    publishing_cpu: float
    megabytes: float
    highest_megabytes: float
    publishing_megabytes: float
    cores: float
    others_cores: float
    load: float


def came_to_its_end(code: int) -> bool:
    """Whether a run with this exit code did; 3 says that some documents failed."""
    return code in (0, 3)


def read_samples(path: Path) -> list[Sample]:
    """What earlier runs have left; nothing where there was none."""
    if not path.exists():
        return []
    return [Sample(**json.loads(line)) for line in path.read_text().splitlines()]


def append_sample(path: Path, sample: Sample) -> None:
    with path.open("a") as file:
        file.write(json.dumps(asdict(sample)) + "\n")


def watch(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    count: Callable[[], int],
    before: Sample,
    on_sample: Callable[[Sample], None],
) -> tuple[int, bool]:
    """Run `command` to its end: its exit code, and whether it was interrupted.

    `count()` documents are done, `before` is what earlier runs took. Interrupted, the command is
    told to end too, and its end is waited for.
    """
    interrupted = False
    last = before
    began, others = time.perf_counter(), machine_cpu_seconds()
    # In a session of its own: an interrupt of the keyboard must reach it once, from here.
    process = subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.DEVNULL, start_new_session=True
    )
    with _ended_with_us(process):
        while process.poll() is None:
            try:
                gone = time.perf_counter() - began
                with suppress(subprocess.TimeoutExpired):
                    process.wait(min(max(gone * _PAUSE_SHARE, _SHORTEST_PAUSE), _LONGEST_PAUSE))
                    break
                seen = _sum(before, _look(process.pid, machine_cpu_seconds() - others))
                last = replace(
                    # Towards the end workers are gone, and what they took is no longer told.
                    seen if seen.cpu >= last.cpu else last,
                    seconds=before.seconds + time.perf_counter() - began,
                    documents=count(),
                )
                on_sample(last)
            except KeyboardInterrupt:
                interrupted = True
                process.send_signal(signal.SIGINT)
    # The processes are gone, and what they took since the last look with them: a pause at most.
    last = replace(last, seconds=before.seconds + time.perf_counter() - began, documents=count())
    on_sample(last)
    return process.returncode, interrupted


@contextmanager
def _ended_with_us(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Who ends this process ends `process` too, which is in another session."""

    def hand_on(number: int, _: FrameType | None) -> None:
        process.send_signal(number)
        signal.signal(number, before)
        os.kill(os.getpid(), number)

    before = signal.signal(signal.SIGTERM, hand_on)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def tenths(samples: Sequence[Sample], documents: int) -> Iterator[Tenth]:
    """The run in ten parts of a total of `documents`, fewer where more were published in one go."""
    began = 0
    for number in range(1, _TENTHS + 1):
        bound = documents * number / _TENTHS
        reached = next((n for n, s in enumerate(samples) if s.documents >= bound), None)
        if reached is None:
            reached = len(samples) - 1
        if samples and samples[reached].documents > samples[began].documents:
            yield _between(samples[began : reached + 1])
            began = reached


def _between(part: Sequence[Sample]) -> Tenth:
    start, end = part[0], part[-1]
    done, seconds = end.documents - start.documents, end.seconds - start.seconds
    later = part[1:]
    return Tenth(
        first=start.documents + 1,
        last=end.documents,
        seconds=seconds,
        per_minute=done / seconds * 60,
        cpu=(end.cpu - start.cpu) / done,
        publishing_cpu=(end.publishing_cpu - start.publishing_cpu) / done,
        megabytes=statistics.median(s.megabytes for s in later),
        highest_megabytes=max(s.megabytes for s in later),
        publishing_megabytes=statistics.median(s.publishing_megabytes for s in later),
        cores=(end.cpu - start.cpu) / seconds,
        others_cores=(end.others_cpu - start.others_cpu) / seconds,
        load=statistics.fmean(s.load for s in later),
    )


def _look(pid: int, machine_cpu: float) -> Sample:
    """Process `pid` and all below it now, `machine_cpu` seconds after all of them began."""
    megabytes = {member: _megabytes(member) for member in family(pid)}
    cpu = cpu_seconds(pid)
    return Sample(
        publishing_cpu=own_cpu_seconds(pid),
        cpu=cpu,
        others_cpu=max(machine_cpu - cpu, 0.0),
        publishing_megabytes=megabytes.get(pid, 0.0),
        megabytes=sum(megabytes.values()),
        load=os.getloadavg()[0],
    )


def _megabytes(pid: int) -> float:
    try:
        return proportional_bytes(pid) / 1e6
    except OSError:
        return 0.0  # it has ended meanwhile, or there is no /proc


def _sum(before: Sample, seen: Sample) -> Sample:
    return replace(
        seen,
        publishing_cpu=before.publishing_cpu + seen.publishing_cpu,
        cpu=before.cpu + seen.cpu,
        others_cpu=before.others_cpu + seen.others_cpu,
    )
