"""What a command's surroundings say: the member's language, the server whose settings hold, and so the language of an answer."""

from typing import Any

import discord

from bot.wording import ENGLISH, LANGUAGES, Wording, wording
from embeddings.crosslingual.languages import language_of as language_of_text


def language_of(interaction: discord.Interaction[Any]) -> str:
    """The language of a member's Discord, ISO 639-1: "zh" for "zh-CN"."""
    return interaction.locale.value.split("-")[0]


def server_of(interaction: discord.Interaction[Any]) -> int | None:
    """The server whose settings hold for a command; none where a member brought the bot to a server that has not added it."""
    guild_id = interaction.guild_id
    return guild_id if guild_id is not None and interaction.client.get_guild(guild_id) else None


def shown_language(interaction: discord.Interaction[Any]) -> str:
    """The language of what a command shows: the server's where it has chosen one, else the member's."""
    chosen: str | None = interaction.client.server_settings.of(server_of(interaction)).language
    return chosen or language_of(interaction)


def is_of_user(interaction: discord.Interaction[Any]) -> bool:
    """Whether a pressed button stands in an answer to the one who pressed it, or in a message that they alone see."""
    message = interaction.message
    if message is None or message.flags.ephemeral:
        return True
    asked = message.interaction_metadata
    return asked is None or asked.user.id == interaction.user.id


def message_language(text: str, guild: discord.Guild | None) -> str:
    """The language in which a message is replied to: a message has no locale of its author's.

    That of its words, where they are in one of ours and not in English, which many write who read Discord in another; else the
    server's own in Discord.
    """
    written = language_of_text(text) if text else ENGLISH
    if written != ENGLISH and written in LANGUAGES:
        return written
    preferred = guild.preferred_locale.value.split("-")[0] if guild else ENGLISH
    return preferred if preferred in LANGUAGES else ENGLISH


def answer_wording(question_language: str, locale_language: str = ENGLISH, server_language: str | None = None) -> Wording:
    """The words around an answer: as the server wants them, else as the question is written, else as the member reads Discord.

    A question in English may come from a member who reads Discord in Chinese; one in Chinese is answered in Chinese anyway.
    """
    if server_language:
        return wording(server_language)
    return wording(question_language if question_language != ENGLISH and question_language in LANGUAGES else locale_language)
