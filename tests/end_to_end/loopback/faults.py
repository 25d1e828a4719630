"""What can go wrong with one request: scripted answers for `LoopbackDiscord.next_fault`.

Each is a fault that answers in the server's place, or spoils the server's own answer.
"""

from __future__ import annotations

import asyncio

from aiohttp import web

from tests.end_to_end.loopback.state import CUT, Fault
from tests.end_to_end.loopback.traffic import RecordedRequest, json_response

NO_ANSWER = 499  # recorded as the status of a request whose connection was cut; Discord sends no such answer


def failing(status: int) -> Fault:
    """A server error, as the machines before Discord word it."""

    async def fault(request: web.Request, call: RecordedRequest) -> web.StreamResponse:
        return web.Response(status=status, text="<html>error</html>", content_type="text/html")

    return fault


def rate_limited(seconds: float, *, everything: bool = False) -> Fault:
    """A 429 of Discord's own: for this route, or for everything that the bot asks.

    Source: discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
    """

    async def fault(request: web.Request, call: RecordedRequest) -> web.StreamResponse:
        body = {"message": "You are being rate limited.", "retry_after": seconds, "global": everything}
        headers = {"Via": "1.1 google", "Retry-After": str(max(1, round(seconds)))}
        headers |= {"X-RateLimit-Global": "true"} if everything else {"X-RateLimit-Scope": "user"}
        return json_response(body, 429, headers)

    return fault


def rate_limited_by_cloudflare(seconds: int) -> Fault:
    """A 429 of the machines before Discord, which name the wait in a header alone."""

    async def fault(request: web.Request, call: RecordedRequest) -> web.StreamResponse:
        headers = {"Retry-After": str(seconds)}
        return web.Response(status=429, text="error code: 1015", content_type="text/plain", headers=headers)

    return fault


def exhausted(seconds: float) -> Fault:
    """An answer as always, after which the bot must wait before it asks the same again."""

    async def fault(request: web.Request, call: RecordedRequest) -> None:
        call.extra_headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": str(seconds)}

    return fault


async def lost(request: web.Request, call: RecordedRequest) -> web.StreamResponse:
    """The connection is cut before Discord has done anything."""
    _cut(request)
    return web.Response(status=NO_ANSWER)


async def done_but_lost(request: web.Request, call: RecordedRequest) -> None:
    """Discord does what was asked, and the connection is cut before it can say so."""
    request[CUT] = True


def slow(seconds: float) -> Fault:
    """Discord takes its time, then does what was asked."""

    async def fault(request: web.Request, call: RecordedRequest) -> None:
        await asyncio.sleep(seconds)

    return fault


def done_but_slow(seconds: float) -> Fault:
    """Discord does what was asked at once, and takes its time to say so."""

    async def fault(request: web.Request, call: RecordedRequest) -> None:
        call.answered_after_seconds = seconds

    return fault


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
