"""Passages on a claim, and its numbers read from a generation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.claim_check import (
    KEPT_VECTORS,
    LOOKED_UP,
    MOST_NUMBERS,
    MOST_SENTENCES,
    SENTENCE_READ,
    ClaimDesk,
    Numbers,
    RememberingEncoder,
    passages_on,
)
from bot.claim_numbers import Comparison, Standing
from bot.services import Services, TimedReply
from bot.settings import Settings
from corpus.article import Article
from corpus.figures.extraction import figures_in
from embeddings.answers import Reply
from embeddings.errors import StaleIndexError
from tests.bot.sample_articles import FERRY, SOLAR, abstention_of, answer_of, quote_of
from tests.bot.sample_metrics import metric_settings
from tests.fake_encoder import FakeEncoder

TODAY = dt.date(2026, 3, 1)
SOLAR_QUOTE, FERRY_QUOTE = quote_of(SOLAR), quote_of(FERRY)


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection has series."""
    return metric_settings(home)


class Asked:
    """Answers by what a question holds, and remembers what was asked."""

    def __init__(self, replies: Mapping[str, Reply]) -> None:
        self.replies, self.questions = replies, list[str]()

    async def __call__(self, question: str) -> TimedReply:
        """The reply of the first word that the question holds; without one, an abstention."""
        self.questions.append(question)
        whole = len(self.questions) == 1 and "whole" not in self.replies
        found = [reply for word, reply in self.replies.items() if word in question]
        return TimedReply(found[0] if found and not whole else abstention_of("Nothing.", FERRY_QUOTE), 5.0)


# --- passages ----------------------------------------------------------------------------------------------------------


async def test_a_message_that_is_answered_whole_is_asked_once() -> None:
    """Its passages come as they were ranked."""
    ask = Asked({"whole": answer_of(SOLAR_QUOTE, FERRY_QUOTE)})
    found = await passages_on("The whole town counts roofs. Another sentence stands here.", Numbers(), ask)
    assert found.quotes == (SOLAR_QUOTE, FERRY_QUOTE) and found.sure == 2 and len(ask.questions) == 1
    assert found.took_ms == 5.0 and not found.cut


async def test_sentences_are_looked_up_where_the_whole_finds_nothing() -> None:
    """Talk around a claim must not hide it; each passage is shown once."""
    ask = Asked({"roofs": answer_of(SOLAR_QUOTE), "schools": answer_of(SOLAR_QUOTE, FERRY_QUOTE)})
    text = "My neighbour told me something. The town counted many solar roofs. Most belong to village schools nearby. Oh!"
    found = await passages_on(text, Numbers(), ask)
    assert found.quotes == (SOLAR_QUOTE, FERRY_QUOTE) and found.sure == 2
    assert "The town counted many solar roofs." in ask.questions and "Oh!" not in ask.questions
    assert found.took_ms == 5.0 * len(ask.questions)


async def test_a_claim_with_another_number_finds_its_passage() -> None:
    """A number that the articles do not hold must not keep from the passage that holds theirs."""
    text = "The town counted 9,876 solar roofs."
    numbers = Numbers(tuple(Comparison(figure) for figure in figures_in(Article("message", text)).figures))
    ask = Asked({"counted  solar": answer_of(SOLAR_QUOTE)})
    found = await passages_on(text, numbers, ask)
    assert ask.questions == [text, "The town counted  solar roofs."] and found.sure == 1
    cautious = Asked({"counted  solar": replace(answer_of(SOLAR_QUOTE), caution=True)})
    found = await passages_on(text, numbers, cautious)
    assert found.sure == 0 and SOLAR_QUOTE in found.quotes


async def test_where_nothing_answers_the_nearest_are_given() -> None:
    """Marked as what they are: none of them is sure."""
    found = await passages_on("Penguins play chess every single evening.", Numbers(), Asked({}))
    assert found.quotes == (FERRY_QUOTE,) and found.sure == 0


async def test_not_every_sentence_of_a_long_message_is_asked() -> None:
    """A member's question must not hold up everybody else's."""
    ask = Asked({})
    text = " ".join(f"Sentence {number} tells about penguins playing chess." for number in range(50))
    found = await passages_on(text, Numbers(), ask)
    assert len(ask.questions) == 1 + MOST_SENTENCES and found.cut
    assert len(ask.questions[0]) <= LOOKED_UP and ask.questions[0].endswith("chess.")


async def test_a_long_message_without_a_stop_is_cut() -> None:
    """Where no sentence ends, letters decide."""
    ask = Asked({})
    found = await passages_on("penguin " * 500, Numbers(), ask)
    assert found.cut and len(ask.questions[0]) == LOOKED_UP


# --- numbers -----------------------------------------------------------------------------------------------------------


async def test_numbers_are_compared_with_the_generation(services: Services) -> None:
    """A message's figure meets the archive's; a number that cannot be read surely is named."""
    numbers = await ClaimDesk(services).numbers("The number of solar roofs in Vetluga was 9,100 by the end of 2024.", TODAY)
    (one,) = numbers.compared
    assert one.standing is Standing.SAME and one.found is not None and one.found.stored.article.id == "roofs-2024"
    assert numbers.unread == () and numbers.more == 0


async def test_a_message_without_numbers_costs_nothing(services: Services, encoder: FakeEncoder) -> None:
    """Nothing is encoded, and nothing compared."""
    numbers = await ClaimDesk(services).numbers("Solar roofs are blue.", TODAY)
    assert numbers.compared == () and encoder.encoded == []


async def test_the_names_of_metrics_are_encoded_once(services: Services, encoder: FakeEncoder) -> None:
    """They are the same for every message."""
    desk = ClaimDesk(services)
    for count in (7300, 9100):
        await desk.numbers(f"The number of solar roofs in Vetluga was {count} by the end of 2023.", TODAY)
    assert encoder.encoded.count("Number of solar roofs") == 1


async def test_numbers_beyond_the_limit_are_counted(services: Services) -> None:
    """A table that somebody pastes is not compared row by row."""
    text = " ".join(f"The number of solar roofs was {7300 + number} in {1990 + number}." for number in range(MOST_NUMBERS + 3))
    numbers = await ClaimDesk(services).numbers(text, TODAY)
    assert len(numbers.compared) == MOST_NUMBERS and numbers.more == 3


async def test_without_an_index_that_is_told(settings: Settings) -> None:
    """As a question would be told."""
    services = Services(settings, FakeEncoder())
    try:
        with pytest.raises(StaleIndexError):
            await ClaimDesk(services).numbers("There were 7,300 solar roofs.", TODAY)
    finally:
        services.close()


def test_a_remembering_encoder_gives_the_same_vectors() -> None:
    """Whether kept or new, double or none, and it does not grow without end."""
    plain, remembering = FakeEncoder(), RememberingEncoder(FakeEncoder())
    for texts in (["one", "two"], ["two", "three", "two"], []):
        assert np.array_equal(remembering.encode(texts), plain.encode(texts))
    many = [f"word{number}" for number in range(KEPT_VECTORS + 5)]
    assert remembering.encode(many).shape == (len(many), plain.dimension)
    assert len(remembering._known) == KEPT_VECTORS


async def test_numbers_of_an_endless_sentence_are_read_from_its_beginning(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a sentence would hold everybody up for a minute; the places of those that are read stay where they were."""
    read: list[str] = []
    monkeypatch.setattr("bot.claim_check.figures_in", lambda claim: read.append(claim.text) or figures_in(claim))
    text = "In 2024 there were 12 goats. " + "$1bn and €2m " * 300
    numbers = await ClaimDesk(services).numbers(text, TODAY)
    assert len(read[0]) == len(text) and len(read[0].rstrip()) <= len("In 2024 there were 12 goats. ") + SENTENCE_READ
    assert all(text[one.claimed.start : one.claimed.end] == one.claimed.text for one in numbers.compared)
    assert len(numbers.compared) == MOST_NUMBERS and numbers.more < 100
