"""A Discord of our own on 127.0.0.1, for tests of the bot's process: REST API v10 and gateway.

It keeps Discord's clock and limits, and it knows one guild. What it does not know it answers with 404 and
records, so that a test can assert that nothing of the kind was asked. Its parts are in the folder `loopback`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self, TypeVar

from tests.end_to_end.loopback.interactions import Clock, Interaction
from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback.people import Place
from tests.end_to_end.loopback.server import Server
from tests.end_to_end.loopback.state import Fault
from tests.end_to_end.loopback.traffic import RecordedRequest
from tests.end_to_end.loopback.world import Channel, Json, Member

T = TypeVar("T")

TOKEN = "loopback.token.of-no-value"
LIMIT_CODES = (50035, 50006, 40005)  # invalid form, empty message, too large


class LoopbackDiscord:
    """The server, and the people who use it: `slash`, `click` and `message` act for a member of the guild.

    `world` is the guild with its `roles`, `members` and `channels`; `bot`, `owner`, `administrator`, `member`
    and `other_member` (both without special permissions) and `channel` (a text channel) are taken from it.
    `gateway` counts handshakes, resumes and heartbeats.

    The server runs in a thread of its own: a test may block, and a fixture may share it between event loops.

    Args:
        token: the bot token that REST and gateway accept.
        acknowledge_within_seconds: Discord's clock for the first answer to an interaction.
        token_lives_seconds: how long follow-ups to an interaction are taken.
        privileged_intents: bits of those switched on for the application; a bot that asks for another is
            closed with code 4014. None are on by default, as for a new application.
        heartbeat_seconds: how often the bot is told to send a heartbeat.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        acknowledge_within_seconds: float = 3.0,
        token_lives_seconds: float = 900.0,
        privileged_intents: int = 0,
        heartbeat_seconds: float = 41.25,
    ) -> None:
        clock = Clock(acknowledge_within_seconds, token_lives_seconds)
        self._server = Server(token, clock, privileged_intents, heartbeat_seconds)
        self._state = self._server.state
        self.token = token
        self.gateway = self._server.gateway
        self.world = self._state.world
        self.bot = self.world.bot
        self.owner = self.world.owner
        self.administrator = self.world.administrator
        self.member, self.other_member = self.world.ordinary_members
        self.channel = next(iter(self.world.channels.values()))

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop the server.

        Raises:
            AssertionError: the loopback itself broke on a request, and nothing else failed.
        """
        await self._server.stop()
        if self._state.failures and error is None:
            raise AssertionError("the loopback itself failed:\n" + "\n".join(self._state.failures))

    # What the bot did.

    @property
    def url(self) -> str:
        """Where it listens, e.g. `http://127.0.0.1:40123`."""
        return self._state.url

    @property
    def requests(self) -> list[RecordedRequest]:
        """Every REST request so far, in order of arrival."""
        return list(self._state.requests)

    @property
    def unexpected_requests(self) -> list[RecordedRequest]:
        """Those for which the loopback has no route."""
        return [request for request in self.requests if not request.route]

    @property
    def refusals(self) -> list[RecordedRequest]:
        """Those that were answered with an error."""
        return [request for request in self.requests if request.refused]

    @property
    def violations(self) -> list[RecordedRequest]:
        """Those that broke one of Discord's limits on what is sent."""
        return [refusal for refusal in self.refusals if refusal.code in LIMIT_CODES]

    def commands(self, guild_id: int | None = None) -> list[Json]:
        """Return the commands of the last PUT, the global ones or a guild's."""
        return self._state.commands.registered(guild_id)

    def command_puts(self, guild_id: int | None = None) -> int:
        """Return how often the bot registered its commands, globally or for a guild."""
        return self._state.commands.puts.get(guild_id, 0)

    async def until(self, fact: Callable[[], T | None], what: str, timeout_seconds: float = 30.0) -> T:
        """Wait until `fact` about this server gives something, not None; `what` names it in the error."""
        return await self._server.wait(fact, timeout_seconds, lambda: what)

    async def ready(self, handshakes: int = 1, timeout_seconds: float = 60.0) -> None:
        """Wait until a bot was sent READY and its guild, that many times in all."""

        def shaken() -> bool | None:
            return True if self.gateway.handshakes >= handshakes else None

        await self._server.wait(shaken, timeout_seconds, lambda: f"not ready; {[str(r) for r in self.requests]}")

    # What people do.

    def direct_channel(self, member: Member) -> Channel:
        """Return the direct messages between a member and the bot."""
        return self.world.direct_channel(member.user)

    async def slash(
        self,
        command: str,
        options: Mapping[str, Any] | None = None,
        *,
        member: Member | None = None,
        channel: Channel | None = None,
        permissions: int | None = None,
        shown_anyway: bool = False,
    ) -> Interaction:
        """Use a slash command, and return a handle on what comes of it.

        Args:
            command: its name, for a subcommand with the names above it: "articles import".
            options: values by option name, of the option's type.
            member: who uses it; an ordinary member by default.
            channel: where; the guild's text channel by default, or what `direct_channel` gives.
            permissions: bits that the payload gives the member in place of their own.
            shown_anyway: use a command that its default permissions hide from this member, as when the
                guild's administrators opened it to them: then only the bot's own check stands in the way.
        Raises:
            LookupError, PermissionError, ValueError, TypeError: Discord's client would not let them do that.
            ConnectionError: no bot is connected.
        """
        place = self._place(member, channel, permissions)
        using = self._server.people.use_command(place, command, options or {}, shown_anyway=shown_anyway)
        return await self._server.run(using)

    async def autocomplete(
        self,
        command: str,
        focused: str,
        options: Mapping[str, Any] | None = None,
        *,
        member: Member | None = None,
        channel: Channel | None = None,
    ) -> list[Json]:
        """Type into an option and return the choices offered; the text typed so far is `options[focused]`.

        Raises:
            NeverAcknowledgedError: no answer came in time.
        """
        typing = self._server.people.type_option(self._place(member, channel), command, focused, options or {})
        interaction = await self._server.run(typing)
        await interaction.acknowledged()
        return interaction.choices or []

    async def click(
        self,
        message: Message,
        custom_id: str,
        *,
        member: Member | None = None,
        values: list[str] | None = None,
    ) -> Interaction:
        """Press a button, or choose `values` in a select menu, on the present state of a message of the
        bot's.

        Raises:
            LookupError: the message shows no such component.
            PermissionError: it is disabled, or the message is ephemeral and somebody else's.
        """
        place = self._place(member, message.channel)
        return await self._server.run(self._server.people.click(place, message.id, custom_id, values))

    async def menu(self, name: str, message: Message, *, member: Member | None = None) -> Interaction:
        """Use an entry of a message's menu, under "Apps".

        Raises:
            LookupError: the bot registered no such entry.
        """
        return await self._server.run(self._server.people.use_menu(self._place(member, message.channel), name, message.id))

    async def submit(self, opened: Interaction, values: Mapping[str, str]) -> Interaction:
        """Fill in the form that a press opened, by the ids of its fields, and send it.

        Raises:
            LookupError: no form was opened, or it has no such field.
            ValueError: a field that must be filled in is empty.
        """
        place = self._place(opened.member, opened.channel)
        return await self._server.run(self._server.people.submit(place, opened, values))

    async def message(self, channel: Channel, author: Member, content: str, *, mentions_bot: bool = False) -> Message:
        """Write a message; with `mentions_bot` it opens with a mention of the bot."""
        text = f"{self.bot.mention} {content}" if mentions_bot else content
        return await self._server.run(self._server.people.write(Place(author, channel), text))

    async def reply(
        self,
        after: Message,
        *,
        channel: Channel | None = None,
        where: Callable[[Message], bool] = lambda message: True,
        timeout_seconds: float = 30.0,
    ) -> Message:
        """Wait for the bot's first message after another one, in the same channel unless told otherwise."""

        def posted() -> Message | None:
            later = self._state.book.after(after.id, (channel or after.channel).id)
            return next((m for m in later if m.author == self.bot and not m.loading and where(m)), None)

        def story() -> str:
            return f"no such reply to {after.content!r}; refused {[str(refusal) for refusal in self.refusals]}"

        return await self._server.wait(posted, timeout_seconds, story)

    def messages_after(self, after: Message) -> list[Message]:
        """Return the present state of each message that followed one in its channel, oldest first."""
        return list(self._state.book.after(after.id, after.channel.id))

    # What can go wrong.

    def next_fault(self, method: str, route: str, *faults: Fault) -> None:
        """Have scripted faults answer the next requests of that method and route template, one each."""
        self._state.faults.setdefault((method, route), deque()).extend(faults)

    def outage(self, fault: Fault | None) -> None:
        """Have one fault answer every REST request from now on; None ends the outage. The gateway goes on."""
        self._state.outage = fault

    async def disturb_gateway(self, *, payload: Json | None = None, close_code: int | None = None) -> None:
        """Send a raw payload (op 7, op 9, …) to the bot, then close its connection if a code is given."""
        if payload is not None:
            await self._server.run(self.gateway.send(payload))
        if close_code is not None:
            await self._server.run(self.gateway.close(close_code))

    async def cut_gateway(self) -> None:
        """Cut the bot's gateway connection without a close code, as a network does."""
        await self._server.run(_now(self.gateway.cut))

    def _place(self, member: Member | None, channel: Channel | None, permissions: int | None = None) -> Place:
        return Place(member or self.member, channel or self.channel, permissions)


async def _now(act: Callable[[], None]) -> None:
    act()
