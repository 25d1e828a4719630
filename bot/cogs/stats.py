"""What the owner of a server learns of its questions: `/stats`. Never a member's name."""

import asyncio
import datetime as dt
import io
import logging
from collections.abc import Iterable, Sequence
from functools import partial

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.activity import KeptQuestion
from bot.activity_chart import activity_alt_text, activity_chart
from bot.activity_export import activity_csv
from bot.activity_render import stats_texts
from bot.activity_statistics import Stretch, over_time, statistics
from bot.client import CorpusBot
from bot.figure_desk import DRAWING, MAX_FILE_BYTES
from bot.languages import language_of
from bot.panels import Panel, tell
from bot.sources import title_of
from bot.wording import N_, Wording, wording
from embeddings.errors import StaleIndexError

MOST_DAYS = 365
USUAL_DAYS = 30
PICTURE_NAME, FILE_NAME = "questions.png", "questions.csv"
Days = app_commands.Range[int, 1, MOST_DAYS]
log = logging.getLogger(__name__)


class Stats(commands.Cog):
    """Shows how a server's questions went, to those who manage it."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @app_commands.command(
        name=N_("stats"), description=N_("How the questions asked here went, and which ones the articles leave open.")
    )
    @app_commands.describe(
        days=N_("How many days back; 30 if left out."), export=N_("Attach the questions as a file for a spreadsheet.")
    )
    @app_commands.default_permissions(manage_guild=True)
    # Not `guild_only`, which leaves direct messages as the bot's own contexts have them.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def stats(self, interaction: discord.Interaction[CorpusBot], days: Days = USUAL_DAYS, export: bool = False) -> None:
        """Show the statistics of a server to the member alone."""
        say = wording(language_of(interaction))
        # Server owners can hand a command to anybody in the server's settings: our own check is what counts.
        if not interaction.permissions.manage_guild or interaction.guild_id is None:
            refusal = say("Only those who may manage this server can see its statistics.")
            await tell(interaction, refusal)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work():
            report = partial(self._report, interaction.guild_id, days, export, say)
            panel, files = await asyncio.get_running_loop().run_in_executor(DRAWING, report)
            await interaction.edit_original_response(view=panel, attachments=files)
        log.info("showed the statistics of %d days", days)

    # --- in a thread -----------------------------------------------------------------------------------------------

    def _report(self, server_id: int, days: int, export: bool, say: Wording) -> tuple[Panel, list[discord.File]]:
        """The message and the files that go with it."""
        kept_days = self.bot.member_activity.kept_days
        last = dt.datetime.now(dt.UTC).date()
        first = last - dt.timedelta(days=max(min(days, kept_days) - 1, 0))
        questions = self.bot.member_activity.questions(server_id, first)
        counted = statistics(questions)
        titles = self._titles([name for name, _ in counted.quoted], say)
        texts = stats_texts(counted, titles, first, last, kept_days, say)
        stretches = over_time(questions, first, last)
        files = _picture(stretches, say) if questions and len(stretches) > 1 else []
        shown = discord.MediaGalleryItem(f"attachment://{PICTURE_NAME}", description=files[0].description) if files else None
        panel = Panel(texts, picture=shown)
        if export:
            files += _attach_export(panel, questions, say)
        return panel, files

    def _titles(self, names: Iterable[str], say: Wording) -> dict[str, str]:
        """Titles of articles by id, as far as the archive has them."""
        titles = {}
        try:
            with self.bot.services.generation() as generation:
                for name in names:
                    try:
                        titles[name] = title_of(generation.store.article(name), say)
                    except KeyError:  # an article that has been taken out since
                        continue
        except StaleIndexError:
            log.warning("the statistics are shown without titles: there is no archive")
        return titles


def _picture(stretches: Sequence[Stretch], say: Wording) -> list[discord.File]:
    content = activity_chart(stretches, say)
    return [discord.File(io.BytesIO(content), PICTURE_NAME, description=activity_alt_text(stretches, say))]


def _attach_export(panel: Panel, questions: Sequence[KeptQuestion], say: Wording) -> list[discord.File]:
    """The questions as a file that the panel shows; a sentence instead where Discord would not take it."""
    content = activity_csv(questions)
    if len(content) > MAX_FILE_BYTES:
        panel.add_item(ui.TextDisplay(say("The questions are too many for a file in Discord. Choose fewer days.")))
        return []
    file = discord.File(io.BytesIO(content), FILE_NAME)
    panel.add_item(ui.File(file))
    return [file]


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Stats(bot))
