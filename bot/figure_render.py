"""Metrics and figures -> the texts that Discord shows, within its limits. Pure functions: nothing is sent from here.

A figure is listed in a line of its own and its time in small letters under it, which a telephone does not break; its sentence
follows with its source. A sentence is never cut: where one does not fit, its source stands alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.answer_layout import Page, room_beside
from bot.ask_series import Series
from bot.figure_desk import NO_METRICS, MetricCount, Sheet, title_in
from bot.figure_lines import source_letters
from bot.figure_wording import plain_value, short_period, status_words
from bot.metric_series import paragraph_of
from bot.passage_links import passage_url
from bot.render import ALSO_IN_SHOWN, block_quote, bold, escape, linked_source, shortened, small, source_words
from bot.wording import Wording
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.figure import Status

MAX_ROWS = 12  # figures that are listed above the first quotations; the others are listed on the pages that quote them
MAX_SERIES_ROWS = 8
SENTENCES_A_PAGE = 3  # as an answer has them
METRICS_A_PAGE = 12
FIGURES_A_SENTENCE = 3  # that share one quotation
TITLE_SHOWN, VALUE_SHOWN, TIME_SHOWN, CAPTION_SHOWN = 60, 80, 60, 60  # letters, before escaping
UNBROKEN = 30  # letters that stay on one line of a telephone
ROWS_ROOM, NOTES_ROOM = 1500, 1300  # letters of the list of figures, and of what is said about them
LIST_SHOWN = 40  # letters of a value and of a time in the list of all metrics
SENTENCE_ROOM = 2200  # letters of one sentence with its sources


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence with its source, and the numbers of its first and last figure."""

    text: str
    first: int
    last: int


# --- one metric, two, or what a search found -------------------------------------------------------------------------


def sheet_pages(sheet: Sheet, say: Wording, heading: str = "") -> list[Page]:
    """All pages of a sheet, at least one. The first has the figures in a list, what is said about them, and quotations.

    Args:
        heading: safe to send; above the list. By default the titles of the metrics stand in it.
    Returns:
        Pages whose first text is a heading, under which a chart has its place on the first of them.
    """
    if not sheet.figures:
        return [Page((heading,) if heading else ())]
    whole = len(sheet.figures) <= MAX_ROWS and len(rows := _rows(sheet, 0, len(sheet.figures), say, heading)) <= ROWS_ROOM
    notes = _notes_text(sheet, say)
    head = [rows if whole else _titles(sheet, heading), *([notes] if notes else [])]
    pages: list[Page] = []
    passages = _passages(sheet, say)
    above = None if whole else heading
    if notes and sum(map(len, _page(head, passages[:1], sheet, say, above).texts)) > room_beside():
        pages, head = [Page(tuple(head))], [_titles(sheet, heading)]
    while passages:
        kept = _that_fit(passages, head, sheet, say, above)
        pages.append(_page(head, kept, sheet, say, above))
        passages, head = passages[len(kept) :], [_titles(sheet, heading)]
    return pages


def _that_fit(
    passages: Sequence[_Passage], head: Sequence[str], sheet: Sheet, say: Wording, heading: str | None
) -> Sequence[_Passage]:
    """As many of the first sentences as a page holds; at least one, for a long one has a page that is free but for its head."""
    count = min(SENTENCES_A_PAGE, len(passages))
    while count > 1 and sum(map(len, _page(head, passages[:count], sheet, say, heading).texts)) > room_beside():
        count -= 1
    return passages[:count]


def _page(head: Sequence[str], passages: Sequence[_Passage], sheet: Sheet, say: Wording, heading: str | None) -> Page:
    """A page of these sentences.

    Args:
        heading: where the figures are not all listed on the first page, what stands above the list of those of this page.
    """
    first, last, count = passages[0].first, passages[-1].last, len(sheet.figures)
    if heading is not None:
        head = [_rows(sheet, first - 1, last, say, heading), *head[1:]]
    foot = say("Figures {first} to {last} of {count}", first=first, last=last, count=count)
    if first == last:
        foot = say("Figure {number} of {count}", number=first, count=count)
    return Page((*head, *(one.text for one in passages)), first, last, "" if last - first + 1 == count else small(foot))


def _titles(sheet: Sheet, heading: str) -> str:
    titles = [bold(escape(shortened(title, TITLE_SHOWN))) for title, _ in sheet.parts if title]
    return heading or "\n".join(titles)


def _rows(sheet: Sheet, start: int, end: int, say: Wording, heading: str) -> str:
    """The figures from one place to another, from 0, under the titles of their metrics."""
    groups: list[str] = []
    place = 0
    for title, count in sheet.parts:
        numbers = range(max(start, place), min(end, place + count))
        lines = [bold(escape(shortened(title, TITLE_SHOWN)))] if title else []
        captions = sheet.captions or ("",) * len(sheet.figures)
        lines += [figure_row(f"[{one + 1}]", sheet.figures[one], say, captions[one]) for one in numbers]
        if not count:
            lines.append(small(say("The articles give no figure of this.")))
        groups += ["\n".join(lines)] if numbers or not count else []
        place += count
    return "\n".join([*([heading] if heading else []), "\n\n".join(groups)])


def figure_row(mark: str, stored: StoredFigure, say: Wording, caption: str = "") -> str:
    """A figure's value behind its mark, and under it what it measures, its time, and whether it is only expected or wanted."""
    figure = stored.figure
    value = escape(shortened(plain_value(stored, say), VALUE_SHOWN))
    facts = [shortened(caption, CAPTION_SHOWN)] if caption else []
    facts.append(shortened(short_period(figure.period, say), TIME_SHOWN))
    facts += [status_words(figure.status, say)] if figure.status is not Status.REPORTED else []
    return f"{mark} {bold(value)}\n{_small_facts(facts)}"


def _small_facts(facts: Sequence[str]) -> str:
    """Facts in small letters; where the line is too long for a screen, it breaks between two of them."""
    return small(escape(" · ".join(fact.replace(" ", "\N{NO-BREAK SPACE}") if len(fact) <= UNBROKEN else fact for fact in facts)))


def _notes_text(sheet: Sheet, say: Wording) -> str:
    """What cannot be right, and how the figures stand to each other: as many notes as find room, the others counted."""
    room, texts = NOTES_ROOM, []
    for heading, notes in ((say("What does not fit"), sheet.findings), (say("How they stand to each other"), sheet.relations)):
        lines = [f"• {escape(note)}".replace("\n", "\n› ") for note in notes]
        kept = 0
        while kept < len(lines) and len(lines[kept]) < room:
            room -= len(lines[kept]) + 1
            kept += 1
        if left := len(lines) - kept:
            lines[kept:] = [small(say("Notes that find no room here: {count}", count=left))]
        texts += ["\n".join([bold(heading), *lines])] if lines else []
    return "\n\n".join(texts)


# --- sentences -------------------------------------------------------------------------------------------------------


def _passages(sheet: Sheet, say: Wording) -> list[_Passage]:
    """The sentences of the figures, each once where its figures stand beside each other, their numbers in bold."""
    numbered = groupby(enumerate(sheet.figures, 1), lambda one: (one[1].figure.article_id, one[1].figure.sentence_start))
    whole = [list(group) for _, group in numbered]
    groups = [group[at : at + FIGURES_A_SENTENCE] for group in whole for at in range(0, len(group), FIGURES_A_SENTENCE)]
    return [_Passage(_passage_text(group, sheet, say), group[0][0], group[-1][0]) for group in groups]


def _passage_text(group: Sequence[tuple[int, StoredFigure]], sheet: Sheet, say: Wording) -> str:
    _, one = group[0]
    marks = " ".join(f"[{number}]" for number, _ in group)
    begin = one.figure.sentence_start
    spans = sorted({(stored.figure.start - begin, stored.figure.end - begin) for _, stored in group})
    apart = [span for place, span in enumerate(spans) if not place or span[0] >= spans[place - 1][1]]
    body = block_quote(one.sentence, apart)
    twins = list(dict.fromkeys(name for _, stored in group for name in stored.also_in))
    also = [say("Also in: {source}", source=_source(sheet.articles[name], None, "", say)) for name in twins[:ALSO_IN_SHOWN]]
    if (more := len(twins) - ALSO_IN_SHOWN) > 0:
        also.append(say("Also in {count} more", count=more))
    source = small("\n".join([f"{bold(marks)} {_source(one.article, paragraph_of(one), one.sentence, say)}", *also]))
    if len(body) + len(source) + 1 > SENTENCE_ROOM:
        body = f"*{say('The passage is longer than Discord can show.')}*"
    return f"{body}\n{source}"


def _source(article: Article, paragraph: int | None, sentence: str, say: Wording) -> str:
    """A source with a link to the sentence, or to the article where none is given."""
    url = passage_url(article, sentence) if sentence else None
    return (
        f"{source_words(article, paragraph, say)} · [{say('open')}](<{url}>)" if url else linked_source(article, paragraph, say)
    )


# --- all metrics -----------------------------------------------------------------------------------------------------


def list_pages(metrics: Sequence[MetricCount], say: Wording) -> list[Page]:
    """Every metric with its newest value and how many figures it has, some to a page; at least one page."""
    if not metrics:
        return [Page((say(NO_METRICS),))]
    heading = bold(say("Metrics in the archive: {count}", count=len(metrics)))
    pages = []
    for start in range(0, len(metrics), METRICS_A_PAGE):
        shown = metrics[start : start + METRICS_A_PAGE]
        last = start + len(shown)
        foot = say("Metrics {first} to {last} of {count}", first=start + 1, last=last, count=len(metrics))
        whole = len(shown) == len(metrics)
        pages.append(
            Page((heading, "\n".join(_metric_row(one, say) for one in shown)), start + 1, last, "" if whole else small(foot))
        )
    return pages


def _metric_row(one: MetricCount, say: Wording) -> str:
    """A metric's title, and under it the newest figure and how many there are."""
    value, time = plain_value(one.newest, say), shortened(short_period(one.newest.figure.period, say), LIST_SHOWN)
    facts = [shortened(value, LIST_SHOWN), time, say("figures: {count}", count=one.count)]
    title = shortened(title_in(one.metric, say.language), TITLE_SHOWN)
    return f"{bold(escape(title))}\n{_small_facts(facts)}"


# --- under an answer -------------------------------------------------------------------------------------------------


def series_text(series: Series, say: Wording) -> str:
    """What the articles say of a metric at other times, in lines whose letters stand for the sources under them."""
    figures = series.figures[:MAX_SERIES_ROWS]
    letters = source_letters(figures)
    rows = [figure_row(f"[{letters[one.article.id]}]", one, say) for one in figures]
    articles = {one.article.id: one.article for one in figures}
    sources = [small(f"{bold(f'[{letter}]')} {linked_source(articles[name], None, say)}") for name, letter in letters.items()]
    title = bold(escape(shortened(title_in(series.metric, say.language), TITLE_SHOWN)))
    more = len(series.figures) - len(figures)
    left = [small(say("+ {count} · /metric show", count=more))] if more > 0 else []
    return "\n".join([title, *rows, *left, *sources])
