"""An exception -> the sentence a Discord user sees: no traceback, no path, no model name."""

import discord
from discord import app_commands

from embeddings.errors import ModelError, ReindexRunningError, StaleIndexError

UNFORESEEN = "Something went wrong on this side, and it has been noted for the operator. Please try again later."


def user_sentence(error: BaseException) -> str:
    """What to tell a member of a server."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    if isinstance(error, ReindexRunningError):
        return "A rebuild of the archive is already running. Please wait until it is done."
    if isinstance(error, StaleIndexError):
        return "The archive is not ready. An administrator can build it with /reindex; then ask again."
    if isinstance(error, ModelError):
        return "The archive cannot be searched at the moment. The operator has been told."
    if isinstance(error, app_commands.CheckFailure):
        return "Only administrators of this server may do that."
    return UNFORESEEN


def is_gone(error: BaseException) -> bool:
    """Whether an answer has nowhere to go any more: the message, channel or interaction no longer exists."""
    return isinstance(error, (discord.NotFound, discord.Forbidden))
