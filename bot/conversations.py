"""What members asked a short while ago, kept in memory only, so that "and in 2035?" can be understood.

A talk belongs to one member in one thread or direct message: two members never share one. An answer is also remembered by
its message, for whoever replies to it; everybody in the channel has seen it. Nothing is written anywhere.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from embeddings.conversation.follow_ups import MAX_TURNS, Turn

FORGOTTEN_SECONDS = 30 * 60.0
MOST_TALKS = 1000
MOST_ANSWERS = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk goes on, and whose it is: ids of Discord's."""

    channel_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class _Talk:
    turns: tuple[Turn, ...]
    last_at: float


class Conversations:
    """Talks and answers, of each only so many; the ones longest unused are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet.

        Args:
            clock: seconds, never going back.
        """
        self._clock = clock
        self._talks: OrderedDict[Place, _Talk] = OrderedDict()
        self._answers: OrderedDict[int, Turn] = OrderedDict()

    def turns(self, place: Place) -> tuple[Turn, ...]:
        """The last turns of a talk, oldest first; none when nobody spoke there for half an hour."""
        self._forget_old()
        talk = self._talks.get(place)
        return talk.turns if talk else ()

    def add(self, place: Place, turn: Turn) -> None:
        """Remember one more turn of a talk."""
        turns = (*self.turns(place), turn)[-MAX_TURNS:]
        self._talks[place] = _Talk(turns, self._clock())
        self._talks.move_to_end(place)
        while len(self._talks) > MOST_TALKS:
            self._talks.popitem(last=False)

    def answered(self, message_id: int, turn: Turn) -> None:
        """Remember which turn a message of ours answered."""
        self._answers[message_id] = turn
        while len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)

    def turn_of(self, message_id: int | None) -> Turn | None:
        """The turn that a message of ours answered; `None` for any other message, or when it is forgotten."""
        return self._answers.get(message_id) if message_id is not None else None

    def forget(self, user_id: int) -> None:
        """Forget all talks of a member; answers that stand in a channel for all to see are kept."""
        for place in [place for place in self._talks if place.user_id == user_id]:
            del self._talks[place]

    def _forget_old(self) -> None:
        oldest = self._clock() - FORGOTTEN_SECONDS
        # In the order in which they were spoken last.
        while self._talks and next(iter(self._talks.values())).last_at <= oldest:
            self._talks.popitem(last=False)
