"""Given names that are common in Europe, beside those that the Finnish dictionary has."""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
adam adrian agnes agneta ahmed aino alan albert alejandro aleksandr alessandro alex alexander
alexandra alexey alfred ali alice alicia alina allan amanda amelia amy ana andre andrea andreas
andrei andrew andrey andrzej angela anita anja anna anne annette annika ann anneli anthony antoine
anton antonio arne arthur astrid axel barbara bart beata beatriz ben benjamin bent bernard bernd
bert bertil birgit bjarne björn bo bob boris brian britta bruno camilla carina carl carla carlos
carmen carolina caroline catarina catharina catherine cecilia celine charles charlotte christa
christer christian christina christine christophe christopher claes claire clara claude claudia
claudio craig cristina dag dan daniel daniela daniele danielle dave david deborah denis dennis
diana diego dieter dimitri dirk dmitri dmitry dominik donald doris dorota douglas eberhard edgar
eduardo edward elena eleonora elin elisa elisabeth elise elizabeth elke ella ellen emanuel emil
emilia emily emma emmanuel enrico eric erik erika erling ernst esther eugene eva evelina ewa
fabian fabio federico felix fernando filip florian frances francesca francesco francis francisco
françois frank franz fred frederic frédéric fredrik friedrich gabriel gabriela gareth gary george
gerald gerard gerd gerhard giovanni giulia giuseppe gordon grace graham greg grzegorz gudrun guido
gun gunilla gunnar gustaf gustav göran günter hakan hannah hanne hans harald harold harry heather
hedda heidi heike heiner heinrich helen helena helene helga helge helmut henri henrik henry herbert
hilde holger hugo ian igor ilya inga inge ingeborg ingela ingemar inger ingo ingrid irene irina isaac
isabel isabella ivan ivar iwona jack jacob jacques jakob james jan jana jane janet janine janne jason
javier jean jeanette jeffrey jennifer jens jeremy jerry jessica jim joachim joakim joan joanna
joaquim joe joel joerg johan johann johanna johannes john jon jonas jonathan jordan jorge josef josé
josefin josefine joseph joshua juan judith julia julian julie julien jürgen jörg jörgen karel karen
karin karina karl karla karolina katarina katarzyna kate katharina katherine kathleen kathryn katja
katrin keith kelly ken kenneth kent kerstin kevin kim kirsten kjell klaus konstantin kristian
kristin kristina kristine kristoffer krzysztof kurt lance larry lars laura lauren laurence laurent lea
leif lena lennart leo leon leonardo lina linda linnea lisa lise liv lotta louis louise luca lucas
lucia lucy ludwig luigi luis lukas magdalena magnus maja malgorzata malin manfred manuel marc marcel
marco marcus margaret margareta margit maria marianne marie marina mario marita mark markus marta
martha martin martina mary massimo mateusz mathias mathieu mats matthew matthias matti maurice max
maximilian megan melanie melissa mette mia michael michaela michal michel michele michelle miguel
mikael mike mikhail mila milan mirjam mohamed mohammad mohammed mona monica monika morten nadine
nancy natalia natalie nathalie nathan neil niclas nicholas nick nicolas nicole niels nigel niklas
nikolai nikolaos nils nina nora norbert ola olaf olav ole oleg olga oliver olivia olivier olle olof
oscar oskar otto owen pablo paola paolo pascal patricia patrick patrik paul paula pauline pavel pedro
per pernilla peter petr petra philip philipp philippe pia pierre piotr rachel radek rafael raimund
rainer ralf ramona raphael raul rebecca regina reinhard rené renata ricardo richard rita robert
roberto robin roger roland rolf roman ron ronald rosa roy rudolf rune rupert ruth ryan sabina sabine
samuel sandra sara sarah saskia scott sean sebastian serge sergei sergey sergio sharon shuhua sigrid
silvia simon simone sofia sofie solveig sonja sophia sophie stanislav stefan stefanie stein stella
sten stephan stephanie stephen steve steven stina stuart susan susana susanne suzanne sven svetlana
sylvia tanja tatiana ted teresa terry theo theodor therese thierry thomas thorsten tim timothy tina
tobias todd tom tomas tomasz toni tony tor tord torsten tove trevor ulf ulla ulrich ulrika ulrike uno
ursula uwe valentina valeria vanessa vasily vera verena veronica veronika victor victoria viktor
viktoria vincent viola virginia viveca vladimir walter wendy werner wilhelm william wolfgang xavier
yves yvonne zoe ylva zuzana åke åsa örjan håkan sören
""".split()
)
