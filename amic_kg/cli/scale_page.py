"""What `amic-kg bench --only scale` has found: on the terminal, as JSON, as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from amic_kg.cli.figures import figures_markdown, figures_table, markdown_table, table
from amic_kg.cli.scale_measurement import Scale
from amic_kg.cli.scale_sampling import Tenth
from amic_kg.terminal import output

_HEADINGS = (
    "documents",
    "minutes",
    "documents a minute",
    "CPU s a document",
    "of it publishing",
    "memory, MB",
    "highest",
    "of it publishing",
    "cores had",
    "cores of others",
    "load average",
)
_SHARED_FROM = 0.1
"""Cores that others had: below it is what any machine does beside."""


def show_scale(scale: Scale, about: Mapping[str, str]) -> None:
    output.print(" · ".join(about.values()))
    output.print(figures_table(scale.figures))
    output.print()
    output.print(table(_HEADINGS, map(_cells, scale.tenths)))
    for note in _notes(scale):
        output.print(note)


def scale_as_json(scale: Scale, about: Mapping[str, str]) -> dict[str, object]:
    return {
        **about,
        "figures": [asdict(figure) for figure in scale.figures],
        "tenths": [asdict(tenth) for tenth in scale.tenths],
        "notes": _notes(scale),
    }


def scale_as_markdown(scale: Scale, about: Mapping[str, str]) -> str:
    return "\n".join(
        (
            "# Benchmark: a large corpus from end to end",
            "",
            "Printed by the command below; not edited by hand. The corpus is generated, ingested",
            "by `amic-kg ingest` with the embedded engines and one worker a core, looked at, and",
            "ingested again unchanged. Compare ratios: absolute figures depend on the machine and",
            "on what else it does.",
            "",
            *(f"- {name}: {text}" for name, text in about.items()),
            *(f"- note: {note}" for note in _notes(scale)),
            "",
            *figures_markdown(scale.figures),
            "",
            "## By tenths of the first run",
            "",
            "Flat figures down the columns mean that a run does not grow heavier with what is in",
            "already. The first row has what starting costs in it. Memory is the proportional set",
            "size (what processes share counts once), as median and as the highest that was seen;",
            "*publishing* is the part of the one process that writes graph, index and ledger.",
            "*Cores had* is the CPU time of the run by the time on the clock, *cores of others*",
            "that of everything else on the machine.",
            "",
            *markdown_table(_HEADINGS, map(_cells, scale.tenths)),
            "",
        )
    )


def _notes(scale: Scale) -> list[str]:
    return [*_shared(scale.tenths), *scale.notes]


def _shared(tenths: Sequence[Tenth]) -> list[str]:
    """Whether others used the machine, for then what the clock says is theirs too."""
    seconds = sum(tenth.seconds for tenth in tenths)
    others = sum(tenth.others_cores * tenth.seconds for tenth in tenths) / seconds
    if others < _SHARED_FROM:
        return []
    return [
        f"Others used {others:.1f} cores of this machine meanwhile, on average: minutes and "
        "documents a minute are worse than on an idle one, CPU a document and memory hardly."
    ]


def _cells(tenth: Tenth) -> tuple[str, ...]:
    return (
        f"{tenth.first}–{tenth.last}",
        f"{tenth.seconds / 60:.1f}",
        f"{tenth.per_minute:.0f}",
        f"{tenth.cpu:.3f}",
        f"{tenth.publishing_cpu:.4f}",
        f"{tenth.megabytes:.0f}",
        f"{tenth.highest_megabytes:.0f}",
        f"{tenth.publishing_megabytes:.0f}",
        f"{tenth.cores:.2f}",
        f"{tenth.others_cores:.2f}",
        f"{tenth.load:.1f}",
    )
