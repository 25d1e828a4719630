"""Delivers messages in channels through server errors and dropped connections; answers to interactions are in `bot.delivery`.

discord.py waits out rate limits and some server errors by itself for 25 seconds. It gives up at once when the connection is
dropped, at some other server errors, and when Cloudflare refuses; and a sign of typing that fails takes the answer with it.
"""

import asyncio
import itertools
import logging
from collections.abc import Iterable, Sequence
from typing import Any

import discord
from discord.http import HTTPClient, Route

from bot.retries import NETWORK_FAILURES, Backoff, failure_kind, refusal

# A message is answered as late as an interaction would be; whoever waits longer has left.
PATIENCE_SECONDS = 14 * 60.0
BACKOFF = Backoff(first=0.5, longest=30.0)
TYPING = ("POST", "/channels/{channel_id}/typing")
# Both can be made again: discord.py sends each new message with a number by which Discord knows it again
# (`enforce_nonce`, https://docs.discord.com/developers/resources/message#create-message), and a change is the same twice.
MESSAGES = {("POST", "/channels/{channel_id}/messages"), ("PATCH", "/channels/{channel_id}/messages/{message_id}")}
log = logging.getLogger(__name__)


class ChannelDelivery:
    """Stands before the `request` of a client's HTTP side, for as long as the client lives."""

    def __init__(self, http: HTTPClient) -> None:
        """Take over the messages of one client; everything else passes through."""
        self._request = http.request
        # Else a wait of hours, which Discord can ask for, would hold up the answer and then send it.
        http.max_ratelimit_timeout = PATIENCE_SECONDS
        http.request = self.request  # type: ignore[method-assign]

    async def request(
        self,
        route: Route,
        *,
        files: Sequence[discord.File] | None = None,
        form: Iterable[dict[str, Any]] | None = None,
        **options: Any,
    ) -> Any:
        """Send one request as discord.py asks for it.

        Raises:
            discord.HTTPException, discord.RateLimited: Discord refuses it for good, or for too long.
            aiohttp.ClientError, OSError: it could not be reached in time.
        """
        parts = list(form) if form else None
        if (route.method, route.path) == TYPING:
            return await self._try_typing(route)
        if (route.method, route.path) in MESSAGES:
            return await self._insist(route, files, parts, options)
        return await self._request(route, files=files, form=parts, **options)

    async def _try_typing(self, route: Route) -> None:
        try:
            await self._request(route)
        except (discord.DiscordException, *NETWORK_FAILURES) as failure:
            log.info("typing could not be shown: %s", failure_kind(failure))

    async def _insist(
        self, route: Route, files: Sequence[discord.File] | None, form: list[dict[str, Any]] | None, options: dict[str, Any]
    ) -> Any:
        clock = asyncio.get_running_loop().time
        ends_at = clock() + PATIENCE_SECONDS
        for tries in itertools.count():
            for file in files or () if tries else ():
                file.reset()
            try:
                return await self._request(route, files=files, form=form, **options)
            except (discord.HTTPException, *NETWORK_FAILURES) as failure:
                wait = _wait(failure, tries)
                if wait is None or clock() + wait > ends_at:
                    raise
                log.info("a message is sent again in %.1f s: %s", wait, failure_kind(failure))
            await asyncio.sleep(wait)
        raise AssertionError("never reached")


def _wait(failure: Exception, tries: int) -> float | None:
    """Seconds until a failed request is made again; `None` where that would change nothing."""
    wait = BACKOFF.wait(tries)
    if not isinstance(failure, discord.HTTPException):
        return wait
    told = refusal(failure.status, failure.response.headers, None)
    return max(wait, told.retry_after + 0.1 * wait) if told.passing else None
