"""Commands in the language of each member's Discord: names, descriptions and options, from the same catalogues as all our words.

Discord shows a command by the name that we give it in the member's language; it tells us its English name all the same.
"""

from typing import Any

import discord
from discord import app_commands

from bot.wording import LANGUAGES, N_, wording

# Options are parameters of functions, so their names stand here for the catalogues; what else a command says is marked where
# it is written. A translated name must be one that Discord takes: lower case, no space, at most 32 letters.
OPTION_NAMES = (
    N_("article"),
    N_("days"),
    N_("export"),
    N_("format"),
    N_("name"),
    N_("other"),
    N_("private"),
    N_("publisher"),
    N_("question"),
    N_("quotation"),
    N_("since"),
    N_("until"),
    N_("words"),
)


class CommandTranslator(app_commands.Translator):
    """Looks up what discord.py asks for, for every language of Discord that a catalogue is written in."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContext[Any, Any]
    ) -> str | None:
        """A text of a command in one of Discord's languages; `None` where it stays English.

        All of Discord's Chinese and Spanish get our one Chinese and Spanish, as its members do in answers.
        """
        language = locale.value.split("-")[0]
        return wording(language)(string.message) if language in LANGUAGES else None
