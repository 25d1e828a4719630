"""What the commands of the terminal share: where they print, the options that several take, settings and services."""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.services import Services

ANSWERED, ABSTAINED, ERROR = 0, 1, 2  # exit codes
# What they log below an error is about themselves, and some of it holds what people ask.
NOISY = (
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
)

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

CollectionOption = Annotated[Path | None, typer.Option("--collection", help="Folder of articles; default: COLLECTION_DIR.")]
DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the index; default: DATA_DIR.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


def chosen_settings(collection: Path | None = None, data: Path | None = None) -> Settings:
    """The settings, with the folders that a command's options name, and logging set up after them.

    Raises:
        SettingsError: a setting is unknown or malformed.
    """
    settings = load_settings(collection_dir=collection, data_dir=data)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.ERROR)
    return settings


@contextmanager
def opened_services(settings: Settings) -> Iterator["Services"]:
    """Services that are closed when the block ends."""
    from bot.services import Services  # loads the model's library

    services = Services(settings)
    try:
        yield services
    finally:
        services.close()
