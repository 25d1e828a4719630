"""Fixtures: the sample bot as a process, connected to a loopback. Import them where they are used."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback_discord import LoopbackDiscord

SAMPLE_BOT = [sys.executable, str(Path(__file__).parent / "sample_bot.py")]


def sample_bot(discord: LoopbackDiscord, folder: Path, **environment: str) -> BotProcess:
    """Make the sample bot's process, with the right token unless told otherwise."""
    settings = {"DISCORD_TOKEN": discord.token} | environment
    return BotProcess(SAMPLE_BOT, discord, log=folder / "bot.log", environment=settings)


@pytest_asyncio.fixture(name="discord")
async def running_discord() -> AsyncIterator[LoopbackDiscord]:
    """A loopback whose clock is too slow to hurt an honest bot on a busy machine."""
    async with LoopbackDiscord(acknowledge_within_seconds=30.0) as running:
        yield running


@pytest_asyncio.fixture(name="bot")
async def running_bot(discord: LoopbackDiscord, tmp_path: Path) -> AsyncIterator[BotProcess]:
    """The sample bot, connected to the loopback."""
    async with sample_bot(discord, tmp_path) as process:
        await process.ready()
        yield process
