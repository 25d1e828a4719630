"""A message's numbers beside the articles' figures."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.claim_numbers import Aspect, Comparison, Standing, compare_numbers, counterpart, english_place
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.extraction import figures_in
from corpus.figures.figure import Bound, Figure, Period, Status
from tests.bot.sample_figures import AUTUMN, UNRESOLVED, YEAR, ranged, stored
from tests.fake_encoder import FakeEncoder

ROOFS = Metric("solar-roofs", "Number of solar roofs", {"zh": "太阳能屋顶数量"}, ("solar roofs",), "count")
MARKET = Metric("roof-market", "Market for solar roofs", {}, ("roof market",), "EUR")
WRITTEN_ON = dt.date(2026, 3, 1)
OLD = Period("in 2023", dt.date(2023, 1, 1), dt.date(2023, 12, 31))


def figures_of(text: str, identifier: str = "message") -> tuple[Article, tuple[Figure, ...]]:
    """The figures of a text of one's own."""
    article = Article(identifier, text, published_on=WRITTEN_ON)
    return article, figures_in(article).figures


def stored_from(text: str, metric: str | None = None, identifier: str = "source") -> StoredFigure:
    """The first figure of an article with this text."""
    article, (figure, *_) = figures_of(text, identifier)
    return StoredFigure(1, figure, text[figure.sentence_start : figure.sentence_end], article, metric, 1.0, ())


def compared(message: str, *figures: StoredFigure, metrics: tuple[Metric, ...] = (ROOFS, MARKET)) -> list[Comparison]:
    """What a message's numbers are compared with."""
    claim, found = figures_of(message)
    return compare_numbers(claim, found, figures, metrics, FakeEncoder())


def aspects_of(claimed: StoredFigure, other: StoredFigure) -> set[Aspect]:
    """What two figures do not share."""
    return set(counterpart(claimed.figure, other).aspects)


# --- two figures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claimed", "given", "found"),
    [
        (stored(), stored(), set()),
        (stored(), stored("7,800", "7800"), {Aspect.VALUE}),
        (stored("7.3 million", "7300000"), stored("7.34 million", "7340000"), {Aspect.ROUNDED}),
        (stored("1%", "1", "percent"), stored("2%", "2", "percent"), {Aspect.VALUE}),
        (stored("2 trillion", "2000000000000"), stored("1.7 trillion", "1700000000000"), {Aspect.VALUE}),
        (stored(bound=Bound.ABOVE), stored(), set()),
        (stored(bound=Bound.ABOVE), stored(bound=Bound.BELOW), {Aspect.BOUND}),
        (stored(bound=Bound.ABOVE), stored("9,000", "9000"), {Aspect.VALUE}),
        (stored(bound=Bound.ABOVE), stored("9,000", "9000", bound=Bound.BELOW), {Aspect.BOUND}),
        (stored(bound=Bound.ABOVE), stored("7,000", "7000"), {Aspect.VALUE}),
        (stored(), stored(unit="EUR"), {Aspect.UNIT}),
        (stored(), stored(place="Ostrava"), {Aspect.PLACE}),
        (stored(place=None), stored(place="Ostrava"), set()),
        (stored(), stored(period=YEAR), {Aspect.DATE}),
        (stored(), stored(period=None), {Aspect.UNDATED}),
        (stored(period=UNRESOLVED), stored(), {Aspect.UNDATED}),
        (stored(), stored(status=Status.TARGET), {Aspect.STATUS}),
        (stored(), stored("9,000", "9000", period=YEAR, place="Ostrava"), {Aspect.VALUE, Aspect.DATE, Aspect.PLACE}),
        (ranged("5", "10"), ranged("5", "10"), set()),
    ],
)
def test_what_two_figures_do_not_share(claimed: StoredFigure, given: StoredFigure, found: set[Aspect]) -> None:
    """Value, bound, unit, place, date and status are told apart; a first digit alone makes no two numbers one."""
    assert aspects_of(claimed, given) == found


def test_a_bound_that_rules_out_is_a_difference() -> None:
    """ "Over 9,000" contradicts 7,300, while "nearly 9,000" beside "over 7,300" leaves both room."""
    over = stored("9,000", "9000", bound=Bound.ABOVE)
    assert aspects_of(over, stored()) == {Aspect.VALUE}
    assert counterpart(over.figure, stored()).differs


@pytest.mark.parametrize(
    ("place", "english"), [("中国", "China"), ("China", "China"), ("德国", "Germany"), ("维特卢加", None), (None, None)]
)
def test_chinese_countries_are_the_same_places(place: str | None, english: str | None) -> None:
    """A message in Chinese speaks of the same country; of a town whose name nobody can compare nothing is said."""
    assert english_place(place) == english
    germany = stored(place="Germany")
    other = replace(germany.figure, place=place)
    assert (Aspect.PLACE in counterpart(other, germany).aspects) == (english == "China")


# --- a message ---------------------------------------------------------------------------------------------------------

COUNTED = "By the end of 2024 the number of solar roofs in Vetluga was 9,100."
BEFORE = "By the end of 2023 the number of solar roofs in Vetluga was 7,300."


def test_a_number_of_a_metric_is_compared_with_its_figures() -> None:
    """By what is measured, not by the words; the figure of the same date comes first."""
    figures = (stored_from(BEFORE, "solar-roofs"), stored_from(COUNTED, "solar-roofs"))
    (same,) = compared("At the end of 2024 the number of solar roofs in Vetluga was 9,100.", *figures)
    assert same.standing is Standing.SAME and same.found is not None and same.found.stored is figures[1]
    (other,) = compared("At the end of 2024 the number of solar roofs in Vetluga was 9,900.", *figures)
    assert other.standing is Standing.DIFFERS and other.found is not None
    assert other.found.stored is figures[1] and other.found.aspects == {Aspect.VALUE}


def test_another_date_is_told() -> None:
    """The same value of another year is not the same figure."""
    (one,) = compared("By the end of 2022 the number of solar roofs in Vetluga was 7,300.", stored_from(BEFORE, "solar-roofs"))
    assert one.standing is Standing.DIFFERS and one.found is not None and one.found.aspects == {Aspect.DATE}


def test_a_message_without_a_date_meets_its_value_and_hears_of_newer_ones() -> None:
    """The figure that it gives is there, and so is a newer one that differs; an older one does not matter."""
    old, new = stored_from(BEFORE, "solar-roofs"), stored_from(COUNTED, "solar-roofs")
    (one,) = compared("The number of solar roofs in Vetluga is 7,300.", new, old)
    assert one.standing is Standing.SAME and one.found is not None and one.found.stored is old
    assert [other.stored for other in one.further] == [new]
    (other,) = compared("The number of solar roofs in Vetluga is 9,100.", new, old)
    assert other.standing is Standing.SAME and other.further == ()


def test_a_message_without_a_date_and_value_of_ours_meets_the_newest() -> None:
    """What the articles say last is what a reader wants beside it."""
    figures = (stored_from(BEFORE, "solar-roofs"), stored_from(COUNTED, "solar-roofs"))
    (one,) = compared("The number of solar roofs in Vetluga is 5,000.", *figures)
    assert one.standing is Standing.DIFFERS and one.found is not None and one.found.stored is figures[1]


def test_sources_that_disagree_are_both_told() -> None:
    """Where one article agrees and another does not, for the same date, both are shown."""
    agreeing = stored_from(COUNTED, "solar-roofs")
    against = stored_from(COUNTED.replace("9,100", "8,000"), "solar-roofs", "another")
    (one,) = compared(COUNTED, agreeing, against)
    assert one.standing is Standing.SAME and [other.stored for other in one.further] == [against]


def test_what_no_metric_names_is_matched_by_its_words() -> None:
    """The same thing in the same unit; another thing that shares the number is not compared."""
    goats = stored_from("The herd of mountain goats in Ostrava had 310 mountain goats in 2024.")
    (same,) = compared("In 2024 the herd of mountain goats in Ostrava had 310 mountain goats.", goats)
    assert same.standing is Standing.SAME
    (strange,) = compared("The choir of Ostrava sold 310 tickets in 2024.", goats)
    assert strange.standing is Standing.NO_FIGURE and strange.found is None and strange.further == ()


def test_a_metric_without_figures_has_none() -> None:
    """Figures of another metric are not put in its place."""
    (one,) = compared("The number of solar roofs in Vetluga is 7,300.", stored_from(BEFORE, "roof-market"))
    assert one.standing is Standing.NO_FIGURE


def test_money_in_another_currency_is_told_and_not_converted() -> None:
    """The unit differs, and values are not compared."""
    euros = stored_from("In 2024 the market for solar roofs was worth 30 million euros.", "roof-market")
    (one,) = compared("In 2024 the market for solar roofs was worth 30 million dollars.", euros)
    assert one.standing is Standing.DIFFERS and one.found is not None
    assert Aspect.UNIT in one.found.aspects and Aspect.VALUE not in one.found.aspects


def test_only_metrics_of_fitting_units_are_encoded() -> None:
    """A message with a count asks for no vector of a market's name."""
    encoder = FakeEncoder()
    claim, found = figures_of("The number of solar roofs in Vetluga is 7,300.")
    compare_numbers(claim, found, [], (ROOFS, MARKET), encoder)
    assert "Number of solar roofs" in encoder.encoded and "Market for solar roofs" not in encoder.encoded


def test_each_number_of_a_message_has_its_own_comparison() -> None:
    """In the message's order."""
    found = compared(f"{COUNTED} Another 310 goats sing.", stored_from(COUNTED, "solar-roofs"))
    assert [one.claimed.value for one in found] == [Decimal(9100), Decimal(310)]
    assert [one.standing for one in found] == [Standing.SAME, Standing.NO_FIGURE]


def test_autumn_is_its_own_time() -> None:
    """Two times that end on different days differ, whatever their words."""
    assert Aspect.DATE in counterpart(stored(period=AUTUMN).figure, stored(period=OLD)).aspects
