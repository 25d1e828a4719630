"""A cross-encoder that reads question and passage together and says how well the one answers the other.

None ships with corpusbot, so there is no reranking unless RERANKER_MODEL names one. Finds nothing itself: it puts the first
hits of a search into another order.
"""

import logging
import math
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.encoder import prepare_environment
from embeddings.errors import ModelError

if TYPE_CHECKING:
    import torch
    from sentence_transformers import CrossEncoder

    from embeddings.search import Hit  # only its name: the search may import this module

BATCH_SIZE = 16
CURE = "Set RERANKER_MODEL to a cross-encoder's folder or to a hub id that this machine can reach, or leave it out."
WITHOUT_SCORES = ("Model", "ForMaskedLM", "ForPreTraining")  # ends of the names of model classes
log = logging.getLogger(__name__)


class Reranker:
    """Any cross-encoder with one score that sentence-transformers loads, on the processor, at its first use."""

    def __init__(self, name: str) -> None:
        """Settle which model is meant; nothing is loaded yet.

        Args:
            name: a folder, which is read without a network, or a hub id (which downloads when it is first used).
        """
        self.name = name
        self._is_local = Path(name).is_dir()
        self._model: CrossEncoder | None = None
        self._turn = threading.Lock()  # the tokenizer's Rust side refuses two threads at once

    def scores(self, question: str, passages: Sequence[str]) -> list[float]:
        """How well each passage answers a question, from 0 to 1, in the passages' order.

        Text beyond the model's window (512 word pieces for most) is not seen.
        Raises:
            ModelError: the model cannot be loaded, or is no cross-encoder with one score.
        """
        if not passages:
            return []
        with self._turn:
            model = self._load_once()
            logits = model.predict(
                [(question, passage) for passage in passages],
                batch_size=BATCH_SIZE,
                show_progress_bar=False,
                activation_fn=_unchanged(),
                convert_to_numpy=True,
            )
        return [_sigmoid(float(logit)) for logit in logits]

    def load(self) -> None:
        """Load the model now, so that the first question need not wait for it.

        Raises:
            ModelError: the model cannot be loaded, or is no cross-encoder with one score.
        """
        with self._turn:
            self._load_once()

    def _load_once(self) -> "CrossEncoder":
        if self._model is None:
            model = self._read()
            # The library gives an encoder a last layer of random numbers, and its scores would mean nothing.
            if any(kind.endswith(WITHOUT_SCORES) for kind in getattr(model.config, "architectures", None) or ()):
                raise ModelError(f"The model {self.name!r} is no cross-encoder: it has no layer that gives a score. {CURE}")
            if model.num_labels != 1:
                raise ModelError(f"The model {self.name!r} gives {model.num_labels} scores for a passage, not one. {CURE}")
            self._model = model
        return self._model

    def _read(self) -> "CrossEncoder":
        prepare_environment(offline=self._is_local)
        # About 5 s and the model's own size: never where nothing is reranked.
        from sentence_transformers import CrossEncoder
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model: CrossEncoder = CrossEncoder(self.name, device="cpu", local_files_only=self._is_local)
        except Exception as error:  # the library raises many kinds, all of which mean this one thing
            log.debug("loading the reranker failed", exc_info=True)
            raise ModelError(f"The reranker {self.name!r} cannot be loaded ({type(error).__name__}). {CURE}") from error
        return model


def rerank(hits: "Sequence[Hit]", scores: Sequence[float], weight: float) -> "list[Hit]":
    """Put the first hits into a new order, by their own score and the cross-encoder's together.

    Args:
        hits: by falling score.
        scores: of the first hits, in their order, from 0 to 1; fewer than there are hits leave the others where they are.
        weight: of the cross-encoder, from 0 (the order stays) to 1 (it alone decides).
    Returns:
        All hits, those with a score first and by what both say: (1 - weight) * own + weight * cross-encoder. Equals keep
        their order.
    Raises:
        ValueError: more scores than hits, or a weight outside 0 to 1.
    """
    if len(scores) > len(hits) or not 0 <= weight <= 1:
        raise ValueError(f"{len(scores)} scores for {len(hits)} hits with the weight {weight}")
    mixed = [
        replace(hit, score=(1 - weight) * hit.score + weight * score)
        for hit, score in zip(hits[: len(scores)], scores, strict=True)
    ]
    return [*sorted(mixed, key=lambda hit: -hit.score), *hits[len(scores) :]]


def _unchanged() -> "torch.nn.Module":
    """No activation of the model's own: some cross-encoders apply the sigmoid themselves, and others do not."""
    import torch  # heavy, as above

    return torch.nn.Identity()


def _sigmoid(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit >= 0 else math.exp(logit) / (1 + math.exp(logit))
