"""Codes of currencies, steps of time, points of percentages, what people would do, and who says nothing."""

import pytest

from corpus.article import Article
from corpus.figures.extraction import figures_in
from corpus.figures.figure import ARTICLE, Status
from corpus.units import CODES


def read(text: str) -> list[tuple[str, float, str]]:
    """The figures of a text as written, with value and unit."""
    return [(figure.text, float(figure.value), figure.unit) for figure in figures_in(Article("a", text)).figures]


@pytest.mark.parametrize("code", CODES)
def test_a_currency_s_code_is_no_name(code: str) -> None:
    """Without a scale word, too: "NOK 83" is money, as "USD 83" is; "Kestrel 83" is a name."""
    ((text, value, _),) = read(f"The farmer was paid {code} 83 per crate.")
    assert (text, value) == (f"{code} 83", 83)
    assert read("The farmer bought a Kestrel 83.") == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("The walker needed two hours and 31 minutes.", [("two hours and 31 minutes", 9060, "second")]),
        ("The walker needed 2 hours 5 minutes.", [("2 hours 5 minutes", 7500, "second")]),
        ("The case took three years and two months.", [("three years and two months", 38, "month")]),
        ("The drill runs 30 minutes and two hours.", [("30 minutes", 1800, "second"), ("two hours", 7200, "second")]),
        ("He swims 5 km and 400 metres.", [("5 km", 5000, "metre"), ("400 metres", 400, "metre")]),
    ],
)
def test_a_time_told_in_steps_is_one(text: str, figures: list[tuple[str, float, str]]) -> None:
    """From the larger unit down; lengths in a list stay apart."""
    assert read(text) == figures


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Vacancy hit 19.8 percent in June, up 2.6 points on the quarter.", ("2.6 points", 2.6, "percentage point")),
        ("Trust stood at 43%, four points lower than in May.", ("four points", 4, "percentage point")),
        ("The index of Oslo rose 0.4 percent, or 12 points.", ("12", 12, "count")),
        ("The team won 60 percent of its games and 12 points.", ("12", 12, "count")),
    ],
)
def test_points_of_a_percentage(text: str, last: tuple[str, float, str]) -> None:
    """Behind a percentage a change in points is in percentage points; points of an index or a game are counted."""
    assert read(text)[-1] == last


def test_small_parts_have_values() -> None:
    """A twentieth is 5 percent."""
    assert read("It draws one-twentieth of what a lamp needs.") == [("one-twentieth", 5, "percent")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A poll finds that 67% would ban phones.", Status.REPORTED),
        ("A poll finds that 67 percent of parents would not let robots cook.", Status.REPORTED),
        ("Output would rise by 67 percent.", Status.FORECAST),
    ],
)
def test_what_people_would_do_is_counted(text: str, status: Status) -> None:
    """It is what they say today."""
    (figure,) = figures_in(Article("a", text)).figures
    assert figure.status is status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Close to 900 clerks in Cebu were told on Monday that a robot would take over.", ARTICLE),
        ("The mill raised its spending to 38 million euros, citing orders from four Swedish yards.", ARTICLE),
        ("The mill raised its spending to 38 million euros, citing officials in Oslo.", "officials"),
        ("The farms used 62 tonnes of seed last year, the Ormen Water Forum, a think tank, estimates.", "Ormen Water Forum"),
    ],
)
def test_who_says_nothing_is_no_speaker(text: str, speaker: str) -> None:
    """Who is told, and what is cited as a reason; a name with a description behind it is the name."""
    assert figures_in(Article("a", text)).figures[0].speaker == speaker


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("The train runs at 90 kilometers per hour.", 25, "metre / second"),
        ("The train runs at 90 km/h.", 25, "metre / second"),
        ("The gale blew at 100 mph.", 44.704, "metre / second"),
        ("The lift climbs 12 metres a second.", 12, "metre / second"),
        ("The link carries 100 gigabits per second.", 1e11, "bit / second"),
        ("The link carries 100 Gbps.", 1e11, "bit / second"),
        ("The chip moves 3.2 terabytes per second.", 3.2e12, "byte / second"),
        ("The chip measures 118 square millimeters.", 118e-6, "square_metre"),
        ("China shipped 21,800 tons of beans.", 21800e6, "gram"),
    ],
)
def test_speeds_and_rates_of_data(text: str, value: float, unit: str) -> None:
    """Also in American spelling; tons are metric in an article on China, and left out in any other."""
    ((_, read_value, read_unit),) = read(text)
    assert (read_value, read_unit) == (pytest.approx(value), unit)
    assert read("They shipped 21,800 tons of beans.") == []
