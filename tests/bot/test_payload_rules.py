"""The rules that requests are held against refuse what Discord refuses, and take what it takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bot.payload_rules import request_faults

NOBODY: dict[str, Any] = {"parse": []}
PICTURE = {"id": 0, "filename": "a.png"}
MESSAGES = "/channels/1/messages"
CALLBACK = "/interactions/1/token/callback"


def layout(*parts: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A message in the newer layout."""
    return {"flags": 1 << 15, "components": list(parts), "allowed_mentions": NOBODY, **more}


def text(content: str) -> dict[str, Any]:
    """A message in the newer layout that holds one text."""
    return layout({"type": 10, "content": content})


def row(*parts: dict[str, Any]) -> dict[str, Any]:
    """A message in the newer layout that holds one row."""
    return layout({"type": 1, "components": list(parts)})


def button(**changes: Any) -> dict[str, Any]:
    """A message with one button."""
    return row({"type": 2, "style": 1, "label": "Next", "custom_id": "next"} | changes)


def menu(count: int = 2, **changes: Any) -> dict[str, Any]:
    """A message with one menu."""
    options = [{"label": "One", "value": str(number)} for number in range(count)]
    return row({"type": 3, "custom_id": "menu", "options": options} | changes)


def command(**changes: Any) -> list[dict[str, Any]]:
    """One command."""
    return [{"type": 1, "name": "ask", "description": "Ask.", "options": []} | changes]


def option(**changes: Any) -> list[dict[str, Any]]:
    """One command with one option."""
    return command(options=[{"type": 3, "name": "question", "description": "What?"} | changes])


def subcommand(name: str, count: int) -> dict[str, Any]:
    """A subcommand with that many options, each described in a hundred letters."""
    options = [{"type": 3, "name": f"p{number}", "description": "y" * 100} for number in range(count)]
    return {"type": 1, "name": name, "description": "x" * 100, "options": options}


def form(title: str = "Why?", **changes: Any) -> dict[str, Any]:
    """A form with one field."""
    field = {"type": 4, "custom_id": "text", "style": 2} | changes
    parts = [{"type": 18, "label": "Reason", "component": field}]
    return {"type": 9, "data": {"title": title, "custom_id": "form", "components": parts}}


TAKEN = [
    text("[open](<https://a.example/b>) \\[x\\]\\(javascript\\:y\\) \\@everyone \\<@42\\> <#42> <t:1:R> ```@everyone```"),
    button(),
    button(style=5, url="https://a.example", custom_id=None),
    menu(25, max_values=25, min_values=0),
    {"content": "Plain.", "allowed_mentions": NOBODY | {"replied_user": False}},
    {"embeds": [{"image": {"url": "attachment://a.png"}}], "attachments": [PICTURE], "allowed_mentions": NOBODY},
]
REFUSED = [
    ({}, "empty"),
    ({"content": "Plain."}, "mentions are allowed"),
    ({"content": "Plain.", "allowed_mentions": {"parse": ["users"]}}, "mentions are allowed"),
    ({"content": "Plain.", "allowed_mentions": NOBODY | {"users": [1]}}, "mentions are allowed"),
    ({"content": "Plain.", "allowed_mentions": NOBODY, "colour": 1}, "keys"),
    (text("[x](javascript:alert(1))"), "a link to"),
    (text("[x](<data:text/html,x>)"), "a link to"),
    (text("Hello @everyone"), "a mention"),
    (text("Hello \\\\@here"), "a mention"),
    (text("<@&42>"), "a mention"),
    (text(" "), "without words"),
    (text("\ud800"), "half a letter"),
    (text("x" * 4001), "4000"),
    (layout(*[{"type": 14}] * 41), "40"),
    (text("x") | {"content": "y"}, "content"),
    (text("x") | {"embeds": [{"title": "y"}]}, "embeds"),
    (text("x") | {"flags": 0}, "older layout"),
    (text("x") | {"attachments": [{"id": 0, "filename": "a.png"}]}, "not shown"),
    (layout({"type": 13, "file": {"url": "attachment://a.png"}}), "not sent"),
    (layout({"type": 17, "components": []}), "a frame"),
    (layout({"type": 9, "components": [{"type": 10, "content": "x"}]}), "a section"),
    (layout({"type": 12, "items": []}), "a gallery"),
    (layout({"type": 99}), "kind 99"),
    (row(), "a row"),
    (row(*[{"type": 2, "style": 1, "label": "x", "custom_id": str(number)} for number in range(6)]), "components"),
    (button(label=" "), "without a label"),
    (button(style=5, url="javascript:x", custom_id=""), "leads to"),
    (button(url="https://a.example"), "never both"),
    (button(size="big"), "keys"),
    (menu(26), "options"),
    (menu(0), "a menu"),
    (menu(2, max_values=3), "a menu"),
    (menu(placeholder="x" * 151), "hint"),
    ({"embeds": [{"url": "ftp://a.example"}], "allowed_mentions": NOBODY}, "address"),
    ({"embeds": [{"title": "x", "size": 1}], "allowed_mentions": NOBODY}, "keys"),
]


@pytest.mark.parametrize("body", TAKEN)
def test_what_discord_takes_has_no_fault(body: dict[str, Any]) -> None:
    """At the limits, with words that only look like markup, and with what belongs together."""
    assert request_faults("POST", MESSAGES, body) == []


@pytest.mark.parametrize(("body", "fault"), REFUSED)
def test_what_discord_refuses_is_named(body: dict[str, Any], fault: str) -> None:
    """By route and reason; so it is in the answer to an interaction."""
    told = request_faults("POST", MESSAGES, body)
    assert told and any(fault in one for one in told), told
    assert all(one.startswith("POST /channels/{channel_id}/messages: ") for one in told)
    assert request_faults("POST", CALLBACK, {"type": 4, "data": body})


@pytest.mark.parametrize(
    ("commands", "fault"),
    [
        (command(name="Ask"), "the name"),
        (command(name="ask me"), "the name"),
        (command(name_localizations={"zh-CN": "提 问"}), "the name"),
        (command(name_localizations={"zh": "提问"}), "languages"),
        (command(description=""), "description"),
        (command(description_localizations={"zh-CN": "问" * 101}), "description"),
        (command() * 2, "one name"),
        (command(guild_only=True), "keys"),
        (command(contexts=[3]), "a place"),
        (command(type=3, name="Find it"), "no description"),
        (option(type=5, autocomplete=True), "choices for a kind"),
        (option(autocomplete=True, choices=[{"name": "a", "value": "a"}]), "autocompletion"),
        (option(choices=[{"name": "a", "value": "x" * 101}]), "value"),
        (option(choices=[{"name": "a", "value": "a"}] * 26), "26 choices"),
        (option(type=4, max_length=4), "a length"),
        (option(max_length=6001), "lengths"),
        (command(options=[*option()[0]["options"], {"type": 3, "name": "x", "description": "y", "required": True}]), "needed"),
        (command(options=[{"type": 3, "name": f"o{n}", "description": "x" * 100} for n in range(26)]), "options"),
        (command(options=[{"type": 1, "name": "a", "description": "b"}, *option()[0]["options"]]), "side by side"),
        (command(options=[subcommand(f"o{number}", 4) for number in range(25)]), "letters in all"),
    ],
)
def test_commands_that_discord_refuses(commands: list[dict[str, Any]], fault: str) -> None:
    """One such command, and none of them would be registered."""
    told = request_faults("PUT", "/applications/1/commands", commands)
    assert any(fault in one for one in told), told


def test_commands_that_discord_takes() -> None:
    """With names in Chinese, subcommands in groups, and a menu whose name has spaces."""
    chinese = command(name_localizations={"zh-CN": "提问"}, description_localizations={"zh-CN": "提问。"})
    group = [{"type": 2, "name": "a", "description": "b", "options": [subcommand("c", 1)]}]
    menus = [{"type": 3, "name": "Find it", "description": ""}]
    assert request_faults("PUT", "/applications/1/commands", [*chinese, *command(name="group", options=group), *menus]) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        (form("x" * 46), "title"),
        (form(max_length=4001), "lengths"),
        (form(custom_id=""), "a field"),
        (form(placeholder="x" * 101), "too much"),
        ({"type": 9, "data": {"title": "x", "custom_id": "x", "components": []}}, "parts"),
        ({"type": 8, "data": {"choices": [{"name": "x", "value": "y"}] * 26}}, "choices"),
        ({"type": 5, "data": {"content": "x"}}, "keys"),
        ({"type": 1}, "kind 1"),
    ],
)
def test_answers_to_interactions_that_discord_refuses(body: dict[str, Any], fault: str) -> None:
    """Forms, choices and acknowledgements."""
    assert any(fault in one for one in request_faults("POST", CALLBACK, body))
    assert request_faults("POST", CALLBACK, form(max_length=4000)) == []


def test_other_requests_are_strange() -> None:
    """The bot has no business with bans."""
    assert request_faults("PUT", "/guilds/1/bans/2", {}) == ["PUT /guilds/1/bans/2: the bot is not known to make such a request"]
