"""A question from a member -> the answer that stands in Discord. What its buttons do later is in `bot.button_desk`.

Joins limits, queue, answering, layout and records; each of those lives in its own module. Whatever reads a database or the
archive does so away from the event loop.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord

from bot.activity import Kind, Outcome
from bot.answer_layout import LEAST_ROOM, answer_pages, head_text, room_beside
from bot.answer_panel import answer_panel
from bot.answer_records import ShownAnswer, passages_of, shown_quote
from bot.ask_filters import filter_labels
from bot.ask_series import Series
from bot.bot_database import BotDatabaseError
from bot.conversations import Place
from bot.figure_render import series_text
from bot.languages import answer_wording
from bot.notes import filters_note
from bot.panels import Panel, farewell_to, tell
from bot.question_queue import Ticket, Turns
from bot.render import NOTICE_COLOUR
from bot.services import TimedReply
from bot.wording import ENGLISH, Wording
from corpus.store import Filters
from embeddings.answers import Answer, Reply
from embeddings.conversation.follow_ups import Turn

if TYPE_CHECKING:
    from bot.client import CorpusBot

MOST_PASSAGES = 10  # that one answer can show, over all its pages
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class MemberQuestion:
    """What a member asks, and where: ids of Discord's, the language of their Discord, and the turns that it goes on from.

    `shown` is the question above its answer; nothing where the member's own message stands there. `ticket` is its place in
    the queue where it has one already. `cut`: the member wrote more than is read. `discreet`: the member asked to be answered
    privately, so that no word of the question is kept.
    """

    text: str
    kind: Kind
    user_id: int
    server_id: int | None
    locale: str = ENGLISH
    private: bool = False
    filters: Filters | None = None
    turns: Turns = ()
    place: Place | None = None
    shown: str | None = None
    ticket: Ticket | None = None
    cut: bool = False
    discreet: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """An answer that is ready to be sent: what Discord shows, its id (empty: none), and the turn to go on from."""

    panel: Panel
    identifier: str
    turn: Turn | None


class AnswerDesk:
    """Makes answers, from the limits to what is remembered of them."""

    def __init__(self, bot: "CorpusBot") -> None:
        self.bot = bot

    def refusal(self, question: MemberQuestion) -> str | None:
        """Why this member may not ask now, in a sentence; `None` when they may. Blocks for the database."""
        settings = self.bot.server_settings.of(question.server_id)
        say = answer_wording(ENGLISH, question.locale, settings.language)
        refused = self.bot.limits.refusal(question.user_id, question.server_id, settings.daily_limit)
        return refused.sentence(say) if refused else None

    @asynccontextmanager
    async def answered(
        self, question: MemberQuestion, on_wait: Callable[[int], Awaitable[None]] | None = None
    ) -> AsyncIterator[Prepared]:
        """Answer a question as far as to what is sent; while the block sends it, no later answer overtakes it.

        Args:
            on_wait: told how many questions are ahead, where any are.
        """
        failed = True
        try:
            read = (question.text, question.filters, MOST_PASSAGES, question.turns)
            async with self.bot.queue.answered(*read, user_id=question.user_id, on_wait=on_wait, ticket=question.ticket) as timed:
                series = await self.bot.figure_desk.series(timed)
                prepared = await asyncio.to_thread(self._laid_out, question, timed, series)
                failed = False
                yield prepared
                log.info("answered a question (%s) in %.0f ms", question.kind, timed.took_ms)
        finally:
            if failed:
                await asyncio.to_thread(self._note, question, Outcome.FAILED, 0.0, ())

    async def answer(self, interaction: "discord.Interaction[CorpusBot]", question: MemberQuestion) -> None:
        """Acknowledge a command, button or form, answer its question there, and remember the answer."""
        if refused := await asyncio.to_thread(self.refusal, question):
            await tell(interaction, refused)
            return
        await interaction.response.defer(ephemeral=question.private, thinking=True)
        await self.show(interaction, question)

    async def show(self, interaction: "discord.Interaction[CorpusBot]", question: MemberQuestion) -> None:
        """Answer a question that was taken, in the place of the acknowledgement that stands there."""
        language = self.bot.server_settings.of(question.server_id).language
        say = answer_wording(ENGLISH, question.locale, language)

        async def on_wait(ahead: int) -> None:
            await interaction.edit_original_response(view=waiting_panel(ahead, say))

        with self.bot.work(farewell_to(interaction, say)) as work:
            async with self.answered(question, on_wait) as prepared:
                message = await interaction.edit_original_response(view=prepared.panel)
                work.is_shown()
                await self.remember(prepared, question, interaction.channel_id, message.id)

    async def remember(self, prepared: Prepared, question: MemberQuestion, channel_id: int | None, message_id: int) -> None:
        """Once an answer stands in Discord: remember where, and what may be asked further."""
        if prepared.turn:
            self.bot.conversations.answered(message_id, prepared.turn, question.user_id)
            if question.place:
                self.bot.conversations.add(question.place, prepared.turn)
        # Nobody but the asker can change a message that only they see.
        if prepared.identifier and channel_id and not question.private:
            try:
                await asyncio.to_thread(self.bot.answer_records.placed, prepared.identifier, channel_id, message_id)
            except BotDatabaseError as error:  # an error told now would take the answer's place
                log.error("where an answer stands could not be kept: %s", type(error).__name__)

    def _laid_out(self, question: MemberQuestion, timed: TimedReply, series: Series | None) -> Prepared:
        """The panel of the first page, and the record that its buttons need."""
        reply, settings = timed.reply, self.bot.server_settings.of(question.server_id)
        say = answer_wording(reply.language, question.locale, settings.language)
        passages, sure = passages_of(reply)
        notes = [say("Only the beginning of the message was read.")] if question.cut else []
        notes += self._filters_shown(question.filters, say)
        head, table = head_text(timed, say, question.shown, notes), series_text(series, say) if series else ""
        if room_beside(head, table) < LEAST_ROOM:
            table = ""
        turn = timed.asked.turn if timed.asked else None
        shown = ShownAnswer(
            member=self.bot.pseudonyms.of(question.user_id),
            language=say.language,
            private=question.private,
            caution=isinstance(reply, Answer) and reply.caution,
            quotes=tuple(map(shown_quote, passages)),
            sure=sure,
            a_page=settings.length.passages,
            room=room_beside(head, table),
            discreet=question.discreet,
            question=None if question.discreet else question.text,
            turn=None if question.discreet else turn,
            question_id=self._note(question, outcome_of(reply), timed.took_ms, _quoted_articles(reply), reply.language),
            server_id=question.server_id,
            filters=question.filters or None,
        )
        identifier = self._recorded(shown)
        pages = answer_pages(passages, sure, shown.a_page, shown.room, say)
        return Prepared(answer_panel(identifier, shown, pages, 0, head, table, say), identifier, turn)

    def _filters_shown(self, filters: Filters | None, say: Wording) -> list[str]:
        """What a member set beside the question, in a line: a day can be read in another way than it was meant."""
        if not filters:
            return []
        with self.bot.services.generation() as generation:
            labels = filter_labels(filters, generation.store)
        return [filters_note(labels, say)]

    def _recorded(self, shown: ShownAnswer) -> str:
        """The id under which the buttons find an answer; empty where it cannot be kept, and then it is shown without buttons."""
        try:
            return self.bot.answer_records.add(shown)
        except BotDatabaseError as error:  # the answer itself is none the worse for it
            log.error("an answer is shown without buttons: %s", type(error).__name__)
            return ""

    def _note(
        self, question: MemberQuestion, outcome: Outcome, took_ms: float, articles: Sequence[str], language: str = ENGLISH
    ) -> int | None:
        """Keep the question for the statistics; what was asked privately by choice counts there without its words."""
        try:
            return self.bot.member_activity.note(
                server_id=question.server_id,
                user_id=question.user_id,
                kind=question.kind,
                text="" if question.discreet else question.text,
                language=language,
                outcome=outcome,
                took_ms=took_ms,
                articles=articles,
            )
        except BotDatabaseError as error:  # the answer itself is none the worse for it
            log.error("a question could not be kept: %s", type(error).__name__)
            return None


def outcome_of(reply: Reply) -> Outcome:
    """How a question went, for the statistics."""
    if not isinstance(reply, Answer):
        return Outcome.DECLINED
    return Outcome.CAUTIOUS if reply.caution else Outcome.ANSWERED


def _quoted_articles(reply: Reply) -> tuple[str, ...]:
    """The articles that an answer quotes, each once, the best first."""
    return tuple(dict.fromkeys(quote.article.id for quote in reply.quotes)) if isinstance(reply, Answer) else ()


def waiting_panel(ahead: int, say: Wording) -> Panel:
    """What stands in the place of an answer that has to wait."""
    sentence = say("{count} questions are ahead of yours.", count=ahead) if ahead > 1 else say("One question is ahead of yours.")
    return Panel([sentence], NOTICE_COLOUR)
