"""`bot.figure_render` and `bot.figure_lines`: figures within Discord's limits, letter for letter, legible on a telephone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import discord
import pytest
from rich.cells import cell_len

from bot.ask_series import Series
from bot.figure_desk import MetricCount, Sheet
from bot.figure_lines import WIDTH, aligned, figure_lines, source_letters
from bot.figure_render import (
    CHART_NAME,
    code_block,
    found_embeds,
    list_embed,
    quote_embed,
    series_embed,
    sheet_embeds,
    with_series,
)
from bot.render import DESCRIPTION_LIMIT, EMBEDS_LIMIT, EMBEDS_TOTAL, escape, reply_embeds
from bot.wording import wording
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.figure import Bound, Period, Status
from tests.bot.discord_server import description
from tests.bot.sample_articles import FERRY, NOTICE, SOLAR, SOLAR_SENTENCE, answer_of, quote_of
from tests.bot.sample_figures import CHINESE, DECADE, UNRESOLVED, stored
from tests.bot.test_render import display, unquoted

METRIC = Metric("solar-roofs", "Number of solar roofs", {"zh": "太阳能屋顶数量"}, (), "count")
SPANS = "188.2 quintillion floating-point operations per second"


def figure_of(article: Article, sentence: str, text: str, **changes: object) -> StoredFigure:
    """The figure `text` of a sentence of an article."""
    begin = article.text.index(sentence)
    start = article.text.index(text, begin)
    made = stored(text, article=article, start=start, end=start + len(text))
    figure = replace(made.figure, sentence_start=begin, sentence_end=begin + len(sentence), **changes)  # type: ignore[arg-type]
    return replace(made, figure=figure, sentence=sentence)


def within_limits(embeds: list[discord.Embed]) -> bool:
    """Whether Discord would take these embeds in one message."""
    assert 0 < len(embeds) <= EMBEDS_LIMIT and sum(map(len, embeds)) <= EMBEDS_TOTAL
    assert all(0 < len(description(embed)) <= DESCRIPTION_LIMIT for embed in embeds)
    return True


def sheet_of(*figures: StoredFigure, **changes: object) -> Sheet:
    """A sheet of one metric."""
    return replace(Sheet((METRIC.title,), figures, {}), **changes)  # type: ignore[arg-type]


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
def test_lines_are_no_wider_than_a_telephone(language: str) -> None:
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
    """The column has no room for "under 600 billion yuan"; a number that ends in dots would be another number."""
    for bound, sign in ((Bound.BELOW, "<"), (Bound.ABOVE, ">"), (Bound.ABOUT, "~")):
        (line,) = figure_lines([stored("600 billion yuan", "6e11", "CNY", bound=bound)], ["1"])
        assert f"{sign}600 billion yuan by 30 Sep 2024" in line


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


# --- embeds ----------------------------------------------------------------------------------------------------------


def test_a_sheet_has_table_and_quotation_with_source() -> None:
    """The number is in bold in its sentence, which is there letter for letter."""
    head, quote = sheet_embeds(sheet_of(SOLAR_FIGURE))
    assert description(head).startswith("**Number of solar roofs**\n```\n1 7,300 ")
    body, source = description(quote).split("\n\n")
    assert display(unquoted(body)) == (SOLAR_SENTENCE, "7,300")
    assert source.startswith("**[1]** “Roofs of Vetluga turn blue”, Harbour Gazette, 2 May 2024, ¶ 1")
    assert source.endswith("[open](<https://gazette.example/roofs?page=1>)")


def test_markup_of_an_article_stays_letters() -> None:
    """Mentions, links and code of an article are shown, not obeyed."""
    sentence = NOTICE.text.split("\n")[0]
    embed = quote_embed(1, figure_of(NOTICE, sentence, "42"), sheet_of())
    body, _ = description(embed).split("\n\n")
    assert display(unquoted(body)) == (sentence, "42")


def test_no_back_tick_ends_a_code_block() -> None:
    """Not in a value, nor in a time as written."""
    hostile = stored("`9` ```x```", "9", period=Period("`@here", None, None))
    table = description(sheet_embeds(sheet_of(hostile))[0])
    assert table.count("`") == 6 and table.endswith("\n```")
    assert code_block(["```"]).count("`") == 6


def test_other_articles_with_the_same_statement_are_named() -> None:
    """Two by name, the others by number."""
    others = {f"other-{number}": replace(FERRY, id=f"other-{number}", title=f"Title {number}") for number in range(4)}
    figure = replace(SOLAR_FIGURE, also_in=tuple(others))
    text = description(quote_embed(1, figure, sheet_of(articles=others)))
    assert text.count("Also in: ") == 2 and "Title 1" in text and "Title 2" not in text
    assert text.endswith("Also in 2 more")


def test_a_sentence_longer_than_discord_shows_is_not_cut() -> None:
    """Its source is given instead."""
    article = replace(SOLAR, text="9 " + "*" * 3000)
    text = description(quote_embed(1, figure_of(article, article.text, "9"), sheet_of()))
    assert text.startswith("*The passage is longer than Discord can show.*\n\n**[1]** ")


def test_what_does_not_fit_together_is_told_in_words() -> None:
    """Findings first; of too many lines the rest is counted."""
    relations = tuple(f"[{number}] and [{number + 1}]: they differ in date." for number in range(1, 90))
    _, notice, _ = sheet_embeds(sheet_of(SOLAR_FIGURE, findings=("[1]: *odd*.",), relations=relations))
    lines = description(notice).split("\n")
    assert lines[:3] == ["**What does not fit:**", r"\[1\]\: \*odd\*.", "**How they stand to each other:**"]
    assert lines[-1] == f"{89 - (len(lines) - 4)} more"
    assert len(sheet_embeds(sheet_of(SOLAR_FIGURE))) == 2  # no empty notice


@pytest.mark.parametrize("count", [1, 8, 9, 25, 26, 200])
@pytest.mark.parametrize("hostile", [False, True])
def test_figures_that_do_not_fit_are_counted(count: int, hostile: bool) -> None:
    """Two hundred figures make one message that Discord takes, and nothing is left out in silence."""
    article = replace(SOLAR, text="The town counted 9 roofs. " + "*@`_" * 150) if hostile else SOLAR
    figure = figure_of(article, article.text, "9") if hostile else SOLAR_FIGURE
    relations = ("[1] and [2]: *conflict*.",) * 300
    embeds = sheet_embeds(sheet_of(*[figure] * count, relations=relations))
    assert within_limits(embeds)
    shown = len(embeds) - 2
    assert shown > 0
    assert embeds[-1].footer.text == (f"{count - shown} more; /metric export has all" if shown < count else None)
    assert embeds[0].footer.text == (f"{count - 25} more; /metric export has all" if count > 25 else None)
    assert description(embeds[0]).count("reported") == min(count, 25)


def test_a_message_without_room_for_any_quotation_says_so() -> None:
    """Where the first sentence alone is too long beside the table, the export is named."""
    article = replace(SOLAR, text="The town counted 9 roofs. " + "words " * 650)
    crowded = sheet_of(*[figure_of(article, article.text, "9")] * 30, relations=("*" * 399,) * 3)
    embeds = sheet_embeds(crowded)
    assert within_limits(embeds) and len(embeds) == 2
    assert embeds[-1].footer.text == "30 more; /metric export has all"


def test_two_metrics_have_letters() -> None:
    """So that each row tells what it is of."""
    sheet = replace(sheet_of(SOLAR_FIGURE, STRANGE[2]), titles=("Roofs", "Money"), marks=("A", "B"))
    text = description(sheet_embeds(sheet)[0])
    assert text.startswith("**A · Roofs**\n**B · Money**\n```\nA1 7,300")
    assert "\nB2 600 billion yuan" in text


def test_the_chart_stands_in_the_first_embed() -> None:
    """As an attached picture, where there is one."""
    assert sheet_embeds(sheet_of(SOLAR_FIGURE, picture=b"png"))[0].image.url == f"attachment://{CHART_NAME}"
    assert sheet_embeds(sheet_of(SOLAR_FIGURE))[0].image.url is None


def test_a_search_shows_metrics_and_figures() -> None:
    """Or says that there are none."""
    embeds = found_embeds(replace(sheet_of(SOLAR_FIGURE), titles=tuple(f"Metric {number}" for number in range(30))))
    assert description(embeds[0]).startswith("Metrics (see /metric show):\n**Metric 0**\n")
    assert "25 more metrics\n```\n1 7,300" in description(embeds[0])
    assert description(found_embeds(sheet_of())[0]) == "**Number of solar roofs**".join(["Metrics (see /metric show):\n", ""])
    assert description(found_embeds(Sheet((), (), {}))[0]) == "No figure of the articles is near to that."


def test_a_list_of_hundreds_of_metrics_fits() -> None:
    """What is left out is counted; a catalogue without metrics is told."""
    embed = list_embed([MetricCount("人工智能核心产业规模*" * 9, 200, STRANGE[0])] * 300)
    shown = description(embed).split("\n")
    assert within_limits([embed]) and embed.footer.text == f"{300 - len(shown)} more; /metric export has all"
    assert len(set(shown)) == 1 and shown[0].endswith(f" · 200 · {escape(SPANS)}, by 30 Sep 2024")
    assert "no metrics" in description(list_embed([]))


# --- under an answer -------------------------------------------------------------------------------------------------


def test_a_series_has_letters_for_its_sources() -> None:
    """Each row's letter leads to a source under the table, the title is in the asker's language."""
    series = Series(METRIC, (SOLAR_FIGURE, replace(SOLAR_FIGURE, article=FERRY), SOLAR_FIGURE))
    lines = description(series_embed(series, wording())).split("\n")
    assert lines[0] == "**Number of solar roofs**" and [line[0] for line in lines[2:5]] == ["a", "b", "a"]
    assert lines[6].startswith("**a** “Roofs of Vetluga") and lines[7].startswith("**b** brief of “A ferry")
    assert description(series_embed(series, wording("zh"))).startswith("**太阳能屋顶数量**")


def test_a_long_series_is_counted() -> None:
    """The table under an answer is compact."""
    embed = series_embed(Series(METRIC, (SOLAR_FIGURE,) * 200), wording())
    assert embed.footer.text == "+ 188 · /metric show"


def test_an_answer_comes_before_its_table() -> None:
    """Where both do not fit into a message the table is left out."""
    extra = series_embed(Series(METRIC, (SOLAR_FIGURE,) * 12), wording())
    small = reply_embeds(answer_of(quote_of(SOLAR, SOLAR_SENTENCE)))
    assert with_series(small, extra) == [*small, extra]
    full = reply_embeds(answer_of(*[quote_of(replace(SOLAR, text="words " * 300))] * 5))
    assert with_series(full, extra) == full and within_limits(full)
    assert with_series(small * 10, extra) == small * 10
    too_long = discord.Embed(description="x" * (DESCRIPTION_LIMIT + 1))
    assert with_series(small, too_long) == small
