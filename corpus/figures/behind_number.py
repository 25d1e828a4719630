"""What a number measures where that stands behind it: "4,500 companies", "60 percent of patents", "15.6% as the growth rate".

Each shape gives the words, and where a place would stand with them, or nothing where the sentence has another shape.
"""

import re

from corpus.figures.clauses import BE, DETERMINERS, FINITE, INFINITIVES, IRREGULAR, Word, verb_groups, words_of
from corpus.figures.phrases import CHANGES, TIME_UNITS, composed, is_plural, is_property, phrase_after, phrase_before
from corpus.figures.scene import Measured, Scene, counted_before, whole_phrase

COSTING = re.compile(r"\b(?:price[ds]?|pricing|costs?|charges?)\b", re.I)
COMPARED = re.compile(r"^ of (?:that|those|the (?:price|cost|level|size|value|average)) ")
EQUALLING = re.compile(r"\b(?:amount(?:s|ed|ing)? to|equal(?:s|led|ling)?(?: to)?|equivalent to|is worth|was worth|are worth)$")
EXTENDING = re.compile(r"\b(?:cover|span|stretch|occup|extend|measur)\w*(?: over| for| across)?$")
HOLDING = frozenset("account accounts accounted accounting represent represents represented contributed contributes up".split())
ADVERBIAL = frozenset("larger smaller higher lower bigger longer shorter taller deeper wider up down away each".split())
WHOLES = frozenset({"total", "whole", "market", ""})  # stand for what was named before


def counted(scene: Scene) -> Measured | None:
    """ "4,500 companies", "eight of the top ten models"; "numbered 4,500" has none."""
    if scene.unit != "count":
        return None
    if re.match(r" of (?:them|these|those|which|whom)\b", scene.behind):
        things = counted_before(words_of(scene.bare))
        return (scene.named(things), (scene.end, scene.end)) if things else None
    text = re.sub(r"^ (?:more|other|additional|further)(?= [a-z]+s\b)", " ", scene.behind)
    text = re.sub(r"^ +of (?:the|its|these|those|all(?: the)?|[A-Z]\w+['’]s) ", " ", text)
    offset = scene.end + len(scene.behind) - len(text)
    phrase = phrase_after(words_of(text))
    if not phrase or phrase[-1].low in TIME_UNITS:
        return None
    top = "top " if re.search(r"\btop\s*$", scene.before) else ""
    rest = words_of(text[phrase[-1].end :])
    about = phrase_after(rest[1:]) if len(rest) > 1 and rest[0].low in {"of", "on"} and rest[1].text.islower() else []
    if about and about[-1].low not in TIME_UNITS:
        phrase = words_of(text[: phrase[-1].end + about[-1].end])  # "patents on generative models"
    return top + scene.named(phrase, offset), (scene.end, phrase[-1].end + offset)


def adjectival(scene: Scene) -> Measured | None:
    """ "5,300-hectare agriculture projects", "a $5 billion fund", "a 5% increase in yield rate"."""
    words = scene.words_behind
    phrase = phrase_after(words)
    if scene.unit in {"count", "ratio"} or not phrase or words[0].low in DETERMINERS or phrase[-1].low in {"one", "ones"}:
        return None
    if phrase[0].low in ADVERBIAL or (len(words) > 1 and words[1].low == "than"):
        return None  # "2 million tonnes larger than": how, not what
    if scene.unit == "percent" and (words[0].low in INFINITIVES - CHANGES or _is_past(words[0])):
        things = counted_before(words_of(scene.bare))  # "a survey of 1,200 teachers found that 64 percent use it"
        return scene.named(things), scene.span(things)
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
    match = re.match(r" of (?:(?:the|a) [a-z]+['’]s |the |all |its |their |all the )?", scene.behind)
    if scene.unit == "percent" and (told := _told_of_part(scene)):
        return told
    if scene.unit == "percent" and re.match(r" of (?:them|these|those|which|whom)\b(?! \w+s\b)", scene.behind):
        things = counted_before(words_of(scene.bare))
        return (scene.named(things), scene.span(things)) if things else None
    if scene.unit != "percent" or not match or _is_compared(scene) or COSTING.search(scene.bare):
        return None
    if EQUALLING.search(scene.bare):
        return None  # "the debt amounts to 72 percent of output": the debt is measured
    offset = scene.end + match.end()
    whole = whole_phrase(words_of(scene.text[offset:]))
    subject, name = scene.subject, scene.named(whole, offset)
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
    return (scene.named(phrase, offset), scene.span(phrase, offset)) if phrase else None
