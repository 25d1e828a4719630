"""README, .env.example and CHANGELOG say what the program does."""

import re
from pathlib import Path

from typer.main import get_command

from bot.cli import app
from bot.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_readme_names_every_command_and_no_other() -> None:
    """Each command of the program is in the README's table, and each one that the README types exists."""
    commands = set(get_command(app).commands)  # type: ignore[attr-defined]
    typed = set(re.findall(r"^(?:\.venv/bin/)?corpusbot ([a-z-]+)", README, re.MULTILINE))
    table = set(
        re.findall(r"`(?:corpusbot )?([a-z-]+)(?: [A-Z\[][^`]*)?`", "\n".join(re.findall(r"^\| `.*$", README, re.MULTILINE)))
    )
    assert typed <= commands
    assert commands <= table


def test_env_example_explains_every_setting() -> None:
    """.env.example has each setting once, commented out, after an explanation."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [match.group(1) for line in lines if (match := re.match(r"#([A-Z_]+)=", line))]
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)
    for number, line in enumerate(lines):
        if re.match(r"#[A-Z_]+=", line):
            assert lines[number - 1].startswith("# ")


def test_env_example_is_a_valid_env_file(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """With every line uncommented, the example is accepted as it stands."""
    from bot.settings import load_settings

    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    file = tmp_path / ".env"
    file.write_text(re.sub(r"^#([A-Z_]+=)", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    assert load_settings(file).kept_generations == 3


def test_readme_states_the_two_commands_first() -> None:
    """The two commands stand at the top, before anything else is typed."""
    first_block = README.split("```")[1]
    assert "make demo" in first_block and "make test" in first_block


def test_nothing_names_this_workplace() -> None:
    """No document or module holds a package registry's address or a path of one machine."""
    files = [*ROOT.glob("*.md"), ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "constraints.txt", ROOT / ".ci" / "run"]
    for package in ("bot", "embeddings", "corpus"):
        files += (ROOT / package).rglob("*.py")
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"://[\w.-]+/simple\b|/root/|/home/\w+/", text), file
