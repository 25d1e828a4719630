"""Numbers of a text in every form that the press writes, with bound, unit and noun."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.figures.figure import Bound
from corpus.figures.numbers import NumbersRead, WrittenNumber, numbers_in


def only(text: str) -> WrittenNumber:
    """The one number of a text."""
    (number,) = numbers_in(text).numbers
    return number


@pytest.mark.parametrize(
    ("written", "value", "unit"),
    [
        ("600 billion yuan", 600 * 10**9, "CNY"),
        ("RMB 30 billion", 30 * 10**9, "CNY"),
        ("¥1.2 trillion", 12 * 10**11, "CNY"),
        ("1729.5 billion yuan", 17295 * 10**8, "CNY"),
        ("$757.58 billion", 75758 * 10**7, "USD"),
        ("84 billion U.S. dollars", 84 * 10**9, "USD"),
        ("1.5 bn euros", 15 * 10**8, "EUR"),
        ("S$5 million", 5 * 10**6, "SGD"),
        ("6000亿元", 600 * 10**9, "CNY"),
        ("17.1%", Decimal("17.1"), "percent"),
        ("60％", 60, "percent"),
        ("3.2 percentage points", Decimal("3.2"), "percentage point"),
        ("one in five", 20, "percent"),
        ("six-in-ten", 60, "percent"),
        ("9 out of 10", 90, "percent"),
        ("three quarters", 75, "percent"),
        ("eight of the top ten", 8, "count"),
        ("six of Norway's nine", 6, "count"),
        ("4,500", 4500, "count"),
        ("two dozen", 24, "count"),
        ("half a million", 500_000, "count"),
        ("a million", 10**6, "count"),
        ("1.59 million PFLOPS", 159 * 10**19, "FLOPS"),
        ("188.2 quintillion floating-point operations per second", 1882 * 10**17, "FLOPS"),
        ("1.59×10^21 FLOPS", 159 * 10**19, "FLOPS"),
        ("890 petabytes", 890 * 10**15, "byte"),
        ("5,300-hectare", 53 * 10**6, "square_metre"),
        ("30-minute", 1800, "second"),
        ("90-second", 90, "second"),
        ("72 hours", 259_200, "second"),
        ("12 consecutive years", 144, "month"),
        ("two and a half years", 30, "month"),
        ("one and a half million tonnes", 15 * 10**11, "gram"),
        ("12 million kilowatts", 12 * 10**9, "watt"),
        ("300 kWh", 300_000, "watt_hour"),
        ("40°C", 40, "degC"),
        ("5年", 60, "month"),
        ("3小时", 10_800, "second"),
        ("20公里", 20_000, "metre"),
        ("1.9 billion Mexican pesos", 19 * 10**8, "MXN"),
        ("2.5个百分点", Decimal("2.5"), "percentage point"),
        ("百分之十七点一", Decimal("17.1"), "percent"),
        ("30 feet", Decimal("9.144"), "metre"),
        ("threefold", 3, "ratio"),
        ("12 000", 12_000, "count"),
        ("1 200 500", 1_200_500, "count"),
        ("12\u2009000", 12_000, "count"),
        (".5 percent", Decimal("0.5"), "percent"),
        ("50 US cents", Decimal("0.5"), "USD"),
        ("30 pence", Decimal("0.3"), "GBP"),
        ("nine cases out of ten", 90, "percent"),
        ("2.5x", Decimal("2.5"), "ratio"),
    ],
)
def test_every_written_form_is_read_whole(written, value, unit):
    """Value and unit are exact, and the place covers scale, sign, currency and unit, but nothing more."""
    number = only(f"The ferries of Bergen had {written} then.")
    assert (number.text, number.value, number.unit) == (written, value, unit)
    assert number.low == number.high == number.value


@pytest.mark.parametrize(
    ("text", "written", "low", "high", "unit"),
    [
        ("Trade was from 60 to 70 percent Dutch.", "60 to 70 percent", 60, 70, "percent"),
        ("It takes 3-5 years.", "3-5 years", 36, 60, "month"),
        ("They earn between 20 and 30 billion yuan.", "20 and 30 billion yuan", 20 * 10**9, 30 * 10**9, "CNY"),
        ("They need 1.2 to 1.5 trillion yuan.", "1.2 to 1.5 trillion yuan", 12 * 10**11, 15 * 10**11, "CNY"),
        ("They need $20-30 billion.", "$20-30 billion", 20 * 10**9, 30 * 10**9, "USD"),
        ("It has 500,000 to 1 million users.", "500,000 to 1 million", 500_000, 10**6, "count"),
        ("It has 60% to 70% of them.", "60% to 70%", 60, 70, "percent"),
        ("Cuts of 5%-10% are near.", "5%-10%", 5, 10, "percent"),
        ("Two or three ports closed.", "Two or three", 2, 3, "count"),
        ("They wait one or two years.", "one or two years", 12, 24, "month"),
        ("A 5-to-7-day trip.", "5-to-7-day", 432_000, 604_800, "second"),
        ("Costs will fall by 5 to 10 million euros.", "5 to 10 million euros", 5 * 10**6, 10**7, "EUR"),
        ("规模为20亿至30亿元。", "20亿至30亿元", 20 * 10**8, 30 * 10**8, "CNY"),
    ],
)
def test_a_range_is_one_number(text, written, low, high, unit):
    """Both ends are in one number whose value is their middle; a scale or unit written once is that of both."""
    number = only(text)
    assert (number.text, number.low, number.high, number.unit) == (written, low, high, unit)
    assert number.value == (number.low + number.high) / 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Traffic rose from 20 to 30 percent.", [("20", 20), ("30 percent", 30)]),
        ("Sales went from $5 million to $7 million.", [("$5 million", 5 * 10**6), ("$7 million", 7 * 10**6)]),
        ("Fares rose 5 percent to 20 percent.", [("5 percent", 5), ("20 percent", 20)]),
        ("The index rose 0.5 percent to 3,400.15 points.", [("0.5 percent", Decimal("0.5")), ("3,400.15", Decimal("3400.15"))]),
        ("It has 5 boats and 7 crews.", [("5", 5), ("7", 7)]),
        ("The stock fell by 3,400 to 21,000.", [("3,400", 3400), ("21,000", 21_000)]),
    ],
)
def test_a_change_is_two_numbers(text, found):
    """What rose from one value to another had both; only one value at a time was true."""
    assert [(number.text, number.value) for number in numbers_in(text).numbers] == found


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("over 4,500 firms", Bound.ABOVE),
        ("more than half of them", Bound.ABOVE),
        ("sales exceeding RMB 30 billion", Bound.ABOVE),
        ("at least 5", Bound.ABOVE),
        ("130-plus tongues", Bound.ABOVE),
        ("20+ years", Bound.ABOVE),
        ("80 lands or more", Bound.ABOVE),
        ("no fewer than 5", Bound.ABOVE),
        ("nearly 600 billion yuan", Bound.BELOW),
        ("close to 5", Bound.BELOW),
        ("under 72 hours", Bound.BELOW),
        ("up to 50%", Bound.BELOW),
        ("no more than 5", Bound.BELOW),
        ("about $5", Bound.ABOUT),
        ("some 300 boats", Bound.ABOUT),
        ("an estimated 30", Bound.ABOUT),
        ("50 or so", Bound.ABOUT),
        ("超过4500家", Bound.ABOVE),
        ("100多亿元", Bound.ABOVE),
        ("20%以上", Bound.ABOVE),
        ("近5000家", Bound.BELOW),
        ("约3倍", Bound.ABOUT),
        ("约有150人", Bound.ABOUT),
        ("至少有30家", Bound.ABOVE),
        ("close to the 3 million mark", Bound.BELOW),
        ("well above the $500 of Chad", Bound.NONE),
        ("exactly 42 boats", Bound.NONE),
        ("the overhaul of 42 boats", Bound.NONE),
    ],
)
def test_a_bound_is_read(text, bound):
    """ "Over", "nearly", "or more" and their like say which side the number lies on; they are no part of its place."""
    number = only(text)
    assert number.bound is bound
    assert not {"over", "nearly", "about"} & set(number.text.split())


def test_two_numbers_share_one_bound():
    """ "Up to this or that" bounds both."""
    assert [number.bound for number in numbers_in("It costs up to €35 million or 7% of sales.").numbers] == [Bound.BELOW] * 2


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("over 42 harbour ferry companies in Norway", "harbour ferry companies"),
        ("5.32 million valid fishing licences by June", "valid fishing licences"),
        ("8 are from Norway", ""),
        ("600 billion yuan industries", ""),
        ("eight of the top ten ports were full", "ports"),
        ("306 people came", "people"),
        ("a 30-minute rapid crossing of the fjord", "rapid crossing"),
        ("约30多家企业，", "企业"),
        ("近5000家。", ""),
    ],
)
def test_the_noun_is_what_is_counted(text, noun):
    """The words behind a number as far as the plural that it counts; none for money and percent."""
    assert only(text).noun == noun


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Prices of ¥1.2 trillion in Tokyo and in China.", "yen or yuan"),
        ("It cost 40 million pesos.", "unknown currency"),
        ("It cost Rs 500 crore.", "rupees"),
        ("It cost 500 crore rupees.", "rupees"),
        ("A 40-pound anchor.", "money or weight"),
        ("They shipped 3 million tons.", "metric, short or long"),
        ("It has 5m waves.", "metres or millions"),
        ("It pumps 60 litres a minute.", "rate"),
        ("The candy costs 30 cents.", "unknown currency"),
        ("They owe 28 million francs.", "unknown currency"),
        ("Denmark and Norway owe 1.2 billion kroner.", "unknown currency"),
        ("The odds are 5 to 1.", "proportion"),
        ("It stores 100 mAh.", "unknown unit"),
        ("It is 38 degrees.", "degrees"),
        ("The 618 festival is on.", "name"),
        ("It does 5 trillion operations per second.", "operations"),
        ("It takes 1½ hours.", "unknown way"),
    ],
)
def test_what_is_not_sure_is_left_out_and_said(text, reason):
    """A number that may mean two things is no figure, but counted, with the reason."""
    read = numbers_in(text)
    assert not read.numbers
    assert reason in read.left_out[0].reason and text[read.left_out[0].start : read.left_out[0].end] == read.left_out[0].text


def test_a_latin_letter_may_follow_a_chinese_unit():
    """A round of finance is named by a letter right behind the money."""
    assert [number.text for number in numbers_in("公司完成5000万元A轮融资。").numbers] == ["5000万元"]


@given(
    low=st.decimals(min_value="0.1", max_value="499", places=1),
    step=st.decimals(min_value="0.1", max_value="499", places=1),
    scale=st.sampled_from(["", " thousand", " million", " billion"]),
    unit=st.sampled_from([(" yuan", "CNY", 1), ("%", "percent", 1), (" petabytes", "byte", 10**15), (" hours", "second", 3600)]),
    link=st.sampled_from([" to ", "-", "–"]),
)
def test_a_range_is_read_back(low, step, scale, unit, link):
    """A range written from two values gives both back, with the scale and the unit of its second number."""
    name, unit_name, factor = unit
    factor *= {"": 1, " thousand": 10**3, " million": 10**6, " billion": 10**9}[scale]
    number = only(f"They spent {low}{link}{low + step}{scale}{name} on ferries.")
    assert (number.low, number.high, number.unit) == (low * factor, (low + step) * factor, unit_name)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("0123456789 .,-–%¥$年万亿多至aAonehalfto")), max_size=80))
def test_any_text_can_be_read(text):
    """No text fails; numbers come in order, without overlaps, and each place gives back its text."""
    read: NumbersRead = numbers_in(text)
    places = [place for number in read.numbers for place in (number.start, number.end)]
    assert places == sorted(places)
    assert all(text[one.start : one.end] == one.text != "" for one in (*read.numbers, *read.left_out))


@pytest.mark.parametrize("text", ["1" * 2000, "+1" * 1000, "a1-" * 1000, "one in " * 500, "1,000 " * 500, "A 1 " * 500])
def test_long_runs_of_digits_do_not_hang(text):
    """A page of digits is read, however little sense it makes."""
    numbers_in(text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("船长110米", "110", "metre"), ("误差5毫米", "0.005", "metre"), ("重3公斤", "3000", "gram"),
        ("占地300平方米", "300", "square_metre"),
        ("装机20兆瓦", "20000000", "watt"), ("航程40海里", "74080", "metre"), ("容量750毫升", "0.750", "litre"),
    ],
)  # fmt: skip
def test_chinese_units_are_read(text, value, unit):
    """A unit that is not known would make a count of its number."""
    (number,) = numbers_in(text).numbers
    assert (number.value, number.unit) == (Decimal(value), unit)
