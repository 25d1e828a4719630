"""`/privacy`: members learn what is kept of them and have it deleted; in simcord's Discord."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
import simcord
from simcord.components import walk_components

from bot.activity import Activity
from bot.activity_render import privacy_texts
from bot.services import Services
from bot.settings import Settings, load_settings
from bot.wording import wording
from corpus.errors import CorpusbotError
from tests.bot.discord_server import Server, members_read, running
from tests.bot.sample_activity import note

DELETE, SURE, KEEP = "Delete what is kept of me", "Yes, delete it", "No, keep it"


def shown(result: simcord.InteractionResult) -> str:
    """All texts of an answer that only the member sees."""
    assert result.response is not None and result.response.ephemeral
    return "\n".join(part["content"] for part in walk_components(result.response.components) if part["type"] == 10)


def labels(result: simcord.InteractionResult) -> list[str]:
    """What the buttons of an answer say."""
    assert result.response is not None
    return [part["label"] for part in walk_components(result.response.components) if part["type"] == 2]


async def test_everybody_learns_what_is_kept(server: Server) -> None:
    """Alone; with how much there is of them now, of all servers."""
    activity = server.client.member_activity
    for server_id in (server.guild.id, 5, None):
        note(activity, server_id=server_id, user_id=server.member.id)
    note(activity, server_id=server.guild.id, user_id=server.administrator.id)
    result = await server.member.slash(server.channel, "privacy")
    assert "30 days" in shown(result) and "kept now: **3**" in shown(result)
    assert labels(result) == [DELETE]


async def test_it_works_in_direct_messages(server: Server) -> None:
    """Also the deletion."""
    activity = server.client.member_activity
    note(activity, server_id=None, user_id=server.member.id)
    result = await server.member.user.slash("privacy")
    await server.member.user.click(result.response, label=DELETE)
    await server.member.user.click(result.response, label=SURE)
    assert activity.kept(server.member.id) == 0


async def test_a_second_press_deletes_and_says_how_many(server: Server) -> None:
    """The first press only asks; another member's questions stay."""
    activity = server.client.member_activity
    for member in (server.member.id, server.member.id, server.administrator.id):
        note(activity, server_id=server.guild.id, user_id=member)
    result = await server.member.slash(server.channel, "privacy")
    assert result.response is not None
    await server.member.click(result.response, label=DELETE)
    assert "cannot be undone" in shown(result) and labels(result) == [SURE, KEEP]
    assert activity.kept(server.member.id) == 2
    await server.member.click(result.response, label=SURE)
    assert shown(result) == "Deleted. Questions of yours that were kept: **2**" and labels(result) == []
    assert (activity.kept(server.member.id), activity.kept(server.administrator.id)) == (0, 1)


async def test_who_thinks_better_of_it_keeps_everything(server: Server) -> None:
    """The notice is there again, and the question still is."""
    note(server.client.member_activity, server_id=None, user_id=server.member.id)
    result = await server.member.slash(server.channel, "privacy")
    assert result.response is not None
    await server.member.click(result.response, label=DELETE)
    await server.member.click(result.response, label=KEEP)
    assert "kept now: **1**" in shown(result) and labels(result) == [DELETE]


async def test_the_buttons_of_an_earlier_process_work(server: Server) -> None:
    """Nothing of the message is remembered: what a press does stands in the button's own id."""
    note(server.client.member_activity, server_id=None, user_id=server.member.id)
    known = server.client._connection._view_store
    assert any(pattern.fullmatch("privacy:delete") for pattern in known._dynamic_items)
    result = await server.member.slash(server.channel, "privacy")
    assert result.response is not None
    for label in (DELETE, SURE):
        known._views.clear()
        known._synced_message_views.clear()
        await server.member.click(result.response, label=label)
    assert server.client.member_activity.kept(server.member.id) == 0


@pytest.mark.parametrize("locale", ["de", "es-ES", "zh-CN", "fr"])
async def test_it_is_in_the_members_language(server: Server, monkeypatch: pytest.MonkeyPatch, locale: str) -> None:
    """As their Discord is; in English where the bot has no such words."""
    members_read(monkeypatch, locale)
    result = await server.member.slash(server.channel, "privacy")
    say = wording(locale.split("-")[0])
    assert shown(result) == "\n".join(privacy_texts(30, 0, 7, say)) and labels(result) == [say("Delete what is kept of me")]


async def test_the_command_is_acknowledged_before_the_database_is_read(server: Server) -> None:
    """Discord waits three seconds."""
    already = len(server.env.http_requests)
    await server.member.slash(server.channel, "privacy")
    first = server.env.http_requests[already]
    assert first.path.endswith("/callback") and isinstance(first.json, dict) and first.json["type"] == 5


async def test_a_bot_that_keeps_nothing_says_so(services: Services, settings: Settings) -> None:
    """With `QUESTIONS_KEPT_DAYS=0`."""
    async with running(services, settings) as server:
        server.client.member_activity.kept_days = 0
        assert "Your questions are not kept." in shown(await server.member.slash(server.channel, "privacy"))


async def test_a_failed_deletion_is_told(
    services: Services, settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody must believe that it is deleted when it is not; the sentence names no path."""
    async with running(services, settings, check_errors=False) as server:

        def broken(*_: object) -> int:
            raise CorpusbotError("/srv/bot.db is locked")

        monkeypatch.setattr(server.client.member_activity, "forget", broken)
        result = await server.member.slash(server.channel, "privacy")
        assert result.response is not None
        await server.member.click(result.response, label=DELETE)
        pressed = await server.member.click(result.response, label=SURE)
        (told,) = pressed.followups
        assert told.ephemeral and "/srv" not in told.content and told.content.endswith(".")
        assert "Deleted" not in shown(result)
    assert "/srv" not in caplog.text and str(server.member.id) not in caplog.text


async def test_a_deletion_is_logged_without_the_member(server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """The operator's log holds neither number nor name nor question."""
    caplog.set_level(logging.DEBUG)
    note(server.client.member_activity, server_id=None, user_id=server.member.id, text="Quillfeather?")
    result = await server.member.slash(server.channel, "privacy")
    assert result.response is not None
    await server.member.click(result.response, label=DELETE)
    await server.member.click(result.response, label=SURE)
    ours = [record.getMessage() for record in caplog.records if record.name.split(".")[0] in {"bot", "embeddings", "corpus"}]
    assert "a member had their questions deleted" in ours
    assert not any(secret in line for line in ours for secret in ("Quillfeather", str(server.member.id), server.member.name))


# --- what is old -----------------------------------------------------------------------------------------------------


async def test_old_questions_go_when_the_bot_starts(services: Services, settings: Settings) -> None:
    """Also those that grew old while it was not running."""
    async with running(services, settings) as server:
        activity = server.client.member_activity
        long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
        before = Activity(server.client.database, server.client.pseudonyms, 30, lambda: long_ago)
        note(before, user_id=server.member.id)
        note(activity, user_id=server.member.id)
        assert activity.kept(server.member.id) == 2
    async with running(services, settings) as server:
        await server.env.settle()
        assert server.client.member_activity.kept(1) == 0
        with server.client.database.turn() as db:
            assert db.table("questions").count == 1


async def test_old_questions_go_while_the_bot_runs(server: Server) -> None:
    """Within the hour, also after a deletion that failed."""
    activity = server.client.member_activity
    purge, tried = activity.purge, 0

    def at_first_broken() -> int:
        nonlocal tried
        tried += 1
        if tried == 1:
            raise CorpusbotError("locked")
        return purge()

    activity.purge = at_first_broken  # type: ignore[method-assign]
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    note(Activity(server.client.database, server.client.pseudonyms, 30, lambda: long_ago), user_id=server.member.id)
    for _ in range(2):
        await server.env.advance_time(3700)
    assert tried == 2 and activity.kept(server.member.id) == 0


@pytest.mark.parametrize("days", ["-1", "3651", "many"])
def test_days_that_cannot_be_are_refused(monkeypatch: pytest.MonkeyPatch, days: str) -> None:
    """A mistaken setting is told at the start, with its value."""
    monkeypatch.setenv("QUESTIONS_KEPT_DAYS", days)
    with pytest.raises(CorpusbotError, match=f"QUESTIONS_KEPT_DAYS is '{days}'"):
        load_settings()
