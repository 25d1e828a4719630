"""A Discord server with the bot in it, for tests: simcord's, with the real discord.py and no network."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
import pytest
import simcord
import simcord.interactions
from simcord import ChannelHandle, GuildHandle, MemberActor

from bot.client import CorpusBot
from bot.services import Services
from bot.settings import Settings
from embeddings.encoder import Vectors
from tests.bot.payload_rules import as_recorded, request_faults
from tests.end_to_end.api_schema import openapi_path, schema_errors
from tests.fake_encoder import FakeEncoder

PATIENCE_SECONDS = 60.0  # how long something is waited for before a test fails; never how long a test takes


class WatchingEncoder(FakeEncoder):
    """An encoder that notes what the bot had sent when a text reached it, and that can be told to wait or to fail."""

    def __init__(self) -> None:
        super().__init__()
        self.env: simcord.Env | None = None
        self.sent_before: dict[str, int] = {}
        self.held_word = "\0"
        self.failure: Exception | None = None
        self.reached, self.gate = threading.Event(), threading.Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """As `FakeEncoder` does, after noting, waiting and failing."""
        if self.env is not None:
            self.sent_before.update((text, len(self.env.http_requests)) for text in texts)
        if any(self.held_word in text for text in texts):
            self.reached.set()
            assert self.gate.wait(PATIENCE_SECONDS), "nobody opened the gate"
        if self.failure is not None:
            raise self.failure
        return super().encode(texts)


@dataclass(frozen=True)
class Server:
    """A server with the bot, a member and an administrator in it."""

    env: simcord.Env
    client: CorpusBot
    guild: GuildHandle
    channel: ChannelHandle
    member: MemberActor
    administrator: MemberActor

    @property
    def mention(self) -> str:
        """What a member writes to mention the bot."""
        assert self.client.user is not None
        return self.client.user.mention

    def from_bot(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What the bot has said in a channel."""
        return [message for message in (channel or self.channel).history() if message.author == self.client.user]

    async def say(self, content: str, **named: Any) -> list[discord.Message]:
        """Let the member say something; returns what the bot said to it."""
        before = len(self.from_bot())
        await self.member.send(self.channel, content, **named)
        return self.from_bot()[before:]


@asynccontextmanager
async def running(services: Services, settings: Settings, check_errors: bool = True) -> AsyncIterator[Server]:
    """The bot in a server of its own; in the end, everything that it sent must be what Discord takes, and allow no mention.

    Args:
        check_errors: whether an error that the bot raised fails the test.
    """
    client = CorpusBot(services, settings.data_dir)
    # Not `simcord.run`: what it enters in a fixture's task cannot be left in another one.
    env = simcord.Env(client, settle_timeout=PATIENCE_SECONDS, check_errors=check_errors)
    await env.start()
    try:
        guild = env.create_guild()
        channel = guild.create_text_channel("press")
        office = guild.create_role("office", permissions=discord.Permissions(administrator=True))
        member = guild.add_member(env.create_user("ann"))
        administrator = guild.add_member(env.create_user("root"), roles=[office])
        await env.settle()
        if isinstance(services.encoder, WatchingEncoder):
            services.encoder.env = env
        yield Server(env, client, guild, channel, member, administrator)
    finally:
        await env.shutdown()
    assert pings_nobody(env)
    assert faults_of(env) == []
    if check_errors:
        env.raise_errors()


def members_read(monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """Put everybody's Discord into a language."""
    original = simcord.interactions.base_payload

    def payload(*arguments: Any, **named: Any) -> Any:
        record, body = original(*arguments, **named)
        return record, body | {"locale": locale}

    monkeypatch.setattr(simcord.interactions, "base_payload", payload)


def faults_of(env: simcord.Env) -> list[str]:
    """What Discord would not take of all that was sent: by the rules, and by its own document where that is there."""
    sent = env.http_requests
    faults = [fault for entry in sent for fault in request_faults(entry.method, entry.path, entry.json)]
    if openapi_path() is not None:
        faults += schema_errors(as_recorded(entry.method, entry.path, entry.json) for entry in sent)
    return faults


def pings_nobody(env: simcord.Env) -> bool:
    """Whether everything that was sent, to the last message, allowed no mention at all."""
    for entry in env.http_requests:
        body = entry.json if isinstance(entry.json, dict) else {}
        body = body.get("data") or body
        if body.get("content") or body.get("embeds") or (body.get("components") and "title" not in body):
            allowed = body.get("allowed_mentions")
            assert allowed is not None and allowed["parse"] == [], entry
            assert not allowed.get("users") and not allowed.get("roles") and not allowed.get("replied_user"), entry
    return True


def description(embed: discord.Embed) -> str:
    """An embed's text, which ours always have."""
    assert embed.description
    return embed.description


def texts(message: discord.Message) -> list[str]:
    """The texts of a message in Discord's newer layout, from the top to the bottom; none of an older one."""
    frames = [top for top in message.components if isinstance(top, discord.Container)]
    return [part.content for frame in frames for part in frame.children if isinstance(part, discord.TextDisplay)]


def passages(message: discord.Message) -> list[str]:
    """The texts of a message that are quotations with their sources."""
    return [text for text in texts(message) if text.startswith("> ")]


def head(message: discord.Message) -> str:
    """What stands above the quotations; empty where there is nothing."""
    return next((text for text in texts(message)[:1] if not text.startswith("> ")), "")


def buttons(message: discord.Message) -> dict[str, discord.Button]:
    """The buttons of a message by what they do (see `bot.answer_buttons`), or by their label."""
    rows = [top for top in message.components if isinstance(top, discord.ActionRow)]
    found = [one for row in rows for one in row.children if isinstance(one, discord.Button)]
    return {_action(one): one for one in found}


def _action(button: discord.Button) -> str:
    kind, *rest = (button.custom_id or "").split(":")
    if kind != "answer":
        return button.label or ""
    action, _, page = rest
    return f"{action} {page}" if action == "page" else action
