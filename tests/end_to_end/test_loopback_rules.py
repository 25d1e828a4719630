"""The loopback keeps Discord's rules, seen by a bare client that breaks them as discord.py would not."""

from __future__ import annotations

import json
import zlib
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web

from tests.end_to_end.api_schema import has_route, openapi_path
from tests.end_to_end.loopback.interactions import Interaction, NeverAcknowledgedError
from tests.end_to_end.loopback.rest import Rest
from tests.end_to_end.loopback.traffic import RecordedRequest, json_response
from tests.end_to_end.loopback_discord import LoopbackDiscord

INTENTS = 1 << 0 | 1 << 9
COMMAND = {"name": "ask", "description": "Ask.", "type": 1, "options": []}
LATER = {"type": 5}
Answer = tuple[int, Any]


class BareBot:
    """Speaks REST and gateway by hand."""

    def __init__(self, discord: LoopbackDiscord, http: aiohttp.ClientSession) -> None:
        self._discord = discord
        self._http = http

    async def rest(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        """Send a request and return status and JSON."""
        headers = {"Authorization": f"Bot {token or self._discord.token}"}
        url = f"{self._discord.url}/api/v10{path}"
        async with self._http.request(method, url, json=body, headers=headers) as response:
            return response.status, await response.json() if response.status != 204 else None

    async def callback(self, asked: Interaction, body: Any) -> Answer:
        """Answer an interaction."""
        return await self.rest("POST", f"/interactions/{asked.id}/{asked.token}/callback", body)

    async def follow_up(self, asked: Interaction, body: Any) -> Answer:
        """Send a follow-up message."""
        return await self.rest("POST", f"/webhooks/{self._discord.world.application_id}/{asked.token}", body)

    async def original(self, method: str, asked: Interaction, body: Any = None) -> Answer:
        """Get, change or delete the original response."""
        path = f"/webhooks/{self._discord.world.application_id}/{asked.token}/messages/@original"
        return await self.rest(method, path, body)

    async def gateway(self, **query: str) -> aiohttp.ClientWebSocketResponse:
        """Open a websocket."""
        return await self._http.ws_connect(f"{self._discord.url}/gateway", params={"v": "10"} | query)


def identify(token: str, intents: int = INTENTS) -> Any:
    """The payload that opens a session."""
    return {"op": 2, "d": {"token": token, "intents": intents, "properties": {}}}


@pytest_asyncio.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    """A loopback with a clock too slow to matter."""
    async with LoopbackDiscord(acknowledge_within_seconds=60.0) as running:
        yield running


@pytest_asyncio.fixture
async def bare(discord: LoopbackDiscord) -> AsyncIterator[BareBot]:
    """A client that is connected and has one command, /ask."""
    async with aiohttp.ClientSession() as http:
        bot = BareBot(discord, http)
        async with await bot.gateway() as socket:
            await socket.send_json(identify(discord.token))
            await discord.ready()
            await bot.rest("PUT", f"/applications/{discord.world.application_id}/commands", [COMMAND])
            yield bot


async def test_nobody_is_asked_when_no_bot_is_there(discord: LoopbackDiscord) -> None:
    """Without a bot that may come back, a message of the gateway goes nowhere, and the test is told."""
    with pytest.raises(ConnectionError, match="no bot is connected"):
        await discord.disturb_gateway(payload={"op": 7, "d": None})


async def test_wrong_token(discord: LoopbackDiscord, bare: BareBot) -> None:
    """REST answers 401; the gateway closes with 4004."""
    assert await bare.rest("GET", "/users/@me", token="wrong") == (
        401,
        {"message": "401: Unauthorized", "code": 0},
    )
    async with await bare.gateway() as socket:
        await socket.receive_json()
        await socket.send_json(identify("wrong"))
        assert (await socket.receive()).data == 4004


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ({"op": 3, "d": {}}, 4003),
        (identify("loopback.token.of-no-value", intents=1 << 15), 4014),
        ({"op": 2, "d": {"token": "loopback.token.of-no-value"}}, 4013),
    ],
)
async def test_gateway_closes_with_the_right_code(payload: Any, code: int, bare: BareBot) -> None:
    """Who speaks before identifying, asks for a privileged intent, or names none is shut out."""
    async with await bare.gateway() as socket:
        await socket.receive_json()
        await socket.send_json(payload)
        assert (await socket.receive()).data == code


async def test_unknown_session_cannot_be_resumed(discord: LoopbackDiscord, bare: BareBot) -> None:
    """RESUME of a session that never was is answered with op 9, not resumable."""
    async with await bare.gateway() as socket:
        await socket.receive_json()
        await socket.send_json({"op": 6, "d": {"token": discord.token, "session_id": "none", "seq": 0}})
        assert await socket.receive_json() == {"op": 9, "t": None, "s": None, "d": False}


async def test_gateway_compresses_when_asked(discord: LoopbackDiscord, bare: BareBot) -> None:
    """With zlib-stream each payload ends in a flush, and one inflater reads them all."""
    inflater = zlib.decompressobj()
    async with await bare.gateway(compress="zlib-stream") as socket:
        hello = await socket.receive_bytes()
        await socket.send_json({"op": 1, "d": None})
        acknowledged = await socket.receive_bytes()
    assert hello.endswith(b"\x00\x00\xff\xff")
    assert [json.loads(inflater.decompress(packed))["op"] for packed in (hello, acknowledged)] == [10, 11]


async def test_only_one_acknowledgement(discord: LoopbackDiscord, bare: BareBot) -> None:
    """The second callback is refused; so is one of a kind that a command does not take."""
    asked = await discord.slash("ask")
    assert (await bare.callback(asked, {"type": 6}))[1]["code"] == 50035
    assert (await bare.callback(asked, LATER))[0] == 204
    assert await bare.callback(asked, LATER) == (
        400, {"message": "Interaction has already been acknowledged.", "code": 40060},
    )  # fmt: skip


async def test_clock_runs_out() -> None:
    """Past the limit, the callback is 10062 and follow-ups are 10015, for there was no acknowledgement."""
    async with LoopbackDiscord(acknowledge_within_seconds=0.0) as discord, aiohttp.ClientSession() as http:
        bare = BareBot(discord, http)
        async with await bare.gateway() as socket:
            await socket.send_json(identify(discord.token))
            await discord.ready()
            await bare.rest("PUT", f"/applications/{discord.world.application_id}/commands", [COMMAND])
            asked = await discord.slash("ask")
            assert await bare.callback(asked, LATER) == (
                404,
                {"message": "Unknown interaction", "code": 10062},
            )
            assert (await bare.follow_up(asked, {"content": "Plain."}))[1]["code"] == 10015
            assert [refusal.code for refusal in asked.refusals] == [10062, 10015]
            with pytest.raises(NeverAcknowledgedError):
                await asked.acknowledged()


async def test_token_expires() -> None:
    """After the token's time, follow-ups are refused with 50027."""
    async with LoopbackDiscord(token_lives_seconds=0.0) as discord, aiohttp.ClientSession() as http:
        bare = BareBot(discord, http)
        async with await bare.gateway() as socket:
            await socket.send_json(identify(discord.token))
            await discord.ready()
            await bare.rest("PUT", f"/applications/{discord.world.application_id}/commands", [COMMAND])
            asked = await discord.slash("ask")
            await bare.callback(asked, {"type": 4, "data": {"content": "Plain."}})
            assert (await bare.follow_up(asked, {"content": "Late."}))[1]["code"] == 50027


async def test_first_follow_up_fills_a_deferred_answer(discord: LoopbackDiscord, bare: BareBot) -> None:
    """It becomes the original, as visible as the deferral made it; the next is a message of its own."""
    asked = await discord.slash("ask")
    await bare.callback(asked, {"type": 5, "data": {"flags": 64}})
    await bare.follow_up(asked, {"content": "One", "flags": 0})
    await bare.follow_up(asked, {"content": "Two"})
    first, second = await asked.response(), await asked.follow_up()
    assert (first.content, first.ephemeral) == ("One", True)
    assert (second.content, second.ephemeral) == ("Two", False)


async def test_deleted_response_is_gone(discord: LoopbackDiscord, bare: BareBot) -> None:
    """It cannot be read or changed any more; its states stay readable for the test."""
    asked = await discord.slash("ask")
    await bare.callback(asked, {"type": 4, "data": {"content": "Plain."}})
    assert (await bare.original("DELETE", asked))[0] == 204
    assert (await bare.original("PATCH", asked, {"content": "Again"}))[1]["code"] == 10008
    assert [state.content for state in asked.history] == ["Plain."]
    with pytest.raises(TimeoutError, match="no response that fits"):
        await asked.response(timeout_seconds=0.0)


@pytest.mark.parametrize("body", [{}, {"content": " \n"}, {"content": None, "embeds": []}])
async def test_empty_message_is_refused(body: Any, discord: LoopbackDiscord, bare: BareBot) -> None:
    """A message that shows nothing is code 50006."""
    status, answer = await bare.rest("POST", f"/channels/{discord.channel.id}/messages", body)
    assert (status, answer["code"]) == (400, 50006)
    assert [violation.code for violation in discord.violations] == [50006]


async def test_scripted_fault_answers_once(discord: LoopbackDiscord, bare: BareBot) -> None:
    """A fault stands in for one answer of its route and is recorded; the next request is served."""

    async def broken(request: web.Request, call: RecordedRequest) -> web.StreamResponse:
        return json_response({"message": "503: Service Unavailable", "code": 0}, 503)

    discord.next_fault("GET", "/users/@me", broken)
    assert [(await bare.rest("GET", "/users/@me"))[0] for _ in range(2)] == [503, 200]
    assert [request.status for request in discord.requests if request.route == "/users/@me"] == [503, 200]


async def test_unknown_route_is_recorded(discord: LoopbackDiscord, bare: BareBot) -> None:
    """What the loopback does not know is 404 in Discord's words, and can be asserted not to have happened."""
    assert await bare.rest("PUT", "/users/@me") == (404, {"message": "404: Not Found", "code": 0})
    assert [str(request) for request in discord.unexpected_requests] == [
        "PUT /api/v10/users/@me -> 404 {'message': '404: Not Found', 'code': 0}"
    ]


async def test_every_route_is_one_of_discords(discord: LoopbackDiscord) -> None:
    """The loopback has no route of its own invention, and writes each template as Discord does."""
    if openapi_path() is None:
        pytest.skip("Discord's OpenAPI document is not in this workplace (../shared/discord/openapi.json)")
    routes = Rest(discord._state, discord.gateway).routes()
    assert [route for route in routes if not has_route(*route)] == []
