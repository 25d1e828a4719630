"""The Discord client: intents, commands, and a clean start and stop. What commands do is in `bot.cogs`."""

import asyncio
import hashlib
import json
import logging
import pkgutil
import signal
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
from discord.ext import commands

import bot.cogs
from bot.activity import Activity
from bot.answer_buttons import AnswerButton
from bot.answer_desk import AnswerDesk
from bot.answer_records import AnswerRecords
from bot.article_desk import ArticleDesk
from bot.bot_database import BotDatabase
from bot.button_desk import ButtonDesk
from bot.command_mentions import CommandMentions
from bot.command_translator import CommandTranslator
from bot.connection import Connection, TokenError, WarmUpError, WithoutTraceback
from bot.conversations import Conversations
from bot.delivery import FAREWELL_SECONDS
from bot.errors import is_gone, log_failure, user_sentence
from bot.figure_desk import FigureDesk
from bot.languages import language_of
from bot.panels import Panel
from bot.pseudonyms import Pseudonyms
from bot.question_limits import QuestionLimits
from bot.question_queue import QuestionQueue
from bot.render import NOTICE_COLOUR
from bot.retries import NETWORK_FAILURES
from bot.server_settings import ServerSettingsStore
from bot.services import Services
from bot.settings import Settings
from bot.wording import wording

Apology = Callable[[], Coroutine[Any, Any, None]]
FINISH_SECONDS = 10.0  # how long a stop waits for answers that are under way
THREADS = 32  # most of them wait for SQLite or a lock
log = logging.getLogger(__name__)


@dataclass(eq=False, slots=True)
class Work:
    """An answer under way: the task that makes it, and how its member is told that it does not come, as long as they may be."""

    task: asyncio.Task[Any] | None
    apologize: Apology | None

    def is_shown(self) -> None:
        """The answer stands in Discord: no apology may take its place any more."""
        self.apologize = None


class CorpusBot(commands.Bot):
    """The bot as Discord sees it. It needs no privileged intent: mentions and direct messages come with their text."""

    def __init__(self, services: Services, data_dir: Path) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            # A member may take the bot along to other servers and private talks; what is for servers alone says so itself.
            allowed_installs=discord.app_commands.AppInstallationType(guild=True, user=True),
            allowed_contexts=discord.app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True),
        )
        self.services = services
        kept_days = services.settings.questions_kept_days
        self.database, self.pseudonyms = BotDatabase(data_dir), Pseudonyms(data_dir)
        self.member_activity = Activity(self.database, self.pseudonyms, kept_days)
        self.answer_records = AnswerRecords(self.database, kept_days)
        self.server_settings = ServerSettingsStore(self.database)
        self.limits = QuestionLimits(asked_today=self.member_activity.asked_today)
        self.queue = QuestionQueue(services)
        self.conversations = Conversations()
        self.figure_desk, self.article_desk = FigureDesk(services), ArticleDesk(services)
        self.answer_desk, self.button_desk = AnswerDesk(self), ButtonDesk(self)
        self.command_mentions = CommandMentions(data_dir / "commands_synced")
        self._preparing: asyncio.Future[None] | None = None
        self._under_way: list[Work] = []
        self.tree.error(self._on_command_error)

    async def setup_hook(self) -> None:
        """Load the commands before Discord can send the first question; the model is loaded beside (`start`)."""
        for module in pkgutil.iter_modules(bot.cogs.__path__, f"{bot.cogs.__name__}."):
            await self.load_extension(module.name)
        self.add_dynamic_items(AnswerButton)
        await self.tree.set_translator(CommandTranslator())
        await self.sync_if_changed()

    async def start(self, token: str, *, reconnect: bool = True) -> None:
        """Connect, and load the model meanwhile: whoever asks before it is there is told that the bot is thinking, and waits.

        Raises:
            WarmUpError: the model cannot be loaded. Otherwise as discord.py's own.
        """
        warming = asyncio.ensure_future(self._warm_up())
        connected = asyncio.ensure_future(super().start(token, reconnect=reconnect))
        try:
            await asyncio.wait({warming, connected}, return_when=asyncio.FIRST_COMPLETED)
            if warming.done() and not connected.done() and (failure := warming.exception()):
                raise WarmUpError(failure)
            await connected
        finally:
            for one in (warming, connected):
                one.cancel()
            await asyncio.gather(warming, connected, return_exceptions=True)

    async def _warm_up(self) -> None:
        await self.services.warm_up()
        self._preparing = asyncio.ensure_future(self.article_desk.starters.keep_ready())

    async def sync_if_changed(self) -> bool:
        """Tell Discord our commands, in all languages, if they are not what we told it last.

        Returns:
            Whether they were sent.
        """
        translator = self.tree.translator or CommandTranslator()
        payload = [await command.get_translated_payload(self.tree, translator) for command in self.tree.get_commands()]
        canonical = json.dumps(payload, sort_keys=True, default=str)
        digest = hashlib.sha256(f"{self.application_id} {canonical}".encode()).hexdigest()
        if self.command_mentions.are_told(digest):
            return False
        self.command_mentions.keep(digest, await self.tree.sync())
        log.info("sent %d commands to Discord", len(payload))
        return True

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs; there are no text commands."""

    async def close(self) -> None:
        """Leave Discord, and let go of the database."""
        if self._preparing:
            self._preparing.cancel()
        await super().close()
        self.database.close()

    @contextmanager
    def work(self, apologize: Apology | None = None) -> "Iterator[Work]":
        """Marks an answer of the running task as under way, so that a stop waits for it.

        Args:
            apologize: tells the member to ask again, where the bot has to leave before the answer is there.
        """
        work = Work(asyncio.current_task(), apologize)
        self._under_way.append(work)
        try:
            yield work
        finally:
            self._under_way.remove(work)

    @property
    def owing(self) -> int:
        """How many answers are under way whose members would be told."""
        return sum(work.apologize is not None for work in self._under_way)

    async def give_up(self) -> None:
        """Give up what is under way, and tell whoever waits for an answer; tried for a moment, as the bot is about to leave."""
        given_up = list(self._under_way)
        apologies = [work.apologize() for work in given_up if work.apologize]
        if apologies:
            log.warning("stopped before %d questions were answered", len(apologies))
        tasks = {work.task for work in given_up if work.task is not None and work.task is not asyncio.current_task()}
        for task in tasks:
            task.cancel()
        telling = [asyncio.ensure_future(apology) for apology in apologies]
        if tasks or telling:
            await asyncio.wait([*tasks, *telling], timeout=FAREWELL_SECONDS)
        for one in telling:
            one.cancel()
        await asyncio.gather(*telling, return_exceptions=True)

    def turn_away(self, for_good: bool = False) -> None:
        """Answer what is being answered, and tell whoever still waits for a turn, or comes, to ask again later.

        Args:
            for_good: the process ends, and not this connection alone: a rebuild is given up as well.
        """
        self.queue.stop()
        if for_good:
            self.services.give_up_rebuild()

    async def stop(self, seconds: float = FINISH_SECONDS) -> None:
        """Finish the answers that are under way, turn away whoever still waits for a turn, then leave Discord."""
        self.turn_away()
        deadline = asyncio.get_running_loop().time() + seconds
        while self._under_way and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        await self.close()

    async def _on_command_error(self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError) -> None:
        if is_gone(getattr(error, "original", error)):
            log.info("a command's answer has nowhere to go any more")
            return
        log_failure("a command", error)
        sentence = user_sentence(error, wording(language_of(interaction)))
        panel = Panel([sentence], NOTICE_COLOUR)
        try:
            if interaction.response.is_done():
                # Whatever stands there, also that the question waits, makes room for the sentence.
                await interaction.edit_original_response(content=None, embeds=[], attachments=[], view=panel)
            else:
                await interaction.response.send_message(view=panel, ephemeral=True)
        except (discord.HTTPException, *NETWORK_FAILURES) as second:
            log.warning("the error could not be shown: %s", type(second).__name__)


def run_bot(settings: Settings, services: Services) -> int:
    """Run the bot until a signal stops it.

    Returns:
        The process's exit code: 0 after an orderly stop. Signals that stop it are taken, and do nothing more, from then on.
    Raises:
        TokenError: there is no token, or Discord refuses it.
        ConnectionFailedError: Discord refuses the bot for good.
    """
    if settings.discord_token is None:
        raise TokenError("No Discord token is set. Put DISCORD_TOKEN=… into .env; the README says how to get one.")
    # Below INFO, discord.py logs what it sends and receives: tokens and what people write.
    for name in ("discord", "discord.http", "discord.gateway", "discord.client"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    for name in ("discord.client", "discord.app_commands.tree", "discord.ui.view", "discord.ui.modal"):
        logging.getLogger(name).addFilter(WithoutTraceback())
    return asyncio.run(_run(settings.discord_token.get_secret_value().strip(), settings, services))


async def _run(token: str, settings: Settings, services: Services) -> int:
    loop = asyncio.get_running_loop()
    # Short reads before an acknowledgement must not wait for a thread because others are at longer work.
    loop.set_default_executor(ThreadPoolExecutor(THREADS, "work"))
    connection = Connection(lambda: CorpusBot(services, settings.data_dir), token)

    def stop(*_: object) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(connection.stop)

    # Not the loop's own handlers: those go with it, and a second signal would kill what is still being closed.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    await connection.run()
    return 0
