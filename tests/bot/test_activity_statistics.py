"""`bot.activity_statistics`: counted by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.activity import Outcome
from bot.activity_statistics import DAILY_UNTIL, over_time, statistics
from tests.bot.sample_activity import NOON, kept_question

TODAY = NOON.date()


def days(count: int) -> dt.timedelta:
    return dt.timedelta(days=count)


def test_outcomes_are_counted() -> None:
    """Every way that a question can go has its number, 0 where there was none."""
    asked = [kept_question(outcome=outcome) for outcome in (Outcome.ANSWERED, Outcome.ANSWERED, Outcome.DECLINED)]
    counted = statistics(asked)
    assert counted.asked == 3
    assert counted.outcomes == {Outcome.ANSWERED: 2, Outcome.CAUTIOUS: 0, Outcome.DECLINED: 1, Outcome.FAILED: 0}


def test_times_are_those_of_questions_that_did_not_fail() -> None:
    """The middle of 1 to 101 is 51; between 96th and 97th of them lies the 95th percentile; a failure counts in neither."""
    asked = [kept_question(took_ms=float(ms)) for ms in range(1, 102)]
    asked.append(kept_question(took_ms=1e9, outcome=Outcome.FAILED))
    counted = statistics(asked)
    assert (counted.p50_ms, counted.p95_ms) == (51.0, 96.0)


@pytest.mark.parametrize("questions", [[], [kept_question(outcome=Outcome.FAILED)]])
def test_without_an_answer_there_is_no_time_and_no_share(questions: list) -> None:  # type: ignore[type-arg]
    """Unknown is not zero."""
    counted = statistics(questions)
    assert counted.p50_ms is counted.p95_ms is counted.helpful_share is None
    assert counted.quoted == counted.unanswered == ()


def test_the_helpful_share_is_of_all_judgements() -> None:
    """Two members may judge one answer."""
    counted = statistics([kept_question(helpful=2, unhelpful=1), kept_question(helpful=1), kept_question()])
    assert (counted.helpful, counted.unhelpful, counted.helpful_share) == (3, 1, 0.75)


def test_articles_are_ordered_by_how_many_answers_quote_them() -> None:
    """An answer counts once for an article; equal numbers stand in the order of their ids."""
    quoted = [("b", "c", "b"), ("c",), ("a",), ("b",), ("c",)]
    counted = statistics([kept_question(articles=articles) for articles in quoted])
    assert counted.quoted == (("c", 3), ("b", 2), ("a", 1))


def test_unanswered_questions_are_newest_first_and_each_once() -> None:
    """The same words in other case and spacing are one question, shown as it was asked last; only what was declined."""
    declined = [("Who owns the kiosk?", 1), ("Why?", 2), ("who  owns THE kiosk?\n", 3), ("  ", 4)]
    asked = [kept_question(text=text, outcome=Outcome.DECLINED, asked_at=NOON + days(number)) for text, number in declined]
    asked += [kept_question(text="answered"), kept_question(text="failed", outcome=Outcome.FAILED)]
    first, second = statistics(asked).unanswered
    assert (first.text, first.count, first.last_asked_at) == ("who owns THE kiosk?", 2, NOON + days(3))
    assert (second.text, second.count) == ("Why?", 1)


@pytest.mark.parametrize("length", [1, 2, DAILY_UNTIL, DAILY_UNTIL + 1, 70, 71, 365])
def test_stretches_cover_each_day_once(length: int) -> None:
    """No day is missing, none is counted twice, whatever the length; the newest stretch is whole."""
    first = TODAY - days(length - 1)
    asked = [kept_question(asked_at=NOON - days(back)) for back in range(length)]
    stretches = over_time(asked, first, TODAY)
    covered = [one.first + days(number) for one in stretches for number in range((one.last - one.first).days + 1)]
    assert covered == [first + days(number) for number in range(length)]
    assert [sum(one.outcomes.values()) for one in stretches] == [(one.last - one.first).days + 1 for one in stretches]
    assert (stretches[-1].last - stretches[-1].first).days == (0 if length <= DAILY_UNTIL else 6)


def test_a_question_outside_the_days_is_not_counted() -> None:
    """The chart shows the days it says."""
    asked = [kept_question(asked_at=NOON + days(number)) for number in (-2, -1, 0, 1)]
    stretches = over_time(asked, TODAY - days(1), TODAY)
    assert [one.outcomes[Outcome.ANSWERED] for one in stretches] == [1, 1]
