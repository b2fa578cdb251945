# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""How texts in three languages tell of sites: rules and words of `sites`.

Confidences are the shares of right statements that each kind of wording gave when read on texts of
development; calibration maps them on.
"""

from __future__ import annotations

from amic_kg.extract.statements.patterns import Rule

SAID = 0.92
"""A verb says it: "sijaitsee", "is operated by"."""
APPOSED = 0.85
"""Name beside name: "Savukosken Sokli", "Boliden's Kevitsa mine"."""
LOOSE = 0.72
"""Verb and names in one clause, with other words between."""
WEAK = 0.6
WHERE = "locatedIn"
HOLDS = "hasCommodity"
MAKES = "produces"
RUN = "hasOperator"
AT = "stage"

_FI_MINED = (
    r"(?:(?:on |oli )?(?:louhi(?:taan|ttiin|ttu)|tuote(?:taan|ttiin)|tuotettu|saadaan|saatiin|"
    r"rikaste(?:taan|ttiin)|hyödynne(?:tään|ttiin)|kaivettiin|kaivettu|louhii|louhi|tuottaa|tuotti|"
    r"louhinut|tuottanut))"
)
EN_MINED = r"(?:produced|mined|extracted|recovered|quarried)"
_SV_MINED = (
    r"(?:bryt[se]\w*|bröts|brutits|produceras|producerades|producerats|utvinns|utvanns|utvunnits)"
)

RULES = (
    # ------------------------------------------------------------------ where it lies
    Rule("fi", WHERE, r"{s=S+:nom} (?:sijaits\w+|löyty\w+) {gap4}{o=P:loc|ela}", SAID),
    Rule("fi", WHERE, r"{s=S+:nom} (?:on|ovat|oli|olivat) (?:{gap3}){o=P:loc}(?= ?[,.(]|$| sijaits)", APPOSED),
    Rule("fi", WHERE, r"{o=P:loc} (?:(?:sijaitsev\w+|sijainn\w+|oleva\w*|toimiva\w*) ){gap2}{s=S+}", SAID),
    Rule("fi", WHERE, r"{o=P:loc} (?:toimi\w*|sijaits\w+|on|ovat) (?:muun muassa |mm\. |esimerkiksi |myös )?{s=S+:nom}", APPOSED),
    Rule("fi", WHERE, r"(?<!ja )(?<!sekä ){o=P:gen} {s=S}(?! ja <)", APPOSED),
    Rule("fi", WHERE, r"{s=S},? {o=P:loc}(?! (?:asu|tehdy|järjeste|toimiva\w* (?!kaivo)|ja <P))", APPOSED),
    Rule("fi", WHERE, r"{s=S+} (?:sijaits\w+ |on )?{gap1}{o=P+:gen} rajalla", APPOSED),
    Rule("fi", WHERE, r"{s=S} \({o=P:nom}\)", APPOSED),
    Rule("en", WHERE, r"{s=S+}{in},?(?: which)? (?:is|are|was|were|lies|lie|is being|being) ?(?:located |situated |found |built )?{gap3}(?:in|within) (?:the )?{o=P}", SAID),
    Rule("en", WHERE, r"{s=S+},? (?:located|situated|lying|found) {gap3}(?:in|within) (?:the )?{o=P}", SAID),
    Rule("en", WHERE, r"(?<!between ){s=S},? in (?:the )?{o=P}(?! and <P)", APPOSED),
    Rule("en", WHERE, r"{s=S+},? in (?:the )?{gap2}{o=P}(?! and <P)", LOOSE),
    Rule("en", WHERE, r"{s=S} \({o=P}(?:, finland)?\)", APPOSED),
    Rule("en", WHERE, r"{s=S}, {o=P}(?=, (?:is|was|<P|finland|which)|[.;)]|$)", LOOSE),
    Rule("en", WHERE, r"(?<![\w>] ){o=P:gen}(?:’s|'s|’)? {s=S}(?! and <)", APPOSED),
    Rule("en", WHERE, r"^in (?:the )?{o=P},? (?:the )?{s=S+} (?:is|has|was|produces)", LOOSE),
    Rule("en", WHERE, r"{o=P} (?:hosts|is home to|has) (?:the )?{s=S+}", APPOSED),
    Rule("sv", WHERE, r"{s=S+},? (?:som )?(?:ligger|låg|finns|fanns|är|var) ?(?:belägen |belägna |beläget )?{gap3}(?:i|inom) {o=P}", SAID),
    Rule("sv", WHERE, r"(?<!mellan ){s=S},? i {o=P}(?! och <P)", APPOSED),
    Rule("sv", WHERE, r"{s=S} \({o=P}\)", APPOSED),
    Rule("sv", WHERE, r"\bi {o=P} (?:finns|ligger|fanns|låg) {gap2}{s=S+}", APPOSED),
    Rule("sv", WHERE, r"(?<![\w>] ){o=P:gen} {s=S}(?! och <)", LOOSE),
    Rule("fi", WHERE, r"{s=S}[^.;:<]{0,60}, (?:joka|mikä) {gap2}(?:sijaits\w+|on|löyty\w+) {gap4}{o=P:loc|ela}", SAID),
    Rule("fi", WHERE, r"{o=P:loc},? [^.;:<]{0,40}(?:,|\)) (?:on|sijaits\w+|toimi\w*) {s=S}", APPOSED),
    Rule("fi", WHERE, r"rakenta\w+ {any3}{s=S}(?: <C\d+_\w+>\w*)? {o=P:ill}", APPOSED),
    Rule("en", WHERE, r"{s=S+},? (?:is |are |was |were )?(?:located|situated|found|lying|lies|lie) [^.;,<]{1,50}(?:in|within|of) (?:the )?{o=P}", APPOSED),
    Rule("en", WHERE, r"{s=S},? (?:an? |the )[^.;<>]{1,60} (?:in|from) (?:the )?{gap3}{o=P}", LOOSE),
    Rule("en", WHERE, r"{s=S}(?:<C\d+_att>)*(?: \([^()]*\))? (?:<C\d+_\w+>-?)*(?: ?\w+){0,2} in (?:the )?{gap1}{o=P}(?! and <P)", LOOSE),
    Rule("en", WHERE, r"{s=S}(?:(?!<[SP]\d)[^.;:]){0,90} (?:located|situated|lying) [^.;,<]{0,40}?(?:in|within) (?:the )?{gap3}{o=P}", APPOSED),
    Rule("sv", WHERE, r"{s=S}(?:(?!<[SP]\d)[^.;:]){0,90} (?:belägen|beläget|ligger) [^.;,<]{0,40}?(?:i|inom) {gap2}{o=P}", APPOSED),
    Rule("fi", WHERE, r"{s=S:nom}(?:(?!<[SP]\d)[^.;:]){0,70} (?:on|oli) {o=P:loc} (?:sijaitse|toimi|oleva)\w+", APPOSED),
    Rule("sv", WHERE, r"{s=S},? i {gap1}{o=P}(?! och <P)", LOOSE),
    Rule("sv", WHERE, r"{s=S},? (?:en |ett )[^.;<>]{1,60} i {gap2}{o=P}", LOOSE),
    # ------------------------------------------------------------------ what it produces
    Rule("fi", MAKES, rf"{{s=S+:loc|ela}} {{gap3}}{_FI_MINED} {{gap3}}{{o=C+:par|nom|gen}}", SAID),
    Rule("fi", MAKES, rf"{{s=S+:loc|ela}} {{gap2}}{{o=C+:par|nom}} {{gap1}}{_FI_MINED}", SAID),
    Rule("fi", MAKES, rf"{{o=C+:par|nom}} (?:on )?{_FI_MINED} {{gap4}}{{s=S+:loc|ela}}", SAID),
    Rule("fi", MAKES, r"{s=S+:nom}{fin} (?:on )?(?:tuottaa|tuotti|tuottanut|tuottavat|louhi|louhii) {gap3}{o=C+:par|nom|gen}", SAID),
    Rule("fi", MAKES, r"{s=S:gen} {o=C:com}(?:tuotanto|louhinta)", APPOSED),
    Rule("fi", MAKES, r"{s=S:gen} (?:pää|tärkein )?tuot(?:e|teet) {gap1}(?:on|ovat|oli|olivat) {gap2}{o=C+:nom}", SAID),
    Rule("fi", MAKES, r"(?:louhii|tuottaa|louhi|tuotti|louhivat|tuottavat) {few}{o=C+:par|gen|nom} {gap2}{s=S:loc|ela}", SAID),
    Rule("fi", MAKES, r"{s=S:gen} {gap1}{o=C+:com}-?rikaste", APPOSED),
    Rule("en", MAKES, r"(?:mines|produces|extracts|quarries|produced|mined) {few}{o=C+} {gap2}(?:at|in|from) (?:the )?{s=S}", SAID),
    Rule("en", MAKES, r"{o=C+} concentrates? {gap2}(?:from|of|at) (?:the )?{s=S}", LOOSE),
    Rule("en", MAKES, r"{s=S},? (?:is )?an? (?:\w+ )?producer of {few}{o=C+}", SAID),
    Rule("en", MAKES, r"products of (?:the )?{s=S} (?:are|were|is|include) {few}{o=C+}", SAID),
    Rule("sv", MAKES, r"(?:bryter|producerar|bröt|producerade) {few}{o=C+} {gap2}(?:i|vid|från) {s=S}", SAID),
    Rule("fi", MAKES, r"{o=C:gen} (?:tuotan|louhin)\w+ {gap2}{s=S:loc|ela}", LOOSE),
    Rule("fi", WHERE, r"{s=S:gen} {gap1}(?:hyödyntämi|avaami|louhimi|rakentami|laajentami|laajennu|kaivos|louhin)\w* {gap1}{o=P:loc}", APPOSED),
    Rule("fi", RUN, r"{o=O:nom},? (?:tutkii|kairaa|suunnittelee|rakentaa|valmistelee|kehittää) {gap2}{s=S+:gen|par|loc}", LOOSE, plans=True),
    Rule("en", RUN, rf"{EN_MINED} {{gap1}}(?:at|in|from) (?:the )?{{s=S}}(?:(?! by )[^.;<]){{0,40}} by (?:the )?{{o=O+}}", APPOSED),
    Rule("en", MAKES, r"{s=S+}{in}{vp},?(?: which)? (?:has |have )?(?:produces?|produced|yields|yielded|mines|mined|is producing) {few}{o=C+}", SAID),
    Rule("en", MAKES, r"{s=S},? (?:an? )?{gap3}producing {gap2}{o=C+}", APPOSED),
    Rule("en", MAKES, rf"{{o=C+}},?(?: which| that)? (?:is|are|was|were|has been|have been) {{gap1}}{EN_MINED} {{gap3}}(?:at|in|from) (?:the )?{{s=S+}}", SAID),
    Rule("en", MAKES, rf"{{o=C+}} {EN_MINED} (?:at|in|from) (?:the )?{{s=S+}}", APPOSED),
    Rule("en", MAKES, r"(?:production|extraction) of {gap1}{o=C+} {gap2}(?:at|in|from) (?:the )?{s=S}", LOOSE),
    Rule("en", MAKES, r"{o=C+} production {gap3}(?:at|in|from) (?:the )?{s=S}", LOOSE),
    Rule("en", MAKES, rf"^(?:at|in) (?:the )?{{s=S}},? {{o=C+}} (?:is|are|was|were) {{gap1}}{EN_MINED}", SAID),
    Rule("en", MAKES, r"{s=S} (?:main |principal )?products? (?:is|are|was|were) {gap2}{o=C+}", SAID),
    Rule("sv", MAKES, r"{s=S+}{in}{vp},?(?: som)? (?:producerar|producerade|har producerat|bryter|bröt) {few}{o=C+}", SAID),
    Rule("sv", MAKES, rf"{{o=C+}} (?:som )?(?:har )?{_SV_MINED} {{gap3}}(?:i|vid|från|ur) {{s=S+}}", SAID),
    Rule("sv", MAKES, rf"\b(?:i|vid|från|ur) {{s=S+}} (?:har (?:man )?)?{_SV_MINED} {{gap3}}{{o=C+}}", SAID),
    Rule("sv", MAKES, rf"{{s=S}}[^.;]{{0,60}},? där (?:man )?{{o=C+}} {{gap1}}{_SV_MINED}", APPOSED),
    Rule("sv", MAKES, r"{s=S}[^.;]{0,60},? där (?:man )?(?:bröt|bryter) {gap2}{o=C+}", APPOSED),
    Rule("fi", MAKES, rf"{{s=S}}[^.;<]{{0,60}}, (?:jossa|josta|jolta|jolla) {{gap2}}{_FI_MINED} {{gap3}}{{o=C+:par|nom}}", APPOSED),
    Rule("fi", MAKES, rf"{{s=S}}[^.;<]{{0,60}}, (?:jossa|josta|jolta|jolla) {{gap2}}{{o=C+:par|nom}} {{gap1}}{_FI_MINED}", APPOSED),
    Rule("en", MAKES, rf"{{s=S}}[^.;<]{{0,60}},? where {{gap1}}{{o=C+}} (?:is|are|was|were) {{gap1}}{EN_MINED}", APPOSED),
    Rule("sv", MAKES, r"(?:produktion\w*|brytning\w*) av {o=C+} {gap2}(?:i|vid) {s=S}", LOOSE),
    Rule("sv", MAKES, r"{o=C:com}(?:produktion\w*|brytning\w*) {gap1}(?:i|vid) {s=S}", LOOSE),
    # ------------------------------------------------------------------ what it holds
    Rule("fi", HOLDS, r"{s=S+:nom|gen}{fin} (?:malmi )?(?:sisält\w+|sisälsi\w*) {few}{o=C+:par|nom|gen}", SAID),
    Rule("fi", HOLDS, r"{s=S+:loc} (?:on|oli|ovat|esiintyy|tiedetään olevan|tutkitaan|etsitään) (?!\w*(?:louhi|tuote|kaive|rikaste))(?:myös |runsaasti |merkittävästi |paljon |jonkin verran |pieniä määriä )?{o=C+:par|nom}", APPOSED),
    Rule("fi", HOLDS, r"{s=S}[^.;]{0,80}, (?:ja )?(?:siinä|siellä) on {gap2}{o=C+:par}", APPOSED),
    Rule("fi", HOLDS, r"{s=S}[^.<>]{0,40}, joss?a (?:on|oli|esiintyy) {gap2}{o=C+:par|nom}", APPOSED),
    Rule("fi", HOLDS, r"{s=S:gen} {gap1}{o=C+:com}-?(?:malmi|esiintym|varan|variko|kaivo)", APPOSED),
    Rule("fi", HOLDS, r"{s=S:nom}{fin} (?:on|oli) {any4}{o=C+:com}-?(?:malmi|kaivo|esiintym|hank)", APPOSED),
    Rule("fi", HOLDS, r"{s=S:gen} {gap1}(?:raaka-aine|arvometalli|päämetalli|metalli)\w* (?:on|ovat) {gap1}{o=C+:nom}", SAID),
    Rule("fi", HOLDS, r"{o=C+:par} (?:on |esiintyy |löytyy )(?:myös |runsaasti )?{s=S+:loc|ela}", APPOSED),
    Rule("fi", HOLDS, r"{s=S:gen} {o=C:nom|par|gen|ela|loc|ill}(?! ja <S)(?=[ .,;]|$)", WEAK),
    Rule("en", HOLDS, r"{s=S+}{in}{vp},?(?: which)? (?:contains?|contained|hosts?|hosted|holds?|is rich in|are rich in|carries|bears) {few}{o=C+}", SAID),
    Rule("en", HOLDS, r"{s=S}(?: in {P})?(?:, [^,;.]{1,60},)? (?:is|was) {any4}{o=C+} (?:ore )?(?:mine|deposit|prospect|ore|project|orebody|occurrence)", APPOSED),
    Rule("en", HOLDS, r"(?<![-\w>] ){o=C+} (?:from|at) (?:the )?{s=S}(?! (?:and|or))", LOOSE),
    Rule("en", HOLDS, r"{s=S} (?:is|was),? {any5}{o=C+} (?:ore )?(?:mine|deposit|prospect|ore|project|orebody|occurrence)", APPOSED),
    Rule("en", HOLDS, r"{s=S}, an? {any4}{o=C+} (?:ore )?(?:mine|deposit|prospect|project|orebody|occurrence)", APPOSED),
    Rule("en", HOLDS, r"(?<![-\w>]){o=C+} (?:ore )?(?:mine|deposit|prospect|ore|project|orebody|occurrence)s? (?:at|of|in|called|named) (?:the )?{s=S+}", APPOSED),
    Rule("en", HOLDS, r"{s=S:gen}? ?{o=C+} (?:ore|mineralisation|mineralization|resources?|reserves?|orebody)", APPOSED),
    Rule("en", HOLDS, r"(?:grades?|content|contents|concentrations?) of {o=C+} {gap2}(?:at|in) (?:the )?{s=S}", LOOSE),
    Rule("sv", HOLDS, r"{s=S+}{in}{vp},?(?: som)? (?:innehåller|innehöll|är rik på|hyser) {few}{o=C+}", SAID),
    Rule("sv", HOLDS, r"{s=S} (?:är|var) {any4}{o=C+:com|nom}-?(?:gruv|fyndighet|malm|förekomst|projekt)", APPOSED),
    Rule("sv", HOLDS, r"(?<![-\w>]){o=C+:com}-?(?:gruvan|gruva|fyndigheten|fyndighet|malmen|förekomsten|projektet) (?:i |vid )?{s=S}", APPOSED),
    Rule("sv", HOLDS, r"{s=S}s? {o=C+:com}-?(?:gruv|fyndighet|malm|förekomst)", APPOSED),
    Rule("sv", HOLDS, r"\bi {s=S} (?:finns|fanns) {gap2}{o=C+}", APPOSED),
    Rule("fi", HOLDS, r"{s=S:nom}(?:(?!<S\d)[^.;:]){0,80} (?:on|oli) {any5}{o=C+:com}-?(?:malmi|kaivo|esiintym|hank)", APPOSED),
    Rule("en", HOLDS, r"{s=S}(?:(?!<S\d)[^.;:]){0,80} (?:is|was) {any6}{o=C+} (?:ore )?(?:mine|deposit|project|orebody)\b", APPOSED),
    Rule("sv", HOLDS, r"{s=S}(?:(?!<S\d)[^.;:]){0,80} (?:är|var) {any5}{o=C+:com}-?(?:gruv|fyndighet|malm|förekomst)", APPOSED),
    # ------------------------------------------------------------------ who runs it
    Rule("fi", RUN, r"{o=O:gen} (?:omistam\w+|operoim\w+|hallinnoim\w+|hallitsem\w+)? ?{s=S}(?! (?:ja|osti))", APPOSED),
    Rule("fi", RUN, r"{s=S:gen|par} (?:omistaa|omisti|operoi|pyörittää|hallinnoi|johtaa) {gap3}{o=O:nom}", SAID),
    Rule("fi", RUN, r"{o=O:nom} (?:omistaa|omisti|operoi|pyörittää|hallinnoi|osti|hankki|avasi|käynnisti|sulki) {gap3}{s=S+:gen|par}", SAID),
    Rule("fi", RUN, r"{s=S}[^.;:]{0,80}, (?:ja sen|jonka|jota|ja sitä) (?:omistaa|omisti|operoi|pyörittää|hallinnoi) {gap2}{o=O:nom}", SAID),
    Rule("fi", RUN, r"{s=S:par|gen} (?:kehittää|kehitti) {gap1}{o=O:nom}", LOOSE),
    Rule("fi", RUN, r"{o=O:gen} [a-zåäö-]*(?:kaivo(?:s|ksella|ksessa|ksen)|kaivoshanke|hanke) {s=S}", APPOSED),
    Rule("fi", RUN, r"{s=S:loc} {o=O:nom} (?:louhii|louhi|tuottaa|tuotti|tutkii|kairaa)", APPOSED),
    Rule("fi", RUN, r"{s=S:loc} (?:toimii|toimi|louhii|tuottaa) {gap2}{o=O:nom}", LOOSE),
    Rule("fi", RUN, r"{s=S:gen} (?:kaivosyhtiö|toiminnanharjoittaja|omistaja) {o=O:nom}", SAID),
    Rule("en", RUN, r"{o=O},?(?: which)? (?:owns|operates|runs) {any4}{s=S+}", LOOSE),
    Rule("en", RUN, r"{o=O} (?:mines|mined|produces|produced|extracts|quarries|explores|is exploring|is developing|develops|drilled) {any5}(?:at|in|from) (?:the )?{s=S}", LOOSE),
    Rule("en", RUN, r"{o=O} (?:is developing|develops|explores|is exploring) (?:the )?{s=S}", APPOSED),
    Rule("en", RUN, r"^(?:at|in) (?:the )?{s=S},? (?:the )?{o=O} (?:mines|mined|produces|produced|extracts|quarries|explores)", APPOSED),
    Rule("sv", RUN, r"{o=O} (?:bryter|bröt|producerar|producerade|prospekterar) {any4}(?:i|vid) {s=S}", LOOSE),
    Rule("sv", RUN, r"\bi {s=S} (?:bryter|bröt|producerar|producerade|prospekterar|driver) {o=O}", APPOSED),
    Rule("sv", RUN, r"{s=S},? som {o=O} (?:driver|drev|äger|ägde)", SAID),
    Rule("fi", RUN, r"{o=O:nom} (?:tutkii|kairaa|suunnittelee|rakentaa) {gap2}{s=S+:gen|par|loc}", LOOSE, plans=True),
    Rule("fi", RUN, r"{o=O:nom} (?:aikoo|suunnittelee) {any4}{s=S:loc}", WEAK + 0.1, plans=True),
    Rule("fi", RUN, r"{s=S:gen} (?:perusti|avasi) {gap1}{o=O:nom}", SAID),
    Rule("en", RUN, r"{s=S} of {o=O}(?! and)", APPOSED),
    Rule("en", RUN, r"(?:drilling|exploration|mining|work|operations?) by {o=O} (?:at|in) (?:the )?{s=S}", APPOSED),
    Rule("en", RUN, r"{o=O}[^.;]{0,60} plans {any4}(?:at|in) (?:the )?{s=S}", LOOSE, plans=True),
    Rule("sv", RUN, r"{s=S}[^.;]{0,40} (?:drivs|drevs) [^.;]{0,60}(?:av) {any3}och (?:i dag|numera|nu|senare|sedan) av {o=O}", SAID),
    Rule("sv", RUN, r"{s=S},? som (?:då|i dag|numera|nu|tidigare) (?:drivs|drevs|ägs|ägdes) av {o=O}", SAID),
    Rule("fi", RUN, r"{o=O:nom} (?:louhii|louhi|tuottaa|tuotti|harjoittaa|harjoitti) {any5}{s=S+:loc|ela}", LOOSE),
    Rule("fi", RUN, r"{s=S:gen} (?:nykyinen |entinen |silloinen |aiempi )?(?:omistaja|toiminnanharjoittaja|haltija|operaattori|omistajayhtiö|kaivosyhtiö)\w* {gap2}(?:on|oli|oli aiemmin|toimii)? ?{gap1}{o=O:nom}", SAID),
    Rule("fi", RUN, r"{o=O:nom} (?:on|oli|toimii) {s=S:gen} (?:omistaja|toiminnanharjoittaja|haltija|operaattori)", SAID),
    Rule("fi", RUN, r"{s=S:nom} (?:kuuluu|kuului|siirtyi|myytiin) {gap2}{o=O:ill}", SAID),
    Rule("fi", RUN, r"{s=S:nom|gen} (?:on|oli) {gap3}{o=O:gen} (?:omistuksessa|hallinnassa|omistama|operoima|hallussa)", SAID),
    Rule("en", RUN, r"{s=S+}{in}{vp},?(?: which| that)?(?: is| was| are| were| has been| being)? (?:\d\d? (?:%|per cent) )?(?:wholly |fully |now |currently |formerly |previously )?(?:owned|operated|run|managed|mined|developed)(?: and (?:owned|operated|run|managed))? by {gap3}(?:the )?{gap2}{o=O+}", SAID),
    Rule("en", RUN, r"{o=O},?(?: which)? (?:owns|owned|operates|operated|runs|ran|acquired|bought|purchased|has operated|has owned|opened|reopened|closed)(?: and (?:owns|operates|runs))? {gap2}{s=S+}", SAID),
    Rule("en", RUN, r"{o=O:gen}(?:’s|'s|’)? (?:former )?(?:<C\d+_\w+> ?)?{s=S+}", APPOSED),
    Rule("en", RUN, r"(?:owner|operator)(?: and (?:owner|operator))? of (?:the )?{s=S+}(?:,| is| was|, is)? (?:the )?{gap1}{o=O}", SAID),
    Rule("en", RUN, r"{o=O},? (?:is |was |which is )?(?:the |an? )?(?:current |former |sole )?(?:owner|operator)(?: and (?:owner|operator))? of (?:the )?{s=S+}", SAID),
    Rule("en", RUN, r"{s=S:gen}(?:’s|'s|’)? (?:current |former )?(?:owner|operator),? (?:is |was )?{o=O}", SAID),
    Rule("en", RUN, r"{s=S} \({o=O}\)", LOOSE),
    Rule("sv", RUN, r"{s=S+}{in}{vp},?(?: som)? (?:ägs|drivs|ägdes|drevs|innehas|sköts|opereras)(?: och (?:drivs|ägs))? {gap2}av {gap2}{o=O+}", SAID),
    Rule("sv", RUN, rf"{{s=S}}[^.;]{{0,100}} {_SV_MINED} {{any6}}av {{gap1}}{{o=O}}", LOOSE),
    Rule("en", RUN, rf"{{s=S}}[^.;]{{0,100}} {EN_MINED} {{any6}}by (?:the )?{{o=O}}", LOOSE),
    Rule("sv", RUN, r"{o=O},?(?: som)? (?:äger|driver|ägde|drev|köpte|innehar|opererar|öppnade|stängde)(?: och driver)? {gap2}{s=S+}", SAID),
    Rule("sv", RUN, r"{o=O:gen} (?:<C\d+_\w+> ?)?(?:gruva |gruvan )?{s=S+}", APPOSED),
    Rule("sv", RUN, r"(?:ägare till|ägaren av|operatör för|verksamhetsutövare (?:vid|i|för)) {s=S+} (?:är|var) {o=O}", SAID),
    Rule("sv", RUN, r"{s=S:gen} (?:nuvarande |tidigare )?(?:ägare|operatör|verksamhetsutövare) (?:är|var) {o=O}", SAID),
    Rule("fi", RUN, r"{s=S:nom} (?:on|oli) {o=O:gen} {any3}(?:kaivos|louhos|hanke|esiintymä|rikastamo)", SAID),
    Rule("en", RUN, r"{o=O:gen}(?:’s|'s|’)? (?:[^\s<>.,;:()]+ ){0,3}(?:<C\d+_\w+>[- ]?)*{s=S+}(?! and)", APPOSED),
    Rule("en", RUN, r"(?:at|from|in) its {gap2}{s=S}[^.;:<]{0,40}(?: in <P\d+_\w+>)?, {o=O}", SAID),
    Rule("en", RUN, r"{o=O}[^.;:<]{0,60} (?:at|from|in|of) its {gap2}{s=S}", SAID),
    Rule("sv", RUN, r"{o=O:gen} (?:[^\s<>.,;:()]+ ){0,2}(?:<C\d+_\w+>-?)*(?:gruva |gruvan |dagbrott )?{s=S+}(?! och)", APPOSED),
    # ------------------------------------------------------------------ at which stage it is
    Rule("fi", AT, r"{s=S}[^.;:]{0,80} (?:on|ovat|oli|olivat|siirtyi|etenee|eteni) {gap3}{o=L:loc|ess|ill}", APPOSED, plans=True),
    Rule("fi", AT, r"{s=S}[^.;:]{0,60} ja {gap1}{o=L:loc}", LOOSE),
    Rule("en", AT, r"{s=S}[^.;:]{0,80} (?:is|are|has been|have been|remains?|was|entered|went|moved) (?:now |currently |still |already |again |placed |put |into ){0,3}(?:in |at |on |under |an? )?(?:the |its )?(?:stage of |phase of )?{o=L}", APPOSED, plans=True),
    Rule("sv", AT, r"{s=S}[^.;:]{0,80} (?:är|befinner sig|har varit|gick) (?:nu |fortfarande |åter |in ){0,2}(?:i |på |under |en )?{o=L}", APPOSED, plans=True),
    Rule("fi", AT, r"{s=S+:nom} (?:on|ovat|oli|olivat) {gap2}{o=L:loc|ess}", SAID, plans=True),
    Rule("fi", AT, r"{s=S+:nom} {o=L:loc}", APPOSED, plans=True),
    Rule("fi", AT, r"{s=S+:nom} (?:on|oli) {gap1}{o=L:nom}", APPOSED),
    Rule("fi", AT, r"{s=S:gen} {o=L:nom} (?:on käynnissä|alkoi|käynnistyi|on kesken|jatkuu|on meneillään)", SAID, plans=True),
    Rule("en", AT, r"{o=L} (?:of|for|at) (?:the )?{s=S} (?:is under way|is underway|started|began|continues|is ongoing)", SAID, plans=True),
    Rule("sv", AT, r"{o=L} (?:för|vid|i) {s=S} (?:pågår|inleddes|startade|fortsätter)", SAID, plans=True),
    Rule("en", AT, r"{s=S+}{in},? (?:is|are|was|were|has been|have been|remains?|entered) (?:now |currently |still )?(?:in|at|under|on) (?:the |its |an? )?{o=L}", SAID, plans=True),
    Rule("en", AT, r"{s=S+}{in},? (?:is|was) (?:now |currently |still )?(?:an? )?{o=L}", APPOSED),
    Rule("sv", AT, r"{s=S} (?:i|utanför|vid|nära|på) {gap1}<?[^.;,]{1,30} är {gap1}{o=L}", APPOSED),
    Rule("en", AT, r"{s=S} in <?[^.;,]{1,30} is (?:now |currently )?(?:an? )?{o=L}", APPOSED),
    Rule("sv", AT, r"{s=S+}{in},?(?: som)? (?:är|befinner sig|befann sig|var) (?:nu |ännu )?(?:i |på |en )?{o=L}", SAID, plans=True),
)  # fmt: skip

# What a sentence without a site says of the one that its paragraph speaks of.
IMPLIED = (
    Rule("fi", RUN, r"(?:omistajina|omistajana) (?:ovat olleet|on ollut|olivat|oli|ovat|on) {gap1}{o=O+:nom}", APPOSED),
    Rule("fi", RUN, r"{o=O:nom} (?:aloitti|käynnisti|jatkoi|lopetti) (?:louhinnan|tuotannon|kaivostoiminnan|toiminnan)", APPOSED),
    Rule("fi", RUN, r"(?:toimintaa|tuotantoa|louhintaa) (?:on )?(?:jatkanut|jatkoi|jatkaa|harjoitti|harjoittaa) {gap3}{o=O:nom}", APPOSED),
    Rule("en", RUN, r"{o=O} (?:opened|reopened|restarted|operated|operates|owned|owns|bought|acquired|closed|built|developed|runs|ran) it\b", APPOSED),
    Rule("en", RUN, r"{o=O} (?:began|started|resumed|continued|ended) (?:mining|production|operations)", APPOSED),
    Rule("en", RUN, r"(?:owners|operators) (?:have been|were|are|include|included) {gap1}{o=O+}", APPOSED),
    Rule("sv", RUN, r"{o=O} (?:inledde|startade|återupptog|avslutade) (?:brytningen|produktionen|verksamheten)", APPOSED),
    Rule("sv", RUN, r"(?:ägare|operatörer) (?:har varit|var|är) {gap1}{o=O+}", APPOSED),
)  # fmt: skip

STATES = (
    ("fi", "operation", r"{s=S+:nom}{fin} (?:on|ovat|on ollut) (?:yhä |edelleen |nyt |jälleen |täydessä )?(?:toiminnassa|tuotannossa|käynnissä|käytössä|toimiva)"),
    ("fi", "operation", r"toimiv(?:a|an|alla|assa|ista|at) {s=S+}"),
    ("fi", "closure", r"{s=S+:nom}{fin} (?:suljettiin|on suljettu|sulkeutui|lopetettiin|lakkautettiin|lopetti toimintansa|lopetti tuotannon)"),
    ("fi", "closure", r"{s=S:gen} (?:toiminta|tuotanto|louhinta) (?:päättyi|loppui|lopetettiin|lakkasi|on päättynyt|on lopetettu)"),
    ("fi", "abandoned-mine", r"(?:suljetu|hylät)(?:n|lla|ssa|sta|lta|lle|lle|ksi|tu|tä) {s=S+}|(?<!\w)(?:hylätty|suljettu) {s2=S}"),
    ("fi", "construction", r"{s=S+:nom} (?:on|oli) (?:rakenteilla|rakennusvaiheessa|rakentamisvaiheessa)"),
    ("fi", "feasibility", r"{s=S+:nom} (?:on|oli|ovat) (?:yhä |vielä )?suunnitteluvaiheessa|{s2=S} suunnitteluvaiheessa"),
    ("fi", "care-and-maintenance", r"{s=S+:nom} (?:on|oli|asetettiin|siirtyi|siirrettiin) (?:hoito- ja )?ylläpi(?:to|don)\w*"),
    ("en", "operation", r"{s=S+}{in} (?:is|are|has been|have been) (?:still |now |again |currently )?(?:in operation|operating|operational|active|in production|producing)(?! by)"),
    ("en", "operation", r"(?:operating|active) {s=S+}"),
    ("en", "operation", r"(?:production|mining|operations) (?:at|in) (?:the )?{s=S} (?:continues|continue|is ongoing)"),
    ("fi", "operation", r"{s=S:gen} (?:tuotanto|kaivostoiminta|toiminta|louhinta) jatkuu"),
    ("en", "exploration", r"(?:exploration|exploratory drilling) (?:is under way|is underway|continues|is ongoing) (?:at|in) (?:the )?{s=S}"),
    ("fi", "exploration", r"malminetsintä (?:on käynnissä|jatkuu) {s=S:loc}|{s2=S:loc} (?:tehdään|jatketaan) malminetsintää"),
    ("sv", "exploration", r"(?:prospektering|malmletning)(?:en)? (?:pågår|fortsätter) (?:i|vid) {s=S}"),
    ("en", "closure", r"{s=S+}{in},?(?: which| that)? (?:was|were|has been|have been) (?:permanently |finally )?(?:closed|shut down|decommissioned)"),
    ("en", "closure", r"{s=S+}{in}, closed(?= in \d)"),
    ("en", "closure", r"{s=S+}{in},?(?: which)? (?:closed|ceased (?:operations?|production)|shut down)(?= (?:in|at|down)|[.,])"),
    ("en", "closure", r"(?:mining|production|operations?) (?:at|in) (?:the )?{s=S} (?:ended|ceased|stopped)"),
    ("en", "abandoned-mine", r"(?:closed|abandoned|former|disused) {s=S+}"),
    ("en", "construction", r"{s=S+} (?:is|are|was) (?:currently )?(?:under construction|being built)"),
    ("en", "feasibility", r"{s=S+} (?:is|was) (?:at|in) the planning stage"),
    ("en", "care-and-maintenance", r"{s=S+}{in} (?:is|was|has been) (?:put |placed )?(?:on|under|in) care and maintenance"),
    ("sv", "operation", r"{s=S+}{in} (?:är|har varit) (?:fortfarande |åter |ännu )?(?:i drift|i produktion|aktiv|aktiva|verksam)"),
    ("sv", "closure", r"{s=S+}{in}{vp},?(?: som)? (?:stängdes|lades ned|lades ner|stängts|har stängts|har lagts ned|har lagts ner|är stängd|är nedlagd|upphörde)"),
    ("sv", "abandoned-mine", r"(?:nedlagda|övergivna|stängda) (?:gruvan )?{s=S+}"),
    ("sv", "construction", r"{s=S+} (?:är under byggnad|håller på att byggas|byggs)"),
    ("sv", "feasibility", r"{s=S+} (?:är|befinner sig) (?:i|på) planeringsskedet"),
)  # fmt: skip
