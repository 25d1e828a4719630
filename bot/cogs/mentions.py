"""Questions in messages: mentions, replies that ping the bot, and direct messages.

In threads, in direct messages and below an answer one may go on asking; a mention in an open channel starts anew.
"""

import asyncio
import logging
from functools import partial
from typing import Any

import discord
from discord.ext import commands

from bot.activity import Kind
from bot.answer_buttons import QUESTION_LIMIT
from bot.answer_desk import MemberQuestion, waiting_panel
from bot.client import CorpusBot, Work
from bot.conversations import talk_place
from bot.errors import is_gone, log_failure, user_sentence
from bot.languages import message_language
from bot.message_texts import question_in
from bot.panels import Panel, farewell_sentence
from bot.question_queue import Ticket
from bot.render import NOTICE_COLOUR
from bot.retries import NETWORK_FAILURES
from bot.server_settings import may_answer_in
from bot.wording import wording
from embeddings.conversation.follow_ups import Turn

NO_MENTIONS = discord.AllowedMentions.none()  # the client's own default does not hold for edits of messages
# "Cannot reply without permission to read message history":
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
NO_HISTORY = 160002
log = logging.getLogger(__name__)


class Mentions(commands.Cog):
    """Answers those who write to the bot."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a mention, a reply that pings us, or a direct message; everybody else's talk is none of our business."""
        me = self.bot.user
        if me is None or message.author.bot or message.author == me or message.is_system():
            return
        if message.guild is not None and me not in message.mentions:
            return
        settings = self.bot.server_settings.of(message.guild.id if message.guild else None)
        question = question_in(message.content)
        language = settings.language or message_language(question, message.guild)
        if message.guild is not None and not (settings.mentions and may_answer_in(settings, message.channel)):
            return

        waiting: list[discord.Message] = []  # the message that says how many questions are ahead, where there is one

        async def say_instead(sentence: str) -> None:
            if waiting:
                await waiting[0].edit(view=Panel([sentence], NOTICE_COLOUR), allowed_mentions=NO_MENTIONS)
            else:
                await self._say(message, sentence)

        apologize = partial(say_instead, farewell_sentence(wording(language)))
        try:
            with self.bot.queue.ticket(message.author.id) as ticket, self.bot.work(apologize) as work:
                await self._reply(message, question, language, ticket, waiting, work)
        except Exception as error:  # a listener's error would reach the user as silence
            log_failure("a mention", error)
            if not is_gone(error):
                await say_instead(user_sentence(error, wording(language)))

    async def _reply(
        self,
        message: discord.Message,
        question: str,
        language: str,
        ticket: Ticket,
        waiting: list[discord.Message],
        work: Work,
    ) -> None:
        server_id = message.guild.id if message.guild else None
        if not question:
            say = wording(language)
            await self._say(
                message, say("Ask me about the articles: mention me with a question, write to me directly, or use /ask.")
            )
            return
        place = talk_place(message.channel, message.guild is None, message.author.id)
        replied_to = await self._turn_replied_to(message)
        # Whoever replies to an answer goes on from that one, also when others have been given since.
        turns = (replied_to,) if replied_to else self.bot.conversations.coming_turns(place)
        asker = (Kind.MENTION if message.guild else Kind.DIRECT, message.author.id, server_id, language)
        cut = len(question) > QUESTION_LIMIT
        asked = MemberQuestion(question[:QUESTION_LIMIT], *asker, turns=turns, place=place, ticket=ticket, cut=cut)
        if refused := await asyncio.to_thread(self.bot.answer_desk.refusal, asked):
            await self._say(message, refused)
            return

        async def on_wait(ahead: int) -> None:
            panel = waiting_panel(ahead, wording(language))
            if waiting:
                await waiting[0].edit(view=panel, allowed_mentions=NO_MENTIONS)
            else:
                waiting.append(await self._send(message, panel))

        async with message.channel.typing(), self.bot.answer_desk.answered(asked, on_wait) as prepared:
            if waiting:
                answer = await waiting[0].edit(view=prepared.panel, allowed_mentions=NO_MENTIONS)
            else:
                answer = await self._send(message, prepared.panel)
            work.is_shown()
            await self.bot.answer_desk.remember(prepared, asked, answer.channel.id, answer.id)

    async def _turn_replied_to(self, message: discord.Message) -> Turn | None:
        """The turn of the answer that a message replies to, also of one given before the bot was restarted."""
        replied_to = message.reference.message_id if message.reference else None
        if replied_to is None:
            return None
        return self.bot.conversations.turn_of(replied_to) or await asyncio.to_thread(self.bot.answer_records.turn_in, replied_to)

    async def _send(self, message: discord.Message, panel: Panel) -> discord.Message:
        """Reply with a panel; a question that was deleted meanwhile is answered all the same, without a reference to it."""
        return await self._replied(message, view=panel)

    async def _replied(self, message: discord.Message, **what: Any) -> discord.Message:
        """A reply; where the bot may write but not read what was written before, a message without a reference."""
        try:
            reference = message.to_reference(fail_if_not_exists=False)
            return await message.channel.send(reference=reference, mention_author=False, **what)
        except discord.HTTPException as error:
            if error.code != NO_HISTORY:
                raise
            return await message.channel.send(**what)

    async def _say(self, message: discord.Message, sentence: str) -> None:
        try:
            await self._replied(message, content=sentence)
        except (discord.HTTPException, *NETWORK_FAILURES) as error:
            log.warning("a reply could not be sent: %s", type(error).__name__)


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Mentions(bot))
