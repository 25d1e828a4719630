"""`corpusbot check`: verdict, places and differences for people and for programs, and the exit code."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from click.testing import Result
from rich.console import Console
from typer.testing import CliRunner

from bot.check_command import SHOWN_PLACES, check, check_record, difference_sentence, headline, print_check
from corpus.article import Article
from corpus.errors import CorpusbotError
from embeddings.quotation.quotation_check import check_quotation
from tests.bot.sample_articles import ARTICLES, SOLAR, SOLAR_SENTENCE, write_collection


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """A folder with the sample articles."""
    return write_collection(tmp_path / "articles")


def run(collection: Path, *arguments: str, typed: str | bytes | None = None) -> Result:
    """Run the command by itself."""
    app = typer.Typer()
    app.command()(check)
    return CliRunner().invoke(app, [*arguments, "--collection", str(collection)], input=typed)


def record(collection: Path, *arguments: str, typed: str | bytes | None = None) -> dict[str, Any]:
    """The JSON object that the command prints."""
    (line,) = run(collection, *arguments, "--json", typed=typed).stdout.splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def printed(text: str, articles: tuple[Article, ...] = ARTICLES) -> str:
    """What a person reads."""
    console = Console(file=io.StringIO(), width=80, highlight=False)
    print_check(console, check_quotation(text, articles))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("text", "code", "verdict"),
    [
        (SOLAR_SENTENCE, 0, "exact"),
        (f"“{SOLAR_SENTENCE}”", 0, "exact but for typography"),
        (SOLAR_SENTENCE.replace("7,300", "7,400"), 1, "altered"),
        ("Nobody ever mentioned walruses anywhere near this place.", 1, "not found"),
    ],
)
def test_the_exit_code_says_whether_the_quotation_stands(collection: Path, text: str, code: int, verdict: str) -> None:
    """0 for exact, typography aside; 1 for altered or not found; the JSON names the verdict."""
    assert run(collection, text).exit_code == code
    assert record(collection, text)["verdict"] == verdict


def test_the_record_has_places_and_differences_with_true_positions(collection: Path) -> None:
    """`start` and `end` point into the article's text, `quoted_start` and `quoted_end` into the pasted one."""
    text = SOLAR_SENTENCE.replace("7,300", "7,400")
    found = record(collection, text)
    (place,), (difference,) = found["places"], found["differences"]
    assert SOLAR.text[place["start"] : place["end"]] == place["text"] == SOLAR_SENTENCE
    assert (place["article_id"], place["paragraph"], place["published_on"]) == ("solar-roofs", 1, "2024-05-02")
    assert text[difference["quoted_start"] : difference["quoted_end"]] == difference["quoted"] == "7,400"
    assert SOLAR.text[difference["start"] : difference["end"]] == difference["original"] == "7,300"
    assert difference["kind"] == "figure"
    assert found["quotation"] == text
    assert found["nearest"] is None
    assert not found["exact_with_omission"]


def test_a_sentence_without_a_place_has_none_in_the_record() -> None:
    """What stands in no article has neither article nor position."""
    text = "Nobody ever mentioned walruses anywhere near this place."
    (difference,) = check_record(text, check_quotation(text, ARTICLES), 1.04)["differences"]
    assert (difference["article_id"], difference["start"], difference["end"]) == (None, None, None)


@pytest.mark.parametrize("through", ["file", "standard input"])
def test_a_quotation_may_come_from_a_file_or_standard_input(collection: Path, tmp_path: Path, through: str) -> None:
    """Both are read as UTF-8, with or without a byte order mark."""
    raw = b"\xef\xbb\xbf" + SOLAR_SENTENCE.encode()
    path = tmp_path / "quotation.txt"
    path.write_bytes(raw)
    found = record(collection, "--file", str(path)) if through == "file" else record(collection, "-", typed=raw)
    assert found["verdict"] == "exact"


def test_neither_or_both_is_a_mistake_of_use(collection: Path, tmp_path: Path) -> None:
    """One text or one file, and exit code 2 otherwise."""
    assert run(collection).exit_code == 2
    assert run(collection, "text", "--file", str(tmp_path / "a.txt")).exit_code == 2


def test_what_cannot_be_checked_is_an_error_with_a_sentence(collection: Path, tmp_path: Path) -> None:
    """No words, an unreadable file and a missing collection are errors that `bot.cli.main` prints with exit code 2."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\xfa")
    for arguments, said in (
        (("?!",), "no words to check"),
        (("--file", str(bad)), "cannot be read as UTF-8"),
        (("--file", str(tmp_path / "none.txt")), "none.txt"),
    ):
        error = run(collection, *arguments).exception
        assert isinstance(error, CorpusbotError)
        assert said in str(error)
    assert isinstance(run(tmp_path / "nowhere", "text").exception, CorpusbotError)


def test_an_exact_quotation_names_its_place() -> None:
    """Verdict, source, paragraph and position, and the link where there is one."""
    text = printed(SOLAR_SENTENCE)
    assert text.startswith("Exact.\n")
    assert "“Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1, letters 0-55" in text
    assert SOLAR.url is not None
    assert SOLAR.url in text


def test_many_places_are_counted_and_the_first_shown() -> None:
    """A word that stands in many places is said to, without pages of output."""
    articles = (Article("a", "Gulls cry. " * 30),)
    text = printed("Gulls", articles)
    assert "Exact, in 30 places." in text
    assert text.count("letters") == SHOWN_PLACES
    assert "and 20 more places" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SOLAR_SENTENCE.replace("7,300", "7,400"), "figure: “7,400” is “7,300” in the article"),
        (SOLAR_SENTENCE.replace("counted", "not counted"), "negation: the article does not have “not”"),
        ("The town of Vetluga 7,300 solar roofs in April.", "words: the quotation leaves out “counted”"),
        ("The town of Vetluga […] in April.", "omission: “[…]” leaves out “counted 7,300 solar roofs”"),
        (
            f"{SOLAR_SENTENCE} Violins are tuned in the cellar of the museum.",
            "put together: what follows stands in another place",
        ),
        ("Nobody ever mentioned walruses anywhere near.", "not in any article: “Nobody ever mentioned walruses anywhere near.”"),
    ],
)
def test_each_difference_is_one_sentence(text: str, said: str) -> None:
    """What was put in, left out or changed is said with both wordings."""
    assert said in printed(text)
    assert said in "\n".join(map(difference_sentence, check_quotation(text, ARTICLES).differences))


def test_the_headline_tells_omission_typography_and_parts() -> None:
    """ "Exact with omission" and "not found in part" are told apart from the plain verdicts."""
    part = f"{SOLAR_SENTENCE} Nobody ever mentioned walruses anywhere near this place."
    for text, said in (
        ("The town of Vetluga […] in April.", "Altered: exact with omission."),
        (f"“{SOLAR_SENTENCE}”", "Exact but for typography (outer quotation marks)."),
        (part, "Not found in part."),
    ):
        assert headline(check_quotation(text, ARTICLES)) == said


def test_nearest_passage_and_source_line_are_shown_as_such() -> None:
    """A near passage is never shown as the quotation, and what was not checked is said."""
    text = printed("A baker in the old quarter dislikes sunlight, the mayor whispered to journalists.")
    assert "Nearest passage (not the quotation):" in text
    assert "Taken for a source and not checked: — Harbour Gazette" in printed(f"{SOLAR_SENTENCE}\n— Harbour Gazette")


def test_markup_in_a_quotation_is_printed_as_letters() -> None:
    """Square brackets and colons are nothing to the terminal."""
    assert "[red]walrus[/red] :smile:" in printed("The town of Vetluga counted [red]walrus[/red] :smile: roofs in April.")
