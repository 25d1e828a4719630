"""The rates of exchange that articles give: said outright ("one dollar is 7.1 yuan"), or as one amount in two currencies.

Invents no rate, joins no two rates into a third, and converts no figure (`bot.figure_conversion` does). Reads the text as it
stands when a rate is asked for; nothing is stored.
"""

import datetime as dt
import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache, lru_cache

from corpus.article import Article, Span
from corpus.chunks import split_article
from corpus.figures.exchange_phrases import Equality, equalities_in
from corpus.figures.figure import Figure, Status
from corpus.figures.periods import period_of
from corpus.figures.status import status_of
from corpus.units import CURRENCIES

# Rates of one year for the same currencies may lie this far apart, besides rounding. The yuan
# moved by less against the dollar in any year since 2005 (yearly averages). Beyond, one of them is misread or misprinted.
APART = Decimal("0.1")
# A rate worked out from "30 billion yuan ($4 billion)" is wrong by up to an eighth; one that is worse than this is no rate.
MOST_ROUNDING = Decimal("0.05")
A_YEAR = dt.timedelta(days=366)  # apart from each other, two rates need not be alike
DIGITS = Context(prec=15)
FEWEST_SHOWN = 3  # digits of an amount that was exchanged
FARTHEST = 80  # code points from one currency to the other, in "the yuan's central parity rate was set at 7.1 per dollar"
KEPT_ARTICLES = 4096  # whose rates are remembered, by text and source, whichever generation they are in
CODES = {name.lower(): code for code, signs, names in CURRENCIES for name in (*signs, *names)} | dict.fromkeys("¥￥", "CNY")


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What an article says that money is worth: `first` of one currency is `second` of the other, at `text[start:end]`."""

    article: Article
    start: int
    end: int
    first: Decimal
    first_unit: str  # ISO 4217, as `second_unit`
    second: Decimal
    second_unit: str
    is_said: bool  # the rate itself; otherwise it follows from an amount that is given in both currencies
    digits: int  # how many of the rate are sure
    on: dt.date | None  # the day it is for: the one that a rate is said for, or the article's

    @property
    def text(self) -> str:
        """The words that give it."""
        return self.article.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where these words stand."""
        return Span(self.article.id, self.start, self.end)

    @property
    def rounding(self) -> Decimal:
        """By which share the second amount may differ from the exact one: 0.012 for "4.2"."""
        lead = self.second.scaleb(-self.second.adjusted())  # 4.2 of 4.2 billion
        return Decimal("0.5").scaleb(1 - self.digits) / lead

    def joins(self, unit: str, target: str) -> bool:
        """Whether it is the rate between two currencies, either way."""
        return {unit, target} == {self.first_unit, self.second_unit}

    def exchanged(self, value: Decimal, unit: str) -> Decimal:
        """An amount of either currency in the other one, to as many digits as the rate has, three at least."""
        share = self.second / self.first if unit == self.first_unit else self.first / self.second
        return Context(prec=max(self.digits, FEWEST_SHOWN)).multiply(value, DIGITS.plus(share))

    def per_one(self) -> tuple[str, Decimal, str]:
        """The rate for 1 of the dearer currency, such as ("USD", 7.14, "CNY")."""
        if self.first >= self.second:
            return self.second_unit, self.exchanged(Decimal(1), self.second_unit), self.first_unit
        return self.first_unit, self.exchanged(Decimal(1), self.first_unit), self.second_unit


@lru_cache(maxsize=KEPT_ARTICLES)
def rates_in(article: Article) -> tuple[ExchangeRate, ...]:
    """The rates that an article gives surely, in order of the text; none of those that contradict most of the others."""
    found = []
    for start, end in _sentences(article):
        sentence = article.text[start:end]
        if _names_two_currencies(sentence):
            found += [_rate(article, (start, end), one) for one in equalities_in(sentence, article.text)]
    sure = [rate for rate in found if rate is not None and rate.rounding <= MOST_ROUNDING]
    return _backed(sure)


def nearest_rate(articles: Iterable[Article], figure: Figure, target: str) -> ExchangeRate | None:
    """The rate by which to exchange a figure into another currency.

    That at which the article itself gives the figure in both; else one of the same article; else of the day nearest to the day
    of the figure's article. Of several, one that is said comes before one that was worked out, then the one with more digits.

    Args:
        articles: the collection, the figure's own article among it.
        target: ISO 4217.
    Returns:
        Nothing where no article gives a rate between the two, or those of one year contradict each other.
    """
    held = list(articles)
    own = next((article for article in held if article.id == figure.article_id), None)
    # "2,999 yuan ($599)" may be a price here and a price there: other articles tell.
    rates = _backed([rate for article in held for rate in rates_in(article) if rate.joins(figure.unit, target)])
    return min(rates, key=lambda rate: _distance(rate, figure, own.published_on if own else None), default=None)


def _distance(rate: ExchangeRate, figure: Figure, day: dt.date | None) -> tuple[bool, bool, int, bool, int, str, int]:
    own = rate.article.id == figure.article_id
    is_twin = own and not rate.is_said and rate.start <= figure.start and figure.end <= rate.end
    days = abs((rate.on - day).days) if rate.on and day else dt.date.max.toordinal()
    return not is_twin, not own, days, not rate.is_said, -rate.digits, rate.article.id, abs(rate.start - figure.start)


def _names_two_currencies(text: str) -> bool:
    """Whether two are named near each other; most paragraphs are told by this, without reading their sentences."""
    found = [(match.start(), CODES[match.group().lower()]) for match in _money().finditer(text)]
    return any(one != other and place - before <= FARTHEST for (before, one), (place, other) in itertools.pairwise(found))


@cache
def _money() -> re.Pattern[str]:
    """Signs and names of currencies; those of letters not within a word."""
    names = sorted(CODES, key=len, reverse=True)
    letters = "|".join(re.escape(name) for name in names if re.fullmatch(r"[a-z. ]+", name))
    others = "|".join(re.escape(name) for name in names if not re.fullmatch(r"[a-z. ]+", name))
    return re.compile(rf"(?<![A-Za-z])(?:{letters})(?![A-Za-z])|{others}", re.I)


def _sentences(article: Article) -> list[tuple[int, int]]:
    """First and last place of each sentence in the paragraphs that name two currencies."""
    found = []
    for paragraph in article.paragraphs():
        text = article.text[paragraph.start : paragraph.end]
        if _names_two_currencies(text):
            spans = [one.span for chunk in split_article(Article(article.id, text)) for one in chunk.sentences]
            found += [(span.start + paragraph.start, span.end + paragraph.start) for span in spans]
    return found


def _rate(article: Article, sentence: tuple[int, int], one: Equality) -> ExchangeRate | None:
    place = one.start + sentence[0], one.end + sentence[0]
    on = article.published_on
    if one.is_rate:
        period = period_of(article, sentence, place)
        if status_of(article, sentence, place, period) is not Status.REPORTED:
            return None  # what a dollar may be worth one day
        on = period.end if period and period.end else on
    return ExchangeRate(
        article, *place, one.first, one.first_unit, one.second, one.second_unit, one.is_rate, one.digits, on
    )  # fmt: skip


def _backed(rates: Sequence[ExchangeRate]) -> tuple[ExchangeRate, ...]:
    return tuple(rate for rate in rates if _is_backed(rate, rates))


def _is_backed(rate: ExchangeRate, rates: Sequence[ExchangeRate]) -> bool:
    """Whether more than half of the rates for these currencies within a year, itself among them, are about the same."""
    rivals = [other for other in rates if other.joins(rate.first_unit, rate.second_unit) and not _are_years_apart(rate, other)]
    return 2 * sum(_agree(rate, other) for other in rivals) > len(rivals)


def _are_years_apart(one: ExchangeRate, other: ExchangeRate) -> bool:
    return bool(one.on and other.on and abs(one.on - other.on) > A_YEAR)


def _agree(one: ExchangeRate, other: ExchangeRate) -> bool:
    first, second = (_share(rate, one.first_unit) for rate in (one, other))
    return abs(first - second) <= (APART + one.rounding + other.rounding) * min(first, second)


def _share(rate: ExchangeRate, unit: str) -> Decimal:
    return rate.second / rate.first if rate.first_unit == unit else rate.first / rate.second
