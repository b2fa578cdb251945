"""Where a word may be broken at the line end: by list, and by the single-consonant rule.

Finnish follows the rule nearly always; Swedish allows it where no compound border is known.
"""

_VOWELS = frozenset("aeiouyäöå")
_UNPARTED = frozenset(["ck", "ng", "ch", "sj", "sk", "st", "tj", "kj", "gj", "nk"])  # Swedish

# Beginnings of Finnish compounds whose border the syllable rule would miss, and the border.
_FINNISH_SPLITS = {
    "kaivosal": 6, "kaivosyh": 6, "kaivosym": 6, "luonnonar": 7, "hankealu": 5,
    "lähialue": 4, "malmialue": 5, "vaikutusal": 8, "vaikutusar": 8, "tutkimusal": 8,
    "tutkimusas": 8, "ympäristöar": 9, "toimintaymp": 8, "elinympär": 4, "suojelual": 7,
    "kuntalais": 5, "opinnäytet": 4, "rikastushiek": 8, "vesistöal": 7, "yhteistyö": 6,
    "laatuast": 5, "matkailual": 8, "erityisal": 7, "asiantunt": 5, "viranoma": 5,
    "talteenot": 6, "hienoai": 5, "vasomisai": 7, "biokasa": 3, "kaivostäy": 6,
}  # fmt: skip

_POINTS = {
    "en": """
        ac-cep-tance ac-cept-ability analy-sis appli-ca-tion as-sess-ment au-thor-ity back-ground
        bene-fi-ci-ation car-bon-atite chro-mite clo-sure com-mod-ity com-mu-ni-ca-tion
        com-mu-nity com-pa-nies con-cen-tra-tion con-cen-trate con-cern con-di-tion con-sor-tium
        con-struc-tion con-ver-sa-tion co-op-er-a-tion cov-er-age crit-ical deliv-er-able
        de-posit de-scrip-tion de-vel-op-ment dif-fer-ent doc-u-ment drain-age drill-ing
        ecol-ogy ef-flu-ent elec-tro-mag-netic en-vi-ron-ment en-vi-ron-men-tal eval-u-a-tion
        ex-am-ple ex-er-cise ex-ist-ing ex-plo-ration ex-trac-tion ex-trac-tive flota-tion
        gen-er-ally geo-phys-ical geo-phys-ics ground-water hear-ing house-hold
        hydro-geo-log-ical in-dus-try in-dus-trial in-for-ma-tion in-fra-struc-ture
        in-stru-ment in-ter-est in-ter-view in-ter-na-tional in-ves-ti-ga-tion lab-o-ra-tory
        land-scape lit-er-a-ture mag-netic man-age-ment mate-rial mea-sure-ment met-al-lur-gical
        meth-od-ology min-eral min-er-al-ogy mon-i-tor-ing mu-nic-i-pal mu-nic-i-pal-ity
        na-tional neigh-bour-hood op-er-a-tion op-er-ator or-gan-i-sa-tion oxi-da-tion
        par-tic-i-pa-tion par-tic-i-pant part-ner-ship per-mit-ting phos-phate plan-ning
        pos-si-ble pre-cip-i-ta-tion pro-cess-ing pro-ce-dure pro-duc-tion pro-gramme
        pro-ject pub-lic ques-tion-naire rea-son-able re-cla-ma-tion ref-er-ence re-gional
        rein-deer re-la-tion-ship re-port-ing rep-re-sen-ta-tive re-quire-ment re-search
        res-i-dent re-sources re-spon-si-bil-ity res-to-ra-tion sam-ple sam-pling sat-el-lite
        seis-mic sep-a-ra-tion set-tle-ment stake-holder state-ment stra-tegic sul-phate
        sul-phide sur-face sus-tain-able tail-ings tech-nol-ogy tour-ism trans-port
        treat-ment trust-worthy un-cer-tainty un-der-ground uni-ver-sity veg-e-ta-tion
        wet-land work-shop in-de-pen-dent pre-lim-i-nary com-par-i-son com-mer-cial
        char-ac-ter-i-sa-tion con-tin-u-ous dis-cus-sion respon-dent regula-tory
    """,
    "sv": """
        an-läggning an-rikning an-riknings-sand an-riknings-verk an-svar arbets-paket
        be-arbetning be-dömning be-folkning be-handling be-rörda be-skriver be-tydelse
        bak-grund brytnings-område del-aktighet dag-brott doku-ment efter-behandling
        ersätt-ning exempel-värde exempel-text fast-ställa fin-ansiering flota-tion
        forsknings-institut fram-kommer fråge-formulär för-fattare för-orening för-orenings-risk
        för-troende för-utsättning före-kommer före-tag geo-fysisk geo-logisk
        geo-logiska grund-vatten gruv-avfall gruv-bolag gruv-dammar gruv-drift gruv-näring
        gruv-område gruv-projekt gruv-region gruv-regioner gruv-vatten hållbar hållbarhet
        hand-ledning information infra-struktur innova-tion inter-vju inter-nationell
        kommu-nika-tion kom-munikation kon-sekvens kon-sultation kontroll-program kritiska
        krets-lopp lands-bygd lands-kap lära-rika lokal-befolkning malm-fyndighet
        miljö-konsekvens miljö-tillstånd mineral-fyndighet mineral-resurser myndig-het
        möjlig-het närings-liv närings-utveckling om-givning område organisa-tion
        plane-ring pröv-ning pro-spektering pro-vtagning råmaterial ren-skötsel ren-näring
        reg-ional region-sam-arbete rikt-linjer sam-arbete sam-hälle sam-manfattning
        sam-manhang sam-råd sedimen-tering social sprängning stoft-bildning sulfat-halt
        sulfat-rening till-stånd till-ståndspliktig till-gång till-synsmyndig-het till-verkning
        turism under-lag under-sökning upp-följning upp-gift ut-bildning ut-släpp ut-veckling
        ut-vinning vatten-behandling vatten-balans vatten-drag vatten-rening verk-samhet
        verk-samhets-utövare våt-mark över-vakning återkommande sak-kunnig gräns-över-skridande
        krom-gruva guld-gruva berg-grund åter-upp-tagits gruv-vattnet trä-flis
        fyndig-heterna litte-raturen kom-muner landskaps-förbund univer-sitet material
    """,
}


def _build(points: str) -> dict[str, tuple[int, ...]]:
    table: dict[str, tuple[int, ...]] = {}
    for word in points.split():
        positions, length = [], 0
        for part in word.split("-")[:-1]:
            length += len(part)
            positions.append(length)
        table[word.replace("-", "")] = tuple(positions)
    return table


_TABLES = {lang: _build(points) for lang, points in _POINTS.items()}


def break_points(word: str, lang: str) -> list[int]:
    """Offsets in `word` where it may be broken with a hyphen, three letters or more on each side.

    >>> break_points("kaivosvesien", "fi")
    [3, 6, 8]
    """
    end = len(word.rstrip(".,;:!?)\u201d\u2019"))
    if end < 7 or not word[:end].isalpha():
        return []
    lower = word.lower()
    if lang == "fi":
        found = _by_consonant(lower, end, frozenset())
    else:
        found = _listed(lower, lang)
        if lang == "sv" and not found:
            found = _by_consonant(lower, end, _UNPARTED)
    return [point for point in found if 3 <= point <= end - 3]


def _listed(word: str, lang: str) -> list[int]:
    for length in range(len(word), 4, -1):
        if word[:length] in _TABLES[lang]:
            return list(_TABLES[lang][word[:length]])
    return []


def _by_consonant(word: str, end: int, unparted: frozenset[str]) -> list[int]:
    """A syllable begins at each consonant that a vowel follows; borders of compounds first."""
    border = next((at for part, at in _FINNISH_SPLITS.items() if word.startswith(part)), 0)
    points = []
    for at in range(1, end - 1):
        opens = word[at] not in _VOWELS and word[at + 1] in _VOWELS
        has_vowel = any(letter in _VOWELS for letter in word[:at])
        parted = word[at - 1 : at + 1] not in unparted
        if at == border or (opens and has_vowel and parted and at != border - 1):
            points.append(at)
    return points
