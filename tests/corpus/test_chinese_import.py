"""Chinese files of every kind: their encodings, line breaks, headings and what they say of their source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from corpus.article import Article, read_article
from corpus.cleaning import continued, normalise
from corpus.formats import decode, read_document
from corpus.importing import import_paths
from tests.chinese_articles import ALL, FERRY, LIBRARY, ROBOTS

TITLE, _, FERRY_BODY = FERRY.partition("\n\n")
FERRY_TEXT = FERRY_BODY.replace("票价问题", "## 票价问题")
PAGE = f"""<!doctype html><html lang="zh-CN"><head><meta charset="gb2312"><title>{TITLE}_云梧日报</title>
<meta property="og:site_name" content="云梧日报"></head><body><nav><a href="/">首页</a></nav><article><h1>{TITLE}</h1>
<p>2025年03月05日 08:30　来源：云梧日报　作者：何小满</p>
{"".join(f"<p>　　{row}</p>" for row in FERRY_BODY.split(chr(10) * 2))}
<p>（责任编辑：罗敬亭）</p></article><footer>版权所有 云梧日报</footer></body></html>"""


def imported(tmp_path: Path, name: str, content: bytes) -> Article:
    (tmp_path / name).write_bytes(content)
    report = import_paths([str(tmp_path / name)], tmp_path / "collection")
    assert not report.refused
    return report.imported[0].article


# --- encodings -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [*ALL, FERRY_BODY[:40], ROBOTS[:40]])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_simplified_and_traditional_text_is_read(text: str, encoding: str) -> None:
    """Whole articles and a few sentences come out letter for letter, whatever program saved them."""
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize("encoding", ["big5", "big5hkscs"])
@pytest.mark.parametrize("length", [20, 60, 200])
def test_big5_of_taiwan_and_hong_kong_is_read(encoding: str, length: int) -> None:
    """A traditional text in its own encoding is not taken for GB 18030, which could hold the same bytes."""
    assert decode(LIBRARY[:length].encode(encoding), "a.txt") == LIBRARY[:length]


# --- lines and paragraphs --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "line", "joined"),
    [
        ("渡轮", "开航", "渡轮开航"),
        ("渡轮，", "AI", "渡轮，AI"),
        ("AI", "，渡轮", "AI，渡轮"),
        ("他说：", "“天冷”", "他说：“天冷”"),
        ("渡轮", "“白鹭号”", "渡轮“白鹭号”"),
        ("“白鹭号”", "开航", "“白鹭号”开航"),
        ("想了想……", "走了", "想了想……走了"),
        ("渡轮", "AI", "渡轮 AI"),
        ("The ferry", "sails", "The ferry sails"),
        ("“Yes,”", "she said", "“Yes,” she said"),
        ("한국", "페리", "한국 페리"),
        ("", "渡轮", "渡轮"),
    ],
)
def test_a_broken_line_is_mended_as_its_script_asks(before: str, line: str, joined: str) -> None:
    """Chinese lines join without a space, also at marks; English and Korean ones with one."""
    assert continued(before, line) == joined
    if before:
        assert normalise(f"{before}\n{line}") == joined


def test_lines_wrapped_by_an_editor_are_one_paragraph() -> None:
    """A Chinese text broken at forty letters is read like one that is not."""
    broken = "\n\n".join(
        "\n".join(row[start : start + 40] for start in range(0, len(row), 40)) for row in FERRY_BODY.split("\n\n")
    )
    assert broken != FERRY_BODY
    assert read_document(broken.encode(), ".txt", "a.txt").paragraphs == FERRY_TEXT.split("\n\n")


def test_an_indent_of_two_wide_spaces_begins_a_paragraph() -> None:
    """Paragraphs without a blank line between them are told by their indent, even when their lines are wrapped."""
    rows = [row for row in FERRY_BODY.split("\n\n") if row != "票价问题"]
    indented = "\n".join("　　" + "\n".join(row[start : start + 40] for start in range(0, len(row), 40)) for row in rows)
    assert read_document(indented.encode(), ".txt", "a.txt").paragraphs == rows


@pytest.mark.parametrize(
    ("row", "heads"),
    [
        ("一、总体情况", True),
        ("（一）渡轮与票价", True),
        ("渡轮开航了。", False),
        ("渡轮开航了，", False),
        ("渡轮" * 30, False),
        ("作者：何小满", False),
        ("2025年3月5日", False),
        ("本报记者 何小满", False),
    ],
)
def test_a_short_line_above_a_long_one_is_a_heading(row: str, heads: bool) -> None:
    """A line without a stop heads what follows; sentences, source lines and dates head nothing."""
    long = "云梧镇的渡轮每天往返十一次，单程只要九分钟。" * 8
    assert read_document(f"{row}\n\n{long}".encode(), ".txt", "a.txt").paragraphs[0] == (f"## {row}" if heads else row)


# --- whole imports ---------------------------------------------------------------------------------------------------


def test_a_text_in_gb_18030_becomes_an_article(tmp_path: Path) -> None:
    """Title, headings and text are told apart, the language is noted, and the file reads back the same."""
    article = imported(tmp_path, "ferry.txt", FERRY.encode("gb18030"))
    assert (article.title, article.language, article.text) == (TITLE, "zh", FERRY_TEXT)
    assert article.id == "yun-wu-zhen-dian-dong-du-lun-tou-ru-shi-yong"
    assert read_article(tmp_path / "collection" / f"{article.id}.md") == article


def test_labelled_lines_become_the_source(tmp_path: Path) -> None:
    """标题, 来源, 记者 and a day above the text are what the article says of itself."""
    head = "标题：采茶机器人进茶园\n来源：云梧日报　记者：何小满\n2025年3月5日 08:30\n\n"
    article = imported(tmp_path, "robots.txt", (head + ROBOTS).encode("gb18030"))
    assert (article.title, article.publisher, article.author) == ("采茶机器人进茶园", "云梧日报", "何小满")
    assert article.published_on == dt.date(2025, 3, 5)
    assert article.text == ROBOTS


def test_a_chinese_web_page_gives_its_article(tmp_path: Path) -> None:
    """A page that declares gb2312 loses its navigation, editor and footer, and no sentence."""
    article = imported(tmp_path, "page.html", PAGE.encode("gb18030"))
    assert (article.title, article.publisher, article.author) == (TITLE, "云梧日报", "何小满")
    assert (article.published_on, article.language) == (dt.date(2025, 3, 5), "zh")
    assert article.text.replace("## ", "") == FERRY_BODY


def test_a_known_language_is_not_overruled(tmp_path: Path) -> None:
    """What the file says of its language wins over what its letters say."""
    markdown = f"---\ntitle: 圖書館\nlanguage: zh-TW\n---\n{LIBRARY}"
    article = imported(tmp_path, "library.md", markdown.encode())
    assert (article.language, article.text) == ("zh-TW", LIBRARY)


def test_an_english_article_keeps_its_language(tmp_path: Path) -> None:
    """A Chinese name in an English article does not make it Chinese."""
    text = "The ferry is called 白鹭号, and it crosses the lake eleven times a day, the captain said on Friday.\n"
    assert imported(tmp_path, "ferry.txt", text.encode()).language == "en"
