"""The commands about the collection and its index: `corpusbot import`, `reindex`, `rollback` and `articles`.

`bot.cli` registers them; what they need is imported when they run.
"""

from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.console import ERROR, CollectionOption, DataOption, JsonOption, chosen_settings, err, opened_services, out
from corpus.errors import CorpusbotError


def import_(
    paths: Annotated[list[str], typer.Argument(help="Files (.md .txt .html .pdf), folders, or web addresses.")],
    collection: CollectionOption = None,
) -> None:
    """Bring articles into the collection. A bad file is refused by name and the others still go in (exit code 1)."""
    from corpus.importing import import_paths

    settings = chosen_settings(collection)
    report = import_paths(paths, settings.collection_dir, settings.max_import_bytes)
    for entry in report.imported:
        out.print(f"{entry.outcome}: {entry.article.id} ({entry.source})", markup=False, soft_wrap=True)
    for sentence in report.passed_over:
        err.print(sentence, style="dim", markup=False, soft_wrap=True)
    for sentence in report.refused:
        err.print(f"refused: {sentence}", style="red", markup=False, soft_wrap=True)
    if report.imported:
        out.print(f"The collection is {settings.collection_dir}. Now run: corpusbot reindex", soft_wrap=True, markup=False)
    raise typer.Exit((1 if report.imported else ERROR) if report.refused else 0)


def reindex(
    collection: CollectionOption = None,
    data: DataOption = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Do nothing when the index is there and fits models and catalogue.")
    ] = False,
) -> None:
    """Build the index anew from the collection; only changed texts are encoded. A running bot takes it up by itself."""
    with opened_services(chosen_settings(collection, data)) as services:
        if if_missing and services.index_is_good():
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
            task = bar.add_task("Encoding", total=None)
            report = services.rebuild(lambda done, total: bar.update(task, completed=done, total=total))
    manifest = report.manifest
    out.print(
        f"Index {manifest.id}: {manifest.articles} articles, {manifest.chunks} chunks, {manifest.sentences} sentences, "
        f"{manifest.figures_told}; "
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed; "
        f"{report.encoded} texts encoded, {report.reused} known already.",
        soft_wrap=True,
    )


def rollback(data: DataOption = None) -> None:
    """Make the index before the current one answer again."""
    from embeddings.reindex import roll_back

    with opened_services(chosen_settings(data=data)) as services:
        out.print(f"Index {roll_back(services.settings.data_dir, services.encoder, services.second)} answers now.")


def articles(
    article_id: Annotated[str | None, typer.Argument(help="Show this article's cleaned text.")] = None,
    as_json: JsonOption = False,
    collection: CollectionOption = None,
) -> None:
    """List the collection's articles, or show one as it is quoted from."""
    from bot.terminal import article_record, print_articles, print_json
    from corpus.collection import read_collection

    found = read_collection(chosen_settings(collection).collection_dir)
    if article_id is not None:
        found = [article for article in found if article.id == article_id]
        if not found:
            raise CorpusbotError(f"There is no article {article_id!r}. Run: corpusbot articles")
    if as_json:
        for article in found:
            print_json(out, article_record(article))
        return
    print_articles(out, found)
    if article_id is not None:
        out.print(f"\n{found[0].text}", markup=False, soft_wrap=True)
