"""Questions: the command `/ask`, mentions, and direct messages.

In threads, in direct messages and below an answer one may go on asking; a mention in an open channel starts anew.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.activity import Kind
from bot.answer_buttons import QUESTION_LIMIT, take_form
from bot.answer_desk import MemberQuestion, waiting_panel
from bot.article_desk import publisher_choices
from bot.ask_filters import FilterError, read_filters
from bot.client import CorpusBot
from bot.conversations import Place, talk_place
from bot.delivery import farewell_sentence
from bot.errors import is_gone, log_failure, user_sentence
from bot.languages import language_of, message_language, server_of
from bot.message_texts import question_in
from bot.panels import CHOICE_LETTERS, Panel, tell
from bot.question_queue import Ticket
from bot.render import NOTICE_COLOUR, escape
from bot.retries import NETWORK_FAILURES
from bot.server_settings import may_answer_in, where_sentence
from bot.wording import N_, wording
from corpus.store import Filters
from embeddings.conversation.follow_ups import Turn

DAY_LIMIT = 40
Asked = app_commands.Range[str, 1, QUESTION_LIMIT]
Name = app_commands.Range[str, 1, CHOICE_LETTERS]
Day = app_commands.Range[str, 1, DAY_LIMIT]
NO_MENTIONS = discord.AllowedMentions.none()  # the client's own default does not hold for edits of messages
# "Cannot reply without permission to read message history":
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
NO_HISTORY = 160002
log = logging.getLogger(__name__)


class Ask(commands.Cog):
    """Answers by quoting."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Begin to look after answers whose buttons expire."""
        self.expire_buttons.start()

    async def cog_unload(self) -> None:
        """Look no longer."""
        self.expire_buttons.cancel()

    @tasks.loop(hours=1)
    async def expire_buttons(self) -> None:
        """Take the buttons from old answers; a failure is tried again in an hour."""
        try:
            await self.bot.button_desk.take_buttons_away()
        except Exception as error:
            log_failure("taking away expired buttons", error)

    @expire_buttons.before_loop
    async def _until_connected(self) -> None:
        await self.bot.wait_until_ready()

    async def offered_articles(self, interaction: discord.Interaction[CorpusBot], typed: str) -> list[app_commands.Choice[str]]:
        """The articles that a member may mean while typing."""
        found = await self.bot.article_desk.choices(typed, language_of(interaction))
        return [app_commands.Choice(name=label, value=value) for label, value in found]

    async def offered_publishers(self, interaction: discord.Interaction[CorpusBot], typed: str) -> list[app_commands.Choice[str]]:
        """The publishers that a member may mean while typing."""
        found = await asyncio.to_thread(publisher_choices, self.bot.services, typed)
        return [app_commands.Choice(name=label, value=value) for label, value in found]

    @app_commands.command(
        name=N_("ask"), description=N_("Ask the articles. The answer is quoted letter for letter, with its source.")
    )
    @app_commands.describe(
        question=N_("What do you want to know?"),
        article=N_("Only this article; begin to type, and choose."),
        publisher=N_("Only this publisher; begin to type, and choose."),
        since=N_("Only articles published on this day or later, like 2025-03-05, March 2025 or 2025."),
        until=N_("Only articles published on this day or earlier."),
        private=N_("Whether only you see the answer."),
    )
    @app_commands.autocomplete(article=offered_articles, publisher=offered_publishers)
    async def ask(
        self,
        interaction: discord.Interaction[CorpusBot],
        question: Asked,
        article: Name | None = None,
        publisher: Name | None = None,
        since: Day | None = None,
        until: Day | None = None,
        private: bool | None = None,
    ) -> None:
        """Answer one question in the channel, or to its asker alone."""
        filters = (article, publisher, since, until)
        with self.bot.queue.ticket(interaction.user.id) as ticket, self.bot.work():
            server_id, language = server_of(interaction), language_of(interaction)
            settings = self.bot.server_settings.of(server_id)
            if server_id is not None and interaction.guild and not may_answer_in(settings, interaction.channel):
                await tell(interaction, where_sentence(settings, interaction.guild, wording(settings.language or language)))
                return
            hidden = settings.private if private is None else private
            place = talk_place(interaction.channel, interaction.guild_id is None, interaction.user.id, hidden)
            asked = MemberQuestion(
                question_in(question),
                *(Kind.ASK, interaction.user.id, server_id, language, hidden),
                turns=self._turns(place),
                place=place,
                shown=question,
                ticket=ticket,
                discreet=private is True,
            )
            if refused := await asyncio.to_thread(self.bot.answer_desk.refusal, asked):
                await tell(interaction, refused)
                return
            await interaction.response.defer(ephemeral=hidden, thinking=True)
            try:
                read = await asyncio.to_thread(self._filters, *filters, language) if any(filters) else None
            except FilterError as error:
                await interaction.edit_original_response(view=Panel([escape(str(error))], NOTICE_COLOUR))
                return
            await self.bot.answer_desk.show(interaction, replace(asked, filters=read))

    def _turns(self, place: Place | None) -> Callable[[], Sequence[Turn]]:
        """The turns of a talk, read when the question's own turn comes: an earlier answer may still be on its way."""
        return lambda: self.bot.conversations.turns(place) if place else ()

    def _filters(
        self, article: str | None, publisher: str | None, since: str | None, until: str | None, language: str
    ) -> Filters:
        """The filters of a command; in a thread."""
        with self.bot.services.generation() as generation:
            return read_filters(generation.store, article, publisher, since, until, wording(language))

    @commands.Cog.listener()
    async def on_interaction(self, interaction: discord.Interaction[CorpusBot]) -> None:
        """Answer the forms that buttons under answers open."""
        await take_form(interaction)

    # --- messages --------------------------------------------------------------------------------------------------

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

        async def apologize() -> None:
            sentence = farewell_sentence(wording(language))
            if waiting:
                await waiting[0].edit(view=Panel([sentence], NOTICE_COLOUR), allowed_mentions=NO_MENTIONS)
            else:
                await self._say(message, sentence)

        try:
            with self.bot.queue.ticket(message.author.id) as ticket, self.bot.work(apologize):
                await self._reply(message, question, language, ticket, waiting)
        except Exception as error:  # a listener's error would reach the user as silence
            log_failure("a mention", error)
            if not is_gone(error):
                await self._say(message, user_sentence(error, wording(language)))

    async def _reply(
        self, message: discord.Message, question: str, language: str, ticket: Ticket, waiting: list[discord.Message]
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
        turns = (replied_to,) if replied_to else self._turns(place)
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
    await bot.add_cog(Ask(bot))
