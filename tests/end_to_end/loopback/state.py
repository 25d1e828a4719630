"""What the loopback's REST side and gateway share. Only the server's own event loop changes it."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from aiohttp import web

from tests.end_to_end.loopback.changes import Changes
from tests.end_to_end.loopback.commands import CommandBook
from tests.end_to_end.loopback.interactions import Clock, Interaction
from tests.end_to_end.loopback.messages import MessageBook
from tests.end_to_end.loopback.traffic import RecordedRequest
from tests.end_to_end.loopback.world import World

# Answers a request in the server's place; None lets the server answer it after all. It may also wait, or cut
# the connection with `request.transport.abort()`. Those that exist are in `faults`.
Fault = Callable[[web.Request, RecordedRequest], Awaitable[web.StreamResponse | None]]
CUT = web.RequestKey("cut", bool)  # set on a request whose answer is to be lost on the way


@dataclass(slots=True)
class State:
    """The server's memory.

    `faults` holds the scripted answers by method and route template, the next one first. `failures` are
    tracebacks of the loopback's own mistakes, or requests that no client of Discord's makes.
    `outage`, while set, answers every request of the REST side instead. `privileged_intents` are those switched on in
    the application's settings.
    """

    token: str
    world: World
    book: MessageBook
    commands: CommandBook
    clock: Clock
    privileged_intents: int
    heartbeat_seconds: float
    url: str = ""
    changes: Changes = field(default_factory=Changes)
    interactions: dict[str, Interaction] = field(default_factory=dict)
    requests: list[RecordedRequest] = field(default_factory=list)
    faults: dict[tuple[str, str], deque[Fault]] = field(default_factory=dict)
    outage: Fault | None = None
    failures: list[str] = field(default_factory=list)
