"""Texts -> a framed message of Discord's newer layout (components v2), within its limits. Knows no question and no article.

Such a message has no embeds and no content of its own, and its texts together have one limit.
"""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

import discord
from discord import ui

from bot.render import ANSWER_COLOUR, NEUTRAL_COLOUR, NOTICE_COLOUR
from bot.wording import Wording

# https://docs.discord.com/developers/components/reference
TEXTS_TOTAL = 4000  # letters of all texts of one message
COMPONENTS_TOTAL = 40  # every frame, text, line, row and button counts
MOST_TEXTS = 12  # of one message, a third of the parts that Discord takes
MOST_MESSAGES = 4  # in answer to one press
COUNT_ROOM = 100  # letters for the line that counts what is not shown
MOST_CHOICES, CHOICE_LETTERS = 25, 100  # of a menu, and of a field that is being typed in


class Panel(ui.LayoutView):
    """A frame with texts, a line between each two, perhaps a picture, and rows of buttons or menus under them.

    What a press does is said by the items given, or by the bot's dynamic items.
    """

    def __init__(
        self,
        texts: Sequence[str | ui.TextDisplay[Any] | ui.MediaGallery[Any]],
        colour: discord.Colour = ANSWER_COLOUR,
        picture: discord.MediaGalleryItem | None = None,
        rows: Sequence[ui.ActionRow[Any]] = (),
        timeout_seconds: float | None = None,
        foot: str = "",
    ) -> None:
        """Lay out texts that are safe to send (see `bot.render.escape`).

        Args:
            texts: a gallery of pictures may stand between them; no line parts it from the text above.
            picture: under the texts, e.g. `discord.MediaGalleryItem("attachment://chart.png", description=alt_text)`.
            rows: under the frame; at most five buttons each.
            foot: a line between the frame and the rows.
        Raises:
            ValueError: the texts or parts are more than one message may hold; callers count before.
        """
        super().__init__(timeout=timeout_seconds)
        frame: ui.Container[Any] = ui.Container(accent_colour=colour)
        for number, text in enumerate(texts):
            if number and not isinstance(text, ui.MediaGallery):
                frame.add_item(ui.Separator())
            frame.add_item(ui.TextDisplay(text) if isinstance(text, str) else text)
        if picture:
            frame.add_item(ui.MediaGallery(picture))
        self.add_item(frame)
        if foot:
            self.add_item(ui.TextDisplay(foot))
        for row in rows:
            self.add_item(row)
        if (letters := self.content_length()) > TEXTS_TOTAL:
            raise ValueError(f"{letters} letters of text; one message holds {TEXTS_TOTAL}")
        if self.total_children_count > COMPONENTS_TOTAL:
            raise ValueError(f"{self.total_children_count} parts; one message holds {COMPONENTS_TOTAL}")


def turning_rows(page: int, pages: int, button: Callable[..., ui.Item[Any]], say: Wording) -> list[ui.ActionRow[Any]]:
    """A row that leads to the page before and the one behind; none where there is only one page.

    Args:
        page: from 0.
        button: makes a button that turns to a page, given its number and what it looks like.
    """
    row: ui.ActionRow[Any] = ui.ActionRow()
    if page > 0:
        row.add_item(button(page - 1, label=say("Back"), emoji="◀️"))
    if page + 1 < pages:
        row.add_item(button(page + 1, label=say("Next"), emoji="▶️"))
    return [row] if row.children else []


def messages_of(texts: Sequence[str], say: Wording) -> list[list[str]]:
    """Put texts into as few messages as hold them, in order; what four do not hold is counted in the last one.

    Args:
        texts: safe to send, each shorter than a message may be.
    """
    messages: list[list[str]] = [[]]
    room = TEXTS_TOTAL - COUNT_ROOM
    for place, text in enumerate(texts):
        if messages[-1] and (len(messages[-1]) == MOST_TEXTS or sum(map(len, messages[-1])) + len(text) > room):
            if len(messages) == MOST_MESSAGES:
                left = len(texts) - place
                more = say("{count} more parts are not shown.", count=left) if left > 1 else say("One more part is not shown.")
                messages[-1].append(f"-# {more}")
                break
            messages.append([])
        messages[-1].append(text)
    return messages


async def tell(interaction: discord.Interaction[Any], *texts: str, colour: discord.Colour = NEUTRAL_COLOUR) -> None:
    """Say something to whoever used a command or button, alone; texts that are safe to send."""
    panel = Panel(texts, colour)
    if interaction.response.is_done():
        await interaction.followup.send(view=panel, ephemeral=True)
    else:
        await interaction.response.send_message(view=panel, ephemeral=True)


def farewell_to(interaction: discord.Interaction[Any], say: Wording) -> Callable[[], Coroutine[Any, Any, None]]:
    """What puts the farewell in the place of an answer, also of a word on how many are ahead."""

    async def apologize() -> None:
        await interaction.edit_original_response(view=Panel([farewell_sentence(say)], NOTICE_COLOUR))

    return apologize


def farewell_sentence(say: Wording) -> str:
    """What stands in the place of an answer that the bot cannot finish."""
    return say("I am being restarted and could not finish this answer. Please ask again in a minute.")
