"""The adjectives of states: "Armenian" names Armenia. By ISO 3166-1; an adjective of two states names neither."""

_WRITTEN = """
AD Andorran|AE Emirati|AF Afghan|AL Albanian|AM Armenian|AO Angolan|AR Argentine Argentinian|AT Austrian|AU Australian
AZ Azerbaijani Azeri|BA Bosnian|BD Bangladeshi|BE Belgian|BF Burkinabe|BG Bulgarian|BH Bahraini|BI Burundian|BO Bolivian
BR Brazilian|BW Botswanan|BY Belarusian Belarussian|CA Canadian|CD Congolese|CF Central-African|CG Congolese|CH Swiss
CI Ivorian|CL Chilean|CM Cameroonian|CN Chinese|CO Colombian|CR Costa-Rican|CU Cuban|CY Cypriot|CZ Czech|DE German
DJ Djiboutian|DK Danish|DO Dominican|DZ Algerian|EC Ecuadorian Ecuadorean|EE Estonian|EG Egyptian|ER Eritrean|ES Spanish
ET Ethiopian|FI Finnish|FR French|GA Gabonese|GB British|GE Georgian|GH Ghanaian|GM Gambian|GN Guinean|GR Greek
GT Guatemalan|HN Honduran|HR Croatian|HT Haitian|HU Hungarian|ID Indonesian|IE Irish|IL Israeli|IN Indian|IQ Iraqi
IR Iranian|IS Icelandic|IT Italian|JM Jamaican|JO Jordanian|JP Japanese|KE Kenyan|KG Kyrgyz|KH Cambodian|KP North-Korean
KR South-Korean|KW Kuwaiti|KZ Kazakh Kazakhstani|LA Laotian|LB Lebanese|LK Sri-Lankan|LR Liberian|LT Lithuanian
LU Luxembourgish|LV Latvian|LY Libyan|MA Moroccan|MD Moldovan|ME Montenegrin|MK Macedonian|ML Malian|MM Burmese
MN Mongolian|MR Mauritanian|MT Maltese|MW Malawian|MX Mexican|MY Malaysian|MZ Mozambican|NA Namibian|NE Nigerien
NG Nigerian|NI Nicaraguan|NL Dutch|NO Norwegian|NP Nepalese Nepali|OM Omani|PA Panamanian|PE Peruvian|PH Filipino
PK Pakistani|PL Polish|PS Palestinian|PT Portuguese|PY Paraguayan|QA Qatari|RO Romanian|RS Serbian|RU Russian|RW Rwandan
SA Saudi|SD Sudanese|SE Swedish|SI Slovenian Slovene|SK Slovak|SL Sierra-Leonean|SN Senegalese|SO Somali|SS South-Sudanese
SV Salvadoran|SY Syrian|TD Chadian|TG Togolese|TH Thai|TJ Tajik|TM Turkmen|TN Tunisian|TR Turkish|TW Taiwanese
TZ Tanzanian|UA Ukrainian|UG Ugandan|US American|UY Uruguayan|UZ Uzbek|VE Venezuelan|VN Vietnamese|YE Yemeni|ZA South-African
ZM Zambian|ZW Zimbabwean
"""


def _read() -> dict[str, tuple[str, ...]]:
    entries = (entry.split() for line in _WRITTEN.strip().splitlines() for entry in line.split("|"))
    return {code: tuple(word.replace("-", " ") for word in words) for code, *words in entries}


DEMONYMS = _read()  # ISO 3166-1 alpha-2 -> adjectives
