"""What the people who run a server have set for it: kept in the table `server_settings`, one row a server, as JSON.

A server that has set nothing has no row. The row of a server that the bot has left stays, so that an invitation brings its
settings back; it holds no person's data.
"""

import datetime as dt
import enum
import logging
import threading
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Any

import discord
from pydantic import AfterValidator, Field, TypeAdapter, ValidationError

from bot.bot_database import BotDatabase
from bot.languages import server_of
from bot.wording import ENGLISH, LANGUAGES, Wording
from corpus.errors import CorpusbotError

MOST_CHANNELS = 25  # what one menu of Discord's can choose
MOST_DAILY = 1000  # questions a day that a server can allow each member
log = logging.getLogger(__name__)


class ServerSettingsError(CorpusbotError):
    """A setting has a value that it cannot have."""


class Length(enum.StrEnum):
    """How much an answer shows at first."""

    SHORT = "short"
    NORMAL = "normal"
    LONG = "long"

    @property
    def passages(self) -> int:
        """Quotations on the first page."""
        return {Length.SHORT: 1, Length.NORMAL: 3, Length.LONG: 5}[self]


def _known(language: str) -> str:
    if language not in (ENGLISH, *LANGUAGES):
        raise ValueError("the bot has no words in this language")
    return language


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """The settings of one server; without arguments, those of a server that has set nothing.

    `channels` holds ids of channels and categories, and is empty for all; `language` is ISO 639-1, and `None` for each
    member's own; `daily_limit` counts questions of one member in a day (UTC).
    """

    channels: Annotated[frozenset[int], Field(max_length=MOST_CHANNELS)] = frozenset()
    mentions: bool = True
    private: bool = False
    language: Annotated[str, AfterValidator(_known)] | None = None
    length: Length = Length.NORMAL
    daily_limit: Annotated[int, Field(ge=1, le=MOST_DAILY)] | None = None
    feedback_channel: int | None = None

    def allows(self, places: Collection[int], existing: Collection[int]) -> bool:
        """Whether the bot may answer in a place.

        Args:
            places: ids of the channel, of the channel that a thread is in, and of the category.
            existing: ids of all channels and categories of the server. Chosen ones that have been deleted do not count;
                where none is left, the bot answers everywhere rather than nowhere.
        """
        left = self.channels.intersection(existing)
        return not left or not left.isdisjoint(places)


DEFAULTS = ServerSettings()
FORM = TypeAdapter(ServerSettings)


class ServerSettingsStore:
    """Reads and changes the settings of servers, for any number of threads. What was read once is remembered."""

    def __init__(self, database: BotDatabase) -> None:
        self._database = database
        self._read: dict[int, ServerSettings] = {}
        # Held from reading a row to remembering it: a change in between would be forgotten again.
        self._lock = threading.Lock()

    def of(self, server_id: int | None) -> ServerSettings:
        """The settings of a server; those of one that has set nothing also for direct messages (`None`).

        Raises:
            BotDatabaseError: the database cannot be read.
        """
        if server_id is None:
            return DEFAULTS
        if (known := self._read.get(server_id)) is not None:
            return known
        with self._lock:
            return self._of(server_id)

    def change(self, server_id: int, **changes: Any) -> ServerSettings:
        """Change some settings of a server, whole or not at all, and leave the others as they are by now.

        Args:
            changes: fields of `ServerSettings`.
        Returns:
            All settings after the change.
        Raises:
            ServerSettingsError: a value that a setting cannot have; nothing has changed.
            BotDatabaseError: the database cannot be written; nothing has changed.
        """
        with self._lock:
            settings = _checked(replace(self._of(server_id), **changes))
            row = {"server_id": server_id, "settings": FORM.dump_json(settings).decode(), "changed_at": _now()}
            with self._database.turn() as db:
                db.table("server_settings").upsert(row, pk="server_id")
            self._read[server_id] = settings
        return settings

    def reset(self, server_id: int) -> ServerSettings:
        """Forget all that a server has set.

        Raises:
            BotDatabaseError: the database cannot be written; nothing has changed.
        """
        with self._lock:
            with self._database.turn() as db:
                db.table("server_settings").delete_where("server_id = ?", [server_id])
            self._read[server_id] = DEFAULTS
        return DEFAULTS

    def _of(self, server_id: int) -> ServerSettings:
        """The settings of a server; called by whoever holds the lock."""
        if server_id not in self._read:
            with self._database.turn(writing=False) as db:
                rows = list(db.table("server_settings").rows_where("server_id = ?", [server_id], select="settings"))
            self._read[server_id] = _decoded(rows[0]["settings"], server_id) if rows else DEFAULTS
        return self._read[server_id]


def _decoded(text: str, server_id: int) -> ServerSettings:
    try:
        return FORM.validate_json(text)
    except ValidationError:
        # The row stays as it is until somebody changes a setting: it may be a later version's.
        log.warning("the settings of server %d cannot be read; it has the usual ones", server_id)
        return DEFAULTS


def _checked(settings: ServerSettings) -> ServerSettings:
    try:
        return FORM.validate_python(asdict(settings))
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        raise ServerSettingsError(f"Nothing was changed, because of {wrong}.") from error


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


# --- where the bot may answer ----------------------------------------------------------------------------------------------


def may_answer_in(settings: ServerSettings, channel: Any) -> bool:
    """Whether a server lets the bot answer in a channel or thread; always in direct messages.

    Args:
        channel: as a message or an interaction has it.
    """
    guild = getattr(channel, "guild", None)
    if not isinstance(guild, discord.Guild):
        return True
    parent = guild.get_channel(channel.parent_id) if isinstance(channel, discord.Thread) else channel
    places = {channel.id, getattr(parent, "id", None), getattr(parent, "category_id", None)} - {None}
    return settings.allows(places, [existing.id for existing in guild.channels])


async def acknowledge(interaction: discord.Interaction[Any], private: bool = False) -> None:
    """Acknowledge a command that need not be asked anything first, and settle who sees what it shows.

    Its user alone, where they want that, by the server's default, and where the bot is silent in the channel.
    """
    settings: ServerSettings = interaction.client.server_settings.of(server_of(interaction))
    silent = interaction.guild is not None and not may_answer_in(settings, interaction.channel)
    await interaction.response.defer(ephemeral=private or settings.private or silent, thinking=True)


def silent_here(settings: ServerSettings, interaction: discord.Interaction[Any], say: Wording) -> str | None:
    """Why a server's bot does not answer where a command or form is used, safe to send; `None` where it does."""
    guild = interaction.guild if interaction.guild_id and interaction.client.get_guild(interaction.guild_id) else None
    return None if guild is None or may_answer_in(settings, interaction.channel) else where_sentence(settings, guild, say)


def where_sentence(settings: ServerSettings, guild: discord.Guild, say: Wording) -> str:
    """Where the bot answers instead, for a member who asks in another channel; safe to send."""
    left = [mention(channel) for channel in sorted(settings.channels) if guild.get_channel(channel)]
    return say("On this server I answer only in {channels}.", channels=", ".join(left))


def mention(channel_id: int) -> str:
    """A channel as Discord shows it: by its present name, to those who may see it. It pings nobody."""
    return f"<#{channel_id}>"
