"""`bot.article_render`: articles as texts that are verbatim, safe to send and within Discord's limits."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.article_desk import ArticleRow, ArticleSheet
from bot.article_render import list_texts, page_rows, pages_of, sheet_texts, unknown_text
from bot.panels import TEXTS_TOTAL, Panel
from bot.render import TITLE_SHOWN, escape
from bot.starter_questions import StarterQuestion
from bot.wording import wording
from corpus.article import Article, Kind, Span
from corpus.figures.figure import Status
from corpus.store import StoredSentence
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, quote_of
from tests.bot.sample_figures import AUTUMN, YEAR, stored

SAY = wording()
HOSTILE = Article("hostile", "x", title="**@everyone** `x` " * 40, publisher="[a](<b>) " * 40, published_on=dt.date(2025, 4, 1))


def sentence(text: str, paragraph: int = 1) -> StoredSentence:
    """A key sentence."""
    return StoredSentence(1, 1, Span(SOLAR.id, 0, len(text)), text, paragraph)


def sheet(article: Article = SOLAR, **changes: object) -> ArticleSheet:
    """A sheet with one of everything."""
    made = ArticleSheet(
        article,
        2,
        (sentence("The town of Vetluga counted 7,300 solar roofs in April.", 1),),
        {"Number of solar roofs": (stored(period=AUTUMN),)},
        (StarterQuestion("How many roofs are there?", quote_of(SOLAR)),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


# --- the list --------------------------------------------------------------------------------------------------------


def test_the_list_names_each_article() -> None:
    """Number, title, publisher, day, and what is in it, with air between; what is unknown is said to be unknown."""
    head, body = list_texts([ArticleRow(SOLAR, 2, 5), ArticleRow(NOTICE, 3, 0), ArticleRow(FERRY, 2, 1)], 0, SAY)
    assert head == "**Articles in the archive: 3**"
    assert body.split("\n") == [
        "**1** · Roofs of Vetluga turn blue",
        "-# Harbour Gazette · 2 May 2024 · paragraphs: 2 · figures: 5",
        "",
        "**2** · untitled article",
        "-# publisher unknown · date unknown · paragraphs: 3",
        "",
        "**3** · A ferry without a captain \\(brief\\)",
        "-# Northern Courier · 5 Mar 2025 · paragraphs: 2 · figures: 1",
    ]


def test_an_empty_list_says_so() -> None:
    """A sentence, and one page."""
    assert list_texts([], 0, SAY) == ["The archive has no articles yet."] and pages_of([]) == 1


def test_the_list_has_pages() -> None:
    """Eight articles each, numbered through."""
    rows = [ArticleRow(SOLAR, 2, 0)] * 17
    assert pages_of(rows) == 3 and [len(page_rows(rows, page)) for page in range(3)] == [8, 8, 1]
    head, body = list_texts(rows, 2, SAY)
    assert head.endswith("-# Page 3 of 3") and body.startswith("**17** · ")


def test_a_page_of_hostile_articles_fits() -> None:
    """Long titles full of markup are shortened and shown letter for letter."""
    texts = list_texts([ArticleRow(HOSTILE, 10_000, 10_000)] * 9, 0, SAY)
    assert sum(map(len, texts)) <= TEXTS_TOTAL
    assert escape("**@everyone**") in texts[1] and "[a](" not in texts[1]


# --- one article -----------------------------------------------------------------------------------------------------


def test_a_sheet_shows_all_there_is() -> None:
    """Source with a link, key sentences with their paragraph, figures by metric, questions."""
    head, sentences, figures, questions = sheet_texts(sheet(), SAY)
    assert head == (
        "**Roofs of Vetluga turn blue**\nHarbour Gazette · 2 May 2024 · paragraphs: 2"
        " · [open](<https://gazette.example/roofs?page=1>)"
    )
    assert sentences == "**Key sentences**\n> The town of Vetluga counted 7,300 solar roofs in April.\n-# ¶ 1"
    assert figures == "**Figures**\n• Number of solar roofs\\: 7,300 \\(by end of Sep 2024\\)"
    assert questions == "**Questions you can ask**\n› How many roofs are there?"


def test_what_an_article_does_not_have_is_left_out() -> None:
    """No empty headings."""
    assert len(sheet_texts(sheet(key_sentences=(), figures={}, questions=()), SAY)) == 1


def test_a_brief_is_called_one() -> None:
    """A reader must not take our words for the publisher's."""
    assert "not its text" in sheet_texts(sheet(replace(SOLAR, kind=Kind.BRIEF)), SAY)[0]


def test_figures_say_what_is_only_expected() -> None:
    """A forecast is told from a measurement, and of many figures the rest is counted."""
    many = tuple(stored(status=Status.FORECAST, period=YEAR) for _ in range(5))
    figures = sheet_texts(sheet(figures={"Roofs": many, "Undated": (stored(period=None),)}), SAY)[2]
    assert figures.split("\n")[1:] == ["• Roofs\\: " + "7,300 \\(2025, forecast\\); " * 3 + "+ 2", "• Undated\\: 7,300"]


def test_metrics_without_room_are_counted() -> None:
    """An article may be about everything."""
    figures = {f"Metric {n}": (stored(),) for n in range(14)}
    lines = sheet_texts(sheet(figures=figures), SAY)[2].split("\n")
    assert lines[1].startswith("• Metric 0") and lines[-1] == "-# more metrics: 4"


def test_key_sentences_are_whole_or_not_there() -> None:
    """Where they do not fit together the longer ones are left out, none is cut, and markup in them is shown as letters."""
    long = tuple(sentence("@*`[" * 149 + "end.", paragraph) for paragraph in range(1, 5))
    short = sentence("Violins are tuned in the cellar of the museum.", 9)
    texts = sheet_texts(sheet(HOSTILE, key_sentences=(*long, short)), SAY)
    assert sum(map(len, texts)) <= TEXTS_TOTAL and Panel(texts)
    quoted = [line for line in texts[1].split("\n") if line.startswith("> ")]
    assert quoted[-1] == f"> {short.text}"
    assert 1 < len(quoted) < 5 and all(line in {f"> {escape(one.text)}" for one in (*long, short)} for line in quoted)


def test_key_sentences_have_air_between_them() -> None:
    """The paragraph directly under its sentence, an empty line before the next one."""
    shown = sheet_texts(sheet(key_sentences=(sentence("One."), sentence("Two.", 4))), SAY)[1]
    assert shown == "**Key sentences**\n> One.\n-# ¶ 1\n\n> Two.\n-# ¶ 4"


def test_the_list_shows_long_titles_whole() -> None:
    """As long as a page of them finds room."""
    article = replace(
        SOLAR, title="A title as long as a whole sentence of an article that is not short at all, and goes on and on."
    )
    assert len(article.title or "") < TITLE_SHOWN
    assert list_texts([ArticleRow(article, 2, 5)] * 8, 0, SAY)[1].count(article.title or "") == 8


def test_a_sentence_of_two_lines_stays_in_the_block_quote() -> None:
    """A line of its own would be ours."""
    assert "> One\n> two.\n-# ¶ 1" in sheet_texts(sheet(key_sentences=(sentence("One\ntwo."),)), SAY)[1]


# --- nothing found ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_unknown_name_is_shown_safely(language: str) -> None:
    """What the member typed pings nobody; articles that may be meant are named."""
    text = unknown_text("@everyone **x**" * 30, [HOSTILE, SOLAR], wording(language))
    assert "@everyone" not in text.replace("\\@everyone", "") and "› Roofs of Vetluga turn blue" in text
    assert len(text) < 2000
    assert {"en": "/article list", "zh": "/文章 列表"}[language] in unknown_text("x", [], wording(language))
