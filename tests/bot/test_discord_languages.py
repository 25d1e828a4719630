"""What members see whose Discord is in another language, in simcord's Discord: not a word of ours in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import simcord
from simcord.components import walk_components

from bot.services import Services
from bot.settings import Settings
from corpus.scripts import HAN_LETTER
from tests.bot.discord_server import Server, WatchingEncoder, members_read, running
from tests.bot.sample_metrics import ROOFS_2024, ROOFS_QUESTION, metric_settings
from tests.bot.test_wording import texts_in_code
from tests.fake_encoder import FakeEncoder

CHINESE = "zh-CN"
WORDS = re.compile(r"\{\w+\}")
# What is left of our texts between their braces, where it is words enough not to stand in an article by chance.
OURS = {part.strip() for text in texts_in_code() for part in WORDS.split(text) if len(part.strip()) > 12 and " " in part.strip()}
COMMANDS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("ask", {"question": ROOFS_QUESTION}),
    ("ask", {"question": "Which penguin won the chess tournament?", "private": True}),
    ("ask", {"question": ROOFS_QUESTION, "since": "2024-06-01"}),
    ("ask", {"question": ROOFS_QUESTION, "publisher": "Nobody's Gazette"}),
    ("ask", {"question": ROOFS_QUESTION, "since": "the day before"}),
    ("help", {}),
    ("settings", {}),
    ("stats", {"export": True}),
    ("privacy", {}),
    ("article list", {}),
    ("article show", {"name": "goats"}),
    ("article show", {"name": "zither"}),
    ("metric list", {}),
    ("metric show", {"name": "solar-roofs"}),
    ("metric show", {"name": "zither"}),
    ("metric show", {"name": "Ferry fares"}),
    ("metric compare", {"name": "solar-roofs"}),
    ("metric search", {"words": "mountain goats"}),
    ("metric search", {"words": "zither strings"}),
    ("metric export", {"name": "solar-roofs"}),
    ("check", {"quotation": ROOFS_2024.text.replace("9,100", "9,200")}),
    ("check", {"quotation": "“”"}),
    ("reindex", {}),
)


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    return WatchingEncoder()


def strings(part: Any) -> Iterator[str]:
    """Every text in a message as Discord has it, with labels, hints and footers."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [value] if key in SHOWN and isinstance(value, str) else strings(value)
    elif isinstance(part, list):
        for one in part:
            yield from strings(one)


SHOWN = {"content", "label", "placeholder", "description", "text", "title"}


def shown(result: simcord.InteractionResult) -> str:
    """All that a member is shown in answer to a command."""
    assert result.response is not None
    found = []
    for one in (result.response, *result.followups):
        found += [one.content, *(text for part in walk_components(one.components) for text in strings(part))]
        found += [text for embed in one.embeds for text in strings(embed.to_dict())]
        found += [attachment.description or "" for attachment in one.attachments]
    return "\n".join(found)


def english_in(text: str) -> list[str]:
    """Our English words that a text still has."""
    return [words for words in OURS if words in text]


@pytest.mark.parametrize("locale", [CHINESE, "zh-TW", "de", "es-ES", "es-419"])
async def test_every_command_answers_in_the_members_language(
    server: Server, monkeypatch: pytest.MonkeyPatch, locale: str
) -> None:
    """Answers, refusals, charts, tables, buttons and menus; only what stands in articles stays as it is."""
    members_read(monkeypatch, locale)
    for command, options in COMMANDS:
        # A member may ask only so much a minute; what counts here is each answer by itself.
        server.client.limits.__init__()  # type: ignore[misc]
        text = shown(await server.administrator.slash(server.channel, command, **options))
        assert text.strip() and not english_in(text), (command, english_in(text))
        assert HAN_LETTER.search(text) or not locale.startswith("zh"), command


async def test_members_without_rights_are_refused_in_their_language(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a server's settings show a command to everybody."""
    members_read(monkeypatch, CHINESE)
    with server.env._bot_scope():
        ids = {one.name: one.id for one in await server.client.tree.fetch_commands()}
    for command, sentence in {
        "reindex": "只有此服务器的管理员可以重建档案库。",
        "stats": "只有可以管理此服务器的人才能查看统计。",
        "settings": "只有拥有“管理服务器”权限的成员可以查看和更改这些设置。",
    }.items():
        server.guild.set_command_permissions(ids[command], {server.member: True})
        assert set(shown(await server.member.slash(server.channel, command)).split("\n")) - {""} == {sentence}


async def test_menus_of_messages_answer_in_chinese(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers beside numbers, and a quotation with what differs."""
    members_read(monkeypatch, CHINESE)
    said = "The number of solar roofs in Vetluga was 9,500 by the end of 2024."
    message = await server.administrator.send(server.channel, said)
    for menu in ("Find in the articles", "Check this quotation"):
        text = shown(await server.member.context_menu(server.channel, menu, message))
        assert HAN_LETTER.search(text) and not english_in(text)


async def test_a_metrics_figures_are_compared_in_chinese(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Heading, how they stand to each other, and the words for those who cannot see the chart."""
    members_read(monkeypatch, CHINESE)
    text = shown(await server.member.slash(server.channel, "metric show", name="solar-roofs"))
    assert "**相互关系**" in text and "时间均不相同" in text
    assert "图表：太阳能屋顶数量。7,300" in text.replace("。 ", "。") and "已公布" in text


async def test_help_says_what_each_command_does_in_chinese(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands to press on are worded by Discord itself; menus of messages have their Chinese names."""
    members_read(monkeypatch, CHINESE)
    text = shown(await server.administrator.slash(server.channel, "help"))
    assert "向文章提问。" in text and "随时间变化的图表" in text and "*核对这段引文*" in text
    assert "`/ask`" not in text and "`/metric" not in text


@pytest.mark.parametrize("failure", [None, RuntimeError("x")])
async def test_errors_are_told_in_chinese(settings: Settings, monkeypatch: pytest.MonkeyPatch, failure: Exception | None) -> None:
    """No index yet, or something nobody foresaw: a sentence that the member can read."""
    members_read(monkeypatch, CHINESE)
    services = Services(settings, FakeEncoder())

    def fail(*arguments: object) -> None:
        assert failure
        raise failure

    try:
        async with running(services, settings, check_errors=False) as server:
            if failure:
                monkeypatch.setattr(services, "generation", fail)
            for command, options in (("ask", {"question": "谁？"}), ("metric list", {})):
                text = shown(await server.member.slash(server.channel, command, **options))
                assert ("/重建" in text) == (failure is None) and HAN_LETTER.search(text) and not english_in(text)
    finally:
        services.close()
