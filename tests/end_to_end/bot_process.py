"""The bot as its operator starts it: a process of its own, connected to a loopback Discord."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from tests.end_to_end.loopback_discord import LoopbackDiscord

REDIRECT = Path(__file__).resolve().parent / "redirect"
LOOK_AGAIN_SECONDS = 0.05
LOG_TAIL_CHARACTERS = 4000


class BotProcess:
    """A command that runs until it is told to stop; stdout and stderr go to one file.

    Leaving it through `async with` stops it, by SIGKILL where SIGTERM does not help.

    Args:
        command: what to run, e.g. `[sys.executable, "-m", "bot", "run"]`.
        discord: the loopback that it will take for Discord.
        log: the file for its output; a later process with the same file appends.
        environment: added to this process's own environment, e.g. the token and the data folder.
        folder: its working directory; this process's own by default.
    """

    def __init__(
        self,
        command: Sequence[str],
        discord: LoopbackDiscord,
        *,
        log: Path,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
    ) -> None:
        self.log = log
        self._command = list(command)
        self._discord = discord
        self._environment = redirected_environment(discord.url) | dict(environment or {})
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._file: IO[bytes] | None = None
        self._handshakes_before = self._connections_before = 0

    async def __aenter__(self) -> Self:
        self._handshakes_before = self._discord.gateway.handshakes
        self._connections_before = self._discord.gateway.connections
        self._file = self.log.open("ab")
        self._process = subprocess.Popen(
            self._command, env=self._environment, cwd=self._folder, stdin=subprocess.DEVNULL,
            stdout=self._file, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        try:
            await self.stop()
        except TimeoutError:
            self._running().kill()
            await self.exit_code()
            if error is None:
                raise
        finally:
            if self._file is not None:
                self._file.close()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._running().pid

    def output(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    async def ready(self, timeout_seconds: float = 120.0) -> None:
        """Wait until this process has shaken hands with the gateway.

        Raises:
            AssertionError: it ended instead; the message ends with its output.
            TimeoutError: it did neither in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while self._discord.gateway.handshakes <= self._handshakes_before:
            code = self._running().poll()
            if code is not None:
                raise AssertionError(f"{self._command} ended with {code} before it was ready:\n{self._tail()}")
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._command} is not ready after {timeout_seconds:g} s:\n{self._tail()}")
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def stop(self, timeout_seconds: float = 30.0) -> int:
        """Send SIGTERM unless it has ended already, and return the exit code; a signal's is negative.

        Raises:
            TimeoutError: it still runs.
        """
        process = self._running()
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        return await self.exit_code(timeout_seconds)

    async def exit_code(self, timeout_seconds: float = 30.0) -> int:
        """Wait until it ends and the loopback has seen it go, and return the exit code.

        Raises:
            TimeoutError: it still runs.
        """
        deadline = time.monotonic() + timeout_seconds
        while (code := self._running().poll()) is None:
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self._command} still runs after {timeout_seconds:g} s:\n{self._tail()}")
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        await self._discord.until(self._is_gone, "the ended process is still connected")
        return code

    def _is_gone(self) -> bool | None:
        return True if self._discord.gateway.connections <= self._connections_before else None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("the process was not started: enter it with `async with`")
        return self._process

    def _tail(self) -> str:
        return self.output()[-LOG_TAIL_CHARACTERS:]


def redirected_environment(url: str) -> dict[str, str]:
    """Return this process's environment, with discord.py in a child sent to the loopback at `url`."""
    path = os.pathsep.join(part for part in (str(REDIRECT), os.environ.get("PYTHONPATH", "")) if part)
    return dict(os.environ) | {"PYTHONPATH": path, "LOOPBACK_DISCORD": url, "PYTHONUNBUFFERED": "1"}
