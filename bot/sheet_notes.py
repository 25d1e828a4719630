"""How the figures of a metric stand to each other and what does not fit, in short lines under a list of them. Pure functions.

A figure is called by its number in the list, so that no value is said twice; the terminal, which has room, tells them in full
(`bot.metric_series`).
"""

import itertools
from collections.abc import Mapping, Sequence

from bot.figure_wording import figure_value, period_words
from bot.relation_wording import AND, finding_facts, relation_words, step_facts
from bot.wording import Wording
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Figure
from corpus.figures.plausibility import Finding
from corpus.figures.relations import RelationKind, implausible, relation

PAIRS_NAMED = 4  # of those that one line is about
OF_DATES = "they differ in date"  # as `corpus.figures.relations` begins to say it
Place = tuple[str, int, int]


def relation_notes(figures: Sequence[StoredFigure], every: bool, say: Wording) -> list[str]:
    """Pairs of figures of one metric, those of which the same is to be said in one line; conflicts first, dates last.

    Args:
        every: also pairs that merely differ; by default only neighbours of these.
    """
    groups: dict[tuple[bool, str], list[str]] = {}
    of_dates, pairs = 0, list(itertools.combinations(enumerate(figures, 1), 2))
    for (first, one), (second, other) in pairs:
        what = relation(one.figure, other.figure)
        if what.words.startswith(OF_DATES):
            of_dates += 1
        elif every or what.kind is not RelationKind.DIFFER or second == first + 1:
            words = relation_words(_by_number(what.words, {first: one.figure, second: other.figure}), say)
            pair = say(AND, one=f"[{first}]", other=f"[{second}]")
            groups.setdefault((what.kind is not RelationKind.CONFLICT, words), []).append(pair)
    told = [
        _group(pairs, words, not harmless, say) for (harmless, words), pairs in sorted(groups.items(), key=lambda one: one[0][0])
    ]
    if of_dates and of_dates == len(pairs):
        return [say("All are of different dates.") if of_dates > 1 else say("They are of different dates.")]
    return [*told, *([say("Pairs of different dates: {count}", count=of_dates)] if of_dates else [])]


def finding_notes(figures: Sequence[StoredFigure], all_figures: Sequence[StoredFigure], say: Wording) -> list[str]:
    """What cannot be right about these figures, also beside others of the collection; a note may have several lines.

    Args:
        figures: those that are listed, numbered from 1 in the order given.
        all_figures: every figure that may stand against them, these included.
    """
    names = {_place(one.figure): f"[{number}]" for number, one in enumerate(figures, 1)}
    held = {_place(one.figure): one for one in all_figures}
    found = implausible([one.figure for one in all_figures], [one.metric for one in all_figures])
    shown = [finding for finding in found if any(_place(figure) in names for figure in finding.figures)]
    named = {place: names.get(place) or _described(one, say) for place, one in held.items()}
    return [_finding_note(finding, named, say) for finding in shown]


def _group(pairs: Sequence[str], words: str, conflict: bool, say: Wording) -> str:
    named = say(", ").join(pairs[:PAIRS_NAMED])
    if (more := len(pairs) - PAIRS_NAMED) > 0:
        named = say("{pairs} and {count} more pairs", pairs=named, count=more)
    if conflict:
        return say("{pairs}: conflict, {words}.", pairs=named, words=words)
    return say("{pairs}: {words}.", pairs=named, words=words)


def _by_number(words: str, pair: Mapping[int, Figure]) -> str:
    """What is said of the one that has no date, by its number instead of its value, which both may share."""
    undated = [number for number, one in pair.items() if one.period is None or one.period.end is None]
    if len(undated) != 1:
        return words
    before, is_there, behind = words.rpartition(f"{pair[undated[0]].text} is ")
    return f"{before}[{undated[0]}] is {behind}" if is_there else words


def _finding_note(finding: Finding, names: Mapping[Place, str], say: Wording) -> str:
    """A finding in short; one of a form that is not known as `corpus` says it."""
    facts, called = finding_facts(finding.words, say), [names[_place(figure)] for figure in finding.figures]
    if "steps" in facts:
        return _misgrown(facts, called, say)
    if "late" in facts:
        told = {"early": called[0], "late": called[1], **_picked(facts, "amount", "amount_after", "number")}
        return say(
            "{early} is {amount}, the later {late} only {amount_after}: {number} times less. What is built up does not shrink so:"
            " one of the two must be wrong or count something else.",
            **told,
        )
    if "undated" not in facts:
        return f"{say(', ').join(called)}: {finding.words}"
    told = {"dated": called[0], "undated": called[1], **_picked(facts, "amount", "amount_other", "number")}
    if finding.figures[0].value > finding.figures[1].value:
        return say(
            "{dated} is {amount}, {undated} only {amount_other}: {number} times less. If {undated} is the later of the two,"
            " one must be wrong or count something else.",
            **told,
        )
    return say(
        "{dated} is {amount}, {undated} {amount_other}: {number} times more. If {undated} is the earlier of the two,"
        " one must be wrong or count something else.",
        **told,
    )


def _misgrown(facts: Mapping[str, str], called: Sequence[str], say: Wording) -> str:
    """A forecast that its growth rate does not lead to: a line for each value that the growth may start from."""
    _, target, *starts = called
    lines = [say("{target} does not fit growth of {number}% a year:", target=target, number=facts["number"])]
    for start, step in zip(starts, step_facts(facts["steps"], say), strict=True):
        told = {"start": start, "target": target, **_picked(step, "amount_made", "number_wanted")}
        lines.append(say("From {start}, it leads to {amount_made}; to {target}, it takes {number_wanted}% a year.", **told))
    if "number_years" in facts:
        years = _picked(facts, "number_years", "amount")
        lines.append(say("Reckoned back over {number_years} years, it would have begun at {amount}.", **years))
    return "\n".join(lines)


def _picked(facts: Mapping[str, str], *names: str) -> dict[str, str]:
    return {name: facts[name] for name in names}


def _described(one: StoredFigure, say: Wording) -> str:
    """A figure that is not listed."""
    return say("{value} ({facts})", value=figure_value(one, say), facts=period_words(one.figure.period, say))


def _place(figure: Figure) -> Place:
    return figure.article_id, figure.start, figure.end
