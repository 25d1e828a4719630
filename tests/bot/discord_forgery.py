"""Presses, choices and forms as a program could send them, whether or not a message of the bot offers them; for simcord."""

from __future__ import annotations

from typing import Any

import simcord.interactions
from simcord import MemberActor
from simcord.backend import serializers
from simcord.results import InteractionResult

from tests.bot.discord_server import Server, buttons, texts


def id_of(message: Any, action: str) -> str:
    """A button's own id."""
    return buttons(message)[action].custom_id or ""


def reread(server: Server, message: Any) -> Any:
    """A message as it stands now."""
    return next(one for one in server.channel.history() if one.id == message.id)


def said(result: InteractionResult) -> str:
    """All that somebody is told."""
    shown = [one for one in (result.response, *result.followups) if one]
    return "\n".join("\n".join([one.content, *texts(one.message)]) for one in shown)


def forge(server: Server, actor: MemberActor, message: Any, data: dict[str, Any], kind: int = 3) -> InteractionResult:
    """Send a press or form as a program could, whether or not the message offers it; nothing is waited for."""
    stored = server.env.backend.get_message(message.channel.id, message.id)
    place: dict[str, Any] = {"channel_id": stored.channel_id, "guild_id": server.guild.id, "user_id": actor.id}
    record, payload = simcord.interactions.base_payload(server.env.backend, type=kind, data=data, **place)
    record.source_message_id = stored.id
    server.env.backend.emit(
        "INTERACTION_CREATE", payload | {"message": dict(serializers.message_payload(server.env.backend, stored))}
    )
    return InteractionResult(server.env, record)


async def forged(server: Server, actor: MemberActor, message: Any, data: dict[str, Any], kind: int = 3) -> InteractionResult:
    """The same, once the bot has answered it."""
    result = forge(server, actor, message, data, kind)
    await server.env.settle()
    return result


def plant(server: Server, message: Any, custom_id: str, kind: int = 2, **parts: Any) -> None:
    """Put a button or menu into a message of the bot's that it never sent."""
    stored = server.env.backend.get_message(message.channel.id, message.id)
    stored.components.append(
        {"type": 1, "components": [{"type": kind, "style": 1, "label": "x", "custom_id": custom_id} | parts]}
    )
