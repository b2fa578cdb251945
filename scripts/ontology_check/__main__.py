"""`make ontology-check`: every part in turn, a line each, what is wrong below it; exit 1 then."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import click

from ontology_check import gates, others, vocabularies
from ontology_check.parts import Folders, Part

ROOT = Path(__file__).resolve().parents[2]
_FAULTS_SHOWN = 20

PARTS = (
    Part("syntax", "every Turtle file parses", vocabularies.syntax),
    Part("skos", "SKOS integrity and completeness", vocabularies.skos),
    Part("labels", "all things are named in three languages", vocabularies.labels),
    Part("clashes", "no label is ambiguous across schemes", vocabularies.across_schemes),
    Part("links", "links of the registry are established", others.registry_links),
    Part("reasoning", "OWL 2 RL finds no contradiction", gates.reasoning),
    Part("documents", "whole sample documents keep the shapes", gates.document_shapes),
    Part("shapes", "vocabularies and registry keep the shapes", gates.vocabulary_shapes),
    Part("mappings", "mapping files are current", others.mapping_files, needs_shared=True),
    Part("coverage", "aims of coverage are met", others.coverage, needs_shared=True),
    Part("misses", "names not reached", others.misses, needs_shared=True, by_name_alone=True),
    Part("precision", "what texts match", others.precision, needs_shared=True, by_name_alone=True),
)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice([part.name for part in PARTS]))
@click.option("--ontology", type=click.Path(path_type=Path), default=ROOT / "ontology")
@click.option("--corpus", type=click.Path(path_type=Path), default=ROOT / "samples" / "corpus")
@click.option("--write-mappings", is_flag=True, help="Write the SSSOM files anew before all else.")
def main(names: tuple[str, ...], ontology: Path, corpus: Path, write_mappings: bool) -> None:
    """Check ontology/ as a whole, or the parts of it that are named.

    What others index with is read from AMIC_TEST_SHARED, or ../shared/data beside the checkout.
    """
    shared = Path(os.environ.get("AMIC_TEST_SHARED") or ROOT.parent / "shared" / "data")
    folders = Folders(ontology, corpus, shared if shared.is_dir() else None)
    if write_mappings:
        if folders.shared is None:
            raise click.UsageError("the mappings are written from ../shared/data, which is absent")
        others.write_mappings(folders)
    chosen = [part for part in PARTS if part.name in names or not (names or part.by_name_alone)]
    skipped = [part.name for part in chosen if part.needs_shared and folders.shared is None]
    failed = [part.name for part in chosen if part.name not in skipped and not _run(part, folders)]
    for name in skipped:
        print(f"  skipped {name:<10} the material of others is absent (AMIC_TEST_SHARED)")
    passed = f"{len(chosen) - len(failed) - len(skipped)} of {len(chosen)} parts passed"
    if skipped:
        passed += f", {len(skipped)} skipped"
    print(f"{passed}; failed: {', '.join(failed)}" if failed else passed)
    sys.exit(bool(failed))


def _run(part: Part, folders: Folders) -> bool:
    """Run one part; on a terminal its name stands there while it works."""
    if sys.stdout.isatty():
        print(f"  …      {part.name:<10} {part.proves}", end="\r", flush=True)
    started = time.monotonic()
    finding = part.check(folders)
    state = "FAILED" if finding.faults else "ok    "
    seconds = time.monotonic() - started
    print(f"  {state} {part.name:<10} {part.proves}: {finding.summary} ({seconds:.0f} s)")
    for line in finding.lines:
        print(f"         {line}")
    for fault in finding.faults[:_FAULTS_SHOWN]:
        print(f"       - {fault}")
    if len(finding.faults) > _FAULTS_SHOWN:
        print(f"       … and {len(finding.faults) - _FAULTS_SHOWN} more")
    sys.stdout.flush()
    return not finding.faults


if __name__ == "__main__":
    main()
