"""Which time each number of a sentence is about."""

import datetime as dt

import pytest

from corpus.article import Article
from corpus.chunks import sentences_of
from corpus.figures.periods import period_of

PUBLISHED = dt.date(2025, 9, 24)  # a Wednesday


def days(text, number, published_on=PUBLISHED, sentence=None):
    """First and last day of a number's period as ISO dates; "none" where there is no period."""
    article = Article("a", text, published_on=published_on)
    place = text.index(number)
    found = [s.span for p in article.paragraphs() for s in sentences_of(article, p) if s.span.start <= place < s.span.end]
    start, end = found[0].start, found[0].end
    period = period_of(article, (start, end), (place, place + len(number)))
    if period is None:
        return "none"
    assert period.text in text
    return (str(period.start) if period.start else "", str(period.end) if period.end else "")


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("By the end of September 2024 the sector was worth 600 billion yuan.", "600 billion yuan", ("", "2024-09-30")),
        ("Output will be 70 GW by 2035.", "70 GW", ("", "2035-12-31")),
        ("The port moved 40 million tonnes in 2025.", "40 million tonnes", ("2025-01-01", "2025-12-31")),
        ("From 2025 to 2035 the market is to grow by 17.1% a year.", "17.1%", ("2025-01-01", "2035-12-31")),
        ("It will grow at an annual rate of 17.1% from 2025 to 2035.", "17.1%", ("2025-01-01", "2035-12-31")),
        ("Between 2018 and 2024, 62 schools closed.", "62", ("2018-01-01", "2024-12-31")),
        ("Sales came to 300 cars in the first half of 2025.", "300", ("2025-01-01", "2025-06-30")),
        ("As of October 2024, 81 towns had joined.", "81", ("", "2024-10-31")),
        ("In Q3 2024 it shipped 5,000 units.", "5,000", ("2024-07-01", "2024-09-30")),
        ("The fund held 3 billion euros at the end of 2023.", "3 billion euros", ("", "2023-12-31")),
        ("On August 14, 2024, 700 people marched.", "700", ("2024-08-14", "2024-08-14")),
        ("The 2030s may bring 900 new ships.", "900", ("2030-01-01", "2039-12-31")),
        ("By 2027 Dresden wants 40 trams.", "40", ("", "2027-12-31")),
        ("In the 12 months to June 2024 it made 70 ships.", "70", ("2023-07-01", "2024-06-30")),
        ("In the first nine months of 2024 it made 70 ships.", "70", ("2024-01-01", "2024-09-30")),
        ("Before 2020 it had 12 labs.", "12", ("", "2019-12-31")),
    ],
)
def test_written_dates_give_their_days(text, number, expected):
    """A date that a sentence names is the number's period, whatever the article's own date."""
    assert days(text, number, published_on=None) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Since the beginning of 2025, 45 clinics have opened.", "45", ("2025-01-01", "2025-09-24")),
        ("As of the first quarter of this year there were 42 clusters.", "42", ("", "2025-03-31")),
        ("Last year 6,700 workshops were upgraded.", "6,700", ("2024-01-01", "2024-12-31")),
        ("It aims for 80 percent next year.", "80 percent", ("2026-01-01", "2026-12-31")),
        ("Prices rose 2 percent last month.", "2 percent", ("2025-08-01", "2025-08-31")),
        ("On Monday, 19 boats set out.", "19", ("2025-09-22", "2025-09-22")),
        ("On Wednesday, 19 boats set out.", "19", ("2025-09-24", "2025-09-24")),
        ("In August the city approved 14 lines.", "14", ("2025-08-01", "2025-08-31")),
        ("In November the city approved 14 lines.", "14", ("2024-11-01", "2024-11-30")),
        ("Over the past five years 71 bridges were mended.", "71", ("2020-09-24", "2025-09-24")),
        ("Three years ago there were 28 of them.", "28", ("2022-01-01", "2022-12-31")),
        ("By the end of last month 33 had signed.", "33", ("", "2025-08-31")),
        ("In the second half of last year 33 had signed.", "33", ("2024-07-01", "2024-12-31")),
        ("Last quarter it lost 8 million dollars.", "8 million dollars", ("2025-04-01", "2025-06-30")),
    ],
)
def test_relative_words_count_from_the_day_of_publication(text, number, expected):
    """Words such as "last year" are resolved against the article's date, and stay unresolved without one."""
    assert days(text, number) == expected
    without = days(text, number, published_on=None)
    assert without == (expected[0], "") if "2025" in text else without == ("", "")


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Sales were 500 in 2023 and 600 in 2024.", "500", ("2023-01-01", "2023-12-31")),
        ("Sales were 500 in 2023 and 600 in 2024.", "600", ("2024-01-01", "2024-12-31")),
        ("In 2023 sales were 500, and in 2024 they were 600.", "500", ("2023-01-01", "2023-12-31")),
        ("In 2023 sales were 500, and in 2024 they were 600.", "600", ("2024-01-01", "2024-12-31")),
        ("It rose from 41 percent in 2023 to 58 percent in 2024.", "41 percent", ("2023-01-01", "2023-12-31")),
        ("It rose from 41 percent in 2023 to 58 percent in 2024.", "58 percent", ("2024-01-01", "2024-12-31")),
        ("By the end of 2024, A had 31 sites and B had 77, with 900 staff.", "900", ("", "2024-12-31")),
        ("It should top 30 million in 2024, growing to 90 million by 2035.", "30 million", ("2024-01-01", "2024-12-31")),
        ("It should top 30 million in 2024, growing to 90 million by 2035.", "90 million", ("", "2035-12-31")),
        ("Founded in 1998, the firm sold 820 patents in 2024.", "820", ("2024-01-01", "2024-12-31")),
        ("In 2024 it sold 820 patents, up 12 percent from 2023.", "12 percent", ("2024-01-01", "2024-12-31")),
        ("In 2024 it sold 820 patents, more than the 700 in 2023.", "820", ("2024-01-01", "2024-12-31")),
        ("In 2024 it sold 820 patents, more than the 700 in 2023.", "700", ("2023-01-01", "2023-12-31")),
        ("Each rack draws 45 kilowatts; the hall used 380 in 2024.", "380", ("2024-01-01", "2024-12-31")),
        (
            "Exports reached 93 million tonnes in 2024, while imports fell to 71 million.",
            "71 million",
            ("2024-01-01", "2024-12-31"),
        ),
    ],
)
def test_several_dates_go_to_their_own_numbers(text, number, expected):
    """The nearest date of a number's own clause wins, then the one that opens the sentence."""
    assert days(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The workforce shrank to 9,000 people from 11,000 in 2020.", "9,000"),
        ("The law, which takes effect in 2026, covers 14 sectors.", "14"),
        ("The plant made 950 cars in 2024 and employs 20,000 people.", "20,000"),
        ("In 2022 and 2024 it sold 10 and 30 ships respectively.", "30"),
        ("According to a 2024 report by the Port Bank, 700 million people fish.", "700 million"),
        ("The 2025 Government Work Report names 12 sectors.", "12"),
        ("Summit 2030 drew 500 guests.", "500"),
        ("Founded in 1998, the firm has 3,000 employees.", "3,000"),
        ("Each rack draws 45 kilowatts; the hall opened in 2024.", "45 kilowatts"),
        ("The firm cut 1,500 jobs, its largest round since 2009.", "1,500"),
        ("The rate is 12 percent, more than in 2019.", "12 percent"),
        ("The 2,000-seat hall opened in 2000.", "2,000"),
        ("The tariff, now 20 percent, could fall to 12 percent next year.", "20 percent"),
        ("It opened in 2019 and now serves 5 million people.", "5 million"),
        ("In 2019 it opened. Today it has 5 shops.", "5"),
        ("Exports rose 5 percent, the ministry said on Monday.", "5 percent"),
        ("China has built 42 clusters, and their power reached 188 units as of March 2025.", "42"),
    ],
)
def test_no_date_is_better_than_a_wrong_one(text, number):
    """The date of a name, of a founding, of a comparison or of another clause is not the number's."""
    assert days(text, number) == "none"


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Work ends in 2030. By then 60 stations will stand.", "60", ("", "2030-12-31")),
        ("It had 3 lines in 2021. The same year it carried 40 million people.", "40 million", ("2021-01-01", "2021-12-31")),
        ("It built 3 lines in 2021. It also bought 55 trains.", "55", ("2021-01-01", "2021-12-31")),
        ("It built 3 lines in 2021. Trains cost 55 yuan.", "55 yuan", "none"),
        ("It built 3 in 2021 and 4 in 2022. It also bought 55 trains.", "55", "none"),
        ("It built 3 lines in 2021.\n\nBy then 55 had asked.", "55", "none"),
    ],
)
def test_the_sentence_before_counts_only_where_this_one_goes_on(text, number, expected):
    """ "By then" takes the date of the sentence before; a plain sentence takes none."""
    assert days(text, number) == expected


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("截至2023年9月底，全市有6000家企业。", "6000", ("", "2023-09-30")),
        ("到2035年，产量将达到70吨。", "70", ("", "2035-12-31")),
        ("2025年上半年，销量增长5.3%。", "5.3%", ("2025-01-01", "2025-06-30")),
        ("2025年至2035年，年均增长15%。", "15%", ("2025-01-01", "2035-12-31")),
        ("今年一季度，出口增长8%。", "8%", ("2025-01-01", "2025-03-31")),
        ("去年新建12座桥。", "12", ("2024-01-01", "2024-12-31")),
        ("自2018年以来，已建12座桥。", "12", ("2018-01-01", "2025-09-24")),
        ("3月5日，有90人参加。", "90", ("2025-03-05", "2025-03-05")),
        ("2025年政府工作报告提到12个行业。", "12", "none"),
    ],
)
def test_chinese_dates(text, number, expected):
    """Chinese dates are read like English ones."""
    assert days(text, number) == expected


def test_a_month_beside_another_year_stays_unresolved():
    """ "In August" of a sentence about 2021 is not the August before publication."""
    assert days("The 2021 rules, changed in August, name 15 cases.", "15")[1] != "2025-08-31"
    assert days("In 2021 it sold 80 cars; in August another 15 went.", "15") == ("", "")


def test_impossible_days_are_unresolved():
    """A day that no calendar has is kept in words only."""
    assert days("On February 30, 2024, 15 boats sailed.", "15", None) == ("", "")


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("The mill, completed in 1962, can grind 900 tonnes.", "900", "none"),
        ("The mill completed in 1962 employs 90 people.", "90", "none"),
        ("A bridge built in 1999 for 900 million euros is closed.", "900 million euros", ("1999-01-01", "1999-12-31")),
        ("Homes completed in 2024 numbered 900.", "900", ("2024-01-01", "2024-12-31")),
        ("A survey, conducted in 2024, found 42 wolves.", "42", ("2024-01-01", "2024-12-31")),
        ("It is to have 500 pilots by 2030, up from 60 now.", "60", "none"),
        ("占比从2022年的4%升至2025年的21%。", "4%", ("2022-01-01", "2022-12-31")),
        ("占比从2022年的4%升至2025年的21%。", "21%", ("2025-01-01", "2025-12-31")),
        ("由2022年起共有300家。", "300", ("2022-01-01", "2025-09-24")),
    ],
)
def test_when_something_was_built_is_not_when_it_was_counted(text, number, expected):
    """A year in which a thing came to be says nothing of its size now; a year right before a number is the number's."""
    assert days(text, number) == expected
