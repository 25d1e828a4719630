"""The commands `corpusbot ask` and `chat`. `bot.cli` registers them; what they need is imported when they run."""

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console import ABSTAINED, ANSWERED, CollectionOption, DataOption, JsonOption, chosen_settings, opened_services, out
from corpus.errors import CorpusbotError

if TYPE_CHECKING:
    from bot.services import Services
    from corpus.store import Filters
    from embeddings.conversation.follow_ups import Turn


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
    from bot.ask_series import series_beside  # loads FAISS, which a mistyped command does not need

    with opened_services(chosen_settings(collection, data)) as services:
        _known_articles(services, filters)
        if batch is not None:
            _ask_batch(services, batch, filters, top)
            return
        assert question is not None
        timed = services.answer(question, filters or None, top)
        series = series_beside(timed, services)
    (print_timed_record if as_json else print_reply)(out, timed, series)
    from embeddings.answers import Answer

    raise typer.Exit(ANSWERED if isinstance(timed.reply, Answer) else ABSTAINED)


def _day(text: str | None, option: str) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is not a date. Write it like 2025-03-05.", param_hint=option) from None


def _known_articles(services: "Services", filters: "Filters") -> None:
    if not filters.article_ids:
        return
    with services.generation() as generation:
        known = [article.id for article in generation.store.articles()]
    if unknown := [name for name in filters.article_ids if name not in known]:
        raise CorpusbotError(f"There is no article {unknown[0]!r}. The articles are: {', '.join(known)}.")


def _ask_batch(services: "Services", path: Path, filters: "Filters", top: int) -> None:
    from bot.ask_series import series_beside
    from bot.terminal import print_timed_record

    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusbotError(f"{path} cannot be read as UTF-8 text: {error}.") from error
    questions = [_batch_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip()]
    for question in questions:
        timed = services.answer(question, filters or None, top)
        print_timed_record(out, timed, series_beside(timed, services))


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


def chat(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Talk: each question may go on from the ones before. The arrow keys bring them back; an empty line ends the talk."""
    from bot.ask_series import series_beside
    from bot.terminal import print_reply
    from embeddings.conversation.follow_ups import MAX_TURNS

    turns: list[Turn] = []
    with opened_services(chosen_settings(collection, data)) as services:
        out.print("Ask about the articles. An empty line, or Ctrl-D, ends the talk.", style="dim")
        for question in _typed_lines(services.settings.data_dir / "chat_history"):
            timed = services.answer(question, turns=turns)
            print_reply(out, timed, series_beside(timed, services))
            turns = [*turns, *([timed.asked.turn] if timed.asked else [])][-MAX_TURNS:]


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
