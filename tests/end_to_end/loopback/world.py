"""Who and what exists on the loopback Discord: one guild, its members, its channels. It holds no message.

The payloads are what Discord's API v10 sends, as far as discord.py reads them.
"""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

DISCORD_EPOCH_MS = 1_420_070_400_000  # first second of 2015; discord.com/developers/docs/reference#snowflakes

# Permission bits: discord.com/developers/docs/topics/permissions
ADMINISTRATOR = 1 << 3
MANAGE_GUILD = 1 << 5
ALL_PERMISSIONS = 18_014_398_509_481_983  # the largest set that Discord's OpenAPI document admits
# View channels, send messages, embed links, attach files, read history, use application commands.
EVERYONE_PERMISSIONS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16 | 1 << 31

TEXT_CHANNEL, DM_CHANNEL, PUBLIC_THREAD = 0, 1, 11
MADE_AT = "2024-01-01T00:00:00+00:00"


class Snowflakes:
    """Makes ids that carry the present time, as discord.py expects, each larger than the one before."""

    def __init__(self) -> None:
        self._counter = itertools.count()
        self._last = 0

    def next(self) -> int:
        """Return a fresh id."""
        milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MS
        self._last = max((milliseconds << 22) | (next(self._counter) & 0xFFF), self._last + 1)
        return self._last


@dataclass(frozen=True, slots=True)
class User:
    """An account. `mention` is what a message contains to address it."""

    id: int
    name: str
    bot: bool = False

    @property
    def mention(self) -> str:
        """The text that mentions this user."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """The user object."""
        return {
            "id": str(self.id), "username": self.name, "global_name": self.name.title(), "discriminator": "0",
            "avatar": None, "bot": self.bot, "public_flags": 0, "flags": 0, "primary_guild": None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Role:
    """A guild's role; `permissions` is a bit set."""

    id: int
    name: str
    permissions: int
    position: int

    def payload(self) -> Json:
        """The role object."""
        colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
        return {
            "id": str(self.id), "name": self.name, "permissions": str(self.permissions),
            "position": self.position,
            "color": 0, "colors": colors, "hoist": False, "managed": False, "mentionable": False, "flags": 0,
            "icon": None, "unicode_emoji": None, "description": None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """A user in the guild. `permissions` is what they may do there in all."""

    user: User
    permissions: int
    roles: tuple[Role, ...] = ()

    @property
    def id(self) -> int:
        """The user's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """The text that mentions this member."""
        return self.user.mention

    def payload(self) -> Json:
        """The member object with its user, without the permissions that only interactions carry."""
        return {
            "user": self.user.payload(), "roles": [str(role.id) for role in self.roles], "nick": None,
            "avatar": None,
            "banner": None, "joined_at": MADE_AT, "premium_since": None, "deaf": False, "mute": False,
            "pending": False, "flags": 0, "communication_disabled_until": None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Channel:
    """A guild's text channel, a thread in one, or a direct message with `recipient`."""

    id: int
    name: str
    kind: int
    guild_id: int | None = None
    parent_id: int | None = None
    owner_id: int | None = None
    recipient: User | None = None

    def payload(self) -> Json:
        """The channel object."""
        shared: Json = {"id": str(self.id), "type": self.kind, "flags": 0, "last_message_id": None}
        if self.recipient is not None:
            return shared | {"recipients": [self.recipient.payload()]}
        shared |= {"guild_id": str(self.guild_id), "name": self.name, "rate_limit_per_user": 0}
        if self.kind == PUBLIC_THREAD:
            return shared | self._thread_payload()
        return shared | {
            "position": 0, "permission_overwrites": [], "parent_id": None, "topic": None, "nsfw": False,
        }  # fmt: skip

    def _thread_payload(self) -> Json:
        metadata = {
            "archived": False, "auto_archive_duration": 1440, "archive_timestamp": MADE_AT, "locked": False,
            "create_timestamp": MADE_AT,
        }  # fmt: skip
        return {
            "parent_id": str(self.parent_id), "owner_id": str(self.owner_id), "thread_metadata": metadata,
            "message_count": 0, "member_count": 1, "total_message_sent": 0, "applied_tags": [],
        }  # fmt: skip


@dataclass(slots=True)
class World:
    """The application, its bot, and the one guild that it was added to."""

    snowflakes: Snowflakes
    application_id: int
    bot: User
    guild_id: int
    guild_name: str
    roles: tuple[Role, ...]
    owner: Member
    members: dict[int, Member]
    channels: dict[int, Channel] = field(default_factory=dict)

    def add_channel(self, name: str, kind: int = TEXT_CHANNEL, **more: Any) -> Channel:
        """Add a channel to the guild; `more` are fields of Channel, the id being a fresh one unless given."""
        fields: Json = {"id": self.snowflakes.next(), "name": name, "kind": kind, "guild_id": self.guild_id}
        channel = Channel(**fields | more)
        self.channels[channel.id] = channel
        return channel

    def direct_channel(self, user: User) -> Channel:
        """Return the direct message channel between the bot and a user, made on first use."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        channel = Channel(self.snowflakes.next(), user.name, DM_CHANNEL, recipient=user)
        self.channels[channel.id] = channel
        return channel

    @property
    def administrator(self) -> Member:
        """The member who holds a role with the permission "Administrator"."""
        return next(member for member in self.members.values() if member.roles)

    @property
    def ordinary_members(self) -> list[Member]:
        """Those members who are people without any role or ownership."""
        people = (member for member in self.members.values() if not member.user.bot)
        return [member for member in people if member != self.owner and not member.roles]

    def user(self, user_id: int) -> User | None:
        """Return the member's account, or None."""
        member = self.members.get(user_id)
        return member.user if member else None

    def guild_payload(self) -> Json:
        """The guild object, as the API gives it."""
        return {
            "id": str(self.guild_id), "name": self.guild_name, "owner_id": str(self.owner.id), "icon": None,
            "splash": None, "discovery_splash": None, "banner": None, "description": None,
            "afk_channel_id": None,
            "afk_timeout": 300, "verification_level": 0, "default_message_notifications": 1, "mfa_level": 0,
            "explicit_content_filter": 0, "premium_tier": 0, "premium_subscription_count": 0, "nsfw_level": 0,
            "preferred_locale": "en-US", "system_channel_id": None, "system_channel_flags": 0,
            "rules_channel_id": None, "public_updates_channel_id": None, "vanity_url_code": None,
            "application_id": None, "max_members": 500_000, "max_presences": None, "features": [],
            "emojis": [],
            "stickers": [], "premium_progress_bar_enabled": False, "region": "deprecated",
            "roles": [role.payload() for role in self.roles],
        }  # fmt: skip

    def guild_create_payload(self, *, all_members: bool) -> Json:
        """The GUILD_CREATE event; without the members intent it names the bot alone."""
        members = list(self.members.values()) if all_members else [self.members[self.bot.id]]
        channels = [channel for channel in self.channels.values() if channel.guild_id == self.guild_id]
        return self.guild_payload() | {
            "member_count": len(self.members), "large": False, "unavailable": False, "joined_at": MADE_AT,
            "members": [member.payload() for member in members],
            "channels": [channel.payload() for channel in channels if channel.kind == TEXT_CHANNEL],
            "threads": [channel.payload() for channel in channels if channel.kind == PUBLIC_THREAD],
            "presences": [], "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }  # fmt: skip


def newsroom() -> World:
    """Make the default world: an owner, an administrator, two ordinary members, the bot, one text channel."""
    snowflakes = Snowflakes()
    guild_id = snowflakes.next()
    everyone = Role(guild_id, "@everyone", EVERYONE_PERMISSIONS, 0)
    administrators = Role(snowflakes.next(), "Administrators", ADMINISTRATOR, 1)
    bot = User(snowflakes.next(), "corpusbot", bot=True)
    owner = Member(User(snowflakes.next(), "olive"), ALL_PERMISSIONS)
    administrator = Member(User(snowflakes.next(), "ada"), ALL_PERMISSIONS, (administrators,))
    ordinary = [Member(User(snowflakes.next(), name), EVERYONE_PERMISSIONS) for name in ("mona", "noor")]
    members = [owner, administrator, *ordinary, Member(bot, EVERYONE_PERMISSIONS)]
    world = World(
        snowflakes=snowflakes,
        application_id=bot.id,
        bot=bot,
        guild_id=guild_id,
        guild_name="The newsroom",
        roles=(everyone, administrators),
        owner=owner,
        members={member.id: member for member in members},
    )
    world.add_channel("research")
    return world
