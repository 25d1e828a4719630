"""Looks over an installation and says what to do; changes nothing but the memory of the model's check."""

import base64
from dataclasses import dataclass

import discord

from bot.services import second_encoder
from bot.settings import SHIPPED_COLLECTION, Settings
from corpus.collection import read_collection
from corpus.errors import CorpusbotError
from corpus.figures.catalogue import CatalogueError, read_catalogue
from corpus.figures.extraction import EXTRACTOR_VERSION
from embeddings.encoder import SentenceTransformerEncoder
from embeddings.generation import Generation, current_id, generations_folder, open_generation
from embeddings.index_files import content_digest
from embeddings.manifest import Manifest

# What sending and editing answers with pictures takes, in channels and threads; history is for replies to a question.
PERMISSIONS = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)


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
        *_token(settings),
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


def _token(settings: Settings) -> list[Finding]:
    if settings.discord_token is None:
        cure = "Put the bot's token into .env as DISCORD_TOKEN=… to run the bot; the command line works without it."
        return [Finding(False, f"Discord: no token is set. {cure}", vital=False)]
    found = Finding(True, "Discord: a token is set (not shown). Discord itself checks it when the bot starts.")
    link = invite_link(settings.discord_token.get_secret_value())
    return [found, Finding(True, f"Invite: {link}")] if link else [found]


def invite_link(token: str) -> str | None:
    """The link by which a server's manager adds the bot, with no more permissions than it uses.

    A token begins with its application's number in Base64 (https://docs.discord.com/developers/reference#authentication).
    Returns:
        `None` for a token that does not begin so.
    """
    first = token.strip().split(".")[0]
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except ValueError:
        return None
    if not number.isdigit():
        return None
    return discord.utils.oauth_url(int(number), permissions=PERMISSIONS, scopes=("bot", "applications.commands"))
