"""Text -> unit vectors. The protocol that everything else relies on, and its sentence-transformers implementation."""

import logging
import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.errors import ModelError
from embeddings.model_files import KNOWN, best_installed, folder_digest, known_model_in, model_folder, verify_model

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = NDArray[np.float32]
WHOLE_WORD = re.compile(r"[a-z]{3,}")
BATCH_SIZE = 32
log = logging.getLogger(__name__)


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is the texts' likeness."""

    @property
    def name(self) -> str:
        """The model's name, for people."""

    @property
    def digest(self) -> str:
        """Changes whenever the same text could get another vector."""

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts: float32, shape (len(texts), dimension), each row of length 1."""

    def encode_with_tokens(self, texts: Sequence[str]) -> "list[Encoded]":
        """Encode texts and their tokens in one pass; a model that gives no token vectors gives none of them."""


@dataclass(frozen=True, eq=False)
class TokenVectors:
    """One text's token vectors, float32 of shape (tokens, dimension) and length 1.

    `spans` tells where each token starts and ends in the text: int32, shape (tokens, 2), in order.
    """

    vectors: Vectors
    spans: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.spans)

    @classmethod
    def none(cls, dimension: int) -> "TokenVectors":
        """No tokens."""
        return cls(np.zeros((0, dimension), dtype=np.float32), np.zeros((0, 2), dtype=np.int32))


@dataclass(frozen=True, eq=False)
class Encoded:
    """A text's vector, shape (dimension,) and length 1, and those of its tokens."""

    vector: Vectors
    tokens: TokenVectors

    @classmethod
    def without_tokens(cls, vector: Vectors) -> "Encoded":
        """A vector alone, from a model that tells nothing of tokens."""
        return cls(vector, TokenVectors.none(len(vector)))


class SentenceTransformerEncoder:
    """Any model that sentence-transformers loads, on the processor; the known ones from installed files.

    The model is loaded at the first `encode` (about 5 s; 400 MB, or 800 MB for the larger one), not before; `digest` and, for a
    known model, `dimension` are told without it.
    """

    def __init__(self, model_name: str | None = None, check_cache: Path | None = None) -> None:
        """Settle which model is meant, and verify a known one.

        Args:
            model_name: `all-mpnet-base-v2`, `all-MiniLM-L6-v2`, a folder, or a hub id (which downloads when it is first used);
                none means the better one of the first two that is installed.
            check_cache: see `verify_model`.
        Raises:
            ModelError: the files are missing or not the ones we trust.
        """
        named = KNOWN.get(model_name) if model_name else best_installed()
        folder = model_folder(named) if named else Path(model_name or "")
        self._known = named or known_model_in(folder)
        if self._known:
            verify_model(self._known, folder, check_cache)
        self._source = str(folder) if folder.is_dir() else str(model_name)
        self._is_local = folder.is_dir()
        self.name = self._known.name if self._known else str(model_name)
        self._model: SentenceTransformer | None = None
        # The tokenizer's Rust side refuses two threads at once ("Already borrowed"). A reindex encodes in small batches
        # and writes to disk between them, so a question waits for one batch at most.
        self._turn = threading.Lock()
        self._digest: str | None = self._known.digest if self._known else None

    @property
    def digest(self) -> str:
        """The weights' SHA-256 for a known model, a digest of all files for a folder, the commit for a hub id."""
        if self._digest is None:
            self._digest = folder_digest(Path(self._source)) if self._is_local else self._hub_revision()
        return self._digest

    def _hub_revision(self) -> str:
        config = getattr(self.transformer()[0], "config", None)
        return f"{self._source}@{getattr(config, '_commit_hash', None) or 'unknown'}"

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        return self._known.dimension if self._known else int(self._loaded().get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts: float32, shape (len(texts), dimension), each row of length 1.

        Text beyond the model's window (384 word pieces for the larger encoder, 256 for the smaller) is not seen.
        Raises:
            ModelError: the model cannot be loaded.
        """
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        model = self._loaded()
        with self._turn:
            vectors = model.encode(
                list(texts), batch_size=BATCH_SIZE, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
        return np.ascontiguousarray(vectors, dtype=np.float32)

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """Encode texts and their tokens in one pass, without the marks that open and close a text.

        Where the tokenizer does not tell where its tokens stand, the texts come without any.
        Raises:
            ModelError: the model cannot be loaded.
        """
        model = self._loaded()
        tokenizer = model.tokenizer
        if not getattr(tokenizer, "is_fast", False) or not texts:
            return [Encoded.without_tokens(vector) for vector in self.encode(texts)]
        with self._turn:
            outputs: Any = model.encode(list(texts), batch_size=BATCH_SIZE, output_value=None, show_progress_bar=False)
            window = {"truncation": True, "max_length": model.max_seq_length}
            places = [tokenizer(text, return_offsets_mapping=True, **window)["offset_mapping"] for text in texts]
        return [_encoded(output, offsets) for output, offsets in zip(outputs, places, strict=True)]

    def transformer(self) -> tuple[Any, Any]:
        """The network under the vectors, a model of transformers', and its tokenizer, for who reads texts with its layers.

        Raises:
            ModelError: the model cannot be loaded.
        """
        model = self._loaded()
        return getattr(model[0], "auto_model", None), model.tokenizer

    def common_words(self) -> list[str]:
        """The whole words of the model's word list, which begins with the commonest; empty where it has only pieces.

        Raises:
            ModelError: the model cannot be loaded.
        """
        vocabulary = self._loaded().tokenizer.get_vocab()
        return [word for word in sorted(vocabulary, key=vocabulary.__getitem__) if WHOLE_WORD.fullmatch(word)]

    def load(self) -> None:
        """Load the model now, so that the first question need not wait for it.

        Raises:
            ModelError: the model cannot be loaded.
        """
        self._loaded()

    def _loaded(self) -> "SentenceTransformer":
        with self._turn:
            return self._load_once()

    def _load_once(self) -> "SentenceTransformer":
        if self._model is None:
            prepare_environment(offline=self._is_local)
            # About 5 s and 400 MB: never at start-up of a command that encodes nothing.
            from sentence_transformers import SentenceTransformer
            from transformers.utils import logging as transformers_logging

            transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
            try:
                self._model = SentenceTransformer(self._source, device="cpu", local_files_only=self._is_local)
            except Exception as error:  # the library raises many kinds, all of which mean this one thing
                log.debug("loading the model failed", exc_info=True)
                raise ModelError(
                    f"The model {self._source!r} cannot be loaded ({type(error).__name__}). "
                    f"Set MODEL_NAME to one of {', '.join(KNOWN)}, a model folder, or a hub id that this machine can reach."
                ) from error
        return self._model


def common_words_of(encoder: Encoder) -> list[str]:
    """The common English words that an encoder knows whole, the commonest first; none where it has no such list.

    Raises:
        ModelError: its model cannot be loaded.
    """
    return encoder.common_words() if isinstance(encoder, SentenceTransformerEncoder) else []


def _encoded(output: Any, offsets: Sequence[tuple[int, int]]) -> Encoded:
    """One text's output of the model, normalised; tokens that cover no letter are marks of the model's own."""
    vector = _unit(np.asarray(output["sentence_embedding"].cpu().numpy(), dtype=np.float32).reshape(1, -1))[0]
    tokens = np.asarray(output["token_embeddings"].cpu().numpy(), dtype=np.float32)[: len(offsets)]
    kept = [place for place, (start, end) in enumerate(offsets) if end > start]
    spans = np.array([offsets[place] for place in kept], dtype=np.int32).reshape(-1, 2)
    return Encoded(vector, TokenVectors(_unit(tokens[kept]), spans))


def _unit(rows: Vectors) -> Vectors:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
    return np.ascontiguousarray(rows / lengths, dtype=np.float32)


def prepare_environment(offline: bool) -> None:
    """Settings that torch and the tokenizers read when they load, unless the operator has set them."""
    # Waiting OpenMP threads spin by default: on a busy two-core machine a question took twice the processor time.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if offline:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
