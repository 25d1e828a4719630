"""What a bot sends and what the loopback answers can be held against Discord's own OpenAPI document."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.api_schema import answer_errors, openapi_path, schema_errors
from tests.end_to_end.bot_process import BotProcess
from tests.end_to_end.loopback.traffic import RecordedRequest
from tests.end_to_end.loopback_discord import LoopbackDiscord
from tests.end_to_end.sample_process import running_bot, running_discord

__all__ = ["running_bot", "running_discord"]  # fixtures

pytestmark = pytest.mark.skipif(
    openapi_path() is None,
    reason="Discord's OpenAPI document is not in this workplace (../shared/discord/openapi.json)",
)


def sent(method: str, route: str, body: Any) -> RecordedRequest:
    """A request as the loopback would have recorded it."""
    return RecordedRequest(method, route, route, {}, {}, {}, body)


async def test_request_bodies_follow_discords_schema(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """What discord.py sends and what the loopback answers is what Discord's OpenAPI document describes."""
    await (await discord.slash("echo", {"text": "Plain."})).follow_up()
    await (await discord.slash("picture")).response()
    first = await (await discord.slash("pages")).response()
    await (await discord.click(first, "next")).response()
    await (await discord.slash("wander")).follow_up()
    await discord.autocomplete("manage", "topic", {"topic": "po"})
    question = await discord.message(discord.channel, discord.member, "who won?", mentions_bot=True)
    await discord.reply(question)

    known = [request for request in discord.requests if request.route]
    assert schema_errors(known) == []
    assert answer_errors(known) == []


async def test_refused_body_is_named(discord: LoopbackDiscord, bot: BotProcess) -> None:
    """A body that breaks the schema is told with route, place in the body and reason."""
    await (await discord.slash("long")).response()
    (error,) = schema_errors(discord.violations)
    assert "/callback" in error and "['data']['content']" in error and "too long" in error


@pytest.mark.parametrize(
    ("method", "route", "body", "error"),
    [
        ("PUT", "/users/@me", {}, "Discord's API has no such route"),
        ("GET", "/users/@me", {"a": 1}, "takes no body, but was sent {'a': 1}"),
        ("POST", "/channels/{channel_id}/messages", None, "needs a body"),
        (
            "POST",
            "/channels/{channel_id}/messages",
            {"tts": 1},
            "['tts']: 1 is not of type 'boolean', 'null'",
        ),
        ("POST", "/users/@me/channels", {"recipient_id": -1}, "-1 is less than the minimum of 0"),
        (
            "POST",
            "/interactions/{interaction_id}/{interaction_token}/callback",
            {"type": 4, "data": {"embeds": [{"title": "t" * 257}]}},
            f"['data']['embeds'][0]['title']: '{'t' * 257}' is too long",
        ),
    ],
)
def test_error_names_place_and_reason(method: str, route: str, body: Any, error: str) -> None:
    """A body that breaks the schema is told with method, route, place in the body, and reason."""
    (told,) = schema_errors([sent(method, route, body)])
    assert told.startswith(f"{method} {route}: ")
    assert told.endswith(error)


@pytest.mark.parametrize("recipient", ["123", 123])
def test_ids_may_be_numbers(recipient: object) -> None:
    """discord.py sends ids as numbers and Discord takes them; that alone is no error."""
    assert schema_errors([sent("POST", "/users/@me/channels", {"recipient_id": recipient})]) == []
