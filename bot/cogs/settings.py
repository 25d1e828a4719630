"""What those who manage a server may set: `/settings`, one message that shows and changes everything.

The message is seen by whoever opened it alone. Each press asks Discord anew who presses, changes that one setting in the
database and draws the message anew from there: two who change settings at once overwrite nothing of each other's, and a
message from before a restart goes on working.
"""

import asyncio
import re
from typing import Any, Self

import discord
from discord import app_commands, ui
from discord.ext import commands

from bot.answer_buttons import tell_failure
from bot.client import CorpusBot
from bot.languages import language_of
from bot.panels import Panel, tell
from bot.render import NOTICE_COLOUR
from bot.server_settings import Length, ServerSettings, ServerSettingsStore
from bot.settings_panel import NO_LIMIT, OWN, SettingsPanel, reset_question
from bot.wording import N_, Wording, wording
from corpus.errors import CorpusbotError


class RefusedError(CorpusbotError):
    """Somebody may not see or change settings here; the text is for them."""


class SettingsPart(ui.DynamicItem[ui.Item[Any]], template=re.compile(r"settings:(?P<setting>[a-z]+)(?::(?P<value>[a-z]+))?")):
    """A menu or button of the message, of this process or of one before it, known by its id."""

    def __init__(self, item: ui.Item[Any], setting: str, value: str | None) -> None:
        super().__init__(item)
        self.setting, self.value = setting, value

    @classmethod
    async def from_custom_id(cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /) -> Self:
        """What was pressed or chosen from, read off its id."""
        return cls(item, match["setting"], match["value"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Change the setting and draw the message anew; an error is told to whoever pressed."""
        try:
            with interaction.client.work():
                await self._take(interaction)
        except Exception as error:
            await tell_failure(interaction, "a setting", error)

    async def _take(self, interaction: discord.Interaction[CorpusBot]) -> None:
        say = wording(language_of(interaction))
        try:
            guild = managed_guild(interaction, say)
        except RefusedError as refused:
            # The message ends here: nothing is left to press.
            await interaction.response.edit_message(view=Panel([str(refused)], NOTICE_COLOUR))
            return
        await interaction.response.defer()
        settings = await asyncio.to_thread(self._changed, interaction.client.server_settings, guild.id, chosen_in(interaction))
        asked = (self.setting, self.value) == ("reset", "ask")
        await interaction.edit_original_response(view=reset_question(say) if asked else SettingsPanel(settings, guild, say))

    def _changed(self, store: ServerSettingsStore, server_id: int, chosen: list[str]) -> ServerSettings:
        """All settings as they are after this press, changed by others meanwhile or not."""
        if self.setting != "reset":
            return store.change(server_id, **changes_of(self.setting, self.value, chosen))
        return store.reset(server_id) if self.value == "yes" else store.of(server_id)


class ServerSettingsCog(commands.Cog, name="ServerSettings"):
    """Opens the settings of a server."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Listen to menus and buttons, those of messages from before the start as well."""
        self.bot.add_dynamic_items(SettingsPart)

    async def cog_unload(self) -> None:
        """Stop listening."""
        self.bot.remove_dynamic_items(SettingsPart)

    @app_commands.command(
        name=N_("settings"), description=N_("Show and change how I behave on this server. For those who manage it.")
    )
    @app_commands.default_permissions(manage_guild=True)
    # Not `guild_only`, which leaves direct messages as the bot's own contexts have them.
    @app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def settings(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Show all settings to whoever asked, alone."""
        say = wording(language_of(interaction))
        try:
            guild = managed_guild(interaction, say)
        except RefusedError as refused:
            await tell(interaction, str(refused))
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.work():
            settings = await asyncio.to_thread(self.bot.server_settings.of, guild.id)
            await interaction.edit_original_response(view=SettingsPanel(settings, guild, say))


def managed_guild(interaction: discord.Interaction[CorpusBot], say: Wording) -> discord.Guild:
    """The server whose settings whoever pressed may see and change.

    Server owners can hand a command to anybody, and somebody may lose a right while the message is open: what Discord says
    of this very press is what counts.
    Raises:
        RefusedError: there is none; the text is for the member.
    """
    if interaction.guild_id is None:
        raise RefusedError(say("Settings belong to a server. Use the command there."))
    # Not `interaction.guild`, which is a stand-in without channels where the bot is no member.
    guild = interaction.client.get_guild(interaction.guild_id)
    if guild is None:
        raise RefusedError(say("I am not on this server any more, so nothing can be set. Invite me again first."))
    if not (interaction.permissions.manage_guild or interaction.permissions.administrator):
        raise RefusedError(say("Only members with the right Manage Server can see and change these settings."))
    return guild


def chosen_in(interaction: discord.Interaction[Any]) -> list[str]:
    """What was chosen in a menu: values, or ids of channels; empty for a button."""
    values: list[str] = dict(interaction.data or {}).get("values", [])  # type: ignore[assignment]
    return values


def changes_of(setting: str, value: str | None, chosen: list[str]) -> dict[str, Any]:
    """Which fields of `ServerSettings` a button or menu changes, and to what.

    Args:
        value: a button's.
        chosen: a menu's; empty where everything was taken out of it.
    Raises:
        ValueError: this is no part of the message.
    """
    match setting:
        case "channels":
            return {"channels": frozenset(map(int, chosen))}
        case "mentions" | "private":
            # The value to have, not "the other one": pressed twice, or by two, it is the same.
            return {setting: value == "on"}
        case "language":
            return {"language": None if chosen == [OWN] else chosen[0]}
        case "length":
            return {"length": Length(chosen[0])}
        case "daily":
            return {"daily_limit": None if chosen == [NO_LIMIT] else int(chosen[0])}
        case "feedback":
            return {"feedback_channel": int(chosen[0]) if chosen else None}
    raise ValueError(f"{setting!r} is no setting")


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(ServerSettingsCog(bot))
