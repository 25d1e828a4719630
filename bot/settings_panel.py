"""A server's settings -> one message that says each of them in words, with a menu or button beside each.

Only lays out. What a menu or button does is in `bot.cogs.settings`; the parts here name themselves in their ids, so that
they work after a restart.
"""

from collections.abc import Sequence
from typing import Any

import discord
from discord import ui

from bot.panels import Panel
from bot.render import ANSWER_COLOUR, NOTICE_COLOUR, bold, escape, shortened
from bot.server_settings import MOST_CHANNELS, Length, ServerSettings, mention
from bot.wording import ENGLISH, Wording

OWN = "own"  # the choice that stands for no language of the server's
NO_LIMIT = "none"
NAME_SHOWN = 100
# As each is called by those who speak it, which no catalogue translates; the order of the menu.
LANGUAGE_NAMES = {ENGLISH: "English", "zh": "中文", "de": "Deutsch", "es": "Español"}
# A menu holds 25: these, "no limit", and a number that was set by other means.
DAILY_CHOICES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 500, 750, 1000)
# Media channels are left out: Discord's OpenAPI document has no such type. Their category can be chosen.
ANSWER_CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.forum,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.category,
]
FEEDBACK_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]


def part_id(setting: str, value: str = "") -> str:
    """The id of a menu, or of a button that gives a setting a value."""
    return f"settings:{setting}:{value}" if value else f"settings:{setting}"


class SettingsPanel(ui.LayoutView):
    """All settings of a server, each to be changed where it is said."""

    def __init__(self, settings: ServerSettings, guild: discord.Guild, say: Wording) -> None:
        """Lay out the settings as they are now."""
        super().__init__(timeout=None)
        self._frame: ui.Container[Any] = ui.Container(accent_colour=ANSWER_COLOUR)
        self._say = say
        name = escape(shortened(guild.name, NAME_SHOWN))
        heading, hint = say("Settings for {server}", server=name), say("Every change counts at once.")
        self._frame.add_item(ui.TextDisplay(f"### {heading}\n-# {hint}"))
        self._channels(settings, guild)
        self._mentions(settings)
        self._privacy(settings)
        self._language(settings)
        self._length(settings)
        self._daily(settings)
        self._feedback(settings, guild)
        self.add_item(self._frame)
        self.add_item(ui.ActionRow(_button(part_id("reset", "ask"), say("Reset everything"))))

    # --- one setting each ------------------------------------------------------------------------------------------------

    def _channels(self, settings: ServerSettings, guild: discord.Guild) -> None:
        say, left = self._say, [channel for channel in sorted(settings.channels) if guild.get_channel(channel)]
        self._told(say("Where I answer"), channels_text(settings, guild, say))
        self._channel_menu("channels", say("Answer only in these channels"), ANSWER_CHANNELS, left, MOST_CHANNELS)
        if settings.channels:
            self._press(part_id("channels", "all"), say("Everywhere"))

    def _mentions(self, settings: ServerSettings) -> None:
        say = self._say
        if settings.mentions:
            text, button = say("I answer when somebody mentions me, and I answer commands."), ("off", say("Turn off"))
        else:
            text, button = say("I answer commands only; mentions and replies to me stay unanswered."), ("on", say("Turn on"))
        self._told(say("Mentions and replies"), text)
        self._press(part_id("mentions", button[0]), button[1])

    def _privacy(self, settings: ServerSettings) -> None:
        say = self._say
        if settings.private:
            text, button = say("Only the member who used a command sees its answer."), ("off", say("Show to everybody"))
        else:
            text, button = say("Everybody in the channel sees the answers."), ("on", say("Show to the asker alone"))
        otherwise = say("With /ask, members can choose otherwise.")
        self._told(say("Who sees answers to commands"), say("{sentence} {next}", sentence=text, next=otherwise))
        self._press(part_id("private", button[0]), button[1])

    def _language(self, settings: ServerSettings) -> None:
        say = self._say
        own = say("Each member's own")
        shown = LANGUAGE_NAMES.get(settings.language or "", own)
        options = [_option(own, OWN, settings.language is None)]
        options += [_option(name, code, code == settings.language) for code, name in LANGUAGE_NAMES.items()]
        self._told(say("Language of my own words"), say("{language}. Quotations stay as they are.", language=shown))
        self._menu("language", options)

    def _length(self, settings: ServerSettings) -> None:
        say = self._say
        words = {
            Length.SHORT: say("Short: one passage at first"),
            Length.NORMAL: say("Normal: up to {count} passages at first", count=Length.NORMAL.passages),
            Length.LONG: say("Long: up to {count} passages at first", count=Length.LONG.passages),
        }
        self._told(say("Length of answers"), say("{length}; the others are a button away.", length=words[settings.length]))
        self._menu("length", [_option(text, str(length), length is settings.length) for length, text in words.items()])

    def _daily(self, settings: ServerSettings) -> None:
        say = self._say
        offered = sorted({*DAILY_CHOICES, *filter(None, [settings.daily_limit])})
        options = [_option(daily_words(None, say), NO_LIMIT, settings.daily_limit is None)]
        options += [_option(daily_words(count, say), str(count), count == settings.daily_limit) for count in offered]
        self._told(say("Questions a day for each member"), say("{limit}.", limit=daily_words(settings.daily_limit, say)))
        self._menu("daily", options)

    def _feedback(self, settings: ServerSettings, guild: discord.Guild) -> None:
        say, chosen = self._say, settings.feedback_channel
        self._told(say("Complaints about answers"), feedback_text(settings, guild, say))
        left = [chosen] if chosen and guild.get_channel(chosen) else []
        self._channel_menu("feedback", say("Pass complaints on to this channel"), FEEDBACK_CHANNELS, left, 1)
        if chosen:
            self._press(part_id("feedback", "none"), say("Nowhere"))

    # --- parts -----------------------------------------------------------------------------------------------------------

    def _told(self, heading: str, text: str) -> None:
        self._frame.add_item(ui.Separator())
        self._frame.add_item(ui.TextDisplay(f"**{heading}**\n{text}"))

    def _press(self, custom_id: str, label: str) -> None:
        # On a row of its own: beside a text it would leave that a narrow column on a phone.
        self._frame.add_item(ui.ActionRow(_button(custom_id, label)))

    def _menu(self, setting: str, options: list[discord.SelectOption]) -> None:
        self._frame.add_item(ui.ActionRow(ui.Select(custom_id=part_id(setting), options=options)))

    def _channel_menu(self, setting: str, hint: str, kinds: list[discord.ChannelType], chosen: Sequence[int], most: int) -> None:
        menu: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id=part_id(setting),
            placeholder=hint,
            channel_types=kinds,
            min_values=0,
            max_values=most,
            # One that has been deleted would make Discord refuse the whole message.
            default_values=[
                discord.SelectDefaultValue(id=channel, type=discord.SelectDefaultValueType.channel) for channel in chosen
            ],
        )
        self._frame.add_item(ui.ActionRow(menu))


def channels_text(settings: ServerSettings, guild: discord.Guild, say: Wording) -> str:
    """Where the bot answers, in words; channels that have been deleted are counted, for they have no name any more."""
    left = [mention(channel) for channel in sorted(settings.channels) if guild.get_channel(channel)]
    if not settings.channels:
        return say("Everywhere.")
    if not left:
        return say("Everywhere again, because every channel that was chosen has been deleted.")
    text = say("Only in {channels}, and in threads there.", channels=say(", ").join(left))
    if not (deleted := len(settings.channels) - len(left)):
        return text
    gone = say("Chosen, but deleted since: {count}.", count=deleted)
    return say("{sentence} {next}", sentence=text, next=gone)


def feedback_text(settings: ServerSettings, guild: discord.Guild, say: Wording) -> str:
    """Where complaints go, in words, and what is in the way."""
    if settings.feedback_channel is None:
        return say("Nowhere. They still count in the statistics.")
    channel = guild.get_channel(settings.feedback_channel)
    if channel is None:
        return say("The channel that was chosen has been deleted, so complaints go nowhere.")
    rights = channel.permissions_for(guild.me)
    text = say("{channel}, without the member's name.", channel=mention(channel.id))
    if rights.view_channel and rights.send_messages:
        return text
    warning = say("⚠️ I may not write there: give me View Channel and Send Messages.")
    return say("{sentence} {next}", sentence=text, next=warning)


def daily_words(count: int | None, say: Wording) -> str:
    """A daily limit in words."""
    if count is None:
        return say("No limit")
    return say("1 question a day") if count == 1 else say("{count} questions a day", count=count)


def reset_question(say: Wording) -> Panel:
    """What stands in the place of the settings until it is sure that all of them are to be forgotten."""
    yes = _button(part_id("reset", "yes"), say("Yes, reset"), discord.ButtonStyle.danger)
    keep = _button(part_id("reset", "no"), say("Keep them"))
    return Panel([bold(say("Put every setting back to what it was at first?"))], NOTICE_COLOUR, rows=[ui.ActionRow(yes, keep)])


def _button(custom_id: str, label: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary) -> ui.Button[Any]:
    return ui.Button(custom_id=custom_id, label=label, style=style)


def _option(label: str, value: str, chosen: bool) -> discord.SelectOption:
    return discord.SelectOption(label=label, value=value, default=chosen)
