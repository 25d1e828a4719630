"""What a command's surroundings say: the member's language, the server whose settings hold, and so the language of an answer."""

from typing import Any

import discord

from bot.wording import ENGLISH, LANGUAGES, Wording, wording


def language_of(interaction: discord.Interaction[Any]) -> str:
    """The language of a member's Discord, ISO 639-1: "zh" for "zh-CN"."""
    return interaction.locale.value.split("-")[0]


def server_of(interaction: discord.Interaction[Any]) -> int | None:
    """The server whose settings hold for a command; none where a member brought the bot to a server that has not added it."""
    guild_id = interaction.guild_id
    return guild_id if guild_id is not None and interaction.client.get_guild(guild_id) else None


def answer_wording(question_language: str, locale_language: str = ENGLISH, server_language: str | None = None) -> Wording:
    """The words around an answer: as the server wants them, else as the question is written, else as the member reads Discord.

    A question in English may come from a member who reads Discord in Chinese; one in Chinese is answered in Chinese anyway.
    """
    if server_language:
        return wording(server_language)
    return wording(question_language if question_language != ENGLISH and question_language in LANGUAGES else locale_language)
