"""What a number measures where that stands before it: "a scale of 5", "put the market at 5", "the industry reached 5".

Each shape gives the words, and where a place would stand with them, or nothing where the sentence has another shape.
"""

import re
from collections.abc import Sequence

from corpus.figures.clauses import VerbGroup, Word, verb_groups, words_of
from corpus.figures.phrases import TIME_UNITS, composed, is_property, named, phrase_after, phrase_before
from corpus.figures.predication import INSIDE_SUBJECT, subject_words
from corpus.figures.scene import AMOUNT_WORDS, MEASURING, Measured, Scene, counted_before
from corpus.figures.shared_subjects import number_before
from corpus.figures.word_kinds import BE, DETERMINERS, PREPOSITIONS
from corpus.units import is_money

# What money goes into or comes from, for verbs whose subject is who pays; by the verb's beginning.
SPENT = {
    "invest": "investment", "spend": "spending", "spent": "spending", "rais": "funding raised", "earn": "earnings",
    "lose": "loss", "lost": "loss", "pay": "payment", "paid": "payment", "export": "exports", "import": "imports",
    "donat": "donation", "allocat": "allocation", "pledg": "pledge",
}  # fmt: skip
IN_PROPERTY = re.compile(
    r" in ((?:\w+ )?(?:volume|size|value|revenues?|sales|funding|profits?|investment|exports|area|length|costs?|damages))\b"
)
GOAL = re.compile(r"\b(?:for|on|in|into|to|towards?) +(?:the |its |their )?(?!(?:19|20)\d\d|[A-Z]|total\b|all\b|\d)(?=\w)")
# What is handed over is for whom or what it is: "lent 5 million to farmers".
HANDING = frozenset("put puts lent lends lend gave gives give granted grants grant awarded provided provides channelled".split())
TAKING = re.compile(r"\b(?:[Ii]t (?:takes|took|will take|can take)\b[^,;]*|needs?|needed|requires?|required)$")
SET_OFF = re.compile(r",? (?:now |currently )?worth$|, (?:(?:up|down)(?: by| from| to)?|at)$| \((?:now|then)?$")
HELD_AT = re.compile(r" at an? (?:height|depth|speed|altitude|cost|price|rate|pace) of$")
EXTENT = re.compile(r" (?:across|long|wide|tall|high|deep|thick|in (?:length|height|diameter))\b")
PARTICIPLE = re.compile(r", (?:\w+ly )?[a-z]{3,}(?:ed|ing)(?: (?:at|to|by|from|on|in|with|for|up))?$")
CLAUSE_END = re.compile(r"[;.:](?=\s|$)|, (?:and|while|which|but)\b")
DIRECTIONS = frozenset("down up back out off away over further rapidly sharply".split())


# Who does this has what is measured, by the verb's beginning.
HAVING = (
    "ha",
    "post",
    "record",
    "report",
    "reach",
    "boast",
    "achiev",
    "attain",
    "show",
    "enjoy",
    "maintain",
    "keep",
    "kept",
    "saw",
)
NO_PROPERTIES = frozenset("short ahead instead out because full north south east west well capable worth inside outside".split())


def property_of(scene: Scene) -> Measured | None:
    """ "Had a scale of nearly 5", "with a growth rate of 5%", "revenue of 5 billion yuan"."""
    bare = re.sub(r"(?: of| at| close to| as high as)$", "", scene.bare)
    if bare == scene.bare and not re.search(r"\b(?:scale|size|volume|rate)$", bare):
        return None
    words = words_of(bare)
    phrase = phrase_before(words, frozenset())
    if scene.link == "of" and words and words[-1].low.endswith("ing"):
        phrase = [*phrase_before(words[:-1], frozenset()), words[-1]]  # "approved spending of 5": a noun before "of"
    if phrase and phrase[-1].low in NO_PROPERTIES:
        return None  # "fell short of 5"
    if not phrase or (scene.link != "of" and not is_property(phrase)):
        return None
    goal = re.match(r" (?:for|in) (?:the )?(?!(?:19|20)\d\d)", scene.behind) if phrase[-1].low in {"target", "goal"} else None
    if goal and (thing := phrase_after(words_of(scene.behind[goal.end() :]))):
        return scene.named(thing, scene.end + goal.end()), scene.span(thing, scene.end + goal.end())
    if not is_property(phrase):
        whole = phrase_before(words) or phrase
        return scene.named(whole), scene.span(whole)
    owner = _owner(scene, words[: len(words) - len(phrase)])
    own = named(" ".join(word.text for word in phrase), scene.article.text)
    return composed(scene.named(owner), own), scene.span([*owner, *phrase] if owner else phrase)


def _owner(scene: Scene, words: Sequence[Word]) -> list[Word]:
    """Of what a property is: "datasets with a total volume of", "an industry on a scale of", or the clause's subject."""
    while words and words[-1].low in DETERMINERS:
        words = words[:-1]
    if words and words[-1].low in {"with", "on", "at", "having", "in"} and len(words) > 1 and not words[-2].is_sign:
        inner = phrase_before(words[:-1])
        own = not HELD_AT.search(scene.bare) or not scene.subject or not verb_groups(words)
        if own and inner and not verb_groups(inner):
            return inner
    if words and words[-1].low == "with":
        return counted_before(words[:-1]) or scene.subject
    groups = verb_groups(words)
    acts = scene.link == "of" and groups and groups[-1].last == len(words) and not groups[-1].verb.startswith(HAVING)
    return [] if acts else scene.subject  # "the bank expects growth of 5": not the bank's


def lasting(scene: Scene) -> Measured | None:
    """ "The largest market for 12 years", "living in China for over 20 years": what lasts."""
    if not _is_time(scene):
        return None
    if task := re.match(r" to (?=[a-z])", scene.behind) if TAKING.search(scene.bare) else None:
        words = words_of(scene.behind[task.end() :])
        doing = [words[0], *phrase_after(words[1:])]  # "it takes a worker 12 hours to assemble an engine"
        return scene.named(doing, scene.end + task.end()), (scene.start, scene.start)
    if scene.link != "for":
        return None
    words = words_of(re.sub(r"\bfor$", "", scene.bare).rstrip())
    groups = verb_groups(words)
    phrase = phrase_before(words, frozenset({"of", "for"}))
    if groups and groups[-1].last >= len(words) - 3:
        group = groups[-1]
        lived_there = words[group.first].low in {"has", "have", "had"} and group.last < len(words)
        if not group.verb.endswith("ing") and not lived_there:
            return scene.named(scene.subject), scene.span(scene.subject)  # "were stuck at the border for"
        lasting = words[group.last - 1 :]
        return " ".join(["time", *(word.text for word in lasting)]), scene.span(lasting)
    return (scene.named(phrase), scene.span(phrase)) if phrase else None


def _is_time(scene: Scene) -> bool:
    phrase = phrase_after(scene.words_behind)
    return scene.unit in {"second", "month"} or (bool(phrase) and phrase[-1].low in TIME_UNITS)


def property_in(scene: Scene) -> Measured | None:
    """ "400 petabytes in total volume", "5 billion yuan in revenue"."""
    match = IN_PROPERTY.match(scene.behind)
    if not match:
        return None
    own = match[1]
    subject = scene.subject
    name = scene.named(subject)
    return (composed(name, own) if is_property(words_of(own)) else own), scene.span(subject)


def paid(scene: Scene) -> Measured | None:
    """ "Will invest 5 billion yuan in chips" is an investment in chips."""
    groups = verb_groups(words_of(scene.bare))
    if scene.unit in {"count", "percent", "ratio"} or not groups or groups[-1].last < len(words_of(scene.bare)):
        return None
    if _hands_over(scene, groups[-1]) and groups[-1].verb in PAYING and (bought := _goal(scene)):
        return bought, scene.span(scene.subject)
    if groups[-1].verb == "fined":
        return "fine", scene.span(scene.subject)
    kind = next((noun for verb, noun in SPENT.items() if groups[-1].verb.startswith(verb)), None)
    if not kind:
        return None
    kind = groups[-1].verb if groups[-1].verb.endswith("ing") else kind
    match = re.match(
        r"(?: (?:a|per|each) [a-z]+)? (?:in|on|for|from) (?!(?:19|20)\d\d|January|March|the first|the second)", scene.behind
    )
    thing = phrase_after(words_of(scene.behind[match.end() :])) if match else []
    goal = scene.named(thing, scene.end + match.end()) if match and thing else ""
    preposition = match.group() if match else ""
    owner = scene.named(scene.subject)
    told = f"{preposition}{goal}" if goal else f" by {owner}" if owner else ""
    return f"{kind}{told}", scene.span(scene.subject)


def object_of_verb(scene: Scene) -> Measured | None:
    """ "Puts the market at 5", "cut the time from 9 to 5": the verb's object is measured, not its subject."""
    words = words_of(scene.bare)
    groups = verb_groups(words)
    links = {"at", "to", "from", "by"} | ({"in", "within"} if _is_time(scene) else {"for"} if is_money(scene.unit) else set())
    if scene.link not in links or not groups or groups[-1].verb in BE:
        return None  # "sales were flat at 5": nothing is done to anything
    between = words[groups[-1].last : -1]
    stop = next((n for n, word in enumerate(between) if word.low in PREPOSITIONS - {"of", "for"} or word.is_sign), len(between))
    thing = [word for word in phrase_before(between[:stop], frozenset({"of", "for"})) if word.low not in DIRECTIONS]
    if scene.link in {"for", "in", "within"} and thing and thing[0].text[0].isdigit():
        before = number_before(scene)
        thing = (
            thing[1:] if before and before.unit == "count" else []
        )  # "ordered 36 aircraft for 5 billion", "built 9 docks in 12 months"
    if any(word.text[0].isdigit() or word.low in AMOUNT_WORDS for word in thing):
        return None  # "climbed 18 percent to 5": the other number is no thing
    return (scene.named(thing), scene.span(thing)) if scene.named(thing) else None


def _set_off(scene: Scene) -> list[Word]:
    """What is named right before a comma and a figure of it: "sales, down 5 percent", "at 5 billion euros," "jewels worth 5"."""
    words = words_of(scene.bare)
    groups = verb_groups(words)
    if EXTENT.match(scene.behind) and not scene.link and (not groups or groups[-1].last < len(words)):
        return phrase_before(words)  # "has a mirror 5 metres across"
    said_of = PARTICIPLE.search(scene.bare)
    if said_of and not verb_groups(words_of(scene.bare[: said_of.start()])):
        return phrase_before(words_of(scene.bare[: said_of.start()]), INSIDE_SUBJECT)  # "the hut, perched at 5 metres"
    match = SET_OFF.search(scene.bare)
    if not match and scene.bare.endswith(",") and not verb_groups(words_of(scene.bare)):
        found = phrase_before(words_of(scene.bare[:-1]), INSIDE_SUBJECT)
        return found if found and not scene.text[: found[0].start].strip() else []  # "the reactor, 17 years late, will"
    if not match:
        return []
    before = words_of(scene.bare[: match.start()])
    return phrase_before(before) if verb_groups(before) else phrase_before(before, INSIDE_SUBJECT)


def stated(scene: Scene) -> Measured:
    """ "The industry reached 5": the clause's subject."""
    subject = _set_off(scene) or scene.subject
    priced = re.search(r"\bpriced\b", scene.bare[-30:])
    if priced:
        return composed(scene.named(subject), "price"), scene.span(subject)
    inner = next((place for place, word in enumerate(subject) if word.low == "with"), None)
    if inner is not None and is_property(subject[inner + 1 :]):
        # "35,000 datasets with a total volume exceeding 400 petabytes"
        return composed(scene.named(subject[:inner]), scene.named(subject[inner + 1 :])), scene.span(subject)
    if subject and is_property(subject):
        earlier = words_of(scene.text[: subject[0].start])
        owner = counted_before(earlier) or subject_words(earlier, [])
        return composed(scene.named(owner), scene.named(subject)), scene.span(subject)
    name = scene.named(subject)
    groups = verb_groups(words_of(scene.bare))
    if scene.before.lstrip().lower() in {"at ", "with "} and (comma := re.match(r", ", scene.behind)):
        first = phrase_after(words_of(scene.behind[comma.end() :]))  # "At 632 metres, the tower dominates"
        name = scene.named(first, scene.end + comma.end())
    if not name or (groups and _hands_over(scene, groups[-1])):
        name = _goal(scene) or name  # "London set aside 5 million for the bridge"
    return name, scene.span(subject)


def _hands_over(scene: Scene, group: VerbGroup) -> bool:
    """Whether money is the object of a verb that does not say how much something is: "earmarked 5 million for schools"."""
    if group.verb in PAYING and not scene.link and is_money(scene.unit):
        return PAID_FOR.search(CLAUSE_END.split(scene.behind)[0]) is not None
    if group.verb in HANDING or scene.bare.endswith(" aside"):
        return True
    direct = is_money(scene.unit) and not scene.link and group.last == len(words_of(scene.bare))
    return direct and not group.verb.startswith(MEASURING) and re.search(r"\b(?:for|into|towards?) ", scene.behind) is not None


# What is paid or got for a thing is its price: "pays 5 euros for a flat".
PAYING = frozenset("pay pays paid paying get gets got getting charge charges charged receive receives received fetch ask".split())
PAID_FOR = re.compile(r" for (?:an?|the|each|every|one) [a-z\d]")


def _goal(scene: Scene) -> str:
    """What money or the like is for, in the rest of its clause."""
    clause = CLAUSE_END.split(scene.behind)[0]
    if scene.unit == "percent":
        return ""
    clause = re.sub(r"(?<=\bfor )(?:an?|each|every) (?:\d[\w.,]*-\w+ )?", lambda match: " " * len(match[0]), clause)
    goal = GOAL.search(clause) if is_money(scene.unit) else GOAL.match(clause.lstrip())
    if not goal:
        return ""
    offset = goal.end() + (0 if is_money(scene.unit) else len(clause) - len(clause.lstrip()))
    return scene.named(phrase_after(words_of(clause[offset:])), scene.end + offset)
