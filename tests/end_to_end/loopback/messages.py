"""The messages of the loopback Discord, with every state that each has been in."""

from __future__ import annotations

import time
from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from tests.end_to_end.loopback import limits, traffic
from tests.end_to_end.loopback.traffic import Upload
from tests.end_to_end.loopback.world import Channel, Json, Snowflakes, User

# discord.com/developers/docs/resources/message#message-object-message-flags
EPHEMERAL, LOADING = 1 << 6, 1 << 7
# ...#message-object-message-types
DEFAULT, REPLY, CHAT_INPUT_COMMAND = 0, 19, 20


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that hangs on a message."""

    id: int
    filename: str
    content_type: str
    content: bytes
    description: str | None = None

    def payload(self, channel_id: int) -> Json:
        """The attachment object. Its address leads nowhere."""
        url = f"https://cdn.discordapp.com/attachments/{channel_id}/{self.id}/{self.filename}"
        described = {} if self.description is None else {"description": self.description}
        return described | {
            "id": str(self.id), "filename": self.filename, "content_type": self.content_type,
            "size": len(self.content), "url": url, "proxy_url": url,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Message:
    """One state of a message as readers saw it. `at` is `time.monotonic()` when it became so."""

    id: int
    channel: Channel
    author: User
    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: int = 0
    kind: int = DEFAULT
    mentions: tuple[User, ...] = ()
    reference_id: int | None = None
    interaction: Json | None = None
    edited: bool = False
    at: float = field(default_factory=time.monotonic)

    @property
    def ephemeral(self) -> bool:
        """Whether only the user who asked sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says "corpusbot is thinking…"."""
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """Every word that a reader sees: content, then embeds, then components, a line each."""
        words = [self.content]
        for embed in self.embeds:
            words += _embed_words(embed)
        for component in limits.walk_components(list(self.components)):
            words += [str(component[key]) for key in ("label", "content", "placeholder") if component.get(key)]
            words += [str(option["label"]) for option in component.get("options") or []]
        return "\n".join(word for word in words if word)

    @property
    def missing_images(self) -> list[str]:
        """Names of files that an embed shows but nobody uploaded: Discord leaves a blank there."""
        pictures = [embed.get(key) or {} for embed in self.embeds for key in ("image", "thumbnail")]
        wanted = [
            str(picture.get("url", "")).removeprefix("attachment://")
            for picture in pictures
            if str(picture.get("url", "")).startswith("attachment://")
        ]
        return [name for name in wanted if name not in {file.filename for file in self.attachments}]

    def component(self, custom_id: str) -> Json:
        """Return a button or select menu by its custom id.

        Raises:
            LookupError: the message shows none such; the error names those it shows.
        """
        shown = {part["custom_id"]: part for part in limits.walk_components(list(self.components)) if "custom_id" in part}
        if custom_id not in shown:
            raise LookupError(f"the message has no component {custom_id!r}, only {sorted(shown)}")
        return shown[custom_id]

    def payload(self) -> Json:
        """The message object."""
        now = datetime.now(UTC).isoformat()
        payload: Json = {
            "id": str(self.id), "channel_id": str(self.channel.id), "type": self.kind,
            "content": self.content,
            "author": self.author.payload(), "timestamp": now,
            "edited_timestamp": now if self.edited else None,
            "flags": self.flags, "tts": False, "pinned": False, "mention_everyone": False,
            "mention_roles": [],
            "mentions": [user.payload() for user in self.mentions], "embeds": list(self.embeds),
            "components": list(self.components),
            "attachments": [attachment.payload(self.channel.id) for attachment in self.attachments],
        }  # fmt: skip
        if self.reference_id is not None:
            payload["message_reference"] = {
                "type": 0, "message_id": str(self.reference_id), "channel_id": str(self.channel.id),
            }  # fmt: skip
        if self.interaction is not None:
            payload |= {"interaction_metadata": self.interaction, "application_id": str(self.author.id)}
            payload["webhook_id"] = str(self.author.id)
        return payload


class MessageBook:
    """All messages, by id, oldest state first. Every change is validated as Discord validates it."""

    def __init__(self, snowflakes: Snowflakes) -> None:
        self._snowflakes = snowflakes
        self._states: dict[int, list[Message]] = {}
        self._deleted: set[int] = set()

    def create(self, body: Json, uploads: tuple[Upload, ...] = (), **fields: Any) -> Message:
        """Add a message; `fields` are those of Message that the body does not give.

        Raises:
            ApiError: the body breaks a limit, or shows nothing and is not loading.
        """
        blank = Message(self._snowflakes.next(), flags=body.get("flags") or 0, **fields)
        message = self._applied(blank, body, uploads)
        self._states[message.id] = [message]
        return message

    def edit(self, message_id: int, body: Json, uploads: tuple[Upload, ...] = ()) -> Message:
        """Change what the body names and keep the rest; a loading message is then loading no longer.

        Raises:
            ApiError: there is no such message, or the body breaks a limit.
        """
        before = self.get(message_id)
        kept_flags = before.flags & ~LOADING | (body.get("flags") or 0) & ~EPHEMERAL
        message = self._applied(replace(before, flags=kept_flags), body, uploads)
        message = replace(message, edited=not before.loading, at=time.monotonic())
        self._states[message_id].append(message)
        return message

    def get(self, message_id: int) -> Message:
        """Return a message's present state.

        Raises:
            ApiError: there is none such, or it has been deleted.
        """
        if message_id not in self._states or message_id in self._deleted:
            raise traffic.unknown("Message")
        return self._states[message_id][-1]

    def states(self, message_id: int) -> tuple[Message, ...]:
        """Return every state that a message has been in, deleted or not; empty for an unknown id."""
        return tuple(self._states.get(message_id, ()))

    def delete(self, message_id: int) -> None:
        """Delete a message; its states remain readable."""
        self.get(message_id)
        self._deleted.add(message_id)

    def is_deleted(self, message_id: int) -> bool:
        """Say whether the message was deleted."""
        return message_id in self._deleted

    def after(self, message_id: int, channel_id: int) -> Iterable[Message]:
        """Yield the present states of a channel's messages that were posted after another, oldest first."""
        for later_id in sorted(self._states):
            if later_id > message_id and later_id not in self._deleted:
                message = self._states[later_id][-1]
                if message.channel.id == channel_id:
                    yield message

    def _applied(self, message: Message, body: Json, uploads: tuple[Upload, ...]) -> Message:
        if sum(len(upload.content) for upload in uploads) > limits.REQUEST_BYTES:
            raise traffic.ApiError(413, 40005, "Request entity too large")
        if errors := limits.message_errors(body, len(uploads)):
            raise traffic.invalid_form(errors)
        changes: Json = {"attachments": self._attachments(message, body, uploads)}
        if "content" in body:
            changes["content"] = (body["content"] or "").strip()
        if "embeds" in body:
            changes["embeds"] = tuple(body["embeds"] or ())
        if "components" in body:
            changes["components"] = _numbered(body["components"] or [])
        changed = replace(message, **changes)
        nothing = limits.is_empty(changed.content, changed.embeds, changed.components, changed.attachments)
        if nothing and not changed.loading:
            raise traffic.empty_message()
        return changed

    def _attachments(self, before: Message, body: Json, uploads: tuple[Upload, ...]) -> tuple[Attachment, ...]:
        """Keep the attachments that the body lists, or all where it lists none; add the uploaded ones."""
        listed: list[Json] | None = body.get("attachments")
        ids = {str(entry["id"]): entry for entry in listed or []}
        kept = [old for old in before.attachments if listed is None or str(old.id) in ids]
        for index, upload in enumerate(uploads):
            description = ids.get(str(index), {}).get("description")
            kept.append(Attachment(self._snowflakes.next(), upload.filename, upload.content_type, upload.content, description))
        return tuple(kept)


def _numbered(components: list[Json]) -> tuple[Json, ...]:
    """Give each component without an id the next free number, as Discord does."""
    numbered = deepcopy(components)
    for number, component in enumerate(limits.walk_components(numbered), start=1):
        component.setdefault("id", number)
    return tuple(numbered)


def _embed_words(embed: Json) -> list[str]:
    words = [str((embed.get("author") or {}).get("name") or "")]
    words += [str(embed.get(key) or "") for key in ("title", "description")]
    for embed_field in embed.get("fields") or []:
        words += [str(embed_field["name"]), str(embed_field["value"])]
    return [*words, str((embed.get("footer") or {}).get("text") or "")]
