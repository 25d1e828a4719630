"""What `corpus` says about figures that agree, differ or cannot be right, in the reader's language.

Its sentences come in English and are recognised by their form (tests hold them together); one that is not known stays as it
is. Words of articles in them are not translated; amounts are written as the language writes them.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from bot.figure_wording import number_words, value_words
from bot.wording import ENGLISH, N_, Wording
from corpus.figures.amounts import BYTES, CURRENCIES, SIGNS, TOLD_SCALES, UNITS

AND = N_("{one} and {other}")
STATUSES = {"reported": N_("reported"), "a forecast": N_("a forecast"), "a target": N_("a target")}
SIZES = {
    "": "",
    ", nearly an order of magnitude": N_(", nearly an order of magnitude"),
    ", an order of magnitude or more": N_(", an order of magnitude or more"),
}
BOUNDS = {"more than": N_("over {value}"), "less than": N_("under {value}"), "about": N_("about {value}")}
BOUND = re.compile(r'"(more than|less than|about) (.*?)"')

# In braces: `clause…` stands for another of these, `amount…`, `number…`, `status…`, `size` and `bounds` for what their names
# say, `steps` for several of STEP, and the rest for words that stay as they are. Longer ones first.
RELATIONS = (
    N_("they differ in unit: {one} and {other}"),
    N_("they differ in scope: {one} and {other}"),
    N_("they differ in date: {one} and {other}"),
    N_("they differ in status: one is {status}, the other {status_other}"),
    N_("they differ in bound: {bounds} rules neither out"),
    N_("they agree as far as {bounds} says"),
    N_("{clause}, so they may be of different dates"),
    N_("same date and scope, but {clause}"),
    N_("{amount} and {amount_other} are {amount_gap} apart, {number} percent of the smaller"),
    N_("{amount} and {amount_other} are {amount_gap} apart"),
    N_("one value, rounded differently: {amount} and {amount_other}"),
    N_("the same value"),
    N_("one is {status}, the other {status_other}"),
    N_("{clause}; {clause_other}"),
    N_("neither is dated"),
    N_('{one} is dated only "{words}"'),
    N_("{one} is not dated"),
)
STEP = N_(
    "{amount} ({time}) would grow in {number} years to {amount_made},"
    " whereas {amount_wanted} takes {number_wanted} percent a year"
)
FINDINGS = (
    N_(
        "{subject}: {early} ({early_time}) is {amount}, but the later {late} ({late_time}) is {amount_after}:"
        " {number} times less{size}. What is built up does not shrink so: one of the two must be wrong or count something else."
    ),
    N_(
        '{subject}: {dated} ({time}) is {amount}, but {undated} ("{words}", which its article does not resolve) is'
        " {amount_other}: {number} times less{size}."
        " If it is the later of the two, one must be wrong or count something else."
    ),
    N_(
        '{subject}: {dated} ({time}) is {amount}, but {undated} ("{words}", which its article does not resolve) is'
        " {amount_other}: {number} times more{size}."
        " If it is the earlier of the two, one must be wrong or count something else."
    ),
    N_(
        "{subject}: {dated} ({time}) is {amount}, but {undated} (not dated) is {amount_other}: {number} times less{size}."
        " If it is the later of the two, one must be wrong or count something else."
    ),
    N_(
        "{subject}: {dated} ({time}) is {amount}, but {undated} (not dated) is {amount_other}: {number} times more{size}."
        " If it is the earlier of the two, one must be wrong or count something else."
    ),
    N_(
        "{target} ({time}) does not fit growth of {number} percent a year: {steps}. Reckoned back over {number_years} years,"
        " that growth would have begun at {amount}."
    ),
    N_("{target} ({time}) does not fit growth of {number} percent a year: {steps}."),
)
SCALES = {word: power for power, word in (*TOLD_SCALES, *BYTES)}
NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
AMOUNT = re.compile(rf"({NUMBER})(?: ({'|'.join(SCALES)}))?(?:(%)| (.+))?")
NAMED_UNITS = {name: unit for unit, name in (*CURRENCIES.items(), *UNITS.items())} | {
    sign.strip(): unit for unit, sign in SIGNS.items()
}


def relation_words(words: str, say: Wording) -> str:
    """How two figures stand to each other (`Relation.words`), in the reader's language."""
    return words if say.language == ENGLISH else _worded(words, RELATIONS, say) or words


def finding_words(words: str, say: Wording) -> str:
    """What cannot be right (`Finding.words`), in the reader's language."""
    return words if say.language == ENGLISH else _worded(words, FINDINGS, say) or words


def finding_facts(words: str, say: Wording) -> dict[str, str]:
    """What stands in the braces of FINDINGS in `Finding.words`, in the reader's language; empty where no form fits."""
    return next((facts for message in FINDINGS if (facts := _facts(message, words, say))), {})


def step_facts(steps: str, say: Wording) -> list[dict[str, str]]:
    """What stands in the braces of STEP, for each of the steps that `corpus` tells of a growth rate."""
    return [_facts(STEP, step, say) for step in steps.split("; ")]


def _facts(message: str, words: str, say: Wording) -> dict[str, str]:
    match = _pattern(message).fullmatch(words)
    kept = (
        {name: text if name == "steps" else _part(name, text, say) for name, text in match.groupdict().items()} if match else {}
    )
    return {name: text for name, text in kept.items() if text is not None}


def _worded(words: str, messages: tuple[str, ...], say: Wording) -> str | None:
    """The first form that fits, with everything in its braces; nothing where none does."""
    for message in messages:
        match = _pattern(message).fullmatch(words)
        parts = {name: _part(name, text, say) for name, text in match.groupdict().items()} if match else {}
        if match and all(part is not None for part in parts.values()):
            return say(message, **parts)
    return None


def _part(name: str, text: str, say: Wording) -> str | None:
    """What stands in one brace, in the reader's language; nothing where it is not what the brace is for."""
    kinds: dict[str, Callable[[str, Wording], str | None]] = {
        "clause": lambda part, say: _worded(part, RELATIONS, say),
        "amount": _amount,
        "number": lambda part, say: number_words(Decimal(part.replace(",", "")), say.language),
        "status": lambda part, say: say(STATUSES[part]) if part in STATUSES else None,
        "size": lambda part, say: (SIZES[part] and say(SIZES[part])) if part in SIZES else None,
        "bounds": _bounds,
        "steps": _steps,
    }
    kind = kinds.get(name.partition("_")[0])
    return kind(text, say) if kind else text


def _amount(text: str, say: Wording) -> str | None:
    """An amount that `corpus.figures.amounts.told` has written, such as "1,590 quintillion operations per second"."""
    match = AMOUNT.fullmatch(text)
    if match is None:
        return None
    number, scale, sign, name = match.groups()
    unit = NAMED_UNITS.get(sign or name or "", (name or "").replace(" ", "_"))
    power = SCALES[scale] if scale else 0
    return value_words(Decimal(number.replace(",", "")).scaleb(power), _unit_of(scale, unit), say.language)


def _unit_of(scale: str | None, unit: str) -> str:
    return "byte" if scale in {name for _, name in BYTES} else unit


def _bounds(text: str, say: Wording) -> str | None:
    if text == "the range":
        return say("the range")
    found = [f"“{say(BOUNDS[word], value=value)}”" for word, value in BOUND.findall(text)]
    if len(found) == 2:
        return say(AND, one=found[0], other=found[1])
    return found[0] if found else None


def _steps(text: str, say: Wording) -> str | None:
    told = [_worded(step, (STEP,), say) for step in text.split("; ")]
    known = [step for step in told if step is not None]
    return "; ".join(known) if len(known) == len(told) else None


@cache
def _pattern(message: str) -> re.Pattern[str]:
    """What a form looks like once its braces are filled."""

    def group(match: re.Match[str]) -> str:
        name = match[1]
        return f"(?P<{name}>{NUMBER if name.startswith('number') else '.*?' if name == 'size' else '.+?'})"

    return re.compile(re.sub(r"\\\{(\w+)\\\}", group, re.escape(message)), re.DOTALL)
