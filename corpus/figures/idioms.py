"""Ages, hours, scores and sayings that hold numbers and count nothing: "turned 18", "half past nine", "at sixes and sevens".

The shapes of names, dates and codes are in `corpus.figures.no_figure_patterns`; where a pattern has a group "no", only that is
taken.
"""

import re

from corpus.number_words import SMALL

HOURS = "|".join(SMALL[1:13])
PLURALS = (
    "twos|threes|fours|fives|sixes|sevens|eights|nines|twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties"
)
# Behind a bare age stands no counted noun, no unit and no scale.
NO_COUNT = (
    r"(?![\w%]|[.,-]\d|-[a-z]| ?(?:per ?cent|per|hundred|thousand|[mbtr]+illion|years?|months?|people|(?:wo)?men|children|"
    r"[a-z]+s)\b(?<! is)(?<! was)(?<! has)(?<! says))"
)
PERSONS = (
    r"(?:children|kids|boys|girls|people|men|women|adults|youths?|minors|teenagers|users|those|anyone|anybody|everyone|citizens|"
    r"residents|workers|employees|drivers|pupils|students)"
)
SHAPES: tuple[tuple[str, str], ...] = (
    ("age", rf"\b(?i:{PERSONS}) (?:aged )?(?:under|over|below|above|younger than|older than)(?: the age of)? "
        rf"(?P<no>[1-9]\d){NO_COUNT}"),
    # "More than 70 percent of them under 30".
    ("age", r"\b(?i:of (?:them|whom)|(?:are|is|was|were)) (?:aged )?(?:under|over|below|above) (?P<no>[1-9]\d)(?=[.;)]|$)"),
    ("age", rf"\b(?:[Hh]e|[Ss]he|who) (?:is|was|will be) (?:now |only |just |still )?(?P<no>[1-9]\d)(?=[.,;]|$| (?:when|and|at|"
        rf"then|now|years old)\b){NO_COUNT}"),
    # "Died at 78", "the youngest winner at 19".
    ("age", r"\b(?:(?:[Dd]ie[sd]|[Dd]ying|[Rr]etir\w+|[Mm]arr(?:y|ied)|[Ee]nlisted|[Ee]migrated|[Dd]ebuted|"
        r"[Ll]eft (?:school|home)|(?:[Yy]ounge|[Oo]lde)st\b[^.,;]{0,40})) at (?:the age of |just |only )?(?P<no>[1-9]\d)"
        r"(?=[.,;](?!\d)|$| (?:in|on|after|from|and|with|when|while|who|last|this)\b)"),
    ("age", r"\bturn(?:ed|s|ing)? (?P<no>[1-9]\d)(?=[.,;](?!\d)|$| (?:in|on|this|last|next|and|when)\b)"),
    ("age", r"\b(?:[Hh]is|[Hh]er|[Tt]heir|[Mm]y|[Aa]n?) (?:[a-z-]+ ){0,2}(?!total|number|figure|count|sum)[a-z]+(?<!s), "
        r"(?P<no>[1-9]\d?),(?= )"),
    ("score", r"\b(?i:scor\w+|rat(?:ed?|es|ing)|mark(?:s|ed)?|grade[sd]?|points)\b[^.;]{0,40}? "
        r"(?P<no>\d+(?:\.\d+)? out of (?:5|10|20|100)\b(?! (?:[a-z]+ )?[a-z]+s\b))"),
    ("time of day", rf"\b(?:half past|(?:a )?quarter (?:past|to)|minutes? (?:past|to)) (?P<no>{HOURS})\b"
        rf"(?=[.,;]|$| (?:is|was|in|on|when|this|that|every|and|\d))"),
    ("time of day", rf"\b(?i:half past|(?:a )?quarter past) (?P<no>{HOURS}|\d\d?)\b"),
    # "The 6.45 tram", "at 7.30 on Monday".
    ("time of day", r"(?<![\w.,$€£¥-])(?:[01]?\d|2[0-3])\.[0-5]\d(?= (?:tram|train|bus|ferry|flight|coach|boat|sailing|service|"
        r"express|sleeper|showing|screening|performance|show|kick-?off|departure|news|bulletin|from [A-Z]|to [A-Z]))"),
    ("time of day", r"\bat (?P<no>(?:[01]?\d|2[0-3])\.[0-5]\d)(?= (?:on [A-Z]|in the (?:morning|afternoon|evening)|tomorrow|"
        r"tonight|local time|sharp|every (?:day|morning|evening|night)))"),
    ("time of day", r"(?<![\w.,$€£¥-])0\d\.[0-5]\d(?![\d%]| ?(?:per ?cent|[a-z]+s\b))"),
    ("time of day", r"(?<![\w.,$€£¥-])(?:[01]\d|2[0-3])[0-5]\d(?= (?:GMT|UTC|CET|CEST|BST|EST|EDT|hours|local time)\b)"),
    ("time of day", rf"\b(?i:five|ten|twenty|twenty-five) past (?:{HOURS})\b"),
    ("numeric date", r"(?<![\w.,/])9/11\b(?! of)"),
    ("score", r"(?<![\w.,-])\d{1,3}[-–]\d{1,3}"
        r"(?= (?:vote|ruling|decision|majority|margin|split|victory|win|defeat|loss|lead|draw)\b)"),
    ("name", r"\b[Tt]he (?P<no>\d+\.\d+)(?= version\b)"),
    ("score", r"(?<![\w.,-])\d{1,2}[-–]\d{1,2}(?:, \d{1,2}[-–]\d{1,2})+(?![\w%-]| per)"),
    ("address", r"(?<![\w.,$€£¥-])\d+[A-Za-z]?(?: [A-Z][a-z]+){1,3} (?:Street|Road|Avenue|Lane|Drive|Boulevard|Square)\b"),
    ("phone number", r"\b(?i:call(?:s|ed|ing)?|dial(?:s|l?ed|l?ing)?) (?P<no>(?:[\d-]{3,} (?:or|and) )?\d{3}[\d-]*)"
        r"(?![\w%]|[.,-]\d| ?(?:[mbtr]+illion|thousand|[a-z]+s|people)\b)"),
    ("name", r"(?<![\w.,])\d+ers\b|\b\d+[a-z]{1,2}-\d+\b|(?<![\w.])\d{1,2}x\d{1,2}(?!\w)|(?<![\w+])\w{0,3}\d\+\d+(?![\w+])"),
    ("name", r"\b(?:[Tt]wenty|[Tt]hirty|[Ff]orty|\d0)-?somethings?\b|\b996(?= (?:schedule|culture|work\w*|system|regime))"),
    # "Ocean's Eleven", "World War Two"; not "Norway Buys Two Boats".
    ("name", r"(?<=\w )\b(?:[A-Z][\w’']+ )(?P<no>One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b"
        r"(?! (?i:hundred|thousand|[mb]illion|per ?cent|[a-z]+s\b)|-)"),
    ("name", r"\b[A-Z][a-z]+[’']s (?P<no>Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve)\b(?! [a-z]+s\b)"),
    # Labels of every kind, unless what stands behind the number is counted: "in bus 42 passengers sat".
    ("name", rf"\b(?i:exit|terminal|platform|bus|tram|flight|lot|suite|pier|berth|hangar|title|rule|annex|appendix|exhibit|"
        rf"docket|case|magnitude|row|seat|runway|ward|lane|apartment|apt\.|"
        rf"bib|press(?:ing)?|option|jersey|shirt|locker|court|block|bay|booth|shelf|aisle|plate|box|leaflet|protocol|highway|motorway|"
        rf"interstate|junction|checkpoint|reactor|heat|round|lap|hole|channel|district|ward|precinct|sector|flat|unit|"
        rf"module|exercise|verse|psalm|grid|locus|window|desk|carriage|coach|wagon|game|match|week) "
        rf"(?P<no>\d+(?:\.\d|[-–]\d+)?){NO_COUNT}"),
    ("year", r"(?<![\w.,])\d{1,4} ?(?:BCE?|B\.C\.|AD|CE)(?!\w)"),
    ("year", r"\b[Yy]ear (?P<no>\d{3,4})\b(?! [a-z]+s\b)"),
    ("year", r"\b(?:of|in|since|from|to|by|the|summer|spring|winter|autumn) (?P<no>[’'‘]\d\d)(?![\ds])"),
    # The title of a book, a film or a campaign: in quotation marks, with capitals all through.
    ("title", r"[“\"‘](?P<no>(?=[^”\"’]*[A-Z][a-z])"
        r"(?=[^”\"’]{0,80}?(?:\b(?:(?:Twen|Thir|For|Fif|Six|Seven|Eigh|Nine)t(?:y|een)|One|Two|Three|Four|Five|Six|"
        r"Seven|Eight|Nine|Ten|Eleven|Twelve|Hundred|Thousand|Million|Billion)\b|\d))"
        r"(?:(?:[A-Z0-9][\w,’'-]*|of|the|and|in|a|an|to|for|on|from|with|at|by)(?:: | |(?=[”\"’])))+)(?<=[\w’'-])[”\"’]"),
    ("name", r"(?<![\w.,])\d\.\d[ -]magnitude\b"),
    ("saying", rf"\b(?i:{PLURALS})\b"),
    # Of a day's work, not of a range: "from 4.9 to 5.1 yuan", "9 to 5 kilometres" are values.
    ("saying", r"(?<![\w.,$€£¥-])(?i:nine[ -]to[ -]five|9[ -]to[ -]5)(?=[.,;:!?)”’\"](?!\d)|$| (?:jobs?|schedules?|routines?|"
        r"work\w*|grind|culture|life|lives|hours|office|shifts?|weeks?|days?|at|every|and|but|while|because)\b)"),
    ("saying", r"\b(?i:a (?:hundred|thousand|million) times (?:no|yes|over|better|worse)|put\w* two and two|cloud nine|"
        r"whole nine yards|two cents[’']? worth|six feet under|forty winks|nine lives|one in a million)\b"),
)  # fmt: skip
IDIOMS = tuple((kind, re.compile(pattern)) for kind, pattern in SHAPES)
