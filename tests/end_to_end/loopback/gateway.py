"""The loopback's gateway: one websocket at a time per session, with RESUME, intents and zlib-stream.

Not there: sharding, voice, rate limits on what the bot sends, presence of anybody.
"""

from __future__ import annotations

import json
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback.session import Connection, Session
from tests.end_to_end.loopback.state import State
from tests.end_to_end.loopback.world import DM_CHANNEL, Json

# discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
HEARTBEAT, IDENTIFY, RESUME, REQUEST_MEMBERS = 1, 2, 6, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
NOT_AUTHENTICATED, AUTHENTICATION_FAILED, ALREADY_AUTHENTICATED = 4003, 4004, 4005
INVALID_INTENTS, DISALLOWED_INTENTS = 4013, 4014

# discord.com/developers/docs/events/gateway#list-of-intents
GUILDS, GUILD_MEMBERS, PRESENCES = 1 << 0, 1 << 1, 1 << 8
GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 9, 1 << 12, 1 << 15
PRIVILEGED = GUILD_MEMBERS | PRESENCES | MESSAGE_CONTENT

ROUND_TRIP_SECONDS = 30.0


class Gateway:
    """Serves the bot's websocket and dispatches events on it.

    `received` is every payload from the bot but heartbeats. `connections` counts the websockets now open, and `refusing`
    is how many of the next connections are cut before they are one. Over the server's life, `refused` counts those,
    `handshakes` the READY events sent with their guild, `resumes` the sessions taken up again and `heartbeats` the
    heartbeats answered.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._sessions: dict[str, Session] = {}
        self.session: Session | None = None
        self.received: list[Json] = []
        self.connections = self.handshakes = self.resumes = self.heartbeats = 0
        self.refusing = self.refused = 0

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until either side closes it."""
        if self.refusing and request.transport is not None:
            self.refusing -= 1
            self.refused += 1
            request.transport.abort()
            return web.Response(status=503)
        socket = web.WebSocketResponse(compress=False, max_msg_size=0)
        await socket.prepare(request)
        connection = Connection(socket, request.query.get("compress"), request.transport)
        self.connections += 1
        interval = int(self._state.heartbeat_seconds * 1000)
        await connection.send({"op": HELLO, "t": None, "s": None, "d": {"heartbeat_interval": interval}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._receive(connection, json.loads(message.data))
        finally:
            # Only these codes end a session (discord.com/developers/docs/events/gateway#disconnecting). A
            # discord.py bot that closes in good order mostly sends 4000, so that its session stays.
            goodbye = socket.close_code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY)
            self._forget(connection, ended=goodbye and not connection.closed_by_us)
        return socket

    async def dispatch(self, event: str, data: Json) -> None:
        """Send an event to the bot; a bot that is away but may resume gets it then.

        Raises:
            ConnectionError: no bot is there, nor one that may come back.
        """
        if self.session is None:
            raise ConnectionError(f"no bot is connected to receive {event}; wait for `ready()` first")
        await self.session.dispatch(event, data)

    async def announce_message(self, message: Message, extra: Json | None = None) -> None:
        """Dispatch MESSAGE_CREATE, as far as the bot is there and its intents let it see the message."""
        session = self.session
        private = message.channel.kind == DM_CHANNEL
        if session is None or message.ephemeral or not session.intents & (DIRECT_MESSAGES if private else GUILD_MESSAGES):
            return
        payload = message.payload() | (extra or {})
        if not private:
            payload["guild_id"] = str(message.channel.guild_id)
        bot = self._state.world.bot
        if not (private or session.intents & MESSAGE_CONTENT or message.author == bot or bot in message.mentions):
            payload |= {"content": "", "embeds": [], "attachments": [], "components": []}
        await session.dispatch("MESSAGE_CREATE", payload)

    async def send(self, payload: Json) -> None:
        """Send a raw payload (op 7, op 9, …) on the present connection."""
        await self._present().send(payload)

    async def close(self, code: int) -> None:
        """Close the present connection with that code; the session stays resumable."""
        await self._present().close(code)

    def cut(self) -> None:
        """Cut the present connection without a word; the session stays resumable."""
        self._present().abort()

    def fall_silent(self) -> None:
        """Send nothing more on the present connection, heartbeats' answers included; the session stays resumable."""
        self._present().silent = True

    def forget_sessions(self) -> None:
        """Have every RESUME answered with "invalid session", as Discord does once a session has timed out."""
        for session in self._sessions.values():
            session.resumable = False

    async def round_trip(self) -> None:
        """Ask for a heartbeat and wait until it comes: by then the bot's event loop has turned.

        Raises:
            TimeoutError: the bot's event loop stands still, or its connection was lost.
        """
        before = self.heartbeats
        await self._present().send({"op": HEARTBEAT, "t": None, "s": None, "d": None})
        await self._state.changes.until(
            lambda: True if self.heartbeats > before else None,
            ROUND_TRIP_SECONDS,
            lambda: "the bot did not answer a request for a heartbeat",
        )

    async def shut(self) -> None:
        """Close the connection that is open, if any."""
        if self.session is not None and self.session.connection is not None:
            await self.session.connection.close(WSCloseCode.GOING_AWAY)

    def _present(self) -> Connection:
        if self.session is None or self.session.connection is None:
            raise ConnectionError("no bot is connected")
        return self.session.connection

    def _forget(self, connection: Connection, *, ended: bool) -> None:
        self.connections -= 1
        for session in list(self._sessions.values()):
            if session.connection is connection:
                session.connection = None
                if ended:
                    del self._sessions[session.id]
                    self.session = None if self.session is session else self.session
        self._state.changes.announce()

    async def _receive(self, connection: Connection, payload: Json) -> None:
        op, data = payload["op"], payload.get("d") or {}
        if op == HEARTBEAT:
            self.heartbeats += 1
            self._state.changes.announce()
            await connection.send({"op": HEARTBEAT_ACK, "t": None, "s": None, "d": None})
            return
        self.received.append(payload)
        authenticated = any(session.connection is connection for session in self._sessions.values())
        if op in (IDENTIFY, RESUME):
            if authenticated:
                await connection.close(ALREADY_AUTHENTICATED)
            elif data.get("token") != self._state.token:
                await connection.close(AUTHENTICATION_FAILED)
            else:
                await (self._identify if op == IDENTIFY else self._resume)(connection, data)
        elif not authenticated:
            await connection.close(NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            await self.dispatch("GUILD_MEMBERS_CHUNK", self._members_chunk(data))
        self._state.changes.announce()

    async def _identify(self, connection: Connection, data: Json) -> None:
        intents = data.get("intents")
        if not isinstance(intents, int):
            await connection.close(INVALID_INTENTS)
        elif intents & PRIVILEGED & ~self._state.privileged_intents:
            await connection.close(DISALLOWED_INTENTS)
        else:
            await self._welcome(Session(f"session-{self.handshakes + 1}", intents, connection))

    async def _welcome(self, session: Session) -> None:
        self._sessions[session.id] = self.session = session
        await session.dispatch("READY", self._ready(session))
        if session.intents & GUILDS:
            all_members = bool(session.intents & GUILD_MEMBERS)
            guild = self._state.world.guild_create_payload(all_members=all_members)
            await session.dispatch("GUILD_CREATE", guild)
        self.handshakes += 1

    async def _resume(self, connection: Connection, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or not session.resumable:
            await connection.send({"op": INVALID_SESSION, "t": None, "s": None, "d": False})
            return
        self.session = session
        await session.resume(connection, data["seq"] or 0)
        await session.dispatch("RESUMED", {})
        self.resumes += 1

    def _ready(self, session: Session) -> Json:
        world = self._state.world
        return {
            "v": 10, "user": world.bot.payload(), "session_id": session.id, "session_type": "normal",
            "guilds": [{"id": str(world.guild_id), "unavailable": True}], "private_channels": [],
            "resume_gateway_url": self._state.url.replace("http", "ws", 1) + "/gateway",
            "application": {"id": str(world.application_id), "flags": 0},
        }  # fmt: skip

    def _members_chunk(self, data: Json) -> Json:
        members: list[Any] = [member.payload() for member in self._state.world.members.values()]
        wanted = {str(id) for id in data.get("user_ids") or []}
        if wanted:
            members = [member for member in members if member["user"]["id"] in wanted]
        chunk = {
            "guild_id": str(self._state.world.guild_id),
            "members": members,
            "chunk_index": 0,
            "chunk_count": 1,
        }
        return chunk | ({"nonce": data["nonce"]} if data.get("nonce") else {})
