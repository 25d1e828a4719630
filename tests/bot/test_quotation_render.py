"""Checked quotations as Discord shows them."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import pytest

from bot.panels import MOST_MESSAGES, Panel, messages_of
from bot.quotation_desk import check_message
from bot.quotation_render import OTHER_PLACES, check_texts, marked_block, packed_lines
from bot.quotation_words import difference_words, typography_words
from bot.render import escape
from bot.wording import wording
from corpus.article import Article
from embeddings.quotation import typography
from embeddings.quotation.differences import Difference
from embeddings.quotation.wording import DifferenceKind
from tests.bot.sample_articles import ARTICLES, FERRY, NOTICE, SOLAR, SOLAR_SENTENCE

SAY = wording()
HOSTILE = Article("hostile", NOTICE.text, title="*" * 300, publisher="[x](y)" * 40, url=f"https://plan.example/{'(' * 400}")
ZEBRAS = "Zebras juggle quietly beneath marzipan moonlight while nobody ever applauds them."


def shown(content: str, articles: tuple[Article, ...] = ARTICLES) -> list[str]:
    """The texts about the quotations of a message, put into messages that Discord takes."""
    texts = check_texts(check_message(content, articles), SAY)
    for message in messages_of(texts, SAY):
        Panel(message)
    return texts


def test_an_exact_quotation_has_its_place() -> None:
    """The article's words, the source with its paragraph, and a link to the very passage."""
    head, place = shown(SOLAR_SENTENCE)
    assert head == "**Exact: an article says so letter for letter.**"
    assert place.startswith(
        f"> {SOLAR_SENTENCE}\n-# “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶\u00a01 · [open](<"
    )
    assert "#:~:text=" in place


def test_typography_alone_is_told() -> None:
    """Curly marks are no change of words, but they are named."""
    head, _ = shown(SOLAR_SENTENCE.replace(" ", "  "))
    assert head.split("\n") == ["**Exact but for typography.**", "-# Only typography differs: spaces and line breaks"]


def test_an_alteration_is_shown_word_by_word() -> None:
    """What differs is bold in both texts, and named by its kind."""
    head, pasted, told, place = shown(SOLAR_SENTENCE.replace("7,300", "7,800").replace("Vetluga", "Ostrava"))
    assert head == "**Altered: no article says it in these words.**"
    assert pasted.split("\n")[0] == "The pasted words:" and "**7,800**" in pasted
    assert told == "• Name: “Ostrava” is “Vetluga” in the article\n• Figure: “7,800” is “7,300” in the article"
    assert place.startswith("What the article says:\n> ") and "**7,300**" in place and "Harbour Gazette" in place


def test_a_quotation_from_two_places_is_told() -> None:
    """Each passage stands with its own source."""
    texts = shown(f"{SOLAR_SENTENCE} {FERRY.text.splitlines()[0]}")
    assert texts[0] == "**Altered: no article says it in these words.**"
    assert any("Put together" in text for text in texts)
    assert texts[3].startswith("What the articles say:") and "A ferry without a captain" in texts[-1]


def test_an_omission_that_is_marked_is_told() -> None:
    """It is exact as far as it goes."""
    texts = shown("The town of Vetluga counted […] solar roofs in April.")
    assert texts[0] == "**Exact, with omissions that the quotation marks itself.**"
    assert any(text.startswith("• Left out: “7,300”") for text in texts)


def test_what_is_not_found_has_the_nearest_passage() -> None:
    """Marked as not the quotation; where nothing is near, nothing is offered."""
    head, pasted, near = shown("The harbour of Vetluga counted eleven whales and a submarine in April.")
    assert head == "**Not found: no article in the archive says this.**" and "**" not in pasted
    assert near.startswith("Nearest passage (not the quotation):\n> ")
    assert len(shown(ZEBRAS)) == 2


def test_a_part_that_is_not_found_is_told() -> None:
    """Beside the part that is."""
    head, pasted, told, place, *_ = shown(f"{SOLAR_SENTENCE} {ZEBRAS}")
    assert head.startswith("**Not found in part") and "**Zebras" in pasted
    assert "• In no article: “Zebras" in told and SOLAR_SENTENCE in place


def test_what_was_checked_is_told() -> None:
    """Where it is not the whole message, and where a line was taken for a source."""
    assert "-# Checked: a block quote of the message." in shown(f"Look:\n> {SOLAR_SENTENCE}")[0]
    assert "-# Checked: the words in quotation marks." in shown(f"Look: “{SOLAR_SENTENCE}”")[0]
    assert shown(f"“{SOLAR_SENTENCE}”\n— Harbour Gazette")[-1] == "-# Taken for a source and not checked: — Harbour Gazette"


def test_many_places_are_counted() -> None:
    """The first with its words, a few by their sources, the others by their number."""
    copies = tuple(replace(SOLAR, id=f"copy-{number}") for number in range(OTHER_PLACES + 4))
    texts = shown(SOLAR_SENTENCE, copies)
    assert texts[0] == f"**Exact: the articles say so letter for letter, in {len(copies)} places.**"
    assert texts[-1].count("\n-# Also in: “") == OTHER_PLACES and texts[-1].endswith("\n-# Also in 3 more")


def test_markup_of_people_and_articles_is_shown_letter_for_letter() -> None:
    """No mention and no link is made of it, neither in the paste nor in the article nor in its source."""
    texts = shown(NOTICE.text.replace("janitor", "@here **mayor**"), (HOSTILE,))
    whole = "\n".join(texts)
    assert escape("@everyone must read") in whole.replace("**", "") and escape("@here") in whole.replace("**", "")
    assert not re.search(r"(?<!\\)(?:@|\[x|\]\((?!<)|<@)", whole)


@pytest.mark.parametrize("letter", ["x", "*", "\n"])
def test_long_texts_fit(letter: str) -> None:
    """Whatever is pasted and whatever the article holds, three messages at most, within Discord's limits."""
    long = Article("long", " ".join(f"{letter * 3}word{number}" for number in range(700)), title="*" * 250)
    texts = shown(long.text[:4000].replace("word3", "term3"), (long, HOSTILE))
    assert len(messages_of(texts, SAY)) <= MOST_MESSAGES


def test_a_passage_too_long_for_discord_is_not_cut() -> None:
    """Its source stands without it."""
    long = Article("long", " ".join(f"word{number}" for number in range(700)), title="Long")
    _, place = shown(long.text[:3900].rsplit(" ", 1)[0], (long,))
    assert place.startswith("*The passage is longer than Discord can show.*\n-# “Long”")


# --- parts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stretches", "block"),
    [
        ([], "> one two\n> three"),
        ([(4, 7)], "> one **two**\n> three"),
        ([(0, 3), (3, 7)], "> **one two**\n> three"),
        ([(3, 9)], "> one **two**\n> **t**hree"),
        ([(3, 4), (7, 8)], "> one two\n> three"),
        ([(-5, 3), (10, 99)], "> **one** two\n> th**ree**"),
        ([(0, 7), (8, 13)], "> one two\n> three"),
    ],
)
def test_stretches_are_bold_where_that_can_be_seen(stretches: list[tuple[int, int]], block: str) -> None:
    """Blanks are not, touching ones are one, no bold runs over a line's end, and nothing is bold where everything would be."""
    assert marked_block("one two\nthree", stretches) == block


def test_lines_are_packed() -> None:
    """As many to a text as fit, none lost."""
    assert packed_lines(["aa", "bb", "cc"], 5) == ["aa\nbb", "cc"] and packed_lines([]) == []


def test_what_finds_no_room_is_counted() -> None:
    """After four messages the others are told by their number."""
    messages = messages_of(["x" * 3000] * 7, SAY)
    assert [len(message) for message in messages] == [1, 1, 1, 2] and messages[-1][-1] == "-# 3 more parts are not shown."
    assert [len(message) for message in messages_of(["x"] * 20, SAY)] == [12, 8]


def test_every_kind_of_difference_has_words() -> None:
    """Added, left out, or replaced."""
    for kind, (quoted, original) in itertools.product(DifferenceKind, [("a", "b"), ("a", ""), ("", "b")]):
        words = difference_words(Difference(kind, quoted, original, None, 0, 1), SAY)
        assert words[0].isupper() and "{" not in words


def test_every_name_of_typography_has_words() -> None:
    """Those that the comparison gives, so that they can be translated."""
    names = [*typography._FEATURES, "forms of letters", "outer quotation marks", "omission signs at the ends"]
    assert typography_words(names, SAY) == names
