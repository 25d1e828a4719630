"""Buttons and menus under the answers of `/metric …`: their pages, and metrics to show.

They work after a restart and for everybody who sees them: what they need is in their own ids and choices.
"""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Self, cast

import discord
from discord import ui

from bot.answer_buttons import tell_failure
from bot.figure_desk import mark_of, title_in
from bot.panels import CHOICE_LETTERS, MOST_CHOICES, turning_rows
from bot.wording import Wording
from corpus.figures.catalogue import Metric

if TYPE_CHECKING:
    from bot.client import CorpusBot
    from bot.cogs.metrics import Metrics

WORDS_LIMIT = 80  # letters of a search, which stand in the ids of its buttons; an id has a hundred


class View(StrEnum):
    """Which of the answers has pages."""

    SHOW = "show"
    COMPARE = "compare"
    SEARCH = "search"
    LIST = "list"


class MetricPageButton(
    ui.DynamicItem[ui.Button[Any]],
    template=re.compile(r"metrics:(?P<page>\d{1,4}):(?P<view>show|compare|search|list):(?P<about>.*)", re.DOTALL),
):
    """Turns to a page.

    `about` holds the marks of the metrics (`bot.figure_desk.mark_of`), or the words of a search.
    """

    def __init__(self, view: View, about: str, page: int, **look: Any) -> None:
        super().__init__(ui.Button(custom_id=f"metrics:{page}:{view}:{about}", **look))
        self.shown, self.about, self.page = view, about, page

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """A pressed button, read off its id."""
        return cls(View(match["view"]), match["about"], int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Put the page in the place of the one that is shown."""
        try:
            await metrics_of(interaction.client).turn_to(interaction, self.shown, self.about, self.page)
        except Exception as error:
            await tell_failure(interaction, "a page of figures", error)


class MetricMenu(ui.DynamicItem[ui.Select[Any]], template="metrics:menu"):
    """Shows the chosen metric."""

    @classmethod
    def of(cls, metrics: Sequence[Metric], say: Wording) -> Self:
        """A menu of these metrics."""
        titles = {mark_of(one): title_in(one, say.language)[:CHOICE_LETTERS] for one in metrics[:MOST_CHOICES]}
        options = [discord.SelectOption(label=title, value=mark) for mark, title in titles.items()]
        return cls(ui.Select(custom_id="metrics:menu", options=options, placeholder=say("Show a metric")))

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """The menu that was used, as it stands in the message."""
        assert isinstance(item, ui.Select)
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Show the metric to whoever chose it."""
        try:
            await metrics_of(interaction.client).show_to(interaction, self.item.values, private=True)
        except Exception as error:
            await tell_failure(interaction, "a menu of metrics", error)


def metric_rows(
    view: View, about: str, page: int, pages: int, say: Wording, metrics: Sequence[Metric] = ()
) -> list[ui.ActionRow[Any]]:
    """What stands under one page, from 0: a menu of metrics, if any are given, and the pages beside it."""
    made: list[ui.ActionRow[Any]] = [ui.ActionRow(MetricMenu.of(metrics, say))] if metrics else []

    def button(number: int, **look: Any) -> MetricPageButton:
        return MetricPageButton(view, about, number, **look)

    return [*made, *turning_rows(page, pages, button, say)]


def metrics_of(client: "CorpusBot") -> "Metrics":
    """The cog that shows metrics; it is always loaded."""
    return cast("Metrics", client.get_cog("Metrics"))
