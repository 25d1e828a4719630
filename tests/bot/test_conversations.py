"""`bot.conversations`: what is remembered, of whom, and for how long."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.conversations import FORGOTTEN_SECONDS, MOST_ANSWERS, MOST_TALKS, Conversations, Place, place_of
from embeddings.conversation.follow_ups import MAX_TURNS, Turn

HERE = Place(1, 7)


class Clock:
    """A clock that is set by hand, in seconds."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.now


def turn(number: int) -> Turn:
    """A turn that is told from the others by its number."""
    return Turn(f"Question {number}?", (f"Quote {number}.",), f"Quote {number}.")


def test_the_last_turns_are_kept_in_their_order() -> None:
    """At most three, oldest first."""
    talks = Conversations(Clock())
    assert talks.turns(HERE) == ()
    for number in range(5):
        talks.add(HERE, turn(number))
    assert talks.turns(HERE) == tuple(turn(number) for number in range(5 - MAX_TURNS, 5))


def test_nobody_shares_a_talk() -> None:
    """Neither two members in one channel nor one member in two."""
    talks = Conversations(Clock())
    talks.add(HERE, turn(1))
    assert talks.turns(Place(HERE.channel_id, 8)) == ()
    assert talks.turns(Place(2, HERE.user_id)) == ()
    talks.add(Place(HERE.channel_id, 8), turn(2))
    assert talks.turns(HERE) == (turn(1),)


def test_a_talk_is_forgotten_after_half_an_hour() -> None:
    """Counted from its last turn; another talk's turns do not keep it."""
    clock = Clock()
    talks = Conversations(clock)
    talks.add(HERE, turn(1))
    clock.now += FORGOTTEN_SECONDS - 1
    assert talks.turns(HERE) == (turn(1),)
    talks.add(HERE, turn(2))
    talks.add(Place(2, 7), turn(3))
    clock.now += FORGOTTEN_SECONDS - 1
    assert talks.turns(HERE) == (turn(1), turn(2))
    clock.now += 1
    talks.add(Place(2, 7), turn(4))
    assert talks.turns(HERE) == ()
    assert talks.turns(Place(2, 7)) == (turn(4),)


def test_only_so_many_talks_are_kept() -> None:
    """The one in which nobody spoke for longest goes first."""
    talks = Conversations(Clock())
    for user in range(MOST_TALKS):
        talks.add(Place(1, user), turn(user))
    talks.add(Place(1, 0), turn(0))
    talks.add(Place(1, MOST_TALKS), turn(9))
    assert len(talks.turns(Place(1, 0))) == 2
    assert talks.turns(Place(1, 1)) == ()
    assert talks.turns(Place(1, 2)) == (turn(2),)


def test_an_answer_is_known_by_its_message() -> None:
    """Any other message, and none at all, is no answer of ours."""
    talks = Conversations(Clock())
    talks.answered(11, turn(1), 7)
    assert talks.turn_of(11) == turn(1)
    assert talks.turn_of(12) is None and talks.turn_of(None) is None
    assert talks.turns(HERE) == ()


def test_a_member_is_forgotten_with_all_answers() -> None:
    """Also with those that stand in a channel; other members' stay."""
    talks = Conversations(Clock())
    talks.add(HERE, turn(1))
    talks.answered(11, turn(1), HERE.user_id)
    talks.answered(12, turn(2), HERE.user_id + 1)
    talks.forget(HERE.user_id)
    assert talks.turns(HERE) == () and talks.turn_of(11) is None and talks.turn_of(12) == turn(2)


def test_an_answer_is_forgotten_after_a_day() -> None:
    """Its record in the database goes with the question; memory must not outlive it."""
    clock = Clock()
    talks = Conversations(clock)
    talks.answered(11, turn(1), 7)
    clock.now += 24 * 3600 + 1
    assert talks.turn_of(11) is None


@pytest.mark.parametrize(
    ("guild_id", "with_bot_alone", "private", "apart"),
    [
        (1, False, True, True),
        (1, False, False, False),
        (None, True, True, False),
        (None, False, True, True),
        (None, False, False, False),
    ],
)
def test_what_is_private_among_others_is_a_talk_of_its_own(
    guild_id: int | None, with_bot_alone: bool, private: bool, apart: bool
) -> None:
    """In a thread and in a group's messages; in direct messages with the bot nobody else reads."""
    channel = discord.Thread.__new__(discord.Thread) if guild_id else SimpleNamespace()
    channel.id = 5
    asked = SimpleNamespace(
        guild_id=guild_id, channel=channel, user=SimpleNamespace(id=7), context=SimpleNamespace(dm_channel=with_bot_alone)
    )
    assert place_of(cast(Any, asked), private) == Place(5, 7, apart)


def test_only_so_many_answers_are_kept() -> None:
    """The oldest go first."""
    talks = Conversations(Clock())
    for message in range(MOST_ANSWERS + 1):
        talks.answered(message, turn(message), 7)
    assert talks.turn_of(0) is None
    assert talks.turn_of(1) == turn(1) and talks.turn_of(MOST_ANSWERS) == turn(MOST_ANSWERS)
