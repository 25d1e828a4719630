"""Everything that the bot sends is what Discord takes: all commands, buttons, menus, forms and messages, in two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.answer_records import KEPT_DAYS
from bot.question_limits import QuestionLimits, Rate
from bot.services import Services
from bot.settings import Settings, load_settings
from corpus.article import Article
from tests.bot.discord_drive import Drive, everything
from tests.bot.discord_server import Server, faults_of, running
from tests.bot.sample_articles import write_collection
from tests.bot.sample_metrics import ARTICLES, CATALOGUE, HOSTILE, ROOFS_2023, ROOFS_QUESTION

MESSAGE_MENU = discord.AppCommandType.message
LAMPS = "How many lamps do lighthouses have?"
OFF_SUBJECT = "Which penguin won the chess tournament?"
# Many enough for pages of the list and of an answer, with what makes Discord's markup where it is not escaped.
LIGHTHOUSES = tuple(
    Article(
        id=f"lighthouse-{number}",
        title=f"Lighthouse **{number}** @everyone [x](https://evil.example)",
        publisher="Coast `Review`" if number % 2 else "Harbour Gazette",
        published_on=dt.date(2020 + number, 3, 5),
        url=f"https://coast.example/a_(b)/{number}?q=)",
        text=f"Keepers count them. In all, lighthouses number {number} have {number + 20} lamps. Gulls do not mind.",
    )
    for number in range(1, 10)
)
TYPED = ("", "roof", "灯", "@everyone `", "x" * 100)
# What each command is given; a command that is missing here fails the test.
GIVEN: dict[str, list[dict[str, Any]]] = {
    "ask": [
        {"question": LAMPS},
        {"question": LAMPS, "article": "lighthouse-1", "publisher": "Coast `Review`", "since": "2020", "until": "2025"},
        {"question": "灯塔有多少盏灯？", "private": True},
        {"question": ROOFS_QUESTION},
        {"question": OFF_SUBJECT},
        {"question": OFF_SUBJECT, "article": "@everyone [x](https://evil.example)", "publisher": "**nobody**"},
        {"question": LAMPS, "since": "<@42>"},
    ],
    "article list": [{}],
    "article show": [
        {"name": "lighthouse-1"},
        {"name": HOSTILE.id},
        {"name": "roofs-2024"},
        {"name": "[x](https://evil.example)"},
    ],
    "check": [{"quotation": ROOFS_2023.text}, {"quotation": f"> {HOSTILE.text} never"}, {"quotation": "**"}],
    "help": [{}],
    "metric show": [{"name": "solar-roofs"}, {"name": "`@everyone`"}],
    "metric compare": [{"name": "solar-roofs"}, {"name": "solar-roofs", "other": "mountain-goats"}],
    "metric list": [{}],
    "metric search": [{"words": "roofs"}, {"words": "<@42>"}],
    "metric export": [{"name": "solar-roofs", "format": form} for form in ("csv", "json")] + [{"name": "[x](y)"}, {}],
    "privacy": [{}],
}
FOR_ADMINISTRATORS: dict[str, list[dict[str, Any]]] = {
    "settings": [{}],
    "stats": [{"days": 7, "export": True}, {}],
    "reindex": [{}],
}
MESSAGES = (
    f"He said: “{ROOFS_2023.text}” <@42> **9,100** solar roofs in Vetluga by the end of 2024 or 12% of @everyone",
    "No, lighthouses have 23 lamps! [x](https://evil.example)",
    "🙂",
)
FORMAT_NAMES = {"parquet", "xlsx"}  # formats that a command may offer, and this machine may not have the library for


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has pages, series, and hostile words."""
    (home / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    folder = write_collection(home / "articles", (*ARTICLES, *LIGHTHOUSES))
    return load_settings(collection_dir=folder, data_dir=home / "data", catalogue_file=home / "catalogue.toml")


@pytest.fixture
async def server(services: Services, settings: Settings) -> AsyncIterator[Server]:
    """A server whose bot must not raise, and lets its members ask as fast as they can."""
    async with running(services, settings) as made:
        made.client.limits = QuestionLimits(asked_today=lambda server_id, user_id: 0, member_rate=Rate(1000, 1.0))
        yield made


async def use_everything(drive: Drive, server: Server) -> None:
    """All commands as a member, as an administrator and in direct messages, and everything that they show."""
    member, user, administrator = server.member, server.member.user, server.administrator
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, feedback_channel=office.id)
    for command in server.client.tree.walk_commands():
        if command.qualified_name in GIVEN:
            for number, given in enumerate(GIVEN[command.qualified_name]):
                for actor in (member, administrator, user) if not number else (member,):
                    await drive.command(actor, command.qualified_name, **given)
        for option in getattr(command, "parameters", ()):
            for typed in TYPED if option.autocomplete else ():
                await member.autocomplete(server.channel, command.qualified_name, option.display_name, typed)


async def look_up_messages(drive: Drive, server: Server) -> None:
    """Both menus on messages of several kinds."""
    messages = [await server.administrator.send(server.channel, content) for content in MESSAGES]
    messages += [await server.administrator.send(server.channel, "", attachments=[("a.png", b"x")]), server.from_bot()[0]]
    for menu in server.client.tree.walk_commands(type=MESSAGE_MENU):
        for message in messages:
            await drive.press_all(server.member, await server.member.context_menu(server.channel, menu.name, message))


async def talk(drive: Drive, server: Server) -> None:
    """Mentions, replies, a thread, direct messages; a question that the bot has no words for; then a new server."""
    (answer,) = await server.say(f"{server.mention} {LAMPS}")
    await server.say(f"{server.mention} And of 2023?", reply_to=answer)
    await server.say(f"{server.mention}")
    server.env.backend.create_thread(server.channel.id, "a talk", server.member.id)
    await server.env.settle()
    await server.member.send(server.channel.threads[0], f"{server.mention} {OFF_SUBJECT}")
    for content in (LAMPS, "灯塔有多少盏灯？", "🙂", "@everyone " * 200):
        await server.member.send_dm(content)


async def administer(drive: Drive, server: Server) -> None:
    """What only those who manage the server can use, and how the bot keeps to what they set."""
    for name, given in FOR_ADMINISTRATORS.items():
        for options in given:
            await drive.command(server.administrator, name, **options)
    other = server.guild.create_text_channel("other")
    await server.env.settle()
    server.client.server_settings.change(server.guild.id, channels=frozenset({server.channel.id}), daily_limit=1, language="zh")
    assert (await server.member.slash(other, "ask", question=LAMPS)).ephemeral
    for _ in range(2):
        await drive.command(server.member, "ask", question=LAMPS)


async def expire(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """The buttons of old answers go."""
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=KEPT_DAYS + 1)
    monkeypatch.setattr(server.client.answer_records, "_now", lambda: later)
    with server.env._bot_scope():
        await server.client.button_desk.take_buttons_away()


@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
async def test_everything_that_is_sent_is_what_discord_takes(
    server: Server, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    """Each request of each command, button, menu, form and message, and nothing that the bot offers is left untried."""
    drive = Drive(server, monkeypatch, locale)
    await talk(drive, server)
    await use_everything(drive, server)
    await look_up_messages(drive, server)
    await administer(drive, server)
    await expire(server, monkeypatch)
    server.env.create_guild("**@everyone**", preferred_locale=locale).create_text_channel("hall")
    await server.env.settle()
    assert faults_of(server.env) == []
    offered = {name for name in everything(server.client) if name.rpartition("=")[2] not in FORMAT_NAMES}
    assert offered - drive.tried == set()
