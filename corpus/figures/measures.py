"""The measure that a sentence only implies: the "price" of what sells for 5 yuan, the "share" of one in four, somebody's "age".

Read beside its number, a subject must say what is measured and not only of what. One that names its measure already
("revenue", "growth rate") stays as it is.
"""

import re
from collections.abc import Callable, Mapping

from corpus.figures.clauses import verb_groups, words_of
from corpus.figures.doings import told_of_counted, told_of_part
from corpus.figures.phrases import CHANGES, PROPERTIES
from corpus.figures.scene import Scene
from corpus.units import is_money

OWN_MEASURES = (
    (PROPERTIES - {"market", "unit", "total"})
    | CHANGES
    | frozenset(
        """
        time age delay latency wait duration distance altitude width diameter thickness radius range lifespan life expectancy
        temperature consumption draw usage demand emissions production exports imports harvest catch frequency memory storage
        bandwidth traffic rainfall snow rain term sentence stay deadline limit career experience period power load generation
        """.split()
    )
)
# Say by themselves what an amount of money is, in the singular.
AMOUNTS = frozenset(
    """
    price cost fee fare rent rate wage salary pay payment income earning revenue sale turnover profit loss debt deficit surplus
    budget fund funding financing investment spending expenditure outlay bill tax levy tariff duty fine penalty subsidy grant
    loan credit bond aid donation prize award bonus dividend value valuation worth market economy gdp output product trade
    export import order contract deal stake share capital money sum amount asset reserve holding capitalisation capitalization
    round bid offer compensation damage charge premium pension allowance stipend benefit toll deposit balance purchase takeover
    acquisition growth increase rise drop saving royalty commission margin scale size volume industry sector programme program
    package plan project scheme remittance proceed voucher claim settlement cash bailout injection
    """.split()
)
NEAR = 4  # words between a verb and its number: "sells in shops for 5"
PRICED = frozenset("sells sell sold selling fetch fetched fetches retails retail retailed bought buy buys changed".split())
CHARGED = frozenset("charge charges charged charging".split())
RENTED = frozenset("rent rents rented renting lease leases leased".split())
VALUED = frozenset("valued values valuing".split())
COMPANIES = re.compile(
    r"\b(?:compan(?:y|ies)|firms?|start-?ups?|\w*makers?|developers?|groups?|lenders?|retailers?|carriers?|airlines?)$", re.I
)
RATE = re.compile(r" (?:per|an?|each|every) (?:square |cubic )?[a-z]+\b")
EACH = re.compile(r" (?:per|an?|each|every) (?!(?:year|month|week|quarter|decade)\b)[a-z]+|/(?:kg|km|m|t)\b")
FOR_SALE = re.compile(r"\b(?:priced|for sale|on sale)\b[^,;]*$")
INNER = re.compile(r" (?:of|for|in|to|from|between|on|at|by|per|that|who) ")

SAYS_SHARE = re.compile(
    r"\b(?:shares?|rates?|ratio|proportion|percentage|penetration|margin|yield|growth|odds|chance|probability)\b", re.I
)
OF_THEM = re.compile(r" of (?!(?:that|what|the (?:price|cost|level|value|average))\b)")
FRACTION = re.compile(r"\b(?:in|out of)\b|\b(?:half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?$", re.I)
EQUALS = re.compile(r"\b(?:equals?|equalled|equal to|equivalent to|amount(?:s|ed|ing)? to|worth|com(?:es|ing) to|came to)$")

OLD = re.compile(r"-old\b|\byears? old\b| years? of age\b| old\b")
LASTING = frozenset("took take takes taken taking need needs needed require requires required".split())
TASK = re.compile(r" to ([a-z]+)")
HYPHENATED = re.compile(r"[\w.,]-[a-z]+$")
EXTENTS: Mapping[str, str] = {
    "long": "length", "tall": "height", "high": "height", "wide": "width", "across": "width", "deep": "depth",
    "thick": "thickness", "in length": "length", "in height": "height", "in diameter": "diameter", "away": "distance",
}  # fmt: skip
SAID_EXTENT = re.compile(rf"[ -]({'|'.join(EXTENTS)})\b")
SIZED = frozenset({"metre", "square_metre", "gram"})
SIZE_OF = re.compile(r"^(?:length|height|width|depth|thickness|diameter|distance|altitude|weight|area) of ")
FLYING = re.compile(r"\b(?:flies|flew|fly|flying|orbits?|orbiting|cruis\w+|hover\w*|perched|stands|stood|lies)\b[^,;]* at$")
COVERING = re.compile(r"\b(?:cover|span|stretch|occup|extend|measur)\w*(?: over| for| across)?$|\bhas$")
WEIGHING = re.compile(r"\bweigh\w*$|\bweight of$")
DRAWING = re.compile(r"\b(?:draw|draws|drew|drawing|consum\w+|use[sd]?|using|need[s]?|needed|burn\w*)$")
MOVED = {
    "send": "sent",
    "stor": "stored",
    "hold": "held",
    "process": "processed",
    "transmit": "transmitted",
    "produc": "produced",
}
MOVING = re.compile(rf"\b({'|'.join(MOVED)})\w*$")
CHIPS = re.compile(r"\b(?:chips?|processors?|[cg]pus?|cores?|accelerators?)\b", re.I)


def with_measure(scene: Scene, words: str) -> str:
    """A subject that says what is measured: "price of crate of tomatoes" for the crate that sells for 480 rupees.

    Args:
        words: what the number is of, as the shapes of the sentence tell it; nothing is added to none.
    """
    if not words:
        return ""
    if scene.unit == "count":
        return f"{words} {told_of_counted(scene, words)}".rstrip()
    if scene.unit == "percent":
        return _part(scene, words)
    if is_money(scene.unit):
        measure = _of_money(scene, words)
    else:
        measure = "" if _names_measure(words) else BY_UNIT.get(scene.unit, _none)(scene, words)
    rate = RATE.match(scene.behind) if is_money(scene.unit) else None
    return f"{measure} {words}{rate[0] if rate else ''}".lstrip()


def of_its_own(scene: Scene, words: str) -> str:
    """What another number measures, as this one does: "6 metres high and 40 metres long" are the height and length of a wall."""
    measure = BY_UNIT.get(scene.unit, _none)(scene, words) if scene.unit in SIZED else ""
    return f"{measure} {SIZE_OF.sub('', words)}" if measure else words


def _names_measure(words: str) -> bool:
    """Whether the thing is a measure: "water level", "average delay", "waiting time"."""
    low = words.lower()
    return any(part.split()[-1] in OWN_MEASURES for part in (INNER.split(low, maxsplit=1)[0], low) if part)


def _of_money(scene: Scene, words: str) -> str:
    """What an amount is for, by the verb in front of it and by what stands behind: "price of", "rent of"; or nothing."""
    before = words_of(scene.bare)
    groups = verb_groups(before)
    verb = groups[-1].verb if groups and len(before) - groups[-1].last <= NEAR else ""
    if verb in VALUED:
        return "valuation of" if COMPANIES.search(words) else "value of"
    if scene.bare.endswith("worth"):
        return "value of"
    if any(word in AMOUNTS or word.removesuffix("s") in AMOUNTS for word in INNER.split(words.lower(), maxsplit=1)[0].split()):
        return ""
    if verb.startswith("cost"):
        return "cost of"
    if verb in RENTED:
        return "rent of"
    if (verb in PRICED and scene.link in {"at", "for", "to", "from"}) or verb in CHARGED:
        return "price of"
    return "price of" if EACH.match(scene.behind) or FOR_SALE.search(scene.bare) else ""


def _part(scene: Scene, words: str) -> str:
    """ "Share of nurses that work with a robot"; a percentage that is no part of anything stays as it is."""
    whole = OF_THEM.match(scene.behind)
    if SAYS_SHARE.search(words) or scene.link in {"at", "by", "from", "to"} or (whole and EQUALS.search(scene.bare)):
        return words
    doing = told_of_part(scene)
    doing = "" if doing.endswith(words) else doing  # "of whom 60 percent were students"
    is_part = whole or doing or FRACTION.search(scene.number)
    return f"share of {words}{f' that {doing}' if doing else ''}" if is_part else words


def _none(_: Scene, __: str) -> str:
    return ""


def _is_adjective(scene: Scene) -> bool:
    """ "A 30-minute film": the number describes what follows."""
    return HYPHENATED.search(scene.number) is not None


def _of_time(scene: Scene, words: str) -> str:
    if OLD.search(scene.number + scene.behind[:12]) or re.search(r"\baged?$", scene.bare):
        return "age of"
    groups = verb_groups(words_of(scene.bare))
    verb = groups[-1].verb if groups else ""
    if verb in LASTING:
        task = TASK.match(scene.behind)
        if task and words.startswith(f"{task[1]} "):
            return "time to"
        return f"time to {task[1]}" if task else "time for"
    if scene.link in {"in", "within"} and verb:
        return "time for"
    return "duration of" if _is_adjective(scene) else ""


def _of_length(scene: Scene, _: str) -> str:
    if said := SAID_EXTENT.match(scene.behind):
        return f"{EXTENTS[said[1]]} of"
    if FLYING.search(scene.bare):
        return "altitude of"
    return "length of" if _is_adjective(scene) else ""


def _of_mass(scene: Scene, _: str) -> str:
    return "weight of" if WEIGHING.search(scene.bare) or _is_adjective(scene) else ""


def _of_area(scene: Scene, _: str) -> str:
    is_part = re.match(r" of (?!them\b|it\b)", scene.behind) is not None
    return "area of" if is_part or COVERING.search(scene.bare) or _is_adjective(scene) else ""


def _of_power(scene: Scene, _: str) -> str:
    if DRAWING.search(scene.bare):
        return "power consumption of"
    return "capacity of" if _is_adjective(scene) or re.match(r" of (?:them|it)\b", scene.behind) else ""


def _of_frequency(_: Scene, words: str) -> str:
    return "clock speed of" if CHIPS.search(words) else "frequency of"


def _of_data(scene: Scene, _: str) -> str:
    if moved := MOVING.search(scene.bare):
        return f"data {MOVED[moved[1]]} by"
    return "size of" if _is_adjective(scene) else ""


def _of_energy(scene: Scene, _: str) -> str:
    return "power consumption of" if DRAWING.search(scene.bare) else ""


def _of_speed(_: Scene, __: str) -> str:
    return "speed of"


def _of_data_rate(_: Scene, __: str) -> str:
    return "bandwidth of"


def _of_computing(scene: Scene, words: str) -> str:
    return "" if "comput" in words.lower() else "computing power of"


BY_UNIT: Mapping[str, Callable[[Scene, str], str]] = {
    "month": _of_time, "second": _of_time, "metre": _of_length, "gram": _of_mass, "square_metre": _of_area, "watt": _of_power,
    "hertz": _of_frequency, "byte": _of_data, "watt_hour": _of_energy, "FLOPS": _of_computing,
    "metre / second": _of_speed, "bit / second": _of_data_rate, "byte / second": _of_data_rate,
}  # fmt: skip
