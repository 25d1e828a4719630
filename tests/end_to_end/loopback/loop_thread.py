"""An event loop in a thread of its own, for a server that must answer while the test blocks."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """Runs coroutines in another thread's event loop.

    A test that blocks (`subprocess.run`, a slow import) leaves this loop's clock and heartbeats alone, and a
    fixture may start it under one of pytest-asyncio's loops and use it under another.
    """

    def __init__(self, name: str) -> None:
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None

    def start(self) -> None:
        """Start the loop; returns once it runs."""
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        """Cancel what still runs there, close the loop and end the thread. Harmless when already stopped."""
        if self._loop is not None and self._stop is not None and self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    async def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine there and await it from any other loop; cancelling the wait cancels it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, self._running()))

    def _running(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            raise RuntimeError("the loopback server is not running: enter it with `async with`")
        return self._loop

    def _run(self) -> None:
        with asyncio.Runner() as runner:
            runner.run(self._until_stopped())

    async def _until_stopped(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._started.set()
        await self._stop.wait()
