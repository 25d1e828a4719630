"""Waiting until something is true of the loopback server.

It polls nothing: whoever changes the server's state says so, and the waiting facts are looked at again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Changes:
    """Wakes whoever waits for a fact about the server. Belongs to the server's own event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def announce(self) -> None:
        """Have every waiting fact looked at again."""
        for waiting in self._waiting:
            if not waiting.done():
                waiting.set_result(None)
        self._waiting.clear()

    async def until(self, fact: Callable[[], T | None], timeout_seconds: float, what: Callable[[], str]) -> T:
        """Wait until `fact` gives something other than None, and return it.

        Args:
            fact: looked at now and after each change; what it raises ends the wait.
            timeout_seconds: how long to wait at most.
            what: says, when time is up, what was waited for and what was there instead.
        Raises:
            TimeoutError: the time is up; its message is `what()`.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_seconds
        while (found := fact()) is None:
            if loop.time() >= deadline:
                raise TimeoutError(f"after {timeout_seconds:g} s: {what()}")
            await self._next_change(deadline - loop.time())
        return found

    async def _next_change(self, timeout_seconds: float) -> None:
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(waiting)
        try:
            await asyncio.wait({waiting}, timeout=timeout_seconds)
        finally:
            self._waiting.discard(waiting)
