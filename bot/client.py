"""The Discord client: intents, commands, and a clean start and stop. What commands do is in `bot.cogs`."""

import asyncio
import hashlib
import json
import logging
import pkgutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import discord
from discord.ext import commands

import bot.cogs
from bot.errors import user_sentence
from bot.services import Services
from bot.settings import Settings
from corpus.errors import CorpusbotError, place_of

FINISH_SECONDS = 10.0  # how long a stop waits for answers that are under way
log = logging.getLogger(__name__)


class TokenError(CorpusbotError):
    """Discord does not accept the token, or there is none."""


class ConnectionFailedError(CorpusbotError):
    """Discord cannot be reached, or refuses the bot."""


class CorpusBot(commands.Bot):
    """The bot as Discord sees it. It needs no privileged intent: mentions and direct messages come with their text."""

    def __init__(self, services: Services, data_dir: Path) -> None:
        intents = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.services = services
        self._data_dir = data_dir
        self._under_way = 0
        self.tree.error(self._on_command_error)

    async def setup_hook(self) -> None:
        """Load the commands, and the model, before Discord can send the first question."""
        for module in pkgutil.iter_modules(bot.cogs.__path__, f"{bot.cogs.__name__}."):
            await self.load_extension(module.name)
        await self.services.warm_up()
        await self.sync_if_changed()

    async def sync_if_changed(self) -> bool:
        """Tell Discord our commands if they are not what we told it last.

        Returns:
            Whether they were sent.
        """
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        canonical = json.dumps(payload, sort_keys=True, default=str)
        digest = hashlib.sha256(f"{self.application_id} {canonical}".encode()).hexdigest()
        remembered = self._data_dir / "commands_synced"
        if remembered.is_file() and remembered.read_text(encoding="utf-8").strip() == digest:
            return False
        await self.tree.sync()
        remembered.parent.mkdir(parents=True, exist_ok=True)
        remembered.write_text(f"{digest}\n", encoding="utf-8")
        log.info("sent %d commands to Discord", len(payload))
        return True

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs; there are no text commands."""

    @contextmanager
    def work(self) -> Iterator[None]:
        """Marks an answer as under way, so that a stop waits for it."""
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    async def stop(self) -> None:
        """Finish the answers that are under way, then leave Discord."""
        deadline = asyncio.get_running_loop().time() + FINISH_SECONDS
        while self._under_way and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(0.05)
        await self.close()

    async def _on_command_error(self, interaction: discord.Interaction[Any], error: discord.app_commands.AppCommandError) -> None:
        log_failure("a command", error)
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(content=user_sentence(error), embeds=[], view=None)
            else:
                await interaction.response.send_message(user_sentence(error), ephemeral=True)
        except discord.HTTPException as second:
            log.warning("the error could not be shown: %s", type(second).__name__)


def log_failure(what: str, error: BaseException) -> None:
    """Log an error by its kind and place; its text could hold what a user wrote."""
    original = getattr(error, "original", error)
    if isinstance(original, (CorpusbotError, discord.app_commands.CheckFailure)):
        log.warning("%s failed: %s", what, type(original).__name__)
        return
    log.error("%s failed: %s at %s", what, type(original).__name__, place_of(original))


def run_bot(settings: Settings, services: Services) -> int:
    """Run the bot until a signal stops it.

    Returns:
        The process's exit code: 0 after an orderly stop.
    Raises:
        TokenError: there is no token, or Discord refuses it.
        ConnectionFailedError: Discord cannot be reached.
    """
    if settings.discord_token is None:
        raise TokenError("No Discord token is set. Put DISCORD_TOKEN=… into .env; the README says how to get one.")
    # Below INFO, discord.py logs what it sends and receives: tokens and what people write.
    for name in ("discord", "discord.http", "discord.gateway", "discord.client"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))
    return asyncio.run(_run(settings.discord_token.get_secret_value().strip(), settings, services))


async def _run(token: str, settings: Settings, services: Services) -> int:
    async with CorpusBot(services, settings.data_dir) as client:
        loop = asyncio.get_running_loop()
        stopping: list[asyncio.Task[None]] = []

        def stop() -> None:
            if not stopping:
                stopping.append(loop.create_task(client.stop()))

        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop)
        try:
            await client.start(token)
        except discord.LoginFailure:
            raise TokenError("Discord does not accept the token. Copy it again into DISCORD_TOKEN.") from None
        except discord.PrivilegedIntentsRequired:
            raise ConnectionFailedError(
                "Discord refuses the bot's intents, although it asks for none that need approval."
            ) from None
        except discord.ConnectionClosed as error:
            if error.code == 4004:
                raise TokenError("Discord does not accept the token. Copy it again into DISCORD_TOKEN.") from None
            raise ConnectionFailedError(f"Discord closed the connection (code {error.code}). Start the bot again.") from None
        except (aiohttp.ClientError, discord.HTTPException, discord.GatewayNotFound, OSError) as error:
            if not stopping:
                raise ConnectionFailedError(
                    f"Discord cannot be reached ({type(error).__name__}). Check the network and start the bot again."
                ) from None
        if stopping:
            await stopping[0]
    return 0
