"""`bot.starter_questions`: only questions that the bot itself answers from that very article are offered."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.services import Services, TimedReply
from bot.settings import Settings
from bot.starter_questions import MOST_ASKED, WANTED, StarterQuestion, StarterQuestions, holding_quote
from corpus.article import Article, Span
from embeddings.answers import Answer
from embeddings.errors import ModelError
from tests.bot.sample_articles import FERRY, abstention_of, answer_of, quote_of, write_collection
from tests.bot.sample_figures import stored
from tests.bot.sample_metrics import ROOFS_2023, ROOFS_2024, metric_settings
from tests.fake_encoder import FakeEncoder


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


@pytest.fixture
def asked(services: Services, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the bot is asked, in order."""
    texts: list[str] = []
    real = services.ask

    async def ask(question: str, *arguments: Any, **named: Any) -> TimedReply:
        texts.append(question)
        return await real(question, *arguments, **named)

    monkeypatch.setattr(services, "ask", ask)
    return texts


async def test_each_question_is_answered_from_that_article(services: Services) -> None:
    """Asked again, the bot's first quotation is of the article and holds the figure."""
    found = await StarterQuestions(services).of_article(ROOFS_2024.id, "en")
    assert [one.text for one in found] == ["How many solar roofs were there in Vetluga by the end of 2024?"]
    for one in found:
        reply = (await services.ask(one.text)).reply
        assert isinstance(reply, Answer) and reply.quotes[0] == one.quote
        assert one.quote.article.id == ROOFS_2024.id and "9,100" in one.quote.answer_text


async def test_a_question_that_another_article_answers_is_not_offered(services: Services) -> None:
    """The less exact question is answered by one of the articles only; the others get exact ones or none."""
    starters = StarterQuestions(services)
    for article in (ROOFS_2023, ROOFS_2024):
        for one in await starters.of_article(article.id, "en"):
            assert one.quote.article.id == article.id


async def test_questions_are_asked_once_a_generation(services: Services, asked: list[str]) -> None:
    """However often and by however many an article is opened; after a rebuild they are asked anew."""
    starters = StarterQuestions(services)
    first, second = await asyncio.gather(*(starters.of_article(ROOFS_2024.id, "en") for _ in range(2)))
    assert first == second and len(asked) == len(set(asked))
    before = len(asked)
    assert await starters.of_article(ROOFS_2024.id, "de") == first  # German members are offered the English ones
    assert len(asked) == before
    services.rebuild()
    assert [one.text for one in await starters.of_article(ROOFS_2024.id, "en")] == [one.text for one in first]
    assert len(asked) > before


async def test_where_no_chinese_question_is_answered_english_ones_are_offered(services: Services, asked: list[str]) -> None:
    """A bot without the second encoder declines Chinese questions, so it must not offer them."""
    found = await StarterQuestions(services).of_article(ROOFS_2024.id, "zh")
    assert any("太阳能屋顶数量" in text for text in asked)
    assert [one.text for one in found] == ["How many solar roofs were there in Vetluga by the end of 2024?"]


async def test_chinese_questions_are_offered_where_they_are_answered(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """To members whose Discord is in Chinese; English ones are not tried then."""
    texts: list[str] = []

    async def ask(question: str) -> TimedReply:
        texts.append(question)
        with services.generation() as generation:
            quote = quote_of(ROOFS_2024)
            return TimedReply(replace(answer_of(quote), generation=generation.manifest.id), 1.0)

    monkeypatch.setattr(services, "ask", ask)
    found = await StarterQuestions(services).of_article(ROOFS_2024.id, "zh")
    assert [one.text for one in found] == ["截至2024年底的太阳能屋顶数量是多少？"] == texts[:1]
    assert all("太阳能" in text for text in texts)


async def test_an_article_without_named_figures_has_none(services: Services, asked: list[str]) -> None:
    """And nothing is asked for it; neither for one that is gone."""
    write_collection(services.settings.collection_dir, (FERRY,))
    services.rebuild()
    starters = StarterQuestions(services)
    assert await starters.of_article(FERRY.id, "en") == await starters.of_article("gone", "en") == ()
    assert asked == []


async def test_the_number_of_questions_is_limited(services: Services, settings: Settings, asked: list[str]) -> None:
    """An article full of figures is not asked about for minutes, and shows four questions."""
    years = range(1960, 2020)
    lines = "\n\n".join(f"By the end of {year} the number of solar roofs in Vetluga was {year + 300}." for year in years)
    write_collection(settings.collection_dir, (Article("history", lines),))
    services.rebuild()
    found = await StarterQuestions(services).of_article("history", "en")
    assert len(found) <= WANTED and 0 < len(asked) <= MOST_ASKED
    assert len({one.text for one in found}) == len(found)


async def test_examples_are_of_several_articles(services: Services) -> None:
    """Newest articles first, one question of each before a second of any."""
    found = await StarterQuestions(services).examples("en", 2)
    assert len(found) == 2 and len({one.quote.article.id for one in found}) == 2
    assert found[0].quote.article.published_on > found[1].quote.article.published_on  # type: ignore[operator]


async def test_examples_ask_for_several_things(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an article has a question about another metric, that one is taken; no text is shown twice."""
    quote = quote_of(FERRY)
    roofs, again = StarterQuestion("Roofs?", quote, "roofs"), StarterQuestion("Roofs then?", quote, "roofs")
    goats = StarterQuestion("Goats?", quote, "goats")
    starters = StarterQuestions(services)
    given = iter([(roofs,), (again, goats), (roofs,), ()])

    async def of_article(article_id: str, language: str) -> tuple[StarterQuestion, ...]:
        return next(given)

    monkeypatch.setattr(starters, "of_article", of_article)
    assert await starters.examples("en", 4) == (roofs, goats, again)


async def test_without_an_index_there_are_no_questions(settings: Settings) -> None:
    """Help and welcome are shown all the same."""
    services = Services(settings, FakeEncoder())
    try:
        starters = StarterQuestions(services)
        assert await starters.examples("en") == () == await starters.of_article(ROOFS_2024.id, "en")
    finally:
        services.close()


async def test_a_model_that_fails_costs_the_questions_only(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """The article is shown without them, and they are tried again next time."""

    async def failing(question: str) -> TimedReply:
        raise ModelError("the model's files are gone")

    starters = StarterQuestions(services)
    with monkeypatch.context() as patched:
        patched.setattr(services, "ask", failing)
        assert await starters.of_article(ROOFS_2024.id, "en") == ()
    assert await starters.of_article(ROOFS_2024.id, "en")


async def test_replies_of_another_generation_are_not_kept(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a newer archive answers says nothing about the article as it was read before."""
    real = services.ask

    async def rebuilt_meanwhile(question: str) -> TimedReply:
        services.rebuild()
        return await real(question)

    starters = StarterQuestions(services)
    with monkeypatch.context() as patched:
        patched.setattr(services, "ask", rebuilt_meanwhile)
        assert await starters.of_article(ROOFS_2024.id, "en") == ()
    assert await starters.of_article(ROOFS_2024.id, "en")


def test_only_a_sure_answer_of_that_article_holds_the_figure() -> None:
    """Not an abstention, a cautious answer, another article, another sentence, or a second quotation."""
    figure = stored("nineteen", "19", article=FERRY, start=FERRY.text.index("nineteen"), end=FERRY.text.index("nineteen") + 8)
    sentence = "The electric ferry Anneke crosses the strait in nineteen minutes."
    good, elsewhere = quote_of(FERRY, sentence), quote_of(ROOFS_2023)
    assert holding_quote(answer_of(good), figure) == good
    assert holding_quote(abstention_of("no", good), figure) is None
    assert holding_quote(replace(answer_of(good), caution=True), figure) is None
    assert holding_quote(answer_of(elsewhere, good), figure) is None
    assert holding_quote(answer_of(replace(good, answer=Span(FERRY.id, 70, 90))), figure) is None
    assert holding_quote(answer_of(replace(good, article=ROOFS_2023)), figure) is None
