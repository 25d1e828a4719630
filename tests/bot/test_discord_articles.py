"""`/article …` among people, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import ui

from bot.panels import COMPONENTS_TOTAL, TEXTS_TOTAL
from bot.render import escape
from bot.services import Services
from bot.settings import Settings
from corpus.article import Article
from embeddings.errors import ModelError
from tests.bot.discord_server import Server, WatchingEncoder, members_read, running
from tests.bot.sample_articles import write_collection
from tests.bot.sample_metrics import HOSTILE, ROOFS_2024, metric_settings

QUESTION = "How many solar roofs were there in Vetluga by the end of 2024?"


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def encoder() -> WatchingEncoder:
    """The encoder of `services`."""
    return WatchingEncoder()


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members whose Discord is in Chinese."""
    members_read(monkeypatch, "zh-CN")


def text_of(message: discord.Message) -> str:
    """All texts of a panel, which must be within Discord's limits."""
    view = ui.LayoutView.from_message(message)
    texts = [one.content for one in view.walk_children() if isinstance(one, ui.TextDisplay)]
    assert sum(map(len, texts)) <= TEXTS_TOTAL and view.total_children_count <= COMPONENTS_TOTAL
    return "\n".join(texts)


def ids_of(message: discord.Message) -> list[str]:
    """The ids of its buttons and menus."""
    view = ui.LayoutView.from_message(message)
    return [str(one.custom_id) for one in view.walk_children() if isinstance(one, (ui.Button, ui.Select))]


def add_articles(services: Services, count: int) -> None:
    """Make the collection larger by articles of one sentence each."""
    more = tuple(Article(f"news-{n:02}", f"Salt number {n} is white.", title=f"News {n}") for n in range(count))
    write_collection(services.settings.collection_dir, more)
    services.rebuild()


# --- /article show ---------------------------------------------------------------------------------------------------


async def test_an_article_is_shown_with_all_there_is(server: Server) -> None:
    """Source, key sentences verbatim, figures, questions; for all to see."""
    result = await server.member.slash(server.channel, "article show", name=ROOFS_2024.id)
    assert result.response is not None and not result.response.ephemeral
    shown = text_of(result.response.message)
    assert shown.startswith("**Blue again**\nNorthern Courier · 5 Mar 2025 · ")
    assert f"> {escape(ROOFS_2024.text)}\n-# ¶ 1" in shown
    assert "Number of solar roofs\\: 9,100" in shown and f"› {QUESTION}" in shown


async def test_show_is_acknowledged_before_questions_are_tried(server: Server, encoder: WatchingEncoder) -> None:
    """Discord waits three seconds; the questions are asked of the bot after that."""
    encoder.sent_before.clear()
    already = len(server.env.http_requests)
    await server.member.slash(server.channel, "article show", name="goats")
    assert encoder.sent_before and min(encoder.sent_before.values()) == already + 1


async def test_a_question_from_the_menu_is_answered(server: Server) -> None:
    """As if it had been given to /ask: with the quotation of that very article."""
    result = await server.member.slash(server.channel, "article show", name=ROOFS_2024.id)
    assert result.response is not None
    answered = await server.member.select(result.response.message, [QUESTION], custom_id="starter:ask")
    assert answered.response is not None and answered.response.message.id != result.response.message.id
    shown = text_of(answered.response.message).replace("**", "")
    assert escape(QUESTION) in shown and escape(ROOFS_2024.text) in shown


@pytest.mark.usefixtures("in_chinese")
async def test_a_chinese_member_reads_chinese_titles(server: Server) -> None:
    """The metric's title; quotations and names stay as they are."""
    result = await server.member.slash(server.channel, "article show", name=ROOFS_2024.id)
    assert result.response is not None
    shown = text_of(result.response.message)
    assert "太阳能屋顶数量：9,100（" in shown and escape(ROOFS_2024.text) in shown and "2025年3月5日" in shown


@pytest.mark.parametrize("typed", ["5 Mar 2025", "March 2025", "2025-03-05", "2025年3月5日", "3月5日", "März 2025"])
async def test_an_article_is_found_by_its_day(server: Server, typed: str) -> None:
    """As the choices themselves show it, in any of the bot's languages."""
    choices = await server.member.autocomplete(server.channel, "article show", "name", typed)
    assert ROOFS_2024.id in [choice["value"] for choice in choices]


async def test_an_article_is_there_before_its_questions(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding them means asking each; the rest does not wait for that."""
    starters = server.client.article_desk.starters
    questions = starters.of_article

    async def late(*args: Any) -> Any:
        await asyncio.sleep(3.0)
        return await questions(*args)

    monkeypatch.setattr(starters, "of_article", late)
    result = await server.member.slash(server.channel, "article show", name=ROOFS_2024.id)
    before, after = (str(entry.json) for entry in server.env.http_requests if entry.method == "PATCH")
    assert "Blue again" in before and QUESTION not in before and QUESTION in after
    assert result.response is not None and f"› {QUESTION}" in text_of(result.response.message)


async def test_an_article_of_long_sentences_shows_one(services: Services, settings: Settings) -> None:
    """A title alone would say nothing of it."""
    sentence = "The salt of the northern shore, " + "which is white and dry and fine, " * 40 + "is sold in spring."
    write_collection(settings.collection_dir, (Article("salt", sentence, title="Salt"),))
    services.rebuild()
    async with running(services, settings) as server:
        result = await server.member.slash(server.channel, "article show", name="salt")
        assert result.response is not None and f"> {escape(sentence)}" in text_of(result.response.message)


async def test_an_article_cannot_ping_or_mark_up(server: Server) -> None:
    """Title, publisher and text are shown letter for letter."""
    result = await server.member.slash(server.channel, "article show", name=HOSTILE.id)
    assert result.response is not None
    shown = text_of(result.response.message)
    assert f"**{escape('A `note` for @everyone')}**" in shown and escape("**Bold** Press") in shown
    assert escape(HOSTILE.text) in shown
    assert not result.response.message.mention_everyone


@pytest.mark.parametrize(("name", "sentence"), [("blue", "Did you mean"), ("<@&42> **xyzzy**", "See /article list.")])
async def test_an_unclear_name_is_answered_in_a_sentence(server: Server, name: str, sentence: str) -> None:
    """With what may be meant, and without markup made of what was typed."""
    result = await server.member.slash(server.channel, "article show", name=name)
    assert result.response is not None
    shown = text_of(result.response.message)
    assert escape(name) in shown and sentence in shown and not ids_of(result.response.message)


async def test_without_an_index_members_are_told(settings: Settings) -> None:
    """In a sentence without inner workings."""
    services = Services(settings, WatchingEncoder())
    async with running(services, settings, check_errors=False) as server:
        assert await server.member.autocomplete(server.channel, "article show", "name", "roof") == []
        for command, options in (("article list", {}), ("article show", {"name": "roofs"})):
            result = await server.member.slash(server.channel, command, **options)
            assert result.response is not None and "not ready" in (result.response.content or text_of(result.response.message))
    services.close()


async def test_an_article_is_shown_while_the_model_fails(server: Server, encoder: WatchingEncoder) -> None:
    """Only the questions are missing then."""
    encoder.failure = ModelError("gone")
    result = await server.member.slash(server.channel, "article show", name="goats")
    encoder.failure = None
    assert result.response is not None
    shown = text_of(result.response.message)
    assert "Number of mountain goats\\: 310" in shown and "Questions" not in shown


# --- autocomplete ----------------------------------------------------------------------------------------------------


async def test_articles_are_offered_while_typing(server: Server, encoder: WatchingEncoder) -> None:
    """By title, publisher or day; the model is not asked."""
    encoded = len(encoder.encoded)
    for typed in ("blue ag", "northern", "2025-03"):
        (choice,) = await server.member.autocomplete(server.channel, "article show", "name", typed)
        assert choice == {"name": "Blue again · Northern Courier · 5 Mar 2025", "value": "roofs-2024"}
    assert len(encoder.encoded) == encoded


async def test_at_most_twenty_five_choices(server: Server, services: Services) -> None:
    """Discord takes no more."""
    add_articles(services, 40)
    choices = await server.member.autocomplete(server.channel, "article show", "name", "")
    assert len(choices) == 25 and all(len(one["name"]) <= 100 and len(one["value"]) <= 100 for one in choices)


# --- /article list ---------------------------------------------------------------------------------------------------


async def test_the_list_is_for_the_member_alone(server: Server) -> None:
    """A catalogue in the channel would bury the talk; one page has no buttons to turn it."""
    result = await server.member.slash(server.channel, "article list")
    assert result.response is not None and result.response.ephemeral
    shown = text_of(result.response.message)
    assert shown.startswith("**Articles in the archive: 4**") and "**4** · Roofs of Vetluga turn blue" in shown
    assert ids_of(result.response.message) == ["articles:show"]


async def test_the_list_is_turned(server: Server, services: Services) -> None:
    """Forth and back in the same message."""
    add_articles(services, 9)
    result = await server.member.slash(server.channel, "article list")
    assert result.response is not None
    message = result.response.message
    assert "Page 1 of 2" in text_of(message) and "articles:page:0" not in ids_of(message)
    turned = await server.member.click(message, custom_id="articles:page:1")
    assert turned.response is not None
    assert "**13** · " in text_of(turned.response.message) and "articles:page:2" not in ids_of(turned.response.message)
    back = await server.member.click(turned.response.message, custom_id="articles:page:0")
    assert back.response is not None and "Page 1 of 2" in text_of(back.response.message)


async def test_a_page_that_is_gone_becomes_the_last(server: Server, services: Services) -> None:
    """The archive may have become smaller since the button was made."""
    add_articles(services, 9)
    result = await server.member.slash(server.channel, "article list")
    for path in services.settings.collection_dir.glob("news-*.md"):
        path.unlink()
    services.rebuild()
    assert result.response is not None
    turned = await server.member.click(result.response.message, custom_id="articles:page:1")
    assert turned.response is not None and "Articles in the archive: 4" in text_of(turned.response.message)


async def test_an_article_is_chosen_from_the_list(server: Server) -> None:
    """It comes in a message of its own, for the member alone."""
    result = await server.member.slash(server.channel, "article list")
    assert result.response is not None
    chosen = await server.member.select(result.response.message, ["roofs-2024"], custom_id="articles:show")
    assert chosen.response is not None and chosen.response.ephemeral
    assert text_of(chosen.response.message).startswith("**Blue again**")


async def test_a_menu_that_fails_says_so(faulty_server: Server, services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press without an answer would look like a bot that is down."""
    result = await faulty_server.member.slash(faulty_server.channel, "article list")
    assert result.response is not None

    async def failing(*_: object) -> None:
        raise RuntimeError("secret words")

    cog: Any = faulty_server.client.get_cog("Articles")
    monkeypatch.setattr(cog.desk, "sheet", failing)
    chosen = await faulty_server.member.select(result.response.message, ["roofs-2024"], custom_id="articles:show")
    assert chosen.acknowledged
    told = [str(entry.json) for entry in faulty_server.env.http_requests[-2:]]
    assert any("Something went wrong" in one for one in told) and not any("secret" in one for one in told)


async def test_menus_and_pages_work_after_a_restart(server: Server, services: Services) -> None:
    """All they need is in their own ids: commands that were loaded anew take the presses of what was sent before."""
    add_articles(services, 9)
    result = await server.member.slash(server.channel, "article list")
    assert result.response is not None
    await server.client.reload_extension("bot.cogs.articles")
    turned = await server.member.click(result.response.message, custom_id="articles:page:1")
    assert turned.response is not None and "Page 2 of 2" in text_of(turned.response.message)
    chosen = await server.member.select(turned.response.message, ["news-07"], custom_id="articles:show")
    assert chosen.response is not None and "**News 7**" in text_of(chosen.response.message)
