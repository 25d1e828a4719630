"""What numbers measure in shapes that the press uses, one sentence each, read as a whole article. All texts are invented."""

import pytest
from sample_figures import by_rules


def measured(text: str, number: str) -> tuple[str, str | None]:
    """Subject and place of the number that is written so, by the rules."""
    told = next(told for written, told in by_rules(text) if written == number)
    return told.words, told.place


OWN = [
    ("The stadium in Turin holds 41,000 spectators.", "41,000", "spectators", "Turin"),
    ("There were some 70 tigers left in Bhutan in 2020.", "70", "tigers", "Bhutan"),
    ("Hanover scrapped 45 buses and bought 60 electric ones.", "45", "buses scrapped", "Hanover"),
    ("He said the airline would need 25 more pilots.", "25", "pilots", None),
    ("Only 12 percent of firms with fewer than 50 workers use robots.", "12 percent", "share of firms that use robots", None),
    ("The state lottery paid out 70 million euros to 400 winners.", "400", "winners", None),
    ("An earthquake killed 52 people and damaged 3,000 houses in western Nepal.", "52", "people killed", "Nepal"),
    ("Farmers harvested 3.1 million tonnes of maize in Malawi.", "3.1 million tonnes", "maize", "Malawi"),
    ("Kenya's labs filed 300 patents on drip irrigation.", "300", "patents on drip irrigation filed", "Kenya"),
]
OF_CLAUSE = [
    ("Ticket prices at the Oslo opera will go up by 8 percent in spring.", "8 percent", "ticket prices", "Oslo"),
    ("Its shares plummeted 12 percent after the news.", "12 percent", "shares", None),
    ("The dam, completed in 1987, generates 2.1 gigawatts.", "2.1 gigawatts", "dam", None),
    ("The chipmaker, valued at $40 billion, has 9,000 staff.", "$40 billion", "valuation of chipmaker", None),
    ("The price tag for the railway has ballooned to 11 billion dollars.", "11 billion dollars", "price tag for railway", None),
    ("Rainfall was 35 percent lower than normal in Kenya.", "35 percent", "rainfall", "Kenya"),
    ("At 8,848 metres, the peak is the highest on Earth.", "8,848 metres", "peak", None),
    ("Denmark wants wind to supply 80 percent of its power by 2030.", "80 percent", "share of power", "Denmark"),
    ("Analysts at Norbank expect the euro to fall to 1.02 dollars.", "1.02 dollars", "euro", None),
    ("Peru's debt amounts to 72 percent of its output.", "72 percent", "debt", "Peru"),
    ("The marsh covers 90 hectares of wet ground.", "90 hectares", "area of marsh", None),
    ("The ship can carry 24,000 containers and is 400 metres long.", "400 metres", "length of ship", None),
    ("Net profit halved at Banco Llano. It came to $112 million.", "$112 million", "net profit", "Banco Llano"),
    ("The hall seats 60 guests and draws 12 kilowatts.", "12 kilowatts", "power consumption of hall", None),
]
HANDED_OVER = [
    ("The government has earmarked 90 million pounds for flood defences.", "90 million pounds", "flood defences", None),
    ("The council of Galicia set aside 14 million euros for new boats.", "14 million euros", "new boats", "Galicia"),
    ("Investors poured $3.4 billion into fusion start-ups in 2024.", "$3.4 billion", "fusion start-ups", None),
    ("The company slashed its budget by 15 percent.", "15 percent", "budget", None),
    ("Oslo bought 36 trams for 90 million euros.", "90 million euros", "price of trams", "Oslo"),
    ("A team in Graz trained the model in 19 days.", "19 days", "time for model", "Graz"),
    ("It takes a worker 12 hours to assemble one engine.", "12 hours", "time to assemble one engine", None),
]
LIKE_THE_ONE_BEFORE = [
    ("Peru's lithium output climbed to 2,500 tonnes, up from 1,800 tonnes in 2020.", "1,800 tonnes", "lithium output", "Peru"),
    ("The museum drew 1.2 million visitors in 2023, 9 percent more than in 2022.", "9 percent", "visitors", None),
    ("Spain's airports handled 26 million guests, a rise of 5 percent.", "5 percent", "guests handled", "Spain"),
    ("The lab in Graz employs 85 researchers and plans to add 30 by June.", "30", "researchers", "Graz"),
    ("Tea sales grew 31 percent, while those in shops fell 4 percent.", "4 percent", "tea sales", None),
    ("The share of wind was 19 percent, that of coal 27 percent.", "27 percent", "share of coal", None),
    ("Wind parks in Chile have 14 gigawatts, compared with 8 gigawatts in Peru.", "8 gigawatts", "wind parks", "Peru"),
    ("A ticket now costs 5 euros instead of 3 euros.", "3 euros", "cost of ticket", None),
    ("Chile mined 5.3 million tonnes of copper, a quarter of the world total.", "a quarter", "copper", "Chile"),
    ("More than 5,000 people attended, of whom 60 percent were students.", "60 percent", "students", None),
    ("Kenya had 12 farms, and the number of fruit trees reached 900.", "900", "fruit trees", "Kenya"),
]
IN_CHINESE = [
    ("到2031年，贵州计划将茶叶产能提高到90吨。", "90吨", "茶叶产能", "贵州"),
    ("截至2023年底，德国机器人企业数量超过620家，占全球的5%。", "5%", "机器人企业", "德国"),
    ("广东的数据中心每年消耗电力50亿千瓦时。", "50亿千瓦时", "电力", "广东"),
]


@pytest.mark.parametrize(("text", "number", "words", "place"), OWN)
def test_what_stands_behind_a_number_is_counted(text: str, number: str, words: str, place: str | None) -> None:
    """Things right behind a number are what it counts, also behind a verb that no list knows."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), OF_CLAUSE)
def test_a_clause_says_how_much_its_subject_is(text: str, number: str, words: str, place: str | None) -> None:
    """Behind a verb, known or not, a number measures the clause's subject, however that is parted from the verb."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), HANDED_OVER)
def test_what_money_and_time_go_to_is_measured(text: str, number: str, words: str, place: str | None) -> None:
    """Money handed over is for what it goes to, a price and a time are of what is bought or done."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), LIKE_THE_ONE_BEFORE)
def test_a_number_compared_with_another_measures_the_same(text: str, number: str, words: str, place: str | None) -> None:
    """A change, an earlier value and a value elsewhere are of what the number before measures; a place of its own counts."""
    assert measured(text, number) == (words, place)


@pytest.mark.parametrize(("text", "number", "words", "place"), IN_CHINESE)
def test_chinese_clauses_without_a_subject_lean_on_the_one_before(text: str, number: str, words: str, place: str) -> None:
    """A bare share takes up what was counted; plans and verbs are no part of what is measured."""
    assert measured(text, number) == (words, place)


def test_a_quoted_saying_takes_nothing_from_around_it() -> None:
    """In an effect called "paying one yuan to earn ten", nobody pays: neither the sentence's subject nor a place before."""
    text = 'Oslo has docks. The tea industry has an effect that it describes as "paying one yuan to earn many".'
    assert measured(text, "one yuan") == ("paying", None)
