"""The figures of the articles: `/metric show`, `list`, `search`, `compare` and `export`."""

import io
import logging

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CorpusBot
from bot.figure_desk import DeskError, FigureDesk, Sheet, title_in
from bot.figure_export import ExportFormat
from bot.figure_render import CHART_NAME, found_embeds, list_embed, sheet_embeds
from bot.render import escape
from embeddings.errors import StaleIndexError

NAME_LIMIT = 100  # letters, as long as Discord lets a choice be
WORDS_LIMIT = 200
MOST_CHOICES = 25  # Discord's
FORMATS = [app_commands.Choice(name=str(form), value=str(form)) for form in ExportFormat]
Name = app_commands.Range[str, 1, NAME_LIMIT]
Words = app_commands.Range[str, 1, WORDS_LIMIT]
log = logging.getLogger(__name__)


class Metrics(commands.Cog):
    """Shows what the articles say of one measure, each number with its quotation."""

    metric = app_commands.Group(name="metric", description="The numbers in the articles, each quoted with its source.")

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot
        self.desk = FigureDesk(bot.services)

    async def offered(self, interaction: discord.Interaction[CorpusBot], typed: str) -> list[app_commands.Choice[str]]:
        """The metrics that a member may mean while typing, by their titles in the member's language."""
        try:
            found = await self.desk.choices(typed)
        except StaleIndexError:  # the command itself says so
            return []
        titles = [(title_in(metric, language_of(interaction))[:NAME_LIMIT], metric.key[:NAME_LIMIT]) for metric in found]
        return [app_commands.Choice(name=title, value=key) for title, key in titles[:MOST_CHOICES]]

    @metric.command(name="show", description="What the articles say of one metric: table, quotations, and a chart over time.")
    @app_commands.describe(name="What is measured; begin to type, and choose.")
    @app_commands.autocomplete(name=offered)
    async def show(self, interaction: discord.Interaction[CorpusBot], name: Name) -> None:
        """Show one metric."""
        await self._show(interaction, [name], every=False)

    @metric.command(name="compare", description="Compare all figures of one metric, or two metrics over time.")
    @app_commands.describe(name="What is measured; begin to type, and choose.", other="A second metric.")
    @app_commands.autocomplete(name=offered, other=offered)
    async def compare(self, interaction: discord.Interaction[CorpusBot], name: Name, other: Name | None = None) -> None:
        """Compare the figures of one metric, or two metrics."""
        await self._show(interaction, [name, other] if other else [name], every=True)

    @metric.command(name="list", description="The metrics of the archive, with how many figures each has.")
    async def listed(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """List all metrics."""
        await interaction.response.defer(thinking=True)
        with self.bot.work():
            embed = list_embed(await self.desk.counts(language_of(interaction)))
            await interaction.edit_original_response(embed=embed)

    @metric.command(name="search", description="Find metrics and single figures by what they measure.")
    @app_commands.describe(words="What is measured, in English or Chinese.")
    async def search(self, interaction: discord.Interaction[CorpusBot], words: Words) -> None:
        """Search metrics and figures."""
        await interaction.response.defer(thinking=True)
        with self.bot.work():
            found = await self.desk.found(words, language_of(interaction))
            await interaction.edit_original_response(embeds=found_embeds(found))

    @metric.command(name="export", description="The figures as a file for a spreadsheet or a program.")
    @app_commands.describe(name="Only this metric; every figure if left out.", form="csv if left out.")
    @app_commands.rename(form="format")
    @app_commands.choices(form=FORMATS)
    @app_commands.autocomplete(name=offered)
    async def export(self, interaction: discord.Interaction[CorpusBot], name: Name | None = None, form: str = "csv") -> None:
        """Attach figures as a file."""
        await interaction.response.defer(thinking=True)
        with self.bot.work():
            try:
                exported = await self.desk.file(name, ExportFormat(form))
            except DeskError as error:
                await _tell(interaction, error)
                return
            file = discord.File(io.BytesIO(exported.content), exported.name)
            await interaction.edit_original_response(content=f"{exported.count} figures", attachments=[file])

    async def _show(self, interaction: discord.Interaction[CorpusBot], names: list[str], every: bool) -> None:
        await interaction.response.defer(thinking=True)
        with self.bot.work():
            try:
                sheet = await self.desk.sheet(names, language_of(interaction), every)
            except DeskError as error:
                await _tell(interaction, error)
                return
            await interaction.edit_original_response(embeds=sheet_embeds(sheet), attachments=chart_files(sheet))


def language_of(interaction: discord.Interaction[CorpusBot]) -> str:
    """The language of a member's Discord, ISO 639-1: "zh" for "zh-CN"."""
    return interaction.locale.value.split("-")[0]


def chart_files(sheet: Sheet) -> list[discord.File]:
    """The chart as a file with its words for those who cannot see it; nothing where there is none."""
    if sheet.picture is None:
        return []
    return [discord.File(io.BytesIO(sheet.picture), CHART_NAME, description=sheet.alt_text)]


async def _tell(interaction: discord.Interaction[CorpusBot], error: DeskError) -> None:
    # The sentence may hold what the member typed: no mention and no markup is made of it.
    await interaction.edit_original_response(content=escape(str(error)))
    log.info("a metric was not found")


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Metrics(bot))
