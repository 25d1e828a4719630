"""`bot.render`: words of articles and of people as Discord shows them, letter for letter."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import CONTENT_LIMIT, escape, progress_text, question_line, quoted, shortened
from tests.bot.sample_articles import NOTICE, SOLAR, quote_of
from tests.bot.shown_markdown import display, unquoted

HOSTILE = [
    "@everyone and @here, <@123456789012345678> <@&42> <#7> </ask:8> <t:1700000000:R> <:blob:9>",
    "**bold** __under__ *slanted* _slanted_ ~~gone~~ ||hidden|| `code` ```block```",
    "# Heading\n## Smaller\n-# smallest",
    "- one\n* two\n+ three\n1. four\n2) five\n  12. six",
    "> quoted\n>>> all of it",
    "[a link](https://evil.example) https://evil.example <https://evil.example> discord.gg/abc",
    "C:\\path\\*.txt \\* \\\\ \\",
    "1.5 million - not a list, 3.14, 2024.",
    "¯\\_(ツ)_/¯ 中文 “quotes” 🙂",
    "\\",
    "",
]


@pytest.mark.parametrize("text", ["# a", "- a", " 1. a", "**b** + *c*", "@here", "<#1>", "[a](b)", "a_b", "x\\**y**", "b\n2) c"])
def test_the_reader_of_these_tests_sees_markup(text: str) -> None:
    """What these tests take for plain letters is plain: text that Discord would act on fails."""
    with pytest.raises(AssertionError):
        display(text)


# --- letter for letter -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_is_shown_letter_for_letter(text: str) -> None:
    """Mentions, headings, lists, links and the rest are letters to us, and are shown as such."""
    assert display(escape(text)) == (text, "")


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.text(alphabet="ab1 2\n.)-+#>*_~`|<[](@:\\/", max_size=40))
def test_no_text_whatever_becomes_markup(text: str) -> None:
    """Escaping loses no letter and leaves no sign that Discord would act on."""
    assert display(escape(text)) == (text, "")


@pytest.mark.parametrize("text", [text for text in HOSTILE if text])
def test_a_quotation_is_shown_letter_for_letter(text: str) -> None:
    """A quote full of markup reaches the reader as the article has it, its answering part in bold and nothing else."""
    article = replace(NOTICE, text=f"Before: {text}. It ends.")
    quote = quote_of(article, f"{text}.")
    assert display(unquoted(quoted(quote))) == (article.text, f"{text}.")


def test_bold_marks_exactly_the_answering_sentence() -> None:
    """The words around the answer are there, in plain letters."""
    quote = quote_of(SOLAR, "Most of the solar roofs belong to schools.")
    assert display(unquoted(quoted(quote))) == (SOLAR.text, "Most of the solar roofs belong to schools.")
    assert display(unquoted(quoted(quote, only_answer=True))) == (quote.answer_text, "")
    assert display(unquoted(quoted(quote, marked=False))) == (SOLAR.text, "")


def test_the_question_is_shown_letter_for_letter() -> None:
    """A member cannot make the bot say anything but their own words."""
    question = "Does @everyone know **this**? [x](https://evil.example)"
    assert display(question_line(question)) == (question, question)


def test_a_long_question_is_shortened_with_a_sign() -> None:
    """A question of a thousand signs that all need escaping still fits, and the cut is marked."""
    line = question_line("*" * 1000)
    assert len(line) <= CONTENT_LIMIT
    assert display(line)[0] == "*" * 299 + "…"


# --- progress --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("done", "total", "full"), [(0, 10, 0), (5, 10, 10), (10, 10, 20), (1, 3, 7)])
def test_progress_is_a_bar_of_twenty_steps(done: int, total: int, full: int) -> None:
    """The bar's length tells the share, the numbers tell it exactly."""
    text = progress_text(done, total)
    assert f"`{'█' * full}{'░' * (20 - full)}`" in text
    assert f"{done} of {total} passages" in text


def test_progress_before_the_first_number() -> None:
    """While articles are read nothing is counted yet, and nothing is divided by zero."""
    assert progress_text(0, 0) == "Rebuilding the archive: reading the articles …"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("A ferry without a captain", 25, "A ferry without a captain"),
        ("A ferry without a captain", 24, "A ferry without a…"),
        ("A ferry without a captain", 18, "A ferry without a…"),
        ("A ferry without a captain", 17, "A ferry without…"),
        ("Unfathomable", 6, "Unfat…"),
        ("A unfathomable ferry", 8, "A unfat…"),
        ("没有船长的渡轮", 4, "没有船…"),
    ],
)
def test_texts_are_shortened_between_words(text: str, limit: int, shown: str) -> None:
    """Where that does not waste much of the room; never more letters than the limit."""
    assert shortened(text, limit) == shown and len(shown) <= limit
