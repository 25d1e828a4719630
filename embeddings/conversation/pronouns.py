"""Pronouns and "the company" -> the name that they point back to.

Each function takes a question and the turns before it, newest last, and gives the question with one word replaced, or
`None` when nothing points back or nothing is found to point to.
"""

import re
from collections.abc import Sequence

from embeddings.conversation.referents import BODIES, Name, NameKind, Turn, names_in, names_of_kind, speaker_of, subject_of
from embeddings.lexical_index import stem

PERSON = re.compile(r"\b(he|she|him|his|her)\b", re.I)
THING = re.compile(r"\b(it|its|they|them|their)\b", re.I)
DEMONSTRATIVE = re.compile(
    r"\b(?:is|was|about|of|behind|for|did|does|call|explain|mean|to|from|with|after|before) (that|this)(?=\?|$| happen)", re.I
)
THERE = re.compile(r"\b(from |in |over )?there\b(?!['’])", re.I)
# "It" that stands for a clause to come, or for nothing.
JUDGED = (
    r"(?:not |still |really |so |more |very )?(?:true|false|possible|impossible|important|necessary|hard|easy|difficult|better"
    r"|best|clear|known|likely|unlikely|correct|right|wrong|said|expected|good|bad|legal|safe|worth|fair|realistic|certain"
    r"|essential|vital|urgent|a fact|the case)"
)
EXPLETIVE = re.compile(
    rf"\b(?:is|was|isn['’]t|wasn['’]t|would|will) it (?:be )?{JUDGED}\b|\bit(?:['’]s| is| was| will be| would be) {JUDGED}\b"
    r"|\b(?:is|was) it (?:[\w’'-]+ ){0,5}(?:that|who|if|whether|when)\b"
    r"|\bit (?:takes|took|seems|appears|turns out|(?:going to )?(?:rain|snow)\w*)\b"
    r"|\b(?:do|does|did|will) it (?:take|matter|seem|appear|mean (?:to|that|when|if))\b|\bthat is it\b",
    re.I,
)
EXISTENTIAL = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might) there\b"
    r"|\bthere(?:['’]s| (?:is|are|was|were|will|has|have|exist)\b)",
    re.I,
)
PEOPLE = frozenset(
    "author businessman businesswoman expert founder man official person professor reporter scientist speaker woman".split()
)
CLASSES = (
    (BODIES - {"bank", "news", "net", "police", "party", "court", "times", "daily", "union", "parliament", "school"})
    | PEOPLE
    | frozenset(
        "agreement campaign city company country deal enterprise firm framework guideline lab law market meeting model place"
        " platform policy project province region sandbox strategy system treaty".split()
    )
)
PREMISES = frozenset("academy bank center centre college hospital institute laboratory museum school university".split())
THE_NOUN = re.compile(
    rf"\b(?P<which>the|that|this|these|those) (?P<noun>{'|'.join(sorted(CLASSES))})(?P<s>s?)\b"
    r"(?! (?:of|that|which|who|whose|for|on|in|at|between|with|called|named|to|from|by|behind)\b)(?-i:(?! [A-Z]))",
    re.I,
)
THE_ONE = re.compile(r"\bthe ones?\b(?= (?:on|about|for|in|from|with|called)\b)", re.I)
PLURAL = {"is": "are", "was": "were", "does": "do", "has": "have"}
SENTENCES = re.compile(r"[.:;!?…] +\S")  # what two sentences mean, each has told the other
# A noun that "it" and that "they" could mean, in the question itself.
OWN_NOUN = (
    re.compile(r"\b(?:the|a|an|each|every) [a-z]+", re.I),
    re.compile(r"\b(?!does\b|was\b|has\b|is\b)[a-z-]+(?<!s)s\b|\bpeople\b", re.I),
)
MAX_NOUN_WORDS = 9  # "the initiative" in a longer question is explained by the rest of it
MAX_OWN_WORDS = 14  # a longer question with a name of its own says what it is about


def resolve_pronoun(question: str, turns: Sequence[Turn]) -> str | None:
    """Replace "he" or "she", and then one other pronoun or "the company", by what it points back to."""
    if (len(question.split()) > MAX_OWN_WORDS and names_in(question)) or SENTENCES.search(question):
        return None
    named = _person(question, turns)
    for rule in (_one, _noun, _thing, _that, _there):
        if resolved := rule(named or question, turns):
            return resolved
    return named


def person_of(turns: Sequence[Turn]) -> str | None:
    """Whom "he" or "she" means: who answers a who-question, else the question's person, else the answer's speaker."""
    for turn in reversed(turns):
        asked = names_of_kind(turn.question, NameKind.PERSON)
        said = names_of_kind(turn.said, NameKind.PERSON)
        new = [name for name in said if name not in asked]
        if re.match(r"(?:and |but )?(?:who|which \w+|whose)\b", turn.question, re.I) and new:
            return speaker_of(turn.said) or new[0]
        if asked or said:
            return asked[-1] if asked else speaker_of(turn.said) or said[0]
    return None


def thing_of(turns: Sequence[Turn], many: bool = False) -> str | None:
    """What "it" means: the thing that an answer names, else what the question is about, else its last name.

    Args:
        many: "they" is meant, which what was counted comes first for; "it" is rather one thing that has a name.
    """
    for turn in reversed(turns):
        counted = not many and re.match(r"how (?:many|much)\b", turn.question, re.I)
        found = (counted and _one_thing(turn.question)) or _answered(turn) or _asked(turn) or next(iter(_things(turn.said)), None)
        if found:
            return found
    return None


def _one_thing(question: str) -> str | None:
    """The named body of a question that counts something else: "the meeting that …", "the Bay University"."""
    if match := re.search(r"\b(?:to|at|of) (the [a-z]+ that .+?)(?:\?|$)", question, re.I):
        return match[1]
    return next((_with_article(name, question) for name in reversed(names_of_kind(question, NameKind.BODY))), None)


def _answered(turn: Turn) -> str | None:
    """The name that answers "Which centre …?" or "What did X propose?"."""
    new = [name for name in names_in(turn.said) if name.text not in turn.question and name.kind is not NameKind.PERSON]
    if match := re.match(
        r"(?:which|what) ([\w -]+?) (?:did|do(?:es)?|has|have|had|was|were|is|are|in|at|of)\b", turn.question, re.I
    ):
        head = match[1].split()[-1]
        return next((_with_article(name.text, turn.said) for name in new if _same(name.text.split()[-1], head)), None)
    if match := re.match(r"what (?:did|does|has|have) .+? (\w+)(?: (?:in|at|on|by|with) .*)?\?", turn.question, re.I):
        deed = re.search(rf"\b{re.escape(match[1])}(?:e?d|s|ing)?\b", turn.said, re.I)
        if deed:
            return next((_with_article(name.text, turn.said) for name in new if name.start > deed.end()), None)
    return None


def _asked(turn: Turn) -> str | None:
    subject = subject_of(turn.question)
    if subject and not re.match(r"(?:in|at|on|for|by|to|from|up|with|a|an|\w+ed)\b", subject):
        return None if subject in names_of_kind(turn.question, NameKind.PERSON) else subject
    return next(iter(reversed(_things(turn.question))), None)


def _things(text: str) -> list[str]:
    """The names of a text that are no person's; places only when there is nothing else."""
    names = [name for name in names_in(text) if name.kind is not NameKind.PERSON]
    return [_with_article(name.text, text) for name in names if name.kind is not NameKind.PLACE] or [name.text for name in names]


def _with_article(name: str, text: str) -> str:
    return f"the {name}" if re.search(rf"\b[Tt]he [\"“]?{re.escape(name)}", text) else name


def _same(word: str, noun: str) -> bool:
    """British and American spellings are the same word."""
    return stem(word.lower().replace("centre", "center")) == stem(noun.lower().replace("centre", "center"))


def _put(question: str, start: int, end: int, words: str) -> str:
    before = question[:start]
    # "the Initiative" at the front of a sentence begins with a capital.
    return before + (words[0].upper() + words[1:] if not before.strip() else words) + question[end:]


def _possessive(words: str) -> str:
    return f"{words}’" if words.endswith("s") else f"{words}’s"


def _person(question: str, turns: Sequence[Turn]) -> str | None:
    match = PERSON.search(question)
    if not match or names_of_kind(question[: match.start()], NameKind.PERSON):
        return None
    if match[1].lower() in {"his", "her"} and OWN_NOUN[0].search(question[: match.start()]):
        return None  # "the mayor … his"
    who = person_of(turns)
    follows = re.match(r" (?!in\b|at\b|on\b|to\b|about\b|as\b|for\b|by\b|from\b|with\b|and\b)\w", question[match.end() :])
    owner = match[1].lower() == "his" or (match[1].lower() == "her" and follows)
    return _put(question, *match.span(), _possessive(who) if owner else who) if who else None


def _thing(question: str, turns: Sequence[Turn]) -> str | None:
    match = THING.search(question)
    if not match or (match[1].lower() == "it" and EXPLETIVE.search(question)):
        return None
    before = question[: match.start()]
    last = re.match(r"\s*(?:\?|$|too\b|also\b|in\b|with\b|at\b|on\b|by\b|as\b|for\b|from\b)", question[match.end() :])
    inward = re.search(r"\b(?:behind|with|for|in|about|of|around|within|to|on|from|by) $", before)  # "China … behind it"
    if (not last or inward) and (
        names_in(before) or re.search(r"\b[A-Z]{2,}\b", before) or OWN_NOUN[match[1].lower().startswith("th")].search(before)
    ):
        return None  # it means what the question itself has named
    what = thing_of(turns, many=match[1].lower().startswith("the"))
    if not what or what in question:
        return None
    if before.lower().endswith("of ") and what[0].islower() and not what.startswith("the "):
        what = f"the {what}"
    start, end = match.span()
    if match[1].lower() == "it" and not what[0].isupper() and re.search(r"[a-z](?<!s)s$", what.split(" of ")[0]):
        before = re.sub(r"\b(is|was|does|has) $", lambda verb: f"{PLURAL[verb[1].lower()]} ", before, flags=re.I)
        question, start, end = before + question[start:], len(before), len(before) + end - start
    return _put(question, start, end, _possessive(what) if match[1].lower() in {"its", "their"} else what)


def _that(question: str, turns: Sequence[Turn]) -> str | None:
    match = DEMONSTRATIVE.search(question)
    what = thing_of(turns) if match and not names_in(question) else None
    return _put(question, *match.span(1), what) if match and what else None


def _there(question: str, turns: Sequence[Turn]) -> str | None:
    match = None if EXISTENTIAL.search(question) else THERE.search(question)
    if not match:
        return None
    for text in (text for turn in reversed(turns) for text in (turn.question, turn.said)):
        premises = [name for name in names_of_kind(text, NameKind.BODY) if name.split()[-1].lower() in PREMISES]
        held = premises or names_of_kind(text, NameKind.PLACE)
        if held and held[-1] not in question:
            inside = "from " if (match[1] or "").lower() == "from " else "at " if premises else "in "
            return _put(question, *match.span(), inside + _with_article(held[-1], text))
    return None


def _noun(question: str, turns: Sequence[Turn]) -> str | None:
    match = THE_NOUN.search(question) if len(question.split()) <= MAX_NOUN_WORDS else None
    if not match or (match["which"].lower() == "the" and names_in(question)):
        return None
    texts = [text for turn in reversed(turns) for text in (turn.question, turn.said)]
    what = next((what for text in texts if (what := _named_as(match["noun"], match["s"], text, turns))), None)
    return _put(question, *match.span(), what) if what else None


def _named_as(noun: str, plural: str, text: str, turns: Sequence[Turn]) -> str | None:
    """The thing of a text that a noun calls by its class: "the conference" for "the World Conference"."""
    if not plural and noun in PEOPLE and re.search(rf"\b{noun}\b", text, re.I):
        return person_of(turns)
    names: list[Name] = [] if plural else names_in(text)
    for name in names:
        if " " in name.text and _same(name.text.split()[-1], noun):
            return _with_article(name.text, text)
        if re.match(rf"[\"”]? {noun}\b", text[name.end :], re.I):
            return f"the {name.text} {noun}"
    if not plural and (match := re.search(rf"\ban? ({noun} (?:in|of|for|at|with) (?:the )?[A-Z][\w ]*?)(?=[,.?]|$)", text)):
        return f"the {match[1]}"
    whole = (
        rf"\bthe (?:[\w+-]+ ){{1,3}}{noun}{plural}\b(?: of (?:\d{{4}}|[A-Z]\w+))?|\b\w+['’]s (?:[\w+-]+ ){{0,2}}{noun}{plural}\b"
    )
    if match := re.search(whole, text, re.I):
        return match.group()
    kind = {"company": NameKind.OTHER, "firm": NameKind.OTHER, "country": NameKind.PLACE, "city": NameKind.PLACE}.get(noun)
    return next((name.text for name in names if name.kind is kind), None)


def _one(question: str, turns: Sequence[Turn]) -> str | None:
    """ "The one on culture" after "Which campaigns …?" is the campaign on culture."""
    match = THE_ONE.search(question)
    asked = re.match(r"(?:which|what|how many) (?:\w+ )??(\w+(?<!s)s)\b", turns[-1].question, re.I)
    if not match or not asked:
        return None
    noun = asked[1] if match.group().endswith("s") else asked[1].removesuffix("s")
    owner = next(iter(reversed(_things(turns[-1].question))), None)
    return _put(question, *match.span(), f"the {noun}" + (f" of {owner}" if owner else ""))
