"""The command `corpusbot`: ask, chat, check, import, reindex, articles, evaluate, doctor, run.

Each command imports what it needs when it runs: a model or Discord library loaded at start would make every other
command wait for seconds.
"""

import datetime as dt
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.check_command import check
from bot.evaluate_command import evaluate
from bot.settings import Settings, load_settings
from corpus.errors import CorpusbotError, place_of

if TYPE_CHECKING:
    from bot.services import Services
    from corpus.store import Filters

ANSWERED, ABSTAINED, ERROR = 0, 1, 2

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers questions about press articles by quoting them, letter for letter.",
)
out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

CollectionOption = Annotated[Path | None, typer.Option("--collection", help="Folder of articles; default: COLLECTION_DIR.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the index; default: DATA_DIR.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def main() -> None:
    """Run the command line; every foreseen error is one sentence on standard error and exit code 2."""
    # Before anything loads OpenMP; see `embeddings.encoder.prepare_environment`.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        app()
    except CorpusbotError as error:
        _fail(str(error))
    except Exception as error:
        # Python's own exit code for it is 1, which means here that the articles do not answer. Only kind and place are
        # told: the error's text could hold a question.
        _fail(f"an error that was not foreseen: {type(error).__name__} at {place_of(error)}. Please report it with these words.")


def _fail(sentence: str) -> NoReturn:
    err.print(f"corpusbot: {sentence}", style="red", markup=False, soft_wrap=True)
    sys.exit(ERROR)


def _settings(collection: Path | None = None, data: Path | None = None) -> Settings:
    settings = load_settings(collection_dir=collection, data_dir=data)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for noisy in (
        "httpx",
        "sentence_transformers",
        "transformers",
        "trafilatura",
        "htmldate",
        "filelock",
        "urllib3",
        "faiss",
        "pypdf",
        "matplotlib",
    ):
        logging.getLogger(noisy).setLevel(logging.ERROR)
    return settings


@contextmanager
def _services(settings: Settings) -> Iterator["Services"]:
    from bot.services import Services

    services = Services(settings)
    try:
        yield services
    finally:
        services.close()


def _day(text: str | None, option: str) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date. Write it like 2025-03-05.", param_hint=option) from None


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    as_json: JsonOption = False,
    batch: Annotated[Path | None, typer.Option(help='Questions, one a line, or JSONL with "q"; prints JSONL in order.')] = None,
    article: Annotated[list[str] | None, typer.Option(help="Only this article (its id); may be given again.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Only articles whose publisher's name holds this.")] = None,
    since: Annotated[str | None, typer.Option(help="Only articles published on this day or later, like 2025-03-05.")] = None,
    until: Annotated[str | None, typer.Option(help="Only articles published on this day or earlier.")] = None,
    top: Annotated[int, typer.Option(min=1, max=5, help="At most this many quotes.")] = 5,
    collection: CollectionOption = None,
    data: DataOption = None,
) -> None:
    """Answer a question by quoting the articles. Exit code: 0 answered, 1 declined, 2 error."""
    from bot.terminal import print_reply, print_timed_record
    from corpus.store import Filters

    filters = Filters(tuple(article or ()), publisher, _day(since, "--since"), _day(until, "--until"))
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give either one question or --batch FILE.")
    with _services(_settings(collection, data)) as services:
        _known_articles(services, filters)
        if batch is not None:
            _ask_batch(services, batch, filters, top)
            return
        assert question is not None
        timed = services.answer(question, filters or None, top)
    (print_timed_record if as_json else print_reply)(out, timed)
    from embeddings.answers import Answer

    raise typer.Exit(ANSWERED if isinstance(timed.reply, Answer) else ABSTAINED)


def _known_articles(services: "Services", filters: "Filters") -> None:
    if not filters.article_ids:
        return
    with services.generation() as generation:
        known = [article.id for article in generation.store.articles()]
    if unknown := [name for name in filters.article_ids if name not in known]:
        raise CorpusbotError(f"There is no article {unknown[0]!r}. The articles are: {', '.join(known)}.")


def _ask_batch(services: "Services", path: Path, filters: "Filters", top: int) -> None:
    from bot.terminal import print_timed_record

    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusbotError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    questions = [_batch_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    for question in questions:
        print_timed_record(out, services.answer(question, filters or None, top))


def _batch_question(line: str, place: str) -> str:
    if not line.lstrip().startswith("{"):
        return line.strip()
    try:
        question = json.loads(line)["q"]
    except (ValueError, KeyError) as error:
        raise CorpusbotError(
            f'{place}: must be a question, or a JSON object with the key "q" ({type(error).__name__}).'
        ) from error
    if not isinstance(question, str):
        raise CorpusbotError(f'{place}: "q" is {question!r}, but must be text.')
    return question


@app.command()
def chat(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Ask one question after another; the arrow keys bring earlier ones back. An empty line ends it."""
    from bot.terminal import print_reply

    with _services(_settings(collection, data)) as services:
        out.print("Ask about the articles. An empty line, or Ctrl-D, ends the talk.", style="dim")
        for question in _typed_lines(services.settings.data_dir / "chat_history"):
            print_reply(out, services.answer(question))


def _typed_lines(history: Path) -> Iterator[str]:
    try:
        import readline  # gives `input` its arrow keys; not there on every platform
    except ImportError:
        readline = None  # type: ignore[assignment]
    if readline and history.is_file():
        readline.read_history_file(history)
    try:
        while line := input("> ").strip():
            yield line
    except (EOFError, KeyboardInterrupt):
        out.print()
    finally:
        if readline and sys.stdin.isatty():
            readline.set_history_length(500)
            readline.write_history_file(history)


@app.command(name="import")
def import_(
    paths: Annotated[list[str], typer.Argument(help="Files (.md .txt .html .pdf), folders, or web addresses.")],
    collection: CollectionOption = None,
) -> None:
    """Bring articles into the collection. A bad file is refused by name and the others still go in (exit code 1)."""
    from corpus.importing import import_paths

    settings = _settings(collection)
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


@app.command()
def reindex(
    collection: CollectionOption = None,
    data: DataOption = None,
    if_missing: Annotated[
        bool, typer.Option("--if-missing", help="Do nothing when the index is there and fits the model.")
    ] = False,
) -> None:
    """Build the index anew from the collection; only changed texts are encoded. A running bot takes it up by itself."""
    with _services(_settings(collection, data)) as services:
        if if_missing and _index_is_good(services):
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
            task = bar.add_task("Encoding", total=None)
            report = services.rebuild(lambda done, total: bar.update(task, completed=done, total=total))
    manifest = report.manifest
    out.print(
        f"Index {manifest.id}: {manifest.articles} articles, {manifest.chunks} chunks, {manifest.sentences} sentences; "
        f"{len(report.added)} added, {len(report.changed)} changed, {len(report.removed)} removed; "
        f"{report.encoded} texts encoded, {report.reused} known already.",
        soft_wrap=True,
    )


def _index_is_good(services: "Services") -> bool:
    from embeddings.errors import StaleIndexError

    try:
        with services.generation():
            return True
    except StaleIndexError:
        return False


@app.command()
def rollback(data: DataOption = None) -> None:
    """Make the index before the current one answer again."""
    from embeddings.reindex import roll_back

    with _services(_settings(data=data)) as services:
        out.print(f"Index {roll_back(services.settings.data_dir, services.encoder)} answers now.")


@app.command()
def articles(
    article_id: Annotated[str | None, typer.Argument(help="Show this article's cleaned text.")] = None,
    as_json: JsonOption = False,
    collection: CollectionOption = None,
) -> None:
    """List the collection's articles, or show one as it is quoted from."""
    from bot.terminal import article_record, print_articles, print_json
    from corpus.collection import read_collection

    found = read_collection(_settings(collection).collection_dir)
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


app.command()(check)
app.command()(evaluate)


@app.command()
def doctor(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Check settings, model, index and token; say what to do. Exit code 2 when the bot could not answer."""
    from bot.doctor import examine

    findings = examine(_settings(collection, data))
    for finding in findings:
        mark = "[green]ok[/green]    " if finding.good else ("[red]mend[/red]  " if finding.vital else "[yellow]note[/yellow]  ")
        out.print(mark, end="")
        out.print(finding.sentence, markup=False, soft_wrap=True)
    if any(finding.vital and not finding.good for finding in findings):
        raise typer.Exit(ERROR)


@app.command()
def run(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Run the Discord bot until it is told to stop (SIGTERM or Ctrl-C)."""
    from bot.client import run_bot

    settings = _settings(collection, data)
    with _services(settings) as services:
        code: Any = run_bot(settings, services)
    raise typer.Exit(code)


if __name__ == "__main__":
    main()
