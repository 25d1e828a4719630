"""What is kept of members, and how it goes again: `/privacy`, its buttons, and the deletion of what is old enough."""

import asyncio
import logging
import re
from enum import StrEnum
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands, tasks

from bot.activity_render import privacy_texts
from bot.answer_buttons import tell_failure
from bot.answer_records import KEPT_DAYS as ANSWERS_KEPT_DAYS
from bot.client import CorpusBot
from bot.errors import log_failure
from bot.languages import language_of
from bot.panels import Panel
from bot.render import ANSWER_COLOUR, NOTICE_COLOUR
from bot.wording import N_, Wording, wording

PURGE_HOURS = 1.0  # between two deletions of old questions
log = logging.getLogger(__name__)


class Step(StrEnum):
    """What a button under the privacy notice does: ask whether to delete, delete, or leave everything as it is."""

    ASK = "ask"
    DELETE = "delete"
    KEEP = "keep"


LABELS = {
    Step.ASK: N_("Delete what is kept of me"),
    Step.DELETE: N_("Yes, delete it"),
    Step.KEEP: N_("No, keep it"),
}


class PrivacyButton(ui.DynamicItem[ui.Button[Any]], template=re.compile(r"privacy:(?P<step>ask|delete|keep)")):
    """A button that works after a restart, and only ever touches what is kept of whoever presses it."""

    def __init__(self, step: Step, say: Wording) -> None:
        style = discord.ButtonStyle.danger if step is Step.DELETE else discord.ButtonStyle.secondary
        super().__init__(ui.Button(custom_id=f"privacy:{step}", label=say(LABELS[step]), style=style))
        self.step = step

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """A pressed button, read off its id."""
        return cls(Step(match["step"]), wording(language_of(interaction)))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Answer a press; an error is told to whoever pressed, for discord.py would only log it, with its text."""
        say = wording(language_of(interaction))
        try:
            if self.step is Step.ASK:
                await interaction.response.edit_message(view=sure_panel(say))
                return
            await interaction.response.defer()
            with interaction.client.work():
                panel = await _deleted(interaction, say) if self.step is Step.DELETE else await notice(interaction, say)
                await interaction.edit_original_response(view=panel)
        except Exception as error:
            await tell_failure(interaction, "a deletion" if self.step is Step.DELETE else "a button", error)


class Privacy(commands.Cog):
    """Says what is kept of a member, and deletes what has been kept long enough."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Let the buttons of earlier notices work, and begin to delete what is old."""
        self.bot.add_dynamic_items(PrivacyButton)
        self.purge.start()

    async def cog_unload(self) -> None:
        """Stop deleting."""
        self.purge.cancel()
        self.bot.remove_dynamic_items(PrivacyButton)

    @app_commands.command(name=N_("privacy"), description=N_("What this bot keeps of you, for how long and why; delete it here."))
    async def privacy(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Show the notice to the member alone."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work():
            await interaction.edit_original_response(view=await notice(interaction, wording(language_of(interaction))))

    @tasks.loop(hours=PURGE_HOURS)
    async def purge(self) -> None:
        """Delete the questions that have been kept long enough."""
        try:
            if count := await asyncio.to_thread(self.bot.member_activity.purge):
                log.info("deleted %d questions that were kept long enough", count)
        except Exception as error:  # an error would end the loop, and nothing would be deleted any more
            log_failure("the deletion of old questions", error)


async def notice(interaction: discord.Interaction[CorpusBot], say: Wording) -> Panel:
    """What is kept, with the button that deletes it."""
    activity = interaction.client.member_activity
    kept = await asyncio.to_thread(activity.kept, interaction.user.id)
    answers_days = min(ANSWERS_KEPT_DAYS, activity.kept_days or ANSWERS_KEPT_DAYS)
    texts = privacy_texts(activity.kept_days, kept, answers_days, say)
    return Panel(texts, ANSWER_COLOUR, rows=[ui.ActionRow(PrivacyButton(Step.ASK, say))])


def sure_panel(say: Wording) -> Panel:
    """Asks whether it is meant, for what is deleted cannot be brought back."""
    text = say(
        "Delete your questions, your feedback, and what the buttons under your answers need? This cannot be undone, and those"
        " buttons will stop working."
    )
    row: ui.ActionRow[Any] = ui.ActionRow(PrivacyButton(Step.DELETE, say), PrivacyButton(Step.KEEP, say))
    return Panel([text], NOTICE_COLOUR, rows=[row])


async def _deleted(interaction: discord.Interaction[CorpusBot], say: Wording) -> Panel:
    """Delete, and say how much it was."""
    interaction.client.conversations.forget(interaction.user.id)
    count = await asyncio.to_thread(interaction.client.member_activity.forget, interaction.user.id)
    log.info("a member had their questions deleted")
    return Panel([say("Deleted. Questions of yours that were kept: {count}", count=f"**{count}**")], ANSWER_COLOUR)


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Privacy(bot))
