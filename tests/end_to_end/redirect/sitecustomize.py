"""Points discord.py at a loopback Discord. Python imports this at start when its folder is on PYTHONPATH.

It does nothing unless LOOPBACK_DISCORD holds the loopback's address, e.g. http://127.0.0.1:40123. With
LOOPBACK_SILENCE, discord.py takes that many seconds without a word for a dead connection, not its sixty. It
imports nothing of discord.py itself: it waits until the program does. A `sitecustomize` further along the
path still runs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import module_from_spec
from types import ModuleType

SILENCE = os.environ.get("LOOPBACK_SILENCE", "")
ADDRESS = os.environ.get("LOOPBACK_DISCORD", "").rstrip("/")


def _redirect_rest(module: ModuleType) -> None:
    module.Route.BASE = f"{ADDRESS}/api/v10"


def _redirect_gateway(module: ModuleType) -> None:
    module.DiscordWebSocket.DEFAULT_GATEWAY = module.yarl.URL(ADDRESS.replace("http", "ws", 1) + "/gateway")
    if SILENCE:
        # Each connection is given the client's own limit as it is made: that is to change nothing.
        limit = property(lambda self: float(SILENCE), lambda self, seconds: None)
        module.DiscordWebSocket._max_heartbeat_timeout = limit


REDIRECTS: dict[str, Callable[[ModuleType], None]] = {
    "discord.http": _redirect_rest,
    "discord.gateway": _redirect_gateway,
}


class _Redirected(SourceFileLoader):
    """Loads a module as usual, then changes the address in it."""

    def exec_module(self, module: ModuleType) -> None:
        super().exec_module(module)
        REDIRECTS[module.__name__](module)


class _Finder:
    """Finds the modules that hold an address, ahead of the usual finders."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name not in REDIRECTS:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.origin is None:
            return None
        # A loader that cannot be replaced would leave the bot talking to the real Discord.
        if not isinstance(spec.loader, SourceFileLoader):
            raise ImportError(f"cannot redirect {name}: it is not loaded from source but by {spec.loader!r}")
        spec.loader = _Redirected(name, spec.origin)
        return spec


def _run_next_sitecustomize() -> None:
    own_folder = os.path.dirname(os.path.abspath(__file__))
    others = [entry for entry in sys.path if os.path.abspath(entry or ".") != own_folder]
    spec = PathFinder.find_spec("sitecustomize", others)
    if spec is not None and spec.loader is not None:
        spec.loader.exec_module(module_from_spec(spec))


if ADDRESS:
    sys.meta_path.insert(0, _Finder)
_run_next_sitecustomize()
