"""The commands that the bot registered, and what a user of Discord's client can do with them.

A command that a user could not have picked or filled in like that is the test's mistake: it raises, and
nothing is sent to the bot.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.end_to_end.loopback import world
from tests.end_to_end.loopback.world import Json, Member, Snowflakes, User

# discord.com/developers/docs/interactions/application-commands#application-command-object
SUBCOMMAND, SUBCOMMAND_GROUP, STRING, INTEGER, BOOLEAN, USER, NUMBER = 1, 2, 3, 4, 5, 6, 10
CHAT_INPUT, MESSAGE_MENU = 1, 3
IN_GUILD, IN_BOT_DM = 0, 1

_PYTHON_TYPES: dict[int, tuple[type, ...]] = {
    STRING: (str,), INTEGER: (int,), BOOLEAN: (bool,), USER: (User, Member), NUMBER: (int, float),
}  # fmt: skip


class CommandBook:
    """Registered commands by scope: a guild's id, or None for the global ones. Counts the PUTs."""

    def __init__(self, snowflakes: Snowflakes, application_id: int) -> None:
        self._snowflakes = snowflakes
        self._application_id = application_id
        self._scopes: dict[int | None, list[Json]] = {}
        self.puts: dict[int | None, int] = {}

    def replace(self, scope: int | None, bodies: list[Json]) -> list[Json]:
        """Put these commands in place of a scope's; one with the same name and type keeps its id."""
        kept = {(old["name"], old["type"]): old["id"] for old in self.registered(scope)}
        self._scopes[scope] = [self._registered(scope, body, kept) for body in bodies]
        self.puts[scope] = self.puts.get(scope, 0) + 1
        return self.registered(scope)

    def registered(self, scope: int | None) -> list[Json]:
        """Return a scope's commands as Discord answers them."""
        return list(self._scopes.get(scope, []))

    def find(self, name: str, guild_id: int, kind: int = CHAT_INPUT) -> Json:
        """Return the command of that name and kind, the guild's before the global one; a slash command by default.

        Raises:
            LookupError: no such command is registered.
        """
        commands = [*self.registered(guild_id), *self.registered(None)]
        for command in commands:
            if command["name"] == name and command["type"] == kind:
                return command
        raise LookupError(f"the bot registered no {name!r}, only {sorted(command['name'] for command in commands)}")

    def _registered(self, scope: int | None, body: Json, kept: Mapping[tuple[str, int], str]) -> Json:
        kind = body.get("type") or CHAT_INPUT
        permissions = body.get("default_member_permissions")
        answer = {key: value for key, value in body.items() if value not in (None, [], {})}
        answer |= {
            "id": kept.get((body["name"], kind)) or str(self._snowflakes.next()),
            "application_id": str(self._application_id), "version": str(self._snowflakes.next()),
            "type": kind,
            "description": body.get("description") or "", "contexts": body.get("contexts"),
            "default_member_permissions": None if permissions is None else str(permissions),
            "dm_permission": body.get("dm_permission") is not False, "nsfw": bool(body.get("nsfw")),
        }  # fmt: skip
        return answer if scope is None else answer | {"guild_id": str(scope)}


def check_offered(command: Json, permissions: int, *, in_guild: bool) -> None:
    """Check that Discord's client offers a command there, to somebody with these permissions.

    Raises:
        PermissionError: it hides the command from them, or the command does not exist in that context.
    """
    contexts = command["contexts"]
    if contexts is None:
        contexts = [IN_GUILD, IN_BOT_DM] if command["dm_permission"] else [IN_GUILD]
    if (IN_GUILD if in_guild else IN_BOT_DM) not in contexts:
        raise PermissionError(f"/{command['name']} is not offered in {'a guild' if in_guild else 'direct messages'}")
    needed = int(command["default_member_permissions"] or 0)
    if in_guild and permissions & needed != needed and not permissions & world.ADMINISTRATOR:
        raise PermissionError(f"/{command['name']} is hidden from members without the permissions {needed:#x}")


def interaction_data(command: Json, path: list[str], values: Mapping[str, Any], focused: str | None = None) -> Json:
    """Make an interaction's `data` for a command, its subcommands and its options.

    Args:
        path: names of the subcommand group and subcommand, outermost first; empty for a plain command.
        values: option values by name. A User or Member fills a user option.
        focused: the option being typed in, for autocompletion; the others may then be missing.
    Raises:
        LookupError: there is no such subcommand or option.
        ValueError: Discord's client would refuse the value, or a required one is missing.
        TypeError: the value is of another type than the option.
    """
    groups: list[Json] = []
    node = command
    for name in path:
        node = _child(node, name)
        groups.append({"name": node["name"], "type": node["type"]})
    definitions = node.get("options") or []
    if any(option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP) for option in definitions):
        raise LookupError(f"{node['name']!r} needs a subcommand: {[option['name'] for option in definitions]}")
    options = _filled(definitions, values, focused)
    for group in reversed(groups):
        options = [group | {"options": options}]
    data: Json = {"id": command["id"], "name": command["name"], "type": CHAT_INPUT, "options": options}
    if resolved := _resolved(values):
        data["resolved"] = resolved
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


def _child(node: Json, name: str) -> Json:
    for option in node.get("options") or []:
        if option["name"] == name and option["type"] in (SUBCOMMAND, SUBCOMMAND_GROUP):
            return dict(option)
    raise LookupError(f"{node['name']!r} has no subcommand {name!r}")


def _filled(definitions: list[Json], values: Mapping[str, Any], focused: str | None) -> list[Json]:
    names = [definition["name"] for definition in definitions]
    if unknown := [name for name in values if name not in names]:
        raise LookupError(f"no such option: {unknown}; there are {names}")
    missing = [option["name"] for option in definitions if option.get("required") and option["name"] not in values]
    if missing and focused is None:
        raise ValueError(f"required options are missing: {missing}")
    if focused is not None and not any(o["name"] == focused and o.get("autocomplete") for o in definitions):
        raise LookupError(f"option {focused!r} does not autocomplete; there are {names}")
    filled = []
    for definition in definitions:
        name = definition["name"]
        if name in values and name != focused:
            value = _checked(definition, values[name])
            filled.append({"name": name, "type": definition["type"], "value": value})
        elif name == focused:
            filled.append({"name": name, "type": definition["type"], "value": values.get(name, ""), "focused": True})
    return filled


def _checked(definition: Json, value: Any) -> Any:
    name, kind = definition["name"], definition["type"]
    if kind not in _PYTHON_TYPES:
        raise ValueError(f"option {name!r} has type {kind}, which the loopback cannot fill in")
    if not isinstance(value, _PYTHON_TYPES[kind]) or (isinstance(value, bool) and kind != BOOLEAN):
        raise TypeError(f"option {name!r} has type {kind}, which {value!r} does not fit")
    if isinstance(value, (User, Member)):
        return str(value.id)
    size = len(value) if isinstance(value, str) else value
    unit = "length" if kind == STRING else "value"
    low, high = definition.get(f"min_{unit}"), definition.get(f"max_{unit}")
    if (low is not None and size < low) or (high is not None and size > high):
        raise ValueError(f"option {name!r}: {value!r} is outside {low}..{high}")
    choices = [choice["value"] for choice in definition.get("choices") or []]
    if choices and value not in choices:
        raise ValueError(f"option {name!r}: {value!r} is none of {choices}")
    return value


def _resolved(values: Mapping[str, Any]) -> Json:
    users: Json = {}
    members: Json = {}
    for value in values.values():
        if isinstance(value, Member):
            member = value.payload()
            users[str(value.id)] = member.pop("user")
            members[str(value.id)] = member | {"permissions": str(value.permissions)}
        elif isinstance(value, User):
            users[str(value.id)] = value.payload()
    return {"users": users, "members": members} if users else {}
