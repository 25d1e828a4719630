"""The Discord client: intents, commands, and a clean start and stop. What commands do is in `bot.cogs`."""

import asyncio
import hashlib
import json
import logging
import pkgutil
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
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
from bot.connection import Connection, TokenError, WithoutTraceback
from bot.conversations import Conversations
from bot.delivery import FAREWELL_SECONDS
from bot.errors import log_failure, user_sentence
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

FINISH_SECONDS = 10.0  # how long a stop waits for answers that are under way
log = logging.getLogger(__name__)


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
        self._under_way = 0
        self._messages_under_way: dict[asyncio.Task[Any], Callable[[], Awaitable[None]]] = {}
        self.tree.error(self._on_command_error)

    async def setup_hook(self) -> None:
        """Load the commands, and the model, before Discord can send the first question."""
        for module in pkgutil.iter_modules(bot.cogs.__path__, f"{bot.cogs.__name__}."):
            await self.load_extension(module.name)
        self.add_dynamic_items(AnswerButton)
        await self.tree.set_translator(CommandTranslator())
        await self.services.warm_up()
        await self.sync_if_changed()

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
        await super().close()
        self.database.close()

    @contextmanager
    def work(self) -> Iterator[None]:
        """Marks an answer as under way, so that a stop waits for it."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    @contextmanager
    def message_work(self, apologize: Callable[[], Awaitable[None]]) -> Iterator[None]:
        """Marks the answer to a message as under way; it is the running task's.

        Args:
            apologize: tells the author to ask again, where the bot has to leave before the answer is there.
        """
        task = asyncio.current_task()
        assert task is not None
        self._messages_under_way[task] = apologize
        try:
            with self.work():
                yield
        finally:
            self._messages_under_way.pop(task, None)

    @property
    def messages_under_way(self) -> int:
        """How many messages are being answered; commands are counted by `bot.delivery`."""
        return len(self._messages_under_way)

    async def say_farewell(self) -> None:
        """Give up the answers to messages that are under way, and tell their authors so; tried for a moment."""
        if not self._messages_under_way:
            return
        log.warning("stopped before %d messages were answered", len(self._messages_under_way))
        given_up = dict(self._messages_under_way)
        for task in given_up:
            task.cancel()
        apologies = [asyncio.ensure_future(apologize()) for apologize in given_up.values()]
        await asyncio.wait(apologies, timeout=FAREWELL_SECONDS)
        for apology in apologies:
            apology.cancel()
        await asyncio.gather(*apologies, *given_up, return_exceptions=True)

    async def stop(self) -> None:
        """Finish the answers that are under way, turn away whoever still waits for a turn, then leave Discord."""
        self.queue.stop()
        deadline = asyncio.get_running_loop().time() + FINISH_SECONDS
        while self._under_way and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        await self.close()

    async def _on_command_error(self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError) -> None:
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
        The process's exit code: 0 after an orderly stop.
    Raises:
        TokenError: there is no token, or Discord refuses it.
        ConnectionFailedError: Discord refuses the bot for good.
    """
    if settings.discord_token is None:
        raise TokenError("No Discord token is set. Put DISCORD_TOKEN=… into .env; the README says how to get one.")
    # Below INFO, discord.py logs what it sends and receives: tokens and what people write.
    for name in ("discord", "discord.http", "discord.gateway", "discord.client"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    logging.getLogger("discord.client").addFilter(WithoutTraceback())
    return asyncio.run(_run(settings.discord_token.get_secret_value().strip(), settings, services))


async def _run(token: str, settings: Settings, services: Services) -> int:
    connection = Connection(lambda: CorpusBot(services, settings.data_dir), token)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, connection.stop)
    await connection.run()
    return 0
