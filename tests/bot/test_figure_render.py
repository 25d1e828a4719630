"""`bot.figure_render` and `bot.figure_lines`: figures within Discord's limits, letter for letter, legible on a telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from rich.cells import cell_len

from bot.answer_layout import Page
from bot.ask_series import Series
from bot.figure_desk import MetricCount, Sheet
from bot.figure_lines import WIDTH, aligned, figure_lines, short_value, source_letters
from bot.figure_render import figure_row, list_pages, series_text, sheet_pages
from bot.panels import Panel
from bot.wording import Wording, wording
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Bound, Period, Status
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE
from tests.bot.sample_figures import CHINESE, DECADE, UNRESOLVED, stored
from tests.bot.shown_markdown import display, parted, unquoted

METRIC = Metric("solar-roofs", "Number of solar roofs", {"zh": "太阳能屋顶数量"}, (), "count")
SPANS = "188.2 quintillion floating-point operations per second"


def figure_of(article: Article, sentence: str, text: str, **changes: object) -> StoredFigure:
    """The figure `text` of a sentence of an article."""
    begin = article.text.index(sentence)
    start = article.text.index(text, begin)
    made = stored(text, article=article, start=start, end=start + len(text))
    figure = replace(made.figure, sentence_start=begin, sentence_end=begin + len(sentence), **changes)  # type: ignore[arg-type]
    return replace(made, figure=figure, sentence=sentence)


def within_limits(pages: list[Page]) -> list[Page]:
    """The pages, each of which Discord takes as one message: a panel raises otherwise."""
    assert all(Panel(page.texts, foot=page.foot).children for page in pages)
    return pages


def sheet_of(*figures: StoredFigure, **changes: object) -> Sheet:
    """A sheet of one metric."""
    return replace(Sheet(((METRIC.title, len(figures)),), figures, {}), **changes)  # type: ignore[arg-type]


def shown(text: str) -> str:
    """Text without escapes, whose spaces are all of one kind."""
    return text.replace("\xa0", " ").replace("\\", "")


ENGLISH: Wording = wording()
SOLAR_FIGURE = figure_of(SOLAR, SOLAR_SENTENCE, "7,300")


# --- lines -----------------------------------------------------------------------------------------------------------

STRANGE = [
    stored(SPANS, "188200000000000000000", "FLOPS"),
    stored("六千亿元" * 9, "600000000000", "CNY", article=CHINESE, period=DECADE, status=Status.FORECAST),
    stored("600 billion yuan", "600000000000", "CNY", period=UNRESOLVED, status=Status.TARGET),
    stored("4,500", "4500", bound=Bound.ABOVE, period=Period("x" * 300, None, None)),
    stored("9", "9", period=Period("a week", dt.date(2025, 12, 27), dt.date(2026, 12, 27))),
]


@pytest.mark.parametrize("language", ["en", "zh", "de", "es"])
def test_lines_are_no_wider_than_a_terminal(language: str) -> None:
    """Whatever stands in them, Chinese signs counted as two columns; and each names its status."""
    lines = figure_lines(STRANGE, [f"B{number}" for number in range(95, 100)], wording(language))
    assert len(lines) == len(STRANGE) and max(map(cell_len, lines)) <= WIDTH


def test_a_line_has_mark_value_time_and_status() -> None:
    """The value as the article writes it."""
    assert figure_lines([SOLAR_FIGURE], ["1"]) == ["1 7,300 by 30 Sep 2024 reported"]


def test_a_long_value_is_given_in_short_form() -> None:
    """A number is not cut where there is a shorter way to write it."""
    assert "188.2 EFLOPS" in figure_lines(STRANGE[:1], ["1"])[0]


def test_a_bound_becomes_a_sign_before_a_value_is_cut() -> None:
    """Where there is no room for "under 600 billion yuan"; a number that ends in dots would be another number."""
    for bound, sign in ((Bound.BELOW, "<"), (Bound.ABOVE, ">"), (Bound.ABOUT, "~")):
        assert short_value(stored("600 billion yuan", "6e11", "CNY", bound=bound), 18) == f"{sign}600 billion yuan"


@pytest.mark.parametrize("before", ["close to ", "nearly ", "almost ", "approaching ", "near the "])
def test_what_comes_close_is_not_under(before: str) -> None:
    """ "Close to 600" is about 600: neither a sign nor another language makes it less."""
    text = f"{before}600 billion yuan was spent."
    close = stored("600 billion yuan", "6e11", "CNY", article=replace(SOLAR, text=text), bound=Bound.BELOW)
    figure = replace(close.figure, start=len(before), end=len(before) + 16, sentence_end=len(text))
    close = replace(close, figure=figure, sentence=text)
    assert short_value(close, 18) == "~600 billion yuan"
    assert "**近6000亿元**" in figure_row("[1]", close, wording("zh"))
    assert "under" not in figure_row("[1]", close, ENGLISH)


def test_columns_are_as_wide_as_their_longest_cell() -> None:
    """Short tables stay small; a cell that is too long says so."""
    assert aligned([("a", "bb"), ("ccc", "d")], (5, 5)) == ["a   bb", "ccc d"]
    assert aligned([("abcdefgh\nij", "k")], (5, 5)) == ["abcd… k"]
    assert aligned([], (5, 5)) == []


def test_each_article_has_one_letter() -> None:
    """In the order of the figures."""
    assert source_letters([stored(), stored(article=FERRY), stored()]) == {"solar-roofs": "a", "ferry-line": "b"}
    many = source_letters([stored(article=replace(SOLAR, id=f"n{number}")) for number in range(60)])
    assert len(set(many.values())) == 60 and (many["n26"], many["n53"]) == ("aa", "bbb")


# --- lists -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "row"),
    [
        (SOLAR_FIGURE, "[1] **7,300**\n-# by end of Sep 2024"),
        (stored("eight", "8", status=Status.TARGET), "[1] **8**\n-# by end of Sep 2024 · target"),
        (stored("5,300-hectare", "53000000", "square_metre", period=DECADE), "[1] **5,300 hectares**\n-# 2025–2035"),
        (stored("130-plus", "130", bound=Bound.ABOVE, period=None), "[1] **over 130**\n-# no date given"),
        (stored(SPANS, "188200000000000000000", "FLOPS"), "[1] **188.2 EFLOPS**\n-# by end of Sep 2024"),
        (stored("$5.2 billion", "5.2e9", "USD"), "[1] **$5.2 billion**\n-# by end of Sep 2024"),
        (stored("六千亿元", "6e11", "CNY", article=CHINESE), "[1] **600 billion yuan**\n-# by end of Sep 2024"),
        (stored("9", "9", period=UNRESOLVED), "[1] **9**\n-# “this year” (no day known)"),
    ],
)
def test_a_figure_is_listed_plainly(figure: StoredFigure, row: str) -> None:
    """As the article writes it where that reads well, and in the reader's language; only what is not measured is said so."""
    assert shown(figure_row("[1]", figure, ENGLISH)) == row


@pytest.mark.parametrize("language", ["en", "zh", "de", "es"])
def test_short_facts_do_not_break(language: str) -> None:
    """A telephone breaks small letters between two facts, not within one."""
    row = figure_row("[1]", stored(status=Status.FORECAST), wording(language), "Solar roofs")
    assert all(" " not in fact for fact in row.split("\n-# ")[1].split(" · "))


def test_markup_in_a_list_stays_letters() -> None:
    """A value, a time or a subject that looks like markup is shown, not obeyed."""
    row = figure_row("[1]", stored("*9* `x`", "9", period=Period("@here `", None, None)), ENGLISH, "**bold** <@42>")
    value, facts = row.split("\n-# ")
    assert display(facts)[0] == "**bold**\xa0<@42> · “@here\xa0`”\xa0(no\xa0day\xa0known)" and "**9**" in value


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_sheet_has_list_and_quotation_with_source() -> None:
    """The number is in bold in its sentence, which is there letter for letter; the link leads to the sentence."""
    (page,) = sheet_pages(sheet_of(SOLAR_FIGURE), ENGLISH)
    head, quote = page.texts
    assert shown(head) == "**Number of solar roofs**\n[1] **7,300**\n-# by end of Sep 2024" and not page.foot
    body, source = parted(quote)
    assert display(unquoted(body)) == (SOLAR_SENTENCE, "7,300")
    assert shown(source).startswith("**[1]** “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1")
    assert "[open](<https://gazette.example/roofs?page=1#:~:text=" in source


def test_markup_of_an_article_stays_letters() -> None:
    """Mentions, links and code of an article are shown, not obeyed."""
    sentence = NOTICE.text.split("\n")[0]
    (page,) = sheet_pages(sheet_of(figure_of(NOTICE, sentence, "42")), ENGLISH)
    assert display(unquoted(parted(page.texts[1])[0])) == (sentence, "42")


def test_figures_of_one_sentence_share_its_quotation() -> None:
    """The sentence stands there once, with both numbers in bold."""
    text = "The town has 7,300 roofs and 42 windmills."
    article = replace(SOLAR, text=text)
    (page,) = sheet_pages(sheet_of(*(figure_of(article, text, number) for number in ("42", "7,300"))), ENGLISH)
    body, source = parted(page.texts[1])
    assert display(unquoted(body)) == (text, "7,30042") and source.startswith("**[1] [2]** ")


def test_other_articles_with_the_same_statement_are_named() -> None:
    """Two by name, the others by number."""
    others = {f"other-{number}": replace(FERRY, id=f"other-{number}", title=f"Title {number}") for number in range(4)}
    figure = replace(SOLAR_FIGURE, also_in=tuple(others))
    text = sheet_pages(sheet_of(figure, articles=others), ENGLISH)[0].texts[1]
    assert text.count("-# Also in: ") == 2 and "Title 1" in text and "Title 2" not in text
    assert text.endswith("\n-# Also in 2 more")


def test_a_sentence_longer_than_discord_shows_is_not_cut() -> None:
    """Its source is given instead."""
    article = replace(SOLAR, text="9 " + "*" * 3000)
    text = sheet_pages(sheet_of(figure_of(article, article.text, "9")), ENGLISH)[0].texts[1]
    assert text.startswith("*The passage is longer than Discord can show.*\n-# **[1]** ")


def test_what_does_not_fit_together_is_told_in_words() -> None:
    """Findings first, each line apart; of too many notes it is said how many others there are."""
    relations = tuple(f"[{number}] and [{number + 1}]: the same value; {'neither is dated ' * 3}." for number in range(1, 90))
    page, *_ = sheet_pages(sheet_of(SOLAR_FIGURE, findings=("[1]: *odd*:\nfrom [2].",), relations=relations), ENGLISH)
    lines = page.texts[1].split("\n")
    assert lines[:5] == [
        "**What does not fit**",
        r"• \[1\]\: \*odd\*\:",
        r"› from \[2\].",
        "",
        "**How they stand to each other**",
    ]
    assert lines[-1] == f"-# Notes that find no room here: {89 - (len(lines) - 6)}"
    assert len(sheet_pages(sheet_of(SOLAR_FIGURE), ENGLISH)[0].texts) == 2  # no empty notes


@pytest.mark.parametrize("count", [1, 3, 4, 12, 13, 200])
@pytest.mark.parametrize("hostile", [False, True])
def test_every_figure_is_on_a_page(count: int, hostile: bool) -> None:
    """Two hundred figures make pages that Discord takes; each is listed and quoted once, in order."""
    text = " ".join(
        f"In town {number} there are {7300 + number} roofs{'*@`_' * 150 if hostile else ''}!" for number in range(count)
    )
    article = replace(SOLAR, text=text)
    sentences = [f"{part}!" for part in text.split("!")[:-1]]
    figures = [figure_of(article, one.strip(), str(7300 + number)) for number, one in enumerate(sentences)]
    relations = ("[1] and [2]: *conflict*.",) * 300
    pages = within_limits(sheet_pages(sheet_of(*figures, relations=relations), ENGLISH))
    for start, mark in (("-# **[", "]**"), ("[", "] **")):
        for number in range(1, count + 1):
            lines = [line for page in pages for text in page.texts for line in text.split("\n")]
            assert sum(line.startswith(f"{start}{number}{mark}") for line in lines) == 1
    assert [page.first for page in pages[1:]] == [page.last + 1 for page in pages[:-1]] and pages[-1].last == count
    assert all(page.foot.startswith("-# Figure") for page in pages) or len(pages) == 1


def test_the_longest_of_everything_fits() -> None:
    """Titles, values, times and sentences that are nothing but markup, all at once, with every note there is room for."""
    text = "9 " + "*" * 1000
    hostile = figure_of(replace(SOLAR, text=text), text, "9", period=Period("*" * 300, None, None), unit="*" * 300)
    parts = (("*" * 300, 30), ("*" * 300, 30))
    notes = ("*" * 190,) * 50
    captions = ("*" * 300,) * 60
    pages = sheet_pages(sheet_of(*[hostile] * 60, parts=parts, captions=captions, relations=notes, findings=notes), ENGLISH)
    assert within_limits(pages)[-1].last == 60
    listed = MetricCount(replace(METRIC, title="*" * 300), 99999, hostile)
    assert within_limits(list_pages([listed] * 99, ENGLISH))


def test_two_metrics_stand_one_under_the_other() -> None:
    """With one row of numbers; one that has no figures says so."""
    parts = (("Roofs", 1), ("Money", 1), ("Fares", 0))
    text = shown(sheet_pages(sheet_of(SOLAR_FIGURE, STRANGE[2], parts=parts), ENGLISH)[0].texts[0])
    assert text.startswith("**Roofs**\n[1] **7,300**\n-# by end of Sep 2024\n\n**Money**\n[2] **600 billion yuan**\n")
    assert text.endswith("\n\n**Fares**\n-# The articles give no figure of this.")


def test_a_search_says_what_each_figure_is_of() -> None:
    """Under a heading of its own; where only metrics were found there is nothing to list."""
    sheet = sheet_of(SOLAR_FIGURE, parts=(("", 1),), captions=("Roofs with panels",))
    (page,) = sheet_pages(sheet, ENGLISH, "**Roofs**")
    assert shown(page.texts[0]) == "**Roofs**\n[1] **7,300**\n-# Roofs with panels · by end of Sep 2024"
    assert sheet_pages(sheet_of(), ENGLISH, "**Roofs**") == [Page(("**Roofs**",))]


def test_hundreds_of_metrics_have_pages() -> None:
    """Twelve to a page; a catalogue without metrics is told."""
    metric = replace(METRIC, title="人工智能核心产业规模*" * 9, titles={})
    pages = within_limits(list_pages([MetricCount(metric, 200, STRANGE[0])] * 301, ENGLISH))
    assert len(pages) == 26 and pages[1].foot == "-# Metrics 13 to 24 of 301"
    heading, rows = pages[-1].texts
    assert heading == "**Metrics in the archive: 301**"
    assert shown(rows).endswith("\n-# 188.2 EFLOPS · by end of Sep 2024 · figures: 200")
    assert "no metrics" in list_pages([], ENGLISH)[0].texts[0]


# --- under an answer -------------------------------------------------------------------------------------------------


def test_a_series_has_letters_for_its_sources() -> None:
    """Each row's letter leads to a source under the list, the title is in the asker's language."""
    series = Series(METRIC, (SOLAR_FIGURE, replace(SOLAR_FIGURE, article=FERRY), SOLAR_FIGURE))
    lines = series_text(series, wording()).split("\n")
    assert lines[0] == "**Number of solar roofs**" and [line[:3] for line in lines[1:7:2]] == ["[a]", "[b]", "[a]"]
    assert lines[7].startswith("-# **[a]** “Roofs of Vetluga") and lines[8].startswith("-# **[b]** brief of “A ferry")
    assert series_text(series, wording("zh")).startswith("**太阳能屋顶数量**")


def test_a_long_series_is_counted() -> None:
    """The list under an answer is compact."""
    assert "\n-# + 192 · /metric show\n" in series_text(Series(METRIC, (SOLAR_FIGURE,) * 200), wording())
