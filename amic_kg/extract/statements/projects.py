# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""Facts of projects: who leads and who joins, from which programme the money comes, when, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from amic_kg.extract.statements.frames import FrameBook
from amic_kg.extract.statements.known import KnownFacts
from amic_kg.extract.statements.patterns import Found, Rule, RuleBook
from amic_kg.extract.statements.reading import Reading, Thing
from amic_kg.extract.statements.roles import PROJECT_FRAMES
from amic_kg.ontology import Vocabulary

TYPES = ("Project", "Organization", "FundingProgramme", "Time", "Euros")

SAID = 0.92
"""A verb or a noun says the role: "koordinoi", "is funded by"."""
SHARED = 0.82
"""Several carry the project out together, so each is a partner."""
LOOSE = 0.72

_LEADS = "coordinator"
_JOINS = "partner"
_FUNDS = "fundedUnder"
_PAYS = "funder"
_BEGINS = "start"
_ENDS = "end"
_SPANS = "span"
_COSTS = "budget"

_FI_PARTNER = r"(?:osatoteutta|kumppan|hankekumppan|projektikumppan|yhteistyökumppan|partner|hankepartner|osapuol|osallistuj)\w*"

_RULES = (
    # ------------------------------------------------------------------ who leads
    Rule("fi", _LEADS, r"{s=J:par|gen|nom} (?:koordinoi|koordinoivat|johtaa|johti|veti|vetää|hallinnoi|koordinoinut|johtanut) {gap2}{o=O:nom}", SAID, plans=True),
    Rule("fi", _LEADS, r"{o=O:nom} (?:koordinoi|johtaa|johti|veti|vetää|hallinnoi) {gap2}{s=J:par|gen}", SAID, plans=True),
    Rule("fi", _LEADS, r"{s=J:gen} (?:koordinaattori|koordinaattorina|koordinaattoriorganisaatio|päätoteuttaja|päätoteuttajana|johtaja|hallinnoija|vetäjä|vetäjänä|hallinnoijana)\w* (?:on|oli|toimi|toimii)? ?{gap1}{o=O:nom}", SAID, plans=True),
    Rule("fi", _LEADS, r"{o=O:nom} (?:on|oli|toimi|toimii|vastaa|vastasi) {gap1}{s=J:gen} (?:koordinaattori|päätoteuttaj|hallinnoij|vetäj|koordinoinnista|johtamisesta|johtaj)", SAID, plans=True),
    Rule("fi", _LEADS, r"{o=O:gen} (?:koordinoim|johtam|vetäm|hallinnoim)\w+ {gap1}{s=J}", SAID, plans=True),
    Rule("fi", _LEADS, r"{s=J:nom} {gap3}{o=O:gen} (?:koordinoima|johtama|johdolla|vetämä|koordinoimana)", SAID, plans=True),
    Rule("fi", _LEADS, r"{s=J:gen} (?:koordinoinnista|johdosta|hallinnoinnista) (?:vastaa|vastasi|vastaavat) {o=O:nom}", SAID, plans=True),
    Rule("en", _LEADS, r"{s=J},?(?: which)? (?:is|was|will be|has been|being)? ?(?:coordinated|led|managed|headed) by {gap1}(?:the )?{o=O}", SAID, plans=True),
    Rule("en", _LEADS, r"{o=O},?(?: which)? (?:coordinates|coordinated|leads|led|manages|managed|heads|headed|is coordinating) (?:the )?{s=J}", SAID, plans=True),
    Rule("en", _LEADS, r"(?:coordinator|lead partner|leader) of (?:the )?{s=J},? (?:is|was|will be)? ?(?:the )?{o=O}", SAID, plans=True),
    Rule("en", _LEADS, r"{o=O},? (?:is|was|acts as|acted as|served as) (?:the )?(?:project )?(?:coordinator|lead partner|leader) (?:of|in|for) (?:the )?{s=J}", SAID, plans=True),
    Rule("en", _LEADS, r"{s=J:gen}(?:’s|'s|’)? (?:coordinator|lead partner),? (?:is |was )?(?:the )?{o=O}", SAID, plans=True),
    Rule("en", _LEADS, r"{s=J}[^.;]{0,80}, with (?:the )?{o=O} as (?:the )?(?:coordinator|lead partner|leader)", SAID, plans=True),
    Rule("sv", _LEADS, r"{s=J},?(?: som)? (?:koordineras|koordinerades|leds|leddes|samordnas|samordnades) av {gap1}{o=O}", SAID, plans=True),
    Rule("sv", _LEADS, r"{o=O},?(?: som)? (?:koordinerar|koordinerade|leder|ledde|samordnar|samordnade) {s=J}", SAID, plans=True),
    Rule("sv", _LEADS, r"(?:koordinator|samordnare|projektägare|huvudman) (?:för|i) {s=J} (?:är|var) {o=O}", SAID, plans=True),
    Rule("sv", _LEADS, r"{o=O} (?:är|var) (?:koordinator|samordnare|projektägare|huvudman) (?:för|i) {s=J}", SAID, plans=True),
    Rule("sv", _LEADS, r"{s=J:gen|nom} (?:koordinator|samordnare|projektägare) (?:är|var) {o=O}", SAID, plans=True),
    # ------------------------------------------------------------------ who joins
    Rule("fi", _JOINS, rf"{{s=J:gen}} (?:muut |muita |muina )?{_FI_PARTNER} (?:ovat|on|olivat|oli|toimivat|toimii)? ?(?:mm\. |muun muassa )?{{gap1}}{{o=O+:nom}}", SAID, plans=True),
    Rule("fi", _JOINS, rf"{{s=J:loc}} (?:on |ovat |oli |olivat )?(?:mukana |{_FI_PARTNER} )+(?:on |ovat |oli |olivat )?(?:myös |muun muassa |mm\. )?{{o=O+:nom}}", SAID, plans=True),
    Rule("fi", _JOINS, r"{s=J:gen|par|nom} (?:toteuttivat|toteuttavat|toteuttajina ovat|toteuttajina olivat|toteuttajat ovat|toteuttajat olivat|toteuttajia ovat|toteuttajina toimivat) {gap1}{o=O+:nom}", SHARED, plans=True),
    Rule("fi", _JOINS, r"{o=O+:nom} (?:osallistu\w+|on mukana|ovat mukana|oli mukana|olivat mukana|oli kumppanina|olivat kumppaneina|on kumppanina|ovat kumppaneina) {gap1}{s=J:ill|loc}", SAID, plans=True),
    Rule("fi", _JOINS, rf"{{o=O+:nom}} (?:on|ovat|oli|olivat|toimi|toimivat|toimii) {{s=J:gen}} (?:muut |muita |muina )?{_FI_PARTNER}", SAID, plans=True),
    Rule("fi", _JOINS, r"{s=J:nom} (?:toteutettiin|toteutetaan|on toteutettu) {gap2}{o=O+:gen} (?:yhteistyönä|yhteishankkeena|kanssa)", SHARED, plans=True),
    Rule("fi", _JOINS, r"{s=J:nom} (?:on|oli) {o=O+:gen} (?:yhteishanke|yhteinen)", SHARED, plans=True),
    Rule("en", _JOINS, r"{s=J}[^.;]{0,60}? ?(?:partners|other partners|project partners|consortium partners|partner) (?:are|were|is|was|include|includes|included) {gap2}(?:the )?{o=O+}", SAID, plans=True),
    Rule("en", _JOINS, r"(?:partners|participants) (?:of|in) (?:the )?{s=J} (?:are|were|include|included) {gap1}(?:the )?{o=O+}", SAID, plans=True),
    Rule("en", _JOINS, r"{o=O+},? (?:are|were|is|was|is a|was a|are also|act as|acted as|joined as) (?:the |a )?(?:other )?partners? (?:of|in) (?:the )?{s=J}", SAID, plans=True),
    Rule("en", _JOINS, r"{o=O+} (?:take|takes|took|participate|participates|participated|joined) ?(?:part )?(?:in )?(?:the )?{s=J}", SHARED, plans=True),
    Rule("sv", _JOINS, r"{s=J:gen|nom} (?:övriga )?(?:partner|parter|partners|deltagare|samarbetspartner|projektpartner)s? (?:är|var) {gap1}{o=O+}", SAID, plans=True),
    Rule("sv", _JOINS, r"(?:partner|parter|deltagare|samarbetspartner|partners) i {s=J} (?:är|var) {gap1}{o=O+}", SAID, plans=True),
    Rule("sv", _JOINS, r"{o=O+} (?:är|var|deltar som|deltog som|medverkar som) (?:partner|parter|partners|deltagare|samarbetspartner) i {s=J}", SAID, plans=True),
    Rule("sv", _JOINS, r"{o=O+} (?:deltar|deltog|medverkar|medverkade) i {s=J}", SHARED, plans=True),
    Rule("sv", _JOINS, r"\bi {s=J} (?:deltar|deltog|medverkar|medverkade) {gap2}{o=O+}", SHARED, plans=True),
    # ------------------------------------------------------------------ who pays
    Rule("fi", _PAYS, r"{s=J:par|gen|nom} (?:on )?(?:osa)?(?:rahoittaa|rahoitti|rahoittavat|rahoittivat|rahoittanut|tukee|tuki) {gap3}{o=FO+:nom}", SAID, plans=True),
    Rule("fi", _PAYS, r"{s=J:gen} (?:pää)?rahoit(?:taja|tajat|tajana|tajina|us|uksen|uksesta)\w* (?:on|ovat|oli|olivat|toimii|toimi|tulee|tuli|myönsi|saatiin|saadaan|vastaa|vastasi)? ?{gap2}{o=FO+}", SAID, plans=True),
    Rule("fi", _PAYS, r"{s=J:nom} (?:on |oli )?(?:sai|saa|saanut|saada|rahoitetaan|rahoitettiin|rahoitettu|kuuluu|kuului) {any5}{o=FO+:ela|loc|gen|ill|nom}", LOOSE + 0.1, plans=True),
    Rule("fi", _PAYS, r"{o=FO+:gen} (?:osittain |osin )?(?:rahoittam|tukem)\w+ {gap2}{s=J}", SAID, plans=True),
    Rule("fi", _FUNDS, r"{o=F:gen} {s=J}", SAID, plans=True),
    Rule("fi", _PAYS, r"{s=J:nom} (?:on|oli) {gap2}{o=FO+:gen} (?:osittain |osin )?(?:rahoittama|tukema)", SAID, plans=True),
    Rule("fi", _PAYS, r"{o=FO+:nom} (?:rahoitti|rahoittaa|myönsi rahoituksen|rahoittivat) {gap1}{s=J:par|gen}", SAID, plans=True),
    Rule("en", _PAYS, r"{s=J},?(?: which)? (?:is|was|has been|have been|being|will be)? ?(?:partly |jointly |mainly |co-)?(?:funded|financed|supported) {gap2}(?:by|under|through|from|within|in) (?:the )?{gap2}{o=FO+}", SAID, plans=True),
    Rule("en", _PAYS, r"{s=J} (?:has )?(?:received|receives|got|obtained) {gap4}(?:funding|support|finance|financing|grant) (?:{gap2})(?:from|under|through|within) (?:the )?{gap2}{o=FO+}", SAID, plans=True),
    Rule("en", _PAYS, r"{o=FO+} (?:funded|funds|financed|finances|co-funded) (?:the )?{s=J}", SAID, plans=True),
    Rule("en", _PAYS, r"{o=FO}[ -](?:funded|financed) (?:project )?{s=J}", SAID, plans=True),
    Rule("en", _PAYS, r"funding (?:for|of) (?:the )?{s=J} (?:comes|came|is|was) {gap1}(?:from|by|through) (?:the )?{o=FO+}", SAID, plans=True),
    Rule("sv", _PAYS, r"{s=J},?(?: som)? (?:har )?(?:del|sam|med)?(?:finansieras|finansierades|finansierats|stöds|stöddes) {gap3}(?:av|inom|genom|ur|från|via|med medel från) {gap2}{o=FO+}", SAID, plans=True),
    Rule("sv", _PAYS, r"{s=J} (?:har fått|får|fick) {gap2}(?:finansiering|stöd|medel|pengar) (?:från|ur|av|genom|inom) {gap2}{o=FO+}", SAID, plans=True),
    Rule("sv", _PAYS, r"{o=FO+} (?:finansierar|finansierade|delfinansierar|delfinansierade) {s=J}", SAID, plans=True),
    # ------------------------------------------------------------------ when
    Rule("fi", _BEGINS, r"{s=J:nom} (?:alkoi|alkaa|käynnistyi|käynnistyy|käynnistettiin|aloitettiin) {gap2}{o=D}", SAID, plans=True),
    Rule("fi", _BEGINS, r"{s=J:nom} [^.;]{0,40}(?:alkoi|käynnistyi) {gap1}{o=D}", SHARED, plans=True),
    Rule("fi", _ENDS, r"{s=J:nom} (?:päättyi|päättyy|loppui|loppuu|päätettiin|jatkuu|jatkui) {gap2}{o=D}", SAID, plans=True),
    Rule("fi", _ENDS, r"{s=J:nom} (?:alkoi|alkaa|käynnistyi|käynnistyy) {gap2}{D} ja (?:se )?(?:päättyi|päättyy|jatkuu|jatkui) {gap2}{o=D}", SAID, plans=True),
    Rule("fi", _SPANS, r"{s=J:nom} (?:on |oli )?(?:toteutettiin|toteutetaan|toteutetaan|toimi|toimii|kesti|kestää|oli käynnissä|on käynnissä|käynnissä|ajoittui|jatkui) {gap2}{o=W}", SAID, plans=True),
    Rule("fi", _SPANS, r"{s=J:nom} \({o=W}\)", SAID, plans=True),
    Rule("fi", _SPANS, r"{s=J:gen|nom} (?:toteuttivat|toteutti|toteutettiin) [^.;:]{0,150} (?:vuosina|ajalla|aikana) {o=W}", SHARED, plans=True),
    Rule("fi", _SPANS, r"{s=J:gen} (?:kesto|toteutusaika|toiminta-aika|toteutusajankohta|aikataulu|hankeaika|projektiaika)\w* (?:on|oli) {gap1}{o=W}", SAID, plans=True),
    Rule("fi", _SPANS, r"{s=J:nom} (?:oli|on) (?:[^.;,()]{0,60}) ?(?:hanke|projekti) {o=W}", SHARED, plans=True),
    Rule("en", _BEGINS, r"{s=J} (?:started|starts|began|begins|was launched|is launched|was started|commenced|kicked off) {gap1}(?:in |on )?{gap1}{o=D}", SAID, plans=True),
    Rule("en", _ENDS, r"{s=J} (?:ended|ends|finished|finishes|was completed|concluded|concludes|will end|runs until|ran until|continues until|will run until) {gap1}(?:in |on )?{gap1}{o=D}", SAID, plans=True),
    Rule("en", _ENDS, r"{s=J} (?:started|starts|began|begins|was launched) {gap2}{D} and (?:it )?(?:ended|ends|will end|finished|was completed|concluded|runs until|ran until|lasts until) {gap1}(?:in |on )?{gap1}{o=D}", SAID, plans=True),
    Rule("en", _SPANS, r"{s=J},?(?: which)? (?:runs|ran|lasted|lasts|was carried out|is carried out|was implemented|operated|took place|was active|will run|was running|was run) (?:from |in |during |between |over |in the years |during the years )?{gap1}{o=W}", SAID, plans=True),
    Rule("en", _SPANS, r"{s=J} \({o=W}\)", SAID, plans=True),
    Rule("en", _SPANS, r"{s=J} (?:was|is) (?:[^.;,()]{0,60}) from {o=W}", SHARED, plans=True),
    Rule("sv", _BEGINS, r"{s=J} (?:startade|startar|inleddes|inleds|började|börjar|drog i gång) {gap2}{o=D}", SAID, plans=True),
    Rule("sv", _ENDS, r"{s=J} (?:avslutades|avslutas|slutade|slutar|upphörde|pågår till|pågick till|löper till|tog slut) {gap2}{o=D}", SAID, plans=True),
    Rule("sv", _ENDS, r"{s=J} (?:startade|startar|inleddes|inleds|började) {gap2}{D} och (?:det )?(?:avslutades|avslutas|slutade|slutar|pågår till|pågick till|upphörde) {gap2}{o=D}", SAID, plans=True),
    Rule("sv", _SPANS, r"{s=J},?(?: som)? (?:pågår|pågick|löper|löpte|genomfördes|genomförs|varade|drevs) {gap1}(?:från |under |åren |mellan |under åren )?{gap1}{o=W}", SAID, plans=True),
    Rule("sv", _SPANS, r"{s=J} \({o=W}\)", SAID, plans=True),
    # ------------------------------------------------------------------ how much
    Rule("fi", _COSTS, r"{s=J:gen} (?:kokonais)?(?:budjetti|kustannusarvio|kustannukset|kokonaiskustannukset|kokonaisrahoitus) (?:on|oli|ovat|olivat) (?:noin |yhteensä |yli |lähes )?{o=E}", SAID, plans=True),
    Rule("fi", _COSTS, r"{s=J:gen} {o=E} (?:kokonais)?budje", SAID, plans=True),
    Rule("en", _COSTS, r"{s=J}(?:’s|'s)? (?:total |overall )?budget (?:is|was|of|amounts to|amounted to) (?:about |approximately |around |some |a total of )?{o=E}", SAID, plans=True),
    Rule("en", _COSTS, r"{s=J},?(?: which)? (?:has|had|with) (?:a |an )?(?:total |overall )?budget of (?:about |approximately |around |some )?{o=E}", SAID, plans=True),
    Rule("en", _COSTS, r"(?:total |overall )?(?:budget|cost|costs) of (?:the )?{s=J} (?:is|was|are|were|amounts to) (?:about |approximately |around )?{o=E}", SAID, plans=True),
    Rule("sv", _COSTS, r"{s=J} (?:total|totala )?(?:total)?(?:budget|kostnader|totalkostnad|kostnad)(?:en)? (?:är|var|uppgår till|uppgick till) (?:cirka |ungefär |omkring |ca )?{o=E}", SAID, plans=True),
    Rule("sv", _COSTS, r"{s=J},?(?: som)? (?:har|hade|med) en (?:total)?(?:total )?budget (?:på|om) (?:cirka |ungefär |omkring |ca )?{o=E}", SAID, plans=True),
    Rule("sv", _COSTS, r"(?:total)?(?:budget|budgeten|kostnaden) för {s=J} (?:är|var|uppgår till|uppgick till) (?:cirka |ungefär |omkring |ca )?{o=E}", SAID, plans=True),
)  # fmt: skip

# A sentence that names one project and one coordinator says who joins by these words.
_BESIDE = (
    Rule("en", _SPANS, r"^(?:project )?(?:duration|period|timeline|dates?):? {gap2}{o=W}", SHARED, plans=True),
    Rule("sv", _SPANS, r"^(?:projekttid|projektperiod|löptid|tid):? {gap2}{o=W}", SHARED, plans=True),
    Rule("fi", _SPANS, r"^(?:hankkeen )?(?:kesto|toteutusaika|hankeaika|aikataulu):? {gap2}{o=W}", SHARED, plans=True),
    Rule("fi", _JOINS, r"yhdessä {o=O+:gen} kanssa", SHARED, plans=True),
    Rule("fi", _JOINS, rf"(?:muut |muita |muina )?{_FI_PARTNER} (?:ovat|olivat|on|oli|toimivat|toimii|toimi)? ?(?:mm\. |muun muassa )?{{o=O+:nom}}", SHARED, plans=True),
    Rule("en", _JOINS, r"(?:together|in cooperation|in collaboration|jointly) with (?:the )?{o=O+}", SHARED, plans=True),
    Rule("en", _JOINS, r"(?:with|its|the|other) (?:project )?partners,? (?:are |were |include |included )?(?:the )?{o=O+}", SHARED, plans=True),
    Rule("en", _JOINS, r"(?:with|and) (?:the )?{o=O+} as (?:project |the |other )?partners?", SHARED, plans=True),
    Rule("sv", _JOINS, r"(?:tillsammans|i samarbete) med {o=O+}", SHARED, plans=True),
    Rule("sv", _JOINS, r"(?:övriga )?(?:partner|parter|partners|deltagare|samarbetspartner) (?:är|var) {o=O+}", SHARED, plans=True),
    Rule("sv", _JOINS, r"med {o=O+} som (?:partner|parter|partners|deltagare)", SHARED, plans=True),
    Rule("fi", _PAYS, r"rahoitus (?:tuli|tulee|saatiin|saadaan|myönnettiin) {gap1}{o=FO+:ela|abl|loc}", SHARED, plans=True),
    Rule("fi", _PAYS, r"(?:rahoittajana|rahoittajina|päärahoittajana) (?:on|oli|ovat|olivat|toimii|toimi|toimivat) {o=FO+:nom}", SHARED, plans=True),
    Rule("en", _PAYS, r"(?:the )?funding (?:comes|came|is|was) {gap1}(?:from|by|through) (?:the )?{o=FO+}", SHARED, plans=True),
    Rule("en", _PAYS, r"(?:funded|financed|co-funded) (?:by|under|through|from) (?:the )?{o=FO+}", SHARED, plans=True),
    Rule("sv", _PAYS, r"finansiering(?:en)? (?:kommer|kom|fås|fick man) {gap1}(?:från|ur|av) {o=FO+}", SHARED, plans=True),
    Rule("fi", _PAYS, r"(?:ja|jota) (?:sen |sitä )?(?:osa)?(?:rahoittaa|rahoitti|rahoittavat|rahoittivat) {gap2}{o=FO+:nom}", SHARED, plans=True),
    Rule("en", _PAYS, r"(?:received|receives) {gap2}funding from {gap3}{o=FO+}", SHARED, plans=True),
    Rule("sv", _PAYS, r"(?:finansieras|finansierades|finansierat) (?:av|ur|genom|inom) {o=FO+}", SHARED, plans=True),
    Rule("fi", _JOINS, r"(?:toteuttajina|toteuttajat|toteuttajia|osatoteuttajina|osallistujina) (?:ovat|olivat|toimivat|toimi|on|oli) {gap1}{o=O+:nom}", SHARED, plans=True),
    Rule("fi", _JOINS, r"(?:konsortioon|hankkeeseen|hankkeessa) (?:kuuluvat|kuuluivat|osallistuvat|osallistuivat|ovat mukana|olivat mukana) {gap1}{o=O+:nom}", SHARED, plans=True),
    Rule("en", _JOINS, r"consortium (?:consists of|consisted of|includes|included|comprises|comprised|is formed by|was formed by|of) {gap1}(?:the )?{o=O+}", SHARED, plans=True),
    Rule("en", _JOINS, r"(?:participants|participating organisations) (?:are|were|include|included) {gap1}(?:the )?{o=O+}", SHARED, plans=True),
    Rule("sv", _JOINS, r"(?:konsortiet|projektgruppen) (?:består av|bestod av|omfattar|omfattade) {gap1}{o=O+}", SHARED, plans=True),
    Rule("sv", _JOINS, r"(?:partner|parter|deltagare) (?:är|var) {gap1}{o=O+}", SHARED, plans=True),
    *(
        Rule(language, _LEADS, r"{o=O} \((?:koordinaattori|päätoteuttaja|coordinator|lead partner|koordinator|samordnare)\)", SAID, plans=True)
        for language in ("fi", "en", "sv")
    ),
    Rule("fi", _LEADS, r"koordinaattori(?:na)? (?:on|oli|toimii|toimi) {o=O:nom}", SHARED, plans=True),
    Rule("fi", _JOINS, r"mukana (?:on|ovat|oli|olivat) (?:myös |muun muassa |mm\. )?{o=O+:nom}", SHARED, plans=True),
    Rule("en", _JOINS, r"^(?:the )?partners (?:include|included|are|were) (?:the )?{o=O+}", SHARED, plans=True),
    Rule("en", _FUNDS, r"(?:is|was) an? {o=F} project", SHARED, plans=True),
    Rule("sv", _FUNDS, r"(?:inom|genom|ur) {o=F}(?! och)", SHARED, plans=True),
    Rule("sv", _COSTS, r"budget(?:en)? är (?:cirka |ca |ungefär )?{o=E}", SHARED, plans=True),
    Rule("fi", _PAYS, r"rahoittaja(?:na|t)? (?:oli|on|ovat|olivat) {o=FO+:nom}", SHARED, plans=True),
    Rule("fi", _ENDS, r"(?:ja|se) (?:päättyi|päättyy|loppui|jatkuu) {gap1}{o=D}", SHARED, plans=True),
    Rule("fi", _COSTS, r"(?:kokonais)?budjetti (?:on|oli) (?:noin |yhteensä )?{o=E}", SHARED, plans=True),
    Rule("en", _SPANS, r"(?:ran|runs|lasted|running) (?:from |in |between )?{gap1}{o=W}", SHARED, plans=True),
    Rule("en", _ENDS, r"and (?:it )?(?:ended|ends|will end|was completed) (?:in |on )?{o=D}", SHARED, plans=True),
    Rule("en", _COSTS, r"(?:total )?budget (?:of|is|was) (?:about |approximately )?{o=E}", SHARED, plans=True),
    Rule("sv", _SPANS, r"(?:pågick|pågår|löper|genomfördes) (?:från |under |åren |mellan )?{gap1}{o=W}", SHARED, plans=True),
    Rule("sv", _COSTS, r"(?:total)?budget(?:en)? (?:på|är|var) (?:cirka |ca |ungefär )?{o=E}", SHARED, plans=True),
    Rule("fi", _LEADS, r"jota (?:hallinnoi|koordinoi|johtaa|johti|vetää|veti) {gap1}{o=O:nom}", SHARED, plans=True),
    Rule("sv", _PAYS, r"(?:fick|får) [^.;<]{0,25}(?:<E\d+_\w+> )?(?:från|ur) {o=FO+}", SHARED, plans=True),
    Rule("fi", _LEADS, r"(?:koordinaattorina|päätoteuttajana|vetäjänä) (?:on|oli|toimii|toimi) {o=O:nom}", SHARED, plans=True),
    Rule("en", _LEADS, r"(?:coordinator|lead partner) (?:is|was) (?:the )?{o=O}", SHARED, plans=True),
    Rule("en", _LEADS, r"(?:coordinated|led) by (?:the )?{o=O}", SHARED, plans=True),
    Rule("sv", _LEADS, r"(?:koordinator|samordnare) (?:är|var) {o=O}", SHARED, plans=True),
)  # fmt: skip


_OPENING = 14
"""How far from its start a sentence without a project may say of which role it speaks."""
_SHORT = 300
_CLAUSE_BEFORE = re.compile(r"(?:^|, )(?:ja |and |och )$")
_PARTIES = re.compile(
    r"\b(?:partner|beneficiar|consortium|participants|kumppan|osatoteutt|toteuttajat|konsorti|deltagar|parter)"
)
_PROJECT_NOUN = re.compile(r"(?:hank|project|projekt)")


class ProjectRules:
    """Draws the facts of projects from readings with `TYPES`."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._registry = KnownFacts(vocabulary)
        self._rules = RuleBook(_RULES)
        self._beside = RuleBook(_BESIDE)
        self._frames = FrameBook(PROJECT_FRAMES, "J")

    def find(
        self, reading: Reading, implied: Thing | None = None, *, near: bool = True
    ) -> Iterator[Found]:
        """The facts, each with the project as its subject; the same one may come twice.

        `implied` is the project that a sentence without one speaks of: "Funding came from …"; `near`
        says that its paragraph has named it.
        """
        found: list[Found] = []
        if "<J" in reading.text:
            found = [one for rule in self._rules.find(reading) for one in halves(rule)]
            found.extend(half for one in self._frames.find(reading) for half in halves(one))
        projects = {thing.value: thing for thing in reading.things if thing.letter == "J"}
        if len(projects) == 1:
            (project,) = projects.values()
            found.extend(
                half
                for one in self._beside.find(reading)
                for half in halves(replace(one, subject=project))
            )
        elif not projects and implied is not None:
            if len(reading.text) < _SHORT or _PROJECT_NOUN.search(reading.text):
                found.extend(
                    half for one in self._frames.find(reading, implied) for half in halves(one)
                )
            found.extend(
                replace(
                    one, subject=implied, confidence=round(one.confidence * implied.certainty, 2)
                )
                for one in self._beside.find(reading)
                if _speaks_of_it(reading.text, one.start)
            )
        found = [replace(one, predicate=_FUNDS) if _is_programme(one) else one for one in found]
        told = {(one.subject.value, one.object.value) for one in found if one.subject is not None}
        found.extend(
            one
            for one in self._registry.of_projects(
                reading, implied if near or _PARTIES.search(reading.text) else None
            )
            if one.subject is not None and (one.subject.value, one.object.value) not in told
        )
        leaders = {one.object.value for one in found if one.predicate == _LEADS}
        payers = {one.object.value for one in found if one.predicate == _PAYS}
        for one in found:
            # Who leads or pays is no partner of the same sentence.
            if one.predicate == _JOINS and one.object.value in leaders | payers:
                continue
            yield one


def _speaks_of_it(text: str, start: int) -> bool:
    """Whether a role that no project is named with is the implied one's, not of another."""
    if _PROJECT_NOUN.search(text):
        return False
    return start <= _OPENING or _CLAUSE_BEFORE.search(text[:start]) is not None


def _is_programme(found: Found) -> bool:
    return found.predicate == _PAYS and found.object.letter == "F"


def halves(found: Found) -> tuple[Found, ...]:
    """A span of time as its start and its end; anything else as it is."""
    if found.predicate != _SPANS:
        return (found,)
    start, end = found.object.value.split("/")
    return tuple(
        replace(found, predicate=predicate, object=replace(found.object, value=value))
        for predicate, value in ((_BEGINS, start), (_ENDS, end))
    )
