"""`/settings` among people, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import logging
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord
from simcord.components import walk_components
from simcord.results import InteractionResult

from bot.bot_database import BotDatabaseError
from bot.client import CorpusBot
from bot.cogs.settings import RefusedError, changes_of, managed_guild
from bot.errors import UNFORESEEN
from bot.panels import COMPONENTS_TOTAL, TEXTS_TOTAL
from bot.server_settings import MOST_CHANNELS, MOST_DAILY, Length, ServerSettings, may_answer_in, where_sentence
from bot.services import Services
from bot.settings import Settings
from bot.settings_panel import DAILY_CHOICES, LANGUAGE_NAMES, SettingsPanel
from bot.wording import ENGLISH, LANGUAGES, wording
from tests.bot.discord_server import Server, members_read
from tests.end_to_end.api_schema import openapi_path, schema_errors
from tests.end_to_end.loopback.traffic import RecordedRequest

MENU, BUTTON, CHANNEL_MENU, TEXT = 3, 2, 8, 10  # kinds of components, as Discord numbers them


class Opened:
    """The message with the settings, as its owner sees it by now."""

    def __init__(self, server: Server, owner: simcord.MemberActor, message: Any) -> None:
        self.server, self.owner, self.message = server, owner, message
        self.pressed: InteractionResult | None = None

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Everything in it, as it was sent."""
        stored = self.server.env.backend.get_message(self.message.channel_id, self.message.id)
        parts = list(walk_components(stored.components))
        assert stored.flags & 64, "seen by others"
        assert len(parts) <= COMPONENTS_TOTAL and sum(len(part.get("content", "")) for part in parts) <= TEXTS_TOTAL
        return parts

    @property
    def text(self) -> str:
        """Its words."""
        return "\n".join(part["content"] for part in self.parts if part["type"] == TEXT)

    @property
    def labels(self) -> list[str]:
        """Its buttons."""
        return [part["label"] for part in self.parts if part["type"] == BUTTON]

    def menu(self, setting: str) -> dict[str, Any]:
        """One of its menus."""
        (menu,) = (part for part in self.parts if part.get("custom_id") == f"settings:{setting}")
        return menu

    def marked(self, setting: str) -> list[str]:
        """What a menu shows as chosen: values, or ids of channels."""
        menu = self.menu(setting)
        if menu["type"] == CHANNEL_MENU:
            return [str(value["id"]) for value in menu.get("default_values", [])]
        return [option["value"] for option in menu["options"] if option.get("default")]

    async def press(self, label: str) -> None:
        """Its owner presses a button."""
        self.pressed = await self.owner.click(self.message, label=label)

    async def choose(self, setting: str, *values: Any) -> None:
        """Its owner chooses in a menu."""
        self.pressed = await self.owner.select(self.message, values, custom_id=f"settings:{setting}")


async def opened(server: Server, by: simcord.MemberActor | None = None) -> Opened:
    """The settings, opened by the administrator or another."""
    owner = by or server.administrator
    result = await owner.slash(server.channel, "settings")
    assert result.response is not None and result.response.ephemeral
    return Opened(server, owner, result.response)


def settings_of(server: Server) -> ServerSettings:
    """What the database has by now."""
    return server.client.server_settings.of(server.guild.id)


def organiser(server: Server) -> simcord.MemberActor:
    """Somebody else who manages the server, without being an administrator."""
    role = server.guild.create_role("organisers", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user("olga"), roles=[role])


def take_roles(server: Server, actor: simcord.MemberActor) -> None:
    """Somebody loses every right that a role gave."""
    server.env.backend.edit_member(server.guild.id, actor.id, {"role_ids": []})


async def allow_to_all(server: Server) -> None:
    """The server's owner shows the command to everybody."""
    with server.env._bot_scope():
        commands = await server.client.tree.fetch_commands()
    (command,) = (command for command in commands if command.name == "settings")
    server.guild.set_command_permissions(command.id, {server.member: True})


# --- what it shows ---------------------------------------------------------------------------------------------------


async def test_every_setting_is_said_in_words(server: Server) -> None:
    """In one message that only its owner sees, each with the means to change it."""
    panel = await opened(server)
    for words in (
        "### Settings for ", "**Where I answer**\nEverywhere.", "I answer when somebody mentions me",
        "Everybody in the channel sees the answers.", "Each member's own. Quotations stay as they are.",
        "Normal: up to 3 passages at first", "**Questions a day for each member**\nNo limit.", "Nowhere. They still count",
    ):  # fmt: skip
        assert words in panel.text
    assert panel.labels == ["Turn off", "Show to the asker alone", "Reset everything"]
    assert [panel.marked(name) for name in ("language", "length", "daily")] == [["own"], ["normal"], ["none"]]
    assert panel.marked("channels") == panel.marked("feedback") == []


async def test_the_fullest_message_is_within_discords_limits(server: Server) -> None:
    """With every channel that can be chosen and the longest name, in every language."""
    channels = [server.guild.create_text_channel(f"room-{number}") for number in range(MOST_CHANNELS)]
    await server.env.settle()
    settings = ServerSettings(frozenset(channel.id for channel in channels), False, True, "zh", Length.LONG, 37, channels[0].id)
    guild = server.client.get_guild(server.guild.id)
    assert guild is not None
    guild.name = "#" * 100
    for language in (ENGLISH, *LANGUAGES):
        panel = SettingsPanel(settings, guild, wording(language))
        assert panel.total_children_count <= COMPONENTS_TOTAL and panel.content_length() <= TEXTS_TOTAL
        for item in panel.walk_children():
            if isinstance(item, discord.ui.Select):
                assert len(item.options) <= 25 and all(len(option.label) <= 100 for option in item.options)
            if isinstance(item, discord.ui.Button):
                assert item.label and len(item.label) <= 80


@pytest.mark.skipif(openapi_path() is None, reason="Discord's OpenAPI document is not at this workplace")
async def test_discords_own_document_takes_every_request(server: Server) -> None:
    """What a press sends is what Discord says that it takes, with channels chosen and without, and while it asks."""
    panel = await opened(server)
    await panel.choose("channels", server.channel)
    await panel.choose("feedback", server.channel)
    await panel.press("Reset everything")
    bodies = [entry.json for entry in server.env.http_requests if entry.method == "PATCH" and entry.path.endswith("/@original")]
    assert len(bodies) == 4
    route = "/webhooks/{webhook_id}/{webhook_token}/messages/@original"
    assert not schema_errors(RecordedRequest("PATCH", route, route, {}, {}, {}, body) for body in bodies)


async def test_a_servers_name_makes_no_markup(server: Server) -> None:
    """It is shown letter for letter, and pings nobody."""
    server.env.backend.edit_guild(server.guild.id, {"name": "@everyone **[x](https://x.test)**"})
    await server.env.settle()
    assert "\\@everyone \\*\\*\\[x\\]\\(https\\://x.test\\)\\*\\*" in (await opened(server)).text


def test_the_menus_offer_what_can_be_set() -> None:
    """Every language that the bot has words in, and numbers from the least to the most that a server may set."""
    assert set(LANGUAGE_NAMES) == {ENGLISH, *LANGUAGES}
    assert list(DAILY_CHOICES) == sorted(set(DAILY_CHOICES)) and len(DAILY_CHOICES) == 23
    assert (DAILY_CHOICES[0], DAILY_CHOICES[-1]) == (1, MOST_DAILY)


async def test_a_number_that_no_menu_offers_is_shown(server: Server) -> None:
    """It may have been set by other means; the menu marks it, and holds no more than Discord lets it."""
    server.client.server_settings.change(server.guild.id, daily_limit=37)
    panel = await opened(server)
    assert "37 questions a day." in panel.text and panel.marked("daily") == ["37"]
    assert len(panel.menu("daily")["options"]) == 25
    await panel.choose("daily", str(MOST_DAILY))
    assert settings_of(server).daily_limit == MOST_DAILY


@pytest.mark.parametrize("locale", ["de", "es-ES", "zh-CN", "fr"])
async def test_the_message_is_in_its_owners_language(server: Server, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Also what is drawn anew after a press; a language that the bot has no words in gets English."""
    members_read(monkeypatch, locale)
    panel = await opened(server)
    say = wording(locale.split("-")[0])
    for _ in range(2):
        assert f"**{say('Where I answer')}**" in panel.text
        await panel.choose("length", "short")


# --- what it changes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "value", "field", "stored", "words"),
    [
        ("language", "zh", "language", "zh", "中文. Quotations stay as they are."),
        ("language", "en", "language", "en", "English. Quotations"),
        ("length", "short", "length", Length.SHORT, "Short: one passage at first; the others"),
        ("length", "long", "length", Length.LONG, "Long: up to 5 passages at first; the others"),
        ("daily", "1", "daily_limit", 1, "1 question a day."),
        ("daily", "1000", "daily_limit", 1000, "1000 questions a day."),
    ],
)
async def test_a_choice_counts_at_once(server: Server, setting: str, value: str, field: str, stored: Any, words: str) -> None:
    """It is written, and the same message says so and marks it; choosing the first option again takes it back."""
    panel = await opened(server)
    first = panel.marked(setting)
    await panel.choose(setting, value)
    assert settings_of(server) == ServerSettings(**{field: stored})
    assert words in panel.text and panel.marked(setting) == [value]
    await panel.choose(setting, *first)
    assert settings_of(server) == ServerSettings()


@pytest.mark.parametrize(
    ("press", "back", "changed", "words"),
    [
        ("Turn off", "Turn on", {"mentions": False}, "I answer commands only"),
        ("Show to the asker alone", "Show to everybody", {"private": True}, "Only the member who used a command"),
    ],
)
async def test_a_button_turns_a_setting_over(server: Server, press: str, back: str, changed: dict[str, bool], words: str) -> None:
    """The message says what is the case now and offers the other."""
    panel = await opened(server)
    await panel.press(press)
    assert settings_of(server) == ServerSettings(**changed)
    assert words in panel.text and press not in panel.labels
    await panel.press(back)
    assert settings_of(server) == ServerSettings() and press in panel.labels


async def test_channels_are_chosen_and_taken_back(server: Server) -> None:
    """By their present names; emptying the menu, or a button, means everywhere."""
    other = server.guild.create_text_channel("archive")
    panel = await opened(server)
    for empty in (lambda: panel.press("Everywhere"), lambda: panel.choose("channels")):
        await panel.choose("channels", other, server.channel)
        assert settings_of(server).channels == {other.id, server.channel.id}
        shown = ", ".join(f"<#{number}>" for number in sorted((other.id, server.channel.id)))
        assert f"Only in {shown}, and in threads there." in panel.text
        assert sorted(panel.marked("channels")) == sorted((str(other.id), str(server.channel.id)))
        await empty()
        assert settings_of(server) == ServerSettings() and "Everywhere" not in panel.labels


async def test_a_feedback_channel_is_chosen_and_taken_back(server: Server) -> None:
    """With a button, or by emptying the menu."""
    panel = await opened(server)
    for empty in (lambda: panel.press("Nowhere"), lambda: panel.choose("feedback")):
        await panel.choose("feedback", server.channel)
        assert settings_of(server).feedback_channel == server.channel.id
        assert f"<#{server.channel.id}>, without the member's name." in panel.text and "⚠️" not in panel.text
        await empty()
        assert settings_of(server) == ServerSettings() and "Nowhere" not in panel.labels


async def test_a_feedback_channel_that_is_closed_to_the_bot_is_told(server: Server) -> None:
    """Rather than complaints that get lost in silence."""
    panel = await opened(server)
    closed = server.guild.create_text_channel(
        "closed", overwrites={server.guild.default_role: discord.PermissionOverwrite(send_messages=False)}
    )
    await panel.choose("feedback", closed)
    assert settings_of(server).feedback_channel == closed.id
    assert "⚠️ I may not write there: give me View Channel and Send Messages." in panel.text


async def test_everything_is_reset_after_a_second_press(server: Server) -> None:
    """The first one only asks; whoever keeps the settings has them as before."""
    panel = await opened(server)
    await panel.choose("daily", "20")
    await panel.press("Turn off")
    before = settings_of(server)
    await panel.press("Reset everything")
    assert panel.text == "**Put every setting back to what it was at first?**" and settings_of(server) == before
    await panel.press("Keep them")
    assert settings_of(server) == before and "Reset everything" in panel.labels
    await panel.press("Reset everything")
    await panel.press("Yes, reset")
    assert settings_of(server) == ServerSettings() and "No limit." in panel.text and "Reset everything" in panel.labels


async def test_each_press_is_acknowledged_before_anything_is_read(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database that is slow, such as during a backup, makes no "interaction failed"."""
    panel = await opened(server)
    sent: list[int] = []
    change = server.client.server_settings.change

    def watched(*arguments: Any, **named: Any) -> ServerSettings:
        sent.append(sum("/callback" in entry.path for entry in server.env.http_requests))
        return change(*arguments, **named)

    monkeypatch.setattr(server.client.server_settings, "change", watched)
    await panel.choose("daily", "20")
    assert sent == [2] and panel.pressed is not None and panel.pressed.acknowledged


def test_a_part_that_is_none_changes_nothing() -> None:
    """An id that the message never had is an error, not a setting."""
    for setting in ("colour", ""):
        with pytest.raises(ValueError, match="no setting"):
            changes_of(setting, None, ["red"])


# --- who may ---------------------------------------------------------------------------------------------------------


async def test_the_command_is_for_those_who_manage_a_server(server: Server) -> None:
    """Discord is told so, and that there is none in direct messages."""
    assert "settings" in server.administrator.available_commands(server.channel)
    assert "settings" in organiser(server).available_commands(server.channel)
    assert "settings" not in server.member.available_commands(server.channel)
    assert "settings" not in server.administrator.user.available_commands()
    command = server.client.tree.get_command("settings")
    assert command is not None
    sent = command.to_dict(server.client.tree)
    assert sent["contexts"] == sent["integration_types"] == [0]  # servers, and installed there


async def test_a_member_whom_discord_lets_is_refused(server: Server) -> None:
    """A server can show the command to anybody: the bot itself refuses, in words that only they see."""
    await allow_to_all(server)
    panel = await opened(server, server.member)
    assert panel.text == "Only members with the right Manage Server can see and change these settings."
    assert not panel.labels


async def test_who_manages_the_server_needs_no_more(server: Server) -> None:
    """Not administrators alone."""
    panel = await opened(server, organiser(server))
    await panel.press("Turn off")
    assert not settings_of(server).mentions


async def test_whoever_loses_the_right_changes_nothing_more(server: Server) -> None:
    """The message that was open ends at the next press, and has nothing left to press."""
    olga = organiser(server)
    panel = await opened(server, olga)
    take_roles(server, olga)
    await panel.choose("daily", "20")
    assert settings_of(server) == ServerSettings()
    assert panel.text == "Only members with the right Manage Server can see and change these settings."
    assert not any("custom_id" in part for part in panel.parts)


async def test_the_message_belongs_to_whoever_opened_it(server: Server) -> None:
    """Others do not see it, so that there is nothing for them to press."""
    panel = await opened(server)
    assert not server.from_bot()
    for other in (server.member, organiser(server)):
        with pytest.raises(Exception, match=r"visible|ephemeral|see"):
            await other.click(panel.message, label="Turn off")
    assert settings_of(server) == ServerSettings()


@pytest.mark.parametrize("language", [ENGLISH, *LANGUAGES])
def test_direct_messages_have_no_settings(language: str) -> None:
    """Should Discord ever offer the command there, the bot says where it belongs."""
    pressed: Any = SimpleNamespace(guild_id=None, permissions=discord.Permissions.all())
    say = wording(language)
    with pytest.raises(RefusedError) as refused:
        managed_guild(pressed, say)
    assert str(refused.value) == say("Settings belong to a server. Use the command there.")


# --- what may happen meanwhile ---------------------------------------------------------------------------------------


async def test_two_administrators_overwrite_nothing_of_each_others(server: Server) -> None:
    """Each press changes one setting and shows what the other has set meanwhile."""
    first, second = await opened(server), await opened(server, organiser(server))
    await first.choose("daily", "20")
    await second.choose("language", "de")
    assert settings_of(server) == ServerSettings(daily_limit=20, language="de")
    assert "20 questions a day." in second.text and "Deutsch" in second.text
    assert "Deutsch" not in first.text
    await first.press("Turn off")
    assert "Deutsch" in first.text


async def test_two_who_press_the_same_button_agree(server: Server) -> None:
    """A button says what to have, not "the other": the second press undoes nothing."""
    first, second = await opened(server), await opened(server, organiser(server))
    await first.press("Turn off")
    await second.press("Turn off")
    assert settings_of(server) == ServerSettings(mentions=False)
    assert "Turn on" in second.labels


async def test_a_message_from_before_a_restart_works(server: Server, services: Services, settings: Settings) -> None:
    """Its menus and buttons go on, and the settings are as they were; so is the question about resetting."""
    panel, asking = await opened(server), await opened(server)
    await panel.choose("daily", "20")
    await asking.press("Reset everything")
    fresh = CorpusBot(services, settings.data_dir)
    await server.env.restart_bot(fresh)
    assert fresh.server_settings.of(server.guild.id) == ServerSettings(daily_limit=20)
    await panel.choose("feedback", server.channel)
    await panel.press("Turn off")
    expected = ServerSettings(daily_limit=20, feedback_channel=server.channel.id, mentions=False)
    assert fresh.server_settings.of(server.guild.id) == expected and "Turn on" in panel.labels
    await asking.press("Yes, reset")
    assert fresh.server_settings.of(server.guild.id) == ServerSettings()
    fresh.database.close()


async def test_a_server_that_the_bot_has_left(server: Server) -> None:
    """A message that is still open says so and ends; the settings stay for an invitation."""
    panel = await opened(server)
    await panel.choose("daily", "20")
    server.client._connection._remove_guild(server.client.get_guild(server.guild.id))  # type: ignore[arg-type]
    await panel.press("Turn off")
    assert panel.text == "I am not on this server any more, so nothing can be set. Invite me again first."
    assert not any("custom_id" in part for part in panel.parts)
    assert settings_of(server) == ServerSettings(daily_limit=20)


async def test_leaving_a_server_keeps_its_settings(server: Server) -> None:
    """An invitation brings them back."""
    server.client.server_settings.change(server.guild.id, private=True)
    server.env.backend.remove_guild(server.guild.id)
    await server.env.settle()
    assert settings_of(server) == ServerSettings(private=True)


async def test_deleted_channels_are_told_and_lock_nobody_out(server: Server) -> None:
    """What is left counts; where nothing is left the bot answers everywhere, and the message says why."""
    doomed, other = server.guild.create_text_channel("doomed"), server.guild.create_text_channel("other")
    panel = await opened(server)
    await panel.choose("channels", doomed, server.channel)
    await panel.choose("feedback", doomed)
    server.env.backend.delete_channel(doomed.id)
    panel = await opened(server)
    assert f"Only in <#{server.channel.id}>, and in threads there. Chosen, but deleted since: 1." in panel.text
    assert "The channel that was chosen has been deleted, so complaints go nowhere." in panel.text
    assert panel.marked("channels") == [str(server.channel.id)] and panel.marked("feedback") == []
    settings, here, there = settings_of(server), *map(server.client.get_channel, (server.channel.id, other.id))
    assert may_answer_in(settings, here) and not may_answer_in(settings, there)
    server.env.backend.delete_channel(server.channel.id)
    await server.env.settle()
    assert may_answer_in(settings, there)
    result = await server.administrator.slash(other, "settings")
    panel = Opened(server, server.administrator, result.response)
    assert "Everywhere again, because every channel that was chosen has been deleted." in panel.text
    await panel.press("Everywhere")
    assert settings_of(server).channels == frozenset()


async def test_threads_and_categories_belong_to_what_was_chosen(server: Server) -> None:
    """A thread is as its channel, a channel as its category; the sentence elsewhere names what was chosen."""
    category = server.guild.create_category("newsroom")
    inside = server.guild.create_text_channel("desk", category=category)
    for parent in (inside, server.channel):
        server.env.backend.create_thread(parent.id, "a talk", server.member.id)
    await server.env.settle()
    panel = await opened(server)
    await panel.choose("channels", category)
    settings, guild = settings_of(server), server.client.get_guild(server.guild.id)
    assert guild is not None
    open_to = {channel.id: may_answer_in(settings, channel) for channel in (*guild.channels, *guild.threads)}
    (thread,), (outside,) = inside.threads, server.channel.threads
    assert open_to[category.id] and open_to[inside.id] and open_to[thread.id]
    assert not open_to[server.channel.id] and not open_to[outside.id]
    assert where_sentence(settings, guild, wording()) == f"On this server I answer only in <#{category.id}>."


async def test_a_database_that_fails_is_told(
    faulty_server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In a sentence for whoever pressed; the message stays as it was, and the log holds no path and no name."""
    panel = await opened(faulty_server)
    before = panel.text

    def fail(*arguments: Any, **named: Any) -> ServerSettings:
        raise BotDatabaseError("/secret/bot.db: disk I/O error")

    monkeypatch.setattr(faulty_server.client.server_settings, "change", fail)
    with caplog.at_level(logging.INFO):
        await panel.press("Turn off")
    assert panel.pressed is not None
    (told,) = panel.pressed.followups
    assert told.ephemeral and told.content == UNFORESEEN
    assert panel.text == before and "secret" not in caplog.text


async def test_what_is_sent_is_one_message(server: Server) -> None:
    """Presses edit it; nothing is posted besides, and nothing is shown in the channel."""
    panel = await opened(server)
    before = len(server.env.http_requests)
    await panel.choose("length", "long")
    await panel.press("Turn off")
    assert [entry.method for entry in server.env.http_requests[before:]] == ["POST", "PATCH"] * 2
    assert not server.from_bot()
