"""Builds everything from the settings, and is the only place that crosses into threads.

Questions that wait together are encoded together. A question keeps the generation that it began with until it is
answered, while a reindex, here or in another process, puts a new one in place.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from bot.settings import Settings
from corpus.errors import CorpusbotError
from corpus.store import Filters
from embeddings.answers import Reply, answer_question
from embeddings.encoder import Encoded, Encoder, SentenceTransformerEncoder
from embeddings.errors import ReindexRunningError, StaleIndexError
from embeddings.generation import Generation, current_id, open_current
from embeddings.question import read_question
from embeddings.quotes import MAX_QUOTES
from embeddings.reindex import Progress, ReindexReport, reindex

MOST_TOGETHER = 16  # questions encoded in one batch
log = logging.getLogger(__name__)


class StoppedError(CorpusbotError):
    """A rebuild was given up because the process is being stopped."""


@dataclass(frozen=True)
class TimedReply:
    """A reply and how long it took from being asked, in milliseconds."""

    reply: Reply
    took_ms: float


@dataclass
class _Open:
    """An opened generation, how many questions are reading it, and whether a newer one has taken its place."""

    generation: Generation
    readers: int = 0
    retired: bool = False


@dataclass(frozen=True)
class _Waiting:
    question: str
    filters: Filters | None
    count: int
    asked_at: float
    reply: "asyncio.Future[TimedReply]"


class Services:
    """What commands, on the terminal and in Discord, work with."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None) -> None:
        """Verify the model's files; the model itself is loaded when something is encoded.

        Raises:
            ModelError: the model's files are missing or not the ones we trust.
        """
        self.settings = settings
        self.encoder: Encoder = encoder or SentenceTransformerEncoder(settings.model_name, settings.model_check_file)
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._answering = ThreadPoolExecutor(1, "answering")
        self._indexing = ThreadPoolExecutor(1, "indexing")
        self._waiting: list[_Waiting] = []
        self._batch: asyncio.Future[None] | None = None
        self._reindexing = False
        self._closing = False

    # --- generations -----------------------------------------------------------------------------------------------

    @contextmanager
    def generation(self) -> Iterator[Generation]:
        """The generation that answers now; it stays open until the block ends, whatever takes its place meanwhile.

        Raises:
            StaleIndexError: there is none that can be read.
        """
        held = self._enter()
        try:
            yield held.generation
        finally:
            self._leave(held)

    def _enter(self) -> _Open:
        with self._lock:
            try:
                newest = current_id(self.settings.data_dir)
                if self._open is None or (newest is not None and newest != self._open.generation.manifest.id):
                    self._replace(_Open(open_current(self.settings.data_dir, self.encoder)))
            except StaleIndexError:
                if self._open is None:
                    raise
                log.exception("the newest index cannot be opened; answering from %s", self._open.generation.manifest.id)
            assert self._open is not None
            self._open.readers += 1
            return self._open

    def _replace(self, fresh: _Open) -> None:
        old, self._open = self._open, fresh
        if old is not None:
            old.retired = True
            if not old.readers:
                old.generation.close()

    def _leave(self, held: _Open) -> None:
        with self._lock:
            held.readers -= 1
            if held.retired and not held.readers:
                held.generation.close()

    # --- answering -------------------------------------------------------------------------------------------------

    def answer(
        self, question: str, filters: Filters | None = None, count: int = MAX_QUOTES, encoded: Encoded | None = None
    ) -> TimedReply:
        """Answer one question, in this thread.

        Raises:
            StaleIndexError: there is no index that can be read.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        with self.generation() as generation:
            reply = answer_question(question, generation, self.encoder, encoded, filters, count)
        return TimedReply(reply, 1000 * (time.perf_counter() - started))

    async def ask(self, question: str, filters: Filters | None = None, count: int = MAX_QUOTES) -> TimedReply:
        """Answer one question without holding up the event loop; raises as `answer` does."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(question, filters, count, time.perf_counter(), loop.create_future())
        self._waiting.append(waiting)
        if self._batch is None or self._batch.done():
            self._batch = asyncio.ensure_future(self._answer_waiting())
        return await waiting.reply

    async def _answer_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            try:
                encoded = await loop.run_in_executor(self._answering, self._encode, [waiting.question for waiting in batch])
            except Exception as error:  # whatever it was, each asker is told
                for waiting in batch:
                    _settle(waiting.reply, error)
                continue
            for waiting, vectors in zip(batch, encoded, strict=True):
                try:
                    timed = await loop.run_in_executor(
                        self._answering, self.answer, waiting.question, waiting.filters, waiting.count, vectors
                    )
                    took_ms = 1000 * (time.perf_counter() - waiting.asked_at)
                    _settle(waiting.reply, TimedReply(timed.reply, took_ms))
                except Exception as error:
                    _settle(waiting.reply, error)

    def _encode(self, questions: list[str]) -> list[Encoded]:
        return self.encoder.encode_with_tokens([read_question(question).text for question in questions])

    async def warm_up(self) -> None:
        """Load model and index before the first question needs them; a missing index is only logged."""

        def load() -> None:
            self.encoder.encode_with_tokens(["warm up"])
            try:
                with self.generation():
                    pass
            except StaleIndexError as error:
                log.warning("%s", error)

        await asyncio.get_running_loop().run_in_executor(self._answering, load)

    # --- reindexing ------------------------------------------------------------------------------------------------

    @property
    def reindexing(self) -> bool:
        """Whether this process is rebuilding the index."""
        return self._reindexing

    def rebuild(self, progress: Progress | None = None) -> ReindexReport:
        """Rebuild the index, in this thread; raises as `embeddings.reindex.reindex` does."""
        settings = self.settings
        return reindex(settings.collection_dir, settings.data_dir, self.encoder, progress, settings.kept_generations)

    async def rebuild_aside(self, progress: Progress | None = None) -> ReindexReport:
        """Rebuild the index while questions go on being answered; `progress` is called in the event loop.

        Raises:
            ReindexRunningError: a rebuild is under way.
        """
        if self._reindexing:
            raise ReindexRunningError("A reindex is already running. Wait until it is done.")
        self._reindexing = True
        loop = asyncio.get_running_loop()

        def report(done: int, total: int) -> None:
            if self._closing:
                raise StoppedError("The bot is being stopped; the archive stays as it was.")
            if progress:
                loop.call_soon_threadsafe(progress, done, total)

        try:
            return await loop.run_in_executor(self._indexing, self.rebuild, report)
        finally:
            self._reindexing = False

    def close(self) -> None:
        """Finish the answers under way, give up a rebuild (the old index stays), and let go of all files."""
        self._closing = True
        self._answering.shutdown(wait=True, cancel_futures=True)
        self._indexing.shutdown(wait=True, cancel_futures=True)
        with self._lock:
            if self._open is not None:
                self._open.generation.close()
                self._open = None


def _settle(future: "asyncio.Future[TimedReply]", outcome: TimedReply | Exception) -> None:
    """Give an asker the outcome, unless they have gone."""
    if future.done():
        return
    if isinstance(outcome, TimedReply):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)
