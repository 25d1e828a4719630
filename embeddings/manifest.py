"""What one generation was built from, as its `manifest.json` says, and whether its files and the encoders fit that."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.chunks import CHUNKER_VERSION
from embeddings.encoder import Encoder
from embeddings.errors import StaleIndexError

MANIFEST = "manifest.json"
CURE = "Run: corpusbot reindex"


@dataclass(frozen=True)
class Manifest:
    """What a generation was built from, and how much is in it."""

    id: str
    encoder: str
    encoder_digest: str
    dimension: int
    chunker_version: str
    articles: int
    chunks: int
    sentences: int
    tokens: int
    content_digest: str
    built_at: str  # UTC, ISO 8601
    # Of the encoder for questions in other languages; a generation made without one, or before there was one, has none.
    second_encoder: str | None = None
    second_encoder_digest: str | None = None
    second_dimension: int = 0
    # A generation made before there were figures has none; without a catalogue none of its figures belongs to a metric.
    figures: int = 0
    figures_left_out: int = 0  # numbers that could not be read surely
    catalogue_digest: str | None = None
    extractor_version: str | None = None

    @property
    def figures_told(self) -> str:
        """How many figures there are and how many numbers could not be read surely, in words."""
        return f"{self.figures} figures ({self.figures_left_out} numbers left out)"

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into a generation's folder."""
        (folder / MANIFEST).write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Read a generation's manifest.

        Raises:
            StaleIndexError: missing, malformed or with other fields.
        """
        path = folder / MANIFEST
        try:
            return cls(**json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise StaleIndexError(f"{path} is missing. {CURE}") from None
        except (OSError, ValueError, TypeError) as error:
            raise StaleIndexError(f"{path} is damaged or was written by another corpusbot. {CURE}") from error


def check_counts(manifest: Manifest, stored: Mapping[str, int], vectors: Mapping[str, int], folder: Path) -> None:
    """Refuse a generation whose files hold other numbers of things than its manifest promises.

    Raises:
        StaleIndexError: they do.
    """
    for kind, number in stored.items():
        promised = getattr(manifest, kind)
        if number != promised or vectors.get(kind, promised) != promised:
            raise StaleIndexError(
                f"{folder} is inconsistent: its manifest says {promised} {kind}, the database holds {number}"
                f" and the vectors {vectors.get(kind, 'none')}. {CURE}"
            )


def check_encoder(manifest: Manifest, encoder: Encoder, folder: Path) -> None:
    """Refuse a generation whose vectors come from another model or another cutting of the text.

    Raises:
        StaleIndexError: they do.
    """
    if manifest.encoder_digest != encoder.digest:
        raise StaleIndexError(f"{folder} holds vectors from {manifest.encoder!r}, but MODEL_NAME is {encoder.name!r}. {CURE}")
    if manifest.dimension != encoder.dimension:
        raise StaleIndexError(
            f"{folder} holds vectors of {manifest.dimension} numbers, but {encoder.name!r} makes {encoder.dimension}. {CURE}"
        )
    if manifest.chunker_version != CHUNKER_VERSION:
        raise StaleIndexError(f"{folder} was cut by chunker {manifest.chunker_version}, this is {CHUNKER_VERSION}. {CURE}")
