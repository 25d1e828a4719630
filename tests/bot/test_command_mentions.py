"""`bot.command_mentions`: commands to press on, whose numbers survive a restart."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot.command_mentions import CommandMentions
from bot.wording import wording

SAY = wording()
NUMBERED: list[Any] = [SimpleNamespace(name="ask", id=11), SimpleNamespace(name="article", id=22)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the numbers are kept, in a folder that is not there yet."""
    return tmp_path / "data" / "commands_synced"


def test_commands_and_their_parts_can_be_pressed_on(path: Path) -> None:
    """A part has the number of the command that it belongs to."""
    named = CommandMentions(path)
    named.keep("abc", NUMBERED)
    assert named.of("ask", SAY) == "</ask:11>" and named.of("article list", SAY) == "</article list:22>"


def test_numbers_survive_a_restart(path: Path) -> None:
    """They belong to the commands that were told, and to no others."""
    CommandMentions(path).keep("abc", NUMBERED)
    again = CommandMentions(path)
    assert again.are_told("abc") and not again.are_told("abd") and again.of("ask", wording("de")) == "</ask:11>"


def test_what_has_no_number_is_named(path: Path) -> None:
    """In the reader's language, as Discord lists it."""
    named = CommandMentions(path)
    assert named.of("article list", SAY) == "`/article list`" and named.of("article list", wording("zh")) == "`/文章 列表`"


@pytest.mark.parametrize("kept", ["", "5e3f", "0123", "[1]", '{"told": "abc"}', '{"told": "abc", "ids": [1]}', "\0"])
def test_a_file_that_tells_nothing_is_harmless(path: Path, kept: str) -> None:
    """The commands are told once more; so they are after an older version, which kept no numbers."""
    path.parent.mkdir()
    path.write_text(kept, encoding="utf-8")
    named = CommandMentions(path)
    assert not named.are_told("abc") and not named.are_told("") and named.of("ask", SAY) == "`/ask`"
