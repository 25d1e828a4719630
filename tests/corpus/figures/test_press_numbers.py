"""Numbers as English and Chinese newspapers write them: their money, short units, lists, rates and titles."""

from decimal import Decimal

import pytest

from corpus.figures.figure import Bound
from corpus.figures.numbers import numbers_in

MILLION, BILLION = 10**6, 10**9


def read(text: str) -> list[tuple[str, float, str]]:
    """Each number of a text as written, with its value and unit."""
    return [(number.text, float(number.value), number.unit) for number in numbers_in(text).numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 17-year-old won.", ("17-year-old", 204, "month")),
        ("The six-week-old calf died.", ("six-week-old", 3628800, "second")),
        ("Wells gave 1.5 million barrels a day.", ("1.5 million barrels", 1.5 * MILLION, "barrel")),
        ("油田每天生产200万桶石油。", ("200万桶", 2 * MILLION, "barrel")),
        ("Prices rose 3.5 pc.", ("3.5 pc", 3.5, "percent")),
        ("It has 12 PC rooms.", ("12", 12, "count")),
        ("The bank cut rates by 25bps.", ("25bps", 0.25, "percentage point")),
        ("It stores 8bn cubic metres.", ("8bn cubic metres", 8 * BILLION, "cubic_metre")),
        ("It is 300 nautical miles off.", ("300 nautical miles", 555600, "metre")),
        ("It does half a quadrillion operations.", ("half a quadrillion", 5e14, "count")),
        ("Sales fell by a ninth.", ("a ninth", pytest.approx(100 / 9), "percent")),
        ("Exports rose to 13.4m tonnes.", ("13.4m tonnes", 13.4e12, "gram")),
        ("Ford called back 1.1m pick-ups.", ("1.1m", 1.1 * MILLION, "count")),
        ("Arrivals hit 2.3m in 2025.", ("2.3m", 2.3 * MILLION, "count")),
        ("The sea rose 0.3m in 2020.", ("0.3m", 0.3, "metre")),
        ("It fell to minus 12 degrees Celsius.", ("minus 12 degrees Celsius", -12, "degC")),
        ("It flew 16m passengers.", ("16m", 16 * MILLION, "count")),
        ("The spire is 190m tall.", ("190m", 190, "metre")),
        ("Three in four Germans walk.", ("Three in four", 75, "percent")),
        ("It gave 8 of every 10 lamps.", ("8 of every 10", 80, "percent")),
        ("近四成受访者同意。", ("四成", 40, "percent")),
        ("产量增长两成五。", ("两成五", 25, "percent")),
        ("超过一半的企业受益。", ("一半", 50, "percent")),
        ("最年长者98岁。", ("98岁", 1176, "month")),
        ("They ran a third longer.", ("a third", pytest.approx(100 / 3), "percent")),
        ("Some raised prices and a quarter have cut jobs.", ("a quarter", 25, "percent")),
        ("It rose at twice the pace of wages.", ("twice", 2, "ratio")),
        ("Some ice, 0.4 cubic kilometres, slid.", ("0.4 cubic kilometres", 4e8, "cubic_metre")),
        ("Deaths per ship are down to 0.038, it says.", ("0.038", 0.038, "count")),
    ],
)
def test_a_unit_or_fraction_of_the_press_is_read(text, expected):
    """The span holds the whole of it, and its value counts the unit that stands for its kind."""
    assert read(text) == [expected]


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Onions cost Rs 48 in June.", "Farmers in Karnataka sell more.", ("Rs 48", 48, "INR")),
        ("India spent ₹1.2 lakh crore.", "", ("₹1.2 lakh crore", 1.2e12, "INR")),
        ("India paid Rs1,20,000.", "", ("Rs1,20,000", 120000, "INR")),
        ("Seoul will spend 2.3 trillion won on tunnels.", "", ("2.3 trillion won", 2.3e12, "KRW")),
        ("It cost 400 pesos.", "Chileans pay more.", ("400 pesos", 400, "CLP")),
        ("It owes 30 million dirhams.", "A bank in Dubai fell.", ("30 million dirhams", 30 * MILLION, "AED")),
        ("It spent ¥38 billion.", "A plant in Kumamoto opened.", ("¥38 billion", 38 * BILLION, "JPY")),
        ("It earned 31 cents a share.", "Sales were $12 million.", ("31 cents", 0.31, "USD")),
        ("Tickets cost 80 cents.", "A boat costs 900 euros.", ("80 cents", 0.8, "EUR")),
    ],
)
def test_shared_money_is_the_one_countrys_that_is_named(text, context, expected):
    """ "Rs", "won" and "¥" are read by the places and signs of the article around them."""
    assert [(one.text, float(one.value), one.unit) for one in numbers_in(text, f"{context} {text}").numbers] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Bread costs Rs 48.", "Pakistan pays Rs 48 and India more.", "North and South Korea share 2 trillion won.",
        "Mexico and Chile owe 400 pesos.", "China and Japan pay ¥300 each.", "The sweet costs 30 cents.",
        "$5 and €5 became 30 cents.",
    ],
)  # fmt: skip
def test_money_of_no_one_country_is_left_out_and_counted(text):
    """Where no country or two are named, nothing is guessed."""
    assert any(one.reason for one in numbers_in(text).left_out)
    assert not [number for number in numbers_in(text).numbers if number.unit == "count"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fees rose by 12, 9 and 7 percent.", [12, 9, 7]),
        ("Shares of 5 and 10 percent were sold.", [5, 10]),
        ("It grew 3 and 4 percent respectively.", [3, 4]),
    ],
)
def test_a_list_shares_the_unit_of_its_last_number(text, expected):
    """ "12, 9 and 7 percent" are three percentages."""
    assert [(value, unit) for _, value, unit in read(text)] == [(value, "percent") for value in expected]


def test_a_list_of_three_shares_its_scale():
    """ "3, 4 and 5 million" are millions each; "1,200, 900 and 2 million" are not."""
    assert [value for _, value, _ in read("They built 3, 4 and 5 million homes.")] == [3 * MILLION, 4 * MILLION, 5 * MILLION]
    assert [value for _, value, _ in read("The firms sold 1,200, 900 and 2 million cars.")] == [1200, 900, 2 * MILLION]


@pytest.mark.parametrize("text", ["He hired 12 and 5 percent left.", "Of the 40, 12 and 5 percent left."])
def test_a_number_beside_a_percentage_is_none_itself(text):
    """ "Hired 12 and 5 percent left" lists nothing."""
    assert next(unit for _, _, unit in read(text)) == "count"


def test_a_unit_that_is_not_said_again_is_shared():
    """ "366 metres long and 51 wide" are metres twice; "7.1m" behind "9.1m tonnes" are tonnes."""
    assert [(value, unit) for _, value, unit in read("The ship is 366 metres long and 51 wide.")] == [
        (366, "metre"),
        (51, "metre"),
    ]
    assert read("It sold 9.1m tonnes, up from 7.1m.")[1] == ("7.1m", 7.1e12, "gram")
    assert read("Imports fell from 150bn cubic metres in 2021 to 31bn last year.")[1] == ("31bn", 31e9, "cubic_metre")
    assert read("Sales rose from 150bn euros in 2021 to 31 shops last year.")[1] == ("31", 31, "count")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Korea has 1,012 robots per 10,000 workers.", ["1,012"]),
        ("It costs 2 dollars per million tokens.", ["2 dollars"]),
        ("Three die for every 100,000 births.", ["Three"]),
        ("每万名工人拥有470台机器人。", ["470"]),
        ("The 7-nanometre process and 28nm chips came from two plants.", ["two"]),
        ("A fibre is 800 nanometres thick.", ["800 nanometres"]),
        ("The hall has a PUE of 1.2 and 40 racks.", ["40"]),
        ("标准与GB 45438-2025同步实施。", []),
        ("ISO 9001 was met by 12 plants.", ["12"]),
        ('The novel "Nineteen Days" sold 300 copies.', ["300"]),
        ("He said: “We sold 40 boats in May.”", ["40"]),
        ("“Seven Samurai” drew 60 people.", ["60"]),
        ("Dial 119, press 2 and wait; we pressed 200 flowers.", ["200"]),
        ("In heat 3, bib 218 won; block 3 has 40 flats.", ["40"]),
        ("In box 12 eggs lay.", ["12"]),
        ("She died at 78 in Leeds.", []),
        ("Unemployment stood at 19 percent.", ["19 percent"]),
        ("The 6.45 tram carried 120 people at 7.30 on Monday.", ["120"]),
        ("Wheat sold at 6.45 dollars.", ["6.45 dollars"]),
        ("Profit in the six months to September was 5 million euros.", ["5 million euros"]),
        ("It took six months to finish.", ["six months"]),
        ("The average age of 30.1 years rose; at an age of 43 he left.", ["30.1 years"]),
        ("Pupils must score at least 60 out of 100; 41 failed.", ["41"]),
        ("The 5.2-magnitude quake killed 12 people.", ["12"]),
    ],
)
def test_the_base_of_a_rate_and_a_name_are_no_figures(text, kept):
    """Bases, process nodes, standards, titles, ages, times and labels are passed over, the number beside them is read."""
    assert [number.text for number in numbers_in(text).numbers] == kept


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("It lies spread over 17 provinces.", Bound.NONE),
        ("It flew to over 17 provinces.", Bound.ABOVE),
        ("It handed over 12 ships.", Bound.NONE),
        ("It took over 30 days.", Bound.ABOVE),
        ("Japan is short of 500 nurses.", Bound.NONE),
        ("It fell short of 500 tonnes.", Bound.BELOW),
        ("The harvest is estimated at 35 tonnes.", Bound.NONE),
    ],
)
def test_over_and_short_of_are_bounds_only_of_amounts(text, bound):
    """ "Spread over" says where, "short of" what is missing."""
    (number,) = numbers_in(text).numbers
    assert number.bound is bound


def test_over_some_years_is_a_stretch_behind_an_amount():
    """ "$5 billion over ten years" lasts ten years; "for over ten years" lasts longer."""
    assert numbers_in("It will spend $5 billion over ten years.").numbers[1].bound is Bound.NONE
    assert numbers_in("In 12 towns he worked for over ten years.").numbers[1].bound is Bound.ABOVE


def test_values_are_exact():
    """A cent is a hundredth, without the error of binary fractions."""
    assert numbers_in("It made $3 and lost 7 cents.").numbers[1].value == Decimal("0.07")


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("It lost 48 million reais in May, compared with a profit of 12 million a year earlier.", "12 million", (12e6, "BRL")),
        ("Turnover slipped to 77 million euros in 2025 from 81.5 million, and sales to 9 million bottles.", "81.5 million",
         (81.5e6, "EUR")),
        ("Profit came to 38 billion yen, 5 billion less than it had told.", "5 billion", (5e9, "JPY")),
        ("It lost 64 million forints a day, or about 700 million in all.", "700 million", (7e8, "HUF")),
        ("It sold 3 million cars for 5 billion euros, up from 2 million a year earlier.", "2 million", (2e6, "count")),
        ("It earned 5 billion euros and serves 4 million people.", "4 million", (4e6, "count")),
    ],
)  # fmt: skip
def test_money_that_is_compared_keeps_its_currency(text, number, expected):
    """Millions without a noun are of the amount that they are compared with; of two, the one of the same scale."""
    assert {one.text: (float(one.value), one.unit) for one in numbers_in(text).numbers}[number] == expected


def test_degrees_and_centimes_follow_what_was_named_before():
    """The kind of degrees and the franc of the centimes stand once."""
    assert read("It runs at 65 degrees Celsius instead of 90 degrees.")[1] == ("90 degrees", 90, "degC")
    assert read("It pays 0.85 Swiss francs a share, five centimes more.")[1] == ("five centimes", 0.05, "CHF")


@pytest.mark.parametrize(
    "text",
    [
        "The index edged up to 50.6 in January.", "It opened at 0930 GMT.", "Most of them are women, and most of them under 30.",
        "Offices of 3M and others closed.", "Call the 12345 hotline.", "热线电话为12345。", "It spoke of a 2 nm roadmap.",
    ],
)  # fmt: skip
def test_readings_clocks_and_ages_are_no_figures(text):
    """An index without a unit, an hour of four digits, an age and a firm's name count nothing."""
    assert read(text) == []
