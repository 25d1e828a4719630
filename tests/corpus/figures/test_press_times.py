"""Times of newspapers: years that end in March, "a year earlier", a March to come, and verbs that part a time from a number."""

import datetime as dt

import pytest

from corpus.article import Article
from corpus.chunks import sentences_of
from corpus.figures.periods import period_of
from corpus.figures.trailing_periods import trailing_days

PUBLISHED = dt.date(2025, 11, 18)  # a Tuesday


def days(text: str, number: str) -> tuple[str, str] | None:
    """First and last day of a number's period as ISO dates, empty where open; nothing where there is no period."""
    article = Article("a", text, published_on=PUBLISHED)
    place = text.index(number)
    spans = [s.span for part in article.paragraphs() for s in sentences_of(article, part)]
    (found,) = [span for span in spans if span.start <= place < span.end]
    period = period_of(article, (found.start, found.end), (place, place + len(number)))
    return (str(period.start or ""), str(period.end or "")) if period else None


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Profit rose 12% in the year to March 2025.", "12%", ("2024-04-01", "2025-03-31")),
        ("It flew 16 million people in the six months to September.", "16 million", ("2025-04-01", "2025-09-30")),
        ("For the three months ended June 30, it lost $9 million.", "$9 million", ("2025-04-01", "2025-06-30")),
        ("Sales fell 8% in the quarter to December 2024.", "8%", ("2024-10-01", "2024-12-31")),
        ("In the 12 months to 15 May, 40 ships came.", "40", ("2024-05-16", "2025-05-15")),
        ("In the year to June, a third left.", "a third", ("2024-07-01", "2025-06-30")),
    ],
)
def test_a_stretch_is_counted_back_from_its_end(text, number, expected):
    """ "The year to March" are the twelve months that end with it."""
    assert days(text, number) == expected


def test_a_stretch_without_a_known_year_has_no_days():
    """Only the day of publication would tell which September; other words tell no stretch at all."""
    assert trailing_days("the six months to September", None) == (None, None)
    assert trailing_days("by September", PUBLISHED) is None


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("The council will close seven schools by the end of March.", "seven", ("", "2026-03-31")),
        ("The council closed seven schools by the end of March.", "seven", ("", "2025-03-31")),
        ("Fares to rise 4.6% in January", "4.6%", ("2026-01-01", "2026-01-31")),
        ("In January the fare will rise to 40 euros.", "40 euros", ("2026-01-01", "2026-01-31")),
        ("The bridge with 60 lamps is to open in May.", "60", ("2026-05-01", "2026-05-31")),
        ("The firm has until 31 March to pay 12 workers.", "12", ("", "2026-03-31")),
        ("It expects to hire 300 people in the second quarter.", "300", ("2026-04-01", "2026-06-30")),
        ("It hired 300 people in the second quarter.", "300", ("2025-04-01", "2025-06-30")),
        ("Some 80 boats will race on Friday.", "80", ("2025-11-21", "2025-11-21")),
        ("Some 80 boats raced on Friday.", "80", ("2025-11-14", "2025-11-14")),
    ],
)
def test_a_time_without_a_year_follows_its_verb(text, number, expected):
    """What will happen in March happens next March, what happened did so last March."""
    assert days(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Canada took in 395 people in 2024, compared with 483 a year earlier.", "483", ("2023-01-01", "2023-12-31")),
        ("One in four beds was empty in July. A year earlier it had been one in nine.", "one in nine",
         ("2024-07-01", "2024-07-31")),
        ("Tea exports fell to 522 tonnes in 2024 from 594 tonnes the year before.", "594 tonnes", ("2023-01-01", "2023-12-31")),
        ("It sold 40 ships in 2023, and 30 the previous year.", "30", ("2022-01-01", "2022-12-31")),
        ("Sales were 7 percent higher than a year earlier in May.", "7 percent", ("2025-05-01", "2025-05-31")),
        ("The rate was 5 percent, against 4 percent a year earlier.", "4 percent", None),
        ("It lost $8 million, or 20 cents a share, in 2024, against a profit of $5 million, or 12 cents a share, a year earlier.",
         "$5 million", ("2023-01-01", "2023-12-31")),
        ("The rate fell to 4% in May, from 5% in April and 7% a year earlier.", "7%", ("2024-05-01", "2024-05-31")),
        ("The lake was 60% full on 2 May, compared with 80% on the same day last year.", "80%", ("2024-05-02", "2024-05-02")),
        ("It sold 40 cars in June 2025, against 80 in the same month of 2019.", "80", ("2019-06-01", "2019-06-30")),
        ("The rate fell to 4% in the second quarter from 5% in the first, a survey shows.", "5%", ("2025-01-01", "2025-03-31")),
        ("The rate rose to 4% in the first quarter of 2025 from 3% in the fourth.", "3%", ("2024-10-01", "2024-12-31")),
    ],
)  # fmt: skip
def test_a_year_earlier_is_counted_from_the_other_number(text, number, expected):
    """The time it is counted from is the sentence's, or that of the sentence before; unknown, there is none."""
    assert days(text, number) == expected


def test_a_yearly_rate_spans_the_years_of_its_change():
    """ "From 8 in 2025 to 87 in 2030, a compound annual growth rate of 60%" is a rate of both years and those between."""
    text = "It will grow from 8 billion yuan in 2025 to 87 billion yuan in 2030, a compound annual growth rate of 60.4 percent."
    assert days(text, "60.4 percent") == ("2025-01-01", "2030-12-31")
    assert days(text, "87 billion yuan") == ("2030-01-01", "2030-12-31")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The fund opened in May 2024 with 40 staff, more than its two rivals had together.", "two"),
        ("Debt fell to $3 million at the end of June, said Marc Roy, who added that its 640 shops paid.", "640"),
        ("Peru will be short of 570 nurses by 2040, and subsidises up to 12 of them.", "12"),
        ("The rules, issued by four ministries, apply from May 2024.", "four"),
        ("Inflation eased to 2.9% in May from 3.1%.", "3.1%"),
        ("It is the lowest since 2020 and its slowest pace in four years.", "four years"),
        ("The £2 million scheme, due to open in 2029, is late.", "£2 million"),
        ("Rents are up 11% on the year and 94% since 2015.", "11%"),
        ("The £6 million deal, announced in May, is dear.", "£6 million"),
        ("Sales reached 11, twice those of 2019.", "11"),
        ("Holders of 92% of the bond due 2031 agreed.", "92%"),
        ("It pays 14 euros an hour, up from 11 euros in 2024, and half of them stay.", "half"),
        ("Profit will reach 38 yen, 5 yen less than it predicted in October.", "5 yen"),
        ("The 90-square-metre flat cost more in 2025.", "90-square-metre"),
    ],
)
def test_a_time_of_something_else_is_passed_over(text, number):
    """A verb of its own, a comparison or an aside parts a number from a time."""
    assert days(text, number) is None


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Mistral, the model developer, raised 17 million euros in May 2025, a round that valued it at 90 million euros.",
         "90 million euros", ("2025-05-01", "2025-05-31")),
        ("Fees were raised by 12, 9 and 7 percent respectively in January.", "12", ("2025-01-01", "2025-01-31")),
        ("Texas (with 5 plants in 2023) sold a tenth in August.", "a tenth", ("2025-08-01", "2025-08-31")),
        ("Between 1990 and 2020 the lake lost two-thirds of its water.", "two-thirds", ("1990-01-01", "2020-12-31")),
        ("The index fell 2.1 percent, or 512 points, to 23,880 on Monday.", "2.1 percent", ("2025-11-17", "2025-11-17")),
        ("Output grew three times in 2024.", "three times", ("2024-01-01", "2024-12-31")),
        ("It made 9 boats, down from 12 in 2023, when 40 welders left.", "40", ("2023-01-01", "2023-12-31")),
        ("Sales grew between 2019 and 2023, when they reached $8 million.", "$8 million", ("2023-01-01", "2023-12-31")),
        ("Tea fell to $9 a kilo in 2024, 8% below the 2023 level.", "8%", ("2024-01-01", "2024-12-31")),
        ("The price was $9 in June, or 6% off its peak in 2021.", "6%", ("2025-06-01", "2025-06-30")),
        ("The gap fell to 12 tonnes in May from 15 tonnes in April as imports rose 14%.", "14%", ("2025-05-01", "2025-05-31")),
        ("Rail carried 61 people in the fourth quarter of 2024, a 17-percent rise.", "17-percent", ("2024-10-01", "2024-12-31")),
        ("Kestrel's third-quarter sales rose 9%.", "9%", ("2025-07-01", "2025-09-30")),
        ("It sold 40 boats in the first nine months.", "40", ("2025-01-01", "2025-09-30")),
        ("Over the 14th Five-Year Plan period it trained 40 cooks.", "40", ("2021-01-01", "2025-12-31")),
        ("By the end of the 15th Five-Year Plan it wants 40 cooks.", "40", ("", "2030-12-31")),
        ("Prices rose 9% in July-September.", "9%", ("2025-07-01", "2025-09-30")),
        ("It spent $94 million in 2023 and 2024 together.", "$94 million", ("2023-01-01", "2024-12-31")),
        ("It expects 45 boats for the full year.", "45", ("2025-01-01", "2025-12-31")),
        ("It wants 45 boats by year-end.", "45", ("", "2025-12-31")),
        ("前三季度全市造船40艘。", "40", ("2025-01-01", "2025-09-30")),
        ("2024年前九个月造船40艘。", "40", ("2024-01-01", "2024-09-30")),
        ("In the first half 9% left, against 2.1% in 2019.", "9%", ("2025-01-01", "2025-06-30")),
        ("Some 26 visas were issued in May, of which 14 went to cooks.", "14", ("2025-05-01", "2025-05-31")),
        ("It sold 34 cars last week, 9% less than the week before, at an average of $272.", "$272", ("2025-11-10", "2025-11-16")),
        ("Investors drew $32 million in the week to 4 November.", "$32 million", ("2025-10-29", "2025-11-04")),
    ],
)  # fmt: skip
def test_a_time_reaches_the_numbers_of_its_own_clause(text, number, expected):
    """An apposition, a list and a year in brackets do not part a number from its time."""
    assert days(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("It sold 90 boats in 2025, up 6 percent on 2024.", "6 percent", ("2025-01-01", "2025-12-31")),
        ("It earned 9 million euros in 2025, three times what it took in 2019.", "three times", ("2025-01-01", "2025-12-31")),
        ("It sold 40 cars in June, 9% fewer than in the same month of last year.", "9%", ("2025-06-01", "2025-06-30")),
        ("Profit (it is listed since 1998) came to 3 million euros ($4 million) in May.", "3 m", ("2025-05-01", "2025-05-31")),
        ("Rents reached 90 euros in May and are to rise by a tenth in 2027.", "90 euros", ("2025-05-01", "2025-05-31")),
        ("The lake fell to 9 metres in May, the lowest since the 1960s.", "9 metres", ("2025-05-01", "2025-05-31")),
        ("In 2027 the fair will take 90 days in May.", "90 days", ("", "")),
        ("The town will raise the tax on imported beer to 5 percent from July 1.", "5 percent", ("", "")),
        ("公司计划年底前招聘300人。", "300", ("", "2025-12-31")),
    ],
)  # fmt: skip
def test_times_that_a_number_is_compared_with_are_not_its_own(text, number, expected):
    """Nor those of asides in brackets; what begins in future has no last day, and a year ahead leaves a month alone."""
    assert days(text, number) == expected
