"""`bot.help_render`: what the bot can do, with examples that are quoted, within Discord's limits."""

from __future__ import annotations

from pathlib import Path

import discord
import pytest
from discord import app_commands

from bot.command_mentions import CommandMentions
from bot.help_render import command_lines, help_texts, welcome_texts
from bot.panels import TEXTS_TOTAL, Panel
from bot.render import escape
from bot.starter_questions import StarterQuestion
from bot.wording import wording
from corpus.article import Article
from tests.bot.sample_articles import NOTICE, SOLAR, SOLAR_SENTENCE, quote_of

SAY = wording()
EXAMPLE = StarterQuestion("How many roofs are there?", quote_of(SOLAR, SOLAR_SENTENCE))


@app_commands.command(name="zebra", description="Counts @everyone's stripes.")
async def zebra(interaction: discord.Interaction) -> None:
    """A command for all."""


@app_commands.command(name="office", description="For those who run the server.")
@app_commands.default_permissions(manage_guild=True)
@app_commands.guild_only()
async def office(interaction: discord.Interaction) -> None:
    """A command for few."""


@app_commands.context_menu(name="Find it")
async def find_it(interaction: discord.Interaction, message: discord.Message) -> None:
    """A command on a message."""


class Herd(app_commands.Group):
    """A command with parts."""

    def __init__(self) -> None:
        super().__init__(name="herd", description="About goats.")

    @app_commands.command(name="count", description="How many.")
    async def count(self, interaction: discord.Interaction) -> None:
        """A part."""

    @app_commands.command(name="walk", description="Where to.")
    async def walk(self, interaction: discord.Interaction) -> None:
        """Another part."""


COMMANDS = [zebra, find_it, office, Herd()]
NOTHING = discord.Permissions.none()
UNKNOWN = CommandMentions(Path("no such file"))  # Discord was told nothing yet


def test_each_command_has_a_line() -> None:
    """In order of their names, and so has each part of a group; commands on messages come last."""
    assert command_lines(COMMANDS, NOTHING, True, UNKNOWN, SAY) == [
        "`/herd count` How many.",
        "`/herd walk` Where to.",
        "`/zebra` Counts \\@everyone's stripes.",
        "On a message, under Apps: *Find it*",
    ]


@pytest.mark.parametrize("allowed", [discord.Permissions(manage_guild=True), discord.Permissions(administrator=True)])
def test_commands_are_shown_to_those_who_may_use_them(allowed: discord.Permissions) -> None:
    """In a server; elsewhere they do not exist."""
    assert any("`/office`" in line for line in command_lines(COMMANDS, allowed, True, UNKNOWN, SAY))
    assert not any("`/office`" in line for line in command_lines(COMMANDS, allowed, False, UNKNOWN, SAY))


def test_help_shows_examples_with_their_quotations() -> None:
    """The question, the answering sentence letter for letter, and its source."""
    texts = help_texts(["`/ask` Ask."], [EXAMPLE], UNKNOWN, SAY)
    assert "`/ask` Ask." in texts[1]
    assert "› How many roofs are there?" in texts[2]
    assert f"> {escape(SOLAR_SENTENCE)}\n-# “" in texts[2] and "Harbour Gazette" in texts[2]


def test_help_without_examples_still_helps() -> None:
    """A collection without named figures, or no index at all."""
    assert len(help_texts([], [], UNKNOWN, SAY)) == 2 and len(welcome_texts([], UNKNOWN, SAY)) == 1


def test_help_fits_whatever_there_is_to_say() -> None:
    """Commands and examples beyond the room are left out; a quotation is not cut."""
    long = Article("long", "@`*" * 500 + "end.", title="t")
    examples = [StarterQuestion("What?", quote_of(long)), StarterQuestion("Why?", quote_of(NOTICE, NOTICE.text.split("\n")[0]))]
    texts = help_texts([f"`/c{n}`: {'words ' * 15}" for n in range(100)], examples, UNKNOWN, SAY)
    assert sum(map(len, texts)) <= TEXTS_TOTAL and Panel(texts)
    assert "What?" not in texts[2] and escape(NOTICE.text.split("\n")[0]) in texts[2]


def test_the_welcome_offers_questions() -> None:
    """And says how to ask them."""
    head, questions = welcome_texts([EXAMPLE], UNKNOWN, SAY)
    assert "`/ask`" in head and "`/help`" in head and questions.endswith("› How many roofs are there?")
