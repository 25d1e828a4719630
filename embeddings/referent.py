"""What "it", "he" or "the initiative" at the front of a quote refers to, so that the quote can stand by itself.

The name found is shown in brackets outside the verbatim words. Rules over names and nouns, no grammar: where two things could
be meant, none is named.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from embeddings.asked_figures import LONGEST_SENTENCE
from embeddings.conversation.referents import NAME, Name, names_in
from embeddings.lexical_index import stem
from embeddings.name_roles import SPEECH, is_country, is_person

OPENING = r"^[\s\"“'‘(—–-]*"
# Nouns that stand for something named before.
NOUNS = (
    "action plan|agency|agreement|alliance|app|association|bank|bill|body|campaign|center|centre|city|committee|company"
    "|conference|contract|council|country|deal|event|facility|firm|forum|foundation|fund|group|guideline|hospital|initiative|institute"
    "|institution|lab|laboratory|law|league|meeting|ministry|model|move|museum|network|organi[sz]ation|park|pact|paper|plan"
    "|platform|policy|port|program|programme|project|proposal|province|region|report|resolution|scheme|school|start-?up|strategy"
    "|study|summit|survey|system|tool|treaty|university|workshop"
)
# What narrows a noun down names the thing: "the plan to build a port".
NARROWED = r"(?:of|that|who|whose|for|on|in|at|between|with|called|named|to|from|by|behind|about|against|under)\b"
THE_NOUN = (
    rf"(?P<det>the|this|these|those|that|both) (?P<noun>(?:{NOUNS}))(?P<s>(?:e?s)?)\b(?!-)(?! {NARROWED})(?!(?-i: [A-Z\d\"“]))"
)
# "It is estimated that …", "It takes two to …": this "it" means nothing before it.
EMPTY_IT = (
    r"it(?:['’]s| is| was| has been| will be| would be| may be| can be| remains| became| becomes)"
    r" (?:(?:not|also|now|still|widely|generally|very|more|\w+ly) )*(?!(?:an?|the|its|one|in|on|at) )[\w-]+(?: \w+)?,?"
    r" (?:that|to|for|whether|how|why|who|when)\b"
    r"|it (?:takes|took|seems|appears|seemed|appeared|turns out|turned out|follows|rains|rained|snows|snowed)\b"
    r"|it(?:['’]s| is| was) (?:[\w ]+ )?(?:time|a pleasure|an honou?r|hard|easy|no)\b"
)
TIMES = (
    r"(?:second|minute|hour|day|night|morning|afternoon|evening|week|weekend|month|quarter|spring|summer|autumn|fall|winter|year|decade|century|time"
    r"|January|February|March|April|May|June|July|August|September|October|November|December|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?"
)
OWN = r"(?:article|story|newspaper|op-ed|column|interview|text|page|reporter|correspondent|author|writer)"
PRONOUN = (
    rf"(?P<pronoun>(?!{EMPTY_IT})it|its|he|she|his|her|him|they|their|them"
    rf"|(?:this|these)(?! (?:(?:past|coming|last|same) )?(?:{TIMES}|{OWN})\b)"
    rf"|that(?! (?:(?-i:[A-Z])|the\b|an?\b|[\w-]+s\b (?:is|are)))"
    r"|those(?! (?:who|that|which|of|in|with|wh|[\w]+ing|\w+ed)\b)"
    r"|both(?! [^.;]* and )|such(?! as\b)|the (?:former|latter|same)\b(?! [a-z]+ (?:as|time)\b))(?![\w-])"
)
CONNECTIVE = (
    r"(?:in addition(?! to)|additionally|moreover|furthermore|besides|however|therefore|thus|hence|as a result|consequently"
    r"|for instance|for example|in (?:contrast|turn|other words|(?:this|that) (?:way|case|regard|respect))|by contrast"
    r"|on the other hand|among (?:them|these|those)|likewise"
    r"|similarly|nevertheless|nonetheless|instead|meanwhile)\b|(?:but|and|yet|so(?! far| long| much| many))\b"
    r"|(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|also|then|in short),"
)
# "By 2030, it …", "According to the plan, they …": words of time and place before the subject name no one.
LEAD_IN = (
    r"(?:(?:in|on|at|by|since|until|after|before|during|for|from|under|as of|according to|today|now|later|earlier)\b"
    r"[^,.;]{0,70}, )?"
)
SHORTHAND = re.compile(rf"{OPENING}(?P<lead>{LEAD_IN})(?:{THE_NOUN}|{PRONOUN})", re.I)
LEAD_NOUN = re.compile(rf"{OPENING}(?:according to|under|in|with) {THE_NOUN}", re.I)
CONNECTED = re.compile(rf"{OPENING}(?:{CONNECTIVE})", re.I)
AFTER_CONNECTIVE = re.compile(rf"{OPENING}(?:{CONNECTIVE}),?\s+(?={THE_NOUN}|{PRONOUN})", re.I)
SAYING = re.compile(rf"^.{{0,200}}?\b{SPEECH}(?: (?:also|again))?(?: the [\w ]{{1,30}})? that ")
# What brings a name up as news.
BROUGHT_UP = re.compile(
    r"\b(?:adopt|announc|call|creat|establish|found|initiat|issu|launch|open|present|propos|publish"
    r"|put(?:ting)? forward|releas|set up|sign|start|unveil)(?:e?[sd]|es|ing)?,?"
    r" (?:(?:a|an|the|its|their|new|called|named|of) )*[\"“]?$"
)
LINK = re.compile(r" (?:for|of|on|in|against) ")
COMPANIES = frozenset({"company", "firm", "startup", "start-up"})
COMPANY_NAME = re.compile(r"\b(?:Inc|Ltd|Corp|Corporation|Group|Holdings|Technologies|Motors|Company|Co|GmbH|AG|plc)\.?$")


@dataclass(frozen=True, slots=True)
class Referent:
    """Words that stand for something named before, and that name.

    `shorthand` tells where they stand in the sentence, in letters, end excluded; `name` is verbatim from an earlier sentence.
    """

    shorthand: tuple[int, int]
    name: str


def leans(sentence: str) -> bool:
    """Whether a sentence cannot be understood without the one before it: it begins with "It", "The plan", "Moreover" …"""
    if CONNECTED.match(sentence) or LEAD_NOUN.match(sentence):
        return True
    return _shorthand(sentence) is not None


def referent(sentence: str, before: Sequence[str], heading: str | None = None) -> Referent | None:
    """Find what the shorthand at the front of a sentence refers to.

    Args:
        before: the sentences before it in its paragraph, nearest last.
        heading: the heading it stands under, searched last, for a name that ends in the noun ("the initiative").
    Returns:
        `None` when the sentence begins with no shorthand, or when it is not sure what that means.
    """
    before = [text for text in before if len(text) <= LONGEST_SENTENCE]
    match = LEAD_NOUN.match(sentence) or _shorthand(sentence)
    if not match:
        return None
    if match["noun"]:
        name = _by_noun(match, before, heading)
        return Referent((match.start("det"), match.end("s")), name) if name else None
    name = _by_pronoun(match["pronoun"].lower(), sentence[match.end() :], before)
    return Referent(match.span("pronoun"), name) if name else None


def _shorthand(sentence: str) -> re.Match[str] | None:
    """Where the sentence's front has a shorthand; a name before it is what it means, and no shorthand is left then."""
    start = match.end() if (match := AFTER_CONNECTIVE.match(sentence)) else 0
    found = (
        SHORTHAND.match(sentence)
        if not start
        else re.compile(rf"(?P<lead>)(?:{THE_NOUN}|{PRONOUN})", re.I).match(sentence, start)
    )
    return found if found and not names_in(f"On {found['lead'][:-2]}") else None


def _by_noun(match: re.Match[str], before: Sequence[str], heading: str | None) -> str | None:
    noun = match["noun"].lower()
    if match["s"] or match["det"].lower() in {"these", "those", "both"}:
        return None
    found = [(name, text) for text in before for name in (*_ending_in(noun, text), *_described(noun, text))]
    if not found and heading and not heading.istitle():
        found = [(name, heading) for name in _ending_in(noun, heading)]
    introduced = {name for name, text in found if _introduced(name, text)}
    names = introduced if len(introduced) == 1 else {name for name, _ in found}
    return names.pop() if len(names) == 1 else None


def _introduced(name: str, text: str) -> bool:
    """Whether a sentence brings a name up as news: "launched the Bay Initiative"."""
    return bool(BROUGHT_UP.search(text[: text.index(name)]))


def _ending_in(noun: str, text: str) -> list[str]:
    """Names whose last word is the noun: "Bay Bridge Initiative" for "the initiative"; countries and cities for theirs."""
    names = names_in(text)
    if noun == "country":
        return [name.text for name in names if is_country(name.text) and not re.match(r"\w+(?:ese|ish|ian)$", name.text)]
    if noun in {"city", "province", "region"}:
        return [name.text for name in names if name.text.lower().endswith(f" {noun}")]
    if noun in COMPANIES:
        return [name.text for name in names if COMPANY_NAME.search(name.text)]
    last = noun.split()[-1]
    return [
        # "Action Plan" of "Action Plan for Boats and for Bays", whose end is no part of what `names_in` finds.
        name.text if _same(name.text.split()[-1].strip('"“”'), last) else LINK.split(name.text)[0]
        for name in names
        if _heads(name.text, last)
        # "The Bay Initiative meeting" and "a meeting on the Bay Initiative" speak of the meeting.
        and not re.match(rf" (?:{NOUNS}|ceremony|session|speech|talks)s?\b", text[name.end :])
        and not re.search(r"\b(?:on|about|under) (?:the )?$", text[: name.start])
    ]  # fmt: skip


def _heads(name: str, noun: str) -> bool:
    """Whether a name's last word is the noun, or the last before "for": "Action Plan for Good"."""
    return any(" " in part and _same(part.split()[-1].strip('"“”'), noun) for part in (name, LINK.split(name)[0]))


def _described(noun: str, text: str) -> list[str]:
    """ "Auk Lines, a ferry company" for "the company"; "agreement with Bay University" for "the agreement"."""
    named = [match[1] for match in re.finditer(rf"({NAME.pattern}), (?:an?|the) [^,.;]*?\b{noun}\b", text)]
    narrowed = re.finditer(rf"\b[Aa]n? ((?:[a-z-]+ ){{0,2}}{noun} (?:with|between|of|in) (?:the )?{NAME.pattern})", text)
    quoted = re.finditer(rf"[Tt]he ([\"“][^\"”]+[\"”] {noun})\b", text)
    return [*named, *(match[1] for match in narrowed), *(match[1] for match in quoted)]


def _same(word: str, noun: str) -> bool:
    """British and American spellings are the same word."""
    spelling = (("centre", "center"), ("programme", "program"), ("organisation", "organization"))
    one, other = word.lower(), noun.lower()
    for british, american in spelling:
        one, other = one.replace(british, american), other.replace(british, american)
    return stem(one) == stem(other)


def _by_pronoun(pronoun: str, behind: str, before: Sequence[str]) -> str | None:
    if not before:
        return None
    if pronoun in {"he", "she", "his", "her", "him"}:
        return _person(before)
    if pronoun in {"it", "its"}:
        return _thing(before[-1])
    if pronoun in {"they", "their", "both"} and not re.match(
        r" (?!of\b|are\b|were\b|have\b|had\b|will\b)", behind if pronoun == "both" else ""
    ):
        return _pair(before[-1])
    return None


def _person(before: Sequence[str]) -> str | None:
    """The only person of the nearest sentence that names one, or the one who opens it."""
    for text in reversed(before):
        people = [name for name in names_in(text) if is_person(name, text)]
        if people:
            first = people[0]
            alone = len({name.text for name in people}) == 1
            return first.text if alone or _opens(first, text) else None
    return None


def _thing(text: str) -> str | None:
    """The subject of the sentence before, or of what is said in it, where that is a name of no person."""
    said = SAYING.match(text)
    if said and (found := _subject(text[said.end() :])):
        return found
    return None if said else _subject(text)


def _subject(clause: str) -> str | None:
    padded = f"– {clause}"
    # A plain first word is no name, a country is one: the dash lets `names_in` judge as inside a sentence.
    for name in names_in(padded):
        opens = re.fullmatch(r"– [\"“]?(?:[A-Z][a-z]+(?: [a-z]+){0,4}, )?(?:[Tt]he )?[\"“]?", padded[: name.start])
        acts = re.match(
            r"[\"”]?(?:,[^,]+,| \([^)]+\))?[\"”]? (?:has|had|is|was|will|would|can|[a-z]+(?:s|ed))\b", padded[name.end :]
        )
        return name.text if opens and acts and not is_person(name, padded) and " and " not in name.text else None
    return None


def _pair(text: str) -> str | None:
    """ "China and Zambia" for "they", where the sentence before opens with the two."""
    match = re.match(rf"(?:{OPENING[1:]})({NAME.pattern} and {NAME.pattern}) (?!['’])[a-z]", text)
    return match[1] if match else None


def _opens(name: Name, text: str) -> bool:
    return not re.search(r"[a-z]{3}", re.sub(r"[A-Z]\w+", "", text[: name.start]))
