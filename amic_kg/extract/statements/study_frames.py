# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""More wordings of studies: what they rest on, what they are about, and how their material came."""

from __future__ import annotations

from amic_kg.extract.statements.amounts import COUNT, COUNT_OR_WORD
from amic_kg.extract.statements.patterns import Rule

RESTS = 0.85
"""The study stands on the method: "relies on", "menetelmänä on"."""
ABOUT = 0.8
SHOWN = 0.76
"""The method told something, or stands in a phrase without a verb."""

_FI_WORK = r"(?:opinnäytety|tutkimu|selvity|tutkielma|gradu|väitöskirja|raport|artikkeli|julkaisu|katsau|diplomity|hank|opas|oppa|kirja|luvu|luku|projekti)\w*"
_FI_THE_WORK = rf"(?:tässä |tämän |tämä |pro gradu -?)?(?:pro gradu -)?{_FI_WORK}"
_EN_WORK = r"(?:study|thesis|report|paper|article|dissertation|review|research|survey|project|deliverable|guide|chapter|handbook|master’s thesis|bachelor’s thesis|work|presentation|publication|we)"
_SV_WORK = r"(?:studien|avhandlingen|rapporten|arbetet|examensarbetet|undersökningen|artikeln|projektet|uppsatsen|utredningen|översikten|handboken|guiden|forskningen)"
_EN_TREATS = r"(?:is about|was about|deals with|dealt with|reviews?|reviewed|explores?|explored|concerns|concerned|address(?:es|ed)?|looks? (?:at|into)|looked (?:at|into)|considers|focus(?:es|ed)? on|examines?|examined|studies|studied|investigates?|investigated|discuss(?:es|ed)?|describes?|described|analys(?:es|ed)|analyzed?s?|evaluates?|evaluated|assess(?:es|ed)?|presents?|covers?|covered|summari[sz]es|is concerned with|is devoted to|provides an overview of|gives an overview of)"
_EN_ASPECT = r"(?:(?:the |a |an )?(?:\w+ ){0,2}?(?:impacts?|effects?|role|state|status|development|challenges|possibilities|potential|practices|history|use|use cases|management|aspects|questions|issues|methods|costs|economics|problems|risks|opportunities) (?:of|on|for|in|related to) (?:the )?)?"
_FI_TREATS = r"(?:perehdy(?:tään|ttiin)|käsitel(?:lään|tiin)|tarkastel(?:laan|tiin)|selvite(?:tään|ttiin)|tutki(?:taan|ttiin)|kuva(?:taan|ttiin)|arvioi(?:daan|tiin)|keskity(?:tään|ttiin)|pohdi(?:taan|ttiin)|esitel(?:lään|tiin)|analysoi(?:daan|tiin)|kartoite(?:taan|ttiin)|vertail(?:laan|tiin)|kehite(?:tään|ttiin))"
_FI_TREATS_ITSELF = r"(?:käsittel(?:ee|i)|tarkastel(?:ee|i)|selvitt(?:ää|i)|tutki[i]?|kuva(?:a|si)|arvioi|keskittyy|keskittyi|pohtii|pohti|esittel(?:ee|i)|analysoi|kartoitt(?:aa|i)|koskee|koski|kuuluu aihepiiriin|paneutuu|perehtyy)"
_SV_TREATS = r"(?:handla(?:r|de) om|behandla(?:r|de)|undersök(?:er|te)|utred(?:er|de)|gäll(?:er|de)|fokusera(?:r|de) på|granska(?:r|de)|beskriv(?:er|s)|analysera(?:r|de)|studera(?:r|de)|kartlägg(?:er)?|diskutera(?:r|de)|utvärdera(?:r|de)|bedöm(?:er|de)|presentera(?:r|de)|sammanfattar|belyser|berör)"

THEMES = (
    Rule("fi", "about", rf"{_FI_THE_WORK} {{gap2}}{_FI_TREATS} {{any4}}{{o=TR+:par|nom|gen|ill}}", ABOUT),
    Rule("fi", "about", rf"{_FI_THE_WORK} {{gap1}}{_FI_TREATS_ITSELF} {{any3}}{{o=TR+:par|nom|gen|ill}}", ABOUT),
    Rule("fi", "about", rf"(?:{_FI_THE_WORK} )?(?:aihe(?:ena|ina|et)?|teema(?:na|t|oina)?|aihepiirinä|tutkimuskohteena|kohteena|pääteem\w+) (?:on|ovat|oli|olivat) {{gap2}}{{o=TR+:nom|gen}}", ABOUT),
    Rule("fi", "about", r"(?:tarkastelun|tutkimuksen|selvityksen|opinnäytetyön|työn|raportin|tutkielman) (?:aihe|aiheena|aiheet|kohde|kohteena|kohteina|teema|teemana|keskiössä|tavoitteena|tarkoituksena|tavoite|tarkoitus) (?:on|ovat|oli|olivat) {any4}{o=TR+}", ABOUT, plans=True),
    Rule("fi", "about", rf"{{o=TR+:par|nom}} (?:{_FI_TREATS}|{_FI_TREATS_ITSELF}) {{gap2}}{_FI_WORK}", ABOUT),
    Rule("en", "about", rf"{_EN_WORK} (?:\w+ly )?{_EN_TREATS} {_EN_ASPECT}(?:the )?{{gap2}}{{o=TR+}}", ABOUT),
    Rule("en", "about", rf"(?:purpose|aim|objective|goal|topic|subject|focus|theme) (?:of (?:the|this|our) (?:\w+ )?{_EN_WORK} )?(?:is|was) (?:on )?(?:to \w+ )?{_EN_ASPECT}(?:the )?{{gap2}}{{o=TR+}}", ABOUT, plans=True),
    Rule("en", "about", r"(?:topics|themes|subjects|questions|issues) (?:discussed |covered |of the interviews )?(?:ranged|ranging|range) from (?:the )?{gap1}{o=TR+}(?: to {gap1}(?:{TR+}))?", ABOUT),
    Rule("en", "about", r"(?:topics|themes|subjects) ranged from {any4}to (?:the )?{gap1}{o=TR+}", ABOUT),
    Rule("en", "about", r"(?:main |key |central )?(?:topics|themes|subjects)(?: covered| discussed| of the \w+)? (?:are|were|is|was|include|included) {gap2}{o=TR+}", ABOUT),
    Rule("en", "about", rf"(?:a|this|the|our) {_EN_WORK} (?:on|about|concerning) (?:the )?{{gap1}}{{o=TR+}}", ABOUT - 0.1),
    Rule("sv", "about", rf"{_SV_WORK} {{gap1}}{_SV_TREATS} {{gap3}}{{o=TR+}}", ABOUT),
    Rule("sv", "about", r"(?:i )?(?:rapporten|studien|arbetet|avhandlingen|artikeln|examensarbetet) (?:behandlas|undersöks|undersöktes|beskrivs|diskuteras|analyseras|granskas|utreds) {gap3}{o=TR+}", ABOUT),
    Rule("sv", "about", r"(?:ämnet|temat|syftet|målet|fokus) (?:för|med|i) (?:\w+ ){1,2}(?:är|var|ligger på) {gap4}{o=TR+}", ABOUT, plans=True),
)  # fmt: skip

# What a plant does with its ore every day is no study.
_PROCESSED = r"(?:concentrat|process|recover|upgrad|float|leach|separat|extract|min|produc|refin|smelt|beneficiat|clos|open|own|operat|fund|financ)\w*ed"
_EN_GATHERED = r"(?:distributed|sent|mailed|administered|designed|posted|circulated|launched|organi[sz]ed|arranged|held|made|implemented|deployed|set up|developed|chose|adopted|utili[sz]ed|utili[sz]es|exploited)"
RESTING = (
    Rule("fi", "use", r"(?:tutkimus|opinnäytetyö|työ|selvitys|tutkielma|aineisto|analyysi|tarkastelu|malli|arvio|mallinnus)\w* (?:perustuu|perustui|perustuvat|pohjautuu|pohjautui|nojaa|koostuu|koostui|pohjautuvat) {any5}{o=M+}", RESTS),
    Rule("fi", "use", r"(?:tutkimus|aineistonkeruu|keruu|analyysi|analysointi|pää)?menetelm(?:änä|inä|ä|ät|iä|iksi|äksi) (?:on|ovat|oli|olivat|toimi|toimivat|käytetään|käytettiin|hyödynnetään|hyödynnettiin|sovelletaan|valittiin|valikoitui|valikoituivat|käytimme) {any3}{o=M+:nom|par|gen}", RESTS),
    Rule("fi", "use", r"(?:tutkimukse|työssä|tutkielma|opinnäytety|selvity|hankkee|raporti|menetelm|aineisto|työpaja)\w* {any4}(?:käytetään|hyödynnetään|sovelletaan) {any3}{o=M+:par|nom}", RESTS - 0.07),
    Rule("fi", "use", r"(?:\w+tiin|\w+timme|\w+mme|on \w+tu|on \w+ty) {any4}{o=M+:ins}", RESTS),
    Rule("fi", "use", r"{o=M+:ins} {any3}(?:\w+tiin|\w+timme|on \w+tu|on \w+ty)", RESTS),
    Rule("fi", "use", r"{o=M+:gen} (?:keinoin|menetelmin|avulla|kautta|pohjalta|perusteella|menetelmällä) {any3}\w+tiin|\w+tiin {any4}{o2=M+:gen} (?:keinoin|menetelmin|menetelmällä|kautta|pohjalta)", RESTS),
    Rule("fi", "use", r"(?:aineisto\w*|tiedot|tietoa|vastaukset|materiaali) (?:\w+tiin|on \w+ttu|on \w+tty) {any4}{o=M+:loc|ins|ela|gen|nom|par}", RESTS - 0.05),
    Rule("en", "use", r"(?:study|thesis|method|work|research|material|analysis|data|approach|assessment|it|methodology|model|evaluation|dissertation|paper|report) (?:\w+ )?(?:relies|relied|draws|drew|builds|built|is based|was based|are based|were based|rests|rested|makes use|made use|consists?|consisted|is built|is grounded) (?:\w+ )?(?:on|of|upon) {any4}{o=M+}", RESTS),
    Rule("en", "use", rf"(?:we|i|authors|researchers|team|study|thesis) (?:\w+ly )?{_EN_GATHERED} (?:an? |the )?{{gap2}}{{o=M+}}", RESTS),
    Rule("en", "use", r"(?:^|, |by )(?:using|utili[sz]ing|employing|applying|combining) (?:the )?{gap2}{o=M+}", RESTS - 0.1),
    Rule("en", "use", r"{o=M+} (?:was|were) (?:\w+ )?(?:used|employed|applied|chosen|selected|utili[sz]ed) (?:as|to|for|in)\b", RESTS),
    Rule("en", "use", rf"(?:was|were|been|we|and) (?:\w+ly )?(?!{_PROCESSED})\w+ed (?:\w+ ){{0,2}}?(?:with|by|using|through|by means of|via) (?:the )?(?:\w+ )?{{o=M+}}", RESTS - 0.08),
    Rule("en", "use", r"{o=M+} (?:provided|gave|complemented|supplemented|supported|formed|constituted|served as|yielded|quantified|measured|produced|allowed|enabled|helped)", RESTS - 0.08),
    Rule("en", "use", r"followed by (?:the )?{gap2}{o=M+}", 0.72),
    Rule("en", "use", r"(?:methods?|methodology|techniques?|tools?|approach)(?: used| applied| employed| of the study| of this study)? (?:is|are|was|were|include[sd]?|comprise[sd]?|consisted of) {any3}{o=M+}", RESTS),
    Rule("sv", "use", r"(?:som metod|som metoder|som datainsamlingsmetod|metodiskt) (?:användes|används|valdes|tillämpades|har använts|utnyttjades) {any3}{o=M+}", RESTS),
    Rule("sv", "use", r"(?:metod(?:en|erna)?|analysmetoden|datainsamlingen|materialet|studien|arbetet|avhandlingen|undersökningen|analysen|modellen) (?:är|var|utgörs av|utgjordes av|består av|bestod av|bygger på|byggde på|baseras på|baserades på|grundar sig på|skedde genom|gjordes genom) {any4}{o=M+}", RESTS),
    Rule("sv", "use", r"(?:\w+ades|\w+erades|\w+ats|\w+des|\w+tes|samlades in) (?:\w+ ){0,2}?(?:med|genom|med hjälp av|via|medelst) {gap2}{o=M+}", RESTS - 0.08),
    Rule("sv", "use", r"(?:kompletterad|kompletterat|kompletterades|kombinerat|kombinerad|tillsammans) med {gap1}{o=M+}", 0.72),
    Rule("sv", "use", r"(?:vi|författaren|författarna|studien) (?:använd(?:e|er)|tillämpa(?:r|de)|genomför(?:de)?|gjorde|skickade ut|utnyttja(?:r|de)) {any3}{o=M+}", RESTS),
)  # fmt: skip

# A method that tells something was used, if there is a study; else it may be said of any mine.
_FI_TELLS = r"(?:osoitt(?:aa|avat)|viitt(?:aa|aavat)|paljast(?:aa|avat)|ennust(?:aa|avat)|varmist(?:i|ivat)|vahvist(?:i|ivat))"
_EN_TELLS = r"(?:suggests?|shows?|indicates?|demonstrates?|predicts?|confirms?|reveals?)(?: that| a| an| the|,| <)"
_SV_TELLS = r"(?:visar|tyder|antyder|bekräftar|bekräftade|förutspår|avslöjar)"
_EN_WORK_IS = r"(?:study|thesis|research|project|work|survey|dissertation|paper|review)"
_EN_FACT = r"(?:analys[ei]s|re-analys[ei]s|measurements?|determination|mapping|modelling|sampling|characteri[sz]ation|imaging|assay(?:s|ing)?|interpretation|processing|treatment|evaluation)"
_EN_DATA = r"(?:data|results|images|samples?|measurements?|grains?|cores?|responses|answers|transcripts|texts?|material|scenarios|grades?|concentrations?)"
TOLD = (
    Rule("fi", "use", rf"{{o=M+:nom}} {_FI_TELLS}", SHOWN),
    Rule("en", "use", rf"{{o=M+}}(?: with {{M+}})?(?: calculations?| modelling| simulations?| results?)? {_EN_TELLS}", SHOWN),
    Rule("sv", "use", rf"{{o=M+}} {_SV_TELLS}", SHOWN),
)  # fmt: skip

_EN_GIVES = r"(?:gave|yielded|achieved|reached|provided|produced|removed|reduced|allowed)"
PHRASED = (
    Rule("en", "use", rf"{{o=M+}} (?:in|with|at|under|by) {{gap2}}{_EN_GIVES}", SHOWN),
    Rule("sv", "use", r"{o=M+} (?:i|med|vid|under) {gap2}(?:gav|minskade|ökade|uppnådde|avlägsnade)", SHOWN),
    Rule("sv", "use", r"{o=M+}, som (?:också |även )?(?:provades|prövades|testades|användes|utfördes|gjordes)", RESTS),
    Rule("en", "use", r"{o=M+}, which was (?:also |then )?(?:tested|tried|used|applied|carried out|made)", RESTS),
    Rule("fi", "use", r"{o=M+}, jo(?:ta|ita|ka|ilo) (?:myös |niin ikään )?(?:kokeiltiin|testattiin|käytettiin|tehtiin|sovellettiin)", RESTS),
    Rule("en", "use", r"\b(?:relied|rested|drew|draws|relies) on {any3}{o=M+}", SHOWN),
    Rule("sv", "use", r"\b(?:byggde|baserades|grundades|vilade|bygger) på {any3}{o=M+}", SHOWN),
    Rule("fi", "use", r"\b(?:perustui|perustuivat|pohjautui|nojasi|nojautui) {any3}{o=M+:ill}", SHOWN),
    Rule("en", "use", r"\b(?:we|i) (?:\w+ )?(?:recorded|acquired|measured|collected|shot|ran|made|mapped|logged|surveyed|followed|analysed|analyzed|processed|modelled|interpreted|read) {any6}(?:through|by|using|with|by means of) {gap1}{o=M+}", RESTS),
    Rule("en", "use", r"\b(?:we|i) (?:\w+ )?(?:recorded|acquired|collected|shot|logged|adopted|chose|combined) (?:an? |the )?{gap2}{o=M+}", RESTS),
    Rule("en", "use", r"(?:answers|responses|interviews|data|transcripts|recordings|notes|results|discussions), \w+ (?:by means of|with|by|using|through) {gap1}{o=M+}", RESTS),
    Rule("en", "use", r"\b(?:set out|aims?|aimed|seeks?) {any3}to (?:combine|test|apply|use|demonstrate|pilot|develop|integrate) {gap2}{o=M+}(?: with {gap1}{M})?", SHOWN, plans=True),
    Rule("en", "use", r"\bto (?:combine|integrate|couple) {gap2}{M} (?:with|and) {gap1}{o=M}", SHOWN, plans=True),
    Rule("en", "use", r"\bcomplement(?:ed|ing|s) (?:an? |the )?{gap1}{o=M+}", SHOWN),
    Rule("fi", "use", r"\w+tiin {any3}{M}(?:, {gap3}{M})*, {gap3}{o=M:loc|ins}", SHOWN),
    Rule("fi", "use", r"{o=M:loc} {any6}(?:erotettiin|rikastettiin|käsiteltiin|saatiin|mitattiin|testattiin|liuotettiin)", SHOWN),
    Rule("fi", "use", r"{o=M:gen} koh(?:teiksi|teina|teena|teeksi) (?:valittiin|valikoitui|valikoituivat|olivat|oli|ovat|on)", SHOWN),
    Rule("fi", "use", r"(?:siitä|niistä|aineistosta|haastatteluista|vastauksista) (?:tehtiin|laadittiin) {gap1}{o=M+}", RESTS),
    Rule("fi", "use", r"{o=M+:gen} (?:jälkeen|perusteella|mukaan|tuloksena) {any4}\w+(?:tiin|ttu|tty)(?!\w)", SHOWN),
    Rule("fi", "use", r"\w+tiin {any4}{o=M+:gen|nom} (?:mukaan|mukaisesti|perusteella|pohjalta)", SHOWN),
    Rule("fi", "use", r"(?:suunniteltiin|valittiin|mitoitettiin|ohjattiin) {any3}{o=M+:gen} avulla|{o2=M+:gen} avulla {any2}(?:suunniteltiin|valittiin|mitoitettiin|ohjattiin)", SHOWN),
    Rule("fi", "use", r"\w+tiin {any3}{M} (?:ja|sekä) {gap2}{o=M+:loc|ins}", RESTS - 0.05),
    Rule("fi", "use", r"(?:aineisto\w*|tutkimus\w*|otos|haastattelu\w*|työ) (?:koostuu|koostui|käsittää|käsitti|sisältää|sisälsi|kattaa|kattoi|muodostuu|muodostui) {any5}{o=M+}", RESTS),
    Rule("fi", "use", r"(?:tutkimme|selvitimme|mittasimme|analysoimme|kartoitimme|arvioimme|mallinsimme|tutki|selvitti|mittasi|analysoi|kartoitti|mallinsi) {any5}{o=M+:ins|loc}", SHOWN),
    Rule("en", "use", r"{o=M+} with {M+} (?:used|showed|revealed|indicated|gave|yielded)", SHOWN),
    Rule("en", "use", r"{o=M+}(?: surveys?)? (?:was|were) (?:flown|taken|drilled|shot|run|made|drawn|done|set up|added|repeated|extended)", RESTS),
    Rule("en", "use", r"{o=M+} (?:followed(?! by)|came next|was added|were added)", SHOWN),
    Rule("en", "use", rf"{_EN_DATA} (?:was|were|have been|has been) (?:\w+ly )?\w+(?:ed|en|wn)(?: and \w+ed)? (?:\w+ )?(?:by|with|using|through|by means of|via) (?:the )?{{gap2}}{{o=M+}}", RESTS),
    Rule("en", "use", rf"{_EN_FACT} of [^.;]{{1,70}}? (?:by|with|using|after) {{gap2}}{{o=M+}}(?: after {{gap1}}{{M}})?", SHOWN),
    Rule("en", "use", rf"{_EN_FACT} of [^.;]{{1,70}}? (?:by|with|using) {{gap2}}{{M+}} after {{gap1}}{{o=M}}", SHOWN),
    Rule("en", "use", rf"{_EN_WORK_IS}(?:,| is| was| is based on| comprises?| comprised| includes?| included| combines?| combined) an? {{gap1}}{{o=M+}}", SHOWN),
    Rule("en", "use", rf"{_EN_WORK_IS} (?:comprises|comprised|includes|included|combines|combined|involved|consists of|consisted of) {{any3}}{{o=M+}}", RESTS),
    Rule("en", "use", r"{o=M+} of [^.;]{1,90} (?:was|were) (?:made|conducted|carried out|done|performed|prepared|completed|undertaken)", RESTS),
    Rule("en", "use", r"(?<!was )(?<!were )(?<!been )\b(?:made|did|ran|performed|conducted|carried out|prepared|took) (?:the |an? )?(?!for |by |in |at |on |with ){gap1}{o=M+}", SHOWN),
    Rule("sv", "use", r"(?:studien|arbetet|undersökningen|materialet|projektet|uppsatsen|avhandlingen|rapporten|examensarbetet|forskningen) (?:omfatta(?:r|de)|bygger på|byggde på|består av|bestod av|kombinera(?:r|de)|använd(?:er|e)|ingår i) {any5}{o=M+}", RESTS),
    Rule("sv", "use", r"(?:undersökte|analyserade|mätte|kartlade|studerade|utredde|bestämde|bedömde|modellerade|jämförde) {any5}(?:med|genom|med hjälp av) {gap1}{o=M+}", RESTS - 0.05),
    Rule("sv", "use", r"{o=M}(?:en)? omfatta(?:r|de)", SHOWN),
    Rule("sv", "use", r"efter {gap1}{o=M+} {any3}\w+(?:ades|des|tes)(?!\w)", SHOWN),
)  # fmt: skip

# What people brought up, or what explained their answers.
_EN_EXPLAINS = r"(?:explain(?:s|ed)?|predict(?:s|ed)?|account(?:s|ed)? for|shape[sd]?|influence[sd]?|affect(?:s|ed)|recur(?:s|red)?|dominate[sd]?|came up|come up|surfaced|emerge[sd]?|stood out|matter(?:s|ed)? most|correlate[sd]?|were emphasi[sz]ed|was emphasi[sz]ed|were stressed|were mentioned|was mentioned|(?:are|is) discussed|attracted|aroused|raised)"
_EN_VOICES = r"(?:answers|accounts|discussions?|interviews|responses|comments|talks?|debate|concerns?|views|statements|respondents|interviewees|participants|residents|herders|they|people)"
BROUGHT_UP = (
    Rule("en", "about", rf"{{o=AR+}} (?:also |only |often |repeatedly |clearly )?{_EN_EXPLAINS}", ABOUT),
    Rule("en", "about", rf"{_EN_VOICES} [^.;<]{{0,40}}(?:revolve[sd]?|cent(?:re|er)(?:[sd]|ed)?|focus(?:ed|es)?|concentrate[sd]?|turn(?:s|ed)?|touch(?:ed|es)?) (?:around|on|to|upon) {{any5}}{{o=AR+}}", ABOUT),
    Rule("en", "about", rf"{_EN_VOICES} (?:\w+ ){{0,4}}?(?:stress(?:ed)?|emphasi[sz]ed?|insisted on|called for|highlighted|brought up|pointed to|mentioned|spoke (?:of|about)|talked about|underlined)(?: was| were)? {{any4}}{{o=AR+}}", ABOUT),
    Rule("en", "about", r"what [^.;<]{1,30}(?:insisted on|wanted|asked for|stressed|called for|spoke of) (?:was|were) {gap1}{o=AR+}(?: and {gap4}{AR})?", ABOUT),
    Rule("en", "about", r"(?:insisted on|stressed) (?:was|were) {gap1}{AR} and {gap4}{o=AR}", ABOUT),
    Rule("en", "about", r"(?:subjects|topics|themes|issues)(?: that| which)? (?:recurred|came up|were raised|returned|were mentioned)(?: most| often)* (?:were|was) {gap1}{o=TAR+}", ABOUT),
    Rule("fi", "about", r"(?:esille|esiin|puheeksi|keskiöön|päällimmäisiksi|tärkeimmiksi)(?: \w+)? (?:nousi|nousivat|nostettiin|tuli|tulivat|nousevat) {gap3}{o=AR+:nom}", ABOUT),
    Rule("fi", "about", r"(?:nousi|nousivat|nostettiin|tulivat|tuli|nousevat) (?:\w+ )?(?:esille|esiin|puheeksi|keskiöön) {gap3}{o=AR+:nom}", ABOUT),
    Rule("fi", "about", r"{o=AR+:nom} (?:herätti|herättivät|selitti|selittivät|ennusti|ennustivat|toistui|toistuivat|korostui|korostuivat|painottui|painottuivat|puhutti|puhuttivat|mainittiin|nousi|nousivat|tuli|tulivat)(?! (?:kustann|hinta))", ABOUT),
    Rule("fi", "about", r"(?:haastatellut|haastateltavat|vastaajat|osallistujat|asukkaat|poronhoitajat|he) {gap2}(?:korostivat|painottivat|nostivat|mainitsivat|puhuivat|kertoivat|perustelivat|pelkäsivät) {any3}{o=AR+:par|nom|ela|gen}", ABOUT),
    Rule("fi", "about", r"(?:pitävät|pitivät|pidettiin) {gap1}{o=AR+:par} {gap2}(?:syynä|tekijänä|tärkeänä|tärkeimpänä|keskeisenä|ongelmana)", ABOUT),
    Rule("fi", "about", r"perustelu(?:na|ina|iksi)? (?:oli|olivat|on|mainittiin|esitettiin) {gap2}{o=AR+:nom}", ABOUT),
    Rule("fi", "about", r"kartoitettiin {any5}{o=AR+:par|gen}", ABOUT),
    Rule("sv", "about", r"(?:ämnen|teman|frågor|faktorer|synpunkter)(?:na)?(?: som)? (?:återkom|återkommer|lyftes fram|togs upp|diskuterades|nämndes) (?:var|är) {gap1}{o=TAR+}", ABOUT),
    Rule("sv", "about", r"(?:starkast|störst|tydligast) (?:samband|betydelse|inverkan) [^.;<]{0,40}hade {gap1}{o=AR+}", ABOUT),
    Rule("sv", "about", r"{o=AR+} (?:förklarade|påverkade|återkom|återkommer|togs upp|nämndes|dominerade|betonades|framhölls|lyftes|väckte|framträder)", ABOUT),
    Rule("sv", "about", r"(?:deltagarna|de intervjuade|respondenterna|invånarna|de|svaren|samtalen|intervjuerna) {gap1}(?:talade om|betonade|lyfte fram|nämnde|framhöll|tog upp|kretsade kring|handlade om) {any3}{o=AR+}", ABOUT),
)  # fmt: skip

# Where tests were run or samples taken.
SITED = (
    Rule("fi", "where", r"(?:kokeet|kokeita|testit|pilotit|mittaukset|näytteet|näytteitä|kenttätyöt|kenttäkokeet|haastattelut|tutkimukset|tutkimuksia|pilottikoe|koeajot|luotaukset) (?:tehtiin|toteutettiin|otettiin|suoritettiin|järjestettiin|kerättiin|tehty|toteutettu) {gap2}{o=S+:loc|ela}", RESTS),
    Rule("fi", "where", r"koh(?:teiksi|teina|teena|teeksi|teet|de) (?:valittiin|valikoitui|valikoituivat|olivat|oli|ovat|on) {gap2}{o=S+:nom}", RESTS),
    Rule("en", "where", r"(?:tests?|trials?|experiments?|measurements?|field ?work|field tests?|sampling|pilots?|surveys?|interviews|samples|case study|demonstrations?) (?:was|were) (?:\w+ )?(?:arranged|held|carried out|made|conducted|done|run|taken|collected|performed|organi[sz]ed) (?:at|in|from|on|over) (?:the )?{gap2}{o=S+}", RESTS),
    Rule("en", "where", r"(?:study sites?|case sites?|cases|test sites?|pilot sites?|reference areas?) (?:was|were|are|is|included?) (?:the )?{gap2}{o=S+}", RESTS),
    Rule("sv", "where", r"(?:försöken|proven|prover|mätningarna|fältarbetet|fältförsöken|intervjuerna|testerna|undersökningarna) (?:gjordes|togs|genomfördes|utfördes|hölls|samlades in) (?:i|vid|från|på) {gap1}{o=S+}", RESTS),
    Rule("sv", "where", r"(?:fall|fallen|undersökningsobjekt|fallstudieobjekt|studieobjekt) (?:var|är|valdes) {gap1}{o=S+}", RESTS),
)  # fmt: skip

_N = rf"(?P<n>{COUNT_OR_WORD})"
_D = rf"(?P<n>{COUNT})"
SIZES: tuple[tuple[str, str, str], ...] = (
    ("fi", "", rf"(?:\w*näytteitä|\w*näytettä|havaintoja|mittauspisteitä) (?:\S+ ){{0,5}}?(?:yhteensä |kaikkiaan |noin )?{_D}(?= kappaletta| kpl| näyt|[.,]| \w+sta | \w+stä )"),
    ("fi", "", rf"(?:yhteensä|kaikkiaan) {_D} (?:\S+ )?(?:\w*näyt\w+|vastau\w+|vastaaj\w+|haastatt\w+|havaint\w+|osallistuj\w+|henkilö\w+)"),
    ("fi", "survey-research", rf"{_D} (?:\S+ ){{0,2}}(?:vastausta|vastaajaa|vastaajan|lomaketta|kyselylomaketta)"),
    ("fi", "interview-research", rf"haastatel(?:tavia|tavat|tuja) (?:oli|on|olivat|valittiin|kertyi|saatiin) (?:\S+ )?(?:yhteensä |kaikkiaan )?{_N}"),
    ("fi", "interview-research", rf"(?:haastattelimme|haastattelin) (?:yhteensä |kaikkiaan )?{_N} \S+"),
    ("fi", "survey-research", rf"vastasi (?:\S+ )?(?:yhteensä |kaikkiaan |lopulta )?{_D} (?:henkilö|ihmis|asukas|yritys|\S+a(?![\w])|\S+ä(?![\w])|<G)"),
    ("fi", "", rf"(?<![\w.,]){_D} (?:\S+ )?\w*näyt(?:teestä|teellä|teen)(?!\w)"),
    ("fi", "", rf"<M\d+_\w+> (?:otettiin|kerättiin|tehtiin) (?:yhteensä |kaikkiaan )?{_D}(?! (?:km|metri|kilometri|vuo|kertaa))"),
    ("en", "", rf"<M\d+_\w+> of {_N} (?:[^\s<>.,]+ )?(?:<G|people|persons|households)"),
    ("en", "", rf"\b{_N} <M\d+_\w+> (?:were|was) (?:held|conducted|made|carried out|done)"),
    ("sv", "survey-research", rf"<M\d+_\w+> (?:\S+ )?med {_D} svar"),
    ("sv", "", rf"\b{_N} (?:[^\s<>.,]+ )?\w*prov(?:er)? (?:studerades|analyserades|undersöktes|togs|mättes)"),
    ("en", "", rf"<M\d+_\w+> of {_D} (?:[^\s<>.,]+ ){{0,2}}(?:papers|articles|documents|publications|studies|statements|texts|posts|reports|samples)"),
    ("en", "", rf"(?:n|data|material|observations|occurrences|samples): {_D} \w+"),
    ("sv", "", rf"intervjuer(?:na)? var {_N} (?:till antalet|stycken)"),
    ("fi", "", rf"(?:haastatteluja|vastauksia|näytteitä|osallistujia) (?:oli|saatiin|tehtiin|kertyi) (?:\S+ )?(?:yhteensä |kaikkiaan )?{_N}"),
    ("en", "", rf"{_D} (?:[^\s<>.,]+ ){{0,3}}(?:samples|specimens|observations|sampling (?:points|sites))"),
    ("en", "", rf"(?:sample of|total of|altogether) {_N} (?:\S+ ){{0,2}}?(?:samples|respondents|responses|people|persons|households|participants|interviewees|residents|companies|<G)"),
    ("en", "", rf"(?:interviews?|<M\d+_\w+>) with (?:a total of |about |altogether )?{_N} (?!per cent|%|minut|hour|mine|site|year)(?:\S+)"),
    ("en", "", rf"(?:answered|completed|filled in|returned|replied to) by (?:a total of |about |altogether )?{_N} \S+"),
    ("en", "survey-research", rf"(?:received|obtained|yielded|gathered|collected|got) (?:a total of |about |altogether )?{_N} (?:[^\s<>.,]+ ){{0,2}}(?:responses|answers|replies|questionnaires)"),
    ("sv", "", rf"(?:<M\d+_\w+>|intervjuer) med (?:sammanlagt |totalt )?{_N} \S+"),
    ("sv", "survey-research", rf"{_N} (?:\S+ ){{0,2}}(?:besvarade|svarade på|fyllde i)"),
    ("sv", "", rf"{_D} (?:[^\s<>.,]+ )?(?:\w*prov|\w*prover|prover|svar|respondenter|deltagare)(?!\w)"),
)  # fmt: skip
