"""Menus and buttons under articles: the pages of the list, an article to show, a question to ask.

They work after a restart and for everybody who sees them: what they need is in their own ids and choices.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import app_commands, ui

from bot.answer_buttons import tell_failure
from bot.article_desk import ArticleRow
from bot.article_names import source_label, title_words
from bot.article_render import page_rows, pages_of
from bot.panels import CHOICE_LETTERS, MOST_CHOICES, turning_rows
from bot.starter_questions import StarterQuestion
from bot.wording import Wording

if TYPE_CHECKING:
    from bot.client import CorpusBot
    from bot.cogs.articles import Articles


class PageButton(ui.DynamicItem[ui.Button[Any]], template=re.compile(r"articles:page:(?P<page>\d{1,5})")):
    """Turns to a page of the list."""

    def __init__(self, page: int, **look: Any) -> None:
        super().__init__(ui.Button(custom_id=f"articles:page:{page}", **look))
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """A pressed button, read off its id."""
        return cls(int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Put the page in the place of the one that is shown."""
        try:
            await articles_of(interaction.client).turn_to(interaction, self.page)
        except Exception as error:
            await tell_failure(interaction, "a page of the articles", error)


class ArticleMenu(ui.DynamicItem[ui.Select[Any]], template="articles:show"):
    """Shows the chosen article."""

    @classmethod
    def of(cls, rows: Sequence[ArticleRow], say: Wording) -> Self:
        """A menu of these articles."""
        options = [
            discord.SelectOption(
                label=title_words(row.article, say, CHOICE_LETTERS),
                value=row.article.id,
                description=source_label(row.article, say) or None,
            )
            for row in rows[:MOST_CHOICES]
        ]
        return cls(ui.Select(custom_id="articles:show", options=options, placeholder=say("Show an article")))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The menu that was used, as it stands in the message."""
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the article to whoever chose it."""
        try:
            await articles_of(interaction.client).show_to(interaction, self.item.values[0], private=True)
        except Exception as error:
            await tell_failure(interaction, "a menu of articles", error)


class QuestionMenu(ui.DynamicItem[ui.Select[Any]], template="starter:ask"):
    """Asks the chosen question, as if its text had been given to `/ask`."""

    @classmethod
    def of(cls, questions: Sequence[StarterQuestion], say: Wording) -> Self:
        """A menu of these questions, each once."""
        texts = dict.fromkeys(one.text for one in questions[:MOST_CHOICES])
        options = [discord.SelectOption(label=text, value=text) for text in texts]
        return cls(ui.Select(custom_id="starter:ask", options=options, placeholder=say("Ask one of these questions")))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The menu that was used, as it stands in the message."""
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer the question where the menu stands."""
        try:
            # The very command, so that limits, privacy and channels hold here as well.
            command = interaction.client.tree.get_command("ask")
            assert isinstance(command, app_commands.Command) and command.binding is not None
            await command.callback(command.binding, interaction, self.item.values[0])
        except Exception as error:
            await tell_failure(interaction, "a menu of questions", error)


def list_rows(rows: Sequence[ArticleRow], page: int, say: Wording) -> list[ui.ActionRow[Any]]:
    """What stands under one page of the list: a menu of its articles, and the pages beside it."""
    shown = page_rows(rows, page)
    made: list[ui.ActionRow[Any]] = [ui.ActionRow(ArticleMenu.of(shown, say))] if shown else []
    return [*made, *turning_rows(page, pages_of(rows), PageButton, say)]


def question_rows(questions: Sequence[StarterQuestion], say: Wording) -> list[ui.ActionRow[Any]]:
    """A menu of questions; nothing where there is none to ask."""
    return [ui.ActionRow(QuestionMenu.of(questions, say))] if questions else []


def articles_of(client: "CorpusBot") -> "Articles":
    """The cog that shows articles; it is always loaded."""
    return cast("Articles", client.get_cog("Articles"))
