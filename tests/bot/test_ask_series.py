"""`bot.ask_series`: a question about a metric gets its series; in Discord, on the terminal and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot.ask_series import Series, names_metric, series_beside, series_of
from bot.records import reply_record
from bot.services import Services, TimedReply
from bot.settings import Settings
from bot.terminal import print_reply, print_timed_record
from corpus.article import Article, Span
from corpus.figures.catalogue import Metric
from embeddings.answers import Answer
from tests.bot.discord_server import Server, passages, texts
from tests.bot.sample_articles import abstention_of, answer_of, quote_of
from tests.bot.sample_metrics import CATALOGUE, GOATS, ROOFS_2023, ROOFS_2024, ROOFS_QUESTION, metric_settings

SENTENCE_2023 = ROOFS_2023.text.split(". ")[0] + "."
Found = Callable[..., Series | None]


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def found(services: Services) -> Found:
    """Finds the series for a question that a sentence of an article answers."""

    def series(question: str, article: Article, sentence: str | None = None, part: str | None = None) -> Series | None:
        quote = quote_of(article, sentence)
        if part:
            start = article.text.index(part)
            quote = replace(quote, answer_part=Span(article.id, start, start + len(part)))
        with services.generation() as generation:
            answer = replace(answer_of(quote, question=question), generation=generation.manifest.id)
            return series_of(question, answer, generation)

    return series


def keys_of(series: Series | None) -> tuple[str, list[str]] | None:
    """A series' metric and its values as written."""
    return series and (series.metric.key, [one.figure.text for one in series.figures])


ROOFS = ("solar-roofs", ["7,300", "9,100", "9,900"])


@pytest.mark.parametrize(
    ("question", "part"),
    [
        (ROOFS_QUESTION, None),
        (ROOFS_QUESTION, "7,300"),
        ("number of solar roofs", None),
        ("Tell me about solar roofs", None),
        ("太阳能屋顶数量是多少？", None),
    ],
)
def test_a_question_about_a_metric_gets_its_series(found: Found, question: str, part: str | None) -> None:
    """In order of time, whichever figure the quotation holds, and in whichever words the metric is named."""
    assert keys_of(found(question, ROOFS_2023, SENTENCE_2023, part)) == ROOFS


@pytest.mark.parametrize(
    ("question", "article", "sentence", "part"),
    [
        ("Who counted the blue things of Vetluga?", ROOFS_2023, SENTENCE_2023, None),  # asks for no number
        ("How many bakers are in the town?", ROOFS_2023, SENTENCE_2023, None),  # of another thing
        ("How many bakers are in the town?", ROOFS_2023, SENTENCE_2023, "2023"),  # answered by another number
        ("How many had counted before?", ROOFS_2023, "Nobody had counted them before.", None),  # a sentence without figure
        ("How many mountain goats has Ostrava?", GOATS, None, None),  # one figure only
    ],
)
def test_other_questions_get_none(found: Found, question: str, article: Article, sentence: str | None, part: str | None) -> None:
    """A table that was not asked for would be in the way."""
    assert found(question, article, sentence, part) is None


def test_two_metrics_in_one_sentence_are_told_apart_by_the_question(home: Path, encoder: Any) -> None:
    """By the number that answers, or the name that is asked for; where neither tells, nothing is shown."""
    text = "In 2025 the number of solar roofs in Vetluga was 9,500, and the herd of mountain goats had 320 mountain goats."
    both = replace(ROOFS_2024, id="both", text=text)
    services = Services(metric_settings(home, articles=(ROOFS_2023, GOATS, both)), encoder)
    try:
        services.rebuild()
        with services.generation() as generation:

            def key(question: str, part: str | None = None) -> str | None:
                start = text.index(part) if part else 0
                span = Span("both", start, start + len(part)) if part else None
                quote = replace(quote_of(both), answer_part=span)
                series = series_of(question, replace(answer_of(quote), generation=generation.manifest.id), generation)
                return series.metric.key if series else None

            assert key("How many mountain goats are there?") == "mountain-goats"
            assert key("How many were there?", "9,500") == "solar-roofs"
            assert key("How many solar roofs and mountain goats?") is None
    finally:
        services.close()


def test_an_answer_of_another_generation_gets_none(services: Services) -> None:
    """Its places may be other words by now."""
    answer = answer_of(quote_of(ROOFS_2023, SENTENCE_2023), question=ROOFS_QUESTION)
    assert series_beside(TimedReply(answer, 1.0), services) is None


def test_an_abstention_gets_none(services: Services) -> None:
    """Where the articles do not answer, no number is put forward."""
    assert series_beside(TimedReply(abstention_of("No.", quote_of(ROOFS_2023), question=ROOFS_QUESTION), 1.0), services) is None


def test_a_missing_index_costs_the_table_only(home: Path, encoder: Any) -> None:
    """The answer was found already."""
    services = Services(metric_settings(home), encoder)
    try:
        assert series_beside(TimedReply(answer_of(quote_of(ROOFS_2023)), 1.0), services) is None
    finally:
        services.close()


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("What is the number of solar roofs today?", True),
        ("Number of so", True),
        ("太阳能屋顶数量", True),
        ("solar roofsters", False),
        ("no", False),
        ("", False),
    ],
)
def test_a_metric_is_named_by_whole_words(text: str, is_named: bool) -> None:
    """Its title or another name stands in the question, or begins as the question does."""
    metric = Metric("solar-roofs", "Number of solar roofs", {"zh": "太阳能屋顶数量"}, ("solar-roofs",), "count")
    assert names_metric(text, metric) == is_named


# --- where it is shown -----------------------------------------------------------------------------------------------


def answered(services: Services, question: str = ROOFS_QUESTION) -> tuple[TimedReply, Series]:
    """A reply and its series."""
    timed = services.answer(question)
    assert isinstance(timed.reply, Answer)
    series = series_beside(timed, services)
    assert series is not None
    return timed, series


def test_the_terminal_prints_a_table(services: Services) -> None:
    """Under the quotes, each row with the letter of its source."""
    console = Console(file=io.StringIO(), width=80, highlight=False)
    print_reply(console, *answered(services))
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    assert "\n  Number of solar roofs\n  a 7,300 by 31 Dec 2023 reported\n  b 9,100 " in printed
    assert "\n  a “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024\n" in printed


def test_json_has_the_series_as_it_is_exported(services: Services) -> None:
    """And no such key where there is none."""
    timed, series = answered(services)
    console = Console(file=io.StringIO())
    print_timed_record(console, timed, series)
    assert isinstance(console.file, io.StringIO)
    record = json.loads(console.file.getvalue())
    assert [one["value"] for one in record["series"]] == [7300, 9100, 9900]
    assert {one["metric"] for one in record["series"]} == {"solar-roofs"}
    assert list(record)[-3:] == ["series", "generation", "took_ms"]
    assert "series" not in reply_record(timed.reply, 1.0)


async def test_ask_shows_the_table_under_the_quotes(server: Server) -> None:
    """After a command and after a mention alike."""
    result = await server.member.slash(server.channel, "ask", question=ROOFS_QUESTION)
    assert result.response is not None
    (reply,) = await server.say(f"{server.mention} {ROOFS_QUESTION}")
    for message in (result.response.message, reply):
        assert passages(message)
        assert texts(message)[-1].startswith(
            "**Number of solar roofs**\n[a] **7,300**\n-# by\xa0end\xa0of\xa02023\n[b] **9,100**\n"
        )


async def test_ask_shows_no_table_beside_other_answers(server: Server) -> None:
    """A question that is not about a metric is answered as before."""
    result = await server.member.slash(server.channel, "ask", question="How many mountain goats are in the herd in Ostrava?")
    assert result.response is not None
    assert passages(result.response.message) and all("[a]" not in text for text in texts(result.response.message))


def test_an_empty_catalogue_makes_no_series(home: Path, encoder: Any) -> None:
    """Without metrics there is nothing to put side by side."""
    services = Services(metric_settings(home, catalogue=CATALOGUE[:0]), encoder)
    try:
        services.rebuild()
        assert series_beside(services.answer(ROOFS_QUESTION), services) is None
    finally:
        services.close()
