"""`bot.terminal`: readable for people, whole for programs."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from bot.services import TimedReply
from bot.terminal import article_record, marked_text, print_articles, print_json, print_reply, print_timed_record
from embeddings.answers import Reply
from tests.bot.sample_articles import ARTICLES, FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, abstention_of, answer_of, quote_of, twin_of

LONG = " ".join(f"word{number:04d}" for number in range(333)) + " 中文🙂."


def piped(width: int = 80) -> Console:
    """A console whose output goes to a program."""
    return Console(file=io.StringIO(), width=width, highlight=False)


def screen(width: int = 80) -> Console:
    """A console whose output goes to a person."""
    return Console(file=io.StringIO(), width=width, force_terminal=True, color_system="standard", highlight=False)


def printed(console: Console) -> str:
    """What has been printed on it."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def printed_reply(console: Console, reply: Reply) -> str:
    """What a reply looks like on it."""
    print_reply(console, TimedReply(reply, 41.6))
    return printed(console)


@pytest.mark.parametrize("width", [20, 80, 10_000])
def test_piped_quotes_are_never_broken(width: int) -> None:
    """A quote of 3,000 letters stays on one line, letter for letter, whatever width a terminal would have."""
    assert len(LONG) > 2990
    text = printed_reply(piped(width), answer_of(quote_of(replace(SOLAR, text=LONG))))
    assert f"  “{LONG}”\n" in text


def test_piped_output_is_plain() -> None:
    """No colours, no control signs."""
    text = printed_reply(piped(), answer_of(quote_of(SOLAR, SOLAR_SENTENCE)))
    assert "\x1b" not in text
    assert f"“{SOLAR.text}”" in text


def test_on_a_terminal_quotes_are_wrapped_and_whole() -> None:
    """A person's terminal breaks lines between words; no word is lost or cut."""
    console = screen(60)
    text = printed_reply(console, answer_of(quote_of(replace(SOLAR, text=LONG))))
    quotation = text[text.index("“") : text.index("”")]
    assert "\x1b[1m" in text
    words = quotation.replace("\x1b[0m", "").replace("\x1b[1m", "").replace("“", "").split()
    assert words == LONG.split()


def test_bold_marks_exactly_the_answering_sentence() -> None:
    """The quotation marks and the words around the answer stay plain."""
    text = marked_text(quote_of(SOLAR, "Most of the solar roofs belong to schools."))
    assert text.plain == f"“{SOLAR.text}”"
    (span,) = text.spans
    assert (text.plain[span.start : span.end], span.style) == ("Most of the solar roofs belong to schools.", "bold")


def test_every_quote_has_its_source() -> None:
    """Title, publisher, date, paragraph, address and the other articles stand under each quote."""
    text = printed_reply(
        piped(20), answer_of(quote_of(SOLAR, twins=(twin_of(quote_of(SOLAR), "ferry"),)), quote_of(FERRY, paragraph=2))
    )
    first = "  [1] “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1\n"
    also = "      also in “ferry”, publisher unknown, 2 May 2024, ¶ 1\n"
    assert f"{first}      https://gazette.example/roofs?page=1\n{also}" in text
    assert "  [2] brief of “A ferry without a captain”, Northern Courier, 5 Mar 2025, ¶ 2\n" in text
    assert text.endswith("confidence 0.91 · 42 ms · index 20250101T000000Z-00\n")


def test_declining_is_told_apart_from_answering() -> None:
    """The reason comes first, the nearest passages are said to be no answer, two at most."""
    nearest = [quote_of(article) for article in ARTICLES]
    text = printed_reply(piped(), abstention_of("The articles are about other things.", *nearest))
    assert text.startswith("No answer in the articles. The articles are about other things.\n")
    assert text.index("not an answer") < text.index(f"“{SOLAR.text}”") < text.index(f"“{FERRY.text}”")
    assert NOTICE.text not in text
    assert "not an answer" not in printed_reply(piped(), abstention_of("No words."))


@pytest.mark.parametrize("words", ["[bold]x[/bold] [/] [red]", ":warning: :smile:", "ends with \\"])
@pytest.mark.parametrize("make", [piped, screen], ids=["piped", "terminal"])
def test_letters_are_never_taken_for_the_terminals_markup(words: str, make: type[Console]) -> None:
    """Square brackets, colons and backslashes of a reason, quote or title are printed as they are."""
    article = replace(NOTICE, text=words, title=words)
    assert words in printed_reply(make(), answer_of(quote_of(article)))
    assert words in printed_reply(make(), abstention_of(words))


def test_json_is_one_exact_line() -> None:
    """One object a line, in UTF-8 letters, never wrapped at the terminal's width."""
    console = screen(20)
    print_timed_record(console, TimedReply(answer_of(quote_of(replace(SOLAR, text=LONG))), 1.23))
    (line,) = printed(console).splitlines()
    assert json.loads(line)["quotes"][0]["text"] == LONG
    assert "中文🙂" in line


def test_json_has_no_colours() -> None:
    """A program reads it, also when a person looks on."""
    console = screen()
    print_json(console, {"a": ["[red]", 1, None]})
    assert printed(console) == '{"a": ["[red]", 1, null]}\n'


def test_articles_are_listed_with_what_is_known() -> None:
    """Each article has a block; what is unknown is said to be unknown."""
    console = piped(20)
    print_articles(console, list(ARTICLES))
    assert printed(console).splitlines() == [
        "solar-roofs",
        "  “Roofs of Vetluga turn blue”",
        "  Harbour Gazette · Ines Marlow · 2024-05-02 · en · original · 2 paragraphs",
        "ferry-line",
        "  “A ferry without a captain”",
        "  Northern Courier · author unknown · 2025-03-05 · en · brief · 2 paragraphs",
        "pasted-notice",
        "  untitled article",
        "  publisher unknown · author unknown · date unknown · en · original · 2 paragraphs",
    ]


def test_an_articles_record_holds_its_text() -> None:
    """Whoever checks a position has the text that it counts in, and its digest."""
    record = article_record(FERRY)
    assert record["text"] == FERRY.text and record["digest"] == FERRY.digest
    assert (record["id"], record["kind"], record["published_on"]) == ("ferry-line", "brief", "2025-03-05")
    assert json.loads(json.dumps(record)) == record
