"""Fixtures: an operator's empty surroundings, and services with an encoder that can be computed by hand."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.services import Services
from bot.settings import NAMES, Settings, load_settings
from embeddings.abstention import Verdict, reason
from embeddings.evidence import Evidence
from tests.bot.discord_server import Server, running
from tests.bot.sample_articles import write_collection
from tests.fake_encoder import FakeEncoder


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder without `.env`, and an environment without any of our settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture(autouse=True)
def our_loggers_only_changed_here() -> Iterator[None]:
    """Levels that the command line sets are put back, so that no test depends on the one before."""
    before = {name: logging.getLogger(name).level for name in list(logging.root.manager.loggerDict)}
    yield
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture(autouse=True)
def no_second_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    """The encoder for questions in other languages is off, installed or not, so that no test waits for its model."""
    monkeypatch.setattr("bot.services.second_encoder", lambda: None)


class WordsDecide:
    """An abstainer that looks only at whether words are met and no name or year is missing."""

    def judge(self, evidence: Evidence) -> Verdict:
        """Answer when the passage has the question's names, and the encoder made by hand sees words in common."""
        answered = evidence.cosine > 0.1 and evidence.missing_names == 0 and evidence.focus_gap < 1
        return Verdict(answered, 0.9 if answered else 0.1, reason=None if answered else reason(evidence))


@pytest.fixture(autouse=True)
def words_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shipped abstainer makes of an encoder made by hand is no matter of `bot`, and changes when it is fitted anew."""
    monkeypatch.setattr("embeddings.answers.default_abstainer", lambda encoder: WordsDecide())


@pytest.fixture
def settings(home: Path) -> Settings:
    """Settings whose collection is the sample one."""
    return load_settings(collection_dir=write_collection(home / "articles"), data_dir=home / "data")


@pytest.fixture
def encoder() -> FakeEncoder:
    """The encoder of `services`."""
    return FakeEncoder()


@pytest.fixture
def services(settings: Settings, encoder: FakeEncoder) -> Iterator[Services]:
    """Services over the sample collection, indexed."""
    made = Services(settings, encoder)
    made.rebuild()
    encoder.encoded.clear()
    yield made
    made.close()


@pytest.fixture
async def server(services: Services, settings: Settings) -> AsyncIterator[Server]:
    """A server whose bot must not raise."""
    async with running(services, settings) as made:
        yield made


@pytest.fixture
async def faulty_server(services: Services, settings: Settings) -> AsyncIterator[Server]:
    """A server whose bot may raise: what it says then is looked at."""
    async with running(services, settings, check_errors=False) as made:
        yield made
