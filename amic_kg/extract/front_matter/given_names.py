"""Given and family names that are common in Europe, beside those of the Finnish dictionary."""

from __future__ import annotations

_NAMES = """
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
hilde holger hugo ian igor ilya inga inge ingeborg ingela ingemar inger ingo ingrid irene irina
isaac
isabel isabella ivan ivar iwona jack jacob jacques jakob james jan jana jane janet janine janne
jason
javier jean jeanette jeffrey jennifer jens jeremy jerry jessica jim joachim joakim joan joanna
joaquim joe joel joerg johan johann johanna johannes john jon jonas jonathan jordan jorge josef josé
josefin josefine joseph joshua juan judith julia julian julie julien jürgen jörg jörgen karel karen
karin karina karl karla karolina katarina katarzyna kate katharina katherine kathleen kathryn katja
katrin keith kelly ken kenneth kent kerstin kevin kim kirsten kjell klaus konstantin kristian
kristin kristina kristine kristoffer krzysztof kurt lance larry lars laura lauren laurence
laurent lea
leif lena lennart leo leon leonardo lina linda linnea lisa lise liv lotta louis louise luca lucas
lucia lucy ludwig luigi luis lukas magdalena magnus maja malgorzata malin manfred manuel marc marcel
marco marcus margaret margareta margit maria marianne marie marina mario marita mark markus marta
martha martin martina mary massimo mateusz mathias mathieu mats matthew matthias matti maurice max
maximilian megan melanie melissa mette mia michael michaela michal michel michele michelle miguel
mikael mike mikhail mila milan mirjam mohamed mohammad mohammed mona monica monika morten nadine
nancy natalia natalie nathalie nathan neil niclas nicholas nick nicolas nicole niels nigel niklas
nikolai nikolaos nils nina nora norbert ola olaf olav ole oleg olga oliver olivia olivier olle olof
oscar oskar otto owen pablo paola paolo pascal patricia patrick patrik paul paula pauline pavel
pedro
per pernilla peter petr petra philip philipp philippe pia pierre piotr rachel radek rafael raimund
rainer ralf ramona raphael raul rebecca regina reinhard rené renata ricardo richard rita robert
roberto robin roger roland rolf roman ron ronald rosa roy rudolf rune rupert ruth ryan sabina sabine
samuel sandra sara sarah saskia scott sean sebastian serge sergei sergey sergio sharon shuhua sigrid
silvia simon simone sofia sofie solveig sonja sophia sophie stanislav stefan stefanie stein stella
sten stephan stephanie stephen steve steven stina stuart susan susana susanne suzanne sven svetlana
sylvia tanja tatiana ted teresa terry theo theodor therese thierry thomas thorsten tim timothy tina
tobias todd tom tomas tomasz toni tony tor tord torsten tove trevor ulf ulla ulrich ulrika ulrike
uno
ursula uwe valentina valeria vanessa vasily vera verena veronica veronika victor victoria viktor
viktoria vincent viola virginia viveca vladimir walter wendy werner wilhelm william wolfgang xavier
yves yvonne zoe ylva zuzana åke åsa örjan håkan sören
aada aamu aava aija aila aimo aini aki akseli alisa alli anelma anja anjuska anmari anna-liisa anni
annukka ansa anssi antero antti anu anu-maria arja armi armo arno arpo arsi arto arttu arvi asko
asta aulikki aulis aura auri auvo eeli eelis eemeli eero eerik eerika eetu eeva eija eila eino eira
elias elina elisa ellinoora elmeri elvi emmi ensio erja erkka erkki ermo essi esko esteri eveliina
hannaleena hannele hanni harri heini heino heli helka helmi hely henna henni heta hilja hilkka hilla
hilma iida iina iiris iiro iivari ilari ilkka ilmari ilona ilpo ilta immo inka inkeri inna into
irma irmeli isto jaakko jaana jani jaakob janita janne jari jarkko jarmo jarno jenna jenni jere
jesse joni jonna jorma jouko jouni juha juhani juho jukka jussi jutta juuli juuso jyrki kaapo
kaarina kaarlo kai kaija kaisa kaius kalervo kalevi kalle kanerva kari karri kati katri kauko
keijo kerttu kia kiia kimmo kirsi kirsti krista kristiina kullervo kyllikki kyösti laila lasse
lauha lauri leea leena lempi lenni liisa lilja lotta maarit maija maiju maila maiju maisa maissi
mari maria mariitta marika mariko marjaana marjatta marjo marjukka marjut marko marketta markku
martta marttiina matias mauno mauri meeri meija meiju merja mervi mika miikka miina mikko milja
milka milla mimmi minja minna minttu mira mirja mirka mirva miska monika naemi nella niilo niina
niko noora oili oiva olavi olli oona orvokki osmo otso outi paavo panu päivi pälvi pasi päivikki
pauliina pekka pentti perttu pertti petra petri petteri pihla piia pilvi pirita pirjo pirkko raija
raili raimo raine raisa rami rauha rauni rauno reetta reijo reima riikka riina risto ritva roope
ruut saana saara saija saila saimi saini saku salla salli salme sami samuli sampo sanelma sanna
santeri sari satu seija selina selinä senja seppo signe siina siiri silja silva simo sini sinikka
siiri sirkka sirpa sisko sofi soile soili suoma sulo susanna suvi taina taija taimi taito taneli
tapani tapio taru tarja tarmo tatu tea teemu teija tellervo teppo terhi tero tiia tiina tiinu timi
timo tiu toivo topi touko tuija tuire tuomas tuomo tuovi tuuli tuulevi tuulia tuulikki tytti ulpu
untamo urho urpo usko väinö valma valpuri valtteri vappu varpu veera veijo veikko veli venla vesa
viivi viljo ville vilma virpi virva voitto vuokko
abdul abdullah adeel adnan agnese ahmad aino-kaisa akira alexandru alireza amir amirreza amit amjad
ananya anders andres anh ann-sofie anna-greta anne-mari annemari antti-jussi arjun armin arun ashok
ayesha beatrice behnam berit bin bogdan cécile césar christiane ciara ciarán daniil dmytro dariusz
daisy deepak devi eamon ehsan ekaterina elif emre enrique esteban fatima fatemeh fei feng gina
giada goran grazia guadalupe gunnel haresh hassan herminia hiroshi hossein hui hussein ibrahim
ignacio ilaria ilker imran ingibjörg inés islam jacek jamal javad jesús jian jiří joana joão
juliana jun kamal karim kazem kemal kenji khalid kishore klas kofi kumar kwame laszlo lászló lei
leticia li ling liselotte luisa luz madhusanka mahmoud mai maite manoj mariann marija marta maryam
mehdi mei micael milica ming miroslav mohammadreza mohsen morteza muhammad mustafa narges natasha
naveed nguyen nikola nimo nuno nils-erik olena omar otilia ove owe oyvind paulo pavol petrine ping
pooja prabhat pradeep priya radoslav rahul rajesh ram ramesh raquel ravi reza rui rut said salman
samir sanjay santiago sanjeev sergiy shahriar shankar sheng shu siddharth silke siobhan slawomir
sofa sunil suresh syed szymon takashi tamás tanya tariq tatjana thiago tommi trang umar uli usman
vasile vijay vikram violeta vito viktorija vojtěch wei wenche xiao xin yan yang yi ying yong yoshi
yuan yuki yusuf zahra zdenek greta maj maj-britt gertrud ingvar roxane teko adhityo zhang zheng
øyvind åshild
rasmus emelie fanny jenny sofie wilma ronja filippa ida hedvig ebba elsa alva saga tilda nellie moa
tuva ellinor josefina jennie annina nicolina mikaela micaela ann-christin christel carola carita
gunnevi siv maj-len britt-marie birgitta christoffer kristofer jimmy johnny ronny conny tommy benny
kenny börje göte gösta sture bengt jarl kaj stig alf alfons algot folke ragnar runar valdemar edvin
edvard elis elof vilhelm ludvig linus isak filip hampus albin alvin melker sixten ture matilda
amalia lovisa olga ingeborg dagny signe svea märta greta asta elvira ester hilda ellen alexandra
bianca cassandra denise desirée emmy felicia frida heidi isabelle jasmine jonna lisbeth lisette
madeleine madelene malena marika michelle minna mirjam nadja natalia nathalie nea petronella
rebecka regina ricky sabina samantha sanna sebastian simon stefanie susann tanja therése tessa ulla
viveka yasmin zacharias andré anders-erik benjamin casper christer dick edward eliel fredric göran
henrik ingmar jan-erik jarl-erik jonny kennet krister lars-erik mathias mats nicklas ole-petter
patrick pär robert rurik sten-erik tage thomas-erik tor-erik tore ulf-peter vesa viking walter
aaron abigail adele adriana agata aidan aisha alana albert alec alessia alexis alfredo alison alma
alvaro amber amelie amina andreea andré angelica angelo angus anika anisa annabel antonia antonella
april ariel arjen arnold arturo asa ashley audrey augusto aurelie aurora avery barry bas bastian
bella bernadette bertrand bettina beth bianca bill bjorn björg blanca bonnie bradley brandon brenda
brendan bridget bruce bryan callum cameron camille carlo carlotta carol carsten cathy chad chantal
charlie chiara chloe chris christa cindy claudine clemens colin connor constance corinna craig
cristiano curtis cynthia damien danilo danny dario darren dean debra derek diane diederik dilip
dominique donna dora doreen dorothy douglas duncan dylan edith edmund edwin eileen elaine eleanor
elias elin eliot eliza elodie emanuele emile emiliano enzo ernesto estelle ethan eugen evan evelyn
ewan fanny fausto fernanda fiona flavia florence florent franco frederik frida gavin gemma geoffrey
georg georges georgia gertrude gianluca gilbert giles gino giorgio gisela glen gloria gordon greta
guillaume gustavo guy gwen hank harriet harrison harvey hector helga hendrik henk henning henrietta
herman hermann herve hilary holly howard hubert huw ida imogen ines ingo iris irma ismael iván
jacopo jacqueline jake jaime jamie janez janusz jasper jaume jay jeff jelena jenna jerome jill joana
jochen jody johannes jonah jonas joost joris josefina josep josh joyce juanita judy julio julius
june justin justyna kamil karsten kasper kathrin katy kay keira kenny kerry kieran kirk kirsty klara
klemens kris kyle lea leah lennard leonard leonor leslie lewis liam lidia lieve lily linus lois
lorena lorenzo loretta lorna lottie luciano ludovic luka luther lydia lynn mabel maarten madeline
magda maggie mandy manuela mara marcela marcelo marcin marco margarida margot mariana mariano
marilyn
marion marios marlene marlon martine martyn massimiliano mathilde matilda matteo mattia maureen
mauricio maurizio mauro megan mercedes mercy meredith mia micha mikkel mikko mina mirko miroslava
mitchell molly monique moritz murray myriam nadia naomi natasha ned nelson nicholas nick nicola
nigel noel noemi norman octavian odile olaf oliver orla oskar otto paddy pamela pascale patrizia
pauli paulina penelope penny pernille philippa phoebe pieter pilar polly quentin rachael ralph ramón
randi raquel raymond rebekah regine reinhold renate renato rhys ricarda riccardo richard rikke rob
roberta robbie rocco rodney rodrigo roelof romain ron ronan rory rosalind rosemary ross rowan roxana
ruben rudi russell sabrina sally salvatore samira sandro sanne saul sebastien selma severin shane
shannon shaun sheila shirley sid sigmund silvana silvio simona simonetta siobhán sofía sonia stan
stefania stefano stephane stewart stijn stuart susanna suzanna sylvain sylvie tamara tania tara
tariq tatjana tessa thea thibault thijs thomas tiago tiffany till tilman timo tine tobias tommaso
tracy tristan trond trudy ulla umberto una urs ursula valerie valerio valter vera veronique vicente
vicky victor vilma vincenzo viorel vittorio volker wanda warren wendy wiebke wilfried will willem
winfried wojciech xenia yann yannick yolanda yuri yvette zara zbigniew zoltan zoltán zofia
"""

GIVEN_NAMES = frozenset(_NAMES.split())

_FAMILIES = """
abbas ahmad ahmed akter ali alam andersen anderson andersson begum berg bergman björk blom brown
carlsson chaudhary chen cheng choi chowdhury christensen clark cohen cruz dahl das davies davis díaz
eklund ekman eriksson evans fernández fischer forsman fredriksson garcía ghosh gonzález granlund
gupta gustafsson haider hansen hansson haque hassan henriksson hernández hossain huang hughes
hussain
isaksson islam ivanov jacobsen jansson jensen jiang johansson johnson jones jonsson kaur karlsson
khan
kim kowalski kumar larsen larsson lee lewis li lin lindberg lindström liu lópez lundberg malik
martin
martínez mehta miller mishra mohammed mohammadi moore moreau müller nguyen nielsen nilsson nordman
novák nowak nyberg nygård nyström olsen olsson park patel pedersen pérez persson petersen petersson
petrov pham popov rahman ramírez rana rao reddy ricci roberts robinson rodríguez rosenberg rossi
russo sánchez sandberg schmidt schneider schulz shah sharma silva singh sjöberg smith söderström
sundqvist svensson taylor thomas thompson torres tran varga wagner walker wang weber wei white
williams wilson wong wu xu yadav yang zhang zhao zheng zhou zhu öberg österberg östman
"""

FAMILY_NAMES = frozenset(_FAMILIES.split())
