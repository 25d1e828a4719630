"""The articles of the archive: `/article list` and `/article show`."""

import asyncio
import logging
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands

from bot.article_desk import ArticleSheet, UnknownArticleError
from bot.article_menus import ArticleMenu, PageButton, QuestionMenu, list_rows, question_rows
from bot.article_render import list_texts, pages_of, sheet_texts, unknown_text
from bot.client import CorpusBot
from bot.languages import language_of, shown_language
from bot.panels import CHOICE_LETTERS, Panel
from bot.render import NOTICE_COLOUR
from bot.server_settings import acknowledge
from bot.wording import N_, Wording, wording

MENUS = (PageButton, ArticleMenu, QuestionMenu)
Name = app_commands.Range[str, 1, CHOICE_LETTERS]
QUESTIONS_SECONDS = 1.5  # after which an article is shown without its questions, which then follow
log = logging.getLogger(__name__)


class Articles(commands.Cog):
    """Shows which articles there are, and of each what it says in brief, in its own words."""

    article = app_commands.Group(name=N_("article"), description=N_("The articles in the archive."))

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot
        self.desk = bot.article_desk

    async def cog_load(self) -> None:
        """Take presses of our buttons and menus, also of those that were sent before this start."""
        self.bot.add_dynamic_items(*MENUS)

    async def cog_unload(self) -> None:
        """Take none any more."""
        self.bot.remove_dynamic_items(*MENUS)

    async def offered(self, interaction: discord.Interaction[CorpusBot], typed: str) -> list[app_commands.Choice[str]]:
        """The articles that a member may mean while typing."""
        found = await self.desk.choices(typed, language_of(interaction))
        return [app_commands.Choice(name=label, value=article_id) for label, article_id in found]

    @article.command(name=N_("list"), description=N_("All articles in the archive, the newest first."))
    async def listed(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """List the articles, for the member alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work():
            await interaction.edit_original_response(view=await self._page(0, wording(shown_language(interaction))))

    @article.command(name=N_("show"), description=N_("One article: its key sentences, its figures, and questions to ask of it."))
    @app_commands.describe(name=N_("Its title, publisher or date; begin to type, and choose."))
    @app_commands.autocomplete(name=offered)
    async def show(self, interaction: discord.Interaction[CorpusBot], name: Name) -> None:
        """Show one article."""
        await self.show_to(interaction, name)

    async def show_to(self, interaction: discord.Interaction[CorpusBot], name: str, private: bool = False) -> None:
        """Show the article with an id or title, in a new message.

        Args:
            private: to whoever asked for it alone.
        """
        await acknowledge(interaction, private)
        language = shown_language(interaction)
        say = wording(language)
        with self.bot.work():
            try:
                sheet = await self.desk.sheet(name, language)
            except UnknownArticleError as error:
                log.info("an article was not found")
                await interaction.edit_original_response(view=Panel([unknown_text(name, error.near, say)], NOTICE_COLOUR))
                return
            questions = asyncio.ensure_future(self.desk.starters.of_article(sheet.article.id, language))
            if not (await asyncio.wait({questions}, timeout=QUESTIONS_SECONDS))[0]:
                await interaction.edit_original_response(view=_panel(sheet, say))
        # A stop does not wait for what only comes on top.
        await interaction.edit_original_response(view=_panel(replace(sheet, questions=await questions), say))

    async def turn_to(self, interaction: discord.Interaction[CorpusBot], page: int) -> None:
        """Put another page of the list in the place of the one that is shown; the list is only seen by who asked for it."""
        await interaction.response.defer()
        with self.bot.work():
            await interaction.edit_original_response(view=await self._page(page, wording(shown_language(interaction))))

    async def _page(self, page: int, say: Wording) -> Panel:
        rows = await self.desk.listed()
        page = min(page, pages_of(rows) - 1)  # the archive may have become smaller since the button was made
        return Panel(list_texts(rows, page, say), rows=list_rows(rows, page, say))


def _panel(sheet: ArticleSheet, say: Wording) -> Panel:
    return Panel(sheet_texts(sheet, say), rows=question_rows(sheet.questions, say))


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Articles(bot))
