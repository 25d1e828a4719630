"""Delivers answers to interactions through rate limits, server errors and dropped connections. Knows nothing of their content.

discord.py (2.7.1) tries a request five times, gives up after 25 seconds, and does not try again at all when the connection
is dropped. This takes the place of the part of it that sends them, so that every command, button and form is covered and
none has to think of it. Messages in channels are in `bot.channel_delivery`.
"""

import asyncio
import itertools
import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import discord
from discord.http import Route
from discord.utils import _to_json
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.interaction_requests import InteractionRequest, Tried
from bot.languages import language_of
from bot.panels import farewell_sentence
from bot.retries import Backoff, failure_kind
from bot.wording import wording

# https://docs.discord.com/developers/interactions/receiving-and-responding: a token lives for fifteen minutes, and the
# first answer must come within three seconds. Whether those are over is Discord's to say, so the first answer is tried
# for longer: after a lost reply only the next one tells whether it was in time.
TOKEN_SECONDS = 14 * 60.0
CALLBACK_SECONDS = 10.0
CALLBACK_BACKOFF = Backoff(first=0.1, longest=1.0)
BACKOFF = Backoff(first=0.5, longest=30.0)
HASTY_BACKOFF = Backoff(first=0.2, longest=0.5)  # while the bot is being stopped
FAREWELL_SECONDS = 1.5
THINKING = discord.InteractionResponseType.deferred_channel_message.value
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Token:
    """What is known of one interaction; times are the event loop's. `thinking`: its members see no answer yet."""

    ends_at: float
    free_at: float = 0.0
    thinking: bool = False
    interaction: discord.Interaction[Any] | None = None
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)


class Delivery(AsyncWebhookAdapter):
    """Sends what answers interactions, again and again while that may help, in order for each interaction.

    A message that is sent twice because Discord's reply to the first was lost cannot be told apart by Discord: that can
    happen to a further message (`followup.send`), never to a first answer or to a change of one.
    """

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._tokens: dict[str, _Token] = {}
        self._free_at = 0.0
        self._haste = asyncio.Event()

    @property
    def busy(self) -> bool:
        """Whether an interaction waits for an answer, or one is being sent."""
        return any(token.thinking or token.turn.locked() for token in self._living())

    @property
    def unanswered(self) -> int:
        """How many interactions show that the bot is thinking, and nothing else yet."""
        return sum(token.thinking for token in self._living())

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Remember whom an answer is for; a listener for discord.py's event of that name."""
        if interaction.type is not discord.InteractionType.autocomplete:
            self._token(interaction.token).interaction = interaction

    def hurry(self) -> None:
        """Wait less between tries from now on, because the bot is being stopped."""
        self._haste.set()

    async def say_farewell(self) -> None:
        """Tell everybody whose answer is not there yet to ask again; tried for a moment, as the bot is about to leave."""
        if not self.unanswered:
            return
        log.warning("stopped before %d questions were answered", self.unanswered)
        waiting = [token.interaction for token in self._living() if token.thinking and token.interaction]
        tasks = [asyncio.ensure_future(_farewell(interaction)) for interaction in waiting]
        if tasks:
            await asyncio.wait(tasks, timeout=FAREWELL_SECONDS)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def request(
        self,
        route: Route,
        session: aiohttp.ClientSession,
        *,
        payload: dict[str, Any] | None = None,
        multipart: list[dict[str, Any]] | None = None,
        proxy: str | None = None,
        proxy_auth: aiohttp.BasicAuth | None = None,
        files: Sequence[discord.File] | None = None,
        reason: str | None = None,
        auth_token: str | None = None,
        params: dict[str, Any] | None = None,
    ) -> Any:
        """Send one request for an interaction; discord.py calls this, and gives no `reason` or `auth_token` for one.

        Returns:
            The body of Discord's answer.
        Raises:
            discord.HTTPException: Discord refuses it for good, or until the token's time is over.
            aiohttp.ClientError, OSError: it could not be reached in that time.
        """
        options: dict[str, Any] = {"proxy": proxy, "proxy_auth": proxy_auth, "params": params}
        if payload is not None:
            options |= {"data": _to_json(payload), "headers": {"Content-Type": "application/json"}}
        request = InteractionRequest(route, session, options, multipart or (), files or ())
        token = self._token(route.webhook_token or "")
        async with token.turn:  # so that an earlier state of an answer never overtakes a later one
            body = await self._insist(request, token)
        if route.method != "GET":
            token.thinking = request.is_callback and (payload or {}).get("type") == THINKING
            token.interaction = token.interaction if token.thinking else None
        return body

    async def _insist(self, request: InteractionRequest, token: _Token) -> Any:
        clock, tried = asyncio.get_running_loop().time, Tried()
        ends_at = clock() + CALLBACK_SECONDS if request.is_callback else token.ends_at
        for tries in itertools.count():
            # Interactions are not bound to the bot's global limit, and a first answer that waits for it is lost:
            # https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
            free_at = token.free_at if request.is_callback else max(token.free_at, self._free_at)
            await asyncio.sleep(max(0.0, free_at - clock()))
            tried = await request.try_once(tries, tried.may_be_done)
            token.free_at = clock() + tried.free_after
            if tried.final:
                break
            wait = self._wait(request, tried, tries)
            if request.session.closed or clock() + wait > ends_at:
                log.warning("an answer was not delivered: %s after %d tries", failure_kind(tried.failure), tries + 1)
                break
            log.info("an answer is sent again in %.1f s: %s", wait, failure_kind(tried.failure))
            await self._pause(tried, wait)
        if tried.failure:
            raise tried.failure
        return tried.body

    def _wait(self, request: InteractionRequest, tried: Tried, tries: int) -> float:
        backoff = HASTY_BACKOFF if self._haste.is_set() else CALLBACK_BACKOFF if request.is_callback else BACKOFF
        wait = backoff.wait(tries)
        if tried.refusal is None:
            return wait
        if tried.refusal.everything:
            self._free_at = asyncio.get_running_loop().time() + tried.refusal.retry_after
        # The scatter comes on top: whoever is told the same second must not come back in the same instant.
        return max(wait, tried.refusal.retry_after + 0.1 * wait if tried.refusal.retry_after else 0.0)

    async def _pause(self, tried: Tried, wait: float) -> None:
        told_to_wait = tried.refusal is not None and tried.refusal.retry_after > 0
        if told_to_wait or self._haste.is_set():
            await asyncio.sleep(wait)  # Discord's own wait is kept in haste too
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):
                await self._haste.wait()

    def _living(self) -> list[_Token]:
        now = asyncio.get_running_loop().time()
        return [token for token in self._tokens.values() if token.ends_at > now]

    def _token(self, key: str) -> _Token:
        now = asyncio.get_running_loop().time()
        if key not in self._tokens:
            self._tokens = {k: token for k, token in self._tokens.items() if token.ends_at > now or token.turn.locked()}
            self._tokens[key] = _Token(now + TOKEN_SECONDS)
        return self._tokens[key]


async def _farewell(interaction: discord.Interaction[Any]) -> None:
    await interaction.edit_original_response(content=farewell_sentence(wording(language_of(interaction))))
