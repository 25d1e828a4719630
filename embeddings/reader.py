"""Reads a question and a passage together, and says how likely the passage answers it.

Uses the layers of the encoder that is there anyway and a few million numbers that were fitted on passages and questions of our
own (`benchmarks/reader`). Decides nothing: what it says is one of the things that `embeddings.abstention` weighs.
"""

import logging
import threading
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.encoder import Encoder, SentenceTransformerEncoder
from embeddings.errors import ModelError

if TYPE_CHECKING:
    from embeddings.reading_network import ReadingNetwork

FITTED = Path(__file__).with_name("fitted")
CURE = "Install corpusbot anew."
log = logging.getLogger(__name__)


class Reader:
    """Reads with one encoder's layers; the numbers are loaded at the first reading. Threads may share it."""

    def __init__(self, encoder: SentenceTransformerEncoder, path: Path) -> None:
        """Settle which file is meant; it is read later."""
        self._encoder, self._path = encoder, path
        self._network: ReadingNetwork | None = None
        self._turn = threading.Lock()

    def read(self, question: str, passages: Sequence[Sequence[str]]) -> list[float]:
        """The log-odds that each passage answers a question; 0 is as likely as not.

        About 0.15 s for a passage of three sentences on two cores, less for sentences that were read before; 110 MB of its own.

        Args:
            passages: each as its sentences, at least one. Beyond 160 word pieces a sentence is not seen.
        Raises:
            ModelError: the file or the encoder's model cannot be loaded.
        """
        if not passages:
            return []
        network = self._loaded()
        import torch  # the encoder has loaded it

        with torch.inference_mode():
            return [float(value) for value in network(question, passages)]

    def _loaded(self) -> "ReadingNetwork":
        with self._turn:
            if self._network is None:
                started = time.perf_counter()
                self._network = self._load()
                log.debug("loaded the reader in %.1f s", time.perf_counter() - started)
            return self._network

    def _load(self) -> "ReadingNetwork":
        from safetensors import SafetensorError, safe_open

        from embeddings.reading_network import ReadingNetwork

        model, tokenizer = self._encoder.transformer()
        try:
            with safe_open(self._path, framework="pt") as file:
                apart = int((file.metadata() or {})["apart"])
                weights = {name: file.get_tensor(name).float() for name in file.keys()}  # noqa: SIM118, it is no mapping
            return ReadingNetwork(model, tokenizer, weights, apart)
        except (SafetensorError, OSError, KeyError, ValueError, RuntimeError, AttributeError) as error:
            raise _unloadable(self._path, error) from error


def reader_file(encoder: str) -> Path:
    """Where the numbers for an encoder ship, if they do."""
    return FITTED / f"{Path(encoder).name}.reader.safetensors"


def reader_for(encoder: Encoder) -> Reader | None:
    """The reader for an encoder; none for one that corpusbot has none for, or that has other weights under the same name.

    Raises:
        ModelError: its file is damaged.
    """
    path = reader_file(encoder.name)
    if not isinstance(encoder, SentenceTransformerEncoder) or not path.is_file():
        return None
    if _digest_in(path) != encoder.digest:
        return None
    return _shared(encoder, path)


@lru_cache(maxsize=1)
def _shared(encoder: SentenceTransformerEncoder, path: Path) -> Reader:
    """An index that takes another's place reads on with what is loaded."""
    return Reader(encoder, path)


def _digest_in(path: Path) -> str | None:
    """The digest of the encoder that a file's numbers were fitted with."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, framework="numpy") as file:
            about = file.metadata() or {}
    except (SafetensorError, OSError) as error:
        raise _unloadable(path, error) from error
    found: str | None = about.get("encoder_digest")
    return found


def _unloadable(path: Path, error: Exception) -> ModelError:
    return ModelError(f"The reader {path} cannot be loaded ({type(error).__name__}). {CURE}")
