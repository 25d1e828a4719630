"""What people do on the loopback: use a command, press a button, write a message.

Everything here runs in the server's own event loop. What Discord's client would not let somebody do raises,
and the bot hears nothing of it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.end_to_end.loopback import commands, interactions
from tests.end_to_end.loopback.gateway import Gateway
from tests.end_to_end.loopback.interactions import Interaction, Wait
from tests.end_to_end.loopback.limits import BUTTON, REQUEST_BYTES
from tests.end_to_end.loopback.messages import Message
from tests.end_to_end.loopback.state import State
from tests.end_to_end.loopback.world import ALL_PERMISSIONS, Channel, Json, Member

# A little past the limit, so that whoever waits for an acknowledgement learns that none can come any more.
AFTER_THE_LIMIT_SECONDS = 0.05


# discord.py links a view to its message only once it has read the answer to its request, a few turns of its
# event loop after the message is there to be seen. No user is that quick; a test is.
FRESH_SECONDS = 1.0
TURNS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """Who does something, where, and with which permissions there; None stands for the member's own."""

    member: Member
    channel: Channel
    permissions: int | None = None

    @property
    def in_guild(self) -> bool:
        """Whether it is in the guild rather than in direct messages."""
        return self.channel.guild_id is not None

    @property
    def held(self) -> int:
        """The permissions that count."""
        return self.member.permissions if self.permissions is None else self.permissions


class People:
    """Acts for the members of the guild."""

    def __init__(self, state: State, gateway: Gateway, wait: Wait) -> None:
        self._state = state
        self._gateway = gateway
        self._wait = wait
        self._looking = asyncio.Lock()
        self._seen: dict[int, float] = {}

    async def use_command(self, place: Place, command: str, options: Mapping[str, Any], *, shown_anyway: bool) -> Interaction:
        """Use a slash command, subcommands being part of its name."""
        name, *path = command.split()
        found = self._state.commands.find(name, self._state.world.guild_id)
        commands.check_offered(found, ALL_PERMISSIONS if shown_anyway else place.held, in_guild=place.in_guild)
        return await self._interact(interactions.COMMAND, place, commands.interaction_data(found, path, options))

    async def type_option(self, place: Place, command: str, focused: str, options: Mapping[str, Any]) -> Interaction:
        """Type into an option that autocompletes."""
        name, *path = command.split()
        found = self._state.commands.find(name, self._state.world.guild_id)
        data = commands.interaction_data(found, path, options, focused)
        return await self._interact(interactions.AUTOCOMPLETE, place, data)

    async def use_menu(self, place: Place, name: str, message_id: int) -> Interaction:
        """Use an entry of a message's menu."""
        found = self._state.commands.find(name, self._state.world.guild_id, commands.MESSAGE_MENU)
        commands.check_offered(found, place.held, in_guild=place.in_guild)
        message = self._state.book.get(message_id)
        data = {"id": found["id"], "name": name, "type": commands.MESSAGE_MENU, "target_id": str(message_id)}
        data["resolved"] = {"messages": {str(message_id): message.payload()}}
        return await self._interact(interactions.COMMAND, place, data)

    async def submit(self, place: Place, opened: Interaction, values: Mapping[str, str]) -> Interaction:
        """Fill in the form that an interaction opened, and send it."""
        if opened.modal is None:
            raise LookupError("no form was opened")
        labels = [part for part in opened.modal["components"] if "component" in part]
        if unknown := set(values) - {label["component"]["custom_id"] for label in labels}:
            raise LookupError(f"the form has no fields {sorted(unknown)}")
        filled = [_filled_in(number, label, values) for number, label in enumerate(labels)]
        source = self._state.book.get(opened.source_id) if opened.source_id is not None else None
        data = {"custom_id": opened.modal["custom_id"], "components": filled}
        return await self._interact(interactions.FORM, place, data, source)

    async def click(self, place: Place, message_id: int, custom_id: str, values: list[str] | None) -> Interaction:
        """Press a button or choose values in a select menu, on the message's present state."""
        message = self._state.book.get(message_id)
        component = message.component(custom_id)
        if component.get("disabled"):
            raise PermissionError(f"component {custom_id!r} is disabled")
        if message.ephemeral and message.interaction and message.interaction["user"]["id"] != str(place.member.id):
            raise PermissionError(f"message {message_id} is ephemeral and not {place.member.user.name}'s")
        data: Json = {
            "custom_id": custom_id,
            "component_type": component["type"],
            "id": component.get("id", 0),
        }
        if component["type"] != BUTTON:
            data["values"] = _chosen(component, values or [])
        await self._let_the_bot_see(message)
        return await self._interact(interactions.COMPONENT, place, data, message)

    async def write(self, place: Place, content: str) -> Message:
        """Write a message into a channel."""
        bot = self._state.world.bot
        mentions = (bot,) if bot.mention in content else ()
        author = place.member.user
        message = self._state.book.create({"content": content}, channel=place.channel, author=author, mentions=mentions)
        extra: Json = {}
        if place.in_guild:
            extra["member"] = place.member.payload()
            del extra["member"]["user"]
        await self._gateway.announce_message(message, extra)
        return message

    async def _let_the_bot_see(self, message: Message) -> None:
        async with self._looking:
            if self._seen.get(message.id) == message.at or time.monotonic() - message.at > FRESH_SECONDS:
                return
            for _ in range(TURNS):
                await self._gateway.round_trip()
            self._seen[message.id] = message.at

    async def _interact(self, kind: int, place: Place, data: Json, source: Message | None = None) -> Interaction:
        interaction = Interaction(
            id=self._state.world.snowflakes.next(),
            kind=kind,
            member=place.member,
            channel=place.channel,
            clock=self._state.clock,
            book=self._state.book,
            wait=self._wait,
        )
        payload = self._payload(interaction, place, data)
        if source is not None:
            interaction.source_id = source.id
            payload["message"] = source.payload()
        self._state.interactions[interaction.token] = interaction
        interaction.start_clock()
        await self._gateway.dispatch("INTERACTION_CREATE", payload)
        limit = self._state.clock.acknowledge_within_seconds + AFTER_THE_LIMIT_SECONDS
        asyncio.get_running_loop().call_later(limit, self._state.changes.announce)
        return interaction

    def _payload(self, interaction: Interaction, place: Place, data: Json) -> Json:
        world, channel = self._state.world, place.channel
        payload: Json = {
            "id": str(interaction.id), "application_id": str(world.application_id), "type": interaction.kind,
            "token": interaction.token, "version": 1, "data": data, "channel_id": str(channel.id),
            "channel": channel.payload() | {"permissions": str(place.held)}, "locale": "en-US",
            "entitlements": [],
            "attachment_size_limit": REQUEST_BYTES,
            "app_permissions": str(world.members[world.bot.id].permissions),
            "authorizing_integration_owners": {"0": str(channel.guild_id or 0)},
            "context": commands.IN_GUILD if place.in_guild else commands.IN_BOT_DM,
        }  # fmt: skip
        if not place.in_guild:
            return payload | {"user": place.member.user.payload()}
        guild_id = str(world.guild_id)
        return payload | {
            "guild_id": guild_id, "guild_locale": "en-US",
            "guild": {"id": guild_id, "locale": "en-US", "features": []},
            "member": place.member.payload() | {"permissions": str(place.held)},
        }  # fmt: skip


def _filled_in(number: int, label: Json, values: Mapping[str, str]) -> Json:
    """A field of a form as Discord sends it back."""
    field = label["component"]
    written = values.get(field["custom_id"], "")
    if field.get("required", True) and not written:
        raise ValueError(f"{field['custom_id']!r} must be filled in")
    answered = {"type": field["type"], "id": 2 * number + 2, "custom_id": field["custom_id"], "value": written}
    return {"type": label["type"], "id": 2 * number + 1, "component": answered}


def _chosen(component: Json, values: list[str]) -> list[str]:
    offered = [option["value"] for option in component.get("options") or []]
    if offered and not set(values) <= set(offered):
        raise LookupError(f"the menu offers {offered}, not {values}")
    return values
