"""`corpus.figures.exchange_rates`: a rate is what an article says surely; everything near it is passed over."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from corpus.article import Article
from corpus.figures.exchange_rates import ExchangeRate, nearest_rate, rates_in
from corpus.figures.extraction import figures_in
from corpus.figures.figure import Figure

SPRING = dt.date(2025, 3, 4)


def article(text: str, name: str = "one", day: dt.date | None = SPRING) -> Article:
    """An article that is all text."""
    return Article(name, text, published_on=day)


def only_rate(text: str) -> ExchangeRate:
    """The one rate of a text."""
    (rate,) = rates_in(article(text))
    return rate


def money(of: Article, place: int = 0) -> Figure:
    """A figure of an article, by its place in the text."""
    return figures_in(of).figures[place]


@pytest.mark.parametrize(
    ("text", "words", "amount"),
    [
        ("One dollar is 7.1 yuan.", "One dollar is 7.1 yuan", "7.1"),
        ("The desk asked for 7.2 yuan to the dollar.", "7.2 yuan to the dollar", "7.2"),
        ("Its board reads $1 = ¥7.1.", "$1 = ¥7.1", "7.1"),
        ("The bank sold notes at 7.1 yuan per dollar.", "7.1 yuan per dollar", "7.1"),
        ("The exchange rate was 7.1 yuan for one dollar.", "7.1 yuan for one dollar", "7.1"),
        ("The yuan traded at 7.12 to the dollar on Monday.", "7.12 to the dollar", "7.12"),
        ("The dollar rose to 7.3 yuan.", "The dollar rose to 7.3 yuan", "7.3"),
        ("One dollar was worth 7.21 yuan at the close.", "One dollar was worth 7.21 yuan", "7.21"),
        ("1美元约合7.1元。", "1美元约合7.1元", "7.1"),
        ("人民币对美元汇率为7.12。", "人民币对美元汇率为7.12", "7.12"),
        ("人民币兑美元中间价报7.1205元。", "人民币兑美元中间价报7.1205元", "7.1205"),
    ],
)
def test_a_rate_that_is_said(text: str, words: str, amount: str) -> None:
    """Yuan for a dollar, however it is put; the words are cut from the article."""
    rate = only_rate(text)
    assert (rate.text, rate.is_said) == (words, True)
    assert rate.article.quote(rate.span) == words
    assert rate.per_one() == ("USD", Decimal(amount), "CNY")


@pytest.mark.parametrize(
    ("text", "words", "per_one"),
    [
        ("The fund holds 30 billion yuan ($4.2 billion).", "30 billion yuan ($4.2 billion)", ("USD", "7.14", "CNY")),
        ("A 30-billion-yuan ($4.2-billion) fund opened.", "30-billion-yuan ($4.2-billion)", ("USD", "7.14", "CNY")),
        (
            "Sales came to about 84 billion yuan, or 11.7 billion U.S. dollars, last year.",
            "84 billion yuan, or 11.7 billion U.S. dollars",
            ("USD", "7.18", "CNY"),
        ),
        ("Ships took $4.21 billion (30.1 billion yuan).", "$4.21 billion (30.1 billion yuan)", ("USD", "7.15", "CNY")),
        ("It costs HK$10 million (US$1.28 million).", "HK$10 million (US$1.28 million)", ("USD", "7.81", "HKD")),
        (
            "It paid 280 million yuan ($39 million at the current exchange rate).",
            "280 million yuan ($39 million at the current exchange rate)",
            ("USD", "7.18", "CNY"),
        ),
        ("规模达到300亿元（约合42亿美元）。", "300亿元（约合42亿美元）", ("USD", "7.14", "CNY")),
        ("规模达到300亿元，约合42亿美元。", "300亿元，约合42亿美元", ("USD", "7.14", "CNY")),
    ],
)
def test_an_amount_in_two_currencies_is_a_rate(text: str, words: str, per_one: tuple[str, str, str]) -> None:
    """Where the second amount is put in brackets or behind "or", it is the first one again."""
    rate = only_rate(text)
    assert (rate.text, rate.is_said) == (words, False)
    assert rate.per_one() == (per_one[0], Decimal(per_one[1]), per_one[2])


@pytest.mark.parametrize(
    "text",
    [
        "The kiosk earns 0.3 yuan per dollar of sales.",
        "He paid 7 yuan a dollar.",
        "The yuan lost 0.3 yuan against the dollar.",
        "The yuan rose by 0.05 yuan to the dollar.",
        "The yuan was weaker than 7.3 yuan to the dollar.",
        "The dollar fell 0.3 yuan.",
        "Analysts expect 7.5 yuan to the dollar by 2030.",
        "If one dollar were 10 yuan, tourists would come.",
        "One dollar is not 7.1 yuan.",
        "1美元不是7.1元。",
        "Each dollar buys 7.1 yuan of goods.",
        "The Jamaican dollar was worth 0.05 yuan.",
        "Prices fell from $1 to 7 yuan.",
        "Sales rose from 30 billion yuan to $4.2 billion.",
        "The port took 30 billion yuan and $4.2 billion.",
        "A ticket costs 100 yuan or 14 dollars.",
        "Profit was 30 billion yuan (up $4.2 billion from 2023).",
        "Revenue was 30 billion yuan ($3.9 billion a year earlier).",
        "The city spent 300 million yuan, or 21 dollars per person.",
        "The bridge cost 30 billion yuan, or 21 dollars more than planned.",
        "The fund has 30 billion yuan (of which $4.2 billion abroad).",
        "The fund has 30 billion yuan (more than $4.2 billion).",
        "It was 40 to 50 billion yuan ($6.3 billion).",
        "The quay is 30 metres (98 feet) long and cost 30 million yuan.",
    ],
)
def test_what_only_looks_like_a_rate_is_none(text: str) -> None:
    """A price, a change, a bound, a wish, a guess, a choice and two different amounts say nothing of exchange."""
    assert rates_in(article(text)) == ()


def test_a_coarsely_rounded_amount_gives_no_rate() -> None:
    """From "$4 billion" a rate could be off by an eighth; "$4.0 billion" is near enough."""
    assert rates_in(article("The bridge cost 30 billion yuan ($4 billion).")) == ()
    assert only_rate("The bridge cost 30 billion yuan ($4.2 billion).").digits == 2


def test_rates_that_contradict_each_other_are_dropped() -> None:
    """Of two that cannot both be right neither is taken; beside two that agree, the third is dropped."""
    first, second = "The port took 30 billion yuan ($4.2 billion).", "The quay took 60 billion yuan ($8.4 billion)."
    wrong = "The fort took 30 billion yuan ($9.1 billion)."
    assert rates_in(article(f"{first} {wrong}")) == ()
    kept = [rate.text for rate in rates_in(article(f"{first} {wrong} {second}"))]
    assert kept == ["30 billion yuan ($4.2 billion)", "60 billion yuan ($8.4 billion)"]


def test_rates_of_different_years_do_not_contradict() -> None:
    """A rate is for the time that its sentence names, and otherwise for the article's day."""
    old, new = rates_in(article("At the end of 1994 one dollar was worth 8.5 yuan. Now one dollar is worth 7.1 yuan."))
    assert (old.on, new.on) == (dt.date(1994, 12, 31), SPRING)


def test_amounts_are_exchanged_either_way_without_false_digits() -> None:
    """As many digits as the rate has, three at least."""
    rate = only_rate("The fund holds 30 billion yuan ($4.2 billion).")
    assert rate.exchanged(Decimal(600 * 10**9), "CNY") == 84 * 10**9
    assert rate.exchanged(Decimal(1_234_567), "USD") == 8_820_000
    assert only_rate("人民币兑美元中间价报7.1205元。").exchanged(Decimal(1000), "USD") == Decimal("7120.5")


def test_the_articles_own_amount_comes_first_then_its_own_rate_then_the_nearest_day() -> None:
    """A figure is exchanged by what stands nearest to it."""
    own = article("The hall has 30 billion yuan ($4.2 billion). One dollar is 7.3 yuan. The quay has 50 billion yuan.", "own")
    near = article("One dollar is 7.2 yuan.", "near", dt.date(2025, 3, 1))
    far = article("One dollar is 6.9 yuan.", "far", dt.date(2023, 1, 1))
    undated = article("One dollar is 6.8 yuan.", "undated", None)
    without = article("The fort has 20 billion yuan.", "without")
    every = [far, near, own, undated, without]
    twin = nearest_rate(every, money(own), "USD")
    assert twin is not None
    assert twin.text == "30 billion yuan ($4.2 billion)"
    said = nearest_rate(every, money(own, -1), "USD")
    assert said is not None
    assert said.text == "One dollar is 7.3 yuan"
    chosen = [nearest_rate(some, money(without), "USD") for some in ([far, near, undated, without], [undated, far, without])]
    assert [rate.article.id for rate in chosen if rate] == ["near", "far"]
    assert nearest_rate([undated, without], money(without), "USD") is not None


def test_articles_of_one_year_that_contradict_each_other_are_not_followed() -> None:
    """What looks like an amount in two currencies may be two prices; a third article tells, and without it nothing is sure."""
    phone = article("The phone sells at 2,999 yuan (US$599).", "phone")
    other, third = article("One dollar is 7.2 yuan.", "other"), article("$1 = RMB 7.1.", "third")
    assert rates_in(phone)
    assert nearest_rate([phone, other], money(phone), "USD") is None
    chosen = nearest_rate([phone, other, third], money(phone), "USD")
    assert chosen is not None
    assert chosen.article.id in ("other", "third")
    years_ago = article("One dollar is 8.2 yuan.", "years", dt.date(2005, 1, 1))
    assert nearest_rate([phone, other, third, years_ago], money(phone), "USD") == chosen


def test_without_a_rate_between_the_two_there_is_none() -> None:
    """Rates are neither joined nor guessed."""
    one = article("One euro is 1.08 dollars. One dollar is 7.1 yuan. The quay has 50 billion yuan.")
    assert nearest_rate([one], money(one, -1), "EUR") is None
    assert nearest_rate([], money(one, -1), "USD") is None


def test_reading_rates_leaves_the_figures_as_they_are() -> None:
    """Both amounts stay figures of their own."""
    text = article("The fund holds 30 billion yuan ($4.2 billion).")
    assert rates_in(text)
    assert [figure.unit for figure in figures_in(text).figures] == ["CNY", "USD"]
