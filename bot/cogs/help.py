"""`/help`, and the welcome when the bot comes to a server."""

import asyncio
import logging
from collections.abc import Sequence

import discord
from discord import app_commands
from discord.ext import commands

from bot.article_menus import question_rows
from bot.client import CorpusBot
from bot.errors import log_failure
from bot.help_render import command_lines, help_texts, welcome_texts
from bot.languages import language_of, server_of
from bot.panels import Panel
from bot.starter_questions import StarterQuestion
from bot.wording import N_, wording

EXAMPLES_SECONDS = 1.5  # after which the commands are shown without examples, which then follow
EXAMPLES = 2  # in /help, with their quotations
STARTERS = 4  # questions in the welcome
log = logging.getLogger(__name__)


class Help(commands.Cog):
    """Tells members what to do with the bot, with questions of the very collection that it answers from."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @app_commands.command(name=N_("help"), description=N_("What I can do, with two examples from the archive."))
    async def help(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Explain the bot, to the member alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        language = language_of(interaction)
        say = wording(language)
        found, named = self.bot.tree.get_commands(), self.bot.command_mentions
        listed = command_lines(found, interaction.permissions, server_of(interaction) is not None, named, say)

        async def show(examples: Sequence[StarterQuestion]) -> None:
            view = Panel(help_texts(listed, examples, named, say), rows=question_rows(examples, say))
            await interaction.edit_original_response(view=view)

        with self.bot.work():
            examples = asyncio.ensure_future(self.bot.article_desk.starters.examples(language, EXAMPLES))
            if not (await asyncio.wait({examples}, timeout=EXAMPLES_SECONDS))[0]:
                await show(())
        # A stop does not wait for what only comes on top.
        await show(await examples)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Say hello where the bot may write; where it may not, say nothing."""
        try:
            with self.bot.work():
                await self._welcome(guild)
        except discord.HTTPException as error:  # the bot may have been removed again, or the channel
            log.info("no welcome could be sent: %s", type(error).__name__)
        except Exception as error:
            log_failure("a welcome", error)

    async def _welcome(self, guild: discord.Guild) -> None:
        if welcome_channel(guild) is None:
            return
        language = guild.preferred_locale.value.split("-")[0]
        examples = await self.bot.article_desk.starters.examples(language, STARTERS)
        channel = welcome_channel(guild)  # again: it took a moment, and a new server is still being set up
        if channel is not None:
            say = wording(language)
            texts = welcome_texts(examples, self.bot.command_mentions, say)
            await channel.send(view=Panel(texts, rows=question_rows(examples, say)))


def welcome_channel(guild: discord.Guild) -> discord.TextChannel | None:
    """The channel for news of the server, or the first text channel, in which the bot may write; `None` where it may in none."""
    system = [guild.system_channel] if guild.system_channel else []
    for channel in (*system, *guild.text_channels):
        allowed = channel.permissions_for(guild.me)
        if allowed.view_channel and allowed.send_messages:
            return channel
    return None


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Help(bot))
