"""Words by which names of places and bodies are told from other capitalised words.

Lists only; what a name is in its sentence is told by `corpus.figures.places`.
"""

import re
from collections.abc import Mapping

# What CLDR lacks or names otherwise than the press does.
MORE_PLACES: Mapping[str, str] = {
    "US": "United States", "U.S.": "United States", "USA": "United States", "America": "United States", "UK": "United Kingdom",
    "Britain": "United Kingdom", "EU": "European Union", "UN": "United Nations", "UAE": "United Arab Emirates",
    "Hong Kong": "Hong Kong", "Macao": "Macao", "Turkey": "Turkey", "Czech Republic": "Czechia", "Global South": "Global South",
    "Middle East": "Middle East", "ASEAN": "ASEAN", "Chinese mainland": "China",
    "Türkiye": "Turkey",
}  # fmt: skip
MORE_PEOPLES: Mapping[str, str] = {
    "American": "United States", "British": "United Kingdom", "Indian": "India", "Brazilian": "Brazil", "Mexican": "Mexico",
    "Canadian": "Canada", "Australian": "Australia", "Egyptian": "Egypt", "African": "Africa", "European": "Europe",
    "Asian": "Asia", "Swiss": "Switzerland", "Austrian": "Austria", "Belgian": "Belgium", "Israeli": "Israel",
    "Pakistani": "Pakistan", "Iranian": "Iran", "Portuguese": "Portugal", "South African": "South Africa",
    "Saudi": "Saudi Arabia",
}  # fmt: skip
# Languages of CLDR that are spoken by no one people, or whose name is also another word.
NO_PEOPLES = frozenset({"English", "Arabic", "Latin", "Sanskrit", "Church", "Tongan", "Interlingua", "Spanish Sign"})
# Capitalised words that name no place or body, alone or as a name's last word.
NO_NAME = frozenset(
    """
    Intelligence AI AI+ API CNC GDP IT ICT GPU GPUs CPU SME SMEs CEO CFO IPO LLM LLMs VR AR EV EVs RMB USD EUR CNY PC R&D OK TV
    GHz MHz kHz Hz TWh GWh MWh kWh kW TW FLOPS PFLOPS
    EFLOPS ZFLOPS TFLOPS PB TB EB GB MW GW Internet I
    January February March April May June July August September October November December
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday
    Initiative Report Plan Act Agreement Resolution Summit Conference Award Programme Program Index Day Revolution Goals Agenda
    Mission Prix Fund Scheme Framework Vision Directive Regulation Bill Code Charter Convention Pact Accord Prize Cup Games Fair
    Expo Week Festival Olympics Exhibition Show Series Dialogue
    Sessions Forum Treaty Strategy Project Guideline Guidelines Law Congress Earth President Premier Minister Mr Ms Dr Professor
    Director Secretary Chairman Chairwoman Captain Engineer
    """.split()
)
# Endings that only names of places have; enough to know one at a sentence's beginning.
SETTLEMENT = re.compile(
    r"^[A-Z]\w{2,}(?:bury|ford|ham|shire|burgh?|ville|stan|grad|chester|mouth|minster|polis|pur|abad|zhou|jiang|gyang|hagen|"
    r"borough|heim|dorf|furt|sk|ovo|evo|[^aeiou]ton|land)$"
)
# First words that stand without an article and yet are no names.
MASS = re.compile(
    r"(?:tion|sion|ment|ity|ness|ance|ence|ing|ism|ship|age|ure|th|ware|ly|ics|power|fall|(?:s|r|wo|y|Police|Fire)men|"
    r"children|people)$|^(?:Research|Output|Revenue|Income|Demand|Supply|Trade|"
    r"Talent|Exchange|Data|Turnover|Profit|Traffic|Water|Power|Energy|Steel|Coal|Oil|Gas|Work|Today|Everyone|Nobody|Half|Each|Every|"
    r"People|Women|Children|Men|Yesterday|This|That|These|Those|There|It|He|She|They|We|You|Who|What|Which|One|Most|More|Many|Both|"
    r"All|Some|Few|None|Here|Rice|Wheat|Corn|Beef|Staff|Debt|Cash|Capital|Waste|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Twenty|"
    r"Thirty|Forty|Fifty|Hundred|Million)$"
)
# Stand before a person's name where a sentence begins: "Striker Ana Diaz".
ROLES = frozenset(
    """
    striker founder co-founder pollster designer owner maker mayor author singer painter skipper keeper ranger banker lawyer
    farmer trader broker engineer researcher doctor analyst economist novelist astronomer goalkeeper midfielder winger captain
    coach
    """.split()
)
# What these verbs say is said of things: nobody's place is measured by them.
CHANGING = frozenset(
    "fell falls rose rises dropped drops climbed climbs slid eased jumped slowed surged plunged traded trades costs cost".split()
)
SAID = (
    r"(?:said|says|(?:admitted|warned|warns|conceded|insisted|insists|joked|complained|recalled|replied|remarked|"
    r"cautioned|acknowledged|claims)(?! [\w ]{0,12}\d)|told|tells|wrote|writes|noted|notes|added|adds|"
    r"explained|stressed|emphasi[sz]ed|observed|estimated|"
    r"estimates|predicts?|predicted|forecasts?|expects?|announced|argues|argued|reported|reports|pointed out|believes)"
)
