"""`bot.figure_wording`: values, times and status as people write them, in four languages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.figure_wording import (
    figure_value,
    number_words,
    period_words,
    short_number,
    short_period,
    status_words,
    unit_name,
    value_words,
    written_value,
)
from bot.wording import wording
from corpus.figures.figure import Bound, Period, Status
from tests.bot.sample_figures import ranged, stored


@pytest.mark.parametrize(
    ("value", "unit", "en", "zh", "de", "es"),
    [
        ("6e11", "CNY", "600 billion yuan", "6000亿元", "600 Milliarden Yuan", "600 mil millones de yuanes"),
        ("757.58e9", "USD", "757.58 billion US dollars", "7575.8亿美元", "757,58 Milliarden US-Dollar", None),
        ("1.2e12", "EUR", "1.2 trillion euros", "1.2万亿欧元", "1,2 Billionen Euro", "1,2 billones de euros"),
        ("17.1", "percent", "17.1%", "17.1%", "17,1\xa0%", "17,1\xa0%"),
        ("4500", "count", "4,500", "4,500", "4.500", "4.500"),
        ("259200", "second", "72 hours", "72小时", "72 Stunden", "72 horas"),
        ("60", "month", "5 years", "5年", "5 Jahre", "5 años"),
        ("5.3e7", "square_metre", "5,300 hectares", "5,300公顷", "5.300 Hektar", "5.300 hectáreas"),
        ("1.59e21", "FLOPS", "1.59 ZFLOPS", "1.59 ZFLOPS", "1,59 ZFLOPS", "1,59 ZFLOPS"),
        ("8.9e17", "byte", "890 PB", "890 PB", "890 PB", "890 PB"),
    ],
)
def test_a_value_in_each_language(value: str, unit: str, en: str, zh: str, de: str, es: str | None) -> None:
    """Number, scale and unit are the language's own."""
    said = {language: value_words(Decimal(value), unit, language) for language in ("en", "zh", "de", "es")}
    assert (said["en"], said["zh"], said["de"]) == (en, zh, de)
    assert es is None or said["es"] == es


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("1800", "second", "30 minutes"),
        ("864000", "second", "10 days"),
        ("1", "second", "1 second"),
        ("18", "month", "18 months"),
        ("5000", "square_metre", "5,000 square meters"),
        ("5e9", "watt", "5 GW"),
        ("1200000", "metre", "1,200 km"),
        ("0.5", "gram", "0.5 g"),
        ("0", "byte", "0 B"),
        ("-5.2", "percent", "-5.2%"),
        ("188.2", "EFLOPS", "188.2 EFLOPS"),
        ("600", "billion CNY", "600 billion CNY"),
    ],
)
def test_the_step_of_a_unit_is_the_one_in_use(value: str, unit: str, words: str) -> None:
    """The largest that leaves a number of one or more, and a whole one where there is one."""
    assert value_words(Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("999999", "999,999"),
        ("1e6", "1 million"),
        ("1729.5e9", "1.7295 trillion"),
        ("0.1882", "0.1882"),
        ("1.59e21", "1.59 × 10^21"),
    ],
)
def test_scales_are_words_from_a_million_on(value: str, words: str) -> None:
    """Below, the digits themselves; beyond trillions, a power of ten."""
    assert number_words(Decimal(value)) == words


def test_a_bound_is_told_in_the_articles_own_word() -> None:
    """ "Close to" is neither "up to" nor "under"; "130-plus" says it itself, and a range needs no bound."""
    close = replace(stored("600", "600", bound=Bound.BELOW, start=9, end=12), sentence="close to 600 firms")
    assert written_value(close) == figure_value(close) == "close to 600"
    assert written_value(stored("130-plus", "130", bound=Bound.ABOVE)) == "130-plus"
    assert figure_value(ranged("60", "70")) == "60% to 70%"


def test_a_bound_in_another_language_than_the_articles_is_the_plain_one() -> None:
    """Where the article's word is of no use to the reader, or stands elsewhere, the sense of it is told."""
    assert [written_value(stored("4,500", bound=bound)) for bound in Bound] == [
        "4,500",
        "over 4,500",
        "under 4,500",
        "about 4,500",
    ]
    close = replace(stored("600", "600", bound=Bound.BELOW, start=9, end=12), sentence="close to 600 firms")
    assert written_value(close, wording("de")) == "fast 600"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, (2024, 9, 30), "by 30 Sep 2024"),
        ((2025, 1, 1), (2025, 12, 31), "2025"),
        ((2025, 1, 1), (2035, 12, 31), "2025–2035"),
        ((2026, 1, 1), (2026, 3, 31), "Q1 2026"),
        ((2024, 2, 1), (2024, 2, 29), "Feb 2024"),
        ((2024, 9, 1), (2024, 9, 1), "1 Sep 2024"),
        ((2024, 9, 3), (2024, 10, 1), "3 Sep 2024 – 1 Oct 2024"),
    ],
)
def test_a_period_is_as_short_as_it_can_be(start: tuple[int, int, int] | None, end: tuple[int, int, int], words: str) -> None:
    """Whole years, quarters and months by their names."""
    assert period_words(Period("…", dt.date(*start) if start else None, dt.date(*end))) == words


def test_what_has_no_day_says_so() -> None:
    """The article's words, or that there are none."""
    assert period_words(None) == "no date given"
    assert period_words(Period("this year", None, None)) == "“this year” (no day known)"


@pytest.mark.parametrize("language", ["en", "zh", "de", "es"])
def test_each_status_has_a_word_of_its_own(language: str) -> None:
    """In every language."""
    assert len({status_words(status, wording(language)) for status in Status}) == 3


@pytest.mark.parametrize(
    ("language", "month", "year", "day"),
    [
        ("en", "by end of Sep 2024", "by end of 2025", "by 15 Mar 2025"),
        ("zh", "截至2024年9月底", "截至2025年底", "截至2025年3月15日"),
        ("de", "bis Ende Sept. 2024", "bis Ende 2025", "bis 15.03.2025"),
        ("es", "hasta finales de sept 2024", "hasta finales de 2025", "hasta el 15 mar 2025"),
    ],
)
def test_a_short_time_names_no_day_that_ends_a_month(language: str, month: str, year: str, day: str) -> None:
    """Nor one that ends a year; a period with a beginning is told as ever."""
    ends = [dt.date(2024, 9, 30), dt.date(2025, 12, 31), dt.date(2025, 3, 15)]
    assert [short_period(Period("", None, end), wording(language)) for end in ends] == [month, year, day]
    whole = Period("", dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert short_period(whole, wording(language)) == period_words(whole, wording(language))
    assert short_period(None) == "no date given"


@pytest.mark.parametrize(
    ("unit", "name"),
    [("CNY", "yuan"), ("EUR", "euros"), ("count", ""), ("percent", ""), ("FLOPS", ""), ("second", ""), ("ratio", "times")],
)
def test_only_a_unit_that_is_a_word_is_parted_from_its_number(unit: str, name: str) -> None:
    """On a chart it stands beside the axis once."""
    assert unit_name(unit) == name


def test_a_number_on_an_axis_is_short() -> None:
    """In the language's own letters."""
    assert [short_number(Decimal(value)) for value in ("1.5e12", "5e8", "4500", "0", "1e21")] == [
        "1.5T",
        "500M",
        "4,500",
        "0",
        "1 × 10^21",
    ]
    assert short_number(Decimal("1.5e12"), "zh") == "1.5万亿"
