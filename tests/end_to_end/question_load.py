"""Many members of the loopback Discord who ask at the same time, and what became of each question.

Used by the test of a full house and by `benchmarks/discord_load.py`.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

from tests.end_to_end.loopback.interactions import Interaction, NeverAcknowledgedError
from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback.world import EVERYONE_PERMISSIONS, Member, User
from tests.end_to_end.loopback_discord import LoopbackDiscord

# Questions about the shipped briefs, and a word of the answer that is not in the question. Four, for a member may ask five in a
# minute.
QUESTIONS = (
    ("How many AI companies are there in China?", "4,500"),
    ("Who said that innovation at home and collaboration worldwide made China's progress in AI?", "Xu Shan"),
    ("In which city do AI tools revolutionize trade across borders?", "Yiwu"),
    ("How does the businessman Rana Sajid use AI?", "promotional"),
)
MEMBERS_IN_GUILD = 40  # who ask in the guild; others ask directly


@dataclass(frozen=True, slots=True)
class Outcome:
    """One question, from the press of the key to its answer; seconds of `time.monotonic()`, None where it never happened.

    `number` counts the member's own questions from 0; `waited` holds the texts that stood in the answer's place before.
    """

    member_id: int
    number: int
    asked_at: float
    acknowledged_after: float | None
    answered_at: float | None
    waited: tuple[str, ...] = ()
    failure: str = ""

    @property
    def answered_after(self) -> float | None:
        """Seconds until the answer stood there."""
        return None if self.answered_at is None else self.answered_at - self.asked_at


def members_of(discord: LoopbackDiscord, count: int) -> list[Member]:
    """So many new ordinary members of the guild."""
    world = discord.world
    members = [Member(User(world.snowflakes.next(), f"member{number}"), EVERYONE_PERMISSIONS) for number in range(count)]
    world.members |= {member.id: member for member in members}
    return members


async def ask_all(discord: LoopbackDiscord, members: int, seconds: float, patience_seconds: float) -> list[Outcome]:
    """Have each of so many members ask every question, in turn and evenly over so many seconds (0: as fast as it goes).

    Nobody waits for an answer before asking on.
    """
    people = members_of(discord, members)
    places = [discord.channel if at < MEMBERS_IN_GUILD else discord.direct_channel(one) for at, one in enumerate(people)]
    pause, started = seconds / (members * len(QUESTIONS)), time.monotonic()
    asked: list[asyncio.Task[Outcome]] = []
    for number in range(len(QUESTIONS)):
        for at, (member, channel) in enumerate(zip(people, places, strict=True)):
            await asyncio.sleep(max(0.0, started + len(asked) * pause - time.monotonic()))
            question, expected = QUESTIONS[(at + number) % len(QUESTIONS)]
            asked_at = time.monotonic()
            interaction = await discord.slash("ask", {"question": question}, member=member, channel=channel)
            asked.append(asyncio.ensure_future(_outcome(interaction, number, asked_at, expected, patience_seconds)))
    return list(await asyncio.gather(*asked))


def out_of_order(outcomes: list[Outcome]) -> list[Outcome]:
    """The answers that stood there before an earlier answer of the same member did."""
    latest: dict[int, float] = {}
    wrong = []
    for outcome in sorted(outcomes, key=lambda each: each.number):
        if outcome.answered_at is None:
            continue
        if outcome.answered_at < latest.get(outcome.member_id, 0.0):
            wrong.append(outcome)
        latest[outcome.member_id] = max(outcome.answered_at, latest.get(outcome.member_id, 0.0))
    return wrong


async def _outcome(interaction: Interaction, number: int, asked_at: float, expected: str, patience_seconds: float) -> Outcome:
    def shows_it(message: Message) -> bool:
        return expected in message.text

    failure, answered_at = "", None
    try:
        await interaction.response(patience_seconds, where=shows_it)
        answered_at = next(state.at for state in interaction.history if shows_it(state))
    except (TimeoutError, NeverAcknowledgedError) as error:
        failure = str(error)
    waited = tuple(state.text for state in interaction.history if state.text and not shows_it(state))
    member_id = interaction.member.id
    return Outcome(member_id, number, asked_at, interaction.acknowledged_after, answered_at, waited, failure)
