"""Kept questions -> what the owner of a server wants to know of them. Pure; knows no member and no Discord."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.activity import KeptQuestion, Kind, Outcome

DAILY_UNTIL = 60  # days up to which a chart has a bar a day; beyond, a bar a week
WEEK = 7


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that the articles do not answer, how often it was asked in these words, and when last (UTC)."""

    text: str
    count: int
    last_asked_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """A day or a week, its last day included, and how many questions went how in it."""

    first: dt.date
    last: dt.date
    outcomes: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class Statistics:
    """What became of a server's questions.

    `p50_ms` and `p95_ms` are milliseconds from question to answer, `None` where there is none; `quoted` has ids of articles with
    how many answers quote them, most first; `unanswered` is newest first.
    """

    asked: int
    outcomes: Mapping[Outcome, int]
    p50_ms: float | None
    p95_ms: float | None
    helpful: int
    unhelpful: int
    quoted: tuple[tuple[str, int], ...]
    unanswered: tuple[Unanswered, ...]

    @property
    def helpful_share(self) -> float | None:
        """The part of all judgements that say "helpful", 0 to 1; `None` without any."""
        judged = self.helpful + self.unhelpful
        return self.helpful / judged if judged else None


def statistics(questions: Sequence[KeptQuestion]) -> Statistics:
    """Count a server's questions, of whichever days they are."""
    # A failure takes as long as it takes to fail, which says nothing of answers.
    times = [one.took_ms for one in questions if one.outcome is not Outcome.FAILED]
    p50, p95 = (float(value) for value in np.percentile(times, [50, 95])) if times else (None, None)
    quoted = Counter(article for one in questions for article in dict.fromkeys(one.articles))
    return Statistics(
        asked=len(questions),
        outcomes=_outcomes(questions),
        p50_ms=p50,
        p95_ms=p95,
        helpful=sum(one.helpful for one in questions),
        unhelpful=sum(one.unhelpful for one in questions),
        quoted=tuple(sorted(quoted.items(), key=lambda pair: (-pair[1], pair[0]))),
        unanswered=_unanswered(questions),
    )


def _outcomes(questions: Sequence[KeptQuestion]) -> dict[Outcome, int]:
    counts = Counter(one.outcome for one in questions)
    return {outcome: counts[outcome] for outcome in Outcome}


def _unanswered(questions: Sequence[KeptQuestion]) -> tuple[Unanswered, ...]:
    """Each question that was declined, those in the same words but for case and spaces as one."""
    groups: dict[str, list[KeptQuestion]] = {}
    for one in sorted(questions, key=lambda one: one.asked_at, reverse=True):
        if one.kind is not Kind.QUOTATION and one.outcome is Outcome.DECLINED and (words := " ".join(one.text.split())):
            groups.setdefault(words.casefold(), []).append(one)
    return tuple(Unanswered(" ".join(same[0].text.split()), len(same), same[0].asked_at) for same in groups.values())


def over_time(questions: Sequence[KeptQuestion], first: dt.date, last: dt.date) -> list[Stretch]:
    """The same days cut into stretches of one length, also those in which nothing was asked.

    Weeks end on the last day, so that the newest one is whole; the oldest may be shorter.

    Args:
        first: the first day, UTC, and `last` the last one; questions of other days are left out.
    """
    length = 1 if (last - first).days < DAILY_UNTIL else WEEK
    ends = [last - dt.timedelta(days=back) for back in range(0, (last - first).days + 1, length)]
    by_end: dict[dt.date, list[KeptQuestion]] = {end: [] for end in reversed(ends)}
    for one in questions:
        if first <= (day := one.asked_at.date()) <= last:
            by_end[last - dt.timedelta(days=(last - day).days // length * length)].append(one)
    return [Stretch(max(first, end - dt.timedelta(days=length - 1)), end, _outcomes(same)) for end, same in by_end.items()]
