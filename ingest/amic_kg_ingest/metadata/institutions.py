"""Names under which Finnish institutions publish that are no organisations of the mining registry.

One institution a line: the name preferred first, then others in Finnish, Swedish and English, with
the spellings that repositories have used; a line that begins with a bar goes on with the last.
"""

INSTITUTIONS = """
Yrkeshögskolan Arcada|Arcada|Yrkehögskolan Arcada|Arcada University of Applied Sciences|Arcada UAS
Diakonia-ammattikorkeakoulu|Diak|Diaconia University of Applied Sciences
|Diak University of Applied Sciences
Haaga-Helia ammattikorkeakoulu|Haaga-Helia|Haaga-Helia University of Applied Sciences
Humanistinen ammattikorkeakoulu|Humak|Humanistinen ammattikorkakoulu
|Humak University of Applied Sciences|Humanistinen ammattikorkeakoulu Humak
Hämeen ammattikorkeakoulu|HAMK|Häme University of Applied Sciences|Tavastlands yrkeshögskola
Jyväskylän ammattikorkeakoulu|Jamk|JAMK University of Applied Sciences
|Jyväskylä University of Applied Sciences|Jamk ammattikorkeakoulu
Kaakkois-Suomen ammattikorkeakoulu|Xamk|South-Eastern Finland University of Applied Sciences
|South-Eastern University of Applied Sciences
Kajaanin ammattikorkeakoulu|KAMK|Kajaani University of Applied Sciences
Karelia-ammattikorkeakoulu|Karelia|Karelia University of Applied Sciences|Karelia UAS
|Pohjois-Karjalan ammattikorkeakoulu|North Karelia University of Applied Sciences
LAB-ammattikorkeakoulu|LAB|LAB University of Applied Sciences
Lahden ammattikorkeakoulu|Lahti University of Applied Sciences|LAMK
Saimaan ammattikorkeakoulu|Saimaa University of Applied Sciences|Saimia
Laurea-ammattikorkeakoulu|Laurea|Laurea University of Applied Sciences|Laurea UAS
Metropolia Ammattikorkeakoulu|Metropolia|Metropolia University of Applied Sciences|Metropolia UAS
Yrkeshögskolan Novia|Novia|Yrkehögskolan Novia|Novia University of Applied Sciences|Novia UAS
Oulun ammattikorkeakoulu|Oamk|Oulu University of Applied Sciences|Oulun ammattikorkeakoulu, Oamk
Poliisiammattikorkeakoulu|Polamk|Polisyrkeshögskolan|Police University College
|Police University College of Finland
Satakunnan ammattikorkeakoulu|SAMK|Satakunta University of Applied Sciences
Savonia-ammattikorkeakoulu|Savonia|Savonia University of Applied Sciences
Seinäjoen ammattikorkeakoulu|SeAMK|Seinäjoki University of Applied Sciences
Tampereen ammattikorkeakoulu|TAMK|Tampere University of Applied Sciences
Turun ammattikorkeakoulu|Turku AMK|Turku University of Applied Sciences|Turku UAS
|Åbo yrkeshögskola
Vaasan ammattikorkeakoulu|VAMK|Vaasa University of Applied Sciences|Vasa yrkeshögskola
Centria-ammattikorkeakoulu|Centria|Centria University of Applied Sciences
Maanpuolustuskorkeakoulu|National Defence University|Försvarshögskolan|MPKK
Aalto-yliopisto|Aalto University|Aalto-universitetet
Helsingin yliopisto|University of Helsinki|Helsingfors universitet
Itä-Suomen yliopisto|University of Eastern Finland|Östra Finlands universitet|UEF
Jyväskylän yliopisto|University of Jyväskylä|Jyväskylä universitet|JYU
Lappeenrannan–Lahden teknillinen yliopisto LUT|Lappeenrannan-Lahden teknillinen yliopisto
|Lappeenranta-Lahti University of Technology LUT|Lappeenrannan teknillinen yliopisto
|Lappeenranta University of Technology|LUT-yliopisto|LUT University|LUT Yliopisto
Oulun yliopisto|University of Oulu|Uleåborgs universitet
Tampereen yliopisto|Tampere University|University of Tampere|Tammerfors universitet
Turun yliopisto|University of Turku|Åbo universitet
Vaasan yliopisto|University of Vaasa|Vasa universitet
Åbo Akademi|Åbo Akademi University
Taideyliopisto|University of the Arts Helsinki|Konstuniversitetet
Svenska handelshögskolan|Hanken|Hanken School of Economics
Kansalliskirjasto|National Library of Finland|Nationalbiblioteket
Suomen Pankki|Bank of Finland|Finlands Bank
Kela|Kansaneläkelaitos|Folkpensionsanstalten|FPA|The Social Insurance Institution of Finland
Eläketurvakeskus|Finnish Centre for Pensions|Pensionsskyddscentralen|ETK
Lääkealan turvallisuus- ja kehittämiskeskus Fimea|Fimea|Finnish Medicines Agency Fimea
|Lääkealan turvallisuus- ja kehittämiskeskus
Säteilyturvakeskus|STUK|Radiation and Nuclear Safety Authority|Strålsäkerhetscentralen
Terveyden ja hyvinvoinnin laitos|THL|National Institute for Health and Welfare
|Finnish Institute for Health and Welfare|Institutet för hälsa och välfärd
|Terveyden ja hyvinvoinnin laitos THL
Työterveyslaitos|TTL|Finnish Institute of Occupational Health|Arbetshälsoinstitutet|FIOH
Liikennevirasto|Finnish Transport Agency|Trafikverket
Metsähallitus|Forststyrelsen|Meahciráđđehus
Sitra|Suomen itsenäisyyden juhlarahasto Sitra
Opetus- ja kulttuuriministeriö|Ministry of Education and Culture
|Undervisnings- och kulturministeriet|OKM
Työ- ja elinkeinoministeriö|Ministry of Economic Affairs and Employment
|Arbets- och näringsministeriet|TEM
Ympäristöministeriö|Ministry of the Environment|Miljöministeriet
Valtioneuvosto|Finnish Government|Statsrådet
Valtioneuvoston kanslia|Prime Minister's Office|Statsrådets kansli
Ulkoministeriö|Ulkoasiainministeriö|Ministry for Foreign Affairs of Finland|Utrikesministeriet
Oikeusministeriö|Ministry of Justice|Justitieministeriet|Vuoigatvuođaministeriija
Sisäministeriö|Ministry of the Interior|Inrikesministeriet
Puolustusministeriö|Ministry of Defence|Försvarsministeriet
Valtiovarainministeriö|Ministry of Finance|Finansministeriet|Ruhtaministeriija
Maa- ja metsätalousministeriö|Ministry of Agriculture and Forestry|Jord- och skogsbruksministeriet
Liikenne- ja viestintäministeriö|Ministry of Transport and Communications
|Kommunikationsministeriet
Sosiaali- ja terveysministeriö|Ministry of Social Affairs and Health
|Social- och hälsovårdsministeriet
Tilastokeskus|Statistics Finland|Statistikcentralen
Finanssivalvonta|Financial Supervisory Authority|Finansinspektionen
Liikenne- ja viestintävirasto Traficom|Traficom
|Finnish Transport and Communications Agency Traficom|Transport- och kommunikationsverket Traficom
Taideyliopiston Sibelius-Akatemia|Sibelius-Akatemia|Sibelius Academy
|Sibelius Academy, University of the Arts Helsinki|Konstuniversitetets Sibelius-Akademi
Högskolan på Åland|Åland University of Applied Sciences
Pelastusopisto|Emergency Services Academy Finland|Emergency Services College
|Räddningsinstitutet
Suomen Kuntaliitto|Kuntaliitto|Finlands Kommunförbund
|Association of Finnish Local and Regional Authorities
Lapland University Press|Lapin yliopistokustannus
"""
