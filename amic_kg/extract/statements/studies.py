"""Studies that a text reports: which method was used, where, on what, with whom and how many.

A method that is only named makes no study: a verb must say that it was used, tested or carried out,
and by those who write: not planned, not denied, not in the literature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amic_kg.extract.statements.amounts import COUNT, COUNT_OR_WORD, read_count
from amic_kg.extract.statements.clauses import clause_around, is_of_others, is_planned
from amic_kg.extract.statements.patterns import Rule, RuleBook, compile_pattern, weigh
from amic_kg.extract.statements.reading import Reading
from amic_kg.extract.statements.sites import GENERIC
from amic_kg.ontology import Vocabulary

TYPES = (
    "Site", "Commodity", "Method", "Theme", "AcceptanceFactor", "Practice", "StakeholderGroup",
)  # fmt: skip

USED = 0.88
"""The method is what was used or tested."""
BY_MEANS = 0.8
"""Something was studied by means of the method."""
COUNTED = 0.92
ASKED = 0.9
"""Who was interviewed or answered; the way the data came, by the verb alone."""
PLACED = 0.82
"""The one site of the sentence, or the sites that it joins."""
TOPIC = 0.8
READY = 0.88

_METHOD = "https://w3id.org/amic/vocab/method/"
_COLLECTION_ROOTS = (
    "survey-research", "interview-research", "workshop", "participatory-mapping", "focus-group",
    "ethnography", "citizen-deliberation", "delphi-method",
)  # fmt: skip
_OPERATIONS = ("mining-methods",)
"""How a mine works day by day: what is used there was not studied for that."""

_FI_DONE = (
    r"(?:käytettiin|sovellettiin|testattiin|kokeiltiin|pilotoitiin|tehtiin|toteutettiin|suoritettiin|"
    r"järjestettiin|hyödynnettiin|käytimme|sovelsimme|testasimme|kokeilimme|teimme|"
    r"on (?:käytetty|sovellettu|testattu|kokeiltu|tehty|toteutettu|pilotoitu)|oli (?:käytetty|kysely)|verrattiin|"
    r"vertailtiin)"
)
_FI_STUDIED = (
    r"(?:tutkittiin|selvitettiin|mitattiin|analysoitiin|arvioitiin|kartoitettiin|tarkasteltiin|"
    r"määritettiin|seurattiin|mallinnettiin|tunnistettiin|kerättiin|kuvattiin|luodattiin|"
    r"puhdistettiin|poistettiin|on (?:tutkittu|selvitetty|mitattu|analysoitu|kartoitettu|arvioitu)|"
    r"tutkimme|mittasimme|selvitimme|analysoimme)"
)
_EN_DONE = (
    r"(?:used|applied|tested|piloted|trialled|trialed|carried out|conducted|performed|employed|"
    r"undertaken|run|tried|held|organised|organized|made|compared|demonstrated|completed)"
)
_EN_STUDIED = (
    r"(?:measured|analysed|analyzed|studied|investigated|mapped|examined|assessed|monitored|surveyed|"
    r"determined|characterised|characterized|collected|modelled|modeled|evaluated|explored|treated|"
    r"removed|imaged|sampled|estimated)"
)
_SV_DONE = (
    r"(?:användes|tillämpades|testades|provades|prövades|utfördes|genomfördes|gjordes|jämfördes|"
    r"ordnades|hölls|har (?:använts|testats|prövats|provats|utförts|genomförts|gjorts))"
)
_SV_STUDIED = (
    r"(?:mättes|undersöktes|analyserades|kartlades|studerades|utreddes|bestämdes|bedömdes|samlades in|"
    r"följdes|modellerades|renades|avlägsnades|insamlades|har (?:mätts|undersökts|analyserats|studerats|kartlagts))"
)
# What a plant does every day, and a test once: it counts where the sentence speaks of a test.
_PROCESSED = {
    "fi": r"(?:rikastettiin|käsiteltiin|liuotettiin|ajettiin|eroteltiin|erotettiin)",
    "en": r"(?:concentrated|processed|leached|separated|floated|upgraded)",
    "sv": r"(?:anrikades|bearbetades|lakades|behandlades|separerades|kördes)",
}
_TESTING = re.compile(
    r"\b(?:pilot\w*|ko(?:e|ke)\w*|testi\w*|testat\w*|laborator\w*|test|tests|tested|trials?|försök\w*|"
    r"experiment\w*|näyt(?:e|tei)\w*|samples?|prov|prover\w*|gtk)\b|mintec"
)
_KIND_FI = r"(?:-?(?:koke|testa|testi|mittau|analyys|tutkimu|luotau|menetelm|haastatte|kysely|pilot|kairau|kartoitu)\w*)?"
_KIND_EN = r"(?: ?(?:pilot )?(?:tests?|trials?|surveys?|experiments?|pilots?|methods?|measurements?|analysis|analyses|unit|units|plant|campaigns?|pilot plant))?"
_KIND_SV = r"(?:-?(?:försök|test|mätning|analys|undersökning|metod|pilot)\w*)?"

_USE = (
    Rule("fi", "use", rf"{{o=M+:par|nom}}{_KIND_FI} {{gap3}}{_FI_DONE}", USED),
    Rule("fi", "use", rf"{_FI_DONE} {{any3}}{{o=M+:par|nom|loc}}{_KIND_FI}(?![\w-])", USED),
    Rule("fi", "use", rf"{{o=M+:loc}}{_KIND_FI} {{any5}}(?:{_FI_STUDIED}|{_FI_DONE})", BY_MEANS),
    Rule("fi", "use", rf"(?:{_FI_STUDIED}) {{any6}}{{o=M+:loc}}{_KIND_FI}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:gen}} {{gap1}}avulla {{any6}}(?:{_FI_STUDIED}|{_FI_DONE})", USED),
    Rule("fi", "use", rf"(?:{_FI_STUDIED}|{_FI_DONE}) {{any6}}{{o=M+:gen}} avulla", USED),
    Rule("fi", "use", r"menetelmänä (?:oli|käytettiin|on) {o=M+:nom|par}|menetelminä (?:olivat|käytettiin) {o2=M+:nom|par}", USED),
    Rule("fi", "use", r"aineisto\w* (?:kerättiin|koottiin|hankittiin|koostuu|koostui|perustuu|perustui) {any3}{o=M+}", USED),
    Rule("en", "use", rf"{{o=M+}}{_KIND_EN} (?:was|were|has been|have been) {{gap2}}{_EN_DONE}", USED),
    Rule("en", "use", r"(?:we|study|project|thesis|report|authors|researchers|team|gtk) (?:have |has )?{gap1}(?:used|applied|tested|piloted|conducted|performed|employed|carried out|tried|uses|applies|compared|ran) {any4}{o=M+}", USED),
    Rule("en", "use", rf"(?:was|were|has been|have been) {{gap1}}(?:{_EN_STUDIED}|{_EN_DONE}) {{any5}}(?:by|with|using|by means of|through|via) {{gap3}}{{o=M+}}", BY_MEANS),
    Rule("en", "use", rf"(?:{_EN_STUDIED}) {{any6}}(?:by|with|using|by means of|through|via) {{gap2}}{{o=M+}}", BY_MEANS),
    Rule("en", "use", rf"^(?:using|with|by means of|through) {{gap2}}{{o=M+}},? {{any6}}(?:was|were|we) {{gap1}}(?:{_EN_STUDIED}|{_EN_DONE})", BY_MEANS),
    Rule("en", "use", r"(?:methods? (?:was|were|used (?:was|were)|included)|(?:data|material) (?:consists?|consisted) of|(?:study|thesis|report) (?:is|was) based on) {any3}{o=M+}", USED),
    Rule("sv", "use", rf"{{o=M+}}{_KIND_SV} {{gap3}}{_SV_DONE}", USED),
    Rule("sv", "use", rf"{_SV_DONE} {{any3}}{{o=M+}}{_KIND_SV}", USED),
    Rule("sv", "use", rf"(?:{_SV_STUDIED}|{_SV_DONE}) {{any6}}(?:med hjälp av|genom|med|via) {{gap2}}{{o=M+}}", BY_MEANS),
    Rule("sv", "use", rf"\b(?:med hjälp av|genom|med) {{gap2}}{{o=M+}} {{any6}}(?:{_SV_STUDIED}|{_SV_DONE})", BY_MEANS),
    Rule("sv", "use", r"(?:studien|projektet|arbetet|vi|undersökningen) (?:använde|använder|tillämpade|testade|prövade|jämförde) {any4}{o=M+}", USED),
    Rule("sv", "use", r"metoden (?:var|är) {o=M}|metoderna var {o2=M+}|(?:materialet|studien|arbetet) (?:består av|bestod av|bygger på|byggde på|baseras på) {any3}{o3=M+}", USED),
)  # fmt: skip

_TESTED = (
    Rule("fi", "use", rf"{_PROCESSED['fi']} {{any3}}{{o=M+}}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:loc|nom|gen}} {{any3}}{_PROCESSED['fi']}", BY_MEANS),
    Rule("en", "use", rf"{_PROCESSED['en']} {{any3}}(?:by|with|using|through) {{gap1}}{{o=M+}}", BY_MEANS),
    Rule("sv", "use", rf"{_PROCESSED['sv']} {{any3}}(?:genom|med) {{gap1}}{{o=M+}}", BY_MEANS),
)  # fmt: skip

_ABOUT = (
    Rule("fi", "about", rf"{{o=AR+:par|gen|nom|ill}} {{gap3}}{_FI_STUDIED}", TOPIC),
    Rule("fi", "about", rf"{_FI_STUDIED} {{any4}}{{o=AR+:par|gen|nom|ill|ela}}", TOPIC),
    Rule("fi", "about", r"(?:teemoiksi|teemaksi|aiheiksi|tekijöiksi|tekijäksi|huolenaiheiksi|huoleksi) (?:nousi|nousivat|osoittautui|osoittautuivat|tunnistettiin|nostettiin|muodostui|muodostuivat) {gap1}{o=TAR+:nom}", TOPIC),
    Rule("fi", "about", r"(?:tutkimus|opinnäytetyö|selvitys|työ|tutkielma|raportti|hanke|kysely|haastattelut) {gap1}(?:käsittelee|käsitteli|käsittelivät|tarkastelee|tarkasteli|selvittää|selvitti|tutkii|tutki|koskee|koski|arvioi|kartoitti) {any4}{o=TAR+:par|gen|nom}", TOPIC),
    Rule("fi", "about", r"(?:kysely\w+|haastattelu\w+|työpaj\w+|vastauks\w+|<M\d+_\w+>) {gap3}(?:kysyttiin|nousi esiin|nousivat esiin|korostui|korostuivat|keskusteltiin|käsiteltiin|esiin nousi|esiin nousivat) {any4}{o=TAR+}", TOPIC),
    Rule("fi", "about", r"(?:vastaajat|haastateltavat|vastaajista|haastatelluista|vastanneet|vastanneista)[^.;]{0,40} (?:korostivat|korosti|nostivat esiin|mainitsivat|mainitsi|pitivät tärkeimpänä|pitivät tärkeänä|olivat huolissaan|oli huolissaan) {any4}{o=TAR+}", TOPIC),
    Rule("en", "about", rf"{{o=AR+}} (?:was|were|has been|have been) {{gap1}}{_EN_STUDIED}", TOPIC),
    Rule("en", "about", r"(?:study|survey|interviews?|thesis|report|workshops?|we|questionnaire|project|questions|paper|article) {gap2}(?:examined|examines|studied|studies|investigated|investigates|assessed|assesses|measured|explored|explores|addressed|addresses|dealt with|deals with|concerned|focused on|focuses on|mapped|covered|covers|asked about|evaluated) {any5}{o=TAR+}", TOPIC),
    Rule("en", "about", r"(?:were )?(?:asked|interviewed|surveyed|questioned) {any3}(?:about|on|regarding) {any4}{o=TAR+}", TOPIC),
    Rule("en", "about", r"(?:interviewees|respondents|participants)[^.;]{0,40} (?:emphasised|emphasized|stressed|raised|mentioned|were concerned about|were worried about|highlighted|discussed) {any4}{o=TAR+}", TOPIC),
    Rule("en", "about", r"(?:themes|topics|factors|concerns|issues)[^.;<]{0,40} (?:were|included|are|include|emerged were) {gap1}{o=TAR+}", TOPIC),
    Rule("sv", "about", rf"{{o=AR+}} {{gap2}}{_SV_STUDIED}", TOPIC),
    Rule("sv", "about", rf"{_SV_STUDIED} {{any3}}{{o=AR+}}", TOPIC),
    Rule("sv", "about", r"(?:teman|temana|faktorer|faktorerna|frågor|frågorna|orosmomenten) (?:var|blev|utgjordes av|lyftes fram var) {gap1}{o=TAR+}", TOPIC),
    Rule("sv", "about", r"(?:studien|undersökningen|arbetet|rapporten|enkäten|intervjuerna|avhandlingen|frågorna|projektet) (?:behandlar|behandlade|undersöker|undersökte|utreder|utredde|handlade om|handlar om|gällde|gäller|fokuserade på|kartlade|granskade) {any4}{o=TAR+}", TOPIC),
    Rule("sv", "about", r"(?:intervjuades|tillfrågades|svarade på frågor) {any2}om {any4}{o=TAR+}", TOPIC),
    Rule("sv", "about", r"(?:de svarande|respondenterna|de intervjuade|deltagarna) (?:betonade|lyfte fram|nämnde|framhöll|oroade sig för|var oroliga för) {any4}{o=TAR+}", TOPIC),
)  # fmt: skip

_WHOM = (
    Rule("fi", "whom", r"haastatel(?:tiin|timme|tu) {any5}{o=G+}", ASKED),
    Rule("fi", "whom", r"joissa kuultiin {gap2}{o=G+:par|gen}", ASKED),
    Rule("fi", "whom", r"{o=G+} {gap3}(?:haastateltiin|vastasi|vastasivat|osallistui|osallistuivat)(?! \w*mielenosoitu)", ASKED),
    Rule("fi", "whom", r"(?:kysely\w*|<M\d+_\w+>) {gap3}(?:vastasi|lähetettiin|suunnattiin|osoitettiin|tehtiin|järjestettiin) {any4}{o=G+}", ASKED),
    Rule("fi", "whom", r"(?:haastattelu\w*|työpaja\w*|<M\d+_\w+>) {gap3}(?:osallistui|osallistuivat) {any4}{o=G+}", ASKED),
    Rule("fi", "whom", r"{o=G+:par|gen} (?:haastateltiin|haastattelu|haastattelut|haastatteluja|haastattelujen)", ASKED),
    Rule("en", "whom", r"interviews? (?:(?:was|were) (?:held|conducted|carried out|made) )?with {any4}{o=G+}", ASKED),
    Rule("en", "whom", r"(?:interviewed|surveyed) {any4}{o=G+}", ASKED),
    Rule("en", "whom", r"{o=G+} {gap3}(?:were|was) (?:interviewed|surveyed)", ASKED),
    Rule("en", "whom", r"{o=G+} {gap3}(?:responded|answered|took part|participated|replied|completed the)", ASKED),
    Rule("en", "whom", r"(?:survey|questionnaire|<M\d+_\w+>) {gap2}(?:of|among|sent to|was sent to|answered by|was answered by) {any4}{o=G+}", ASKED),
    Rule("sv", "whom", r"intervjuades {any4}{o=G+}", ASKED),
    Rule("sv", "whom", r"{o=G+} {gap3}(?:intervjuades|svarade|deltog|besvarade)", ASKED),
    Rule("sv", "whom", r"(?:intervjuer|intervjuerna|<M\d+_\w+>) {gap2}med {any3}{o=G+}", ASKED),
    Rule("sv", "whom", r"(?:enkät\w*|<M\d+_\w+>) {gap2}(?:besvarades av|riktades till|skickades till|bland) {any3}{o=G+}", ASKED),
)  # fmt: skip

_N = rf"(?P<n>{COUNT_OR_WORD})"
_D = rf"(?P<n>{COUNT})"
_INTERVIEWED, _ANSWERED, _SAMPLED = "interview-research", "survey-research", ""
# Words of counting, and the way of collecting data that they tell.
_COUNTS: tuple[tuple[str, str, str], ...] = (
    ("fi", _INTERVIEWED, rf"haastatel(?:tiin|timme) (?:yhteensä |kaikkiaan |noin )?{{gap1}}{_N} \S+"),
    ("fi", _INTERVIEWED, rf"(?<!\w){_N} (?:\S+ ){{1,3}}(?:haastateltiin|haastatteluun)"),
    ("fi", _INTERVIEWED, rf"(?<!\w){_N} (?:\S+ )?haastattelua"),
    ("fi", _INTERVIEWED, rf"haastateltav\w+ oli (?:yhteensä |kaikkiaan )?{_N}"),
    ("fi", _ANSWERED, rf"(?:kysely\w*|<M\d+_\w+>|lomakkeeseen) (?:\S+ )?(?:vastasi|vastasivat|saatiin|saapui|palautui) (?:yhteensä |kaikkiaan |määräaikaan mennessä |noin )?{_D}"),
    ("fi", _ANSWERED, rf"(?:vastauksia|vastaajia) (?:\S+ )?(?:saatiin|oli|kertyi|tuli) (?:yhteensä |kaikkiaan )?{_N}"),
    ("fi", _ANSWERED, rf"(?<!\w){_D} (?:\S+ ){{0,2}}(?:vastasi|vastaajaa|vastausta|vastaajan)"),
    ("fi", _SAMPLED, rf"(?:työpaja\w*|<M\d+_\w+>) osallistui (?:yhteensä |noin )?{_N} \S+"),
    ("fi", _SAMPLED, rf"(?<![\w.,]){_D} (?:\S+ ){{0,2}}(?:osallistui|osallistujaa)"),
    ("fi", _SAMPLED, rf"(?<![\w.,]){_D} (?:\S+ )?\w*näytettä"),
    ("fi", _SAMPLED, rf"näytteitä (?:\S+ )?(?:otettiin|kerättiin|oli) (?:yhteensä )?{_D}"),
    ("fi", _SAMPLED, rf"otoskoko (?:oli|on) {_D}"),
    ("en", _INTERVIEWED, rf"(?:interviewed|interviews with) (?:a total of |about |altogether )?{_N} (?!per cent|%|minut|hour)\S+"),
    ("en", _INTERVIEWED, rf"(?<![\w.,-]){_N} (?:\S+ ){{1,4}}(?:were|was) interviewed"),
    ("en", _INTERVIEWED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,2}}(?:interviews|interviewees)"),
    ("en", _ANSWERED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,3}}(?:respondents|responses|answers|replies|questionnaires)"),
    ("en", _ANSWERED, rf"(?<![\w.,-]){_N} (?:\S+ ){{1,4}}(?:responded|answered|replied|completed the (?:survey|questionnaire))"),
    ("en", _ANSWERED, rf"(?:answered|completed|responded to) (?:\S+ ){{0,3}}by {_N} \S+"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} (?:\S+ ){{1,3}}(?:took part|participated|attended)"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} participants"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,3}}samples"),
    ("en", _SAMPLED, rf"sample (?:size )?(?:of|was|is) {_D}"),
    ("sv", _INTERVIEWED, rf"intervjuades (?:sammanlagt |totalt )?{_N} \S+"),
    ("sv", _INTERVIEWED, rf"(?<!\w){_N} (?:\S+ ){{1,3}}intervjuades"),
    ("sv", _INTERVIEWED, rf"(?<!\w){_N} (?:\S+ )?intervjuer"),
    ("sv", _ANSWERED, rf"besvarades av (?:sammanlagt |totalt )?{_N}"),
    ("sv", _ANSWERED, rf"(?<!\w){_N} (?:\S+ ){{0,3}}(?:svarade|svar|respondenter|besvarade|svarande)(?!\w)"),
    ("sv", _SAMPLED, rf"(?<!\w){_N} (?:\S+ ){{0,3}}(?:deltog|deltagare)"),
    ("sv", _SAMPLED, rf"(?<!\w){_D} (?:\S+ )?\w*prover(?!\w)"),
)  # fmt: skip
_N_EQUALS = re.compile(rf"\(?\bn ?= ?(?P<n>{COUNT})")
_COUNTED_METHOD = re.compile(rf"(?<![\w.,-]){_N} (?:[^\s.,<>]+ )?(?P<m><M\d+_\w+>)")
_TRL = re.compile(r"\btrl[- ]?(?:taso\w*|level|nivå|:)? ?(?P<n>[1-9])\b(?!\s?[–-]\s?\d)")

_BY_VERB: tuple[tuple[str, str, str], ...] = (
    ("fi", _INTERVIEWED, r"haastatel(?:tiin|timme|tu\b)|haastattelu\w* (?:tehtiin|toteutettiin)"),
    ("fi", _ANSWERED, r"\w*kysely\w* (?:\S+ )?(?:vastasi|vastasivat|tehtiin|toteutettiin|lähetettiin|saatiin|järjestettiin)|(?:tehtiin|toteutettiin|järjestettiin) (?:\S+ ){0,2}\w*kysely"),
    ("en", _INTERVIEWED, r"(?:were|was) interviewed|we interviewed|interviews (?:were|with)|\d+ (?:\S+ ){0,2}interviews"),
    ("en", _ANSWERED, r"(?:survey|questionnaire) (?:\S+ ){0,4}(?:was|were) (?:\S+ )?(?:conducted|sent|answered|carried out|completed|made)|(?:responded to|answered|completed) (?:the|a|our) (?:\S+ )?(?:survey|questionnaire)|(?:conducted|carried out) an? (?:\S+ ){0,2}(?:survey|questionnaire)"),
    ("sv", _INTERVIEWED, r"intervjuades|intervjuer (?:gjordes|genomfördes|utfördes|hölls)"),
    ("sv", _ANSWERED, r"\w*enkät\w* (?:\S+ ){0,2}(?:besvarades|gjordes|genomfördes|skickades|riktades)|(?:svarade på|besvarade) (?:\S+ )?\w*enkät"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StudyFact:
    """One thing said of a study; `object` is an IRI, or a number as text with its XSD type."""

    predicate: str
    object: str
    confidence: float
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Facts of one study from one sentence.

    With `founds` they make a study by themselves, else they add to one that the paragraph tells of.
    `apart` marks one of several studies in a sentence.
    """

    facts: tuple[StudyFact, ...]
    founds: bool
    apart: bool = False


class StudyRules:
    """Draws studies from readings with `TYPES`: a bundle of facts for each study of a sentence."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._use, self._about, self._whom = RuleBook(_USE), RuleBook(_ABOUT), RuleBook(_WHOM)
        self._tested = RuleBook(_TESTED)
        self._counts = _compiled(_COUNTS)
        self._verbs = _compiled(_BY_VERB)

    def find(self, reading: Reading) -> Iterator[Bundle]:
        """Bundles of facts, each of one study. A sentence about the work of others gives none."""
        if is_of_others(reading.sentence.text):
            return
        methods = list(self._methods(reading))
        samples = list(self._samples(reading))
        by_verb = {kind for kind in self._collected(reading)}
        named = {fact.object for fact in methods if fact.predicate == "dataCollection"}
        for kind in sorted(by_verb | {kind for kind, _ in samples if kind}):
            if not any(self._is_under(method, (kind,)) for method in named):
                methods.append(StudyFact("dataCollection", _METHOD + kind, ASKED))
        whom = [
            StudyFact("stakeholder", f.object.value, f.confidence) for f in self._whom.find(reading)
        ]
        topics = list(self._topics(reading))
        places = list(self._sites(reading))
        founds = bool(methods or (topics and places) or samples)
        levels = list(self._levels(reading))
        matter = list(self._commodities(reading))
        if not (founds or topics or whom or levels or matter):
            return
        shared = [*whom, *topics, *places, *matter, *levels]
        kinds = {kind for kind, _ in samples if kind}
        if len({fact.object for _, fact in samples}) > 1 and len(kinds) > 1:
            for kind in sorted(kinds):
                counted = [fact for one, fact in samples if one == kind][:1]
                own = [m for m in methods if self._is_under(m.object, (kind,))]
                yield Bundle(_distinct((*own, *counted, *shared)), founds=True, apart=True)
            return
        counted = [fact for _, fact in samples][:1]
        yield Bundle(_distinct((*methods, *counted, *shared)), founds)

    def _methods(self, reading: Reading) -> Iterator[StudyFact]:
        drawn = [*self._use.find(reading)]
        if _TESTING.search(reading.sentence.text.lower()) or "pilot-testing" in "".join(
            reading.values("M")
        ):
            drawn.extend(self._tested.find(reading))
        for found in drawn:
            clause = clause_around(reading.text, found.start, found.end)
            if is_planned(clause):
                continue
            method = found.object.value
            if self._is_under(method, _OPERATIONS):
                continue
            collected = self._is_under(method, _COLLECTION_ROOTS)
            yield StudyFact(
                "dataCollection" if collected else "appliesMethod", method, found.confidence
            )

    def _samples(self, reading: Reading) -> Iterator[tuple[str, StudyFact]]:
        for kind, pattern in self._counts.get(reading.sentence.language, ()):
            for match in pattern.finditer(reading.text):
                count = read_count(match["n"])
                if count is None or count < 2 or 1900 <= count <= 2100:
                    continue
                if weigh(reading, match.start(), match.end(), plans=True) and not is_planned(
                    clause_around(reading.text, match.start(), match.end())
                ):
                    yield kind, StudyFact("sampleSize", str(count), COUNTED, "nonNegativeInteger")
        for match in _COUNTED_METHOD.finditer(reading.text):
            (method,) = reading.things_in(match["m"])
            count = read_count(match["n"])
            if count and self._is_under(method.value, (_INTERVIEWED,)):
                yield (
                    _INTERVIEWED,
                    StudyFact("sampleSize", str(count), COUNTED, "nonNegativeInteger"),
                )
        for match in _N_EQUALS.finditer(reading.text):
            count = read_count(match["n"])
            if count:
                yield "", StudyFact("sampleSize", str(count), COUNTED, "nonNegativeInteger")

    def _collected(self, reading: Reading) -> Iterator[str]:
        for kind, pattern in self._verbs.get(reading.sentence.language, ()):
            for match in pattern.finditer(reading.text):
                clause = clause_around(reading.text, match.start(), match.end())
                if weigh(reading, match.start(), match.end(), plans=True) and not is_planned(
                    clause
                ):
                    yield kind

    def _topics(self, reading: Reading) -> Iterator[StudyFact]:
        predicates = {"T": "discussesTheme", "A": "discussesFactor", "R": "discussesPractice"}
        for found in self._about.find(reading):
            clause = clause_around(reading.text, found.start, found.end)
            if not is_planned(clause):
                predicate = predicates[found.object.letter]
                yield StudyFact(predicate, found.object.value, found.confidence)

    def _sites(self, reading: Reading) -> Iterator[StudyFact]:
        sites = [thing for thing in reading.things if thing.letter == "S"]
        sources = reading.things_in(" ".join(m.group() for m in _SOURCE.finditer(reading.text)))
        if len({thing.value for thing in sites}) > 1 and sources:
            # What was tested came from there; the other site is where it was tested.
            sites = sources
        joined = re.search(compile_pattern("{o=S+}").pattern, reading.text)
        if joined is None:
            return
        together = {thing.value for thing in sources} | {
            thing.value for thing in reading.things_in(joined.group())
        }
        if {thing.value for thing in sites} <= together:
            for thing in sites:
                yield StudyFact("studiesSite", thing.value, round(PLACED * thing.certainty, 2))

    def _commodities(self, reading: Reading) -> Iterator[StudyFact]:
        for match in _STUDIED_MATTER.finditer(reading.text):
            for thing in reading.things_in(match.group()):
                if thing.letter == "C" and thing.value not in GENERIC:
                    yield StudyFact("studiesCommodity", thing.value, TOPIC)

    def _levels(self, reading: Reading) -> Iterator[StudyFact]:
        levels = {match["n"] for match in _TRL.finditer(reading.text)}
        if len(levels) == 1:
            yield StudyFact("trl", levels.pop(), READY, "integer")

    def _is_under(self, method: str, roots: tuple[str, ...]) -> bool:
        tops = {_METHOD + root for root in roots}
        return method in tops or not tops.isdisjoint(self._vocabulary.ancestors(method))


_SOURCE = re.compile(r"(?:\b(?:from|of|från|ur) (?:the )?)<S\d+_\w+>|<S\d+_(?:gen|ela)>")
_LIST = compile_pattern("{o=C+}").pattern.replace("(?P<o>", "(?:")
# Commodities as the matter of a study: "kuparimalmin vaahdotus", "recovery of nickel".
_STUDIED_MATTER = re.compile(
    rf"{_LIST}-?(?:malm|rikaste|koncentrat)\w*"
    rf"|{_LIST} (?:talteen|erotu|rikast|liuotu|saan|vaahdot|ores?\b|concentrates?\b|recovery|"
    rf"extraction|flotation|leaching)\w*"
    rf"|(?:recovery|extraction|flotation|leaching|separation) of {_LIST}"
    rf"|(?:utvinning|utvinningen|flotation|lakning|anrikning) av {_LIST}"
    rf"|(?:syöte|näyte|feed|ore|sample|provet) (?:sisälsi|contained|innehöll) [^.;]{{0,20}}{_LIST}(?:[^.;]{{0,15}}{_LIST})*"
)


def _compiled(
    patterns: tuple[tuple[str, str, str], ...],
) -> Mapping[str, tuple[tuple[str, re.Pattern[str]], ...]]:
    return {
        language: tuple(
            (kind, compile_pattern(pattern))
            for spoken, kind, pattern in patterns
            if spoken == language
        )
        for language in ("fi", "en", "sv")
    }


def _distinct(facts: tuple[StudyFact, ...]) -> tuple[StudyFact, ...]:
    best: dict[tuple[str, str], StudyFact] = {}
    for fact in facts:
        known = best.get((fact.predicate, fact.object))
        if known is None or fact.confidence > known.confidence:
            best[fact.predicate, fact.object] = fact
    return tuple(best.values())
