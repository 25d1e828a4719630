"""Starts and stops the loopback: sockets on 127.0.0.1, in an event loop of their own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from aiohttp import web

from tests.end_to_end.loopback.commands import CommandBook
from tests.end_to_end.loopback.gateway import Gateway
from tests.end_to_end.loopback.interactions import Clock
from tests.end_to_end.loopback.loop_thread import LoopThread
from tests.end_to_end.loopback.messages import MessageBook
from tests.end_to_end.loopback.people import People
from tests.end_to_end.loopback.rest import Rest
from tests.end_to_end.loopback.state import State
from tests.end_to_end.loopback.world import newsroom

T = TypeVar("T")

LARGEST_REQUEST_BYTES = 64 * 1024 * 1024
# How long a request still being answered may hold up the end of a test.
SHUTDOWN_SECONDS = 1.0


class Server:
    """The running loopback. Its methods may be called from any event loop."""

    def __init__(self, token: str, clock: Clock, privileged_intents: int, heartbeat_seconds: float) -> None:
        world = newsroom()
        self.state = State(
            token=token,
            world=world,
            book=MessageBook(world.snowflakes),
            commands=CommandBook(world.snowflakes, world.application_id),
            clock=clock,
            privileged_intents=privileged_intents,
            heartbeat_seconds=heartbeat_seconds,
        )
        self.gateway = Gateway(self.state)
        self.people = People(self.state, self.gateway, self.wait)
        self._thread = LoopThread("loopback-discord")
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen on a free port; the address is then in the state."""
        self._thread.start()
        try:
            await self._thread.run(self._listen())
        except BaseException:
            self._thread.stop()
            raise

    async def stop(self) -> None:
        """Close every connection and end the thread."""
        try:
            await self._thread.run(self._close())
        finally:
            # Joining is quick, but must not hold up a loop that the thread may be waiting for.
            await asyncio.to_thread(self._thread.stop)

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine in the server's own loop and return its result."""
        return await self._thread.run(coroutine)

    async def wait(self, fact: Callable[[], T | None], timeout_seconds: float, what: Callable[[], str]) -> T:
        """Wait until a fact about the server is true; see `Changes.until`."""
        return await self._thread.run(self.state.changes.until(fact, timeout_seconds, what))

    async def _listen(self) -> None:
        app = web.Application(client_max_size=LARGEST_REQUEST_BYTES)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        Rest(self.state, self.gateway).add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.state.url = f"http://{host}:{port}"

    async def _close(self) -> None:
        await self.gateway.shut()
        if self._runner is not None:
            await self._runner.cleanup()
