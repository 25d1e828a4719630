"""The words of Discord messages."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest

from bot.message_texts import (
    block_quotes,
    has_words,
    marked_quotes,
    message_readings,
    message_text,
    plain_words,
    question_in,
    word_total,
)
from bot.render import escape


def message(content: str = "", **parts: Any) -> discord.Message:
    """As much of a message as is read."""
    return cast(
        discord.Message,
        SimpleNamespace(**({"content": content, "embeds": (), "components": (), "message_snapshots": ()} | parts)),
    )


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("**Bold** and *slanted*, __lined__ ~~gone~~ ||hidden||", "Bold and slanted, lined gone hidden"),
        ("***both*** and _one_", "both and one"),
        ("# A heading\n-# small\n> quoted\n- listed", "A heading\nsmall\nquoted\nlisted"),
        ("<@42> <@!42> <@&7> see <#9> <:wave:123> at <t:1700000000:R>", "see at"),
        ("[the plan](https://plan.example/a_b) and https://other.example/2024/05", "the plan and"),
        ("`code` and ```py\nmore\n```", "code and more"),
        (r"\*not slanted\* costs \~5", "*not slanted* costs ~5"),
        ("~30 percent of 5 * 3 in snake_case_words", "~30 percent of 5 * 3 in snake_case_words"),
        ("2 < 3 and 5 > 4", "2 < 3 and 5 > 4"),
        ("", ""),
        ("屋顶**超过**7300个", "屋顶超过7300个"),
    ],
)
def test_markup_goes_and_words_stay(written: str, words: str) -> None:
    """What Discord draws is not what somebody says; signs that stand alone are the writer's."""
    assert plain_words(written) == words


@pytest.mark.parametrize("text", ["*5* is `five`.", "A [note](x) #1: do_not_touch!", "1. first\n- second"])
def test_what_we_escape_is_read_back(text: str) -> None:
    """Our own quotations, copied from an answer, come back letter for letter."""
    assert plain_words(escape(text)) == text


def test_a_pathological_message_is_read_at_once() -> None:
    """Thousands of signs that open and never close."""
    for sign in ("*", "_ ", "`", "> ", "[a](", "<@", "|| ", "“", "\\"):
        assert plain_words(sign * 4000) is not None
        assert marked_quotes(sign * 4000)[0] == [] and block_quotes(sign * 500) is not None


def test_block_quotes_are_found() -> None:
    """Each run of quoted lines is one; what is written around them is not theirs."""
    assert block_quotes("Look:\n> The **first** line\n> goes on.\nWell?\n> Another one.") == [
        "The first line\ngoes on.",
        "Another one.",
    ]
    assert block_quotes("Look:\n>>> All of\nthe rest.") == ["All of\nthe rest."]
    assert block_quotes("5 > 4") == [] and block_quotes("> \n> ") == []


@pytest.mark.parametrize("marks", ["“{}”", "„{}“", "«{}»", '"{}"'])
def test_words_in_quotation_marks_are_found(marks: str) -> None:
    """Of every kind of mark, with what stands around them."""
    quoted = "the town counted many blue roofs"
    found, around = marked_quotes(f"They wrote: {marks.format(quoted)} - really?")
    assert found == [quoted] and around.split() == ["They", "wrote:", "-", "really?"]


def test_terms_in_quotation_marks_are_no_quotations() -> None:
    """A name or a term is too short to be checked; in Chinese each sign counts."""
    assert marked_quotes("The “blue roof” plan of “AI Plus”")[0] == []
    assert marked_quotes("他说「屋顶都变蓝了」")[0] == ["屋顶都变蓝了"]
    assert word_total(["one two", "屋顶"]) == 4


def test_a_message_without_words_may_hold_others() -> None:
    """What it forwards, or the text of an embed; its own words come first."""
    embed = discord.Embed(title="Roofs", description="They are blue.", timestamp=dt.datetime.now(dt.UTC))
    assert message_text(message("Own **words**")) == "Own **words**"
    forwarded = message()
    forwarded.message_snapshots = [cast(Any, SimpleNamespace(content="Forwarded words", embeds=(), components=()))]
    assert message_text(forwarded) == "Forwarded words"
    linked = message("https://gazette.example/roofs")
    linked.embeds = [embed]
    assert message_text(linked) == "Roofs\n\nThey are blue."
    assert message_readings(linked) == ["Roofs\n\nThey are blue.", "They are blue."]
    talk = message("He wrote that the roofs of the town are green: https://gazette.example/roofs")
    talk.embeds = [embed]
    assert message_readings(talk) == [talk.content]


def test_all_that_a_message_shows_is_read() -> None:
    """The fields of an embed and the texts of the newer layout are words as well, and a short remark does not hide them."""
    embed = discord.Embed(title="Roofs").add_field(name="How many", value="Four thousand and twelve of them")
    shown = message("Look at this", embeds=[embed])
    assert message_text(shown) == "Roofs\n\nHow many\n\nFour thousand and twelve of them"
    assert message_text(message("Look at this")) == "Look at this"
    assert message_text(message("Exports rose 12 percent", embeds=[embed])) == "Exports rose 12 percent"
    inner = cast(Any, discord.TextDisplay.__new__(discord.TextDisplay))
    inner.content = "Roofs are blue in the old town."
    layered = message(components=[SimpleNamespace(children=[SimpleNamespace(children=[inner])])])
    assert message_text(layered) == inner.content


@pytest.mark.parametrize("token", ["<@42>", "<@!42>", "<@&7>", "<#9>", "<:wave:123>", "<a:wave:123>", "<t:1700000000:R>"])
def test_a_question_has_no_mentions_in_it(token: str) -> None:
    """They are for people, not for the articles; an order to everybody stays what it is."""
    assert question_in(f"{token} How many  lamps {token}are there? {token}") == "How many lamps are there?"
    assert question_in("@everyone How many lamps?") == "@everyone How many lamps?"


@pytest.mark.parametrize("content", ["", "  \n", "<@42> <:wave:12>", "!?", "https://gazette.example/roofs/2024"])
def test_a_message_without_words_is_empty(content: str) -> None:
    """Mentions, emoji, signs and addresses are none."""
    assert message_text(message(content)) == "" and not has_words(plain_words(content))
