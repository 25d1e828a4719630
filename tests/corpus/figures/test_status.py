"""Whether a number was measured, is expected or is wanted."""

import datetime as dt

import pytest

from corpus.article import Article
from corpus.figures.figure import Period
from corpus.figures.status import status_of

PUBLISHED = dt.date(2025, 9, 24)


def status(text, number, period=None):
    """The status of the first such number in a text of one sentence."""
    place = text.index(number)
    return str(status_of(Article("a", text, published_on=PUBLISHED), (0, len(text)), (place, place + len(number)), period))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The market is expected to reach 40 billion yuan.", "40 billion yuan"),
        ("The market was expected to reach 40 billion yuan.", "40 billion yuan"),
        ("The market will be worth 40 billion yuan, with yearly growth of 9 percent.", "9 percent"),
        ("Demand could reach 70 GW.", "70 GW"),
        ("Some 3,000 jobs will go.", "3,000"),
        ("The city will have built 300 stations.", "300"),
        ("The projection is for it to reach 12 million.", "12 million"),
        ("The bank puts the expected market at 30 million euros, with growth to 80 million.", "80 million"),
        ("About 68 percent is the rate expected for factories.", "68 percent"),
        ("Output is predicted to hit 5 tonnes.", "5 tonnes"),
        ("The ministry expects investment of 3 billion dollars.", "3 billion dollars"),
        ("The line is set to open with 30 stations.", "30"),
        ("Analysts forecast that sales will rise 8 percent.", "8 percent"),
        ("预计到2035年，市场将达到40亿元。", "40"),
        ("产量有望达到70吨。", "70"),
    ],
)
def test_forecasts(text, number):
    """What somebody expects is a forecast, also when it was expected in the past."""
    assert status(text, number) == "forecast"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Hubei aims to train 50,000 technicians.", "50,000"),
        ("The city plans to build 85 sites.", "85"),
        ("The goal is 30 percent.", "30 percent"),
        ("It set a target of 70 percent for 2027.", "70 percent"),
        ("The guideline vows that AI will be used in six areas by 2027.", "six"),
        ("Under the plan, 40 towns will get fibre.", "40"),
        ("The share should reach 20 percent by 2030.", "20 percent"),
        ("The firm pledged to plant 900 trees.", "900"),
        ("The council wants emissions to fall to 30 percent.", "30 percent"),
        ("Some 300 stations are planned.", "300"),
        ("力争到2027年建成300个项目。", "300"),
        ("目标是达到50%。", "50%"),
    ],
)
def test_targets(text, number):
    """What somebody wants is a target, also where "will" follows the wish."""
    assert status(text, number) == "target"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("The market is expected to reach 40 billion, while exports have passed 12 million.", "12 million"),
        ("Sales rose to 5 billion and are expected to double.", "5 billion"),
        ("It has 300 shops and will open more.", "300"),
        ("Eight planned hubs were being built.", "Eight"),
        ("Growth of 6 percent was better than expected.", "6 percent"),
        ("In May 2024 the hall had 900 seats.", "900"),
        ("The tariff, now 20 percent, could fall.", "20 percent"),
        ("Some 77 percent of the users said they would wait.", "77 percent"),
        ("The hall could not seat 90 guests.", "90"),
        ("The plant at Bergen, with a crew of 300, will close.", "300"),
        ("Chip exports, worth 300 million euros, are expected to double.", "300 million euros"),
        ("The 48-kilometre line will be electrified.", "48-kilometre"),
        ("A poll of 900 farmers shows that 30 percent expect to sell.", "900"),
        ("A poll of 900 farmers shows that 30 percent expect to sell.", "30 percent"),
        ("Two thirds of the firms plan to hire.", "Two thirds"),
        ("Of the 200 firms, 90 plan to close.", "200"),
        ("Some 60 wolves may live in the park.", "60"),
        ("It hopes to train 500 pilots, up from 70 last year.", "70"),
        ("It hopes to train 500 pilots, compared with 70 last year.", "70"),
        ("产量已达到70吨。", "70"),
    ],
)
def test_reported(text, number):
    """A forecast or a wish of another clause leaves a measured number measured."""
    assert status(text, number) == "reported"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Poland will spend 4.8% in 2026, compared with 4.5% in 2024 and 2.2% in 2022.", "2.2%"),
        ("It will harvest 54 tonnes in 2026, down from 58 tonnes in 2024, when 11 fields lay fallow.", "11"),
        ("It forecasts a loss of 28 euros in 2026, narrower than the 36 euros of 2024.", "36 euros"),
    ],
)
def test_what_a_forecast_is_compared_with_is_measured(text, number):
    """A past number beside one that is to come."""
    assert status(text, number, Period("then", dt.date(2022, 1, 1), dt.date(2024, 12, 31))) == "reported"


def test_what_a_forecast_starts_from_is_measured():
    """ "Up from 38 billion in 2024" is no forecast, though the sentence's verb makes one."""
    past = Period("in 2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert status("It is expected to reach 150 billion in 2030, up from $38 billion in 2024.", "$38 billion", past) == "reported"


def test_a_time_after_publication_makes_a_forecast():
    """Without a verb that tells, what is dated in a later year cannot have been measured."""
    later, sooner = Period("by 2035", None, dt.date(2035, 12, 31)), Period("by 2024", None, dt.date(2024, 12, 31))
    assert status("A market of 40 billion yuan by 2035.", "40 billion", later) == "forecast"
    assert status("A market of 40 billion yuan by 2024.", "40 billion", sooner) == "reported"
    assert status("A market of 40 billion yuan this year.", "40 billion", Period("this year", None, None)) == "reported"
