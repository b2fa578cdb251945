# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""How texts in three languages say that a study was made: rules and words of `studies`."""

from __future__ import annotations

import re

from amic_kg.extract.statements.amounts import COUNT, COUNT_OR_WORD
from amic_kg.extract.statements.patterns import Rule, compile_pattern

USED = 0.88
"""The method is what was used or tested."""
BY_MEANS = 0.8
"""Something was studied by means of the method."""
SHOWING = 0.75
"""The method gave a result, so it was used; whose study it was is not said."""
COUNTED = 0.92
ASKED = 0.9
"""Who was interviewed or answered; the way the data came, by the verb alone."""
PLACED = 0.82
"""The one site of the sentence, or the sites that it joins."""
TOPIC = 0.8
READY = 0.88

METHOD = "https://w3id.org/amic/vocab/method/"
COLLECTION_ROOTS = (
    "survey-research", "interview-research", "workshop", "participatory-mapping", "focus-group",
    "citizen-deliberation", "delphi-method",
)  # fmt: skip
OPERATIONS = ("mining-methods",)
"""How a mine works day by day: what is used there was not studied for that."""

MEANS = ("drilling",)
"""Holes are drilled to find ore; to a study they belong as its means alone."""

_FI_DONE = (
    r"(?:käytettiin|sovellettiin|testattiin|kokeiltiin|pilotoitiin|tehtiin|toteutettiin|suoritettiin|"
    r"järjestettiin|hyödynnettiin|käytimme|sovelsimme|testasimme|kokeilimme|teimme|"
    r"on (?:sovellettu|testattu|kokeiltu|tehty|toteutettu|pilotoitu)|oli (?:käytetty|kysely)|verrattiin|"
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
    r"undertaken|run|tried|held|organised|organized|made|compared|demonstrated|completed|prepared|built|developed|recorded|deployed|installed|operated|combined|logged)"
)
_EN_STUDIED = (
    r"(?:measured|analysed|analyzed|studied|investigated|mapped|examined|assessed|monitored|surveyed|"
    r"determined|characterised|characterized|collected|modelled|modeled|evaluated|explored|treated|"
    r"removed|imaged|sampled|estimated|interviewed)"
)
_SV_DONE = (
    r"(?:användes|tillämpades|testades|provades|prövades|utfördes|genomfördes|gjordes|jämfördes|byggdes|installerades|kombinerades|kördes|togs fram|"
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
TESTING = re.compile(
    r"\b(?:pilot\w*|ko(?:e|ke)\w*|testi\w*|testat\w*|laborator\w*|test|tests|tested|trials?|försök\w*|"
    r"experiment\w*|näyt(?:e|tei)\w*|samples?|prov|prover\w*|gtk)\b|mintec"
)
_KIND_FI = r"(?:-?(?:koke|testa|testi|mittau|analyys|tutkimu|luotau|menetelm|haastatte|kysely|pilot|kairau|kartoitu)\w*)?"
_KIND_EN = r"(?: ?(?:pilot )?(?:tests?|trials?|surveys?|experiments?|pilots?|methods?|measurements?|analysis|analyses|unit|units|plant|campaigns?|pilot plant))?"
_KIND_SV = r"(?:-?(?:försök|test|mätning|analys|undersökning|metod|pilot)\w*)?"

USE = (
    Rule("fi", "use", rf"{{o=M+:par|nom}}{_KIND_FI} {{gap3}}{_FI_DONE}", USED),
    Rule("fi", "use", rf"{_FI_DONE} {{any3}}{{o=M+:par|nom|loc|ess}}{_KIND_FI}(?![\w-])", USED),
    Rule("fi", "use", rf"{{o=M+:loc}}{_KIND_FI} {{any5}}(?:{_FI_STUDIED}|{_FI_DONE})", BY_MEANS),
    Rule("fi", "use", rf"(?:{_FI_STUDIED}) {{any6}}{{o=M+:loc}}{_KIND_FI}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:gen}} {{gap1}}avulla {{any6}}(?:{_FI_STUDIED}|{_FI_DONE})", USED),
    Rule("fi", "use", rf"(?:{_FI_STUDIED}|{_FI_DONE}) {{any6}}{{o=M+:gen}} avulla", USED),
    Rule("fi", "use", rf"{_FI_STUDIED} {{any2}}{{o=M+:gen}} (?:toimivuu|soveltuvuu|soveltumis|tehokkuu|tehoa|käyttö|vaikutu|mahdollisuu)\w*", USED),
    Rule("en", "use", r"(?:suitability|performance|effectiveness|efficiency|feasibility|applicability) of {any2}{o=M+}{gap2} (?:was|were|is) {gap1}(?:studied|tested|examined|assessed|evaluated|investigated)", USED),
    Rule("en", "use", r"(?:studied|tested|examined|assessed|evaluated|investigated|examines|evaluates|studies|investigates) the {gap1}(?:suitability|performance|effectiveness|efficiency|feasibility|applicability|use) of {any2}{o=M+}", USED),
    Rule("sv", "use", r"(?:lämpligheten|effektiviteten|funktionen) (?:av|hos) {any2}{o=M+} {gap1}(?:undersöktes|testades|bedömdes|studerades)", USED),
    Rule("fi", "use", r"menetelmänä (?:oli|käytettiin|on) {o=M+:nom|par}|menetelminä (?:olivat|käytettiin) {o2=M+:nom|par}", USED),
    Rule("fi", "use", r"aineisto\w* (?:kerättiin|koottiin|hankittiin|koostuu|koostui|perustuu|perustui) {any3}{o=M+}", USED),
    Rule("en", "use", rf"{{o=M+}}{_KIND_EN} {{any6}}(?:was|were|has been|have been) {{gap2}}{_EN_DONE}", USED),
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

# What a method gave or removed in the past, it was tested for.
_RESULTS = {
    "fi": r"(?:poisti|poistivat|alensi|alensivat|laski|laskivat|vähensi|vähensivät|lyhensi|nopeutti|tehosti|korvasi|erotti|tunnisti|havaitsi|ennusti|vertasi|pienensi|paransi|paransivat|tuotti|antoi|antoivat|saavutti|osoitti|osoittivat|paljasti|paljastivat)",
    "en": r"(?:removed|reduced|lowered|decreased|increased|improved|yielded|gave|achieved|reached|revealed|showed|indicated|recovered|shortened|predicted|detected|identified|distinguished|confirmed|compared|used)",
    "sv": r"(?:avlägsnade|minskade|sänkte|ökade|förbättrade|gav|uppnådde|visade|avslöjade)",
}

# Any past passive does for the means of a study, but those that only speak of a method.
_FI_PAST = r"(?!(?:harki|suunnitel|ehdote|suosite|esitel|maini|pide|kuva|käsitel|esite|välte|hylä|tode|kritiso|rikaste|louhi|tuote|perus|sulje|nimite|valit|rahoite|käynniste)\w*tiin)\w+tiin"
_EN_PAST = r"(?!(?:abandon|exclud|dropp|omitt|postpon|consider|propos|plann|suggest|recommend|describ|discuss|mention|present|reject|expect|requir|need|approv|critici|avoid|preferr|report|publish|limit|found|fund|call|includ|clos|open|mined|process|concentrat|grant|postpon|cancel)\w*)\w+ed"
_NO_TEST_SV = r"(?!(?:väl|val|uteslut|avfärd|avstå|föresl|diskuter|nämn|beskr|överv|kräv|planer|presenter|finansier|grund|stäng|bröt|anrik|bearbet)\w*)"
_SV_PAST = rf"(?:{_NO_TEST_SV}\w{{3,}}des|har (?:\w+ )?{_NO_TEST_SV}\w{{3,}}ts)(?!\w)"

TESTED = (
    Rule("fi", "use", rf"{_PROCESSED['fi']} {{any3}}{{o=M+}}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:loc|nom|gen}} {{any3}}{_PROCESSED['fi']}", BY_MEANS),
    Rule("en", "use", rf"{_PROCESSED['en']} {{any3}}(?:by|with|using|through) {{gap1}}{{o=M+}}", BY_MEANS),
    Rule("sv", "use", rf"{_PROCESSED['sv']} {{any3}}(?:genom|med) {{gap1}}{{o=M+}}", BY_MEANS),
)  # fmt: skip

SHOWN = (
    Rule("fi", "use", rf"{_FI_PAST} {{any4}}{{o=M+:loc}}{_KIND_FI}(?![\w-])", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:loc}}{_KIND_FI} {{any3}}{_FI_PAST}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:gen}} avulla {{any4}}{_FI_PAST}|{_FI_PAST} {{any4}}{{o2=M+:gen}} avulla", BY_MEANS),
    Rule("fi", "use", rf"{{o=M+:nom|par}}{_KIND_FI} {{gap3}}{_FI_PAST}", SHOWING),
    Rule("en", "use", rf"{{o=M+}}{_KIND_EN} (?:was|were) {{gap1}}{_EN_PAST}", SHOWING),
    Rule("en", "use", rf"(?:was|were) {{gap1}}{_EN_PAST} {{any5}}(?:by|with|using|by means of|through) {{gap1}}{{o=M+}}", BY_MEANS),
    Rule("sv", "use", rf"{{o=M+}}{_KIND_SV} {{gap1}}{_SV_PAST}", SHOWING),
    Rule("sv", "use", rf"{_SV_PAST} {{any4}}(?:med hjälp av|genom|med) {{gap1}}{{o=M+}}", BY_MEANS),
    Rule("fi", "use", rf"{{o=M:ill}} perustuv\w+ [^\s<>]+ {_RESULTS['fi']}", SHOWING),
    Rule("en", "use", r"{o=M+}(?: and [^.;<]{0,30})? (?:form|forms|formed) the (?:evidence|basis|material|data)", USED),
    Rule("fi", "use", r"(?:opinnäytetyö|tutkimus|väitöskirja|väitöstutkimus|tutkielma|työ) {gap1}(?:käsittelee|tarkastelee|tutkii|arvioi) {gap1}{o=M+:par|gen}", SHOWING),
    Rule("en", "use", r"(?:thesis|study|dissertation) {gap1}(?:deals with|examines|studies|investigates|evaluates) {gap1}{o=M+}", SHOWING),
    Rule("sv", "use", r"(?:avhandlingen|doktorsavhandlingen|arbetet|studien|examensarbetet) {gap4}(?:behandlar|undersöker|studerar|utvärderar) {gap1}{o=M+}", SHOWING),
    Rule("fi", "use", rf"{{o=M+:nom}}{_KIND_FI} {_RESULTS['fi']}", SHOWING),
    Rule("fi", "use", r"{o=M+:loc} (?:saavutettiin|saatiin|päästiin|pystyttiin|onnistuttiin)", SHOWING),
    Rule("fi", "use", r"(?:tutkimus|työ|selvitys|opinnäytetyö|tutkielma) {gap1}(?:perustuu|perustui|pohjautuu|pohjautui) {gap2}{o=M+:ill}", BY_MEANS),
    Rule("en", "use", rf"{{o=M+}}{_KIND_EN} {_RESULTS['en']}", SHOWING),
    Rule("sv", "use", rf"{{o=M+}}{_KIND_SV} {_RESULTS['sv']}", SHOWING),
)  # fmt: skip

DESCRIBED = (
    Rule("fi", "about", r"(?:raportissa|työssä|tutkimuksessa|selvityksessä|artikkelissa|oppaassa|väitöskirjassa|opinnäytetyössä|julkaisussa) (?:arvioidaan|käsitellään|kuvataan|tarkastellaan|esitellään|vertaillaan) {gap2}{o=TAR+:nom|par}", TOPIC),
    Rule("fi", "about", r"(?:raportti|väitöskirja|opas|katsaus|artikkeli|julkaisu|väitöstutkimus|pro gradu|gradu|opinnäytetyö) {gap1}(?:käsittelee|tarkastelee|arvioi|kuvaa|esittelee|vertailee) {gap2}{o=TAR+:par|nom}", TOPIC),
    Rule("en", "about", r"(?:deliverable|report|guide|handbook|chapter|article|paper|thesis|review|guidebook)(?: [\d.]+)?(?: on [^\s<>]+)? (?:presents|describes|assesses|reviews|compares|evaluates|examines|discusses|deals with) (?:a |an |the )?(?:toolkit for |set of |overview of )?{o=TAR+}", TOPIC),
    Rule("sv", "about", r"(?:rapporten|handboken|guiden|avhandlingen|artikeln|översikten|examensarbetet) (?:behandlar|beskriver|bedömer|presenterar|jämför|utvärderar|granskar) {gap1}{o=TAR+}", TOPIC),
)  # fmt: skip

ABOUT = (
    Rule("fi", "about", rf"{{o=AR+:par|gen|nom|ill}} {{gap3}}{_FI_STUDIED}", TOPIC),
    Rule("fi", "about", rf"{_FI_STUDIED} {{any4}}{{o=AR+:par|gen|nom|ill|ela}}", TOPIC),
    Rule("fi", "about", r"(?:teemoiksi|teemaksi|aiheiksi|tekijöiksi|tekijäksi|huolenaiheiksi|huoleksi) (?:nousi|nousivat|osoittautui|osoittautuivat|tunnistettiin|nostettiin|muodostui|muodostuivat) {gap1}{o=AR+:nom}", TOPIC),
    Rule("fi", "about", r"(?:tutkimus|opinnäytetyö|selvitys|työ|tutkielma|raportti|hanke|kysely|haastattelut) {gap1}(?:käsittelee|käsitteli|käsittelivät|tarkastelee|tarkasteli|selvittää|selvitti|tutkii|tutki|koskee|koski|arvioi|kartoitti) {gap2}{o=TAR+:par|gen|nom}", TOPIC),
    Rule("fi", "about", r"(?:kysely\w+|haastattelu\w+|työpaj\w+|vastauks\w+|<M\d+_\w+>) [^.;<]{0,30}?(?:kysyttiin|nousi esiin|nousivat esiin|korostui|korostuivat|keskusteltiin|käsiteltiin|esiin nousi|esiin nousivat) {any4}{o=AR+}", TOPIC),
    Rule("fi", "about", r"(?:vastaajat|haastateltavat|vastaajista|haastatelluista|vastanneet|vastanneista)[^.;]{0,40} (?:korostivat|korosti|nostivat esiin|mainitsivat|mainitsi|pitivät tärkeimpänä|pitivät tärkeänä|olivat huolissaan|oli huolissaan) {any4}{o=AR+}", TOPIC),
    Rule("en", "about", rf"{{o=AR+}} (?:was|were|has been|have been) {{gap1}}{_EN_STUDIED}", TOPIC),
    Rule("en", "about", r"(?:study|survey|interviews?|thesis|report|workshops?|we|questionnaire|project|questions|paper|article) {gap2}(?:examined|examines|studied|studies|investigated|investigates|assessed|assesses|measured|explored|explores|addressed|addresses|dealt with|deals with|concerned|focused on|focuses on|mapped|covered|covers|asked about|evaluated) (?:the )?(?:\w+ )?(?:(?:impacts?|effects?|role|state|experiences?|perceptions?|importance|development) (?:of|on) )?{o=TAR+}", TOPIC),
    Rule("en", "about", r"(?:were )?(?:asked|interviewed|surveyed|questioned) {any3}(?:about|on|regarding) {any4}{o=AR+}", TOPIC),
    Rule("en", "about", r"(?:interviewees|respondents|participants)[^.;]{0,40} (?:emphasised|emphasized|stressed|raised|mentioned|were concerned about|were worried about|highlighted|discussed) {any4}{o=AR+}", TOPIC),
    Rule("en", "about", r"(?:themes|topics|factors|concerns|issues)[^.;<]{0,40} (?:were|included|are|include|emerged were) {gap1}{o=AR+}", TOPIC),
    Rule("sv", "about", rf"{{o=AR+}} {{gap2}}{_SV_STUDIED}", TOPIC),
    Rule("sv", "about", rf"{_SV_STUDIED} {{any3}}{{o=AR+}}", TOPIC),
    Rule("sv", "about", r"(?:teman|temana|faktorer|faktorerna|frågor|frågorna|orosmomenten) (?:var|blev|utgjordes av|lyftes fram var) {gap1}{o=AR+}", TOPIC),
    Rule("sv", "about", r"(?:studien|undersökningen|arbetet|rapporten|enkäten|intervjuerna|avhandlingen|frågorna|projektet) (?:behandlar|behandlade|undersöker|undersökte|utreder|utredde|handlade om|handlar om|gällde|gäller|fokuserade på|kartlade|granskade) {gap2}{o=TAR+}", TOPIC),
    Rule("sv", "about", r"(?:intervjuades|tillfrågades|svarade på frågor) {any2}om {any4}{o=AR+}", TOPIC),
    Rule("sv", "about", r"(?:de svarande|respondenterna|de intervjuade|deltagarna) (?:betonade|lyfte fram|nämnde|framhöll|oroade sig för|var oroliga för) {any4}{o=AR+}", TOPIC),
)  # fmt: skip

RAISED = (
    Rule("fi", "about", r"{o=AR+:nom|par} (?:käsitellään|tarkastellaan|kuvataan|arvioidaan|selvitetään)", TOPIC),
    Rule("en", "about", r"{o=AR+} (?:is|are) (?:discussed|described|assessed|addressed|examined|analysed)", TOPIC),
    Rule("sv", "about", r"{o=AR+} (?:behandlas|diskuteras|beskrivs|bedöms|granskas)", TOPIC),
    Rule("en", "about", r"(?:frames|themes|factors|concerns|topics)[^.;<]{0,30}: {gap1}{o=AR+}", TOPIC),
    Rule("fi", "about", r"(?:kehyks|teem|tekij|huolenaih)\w*[^.;<]{0,30}: {gap1}{o=AR+}", TOPIC),
    Rule("sv", "about", r"(?:teman|faktorer|frågor|ramar)[^.;<]{0,30}: {gap1}{o=AR+}", TOPIC),
    Rule("fi", "about", r"(?:tärkei|keskei|yleisi)\w+ {gap1}(?:tekij|huolenaih|teem|kysymy|syy|huol)\w* (?:oli|olivat|ovat|on|nousivat) {gap1}{o=AR+:nom}", TOPIC),
    Rule("fi", "about", r"{o=AR+:nom} (?:nousivat|nousi|nostettiin|korostuivat|korostui) (?:esiin|esille|keskei|tärkei|vastauksissa|haastatteluissa)", TOPIC),
    Rule("en", "about", r"{o=AR+} (?:emerged|were identified|was identified|were raised|was raised|were mentioned|were highlighted|were seen) (?:as|by|in)", TOPIC),
    Rule("en", "about", r"(?:most important|main|key|biggest|greatest) {gap1}(?:factors?|concerns?|themes?|topics?|issues?) (?:was|were|is|are) {gap1}{o=AR+}", TOPIC),
    Rule("en", "about", r"(?:workshops?|interviews?|meetings?|<M\d+_\w+>)[^.;<]{0,40}? (?:discussed|dealt with|covered|addressed) {gap1}{o=AR+}", TOPIC),
    Rule("sv", "about", r"{o=AR+} (?:lyftes fram|framhölls|nämndes|togs upp|framträdde|betonades)", TOPIC),
    Rule("sv", "about", r"(?:viktigaste|största|centrala) {gap1}(?:faktorerna|faktorn|oron|orosmomentet|temana|frågorna|frågan) (?:var|är|gällde) {gap1}{o=AR+}", TOPIC),
    Rule("sv", "about", r"(?:workshop\w*|intervju\w*|<M\d+_\w+>) (?:handlade om|behandlade|diskuterade|gällde) {gap1}{o=AR+}", TOPIC),
)  # fmt: skip

WHOM = (
    Rule("fi", "whom", r"haastatel(?:tiin|timme|tu) {any5}{o=G+}", ASKED),
    Rule("fi", "whom", r"joissa kuultiin {gap2}{o=G+:par|gen}", ASKED),
    Rule("fi", "whom", r"{o=G+} {gap3}(?:haastateltiin|vastasi|vastasivat|osallistui|osallistuivat)(?! \w*mielenosoitu)", ASKED),
    Rule("fi", "whom", r"(?:kysely\w*|<M\d+_\w+>) {gap3}(?:vastasi|lähetettiin|suunnattiin|osoitettiin|tehtiin|järjestettiin) {any4}{o=G+}", ASKED),
    Rule("fi", "whom", r"(?:haastattelu\w*|työpaja\w*|<M\d+_\w+>) {gap3}(?:osallistui|osallistuivat) {any4}{o=G+}", ASKED),
    Rule("fi", "whom", r"{o=G+:par|gen} (?:haastateltiin|haastattelu|haastattelut|haastatteluja|haastattelujen)", ASKED),
    Rule("en", "whom", r"(?:interviews?|<M\d+_\w+>) (?:(?:was|were) (?:\w+ )?(?:held|conducted|carried out|made|done) )?with {any4}{o=G+}", ASKED),
    Rule("en", "whom", r"(?:interviewed|surveyed) {any4}{o=G+}", ASKED),
    Rule("en", "whom", r"(?:answered|completed) by {any2}{o=G+}", ASKED),
    Rule("en", "whom", r"{o=G+} {gap3}(?:were|was) (?:interviewed|surveyed)", ASKED),
    Rule("en", "whom", r"{o=G+} {gap3}(?:responded|answered|took part|participated|replied|completed the)", ASKED),
    Rule("en", "whom", r"(?:survey|questionnaire|<M\d+_\w+>) {gap2}(?:of|among|sent to|was sent to|answered by|was answered by) {any4}{o=G+}", ASKED),
    Rule("sv", "whom", r"intervjuades {any4}{o=G+}", ASKED),
    Rule("sv", "whom", r"{o=G+} {gap3}(?:intervjuades|svarade|deltog|besvarade)", ASKED),
    Rule("sv", "whom", r"(?:intervjuer|intervjuerna|<M\d+_\w+>) {gap2}med {any3}{o=G+}", ASKED),
    Rule("sv", "whom", r"(?:enkät\w*|<M\d+_\w+>) {gap2}(?:besvarades av|riktades till|skickades till|bland) {any3}{o=G+}", ASKED),
)  # fmt: skip

WHOM_LISTED = (
    Rule("fi", "whom", rf"(?:haastateltavia|osallistujia|vastaajia|haastateltuja) (?:oli|olivat|on)[^.;<:]{{0,40}}[:,(] ?(?:joista )?(?:{COUNT_OR_WORD} )?{{o=G+}}", ASKED),
    Rule("fi", "whom", r"(?:joihin|johon|työpajo\w+|haastatteluihin) (?:\w+ )?kutsuttiin {gap1}{o=G+:nom|par}", ASKED - 0.1),
    Rule("fi", "whom", r"{o=G+:nom|par} (?:suunnattu|suunnatussa|suunnattiin|osallistuivat|vastasivat|haastateltiin)|{o2=G+:ill} (?:suunnattu|suunnatussa|suunnattiin|osoitettu) \w*kysely", ASKED),
    Rule("en", "whom", r"(?:interviews?|<M\d+_\w+>|focus groups|workshops|meetings) (?:with|of|among|for|involving) {any3}{o=G+}", ASKED),
    Rule("en", "whom", r"(?:took part|participated|were interviewed|were heard|attended),? (?:as did|along with|together with|as well as) (?:representatives of |members of )?{gap1}{o=G+}", ASKED),
    Rule("en", "whom", r"(?:answered|completed|filled in|returned) by {any4}{o=G+}", ASKED),
    Rule("sv", "whom", r"(?:deltog|intervjuades|medverkade),? (?:liksom|samt|även|tillsammans med|och) (?:företrädare för |representanter för |medlemmar i )?{o=G+}", ASKED),
    Rule("sv", "whom", r"{o=G+},? som (?:svarade|deltog|besvarade|intervjuades)", ASKED),
    Rule("en", "whom", r"{o=G+},? who (?:answered|responded|took part|participated|were interviewed|completed)", ASKED),
    Rule("fi", "whom", r"{o=G+}, jotka (?:vastasivat|osallistuivat)", ASKED),
    Rule("fi", "whom", r"(?:haastateltiin|osallistui|osallistuivat|kuultiin|vastasi)[^.;<]{0,40}(?: ?[:(]|, joista|, kuten) ?(?:muun muassa |mm\. )?{o=G+}", ASKED),
    Rule("en", "whom", r"(?:interviewed|took part|participated|participants|respondents|interviewees)[^.;<]{0,40}(?: ?[:(]|, including|, among them|, such as) ?{any2}{o=G+}", ASKED),
    Rule("sv", "whom", r"(?:intervjuades|deltog|deltagare|svarade)[^.;<]{0,40}(?: ?[:(]|, bland dem|, däribland) ?{o=G+}", ASKED),
)  # fmt: skip

_N = rf"(?P<n>{COUNT_OR_WORD})"
_D = rf"(?P<n>{COUNT})"
INTERVIEWED, _ANSWERED, _MET, _SAMPLED = (
    "interview-research", "survey-research", "workshop", "",
)  # fmt: skip
# Words of counting, and the way of collecting data that they tell.
COUNTS: tuple[tuple[str, str, str], ...] = (
    ("fi", INTERVIEWED, rf"haastatel(?:tiin|timme) (?:yhteensä |kaikkiaan |noin )?{{gap1}}{_N} \S+"),
    ("fi", INTERVIEWED, rf"(?<!\w){_N} (?:\S+ ){{1,3}}(?:haastateltiin|haastatteluun)"),
    ("fi", INTERVIEWED, rf"(?<!\w){_N} (?:\S+ )?haastattelua"),
    ("fi", INTERVIEWED, rf"haastateltav\w+ oli (?:yhteensä |kaikkiaan )?{_N}"),
    ("fi", _ANSWERED, rf"(?:kysely\w*|<M\d+_\w+>|lomakkeeseen) (?:\S+ )?(?:vastasi|vastasivat|saatiin|saapui|palautui) (?:yhteensä |kaikkiaan |määräaikaan mennessä |noin )?{_D}"),
    ("fi", _SAMPLED, rf"(?:niihin|siihen|haastatteluihin) osallistui (?:yhteensä |kaikkiaan |noin )?{_N} \S+"),
    ("fi", _ANSWERED, rf"(?:vastauksia|vastaajia) (?:\S+ )?(?:saatiin|oli|kertyi|tuli) (?:yhteensä |kaikkiaan )?{_N}"),
    ("fi", _ANSWERED, rf"(?<!\w){_D} (?:\S+ ){{0,2}}(?:vastasi|vastaajaa|vastausta|vastaajan)"),
    ("fi", _SAMPLED, rf"(?:työpaja\w*|<M\d+_\w+>) osallistui (?:yhteensä |noin )?{_N} \S+"),
    ("fi", _SAMPLED, rf"(?<![\w.,]){_D} (?:\S+ ){{0,2}}(?:osallistui|osallistujaa)"),
    ("fi", _SAMPLED, rf"(?<![\w.,]){_D} (?:\S+ )?\w*näytettä"),
    ("fi", _SAMPLED, rf"näytteitä (?:\S+ )?(?:otettiin|kerättiin|oli) (?:yhteensä )?{_D}"),
    ("fi", _SAMPLED, rf"otoskoko (?:oli|on) {_D}"),
    ("fi", _MET, rf"(?:\w*työpaja\w*) osallistui (?:yhteensä |noin )?{_N} \S+"),
    ("fi", _SAMPLED, rf"(?:niihin|siihen|haastatteluihin) osallistui (?:yhteensä |kaikkiaan |noin )?{_N} \S+"),
    ("en", _MET, rf"workshops? (?:\S+ ){{0,3}}(?:with|attended by) {_N} \S+"),
    ("en", _ANSWERED, rf"(?:survey|questionnaire|poll) (?:of|among) (?:about |some )?{_N} \S+"),
    ("en", INTERVIEWED, rf"(?:interviews?|<M\d+_\w+>) (?:were |was )?(?:held |conducted |carried out |made )?with (?:a total of |about )?{_N} \S+"),
    ("sv", _MET, rf"(?:workshop\w*) (?:deltog|samlade) {_N}"),
    ("en", _ANSWERED, rf"(?:answered|completed|responded to) (?:\S+ ){{0,3}}by {_N} \S+"),
    ("en", INTERVIEWED, rf"(?:interviewed|interviews with) (?:a total of |about |altogether )?{_N} (?!per cent|%|minut|hour)\S+"),
    ("en", INTERVIEWED, rf"(?<![\w.,-]){_N} (?:\S+ ){{1,4}}(?:were|was) interviewed"),
    ("en", INTERVIEWED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,2}}(?:interviews|interviewees)"),
    ("en", _ANSWERED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,3}}(?:respondents|responses|answers|replies|questionnaires)"),
    ("en", _ANSWERED, rf"(?<!sent to )(?<![\w.,-]){_N} (?:(?!and |were )\S+ ){{1,4}}(?:responded|answered|replied|completed the (?:survey|questionnaire))"),
    ("en", _ANSWERED, rf"(?:answered|completed|responded to) (?:\S+ ){{0,3}}by {_N} \S+"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} (?:\S+ ){{1,3}}(?:took part|participated|attended)"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} participants"),
    ("en", _SAMPLED, rf"(?<![\w.,-]){_N} (?:\S+ ){{0,3}}samples"),
    ("en", _SAMPLED, rf"(?:data|material) (?:are|is|were|was|comprises?|comprised|consists? of|consisted of) {_D} \S+"),
    ("fi", _SAMPLED, rf"aineistona (?:oli|on|olivat|ovat) {_D} (?!metriä|km|kilometr|prosent|tonni)\S+"),
    ("sv", _SAMPLED, rf"(?:materialet|data) (?:består av|bestod av|omfattar|omfattade) {_D} \S+"),
    ("en", _SAMPLED, rf"sample (?:size )?(?:of|was|is) {_D}"),
    ("sv", INTERVIEWED, rf"intervjuades (?:sammanlagt |totalt )?{_N} \S+"),
    ("sv", INTERVIEWED, rf"(?<!\w){_N} (?:\S+ ){{1,3}}intervjuades"),
    ("sv", INTERVIEWED, rf"(?<!\w){_N} (?:\S+ )?intervjuer"),
    ("sv", _ANSWERED, rf"besvarades av (?:sammanlagt |totalt )?{_N}"),
    ("sv", _ANSWERED, rf"(?<!\w){_N} (?:\S+ ){{0,3}}(?:svarade|svar|respondenter|besvarade|svarande)(?!\w)"),
    ("sv", _SAMPLED, rf"(?<!\w){_N} (?:\S+ ){{0,3}}(?:deltog|deltagare)"),
    ("sv", _SAMPLED, rf"(?<!\w){_D} (?:\S+ )?\w*prover(?!\w)"),
)  # fmt: skip
N_EQUALS = re.compile(rf"\(?\bn ?= ?(?P<n>{COUNT})")
ASKED_OR_RAISED = re.compile(
    r"(?:teem|tekij|huol|vastaaj|vastanne|vastauks|haastat|kysely|kysyttiin|theme|factor|frame|kehy|concern|respond|"
    r"interview|survey|asked|answer|discuss|account|explain|emphasi|insist|stress|recur|came up|raise|chapter|mention|worr|puhu|"
    r"nous|nost|käsitel|luvu|korost|pohdi|painott|selit|kuvat|mainits|toistui|återk|lyft|diskuter|behandla|betona|förklar|samband|teman|faktor|svarande|intervju|enkät|orosm)"
)
"""Acceptance factors are what people are asked about, or what they raise themselves."""
MATERIAL = re.compile(
    r"\b(?:aineisto\w*|kohtei(?:na|ta|den)|kohteina|vertailukohtei\w+|tutkimuskoht\w+|näytte\w+|syöte|syötteen|feed|samples?|"
    r"study sites?|case sites?|reference areas?|material|prover\w*|fallstudie\w*|undersökningsobjekt\w*)\b"
)
"""What a study stands on: a sentence that tells it names the sites of the study."""
ADDED_TO = re.compile(rf"(?<!\w){COUNT_OR_WORD} (?:[^\s,]+ ){{1,3}}(?:och|ja|and|sekä) $")
ADDING = re.compile(rf"(?:och|ja|and|sekä) {COUNT_OR_WORD} ")
ADDED_TO_THIS = re.compile(rf"[^,.;]{{0,40}} (?:och|ja|and|sekä) {COUNT_OR_WORD} ")
"""A count before, of others: what comes is a part of the sample alone."""
COUNTED_METHOD = re.compile(rf"(?<![\w.,-]){_N} (?:[^\s.,<>]+ )?(?P<m><M\d+_\w+>)")
MINE = re.compile(r"\bmine\b|kaivos|gruva")
HOPED = re.compile(
    r"(?:tavoit|pyri|tähtä|goal|aim|target|planned|eventual|one day|might|should|mål|sikta|planera|eftersträva)"
)
"""A level that is hoped for is not reached."""
NOT_STUDIED = re.compile(
    r"\b(?:outside the scope|beyond the scope|not part of (?:the|this)|were not included|was not included|"
    r"not the object of|no samples were|rajattiin (?:\w+ )?(?:tutkimuksen|työn|tarkastelun) ulkopuolelle|"
    r"rajattiin pois|togs inga|ingick inte|hörde inte till|utanför (?:studien|arbetet|undersökningen))"
)
"""A sentence that tells what a study left out."""
TRL = re.compile(r"\btrl[- ]?(?:taso\w*|level|nivå|:)? ?(?P<n>[1-9])\b(?!\s?[–-]\s?\d)")

BY_VERB: tuple[tuple[str, str, str], ...] = (
    ("fi", INTERVIEWED, r"haastatel(?:tiin|timme|tu\b)|haastattelu\w* (?:tehtiin|toteutettiin)"),
    ("fi", _ANSWERED, r"\w*kysely\w* (?:\S+ )?(?:vastasi|vastasivat|tehtiin|toteutettiin|lähetettiin|saatiin|järjestettiin)|(?:tehtiin|toteutettiin|järjestettiin) (?:\S+ ){0,2}\w*kysely"),
    ("en", INTERVIEWED, r"(?:were|was) interviewed|we interviewed|interviews were (?:\S+ )?(?:held|conducted|carried|made|done)|interviews (?:held|conducted|carried out) with"),
    ("en", _ANSWERED, r"(?:survey|questionnaire) (?:\S+ ){0,4}(?:was|were) (?:\S+ )?(?:conducted|sent|answered|carried out|completed|made)|(?:responded to|answered|completed) (?:the|a|our) (?:\S+ )?(?:survey|questionnaire)|(?:conducted|carried out) an? (?:\S+ ){0,2}(?:survey|questionnaire)|(?<!geological )survey (?:of|among) (?:\S+ ){1,5}(?:showed|found|shows|revealed|indicated)(?!\w)"),
    ("sv", INTERVIEWED, r"intervjuades|intervjuer (?:gjordes|genomfördes|utfördes|hölls)"),
    ("sv", _ANSWERED, r"\w*enkät\w* (?:\S+ ){0,2}(?:besvarades|gjordes|genomfördes|skickades|riktades)|(?:svarade på|besvarade) (?:\S+ )?\w*enkät"),
)  # fmt: skip


SOURCE = re.compile(r"(?:\b(?:from|of|från|ur) (?:the )?)<S\d+_\w+>|<S\d+_(?:gen|ela)>")
_LIST = compile_pattern("{o=C+}").pattern.replace("(?P<o>", "(?:")
# Commodities as the matter of a study: "kuparimalmin vaahdotus", "recovery of nickel".
STUDIED_MATTER = re.compile(
    rf"{_LIST}-?(?:malm|rikaste|koncentrat)\w*"
    rf"|{_LIST} (?:talteen|erotu|rikast|liuotu|saan|vaahdot|ores?\b|concentrates?\b|recovery|"
    rf"extraction|flotation|leaching)\w*"
    rf"|(?:recovery|extraction|flotation|leaching|separation) of {_LIST}"
    rf"|<M\d+_\w+> (?:of|av) {_LIST}|{_LIST} (?:deposits|grade of the feed)\b"
    rf"|(?:utvinning|utvinningen|flotation|lakning|anrikning) av {_LIST}"
    rf"|(?:syöte|näyte|feed|ore|sample|provet) (?:sisälsi|contained|innehöll) [^.;]{{0,20}}{_LIST}(?:[^.;]{{0,15}}{_LIST})*"
)
