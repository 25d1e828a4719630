"""The buttons under an answer and the forms that they open. They work after a restart: all they know is in their own ids.

What a button shows is worked out by `bot.button_desk`; this module only reads presses and answers them in Discord's time.
"""

import enum
import logging
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import discord
from discord import ui

from bot.errors import is_gone, log_failure, user_sentence
from bot.languages import language_of
from bot.retries import NETWORK_FAILURES
from bot.wording import N_, Wording, wording

if TYPE_CHECKING:
    from bot.button_desk import ButtonDesk

REASON_LIMIT = 300
QUESTION_LIMIT = 1000  # letters; what the encoder reads of a question ends before
FORM_ID = re.compile(r"answer-(?P<form>reason|ask):(?P<id>[\w-]{12})")
log = logging.getLogger(__name__)


class Action(enum.StrEnum):
    """What a button under an answer does."""

    PAGE = "page"
    CONTEXT = "context"
    SOURCES = "sources"
    HELPFUL = "helpful"
    UNHELPFUL = "unhelpful"
    ASK = "ask"


class AnswerButton(
    ui.DynamicItem[ui.Button[Any]],
    template=re.compile(r"answer:(?P<action>page|context|sources|helpful|unhelpful|ask):(?P<id>[\w-]{12}):(?P<page>\d{1,3})"),
):
    """A button that names its answer and a page in its id."""

    def __init__(self, action: Action, identifier: str, page: int, **look: Any) -> None:
        super().__init__(ui.Button(custom_id=f"answer:{action}:{identifier}:{page}", **look))
        self.action, self.identifier, self.page = action, identifier, page

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """A pressed button, read off its id."""
        return cls(Action(match["action"]), match["id"], int(match["page"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press; an error is told to whoever pressed, for discord.py would only log it, with its text."""
        desk: ButtonDesk = interaction.client.button_desk
        say = wording(language_of(interaction))
        try:
            with interaction.client.work():
                match self.action:
                    case Action.PAGE:
                        await desk.show_page(interaction, self.identifier, self.page)
                    case Action.CONTEXT:
                        await desk.show_context(interaction, self.identifier, self.page)
                    case Action.SOURCES:
                        await desk.show_sources(interaction, self.identifier)
                    case Action.HELPFUL:
                        await desk.take_feedback(interaction, self.identifier, helpful=True)
                    case Action.UNHELPFUL:
                        await desk.open_form(interaction, self.identifier, ReasonForm(self.identifier, say))
                    case Action.ASK:
                        await desk.open_form(interaction, self.identifier, QuestionForm(self.identifier, say))
        except Exception as error:
            await tell_failure(interaction, "a button", error)


class _Form(ui.Modal):
    """One field to write into.

    discord.py would remember one form of an id, for one submission and until it is restarted; but two members may have the
    form of one answer open. So it is told to forget each at once, and `take_form` reads what comes back off its id.
    """

    def __init__(self, title: str, custom_id: str, label: str, hint: str, most_letters: int, required: bool) -> None:
        super().__init__(title=title, custom_id=custom_id)
        field: ui.TextInput[Self] = ui.TextInput(
            style=discord.TextStyle.paragraph, required=required, max_length=most_letters, custom_id="text"
        )
        self.add_item(ui.Label(text=label, description=hint, component=field))
        self.stop()


class ReasonForm(_Form):
    """Asks why an answer did not help."""

    def __init__(self, identifier: str, say: Wording) -> None:
        title, label = say("What was wrong with the answer?"), say("Reason, if you like")
        hint = say("Your name is not passed on.")
        super().__init__(title, f"answer-reason:{identifier}", label, hint, REASON_LIMIT, required=False)


class QuestionForm(_Form):
    """Asks for a question that goes on from an answer."""

    def __init__(self, identifier: str, say: Wording) -> None:
        title, label, hint = say("Ask a follow-up"), say("Your question"), say("For example: and in 2035? who said that?")
        super().__init__(title, f"answer-ask:{identifier}", label, hint, QUESTION_LIMIT, required=True)


async def take_form(interaction: discord.Interaction[Any]) -> None:
    """Answer a form of ours that was sent, also one that was opened before this start; anything else is left alone."""
    if interaction.type is not discord.InteractionType.modal_submit:
        return
    data: dict[str, Any] = dict(interaction.data or {})
    match = FORM_ID.fullmatch(data.get("custom_id", ""))
    if match is None:
        return
    text = written_in(data)
    client, desk, member = interaction.client, interaction.client.button_desk, interaction.user.id
    try:
        if match["form"] == "reason":
            with client.work():
                await desk.take_feedback(interaction, match["id"], helpful=False, reason=text[:REASON_LIMIT].strip() or None)
        else:
            with client.queue.ticket(member) as ticket, client.work():
                await desk.ask_further(interaction, match["id"], text[:QUESTION_LIMIT], ticket)
    except Exception as error:
        await tell_failure(interaction, "a form", error)


def written_in(data: Mapping[str, Any]) -> str:
    """What was written into the one field of a form, as Discord sends it; empty for nothing."""
    fields = [part.get("component", {}) for part in data.get("components", [])]
    return next((str(field["value"]) for field in fields if field.get("value")), "")


LABELS = {
    Action.CONTEXT: N_("Context"),
    Action.SOURCES: N_("Sources"),
    Action.ASK: N_("Ask a follow-up"),
}


def answer_rows(identifier: str, page: int, pages: int, passages: int, sure: int, say: Wording) -> list[ui.ActionRow[Any]]:
    """The buttons under one page of an answer.

    Args:
        page: from 0.
        pages: in all.
        passages: that the answer can show; without any there is no context and no source.
        sure: passages that answer; of an abstention none does.
    """
    reading: ui.ActionRow[Any] = ui.ActionRow()
    if page:
        reading.add_item(AnswerButton(Action.PAGE, identifier, page - 1, label=say("Back"), emoji="◀️"))
    if page + 1 < pages:
        label = say("More passages") if sure or page else say("Nearest passages")
        reading.add_item(AnswerButton(Action.PAGE, identifier, page + 1, label=label, emoji="▶️"))
    if passages and (sure or page):
        for action in (Action.CONTEXT, Action.SOURCES):
            reading.add_item(AnswerButton(action, identifier, page, label=say(LABELS[action])))
    judging: ui.ActionRow[Any] = ui.ActionRow(
        AnswerButton(Action.HELPFUL, identifier, page, emoji="👍"),
        AnswerButton(Action.UNHELPFUL, identifier, page, emoji="👎"),
        AnswerButton(Action.ASK, identifier, page, label=say(LABELS[Action.ASK]), style=discord.ButtonStyle.primary),
    )
    return [reading, judging] if reading.children else [judging]


async def tell_failure(interaction: discord.Interaction[Any], what: str, error: BaseException) -> None:
    """Log an error by its kind and place, and tell the member in a sentence that only they see."""
    log_failure(what, error)
    if is_gone(error):
        return
    sentence = user_sentence(error, wording(language_of(interaction)))
    try:
        if interaction.response.is_done():
            await interaction.followup.send(sentence, ephemeral=True)
        else:
            await interaction.response.send_message(sentence, ephemeral=True)
    except (discord.HTTPException, *NETWORK_FAILURES) as second:
        log.warning("the error could not be shown: %s", type(second).__name__)
