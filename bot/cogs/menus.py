"""What one can do with a message: "Find in the articles" and "Check this quotation"; and `/check` for a pasted quotation.

Only the member who asks sees the answers, so a server's choice of channels does not hold here.
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import discord
from discord import app_commands
from discord.ext import commands

from bot.activity import Kind, Outcome
from bot.answer_desk import MemberQuestion, waiting_panel
from bot.bot_database import BotDatabaseError
from bot.claim_check import ClaimDesk, Numbers, Passages, passages_on
from bot.claim_numbers import Standing
from bot.claim_render import claim_texts, message_line
from bot.client import CorpusBot
from bot.languages import answer_wording, language_of, server_of
from bot.message_texts import has_words, message_readings, message_text, plain_words
from bot.panels import Panel, farewell_to, messages_of, tell
from bot.quotation_desk import GOOD, CheckedQuotation, QuotationDesk
from bot.quotation_render import check_texts
from bot.render import ANSWER_COLOUR, DECLINED_COLOUR, NEUTRAL_COLOUR, NOTICE_COLOUR
from bot.services import TimedReply
from bot.wording import ENGLISH, N_, Wording
from embeddings.crosslingual.languages import language_of as language_of_text
from embeddings.quotation.quotation_check import Verdict

QUOTATION_LIMIT = 4000  # letters, as many as a message has
MOST_PASSAGES = 3
Pasted = app_commands.Range[str, 1, QUOTATION_LIMIT]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said about a text, and how it went for the statistics; `articles` are ids of those quoted."""

    texts: Sequence[str]
    colour: discord.Colour
    outcome: Outcome
    articles: tuple[str, ...]


class Menus(commands.Cog):
    """Looks up what people say."""

    def __init__(self, bot: CorpusBot) -> None:
        self.bot = bot
        self.claims, self.quotations = ClaimDesk(bot.services), QuotationDesk(bot.services)
        # discord.py finds no menus in a cog by itself.
        self.menus = [
            app_commands.ContextMenu(name=N_("Find in the articles"), callback=self.find),
            app_commands.ContextMenu(name=N_("Check this quotation"), callback=self.check_message),
        ]

    async def cog_load(self) -> None:
        """Add the menus to the commands."""
        for menu in self.menus:
            self.bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        """Take the menus away again."""
        for menu in self.menus:
            self.bot.tree.remove_command(menu.name, type=menu.type)

    # --- commands --------------------------------------------------------------------------------------------------

    async def find(self, interaction: discord.Interaction[CorpusBot], message: discord.Message) -> None:
        """Show what the articles say on a message, and its numbers beside theirs."""
        say, text = self._wording(interaction), plain_words(message_text(message))
        if unfit := self._unfit(message, say):
            await tell(interaction, unfit)
            return

        async def ask(question: str) -> TimedReply:
            return await self.bot.queue.ask(question, count=MOST_PASSAGES, user_id=interaction.user.id, on_wait=on_wait)

        async def on_wait(ahead: int) -> None:
            await interaction.edit_original_response(view=waiting_panel(ahead, say))

        async def found() -> Finding:
            numbers = await self.claims.numbers(text, message.created_at.date())
            passages = await passages_on(text, numbers, ask)
            texts = [message_line(text, message.jump_url, say), *claim_texts(text, numbers, passages, say)]
            # Neither green nor red: what the articles give is no verdict on a claim.
            return Finding(texts, NEUTRAL_COLOUR, _claim_outcome(numbers, passages), _quoted(numbers, passages))

        await self._answer(interaction, _kept(interaction, message, text), Kind.CLAIM, found, say)

    async def check_message(self, interaction: discord.Interaction[CorpusBot], message: discord.Message) -> None:
        """Check whether what a message quotes stands in an article."""
        say, readings = self._wording(interaction), message_readings(message)
        if unfit := self._unfit(message, say):
            await tell(interaction, unfit)
            return
        line = message_line(plain_words(readings[0]), message.jump_url, say)
        await self._check(interaction, readings, [line], say)

    @app_commands.command(name=N_("check"), description=N_("Is a quotation what an article says, letter for letter?"))
    @app_commands.describe(quotation=N_("The quotation, pasted: a sentence or whole paragraphs."))
    async def check(self, interaction: discord.Interaction[CorpusBot], quotation: Pasted) -> None:
        """Check a pasted quotation."""
        say = self._wording(interaction)
        if not has_words(plain_words(quotation)):
            await tell(interaction, say("There are no words to check. Paste a quotation, such as a sentence of an article."))
            return
        await self._check(interaction, [quotation], [], say)

    # --- answering -------------------------------------------------------------------------------------------------

    def _wording(self, interaction: discord.Interaction[CorpusBot]) -> Wording:
        """The words for whoever asks, in a server that has chosen a language in that one."""
        chosen = self.bot.server_settings.of(server_of(interaction)).language
        return answer_wording(ENGLISH, language_of(interaction), chosen)

    def _unfit(self, message: discord.Message, say: Wording) -> str | None:
        """Why a message cannot be looked up, in a sentence; `None` where it can."""
        if self.bot.user is not None and message.author.id == self.bot.user.id:
            return say("This message is mine: what it quotes stands in the articles. Choose somebody else's message.")
        if message_text(message):
            return None
        if message.attachments or message.embeds or message.stickers:
            return say("This message holds only pictures, files or links. I can look up words only.")
        return say("There are no words in this message to look up.")

    async def _check(
        self, interaction: discord.Interaction[CorpusBot], contents: Sequence[str], head: list[str], say: Wording
    ) -> None:
        """Check a text, or of several readings of it the one that is nearest to an article."""

        async def found() -> Finding:
            checked = await self.quotations.check(*contents)
            texts = [*head, *check_texts(checked, say)]
            return Finding(texts, _check_colour(checked), _check_outcome(checked), _articles_of(checked))

        # A quotation is no question: none of its words are kept.
        await self._answer(interaction, "", Kind.QUOTATION, found, say)

    async def _answer(
        self,
        interaction: discord.Interaction[CorpusBot],
        kept: str,
        kind: Kind,
        found: Callable[[], Awaitable[Finding]],
        say: Wording,
    ) -> None:
        """Acknowledge, look up, and show what was found to whoever asked.

        Args:
            kept: the text as it is kept in the statistics.
        """
        asked = MemberQuestion(kept, kind, interaction.user.id, server_of(interaction), language_of(interaction), private=True)
        if refused := await asyncio.to_thread(self.bot.answer_desk.refusal, asked):
            await tell(interaction, refused)
            return
        await interaction.response.defer(ephemeral=True, thinking=True)
        started = time.perf_counter()
        with self.bot.work(farewell_to(interaction, say)) as work:
            try:
                finding = await found()
            except Exception:
                await asyncio.to_thread(self._note, asked, Outcome.FAILED, 0.0, ())
                raise
            first, *further = messages_of(finding.texts, say)
            await interaction.edit_original_response(view=Panel(first, finding.colour))
            work.is_shown()
            for texts in further:
                await interaction.followup.send(view=Panel(texts, finding.colour), ephemeral=True)
            took_ms = 1000 * (time.perf_counter() - started)
            await asyncio.to_thread(self._note, asked, finding.outcome, took_ms, finding.articles)
        log.info("looked up a text (%s) in %.0f ms", kind, took_ms)

    def _note(self, asked: MemberQuestion, outcome: Outcome, took_ms: float, articles: Sequence[str]) -> None:
        try:
            self.bot.member_activity.note(
                server_id=asked.server_id,
                user_id=asked.user_id,
                kind=asked.kind,
                text=asked.text,
                language=language_of_text(asked.text) if asked.text else ENGLISH,
                outcome=outcome,
                took_ms=took_ms,
                articles=articles,
            )
        except BotDatabaseError as error:  # the answer is none the worse for it
            log.warning("a lookup could not be noted: %s", type(error).__name__)


def _kept(interaction: discord.Interaction[CorpusBot], message: discord.Message, text: str) -> str:
    """What is kept of a text: one's own words only, since nobody else has asked us anything."""
    return text if message.author.id == interaction.user.id else ""


def _claim_outcome(numbers: Numbers, passages: Passages) -> Outcome:
    compared = any(one.standing is not Standing.NO_FIGURE for one in numbers.compared)
    return Outcome.ANSWERED if passages.sure or compared else Outcome.DECLINED


def _quoted(numbers: Numbers, passages: Passages) -> tuple[str, ...]:
    """The articles that answer a claim, each once."""
    figures = [one.found.stored.article.id for one in numbers.compared if one.found]
    return tuple(dict.fromkeys([*figures, *(quote.article.id for quote in passages.quotes[: passages.sure])]))


def _check_outcome(checked: Sequence[CheckedQuotation]) -> Outcome:
    return Outcome.ANSWERED if any(one.found.places for one in checked) else Outcome.DECLINED


def _check_colour(checked: Sequence[CheckedQuotation]) -> discord.Colour:
    verdicts = {one.found.verdict for one in checked}
    if verdicts <= set(GOOD):
        return ANSWER_COLOUR
    return DECLINED_COLOUR if verdicts == {Verdict.NOT_FOUND} else NOTICE_COLOUR


def _articles_of(checked: Sequence[CheckedQuotation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(place.article.id for one in checked for place in one.found.places))


async def setup(bot: CorpusBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Menus(bot))
