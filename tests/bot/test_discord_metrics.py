"""`/metric …` among people, in simcord's Discord (real discord.py, no network)."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import discord
import pytest
import simcord.interactions

from bot import figure_desk
from bot.figure_desk import FigureDesk
from bot.figure_export import ExportError
from bot.render import DESCRIPTION_LIMIT, EMBEDS_LIMIT, EMBEDS_TOTAL, escape
from bot.services import Services
from bot.settings import Settings
from tests.bot.discord_server import Server, WatchingEncoder, description, running
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
async def server(services: Services, settings: Settings) -> AsyncIterator[Server]:
    """A server whose bot must not raise."""
    async with running(services, settings) as made:
        yield made


@pytest.fixture
def in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members whose Discord is in Chinese."""
    original = simcord.interactions.base_payload

    def payload(*arguments: Any, **named: Any) -> Any:
        record, body = original(*arguments, **named)
        return record, body | {"locale": "zh-CN"}

    monkeypatch.setattr(simcord.interactions, "base_payload", payload)


async def embeds_of(server: Server, command: str, **options: str) -> list[discord.Embed]:
    """What a member sees in answer to a command, within Discord's limits."""
    result = await server.member.slash(server.channel, command, **options)
    assert result.response is not None and not result.response.ephemeral
    embeds = result.response.embeds
    assert 0 < len(embeds) <= EMBEDS_LIMIT and sum(map(len, embeds)) <= EMBEDS_TOTAL
    assert all(len(description(embed)) <= DESCRIPTION_LIMIT for embed in embeds)
    return embeds


async def sentence_of(server: Server, command: str, **options: str) -> str:
    """The one sentence or two that a member gets instead of figures."""
    result = await server.member.slash(server.channel, command, **options)
    assert result.response is not None and not result.response.embeds and not result.response.attachments
    return result.response.content


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
    assert description((await embeds_of(server, "metric show", name=choices[0]["value"]))[0]).startswith("**太阳能屋顶数量**")


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
            await embeds_of(server, "metric list")
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


# --- commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["solar-roofs", "Number of solar roofs", "SOLAR ROOFS", "solar roof", "太阳能屋顶"])
async def test_show_has_table_quotes_and_chart(server: Server, name: str) -> None:
    """A metric is found by its key, title, alias or the beginning of one; its figures stand in order of time."""
    result = await server.member.slash(server.channel, "metric show", name=name)
    assert result.response is not None
    head, notice, *quotes = result.response.embeds
    assert description(head).startswith("**Number of solar roofs**\n```\n1 7,300 by 31 Dec 2023 reported\n2 9,100 ")
    assert "they differ in date" in description(notice)
    assert [description(quote).split("**[")[1][0] for quote in quotes] == ["1", "2", "3"]
    assert "reached **7,300**." in description(quotes[0])
    (chart,) = result.response.attachments
    assert chart.filename == "chart.png" and head.image.url is not None
    assert (await chart.read()).startswith(b"\x89PNG")
    assert chart.description is not None and chart.description.startswith("Chart: Number of solar roofs. 7,300")


async def test_one_date_makes_no_chart(server: Server) -> None:
    """A single point shows nothing."""
    result = await server.member.slash(server.channel, "metric show", name="mountain-goats")
    assert result.response is not None and not result.response.attachments
    assert result.response.embeds[0].image.url is None


async def test_an_articles_markup_is_shown_and_reaches_nobody(server: Server) -> None:
    """Letter for letter in the quotation and in the source; the server's fixture looks at what was allowed to ping."""
    embeds = await embeds_of(server, "metric show", name="solar-roofs")
    shown = description(embeds[-1])
    assert shown.replace("**9,900**", "9,900").startswith(f"> {escape(HOSTILE.text)}\n\n")
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


async def test_list_names_every_metric(server: Server) -> None:
    """With how many figures it has and the newest value."""
    (embed,) = await embeds_of(server, "metric list")
    assert description(embed).split("\n") == [
        "**Number of solar roofs** · 3 · 9,900, by 31 Mar 2025",
        "**Number of mountain goats** · 1 · 310, 2024",
        "**Ferry fares** · 0",
    ]


async def test_search_finds_metrics_and_figures(server: Server) -> None:
    """By words, each figure with its quotation; what is not there is told."""
    head, *quotes = await embeds_of(server, "metric search", words="mountain goats")
    assert "**Number of mountain goats**" in description(head) and "1 310" in description(head)
    assert "**310**" in description(quotes[0])
    (none,) = await embeds_of(server, "metric search", words="zither strings")
    assert description(none) == "No figure of the articles is near to that."


async def test_compare_puts_each_figure_beside_each_other(server: Server) -> None:
    """Of one metric every pair is told."""
    _, notice, *_ = await embeds_of(server, "metric compare", name="solar-roofs")
    assert escape("[1] and [3]: they differ in date") in description(notice)


async def test_compare_puts_two_metrics_in_order_of_time(server: Server) -> None:
    """Each row has the letter of its metric; neighbours of different metrics are not said to agree or conflict."""
    head, *quotes = await embeds_of(server, "metric compare", name="mountain-goats", other="solar-roofs")
    lines = description(head).split("\n")
    assert lines[:2] == ["**A · Number of mountain goats**", "**B · Number of solar roofs**"]
    assert [line.split()[0] for line in lines[3:-1]] == ["B1", "B2", "A3", "B4"]
    assert len(quotes) == 4


async def test_one_metric_named_twice_is_one(server: Server) -> None:
    """Nothing is compared with itself."""
    head, *_ = await embeds_of(server, "metric compare", name="solar-roofs", other="Number of solar roofs")
    assert description(head).startswith("**Number of solar roofs**")


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


async def test_two_hundred_figures_make_one_message(home: Path, encoder: WatchingEncoder) -> None:
    """What finds no room is counted, and the export has it."""
    text = " ".join(f"By the end of {1800 + n} the number of solar roofs in Vetluga reached {7300 + n}." for n in range(200))
    settings = metric_settings(home, articles=(replace(ROOFS_2023, text=text),))
    services = Services(settings, encoder)
    try:
        services.rebuild()
        async with running(services, settings) as server:
            head, *_, last = await embeds_of(server, "metric show", name="solar-roofs")
            assert head.footer.text == "175 more; /metric export has all"
            assert last.footer.text is not None and last.footer.text.endswith(" more; /metric export has all")
            await embeds_of(server, "metric compare", name="solar-roofs")
            _, content = await file_of(server, name="solar-roofs", format="json")
            assert len(json.loads(content)) == 200
    finally:
        services.close()


async def test_a_catalogue_without_metrics_is_told(home: Path, encoder: WatchingEncoder) -> None:
    """In the list and where a name was typed; search finds single figures all the same."""
    settings = metric_settings(home, "")
    services = Services(settings, encoder)
    try:
        services.rebuild()
        async with running(services, settings) as server:
            assert "no metrics" in description((await embeds_of(server, "metric list"))[0])
            assert "no metrics" in await sentence_of(server, "metric show", name="solar")
            assert await server.member.autocomplete(server.channel, "metric show", "name", "solar") == []
            assert "7,300" in description((await embeds_of(server, "metric search", words="number of solar roofs"))[0])
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
