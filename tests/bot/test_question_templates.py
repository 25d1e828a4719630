"""`bot.question_templates`: a named figure becomes questions in plain English or Chinese."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.question_templates import QUESTION_LETTERS, questions_for
from corpus.article import Article
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Period, Status
from tests.bot.sample_figures import UNRESOLVED, YEAR, stored

ROOFS = Metric("solar-roofs", "Number of solar roofs", {"zh": "太阳能屋顶数量"}, (), "count")
COMPANIES = Metric("ai-companies", "AI companies", {"zh": "人工智能企业"}, (), "count")
SIZE = Metric("market-size", "Market size", {"zh": "市场规模"}, (), "EUR")
ARTICLE = Article("town", "There are 7,300 roofs in Vetluga.")


def day(year: int, month: int, number: int) -> dt.date:
    """A day."""
    return dt.date(year, month, number)


def first(metric: Metric, language: str = "en", **changes: object) -> str:
    """The most exact question about a figure in Vetluga."""
    values: dict[str, object] = {"article": ARTICLE, "place": "Vetluga", "period": YEAR, "unit": metric.unit}
    return questions_for(stored(**(values | changes)), metric, language)[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("title", "unit", "status", "question"),
    [
        ("Number of solar roofs", "count", Status.REPORTED, "How many solar roofs were there in Vetluga in 2025?"),
        ("Number of solar roofs", "count", Status.TARGET, "How many solar roofs will there be in Vetluga in 2025?"),
        ("National solar parks", "count", Status.REPORTED, "How many national solar parks were there in Vetluga in 2025?"),
        ("AI parks", "count", Status.REPORTED, "How many AI parks were there in Vetluga in 2025?"),
        ("Norway pines", "count", Status.REPORTED, "How many Norway pines were there in Vetluga in 2025?"),
        ("Towns that sell power", "count", Status.REPORTED, "What is the figure for towns that sell power in Vetluga in 2025?"),
        ("Ageing population", "count", Status.REPORTED, "What was the ageing population in Vetluga in 2025?"),
        ("Share of solar power", "percent", Status.REPORTED, "What was the share of solar power in Vetluga in 2025?"),
        ("Share of solar power", "percent", Status.FORECAST, "What will the share of solar power be in Vetluga in 2025?"),
        ("Solar power of Vetluga", "watt", Status.REPORTED, "What was the solar power of Vetluga in 2025?"),
    ],
)
def test_english_questions_read_as_people_ask(title: str, unit: str, status: Status, question: str) -> None:
    """Things are counted, sizes are asked for, what is not yet so is asked for in the future; no place is named twice,
    and countries and abbreviations keep their capital letters."""
    assert first(Metric("key", title, {}, (), unit), status=status) == question


@pytest.mark.parametrize(
    ("period", "english", "chinese"),
    [
        (YEAR, "in 2025", "2025年"),
        (Period("from 2025 to 2035", day(2025, 1, 1), day(2035, 12, 31)), "from 2025 to 2035", "2025年至2035年"),
        (Period("in February", day(2024, 2, 1), day(2024, 2, 29)), "in February 2024", "2024年2月"),
        (Period("Q3", day(2024, 7, 1), day(2024, 9, 30)), "in the third quarter of 2024", "2024年第三季度"),
        (Period("on 5 March", day(2025, 3, 5), day(2025, 3, 5)), "on 5 March 2025", "2025年3月5日"),
        (
            Period("in five days", day(2025, 3, 5), day(2025, 3, 9)),
            "from 5 March 2025 to 9 March 2025",
            "2025年3月5日至2025年3月9日",
        ),
        (Period("by the end of September 2024", None, day(2024, 9, 30)), "by the end of September 2024", "截至2024年9月底"),
        (Period("by September 2024", None, day(2024, 9, 30)), "by September 2024", "到2024年9月"),
        (Period("by the end of 2025", None, day(2025, 12, 31)), "by the end of 2025", "截至2025年底"),
        (Period("by 2025", None, day(2025, 12, 31)), "by 2025", "到2025年"),
        (Period("by 5 March 2025", None, day(2025, 3, 5)), "by 5 March 2025", "截至2025年3月5日"),
    ],
)
def test_times_are_written_out(period: Period, english: str, chinese: str) -> None:
    """As exactly as the article gives them, in either language."""
    assert first(SIZE, period=period) == f"What was the market size in Vetluga {english}?"
    assert first(SIZE, "zh", period=period, place=None) == f"{chinese}的市场规模是多少？"


@pytest.mark.parametrize("period", [None, UNRESOLVED])
def test_without_a_known_day_no_time_is_named(period: Period | None) -> None:
    """ "This year" of an article without a date would ask for another year."""
    assert first(SIZE, period=period) == "What is the market size in Vetluga?"
    assert first(SIZE, "zh", period=period, place="China") == "中国的市场规模是多少？"


@pytest.mark.parametrize(
    ("place", "title", "where"),
    [
        ("China", "Market size", " in China"),
        ("the world", "Market size", " in the world"),
        ("the world", "Worldwide market size", ""),
        ("Acme", "Market size", ""),  # nothing is "in" a company
        ("青石镇", "Market size", ""),
        (None, "Market size", ""),
    ],
)
def test_only_places_are_named(place: str | None, title: str, where: str) -> None:
    """A country, the world, or what the article itself puts an "in" before."""
    metric = replace(SIZE, title=title)
    assert first(metric, place=place, period=None) == f"What is the {title[0].lower()}{title[1:]}{where}?"


@pytest.mark.parametrize(
    ("metric", "place", "status", "question"),
    [
        (ROOFS, "China", Status.REPORTED, "2025年中国的太阳能屋顶数量是多少？"),
        (COMPANIES, "the world", Status.REPORTED, "2025年全球的人工智能企业有多少？"),
        (SIZE, "China", Status.FORECAST, "2025年中国的市场规模将达到多少？"),
        (SIZE, "Vetluga", Status.REPORTED, "2025年的市场规模是多少？"),  # no Chinese name is known
        (SIZE, "青石镇", Status.REPORTED, "2025年青石镇的市场规模是多少？"),
        (replace(SIZE, titles={"zh": "中国市场规模"}), "China", Status.REPORTED, "2025年的中国市场规模是多少？"),
    ],
)
def test_chinese_questions(metric: Metric, place: str, status: Status, question: str) -> None:
    """By the metric's Chinese title; things are counted with 有多少."""
    assert first(metric, "zh", place=place, status=status) == question


def test_a_metric_without_a_chinese_title_is_not_asked_for_in_chinese() -> None:
    """Half a question in each language would be neither."""
    assert questions_for(stored(), replace(ROOFS, titles={}), "zh") == []


def test_the_most_exact_question_comes_first() -> None:
    """With place and time, then with one of them; with neither only where no time is known; each once."""
    found = questions_for(stored(article=ARTICLE, place="Vetluga", period=YEAR), ROOFS, "en")
    assert found == [
        "How many solar roofs were there in Vetluga in 2025?",
        "How many solar roofs were there in 2025?",
        "How many solar roofs are there in Vetluga?",
    ]
    undated = questions_for(stored(article=ARTICLE, place="Vetluga", period=None), ROOFS, "en")
    assert undated == ["How many solar roofs are there in Vetluga?", "How many solar roofs are there?"]
    assert len(questions_for(stored(place=None, period=None), ROOFS, "en")) == 1


def test_no_question_is_longer_than_a_menu_shows() -> None:
    """Discord refuses a longer choice, and a cut question would be another one."""
    long = replace(SIZE, title="Market size of " + "very " * 14 + "long names")
    found = questions_for(stored(place="China", period=YEAR), long, "en")
    assert all(len(question) <= QUESTION_LETTERS for question in found)
    assert questions_for(stored(), replace(SIZE, title="x" * 120), "en") == []
