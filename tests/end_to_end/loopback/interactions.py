"""One interaction: its clock, its state on the server, and what a test can await of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from tests.end_to_end.loopback import traffic
from tests.end_to_end.loopback.messages import Message, MessageBook
from tests.end_to_end.loopback.world import Channel, Json, Member

T = TypeVar("T")

# discord.com/developers/docs/interactions/receiving-and-responding
COMMAND, COMPONENT, AUTOCOMPLETE, FORM = 2, 3, 4, 5
PONG, MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 1, 4, 5, 6, 7, 8, 9
ALLOWED_CALLBACKS = {
    COMMAND: {MESSAGE, DEFERRED_MESSAGE, MODAL},
    COMPONENT: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    FORM: {MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE},
}


class NeverAcknowledgedError(AssertionError):
    """The interaction's time to be acknowledged passed: its user saw "The application did not respond"."""


class Wait(Protocol):
    """Waits, from any event loop, until a fact about the server is true."""

    def __call__(self, fact: Callable[[], T | None], timeout_seconds: float, what: Callable[[], str]) -> Coroutine[Any, Any, T]:
        """Return what `fact` gives once that is not None."""


@dataclass(frozen=True, slots=True)
class Clock:
    """How long Discord waits: for the acknowledgement, and until the token is void.

    Source: discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
    """

    acknowledge_within_seconds: float = 3.0
    token_lives_seconds: float = 900.0


class Interaction:
    """A handle on one interaction, from its dispatch to the latest state of everything that answered it.

    `acknowledged_after` is in seconds, None until then. `choices` is what an autocompletion offered and
    `modal` the form that was opened, each None unless that was the answer. `refusals` lists every request
    about this interaction that was refused, oldest first.
    """

    def __init__(
        self,
        *,
        id: int,
        kind: int,
        member: Member,
        channel: Channel,
        clock: Clock,
        book: MessageBook,
        wait: Wait,
    ) -> None:
        self.id = id
        self.kind = kind
        self.token = f"interaction-{id}"
        self.member = member
        self.channel = channel
        self.acknowledged_after: float | None = None
        self.callback_kind: int | None = None
        self.choices: list[Json] | None = None
        self.modal: Json | None = None
        self.refusals: list[traffic.RecordedRequest] = []
        self.source_id: int | None = None
        self.original_id: int | None = None
        self.follow_up_ids: list[int] = []
        self._dispatched_at = time.monotonic()
        self._clock = clock
        self._book = book
        self._wait = wait

    # What a test reads and awaits.

    @property
    def history(self) -> tuple[Message, ...]:
        """Every state of the original response, oldest first; of a component's message, also those before."""
        return self._book.states(self.original_id) if self.original_id is not None else ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """The present state of every follow-up, oldest first, deleted ones left out."""
        return tuple(self._book.get(id) for id in self.follow_up_ids if not self._book.is_deleted(id))

    async def acknowledged(self, timeout_seconds: float = 30.0) -> float:
        """Wait for the acknowledgement and return its latency in seconds.

        Raises:
            NeverAcknowledgedError: Discord's clock ran out first.
        """
        return await self._wait(self._acknowledgement, timeout_seconds, lambda: self._story("acknowledgement"))

    async def response(self, timeout_seconds: float = 30.0, where: Callable[[Message], bool] = lambda message: True) -> Message:
        """Wait for the answer and return the original response's present state.

        Args:
            where: tells the final state from those before it, for a bot that edits its response in steps.
                Without it, the first state that is not "thinking…" will do.
        Raises:
            NeverAcknowledgedError: Discord's clock ran out first.
            TimeoutError: no such response came.
        """

        def answered() -> Message | None:
            if self._acknowledgement() is None or self.original_id is None:
                return None
            if self._book.is_deleted(self.original_id):
                return None
            message = self._book.get(self.original_id)
            unchanged = self.callback_kind == DEFERRED_UPDATE and message.at <= self._dispatched_at
            return None if message.loading or unchanged or not where(message) else message

        return await self._wait(answered, timeout_seconds, lambda: self._story("response that fits"))

    async def follow_up(self, number: int = 1, timeout_seconds: float = 30.0) -> Message:
        """Wait for the follow-up of that number, counted from 1, and return its present state."""

        def sent() -> Message | None:
            self._acknowledgement()
            return self.messages[number - 1] if len(self.messages) >= number else None

        return await self._wait(sent, timeout_seconds, lambda: self._story(f"follow-up {number}"))

    # What the server asks and notes.

    def check_open(self, callback_kind: int) -> None:
        """Check that a callback of that kind may be given now.

        Raises:
            ApiError: too late, given before, or of a kind that this interaction does not take.
        """
        if self.acknowledged_after is not None:
            raise traffic.already_acknowledged()
        if self._too_late():
            raise traffic.unknown("interaction")
        if callback_kind not in ALLOWED_CALLBACKS[self.kind]:
            problem = {
                "code": "INTERACTION_INVALID_CALLBACK_TYPE",
                "message": f"{callback_kind} cannot be used here.",
            }
            raise traffic.invalid_form({"type": {"_errors": [problem]}})

    def acknowledge(self, callback_kind: int) -> None:
        """Note that it was acknowledged just now."""
        self.callback_kind = callback_kind
        self.acknowledged_after = time.monotonic() - self._dispatched_at

    def check_token(self) -> None:
        """Check that messages may still be sent and changed through the interaction's token.

        Raises:
            ApiError: it was never acknowledged, or its time is over.
        """
        if self.acknowledged_after is None:
            raise traffic.unknown("Webhook")
        if time.monotonic() - self._dispatched_at > self._clock.token_lives_seconds:
            raise traffic.expired_token()

    def message_id(self, name: str) -> int:
        """Return the id behind `@original` or a number.

        Raises:
            ApiError: this interaction has no such message.
        """
        own = [*self.follow_up_ids, self.original_id]
        wanted = self.original_id if name == "@original" else int(name) if name.isdecimal() else None
        if wanted is None or wanted not in own:
            raise traffic.unknown("Message")
        return wanted

    def start_clock(self) -> None:
        """Start the time in which it must be acknowledged."""
        self._dispatched_at = time.monotonic()

    def _too_late(self) -> bool:
        return time.monotonic() - self._dispatched_at > self._clock.acknowledge_within_seconds

    def _acknowledgement(self) -> float | None:
        if self.acknowledged_after is None and self._too_late():
            limit = self._clock.acknowledge_within_seconds
            refused = [str(refusal) for refusal in self.refusals]
            raise NeverAcknowledgedError(f"{self.id} was not acknowledged within {limit:g} s; refused: {refused}")
        return self.acknowledged_after

    def _story(self, wanted: str) -> str:
        states = [message.text for message in self.history]
        return (
            f"no {wanted} for interaction {self.id}; acknowledged after {self.acknowledged_after} s;"
            f" states {states}; follow-ups {[message.text for message in self.messages]};"
            f" refused {[str(refusal) for refusal in self.refusals]}"
        )
