"""Reads the gold material of `shared/data` as plain values."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

YSO = "http://www.yso.fi/onto/yso/"

# What makes a title mining-related: a word that has one of these stems at a word or compound
# boundary. Homonyms (data mining, "rikastaa opetusta", kivijalka) are taken out by _NOT_MINING.
_MINING_STEM = re.compile(
    r"""\b(?:
        \w*kaivos\w* | \w*kaivann\w* | \w*malmi(?:n|t|e|a|s|v)\w* | malmi | \w*mineraal\w*
      | rikastus\w* | rikastamo\w* | rikastehiek\w* | louhin\w* | \w*louhos\w*
      | geolog\w* | geokem\w* | geofys\w* | geotiet\w* | kallioper\w* | maaper\w* | pohjave\w*
      | \w*turve\w* | raaka-?aine\w* | metallurg\w* | sivukiv\w* | kiviaine\w* | vuolukiv\w*
      | mining\w* | mines? | minewater\w* | miners? | \w*minerals? | mineralog\w* | ores?
      | tailings? | quarr(?:y|ies|ying) | geochem\w* | geophys\w* | bedrock | groundwater
      | peat\w* | raw[ ]materials? | metallurg\w* | flotation | drill(?:ing|holes?)
      | gruv\w* | \w*malm(?:en|er|erna|brytning\w*|letning\w*)? | berggrund\w* | bergart\w*
      | grundvatt\w* | \w*torv\w* | råvar\w* | råmaterial\w* | stenbrott\w* | anrikning\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands around mining in theses and reports: environment, land use, people, materials.
_NEIGHBOUR_STEM = re.compile(
    r"""\b(?:
        ympäristövaikut\w* | ympäristölu\w* | jäteve\w* | vedenlaa\w* | vesistö\w* | pohjasedim\w*
      | hiilinielu\w* | hiilijalan\w* | kiertotalou\w* | ilmastonmuuto\w* | akku\w* | vety
      | poro\w+ | saamelai\w* | alkuperäiskans\w* | maakuntakaav\w* | osallisuu\w*
      | luontoarvo\w* | ekosysteemipalvelu\w* | kansallispuisto\w* | aluekehit\w* | elinkeino\w*
      | environmental[ ]impact\w* | wastewater | water[ ]quality | circular[ ]economy
      | climate[ ]change | batter(?:y|ies) | energy[ ]storages? | reindeer | sámi
      | indigenous[ ]peoples | sustainability | life[ ]cycle[ ]assessment
      | miljökonsekvens\w* | avloppsvatten\w* | cirkulär\w* | klimatförändring\w* | renskötsel\w*
      | samer\w* | urfolk\w* | hållbarhet\w*
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_MINING = re.compile(
    r"(?:data|text|process|tieto|teksti|tiedon|tekstin)[ -]?(?:mining|louhin)"
    r"|ravinnon mineraal|ruokatorv|torvi|(?:Stock|Lind|Ståhl|Stål|Lars|Hjalm)malm|hiiva"
    r"|tiedonlouhin|tekstinlouhin",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Gold:
    """Something that a text was indexed with: its key and its label in each language."""

    key: str
    labels: Mapping[str, str]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class TitleTerm:
    """A mining-related word in a title, at `start`..`end`."""

    title: str
    language: str
    start: int
    end: int

    @property
    def word(self) -> str:
        return self.title[self.start : self.end]


@cache
def yso_labels(shared: Path) -> Mapping[str, Mapping[str, str]]:
    """Every YSO concept and YSO place, by IRI, with its preferred label in fi, en and sv."""
    found: dict[str, dict[str, str]] = {}
    for language in ("fi", "en", "sv"):
        path = shared / "vocab" / f"yso-ysoplaces-cicero-{language}.tsv"
        for line in path.read_text("utf-8").splitlines():
            iri, _, label = line.partition("\t")
            found.setdefault(iri.strip("<>"), {})[language] = label.strip()
    return found


def annif_subjects(shared: Path) -> list[Gold]:
    """The distinct gold subjects of the Finna texts, commonest first."""
    weights: dict[str, int] = {}
    finnish: dict[str, str] = {}
    for language in ("fi", "en"):
        for line in _json_lines(shared / "annif_finna" / f"texts-{language}.jsonl"):
            for subject in line["yso"]:
                weights[subject["uri"]] = weights.get(subject["uri"], 0) + 1
                finnish[subject["uri"]] = subject["label"]
    labels = yso_labels(shared)
    return [
        Gold(iri, {"fi": finnish[iri], **labels.get(iri, {})}, weight)
        for iri, weight in sorted(weights.items(), key=lambda item: -item[1])
    ]


def yso_mining_subset(shared: Path) -> list[Gold]:
    """The YSO concepts around mining and geology that were picked out beside the gold ones."""
    with (shared / "vocab" / "yso_cicero_mining_subset_fi_en_sv.csv").open(encoding="utf-8") as f:
        return [
            Gold(row["uri"], {lang: row[lang] for lang in ("fi", "en", "sv") if row[lang]})
            for row in csv.DictReader(f)
        ]


def finna_texts(shared: Path, language: str) -> Iterator[str]:
    for line in _json_lines(shared / "annif_finna" / f"texts-{language}.jsonl"):
        yield line["text"]


def mining_title_terms(shared: Path) -> list[TitleTerm]:
    """The mining-related words of the FinGreyLit titles, which have no subjects of their own."""
    return list(_title_terms(shared, _MINING_STEM))


def neighbouring_title_terms(shared: Path) -> list[TitleTerm]:
    """Title words about what stands around mining: environment, land use, people, materials."""
    return list(_title_terms(shared, _NEIGHBOUR_STEM))


def _title_terms(shared: Path, stem: re.Pattern[str]) -> Iterator[TitleTerm]:
    for path in sorted((shared / "fingreylit").glob("*.jsonl")):
        for line in _json_lines(path):
            for title, language in _titles(line["ground_truth"]):
                for match in stem.finditer(title):
                    if not _NOT_MINING.search(title[max(0, match.start() - 8) : match.end()]):
                        yield TitleTerm(title, language, match.start(), match.end())


def _titles(truth: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    language = str(truth.get("language", "fi"))
    if language in ("fi", "en", "sv"):
        yield str(truth["title"]), language
    alternatives = truth.get("alt_title")
    for alternative in alternatives if isinstance(alternatives, list) else []:
        # "Battery modelling {en}": the language stands behind the title.
        marked = re.fullmatch(r"(.*?)\s*\{(fi|en|sv)\}", str(alternative), re.DOTALL)
        if marked:
            yield marked[1], marked[2]


def eu_crm_names(shared: Path) -> list[str]:
    """Materials and groups of the EU criticality studies, as the tables spell them."""
    names: set[str] = set()
    folder = shared / "vocab" / "eu_crm"
    with (folder / "dimension_CRMsOverTime.csv").open(encoding="utf-8-sig") as file:
        names.update(row["Material"].strip() for row in csv.DictReader(file))
    with (folder / "dimension_ScreenedMatGroupings.csv").open(encoding="utf-8-sig") as file:
        for row in csv.reader(file):
            names.update(cell.strip() for cell in row)
    heads = {"Material", "screened_material"}
    return sorted(n for n in names if n and n not in heads and not n.startswith("perm_"))


def finnish_site_names(shared: Path) -> list[str]:
    """Distinct names among the Finnish mineral site records."""
    records = _json_lines(shared / "minmod_sites" / "finland_sites.jsonl")
    return sorted({record["name"] for record in records if record.get("name")})


def out_of_domain_passages(shared: Path) -> Iterator[str]:
    for line in _json_lines(shared / "squad2_fi" / "passages.jsonl"):
        yield line["context"]


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
