"""What a question asks: which words tell, which of them must not be missed, and what kind of answer it wants."""

import re
from dataclasses import dataclass
from enum import StrEnum

from embeddings.lexical_index import Term, informative_terms, stem
from embeddings.names import is_name, places

MAX_QUESTION_LENGTH = 1000  # characters; the encoder's window of 256 word pieces ends before that


class AnswerKind(StrEnum):
    """What an answer has to hold, as far as the question's words tell."""

    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    PERSON = "person"
    PLACE = "place"
    CITY = "city"
    ANY = "any"


KIND_PATTERNS = (
    (
        AnswerKind.DATE,
        re.compile(
            r"\b(?:when|(?:what|which) (?:year|date|day|month|quarter)|since when|how long ago|by what year)\b"
            r"|\b(?:founding|opening|launch|release|publication|birth) (?:year|date)\b",
            re.I,
        ),
    ),
    (
        AnswerKind.MONEY,
        re.compile(
            r"\b(?:how much|what)\b.{0,80}"
            r"\b(?:costs?|priced?|prices|paid|pays?|spent|spends?|invest|invested|earns?|earned)\b"
            r"|\bhow (?:expensive|cheap)\b|\bin (?:dollars|euros|pounds)\b"
            r"|^(?!what|which|how|who|when|where|why|is|are|does|did|has)[\w’' +-]+ (?:cost|price|budget|salary|revenue|funding)$"
            r"|\bwhat (?:is|was|are|were)\b.{0,60}\b(?:revenue|profits?|income|salary|budget|funding|valuation|turnover)\b",
            re.I,
        ),
    ),
    (
        AnswerKind.NUMBER,
        re.compile(
            r"\bhow (?:many|much|large|big|old|long|high|far|fast|often)\b|\bnumber of\b|\bgrowth rate\b"
            r"|^(?!what|which|how|who|when|where|why|is|are|does|did|has)[\w’' +-]+ (?:number|age|duration|headcount)$"
            r"|\b(?:what|which) (?:\w+ )?(?:percentage|percent|share|number|amount|proportion|rate|size|volume|scale|value)\b",
            re.I,
        ),
    ),
    (AnswerKind.PERSON, re.compile(r"\b(?:who|whom|whose)\b", re.I)),
    (AnswerKind.CITY, re.compile(r"\b(?:what|which) (?:city|cities|town)\b", re.I)),
    (AnswerKind.PLACE, re.compile(r"\b(?:where|(?:what|which) (?:country|city|province|place|region|countries|cities))\b", re.I)),
)
NUMBER_WORDS = re.compile(
    r"\d+(?:[.,]\d+)*|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozen|twenty|thirty|fifty|hundreds?|thousands?"
    r"|millions?|billions?|trillions?|half|third|quarter|double|triple|twice)\b",
    re.I,
)
MONEY_WORDS = re.compile(
    r"[$€£¥]\s?\d|\d\s?(?:%|yuan|元|percent)|\b(?:RMB|USD|US\$|EUR|CNY)\s?\d|\b(?:dollars?|euros?|yuan|pounds?|renminbi)\b", re.I
)
DATE_WORDS = re.compile(
    r"\b(?:1[89]|20)\d\d\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Mar|Jan|Feb|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|century|decade|quarter)\b"
)
# So common in the press that their presence tells nothing.
COMMON_NAMES = frozenset({"ai", "the", "chinese", "this", "these", "ai+", "it"})
NAME = re.compile(r"(?<![.!?…] )(?<!^)(?<![\"“])\b[A-Z][\w’'-]+")


@dataclass(frozen=True)
class Question:
    """A question as it was asked, and what was read out of it."""

    text: str
    terms: tuple[Term, ...]
    names: frozenset[str]
    kind: AnswerKind
    focus: tuple[Term, ...] = ()

    @property
    def words(self) -> tuple[Term, ...]:
        """The telling words that are not names, years or numbers."""
        return tuple(term for term in self.terms if term.stem not in self.names)


# Typed in small letters, these still name a state or a body; those that are words too, in English or in another language, do
# so after "the", and "us" at the front of keywords.
TYPED_SMALL = re.compile(r"\b(?:uk|uae|usa|asean|brics|oecd)\b|(?<=\bthe )(?:us|un|eu)\b|^us\b(?= \w+ \w)")


def read_question(text: str) -> Question:
    """Read a question; only its first thousand characters count."""
    # Half of a surrogate pair is no letter: JSON can hold one, but neither the tokenizer nor SQLite takes it.
    text = text.encode("utf-8", "replace").decode("utf-8")
    text = " ".join(text.split())[:MAX_QUESTION_LENGTH]
    text = TYPED_SMALL.sub(lambda match: match.group().upper(), text)
    terms = informative_terms(text)
    kind = next((kind for kind, pattern in KIND_PATTERNS if pattern.search(text)), AnswerKind.ANY)
    names = frozenset(term.stem for term in terms if is_name(term, text))
    return Question(text, tuple(terms), names, kind, focus_of(text, terms, names))


# Words that frame a question but need not stand in its answer.
FRAMING_WORDS = frozenset(
    """
    according account amount answer article articles ask asked author big bring brought call called come comes
    concern concerns currently describe described estimated ever expected explain explains figure figures forecast
    get gets getting give given gives go goes got happen happened happening help helps high kind kinds large latest
    level like list listed lists look looks made make makes many mean means meant mention mentioned much name named
    names now number opinion paper part parts people percent percentage place planned point points predicted press
    projected purpose purposes question rate recent recently report reported reports role row said say says scale
    share show shown shows size stand stands state stated statement states still supposed take taken takes tell
    thing things think thinks thought today topic topics total type types use used uses using view views way ways
    word words worth write writer written wrote
    """.split()
)
AUXILIARY = r"(?:is|are|was|were|did|do|does|has|have|had|can|could|will|would|should|may|might|must)"
HOW_MANY = rf"how (?:many|much) (?!{AUXILIARY}\b)"  # of something: not "how much is"
COUNTED_END = rf"(?=\s+(?:{AUXILIARY}|at|in|of|for|on|by|from|to|with|into)\b|[?.,]|$)"  # where the counted thing's words end
WHO_VERB = re.compile(r"\bwho\s+(\w+)", re.I)
FOCUS_PATTERNS = (
    re.compile(rf"\b{HOW_MANY}(.+?){COUNTED_END}", re.I),
    re.compile(r"\bhow (old)\b", re.I),
    re.compile(rf"\b(?:what|which)\s+((?:\w+\s+){{0,2}}?\w+)\s+(?:{AUXILIARY})\b(?<!what )(?<!which )", re.I),
    re.compile(rf"\b(?:what|which)\s+{AUXILIARY}\s+the\s+(.+?)\s+(?:of|in|for|behind)\b", re.I),
    re.compile(r"\b(?:what|which)\s+(?:is|was|are|were)\s+.+?['’]s?\s+(.+?)(?:\?|$)", re.I),
    WHO_VERB,
)
VERB_LAST = re.compile(rf"\b(?:when|why|where|how much|what|how)\s+(?:{AUXILIARY})\s+(.+)$", re.I)
# "What does X say about Y" asks for no deed: any words about Y will do.
OPINION = re.compile(
    r"\b(?:say|said|think|thinks?|call(?:ed)?|describes?|explains?|account|view|mean|argue|believe|emphasi[sz]e|stress|talks?|talked|compared?|tells?|told|warn(?:s|ed)?|wrote|mentions?|notes?|noted)\b",
    re.I,
)


def focus_of(text: str, terms: list[Term], names: frozenset[str]) -> tuple[Term, ...]:
    """The words that name what is asked for: the thing counted, the quality wanted, the deed.

    An answer that holds everything but these answers another question: "How many employees has DeepSeek?" is not
    answered by a sentence about DeepSeek's models. Empty where no rule applies.
    """
    plain = [term for term in terms if term.stem not in names and term.word.lower() not in FRAMING_WORDS]
    for pattern in FOCUS_PATTERNS:
        if pattern is WHO_VERB and OPINION.search(text):
            continue
        if match := pattern.search(text):
            start, end = match.span(1)
            return tuple(term for term in plain if start <= term.start < end)
    match = VERB_LAST.search(text)
    if match and not OPINION.search(text):
        asked = [term for term in plain if term.start >= match.start(1)]
        named = [term.end for term in terms if term.stem in names]
        after = [term for term in asked if named and term.start > named[0]]
        return tuple(after[:1] or asked[-1:])
    return ()


# Units that a question names: a passage that gives none of them does not answer it.
UNITS = {
    "dollars": re.compile(r"\b(?:dollars?|usd)\b|\$", re.I),
    "euros": re.compile(r"\beuros?\b|€", re.I),
    "yuan": re.compile(r"\b(?:yuan|rmb|renminbi|cny)\b|[¥元]", re.I),
    "percent": re.compile(r"\bper ?cent(?:age)?\b|%", re.I),
    "hectares": re.compile(r"\bhectares?\b", re.I),
    "bytes": re.compile(r"\b(?:[kmgtpez]i?b|(?:kilo|mega|giga|tera|peta|exa)?bytes?)\b", re.I),
    "flops": re.compile(r"\b[kmgtpe]?flops\b|floating[- ]point", re.I),
    "tonnes": re.compile(r"\b(?:tons?|tonnes?)\b", re.I),
    "kilometres": re.compile(r"\b(?:km|kilomet(?:re|er)s?)\b", re.I),
    "hours": re.compile(r"\bhours?\b", re.I),
}


def missing_unit(question: str, passage: str) -> str | None:
    """A unit that the question names and the passage lacks in every written form; nothing where there is none."""
    return next((name for name, unit in UNITS.items() if unit.search(question) and not unit.search(passage)), None)


# Addressed to a machine, not to the articles: such words ask for a deed or for secrets, which no article answers.
INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass|overwrite)\b.{0,40}"
    r"\b(?:instructions?|rules?|prompts?|above|previous|sources?|articles?|everything|all)\b"
    r"|\b(?:system|hidden|initial|your) (?:prompt|instructions?|rules?|configuration|token)\b"
    r"|\b(?:developer|debug|admin|god|dan) mode\b|\bjailbreak\b|\b(?:bot|api|access) (?:token|key)\b|\bpasswords?\b"
    r"|\b(?:pretend|act as|role-?play|you are now|from now on|repeat after me|respond only|reply with|answer with only)\b"
    r"|\b(?:output only|say exactly)\b"
    r"|^\W*(?:please )?(?:write|compose|invent|make up|translate|draw|generate|delete|run|execute|print|send|reveal|ping)\b"
    r"|^\W*(?:please )?(?:ban|kick|reset|shut down|repeat|say)\b"
    r"|@(?:everyone|here)\b|<[@#!/a-z]|\b(?:drop table|select \*|rm -rf)\b|[{]{2}|`{3}",
    re.I,
)


def is_instruction(text: str) -> bool:
    """Whether a message gives orders to the bot or carries markup, rather than asking the articles something."""
    return bool(INSTRUCTION.search(text))


REASON = re.compile(
    r"\bwhy\b|\bhow come\b|\bwhat (?:\w+ )?(?:caused|led|made|prompted|drove)\b|\breasons? (?:for|why|behind|that)\b", re.I
)
GIVEN_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|thanks to|so that|in order|reasons?|therefore|driven|drives?|caus\w+|stems?|results?|"
    r"led to|leads? to|why|for this|hence|makes?|means?|in that|out of|given)\b",
    re.I,
)
ASKED_NAME = re.compile(
    r"\b(?:called|named|by name|name of|whose name|titled?|titles)\b|\bname (?:the|all|each|some|\d+|a)\b|\bexactly\b"
    r"|\blist (?:of )?(?:the|all)\b",
    re.I,
)


def lacks_reason(question: str, passage: str) -> bool:
    """Whether a question asks why, and a passage has no word that gives a reason."""
    return REASON.search(question) is not None and GIVEN_REASON.search(passage) is None


def asks_name(question: str) -> bool:
    """Whether a question wants something named, or told exactly: "What is … called?", "Which countries exactly …?"."""
    return ASKED_NAME.search(question) is not None


COMPARING = re.compile(
    r"\b(?:both|compared?|comparison|differ|differs|different|difference|versus|vs|same (?:as|number|figure|share|thing)|agree"
    r"|each of (?:the|these)|two articles|other article|on the other hand|respectively)\b"
    r"|\b(?:articles?|op-ed|report|times|daily|net)\b.{5,80}\band\b.{3,60}\b(?:article|op-ed|report|times|daily|net)\b",
    re.I,
)


def compares(text: str) -> bool:
    """Whether a question sets two sources side by side, so that one article cannot answer it."""
    return bool(COMPARING.search(text))


def fits_kind(text: str, kind: AnswerKind, asked: frozenset[str] = frozenset()) -> bool:
    """Whether a passage holds what that kind of question wants.

    Args:
        asked: the question's own words in lower case; a number or name that the question gave is no answer to it.
    """
    if kind is AnswerKind.NUMBER:
        return any(match.group().lower() not in asked for match in NUMBER_WORDS.finditer(text))
    if kind is AnswerKind.MONEY:
        return bool(MONEY_WORDS.search(text))
    if kind is AnswerKind.DATE:
        return any(match.group().lower() not in asked for match in DATE_WORDS.finditer(text))
    if kind in {AnswerKind.PERSON, AnswerKind.PLACE, AnswerKind.CITY}:
        found = {match.group().lower() for match in NAME.finditer(text)} - asked - COMMON_NAMES
        # A city is no country.
        return any(kind is not AnswerKind.CITY or stem(name) not in places() for name in found)
    return True
