"""Questions: the command `/ask`, mentions, and direct messages.

In threads, in direct messages and below an answer one may go on asking; a mention in an open channel starts anew.
"""

import logging
import re

import discord
from discord import app_commands
from discord.ext import commands

from bot.client import CorpusBot, log_failure
from bot.conversations import Conversations, Place
from bot.errors import is_gone, user_sentence
from bot.figure_desk import FigureDesk
from bot.figure_render import series_embed, with_series
from bot.notes import wording_for
from bot.render import question_line, reply_embeds, small_print
from bot.services import TimedReply

QUESTION_LIMIT = 1000  # letters; what the encoder reads of a question ends before
HINT = "Ask me about the articles: mention me with a question, write to me directly, or use /ask."
log = logging.getLogger(__name__)


class Ask(commands.Cog):
    """Answers by quoting."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot
        self.desk = FigureDesk(bot.services)
        self.conversations = Conversations()

    @app_commands.command(name="ask", description="Ask the articles. The answer is quoted letter for letter, with its source.")
    @app_commands.describe(question="What do you want to know?")
    async def ask(
        self, interaction: discord.Interaction[CorpusBot], question: app_commands.Range[str, 1, QUESTION_LIMIT]
    ) -> None:
        """Answer one question in the channel."""
        await interaction.response.defer(thinking=True)
        place = talk_place(interaction.channel, interaction.guild_id is None, interaction.user.id)
        with self.bot.work():
            timed = await self.bot.services.ask(question, turns=self.conversations.turns(place) if place else ())
            content = "\n".join(line for line in (question_line(question), small_print(timed)) if line)
            answer = await interaction.edit_original_response(content=content, embeds=await self._embeds(timed))
            self._remember(timed, answer.id, place)
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
        place = talk_place(message.channel, message.guild is None, message.author.id)
        replied_to = self.conversations.turn_of(message.reference.message_id if message.reference else None)
        # Whoever replies to an answer goes on from that one, also when others have been given since.
        turns = (replied_to,) if replied_to else self.conversations.turns(place) if place else ()
        async with message.channel.typing():
            timed = await self.bot.services.ask(question, turns=turns)
        # A question that was deleted meanwhile is answered all the same, without a reference to it.
        reference = message.to_reference(fail_if_not_exists=False)
        embeds, content = await self._embeds(timed), small_print(timed) or None
        answer = await message.channel.send(content, embeds=embeds, reference=reference, mention_author=False)
        self._remember(timed, answer.id, place)
        log.info("answered a message in %.0f ms", timed.took_ms)

    async def _embeds(self, timed: TimedReply) -> list[discord.Embed]:
        """The reply's embeds, and under an answer about a metric the series that it belongs to."""
        embeds, series = reply_embeds(timed.reply), await self.desk.series(timed)
        return with_series(embeds, series_embed(series, wording_for(timed.reply))) if series else embeds

    def _remember(self, timed: TimedReply, message_id: int, place: Place | None) -> None:
        if timed.asked is None:
            return
        self.conversations.answered(message_id, timed.asked.turn)
        if place:
            self.conversations.add(place, timed.asked.turn)

    async def _say(self, message: discord.Message, sentence: str) -> None:
        try:
            await message.reply(sentence, mention_author=False)
        except discord.HTTPException as error:
            log.warning("a reply could not be sent: %s", type(error).__name__)


def talk_place(channel: object, direct: bool, user_id: int) -> Place | None:
    """Where a member's talk goes on: in a thread or a direct message.

    Returns:
        `None` for an open channel, where each question stands alone.
    """
    channel_id = getattr(channel, "id", None)
    goes_on = direct or isinstance(channel, discord.Thread)
    return Place(channel_id, user_id) if goes_on and channel_id is not None else None


def without_mentions(text: str, user_id: int) -> str:
    """A message's words without the bot's own mention."""
    return " ".join(re.sub(rf"<@!?{user_id}>", " ", text).split())


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Ask(bot))
