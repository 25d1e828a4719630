"""The encoder for questions in other languages, from the services' side: when it is used, and what its absence costs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence

import pytest

from bot.services import Services, second_encoder
from bot.settings import Settings
from embeddings.crosslingual import multilingual_encoder
from embeddings.encoder import Vectors
from embeddings.errors import ModelError
from embeddings.generation import current_id
from tests.bot.sample_articles import SOLAR_QUESTION
from tests.fake_encoder import FakeEncoder

GERMAN_QUESTION = "Wie viele Häuser haben in diesem Jahr ein Dach mit Solarzellen bekommen?"


class Languages(FakeEncoder):
    """A second encoder that can be computed by hand."""

    def __init__(self) -> None:
        super().__init__("fake-languages", 256)


class BrokenLanguages(Languages):
    """A second encoder whose package has been damaged since the index was made."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Fails."""
        raise ModelError("The multilingual model cannot be loaded.")


@pytest.fixture
def both(settings: Settings, encoder: FakeEncoder) -> Iterator[Services]:
    """Services with two encoders, indexed."""
    made = Services(settings, encoder, Languages())
    made.rebuild()
    yield made
    made.close()


def test_a_question_in_another_language_is_asked_of_the_second_encoder(both: Services, encoder: FakeEncoder) -> None:
    """The second encoder, and it alone, reads such a question; English ones it never meets."""
    assert isinstance(both.second, Languages)
    both.second.encoded.clear()
    encoder.encoded.clear()
    assert both.answer(GERMAN_QUESTION).reply.language == "de"
    assert both.second.encoded[0] == GERMAN_QUESTION and encoder.encoded == []
    both.second.encoded.clear()
    assert both.answer(SOLAR_QUESTION).reply.language == "en"
    assert both.second.encoded == []


async def test_asking_gives_what_answering_gives(both: Services) -> None:
    """The way through the threads changes nothing of a reply in another language."""
    assert (await both.ask(GERMAN_QUESTION)).reply == both.answer(GERMAN_QUESTION).reply


async def test_the_first_encoder_reads_only_english_questions(both: Services, encoder: FakeEncoder) -> None:
    """Of questions that wait together it gets those in English; the others get the replies they get alone."""
    alone = {question: both.answer(question).reply for question in (GERMAN_QUESTION, SOLAR_QUESTION)}
    encoder.encoded.clear()
    replies = await asyncio.gather(both.ask(GERMAN_QUESTION), both.ask(SOLAR_QUESTION), both.ask(GERMAN_QUESTION))
    assert [timed.reply for timed in replies] == [alone[timed.reply.question] for timed in replies]
    assert {timed.reply.language for timed in replies} == {"de", "en"}
    assert encoder.encoded == [SOLAR_QUESTION]


async def test_a_question_in_another_language_needs_no_first_encoder(
    both: Services, encoder: FakeEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only such questions wait, the first encoder is not asked at all."""
    monkeypatch.setattr(encoder, "encode_with_tokens", None)
    assert (await both.ask(GERMAN_QUESTION)).reply.language == "de"


def test_an_index_without_second_vectors_could_be_better(services: Services, settings: Settings) -> None:
    """Once the extra is installed, an index made before is not good enough for start scripts, until it is rebuilt."""
    assert services.index_is_good()
    with_languages = Services(settings, FakeEncoder(), Languages())
    try:
        assert not with_languages.index_is_good()
        assert with_languages.answer(SOLAR_QUESTION).reply == services.answer(SOLAR_QUESTION).reply
        with_languages.rebuild()
        assert with_languages.index_is_good() and services.index_is_good()
    finally:
        with_languages.close()


def test_no_index_is_not_good(settings: Settings, encoder: FakeEncoder) -> None:
    """Where there is no index, it has to be built, and looking for it is no error."""
    services = Services(settings, encoder, Languages())
    try:
        assert not services.index_is_good()
    finally:
        services.close()


async def test_a_second_model_that_cannot_be_loaded_stops_nobody(
    both: Services, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Warming up logs it and English questions are answered; only a rebuild is refused, and leaves the index as it was."""
    services = Services(settings, FakeEncoder(), BrokenLanguages())
    try:
        with caplog.at_level(logging.WARNING):
            await services.warm_up()
        assert "multilingual model cannot be loaded" in caplog.text
        assert (await services.ask(SOLAR_QUESTION)).reply == both.answer(SOLAR_QUESTION).reply
        before = current_id(settings.data_dir)
        (settings.data_dir / "vector_cache.db").unlink()
        with pytest.raises(ModelError):
            services.rebuild()
        assert current_id(settings.data_dir) == before
    finally:
        services.close()


@pytest.mark.parametrize("there", [True, False])
def test_the_installed_extra_is_used(monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    """With the extra there is a second encoder, not loaded yet; without it there is none."""
    monkeypatch.setattr("bot.services.installed", lambda: there)
    found = second_encoder()
    assert isinstance(found, multilingual_encoder.MultilingualEncoder) if there else found is None


def test_another_first_encoder_comes_alone(services: Services) -> None:
    """Whoever passes an encoder of their own gets no second one that they did not ask for."""
    assert services.second is None
