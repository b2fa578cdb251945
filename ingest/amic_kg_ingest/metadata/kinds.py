"""Types of works, as repositories name them, to the kinds of our ontology."""

from __future__ import annotations

import re
from collections.abc import Iterable

from amic_kg_ingest.metadata.packed_values import unpack

_COAR = {
    "c_7a1f": "BachelorThesis", "c_bdcc": "MasterThesis", "c_db06": "DoctoralThesis",
    "c_6501": "Article", "c_2df8fbb1": "Article", "c_dcae04bc": "Article", "c_b239": "Article",
    "c_beb9": "Article", "c_7bab": "Article", "c_3248": "Article", "c_5794": "Article",
    "c_998f": "Article", "c_93fc": "Report", "c_18ws": "Report", "c_18gh": "Report",
    "c_18hj": "Report", "c_186u": "Report", "c_8042": "Report", "c_2f33": "Report",
    "c_ddb1": "Dataset", "c_18op": "Deliverable", "c_e059": "Guide", "c_71bd": "Guide",
    "c_c94f": "Presentation", "c_6670": "Presentation", "r60j-j5bd": "Presentation",
    "c_7ad9": "WebPage", "c_6947": "WebPage",
}  # fmt: skip
"""Concepts of the COAR Resource Type vocabulary, https://vocabularies.coar-repositories.org/."""

_OKM = {
    "A1": "Article", "A2": "Article", "A3": "Article", "A4": "Article",
    "B1": "Article", "B2": "Article", "B3": "Article", "C1": "Report", "C2": "Report",
    "D1": "Article", "D2": "Article", "D3": "Article", "D4": "Report", "D5": "Guide",
    "D6": "Report", "E1": "Article", "E2": "Report", "E3": "Report",
    "G1": "BachelorThesis", "G2": "MasterThesis", "G3": "DoctoralThesis", "G4": "DoctoralThesis",
    "G5": "DoctoralThesis",
}  # fmt: skip
"""Publication types of the Finnish Ministry of Education and Culture (A1 to G5)."""

_NAMES = {
    "BachelorThesis": """
        bachelor thesis|bachelor's thesis|bachelors thesis|opinnäytetyö (amk)|examensarbete (yh)
        amk-opinnäytetyö|kandidaatintyö|kandidaatintutkielma|kandidaatin tutkielma|bachelorthesis
        kandidatavhandling|yh-examensarbete|opinnäytetyö (alempi amk)|opinnäytetyö""",
    "MasterThesis": """
        master thesis|master's thesis|masters thesis|opinnäytetyö (ylempi amk)|masterthesis
        ylempi amk-opinnäytetyö|pro gradu -tutkielma|pro gradu|avhandling pro gradu|diplomityö
        examensarbete (högre yh)|diplomarbete|maisterintutkielma|magisteravhandling
        maisterin tutkielma|master’s thesis|yamk-opinnäytetyö|ylempi amk -opinnäytetyö
        sotatieteiden maisteriopiskelijan pro gradu""",
    "DoctoralThesis": """
        doctoral thesis|doctoral dissertation|väitöskirja|doktorsavhandling|phd thesis
        doctoralthesis|lisensiaatintyö|lisensiaatintutkielma|licentiate thesis
        licentiatavhandling|monografiaväitöskirja|artikkeliväitöskirja|akademisk avhandling""",
    "Article": """
        article|journal article|research article|review article|conference paper|book part
        conferenceobject|bookpart|book section|konferenssiartikkeli|artikkeli|artikkelit|artikel
        self-archived articles|rinnakkaistallennetut artikkelit|parallellpublicationer
        kirjan osa|newspaper article|preprint|conference paper not in proceedings|editorial
        book review|data paper|commentary|lehtiartikkeli|contribution to journal
        henkilöstön artikkelit rinnakkaistallenteina|parallel publications|conference contribution
        seamk henkilöstön julkaisut, rinnakkaistallenteet""",
    "Report": """
        report|research report|policy report|project report|raportti|raportteja|rapport|selvitys
        working paper|workingpaper|technical report|technical documentation|tutkimusraportti
        book|kirja|bok|julkaisusarja|publications|publication series|raportit|reports
        arcada working papers|diskussionsunderlag|työpaperi|katsauksia|selvityksiä
        monografia|monograph|publikationer|memorandum
        erillisjulkaisut|miscellaneous publications""",
    "Deliverable": "deliverable|project deliverable|projectdeliverable",
    "Dataset": "dataset|data set|aineisto|tutkimusaineisto|dataset paper",
    "Presentation": """
        presentation|lecture|conference presentation|conference presentations|conference output
        konferenssiesitykset|konferenssiesitys|konferenspresentationer|conferenceposter|esitys
        conference poster|slide|föreläsning""",
    "Guide": """
        learning object|guide|opas|oppaat|oppikirja|oppikirjat|manual|handbook|käsikirja|ohje
        oppimateriaali|läromedel|handledning|textbook|teaching material|study material""",
    "Newsletter": "newsletter|uutiskirje|tiedotuslehti|nyhetsbrev",
    "WebPage": "web page|webpage|website|blog post|blogikirjoitus|blogi|blog|verkkosivu",
}
_KINDS = {
    name.strip(): kind
    for kind, names in _NAMES.items()
    for name in re.split(r"[|\n]", names)
    if name.strip()
}
_CODE = re.compile(r"([A-G][1-6])(?![0-9A-Za-z])")
_PREFIX = re.compile(r"^(?:info:eu-repo/semantics/|\d\.\s?)")


def kind_of(values: Iterable[str]) -> str | None:
    """The first kind that one of `values` names, taken in order; None when none does.

    Understood are names in fi, sv and en, packed or not, codes of the ministry with or without
    their words, and COAR concepts by IRI.
    """
    for value in values:
        for text in unpack(value).values():
            if kind := _kind(text):
                return kind
    return None


def _kind(text: str) -> str | None:
    if "coar" in text and (kind := _COAR.get(text.rstrip("/").rsplit("/", 1)[-1].lower())):
        return kind
    if (match := _CODE.match(text.replace("_", " "))) and (kind := _OKM.get(match[1])):
        return kind
    name = _PREFIX.sub("", re.sub(r"\s+", " ", text.strip().casefold()))
    for part in (name, *re.split(r"\s*[/|]\s*", name)):
        if kind := _KINDS.get(part.rstrip(". ")):
            return kind
    return None
