"""The command `/ask`, the forms of follow-up questions, and the end of old buttons. Messages are in `bot.cogs.mentions`."""

import asyncio
import logging
from dataclasses import replace

import discord
from discord import app_commands
from discord.ext import commands, tasks

from bot.activity import Kind
from bot.answer_buttons import QUESTION_LIMIT, take_form
from bot.answer_desk import MemberQuestion
from bot.article_desk import publisher_choices
from bot.ask_filters import FilterError, read_filters
from bot.client import CorpusBot
from bot.conversations import place_of
from bot.errors import log_failure
from bot.languages import language_of, server_of
from bot.message_texts import question_in
from bot.panels import CHOICE_LETTERS, Panel, tell
from bot.render import NOTICE_COLOUR, escape
from bot.server_settings import silent_here
from bot.wording import N_, wording
from corpus.store import Filters

DAY_LIMIT = 40
Asked = app_commands.Range[str, 1, QUESTION_LIMIT]
Name = app_commands.Range[str, 1, CHOICE_LETTERS]
Day = app_commands.Range[str, 1, DAY_LIMIT]
# How long an acknowledgement waits for filters, which mostly take milliseconds: what is wrong with one is told privately.
FILTERS_SECONDS = 1.0
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
            if elsewhere := silent_here(settings, interaction, wording(settings.language or language)):
                await tell(interaction, elsewhere)
                return
            hidden = settings.private if private is None else private
            place = place_of(interaction, hidden)
            asked = MemberQuestion(
                question_in(question),
                *(Kind.ASK, interaction.user.id, server_id, language, hidden),
                turns=self.bot.conversations.coming_turns(place),
                place=place,
                shown=question,
                ticket=ticket,
                discreet=private is True,
            )
            reading = asyncio.ensure_future(asyncio.to_thread(self._filters, *filters, language) if any(filters) else _nothing())
            await asyncio.wait({reading}, timeout=FILTERS_SECONDS)
            if reading.done() and isinstance(failure := reading.exception(), FilterError):
                await tell(interaction, escape(str(failure)), colour=NOTICE_COLOUR)
                return
            if refused := await asyncio.to_thread(self.bot.answer_desk.refusal, asked):
                reading.cancel()  # nobody would take its error, and asyncio would log it with what the member typed
                await tell(interaction, refused)
                return
            await interaction.response.defer(ephemeral=hidden, thinking=True)
            try:
                read = await reading
            except FilterError as error:
                self.bot.limits.give_back(interaction.user.id, server_id)
                await interaction.edit_original_response(view=Panel([escape(str(error))], NOTICE_COLOUR))
                return
            await self.bot.answer_desk.show(interaction, replace(asked, filters=read))

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


async def _nothing() -> None:
    """No filters."""


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Ask(bot))
