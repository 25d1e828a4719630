"""`bot.services`: threads, batches and generations."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import bot.services
from bot.services import Services, StoppedError
from bot.settings import Settings
from corpus.collection import write_article
from corpus.store import Filters
from embeddings.answers import Abstention, Answer
from embeddings.encoder import Encoded
from embeddings.errors import ModelError, ReindexRunningError, StaleIndexError
from embeddings.generation import current_id, generations_folder
from tests.bot.sample_articles import FERRY, OFF_SUBJECT_QUESTION, SOLAR, SOLAR_QUESTION, SOLAR_SENTENCE
from tests.fake_encoder import FakeEncoder

PATIENCE_SECONDS = 60.0  # how long a thread waits before a test fails; never how long a test takes
NEW_ARTICLE = replace(FERRY, id="clock-tower", title="The clock", text="The clock tower of Ambleport strikes thirteen at noon.")
NEW_QUESTION = "Which clock tower of Ambleport strikes thirteen at noon?"


class GatedEncoder(FakeEncoder):
    """An encoder that stands still where it is told to.

    While `gate` is closed, a call with a text that holds `held_word` waits; `reached` tells that one does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.held_word = ""
        self.calls: list[list[str]] = []
        self.threads: set[str] = set()
        self.gate, self.reached = threading.Event(), threading.Event()
        self.gate.set()

    def hold(self, word: str) -> None:
        """Close the gate for texts with this word."""
        self.held_word = word
        self.reached.clear()
        self.gate.clear()

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """As `FakeEncoder` does, when the gate is open."""
        self.calls.append(list(texts))
        self.threads.add(threading.current_thread().name)
        if any(self.held_word in text for text in texts):
            self.reached.set()
            assert self.gate.wait(PATIENCE_SECONDS), "nobody opened the gate"
        return super().encode_with_tokens(texts)


class FailingEncoder(FakeEncoder):
    """An encoder that cannot encode one word."""

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """Fails for texts with "unspeakable"."""
        if any("unspeakable" in text for text in texts):
            raise ModelError("The model 'secret/model' cannot be loaded.")
        return super().encode_with_tokens(texts)


@pytest.fixture
def encoder() -> GatedEncoder:
    """The encoder of `services`: one that can be held."""
    return GatedEncoder()


async def reached(event: threading.Event) -> None:
    """Wait for a thread without holding up the event loop."""
    assert await asyncio.to_thread(event.wait, PATIENCE_SECONDS)


def open_files(folder: Path) -> list[str]:
    """The files below a folder that this process holds open."""
    found = []
    for handle in os.listdir("/proc/self/fd"):
        try:
            found.append(os.readlink(f"/proc/self/fd/{handle}"))
        except OSError:
            continue  # closed meanwhile
    return [path for path in found if path.startswith(str(folder))]


# --- answering -------------------------------------------------------------------------------------------------------


def test_a_question_is_answered_with_a_quotation(services: Services) -> None:
    """The answer is the sentence that the question is about, from the current generation, and its time is told."""
    timed = services.answer(SOLAR_QUESTION)
    assert isinstance(timed.reply, Answer)
    assert timed.reply.quotes[0].answer_text == SOLAR_SENTENCE
    assert timed.reply.generation == current_id(services.settings.data_dir)
    assert timed.took_ms > 0


def test_an_off_subject_question_is_declined(services: Services) -> None:
    """Declining is a reply with a reason."""
    reply = services.answer(OFF_SUBJECT_QUESTION).reply
    assert isinstance(reply, Abstention) and reply.reason


async def test_asking_gives_what_answering_gives(services: Services) -> None:
    """The way through the threads changes nothing of the reply, nor do filters and count get lost on it."""
    assert (await services.ask(SOLAR_QUESTION)).reply == services.answer(SOLAR_QUESTION).reply
    elsewhere = Filters(article_ids=("ferry-line",))
    assert (await services.ask(SOLAR_QUESTION, elsewhere, 1)).reply == services.answer(SOLAR_QUESTION, elsewhere, 1).reply
    assert isinstance((await services.ask(SOLAR_QUESTION, elsewhere)).reply, Abstention)


async def test_questions_that_wait_together_are_encoded_together(services: Services, encoder: GatedEncoder) -> None:
    """While one question is being encoded, twenty more gather; they take two more calls, of sixteen and four."""
    encoder.calls.clear()
    encoder.hold("first")
    first = asyncio.ensure_future(services.ask("first solar roofs"))
    await reached(encoder.reached)
    others = [asyncio.ensure_future(services.ask(f"solar roofs {number}")) for number in range(20)]
    await asyncio.sleep(0)
    encoder.gate.set()
    replies = await asyncio.gather(first, *others)
    assert [len(call) for call in encoder.calls] == [1, 16, 4]
    assert [timed.reply.question for timed in replies] == ["first solar roofs", *[f"solar roofs {n}" for n in range(20)]]


async def test_the_event_loop_goes_on_while_encoding(services: Services, encoder: GatedEncoder) -> None:
    """A slow encoder holds up its question and nothing else: the loop turns while it stands still."""
    encoder.hold("solar")
    asked = asyncio.ensure_future(services.ask(SOLAR_QUESTION))
    await reached(encoder.reached)
    for _ in range(100):
        await asyncio.sleep(0)
    assert not asked.done()
    encoder.gate.set()
    assert isinstance((await asked).reply, Answer)


async def test_nothing_of_an_answer_runs_in_the_event_loop(
    services: Services, encoder: GatedEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Encoding, searching and opening an index happen in threads of their own."""
    threads = []
    ask_collection = bot.services.ask_collection

    def noted(*arguments: object, **named: object) -> object:
        threads.append(threading.current_thread())
        return ask_collection(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(bot.services, "ask_collection", noted)
    encoder.threads.clear()
    await services.warm_up()
    await services.ask(SOLAR_QUESTION)
    await services.rebuild_aside()
    assert threads and threading.main_thread() not in threads
    assert encoder.threads and threading.main_thread().name not in encoder.threads


async def test_an_asker_who_has_gone_holds_up_nobody(services: Services, encoder: GatedEncoder) -> None:
    """A question whose asker gave up is dropped; the one that waited with it is answered."""
    encoder.hold("first")
    first = asyncio.ensure_future(services.ask("first solar roofs"))
    await reached(encoder.reached)
    gone, stays = asyncio.ensure_future(services.ask("solar")), asyncio.ensure_future(services.ask(SOLAR_QUESTION))
    await asyncio.sleep(0)
    gone.cancel()
    first.cancel()
    encoder.gate.set()
    assert isinstance((await stays).reply, Answer)
    assert gone.cancelled() and first.cancelled()


async def test_a_failing_encoder_is_told_to_each_asker(settings: Settings) -> None:
    """All who waited with the failing question learn of it, and the next question is answered."""
    services = Services(settings, FailingEncoder())
    try:
        services.rebuild()
        asked = [services.ask("unspeakable roofs"), services.ask(SOLAR_QUESTION)]
        outcomes = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(outcome) for outcome in outcomes] == [ModelError, ModelError]
        assert isinstance((await services.ask(SOLAR_QUESTION)).reply, Answer)
    finally:
        services.close()


async def test_a_missing_index_is_told_and_warming_up_survives_it(settings: Settings, encoder: GatedEncoder) -> None:
    """Without an index the bot starts, says how to mend it, and answers once it is built."""
    services = Services(settings, encoder)
    try:
        await services.warm_up()
        with pytest.raises(StaleIndexError, match=r"There is no index .* Run: corpusbot reindex"):
            await services.ask(SOLAR_QUESTION)
        await services.rebuild_aside()
        assert isinstance((await services.ask(SOLAR_QUESTION)).reply, Answer)
    finally:
        services.close()


# --- generations -----------------------------------------------------------------------------------------------------


def add_article(settings: Settings) -> None:
    """Put one more article into the collection."""
    write_article(NEW_ARTICLE, settings.collection_dir)


async def test_a_question_keeps_its_generation_while_another_takes_over(services: Services, settings: Settings) -> None:
    """A generation stays readable for those who began with it, and is closed when the last of them is done."""
    add_article(settings)
    with services.generation() as old:
        report = await services.rebuild_aside()
        with services.generation() as new:
            assert new.manifest.id == report.manifest.id != old.manifest.id
            assert new.store.counts()["articles"] == 4
        assert old.store.counts()["articles"] == 3
    with pytest.raises(sqlite3.ProgrammingError):
        old.store.counts()


async def test_a_question_under_way_is_answered_across_the_swap(services: Services, settings: Settings) -> None:
    """A question that began before a swap is answered from the index it began with; the next one from the new index."""
    before = current_id(settings.data_dir)
    held, go_on = threading.Event(), threading.Event()

    def slowly() -> str:
        with services.generation() as generation:
            held.set()
            assert go_on.wait(PATIENCE_SECONDS)
            return f"{generation.manifest.id} {generation.store.article('solar-roofs').title}"

    slow = asyncio.ensure_future(asyncio.to_thread(slowly))
    await reached(held)
    add_article(settings)
    await services.rebuild_aside()
    assert (await services.ask(NEW_QUESTION)).reply.generation == current_id(settings.data_dir) != before
    go_on.set()
    assert await slow == f"{before} {SOLAR.title}"


def test_an_index_made_by_another_process_is_taken_up(services: Services, settings: Settings) -> None:
    """`corpusbot reindex` in a terminal is enough: a running bot answers from the new index at its next question."""
    assert isinstance(services.answer(NEW_QUESTION).reply, Abstention)
    add_article(settings)
    other = Services(settings, FakeEncoder())
    try:
        other.rebuild()
    finally:
        other.close()
    reply = services.answer(NEW_QUESTION).reply
    assert isinstance(reply, Answer) and reply.quotes[0].article.id == "clock-tower"


@pytest.mark.parametrize("damage", ["names nothing that exists", "", "../outside"])
def test_a_damaged_newer_index_does_not_silence_the_bot(services: Services, settings: Settings, damage: str) -> None:
    """Where the newest index cannot be opened, the one that is open goes on answering."""
    assert isinstance(services.answer(SOLAR_QUESTION).reply, Answer)
    (settings.data_dir / "CURRENT").write_text(damage, encoding="utf-8")
    assert isinstance(services.answer(SOLAR_QUESTION).reply, Answer)


def test_a_damaged_only_index_is_told(services: Services, settings: Settings) -> None:
    """Nothing opened yet and a vector file cut short: the error names the cure."""
    vectors = generations_folder(settings.data_dir) / str(current_id(settings.data_dir)) / "vectors.faiss"
    vectors.write_bytes(vectors.read_bytes()[:100])
    with pytest.raises(StaleIndexError, match="Run: corpusbot reindex"):
        services.answer(SOLAR_QUESTION)


# --- rebuilding ------------------------------------------------------------------------------------------------------


async def test_questions_are_answered_during_a_rebuild(services: Services, settings: Settings, encoder: GatedEncoder) -> None:
    """A rebuild has its own thread: while it stands still, a question is answered from the old index."""
    add_article(settings)
    before = current_id(settings.data_dir)
    encoder.hold("thirteen")
    rebuild = asyncio.ensure_future(services.rebuild_aside())
    await reached(encoder.reached)
    assert services.reindexing
    assert (await services.ask(SOLAR_QUESTION)).reply.generation == before
    encoder.gate.set()
    await rebuild
    assert not services.reindexing


async def test_a_second_rebuild_is_refused(services: Services, settings: Settings, encoder: GatedEncoder) -> None:
    """Two at once never happen, neither from this process nor from another; afterwards one may start again."""
    add_article(settings)
    encoder.hold("thirteen")
    rebuild = asyncio.ensure_future(services.rebuild_aside())
    await reached(encoder.reached)
    with pytest.raises(ReindexRunningError):
        await services.rebuild_aside()
    other = Services(settings, FakeEncoder())
    with pytest.raises(ReindexRunningError):
        await asyncio.to_thread(other.rebuild)
    other.close()
    encoder.gate.set()
    first = await rebuild
    assert (await services.rebuild_aside()).manifest.id != first.manifest.id


async def test_progress_arrives_in_the_event_loop(services: Services, settings: Settings) -> None:
    """Whoever shows progress need not think of threads; the numbers rise to the total."""
    add_article(settings)
    seen: list[tuple[int, int]] = []
    threads = set()

    def note(done: int, total: int) -> None:
        seen.append((done, total))
        threads.add(threading.current_thread())

    await services.rebuild_aside(note)
    await asyncio.sleep(0)
    assert threads == {threading.main_thread()}
    assert seen == sorted(seen) and seen[-1][0] == seen[-1][1] > 0


async def test_a_failed_rebuild_leaves_the_old_index(services: Services, settings: Settings) -> None:
    """A malformed article stops the rebuild; questions are answered as before, and a later rebuild may run."""
    bad = settings.collection_dir / "bad.md"
    bad.write_text("no front matter", encoding="utf-8")
    before = current_id(settings.data_dir)
    with pytest.raises(Exception, match=r"bad\.md"):
        await services.rebuild_aside()
    assert not services.reindexing
    assert (await services.ask(SOLAR_QUESTION)).reply.generation == before
    bad.unlink()
    assert (await services.rebuild_aside()).manifest.id != before


# --- the end ---------------------------------------------------------------------------------------------------------


def test_closing_lets_go_of_all_files(settings: Settings, encoder: GatedEncoder) -> None:
    """No file below the data folder stays open, whichever generation it belongs to."""
    services = Services(settings, encoder)
    services.rebuild()
    services.answer(SOLAR_QUESTION)
    if Path("/proc/self/fd").is_dir():
        assert open_files(settings.data_dir)
    with services.generation() as generation:
        pass
    add_article(settings)
    services.rebuild()
    services.answer(SOLAR_QUESTION)
    services.close()
    with pytest.raises(sqlite3.ProgrammingError):
        generation.store.counts()
    if Path("/proc/self/fd").is_dir():
        assert open_files(settings.data_dir) == []


def test_closing_what_was_never_used_is_fine(settings: Settings) -> None:
    """Closing twice, or before anything was opened, does nothing."""
    services = Services(settings, FakeEncoder())
    services.close()
    services.close()


async def test_closing_gives_up_a_rebuild(services: Services, settings: Settings, encoder: GatedEncoder) -> None:
    """A stop does not wait for a long rebuild to end; the old index stays and no half-built one is left."""
    add_article(settings)
    before = current_id(settings.data_dir)
    encoder.hold("thirteen")
    rebuild = asyncio.ensure_future(services.rebuild_aside())
    await reached(encoder.reached)
    closing = asyncio.ensure_future(asyncio.to_thread(services.close))
    while not services._closing:
        await asyncio.sleep(0.01)
    encoder.gate.set()
    await closing
    with pytest.raises(StoppedError):
        await rebuild
    assert current_id(settings.data_dir) == before
    assert [path.name for path in generations_folder(settings.data_dir).iterdir()] == [before]


def test_questions_stay_out_of_the_log(services: Services, settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    """What people ask is nobody's business, at any level, also when the index is damaged."""
    caplog.set_level(logging.DEBUG)
    services.answer(SOLAR_QUESTION)
    services.answer(OFF_SUBJECT_QUESTION)
    (settings.data_dir / "CURRENT").write_text("gone\n", encoding="utf-8")
    services.answer(SOLAR_QUESTION)
    assert any(record.name == "bot.generations" for record in caplog.records)
    for word in ("Vetluga", "penguin", "solar"):
        assert word not in caplog.text
