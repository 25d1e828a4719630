"""What the buttons under an answer do: pages, context, sources, feedback, a follow-up, and their own end.

Everything is worked out from the answer's record and the current generation; how a press is read is in `bot.answer_buttons`.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import discord

from bot.activity import Kind
from bot.answer_desk import MemberQuestion
from bot.answer_layout import Page, answer_pages, context_texts, source_of
from bot.answer_panel import answer_panel, kept_texts, without_buttons
from bot.answer_records import ShownAnswer, quotes_of
from bot.conversations import place_of
from bot.languages import language_of, server_of, shown_language
from bot.message_texts import question_in
from bot.panels import Panel, messages_of, tell
from bot.question_queue import Ticket
from bot.render import NOTICE_COLOUR, QUESTION_SHOWN, escape, shortened
from bot.retries import NETWORK_FAILURES, failure_kind, refusal
from bot.server_settings import silent_here
from bot.wording import ENGLISH, Wording, wording
from embeddings.quotes import Quote

if TYPE_CHECKING:
    from bot.client import CorpusBot

MOST_COMPLAINTS = 2  # of one member about one answer that are passed on: the second may say what the first did not
COMPLAINTS_REMEMBERED = 1000
log = logging.getLogger(__name__)


class ButtonDesk:
    """Serves presses of buttons, of this process's answers and of those before it."""

    def __init__(self, bot: "CorpusBot") -> None:
        self.bot = bot
        self._passed_on: deque[tuple[str, int]] = deque(maxlen=COMPLAINTS_REMEMBERED)

    async def show_page(self, interaction: "discord.Interaction[CorpusBot]", identifier: str, number: int) -> None:
        """Turn to a page: in the message itself for its asker, in a message of their own for everybody else."""
        if (shown := await self._found(interaction, identifier)) is None:
            return
        say = wording(shown.language)
        _, pages = await asyncio.to_thread(self._pages, shown, say)
        panel = answer_panel(identifier, shown, pages, number, *kept_texts(interaction.message), say)
        own = interaction.message is not None and interaction.message.flags.ephemeral  # nobody else sees it, nor can press there
        if own or shown.member == self.bot.pseudonyms.of(interaction.user.id):
            await interaction.response.edit_message(view=panel)
        else:
            await interaction.response.send_message(view=panel, ephemeral=True)

    async def show_context(self, interaction: "discord.Interaction[CorpusBot]", identifier: str, number: int) -> None:
        """The paragraphs around the passages of a page, for whoever pressed alone."""
        if (shown := await self._found(interaction, identifier)) is None:
            return
        say = wording(shown_language(interaction))
        # As the page that is shown was laid out, whatever the member reads.
        quotes, pages = await asyncio.to_thread(self._pages, shown, wording(shown.language))
        page = pages[min(number, len(pages) - 1)]
        numbered = [(place, quotes[place - 1]) for place in range(max(page.first, 1), page.last + 1)]
        texts = context_texts([(place, quote) for place, quote in numbered if quote], say)
        await _tell_all(interaction, texts or [_gone(say)], say)

    async def show_sources(self, interaction: "discord.Interaction[CorpusBot]", identifier: str) -> None:
        """All sources of an answer by their numbers, for whoever pressed alone."""
        if (shown := await self._found(interaction, identifier)) is None:
            return
        say = wording(shown_language(interaction))
        quotes, _ = await asyncio.to_thread(self._pages, shown, say)
        lines = [f"**[{place}]** {source_of(quote, say)}" for place, quote in enumerate(quotes, 1) if quote]
        await _tell_all(interaction, lines or [_gone(say)], say, between="\n")

    async def take_feedback(
        self, interaction: "discord.Interaction[CorpusBot]", identifier: str, helpful: bool, reason: str | None = None
    ) -> None:
        """Note whether an answer helped, and pass a complaint on to the server's own channel for it."""
        if (shown := await self._found(interaction, identifier)) is None:
            return
        say, number, member = wording(language_of(interaction)), shown.question_id, interaction.user.id
        noted = number is not None and await asyncio.to_thread(self.bot.member_activity.feedback, number, member, helpful, reason)
        thanks = say("Thank you. It is noted.") if noted else say("Thank you. The question is not kept, so this cannot be noted.")
        await tell(interaction, thanks)
        if not helpful and self._passed_on.count((identifier, member)) < MOST_COMPLAINTS:
            self._passed_on.append((identifier, member))
            await self._pass_on(shown, reason)

    async def ask_further(
        self, interaction: "discord.Interaction[CorpusBot]", identifier: str, text: str, ticket: Ticket | None = None
    ) -> None:
        """Answer a question that goes on from an answer, in the same publicity as that one."""
        if (shown := await self._found(interaction, identifier)) is None:
            return
        server_id, language = server_of(interaction), language_of(interaction)
        settings = self.bot.server_settings.of(server_id)
        if elsewhere := silent_here(settings, interaction, wording(settings.language or language)):
            await tell(interaction, elsewhere)
            return
        turn = shown.turn or self.bot.conversations.turn_of(interaction.message.id if interaction.message else None)
        turns = (turn,) if turn else ()
        asker = (interaction.user.id, server_id, language, shown.private, shown.filters)
        place = place_of(interaction, shown.private)
        question = MemberQuestion(question_in(text), Kind.FOLLOW_UP, *asker, turns, place, text, ticket, discreet=shown.discreet)
        await self.bot.answer_desk.answer(interaction, question)

    async def take_buttons_away(self) -> None:
        """Take the buttons from answers whose time is over, as far as Discord still lets us, and forget those answers."""
        for identifier, channel_id, message_id in await asyncio.to_thread(self.bot.answer_records.expired):
            if channel_id and message_id:
                try:
                    await self._strip(channel_id, message_id)
                except (discord.NotFound, discord.Forbidden):
                    pass  # the message, the channel or the bot's place in it is gone
                except (discord.HTTPException, *NETWORK_FAILURES) as error:
                    if _passes(error):
                        log.warning("expired buttons stay for now: %s", type(error).__name__)
                        continue
                    # Such as in an archived thread: whoever presses there takes the buttons away.
                    log.info("expired buttons stay: %s", failure_kind(error))
            await asyncio.to_thread(self.bot.answer_records.drop, identifier)

    async def _strip(self, channel_id: int, message_id: int) -> None:
        message = await self.bot.get_partial_messageable(channel_id).fetch_message(message_id)
        if (kept := without_buttons(message)) is not None:
            await message.edit(view=kept, allowed_mentions=discord.AllowedMentions.none())

    async def open_form(self, interaction: "discord.Interaction[CorpusBot]", identifier: str, form: discord.ui.Modal) -> None:
        """Open a form on an answer; on one that has expired nothing is asked that nobody could answer."""
        if await self._found(interaction, identifier) is not None:
            await interaction.response.send_modal(form)

    async def _found(self, interaction: "discord.Interaction[CorpusBot]", identifier: str) -> ShownAnswer | None:
        """The answer of a button; where its time is over, its buttons are taken away and the member is told."""
        shown = await asyncio.to_thread(self.bot.answer_records.get, identifier)
        if shown is None:
            say: Wording = wording(language_of(interaction))
            message: Any = interaction.message
            if message is not None and not interaction.response.is_done() and (kept := without_buttons(message)) is not None:
                await interaction.response.edit_message(view=kept)
            await tell(interaction, say("The buttons of this answer have expired. Please ask again."))
        return shown

    def _pages(self, shown: ShownAnswer, say: Wording) -> tuple[list[Quote | None], list[Page]]:
        """The passages of an answer as the archive has them now, and their pages; in a thread."""
        with self.bot.services.generation() as generation:
            quotes = quotes_of(shown.quotes, generation.store)
        return quotes, answer_pages(quotes, shown.sure, shown.a_page, shown.room, say)

    async def _pass_on(self, shown: ShownAnswer, reason: str | None) -> None:
        """Tell the server's feedback channel that an answer did not help; never who said so, nor what was asked privately."""
        settings = self.bot.server_settings.of(shown.server_id)
        guild = self.bot.get_guild(shown.server_id) if shown.server_id else None
        # Of this very server: a forged choice could name a channel of another one.
        channel = guild.get_channel(settings.feedback_channel) if guild and settings.feedback_channel else None
        if not isinstance(channel, discord.abc.Messageable):
            return
        say = wording(settings.language or ENGLISH)
        lines = [say("An answer did not help.")]
        if shown.question and not shown.private:
            lines.append(say("Question: {question}", question=escape(shortened(shown.question, QUESTION_SHOWN))))
        lines += [say("Reason: {reason}", reason=escape(reason))] if reason else []
        try:
            await channel.send(view=Panel(["\n".join(lines)], NOTICE_COLOUR))
        except (discord.HTTPException, *NETWORK_FAILURES) as error:
            log.warning("feedback could not be passed on: %s", type(error).__name__)


def _gone(say: Wording) -> str:
    return say("The passages are no longer in the archive as they were shown. Please ask again.")


def _passes(failure: Exception) -> bool:
    """Whether a change that Discord did not take may be taken later."""
    return not isinstance(failure, discord.HTTPException) or refusal(failure.status, failure.response.headers, None).passing


async def _tell_all(interaction: "discord.Interaction[CorpusBot]", texts: Sequence[str], say: Wording, between: str = "") -> None:
    """Tell whoever pressed all of some texts, in as many messages as they take.

    Args:
        between: what joins them to one text; each its own by default.
    """
    for part in messages_of(texts, say):
        await tell(interaction, *([between.join(part)] if between else part))
