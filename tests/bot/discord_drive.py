"""Somebody who tries everything that the bot offers in simcord's Discord: each command, button, menu and form.

Notes what has been tried, so that a test can tell what has not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

import discord
import pytest
import simcord
import simcord.interactions
from discord import app_commands
from simcord import MemberActor, UserHandle
from simcord.components import walk_components

from bot.client import CorpusBot
from tests.bot.discord_server import Server
from tests.bot.payload_rules import BUTTON, CHANNEL_MENU, MENU

Json = dict[str, Any]
COMMAND, PRESS, TYPED, SENT_FORM = 2, 3, 4, 5  # kinds of interactions
SUBCOMMANDS = (1, 2)
# An answer's own id and numbers of pages stand in the ids of buttons: what is tried is each kind once.
OWN = re.compile(r":[\w-]{12}(?=:|\Z)|:\d+\Z")
FORM_TEXT = "And what of @everyone, **really**?"


class Drive:
    """Tries things in one language, and notes them as `"ask"`, `"metric show name"`, `"metric show name?"`, `"answer:page"`.

    The one with a question mark is a word that was typed to be completed.
    """

    def __init__(self, server: Server, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
        self.server, self.tried = server, set[str]()
        self._pressed: set[tuple[int, str]] = set()
        original = simcord.interactions.base_payload

        def payload(*arguments: Any, **named: Any) -> Any:
            record, body = original(*arguments, **named)
            self.tried |= set(_tried(body))
            return record, body | {"locale": locale}

        monkeypatch.setattr(simcord.interactions, "base_payload", payload)

    async def command(self, actor: MemberActor | UserHandle, name: str, /, **options: Any) -> None:
        """Use a command in the channel, or in direct messages for a user, and press everything that it shows."""
        use = actor.slash if isinstance(actor, UserHandle) else partial(actor.slash, self.server.channel)
        await self.press_all(actor, await use(name, **options))

    async def press_all(self, actor: MemberActor | UserHandle, result: simcord.InteractionResult) -> None:
        """Press every kind of button, choose in every kind of menu and send every kind of form, each once by the same person."""
        assert result.acknowledged
        messages = {one.id: one for one in (result.response, *result.followups) if one}
        while fresh := [(part, one) for one in messages.values() for part in self._parts(one) if self._is_new(actor, part)]:
            part, message = fresh[0]
            self._pressed.add((actor.id, _kind(part)))
            followed = await self._press(actor, message, part)
            assert followed.acknowledged, part
            if followed.modal:
                fields = {one["component"]["custom_id"]: FORM_TEXT for one in followed.modal["components"]}
                followed = await actor.submit_modal(followed, fields)
                assert followed.acknowledged, part
            messages |= {one.id: one for one in (followed.response, *followed.followups) if one}

    def _is_new(self, actor: MemberActor | UserHandle, part: Json) -> bool:
        return (actor.id, _kind(part)) not in self._pressed

    def _parts(self, message: Any) -> Iterator[Json]:
        """What can be pressed or chosen from in a message as it stands now."""
        stored = self.server.env.backend.get_message(message.channel_id, message.id)
        return (part for part in walk_components(stored.components) if part.get("custom_id"))

    async def _press(self, actor: Any, message: Any, part: Json) -> simcord.InteractionResult:
        if part["type"] == BUTTON:
            return await actor.click(message, custom_id=part["custom_id"])  # type: ignore[no-any-return]
        assert part["type"] in (MENU, CHANNEL_MENU), f"nobody knows how to choose from {part}"
        values = [self.server.channel] if part["type"] == CHANNEL_MENU else [part["options"][-1]["value"]]
        return await actor.select(message, values, custom_id=part["custom_id"])  # type: ignore[no-any-return]


def everything(bot: CorpusBot) -> set[str]:
    """All that can be tried, by the names of `Drive`; of buttons and menus, what the ids of dynamic items begin with."""
    found: set[str] = set()
    for command in bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            found.add(command.qualified_name)
            for one in command.parameters:
                found.add(f"{command.qualified_name} {one.display_name}")
                found |= {f"{command.qualified_name} {one.display_name}?"} if one.autocomplete else set()
                found |= {f"{command.qualified_name} {one.display_name}={choice.value}" for choice in one.choices}
    for kind in (discord.AppCommandType.user, discord.AppCommandType.message):
        found |= {menu.name for menu in bot.tree.get_commands(type=kind)}
    patterns = bot._connection._view_store._dynamic_items
    return found | {re.match(r"[\w-]+", pattern.pattern)[0] for pattern in patterns}  # type: ignore[index]


def _tried(body: Json) -> Iterator[str]:
    data = body["data"]
    if body["type"] in (COMMAND, TYPED):
        names, options = [data["name"]], data.get("options") or []
        while options and options[0]["type"] in SUBCOMMANDS:
            names.append(options[0]["name"])
            options = options[0].get("options") or []
        name = " ".join(names)
        if body["type"] == COMMAND:
            yield from (name, *(f"{name} {one['name']}" for one in options))
            yield from (f"{name} {one['name']}={one['value']}" for one in options)
        yield from (f"{name} {one['name']}?" for one in options if one.get("focused"))
        return
    yield from (_kind(data), data["custom_id"].split(":")[0])


def _kind(part: Json) -> str:
    return OWN.sub("", part["custom_id"])
