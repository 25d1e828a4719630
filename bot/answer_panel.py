"""One page of an answer -> the message that Discord shows, and back: what of a message stays when its page is turned."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.answer_buttons import answer_rows
from bot.answer_layout import Page
from bot.answer_records import ShownAnswer
from bot.panels import Panel
from bot.render import ANSWER_COLOUR, DECLINED_COLOUR, NOTICE_COLOUR
from bot.wording import Wording

# Numbers of the components that stay on every page, by which they are found in a message again.
HEAD_ID, TABLE_ID = 1001, 1002


def answer_panel(
    identifier: str, shown: ShownAnswer, pages: Sequence[Page], number: int, head: str, table: str, say: Wording
) -> Panel:
    """A page with its head, its table and its buttons.

    Args:
        identifier: of the answer, for the buttons; empty where there are none.
        number: of the page, from 0; one that is too high is the last.
    """
    number = min(number, len(pages) - 1)
    texts: list[str | ui.TextDisplay[Any]] = [ui.TextDisplay(head, id=HEAD_ID)] if head else []
    texts += pages[number].texts
    texts += [ui.TextDisplay(table, id=TABLE_ID)] if table else []
    rows = answer_rows(identifier, number, len(pages), len(shown.quotes), shown.sure, say) if identifier else []
    return Panel(texts, _colour(shown), rows=rows, foot=pages[number].foot)


def _colour(shown: ShownAnswer) -> discord.Colour:
    if not shown.sure:
        return DECLINED_COLOUR
    return NOTICE_COLOUR if shown.caution else ANSWER_COLOUR


def kept_texts(message: discord.Message | None) -> tuple[str, str]:
    """The head and the table of a message of ours, each empty where it has none."""
    found = dict.fromkeys((HEAD_ID, TABLE_ID), "")
    for top in message.components if message else ():
        for part in getattr(top, "children", ()):
            if isinstance(part, discord.TextDisplay) and part.id in found:
                found[part.id] = part.content
    return found[HEAD_ID], found[TABLE_ID]


def without_buttons(message: discord.Message) -> ui.LayoutView | None:
    """A message of ours as it is, but without its rows of buttons; `None` where it has none."""
    view = ui.LayoutView.from_message(message, timeout=None)
    rows = [item for item in view.children if isinstance(item, ui.ActionRow)]
    for row in rows:
        view.remove_item(row)
    return view if rows else None
