"""Head words: what the last (or first) word of a name says that the named thing is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from amic_kg.language import Token

Kind = Literal["Organization", "Place", "Site", "Project", "FundingProgramme"]


@dataclass(frozen=True, slots=True)
class Heads:
    """The head words of one language.

    `words` maps a lemma to what it says; `endings` are the last parts of compounds that say the
    same ("-keskus", "-verket"); `never` are words that end like heads and are none.
    """

    words: Mapping[str, Kind]
    endings: tuple[tuple[str, Kind], ...]
    never: frozenset[str]

    def kind(self, lemma: str) -> Kind | None:
        found = self.words.get(lemma)
        if found is not None or lemma in self.never:
            return found
        return next(
            (
                kind
                for end, kind in self.endings
                if lemma.endswith(end) and len(lemma) > len(end) + 1
            ),
            None,
        )


def _table(**kinds: str) -> dict[str, Kind]:
    names: dict[str, Kind] = {
        "organization": "Organization", "place": "Place", "site": "Site", "project": "Project",
        "programme": "FundingProgramme",
    }  # fmt: skip
    return {word: names[kind] for kind, words in kinds.items() for word in words.split()}


def _endings(**kinds: str) -> tuple[tuple[str, Kind], ...]:
    return tuple(sorted(_table(**kinds).items(), key=lambda item: -len(item[0])))


_FINNISH_ORGANIZATIONS = (
    "yliopisto ammattikorkeakoulu korkeakoulu tiedekorkeakoulu tutkimuskeskus ympäristökeskus "
    "virasto tutkimuslaitos yhtiö säätiö yhdistys seura liitto järjestö paliskunta ministeriö "
    "kuntayhtymä neuvosto komissio instituutti opisto akatemia museo pankki osuuskunta konserni "
    "pelastuslaitos oppilaitos kauppakamari hallinto-oikeus käräjäoikeus hovioikeus "
    "lääninhallitus maakuntaliitto "
    "aluehallintovirasto elinvoimakeskus elinkeinokeskus yliopistokeskus kehittämiskeskus "
    "kehitysyhtiö voimayhtiö observatorio laboratorio kunta kaupunki kehittämisyhtiö "
    "sairaala keskussairaala yliopistosairaala terveyskeskus sairaanhoitopiiri hyvinvointialue "
    "hiippakunta koulutuskuntayhtymä ammattiopisto kansalaisopisto lukio teatteri"
)
_ENGLISH_ORGANIZATIONS = (
    "university institute institution survey agency council association universities ministry "
    "authority authorities administration academy society foundation federation consortium "
    "company corporation commission committee museum bank court union cooperative polytechnic "
    "college school laboratory observatory inspectorate directorate chamber group centre center "
    "department bureau parliament municipality city town office organisation organization "
    "faculty port"
)
_SWEDISH_ORGANIZATIONS = (
    "universitet universitetet högskola högskolan institut institutet verket myndighet myndigheten "
    "kommun sameby länsstyrelsen länsstyrelse ministeriet departementet förening föreningen "
    "förbund förbundet stiftelse stiftelsen bolag bolaget nämnden domstolen museum museet akademin "
    "styrelsen forskningscentral forskningscentralen miljöcentral miljöcentralen koncernen "
    "koncern handelskammare handelskammaren landskapsförbund renbeteslag stad yrkeshögskola "
    "yrkeshögskolan sällskapet centralen renbeteslaget sjukhus centralsjukhus hälsovårdscentral "
    "akademi församling gymnasium folkhögskola samkommun välfärdsområde tingsrätt hovrätt stift"
)

# Compounds that end like heads and are common nouns.
_FINNISH_NEVER = """
kaivosyhtiö yhteisyhtiö emoyhtiö tytäryhtiö konserniyhtiö rahastoyhtiö vesiyhtiö
osakeyhtiö sähköyhtiö energiayhtiö malminetsintäyhtiö etsintäyhtiö rahoitusyhtiö
pörssiyhtiö teknologiayhtiö konsulttiyhtiö metallinjalostusyhtiö perheyhtiö avioliitto
kansainliitto neuvostoliitto ammattiliitto kansalaisjärjestö ympäristöjärjestö kattojärjestö
luonnonsuojelujärjestö kyläyhdistys asutuskeskus sivujoki hukkakaivos metallikaivos
malmikaivos pienkaivos kunnanvirasto kaupunginvirasto
kirkonkylä sivukylä naapurikylä lomakylä
"""
_SWEDISH_NEVER = """
kraftverket nätverket vattenverket regelverket ramverket dotterbolaget moderbolaget
gruvbolaget anrikningsverket smältverket sågverket bergverket värmeverket hantverket
bolagsstyrelsen elverket prospekteringsbolaget aktiebolaget
"""

HEADS: Mapping[str, Heads] = {
    "fi": Heads(
        _table(
            organization=_FINNISH_ORGANIZATIONS + " keskus laitos oikeus",
            place="kylä joki järvi vaara tunturi lampi lahti niemi saari koski suo mäki vuori "
            "maakunta lääni seutukunta tekojärvi tekoallas vesistö kaupunginosa aapa selkä",
            site="kaivos avolouhos esiintymä malmiesiintymä kultakaivos louhos "
            "nikkelikaivos kuparikaivos rautakaivos kromikaivos kultaesiintymä nikkeliesiintymä "
            "kaivoshanke kaivosalue malmiaihe sinkkikaivos talkkikaivos "
            "fosfaattikaivos koekaivos kaivosprojekti",
            project="hanke projekti tutkimushanke kehittämishanke kehityshanke yhteishanke "
            "tutkimusprojekti kehittämisprojekti esiselvityshanke",
            programme="ohjelma rahasto rahoitusohjelma puiteohjelma tutkimusohjelma "
            "kehittämisohjelma toimenpideohjelma yhteistyöohjelma",
        ),
        _endings(
            organization="yliopisto korkeakoulu tutkimuskeskus ympäristökeskus virasto "
            "tutkimuslaitos yhtiö säätiö yhdistys seura liitto järjestö paliskunta ministeriö "
            "kuntayhtymä instituutti akatemia osuuskunta osuuspankki kauppakamari lääninhallitus "
            "seurakunta osakaskunta oppilaitos keskusliitto kehittämiskeskus hallinto-oikeus",
            place="joki järvi vaara tunturi lampi lahti niemi saari koski mäki kylä vuoma jänkä "
            "suo selkä lompolo kaltio ranta korpi",
            site="kaivos esiintymä avolouhos",
            project="hanke projekti",
            programme="ohjelma rahasto",
        ),
        frozenset(_FINNISH_NEVER.split()),
    ),
    "en": Heads(
        _table(
            organization=_ENGLISH_ORGANIZATIONS,
            place="river lake village county municipality province region valley bay island fjord "
            "mountain fell hill hills creek burn moor loch sea ocean peninsula district parish "
            "lakes islands mountains gulf strait",
            site="mine deposit prospect orebody quarry concentrator mines deposits smelter",
            project="project",
            programme="programme program fund",
        ),
        (),
        frozenset(),
    ),
    "sv": Heads(
        _table(
            organization=_SWEDISH_ORGANIZATIONS,
            place="älv älven sjön sjö by byn berg berget län landskap dalen fjället ån träsk "
            "halvön ön viken fjärden församling",
            site="gruva gruvan gruvor fyndighet fyndigheten dagbrott dagbrottet malmen "
            "anrikningsverk anrikningsverket malmfyndighet",
            project="projekt projektet",
            programme="program programmet fond fonden",
        ),
        _endings(
            organization="universitet universitetet högskola högskolan institutet verket förening "
            "myndigheten ministeriet förbundet föreningen stiftelsen sameby styrelsen bolaget "
            "centralen akademin domstolen",
            place="älven älv sjön fjället berget träsket",
            site="gruva gruvan fyndigheten fyndighet dagbrottet",
            project="projektet projekt",
            programme="programmet fonden",
        ),
        frozenset(_SWEDISH_NEVER.split()),
    ),
}  # fmt: skip

# What begins an English or Swedish name and says its kind: "University of Lapland", "Lake Inari".
FIRST_WORDS: Mapping[str, Mapping[str, Kind]] = {
    "en": _table(
        organization="university institute geological survey ministry agency council association "
        "centre center academy municipality city town department faculty bank court federation "
        "society regional administrative confederation port",
        place="lake mount mt river lakes cape gulf",
    ),
    "sv": _table(
        organization="länsstyrelsen universitetet institutet föreningen stiftelsen högskolan "
        "kommunen yrkeshögskolan",
        place="sjön byn älven",
    ),
    "fi": _table(),
}

_STREETS = re.compile(
    r"(?:tie|katu|kuja|polku|raitti|rinne|väylä|tori|bulevardi|aukio|gatan|vägen|gränden|"
    r"street|road|avenue|lane|boulevard)$"
)
_PUBLICATIONS = re.compile(
    r"^(?:journal|vol|proceedings|bulletin|transactions|reviews?|letters|lehti|aikakauslehti|"
    r"tidskrift|magazine|abstracts|monograph|handbook|acta|annals|reports?|volume|papers?)$",
    re.IGNORECASE,
)
_CALENDAR = (
    "tammikuu helmikuu maaliskuu huhtikuu toukokuu kesäkuu heinäkuu elokuu syyskuu lokakuu "
    "marraskuu joulukuu maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai "
    "january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday januari februari mars maj juni juli "
    "advent christmas easter joulu pääsiäinen juhannus jul påsk midsommar "
    "augusti oktober måndag tisdag onsdag torsdag fredag lördag söndag"
)
_CALENDAR_WORDS = frozenset(_CALENDAR.split())


@lru_cache(maxsize=100_000)
def kind_of_word(word: str, language: str) -> Kind | None:
    """What a word says that it is the head of, in Finnish, English or Swedish."""
    heads = HEADS.get(language)
    return heads.kind(word) if heads is not None else None


def head_of(tokens: list[Token], language: str) -> Kind | None:
    """What the words of a name say it is: by its last word, else (en, sv) by its first."""
    if language not in HEADS or not tokens:
        return None
    for lemma in (*tokens[-1].lemmas[:2], tokens[-1].surface.lower()):
        kind = kind_of_word(lemma, language)
        if kind is not None:
            return kind
    if len(tokens) > 1:
        return FIRST_WORDS[language].get(tokens[0].surface.lower())
    return None


def is_head(token: Token, language: str) -> bool:
    """Whether a word is a head and nothing more."""
    heads = HEADS.get(language)
    return heads is not None and (
        token.lemmas[0] in heads.words or token.surface.lower() in heads.words
    )


def is_street(word: str) -> bool:
    return bool(_STREETS.search(word.lower()))


def is_publication(word: str) -> bool:
    return bool(_PUBLICATIONS.match(word))


def is_calendar(lemmas: tuple[str, ...]) -> bool:
    return not _CALENDAR_WORDS.isdisjoint(lemmas)
