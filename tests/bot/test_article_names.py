"""`bot.article_names`: articles are found by what somebody types, and named in one line that Discord takes."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.article_names import exact_article, find_articles, find_publishers, label_of, name_of, source_label
from bot.wording import wording
from corpus.article import Article, Kind

HALL = Article(
    "market-hall", "x", title="The market hall of Ostrava", publisher="Harbour Gazette", published_on=dt.date(2025, 3, 5)
)
HERD = Article("goats-of-2024", "x", title="A herd's long walk", author="Ines Marlow", publisher="Meadow News")
ROOFS = Article("zh-roofs", "x", title="青石镇的屋顶变蓝了", publisher="海港报", published_on=dt.date(2024, 5, 2), language="zh")
PASTED = Article("pasted-note", "x")
NAMES = [name_of(one) for one in (HALL, HERD, ROOFS, PASTED)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("the market", HALL),
        ("OSTRAVA", HALL),
        ("hall ostr", HALL),
        ("gazette", HALL),
        ("2025-03", HALL),
        ("markt hall of", HALL),  # a typing mistake
        ("herds long", HERD),
        ("herd’s", HERD),
        ("marlow", HERD),
        ("goats of 2024", HERD),
        ("屋顶", ROOFS),
        ("海港报", ROOFS),
        ("青石鎮的屋顶", ROOFS),  # one sign of another script
        ("２０２４ ０５", ROOFS),  # as a Chinese keyboard gives it
        ("pasted-note", PASTED),
    ],
)
def test_articles_are_found_by_what_is_known_of_them(typed: str, found: Article) -> None:
    """By title, publisher, author, day and id, in either language, in any case, unfinished or mistyped."""
    assert find_articles(typed, NAMES)[0] == found


@pytest.mark.parametrize("typed", ["penguin", "企鹅在跳舞", "xq", "!!!x"])
def test_nothing_is_found_for_strange_words(typed: str) -> None:
    """A choice that has nothing to do with what was typed would mislead."""
    assert find_articles(typed, NAMES) == []


def test_mistakes_can_be_left_out() -> None:
    """Where one article is shown, a likeness is not enough."""
    assert find_articles("hall ostr", NAMES, mistakes=False) == [HALL]
    assert find_articles("markt hall of", NAMES, mistakes=False) == []


@pytest.mark.parametrize("typed", ["", "  ", "?!", "“”"])
def test_everything_is_offered_before_typing(typed: str) -> None:
    """In the order given; signs alone are no words."""
    assert find_articles(typed, NAMES) == [HALL, HERD, ROOFS, PASTED]


def test_the_best_match_comes_first() -> None:
    """A title that begins so comes before one that only has the word, and that before a publisher."""
    titles = ["Salt in the harbour", "Harbour lights", "Bread"]
    articles = [Article(f"a{n}", "x", title=title, publisher="Harbour Gazette") for n, title in enumerate(titles)]
    assert [one.title for one in find_articles("harbour", list(map(name_of, articles)))] == [titles[1], titles[0], titles[2]]


def test_at_most_twenty_five_are_found() -> None:
    """Discord takes no more."""
    names = [name_of(Article(f"a{n}", "x", title=f"News {n}")) for n in range(60)]
    assert len(find_articles("", names)) == len(find_articles("news", names)) == 25
    assert len(find_publishers("", [f"Press {n}" for n in range(60)])) == 25


def test_publishers_are_found_by_any_part() -> None:
    """Those that begin so first; in Chinese as well."""
    known = ["City and Harbour", "Harbour Gazette", "海港报"]
    assert find_publishers("harb", known) == ["Harbour Gazette", "City and Harbour"]
    assert find_publishers("海港", known) == ["海港报"]
    assert find_publishers("penguin", known) == []


def test_an_exact_name_is_one_article() -> None:
    """By id or title; of two with one title neither is meant, unless by its id."""
    twin = name_of(Article("other-hall", "x", title=HALL.title))
    assert exact_article("market-hall", NAMES) == HALL == exact_article("the Market Hall of Ostrava", NAMES)
    assert exact_article("The market hall of Ostrava", [*NAMES, twin]) is None
    assert exact_article("other-hall", [*NAMES, twin]) == twin.article
    assert exact_article("", NAMES) is None and exact_article("hall", NAMES) is None


def test_labels_name_title_publisher_and_day() -> None:
    """What is unknown is left out, but for the title; a brief is called one."""
    say = wording()
    assert label_of(HALL, say) == "The market hall of Ostrava · Harbour Gazette · 5 Mar 2025"
    assert label_of(PASTED, say) == "untitled article"
    brief = Article("b", "x", title="Tea", kind=Kind.BRIEF)
    assert label_of(brief, say) == "Tea (brief)" and source_label(brief, say) == ""
    assert label_of(ROOFS, wording("zh")).endswith("2024年5月2日")


def test_labels_fit_into_a_choice() -> None:
    """A long title gives way to publisher and day, and shows that it goes on."""
    long = Article("long", "x", title="long " * 60, publisher="Press " * 30, published_on=dt.date(2025, 3, 5))
    label = label_of(long, wording())
    assert len(label) <= 100 and label.endswith("… · 5 Mar 2025") and label.count("…") == 2
    assert len(label_of(Article("t", "x", title="y" * 200), wording())) == 100
