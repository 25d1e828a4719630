"""A named figure -> questions in plain English or Chinese whose answer it is. Pure functions: whether the bot answers them
is found out elsewhere (`bot.starter_questions`).

The words come from the metric's title, the figure's place and its time, so no article's wording is given away or changed.
"""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from corpus.country_names import territories
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Figure, Period, Status
from corpus.figures.places import WORLD
from corpus.scripts import HAN_LETTER

ENGLISH, CHINESE = "en", "zh"
QUESTION_LETTERS = 100  # as long as Discord lets a choice of a menu be
QUARTERS = ("first", "second", "third", "fourth")
COUNTED = re.compile(r"number of (.+)", re.I)
ONE_PHRASE = re.compile(r"(?:(?!(?:that|which|of|in|on|for|among|compared|with|per|by)\b)[\w-]+ )*[\w-]+[^s\W]s", re.I)
# A count whose title cannot be put behind "How many": "Languages that AI translates".
SEVERAL = re.compile(r"(?:[\w-]+ )*?[\w-]+[^s\W]s\b")
END_WORDS = re.compile(r"\bend\b|底|末")


def questions_for(stored: StoredFigure, metric: Metric, language: str) -> list[str]:
    """Questions that a figure answers, the most exact first: with place and time, then with one of them.

    Args:
        language: ISO 639-1; Chinese for `zh`, English for any other.
    Returns:
        Questions of at most 100 letters; none in Chinese where the metric has no Chinese title.
    """
    figure = stored.figure
    if language == CHINESE:
        if (title := metric.titles.get(CHINESE)) is None:
            return []
        place, time = _chinese_place(figure.place, title), _chinese_time(figure.period)
        made = [_chinese(figure, title, *chosen) for chosen in _narrowed(place, time)]
    else:
        place, time = _english_place(stored, metric), _english_time(figure.period)
        made = [_english(figure, metric, *chosen) for chosen in _narrowed(place, time)]
    return [question for question in dict.fromkeys(made) if len(question) <= QUESTION_LETTERS]


def _narrowed(place: str, time: str) -> Sequence[tuple[str, str]]:
    # Without its known time a question would ask for another figure; the place most often goes without saying.
    return ((place, time), ("", time), (place, "")) if time else ((place, ""), ("", ""))


# --- English ---------------------------------------------------------------------------------------------------------


def _english(figure: Figure, metric: Metric, place: str, time: str) -> str:
    """A question in English; what is expected or wanted is asked for in the future."""
    title = _inside(metric.title)
    where = f"{f' {place}' if place else ''}{f' {time}' if time else ''}"
    ahead, past = figure.status is not Status.REPORTED, bool(time)
    counted = COUNTED.fullmatch(title)
    if counted or (metric.unit == "count" and ONE_PHRASE.fullmatch(title)):
        things = counted[1] if counted else title
        return f"How many {things} {'will' if ahead else 'were' if past else 'are'} there{' be' if ahead else ''}{where}?"
    if metric.unit == "count" and SEVERAL.match(title):
        return f"What is the figure for {title}{where}?"
    if ahead:
        return f"What will the {title} be{where}?"
    return f"What {'was' if past else 'is'} the {title}{where}?"


def _inside(title: str) -> str:
    """A title as it stands inside a sentence: "AI" keeps its capitals, and so does a country; "National" does not."""
    first = re.match(r"\w+", title)
    if first is None or any(letter.isupper() or letter.isdigit() for letter in first[0][1:]) or first[0] in _codes():
        return title
    return title[0].lower() + title[1:]


def _english_place(stored: StoredFigure, metric: Metric) -> str:
    """ "in China"; nothing where the title names the place, or where "in" may not fit: a company has nothing in it."""
    place = stored.figure.place
    if not place or HAN_LETTER.search(place) or place.casefold() in metric.title.casefold():
        return ""
    if place == WORLD:
        return "" if re.search(r"\b(?:world|global)", metric.title, re.I) else "in the world"
    known = place in _codes() or re.search(rf"\bin {re.escape(place)}\b", stored.article.text)
    return f"in {place}" if known else ""


def _english_time(period: Period | None) -> str:
    """ "in 2025", "from 2025 to 2035", "in September 2024", "by the end of 2024"; nothing where no day is known."""
    if period is None or period.end is None:
        return ""
    if period.start is None:
        return f"by {_english_end(period)}"
    match _whole(period.start, period.end):
        case "year", _:
            return f"in {period.end.year}"
        case "years", _:
            return f"from {period.start.year} to {period.end.year}"
        case "quarter", number:
            return f"in the {QUARTERS[number - 1]} quarter of {period.end.year}"
        case "month", number:
            return f"in {calendar.month_name[number]} {period.end.year}"
        case "day", _:
            return f"on {_english_day(period.end)}"
    return f"from {_english_day(period.start)} to {_english_day(period.end)}"


def _english_end(period: Period) -> str:
    """ "the end of 2025" where the article speaks of an end, "2025" where it says "by 2025"."""
    day = period.end
    assert day is not None
    if not _ends_month(day):
        return _english_day(day)
    month = "" if day.month == 12 else f"{calendar.month_name[day.month]} "
    return f"{'the end of ' if END_WORDS.search(period.text) else ''}{month}{day.year}"


def _english_day(day: dt.date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


# --- Chinese ---------------------------------------------------------------------------------------------------------


def _chinese(figure: Figure, title: str, place: str, time: str) -> str:
    """A question in Chinese: 2025年中国的人工智能核心产业规模是多少？"""
    where = f"{time}{place}{'的' if time or place else ''}"
    verb = "有" if figure.unit == "count" and not title.endswith("数量") else "是"
    return f"{where}{title}{verb if figure.status is Status.REPORTED else '将达到'}多少？"


def _chinese_place(place: str | None, title: str) -> str:
    """The place in Chinese; nothing where it is not known, or where the title names it."""
    if place is None or HAN_LETTER.search(place):
        name = place or ""
    else:
        name = "全球" if place == WORLD else _chinese_names().get(_codes().get(place, ""), "")
    return "" if name in title else name


def _chinese_time(period: Period | None) -> str:
    if period is None or period.end is None:
        return ""
    end = period.end
    if period.start is None:
        if not _ends_month(end):
            return f"截至{_chinese_day(end)}"
        month = f"{end.month}月" if end.month < 12 else ""
        return f"{'截至' if (at_end := END_WORDS.search(period.text)) else '到'}{end.year}年{month}{'底' if at_end else ''}"
    match _whole(period.start, end):
        case "year", _:
            return f"{end.year}年"
        case "years", _:
            return f"{period.start.year}年至{end.year}年"
        case "quarter", number:
            return f"{end.year}年第{'一二三四'[number - 1]}季度"
        case "month", number:
            return f"{end.year}年{number}月"
        case "day", _:
            return _chinese_day(end)
    return f"{_chinese_day(period.start)}至{_chinese_day(end)}"


def _chinese_day(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


# --- both ------------------------------------------------------------------------------------------------------------


def _whole(start: dt.date, end: dt.date) -> tuple[str, int]:
    """Whether two days, both included, hold a whole year, years, a quarter or a month, and which one of its year."""
    after = end + dt.timedelta(days=1)
    if start == end:
        return "day", end.day
    if (start.month, start.day, after.month, after.day) == (1, 1, 1, 1):
        return ("year" if start.year == end.year else "years"), 1
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day == after.day == 1 and months == 1:
        return "month", start.month
    if start.day == after.day == 1 and months == 3 and start.month % 3 == 1:
        return "quarter", end.month // 3
    return "days", 0


def _ends_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


@cache
def _codes() -> dict[str, str]:
    """CLDR's code of each country and part of the world, by its English name."""
    return {name: code for code, name in territories().items()}


@cache
def _chinese_names() -> dict[str, str]:
    """Chinese names of countries and parts of the world, by CLDR's code."""
    from babel import Locale  # its data files take a tenth of a second to read

    return dict(Locale("zh").territories)
