"""One HTTP request that answers an interaction, which can be sent any number of times. Knows no waiting and no order."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import aiohttp
import discord
from discord.http import Route, json_or_text

from bot.retries import NETWORK_FAILURES, Refusal, free_again_after, may_have_arrived, refusal

CALLBACK = "/interactions/{webhook_id}/{webhook_token}/callback"
# One try. A first answer that is slow is asked for again while there is time; a file may take longer than a text.
TRY_SECONDS = 30.0
CALLBACK_TRY_SECONDS = 1.5
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
ALREADY_ACKNOWLEDGED, UNKNOWN_MESSAGE = 40060, 10008


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of one try: the answer's body, or the failure as discord.py would raise it.

    `may_be_done` says that Discord may have done what was asked although the try failed; `free_after` is how many seconds
    Discord wants to be left alone after an answer.
    """

    body: Any = None
    failure: Exception | None = None
    refusal: Refusal | None = None
    may_be_done: bool = False
    free_after: float = 0.0

    @property
    def final(self) -> bool:
        """Whether another try would change nothing."""
        return self.failure is None or (self.refusal is not None and not self.refusal.passing)


@dataclass(frozen=True, slots=True)
class InteractionRequest:
    """A callback, or a message sent or changed with an interaction's token; `options` are those of aiohttp's `request`."""

    route: Route
    session: aiohttp.ClientSession
    options: Mapping[str, Any]
    multipart: Sequence[Mapping[str, Any]] = ()
    files: Sequence[discord.File] = ()

    @property
    def is_callback(self) -> bool:
        """Whether it is the first answer, which Discord waits three seconds for."""
        return self.route.path == CALLBACK

    async def try_once(self, tries: int, may_be_done: bool) -> Tried:
        """Send it.

        Args:
            tries: how often it was sent before.
            may_be_done: whether one of those may have been done, so that being told so is a success.
        """
        try:
            async with asyncio.timeout(self._try_seconds(tries)):
                response, body = await self._send()
        except NETWORK_FAILURES as failure:
            return Tried(failure=failure, may_be_done=may_be_done or may_have_arrived(failure))
        if response.ok:
            return Tried(body, free_after=free_again_after(response.headers))
        if may_be_done and (known := self._known_as_done(body)):
            return known
        told = refusal(response.status, response.headers, body)
        return Tried(None, _error(response, body), told, may_be_done or told.unsure)

    async def _send(self) -> tuple[aiohttp.ClientResponse, Any]:
        options = dict(self.options)
        if self.multipart:
            form = aiohttp.FormData(quote_fields=False)  # Discord does not take quoted names of files
            for part in self.multipart:
                form.add_field(**part)
            options["data"] = form
        for file in self.files:
            file.reset()
        async with self.session.request(self.route.method, self.route.url, **options) as response:
            return response, await json_or_text(response)

    def _try_seconds(self, tries: int) -> float:
        # Longer each time: else no answer of a slow Discord would ever be waited for.
        return CALLBACK_TRY_SECONDS * 2.0**tries if self.is_callback and not self.files else TRY_SECONDS

    def _known_as_done(self, body: Any) -> Tried | None:
        code = body.get("code") if isinstance(body, dict) else None
        if self.is_callback and code == ALREADY_ACKNOWLEDGED:
            return Tried({"interaction": {"id": str(self.route.webhook_id), "type": 2}})
        return Tried() if self.route.method == "DELETE" and code == UNKNOWN_MESSAGE else None


def _error(response: aiohttp.ClientResponse, body: Any) -> discord.HTTPException:
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    default = discord.DiscordServerError if response.status >= 500 else discord.HTTPException
    return kinds.get(response.status, default)(response, body)
