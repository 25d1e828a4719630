"""Labelled lines above a Chinese article: they are its source, not its text."""

from __future__ import annotations

import pytest

from corpus.article_labels import label_values
from corpus.cleaning import remove_furniture

BODY = ["云梧镇的渡轮今年三月开始载客，头一个月很忙。", "船长沈若兰说，电池够走三个来回。"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("标题：渡轮开航", {"title": "渡轮开航"}),
        ("標題: 渡輪開航", {"title": "渡輪開航"}),
        ("作者：何小满", {"author": "何小满"}),
        ("来源：云梧日报", {"publisher": "云梧日报"}),
        ("来源：云梧日报 记者：何小满", {"publisher": "云梧日报", "author": "何小满"}),
        ("2025年3月5日 08:30 来源：云梧日报", {"date": "2025年3月5日 08:30", "publisher": "云梧日报"}),
        ("发布时间：2025-03-05", {"date": "2025-03-05"}),
        ("本报记者 何小满 罗敬亭", {"author": "何小满、罗敬亭"}),
        ("（記者 羅敬亭）", {"author": "羅敬亭"}),
    ],
)
def test_labels_are_read_and_taken_off(row: str, found: dict[str, str]) -> None:
    """Title, writer, paper and day are read in simplified and traditional characters, and the row is gone."""
    assert label_values([row, *BODY]) == (found, BODY)


@pytest.mark.parametrize(
    "row",
    [
        "记者：你为什么留下？",
        "来源不明的煤堆在码头上。",
        "时间：不详",
        "记者何小满在码头等了三天，没有看到一艘船。",
        "作者：他写了很多书。没有人读。",
        "By Jo Tern",
        "2025年3月5日",
        "",
    ],
)
def test_other_rows_stay(row: str) -> None:
    """A question of an interview, a sentence and an English byline are left to others."""
    assert label_values([row, *BODY]) == ({}, [row, *BODY])


def test_labels_inside_an_article_are_its_text() -> None:
    """Once a sentence has ended, a labelled row is what the article says."""
    rows = [*BODY, "作者：何小满"]
    assert label_values(rows) == ({}, rows)


def test_labels_below_a_title_are_read() -> None:
    """A title stands above its labels, also one that asks a question."""
    assert label_values(["渡轮为什么这么慢？", "来源：云梧日报", *BODY]) == (
        {"publisher": "云梧日报"},
        ["渡轮为什么这么慢？", *BODY],
    )


def test_the_first_label_of_a_kind_counts() -> None:
    """A second author or paper further down is dropped."""
    assert label_values(["作者：何小满", "作者：罗敬亭", *BODY]) == ({"author": "何小满"}, BODY)


def test_cleaning_hands_the_labels_on() -> None:
    """Title, publisher, writer and day of the labels come back with the text."""
    cleaned = remove_furniture(["标题：渡轮开航", "来源：云梧日报 作者：何小满", "日期：2025年3月5日", *BODY])
    assert cleaned.text == "\n\n".join(BODY)
    assert (cleaned.title, cleaned.author, cleaned.publisher) == ("渡轮开航", "何小满", "云梧日报")
    assert cleaned.date_line == "2025年3月5日"


@pytest.mark.parametrize(
    "row",
    [
        "（责任编辑：何小满）",
        "【責任編輯：何小滿】",
        "相关阅读：渡轮为什么这么慢",
        "分享到：",
        "扫一扫，关注我们",
        "图片来源：云梧日报",
        "（资料图片）",
        "版权所有 云梧日报",
        "原标题：渡轮开航了",
        "（完）",
    ],
)
def test_the_page_around_a_chinese_article_goes(row: str) -> None:
    """Editors, links, share buttons and picture credits are dropped."""
    assert remove_furniture([*BODY, row]).text == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "row",
    [
        "相关新闻很多，但是没有人读它们。",
        "摄影是他的爱好，他拍了一辈子的船。",
        "版权法今年要改。",
        "分享到最后的人没有拿到茶叶。",
    ],
)
def test_sentences_that_only_look_like_the_page_stay(row: str) -> None:
    """No sentence is lost because it speaks of news, photographs or rights."""
    assert row in remove_furniture([*BODY, row, BODY[1]]).text
