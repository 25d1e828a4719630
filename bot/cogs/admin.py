"""What administrators of a server may do: `/reindex`."""

import asyncio
import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CorpusBot
from bot.errors import log_failure, user_sentence
from bot.languages import language_of
from bot.panels import Panel, farewell_to, tell
from bot.render import ANSWER_COLOUR, NEUTRAL_COLOUR, NOTICE_COLOUR, progress_text
from bot.retries import NETWORK_FAILURES
from bot.wording import N_, Wording, wording
from embeddings.reindex import ReindexReport

EDIT_SECONDS = 2.0  # between two edits of the progress line; Discord allows about five in five seconds
TOKEN_SECONDS = 14 * 60  # an interaction can be edited for fifteen minutes
log = logging.getLogger(__name__)


class Admin(commands.Cog):
    """Rebuilds the archive while the bot goes on answering."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @app_commands.command(name=N_("reindex"), description=N_("Rebuild the archive from the collection. For administrators."))
    @app_commands.default_permissions(administrator=True)
    # Not `guild_only`, which leaves direct messages as the bot's own contexts have them.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def reindex(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Rebuild, showing the progress to the administrator alone."""
        say = wording(language_of(interaction))
        # Server owners can hand a command to anybody in the server's settings: our own check is what counts.
        if not interaction.permissions.administrator or interaction.guild_id is None:
            await tell(interaction, say("Only administrators of this server may rebuild the archive."))
            return
        if self.bot.services.reindexing:
            await tell(interaction, say("A rebuild of the archive is already running."))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work(farewell_to(interaction, say)):
            await self._rebuild(interaction, say)

    async def _rebuild(self, interaction: discord.Interaction[CorpusBot], say: Wording) -> None:
        state = {"done": 0, "total": 0}

        def note(done: int, total: int) -> None:
            state.update(done=done, total=total)

        loop = asyncio.get_running_loop()
        deadline = loop.time() + TOKEN_SECONDS
        rebuild = asyncio.ensure_future(self.bot.services.rebuild_aside(note))
        shown = ""
        while not rebuild.done() and loop.time() < deadline:
            text = progress_text(state["done"], state["total"], say)
            if text != shown:
                await _edit(interaction, text, NEUTRAL_COLOUR)
                shown = text
            await asyncio.wait({rebuild}, timeout=EDIT_SECONDS)
        try:
            report = await rebuild
        except Exception as error:
            log_failure("a rebuild", error)
            as_before = say("The archive is as it was before.")
            told = say("{sentence} {next}", sentence=user_sentence(error, say), next=as_before)
            await _edit(interaction, told, NOTICE_COLOUR)
            return
        log.info("rebuilt the archive: %s", report.manifest.id)
        await _edit(interaction, report_text(report, say), ANSWER_COLOUR)


async def _edit(interaction: discord.Interaction[CorpusBot], text: str, colour: discord.Colour) -> None:
    try:
        await interaction.edit_original_response(view=Panel([text], colour))
    except (discord.HTTPException, *NETWORK_FAILURES) as error:
        # The rebuild matters more than its progress line.
        log.warning("the progress could not be shown: %s", type(error).__name__)


def report_text(report: ReindexReport, say: Wording) -> str:
    """What a rebuild did, in one line."""
    manifest = report.manifest
    return say(
        "The archive is rebuilt: {articles} articles ({added} added, {changed} changed, {removed} removed),"
        " {sentences} sentences, {figures} figures ({left_out} numbers left out).",
        articles=manifest.articles,
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        sentences=manifest.sentences,
        figures=manifest.figures,
        left_out=manifest.figures_left_out,
    )


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Admin(bot))
