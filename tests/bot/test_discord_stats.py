"""`/stats`: what the owner of a server learns, and what nobody does; in simcord's Discord."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sys
from typing import Any

import discord
import pytest
import simcord
from simcord import MemberActor
from simcord.components import walk_components

from bot.activity import Outcome
from bot.services import Services
from bot.settings import Settings
from corpus.errors import CorpusbotError
from embeddings.errors import StaleIndexError
from tests.bot.discord_server import Server, running
from tests.bot.sample_activity import note

ASKED = "Where do the tugboats sleep?"


@pytest.fixture
def manager(server: Server) -> MemberActor:
    """A member who may manage the server, and nothing else."""
    role = server.guild.create_role("manager", permissions=discord.Permissions(manage_guild=True))
    return server.guild.add_member(server.env.create_user("mia"), roles=[role])


async def stats(server: Server, actor: MemberActor, **options: Any) -> simcord.InteractionResult:
    result = await actor.slash(server.channel, "stats", **options)
    assert result.response is not None and result.response.ephemeral
    return result


def shown(result: simcord.InteractionResult) -> str:
    """All texts of an answer."""
    assert result.response is not None
    texts = [part["content"] for part in walk_components(result.response.components) if part["type"] == 10]
    return "\n".join(texts) or result.response.content


async def file_of(result: simcord.InteractionResult, name: str) -> bytes:
    """The content of an attached file."""
    assert result.response is not None
    (attachment,) = [one for one in result.response.attachments if one.filename == name]
    return await attachment.read()


async def test_a_manager_sees_how_it_went(server: Server, manager: MemberActor) -> None:
    """Counts, times, judgements, articles by title, and what was left open; with a chart that is told in words."""
    activity = server.client.member_activity
    question = note(activity, server_id=server.guild.id, articles=("solar-roofs", "gone-by"), took_ms=2000.0)
    note(activity, server_id=server.guild.id, text=ASKED, outcome=Outcome.DECLINED, articles=(), took_ms=2000.0)
    assert question is not None and activity.feedback(question, 5, True, None)
    result = await stats(server, manager)
    text = shown(result)
    assert "Asked: **2** · answered 1 · not in the articles 1" in text
    assert "half within 2 s" in text and "👍 1 · 👎 0 · found helpful: 100%" in text
    assert "1\\. gone-by\u00a0·\u00a01\n2\\. “Roofs of Vetluga turn blue”\u00a0·\u00a01" in text
    assert re.search(rf"• <t:\d+:d> {re.escape(ASKED)}", text)
    (picture,) = result.response.attachments  # type: ignore[union-attr]
    assert picture.filename == "questions.png" and (picture.description or "").startswith("Chart: Questions per day. ")
    assert any(part["type"] == 12 for part in walk_components(result.response.components))  # type: ignore[union-attr]


async def test_only_this_servers_questions_are_shown(server: Server, manager: MemberActor) -> None:
    """Neither another server's nor those of direct messages."""
    note(server.client.member_activity, server_id=5, text=ASKED, outcome=Outcome.DECLINED)
    note(server.client.member_activity, server_id=None, text=ASKED, outcome=Outcome.DECLINED)
    result = await stats(server, manager, export=True)
    assert "None were asked." in shown(result) and ASKED not in shown(result)
    assert ASKED.encode() not in await file_of(result, "questions.csv")


async def test_the_export_has_every_question_and_no_member(server: Server, manager: MemberActor) -> None:
    """A file for a spreadsheet, in which no text is a formula; no member's number, name or pseudonym is in the answer."""
    activity = server.client.member_activity
    asker = server.member.id
    question = note(activity, server_id=server.guild.id, user_id=asker, text="=cmd()", outcome=Outcome.DECLINED)
    note(activity, server_id=server.guild.id, user_id=asker)
    assert question is not None and activity.feedback(question, asker, False, "@SUM(A1)")
    result = await stats(server, manager, export=True)
    content = (await file_of(result, "questions.csv")).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content, newline="")))
    assert sorted(line["question"] for line in lines) == ["'=cmd()", "How many tugboats are there?"]
    assert [line["reasons"] for line in lines if line["reasons"]] == ["'@SUM(A1)"]
    assert any(part["type"] == 13 for part in walk_components(result.response.components))  # type: ignore[union-attr]
    sent = content + json.dumps(result.response.components)  # type: ignore[union-attr]
    for secret in (str(asker), server.client.pseudonyms.of(asker), server.member.name):
        assert secret not in sent


async def test_the_days_can_be_chosen(server: Server, manager: MemberActor, monkeypatch: pytest.MonkeyPatch) -> None:
    """One day is today, without a chart; more than are kept are no more than are kept."""
    activity = server.client.member_activity
    note(activity, server_id=server.guild.id)
    asked_for: list[dt.date] = []
    questions = activity.questions
    monkeypatch.setattr(activity, "questions", lambda server_id, since: (asked_for.append(since), questions(server_id, since))[1])
    today = dt.datetime.now(dt.UTC).date()
    one = await stats(server, manager, days=1)
    assert one.response is not None and not one.response.attachments
    await stats(server, manager, days=365)
    assert asked_for == [today, today - dt.timedelta(days=activity.kept_days - 1)]
    for days in (0, 366):
        with pytest.raises(simcord.OptionError):
            await manager.slash(server.channel, "stats", days=days)


async def test_a_member_whom_discord_lets_is_refused(server: Server) -> None:
    """A server's settings can show the command to anybody: the bot itself refuses, in words that only they see."""
    note(server.client.member_activity, server_id=server.guild.id, text=ASKED, outcome=Outcome.DECLINED)
    command = next(one for one in await server.client.tree.fetch_commands() if one.name == "stats")
    server.guild.set_command_permissions(command.id, {server.member: True})
    result = await stats(server, server.member, export=True)
    assert shown(result) == "Only those who may manage this server can see its statistics."
    assert not result.response.attachments  # type: ignore[union-attr]


async def test_an_administrator_may_see_them(server: Server) -> None:
    """Who may do everything may do this."""
    assert "None were asked." in shown(await stats(server, server.administrator))


async def test_it_is_acknowledged_before_anything_is_read(server: Server, manager: MemberActor) -> None:
    """Discord waits three seconds."""
    already = len(server.env.http_requests)
    await stats(server, manager)
    first = server.env.http_requests[already]
    assert first.path.endswith("/callback") and isinstance(first.json, dict) and first.json["type"] == 5


async def test_without_an_archive_the_articles_stand_with_their_ids(
    server: Server, manager: MemberActor, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statistics need no index."""

    def missing() -> None:
        raise StaleIndexError("none")

    note(server.client.member_activity, server_id=server.guild.id, articles=("solar-roofs",))
    monkeypatch.setattr(services, "generation", missing)
    assert "1\\. solar-roofs\u00a0·\u00a01" in shown(await stats(server, manager))


async def test_a_file_too_large_for_discord_is_not_sent(
    server: Server, manager: MemberActor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The statistics come all the same, and say so."""
    monkeypatch.setattr(sys.modules["bot.cogs.stats"], "MAX_FILE_BYTES", 10)
    result = await stats(server, manager, export=True)
    assert "Choose fewer days." in shown(result) and not result.response.attachments  # type: ignore[union-attr]


async def test_a_failure_is_one_plain_sentence(services: Services, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """No path, no table, no traceback."""
    async with running(services, settings, check_errors=False) as server:

        def broken(*_: object) -> None:
            raise CorpusbotError("/srv/bot.db: no such table: questions")

        monkeypatch.setattr(server.client.member_activity, "questions", broken)
        text = shown(await stats(server, server.administrator))
        assert text.endswith(".") and "/" not in text and "table" not in text
