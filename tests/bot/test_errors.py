"""`bot.errors`: what members are told when something fails."""

from __future__ import annotations

from unittest.mock import Mock

import discord
import pytest
from discord import app_commands

from bot.errors import UNFORESEEN, is_gone, user_sentence
from bot.wording import LANGUAGES, wording
from corpus.errors import ArticleError, CollectionError, CorpusbotError, StoreError
from embeddings.errors import ModelError, ReindexRunningError, StaleIndexError

SECRET = "/srv/secret/data/generations holds vectors from 'all-MiniLM-L6-v2'. Run: corpusbot reindex"
SAY = wording()
KINDS = [ArticleError, CollectionError, StoreError, StaleIndexError, ModelError, ReindexRunningError, RuntimeError, KeyError]


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
@pytest.mark.parametrize("kind", KINDS)
def test_members_see_no_inner_workings(kind: type[Exception], language: str) -> None:
    """Path, model and command line are the operator's business, whatever failed."""
    sentence = user_sentence(kind(SECRET), wording(language))
    assert not any(word in sentence for word in ("secret", "MiniLM", "corpusbot", "/srv", "Error", "Traceback"))
    assert sentence.endswith((".", "。")) and "\n" not in sentence


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ReindexRunningError("x"), "already running"),
        (StaleIndexError("x"), "not ready"),
        (ModelError("x"), "cannot be searched"),
        (app_commands.CheckFailure("x"), "Only administrators"),
        (ValueError("x"), "Something went wrong"),
    ],
)
def test_members_are_told_what_they_can_do(error: Exception, words: str) -> None:
    """Each kind that a member can do something about has a sentence of its own."""
    assert words in user_sentence(error, SAY)


def test_a_commands_error_is_looked_into() -> None:
    """discord.py wraps what a command raises; what counts is the error inside."""
    command = Mock(spec=app_commands.Command)
    command.name = "ask"
    wrapped = app_commands.CommandInvokeError(command, StaleIndexError("x"))
    assert user_sentence(wrapped, SAY) == user_sentence(StaleIndexError("x"), SAY)
    assert user_sentence(app_commands.CommandInvokeError(command, wrapped), SAY) != UNFORESEEN


def test_only_a_lost_place_is_gone() -> None:
    """Where message or channel no longer exist, or may not be written to, nothing more is sent; otherwise it is."""
    gone = Mock(status=404, reason="Not Found")
    assert is_gone(discord.NotFound(gone, "x")) and is_gone(discord.Forbidden(gone, "x"))
    assert not is_gone(discord.HTTPException(gone, "x"))
    assert not is_gone(CorpusbotError("x"))
