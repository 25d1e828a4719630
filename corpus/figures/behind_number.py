"""What a number measures where that stands behind it: "4,500 companies", "60 percent of patents", "15.6% as the growth rate".

Each shape gives the words, and where a place would stand with them, or nothing where the sentence has another shape.
"""

import re

from corpus.figures.antecedents import last_sentence, object_before
from corpus.figures.clauses import Word, verb_groups, words_of
from corpus.figures.phrases import CHANGES, TIME_UNITS, composed, is_plural, is_property, named, phrase_after, phrase_before
from corpus.figures.scene import Measured, Scene, begins_clause, counted_before, whole_phrase
from corpus.figures.word_kinds import AUXILIARIES, BE, DETERMINERS, FINITE, INFINITIVES, IRREGULAR

# Things that are on a subject; others are only somewhere: "seats on the board".
TREATING = frozenset(
    "patents papers studies books reports articles laws rules courses lectures talks films essays surveys".split()
)
OF_WHICH = re.compile(r"\bof (?:whom|which|them)$|^(?:.*, )?(?:of|among) (?:the|its|these|those|all)\b[^,]*,$", re.I)
WHO = re.compile(r" (?:who (?:can|cannot|have|need|want|live|use)|living|without|aged)(?: [\w'’-]+){1,6}(?=[,.;:”\"])")
FULL_STOP = Word(".", 0, 0)  # closes a sentence's words
COSTING = re.compile(r"\b(?:price[ds]?|pricing|costs?|charges?)\b", re.I)
COMPARED = re.compile(r"^ of (?:that|those|the (?:price|cost|level|size|value|average)) ")
EQUALLING = re.compile(r"\b(?:amount(?:s|ed|ing)? to|equal(?:s|led|ling)?(?: to)?|equivalent to|is worth|was worth|are worth)$")
EXTENDING = re.compile(r"\b(?:cover|span|stretch|occup|extend|measur)\w*(?: over| for| across)?$")
HOLDING = frozenset("account accounts accounted accounting represent represents represented contributed contributes up".split())
ADVERBIAL = frozenset(
    """
    larger smaller higher lower bigger longer shorter taller deeper wider tall high wide deep thick apart heavy ahead
    behind old inside offshore up down away each complete full ready certain sure accurate faster slower cheaper
    """.split()
)
CLAUSES = re.compile(r"[,;:]|\bthat$")  # part what stands before a number
WHOLES = frozenset({"total", "whole", "market", ""})  # stand for what was named before


def counted(scene: Scene) -> Measured | None:
    """ "4,500 companies", "eight of the top ten models"; "numbered 4,500" has none."""
    if scene.unit != "count":
        return None
    if re.match(r" of (?:them|these|those|which|whom)\b", scene.behind) or _stands_for_things(scene):
        return standing_for(scene, plural=True)
    text = re.sub(r"^ (?:more|other|additional|further)(?= [a-z]+s\b)", " ", scene.behind)
    text = re.sub(r"^ +of (?:the|its|these|those|all(?: the)?|[A-Z]\w+['’]s) ", " ", text)
    offset = scene.end + len(scene.behind) - len(text)
    phrase = phrase_after(words_of(text))
    if phrase and _is_past(phrase[0]) and len(phrase) == 1 and begins_clause(scene, CLAUSES) and not OF_WHICH.search(scene.bare):
        return standing_for(scene, plural=True)  # "17 were found; 9 died in hospital"
    if not phrase or phrase[-1].low in TIME_UNITS:
        return None
    top = "top " if re.search(r"\btop\s*$", scene.before) else ""
    rest = words_of(text[phrase[-1].end :])
    links = {"of", "on"} if phrase[-1].low in TREATING else {"of"}
    about = phrase_after(rest[1:]) if len(rest) > 1 and rest[0].low in links and rest[1].text.islower() else []
    if about and about[-1].low not in TIME_UNITS:
        phrase = words_of(text[: phrase[-1].end + about[-1].end])  # "patents on generative models"
    if phrase[-1].low == "people" and (told := WHO.match(text, phrase[-1].end)):
        phrase = words_of(text[: told.end()])  # which people
    return top + scene.named(phrase, offset), (scene.end, phrase[-1].end + offset)


def _stands_for_things(scene: Scene) -> bool:
    """Whether a bare count is its clause's subject: "so far 40 have been sold"."""
    verb = re.match(r" (?:have|has|had|are|were|will|could|can|may|must|remain|did)\b", scene.behind)
    return verb is not None and begins_clause(scene, CLAUSES)


def standing_for(scene: Scene, plural: bool | None = None) -> Measured | None:
    """What a number stands for that is said before: "of them", "41 percent went into roads"; things counted, or an object."""
    things = counted_before(words_of(scene.bare))
    if things:
        return scene.named(things), scene.span(things)
    head, colon, _ = scene.bare.rpartition(":")
    counted_there = [] if colon else counted_before([*words_of(last_sentence(scene.previous)), FULL_STOP])
    found = counted_there or object_before(head if colon else scene.previous, plural)
    words = named(" ".join(word.text for word in found), scene.article.text)
    return (words, (scene.end, scene.end)) if words else None


def as_many(scene: Scene) -> Measured | None:
    """ "Twice as many commuters": so many of them."""
    match = re.match(r" as (?:many|much) (?!as\b)", scene.behind)
    phrase = phrase_after(words_of(scene.behind[match.end() :])) if match else []
    offset = scene.end + (match.end() if match else 0)
    return (scene.named(phrase, offset), scene.span(phrase, offset)) if phrase else None


def adjectival(scene: Scene) -> Measured | None:
    """ "5,300-hectare agriculture projects", "a $5 billion fund", "a 5% increase in yield rate"."""
    words = scene.words_behind
    verb = bool(words) and words[0].low in AUXILIARIES - {"to"} and (len(words) < 2 or words[1].low not in DETERMINERS)
    if scene.unit == "percent" and verb and begins_clause(scene, CLAUSES) and not OF_WHICH.search(scene.bare):
        return standing_for(scene)  # "the fund was spread: 41 percent has gone into roads"; "5 percent is the rate" is none
    phrase = phrase_after(words)
    if scene.unit in {"count", "ratio"} or not phrase or words[0].low in DETERMINERS or phrase[-1].low in {"one", "ones"}:
        return None
    if len(phrase) == 1 and not is_plural(phrase[0]) and _is_said_to_be(scene) and re.match(r" \w+(?:[.,;]|$)", scene.behind):
        return None  # "is 94 percent effective"
    if phrase[0].low in ADVERBIAL or (len(words) > 1 and words[1].low == "than"):
        return None  # "2 million tonnes larger than": how, not what
    inside = re.search(r"\b(?:an?|its|their)\s*$", scene.before) is not None  # "a 3 percent pay rise"
    if scene.unit == "percent" and not inside and (words[0].low in INFINITIVES - CHANGES or _is_past(words[0])):
        return standing_for(scene)  # "a survey of 1,200 teachers found that 64 percent use it"
    offset = scene.end + phrase[-1].end
    name = scene.named(phrase, scene.end)
    rest = words_of(scene.text[offset:])
    if phrase[-1].low == "share" and rest and rest[0].low == "of":
        thing = whole_phrase(rest[1:])
        return f"share of {scene.named(thing, offset)}", scene.span(thing, offset)
    if phrase[-1].low not in CHANGES:
        return name, scene.span(phrase, scene.end)
    if rest and rest[0].low in {"in", "of"} and (thing := phrase_after(rest[1:])):
        return composed(scene.named(thing, offset), name), scene.span(thing, offset)
    return composed(scene.named(scene.subject), name), scene.span(scene.subject)


def _is_said_to_be(scene: Scene) -> bool:
    groups = verb_groups(words_of(scene.bare))
    return bool(groups) and groups[-1].verb in BE and groups[-1].last == len(words_of(scene.bare))


def _is_past(word: Word) -> bool:
    return word.low.endswith("ed") or word.low in IRREGULAR - CHANGES


def predicate(scene: Scene) -> Measured | None:
    """ "With 15.6% as the compound annual growth rate", "68.6% is the CNC rate expected for key processes"."""
    match = re.match(r" (?:as|is|was|will be|would be) (?:the|its|their|a) ", scene.behind)
    offset = scene.end + (match.end() if match else 0)
    phrase = phrase_after(words_of(scene.text[offset:]))
    if not match or not phrase or scene.unit == "count":
        return None
    name = scene.named(phrase, offset)
    rest = scene.text[offset + phrase[-1].end :]
    of = re.match(r"(?: (?:expected|planned|forecast|set))? (?:for|of|in) (?:the )?(?!(?:19|20)\d\d)", rest)
    if of:
        start = offset + phrase[-1].end + of.end()
        clause = re.match(r"[^,;.]*", scene.text[start:])
        thing = phrase_after(words_of(scene.text[start:]))
        return composed(scene.named(thing, start), name), (start, start + (clause.end() if clause else 0))
    owner = scene.subject if is_property(phrase) else []
    return composed(scene.named(owner), name), scene.span(owner)


def share(scene: Scene) -> Measured | None:
    """ "60 percent of valid AI patents worldwide": the share of them; its place is whose subject holds it."""
    match = re.match(
        r" (?:of |(?=(?:the|its|their|all|our) [a-z]))(?:(?:the|a) [a-z]+['’]s |the |all |its |their |all the )?"
        r"(?:\d[\d.,]* (?:(?:thousand|million|billion|trillion) )?(?=[a-z]))?",
        scene.behind,
    )
    if scene.unit == "percent" and (told := _told_of_part(scene)):
        return told
    if scene.unit == "percent" and re.match(r" of (?:(?:them|which|whom)\b|(?:these|those)\b(?! \w+s\b))", scene.behind):
        return standing_for(scene, plural=True)
    if scene.unit != "percent" or not match or _is_compared(scene) or COSTING.search(scene.bare):
        return None
    part = scene.bare.rpartition(",")[2].strip()
    changes = scene.link in {"to", "at", "from"} and (part == scene.link or bool(verb_groups(words_of(part))))
    if EQUALLING.search(scene.bare) or changes:
        return None  # "the debt amounts to 72 percent of output": the debt is measured
    offset = scene.end + match.end()
    whole = whole_phrase(words_of(scene.text[offset:]))
    subject, name = scene.subject, scene.named(whole, offset)
    if whole and whole[0].low == "what":
        return None  # "less than 60 percent of what they paid"
    if not name and whole and not subject:
        return whole[-1].text, scene.span(whole, offset)  # "a third of Danes"
    if name in WHOLES:
        words = words_of(scene.bare)
        if [word.low for word in words[-2:]] == [",", "with"]:
            subject = phrase_before(words[:-2])  # "its patents, with 60 percent of the total, ranked first"
        return f"share of {scene.named(subject)}".removesuffix(" of "), scene.span(subject)
    if not subject:
        return name, scene.span(whole, offset)  # "half of the farms are online"
    part = scene.named(subject)
    held = verb_groups(words_of(scene.bare))
    if part and held and held[-1].verb in HOLDING:
        return (part if part.startswith("share") else f"{part} share of {name}"), scene.span(subject)
    return f"share of {name}", scene.span(subject)


def _is_compared(scene: Scene) -> bool:
    """ "Is 60 percent of the price of": so much as that; "covers 60 percent of the cost" is a part of it."""
    words = words_of(scene.bare)
    acts = bool(words) and words[-1].low in FINITE - BE - {"cost", "costs"}
    return COMPARED.match(scene.behind) is not None and not acts


def _told_of_part(scene: Scene) -> Measured | None:
    """ "310 people, 70 percent of whom are engineers": what the part is."""
    match = re.match(r"(?: of (?:them|whom|which))? (?:are|were) ", scene.behind)
    if not match or not re.search(r"\bof (?:them|whom|which)$", scene.bare + match.group().rsplit(" ", 2)[0]):
        return None
    offset = scene.end + match.end()
    phrase = phrase_after(words_of(scene.text[offset:]))
    return (scene.named(phrase, offset), scene.span(phrase, offset)) if phrase and is_plural(phrase[-1]) else None


def part_of(scene: Scene) -> Measured | None:
    """ "5 billion yuan of investment", "5 million euros worth of seeds"; "60 percent of" and "310 times" are no parts."""
    match = re.match(r"(?: worth)? of (?:the )?", scene.behind)
    if not match or scene.unit in {"percent", "count", "ratio"} or EXTENDING.search(scene.bare):
        return None  # "the reserve covers 5 hectares of wetland": how large it is
    offset = scene.end + match.end()
    phrase = whole_phrase(words_of(scene.text[offset:]))
    if re.match(r"(?:them|it|these|those|which|that|this)\b", scene.text[offset:]):
        return None  # "batteries (5 gigawatts of them)"
    return (scene.named(phrase, offset), scene.span(phrase, offset)) if phrase else None
