"""`bot.settings`: where settings come from, and how mistakes in them are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.settings import SHIPPED_COLLECTION, SettingsError, load_settings
from corpus.figures.catalogue import SHIPPED_CATALOGUE

TOKEN = "sesame.klopstock.wunderkammer"


def mistakes() -> list[str]:
    """The lines that loading the settings fails with."""
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return str(caught.value).split("\n")


def test_without_any_setting_the_shipped_articles_are_read() -> None:
    """Nothing has to be set before the first question."""
    settings = load_settings()
    assert settings.collection_dir == SHIPPED_COLLECTION
    assert settings.data_dir == Path("data")
    assert settings.catalogue_file == SHIPPED_CATALOGUE
    assert settings.discord_token is None
    assert settings.model_check_file == Path("data/model_check.json")


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each environment variable arrives with its own type."""
    monkeypatch.setenv("DATA_DIR", "elsewhere")
    monkeypatch.setenv("MAX_IMPORT_BYTES", "5000")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    settings = load_settings()
    assert (settings.data_dir, settings.max_import_bytes, settings.log_level) == (Path("elsewhere"), 5000, "DEBUG")


def test_settings_are_read_from_a_file(home: Path) -> None:
    """A file `.env` in the working folder counts, with comments, `export` and quotation marks."""
    text = f"# mine\nexport DATA_DIR='my index'\n\nDISCORD_TOKEN={TOKEN}\nKEPT_GENERATIONS=7 # a week\n"
    (home / ".env").write_text(text, encoding="utf-8")
    settings = load_settings()
    assert (settings.data_dir, settings.kept_generations) == (Path("my index"), 7)
    assert settings.discord_token is not None and settings.discord_token.get_secret_value() == TOKEN


def test_a_file_saved_by_a_windows_editor_is_read(home: Path) -> None:
    """A byte order mark and Windows line ends change nothing."""
    (home / ".env").write_bytes(b"\xef\xbb\xbfDATA_DIR=d\r\nLOG_LEVEL=error\r\n")
    settings = load_settings()
    assert (settings.data_dir, settings.log_level) == (Path("d"), "ERROR")


def test_the_environment_wins_over_the_file(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is set for one run counts more than what is kept in the file; an option counts most."""
    (home / ".env").write_text("DATA_DIR=file\nMODEL_NAME=file\nLOG_LEVEL=ERROR\n", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", "environment")
    monkeypatch.setenv("MODEL_NAME", "environment")
    settings = load_settings(model_name="option", data_dir=None)
    assert (settings.data_dir, settings.model_name, settings.log_level) == (Path("environment"), "option", "ERROR")


def test_an_empty_value_is_no_value(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line copied from the example and left empty leaves the default in place."""
    (home / ".env").write_text("DISCORD_TOKEN=\nMODEL_NAME=\n", encoding="utf-8")
    monkeypatch.setenv("DATA_DIR", "")
    settings = load_settings()
    assert settings.discord_token is None
    assert (settings.model_name, settings.data_dir) == (None, Path("data"))


def test_all_mistakes_are_named_at_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Misspelt and malformed settings, of file and environment, are told in one go, each with its value and cure."""
    (home / ".env").write_text("COLECTION_DIR=x\nNONSENSE=1\nKEPT_GENERATIONS=1\n", encoding="utf-8")
    monkeypatch.setenv("DATADIR", "y")
    monkeypatch.setenv("LOG_LEVEL", "loud")
    monkeypatch.setenv("MAX_IMPORT_BYTES", "many")
    told = mistakes()
    assert len(told) == 6
    assert "COLECTION_DIR (in .env) is not a setting. Did you mean COLLECTION_DIR?" in told
    assert "DATADIR (in the environment) is not a setting. Did you mean DATA_DIR?" in told
    assert any(line.startswith("NONSENSE (in .env) is not a setting. The settings are: DISCORD_TOKEN, ") for line in told)
    for beginning in ("LOG_LEVEL is 'LOUD', but: ", "MAX_IMPORT_BYTES is 'many', but: ", "KEPT_GENERATIONS is '1', but: "):
        assert any(line.startswith(beginning) for line in told), beginning


def test_other_programs_variables_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment is full of names that are none of ours; only a near miss of one of ours is a mistake."""
    for name in ("LANG", "EDITOR", "DATABASE_URL", "TOKEN", "MODEL"):
        monkeypatch.setenv(name, "x")
    assert load_settings().log_level == "INFO"


@pytest.mark.parametrize(
    "line",
    [
        f"DISCORD_TOKN={TOKEN}",
        f"DISCORD_TOKEN {TOKEN}",
        f"DISCORD_TOKEN: {TOKEN}",
        f"DISCORD_TOKEN='{TOKEN}",
        TOKEN,
        f"{TOKEN}=",
    ],
    ids=["misspelt", "no sign", "colon", "open quotation mark", "token alone", "token as a name"],
)
def test_a_mistaken_token_is_never_repeated(home: Path, line: str) -> None:
    """However the token's line is mistaken, the message names the place and not the token."""
    (home / ".env").write_text(f"LOG_LEVEL=INFO\n{line}\n", encoding="utf-8")
    (told,) = mistakes()
    assert all(part not in told for part in TOKEN.split("."))
    assert told.startswith((".env:2 is not of the form NAME=value", "DISCORD_TOKN (in .env) is not a setting"))


def test_a_token_is_not_shown_with_other_mistakes(monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that is right stays out of messages about other settings, and out of the settings' own text."""
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    settings = load_settings()
    assert TOKEN not in repr(settings) and TOKEN not in str(settings)
    monkeypatch.setenv("LOG_LEVEL", "loud")
    assert all(TOKEN not in line for line in mistakes())


def test_a_file_that_is_no_text_is_named(home: Path) -> None:
    """A file in another encoding is one sentence, not a traceback."""
    (home / ".env").write_bytes("DATA_DIR=größe\n".encode("latin-1"))
    (told,) = mistakes()
    assert told == ".env cannot be read as UTF-8 text (UnicodeDecodeError). Save it as UTF-8."


def test_settings_do_not_change_while_running() -> None:
    """What was checked at start stays so."""
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.log_level = "DEBUG"
