"""`/metric …` among people, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import threading
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest

from bot import figure_desk
from bot.figure_desk import FigureDesk, mark_of
from bot.figure_export import ExportError
from bot.render import escape
from bot.services import Services
from bot.settings import Settings
from tests.bot.discord_server import PATIENCE_SECONDS, Server, WatchingEncoder, buttons, members_read, passages, running, texts
from tests.bot.sample_metrics import CATALOGUE, HOSTILE, ROOFS_2023, metric_settings
from tests.fake_encoder import FakeEncoder


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


async def message_of(server: Server, command: str, **options: str) -> discord.Message:
    """What a member sees in answer to a command."""
    result = await server.member.slash(server.channel, command, **options)
    assert result.response is not None and not result.response.ephemeral
    return result.response.message


def plain(message: discord.Message) -> list[str]:
    """The texts of a message without escapes, with spaces of one kind."""
    return [text.replace("\xa0", " ").replace("\\", "") for text in texts(message)]


def charts(message: discord.Message) -> list[discord.MediaGalleryItem]:
    """The pictures within a message's frame."""
    frames = [top for top in message.components if isinstance(top, discord.Container)]
    return [
        item
        for frame in frames
        for part in frame.children
        if isinstance(part, discord.MediaGalleryComponent)
        for item in part.items
    ]


def menu_titles(message: discord.Message) -> list[str]:
    """The metrics that a message's menu offers."""
    rows = [top for top in message.components if isinstance(top, discord.ActionRow)]
    return [
        option.label for row in rows for part in row.children if isinstance(part, discord.SelectMenu) for option in part.options
    ]


async def pressed(server: Server, message: discord.Message, label: str) -> discord.Message:
    """The message after a button of it was pressed."""
    result = await server.member.click(message, custom_id=buttons(message)[label].custom_id)
    assert result.response is not None
    return result.response.message


async def sentence_of(server: Server, command: str, **options: str) -> str:
    """The one sentence or two that a member gets instead of figures."""
    result = await server.member.slash(server.channel, command, **options)
    assert result.response is not None and not result.response.embeds and not result.response.attachments
    return result.response.content or "\n".join(texts(result.response.message))


async def file_of(server: Server, **options: str) -> tuple[str, bytes]:
    """Name and content of an exported file."""
    result = await server.member.slash(server.channel, "metric export", **options)
    assert result.response is not None
    (attachment,) = result.response.attachments
    return attachment.filename, await attachment.read()


# --- autocomplete ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "first"), [("solar", "solar-roofs"), ("GOAT", "mountain-goats"), ("太阳能", "solar-roofs")])
async def test_metrics_are_offered_while_typing(server: Server, encoder: WatchingEncoder, typed: str, first: str) -> None:
    """In English and Chinese words, by their titles; the model is not asked."""
    encoded = len(encoder.encoded)
    for option in ("name", "other"):
        choices = await server.member.autocomplete(server.channel, "metric compare", option, typed)
        assert choices[0]["value"] == first
    assert len(encoder.encoded) == encoded


async def test_all_metrics_are_offered_before_typing(server: Server) -> None:
    """In the catalogue's order."""
    choices = await server.member.autocomplete(server.channel, "metric show", "name", "")
    assert [choice["name"] for choice in choices] == ["Number of solar roofs", "Number of mountain goats", "Ferry fares"]


@pytest.mark.usefixtures("in_chinese")
async def test_choices_are_in_the_members_language(server: Server) -> None:
    """By their Chinese titles where the catalogue has one; what is chosen is the key all the same."""
    choices = await server.member.autocomplete(server.channel, "metric show", "name", "")
    assert [choice["name"] for choice in choices] == ["太阳能屋顶数量", "山羊数量", "Ferry fares"]
    assert plain(await message_of(server, "metric show", name=choices[0]["value"]))[0].startswith("**太阳能屋顶数量**")


async def test_nothing_is_offered_for_strange_words(server: Server) -> None:
    """A choice that has nothing to do with what was typed would mislead."""
    assert await server.member.autocomplete(server.channel, "metric export", "name", "qqqq xyzzy") == []


async def test_at_most_twenty_five_choices_of_a_hundred_letters(home: Path, encoder: WatchingEncoder) -> None:
    """Discord takes no more, neither of choices nor of letters."""
    entries = [f'[[metric]]\nkey = "k{n}-{"x" * 120}"\ntitle = "{n} {"long " * 60}"\nunit = "count"\n' for n in range(40)]
    settings = metric_settings(home, "\n".join(entries))
    services = Services(settings, encoder)
    try:
        services.rebuild()
        async with running(services, settings) as server:
            choices = await server.member.autocomplete(server.channel, "metric show", "name", "")
            assert len(choices) == 25
            assert all(len(choice["name"]) <= 100 and len(choice["value"]) <= 100 for choice in choices)
            assert "The articles give no figure" in await sentence_of(server, "metric show", name=choices[3]["value"])
            assert "no metrics" in plain(await message_of(server, "metric list"))[0]
    finally:
        services.close()


async def test_metrics_are_read_once_a_generation(services: Services) -> None:
    """Typing must not read the database letter by letter; after a reindex the new catalogue counts."""
    desk = FigureDesk(services)
    assert len(await desk.choices("")) == 3
    before = desk._metrics()
    assert desk._metrics() is before
    services.settings.catalogue_file.write_text(CATALOGUE.replace("Ferry fares", "Fares"), encoding="utf-8")
    services.rebuild()
    assert (await desk.choices(""))[-1].title == "Fares"


async def test_pictures_take_no_thread_from_others(services: Services) -> None:
    """What is read before a press is acknowledged finds a thread, however many charts are waited for."""
    loop, gate = asyncio.get_running_loop(), threading.Event()
    desk = FigureDesk(services)
    loop.set_default_executor(ThreadPoolExecutor(1))
    blocked = loop.run_in_executor(figure_desk.DRAWING, gate.wait, PATIENCE_SECONDS)
    sheets = [asyncio.ensure_future(desk.sheet(["solar-roofs"], "en")) for _ in range(10)]
    async with asyncio.timeout(PATIENCE_SECONDS):
        assert await desk.choices("solar")
    gate.set()
    assert await blocked and all(sheet.picture for sheet in await asyncio.gather(*sheets))


# --- what a server has set -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command", ["metric show", "metric list", "metric search", "metric compare", "metric export", "article show"]
)
@pytest.mark.parametrize("hidden", ["default", "channel"])
async def test_figures_are_shown_as_privately_as_answers(server: Server, command: str, hidden: str) -> None:
    """Where answers are for their asker alone, or the bot is to be silent in a channel, so are figures and articles."""
    office = server.guild.create_text_channel("office")
    await server.env.settle()
    changed: dict[str, Any] = {"private": True} if hidden == "default" else {"channels": frozenset({office.id})}
    server.client.server_settings.change(server.guild.id, **changed)
    named = {"metric show": {"name": "solar-roofs"}, "metric compare": {"name": "solar-roofs"}, "article show": {"name": "goats"}}
    options = {"words": "roofs"} if command == "metric search" else named.get(command, {})
    result = await server.member.slash(server.channel, command, **options)
    assert result.response is not None and result.response.ephemeral
    if hidden == "channel":
        elsewhere = await server.member.slash(office, command, **options)
        assert elsewhere.response is not None and not elsewhere.response.ephemeral


async def test_figures_are_in_the_servers_language(server: Server) -> None:
    """As answers are, whatever the member reads."""
    server.client.server_settings.change(server.guild.id, language="zh")
    assert plain(await message_of(server, "metric show", name="solar-roofs"))[0].startswith("**太阳能屋顶数量**")


@pytest.mark.parametrize("name", ["number of penguins", "number of"])
async def test_a_metric_is_not_guessed(server: Server, name: str) -> None:
    """Other numbers than were asked for would be taken for them; what may be meant is named."""
    told = plain(await message_of(server, "metric show", name=name))[0]
    assert told.startswith(f"There is no metric “{name}”. Did you mean") and "Number of solar roofs" in told


async def test_some_words_of_a_title_are_enough(server: Server) -> None:
    """Where only one metric has them."""
    assert plain(await message_of(server, "metric show", name="solar roofs"))[0].startswith("**Number of solar roofs**")


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["solar-roofs", "Number of solar roofs", "SOLAR ROOFS", "solar roof", "太阳能屋顶"])
async def test_show_has_list_quotes_and_chart(server: Server, name: str) -> None:
    """A metric is found by its key, title, alias or the beginning of one; its figures stand in order of time."""
    message = await message_of(server, "metric show", name=name)
    head, notes, *quotes = plain(message)
    assert head.startswith("**Number of solar roofs**\n[1] **7,300**\n-# by end of 2023\n[2] **9,100**\n")
    assert notes == "**How they stand to each other**\n• All are of different dates."
    assert [quote.split("**[")[1][0] for quote in quotes] == ["1", "2", "3"]
    assert "reached **7,300**." in quotes[0]
    (attachment,) = message.attachments
    (chart,) = charts(message)
    assert attachment.filename == "chart.png" and (await attachment.read()).startswith(b"\x89PNG")
    assert chart.description is not None and chart.description.startswith("Chart: Number of solar roofs. 7,300")


async def test_one_date_makes_no_chart(server: Server) -> None:
    """A single point shows nothing."""
    message = await message_of(server, "metric show", name="mountain-goats")
    assert not message.attachments and not charts(message)


async def test_an_articles_markup_is_shown_and_reaches_nobody(server: Server) -> None:
    """Letter for letter in the quotation and in the source; the server's fixture looks at what was allowed to ping."""
    shown = passages(await message_of(server, "metric show", name="solar-roofs"))[-1]
    assert shown.replace("**9,900**", "9,900").startswith(f"> {escape(HOSTILE.text)}\n-# ")
    assert escape("“A `note` for @everyone”, **Bold** Press") in shown


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Numbre ov guts", "Did you mean “Number of mountain goats”"),
        ("@everyone", r"There is no metric “\@everyone”."),
        ("qqqq", "See /metric list."),
        (" ", "There is no metric"),
    ],
)
async def test_an_unknown_name_is_one_clear_sentence(server: Server, name: str, says: str) -> None:
    """With the nearest metric where one is near; for every command that takes a name."""
    for command in ("metric show", "metric compare", "metric export"):
        told = await sentence_of(server, command, name=name)
        assert says in told and "corpusbot" not in told


async def test_a_metric_without_figures_is_told(server: Server) -> None:
    """Nothing is an answer too."""
    assert await sentence_of(server, "metric show", name="Ferry fares") == "The articles give no figure for “Ferry fares”."


async def test_list_names_every_metric_with_figures(server: Server) -> None:
    """With the newest value and how many figures it has; each can be chosen from a menu, for whoever chose it alone."""
    message = await message_of(server, "metric list")
    assert plain(message) == [
        "**Metrics in the archive: 2**",
        "**Number of solar roofs**\n-# 9,900 · by end of Mar 2025 · figures: 3\n"
        "**Number of mountain goats**\n-# 310 · 2024 · figures: 1",
    ]
    assert menu_titles(message) == ["Number of solar roofs", "Number of mountain goats"]
    (metric,) = [one for one in server.client.figure_desk._metrics() if one.key == "mountain-goats"]
    chosen = await server.member.select(message, [mark_of(metric)], custom_id="metrics:menu")
    assert chosen.response is not None and chosen.response.ephemeral
    assert "310" in plain(chosen.response.message)[0]


async def test_search_finds_metrics_and_figures(server: Server) -> None:
    """By words, each figure with its quotation; what is not there is told."""
    message = await message_of(server, "metric search", words="mountain goats")
    head, quote, *_ = plain(message)
    assert head.startswith("**Figures on “mountain goats”**\n[1] **310**\n-# Number of mountain goats · 2024")
    assert "**310**" in quote and menu_titles(message) == ["Number of mountain goats"]
    none = await message_of(server, "metric search", words="zither strings")
    assert plain(none) == ["No figure of the articles is near to that."]


async def test_compare_puts_two_metrics_one_under_the_other(server: Server) -> None:
    """Each in order of time, with one row of numbers; figures of different metrics are not said to agree or conflict."""
    message = await message_of(server, "metric compare", name="mountain-goats", other="solar-roofs")
    head, *quotes = plain(message)
    assert head.startswith("**Number of mountain goats**\n[1] **310**\n-# 2024\n\n**Number of solar roofs**\n[2] **7,300**\n")
    assert len(quotes) == 3
    *_, last = plain(await pressed(server, message, "Next"))
    assert "-# **[4]** " in last


async def test_one_metric_named_twice_is_one(server: Server) -> None:
    """Nothing is compared with itself."""
    message = await message_of(server, "metric compare", name="solar-roofs", other="Number of solar roofs")
    assert plain(message)[0].count("**Number of solar roofs**") == 1 and charts(message)


async def test_export_attaches_a_file(server: Server) -> None:
    """CSV by default; of one metric, or of all figures with those that no metric names."""
    name, content = await file_of(server, name="solar-roofs")
    assert name == "solar-roofs.csv"
    assert [row["value"] for row in csv.DictReader(io.StringIO(content.decode()))] == ["7300", "9100", "9900"]
    name, content = await file_of(server, format="json")
    assert name == "figures.json" and {record["metric"] for record in json.loads(content)} > {"solar-roofs", None}


async def test_a_format_that_cannot_be_written_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow there is no Parquet; a member is spared how it is installed."""

    def fail(*arguments: object) -> bytes:
        raise ExportError("Run: pip install …")

    monkeypatch.setattr(figure_desk, "export_figures", fail)
    told = await sentence_of(server, "metric export", format="parquet")
    assert told == "This bot cannot write parquet files. Choose csv or json instead."


async def test_a_file_too_large_for_discord_is_told(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before Discord refuses it."""
    monkeypatch.setattr(figure_desk, "MAX_FILE_BYTES", 100)
    assert "too large for a file in Discord" in await sentence_of(server, "metric export")


async def test_every_command_is_acknowledged_first(server: Server, encoder: WatchingEncoder) -> None:
    """Discord waits three seconds: the acknowledgement is sent before the words reach the encoder."""
    already = len(server.env.http_requests)
    result = await server.member.slash(server.channel, "metric search", words="herd of goats")
    assert result.acknowledged
    sent = server.env.http_requests[already : encoder.sent_before["herd of goats"]]
    assert [entry.path.rsplit("/", 1)[1] for entry in sent] == ["callback"]


@pytest.fixture
async def long_server(home: Path, encoder: WatchingEncoder) -> AsyncIterator[Server]:
    """A server whose archive has two hundred figures of one metric."""
    text = " ".join(f"By the end of {1800 + n} the number of solar roofs in Vetluga reached {7300 + n}." for n in range(200))
    settings = metric_settings(home, articles=(replace(ROOFS_2023, text=text),))
    services = Services(settings, encoder)
    try:
        services.rebuild()
        async with running(services, settings) as server:
            yield server
    finally:
        services.close()


async def test_two_hundred_figures_have_pages(long_server: Server) -> None:
    """Only the first has the chart; a page can be turned there and back."""
    message = await message_of(long_server, "metric show", name="solar-roofs")
    assert "[3] **7302**" in plain(message)[0] and charts(message)
    turned = await pressed(long_server, message, "Next")
    assert "[4] **7303**" in plain(turned)[0] and "reached **7303**" in passages(turned)[0]
    assert not charts(turned) and not turned.attachments
    back = await pressed(long_server, turned, "Back")
    assert plain(back) == plain(message) and charts(back)
    await message_of(long_server, "metric compare", name="solar-roofs")
    _, content = await file_of(long_server, name="solar-roofs", format="json")
    assert len(json.loads(content)) == 200


async def test_somebody_else_turns_pages_for_themselves(long_server: Server) -> None:
    """The message of whoever asked stays as it is."""
    shown = await message_of(long_server, "metric show", name="solar-roofs")
    result = await long_server.administrator.click(shown, custom_id=buttons(shown)["Next"].custom_id)
    assert result.response is not None and result.response.ephemeral and result.response.message.id != shown.id
    turned = result.response.message
    assert passages(turned) != passages(shown)
    own = await long_server.administrator.click(turned, custom_id=buttons(turned)["Back"].custom_id)
    assert own.response is not None and own.response.message.id == turned.id


async def test_pages_of_a_search_keep_its_words(long_server: Server) -> None:
    """Also words that look like the parts of a button's id."""
    message = await message_of(long_server, "metric search", words="solar roofs: show:1:x" + " roofs" * 9)
    turned = await pressed(long_server, message, "Next")
    assert plain(turned)[0].startswith("**Figures on “solar roofs: show:1:x roofs") and passages(turned)
    assert passages(turned) != passages(message)


async def test_pages_and_menus_work_after_a_restart(long_server: Server) -> None:
    """All they need is in their own ids: commands that were loaded anew take the presses of what was sent before."""
    listed = await message_of(long_server, "metric list")
    message = await message_of(long_server, "metric show", name="solar-roofs")
    await long_server.client.reload_extension("bot.cogs.metrics")
    assert "[4] **7303**" in plain(await pressed(long_server, message, "Next"))[0]
    (metric, *_) = long_server.client.figure_desk._metrics()
    chosen = await long_server.member.select(listed, [mark_of(metric)], custom_id="metrics:menu")
    assert chosen.response is not None and "[1] **7300**" in plain(chosen.response.message)[0]


async def test_a_metric_that_is_gone_is_told(long_server: Server) -> None:
    """To whoever pressed, alone; the message stays as it was."""
    message = await message_of(long_server, "metric show", name="solar-roofs")
    services = long_server.client.services
    services.settings.catalogue_file.write_text("", encoding="utf-8")
    services.rebuild()
    result = await long_server.member.click(message, custom_id=buttons(message)["Next"].custom_id)
    (told,) = result.followups
    assert told.ephemeral and "no longer in the archive" in plain(told.message)[0]
    assert "[1] **7300**" in plain(long_server.from_bot()[-1])[0]


async def test_a_catalogue_without_metrics_is_told(home: Path, encoder: WatchingEncoder) -> None:
    """In the list and where a name was typed; search finds single figures all the same."""
    settings = metric_settings(home, "")
    services = Services(settings, encoder)
    try:
        services.rebuild()
        async with running(services, settings) as server:
            assert "no metrics" in plain(await message_of(server, "metric list"))[0]
            assert "no metrics" in await sentence_of(server, "metric show", name="solar")
            assert await server.member.autocomplete(server.channel, "metric show", "name", "solar") == []
            assert "7,300" in plain(await message_of(server, "metric search", words="number of solar roofs"))[0]
    finally:
        services.close()


async def test_a_missing_index_is_told_in_words(settings: Settings) -> None:
    """Before the first reindex nothing is offered, and each command says what is missing."""
    services = Services(settings, FakeEncoder())
    try:
        async with running(services, settings, check_errors=False) as server:
            assert await server.member.autocomplete(server.channel, "metric show", "name", "solar") == []
            for command, options in (("show", {"name": "x"}), ("list", {}), ("search", {"words": "x"}), ("export", {})):
                assert "/reindex" in await sentence_of(server, f"metric {command}", **options)
    finally:
        services.close()
