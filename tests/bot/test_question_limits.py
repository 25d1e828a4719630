"""`bot.question_limits`: how many questions a member and a server may ask, by a clock that the test sets."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.question_limits import MEMBER_RATE, SERVER_RATE, Limit, QuestionLimits, Rate, Refusal, utc_now
from bot.wording import wording

SERVER, OTHER_SERVER, ANN, BEN = 1, 2, 10, 11
NOON = dt.datetime(2026, 3, 5, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now

    def move(self, **named: float) -> None:
        self.now += dt.timedelta(**named)


@pytest.fixture
def clock() -> Clock:
    """Noon."""
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> QuestionLimits:
    """The bot's own rates."""
    return QuestionLimits(clock)


def ask(limits: QuestionLimits, times: int, user_id: int = ANN, server_id: int | None = SERVER) -> None:
    """Questions that are all taken."""
    assert [limits.refusal(user_id, server_id) for _ in range(times)] == [None] * times


def test_a_member_may_ask_five_times_a_minute(limits: QuestionLimits, clock: Clock) -> None:
    """The sixth has to wait until the first is a minute old, and is told so to the second."""
    ask(limits, 1)
    clock.move(seconds=20)
    ask(limits, 4)
    assert limits.refusal(ANN, SERVER) == Refusal(Limit.MEMBER, 5, NOON + dt.timedelta(seconds=60))
    clock.move(seconds=39.9)
    assert limits.refusal(ANN, SERVER) is not None
    clock.move(seconds=0.1)
    ask(limits, 1)
    refused = limits.refusal(ANN, SERVER)
    assert refused is not None and refused.until == NOON + dt.timedelta(seconds=80)


def test_a_refused_question_does_not_count(limits: QuestionLimits, clock: Clock) -> None:
    """Whoever goes on trying does not wait longer for it, nor does their server."""
    ask(limits, 5)
    for _ in range(100):
        refused = limits.refusal(ANN, SERVER)
        assert refused is not None and refused.limit is Limit.MEMBER
    ask(limits, 5, BEN)
    clock.move(seconds=60)
    ask(limits, 5)


def test_a_members_rate_holds_everywhere(limits: QuestionLimits) -> None:
    """Going to another server or to direct messages is no way round; other members are not concerned."""
    ask(limits, 3)
    ask(limits, 1, server_id=OTHER_SERVER)
    ask(limits, 1, server_id=None)
    for server_id in (SERVER, OTHER_SERVER, None):
        assert limits.refusal(ANN, server_id) is not None
    ask(limits, 5, BEN)


def test_a_server_has_a_rate_of_its_own(limits: QuestionLimits, clock: Clock) -> None:
    """Its members together; other servers and direct messages are not concerned."""
    for number in range(SERVER_RATE.questions):
        ask(limits, 1, 100 + number)
    assert limits.refusal(ANN, SERVER) == Refusal(Limit.SERVER, SERVER_RATE.questions, NOON + dt.timedelta(seconds=60))
    ask(limits, 1, server_id=OTHER_SERVER)
    ask(limits, 1, server_id=None)
    clock.move(seconds=SERVER_RATE.seconds)
    ask(limits, 1)


def test_a_servers_daily_limit_ends_at_midnight(limits: QuestionLimits, clock: Clock) -> None:
    """In UTC; each member and each server is counted alone."""
    for _ in range(2):
        assert limits.refusal(ANN, SERVER, 2) is None
    assert limits.refusal(ANN, SERVER, 2) == Refusal(Limit.DAY, 2, dt.datetime(2026, 3, 6, tzinfo=dt.UTC))
    assert limits.refusal(BEN, SERVER, 2) is None
    assert limits.refusal(ANN, OTHER_SERVER, 2) is None
    clock.move(hours=12)
    assert limits.refusal(ANN, SERVER, 2) is None


def test_a_limit_that_is_lowered_counts_at_once(limits: QuestionLimits) -> None:
    """Also what was asked before there was one; a server that takes it away again is asked as before."""
    ask(limits, 3)
    refused = limits.refusal(ANN, SERVER, 3)
    assert refused is not None and refused.most == 3
    assert limits.refusal(ANN, SERVER, None) is None


def test_a_restart_is_no_new_day(clock: Clock) -> None:
    """What the database knows of today counts; it is asked for this server and member, and only where there is a limit."""
    asked: list[tuple[int, int]] = []

    def asked_today(server_id: int, user_id: int) -> int:
        asked.append((server_id, user_id))
        return 4

    limits = QuestionLimits(clock, asked_today)
    ask(limits, 1)
    assert limits.refusal(ANN, None, 4) is None and asked == []
    assert limits.refusal(ANN, SERVER, 5) is None
    refused = limits.refusal(ANN, SERVER, 4)
    assert refused is not None and refused.limit is Limit.DAY
    assert asked == [(SERVER, ANN)] * 2


def test_of_two_limits_the_longer_one_is_told(limits: QuestionLimits) -> None:
    """Who may not ask before tomorrow is not told to come back in a minute."""
    ask(limits, 5)
    refused = limits.refusal(ANN, SERVER, 5)
    assert refused is not None and refused.limit is Limit.DAY
    refused = limits.refusal(ANN, SERVER, 6)
    assert refused is not None and refused.limit is Limit.MEMBER


def test_who_was_quiet_is_forgotten(limits: QuestionLimits, clock: Clock) -> None:
    """What is remembered does not grow with the days, and forgetting lets nobody ask sooner."""
    clock.now = dt.datetime(2026, 3, 5, 23, 59, 30, tzinfo=dt.UTC)
    for user_id in range(100, 110):
        ask(limits, 1, user_id)
    clock.move(seconds=20)
    ask(limits, 5)
    clock.move(seconds=41)
    assert limits.refusal(ANN, SERVER) is not None
    assert set(limits._members._times) == {ANN}
    clock.move(days=1)
    ask(limits, 1, BEN)
    assert set(limits._members._times) == {BEN} and set(limits._servers._times) == {SERVER}


def test_threads_take_no_more_than_the_rate() -> None:
    """Questions that come at the same instant are counted one after another."""
    limits = QuestionLimits(Clock(), member_rate=Rate(7, 60.0))
    with ThreadPoolExecutor(8) as threads:
        taken = list(threads.map(lambda _: limits.refusal(ANN, SERVER), range(200)))
    assert taken.count(None) == 7


@pytest.mark.parametrize("language", ["en", "de", "es", "zh", "xx"])
@pytest.mark.parametrize("limit", list(Limit))
def test_a_refusal_says_how_many_and_when(limit: Limit, language: str) -> None:
    """With a time that Discord counts down, never one that has passed when it is shown."""
    sentence = Refusal(limit, 37, NOON + dt.timedelta(seconds=0.2)).sentence(wording(language))
    assert "37" in sentence and f"<t:{int(NOON.timestamp()) + 1}:R>" in sentence
    assert "{" not in sentence


def test_the_rates_let_a_conversation_through() -> None:
    """A server lets several members ask as fast as one may."""
    assert SERVER_RATE.questions >= 2 * MEMBER_RATE.questions
    assert utc_now().tzinfo is dt.UTC
