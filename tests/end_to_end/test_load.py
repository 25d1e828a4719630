"""A full house: the real process, fifty members, two hundred questions, and Discord's three seconds.

How long the answers take is for `benchmarks/discord_load.py`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback_discord import LoopbackDiscord
from tests.end_to_end.question_load import QUESTIONS, Outcome, ask_all, members_of, out_of_order
from tests.end_to_end.test_bot import (  # noqa: F401 - fixtures
    PATIENCE_SECONDS,
    assert_clean,
    built_index,
    running_bot,
    running_discord,
)

MEMBERS = 50
LOAD_PATIENCE_SECONDS = 600.0


async def test_two_hundred_questions_at_once(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """Each is acknowledged within Discord's three seconds and answered, and each member's answers come in order."""
    outcomes = await ask_all(discord, MEMBERS, seconds=0, patience_seconds=LOAD_PATIENCE_SECONDS)
    assert Counter(outcome.number for outcome in outcomes) == dict.fromkeys(range(len(QUESTIONS)), MEMBERS)
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    assert all(outcome.acknowledged_after is not None and outcome.acknowledged_after < 3.0 for outcome in outcomes)
    assert out_of_order(outcomes) == []
    assert await bot.stop(PATIENCE_SECONDS) == 0
    assert_clean(discord, bot, *(question for question, _ in QUESTIONS))


def test_answers_out_of_order_are_seen() -> None:
    """The check above finds an answer that stands before the one to an earlier question, and takes no unanswered one for it."""
    first = Outcome(1, 0, 0.0, 0.1, 5.0)
    second, third = replace(first, number=1, answered_at=4.0), replace(first, number=2, answered_at=6.0)
    unanswered, stranger = replace(first, number=1, answered_at=None), replace(first, member_id=2, number=1, answered_at=4.0)
    assert out_of_order([third, second, first]) == [second]
    assert out_of_order([first, unanswered, third, stranger]) == []


async def test_new_members_may_ask() -> None:
    """Members made for the load are the guild's, each another."""
    async with LoopbackDiscord() as discord:
        members = members_of(discord, 3)
        assert len({member.id for member in members}) == 3
        assert all(discord.world.user(member.id) == member.user for member in members)
