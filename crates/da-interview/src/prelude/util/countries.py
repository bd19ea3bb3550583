"""Data table: the countries of ISO 3166: codes of two and three letters, number, calling code, kind of subdivision, name."""

_COUNTRIES = {row[0]: row for row in (line.split('|') for line in """\
AD|AND|020|376|Parish|Andorra
AE|ARE|784|971|Emirate|United Arab Emirates
AF|AFG|004|93|Province|Afghanistan
AG|ATG|028|1|Parish|Antigua and Barbuda
AI|AIA|660|1||Anguilla
AL|ALB|008|355|County|Albania
AM|ARM|051|374|Region|Armenia
AO|AGO|024|244|Province|Angola
AQ|ATA|010|||Antarctica
AR|ARG|032|54|Province|Argentina
AS|ASM|016|1||American Samoa
AT|AUT|040|43|State|Austria
AU|AUS|036|61|State|Australia
AW|ABW|533|297||Aruba
AX|ALA|248|358||Åland Islands
AZ|AZE|031|994|Rayon|Azerbaijan
BA|BIH|070|387|Entity|Bosnia and Herzegovina
BB|BRB|052|1|Parish|Barbados
BD|BGD|050|880|Division|Bangladesh
BE|BEL|056|32|Region|Belgium
BF|BFA|854|226|Region|Burkina Faso
BG|BGR|100|359|District|Bulgaria
BH|BHR|048|973|Governorate|Bahrain
BI|BDI|108|257|Province|Burundi
BJ|BEN|204|229|Department|Benin
BL|BLM|652|590||Saint Barthélemy
BM|BMU|060|1||Bermuda
BN|BRN|096|673|District|Brunei Darussalam
BO|BOL|068|591|Department|Bolivia, Plurinational State of
BQ|BES|535|599|Special municipality|Bonaire, Sint Eustatius and Saba
BR|BRA|076|55|State|Brazil
BS|BHS|044|1|District|Bahamas
BT|BTN|064|975|District|Bhutan
BV|BVT|074|||Bouvet Island
BW|BWA|072|267|District|Botswana
BY|BLR|112|375|Oblast|Belarus
BZ|BLZ|084|501|District|Belize
CA|CAN|124|1|Province|Canada
CC|CCK|166|61||Cocos (Keeling) Islands
CD|COD|180|243|Province|Congo, The Democratic Republic of the
CF|CAF|140|236|Prefecture|Central African Republic
CG|COG|178|242|Department|Congo
CH|CHE|756|41|Canton|Switzerland
CI|CIV|384|225|District|Côte d'Ivoire
CK|COK|184|682||Cook Islands
CL|CHL|152|56|Region|Chile
CM|CMR|120|237|Region|Cameroon
CN|CHN|156|86|Province|China
CO|COL|170|57|Department|Colombia
CR|CRI|188|506|Province|Costa Rica
CU|CUB|192|53|Province|Cuba
CV|CPV|132|238|Geographical region|Cabo Verde
CW|CUW|531|599||Curaçao
CX|CXR|162|61||Christmas Island
CY|CYP|196|357|District|Cyprus
CZ|CZE|203|420|Region|Czechia
DE|DEU|276|49|Land|Germany
DJ|DJI|262|253|Region|Djibouti
DK|DNK|208|45|Region|Denmark
DM|DMA|212|1|Parish|Dominica
DO|DOM|214|1|Region|Dominican Republic
DZ|DZA|012|213|Province|Algeria
EC|ECU|218|593|Province|Ecuador
EE|EST|233|372|County|Estonia
EG|EGY|818|20|Governorate|Egypt
EH|ESH|732|212||Western Sahara
ER|ERI|232|291|Region|Eritrea
ES|ESP|724|34|Autonomous community|Spain
ET|ETH|231|251|Regional state|Ethiopia
FI|FIN|246|358|Region|Finland
FJ|FJI|242|679|Division|Fiji
FK|FLK|238|500||Falkland Islands (Malvinas)
FM|FSM|583|691|State|Micronesia, Federated States of
FO|FRO|234|298||Faroe Islands
FR|FRA|250|33|Metropolitan region|France
GA|GAB|266|241|Province|Gabon
GB|GBR|826|44|Country|United Kingdom
GD|GRD|308|1|Parish|Grenada
GE|GEO|268|995|Region|Georgia
GF|GUF|254|594||French Guiana
GG|GGY|831|44||Guernsey
GH|GHA|288|233|Region|Ghana
GI|GIB|292|350||Gibraltar
GL|GRL|304|299|Municipality|Greenland
GM|GMB|270|220|Division|Gambia
GN|GIN|324|224|Administrative region|Guinea
GP|GLP|312|590||Guadeloupe
GQ|GNQ|226|240|Region|Equatorial Guinea
GR|GRC|300|30|Administrative region|Greece
GS|SGS|239|||South Georgia and the South Sandwich Islands
GT|GTM|320|502|Department|Guatemala
GU|GUM|316|1||Guam
GW|GNB|624|245|Province|Guinea-Bissau
GY|GUY|328|592|Region|Guyana
HK|HKG|344|852||Hong Kong
HM|HMD|334|||Heard Island and McDonald Islands
HN|HND|340|504|Department|Honduras
HR|HRV|191|385|County|Croatia
HT|HTI|332|509|Department|Haiti
HU|HUN|348|36|City with county rights/County|Hungary
ID|IDN|360|62|Geographical unit|Indonesia
IE|IRL|372|353|Province|Ireland
IL|ISR|376|972|District|Israel
IM|IMN|833|44||Isle of Man
IN|IND|356|91|State|India
IO|IOT|086|246||British Indian Ocean Territory
IQ|IRQ|368|964|Governorate|Iraq
IR|IRN|364|98|Province|Iran, Islamic Republic of
IS|ISL|352|354|Region|Iceland
IT|ITA|380|39|Region|Italy
JE|JEY|832|44||Jersey
JM|JAM|388|1|Parish|Jamaica
JO|JOR|400|962|Governorate|Jordan
JP|JPN|392|81|Prefecture|Japan
KE|KEN|404|254|County|Kenya
KG|KGZ|417|996|Region|Kyrgyzstan
KH|KHM|116|855|Province|Cambodia
KI|KIR|296|686|Group of islands (20 inhabited islands)|Kiribati
KM|COM|174|269|Island|Comoros
KN|KNA|659|1|State|Saint Kitts and Nevis
KP|PRK|408|850|Province|Korea, Democratic People's Republic of
KR|KOR|410|82|Province/Metropolitan city|Korea, Republic of
KW|KWT|414|965|Governorate|Kuwait
KY|CYM|136|1||Cayman Islands
KZ|KAZ|398|7|Region|Kazakhstan
LA|LAO|418|856|Province|Lao People's Democratic Republic
LB|LBN|422|961|Governorate|Lebanon
LC|LCA|662|1|District|Saint Lucia
LI|LIE|438|423|Commune|Liechtenstein
LK|LKA|144|94|Province|Sri Lanka
LR|LBR|430|231|County|Liberia
LS|LSO|426|266|District|Lesotho
LT|LTU|440|370|County|Lithuania
LU|LUX|442|352|Canton|Luxembourg
LV|LVA|428|371|Municipality|Latvia
LY|LBY|434|218|Popularate|Libya
MA|MAR|504|212|Region|Morocco
MC|MCO|492|377|Quarter|Monaco
MD|MDA|498|373|District|Moldova, Republic of
ME|MNE|499|382|Municipality|Montenegro
MF|MAF|663|590||Saint Martin (French part)
MG|MDG|450|261|Province|Madagascar
MH|MHL|584|692|Chain (of islands)|Marshall Islands
MK|MKD|807|389|Municipality|North Macedonia
ML|MLI|466|223|Region|Mali
MM|MMR|104|95|State/Region|Myanmar
MN|MNG|496|976|Province|Mongolia
MO|MAC|446|853||Macao
MP|MNP|580|1||Northern Mariana Islands
MQ|MTQ|474|596||Martinique
MR|MRT|478|222|Region|Mauritania
MS|MSR|500|1||Montserrat
MT|MLT|470|356|Local council|Malta
MU|MUS|480|230|District|Mauritius
MV|MDV|462|960|Administrative atoll|Maldives
MW|MWI|454|265|Region|Malawi
MX|MEX|484|52|State|Mexico
MY|MYS|458|60|State|Malaysia
MZ|MOZ|508|258|Province|Mozambique
NA|NAM|516|264|Region|Namibia
NC|NCL|540|687||New Caledonia
NE|NER|562|227|Region|Niger
NF|NFK|574|672||Norfolk Island
NG|NGA|566|234|State|Nigeria
NI|NIC|558|505|Department|Nicaragua
NL|NLD|528|31|Province|Netherlands
NO|NOR|578|47|County|Norway
NP|NPL|524|977|Province|Nepal
NR|NRU|520|674|District|Nauru
NU|NIU|570|683||Niue
NZ|NZL|554|64|Region|New Zealand
OM|OMN|512|968|Governorate|Oman
PA|PAN|591|507|Province|Panama
PE|PER|604|51|Region|Peru
PF|PYF|258|689||French Polynesia
PG|PNG|598|675|Province|Papua New Guinea
PH|PHL|608|63|Region|Philippines
PK|PAK|586|92|Province|Pakistan
PL|POL|616|48|Voivodship|Poland
PM|SPM|666|508||Saint Pierre and Miquelon
PN|PCN|612|||Pitcairn
PR|PRI|630|1||Puerto Rico
PS|PSE|275|970|Governorate|Palestine, State of
PT|PRT|620|351|District|Portugal
PW|PLW|585|680|State|Palau
PY|PRY|600|595|Department|Paraguay
QA|QAT|634|974|Municipality|Qatar
RE|REU|638|262||Réunion
RO|ROU|642|40|Department|Romania
RS|SRB|688|381|District|Serbia
RU|RUS|643|7|Administrative region|Russian Federation
RW|RWA|646|250|Province|Rwanda
SA|SAU|682|966|Region|Saudi Arabia
SB|SLB|090|677|Province|Solomon Islands
SC|SYC|690|248|District|Seychelles
SD|SDN|729|249|State|Sudan
SE|SWE|752|46|County|Sweden
SG|SGP|702|65|District|Singapore
SH|SHN|654|290|Geographical entity|Saint Helena, Ascension and Tristan da Cunha
SI|SVN|705|386|Municipality|Slovenia
SJ|SJM|744|47||Svalbard and Jan Mayen
SK|SVK|703|421|Region|Slovakia
SL|SLE|694|232|Province|Sierra Leone
SM|SMR|674|378|Municipality|San Marino
SN|SEN|686|221|Region|Senegal
SO|SOM|706|252|Region|Somalia
SR|SUR|740|597|District|Suriname
SS|SSD|728|211|State|South Sudan
ST|STP|678|239|District|Sao Tome and Principe
SV|SLV|222|503|Department|El Salvador
SX|SXM|534|1||Sint Maarten (Dutch part)
SY|SYR|760|963|Province|Syrian Arab Republic
SZ|SWZ|748|268|Region|Eswatini
TC|TCA|796|1||Turks and Caicos Islands
TD|TCD|148|235|Province|Chad
TF|ATF|260|||French Southern Territories
TG|TGO|768|228|Region|Togo
TH|THA|764|66|Province|Thailand
TJ|TJK|762|992|Region|Tajikistan
TK|TKL|772|690||Tokelau
TL|TLS|626|670|Municipality|Timor-Leste
TM|TKM|795|993|Region|Turkmenistan
TN|TUN|788|216|Governorate|Tunisia
TO|TON|776|676|Division|Tonga
TR|TUR|792|90|Province|Türkiye
TT|TTO|780|1|Region|Trinidad and Tobago
TV|TUV|798|688|Island council|Tuvalu
TW|TWN|158|886|County|Taiwan, Province of China
TZ|TZA|834|255|Region|Tanzania, United Republic of
UA|UKR|804|380|Region|Ukraine
UG|UGA|800|256|Geographical region|Uganda
UM|UMI|581||Islands, groups of islands|United States Minor Outlying Islands
US|USA|840|1|State|United States
UY|URY|858|598|Department|Uruguay
UZ|UZB|860|998|Region|Uzbekistan
VA|VAT|336|39||Holy See (Vatican City State)
VC|VCT|670|1|Parish|Saint Vincent and the Grenadines
VE|VEN|862|58|State|Venezuela, Bolivarian Republic of
VG|VGB|092|1||Virgin Islands, British
VI|VIR|850|1||Virgin Islands, U.S.
VN|VNM|704|84|Province|Viet Nam
VU|VUT|548|678|Province|Vanuatu
WF|WLF|876|681|Administrative precinct|Wallis and Futuna
WS|WSM|882|685|District|Samoa
YE|YEM|887|967|Governorate|Yemen
YT|MYT|175|262||Mayotte
ZA|ZAF|710|27|Province|South Africa
ZM|ZMB|894|260|Province|Zambia
ZW|ZWE|716|263|Province|Zimbabwe
""".splitlines())}
