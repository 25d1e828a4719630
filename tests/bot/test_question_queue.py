"""`bot.question_queue`: turns, places, and what those who wait are told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.question_queue import QuestionQueue, QueueFullError, QueueStoppedError, _noticeable
from bot.services import MOST_TOGETHER, Services, TimedReply
from bot.settings import Settings
from corpus.store import Filters
from embeddings.answers import Abstention, Answer
from embeddings.errors import StaleIndexError
from tests.bot.sample_articles import SOLAR_QUESTION
from tests.bot.test_services import PATIENCE_SECONDS, FailingEncoder, GatedEncoder, reached

FIRST = 999  # the member whose question is being answered while the others come


@pytest.fixture
def encoder() -> GatedEncoder:
    """The encoder of `services`: one that can be held."""
    return GatedEncoder()


Asked = asyncio.Future[TimedReply]


class Room:
    """A queue whose first question stands still until `open` is called, so that others gather behind it."""

    def __init__(self, queue: QuestionQueue, encoder: GatedEncoder) -> None:
        self.queue, self.encoder = queue, encoder
        self.asked: list[Asked] = []

    async def ask(self, user_id: int, text: str, **more: Any) -> Asked:
        """Ask, and return once the question has its place."""
        asked = asyncio.ensure_future(self.queue.ask(text, user_id=user_id, **more))
        self.asked.append(asked)
        await turns_of_the_loop(5)
        return asked

    async def open(self) -> list[str]:
        """Let all be answered, and return the questions in the order in which they were, the first left out."""
        self.encoder.gate.set()
        async with asyncio.timeout(PATIENCE_SECONDS):
            await asyncio.wait(self.asked)
        return [text for call in self.encoder.calls for text in call][1:]


@asynccontextmanager
async def room(services: Services, encoder: GatedEncoder, together: int = 1, **more: Any) -> AsyncIterator[Room]:
    """A room with its first question in front."""
    made = Room(QuestionQueue(services, together=together, **more), encoder)
    encoder.calls.clear()
    encoder.hold("first")
    await made.ask(FIRST, "first solar roofs")
    await reached(encoder.reached)
    yield made
    encoder.gate.set()
    await asyncio.gather(*made.asked, return_exceptions=True)


async def turns_of_the_loop(count: int) -> None:
    """Let everything that is ready happen."""
    for _ in range(count):
        await asyncio.sleep(0)


async def until(fact: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not fact():
            await asyncio.sleep(0.001)


# --- answers ---------------------------------------------------------------------------------------------------------


async def test_the_reply_is_that_of_services(services: Services) -> None:
    """The queue changes nothing of an answer; filters and count are not lost on the way; the time is told."""
    queue = QuestionQueue(services)
    timed = await queue.ask(SOLAR_QUESTION, user_id=1)
    assert isinstance(timed.reply, Answer) and timed.took_ms > 0
    assert timed.reply == services.answer(SOLAR_QUESTION).reply
    elsewhere = Filters(article_ids=("ferry-line",))
    assert isinstance((await queue.ask(SOLAR_QUESTION, elsewhere, 1, user_id=1)).reply, Abstention)
    assert len(queue) == 0


async def test_a_failure_is_the_askers_and_makes_room(settings: Settings) -> None:
    """What `Services` raises reaches who asked, and whoever waits behind is answered."""
    services = Services(settings, FailingEncoder())
    try:
        queue = QuestionQueue(services, together=1)
        with pytest.raises(StaleIndexError):
            await queue.ask(SOLAR_QUESTION, user_id=1)
        services.rebuild()
        asked = [queue.ask("unspeakable roofs", user_id=1), queue.ask(SOLAR_QUESTION, user_id=1)]
        failed, answered = await asyncio.gather(*asked, return_exceptions=True)
        assert isinstance(failed, Exception)
        assert isinstance(answered, TimedReply) and isinstance(answered.reply, Answer)
        assert len(queue) == 0
    finally:
        services.close()


# --- turns -----------------------------------------------------------------------------------------------------------


async def test_members_take_turns(services: Services, encoder: GatedEncoder) -> None:
    """Whoever asks ten questions at once waits with the second until the others have had their first answered."""
    async with room(services, encoder) as here:
        for number in range(10):
            await here.ask(1, f"roofs one {number}")
        for number in range(2):
            await here.ask(2, f"roofs two {number}")
        await here.ask(3, "roofs three 0")
        order = await here.open()
    first = ["roofs one 0", "roofs two 0", "roofs three 0", "roofs one 1", "roofs two 1", "roofs one 2"]
    assert order == [*first, *[f"roofs one {number}" for number in range(3, 10)]]


async def test_a_member_who_is_served_already_comes_after_those_who_are_not(services: Services, encoder: GatedEncoder) -> None:
    """A second question that was asked before another member's first one is answered after it."""
    async with room(services, encoder) as here:
        await here.ask(FIRST, "roofs again")
        await here.ask(2, "roofs two")
        assert await here.open() == ["roofs two", "roofs again"]


class Recorder:
    """Stands in for `Services` where only the order matters: "3 0" is the first question of member 3."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, int]] = []

    async def ask(self, question: str, *ignored: object) -> TimedReply:
        """Note who asks, and decline at the next turn of the loop."""
        member, number = map(int, question.split())
        self.asked.append((member, number))
        await asyncio.sleep(0)
        return TimedReply(Abstention(question, "", 0.0, (), ""), 0.0)


@given(askers=st.lists(st.integers(1, 4), max_size=12), together=st.integers(1, 3))
def test_order_and_fairness_hold_for_any_askers(askers: list[int], together: int) -> None:
    """Each member's questions keep their order, nobody gets two turns ahead of a waiting member, and all are answered."""

    async def run() -> list[tuple[int, int]]:
        recorder = Recorder()
        queue = QuestionQueue(recorder, together=together)  # type: ignore[arg-type]
        numbers = [askers[:at].count(member) for at, member in enumerate(askers)]
        texts = [f"{member} {number}" for member, number in zip(askers, numbers, strict=True)]
        await asyncio.gather(*(queue.ask(text, user_id=member) for text, member in zip(texts, askers, strict=True)))
        assert len(queue) == 0
        return recorder.asked

    answered = asyncio.run(run())
    assert sorted(answered) == sorted((member, number) for member in set(askers) for number in range(askers.count(member)))
    for member in set(askers):
        assert [number for other, number in answered if other == member] == list(range(askers.count(member)))
    rounds = [number for _, number in answered]
    # With several under way, a round may begin before the last of the one before has been answered, never two rounds.
    assert all(later >= earlier - 1 for at, earlier in enumerate(rounds) for later in rounds[at:])


async def test_questions_of_several_members_are_encoded_together(services: Services, encoder: GatedEncoder) -> None:
    """What `Services` gains by batches is kept: twenty members behind one are encoded in two calls, not in twenty."""
    async with room(services, encoder, MOST_TOGETHER) as here:
        for member in range(20):
            await here.ask(member, f"solar roofs {member}")
        order = await here.open()
    assert order == [f"solar roofs {member}" for member in range(20)]
    # One is being answered, so that fifteen wait beside it; while those are answered, the last five come up.
    assert [len(call) for call in encoder.calls] == [1, 15, 5]


async def test_one_members_questions_are_never_answered_side_by_side(services: Services, encoder: GatedEncoder) -> None:
    """However much room there is, a member's second question waits for the first, so that it can go on from it."""
    async with room(services, encoder, MOST_TOGETHER) as here:
        for number in range(3):
            await here.ask(1, f"solar roofs {number}")
        await here.open()
    assert [len(call) for call in encoder.calls] == [1, 1, 1, 1]


async def test_the_next_turn_waits_until_an_answer_is_shown(services: Services) -> None:
    """While a block shows a member's answer, other members are answered and the member's own next question is not."""
    queue = QuestionQueue(services)
    async with queue.answered(SOLAR_QUESTION, user_id=1):
        second = asyncio.ensure_future(queue.ask(SOLAR_QUESTION, user_id=1))
        await queue.ask(SOLAR_QUESTION, user_id=2)
        await turns_of_the_loop(20)
        assert not second.done() and len(queue) == 1
    assert isinstance((await second).reply, Answer)


async def test_a_slow_showing_gives_its_turn_away(services: Services) -> None:
    """An answer that cannot be shown for long, as while Discord is down, does not silence its member."""
    queue = QuestionQueue(services, showing_seconds=0)
    async with asyncio.timeout(PATIENCE_SECONDS), queue.answered(SOLAR_QUESTION, user_id=1):
        assert isinstance((await queue.ask(SOLAR_QUESTION, user_id=1)).reply, Answer)
    assert len(queue) == 0


async def test_a_question_that_came_first_is_answered_first(services: Services, encoder: GatedEncoder) -> None:
    """A ticket keeps the order in which a member's questions came, however long the first takes to be acknowledged."""
    queue = QuestionQueue(services)
    encoder.calls.clear()
    with queue.ticket(1) as ticket:
        second = asyncio.ensure_future(queue.ask("second solar roofs", user_id=1))
        await queue.ask("solar roofs of another", user_id=2)
        assert not second.done() and len(queue) == 2
        async with queue.answered("first solar roofs", user_id=1, ticket=ticket):
            pass
        await second
    assert encoder.calls == [["solar roofs of another"], ["first solar roofs"], ["second solar roofs"]]


async def test_a_ticket_that_was_never_used_is_given_back(services: Services) -> None:
    """A question that turns out to be none, or may not be asked, lets the member's next one pass."""
    queue = QuestionQueue(services)
    with pytest.raises(ValueError), queue.ticket(1):
        asked = asyncio.ensure_future(queue.ask(SOLAR_QUESTION, user_id=1))
        await turns_of_the_loop(5)
        raise ValueError
    assert isinstance((await asked).reply, Answer)
    assert len(queue) == 0 and not queue._lines


async def test_turns_of_a_talk_are_read_when_the_turn_has_come(services: Services) -> None:
    """A follow-up that was asked before its forerunner was answered goes on from that answer all the same."""
    queue = QuestionQueue(services)
    talk: list[Any] = []

    async def first() -> None:
        async with queue.answered(SOLAR_QUESTION, user_id=1) as timed:
            await turns_of_the_loop(5)
            assert timed.asked
            talk.append(timed.asked.turn)

    shown = asyncio.ensure_future(first())
    await turns_of_the_loop(2)
    timed = await queue.ask("And in May?", turns=lambda: tuple(talk), user_id=1)
    await shown
    assert timed.asked and timed.asked == services.answer("And in May?", turns=talk).asked


# --- bounds and ends -------------------------------------------------------------------------------------------------


async def test_a_full_queue_refuses_at_once(services: Services, encoder: GatedEncoder) -> None:
    """Beyond its bound a queue says so instead of promising; once there is room again, it takes questions."""
    async with room(services, encoder, most=3) as here:
        await here.ask(1, "solar roofs 1")
        await here.ask(2, "solar roofs 2")
        with pytest.raises(QueueFullError, match=r"3 questions are waiting already\. Ask again"):
            await here.queue.ask("solar roofs 3", user_id=3)
        assert await here.open() == ["solar roofs 1", "solar roofs 2"]
    assert isinstance((await here.queue.ask(SOLAR_QUESTION, user_id=3)).reply, Answer)


async def test_who_has_gone_leaves_no_gap(services: Services, encoder: GatedEncoder) -> None:
    """Questions given up while waiting, and while being answered, hold up nobody and count no more."""
    async with room(services, encoder) as here:
        gone = await here.ask(1, "gone roofs")
        await here.ask(1, "solar roofs 1")
        await here.ask(2, "solar roofs 2")
        gone.cancel()
        here.asked[0].cancel()
        await turns_of_the_loop(5)
        assert await here.open() == ["solar roofs 1", "solar roofs 2"]
    assert len(here.queue) == 0 and not here.queue._lines


async def test_who_goes_in_the_moment_of_their_turn_leaves_no_gap(
    services: Services, encoder: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given up after being released but before asking `Services`: the place is free all the same."""
    async with room(services, encoder) as here:
        late = await here.ask(1, "late roofs")
        await here.ask(2, "solar roofs")
        (place,) = here.queue._lines[1]
        release = here.queue._release

        def release_and_go() -> None:
            release()
            if not place.waits:
                late.cancel()

        monkeypatch.setattr(here.queue, "_release", release_and_go)
        assert await here.open() == ["solar roofs"]
    assert late.cancelled() and len(here.queue) == 0


async def test_a_stop_turns_away_who_waits(services: Services, encoder: GatedEncoder) -> None:
    """At a stop the question under way is answered; those behind it learn at once that theirs will not be, and new ones too."""
    async with room(services, encoder) as here:
        waiting = [await here.ask(member, f"solar roofs {member}") for member in (1, 1, 2)]
        here.queue.stop()
        for outcome in await asyncio.gather(*waiting, return_exceptions=True):
            assert isinstance(outcome, QueueStoppedError)
        with pytest.raises(QueueStoppedError):
            await here.queue.ask(SOLAR_QUESTION, user_id=3)
        await here.open()
        assert isinstance((await here.asked[0]).reply, Answer | Abstention)
    assert len(here.queue) == 0


async def test_a_stop_turns_away_who_is_not_ready_yet(services: Services) -> None:
    """A question that has only its ticket at a stop is turned away when it comes to be asked, and no error is left unread."""
    queue = QuestionQueue(services)
    with queue.ticket(1) as used, queue.ticket(2):
        queue.stop()
        with pytest.raises(QueueStoppedError):
            async with queue.answered(SOLAR_QUESTION, user_id=1, ticket=used):
                raise AssertionError("answered after the stop")


# --- what is told ----------------------------------------------------------------------------------------------------


async def test_who_waits_is_told_how_many_are_ahead(services: Services, encoder: GatedEncoder) -> None:
    """Those under way count as well as those waiting, and a member's own earlier ones; the first in line is told nothing."""
    told: dict[str, list[int]] = {}

    def telling(name: str) -> Callable[[int], Any]:
        async def on_wait(ahead: int) -> None:
            told.setdefault(name, []).append(ahead)

        return on_wait

    async with room(services, encoder, together=2, pause_seconds=0.001) as here:
        for name, member in (("a", 1), ("b", 2), ("c", 1), ("d", 3)):
            await here.ask(member, f"solar {name}", on_wait=telling(name))
        await until(lambda: len(told) == 4)
        # Behind the first question, a is released beside it; then b and d of the same round, then c of the next.
        assert {name: numbers[0] for name, numbers in told.items()} == {"a": 1, "b": 2, "d": 3, "c": 4}
        await here.open()
    for numbers in told.values():
        assert numbers == sorted(numbers, reverse=True) and len(numbers) == len(set(numbers))


async def test_who_need_not_wait_is_told_nothing(services: Services) -> None:
    """No question ahead, no word about a queue, however long the answer takes."""
    told: list[int] = []

    async def on_wait(ahead: int) -> None:
        told.append(ahead)

    queue = QuestionQueue(services, pause_seconds=0)
    await queue.ask(SOLAR_QUESTION, user_id=1, on_wait=on_wait)
    assert told == []


async def test_no_word_on_the_place_comes_after_the_answer(services: Services, encoder: GatedEncoder) -> None:
    """A word that is on its way when the question is answered arrives first: it must not overwrite the answer."""
    events: list[str] = []
    on_its_way, may_arrive = asyncio.Event(), asyncio.Event()

    async def on_wait(ahead: int) -> None:
        on_its_way.set()
        await may_arrive.wait()
        events.append("place")

    async with room(services, encoder, pause_seconds=0.001) as here:
        asked = await here.ask(1, "solar roofs", on_wait=on_wait)
        asked.add_done_callback(lambda _: events.append("answer"))
        await on_its_way.wait()
        encoder.gate.set()
        await until(lambda: len(here.queue) == 0)
        assert not asked.done()
        may_arrive.set()
        await asked
        await turns_of_the_loop(2)
    assert events == ["place", "answer"]


async def test_a_word_that_cannot_be_shown_costs_no_answer(
    services: Services, encoder: GatedEncoder, caplog: pytest.LogCaptureFixture
) -> None:
    """Where Discord refuses the word on the place, the log names the kind of error and nothing of the question."""

    async def on_wait(ahead: int) -> None:
        raise RuntimeError("solar secret")

    caplog.set_level(logging.DEBUG)
    async with room(services, encoder, pause_seconds=0.001) as here:
        asked = await here.ask(1, "solar roofs", on_wait=on_wait)
        await until(lambda: "could not be shown: RuntimeError" in caplog.text)
        await here.open()
        assert isinstance((await asked).reply, Answer | Abstention)
    assert caplog.text.count("could not be shown") == 1
    assert "solar" not in caplog.text


@pytest.mark.parametrize(
    ("ahead", "told", "news"),
    [(0, 0, False), (1, 0, True), (2, 0, True), (2, 2, False), (1, 2, True), (0, 1, False), (3, 5, False), (2, 5, True),
     (9, 5, False), (10, 5, True)],
)  # fmt: skip
def test_a_number_is_news_when_it_has_halved_or_doubled(ahead: int, told: int, news: bool) -> None:
    """So that a long wait takes few edits, which Discord counts, and "none ahead" is never said: the answer says it."""
    assert _noticeable(ahead, told) is news
