"""What a Chinese article says of its source above its first sentence: 标题：…, 来源：…, 记者 ….

Reads only rows that hold nothing but such labels, and only at the top: "记者：" inside an interview is its text.
"""

import re
from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "title": "标题|標題|题目|題目",
    "author": "作者|撰文|记者|記者|文",
    "publisher": "来源|來源|稿源|媒体来源|出处|出處",
    "date": "发布时间|發布時間|發佈時間|发表时间|发布日期|發布日期|日期|时间|時間",
}
ANY_LABEL = "|".join(LABELS.values())
LABELLED = re.compile(
    rf"(?:^|(?<=[\s|｜　]))(?P<label>{ANY_LABEL})\s?[:：]\s?(?P<value>.+?)(?=[\s|｜　]+(?:{ANY_LABEL})\s?[:：]|$)"
)
# "2025年3月5日 08:30 来源：青石日报": the day without its label.
DAY_FIRST = re.compile(r"(?P<day>\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?)[\s|｜　]*")
NAMES = r"[\u4e00-\u9fff]{2,4}(?:[\s、　]+[\u4e00-\u9fff]{2,4}){0,3}"
REPORTER = re.compile(
    r"(?:[（(]\s*)?(?:本报|本報|本刊|新华社|新華社)?\s?(?:实习|實習|特约|特約)?(?:记者|記者|通讯员|通訊員)"
    rf"\s(?P<names>{NAMES})\s*[)）]?"
)
SOURCE_LINE = re.compile(rf"(?:{ANY_LABEL})\s?[:：]|{REPORTER.pattern}$")
TOP_ROWS = 6  # title, writer, paper, day, and two lines of the page
LONGEST_ROW = 120  # letters; more is a sentence
# What is said by a reporter of an interview ("记者：你为什么留下？") is no name.
FITTING = {"title": r".+", "author": r"[^，。？！?!]{1,40}", "publisher": r"[^，。？！?!]{1,40}", "date": r".*\d.*"}


def label_values(rows: list[str]) -> tuple[dict[str, str], list[str]]:
    """Take the labelled rows off the top of an article.

    Returns:
        What they say, by "title", "author", "publisher" and "date", each where it is given; and the other rows.
    """
    found: dict[str, str] = {}
    kept: list[str] = []
    for place, row in enumerate(rows):
        values = _values(row.lstrip("# ").strip()) if place < TOP_ROWS else {}
        # A full stop further up means that the article has begun; a title has none, but perhaps a question mark.
        if values and not any("。" in earlier for earlier in kept):
            found = {**values, **found}
        else:
            kept.append(row)
    return found, kept


def _values(row: str) -> dict[str, str]:
    if match := REPORTER.fullmatch(row):
        return {"author": "、".join(re.split(r"[\s、　]+", match["names"]))}
    found = {"date": match["day"].strip()} if (match := DAY_FIRST.match(row)) else {}
    rest = row[match.end() :] if match else row
    first = LABELLED.match(rest)
    if not first or len(row) > LONGEST_ROW or re.search(r"[。；]", row):
        return {}
    for match in LABELLED.finditer(rest):
        found.setdefault(_kind(match["label"]), match["value"].strip())
    return found if all(re.fullmatch(FITTING[kind], value) for kind, value in found.items()) else {}


def _kind(label: str) -> str:
    return next(kind for kind, words in LABELS.items() if label in words.split("|"))
