"""The redirect changes where discord.py connects, and nothing else about a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.end_to_end.bot_process import redirected_environment

URL = "http://127.0.0.1:1"
ADDRESSES = """
from discord.gateway import DiscordWebSocket
from discord.http import Route
print(Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY)
"""


def run(program: str, **environment: str) -> str:
    """Run a Python program with the redirect on its path and return what it prints."""
    settings = redirected_environment(URL) | environment
    done = subprocess.run([sys.executable, "-c", program], env=settings, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.strip()


def test_discord_py_is_redirected() -> None:
    """REST and gateway both go to the loopback."""
    assert run(ADDRESSES) == f"{URL}/api/v10 ws://127.0.0.1:1/gateway"


def test_nothing_happens_without_an_address() -> None:
    """A process that is not told of a loopback keeps Discord's own addresses."""
    assert run(ADDRESSES, LOOPBACK_DISCORD="") == "https://discord.com/api/v10 wss://gateway.discord.gg/"


@pytest.mark.parametrize("module", ["discord", "yarl", "aiohttp", "asyncio"])
def test_start_up_stays_quick(module: str) -> None:
    """Commands that never use Discord do not import it, nor anything heavy with it."""
    assert run(f"import sys; print({module!r} in sys.modules)") == "False"


def test_another_sitecustomize_still_runs(tmp_path: Path) -> None:
    """A `sitecustomize` later on the path is run too, so coverage and the like keep working."""
    (tmp_path / "sitecustomize.py").write_text("print('the other one')\n")
    path = redirected_environment(URL)["PYTHONPATH"]
    assert run("", PYTHONPATH=f"{path}:{tmp_path}") == "the other one"
