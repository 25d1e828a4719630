"""The commands `corpusbot metrics …`: list, show, search, compare, export, suggest and chart the articles' figures.

`bot.cli` registers them; what they need is imported when they run. Only `search` and `suggest` load the model.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import ABSTAINED, DataOption, chosen_settings, err, opened_services, out
from corpus.errors import CorpusbotError

if TYPE_CHECKING:
    from bot.services import Services
    from corpus.figure_store import StoredFigure
    from corpus.figures.catalogue import Metric
    from corpus.store import CorpusStore

SHOWN_HITS = 10  # of a search
app = typer.Typer(help="The figures of the articles, by what they measure.")

KeyArgument = Annotated[str, typer.Argument(help="The metric's key or title; `corpusbot metrics` lists them.")]
SinceOption = Annotated[
    dt.datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="Only figures about this day or later; where none is named, published since."),
]
ArticleOption = Annotated[str | None, typer.Option("--article", help="Only what this article says (its id).")]
UnitOption = Annotated[
    str | None,
    typer.Option(
        "--unit",
        help='Also in this unit of the same kind, such as "PFLOPS" or "billion yuan"; in another currency by an article\'s rate.',
    ),
]


@app.callback(invoke_without_command=True)
def metrics(context: typer.Context, since: SinceOption = None, article: ArticleOption = None, data: DataOption = None) -> None:
    """List the metrics with how many figures each has and the newest value; or do what the subcommand says."""
    if context.invoked_subcommand:
        if since or article or data:
            raise typer.BadParameter(f"Write options behind the subcommand: corpusbot metrics {context.invoked_subcommand} …")
        return
    from bot.metric_series import newest
    from bot.metric_tables import print_metrics, wide_console

    with _opened(data) as (_, store):
        figures, named, left_out = _figures(store, None, since, article), store.figures.metrics(), store.figures.left_out()
    groups = {metric.key: [stored for stored in figures if stored.metric == metric.key] for metric in named}
    counts = {key: len(group) for key, group in groups.items()}
    print_metrics(wide_console(), named, counts, {key: newest(group) for key, group in groups.items()})
    unnamed = len(figures) - sum(counts.values())
    out.print(f"{len(figures)} figures, {unnamed} of them without a metric; {left_out} numbers were left out.", style="dim")


@app.command()
def show(
    key: KeyArgument,
    since: SinceOption = None,
    article: ArticleOption = None,
    unit: UnitOption = None,
    data: DataOption = None,
) -> None:
    """Show what the articles say of one metric, each figure with its quotation. Exit code 1 when they say nothing."""
    _show([key], since, article, unit, data, every=False)


@app.command()
def compare(
    keys: Annotated[list[str], typer.Argument(metavar="KEY [KEY]", help="One metric or two.")],
    since: SinceOption = None,
    article: ArticleOption = None,
    unit: UnitOption = None,
    data: DataOption = None,
) -> None:
    """Compare every figure of one metric with every other, or put two metrics side by side in order of time."""
    if len(keys) > 2:
        raise typer.BadParameter(f"{len(keys)} keys were given; one or two metrics are compared.")
    _show(keys, since, article, unit, data, every=True)


def _show(
    keys: list[str], since: dt.datetime | None, article: str | None, unit: str | None, data: Path | None, every: bool
) -> None:
    from bot.figure_conversion import convert_figures
    from bot.metric_series import by_time, finding_lines, relation_lines
    from bot.metric_tables import print_figures, print_lines, print_quotes, print_rates, wide_console

    with _opened(data) as (_, store):
        wanted = _metrics(store, keys)
        figures = by_time([stored for metric in wanted for stored in _figures(store, metric.key, since, article)])
        converted = convert_figures(figures, unit, store.articles()) if unit else []
        console, titles = wide_console(), {metric.key: metric.title for metric in wanted}
        out.print(" / ".join(titles.values()), style="bold", markup=False, soft_wrap=True)
        if not figures:
            out.print("The articles give no such figure.")
            raise typer.Exit(ABSTAINED)
        print_figures(console, figures, converted, titles if len(titles) > 1 else None)
        print_rates(console, converted)
        console.print()
        print_quotes(console, figures, store.article)
        if len(titles) == 1:  # figures of two metrics neither agree nor conflict
            print_lines(console, "How they stand to each other:", relation_lines(figures, every))
        print_lines(console, "What does not fit:", finding_lines(figures, store.figures.all()), style="yellow")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What is measured, in English or Chinese.")],
    since: SinceOption = None,
    article: ArticleOption = None,
    data: DataOption = None,
) -> None:
    """Search metrics and single figures by meaning. Exit code 1 when none is found."""
    from bot.metric_tables import print_figures, print_lines, print_quotes, wide_console
    from embeddings.metrics.metric_search import find_metrics, search_figures

    with _opened(data) as (services, store):
        named = store.figures.metrics()
        found = find_metrics(words, named, services.encoder) if words.strip() else []
        hits = search_figures(words, _figures(store, None, since, article), services.encoder, named) if words.strip() else []
        figures = [stored for stored, _ in hits[:SHOWN_HITS]]
        console = wide_console()
        print_lines(console, "Metrics:", [f"{metric.key}  {metric.title}" for metric in found])
        if figures:
            console.print("\nFigures:", style="bold")
            print_figures(console, figures, titles={metric.key: metric.key for metric in named})
            print_quotes(console, figures, store.article)
    if not found and not figures:
        out.print("No figure of the articles is near to that.")
        raise typer.Exit(ABSTAINED)


@app.command()
def export(
    key: Annotated[str | None, typer.Argument(help="Only this metric; by default every figure, named or not.")] = None,
    form: Annotated[str, typer.Option("--format", help="csv, json or parquet.")] = "csv",
    out_file: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; parquet needs it.")] = None,
    since: SinceOption = None,
    article: ArticleOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Convert into this unit; needs KEY.")] = None,
    data: DataOption = None,
) -> None:
    """Write figures for other programs, to standard output or into a file."""
    from bot.figure_conversion import in_unit
    from bot.figure_export import ExportError, ExportFormat, export_figures, format_named

    chosen = format_named(form)
    if chosen is ExportFormat.PARQUET and out_file is None:
        raise ExportError("A Parquet file is not for a terminal. Give --out FILE.parquet.")
    if unit and key is None:
        raise ExportError(f"Not every figure can be in {unit}. Give the key of one metric with --unit.")
    with _opened(data) as (_, store):
        wanted = _metrics(store, [key])[0].key if key is not None else None
        figures = _figures(store, wanted, since, article)
    content = export_figures(in_unit(figures, unit) if unit else figures, chosen)
    if out_file:
        _write(out_file, content)
        err.print(f"{len(figures)} figures are in {out_file}.", markup=False, soft_wrap=True)
    else:
        out.file.write(content.decode())


@app.command()
def suggest(data: DataOption = None) -> None:
    """Propose catalogue entries for figures that no metric names, as TOML to paste into your catalogue."""
    from corpus.figures.catalogue import Catalogue
    from embeddings.metrics import suggestions

    with _opened(data) as (services, store):
        taken = Catalogue(tuple(store.figures.metrics()), "")
        found = suggestions.suggest(store.figures.all(), services.encoder, taken)
    if not found:
        err.print("No two figures without a metric measure the same thing in the same unit.")
        raise typer.Exit(ABSTAINED)
    out.file.write(suggestions.as_toml(found).rstrip("\n") + "\n")


@app.command()
def chart(
    key: KeyArgument,
    out_file: Annotated[Path, typer.Option("--out", metavar="FILE.png", help="Where to write the picture.")],
    since: SinceOption = None,
    article: ArticleOption = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Draw in this unit.")] = None,
    data: DataOption = None,
) -> None:
    """Draw one metric over time as a PNG, and print what it shows in words."""
    from bot.chart_texts import alt_text
    from bot.charts import chart as drawn
    from bot.figure_conversion import in_unit
    from bot.metric_series import by_time

    with _opened(data) as (_, store):
        metric = _metrics(store, [key])[0]
        figures = by_time(_figures(store, metric.key, since, article))
    figures = in_unit(figures, unit) if unit else figures
    _write(out_file, drawn(metric.title, figures))
    out.print(alt_text(metric.title, figures), markup=False, soft_wrap=True)


@contextmanager
def _opened(data: Path | None) -> "Iterator[tuple[Services, CorpusStore]]":
    with opened_services(chosen_settings(data=data)) as services, services.generation() as generation:
        yield services, generation.store


def _metrics(store: "CorpusStore", keys: list[str]) -> "list[Metric]":
    from bot.metric_series import known_metric

    named = store.figures.metrics()
    return [known_metric(key, named) for key in dict.fromkeys(keys)]


def _figures(store: "CorpusStore", metric: str | None, since: dt.datetime | None, article: str | None) -> "list[StoredFigure]":
    """The figures that pass the options, each with the words that the database holds."""
    from bot.metric_series import quotable

    known = [one.id for one in store.articles()]
    if article is not None and article not in known:
        raise CorpusbotError(f"There is no article {article!r}. The articles are: {', '.join(known)}.")
    return quotable(store.figures.all(metric, article, since.date() if since else None), store)


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CorpusbotError(f"{path} cannot be written: {error.strerror}.") from error
