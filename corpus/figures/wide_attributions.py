"""Who says a number where the name is a long or an unusual one, or the verb is: ", the trade paper Butcher & Grazier wrote".

The patterns only; what comes of their matches is in `corpus.figures.attributions`.
"""

import re

from corpus.figures.speaker_names import WORD
from corpus.figures.speech_words import BODIES, CONFESSES, PLAIN_SAYS

# Bounded, as all repetitions here: a sentence without an end must not take minutes.
NAME = rf"(?:{WORD})(?:(?: (?:of|for|and|the|on)){{0,2}} (?:{WORD})){{0,7}}"
# Who says so at the end of a clause, whatever it is called: ", the trade paper Butcher & Grazier wrote after checking".
INSIDE = (
    r"(?!(?:and|but|or|which|who|that|whose|while|when|where|if|because|so|than|is|are|was|were|has|have|had|will|would|be)\b|\d)"
)
MORE_WORDS = rf"(?: {INSIDE}(?:&|[\w’'.-]+)){{0,7}}?"
WITH_ARTICLE = rf"(?:[Tt]he|an?|its|their|his|her|one|[A-Z][\w-]+[’']s?) {INSIDE}[\w’'-]+{MORE_WORDS}"
CALLING = (
    r"(?:[a-z]+ ){0,2}(?:[a-z]{2,}(?:tors|ers|ists|ians|ants|sors|ials)|wardens|nurses|coaches|captains|pilots|guards|residents|"
    r"locals|aides|judges|midwives|vets)"
)
NO_NAME = r"(?!(?:In|On|At|By|For|From|Of|To|With|As|I|We|He|She|It|They|This|That)\b)"
DESCRIBED = rf"(?:(?!\w+ed\b|(?:by|from|of|in|at|to|with|for|on|as)\b)[a-z][\w-]+ ){{0,3}}{NO_NAME}{NAME}"
LONG_NAME = rf"(?:{WITH_ARTICLE}|{BODIES}{MORE_WORDS}|{CALLING}|{DESCRIBED})"
ENDS = (
    r"(?=[.,;:—–)]|$|[”\"]| (?:in|on|at|after|before|during|last|this|late|earlier|yesterday|today|from|as|with|against|"
    r"to (?:the|its|a))\b)"
)
LAST_SAYS = (
    rf"(?:{PLAIN_SAYS}|{CONFESSES}|recount(?:s|ed)|decide[sd]?|count(?:s|ed)|foresees?|worked out|let slip|rule[sd]?|"
    r"guess(?:es|ed)|state[sd]?|recall(?:s|ed)|notes?|adds|added|estimate[sd]?|forecasts?|projects|projected|claim(?:s|ed)|"
    r"reveal(?:s|ed)|disclosed|confirm(?:s|ed)|announce[sd]|report(?:s|ed)?|finds?|found|suggested|writes?|wrote|answer(?:s|ed)|enthuse[sd])"
)
WIDE_ASIDE = re.compile(
    rf"(?:,|[,.?!][”\"]) (?P<who>{LONG_NAME}|{NAME},)"
    rf" (?:(?:also|has|have|had|now|\w+ly) ){{0,3}}{LAST_SAYS}{ENDS}"
)
# ", warns the flight attendants' association,": only where a clause ends behind it, and it is a body, a calling or a name.
WIDE_INVERTED = re.compile(
    r"[,:”\"’] ?(?:says?|said|warn(?:s|ed)|reckon(?:s|ed)|estimate[sd]|answers|foresees|recall(?:s|ed)|enthuse[sd]|writes|"
    rf"wrote|report(?:s|ed)|notes|noted|explain(?:s|ed)|add(?:s|ed)) (?P<who>(?:(?:[Tt]he|its|their|an?) )?(?:[\w’'-]+ ){{0,4}}?"
    rf"(?:{BODIES}|{NAME})(?: (?:of|in|at|for|from|with) (?:the )?{LONG_NAME})?)(?:[’']s(?: [a-z]+){{1,3}})?(?=[,.;:]|$)"
)
BY_WHOM = re.compile(
    r"\b(?:polled|surveyed|questioned|interviewed|counted|listed|compiled|calculated|measured|estimated|forecast|predicted|"
    r"drawn up|conducted|tracked|ranked|audited|[Aa]sked|commissioned) (?:\w+ly )?by (?:the )?"
    rf"(?P<who>(?:[a-z-]+ ){{0,4}}{NAME})"
)
WHICH_SAYS = re.compile(rf"(?P<who>(?:[Tt]he )?(?:[a-z-]+ ){{0,3}}(?:{NAME}|{BODIES})), (?:which|who) (?:also )?{PLAIN_SAYS}\b")
AS_TOLD = re.compile(
    rf", as (?P<who>(?:the )?(?:[a-z-]+ ){{0,3}}(?:{NAME}|{BODIES})) (?:recount(?:s|ed)|put it|puts it|sa(?:ys|id)|told|note[sd]|"
    r"explain(?:s|ed)|calculate[sd]|report(?:s|ed))\b"
)
# "The OECD foresees 3 percent": verbs that only somebody who reckons can do to a number.
RECKONING = re.compile(
    rf"(?:^|[,;:.] |\b(?:while|but|and|that) )(?P<who>(?:[Tt]he )?(?:{NAME}|[a-z-]+ {BODIES}|{BODIES})(?: (?:in|of|at) {NAME})?)"
    r",? (?:now )?(?:foresees?|guess(?:es|ed)|speaks? of|attributes|"
    r"sees (?:the|its|a) [\w’' -]{3,40}? (?:growing|rising|falling|expanding|shrinking|reaching)|"
    r"(?:has |have )?(?:cut|raised|lowered) (?:its|their) (?:[\w-]+ ){0,2}(?:forecast|estimate|projection))\b"
)
