"""Builds everything from the settings, and with `bot.figure_desk` is the only place that crosses into threads.

Questions that wait together are encoded together. A question keeps the generation that it began with until it is
answered, while a reindex, here or in another process, puts a new one in place.
"""

import asyncio
import logging
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.generations import CurrentGeneration
from bot.settings import Settings
from corpus.errors import CorpusbotError
from corpus.figures.catalogue import read_catalogue
from corpus.figures.extraction import EXTRACTOR_VERSION
from corpus.store import Filters
from embeddings.abstention import read_abstainer
from embeddings.answers import Reply
from embeddings.asking import Asked, ask_collection, resolved_question
from embeddings.conversation.follow_ups import Turn
from embeddings.crosslingual.foreign_answers import warm_up as warm_up_foreign
from embeddings.crosslingual.languages import ENGLISH, language_of
from embeddings.crosslingual.multilingual_encoder import MultilingualEncoder, installed
from embeddings.encoder import Encoded, Encoder, SentenceTransformerEncoder
from embeddings.encoding import Progress
from embeddings.errors import ModelError, ReindexRunningError, StaleIndexError
from embeddings.generation import Generation
from embeddings.quotes import MAX_QUOTES
from embeddings.reindex import ReindexReport, reindex
from embeddings.reranker import Reranker

MOST_TOGETHER = 16  # questions encoded in one batch
log = logging.getLogger(__name__)


class StoppedError(CorpusbotError):
    """A rebuild was given up because the process is being stopped."""


@dataclass(frozen=True)
class TimedReply:
    """A reply, how long it took from being asked, in milliseconds, and what was made of the question before."""

    reply: Reply
    took_ms: float
    asked: Asked | None = None


@dataclass(frozen=True)
class _Waiting:
    question: str
    filters: Filters | None
    count: int
    turns: tuple[Turn, ...]
    asked_at: float
    reply: "asyncio.Future[TimedReply]"


class Services:
    """What commands, on the terminal and in Discord, work with."""

    def __init__(self, settings: Settings, encoder: Encoder | None = None, second: Encoder | None = None) -> None:
        """Verify the model's files; the models themselves are loaded when something is encoded.

        Args:
            encoder: instead of the model that the settings name.
            second: for questions in other languages; by default the installed one, or none beside another `encoder`.
        Raises:
            ModelError: the model's files are missing or not the ones we trust.
            StaleIndexError: coefficients of the operator's own are there but cannot be used.
        """
        self.settings = settings
        self.encoder: Encoder = encoder or SentenceTransformerEncoder(settings.model_name, settings.model_check_file)
        self.second = second or (None if encoder else second_encoder())
        reranker = Reranker(settings.reranker_model) if settings.reranker_model else None
        self.abstainer = read_abstainer(settings.abstention_file) if settings.abstention_file.is_file() else None
        self._generations = CurrentGeneration(settings.data_dir, self.encoder, self.second, reranker)
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
        with self._generations.held() as generation:
            yield generation

    def index_is_good(self) -> bool:
        """Whether the index is there, fits the models, and holds all that the installed models can use.

        One made before the extra `languages` was installed, or with another catalogue, answers, but not all that it could.
        Raises:
            CatalogueError: the catalogue cannot be read.
        """
        catalogue = read_catalogue(self.settings.catalogue_file)
        try:
            with self.generation() as generation:
                manifest = generation.manifest
                same_figures = (manifest.catalogue_digest, manifest.extractor_version) == (catalogue.digest, EXTRACTOR_VERSION)
                return same_figures and (self.second is None or generation.foreign is not None)
        except StaleIndexError:
            return False

    # --- answering -------------------------------------------------------------------------------------------------

    def answer(
        self,
        question: str,
        filters: Filters | None = None,
        count: int = MAX_QUOTES,
        encoded: Encoded | None = None,
        turns: Sequence[Turn] = (),
    ) -> TimedReply:
        """Answer one question, in this thread.

        Args:
            turns: of the same talk, oldest first, for a question that goes on from them.
        Raises:
            StaleIndexError: there is no index that can be read.
            ModelError: the model cannot be loaded.
        """
        started = time.perf_counter()
        with self.generation() as generation:
            asked = ask_collection(
                question, generation, self.encoder, encoded, filters, count, turns, second=self.second, abstainer=self.abstainer
            )
        return TimedReply(asked.reply, 1000 * (time.perf_counter() - started), asked)

    async def ask(
        self, question: str, filters: Filters | None = None, count: int = MAX_QUOTES, turns: Sequence[Turn] = ()
    ) -> TimedReply:
        """Answer one question without holding up the event loop; arguments and errors are those of `answer`."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(question, filters, count, tuple(turns), time.perf_counter(), loop.create_future())
        self._waiting.append(waiting)
        if self._batch is None or self._batch.done():
            self._batch = asyncio.ensure_future(self._answer_waiting())
        return await waiting.reply

    async def _answer_waiting(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting[:MOST_TOGETHER], self._waiting[MOST_TOGETHER:]
            try:
                encoded = await loop.run_in_executor(self._answering, self._encode, batch)
            except Exception as error:  # whatever it was, each asker is told
                for waiting in batch:
                    _settle(waiting.reply, error)
                continue
            for waiting, vectors in zip(batch, encoded, strict=True):
                if waiting.reply.done():  # whoever asked has gone
                    continue
                try:
                    arguments = (waiting.question, waiting.filters, waiting.count, vectors, waiting.turns)
                    timed = await loop.run_in_executor(self._answering, self.answer, *arguments)
                    took_ms = 1000 * (time.perf_counter() - waiting.asked_at)
                    _settle(waiting.reply, replace(timed, took_ms=took_ms))
                except Exception as error:
                    _settle(waiting.reply, error)

    def _encode(self, batch: Sequence[_Waiting]) -> list[Encoded | None]:
        """The questions' vectors; none for one in another language, which the second encoder reads when it is answered."""
        texts = [resolved_question(waiting.question, waiting.turns).text for waiting in batch]
        english = [text for text in texts if language_of(text) == ENGLISH]
        vectors = dict(zip(english, self.encoder.encode_with_tokens(english), strict=True)) if english else {}
        return [vectors.get(text) for text in texts]

    async def warm_up(self) -> None:
        """Load models and index before the first question needs them.

        A missing index, or a second model that cannot be loaded, is only logged: English questions need no second one.
        """

        def load() -> None:
            self.encoder.encode_with_tokens(["warm up"])
            try:
                with self.generation() as generation:
                    # Reads its word list and the collection's, over a second for 20,000 words.
                    generation.speller.mended("warm up")
                    if generation.reader:
                        generation.reader.read("warm up", [["warm up"]])
                    if self.second:
                        warm_up_foreign(generation, self.encoder, self.second)
            except (StaleIndexError, ModelError) as error:
                log.warning("%s", error)

        await asyncio.get_running_loop().run_in_executor(self._answering, load)

    # --- reindexing ------------------------------------------------------------------------------------------------

    @property
    def reindexing(self) -> bool:
        """Whether this process is rebuilding the index."""
        return self._reindexing

    def rebuild(self, progress: Progress | None = None) -> ReindexReport:
        """Rebuild the index, in this thread.

        Raises:
            CatalogueError: the catalogue cannot be read; nothing has changed. Otherwise as `embeddings.reindex.reindex`.
        """
        settings = self.settings
        catalogue = read_catalogue(settings.catalogue_file)
        keep = settings.kept_generations
        return reindex(settings.collection_dir, settings.data_dir, self.encoder, progress, keep, self.second, catalogue)

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

    def give_up_rebuild(self) -> None:
        """Have a rebuild that runs end at its next step; the old index stays. No other one can be begun."""
        self._closing = True

    def close(self) -> None:
        """Finish the answers under way, give up a rebuild (the old index stays), and let go of all files."""
        self._closing = True
        self._answering.shutdown(wait=True, cancel_futures=True)
        self._indexing.shutdown(wait=True, cancel_futures=True)
        self._generations.close()


def second_encoder() -> Encoder | None:
    """The encoder for questions in other languages, if the extra `languages` is installed; it loads at its first use."""
    return MultilingualEncoder() if installed() else None


def _settle(future: "asyncio.Future[TimedReply]", outcome: TimedReply | Exception) -> None:
    """Give an asker the outcome, unless they have gone."""
    if future.done():
        return
    if isinstance(outcome, TimedReply):
        future.set_result(outcome)
    else:
        future.set_exception(outcome)
