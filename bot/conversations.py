"""What members asked a short while ago, kept in memory only, so that "and in 2035?" can be understood.

A talk belongs to one member in one thread or direct message: two members never share one. An answer is also remembered by
its message, for whoever replies to it; everybody in the channel has seen it. Nothing is written anywhere.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import discord

from embeddings.conversation.follow_ups import MAX_TURNS, Turn

FORGOTTEN_SECONDS = 30 * 60.0
ANSWERS_SECONDS = 24 * 3600.0  # an answer is replied to for longer than a talk goes on; later its record is asked
MOST_TALKS = 1000
MOST_ANSWERS = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk goes on, and whose it is: ids of Discord's. What is private there is a talk of its own."""

    channel_id: int
    user_id: int
    private: bool = False


@dataclass(frozen=True, slots=True)
class _Talk:
    turns: tuple[Turn, ...]
    last_at: float


def talk_place(channel: object, direct: bool, user_id: int, private: bool = False) -> Place | None:
    """Where a member's talk goes on: in a thread or a direct message.

    Args:
        direct: whether it is outside of servers.
        private: whether the question and its answer are for the member alone where others are as well.
    Returns:
        `None` for an open channel, where each question stands alone.
    """
    channel_id = getattr(channel, "id", None)
    goes_on = direct or isinstance(channel, discord.Thread)
    return Place(channel_id, user_id, private) if goes_on and channel_id is not None else None


def place_of(interaction: discord.Interaction[Any], private: bool) -> Place | None:
    """Where a command's talk goes on; what is private where others are as well is a talk of its own."""
    outside = interaction.guild_id is None
    alone = outside and interaction.context.dm_channel
    return talk_place(interaction.channel, outside, interaction.user.id, private and not alone)


@dataclass(frozen=True, slots=True)
class _Answered:
    turn: Turn
    user_id: int
    at: float


class Conversations:
    """Talks and answers, of each only so many; the ones longest unused are forgotten first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Remember nothing yet.

        Args:
            clock: seconds, never going back.
        """
        self._clock = clock
        self._talks: OrderedDict[Place, _Talk] = OrderedDict()
        self._answers: OrderedDict[int, _Answered] = OrderedDict()

    def turns(self, place: Place) -> tuple[Turn, ...]:
        """The last turns of a talk, oldest first; none when nobody spoke there for half an hour."""
        self._forget_old()
        talk = self._talks.get(place)
        return talk.turns if talk else ()

    def coming_turns(self, place: Place | None) -> Callable[[], Sequence[Turn]]:
        """The turns of a talk, to be read when the question's own turn comes: an earlier answer may still be on its way."""
        return lambda: self.turns(place) if place else ()

    def add(self, place: Place, turn: Turn) -> None:
        """Remember one more turn of a talk."""
        turns = (*self.turns(place), turn)[-MAX_TURNS:]
        self._talks[place] = _Talk(turns, self._clock())
        self._talks.move_to_end(place)
        while len(self._talks) > MOST_TALKS:
            self._talks.popitem(last=False)

    def answered(self, message_id: int, turn: Turn, user_id: int) -> None:
        """Remember which turn a message of ours answered, and whose it was."""
        self._answers[message_id] = _Answered(turn, user_id, self._clock())
        while len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)

    def turn_of(self, message_id: int | None) -> Turn | None:
        """The turn that a message of ours answered; `None` for any other message, or when it is forgotten."""
        self._forget_old()
        answered = self._answers.get(message_id) if message_id is not None else None
        return answered.turn if answered else None

    def forget(self, user_id: int) -> None:
        """Forget all talks and answers of a member."""
        for place in [place for place in self._talks if place.user_id == user_id]:
            del self._talks[place]
        for message_id in [number for number, answered in self._answers.items() if answered.user_id == user_id]:
            del self._answers[message_id]

    def _forget_old(self) -> None:
        now = self._clock()
        # Both in the order of their times.
        while self._talks and next(iter(self._talks.values())).last_at <= now - FORGOTTEN_SECONDS:
            self._talks.popitem(last=False)
        while self._answers and next(iter(self._answers.values())).at <= now - ANSWERS_SECONDS:
            self._answers.popitem(last=False)
