"""Words that tell a person's or an organisation's name from a place: facts, no rules."""

from __future__ import annotations

from amic_kg.extract.concepts.words import words_of

GIVEN_NAMES = words_of(
    """
        aino anna anne anneli annika antero antti ari arja arto auli eero eeva elina elisa erkki
        esa eva hanna hannele hannu harri heidi heikki helena henna ilkka inari inka irma jaakko
        jani janne jari jarkko jarmo johanna jorma jouko jouni juha juhani juho jukka jussi
        kaija kaisa kalle kari karoliina katja kati keijo kimmo kirsi kristiina laura lauri
        leena leo liisa maarit maija maria marika marja marjo marko markku marko martti matti
        mauri merja mia miia mika mikko minna mirja nina olli outi paavo pasi pauli paula
        pauliina pekka petri pia pirjo pirkko päivi pentti raija raimo reijo riikka riitta risto
        saara salla sami samuli sanna sari satu seppo simo sini sirkka sirpa susanna suvi tapani
        tapio tarja teemu teija tero terhi tiina timo tomi toni tuija tuomas tuomo tuula ulla
        vesa ville virpi anders anna-karin axel birgitta björn britta carl christer elisabet
        erik eva-lena fredrik gunilla gunnar göran hans helene henrik håkan ingrid jan johan
        karin karl kerstin kjell lars leif lena magnus maja margareta mats mikael nils ola olof
        per peter pär stefan sten sven tomas ulf ulrika åke åsa örjan andrew catherine
        christopher david elizabeth emily george helen james jane jennifer john karen levi luke
        margaret mark martin mary michael paul rachel richard robert sarah simon stephen susan
        thomas tim tina tom william
        """
)
"""Given names that are common in Finland, Sweden and in English, in lower case."""

TITLES = words_of(
    """
        professori dosentti tohtori tutkija erikoistutkija johtaja toimitusjohtaja kaivosjohtaja
        rouva herra geologi ylitarkastaja kunnanjohtaja kaupunginjohtaja ministeri
        kansanedustaja tekijä ohjaaja opiskelija fil.tri prof dr mr mrs ms professor director
        manager geologist minister supervisor author direktör forskare docent herr fru fröken
        geolog handledare
        """
)
"""What stands before a surname."""

LEGAL_FORMS = words_of(
    """
        oy oyj ab abp ltd limited plc inc corp corporation gmbh as asa ag sa llc ky ry rf oy:n
        group co srl bv nv
        """
)

INSTITUTIONS = words_of(
    """
        yliopisto ammattikorkeakoulu korkeakoulu korkeakoulukonserni kauppakamari liitto
        maakuntaliitto hallinto-oikeus käräjäoikeus aluehallintovirasto ely-keskus
        ympäristökeskus seurakunta paliskunta kuntayhtymä museo maakuntamuseo sairaala
        keskussairaala kirjasto yhdistys piiri säätiö koulutuskeskus opisto ammattiopisto lukio
        hiippakunta koulutuskuntayhtymä sairaanhoitopiiri hyvinvointialue pelastuslaitos
        akatemia tiedepuisto metsäkeskus te-toimisto kesäyliopisto universitet yrkeshögskola
        högskola handelskammare förvaltningsdomstol tekniska museum sjukhus stiftelse förbund
        university polytechnic museum hospital chamber academy court institute
        """
)
"""Heads of an organisation's name behind a place: the place is no mention of its own there."""

COMMON_WORDS = {
    "fi": words_of(
        """
        eno kannus varkaus salo kisko aura kotka lahti sirkka laiva tapuli
        kokka haveri sola kola metso sala somero tulikivi malmi salmi levi pulju apatiitti
        perho ajos kultalinja kalkkimaa ametistikaivos
        """
    ),
    "en": frozenset({"luke", "levi", "tara", "island", "turkey", "aura", "kola", "lay"}),
    "sv": frozenset({"sala", "bor", "levi", "tara", "kola", "vasa", "mala"}),
}
"""Words of the language that a registered place or site is called like."""

SURNAMES = words_of(
    """
    arola haveri ihalainen isoaho kokka laiva lintula paronen pirilä rajala rantala
    rauhala sirkka sola tapuli
    """
)
"""Sites that are called like people or things: in a text about other things they are none."""
