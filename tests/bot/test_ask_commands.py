"""`bot.ask_commands`: what `corpusbot ask` and `chat` make of filters in words and of follow-ups."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bot.cli
from tests.bot.sample_articles import OFF_SUBJECT_QUESTION, SOLAR_QUESTION, SOLAR_SENTENCE, write_collection
from tests.fake_encoder import FakeEncoder

Command = Callable[..., str]
NAMED = f"According to the Harbour Gazette, {SOLAR_QUESTION[0].lower()}{SOLAR_QUESTION[1:]}"


@pytest.fixture
def corpusbot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Command:
    """Runs the command over the sample collection, indexed, and gives what it printed."""
    monkeypatch.setattr("bot.services.SentenceTransformerEncoder", lambda name, check_cache: FakeEncoder())
    monkeypatch.setenv("COLLECTION_DIR", str(write_collection(home / "articles")))
    monkeypatch.setenv("OMP_WAIT_POLICY", "PASSIVE")  # set by `main`, put back afterwards

    def run(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["corpusbot", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit):
            bot.cli.main()
        return capsys.readouterr().out

    run("reindex")
    return run


def typed(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Let somebody type lines, and then an empty one."""
    waiting = iter([*lines, ""])
    monkeypatch.setattr("builtins.input", lambda prompt: next(waiting))


def record_of(printed: str) -> dict[str, Any]:
    """The one JSON object that was printed."""
    (line,) = printed.splitlines()
    record: dict[str, Any] = json.loads(line)
    return record


def test_a_paper_in_the_words_of_a_question_is_a_filter(corpusbot: Command) -> None:
    """It is told above the answer."""
    printed = corpusbot("ask", NAMED)
    assert printed.startswith(f"Only: publisher Harbour Gazette\n  “{SOLAR_SENTENCE}")


def test_json_names_the_filters(corpusbot: Command) -> None:
    """The question stays as it was typed; nothing was rewritten, so that there is no `asked`."""
    record = record_of(corpusbot("ask", NAMED, "--json"))
    assert (record["question"], record["filters"]) == (NAMED, ["publisher: Harbour Gazette"])
    assert "asked" not in record


def test_options_win_over_words(corpusbot: Command) -> None:
    """Who gives a filter by hand means that one."""
    record = record_of(corpusbot("ask", NAMED, "--json", "--publisher", "Northern Courier"))
    assert "filters" not in record
    assert {quote["publisher"] for quote in record["nearest"]} <= {"Northern Courier"}


def test_a_paper_that_is_not_there_is_told(corpusbot: Command) -> None:
    """In one sentence, before what others say."""
    printed = corpusbot("ask", f"According to the New York Times, {SOLAR_QUESTION}")
    assert printed.startswith("No answer in the articles. The collection holds no article from the New York Times.\n")


def test_questions_of_a_batch_know_nothing_of_each_other(corpusbot: Command, home: Path) -> None:
    """Each line stands for itself."""
    (home / "q.txt").write_text(f"{SOLAR_QUESTION}\nand in 2019?\nmore\n", encoding="utf-8")
    records = [json.loads(line) for line in corpusbot("ask", "--batch", "q.txt").splitlines()]
    assert [record["question"] for record in records] == [SOLAR_QUESTION, "and in 2019?", "more"]
    assert not any("asked" in record for record in records)


def test_a_chat_goes_on_from_the_question_before(corpusbot: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a follow-up stands for is told, and follow-ups can follow each other."""
    typed(monkeypatch, "What did the town of Vetluga count in 2021?", "and in 2019?", "and in 2018?")
    printed = corpusbot("chat")
    told = [line for line in printed.splitlines() if line.startswith("Understood as: ")]
    assert told == [f"Understood as: What did the town of Vetluga count in {year}?" for year in (2019, 2018)]


def test_a_chat_shows_more_on_demand(corpusbot: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other passages than before, or the word that there are none."""
    typed(monkeypatch, SOLAR_QUESTION, "any other sources?")
    first, second = corpusbot("chat").split("Understood as: ")
    assert f"“{SOLAR_SENTENCE}" in first and f"“{SOLAR_SENTENCE}" not in second


def test_a_new_question_in_a_chat_stands_alone(corpusbot: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """Talking changes nothing of a question that needs no other."""
    typed(monkeypatch, OFF_SUBJECT_QUESTION, SOLAR_QUESTION)
    printed = corpusbot("chat")
    assert "Understood as" not in printed and f"“{SOLAR_SENTENCE}" in printed
