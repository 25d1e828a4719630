"""One bot's gateway session and the websocket that it has at the moment."""

from __future__ import annotations

import asyncio
import json
import zlib
from dataclasses import dataclass, field

from aiohttp import web

from tests.end_to_end.loopback.world import Json

DISPATCH = 0  # discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-opcodes


class Connection:
    """One websocket to the bot, compressed as a whole when the bot asked for `zlib-stream`."""

    def __init__(self, socket: web.WebSocketResponse, compression: str | None, transport: asyncio.Transport | None) -> None:
        self._socket = socket
        self._transport = transport
        # Of the compressions that exist, discord.py reads plain text frames whatever it asked for.
        self._deflate = zlib.compressobj() if compression == "zlib-stream" else None
        self._sending = asyncio.Lock()
        self.closed_by_us = self.silent = False

    async def send(self, payload: Json) -> None:
        """Send one payload; one that finds the socket closed is lost, as on a real network."""
        text = json.dumps(payload)
        async with self._sending:
            if self._socket.closed or self.silent:
                return
            try:
                if self._deflate is None:
                    await self._socket.send_str(text)
                else:
                    packed = self._deflate.compress(text.encode()) + self._deflate.flush(zlib.Z_SYNC_FLUSH)
                    await self._socket.send_bytes(packed)
            except ConnectionError:
                return

    async def close(self, code: int) -> None:
        """Close the websocket with that code."""
        self.closed_by_us = True
        await self._socket.close(code=code)

    def abort(self) -> None:
        """Cut the connection without a word."""
        self.closed_by_us = True
        if self._transport is not None:
            self._transport.abort()


@dataclass(slots=True)
class Session:
    """What RESUME takes up again: the events so far, and the connection if there is one now."""

    id: str
    intents: int
    connection: Connection | None
    resumable: bool = True
    events: list[Json] = field(default_factory=list)

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event, now or when the bot resumes."""
        payload = {"op": DISPATCH, "t": event, "s": len(self.events) + 1, "d": data}
        self.events.append(payload)
        if self.connection is not None:
            await self.connection.send(payload)

    async def resume(self, connection: Connection, seen: int) -> None:
        """Go on over a new connection with every event after number `seen`, later ones included."""
        self.connection = None
        while seen < len(self.events):
            await connection.send(self.events[seen])
            seen += 1
        self.connection = connection
