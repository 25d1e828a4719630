"""How a command is written so that members can press on it, as in `</ask:1234>`: https://docs.discord.com/developers/reference

Discord numbers our commands when it is told them. The numbers are kept with the fingerprint of what was told, so that a
restart neither tells nor asks anything.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from discord.app_commands import AppCommand

from bot.wording import Wording


class CommandMentions:
    """The commands as Discord knows them, kept in a file."""

    def __init__(self, path: Path) -> None:
        """Read what was kept; a file that cannot be read counts as none, since telling the commands once more is harmless."""
        self._path = path
        kept = _read(path)
        ids = kept.get("ids")
        self._told = str(kept.get("told", ""))
        self._ids: dict[str, str] = {str(name): str(number) for name, number in ids.items()} if isinstance(ids, dict) else {}

    def are_told(self, fingerprint: str) -> bool:
        """Whether Discord was told just these commands, and has numbered them."""
        return bool(self._ids) and self._told == fingerprint

    def keep(self, fingerprint: str, commands: Iterable[AppCommand]) -> None:
        """Remember what Discord was told, and what it answered.

        Raises:
            OSError: the file cannot be written.
        """
        self._told, self._ids = fingerprint, {command.name: str(command.id) for command in commands}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps({"told": self._told, "ids": self._ids}, indent=1) + "\n", encoding="utf-8")

    def of(self, name: str, say: Wording) -> str:
        """A command, ready to send: one to press on where its number is known, else its name in the reader's language.

        Args:
            name: in English, with its part where it has parts, such as `article list`.
        """
        if number := self._ids.get(name.split()[0]):
            # Discord finds the parts of a command by their English names.
            return f"</{name}:{number}>"
        return f"`/{' '.join(say(word) for word in name.split())}`"


def _read(path: Path) -> Mapping[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
