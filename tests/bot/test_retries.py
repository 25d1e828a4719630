"""`bot.retries`: what is tried again, and when."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import aiohttp
import pytest

from bot.retries import Backoff, Refusal, failure_kind, free_again_after, may_have_arrived, refusal


@pytest.mark.parametrize("tries", [0, 1, 2, 5, 2000])
def test_waits_double_up_to_the_longest_and_are_scattered(tries: int) -> None:
    """Each wait lies between half and all of the doubled first one, never above the longest."""
    backoff = Backoff(first=0.5, longest=30.0)
    waits = {backoff.wait(tries) for _ in range(200)}
    most = min(30.0, 0.5 * 2 ** min(tries, 30))
    assert len(waits) > 100 and most / 2 <= min(waits) and max(waits) <= most


@pytest.mark.parametrize(
    ("status", "passing", "unsure"),
    [(400, False, False), (401, False, False), (404, False, False), (429, True, False), (500, True, True), (503, True, True)],
)
def test_what_passes(status: int, passing: bool, unsure: bool) -> None:
    """Rate limits and server errors pass; after a server error nobody knows whether the request was done."""
    assert (Refusal(status).passing, Refusal(status).unsure) == (passing, unsure)


@pytest.mark.parametrize(
    ("status", "headers", "body", "told"),
    [
        (429, {"Retry-After": "2"}, {"retry_after": 1.5, "global": True}, Refusal(429, 1.5, True)),
        (429, {"Retry-After": "2"}, "error code: 1015", Refusal(429, 2.0)),
        (429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}, None, Refusal(429)),
        (429, {}, {"retry_after": None}, Refusal(429)),
        (429, {}, {"retry_after": -3}, Refusal(429)),
        (502, {"Retry-After": "9"}, "<html>", Refusal(502)),
    ],
    ids=["discord", "cloudflare", "date", "nothing", "negative", "server error"],
)
def test_a_refusal_is_read(status: int, headers: dict[str, str], body: Any, told: Refusal) -> None:
    """The body's wait goes before the header's, and what cannot be read is no wait."""
    assert refusal(status, headers, body) == told


def test_what_may_have_arrived() -> None:
    """A request is surely not done only where no connection came about."""
    never = aiohttp.ClientConnectorError(Mock(), OSError())
    assert not may_have_arrived(never)
    for failure in (aiohttp.ServerDisconnectedError(), TimeoutError(), ConnectionResetError()):
        assert may_have_arrived(failure)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"X-RateLimit-Remaining": "1", "X-RateLimit-Reset-After": "2.5"}, 0.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "2.5"}, 2.5),
        ({"X-RateLimit-Remaining": "0"}, 0.0),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "soon"}, 0.0),
    ],
)
def test_when_discord_takes_more(headers: dict[str, str], seconds: float) -> None:
    """Discord is left alone only when it says that it takes nothing more for now."""
    assert free_again_after(headers) == seconds


def test_a_failure_in_the_log_has_no_text_of_its_own() -> None:
    """An address in an error's text can hold an interaction's token."""
    assert failure_kind(aiohttp.ClientConnectionError("https://discord.com/secret")) == "ClientConnectionError"
    assert failure_kind(aiohttp.ClientResponseError(Mock(), (), status=502)) == "ClientResponseError 502"
