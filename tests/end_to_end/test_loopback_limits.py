"""The limits that the loopback puts on messages are Discord's, to the letter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.end_to_end.loopback.limits import choice_errors, message_errors


def embeds(*embed: dict[str, Any]) -> dict[str, Any]:
    """A body with these embeds."""
    return {"embeds": list(embed)}


def fields(count: int, name: str = "n", value: str = "v") -> dict[str, Any]:
    """A body with one embed of that many fields."""
    return embeds({"fields": [{"name": name, "value": value}] * count})


def rows(*row: list[dict[str, Any]]) -> dict[str, Any]:
    """A body with these rows of components."""
    return {"components": [{"type": 1, "components": components} for components in row]}


def buttons(count: int, label: str = "Next", custom_id: str = "") -> list[dict[str, Any]]:
    """That many buttons; each has an id of its own unless one is given."""
    ids = [custom_id or f"id-{number}" for number in range(count)]
    return [{"type": 2, "style": 1, "label": label, "custom_id": own_id} for own_id in ids]


def menu(count: int, label: str = "First") -> list[dict[str, Any]]:
    """A select menu with that many options."""
    options = [{"label": label, "value": str(number)} for number in range(count)]
    return [{"type": 3, "custom_id": "menu", "options": options}]


def layout(count: int, length: int = 1) -> dict[str, Any]:
    """A body in the newer layout, with that many texts of that length."""
    return {"flags": 1 << 15, "components": [{"type": 10, "content": "x" * length}] * count}


WITHIN = [
    {"content": "🙂" * 2000},
    embeds({"title": "t" * 256, "description": "d" * 4096, "footer": {"text": "f" * 1000}}),
    embeds({"footer": {"text": "f" * 2048}}),
    fields(25),
    fields(1, "n" * 256, "v" * 1024),
    embeds({"description": "d" * 3000}, {"description": "d" * 3000}),
    embeds(*[{"title": "t"}] * 10),
    rows(*[buttons(5)]),
    rows(buttons(1, "l" * 80)),
    rows(menu(25, "l" * 100)),
    layout(40, 100),
    layout(1, 4000),
]

BEYOND = [
    ({"content": "x" * 2001}, ["content"]),
    (embeds({"title": "t" * 257}), ["embeds", "0", "title"]),
    (embeds({"description": "d" * 4097}), ["embeds", "0", "description"]),
    (embeds({"footer": {"text": "f" * 2049}}), ["embeds", "0", "footer", "text"]),
    (embeds({"author": {"name": "a" * 257}}), ["embeds", "0", "author", "name"]),
    (fields(26), ["embeds", "0", "fields"]),
    (fields(1, name="n" * 257), ["embeds", "0", "fields", "0", "name"]),
    (fields(1, value="v" * 1025), ["embeds", "0", "fields", "0", "value"]),
    (fields(1, value=" "), ["embeds", "0", "fields", "0", "value"]),
    (embeds({"description": "d" * 3000}, {"description": "d" * 3001}), ["embeds"]),
    (embeds(*[{"title": "t"}] * 11), ["embeds"]),
    (rows(buttons(6)), ["components"]),
    (rows(*[buttons(1, custom_id=str(number)) for number in range(6)]), ["components"]),
    (rows(buttons(2, custom_id="same")), ["components"]),
    (rows(buttons(1, label="l" * 81)), ["components", "label"]),
    (rows(buttons(1, custom_id="i" * 101)), ["components", "custom_id"]),
    (rows(menu(26)), ["components", "options"]),
    (rows(menu(1, "l" * 101)), ["components", "options", "label"]),
    ({"content": "Plain.", "flags": 1 << 15}, ["content"]),
    (layout(41), ["components"]),
    (layout(2, 2001), ["components"]),
]


@pytest.mark.parametrize("body", WITHIN)
def test_what_fits_is_taken(body: dict[str, Any]) -> None:
    """A body at its limit has no fault."""
    assert message_errors(body) == {}


@pytest.mark.parametrize(("body", "place"), BEYOND)
def test_one_too_many_is_refused(body: dict[str, Any], place: list[str]) -> None:
    """A body one past a limit is refused, and the errors name the place as Discord does."""
    errors: Any = message_errors(body)
    for key in place:
        errors = errors[key]
    assert len(errors["_errors"]) == 1


def test_files_are_counted() -> None:
    """Ten files are taken, eleven are not."""
    assert message_errors({}, files=10) == {}
    assert list(message_errors({}, files=11)) == ["attachments"]


def test_choices_are_limited() -> None:
    """An autocompletion offers at most 25 choices, named in at most 100 characters."""
    assert choice_errors([{"name": "n" * 100, "value": "v"}] * 25) == {}
    assert list(choice_errors([{"name": "n", "value": "v"}] * 26)["choices"]) == ["_errors"]
    assert list(choice_errors([{"name": "n" * 101, "value": 1}])["choices"]["0"]) == ["name"]
