# ruff: noqa: E501 -- a rule stands on one line, however long its words
"""Stances that a text reports: which stakeholder group is for or against what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from amic_kg.extract.statements.clauses import is_negated
from amic_kg.extract.statements.reading import Reading, Thing

TYPES = (
    "StakeholderGroup", "Site", "Place", "Project", "Theme", "AcceptanceFactor", "Practice",
)  # fmt: skip

SAID = 0.88
"""Group, verb and target stand in one clause."""
ACROSS = 0.8
"""The target is named in another clause of the sentence."""
CARRIED = 0.72
"""The target is what the sentences before spoke of."""
MATTER = 0.72
"""A theme or factor, not a site or project, is the target."""
IN_PLACE = 0.72
"""The target is told by its place alone: "the mine in Kolari"."""

SUPPORTIVE, OPPOSED, NEUTRAL, MIXED, CONDITIONAL = (
    "supportive", "opposed", "neutral", "mixed", "conditional",
)  # fmt: skip

_W = r"(?:[^\s.;]+ )"
_CUES = {
    "fi": (
        (CONDITIONAL, rf"kanta {_W}{{0,3}}(?:ehdollinen|varauksellinen)|suhtautu\w+ {_W}{{0,4}}(?:varauksell|ehdoll)\w+|(?:varauksellisesti|ehdollisesti) {_W}{{0,2}}suhtautu\w+"),
        (MIXED, rf"jakautu\w*|jakaantu\w*|kahtiajakau\w+|suhtautu\w+ {_W}{{0,4}}ristiriitais\w+|kaksijakois\w+|ristiriitais\w+ {_W}{{0,2}}suhtautu\w+"),
        (NEUTRAL, rf"suhtautu\w+ {_W}{{0,4}}neutraali\w*|(?:on|ovat|oli|olivat) {_W}{{0,4}}neutraale?\w*|neutraalisti {_W}{{0,2}}suhtautu\w+|ei(?:vät)? {_W}?(?:ota|ottanut|ottaneet) {_W}?kantaa|(?:ei|eivät) {_W}{{0,3}}puolesta eikä vastaan"),
        (SUPPORTIVE, rf"hyväksyä|hyväksymään|näk(?:ee|evät|i|ivät) {_W}{{0,5}}(?:mahdollisuu\w+|hyvänä|myönteisenä|positiivisena|tervetulleena)|(?:pitää|pitävät|piti|pitivät) {_W}{{0,4}}(?:hyvänä|tervetulleena|toivottavana|myönteisenä|hyödyllisenä|tärkeänä hankkeena)|toivo(?:o|vat|i|ivat|tti|ttaa|ttavat) {_W}{{0,4}}(?:tervetulle\w+|toteutu\w+|avautu\w+|kaivosta)|tervetulleeksi|on myönteinen|myönteisin|puoltava|kannatus\w*|suhtautuminen {_W}{{0,4}}(?:myönteis|positiivis)\w+|kannattaa(?! (?!hank|kaivo|sitä|projekti)[a-zåäö]*(?:taa|tää|da|dä|lla|llä)(?!\w))|kannatta(?:vat|nut|neet|isi|isivat)|kannata|puolla|kannatti(?:vat)?|puolta(?:a|vat)|kanta {_W}{{0,4}}(?:myöntei|positiivi|puolta)\w+|näkemyk\w+ {_W}{{0,4}}(?:myöntei|positiivi)\w+|suopeasti {_W}{{0,2}}suhtautu\w+|anto(?:i|ivat) tukensa|puolsi(?:vat)?|hyväksy(?:y|vät|i|ivät|isi|isivät|nyt|neet)?|suhtautu\w+ {_W}{{0,4}}(?:myönteis|positiivis|suope)\w*|(?:myönteisesti|positiivisesti) {_W}{{0,2}}suhtautu\w+|tukevat|tukivat|(?:on|ovat|oli|olivat) {_W}{{0,3}}(?:puolella|kannalla|myönteisiä|myönteinen)"),
        (OPPOSED, rf"(?:ei|eivät) {_W}?halu(?:a|nnut|nneet) {_W}{{0,4}}(?:kaivos\w*|kaivoksen|hank\w+|<S\d+_\w+>)|kanta {_W}{{0,4}}(?:kielte|torju|kriitti|negatiivi)\w+|tuomits(?:i|ivat|ee|evat)|tyrmä(?:si|sivät|ävät)|(?:ei|eivät) toivo(?!t)|vastustu(?:s|ksen|sta)|vastustaj\w+|nous(?:i|ivat|ee|evat) {_W}{{0,3}}vastustamaan|(?:pitää|pitävät|piti|pitivät) {_W}{{0,4}}(?:haitallisena|huonona|uhkana|vahingollisena|epätoivottavana)|(?:näk(?:ee|evät|i|ivät)|koke(?:e|vat)|koki(?:vat)?) {_W}{{0,4}}(?:uhkana|uhaksi|haittana)|on {_W}{{0,2}}(?:torjuva|kielteinen|kriittinen)|suhtautuminen {_W}{{0,5}}(?:kielteis|torjuv|kriittis|negatiivis)\w+|vastust(?:aa|avat|i|ivat|anut|aneet|a|ettiin)|suhtautu\w+ {_W}{{0,4}}(?:kielteis|kriittis|negatiivis|torjuv|epäile|epäluuloi)\w*|arvostel(?:ee|evat|i|ivat|lut|leet)|(?:kielteisesti|kriittisesti|negatiivisesti|torjuvasti) {_W}{{0,2}}suhtautu\w+|torju(?:i|vat|ivat)\b|(?:on|ovat|oli|olivat|asettui|asettuivat) {_W}{{0,3}}vastaan|(?:on|ovat|oli|olivat) {_W}{{0,2}}(?:kriittisiä|kriittinen|kielteisiä|kielteinen)"),
    ),
    "en": (
        (MIXED, r"(?:is|are|was|were|remain|remained) (?:deeply |clearly |sharply )?(?:divided|split|ambivalent)|mixed (?:views|feelings|opinions|attitudes)|(?:attitudes?|opinions?|views?|feelings) [^.;]{0,40}(?:is|are|was|were) (?:\w+ )?(?:mixed|divided|split)|of two minds|both for and against"),
        (NEUTRAL, r"(?:is|are|was|were|remain|remained|remains) neutral|takes? no (?:side|position|stand)|neither for nor against|took no (?:side|position|stand)|(?:has|have) not taken a (?:position|stand|side)|(?:is|are|was|were) indifferent"),
        (SUPPORTIVE, r"support(?:s|ed)?|backs?(?! to)|backed|agree(?:s|d)? (?:to|with)|(?:sees?|saw|views?|viewed|regards?|regarded|considers?|considered) (?:[^\s.;]+ ){0,4}(?:as )?(?:an? )?(?:\w+ )?(?:good|positive|opportunit(?:y|ies)|beneficial|welcome|desirable|chance|favourabl[ey]|positively)|(?:regards?|regarded|sees?|saw|views?|viewed) (?:[^\s.;]+ ){0,4}favou?rably|looks? forward to|favourable|(?:hold|holds|held|express|expressed|have|has|take|took) (?:an? )?(?:\w+ )?(?:favourable|positive)|attitudes? (?:[^\s.;]+ ){0,5}(?:is|are|was|were) (?:\w+ )?(?:positive|favourable)|in support of|(?:is|are|was|were) (?:\w+ )?(?:in favou?r|supportive|positive)|sp(?:oke|eaks?) in favou?r|favou?r(?:s|ed)?|approves?|approved|accept(?:s|ed)?|would accept|welcome[sd]?|endorse[sd]?|(?:has|have) a positive (?:attitude|view)"),
        (OPPOSED, r"condemn(?:s|ed)?|(?:is|are|was|were) firmly against|oppos(?:e|es|ed)(?! by)|opposed by|opposition|opponents? of|resistance|(?:do|does|did) not want|(?:don|doesn|didn)['’]t want|(?:is|are|was|were|remain|remained) (?:\w+ )?(?:s[ck]eptical|hostile|reluctant|averse)|(?:say|says|said) no to|campaign(?:s|ed|ing)? against|fought|fights?|fighting|(?:sees?|saw|views?|viewed|regards?|regarded|considers?|considered) (?:[^\s.;]+ ){0,4}(?:as )?(?:an? )?(?:\w+ )?(?:threat|harmful|danger|bad|negatively|unacceptable)|attitudes? (?:[^\s.;]+ ){0,5}(?:is|are|was|were) (?:\w+ )?(?:negative|critical|hostile)|(?:hold|holds|held) (?:an? )?(?:\w+ )?(?:negative|critical)|disapprov(?:e|es|ed)|turned against|(?:is|are|was|were) (?:\w+ )?(?:against|critical|opposed|negative)|object(?:s|ed)? to|critici[sz](?:e|es|ed)|resist(?:s|ed)?|reject(?:s|ed)?|protest(?:s|ed)? against|(?:has|have) a negative (?:attitude|view)"),
    ),
    "sv": (
        (MIXED, r"(?:är|var) (?:\w+ )?(?:delade|splittrade|kluvna|kluven)|delade (?:åsikter|meningar)|(?:är|var) (?:\w+ )?blandade|blandade (?:åsikter|känslor)|(?:går|gick) isär"),
        (NEUTRAL, r"(?:är|var|förhåller sig|ställer sig|ställde sig) (?:\w+ )?neutral\w*|(?:tar|tog|har) inte (?:tagit )?ställning|varken för eller emot|varken för eller mot"),
        (SUPPORTIVE, r"stöder|(?:ser|såg) (?:[^\s.;]+ ){0,4}(?:möjlighet\w*|positiv\w*|något bra|fördel)|(?:har|hade) (?:en )?(?:\w+ )?positiv (?:syn|inställning|attityd)|(?:inställning|attityd)(?:en)? (?:[^\s.;]+ ){0,5}(?:är|var) (?:\w+ )?positiv\w*|vill ha (?=<|gruv)|ställer sig bakom|stöd(?:jer|de)|förordar|förordade|godkänner|godkände|accepterar|accepterade|välkomnar|välkomnade|(?:är|var) (?:<G\d+_\w+> )?(?:\w+ )?positiv\w*|(?:är|var|har varit) (?:\w+ )?positiv\w*|(?:är|var) för (?=<)|(?:ställer|ställde) sig (?:\w+ )?(?:positiv\w*|bakom)|(?:förhåller|förhöll) sig (?:\w+ )?positiv\w*|tillstyrk(?:er|te)"),
        (OPPOSED, r"vill inte (?:ha|se)|(?:är|var) <G\d+_\w+> (?:\w+ )?(?:emot|kritisk\w*|negativ\w*)|fördömer|fördömde|motstånd(?:et|are)?|säger nej|sade nej|tar avstånd från|(?:har|hade) (?:en )?(?:\w+ )?negativ (?:syn|inställning|attityd)|(?:är|var) (?:\w+ )?(?:skeptisk\w*|avogt inställda)|(?:ser|såg) (?:[^\s.;]+ ){0,4}(?:hot|negativt)|(?:inställning|attityd)(?:en)? (?:[^\s.;]+ ){0,5}(?:är|var) (?:\w+ )?(?:negativ|kritisk)\w*|mots(?:ätter|atte|att) sig|(?:är|var) (?:\w+ )?(?:emot|kritisk\w*|negativ\w*|motståndare)|motarbetar|protester(?:ar|ade) mot|avvisa(?:r|de)|kritiser(?:ar|ade|at)|avstyrk(?:er|te)|(?:ställer|ställde) sig (?:\w+ )?(?:negativ\w*|kritisk\w*|avvisande)|(?:förhåller|förhöll) sig (?:\w+ )?(?:negativ\w*|kritisk\w*|avvisande)|säger nej till|sade nej till"),
    ),
}  # fmt: skip
_CONDITION = {
    "fi": r"\b(?:jos|mikäli|kunhan|edellyttäen|edellyttä(?:ä|vät)|niin kauan kuin|niin kauan kun|sillä ehdolla|sillä edellytyksellä|ehdolla|vain jos)\b",
    "en": r"\b(?:if|provided|providing|as long as|so long as|on condition|on the condition|only when|conditional)\b",
    "sv": r"\b(?:om(?! (?:<|gruv|projekt|planer|att|en |ett ))|förutsatt|under förutsättning|så länge|på villkor|med villkoret|bara om|endast om)\b",
}  # fmt: skip
_PARTS = {
    "fi": r"\bosa\b.*\b(?:osa|toiset|muut)\b|\btoiset\b.*\btoiset\b",
    "en": r"\bsome\b.*\b(?:others|some)\b|\bhalf\b.*\b(?:half|rest)\b",
    "sv": r"\b(?:en del|somliga|några)\b.*\b(?:andra|en del|övriga)\b",
}
_MINE_THERE = {
    "fi": re.compile(r"<P(\d+)_gen> (?:kaivos(?!yht|mie|kun)|kaivoks|malminetsin)"),
    "en": re.compile(
        r"(?:mines?|mining|mining project|mine plans?|exploration) (?:in|at|near) (?:the )?<P(\d+)_"
    ),
    "sv": re.compile(r"(?:gruv\w*|prospektering\w*|malmletning\w*) (?:i|vid|nära) <P(\d+)_"),
}
# The thing that a stance is about, spoken of without its name.
_MEANT = {
    "fi": re.compile(
        r"\b(?:hank\w+|kaivos\w*|kaivoks\w+|projekti\w*|sitä|siihen|niitä|suunnitelm\w+)\b"
    ),
    "en": re.compile(
        r"\b(?:the project|the mine|the plans?|the work|the expansion|the ramp-up|the drilling|the plan|the idea|the mine plan|it|them|this)\b"
    ),
    "sv": re.compile(r"\b(?:projektet|gruvan|planerna|planen|idén|det|den|detta)\b"),
}
_REASONED = {
    "fi": re.compile(r" (?:koska|\S+ (?:vuoksi|takia))"),
    "en": re.compile(r" (?:because|due to|owing to)"),
    "sv": re.compile(r" (?:eftersom|på grund av)"),
}
# A theme or factor right behind the verb: "oppose uranium mining".
_DIRECT = re.compile(r"(?: (?:the|to|of|about|towards|of the|till|mot|för|om))* ?<[TAR](\d+)_")
_REGARDING = re.compile(r"<[TA](\d+)_(?:gen> suhteen|par> kohtaan)")
_SEGMENT = re.compile(
    r"[;:]\s|,\s(?=(?:ja|mutta|sillä|koska|vaikka|kun|kunhan|jos|mikäli|kun taas|and|but|because|while|whereas|"
    r"although|since|if|provided|as long as|och|men|eftersom|medan|fast|om|förutsatt)\b)"
    r"|\s(?=(?:mutta|koska|mikäli|jos|kunhan|but|because|while|whereas|if|provided that|as long as|men|eftersom|medan|om(?! (?:<|gruv|projekt|planer))|förutsatt att) )"
    r"|,?\s(?=(?:ja|and|och) <G)"
)
# "While the residents see it as good, the hunters do not."
_CONCESSION = re.compile(
    r"^(?:while|although|though|whereas|medan|även om|vaikka|siinä missä) [^,;]{5,120}(, )(?=(?:[^\s<>,;]+ ){0,3}<G)"
)
_JOINED_GROUPS, _NEXT_GROUP = re.compile(r"<G\d+_\w+>$"), re.compile(r"(?:ja|and|och) <G")
_MARK = re.compile(r"<(\w)(\d+)_(\w+)>")
# A group that only describes another noun or stands in a prepositional phrase takes no stance.
_NO_HOLDER = re.compile(
    r"(?:\b(?:to|for|with|from|among|between|about|on|att|till|för|med|från|mellan|om|bland) (?:the |local |de )?)$"
)
_LED_BY = re.compile(r"\b(?:by|av)\b (?:the |local |de )?$")
# "Opposition is strongest among reindeer herders": the noun tells whose it is behind it.
_BORNE_BY = re.compile(
    r"\b(?:among|from|by|of|bland|från|hos|av) (?:the |local |many |most |some |de |lokala )*$"
)
# "Enligt enkäten var invånarna positiva".
_INVERTED = re.compile(r"\b(?:är|var) $")
_NOUN = re.compile(
    r"oppos(?:ition)|opponents? of|resistance|support|attitudes?.*|motstånd(?:et|are)?|(?:inställning|attityd).*"
)
_HOLDERS_FI = ("nom", "par", "ela")
_SPEAKERS = re.compile(
    r"^ (?:edustaj|enemmistö|valtaosa|mielest|suhtautumi|mielipit|näkemy|kanna|kanta|sanottiin|kerrottiin|katsottiin|representative|"
    r"view|opinion|attitude)"
)


@dataclass(frozen=True, slots=True)
class ReportedStance:
    """The stance of a group towards some targets."""

    group: str
    stance: str
    targets: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class _Cue:
    stance: str
    start: int
    end: int


class StanceRules:
    """Draws stances from readings with `TYPES`."""

    def __init__(self) -> None:
        self._cues = {
            language: tuple(
                (stance, re.compile(rf"(?<![\w-])(?:{cue})(?![\w-])")) for stance, cue in cues
            )
            for language, cues in _CUES.items()
        }

    def find(self, reading: Reading, carried: str | None = None) -> Iterator[ReportedStance]:
        """The stances of a sentence; `carried` is the site or project that those before spoke of."""
        language, text = reading.sentence.language, reading.text
        if "<G" not in text or language not in self._cues:
            return
        segments = _segments(text)
        holders: list[Thing] = []
        found: list[ReportedStance] = []
        for index, (start, end) in enumerate(segments):
            part = text[start:end]
            cue = self._cue(part, language)
            groups = _holders(reading, part, cue, language) if cue else []
            if cue is None:
                holders = _named(reading, part, "G") or holders
                continue
            if not groups and re.match(r"(?:ja|mutta|and|but|och|men|vaan) ", part):
                groups = holders
            if not groups:
                continue
            holders = groups
            following = "".join(text[first:last] for first, last in segments[index + 1 : index + 2])
            stance = self._stance(cue, part, following, language)
            if stance is None:
                continue
            targets, confidence = _targets(reading, part, cue, carried)
            if not targets:
                continue
            found.extend(
                ReportedStance(group, stance, targets, confidence)
                for group in dict.fromkeys(thing.value for thing in groups)
            )
        yield from _merged(found, text, language)

    def _cue(self, part: str, language: str) -> _Cue | None:
        hits = [
            _Cue(stance, match.start(), match.end())
            for stance, pattern in self._cues[language]
            for match in pattern.finditer(part)
        ]
        kinds = {hit.stance for hit in hits}
        if not hits:
            return None
        for whole in (MIXED, NEUTRAL, CONDITIONAL):
            if whole in kinds:
                return next(hit for hit in hits if hit.stance == whole)
        if {SUPPORTIVE, OPPOSED} <= kinds:
            first, last = min(hits, key=lambda h: h.start), max(hits, key=lambda h: h.end)
            return (
                _Cue(MIXED, first.start, last.end) if re.search(_PARTS[language], part) else first
            )
        return hits[0]

    def _stance(self, cue: _Cue, part: str, following: str, language: str) -> str | None:
        """The stance as negation and condition leave it; None where they leave none."""
        stance: str | None = cue.stance
        if stance in (SUPPORTIVE, OPPOSED) and is_negated(part[: cue.start], language):
            stance = NEUTRAL if stance == OPPOSED else OPPOSED
        condition = _CONDITION[language]
        if stance == CONDITIONAL:
            return stance
        if re.match(condition, following.lstrip(", ")) or re.search(condition, part):
            return CONDITIONAL if stance in (SUPPORTIVE, NEUTRAL) else None
        return stance


def _segments(text: str) -> list[tuple[int, int]]:
    found, start = [], 0
    opening = _CONCESSION.match(text)
    if opening is not None:
        found, start = [(0, opening.start(1))], opening.end(1)
    for match in _SEGMENT.finditer(text, start):
        if _JOINED_GROUPS.search(text[: match.start()]) and _NEXT_GROUP.match(text[match.end() :]):
            continue
        found.append((start, match.start()))
        start = match.end()
    found.append((start, len(text)))
    return found


def _named(reading: Reading, part: str, letters: str) -> list[Thing]:
    return [reading.things[int(m[2])] for m in _MARK.finditer(part) if m[1] in letters]


def _holders(reading: Reading, part: str, cue: _Cue, language: str) -> list[Thing]:
    """The groups whose stance it is: before the verb, or behind it in Finnish and behind "by"."""
    before: list[Thing] = []
    after: list[Thing] = []
    for match in _MARK.finditer(part):
        if match[1] != "G":
            continue
        lead, tail = part[: match.start()], part[match.end() :]
        thing = reading.things[int(match[2])]
        if language == "fi":
            within = cue.stance == MIXED and tail.startswith(
                (" keskuudessa", " kesken", " mielipi")
            )
            spoken = match[3] == "gen" and (_SPEAKERS.match(tail) or within)
            listed = re.match(r"(?:,| ja| sekä) ", tail)
            if match[3] not in _HOLDERS_FI and not spoken and not listed:
                continue
            (before if match.end() <= cue.start else after).append(thing)
        elif match.start() > cue.start and match.end() <= cue.end:
            if _INVERTED.search(lead):
                before.append(thing)
            elif _BORNE_BY.search(lead):
                after.append(thing)
        elif match.end() <= cue.start:
            among = cue.stance == MIXED and re.search(r"\b(?:among|bland) (?:the |local )?$", lead)
            if among or not _NO_HOLDER.search(lead):
                before.append(thing)
        elif (_BORNE_BY if _NOUN.fullmatch(part[cue.start : cue.end]) else _LED_BY).search(
            lead
        ) or after:
            after.append(thing)
    if language != "fi" and after and re.search(r" by$| av$", part[: cue.end]) is None and before:
        return before
    return before or after


def _targets(
    reading: Reading, part: str, cue: _Cue, carried: str | None
) -> tuple[tuple[str, ...], float]:
    for things, confidence in (
        (_named(reading, part, "SJ"), SAID),
        (_named(reading, reading.text, "SJ"), ACROSS),
    ):
        if things:
            sure = min(thing.certainty for thing in things)
            return tuple(dict.fromkeys(thing.value for thing in things)), round(
                confidence * sure, 2
            )
    there = _MINE_THERE[reading.sentence.language].search(reading.text)
    if there is not None:
        return (reading.things[int(there[1])].value,), IN_PLACE
    meant = _MEANT[reading.sentence.language].search(part) is not None
    direct = _DIRECT.match(part[cue.end :]) or _REGARDING.search(part)
    if direct is not None and not meant:
        return (reading.things[int(direct[1])].value,), MATTER
    if carried is not None and (
        meant
        or not part[cue.end :].strip(" .")
        or _REASONED[reading.sentence.language].match(part[cue.end :])
    ):
        return (carried,), CARRIED
    return (), 0.0


def _merged(
    stances: Sequence[ReportedStance], text: str, language: str
) -> Iterator[ReportedStance]:
    """One group both for and against, each a part of it, is of mixed mind."""
    if len(stances) == 2 and re.search(_PARTS[language], text):
        one, other = stances
        if one.group == other.group and {one.stance, other.stance} == {SUPPORTIVE, OPPOSED}:
            yield ReportedStance(one.group, MIXED, one.targets, one.confidence)
            return
    yield from stances
