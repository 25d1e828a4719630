"""Looks over an installation and says what to do; changes nothing but the memory of the model's check."""

from dataclasses import dataclass

from bot.services import second_encoder
from bot.settings import SHIPPED_COLLECTION, Settings
from corpus.collection import read_collection
from corpus.errors import CorpusbotError
from corpus.figures.catalogue import CatalogueError, read_catalogue
from corpus.figures.extraction import EXTRACTOR_VERSION
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.generation import Generation, Manifest, current_id, generations_folder, open_generation
from embeddings.index_files import content_digest


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `vital` ones keep the bot from answering."""

    good: bool
    sentence: str
    vital: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Check settings, collection, model, index and token, in this order."""
    return [
        Finding(True, "Settings: all are known and well formed."),
        _collection(settings),
        *_model_and_index(settings),
        _token(settings),
    ]


def _collection(settings: Settings) -> Finding:
    try:
        articles = read_collection(settings.collection_dir)
    except CorpusbotError as error:
        return Finding(False, f"Collection: {error}")
    shipped = " (the shipped one)" if settings.collection_dir == SHIPPED_COLLECTION else ""
    return Finding(True, f"Collection: {len(articles)} articles in {settings.collection_dir}{shipped}.")


def _model_and_index(settings: Settings) -> list[Finding]:
    try:
        encoder = SentenceTransformerEncoder(settings.model_name, settings.model_check_file)
        model = Finding(True, f"Model: {encoder.name}, files verified (digest {encoder.digest[:12]}…).")
    except CorpusbotError as error:
        return [Finding(False, f"Model: {error}")]
    try:
        name = current_id(settings.data_dir)
        if name is None:
            return [model, Finding(False, f"Index: there is none in {settings.data_dir} yet. Run: corpusbot reindex")]
        generation = open_generation(generations_folder(settings.data_dir) / name, encoder, second_encoder())
    except CorpusbotError as error:
        return [model, Finding(False, f"Index: {error}")]
    try:
        return [model, _index(generation, settings)]
    finally:
        generation.close()


def _index(generation: Generation, settings: Settings) -> Finding:
    manifest = generation.manifest
    counts = (
        f"{manifest.articles} articles, {manifest.chunks} chunks, {manifest.sentences} sentences,"
        f" {manifest.figures_told}, built {manifest.built_at}"
    )
    try:
        changed = _changed(manifest, settings)
    except CatalogueError as error:
        return Finding(False, f"Index: {counts}; it cannot be built anew. {error}", vital=False)
    if changed:
        return Finding(False, f"Index: {counts}; the {changed} has changed since. Run: corpusbot reindex", vital=False)
    return Finding(True, f"Index: {counts}, consistent.")


def _changed(manifest: Manifest, settings: Settings) -> str | None:
    """What is no longer as it was when the index was built, if anything; a collection that cannot be read is told elsewhere.

    Raises:
        CatalogueError: the catalogue cannot be read.
    """
    try:
        if content_digest(read_collection(settings.collection_dir)) != manifest.content_digest:
            return "collection"
    except CorpusbotError:
        pass
    if manifest.extractor_version != EXTRACTOR_VERSION:
        return "way of reading figures"
    return "catalogue" if read_catalogue(settings.catalogue_file).digest != manifest.catalogue_digest else None


def _token(settings: Settings) -> Finding:
    if settings.discord_token is None:
        cure = "Put the bot's token into .env as DISCORD_TOKEN=… to run the bot; the command line works without it."
        return Finding(False, f"Discord: no token is set. {cure}", vital=False)
    return Finding(True, "Discord: a token is set (not shown). Discord itself checks it when the bot starts.")
