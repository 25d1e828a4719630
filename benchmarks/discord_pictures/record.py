"""Plays the scenes with the real bot, and writes what it sent to Discord as one JSON file for `draw.mjs`.

    python benchmarks/discord_pictures/record.py PAYLOADS.json
    python benchmarks/discord_pictures/record.py PAYLOADS.json --only ask metric-show

Real encoder, shipped briefs, real discord.py; only Discord's servers are stood in for. The index is made in DATA_DIR.
"""

import argparse
import asyncio
import base64
import dataclasses
import datetime as dt
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import discord
import simcord.interactions
from scenes import ENGLISH, SCENES, Command, Joins, Mention, Menu, Pick, Press, Scene
from simcord import MemberActor

from bot.activity import Activity, Kind, Outcome
from bot.question_limits import QuestionLimits
from bot.services import Services
from bot.settings import SHIPPED_COLLECTION, load_settings
from tests.bot.discord_server import Server, running

ANSWERS_AT_ONCE, UPDATES_LATER, FORM = (4, 7), 6, 9  # interaction callback types of Discord's API
DEFERRED = (5, UPDATES_LATER)
EPHEMERAL = 1 << 6


@dataclasses.dataclass
class Shown:
    """One message or form as it stands in the end, with the bytes of its files by name (base64).

    `does` is the command that it answers, `about` the message that the command was used on.
    """

    scene: str
    by: str
    does: str
    about: str = ""
    ephemeral: bool = False
    form: bool = False
    payload: dict[str, Any] = dataclasses.field(default_factory=dict)
    files: dict[str, str] = dataclasses.field(default_factory=dict)


class Recorder:
    """Plays scenes one after the other and keeps what the bot sent."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.shown: list[Shown] = []
        self.messages: dict[str, discord.Message] = {}
        self.ephemeral: dict[str, bool] = {}
        self.locale = ENGLISH
        self._speak_locale()

    async def play(self, scene: Scene) -> None:
        """Do what the scene says, and keep the messages that come of it."""
        self.locale = scene.locale
        actor = self.server.administrator if scene.manager else self.server.member
        before = len(self.server.env.http_requests)
        message, does = await self._do(scene, actor)
        await self.server.env.settle()
        old = isinstance(scene, Press | Pick) and self.ephemeral.get(scene.after, False)
        made = list(
            self._folded(
                self.server.env.http_requests[before:], Shown(scene.name, actor.name, does, getattr(scene, "message", "")), old
            )
        )
        if message is not None:
            self.messages[scene.name] = message
            self._add_files(made, message)
        self.ephemeral[scene.name] = bool(made and made[0].ephemeral)
        self.shown = [one for one in self.shown if one.scene != scene.name] + made

    async def _do(self, scene: Scene, actor: MemberActor) -> tuple[discord.Message | None, str]:
        """The message that answers, where it can be had, and in words what was done."""
        channel = self.server.channel
        match scene:
            case Command(command=command, options=options):
                result = await actor.slash(channel, command, **options)
                return result.response.message if result.response else None, f"/{command}"
            case Menu(command=command, message=text):
                other = self.server.member if scene.manager else self.server.administrator
                result = await actor.context_menu(channel, command, await other.send(channel, text))
                return result.response.message if result.response else None, command
            case Press(after=after, button=button):
                found = part_like(self.messages[after], discord.ComponentType.button, button)
                result = await actor.click(self.messages[after], custom_id=found.custom_id)
            case Pick(after=after, menu=menu, place=place):
                found = part_like(self.messages[after], discord.ComponentType.select, menu)
                result = await actor.select(self.messages[after], [found.options[place].value], custom_id=found.custom_id)
            case Mention(text=text):
                answers = await self.server.say(f"{self.server.mention} {text}")
                return answers[-1], f"@{text}"
            case Joins():
                return await self._join(), ""
        return result.response.message if result.response else None, ""

    async def _join(self) -> discord.Message:
        env, client = self.server.env, self.server.client
        made = env.create_guild()
        channel = made.create_text_channel("general")
        await env.settle()
        guild = client.get_guild(made.id)
        assert guild is not None
        for listener in client.extra_events["on_guild_join"]:
            await listener(guild)
        await env.settle()
        return self.server.from_bot(channel)[-1]

    def _folded(self, requests: Iterable[Any], empty: Shown, ephemeral: bool) -> Iterable[Shown]:
        """The messages that a row of requests leaves behind: an edit changes the message before it."""
        shown: list[Shown] = []
        for entry in requests:
            body: dict[str, Any] = entry.json if isinstance(entry.json, dict) else {}
            if entry.path.endswith("/callback"):
                kind, body = body["type"], body.get("data") or {}
                if kind not in (*ANSWERS_AT_ONCE, *DEFERRED, FORM):
                    continue
                hidden = ephemeral if kind in (UPDATES_LATER, 7) else bool(body.get("flags", 0) & EPHEMERAL)
                shown.append(dataclasses.replace(empty, ephemeral=hidden, form=kind == FORM, payload=body, files={}))
            elif entry.method == "PATCH" and "/messages/" in entry.path and shown:
                shown[-1].payload = shown[-1].payload | body
            elif entry.method == "POST" and (entry.path.endswith("/messages") or "/webhooks/" in entry.path):
                hidden = bool(body.get("flags", 0) & EPHEMERAL)
                shown.append(dataclasses.replace(empty, ephemeral=hidden, payload=body, files={}))
        return [one for one in shown if {"content", "embeds", "components"} & one.payload.keys()]

    def _add_files(self, made: Sequence[Shown], message: discord.Message) -> None:
        for attachment in message.attachments:
            content = self.server.env.backend.cdn.get(attachment.url) or b""
            for one in made:
                one.files[attachment.filename] = base64.b64encode(content).decode()

    def _speak_locale(self) -> None:
        """Make members' Discord speak the scene's language; simcord's is English."""
        original = simcord.interactions.base_payload

        def payload(*arguments: Any, **named: Any) -> Any:
            record, body = original(*arguments, **named)
            return record, body | {"locale": self.locale}

        simcord.interactions.base_payload = payload


def part_like(message: discord.Message, kind: discord.ComponentType, pattern: str) -> Any:
    """The button or menu of a message whose id or label has a pattern in it."""
    for part in discord.ui.LayoutView.from_message(message).walk_children():
        names = [str(getattr(part, "custom_id", None) or ""), str(getattr(part, "label", None) or "")]
        if getattr(part, "type", None) is kind and any(re.search(pattern, name) for name in names):
            return part
    raise LookupError(f"no {kind.name} like {pattern!r} in the message")


def remember_a_month(server: Server) -> None:
    """Note questions of a month that never was, so that the statistics have something to show."""
    chance, today = random.Random(20), dt.datetime.now(dt.UTC)
    outcomes = [Outcome.ANSWERED] * 6 + [Outcome.CAUTIOUS] * 2 + [Outcome.DECLINED] * 2 + [Outcome.FAILED]
    open_questions = ["How many tugboats does the city own?", "Who designs *open* chips in Brazil?", "明年会有多少家AI公司？"]
    articles = [path.name.removesuffix(".brief.md") for path in sorted(SHIPPED_COLLECTION.glob("*.brief.md"))]
    for days in range(29, 0, -1):
        then = today - dt.timedelta(days=days)
        now = partial(dt.datetime.fromtimestamp, then.timestamp(), dt.UTC)
        activity = Activity(server.client.database, server.client.pseudonyms, 30, now)
        for _ in range(chance.randint(0, 9)):
            outcome = chance.choice(outcomes)
            number = activity.note(
                server_id=server.guild.id,
                user_id=chance.randint(1, 9),
                kind=chance.choice([Kind.ASK, Kind.ASK, Kind.MENTION, Kind.CLAIM]),
                text=chance.choice(open_questions),
                language="en",
                outcome=outcome,
                took_ms=chance.lognormvariate(5.3, 0.6),
                articles=chance.sample(articles, 2) if outcome in (Outcome.ANSWERED, Outcome.CAUTIOUS) else (),
            )
            if number is not None and chance.random() < 0.3:
                activity.feedback(number, 1, chance.random() < 0.8, None)


async def record(scenes: Sequence[Scene]) -> dict[str, Any]:
    """What the bot sends in each scene, with the names that mentions stand for; a scene that cannot be played is told."""
    services = Services(load_settings(collection_dir=SHIPPED_COLLECTION))
    services.rebuild()
    async with AsyncExitStack() as stack:
        # What the operator's own bot keeps of its members is left alone.
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = await stack.enter_async_context(running(services, load_settings(data_dir=home), check_errors=False))
        remember_a_month(server)
        recorder = Recorder(server)
        for scene in scenes:
            # One scene's questions are no reason to make the next one wait.
            server.client.limits = QuestionLimits(asked_today=server.client.member_activity.asked_today)
            try:
                for _ in range(scene.times):
                    await recorder.play(scene)
            except Exception as error:
                print(f"{scene.name} could not be played: {type(error).__name__}: {error}", file=sys.stderr)
        channels = {str(channel.id): channel.name for guild in server.client.guilds for channel in guild.channels}
    services.close()
    shown = [dataclasses.asdict(one) for one in recorder.shown]
    return {"recorded_at": time.time(), "channels": channels, "shown": shown}


def needed(names: Sequence[str]) -> list[Scene]:
    """The scenes with these names, and those that they follow; all where none is named."""
    by_name, wanted = {scene.name: scene for scene in SCENES}, set(names or (scene.name for scene in SCENES))
    wanted |= {scene.after for name in wanted if isinstance(scene := by_name[name], Press | Pick)}
    return [scene for scene in SCENES if scene.name in wanted]


def main() -> None:
    """Play, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("payloads", type=Path)
    parser.add_argument("--only", nargs="*", default=[], choices=[scene.name for scene in SCENES], metavar="SCENE")
    options = parser.parse_args()
    told = asyncio.run(record(needed(options.only)))
    options.payloads.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(told['shown'])} messages")


if __name__ == "__main__":
    main()
