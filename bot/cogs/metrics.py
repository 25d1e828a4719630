"""The figures of the articles: `/metric show`, `list`, `search`, `compare` and `export`."""

import io
import logging
from collections.abc import Sequence

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answer_layout import Page
from bot.client import CorpusBot
from bot.figure_desk import DeskError, Sheet, mark_of, title_in
from bot.figure_export import ExportFormat
from bot.figure_render import METRICS_A_PAGE, list_pages, sheet_pages
from bot.languages import is_of_user, language_of, shown_language
from bot.metric_menus import WORDS_LIMIT, MetricMenu, MetricPageButton, View, metric_rows
from bot.panels import CHOICE_LETTERS, MOST_CHOICES, Panel, tell
from bot.render import ANSWER_COLOUR, NOTICE_COLOUR, bold, escape
from bot.server_settings import acknowledge
from bot.wording import N_, Wording, wording
from embeddings.errors import StaleIndexError

CHART_NAME = "chart.png"
MENUS = (MetricPageButton, MetricMenu)
FORMATS = [app_commands.Choice(name=str(form), value=str(form)) for form in ExportFormat]
Name = app_commands.Range[str, 1, CHOICE_LETTERS]
Words = app_commands.Range[str, 1, WORDS_LIMIT]
log = logging.getLogger(__name__)


class Metrics(commands.Cog):
    """Shows what the articles say of one measure, each number with its quotation."""

    metric = app_commands.Group(name=N_("metric"), description=N_("The numbers in the articles, each quoted with its source."))

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot
        self.desk = bot.figure_desk

    async def cog_load(self) -> None:
        """Take presses of our buttons and menus, also of those that were sent before this start."""
        self.bot.add_dynamic_items(*MENUS)

    async def cog_unload(self) -> None:
        """Take none any more."""
        self.bot.remove_dynamic_items(*MENUS)

    async def offered(self, interaction: discord.Interaction[CorpusBot], typed: str) -> list[app_commands.Choice[str]]:
        """The metrics that a member may mean while typing, by their titles in the member's language."""
        try:
            found = await self.desk.choices(typed)
        except StaleIndexError:  # the command itself says so
            return []
        titles = [(title_in(metric, language_of(interaction))[:CHOICE_LETTERS], metric.key[:CHOICE_LETTERS]) for metric in found]
        return [app_commands.Choice(name=title, value=key) for title, key in titles[:MOST_CHOICES]]

    @metric.command(
        name=N_("show"), description=N_("What the articles say of one metric: table, quotations, and a chart over time.")
    )
    @app_commands.describe(name=N_("What is measured; begin to type, and choose."))
    @app_commands.autocomplete(name=offered)
    async def show(self, interaction: discord.Interaction[CorpusBot], name: Name) -> None:
        """Show one metric."""
        await self.show_to(interaction, [name])

    @metric.command(name=N_("compare"), description=N_("Compare all figures of one metric, or two metrics over time."))
    @app_commands.describe(name=N_("What is measured; begin to type, and choose."), other=N_("A second metric."))
    @app_commands.autocomplete(name=offered, other=offered)
    async def compare(self, interaction: discord.Interaction[CorpusBot], name: Name, other: Name | None = None) -> None:
        """Compare the figures of one metric, or two metrics."""
        await self.show_to(interaction, [name, other] if other else [name], View.COMPARE)

    @metric.command(name=N_("list"), description=N_("The metrics of the archive, with how many figures each has."))
    async def listed(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """List all metrics."""
        await acknowledge(interaction)
        with self.bot.work():
            await interaction.edit_original_response(view=await self._listed(0, wording(shown_language(interaction))))

    @metric.command(name=N_("search"), description=N_("Find metrics and single figures by what they measure."))
    @app_commands.describe(words=N_("What is measured, in English or Chinese."))
    async def search(self, interaction: discord.Interaction[CorpusBot], words: Words) -> None:
        """Search metrics and figures."""
        await acknowledge(interaction)
        with self.bot.work():
            await interaction.edit_original_response(view=await self._found(words, 0, wording(shown_language(interaction))))

    @metric.command(name=N_("export"), description=N_("The figures as a file for a spreadsheet or a program."))
    @app_commands.describe(name=N_("Only this metric; every figure if left out."), form=N_("csv if left out."))
    @app_commands.rename(form="format")
    @app_commands.choices(form=FORMATS)
    @app_commands.autocomplete(name=offered)
    async def export(self, interaction: discord.Interaction[CorpusBot], name: Name | None = None, form: str = "csv") -> None:
        """Attach figures as a file."""
        await acknowledge(interaction)
        language = shown_language(interaction)
        say = wording(language)
        with self.bot.work():
            try:
                exported = await self.desk.file(name, ExportFormat(form), language)
            except DeskError as error:
                await _tell(interaction, error)
                return
            file = discord.File(io.BytesIO(exported.content), exported.name)
            told = say("figures: {count}", count=exported.count)
            await interaction.edit_original_response(content=told, attachments=[file])

    async def show_to(
        self, interaction: discord.Interaction[CorpusBot], names: Sequence[str], view: View = View.SHOW, private: bool = False
    ) -> None:
        """Show one metric or two, in a new message.

        Args:
            private: to whoever asked for it alone.
        """
        await acknowledge(interaction, private)
        with self.bot.work():
            try:
                panel, files = await self._sheet(view, names, 0, wording(shown_language(interaction)))
            except DeskError as error:
                await _tell(interaction, error)
                return
            await interaction.edit_original_response(view=panel, attachments=files)

    async def turn_to(self, interaction: discord.Interaction[CorpusBot], view: View, about: str, page: int) -> None:
        """Put another page in the place of the one that is shown; for others than who asked, in a message of their own.

        A member is told alone that there is none any more.
        """
        if is_of_user(interaction):
            await interaction.response.defer()
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        say, files = wording(shown_language(interaction)), list[discord.File]()
        with self.bot.work():
            try:
                if view is View.LIST:
                    panel = await self._listed(page, say)
                elif view is View.SEARCH:
                    panel = await self._found(about, page, say)
                else:
                    panel, files = await self._sheet(view, about.split("-"), page, say)
            except DeskError:
                await tell(interaction, say("This metric is no longer in the archive as it was shown."), colour=NOTICE_COLOUR)
                return
            await interaction.edit_original_response(view=panel, attachments=files)

    async def _sheet(self, view: View, names: Sequence[str], page: int, say: Wording) -> tuple[Panel, list[discord.File]]:
        """A page of one metric or two, the first one with a chart; raises as `FigureDesk.sheet` does."""
        sheet = await self.desk.sheet(names, say.language, every=view is View.COMPARE, drawn=page == 0)
        about = "-".join(map(mark_of, sheet.metrics))
        return _panel(sheet_pages(sheet, say), page, view, about, say, sheet), chart_files(sheet)

    async def _found(self, words: str, page: int, say: Wording) -> Panel:
        sheet = await self.desk.found(words, say.language)
        if not sheet.figures and not sheet.metrics:
            return Panel([say("No figure of the articles is near to that.")], NOTICE_COLOUR)
        heading = bold(escape(say("Figures on “{words}”", words=words)))
        pages = sheet_pages(sheet, say, heading)
        return _panel(pages, page, View.SEARCH, words, say, sheet)

    async def _listed(self, page: int, say: Wording) -> Panel:
        metrics = await self.desk.counts()
        pages = list_pages(metrics, say)
        page = min(page, len(pages) - 1)  # the archive may have become smaller since the button was made
        shown = [one.metric for one in metrics[page * METRICS_A_PAGE : (page + 1) * METRICS_A_PAGE]]
        rows = metric_rows(View.LIST, "", page, len(pages), say, shown)
        return Panel(pages[page].texts, ANSWER_COLOUR if metrics else NOTICE_COLOUR, rows=rows, foot=pages[page].foot)


def _panel(pages: Sequence[Page], page: int, view: View, about: str, say: Wording, sheet: Sheet) -> Panel:
    """A page of figures with its chart and buttons; what a search found has a menu of its metrics."""
    page = min(page, len(pages) - 1)  # the archive may have become smaller since the button was made
    rows = metric_rows(view, about, page, len(pages), say, sheet.metrics if view is View.SEARCH else ())
    texts: list[str | ui.MediaGallery[Panel]] = [*pages[page].texts]
    if sheet.picture:
        item = discord.MediaGalleryItem(f"attachment://{CHART_NAME}", description=sheet.alt_text)
        texts.insert(1, ui.MediaGallery(item))
    return Panel(texts, rows=rows, foot=pages[page].foot)


def chart_files(sheet: Sheet) -> list[discord.File]:
    """The chart as a file with its words for those who cannot see it; nothing where there is none."""
    if sheet.picture is None:
        return []
    return [discord.File(io.BytesIO(sheet.picture), CHART_NAME, description=sheet.alt_text)]


async def _tell(interaction: discord.Interaction[CorpusBot], error: DeskError) -> None:
    # The sentence may hold what the member typed: no mention and no markup is made of it.
    await interaction.edit_original_response(view=Panel([escape(str(error))], NOTICE_COLOUR))
    log.info("a metric was not found")


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Metrics(bot))
