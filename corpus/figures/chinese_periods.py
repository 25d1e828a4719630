"""The times that a Chinese sentence writes, with their days: "截至2024年9月底", "到2035年", "2025年至2035年", "今年一季度"."""

import datetime as dt
import re
from collections.abc import Iterator

from corpus.figures.calendar_words import Days, Span, lasting, month_span, part_span, year_span
from corpus.scripts import HAN_LETTER, narrow

YEAR = r"(?:18|19|20)\d\d"
BEFORE = "截至目前为止|截至|截止到?|自从|从|自|由|到|至|预计到|在|于"
NAME = r"(?:度?(?:政府工作报告|[\u4e00-\u9fff]{0,8}(?:报告|议程|规划|计划|愿景)))"
RANGE = re.compile(rf"(?:从|自)?(?P<first>{YEAR})年?(?:至|到|—+|–|-|~|～)(?P<last>{YEAR})年(?:期?间)?")
TIME = re.compile(
    rf"(?P<before>{BEFORE})?(?:(?P<year>(?<!\d){YEAR})年(?!代)|(?P<relative>今年|去年|明年|前年|本年))(?!{NAME})"
    r"(?:(?P<half>[上下])半年|前(?P<quarters>[二两三])季度|前(?P<months>[二两三四五六七八九十]|\d{1,2}|十一)个月|第?(?P<quarter>[一二三四1-4])季度|(?P<month>\d{1,2})月份?(?:(?P<day>\d{1,2})日)?)?"
    r"(?P<edge>年?底|年?末|年?初)?(?P<behind>以来|以后|之后|之前|以前|前|起|的(?=[约近超]?[\d百]))?"
)
# "前三季度", "前九个月": of this year, up to the day of publication.
FIRST_PARTS = re.compile(
    rf"(?P<before>{BEFORE})?(?<!年)前(?:(?P<quarters>[二两三])季度|(?P<months>[二两三四五六七八九十]|\d{{1,2}})个月)"
)
MONTH_ALONE = re.compile(
    rf"(?P<before>{BEFORE})?(?<![\d年.])(?:(?P<relative>上个?月|本月|这个月)|(?P<month>\d{{1,2}})月份?(?:(?P<day>\d{{1,2}})日)?)"
    r"(?P<edge>底|末|初)?(?P<behind>以来|以后|之后|之前|以前|前|起)?"
)
THIS_YEARS_END = re.compile(r"(?<![\d今去明前本每当近年])(?:到|至)?(?:年内|年[底末])(?:之?前)?")
PATTERNS = (RANGE, TIME, FIRST_PARTS, MONTH_ALONE, THIS_YEARS_END)
YEARS = {"今年": 0, "本年": 0, "去年": -1, "明年": 1, "前年": -2}
HAN_COUNTS = "零一二三四五六七八九十"
QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def chinese_periods(sentence: str, published_on: dt.date | None) -> Iterator[tuple[int, int, Days]]:
    """Where the times of a Chinese sentence stand, with their first and last day; no days where they cannot be resolved.

    Years inside a name ("2025年政府工作报告") are no times.
    """
    if not HAN_LETTER.search(sentence):
        return
    plain = narrow(sentence)
    taken = 0
    for match in sorted((match for pattern in PATTERNS for match in pattern.finditer(plain)), key=_place):
        if match.start() < taken:
            continue
        taken = match.end()
        yield match.start(), match.end(), _days(match, published_on)


def _place(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), -match.end()


def _days(match: re.Match[str], on: dt.date | None) -> Days:
    if match.re is RANGE:
        first, last = year_span(int(match["first"]))[0], year_span(int(match["last"]))[1]
        return (first, last) if first <= last else (None, None)
    if match.re is THIS_YEARS_END:
        return None, year_span(on.year)[1] if on else None
    if match.re is FIRST_PARTS:
        return _first_parts(on.year, match) if on else (None, None)
    try:
        span = _of_year(match, on) if match.re is TIME else _of_month(match, on)
    except ValueError:  # 13月, 2月30日
        return None, None
    return _bounded(match, *span, on) if span else (None, None)


def _of_year(match: re.Match[str], on: dt.date | None) -> Span | None:
    if match["relative"] and on is None:
        return None
    year = int(match["year"]) if match["year"] else on.year + YEARS[match["relative"]]  # type: ignore[union-attr]
    if match["half"]:
        return part_span(year, "half", 1 if match["half"] == "上" else 2)
    if match["quarters"] or match["months"]:
        return _first_parts(year, match)
    if match["quarter"]:
        return part_span(year, "quarter", QUARTERS[match["quarter"]])
    return _day_or_month(year, match) if match["month"] else year_span(year)


def _first_parts(year: int, match: re.Match[str]) -> Span:
    """The first quarters or months of a year."""
    told = match["quarters"] or match["months"]
    count = int(told) if told.isdigit() else HAN_COUNTS.index(told) if told != "两" else 2
    return dt.date(year, 1, 1), month_span(year, count * (3 if match["quarters"] else 1))[1]


def _of_month(match: re.Match[str], on: dt.date | None) -> Span | None:
    """A month without a year is the last one up to the day of publication."""
    if on is None:
        return None
    if match["relative"]:
        there = on if not match["relative"].startswith("上") else on.replace(day=1) - dt.timedelta(days=1)
        return month_span(there.year, there.month)
    this_year = _day_or_month(on.year, match)
    return this_year if this_year[0] <= on else _day_or_month(on.year - 1, match)


def _day_or_month(year: int, match: re.Match[str]) -> Span:
    if match["day"]:
        day = dt.date(year, int(match["month"]), int(match["day"]))
        return day, day
    if not 1 <= int(match["month"]) <= 12:
        raise ValueError(match["month"])
    return month_span(year, int(match["month"]))


def _bounded(match: re.Match[str], first: dt.date, last: dt.date, on: dt.date | None) -> Days:
    before, edge, behind = match["before"] or "", match["edge"] or "", match["behind"] or ""
    if edge.endswith("初"):
        last = first
    elif edge:
        first = last
    if behind == "的" and not edge and before in {"从", "自", "由", "到", "至"}:
        return first, last  # "从2022年的4%升至2025年的21%": each number has its own year
    if behind in {"以来", "起"} or before in {"自", "从", "自从"}:
        return lasting(first, on)
    if behind in {"以后", "之后"}:
        return lasting(last + dt.timedelta(days=1), on)
    if behind and behind != "的":
        return None, first - dt.timedelta(days=1)
    return (None, last) if edge or before.endswith(("截至", "截止", "截止到", "到", "至")) else (first, last)
