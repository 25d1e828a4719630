"""Questions: the command `/ask`, mentions, and direct messages."""

import logging
import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CorpusBot, log_failure
from bot.errors import is_gone, user_sentence
from bot.render import question_line, reply_embeds

QUESTION_LIMIT = 1000  # letters; what the encoder reads of a question ends before
HINT = "Ask me about the articles: mention me with a question, write to me directly, or use /ask."
log = logging.getLogger(__name__)


class Ask(commands.Cog):
    """Answers by quoting."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @app_commands.command(name="ask", description="Ask the articles. The answer is quoted letter for letter, with its source.")
    @app_commands.describe(question="What do you want to know?")
    async def ask(
        self, interaction: discord.Interaction[CorpusBot], question: app_commands.Range[str, 1, QUESTION_LIMIT]
    ) -> None:
        """Answer one question in the channel."""
        await interaction.response.defer(thinking=True)
        with self.bot.work():
            timed = await self.bot.services.ask(question)
            embeds = reply_embeds(timed.reply)
            await interaction.edit_original_response(content=question_line(question), embeds=embeds)
        log.info("answered /ask in %.0f ms", timed.took_ms)

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention, a reply that pings us, or a direct message; everybody else's talk is none of our business."""
        me = self.bot.user
        if me is None or message.author.bot or message.author == me:
            return
        if message.guild is not None and me not in message.mentions:
            return
        question = without_mentions(message.content, me.id)[:QUESTION_LIMIT]
        try:
            with self.bot.work():
                await self._reply(message, question)
        except Exception as error:  # a listener's error would reach the user as silence
            log_failure("a mention", error)
            if not is_gone(error):
                await self._say(message, user_sentence(error))

    async def _reply(self, message: discord.Message, question: str) -> None:
        if not question:
            await self._say(message, HINT)
            return
        async with message.channel.typing():
            timed = await self.bot.services.ask(question)
        # A question that was deleted meanwhile is answered all the same, without a reference to it.
        reference = message.to_reference(fail_if_not_exists=False)
        await message.channel.send(embeds=reply_embeds(timed.reply), reference=reference, mention_author=False)
        log.info("answered a message in %.0f ms", timed.took_ms)

    async def _say(self, message: discord.Message, sentence: str) -> None:
        try:
            await message.reply(sentence, mention_author=False)
        except discord.HTTPException as error:
            log.warning("a reply could not be sent: %s", type(error).__name__)


def without_mentions(text: str, user_id: int) -> str:
    """A message's words without the bot's own mention."""
    return " ".join(re.sub(rf"<@!?{user_id}>", " ", text).split())


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Ask(bot))
