"""Towns and municipalities by their Swedish names: in Swedish texts no recogniser reads them.

Municipalities, present and former, of Finland by their Swedish names, the larger towns of Sweden
and those of its north, some regions: facts, no rules. Names that are words are left out.
"""

from __future__ import annotations

from amic_kg.extract.concepts.words import words_of

SWEDISH_PLACES = words_of(
    """
        Alavo Arjeplog Arvidsjaur Bergö Björneborg Boden Borgnäs Borgå Borlänge Borås Brahestad
        Brändö Dorotea Dragsfjärd Eckerö Ekenäs Esbo Eskilstuna Euraåminne Falun Finström Forssa
        Fredrikshamn Föglö Grankulla Gustavs Gällivare Gävle Göteborg Halmstad Hammarland Hangö
        Haparanda Hausjärvi Heinola Helsingborg Helsingfors Hollola Houtskär Hvittis Hyvinge
        Härnösand Idensalmi Ikalis Ilmola Imatra Ingå Iniö Jakobstad Janakkala Joensuu Jokkmokk
        Jomala Jorois Jyväskylä Jämsä Jönköping Kajana Kalmar Kankaanpää Karelen Karis Karleby
        Karlskrona Karlstad Karlö Kaskö Kauhajoki Kemi Kervo Kides Kimito Kimitoön Kiruna
        Kiukais Kontiolax Korpo Korsholm Korsnäs Kotka Kouvola Kristianstad Kristinestad Kronoby
        Kumlinge Kuopio Kuortane Kuusamo Kvevlax Kyrkslätt Kökar Lahtis Lappfjärd Lappo
        Lappträsk Larsmo Lemland Letala Lieksa Lillkyro Linköping Loimijoki Lojo Lovisa Ludvika
        Luleå Lumparland Lundo Luumäki Lycksele Malax Malmö Mariehamn Maxmo Munsala Mäntsälä
        Mörskom Nagu Nedertorneå Nedervetil Norrköping Norrtälje Nurmes Nurmijärvi Nykarleby
        Nyköping Nyslott Nystad Närpes Nådendal Oravais Orivesi Pajala Pargas Parkano Pedersöre
        Pemar Pernå Piteå Pojo Purmo Pyttis Rantasalmi Raseborg Raumo Riihimäki Rovaniemi
        Ruokolax Saltvik Satakunta Savitaipale Savolax Seinäjoki Sibbo Sjundeå Skellefteå Skövde
        Snappertuna Sollefteå Sottunga Sovjetunionen Storkyro Storuman Strömfors Strömsund
        Sundsvall Svenskfinland Sysmä Södertälje Taipalsaari Tammerfors Tavastehus Tavastland
        Tenala Terjärv Toijala Torneå Trollhättan Träskända Tusby Uddevalla Uleåborg Ulvsby Umeå
        Uppsala Urdiala Uskela Valkeakoski Vanda Varberg Varkaus Vasa Vederlax Vichtis
        Vilhelmina Villmanstrand Villnäs Virdois Visby Västanfjärd Västervik Västerås Växjö
        Vårdö Vörå Ylivieska Älvsbyn Åbo Åboland Åsele Örebro Örnsköldsvik Östersund Överkalix
        Övertorneå
        """
)
