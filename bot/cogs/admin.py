"""What administrators of a server may do: `/reindex`."""

import asyncio
import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CorpusBot, log_failure
from bot.errors import user_sentence
from bot.render import progress_text
from embeddings.reindex import ReindexReport

EDIT_SECONDS = 2.0  # between two edits of the progress line; Discord allows about five in five seconds
TOKEN_SECONDS = 14 * 60  # an interaction can be edited for fifteen minutes
log = logging.getLogger(__name__)


class Admin(commands.Cog):
    """Rebuilds the archive while the bot goes on answering."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @app_commands.command(name="reindex", description="Rebuild the archive from the collection. For administrators.")
    @app_commands.default_permissions(administrator=True)
    @app_commands.guild_only()
    async def reindex(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Rebuild, showing the progress to the administrator alone."""
        # Server owners can hand a command to anybody in the server's settings: our own check is what counts.
        if not interaction.permissions.administrator or interaction.guild_id is None:
            await interaction.response.send_message("Only administrators of this server may rebuild the archive.", ephemeral=True)
            return
        if self.bot.services.reindexing:
            await interaction.response.send_message("A rebuild of the archive is already running.", ephemeral=True)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work():
            await self._rebuild(interaction)

    async def _rebuild(self, interaction: discord.Interaction[CorpusBot]) -> None:
        state = {"done": 0, "total": 0}

        def note(done: int, total: int) -> None:
            state.update(done=done, total=total)

        loop = asyncio.get_running_loop()
        deadline = loop.time() + TOKEN_SECONDS
        rebuild = asyncio.ensure_future(self.bot.services.rebuild_aside(note))
        shown = ""
        while not rebuild.done() and loop.time() < deadline:
            text = progress_text(state["done"], state["total"])
            if text != shown:
                await _edit(interaction, text)
                shown = text
            await asyncio.wait({rebuild}, timeout=EDIT_SECONDS)
        try:
            report = await rebuild
        except Exception as error:
            log_failure("a rebuild", error)
            await _edit(interaction, f"{user_sentence(error)} The archive is as it was before.")
            return
        log.info("rebuilt the archive: %s", report.manifest.id)
        await _edit(interaction, report_text(report))


async def _edit(interaction: discord.Interaction[CorpusBot], text: str) -> None:
    try:
        await interaction.edit_original_response(content=text)
    except discord.HTTPException as error:
        # The rebuild matters more than its progress line.
        log.warning("the progress could not be shown: %s", type(error).__name__)


def report_text(report: ReindexReport) -> str:
    """What a rebuild did, in one line."""
    manifest = report.manifest
    changes = f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed"
    counts = f"{manifest.articles} articles ({changes}), {manifest.sentences} sentences, {manifest.figures_told}"
    return f"The archive is rebuilt: {counts}."


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Admin(bot))
