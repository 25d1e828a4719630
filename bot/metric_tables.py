"""Metrics and their figures on a terminal: tables, quotations with their sources, and how the figures stand to each other."""

from collections.abc import Callable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.console import out
from bot.figure_conversion import ConvertedFigure
from bot.figure_wording import number_words, period_words, status_words, written_value
from bot.metric_series import paragraph_of
from bot.sources import source_line
from corpus.article import Article
from corpus.figure_store import StoredFigure
from corpus.figures.catalogue import Metric
from corpus.figures.exchange_rates import ExchangeRate

WIDTH = 200  # columns of piped output, where rich would fold tables at 80


def wide_console() -> Console:
    """A console as wide as the terminal, or wide enough for every table where there is none."""
    return Console(highlight=False, width=None if out.is_terminal else WIDTH)


def print_metrics(
    console: Console, metrics: Sequence[Metric], counts: Mapping[str, int], newest: Mapping[str, StoredFigure | None]
) -> None:
    """List metrics with how many figures each has and its newest value."""
    table = _table("key", "title", "figures", "newest value", "of")
    for metric in metrics:
        last = newest.get(metric.key)
        value, period = (written_value(last), period_words(last.figure.period)) if last else ("", "")
        _add(table, metric.key, metric.title, str(counts.get(metric.key, 0)), value, period)
    console.print(table)


def print_figures(
    console: Console,
    figures: Sequence[StoredFigure],
    converted: Sequence[ConvertedFigure] = (),
    titles: Mapping[str, str] | None = None,
) -> None:
    """A table of figures, numbered from 1.

    Args:
        converted: the same figures in another unit, for a column of their own; none for no such column.
        titles: by metric key, for a column that says what each figure is of.
    """
    own = (["metric"] if titles else []) + ["value"] + ([f"in {converted[0].unit}"] if converted else [])
    table = _table("", *own, "time", "status", "who says it", "article", "¶")
    for number, stored in enumerate(figures):
        figure = stored.figure
        cells = [titles.get(stored.metric or "", "")] if titles else []
        cells += [written_value(stored), *([_amount(converted[number])] if converted else [])]
        cells += [period_words(figure.period), status_words(figure.status), figure.speaker, figure.article_id]
        _add(table, f"[{number + 1}]", *cells, str(paragraph_of(stored) or ""))
    console.print(table)


def print_quotes(console: Console, figures: Sequence[StoredFigure], article: Callable[[str], Article]) -> None:
    """The sentence of each figure, letter for letter with the number in bold, and its source under it.

    Args:
        article: gives an article by its id, for those that say the same.
    """
    for number, stored in enumerate(figures, 1):
        console.print(_quotation(f"[{number}] ", stored), soft_wrap=True)
        link = f"\n    {stored.article.url}" if stored.article.url else ""
        also = "".join(f"\n    also in {source_line(article(name))}" for name in stored.also_in)
        source = f"    {source_line(stored.article, paragraph_of(stored))}{link}{also}"
        console.print(Text(source, style="cyan"), soft_wrap=True)


def print_rates(console: Console, converted: Sequence[ConvertedFigure]) -> None:
    """By which rates figures came into another currency: the rate, the words that give it, and their source."""
    rates: dict[ExchangeRate, list[str]] = {}
    for number, one in enumerate(converted, 1):
        if one.rate:
            rates.setdefault(one.rate, []).append(f"[{number}]")
    lines = [f"{', '.join(numbers)}: {_rate_words(rate)}" for rate, numbers in rates.items()]
    print_lines(console, "Exchanged by what articles give, which may be rounded:", lines)


def print_lines(console: Console, heading: str, lines: Sequence[str], style: str = "") -> None:
    """A heading with lines under it; nothing for no lines."""
    if lines:
        console.print(Text(f"\n{heading}", style="bold"), soft_wrap=True)
    for line in lines:
        console.print(Text(f"  {line}", style=style), soft_wrap=True)


def _quotation(before: str, stored: StoredFigure) -> Text:
    text = Text(f"{before}“{stored.sentence}”")
    begin = len(before) + 1 - stored.figure.sentence_start
    text.stylize("bold", begin + stored.figure.start, begin + stored.figure.end)
    return text


def _rate_words(rate: ExchangeRate) -> str:
    unit, amount, other = rate.per_one()
    paragraph = next((one.number for one in rate.article.paragraphs() if one.start <= rate.start < one.end), None)
    day = f" for {rate.on}" if rate.on and rate.on != rate.article.published_on else ""
    return f"1 {unit} = {amount.normalize():f} {other}{day}, by “{rate.text}” in {source_line(rate.article, paragraph)}"


def _amount(one: ConvertedFigure) -> str:
    about = "about " if one.rate else ""
    if one.low != one.high:
        return f"{about}{number_words(one.low)} to {number_words(one.high)}"
    return about + number_words(one.value)


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in columns:
        # Numbers and keys stay on one line; titles and speakers fold.
        table.add_column(name, no_wrap=name in ("", "key", "value", "¶"), justify="right" if name == "figures" else "left")
    return table


def _add(table: Table, *cells: str) -> None:
    # What stands in an article is no markup of rich's.
    table.add_row(*(Text(cell) for cell in cells))
