"""What the articles give on a claim, as Discord shows it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from bot.claim_check import Numbers, Passages
from bot.claim_numbers import Comparison, counterpart
from bot.claim_render import claim_texts, message_line
from bot.panels import MOST_MESSAGES, Panel, messages_of
from bot.wording import wording
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Bound, Figure, Status
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, quote_of
from tests.bot.sample_figures import UNRESOLVED, YEAR, ranged, stored

SAY = wording()
NOTHING = Passages((), 0, 1.0)
# What must never be said of a claim, in whatever form.
VERDICT = re.compile(r"\b(?:true|false|correct|incorrect|right|wrong|confirm\w*|refut\w*|debunk\w*|lie|fact|fake)\b", re.I)
TEXT = "They say over 7,800 in all."


def given(**changes: object) -> StoredFigure:
    """The roofs of the sample article, with their sentence and position."""
    start = SOLAR.text.index("7,300")
    place = {"start": start, "end": start + 5, "sentence_start": 0, "sentence_end": len(SOLAR_SENTENCE)}
    return replace(stored(**(place | changes)), sentence=SOLAR_SENTENCE)  # type: ignore[arg-type]


def claimed(text: str = "7,800", value: str = "7800", unit: str = "count", **changes: object) -> Figure:
    """A number of the message."""
    start = TEXT.index("7,800")
    place = {"start": start, "end": start + 5, "sentence_start": 0, "sentence_end": len(TEXT)}
    return stored(text, value, unit, **(place | changes)).figure  # type: ignore[arg-type]


def number_text(figure: Figure, *found: StoredFigure) -> str:
    """What is said about one number."""
    one, *further = [counterpart(figure, each) for each in found]
    return claim_texts(TEXT, Numbers((Comparison(figure, one, tuple(further)),)), NOTHING, SAY)[0]


def test_the_same_figure_is_shown_with_its_sentence() -> None:
    """Letter for letter, the number bold, with source and paragraph."""
    text = number_text(claimed("7,300", "7300"), given())
    assert text == (
        "**The numbers of the message**\n"
        "• **“7,300”** (solar roofs): the articles give the same figure.\n"
        "> The town of Vetluga counted **7,300** solar roofs in April.\n"
        "-# “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶\u00a01 · [open](<https://gazette.example/roofs?page=1"
        "#:~:text=The%20town%20of%20Vetluga%20counted%207%2C300%20solar%20roofs%20in%20April.>)"
    )


def test_a_differing_figure_is_told_by_how_much() -> None:
    """Of what the message says, as amount and share."""
    assert "the articles give **7,300**, 500 (6.4%) less." in number_text(claimed(), given())
    assert "the articles give **7,300**, 300 (4.3%) more." in number_text(claimed("7,000", "7000"), given())


def test_shares_differ_by_percentage_points() -> None:
    """A share of a share misleads."""
    percent = given(unit="percent", text="60%", value="60")
    assert ", 20 percentage points more." in number_text(claimed("40%", "40", "percent"), percent)


def test_a_range_has_no_one_difference() -> None:
    """Both are shown, and nothing is calculated."""
    start = SOLAR.text.index("7,300")
    place = {"start": start, "end": start + 5, "sentence_start": 0, "sentence_end": len(SOLAR_SENTENCE)}
    both = replace(ranged("60", "70", "count", **place), sentence=SOLAR_SENTENCE)
    assert "the articles give **60 to 70**." in number_text(claimed(), both)


def test_the_messages_own_bound_is_shown() -> None:
    """As it was written."""
    assert "• **“over 7,800”** (solar roofs): " in number_text(claimed(bound=Bound.ABOVE), given())


@pytest.mark.parametrize(
    ("figure", "found", "line"),
    [
        (claimed(period=YEAR), given(), "-# Another time: 2025 in the message, by 30 Sep 2024 in the articles."),
        (claimed(period=None), given(), "-# No date in the message; in the articles: by 30 Sep 2024."),
        (claimed(), given(period=None), "-# In the message: by 30 Sep 2024; no date in the articles."),
        (claimed(period=None), given(period=UNRESOLVED), "-# No date in the message, and none in the articles."),
        (claimed(place="Ostrava"), given(), "-# Another place: Ostrava in the message, Vetluga in the articles."),
        (claimed(unit="USD"), given(unit="EUR"), "-# Another unit or currency: the two are not converted into each other."),
        (
            claimed("9,000", "9000", bound=Bound.BELOW),
            given(bound=Bound.ABOVE),
            "-# One of the two gives only a bound, such as “over” or “nearly”; it does not settle the other.",
        ),
        (claimed("7,310", "7310"), given(), "-# Rounded differently: the articles write **7,300**."),
        (claimed(status=Status.TARGET), given(), "-# Worded as target in the message, as reported in the articles."),
    ],
)
def test_what_else_differs_is_told(figure: Figure, found: StoredFigure, line: str) -> None:
    """Each in a line of its own, in small letters."""
    assert line in number_text(figure, found).split("\n")


def test_other_figures_of_the_same_thing_are_told() -> None:
    """With their own sentence, value, time and source."""
    other = replace(given(text="9,100", value="9100", period=YEAR))
    text = number_text(claimed("7,300", "7300", period=None), given(), other)
    assert "-# The articles also give **9,100**, 1,800 (24.7%) more (2025)." in text
    assert text.count("> The town of Vetluga") == 2


def test_a_number_that_the_articles_do_not_give_is_told() -> None:
    """And those that could not be read, or were too many."""
    numbers = Numbers((Comparison(claimed()),), ("7 or 8", "*x*"), 4)
    text = claim_texts(TEXT, numbers, NOTHING, SAY)[0]
    assert text.split("\n") == [
        "**The numbers of the message**",
        "• **“7,800”** (solar roofs): the articles give no such figure.",
        r"-# Not surely read, and not compared: “7 or 8”, “\*x\*”",
        "-# 4 more numbers of the message were not compared.",
    ]


def test_a_message_without_numbers_has_passages_only() -> None:
    """Numbered, each with its source; the first words say what they are."""
    quotes = (quote_of(SOLAR, SOLAR_SENTENCE), quote_of(FERRY))
    first, second = claim_texts(TEXT, Numbers(), Passages(quotes, 2, 1.0), SAY)
    assert first.startswith("**What the articles say on this**\n> **The town") and "**[1]** “Roofs" in first
    assert second.startswith("> ") and "**[2]** brief of “A ferry" in second


def test_passages_that_only_come_near_are_told_so() -> None:
    """They are no support."""
    texts = claim_texts(TEXT, Numbers(), Passages((quote_of(FERRY),), 0, 1.0, cut=True), SAY)
    assert texts[0].startswith("**No passage of the articles is on this.**\n-# Only the beginning of the message was looked up")
    assert "They are not an answer." in texts[0] and "**[1]**" in texts[1]


def test_passages_with_caution_are_told_so() -> None:
    """They may be about something else."""
    text = claim_texts(TEXT, Numbers(), Passages((quote_of(FERRY),), 1, 1.0, caution=True), SAY)[0]
    assert text.split("\n")[1] == "-# These are the closest passages; none may answer exactly."


def test_nothing_found_beside_figures_does_not_deny_them() -> None:
    """Their sentences are passages too."""
    compared = Numbers((Comparison(claimed(), counterpart(claimed(), given())),))
    assert claim_texts(TEXT, compared, NOTHING, SAY)[-1] == "**No other passage is on this.**"


def test_nothing_found_is_a_sentence() -> None:
    """No empty message."""
    assert claim_texts(TEXT, Numbers(), NOTHING, SAY) == ["**No passage of the articles is on this.**"]


def test_the_message_is_named_and_linked() -> None:
    """Its beginning, letter for letter, with no mention or link of its own."""
    line = message_line("@everyone **look** [here](https://x.example)\n" * 20, "https://discord.com/channels/1/2/3", SAY)
    assert line.startswith(r"-# [The message](<https://discord.com/channels/1/2/3>): \@everyone \*\*look") and "\n" not in line
    assert line.endswith("…")


def test_no_verdict_of_truth_is_ever_given() -> None:
    """The same, a difference, or nothing: what follows from it is for the reader to say."""
    numbers = Numbers(
        (
            Comparison(claimed("7,300", "7300"), counterpart(claimed("7,300", "7300"), given())),
            Comparison(claimed(), counterpart(claimed(place="X", period=YEAR, status=Status.TARGET), given())),
            Comparison(claimed()),
        ),
        ("8",),
        1,
    )
    texts = claim_texts(TEXT, numbers, Passages((quote_of(SOLAR),), 1, 1.0, cut=True), SAY)
    assert not VERDICT.search("\n".join(texts))


@pytest.mark.parametrize("letter", ["x", "*"])
def test_hostile_lengths_fit(letter: str) -> None:
    """Whatever an article and a message hold, at most three messages within Discord's limits."""
    many = letter * 500
    long = Article(
        "long", many * 4, title=many, publisher=many, url=f"https://x.example/{letter * 400}", published_on=dt.date(2025, 1, 1)
    )
    figure = replace(given().figure, article_id="long", sentence_end=1500, text=many, subject=many, place=many)
    found = StoredFigure(1, figure, long.text[:1500], long, None, 1.0, ("a", "b"))
    mine = claimed(text=many, subject=many, place=letter * 400 + "y", period=replace(UNRESOLVED, text=many))
    compared = Comparison(mine, counterpart(mine, found), (counterpart(mine, found),))
    numbers = Numbers((compared,) * 4 + (Comparison(mine),) * 4, (many,) * 30, 5)
    texts = claim_texts(TEXT, numbers, Passages((quote_of(long), quote_of(NOTICE)), 2, 1.0), SAY)
    messages = messages_of([message_line(many, "https://discord.com/channels/1/2/3", SAY), *texts], SAY)
    for message in messages:
        Panel(message)
    assert len(messages) <= MOST_MESSAGES
