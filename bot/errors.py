"""An exception -> what a Discord user is told (no traceback, path or model name) and what is logged (nobody's words)."""

import logging

import discord
from discord import app_commands

from bot.question_queue import QueueFullError, QueueStoppedError
from bot.services import StoppedError
from bot.wording import N_, Wording
from corpus.errors import CorpusbotError, place_of
from embeddings.errors import ModelError, ReindexRunningError, StaleIndexError

UNFORESEEN = N_("Something went wrong on this side, and it has been noted for the operator. Please try again later.")
log = logging.getLogger(__name__)


def user_sentence(error: BaseException, say: Wording) -> str:
    """What to tell a member of a server, in their language."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, QueueFullError):
        return say("Too many questions are waiting. Please ask again in a minute.")
    if isinstance(error, (QueueStoppedError, StoppedError)):
        return say("I am being restarted. Please ask again in a minute.")
    if isinstance(error, ReindexRunningError):
        return say("A rebuild of the archive is already running. Please wait until it is done.")
    if isinstance(error, StaleIndexError):
        return say("The archive is not ready. An administrator can build it with /reindex; then ask again.")
    if isinstance(error, ModelError):
        return say("The archive cannot be searched at the moment. The operator has been told.")
    if isinstance(error, app_commands.CheckFailure):
        return say("Only administrators of this server may do that.")
    return say(UNFORESEEN)


def log_failure(what: str, error: BaseException) -> None:
    """Log an error by its kind and place; its text could hold what a user wrote."""
    original = getattr(error, "original", error)
    if isinstance(original, (CorpusbotError, app_commands.CheckFailure)):
        log.warning("%s failed: %s", what, type(original).__name__)
        return
    log.error("%s failed: %s at %s", what, type(original).__name__, place_of(original))


def is_gone(error: BaseException) -> bool:
    """Whether an answer has nowhere to go any more: the message, channel or interaction no longer exists."""
    return isinstance(error, (discord.NotFound, discord.Forbidden))
