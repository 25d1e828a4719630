"""The layout shows the design: which package may import which, and what every module must have."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "embeddings", "corpus")
# bot -> embeddings -> corpus, never the other way.
MAY_IMPORT = {"bot": {"bot", "embeddings", "corpus"}, "embeddings": {"embeddings", "corpus"}, "corpus": {"corpus"}}
ONLY_IN_BOT = {"discord", "typer", "pydantic", "pydantic_settings"}
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """The top-level names that a module imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute, so that this test can read them"
            found.add((node.module or "").split(".")[0])
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    """A module imports only its own package and those below it; Discord and the command line stay in `bot`."""
    package = path.relative_to(ROOT).parts[0]
    ours = imported(path) & set(PACKAGES)
    assert ours <= MAY_IMPORT[package]
    if package != "bot":
        assert not imported(path) & ONLY_IN_BOT


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_say_what_lives_there(path: Path) -> None:
    """A module opens with a docstring; an `__init__` holds nothing else; no package name is bound to anything."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    if path.name == "__init__.py":
        assert len(tree.body) == 1
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    assert not {target.id for target in targets if isinstance(target, ast.Name)} & set(PACKAGES)


def test_the_rule_is_seen_when_broken(tmp_path: Path) -> None:
    """An import inside a function counts as well."""
    module = tmp_path / "module.py"
    module.write_text("def f():\n    from bot.cli import main\n    import discord.ext\n", encoding="utf-8")
    assert imported(module) == {"bot", "discord"}


def test_every_package_is_installed() -> None:
    """pyproject.toml lists each folder that holds modules, so that an installation lacks none."""
    import tomllib

    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    folders = {".".join(path.parent.relative_to(ROOT).parts) for path in MODULES}
    assert set(listed) == folders
