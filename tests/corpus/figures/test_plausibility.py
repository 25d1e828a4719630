"""Figures that cannot be right together: shrinking stocks, and forecasts whose growth does not lead to their end."""

import pytest
from sample_figures import figure, period

from corpus.figures.figure import Status
from corpus.figures.relations import implausible

YEAR = period("by the end of 2025", "2025-12-31")
QUARTER = period("as of the first quarter of 2026", "2026-03-31")
DECADE = period("from 2025 to 2035", "2035-12-31", "2025-01-01")
POWER = {"unit": "FLOPS", "subject": "intelligent computing power"}


def rate(value: str, when=DECADE, **more):
    return figure(f"{value}%", value, "percent", "annual growth of the core AI industry", when, status=Status.FORECAST, **more)


def forecast(text: str, value: str, when=DECADE, **more):
    return figure(text, value, when=when, status=Status.FORECAST, **more)


def test_computing_power_that_shrinks_is_pointed_out_in_one_unit():
    """Both values are told in one scale, with the factor between them and the order of magnitude."""
    early = figure("1.59 million PFLOPS", "1.59e21", when=YEAR, **POWER)
    late = figure("188.2 quintillion operations per second", "188.2e18", when=QUARTER, article_id="two", **POWER)
    (finding,) = implausible([late, early])
    assert finding.figures == (early, late)
    assert "1,590 quintillion operations per second" in finding.words
    assert "188.2 quintillion operations per second" in finding.words
    assert "8.4 times less, nearly an order of magnitude" in finding.words


@pytest.mark.parametrize(
    "late",
    [
        figure("2 million PFLOPS", "2e21", when=QUARTER, **POWER),
        figure("0.9 million PFLOPS", "0.9e21", when=QUARTER, **POWER),
        figure("188.2 quintillion", "188.2e18", when=YEAR, **POWER),
        figure("188.2 quintillion", "188.2e18", **POWER),
        figure("188.2 quintillion", "188.2e18", when=QUARTER, place="Beijing", **POWER),
        figure("188.2 quintillion", "188.2e18", when=QUARTER, unit="FLOPS", subject="supercomputer of the university"),
        figure("188.2 quintillion", "188.2e18", when=QUARTER, status=Status.FORECAST, **POWER),
    ],
)
def test_growth_one_date_another_place_or_thing_and_forecasts_are_plausible(late):
    """A rise, a moderate fall, an undated value, another scope and what is only expected raise no alarm."""
    assert implausible([figure("1.59 million PFLOPS", "1.59e21", when=YEAR, **POWER), late]) == []


def test_named_metrics_make_a_series_whatever_the_subjects_say():
    """With metrics told, figures of one metric are compared and those of two are not."""
    early = figure("900", "900", "count", "clusters", YEAR)
    late = figure("90", "90", "count", "what was built", QUARTER)
    assert implausible([early, late]) == []
    assert len(implausible([early, late], ["clusters", "clusters"])) == 1
    assert implausible([early, figure("90", "90", "count", "clusters", QUARTER)], ["clusters", "hubs"]) == []


def test_shares_may_fall():
    """A percentage is no stock."""
    early, late = (figure(f"{value}%", value, "percent", "share", when) for value, when in (("60", YEAR), ("5", QUARTER)))
    assert implausible([early, late]) == []


def test_a_forecast_that_its_growth_rate_misses_is_told_with_the_arithmetic():
    """1.2 trillion at 15.6 percent for ten years make 5.1 trillion, not 1.7; reckoned back, the start would be 406 billion."""
    start = figure("1.2 trillion yuan", "1.2e12", when=period("2025", "2025-12-31", "2025-01-01"), article_id="two")
    end = forecast("1729.5 billion yuan", "1729.5e9")
    (finding,) = implausible([start, end, rate("15.6")])
    assert finding.figures == (rate("15.6"), end, start)
    assert "1.2 trillion yuan (2025) would grow in 10 years to 5.1" in finding.words
    assert "1.7295 trillion yuan takes 3.7 percent a year" in finding.words
    assert "Reckoned back over 10 years, that growth would have begun at 405.83 billion yuan." in finding.words


def test_a_forecast_that_fits_is_left_alone():
    """400 billion at 15.6 percent for ten years are 1.7 trillion."""
    start = figure("405 billion yuan", "4.05e11", when=period("2025", "2025-12-31", "2025-01-01"))
    assert implausible([start, forecast("1729.5 billion yuan", "1729.5e9"), rate("15.6")]) == []


def test_one_start_that_fits_is_enough():
    """Where two articles tell two starts, the forecast may have begun with either."""
    starts = [
        figure(text, value, when=period("2025", "2025-12-31"), article_id=text)
        for text, value in (("400 billion yuan", "4e11"), ("1.2 trillion yuan", "1.2e12"))
    ]
    assert implausible([*starts, forecast("1.7 trillion yuan", "1.7e12"), rate("15.6")]) == []


def test_a_rate_without_a_first_day_starts_from_the_latest_value_of_its_article():
    """ "By 2035, at 15.6 percent a year" begins where the same article's last reported value stands."""
    by_2035 = period("by 2035", "2035-12-31")
    end = forecast("1.7 trillion yuan", "1.7e12", when=by_2035)
    start = figure("600 billion yuan", "6e11", when=period("by September 2024", "2024-09-30"))
    (finding,) = implausible([start, end, rate("15.6", when=None)])
    assert "600 billion yuan (by September 2024) would grow in 11.2 years to 3,06" in finding.words
    elsewhere = figure("600 billion yuan", "6e11", when=period("by September 2024", "2024-09-30"), article_id="two")
    assert implausible([elsewhere, end, rate("15.6", when=by_2035)]) == []


def test_a_percentage_that_is_no_growth_is_no_rate():
    """A share of patents beside a forecast says nothing of its growth."""
    start = figure("1.2 trillion yuan", "1.2e12", when=period("2025", "2025-12-31"))
    share = figure("15.6%", "15.6", "percent", "share of AI patents", DECADE, status=Status.FORECAST)
    assert implausible([start, forecast("1.7 trillion yuan", "1.7e12"), share]) == []


def test_nothing_dated_means_nothing_found():
    """No figures, or none with a day, give an empty list."""
    assert implausible([]) == []
    assert implausible([figure("5", "5"), figure("1", "1")]) == []
