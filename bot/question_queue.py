"""Who is answered next, when more is asked than can be answered at once. How a question is answered is `bot.services`' business.

Members take turns: whoever asks ten questions waits with the second until everybody else has been answered once. A member's
own questions keep their order. Several members' questions go to `Services` at a time, which encodes them together.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field, replace

from bot.services import MOST_TOGETHER, Services, TimedReply
from corpus.errors import CorpusbotError
from corpus.store import Filters
from embeddings.conversation.follow_ups import Turn
from embeddings.quotes import MAX_QUOTES

# Waiting and being answered; more would wait longer than Discord lets us answer (15 minutes) at over a second each.
MOST_QUESTIONS = 500
# From joining to the first word on how many are ahead, and between two such words: most are answered sooner than anybody
# reads, and each word is an edit that Discord counts.
PAUSE_SECONDS = 1.5
SHOWING_SECONDS = 15.0  # how long an answer that is slow to be shown may hold up its member's next question
LAST_WORD_SECONDS = 5.0  # how long an answer waits for a word on its place that is on its way, so that it comes after it
log = logging.getLogger(__name__)

OnWait = Callable[[int], Awaitable[None]]
Turns = Sequence[Turn] | Callable[[], Sequence[Turn]]


class QueueFullError(CorpusbotError):
    """So many questions are waiting already that another could not be answered in time."""


class QueueStoppedError(CorpusbotError):
    """The bot is being stopped before this question's turn came."""


@dataclass(eq=False, slots=True)
class Ticket:
    """One question's place in its member's line: `ready` to be answered, `released` (with False: turned away), `over`."""

    user_id: int
    released: "asyncio.Future[bool]"
    ready: bool = False
    over: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def waits(self) -> bool:
        """Whether its turn has not come yet."""
        return not self.released.done()

    @property
    def had_its_turn(self) -> bool:
        """Whether it took its member's turn in the round, unlike one that was given up before."""
        return self.released.done() and not self.released.cancelled() and self.released.result()


class QuestionQueue:
    """Hands questions to `Services`, member by member. It lives in one event loop and remembers no words."""

    def __init__(
        self,
        services: Services,
        *,
        together: int = MOST_TOGETHER,
        most: int = MOST_QUESTIONS,
        pause_seconds: float = PAUSE_SECONDS,
        showing_seconds: float = SHOWING_SECONDS,
    ) -> None:
        """Make an empty queue.

        Args:
            together: how many questions are with `Services` at a time, each another member's.
            most: how many may be here in all, waiting or being answered.
            pause_seconds: between two words on how many are ahead.
            showing_seconds: how long the block of `answered` may hold up the member's next question.
        """
        self._services = services
        self._together, self._most = together, most
        self._pause_seconds, self._showing_seconds = pause_seconds, showing_seconds
        # A line a member, the member whose turn comes first in front. The first of a line may have been released.
        self._lines: OrderedDict[int, list[Ticket]] = OrderedDict()
        self._with_services: list[Ticket] = []  # in the order in which they are answered
        self._stopped = False

    def __len__(self) -> int:
        """How many questions have come and are not answered."""
        return sum(not ticket.over.is_set() for line in self._lines.values() for ticket in line)

    @contextmanager
    def ticket(self, user_id: int) -> Iterator[Ticket]:
        """Keep a question's place from the moment it comes, while it is acknowledged and read, until the block ends.

        Acknowledging takes longer for one question than for the next; without a ticket the next would overtake it. A member's
        later questions wait for this one; nobody else does.

        Args:
            user_id: who asks; an id of Discord's.
        Raises:
            QueueFullError: too many are waiting. QueueStoppedError: `stop` was called.
        """
        if self._stopped:
            raise QueueStoppedError("The bot is being stopped.")
        if len(self) >= self._most:
            raise QueueFullError(f"{self._most} questions are waiting already. Ask again in a minute.")
        ticket = Ticket(user_id, asyncio.get_running_loop().create_future())
        self._lines.setdefault(user_id, []).append(ticket)
        try:
            yield ticket
        finally:
            self._leave(ticket)

    async def ask(
        self,
        question: str,
        filters: Filters | None = None,
        count: int = MAX_QUOTES,
        turns: Turns = (),
        *,
        user_id: int,
        on_wait: OnWait | None = None,
    ) -> TimedReply:
        """Answer one question when its turn comes; as `answered`, for those who need not show it before the next."""
        async with self.answered(question, filters, count, turns, user_id=user_id, on_wait=on_wait) as timed:
            return timed

    @asynccontextmanager
    async def answered(
        self,
        question: str,
        filters: Filters | None = None,
        count: int = MAX_QUOTES,
        turns: Turns = (),
        *,
        user_id: int,
        on_wait: OnWait | None = None,
        ticket: Ticket | None = None,
    ) -> AsyncIterator[TimedReply]:
        """Answer one question when its turn comes, and keep the turn while the block shows the answer.

        So a member's answers appear in the order of their questions. A block that takes long keeps the turn for
        `showing_seconds` only.

        Args:
            turns: as `Services.ask`; or what gives them once the turn has come, when earlier answers are known.
            user_id: who asks; an id of Discord's.
            on_wait: told how many questions are ahead, after a short wait and again whenever that number has halved or
                doubled; never once the answer is there. What it raises is logged, and it is not told again.
            ticket: the member's, where the question has its place already; by default it takes one now.
        Returns:
            The reply, with the milliseconds from here on.
        Raises:
            QueueFullError: too many are waiting. QueueStoppedError: `stop` was called. Otherwise as `Services.ask`.
        """
        began_at = time.perf_counter()
        with nullcontext(ticket) if ticket else self.ticket(user_id) as own:
            own.ready = True
            self._release()
            teller = asyncio.ensure_future(self._tell(own, on_wait)) if on_wait else None
            late: asyncio.TimerHandle | None = None
            try:
                timed = await self._reply(own, question, filters, count, turns)
                if teller:
                    await asyncio.wait({teller}, timeout=LAST_WORD_SECONDS)
                late = asyncio.get_running_loop().call_later(self._showing_seconds, self._leave, own)
                yield replace(timed, took_ms=1000 * (time.perf_counter() - began_at))
            finally:
                if teller:
                    teller.cancel()
                if late:
                    late.cancel()
                self._leave(own)

    def stop(self) -> None:
        """Turn away whoever waits, and all who come; questions that are being answered are answered."""
        self._stopped = True
        for line in self._lines.values():
            for ticket in line:
                if ticket.waits:
                    ticket.released.set_result(False)

    async def _reply(self, ticket: Ticket, question: str, filters: Filters | None, count: int, turns: Turns) -> TimedReply:
        if not await ticket.released:
            raise QueueStoppedError("The bot is being stopped.")
        try:
            return await self._services.ask(question, filters, count, turns() if callable(turns) else turns)
        finally:
            self._with_services.remove(ticket)
            ticket.over.set()
            self._release()

    def _release(self) -> None:
        """Let the next members' questions go to `Services`, as many as there is room for."""
        for line in self._lines.values():
            if len(self._with_services) >= self._together:
                return
            if line[0].ready and line[0].waits:
                line[0].released.set_result(True)
                self._with_services.append(line[0])

    def _leave(self, ticket: Ticket) -> None:
        """End a question's turn, if it has not ended; its member goes to the end of the round."""
        if ticket in self._with_services:  # gone in the very moment of being released
            self._with_services.remove(ticket)
        line = self._lines.get(ticket.user_id, [])
        if ticket in line:
            line.remove(ticket)
            if ticket.had_its_turn:
                self._lines.move_to_end(ticket.user_id)
            if not line:
                del self._lines[ticket.user_id]
        self._release()

    def _ahead(self, ticket: Ticket) -> int:
        """How many questions are answered before this one, should nobody else come."""
        rounds = [(number, each) for line in self._lines.values() for number, each in enumerate(line)]
        waiting = [each for _, each in sorted(rounds, key=lambda one: one[0]) if each.ready and each.waits]
        order = [*self._with_services, *waiting]
        return order.index(ticket) if ticket in order else 0

    async def _tell(self, ticket: Ticket, on_wait: OnWait) -> None:
        """Say how many are ahead, as long as any are; ends by itself when the question is answered."""
        told = 0
        while not await _within(ticket.over, self._pause_seconds):
            ahead = self._ahead(ticket)
            if not _noticeable(ahead, told):
                continue
            told = ahead
            try:
                await on_wait(ahead)
            except Exception as error:  # the answer still comes, and its own failure is told
                log.warning("the place in the queue could not be shown: %s", type(error).__name__)
                return


def _noticeable(ahead: int, told: int) -> bool:
    """Whether a number is news: the first one, or half or double of what was told. So 200 are told in eight steps."""
    return ahead > 0 and (told == 0 or ahead <= told / 2 or ahead >= 2 * told)


async def _within(event: asyncio.Event, seconds: float) -> bool:
    """Whether something happens before so many seconds have passed."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return False
    return True
