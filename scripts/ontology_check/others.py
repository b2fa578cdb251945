"""What needs the material of others: links, mappings, coverage, and what is matched in texts."""

from __future__ import annotations

from collections import Counter

from ontology_check import gold, links, mappings
from ontology_check.coverage import Coverage, Share
from ontology_check.parts import Finding, Folders
from ontology_check.precision import Scanner, every

_MISSES_SHOWN = 5
_ENTITIES_SHOWN = 20
_SAMPLE = 2000


def registry_links(folders: Folders) -> Finding:
    rows = links.rows(folders.ontology / "registry")
    summary = f"{len(rows)} links, each with a row that says how it was established"
    if folders.shared is None:
        summary += "; those to YSO not looked up, the shared vocabularies are absent"
    return Finding(summary, [], links.check(folders.ontology, folders.shared))


def mapping_files(folders: Folders) -> Finding:
    """The files are what the vocabularies say, and every target is in its vocabulary."""
    finding = Finding("")
    total = 0
    for mapping_set in mappings.mapping_sets(folders.ontology, folders.material):
        path = folders.ontology / "mappings" / f"{mapping_set.target.key}.sssom.tsv"
        counts = Counter(row.predicate_id.removeprefix("skos:") for row in mapping_set.rows)
        total += len(mapping_set.rows)
        listed = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
        finding.lines.append(f"{len(mapping_set.rows):6,}  {path.name}: {listed}")
        finding.faults += [f"{path.name}: {what} is not there" for what in mapping_set.missing]
        finding.faults += [
            f"{path.name}: {target} is the exact match of {', '.join(who)}"
            for target, who in mappings.shared_exact_targets(mapping_set)
        ]
        if not path.is_file():
            finding.faults.append(f"{path.name} is missing: write it with --write-mappings")
            continue
        finding.faults += mappings.check(path, folders.material)
        if path.read_text("utf-8") != mappings.as_tsv(mapping_set):
            finding.faults.append(
                f"{path.name} is not what the vocabularies say: write it with --write-mappings"
            )
    finding.summary = f"{total:,} mappings, every target is in its vocabulary"
    return finding


def write_mappings(folders: Folders) -> None:
    sets = mappings.mapping_sets(folders.ontology, folders.material)
    mappings.write(sets, folders.ontology / "mappings")


def coverage(folders: Folders) -> Finding:
    """Share of what others index with that concepts and registry entries reach."""
    shares = Coverage(folders.ontology, folders.material).all()
    aims = [share for share in shares if share.aim is not None]
    return Finding(
        f"{sum(share.met for share in aims)} of {len(aims)} aims are met",
        [_HEAD, _RULE, *map(_row, shares)],
        [
            f"{share.corpus}: {share.value:.1%} is below {share.aim:.0%}; "
            f"missed: {'; '.join(share.missed[:_MISSES_SHOWN])}"
            for share in aims
            if not share.met
        ],
    )


_HEAD = "| corpus | a name or subject counts when | reached | share | aim |"
_RULE = "| --- | --- | ---: | ---: | ---: |"


def _row(share: Share) -> str:
    aim = f"{share.aim:.0%}" if share.aim is not None else "–"
    reached = f"{share.reached} of {share.total}"
    return f"| {share.corpus} | {share.rule} | {reached} | {share.value:.1%} | {aim} |"


def misses(folders: Folders) -> Finding:
    """Everything that the coverage does not reach, to choose the next terms from."""
    shares = Coverage(folders.ontology, folders.material).all()
    lines = [f"{share.corpus}: {label}" for share in shares for label in share.missed]
    return Finding(f"{len(lines)} names and subjects are not reached", lines)


def precision(folders: Folders) -> Finding:
    """What is matched in texts of the field, and in texts about anything, to judge by reading."""
    scanner = Scanner(folders.ontology)
    bodies = {
        f"Finna titles and abstracts, {language}": every(
            gold.finna_texts(folders.material, language), language, _SAMPLE
        )
        for language in ("fi", "en")
    }
    outside = gold.out_of_domain_passages(folders.material)
    bodies["texts about anything, fi"] = every(outside, "fi", _SAMPLE)
    lines = []
    for name, body in bodies.items():
        tally = scanner.scan(name, body)
        lines.append(
            f"{name}: {tally.texts:,} texts, {tally.words:,} words, {tally.total:,} matches, "
            f"{tally.per_thousand_words:.1f} a thousand words"
        )
        for iri, count in tally.matches.most_common(_ENTITIES_SHOWN):
            surface = tally.surfaces[iri].most_common(1)[0][0]
            what = f"{scanner.type_of(iri)} {iri.rsplit('/', 1)[-1]}"
            lines.append(f"{count:6,}  {what}: {tally.examples[iri, surface]}")
    return Finding(f"{len(bodies)} bodies of text", lines)
