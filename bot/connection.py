"""Keeps the bot connected to Discord: starts it anew after failures that pass, and stops where nobody but the operator can help.

discord.py takes up a lost connection by itself. What it does not survive is a first connection that is refused
(https://github.com/Rapptz/discord.py/issues/10520), and a network that is down when the bot starts.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
from discord.ext import commands
from discord.webhook.async_ import async_context

from bot.channel_delivery import ChannelDelivery
from bot.delivery import Delivery
from bot.retries import NETWORK_FAILURES, TOO_MANY_REQUESTS, Backoff, failure_kind
from corpus.errors import CorpusbotError, place_of

if TYPE_CHECKING:
    from bot.client import CorpusBot

# Discord takes 1000 new connections a day (https://docs.discord.com/developers/events/gateway#session-start-limit-object).
BACKOFF = Backoff(first=1.0, longest=300.0)
ANSWERS_SECONDS = 6.0  # for answers under way when the bot is stopped; service managers kill after ten
LOOK_AGAIN_SECONDS = 0.05
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
TOKEN_REFUSED = 4004
NEVER_AGAIN = {4010, 4011, 4012, 4013, 4014}
OUTAGES = (discord.HTTPException, discord.RateLimited, discord.GatewayNotFound, discord.ConnectionClosed)
log = logging.getLogger(__name__)


class TokenError(CorpusbotError):
    """Discord does not accept the token, or there is none."""


class ConnectionFailedError(CorpusbotError):
    """Discord refuses the bot, and will refuse it again."""


class WarmUpError(Exception):
    """What the bot needs to answer could not be loaded, for the reason given; nothing of Discord's."""

    def __init__(self, reason: BaseException) -> None:
        super().__init__(type(reason).__name__)
        self.reason = reason


class Connection:
    """One bot at a time, from its start to its stop."""

    def __init__(self, make_client: "Callable[[], CorpusBot]", token: str) -> None:
        """Prepare to connect.

        Args:
            make_client: makes a client that was never started; called again after a failure, as discord.py's start once.
        """
        self._make_client = make_client
        self._token = token
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Let the bot finish its answers and leave; a second call changes nothing."""
        self._stopping.set()

    async def run(self) -> None:
        """Stay connected until `stop` is called.

        Raises:
            TokenError: Discord refuses the token.
            ConnectionFailedError: Discord refuses the bot for another reason that does not pass.
        """
        clock, tries = asyncio.get_running_loop().time, 0
        while not self._stopping.is_set():
            started = clock()
            failure = await self._connected_once()
            if failure is None:
                return
            if clock() - started > BACKOFF.longest:
                tries = 0
            wait = BACKOFF.wait(tries)
            tries += 1
            log.warning("Discord cannot be reached (%s). Trying again in %.0f s.", failure_kind(failure), wait)
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._stopping.wait()

    async def _connected_once(self) -> Exception | None:
        """Run one client to its end.

        Returns:
            The failure after which another try may succeed; `None` after a stop.
        """
        async with self._make_client() as client:
            delivery = equipped(client)
            starting = asyncio.ensure_future(client.start(self._token))
            stopping = asyncio.ensure_future(self._stopping.wait())
            await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if self._stopping.is_set():
                await _leave(client, delivery)
                starting.cancel()
                await asyncio.gather(starting, return_exceptions=True)
                return None
            failure = starting.exception()
            if isinstance(failure, Exception):
                _raise_if_final(failure, ever_connected=client.ws is not None)
                await client.stop()  # what is under way may still be delivered
                return failure
            if failure is not None:
                raise failure
        return None


def equipped(client: "CorpusBot") -> Delivery:
    """Have everything that this client sends from now on delivered with patience; call it in the task that starts it."""
    delivery = Delivery()
    async_context.set(delivery)
    client.add_listener(delivery.on_interaction)
    ChannelDelivery(client.http)
    return delivery


async def _leave(client: "CorpusBot", delivery: Delivery) -> None:
    """Finish what is under way; whoever cannot be answered in time is told so."""
    clock = asyncio.get_running_loop().time
    ends_at = clock() + ANSWERS_SECONDS
    delivery.hurry()
    client.turn_away(for_good=True)
    while (delivery.busy or client.owing) and clock() < ends_at:
        await asyncio.sleep(LOOK_AGAIN_SECONDS)
    if not (delivery.busy or client.owing):
        await client.stop(max(1.0, ends_at - clock()))
        return
    await client.give_up()
    await delivery.say_farewell()
    await client.close()


def _raise_if_final(failure: Exception, ever_connected: bool) -> None:
    """Raise what another try would not change."""
    if isinstance(failure, commands.ExtensionFailed) and isinstance(failure.original, CorpusbotError):
        raise failure.original
    if isinstance(failure, WarmUpError):
        raise failure.reason
    code = failure.code if isinstance(failure, discord.ConnectionClosed) else None
    if isinstance(failure, discord.LoginFailure) or code == TOKEN_REFUSED:
        raise TokenError("Discord does not accept the token. Copy it again into DISCORD_TOKEN.") from None
    if isinstance(failure, discord.PrivilegedIntentsRequired):
        raise ConnectionFailedError("Discord refuses the bot's intents, although it asks for none that need approval.") from None
    if code in NEVER_AGAIN:
        raise ConnectionFailedError(f"Discord closed the connection for good (code {code}). Is there a newer version?") from None
    if isinstance(failure, discord.HTTPException) and failure.status < 500 and failure.status != TOO_MANY_REQUESTS:
        raise ConnectionFailedError(f"Discord refuses what the bot asks at its start (status {failure.status}).") from None
    if not _passes(failure, ever_connected):
        raise failure


def _passes(failure: Exception, ever_connected: bool) -> bool:
    if isinstance(failure, OSError) and failure.filename is not None:
        return False  # a file of ours, not the network
    if isinstance(failure, (*OUTAGES, *NETWORK_FAILURES)):
        return True
    if isinstance(failure, AttributeError) and failure.obj is None and failure.name in ("sequence", "gateway"):
        return True  # issue 10520: discord.py asks the connection that there never was where it stood
    if ever_connected:
        log.error("the connection failed: %s at %s", type(failure).__name__, place_of(failure))
    return ever_connected


class WithoutTraceback(logging.Filter):
    """Makes one line of each record: discord.py logs every lost connection with fifty lines of its own places."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Put the error's kind in place of its traceback, whose last line could hold an address."""
        if record.exc_info and record.exc_info[1] is not None:
            record.msg, record.args = f"{record.getMessage()} ({failure_kind(record.exc_info[1])})", ()
            record.exc_info = record.exc_text = None
        return True
