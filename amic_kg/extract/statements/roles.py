# ruff: noqa: E501 -- an alternative of words stands on one line
"""Words of owning, mining, leading and joining in three languages, as frames of sites and projects."""

from __future__ import annotations

from amic_kg.extract.statements.frames import Frame

NAMED = 0.82
"""A word of the class, and one subject and its objects in the clause."""
MEANT = 0.76
"""The class is wider than the role: who mines somewhere mostly runs the mine."""

_RUN, _MAKES, _HOLDS = "hasOperator", "produces", "hasCommodity"
_LEADS, _JOINS, _FUNDS = "coordinator", "partner", "fundedUnder"
_BEGINS, _ENDS, _SPANS = "start", "end", "span"

# Water and waste hold metals, too; that is no commodity of the site.
NO_ORE = r"(?:vesi|vede|vett|hiek|lieju|sakka|lammi|kalo|maaperä|sammal|pöly|pohjave|water|tailing|sludge|sediment|soil|dust|moss|fish|lake|vatten|sand|slam|sjö|damm|mark(?:en|prov))"
_NO_RUNNER = r"(?:konsult|consult|permit(?:s|ting)? (?:authorit|decision)|lupaviranom|urako|contractor|laborato|tillstånds|analy[sz]|näytte|sampl|supplie|toimitti|levere|kairasi|drilled for|sold|myi\b|sålde)"
_FI_ACTS = r"omista(?:a|nut|neet|vat)|omisti(?:vat)?|operoi(?:nut|vat)?|pyörittä(?:ä|nyt)|pyöritti|hallinnoi(?:nut)?|hallitsee|ost(?:i|anut)|hankki(?:nut)?|avasi|käynnisti|sulki|valmistelee|valmistellut|kehittä(?:ä|nyt)|kehitti|rakenta(?:a|nut)|rakensi|ylläpitää|jatkaa|harjoitta(?:a|nut)|harjoitti|vastaa|vastasi|vastannut|perusti"
_FI_DIGS = r"louhi(?:i|nut|vat)?|tuotta(?:a|nut|vat)|tuotti(?:vat)?|rikastaa|rikasti"
_FI_MADE = r"louhi\w+|louhi|tuote(?:taan|ttiin)|tuotettu|tuotta(?:a|nut|vat)|tuotti(?:vat)?|saadaan|saatiin|saatu|talteen|rikaste(?:taan|ttiin)|rikastettu|erote(?:taan|ttiin)|kaive(?:taan|ttiin)|kaivettu|hyödynne(?:tään|ttiin)|(?:pää|sivu)?tuot(?:e|teet|teita|teena|teina|teisiin)|tuottaja|tuotantoon"
_EN_MADE = r"produc(?:es?|ed|ing)|yield(?:s|ed)|mined|mines(?= <)|recover(?:s|ed)|extract(?:s|ed)|quarr(?:ies(?= <)|ied)|(?:main |principal |by-|primary )?products?(?: (?:is|are|was|were|include[sd]?))|producers? of|output of|source of"
_SV_MADE = r"utvinn(?:s|er)|utvann(?:s)?|bryt(?:er|s)|bröts?|producera(?:r|s|de|des)|framställ(?:s|er|des)|(?:huvud)?produkt(?:en|er|erna) (?:är|var)|producent av"
NO_MAKING = r"(?:etsi|tutki|mahdolli|suunnit|aikoo|arvioi|kysyn|hinta|hinna|explor|price|demand|plan|possible|potential|could|letar|prospekt|pris|möjlig|efterfråg)"

SITE_FRAMES = (
    # ------------------------------------------------------------------ who runs it
    Frame("fi", _RUN, _FI_ACTS, "O", "near", NAMED, cases="nom", reach=5, unless=_NO_RUNNER),
    Frame("fi", _RUN, _FI_DIGS, "O", "near", MEANT, cases="nom", reach=5, unless=_NO_RUNNER),
    Frame("fi", _RUN, r"(?:omista|operoi|hallinnoi|pyörittä|louhi|kehittä|avaa|rakenta|valmistele|hallitse|ylläpitä|perusta|käynnistä)m\w+", "O", "before", NAMED, cases="gen", reach=1),
    Frame("fi", _RUN, r"omistuk\w+|hallinnas\w+|hallus\w+|omaisuut\w+", "O", "before", NAMED, cases="gen", reach=0),
    Frame("fi", _RUN, r"kuului?|kuuluu|siirtyi|siirtynyt|myytiin|päätyi", "O", "near", NAMED, cases="ill", reach=3),
    Frame("fi", _RUN, r"(?:pää)?omistaj(?:a|ana|at|ina|iksi|aksi)|toimija(?:na)?|toiminnanharjoittaj(?:a|ana|at)|operaattori(?:na)?|kaivosyhtiö(?:nä)?|haltija(?:na)?", "O", "near", NAMED, cases="nom", reach=3, alone=True),
    Frame("fi", _RUN, r"(?:kaivos)?toiminnasta (?:vastaa|vastasi|on vastannut)", "O", "after", NAMED, cases="nom", reach=2, alone=True),
    Frame("fi", _RUN, r"jolla on|jonka omistuksessa on", "O", "before", NAMED, cases="nom", reach=1),
    Frame("en", _RUN, r"owns|owned|operates|operated|runs|ran|mines|acquire[sd]|bought|buys|purchase[sd]|opened|reopened|restarted|develops|is developing|has (?:operated|owned|run|developed|been (?:developing|operating|running))|operating|took over|explores|controls", "O", "before", NAMED, reach=3, unless=_NO_RUNNER),
    Frame("en", _RUN, r"belong(?:s|ed) to|(?:became|is|was) (?:a )?part of|(?:was |were |been )?(?:transferred|sold|passed) to|property of", "O", "after", NAMED, reach=4),
    Frame("en", _RUN, r"owned|operated|run|managed|mined|developed|controlled|acquired|bought|reopened|restarted|opened|explored|held", "O", "by", NAMED),
    Frame("en", _RUN, r"(?:owns?|holds?|held|has|have) (?:the |all |an? )?(?:\w+ )?(?:permits?|licen[cs]es?|rights|claims|concessions?|exploitation rights)", "O", "before", MEANT, reach=3),
    Frame("en", _RUN, r"produces?|produced|extracts|extracted|recovers", "O", "before", MEANT, reach=2, unless=_NO_RUNNER),
    Frame("en", _RUN, r"(?<!train )(?:owners?|operators?)|developer|ownership|mine owner|mining company|licence holder", "O", "near", NAMED, reach=4, alone=True),
    Frame("sv", _RUN, r"äger|ägde|driver|drev|opererar|innehar|innehade|köpte|öppnade|utvecklar|tog över|återöppnade|förvärvade", "O", "near", NAMED, reach=4, unless=r"\bav <O|" + _NO_RUNNER),
    Frame("sv", _RUN, r"ägs|ägdes|ägt|drivs|drevs|driven|drivits|innehas|opereras|opererades|sköts|köptes|öppnas?|öppnades|utvecklas|bryts|bröts", "O", "by", NAMED, reach=6),
    Frame("sv", _RUN, r"tillhör(?:de)?|såldes till|övergick till|övertogs av", "O", "after", NAMED, reach=4),
    Frame("sv", _RUN, r"bryter|bröt|utvinner|utvann|producerar|producerade", "O", "near", MEANT, reach=2, unless=_NO_RUNNER),
    Frame("sv", _RUN, r"ägaren?|ägare till|operatören?|gruvbolaget|gruvägaren|verksamhetsutövaren?", "O", "near", NAMED, reach=3, alone=True),
    # ------------------------------------------------------------------ what it produces
    Frame("fi", _MAKES, _FI_MADE, "C", "near", NAMED, cases="par|nom|gen|com", reach=4, unless=NO_MAKING),
    Frame("fi", _MAKES, r"(?:pää|sivu)?tuot(?:e|teet|teina|teena)", "C", "after", NAMED, cases="par|nom|com", reach=3, alone=True, unless=NO_MAKING),
    Frame("fi", _MAKES, r"ohella|lisäksi", "C", "before", MEANT, cases="gen", reach=0, unless=NO_MAKING + r"|^(?!.*(?:tuott|louhi|saatiin|saada))"),
    Frame("fi", _MAKES, r"tuottaja|tuottajia", "C", "before", NAMED, cases="gen", reach=1),
    Frame("en", _MAKES, _EN_MADE, "C", "near", NAMED, reach=4, unless=NO_MAKING),
    Frame("en", _MAKES, r"(?:main |principal |primary )?products? (?:is|are|was|were|include[sd]?)", "C", "after", NAMED, reach=3, alone=True),
    Frame("en", _MAKES, r"producers?", "C", "before", NAMED, reach=0),
    Frame("sv", _MAKES, _SV_MADE, "C", "near", NAMED, reach=4, unless=NO_MAKING),
    Frame("sv", _MAKES, r"(?:huvud|bi)?produkt(?:en|er|erna) (?:är|var)", "C", "after", NAMED, reach=3, alone=True),
    # ------------------------------------------------------------------ what it holds
    Frame("fi", _HOLDS, r"arvometalli\w*|päämetalli\w*|arvoaine\w*|hyötymetalli\w*|raaka-aine\w*|päämalmi\w*|malmimineraal\w*|sisält(?:ää|ävät)|sisälsi(?:vät)?", "C", "after", NAMED, cases="par|nom|gen|com", reach=3, unless=NO_ORE),
    Frame("en", _HOLDS, r"(?:main |principal |primary )?(?:commodity|commodities|metals of (?:interest|value)|value metals)|rich in|enriched in|contain(?:s|ed|ing)?|hosts|hosted|holds|grading|bearing", "C", "after", NAMED, reach=4, unless=NO_ORE),
    Frame("sv", _HOLDS, r"innehåll(?:er|ande)|innehöll|rik på|huvudmetall(?:en|erna)?|värdemetall(?:er|erna)", "C", "after", NAMED, reach=3, unless=NO_ORE),
    Frame("en", _HOLDS, r"deposits?|mine|project|prospect|orebody|occurrence", "C", "before", MEANT, reach=0, unless=r"\b(?:no|other|another|similar|such|like|type)\b"),
    Frame("sv", _HOLDS, r"(?:malm)?(?:gruvan?|fyndighet(?:en)?|förekomst(?:en)?)", "C", "before", MEANT, reach=0, unless=r"\b(?:annan|andra|liknande)\b"),
)  # fmt: skip

_EVENT = r"(?:työpaj|workshop|seminaar|seminar|kokou|meeting|conference|konferen|kysely|survey|enkät|ohjausryhm|steering|styrgrupp|haastatel|interview|intervju|finansier\w+ av <O|(?:funded|financed) by (?:the )?<O|rahoitta\w+ (?:\w+ )?<O)"
_PART = r"(?:ohjelmakau|programme|programperiod|työpaket|osahan|osahank|work package|\bwp ?\d|\btask\b|arbetspaket|delprojekt)"
_FI_PARTNERS = r"(?:muu[t]? |muina )?(?:hanke|projekti|yhteistyö)?(?:kumppan\w+|partner\w+)|(?:osa|muut )?toteuttaj(?:at|ina|ia|ista|averkosto\w*|ataho\w*|ien)|osapuol\w+"

PROJECT_FRAMES = (
    # ------------------------------------------------------------------ who leads
    Frame("fi", _LEADS, r"koordinoi(?:nut|vat)?|johtaa|johti|johtanut|vetää|veti|vetänyt|hallinnoi(?:nut)?|(?:pää)?koordinaattori(?:na|ksi)?|päätoteuttaj(?:a|ana)|vetäj(?:ä|änä)|vastuutaho(?:na)?|hallinnoij(?:a|ana)|vastaa|vastasi", "O", "near", NAMED, cases="nom", reach=3, alone=False, plans=True, unless=_PART),
    Frame("fi", _LEADS, r"koordinaattori(?:na|ksi)?|päätoteuttaj(?:a|ana)|hank(?:keen|etta) (?:koordinoi|johtaa|johti|vetää|veti|hallinnoi)|koordinoinnista (?:vastaa|vastasi)", "O", "near", MEANT, cases="nom", reach=3, alone=True, plans=True, unless=_PART),
    Frame("fi", _LEADS, r"(?:vetä|johta|koordinoi|hallinnoi)m\w+|johdolla|vetämänä|koordinoimana|johtamana", "O", "before", NAMED, cases="gen", reach=0, plans=True, unless=_PART),
    Frame("fi", _LEADS, r"vetovastuu\w*|päävastuu\w*|koordinaatiovastuu\w*|koordinointivastuu\w*", "O", "near", NAMED, cases="loc|nom", reach=3, alone=True, plans=True, unless=_PART),
    Frame("en", _LEADS, r"coordinated|led|headed|managed|spearheaded|leadership|coordination|lead", "O", "by", NAMED, plans=True, unless=_PART),
    Frame("en", _LEADS, r"under the (?:leadership|coordination|lead|guidance|direction) of|responsibility of", "O", "after", NAMED, reach=2, plans=True, unless=_PART),
    Frame("en", _LEADS, r"coordinates|coordinated|coordinating|leads|led|heads|headed|leading|in charge of|acts as (?:the )?coordinator|responsible for (?:the )?(?:coordination|overall)", "O", "before", NAMED, reach=2, plans=True, unless=_PART),
    Frame("en", _LEADS, r"coordinator|lead partner|project leader|lead beneficiary|coordinating (?:partner|institution|organisation)", "O", "near", NAMED, reach=4, alone=True, plans=True, unless=_PART),
    Frame("sv", _LEADS, r"koordinera[ts]|koordinerades|leds?|leddes|lett|ledd|samordna[ts]|samordnades|ledning|projektledning", "O", "by", NAMED, plans=True, unless=_PART),
    Frame("sv", _LEADS, r"under ledning av|i ledning av", "O", "after", NAMED, reach=2, plans=True, unless=_PART),
    Frame("sv", _LEADS, r"koordinerar|koordinerade|leder|ledde|samordnar|samordnade|ansvarar för|håller i|ansvarig för|koordinatorn?|samordnaren?|projektägaren?|huvudmannen|lead partner|huvudansvaret?|projektansvarig", "O", "near", NAMED, reach=3, alone=True, plans=True, unless=_PART + r"|\bav <O"),
    # ------------------------------------------------------------------ who joins
    Frame("fi", _JOINS, _FI_PARTNERS, "O", "rest", NAMED, cases="nom|gen|par", reach=5, alone=True, plans=True, unless=_EVENT),
    Frame("fi", _JOINS, r"osallistu\w+|mukana|yhteistyökumppaneina|toteuttavat|toteuttivat", "O", "rest", NAMED, cases="nom|par", reach=4, plans=True, unless=_EVENT),
    Frame("fi", _JOINS, r"konsortio\w*|toteuttajaverkosto\w*|toteuttajajoukko\w*|partneristo\w*", "O", "after", NAMED, cases="nom|gen", reach=4, alone=True, plans=True, unless=_EVENT),
    Frame("fi", _JOINS, r"yhteistyössä|yhdessä|yhteistyönä", "O", "after", MEANT, cases="gen", reach=2, plans=True, unless=_EVENT),
    Frame("fi", _JOINS, r"yhtei(?:nen|styönä|styöhanke|shanke|sprojekti|shankkeena)|kesken|yhteistyö", "O", "before", MEANT, cases="gen", reach=1, plans=True, unless=_EVENT),
    Frame("en", _JOINS, r"(?:project |consortium |other |industrial |research |industry |academic )?partners?|consortium|participants|participating (?:organisations|institutions|companies)|project team|members|joins|brings? together|brought together|teams? up with|teamed up with|together with|jointly with|in (?:co-?operation|collaboration|partnership) with|collaborat(?:es|ed|ing) with|worked with|involve[sd]?", "O", "rest", NAMED, reach=6, alone=False, plans=True, unless=_EVENT),
    Frame("en", _JOINS, r"(?:project |consortium |other |industrial |research )?partners|consortium|participants", "O", "after", MEANT, reach=6, alone=True, plans=True, unless=_EVENT),
    Frame("en", _JOINS, r"participat(?:e|es|ed|ing)|takes? part|took part|joined|(?:is|are|was|were) (?:also )?involved|contribut(?:e|es|ed)|carr(?:y|ied) out|implement(?:ed)?", "O", "before", MEANT, reach=2, plans=True, unless=_EVENT),
    Frame("en", _JOINS, r"implemented|carried out|executed|run jointly|conducted", "O", "by", MEANT, plans=True, unless=_EVENT),
    Frame("sv", _JOINS, r"(?:projekt|samarbets|övriga )?(?:partner|partners|partnerna|parter|parterna)|deltar|deltog|deltagare|deltagande|medverkar|medverkade|konsortiet|tillsammans med|i (?:samverkan|samarbete) med|samarbetar med|ingår|projektgruppen", "O", "rest", NAMED, reach=4, plans=True, unless=_EVENT),
    Frame("sv", _JOINS, r"(?:projekt|samarbets)?(?:partner|partners|partnerna|parter|parterna)|konsortiet|deltagarna", "O", "after", MEANT, reach=4, alone=True, plans=True, unless=_EVENT),
    Frame("sv", _JOINS, r"genomför(?:s|des)|driv(?:s|its)|drevs", "O", "by", MEANT, plans=True, unless=_EVENT),
    # ------------------------------------------------------------------ when
    Frame("fi", _BEGINS, r"käynnist(?:yi|yy|ettiin|etään|ynyt)|alkoi|alkaa|alkanut|aloite(?:taan|ttiin)|starttasi", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("fi", _ENDS, r"päätty(?:i|y|nyt)|päätettiin|loppui?|loppuu|jatkuu|valmistui", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("fi", _SPANS, r"\w*vuotinen|kest(?:i|ää)|kesto\w*|toteute(?:taan|ttiin)|toteutusaika\w*|käynnissä|ajoittu\w+|hankeaika\w*", "W", "near", MEANT, reach=5, plans=True, unless=_PART),
    Frame("fi", _SPANS, r"(?:kesto|toteutusaika|hankeaika|projektiaika|aikataulu)\w*|kestää|kesti", "W", "after", MEANT, reach=3, alone=True, plans=True, unless=_PART),
    Frame("en", _BEGINS, r"start(?:s|ed)?|beg[ai]ns?|launched|kicked off|commenced|got under way", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("en", _ENDS, r"end(?:s|ed)?|finish(?:es|ed)|completed|concluded|concludes|closed|wrapped up|came to an end|runs? until|ran until|continues until|until", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("en", _SPANS, r"\w+-year|runs?|ran|running|last(?:s|ed)|implemented|carried out|took place|duration", "W", "near", MEANT, reach=5, plans=True, unless=_PART),
    Frame("sv", _BEGINS, r"inled(?:des|s)|start(?:ade|ar|ades)|börja(?:r|de)|drogs? i gång|sattes i gång", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("sv", _ENDS, r"avsluta(?:des|s|d)|slutade|slutar|upphörde|avrunda(?:des|s)|slutförde?s|till och med|pågår till|pågick till", "D", "after", MEANT, reach=3, plans=True, unless=_PART),
    Frame("sv", _SPANS, r"\w+årig(?:a|t)?|pågår|pågick|löper|löpte|genomförs?|genomfördes|varade|drevs", "W", "near", MEANT, reach=5, plans=True, unless=_PART),
    # ------------------------------------------------------------------ which programme pays
    Frame("fi", _FUNDS, r"\w*rahoit\w+|tuke(?:e|a|nut|ma|maan|man|mana)|tuki|tuella|myön(?:si|netty|nettiin)|kuulu\w+|varoin|varoista|ohjelma\w*|haussa", "F", "near", NAMED, reach=5, alone=False, plans=True),
    Frame("fi", _FUNDS, r"rahoit\w+|rahoitus\w*", "F", "near", MEANT, reach=4, alone=True, plans=True),
    Frame("en", _FUNDS, r"fund(?:s|ed|ing|er|ers)|(?:co-)?financ(?:e|es|ed|ing)|support(?:s|ed)?|grants?|granted|money|contributes?|contribution|under|through|within|call|project|programme|backed by", "F", "near", NAMED, reach=6, plans=True),
    Frame("en", _FUNDS, r"fund(?:s|ed|ing|er|ers)|financed|financing", "F", "near", MEANT, reach=4, alone=True, plans=True),
    Frame("sv", _FUNDS, r"\w*finansier\w+|stöd(?:s|jer|er|ja|et)?|medel|bidrag|pengar|inom|programmet|ur", "F", "near", NAMED, reach=5, plans=True),
    Frame("sv", _FUNDS, r"\w*finansier\w+", "F", "near", MEANT, reach=4, alone=True, plans=True),
)  # fmt: skip
