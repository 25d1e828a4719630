"""The routes of guilds, channels, messages and threads."""

from __future__ import annotations

import re
from typing import Any

from tests.end_to_end.loopback import traffic
from tests.end_to_end.loopback.gateway import Gateway
from tests.end_to_end.loopback.messages import DEFAULT, REPLY, Message
from tests.end_to_end.loopback.state import State
from tests.end_to_end.loopback.traffic import ApiError, RecordedRequest
from tests.end_to_end.loopback.world import PUBLIC_THREAD, Channel, Json, User

_MENTION = re.compile(r"<@!?(\d+)>")


class Channels:
    """Reads the guild and its channels, and posts there in the bot's name."""

    def __init__(self, state: State, gateway: Gateway) -> None:
        self._state = state
        self._gateway = gateway
        self._sent: dict[tuple[int, Any] | None, int] = {}

    async def get_guild(self, call: RecordedRequest) -> Json:
        """GET /guilds/{guild_id}."""
        self._check_guild(call)
        return self._state.world.guild_payload()

    async def get_guild_channels(self, call: RecordedRequest) -> list[Json]:
        """GET /guilds/{guild_id}/channels: those that are no threads."""
        self._check_guild(call)
        channels = self._state.world.channels.values()
        return [channel.payload() for channel in channels if channel.guild_id and channel.kind != PUBLIC_THREAD]

    async def get_roles(self, call: RecordedRequest) -> list[Json]:
        """GET /guilds/{guild_id}/roles."""
        self._check_guild(call)
        return [role.payload() for role in self._state.world.roles]

    async def get_member(self, call: RecordedRequest) -> Json:
        """GET /guilds/{guild_id}/members/{user_id}."""
        self._check_guild(call)
        member = self._state.world.members.get(call.id("user_id"))
        if member is None:
            raise traffic.unknown("Member")
        return member.payload()

    async def get_channel(self, call: RecordedRequest) -> Json:
        """GET /channels/{channel_id}."""
        return self._channel(call).payload()

    async def open_direct(self, call: RecordedRequest) -> Json:
        """POST /users/@me/channels: the direct messages with a user."""
        user = self._state.world.user(int(call.body["recipient_id"]))
        if user is None:
            raise traffic.unknown("User")
        if user.bot:
            raise ApiError(400, 50007, "Cannot send messages to this user")
        return self._state.world.direct_channel(user).payload()

    async def type(self, call: RecordedRequest) -> None:
        """POST /channels/{channel_id}/typing."""
        self._channel(call)

    async def get_messages(self, call: RecordedRequest) -> list[Json]:
        """GET /channels/{channel_id}/messages, newest first; heeds only `limit` and `after`."""
        after = int(call.query.get("after", 0))
        seen = [m for m in self._state.book.after(after, self._channel(call).id) if not m.ephemeral]
        return [message.payload() for message in reversed(seen)][: int(call.query.get("limit", 50))]

    async def get_message(self, call: RecordedRequest) -> Json:
        """GET /channels/{channel_id}/messages/{message_id}."""
        return self._message(call).payload()

    async def send(self, call: RecordedRequest) -> Json:
        """POST /channels/{channel_id}/messages."""
        channel = self._channel(call)
        # discord.com/developers/docs/resources/message#create-message: nothing is made twice under one nonce.
        nonce = (channel.id, call.body.get("nonce")) if call.body.get("enforce_nonce") else None
        if nonce in self._sent:
            return self._state.book.get(self._sent[nonce]).payload()
        reference = self._reference(call)
        message = self._state.book.create(
            call.body,
            call.uploads,
            channel=channel,
            author=self._state.world.bot,
            kind=DEFAULT if reference is None else REPLY,
            mentions=self._mentions(call.body.get("content") or ""),
            reference_id=reference,
        )
        if nonce is not None:
            self._sent[nonce] = message.id
        await self._gateway.announce_message(message)
        return message.payload()

    async def edit(self, call: RecordedRequest) -> Json:
        """PATCH /channels/{channel_id}/messages/{message_id}."""
        if self._message(call).author != self._state.world.bot:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        return self._state.book.edit(call.id("message_id"), call.body, call.uploads).payload()

    async def delete(self, call: RecordedRequest) -> None:
        """DELETE /channels/{channel_id}/messages/{message_id}."""
        if self._message(call).author != self._state.world.bot:
            raise ApiError(403, 50013, "Missing Permissions")
        self._state.book.delete(call.id("message_id"))

    async def start_thread(self, call: RecordedRequest) -> Json:
        """POST /channels/{channel_id}/threads and /channels/{channel_id}/messages/{message_id}/threads."""
        parent = self._channel(call)
        if parent.guild_id is None or parent.kind == PUBLIC_THREAD:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        # A thread that hangs on a message has the message's id: discord.com/developers/docs/topics/threads
        origin = {"id": self._message(call).id} if "message_id" in call.arguments else {}
        if origin.get("id") in self._state.world.channels:
            raise ApiError(400, 160004, "A thread has already been created for this message")
        thread = self._state.world.add_channel(
            call.body["name"], PUBLIC_THREAD, parent_id=parent.id, owner_id=self._state.world.bot.id, **origin
        )
        await self._gateway.dispatch("THREAD_CREATE", thread.payload() | {"newly_created": True})
        return thread.payload()

    def _channel(self, call: RecordedRequest) -> Channel:
        channel = self._state.world.channels.get(call.id("channel_id"))
        if channel is None:
            raise traffic.unknown("Channel")
        return channel

    def _message(self, call: RecordedRequest) -> Message:
        """Return the message; an ephemeral one can be reached through its interaction's token alone."""
        message = self._state.book.get(call.id("message_id"))
        if message.channel != self._channel(call) or message.ephemeral:
            raise traffic.unknown("Message")
        return message

    def _reference(self, call: RecordedRequest) -> int | None:
        reference = call.body.get("message_reference")
        if reference is None:
            return None
        try:
            return self._state.book.get(int(reference["message_id"])).id
        except ApiError:
            if reference.get("fail_if_not_exists") is False:
                return None
            problem = {"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}
            raise traffic.invalid_form({"message_reference": {"_errors": [problem]}}) from None

    def _mentions(self, content: str) -> tuple[User, ...]:
        found = (self._state.world.user(int(id)) for id in _MENTION.findall(content))
        return tuple(user for user in dict.fromkeys(found) if user is not None)

    def _check_guild(self, call: RecordedRequest) -> None:
        if call.id("guild_id") != self._state.world.guild_id:
            raise traffic.unknown("Guild")
