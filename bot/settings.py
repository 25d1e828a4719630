"""All settings, from the environment or a file `.env`; every mistake is named at once."""

import difflib
import io
import os
import re
from pathlib import Path
from typing import Any, Literal

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

import corpus
from corpus.errors import CorpusbotError
from corpus.figures.catalogue import SHIPPED_CATALOGUE

SHIPPED_COLLECTION = Path(corpus.__file__).parent / "articles"
ENV_FILE = Path(".env")
NEAR_MISS = 0.88  # likeness of two names (difflib) from which on one is taken for a misspelling of the other


class SettingsError(CorpusbotError):
    """One or more settings are misspelt or malformed; the text has a line for each."""


class Settings(BaseSettings):
    """What an operator may set; `.env.example` explains each."""

    model_config = SettingsConfigDict(env_file=None, extra="forbid", env_ignore_empty=True, frozen=True)

    discord_token: SecretStr | None = None
    collection_dir: Path = SHIPPED_COLLECTION
    data_dir: Path = Path("data")
    catalogue_file: Path = SHIPPED_CATALOGUE
    model_name: str | None = None
    reranker_model: str | None = None
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    max_import_bytes: int = Field(default=20_000_000, ge=1_000)
    kept_generations: int = Field(default=3, ge=2, le=100)
    questions_kept_days: int = Field(default=30, ge=0, le=3650)

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @property
    def model_check_file(self) -> Path:
        """Where the digests' check of the model is remembered."""
        return self.data_dir / "model_check.json"

    @property
    def abstention_file(self) -> Path:
        """Coefficients fitted on the operator's own questions; those that ship hold where there is none."""
        return self.data_dir / "abstention.json"


NAMES = [name.upper() for name in Settings.model_fields]
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def load_settings(env_file: Path = ENV_FILE, **overrides: Any) -> Settings:
    """Read the settings; the environment wins over the file, `overrides` (command-line options) win over both.

    Raises:
        SettingsError: any are misspelt or malformed; each is named with its value and the cure, secrets without value.
    """
    from_file, mistakes = _read_file(env_file) if env_file.is_file() else ({}, [])
    mistakes += [_unknown(name, f"in {env_file}") for name in from_file if name not in NAMES]
    mistakes += [_unknown(name, "in the environment") for name in os.environ if name not in NAMES and _meant(name)]
    values: dict[str, Any] = {
        name.lower(): value for name, value in from_file.items() if name in NAMES and value and name not in os.environ
    }
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        settings = Settings(**values)
    except ValidationError as error:
        mistakes += [_malformed(detail) for detail in error.errors()]
        settings = None
    if mistakes or settings is None:
        raise SettingsError("\n".join(mistakes))
    return settings


def _read_file(path: Path) -> tuple[dict[str, str | None], list[str]]:
    """The values of a `.env`, and a sentence for each line that gives none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        return {}, [f"{path} cannot be read as UTF-8 text ({type(error).__name__}). Save it as UTF-8."]
    lines = list(parse_stream(io.StringIO(text)))
    bad = [line for line in lines if line.error or (line.key and (line.value is None or not NAME.fullmatch(line.key)))]
    values = dotenv_values(stream=io.StringIO("".join(line.original.string for line in lines if line not in bad)))
    # The line itself is not repeated: it may be a token that lost its name.
    mistakes = [f"{path}:{line.original.line} is not of the form NAME=value. Mend that line." for line in bad]
    return {name.upper(): value for name, value in values.items()}, mistakes


def _meant(name: str) -> str | None:
    close = difflib.get_close_matches(name.upper(), NAMES, n=1, cutoff=NEAR_MISS)
    return close[0] if close else None


def _unknown(name: str, place: str) -> str:
    meant = _meant(name)
    cure = f"Did you mean {meant}?" if meant else f"The settings are: {', '.join(NAMES)}."
    return f"{name} ({place}) is not a setting. {cure}"


def _malformed(detail: Any) -> str:
    name = str(detail["loc"][0]).upper() if detail["loc"] else "A setting"
    shown = "" if name == "DISCORD_TOKEN" else f" is {detail['input']!r}, but"
    return f"{name}{shown}: {detail['msg'][:1].lower()}{detail['msg'][1:]}."
